#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# layers.sh - who may include and call what (the picture in the top README)
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/lint/files.sh
. tests/lint/files.sh
if [ "${1:-}" != lines ]; then
	found=$(sh tests/lint/layers.sh lines 2>&1)
	[ -z "$found" ] && exit 0
	echo "$found"
	exit 1
fi

# complain WHY: prints the lines on standard input, if any, under a heading
complain() {
	lines=$(cat)
	[ -z "$lines" ] && return
	echo "$1"
	echo "$lines" | sed 's/^/	/'
}

kernel="sim stack"
grep -rnE '#include [<"](glib|gio|pcap|stdio\.h)' $kernel |
	grep -vE '^sim/capture\.c:' | complain "sim/ and stack/ use libc only and never print:"
grep -rnE '#include "(\.\./)*(stack|core|ipv4|bridge|netfilter|netlink|drivers|fs|packet)/|#include <netglass' sim |
	complain "sim/ knows no packets:"
grep -rnE '#include "(\.\./)*(sim|stack|core|ipv4|netfilter|netlink|drivers|fs|packet)(\.h|/)' tools include |
	grep -vE '"(\.\./)?(netfilter|core)\.h"' | complain "tools/ and include/ know nothing behind the door:"
grep -rnE '#include [<"](stdlib|unistd|glib|pcap)' include |
	grep -vE '^include/netglass/netlink\.h:' | complain "include/ holds declarations:"
grep -rnE '#include <(net/if|netinet/|arpa/)' sim stack include |
	complain "packet structures are those of <linux/...>:"
grep -rnwE 'printf|fprintf|puts|perror|time|gettimeofday|clock_gettime|rand|random|srand|htons|ntohs|htonl|ntohl' \
	--include='*.c' $kernel | grep -vE '^[^:]+:[0-9]+:[[:space:]]*(/?\*|.*/\*.*\b(time|random)\b)' |
	grep -E '\b(printf|fprintf|puts|perror|time|gettimeofday|clock_gettime|rand|random|srand|htons|ntohs|htonl|ntohl)\(' |
	complain "no printing, no clock, no dice, no htons() in sim/ and stack/:"
grep -rnE '\b(getopt|getopt_long|exit|system|popen|fork|fopen)\(' --include='*.c' tools |
	grep -vE '^tools/(cli|validate|netglass\.c)|ng_getopt|ng_sys_exit|prog_exit|sh_exit|_exit\(|ng_exit' |
	grep -vE ':[[:space:]]*\*' | complain "programs live in the world, not in the machine:"

# mutable state: file-scope objects that are not const, in the kernel and in programs
grep -rnE '^(static )?(struct [a-z_0-9]+|u?int[0-9a-z_]*|char|bool|size_t|unsigned [a-z]+|void) \**[a-z_0-9]+(\[[^]]*\])*( = .*)?;' \
	--include='*.c' $kernel tools | grep -vE '\(|\bconst\b|extern' | complain "no global that changes:"

for dir in sim stack include tools scenarios tests stack/* tools/*/; do
	[ -d "$dir" ] || continue
	case $dir in tools/lib/) ;; esac
	[ -f "$dir/README.md" ] || echo "$dir/README.md"
done | complain "each folder says what it is for:"

find sim stack include tools tests -name '*.[ch]' ! -name 'etc.c' -exec wc -l {} + |
	awk '$2 != "total" && $1 > 700 { print $2 ": " $1 " lines" }' | complain "files do one job (700 lines at most):"

files '*' | cut -d/ -f1 | sort -u |
	grep -vE '^(meson\.build|README\.md|LICENSE|sim|stack|include|scenarios|tests|tools|\..*)$' |
	complain "the top level holds only what the README says:"

for f in $(files '*.c' '*.h' '*.sh' '*.build'); do
	# the snippets' own first lines are what is tested
	case $f in tests/golden/*/run.sh) ;; tests/golden/*/*.sh) continue ;; esac
	[ -f "$f" ] && ! head -3 "$f" | grep -q 'SPDX-License-Identifier: GPL-2.0-or-later' && echo "$f"
done | complain "an SPDX line begins each file:"

for f in tests/unit/test_*.c; do
	name=${f#tests/unit/test_}
	grep -q "'${name%.c}'" tests/unit/meson.build || echo "$f"
done | complain "each unit test is listed in tests/unit/meson.build:"

exit 0
