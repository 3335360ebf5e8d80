#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# sandbox.sh root|user NETGLASS SCRIPT ARG... - runs a test where everything that is left behind can be seen
#
# SCRIPT is a file of this folder. It runs as pid 1 of a process and mount namespace of its own: nothing of the
# machine can be written to but fresh file systems on /tmp, /run, /var/tmp, /dev/shm and /root. It finds
# ./netglass, ./scenarios and ./parity, and left.sh to see what is there. It runs as root (who calls without being
# root is that in a user namespace only) or, "user", without any privilege. Status 77 when this machine cannot.
fresh="/tmp /run /var/tmp /dev/shm /root"

if [ "$1" = --inside ]; then
	who=$2
	netglass=$3
	here=$4
	script=$5
	shift 5
	mount -t tmpfs -o mode=755 tmpfs /srv || exit 77
	cp "$netglass" /srv/netglass && cp -r "$here/../../scenarios" /srv/ && cp -r "$here" /srv/parity || exit 1
	chmod -R a+rX /srv
	cd /srv || exit 1
	for d in $fresh; do
		mount -t tmpfs -o mode=1777 tmpfs "$d" || exit 77
	done
	mount -o remount,bind,ro / 2>/dev/null
	case $who in
	root) exec sh "parity/$script" "$@" ;;
	esac
	if [ "$(id -u)" = 0 ]; then
		exec setpriv --reuid=65534 --regid=65534 --clear-groups sh "parity/$script" "$@"
	fi
	exec setpriv --ambient-caps=-all --inh-caps=-all sh "parity/$script" "$@"
fi

who=$1
netglass=$2
script=$3
shift 3
here=$(cd "$(dirname "$0")" && pwd)
options="--mount --pid --fork --kill-child --mount-proc"
if [ "$(id -u)" != 0 ]; then
	case $who in
	root) options="--user --map-root-user $options" ;;
	*) options="--user --map-current-user --keep-caps $options" ;; # mounts, then gives them up
	esac
fi
# shellcheck disable=SC2086
unshare $options true 2>/dev/null || {
	echo "1..0 # SKIP no namespaces here"
	exit 77
}
before=$(cat /proc/self/mountinfo)
# shellcheck disable=SC2086
unshare $options sh "$here/sandbox.sh" --inside "$who" "$(realpath "$netglass")" "$here" "$script" "$@"
rc=$?
[ "$(cat /proc/self/mountinfo)" = "$before" ] || {
	echo "# the machine's mounts are not what they were"
	rc=1
}
exit $rc
