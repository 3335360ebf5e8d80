# SPDX-License-Identifier: GPL-2.0-or-later
# a packet socket of one protocol on a bridge port hears nothing: the bridge takes the frame first
ip netns add red
ip link add br0 type bridge
ip link set br0 up
ip link add p0 type veth peer name eth1
ip link set eth1 netns red
ip link set p0 master br0
ip link set p0 up
ip -n red addr add 10.1.0.11/24 dev eth1
ip -n red link set eth1 up
ip addr add 10.1.0.1/24 dev br0
sleep 1.2
arping -c 1 -w 1 -I p0 10.1.0.11
arping -c 1 -w 1 -I br0 10.1.0.11
