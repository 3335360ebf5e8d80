/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * debug.c - iptables -vv: what goes to nf_tables and what comes from it
 *
 * As libnftnl 1.2.4 prints tables, chains, rules and expressions. What is sent
 * is printed when the transaction is, after all the commands have spoken.
 */
#include "nft.h"

#include <linux/netfilter.h>
#include <stdarg.h>
#include <stdio.h>

struct nft_note {
	struct nft_note *next;
	char *text;
};

/* Text at the end of a transaction's notes. */
__attribute__((format(printf, 2, 3))) static void note(struct nft_handle *h, const char *fmt, ...)
{
	struct nft_note *n = ng_task_alloc(h->x->task, sizeof(*n)), **at;
	char buf[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	n->text = ng_task_strdup(h->x->task, buf);
	for (at = &h->notes; *at; at = &(*at)->next)
		;
	*at = n;
}

/**
 * nft_debug_flush() - Prints what was noted
 * @h: the handle
 */
void nft_debug_flush(struct nft_handle *h)
{
	for (const struct nft_note *n = h->notes; n; n = n->next)
		ng_puts(h->x->out, n->text);
	h->notes = NULL;
}

static void data(struct nft_handle *h, const uint8_t *bytes, uint32_t len)
{
	for (uint32_t i = 0; i < len; i += 4) {
		uint32_t word = 0;

		memcpy(&word, bytes + i, len - i < 4 ? len - i : 4);
		note(h, "0x%08x ", word);
	}
}

static const char *meta_name(uint32_t key)
{
	static const char *const names[] = {
		[NFT_META_LEN] = "len",		  [NFT_META_PROTOCOL] = "protocol",
		[NFT_META_PRIORITY] = "priority", [NFT_META_MARK] = "mark",
		[NFT_META_IIF] = "iif",		  [NFT_META_OIF] = "oif",
		[NFT_META_IIFNAME] = "iifname",	  [NFT_META_OIFNAME] = "oifname",
		[NFT_META_L4PROTO] = "l4proto",	  [NFT_META_PKTTYPE] = "pkttype",
	};

	return key < sizeof(names) / sizeof(names[0]) && names[key] ? names[key] : "unknown";
}

static void verdict(struct nft_handle *h, const struct nft_expr *e)
{
	switch (e->verdict) {
	case NF_ACCEPT:
		note(h, "accept ");
		break;
	case NF_DROP:
		note(h, "drop ");
		break;
	case NFT_RETURN:
		note(h, "return ");
		break;
	case NFT_JUMP:
	case NFT_GOTO:
		note(h, "%s -> %s ", e->verdict == NFT_JUMP ? "jump" : "goto", e->chain);
		break;
	default:
		note(h, "unknown ");
	}
}

static void limit(struct nft_handle *h, const struct nft_expr *e)
{
	const char *unit = e->n[1] == 1	      ? "second"
			   : e->n[1] == 60    ? "minute"
			   : e->n[1] == 3600  ? "hour"
			   : e->n[1] == 86400 ? "day"
					      : "week";

	note(h, "limit rate %llu/%s burst %u type packets flags 0x%x ", (unsigned long long)e->n[0],
	     unit, e->burst, e->flags);
}

static void expression(struct nft_handle *h, const struct nft_expr *e)
{
	static const char *const bases[] = { "link", "network", "transport" };
	static const char *const ops[] = { "eq", "neq", "lt", "lte", "gt", "gte" };

	switch (e->kind) {
	case E_PAYLOAD:
		note(h, "payload load %ub @ %s header + %u => reg %u ", e->len,
		     e->key < 3 ? bases[e->key] : "unknown", e->off, e->dreg);
		break;
	case E_CMP:
		note(h, "cmp %s reg %u ", e->key < 6 ? ops[e->key] : "unknown", e->sreg);
		data(h, e->data, e->len);
		break;
	case E_META:
		note(h, "meta load %s => reg %u ", meta_name(e->key), e->dreg);
		break;
	case E_BITWISE:
		note(h, "bitwise reg %u = ( reg %u & ", e->dreg, e->sreg);
		data(h, e->data, e->len);
		note(h, ") ^ ");
		data(h, e->data2, e->len);
		break;
	case E_COUNTER:
		note(h, "counter pkts %llu bytes %llu ", (unsigned long long)e->n[0],
		     (unsigned long long)e->n[1]);
		break;
	case E_IMMEDIATE:
		note(h, "immediate reg %u ", e->dreg);
		verdict(h, e);
		break;
	case E_RANGE:
		note(h, "range %s reg %u ", e->key ? "neq" : "eq", e->sreg);
		data(h, e->data, e->len);
		data(h, e->data2, e->len);
		break;
	case E_MATCH:
	case E_TARGET:
		note(h, "%s name %s rev %u ", e->kind == E_MATCH ? "match" : "target", e->name,
		     e->rev);
		break;
	case E_LIMIT:
		limit(h, e);
		break;
	case E_LOG:
		note(h, "log ");
		if (e->name)
			note(h, "prefix %s ", e->name);
		note(h, "group %llu snaplen %u qthreshold %llu ", (unsigned long long)e->n[0],
		     e->len, (unsigned long long)e->n[1]);
		break;
	case E_OTHER:
		note(h, "%s ", e->name ? e->name : "unknown");
		break;
	}
}

/**
 * nft_debug_rule() - Notes a rule, after -vv
 * @h: the handle
 * @table: its table
 * @chain: its chain, NULL: all of them
 * @r: the rule, NULL: all of the chain's
 */
void nft_debug_rule(struct nft_handle *h, const char *table, const char *chain,
		    const struct nft_rule *r)
{
	if (!h->debug)
		return;
	note(h, "%s%s", r ? "ip " : "", table);
	if (chain)
		note(h, " %s", chain);
	if (r && r->handle)
		note(h, " %llu", (unsigned long long)r->handle);
	if (r && r->has_pos)
		note(h, " %llu", (unsigned long long)r->pos);
	note(h, "\n");
	for (const struct nft_expr *e = r ? r->exprs : NULL; e; e = e->next) {
		note(h, "  [ ");
		expression(h, e);
		note(h, "]\n");
	}
	note(h, "\n");
}

/**
 * nft_debug_table() - Notes a table, after -vv
 * @h: the handle
 * @table: its name
 */
void nft_debug_table(struct nft_handle *h, const char *table)
{
	if (h->debug)
		note(h, "table %s ip flags 0 use 0 handle 0\n", table);
}

/**
 * nft_debug_chain() - Notes a chain, after -vv
 * @h: the handle
 * @table: its table
 * @c: the chain
 */
void nft_debug_chain(struct nft_handle *h, const char *table, const struct nft_chain *c)
{
	static const char *const hooks[] = { "prerouting", "input", "forward", "output",
					     "postrouting" };

	if (!h->debug)
		return;
	note(h, "ip %s %s use %u", table, c->name, c->has_use ? c->use : 0);
	if (c->has_hook) {
		note(h, " type %s hook %s prio %d", c->type,
		     c->hook < 5 ? hooks[c->hook] : "unknown", c->prio);
		if (c->has_policy)
			note(h, " policy %s", c->policy == NF_DROP ? "drop" : "accept");
		note(h, " packets %llu bytes %llu",
		     (unsigned long long)(c->has_counters ? c->cnt[0] : 0),
		     (unsigned long long)(c->has_counters ? c->cnt[1] : 0));
		if (c->has_flags)
			note(h, " flags %u", c->flags);
	}
	note(h, "\n");
}
