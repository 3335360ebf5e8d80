#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# way.sh - README's "Follow one ping" is true: each name stands in the files of its row, in the order of calls
#
# The first function of a row is defined in one of the row's files (user space begins with a call: row 1);
# every other name is used there.
cd "$(dirname "$0")/../.." || exit 2
bad=0
rows=0

complain() {
	echo "README.md, row $1: $2"
	bad=1
}

# place FILE: its path from the top; a bare name may stand for a file of another row
place() {
	case $1 in
	*/) find "$1" -name '*.c' ;;
	*/*) echo "$1" ;;
	*) find stack tools sim -name "$1" ;;
	esac
}

# row NUMBER FILES NAMES
row() {
	rows=$((rows + 1))
	paths=
	for f in $2; do
		p=$(place "$f")
		[ -n "$p" ] || complain "$1" "no file $f"
		for one in $p; do
			[ -f "$one" ] || complain "$1" "no file $one"
		done
		paths="$paths $p"
	done
	first=1
	for name in $3; do
		# shellcheck disable=SC2086
		if ! grep -qw -- "$name" $paths; then
			complain "$1" "$name is not in$paths"
		elif [ $first = 1 ] && [ "$1" != 1 ] && ! grep -qE "^[a-z].*[ *]$name\(" $paths; then
			complain "$1" "$name is not defined in$paths"
		fi
		first=0
	done
}

# number|files|names of each row
awk -F'|' '
function ticked(s,   out) {
	out = ""
	while (match(s, /`[^`]*`/)) {
		out = out " " substr(s, RSTART + 1, RLENGTH - 2)
		s = substr(s, RSTART + RLENGTH)
	}
	return out
}
/^## Follow one ping/ { on = 1 }
/^## How it is built/ { on = 0 }
on && /^\| [0-9]+ / {
	gsub(/ /, "", $2)
	names = ticked($4)
	gsub(/\[[A-Z]*\]|→|⇒/, " ", names)
	print $2 "|" ticked($3) "|" names
}' README.md >"${TMPDIR:-/tmp}/netglass-way.$$"
while IFS='|' read -r number names_of_files names; do
	row "$number" "$names_of_files" "$names"
done <"${TMPDIR:-/tmp}/netglass-way.$$"
rm -f "${TMPDIR:-/tmp}/netglass-way.$$"
[ $rows -ge 15 ] || complain all "only $rows rows found"
echo "$rows rows"
exit $bad
