#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#@ title: REJECT answers, DROP does not
#@ level: 2
#@ goal: what a client sees of tcp-reset, of an ICMP error, of silence, and of a closed port
#@ trap: DROP is not safer, only slower: the client waits
ip netns add red
ip netns add blue
ip link add veth-red type veth peer name veth-blue
ip link set veth-red netns red
ip link set veth-blue netns blue
ip -n red addr add 192.168.15.1/24 dev veth-red
ip -n blue addr add 192.168.15.2/24 dev veth-blue
ip -n red link set veth-red up
ip -n blue link set veth-blue up
sleep 1.5
ip netns exec red nc -v -z -w 2 192.168.15.2 80
ip netns exec blue iptables -A INPUT -p tcp --dport 81 -j REJECT --reject-with tcp-reset
ip netns exec blue iptables -A INPUT -p tcp --dport 82 -j REJECT
ip netns exec blue iptables -A INPUT -p tcp --dport 83 -j DROP
ip netns exec red nc -v -z -w 2 192.168.15.2 81
ip netns exec red nc -v -z -w 2 192.168.15.2 82
ip netns exec red nc -v -z -w 2 192.168.15.2 83
ip netns exec red curl -sS --connect-timeout 2 http://192.168.15.2:83/
ip netns exec blue iptables -nvL INPUT
