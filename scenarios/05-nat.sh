#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#@ title: One address for all
#@ level: 2
#@ goal: MASQUERADE gives what leaves the host's own address, so that answers find back
#@ trap: without ip_forward nothing is passed on, whatever the nat table says
ip netns add blue
ip netns add far
ip link add v-net-0 type bridge
ip link set v-net-0 up
ip link add veth-blue type veth peer name veth-blue-br
ip link set veth-blue netns blue
ip link set veth-blue-br master v-net-0
ip link set veth-blue-br up
ip -n blue addr add 192.168.15.2/24 dev veth-blue
ip -n blue link set lo up
ip -n blue link set veth-blue up
ip addr add 192.168.15.5/24 dev v-net-0
ip link add eth0 type veth peer name eth0-far
ip link set eth0-far netns far
ip addr add 192.168.1.2/24 dev eth0
ip -n far addr add 192.168.1.3/24 dev eth0-far
ip link set eth0 up
ip -n far link set eth0-far up
ip -n blue route add default via 192.168.15.5
iptables -t nat -A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE
sleep 1.2
ip netns exec blue ping -c 1 -W 1 192.168.1.3
sysctl -w net.ipv4.ip_forward=1
ip netns exec blue ping -c 2 -i 0.2 192.168.1.3
iptables -t nat -L POSTROUTING -n -v
ip netns exec far arp -n
ip netns exec blue ping -c 1 -W 1 8.8.8.8
