# SPDX-License-Identifier: GPL-2.0-or-later
# IPv4 packets in frames for another MAC address are counted as otherhost
ip netns add red
ip link add eth0 type veth peer name eth1
ip link set eth1 netns red
ip addr add 10.0.0.1/24 dev eth0
ip link set eth0 up
ip -n red addr add 10.0.0.2/24 dev eth1
ip -n red link set eth1 up
sleep 1.2
ip neigh add 10.0.0.2 lladdr 02:00:00:00:00:99 dev eth0
ping -c 1 -W 1 10.0.0.2
ip -n red -s -s link show eth1
