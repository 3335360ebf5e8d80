#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#@ title: A connection outlives a change of the NAT rule that made it
#@ level: 3
#@ goal: nat rules are asked once per connection; the rest is memory
#@ trap: the changed rule is for new connections; the old one goes where it went
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

ip netns exec blue nc -l 192.168.15.2 7000 > /tmp/heard &
sleep 0.5
iptables -t nat -A PREROUTING -p tcp --dport 7000 -j DNAT --to-destination 192.168.15.2
(echo 'before'; sleep 1; echo 'after') | ip netns exec outside nc -N 203.0.113.1 7000 &
sleep 0.5
iptables -t nat -R PREROUTING 1 -p tcp --dport 7000 -j DNAT --to-destination 192.168.15.3
conntrack -L -p tcp 2>/dev/null | grep -c 'dport=7000'
sleep 1
cat /tmp/heard
ip netns exec outside nc -v -z -w 2 203.0.113.1 7000
