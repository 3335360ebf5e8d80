# SPDX-License-Identifier: GPL-2.0-or-later
"""vocabulary.py - the lines random scripts are made of.

{dev} a device of the namespace, {addr} an address of the script, {own} one of the namespace,
{net} an address's /24, {mac} a new MAC address, {far} that of the station behind the port,
{br} and {port} a bridge and a port of it, {ns} a namespace, {n} 0 to 2, {some} 1 to 9; in SERVERS
{a} connects to {b} at {dst}, port {p}. A line of BRIDGE is run where the bridge is.

What chance decides is left out: multipath to two gateways, the number of a port, rules drawn by
lot, an answer that waits a random time, another process of the machine.
"""

# (option of ping, in how many of a hundred)
PING_OPTIONS = (
    ('-s 2000', 5), ('-s 1472 -M do', 4), ('-s 1480 -M do', 1), ('-s 1000', 4), ('-t 1', 1),
    ('-t 2', 2), ('-I {dev}', 2), ('-I {own}', 5), ('-m 5', 4), ('-Q 8', 3), ('-s 0', 2), ('-n', 5),
    ('-q', 3), ('-R', 2), ('-p ff', 1), ('-M dont -s 3000', 2), ('-s 8192', 1),
    ('-b', 1), ('-O', 2),
)

# towards {addr}, which should be there
PROBES = (
    'arping -c 1 -w 1 -I {dev} {addr}', 'arping -c 2 -w 2 -I {dev} {addr}',
    'arping -U -c 1 -w 1 -I {dev} {own}', 'arping -A -c 1 -I {dev} {own}',
    'arping -D -c 1 -w 1 -I {dev} {addr}', 'arping -q -c 1 -w 1 -I {dev} {addr}',
    'arping -f -c 1 -w 1 -I {dev} {addr}', 'arping -b -c 1 -w 1 -I {dev} {addr}',
    'arping -s {own} -c 1 -w 1 -I {dev} {addr}',
    'ip route get {addr}', 'ip route get {addr}', 'ip route get {addr} from {own}',
    'ip route get {addr} oif {dev}', 'ip route get {addr} from {addr} iif {dev}',
    'ip route get {addr} mark 5', 'ip route get {addr} fibmatch', 'ip -d route get {addr}',
    'ip -j route get {addr}', 'ip route get {addr} ipproto udp dport 53',
    'ip route get {addr} tos 8', 'ip neigh get {addr} dev {dev}',
    'traceroute -n -q 1 -w 0.3 -m 5 {addr}', 'traceroute -n -q 1 -w 0.3 -m 5 {addr}',
    'traceroute -I -n -q 1 -w 0.3 -m 5 {addr}', 'traceroute -T -n -q 1 -w 0.3 -m 5 {addr}',
    'traceroute -U -n -q 2 -w 0.3 -m 3 {addr}', 'traceroute -n -q 1 -w 0.3 -m 3 -f 2 {addr}',
    'traceroute -n -q 1 -w 0.3 -m 4 -F {addr} 1400', 'tracepath -n -m 5 {addr}',
    'tracepath -n -m 4 -l 1400 {addr}',
    'nc -z -v -n -w 2 {addr} 80', 'nc -z -n -w 2 {addr} 22', 'nc -z -v -n -u -w 1 {addr} 9',
    'sh -c "echo hello | nc -n -u -w 1 {addr} 7"', 'sh -c "echo hello | nc -n -N -w 2 {addr} 79"',
    'nc -z -v -n -w 2 -s {own} {addr} 443', 'nc -z -v -n -w 2 {addr} 79-81',
    'curl -s -m 2 http://{addr}/', 'curl -s -o /dev/null -m 2 http://{addr}:8080/',
    'ping -c 1 -W 0.4 -s 1472 -M want {addr}', 'ping -c 1 -W 0.4 -s 65507 {addr}',
    'ping -c 1 -W 0.4 -t 255 {addr}', 'ping -c 1 -w 1 -D {addr} | tail -2',
    'ping -c 3 -i 0.2 -w 1 {addr}', 'ping -c 1 -W 0.4 -L 224.0.0.1',
    'ping -f -c 5 -W 0.4 {addr}', 'ping -A -c 3 -W 0.4 {addr}',
    'ping -c 1 -W 0.4 -I lo {addr}',
)

SERVERS = (
    'ip netns exec {b} timeout 1.5 nc -d -l {p} & sleep 0.3; '
    'echo hello | ip netns exec {a} nc -N -w 2 {dst} {p}; wait',
    'ip netns exec {b} timeout 1.5 nc -d -l {p} & sleep 0.3; '
    'echo hello | ip netns exec {a} nc -N -w 2 -p 4000 {dst} {p}; wait',
    'ip netns exec {b} timeout 1.2 nc -d -u -l {p} & sleep 0.3; '
    'echo hello | ip netns exec {a} nc -u -w 1 -q 0 {dst} {p}; wait',
    'ip netns exec {b} timeout 1.2 nc -d -u -l {p} & sleep 0.3; '
    'echo hello | ip netns exec {a} nc -u -w 1 -q 0 -p 4000 {dst} {p}; wait',
    'ip netns exec {b} timeout 1.5 nc -d -l {p} & sleep 0.2; ip netns exec {b} ss -ltn; '
    'ip netns exec {a} timeout 0.8 nc -d {dst} {p} & sleep 0.5; ip netns exec {b} ss -tn; wait',
    'ip netns exec {b} timeout 1.5 nc -d -l {p} & sleep 0.3; '
    'ip netns exec {a} timeout 0.8 nc -d {dst} {p} & sleep 0.3; '
    'ip netns exec {a} conntrack -L -p tcp; ip netns exec {a} ss -tan; wait',
    'ip netns exec {b} timeout 1.2 nc -d -u -l {p} & sleep 0.2; ip netns exec {b} ss -uan; '
    'ip netns exec {b} netstat -uan; wait',
    'ip netns exec {b} timeout 1.5 nc -d -k -l {p} & sleep 0.3; for i in 1 2; do '
    'echo $i | ip netns exec {a} nc -N -w 2 {dst} {p}; done; wait',
    'seq 100 | ip netns exec {b} timeout 1.5 nc -N -l {p} & sleep 0.3; '
    'ip netns exec {a} nc -d -w 2 {dst} {p} | wc; wait',
    'ip netns exec {b} timeout 3 python3 -m http.server {p} -b 0.0.0.0 -d /run/netns >/dev/null 2>&1 & '
    'sleep 1.7; ip netns exec {a} curl -s -o /dev/null -w "%{http_code}\\n" -m 1 '
    'http://{dst}:{p}/; wait',
)

LISTINGS = (
    'ip addr', 'ip route', 'ip route', 'ip neigh', 'ip neigh', 'ip -s link', 'ip -s link',
    'ip -d link', 'ip -br addr', 'ip -br link', 'arp -n', 'ip route show table all', 'ip rule',
    'ip -s -s link', 'iptables -nvL', 'iptables -nvL', 'iptables -L -v -n -x', 'iptables -S',
    'iptables -t nat -nvL', 'iptables -t nat -nvL', 'iptables -t mangle -nvL', 'iptables-save',
    'iptables-save -c', 'conntrack -L', 'conntrack -L', 'conntrack -L -o extended',
    'ip neigh show nud all', 'ip route show cache', 'route -n', 'cat /proc/net/dev',
    'cat /proc/net/arp', 'cat /proc/net/route', 'cat /proc/net/snmp', 'ifconfig',
    'ip -s neigh', 'ip route show table 100', 'ss -tan', 'cat /proc/net/nf_conntrack',
)

BRIDGE_LISTINGS = (
    'bridge fdb', 'bridge fdb show br {br}', 'bridge fdb show dev {port}', 'bridge link',
    'bridge -d link', 'bridge -s link', 'brctl show', 'brctl showmacs {br} | cut -f 1-3', 'brctl showstp {br} | sed "s/[a-z ]*timer.*//"',
    'ip -d link show {br}', 'ip -d link show {port}', 'ip -s link show {port}',
    'ip -s link show {br}', 'ip link show master {br}', 'bridge -d fdb', 'bridge -s fdb show br {br}',
    'bridge link show dev {port}', 'iptables -nvL FORWARD', 'iptables -t nat -nvL POSTROUTING',
    'sysctl net.bridge.bridge-nf-call-iptables',
)

RARE_LISTINGS = (
    'ip -s -h link', 'ip -j addr', 'ip -j -p link show {dev}', 'ip -br link', 'ip -br -4 addr',
    'ip -d -s link show {dev}', 'ip -o -4 route', 'ip -j route', 'ip -d route', 'ip -N route',
    'ip -br neigh', 'ip -j neigh', 'ip -4 -br addr show up', 'ip addr show to {net}',
    'ip addr show secondary', 'ip addr show dev {dev}', 'ip link show up', 'ip link show type veth',
    'ip link show nomaster', 'ip link show group default', 'ip -d rule', 'ip -j rule',
    'ip rule show table 100', 'ip route show dev {dev}', 'ip route show via {addr}',
    'ip route show match {addr}', 'ip route show root {net}', 'ip route show exact {net}',
    'ip route show scope link', 'ip route show proto kernel', 'ip route show type local table all',
    'ip neigh show dev {dev}', 'ip neigh show {addr}', 'ip neigh show proxy',
    'ip neigh show nud stale nud delay', 'ip -s -s neigh show {addr}', 'ip -d neigh',
    'ip netns list', 'ip netns list-id', 'ip -n {ns} -j link', 'ip -4 maddr show dev {dev}',
    'ip -4 netconf show dev {dev}', 'bridge -s link', 'bridge -j link', 'bridge -d fdb',
    'bridge fdb show dynamic', 'bridge mdb', 'bridge vlan show',
    'iptables -L -n -v -x', 'iptables -nL --line-numbers',
    'iptables -t mangle -S', 'iptables -t raw -nvxL', 'iptables-save -t nat', 'conntrack -C',
    'conntrack -L -p icmp', 'conntrack -L -o extended', 'conntrack -L -n', 'netstat -i', 'netstat -rn',
    'route', 'route -n -e', 'arp -an', 'arp -n {addr}', 'ifconfig {dev}', 'ifconfig -s', 'ifconfig -a',
    'cat /proc/net/snmp', 'cat /proc/net/netstat',
    'cat /proc/net/igmp',
    'cat /proc/sys/net/ipv4/ip_forward',
    'cat /proc/sys/net/ipv4/conf/{dev}/forwarding', 'sysctl net.ipv4.conf.{dev}.rp_filter',
    'ip -s -s -d link show {dev}',
    'ip link show type bridge', 'ip -o link', 'ip -4 -o addr', 'ip -s -d link', 'ip -4 addr',
    'ip -d addr', 'ip route show root 10.0.0.0/8', 'ip route show table local', 'bridge vlan',
    'iptables -t mangle -nvL', 'iptables -t raw -nvL', 'iptables -t security -nvL', 'ip netns',
    'conntrack -L -p udp', 'netstat -s',
    'cat /proc/net/xt_recent/seen', 'cat /proc/net/ipt_hashlimit/h1', 'netstat -tan', 'ss -uan',
    'ip addr show label {dev}', 'cat /proc/net/tcp', 'cat /proc/net/udp',
    'cat /sys/class/net/{dev}/statistics/rx_packets', 'cat /sys/class/net/{dev}/operstate',
)

SYSCTLS = (
    'net.ipv4.conf.{where}.rp_filter={n}', 'net.ipv4.conf.{where}.rp_filter=1',
    'net.ipv4.conf.{where}.proxy_arp=1', 'net.ipv4.conf.{where}.arp_ignore=1',
    'net.ipv4.conf.{where}.arp_ignore=2', 'net.ipv4.conf.{where}.arp_announce={n}',
    'net.ipv4.conf.{where}.arp_filter=1', 'net.ipv4.conf.{where}.arp_accept=1',
    'net.ipv4.conf.{where}.arp_notify=1', 'net.ipv4.conf.{where}.forwarding={n}',
    'net.ipv4.conf.{where}.send_redirects=0', 'net.ipv4.conf.{where}.accept_redirects=0',
    'net.ipv4.conf.{where}.accept_local=1', 'net.ipv4.conf.{where}.route_localnet=1',
    'net.ipv4.conf.{where}.promote_secondaries=1', 'net.ipv4.conf.{where}.secure_redirects=0',
    'net.ipv4.conf.{where}.shared_media=0', 'net.ipv4.conf.{where}.log_martians=1',
    'net.ipv4.conf.{where}.ignore_routes_with_linkdown=1', 'net.ipv4.conf.{where}.src_valid_mark=1',
    'net.ipv4.conf.{where}.drop_unicast_in_l2_multicast=1', 'net.ipv4.conf.{where}.bc_forwarding=1',
    'net.ipv4.conf.{where}.drop_gratuitous_arp=1', 'net.ipv4.conf.{where}.proxy_arp_pvlan=1',
    'net.ipv4.icmp_echo_ignore_all=1', 'net.ipv4.icmp_echo_ignore_broadcasts=0',
    'net.ipv4.ip_default_ttl=32', 'net.ipv4.ip_default_ttl={some}', 'net.ipv4.ip_forward=1',
    'net.ipv4.icmp_ratelimit=0', 'net.ipv4.icmp_errors_use_inbound_ifaddr=1',
    'net.ipv4.ip_no_pmtu_disc={n}', 'net.ipv4.ip_forward_use_pmtu=1', 'net.ipv4.fwmark_reflect=1',
    'net.ipv4.ping_group_range=0 0', 'net.ipv4.ip_nonlocal_bind=1',
    'net.ipv4.neigh.{dev}.ucast_solicit=1', 'net.ipv4.neigh.{dev}.mcast_solicit=1',
    'net.ipv4.neigh.{dev}.retrans_time_ms=200', 'net.ipv4.neigh.{dev}.base_reachable_time_ms=60000',
    'net.ipv4.neigh.{dev}.unres_qlen_bytes=2000', 'net.ipv4.neigh.{dev}.locktime=0',
    'net.netfilter.nf_conntrack_icmp_timeout=5', 'net.netfilter.nf_conntrack_acct=1',
    'net.netfilter.nf_conntrack_tcp_loose=0', 'net.netfilter.nf_conntrack_tcp_be_liberal=1',
    'net.bridge.bridge-nf-call-iptables={n}', 'net.bridge.bridge-nf-call-iptables=1',
)

SELECTORS = (
    'from {own}', 'from {net}', 'to {addr}', 'to {net} pref 50', 'fwmark 5', 'oif {dev}',
    'ipproto icmp', 'ipproto tcp dport 80', 'not from {addr}', 'tos 8', 'from {own} to {addr}',
    'iif {dev}', 'iif lo pref 99', 'from {net} suppress_prefixlength 0',
)

# what a rule may ask; netfilter's, of the packets above
MATCHES = (
    '-p icmp', '-p icmp', '-p icmp --icmp-type echo-request', '-p icmp --icmp-type echo-reply',
    '-p icmp -m icmp --icmp-type 3', '-p tcp', '-p tcp --dport 80', '-p tcp --sport 80',
    '-p tcp --syn', '-p tcp --tcp-flags SYN,ACK SYN,ACK', '-p tcp -m tcp --tcp-option 3', '-p udp',
    '-p udp --dport 53', '-p udp -m udp --sport 1024:65535',
    '-p tcp -m multiport --dports 22,80,5000:8080', '-p udp -m multiport --ports 53,7',
    '-m mark --mark 5', '-m mark ! --mark 5/0xff', '-m connmark --mark 5', '-m connmark ! --mark 5',
    '-m conntrack --ctstate NEW', '-m conntrack --ctstate RELATED,ESTABLISHED',
    '-m conntrack --ctstate INVALID', '-m conntrack --ctstate SNAT', '-m conntrack --ctstate DNAT',
    '-m conntrack --ctorigsrc {addr}', '-m conntrack --ctproto icmp', '-m conntrack --ctdir REPLY',
    '-m conntrack --ctstatus SEEN_REPLY', '-m conntrack --ctorigdst {addr} --ctdir ORIGINAL',
    '-m state --state NEW', '-m state --state ESTABLISHED', '-m comment --comment "seen here"',
    '-m addrtype --dst-type LOCAL', '-m addrtype --src-type UNICAST',
    '-m addrtype ! --dst-type LOCAL', '-m addrtype --dst-type LOCAL --limit-iface-in',
    '-m limit --limit 1/hour --limit-burst {some}', '-m mac --mac-source {mac}',
    '-m mac ! --mac-source {mac}', '-m iprange --src-range 10.1.0.1-10.1.0.30',
    '-m iprange ! --dst-range 10.2.0.0-10.3.0.255', '-m statistic --mode nth --every 2 --packet 0',
    '-m statistic --mode nth --every 3', '-m recent --name seen --set',
    '-m recent --name seen --rcheck --seconds 60', '-m recent --name seen --update --hitcount 2',
    '-m ttl --ttl-eq 64', '-m ttl --ttl-lt 64', '-m ttl --ttl-gt 62', '-m length --length 84',
    '-m length --length 0:100', '-m length ! --length 1000:', '-m physdev --physdev-is-bridged',
    '-m physdev --physdev-in {dev}', '-m physdev ! --physdev-is-in', '-m tos --tos 8',
    '-m tos ! --tos 0x08/0x3f', '-m dscp --dscp 2', '-m dscp --dscp-class be',
    '-m pkttype --pkt-type unicast', '-m pkttype ! --pkt-type broadcast',
    '-m owner --uid-owner 0', '-m owner ! --uid-owner 0', '-m owner --socket-exists',
    '-m hashlimit --hashlimit-upto 1/hour --hashlimit-burst {some} --hashlimit-mode srcip '
    '--hashlimit-name h{some}', '-m hashlimit --hashlimit-above 1/hour --hashlimit-burst 2 '
    '--hashlimit-name g{some}', '-p tcp -m connlimit --connlimit-above 1',
    '-m connlimit --connlimit-upto 3 --connlimit-mask 24', '-m string --algo bm --string hello',
    '-m string --algo kmp --hex-string "|10 11 12|" --from 20 --to 120',
    '-m u32 --u32 "6&0xFF=1"', '-m u32 --u32 "0>>22&0x3C@0>>24=8"',
    '-m time --timestart 00:00 --timestop 23:59:59', '-m time --weekdays Mo,Tu,We,Th,Fr,Sa,Su',
    '-m rpfilter', '-m rpfilter --invert', '-m rpfilter --loose', '-m quota --quota 300', '-f',
    '! -f', '-m cpu ! --cpu 99', '-m ecn ! --ecn-ip-ect 2', '-m helper --helper ftp',
)

HARMLESS = {
    'filter': ('', '', '-j ACCEPT', '-j ACCEPT', '-j RETURN', '-j LOG', '-j LOG --log-prefix "x: "'),
    'raw': ('', '-j ACCEPT', '-j NOTRACK', '-j CT --notrack', '-j TRACE', '-j CT --zone 1',
            '-j MARK --set-mark 5'),
    'mangle': ('', '-j MARK --set-mark 5', '-j MARK --set-xmark 5/0xff', '-j MARK --or-mark 4',
               '-j CONNMARK --set-mark 5', '-j CONNMARK --save-mark', '-j CONNMARK --restore-mark',
               '-j DSCP --set-dscp 10', '-j DSCP --set-dscp-class ef', '-j TOS --set-tos 8',
               '-j TOS --or-tos 0x10', '-j TTL --ttl-inc 1', '-j TTL --ttl-set 33',
               '-j CLASSIFY --set-class 1:2', '-j TCPMSS --set-mss 500',
               '-j TCPMSS --clamp-mss-to-pmtu', '-j ACCEPT'),
}

HARMFUL = {
    'filter': ('-j DROP', '-j DROP', '-j REJECT', '-j REJECT') + tuple(
        '-j REJECT --reject-with ' + t for t in (
            'icmp-host-unreachable', 'icmp-net-unreachable', 'icmp-proto-unreachable',
            'icmp-net-prohibited', 'icmp-host-prohibited', 'icmp-admin-prohibited', 'tcp-reset')),
    'raw': ('-j DROP', '-j NOTRACK', '-j CT --notrack'),
    'mangle': ('-j DROP', '-j TTL --ttl-set 1', '-j TTL --ttl-dec 62', '-j MARK --set-mark 5'),
    'security': ('-j DROP',),
}

NAT = {
    'PREROUTING': ('-j DNAT --to-destination {addr}', '-j DNAT --to-destination {own}',
                   '-j REDIRECT', '-j NETMAP --to {net}', '-j RETURN', '-j ACCEPT',
                   '-j DNAT --to-destination {addr} --persistent'),
    'POSTROUTING': ('-j MASQUERADE', '-j MASQUERADE', '-j SNAT --to-source {own}',
                    '-j MASQUERADE --random', '-o {dev} -j MASQUERADE', '-j RETURN', '-j ACCEPT',
                    '-j SNAT --to-source {own}-{own} --persistent', '-j NETMAP --to {net}',
                    '-j SNAT --to-source 10.9.9.9'),
    'OUTPUT': ('-j DNAT --to-destination {addr}', '-j REDIRECT', '-j RETURN', '-j ACCEPT'),
    'INPUT': ('-j SNAT --to-source {addr}', '-j ACCEPT', '-j SNAT --to-source 10.9.9.9'),
}

NAT_PORTS = {
    'PREROUTING': ('-j DNAT --to-destination {addr}:80', '-j REDIRECT --to-ports 8080',
                   '-j DNAT --to-destination :5000'),
    'POSTROUTING': ('-j SNAT --to-source {own}:4500', '-j MASQUERADE --to-ports 4600',
                    '-j MASQUERADE --random-fully'),
    'OUTPUT': ('-j DNAT --to-destination {addr}:80', '-j REDIRECT --to-ports 80'),
    'INPUT': ('-j SNAT --to-source 10.9.9.9:999',),
}

ROUTES = (
    'ip route add blackhole 10.77.0.0/16', 'ip route add unreachable {net} metric 900',
    'ip route add prohibit 10.78.0.0/16', 'ip route add throw {addr}', 'ip route add {addr} dev {dev}',
    'ip route add {net} via {addr} metric 20', 'ip route add default dev {dev} metric 7',
    'ip route add {addr} via {addr} onlink dev {dev}', 'ip route add {addr} dev {dev} src {own}',
    'ip route add {addr} dev {dev} mtu 1000', 'ip route append {net} dev {dev}',
    'ip route add {net} dev {dev} table 100', 'ip route add {addr} via {addr} table 100',
    'ip route add unreachable default metric 900', 'ip route add {net} dev {dev} scope host',
    'ip route add {net} via {addr} metric 5 proto static', 'ip route add {addr} dev {dev} advmss 500',
    'ip route change {net} via {addr}', 'ip route replace {net} via {addr} src {own}',
    'ip route del {net} via {addr}', 'ip route del {addr}', 'ip route add {addr}/31 dev {dev}',
    'ip route add {net} dev {dev} tos 8', 'ip route del default metric 7',
    'ip route add 10.66.0.0/16 nexthop via {addr} weight 3 nexthop via {addr} dev {dev}',
    'ip route add 10.67.0.1 nexthop dev {dev} nexthop via {addr} dev {dev} onlink',
    'ip route append 10.66.0.0/16 nexthop via {addr} nexthop via {addr}',
    'ip route add local {addr} dev {dev}', 'ip route add broadcast {addr} dev {dev}',
    'ip route flush {net}', 'ip route flush table 100', 'ip route flush cache',
    'ip route flush dev {dev}', 'ip route replace default via {addr}',
    'ip route add {addr} via inet {addr} dev {dev}', 'ip route add {addr} dev {dev} expires 600',
    'route add -net 10.8.0.0/16 gw {addr}', 'route add -host {addr} dev {dev}', 'route del default',
    'route del -net 10.1.0.0 netmask 255.255.255.0', 'route add -net 10.79.0.0/16 reject',
    'route add -net {net} metric 3 dev {dev}',
)

CHANGES = (
    'ip addr add {addr}/32 dev {dev}', 'ip addr add {addr}/24 dev lo',
    'ip addr add {addr}/24 dev {dev} valid_lft 1 preferred_lft 1', 'ip addr flush dev {dev} scope link',
    'ip addr add {own}/24 broadcast {addr} dev {dev}', 'ip addr flush to {net}',
    'ip addr change {own}/24 dev {dev} valid_lft 600 preferred_lft 300',
    'ip addr add 10.7.0.{some}/24 dev {dev}', 'ip addr add 10.8.0.{some} peer {addr} dev {dev}',
    'ip addr add 10.1.0.{some}1/25 dev {dev}', 'ip addr del {own}/24 dev {dev}',
    'ip addr change {own}/24 metric 9 dev {dev}', 'ip addr flush dev {dev}',
    'ip rule add from {addr} to {addr} lookup 100', 'ip rule add iif {dev} prohibit pref 20',
    'ip rule add oif {dev} lookup 100', 'ip rule add to {net} goto 32766 pref 30',
    'ip rule add ipproto icmp lookup 100', 'ip rule add ipproto udp dport 9 blackhole',
    'ip rule add tos 8 lookup 100', 'ip rule add not fwmark 5 lookup 100 pref 77',
    'ip rule add lookup main suppress_prefixlength 0 pref 88', 'ip rule del pref 20',
    'ip rule del lookup 100', 'ip rule add from all lookup 100 pref {n}', 'ip rule flush',
    'ip neigh add {addr} dev {dev} lladdr {mac}', 'ip neigh replace {addr} dev {dev} lladdr {mac} nud stale',
    'ip neigh change {addr} dev {dev} lladdr {mac}', 'ip neigh del {addr} dev {dev}',
    'ip neigh add proxy {addr} dev {dev}', 'ip neigh flush {addr}', 'ip neigh flush nud stale',
    'ip neigh flush dev {dev}', 'ip neigh flush all', 'ip neigh flush all',
    'ip neigh change {addr} dev {dev} nud failed', 'ip neigh change {addr} dev {dev} nud probe',
    'ip neigh replace {addr} dev {dev} nud none', 'arp -d {addr}',
    'arp -s {addr} {mac}', 'arp -i {dev} -d {addr}', 'arp -Ds {addr} {dev} pub',
    'ip link set {dev} mtu 1280', 'ip link set {dev} name new{n}',
    'ip link set {dev} down', 'ip link set {dev} up', 'ip link set {dev} carrier off',
    'ip link set {dev} alias "a b"', 'ip link set {dev} group 7', 'ip link set {dev} arp off',
    'ip link set {dev} arp on', 'ip link set {dev} multicast off', 'ip link set {dev} promisc on',
    'ip link set {dev} txqueuelen 10', 'ip link set {dev} allmulticast on', 'ip link del {dev}',
    'ip link set {dev} address {mac}', 'ip link set {dev} address {mac}',
    'ip link property add dev {dev} altname other{n}', 'ip link set lo down', 'ip link set lo up',
    'ifconfig {dev} {own} netmask 255.255.255.0', 'ifconfig {dev}:1 {own}', 'ifconfig {dev} mtu 1400',
    'ifconfig {dev} down', 'ifconfig {dev} up', 'ifconfig {dev} {own}/24 up',
    'iptables -P FORWARD DROP', 'iptables -P FORWARD ACCEPT', 'iptables -P INPUT ACCEPT',
    'iptables -N extra', 'iptables -A extra -s {addr} -j DROP', 'iptables -A INPUT -j extra',
    'iptables -A FORWARD -g extra', 'iptables -Z', 'iptables -D INPUT 1', 'iptables -R INPUT 1 -j ACCEPT',
    'iptables -I FORWARD 2 -j ACCEPT', 'iptables -E extra more', 'iptables -X', 'iptables -F',
    'iptables -t mangle -F', 'iptables -t nat -F', 'iptables -C FORWARD -j ACCEPT',
    'iptables -t nat -P POSTROUTING DROP',
    'conntrack -D -s {addr}', 'conntrack -F', 'conntrack -D -p icmp', 'conntrack -D -g',
    'conntrack -U -s {addr} -m 5',
    'conntrack -I -p udp -s {own} -d {addr} --sport 5 --dport 6 -t 99 -u SEEN_REPLY',
    'ip link add d0 type veth peer name d1', 'ip link del d0', 'ip link add br9 type bridge',
    'ip netns set {ns} 7', 'ip link set {dev} netns {ns}',
)

BRIDGE = (
    'ip link set {br} type bridge stp_state 1', 'ip link set {br} type bridge stp_state 0',
    'ip link set {br} type bridge ageing_time 200', 'ip link set {br} type bridge ageing_time 0',
    'ip link set {br} type bridge group_fwd_mask 8', 'ip link set {br} type bridge nf_call_iptables {n}',
    'ip link set {br} type bridge mcast_snooping 0', 'ip link set {br} type bridge fdb_flush',
    'ip link set {br} address {mac}', 'ip link set {br} down', 'ip link set {br} up',
    'ip link set {br} promisc on', 'ip link set {br} mtu 1400', 'ip link set {port} down',
    'ip link set {port} up', 'ip link set {port} nomaster', 'ip link set {port} master {br}',
    'ip link set {port} type bridge_slave hairpin on', 'ip link set {port} type bridge_slave fdb_flush',
    'ip link set {port} type bridge_slave isolated on', 'ip link set {port} type bridge_slave state 0',
    'ip link set {port} type bridge_slave learning off', 'ip link set {port} address {mac}',
    'bridge link set dev {port} flood off', 'bridge link set dev {port} mcast_flood off',
    'bridge link set dev {port} bcast_flood off', 'bridge link set dev {port} learning off',
    'bridge link set dev {port} state 4', 'bridge link set dev {port} state 1',
    'bridge link set dev {port} cost 50', 'bridge link set dev {port} priority 8',
    'bridge link set dev {port} guard on', 'bridge link set dev {port} root_block on',
    'bridge link set dev {port} learning off flood off',
    'bridge link set dev {port} neigh_suppress on', 'bridge link set dev {port} locked on',
    'bridge link set dev {port} hairpin on isolated on', 'bridge fdb add {mac} dev {port} master static',
    'bridge fdb add {mac} dev {port} master dynamic', 'bridge fdb append {mac} dev {port}',
    'bridge fdb replace {mac} dev {port} master sticky static', 'bridge fdb del {mac} dev {port} master',
    'bridge fdb replace {far} dev {port} master static', 'bridge fdb replace {far} dev {port} master',
    'bridge fdb del {far} dev {port} master', 'bridge fdb get {far} br {br}',
    'bridge fdb add {mac} dev {br} self', 'bridge fdb add {far} dev {br} self local',
    'bridge fdb flush dev {port}', 'brctl setageing {br} 2', 'brctl setpathcost {br} {port} 9',
    'brctl delif {br} {port}', 'brctl addif {br} {port}', 'brctl stp {br} off',
    'brctl hairpin {br} {port} on',
    'sysctl -w net.bridge.bridge-nf-call-iptables={n}', 'sysctl -w net.bridge.bridge-nf-filter-pppoe-tagged=0',
    'sysctl -w net.bridge.bridge-nf-call-iptables=1',
    'ip addr add {addr}/24 dev {port}', 'ip link del {br}', 'ip link set {port} mtu 1200',
    'iptables -A FORWARD -m physdev --physdev-in {port} -j ACCEPT',
    'iptables -A FORWARD -m physdev --physdev-out {port} --physdev-is-bridged',
    'iptables -t nat -A PREROUTING -m physdev --physdev-in {port} -p icmp -j DNAT --to-destination {addr}',
    'iptables -A FORWARD -i {br} -o {br} -j ACCEPT', 'iptables -A FORWARD -i {port} -j DROP',
)
