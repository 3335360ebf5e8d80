/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_log.h - lines about packets in the kernel's log
 */
#ifndef STACK_NETFILTER_NF_LOG_H
#define STACK_NETFILTER_NF_LOG_H

#include "netfilter/netfilter.h"

void nf_log_packet(const struct sk_buff *skb, const struct nf_hook_state *state, const char *prefix,
		   unsigned int level, unsigned int logflags);

#endif
