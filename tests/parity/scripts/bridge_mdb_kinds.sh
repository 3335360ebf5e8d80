# SPDX-License-Identifier: GPL-2.0-or-later
# Groups and router ports of a bridge by hand: errors, kinds of entries, router ports, a port and a bridge that go down.
ip link add br0 type bridge
ip link add br1 type bridge
ip link set br0 up
ip link set br1 up
ip link add p1 type veth peer name q1
ip link add p2 type veth peer name q2
ip link add p3 type veth peer name q3
for i in 1 2; do ip link set p$i master br0 up; ip link set q$i up;done
ip link set p3 master br1
sleep 1.2
bridge mdb add dev q1 port q1 grp 239.1.1.1
bridge mdb add dev br0 port q1 grp 239.1.1.1
bridge mdb add dev br0 port p3 grp 239.1.1.1
bridge mdb add dev br1 port p3 grp 239.1.1.1
bridge mdb add dev br1 port p3 grp 239.1.1.1 permanent
bridge mdb del dev br0 port q1 grp 239.1.1.1
bridge mdb del dev br0 port p3 grp 239.1.1.1
bridge mdb add dev br0 port p1 grp 0.0.0.0
bridge mdb add dev br0 port p1 grp ::
bridge mdb add dev br0 port p1 grp 00:00:00:00:00:00 permanent
bridge mdb add dev br0 port p1 grp 00:00:00:00:00:01 permanent
bridge mdb add dev br0 port p1 grp 01:00:5e:01:01:01 permanent
bridge mdb add dev br0 port p1 grp 01:00:5e:01:01:01 permanent
bridge mdb add dev br0 port br0 grp 01:00:5e:01:01:01 permanent
bridge mdb add dev br0 port br0 grp 01:00:5e:01:01:01 permanent
bridge mdb add dev br0 port br0 grp 239.1.1.1
bridge mdb add dev br0 port br0 grp 239.1.1.1
bridge mdb add dev br0 port br0 grp 239.1.1.1 src 1.1.1.1
bridge mdb add dev br0 port p1 grp 1::2
bridge mdb add dev br0 port p1 grp ff02::1
bridge mdb add dev br0 port p1 grp ff05::2 src ff02::1
bridge mdb add dev br0 port p1 grp ff05::2 src fe80::1
bridge mdb add dev br0 port p1 grp ff05::2 src 1.2.3.4
bridge mdb add dev br0 port p1 grp 239.1.1.1 src fe80::1
bridge mdb add dev br0 port p1 grp 01:00:5e:01:01:01 src 1.2.3.4 permanent
bridge mdb add dev br0 port p1 grp 239.1.1.1 vid 0
bridge mdb add dev br0 port p1 grp 239.1.1.1 vid x
bridge mdb add dev br0 port p1 grp 239.1.1.1 grp 239.1.1.2
bridge mdb add dev br0 port p1 grp
bridge mdb add dev br0 port p1 permanent 239.1.1.1
bridge mdb add help
bridge mdb del dev br0 port p1 grp 239.9.9.9
bridge mdb del dev br0 port br0 grp 239.9.9.9
bridge mdb del dev br0 port br0 grp 239.1.1.1
bridge mdb a dev br0 port p1 grp 239.9.9.1
bridge mdb d dev br0 port p1 grp 239.9.9.1
bridge mdb sh dev br0 | sort
bridge mdb list | sort
bridge mdb show foo
bridge mdb show dev nope
ip link set p1 type bridge_slave mcast_router 2
bridge mdb | sort
bridge -d mdb | sort
bridge -d -j mdb
ip link set p2 type bridge_slave mcast_router 3
bridge -d mdb show dev br0 | sort
bridge link set dev p1 mcast_router 1
bridge link set dev p2 mcast_router 0
bridge -d mdb | sort
bridge -d link show dev p1
ip link set p1 down
bridge mdb | sort
ip link set br0 down
bridge mdb | sort
bridge mdb del dev br0 port br0 grp 239.1.1.1
ip link set br0 up
ip link set br0 type bridge mcast_snooping 0
bridge mdb del dev br0 port p1 grp 01:00:5e:01:01:01
ip link set br0 type bridge mcast_querier 1 mcast_query_interval 50 mcast_startup_query_interval 20 mcast_igmp_version 4
ip link set br0 type bridge mcast_query_interval 50 mcast_startup_query_interval 20
ip link set br0 type bridge mcast_router 5
ip link set p2 type bridge_slave mcast_router 5
ip link set br0 type bridge mcast_hash_max 0
ip link set br0 type bridge mcast_hash_max 3
ip link del br0
