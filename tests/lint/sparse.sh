#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# sparse.sh - byte order: network order and host order never mix
# One file per run: given several, sparse 0.6.4 hides findings.
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/lint/files.sh
. tests/lint/files.sh
command -v sparse >/dev/null || { echo "sparse is not installed"; exit 77; }
check() {
	sparse -std=gnu11 -D_GNU_SOURCE -D__CHECK_ENDIAN__ -Wbitwise -Wno-decl -Wno-non-pointer-null \
		-Iinclude -Isim -Istack "$1" 2>&1 |
		grep -E 'restricted|different base types|cast (from|to) restricted|incorrect type' | grep -v '^/usr/'
}
if [ "${1:-}" = one ]; then
	out=$(check "$2")
	[ -z "$out" ] && exit 0
	echo "$out"
	exit 1
fi
files 'sim/*.c' 'stack/*.c' | xargs -P "$(nproc)" -n 1 sh tests/lint/sparse.sh one
