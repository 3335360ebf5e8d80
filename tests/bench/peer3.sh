#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# peer3.sh BUILD [ROUNDS] - W3, the simulated and the real kernel in turn, CPU time
# The real one runs iptables-legacy in namespaces of its own (unshare -Urnm): the faster of its two.
build=$(cd "${1:?usage: peer3.sh BUILD [ROUNDS]}" && pwd)
rounds=${2:-5}
here=$(cd "$(dirname "$0")" && pwd)
unshare -Urnm true || { echo "no user namespaces: no real kernel to compare with"; exit 77; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

script() { sed "s/RULES/$1/; s/ROUNDS/$2/; s/FLOWS/$3/; s/IPTABLES/$4/" "$here/w3.sh" >"$scratch/w3.sh"; }
each() { sed -n "s/^$1 .* answered \([0-9.]*\) ns.*/\1/p" "$2"; }
pair() { echo "$1 $(each "$2" "$scratch/sim") $(each "$2" "$scratch/real")" | awk '{printf "%s: simulated %s ns, real %s ns, %.1f times\n", $1, $2, $3, $3 / $2}'; }

for rules in 0 100 1000 10000; do
	n=$((rules > 1000 ? 3000 : rules > 100 ? 20000 : 60000))
	i=0
	while [ $i -lt "$rounds" ]; do
		script $rules $n $n iptables
		"$build/tests/bench/bench_sim" "$scratch/w3.sh" >"$scratch/sim"
		script $rules $n $n iptables-legacy
		unshare -Urnm sh -c 'mount -t tmpfs t /run; mkdir -p /run/netns /run/bin; ip link set lo up
			printf "#!/bin/sh\nexec %s workload \"\$@\"\n" "$1" >/run/bin/workload; chmod +x /run/bin/workload
			PATH=/run/bin:$PATH; . "$2"' sh \
			"$build/tests/bench/bench_real" "$scratch/w3.sh" >"$scratch/real"
		pair "w3-one-$rules" w3-one
		pair "w3-new-$rules" w3-new
		i=$((i + 1))
	done
done
