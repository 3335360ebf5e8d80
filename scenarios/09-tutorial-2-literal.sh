#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#@ title: The second tutorial as it is written
#@ level: 1
#@ goal: the same story from another hand, other mistakes
#@ trap: no /24; the bridge's ports are never set up; ip_forward stays 0; --dport stands before -p tcp
ip netns add red
ip netns add blue
ip link add veth-red1 type veth peer name veth-blue1
ip link set veth-red1 netns red
ip link set veth-blue1 netns blue
ip netns exec red ip addr add 192.168.15.1 dev veth-red1
ip netns exec blue ip addr add 192.168.15.2 dev veth-blue1
ip netns exec red ip link set veth-red1 up
ip netns exec blue ip link set veth-blue1 up
sleep 1.2
ip netns exec red ip route
ip netns exec red route -n
ip netns exec red ping -c 1 -W 1 192.168.15.2
ip link add v-net-0 type bridge
ip link set dev v-net-0 up
ip netns exec red ip link del veth-red1
sleep 1.2
ip netns exec blue ip link
ip link add veth-red type veth peer name veth-red-br
ip link add veth-blue type veth peer name veth-blue-br
ip link set veth-red netns red
ip link set veth-red-br master v-net-0
ip link set veth-blue netns blue
ip link set veth-blue-br master v-net-0
ip netns exec red ip addr add 192.168.15.1 dev veth-red
ip netns exec blue ip addr add 192.168.15.2 dev veth-blue
ip netns exec red ip link set dev veth-red up
ip netns exec blue ip link set dev veth-blue up
ip addr add 192.168.15.5/24 dev v-net-0
sleep 1.2
ping -c 1 -W 1 192.168.15.1
ip netns exec blue ip route add 192.168.1.0/24 via 192.168.15.5
iptables -t nat -A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE
ip netns exec blue ip route add default via 192.168.15.5
iptables -t nat -A PREROUTING --dport 80 --to-destination 192.168.15.2:80 -j DNAT
iptables -t nat -L -n
