/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iprule_list.c - ip rule show, flush, save, restore
 *
 * mirrors iproute2's ip/iprule.c
 */
#include "iprule.h"

#include <errno.h>
#include <linux/fib_rules.h>
#include <linux/if.h>

#define RULE_DUMP_MAGIC 0x71706986

struct rule_filter {
	bool not ;
	bool has_pref;
	uint32_t pref;
	uint32_t table;
	int tos;
	bool has_mark;
	uint32_t mark;
	uint32_t mask;
	const char *iif;
	const char *oif;
	struct inet_prefix src;
	struct inet_prefix dst;
	int protocol;
	bool l3mdev;
	bool has_uids, has_ipproto, has_sport, has_dport;
	struct fib_rule_uid_range uids;
	uint8_t ipproto;
	struct fib_rule_port_range sport, dport;
	__be64 tun_id; /* 0: any */
};

static bool prefix_is(const struct inet_prefix *want, const struct nlattr *nla, uint8_t len)
{
	struct inet_prefix have = { 0 };

	if (!want->family)
		return true;
	if (len < want->bitlen || (want->bitlen && !nla))
		return false;
	if (nla && nla_len(nla) <= sizeof(have.data))
		memcpy(have.data, nla_data(nla), nla_len(nla));
	return addr_matches(&have, want, want->bitlen);
}

static bool name_is(const char *want, const struct nlattr *nla)
{
	char name[IFNAMSIZ] = "";

	if (!want)
		return true;
	if (nla)
		nla_strscpy(name, nla, sizeof(name));
	return is_word(want, name);
}

static bool bytes_are(const void *want, size_t len, const struct nlattr *nla)
{
	return nla && nla_len(nla) >= len && !memcmp(nla_data(nla), want, len);
}

/* The selectors that are there or not, and then the same. */
static bool rest_wanted(const struct rule_filter *f, const struct nlattr *const *tb)
{
	if (f->l3mdev && !(tb[FRA_L3MDEV] && nla_get_u8(tb[FRA_L3MDEV])))
		return false;
	if (f->has_uids && !bytes_are(&f->uids, sizeof(f->uids), tb[FRA_UID_RANGE]))
		return false;
	if (f->has_ipproto && !bytes_are(&f->ipproto, sizeof(f->ipproto), tb[FRA_IP_PROTO]))
		return false;
	if (f->tun_id && !bytes_are(&f->tun_id, sizeof(f->tun_id), tb[FRA_TUN_ID]))
		return false;
	if (f->has_sport && !bytes_are(&f->sport, sizeof(f->sport), tb[FRA_SPORT_RANGE]))
		return false;
	return !f->has_dport || bytes_are(&f->dport, sizeof(f->dport), tb[FRA_DPORT_RANGE]);
}

static bool rule_wanted(const struct rule_filter *f, const struct fib_rule_hdr *frh,
			const struct nlattr *const *tb)
{
	uint32_t mark = tb[FRA_FWMARK] ? nla_get_u32(tb[FRA_FWMARK]) : 0;

	if (f->has_pref && f->pref != (tb[FRA_PRIORITY] ? nla_get_u32(tb[FRA_PRIORITY]) : 0))
		return false;
	if (f->not &&!(frh->flags & FIB_RULE_INVERT))
		return false;
	if (!prefix_is(&f->src, tb[FRA_SRC], frh->src_len) ||
	    !prefix_is(&f->dst, tb[FRA_DST], frh->dst_len))
		return false;
	if (f->tos && f->tos != frh->tos)
		return false;
	if (f->has_mark && mark != f->mark)
		return false;
	if (f->has_mark && f->mask && (!tb[FRA_FWMASK] || nla_get_u32(tb[FRA_FWMASK]) != f->mask))
		return false;
	if (!name_is(f->iif, tb[FRA_IFNAME]) || !name_is(f->oif, tb[FRA_OIFNAME]))
		return false;
	if (!rest_wanted(f, tb))
		return false;
	return f->table == 0 || f->table == iprule_table(frh, tb);
}

static int print_rule(const struct nlmsghdr *n, void *arg)
{
	const struct nlattr *tb[FRA_MAX + 1];
	struct ipr *c = arg;

	if (nlmsg_parse(n, sizeof(struct fib_rule_hdr), tb, FRA_MAX) >= 0 &&
	    rule_wanted(c->filter, nlmsg_data(n), tb))
		iprule_print(c, n);
	return 0;
}

static int flush_rule(const struct nlmsghdr *n, void *arg)
{
	const struct nlattr *tb[FRA_MAX + 1];
	const struct fib_rule_hdr *frh = nlmsg_data(n);
	struct ipr *c = arg;
	const struct rule_filter *f = c->filter;
	struct rtnl_handle rth;
	struct nl_buf b;
	int rc;

	if (nlmsg_parse(n, sizeof(*frh), tb, FRA_MAX) < 0)
		return -1;
	if (f->protocol >= 0 && tb[FRA_PROTOCOL] && nla_get_u8(tb[FRA_PROTOCOL]) != f->protocol)
		return 0;
	if (!tb[FRA_PRIORITY] || !rule_wanted(f, frh, tb))
		return 0;
	if (rtnl_open(&rth, c->task, NETLINK_ROUTE) < 0)
		return -1;
	rtnl_req(c->task, &b, RTM_DELRULE, NLM_F_REQUEST, n->nlmsg_len - NLMSG_HDRLEN);
	memcpy(b.data + NLMSG_HDRLEN, (const uint8_t *)n + NLMSG_HDRLEN,
	       n->nlmsg_len - NLMSG_HDRLEN);
	rc = rtnl_talk(&rth, &b, NULL);
	rtnl_close(&rth);
	return rc < 0 ? -2 : 0;
}

/* The words behind which something must be the same; false: it is none of these. */
static bool filter_rest(struct ipr *c, struct rule_filter *f)
{
	const char *w = c->argv[0];

	if (is_word(w, "l3mdev")) {
		f->l3mdev = true;
	} else if (is_word(w, "uidrange")) {
		f->uids = iprule_uids(c);
		f->has_uids = true;
	} else if (matches(w, "tun_id")) {
		f->tun_id = iprule_tun_id(c);
	} else if (is_word(w, "ipproto")) {
		f->ipproto = iprule_ipproto(c);
		f->has_ipproto = true;
	} else if (is_word(w, "sport")) {
		f->sport = iprule_ports(c, "invalid port range\n");
		f->has_sport = true;
	} else if (is_word(w, "dport")) {
		f->dport = iprule_ports(c, "invalid dport range\n");
		f->has_dport = true;
	} else {
		return false;
	}
	return true;
}

static void filter_word(struct ipr *c, struct rule_filter *f, int af)
{
	const char *w = c->argv[0];
	uint32_t v;
	bool masked;

	if (matches(w, "preference") || matches(w, "order") || matches(w, "priority")) {
		if (get_u32(&f->pref, next_arg(c), 0))
			invarg(c, "preference value is invalid\n", c->argv[0]);
		f->has_pref = true;
	} else if (is_word(w, "not")) {
		f->not = true;
	} else if (is_word(w, "tos") || matches(w, "dsfield")) {
		f->tos = (int)iprule_tos(c);
	} else if (is_word(w, "fwmark")) {
		iprule_mark(c, &f->mark, &f->mask, &masked);
		f->has_mark = true;
	} else if (is_word(w, "dev") || is_word(w, "iif")) {
		f->iif = iprule_ifname(c, "\"iif\"/\"dev\"");
	} else if (is_word(w, "oif")) {
		f->oif = iprule_ifname(c, "\"oif\"");
	} else if (filter_rest(c, f)) {
		return;
	} else if (matches(w, "lookup") || matches(w, "table")) {
		if (rtnl_rttable_a2n(c, &f->table, next_arg(c)))
			invarg(c, "table id value is invalid\n", c->argv[0]);
	} else if (matches(w, "from") || matches(w, "src")) {
		get_prefix(c, &f->src, next_arg(c), af);
	} else if (matches(w, "protocol")) {
		if (rtnl_rtprot_a2n(c, &v, next_arg(c))) {
			if (!is_word(c->argv[0], "all"))
				invarg(c, "invalid \"protocol\"\n", c->argv[0]);
			f->protocol = -1;
		} else {
			f->protocol = (int)v;
		}
	} else {
		if (matches(w, "dst") || matches(w, "to"))
			next_arg(c);
		get_prefix(c, &f->dst, c->argv[0], af);
	}
}

/**
 * iprule_list() - ip rule show, flush, save
 * @c: the run; the cursor is behind the command
 * @action: what to do with the rules
 *
 * Return: 0 or the negative status.
 */
int iprule_list(struct ipr *c, enum ip_action action)
{
	static int (*const each[])(const struct nlmsghdr *n, void *arg) = {
		[IP_LIST] = print_rule,
		[IP_FLUSH] = flush_rule,
		[IP_SAVE] = ip_dump_write,
	};
	struct rule_filter f = { .protocol = -1 };
	int af = c->family == AF_UNSPEC ? AF_INET : c->family;
	struct fib_rule_hdr *frh;
	struct nl_buf b;
	int rc;

	if (action == IP_SAVE && c->argc > 0) {
		ng_puts(c->err, "\"ip rule save\" does not take any arguments.\n");
		return -1;
	}
	if (action == IP_SAVE && ip_dump_begin(c, RULE_DUMP_MAGIC))
		return -1;
	for (; c->argc > 0; next_arg_fwd(c))
		filter_word(c, &f, af);
	c->filter = &f;
	frh = rtnl_req(c->task, &b, RTM_GETRULE, 0, sizeof(*frh));
	frh->family = (uint8_t)af;
	rc = rtnl_dump_request(&c->rth, &b);
	if (rc < 0) {
		ng_printf(c->err, "Cannot send dump request: %s\n", ng_strerror(-rc));
		return 1;
	}
	if (action == IP_LIST)
		new_json_obj(c);
	if (rtnl_dump_filter(&c->rth, each[action], c) < 0) {
		ng_printf(c->err, "%s terminated\n", action == IP_FLUSH ? "Flush" : "Dump");
		return 1;
	}
	if (action == IP_LIST)
		delete_json_obj(c);
	return 0;
}

static int restore_one(struct ipr *c, struct nlmsghdr *n, void *arg)
{
	(void)arg;
	return ip_restore_one(c, n);
}

/**
 * iprule_restore() - ip rule restore
 * @c: the run
 *
 * Return: does not.
 */
int iprule_restore(struct ipr *c)
{
	if (ip_dump_check(c, RULE_DUMP_MAGIC, "rule"))
		ipr_exit(c, 255);
	ipr_exit(c, ip_dump_read(c, restore_one, NULL) & 0xff);
}
