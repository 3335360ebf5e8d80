/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ct_check.c - conntrack: which options go with which command, and which it needs
 *
 * Mirrors the checks of main() in conntrack-tools' src/conntrack.c. CONTROL.
 */
#include "ct.h"

#include <string.h>

/* Each option with the commands that do not take it; the first given is named. */
static const struct {
	char opt;
	const char *name;
	const char *not_with;
} illegal[] = {
	{ 's', "src", "FCS" },
	{ 'd', "dst", "FCS" },
	{ 'r', "reply-src", "FCS" },
	{ 'q', "reply-dst", "FCS" },
	{ 'p', "protonum", "FCS" },
	{ 't', "timeout", "LFECSG" },
	{ 'u', "status", "FECSG" },
	{ 'z', "zero", "UDFECSIAG" },
	{ 'e', "event-mask", "LUDFCSIAG" },
	{ 'm', "mark", "FCSG" },
	{ 'f', "family", "CSIAG" },
	{ 'n', "src-nat", "FCSG" },
	{ 'g', "dst-nat", "FCSG" },
	{ 'o', "output", "FCSIA" },
	{ 'c', "secmark", "UDFCSIAG" },
	{ 'b', "buffer-size", "LUDFCSIAG" },
	{ 'j', "any-nat", "UDFCSIAG" },
	{ 'w', "zone", "UFCSG" },
	{ '(', "orig-zone", "UFCSG" },
	{ ')', "reply-zone", "UFCSG" },
};

static bool given(const struct ct *c, int opt)
{
	return c->given >> (opt & 63) & 1;
}

static void need(struct ct *c, bool has, const char *name)
{
	if (!has)
		ct_bad(c, "You need to supply the `--%s' option for this command", name);
}

/* What names one flow. */
static void check_flow(struct ct *c)
{
	uint32_t set = c->f.set;
	uint8_t proto = c->f.want.orig.proto;

	need(c, set & CT_PROTO, "protonum");
	if (c->cmd != 'G')
		need(c, given(c, 't'), "timeout");
	if ((set & (CT_SRC | CT_DST)) != (CT_SRC | CT_DST) &&
	    (set & (CT_REPLY_SRC | CT_REPLY_DST)) != (CT_REPLY_SRC | CT_REPLY_DST))
		ct_bad(c, "you have to specify `--src' and `--dst'");
	if (proto == 1) {
		need(c, set & CT_TYPE, "icmp-type");
		need(c, set & CT_CODE, "icmp-code");
		return;
	}
	if (proto == 47)
		ct_bad(c, "you have to specify `--srckey' and `--dstkey'");
	if (strcmp(ct_proto_name(proto), "unknown") &&
	    (set & (CT_SPORT | CT_DPORT)) != (CT_SPORT | CT_DPORT) &&
	    (set & (CT_REPLY_SPORT | CT_REPLY_DPORT)) != (CT_REPLY_SPORT | CT_REPLY_DPORT))
		ct_bad(c, "you have to specify `--sport' and `--dport'");
	if (proto == 6 && c->cmd != 'G')
		need(c, set & CT_STATE, "state");
}

/* No helper makes expectations: their table can be looked at, and is empty. */
static void check_expect(struct ct *c)
{
	if (c->cmd == 'U')
		ct_bad(c, "Can't do --update on expectations");
	if (strchr("DGI", c->cmd))
		need(c, c->f.set & CT_SRC, "src");
	if (c->given & UINT64_C(1) << ('p' & 63))
		ct_bad(c, "Illegal option `--%s' with this command", "protonum");
	if (!strchr("LCFS", c->cmd))
		ct_exit(c, ng_not_modelled(c->task, "conntrack -%c expect", c->cmd));
}

/**
 * ct_check() - Ends the program when its options and command do not go together
 * @c: the program, all words read
 */
void ct_check(struct ct *c)
{
	size_t i;

	if (c->expect) {
		check_expect(c);
		return;
	}
	for (i = 0; i < sizeof(illegal) / sizeof(*illegal); i++) {
		if (given(c, illegal[i].opt) && strchr(illegal[i].not_with, c->cmd))
			ct_bad(c, "Illegal option `--%s' with this command", illegal[i].name);
	}
	if (c->id && !strchr("DG", c->cmd))
		ct_bad(c, "Illegal option `--%s' with this command", "id");
	if (c->id)
		ct_exit(c, ng_not_modelled(c->task, "conntrack -i"));
	for (i = 0; i < 2; i++) {
		if (c->mask_given[i] && !(c->f.set & (i ? CT_DST : CT_SRC)))
			ct_bad(c, "Can't use --mask-%s without --%s", i ? "dst" : "src",
			       i ? "dst" : "src");
	}
	c->f.want.orig.src &= c->f.mask[0];
	c->f.want.orig.dst &= c->f.mask[1];
	c->f.want.reply.src &= c->f.mask[2];
	c->f.want.reply.dst &= c->f.mask[3];
	if (c->zero && c->f.set)
		ct_bad(c, "Can't use -z with filtering parameters");
	if (given(c, 'j') && (given(c, 'n') || given(c, 'g')))
		ct_bad(c, "cannot specify `--src-nat' or `--dst-nat' with `--any-nat'");
	if (c->cmd == 'I' || c->cmd == 'A' || c->cmd == 'G')
		check_flow(c);
}
