/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iprule.c - the object "rule": which routing table is asked
 *
 * mirrors iproute2's ip/iprule.c
 */
#include "ip_common.h"
#include "usage.h"

#include <errno.h>
#include <linux/fib_rules.h>
#include <linux/if.h>
#include <stdio.h>

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
	bool flush;
	int protocol;
};

static uint32_t rule_table(const struct fib_rule_hdr *frh, const struct nlattr *const *tb)
{
	return tb[FRA_TABLE] ? nla_get_u32(tb[FRA_TABLE]) : frh->table;
}

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
	return f->table == 0 || f->table == rule_table(frh, tb);
}

static void print_prefix(struct ipr *c, const struct fib_rule_hdr *frh, const struct nlattr *nla,
			 bool src)
{
	uint8_t len = src ? frh->src_len : frh->dst_len;

	if (nla) {
		print_string(c, PRINT_FP, NULL, "%s", src ? "from " : " to ");
		print_color_string(c, PRINT_ANY, ifa_family_color(frh->family), src ? "src" : "dst",
				   "%s", format_host_rta(c, frh->family, nla));
		if (len != af_bit_len(frh->family))
			print_uint(c, PRINT_ANY, src ? "srclen" : "dstlen", "/%u", len);
	} else if (len) {
		print_string(c, PRINT_ANY, src ? "src" : "dst", src ? "from %s" : " to %s", "0");
		print_uint(c, PRINT_ANY, src ? "srclen" : "dstlen", "/%u", len);
	} else if (src) {
		print_string(c, PRINT_ANY, "src", "from %s", "all");
	}
}

static void print_mark(struct ipr *c, const struct nlattr *const *tb)
{
	uint32_t mark = tb[FRA_FWMARK] ? nla_get_u32(tb[FRA_FWMARK]) : 0;
	uint32_t mask = tb[FRA_FWMASK] ? nla_get_u32(tb[FRA_FWMASK]) : 0xffffffff;

	if (!tb[FRA_FWMARK] && !tb[FRA_FWMASK])
		return;
	if (mask != 0xffffffff) {
		print_0xhex(c, PRINT_ANY, "fwmark", " fwmark %#llx", mark);
		print_0xhex(c, PRINT_ANY, "fwmask", "/%#llx", mask);
	} else {
		print_0xhex(c, PRINT_ANY, "fwmark", " fwmark %#llx", mark);
	}
}

static void print_ifname(struct ipr *c, const struct nlattr *nla, const char *key, bool detached)
{
	char name[IFNAMSIZ];

	if (!nla)
		return;
	nla_strscpy(name, nla, sizeof(name));
	print_string(c, PRINT_FP, NULL, " %s ", key);
	print_color_string(c, PRINT_ANY, COLOR_IFNAME, key, "%s", name);
	if (detached)
		print_null(c, PRINT_ANY, ipr_strf(c, "%s_detached", key), " %s", "[detached]");
}

static void print_range(struct ipr *c, const struct nlattr *nla, const char *key)
{
	struct fib_rule_port_range r;

	if (!nla || nla_len(nla) < sizeof(r))
		return;
	memcpy(&r, nla_data(nla), sizeof(r));
	if (r.start == r.end) {
		print_uint(c, PRINT_ANY, key, ipr_strf(c, " %s %%u", key), r.start);
	} else {
		print_uint(c, PRINT_ANY, ipr_strf(c, "%s_start", key), ipr_strf(c, " %s %%u", key),
			   r.start);
		print_uint(c, PRINT_ANY, ipr_strf(c, "%s_end", key), "-%u", r.end);
	}
}

static const char *proto_name(struct ipr *c, uint8_t proto)
{
	switch (c->numeric ? 0 : proto) {
	case 1:
		return "icmp";
	case 6:
		return "tcp";
	case 17:
		return "udp";
	default:
		return ipr_strf(c, "ipproto-%d", proto);
	}
}

static void print_selectors(struct ipr *c, const struct fib_rule_hdr *frh,
			    const struct nlattr *const *tb)
{
	struct fib_rule_uid_range u;

	print_prefix(c, frh, tb[FRA_SRC], true);
	print_prefix(c, frh, tb[FRA_DST], false);
	if (frh->tos)
		print_string(c, PRINT_ANY, "tos", " tos %s", rtnl_dsfield_n2a(c, frh->tos));
	print_mark(c, tb);
	print_ifname(c, tb[FRA_IFNAME], "iif", frh->flags & FIB_RULE_IIF_DETACHED);
	print_ifname(c, tb[FRA_OIFNAME], "oif", frh->flags & FIB_RULE_OIF_DETACHED);
	if (tb[FRA_L3MDEV] && nla_get_u8(tb[FRA_L3MDEV]))
		print_null(c, PRINT_ANY, "l3mdev", " %s", "lookup [l3mdev-table]");
	if (tb[FRA_UID_RANGE] && nla_len(tb[FRA_UID_RANGE]) >= sizeof(u)) {
		memcpy(&u, nla_data(tb[FRA_UID_RANGE]), sizeof(u));
		print_uint(c, PRINT_ANY, "uid_start", " uidrange %u", u.start);
		print_uint(c, PRINT_ANY, "uid_end", "-%u", u.end);
	}
	if (tb[FRA_IP_PROTO])
		print_string(c, PRINT_ANY, "ipproto", " ipproto %s",
			     proto_name(c, nla_get_u8(tb[FRA_IP_PROTO])));
	print_range(c, tb[FRA_SPORT_RANGE], "sport");
	print_range(c, tb[FRA_DPORT_RANGE], "dport");
}

static void print_action(struct ipr *c, const struct fib_rule_hdr *frh,
			 const struct nlattr *const *tb)
{
	uint32_t table = rule_table(frh, tb);
	int v;

	if (table) {
		print_string(c, PRINT_ANY, "table", " lookup %s", rtnl_rttable_n2a(c, table));
		v = tb[FRA_SUPPRESS_PREFIXLEN] ? (int)nla_get_u32(tb[FRA_SUPPRESS_PREFIXLEN]) : -1;
		if (v != -1)
			print_int(c, PRINT_ANY, "suppress_prefixlen", " suppress_prefixlength %d",
				  v);
		v = tb[FRA_SUPPRESS_IFGROUP] ? (int)nla_get_u32(tb[FRA_SUPPRESS_IFGROUP]) : -1;
		if (v != -1)
			print_string(c, PRINT_ANY, "suppress_ifgroup", " suppress_ifgroup %s",
				     rtnl_group_n2a(c, v));
	}
	if (tb[FRA_FLOW]) {
		uint32_t realms = nla_get_u32(tb[FRA_FLOW]);

		if (realms >> 16)
			print_string(c, PRINT_ANY, "flow_from", " realms %s/",
				     rtnl_rtrealm_n2a(c, (int)(realms >> 16)));
		else
			print_string(c, PRINT_FP, NULL, " %s ", "realms");
		print_string(c, PRINT_ANY, "flow_to", "%s",
			     rtnl_rtrealm_n2a(c, (int)(realms & 0xffff)));
	}
	if (frh->action == FR_ACT_GOTO) {
		if (tb[FRA_GOTO])
			print_uint(c, PRINT_ANY, "goto", " goto %u", nla_get_u32(tb[FRA_GOTO]));
		else
			print_string(c, PRINT_ANY, "goto", " goto %s", "none");
		if (frh->flags & FIB_RULE_UNRESOLVED)
			print_null(c, PRINT_ANY, "unresolved", " %s", "[unresolved]");
	} else if (frh->action == FR_ACT_NOP) {
		print_null(c, PRINT_ANY, "nop", " %s", "nop");
	} else if (frh->action != FR_ACT_TO_TBL) {
		print_string(c, PRINT_ANY, "action", " %s", rtnl_rtntype_n2a(c, frh->action));
	}
	if (tb[FRA_PROTOCOL]) {
		v = nla_get_u8(tb[FRA_PROTOCOL]);
		if ((v && v != RTPROT_KERNEL) || c->details)
			print_string(c, PRINT_ANY, "protocol", " proto %s", rtnl_rtprot_n2a(c, v));
	}
}

static int print_rule(const struct nlmsghdr *n, void *arg)
{
	const struct nlattr *tb[FRA_MAX + 1];
	const struct fib_rule_hdr *frh = nlmsg_data(n);
	struct ipr *c = arg;

	if (n->nlmsg_type != RTM_NEWRULE && n->nlmsg_type != RTM_DELRULE)
		return 0;
	if (nlmsg_parse(n, sizeof(*frh), tb, FRA_MAX) < 0 || !rule_wanted(c->filter, frh, tb))
		return 0;
	open_json_object(c, NULL);
	if (n->nlmsg_type == RTM_DELRULE)
		print_bool(c, PRINT_ANY, "deleted", "Deleted ", true);
	print_uint(c, PRINT_ANY, "priority", "%u:\t",
		   tb[FRA_PRIORITY] ? nla_get_u32(tb[FRA_PRIORITY]) : 0);
	if (frh->flags & FIB_RULE_INVERT)
		print_null(c, PRINT_ANY, "not", "%s ", "not");
	print_selectors(c, frh, tb);
	print_action(c, frh, tb);
	print_string(c, PRINT_FP, NULL, "%s", "\n");
	close_json_object(c);
	return 0;
}

/**
 * iprule_monitor() - Prints a rule the kernel speaks of
 * @c: the run
 * @n: RTM_NEWRULE or RTM_DELRULE
 */
void iprule_monitor(struct ipr *c, const struct nlmsghdr *n)
{
	struct rule_filter f = { .protocol = -1 };
	void *saved = c->filter;

	c->filter = &f;
	print_rule(n, c);
	c->filter = saved;
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
	if (!tb[FRA_PRIORITY])
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

static void rule_usage(struct ipr *c)
{
	ip_usage_exit(c, ip_rule_usage);
}

static void get_mark(struct ipr *c, uint32_t *ret_mark, uint32_t *ret_mask, bool *ret_masked)
{
	char *arg = ng_task_strdup(c->task, next_arg(c));
	char *slash = strchr(arg, '/');

	if (slash)
		*slash = '\0';
	if (get_u32(ret_mark, arg, 0))
		invarg(c, "fwmark value is invalid\n", arg);
	*ret_masked = slash;
	if (slash && get_u32(ret_mask, slash + 1, 0))
		invarg(c, "fwmask value is invalid\n", slash + 1);
}

static uint32_t get_tos(struct ipr *c)
{
	uint32_t tos;

	if (rtnl_dsfield_a2n(c, &tos, next_arg(c)))
		invarg(c, "TOS value is invalid\n", c->argv[0]);
	return tos;
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
		f->tos = (int)get_tos(c);
	} else if (is_word(w, "fwmark")) {
		get_mark(c, &f->mark, &f->mask, &masked);
		f->has_mark = true;
	} else if (is_word(w, "dev") || is_word(w, "iif")) {
		f->iif = next_arg(c);
	} else if (is_word(w, "oif")) {
		f->oif = next_arg(c);
	} else if (matches(w, "lookup") || matches(w, "table")) {
		if (rtnl_rttable_a2n(c, &f->table, next_arg(c)))
			invarg(c, "invalid table id\n", c->argv[0]);
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

static int list_or_flush(struct ipr *c, bool flush)
{
	struct rule_filter f = { .protocol = -1 };
	int af = c->family == AF_UNSPEC ? AF_INET : c->family;
	struct fib_rule_hdr *frh;
	struct nl_buf b;
	int rc;

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
	if (flush)
		return rtnl_dump_filter(&c->rth, flush_rule, c) < 0
			       ? (ng_printf(c->err, "Flush terminated\n"), 1)
			       : 0;
	new_json_obj(c);
	if (rtnl_dump_filter(&c->rth, print_rule, c) < 0) {
		ng_printf(c->err, "Dump terminated\n");
		return 1;
	}
	delete_json_obj(c);
	return 0;
}

struct rule_args {
	struct nl_buf b;
	struct fib_rule_hdr *frh;
	bool table_ok;
	bool l3mdev;
};

static void parse_prefix(struct ipr *c, struct rule_args *a, uint16_t attr, uint8_t *ret_len)
{
	struct inet_prefix p;

	get_prefix(c, &p, next_arg(c), a->frh->family);
	*ret_len = (uint8_t)p.bitlen;
	addattr_l(&a->b, attr, p.data, p.bytelen);
	if (a->frh->family == AF_UNSPEC)
		a->frh->family = (uint8_t)p.family;
}

static void parse_table(struct ipr *c, struct rule_args *a)
{
	uint32_t id;

	if (rtnl_rttable_a2n(c, &id, next_arg(c)))
		invarg(c, "invalid table ID\n", c->argv[0]);
	if (id < 256) {
		a->frh->table = (uint8_t)id;
	} else {
		a->frh->table = RT_TABLE_UNSPEC;
		addattr32(&a->b, FRA_TABLE, id);
	}
	a->table_ok = true;
}

static void parse_ifname(struct ipr *c, struct rule_args *a, uint16_t attr, const char *key)
{
	if (check_ifname(next_arg(c)))
		invarg(c, ipr_strf(c, "%s not a valid ifname", key), c->argv[0]);
	addattrstrz(&a->b, attr, c->argv[0]);
}

static void parse_action(struct ipr *c, struct rule_args *a)
{
	uint32_t target;
	int type;

	if (is_word(c->argv[0], "type"))
		next_arg(c);
	if (matches(c->argv[0], "goto")) {
		type = FR_ACT_GOTO;
		if (get_u32(&target, next_arg(c), 0))
			invarg(c, "invalid target\n", c->argv[0]);
		addattr32(&a->b, FRA_GOTO, target);
	} else if (matches(c->argv[0], "nop")) {
		type = FR_ACT_NOP;
	} else if (rtnl_rtntype_a2n(&type, c->argv[0])) {
		invarg(c, "Failed to parse rule type", c->argv[0]);
	}
	a->frh->action = (uint8_t)type;
	a->table_ok = true;
}

static void parse_port(struct ipr *c, struct rule_args *a, const char *key, uint16_t attr)
{
	struct fib_rule_port_range r = { 0 };
	int n = sscanf(next_arg(c), "%hu-%hu", &r.start, &r.end);

	if (n == 1)
		r.end = r.start;
	else if (n != 2)
		invarg(c, is_word(key, "sport") ? "invalid port range\n" : "invalid dport range\n",
		       c->argv[0]);
	addattr_l(&a->b, attr, &r, sizeof(r));
}

static void parse_rare(struct ipr *c, struct rule_args *a)
{
	const char *w = c->argv[0];
	struct fib_rule_uid_range u;
	uint8_t proto;
	int v;

	if (matches(w, "suppress_prefixlength") || is_word(w, "sup_pl")) {
		if (get_s32(&v, next_arg(c), 0) || v < 0)
			invarg(c, "suppress_prefixlength value is invalid\n", c->argv[0]);
		addattr32(&a->b, FRA_SUPPRESS_PREFIXLEN, (uint32_t)v);
	} else if (matches(w, "suppress_ifgroup") || is_word(w, "sup_group")) {
		if (rtnl_group_a2n(c, &v, next_arg(c)))
			invarg(c, "Invalid \"suppress_ifgroup\" value\n", c->argv[0]);
		addattr32(&a->b, FRA_SUPPRESS_IFGROUP, (uint32_t)v);
	} else if (is_word(w, "dev") || is_word(w, "iif")) {
		parse_ifname(c, a, FRA_IFNAME, "\"iif\"/\"dev\"");
	} else if (is_word(w, "oif")) {
		parse_ifname(c, a, FRA_OIFNAME, "\"oif\"");
	} else if (is_word(w, "l3mdev")) {
		addattr8(&a->b, FRA_L3MDEV, 1);
		a->table_ok = true;
		a->l3mdev = true;
	} else if (is_word(w, "uidrange")) {
		if (sscanf(next_arg(c), "%u-%u", &u.start, &u.end) != 2)
			invarg(c, "invalid UID range\n", c->argv[0]);
		addattr_l(&a->b, FRA_UID_RANGE, &u, sizeof(u));
	} else if (is_word(w, "ipproto")) {
		next_arg(c);
		if (is_word(c->argv[0], "icmp") || is_word(c->argv[0], "tcp") ||
		    is_word(c->argv[0], "udp"))
			proto = is_word(c->argv[0], "icmp")  ? 1
				: is_word(c->argv[0], "tcp") ? 6
							     : 17;
		else if (get_u8(&proto, c->argv[0], 0))
			invarg(c, "Invalid \"ipproto\" value\n", c->argv[0]);
		addattr8(&a->b, FRA_IP_PROTO, proto);
	} else if (is_word(w, "sport")) {
		parse_port(c, a, "sport", FRA_SPORT_RANGE);
	} else if (is_word(w, "dport")) {
		parse_port(c, a, "dport", FRA_DPORT_RANGE);
	} else {
		parse_action(c, a);
	}
}

static void parse_realms(struct ipr *c, struct rule_args *a)
{
	char *arg = ng_task_strdup(c->task, next_arg(c));
	char *slash = strchr(arg, '/');
	uint32_t from = 0;
	uint32_t to;

	if (slash)
		*slash = '\0';
	if ((slash && rtnl_rtrealm_a2n(c, &from, arg)) ||
	    rtnl_rtrealm_a2n(c, &to, slash ? slash + 1 : arg))
		invarg(c, "invalid realms\n", c->argv[0]);
	addattr32(&a->b, FRA_FLOW, from << 16 | to);
}

static void parse_word(struct ipr *c, struct rule_args *a)
{
	const char *w = c->argv[0];
	uint32_t mask = 0;
	uint32_t v;
	bool masked;

	if (is_word(w, "not")) {
		a->frh->flags |= FIB_RULE_INVERT;
	} else if (is_word(w, "from")) {
		parse_prefix(c, a, FRA_SRC, &a->frh->src_len);
	} else if (is_word(w, "to")) {
		parse_prefix(c, a, FRA_DST, &a->frh->dst_len);
	} else if (matches(w, "preference") || matches(w, "order") || matches(w, "priority")) {
		if (get_u32(&v, next_arg(c), 0))
			invarg(c, "preference value is invalid\n", c->argv[0]);
		addattr32(&a->b, FRA_PRIORITY, v);
	} else if (is_word(w, "tos") || matches(w, "dsfield")) {
		a->frh->tos = (uint8_t)get_tos(c);
	} else if (is_word(w, "fwmark")) {
		get_mark(c, &v, &mask, &masked);
		addattr32(&a->b, FRA_FWMARK, v);
		if (masked)
			addattr32(&a->b, FRA_FWMASK, mask);
	} else if (matches(w, "realms")) {
		parse_realms(c, a);
	} else if (matches(w, "protocol")) {
		if (rtnl_rtprot_a2n(c, &v, next_arg(c)))
			invarg(c, "\"protocol\" value is invalid\n", c->argv[0]);
		addattr8(&a->b, FRA_PROTOCOL, (uint8_t)v);
	} else if (matches(w, "table") || is_word(w, "lookup")) {
		parse_table(c, a);
	} else {
		parse_rare(c, a);
	}
}

static int iprule_modify(struct ipr *c, uint16_t cmd)
{
	bool add = cmd == RTM_NEWRULE;
	struct rule_args a = { 0 };

	if (c->argc == 0) {
		ng_printf(c->err, "\"ip rule %s\" requires arguments.\n", add ? "add" : "del");
		return -1;
	}
	a.frh = rtnl_req(c->task, &a.b, cmd,
			 (uint16_t)(NLM_F_REQUEST | (add ? NLM_F_CREATE | NLM_F_EXCL : 0)),
			 sizeof(*a.frh));
	a.frh->family = (uint8_t)c->family;
	a.frh->action = add ? FR_ACT_TO_TBL : FR_ACT_UNSPEC;
	for (; c->argc > 0; next_arg_fwd(c))
		parse_word(c, &a);
	if (a.l3mdev && a.frh->table) {
		ng_printf(c->err, "table can not be specified for l3mdev rules\n");
		return -EINVAL;
	}
	if (a.frh->family == AF_UNSPEC)
		a.frh->family = AF_INET;
	if (!a.table_ok && add)
		a.frh->table = RT_TABLE_MAIN;
	return rtnl_talk(&c->rth, &a.b, NULL) < 0 ? -2 : 0;
}

/**
 * do_iprule() - The object "rule"
 * @c: the run
 *
 * Return: 0 or the negative status.
 */
int do_iprule(struct ipr *c)
{
	const char *w = c->argc > 0 ? c->argv[0] : "list";

	if (c->argc > 0)
		next_arg_fwd(c);
	if (matches(w, "list") || matches(w, "lst") || matches(w, "show"))
		return list_or_flush(c, false);
	if (matches(w, "save") || matches(w, "restore"))
		return ip_not_modelled(c, ipr_strf(c, "rule %s", w));
	if (matches(w, "add"))
		return iprule_modify(c, RTM_NEWRULE);
	if (matches(w, "delete"))
		return iprule_modify(c, RTM_DELRULE);
	if (matches(w, "flush"))
		return list_or_flush(c, true);
	if (matches(w, "help"))
		rule_usage(c);
	prev_arg(c);
	ip_unknown_command(c, "rule");
}
