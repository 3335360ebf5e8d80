# SPDX-License-Identifier: GPL-2.0-or-later
# words of ip route, ip rule, ip addr that are seldom used
ip link add v0 type veth peer name v1
ip link set v1 up
ip link set v0 up
sleep 1.2
ip addr add 10.0.0.1/24 dev v0
ip addr add 10.0.0.2/24 dev v0
ip addr add 10.0.0.3/24 dev v0 valid_lft 1000 preferred_lft 500
ip addr show -dynamic | grep inet
ip addr show -primary | grep inet
ip addr show -deprecated | grep inet
ip addr show --dynamic
ip -r addr show lo
ip -r route get 127.0.0.1
ip rule add from 127.0.0.1 table 5
ip -r rule
ip route get 10.0.0.2 vrf foo
ip route show vrf foo
ip route add 10.6.0.0/16 via 10.0.0.8 via 10.0.0.7
ip route add 10.7.0.0/16 via 10.0.0.7 realm 5
ip route add 10.8.0.0/16 via 10.0.0.7 realms 5/6
ip route show realm 5
ip route show realms 5/6
ip route show realm 5/
ip route show realm 6
ip route show realm x
ip rule add ipproto gre table 9
ip rule add ipproto 47 table 10
ip rule add ipproto ICMP table 11
ip rule add ipproto 0x6 table 12
ip rule add ipproto 253 table 13
ip rule
ip -N rule
ip rule del ipproto gre
ip route get 10.0.0.9 ipproto gre
ip route get 10.0.0.9 ipproto sctp
ip link add all type bridge
ip link set v1 name default
ip link set v0 down
ip link set v0 name all
ip -br link show type veth | cut -c1-8
ip monitor all >m &
sleep 0.2
ip link set v0 name w0
ip addr add 10.9.0.1/24 dev w0
sleep 0.2
kill %1
grep -v inet6 m
ping -c 1 127.0.0.1 127.0.0.1
ping -c 1 -R 127.0.0.1 127.0.0.1 | tail -1
ping -c 1 -T tsprespec 127.0.0.1 127.0.0.2 127.0.0.1 | sed 's/[0-9]* absolute/N absolute/; s/\t0$/\tN/'
ping -c 1 -T tsprespec 127.0.0.1
timeout -s INT 1.5 ping 127.0.0.1
