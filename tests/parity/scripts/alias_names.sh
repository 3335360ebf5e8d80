# SPDX-License-Identifier: GPL-2.0-or-later
# the label of an alias, or ifN, in the place of a name; a device that is not there
ip link add v0 type veth peer name v1
ip link set v0 up; ip link set v1 up
ip addr add 10.0.0.1/24 dev v0:1; echo $?
ip addr add 10.0.0.2/24 dev v0:1 label v0:1; echo $?
ip addr show dev v0:1; echo $?
ip link set v0:1 mtu 1400; echo $?
ip link show v0:9; echo $?
ip route add 10.5.0.0/16 dev v0:1; echo $?
ip neigh add 10.0.0.9 lladdr 02:00:00:00:00:09 dev v0:7
ip neigh
ip addr flush dev v0:1; echo $?

ip link show nosuch:1; echo $?
ip link add br0 type bridge
ip link set v0 master br0:1; echo $?; ip link set v0 nomaster
ip link set v0:1 down; echo $?
bridge link show dev v0:1
ip link show if2; ip link show if99
ip addr add 10.9.9.9/24 dev if2
ip route get 10.0.0.9 oif v0:2; echo $?
ip -br addr
ip link del v0:1; echo $?; ip -br link
ip netns add red
touch /run/netns/fake
ip netns
ip netns set fake 5
ip -n fake link
rm /run/netns/fake
/bin/ip -br link show lo
which -a ip traceroute
