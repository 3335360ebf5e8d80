/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netlink_world.h - the worlds of fuzz_netlink and of what writes inputs for it, netlink_record
 *
 * An input is a byte, of which kinds the world is (NL_WORLD_*), and a row of records, each with three bytes before
 * it: its kind (NL_REC_*) and its length, little endian.
 */
#ifndef TESTS_FUZZ_NETLINK_WORLD_H
#define TESTS_FUZZ_NETLINK_WORLD_H

#include "fuzz_world.h"

enum {
	NL_WORLD_NETNS = 1,
	NL_WORLD_VLAN = 2,
	NL_WORLD_RULES = 4,
	NL_WORLD_BUSY = 8,
	NL_WORLD_STRICT = 16,	/* the program asks for strict checks */
	NL_WORLD_LISTENER = 32, /* another listens to all groups */
	NL_WORLD_WATCHED = 64,
};

enum {
	NL_REC_ROUTE,	  /* a datagram to NETLINK_ROUTE */
	NL_REC_NETFILTER, /* to NETLINK_NETFILTER */
	NL_REC_DIAG,	  /* to NETLINK_SOCK_DIAG */
	NL_REC_OPTION,	/* an option of one of the sockets: which, level, name, value of 32 bits */
	NL_REC_BIND,	/* which socket, or 4 and more: connect; an address */
	NL_REC_IOCTL,	/* which request, its struct; a device's name stands behind a route's */
	NL_REC_TIME,	/* 16 bits of 10 ms */
	NL_REC_COMMAND, /* a byte: a line of netlink_commands */
	NL_REC_KINDS
};

/* lo is 1, v1 2, v0 3, br0 4 */
static const char netlink_setup[] =
	"ip link add v0 type veth peer name v1\n"
	"ip link add br0 type bridge\n"
	"ip link set v0 master br0 up; ip link set v1 up; ip link set br0 up\n"
	"ip addr add 10.0.0.1/24 dev v1\n"
	"iptables -A INPUT -p tcp --dport 80 -j ACCEPT\n";

static const struct fuzz_kind netlink_kinds[] = {
	{ NL_WORLD_NETNS, "ip netns add red; ip netns set red 5\n"
			  "ip link add veth0 type veth peer name eth0 netns red\n"
			  "ip -n red addr add 10.4.0.2/24 dev eth0; ip -n red link set eth0 up\n"
			  "ip addr add 10.4.0.1/24 dev veth0; ip link set veth0 up\n" },
	{ NL_WORLD_VLAN,
	  "ip link set br0 type bridge vlan_filtering 1\n"
	  "bridge vlan add dev v0 vid 10-12; bridge vlan add dev v0 vid 7 pvid untagged\n"
	  "ip link add link v1 name v1.7 type vlan id 7; ip link set v1.7 group 9\n"
	  "ip link add d0 group 9 type dummy\n" },
	{ NL_WORLD_RULES,
	  "iptables -N here; iptables -A here -m comment --comment x -j RETURN\n"
	  "iptables -A INPUT -j here; iptables -A INPUT -m conntrack --ctstate NEW -j LOG\n"
	  "iptables -t nat -A POSTROUTING -o v1 -j MASQUERADE\n"
	  "ip rule add from 10.3.0.0/16 table 7; ip route add 10.8.0.0/16 dev v1 table 7\n" },
	{ NL_WORLD_BUSY,
	  "ip neigh add 10.0.0.2 lladdr 02:00:00:00:00:02 dev v1; ip neigh add proxy 10.0.0.8 dev "
	  "v1\n"
	  "ip route add 10.9.0.0/16 via 10.0.0.2; ip addr add 10.0.0.5/24 dev v1 label v1:5\n"
	  "iptables -A OUTPUT -m conntrack --ctstate INVALID -j DROP\n"
	  "ping -c1 -W1 10.0.0.1 >/dev/null; ping -c1 -W1 10.0.0.2 >/dev/null || :\n" },
	{ NL_WORLD_STRICT, NULL },
	{ NL_WORLD_LISTENER, NULL },
	{ NL_WORLD_WATCHED, NULL },
};

/* what a record may let happen between the requests */
static const char *const netlink_commands[] = {
	"ping -c1 -W1 10.0.0.1",
	"ping -c1 -W1 10.9.0.7",
	"ip link set v1 down",
	"ip link set v1 up",
	"ip addr flush dev v1",
	"ip link del v0",
	"iptables -t nat -A POSTROUTING -j MASQUERADE",
	"iptables -F",
	"echo 1 >/proc/sys/net/ipv4/ip_forward",
	"echo 1 >/proc/sys/net/ipv4/fib_multipath_use_neigh",
	"ip link set v0 nomaster",
	"ip route add 10.66.0.0/16 via 10.0.0.2 mtu lock 900 dev v1",
};

#endif
