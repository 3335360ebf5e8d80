#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# leftovers.sh [KILLED] - by way of sandbox.sh: what runs of `netglass validate` leave behind: nothing
#
# All scenarios, twice; then KILLED runs (10), each ended from outside at a random moment: its first process or
# any other one of it, by any of four signals. The long version: sandbox.sh user NETGLASS leftovers.sh 100
# shellcheck source=tests/parity/left.sh
. parity/left.sh
killed=${1:-10}
before=$(left)

random() {
	od -An -N2 -tu2 /dev/urandom | tr -d ' '
}

# a process of the run, by chance
any_of_it() {
	for p in /proc/[0-9]*; do
		case ${p#/proc/} in
		1) ;;
		*) [ "$(cat "$p/comm" 2>/dev/null)" = cat ] || echo "${p#/proc/}" ;;
		esac
	done | shuf -n 1
}

for time in first second; do
	said=$(./netglass validate -j 4 scenarios/*.sh 2>&1)
	is "all scenarios are the same, the $time time, for uid $(id -u)" $? 0
	echo "$said" | grep -E '^[a-z]|scenarios' | sed 's/^/# /'
	nothing_left "$before"
done

i=0
while [ $i -lt "$killed" ]; do
	# a background job of a shell ignores the terminal's signals otherwise
	env --default-signal=INT,QUIT ./netglass validate -j 3 scenarios/*.sh parity/badinput/leaves-jobs.script \
		parity/badinput/hangs.script >/dev/null 2>&1 &
	first=$!
	sleep "$(($(random) % 3)).$(($(random) % 10))"
	case $((i % 5)) in
	0) kill -KILL $first ;;
	1) kill -INT $first ;;
	2) kill -TERM $first ;;
	3) kill -HUP $first ;;
	4)
		kill -KILL "$(any_of_it)" 2>/dev/null
		sleep 0.2
		kill -KILL $first 2>/dev/null
		;;
	esac
	wait $first 2>/dev/null
	i=$((i + 1))
done
nothing_left "$before"
said=$(./netglass validate scenarios/02-cable.sh 2>&1)
is "and the next run is as good as any" $? 0
nothing_left "$before"
finish
