# SPDX-License-Identifier: GPL-2.0-or-later
# iptables says no
iptables
iptables -A
iptables -A INPUT -j NOSUCH
iptables -A NOSUCH -j ACCEPT
iptables -A INPUT -s 300.1.1.1 -j DROP
iptables -A INPUT -s 10.0.0.0/40 -j DROP
iptables -A INPUT -p nosuch -j DROP
iptables -A INPUT --dport 80 -j ACCEPT
iptables -A INPUT -p tcp --dport nosuch -j ACCEPT
iptables -A INPUT -p tcp --dport 99999 -j ACCEPT
iptables -A INPUT -o eth0 -j ACCEPT
iptables -A OUTPUT -i eth0 -j ACCEPT
iptables -D INPUT 5
iptables -D INPUT -j ACCEPT
iptables -I INPUT 9 -j ACCEPT
iptables -R INPUT 1 -j ACCEPT
iptables -P INPUT REJECT
iptables -P NOSUCH ACCEPT
iptables -N INPUT
iptables -N averyveryveryverylongchainname1234
iptables -X NOSUCH
iptables -L NOSUCH
iptables -t nosuch -L
iptables -A INPUT -m nosuch -j ACCEPT
iptables -A INPUT -p icmp --icmp-type nosuch -j ACCEPT
iptables -A INPUT -j DNAT --to-destination 10.0.0.1
iptables -t nat -A POSTROUTING -j DNAT --to-destination 10.0.0.1
iptables -t nat -A PREROUTING -j MASQUERADE
iptables -t nat -A PREROUTING -j DNAT
iptables -t nat -A PREROUTING -p icmp -j DNAT --to-destination 10.0.0.1:80
iptables -t nat -P POSTROUTING DROP
iptables --frobnicate
iptables -N a
iptables -N b
iptables -A a -j b
iptables -A b -j a
iptables -S
