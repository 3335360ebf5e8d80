#!/bin/sh
#@ from: lab.txt
ip netns add pc1; ip netns add router; ip netns add pc2 # line 5
ip link add pc1-eth0 type veth peer name r-eth0 # line 6
ip link add pc2-eth0 type veth peer name r-eth1 # line 7
ip link set pc1-eth0 netns pc1 && ip link set r-eth0 netns router # line 8
ip link set pc2-eth0 netns pc2 && ip link set r-eth1 netns router # line 9
ip netns exec pc1 ifconfig pc1-eth0 10.0.1.10/24 up # line 13
ip netns exec pc1 route add default gw 10.0.1.1 # line 14
ip netns exec pc2 ifconfig pc2-eth0 10.0.2.10 netmask 255.255.255.0 up # line 18
ip netns exec pc2 route add default gw 10.0.2.1 # line 19
ip netns exec router ifconfig r-eth0 10.0.1.1/24 up # line 23
ip netns exec router ifconfig r-eth1 10.0.2.1/24 up # line 24
ip netns exec pc1 ping 10.0.2.10 # line 27
ip netns exec router sysctl -w net.ipv4.ip_forward=1 # line 30
ip netns exec pc1 traceroute -n 10.0.2.10 # line 32
