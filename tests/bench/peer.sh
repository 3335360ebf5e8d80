#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# peer.sh BUILD [ROUNDS [LOOP...]] - the simulated and the real kernel in turn, the same loops, CPU time
# The real one runs without GSO (gso_max_segs 1), so both move segments of one MSS, and in namespaces of its own
# (unshare -Urnm). Prints each pair and the median ratio.
build=${1:?usage: peer.sh BUILD [ROUNDS [LOOP...]]}
rounds=${2:-7}
[ $# -gt 2 ] && shift 2 || set -- w1 w2 w2-1400 tcp conn
sim=$build/tests/bench/bench_sim
real=$build/tests/bench/bench_real
unshare -Urnm true || { echo "no user namespaces: no real kernel to compare with"; exit 77; }
setup='mount -t tmpfs t /run; mkdir -p /run/netns; ip link set lo up
ip link add v-net-0 type bridge; ip link set v-net-0 up
i=1
for n in red blue; do
 ip netns add $n
 ip link add veth-$n type veth peer name veth-$n-br
 ip link set veth-$n netns $n; ip link set veth-$n-br master v-net-0
 ip -n $n addr add 192.168.15.$i/24 dev veth-$n; ip -n $n link set veth-$n up
 ip -n $n link set lo up; ip link set veth-$n-br up
 ip -n $n link set veth-$n gso_max_segs 1; ip link set veth-$n-br gso_max_segs 1
 i=$((i+1))
done
sleep 1
ip netns exec red ping -q -c1 192.168.15.2 >/dev/null'
each() { sed -n 's/.* answered \([0-9.]*\) ns.*/\1/p'; }
for what; do
	i=0
	case $what in
	tcp) many=1000 few=1000 ;; # megabytes
	conn) many=10000 few=10000 ;;
	*) many=200000 few=50000 ;;
	esac
	while [ $i -lt "$rounds" ]; do
		s=$("$sim" "$what" $many | each)
		r=$(unshare -Urnm sh -c "$setup; '$real' workload $what $few" | each)
		echo "$what $s $r"
		i=$((i + 1))
	done
done | awk '{ r = $3 / $2; print $1 ": simulated " $2 " ns, real " $3 " ns, " r " times"; v[$1, ++n[$1]] = r }
END { for (w in n) { for (i = 1; i <= n[w]; i++) for (j = i + 1; j <= n[w]; j++) if (v[w, j] < v[w, i]) { t = v[w, i]; v[w, i] = v[w, j]; v[w, j] = t }
	print w ": median ratio " v[w, int((n[w] + 1) / 2)] } }'
