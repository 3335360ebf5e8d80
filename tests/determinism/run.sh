#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# run.sh NETGLASS SCRIPT - twice the same, whatever the machine is like
#
# The second run has other addresses, dirty memory, another time zone, language, folder,
# environment and umask. Output, error output, status and every capture must be the same bytes.
netglass=$(realpath "$1")
script=$(realpath "$2")
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/one" "$tmp/two" "$tmp/a folder"

steady=
if setarch "$(uname -m)" -R true 2>/dev/null; then
	steady="setarch $(uname -m) -R"
fi

# shellcheck disable=SC2086
(
	cd "$tmp" || exit 2
	LC_ALL=C TZ=UTC $steady "$netglass" run --pcap one "$script" >one.out 2>one.err </dev/null
	echo "status $?" >>one.out
)
(
	cd "$tmp/a folder" || exit 2
	umask 077
	export LC_ALL=tr_TR.UTF-8 LANG=de_DE.UTF-8 TZ=Pacific/Chatham MALLOC_PERTURB_=165 MALLOC_ARENA_MAX=1
	export HOME=/nonexistent COLUMNS=13 LINES=7 TERM=dumb USER=somebody PATH="$PATH:/nonexistent" SHELL=/bin/false
	export IFS=x PS4='? ' POSIXLY_CORRECT=1 LC_NUMERIC=de_DE.UTF-8 BASH_ENV=/nonexistent ENV=/nonexistent
	"$netglass" run --pcap ../two "$script" >../two.out 2>../two.err </dev/null
	echo "status $?" >>../two.out
)
bad=0
for stream in out err; do
	diff -u "$tmp/one.$stream" "$tmp/two.$stream" || bad=1
done
diff -r "$tmp/one" "$tmp/two" || bad=1
if ! [ -s "$tmp/one.out" ]; then
	echo "nothing was printed"
	bad=1
fi
exit $bad
