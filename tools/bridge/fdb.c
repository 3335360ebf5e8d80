/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fdb.c - the object "fdb": which address is behind which port
 *
 * mirrors iproute2's bridge/fdb.c
 */
#include "br_common.h"
#include "usage.h"

#include <linux/if_ether.h>
#include <linux/neighbour.h>
#include <netglass/syscall.h>
#include <stdio.h>

struct fdb_filter {
	unsigned int index;
	bool dynamic;
	uint32_t state;
	int vlan;
};

static _Noreturn void fdb_usage(struct ipr *c)
{
	br_usage_exit(c, bridge_fdb_usage);
}

static const char *state_n2a(struct ipr *c, unsigned int s)
{
	if (s & NUD_PERMANENT)
		return "permanent";
	if (s & NUD_NOARP)
		return "static";
	if (s & NUD_STALE)
		return "stale";
	if (s & NUD_REACHABLE)
		return "";
	return ipr_strf(c, "state=%#x", s);
}

static int state_a2n(uint32_t *ret_state, const char *arg)
{
	static const struct {
		const char *word;
		uint32_t state;
	} words[] = {
		{ "permanent", NUD_PERMANENT }, { "static", NUD_NOARP },
		{ "temp", NUD_NOARP },		{ "stale", NUD_STALE },
		{ "reachable", NUD_REACHABLE }, { "dynamic", NUD_REACHABLE },
		{ "all", 0xffffffff },
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (matches(arg, words[i].word)) {
			*ret_state = words[i].state;
			return 0;
		}
	}
	return get_u32(ret_state, arg, 0);
}

static void print_flags(struct ipr *c, unsigned int flags)
{
	static const struct {
		unsigned int flag;
		const char *name;
	} names[] = {
		{ NTF_SELF, "self" },
		{ NTF_ROUTER, "router" },
		{ NTF_EXT_LEARNED, "extern_learn" },
		{ NTF_OFFLOADED, "offload" },
		{ NTF_MASTER, "master" },
		{ NTF_STICKY, "sticky" },
	};
	size_t i;

	open_json_array(c, PRINT_JSON, "flags");
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (flags & names[i].flag)
			print_string(c, PRINT_ANY, NULL, "%s ", names[i].name);
	}
	close_json_array(c, PRINT_JSON, NULL);
}

static void print_stats(struct ipr *c, const struct nlattr *nla)
{
	struct nda_cacheinfo ci = { 0 };

	memcpy(&ci, nla_data(nla), nla_len(nla) < sizeof(ci) ? nla_len(nla) : sizeof(ci));
	if (is_json_context(c)) {
		print_uint(c, PRINT_JSON, "used", NULL, ci.ndm_used / 100);
		print_uint(c, PRINT_JSON, "updated", NULL, ci.ndm_updated / 100);
	} else {
		ng_printf(c->out, "used %u/%u ", ci.ndm_used / 100, ci.ndm_updated / 100);
	}
}

/* What only vxlan entries have. */
static void print_tunnel(struct ipr *c, const struct nlattr *const *tb)
{
	if (tb[NDA_PORT])
		print_uint(c, PRINT_ANY, "port", "port %u ",
			   be16_to_cpu(nla_get_be16(tb[NDA_PORT])));
	if (tb[NDA_VNI])
		print_uint(c, PRINT_ANY, "vni", "vni %u ", nla_get_u32(tb[NDA_VNI]));
	if (tb[NDA_SRC_VNI])
		print_uint(c, PRINT_ANY, "src_vni", "src_vni %u ", nla_get_u32(tb[NDA_SRC_VNI]));
	if (tb[NDA_IFINDEX] && tb[NDA_LINK_NETNSID])
		print_uint(c, PRINT_ANY, "viaIfIndex", "via ifindex %u ",
			   nla_get_u32(tb[NDA_IFINDEX]));
	else if (tb[NDA_IFINDEX])
		print_string(c, PRINT_ANY, "viaIf", "via %s ",
			     ll_index_to_name(c, nla_get_u32(tb[NDA_IFINDEX])));
	if (tb[NDA_NH_ID])
		print_uint(c, PRINT_ANY, "nhid", "nhid %u ", nla_get_u32(tb[NDA_NH_ID]));
	if (tb[NDA_LINK_NETNSID])
		print_uint(c, PRINT_ANY, "linkNetNsId", "link-netnsid %d ",
			   nla_get_u32(tb[NDA_LINK_NETNSID]));
}

static bool fdb_wanted(const struct fdb_filter *f, const struct ndmsg *r, uint16_t vid)
{
	if (r->ndm_family != AF_BRIDGE || (f->index && (int)f->index != r->ndm_ifindex))
		return false;
	if (f->state && !(r->ndm_state & f->state))
		return false;
	if (f->vlan && f->vlan != vid)
		return false;
	return !f->dynamic || !(r->ndm_state & NUD_PERMANENT);
}

static int print_fdb(const struct nlmsghdr *n, void *arg)
{
	const struct nlattr *tb[NDA_MAX + 1];
	const struct ndmsg *r = nlmsg_data(n);
	struct ipr *c = arg;
	const struct fdb_filter *f = c->filter;
	uint16_t vid;

	if (n->nlmsg_type != RTM_NEWNEIGH && n->nlmsg_type != RTM_DELNEIGH) {
		ng_printf(c->err, "Not RTM_NEWNEIGH: %08x %08x %08x\n", n->nlmsg_len, n->nlmsg_type,
			  n->nlmsg_flags);
		return 0;
	}
	if (nlmsg_parse(n, sizeof(*r), tb, NDA_MAX) < 0)
		return -1;
	vid = tb[NDA_VLAN] ? nla_get_u16(tb[NDA_VLAN]) : 0;
	if (!fdb_wanted(f, r, vid))
		return 0;
	open_json_object(c, NULL);
	if (n->nlmsg_type == RTM_DELNEIGH)
		print_bool(c, PRINT_ANY, "deleted", "Deleted ", true);
	if (tb[NDA_LLADDR])
		print_color_string(
			c, PRINT_ANY, COLOR_MAC, "mac", "%s ",
			ll_addr_n2a(c, nla_data(tb[NDA_LLADDR]), nla_len(tb[NDA_LLADDR]),
				    (uint16_t)ll_index_to_type(c, (unsigned int)r->ndm_ifindex)));
	if (!f->index && r->ndm_ifindex) {
		print_string(c, PRINT_FP, NULL, "%s ", "dev");
		print_color_string(c, PRINT_ANY, COLOR_IFNAME, "ifname", "%s ",
				   ll_index_to_name(c, (unsigned int)r->ndm_ifindex));
	}
	if (tb[NDA_DST])
		print_string(c, PRINT_ANY, "dst", "dst %s ",
			     format_host_rta(c, nla_len(tb[NDA_DST]) == 16 ? AF_INET6 : AF_INET,
					     tb[NDA_DST]));
	if (vid)
		print_uint(c, PRINT_ANY, "vlan", "vlan %u ", vid);
	print_tunnel(c, tb);
	if (c->stats && tb[NDA_CACHEINFO])
		print_stats(c, tb[NDA_CACHEINFO]);
	print_flags(c, r->ndm_flags);
	if (tb[NDA_MASTER])
		print_string(c, PRINT_ANY, "master", "master %s ",
			     ll_index_to_name(c, nla_get_u32(tb[NDA_MASTER])));
	print_string(c, PRINT_ANY, "state", "%s\n", state_n2a(c, r->ndm_state));
	close_json_object(c);
	return 0;
}

/**
 * br_fdb_monitor() - Prints an entry the kernel speaks of
 * @c: the run
 * @n: RTM_NEWNEIGH or RTM_DELNEIGH
 */
void br_fdb_monitor(struct ipr *c, const struct nlmsghdr *n)
{
	struct fdb_filter f = { 0 };
	void *saved = c->filter;

	c->filter = &f;
	print_fdb(n, c);
	c->filter = saved;
}

static int fdb_show(struct ipr *c)
{
	struct fdb_filter f = { 0 };
	const char *dev = NULL;
	const char *br = NULL;
	struct ndmsg *ndm;
	struct nl_buf b;
	uint32_t state;
	size_t body;
	int rc;

	for (; c->argc > 0; next_arg_fwd(c)) {
		if (is_word(c->argv[0], "brport") || is_word(c->argv[0], "dev")) {
			dev = next_arg(c);
		} else if (is_word(c->argv[0], "br")) {
			br = next_arg(c);
		} else if (is_word(c->argv[0], "vlan")) {
			f.vlan = atoi(next_arg(c));
		} else if (is_word(c->argv[0], "state")) {
			if (state_a2n(&state, next_arg(c)))
				invarg(c, "invalid state", c->argv[0]);
			f.state |= state;
		} else if (is_word(c->argv[0], "dynamic")) {
			f.dynamic = true;
		} else if (matches(c->argv[0], "help")) {
			fdb_usage(c);
		}
	}
	ndm = rtnl_req(c->task, &b, RTM_GETNEIGH, 0, sizeof(*ndm));
	ndm->ndm_family = AF_BRIDGE;
	body = b.len;
	if (br) {
		unsigned int idx = ll_name_to_index(c, br);

		if (!idx) {
			ng_printf(c->err, "Cannot find bridge device \"%s\"\n", br);
			return -1;
		}
		addattr32(&b, NDA_MASTER, idx);
	}
	if (dev) {
		f.index = ll_name_to_index(c, dev);
		if (!f.index)
			return nodev(c, dev);
		ndm->ndm_ifindex = (int)f.index;
	}
	c->filter = &f;
	rc = rtnl_dump_request_padded(&c->rth, &b, 256 - (b.len - body));
	if (rc < 0) {
		ng_printf(c->err, "Cannot send dump request: %s\n", ng_strerror(-rc));
		ipr_exit(c, 1);
	}
	new_json_obj(c);
	if (rtnl_dump_filter(&c->rth, print_fdb, c) < 0) {
		ng_printf(c->err, "Dump terminated\n");
		ipr_exit(c, 1);
	}
	delete_json_obj(c);
	return 0;
}

static int parse_mac(struct ipr *c, const char *addr, uint8_t *mac)
{
	if (sscanf(addr, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", mac, mac + 1, mac + 2, mac + 3, mac + 4,
		   mac + 5) == 6)
		return 0;
	ng_printf(c->err, "Invalid mac address %s\n", addr);
	return -1;
}

struct fdb_args {
	struct nl_buf b;
	struct ndmsg *ndm;
	struct inet_prefix dst;
	const char *dev;
	const char *br;
	const char *addr;
	int vid;
	unsigned int port;
	unsigned int vni;
	unsigned int src_vni;
	unsigned int via;
	unsigned int nhid;
	bool dst_ok;
};

static unsigned int get_vni(struct ipr *c, const char *what)
{
	char *end;
	unsigned long v = strtoul(next_arg(c), &end, 0);

	if (*end || v >> 24)
		invarg(c, what, c->argv[0]);
	return (unsigned int)v;
}

static void parse_addr(struct ipr *c, struct fdb_args *a)
{
	if (is_word(c->argv[0], "to"))
		next_arg(c);
	if (matches(c->argv[0], "help"))
		fdb_usage(c);
	if (a->addr)
		duparg2(c, "to", c->argv[0]);
	a->addr = c->argv[0];
}

static bool parse_tunnel(struct ipr *c, struct fdb_args *a)
{
	const char *w = c->argv[0];
	char *end;

	if (is_word(w, "dst")) {
		next_arg(c);
		if (a->dst_ok)
			duparg2(c, "dst", c->argv[0]);
		get_addr(c, &a->dst, c->argv[0], c->family);
		a->dst_ok = true;
	} else if (is_word(w, "nhid")) {
		if (get_u32(&a->nhid, next_arg(c), 0))
			invarg(c, "\"id\" value is invalid\n", c->argv[0]);
	} else if (is_word(w, "port")) {
		a->port = (unsigned int)strtoul(next_arg(c), &end, 0);
		if (*end || a->port > 0xffff)
			invarg(c, "invalid port\n", c->argv[0]);
	} else if (is_word(w, "vni")) {
		a->vni = get_vni(c, "invalid VNI\n");
	} else if (is_word(w, "src_vni")) {
		a->src_vni = get_vni(c, "invalid src VNI\n");
	} else if (is_word(w, "via")) {
		a->via = ll_name_to_index(c, next_arg(c));
		if (!a->via)
			ipr_exit(c, nodev(c, c->argv[0]));
	} else {
		return false;
	}
	return true;
}

static void parse_word(struct ipr *c, struct fdb_args *a)
{
	const char *w = c->argv[0];
	struct ndmsg *ndm = a->ndm;

	if (is_word(w, "dev"))
		a->dev = next_arg(c);
	else if (parse_tunnel(c, a))
		return;
	else if (is_word(w, "self"))
		ndm->ndm_flags |= NTF_SELF;
	else if (matches(w, "master"))
		ndm->ndm_flags |= NTF_MASTER;
	else if (matches(w, "router"))
		ndm->ndm_flags |= NTF_ROUTER;
	else if (matches(w, "local") || matches(w, "permanent"))
		ndm->ndm_state |= NUD_PERMANENT;
	else if (matches(w, "temp") || matches(w, "static"))
		ndm->ndm_state |= NUD_REACHABLE;
	else if (matches(w, "dynamic")) {
		ndm->ndm_state |= NUD_REACHABLE;
		ndm->ndm_state &= (uint16_t)~NUD_NOARP;
	} else if (matches(w, "vlan")) {
		if (a->vid >= 0)
			duparg2(c, "vlan", w);
		a->vid = atoi(next_arg(c));
	} else if (matches(w, "use"))
		ndm->ndm_flags |= NTF_USE;
	else if (matches(w, "extern_learn"))
		ndm->ndm_flags |= NTF_EXT_LEARNED;
	else if (matches(w, "sticky"))
		ndm->ndm_flags |= NTF_STICKY;
	else
		parse_addr(c, a);
}

static int add_attrs(struct ipr *c, struct fdb_args *a)
{
	uint8_t mac[ETH_ALEN];

	if (parse_mac(c, a->addr, mac))
		return -1;
	addattr_l(&a->b, NDA_LLADDR, mac, ETH_ALEN);
	if (a->dst_ok)
		addattr_l(&a->b, NDA_DST, a->dst.data, a->dst.bytelen);
	if (a->vid >= 0)
		addattr16(&a->b, NDA_VLAN, (uint16_t)a->vid);
	if (a->nhid)
		addattr32(&a->b, NDA_NH_ID, a->nhid);
	if (a->port)
		nla_put_be16(&a->b, NDA_PORT, cpu_to_be16((uint16_t)a->port));
	if (a->vni != ~0U)
		addattr32(&a->b, NDA_VNI, a->vni);
	if (a->src_vni != ~0U)
		addattr32(&a->b, NDA_SRC_VNI, a->src_vni);
	if (a->via)
		addattr32(&a->b, NDA_IFINDEX, a->via);
	return 0;
}

static int fdb_modify(struct ipr *c, uint16_t cmd, uint16_t flags)
{
	struct fdb_args a = { .vid = -1, .vni = ~0U, .src_vni = ~0U };

	a.ndm = rtnl_req(c->task, &a.b, cmd, (uint16_t)(NLM_F_REQUEST | flags), sizeof(*a.ndm));
	a.ndm->ndm_family = AF_BRIDGE;
	a.ndm->ndm_state = NUD_NOARP;
	for (; c->argc > 0; next_arg_fwd(c))
		parse_word(c, &a);
	if (!a.dev || !a.addr) {
		ng_printf(c->err, "Device and address are required arguments.\n");
		return -1;
	}
	if (a.nhid && (a.dst_ok || a.port || a.vni != ~0U)) {
		ng_printf(c->err, "dst, port, vni are mutually exclusive with nhid\n");
		return -1;
	}
	if (!(a.ndm->ndm_flags & (NTF_SELF | NTF_MASTER)))
		a.ndm->ndm_flags |= NTF_SELF;
	if (!(a.ndm->ndm_state & (NUD_PERMANENT | NUD_REACHABLE)))
		a.ndm->ndm_state |= NUD_PERMANENT;
	if (add_attrs(c, &a))
		return -1;
	a.ndm->ndm_ifindex = (int)ll_name_to_index(c, a.dev);
	if (!a.ndm->ndm_ifindex)
		return nodev(c, a.dev);
	return rtnl_talk(&c->rth, &a.b, NULL) < 0 ? -1 : 0;
}

static void get_word(struct ipr *c, struct fdb_args *a)
{
	const char *w = c->argv[0];

	if (is_word(w, "brport") || is_word(w, "dev"))
		a->dev = next_arg(c);
	else if (is_word(w, "br"))
		a->br = next_arg(c);
	else if (is_word(w, "vlan")) {
		if (a->vid >= 0)
			duparg2(c, "vlan", w);
		a->vid = atoi(next_arg(c));
	} else if (is_word(w, "vni"))
		a->vni = get_vni(c, "invalid VNI\n");
	else if (is_word(w, "self"))
		a->ndm->ndm_flags |= NTF_SELF;
	else if (matches(w, "master"))
		a->ndm->ndm_flags |= NTF_MASTER;
	else if (matches(w, "dynamic"))
		return;
	else
		parse_addr(c, a);
}

static int fdb_get(struct ipr *c)
{
	struct fdb_args a = { .vid = -1, .vni = ~0U, .src_vni = ~0U };
	struct nlmsghdr *answer = NULL;
	struct fdb_filter f = { 0 };
	unsigned int idx;

	a.ndm = rtnl_req(c->task, &a.b, RTM_GETNEIGH, NLM_F_REQUEST, sizeof(*a.ndm));
	a.ndm->ndm_family = AF_BRIDGE;
	for (; c->argc > 0; next_arg_fwd(c))
		get_word(c, &a);
	if ((!a.dev && !a.br) || !a.addr) {
		ng_printf(c->err, "Device or master and address are required arguments.\n");
		return -1;
	}
	if (add_attrs(c, &a))
		return -1;
	if (a.dev) {
		a.ndm->ndm_ifindex = (int)ll_name_to_index(c, a.dev);
		if (!a.ndm->ndm_ifindex) {
			ng_printf(c->err, "Cannot find device \"%s\"\n", a.dev);
			return -1;
		}
	}
	if (a.br) {
		idx = ll_name_to_index(c, a.br);
		if (!idx) {
			ng_printf(c->err, "Cannot find bridge device \"%s\"\n", a.br);
			return -1;
		}
		addattr32(&a.b, NDA_MASTER, idx);
	}
	if (rtnl_talk(&c->rth, &a.b, &answer) < 0 || !answer)
		return -2;
	c->filter = &f;
	new_json_obj(c);
	if (print_fdb(answer, c) < 0) {
		ng_printf(c->err, "An error :-)\n");
		return -1;
	}
	delete_json_obj(c);
	return 0;
}

/**
 * do_fdb() - The object "fdb"
 * @c: the run
 *
 * Return: exit status, -1 is 255.
 */
int do_fdb(struct ipr *c)
{
	const char *w = c->argc > 0 ? c->argv[0] : "show";

	ll_init_map(c);
	if (c->argc > 0)
		next_arg_fwd(c);
	if (matches(w, "add"))
		return fdb_modify(c, RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_EXCL);
	if (matches(w, "append"))
		return fdb_modify(c, RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_APPEND);
	if (matches(w, "replace"))
		return fdb_modify(c, RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_REPLACE);
	if (matches(w, "delete"))
		return fdb_modify(c, RTM_DELNEIGH, 0);
	if (matches(w, "get"))
		return fdb_get(c);
	if (matches(w, "show") || matches(w, "lst") || matches(w, "list"))
		return fdb_show(c);
	if (matches(w, "flush"))
		return fdb_flush(c);
	if (matches(w, "help"))
		fdb_usage(c);
	prev_arg(c);
	br_unknown_command(c, "fdb");
}
