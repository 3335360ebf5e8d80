# SPDX-License-Identifier: GPL-2.0-or-later
# the table of a bridge, by hand
ip link add br0 type bridge
ip link add p1 type veth peer name q1
ip link set p1 master br0
bridge fdb add 02:00:00:00:00:99 dev p1 master
bridge fdb add 02:00:00:00:00:98 dev p1 master static
bridge fdb add 02:00:00:00:00:98 dev p1 master static
bridge fdb replace 02:00:00:00:00:97 dev p1 master dynamic
bridge fdb add 02:00:00:00:00:96 dev br0 self local
bridge fdb add zz dev p1
bridge fdb add 02:00:00:00:00:95 dev nosuch master
bridge fdb show br br0
bridge fdb show dev p1
bridge fdb del 02:00:00:00:00:99 dev p1 master
bridge fdb del 02:00:00:00:00:99 dev p1 master
bridge fdb show br br0
bridge link set dev p1 learning off
bridge link set dev p1 cost 50
bridge -d link show dev p1
bridge link set dev q1 cost 50
bridge frob
