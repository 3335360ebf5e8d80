#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck.sh - our own scripts (scenarios are lessons: their mistakes are meant)
cd "$(dirname "$0")/../.." || exit 1
command -v shellcheck >/dev/null || { echo "shellcheck is not installed"; exit 77; }
# shellcheck disable=SC2046
exec shellcheck -S warning tools/check tools/demo .ci/run $(git ls-files -co --exclude-standard 'tests/lint/*.sh' 'tests/parity/*.sh' 'tests/golden/*/run.sh')
