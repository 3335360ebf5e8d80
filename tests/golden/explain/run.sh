#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What explain tells, compared with what is stored: run.sh BINARY SCENARIOS [update]
# `update` writes the stored files anew; look at the difference before you keep them.
set -u
ng=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
scenarios=$2
update=${3:-}
here=$(cd "$(dirname "$0")" && pwd)
[ -x "$ng" ] || exit 99
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
n=0
bad=0

say() { # STATUS NAME
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		bad=1
	fi
}

same() { # NAME ARG...
	name=$1
	shift
	"$ng" explain "$@" >"$tmp/got" 2>"$tmp/err"
	cat "$tmp/err" >>"$tmp/got"
	# new kinds of steps number the others anew
	sed -i 's/event [0-9]*  /event N  /; s/"ev" : [0-9]*/"ev" : N/' "$tmp/got"
	[ "$update" = update ] && cp "$tmp/got" "$here/$name"
	cmp -s "$here/$name" "$tmp/got"
	status=$?
	[ $status = 0 ] || diff "$here/$name" "$tmp/got" | sed 's/^/# /'
	say $status "explain $name"
}

same nat.txt "$scenarios/05-nat.sh"
same nat-first.txt --packet 4 -d 3 "$scenarios/05-nat.sh"
same nat-reply.txt --packet 7 -d 0 "$scenarios/05-nat.sh"
same nat.mmd --packet 4 --format mermaid "$scenarios/05-nat.sh"
same nat.svg --packet 4 --format svg "$scenarios/05-nat.sh"
same firewall.txt --drops "$scenarios/07-firewall.sh"
same refused.txt "$scenarios/08-tutorial-1-literal.sh"
same flood.txt --packet 2 "$here/flood.sh"
same flood-drops.txt --drops "$here/flood.sh"
same near.txt --packet 1 "$here/near.sh"
same near-all.txt --line 17 -d 2 "$here/near.sh"
same near.md --drops --format md "$here/near.sh"
same stp.txt --packet 3 "$here/stp.sh"
same igmp.txt "$here/igmp.sh"
same igmp-report.txt --packet 2 "$here/igmp.sh"
same hostile.txt "$here/hostile.sh"
same hostile.svg --format svg "$here/hostile.sh"
same hostile.mmd --format mermaid "$here/hostile.sh"
same hostile.json --format json --drops "$here/hostile.sh"
same hostile.md --format md "$here/hostile.sh"

for f in "$here"/*.txt "$here"/*.svg "$here"/*.mmd "$here"/*.json "$here"/*.md; do
	! LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177-\377]')" "$f"
	say $? "$(basename "$f") holds no control character and no byte beyond ASCII"
done
for verb in why lint topo; do
	"$ng" $verb "$here/hostile.sh" >"$tmp/got" 2>&1
	! LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177-\377]')" "$tmp/got"
	say $? "$verb: hostile names come out escaped"
done
! grep -q '</script' "$here/hostile.svg" "$here/hostile.json" "$here/hostile.mmd" "$here/hostile.md"
say $? "a name cannot end a script element"
! awk 'length($0) > 80' "$here"/*.txt | grep -q .
say $? "text keeps to 80 columns"

[ "$update" = update ] && "$ng" run --json-schema >"$here/../../../tools/trace/trace-1.schema.json"
"$ng" run --json-schema | cmp -s - "$here/../../../tools/trace/trace-1.schema.json"
say $? "the published schema is the one the program prints"

# a storm: so many steps, then a word about it
"$ng" run --json --json-limit 500 "$here/storm.scn" >"$tmp/storm" 2>"$tmp/err"
[ "$(grep -c '"ev":' "$tmp/storm")" = 500 ] && [ "$(grep -c '"kind":"cut","events":500' "$tmp/storm")" = 1 ] &&
	grep -q 'more than 500 steps' "$tmp/err"
say $? "a storm does not fill the disk: --json-limit"

# thirty hosts on a bridge: copies nobody wanted make no lifeline
{
	echo 'ip link add br0 type bridge; ip link set br0 up'
	for i in $(seq 1 30); do
		echo "ip netns add n$i; ip link add e0 netns n$i type veth peer name p$i; ip link set p$i master br0 up"
		echo "ip -n n$i link set e0 up; ip -n n$i addr add 192.0.2.$i/24 dev e0"
	done
	echo 'ip netns exec n1 ping -c 1 192.0.2.30'
} >"$tmp/many.sh"
"$ng" explain --line 62 --format svg "$tmp/many.sh" >"$tmp/many.svg"
grep -q 'left out: 28 copies' "$tmp/many.svg" && [ "$(grep -c stroke-dasharray "$tmp/many.svg")" -le 6 ]
say $? "a flood to many hosts fits on a page"

"$ng" explain --packet 99 "$here/flood.sh" >/dev/null 2>&1
[ $? = 2 ]
say $? "a packet that is not there is a wrong use"
"$ng" explain --format ascii "$here/flood.sh" >/dev/null 2>&1
[ $? = 2 ]
say $? "a format that is not there is a wrong use"
echo "1..$n"
exit $bad
