#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# sparse.sh - byte order: network order and host order never mix
# One file per run: given several, sparse 0.6.4 hides findings.
cd "$(dirname "$0")/../.." || exit 1
command -v sparse >/dev/null || { echo "sparse is not installed"; exit 77; }
check() {
	sparse -std=gnu11 -D_GNU_SOURCE -D__CHECK_ENDIAN__ -Wbitwise -Wno-decl -Wno-non-pointer-null \
		-Iinclude -Isim -Istack "$1" 2>&1 |
		grep -E 'restricted|different base types|cast (from|to) restricted|incorrect type' | grep -v '^/usr/'
}
bad=0
for f in $(git ls-files -co --exclude-standard 'sim/*.c' 'stack/*.c'); do
	out=$(check "$f")
	[ -z "$out" ] && continue
	echo "$out"
	bad=1
done
exit $bad
