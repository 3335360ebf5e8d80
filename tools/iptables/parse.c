/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * parse.c - nf_tables expressions back to a rule in iptables' words
 *
 * Mirrors iptables/nft-shared.c. CONTROL.
 *
 * nft_words()
 *   on_cmp() -> on_meta() on_payload()
 *   on_range() on_limit() on_blob() on_verdict()
 */
#include "nft.h"

#include <linux/netfilter.h>
#include <linux/netfilter/xt_limit.h>
#include <linux/netfilter/xt_mark.h>
#include <linux/netfilter/xt_tcpudp.h>

/* what the register holds, and what a bitwise did to it */
struct parse {
	struct ipt *x;
	struct ipt_rule *rule;
	enum nft_kind src; /* E_META, E_PAYLOAD, E_OTHER for nothing */
	uint32_t key;
	uint32_t off;
	uint32_t len;
	bool masked;
	uint8_t mask[32];
	struct xt_inst *ports; /* the tcp or udp match that native expressions fill */
};

static void set_iface(char *name, uint8_t *invflags, uint8_t bit, const struct nft_expr *e)
{
	uint32_t n = e->len < IFNAMSIZ ? e->len : IFNAMSIZ - 1;

	memset(name, 0, IFNAMSIZ);
	if (e->len == 8 && !memcmp(e->data, "INVAL/D", 8)) {
		name[0] = '+';
		*invflags |= bit;
		return;
	}
	memcpy(name, e->data, n);
	if (n == 0 || e->data[e->len - 1] != '\0') {
		if (n < IFNAMSIZ - 1)
			name[n] = '+';
	}
	if (e->key == NFT_CMP_NEQ)
		*invflags |= bit;
}

static struct xt_inst *new_match(struct parse *p, const char *name)
{
	const struct xt_ext *ext = xt_find(p->x, name, false, false);

	if (!ext) {
		p->rule->foreign = true;
		return NULL;
	}
	return xt_add_match(p->x, p->rule, ext);
}

static struct xt_inst *port_match(struct parse *p, const char *name)
{
	if (!p->ports || strcmp(p->ports->ext->name, name))
		p->ports = new_match(p, name);
	return p->ports;
}

static void on_meta(struct parse *p, const struct nft_expr *e)
{
	struct ipt_ip *ip = &p->rule->ip;
	struct xt_inst *m;

	switch (p->key) {
	case NFT_META_IIFNAME:
		set_iface(ip->iniface, &ip->invflags, IPT_INV_VIA_IN, e);
		break;
	case NFT_META_OIFNAME:
		set_iface(ip->outiface, &ip->invflags, IPT_INV_VIA_OUT, e);
		break;
	case NFT_META_L4PROTO:
		ip->proto = e->data[0];
		if (e->key == NFT_CMP_NEQ)
			ip->invflags |= XT_INV_PROTO;
		break;
	case NFT_META_MARK:
		m = new_match(p, "mark");
		if (m) {
			struct xt_mark_mtinfo1 *mark = (void *)m->info;

			memcpy(&mark->mark, e->data, 4);
			mark->mask = UINT32_MAX;
			if (p->masked)
				memcpy(&mark->mask, p->mask, 4);
			mark->invert = e->key == NFT_CMP_NEQ;
		}
		break;
	default:
		p->rule->foreign = true;
		break;
	}
}

static void set_addr(struct parse *p, const struct nft_expr *e, __be32 *addr, __be32 *mask,
		     uint8_t inv)
{
	uint8_t m[4] = { 0 };

	*addr = 0;
	memcpy(addr, e->data, e->len < 4 ? e->len : 4);
	if (p->masked)
		memcpy(m, p->mask, 4);
	else
		memset(m, 0xff, p->len < 4 ? p->len : 4);
	memcpy(mask, m, 4);
	if (e->key == NFT_CMP_NEQ)
		p->rule->ip.invflags |= inv;
}

static void on_network(struct parse *p, const struct nft_expr *e)
{
	struct ipt_ip *ip = &p->rule->ip;

	switch (p->off) {
	case 12:
		set_addr(p, e, &ip->src.s_addr, &ip->smsk.s_addr, IPT_INV_SRCIP);
		break;
	case 16:
		set_addr(p, e, &ip->dst.s_addr, &ip->dmsk.s_addr, IPT_INV_DSTIP);
		break;
	case 6:
		ip->flags |= IPT_F_FRAG;
		if (e->key == NFT_CMP_EQ)
			ip->invflags |= IPT_INV_FRAG;
		break;
	default:
		p->rule->foreign = true;
		break;
	}
}

/* The tcp or udp match of the rule, and its pair of ports at the place the register holds. */
static struct xt_inst *find_ports(struct parse *p, uint16_t **ret_ports, uint8_t **ret_inv,
				  uint8_t *ret_bit)
{
	bool tcp = p->rule->ip.proto == 6;
	struct xt_inst *m;

	if ((!tcp && p->rule->ip.proto != 17) || (p->off != 0 && p->off != 2)) {
		p->rule->foreign = true;
		return NULL;
	}
	m = port_match(p, tcp ? "tcp" : "udp");
	if (!m)
		return NULL;
	if (tcp) {
		struct xt_tcp *t = (void *)m->info;

		*ret_ports = p->off ? t->dpts : t->spts;
		*ret_inv = &t->invflags;
		*ret_bit = p->off ? XT_TCP_INV_DSTPT : XT_TCP_INV_SRCPT;
	} else {
		struct xt_udp *u = (void *)m->info;

		*ret_ports = p->off ? u->dpts : u->spts;
		*ret_inv = &u->invflags;
		*ret_bit = p->off ? XT_UDP_INV_DSTPT : XT_UDP_INV_SRCPT;
	}
	return m;
}

static void on_transport(struct parse *p, const struct nft_expr *e)
{
	uint16_t v = (uint16_t)(e->data[0] << 8 | e->data[1]);
	struct xt_inst *m;
	uint16_t *ports;
	uint8_t *inv;
	uint8_t bit;

	if (p->off == 13 && p->rule->ip.proto == 6) {
		m = port_match(p, "tcp");
		if (m) {
			struct xt_tcp *t = (void *)m->info;

			t->flg_mask = p->masked ? p->mask[0] : 0xff;
			t->flg_cmp = e->data[0];
			if (e->key == NFT_CMP_NEQ)
				t->invflags |= XT_TCP_INV_FLAGS;
		}
		return;
	}
	if (!find_ports(p, &ports, &inv, &bit))
		return;
	ports[0] = 0;
	ports[1] = v;
	if (e->key == NFT_CMP_EQ || e->key == NFT_CMP_NEQ)
		ports[0] = v;
	if (e->key == NFT_CMP_NEQ || e->key == NFT_CMP_GT)
		*inv |= bit;
}

static void on_range(struct parse *p, const struct nft_expr *e)
{
	uint16_t *ports;
	uint8_t *inv;
	uint8_t bit;

	if (p->src != E_PAYLOAD || p->key != NFT_PAYLOAD_TRANSPORT_HEADER) {
		p->rule->foreign = true;
		return;
	}
	if (!find_ports(p, &ports, &inv, &bit))
		return;
	ports[0] = (uint16_t)(e->data[0] << 8 | e->data[1]);
	ports[1] = (uint16_t)(e->data2[0] << 8 | e->data2[1]);
	if (e->key == NFT_RANGE_NEQ)
		*inv |= bit;
}

static void on_cmp(struct parse *p, const struct nft_expr *e)
{
	if (p->src == E_META)
		on_meta(p, e);
	else if (p->src == E_PAYLOAD && p->key == NFT_PAYLOAD_NETWORK_HEADER)
		on_network(p, e);
	else if (p->src == E_PAYLOAD && p->key == NFT_PAYLOAD_TRANSPORT_HEADER)
		on_transport(p, e);
	else
		p->rule->foreign = true;
}

static void on_limit(struct parse *p, const struct nft_expr *e)
{
	struct xt_inst *m = new_match(p, "limit");
	struct xt_rateinfo *info;

	if (!m || !e->n[0])
		return;
	info = (void *)m->info;
	info->avg = (uint32_t)(XT_LIMIT_SCALE * e->n[1] / e->n[0]);
	info->burst = e->burst;
}

static void on_blob(struct parse *p, const struct nft_expr *e)
{
	bool target = e->kind == E_TARGET;
	const struct xt_ext *ext = xt_find_kernel(p->x, e->name, e->rev, e->info, target);
	struct xt_inst *m;

	if (!ext) {
		p->rule->foreign = true;
		return;
	}
	m = target ? xt_inst_new(p->x, ext) : xt_add_match(p->x, p->rule, ext);
	memcpy(m->info, e->info, e->len < xt_align(ext->size) ? e->len : xt_align(ext->size));
	if (target) {
		p->rule->target = m;
		p->rule->jumpto = ext->name;
	}
}

static struct xt_inst *set_target(struct parse *p, const char *name)
{
	const struct xt_ext *ext = xt_find(p->x, name, true, false);

	if (!ext) {
		p->rule->foreign = true;
		return NULL;
	}
	p->rule->target = xt_inst_new(p->x, ext);
	p->rule->jumpto = ext->name;
	return p->rule->target;
}

static void on_log(struct parse *p, const struct nft_expr *e)
{
	struct xt_inst *target = set_target(p, "NFLOG");
	struct xt_nflog_words *words;
	struct xt_nflog_info *info;

	if (!target)
		return;
	words = (void *)target->info;
	info = &words->info;
	info->group = (uint16_t)e->n[0];
	info->threshold = (uint16_t)e->n[1];
	info->len = e->len;
	if (e->has_op)
		info->flags = XT_NFLOG_F_COPY_LEN;
	if (e->name)
		memcpy(words->prefix, e->name, strnlen(e->name, sizeof(words->prefix) - 1));
}

static void on_verdict(struct parse *p, const struct nft_expr *e)
{
	switch (e->verdict) {
	case NF_ACCEPT:
		p->rule->jumpto = "ACCEPT";
		break;
	case NF_DROP:
		p->rule->jumpto = "DROP";
		break;
	case NFT_RETURN:
		p->rule->jumpto = "RETURN";
		break;
	case NFT_GOTO:
		p->rule->ip.flags |= IPT_F_GOTO;
		p->rule->jumpto = e->chain ? e->chain : "";
		break;
	case NFT_JUMP:
		p->rule->jumpto = e->chain ? e->chain : "";
		break;
	default:
		p->rule->foreign = true;
		break;
	}
}

static void on_expr(struct parse *p, const struct nft_expr *e)
{
	switch (e->kind) {
	case E_META:
		if (e->key == NFT_META_NFTRACE && e->sreg) {
			set_target(p, "TRACE");
			break;
		}
		__attribute__((fallthrough));
	case E_PAYLOAD:
		p->src = e->kind;
		p->key = e->key;
		p->off = e->off;
		p->len = e->len;
		p->masked = false;
		break;
	case E_BITWISE:
		p->masked = true;
		memcpy(p->mask, e->data, sizeof(p->mask));
		break;
	case E_CMP:
		on_cmp(p, e);
		break;
	case E_RANGE:
		on_range(p, e);
		break;
	case E_COUNTER:
		p->rule->pcnt = e->n[0];
		p->rule->bcnt = e->n[1];
		break;
	case E_LIMIT:
		on_limit(p, e);
		break;
	case E_LOG:
		on_log(p, e);
		break;
	case E_MATCH:
	case E_TARGET:
		on_blob(p, e);
		break;
	case E_IMMEDIATE:
		/* another one is a value for the next expression */
		if (e->has_verdict)
			on_verdict(p, e);
		break;
	case E_OTHER:
		p->rule->foreign = true;
		break;
	}
}

/**
 * nft_words() - A rule of the kernel in iptables' words
 * @x: the program
 * @r: the rule
 *
 * Return: the words; ->foreign when they do not say all of it.
 */
struct ipt_rule *nft_words(struct ipt *x, struct nft_rule *r)
{
	struct parse p = { .x = x, .src = E_OTHER };
	const struct nft_expr *e;

	if (r->words)
		return r->words;
	p.rule = ng_task_alloc(x->task, sizeof(*p.rule));
	p.rule->jumpto = "";
	p.rule->handle = r->handle;
	for (e = r->exprs; e; e = e->next)
		on_expr(&p, e);
	r->words = p.rule;
	return p.rule;
}
