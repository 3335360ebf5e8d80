# SPDX-License-Identifier: GPL-2.0-or-later
# conntrack: list, change, make, delete, count
for n in red r blue; do ip netns add $n; done
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
sleep 1.2
ip netns exec r iptables -t mangle -A PREROUTING -i r0 -j CONNMARK --set-mark 7
ip netns exec r iptables -t mangle -A POSTROUTING -j CONNMARK --restore-mark
ip netns exec r iptables -t mangle -A POSTROUTING -m mark --mark 7
ip netns exec r iptables -A FORWARD -m connmark --mark 7 -m conntrack --ctdir REPLY
ip netns exec red ping -c 2 -i 0.1 10.0.2.2
ip netns exec r iptables -t mangle -L -n -v
ip netns exec r iptables -L FORWARD -n -v
ip netns exec r conntrack -L
ip netns exec r conntrack -L -o extended,id | sed 's/id=[0-9]*$/id=X/'
ip netns exec r conntrack -C
ip netns exec r conntrack -U -p icmp -s 10.0.1.2 -m 9
ip netns exec r conntrack -L -m 9
ip netns exec r conntrack -D -p icmp
ip netns exec r conntrack -I -p udp -s 1.1.1.1 -d 2.2.2.2 --sport 5 --dport 6 -t 60
ip netns exec r conntrack -I -p udp -s 1.1.1.1 -d 2.2.2.2 --sport 5 --dport 6 -t 60
ip netns exec r conntrack -L
ip netns exec r conntrack -I -p tcp -s 1.1.1.1
ip netns exec r conntrack -L -t 5
ip netns exec r conntrack -D -s 9.9.9.9
ip netns exec r conntrack -F
