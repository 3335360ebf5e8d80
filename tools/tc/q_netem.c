/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * q_netem.c - the words of netem
 *
 * mirrors tc/q_netem.c of iproute2 6.1
 *
 * Not modelled: distributions, loss models, slots, ecn.
 */
#include "tc.h"

#include "../lib/program.h"

#include <stdlib.h>
#include <string.h>

#define NS_PER_TICK 64

struct netem {
	struct tc_netem_qopt opt;
	struct tc_netem_corr corr;
	struct tc_netem_reorder reorder;
	struct tc_netem_corrupt corrupt;
	struct tc_netem_rate rate;
	uint64_t rate64;
	int64_t latency_ns, jitter_ns;
	bool has_corr, has_reorder, has_corrupt, has_rate;
};

static _Noreturn void illegal(struct tc *c, const char *what)
{
	ng_printf(c->err, "Illegal \"%s\"\n", what);
	tc_exit(c, 1);
}

static bool next_is_number(const struct tc *c)
{
	char *end;

	if (c->argc <= 0)
		return false;
	strtod(*c->argv, &end);
	return end != *c->argv;
}

static uint32_t percent(struct tc *c, const char *what)
{
	uint32_t v;

	if (!tc_get_percent(tc_next(c), &v))
		illegal(c, what);
	return v;
}

/* "PERCENT [CORRELATION]" */
static void percent_pair(struct tc *c, struct netem *n, const char *what, const char *cor,
			 uint32_t *ret, uint32_t *ret_cor)
{
	*ret = percent(c, what);
	if (!next_is_number(c))
		return;
	n->has_corr = true;
	*ret_cor = percent(c, cor);
}

static void parse_delay(struct tc *c, struct netem *n)
{
	if (!tc_get_time_ns(tc_next(c), &n->latency_ns))
		illegal(c, "latency");
	if (!next_is_number(c))
		return;
	if (!tc_get_time_ns(tc_next(c), &n->jitter_ns))
		illegal(c, "latency");
	if (!next_is_number(c))
		return;
	n->has_corr = true;
	n->corr.delay_corr = percent(c, "latency");
}

static void parse_rate(struct tc *c, struct netem *n)
{
	n->has_rate = true;
	if (!tc_get_rate(tc_next(c), &n->rate64))
		illegal(c, "rate");
	if (next_is_number(c))
		n->rate.packet_overhead = atoi(tc_next(c));
	if (next_is_number(c))
		n->rate.cell_size = (uint32_t)strtoul(tc_next(c), NULL, 0);
	if (next_is_number(c))
		n->rate.cell_overhead = atoi(tc_next(c));
}

static void parse_number(struct tc *c, const char *what, uint32_t *ret)
{
	char *end;

	*ret = (uint32_t)strtoul(tc_next(c), &end, 0);
	if (*end)
		illegal(c, what);
}

static _Noreturn void not_modelled(struct tc *c, const char *word)
{
	tc_exit(c, ng_not_modelled(c->task, "netem %s", word));
}

/* true: @word was one of netem's */
static bool parse_word(struct tc *c, struct netem *n, const char *word)
{
	uint32_t cor = 0;

	if (!strcmp(word, "limit")) {
		parse_number(c, "limit", &n->opt.limit);
	} else if (!strcmp(word, "latency") || !strcmp(word, "delay")) {
		parse_delay(c, n);
	} else if (!strcmp(word, "loss") || !strcmp(word, "drop")) {
		if (c->argc > 0 && (!strcmp(*c->argv, "state") || !strcmp(*c->argv, "gemodel")))
			not_modelled(c, "loss models");
		if (c->argc > 0 && !strcmp(*c->argv, "random"))
			tc_next(c);
		percent_pair(c, n, "loss percent", "loss correllation", &n->opt.loss,
			     &n->corr.loss_corr);
	} else if (!strcmp(word, "duplicate")) {
		percent_pair(c, n, "duplicate", "duplicate", &n->opt.duplicate, &n->corr.dup_corr);
	} else if (!strcmp(word, "reorder")) {
		percent_pair(c, n, "reorder", "reorder", &n->reorder.probability, &cor);
		n->reorder.correlation = cor;
		n->has_reorder = true;
	} else if (!strcmp(word, "corrupt")) {
		percent_pair(c, n, "corrupt", "corrupt", &n->corrupt.probability, &cor);
		n->corrupt.correlation = cor;
		n->has_corrupt = true;
	} else if (!strcmp(word, "gap")) {
		parse_number(c, "gap", &n->opt.gap);
	} else if (!strcmp(word, "rate")) {
		parse_rate(c, n);
	} else if (!strcmp(word, "ecn") || !strcmp(word, "slot") || !strcmp(word, "distribution")) {
		not_modelled(c, word);
	} else {
		return false;
	}
	return true;
}

static void put_options(struct netem *n, struct nl_buf *b)
{
	size_t nest = nla_nest_start(b, TCA_OPTIONS);

	n->opt.latency = (uint32_t)(n->latency_ns / NS_PER_TICK);
	n->opt.jitter = (uint32_t)(n->jitter_ns / NS_PER_TICK);
	memcpy(nl_buf_put(b, sizeof(n->opt)), &n->opt, sizeof(n->opt));
	if (n->has_corr)
		nla_put(b, TCA_NETEM_CORR, sizeof(n->corr), &n->corr);
	if (n->has_reorder)
		nla_put(b, TCA_NETEM_REORDER, sizeof(n->reorder), &n->reorder);
	if (n->has_corrupt)
		nla_put(b, TCA_NETEM_CORRUPT, sizeof(n->corrupt), &n->corrupt);
	if (n->has_rate) {
		if (n->rate64 >= UINT64_C(1) << 32) {
			nla_put_u64(b, TCA_NETEM_RATE64, n->rate64);
			n->rate.rate = UINT32_MAX;
		} else {
			n->rate.rate = (uint32_t)n->rate64;
		}
		nla_put(b, TCA_NETEM_RATE, sizeof(n->rate), &n->rate);
	}
	nla_nest_end(b, nest);
}

/**
 * tc_netem_parse() - The words after "netem"
 * @c: the run; the cursor is behind "netem"
 * @b: the request: TCA_OPTIONS is added
 *
 * Return: 0, or the exit status.
 */
int tc_netem_parse(struct tc *c, struct nl_buf *b)
{
	struct netem n = { .opt = { .limit = 1000 } };

	while (c->argc > 0) {
		const char *word = tc_next(c);

		if (!strcmp(word, "help")) {
			ng_puts(c->err, tc_netem_usage_text);
			return 1;
		}
		if (!parse_word(c, &n, word)) {
			ng_printf(c->err, "What is \"%s\"?\n%s", word, tc_netem_usage_text);
			return 1;
		}
	}
	if (n.has_reorder && !n.opt.gap)
		n.opt.gap = 1;
	if (n.has_reorder && !n.latency_ns) {
		ng_puts(c->err, "reordering not possible without specifying some delay\n");
		ng_puts(c->err, tc_netem_usage_text);
		return 1;
	}
	put_options(&n, b);
	return 0;
}

static void get(void *to, size_t size, const struct nlattr *nla)
{
	memset(to, 0, size);
	if (nla && nla_len(nla) >= size)
		memcpy(to, nla_data(nla), size);
}

static void print_pair(struct tc *c, const char *name, uint32_t v, uint32_t cor)
{
	if (!v)
		return;
	ng_printf(c->out, " %s ", name);
	tc_print_percent(c->out, v);
	if (!cor)
		return;
	ng_putc(c->out, ' ');
	tc_print_percent(c->out, cor);
}

/**
 * tc_netem_print() - The settings of a netem
 * @c: the run
 * @opt: TCA_OPTIONS
 */
void tc_netem_print(struct tc *c, const struct nlattr *opt)
{
	const struct nlattr *tb[TCA_NETEM_MAX + 1];
	struct netem n = { 0 };

	if (!opt || nla_len(opt) < sizeof(n.opt))
		return;
	memcpy(&n.opt, nla_data(opt), sizeof(n.opt));
	nla_parse(tb, TCA_NETEM_MAX, (const uint8_t *)nla_data(opt) + sizeof(n.opt),
		  nla_len(opt) - sizeof(n.opt));
	get(&n.corr, sizeof(n.corr), tb[TCA_NETEM_CORR]);
	get(&n.reorder, sizeof(n.reorder), tb[TCA_NETEM_REORDER]);
	get(&n.corrupt, sizeof(n.corrupt), tb[TCA_NETEM_CORRUPT]);
	get(&n.rate, sizeof(n.rate), tb[TCA_NETEM_RATE]);
	n.rate64 = tb[TCA_NETEM_RATE64] ? nla_get_u64(tb[TCA_NETEM_RATE64]) : n.rate.rate;
	n.latency_ns = tb[TCA_NETEM_LATENCY64] ? (int64_t)nla_get_u64(tb[TCA_NETEM_LATENCY64])
					       : (int64_t)n.opt.latency * NS_PER_TICK;
	n.jitter_ns = tb[TCA_NETEM_JITTER64] ? (int64_t)nla_get_u64(tb[TCA_NETEM_JITTER64])
					     : (int64_t)n.opt.jitter * NS_PER_TICK;
	ng_printf(c->out, "limit %d", (int)n.opt.limit);
	if (n.latency_ns) {
		ng_puts(c->out, " delay ");
		tc_print_time(c->out, n.latency_ns);
		if (n.jitter_ns) {
			ng_puts(c->out, "  ");
			tc_print_time(c->out, n.jitter_ns);
			if (n.corr.delay_corr) {
				ng_putc(c->out, ' ');
				tc_print_percent(c->out, n.corr.delay_corr);
			}
		}
	}
	print_pair(c, "loss", n.opt.loss, n.corr.loss_corr);
	print_pair(c, "duplicate", n.opt.duplicate, n.corr.dup_corr);
	print_pair(c, "reorder", n.reorder.probability, n.reorder.correlation);
	print_pair(c, "corrupt", n.corrupt.probability, n.corrupt.correlation);
	if (n.rate64) {
		ng_puts(c->out, " rate ");
		tc_print_rate(c->out, n.rate64);
		if (n.rate.packet_overhead)
			ng_printf(c->out, " packetoverhead %d", n.rate.packet_overhead);
		if (n.rate.cell_size)
			ng_printf(c->out, " cellsize %u", n.rate.cell_size);
		if (n.rate.cell_overhead)
			ng_printf(c->out, " celloverhead %d", n.rate.cell_overhead);
	}
	if (n.opt.gap)
		ng_printf(c->out, " gap %u", n.opt.gap);
}
