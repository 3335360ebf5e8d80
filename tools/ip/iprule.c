/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iprule.c - the object "rule": which routing table is asked
 *
 * mirrors iproute2's ip/iprule.c
 */
#include "iprule.h"
#include "usage.h"
#include "../lib/netdb.h"

#include <errno.h>
#include <linux/fib_rules.h>
#include <linux/if.h>
#include <stdio.h>

static void rule_usage(struct ipr *c)
{
	ip_usage_exit(c, ip_rule_usage);
}

/**
 * iprule_mark() - fwmark MARK[/MASK]
 * @c: the run; the cursor is on the word
 * @ret_mark: the mark
 * @ret_mask: the mask, when there is one
 * @ret_masked: there is one
 */
void iprule_mark(struct ipr *c, uint32_t *ret_mark, uint32_t *ret_mask, bool *ret_masked)
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

/**
 * iprule_tos() - tos TOS
 * @c: the run; the cursor is on the word
 *
 * Return: its number.
 */
uint32_t iprule_tos(struct ipr *c)
{
	uint32_t tos;

	if (rtnl_dsfield_a2n(c, &tos, next_arg(c)))
		invarg(c, "TOS value is invalid\n", c->argv[0]);
	return tos;
}

/**
 * iprule_ifname() - dev NAME, iif NAME, oif NAME
 * @c: the run; the cursor is on the word
 * @key: what a wrong name is said to be
 *
 * Return: the name.
 */
const char *iprule_ifname(struct ipr *c, const char *key)
{
	if (check_ifname(next_arg(c)))
		invarg(c, ipr_strf(c, "%s not a valid ifname", key), c->argv[0]);
	return c->argv[0];
}

/**
 * iprule_uids() - uidrange FIRST-LAST
 * @c: the run; the cursor is on the word
 *
 * Return: the range.
 */
struct fib_rule_uid_range iprule_uids(struct ipr *c)
{
	struct fib_rule_uid_range u;

	if (sscanf(next_arg(c), "%u-%u", &u.start, &u.end) != 2)
		invarg(c, "invalid UID range\n", c->argv[0]);
	return u;
}

/**
 * iprule_tun_id() - tun_id NUMBER
 * @c: the run; the cursor is on the word
 *
 * Return: the number.
 */
__be64 iprule_tun_id(struct ipr *c)
{
	const char *arg = next_arg(c);
	uint64_t id;

	if (get_u64(&id, arg, 0))
		invarg(c, "\"tun_id\" value is invalid\n", arg);
	return cpu_to_be64(id);
}

/**
 * iprule_ipproto() - ipproto PROTOCOL
 * @c: the run; the cursor is on the word
 *
 * Return: its number.
 */
uint8_t iprule_ipproto(struct ipr *c)
{
	const char *arg = next_arg(c);
	uint8_t proto;

	if (get_u8(&proto, arg, 10) && !ng_getprotobyname(c->task, arg, &proto))
		invarg(c, "Invalid \"ipproto\" value\n", arg);
	return proto;
}

/**
 * iprule_ports() - sport FIRST[-LAST], dport FIRST[-LAST]
 * @c: the run; the cursor is on the word
 * @msg: what is said of a wrong one
 *
 * Return: the range.
 */
struct fib_rule_port_range iprule_ports(struct ipr *c, const char *msg)
{
	struct fib_rule_port_range r = { 0 };
	int n = sscanf(next_arg(c), "%hu-%hu", &r.start, &r.end);

	if (n == 1)
		r.end = r.start;
	else if (n != 2)
		invarg(c, msg, c->argv[0]);
	return r;
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
	addattrstrz(&a->b, attr, iprule_ifname(c, key));
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

static void parse_rare(struct ipr *c, struct rule_args *a)
{
	const char *w = c->argv[0];
	struct fib_rule_port_range r;
	struct fib_rule_uid_range u;
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
		u = iprule_uids(c);
		addattr_l(&a->b, FRA_UID_RANGE, &u, sizeof(u));
	} else if (is_word(w, "ipproto")) {
		addattr8(&a->b, FRA_IP_PROTO, iprule_ipproto(c));
	} else if (is_word(w, "sport")) {
		r = iprule_ports(c, "invalid port range\n");
		addattr_l(&a->b, FRA_SPORT_RANGE, &r, sizeof(r));
	} else if (is_word(w, "dport")) {
		r = iprule_ports(c, "invalid dport range\n");
		addattr_l(&a->b, FRA_DPORT_RANGE, &r, sizeof(r));
	} else if (is_word(w, "nat") || matches(w, "map-to")) {
		ipr_exit(c, ip_not_modelled(c, "rule nat"));
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
	__be64 id;

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
		a->frh->tos = (uint8_t)iprule_tos(c);
	} else if (is_word(w, "fwmark")) {
		iprule_mark(c, &v, &mask, &masked);
		addattr32(&a->b, FRA_FWMARK, v);
		if (masked)
			addattr32(&a->b, FRA_FWMASK, mask);
	} else if (matches(w, "realms")) {
		parse_realms(c, a);
	} else if (matches(w, "protocol")) {
		if (rtnl_rtprot_a2n(c, &v, next_arg(c)))
			invarg(c, "\"protocol\" value is invalid\n", c->argv[0]);
		addattr8(&a->b, FRA_PROTOCOL, (uint8_t)v);
	} else if (matches(w, "tun_id")) {
		id = iprule_tun_id(c);
		addattr_l(&a->b, FRA_TUN_ID, &id, sizeof(id));
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
	return ip_talk(c, &a.b, iprule_print);
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
		return iprule_list(c, IP_LIST);
	if (matches(w, "save"))
		return iprule_list(c, IP_SAVE);
	if (matches(w, "restore"))
		return iprule_restore(c);
	if (matches(w, "add"))
		return iprule_modify(c, RTM_NEWRULE);
	if (matches(w, "delete"))
		return iprule_modify(c, RTM_DELRULE);
	if (matches(w, "flush"))
		return iprule_list(c, IP_FLUSH);
	if (matches(w, "help"))
		rule_usage(c);
	prev_arg(c);
	ip_unknown_command(c, "rule");
}
