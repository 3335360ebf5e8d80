#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# run.sh NETGLASS - hostile and mistaken input ends soon, with a clear line and the right status
netglass=$(realpath "$1")
tmp=$(mktemp -d) || exit 2
trap 'chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
cd "$tmp" || exit 2
export LC_ALL=C
count=0
failed=0
limit=${NETGLASS_TEST_SECONDS:-120}

# says NAME STATUS PATTERN COMMAND...: runs it; PATTERN (extended) must be in what it says on standard error,
# "" means it says nothing there
says() {
	name=$1 want=$2 pattern=$3
	shift 3
	count=$((count + 1))
	timeout "$limit" "$@" >out 2>err </dev/null
	got=$?
	why=
	[ "$got" = "$want" ] || why="status $got, not $want"
	if [ -z "$pattern" ]; then
		[ -s err ] && why="$why; not silent"
	else
		LC_ALL=C grep -qE "$pattern" err || why="$why; \"$pattern\" is not said"
	fi
	if [ -z "$why" ]; then
		echo "ok $count - $name"
		return
	fi
	failed=$((failed + 1))
	echo "not ok $count - $name"
	echo "# $why"
	head -c 600 err | tr -c '\n[:print:]' '?' | sed 's/^/# /'
	echo
}

# script NAME: the text on standard input
script() {
	cat >"$1"
}

# prints PATTERN: of the last command's standard output
prints() {
	count=$((count + 1))
	if grep -qE "$1" out; then
		echo "ok $count - $name: prints $1"
	else
		failed=$((failed + 1))
		echo "not ok $count - $name: prints $1"
	fi
}

says "no arguments: how to use it" 2 "" "$netglass"
says "unknown verb" 2 '^netglass: no verb "frobnicate"' "$netglass" frobnicate
says "unknown option" 2 '^netglass: run: Unknown option --frobnicate' "$netglass" run --frobnicate x
says "no script" 2 '^netglass: run: which script' "$netglass" run
says "missing script" 2 '^netglass: missing.sh: No such file or directory$' "$netglass" run missing.sh
says "a folder as script" 2 '^netglass: /: Is a directory$' "$netglass" run /
echo 'echo never' >secret.sh
chmod 0 secret.sh
if [ "$(id -u)" = 0 ]; then
	chmod 755 "$tmp"
	if setpriv --reuid 65534 --clear-groups "$netglass" --version >/dev/null 2>&1; then
		says "unreadable script" 2 '^netglass: secret.sh: Permission denied$' \
			setpriv --reuid 65534 --clear-groups "$netglass" run secret.sh
	fi
else
	says "unreadable script" 2 '^netglass: secret.sh: Permission denied$' "$netglass" run secret.sh
fi

: >empty.sh
says "empty script" 0 "" "$netglass" run empty.sh
printf 'echo one\necho t\0wo\n' >nul.sh
says "NUL in a line" 0 "" "$netglass" run nul.sh
prints '^two$'
{ printf '\177ELF\2\1\1\0'; head -c 100000 /dev/zero; } >binary.sh
says "not a script at all" 126 'cannot execute binary file' "$netglass" run binary.sh
{ printf 'echo '; head -c 1000000 /dev/zero | tr '\0' x; echo; } >line.sh
says "a line of 1 MB" 0 "" "$netglass" run line.sh
printf 'echo one\n\necho "two\n' >quote.sh
says "unterminated quote" 2 "line [34]: unexpected EOF while looking for matching" "$netglass" run quote.sh
prints '^one$'
head -c 200000 /dev/zero | tr '\0' '(' >nest.sh
says "200,000 brackets" 2 'line 1: ' "$netglass" run nest.sh
# shellcheck disable=SC2016
{ i=0; while [ $i -lt 3000 ]; do printf 'echo $('; i=$((i + 1)); done; } >subst.sh
says "3,000 substitutions, none closed" 2 'line 1: ' "$netglass" run subst.sh

echo 'f() { f; }; f' >recursion.sh
says "endless recursion" 1 'line 1: f: maximum function nesting level exceeded' "$netglass" run recursion.sh
# shellcheck disable=SC2016
echo 'f() { echo $(f); }; f' >recursion2.sh
says "recursion through substitutions" 0 'nesting level exceeded' "$netglass" run recursion2.sh
printf 'echo one\nwhile :; do :; done\necho never\n' >builtin.sh
says "endless loop of built-in commands" 1 '^netglass: endless: line 2 ' "$netglass" run builtin.sh
prints '^one$'
printf 'echo one\nuntil false; do ip link >/dev/null; done\n' >programs.sh
says "endless loop of programs" 1 '^netglass: endless: line 2 ' "$netglass" run programs.sh
echo 'yes > /dev/null' >yes.sh
says "a program that writes for ever" 1 '^netglass: endless: line 1 ' "$netglass" run yes.sh
printf 'while :; do sleep 1; done\n' >sleeps.sh
says "endless loop that sleeps" 1 '^netglass: endless: line 1 ' "$netglass" run sleeps.sh
printf 'echo one\nping 127.0.0.1\necho two\n' >ping.sh
says "ping for ever stops after some" 0 "" "$netglass" run ping.sh
prints '^3 packets transmitted, 3 received'
prints '^two$'
printf 'echo one\nwhile :; do echo x; done | cat >/dev/null\n' >pipe.sh
says "a pipe that never ends" 1 '^netglass: endless: line 2 ' "$netglass" run pipe.sh
printf 'x=1\nsleep infinity\n' >sleep.sh
says "sleep infinity" 1 '^netglass: deadlock: line 2 ' "$netglass" run sleep.sh
printf 'ip link add br0 type bridge stp_state 1\nip link set br0 up\nsleep infinity\n' >hello.sh
says "sleep infinity beside a bridge that says hello" 1 '^netglass: endless: line 3 ' "$netglass" run hello.sh
printf 'nc -l 80 >/dev/null &\nsleep 1\ncurl -s http://127.0.0.1/\n' >silent.sh
says "curl -s and a server that never answers" 1 '^netglass: endless: line 3 ' "$netglass" run silent.sh
printf 'nc -l 80 >/dev/null &\nsleep 1\ncurl http://127.0.0.1/\n' >meter.sh
says "curl's meter and a server that never answers" 1 'netglass: endless: line 3 ' "$netglass" run meter.sh
printf 'nc -l 80 >/dev/null &\nsleep 1\nsleep 200000; echo $?\n' >days.sh
says "a sleep of two days" 0 "" "$netglass" run days.sh
# shellcheck disable=SC2016
printf 'x=a\nwhile :; do x=$x$x; done\n' >memory.sh
says "a variable that doubles for ever" 1 'line 2' "$netglass" run memory.sh

script storm.sh <<'END'
ip link add br0 type bridge
ip link add br1 type bridge
ip link set br0 up
ip link set br1 up
ip link add a1 type veth peer name b1
ip link add a2 type veth peer name b2
for i in 1 2; do ip link set a$i master br0; ip link set b$i master br1; done
for i in a1 a2 b1 b2; do ip link set $i up; done
ip addr add 10.0.0.1/24 dev br0
sleep 2
ping -c 1 10.0.0.2
echo after
END
says "two cables between two bridges" 1 '^netglass: broadcast storm: what line ([89]|1[01]) sent' "$netglass" run storm.sh

echo 'ping -c 1 127.0.0.1' >one.sh
printf 'ip link set lo up\nping -c 40 -i 0.2 127.0.0.1 >/dev/null\necho "ran $?"\n' >many2.sh
says "--pcap into a missing folder" 2 '^netglass: run: --pcap nowhere: No such file or directory$' \
	"$netglass" run --pcap nowhere one.sh
count=$((count + 1))
if [ -s out ]; then
	failed=$((failed + 1))
	echo "not ok $count - something ran before that"
else
	echo "ok $count - nothing ran before that"
fi
says "--pcap into a file" 2 '^netglass: run: --pcap one.sh: Not a directory$' "$netglass" run --pcap one.sh one.sh
if [ "$(id -u)" != 0 ]; then
	mkdir -m 555 readonly
	says "--pcap into a read-only folder" 2 '^netglass: run: --pcap readonly: Permission denied$' \
		"$netglass" run --pcap readonly one.sh
fi
if unshare -Urm true 2>/dev/null; then
	mkdir small
	# shellcheck disable=SC2016
	{
		says "--pcap into a read-only file system" 2 '^netglass: run: --pcap small: Read-only file system$' \
			unshare -Urm sh -c 'mount -t tmpfs -o ro t small && exec "$0" run --pcap small one.sh' "$netglass"
		says "--pcap onto a disk with one page" 1 '^netglass: small/.*\.pcap: No space left on device$' \
			unshare -Urm sh -c 'mount -t tmpfs -o size=4k t small && exec "$0" run --pcap small many2.sh' "$netglass"
	}
fi
if [ -w /dev/full ]; then
	mkdir full
	ln -s /dev/full full/host-lo.pcap
	says "--pcap onto a full disk" 1 '^netglass: full/host-lo.pcap: No space left on device$' \
		"$netglass" run --pcap full one.sh
	for verb in run explain why topo lint extract limits help; do
		file=one.sh
		case $verb in limits | help) file= ;; esac
		# shellcheck disable=SC2016
		says "$verb: standard output is full" 1 '^netglass: standard output: No space left on device$' \
			sh -c 'exec "$0" "$@" >/dev/full' "$netglass" "$verb" $file
	done
fi

script many.sh <<'END'
i=0
while [ $i -lt 500 ]; do
	ip netns add n$i
	ip link add v$i type veth peer name eth0 netns n$i
	ip link set v$i up
	ip -n n$i link set eth0 up
	ip addr add 10.$((i / 250)).$((i % 250)).1/24 dev v$i
	i=$((i + 1))
done
sleep 2
i=0
while [ $i -lt 500 ]; do
	ping -c 1 -W 0.1 10.$((i / 250)).$((i % 250)).2 >/dev/null
	i=$((i + 1))
done
END
mkdir many
# shellcheck disable=SC2016
says "1,000 interfaces captured with 256 descriptors" 0 "" \
	sh -c 'ulimit -n 256; exec "$0" run --pcap many many.sh' "$netglass"
count=$((count + 1))
files=$(find many -name '*.pcap' | wc -l)
if [ "$files" -ge 1000 ]; then
	echo "ok $count - $files captures"
else
	failed=$((failed + 1))
	echo "not ok $count - $files captures"
fi
echo "1..$count"
exit $((failed > 0))
