#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# W7: echo pairs over the bridge, for a run that captures every interface
ip link add v-net-0 type bridge
ip link set v-net-0 up
i=1
for n in red blue; do
	ip netns add $n
	ip link add veth-$n type veth peer name veth-$n-br
	ip link set veth-$n netns $n
	ip link set veth-$n-br master v-net-0
	ip -n $n addr add 192.168.15.$i/24 dev veth-$n
	ip -n $n link set veth-$n up
	ip link set veth-$n-br up
	i=$((i + 1))
done
sleep 1
workload w1 100000
