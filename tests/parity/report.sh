#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# report.sh - by way of sandbox.sh: what `netglass validate` says, how, and with which status
# shellcheck source=tests/parity/left.sh
. parity/left.sh
netglass=/srv/netglass
cable=/srv/scenarios/02-cable.sh
mkdir /tmp/t
cd /tmp/t || exit 1

# says WHAT REGEX: a line of the last report
says() {
	if echo "$said" | grep -qE -e "$2"; then found=$2; else found=$said; fi
	is "$1" "$found" "$2"
}

said=$("$netglass" validate $cable 2>&1)
is "the same: 0" $? 0
says "the header: the kernel" "^kernel $(uname -r) .*, uid $(id -u);"
says "the header: the tools" '^ip utility, iproute2-.*; iptables v.*; ping '
says "the header: the machine" '^the machine: bridge-nf-call-iptables .*, ip_forward '
says "one line for a scenario" '^same +02-cable +commands 19/19 .* frames 12/12 +tables 30/30'
is "no progress where nobody looks" "$(echo "$said" | tr -dc '\r')" ""

cat >different.sh <<'END'
#@ kernel: net.ipv4.ip_forward=1
ip netns add red
ip netns add blue
ip link add v0 netns red type veth peer name v1 netns blue
ip -n red addr add 10.0.0.1/24 dev v0
ip -n blue addr add 10.0.0.2/24 dev v1
ip -n red link set v0 up
ip -n blue link set v1 up
false
#@ checkpoint
echo "status $?"
ip netns exec red ping -c 1 10.0.0.2
if [ "$(date +%Y)" -gt 2010 ]; then
	ip netns exec red ping -c 1 -s 100 10.0.0.2
	echo 'the real one'
else
	ip netns exec red ping -c 1 -s 101 10.0.0.2
	(exit 3)
fi
END
said=$("$netglass" validate --retries 0 --keep-pcaps kept different.sh 2>&1)
is "different: 1" $? 1
says "a status, with its line" '^  status, line 13: if '
says "both of them" '^    real: exit 0, simulated: exit 3'
says "both texts, as a diff" '^ +- the real one$'
says "the last equal frame" '^    = real +line 12 .* echo-reply'
says "the first that differs, really" '^    - real +line 13 .* len=128 .*echo-req'
says "and simulated" '^    \+ simulated +line 13 .* len=129 .*echo-req'
if echo "$said" | grep -qE '^  (table|note)|status 0'; then bad=$said; else bad=""; fi
is "the checkpoint keeps \$?, its tables and the kernel's settings are the same" "$bad" ""
is "captures of both sides" "$(cd kept/different && echo */*)" \
	"real/blue-v1.pcap real/red-v0.pcap simulated/blue-v1.pcap simulated/red-v0.pcap"
if command -v tcpdump >/dev/null; then
	said=$(tcpdump -nr kept/different/real/red-v0.pcap icmp 2>/dev/null)
	says "that others can read" 'ICMP echo request.* length 108'
fi
said=$("$netglass" validate --retries 0 --only tables,rc different.sh 2>&1)
if echo "$said" | grep -qE '^  (frame|output|time)'; then bad=$said; else bad=""; fi
is "--only compares only that" "$bad" ""

"$netglass" validate --json different.sh $cable >json
is "JSON has the same status" $? 1
is "and is JSON" "$(python3 -c 'import json
a, b = json.load(open("json"))
print(a["verdict"], b["verdict"], a["differences"][0]["line"], b["frames"])' 2>&1)" "different same 13 [12, 12]"
said=$("$netglass" validate --tap /nowhere.sh different.sh $cable 2>&1)
says "TAP: the plan" '^1\.\.3$'
says "TAP: what cannot be read" '^not ok 1 - /nowhere.sh'
says "TAP: what differs" '^not ok 2 - different'
says "TAP: what is the same" '^ok 3 - 02-cable'

echo 'unshare --mount true; setsid true' >gap.sh
said=$("$netglass" validate gap.sh 2>&1)
is "not modelled: 3" $? 3
says "and says so" '^not modelled +gap'
"$netglass" validate >/dev/null 2>&1
is "no script: 2" $? 2
"$netglass" validate --self 1 $cable >/dev/null 2>&1
is "a run cannot be compared with itself: 2" $? 2
printf '#@ kernel: net.ipv4.no_such=1\nip link\n' >key.sh
said=$("$netglass" validate key.sh 2>&1)
says "a setting that cannot be made is told" 'note: #@ kernel: net.ipv4.no_such=1 cannot be set'

said=$("$netglass" validate --list-rules)
is "every rule has its reason" "$(echo "$said" | grep -cE '^[a-z0-9-]+ +$')" 0
says "one of them" '^mac +random at creation'

limited() {
	unshare --user --map-root-user sh -c "echo 0 >/proc/sys/user/$1 && exec $netglass validate $cable" 2>&1
}
said=$(limited max_user_namespaces)
is "no user namespaces: 77" $? 77
says "and says why" 'cannot: no user namespace: .*max_user_namespaces'
said=$(limited max_net_namespaces)
is "no network namespaces: 77" $? 77
says "and says why not" 'cannot: no further namespaces .*/proc/sys/user'
said=$(unshare --user --map-root-user --mount sh -c "for t in /usr/sbin/conntrack /usr/sbin/bridge /sbin/bridge; do
	[ ! -e \$t ] || mount --bind /dev/null \$t; done; exec $netglass validate $cable" 2>&1)
is "a tool is missing: 77" $? 77
says "and which" 'cannot: bridge is not installed'
if command -v script >/dev/null; then
	said=$(script -qec "$netglass validate $cable" /dev/null)
	says "progress on a terminal" '0 of 1 done, 1 running'
fi
cd / && rm -rf /tmp/t
finish
