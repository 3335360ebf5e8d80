# SPDX-License-Identifier: GPL-2.0-or-later
# bridge mdb: what may be added, what is refused, what goes with snooping, a port, the bridge.
ip link add br0 type bridge
ip link set br0 up
ip link add p1 type veth peer name q1
ip link add p2 type veth peer name q2
for i in 1 2; do ip link set p$i master br0 up; ip link set q$i up;done
sleep 1.2
bridge mdb
bridge mdb add dev br0 port p1 grp 239.1.1.1
bridge mdb add dev br0 port p1 grp 239.1.1.1
bridge mdb add dev br0 port p2 grp 239.1.1.2 permanent
bridge mdb add dev br0 port p2 grp 239.1.1.1 permanent
bridge mdb add dev br0 port p2 grp 239.1.1.3 temp
bridge mdb add dev br0 port br0 grp 239.1.1.3 temp
bridge mdb add dev br0 port br0 grp 239.1.1.3 permanent
bridge mdb add dev br0 port br0 grp 239.1.1.4
bridge mdb add dev br0 port p1 grp 10.1.1.4
bridge mdb add dev br0 port p1 grp 224.0.0.1
bridge mdb add dev br0 port q1 grp 224.0.0.11
bridge mdb add dev q1 port q1 grp 224.0.0.11
bridge mdb add dev br0 port p1 grp foo
bridge mdb add dev br0 port p1 grp 01:02:03:04:05:06
bridge mdb add dev br0 port p1 grp 01:02:03:04:05:06 permanent
bridge mdb add dev br0 port p1 grp 239.1.1.9 src 10.0.0.1
bridge mdb add dev br0 port p1 grp 239.1.1.9 src 10.0.0.1 permanent
bridge mdb add dev br0 port p1 grp 239.1.1.9 src 239.0.0.1 permanent
bridge mdb add dev br0 port p1 grp 239.1.1.9 src foo permanent
bridge mdb add dev br0 port p1 grp 239.1.1.9 vid 5
bridge mdb add dev br0 port p1 grp 239.1.1.9 vid 5000
bridge mdb add dev br0 port p1 grp ff05::1
bridge mdb add dev br0 grp ff05::1
bridge mdb add port p1 grp ff05::1
bridge mdb add dev br0 port p1
bridge mdb add dev nope port p1 grp 239.1.1.9
bridge mdb add dev br0 port nope grp 239.1.1.9
bridge mdb replace dev br0 port p1 grp 239.1.1.9
bridge mdb add dev br0 port p1 grp 239.1.1.9 foo
bridge mdb del dev br0 port p1 grp 239.1.1.19
bridge mdb del dev br0 port p1 grp 239.1.1.2
bridge mdb help
bridge mdb | sort
# the ports of one group stand in the order of their addresses in memory: one of them is enough
bridge mdb del dev br0 port p2 grp 239.1.1.1
bridge mdb
bridge -d mdb
bridge -j mdb
bridge -j -d -p mdb
bridge mdb show dev br0
bridge mdb show dev p1
bridge mdb show vid 5
bridge mdb del dev br0 port p1 grp 239.1.1.1
bridge mdb del dev br0 port p2 grp 239.1.1.3
bridge mdb del dev br0 port br0 grp 239.1.1.3
bridge mdb
ip link set br0 type bridge mcast_snooping 0
bridge mdb
bridge mdb add dev br0 port p1 grp 239.1.1.9
ip link set br0 down
bridge mdb add dev br0 port p1 grp 239.1.1.9
