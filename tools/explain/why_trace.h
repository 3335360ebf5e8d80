/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_trace.h - how far the symptom's packets came, and where they died
 */
#ifndef TOOLS_EXPLAIN_WHY_TRACE_H
#define TOOLS_EXPLAIN_WHY_TRACE_H

#include <glib.h>
#include <netglass/drop.h>
#include <netglass/types.h>

struct ng_world;
struct tracelog;

struct why_drop {
	enum skb_drop_reason reason;
	char *ns, *dev;	     /* "" is the machine's own; dev may be NULL */
	char *what;	     /* "ICMP echo request 10.0.0.1 > 10.0.0.2" */
	char *table, *chain; /* of the verdict; NULL: none */
	unsigned int number; /* of the rule; 0: the policy */
	unsigned int line;   /* that made the rule or the policy; of the script as it ran */
	bool arp;
};

struct why_path {
	unsigned int from_line;	 /* commands before this line do not count */
	GHashTable *hops;	 /* texts: who saw what */
	GPtrArray *drops;	 /* of struct why_drop * */
	struct why_drop verdict; /* the last that dropped */
	uint64_t verdict_packet;
	bool udp_read;	      /* a socket got a UDP packet */
	struct tracelog *log; /* all of it, for the run of the symptom as it is; or NULL */
};

struct why_path *why_path_new(void);
void why_path_free(struct why_path *p);
/* For replay_options.world: @arg is a struct why_path. */
void why_path_listen(void *arg, struct ng_world *world);
/* Did packets come to a place they did not come to in @before? */
bool why_path_further(const struct why_path *p, const struct why_path *before);
/* Did anything leave a namespace by a device that is not lo? */
bool why_path_leaves(const struct why_path *p, const char *ns);
/* The drop that tells most; NULL: none. */
const struct why_drop *why_path_death(const struct why_path *p);

#endif
