/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xt_header.c - targets that change header bytes: TTL, TOS, DSCP, ECN, TCPMSS, CHECKSUM
 *
 * mirrors net/netfilter/xt_HL.c, xt_DSCP.c, xt_TCPMSS.c, xt_CHECKSUM.c,
 * net/ipv4/netfilter/ipt_ECN.c
 * PATH
 */
#include <errno.h>
#include <linux/netfilter/xt_CHECKSUM.h>
#include <linux/netfilter/xt_DSCP.h>
#include <linux/netfilter/xt_TCPMSS.h>
#include <linux/netfilter_ipv4/ipt_ECN.h>
#include <linux/netfilter_ipv4/ipt_TTL.h>

#include "ipv4/ip.h"
#include "netfilter/x_tables.h"

#define TCPOPT_MSS 2
#define TCPOLEN_MSS 4

static unsigned int ttl_tg(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct ipt_TTL_info *info = par->info;
	struct iphdr *iph;
	int ttl;

	skb_ensure_writable(skb, 0);
	iph = ip_hdr(skb);
	switch (info->mode) {
	case IPT_TTL_SET:
		ttl = info->ttl;
		break;
	case IPT_TTL_INC:
		ttl = iph->ttl + info->ttl;
		if (ttl > 255)
			ttl = 255;
		break;
	default:
		ttl = iph->ttl - info->ttl;
		if (ttl < 0)
			ttl = 0;
		break;
	}
	if (ttl != iph->ttl) {
		csum_replace2(&iph->check, cpu_to_be16((uint16_t)(iph->ttl << 8)),
			      cpu_to_be16((uint16_t)(ttl << 8)));
		iph->ttl = (uint8_t)ttl;
	}
	return XT_CONTINUE;
}

static int ttl_tg_check(const struct xt_check *par)
{
	const struct ipt_TTL_info *info = par->info;

	if (info->mode > IPT_TTL_MAXMODE || (info->mode != IPT_TTL_SET && info->ttl == 0))
		return -EINVAL;
	return 0;
}

static void ipv4_change_dsfield(struct sk_buff *skb, uint8_t tos)
{
	struct iphdr *iph;

	if (ip_hdr(skb)->tos == tos)
		return;
	skb_ensure_writable(skb, 0);
	iph = ip_hdr(skb);
	csum_replace2(&iph->check, cpu_to_be16(iph->tos), cpu_to_be16(tos));
	iph->tos = tos;
}

static unsigned int dscp_tg(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_DSCP_info *info = par->info;

	ipv4_change_dsfield(skb, (uint8_t)((ip_hdr(skb)->tos & 3) | info->dscp << XT_DSCP_SHIFT));
	return XT_CONTINUE;
}

static int dscp_tg_check(const struct xt_check *par)
{
	const struct xt_DSCP_info *info = par->info;

	return info->dscp > XT_DSCP_MAX ? -EDOM : 0;
}

static unsigned int tos_tg(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_tos_target_info *info = par->info;

	ipv4_change_dsfield(skb, (uint8_t)((ip_hdr(skb)->tos & ~info->tos_mask) ^ info->tos_value));
	return XT_CONTINUE;
}

/* what the path back to the sender takes */
static uint32_t tcpmss_reverse_mtu(struct net *net, const struct sk_buff *skb)
{
	struct flowi4 fl4 = { .daddr = ip_hdr(skb)->saddr };
	uint32_t mtu = UINT32_MAX;
	struct rtable *rt;

	if (ip_route_output_flow(net, &fl4, NULL, &rt) < 0)
		return mtu;
	mtu = ip_dst_mtu(rt, false);
	dst_release(&rt->dst);
	return mtu;
}

/* a transport checksum that covers @from at an even place where @to stands now */
static void tcp_csum_replace2(struct sk_buff *skb, struct tcphdr *th, __be16 from, __be16 to,
			      bool pseudo)
{
	if (skb->ip_summed != CHECKSUM_PARTIAL) {
		csum_replace2(&th->check, from, to);
	} else if (pseudo) {
		/* it holds the uninverted sum */
		__sum16 sum = (ng_force __sum16)(uint16_t) ~(ng_force uint16_t)th->check;

		csum_replace2(&sum, from, to);
		th->check = (ng_force __sum16)(uint16_t) ~(ng_force uint16_t)sum;
	}
}

/* the place of the MSS option in a header of @hdrlen bytes, 0: none */
static uint32_t tcpmss_find(const uint8_t *th, uint32_t hdrlen)
{
	uint32_t i = sizeof(struct tcphdr);

	while (i + TCPOLEN_MSS <= hdrlen) {
		if (th[i] == TCPOPT_MSS && th[i + 1] == TCPOLEN_MSS)
			return i;
		i += th[i] <= 1 || th[i + 1] == 0 ? 1 : th[i + 1];
	}
	return 0;
}

static void tcpmss_set(struct sk_buff *skb, struct tcphdr *th, uint32_t at, uint16_t mss)
{
	uint8_t *opt = (uint8_t *)th + at;
	uint16_t old = (uint16_t)(opt[2] << 8 | opt[3]);

	/* never raised, only lowered */
	if (old <= mss)
		return;
	opt[2] = (uint8_t)(mss >> 8);
	opt[3] = (uint8_t)mss;
	/* an option may begin at an odd place; the sum then sees its bytes swapped */
	if (at & 1) {
		old = __builtin_bswap16(old);
		mss = __builtin_bswap16(mss);
	}
	tcp_csum_replace2(skb, th, cpu_to_be16(old), cpu_to_be16(mss), false);
}

/* puts an MSS option into a SYN that has none; RFC 1122: without it the other side takes 536 */
static unsigned int tcpmss_add(struct sk_buff *skb, uint32_t thoff, uint16_t mss)
{
	uint32_t len = (uint32_t)(skb->tail - (uint8_t *)skb_network_header(skb)) - thoff;
	struct tcphdr *th;
	struct iphdr *iph;
	__be16 oldword, newword, half[2];
	uint8_t *opt;

	if (skb_tailroom(skb) < TCPOLEN_MSS)
		return XT_CONTINUE;
	skb_put(skb, TCPOLEN_MSS);
	iph = ip_hdr(skb);
	th = (struct tcphdr *)(void *)((uint8_t *)iph + thoff);
	opt = (uint8_t *)th + sizeof(*th);
	if (mss > 536)
		mss = 536;
	memmove(opt + TCPOLEN_MSS, opt, len - sizeof(*th));
	opt[0] = TCPOPT_MSS;
	opt[1] = TCPOLEN_MSS;
	opt[2] = (uint8_t)(mss >> 8);
	opt[3] = (uint8_t)mss;
	memcpy(half, opt, sizeof(half));
	tcp_csum_replace2(skb, th, cpu_to_be16((uint16_t)len),
			  cpu_to_be16((uint16_t)(len + TCPOLEN_MSS)), true);
	tcp_csum_replace2(skb, th, 0, half[0], false);
	tcp_csum_replace2(skb, th, 0, half[1], false);
	memcpy(&oldword, (uint8_t *)th + 12, 2);
	th->doff++;
	memcpy(&newword, (uint8_t *)th + 12, 2);
	tcp_csum_replace2(skb, th, oldword, newword, false);
	newword = cpu_to_be16((uint16_t)(be16_to_cpu(iph->tot_len) + TCPOLEN_MSS));
	csum_replace2(&iph->check, iph->tot_len, newword);
	iph->tot_len = newword;
	return XT_CONTINUE;
}

static unsigned int tcpmss_tg(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_tcpmss_info *info = par->info;
	uint32_t len = skb_len(skb) - par->thoff;
	uint32_t hdrlen, mtu, at;
	struct tcphdr *th;
	uint16_t mss;

	if (par->fragoff)
		return XT_CONTINUE;
	skb_ensure_writable(skb, 0);
	th = xt_peek(skb, par->thoff, sizeof(*th));
	if (!th || th->doff < 5 || th->doff * 4U > len)
		return NF_DROP;
	hdrlen = th->doff * 4U;
	mss = info->mss;
	if (info->mss == XT_TCPMSS_CLAMP_PMTU) {
		mtu = tcpmss_reverse_mtu(par->hook->net, skb);
		if (skb->dst && ip_dst_mtu(skb_rtable(skb), false) < mtu)
			mtu = ip_dst_mtu(skb_rtable(skb), false);
		if (mtu <= 40)
			return NF_DROP;
		mss = (uint16_t)(mtu - 40);
	}
	at = tcpmss_find((uint8_t *)th, hdrlen);
	if (at) {
		tcpmss_set(skb, th, at, mss);
		return XT_CONTINUE;
	}
	/* data behind the header, or no room in it */
	if (len > hdrlen || hdrlen >= 60)
		return XT_CONTINUE;
	return tcpmss_add(skb, par->thoff, mss);
}

static int tcpmss_tg_check(const struct xt_check *par)
{
	const struct xt_tcpmss_info *info = par->info;

	if (info->mss == XT_TCPMSS_CLAMP_PMTU &&
	    (par->hook_mask & ~(XT_HOOK(FORWARD) | XT_HOOK(LOCAL_OUT) | XT_HOOK(POST_ROUTING)))) {
		xt_info(par, "xt_TCPMSS: path-MTU clamping only supported in FORWARD, OUTPUT and "
			     "POSTROUTING hooks");
		return -EINVAL;
	}
	return 0;
}

/* RFC 3168, 6.1: ECE and CWR. false: there is no whole header */
static bool ecn_set_tcp(struct sk_buff *skb, const struct xt_action_param *par)
{
	const struct ipt_ECN_info *info = par->info;
	struct tcphdr *th;
	__be16 from, to;

	skb_ensure_writable(skb, 0);
	th = xt_peek(skb, par->thoff, sizeof(*th));
	if (!th)
		return false;
	memcpy(&from, (uint8_t *)th + 12, 2);
	if (info->operation & IPT_ECN_OP_SET_ECE)
		th->ece = info->proto.tcp.ece;
	if (info->operation & IPT_ECN_OP_SET_CWR)
		th->cwr = info->proto.tcp.cwr;
	memcpy(&to, (uint8_t *)th + 12, 2);
	if (from != to)
		tcp_csum_replace2(skb, th, from, to, false);
	return true;
}

static unsigned int ecn_tg(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct ipt_ECN_info *info = par->info;
	const struct iphdr *iph = ip_hdr(skb);

	if (info->operation & IPT_ECN_OP_SET_IP)
		ipv4_change_dsfield(skb, (uint8_t)((iph->tos & ~3) | info->ip_ect));
	if ((info->operation & (IPT_ECN_OP_SET_ECE | IPT_ECN_OP_SET_CWR)) &&
	    ip_hdr(skb)->protocol == IPPROTO_TCP && !ecn_set_tcp(skb, par))
		return NF_DROP;
	return XT_CONTINUE;
}

static int ecn_tg_check(const struct xt_check *par)
{
	const struct ipt_ECN_info *info = par->info;

	if ((info->operation & IPT_ECN_OP_MASK) || (info->ip_ect & ~IPT_ECN_IP_MASK))
		return -EINVAL;
	if ((info->operation & (IPT_ECN_OP_SET_ECE | IPT_ECN_OP_SET_CWR)) &&
	    (par->proto != IPPROTO_TCP || par->proto_inverted)) {
		xt_info(par, "ipt_ECN: cannot use operation on non-tcp rule");
		return -EINVAL;
	}
	return 0;
}

static unsigned int checksum_tg(struct sk_buff *skb, struct xt_action_param *par)
{
	(void)par;
	if (skb->ip_summed == CHECKSUM_PARTIAL)
		skb_checksum_help(skb);
	return XT_CONTINUE;
}

static int checksum_tg_check(const struct xt_check *par)
{
	const struct xt_CHECKSUM_info *info = par->info;

	return info->operation != XT_CHECKSUM_OP_FILL ? -EINVAL : 0;
}

static const struct xt_ext targets[] = {
	{ .name = "TTL",
	  .size = sizeof(struct ipt_TTL_info),
	  .table = "mangle",
	  .check = ttl_tg_check,
	  .target = ttl_tg },
	{ .name = "DSCP",
	  .size = sizeof(struct xt_DSCP_info),
	  .table = "mangle",
	  .check = dscp_tg_check,
	  .target = dscp_tg },
	{ .name = "TOS",
	  .revision = 1,
	  .size = sizeof(struct xt_tos_target_info),
	  .table = "mangle",
	  .target = tos_tg },
	{ .name = "TCPMSS",
	  .size = sizeof(struct xt_tcpmss_info),
	  .proto = IPPROTO_TCP,
	  .check = tcpmss_tg_check,
	  .target = tcpmss_tg },
	{ .name = "ECN",
	  .size = sizeof(struct ipt_ECN_info),
	  .table = "mangle",
	  .check = ecn_tg_check,
	  .target = ecn_tg },
	{ .name = "CHECKSUM",
	  .size = sizeof(struct xt_CHECKSUM_info),
	  .table = "mangle",
	  .check = checksum_tg_check,
	  .target = checksum_tg },
};

const struct xt_ext_row xt_header_targets = { targets, sizeof(targets) / sizeof(targets[0]) };
