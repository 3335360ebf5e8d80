#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# format.sh [--fix] - C files look as clang-format 14 says
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/lint/files.sh
. tests/lint/files.sh
tool=clang-format-14
command -v $tool >/dev/null || tool=clang-format
list=$(files '*.c' '*.h')
if [ "${1:-}" = --fix ]; then
	# shellcheck disable=SC2086
	exec $tool -i $list
fi
case $($tool --version) in
*"version 14."*) ;;
*)
	echo "clang-format 14 is wanted: other versions format differently"
	exit 77
	;;
esac
# shellcheck disable=SC2086
$tool --dry-run -Werror --ferror-limit=1 $list 2>&1 | head -40
# shellcheck disable=SC2086
$tool --dry-run -Werror $list >/dev/null 2>&1
