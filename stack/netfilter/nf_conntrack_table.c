/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_conntrack_table.c - where flows are kept: by tuple, and in order of creation
 *
 * mirrors net/netfilter/nf_conntrack_core.c (tables), nf_conntrack_proto.c (hooks on demand)
 * TABLE
 *
 * Each namespace has its own table, and hooks only while some rule needs them;
 * flows outlive those rules until they are too old. A flow is freed when the
 * table and the last packet have let go of it; it may outlive its namespace.
 */
#include <errno.h>
#include <limits.h>
#include <linux/icmp.h>
#include <linux/in.h>

#include "core/trace.h"
#include "core/xalloc.h"
#include "ipv4/ip.h"
#include "netfilter/nf_conntrack.h"

#define NF_CT_SLAB_ENTRIES 64
#define NF_CT_HASH_FIRST 64U
/* heads per flow: most chains are empty, so that a look-up that finds nothing touches no flow */
#define NF_CT_HASH_ROOM 4U

/* memory is taken in slabs and given back with the table */
struct nf_ct_slab {
	struct nf_ct_slab *next;
	struct nf_conn entries[NF_CT_SLAB_ENTRIES];
};

/* Flows that differ in the client's port alone, as one host makes them in a row, are neighbours. */
static uint32_t hash_conntrack(const struct netns_ct *netct, const struct nf_conntrack_tuple *t)
{
	uint64_t h = ((uint64_t)(ng_force uint32_t)t->src << 32 | (ng_force uint32_t)t->dst) *
		     UINT64_C(0x9e3779b97f4a7c15);
	uint32_t a = be16_to_cpu(t->src_all), b = be16_to_cpu(t->dst_all);

	h ^= (uint64_t)t->zone << 48 | (uint64_t)(a < b ? a : b) << 16 | t->protonum;
	h *= UINT64_C(0xff51afd7ed558ccd);
	return ((uint32_t)(h >> 32) + (a < b ? b : a)) & (netct->hash_size - 1);
}

/**
 * nf_ct_bysource_head - Where flows with the same first source are kept
 * @netct: the namespace's flows
 * @tuple: its source address, port and protocol count
 *
 * Return: a chain; it also holds others.
 */
struct hlist_head *nf_ct_bysource_head(const struct netns_ct *netct,
				       const struct nf_conntrack_tuple *tuple)
{
	struct nf_conntrack_tuple key = { .src = tuple->src,
					  .src_all = tuple->src_all,
					  .protonum = tuple->protonum };

	return &netct->nat_bysource[hash_conntrack(netct, &key)];
}

/**
 * nf_ct_bysource_insert - Notes a flow under its first source
 * @ct: the flow
 */
void nf_ct_bysource_insert(struct nf_conn *ct)
{
	hlist_add_head(&ct->nat_bysource,
		       nf_ct_bysource_head(ct->netct, &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple));
}

static void nf_ct_hook(struct netns_ct *netct, unsigned int i, nf_hookfn hook, uint8_t hooknum,
		       int priority)
{
	netct->ops[i] = (struct nf_hook_ops){
		.hook = hook,
		.pf = NFPROTO_IPV4,
		.hooknum = hooknum,
		.priority = priority,
	};
}

static unsigned int ipv4_conntrack_in(void *priv, struct sk_buff *skb,
				      const struct nf_hook_state *state)
{
	(void)priv;
	return nf_conntrack_in(skb, state);
}

static unsigned int ipv4_conntrack_local(void *priv, struct sk_buff *skb,
					 const struct nf_hook_state *state)
{
	(void)priv;
	/* IP_NODEFRAG: the program sends fragments itself */
	if (ip_is_fragment(ip_hdr(skb)))
		return NF_ACCEPT;
	return nf_conntrack_in(skb, state);
}

static unsigned int ipv4_confirm(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	(void)priv;
	(void)state;
	return nf_conntrack_confirm(skb);
}

/**
 * nf_ct_pernet - The flows of a namespace, made on first use
 * @net: the namespace
 *
 * Return: never NULL.
 */
struct netns_ct *nf_ct_pernet(struct net *net)
{
	struct netns_ct *netct = net->ct;

	if (netct)
		return netct;
	netct = xzalloc(sizeof(*netct));
	netct->world = net->world;
	netct->net = net;
	netct->hash_size = NF_CT_HASH_FIRST;
	netct->hash = xzalloc(sizeof(*netct->hash) * netct->hash_size);
	netct->nat_bysource = xzalloc(sizeof(*netct->nat_bysource) * netct->hash_size);
	INIT_LIST_HEAD(&netct->all);
	INIT_LIST_HEAD(&netct->free);
	nf_conntrack_sysctl_defaults(netct);
	nf_ct_hook(netct, 0, ipv4_conntrack_in, NF_INET_PRE_ROUTING, NF_IP_PRI_CONNTRACK);
	nf_ct_hook(netct, 1, ipv4_conntrack_local, NF_INET_LOCAL_OUT, NF_IP_PRI_CONNTRACK);
	nf_ct_hook(netct, 2, ipv4_confirm, NF_INET_POST_ROUTING, NF_IP_PRI_CONNTRACK_CONFIRM);
	nf_ct_hook(netct, 3, ipv4_confirm, NF_INET_LOCAL_IN, NF_IP_PRI_CONNTRACK_CONFIRM);
	nf_ct_hook(netct, 4, ipv4_conntrack_defrag, NF_INET_PRE_ROUTING,
		   NF_IP_PRI_CONNTRACK_DEFRAG);
	nf_ct_hook(netct, 5, ipv4_conntrack_defrag, NF_INET_LOCAL_OUT, NF_IP_PRI_CONNTRACK_DEFRAG);
	net->ct = netct;
	return netct;
}

/**
 * nf_ct_netns_get - A rule needs flows: the first one registers the hooks
 * @net: the namespace
 */
void nf_ct_netns_get(struct net *net)
{
	struct netns_ct *netct = nf_ct_pernet(net);
	unsigned int i;

	if (netct->users++)
		return;
	for (i = 0; i < sizeof(netct->ops) / sizeof(netct->ops[0]); i++)
		nf_register_net_hook(net, &netct->ops[i]);
	netct->hooked = true;
}

/**
 * nf_ct_netns_put - A rule that needed flows is gone: the last one takes the hooks away
 * @net: the namespace
 */
void nf_ct_netns_put(struct net *net)
{
	struct netns_ct *netct = nf_ct_pernet(net);
	unsigned int i;

	if (--netct->users)
		return;
	for (i = 0; i < sizeof(netct->ops) / sizeof(netct->ops[0]); i++)
		nf_unregister_net_hook(net, &netct->ops[i]);
	netct->hooked = false;
}

static void nf_ct_slab_add(struct netns_ct *netct)
{
	struct nf_ct_slab *slab = xzalloc(sizeof(*slab));
	unsigned int i;

	slab->next = netct->slabs;
	netct->slabs = slab;
	for (i = 0; i < NF_CT_SLAB_ENTRIES; i++)
		list_add_tail(&slab->entries[i].list, &netct->free);
}

static void nf_ct_pernet_free(struct netns_ct *netct)
{
	while (netct->slabs) {
		struct nf_ct_slab *next = netct->slabs->next;

		free(netct->slabs);
		netct->slabs = next;
	}
	free(netct->nat);
	free(netct->nat_bysource);
	free(netct->hash);
	free(netct);
}

/**
 * nf_conntrack_alloc - Makes a flow nobody finds yet
 * @net: the namespace
 * @orig: tuple of the first packet
 * @repl: tuple of its answer
 *
 * Return: with one reference, for the packet; NULL when the table is full.
 */
struct nf_conn *nf_conntrack_alloc(struct net *net, const struct nf_conntrack_tuple *orig,
				   const struct nf_conntrack_tuple *repl)
{
	struct netns_ct *netct = nf_ct_pernet(net);
	uint32_t max = (uint32_t)net->world->nf_conntrack_max; /* 0: no limit */
	struct nf_conn *ct;

	if (max && netct->nr_alive >= max) {
		nf_ct_gc(netct);
		if (netct->nr_alive >= max)
			return NULL;
	}
	if (list_empty(&netct->free))
		nf_ct_slab_add(netct);
	ct = list_first_entry(&netct->free, struct nf_conn, list);
	list_del(&ct->list);
	memset(ct, 0, sizeof(*ct));
	INIT_LIST_HEAD(&ct->list);
	ct->netct = netct;
	ct->refs = 1;
	ct->ctmask = nf_ct_ecache_mask(netct, 0);
	ct->acct = netct->sysctl[NF_CT_SYSCTL_ACCT];
	ct->timestamp = netct->sysctl[NF_CT_SYSCTL_TIMESTAMP];
	ct->id = ++netct->next_id;
	ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple = *orig;
	ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple.dir = IP_CT_DIR_ORIGINAL;
	ct->tuplehash[IP_CT_DIR_REPLY].tuple = *repl;
	ct->tuplehash[IP_CT_DIR_REPLY].tuple.dir = IP_CT_DIR_REPLY;
	netct->nr_alive++;
	return ct;
}

/**
 * nf_conntrack_get - A packet holds a flow
 * @ct: the flow, may be NULL
 */
void nf_conntrack_get(struct nf_conn *ct)
{
	if (ct)
		ct->refs++;
}

/**
 * nf_conntrack_put - A packet, or the table, lets go of a flow
 * @ct: the flow, may be NULL; freed with the last reference
 */
void nf_conntrack_put(struct nf_conn *ct)
{
	struct netns_ct *netct;

	if (!ct || --ct->refs)
		return;
	netct = ct->netct;
	hlist_del(&ct->nat_bysource);
	list_add(&ct->list, &netct->free);
	if (--netct->nr_alive == 0 && !netct->net)
		nf_ct_pernet_free(netct);
}

static struct hlist_node *hlist_pop(struct hlist_head *head)
{
	struct hlist_node *n = head->first;

	if (n)
		hlist_del(n);
	return n;
}

/*
 * Flows that only packets hold are here too; those of one source keep their order: off, and off
 * again.
 */
static void nf_ct_bysource_grow(struct hlist_head *old, uint32_t old_size)
{
	struct hlist_head turned = { .first = NULL };
	struct hlist_node *n;
	uint32_t i;

	for (i = 0; i < old_size; i++) {
		while ((n = hlist_pop(&old[i])) != NULL)
			hlist_add_head(n, &turned);
		while ((n = hlist_pop(&turned)) != NULL)
			nf_ct_bysource_insert(container_of(n, struct nf_conn, nat_bysource));
	}
	free(old);
}

static void nf_conntrack_hash_grow(struct netns_ct *netct)
{
	struct hlist_head *old_bysource = netct->nat_bysource;
	struct nf_conn *ct;

	free(netct->hash);
	netct->hash_size *= 2;
	netct->hash = xzalloc(sizeof(*netct->hash) * netct->hash_size);
	netct->nat_bysource = xzalloc(sizeof(*netct->nat_bysource) * netct->hash_size);
	nf_ct_bysource_grow(old_bysource, netct->hash_size / 2);
	list_for_each_entry(ct, &netct->all, list) {
		unsigned int dir;

		for (dir = 0; dir < IP_CT_DIR_MAX; dir++) {
			struct nf_conntrack_tuple_hash *h = &ct->tuplehash[dir];

			hlist_add_head(&h->node, &netct->hash[hash_conntrack(netct, &h->tuple)]);
		}
	}
}

/**
 * nf_conntrack_hash_insert - From now on the flow is found, in both directions
 * @ct: the flow; the table takes a reference
 */
void nf_conntrack_hash_insert(struct nf_conn *ct)
{
	struct netns_ct *netct = ct->netct;
	unsigned int dir;

	if (netct->nr_confirmed >= netct->hash_size / NF_CT_HASH_ROOM)
		nf_conntrack_hash_grow(netct);
	for (dir = 0; dir < IP_CT_DIR_MAX; dir++) {
		struct nf_conntrack_tuple_hash *h = &ct->tuplehash[dir];

		hlist_add_head(&h->node, &netct->hash[hash_conntrack(netct, &h->tuple)]);
	}
	list_add_tail(&ct->list, &netct->all);
	netct->nr_confirmed++;
	ct->refs++;
	ct->status |= IPS_CONFIRMED;
}

/**
 * nf_ct_delete - Takes a flow out of the table
 * @ct: a confirmed flow; packets may still hold it
 */
void nf_ct_delete(struct nf_conn *ct)
{
	if (ct->status & IPS_DYING)
		return;
	ct->status |= IPS_DYING;
	if (ct->ctmask)
		nf_ct_event(ct, 1U << IPCT_DESTROY);
	hlist_del(&ct->tuplehash[IP_CT_DIR_ORIGINAL].node);
	hlist_del(&ct->tuplehash[IP_CT_DIR_REPLY].node);
	list_del(&ct->list);
	ct->netct->nr_confirmed--;
	if (trace_on(ct->netct->world))
		nf_ct_trace_destroy(ct);
	nf_conntrack_put(ct);
}

/**
 * nf_ct_gc - Deletes the flows whose time is over
 * @netct: the namespace's flows
 */
void nf_ct_gc(struct netns_ct *netct)
{
	int64_t now = world_now(netct->world);
	struct nf_conn *ct, *next;

	list_for_each_entry_safe(ct, next, &netct->all, list) {
		if (ct->timeout_ns <= now)
			nf_ct_delete(ct);
	}
}

/**
 * nf_conntrack_find - The flow a tuple belongs to
 * @netct: the namespace's flows
 * @tuple: as read from a packet
 *
 * A flow whose time is over is deleted on the way. Return: the direction that matches, or NULL.
 */
struct nf_conntrack_tuple_hash *nf_conntrack_find(struct netns_ct *netct,
						  const struct nf_conntrack_tuple *tuple)
{
	struct hlist_head *head = &netct->hash[hash_conntrack(netct, tuple)];
	struct nf_conntrack_tuple_hash *h;

	hlist_for_each_entry(h, head, node) {
		struct nf_conn *ct;

		if (!nf_ct_tuple_equal(&h->tuple, tuple))
			continue;
		ct = nf_ct_tuplehash_to_ctrack(h);
		if (ct->timeout_ns > world_now(netct->world))
			return h;
		nf_ct_delete(ct);
		return NULL;
	}
	return NULL;
}

/**
 * nf_conntrack_find_skb - The flow a packet belongs to, in the zone a rule put it
 * @skb: the packet
 * @netct: the namespace's flows
 * @tuple: as read from the packet; gets its zone
 *
 * As nf_ct_zone_equal(): a zone may hold for one direction only; then the other is in zone 0.
 * Return: the direction that matches, or NULL.
 */
struct nf_conntrack_tuple_hash *nf_conntrack_find_skb(const struct sk_buff *skb,
						      struct netns_ct *netct,
						      struct nf_conntrack_tuple *tuple)
{
	uint8_t dirs = skb->nf_zone_dir;
	struct nf_conntrack_tuple_hash *h;

	tuple->zone = (dirs & 1U << IP_CT_DIR_ORIGINAL) ? skb->nf_zone : 0;
	h = nf_conntrack_find(netct, tuple);
	if (!dirs || dirs == (1U << IP_CT_DIR_ORIGINAL | 1U << IP_CT_DIR_REPLY) ||
	    (h && h->tuple.dir == IP_CT_DIR_ORIGINAL))
		return h;
	tuple->zone = (dirs & 1U << IP_CT_DIR_REPLY) ? skb->nf_zone : 0;
	h = nf_conntrack_find(netct, tuple);
	tuple->zone = (dirs & 1U << IP_CT_DIR_ORIGINAL) ? skb->nf_zone : 0;
	return h && h->tuple.dir == IP_CT_DIR_REPLY ? h : NULL;
}

/**
 * nf_conntrack_tuple_taken - Would another flow answer to this tuple?
 * @tuple: the tuple
 * @ignored: a flow that does not count, not in the table yet
 *
 * Return: true when it is taken.
 */
bool nf_conntrack_tuple_taken(const struct nf_conntrack_tuple *tuple, const struct nf_conn *ignored)
{
	struct nf_conntrack_tuple_hash *h = nf_conntrack_find(ignored->netct, tuple);

	return h && nf_ct_tuplehash_to_ctrack(h) != ignored;
}

/**
 * nf_ct_iterate_cleanup - Deletes the flows a test picks
 * @net: the namespace
 * @iter: true: delete it
 * @arg: for @iter
 *
 * Return: how many were deleted.
 */
unsigned int nf_ct_iterate_cleanup(struct net *net, bool (*iter)(struct nf_conn *ct, void *arg),
				   void *arg)
{
	struct nf_conn *ct, *next;
	unsigned int n = 0;

	if (!net->ct)
		return 0;
	list_for_each_entry_safe(ct, next, &net->ct->all, list) {
		if (!iter(ct, arg))
			continue;
		nf_ct_delete(ct);
		n++;
	}
	return n;
}

/**
 * nf_ct_net_exit - Deletes all flows of a dying namespace
 * @net: the namespace; its rules are gone
 */
void nf_ct_net_exit(struct net *net)
{
	struct netns_ct *netct = net->ct;
	struct nf_conn *ct, *next;

	if (!netct)
		return;
	list_for_each_entry_safe(ct, next, &netct->all, list)
		nf_ct_delete(ct);
	net->ct = NULL;
	netct->net = NULL;
	if (netct->nr_alive == 0)
		nf_ct_pernet_free(netct);
}
