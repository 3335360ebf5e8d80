#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# run.sh NETGLASS - a build with -Dc_args=-DNG_MUTANTS: `netglass validate` must report each lie, and none without one
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

for number in $(sed -n 's/^[A-Z]*(\([0-9]*\),.*/\1/p' "$here/../../../stack/core/mutants.def"); do
	n=$((n + 1))
	found=$(NETGLASS_MUTANT=$number "$netglass" validate --retries 0 "$script" 2>&1)
	if [ $? = 1 ]; then
		echo "ok $n - mutant $number"
		echo "$found" | grep -m 1 -E '^  (output|status|time|frame|table|run)' | sed 's/^/# /'
	else
		echo "not ok $n - mutant $number is not seen"
		failed=1
	fi
done
echo "1..$n"
exit $failed
