/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_defrag_ipv4.c - flows need whole packets: fragments are put together before they are tracked
 *
 * mirrors net/ipv4/netfilter/nf_defrag_ipv4.c
 * PATH
 */
#include "core/sock.h"
#include "ipv4/ip.h"
#include "netfilter/nf_conntrack.h"

/**
 * ipv4_conntrack_defrag - Keeps fragments until the packet is whole
 * @priv: not used
 * @skb: the packet
 * @state: PREROUTING or OUTPUT
 *
 * Return: NF_ACCEPT for a packet that is no fragment, else NF_STOLEN: the whole packet goes
 * through the
 * hooks after this one when the last fragment has come.
 */
unsigned int ipv4_conntrack_defrag(void *priv, struct sk_buff *skb,
				   const struct nf_hook_state *state)
{
	enum ip_defrag_users user = IP_DEFRAG_CONNTRACK_OUT;
	struct nf_hook_state rest = *state;
	struct sk_buff *whole;

	(void)priv;
	if (!ip_is_fragment(ip_hdr(skb)))
		return NF_ACCEPT;
	if (state->sk && state->sk->family == AF_INET && inet_sk(state->sk)->nodefrag)
		return NF_ACCEPT;
	if (skb->nfct || skb->nfctinfo == IP_CT_UNTRACKED)
		return NF_ACCEPT;
	if (state->hook == NF_INET_PRE_ROUTING)
		user = skb->nf_bridge ? IP_DEFRAG_CONNTRACK_BRIDGE_IN : IP_DEFRAG_CONNTRACK_IN;
	whole = ip_defrag(state->net, skb, user);
	if (!whole)
		return NF_STOLEN;
	ip_send_check(ip_hdr(whole));
	whole->ignore_df = true;
	if (whole == skb)
		return NF_ACCEPT;
	nf_hook_thresh(whole, &rest, NF_IP_PRI_CONNTRACK_DEFRAG);
	return NF_STOLEN;
}
