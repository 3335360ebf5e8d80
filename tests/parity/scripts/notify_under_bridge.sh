# SPDX-License-Identifier: GPL-2.0-or-later
# A gratuitous ARP sent as a cable comes up reaches the bridge port before the port forwards: it is lost.
ip netns add red
ip netns add blue
ip link add br0 type bridge
ip link set br0 up
ip link add vr netns red type veth peer name vrb
ip link add vb netns blue type veth peer name vbb
ip link set vrb master br0 up
ip link set vbb master br0 up
ip -n red link set vr up
ip -n blue link set vb up
ip -n red addr add 10.0.0.1/24 dev vr
ip -n blue addr add 10.0.0.2/24 dev vb
sleep 2
ip netns exec red ping -c 1 10.0.0.2
ip netns exec blue ip neigh flush all
ip netns exec blue sysctl -w net.ipv4.conf.all.arp_accept=1
ip netns exec red sysctl -w net.ipv4.conf.vr.arp_notify=1
ip -n red link set vr down
ip -n red link set vr up
sleep 0.5
ip -n blue neigh
ip -n red link set vr address 02:00:00:00:00:99
sleep 0.5
ip -n blue neigh
