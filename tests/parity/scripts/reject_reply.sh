# SPDX-License-Identifier: GPL-2.0-or-later
# a rule that rejects the kernel's own ICMP message causes no other ICMP message
ip netns add red
ip link add v0 type veth peer name v1
ip link set v1 netns red
ip addr add 10.0.0.1/24 dev v0
ip -n red addr add 10.0.0.2/24 dev v1
ip link set v0 up
ip -n red link set lo up
ip -n red link set v1 up
sleep 1.2
ip netns exec red iptables -A OUTPUT -p icmp --icmp-type echo-reply -j REJECT --reject-with icmp-admin-prohibited
ping -c 1 -W 0.5 10.0.0.2
ip netns exec red ip -s link show lo
ip netns exec red iptables -nvL OUTPUT
ip netns exec red ping -c 1 -W 0.5 10.0.0.2
ip netns exec red ip -s link show lo
ip netns exec red ping -c 1 -W 0.5 10.0.0.1
