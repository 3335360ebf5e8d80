#!/bin/sh
#@ from: console-2.md
ip netns # line 3
ip netns add ns1 # line 8
ip netns add ns2 # line 9
ip netns list # line 10
ip netns exec ns1 ip link # line 18
ip netns exec ns1 ip link set lo up # line 21
ip netns exec ns2 ip link set lo up # line 22
ip link add veth1 type veth \
    peer name veth2 # line 28
ip link set veth1 netns ns1 # line 30
ip link set veth2 netns ns2 # line 31
for i in 1 2; do
  ip netns exec ns$i ip addr add 10.0.0.$i/24 dev veth$i
  ip netns exec ns$i ip link set veth$i up
done # line 32
ip netns exec ns1 ping 10.0.0.2 # line 41
ip netns del ns1 # line 50
ip netns pids ns1 # line 50
