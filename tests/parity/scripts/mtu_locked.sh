# SPDX-License-Identifier: GPL-2.0-or-later
# a locked MTU: no DF, no router changes it; errors without a limit cost nothing
ip netns add red
ip netns add r
ip netns add blue
ip link add eth0 netns red type veth peer name r0 netns r
ip link add eth0 netns blue type veth peer name r1 netns r
for n in red r blue; do ip -n $n link set lo up; done
ip -n red link set eth0 up
ip -n blue link set eth0 up
ip -n r link set r0 up
ip -n r link set r1 up
ip -n red addr add 10.0.1.2/24 dev eth0
ip -n r addr add 10.0.1.1/24 dev r0
ip -n r addr add 10.0.2.1/24 dev r1
ip -n blue addr add 10.0.2.2/24 dev eth0
ip -n red route add default via 10.0.1.1 mtu lock 1300
ip -n blue route add default via 10.0.2.1
ip netns exec r sysctl -qw net.ipv4.ip_forward=1
ip -n r link set r1 mtu 1000
ip -n blue link set eth0 mtu 1000
ip -n r route add unreachable 10.4.0.0/16
sleep 1.2
ip netns exec red ping -c 1 -W 1 -s 1200 10.0.2.2
ip -n red route get 10.0.2.2
ip netns exec red ping -c 1 -W 1 -s 1200 -M do 10.0.2.2
ip -n red route get 10.0.2.2
ip -n red route change default via 10.0.1.1
ip netns exec red ping -c 1 -W 1 -s 1200 10.0.2.2
sleep 1
ip -n red -s route get 10.0.2.2
ip -n red -s route show cache
ip netns exec r sysctl -w net.ipv4.icmp_ratelimit=0
sleep 5.1
ip netns exec red ping -c 8 -i 0.05 -W 1 10.4.0.1
