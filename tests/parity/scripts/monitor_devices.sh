# SPDX-License-Identifier: GPL-2.0-or-later
# ip monitor: a device that moves, goes down, leaves; ids of namespaces; settings; words
ip netns add a
ip link add va address 02:00:00:00:00:0a netns a type veth peer name vb address 02:00:00:00:00:0b
(timeout 4 ip -4 monitor link address route neigh rule label & sleep 0.5; ip link set vb up; sleep 0.1; ip addr add 10.0.0.1/24 dev vb; sleep 0.1; ip -n a link set va up; sleep 0.2; ip route add 10.1.0.0/24 via 10.0.0.2; ip neigh add 10.0.0.9 lladdr 02:00:00:00:00:09 dev vb; ip rule add from 1.1.1.1 lookup 5; ip route del 10.1.0.0/24; ip neigh del 10.0.0.9 dev vb; ip addr del 10.0.0.1/24 dev vb; ip link set vb down; wait)
(timeout 3 ip monitor link & sleep 0.5; ip link add br0 address 02:00:00:00:00:01 type bridge; ip link set vb master br0; sleep 0.1; ip link set vb up; sleep 0.2; ip link set vb nomaster; ip link set vb mtu 1400; ip link del br0; wait)
(timeout 2 ip monitor link & sleep 0.5; ip link set vb promisc on; ip link set vb arp off; ip link set vb allmulticast on; ip link set vb txqueuelen 5; ip link set vb down; ip link set vb name vx; ip link set vx address 02:00:00:00:00:99; wait)
(timeout 2 ip -4 monitor link address route netconf & sleep 0.5; ip link add w0 address 02:00:00:00:00:20 type veth peer name w1 address 02:00:00:00:00:21; ip addr add 10.1.0.1/24 dev w0; ip link set w0 up; ip link set w1 up; sleep 0.2; ip route add 10.2.0.0/24 via 10.1.0.2; sysctl -qw net.ipv4.conf.w1.rp_filter=2; ip link del w0; wait)
(timeout 2 ip monitor nsid link & sleep 0.5; ip netns add c; ip netns set c 5; ip link set vx netns c; sleep 0.1; ip netns del c; wait) | sed 's/new-ifindex [0-9]*/new-ifindex N/'
(timeout 2 ip -4 monitor netconf & sleep 0.5; sysctl -qw net.ipv4.conf.lo.forwarding=1 net.ipv4.conf.default.rp_filter=1; wait)
timeout 2 ip monitor foo
timeout 2 ip monitor dev nosuch
timeout 2 ip monitor dev
timeout 2 ip monitor help
