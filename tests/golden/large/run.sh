#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# run.sh NETGLASS [small] | run.sh record [NAME...] - configurations as large as they may be: what each script prints must
# be what the real kernel printed (*.txt, written by record, as root). small: fewer rules and routes, for a slow build;
# else the million routes must also fit: at most 400 bytes each.
here=$(cd "$(dirname "$0")" && pwd)
export LC_ALL=C

if [ "$1" = record ]; then
	shift
	cd "$here" || exit 2
	[ $# -gt 0 ] || set -- *.sh
	for name in "$@"; do
		name=${name%.sh}
		[ "$name" != run ] || continue
		unshare -nm bash -c '
			mount -t tmpfs t /run; mkdir /run/netns; mount -t sysfs s /sys; ip link set lo up
			. "$0"' "./$name.sh" >"$name.txt" 2>&1
	done
	exit
fi

netglass=$(realpath "$1")
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
[ "$2" != small ] || export RULES=6000 ROUTES=50000

# measured FILE COMMAND...: runs it, writes its peak memory in KiB
measured() {
	python3 -c '
import resource, subprocess, sys
status = subprocess.run(sys.argv[2:]).returncode
open(sys.argv[1], "w").write("%d\n" % resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(status)' "$@"
}

count=0
failed=0
for script in conntrack loop ports routes rules; do
	count=$((count + 1))
	measured "$tmp/kib" "$netglass" run "$here/$script.sh" >"$tmp/out" 2>&1 </dev/null
	if ! diff "$here/$script.txt" "$tmp/out" >"$tmp/diff"; then
		echo "not ok $count - $script"
		head -40 "$tmp/diff" | sed 's/^/# /'
		failed=1
	elif [ "$script" = routes ] && [ "$2" != small ] && [ "$(cat "$tmp/kib")" -gt 390625 ]; then
		echo "not ok $count - $script"
		echo "# $(cat "$tmp/kib") KiB for a million routes"
		failed=1
	else
		echo "ok $count - $script"
	fi
done

# reasons SCRIPT TEXT: why packets died there
reasons() {
	count=$((count + 1))
	ENTRIES=20 "$netglass" explain --drops "$here/$1.sh" 2>/dev/null |
		sed -n 's/.*LOST in \([a-z0-9]*\), \([A-Z_]*\)$/\1 \2/p; s/^ .* conntrack *\(the table .*\)/\1/p' | sort -u >"$tmp/out"
	if echo "$2" | diff - "$tmp/out" >"$tmp/diff"; then
		echo "ok $count - why packets died: $1"
		return
	fi
	echo "not ok $count - why packets died: $1"
	sed 's/^/# /' "$tmp/diff"
	failed=1
}

# as kfree_skb of the real kernel says
reasons loop 'r1 IP_INHDR
r1 IP_LOCAL_SOURCE
r2 IP_INHDR
r3 IP_INHDR'
reasons conntrack 'host NETFILTER_DROP
the table of flows is full: there is no room for a new one'
echo "1..$count"
exit $failed
