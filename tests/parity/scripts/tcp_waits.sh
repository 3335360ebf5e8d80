# SPDX-License-Identifier: GPL-2.0-or-later
# A segment that waits for a neighbour is not sent again.
ip netns add red
ip netns add blue
ip -n red link set lo up
ip link add v0 netns red type veth peer name v1 netns blue
ip -n red link set v0 up
ip -n blue link set v1 up
ip -n red addr add 10.0.0.1/24 dev v0
sleep 1.2
ip netns exec red nc -v -n -z -w 5 10.0.0.2 80
ip netns exec red curl -s -S -o /dev/null -m 5 http://10.0.0.3/ 2>/dev/null
echo $?
ip netns exec red cat /proc/net/netstat | awk '$1 == "TcpExt:" { for (i = 2; i <= NF; i++) if (seen) { if ($i) print k[i], $i } else k[i] = $i; seen = 1 }'
(sleep 1.5; ip -n blue addr add 10.0.0.4/24 dev v1) & ip netns exec red nc -v -n -z -w 5 10.0.0.4 80; wait
