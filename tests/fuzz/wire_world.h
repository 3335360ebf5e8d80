/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wire_world.h - the hosts of fuzz_wire, and what is done to them between frames
 *
 * eth0 (10.0.0.1, 02:..:01) is on the cable f1, br0 (10.1.0.1, 02:..:02) has the port p0 on the cable f2.
 */
#ifndef TESTS_FUZZ_WIRE_WORLD_H
#define TESTS_FUZZ_WIRE_WORLD_H

#include "fuzz_world.h"

enum {
	WORLD_FILTER = 1,
	WORLD_FORWARD = 2,
	WORLD_STP = 4,
	WORLD_NAT = 8,
	WORLD_LOOSE = 16,
	WORLD_PORTS = 32,
	WORLD_WATCHED = 64,
};

static const char wire_setup[] =
	"ip netns add far\n"
	"ip link add eth0 address 02:00:00:00:00:01 type veth peer name f1 netns far\n"
	"ip link add p0 address 02:00:00:00:00:03 type veth peer name f2 netns far\n"
	"ip link add br0 address 02:00:00:00:00:02 type bridge\n"
	"ip link set p0 master br0 up; ip link set br0 up; ip link set eth0 up\n"
	"ip -n far link set f1 up; ip -n far link set f2 up\n"
	"ip addr add 10.0.0.1/24 dev eth0; ip addr add 10.1.0.1/24 dev br0\n"
	"ip neigh add 10.0.0.2 lladdr 02:00:00:00:00:f1 dev eth0\n"
	"ip neigh add 10.1.0.2 lladdr 02:00:00:00:00:f2 dev br0\n"
	"ip route add 203.0.113.0/24 via 10.0.0.2\n";

static const struct fuzz_kind wire_kinds[] = {
	{ WORLD_FILTER, "iptables -A INPUT -m conntrack --ctstate INVALID -j DROP\n"
			"iptables -A INPUT -p udp --dport 99 -j REJECT\n"
			"iptables -A INPUT -p tcp --dport 99 -j REJECT --reject-with tcp-reset\n"
			"iptables -A INPUT -p icmp --icmp-type timestamp-request -j LOG\n"
			"iptables -A FORWARD -m physdev --physdev-is-bridged -j ACCEPT\n" },
	{ WORLD_FORWARD, "echo 1 >/proc/sys/net/ipv4/ip_forward\n" },
	{ WORLD_STP, "ip link set br0 type bridge stp_state 1 forward_delay 400\n"
		     "ip link add p1 type veth peer name q1\n"
		     "ip link set p1 master br0 up; ip link set q1 up\n" },
	{ WORLD_NAT,
	  "iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE\n"
	  "iptables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 10.1.0.2:8080\n"
	  "iptables -t nat -A PREROUTING -p udp --dport 53 -j REDIRECT --to-ports 5000\n" },
	{ WORLD_LOOSE,
	  "for i in eth0 br0; do for f in accept_source_route accept_local route_localnet "
	  "proxy_arp arp_accept accept_redirects; do echo 1 >/proc/sys/net/ipv4/conf/$i/$f; done; "
	  "done\n"
	  "echo 1 >/proc/sys/net/ipv4/conf/all/accept_source_route\n"
	  "echo 0 >/proc/sys/net/ipv4/icmp_echo_ignore_broadcasts\n"
	  "ip neigh add proxy 10.0.0.88 dev eth0\n" },
	/* a second port of the bridge, whose far end answers for 10.1.0.3 and 10.1.0.77 */
	{ WORLD_PORTS,
	  "ip netns add side\n"
	  "ip link add p2 type veth peer name s2 netns side\n"
	  "ip link set p2 master br0 up\n"
	  "ip -n side link set s2 address 02:00:00:00:00:33 up\n"
	  "ip -n side addr add 10.1.0.3/24 dev s2; ip -n side addr add 10.1.0.77/24 dev s2\n"
	  "iptables -t nat -A PREROUTING -d 10.1.0.66 -j DNAT --to-destination 10.1.0.3\n"
	  "iptables -A FORWARD -m physdev --physdev-in p0 -j ACCEPT\n" },
	{ WORLD_WATCHED, NULL },
};

#define WIRE_CONF "/proc/sys/net/ipv4/conf/"
#define WIRE_IPV4 "/proc/sys/net/ipv4/"
#define WIRE_CT "/proc/sys/net/netfilter/nf_conntrack_"

/* clang-format off */
static const char *const wire_commands[] = {
	"echo 1 >" WIRE_CONF "eth0/arp_ignore",
	"echo 2 >" WIRE_CONF "eth0/arp_ignore",
	"echo 3 >" WIRE_CONF "eth0/arp_ignore",
	"echo 8 >" WIRE_CONF "eth0/arp_ignore",
	"echo 1 >" WIRE_CONF "eth0/arp_announce; ping -c1 -W1 10.0.0.7",
	"echo 2 >" WIRE_CONF "eth0/arp_announce; ping -c1 -W1 10.0.0.7",
	"echo 1 >" WIRE_CONF "eth0/arp_filter",
	"echo 1 >" WIRE_CONF "eth0/proxy_arp_pvlan; ip route add 10.0.0.128/25 dev eth0",
	"echo 1 >" WIRE_CONF "eth0/proxy_arp; echo 1 >" WIRE_CONF "eth0/medium_id; echo 2 >" WIRE_CONF "br0/medium_id",
	"echo 0 >/proc/sys/net/ipv4/neigh/eth0/proxy_delay; echo 1 >" WIRE_CONF "eth0/proxy_arp",
	"echo 1 >" WIRE_CONF "eth0/rp_filter; echo 1 >" WIRE_CONF "br0/rp_filter",
	"echo 2 >" WIRE_CONF "eth0/rp_filter; echo 1 >" WIRE_CONF "all/log_martians",
	"echo 1 >" WIRE_CONF "eth0/drop_unicast_in_l2_multicast",
	"ip route add blackhole 10.21.0.0/16; ip route add unreachable 10.22.0.0/16; ip route add prohibit 10.23.0.0/16",
	"ip rule add to 10.24.0.0/16 prohibit; ip rule add ipproto udp dport 7777 blackhole; ip rule add iif eth0 tos 0x10 lookup main",
	"ip route add 10.25.0.0/16 nexthop via 10.0.0.2 nexthop via 10.1.0.2; echo 1 >" WIRE_IPV4 "fib_multipath_hash_policy",
	"ip route add 10.26.0.0/16 via 10.0.0.2 mtu lock 600; ip route add 10.27.0.0/16 via 10.1.0.2 mtu 700 hoplimit 9",
	"ip route add local 10.28.0.0/16 dev lo; ip route add broadcast 10.0.0.99 dev eth0",
	"echo 0 >" WIRE_IPV4 "tcp_syncookies",
	"echo 2 >" WIRE_IPV4 "tcp_syncookies",
	"echo 1 >" WIRE_IPV4 "tcp_abort_on_overflow",
	"echo 1 >" WIRE_IPV4 "tcp_max_syn_backlog",
	"echo 0 >" WIRE_IPV4 "tcp_timestamps",
	"echo 0 >" WIRE_IPV4 "tcp_sack",
	"echo 1 >" WIRE_IPV4 "tcp_ecn",
	"echo 0 >" WIRE_IPV4 "tcp_window_scaling",
	"echo 90 >" WIRE_IPV4 "tcp_fin_timeout",
	"echo 1 >" WIRE_IPV4 "tcp_rfc1337",
	"echo 1 >" WIRE_CT "tcp_be_liberal",
	"echo 0 >" WIRE_CT "tcp_loose",
	"echo 2 >" WIRE_CT "max",
	"echo 1 >" WIRE_CT "acct",
	"echo 0 >" WIRE_CT "checksum",
	"iptables -t raw -A PREROUTING -p udp -j CT --zone 5; iptables -A INPUT -m conntrack --ctstate NEW",
	"iptables -t raw -A PREROUTING -p icmp -j NOTRACK",
	"iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports 5001; iptables -A INPUT -m connlimit --connlimit-above 1 -j REJECT",
	"ip link set br0 type bridge vlan_filtering 1; bridge vlan add dev p0 vid 5; bridge vlan add dev br0 vid 5 self",
	"bridge vlan del dev p0 vid 1; bridge vlan del dev br0 vid 1 self",
	"bridge link set dev p0 isolated on; bridge link set dev p2 isolated on",
	"bridge link set dev p2 flood off mcast_flood off bcast_flood off",
	"bridge link set dev p0 hairpin on",
	"bridge link set dev p0 learning off",
	"bridge link set dev p0 state 0",
	"bridge link set dev p0 state 2",
	"bridge link set dev p0 locked on learning on",
	"ip link set p2 type bridge_slave backup_port p0; ip -n side link set s2 down",
	"bridge link set dev p2 guard on root_block on",
	"ip link set br0 type bridge group_fwd_mask 65528",
	"ip link set br0 type bridge ageing_time 0",
	"ip link set p0 nomaster",
	"ip link set br0 down",
	"ip link set br0 promisc on",
	"ip link set p2 mtu 600",
	"ip link set eth0 mtu 600",
	"ip link set eth0 down",
	"ip link set eth0 arp off; ip neigh flush dev eth0 nud permanent; ip neigh del 10.0.0.2 dev eth0",
	"ip link set eth0 promisc on",
	"ip link del eth0",
	"ip link add link eth0 name eth0.5 type vlan id 5; ip addr add 10.5.0.1/24 dev eth0.5; ip link set eth0.5 up",
	"tc qdisc add dev eth0 root netem delay 30ms loss 20% limit 2",
	"ip addr del 10.0.0.1/24 dev eth0",
	"ip neigh replace 10.0.0.2 lladdr 02:00:00:00:00:f1 dev eth0 nud reachable",
	"ip neigh replace 10.0.0.2 lladdr 02:00:00:00:00:f1 dev eth0 nud stale",
	"ip neigh replace 10.0.0.2 lladdr 02:00:00:00:00:f1 dev eth0 nud noarp; ip neigh add 10.0.0.3 dev eth0 managed",
	"ping -c1 -W1 10.0.0.2",
	"ping -c1 -W1 -R 10.0.0.9 & ping -c1 -W1 -T tsonly 10.0.0.9 & ping -c5 -i0.2 -W1 -s 3000 10.0.0.9 & wait",
	"ping -c1 -W1 -T tsandaddr 10.0.0.2; ping -c1 -W1 -T tsprespec 10.0.0.2 10.0.0.1 10.0.0.2; ping -c1 -W1 -b 10.0.0.255",
	"echo 3 >/proc/sys/net/ipv4/neigh/default/gc_thresh3; ping -c1 -W1 10.0.0.20; ping -c1 -W1 10.0.0.21; ping -c1 -W1 10.0.0.22",
	"echo 0 >" WIRE_IPV4 "icmp_ratelimit; echo 1 >" WIRE_IPV4 "icmp_errors_use_inbound_ifaddr",
	"echo 1 >/proc/sys/net/ipv4/icmp_echo_ignore_all",
	"echo 0 >/proc/sys/net/bridge/bridge-nf-call-iptables",
	"echo 1 >/proc/sys/net/bridge/bridge-nf-filter-vlan-tagged",
	"iptables -t nat -A PREROUTING -d 10.1.0.67 -j DNAT --to-destination 10.0.0.2; iptables -t nat -A PREROUTING -d 10.1.0.68 -j DNAT --to-destination 10.99.0.1",
	"iptables -A OUTPUT -p icmp -j DROP; iptables -A FORWARD -p udp -j REJECT --reject-with icmp-admin-prohibited",
	"iptables -t mangle -A PREROUTING -p udp -j MARK --set-mark 5; ip rule add fwmark 5 unreachable",
	"iptables -t nat -A POSTROUTING -p udp -j SNAT --to-source 10.0.0.1:6000-6001",
	"ip route add 10.29.0.0/16 via 10.0.0.3; arping -c1 -w1 -I eth0 10.0.0.3",
	"ip link set br0 type bridge mcast_snooping 0",
	"ip link set br0 type bridge mcast_querier 1 mcast_igmp_version 3",
	"bridge link set dev p2 mcast_router 2",
	"ip link set br0 type bridge mcast_igmp_version 3",
	"ip -n side addr add 239.1.2.3/32 dev s2 autojoin; ip addr add 239.1.2.3/32 dev br0 autojoin",
	"bridge link set dev p2 mcast_to_unicast on",
	"bridge mdb add dev br0 port p2 grp 239.1.2.3 permanent; bridge mdb add dev br0 port p0 grp 239.9.9.9 src 10.1.0.3",
	"ip link set br0 type bridge mcast_hash_max 1; bridge link set dev p0 mcast_fast_leave on",
};
/* clang-format on */

#endif
