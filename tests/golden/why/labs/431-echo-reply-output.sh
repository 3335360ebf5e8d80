# echo reply output
ip netns add alice
ip netns add gw
ip netns add bob
ip link add eth0 netns alice type veth peer name lan0 netns gw
ip link add eth0 netns bob type veth peer name lan1 netns gw
ip -n alice addr add 10.1.0.2/24 dev eth0
ip -n gw addr add 10.1.0.1/24 dev lan0
ip -n gw addr add 10.2.0.1/24 dev lan1
ip -n bob addr add 10.2.0.2/24 dev eth0
for n in alice gw bob; do ip -n $n link set lo up; done
ip -n alice link set eth0 up
ip -n gw link set lan0 up
ip -n gw link set lan1 up
ip -n bob link set eth0 up
ip -n alice route add default via 10.1.0.1
ip -n bob route add default via 10.2.0.1
ip netns exec gw sysctl -qw net.ipv4.ip_forward=1
ip netns exec bob iptables -A OUTPUT -p icmp --icmp-type echo-reply -j DROP
ip netns exec alice ping -c 2 -W 1 10.2.0.2
