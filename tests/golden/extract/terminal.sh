#!/bin/sh
#@ from: terminal.txt
ip netns add red # line 2
ip netns add blue # line 3
ip link add veth-red type veth peer name veth-blue # line 4
ip link set veth-red netns red # line 5
ip link set veth-blue netns blue # line 6
# line 7: ip netns exec red bash: what follows is typed there
ip netns exec red ip addr add 192.168.15.1/24 dev veth-red # line 8
ip netns exec red ip link set veth-red up # line 9
# line 11: ip netns exec blue /bin/bash: what follows is typed there
ip netns exec blue ifconfig veth-blue 192.168.15.2 netmask 255.255.255.0 up # line 12
ip netns exec blue ping 192.168.15.1 # line 13
ip netns exec blue arp -n # line 17
ip netns delete red; ip netns delete blue # line 21
