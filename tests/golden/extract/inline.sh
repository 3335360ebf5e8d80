#!/bin/sh
#@ from: inline.md
ip link add name br-test type bridge # line 3
ip addr add 10.10.0.1/24 dev br-test # line 4
ip link set br-test up # line 5
ip netns add app # line 7
ip link add veth-app type veth peer name veth-app-br # line 8
ip link set veth-app netns app # line 8
ip link set veth-app-br master br-test # line 8
ip link set veth-app-br up # line 13
ip -n app link set veth-app up # line 14
ip -n app addr add 10.10.0.2/24 dev veth-app # line 15
ip -n app route # line 19
ip netns exec app ping -c1 10.10.0.1 # line 20
iptables -P FORWARD DROP # line 22
iptables -A FORWARD -i br-test -j ACCEPT # line 22
