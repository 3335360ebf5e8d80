/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * x_tables.h - iptables' extensions: what a rule's `match` and `target` expressions run
 */
#ifndef STACK_NETFILTER_X_TABLES_H
#define STACK_NETFILTER_X_TABLES_H

#include <linux/netfilter/x_tables.h>

#include "core/world.h"
#include "netfilter/netfilter.h"

struct xt_ext;

/* what an extension sees of a packet */
struct xt_action_param {
	const struct xt_ext *ext;
	const void *info; /* as user space wrote it */
	void *state;	  /* ext->statesize bytes, zeroed when the rule was made */
	const struct nf_hook_state *hook;
	uint32_t thoff; /* from the network header */
	uint16_t fragoff;
	bool hotdrop; /* set: drop the packet, whatever the rule says */
};

/* what it is asked when a rule is made */
struct xt_check {
	struct net *net;
	const char *table;
	void *info;
	void *state;
	unsigned int hook_mask; /* 0: in a user's chain */
	uint16_t proto;		/* of `-p`, 0: none */
	bool proto_inverted;
};

/* One name and revision; matches and targets are separate rows. */
struct xt_ext {
	const char *name;
	uint8_t revision;
	bool any_family;   /* registered for all families; only matters to xt_best_revision() */
	uint32_t size;	   /* of info */
	uint32_t usersize; /* of info, as dumps show it; 0: all */
	uint32_t statesize;
	const char *table;  /* only there; NULL: anywhere */
	unsigned int hooks; /* bits; 0: anywhere */
	uint16_t proto;	    /* `-p` must be this; 0: any */
	int (*check)(const struct xt_check *par);
	void (*destroy)(const struct xt_check *par);
	bool (*match)(struct sk_buff *skb, struct xt_action_param *par);
	/* NF_ACCEPT, NF_DROP, NF_STOLEN, XT_CONTINUE */
	unsigned int (*target)(struct sk_buff *skb, struct xt_action_param *par);
};

struct xt_ext_row {
	const struct xt_ext *ext;
	unsigned int nr;
};

#define XT_HOOK(h) (1U << NF_INET_##h)

/* why a rule is refused: only the kernel's log tells */
#define xt_info(par, ...) printk((par)->net->world, LOGLEVEL_INFO, __VA_ARGS__)

/* x_tables.c */
const struct xt_ext *xt_find_match(const char *name, uint8_t revision);
const struct xt_ext *xt_find_target(const char *name, uint8_t revision);
int xt_find_revision(const char *name, uint8_t revision, bool target);
int xt_check(const struct xt_ext *ext, const struct xt_check *par, uint32_t size);
int xt_check_proc_name(const char *name, size_t size);

/* ticks of the clock that rates are counted in: as with HZ = 1000 */
#define XT_HZ 1000U
#define XT_INITIAL_JIFFIES INT64_C(4294667296)
int64_t xt_jiffies(const struct net *net);

/* lists and tables that are files too: xt_recent.c, xt_hashlimit.c */
struct seq_file;
void xt_recent_list(struct net *net, void (*emit)(void *arg, const char *name), void *arg);
int xt_recent_show(struct net *net, const char *name, struct seq_file *m);
int xt_recent_store(struct net *net, const char *name, const char *text, size_t len);
void xt_hashlimit_list(struct net *net, void (*emit)(void *arg, const char *name), void *arg);
int xt_hashlimit_show(struct net *net, const char *name, struct seq_file *m);

/* Bytes from the network header on, NULL when the packet ends before. */
static inline void *xt_peek(const struct sk_buff *skb, uint32_t offset, uint32_t len)
{
	uint8_t *p = (uint8_t *)skb_network_header(skb) + offset;

	return p + len <= skb->tail ? p : NULL;
}

/* one row per file */
extern const struct xt_ext_row xt_tcpudp_matches, xt_plain_matches, xt_meta_matches,
	xt_conntrack_matches, xt_limit_matches, xt_recent_matches, xt_hashlimit_matches,
	xt_connlimit_matches, xt_u32_matches;
extern const struct xt_ext_row xt_mark_targets, xt_reject_targets, xt_nat_targets, xt_ct_targets,
	xt_header_targets, xt_nfqueue_targets;

#endif
