#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# man.sh - the manual pages are well formed, and name every verb
cd "$(dirname "$0")/../.." || exit 1
bad=0
if command -v mandoc >/dev/null; then
	mandoc -T lint -W warning tools/man/*.[15] || bad=1
elif command -v man >/dev/null; then
	for page in tools/man/*.[15]; do
		said=$(LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null)
		[ -z "$said" ] || { echo "$page: $said"; bad=1; }
	done
else
	echo "neither mandoc nor man is installed"
	exit 77
fi
for verb in $(sed -n 's/^	{ "\([a-z]*\)", .*/\1/p' tools/netglass.c); do
	grep -qE "(Nm|,) (Nm )?$verb( |$)" tools/man/netglass.1 || { echo "netglass.1 does not tell of $verb"; bad=1; }
done
exit $bad
