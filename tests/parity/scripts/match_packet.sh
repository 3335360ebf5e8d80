# SPDX-License-Identifier: GPL-2.0-or-later
# matches that look at one packet: u32, rpfilter, owner, ttl, length, tos, string...
ip netns add red
ip netns add blue
ip link add veth-red type veth peer name veth-blue
ip link set veth-red netns red
ip link set veth-blue netns blue
ip -n red addr add 10.0.0.1/24 dev veth-red
ip -n blue addr add 10.0.0.2/24 dev veth-blue
ip -n red link set lo up
ip -n blue link set lo up
ip -n red link set veth-red up
ip -n blue link set veth-blue up
sleep 1.2
ip netns exec blue iptables -A INPUT -p icmp -m statistic --mode random --probability 1 -j DROP
ip netns exec red ping -c 1 -W 1 10.0.0.2
ip netns exec blue iptables -R INPUT 1 -p icmp --icmp-type echo-request -m u32 --u32 "0&0xFFFF=0x50:0x60" -j DROP
ip netns exec red ping -c 1 -W 1 10.0.0.2
ip netns exec red ping -c 1 -W 1 -s 100 10.0.0.2
ip netns exec blue iptables -F
ip netns exec blue iptables -A INPUT -m pkttype --pkt-type unicast -p icmp
ip netns exec blue iptables -A INPUT -m addrtype --dst-type LOCAL -p icmp
ip netns exec blue iptables -A INPUT -m addrtype --src-type LOCAL -p icmp
ip netns exec blue iptables -A INPUT -m tos --tos 0x10 -p icmp
ip netns exec blue iptables -A INPUT -m dscp --dscp 4 -p icmp
ip netns exec blue iptables -A INPUT -m ttl --ttl-gt 60 -p icmp
ip netns exec blue iptables -A INPUT -m length --length 84 -p icmp
ip netns exec blue iptables -A INPUT -m mark --mark 0 -p icmp
ip netns exec blue iptables -A INPUT -m iprange --src-range 10.0.0.1-10.0.0.1 -p icmp
ip netns exec blue iptables -A INPUT -m string --algo bm --string "!#" -p icmp
ip netns exec blue iptables -A INPUT -m ecn --ecn-ip-ect 0 -p icmp
ip netns exec blue iptables -A INPUT -m cpu ! --cpu 99 -p icmp
ip netns exec red ping -c 1 -W 1 -Q 0x10 10.0.0.2
ip netns exec blue iptables -L INPUT -n -v
ip netns exec blue iptables -t raw -A PREROUTING -m rpfilter --invert -j DROP
ip netns exec red ip addr add 172.16.0.1/32 dev lo
ip netns exec red ping -c 1 -W 1 -I 172.16.0.1 10.0.0.2
ip netns exec blue iptables -t raw -L -n -v
ip netns exec red iptables -A OUTPUT -m owner --uid-owner 0 -p icmp
ip netns exec red iptables -A OUTPUT -m owner --socket-exists
ip netns exec red iptables -A INPUT -m owner --uid-owner 0
ip netns exec red ping -c 1 10.0.0.2
ip netns exec red iptables -L OUTPUT -n -v
