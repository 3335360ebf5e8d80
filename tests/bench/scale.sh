#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# scale.sh BUILD [ROUNDS] - W4 to W7, the simulated and the real kernel in turn, CPU time
# MILLION=1: and once W6 with a million routes, which takes the real kernel half a minute
# The real one runs in namespaces of its own (unshare -Urnm).
build=$(cd "${1:?usage: scale.sh BUILD [ROUNDS]}" && pwd)
rounds=${2:-5}
here=$(cd "$(dirname "$0")" && pwd)
unshare -Urnm true || { echo "no user namespaces: no real kernel to compare with"; exit 77; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

sim() { "$build/tests/bench/bench_sim" "$@"; }
real() {
	unshare -Urnm sh -c '
		mount -t tmpfs t /run; mkdir -p /run/netns /run/bin; ip link set lo up
		cp "$1" /run/bin/bench_real # the build may lie in /tmp
		printf "#!/bin/sh\nexec /run/bin/bench_real workload \"\$@\"\n" >/run/bin/workload
		chmod +x /run/bin/workload
		sh=$(cat "$2"); mount -t tmpfs t /tmp; PATH=/run/bin:$PATH; eval "$sh"' sh "$build/tests/bench/bench_real" "$1"
}
# seconds of CPU a command takes, its children too
TIMEFORMAT='%U %S'
cpu() { { time "$@" >/dev/null 2>&1; } 2>&1 | awk '{print $1 + $2}'; }
pair() { echo "$1 $2 $3" | awk '{printf "%s: simulated %s, real %s, %.1f times\n", $1, $2, $3, $3 / $2}'; }
each() { sed -n "s/^$1 .* answered \([0-9.]*\) ns.*/\1/p"; }

sed '/^# the loops/,$d' "$here/w6.sh" >"$scratch/w6-insert.sh"
sed '/routes$/s/seq 0 99999/seq 0 9/' "$scratch/w6-insert.sh" >"$scratch/w6-none.sh"
i=0
while [ $i -lt "$rounds" ]; do
	pair w4-200-hosts-s "$(cpu sim "$here/w4.sh")" "$(cpu real "$here/w4.sh")"
	sim "$here/w5.sh" >"$scratch/sim"
	real "$here/w5.sh" >"$scratch/real"
	pair w5-pair-ns "$(each pairs <"$scratch/sim")" "$(each pairs <"$scratch/real")"
	pair w5-flood-ns "$(each flood <"$scratch/sim")" "$(each flood <"$scratch/real")"
	pair w6-insert-s "$(cpu sim "$scratch/w6-insert.sh")" "$(cpu real "$scratch/w6-insert.sh")"
	sim "$here/w6.sh" >"$scratch/sim"
	real "$here/w6.sh" >"$scratch/real"
	pair w6-one-route-ns "$(each routed-1 <"$scratch/sim")" "$(each routed-1 <"$scratch/real")"
	pair w6-100000-ns "$(each routed-100000 <"$scratch/sim")" "$(each routed-100000 <"$scratch/real")"
	i=$((i + 1))
done
[ -n "$MILLION" ] || exit 0
sed 's/seq 0 99999 /seq 0 999999 /; s/routed-100000/routed-1000000/' "$here/w6.sh" >"$scratch/w6-million.sh"
sim "$scratch/w6-million.sh" >"$scratch/sim"
real "$scratch/w6-million.sh" >"$scratch/real"
pair w6-one-route-ns "$(each routed-1 <"$scratch/sim")" "$(each routed-1 <"$scratch/real")"
pair w6-1000000-ns "$(each routed-1000000 <"$scratch/sim")" "$(each routed-1000000 <"$scratch/real")"
