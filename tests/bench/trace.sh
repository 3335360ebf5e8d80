#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# trace.sh BUILD [BUILD-WITHOUT] - instructions a round of W1 and W2 takes while nobody listens,
# beside a build without trace points (-DNG_NO_TRACE), which is made when none is given.
# Counted by callgrind, so that it is exact; more than 1 % is an error.
build=$(cd "${1:?usage: trace.sh BUILD [BUILD-WITHOUT]}" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

without=$2
if [ -z "$without" ]; then
	without=$scratch/without
	if ! meson setup "$without" "$here/../.." -Dc_args=-DNG_NO_TRACE >"$scratch/log" 2>&1 ||
		! ninja -C "$without" tests/bench/bench_sim >>"$scratch/log" 2>&1; then
		tail "$scratch/log"
		exit 1
	fi
fi

instructions() { # BUILD WORKLOAD N
	valgrind --tool=callgrind --callgrind-out-file=/dev/null "$1/tests/bench/bench_sim" "$2" "$3" \
		2>&1 >/dev/null | sed -n 's/.*Collected : //p'
}
each() { echo $((($(instructions "$1" "$2" 3000) - $(instructions "$1" "$2" 1000)) / 2000)); }

status=0
for workload in w1 w2 w2-1400; do
	echo "$workload $(each "$build" $workload) $(each "$without" $workload)" |
		awk '{p = ($2 - $3) * 100 / $3
		      printf "%s: %d instructions, %d without trace points, +%.2f %%\n", $1, $2, $3, p
		      exit p > 1}' || status=1
done
exit $status
