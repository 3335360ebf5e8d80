# SPDX-License-Identifier: GPL-2.0-or-later
# nc: classes of traffic, buffers, line ends, telnet, ports in any order
ip netns add red
ip netns add blue
ip link add v0 netns red type veth peer name v1 netns blue
ip -n red link set lo up
ip -n blue link set lo up
ip -n red link set v0 up
ip -n blue link set v1 up
ip -n red addr add 10.0.0.1/24 dev v0
ip -n blue addr add 10.0.0.2/24 dev v1
sleep 0.5
R="ip netns exec red timeout 4"
B="ip netns exec blue"
for k in af11 af43 critical cs0 cs7 ef inetcontrol lowdelay lowcost netcontrol reliability throughput 0x10 300 256 -1 abc 0x; do $R nc -T $k -zv 10.0.0.2 80; done
$R nc -I 1000 -zv 10.0.0.2 80
$R nc -O 1000 -zv 10.0.0.2 80
$R nc -I x -zv 10.0.0.2 80
$R nc -I 0 -zv 10.0.0.2 80
$R nc -O 99999999999 -zv 10.0.0.2 80
$R nc -I 2147483648 -zv 10.0.0.2 80
$R nc -m 256 -zv 10.0.0.2 80
$R nc -m x -zv 10.0.0.2 80
$R nc -m -1 -zv 10.0.0.2 80
$R nc -m 5 -zv 10.0.0.2 80
$R nc -t -zv 10.0.0.2 80
$R nc -V 1 -zv 10.0.0.2 80
$R nc -r -zv 10.0.0.2 80
$R nc -r -zv 10.0.0.2 80-84 2>&1 | sort
$R nc -C -zv 10.0.0.2 80
($B timeout 3 nc -l 6101 | od -c &) ; sleep 0.3; printf 'x\ny\r\n\nabc\n\n' | $R nc -CN 10.0.0.2 6101; sleep 0.3
(printf 'a\nb\n' | $B timeout 3 nc -ClN 6103 &) ; sleep 0.3; printf 'x\ny' | $R nc -CN 10.0.0.2 6103 | od -c; sleep 0.3
(sleep 0.2; printf '\377\373\001\377\375\003hi\n'; sleep 1) | $B timeout 3 nc -lN 6104 | od -c & sleep 0.1; sleep 0.5 | $R nc -tN 10.0.0.2 6104 | od -c; sleep 1
$B iptables -t mangle -A PREROUTING -p tcp --dport 6105 -m tos --tos 0xb8/0xff -j ACCEPT
$R nc -T ef -w 1 -z 10.0.0.2 6105
$B iptables -t mangle -nvxL PREROUTING
($B timeout 3 nc -l 6106 | wc -c &) ; sleep 0.3; head -c 200000 /dev/zero | $R nc -O 4096 -I 4096 -N 10.0.0.2 6106; sleep 0.5
($B timeout 3 nc -I 3000 -l 6107 | wc -c &) ; sleep 0.3; head -c 200000 /dev/zero | $R nc -N 10.0.0.2 6107; sleep 0.5
