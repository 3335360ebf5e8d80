# SPDX-License-Identifier: GPL-2.0-or-later
# one address outside: masquerading, and back
ip netns add in
ip netns add out
ip link add vi type veth peer name eth0 netns in
ip link add vo type veth peer name eth0 netns out
ip addr add 192.168.15.254/24 dev vi
ip addr add 203.0.113.1/24 dev vo
ip -n in addr add 192.168.15.1/24 dev eth0
ip -n out addr add 203.0.113.2/24 dev eth0
ip link set vi up
ip link set vo up
ip -n in link set eth0 up
ip -n out link set eth0 up
ip -n in route add default via 192.168.15.254
sysctl -q -w net.ipv4.ip_forward=1
sleep 1.2
ip netns exec in ping -c 1 -W 1 203.0.113.2
iptables -t nat -A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE
ip netns exec in ping -c 2 -i 0.2 203.0.113.2
iptables -t nat -L -n -v
ip netns exec out ip neigh
iptables -t nat -D POSTROUTING 1
iptables -t nat -A POSTROUTING -s 192.168.15.0/24 -o vo -j SNAT --to-source 203.0.113.9
ip netns exec in ping -c 1 -W 1 203.0.113.2
ip addr add 203.0.113.9/24 dev vo
ip netns exec in ping -c 1 -W 1 203.0.113.2
iptables -t nat -A PREROUTING -d 203.0.113.1 -p icmp -j DNAT --to-destination 192.168.15.1
ip netns exec out ping -c 1 -W 1 203.0.113.1
iptables -t nat -A PREROUTING --dport 80 --to-destination 192.168.15.1:80 -j DNAT
iptables -t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 192.168.15.1:80
iptables -t nat -S
iptables -t nat -L PREROUTING -n --line-numbers
iptables-save -t nat
