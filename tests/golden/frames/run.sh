#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# run.sh BUILD golden|parity|record - hostile frames, the simulated kernel beside the real one
# golden: what is stored, drop reasons too; parity: this machine's kernel now, without reasons (they need root);
# record: writes `expected` from this machine's kernel (as root, who may trace)
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)/tests/golden
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
python3 "$here/cases.py" >"$tmp/cases" || exit 2

sim() { "$build/frames_sim" "$here/setup.sh" "$tmp/cases" 2>"$tmp/err"; }

real() {
	unshare -Urnm sh -c '
		mount -t tmpfs t /run; mkdir -p /run/netns /run/bin; cp "$1" /run/bin/bench
		cp "$3" /run/cases
		printf "#!/bin/sh\nexec /run/bin/bench frames \"\$@\"\n" >/run/bin/frames; chmod +x /run/bin/frames
		sh=$(cat "$2"); PATH=/run/bin:$PATH; set -- /run/cases; eval "$sh"' \
		sh "$build/frames_real" "$here/setup.sh" "$tmp/cases" 2>"$tmp/err"
}

# One line for each case. Of the drop reasons the kernel's own must be there; where it gives none (NOT_SPECIFIED) the
# simulated one says more. Unseen by the tracer: what timers drop, what dies with a queue of fragments, and ARP that
# the kernel frees without a word.
compare() {
	python3 - "$1" "$2" "$3" <<'EOF'
import collections
import sys

def read(path):
    cases, order = {}, []
    for line in open(path, errors='replace'):
        line = line.rstrip('\n')
        if not line.startswith(' '):
            order.append(line)
            cases[line] = []
        else:
            cases[order[-1]].append(line)
    return cases, order

def drops(lines):
    count = collections.Counter()
    for line in lines:
        if line.startswith('  drops:'):
            for word in line.split()[1:]:
                name, _, n = word.partition('*')
                count[name] += int(n or 1)
    return count

def fits(want, got):
    seen = lambda lines: [l for l in lines if not l.startswith('  drops:')]
    if seen(want) != seen(got):
        return False
    if sys.argv[3] != 'all':
        return True
    a, b = drops(want), drops(got)
    unnamed = a.pop('NOT_SPECIFIED', 0)
    more = b - a
    more.pop('ARP_IGNORED', 0)
    if any('IpReasmFails' in l for l in want):
        for name in ('FRAG_REASM_TIMEOUT', 'IP_INADDRERRORS', 'IP_INHDR', 'DUP_FRAG'):
            more.pop(name, 0)
    return not a - b and sum(more.values()) <= unnamed

want, order = read(sys.argv[1])
got, more = read(sys.argv[2])
bad = 0
print('1..%d' % len(order))
for i, name in enumerate(order):
    same = fits(want[name], got.get(name, []))
    bad += not same
    print('%s %d - %s' % ('ok' if same else 'not ok', i + 1, name))
    if not same:
        for mark, lines, other in (('-', want[name], got.get(name, [])), ('+', got.get(name, []), want[name])):
            for line in lines:
                if line not in other:
                    print('# %s%s' % (mark, line))
if order != more:
    print('Bail out! the cases are not the same: record again')
sys.exit(bad > 0)
EOF
}

case $2 in
golden)
	sim >"$tmp/sim"
	compare "$here/expected" "$tmp/sim" all
	;;
parity)
	unshare -Urnm true 2>/dev/null || { echo "1..0 # SKIP no user namespaces"; exit 0; }
	sim >"$tmp/sim"
	real >"$tmp/real"
	compare "$tmp/real" "$tmp/sim" some
	;;
record)
	mount=/sys/kernel/tracing
	mountpoint -q $mount || { mount -t tracefs t $mount && mounted=y; }
	FRAMES_TRACE=$mount/instances/frames-$$
	export FRAMES_TRACE
	mkdir "$FRAMES_TRACE" || exit 2
	echo 8192 >"$FRAMES_TRACE/buffer_size_kb"
	echo 1 >"$FRAMES_TRACE/options/event-fork" # only what this shell and its children do
	echo $$ >"$FRAMES_TRACE/set_event_pid"
	echo 1 >"$FRAMES_TRACE/events/skb/kfree_skb/enable"
	real >"$here/expected"
	echo 0 >"$FRAMES_TRACE/events/skb/kfree_skb/enable"
	rmdir "$FRAMES_TRACE"
	[ -z "$mounted" ] || umount $mount
	;;
*)
	echo "usage: run.sh BUILD golden|parity|record"
	exit 2
	;;
esac
