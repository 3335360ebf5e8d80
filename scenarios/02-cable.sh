#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#@ title: A cable between two rooms
#@ level: 1
#@ goal: a veth pair joins two namespaces; the first ping asks for a MAC address before it leaves
#@ trap: an address without /24 is a /32: no route is made, and ping says Network is unreachable
ip netns add red
ip netns add blue
ip link add veth-red type veth peer name veth-blue
ip link set veth-red netns red
ip link set veth-blue netns blue
ip -n red addr add 192.168.15.1 dev veth-red
ip -n red link set veth-red up
ip -n blue link set veth-blue up
sleep 1.2
ip netns exec red ping -c 1 -W 1 192.168.15.2
ip -n red route
ip -n red addr del 192.168.15.1/32 dev veth-red
ip -n red addr add 192.168.15.1/24 dev veth-red
ip -n blue addr add 192.168.15.2/24 dev veth-blue
ip -n red route
ip netns exec red ping -c 2 -i 0.2 192.168.15.2
ip netns exec red arp -n
ip netns exec blue arp -n
arp -n
