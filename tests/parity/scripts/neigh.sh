# SPDX-License-Identifier: GPL-2.0-or-later
# neighbour entries by hand
ip link add d0 type veth peer name d1
ip link set d0 up
ip addr add 10.0.0.1/24 dev d0
ip neigh add 10.0.0.2 lladdr 02:00:00:00:00:02 dev d0
ip neigh add 10.0.0.2 lladdr 02:00:00:00:00:03 dev d0
ip neigh add 10.0.0.3 lladdr 02:00:00:00:00:03 dev d0 nud permanent
ip neigh replace 10.0.0.2 lladdr 02:00:00:00:00:04 dev d0
ip neigh add 10.0.0.4 dev d0
ip neigh add proxy 10.0.0.9 dev d0
ip neigh
ip neigh show proxy
ip neigh show 10.0.0.3
ip neigh show nud permanent
arp -n
arp -s 10.0.0.5 02:00:00:00:00:05
arp -d 10.0.0.3
arp -d 10.0.0.77
arp -n
ip neigh del 10.0.0.2 dev d0
ip neigh del 10.0.0.2 dev d0
ip neigh flush dev d0
ip neigh
ip neigh get 10.0.0.9 dev d0
