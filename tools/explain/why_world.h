/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_world.h - the state of a simulated machine, read from what its own tools print
 *
 * A namespace is its name; "" is the machine's own. Strings live as long as the world.
 */
#ifndef TOOLS_EXPLAIN_WHY_WORLD_H
#define TOOLS_EXPLAIN_WHY_WORLD_H

#include <glib.h>
#include <netglass/types.h>

struct why_dev {
	const char *ns, *name, *kind, *slave_kind, *master, *mac, *peer_name, *link_name;
	const char *state;   /* of a bridge port */
	const char *peer_ns; /* NULL: not elsewhere */
	int index, peer_index, mtu;
	int netnsid;
	bool up, carrier, noarp;
	bool hairpin, isolated, no_learning, no_flood, no_bcast_flood, locked;
	bool vlan_filtering, stp;
	int vlan_id;
	int segment; /* devices that one frame could reach have the same */
};

struct why_addr {
	const struct why_dev *dev;
	uint32_t addr;
	int len;
	bool no_route; /* noprefixroute */
};

#define WHY_HOPS_MAX 8

struct why_route {
	const char *ns, *type, *table, *dev;
	uint32_t dst, gateway, src;
	int len, metric;
	bool has_gateway, kernel;
	uint32_t hops[WHY_HOPS_MAX]; /* gateways of a multipath route, the first is gateway */
	int nr_hops;
};

struct why_rule {
	const char *ns, *table, *iif, *oif, *action, *mark, *tos;
	uint32_t src, dst;
	int src_len, dst_len, priority;
};

struct why_neigh {
	const char *ns, *dev, *mac, *state;
	uint32_t addr;
};

struct why_fwrule {
	const char *ns, *table, *chain, *text; /* "-A FORWARD ..." */
	char **words;
	int number;
	guint64 packets;
};

struct why_policy {
	const char *ns, *table, *chain, *policy;
	guint64 packets;
};

struct why_flowentry { /* a line of conntrack -L */
	const char *ns, *text;
};

struct why_vlan {
	const char *ns, *dev;
	int id;
	bool pvid, untagged;
};

struct why_qdisc { /* netem */
	const char *ns, *dev;
	const char *text; /* "loss 100%" */
};

struct why_sock { /* that listens */
	const char *ns;
	uint32_t addr; /* 0: any */
	int port;
	bool udp;
};

struct why_world {
	GPtrArray *namespaces; /* of char *; "" is the first */
	GPtrArray *devs, *addrs, *routes, *rules, *neighs, *fwrules, *policies, *flows, *vlans;
	GPtrArray *socks, *qdiscs;
	GHashTable *sysctls; /* "NS\nkey" -> value */
	GHashTable *ids;     /* "NS\nid" -> name */
	GPtrArray *strings;
};

/* The commands that print it, and what they printed, read. */
extern const char why_world_script[];
struct why_world *why_world_read(const char *text);
void why_world_free(struct why_world *w);

/* why_net.c */
const struct why_dev *why_dev_find(const struct why_world *w, const char *ns, const char *name);
const struct why_dev *why_dev_peer(const struct why_world *w, const struct why_dev *d);
/* Who has the address (not 127/8)? @not_ns is left out; NULL: nobody. */
const struct why_addr *why_owner(const struct why_world *w, uint32_t addr, const char *not_ns);
const struct why_addr *why_addr_in(const struct why_world *w, const char *ns, uint32_t addr);
bool why_on_segment(const struct why_world *w, const char *ns, int segment);
const struct why_route *why_lookup(const struct why_world *w, const char *ns, uint32_t dst,
				   uint32_t src);
const char *why_sysctl(const struct why_world *w, const char *ns, const char *key);
bool why_sysctl_on(const struct why_world *w, const char *ns, const char *key);
uint32_t why_mask(int len);
const char *why_ip_text(uint32_t addr, char *buf);
bool why_prefix(const char *text, uint32_t *ret_addr, int *ret_len);

#define WHY_IP(a) why_ip_text(a, (char[16]){ 0 })

#endif
