# SPDX-License-Identifier: GPL-2.0-or-later
# What waits for a neighbour fills the sender's buffer: a raw socket is refused, others wait.
ip netns add red
ip netns add blue
ip link add v0 netns red type veth peer name v1 netns blue
ip -n red link set lo up
ip -n red addr add 10.0.0.1/24 dev v0
ip -n red link set v0 up
ip -n blue link set v1 up
ip netns exec red ping -c 14 -i 0.2 10.0.0.2
ip -n red -s link show v0 | tail -1
ip netns exec red ping -c 8 -i 0.1 -s 1000 -W 1 10.0.0.3
ip netns exec red ping -c 4 -i 0.1 -S 9000 -s 3000 -W 1 10.0.0.4
ip netns exec red sysctl -w net.ipv4.ping_group_range='0 0'
ip netns exec red ping -c 8 -i 0.2 -W 1 10.0.0.5
ip -n blue addr add 10.0.0.7/24 dev v1
ip -n red link set v0 mtu 68
ip netns exec red ping -c 2 -i 0.2 -s 2000 -W 0.4 10.0.0.7
ip netns exec red ping -c 1 -i 0.2 -s 500 -W 0.4 10.0.0.7
ip netns exec red sh -c 'grep ^Ip: /proc/net/snmp; grep ^Udp: /proc/net/snmp'
