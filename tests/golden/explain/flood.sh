#!/bin/sh
# three stations on a bridge: the first frame goes to all, and one port is down
for n in red blue green; do
	ip netns add $n
	ip link add veth-$n type veth peer name veth-$n-br
	ip link set veth-$n netns $n
done
ip link add br0 type bridge
for n in red blue green; do
	ip link set veth-$n-br master br0
done
ip link set br0 up
ip link set veth-red-br up
ip link set veth-blue-br up
ip -n red addr add 192.0.2.1/24 dev veth-red
ip -n blue addr add 192.0.2.2/24 dev veth-blue
ip -n green addr add 192.0.2.3/24 dev veth-green
for n in red blue green; do
	ip -n $n link set veth-$n up
done
sleep 1
ip netns exec red ping -c1 192.0.2.2
ip netns exec red ping -c1 -W1 192.0.2.3
