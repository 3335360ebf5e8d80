# SPDX-License-Identifier: GPL-2.0-or-later
# A packet that waits for a neighbour loses its error when its route goes; the answer still finds it.
ip netns add red
ip netns add gw
ip -n red link set lo up
ip -n gw link set lo up
ip link add eth1 netns red type veth peer name p-red1 netns gw
ip link add eth2 netns gw type veth peer name p-x
ip link set p-x up
ip -n gw link set p-red1 up
ip -n gw link set eth2 up
ip -n gw addr add 10.1.0.1/24 dev p-red1
ip -n gw addr add 10.2.0.1/24 dev eth2
ip netns exec gw sysctl -w net.ipv4.ip_forward=1
ip netns exec red ip addr add 10.1.0.11/24 brd + dev eth1
ip netns exec red ip link set eth1 up
ip -n red route add default via 10.1.0.1
ip -n gw route add 10.9.0.0/16 via 10.2.0.5
sleep 1.2
ip netns exec red ping -c 1 -W 0.4 10.9.0.2
ip -n gw route del 10.9.0.0/16
sleep 2.9
ip -n gw route add 10.9.0.0/16 via 10.2.0.5
ip netns exec red ping -c 1 -W 0.4 10.9.0.2
ip -n gw route add 10.8.0.0/16 via 10.2.0.6
ip netns exec red ping -c 1 -W 0.4 10.9.0.3
ip -n gw route del 10.9.0.0/16
sleep 2.9
ip -n gw route add 10.9.0.0/16 via 10.2.0.5
ip netns exec red ping -c 1 -W 0.4 10.9.0.4
ip -n gw route del 10.9.0.0/16
ip addr add 10.2.0.5/24 dev p-x
sleep 2.9
