#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# snippet.sh NETGLASS {SCRIPT ARG... | -c TEXT NAME} - a shell's command line, for sh/run.sh
netglass=$1
shift
[ "$1" = -c ] || exec "$netglass" run "$@"
script=$(mktemp) || exit 2
# shellcheck disable=SC2016
echo 'exec bash -c "$1" "$2"' >"$script"
"$netglass" run "$script" "$2" "$3"
status=$?
rm -f "$script"
exit $status
