# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# left.sh - for scripts run by sandbox.sh: what is there besides the test itself, and TAP

n=0
failed=0

# processes, mounts, namespaces, files
left() {
	read -r me _ </proc/self/stat
	for p in /proc/[0-9]*; do
		case ${p#/proc/} in
		1 | "$me") ;;
		*) read -r comm 2>/dev/null <"$p/comm" && echo "process $comm" ;;
		esac
	done
	sed 's/^/mount /' /proc/self/mountinfo
	lsns -n -o TYPE,NS | sort -u | sed 's/^/namespace /'
	find /tmp /run /var/tmp /dev/shm /root -mindepth 1 | sed 's/^/file /'
}

# is WHAT GOT WANTED
is() {
	n=$((n + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $n - $1"
		return
	fi
	echo "not ok $n - $1"
	echo "$2" | head -20 | sed 's/^/#  got /'
	echo "$3" | head -20 | sed 's/^/# want /'
	failed=1
}

# nothing_left BEFORE: dying takes its time on a busy machine
nothing_left() {
	i=0
	while [ "$(left)" != "$1" ] && [ $i -lt 60 ]; do
		sleep 0.5
		i=$((i + 1))
	done
	is "nothing is left behind" "$(left)" "$1"
}

finish() {
	echo "1..$n"
	exit $failed
}
