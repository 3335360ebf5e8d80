/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_fixture.h - a world, a netfilter socket in it, and packets to show to hooks
 */
#ifndef TESTS_UNIT_NF_FIXTURE_H
#define TESTS_UNIT_NF_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nf_tables_compat.h>
#include <linux/netfilter/nfnetlink.h>

#include "core/sock.h"
#include "core/world.h"
#include "ipv4/ip.h"
#include "netfilter/nf_conntrack.h"
#include "netfilter/nf_tables.h"
#include "netlink/af_netlink.h"

struct nf_fixture {
	struct ng_world *world;
	struct net *net;
	struct netlink_sock *nlk;
	uint32_t seq; /* of the last message built */
	/* what came back last */
	struct nl_buf got;
};

static inline int nf_setup(void **state)
{
	static struct nf_fixture f;
	struct ng_world_config config = { .seed = 7 };
	struct sock *sk;

	memset(&f, 0, sizeof(f));
	f.world = ng_world_new(&config);
	f.net = f.world->init_net;
	assert_int_equal(netlink_create(f.net, SOCK_RAW, NETLINK_NETFILTER, &sk), 0);
	f.nlk = (struct netlink_sock *)(void *)sk;
	*state = &f;
	return 0;
}

static inline int nf_teardown(void **state)
{
	struct nf_fixture *f = *state;

	nl_buf_fini(&f->got);
	sock_release(&f->nlk->sk);
	ng_world_free(f->world);
	return 0;
}

/* Starts a message of nf_tables (or @subsys) and gives it a number of its own. */
static inline void nf_msg(struct nf_fixture *f, struct nl_buf *b, uint16_t type, uint16_t flags)
{
	struct nfgenmsg *nfmsg =
		nlmsg_put(b, 0, ++f->seq, type, NLM_F_REQUEST | flags, sizeof(*nfmsg));

	nfmsg->nfgen_family = NFPROTO_IPV4;
}

#define NFT(msg) (NFNL_SUBSYS_NFTABLES << 8 | (msg))

static inline void nf_batch_begin(struct nf_fixture *f, struct nl_buf *b, uint32_t genid)
{
	struct nfgenmsg *nfmsg =
		nlmsg_put(b, 0, ++f->seq, NFNL_MSG_BATCH_BEGIN, NLM_F_REQUEST, sizeof(*nfmsg));

	nfmsg->res_id = cpu_to_be16(NFNL_SUBSYS_NFTABLES);
	if (genid)
		nla_put_be32(b, NFNL_BATCH_GENID, cpu_to_be32(genid));
	nlmsg_end(b);
}

static inline void nf_batch_end(struct nf_fixture *f, struct nl_buf *b)
{
	struct nfgenmsg *nfmsg =
		nlmsg_put(b, 0, ++f->seq, NFNL_MSG_BATCH_END, NLM_F_REQUEST, sizeof(*nfmsg));

	nfmsg->res_id = cpu_to_be16(NFNL_SUBSYS_NFTABLES);
	nlmsg_end(b);
}

/* Sends, frees @b, and gathers every answer in f->got. */
static inline void nf_send(struct nf_fixture *f, struct nl_buf *b)
{
	struct sk_buff *skb;

	nl_buf_fini(&f->got);
	nfnetlink_rcv(f->nlk, NULL, b->data, b->len);
	nl_buf_fini(b);
	while ((skb = skb_dequeue(&f->nlk->sk.receive_queue)) != NULL) {
		memcpy(nl_buf_put(&f->got, skb_len(skb)), skb->data, skb_len(skb));
		consume_skb(skb);
	}
}

/* the @n-th message of the answer, NULL when there are fewer */
static inline const struct nlmsghdr *nf_got(const struct nf_fixture *f, unsigned int n)
{
	size_t at = 0;

	while (at + NLMSG_HDRLEN <= f->got.len) {
		const struct nlmsghdr *nlh =
			(const struct nlmsghdr *)(const void *)(f->got.data + at);

		if (n-- == 0)
			return nlh;
		at += NLMSG_ALIGN(nlh->nlmsg_len);
	}
	return NULL;
}

/* the error in the @n-th message; fails the test when it is none */
static inline int nf_got_error(const struct nf_fixture *f, unsigned int n)
{
	const struct nlmsghdr *nlh = nf_got(f, n);

	assert_non_null(nlh);
	assert_int_equal(nlh->nlmsg_type, NLMSG_ERROR);
	return ((const struct nlmsgerr *)nlmsg_data(nlh))->error;
}

static inline void nft_put_table(struct nf_fixture *f, struct nl_buf *b, const char *table)
{
	nf_msg(f, b, NFT(NFT_MSG_NEWTABLE), NLM_F_CREATE);
	nla_put_string(b, NFTA_TABLE_NAME, table);
	nlmsg_end(b);
}

/* a user's chain (@hook < 0) or a base chain */
static inline void nft_put_chain(struct nf_fixture *f, struct nl_buf *b, const char *table,
				 const char *chain, int hook, const char *type)
{
	size_t nest;

	nf_msg(f, b, NFT(NFT_MSG_NEWCHAIN), NLM_F_CREATE);
	nla_put_string(b, NFTA_CHAIN_TABLE, table);
	nla_put_string(b, NFTA_CHAIN_NAME, chain);
	if (hook >= 0) {
		nest = nla_nest_start(b, NFTA_CHAIN_HOOK);
		nla_put_be32(b, NFTA_HOOK_HOOKNUM, cpu_to_be32((uint32_t)hook));
		nla_put_be32(b, NFTA_HOOK_PRIORITY, cpu_to_be32(!strcmp(type, "nat") ? 100 : 0));
		nla_nest_end(b, nest);
		nla_put_string(b, NFTA_CHAIN_TYPE, type);
	}
	nlmsg_end(b);
}

/* Begins a rule: expressions may follow until nft_rule_end(). */
static inline size_t nft_rule_begin(struct nf_fixture *f, struct nl_buf *b, const char *table,
				    const char *chain, uint16_t flags)
{
	nf_msg(f, b, NFT(NFT_MSG_NEWRULE), flags);
	nla_put_string(b, NFTA_RULE_TABLE, table);
	nla_put_string(b, NFTA_RULE_CHAIN, chain);
	return nla_nest_start(b, NFTA_RULE_EXPRESSIONS);
}

static inline void nft_rule_end(struct nl_buf *b, size_t exprs)
{
	nla_nest_end(b, exprs);
	nlmsg_end(b);
}

static inline void nft_put_expr_begin(struct nl_buf *b, const char *name, size_t nest[2])
{
	nest[0] = nla_nest_start(b, NFTA_LIST_ELEM);
	nla_put_string(b, NFTA_EXPR_NAME, name);
	nest[1] = nla_nest_start(b, NFTA_EXPR_DATA);
}

static inline void nft_put_expr_end(struct nl_buf *b, const size_t nest[2])
{
	nla_nest_end(b, nest[1]);
	nla_nest_end(b, nest[0]);
}

static inline void nft_put_verdict(struct nl_buf *b, int code, const char *chain)
{
	size_t nest[2], data, verdict;

	nft_put_expr_begin(b, "immediate", nest);
	nla_put_be32(b, NFTA_IMMEDIATE_DREG, cpu_to_be32(NFT_REG_VERDICT));
	data = nla_nest_start(b, NFTA_IMMEDIATE_DATA);
	verdict = nla_nest_start(b, NFTA_DATA_VERDICT);
	nla_put_be32(b, NFTA_VERDICT_CODE, cpu_to_be32((uint32_t)code));
	if (chain)
		nla_put_string(b, NFTA_VERDICT_CHAIN, chain);
	nla_nest_end(b, verdict);
	nla_nest_end(b, data);
	nft_put_expr_end(b, nest);
}

/* @len bytes at @off of the network header, compared with @value */
static inline void nft_put_cmp(struct nl_buf *b, uint32_t off, uint32_t len, uint32_t op,
			       const void *value)
{
	size_t nest[2], data;

	nft_put_expr_begin(b, "payload", nest);
	nla_put_be32(b, NFTA_PAYLOAD_DREG, cpu_to_be32(NFT_REG_1));
	nla_put_be32(b, NFTA_PAYLOAD_BASE, cpu_to_be32(NFT_PAYLOAD_NETWORK_HEADER));
	nla_put_be32(b, NFTA_PAYLOAD_OFFSET, cpu_to_be32(off));
	nla_put_be32(b, NFTA_PAYLOAD_LEN, cpu_to_be32(len));
	nft_put_expr_end(b, nest);
	nft_put_expr_begin(b, "cmp", nest);
	nla_put_be32(b, NFTA_CMP_SREG, cpu_to_be32(NFT_REG_1));
	nla_put_be32(b, NFTA_CMP_OP, cpu_to_be32(op));
	data = nla_nest_start(b, NFTA_CMP_DATA);
	nla_put(b, NFTA_DATA_VALUE, len, value);
	nla_nest_end(b, data);
	nft_put_expr_end(b, nest);
}

static inline void nft_put_xt(struct nl_buf *b, const char *kind, const char *name, uint32_t rev,
			      const void *info, size_t len)
{
	size_t nest[2];

	nft_put_expr_begin(b, kind, nest);
	nla_put_string(b, NFTA_TARGET_NAME, name);
	nla_put_be32(b, NFTA_TARGET_REV, cpu_to_be32(rev));
	nla_put(b, NFTA_TARGET_INFO, len, info);
	nft_put_expr_end(b, nest);
}

/* one message in a batch of its own: 0 or the error it got */
static inline int nf_commit(struct nf_fixture *f, struct nl_buf *msgs)
{
	struct nl_buf b = { 0 };
	int err;

	nf_batch_begin(f, &b, 0);
	memcpy(nl_buf_put(&b, msgs->len), msgs->data, msgs->len);
	nl_buf_fini(msgs);
	nf_batch_end(f, &b);
	nf_send(f, &b);
	err = f->got.len ? nf_got_error(f, 0) : 0;
	return err;
}

static inline struct nft_chain *nft_chain_named(const struct nf_fixture *f, const char *table,
						const char *chain)
{
	struct nft_table *t;
	struct nft_chain *c;

	list_for_each_entry(t, &nft_pernet(f->net)->tables, list) {
		if (strcmp(t->name, table))
			continue;
		list_for_each_entry(c, &t->chains, list) {
			if (!strcmp(c->name, chain))
				return c;
		}
	}
	return NULL;
}

/* ---- packets */

#define IP4(a, b, c, d) \
	cpu_to_be32((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (d))

struct nf_packet {
	__be32 src, dst;
	uint8_t protocol;
	uint16_t sport, dport; /* ICMP: type << 8 | code, and id */
	uint16_t payload;
	/* TCP */
	const char *flags; /* of "FSRPAU" */
	uint32_t seq, ack;
	uint16_t window;
};

static inline uint32_t nf_l4_len(const struct nf_packet *p)
{
	return (p->protocol == IPPROTO_TCP ? 20U : 8U) + p->payload;
}

static inline void nf_build_tcp(struct tcphdr *th, const struct nf_packet *p)
{
	th->source = cpu_to_be16(p->sport);
	th->dest = cpu_to_be16(p->dport);
	th->seq = cpu_to_be32(p->seq);
	th->ack_seq = cpu_to_be32(p->ack);
	th->doff = 5;
	th->window = cpu_to_be16(p->window ? p->window : 1000);
	th->fin = !!strchr(p->flags, 'F');
	th->syn = !!strchr(p->flags, 'S');
	th->rst = !!strchr(p->flags, 'R');
	th->psh = !!strchr(p->flags, 'P');
	th->ack = !!strchr(p->flags, 'A');
}

static inline void nf_build_l4(void *l4, const struct nf_packet *p)
{
	uint32_t len = nf_l4_len(p);
	struct icmphdr *ih = l4;
	struct udphdr *uh = l4;
	struct tcphdr *th = l4;

	switch (p->protocol) {
	case IPPROTO_ICMP:
		ih->type = (uint8_t)(p->sport >> 8);
		ih->code = (uint8_t)p->sport;
		ih->un.echo.id = cpu_to_be16(p->dport);
		ih->checksum = ip_compute_csum(ih, len);
		break;
	case IPPROTO_UDP:
		uh->source = cpu_to_be16(p->sport);
		uh->dest = cpu_to_be16(p->dport);
		uh->len = cpu_to_be16((uint16_t)len);
		uh->check = csum_tcpudp_magic(p->src, p->dst, len, IPPROTO_UDP,
					      csum_partial(uh, len, 0));
		break;
	case IPPROTO_TCP:
		nf_build_tcp(th, p);
		th->check = csum_tcpudp_magic(p->src, p->dst, len, IPPROTO_TCP,
					      csum_partial(th, len, 0));
		break;
	default:
		break;
	}
}

static inline struct sk_buff *nf_packet(const struct nf_fixture *f, const struct nf_packet *p)
{
	uint32_t len = (uint32_t)sizeof(struct iphdr) + nf_l4_len(p);
	struct sk_buff *skb = alloc_skb(f->world, SKB_HEADROOM, len);
	struct iphdr *iph = skb_put(skb, len);

	memset(iph, 0, len);
	skb_reset_network_header(skb);
	skb->protocol = cpu_to_be16(ETH_P_IP);
	skb->dev = f->net->loopback_dev;
	iph->version = 4;
	iph->ihl = 5;
	iph->tot_len = cpu_to_be16((uint16_t)len);
	iph->ttl = 64;
	iph->protocol = p->protocol;
	iph->saddr = p->src;
	iph->daddr = p->dst;
	iph->check = ip_fast_csum(iph, 5);
	nf_build_l4(iph + 1, p);
	return skb;
}

/*
 * An ICMP error of @type and @code from @src that quotes @about, a packet as it was seen there;
 * @about is consumed.
 */
static inline struct sk_buff *nf_icmp_error(const struct nf_fixture *f, __be32 src, __be32 dst,
					    uint16_t type_code, struct sk_buff *about)
{
	struct nf_packet p = { .src = src,
			       .dst = dst,
			       .protocol = IPPROTO_ICMP,
			       .sport = type_code,
			       .payload = (uint16_t)skb_len(about) };
	struct sk_buff *skb = nf_packet(f, &p);
	struct icmphdr *ih = (struct icmphdr *)(void *)(ip_hdr(skb) + 1);

	memcpy(ih + 1, about->data, skb_len(about));
	ih->checksum = 0;
	ih->checksum = ip_compute_csum(ih, sizeof(*ih) + skb_len(about));
	consume_skb(about);
	return skb;
}

static inline struct nf_hook_state nf_state(const struct nf_fixture *f, uint8_t hook)
{
	return (struct nf_hook_state){ .hook = hook,
				       .pf = NFPROTO_IPV4,
				       .net = f->net,
				       .in = f->net->loopback_dev,
				       .out = f->net->loopback_dev };
}

/* PREROUTING's and POSTROUTING's share of conntrack */
static inline unsigned int nf_track(const struct nf_fixture *f, struct sk_buff *skb)
{
	struct nf_hook_state pre = nf_state(f, NF_INET_PRE_ROUTING);
	unsigned int verdict = nf_conntrack_in(skb, &pre);

	return verdict == NF_ACCEPT ? nf_conntrack_confirm(skb) : verdict;
}

#endif
