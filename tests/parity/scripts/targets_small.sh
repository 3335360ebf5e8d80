# SPDX-License-Identifier: GPL-2.0-or-later
# TTL in its three ways, CT with and without notrack, networks without names, aliases in netstat.
iptables -t mangle -A POSTROUTING -j TTL --ttl-set 9
iptables -t mangle -A POSTROUTING -j TTL --ttl-dec 5
iptables -t mangle -A POSTROUTING -j TTL --ttl-inc 1
iptables -t raw -A OUTPUT -d 127.0.0.2 -j CT --notrack
iptables -t raw -A OUTPUT -d 127.0.0.3 -j NOTRACK
iptables -t raw -A OUTPUT -j CT
ping -c 1 127.0.0.1
ping -c 1 127.0.0.2
iptables -t mangle -nvL POSTROUTING
iptables -t raw -nvL OUTPUT
conntrack -L
iptables -A INPUT -d 127.0.0.0/8
iptables -L INPUT
ip link add v0 type veth peer name v1
ip link set v0 up
ip link set v1 up
ifconfig v0 10.0.0.1/24
ifconfig v0:1 10.0.0.2/24
netstat -i
