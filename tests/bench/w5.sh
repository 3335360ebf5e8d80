#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# W5: 30 hosts on one bridge: datagrams between all pairs from empty neighbour tables, then a flood of
# broadcast frames: 29 copies each
ip link add v-net-0 type bridge
ip link set v-net-0 up
i=0
while [ $i -lt 30 ]; do
	ip netns add h$i
	ip link add vb$i type veth peer name eth0 netns h$i
	ip link set vb$i master v-net-0 up
	ip -n h$i addr add 10.9.0.$((i + 1))/16 dev eth0
	ip -n h$i link set eth0 up
	i=$((i + 1))
done
sleep 2
workload pairs 30
workload flood 20000
