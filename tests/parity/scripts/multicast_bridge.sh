# SPDX-License-Identifier: GPL-2.0-or-later
# Groups of a bridge, of 224.0.0.0/24 too; reports and iptables; bounds of the sysctls.
ip link add br0 type bridge
ip netns add h1
ip link add p1 type veth peer name e0 netns h1
ip link set p1 master br0 up
ip -n h1 link set e0 up
ip -n h1 addr add 10.0.0.1/24 dev e0
sysctl -w net.ipv4.igmp_link_local_mcast_reports=1
sysctl net.ipv4.igmp_link_local_mcast_reports
ip link set br0 up
ip addr add 10.0.0.9/24 dev br0
sleep 2.5
cat /proc/net/igmp
ip addr add 239.1.1.1/32 dev br0 autojoin
sleep 2.5
ip addr add 224.0.0.5/32 dev br0 autojoin
sleep 2.5
ip link set br0 down
sleep 2.5
ip link set br0 up
sleep 2.5
ip addr del 224.0.0.5/32 dev br0
sleep 2.5
cat /proc/net/igmp
ip netns exec h1 ping -c 1 -W 0.5 -I e0 239.1.1.1
iptables -A INPUT -p igmp -j DROP
iptables -A OUTPUT -p igmp -j DROP
ip addr add 239.1.1.2/32 dev br0 autojoin
sleep 2.5
iptables -nvL
iptables -F
iptables -A INPUT -d 224.0.0.0/4 -m addrtype --dst-type MULTICAST -j ACCEPT
iptables -A INPUT -m pkttype --pkt-type multicast -j ACCEPT
ip netns exec h1 ping -c 1 -W 0.5 -I e0 239.1.1.1
iptables -nvL INPUT
sysctl -w net.ipv4.igmp_link_local_mcast_reports=5
sysctl -w net.ipv4.igmp_qrv=0
sysctl -w net.ipv4.igmp_max_msf=3
sysctl net.ipv4.igmp_max_msf
