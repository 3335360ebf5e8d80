# SPDX-License-Identifier: GPL-2.0-or-later
# TCP: handshake, both orders of closing, refused, reset, lost SYNs, lost data, a reader that is killed
ip netns add red
ip netns add blue
ip link add veth-red netns red type veth peer name veth-blue netns blue
ip -n red addr add 10.0.0.1/24 dev veth-red
ip -n blue addr add 10.0.0.2/24 dev veth-blue
ip -n red link set veth-red up
ip -n blue link set veth-blue up
ip -n red link set lo up
ip -n blue link set lo up
sleep 1.2
ip netns exec red ping -c 1 10.0.0.2 >/dev/null
# handshake, data both ways, close by the client first
ip netns exec blue sh -c 'echo answer | timeout 5 nc -l -N 80' & sleep 0.4; echo question | ip netns exec red nc -w 2 10.0.0.2 80; wait
# close by the server first
ip netns exec blue sh -c 'timeout 5 nc -l -N 81 </dev/null' & sleep 0.4; ip netns exec red nc -w 2 -d 10.0.0.2 81; wait
# refused, and reset by a rule
ip netns exec red nc -z -v -w 2 10.0.0.2 82
ip netns exec blue iptables -A INPUT -p tcp --dport 83 -j REJECT --reject-with tcp-reset
ip netns exec red nc -z -v -w 2 10.0.0.2 83
# a SYN that is lost once, and one nobody answers
ip netns exec blue iptables -A INPUT -p tcp --dport 84 --syn -m statistic --mode nth --every 2 --packet 0 -j DROP
ip netns exec blue timeout 6 nc -l 84 >/dev/null & sleep 0.4; echo once | ip netns exec red nc -N -w 4 10.0.0.2 84; wait
ip netns exec blue iptables -A INPUT -p tcp --dport 85 -j DROP
ip netns exec red nc -z -v -w 4 10.0.0.2 85
# data that is lost once, then twice
ip netns exec blue iptables -A INPUT -p tcp --dport 86 -m length --length 57:1500 -m statistic --mode nth --every 3 --packet 0 -j DROP
ip netns exec blue timeout 6 nc -l 86 & sleep 0.4; (echo first; sleep 0.5; echo second) | ip netns exec red nc -N -w 4 10.0.0.2 86; wait
# a killed reader: RST
ip netns exec blue sh -c 'timeout 1 nc -l 87 >/dev/null' & sleep 0.4; (echo a; sleep 1.4; echo b; sleep 0.3; echo c) | ip netns exec red nc -w 2 10.0.0.2 87; wait
ip netns exec red ss -Htan | awk '{print $1}' | sort
ip netns exec blue ss -Htan | awk '{print $1}' | sort
