#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tshark_tcp.sh NETGLASS - clean transfers, each interface by itself, show no malformed frame, no bad checksum and nothing
# that tshark's analysis of TCP finds strange: small and large ones, both ways, slow ones, HTTP, through a router with NAT
command -v tshark >/dev/null || { echo "tshark is not installed"; exit 77; }
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
export HOME="$tmp" XDG_CONFIG_HOME="$tmp" LC_ALL=C
mkdir "$tmp/pcap"
cat >"$tmp/script" <<'END'
ip netns add red
ip netns add rtr
ip netns add blue
ip link add veth-red netns red type veth peer name r0 netns rtr
ip link add veth-blue netns blue type veth peer name r1 netns rtr
ip -n red addr add 10.1.0.1/24 dev veth-red
ip -n rtr addr add 10.1.0.254/24 dev r0
ip -n rtr addr add 10.2.0.254/24 dev r1
ip -n blue addr add 10.2.0.1/24 dev veth-blue
for i in red/veth-red rtr/r0 rtr/r1 blue/veth-blue; do ip -n ${i%/*} link set ${i#*/} up; done
ip -n red route add default via 10.1.0.254
ip -n blue route add default via 10.2.0.254
ip netns exec rtr sysctl -qw net.ipv4.ip_forward=1
ip netns exec rtr iptables -t nat -A POSTROUTING -o r1 -j MASQUERADE
ip netns exec rtr iptables -t nat -A PREROUTING -i r0 -p tcp --dport 8080 -j DNAT --to-destination 10.2.0.1:80
sleep 1
send() { sleep 0.3; ip netns exec red nc -N 10.2.0.1 $1 > /dev/null; }
ip netns exec blue nc -l 45000 > /dev/null &
echo hello | send 45000
ip netns exec blue nc -l 45001 > /dev/null &
seq 1 145000 | send 45001
seq 1 145000 | ip netns exec blue nc -lN 45002 > /dev/null &
send 45002 < /dev/null
seq 1 145000 | ip netns exec blue nc -lN 45003 > /dev/null &
seq 1 145000 | send 45003
ip netns exec blue nc -l 45004 > /dev/null &
(echo a; sleep 1; seq 1 3000; sleep 3; echo c; sleep 2) | send 45004
mkdir -p /tmp/www
seq 1 60000 > /tmp/www/big
echo small > /tmp/www/index.html
ip netns exec blue python3 -m http.server 80 -d /tmp/www > /dev/null 2>&1 &
sleep 1
ip netns exec red curl -s -o /dev/null http://10.2.0.1/
ip netns exec red curl -s -o /dev/null http://10.1.0.254:8080/big
ip netns exec red curl -s -o /dev/null -I http://10.2.0.1/nothing
END
"$1" run --pcap "$tmp/pcap" "$tmp/script" || exit 1
bad=0
for f in red-veth-red rtr-r0 rtr-r1 blue-veth-blue; do
	f=$tmp/pcap/$f.pcap
	tshark -n -r "$f" -o tcp.check_checksum:TRUE -o ip.check_checksum:TRUE \
		-Y 'tcp.analysis.flags || _ws.malformed || tcp.checksum.status == 0 || ip.checksum.status == 0' \
		>"$tmp/found" 2>/dev/null || bad=1
	[ -s "$tmp/found" ] && bad=1 && head -n 5 "$tmp/found"
	frames=$(tshark -n -r "$f" -Y 'tcp.len > 0' 2>/dev/null | wc -l)
	ends=$(tshark -n -r "$f" -Y 'tcp.flags.fin == 1' 2>/dev/null | wc -l)
	echo "$(basename "$f"): $frames segments with data, $ends with FIN"
	[ "$frames" -gt 2000 ] && [ "$ends" = 16 ] || bad=1
done
exit $bad
