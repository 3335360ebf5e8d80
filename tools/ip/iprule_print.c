/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iprule_print.c - one rule as `ip rule` shows it
 *
 * mirrors iproute2's ip/iprule.c
 */
#include "iprule.h"
#include "../lib/netdb.h"

#include <errno.h>
#include <linux/fib_rules.h>
#include <linux/if.h>

/**
 * iprule_table() - The table a rule names
 * @frh: the rule's header
 * @tb: its attributes
 *
 * Return: its number.
 */
uint32_t iprule_table(const struct fib_rule_hdr *frh, const struct nlattr *const *tb)
{
	return tb[FRA_TABLE] ? nla_get_u32(tb[FRA_TABLE]) : frh->table;
}

static void print_prefix(struct ipr *c, const struct fib_rule_hdr *frh, const struct nlattr *nla,
			 bool src)
{
	uint8_t len = src ? frh->src_len : frh->dst_len;

	if (nla) {
		print_string(c, PRINT_FP, NULL, "%s", src ? "from " : " to ");
		print_color_string(c, PRINT_ANY, ifa_family_color(frh->family), src ? "src" : "dst",
				   "%s", rt_addr_n2a_rta(c, frh->family, nla));
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
	char name[32];

	if (!c->numeric && ng_getprotobynumber(c->task, proto, name, sizeof(name)))
		return ipr_strf(c, "%s", name);
	return ipr_strf(c, "ipproto-%d", proto);
}

static void print_selectors(struct ipr *c, const struct fib_rule_hdr *frh,
			    const struct nlattr *const *tb)
{
	struct fib_rule_uid_range u;
	__be64 id;

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
	if (tb[FRA_TUN_ID] && nla_len(tb[FRA_TUN_ID]) >= sizeof(id)) {
		memcpy(&id, nla_data(tb[FRA_TUN_ID]), sizeof(id));
		print_u64(c, PRINT_ANY, "tun_id", " tun_id %llu", be64_to_cpu(id));
	}
}

static void print_action(struct ipr *c, const struct fib_rule_hdr *frh,
			 const struct nlattr *const *tb)
{
	uint32_t table = iprule_table(frh, tb);
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

/**
 * iprule_print() - Prints a rule the kernel speaks of
 * @c: the run
 * @n: RTM_NEWRULE or RTM_DELRULE; else nothing is printed
 */
void iprule_print(struct ipr *c, const struct nlmsghdr *n)
{
	const struct nlattr *tb[FRA_MAX + 1];
	const struct fib_rule_hdr *frh = nlmsg_data(n);

	if ((n->nlmsg_type != RTM_NEWRULE && n->nlmsg_type != RTM_DELRULE) ||
	    nlmsg_parse(n, sizeof(*frh), tb, FRA_MAX) < 0)
		return;
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
}
