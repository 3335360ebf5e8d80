# SPDX-License-Identifier: GPL-2.0-or-later
# IGMPv3 on a bridge that asks: filter modes, a leave that is asked about, a fast leave.
ip link add br0 type bridge mcast_igmp_version 3 mcast_query_response_interval 200 mcast_querier 1
ip link set br0 up
for i in 1 2 3; do ip netns add h$i; ip link add p$i type veth peer name e0 netns h$i; ip link set p$i master br0 up; ip -n h$i addr add 10.0.0.$i/24 dev e0; ip -n h$i link set e0 up; done
for i in 1 2 3; do ip netns exec h$i sysctl -qw net.ipv4.icmp_echo_ignore_broadcasts=0; done
ip -n h1 route add 224.0.0.0/4 dev e0
ip -n h2 addr add 239.1.1.1/32 dev e0 autojoin
sleep 3
bridge -d mdb | sort
ip -n h3 addr add 239.1.1.1/32 dev e0 autojoin
sleep 1
bridge -d mdb | sort
ip netns exec h1 ping -c 1 -W 1 239.1.1.2
sleep 9
ip netns exec h1 ping -c 1 -W 1 239.1.1.1
ip netns exec h1 ping -c 1 -W 1 239.1.1.2
ip -n h3 addr del 239.1.1.1/32 dev e0
sleep 0.5
bridge -d mdb | sort
sleep 4
bridge -d mdb | sort
ip netns exec h1 ping -c 1 -W 1 239.1.1.1
ip link set p2 type bridge_slave mcast_fast_leave on
ip -n h2 addr del 239.1.1.1/32 dev e0
sleep 0.5
bridge -d mdb | sort
