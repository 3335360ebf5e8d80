# SPDX-License-Identifier: GPL-2.0-or-later
# moving cables between hosts
ip netns add red
ip netns add blue
ip link add eth0 type veth peer name eth0 netns red
ip link add va type veth peer name vb
ip link set va netns red
ip link set vb netns blue
ip link set va netns red
ip link set vb netns green
ip link
ip -n red link
ip -n blue link
ip -n red link set va name eth0
ip -n red link set va up
ip -n blue link set vb up
sleep 1.2
ip -n red -br link
ip -n blue -br link
ip -n red link set va netns 1
ip -n red link del eth0
ip -n red link
ip link
ip netns del blue
sleep 0.3
ip link
ip netns exec red ip link set lo up
ip -n red addr show lo
