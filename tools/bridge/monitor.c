/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * monitor.c - bridge monitor: what changes, as it changes
 *
 * mirrors iproute2's bridge/monitor.c
 *
 * Not modelled: files written by rtmon; per-VLAN options are never changed here.
 */
#include "../lib/program.h"
#include "br_common.h"
#include "usage.h"

#define ALL 0xfffffff7U /* but traffic control */
#define GROUP(g) (UINT64_C(1) << ((g)-1))

struct monitor {
	bool label;
};

static void print_headers(struct ipr *c, const char *label)
{
	const struct monitor *m = c->filter;

	if (c->timestamp)
		ipr_print_timestamp(c);
	if (m->label)
		ng_puts(c->out, label);
}

static int hear(struct ipr *c, const struct nlmsghdr *n)
{
	switch (n->nlmsg_type) {
	case RTM_NEWLINK:
	case RTM_DELLINK:
		print_headers(c, "[LINK]");
		br_link_monitor(c, n);
		break;
	case RTM_NEWNEIGH:
	case RTM_DELNEIGH:
		print_headers(c, "[NEIGH]");
		br_fdb_monitor(c, n);
		break;
	case RTM_NEWMDB:
	case RTM_DELMDB:
		print_headers(c, "[MDB]");
		br_mdb_monitor(c, n);
		return IPR_LISTEN_BUFFERED; /* as print_mdb() leaves it */
	default:
		break;
	}
	return 0;
}

/**
 * do_monitor() - bridge monitor [link | fdb | mdb | vlan | all]
 * @c: the run
 *
 * Return: 0 or -1.
 */
int do_monitor(struct ipr *c)
{
	struct monitor *m = ng_task_alloc(c->task, sizeof(*m));
	uint64_t groups = 0;

	for (; c->argc > 0; next_arg_fwd(c)) {
		const char *w = c->argv[0];

		if (matches(w, "file"))
			return ng_not_modelled(c->task, "bridge monitor file");
		if (matches(w, "link"))
			groups |= GROUP(RTNLGRP_LINK);
		else if (matches(w, "fdb"))
			groups |= GROUP(RTNLGRP_NEIGH);
		else if (matches(w, "mdb"))
			groups |= GROUP(RTNLGRP_MDB);
		else if (matches(w, "vlan"))
			groups |= GROUP(33 /* RTNLGRP_BRVLAN */);
		else if (matches(w, "vni"))
			groups |= GROUP(35 /* RTNLGRP_TUNNEL */);
		else if (is_word(w, "all")) {
			m->label = true;
			groups = ALL | GROUP(33) | GROUP(35);
		} else if (matches(w, "help"))
			br_usage_exit(c, bridge_monitor_usage);
		else {
			ng_printf(c->err,
				  "Argument \"%s\" is unknown, try \"bridge monitor help\".\n", w);
			ipr_exit(c, 255);
		}
	}
	if (!groups)
		groups = ALL;
	ipr_listen_open(c, groups);
	ll_init_map(c);
	c->filter = m;
	return ipr_listen(c, hear) < 0 ? -1 : 0;
}
