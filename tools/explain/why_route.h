/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_route.h - what the findings about routes share: why_route.c, why_route_wrong.c
 */
#ifndef TOOLS_EXPLAIN_WHY_ROUTE_H
#define TOOLS_EXPLAIN_WHY_ROUTE_H

#include "why.h"

/* an end of the flow, as the packet on its way there sees it */
struct target {
	uint32_t addr;
	int len;	/* of its network */
	const char *ns; /* who has it; NULL: nobody */
	bool back;	/* the reply's */
};

bool route_forwards(const struct why *w, const char *ns);
const char *route_dest_words(struct why *w, const struct why_route *r);
const char *route_net_words(struct why *w, const struct target *t);
unsigned int route_setter(struct why *w, const struct why_route *r);
void route_each_gateway(struct why *w, const char *ns, const struct target *t,
			struct why_finding *f,
			void (*one)(struct why *, const char *, const struct target *,
				    struct why_finding *, const struct why_addr *));
void why_route_wrong(struct why *w, const struct why_route *r, const struct target *t);

#endif
