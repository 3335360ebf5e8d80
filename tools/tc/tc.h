/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tc.h - what the files of tc share
 */
#ifndef TOOLS_TC_TC_H
#define TOOLS_TC_TC_H

#include "../lib/libnetlink.h"

#include <linux/pkt_sched.h>
#include <netglass/out.h>
#include <netglass/task.h>
#include <netglass/types.h>

struct tc {
	struct ng_task *task;
	struct ng_out *out, *err;
	struct rtnl_handle rth;
	int argc; /* the cursor */
	char **argv;
	bool stats;
	int filter_ifindex;
};

_Noreturn void tc_exit(struct tc *c, int status);
const char *tc_next(struct tc *c); /* the next word, or "Command line is not complete" */
int tc_device(struct tc *c, const char *name);
/* tc_util.c */
bool tc_get_time_ns(const char *s, int64_t *ret);
bool tc_get_percent(const char *s, uint32_t *ret);
bool tc_get_rate(const char *s, uint64_t *ret);
void tc_print_time(struct ng_out *out, int64_t ns);
void tc_print_percent(struct ng_out *out, uint32_t v);
void tc_print_rate(struct ng_out *out, uint64_t bytes);
/* q_netem.c */
int tc_netem_parse(struct tc *c, struct nl_buf *b);
void tc_netem_print(struct tc *c, const struct nlattr *opt);
/* tc_qdisc.c */
int tc_do_qdisc(struct tc *c);
/* usage.c */
extern const char tc_usage_text[], tc_qdisc_usage_text[], tc_netem_usage_text[];

#endif
