# SPDX-License-Identifier: GPL-2.0-or-later
# answers only
ip netns add c
ip link add vs type veth peer name eth0 netns c
ip addr add 10.0.0.1/24 dev vs
ip link set vs up
ip -n c addr add 10.0.0.2/24 dev eth0
ip -n c link set eth0 up
sleep 1.2
iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A INPUT -m state --state NEW -i vs -j DROP
iptables -A INPUT -m conntrack --ctstate INVALID -j DROP
ping -c 1 -W 1 10.0.0.2
ip netns exec c ping -c 1 -W 1 10.0.0.1
iptables -L INPUT -n -v
iptables -S
conntrack -L
iptables -m conntrack -A INPUT --ctstate NOSUCH -j DROP
