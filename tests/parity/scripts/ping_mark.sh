# SPDX-License-Identifier: GPL-2.0-or-later
# ping -m: the mark chooses the route, also when the source address is looked for
ip netns add out
ip link add to-gw type veth peer name to-out
ip link set to-out netns out
ip addr add 10.2.0.2/24 dev to-gw
ip link set to-gw up
ip -n out link set to-out up
ip -n out addr add 10.2.0.1/24 dev to-out
ip -n out addr add 10.1.0.1/32 dev to-out
ip rule add fwmark 5 table 100
ip route add default dev to-gw table 100
sleep 1.2
ip netns exec out ip link
ping -c 1 -W 1 10.1.0.1
ping -c 1 -W 1 -m 5 10.1.0.1
ping -c 1 -W 1 -m 6 10.1.0.1
iptables -t mangle -A OUTPUT -m mark --mark 5 -j ACCEPT
ping -c 1 -W 1 -m 5 10.1.0.1
iptables -t mangle -nvL OUTPUT
