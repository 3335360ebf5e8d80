#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#@ title: Why does the firewall stop a bridge?
#@ level: 3
#@ goal: with bridge-nf-call-iptables on, bridged packets visit the FORWARD chain too
#@ trap: policy DROP cuts neighbours on one switch, and no route is involved
ip netns add red
ip netns add blue
ip link add v-net-0 type bridge
ip link set v-net-0 up
ip link add veth-red type veth peer name veth-red-br
ip link add veth-blue type veth peer name veth-blue-br
ip link set veth-red netns red
ip link set veth-blue netns blue
ip link set veth-red-br master v-net-0
ip link set veth-blue-br master v-net-0
ip -n red addr add 192.168.15.1/24 dev veth-red
ip -n blue addr add 192.168.15.2/24 dev veth-blue
ip -n red link set veth-red up
ip -n blue link set veth-blue up
ip link set veth-red-br up
ip link set veth-blue-br up
sysctl -w net.bridge.bridge-nf-call-iptables=1
sleep 1.2
ip netns exec red ping -c 1 -W 1 192.168.15.2
iptables -P FORWARD DROP
ip netns exec red ping -c 1 -W 1 192.168.15.2
iptables -L FORWARD -n -v
iptables -A FORWARD -i v-net-0 -o v-net-0 -j ACCEPT
ip netns exec red ping -c 1 -W 1 192.168.15.2
iptables -D FORWARD 1
sysctl -w net.bridge.bridge-nf-call-iptables=0
ip netns exec red ping -c 1 -W 1 192.168.15.2
