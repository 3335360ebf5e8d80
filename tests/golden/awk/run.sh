#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs each line of the lists *.txt in a shell and compares with what Debian's programs said.
#
#	run.sh hostsys FILE [list...]   our programs on this machine's kernel: FILE is tests/hostsys
#	run.sh netglass FILE [list...]  in a simulated world: FILE is netglass
#	run.sh --regenerate [list...]   write the .out files again, with the real programs
#
# A line runs in an empty folder of its own. Lines that begin with "#" are remarks.
here=$(cd "$(dirname "$0")" && pwd)
LC_ALL=C
export LC_ALL
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
how=$1
shift
program=
[ "$how" = --regenerate ] || { program=$(realpath "$1"); shift; }
[ $# -gt 0 ] || set -- cases more
failed=0
count=0

mkdir "$tmp/bin"
for name in awk mawk which nproc tac nl paste rev readlink realpath cp mv clear less more; do
	if [ "$how" = hostsys ]; then
		printf '#!/bin/sh\nexec %s %s "$@"\n' "$program" "$name" >"$tmp/bin/$name"
		chmod +x "$tmp/bin/$name"
	elif [ $name = awk ]; then
		ln -s /usr/bin/mawk "$tmp/bin/awk"
	fi
done

# one at a time on this machine: the folder's name is in what the cases print
[ -e /tmp/golden-case.lock ] || : >/tmp/golden-case.lock
exec 8</tmp/golden-case.lock
flock 8

run() {
	rm -rf /tmp/golden-case "$tmp/s"
	mkdir /tmp/golden-case
	{ echo 'mkdir -p /tmp/golden-case; cd /tmp/golden-case'; cat "$tmp/line"; } >"$tmp/s"
	(
		cd /tmp/golden-case || exit 2
		if [ "$how" = netglass ]; then
			timeout 20 "$program" run "$tmp/s"
		else
			PATH=$tmp/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin timeout 20 sh "$tmp/s"
		fi
	) >"$tmp/o" 2>"$tmp/e" </dev/null
	status=$?
	cat "$tmp/o"
	echo "--- stderr"
	cat "$tmp/e"
	echo "--- status $status"
}

for list in "$@"; do
	: >"$tmp/all"
	[ -e "$here/$list.txt" ] || continue
	while IFS= read -r line; do
		case $line in '#'* | '') continue ;; esac
		# what the simulated world has no programs for
		case $how$line in netglass*'od -c'* | netglass*cksum* | netglass*'ln -s'*) continue ;; esac
		printf '%s\n' "$line" >"$tmp/line"
		run >"$tmp/got"
		{ printf '### %s\n' "$line"; cat "$tmp/got"; } >>"$tmp/all"
		count=$((count + 1))
		[ "$how" = --regenerate ] && continue
		{ printf '### %s\n' "$line"; cat "$tmp/got"; } >"$tmp/one"
		WANT=$line awk 'BEGIN { want = ENVIRON["WANT"] } /^### / { on = substr($0, 5) == want } on' \
			"$here/$list.out" >"$tmp/want" 2>/dev/null
		if ! cmp -s "$tmp/want" "$tmp/one"; then
			failed=$((failed + 1))
			echo "DIFFERS $line"
			diff "$tmp/want" "$tmp/one" | head -n 12
		fi
	done <"$here/$list.txt"
	[ "$how" = --regenerate ] && cp "$tmp/all" "$here/$list.out"
done
rm -rf /tmp/golden-case
[ "$how" = --regenerate ] || echo "$((count - failed)) of $count as Debian's"
[ $failed = 0 ]
