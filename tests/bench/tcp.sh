#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tcp.sh NETGLASS [MB] - payload per second of CPU: one TCP connection, red - bridge - blue; connections per second;
# memory: of a longer transfer, and of a writer whose reader stopped
netglass=${1:?which netglass?}
mb=${2:-500}
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
cat >"$tmp/world" <<'END'
ip link add v-net-0 type bridge
ip link set v-net-0 up
ip netns add red
ip netns add blue
ip link add veth-red type veth peer name veth-red-br
ip link add veth-blue type veth peer name veth-blue-br
ip link set veth-red netns red
ip link set veth-blue netns blue
ip link set veth-red-br master v-net-0
ip link set veth-blue-br master v-net-0
ip link set veth-red-br up
ip link set veth-blue-br up
ip -n red addr add 10.0.0.1/24 dev veth-red
ip -n blue addr add 10.0.0.2/24 dev veth-blue
ip -n red link set veth-red up
ip -n blue link set veth-blue up
sleep 2
ip netns exec blue nc -l -k 10.0.0.2 5000 > /dev/null &
sleep 1
END
cp "$tmp/world" "$tmp/stream"
echo "head -c ${mb}000000 /dev/zero | ip netns exec red nc -N 10.0.0.2 5000" >>"$tmp/stream"
cp "$tmp/world" "$tmp/many"
# shellcheck disable=SC2016
echo 'ip netns exec red sh -c '\''i=0; while [ $i -lt 10000 ]; do nc -z 10.0.0.2 5000; i=$((i + 1)); done'\' >>"$tmp/many"

# usage SCRIPT: seconds of user and system time, and the most memory used, in kB
usage() {
	python3 -c '
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
r = resource.getrusage(resource.RUSAGE_CHILDREN)
print(r.ru_utime + r.ru_stime, r.ru_maxrss)' "$netglass" run "$1"
}

idle=$(usage "$tmp/world" | cut -d ' ' -f 1)
stream=$(usage "$tmp/stream")
awk -v t="${stream% *}" -v i="$idle" -v mb="$mb" \
	'BEGIN { printf "%d MB in %.3f s of CPU: %.2f GB/s\n", mb, t - i, mb / 1000 / (t - i) }'
many=$(usage "$tmp/many")
awk -v t="${many% *}" -v i="$idle" \
	'BEGIN { printf "10000 connections, a process each, in %.3f s of CPU\n", t - i }'

cp "$tmp/world" "$tmp/short"
echo "head -c 10000000 /dev/zero | ip netns exec red nc -N 10.0.0.2 5000" >>"$tmp/short"
cp "$tmp/world" "$tmp/stopped"
# the second connection waits until the first is over: nobody reads what comes
cat >>"$tmp/stopped" <<'END'
sleep 100000 | ip netns exec red nc 10.0.0.2 5000 &
sleep 1
head -c 100000000 /dev/zero | ip netns exec red timeout 50000 nc 10.0.0.2 5000
END
short=$(usage "$tmp/short")
stopped=$(usage "$tmp/stopped")
echo "most memory: ${short#* } kB for 10 MB, ${stream#* } kB for $mb MB, ${stopped#* } kB with a reader that stopped"
