# reject
ip netns add client
ip netns add r
ip netns add server
ip link add eth0 netns client type veth peer name r0 netns r
ip link add eth0 netns server type veth peer name r1 netns r
for n in client r server; do ip -n $n link set lo up; done
ip -n client link set eth0 up
ip -n server link set eth0 up
ip -n r link set r0 up
ip -n r link set r1 up
ip -n client addr add 10.7.1.2/24 dev eth0
ip -n r addr add 10.7.1.1/24 dev r0
ip -n r addr add 10.7.2.1/24 dev r1
ip -n server addr add 10.7.2.2/24 dev eth0
ip -n client route add default via 10.7.1.1
ip -n server route add default via 10.7.2.1
ip netns exec r sysctl -qw net.ipv4.ip_forward=1
ip netns exec r iptables -A FORWARD -d 10.7.2.0/24 -j REJECT
sleep 1.2
ip netns exec client ping -c 2 -W 1 10.7.2.2
