/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * build.c - a rule in iptables' words to nf_tables expressions
 *
 * Which words become native expressions and which stay x_tables blobs is as
 * iptables 1.8.9 has it (nft-ipv4.c, nft-shared.c, nft.c). CONTROL.
 *
 * nft_build()
 *   add_iface() add_proto() add_addr() add_frag()
 *   add_match() -> add_tcp() add_udp() add_mark() add_limit() add_blob()
 *   add_action()
 */
#include "nft.h"

#include <linux/netfilter.h>
#include <linux/netfilter/xt_limit.h>
#include <linux/netfilter/xt_mark.h>
#include <linux/netfilter/xt_tcpudp.h>

#define REG NFT_REG_1

static void add_payload(struct ipt *x, struct nft_rule *r, uint32_t base, uint32_t off,
			uint32_t len)
{
	struct nft_expr *e = nft_expr_add(x, r, E_PAYLOAD);

	e->dreg = REG;
	e->key = base;
	e->off = off;
	e->len = len;
}

static void add_meta(struct ipt *x, struct nft_rule *r, uint32_t key)
{
	struct nft_expr *e = nft_expr_add(x, r, E_META);

	e->key = key;
	e->dreg = REG;
}

static void add_cmp(struct ipt *x, struct nft_rule *r, uint32_t op, const void *data, uint32_t len)
{
	struct nft_expr *e = nft_expr_add(x, r, E_CMP);

	e->sreg = REG;
	e->key = op;
	e->len = len;
	memcpy(e->data, data, len);
}

static void add_bitwise(struct ipt *x, struct nft_rule *r, const void *mask, uint32_t len)
{
	struct nft_expr *e = nft_expr_add(x, r, E_BITWISE);

	e->sreg = REG;
	e->dreg = REG;
	e->len = len;
	memcpy(e->data, mask, len);
}

static uint32_t eq(bool inv)
{
	return inv ? NFT_CMP_NEQ : NFT_CMP_EQ;
}

/* An impossible name stands for `! -i +`. */
static void add_iface(struct ipt *x, struct nft_rule *r, uint32_t key, const char *name, bool inv)
{
	uint32_t len = (uint32_t)strlen(name);

	if (len == 0)
		return;
	add_meta(x, r, key);
	if (name[len - 1] == '+') {
		if (len > 1)
			add_cmp(x, r, eq(inv), name, len - 1);
		else if (inv)
			add_cmp(x, r, NFT_CMP_EQ, "INVAL/D", 8);
		return;
	}
	add_cmp(x, r, eq(inv), name, len + 1);
}

/* Prefixes of whole bytes are compared without a mask. */
static void add_addr(struct ipt *x, struct nft_rule *r, uint32_t off, __be32 addr, __be32 mask,
		     bool inv)
{
	int plen = xt_mask_len(mask);

	if (!addr && !mask && !inv)
		return;
	if (plen >= 0 && plen % 8 == 0) {
		add_payload(x, r, NFT_PAYLOAD_NETWORK_HEADER, off, (uint32_t)plen / 8);
		add_cmp(x, r, eq(inv), &addr, (uint32_t)plen / 8);
		return;
	}
	add_payload(x, r, NFT_PAYLOAD_NETWORK_HEADER, off, 4);
	add_bitwise(x, r, &mask, 4);
	add_cmp(x, r, eq(inv), &addr, 4);
}

static void add_proto(struct ipt *x, struct nft_rule *r, uint16_t proto, bool inv)
{
	uint8_t p = (uint8_t)proto;

	if (!proto)
		return;
	add_meta(x, r, NFT_META_L4PROTO);
	add_cmp(x, r, eq(inv), &p, 1);
}

static void add_frag(struct ipt *x, struct nft_rule *r, const struct ipt_ip *ip)
{
	static const uint8_t mask[2] = { 0x1f, 0xff };
	static const uint8_t zero[2] = { 0, 0 };

	if (!(ip->flags & IPT_F_FRAG))
		return;
	add_payload(x, r, NFT_PAYLOAD_NETWORK_HEADER, 6, 2);
	add_bitwise(x, r, mask, 2);
	add_cmp(x, r, eq(!(ip->invflags & IPT_INV_FRAG)), zero, 2);
}

static void add_blob(struct ipt *x, struct nft_rule *r, enum nft_kind kind, const struct xt_inst *m)
{
	struct nft_expr *e = nft_expr_add(x, r, kind);

	e->name = m->ext->kernel ? m->ext->kernel : m->ext->name;
	e->rev = m->ext->rev;
	e->len = (uint32_t)xt_align(m->ext->size);
	e->info = m->info;
}

static void add_ports(struct ipt *x, struct nft_rule *r, uint32_t off, const uint16_t p[2],
		      bool inv)
{
	__be16 lo = cpu_to_be16(p[0]);
	__be16 hi = cpu_to_be16(p[1]);
	struct nft_expr *e;

	if (p[0] == 0 && p[1] == UINT16_MAX && !inv)
		return;
	add_payload(x, r, NFT_PAYLOAD_TRANSPORT_HEADER, off, 2);
	if (p[0] == p[1]) {
		add_cmp(x, r, eq(inv), &lo, 2);
		return;
	}
	if (p[0] == 0 && p[1] < UINT16_MAX) {
		add_cmp(x, r, inv ? NFT_CMP_GT : NFT_CMP_LTE, &hi, 2);
		return;
	}
	e = nft_expr_add(x, r, E_RANGE);
	e->sreg = REG;
	e->key = inv ? NFT_RANGE_NEQ : NFT_RANGE_EQ;
	e->len = 2;
	memcpy(e->data, &lo, 2);
	memcpy(e->data2, &hi, 2);
}

static bool add_tcp(struct ipt *x, struct nft_rule *r, const struct xt_inst *m,
		    const struct ipt_ip *ip)
{
	const struct xt_tcp *tcp = (const void *)m->info;
	const uint8_t known = XT_TCP_INV_SRCPT | XT_TCP_INV_DSTPT | XT_TCP_INV_FLAGS;
	bool any = tcp->spts[0] || tcp->spts[1] != UINT16_MAX || tcp->dpts[0] ||
		   tcp->dpts[1] != UINT16_MAX || tcp->flg_mask || tcp->invflags;

	if (!any || tcp->option || (tcp->invflags & ~known))
		return false;
	if (ip->proto != 6)
		xt_error(x, PARAMETER_PROBLEM, "TCP match requires '-p tcp'");
	if (tcp->flg_mask) {
		add_payload(x, r, NFT_PAYLOAD_TRANSPORT_HEADER, 13, 1);
		add_bitwise(x, r, &tcp->flg_mask, 1);
		add_cmp(x, r, eq(tcp->invflags & XT_TCP_INV_FLAGS), &tcp->flg_cmp, 1);
	}
	add_ports(x, r, 0, tcp->spts, tcp->invflags & XT_TCP_INV_SRCPT);
	add_ports(x, r, 2, tcp->dpts, tcp->invflags & XT_TCP_INV_DSTPT);
	return true;
}

static bool add_udp(struct ipt *x, struct nft_rule *r, const struct xt_inst *m,
		    const struct ipt_ip *ip)
{
	const struct xt_udp *udp = (const void *)m->info;

	if (!udp->spts[0] && udp->spts[1] == UINT16_MAX && !udp->dpts[0] &&
	    udp->dpts[1] == UINT16_MAX && !udp->invflags)
		return false;
	if (ip->proto != 17)
		xt_error(x, PARAMETER_PROBLEM, "UDP match requires '-p udp'");
	add_ports(x, r, 0, udp->spts, udp->invflags & XT_UDP_INV_SRCPT);
	add_ports(x, r, 2, udp->dpts, udp->invflags & XT_UDP_INV_DSTPT);
	return true;
}

static bool add_mark(struct ipt *x, struct nft_rule *r, const struct xt_inst *m)
{
	const struct xt_mark_mtinfo1 *mark = (const void *)m->info;

	add_meta(x, r, NFT_META_MARK);
	if (mark->mask != UINT32_MAX)
		add_bitwise(x, r, &mark->mask, 4);
	add_cmp(x, r, eq(mark->invert), &mark->mark, 4);
	return true;
}

static bool add_limit(struct ipt *x, struct nft_rule *r, const struct xt_inst *m)
{
	static const uint32_t mult[] = { XT_LIMIT_SCALE * 24 * 60 * 60, XT_LIMIT_SCALE * 60 * 60,
					 XT_LIMIT_SCALE * 60, XT_LIMIT_SCALE };
	const struct xt_rateinfo *info = (const void *)m->info;
	struct nft_expr *e;
	unsigned int i;

	if (!info->avg)
		return false;
	for (i = 1; i < 4; i++) {
		if (info->avg > mult[i] || mult[i] / info->avg < mult[i] % info->avg)
			break;
	}
	e = nft_expr_add(x, r, E_LIMIT);
	e->n[0] = mult[i - 1] / info->avg;
	e->n[1] = mult[i - 1] / XT_LIMIT_SCALE;
	e->burst = info->burst;
	return true;
}

static void add_match(struct ipt *x, struct nft_rule *r, const struct xt_inst *m,
		      const struct ipt_ip *ip)
{
	bool native = false;

	if (!strcmp(m->ext->name, "tcp"))
		native = add_tcp(x, r, m, ip);
	else if (!strcmp(m->ext->name, "udp"))
		native = add_udp(x, r, m, ip);
	else if (!strcmp(m->ext->name, "mark"))
		native = add_mark(x, r, m);
	else if (!strcmp(m->ext->name, "limit"))
		native = add_limit(x, r, m);
	if (!native)
		add_blob(x, r, E_MATCH, m);
}

/* TRACE: the bit of the packet is set. */
static void add_trace(struct ipt *x, struct nft_rule *r)
{
	struct nft_expr *e = nft_expr_add(x, r, E_IMMEDIATE);

	e->dreg = NFT_REG32_01;
	e->len = 1;
	e->data[0] = 1;
	e = nft_expr_add(x, r, E_META);
	e->key = NFT_META_NFTRACE;
	e->sreg = NFT_REG32_01;
}

static void add_log(struct ipt *x, struct nft_rule *r, const struct xt_inst *target)
{
	const struct xt_nflog_words *words = (const void *)target->info;
	const struct xt_nflog_info *info = &words->info;
	struct nft_expr *e = nft_expr_add(x, r, E_LOG);

	if (words->prefix[0])
		e->name = words->prefix;
	e->n[0] = info->group;
	e->has_op = info->flags & XT_NFLOG_F_COPY_LEN;
	e->len = info->len;
	e->n[1] = info->threshold;
}

/* A verdict of iptables that nf_tables has no word for: sent as a target, which no kernel has. */
static void add_queue(struct ipt *x, struct nft_rule *r)
{
	struct nft_expr *e = nft_expr_add(x, r, E_TARGET);

	e->name = "QUEUE";
	e->len = (uint32_t)xt_align(sizeof(int));
	e->info = ng_task_alloc(x->task, e->len);
}

static void add_action(struct ipt *x, struct nft_rule *r, const struct ipt_rule *rule)
{
	struct nft_expr *e;

	if (rule->target && !strcmp(rule->target->ext->name, "TRACE")) {
		add_trace(x, r);
		return;
	}
	if (rule->target && !strcmp(rule->target->ext->name, "NFLOG")) {
		add_log(x, r, rule->target);
		return;
	}
	if (rule->target) {
		add_blob(x, r, E_TARGET, rule->target);
		return;
	}
	if (!rule->jumpto[0])
		return;
	if (!strcmp(rule->jumpto, "QUEUE") && !(rule->ip.flags & IPT_F_GOTO)) {
		add_queue(x, r);
		return;
	}
	e = nft_expr_add(x, r, E_IMMEDIATE);
	e->dreg = NFT_REG_VERDICT;
	e->has_verdict = true;
	if (rule->ip.flags & IPT_F_GOTO) {
		e->verdict = NFT_GOTO;
		e->chain = rule->jumpto;
	} else if (!strcmp(rule->jumpto, "ACCEPT")) {
		e->verdict = NF_ACCEPT;
	} else if (!strcmp(rule->jumpto, "DROP")) {
		e->verdict = NF_DROP;
	} else if (!strcmp(rule->jumpto, "RETURN")) {
		e->verdict = NFT_RETURN;
	} else {
		e->verdict = NFT_JUMP;
		e->chain = rule->jumpto;
	}
}

/**
 * nft_build() - Makes the expressions of a rule
 * @x: the program
 * @rule: the rule in words
 *
 * Return: the rule for the kernel.
 */
struct nft_rule *nft_build(struct ipt *x, const struct ipt_rule *rule)
{
	struct nft_rule *r = nft_rule_new(x);
	const struct ipt_ip *ip = &rule->ip;
	const struct xt_inst *m;
	struct nft_expr *e;

	add_iface(x, r, NFT_META_IIFNAME, ip->iniface, ip->invflags & IPT_INV_VIA_IN);
	add_iface(x, r, NFT_META_OIFNAME, ip->outiface, ip->invflags & IPT_INV_VIA_OUT);
	add_proto(x, r, ip->proto, ip->invflags & XT_INV_PROTO);
	add_addr(x, r, 12, ip->src.s_addr, ip->smsk.s_addr, ip->invflags & IPT_INV_SRCIP);
	add_addr(x, r, 16, ip->dst.s_addr, ip->dmsk.s_addr, ip->invflags & IPT_INV_DSTIP);
	add_frag(x, r, ip);
	for (m = rule->matches; m; m = m->next)
		add_match(x, r, m, ip);
	e = nft_expr_add(x, r, E_COUNTER);
	e->n[0] = rule->pcnt;
	e->n[1] = rule->bcnt;
	add_action(x, r, rule);
	r->has_compat = true;
	r->compat_proto = ip->proto;
	r->compat_flags = (ip->invflags & XT_INV_PROTO) ? 2 : 0;
	return r;
}
