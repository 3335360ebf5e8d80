# SPDX-License-Identifier: GPL-2.0-or-later
# which port and address a range gives: the first one for DNAT and REDIRECT; a zone counts in the choice of an address
ip netns add red
ip netns add r
ip netns add blue
ip link add eth0 netns red type veth peer name r0 netns r
ip link add eth0 netns blue type veth peer name r1 netns r
for n in red r blue; do ip -n $n link set lo up; done
ip -n red link set eth0 up
ip -n blue link set eth0 up
ip -n r link set r0 up
ip -n r link set r1 up
ip -n red addr add 10.0.1.2/24 dev eth0
ip -n r addr add 10.0.1.1/24 dev r0
ip -n r addr add 10.0.2.1/24 dev r1
ip -n blue addr add 10.0.2.2/24 dev eth0
ip -n red route add default via 10.0.1.1
ip -n blue route add default via 10.0.2.1
ip netns exec r sysctl -qw net.ipv4.ip_forward=1
ip netns exec r iptables -t nat -A PREROUTING -p tcp --dport 8000 -j DNAT --to-destination 10.0.2.2:9000-9010
ip netns exec r iptables -t nat -A PREROUTING -p tcp --dport 8002 -j REDIRECT --to-ports 9000-9010
sleep 1.2
ip netns exec red nc -v -z -n -w 1 -p 4000 10.0.1.1 8000
ip netns exec red nc -v -z -n -w 1 -p 4001 10.0.1.1 8000
ip netns exec red nc -v -z -n -w 1 -p 4003 10.0.1.1 8002
ip netns exec r iptables -t nat -F
ip netns exec r iptables -t raw -A PREROUTING -j CT --zone 1
ip netns exec r iptables -t nat -A POSTROUTING -o r1 -j SNAT --to-source 10.0.2.50-10.0.2.60
ip netns exec red ping -c 1 -W 1 10.0.2.2
ip netns exec r conntrack -L
