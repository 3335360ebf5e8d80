#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# run.sh NETGLASS - what a script hears of files of /proc and /sys that are not modelled, and that the run says 3
here=$(cd "$(dirname "$0")" && pwd)
got=$("$1" run "$here/absent.sh" 2>&1; echo "run $?")
echo "$got" | diff "$here/absent.out" - || exit 1
