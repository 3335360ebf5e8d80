#!/bin/sh
# rules that nearly match, a dropped port and a reset
ip netns add web
ip link add eth0 type veth peer name eth1
ip link set eth1 netns web
ip addr add 198.51.100.1/24 dev eth0
ip link set eth0 up
ip -n web addr add 198.51.100.2/24 dev eth1
ip -n web link set eth1 up
sleep 1
ip netns exec web iptables -A INPUT -p udp --dport 80 -j ACCEPT
ip netns exec web iptables -A INPUT -s 198.51.100.9 -p tcp --dport 8080 -j ACCEPT
ip netns exec web iptables -A INPUT -p tcp --dport 80 -j ACCEPT
ip netns exec web iptables -A INPUT -i lo -m conntrack --ctstate ESTABLISHED -j ACCEPT
ip netns exec web iptables -A INPUT -p tcp --dport 443 -j REJECT --reject-with tcp-reset
ip netns exec web iptables -P INPUT DROP
curl -s -m 1 http://198.51.100.2:8080/
curl -s -m 1 http://198.51.100.2:443/
