/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ip_options.h - options of the IP header
 */
#ifndef STACK_IPV4_IP_OPTIONS_H
#define STACK_IPV4_IP_OPTIONS_H

#include <linux/ip.h>
#include <stdbool.h>
#include <stdint.h>

#define MAX_IPOPTLEN 40

struct net;
struct rtable;
struct sk_buff;

/* Where the options are (0: not there), and what this host still has to fill in */
struct ip_opt_state {
	uint8_t rr, ts, srr, cipso;
	bool rr_needaddr, ts_needaddr, ts_needtime;
};

struct ip_options {
	struct ip_opt_state st;
	uint8_t len; /* a multiple of 4 */
	uint8_t data[MAX_IPOPTLEN];
};

int ip_options_get(struct net *net, struct ip_options *opt, const void *data, uint32_t len);
bool ip_rcv_options(struct sk_buff *skb);
bool ip_options_compile_again(struct sk_buff *skb);
void ip_forward_options(struct sk_buff *skb);
void ip_options_build(struct sk_buff *skb, const struct ip_options *opt, const struct rtable *rt);
bool ip_options_echo(struct net *net, struct ip_options *opt, const struct sk_buff *skb);
void ip_options_fragment(struct iphdr *iph);

#endif
