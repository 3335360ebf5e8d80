/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dst.h - where a packet goes: the part of a route that travels with it
 *
 * struct rtable (ipv4/route.h) begins with it. Counted: each packet holds one.
 */
#ifndef STACK_CORE_DST_H
#define STACK_CORE_DST_H

#include <netglass/types.h>

struct net_device;
struct sk_buff;

enum dst_action { /* what dst_input() and dst_output() call: a switch, not a pointer */
		  DST_LOCAL_IN,	 /* ip_local_deliver() */
		  DST_FORWARD,	 /* ip_forward() */
		  DST_ERROR,	 /* ip_error() */
		  DST_OUTPUT,	 /* ip_output() */
		  DST_MC_OUTPUT, /* ip_mc_output(): also loops back */
		  DST_DISCARD,
};

struct dst_entry {
	uint32_t refs;
	struct net_device *dev; /* borrowed: routes go before their device */
	uint8_t input;		/* enum dst_action */
	uint8_t output;
	int16_t error; /* for DST_ERROR: positive errno */
	void (*release)(struct dst_entry *dst);
};

static inline struct dst_entry *dst_hold(struct dst_entry *dst)
{
	dst->refs++;
	return dst;
}

static inline void dst_release(struct dst_entry *dst)
{
	if (dst && --dst->refs == 0)
		dst->release(dst);
}

#endif
