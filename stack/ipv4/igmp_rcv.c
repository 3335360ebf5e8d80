/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * igmp_rcv.c - the IGMP messages a host hears: queries, and what others have joined
 *
 * mirrors net/ipv4/igmp.c (RFC 2236 3, RFC 3376 5.2 and 7)
 *
 * PATH
 *
 *	igmp_rcv()
 *	  igmp_heard_query()		starts the timers of igmp_timer.c
 *	  igmp_heard_report()		somebody else reports the group: we need not
 */
#include "core/trace.h"
#include "ipv4/igmp.h"
#include "ipv4/ip.h"

/* RFC 3376 4.1.1, 4.1.7: from 128 on a floating-point number */
static int igmpv3_exp(uint8_t code)
{
	return code < 0x80 ? code : ((code & 0xf) | 0x10) << (((code >> 4) & 7) + 3);
}

/* A querier of version 1 or 2: nothing of version 3 is sent while it is believed in. */
static int igmp_heard_old_query(struct in_device *in_dev, const struct igmphdr *ih)
{
	int64_t until =
		igmp_jiffies(in_dev) + (int64_t)in_dev->mr_qrv * in_dev->mr_qi + in_dev->mr_qri;

	igmp_ifc_stop(in_dev);
	igmpv3_clear_delrec(in_dev);
	if (!ih->code) {
		in_dev->mr_v1_seen = until;
		return IGMP_QUERY_RESPONSE_INTERVAL;
	}
	in_dev->mr_v2_seen = until;
	return ih->code * IGMP_TENTH;
}

/* What a query of version 3 says of the querier; jiffies to answer in */
static int igmpv3_heard_querier(struct in_device *in_dev, const struct igmpv3_query *ih3)
{
	int max_delay = igmpv3_exp(ih3->code) * IGMP_TENTH;

	if (!max_delay)
		max_delay = 1;
	in_dev->mr_maxdelay = max_delay;
	in_dev->mr_qrv = ih3->qrv ? ih3->qrv : (uint8_t)in_dev->dev->net->ipv4->sysctl_igmp_qrv;
	in_dev->mr_qi = igmpv3_exp(ih3->qqic) * HZ;
	if (!in_dev->mr_qi)
		in_dev->mr_qi = IGMP_QUERY_INTERVAL;
	if (in_dev->mr_qri >= in_dev->mr_qi)
		in_dev->mr_qri = (in_dev->mr_qi / HZ - 1) * HZ;
	return max_delay;
}

/* Every member the query is for reports; false: there is none */
static bool igmp_query_group(struct in_device *in_dev, __be32 group, int max_delay)
{
	struct ip_mc_list *im;
	bool any = false;

	list_for_each_entry(im, &in_dev->mc_list, list) {
		if ((group && group != im->multiaddr) || !igmp_reported(in_dev, im->multiaddr))
			continue;
		igmp_mod_timer(im, max_delay);
		any = true;
	}
	return any;
}

static bool igmp_any_reported(const struct in_device *in_dev)
{
	const struct ip_mc_list *im;

	list_for_each_entry(im, &in_dev->mc_list, list) {
		if (igmp_reported(in_dev, im->multiaddr))
			return true;
	}
	return false;
}

static void trace_query(struct sk_buff *skb, uint32_t version, __be32 group, int max_delay,
			bool will_report)
{
	trace_skb_from(skb, skb->dev, NG_FILE, "igmp_heard_query", IGMP, igmp, .what = "query",
		       .version = version, .group = group,
		       .wait_ms = (uint32_t)max_delay * 1000 / HZ,
		       .result = will_report ? "will report" : "no member");
}

/* 0: understood; else why the message is not */
static enum skb_drop_reason igmp_heard_query(struct in_device *in_dev, struct sk_buff *skb)
{
	const struct igmphdr *ih = skb_transport_header(skb);
	const struct igmpv3_query *ih3 = skb_transport_header(skb);
	uint32_t len = skb_len(skb);
	__be32 group = ih->group;
	uint32_t version = 3;
	int max_delay;

	if (len == sizeof(*ih)) {
		max_delay = igmp_heard_old_query(in_dev, ih);
		version = ih->code ? 2 : 1;
		if (!ih->code)
			group = 0;
	} else if (len < sizeof(*ih3)) {
		return SKB_DROP_REASON_PKT_TOO_SMALL;
	} else if (igmp_v1_seen(in_dev)) {
		max_delay = IGMP_QUERY_RESPONSE_INTERVAL;
		group = 0;
	} else if (igmp_v2_seen(in_dev)) {
		max_delay = igmpv3_exp(ih3->code) * IGMP_TENTH;
		if (!max_delay)
			max_delay = 1;
	} else {
		if (len < sizeof(*ih3) + be16_to_cpu(ih3->nsrcs) * sizeof(__be32))
			return SKB_DROP_REASON_PKT_TOO_SMALL;
		max_delay = igmpv3_heard_querier(in_dev, ih3);
		if (!group) {
			if (ih3->nsrcs)
				return SKB_DROP_REASON_INVALID_PROTO;
			igmp_gq_start_timer(in_dev);
			trace_query(skb, version, 0, max_delay, igmp_any_reported(in_dev));
			return 0;
		}
	}
	trace_query(skb, version, group, max_delay, igmp_query_group(in_dev, group, max_delay));
	return 0;
}

/* What the report changes here: spared: ours need not be sent */
static const char *igmp_heard_report(struct in_device *in_dev, const struct sk_buff *skb,
				     __be32 group)
{
	struct ip_mc_list *im;

	if (skb->pkt_type == PACKET_LOOPBACK)
		return "own";
	if (skb->pkt_type != PACKET_MULTICAST && skb->pkt_type != PACKET_BROADCAST)
		return "noted";
	if (!igmp_reported(in_dev, group))
		return "noted";
	list_for_each_entry(im, &in_dev->mc_list, list) {
		bool due = im->tm_running;

		if (im->multiaddr != group)
			continue;
		igmp_stop_timer(im);
		return due ? "spared" : "noted";
	}
	return "noted";
}

/* what only routers read */
static void igmp_not_ours(struct sk_buff *skb, const struct igmphdr *ih)
{
	bool v3 = ih->type == IGMPV3_HOST_MEMBERSHIP_REPORT;
	const char *result = skb->pkt_type == PACKET_LOOPBACK ? "own" : "for routers";

	if (v3)
		trace_skb_from(skb, skb->dev, NG_FILE, "igmp_rcv", IGMP, igmp, .what = "report",
			       .version = 3, .result = result,
			       .groups = be16_to_cpu(
				       ((const struct igmpv3_report *)(const void *)ih)->ngrec));
	else if (ih->type == IGMP_HOST_LEAVE_MESSAGE)
		trace_skb_from(skb, skb->dev, NG_FILE, "igmp_rcv", IGMP, igmp, .what = "leave",
			       .version = 2, .group = ih->group, .result = result);
	else
		trace_skb_from(skb, skb->dev, NG_FILE, "igmp_rcv", IGMP, igmp, .what = "other",
			       .result = result);
}

static void igmp_report_told(struct sk_buff *skb, struct in_device *in_dev,
			     const struct igmphdr *ih)
{
	const char *result = igmp_heard_report(in_dev, skb, ih->group);

	trace_skb_from(skb, skb->dev, NG_FILE, "igmp_heard_report", IGMP, igmp, .what = "report",
		       .version = ih->type == IGMP_HOST_MEMBERSHIP_REPORT ? 1 : 2,
		       .group = ih->group, .result = result);
}

/**
 * igmp_rcv() - An IGMP message for us
 * @skb: consumed; data at the IGMP header
 *
 * Unlike Linux, which gives none: a reason for what is dropped. What only routers read (leaves,
 * reports of version 3) and our own report that came back is consumed.
 */
void igmp_rcv(struct sk_buff *skb)
{
	struct in_device *in_dev = in_dev_get(skb->dev);
	const struct igmphdr *ih = skb_peek_hdr(skb, sizeof(*ih));
	enum skb_drop_reason reason = SKB_DROP_REASON_PKT_TOO_SMALL;

	if (!in_dev || !ih)
		goto drop;
	if (ip_compute_csum(ih, skb_len(skb))) {
		reason = SKB_DROP_REASON_ICMP_CSUM;
		goto drop;
	}
	switch (ih->type) {
	case IGMP_HOST_MEMBERSHIP_QUERY:
		reason = igmp_heard_query(in_dev, skb);
		if (reason)
			goto drop;
		break;
	case IGMP_HOST_MEMBERSHIP_REPORT:
	case IGMPV2_HOST_MEMBERSHIP_REPORT:
		igmp_report_told(skb, in_dev, ih);
		break;
	case IGMPV3_HOST_MEMBERSHIP_REPORT:
	case IGMP_HOST_LEAVE_MESSAGE:
	case IGMP_DVMRP:
	case IGMP_PIM:
	case IGMP_TRACE:
	case IGMP_MTRACE:
	case IGMP_MTRACE_RESP:
		igmp_not_ours(skb, ih);
		break;
	default:
		reason = SKB_DROP_REASON_INVALID_PROTO;
		goto drop;
	}
	consume_skb(skb);
	return;
drop:
	kfree_skb_reason(skb, reason);
}
