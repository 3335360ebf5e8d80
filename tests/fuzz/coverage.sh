#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# coverage.sh [BUILD [LIMIT]] - how much of each entry's file the corpora reach: builds with clang in BUILD
# (build-coverage), replays, prints the table; fails when a file is below LIMIT percent of its lines (85)
set -e
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=$(realpath -m "${1:-build-coverage}")
limit=${2:-85}
targets="frame netlink wire"
# where bytes of others are read first: frames, then requests
files="stack/core/dev.c stack/core/neighbour.c
stack/ipv4/ip_input.c stack/ipv4/ip_options.c stack/ipv4/ip_fragment.c stack/ipv4/ip_forward.c
stack/ipv4/route_input.c stack/ipv4/icmp.c stack/ipv4/arp.c stack/ipv4/udp.c
stack/ipv4/tcp_ipv4.c stack/ipv4/tcp_input.c stack/ipv4/tcp_minisocks.c stack/ipv4/tcp_options.c
stack/bridge/br_multicast.c stack/bridge/br_input.c stack/bridge/br_forward.c stack/bridge/br_stp_bpdu.c stack/bridge/br_netfilter_hooks.c
stack/netfilter/nf_conntrack_core.c stack/netfilter/nf_conntrack_proto_tcp.c
stack/netfilter/nf_conntrack_tcp_window.c stack/netfilter/nf_conntrack_proto_icmp.c stack/netfilter/nf_conntrack_proto_udp.c
stack/netfilter/nf_nat_proto.c
stack/netlink/af_netlink.c stack/netlink/nfnetlink.c stack/netlink/nlattr.c
stack/core/rtnetlink.c stack/core/rtnl_link.c stack/core/rtnl_setlink.c stack/core/neigh_netlink.c
stack/ipv4/devinet_netlink.c stack/ipv4/fib_rtnl.c stack/ipv4/route_rtnl.c
stack/netfilter/nf_tables_api.c stack/netfilter/nf_tables_rule.c"

tool() { command -v "$1" || command -v "$1-14" || { echo "coverage.sh: no $1" >&2; exit 2; }; }
profdata=$(tool llvm-profdata)
cov=$(tool llvm-cov)

[ -f "$build/build.ninja" ] || CC=clang meson setup "$build" "$root" --buildtype=debug -Dwerror=false \
	-Dc_args='-fprofile-instr-generate -fcoverage-mapping' -Dc_link_args=-fprofile-instr-generate >/dev/null
set --
for t in $targets; do
	set -- "$@" "tests/fuzz/fuzz_$t"
done
ninja -C "$build" "$@" >/dev/null
objects=
for t in $targets; do
	LLVM_PROFILE_FILE="$build/$t.profraw" "$build/tests/fuzz/fuzz_$t" "$here/corpus/$t" >/dev/null 2>&1
	objects="$objects ${objects:+-object} $build/tests/fuzz/fuzz_$t" # the first one stands alone
done
"$profdata" merge -o "$build/corpora.profdata" "$build"/*.profraw
# shellcheck disable=SC2086 # several words
"$cov" export -summary-only -instr-profile "$build/corpora.profdata" $objects 2>/dev/null |
	python3 -c '
import json, sys

limit, wanted = float(sys.argv[1]), sys.argv[2:]
lines = {f["filename"]: f["summary"]["lines"] for f in json.load(sys.stdin)["data"][0]["files"]}
rows = []
for name in wanted:
    found = [v for k, v in lines.items() if k.endswith("/" + name)]
    if not found:
        sys.exit("coverage.sh: no " + name)
    rows.append((found[0]["percent"], found[0]["covered"], found[0]["count"], name))
for row in sorted(rows):
    print("%6.2f %4d of %4d  %s" % row)
bad = sum(row[0] < limit for row in rows)
print("%6.2f            all" % (100.0 * sum(r[1] for r in rows) / sum(r[2] for r in rows)))
if bad:
    sys.exit("%d files are below %g %%" % (bad, limit))
' "$limit" $files
