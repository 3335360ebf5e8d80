#!/bin/sh
#@ from: containers.txt
ip netns add c1 # line 6
ip netns add c2 # line 7
ip link add v1 type veth peer name eth0 netns c1 # line 13
ip link add v2 type veth peer name eth0 netns c2 # line 14
ip link add docker0 type bridge # line 16
ip addr add 172.17.0.1/16 dev docker0 # line 17
ip link set docker0 up # line 18
ip link set v1 master docker0 # line 22
ip link set v2 master docker0 # line 23
ip link set v1 up # line 24
ip link set v2 up # line 25
for i in 1 2
    do
        ip netns exec c$i ip addr add 172.17.0.$((i + 1))/16 dev eth0
        ip netns exec c$i ip link set eth0 up
        ip netns exec c$i ip link set lo up
        ip netns exec c$i ip route add default via 172.17.0.1
    done # line 29
ip netns exec c1 ping -c 3 172.17.0.3 # line 39
echo 1 | tee /proc/sys/net/ipv4/ip_forward # line 45
iptables -t nat -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE # line 46
ip netns del c1 # line 48
