/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_conntrack_tcp_window.c - does a segment fit the windows seen so far?
 *
 * mirrors net/netfilter/nf_conntrack_proto_tcp.c (tcp_options, tcp_sack, tcp_in_window)
 * PATH
 *
 * Of each side is kept: td_end, the highest byte it sent; td_maxend, how far it
 * may send; td_maxwin, the largest window it offered. After Guido van Rooij,
 * "Real stateful TCP packet filtering in IP Filter".
 */
#include <linux/tcp.h>

#include "netfilter/nf_conntrack_tcp.h"

#define TCPOPT_EOL 0
#define TCPOPT_NOP 1
#define TCPOPT_WINDOW 3
#define TCPOPT_SACK_PERM 4
#define TCPOPT_SACK 5
#define TCP_MAX_WSCALE 14
/* smallest distance behind the last byte at which an ACK is still believed */
#define MAXACKWINCONST 66000U

static uint32_t max_ack_window(const struct ip_ct_tcp_state *sender)
{
	return sender->td_maxwin > MAXACKWINCONST ? sender->td_maxwin : MAXACKWINCONST;
}

/* the option at @*pos: its length, 0 at the end of the options */
static uint32_t tcp_option_next(const struct nf_ct_segment *seg, uint32_t *pos)
{
	while (*pos < seg->options_len && seg->options[*pos] == TCPOPT_NOP)
		(*pos)++;
	if (*pos + 2 > seg->options_len || seg->options[*pos] == TCPOPT_EOL)
		return 0;
	if (seg->options[*pos + 1] < 2 || *pos + seg->options[*pos + 1] > seg->options_len)
		return 0;
	return seg->options[*pos + 1];
}

/**
 * nf_ct_tcp_options - What a SYN offers: SACK and window scaling
 * @seg: the segment
 * @state: of the side that sent it; left alone when there are no options
 */
void nf_ct_tcp_options(const struct nf_ct_segment *seg, struct ip_ct_tcp_state *state)
{
	uint32_t pos = 0;
	uint32_t len;

	if (!seg->options_len)
		return;
	state->td_scale = 0;
	state->flags &= IP_CT_TCP_FLAG_BE_LIBERAL;
	for (; (len = tcp_option_next(seg, &pos)) != 0; pos += len) {
		const uint8_t *opt = seg->options + pos;

		if (opt[0] == TCPOPT_SACK_PERM && len == 2) {
			state->flags |= IP_CT_TCP_FLAG_SACK_PERM;
		} else if (opt[0] == TCPOPT_WINDOW && len == 3) {
			state->td_scale = opt[2] > TCP_MAX_WSCALE ? TCP_MAX_WSCALE : opt[2];
			state->flags |= IP_CT_TCP_FLAG_WINDOW_SCALE;
		}
	}
}

/* the highest byte acknowledged, by the ACK or by a SACK block */
static uint32_t tcp_sack(const struct nf_ct_segment *seg)
{
	uint32_t sack = seg->ack;
	uint32_t pos = 0;
	uint32_t len, i;

	for (; (len = tcp_option_next(seg, &pos)) != 0; pos += len) {
		const uint8_t *opt = seg->options + pos;

		if (opt[0] != TCPOPT_SACK || len < 10 || (len - 2) % 8)
			continue;
		for (i = 2; i < len; i += 8) {
			__be32 right;

			memcpy(&right, opt + i + 4, sizeof(right));
			if (seq_after(be32_to_cpu(right), sack))
				sack = be32_to_cpu(right);
		}
		break;
	}
	return sack;
}

static void tcp_init_sender(struct ip_ct_tcp_state *sender, struct ip_ct_tcp_state *receiver,
			    const struct nf_ct_segment *seg)
{
	sender->td_end = seg->end;
	sender->td_maxend = seg->end;
	sender->td_maxwin = seg->win ? seg->win : 1;
	nf_ct_tcp_options(seg, sender);
	/* RFC 1323: scaling needs the option of both sides */
	if (seg->dir == IP_CT_DIR_REPLY &&
	    !(sender->flags & receiver->flags & IP_CT_TCP_FLAG_WINDOW_SCALE)) {
		sender->td_scale = 0;
		receiver->td_scale = 0;
	}
}

/* The first segment of a side that is no SYN: the start was missed, so take what it says. */
static void tcp_pick_up(struct ip_ct_tcp_state *sender, struct ip_ct_tcp_state *receiver,
			const struct nf_ct_segment *seg, uint32_t sack)
{
	uint32_t win = (uint32_t)seg->win << sender->td_scale;

	sender->td_end = seg->end;
	sender->td_maxwin = win ? win : 1;
	sender->td_maxend = seg->end + sender->td_maxwin;
	if (receiver->td_maxwin == 0) {
		receiver->td_end = sack;
		receiver->td_maxend = sack;
	} else if (sack == receiver->td_end + 1) {
		receiver->td_end++; /* the answer to a keepalive */
	}
}

/* Begins a side's record where it has none. true: no window can be checked yet. */
static bool tcp_window_start(struct ip_ct_tcp *tcp, const struct nf_ct_segment *seg, uint32_t sack)
{
	struct ip_ct_tcp_state *sender = &tcp->seen[seg->dir];
	struct ip_ct_tcp_state *receiver = &tcp->seen[!seg->dir];

	if (sender->td_maxwin == 0 && !seg->th->syn) {
		tcp_pick_up(sender, receiver, seg, sack);
		return false;
	}
	if (sender->td_maxwin == 0) {
		tcp_init_sender(sender, receiver, seg);
		return !seg->th->ack;
	}
	if (seg->th->syn && seq_after(seg->end, sender->td_end) &&
	    (tcp->state == TCP_CONNTRACK_SYN_SENT || tcp->state == TCP_CONNTRACK_SYN_RECV)) {
		tcp_init_sender(sender, receiver, seg);
		return seg->dir == IP_CT_DIR_REPLY && !seg->th->ack;
	}
	return false;
}

static enum nf_ct_tcp_action tcp_liberal(const struct nf_conn *ct,
					 const struct ip_ct_tcp_state *sender,
					 enum nf_ct_tcp_action otherwise)
{
	if ((sender->flags & IP_CT_TCP_FLAG_BE_LIBERAL) ||
	    ct->netct->sysctl[NF_CT_SYSCTL_TCP_LIBERAL])
		return NFCT_TCP_ACCEPT;
	return otherwise;
}

/* more data than the receiver allowed */
static enum nf_ct_tcp_action tcp_overshot(const struct nf_conn *ct, struct ip_ct_tcp_state *sender,
					  const struct ip_ct_tcp_state *receiver, uint32_t end,
					  uint32_t sack)
{
	uint32_t overshot = end - sender->td_maxend + 1;

	if (receiver->td_maxwin && seq_after(end, sender->td_end - receiver->td_maxwin - 1) &&
	    seq_after(sack, receiver->td_end - max_ack_window(sender) - 1) &&
	    overshot <= receiver->td_maxwin && seq_before(sack, receiver->td_end + 1)) {
		sender->td_end = end;
		sender->flags |= IP_CT_TCP_FLAG_DATA_UNACKNOWLEDGED;
		return tcp_liberal(ct, sender, NFCT_TCP_IGNORE);
	}
	return tcp_liberal(ct, sender, NFCT_TCP_INVALID);
}

static void tcp_note_retransmission(struct ip_ct_tcp *tcp, const struct nf_ct_segment *seg,
				    uint32_t ack, uint32_t seq, uint32_t end)
{
	if (seg->index != TCP_ACK_SET)
		return;
	if (tcp->last_dir == seg->dir && tcp->last_seq == seq && tcp->last_ack == ack &&
	    tcp->last_end == end && tcp->last_win == seg->win) {
		tcp->retrans++;
		return;
	}
	tcp->last_dir = seg->dir;
	tcp->last_seq = seq;
	tcp->last_ack = ack;
	tcp->last_end = end;
	tcp->last_win = seg->win;
	tcp->retrans = 0;
}

/* The segment fits: learn from it. */
static void tcp_window_update(struct ip_ct_tcp *tcp, const struct nf_ct_segment *seg, uint32_t ack,
			      uint32_t sack, uint32_t end)
{
	struct ip_ct_tcp_state *sender = &tcp->seen[seg->dir];
	struct ip_ct_tcp_state *receiver = &tcp->seen[!seg->dir];
	uint32_t win = seg->th->syn ? seg->win : (uint32_t)seg->win << sender->td_scale;

	if (sender->td_maxwin < win + (sack - ack))
		sender->td_maxwin = win + (sack - ack);
	if (seq_after(end, sender->td_end)) {
		sender->td_end = end;
		sender->flags |= IP_CT_TCP_FLAG_DATA_UNACKNOWLEDGED;
	}
	if (seg->th->ack &&
	    (!(sender->flags & IP_CT_TCP_FLAG_MAXACK_SET) || seq_after(ack, sender->td_maxack))) {
		sender->td_maxack = ack;
		sender->flags |= IP_CT_TCP_FLAG_MAXACK_SET;
	}
	if (receiver->td_maxwin != 0 && seq_after(end, sender->td_maxend))
		receiver->td_maxwin += end - sender->td_maxend;
	if (seq_after(sack + win, receiver->td_maxend - 1)) {
		receiver->td_maxend = sack + win;
		if (win == 0)
			receiver->td_maxend++;
	}
	if (ack == receiver->td_end)
		receiver->flags &= (uint8_t)~IP_CT_TCP_FLAG_DATA_UNACKNOWLEDGED;
}

/**
 * nf_ct_tcp_in_window - Does a segment fit the windows seen so far? Learns from it when it does
 * @ct: its flow
 * @seg: the segment
 *
 * Return: NFCT_TCP_ACCEPT; IGNORE: let it pass, learn nothing; INVALID.
 */
enum nf_ct_tcp_action nf_ct_tcp_in_window(struct nf_conn *ct, const struct nf_ct_segment *seg)
{
	struct ip_ct_tcp *tcp = &ct->proto.tcp;
	struct ip_ct_tcp_state *sender = &tcp->seen[seg->dir];
	struct ip_ct_tcp_state *receiver = &tcp->seen[!seg->dir];
	uint32_t seq = seg->seq, end = seg->end, ack = seg->ack;
	uint32_t sack = receiver->flags & IP_CT_TCP_FLAG_SACK_PERM ? tcp_sack(seg) : ack;

	if (tcp_window_start(tcp, seg, sack))
		return NFCT_TCP_ACCEPT;
	if (!seg->th->ack || (seg->th->rst && ack == 0)) {
		ack = receiver->td_end;
		sack = ack;
	}
	if (seg->th->rst && seq == 0 && tcp->state == TCP_CONNTRACK_SYN_SENT) {
		seq = sender->td_end;
		end = seq;
	}
	if (!seq_before(seq, sender->td_maxend + 1))
		return tcp_overshot(ct, sender, receiver, end, sack);
	if (!seq_before(sack, receiver->td_end + 1))
		return tcp_liberal(ct, sender, NFCT_TCP_INVALID);
	if (receiver->td_maxwin && !seq_after(end, sender->td_end - receiver->td_maxwin - 1))
		return tcp_liberal(ct, sender, NFCT_TCP_IGNORE);
	if (!seq_after(sack, receiver->td_end - max_ack_window(sender) - 1))
		return tcp_liberal(ct, sender, NFCT_TCP_IGNORE);
	tcp_window_update(tcp, seg, ack, sack, end);
	tcp_note_retransmission(tcp, seg, ack, seq, end);
	return NFCT_TCP_ACCEPT;
}
