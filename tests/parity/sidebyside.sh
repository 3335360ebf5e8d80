#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# sidebyside.sh NETGLASS [SCRIPT...] - how long `netglass validate -j 6` takes for the first ten scenarios: not more
# than one and a half times the slowest alone or a third of their sum, whichever is longer. For a quiet machine.
netglass=$1
shift
[ $# -gt 0 ] || set -- "$(dirname "$0")"/../../scenarios/0*.sh "$(dirname "$0")"/../../scenarios/10*.sh

# milliseconds COMMAND...
milliseconds() {
	begin=$(date +%s%3N)
	"$@" >/dev/null 2>&1 || echo "$*: status $?" >&2
	echo $(($(date +%s%3N) - begin))
}

sum=0
slowest=0
for script in "$@"; do
	ms=$(milliseconds "$netglass" validate "$script")
	echo "$ms ms  ${script##*/}"
	sum=$((sum + ms))
	[ "$ms" -gt "$slowest" ] && slowest=$ms
done
all=$(milliseconds "$netglass" validate -j 6 "$@")
limit=$((slowest * 3 / 2))
[ $((sum / 3)) -gt $limit ] && limit=$((sum / 3))
echo "sum $sum ms, slowest $slowest ms; side by side $all ms, allowed $limit ms"
[ "$all" -le "$limit" ]
