# SPDX-License-Identifier: GPL-2.0-or-later
# two hosts and a cable
ip netns add red
ip netns add blue
ip link add veth-red type veth peer name veth-blue
ip link set veth-red netns red
ip link set veth-blue netns blue
ip netns exec red ip addr add 192.168.15.1/24 dev veth-red
ip netns exec blue ip addr add 192.168.15.2/24 dev veth-blue
ip netns exec red ip link set veth-red up
ip netns exec red ping -c 1 -W 1 192.168.15.2
ip netns exec blue ip link set veth-blue up
sleep 1.2
ip netns exec red ping -c 2 -i 0.2 192.168.15.2
ip netns exec red arp
ip netns exec blue arp -n
ip -n red neigh
arp
ip netns exec red ping -c 1 -W 1 192.168.15.1
ip -n red link set lo up
ip netns exec red ping -c 1 -W 1 192.168.15.1
ip netns exec red ping -c 1 -W 1 192.168.15.9
ip -n red neigh
ip netns exec red ping -c 2 -i 0.2 -s 1472 -M do 192.168.15.2
ip netns exec red ping -c 1 -s 1473 -M do 192.168.15.2
ip netns exec red ping -c 1 -s 4000 192.168.15.2
ip -s -n red link show veth-red
ip -n blue link set veth-blue down
ip netns exec red ping -c 1 -W 1 192.168.15.2
ip -n red link show veth-red
ip -n red neigh
