#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#@ title: A published UDP port
#@ level: 3
#@ goal: UDP is forwarded by its own rule, and says "refused" only through ICMP
#@ trap: the rule for tcp does nothing for udp
ip netns add blue
ip netns add outside
ip link add veth-blue type veth peer name veth-blue-h
ip link set veth-blue netns blue
ip addr add 192.168.15.5/24 dev veth-blue-h
ip link set veth-blue-h up
ip -n blue addr add 192.168.15.2/24 dev veth-blue
ip -n blue link set veth-blue up
ip -n blue route add default via 192.168.15.5
ip link add veth-out type veth peer name veth-out-h
ip link set veth-out netns outside
ip addr add 203.0.113.1/24 dev veth-out-h
ip link set veth-out-h up
ip -n outside addr add 203.0.113.9/24 dev veth-out
ip -n outside link set veth-out up
sysctl -q -w net.ipv4.ip_forward=1
sleep 1.5

ip netns exec blue nc -lu 192.168.15.2 5000 > /tmp/heard &
sleep 0.5
iptables -t nat -A PREROUTING -p tcp --dport 5000 -j DNAT --to-destination 192.168.15.2
echo 'one' | ip netns exec outside nc -u -w 1 203.0.113.1 5000
cat /tmp/heard
iptables -t nat -A PREROUTING -p udp --dport 5000 -j DNAT --to-destination 192.168.15.2
sleep 1
echo 'two' | ip netns exec outside nc -u -w 1 203.0.113.1 5000
cat /tmp/heard
kill %1
