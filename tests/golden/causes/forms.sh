#!/bin/sh
# words of a wrong form, and words that are missing
ip netns add gw
ip link add veth-to-the-gateway type veth peer name lan0 netns gw
ip addr add 10.1.1.2/24 dev veth-to-the-gateway
ip -n gw addr add 10.1.1.256/24 dev lan0
ip link set veth-to-the-gateway UP
ip -n gw link set lan0 up
ip -n gw addr add 10.1.1.4/24
ip route add default 10.1.1.4
ip route add 172.16.3.1/24 via 10.1.1.4
iptables -A INPUT ACCEPT
iptables -A INPUT -p tcp --dport 80,443 -j ACCEPT
iptables -t nat -A POSTROUTING -i lo -j ACCEPT
sysctl -w net.ipv4.ip_forward = 1
sysctl -w net.ipv4.ip_foward=1
ping -c 1 -W 1 10.1.1.254
