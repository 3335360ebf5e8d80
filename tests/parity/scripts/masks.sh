# SPDX-License-Identifier: GPL-2.0-or-later
# the mask decides who is a neighbour
ip netns add red
ip netns add blue
ip link add r type veth peer name b
ip link set r netns red
ip link set b netns blue
ip -n red addr add 10.0.0.1/24 dev r
ip -n blue addr add 10.0.1.2/16 dev b
ip -n red link set r up
ip -n blue link set b up
sleep 1.2
ip netns exec red ping -c 1 -W 1 10.0.1.2
ip netns exec blue ping -c 1 -W 1 10.0.0.1
ip -n red route add 10.0.1.2 dev r
ip netns exec blue ping -c 1 -W 1 10.0.0.1
ip netns exec red ping -c 1 -W 1 10.0.1.2
ip -n red neigh
ip -n blue neigh
ip -n red addr add 10.0.2.1 dev r
ip netns exec red ping -c 1 -W 1 -I 10.0.2.1 10.0.1.2
