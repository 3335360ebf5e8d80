# SPDX-License-Identifier: GPL-2.0-or-later
# seed 20894: a RST is counted even without a way to send it; a SYN whose answer has no way is a listener's drop.
ip netns add red
ip netns add blue
ip -n red link add eth1 type veth peer name eth1 netns blue
ip -n red addr add 10.1.0.11/24 dev eth1
ip -n red link set eth1 up
ip -n blue addr add 10.1.0.31/24 dev eth1
ip -n blue link set eth1 up
sleep 1.2
ip netns exec blue nc -z -n -w 2 10.1.0.11 22
ip netns exec red cat /proc/net/snmp
ip netns exec red timeout 1.5 nc -d -l 5000 & sleep 0.3; ip netns exec blue timeout 0.4 nc -d 10.1.0.11 5000; wait
ip netns exec red nstat -a
ip netns exec blue nstat -a
ip -n red route add unreachable 10.1.0.31
ip netns exec blue nc -z -n -w 1 10.1.0.11 22
ip netns exec red cat /proc/net/snmp
ip netns exec red timeout 3.5 nc -d -l 5002 & sleep 0.3; ip netns exec blue nc -z -n -w 2 10.1.0.11 5002; wait
ip netns exec red nstat -a
ip -n red route del unreachable 10.1.0.31
ip -n red route add blackhole 10.1.0.31
ip netns exec blue nc -z -n -w 1 10.1.0.11 22
ip netns exec red nstat -a
