# SPDX-License-Identifier: GPL-2.0-or-later
# addresses: scopes, secondaries, labels, broadcast
ip link add d0 type veth peer name e0; ip link set e0 up
ip link set d0 up
ip addr add 10.0.0.1/24 dev d0
ip addr add 10.0.0.1/24 dev d0
ip addr add 10.0.0.2/24 dev d0
ip addr add 10.0.0.3/25 dev d0
ip addr add 10.0.1.1/24 brd + dev d0
ip addr add 10.0.2.1/32 dev d0
ip addr add 10.0.3.1 peer 10.0.3.2/32 dev d0
ip addr add 10.0.4.1/24 dev d0 label d0:1
ip addr add 10.0.4.2/24 dev d0 label wrong
ip addr add 10.0.5.1/24 scope link dev d0
ip addr add 10.0.5.300/24 dev d0
ip addr add 10.0.6.1/33 dev d0
ip addr add 10.0.6.1/24
ip addr add 10.0.6.1/24 dev nosuch
ip addr show d0
ip -br addr
ip -4 -o addr
ip route
ip route show table local dev d0
ip addr del 10.0.0.1/24 dev d0
ip addr show dev d0 to 10.0.0.0/24
ip addr del 10.9.9.9/24 dev d0
ip addr flush dev d0 scope link
ip addr flush dev d0
ip addr show d0
ip route
