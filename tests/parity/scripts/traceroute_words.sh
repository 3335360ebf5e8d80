# SPDX-License-Identifier: GPL-2.0-or-later
# traceroute: what -O, -P, --mtu, -e and letters in one word mean
ip netns add red
ip netns add rt
ip netns add blue
ip link add v0 netns red type veth peer name r0 netns rt
ip link add r1 netns rt type veth peer name v1 netns blue
for n in red rt blue; do ip -n $n link set lo up; done
ip -n red link set v0 up
ip -n rt link set r0 up
ip -n rt link set r1 up
ip -n blue link set v1 up
ip -n red addr add 10.0.0.1/24 dev v0
ip -n rt addr add 10.0.0.254/24 dev r0
ip -n rt addr add 10.0.1.254/24 dev r1
ip -n blue addr add 10.0.1.2/24 dev v1
ip netns exec rt sysctl -qw net.ipv4.ip_forward=1
ip -n red route add default via 10.0.0.254
ip -n blue route add default via 10.0.1.254
ip netns exec red ping -c1 -W2 10.0.1.2 >/dev/null
for n in rt blue; do ip netns exec $n sysctl -qw net.ipv4.icmp_ratelimit=0; done
R="ip netns exec red timeout 6"
$R traceroute -nq 1 10.0.1.2
$R traceroute -nq1 10.0.1.2
$R traceroute -q1n 10.0.1.2
$R traceroute -q1 -n 10.0.1.2
$R traceroute -nTp 80 10.0.1.2
$R traceroute -Tp80 -n 10.0.1.2
$R traceroute -T -O ack,info -n -q1 10.0.1.2
$R traceroute -T -O info -n -q2 10.0.1.2
$R traceroute -T -O syn -O info -n -q1 10.0.1.2
$R traceroute -T -O flags=2 -n -q1 10.0.1.2
$R traceroute -T -O flags=0x12,info -n -q1 10.0.1.2
$R traceroute -T -O flags -n -q1 10.0.1.2
$R traceroute -T -O flags=x -n -q1 10.0.1.2
$R traceroute -T -O mss=1000 -n -q1 10.0.1.2
$R traceroute -T -O mss -n -q1 10.0.1.2
$R traceroute -T -O mss=x -n -q1 10.0.1.2
$R traceroute -T -O ack=3 -n -q1 10.0.1.2
$R traceroute -T -O foo=3 -n -q1 10.0.1.2
$R traceroute -T -O time -n -q1 10.0.1.2
$R traceroute -T -O sack,wind,ecn -n -q1 10.0.1.2
$R traceroute -T -O fin -n -q1 -w1 -m3 10.0.1.2
$R traceroute -T -O sysctl -n -q1 10.0.1.2
$R traceroute -T -O reuse -n -q1 10.0.1.2
$R traceroute -U -O help
$R traceroute -I -O help
$R traceroute -M raw -O help
$R traceroute -P foo -n -q1 -w1 -m2 10.0.1.2
$R traceroute -P 253 -n -q1 -w1 -m3 10.0.1.2
$R traceroute -P 253 -p 17 -n -q1 -w1 -m3 10.0.1.2
$R traceroute --mtu -n 10.0.1.2
$R traceroute --mtu -n -q1 10.0.1.2
$R traceroute -I --mtu -n -q1 10.0.1.2
ip -n rt link set r1 mtu 1300
$R traceroute --mtu -n 10.0.1.2
$R traceroute --mtu -n -I 10.0.1.2
$R traceroute --mtu -n 10.0.1.2 1400
$R traceroute --mtu -T -n 10.0.1.2
$R traceroute -e -n -q1 10.0.1.2
$R traceroute -e -n -q1 10.0.1.2 300
$R traceroute -P
$R traceroute -M
$R traceroute -O
$R traceroute -T -O
$R traceroute -I -O dgram -n 10.0.1.2
$R traceroute -I -O raw -n -q1 10.0.1.2
$R traceroute --sport=1000 -w 1 -n -q1 10.0.1.99 -m 3
$R sysctl -qw net.ipv4.tcp_sack=0 net.ipv4.tcp_timestamps=0
$R traceroute -T -n -q1 10.0.1.2
