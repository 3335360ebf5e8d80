# SPDX-License-Identifier: GPL-2.0-or-later
# ip -echo: the kernel tells who asked what has changed
ip link add v0 type veth peer name v1; ip link set v0 up
ip -j -echo link set v0 mtu 1400
ip -j -echo addr add 10.0.1.1/24 dev v0
ip -j -p -echo addr add 10.0.1.2/24 dev v0
ip -j -echo route add 10.9.0.0/16 via 10.0.1.9
ip -j -echo rule add from 1.2.3.4 table 5
ip -j -echo rule del from 1.2.3.4
ip -j -echo addr del 10.0.1.2/24 dev v0
ip -echo addr del 10.0.1.1/24 dev v0
ip -j -echo link add b0 type bridge
ip -d -echo link add b1 type bridge
ip -s -echo link add b2 up type bridge
ip -o -echo link del b2
ip -br -echo addr add 10.0.1.1/24 dev v0
ip -o -echo addr add 10.0.1.3/24 dev v0
ip -echo addr replace 10.0.1.3/24 dev v0
ip -echo addr flush dev v0
ip -echo addr add 10.0.1.3/24 dev v0
ip -echo addr add 10.0.1.3/24 dev v0
ip -echo route add default via 10.0.1.77 table 100
ip -echo route replace default via 10.0.1.78 table 100
ip -echo route add 10.3.0.0/16 nexthop via 10.0.1.77 nexthop via 10.0.1.78
ip -echo route add blackhole 10.4.0.0/16
ip -echo route del blackhole 10.4.0.0/16
ip -echo route flush table 100
ip -echo rule flush
ip -echo link add va type veth peer name vb
ip -echo link del va
ip -echo link set v0 down
ip -echo link show v0
ip -echo -4 addr add 10.0.1.4/24 dev v0 label v0:x
