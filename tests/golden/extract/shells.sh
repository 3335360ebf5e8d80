#!/bin/sh
#@ from: shells.md
ip link add br0 type bridge # line 7
ip link set dev br0 up # line 8
for n in red green blue; do
ip netns add $n
ip link add veth-$n type veth peer name eth0 netns $n
ip link set veth-$n master br0 up
ip -n $n link set eth0 up
ip -n $n link set lo up
done # line 9
bridge link # line 16
# line 23: ip netns exec red bash: what follows is typed there
ip netns exec red ip addr add 10.1.1.1/24 dev eth0 # line 24
ip netns exec red ip a # line 25
# line 29: ip netns exec green bash: what follows is typed there
ip netns exec green ip addr add 10.1.1.2/24 dev eth0 # line 30
ip netns exec green ping -c 2 10.1.1.1 # line 31
ip addr add 10.1.1.254/24 dev br0 # line 38
ping -c1 10.1.1.1 # line 39
ping -c1 10.1.1.2 # line 40
