# ttl lt drop
ip netns add a
ip netns add r1
ip netns add r2
ip netns add b
ip link add eth0 netns a type veth peer name in netns r1
ip link add mid netns r1 type veth peer name mid netns r2
ip link add eth0 netns b type veth peer name in netns r2
ip -n a addr add 172.16.1.2/24 dev eth0
ip -n r1 addr add 172.16.1.1/24 dev in
ip -n r1 addr add 172.16.2.1/30 dev mid
ip -n r2 addr add 172.16.2.2/30 dev mid
ip -n r2 addr add 172.16.3.1/24 dev in
ip -n b addr add 172.16.3.2/24 dev eth0
ip -n a link set eth0 up
ip -n a link set lo up
ip -n b link set eth0 up
ip -n b link set lo up
ip -n r1 link set in up
ip -n r1 link set mid up
ip -n r1 link set lo up
ip -n r2 link set in up
ip -n r2 link set mid up
ip -n r2 link set lo up
ip netns exec r1 sysctl -qw net.ipv4.ip_forward=1
ip netns exec r2 sysctl -qw net.ipv4.ip_forward=1
ip -n a route add default via 172.16.1.1
ip -n b route add default via 172.16.3.1
ip -n r1 route add 172.16.3.0/24 via 172.16.2.2
ip -n r2 route add 172.16.1.0/24 via 172.16.2.1
ip netns exec b iptables -A INPUT -m ttl --ttl-lt 64 -j DROP
ip netns exec a ping -c 2 -W 1 172.16.3.2
