#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# W3: red sends to a server through a host that translates and walks RULES rules none of which match.
# RULES, ROUNDS and FLOWS are put in by peer3.sh; IPTABLES is the restoring program.
for n in red host server; do
	ip netns add $n
	ip -n $n link set lo up
done
ip link add r0 netns red type veth peer name h0 netns host
ip link add s0 netns server type veth peer name h1 netns host
ip -n red addr add 10.1.0.2/16 dev r0
ip -n host addr add 10.1.0.1/16 dev h0
ip -n host addr add 10.2.0.1/16 dev h1
ip -n server addr add 10.2.0.2/16 dev s0
ip -n red link set r0 up
ip -n host link set h0 up
ip -n host link set h1 up
ip -n server link set s0 up
ip -n red route add default via 10.1.0.1
ip -n server route add default via 10.2.0.1
ip netns exec host sysctl -qw net.ipv4.ip_forward=1
{
	echo '*filter'
	echo ':FORWARD DROP [0:0]'
	i=0
	while [ $i -lt RULES ]; do
		echo "-A FORWARD -s 10.99.$((i / 256)).$((i % 256))/32 -p udp -m udp --dport 7 -j DROP"
		i=$((i + 1))
	done
	echo '-A FORWARD -j ACCEPT'
	echo COMMIT
	echo '*nat'
	echo '-A POSTROUTING -s 10.1.0.0/16 -o h1 -j MASQUERADE'
	echo COMMIT
} >/run/rules
ip netns exec host IPTABLES-restore </run/rules
sleep 2
ip netns exec red ping -qc1 10.2.0.2 >/dev/null
workload w3-one ROUNDS
workload w3-new FLOWS
