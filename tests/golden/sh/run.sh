#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs every snippet of this folder through a shell and compares with what bash said.
#
#	run.sh "hostsys bash"           compare; exit status 1 when a snippet differs
#	run.sh "netglass run --plain"
#	run.sh --regenerate            write the .out files again, with bash
#
# The command gets the name of a script called "sh", in a folder of its own, so that
# messages begin with "sh: line N:". A first line "#-c" runs the rest as -c text instead.
# Words after a first line "#args" are the script's arguments.
# The command and the arguments are lists of words.
# shellcheck disable=SC2086
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
command=$1
shift
[ $# -gt 0 ] || set -- "$here"/*.sh
failed=0
count=0

run() {
	rm -rf "$tmp/w"
	mkdir -p "$tmp/w" && cp "$1" "$tmp/w/sh" && cd "$tmp/w" || exit 2
	args=
	case $(head -n 1 sh) in
	"#args "*) args=$(head -n 1 sh | cut -c7-) ;;
	esac
	if [ "$(head -n 1 sh)" = "#-c" ]; then
		text=$(tail -n +2 sh)
		if [ "$2" = bash ]; then
			timeout 20 bash --norc -c "$text" sh >"$tmp/o" 2>"$tmp/e" </dev/null
		else
			timeout 20 $2 -c "$text" sh >"$tmp/o" 2>"$tmp/e" </dev/null
		fi
	elif [ "$2" = bash ]; then
		timeout 20 bash --norc sh $args >"$tmp/o" 2>"$tmp/e" </dev/null
	else
		timeout 20 $2 sh $args >"$tmp/o" 2>"$tmp/e" </dev/null
	fi
	status=$?
	{
		cat "$tmp/o"
		echo "--- stderr"
		sed 's/^\(sh: line [0-9]*: \) *[0-9][0-9]* /\1PID /' "$tmp/e"
		echo "--- status $status"
	} >"$tmp/got"
	cd "$here" || exit 2
}

for f in "$@"; do
	case $f in */run.sh) continue ;; esac
	out=${f%.sh}.out
	if [ "$command" = --regenerate ]; then
		run "$f" bash
		cp "$tmp/got" "$out"
		continue
	fi
	count=$((count + 1))
	run "$f" "$command"
	if ! cmp -s "$tmp/got" "$out"; then
		failed=$((failed + 1))
		echo "DIFFERS $(basename "$f")"
		diff "$out" "$tmp/got" | head -n 20
	fi
done
[ "$command" = --regenerate ] || echo "$((count - failed)) of $count as bash"
[ $failed = 0 ]
