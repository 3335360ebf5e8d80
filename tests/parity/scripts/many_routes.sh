#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A table of 12,000 routes arrives whole: its dump is longer than a socket's receive buffer
ip netns add red
ip link add d0 netns red type veth peer name d1
ip link set d1 up
ip -n red link set d0 up
ip -n red addr add 10.1.0.1/24 dev d0
seq 0 11999 | awk '{printf "route add %d.%d.%d.0/24 via 10.1.0.2\n", 11, $1/256, $1%256}' >/tmp/routes
ip -n red -batch /tmp/routes
ip -n red route | wc -l
ip -n red route | tail -n 3
ip -n red route get 11.25.200.7
ip -n red route flush via 10.1.0.2
ip -n red route
seq 1 3000 | awk '{printf "addr add 10.9.%d.%d/32 dev d0\n", $1/250, $1%250}' >/tmp/addrs
ip -n red -batch /tmp/addrs
ip -n red addr | wc -l
ip -n red addr flush dev d0
ip -n red addr show d0 | wc -l
