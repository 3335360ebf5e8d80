/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * route_trace.h - a routing decision as a step of the trace
 */
#ifndef STACK_IPV4_ROUTE_TRACE_H
#define STACK_IPV4_ROUTE_TRACE_H

#include "ipv4/route.h"

struct fib_result;

void __trace_no_route(struct net *net, const struct flowi4 *fl4, int err);
void __trace_route_input(struct sk_buff *skb, const struct flowi4 *key, struct net_device *dev,
			 const struct fib_result *res, enum skb_drop_reason reason, int err);
/* A packet of ours, its header complete: what made it, and which way it goes. */
void __trace_born(struct net *net, struct sock *sk, struct sk_buff *skb);
/* A packet whose route was looked up again: @fl4 is what was asked. */
void __trace_route_again(struct net *net, const struct flowi4 *fl4, struct sk_buff *skb);
const char *rtn_type_name(uint8_t type);
const char *rtprot_name(uint8_t protocol);

#endif
