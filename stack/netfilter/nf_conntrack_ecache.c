/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_conntrack_ecache.c - tells listeners what happens to flows: conntrack -E
 *
 * mirrors net/netfilter/nf_conntrack_ecache.c, nf_conntrack_netlink.c (ctnetlink_conntrack_event)
 * CONTROL
 *
 * What a packet does to its flow is gathered in nf_conn->cached and told when the packet has got
 * through (nf_conntrack_confirm()). A flow that began while nobody listened stays silent.
 */
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>

#include "core/world.h"
#include "netfilter/nf_ct_nlattr.h"
#include "netlink/af_netlink.h"

#define EVENTS_NEW (1U << IPCT_NEW | 1U << IPCT_RELATED)

static bool ctnetlink_has_listener(const struct net *net)
{
	return netlink_has_listeners(net, NETLINK_NETFILTER, NFNLGRP_CONNTRACK_NEW) ||
	       netlink_has_listeners(net, NETLINK_NETFILTER, NFNLGRP_CONNTRACK_UPDATE) ||
	       netlink_has_listeners(net, NETLINK_NETFILTER, NFNLGRP_CONNTRACK_DESTROY);
}

/**
 * nf_ct_ecache_mask - Which events a new flow may tell
 * @netct: the namespace's flows
 * @ctmask: what a rule says (--ctevents), 0: nothing
 *
 * As nf_ct_ecache_ext_add(). Return: bits of enum ip_conntrack_events.
 */
uint16_t nf_ct_ecache_mask(const struct netns_ct *netct, uint16_t ctmask)
{
	switch (netct->sysctl[NF_CT_SYSCTL_EVENTS]) {
	case 0:
		return ctmask;
	case 2:
		if (!ctnetlink_has_listener(netct->net))
			return 0;
		break;
	default:
		break;
	}
	return ctmask ? ctmask : UINT16_MAX;
}

/**
 * nf_ct_event - Tells listeners now
 * @ct: the flow
 * @events: bits of enum ip_conntrack_events; those the flow may not tell are left out
 */
void nf_ct_event(const struct nf_conn *ct, uint32_t events)
{
	struct netns_ct *netct = ct->netct;
	struct nl_buf buf = { 0 };
	struct nfgenmsg *nfmsg;
	uint32_t group = NFNLGRP_CONNTRACK_UPDATE;
	uint16_t type = IPCTNL_MSG_CT_NEW;
	uint16_t flags = 0;

	events &= ct->ctmask;
	if (!events || !netct->net)
		return;
	if (events & 1U << IPCT_DESTROY) {
		type = IPCTNL_MSG_CT_DELETE;
		group = NFNLGRP_CONNTRACK_DESTROY;
	} else if (events & EVENTS_NEW) {
		flags = NLM_F_CREATE | NLM_F_EXCL;
		group = NFNLGRP_CONNTRACK_NEW;
	}
	if (!netlink_has_listeners(netct->net, NETLINK_NETFILTER, group))
		return;
	nfmsg = nlmsg_put(&buf, netct->event_portid, 0,
			  (uint16_t)(NFNL_SUBSYS_CTNETLINK << 8 | type), flags, sizeof(*nfmsg));
	nfmsg->nfgen_family = NFPROTO_IPV4;
	nfmsg->version = NFNETLINK_V0;
	ctnetlink_put_event(&buf, ct, events);
	nlmsg_end(&buf);
	netlink_broadcast(netct->net, NETLINK_NETFILTER, group, &buf);
	nl_buf_fini(&buf);
}

/**
 * nf_ct_deliver_cached_events - Tells what packets have done to a flow
 * @ct: the flow, confirmed
 */
void nf_ct_deliver_cached_events(struct nf_conn *ct)
{
	uint16_t events = ct->cached;

	ct->cached = 0;
	if (ct->ctmask && !(ct->status & IPS_DYING))
		nf_ct_event(ct, events);
}
