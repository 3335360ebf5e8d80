#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The host of the hostile frames: eth0 (10.0.0.1 and the group 239.5.5.5, a cable to far's f1) and br0 (10.1.0.1, its port p0 a cable to f2)
ip netns add far
for ns in host far; do
	[ $ns = far ] && run='ip netns exec far'
	$run sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1 net.ipv4.igmp_link_local_mcast_reports=0
done
ip link set lo up
ip link add eth0 address 02:00:00:00:00:01 type veth peer name f1 address 02:00:00:00:00:f1 netns far
ip link add p0 address 02:00:00:00:00:03 type veth peer name f2 address 02:00:00:00:00:f2 netns far
ip link add br0 address 02:00:00:00:00:02 type bridge
ip link set p0 master br0
for d in eth0 p0 br0; do ip link set $d up; done
for d in f1 f2; do ip -n far link set $d up; done
ip addr add 10.0.0.1/24 dev eth0
ip addr add 10.1.0.1/24 dev br0
ip route add 203.0.113.0/24 via 10.0.0.2
ip addr add 239.5.5.5/32 dev eth0 autojoin
# what is reported is heard
for g in 224.0.0.22 239.5.5.5; do ip -n far addr add $g/32 dev f1 autojoin; done
for i in 0 2 3 4; do
	ip neigh add 10.0.0.$i lladdr 02:00:00:00:00:f1 dev eth0 nud permanent 2>/dev/null
	ip neigh add 10.1.0.$i lladdr 02:00:00:00:00:f2 dev br0 nud permanent 2>/dev/null
done
# every answer is to be seen, and pieces that wait are given up soon
sysctl -qw net.ipv4.icmp_ratemask=0 net.ipv4.icmp_msgs_per_sec=100000 net.ipv4.icmp_msgs_burst=100000
sysctl -qw net.ipv4.ipfrag_time=1
sleep 3
frames "$1"
