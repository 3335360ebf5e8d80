# SPDX-License-Identifier: GPL-2.0-or-later
# Two bridges of a host answer for one address: which of the answers crosses which datagram.
ip netns add green
ip link add br0 type bridge
ip link set br0 up
ip link add br1 type bridge
ip link set br1 up
ip link add t0 address 42:00:00:00:03:04 type veth peer name t1 address 42:00:00:00:00:05
ip link set t0 master br0
ip link set t0 up
ip link set t1 master br1
ip link set t1 up
ip link add eth1 address 02:00:00:00:02:08 type veth peer name p-green1 address 02:00:00:00:03:09
ip link set eth1 netns green
ip link set p-green1 master br1
ip link set p-green1 up
ip -n green addr add 10.1.0.32/24 dev eth1
ip -n green link set eth1 up
ip addr add 10.1.0.1/24 dev br1
sleep 1.2
timeout 1.2 nc -d -u -l 5000 & sleep 0.3; echo hello | ip netns exec green nc -u -w 1 -q 0 -p 4000 10.1.0.1 5000; wait
ip netns exec green ping -c 1 -W 0.3 10.1.0.1
