#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tshark.sh NETGLASS SCRIPT - no packet of any capture is malformed, no checksum wrong
command -v tshark >/dev/null || { echo "tshark is not installed"; exit 77; }
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
# tshark writes its settings into HOME
export HOME="$tmp" XDG_CONFIG_HOME="$tmp" LC_ALL=C
mkdir "$tmp/pcap"
"$1" run --pcap "$tmp/pcap" "$2" >/dev/null 2>&1
bad=0
files=0
frames=0
for f in "$tmp"/pcap/*.pcap; do
	[ -f "$f" ] || continue
	files=$((files + 1))
	# one line per packet: its number, its worst expert severity, checksum verdicts, what the experts say
	if ! tshark -n -r "$f" -o ip.check_checksum:TRUE -o udp.check_checksum:TRUE -o tcp.check_checksum:TRUE \
		-T fields -e frame.number -e _ws.malformed -e _ws.expert.severity -e ip.checksum.status \
		-e icmp.checksum.status -e udp.checksum.status -e tcp.checksum.status -e _ws.expert.message \
		-E separator='|' >"$tmp/lines" 2>"$tmp/errors"; then
		echo "$(basename "$f"): tshark cannot read it"
		cat "$tmp/errors"
		bad=1
	fi
	frames=$((frames + $(wc -l <"$tmp/lines")))
	# severities: 0x00800000 error, 0x00600000 warning; checksum status 0 is bad. A quoted packet in an ICMP
	# error has values of its own, after a comma.
	awk -F'|' -v name="$(basename "$f")" '
	$2 != "" || $3 ~ /8388608/ || ("," $4 "," $5 "," $6 "," $7 ",") ~ /,0,/ { print name ": packet " $0; bad = 1 }
	END { exit bad }' "$tmp/lines" || bad=1
done
echo "$frames packets in $files captures"
[ "$frames" -gt 0 ] && [ $bad = 0 ]
