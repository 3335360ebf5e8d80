/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * filter.h - SO_ATTACH_FILTER: programs that choose a socket's packets
 */
#ifndef STACK_CORE_FILTER_H
#define STACK_CORE_FILTER_H

#include <netglass/types.h>

struct sk_buff;

struct sk_filter; /* malloc'd: free() it */

/* @prog: struct sock_fprog of @len bytes, copied. 0 and *ret, or -EINVAL: it could run wild */
int sk_filter_new(const void *prog, uint32_t len, struct sk_filter **ret);
/* Does it compare something with @k? */
bool sk_filter_mentions(const struct sk_filter *filter, uint32_t k);
/* bytes of the packet the socket wants, from data on; 0: none of it. @filter NULL: all */
uint32_t sk_filter_run(const struct sk_filter *filter, const struct sk_buff *skb);
int sk_filter_trim_cap(const struct sk_filter *filter, struct sk_buff *skb, uint32_t cap);

#endif
