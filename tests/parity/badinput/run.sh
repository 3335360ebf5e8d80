#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# run.sh NETGLASS - what hostile scripts do to `netglass validate`: it ends, says so, and leaves nothing behind
#
# Prints TAP; status 1 when something is not ok, 77 when this machine cannot run scripts on its own kernel.
netglass=$1
here=$(dirname "$0")
n=0
failed=0

# what a run could leave on the machine: files, mounts, processes that belong to a namespace of ours
traces() {
	find /tmp /run /var/tmp -maxdepth 1 -name '*netglass*' -o -maxdepth 1 -name big | wc -l
	cat /proc/self/mountinfo | wc -l
	for p in /proc/[0-9]*; do
		[ "$(cat "$p/comm" 2>/dev/null)" = init ] && [ "${p#/proc/}" != 1 ] && echo "$p"
	done
}

is() {
	n=$((n + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		failed=1
		echo "# $2" | head -5
		echo "# wanted: $3" | head -5
	fi
}

"$netglass" validate "$here/empty.script" >/dev/null 2>&1
[ $? = 77 ] && exit 77

before=$(traces)
for script in "$here"/*.script; do
	name=${script##*/}
	timeout -s KILL 60 "$netglass" validate --timeout 6 --retries 0 "$script" >/dev/null 2>&1
	rc=$?
	case $rc in
	0 | 1 | 3) rc=verdict ;;
	esac
	is "$name ends with a verdict" "$rc" verdict
done
"$netglass" validate /nonexistent.sh >/dev/null 2>&1
is "a script that is not there is a usage error" $? 2
"$netglass" validate / >/dev/null 2>&1
is "a folder is no script" $? 2
"$netglass" validate --only nonsense "$here/empty.script" >/dev/null 2>&1
is "a wrong word is a usage error" $? 2

i=0
while [ $i -lt 10 ]; do
	timeout -s KILL 0.$i "$netglass" validate --timeout 6 "$here/leaves-jobs.script" "$here/hangs.script" >/dev/null 2>&1
	i=$((i + 1))
done
i=0
while [ "$(traces)" != "$before" ] && [ $i -lt 20 ]; do # dying takes its time on a busy machine
	sleep 0.5
	i=$((i + 1))
done
is "nothing is left behind" "$(traces)" "$before"
echo "1..$n"
exit $failed
