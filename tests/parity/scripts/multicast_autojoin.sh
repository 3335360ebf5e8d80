# SPDX-License-Identifier: GPL-2.0-or-later
# Addresses with autojoin: kinds, lifetimes, refusals; names, moves, MTU and ends of their device.
ip netns add h1
ip netns add h2
ip link add e0 netns h1 type veth peer name e0 netns h2
for i in 1 2; do ip -n h$i link set e0 up; ip -n h$i link set lo up; ip -n h$i addr add 10.0.0.$i/24 dev e0; done
ip -n h2 addr add 239.1.1.1/32 dev e0 autojoin
ip -n h2 addr add 239.1.1.2/32 dev e0
ip -n h2 addr add 224.0.0.5/32 dev e0 autojoin
ip -n h2 addr add 224.0.0.251/24 dev e0 autojoin
ip -n h2 addr add 239.3.0.1/24 dev e0 autojoin
ip -n h2 addr add 239.3.0.2/24 dev e0 autojoin
ip -n h2 addr add 239.4.0.1 peer 239.4.0.9/32 dev e0 autojoin
ip -n h2 addr add 239.5.0.1/32 dev e0 autojoin valid_lft 1 preferred_lft 1
sleep 2.5
ip -n h2 addr show dev e0
ip -4 -n h2 maddr show dev e0
ip -n h2 addr del 239.1.1.2/32 dev e0
ip -n h2 addr add 239.5.0.1/32 dev e0 autojoin; echo $?
ip -n h2 addr del 239.3.0.1/24 dev e0
sleep 2.2
ip -4 -n h2 maddr show dev e0
ip -n h2 addr add 239.3.0.2/24 dev e0 autojoin; echo $?
ip -n h2 addr change 239.1.1.1/32 dev e0 autojoin; echo $?
ip -n h2 addr replace 239.6.1.1/32 dev e0 autojoin; echo $?
ip -n h2 addr replace 239.6.1.1/32 dev e0; echo $?
sleep 2.2
ip -n h2 maddr add 01:00:5e:01:01:01 dev e0
ip -n h2 maddr add 33:33:00:00:00:aa dev e0
ip -4 -n h2 maddr show dev e0
ip -n h2 maddr show dev e0 | grep 01:00:5e
ip -n h2 maddr del 01:00:5e:01:01:01 dev e0
ip -n h2 maddr show dev e0 | grep 01:01:01
ip -n h2 -j maddr show dev e0 | grep -o '"family":"inet","address":"[0-9.]*"'
ip netns exec h2 netstat -gn | grep -v '  *[a-f0-9]*::'
ip netns exec h2 cat /proc/net/dev_mcast | grep 01005e
ip -n h2 link set e0 name e9
ip netns exec h2 cat /proc/net/igmp
ip netns add h3
ip -n h2 link set e9 netns h3
ip netns exec h2 cat /proc/net/igmp
ip netns exec h3 cat /proc/net/igmp
ip -n h3 link set e9 up
ip netns exec h3 cat /proc/net/igmp
ip -n h3 addr show dev e9
ip -n h3 addr add 239.1.1.1/32 dev e9 autojoin; echo $?
ip -n h3 link del e9
ip netns exec h3 cat /proc/net/igmp
ip -n h2 link add d0 type veth peer name d1
ip -n h2 link set d0 up
ip -n h2 link set d1 up
ip -n h2 addr add 239.1.1.1/32 dev d0 autojoin; echo $?
sleep 2.2
ip netns exec h2 cat /proc/net/igmp
ip -n h2 link set d0 mtu 60
ip netns exec h2 cat /proc/net/igmp
ip -n h2 link set d0 mtu 1500
ip netns exec h2 cat /proc/net/igmp
ip -n h2 link del d0
ip netns del h2
