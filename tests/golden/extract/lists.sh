#!/bin/sh
#@ from: lists.txt
ip netns add red # line 4
ip netns add blue # line 5
ip link add veth0 type veth peer name veth1 # line 6
ip link set veth0 netns red # line 7
ip link set veth1 netns blue # line 8
ip -n red addr add 10.1.1.1/24 dev veth0 # line 9
ip -n blue addr add 10.1.1.2/24 dev veth1 # line 10
ip -n red link set veth0 up # line 11
ip -n blue link set veth1 up # line 14
ip netns exec red ip link # line 15
ip netns exec red ping -c 1 10.1.1.2 # line 16
ip netns exec red arp -n # line 17
ip netns exec red ip route && ip netns exec blue ip route # line 18
echo 1 > /proc/sys/net/ipv4/ip_forward # line 19
iptables -A INPUT -p tcp --dport 22 -m comment --comment "let me in" -j ACCEPT # line 20
# line 21: placeholder, not run: ip netns exec <ns> ip addr
ip addr add 10.9.9.9/24 dev veth0 # line 22
# line 23: placeholder, not run: ip route add default via <your gateway>
arp # line 25
route # line 26
A=1 # line 46
export NS=red # line 47
systemctl restart networking # line 48
