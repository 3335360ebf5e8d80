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
same hostile.txt "$here/hostile.sh"
same hostile.svg --format svg "$here/hostile.sh"
same hostile.mmd --format mermaid "$here/hostile.sh"
same hostile.json --format json --drops "$here/hostile.sh"
same hostile.md --format md "$here/hostile.sh"

for f in "$here"/*.txt "$here"/*.svg "$here"/*.mmd "$here"/*.json "$here"/*.md; do
	! LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177-\377]')" "$f"
	say $? "$(basename "$f") holds no control character and no byte beyond ASCII"
done
! grep -q '</script' "$here/hostile.svg" "$here/hostile.json" "$here/hostile.mmd" "$here/hostile.md"
say $? "a name cannot end a script element"
! awk 'length($0) > 80' "$here"/*.txt | grep -q .
say $? "text keeps to 80 columns"

[ "$update" = update ] && "$ng" run --json-schema >"$here/../../../tools/trace/trace-1.schema.json"
"$ng" run --json-schema | cmp -s - "$here/../../../tools/trace/trace-1.schema.json"
say $? "the published schema is the one the program prints"

"$ng" explain --packet 99 "$here/flood.sh" >/dev/null 2>&1
[ $? = 2 ]
say $? "a packet that is not there is a wrong use"
"$ng" explain --format ascii "$here/flood.sh" >/dev/null 2>&1
[ $? = 2 ]
say $? "a format that is not there is a wrong use"
echo "1..$n"
exit $bad
