# SPDX-License-Identifier: GPL-2.0-or-later
# the first of a network goes: do the others stay
ip link add d0 type veth peer name e0; ip link set e0 up
ip link set d0 up
ip addr add 10.0.0.1/24 dev d0
ip addr add 10.0.0.2/24 dev d0
ip addr add 10.0.0.3/24 dev d0
ip addr del 10.0.0.1/24 dev d0
ip addr show d0
ip addr add 10.0.0.1/24 dev d0
ip addr add 10.0.0.2/24 dev d0
sysctl -w net.ipv4.conf.d0.promote_secondaries=1
ip addr del 10.0.0.1/24 dev d0
ip addr show d0
ip link set d0 down
ip route
ip addr show d0
ip link set d0 up
ip route
