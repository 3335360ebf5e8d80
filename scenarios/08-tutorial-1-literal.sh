#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#@ title: The first tutorial as it is written
#@ level: 1
#@ goal: a widely copied text, typed line by line: most of it fails, from few causes
#@ trap: no /24; the namespace blue is never made; "veth", "v0net-0" and "--A" are typing errors
ip netns add red
ip netns
ip link
ip netns exec red ip link
ip -n red link
arp
ip netns exec red arp
ip link add veth-red type veth peer name veth-blue
ip link set veth-red netns red
ip link set veth-blue netns blue
ip -n red addr add 192.168.15.1 dev veth-red
ip -n blue addr add 192.168.15.2 dev veth-blue
ip -n red link set veth-red up
ip -n blue link set veth-blue up
sleep 1.2
ip netns exec red ping -c 1 -W 1 192.168.15.2
ip netns exec red arp
ip netns exec blue arp
arp
ip link add v-net-0 type bridge
ip link
ip link set dev v-net-0 up
ip -n red link del veth
ip link add veth-red type veth peer name veth-red-br
ip link add veth-blue type veth peer name veth-blue-br
ip link set veth-red netns red
ip link set veth-red-br master v-net-0
ip link set veth-blue netns blue
ip link set veth-blue-br master v0net-0
ip -n red addr add 192.168.15.1 dev veth-red
ip -n blue addr add 192.168.15.2 dev veth-blue
ip -n red link set veth-red up
ip -n blue link set veth-blue up
ip addr add 192.168.15.5/24 dev v-net-0
sleep 1.2
ping -c 1 -W 1 192.168.15.1
ip netns exec blue ip route add 192.168.1.0/24 via 192.168.15.5
iptables -t nat --A POSTROUTING -s 192.168.15.0/24
iptables -t nat -S
