#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# what topo, step, shell and help print equals the file beside each case: run.sh BINARY [--update]
set -u
NG=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
export NG
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export TMPDIR="$tmp" XDG_DATA_HOME="$tmp" NO_COLOR=1 TERM=dumb
# cases name the scenarios and scripts they use from here
ln -s "$root/scenarios" "$tmp/scenarios"
cp "$here"/*.scn "$tmp"
n=0
bad=0
for case in "$here"/*.case; do
	name=$(basename "$case" .case)
	(cd "$tmp" && sh "$case") >"$tmp/out" 2>&1 </dev/null
	[ "${2:-}" = --update ] && cp "$tmp/out" "$here/$name.out"
	diff "$here/$name.out" "$tmp/out" | sed 's/^/# /'
	n=$((n + 1))
	if cmp -s "$here/$name.out" "$tmp/out"; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		bad=1
	fi
done
echo "1..$n"
exit $bad
