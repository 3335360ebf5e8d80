/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fib_rules.c - which table answers: the rules of `ip rule`
 *
 * mirrors net/core/fib_rules.c and net/ipv4/fib_rules.c
 *
 * TABLE
 */
#include <errno.h>

#include "core/xalloc.h"
#include "ipv4/fib.h"

static void fib_default_rule_add(struct net *net, uint32_t pref, uint32_t table)
{
	struct fib_rule *rule = xzalloc(sizeof(*rule));

	rule->action = FR_ACT_TO_TBL;
	rule->pref = pref;
	rule->table = table;
	rule->proto = RTPROT_KERNEL;
	rule->suppress_prefixlen = -1;
	rule->suppress_ifgroup = -1;
	rule->uid_range = (struct fib_rule_uid_range){ 0, ~UINT32_C(0) };
	list_add_tail(&rule->list, &net->ipv4->fib_rules);
}

/**
 * fib_rules_init() - The three rules of a new namespace
 * @net: the namespace
 */
void fib_rules_init(struct net *net)
{
	INIT_LIST_HEAD(&net->ipv4->fib_rules);
	fib_default_rule_add(net, 0, RT_TABLE_LOCAL);
	fib_default_rule_add(net, 0x7ffe, RT_TABLE_MAIN);
	fib_default_rule_add(net, 0x7fff, RT_TABLE_DEFAULT);
}

/**
 * fib_rules_exit() - Frees all rules
 * @net: a dying namespace
 */
void fib_rules_exit(struct net *net)
{
	struct fib_rule *rule, *next;

	list_for_each_entry_safe(rule, next, &net->ipv4->fib_rules, list) {
		list_del(&rule->list);
		free(rule);
	}
}

static bool port_in_range(const struct fib_rule_port_range *range, __be16 port)
{
	uint16_t p = be16_to_cpu(port);

	return !range->start || (p >= range->start && p <= range->end);
}

static bool fib_rule_match_flow(const struct fib_rule *rule, const struct flowi4 *fl4)
{
	if (rule->l3mdev || rule->tun_id)
		return false; /* no packet belongs to a VRF or came out of a tunnel */
	if (rule->iifindex && rule->iifindex != fl4->iif)
		return false;
	if (rule->oifindex && rule->oifindex != fl4->oif)
		return false;
	if ((rule->mark ^ fl4->mark) & rule->mark_mask)
		return false;
	if (fl4->uid < rule->uid_range.start || fl4->uid > rule->uid_range.end)
		return false;
	if (((fl4->saddr ^ rule->src) & rule->srcmask) ||
	    ((fl4->daddr ^ rule->dst) & rule->dstmask))
		return false;
	if (rule->tos && rule->tos != (fl4->tos & IPTOS_RT_MASK))
		return false;
	if (rule->ip_proto && rule->ip_proto != fl4->proto)
		return false;
	return port_in_range(&rule->sport_range, fl4->sport) &&
	       port_in_range(&rule->dport_range, fl4->dport);
}

static bool fib_rule_match(const struct fib_rule *rule, const struct flowi4 *fl4)
{
	return fib_rule_match_flow(rule, fl4) != !!(rule->flags & FIB_RULE_INVERT);
}

static int fib_rule_action(struct net *net, const struct fib_rule *rule, const struct flowi4 *fl4,
			   struct fib_result *res, int flags)
{
	struct fib_table *tb;

	switch (rule->action) {
	case FR_ACT_TO_TBL:
		tb = fib_get_table(net, rule->table);
		return tb ? fib_table_lookup(tb, fl4, res, flags) : -EAGAIN;
	case FR_ACT_UNREACHABLE:
		return -ENETUNREACH;
	case FR_ACT_PROHIBIT:
		return -EACCES;
	default:
		return -EINVAL;
	}
}

static bool fib_rule_suppress(const struct fib_rule *rule, const struct fib_result *res)
{
	const struct net_device *dev = res->nhc ? res->nhc->fib_nh_dev : NULL;

	if (res->prefixlen <= rule->suppress_prefixlen)
		return true;
	return rule->suppress_ifgroup != -1 && dev &&
	       dev->group == (uint32_t)rule->suppress_ifgroup;
}

/**
 * fib_rules_lookup() - Asks the tables in the order of the rules
 * @net: the namespace
 * @fl4: the flow
 * @res: the answer
 * @flags: FIB_LOOKUP_*
 *
 * Return: 0, -ENETUNREACH or the error of a rule or route. As __fib_lookup().
 */
int fib_rules_lookup(struct net *net, const struct flowi4 *fl4, struct fib_result *res, int flags)
{
	struct list_head *head = &net->ipv4->fib_rules;
	struct fib_rule *rule = list_first_entry(head, struct fib_rule, list);

	while (&rule->list != head) {
		int err;

		if (!fib_rule_match(rule, fl4) || rule->action == FR_ACT_NOP ||
		    (rule->action == FR_ACT_GOTO && !rule->ctarget)) {
			rule = list_next_entry(rule, list);
			continue;
		}
		if (rule->action == FR_ACT_GOTO) {
			rule = rule->ctarget;
			continue;
		}
		err = fib_rule_action(net, rule, fl4, res, flags);
		if (err != -EAGAIN && !(err == 0 && fib_rule_suppress(rule, res))) {
			res->rule = rule;
			return err;
		}
		rule = list_next_entry(rule, list);
	}
	return -ENETUNREACH;
}

static void attach_rule(struct fib_rule *rule, const struct net_device *dev)
{
	if (rule->iifindex == -1 && !strcmp(rule->iifname, dev->name))
		rule->iifindex = dev->ifindex;
	if (rule->oifindex == -1 && !strcmp(rule->oifname, dev->name))
		rule->oifindex = dev->ifindex;
}

static void detach_rule(struct fib_rule *rule, const struct net_device *dev)
{
	if (rule->iifindex == dev->ifindex)
		rule->iifindex = -1;
	if (rule->oifindex == dev->ifindex)
		rule->oifindex = -1;
}

/**
 * fib_rules_event() - Rules that name a device follow it
 * @event: what happened
 * @dev: the device
 */
void fib_rules_event(enum netdev_event event, struct net_device *dev)
{
	struct fib_rule *rule;

	if (event != NETDEV_REGISTER && event != NETDEV_CHANGENAME && event != NETDEV_UNREGISTER)
		return;
	list_for_each_entry(rule, &dev->net->ipv4->fib_rules, list) {
		if (event != NETDEV_REGISTER)
			detach_rule(rule, dev);
		if (event != NETDEV_UNREGISTER)
			attach_rule(rule, dev);
	}
}
