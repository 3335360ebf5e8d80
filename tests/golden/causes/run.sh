#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# First causes are computed: run.sh BINARY
#
# 1. the first tutorial has six causes; 2. with any one repair made in the text, exactly that cause is gone;
# 3. the same with other names and addresses; 4. the repaired script has no failure; 5. each *.txt and *.sh
# here gives the causes of its *.causes.
set -u
ng=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
n=0
bad=0

check() { # NAME WANTED GOT
	n=$((n + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		printf '%s\n' "$2" >"$tmp/wanted"
		printf '%s\n' "$3" >"$tmp/got"
		diff "$tmp/wanted" "$tmp/got" | sed 's/^/# /'
		bad=1
	fi
}

# The repairs alone, one a line: what follows the line numbers of each cause.
repairs() {
	"$ng" lint "$1" | grep -E '^        (add|line|lines [0-9]+,|move)' | grep -vE '^        lines? [0-9 ]+$' |
		sed 's/^ *//' | sort
}

# `lint` counts failures per cause: "A9 B1 ..."
counts() {
	"$ng" lint "$1" | sed -n 's/^  \([A-Z]\) x\([0-9]*\) .*/\1\2/p' | tr '\n' ' '
}

six() { # NAME FILE: the six causes, and each repair alone takes away its own
	repairs "$2" >"$tmp/all"
	check "$1: six causes" 6 "$(grep -c . "$tmp/all")"
	check "$1: failures of each" "A9 B1 C3 D1 E1 F1 " "$(counts "$2")"
	i=0
	while IFS='	' read -r gone edit; do
		i=$((i + 1))
		sed "$edit" "$2" >"$tmp/one.txt"
		check "$1: repair $i takes away its cause alone" "$(grep -v -e "$gone" "$tmp/all")" "$(repairs "$tmp/one.txt")"
	done <"$tmp/edits"
}

tab='	'
cat >"$tmp/edits" <<END
ip netns add blue${tab}86s/.*/ip netns add blue/
192.168.15.1/24${tab}s/add 192.168.15.\\([12]\\) dev/add 192.168.15.\\1\\/24 dev/
veth -> ${tab}142s/veth/veth-red/
v0net-0${tab}161s/v0net-0/v-net-0/
MASQUERADE${tab}201s/--A\\(.*\\)/-A\\1 -j MASQUERADE/
meant to fail${tab}181s/\$/ #@ expect rc=2/
END
cp "$here/../extract/seed-1.txt" "$tmp/seed.txt"
six "tutorial" "$tmp/seed.txt"

rename='s/\bred\b/left/g;s/\bblue\b/right/g;s/v-net-0/sw-lan-7/g;s/v0net-0/sw0lan-7/g;s/192\.168\.15\./10.20.30./g'
rename="$rename;s/192\\.168\\.1\\./172.16.9./g;s/veth-left/cable-left/g;s/veth-right/cable-right/g;s/link del veth/link del cable/"
sed "$rename" "$tmp/seed.txt" >"$tmp/other.txt"
cat >"$tmp/edits" <<END
ip netns add right${tab}86s/.*/ip netns add right/
10.20.30.1/24${tab}s/add 10.20.30.\\([12]\\) dev/add 10.20.30.\\1\\/24 dev/
cable -> ${tab}142s/cable/cable-left/
sw0lan-7${tab}161s/sw0lan-7/sw-lan-7/
MASQUERADE${tab}201s/--A\\(.*\\)/-A\\1 -j MASQUERADE/
meant to fail${tab}181s/\$/ #@ expect rc=2/
END
six "renamed" "$tmp/other.txt"

for text in "$here"/../extract/seed-*.txt "$tmp/other.txt"; do
	"$ng" lint --fix "$text" -o "$tmp/fixed.sh" 2>/dev/null
	check "$(basename "$text"): --fix says that all was repaired" 0 $?
	"$ng" lint "$tmp/fixed.sh" >/dev/null
	check "$(basename "$text"): the repaired script has no failure" 0 $?
done

for wanted in "$here"/*.causes; do
	text=${wanted%.causes}
	check "$(basename "$text")" "$(cat "$wanted")" "$("$ng" lint "$text")"
done
echo "1..$n"
exit $bad
