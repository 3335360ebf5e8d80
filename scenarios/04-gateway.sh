#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#@ title: The way out
#@ level: 2
#@ goal: a route tells blue where to send; ip_forward lets the host pass it on; the answer needs a way back
#@ trap: the far host knows no 192.168.15.0/24: its answers go nowhere
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
sleep 1.2
ip netns exec blue ping -c 1 -W 1 192.168.1.3
ip -n blue route add 192.168.1.0/24 via 192.168.15.5
ip netns exec blue ping -c 1 -W 1 192.168.1.3
sysctl -w net.ipv4.ip_forward=1
ip netns exec blue ping -c 1 -W 1 192.168.1.3
ip -n far route add 192.168.15.0/24 via 192.168.1.2
ip netns exec blue ping -c 1 -W 1 192.168.1.3
ip -n blue route get 192.168.1.3
