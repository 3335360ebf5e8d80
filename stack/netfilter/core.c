/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * core.c - the hooks a packet passes, in order of priority
 *
 * mirrors net/netfilter/core.c
 * PATH
 *
 *	nf_hook() [netfilter.h]
 *	  nf_hook_slow()
 *	    nf_iterate(): each hook says ACCEPT, DROP or STOLEN
 *	    state->okfn()
 */
#include "netfilter/netfilter.h"

#include <errno.h>
#include <limits.h>

#include "core/trace.h"
#include "core/xalloc.h"

static struct list_head *nf_hook_head(const struct netns_nf *nf, uint8_t pf, uint8_t hook)
{
	struct netns_nf *n = (struct netns_nf *)(uintptr_t)nf;

	switch (pf) {
	case NFPROTO_IPV4:
		return &n->hooks_ipv4[hook];
	case NFPROTO_ARP:
		return &n->hooks_arp[hook];
	case NFPROTO_BRIDGE:
		return &n->hooks_bridge[hook];
	default:
		return NULL;
	}
}

static struct netns_nf *nf_net_get(struct net *net)
{
	unsigned int i;

	if (net->nf)
		return net->nf;
	net->nf = xzalloc(sizeof(*net->nf));
	for (i = 0; i < NF_INET_NUMHOOKS; i++) {
		INIT_LIST_HEAD(&net->nf->hooks_ipv4[i]);
		INIT_LIST_HEAD(&net->nf->hooks_bridge[i]);
	}
	for (i = 0; i < 3; i++)
		INIT_LIST_HEAD(&net->nf->hooks_arp[i]);
	return net->nf;
}

/**
 * nf_hook_insert - Puts a hook into a row kept by priority
 * @head: the row
 * @ops: the hook; of two with the same priority the newer runs first, as nf_hook_entries_grow()
 * 	does
 */
void nf_hook_insert(struct list_head *head, struct nf_hook_ops *ops)
{
	struct nf_hook_ops *pos;

	list_for_each_entry(pos, head, list) {
		if (ops->priority <= pos->priority)
			break;
	}
	list_add_tail(&ops->list, &pos->list);
}

/**
 * nf_register_net_hook - Adds a hook to a namespace
 * @net: the namespace
 * @ops: the hook; stays the caller's, must live until nf_unregister_net_hook()
 */
void nf_register_net_hook(struct net *net, struct nf_hook_ops *ops)
{
	nf_hook_insert(nf_hook_head(nf_net_get(net), ops->pf, ops->hooknum), ops);
}

/**
 * nf_unregister_net_hook - Takes a hook out again
 * @net: the namespace it was registered in
 * @ops: the hook
 */
void nf_unregister_net_hook(struct net *net, struct nf_hook_ops *ops)
{
	(void)net;
	list_del(&ops->list);
}

/**
 * nf_net_exit - Frees the hook lists of a dying namespace
 * @net: the namespace; whoever owns hooks has unregistered them
 */
void nf_net_exit(struct net *net)
{
	free(net->nf);
	net->nf = NULL;
}

static int nf_iterate(struct sk_buff *skb, struct nf_hook_state *state, int after)
{
	struct list_head *head = nf_hook_head(state->net->nf, state->pf, state->hook);
	struct nf_hook_ops *ops;

	list_for_each_entry(ops, head, list) {
		unsigned int verdict;

		if (ops->priority <= after && after != INT_MIN)
			continue;
		verdict = ops->hook(ops->priv, skb, state);
		if (verdict == NF_ACCEPT)
			continue;
		if (verdict == NF_STOLEN)
			return 0;
		kfree_skb_reason(skb, SKB_DROP_REASON_NETFILTER_DROP);
		/* NF_DROP_ERR(): the upper half is an errno */
		return verdict >> 16 ? -(int)(verdict >> 16) : -EPERM;
	}
	return 1;
}

/**
 * nf_hook_thresh - Runs the hooks above a priority, then goes on
 * @skb: the packet; consumed
 * @state: where it is, and where it goes on
 * @after: hooks with this priority or a lower one are left out; INT_MIN: none
 *
 * As NF_HOOK_THRESH() and br_nf_hook_thresh(). Return: what okfn returned, -EPERM when the packet
 * was
 * dropped, 0 when a hook kept it.
 */
int nf_hook_thresh(struct sk_buff *skb, struct nf_hook_state *state, int after)
{
	int ret = 1;

	if (trace_on(skb->world) && after == INT_MIN)
		nf_trace_hook(skb, state);
	if (state->net->nf)
		ret = nf_iterate(skb, state, after);
	if (ret != 1)
		return ret;
	return state->okfn(skb);
}

/**
 * nf_hook_slow - Runs every hook, then goes on
 * @skb: the packet; consumed
 * @state: where it is, and where it goes on
 *
 * Return: what okfn returned, -EPERM when the packet was dropped, 0 when a hook kept it.
 */
int nf_hook_slow(struct sk_buff *skb, struct nf_hook_state *state)
{
	return nf_hook_thresh(skb, state, INT_MIN);
}
