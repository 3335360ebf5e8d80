/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * features.c - ethtool -k and -K
 *
 * mirrors netlink/features.c of ethtool 6.1
 */
#include "ethtool.h"

#include "../lib/program.h"

#include <fnmatch.h>
#include <string.h>

enum { BIT_NAME = ETHTOOL_A_BITSET_BIT_NAME, BIT_VALUE = ETHTOOL_A_BITSET_BIT_VALUE };

/* names of ethtool's own, for one or more of the kernel's */
struct group {
	const char *word, *name, *pattern;
};

static const struct group groups[] = {
	{ "rx", "rx-checksumming", "rx-checksum" },
	{ "tx", "tx-checksumming", "tx-checksum-*" },
	{ "sg", "scatter-gather", "tx-scatter-gather*" },
	{ "tso", "tcp-segmentation-offload", "tx-tcp*-segmentation" },
	{ "ufo", "udp-fragmentation-offload", "tx-udp-fragmentation" },
	{ "gso", "generic-segmentation-offload", "tx-generic-segmentation" },
	{ "gro", "generic-receive-offload", "rx-gro" },
	{ "lro", "large-receive-offload", "rx-lro" },
	{ "rxvlan", "rx-vlan-offload", "rx-vlan-hw-parse" },
	{ "txvlan", "tx-vlan-offload", "tx-vlan-hw-insert" },
	{ "ntuple", "ntuple-filters", "rx-ntuple-filter" },
	{ "rxhash", "receive-hashing", "rx-hashing" },
};

enum { NR_GROUPS = sizeof(groups) / sizeof(groups[0]) };

struct states {
	uint64_t hw, wanted, active, nochange;
};

static bool bit(uint64_t set, uint32_t i)
{
	return set >> i & 1;
}

static uint64_t words(const struct nlattr *set, uint16_t type)
{
	const struct nlattr *tb[ETHTOOL_A_BITSET_MAX + 1];
	uint64_t v = 0;

	if (set && !nla_parse_nested(tb, ETHTOOL_A_BITSET_MAX, set) && tb[type])
		memcpy(&v, nla_data(tb[type]),
		       nla_len(tb[type]) < sizeof(v) ? nla_len(tb[type]) : sizeof(v));
	return v;
}

static void print_feature(struct et *e, const struct states *s, const char *before,
			  const char *name, uint32_t i)
{
	const char *note = "";

	if (!bit(s->hw, i) || bit(s->nochange, i))
		note = " [fixed]";
	else if (bit(s->wanted, i) != bit(s->active, i))
		note = bit(s->wanted, i) ? " [requested on]" : " [requested off]";
	ng_printf(e->out, "%s%s: %s%s\n", before, name, bit(s->active, i) ? "on" : "off", note);
}

/* A group of one is shown under ethtool's name; one of several with its members. */
static void print_group(struct et *e, const struct states *s, const struct group *g,
			uint64_t *shown)
{
	uint32_t first = 0, n = 0;
	bool on = false;

	for (uint32_t i = e->nr_names; i-- > 0;) {
		if (fnmatch(g->pattern, e->names[i], 0))
			continue;
		first = i;
		n++;
		on |= bit(s->active, i);
		*shown |= UINT64_C(1) << i;
	}
	if (!n)
		return;
	if (n == 1) {
		print_feature(e, s, "", g->name, first);
		return;
	}
	ng_printf(e->out, "%s: %s\n", g->name, on ? "on" : "off");
	for (uint32_t i = 0; i < e->nr_names; i++) {
		if (!fnmatch(g->pattern, e->names[i], 0))
			print_feature(e, s, "\t", e->names[i], i);
	}
}

static void features_answer(struct et *e, uint8_t cmd, const void *attrs, size_t len)
{
	const struct nlattr *tb[ETHTOOL_A_FEATURES_MAX + 1];
	uint64_t shown = 0;
	struct states s;
	int fd = e->fd;
	uint32_t seq = e->seq;

	(void)cmd;
	if (nla_parse(tb, ETHTOOL_A_FEATURES_MAX, attrs, len))
		return;
	s.hw = words(tb[ETHTOOL_A_FEATURES_HW], ETHTOOL_A_BITSET_VALUE);
	s.wanted = words(tb[ETHTOOL_A_FEATURES_WANTED], ETHTOOL_A_BITSET_VALUE);
	s.active = words(tb[ETHTOOL_A_FEATURES_ACTIVE], ETHTOOL_A_BITSET_VALUE);
	s.nochange = words(tb[ETHTOOL_A_FEATURES_NOCHANGE], ETHTOOL_A_BITSET_VALUE);
	/* the names are asked for beside the question under way */
	if (et_open_second(e) || et_feature_names(e))
		return;
	e->fd = fd;
	e->seq = seq;
	if (e->nr_names > 64)
		e->nr_names = 64;
	ng_printf(e->out, "Features for %s:\n", e->dev);
	for (size_t i = 0; i < NR_GROUPS; i++)
		print_group(e, &s, &groups[i], &shown);
	for (uint32_t i = 0; i < e->nr_names; i++) {
		if (e->names[i][0] && !bit(shown, i))
			print_feature(e, &s, "", e->names[i], i);
	}
}

/**
 * et_show_features() - ethtool -k DEVICE
 * @e: the run
 *
 * Return: 0 or 1.
 */
int et_show_features(struct et *e)
{
	struct nl_buf b = { 0 };

	if (e->argc) {
		ng_printf(e->err, "ethtool: unexpected parameter '%s'\n", e->argv[0]);
		return 1;
	}
	if (et_open(e))
		return 1;
	et_begin(e, &b, ETHTOOL_MSG_FEATURES_GET, ETHTOOL_FLAG_COMPACT_BITSETS);
	return et_talk(e, &b, features_answer) ? 1 : 0;
}

static void put_feature(struct et *e, struct nl_buf *b, const char *name, bool on)
{
	size_t nest = nla_nest_start(b, ETHTOOL_A_BITSET_BITS_BIT | NLA_F_NESTED);

	nla_put_string(b, BIT_NAME, name);
	if (on)
		nla_put(b, BIT_VALUE, 0, NULL);
	nla_nest_end(b, nest);
	for (uint32_t i = 0; i < e->nr_names; i++) {
		if (!strcmp(name, e->names[i]))
			e->asked |= UINT64_C(1) << i;
	}
}

static void put_word(struct et *e, struct nl_buf *b, const char *word, bool on)
{
	for (size_t g = 0; g < NR_GROUPS; g++) {
		if (strcmp(word, groups[g].word) && strcmp(word, groups[g].name))
			continue;
		for (uint32_t i = 0; i < e->nr_names; i++) {
			if (e->names[i][0] && !fnmatch(groups[g].pattern, e->names[i], 0))
				put_feature(e, b, e->names[i], on);
		}
		return;
	}
	put_feature(e, b, word, on);
}

static void print_change(struct et *e, uint32_t i, const uint64_t *wanted, const uint64_t *active)
{
	bool refused = bit(wanted[1], i);
	bool on = refused ? !bit(wanted[0], i) : bit(active[0], i);

	if (!refused && !bit(active[1], i))
		return;
	ng_printf(e->out, "%s: %s", e->names[i], on ? "on" : "off");
	if (refused)
		ng_printf(e->out, " [requested %s]", on ? "off" : "on");
	else if (!bit(e->asked, i))
		ng_puts(e->out, " [not requested]");
	ng_putc(e->out, '\n');
}

/* Says only what is not as was asked for. */
static void changes_answer(struct et *e, uint8_t cmd, const void *attrs, size_t len)
{
	const struct nlattr *tb[ETHTOOL_A_FEATURES_MAX + 1];
	uint64_t wanted[2], active[2];

	if (cmd != ETHTOOL_MSG_FEATURES_SET_REPLY ||
	    nla_parse(tb, ETHTOOL_A_FEATURES_MAX, attrs, len))
		return;
	for (uint16_t i = 0; i < 2; i++) {
		uint16_t part = (uint16_t)(ETHTOOL_A_BITSET_VALUE + i);

		wanted[i] = words(tb[ETHTOOL_A_FEATURES_WANTED], part);
		active[i] = words(tb[ETHTOOL_A_FEATURES_ACTIVE], part);
	}
	if (wanted[1] || (active[1] & ~e->asked)) {
		ng_puts(e->out, "Actual changes:\n");
		for (uint32_t i = 0; i < e->nr_names; i++)
			print_change(e, i, wanted, active);
	}
	if (wanted[1] == e->asked)
		e->asked = UINT64_MAX; /* nothing of it came true */
}

/**
 * et_set_features() - ethtool -K DEVICE FEATURE on|off ...
 * @e: the run
 *
 * Return: 0; 1: nothing came of it, or a wrong word; 92: refused.
 */
int et_set_features(struct et *e)
{
	struct nl_buf b = { 0 };
	size_t wanted, bits;

	if (et_open(e) || et_feature_names(e))
		return 1;
	if (e->nr_names > 64)
		e->nr_names = 64;
	et_begin(e, &b, ETHTOOL_MSG_FEATURES_SET, ETHTOOL_FLAG_COMPACT_BITSETS);
	wanted = nla_nest_start(&b, ETHTOOL_A_FEATURES_WANTED | NLA_F_NESTED);
	bits = nla_nest_start(&b, ETHTOOL_A_BITSET_BITS | NLA_F_NESTED);
	for (; e->argc && strcmp(e->argv[0], "--"); e->argv += 2, e->argc -= 2) {
		const char *value = e->argc > 1 ? e->argv[1] : NULL;

		if (!value || (strcmp(value, "on") && strcmp(value, "off"))) {
			ng_printf(e->err,
				  "ethtool (-K): flag '%s' for parameter '(null)' is not followed "
				  "by 'on' or 'off'\n",
				  value ? value : "(null)");
			nl_buf_fini(&b);
			return 1;
		}
		put_word(e, &b, e->argv[0], !strcmp(value, "on"));
	}
	nla_nest_end(&b, bits);
	nla_nest_end(&b, wanted);
	if (et_talk(e, &b, changes_answer))
		return 92;
	if (e->asked != UINT64_MAX)
		return 0;
	ng_puts(e->err, "Could not change any device features\n");
	return 1;
}
