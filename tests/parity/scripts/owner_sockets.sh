# SPDX-License-Identifier: GPL-2.0-or-later
# seed 20210: whose a packet is: a SYN-ACK is its listener's, a RST of nobody's port the kernel's (no file behind it),
# what is sent after a close() and what a TIME-WAIT sends is nobody's.
ip netns add blue
ip netns add green
ip -n green link add eth1 type veth peer name eth1 netns blue
ip -n green addr add 10.1.0.13/24 dev eth1
ip -n green link set eth1 up
ip -n blue addr add 10.1.0.12/24 dev eth1
ip -n blue link set eth1 up
sleep 1.2
for n in blue green; do
	for m in SYN RST FIN; do
		r="ip netns exec $n iptables -A OUTPUT -p tcp --tcp-flags $m $m"
		$r -m owner --socket-exists
		$r -m owner ! --socket-exists
		$r -m owner --uid-owner 0
		$r -m owner ! --uid-owner 0
		$r -m owner --gid-owner 0 --socket-exists
	done
	ip netns exec $n iptables -A OUTPUT -p tcp --tcp-flags RST,FIN,SYN,ACK ACK -m owner --uid-owner 0
	ip netns exec $n iptables -A OUTPUT -p tcp --tcp-flags RST,FIN,SYN,ACK ACK
done
ip netns exec blue nc -z -n -w 1 10.1.0.13 81
(sleep 1; echo x) | ip netns exec green timeout 2 nc -l 5000 & sleep 0.3; ip netns exec blue timeout 0.4 nc -d 10.1.0.13 5000; wait
ip netns exec blue iptables -vxnL OUTPUT
ip netns exec green iptables -vxnL OUTPUT
ip netns exec blue iptables -Z OUTPUT
ip netns exec green iptables -Z OUTPUT
sleep 2 | ip netns exec green timeout 1.2 nc -l 5001 & sleep 0.3; (echo x; sleep 1; echo y; sleep 1) | ip netns exec blue timeout 1.5 nc 10.1.0.13 5001; wait
ip netns exec blue iptables -vxnL OUTPUT
ip netns exec green iptables -vxnL OUTPUT
ip netns exec blue iptables -Z OUTPUT
ip netns exec green iptables -Z OUTPUT
ip netns exec green iptables -I INPUT -p tcp --tcp-flags FIN FIN -j DROP
ip netns exec green timeout 2.2 nc -d -l 5002 & sleep 0.3; ip netns exec blue timeout 0.4 nc -d 10.1.0.13 5002; sleep 1.05; ip netns exec blue iptables -vxnL OUTPUT; wait
ip netns exec green iptables -vxnL OUTPUT
