# dnat port
ip netns add red
ip netns add blue
ip link add v-net-0 type bridge
ip link set dev v-net-0 up
ip link add veth-red type veth peer name veth-red-br
ip link add veth-blue type veth peer name veth-blue-br
ip link set veth-red netns red
ip link set veth-blue netns blue
ip link set veth-red-br master v-net-0
ip link set veth-blue-br master v-net-0
ip -n red addr add 192.168.15.1/24 dev veth-red
ip -n blue addr add 192.168.15.2/24 dev veth-blue
ip -n red link set veth-red up
ip -n blue link set veth-blue up
ip link set veth-red-br up
ip link set veth-blue-br up
ip -n red link set lo up
ip -n blue link set lo up
ip addr add 192.168.15.5/24 dev v-net-0
ip netns add inet
ip link add wan0 type veth peer name eth0 netns inet
ip addr add 203.0.113.1/24 dev wan0
ip -n inet addr add 203.0.113.9/24 dev eth0
ip link set wan0 up
ip -n inet link set eth0 up
ip -n inet link set lo up
ip -n red route add default via 192.168.15.5
ip -n blue route add default via 192.168.15.5
echo 1 > /proc/sys/net/ipv4/ip_forward
iptables -t nat -A POSTROUTING -s 192.168.15.0/24 ! -o v-net-0 -j MASQUERADE
iptables -t nat -A PREROUTING -i wan0 -p tcp --dport 80 -j DNAT --to-destination 192.168.15.2:80
ip netns exec blue timeout 20 nc -d -k -l 80 &
sleep 1.2
ip netns exec inet nc -z -v -w 2 203.0.113.1 8080
