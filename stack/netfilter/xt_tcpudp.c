/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xt_tcpudp.c - matches on transport headers: tcp, udp, icmp, multiport, tcpmss, esp, ah
 *
 * mirrors net/netfilter/xt_tcpudp.c, xt_multiport.c, xt_tcpmss.c, xt_esp.c,
 * net/ipv4/netfilter/ip_tables.c (icmp)
 * PATH
 */
#include <errno.h>
#include <linux/icmp.h>
#include <linux/netfilter/xt_esp.h>
#include <linux/netfilter/xt_multiport.h>
#include <linux/netfilter/xt_tcpmss.h>
#include <linux/netfilter/xt_tcpudp.h>
#include <linux/netfilter_ipv4/ip_tables.h>
#include <linux/netfilter_ipv4/ipt_ah.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#include "netfilter/x_tables.h"

#define TCPOPT_NOP 1
#define TCPOPT_EOL 0
#define TCPOPT_MSS 2

/* the transport header, NULL in later fragments; a first fragment too short for it is dropped */
static const void *xt_transport(const struct sk_buff *skb, struct xt_action_param *par,
				uint32_t len)
{
	const void *p;

	if (par->fragoff)
		return NULL;
	p = xt_peek(skb, par->thoff, len);
	if (!p)
		par->hotdrop = true;
	return p;
}

static bool port_match(const uint16_t range[2], __be16 port, bool invert)
{
	uint16_t p = be16_to_cpu(port);

	return (p >= range[0] && p <= range[1]) != invert;
}

/* options of a TCP header: where @kind is, NULL when it is not there */
static const uint8_t *tcp_option(const struct sk_buff *skb, const struct xt_action_param *par,
				 uint8_t kind)
{
	const struct tcphdr *th = xt_peek(skb, par->thoff, sizeof(*th));
	uint32_t optlen = th->doff * 4U - (uint32_t)sizeof(*th);
	const uint8_t *opt = xt_peek(skb, par->thoff + (uint32_t)sizeof(*th), optlen);
	uint32_t i = 0;

	while (opt && i < optlen) {
		if (opt[i] == kind)
			return &opt[i];
		if (opt[i] < 2)
			i++;
		else
			i += i + 1 < optlen && opt[i + 1] ? opt[i + 1] : 1;
	}
	return NULL;
}

static bool tcp_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_tcp *info = par->info;
	const struct tcphdr *th;
	bool ok;

	/* Such a fragment overwrites the flags of the first one: an attack, RFC 3128. */
	if (par->fragoff == 1)
		par->hotdrop = true;
	th = xt_transport(skb, par, sizeof(*th));
	if (!th)
		return false;
	if (!port_match(info->spts, th->source, info->invflags & XT_TCP_INV_SRCPT) ||
	    !port_match(info->dpts, th->dest, info->invflags & XT_TCP_INV_DSTPT))
		return false;
	ok = (((const uint8_t *)th)[13] & info->flg_mask) == info->flg_cmp;
	if (ok == !!(info->invflags & XT_TCP_INV_FLAGS))
		return false;
	if (!info->option)
		return true;
	if (th->doff * 4U < sizeof(*th)) {
		par->hotdrop = true;
		return false;
	}
	return !!tcp_option(skb, par, info->option) != !!(info->invflags & XT_TCP_INV_OPTION);
}

static int tcp_mt_check(const struct xt_check *par)
{
	const struct xt_tcp *info = par->info;

	return info->invflags & ~XT_TCP_INV_MASK ? -EINVAL : 0;
}

static bool udp_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_udp *info = par->info;
	const struct udphdr *uh = xt_transport(skb, par, sizeof(*uh));

	return uh && port_match(info->spts, uh->source, info->invflags & XT_UDP_INV_SRCPT) &&
	       port_match(info->dpts, uh->dest, info->invflags & XT_UDP_INV_DSTPT);
}

static int udp_mt_check(const struct xt_check *par)
{
	const struct xt_udp *info = par->info;

	return info->invflags & ~XT_UDP_INV_MASK ? -EINVAL : 0;
}

static bool icmp_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct ipt_icmp *info = par->info;
	const struct icmphdr *ih = xt_transport(skb, par, 4);
	bool ok;

	if (!ih)
		return false;
	ok = info->type == 0xff ||
	     (ih->type == info->type && ih->code >= info->code[0] && ih->code <= info->code[1]);
	return ok != !!(info->invflags & IPT_ICMP_INV);
}

static int icmp_mt_check(const struct xt_check *par)
{
	const struct ipt_icmp *info = par->info;

	return info->invflags & ~IPT_ICMP_INV ? -EINVAL : 0;
}

static bool multiport_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_multiport_v1 *info = par->info;
	const __be16 *ports = xt_transport(skb, par, 4);
	uint16_t src, dst;
	unsigned int i;

	if (!ports)
		return false;
	src = be16_to_cpu(ports[0]);
	dst = be16_to_cpu(ports[1]);
	for (i = 0; i < info->count; i++) {
		uint16_t lo = info->ports[i];
		uint16_t hi = info->pflags[i] ? info->ports[++i] : lo;
		bool in_src = src >= lo && src <= hi;
		bool in_dst = dst >= lo && dst <= hi;

		if ((info->flags != XT_MULTIPORT_DESTINATION && in_src) ||
		    (info->flags != XT_MULTIPORT_SOURCE && in_dst))
			return !info->invert;
	}
	return info->invert;
}

static int multiport_mt_check(const struct xt_check *par)
{
	const struct xt_multiport_v1 *info = par->info;
	unsigned int i;

	if (par->proto_inverted || info->flags > XT_MULTIPORT_EITHER ||
	    info->count > XT_MULTI_PORTS)
		return -EINVAL;
	switch (par->proto) {
	case IPPROTO_TCP:
	case IPPROTO_UDP:
	case IPPROTO_UDPLITE:
	case IPPROTO_SCTP:
	case IPPROTO_DCCP:
		break;
	default:
		return -EINVAL;
	}
	for (i = 0; i < info->count; i++) {
		if (!info->pflags[i])
			continue;
		if (++i >= info->count || info->pflags[i] || info->ports[i - 1] > info->ports[i])
			return -EINVAL;
	}
	return 0;
}

static bool tcpmss_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_tcpmss_match_info *info = par->info;
	const struct tcphdr *th = xt_peek(skb, par->thoff, sizeof(*th));
	const uint8_t *opt;
	uint16_t mss;

	if (!th || th->doff * 4U < sizeof(*th)) {
		par->hotdrop = true;
		return false;
	}
	opt = th->doff * 4U > sizeof(*th) ? tcp_option(skb, par, TCPOPT_MSS) : NULL;
	if (!opt || opt + 4 > skb->tail || opt[1] != 4)
		return info->invert;
	mss = (uint16_t)(opt[2] << 8 | opt[3]);
	return (mss >= info->mss_min && mss <= info->mss_max) != info->invert;
}

static bool spi_match(uint32_t min, uint32_t max, __be32 spi, bool invert)
{
	uint32_t v = be32_to_cpu(spi);

	return (v >= min && v <= max) != invert;
}

static bool esp_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_esp *info = par->info;
	const __be32 *spi = xt_transport(skb, par, 8);

	return spi &&
	       spi_match(info->spis[0], info->spis[1], *spi, info->invflags & XT_ESP_INV_SPI);
}

static bool ah_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct ipt_ah *info = par->info;
	const __be32 *ah = xt_transport(skb, par, 12);

	return ah &&
	       spi_match(info->spis[0], info->spis[1], ah[1], info->invflags & IPT_AH_INV_SPI);
}

static const struct xt_ext matches[] = {
	{ .name = "tcp",
	  .size = sizeof(struct xt_tcp),
	  .proto = IPPROTO_TCP,
	  .check = tcp_mt_check,
	  .match = tcp_mt },
	{ .name = "udp",
	  .size = sizeof(struct xt_udp),
	  .proto = IPPROTO_UDP,
	  .check = udp_mt_check,
	  .match = udp_mt },
	{ .name = "icmp",
	  .size = sizeof(struct ipt_icmp),
	  .proto = IPPROTO_ICMP,
	  .check = icmp_mt_check,
	  .match = icmp_mt },
	{ .name = "multiport",
	  .revision = 1,
	  .size = sizeof(struct xt_multiport_v1),
	  .check = multiport_mt_check,
	  .match = multiport_mt },
	{ .name = "tcpmss",
	  .size = sizeof(struct xt_tcpmss_match_info),
	  .proto = IPPROTO_TCP,
	  .match = tcpmss_mt },
	{ .name = "esp", .size = sizeof(struct xt_esp), .proto = IPPROTO_ESP, .match = esp_mt },
	{ .name = "ah", .size = sizeof(struct ipt_ah), .proto = IPPROTO_AH, .match = ah_mt },
};

const struct xt_ext_row xt_tcpudp_matches = { matches, sizeof(matches) / sizeof(matches[0]) };
