/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fib_rules_rtnl.c - requests for rules: RTM_NEWRULE, RTM_DELRULE, RTM_GETRULE
 *
 * mirrors net/core/fib_rules.c and net/ipv4/fib_rules.c
 *
 * CONTROL
 */
#include <errno.h>

#include "core/config_trace.h"
#include "core/rtnetlink.h"
#include "core/xalloc.h"
#include "ipv4/fib.h"

#define FIB_MAX_AUTO_TABLE_ID 4096

static int refuse(struct nl_request *req, const char *msg)
{
	NG_SET_ERR_MSG(req->extack, msg);
	return -EINVAL;
}

/* the metric of a rule given none: one less than the second's */
static uint32_t fib_default_rule_pref(const struct net *net)
{
	const struct list_head *head = &net->ipv4->fib_rules;
	const struct fib_rule *second;

	if (list_empty(head) || head->next->next == head)
		return 0;
	second = list_entry(head->next->next, struct fib_rule, list);
	return second->pref ? second->pref - 1 : 0;
}

static int dev_index_by_name(struct net *net, const struct nlattr *nla, char name[IFNAMSIZ])
{
	const struct net_device *dev;

	nla_strscpy(name, nla, IFNAMSIZ);
	dev = dev_get_by_name(net, name);
	return dev ? dev->ifindex : -1;
}

static int nla_get_port_range(const struct nlattr *nla, struct fib_rule_port_range *range)
{
	if (nla_len(nla) < sizeof(*range))
		return -EINVAL;
	memcpy(range, nla_data(nla), sizeof(*range));
	return range->start && range->start <= range->end && range->end < 0xffff ? 0 : -EINVAL;
}

static int rule_addresses(struct nl_request *req, const struct fib_rule_hdr *frh,
			  const struct nlattr **tb, struct fib_rule *rule)
{
	if (frh->src_len && (!tb[FRA_SRC] || frh->src_len > 32 || nla_len(tb[FRA_SRC]) != 4))
		return refuse(req, "Invalid source address");
	if (frh->dst_len && (!tb[FRA_DST] || frh->dst_len > 32 || nla_len(tb[FRA_DST]) != 4))
		return refuse(req, "Invalid dst address");
	rule->src_len = frh->src_len;
	rule->dst_len = frh->dst_len;
	if (frh->src_len)
		rule->src = nla_get_be32(tb[FRA_SRC]);
	if (frh->dst_len)
		rule->dst = nla_get_be32(tb[FRA_DST]);
	rule->srcmask = inet_make_mask(frh->src_len);
	rule->dstmask = inet_make_mask(frh->dst_len);
	rule->tos = frh->tos;
	return 0;
}

static int rule_goto(struct nl_request *req, const struct nlattr *nla, struct fib_rule *rule)
{
	if (!nla)
		return rule->action == FR_ACT_GOTO
			       ? refuse(req, "Missing goto target for action goto")
			       : 0;
	if (rule->action != FR_ACT_GOTO)
		return refuse(req, "Unexpected goto");
	rule->target = nla_get_u32(nla);
	if (rule->target <= rule->pref)
		return refuse(req, "Backward goto not supported");
	return 0;
}

static int rule_ranges(struct nl_request *req, const struct nlattr **tb, struct fib_rule *rule)
{
	rule->uid_range = (struct fib_rule_uid_range){ 0, ~UINT32_C(0) };
	if (tb[FRA_UID_RANGE]) {
		if (nla_len(tb[FRA_UID_RANGE]) < sizeof(rule->uid_range))
			return -ERANGE;
		memcpy(&rule->uid_range, nla_data(tb[FRA_UID_RANGE]), sizeof(rule->uid_range));
		if (rule->uid_range.start > rule->uid_range.end)
			return refuse(req, "Invalid uid range");
	}
	if (tb[FRA_IP_PROTO])
		rule->ip_proto = nla_get_u8(tb[FRA_IP_PROTO]);
	if (tb[FRA_SPORT_RANGE] && nla_get_port_range(tb[FRA_SPORT_RANGE], &rule->sport_range))
		return refuse(req, "Invalid sport range");
	if (tb[FRA_DPORT_RANGE] && nla_get_port_range(tb[FRA_DPORT_RANGE], &rule->dport_range))
		return refuse(req, "Invalid dport range");
	return 0;
}

/* What a request says of a rule. As fib_nl2rule(). */
static int fib_nl2rule(struct nl_request *req, const struct nlattr **tb, struct fib_rule *rule)
{
	const struct fib_rule_hdr *frh = nlmsg_data(req->nlh);
	int err;

	err = rule_addresses(req, frh, tb, rule);
	if (err)
		return err;
	rule->pref =
		tb[FRA_PRIORITY] ? nla_get_u32(tb[FRA_PRIORITY]) : fib_default_rule_pref(req->net);
	rule->proto = tb[FRA_PROTOCOL] ? nla_get_u8(tb[FRA_PROTOCOL]) : RTPROT_UNSPEC;
	if (tb[FRA_IIFNAME])
		rule->iifindex = dev_index_by_name(req->net, tb[FRA_IIFNAME], rule->iifname);
	if (tb[FRA_OIFNAME])
		rule->oifindex = dev_index_by_name(req->net, tb[FRA_OIFNAME], rule->oifname);
	if (tb[FRA_FWMARK]) {
		rule->mark = nla_get_u32(tb[FRA_FWMARK]);
		rule->mark_mask = rule->mark ? ~UINT32_C(0) : 0;
	}
	if (tb[FRA_FWMASK])
		rule->mark_mask = nla_get_u32(tb[FRA_FWMASK]);
	if (tb[FRA_TUN_ID])
		memcpy(&rule->tun_id, nla_data(tb[FRA_TUN_ID]), sizeof(rule->tun_id));
	if (tb[FRA_L3MDEV]) {
		if (nla_get_u8(tb[FRA_L3MDEV]) != 1)
			return refuse(req, "Invalid l3mdev attribute");
		rule->l3mdev = true;
	}
	rule->action = frh->action;
	rule->flags = frh->flags;
	rule->table = tb[FRA_TABLE] ? nla_get_u32(tb[FRA_TABLE]) : frh->table;
	rule->suppress_prefixlen =
		tb[FRA_SUPPRESS_PREFIXLEN] ? (int)nla_get_u32(tb[FRA_SUPPRESS_PREFIXLEN]) : -1;
	rule->suppress_ifgroup =
		tb[FRA_SUPPRESS_IFGROUP] ? (int)nla_get_u32(tb[FRA_SUPPRESS_IFGROUP]) : -1;
	if (rule->l3mdev && rule->table)
		return refuse(req, "l3mdev and table are mutually exclusive");
	if (tb[FRA_FLOW])
		rule->tclassid = nla_get_u32(tb[FRA_FLOW]);
	rule->origin = req->origin;
	err = rule_goto(req, tb[FRA_GOTO], rule);
	return err ? err : rule_ranges(req, tb, rule);
}

static bool ranges_equal(const struct fib_rule *a, const struct fib_rule *b)
{
	return !memcmp(&a->sport_range, &b->sport_range, sizeof(a->sport_range)) &&
	       !memcmp(&a->dport_range, &b->dport_range, sizeof(a->dport_range));
}

/* fib4_rule_compare(): only what the request names counts */
static bool fib4_rule_compare(const struct fib_rule *r, const struct fib_rule *rule,
			      const struct nlattr **tb)
{
	if (rule->src_len && (r->src_len != rule->src_len || r->src != rule->src))
		return false;
	if (rule->dst_len && (r->dst_len != rule->dst_len || r->dst != rule->dst))
		return false;
	if (rule->tos && r->tos != rule->tos)
		return false;
	return !tb[FRA_FLOW] || r->tclassid == rule->tclassid;
}

static bool rule_exists(struct net *net, const struct fib_rule *rule, const struct nlattr **tb)
{
	const struct fib_rule *r;

	list_for_each_entry(r, &net->ipv4->fib_rules, list) {
		if (r->action == rule->action && r->table == rule->table && r->pref == rule->pref &&
		    !strcmp(r->iifname, rule->iifname) && !strcmp(r->oifname, rule->oifname) &&
		    r->mark == rule->mark && r->mark_mask == rule->mark_mask &&
		    r->l3mdev == rule->l3mdev && r->tun_id == rule->tun_id &&
		    r->suppress_ifgroup == rule->suppress_ifgroup &&
		    r->suppress_prefixlen == rule->suppress_prefixlen &&
		    !memcmp(&r->uid_range, &rule->uid_range, sizeof(r->uid_range)) &&
		    r->ip_proto == rule->ip_proto && r->proto == rule->proto &&
		    ranges_equal(r, rule) && fib4_rule_compare(r, rule, tb))
			return true;
	}
	return false;
}

static bool uid_range_set(const struct fib_rule_uid_range *range)
{
	return range->start != 0 || range->end != ~UINT32_C(0);
}

/* the first rule that has everything the request names */
static struct fib_rule *rule_find(struct net *net, const struct fib_rule *rule,
				  const struct nlattr **tb)
{
	struct fib_rule *r;

	list_for_each_entry(r, &net->ipv4->fib_rules, list) {
		if ((rule->action && r->action != rule->action) ||
		    (rule->table && r->table != rule->table) ||
		    (tb[FRA_PRIORITY] && r->pref != rule->pref) ||
		    (rule->iifname[0] && strcmp(r->iifname, rule->iifname)) ||
		    (rule->oifname[0] && strcmp(r->oifname, rule->oifname)) ||
		    (rule->mark && r->mark != rule->mark) || (rule->l3mdev && !r->l3mdev) ||
		    (rule->tun_id && r->tun_id != rule->tun_id) ||
		    (rule->suppress_ifgroup != -1 &&
		     r->suppress_ifgroup != rule->suppress_ifgroup) ||
		    (rule->suppress_prefixlen != -1 &&
		     r->suppress_prefixlen != rule->suppress_prefixlen) ||
		    (rule->mark_mask && r->mark_mask != rule->mark_mask))
			continue;
		if ((uid_range_set(&rule->uid_range) &&
		     memcmp(&r->uid_range, &rule->uid_range, sizeof(r->uid_range))) ||
		    (rule->ip_proto && r->ip_proto != rule->ip_proto) ||
		    (rule->proto && r->proto != rule->proto) ||
		    (rule->sport_range.start &&
		     memcmp(&r->sport_range, &rule->sport_range, sizeof(r->sport_range))) ||
		    (rule->dport_range.start &&
		     memcmp(&r->dport_range, &rule->dport_range, sizeof(r->dport_range))))
			continue;
		if (fib4_rule_compare(r, rule, tb))
			return r;
	}
	return NULL;
}

static void fib_nl_fill_rule(struct nl_buf *buf, void *hdr, const struct fib_rule *rule)
{
	struct fib_rule_hdr *frh = hdr;

	frh->family = AF_INET;
	frh->table = rule->table < 256 ? (uint8_t)rule->table : RT_TABLE_COMPAT;
	frh->action = rule->action;
	frh->flags = rule->flags;
	frh->dst_len = rule->dst_len;
	frh->src_len = rule->src_len;
	frh->tos = rule->tos;
	if (rule->action == FR_ACT_GOTO && !rule->ctarget)
		frh->flags |= FIB_RULE_UNRESOLVED;
	if (rule->iifindex == -1)
		frh->flags |= FIB_RULE_IIF_DETACHED;
	if (rule->oifindex == -1)
		frh->flags |= FIB_RULE_OIF_DETACHED;

	nla_put_u32(buf, FRA_TABLE, rule->table);
	nla_put_u32(buf, FRA_SUPPRESS_PREFIXLEN, (uint32_t)rule->suppress_prefixlen);
	nla_put_u8(buf, FRA_PROTOCOL, rule->proto);
	if (rule->iifname[0])
		nla_put_string(buf, FRA_IIFNAME, rule->iifname);
	if (rule->oifname[0])
		nla_put_string(buf, FRA_OIFNAME, rule->oifname);
	if (rule->pref)
		nla_put_u32(buf, FRA_PRIORITY, rule->pref);
	if (rule->mark)
		nla_put_u32(buf, FRA_FWMARK, rule->mark);
	if (rule->mark || rule->mark_mask)
		nla_put_u32(buf, FRA_FWMASK, rule->mark_mask);
	if (rule->target)
		nla_put_u32(buf, FRA_GOTO, rule->target);
	if (rule->tun_id)
		nla_put(buf, FRA_TUN_ID, sizeof(rule->tun_id), &rule->tun_id);
	if (rule->l3mdev)
		nla_put_u8(buf, FRA_L3MDEV, 1);
	if (uid_range_set(&rule->uid_range))
		nla_put(buf, FRA_UID_RANGE, sizeof(rule->uid_range), &rule->uid_range);
	if (rule->sport_range.start)
		nla_put(buf, FRA_SPORT_RANGE, sizeof(rule->sport_range), &rule->sport_range);
	if (rule->dport_range.start)
		nla_put(buf, FRA_DPORT_RANGE, sizeof(rule->dport_range), &rule->dport_range);
	if (rule->ip_proto)
		nla_put_u8(buf, FRA_IP_PROTO, rule->ip_proto);
	if (rule->suppress_ifgroup != -1)
		nla_put_u32(buf, FRA_SUPPRESS_IFGROUP, (uint32_t)rule->suppress_ifgroup);
	if (rule->dst_len)
		nla_put_be32(buf, FRA_DST, rule->dst);
	if (rule->src_len)
		nla_put_be32(buf, FRA_SRC, rule->src);
	if (rule->tclassid)
		nla_put_u32(buf, FRA_FLOW, rule->tclassid);
}

static void notify_rule_change(struct nl_request *req, uint16_t event, const struct fib_rule *rule)
{
	struct nl_buf buf = { 0 };
	void *hdr;

	if (trace_on(req->net->world))
		trace_rule_set(req->net, event, rule);
	if (!nlmsg_notice_wanted(req->net, NETLINK_ROUTE, RTNLGRP_IPV4_RULE, req))
		return;
	hdr = nlmsg_notice_begin(&buf, req, event, 0, sizeof(struct fib_rule_hdr));
	fib_nl_fill_rule(&buf, hdr, rule);
	nlmsg_end(&buf);
	nlmsg_notify(req->net, NETLINK_ROUTE, RTNLGRP_IPV4_RULE, &buf, req);
	nl_buf_fini(&buf);
}

static int fib_rules_parse(struct nl_request *req, const struct nlattr **tb)
{
	static const uint8_t min_len[FRA_MAX + 1] = {
		[FRA_PRIORITY] = 4,	    [FRA_FWMARK] = 4, [FRA_FLOW] = 4,
		[FRA_FWMASK] = 4,	    [FRA_TABLE] = 4,  [FRA_SUPPRESS_PREFIXLEN] = 4,
		[FRA_SUPPRESS_IFGROUP] = 4, [FRA_GOTO] = 4,   [FRA_TUN_ID] = 8,
	};
	const struct fib_rule_hdr *frh = nlmsg_data(req->nlh);

	if (req->nlh->nlmsg_len < NLMSG_LENGTH(sizeof(*frh)))
		return refuse(req, "Invalid msg length");
	if (frh->family != AF_INET) {
		NG_SET_ERR_MSG(req->extack, "Rule family not supported");
		return -EAFNOSUPPORT;
	}
	nlmsg_parse(req->nlh, sizeof(*frh), tb, FRA_MAX);
	for (int i = 0; i <= FRA_MAX; i++) {
		if (tb[i] && nla_len(tb[i]) < min_len[i]) {
			NG_SET_ERR_MSG(req->extack, "Error parsing msg");
			return -ERANGE;
		}
	}
	return 0;
}

/* As fib4_rule_configure(). */
static int fib4_rule_configure(struct nl_request *req, struct fib_rule *rule)
{
	struct netns_ipv4 *ipv4 = req->net->ipv4;
	uint32_t id = 1;

	if (rule->tos & 3)
		return refuse(req, "Invalid dsfield (tos): ECN bits must be 0");
	if (rule->tos & ~0x1e)
		return refuse(req, "Invalid tos");
	fib_unmerge(req->net);
	if (rule->table == RT_TABLE_UNSPEC && !rule->l3mdev && rule->action == FR_ACT_TO_TBL) {
		while (id <= FIB_MAX_AUTO_TABLE_ID && fib_get_table(req->net, id))
			id++;
		if (id > FIB_MAX_AUTO_TABLE_ID)
			return -ENOBUFS;
		rule->table = fib_new_table(req->net, id)->tb_id;
	}
	ipv4->fib_has_custom_rules = true;
	return 0;
}

static void rule_link(struct net *net, struct fib_rule *rule)
{
	struct fib_rule *r;
	struct list_head *after = &net->ipv4->fib_rules;

	list_for_each_entry(r, &net->ipv4->fib_rules, list) {
		if (r->pref == rule->target) {
			rule->ctarget = r;
			break;
		}
	}
	list_for_each_entry(r, &net->ipv4->fib_rules, list) {
		if (r->pref > rule->pref)
			break;
		after = &r->list;
	}
	list_add(&rule->list, after);
	list_for_each_entry(r, &net->ipv4->fib_rules, list)
		if (r->action == FR_ACT_GOTO && r->target == rule->pref && !r->ctarget)
			r->ctarget = rule;
}

/**
 * fib_nl_newrule() - Answers RTM_NEWRULE
 * @req: the request
 *
 * Return: 0 or -errno.
 */
int fib_nl_newrule(struct nl_request *req)
{
	const struct nlattr *tb[FRA_MAX + 1];
	struct fib_rule *rule;
	int err = fib_rules_parse(req, tb);

	if (err)
		return err;
	rule = xzalloc(sizeof(*rule));
	err = fib_nl2rule(req, tb, rule);
	if (!err && (req->nlh->nlmsg_flags & NLM_F_EXCL) && rule_exists(req->net, rule, tb))
		err = -EEXIST;
	if (!err)
		err = fib4_rule_configure(req, rule);
	if (err) {
		free(rule);
		return err;
	}
	rule_link(req->net, rule);
	notify_rule_change(req, RTM_NEWRULE, rule);
	rt_cache_flush(req->net);
	return 0;
}

static void rule_unlink(struct net *net, struct fib_rule *rule)
{
	struct fib_rule *next = list_next_entry(rule, list), *r;

	if (&next->list == &net->ipv4->fib_rules || next->pref != rule->pref)
		next = NULL;
	list_del(&rule->list);
	list_for_each_entry(r, &net->ipv4->fib_rules, list)
		if (r->ctarget == rule)
			r->ctarget = next;
}

/**
 * fib_nl_delrule() - Answers RTM_DELRULE
 * @req: the request
 *
 * Return: 0 or -errno.
 */
int fib_nl_delrule(struct nl_request *req)
{
	const struct nlattr *tb[FRA_MAX + 1];
	struct fib_rule want = { 0 }, *rule;
	int err = fib_rules_parse(req, tb);

	if (!err)
		err = fib_nl2rule(req, tb, &want);
	if (err)
		return err;
	rule = rule_find(req->net, &want, tb);
	if (!rule)
		return -ENOENT;
	if (rule->flags & FIB_RULE_PERMANENT)
		return -EPERM;
	fib_unmerge(req->net);
	req->net->ipv4->fib_has_custom_rules = true;
	rule_unlink(req->net, rule);
	notify_rule_change(req, RTM_DELRULE, rule);
	free(rule);
	rt_cache_flush(req->net);
	return 0;
}

static int fib_valid_dumprule_req(struct nl_request *req)
{
	const struct fib_rule_hdr *frh = nlmsg_data(req->nlh);

	if (req->nlh->nlmsg_len < NLMSG_LENGTH(sizeof(*frh)))
		return refuse(req, "Invalid header for fib rule dump request");
	if (frh->dst_len || frh->src_len || frh->tos || frh->table || frh->res1 || frh->res2 ||
	    frh->action || frh->flags)
		return refuse(req, "Invalid values in header for fib rule dump request");
	if (req->nlh->nlmsg_len > NLMSG_ALIGN(NLMSG_LENGTH(sizeof(*frh))))
		return refuse(req, "Invalid data after header in fib rule dump request");
	return 0;
}

/**
 * fib_nl_dumprule() - Answers RTM_GETRULE with NLM_F_DUMP
 * @req: the request
 *
 * Return: 0 or -errno.
 */
int fib_nl_dumprule(struct nl_request *req)
{
	const struct fib_rule *rule;

	if (req->nlk && req->nlk->strict_chk) {
		int err = fib_valid_dumprule_req(req);

		if (err)
			return err;
	}
	list_for_each_entry(rule, &req->net->ipv4->fib_rules, list) {
		fib_nl_fill_rule(&req->reply,
				 nl_reply_begin(req, RTM_NEWRULE, 0, sizeof(struct fib_rule_hdr)),
				 rule);
		nlmsg_end(&req->reply);
	}
	return 0;
}
