#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The shape of the routing tables as /proc/net tells it: it grows, shrinks, and parts at the first rule
tries() { ip netns exec red cat /proc/net/fib_trie /proc/net/fib_triestat; }
# N prefixes by a sequence that looks random: `route VERB PREFIX REST`
prefixes() {
	awk -v n="$1" -v x="$2" -v verb="$3" -v rest="$4" 'BEGIN {
		split("8 12 16 19 20 22 23 24 24 24 28 32", lengths)
		for (i = 0; i < n; i++) {
			x = (x * 1103515245 + 12345) % 2147483648
			len = lengths[int(x / 65536) % 12 + 1]
			x = (x * 1103515245 + 12345) % 2147483648
			a = 184549376 + int(x / 128) % 16777216 * 16
			size = 2 ^ (32 - len)
			a -= a % size
			printf "route %s %d.%d.%d.%d/%d %s\n", verb, a / 16777216, a / 65536 % 256, a / 256 % 256, a % 256, len, rest
		}
	}'
}
ip netns add red
ip netns exec red cat /proc/net/fib_trie
ip netns exec red cat /proc/net/fib_triestat
ip link add d0 netns red type veth peer name d1
ip -n red link set lo up
tries
ip link set d1 up
ip -n red link set d0 up
ip -n red addr add 10.1.0.1/24 dev d0
ip -n red addr add 10.1.0.2/24 dev d0
ip -n red addr add 10.1.0.3/32 dev d0
tries
# every kind, scope and TOS
ip -n red route add default via 10.1.0.254
ip -n red route add default via 10.1.0.253 metric 7
ip -n red route add 0.0.0.0/1 dev d0
ip -n red route add 10.2.0.0/16 tos 0x10 via 10.1.0.254
ip -n red route add 10.2.0.0/16 via 10.1.0.254
ip -n red route add 10.2.0.0/24 dev d0 scope site
ip -n red route add unreachable 10.3.0.0/16
ip -n red route add blackhole 10.4.0.0/16
ip -n red route add prohibit 10.5.0.0/16
ip -n red route add throw 10.6.0.0/16
ip -n red route add local 10.7.0.0/16 dev lo
ip -n red route add broadcast 10.8.0.255 dev d0
ip -n red route add multicast 239.0.0.0/8 dev d0
ip -n red route add anycast 10.9.0.1 dev d0
ip -n red route add 255.255.255.255 dev d0
tries
# dense networks in other tables
seq 0 299 | awk '{printf "route add 11.%d.%d.0/24 dev d0 table 100\n", $1 / 256, $1 % 256}' >/tmp/dense
ip -n red -batch /tmp/dense
ip -n red route add 12.0.0.0/8 dev d0 table 5000
ip -n red route add 12.0.0.0/8 dev d0 table 253
tries
sed -n '20,$s/add/del/p' /tmp/dense >/tmp/thin
ip -n red -batch /tmp/thin
tries
# scattered ones
prefixes 400 1 add 'via 10.1.0.254' >/tmp/add
ip -n red -force -batch /tmp/add 2>/dev/null
tries
prefixes 250 1 del '' >/tmp/del
ip -n red -force -batch /tmp/del 2>/dev/null
tries
# a rule parts local and main
ip -n red rule add from 10.1.0.2 table 100
tries
ip -n red addr add 10.20.0.1/16 dev d0
ip -n red link set d0 down
tries
ip -n red link set d0 up
ip -n red route flush table 100
tries
# before there was any route
ip netns add blue
ip netns exec blue ip rule add from 10.0.0.1 table 9
ip -n blue link set lo up
ip netns exec blue cat /proc/net/fib_trie
