# SPDX-License-Identifier: GPL-2.0-or-later
# NFQUEUE with nobody listening, with and without bypass; ECN bits taken away and set
ip netns add red
ip netns add r
ip netns add blue
ip link add eth0 netns red type veth peer name r0 netns r
ip link add eth0 netns blue type veth peer name r1 netns r
for n in red r blue; do ip -n $n link set lo up; done
ip -n red link set eth0 up
ip -n blue link set eth0 up
ip -n r link set r0 up
ip -n r link set r1 up
ip -n red addr add 10.0.1.2/24 dev eth0
ip -n r addr add 10.0.1.1/24 dev r0
ip -n r addr add 10.0.2.1/24 dev r1
ip -n blue addr add 10.0.2.2/24 dev eth0
ip -n red route add default via 10.0.1.1
ip -n blue route add default via 10.0.2.1
ip netns exec r sysctl -qw net.ipv4.ip_forward=1
ip netns exec r iptables -A FORWARD -i r0 -p udp --dport 53 -j NFQUEUE --queue-num 1
ip netns exec r iptables -A FORWARD -i r0 -p udp --dport 54 -j NFQUEUE --queue-num 1 --queue-bypass
ip netns exec r iptables -A FORWARD -i r0 -p udp --dport 54
ip netns exec red iptables -A OUTPUT -p icmp -d 10.0.1.1 -j NFQUEUE
ip netns exec r iptables -t mangle -A FORWARD -p tcp -j ECN --ecn-tcp-remove
ip netns exec blue iptables -A INPUT -p tcp --syn -m ecn --ecn-tcp-ece
ip netns exec blue iptables -A INPUT -p tcp --syn
ip netns exec blue iptables -A INPUT -p icmp -m ecn --ecn-ip-ect 1
ip netns exec r iptables -t mangle -A FORWARD -p icmp -j ECN --ecn-ip-ect 1
ip netns exec red sysctl -qw net.ipv4.tcp_ecn=1
ip netns exec blue sysctl -qw net.ipv4.tcp_ecn=1
sleep 1.2
echo x | ip netns exec red nc -u -w 1 10.0.2.2 53
echo x | ip netns exec red nc -u -w 1 10.0.2.2 54
ip netns exec red ping -c 1 10.0.2.2
ip netns exec red ping -c 1 -W 1 10.0.1.1
ip netns exec blue timeout 4 nc -d -l 80 & sleep 0.5; echo hello | ip netns exec red nc -N -w 2 10.0.2.2 80; wait
ip netns exec r iptables -vnL FORWARD
ip netns exec red iptables -vnL OUTPUT
ip netns exec blue iptables -vnL INPUT
ip netns exec r iptables -t mangle -vnL FORWARD
ip netns exec r conntrack -L
