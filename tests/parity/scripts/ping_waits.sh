# SPDX-License-Identifier: GPL-2.0-or-later
# A ping that nothing answers waits by the kernel's ticks: the first reply, late for ARP, comes before the second request
for c in web db; do ip netns add $c; ip link add veth-$c type veth peer name eth0 netns $c; ip -n $c link set eth0 up; done
ip link add name docker0 type bridge
ip link set docker0 up
ip link set veth-web master docker0
ip link set veth-db master docker0
ip link set veth-web up
ip link set veth-db up
ip -n web addr add 172.17.0.2/16 dev eth0
ip -n db addr add 172.17.0.3/16 dev eth0
ip netns exec web ping -c 2 172.17.0.3 | grep -c 'icmp_seq=2 ttl=64 time=0'
ip -n web link set lo up
ip netns exec web ping -c 3 127.0.0.1 | grep -c 'time 20[3-9].ms'
ip netns exec web ping -w 2 127.0.0.1 | grep -c 'time 10[0-9].ms'
