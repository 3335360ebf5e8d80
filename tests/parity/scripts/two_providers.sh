# SPDX-License-Identifier: GPL-2.0-or-later
# two providers: tables by name, rules by source and mark, connections marked at the router
for n in lan rtr isp1 isp2 inet; do ip netns add $n; ip -n $n link set lo up; done
ip link add eth0 netns lan type veth peer name lan0 netns rtr
ip link add wan1 netns rtr type veth peer name eth0 netns isp1
ip link add wan2 netns rtr type veth peer name eth0 netns isp2
ip link add eth1 netns isp1 type veth peer name eth1 netns inet
ip link add eth1 netns isp2 type veth peer name eth2 netns inet
ip -n lan a a 192.168.1.10/24 dev eth0
ip -n rtr a a 192.168.1.1/24 dev lan0
ip -n rtr a a 203.0.113.2/30 dev wan1
ip -n isp1 a a 203.0.113.1/30 dev eth0
ip -n rtr a a 198.51.100.2/30 dev wan2
ip -n isp2 a a 198.51.100.1/30 dev eth0
ip -n isp1 a a 10.1.0.1/30 dev eth1
ip -n inet a a 10.1.0.2/30 dev eth1
ip -n isp2 a a 10.2.0.1/30 dev eth1
ip -n inet a a 10.2.0.2/30 dev eth2
ip -n inet a a 8.8.8.8/32 dev lo
for n in lan:eth0 rtr:lan0 rtr:wan1 rtr:wan2 isp1:eth0 isp1:eth1 isp2:eth0 isp2:eth1 inet:eth1 inet:eth2; do ip -n ${n%%:*} l s ${n##*:} up; done
ip -n lan r a default via 192.168.1.1
ip -n isp1 r a 8.8.8.8 via 10.1.0.2
ip -n isp2 r a 8.8.8.8 via 10.2.0.2
ip -n inet r a 203.0.113.0/30 via 10.1.0.1
ip -n inet r a 198.51.100.0/30 via 10.2.0.1
for n in rtr isp1 isp2 inet; do ip netns exec $n sysctl -qw net.ipv4.ip_forward=1; done
ip netns exec rtr bash -c 'echo "101 isp1" >> /etc/iproute2/rt_tables; echo "102 isp2" >> /etc/iproute2/rt_tables'
ip -n rtr route add default via 203.0.113.1 dev wan1 table isp1
ip -n rtr route add default via 198.51.100.1 dev wan2 table isp2
ip -n rtr route add 203.0.113.0/30 dev wan1 src 203.0.113.2 table isp1
ip -n rtr rule add from 203.0.113.2 table isp1 prio 100
ip -n rtr rule add from 198.51.100.2 lookup isp2 pref 101
ip -n rtr rule add fwmark 2 table isp2
ip -n rtr route add default scope global nexthop via 203.0.113.1 dev wan1 weight 1 nexthop via 198.51.100.1 dev wan2 weight 1
ip netns exec rtr iptables -t nat -A POSTROUTING -o wan1 -j MASQUERADE
ip netns exec rtr iptables -t nat -A POSTROUTING -o wan2 -j SNAT --to-source 198.51.100.2
ip netns exec rtr iptables -t mangle -A PREROUTING -i lan0 -m conntrack --ctstate NEW -m statistic --mode nth --every 2 --packet 0 -j CONNMARK --set-mark 2
ip netns exec rtr iptables -t mangle -A PREROUTING -i lan0 -j CONNMARK --restore-mark
ip netns exec rtr sh -c 'for f in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 0 > $f; done'
ip netns exec rtr ip rule show
ip netns exec rtr ip route show table isp1
ip netns exec rtr ip route show table all | grep -v local
ip netns exec rtr ip route get 8.8.8.8 from 198.51.100.2
ip netns exec rtr ip route get 8.8.8.8 mark 2
ip netns exec lan ping -c 3 -i 0.2 8.8.8.8
ip netns exec lan traceroute -n 8.8.8.8
ip netns exec lan traceroute -n -I 8.8.8.8
ip netns exec rtr ping -c 1 -I wan2 8.8.8.8
ip netns exec rtr ping -c 1 -I 198.51.100.2 8.8.8.8
ip netns exec rtr iptables -t mangle -nvL PREROUTING
ip netns exec rtr conntrack -L
ip -n rtr link set wan1 down
ip -n rtr route flush cache
ip netns exec lan ping -c 2 -W 1 8.8.8.8
ip netns exec rtr ip route
