# SPDX-License-Identifier: GPL-2.0-or-later
# brctl: the spanning tree, its settings and its refusals
ip link add br0 address 02:00:00:00:00:0a type bridge
ip link add br1 address 02:00:00:00:00:0b type bridge
ip link add p1 address 02:00:00:00:01:01 type veth peer name q1 address 02:00:00:00:00:01
ip link set p1 master br0
brctl showstp br0
brctl setpathcost br0 p1 9
brctl setportprio br0 p1 16
brctl setbridgeprio br0 100
brctl setfd br0 4
brctl sethello br0 3
brctl setmaxage br0 12
brctl hairpin br0 p1 on
brctl showstp br0
brctl showstp nosuch
brctl showstp p1
brctl showmacs p1
brctl setpathcost br0 nosuch 7
brctl hairpin br0 nosuch on
brctl addif br0 br1
brctl setageing br0 -1
brctl -x
