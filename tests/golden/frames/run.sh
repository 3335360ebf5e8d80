#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# run.sh BUILD golden|parity|record - hostile frames, the simulated kernel beside the real one
# golden: what is stored, drop reasons too; parity: this machine's kernel now, without reasons (they need root);
# record: writes `expected` (as root, who may trace)
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)/tests/golden
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
python3 "$here/cases.py" >"$tmp/cases" || exit 2

sim() { "$build/frames_sim" "$here/setup.sh" "$tmp/cases" 2>"$tmp/err"; }

# FRAMES_TRACE is opened inside: by a path of this mount namespace's copy
real() {
	unshare -Urnm sh -c '
		mount -t tmpfs t /run; mkdir -p /run/netns /run/bin; cp "$1" /run/bin/bench
		cp "$3" /run/cases
		printf "#!/bin/sh\nexec /run/bin/bench frames \"\$@\"\n" >/run/bin/frames; chmod +x /run/bin/frames
		sh=$(cat "$2"); PATH=/run/bin:$PATH; set -- /run/cases; eval "$sh"' \
		sh "$build/frames_real" "$here/setup.sh" "$tmp/cases" 2>"$tmp/err"
}

# one sentence for each case that differs
compare() {
	python3 - "$1" "$2" "$3" <<'EOF'
import sys
def read(path):
    cases, order = {}, []
    for line in open(path, errors='replace'):
        line = line.rstrip('\n')
        if not line.startswith(' '):
            order.append(line)
            cases[line] = []
        elif sys.argv[3] == 'all' or not line.startswith('  drops:'):
            cases[order[-1]].append(line)
    return cases, order
want, order = read(sys.argv[1])
got, more = read(sys.argv[2])
bad = 0
print('1..%d' % len(order))
for i, name in enumerate(order):
    same = want[name] == got.get(name)
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
record) real ;;
*)
	echo "usage: run.sh BUILD golden|parity|record"
	exit 2
	;;
esac
