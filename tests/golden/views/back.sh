#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# step back and forth: back.sh BINARY SCRIPT. State at each step is the same going forward and back, and a
# step of 10,000 is reached, with its tables, in 200 ms.
set -u
ng=$1
script=$2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export XDG_DATA_HOME="$tmp"
echo 1..2

n=$("$ng" step -c q "$script" | sed -n '1s/ steps.*//p')
awk -v n="$n" 'BEGIN {
	for (k = 0; k <= n; k++) print "goto " k "\ninfo all"
	for (k = n; k >= 0; k--) print "goto " k "\ninfo all"
}' >"$tmp/commands"
"$ng" step -x "$tmp/commands" "$script" >"$tmp/out"
if awk -v n="$n" '
	/^\(ng [0-9]+\/[0-9]+\) goto / { on = 0; next }
	/^\(ng [0-9]+\/[0-9]+\) info all/ { split($2, at, "/"); k = at[1]; visits[k]++; on = 1; next }
	on { state[k, visits[k]] = state[k, visits[k]] "\n" $0 }
	END {
		for (k = 0; k <= n; k++) {
			if (visits[k] != 2 || length(state[k, 1]) < 100 || state[k, 1] != state[k, 2]) {
				print "# differs at step " k
				bad = 1
			}
		}
		exit bad || n < 50
	}' "$tmp/out"; then
	echo "ok 1 - state is the same going forward and back ($n steps)"
else
	echo "not ok 1 - state is the same going forward and back ($n steps)"
fi

cat >"$tmp/long.sh" <<'END'
ip netns add red
ip netns add blue
ip link add veth-red type veth peer name veth-blue
ip link set veth-red netns red
ip link set veth-blue netns blue
ip -n red addr add 192.168.15.1/24 dev veth-red
ip -n blue addr add 192.168.15.2/24 dev veth-blue
ip -n red link set veth-red up
ip -n blue link set veth-blue up
ip netns exec red ping -c 650 -i 0.01 192.168.15.2
END
for k in 10000 5 9999 5000 10001 1 7777 10000 3 9000; do
	echo "goto $k"
	echo "info neigh red"
done >"$tmp/commands"
"$ng" step -c q "$tmp/long.sh" >"$tmp/out"
begin=$(date +%s%N)
"$ng" step -x "$tmp/commands" "$tmp/long.sh" >"$tmp/out"
end=$(date +%s%N)
# the run that begins the session, and ten times a step with its table; sanitizers are allowed to be slow
each=$(((end - begin) / 11000000))
limit=${NETGLASS_GOTO_MS:-200}
steps=$(sed -n '1s/ steps.*//p' "$tmp/out")
if [ "$steps" -ge 10000 ] && [ "$each" -lt "$limit" ] && grep -q 'lladdr' "$tmp/out"; then
	echo "ok 2 - of $steps steps any is reached in less than $limit ms"
else
	echo "not ok 2 - of $steps steps any is reached in less than $limit ms ($each ms)"
fi
