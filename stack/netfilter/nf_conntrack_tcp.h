/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_conntrack_tcp.h - what the two TCP files share
 */
#ifndef STACK_NETFILTER_NF_CONNTRACK_TCP_H
#define STACK_NETFILTER_NF_CONNTRACK_TCP_H

#include "netfilter/nf_conntrack.h"

/* what kind of segment: column group of the state table */
enum tcp_bit_set {
	TCP_SYN_SET,
	TCP_SYNACK_SET,
	TCP_FIN_SET,
	TCP_ACK_SET,
	TCP_RST_SET,
	TCP_NONE_SET
};

enum nf_ct_tcp_action { NFCT_TCP_IGNORE, NFCT_TCP_INVALID, NFCT_TCP_ACCEPT };

/* a segment, read once */
struct nf_ct_segment {
	const struct tcphdr *th;
	const uint8_t *options;
	uint32_t options_len;
	uint32_t len;		/* of the whole packet */
	uint32_t seq, ack, end; /* end: seq + length, SYN and FIN counted */
	uint16_t win;
	uint8_t index; /* enum tcp_bit_set */
	uint8_t dir;
};

static inline bool seq_before(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b) < 0;
}

static inline bool seq_after(uint32_t a, uint32_t b)
{
	return seq_before(b, a);
}

/* nf_conntrack_tcp_window.c */
void nf_ct_tcp_options(const struct nf_ct_segment *seg, struct ip_ct_tcp_state *state);
enum nf_ct_tcp_action nf_ct_tcp_in_window(struct nf_conn *ct, const struct nf_ct_segment *seg);

#endif
