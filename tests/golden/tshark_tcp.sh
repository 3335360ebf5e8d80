#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tshark_tcp.sh NETGLASS - a clean transfer, seen on one interface, shows no malformed frame, no bad checksum and nothing
# that tshark's analysis of TCP finds strange
command -v tshark >/dev/null || { echo "tshark is not installed"; exit 77; }
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
export HOME="$tmp" XDG_CONFIG_HOME="$tmp" LC_ALL=C
mkdir "$tmp/pcap"
cat >"$tmp/script" <<'END'
ip netns add red
ip netns add blue
ip link add veth-red type veth peer name veth-blue
ip link set veth-red netns red
ip link set veth-blue netns blue
ip -n red addr add 10.0.0.1/24 dev veth-red
ip -n blue addr add 10.0.0.2/24 dev veth-blue
ip -n red link set veth-red up
ip -n blue link set veth-blue up
sleep 1
ip netns exec blue nc -l 10.0.0.2 40000 > /dev/null &
sleep 1
seq 1 300000 | ip netns exec red nc -N 10.0.0.2 40000
END
"$1" run --pcap "$tmp/pcap" "$tmp/script" || exit 1
bad=0
for f in "$tmp"/pcap/red-veth-red.pcap "$tmp"/pcap/blue-veth-blue.pcap; do
	tshark -n -r "$f" -o tcp.check_checksum:TRUE -o ip.check_checksum:TRUE \
		-Y 'tcp.analysis.flags || _ws.malformed || tcp.checksum.status == 0 || ip.checksum.status == 0' \
		>"$tmp/found" 2>/dev/null || bad=1
	[ -s "$tmp/found" ] && bad=1 && head -n 5 "$tmp/found"
	frames=$(tshark -n -r "$f" -Y 'tcp.len > 0' 2>/dev/null | wc -l)
	echo "$(basename "$f"): $frames segments with data"
	[ "$frames" -gt 1000 ] || bad=1
done
exit $bad
