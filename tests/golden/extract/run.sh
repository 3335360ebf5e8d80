#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# `netglass extract` of each text equals the script beside it: run.sh BINARY [--update]
set -u
ng=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
n=0
bad=0

result() { # NAME STATUS
	n=$((n + 1))
	if [ "$2" = 0 ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		bad=1
	fi
}

refused() { # FILE WHY: exit 2, the reason on standard error, nothing on standard output
	for verb in extract lint run; do
		out=$("$ng" "$verb" "$1" 2>"$tmp/err")
		rc=$?
		[ "$rc" = 2 ] && [ -z "$out" ] && grep -q "$2" "$tmp/err"
		result "$verb: $(basename "$1"): $2" $?
	done
}

for text in "$here"/*.txt "$here"/*.md "$here"/*.rst "$here"/*.adoc "$here"/*.html; do
	golden=${text%.*}.sh
	if [ "${2:-}" = --update ]; then
		"$ng" extract --no-notes "$text" >"$golden"
	fi
	"$ng" extract --no-notes "$text" >"$tmp/out" 2>"$tmp/err"
	diff "$golden" "$tmp/out" | sed 's/^/# /'
	cmp -s "$golden" "$tmp/out"
	result "$(basename "$text")" $?
	"$ng" extract --no-notes -o "$tmp/o.sh" "$text" && cmp -s "$golden" "$tmp/o.sh"
	result "$(basename "$text"): -o" $?
done

printf 'ip link\n\0\n' >"$tmp/binary.txt"
: >"$tmp/empty.txt"
echo "No commands in here, only words." >"$tmp/prose.txt"
awk 'BEGIN { for (i = 0; i < 1048576; i++) printf "x" }' >"$tmp/long.txt"
refused "$tmp/binary.txt" "binary file"
refused "$tmp/empty.txt" "empty file"
refused "$tmp/prose.txt" "no commands"
refused "$tmp/long.txt" "no commands"
refused "$tmp/missing.txt" "No such file"
(cat "$tmp/long.txt" && printf '\nip link\n') >"$tmp/after.txt"
[ "$("$ng" extract --no-notes "$tmp/after.txt" | tail -1)" = "ip link # line 2" ]
result "a command behind a line of 1 MB" $?
"$ng" extract -o "$tmp/no/such/folder.sh" "$here/crlf.txt" >"$tmp/out" 2>&1
[ $? = 1 ]
result "-o into a missing folder is exit 1" $?
echo "1..$n"
exit $bad
