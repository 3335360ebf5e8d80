# accept before nat
ip netns add c1
ip netns add c2
ip netns add world
ip link add docker0 type bridge
ip addr add 172.17.0.1/16 dev docker0
ip link set docker0 up
ip link add eth0 netns c1 type veth peer name v1
ip link add eth0 netns c2 type veth peer name v2
ip link set v1 master docker0
ip link set v2 master docker0
ip link set v1 up
ip link set v2 up
ip -n c1 link set lo up
ip -n c2 link set lo up
ip -n c1 addr add 172.17.0.2/16 dev eth0
ip -n c2 addr add 172.17.0.3/16 dev eth0
ip -n c1 link set eth0 up
ip -n c2 link set eth0 up
ip -n c1 route add default via 172.17.0.1
ip -n c2 route add default via 172.17.0.1
ip link add uplink type veth peer name eth0 netns world
ip addr add 198.51.100.1/24 dev uplink
ip link set uplink up
ip -n world addr add 198.51.100.50/24 dev eth0
ip -n world link set eth0 up
ip -n world link set lo up
sysctl -w net.ipv4.ip_forward=1
iptables -t nat -A POSTROUTING -s 172.17.0.0/16 -d 198.51.100.0/24 -j ACCEPT
iptables -t nat -A POSTROUTING -s 172.17.0.0/16 -o uplink -j MASQUERADE
ip netns exec c1 ping -c 2 -W 1 198.51.100.50
