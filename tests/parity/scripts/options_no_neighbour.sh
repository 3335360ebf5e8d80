# SPDX-License-Identifier: GPL-2.0-or-later
# The error about a packet with options that found no neighbour has looked at them once more.
ip netns add red
ip netns add gw
ip netns add blue
ip -n red link set lo up
ip -n gw link set lo up
ip link add v0 netns red type veth peer name v1 netns gw
ip link add v2 netns gw type veth peer name v3 netns blue
ip -n red link set v0 up
ip -n gw link set v1 up
ip -n gw link set v2 up
ip -n blue link set v3 up
ip -n red addr add 10.0.0.1/24 dev v0
ip -n gw addr add 10.0.0.2/24 dev v1
ip -n gw addr add 10.1.0.2/24 dev v2
ip netns exec gw sysctl -w net.ipv4.ip_forward=1
ip -n red route add default via 10.0.0.2
sleep 1.2
ip netns exec red ping -R -c 1 -W 4 10.0.0.9
ip netns exec red ping -R -c 1 -W 4 10.1.0.9
