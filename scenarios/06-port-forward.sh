#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#@ title: A door from outside
#@ level: 2
#@ goal: DNAT sends what comes to the host's port 80 on to blue
#@ trap: --dport needs -p tcp before it, and --to-destination needs -j DNAT before it
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
sysctl -w net.ipv4.ip_forward=1
iptables -t nat -A PREROUTING --dport 80 --to-destination 192.168.15.2:80 -j DNAT
iptables -t nat -A PREROUTING -p tcp --dport 80 --to-destination 192.168.15.2:80 -j DNAT
iptables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 192.168.15.2:80
iptables -t nat -A PREROUTING -p icmp -d 192.168.1.2 -j DNAT --to-destination 192.168.15.2
sleep 1.2
iptables -t nat -S
ip netns exec far ping -c 2 -i 0.2 192.168.1.2
iptables -t nat -L PREROUTING -n -v
