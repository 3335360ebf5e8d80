#!/bin/sh
#@ from: routing.rst
ip netns add a # line 8
ip netns add r # line 9
ip netns add b # line 10
ip link add a0 netns a type veth peer name r0 netns r # line 12
ip link add b0 netns b type veth peer name r1 netns r # line 13
ip -n a addr add 10.0.1.2/24 dev a0 # line 17
ip -n b addr add 10.0.2.2/24 dev b0 # line 18
ip -n r addr add 10.0.1.1/24 dev r0 # line 19
ip -n r addr add 10.0.2.1/24 dev r1 # line 20
for x in "a a0" "b b0" "r r0" "r r1"; do
       set -- $x
       ip -n $1 link set $2 up
   done # line 22
ip -n a route add default via 10.0.1.1 # line 29
ip -n b route add default via 10.0.2.1 # line 30
ip netns exec r sysctl -w net.ipv4.ip_forward=1 # line 32
ip netns exec a ping -c 2 10.0.2.2 # line 33
