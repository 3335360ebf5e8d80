# SPDX-License-Identifier: GPL-2.0-or-later
# A reset has the TOS of the segment it answers; a TIME-WAIT is counted when it begins.
ip netns add red
ip netns add blue
ip link add v0 netns red type veth peer name v1 netns blue
ip -n red link set v0 up
ip -n blue link set v1 up
ip -n red addr add 10.0.0.1/24 dev v0
ip -n blue addr add 10.0.0.2/24 dev v1
ip netns exec red iptables -t mangle -A OUTPUT -p tcp -j TOS --set-tos 0x10
ip netns exec red iptables -A INPUT -p tcp -m tos --tos 0x10
sleep 1.2
ip netns exec red nc -z -v -n -w 1 10.0.0.2 80
ip netns exec red iptables -nvL INPUT
ip netns exec blue timeout 1.5 nc -d -l 80 & sleep 0.2; ip netns exec red timeout 0.4 nc -d 10.0.0.2 80 & sleep 0.6; wait
for n in red blue; do ip netns exec $n awk '$1 == "TcpExt:" { for (i = 2; i <= NF; i++) if (seen) { if (k[i] == "TW") print k[i], $i } else k[i] = $i; seen = 1 }' /proc/net/netstat; done
