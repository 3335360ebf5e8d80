# SPDX-License-Identifier: GPL-2.0-or-later
# zones of flows, by rule, for both directions or one
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
ip netns exec r iptables -t raw -A PREROUTING -i r0 -j CT --zone 1
ip netns exec r iptables -t raw -A PREROUTING -i r1 -j CT --zone 2
ip netns exec r iptables -A FORWARD -m conntrack --ctstate NEW
ip netns exec r iptables -A FORWARD -m conntrack --ctstate INVALID
ip netns exec r iptables -A FORWARD -m conntrack --ctstate ESTABLISHED
ip netns exec red ping -c 2 -i 0.2 10.0.2.2
ip netns exec r iptables -L FORWARD -n -v
ip netns exec r conntrack -L
ip netns exec r iptables -t raw -F
ip netns exec r iptables -t raw -A PREROUTING -i r0 -j CT --zone-orig 7
ip netns exec r conntrack -F
ip netns exec red ping -c 1 10.0.2.2
ip netns exec r conntrack -L
ip netns exec r cat /proc/net/nf_conntrack
