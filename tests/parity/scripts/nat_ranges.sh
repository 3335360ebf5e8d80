# SPDX-License-Identifier: GPL-2.0-or-later
# translations with ranges, ports and flags: words and listings
iptables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 10.0.0.1-10.0.0.9:8000-8010
iptables -t nat -A PREROUTING -p tcp --dport 81 -j DNAT --to-destination 10.0.0.1:8000-8010/80
iptables -t nat -A PREROUTING -p tcp --dport 81 -j DNAT --to-destination :8080
iptables -t nat -A PREROUTING -j DNAT --to-destination 10.0.0.1:80
iptables -t nat -A PREROUTING -p tcp -j DNAT
iptables -t nat -A PREROUTING -p tcp -j DNAT --to-destination foo
iptables -t nat -A PREROUTING -p tcp -j DNAT --to-destination 10.0.0.1 --to-destination 10.0.0.2
iptables -t nat -A PREROUTING -p tcp -j DNAT --to-destination 10.0.0.1 --random --persistent
iptables -t nat -A POSTROUTING -j SNAT --to-source 10.0.0.1-10.0.0.5 --persistent
iptables -t nat -A POSTROUTING -p udp -j SNAT --to-source 10.0.0.1:1000-2000 --random-fully
iptables -t nat -A POSTROUTING -j SNAT --to-source 10.0.0.1:1000
iptables -t nat -A POSTROUTING -j SNAT
iptables -t nat -A POSTROUTING -p tcp -j MASQUERADE --to-ports 1024-2000 --random
iptables -t nat -A POSTROUTING -j MASQUERADE --to-ports 1024-2000
iptables -t nat -A POSTROUTING -j MASQUERADE --random-fully
iptables -t nat -A POSTROUTING -j MASQUERADE --to-ports 2000-1024 -p tcp
iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports 80-90 --random
iptables -t nat -A PREROUTING -p tcp --dport 8080 -j REDIRECT --to-port 80
iptables -t nat -A PREROUTING -j REDIRECT --to-ports 80
iptables -t nat -A PREROUTING -j REDIRECT
iptables -t nat -A PREROUTING -d 10.5.0.0/16 -j NETMAP --to 10.6.0.0/16
iptables -t nat -A OUTPUT -j NETMAP --to 10.6.0.0
iptables -t nat -A PREROUTING -j NETMAP
iptables -t nat -A POSTROUTING -j DNAT --to-destination 1.1.1.1
iptables -t nat -A PREROUTING -j MASQUERADE
iptables -t nat -A PREROUTING -j SNAT --to-source 1.1.1.1
iptables -t nat -A INPUT -j SNAT --to-source 1.1.1.1
iptables -t nat -A FORWARD -j ACCEPT
iptables -t nat -S
iptables -t nat -L -n -v
iptables-save -t nat
