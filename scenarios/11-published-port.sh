#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#@ title: A page behind DNAT: from outside, from the host, from a neighbour
#@ level: 3
#@ goal: three clients, three reasons to fail, three rules
#@ trap: PREROUTING is not passed by what the host itself sends, and a neighbour's answer takes the short way
ip link add v-net-0 type bridge
ip addr add 192.168.15.5/24 dev v-net-0
ip link set v-net-0 up
ip netns add red
ip link add veth-red type veth peer name veth-red-br
ip link set veth-red netns red
ip link set veth-red-br master v-net-0
ip link set veth-red-br up
ip -n red link set lo up
ip -n red link set veth-red up
ip netns add blue
ip link add veth-blue type veth peer name veth-blue-br
ip link set veth-blue netns blue
ip link set veth-blue-br master v-net-0
ip link set veth-blue-br up
ip -n blue link set lo up
ip -n blue link set veth-blue up
ip -n red addr add 192.168.15.1/24 dev veth-red
ip -n blue addr add 192.168.15.2/24 dev veth-blue
ip -n red route add default via 192.168.15.5
ip -n blue route add default via 192.168.15.5
ip netns add outside
ip link add veth-out type veth peer name veth-out-h
ip link set veth-out netns outside
ip addr add 203.0.113.1/24 dev veth-out-h
ip link set veth-out-h up
ip -n outside addr add 203.0.113.9/24 dev veth-out
ip -n outside link set veth-out up
sysctl -q -w net.ipv4.ip_forward=1
sleep 1.5

mkdir -p /tmp/page
echo 'hello from blue' > /tmp/page/index.html
ip netns exec blue python3 -m http.server 80 -d /tmp/page > /dev/null 2>&1 &
sleep 1

# nobody has port 8080 of the host yet
ip netns exec outside curl -sS -m 3 http://203.0.113.1:8080/
iptables -t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 192.168.15.2:80
ip netns exec outside curl -sS -m 3 http://203.0.113.1:8080/

# the host's own packets begin at OUTPUT
curl -sS -m 3 http://203.0.113.1:8080/
iptables -t nat -A OUTPUT -p tcp -d 203.0.113.1 --dport 8080 -j DNAT --to-destination 192.168.15.2:80
curl -sS -m 3 http://203.0.113.1:8080/

# hairpin: blue answers red straight over the bridge, and red knows nothing of blue's port 80
ip netns exec red curl -sS -m 3 http://203.0.113.1:8080/
iptables -t nat -A POSTROUTING -s 192.168.15.0/24 -d 192.168.15.2 -p tcp --dport 80 -j MASQUERADE
ip netns exec red curl -sS -m 3 http://203.0.113.1:8080/
kill %1
