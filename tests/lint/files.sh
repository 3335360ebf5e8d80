# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# files.sh - sourced by the checks: the files of the project, with git or without

# files PATTERN...: their names, one a line; a pattern is a path in which * also stands for /
files() {
	if git ls-files -co --exclude-standard >/dev/null 2>&1; then
		git ls-files -co --exclude-standard -- "$@"
		return
	fi
	for pattern in "$@"; do
		find . -path './.git' -prune -o -path './build*' -prune -o -type f -path "./$pattern" -print
	done | sed 's,^\./,,' | sort -u
}
