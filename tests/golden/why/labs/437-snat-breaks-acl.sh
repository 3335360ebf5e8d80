# snat breaks acl
ip netns add web
ip netns add db
ip netns add client
ip link add docker0 type bridge
ip addr add 172.17.0.1/16 dev docker0
ip link set docker0 up
ip link add eth0 netns web type veth peer name veth1
ip link add eth0 netns db type veth peer name veth2
ip link set veth1 master docker0
ip link set veth2 master docker0
ip link set veth1 up
ip link set veth2 up
ip -n web link set lo up
ip -n db link set lo up
ip -n web addr add 172.17.0.2/16 dev eth0
ip -n db addr add 172.17.0.3/16 dev eth0
ip -n web link set eth0 up
ip -n db link set eth0 up
ip -n web route add default via 172.17.0.1
ip -n db route add default via 172.17.0.1
ip link add ext0 type veth peer name eth0 netns client
ip addr add 203.0.113.1/24 dev ext0
ip link set ext0 up
ip -n client addr add 203.0.113.9/24 dev eth0
ip -n client link set eth0 up
ip -n client link set lo up
sysctl -qw net.ipv4.ip_forward=1
iptables -t nat -A POSTROUTING -j MASQUERADE
ip netns exec db iptables -A INPUT -p tcp --dport 5432 -s 172.17.0.2 -j ACCEPT
ip netns exec db iptables -A INPUT -p tcp -j DROP
ip netns exec db timeout 20 nc -lk -p 5432 >/dev/null &
sleep 0.5
ip netns exec web nc -z -v -w 2 172.17.0.3 5432
