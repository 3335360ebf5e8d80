# prefix too wide
ip netns add red
ip netns add r
ip netns add blue
ip link add eth0 netns red type veth peer name r0 netns r
ip link add eth0 netns blue type veth peer name r1 netns r
for n in red r blue; do ip -n $n link set lo up; done
ip -n red addr add 10.3.0.1/16 dev eth0
ip -n r addr add 10.3.0.254/24 dev r0
ip -n r addr add 10.3.1.254/24 dev r1
ip -n blue addr add 10.3.1.1/24 dev eth0
ip -n red link set eth0 up
ip -n blue link set eth0 up
ip -n r link set r0 up
ip -n r link set r1 up
ip -n blue route add default via 10.3.1.254
ip netns exec r sysctl -qw net.ipv4.ip_forward=1
sleep 1.2
ip netns exec red ping -c 1 -W 4 10.3.1.1
