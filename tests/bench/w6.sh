#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# W6: 100,000 routes: inserted by one batch; datagrams to one network and to all of them at random
ip netns add red
ip netns add sink
ip link add d0 netns red type veth peer name d1 netns sink
ip -n sink link set d1 up
ip -n red link set d0 up
ip -n red addr add 10.1.0.1/24 dev d0
ip -n red neigh add 10.1.0.2 lladdr 02:00:00:00:00:99 dev d0
seq 0 99999 | awk '{printf "route add %d.%d.%d.0/24 via 10.1.0.2\n", 11 + int($1 / 65536), int($1 / 256) % 256, $1 % 256}' >/tmp/routes
ip -n red -batch /tmp/routes
# the loops
workload routed-1 200000
workload routed-100000 200000
ip -n red route | wc -l
