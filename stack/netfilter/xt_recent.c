/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xt_recent.c - match recent: lists of addresses seen, by name; /proc/net/xt_recent/NAME
 *
 * mirrors net/netfilter/xt_recent.c
 * PATH
 *
 * A list lives as long as rules name it. It holds 100 addresses at most; memory is taken when an
 * address is first seen. Shown oldest address first (Linux: in the order of a hash).
 */
#include <errno.h>
#include <linux/netfilter/xt_recent.h>

#include "core/sock.h"
#include "core/vsprintf.h"
#include "core/world.h"
#include "core/xalloc.h"
#include "ipv4/ip.h"
#include "netfilter/nf_tables.h"
#include "netfilter/x_tables.h"

#define IP_LIST_TOT 100
#define XT_RECENT_MAX_NSTAMPS 65536
#define XT_RECENT_NSTAMPS 32

struct recent_entry {
	struct list_head list;	   /* recent_table->entries, by age */
	struct list_head lru_list; /* least recently seen first */
	__be32 addr;
	uint8_t ttl;
	uint16_t index, nstamps;
	int64_t stamps[]; /* jiffies */
};

struct recent_table {
	struct list_head list;
	char name[XT_RECENT_NAME_LEN];
	__be32 mask;
	unsigned int refcnt, nr_entries;
	uint16_t nstamps_max_mask;
	struct list_head entries, lru_list;
};

struct recent_state {
	struct recent_table *table;
};

static struct recent_entry *recent_entry_lookup(const struct recent_table *t, __be32 addr,
						uint8_t ttl)
{
	struct recent_entry *e;

	list_for_each_entry(e, &t->entries, list) {
		if (e->addr == addr && (ttl == e->ttl || ttl == 0 || e->ttl == 0))
			return e;
	}
	return NULL;
}

static void recent_entry_remove(struct recent_table *t, struct recent_entry *e)
{
	list_del(&e->list);
	list_del(&e->lru_list);
	free(e);
	t->nr_entries--;
}

static void recent_entry_init(struct recent_table *t, __be32 addr, uint8_t ttl, int64_t now)
{
	struct recent_entry *e;

	if (t->nr_entries >= IP_LIST_TOT)
		recent_entry_remove(t,
				    list_first_entry(&t->lru_list, struct recent_entry, lru_list));
	e = xzalloc(sizeof(*e) + (t->nstamps_max_mask + 1U) * sizeof(e->stamps[0]));
	e->addr = addr;
	e->ttl = ttl;
	e->stamps[0] = now;
	e->nstamps = 1;
	e->index = 1;
	list_add_tail(&e->list, &t->entries);
	list_add_tail(&e->lru_list, &t->lru_list);
	t->nr_entries++;
}

static void recent_entry_update(struct recent_table *t, struct recent_entry *e, int64_t now)
{
	e->index &= t->nstamps_max_mask;
	e->stamps[e->index++] = now;
	if (e->index > e->nstamps)
		e->nstamps = e->index;
	list_del(&e->lru_list);
	list_add_tail(&e->lru_list, &t->lru_list);
}

/* The address seen longest ago goes when that is before @time, unless it is about to be renewed. */
static void recent_entry_reap(struct recent_table *t, int64_t time,
			      const struct recent_entry *working, bool update)
{
	struct recent_entry *e = list_first_entry(&t->lru_list, struct recent_entry, lru_list);

	if (e == working && update)
		return;
	if (time > e->stamps[e->index - 1])
		recent_entry_remove(t, e);
}

static void recent_table_flush(struct recent_table *t)
{
	struct recent_entry *e, *next;

	list_for_each_entry_safe(e, next, &t->entries, list)
		recent_entry_remove(t, e);
}

static struct recent_table *recent_table_lookup(struct net *net, const char *name)
{
	struct recent_table *t;

	if (!net->nft)
		return NULL;
	list_for_each_entry(t, &net->nft->recent_tables, list) {
		if (!strcmp(t->name, name))
			return t;
	}
	return NULL;
}

/* Was it seen often enough, lately enough? */
static bool recent_hits(const struct xt_recent_mtinfo_v1 *info, const struct recent_entry *e,
			int64_t time)
{
	unsigned int i, hits = 0;

	for (i = 0; i < e->nstamps; i++) {
		if (info->seconds && time > e->stamps[i])
			continue;
		if (!info->hit_count || ++hits >= info->hit_count)
			return true;
	}
	return false;
}

static bool recent_known(const struct xt_recent_mtinfo_v1 *info, struct recent_table *t,
			 struct recent_entry *e, uint8_t ttl, int64_t now)
{
	int64_t time = now - (int64_t)info->seconds * XT_HZ;
	bool ret = info->invert;

	if (info->check_set & XT_RECENT_REMOVE) {
		recent_entry_remove(t, e);
		return !ret;
	}
	if (info->check_set & XT_RECENT_SET) {
		ret = !ret;
	} else {
		if (recent_hits(info, e, time))
			ret = !ret;
		if (info->check_set & XT_RECENT_REAP)
			recent_entry_reap(t, time, e, (info->check_set & XT_RECENT_UPDATE) && ret);
	}
	if ((info->check_set & XT_RECENT_SET) || ((info->check_set & XT_RECENT_UPDATE) && ret)) {
		recent_entry_update(t, e, now);
		e->ttl = ttl;
	}
	return ret;
}

static bool recent_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_recent_mtinfo_v1 *info = par->info;
	struct recent_table *t = ((struct recent_state *)par->state)->table;
	const struct iphdr *iph = ip_hdr(skb);
	int64_t now = xt_jiffies(par->hook->net);
	struct recent_entry *e;
	uint8_t ttl = iph->ttl;
	__be32 addr;

	/* as it was before this host forwarded it */
	if (par->hook->out && !skb_sent_by_socket(skb, par->hook->net))
		ttl++;
	addr = (info->side == XT_RECENT_DEST ? iph->daddr : iph->saddr) & t->mask;
	e = recent_entry_lookup(t, addr, (info->check_set & XT_RECENT_TTL) ? ttl : 0);
	if (e)
		return recent_known(info, t, e, ttl, now);
	if (!(info->check_set & XT_RECENT_SET))
		return info->invert;
	recent_entry_init(t, addr, ttl, now);
	return !info->invert;
}

static int recent_options_check(const struct xt_recent_mtinfo_v1 *info)
{
	const unsigned int what =
		XT_RECENT_SET | XT_RECENT_REMOVE | XT_RECENT_CHECK | XT_RECENT_UPDATE;

	if (info->check_set & ~XT_RECENT_VALID_FLAGS)
		return -EINVAL;
	if (__builtin_popcount(info->check_set & what) != 1)
		return -EINVAL;
	if ((info->check_set & (XT_RECENT_SET | XT_RECENT_REMOVE)) &&
	    (info->seconds || info->hit_count || (info->check_set & XT_RECENT_MODIFIERS)))
		return -EINVAL;
	if ((info->check_set & XT_RECENT_REAP) && !info->seconds)
		return -EINVAL;
	if (info->hit_count >= XT_RECENT_MAX_NSTAMPS)
		return -EINVAL;
	return xt_check_proc_name(info->name, sizeof(info->name));
}

/* One less than the smallest power of two that is not less than @n. */
static uint16_t mask_above(uint32_t n)
{
	uint32_t p = 1;

	while (p < n)
		p <<= 1;
	return (uint16_t)(p - 1);
}

static int recent_mt_check(const struct xt_check *par)
{
	const struct xt_recent_mtinfo_v1 *info = par->info;
	struct recent_state *st = par->state;
	int err = recent_options_check(info);
	struct recent_table *t;
	uint16_t mask;

	if (err)
		return err;
	mask = mask_above(info->hit_count ? info->hit_count : XT_RECENT_NSTAMPS);
	t = recent_table_lookup(par->net, info->name);
	if (t) {
		if (mask > t->nstamps_max_mask) {
			recent_table_flush(t);
			t->nstamps_max_mask = mask;
		}
	} else {
		t = xzalloc(sizeof(*t));
		t->nstamps_max_mask = mask;
		t->mask = info->mask.ip;
		memcpy(t->name, info->name, sizeof(t->name));
		INIT_LIST_HEAD(&t->entries);
		INIT_LIST_HEAD(&t->lru_list);
		list_add_tail(&t->list, &nft_pernet(par->net)->recent_tables);
	}
	t->refcnt++;
	st->table = t;
	return 0;
}

/* Revision 0 is the beginning of revision 1, and has no mask. */
static int recent_mt_check_v0(const struct xt_check *par)
{
	struct xt_recent_mtinfo_v1 info = { .seconds = 0 };
	struct xt_check with_mask = *par;

	memcpy(&info, par->info, sizeof(struct xt_recent_mtinfo));
	memset(&info.mask, 0xff, sizeof(info.mask));
	with_mask.info = &info;
	return recent_mt_check(&with_mask);
}

static void recent_mt_destroy(const struct xt_check *par)
{
	struct recent_table *t = ((struct recent_state *)par->state)->table;

	if (--t->refcnt)
		return;
	recent_table_flush(t);
	list_del(&t->list);
	free(t);
}

/**
 * xt_recent_list - The names of a namespace's lists
 * @net: the namespace
 * @emit: called with each
 * @arg: for @emit
 */
void xt_recent_list(struct net *net, void (*emit)(void *arg, const char *name), void *arg)
{
	const struct recent_table *t;

	if (!net->nft)
		return;
	list_for_each_entry(t, &net->nft->recent_tables, list)
		emit(arg, t->name);
}

/**
 * xt_recent_show - Writes /proc/net/xt_recent/NAME
 * @net: the namespace
 * @name: the list
 * @m: goes here; NULL: only whether there is such a list
 *
 * Return: 0 or -ENOENT.
 */
int xt_recent_show(struct net *net, const char *name, struct seq_file *m)
{
	const struct recent_table *t = recent_table_lookup(net, name);
	const struct recent_entry *e;
	unsigned int i;

	if (!t)
		return -ENOENT;
	if (!m)
		return 0;
	list_for_each_entry(e, &t->entries, list) {
		i = (e->index - 1U) & t->nstamps_max_mask;
		seq_printf(m, "src=%pI4 ttl: %u last_seen: %llu oldest_pkt: %u",
			   (const void *)&e->addr, e->ttl,
			   (unsigned long long)(XT_INITIAL_JIFFIES + e->stamps[i]), e->index);
		for (i = 0; i < e->nstamps; i++)
			seq_printf(m, "%s %llu", i ? "," : "",
				   (unsigned long long)(XT_INITIAL_JIFFIES + e->stamps[i]));
		seq_printf(m, "\n");
	}
	return 0;
}

/* Four numbers with dots between, to the end or to a newline. */
static bool in4_pton(const char *s, size_t len, __be32 *ret)
{
	uint32_t addr = 0;
	unsigned int part = 0, digits = 0, v = 0;
	size_t i;

	for (i = 0; i <= len; i++) {
		char c = i == len ? '\n' : s[i];

		if (c >= '0' && c <= '9' && digits < 3) {
			v = v * 10 + (unsigned int)(c - '0');
			digits++;
			continue;
		}
		if ((c != '.' && c != '\n') || !digits || v > 255 || part == 4)
			return false;
		addr = addr << 8 | v;
		part++;
		digits = 0;
		v = 0;
		if (c == '\n')
			break;
	}
	*ret = cpu_to_be32(addr);
	return part == 4;
}

/**
 * xt_recent_store - A write to /proc/net/xt_recent/NAME
 * @net: the namespace
 * @name: the list
 * @text: "+ADDRESS", "-ADDRESS", or "/": all of them go
 * @len: its length
 *
 * Return: 0, -ENOENT, -EINVAL.
 */
int xt_recent_store(struct net *net, const char *name, const char *text, size_t len)
{
	struct recent_table *t = recent_table_lookup(net, name);
	int64_t now = xt_jiffies(net);
	struct recent_entry *e;
	__be32 addr;

	if (!t)
		return -ENOENT;
	if (!len)
		return 0;
	if (text[0] == '/') {
		recent_table_flush(t);
		return 0;
	}
	if ((text[0] != '+' && text[0] != '-') || !in4_pton(text + 1, len - 1, &addr))
		return -EINVAL;
	e = recent_entry_lookup(t, addr, 0);
	if (text[0] == '-' && e)
		recent_entry_remove(t, e);
	else if (text[0] == '+' && e)
		recent_entry_update(t, e, now);
	else if (text[0] == '+')
		recent_entry_init(t, addr, 0, now);
	return 0;
}

static const struct xt_ext matches[] = {
	{ .name = "recent",
	  .size = sizeof(struct xt_recent_mtinfo),
	  .statesize = sizeof(struct recent_state),
	  .check = recent_mt_check_v0,
	  .destroy = recent_mt_destroy,
	  .match = recent_mt },
	{ .name = "recent",
	  .revision = 1,
	  .size = sizeof(struct xt_recent_mtinfo_v1),
	  .statesize = sizeof(struct recent_state),
	  .check = recent_mt_check,
	  .destroy = recent_mt_destroy,
	  .match = recent_mt },
};

const struct xt_ext_row xt_recent_matches = { matches, sizeof(matches) / sizeof(matches[0]) };
