# traceroute
ip netns add pc
ip netns add ra
ip netns add rb
ip netns add srv
ip link add eth0 netns pc type veth peer name in0 netns ra
ip link add out0 netns ra type veth peer name out0 netns rb
ip link add in0 netns rb type veth peer name eth0 netns srv
ip -n pc addr add 172.16.1.10/24 dev eth0
ip -n ra addr add 172.16.1.1/24 dev in0
ip -n ra addr add 10.0.0.1/30 dev out0
ip -n rb addr add 10.0.0.2/30 dev out0
ip -n rb addr add 172.16.2.1/24 dev in0
ip -n srv addr add 172.16.2.10/24 dev eth0
ip -n pc link set eth0 up
ip -n ra link set in0 up
ip -n ra link set out0 up
ip -n rb link set out0 up
ip -n rb link set in0 up
ip -n srv link set eth0 up
for n in pc ra rb srv; do ip -n $n link set lo up; done
ip -n pc route add default via 172.16.1.1
ip -n srv route add default via 172.16.2.1
ip -n ra route add 172.16.2.0/24 via 10.0.0.2
ip -n rb route add 172.16.1.0/24 via 10.0.0.1
ip netns exec ra sysctl -w net.ipv4.ip_forward=1
ip netns exec pc traceroute -n -w 1 -q 1 -m 4 172.16.2.10
