#!/bin/sh
#@ from: seed-2.txt
# line 9: placeholder, not run: ip netns add <name>
ip netns # line 10
ip link # line 11
# line 12: placeholder, not run: ip netns exec <name> ip link
# line 13: placeholder, not run: ip -n <name> link
# line 15: placeholder, not run: ip netns exec <name> route
ip link add veth-red1 type veth peer name veth-blue1 # line 18
ip link set veth-red1 netns red # line 20
ip link set veth-blue1 netns blue # line 20
ip netns exec red ip addr add 192.168.15.1 dev veth-red1 # line 22
ip netns exec blue ip addr add 192.168.15.2 dev veth-blue1 # line 22
ip netns exec red ip link set veth-red1 up # line 23
ip netns exec blue ip link set veth-blue1 up # line 23
ip link add v-net-0 type bridge # line 26
ip link set dev v-net-0 up # line 28
ip netns exec red ip link del veth-red1 # line 31
ip link add veth-red type veth peer name veth-red-br # line 35
ip link set veth-red netns red # line 39
ip link set veth-red-br master v-net-0 # line 40
ip netns exec red ip addr add 192.168.15.1 dev veth-red # line 44
ip netns exec blue ip addr add 192.168.15.2 dev veth-blue # line 45
ip netns exec red ip link set dev veth-red up # line 48
ip netns exec blue ip link set dev veth-blue up # line 49
ip addr add 192.168.15.5/24 dev v-net-0 # line 52
ip netns exec blue ip route add 192.168.1.0/24 via 192.168.15.5 # line 55
iptables -t nat -A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE # line 57
ip netns exec blue ip route add default via 192.168.15.5 # line 60
iptables -t nat -A PREROUTING --dport 80 --to-destination 192.168.15.2:80 -j DNAT # line 63
ip -n red addr add 192.168.1.10/24 dev veth-red # line 68
