#!/bin/sh
#@ from: vlan.adoc
ip link add link eth0 name eth0.10 type vlan id 10 # line 8
ip netns add left # line 13
ip netns add right # line 14
ip link add lv type veth peer name rv # line 15
ip link set lv netns left # line 16
ip link set rv netns right # line 17
ip -n left addr add 10.9.0.1/30 dev lv # line 20
ip -n right addr add 10.9.0.2/30 dev rv # line 21
ip -n left link set lv up # line 22
ip -n right link set rv up # line 22
ip netns exec left ping -c 1 10.9.0.2 # line 25
ip netns exec left ip neigh # line 28
