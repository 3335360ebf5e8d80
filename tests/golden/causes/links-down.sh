#!/bin/sh
# the ports of the bridge are never set up, and nobody forwards
ip netns add a
ip netns add b
ip link add br0 type bridge
ip link set br0 up
ip addr add 10.1.0.254/24 dev br0
ip link add va type veth peer name pa
ip link add vb type veth peer name pb
ip link set va netns a
ip link set vb netns b
ip link set pa master br0
ip link set pb up
ip -n a addr add 10.1.0.1/24 dev va
ip -n b addr add 10.2.0.1/24 dev vb
ip addr add 10.2.0.254/24 dev pb
ip -n a link set va up
ip -n b link set vb up
sleep 2
ip netns exec a ping -c 1 -W 1 10.1.0.254 # up to the bridge
ip -n a route add default via 10.1.0.254
ip -n b route add default via 10.2.0.254
ip netns exec a ping -c 1 -W 1 10.2.0.1
grep -q nothing /etc/hosts || true
test -e /nonexistent
