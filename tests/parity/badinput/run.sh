#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# badinput/run.sh - by way of sandbox.sh: what hostile scripts do to `netglass validate`: it ends in time, says what
# happened, and leaves nothing behind
# shellcheck source=tests/parity/left.sh
. parity/left.sh
cd parity/badinput || exit 1
netglass=/srv/netglass
before=$(left)

# case SCRIPT STATUS WORDS: the script ends with STATUS within a minute, and the report has WORDS, a regular expression
case_of() {
	said=$(timeout -s KILL 60 "$netglass" validate --timeout 6 --retries 0 "$1" 2>&1)
	rc=$?
	is "$1: status" "$rc" "$2"
	if echo "$said" | grep -qE "$3"; then found=$3; else found=$said; fi
	is "$1: the report" "$found" "$3"
}

case_of kills-its-shell.script 0 'note: line 3: the shell was killed by signal 9'
case_of kills-everybody.script 0 'commands 3/3'
case_of kills-its-parents.script 0 "commands 3/3"
case_of forks-for-ever.script 1 'stopped: line [34] took more than 3 s'
case_of spins.script 1 'stopped: line 2 took more than 3 s'
case_of hangs.script 1 'stopped: line 2 took more than 3 s'
case_of writes-a-gigabyte.script 1 'File size limit exceeded'
case_of prints-a-gigabyte.script 1 'stopped: printed more than 16777216 bytes'
case_of fills-memory.script 1 'line 3'
case_of removes-its-namespace.script 3 "not modelled: umount of /run"
case_of unmounts-everything.script 3 "not modelled: umount"
case_of deletes-a-namespace-in-use.script 0 'commands 8/8'
case_of missing-tool.script 0 'commands 3/3'
case_of leaves-jobs.script 3 'not modelled: setsid'
case_of closes-descriptors.script 1 'line 4'
case_of never-ends.script 0 'commands 1/1'
case_of empty.script 0 'commands 1/1'
case_of /nonexistent.sh 2 'unreadable .*No such file'
case_of / 2 'unreadable .*not a file'
printf 'ip link\0\n' >/tmp/zeroes.sh
case_of /tmp/zeroes.sh 2 'unreadable .*zero bytes'
printf 'ip link\n' >/tmp/locked.sh
chmod 0 /tmp/locked.sh
[ -r /tmp/locked.sh ] || case_of /tmp/locked.sh 2 'unreadable .*Permission denied'
rm -f /tmp/zeroes.sh /tmp/locked.sh
timeout 60 "$netglass" validate --only nonsense empty.script >/dev/null 2>&1
is "a wrong word is a usage error" $? 2
nothing_left "$before"
finish
