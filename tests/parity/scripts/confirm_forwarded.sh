#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# An answered TCP segment confirms the neighbours of every router on its way, so that none of them is asked again
for n in red gw blue; do ip netns add $n; ip -n $n link set lo up; done
ip link add e0 netns red type veth peer name g0 netns gw
ip link add g1 netns gw type veth peer name e1 netns blue
ip -n red addr add 10.1.0.2/24 dev e0
ip -n gw addr add 10.1.0.1/24 dev g0
ip -n gw addr add 10.2.0.1/24 dev g1
ip -n blue addr add 10.2.0.2/24 dev e1
for x in "red e0" "gw g0" "gw g1" "blue e1"; do set -- $x; ip -n $1 link set $2 up; done
ip -n red route add default via 10.1.0.1
ip -n blue route add default via 10.2.0.1
ip netns exec gw sysctl -qw net.ipv4.ip_forward=1
sleep 1.2
ip netns exec red ping -c 1 -W 1 10.1.0.1
sleep 2
echo hello | ip netns exec blue nc -N -l -p 80 &
sleep 0.3
ip netns exec red nc -N 10.2.0.2 80 </dev/null
wait
sleep 3.5
ip -n gw -s neigh show 10.1.0.2
