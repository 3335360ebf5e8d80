# SPDX-License-Identifier: GPL-2.0-or-later
# marks, TOS, DSCP, TTL and classes set and matched
ip netns add red
ip netns add blue
ip link add veth-red type veth peer name veth-blue
ip link set veth-red netns red
ip link set veth-blue netns blue
ip -n red addr add 10.0.0.1/24 dev veth-red
ip -n blue addr add 10.0.0.2/24 dev veth-blue
ip -n red link set lo up
ip -n blue link set lo up
ip -n red link set veth-red up
ip -n blue link set veth-blue up
sleep 1.2
ip netns exec blue iptables -t mangle -A PREROUTING -p icmp -j MARK --set-mark 1
ip netns exec blue iptables -t mangle -A PREROUTING -p icmp -j MARK --or-mark 2
ip netns exec blue iptables -t mangle -A PREROUTING -p icmp -j MARK --and-mark 0x2
ip netns exec blue iptables -t mangle -A INPUT -m mark --mark 2/3
ip netns exec blue iptables -t mangle -A INPUT -m mark ! --mark 3
ip netns exec blue iptables -t mangle -A PREROUTING -p icmp -j MARK --xor-mark 0xf0
ip netns exec blue iptables -A INPUT -m mark --mark 0xf2
ip netns exec blue iptables -t mangle -A OUTPUT -p icmp -j TOS --set-tos Minimize-Delay
ip netns exec blue iptables -t mangle -A POSTROUTING -p icmp -j DSCP --set-dscp-class EF
ip netns exec blue iptables -t mangle -A POSTROUTING -p icmp -j TTL --ttl-dec 10
ip netns exec blue iptables -t mangle -A POSTROUTING -p icmp -j CLASSIFY --set-class 1:10
ip netns exec red ping -c 1 -W 1 10.0.0.2
ip netns exec blue iptables -t mangle -L -n -v
ip netns exec blue iptables -t mangle -S
ip netns exec blue iptables -L INPUT -n -v
