# SPDX-License-Identifier: GPL-2.0-or-later
# sh is dash: what it refuses, in a namespace and beside bash
ip netns add red
ip netns exec red sh -c 'ip link set lo up; ip -br link'
ip netns exec red sh -c 'foo; echo $?'
ip netns exec red sh -c 'if [[ 1 == 1 ]]; then echo y; fi'
ip netns exec red sh -c 'for i in {1..2}; do echo $i; done'
ip netns exec red sh -c 'a=(1 2)'
ip netns exec red sh -c 'cat <(ip link)'
ip netns exec red sh -c 'set -euo pipefail; ip link'
ip netns exec red sh -c 'source /dev/null'
ip netns exec red bash -c 'source /dev/null && [[ 1 == 1 ]] && echo bash'
ip netns exec red sh -c 'echo 999 >/proc/sys/net/ipv4/tcp_syn_retries'; echo $?
sh -c 'echo x >/proc/sys/net/ipv4/ip_forward; printf x >/proc/sys/net/ipv4/ip_forward; echo $?'
echo 999 >/proc/sys/net/ipv4/tcp_syn_retries; echo $?
printf 999 >/proc/sys/net/ipv4/tcp_syn_retries; echo $?
echo 300 | cat >/proc/sys/net/ipv4/ip_default_ttl; echo $?
/bin/echo 300 >/proc/sys/net/ipv4/ip_default_ttl; echo $?
printf '#!/bin/sh\nip link show nothere\necho "$? $1" {a,b}\nnosuch\n' >/tmp/one; chmod +x /tmp/one; /tmp/one x
printf '#!/bin/bash\necho {a,b}; nosuch\n' >/tmp/two; chmod +x /tmp/two; ip netns exec red /tmp/two
printf '#!/none\n' >/tmp/three; chmod +x /tmp/three; /tmp/three; sh -c /tmp/three
sh -c 'ip netns exec blue true || echo no blue'
