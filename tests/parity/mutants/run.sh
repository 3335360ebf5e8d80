#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# run.sh NETGLASS - a build with -Dc_args=-DNG_MUTANTS: `netglass validate` must report each lie at the line or frame
# it is about (expected), and nothing without one
#
# Prints TAP. Status 77 when this machine cannot run scripts on its own kernel.
netglass=$1
here=$(dirname "$0")
script=$here/everything.script
failed=0
n=1

NETGLASS_MUTANT=0 "$netglass" validate "$script" >/dev/null 2>&1
rc=$?
[ $rc = 77 ] && exit 77
if [ $rc = 0 ]; then echo "ok 1 - no lie, no difference"; else echo "not ok 1 - a difference without a lie"; failed=1; fi

# says NUMBER WHERE WHAT: the report has both, the second below the first and before the next difference
says() {
	NETGLASS_MUTANT=$1 "$netglass" validate --retries 0 "$script" 2>&1 | awk -v where="  $2" -v what="$3" '
		/^  [a-z]/ { here = index($0, where) == 1 }
		here && $0 ~ what { found = 1; line = $0 }
		{ all = all "# " $0 "\n" }
		END { printf "%s", found ? "# " line "\n" : all; exit !found }'
}

numbers=$(sed -n 's/^[A-Z]*(\([0-9]*\),.*/\1/p' "$here/../../../stack/core/mutants.def")
for number in $numbers; do
	n=$((n + 1))
	where=$(sed -n "s/^$number;\([^;]*\);.*/\1/p" "$here/expected")
	what=$(sed -n "s/^$number;[^;]*;//p" "$here/expected" | sed 's/\\/\\\\/g')
	# a busy machine may hide it behind a late frame: once more
	if said=$(says "$number" "${where:-nowhere}" "$what") || said=$(says "$number" "${where:-nowhere}" "$what"); then
		echo "ok $n - mutant $number: $where"
	else
		echo "not ok $n - mutant $number is not seen: $where: $what"
		failed=1
	fi
	echo "$said"
done
echo "1..$n"
exit $failed
