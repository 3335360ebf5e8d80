/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ll_map.c - numbers and names of interfaces, remembered
 *
 * mirrors iproute2's lib/ll_map.c. Filled by link dumps (ll_remember_index())
 * and by single questions on a socket of their own.
 */
#include "ipr.h"

#include <linux/if.h>
#include <linux/sockios.h>
#include <netglass/syscall.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

struct ll_entry {
	struct ll_entry *next;
	unsigned int index;
	unsigned int flags;
	uint16_t type;
	bool alt;
	bool moved; /* called otherwise since: found by its number alone */
	char name[128];
};

static struct ll_entry *ll_by_index(struct ipr *c, unsigned int idx)
{
	struct ll_entry *e;

	for (e = c->ll_map; e; e = e->next) {
		if (e->index == idx && !e->alt)
			return e;
	}
	return NULL;
}

/**
 * ll_drop_by_index() - Forgets an interface
 * @c: the run
 * @idx: its number
 */
void ll_drop_by_index(struct ipr *c, unsigned int idx)
{
	struct ll_entry **p = &c->ll_map;

	while (*p) {
		if ((*p)->index == idx)
			*p = (*p)->next;
		else
			p = &(*p)->next;
	}
}

static struct ll_entry *ll_new(struct ipr *c, const struct nlattr *name, unsigned int idx, bool alt)
{
	struct ll_entry *e = ng_task_alloc(c->task, sizeof(*e));

	e->index = idx;
	e->alt = alt;
	nla_strscpy(e->name, name, sizeof(e->name));
	e->next = c->ll_map;
	c->ll_map = e;
	return e;
}

/*
 * What is known of the interface of a message: as iproute2's ll_entry_update(), which looks at
 * a new name but keeps the old one.
 */
static void ll_update(struct ipr *c, const struct ifinfomsg *ifi, const struct nlattr *name)
{
	struct ll_entry *e = ll_by_index(c, (unsigned int)ifi->ifi_index), **p = &c->ll_map;

	while (*p) {
		if ((*p)->alt && (*p)->index == (unsigned int)ifi->ifi_index)
			*p = (*p)->next;
		else
			p = &(*p)->next;
	}
	if (!e)
		e = ll_new(c, name, (unsigned int)ifi->ifi_index, false);
	else if (!is_word(e->name, nla_data(name)))
		e->moved = true;
	e->type = ifi->ifi_type;
	e->flags = ifi->ifi_flags;
}

/**
 * ll_remember_index() - Remembers the interface of an RTM_NEWLINK
 * @n: the message; RTM_DELLINK forgets
 * @ipr: the run
 *
 * Return: 0.
 */
int ll_remember_index(const struct nlmsghdr *n, void *ipr)
{
	const struct ifinfomsg *ifi = nlmsg_data(n);
	const struct nlattr *tb[IFLA_MAX + 1];
	const struct nlattr *alt;
	struct ipr *c = ipr;
	size_t left;

	if (n->nlmsg_type != RTM_NEWLINK && n->nlmsg_type != RTM_DELLINK)
		return 0;
	if (nlmsg_parse(n, sizeof(*ifi), tb, IFLA_MAX) < 0 &&
	    n->nlmsg_len < NLMSG_LENGTH(sizeof(*ifi)))
		return -1;
	if (n->nlmsg_type == RTM_DELLINK)
		ll_drop_by_index(c, (unsigned int)ifi->ifi_index);
	if (n->nlmsg_type == RTM_DELLINK || !tb[IFLA_IFNAME])
		return 0;
	ll_update(c, ifi, tb[IFLA_IFNAME]);
	if (tb[IFLA_PROP_LIST]) {
		nla_for_each_nested(alt, tb[IFLA_PROP_LIST], left) {
			if (nla_type(alt) == IFLA_ALT_IFNAME)
				ll_new(c, alt, (unsigned int)ifi->ifi_index, true);
		}
	}
	return 0;
}

/* Asks the kernel for one interface; its number, or 0. */
static unsigned int ll_link_get(struct ipr *c, const char *name, unsigned int idx)
{
	struct rtnl_handle rth;
	struct ifinfomsg *ifi;
	struct nlmsghdr *answer = NULL;
	struct nl_buf b;
	unsigned int ret = 0;

	if (rtnl_open(&rth, c->task, NETLINK_ROUTE) < 0)
		return 0;
	ifi = rtnl_req(c->task, &b, RTM_GETLINK, NLM_F_REQUEST, sizeof(*ifi));
	ifi->ifi_index = (int)idx;
	addattr32(&b, IFLA_EXT_MASK, RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS);
	if (name)
		addattrstrz(&b, check_ifname(name) ? IFLA_ALT_IFNAME : IFLA_IFNAME, name);
	if (rtnl_talk_quiet(&rth, &b, &answer) == 0 && answer) {
		ll_remember_index(answer, c);
		ret = (unsigned int)((const struct ifinfomsg *)nlmsg_data(answer))->ifi_index;
	}
	rtnl_close(&rth);
	return ret;
}

/**
 * ll_idx_n2a() - A name for a number that has none
 * @c: the run
 * @idx: the number
 *
 * Return: "ifN".
 */
const char *ll_idx_n2a(struct ipr *c, unsigned int idx)
{
	return ipr_strf(c, "if%u", idx);
}

/**
 * ll_index_to_name() - The name of an interface
 * @c: the run
 * @idx: its number
 *
 * Return: the name, "*" for 0, "ifN" when there is none.
 */
const char *ll_index_to_name(struct ipr *c, unsigned int idx)
{
	struct ll_entry *e;

	if (idx == 0)
		return "*";
	e = ll_by_index(c, idx);
	if (!e && ll_link_get(c, NULL, idx) == idx)
		e = ll_by_index(c, idx);
	return e ? e->name : ll_idx_n2a(c, idx);
}

/* As if_nametoindex(): to the ioctl an alias ("eth0:1") is its interface. */
static unsigned int ioctl_index(struct ipr *c, const char *name)
{
	struct ifreq ifr = { 0 };
	int fd, err;

	if (strlen(name) >= IFNAMSIZ)
		return 0;
	fd = ng_sys_socket(c->task, AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return 0;
	memcpy(ifr.ifr_name, name, strlen(name));
	err = ng_sys_ioctl(c->task, fd, SIOCGIFINDEX, &ifr);
	ng_sys_close(c->task, fd);
	return err ? 0 : (unsigned int)ifr.ifr_ifindex;
}

/**
 * ll_name_to_index() - The number of an interface
 * @c: the run
 * @name: its name, an alternative name, an alias' label, or "ifN"
 *
 * Return: the number, 0 when there is none.
 */
unsigned int ll_name_to_index(struct ipr *c, const char *name)
{
	struct ll_entry *e;
	unsigned int idx;

	if (!name)
		return 0;
	for (e = c->ll_map; e; e = e->next) {
		if (!e->moved && is_word(e->name, name))
			return e->index;
	}
	idx = ll_link_get(c, name, 0);
	if (idx == 0)
		idx = ioctl_index(c, name);
	if (idx == 0 && sscanf(name, "if%u", &idx) != 1)
		idx = 0;
	return idx;
}

/**
 * ll_index_to_type() - The hardware type of an interface seen before
 * @c: the run
 * @idx: its number
 *
 * Return: ARPHRD_..., -1 when not seen.
 */
int ll_index_to_type(struct ipr *c, unsigned int idx)
{
	struct ll_entry *e = ll_by_index(c, idx);

	return e ? e->type : -1;
}

/**
 * ll_index_to_flags() - The flags of an interface seen before
 * @c: the run
 * @idx: its number
 *
 * Return: IFF_..., all bits when not seen.
 */
unsigned int ll_index_to_flags(struct ipr *c, unsigned int idx)
{
	struct ll_entry *e = ll_by_index(c, idx);

	return idx == 0 ? 0 : e ? e->flags : ~0U;
}

/**
 * ll_init_map() - Learns all interfaces by one dump, once in a run
 * @c: the run
 *
 * Return: 0; exits 1 when the dump fails.
 */
int ll_init_map(struct ipr *c)
{
	struct ifinfomsg *ifi;
	struct nl_buf b;
	int rc;

	if (c->ll_known)
		return 0;
	c->ll_known = true;
	ifi = rtnl_req(c->task, &b, RTM_GETLINK, 0, sizeof(*ifi));
	ifi->ifi_family = AF_UNSPEC;
	addattr32(&b, IFLA_EXT_MASK, RTEXT_FILTER_VF);
	rc = rtnl_dump_request(&c->rth, &b);
	if (rc < 0) {
		ng_printf(c->err, "Cannot send dump request: %s\n", ng_strerror(-rc));
		ipr_exit(c, 1);
	}
	if (rtnl_dump_filter(&c->rth, ll_remember_index, c) < 0) {
		ng_printf(c->err, "Dump terminated\n");
		ipr_exit(c, 1);
	}
	return 0;
}
