/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fdb_flush.c - bridge fdb flush: many entries by one request
 *
 * mirrors fdb_flush() of iproute2's bridge/fdb.c
 */
#include "br_common.h"
#include "usage.h"

#include <linux/neighbour.h>

/* A state or a flag: the value wanted, and the bits looked at. "no" in front: the value 0. */
static const struct {
	const char *word;
	uint16_t state;
	uint16_t state_mask;
	uint8_t flag;
} words[] = {
	{ "permanent", NUD_PERMANENT, NUD_PERMANENT, 0 },
	{ "static", NUD_NOARP, NUD_NOARP | NUD_PERMANENT, 0 },
	{ "dynamic", 0, NUD_NOARP | NUD_PERMANENT, 0 },
	{ "added_by_user", 0, 0, NTF_USE },
	{ "extern_learn", 0, 0, NTF_EXT_LEARNED },
	{ "sticky", 0, 0, NTF_STICKY },
	{ "offloaded", 0, 0, NTF_OFFLOADED },
};

struct flush_args {
	struct nl_buf b;
	struct ndmsg *ndm;
	const char *dev;
	const char *brport;
	int vid;
	uint16_t state_mask;
	uint8_t flags_mask;
};

static bool parse_selector(struct flush_args *a, const char *w)
{
	bool no = !strncmp(w, "no", 2);
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (is_word(w + (no ? 2 : 0), words[i].word))
			break;
	}
	if (i == sizeof(words) / sizeof(words[0]))
		return false;
	if (words[i].flag) {
		a->flags_mask |= words[i].flag;
		if (no)
			a->ndm->ndm_flags &= (uint8_t)~words[i].flag;
		else
			a->ndm->ndm_flags |= words[i].flag;
	} else if (is_word(w, "dynamic") || is_word(w, "nodynamic")) {
		a->state_mask |= no ? NUD_NOARP : NUD_NOARP | NUD_PERMANENT;
		if (no)
			a->ndm->ndm_state |= NUD_NOARP;
		else
			a->ndm->ndm_state &= (uint16_t) ~(NUD_NOARP | NUD_PERMANENT);
	} else {
		a->state_mask |= no ? words[i].state : words[i].state_mask;
		if (no)
			a->ndm->ndm_state &= (uint16_t)~words[i].state;
		else
			a->ndm->ndm_state |= words[i].state;
	}
	return true;
}

static void parse_word(struct ipr *c, struct flush_args *a)
{
	const char *w = c->argv[0];

	if (is_word(w, "dev")) {
		a->dev = next_arg(c);
	} else if (is_word(w, "brport")) {
		next_arg(c);
		if (a->brport)
			duparg2(c, "brport", c->argv[0]);
		a->brport = c->argv[0];
	} else if (is_word(w, "vlan")) {
		if (a->vid >= 0)
			duparg2(c, "vlan", w);
		a->vid = atoi(next_arg(c));
	} else if (is_word(w, "self")) {
		a->ndm->ndm_flags |= NTF_SELF;
	} else if (is_word(w, "master")) {
		a->ndm->ndm_flags |= NTF_MASTER;
	} else if (!parse_selector(a, w) && matches(w, "help")) {
		/* any other word is passed over, as iproute2 does */
		br_usage_exit(c, bridge_fdb_usage);
	}
}

/**
 * fdb_flush() - bridge fdb flush
 * @c: the run; the cursor is behind "flush"
 *
 * Return: exit status, -1 is 255.
 */
int fdb_flush(struct ipr *c)
{
	struct flush_args a = { .vid = -1 };
	unsigned int idx = 0;

	a.ndm = rtnl_req(c->task, &a.b, RTM_DELNEIGH, NLM_F_REQUEST | NLM_F_BULK, sizeof(*a.ndm));
	a.ndm->ndm_family = AF_BRIDGE;
	for (; c->argc > 0; next_arg_fwd(c))
		parse_word(c, &a);
	if (!a.dev) {
		ng_printf(c->err, "Device is a required argument.\n");
		return -1;
	}
	a.ndm->ndm_ifindex = (int)ll_name_to_index(c, a.dev);
	if (!a.ndm->ndm_ifindex) {
		ng_printf(c->err, "Cannot find bridge device \"%s\"\n", a.dev);
		return -1;
	}
	if (a.brport) {
		idx = ll_name_to_index(c, a.brport);
		if (!idx) {
			ng_printf(c->err, "Cannot find bridge port device \"%s\"\n", a.brport);
			return -1;
		}
		addattr32(&a.b, NDA_IFINDEX, idx);
	}
	if (a.vid >= 4096) {
		ng_printf(c->err, "Invalid VLAN ID \"%hu\"\n", (unsigned short)a.vid);
		return -1;
	}
	if (!(a.ndm->ndm_flags & (NTF_SELF | NTF_MASTER)))
		a.ndm->ndm_flags |= NTF_SELF;
	if (a.vid > 0)
		addattr16(&a.b, NDA_VLAN, (uint16_t)a.vid);
	if (a.flags_mask)
		addattr8(&a.b, NDA_NDM_FLAGS_MASK, a.flags_mask);
	if (a.state_mask)
		addattr16(&a.b, NDA_NDM_STATE_MASK, a.state_mask);
	return rtnl_talk(&c->rth, &a.b, NULL) < 0 ? -1 : 0;
}
