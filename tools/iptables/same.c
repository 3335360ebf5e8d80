/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * same.c - whether two rules say the same: for -D and -C
 *
 * Mirrors iptables/nft-shared.c (compare_matches, compare_targets). CONTROL.
 */
#include "nft.h"

static const char *kernel_name(const struct xt_ext *e)
{
	return e->kernel ? e->kernel : e->name;
}

static bool same_inst(const struct xt_inst *a, const struct xt_inst *b)
{
	size_t n;

	if (strcmp(kernel_name(a->ext), kernel_name(b->ext)))
		return false;
	n = a->ext->user_size ? a->ext->user_size : a->ext->size;
	return a->ext->size == b->ext->size && !memcmp(a->info, b->info, n);
}

static bool same_ip(const struct ipt_ip *a, const struct ipt_ip *b)
{
	return a->src.s_addr == b->src.s_addr && a->dst.s_addr == b->dst.s_addr &&
	       a->smsk.s_addr == b->smsk.s_addr && a->dmsk.s_addr == b->dmsk.s_addr &&
	       a->proto == b->proto && a->flags == b->flags && a->invflags == b->invflags &&
	       !strcmp(a->iniface, b->iniface) && !strcmp(a->outiface, b->outiface);
}

/**
 * ipt_rule_same() - Compares two rules but for their counters
 * @a: one
 * @b: the other
 *
 * Return: whether they are equal.
 */
bool ipt_rule_same(const struct ipt_rule *a, const struct ipt_rule *b)
{
	const struct xt_inst *m = a->matches;
	const struct xt_inst *n = b->matches;

	if (a->foreign || b->foreign || !same_ip(&a->ip, &b->ip))
		return false;
	for (; m && n; m = m->next, n = n->next) {
		if (!same_inst(m, n))
			return false;
	}
	if (m || n)
		return false;
	if (!a->target != !b->target || (a->target && !same_inst(a->target, b->target)))
		return false;
	return a->target || !strcmp(a->jumpto, b->jumpto);
}
