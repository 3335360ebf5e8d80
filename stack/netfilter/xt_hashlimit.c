/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xt_hashlimit.c - match hashlimit: a rate for each address, port or both; /proc/net/ipt_hashlimit/NAME
 *
 * mirrors net/netfilter/xt_hashlimit.c, revision 3
 * PATH
 *
 * A table lives as long as rules name it; the first one decides how. Memory is taken when a key is
 * first seen; entries whose time is over are dropped by whoever looks for room or shows the table.
 */
#include <errno.h>
#include <limits.h>
#include <linux/in.h>
#include <linux/netfilter/xt_hashlimit.h>

#include "core/vsprintf.h"
#include "core/world.h"
#include "core/xalloc.h"
#include "ipv4/ip.h"
#include "netfilter/nf_tables.h"
#include "netfilter/x_tables.h"

#define HASHLIMIT_HEADS 256U
#define HASHLIMIT_MAX_SIZE 1048576
/* of a machine with more than a gigabyte */
#define HASHLIMIT_SIZE_DEFAULT 8192U
#define HASHLIMIT_ALL                                                            \
	(XT_HASHLIMIT_HASH_DIP | XT_HASHLIMIT_HASH_DPT | XT_HASHLIMIT_HASH_SIP | \
	 XT_HASHLIMIT_HASH_SPT | XT_HASHLIMIT_INVERT | XT_HASHLIMIT_BYTES |      \
	 XT_HASHLIMIT_RATE_MATCH)

/* As with HZ = 1000. */
#define CREDITS_PER_JIFFY (UINT64_C(1) << 37)
#define CREDITS_PER_JIFFY_BYTES (UINT64_C(1) << 21)
#define CREDITS_PER_USER (XT_HZ * CREDITS_PER_JIFFY / XT_HASHLIMIT_SCALE_v2)

struct dsthash_dst {
	__be32 src, dst;
	__be16 src_port, dst_port;
};

struct dsthash_ent {
	struct hlist_node node;
	struct list_head list; /* by age */
	struct dsthash_dst dst;
	int64_t expires, prev;			 /* jiffies */
	uint64_t credit, credit_cap, cost;	 /* of a bucket of tokens */
	uint64_t rate, burst, current, interval; /* of a rate match */
	bool prev_window;
};

struct xt_hashlimit_htable {
	struct list_head list;
	struct list_head entries;
	struct hlist_head heads[HASHLIMIT_HEADS];
	char name[NAME_MAX];
	unsigned int use, count;
	struct hashlimit_cfg3 cfg;
};

struct hashlimit_state {
	struct xt_hashlimit_htable *hinfo;
};

static uint64_t user2credits(uint64_t user)
{
	return user * CREDITS_PER_USER;
}

static uint32_t user2credits_byte(uint32_t user)
{
	return (uint32_t)(user * (XT_HZ * CREDITS_PER_JIFFY_BYTES) >> 32);
}

static uint64_t user2rate_bytes(uint32_t user)
{
	uint64_t r = user ? UINT32_MAX / user : UINT32_MAX;

	return (r - 1) << XT_HASHLIMIT_BYTE_SHIFT;
}

static struct hlist_head *dsthash_head(struct xt_hashlimit_htable *ht, const struct dsthash_dst *d)
{
	uint64_t h = ((uint64_t)(ng_force uint32_t)d->src << 32 | (ng_force uint32_t)d->dst) *
		     UINT64_C(0x9e3779b97f4a7c15);

	h = (h ^
	     ((uint64_t)(ng_force uint16_t)d->src_port << 16 | (ng_force uint16_t)d->dst_port)) *
	    UINT64_C(0xff51afd7ed558ccd);
	return &ht->heads[h >> 56 & (HASHLIMIT_HEADS - 1)];
}

static void dsthash_free(struct xt_hashlimit_htable *ht, struct dsthash_ent *ent)
{
	hlist_del(&ent->node);
	list_del(&ent->list);
	free(ent);
	ht->count--;
}

static void htable_cleanup(struct xt_hashlimit_htable *ht, int64_t now, bool all)
{
	struct dsthash_ent *ent, *next;

	list_for_each_entry_safe(ent, next, &ht->entries, list) {
		if (all || now >= ent->expires)
			dsthash_free(ht, ent);
	}
}

static struct dsthash_ent *dsthash_find(struct xt_hashlimit_htable *ht,
					const struct dsthash_dst *dst, int64_t now)
{
	struct dsthash_ent *ent;

	hlist_for_each_entry(ent, dsthash_head(ht, dst), node) {
		if (ent->dst.src != dst->src || ent->dst.dst != dst->dst ||
		    ent->dst.src_port != dst->src_port || ent->dst.dst_port != dst->dst_port)
			continue;
		/* Linux's collector would have come by, once per gc_interval */
		if (now < ent->expires + ht->cfg.gc_interval)
			return ent;
		dsthash_free(ht, ent);
		return NULL;
	}
	return NULL;
}

static void rateinfo_init(struct dsthash_ent *ent, const struct hashlimit_cfg3 *cfg, int64_t now)
{
	ent->prev = now;
	if (cfg->mode & XT_HASHLIMIT_RATE_MATCH) {
		if (cfg->mode & XT_HASHLIMIT_BYTES) {
			ent->rate = user2rate_bytes((uint32_t)cfg->avg);
			ent->burst = cfg->burst ? cfg->burst * ent->rate : ent->rate;
		} else {
			ent->rate = XT_HASHLIMIT_SCALE_v2 / cfg->avg;
			ent->burst = cfg->burst + ent->rate;
		}
		ent->interval = cfg->interval;
	} else if (cfg->mode & XT_HASHLIMIT_BYTES) {
		ent->credit = CREDITS_PER_JIFFY_BYTES * XT_HZ;
		ent->cost = user2credits_byte((uint32_t)cfg->avg);
		ent->credit_cap = cfg->burst;
	} else {
		ent->credit = user2credits(cfg->avg * cfg->burst);
		ent->cost = user2credits(cfg->avg);
		ent->credit_cap = ent->credit;
	}
}

static void rateinfo_recalc(struct dsthash_ent *ent, uint32_t mode, int64_t now)
{
	uint64_t delta = (uint64_t)(now - ent->prev);
	uint64_t cap, add;

	if (!delta)
		return;
	if (mode & XT_HASHLIMIT_RATE_MATCH) {
		uint64_t interval = ent->interval * XT_HZ;

		if (delta < interval)
			return;
		ent->prev = now;
		ent->prev_window = ent->current * interval > delta * ent->rate;
		ent->current = 0;
		return;
	}
	ent->prev = now;
	cap = (mode & XT_HASHLIMIT_BYTES) ? CREDITS_PER_JIFFY_BYTES * XT_HZ : ent->credit_cap;
	add = (mode & XT_HASHLIMIT_BYTES) ? CREDITS_PER_JIFFY_BYTES : CREDITS_PER_JIFFY;
	if (delta > cap / add || ent->credit + delta * add > cap)
		ent->credit = cap;
	else
		ent->credit += delta * add;
}

static __be32 maskl(__be32 addr, unsigned int len)
{
	return len ? addr & cpu_to_be32(UINT32_MAX << (32 - len)) : 0;
}

static bool has_ports(uint8_t protocol)
{
	return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP || protocol == IPPROTO_UDPLITE ||
	       protocol == IPPROTO_SCTP || protocol == IPPROTO_DCCP || protocol == IPPROTO_ESP;
}

/* What is counted together. false: the packet ends before its ports. */
static bool hashlimit_init_dst(const struct hashlimit_cfg3 *cfg, struct dsthash_dst *dst,
			       const struct sk_buff *skb, uint32_t thoff)
{
	const struct iphdr *iph = ip_hdr(skb);
	const __be16 *ports;

	memset(dst, 0, sizeof(*dst));
	if (cfg->mode & XT_HASHLIMIT_HASH_DIP)
		dst->dst = maskl(iph->daddr, cfg->dstmask);
	if (cfg->mode & XT_HASHLIMIT_HASH_SIP)
		dst->src = maskl(iph->saddr, cfg->srcmask);
	if (!(cfg->mode & (XT_HASHLIMIT_HASH_DPT | XT_HASHLIMIT_HASH_SPT)) ||
	    !has_ports(iph->protocol))
		return true;
	ports = xt_peek(skb, thoff, 2 * sizeof(*ports));
	if (!ports)
		return false;
	if (cfg->mode & XT_HASHLIMIT_HASH_SPT)
		dst->src_port = ports[0];
	if (cfg->mode & XT_HASHLIMIT_HASH_DPT)
		dst->dst_port = ports[1];
	return true;
}

static struct dsthash_ent *dsthash_alloc(struct xt_hashlimit_htable *ht,
					 const struct dsthash_dst *dst, int64_t now)
{
	struct dsthash_ent *ent;

	if (ht->count >= ht->cfg.max)
		htable_cleanup(ht, now, false);
	if (ht->count >= ht->cfg.max)
		return NULL;
	ent = xzalloc(sizeof(*ent));
	ent->dst = *dst;
	hlist_add_head(&ent->node, dsthash_head(ht, dst));
	list_add_tail(&ent->list, &ht->entries);
	ht->count++;
	rateinfo_init(ent, &ht->cfg, now);
	return ent;
}

static uint64_t hashlimit_byte_cost(uint32_t len, struct dsthash_ent *ent)
{
	const uint64_t full = CREDITS_PER_JIFFY_BYTES * XT_HZ;
	uint64_t cost = ((len >> XT_HASHLIMIT_BYTE_SHIFT) + 1) * ent->cost;

	if (cost > full)
		cost = full;
	if (ent->credit < cost && ent->credit_cap) {
		ent->credit_cap--;
		ent->credit = full;
	}
	return cost;
}

static bool below_limit(struct dsthash_ent *ent, uint32_t mode, uint32_t len)
{
	uint64_t cost;

	if (mode & XT_HASHLIMIT_RATE_MATCH) {
		ent->current += (mode & XT_HASHLIMIT_BYTES) ? len : 1;
		return !ent->prev_window && ent->current <= ent->burst;
	}
	cost = (mode & XT_HASHLIMIT_BYTES) ? hashlimit_byte_cost(len, ent) : ent->cost;
	if (ent->credit < cost)
		return false;
	ent->credit -= cost;
	return true;
}

static bool hashlimit_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_hashlimit_mtinfo3 *info = par->info;
	struct xt_hashlimit_htable *ht = ((struct hashlimit_state *)par->state)->hinfo;
	int64_t now = xt_jiffies(par->hook->net);
	struct dsthash_dst dst;
	struct dsthash_ent *ent;

	if (!hashlimit_init_dst(&ht->cfg, &dst, skb, par->thoff)) {
		par->hotdrop = true;
		return false;
	}
	ent = dsthash_find(ht, &dst, now);
	if (ent)
		rateinfo_recalc(ent, ht->cfg.mode, now);
	else
		ent = dsthash_alloc(ht, &dst, now);
	if (!ent) {
		par->hotdrop = true;
		return false;
	}
	ent->expires = now + ht->cfg.expire;
	return below_limit(ent, info->cfg.mode, skb_len(skb)) !=
	       !!(info->cfg.mode & XT_HASHLIMIT_INVERT);
}

static int hashlimit_rate_check(const struct hashlimit_cfg3 *cfg)
{
	if (cfg->mode & XT_HASHLIMIT_RATE_MATCH) {
		if (cfg->avg == 0 || cfg->avg > UINT32_MAX)
			return -ERANGE;
		return cfg->interval == 0 ? -EINVAL : 0;
	}
	if (cfg->mode & XT_HASHLIMIT_BYTES)
		return user2credits_byte((uint32_t)cfg->avg) == 0 ? -EINVAL : 0;
	if (cfg->burst == 0 || user2credits(cfg->avg * cfg->burst) < user2credits(cfg->avg))
		return -ERANGE;
	return 0;
}

static int hashlimit_options_check(const struct xt_hashlimit_mtinfo3 *info)
{
	const struct hashlimit_cfg3 *cfg = &info->cfg;
	int err = xt_check_proc_name(info->name, sizeof(info->name));

	if (err)
		return err;
	if (cfg->gc_interval == 0 || cfg->expire == 0 || cfg->srcmask > 32 || cfg->dstmask > 32 ||
	    (cfg->mode & ~(unsigned int)HASHLIMIT_ALL))
		return -EINVAL;
	return hashlimit_rate_check(cfg);
}

static struct xt_hashlimit_htable *htable_find(struct net *net, const char *name)
{
	struct xt_hashlimit_htable *ht;

	if (!net->nft)
		return NULL;
	list_for_each_entry(ht, &net->nft->hashlimit_tables, list) {
		if (!strcmp(ht->name, name))
			return ht;
	}
	return NULL;
}

static struct xt_hashlimit_htable *htable_create(struct net *net,
						 const struct xt_hashlimit_mtinfo3 *info)
{
	struct xt_hashlimit_htable *ht = xzalloc(sizeof(*ht));

	ht->cfg = info->cfg;
	if (!ht->cfg.size)
		ht->cfg.size = HASHLIMIT_SIZE_DEFAULT;
	if (!ht->cfg.max)
		ht->cfg.max = 8 * ht->cfg.size;
	else if (ht->cfg.max < ht->cfg.size)
		ht->cfg.max = ht->cfg.size;
	memcpy(ht->name, info->name, sizeof(ht->name));
	INIT_LIST_HEAD(&ht->entries);
	list_add_tail(&ht->list, &nft_pernet(net)->hashlimit_tables);
	return ht;
}

static int hashlimit_mt_check(const struct xt_check *par)
{
	struct xt_hashlimit_mtinfo3 *info = par->info;
	struct hashlimit_state *st = par->state;
	struct xt_hashlimit_htable *ht;
	int err;

	if (info->cfg.size > HASHLIMIT_MAX_SIZE)
		info->cfg.size = HASHLIMIT_MAX_SIZE;
	if (info->cfg.max > HASHLIMIT_MAX_SIZE)
		info->cfg.max = HASHLIMIT_MAX_SIZE;
	err = hashlimit_options_check(info);
	if (err)
		return err;
	ht = htable_find(par->net, info->name);
	if (ht && ((ht->cfg.mode ^ info->cfg.mode) & XT_HASHLIMIT_RATE_MATCH))
		return -EINVAL;
	if (!ht)
		ht = htable_create(par->net, info);
	ht->use++;
	st->hinfo = ht;
	return 0;
}

static void hashlimit_mt_destroy(const struct xt_check *par)
{
	struct xt_hashlimit_htable *ht = ((struct hashlimit_state *)par->state)->hinfo;

	if (--ht->use)
		return;
	htable_cleanup(ht, 0, true);
	list_del(&ht->list);
	free(ht);
}

/**
 * xt_hashlimit_list - The names of a namespace's tables
 * @net: the namespace
 * @emit: called with each
 * @arg: for @emit
 */
void xt_hashlimit_list(struct net *net, void (*emit)(void *arg, const char *name), void *arg)
{
	const struct xt_hashlimit_htable *ht;

	if (!net->nft)
		return;
	list_for_each_entry(ht, &net->nft->hashlimit_tables, list)
		emit(arg, ht->name);
}

/**
 * xt_hashlimit_show - Writes /proc/net/ipt_hashlimit/NAME
 * @net: the namespace
 * @name: the table
 * @m: goes here; NULL: only whether there is such a table
 *
 * Return: 0 or -ENOENT.
 */
int xt_hashlimit_show(struct net *net, const char *name, struct seq_file *m)
{
	struct xt_hashlimit_htable *ht = htable_find(net, name);
	int64_t now = xt_jiffies(net);
	struct dsthash_ent *ent;

	if (!ht)
		return -ENOENT;
	if (!m)
		return 0;
	htable_cleanup(ht, now, false);
	list_for_each_entry(ent, &ht->entries, list) {
		rateinfo_recalc(ent, ht->cfg.mode, now);
		seq_printf(m, "%lld %pI4:%u->%pI4:%u %llu %llu %llu\n",
			   (long long)((ent->expires - now) / XT_HZ), (const void *)&ent->dst.src,
			   be16_to_cpu(ent->dst.src_port), (const void *)&ent->dst.dst,
			   be16_to_cpu(ent->dst.dst_port), (unsigned long long)ent->credit,
			   (unsigned long long)ent->credit_cap, (unsigned long long)ent->cost);
	}
	return 0;
}

static const struct xt_ext matches[] = {
	{ .name = "hashlimit",
	  .revision = 3,
	  .size = sizeof(struct xt_hashlimit_mtinfo3),
	  .usersize = offsetof(struct xt_hashlimit_mtinfo3, hinfo),
	  .statesize = sizeof(struct hashlimit_state),
	  .check = hashlimit_mt_check,
	  .destroy = hashlimit_mt_destroy,
	  .match = hashlimit_mt },
};

const struct xt_ext_row xt_hashlimit_matches = { matches, sizeof(matches) / sizeof(matches[0]) };
