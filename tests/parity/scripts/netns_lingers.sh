# SPDX-License-Identifier: GPL-2.0-or-later
# A namespace lives as long as a packet of one of its sockets waits for a neighbour.
ip netns add red
ip link add v0 netns red type veth peer name v1
ip -n red addr add 10.0.0.1/24 dev v0
ip -n red link set v0 up
ip addr add 10.0.0.9/24 dev v1
ip link set v1 up
ip netns exec red ping -c 1 -W 0.2 10.0.0.2
ip netns del red
sleep 0.5
ip -br link show v1 | tr -s ' ' | cut -d ' ' -f 2
sleep 4
ip -br link show v1
ip netns add blue
ip link add v2 netns blue type veth peer name v3
ip -n blue addr add 10.1.0.1/24 dev v2
ip -n blue link set v2 up
ip link set v3 up
ip netns exec blue ping -c 1 -W 0.2 10.2.0.1
ip netns del blue
sleep 0.3
ip -br link show v3
