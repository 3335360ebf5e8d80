# SPDX-License-Identifier: GPL-2.0-or-later
# which rule decides, and how often it did
ip netns add c
ip link add vs type veth peer name eth0 netns c
ip addr add 10.0.0.1/24 dev vs
ip link set vs up
ip -n c addr add 10.0.0.2/24 dev eth0
ip -n c link set eth0 up
sleep 1.2
iptables -L
iptables -A INPUT -p icmp --icmp-type echo-request -s 10.0.0.2 -j DROP
ip netns exec c ping -c 1 -W 1 10.0.0.1
iptables -L INPUT -v -n --line-numbers
iptables -I INPUT -p icmp -j REJECT --reject-with icmp-host-prohibited
ip netns exec c ping -c 1 -W 1 10.0.0.1
iptables -R INPUT 1 -p icmp -j ACCEPT
ip netns exec c ping -c 1 -W 1 10.0.0.1
iptables -D INPUT 1
iptables -P INPUT DROP
iptables -F
ip netns exec c ping -c 1 -W 1 10.0.0.1
iptables -N allow
iptables -A allow -s 10.0.0.0/24 -j ACCEPT
iptables -A allow -j RETURN
iptables -A INPUT -i vs -j allow
ip netns exec c ping -c 1 -W 1 10.0.0.1
iptables -S
iptables -L -n -v -x
iptables -X allow
iptables -E allow permit
iptables -Z
iptables-save -c
iptables -D INPUT -i vs -j permit
iptables -F permit
iptables -X permit
iptables -P INPUT ACCEPT
iptables -S
