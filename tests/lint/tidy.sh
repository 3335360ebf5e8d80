#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# tidy.sh BUILD - clang-tidy over every file of the build's compile_commands.json
cd "$(dirname "$0")/../.." || exit 1
tool=clang-tidy-14
command -v $tool >/dev/null || tool=clang-tidy
command -v $tool >/dev/null || { echo "clang-tidy is not installed"; exit 77; }
git ls-files -co --exclude-standard 'sim/*.c' 'stack/*.c' 'tools/*.c' |
	xargs -P "$(nproc)" -n 4 $tool --quiet -p "$1" 2>/dev/null
