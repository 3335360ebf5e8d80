#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# run.sh NETGLASS [--update] - ss, netstat, tcpdump and tc print what is stored, and what tcpdump of this machine
# prints of the same packets
dir=$(dirname "$0")
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
n=0
bad=0

say() { # STATUS NAME
	n=$((n + 1))
	[ "$1" = 0 ] && echo "ok $n - $2" && return
	echo "not ok $n - $2"
	bad=1
}

for script in "$dir"/*.sh; do
	name=$(basename "$script" .sh)
	[ "$name" = run ] && continue
	"$1" run "$script" >"$tmp/out" 2>"$tmp/err"
	cat "$tmp/err" >>"$tmp/out"
	[ "$2" = --update ] && cp "$tmp/out" "$dir/$name.txt"
	diff "$dir/$name.txt" "$tmp/out" | sed 's/^/# /'
	cmp -s "$dir/$name.txt" "$tmp/out"
	say $? "$name prints what is stored"
done

if command -v tcpdump >/dev/null; then
	for options in -n -nv -nvv -nq -nS -nXX -nA -ttttn -tttn -nev; do
		# what a capture file has is what the wire would: checksums are left to nobody
		{ sed '/^tcpdump/d; s/^ip -n \(.*\) link set \(.*\) up$/&; ip netns exec \1 ethtool -K \2 tx off > \/dev\/null/' \
			"$dir/tcpdump.sh"; echo "tcpdump $options -r /tmp/all.pcap > /tmp/shown"; } \
			>"$tmp/script"
		echo 'cat /tmp/shown' >>"$tmp/script"
		mkdir -p "$tmp/pcap"
		"$1" run --pcap "$tmp/pcap" "$tmp/script" 2>/dev/null | sed -n '/^hello/,$p' | sed 1d >"$tmp/ours"
		TZ=UTC tcpdump $options -r "$tmp/pcap/red-v0.pcap" 2>/dev/null | head -n "$(wc -l <"$tmp/ours")" \
			>"$tmp/real"
		sed -n '/./p' "$tmp/ours" | grep -v '^00:00:0.* v1 ' >"$tmp/a"
		sed -n '/./p' "$tmp/real" >"$tmp/b"
		diff "$tmp/b" "$tmp/a" | head -5 | sed 's/^/# /'
		cmp -s "$tmp/a" "$tmp/b"
		say $? "tcpdump $options is what this machine's prints"
	done
else
	n=$((n + 1))
	echo "ok $n - # SKIP tcpdump is not installed"
fi
echo "1..$n"
exit $bad
