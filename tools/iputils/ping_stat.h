/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ping_stat.h - what ping counts and how it prints it
 */
#ifndef TOOLS_IPUTILS_PING_STAT_H
#define TOOLS_IPUTILS_PING_STAT_H

#include "ping.h"

static inline bool ping_rcvd_test(const struct ping *p, uint16_t seq)
{
	return p->rcvd[seq / 64] >> (seq % 64) & 1;
}

static inline void ping_rcvd_set(struct ping *p, uint16_t seq)
{
	p->rcvd[seq / 64] |= UINT64_C(1) << (seq % 64);
}

static inline void ping_rcvd_clear(struct ping *p, uint16_t seq)
{
	p->rcvd[seq / 64] &= ~(UINT64_C(1) << (seq % 64));
}

void ping_update_interval(struct ping *p);
int ping_finish(struct ping *p);
void ping_status(struct ping *p);

#endif
