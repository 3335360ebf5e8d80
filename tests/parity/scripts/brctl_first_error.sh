# SPDX-License-Identifier: GPL-2.0-or-later
# brctl addif and delif end at the first port that cannot be added or taken out.
ip link add br0 type bridge
ip link add br1 type bridge
for i in 1 2 3; do ip link add p$i type veth peer name q$i; done
brctl addif br0 nosuch p1
brctl show
brctl addif br0 p1 p2 p1 p3
brctl show
brctl delif br0 p3 p1
brctl delif br0 nosuch p2
brctl addif br1 p3
brctl delif br0 p3 p2
brctl show
