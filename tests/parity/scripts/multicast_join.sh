# SPDX-License-Identifier: GPL-2.0-or-later
# An address with autojoin joins its group: IGMPv3 reports it, twice, and the group's packets are heard.
ip netns add h1
ip netns add h2
ip link add e0 netns h1 type veth peer name e0 netns h2
ip -n h1 link set e0 up
ip -n h2 link set e0 up
ip -n h1 addr add 10.0.0.1/24 dev e0
ip -n h2 addr add 10.0.0.2/24 dev e0
ip -n h2 addr add 239.1.1.1/32 dev e0 autojoin
sleep 2.2
ip -n h2 addr show dev e0
ip -4 -n h2 maddr show dev e0
ip netns exec h2 cat /proc/net/igmp
ip netns exec h2 cat /proc/net/mcfilter
ip -n h2 addr add 239.1.1.1/32 dev e0 autojoin
ip -n h2 addr add 239.1.1.1/24 dev e0 autojoin
ip -n h2 addr add 10.9.9.9/24 dev e0 autojoin
ip netns exec h2 sysctl -w net.ipv4.igmp_max_memberships=1
ip -n h2 addr add 239.1.1.2/32 dev e0 autojoin
ip netns exec h2 sysctl -w net.ipv4.igmp_max_memberships=20
ip netns exec h1 ping -c 1 -W 1 239.1.1.1
ip netns exec h1 ping -c 1 -W 0.3 -I e0 239.1.1.1
ip netns exec h2 sysctl -w net.ipv4.icmp_echo_ignore_broadcasts=0
ip netns exec h1 ping -c 1 -W 1 -I e0 239.1.1.1 | grep received
ip netns exec h1 ping -c 1 -W 0.3 -I e0 239.1.1.2 | grep received
ip -n h2 addr del 239.1.1.1/32 dev e0
sleep 2.2
ip -4 -n h2 maddr show dev e0
ip -n h2 addr add 239.1.1.1/32 dev e0 autojoin
sleep 2.2
ip -n h2 link set e0 down
ip netns exec h2 cat /proc/net/igmp
ip -n h2 link set e0 up
sleep 2.2
ip netns exec h2 cat /proc/net/igmp
ip netns exec h2 cat /proc/net/netstat | grep IpExt
ip netns exec h1 cat /proc/net/netstat | grep IpExt
ip netns exec h2 sysctl -w net.ipv4.igmp_qrv=3 net.ipv4.conf.e0.igmpv3_unsolicited_report_interval=100
ip -n h2 addr add 239.1.1.3/32 dev e0 autojoin
sleep 0.5
ip netns exec h2 sysctl -w net.ipv4.conf.e0.force_igmp_version=2 net.ipv4.conf.e0.igmpv2_unsolicited_report_interval=200
ip -n h2 addr add 239.1.1.4/32 dev e0 autojoin
sleep 1
ip netns exec h2 cat /proc/net/igmp
ip -n h2 addr del 239.1.1.4/32 dev e0
ip netns exec h2 sysctl -w net.ipv4.conf.e0.force_igmp_version=1
ip -n h2 addr add 239.1.1.5/32 dev e0 autojoin
sleep 1
ip netns exec h2 cat /proc/net/igmp
ip -n h2 addr del 239.1.1.5/32 dev e0
sleep 1
ip -n h2 addr flush dev e0
ip netns exec h2 cat /proc/net/igmp
