# SPDX-License-Identifier: GPL-2.0-or-later
# what a flow counts: a SYN sent again does not; one who loses its address keeps the flows of another
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
ip netns exec r sysctl -w net.netfilter.nf_conntrack_acct=1
ip netns exec r iptables -A FORWARD -m state --state NEW
ip netns exec blue iptables -A INPUT -p tcp --dport 80 -j DROP
sleep 1.2
ip netns exec red nc -v -z -n -w 4 10.0.2.2 80
ip netns exec r conntrack -L
ip netns exec blue timeout 6 nc -d -l 81 & sleep 0.5; echo hello | ip netns exec red nc -N -w 2 10.0.2.2 81; wait
ip netns exec r conntrack -L -p tcp --dport 81
ip netns exec r cat /proc/net/nf_conntrack
ip netns exec r iptables -t nat -A POSTROUTING -o r1 -j MASQUERADE
ip -n r addr add 10.9.9.1 peer 10.9.9.2/32 dev r1
ip -n blue addr add 10.9.9.2 peer 10.9.9.1/32 dev eth0
ip netns exec r conntrack -F
ip netns exec red ping -c 1 -W 1 10.9.9.2
ip -n r addr del 10.9.9.1 peer 10.9.9.2/32 dev r1
sleep 0.5
ip netns exec r conntrack -L
ip netns exec r sysctl -w net.netfilter.nf_conntrack_max=5
ip netns exec r sysctl -w net.netfilter.nf_conntrack_expect_max=5
ip netns exec r sysctl net.nf_conntrack_max
