#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tidy.sh BUILD - clang-tidy over every file of the build's compile_commands.json
# Without its path analysis, which takes a quarter of an hour: clang-tidy -p BUILD FILE does that too.
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/lint/files.sh
. tests/lint/files.sh
tool=clang-tidy-14
command -v $tool >/dev/null || tool=clang-tidy
command -v $tool >/dev/null || { echo "clang-tidy is not installed"; exit 77; }
# gcc's warnings are gcc's business: clang judges the checks of .clang-tidy alone
db=$(mktemp -d) || exit 1
trap 'rm -rf "$db"' EXIT
sed 's/ -Werror / /g; s/ -Wcast-qual / /g; s/ -Wshadow / /g' "$1/compile_commands.json" >"$db/compile_commands.json"
files 'sim/*.c' 'stack/*.c' 'tools/*.c' |
	xargs -P "$(nproc)" -n 4 $tool --quiet --checks='-clang-analyzer-*' -p "$db" 2>/dev/null
