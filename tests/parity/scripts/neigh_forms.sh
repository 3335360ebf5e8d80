# SPDX-License-Identifier: GPL-2.0-or-later
# forms of the neighbour table: brief, by protocol, managed, unused
ip link add v0 type veth peer name v1
ip link set v0 up
ip link set v1 up
ip addr add 10.0.0.1/24 dev v0
ip neigh add 10.0.0.5 lladdr 02:00:00:00:00:05 dev v0
ip neigh add 10.0.0.6 lladdr 02:00:00:00:00:06 dev v0 protocol static
ip neigh add 10.0.0.7 dev v0 nud incomplete
ip neigh add 10.0.0.8 dev v0 managed
ip neigh add 10.0.0.9 lladdr 02:00:00:00:00:09 dev v0 nud stale
ip neigh
ip -br neigh
ip -br neigh show dev v0
ip -br -j neigh show 10.0.0.6
ip neigh show protocol static
ip neigh show protocol nosuch
ip neigh show unused
ip neigh change 10.0.0.8 lladdr 02:00:00:00:00:08 dev v0 nud permanent
ip -4 ntable show dev v0 name nosuch
ip -4 ntable change name arp_cache dev v0 retrans 200 ucast_probes 1
ip -4 ntable show dev v0 | grep probes
ip -4 netconf show dev v0
sysctl -w net.ipv4.conf.v0.rp_filter=2 net.ipv4.conf.v0.forwarding=1
ip -4 netconf show dev v0
ip -4 -j netconf show dev v0
ip -4 maddr show dev v0
ip maddr add 01:00:5e:01:02:03 dev v0
ip maddr del 01:00:5e:01:02:03 dev v0
ip maddr del 01:00:5e:01:02:03 dev v0
ip link add v2 netns nosuch type veth peer name v3
ip netns add red
ip link add v0 netns red type bridge
ip link set v0 mtu -1
ip link set v0 carrier maybe
ip link set v0 vrf nosuch
ip netns list-id target-nsid 3
ip -s ntable show name arp_cache | head -14 | sed 's/[0-9a-f]*[0-9][0-9a-f]*/N/g'
ip -s -j ntable show name arp_cache | head -1 | sed 's/\<0x[0-9a-f]*/N/; s/[0-9a-f]*[0-9][0-9a-f]*/N/g' | cut -d'}' -f1
