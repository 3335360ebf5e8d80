#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tshark.sh NETGLASS SCRIPT - no packet of any capture is malformed, no checksum wrong; and a spoilt one is noticed
command -v tshark >/dev/null || { echo "tshark is not installed"; exit 77; }
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
# tshark writes its settings into HOME
export HOME="$tmp" XDG_CONFIG_HOME="$tmp" LC_ALL=C

# judge FILE: says what is wrong with which packet; lines are left in $tmp/lines
judge() {
	# one line per packet: its number, its worst expert severity, checksum verdicts, what the experts say
	if ! tshark -n -r "$1" -o ip.check_checksum:TRUE -o udp.check_checksum:TRUE -o tcp.check_checksum:TRUE \
		-T fields -e frame.number -e _ws.malformed -e _ws.expert.severity -e ip.checksum.status \
		-e icmp.checksum.status -e udp.checksum.status -e tcp.checksum.status -e _ws.expert.message \
		-E separator='|' >"$tmp/lines" 2>"$tmp/errors"; then
		echo "$(basename "$1"): tshark cannot read it"
		cat "$tmp/errors"
		return 1
	fi
	# severities: 0x00800000 error, 0x00600000 warning; checksum status 0 is bad. A quoted packet in an ICMP
	# error has values of its own, after a comma.
	awk -F'|' -v name="$(basename "$1")" '
	$2 != "" || $3 ~ /8388608/ || ("," $4 "," $5 "," $6 "," $7 ",") ~ /,0,/ { print name ": packet " $0; bad = 1 }
	END { exit bad }' "$tmp/lines"
}

# spoilt FILE NAME OFFSET OCTAL...: bytes of the first frame (24 + 16 bytes into the file) are written over
spoilt() {
	cp "$1" "$tmp/spoilt.pcap"
	name=$2 at=$3
	shift 3
	# shellcheck disable=SC2059
	printf "$*" | dd of="$tmp/spoilt.pcap" bs=1 seek=$((40 + at)) conv=notrunc status=none
	if judge "$tmp/spoilt.pcap" >/dev/null; then
		echo "$name: not noticed"
		bad=1
	fi
}

mkdir "$tmp/pcap"
"$1" run --pcap "$tmp/pcap" "$2" >/dev/null 2>&1
bad=0
files=0
frames=0
for f in "$tmp"/pcap/*.pcap; do
	[ -f "$f" ] || continue
	files=$((files + 1))
	judge "$f" || bad=1
	frames=$((frames + $(wc -l <"$tmp/lines")))
done
echo "$frames packets in $files captures"

# would it notice? An echo request, and a file that ends within it
printf 'ip link set lo up\nping -c 1 127.0.0.1\n' >"$tmp/one.sh"
mkdir "$tmp/one"
"$1" run --pcap "$tmp/one" "$tmp/one.sh" >/dev/null 2>&1
one=$tmp/one/host-lo.pcap
judge "$one" || bad=1
spoilt "$one" "IP checksum" 24 '\377\376'
spoilt "$one" "ICMP checksum" 36 '\377\376'
spoilt "$one" "a byte of the echo" 60 '\377'
spoilt "$one" "IP header length" 14 '\117'
spoilt "$one" "a cut ARP packet" 12 '\010\006'
head -c 100 "$one" >"$tmp/cut.pcap"
if judge "$tmp/cut.pcap" >/dev/null; then
	echo "a cut file: not noticed"
	bad=1
fi
[ "$frames" -gt 0 ] && [ $bad = 0 ]
