/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sch_netem.h - a queueing discipline that makes a link bad: delay, loss, ...
 */
#ifndef STACK_SCHED_SCH_NETEM_H
#define STACK_SCHED_SCH_NETEM_H

#include <linux/pkt_sched.h>

#include "core/netdevice.h"
#include "netlink/af_netlink.h"

struct netem_crng {
	uint32_t last, rho;
};

/* What a device has as its root. */
struct Qdisc {
	struct net_device *dev;
	uint32_t handle;
	uint64_t key, nr_random; /* chance: whose stream, and how far in it */
	struct sim_timer watchdog;
	struct list_head queue; /* by time_to_send */
	uint32_t qlen, backlog;
	/* what tc -s shows */
	uint64_t bytes;
	uint32_t packets, drops, overlimits, requeues;
	/* the settings, as they came: struct tc_netem_qopt and attributes */
	struct tc_netem_qopt opt;
	struct tc_netem_corr corr;
	struct tc_netem_reorder reorder;
	struct tc_netem_corrupt corrupt;
	struct tc_netem_rate rate;
	uint64_t rate64;
	int64_t latency_ns, jitter_ns;
	struct netem_crng delay_cor, loss_cor, dup_cor, reorder_cor, corrupt_cor;
	uint32_t counter; /* since the last packet sent out of order */
};

/* consumes; NET_XMIT_* */
int netem_enqueue(struct Qdisc *q, struct sk_buff *skb);
void netem_init(struct Qdisc *q);
/* TCA_OPTIONS: 0 or -errno */
int netem_change(struct Qdisc *q, const struct nlattr *opt, struct ng_extack *extack);
void netem_dump(const struct Qdisc *q, struct nl_buf *b);
void netem_reset(struct Qdisc *q);

/* sch_api.c */
int tc_modify_qdisc(struct nl_request *req);
int tc_del_qdisc(struct nl_request *req);
int tc_dump_qdisc(struct nl_request *req);

#endif
