#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The shellcheck test: our own scripts (scenarios are lessons: their mistakes are meant)
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/lint/files.sh
. tests/lint/files.sh
command -v shellcheck >/dev/null || { echo "shellcheck is not installed"; exit 77; }
# shellcheck disable=SC2046
exec shellcheck -x -S warning tools/check tools/demo .ci/run $(files 'tests/lint/*.sh' 'tests/golden/*/run.sh' \
	tests/golden/tshark.sh tests/golden/snippet.sh tests/determinism/run.sh)
