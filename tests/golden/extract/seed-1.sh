#!/bin/sh
#@ from: seed-1.txt
ps aux # line 19
ip netns add red # line 48
ip netns # line 52
ip link # line 55
ip netns exec red ip link # line 59
ip -n red link # line 61
arp # line 75
ip netns exec red arp # line 78
ip link add veth-red type veth peer name veth-blue # line 85
ip link set veth-red netns red # line 88
ip link set veth-blue netns blue # line 89
ip -n red addr add 192.168.15.1 dev veth-red # line 92
ip -n blue addr add 192.168.15.2 dev veth-blue # line 94
ip -n red link set veth-red up # line 98
ip -n blue link set veth-blue up # line 100
ip netns exec red ping 192.168.15.2 # line 103
ip netns exec red arp # line 106
ip netns exec blue arp # line 108
arp # line 112
ip link add v-net-0 type bridge # line 122
ip link # line 127
ip link set dev v-net-0 up # line 131
ip -n red link del veth # line 142
ip link add veth-red type veth peer name veth-red-br # line 145
ip link add veth-blue type veth peer name veth-blue-br # line 151
ip link set veth-red netns red # line 154
ip link set veth-red-br master v-net-0 # line 157
ip link set veth-blue netns blue # line 160
ip link set veth-blue-br master v0net-0 # line 161
ip -n red addr add 192.168.15.1 dev veth-red # line 165
ip -n blue addr add 192.168.15.2 dev veth-blue # line 166
ip -n red link set veth-red up # line 170
ip -n blue link set veth-blue up # line 172
ping 192.168.15.1 # line 181
ip addr add 192.168.15.5/24 dev v-net-0 # line 187
ip netns exec blue ip route add 192.168.1.0/24 via 192.168.15.5 # line 195
iptables -t nat --A POSTROUTING -s 192.168.15.0/24 # line 201
