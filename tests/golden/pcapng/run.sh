#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# run --pcapng: what Wireshark's tools make of the file: run.sh BINARY
set -u
ng=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
# tshark writes its settings into HOME
export HOME="$tmp" XDG_CONFIG_HOME="$tmp/config" LC_ALL=C TZ=UTC
unset SOURCE_DATE_EPOCH
n=0
bad=0

# ok SENTENCE COMMAND...: the command's status says whether it holds
ok() {
	n=$((n + 1))
	what=$1
	shift
	if "$@" >"$tmp/said" 2>&1; then
		echo "ok $n - $what"
	else
		echo "not ok $n - $what"
		sed 's/^/# /' "$tmp/said" | head -20
		bad=1
	fi
}

# with TOOL SENTENCE COMMAND...: skipped by name when the tool is not there
with() {
	tool=$1
	shift
	if command -v "$tool" >/dev/null; then
		ok "$@"
	else
		n=$((n + 1))
		echo "ok $n - $1 # SKIP $tool is not installed"
	fi
}

fields() { # FILE FILTER FIELD...
	file=$1 filter=$2
	shift 2
	# shellcheck disable=SC2046
	set -- $(printf " -e %s" "$@")
	# one packet on many interfaces is no retransmission
	tshark -n -o tcp.analyze_sequence_numbers:FALSE -o tcp.desegment_tcp_streams:FALSE \
		-r "$file" -Y "$filter" -T fields "$@" 2>/dev/null
}

same_frames_as_pcap() { # SCRIPT: each interface's frames are those of its classic capture
	mkdir -p "$tmp/pcap"
	rm -f "$tmp"/pcap/*
	"$ng" run --pcap "$tmp/pcap" "$1" >/dev/null 2>&1
	seen=0
	for f in "$tmp"/pcap/*.pcap; do
		where=$(basename "$f" .pcap | sed 's,-,/,')
		fields "$f" frame frame.len eth.src eth.dst eth.type ip.id ip.checksum ip.ttl >"$tmp/want"
		fields "$tmp/a.pcapng" "frame.interface_name == \"$where\"" \
			frame.len eth.src eth.dst eth.type ip.id ip.checksum ip.ttl >"$tmp/got"
		cmp "$tmp/want" "$tmp/got" || { diff "$tmp/want" "$tmp/got"; return 1; }
		seen=$((seen + $(wc -l <"$tmp/got")))
	done
	[ "$seen" -gt 0 ] && [ "$seen" = "$(fields "$tmp/a.pcapng" frame frame.number | wc -l)" ]
}

strict_order() { capinfos -o "$tmp/a.pcapng" | grep -q 'Strict time order: *True'; }

round_trip() { # editcap keeps comments, ids and interfaces
	editcap "$tmp/a.pcapng" "$tmp/b.pcapng" &&
		fields "$tmp/a.pcapng" frame frame.interface_name frame.packet_id frame.comment >"$tmp/1" &&
		fields "$tmp/b.pcapng" frame frame.interface_name frame.packet_id frame.comment >"$tmp/2" &&
		cmp "$tmp/1" "$tmp/2"
}

tcpdump_reads() { [ "$(tcpdump -n -r "$tmp/a.pcapng" 2>/dev/null | wc -l)" = "$(frame_count)" ]; }
frame_count() { capinfos -Mc "$tmp/a.pcapng" | sed -n 's/.*Number of packets: *//p'; }
merge() { mergecap -w "$tmp/m.pcapng" "$tmp/a.pcapng" "$tmp/a.pcapng" && capinfos "$tmp/m.pcapng"; }

every_frame_is_told() { # a packet id, a direction, a sentence and a machine line
	fields "$tmp/a.pcapng" frame frame.packet_id frame.packet_flags_direction frame.comment |
		awk -F'\t' '$1 == "" || $2 == "" || $3 !~ /^Packet / || $3 !~ /,ng: ev=[0-9]+ pkt=/ { print; bad = 1 }
			END { exit bad || !NR }'
}

one_block_per_interface() { # each NS/IFNAME once, host/lo first
	capinfos "$tmp/a.pcapng" | sed -n 's/^ *Name = //p' >"$tmp/names"
	[ "$(head -1 "$tmp/names")" = host/lo ] && [ -z "$(sort "$tmp/names" | uniq -d)" ]
}

no_malformed() { [ -z "$(fields "$tmp/a.pcapng" _ws.malformed frame.number)" ]; }
found() { [ -n "$(fields "$tmp/a.pcapng" "$1" frame.number)" ]; } # FILTER

same_again() {
	"$ng" run --pcapng "$tmp/again.pcapng" "$1" >/dev/null 2>&1
	cmp "$tmp/a.pcapng" "$tmp/again.pcapng"
}

profile_shows() {
	"$ng" profile --install &&
		tshark -C netglass -n -r "$tmp/a.pcapng" 2>"$tmp/err" >"$tmp/lines" &&
		! grep -iE 'does not exist|unknown|syntax|isn.t|error' "$tmp/err" &&
		grep -q 'host/' "$tmp/lines" && grep -q 'Packet [0-9]* leaves' "$tmp/lines"
}

no_false_alarms() { # TCP on many interfaces is not taken for retransmissions
	[ -z "$(tshark -C netglass -n -r "$tmp/a.pcapng" -Y 'tcp.analysis.flags || _ws.malformed' 2>/dev/null)" ]
}

for script in "$root/scenarios/05-nat.sh" "$root/scenarios/10-tutorial-corrected.sh" "$here/dnat.scn" \
	"$here/hostile.scn"; do
	name=$(basename "$script")
	"$ng" run --pcapng "$tmp/a.pcapng" "$script" >/dev/null 2>&1
	ok "$name: byte-identical when run again" same_again "$script"
	with capinfos "$name: strict time order" strict_order
	with capinfos "$name: one block for each interface that ever was" one_block_per_interface
	with tshark "$name: no packet is malformed" no_malformed
	with tshark "$name: every frame is told" every_frame_is_told
	with editcap "$name: editcap keeps all of it" round_trip
	with tcpdump "$name: tcpdump reads it" tcpdump_reads
	with mergecap "$name: mergecap accepts it" merge
	[ "$name" = hostile.scn ] || with tshark "$name: the frames of --pcap" same_frames_as_pcap "$script"
	case $name in
	05*) with tshark "a drop is told on the last frame" found 'frame.comment contains " drop="' ;;
	dnat*)
		with tshark "DNAT can be searched for" found 'frame.comment contains "DNAT"'
		with tshark "a packet keeps its id across NAT" found 'frame.packet_id == 1'
		with tshark "the profile is accepted" profile_shows
		with tshark "the profile has no false alarms" no_false_alarms
		;;
	esac
done
echo "1..$n"
exit $bad
