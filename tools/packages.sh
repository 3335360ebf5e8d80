# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# packages.sh - sourced by check and demo: what Debian 12 must have, installed when we may

# need PACKAGE...: installs what is missing as root or with sudo; else names it and exits 77
need() {
	missing=
	for p in "$@"; do
		dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing="$missing $p"
	done
	[ -z "$missing" ] && return
	if [ "$(id -u)" = 0 ]; then
		as_root=
	elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
		as_root=sudo
	else
		echo "missing packages:$missing"
		exit 77
	fi
	echo "installing:$missing"
	# shellcheck disable=SC2086
	if ! { $as_root apt-get -q update && DEBIAN_FRONTEND=noninteractive $as_root apt-get -q install -y $missing; } >"${TMPDIR:-/tmp}/netglass-apt.$$" 2>&1; then
		tail -5 "${TMPDIR:-/tmp}/netglass-apt.$$"
		rm -f "${TMPDIR:-/tmp}/netglass-apt.$$"
		echo "missing packages:$missing"
		exit 77
	fi
	rm -f "${TMPDIR:-/tmp}/netglass-apt.$$"
}

packages_build="gcc libc6-dev linux-libc-dev meson ninja-build pkg-config libglib2.0-dev libjson-glib-dev libpcap-dev libedit-dev"
