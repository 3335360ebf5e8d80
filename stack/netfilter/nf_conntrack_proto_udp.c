/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_conntrack_proto_udp.c - flows of UDP, and of protocols nothing is known of
 *
 * mirrors net/netfilter/nf_conntrack_proto_udp.c, nf_conntrack_proto_generic.c,
 * net/netfilter/utils.c
 * PATH
 */
#include <linux/udp.h>

#include "core/world.h"
#include "ipv4/ip.h"
#include "netfilter/nf_conntrack.h"
#include "netfilter/x_tables.h"

/* how long both sides must have talked to count as a stream */
#define UDP_STREAM_AFTER_NS (2 * NSEC_PER_SEC)

/**
 * nf_ip_checksum_ok - Is the transport checksum right?
 * @skb: the packet
 * @dataoff: of the transport header, from the network header
 * @protocol: IPPROTO_*; only TCP, UDP and ICMP are checked
 *
 * Return: true also when it is known to be right, or is filled in later.
 */
bool nf_ip_checksum_ok(const struct sk_buff *skb, uint32_t dataoff, uint8_t protocol)
{
	const struct iphdr *iph = ip_hdr(skb);
	uint32_t tot_len = be16_to_cpu(iph->tot_len);
	const uint8_t *data;
	uint32_t len;

	if (skb->ip_summed != CHECKSUM_NONE || ip_is_fragment(iph) || tot_len < dataoff)
		return true;
	len = tot_len - dataoff;
	data = xt_peek(skb, dataoff, len);
	if (!data)
		return true;
	if (protocol == IPPROTO_ICMP)
		return ip_compute_csum(data, len) == 0;
	if (protocol == IPPROTO_UDP && len >= 8 && !data[6] && !data[7])
		return true;
	if (protocol != IPPROTO_TCP && protocol != IPPROTO_UDP)
		return true;
	return csum_tcpudp_magic(iph->saddr, iph->daddr, len, protocol,
				 csum_partial(data, len, 0)) == 0;
}

static bool udp_error(const struct nf_ct_packet *pkt)
{
	const struct udphdr *uh = xt_peek(pkt->skb, pkt->dataoff, sizeof(*uh));
	uint32_t udplen = skb_len(pkt->skb) - pkt->dataoff;

	if (!uh)
		return true;
	if (be16_to_cpu(uh->len) > udplen || be16_to_cpu(uh->len) < sizeof(*uh))
		return true;
	return pkt->state->hook == NF_INET_PRE_ROUTING &&
	       pkt->ct->netct->sysctl[NF_CT_SYSCTL_CHECKSUM] &&
	       !nf_ip_checksum_ok(pkt->skb, pkt->dataoff, IPPROTO_UDP);
}

/**
 * nf_conntrack_udp_packet - A UDP datagram
 * @pkt: packet and flow
 *
 * Answered and still alive after two seconds, a flow is a stream: ASSURED, and it lives longer.
 * Return: NF_ACCEPT, NF_CT_INVALID.
 */
int nf_conntrack_udp_packet(const struct nf_ct_packet *pkt)
{
	struct nf_conn *ct = pkt->ct;
	int64_t now = world_now(ct->netct->world);
	bool stream;

	if (udp_error(pkt))
		return NF_CT_INVALID;
	if (!nf_ct_is_confirmed(ct))
		ct->proto.stream_ns = now + UDP_STREAM_AFTER_NS;
	stream = (ct->status & IPS_SEEN_REPLY) && now > ct->proto.stream_ns;
	nf_ct_refresh_acct(pkt, nf_ct_timeout(ct->netct, stream ? NF_CT_SYSCTL_UDP_TIMEOUT_STREAM
								: NF_CT_SYSCTL_UDP_TIMEOUT));
	if (stream && !(ct->status & IPS_ASSURED)) {
		ct->status |= IPS_ASSURED;
		ct->cached |= 1U << IPCT_ASSURED;
	}
	return NF_ACCEPT;
}

/**
 * nf_conntrack_generic_packet - A packet of any other protocol: addresses make the flow
 * @pkt: packet and flow
 *
 * Return: NF_ACCEPT.
 */
int nf_conntrack_generic_packet(const struct nf_ct_packet *pkt)
{
	nf_ct_refresh_acct(pkt, nf_ct_timeout(pkt->ct->netct, NF_CT_SYSCTL_GENERIC_TIMEOUT));
	return NF_ACCEPT;
}
