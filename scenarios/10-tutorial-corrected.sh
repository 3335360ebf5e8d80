#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#@ title: The tutorials, corrected
#@ level: 2
#@ goal: red and blue on a bridge, the host as their gateway, NAT out and a port in
#@ trap: MASQUERADE without "! -o v-net-0" also changes what red sends to blue across the bridge
ip netns add red
ip netns add blue
ip netns add lan
ip link add v-net-0 type bridge
ip link set dev v-net-0 up
ip link add veth-red type veth peer name veth-red-br
ip link add veth-blue type veth peer name veth-blue-br
ip link set veth-red netns red
ip link set veth-red-br master v-net-0
ip link set veth-blue netns blue
ip link set veth-blue-br master v-net-0
ip -n red addr add 192.168.15.1/24 dev veth-red
ip -n blue addr add 192.168.15.2/24 dev veth-blue
for n in red blue lan; do ip -n $n link set lo up; done
ip -n red link set veth-red up
ip -n blue link set veth-blue up
ip link set veth-red-br up
ip link set veth-blue-br up
ip addr add 192.168.15.5/24 dev v-net-0
ip link add eth0 type veth peer name eth0-lan
ip link set eth0-lan netns lan
ip addr add 192.168.1.2/24 dev eth0
ip -n lan addr add 192.168.1.3/24 dev eth0-lan
ip link set eth0 up
ip -n lan link set eth0-lan up
ip -n red route add default via 192.168.15.5
ip -n blue route add default via 192.168.15.5
sysctl -w net.ipv4.ip_forward=1
iptables -t nat -A POSTROUTING -s 192.168.15.0/24 ! -o v-net-0 -j MASQUERADE
iptables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 192.168.15.2:80
sleep 1.2
ip netns exec red ping -c 3 -i 0.2 192.168.15.2
ping -c 1 192.168.15.1
ip netns exec red ping -c 2 -i 0.2 192.168.1.3
ip netns exec blue ping -c 2 -i 0.2 192.168.1.3
ip netns exec red arp -n
ip netns exec blue route -n
bridge link
iptables -t nat -L -n -v
