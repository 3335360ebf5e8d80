# SPDX-License-Identifier: GPL-2.0-or-later
# where a string may stand, marks shifted, zones of one direction, other names of the programs
ip netns add red
ip netns add blue
ip link add veth-red type veth peer name veth-blue
ip link set veth-red netns red
ip link set veth-blue netns blue
ip -n red addr add 10.0.0.1/24 dev veth-red
ip -n blue addr add 10.0.0.2/24 dev veth-blue
ip -n red link set veth-red up
ip -n blue link set veth-blue up
ip netns exec blue iptables -A INPUT -p icmp -m string --algo bm --string ABCD --from 44 --to 47
ip netns exec blue iptables -A INPUT -p icmp -m string --algo bm --string ABCD --from 44 --to 48
ip netns exec blue iptables -A INPUT -p icmp -m string --algo kmp --string ABCD --from 45 --to 48
ip netns exec blue iptables -A INPUT -p icmp -m string --algo kmp --string ABCD --to 47
ip netns exec blue iptables -A INPUT -p icmp -m string --algo kmp --string abcd --icase --from 10
ip netns exec blue iptables -A INPUT -p icmp -m string --algo bm --hex-string "|4142 43|D" --from 81
ip netns exec blue iptables -A INPUT -p icmp -m string --algo bm --string ""
ip netns exec blue iptables -A INPUT -p icmp -m string --algo fsm --string ABCD
ip netns exec blue iptables -t mangle -A INPUT -p icmp -j CONNMARK --set-mark 5 --left-shift-mark 4
ip netns exec blue iptables -t mangle -A INPUT -p icmp -j CONNMARK --restore-mark --right-shift-mark 4
ip netns exec blue iptables -t mangle -A INPUT -p icmp -m mark --mark 5
sleep 1.2
ip netns exec red ping -c 1 -p 41424344 10.0.0.2
ip netns exec blue iptables -vnL INPUT
ip netns exec blue iptables -t mangle -vnL INPUT
ip netns exec blue conntrack -L
ip netns exec blue iptables -t raw -A OUTPUT -j CT --zone mark --zone-orig 5
ip netns exec blue iptables-nft -t raw -S
ip netns exec blue iptables-nft-save -t raw
echo foo | iptables-nft-restore
