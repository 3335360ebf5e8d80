#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# W4: 200 namespaces, each with a cable to one bridge, an address, and up: five commands a host
ip link add v-net-0 type bridge
ip link set v-net-0 up
i=0
while [ $i -lt 200 ]; do
	ip netns add h$i
	ip link add vb$i type veth peer name eth0 netns h$i
	ip link set vb$i master v-net-0 up
	ip -n h$i addr add 10.9.0.$((i + 1))/16 dev eth0
	ip -n h$i link set eth0 up
	i=$((i + 1))
done
