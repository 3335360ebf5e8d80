/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipneigh.c - the object "neighbour"
 *
 * mirrors iproute2's ip/ipneigh.c
 */
#include "ip_common.h"
#include "usage.h"

#include <linux/neighbour.h>
#include <netglass/syscall.h>

#define MAX_ROUNDS 10
#define NTF_EXT_MANAGED_BIT 1

struct neigh_filter {
	int family;
	unsigned int index;
	unsigned int state;
	bool state_given;
	bool unused;
	struct inet_prefix pfx;
	int flushed;
	struct nl_buf *flushb;
	uint8_t ndm_flags;
	int master;
	uint8_t protocol;
};

static const struct {
	const char *name;
	unsigned int state;
} nud_words[] = {
	{ "permanent", NUD_PERMANENT }, { "reachable", NUD_REACHABLE },
	{ "noarp", NUD_NOARP },		{ "none", NUD_NONE },
	{ "stale", NUD_STALE },		{ "incomplete", NUD_INCOMPLETE },
	{ "delay", NUD_DELAY },		{ "probe", NUD_PROBE },
	{ "failed", NUD_FAILED },
};

static int nud_state_a2n(unsigned int *ret_state, const char *arg)
{
	size_t i;

	for (i = 0; i < sizeof(nud_words) / sizeof(nud_words[0]); i++) {
		if (matches(arg, nud_words[i].name)) {
			*ret_state = nud_words[i].state;
			return 0;
		}
	}
	if (get_unsigned(ret_state, arg, 0) || *ret_state >= 0x100)
		return -1;
	return *ret_state & (*ret_state - 1) ? -1 : 0;
}

static void neigh_usage(struct ipr *c)
{
	ip_usage_exit(c, ip_neigh_usage);
}

static void print_state(struct ipr *c, unsigned int state)
{
	static const struct {
		const char *name;
		unsigned int state;
	} names[] = {
		{ "INCOMPLETE", NUD_INCOMPLETE }, { "REACHABLE", NUD_REACHABLE },
		{ "STALE", NUD_STALE },		  { "DELAY", NUD_DELAY },
		{ "PROBE", NUD_PROBE },		  { "FAILED", NUD_FAILED },
		{ "NOARP", NUD_NOARP },		  { "PERMANENT", NUD_PERMANENT },
	};
	size_t i;

	open_json_array(c, PRINT_JSON, "state");
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (state & names[i].state)
			print_string(c, PRINT_ANY, NULL, "%s ", names[i].name);
	}
	close_json_array(c, PRINT_JSON, NULL);
}

static void print_cacheinfo(struct ipr *c, const struct nlattr *nla)
{
	struct nda_cacheinfo ci = { 0 };

	memcpy(&ci, nla_data(nla), nla_len(nla) < sizeof(ci) ? nla_len(nla) : sizeof(ci));
	if (ci.ndm_refcnt)
		print_uint(c, PRINT_ANY, "refcnt", " ref %u", ci.ndm_refcnt);
	print_uint(c, PRINT_ANY, "used", " used %u", ci.ndm_used / 100);
	print_uint(c, PRINT_ANY, "confirmed", "/%u", ci.ndm_confirmed / 100);
	print_uint(c, PRINT_ANY, "updated", "/%u", ci.ndm_updated / 100);
}

static bool neigh_wanted(const struct neigh_filter *f, const struct ndmsg *r,
			 const struct nlattr *const *tb)
{
	struct inet_prefix dst = { 0 };
	struct nda_cacheinfo ci = { 0 };

	if (f->family && f->family != r->ndm_family)
		return false;
	if (f->index && (int)f->index != r->ndm_ifindex)
		return false;
	if (!(f->state & r->ndm_state) && !(r->ndm_flags & (NTF_PROXY | NTF_EXT_LEARNED)) &&
	    (r->ndm_state || !(f->state & 0x100)))
		return false;
	if (f->pfx.family && f->pfx.bitlen > 0) {
		if (!tb[NDA_DST] || nla_len(tb[NDA_DST]) > sizeof(dst.data))
			return false;
		memcpy(dst.data, nla_data(tb[NDA_DST]), nla_len(tb[NDA_DST]));
		if (!addr_matches(&dst, &f->pfx, f->pfx.bitlen))
			return false;
	}
	if (f->protocol && (!tb[NDA_PROTOCOL] || nla_get_u8(tb[NDA_PROTOCOL]) != f->protocol))
		return false;
	if (f->unused && tb[NDA_CACHEINFO]) {
		memcpy(&ci, nla_data(tb[NDA_CACHEINFO]),
		       nla_len(tb[NDA_CACHEINFO]) < sizeof(ci) ? nla_len(tb[NDA_CACHEINFO])
							       : sizeof(ci));
		if (ci.ndm_refcnt)
			return false;
	}
	return true;
}

static void print_flags(struct ipr *c, const struct ndmsg *r, const struct nlattr *const *tb)
{
	if (r->ndm_flags & NTF_ROUTER)
		print_null(c, PRINT_ANY, "router", "%s ", "router");
	if (r->ndm_flags & NTF_PROXY)
		print_null(c, PRINT_ANY, "proxy", "%s ", "proxy");
	if (r->ndm_flags & NTF_EXT_LEARNED)
		print_null(c, PRINT_ANY, "extern_learn", "%s ", "extern_learn");
	if (r->ndm_flags & NTF_OFFLOADED)
		print_null(c, PRINT_ANY, "offload", "%s ", "offload");
	if (tb[NDA_FLAGS_EXT] && nla_get_u32(tb[NDA_FLAGS_EXT]) & NTF_EXT_MANAGED_BIT)
		print_null(c, PRINT_ANY, "managed", "%s ", "managed");
}

static int flush_update(struct ipr *c, struct neigh_filter *f)
{
	int rc = rtnl_send_check(&c->rth, f->flushb);

	f->flushb->len = 0;
	if (rc < 0) {
		ng_printf(c->err, "Failed to send flush request: %s\n", ng_strerror(-rc));
		return -1;
	}
	return 0;
}

static int queue_flush(struct ipr *c, struct neigh_filter *f, const struct nlmsghdr *n)
{
	struct nlmsghdr *del;

	if (f->flushb->len + NLMSG_ALIGN(n->nlmsg_len) > 4096 - 512 && flush_update(c, f))
		return -1;
	del = nl_buf_put(f->flushb, NLMSG_ALIGN(n->nlmsg_len));
	memcpy(del, n, n->nlmsg_len);
	del->nlmsg_type = RTM_DELNEIGH;
	del->nlmsg_flags = NLM_F_REQUEST;
	del->nlmsg_seq = ++c->rth.seq;
	f->flushed++;
	return 0;
}

static void print_brief(struct ipr *c, const struct ndmsg *r, const struct nlattr *const *tb)
{
	const struct neigh_filter *f = c->filter;

	open_json_object(c, NULL);
	if (tb[NDA_DST])
		print_color_string(c, PRINT_ANY, ifa_family_color(r->ndm_family), "dst", "%-39s ",
				   format_host_rta(c, r->ndm_family, tb[NDA_DST]));
	if (!f->index && r->ndm_ifindex)
		print_color_string(c, PRINT_ANY, COLOR_IFNAME, "dev", "%-16s ",
				   ll_index_to_name(c, (unsigned int)r->ndm_ifindex));
	if (tb[NDA_LLADDR])
		print_color_string(
			c, PRINT_ANY, COLOR_MAC, "lladdr", "%s",
			ll_addr_n2a(c, nla_data(tb[NDA_LLADDR]), nla_len(tb[NDA_LLADDR]),
				    (uint16_t)ll_index_to_type(c, (unsigned int)r->ndm_ifindex)));
	print_string(c, PRINT_FP, NULL, "%s", "\n");
	close_json_object(c);
}

static int print_neigh(const struct nlmsghdr *n, void *arg)
{
	const struct nlattr *tb[NDA_MAX + 1];
	const struct ndmsg *r = nlmsg_data(n);
	struct ipr *c = arg;
	struct neigh_filter *f = c->filter;

	if (n->nlmsg_type != RTM_NEWNEIGH && n->nlmsg_type != RTM_DELNEIGH)
		return 0;
	if (nlmsg_parse(n, sizeof(*r), tb, NDA_MAX) < 0 || !neigh_wanted(f, r, tb))
		return 0;
	if (f->flushb) {
		if (queue_flush(c, f, n))
			return -1;
		if (c->stats < 2)
			return 0;
	}
	if (c->brief) {
		print_brief(c, r, tb);
		return 0;
	}
	open_json_object(c, NULL);
	if (n->nlmsg_type == RTM_DELNEIGH)
		print_bool(c, PRINT_ANY, "deleted", "Deleted ", true);
	if (tb[NDA_DST])
		print_color_string(c, PRINT_ANY, ifa_family_color(r->ndm_family), "dst", "%s ",
				   format_host_rta(c, r->ndm_family, tb[NDA_DST]));
	if (!f->index && r->ndm_ifindex) {
		print_string(c, PRINT_FP, NULL, "%s ", "dev");
		print_color_string(c, PRINT_ANY, COLOR_IFNAME, "dev", "%s ",
				   ll_index_to_name(c, (unsigned int)r->ndm_ifindex));
	}
	if (tb[NDA_LLADDR]) {
		print_string(c, PRINT_FP, NULL, "%s ", "lladdr");
		print_color_string(
			c, PRINT_ANY, COLOR_MAC, "lladdr", "%s ",
			ll_addr_n2a(c, nla_data(tb[NDA_LLADDR]), nla_len(tb[NDA_LLADDR]),
				    (uint16_t)ll_index_to_type(c, (unsigned int)r->ndm_ifindex)));
	}
	print_flags(c, r, tb);
	if (c->stats && tb[NDA_CACHEINFO])
		print_cacheinfo(c, tb[NDA_CACHEINFO]);
	if (c->stats && tb[NDA_PROBES])
		print_uint(c, PRINT_ANY, "probes", "probes %u ", nla_get_u32(tb[NDA_PROBES]));
	if (r->ndm_state)
		print_state(c, r->ndm_state);
	if (tb[NDA_PROTOCOL] && (nla_get_u8(tb[NDA_PROTOCOL]) || c->details))
		print_string(c, PRINT_ANY, "protocol", "proto %s ",
			     rtnl_rtprot_n2a(c, nla_get_u8(tb[NDA_PROTOCOL])));
	print_string(c, PRINT_FP, NULL, "%s", "\n");
	close_json_object(c);
	return 0;
}

/**
 * ipneigh_monitor() - Prints an entry the kernel speaks of
 * @c: the run
 * @n: RTM_NEWNEIGH or RTM_DELNEIGH
 * @ifindex: of the only device that matters, or 0
 */
void ipneigh_monitor(struct ipr *c, const struct nlmsghdr *n, unsigned int ifindex)
{
	struct neigh_filter f = { .state = ~0U, .index = ifindex };
	void *saved = c->filter;

	c->filter = &f;
	print_neigh(n, c);
	c->filter = saved;
}

static void dump_neighs(struct ipr *c, struct neigh_filter *f, const char *what)
{
	struct nl_buf b;
	struct ndmsg *ndm;
	size_t body;
	int rc;

	ndm = rtnl_req(c->task, &b, RTM_GETNEIGH, 0, sizeof(*ndm));
	ndm->ndm_family = (uint8_t)f->family;
	ndm->ndm_flags = f->ndm_flags;
	body = b.len;
	if (f->index)
		addattr32(&b, NDA_IFINDEX, f->index);
	if (f->master)
		addattr32(&b, NDA_MASTER, (uint32_t)f->master);
	rc = rtnl_dump_request_padded(&c->rth, &b, 256 - (b.len - body));
	if (rc < 0) {
		ng_printf(c->err, "Cannot send dump request: %s\n", ng_strerror(-rc));
		ipr_exit(c, 1);
	}
	if (rtnl_dump_filter(&c->rth, print_neigh, c) < 0) {
		ng_printf(c->err, "%s terminated\n", what);
		ipr_exit(c, 1);
	}
}

static int neigh_flush(struct ipr *c, struct neigh_filter *f)
{
	struct nl_buf b;
	int round = 0;

	rtnl_req(c->task, &b, 0, 0, 0);
	b.len = 0;
	f->flushb = &b;
	while (round < MAX_ROUNDS) {
		f->flushed = 0;
		dump_neighs(c, f, "Flush");
		if (f->flushed == 0) {
			if (c->stats && round == 0)
				ng_puts(c->out, "Nothing to flush.\n");
			else if (c->stats)
				ng_printf(c->out, "*** Flush is complete after %d round%s ***\n",
					  round, round > 1 ? "s" : "");
			return 0;
		}
		round++;
		if (flush_update(c, f) < 0)
			ipr_exit(c, 1);
		if (c->stats)
			ng_printf(c->out, "\n*** Round %d, deleting %d entries ***\n", round,
				  f->flushed);
		/* what was just removed may still be listed as failed */
		f->state &= ~(unsigned int)NUD_FAILED;
	}
	ng_printf(c->out, "*** Flush not complete bailing out after %d rounds\n", MAX_ROUNDS);
	return 1;
}

static void filter_word(struct ipr *c, struct neigh_filter *f, const char **ret_dev, bool flush)
{
	const char *w = c->argv[0];
	unsigned int state;
	uint32_t proto;

	if (is_word(w, "dev")) {
		next_arg(c);
		if (*ret_dev)
			duparg(c, "dev", c->argv[0]);
		*ret_dev = c->argv[0];
	} else if (is_word(w, "master")) {
		f->master = (int)ll_name_to_index(c, next_arg(c));
		if (!f->master)
			invarg(c, "Device does not exist\n", c->argv[0]);
	} else if (is_word(w, "vrf")) {
		invalid_vrf(c, "Not a valid VRF name\n", next_arg(c));
	} else if (is_word(w, "nomaster")) {
		f->master = -1;
	} else if (is_word(w, "unused")) {
		f->unused = true;
	} else if (is_word(w, "nud")) {
		next_arg(c);
		if (!f->state_given)
			f->state = 0;
		f->state_given = true;
		if (nud_state_a2n(&state, c->argv[0])) {
			if (!is_word(c->argv[0], "all"))
				invarg(c, "nud state is bad", c->argv[0]);
			state = ~0U;
			if (flush)
				state &= ~(unsigned int)NUD_NOARP;
		}
		f->state |= state ? state : 0x100;
	} else if (is_word(w, "proxy")) {
		f->ndm_flags = NTF_PROXY;
	} else if (matches(w, "protocol")) {
		if (rtnl_rtprot_a2n(c, &proto, next_arg(c)))
			invarg(c, "invalid \"protocol\"\n", c->argv[0]);
		f->protocol = (uint8_t)proto;
	} else {
		if (is_word(w, "to"))
			next_arg(c);
		if (matches(c->argv[0], "help"))
			neigh_usage(c);
		get_prefix(c, &f->pfx, c->argv[0], f->family);
		if (f->family == AF_UNSPEC)
			f->family = f->pfx.family;
	}
}

static int show_or_flush(struct ipr *c, bool flush)
{
	struct neigh_filter f = { .family = c->family };
	const char *dev = NULL;

	if (flush && c->argc <= 0) {
		ng_printf(c->err, "Flush requires arguments.\n");
		return -1;
	}
	f.state = flush ? ~(unsigned int)(NUD_PERMANENT | NUD_NOARP)
			: 0xff & ~(unsigned int)NUD_NOARP;
	for (; c->argc > 0; next_arg_fwd(c))
		filter_word(c, &f, &dev, flush);
	ll_init_map(c);
	if (dev) {
		f.index = ll_name_to_index(c, dev);
		if (!f.index)
			return nodev(c, dev);
	}
	c->filter = &f;
	if (flush)
		return neigh_flush(c, &f);
	new_json_obj(c);
	dump_neighs(c, &f, "Dump");
	delete_json_obj(c);
	return 0;
}

struct neigh_args {
	struct nl_buf b;
	struct ndmsg *ndm;
	struct inet_prefix dst;
	const char *dev;
	const char *lla;
	uint32_t ext_flags;
	bool dst_ok;
	bool dev_ok;
};

static void modify_dst(struct ipr *c, struct neigh_args *a, bool proxy)
{
	if (matches(c->argv[0], "help"))
		neigh_usage(c);
	if (a->dst_ok && proxy)
		duparg(c, "address", c->argv[0]);
	if (a->dst_ok)
		duparg2(c, "to", c->argv[0]);
	get_addr(c, &a->dst, c->argv[0], c->family);
	a->dst_ok = true;
}

static void modify_word(struct ipr *c, struct neigh_args *a)
{
	const char *w = c->argv[0];
	unsigned int state;
	uint32_t proto;

	if (matches(w, "lladdr")) {
		next_arg(c);
		if (a->lla)
			duparg(c, "lladdr", c->argv[0]);
		a->lla = c->argv[0];
	} else if (is_word(w, "nud")) {
		if (nud_state_a2n(&state, next_arg(c)))
			invarg(c, "nud state is bad", c->argv[0]);
		a->ndm->ndm_state = (uint16_t)state;
	} else if (matches(w, "proxy")) {
		next_arg(c);
		modify_dst(c, a, true);
		a->dev_ok = true;
		a->ndm->ndm_flags |= NTF_PROXY;
	} else if (is_word(w, "router")) {
		a->ndm->ndm_flags |= NTF_ROUTER;
	} else if (is_word(w, "use")) {
		a->ndm->ndm_flags |= NTF_USE;
	} else if (is_word(w, "managed")) {
		a->ext_flags |= NTF_EXT_MANAGED_BIT;
		a->ndm->ndm_state = NUD_NONE;
	} else if (matches(w, "extern_learn")) {
		a->ndm->ndm_flags |= NTF_EXT_LEARNED;
	} else if (is_word(w, "dev")) {
		a->dev = next_arg(c);
		a->dev_ok = true;
	} else if (matches(w, "protocol")) {
		if (rtnl_rtprot_a2n(c, &proto, next_arg(c)))
			invarg(c, "\"protocol\" value is invalid\n", c->argv[0]);
		addattr8(&a->b, NDA_PROTOCOL, (uint8_t)proto);
	} else {
		if (is_word(w, "to"))
			next_arg(c);
		modify_dst(c, a, false);
	}
}

static int ipneigh_modify(struct ipr *c, uint16_t cmd, uint16_t flags)
{
	struct neigh_args a = { 0 };
	uint8_t lla[20];
	int len;

	a.ndm = rtnl_req(c->task, &a.b, cmd, (uint16_t)(NLM_F_REQUEST | flags), sizeof(*a.ndm));
	a.ndm->ndm_family = (uint8_t)c->family;
	a.ndm->ndm_state = NUD_PERMANENT;
	for (; c->argc > 0; next_arg_fwd(c))
		modify_word(c, &a);
	if (!a.dev_ok || !a.dst_ok || a.dst.family == AF_UNSPEC) {
		ng_printf(c->err, "Device and destination are required arguments.\n");
		ipr_exit(c, 255);
	}
	a.ndm->ndm_family = (uint8_t)a.dst.family;
	addattr_l(&a.b, NDA_DST, a.dst.data, a.dst.bytelen);
	if (a.lla && !is_word(a.lla, "null")) {
		len = ll_addr_a2n(c, lla, sizeof(lla), a.lla);
		if (len < 0)
			return -1;
		addattr_l(&a.b, NDA_LLADDR, lla, (size_t)len);
	}
	if (a.ext_flags)
		addattr32(&a.b, NDA_FLAGS_EXT, a.ext_flags);
	ll_init_map(c);
	if (a.dev) {
		a.ndm->ndm_ifindex = (int)ll_name_to_index(c, a.dev);
		if (!a.ndm->ndm_ifindex)
			return nodev(c, a.dev);
	}
	if (rtnl_talk(&c->rth, &a.b, NULL) < 0)
		ipr_exit(c, 2);
	return 0;
}

static int ipneigh_get(struct ipr *c)
{
	struct neigh_filter f = { .state = 0xff };
	struct nlmsghdr *answer = NULL;
	struct neigh_args a = { 0 };

	a.ndm = rtnl_req(c->task, &a.b, RTM_GETNEIGH, NLM_F_REQUEST, sizeof(*a.ndm));
	a.ndm->ndm_family = (uint8_t)c->family;
	for (; c->argc > 0; next_arg_fwd(c)) {
		if (is_word(c->argv[0], "dev")) {
			a.dev = next_arg(c);
			a.dev_ok = true;
		} else if (matches(c->argv[0], "proxy")) {
			next_arg(c);
			modify_dst(c, &a, true);
			a.ndm->ndm_flags |= NTF_PROXY;
		} else {
			if (is_word(c->argv[0], "to"))
				next_arg(c);
			modify_dst(c, &a, false);
		}
	}
	if (!a.dev_ok || !a.dst_ok || a.dst.family == AF_UNSPEC) {
		ng_printf(c->err, "Device and address are required arguments.\n");
		return -1;
	}
	a.ndm->ndm_family = (uint8_t)a.dst.family;
	addattr_l(&a.b, NDA_DST, a.dst.data, a.dst.bytelen);
	a.ndm->ndm_ifindex = (int)ll_name_to_index(c, a.dev);
	if (!a.ndm->ndm_ifindex)
		return nodev(c, a.dev);
	if (rtnl_talk(&c->rth, &a.b, &answer) < 0 || !answer)
		return -2;
	f.state = 0xffffffff;
	c->filter = &f;
	/* never JSON, as in iproute2 6.1 */
	print_neigh(answer, c);
	return 0;
}

/**
 * do_ipneigh() - The object "neighbour"
 * @c: the run
 *
 * Return: 0 or the negative status.
 */
int do_ipneigh(struct ipr *c)
{
	const char *w = c->argc > 0 ? c->argv[0] : "show";

	if (c->argc > 0)
		next_arg_fwd(c);
	if (matches(w, "add"))
		return ipneigh_modify(c, RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_EXCL);
	if (matches(w, "change") || is_word(w, "chg"))
		return ipneigh_modify(c, RTM_NEWNEIGH, NLM_F_REPLACE);
	if (matches(w, "replace"))
		return ipneigh_modify(c, RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_REPLACE);
	if (matches(w, "delete"))
		return ipneigh_modify(c, RTM_DELNEIGH, 0);
	if (matches(w, "get"))
		return ipneigh_get(c);
	if (matches(w, "show") || matches(w, "lst") || matches(w, "list"))
		return show_or_flush(c, false);
	if (matches(w, "flush"))
		return show_or_flush(c, true);
	if (matches(w, "help"))
		neigh_usage(c);
	prev_arg(c);
	ip_unknown_command(c, "neigh");
}
