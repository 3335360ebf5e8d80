# SPDX-License-Identifier: GPL-2.0-or-later
# With fwmark_reflect the kernel's own answers carry the mark of what they answer.
ip netns add red
ip netns add blue
ip link add v0 netns red type veth peer name v1 netns blue
ip -n red link set v0 up
ip -n blue link set v1 up
ip -n red addr add 10.0.0.1/24 dev v0
ip -n blue addr add 10.0.0.2/24 dev v1
ip netns exec blue iptables -t mangle -A PREROUTING -j MARK --set-mark 5
ip netns exec blue iptables -t mangle -A OUTPUT -m mark --mark 5
ip netns exec blue iptables -A INPUT -p tcp --dport 81 -j REJECT --reject-with tcp-reset
ip netns exec blue iptables -A INPUT -p tcp --dport 82 -j REJECT
sleep 1.2
for i in 0 1; do ip netns exec blue sysctl -w net.ipv4.fwmark_reflect=$i; ip netns exec red ping -c 1 -W 0.3 10.0.0.2; ip netns exec red nc -z -n -u -w 1 10.0.0.2 9; ip netns exec red nc -z -n -w 2 10.0.0.2 80-82; ip netns exec blue iptables -t mangle -nvL OUTPUT; done
ip -n blue rule add fwmark 5 prohibit pref 5
ip netns exec red ping -c 1 -W 0.3 10.0.0.2
ip netns exec red nc -z -n -w 1 10.0.0.2 81
ip netns exec blue sysctl -w net.ipv4.fwmark_reflect=0
ip netns exec red ping -c 1 -W 0.3 10.0.0.2
