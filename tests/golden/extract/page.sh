#!/bin/sh
#@ from: page.html
ip netns add red # line 9
ip netns add blue # line 10
ip netns list # line 11
ip link add veth-red type veth peer name veth-blue # line 14
ip link set veth-red netns red # line 17
ip link set veth-blue netns blue # line 18
ip -n red addr add 192.168.15.1/24 dev veth-red # line 22
ip -n blue addr add 192.168.15.2/24 dev veth-blue # line 23
for n in red blue; do
  ip -n $n link set veth-$n up
done # line 24
ip netns exec red ping -c 2 192.168.15.2 # line 29
ip netns exec red sh -c "echo 1 > /proc/sys/net/ipv4/ip_forward" # line 32
sysctl -w net.ipv4.ip_forward=1 # line 35
iptables -t nat -A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE # line 35
iptables -t nat -L -n # line 35
