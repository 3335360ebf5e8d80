/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_conntrack_proto_tcp.c - the state of a TCP connection, as seen from the middle
 *
 * mirrors net/netfilter/nf_conntrack_proto_tcp.c
 * PATH
 */
#include <linux/tcp.h>

#include "core/world.h"
#include "netfilter/nf_conntrack_tcp.h"
#include "netfilter/x_tables.h"

#define sNO TCP_CONNTRACK_NONE
#define sSS TCP_CONNTRACK_SYN_SENT
#define sSR TCP_CONNTRACK_SYN_RECV
#define sES TCP_CONNTRACK_ESTABLISHED
#define sFW TCP_CONNTRACK_FIN_WAIT
#define sCW TCP_CONNTRACK_CLOSE_WAIT
#define sLA TCP_CONNTRACK_LAST_ACK
#define sTW TCP_CONNTRACK_TIME_WAIT
#define sCL TCP_CONNTRACK_CLOSE
#define sS2 TCP_CONNTRACK_SYN_SENT2
#define sIV TCP_CONNTRACK_MAX	 /* invalid: no flow */
#define sIG TCP_CONNTRACK_IGNORE /* may be wrong or right: the receiver knows, and answers */

/* clang-format off */
/* the new state, by direction, kind of segment and old state */
static const uint8_t tcp_conntracks[2][6][TCP_CONNTRACK_MAX] = {
	{ /* original direction
	 *	   sNO, sSS, sSR, sES, sFW, sCW, sLA, sTW, sCL, sS2 */
	/* syn */    { sSS, sSS, sIG, sIG, sIG, sIG, sIG, sSS, sSS, sS2 },
	/* synack */ { sIV, sIV, sSR, sIV, sIV, sIV, sIV, sIV, sIV, sSR },
	/* fin */    { sIV, sIV, sFW, sFW, sLA, sLA, sLA, sTW, sCL, sIV },
	/* ack */    { sES, sIV, sES, sES, sCW, sCW, sTW, sTW, sCL, sIV },
	/* rst */    { sIV, sCL, sCL, sCL, sCL, sCL, sCL, sCL, sCL, sCL },
	/* none */   { sIV, sIV, sIV, sIV, sIV, sIV, sIV, sIV, sIV, sIV },
	},
	{ /* reply */
	/* syn */    { sIV, sS2, sIV, sIV, sIV, sIV, sIV, sSS, sIV, sS2 },
	/* synack */ { sIV, sSR, sIG, sIG, sIG, sIG, sIG, sIG, sIG, sSR },
	/* fin */    { sIV, sIV, sFW, sFW, sLA, sLA, sLA, sTW, sCL, sIV },
	/* ack */    { sIV, sIG, sSR, sES, sCW, sCW, sTW, sTW, sCL, sIG },
	/* rst */    { sIV, sCL, sCL, sCL, sCL, sCL, sCL, sCL, sCL, sCL },
	/* none */   { sIV, sIV, sIV, sIV, sIV, sIV, sIV, sIV, sIV, sIV },
	},
};
/* clang-format on */

static const char *const tcp_conntrack_names[] = {
	"NONE",	      "SYN_SENT", "SYN_RECV",  "ESTABLISHED", "FIN_WAIT",
	"CLOSE_WAIT", "LAST_ACK", "TIME_WAIT", "CLOSE",	      "SYN_SENT2",
};

/**
 * nf_ct_tcp_state_name - The word for a state
 * @state: enum tcp_conntrack
 *
 * Return: as /proc/net/nf_conntrack shows it.
 */
const char *nf_ct_tcp_state_name(unsigned int state)
{
	return state < sizeof(tcp_conntrack_names) / sizeof(tcp_conntrack_names[0])
		       ? tcp_conntrack_names[state]
		       : "NONE";
}

static enum nf_ct_sysctl tcp_timeout_of(unsigned int state)
{
	switch (state) {
	case TCP_CONNTRACK_SYN_RECV:
		return NF_CT_SYSCTL_TCP_TIMEOUT_SYN_RECV;
	case TCP_CONNTRACK_ESTABLISHED:
		return NF_CT_SYSCTL_TCP_TIMEOUT_ESTABLISHED;
	case TCP_CONNTRACK_FIN_WAIT:
		return NF_CT_SYSCTL_TCP_TIMEOUT_FIN_WAIT;
	case TCP_CONNTRACK_CLOSE_WAIT:
		return NF_CT_SYSCTL_TCP_TIMEOUT_CLOSE_WAIT;
	case TCP_CONNTRACK_LAST_ACK:
		return NF_CT_SYSCTL_TCP_TIMEOUT_LAST_ACK;
	case TCP_CONNTRACK_TIME_WAIT:
		return NF_CT_SYSCTL_TCP_TIMEOUT_TIME_WAIT;
	case TCP_CONNTRACK_CLOSE:
		return NF_CT_SYSCTL_TCP_TIMEOUT_CLOSE;
	default:
		return NF_CT_SYSCTL_TCP_TIMEOUT_SYN_SENT;
	}
}

static uint8_t get_conntrack_index(const struct tcphdr *th)
{
	if (th->rst)
		return TCP_RST_SET;
	if (th->syn)
		return th->ack ? TCP_SYNACK_SET : TCP_SYN_SET;
	if (th->fin)
		return TCP_FIN_SET;
	return th->ack ? TCP_ACK_SET : TCP_NONE_SET;
}

/* PSH, ECE and CWR may always be set; of the others only some combinations make sense. */
static bool tcp_flags_valid(const struct tcphdr *th)
{
	if (th->syn)
		return !th->fin && !th->rst && !(th->ack && th->urg);
	if (th->rst)
		return !th->fin && !th->urg;
	return th->ack;
}

/* Reads the segment; false when no flow may come of it. */
static bool tcp_segment(const struct nf_ct_packet *pkt, struct nf_ct_segment *seg)
{
	const struct tcphdr *th = xt_peek(pkt->skb, pkt->dataoff, sizeof(*th));
	uint32_t tcplen = skb_len(pkt->skb) - pkt->dataoff;

	if (!th || th->doff < 5 || tcplen < th->doff * 4U || !tcp_flags_valid(th))
		return false;
	if (pkt->state->hook == NF_INET_PRE_ROUTING &&
	    pkt->ct->netct->sysctl[NF_CT_SYSCTL_CHECKSUM] &&
	    !nf_ip_checksum_ok(pkt->skb, pkt->dataoff, IPPROTO_TCP))
		return false;
	seg->th = th;
	seg->options = (const uint8_t *)(th + 1);
	seg->options_len = th->doff * 4U - (uint32_t)sizeof(*th);
	seg->len = skb_len(pkt->skb);
	seg->seq = be32_to_cpu(th->seq);
	seg->ack = be32_to_cpu(th->ack_seq);
	seg->end = seg->seq + tcplen - th->doff * 4U + th->syn + th->fin;
	seg->win = be16_to_cpu(th->window);
	seg->index = get_conntrack_index(th);
	seg->dir = CTINFO2DIR(pkt->ctinfo);
	return true;
}

/* The first segment of a flow; false: it cannot begin one. */
static bool tcp_new(struct nf_conn *ct, const struct nf_ct_segment *seg)
{
	uint8_t state = tcp_conntracks[0][seg->index][TCP_CONNTRACK_NONE];
	struct ip_ct_tcp *tcp = &ct->proto.tcp;

	if (state >= TCP_CONNTRACK_MAX)
		return false;
	if (state != TCP_CONNTRACK_SYN_SENT && !ct->netct->sysctl[NF_CT_SYSCTL_TCP_LOOSE])
		return false;
	memset(tcp, 0, sizeof(*tcp));
	tcp->seen[0].td_end = seg->end;
	tcp->seen[0].td_maxwin = seg->win ? seg->win : 1;
	tcp->seen[0].td_maxend = seg->end;
	tcp->last_index = TCP_NONE_SET;
	if (state == TCP_CONNTRACK_SYN_SENT) {
		nf_ct_tcp_options(seg, &tcp->seen[0]);
		return true;
	}
	/* in the middle of a connection: its options are not known, so be liberal */
	tcp->seen[0].td_maxend += tcp->seen[0].td_maxwin;
	tcp->seen[0].flags = IP_CT_TCP_FLAG_SACK_PERM | IP_CT_TCP_FLAG_BE_LIBERAL;
	tcp->seen[1].flags = tcp->seen[0].flags;
	return true;
}

static bool tcp_can_early_drop(const struct nf_conn *ct)
{
	switch (ct->proto.tcp.state) {
	case TCP_CONNTRACK_FIN_WAIT:
	case TCP_CONNTRACK_LAST_ACK:
	case TCP_CONNTRACK_TIME_WAIT:
	case TCP_CONNTRACK_CLOSE:
	case TCP_CONNTRACK_CLOSE_WAIT:
		return true;
	default:
		return false;
	}
}

/**
 * nf_ct_set_closing - A RST was made for this flow: it will not live long
 * @ct: the flow, may be NULL or not TCP
 */
void nf_ct_set_closing(struct nf_conn *ct)
{
	if (!ct || ct->tuplehash[0].tuple.protonum != IPPROTO_TCP || !nf_ct_is_confirmed(ct))
		return;
	if (ct->proto.tcp.state != TCP_CONNTRACK_CLOSE)
		nf_ct_refresh(ct, nf_ct_timeout(ct->netct, NF_CT_SYSCTL_TCP_TIMEOUT_CLOSE));
	ct->proto.tcp.state = TCP_CONNTRACK_CLOSE;
}

/* A SYN/ACK for a SYN that was ignored: both ends agree, the table was behind. true: caught up. */
static bool tcp_resync(struct ip_ct_tcp *tcp, const struct nf_ct_segment *seg)
{
	struct ip_ct_tcp_state *client = &tcp->seen[tcp->last_dir];

	if (seg->index != TCP_SYNACK_SET || tcp->last_index != TCP_SYN_SET ||
	    tcp->last_dir == seg->dir || seg->ack != tcp->last_end)
		return false;
	client->td_end = tcp->last_end;
	client->td_maxend = tcp->last_end;
	client->td_maxwin = tcp->last_win ? tcp->last_win : 1;
	client->td_scale = tcp->last_wscale;
	tcp->last_flags &= (uint8_t)~IP_CT_EXP_CHALLENGE_ACK;
	client->flags = tcp->last_flags;
	tcp->seen[seg->dir] = (struct ip_ct_tcp_state){
		.flags = tcp->seen[seg->dir].flags & IP_CT_TCP_FLAG_BE_LIBERAL,
	};
	return true;
}

/* Remembers a segment that is let through unjudged. */
static void tcp_ignore(struct ip_ct_tcp *tcp, const struct nf_ct_segment *seg, uint8_t old_state)
{
	struct ip_ct_tcp_state seen = { .flags = 0 };

	tcp->last_index = seg->index;
	tcp->last_dir = seg->dir;
	tcp->last_seq = seg->seq;
	tcp->last_end = seg->end;
	tcp->last_win = seg->win;
	if (seg->index == TCP_SYN_SET && seg->dir == IP_CT_DIR_ORIGINAL) {
		nf_ct_tcp_options(seg, &seen);
		tcp->last_flags =
			seen.flags & (IP_CT_TCP_FLAG_WINDOW_SCALE | IP_CT_TCP_FLAG_SACK_PERM);
		tcp->last_wscale = seen.flags & IP_CT_TCP_FLAG_WINDOW_SCALE ? seen.td_scale : 0;
		if (old_state == TCP_CONNTRACK_LAST_ACK)
			tcp->last_flags |= IP_CT_EXP_CHALLENGE_ACK;
	}
	if (old_state == TCP_CONNTRACK_SYN_SENT && seg->index == TCP_ACK_SET &&
	    seg->dir == IP_CT_DIR_REPLY)
		tcp->last_ack = seg->ack;
}

enum tcp_judgement {
	TCP_JUDGE_WINDOW,
	TCP_JUDGE_TRUST,
	TCP_JUDGE_IGNORE,
	TCP_JUDGE_INVALID,
	TCP_JUDGE_REOPEN
};

static bool tcp_rst_answers_ignored(const struct nf_conn *ct, const struct nf_ct_segment *seg)
{
	const struct ip_ct_tcp *tcp = &ct->proto.tcp;
	bool syn = (ct->status & IPS_SEEN_REPLY) && tcp->last_index == TCP_SYN_SET &&
		   tcp->last_dir != seg->dir;
	bool ack = !(ct->status & IPS_ASSURED) && tcp->last_index == TCP_ACK_SET;

	return (syn || ack) && seg->ack == tcp->last_end;
}

/* RFC 5961: only a RST with exactly the expected number ends an established connection. */
static enum tcp_judgement tcp_judge_rst(const struct nf_conn *ct, const struct nf_ct_segment *seg,
					uint8_t old_state, uint8_t *new_state)
{
	const struct ip_ct_tcp *tcp = &ct->proto.tcp;
	const struct ip_ct_tcp_state *peer = &tcp->seen[!seg->dir];
	bool established = tcp->state == TCP_CONNTRACK_ESTABLISHED && (ct->status & IPS_ASSURED);

	if (tcp_can_early_drop(ct))
		return TCP_JUDGE_TRUST;
	if ((peer->flags & IP_CT_TCP_FLAG_MAXACK_SET) && tcp->last_index != TCP_SYN_SET) {
		if (seg->seq == 0 && !established)
			return TCP_JUDGE_WINDOW;
		if (seq_before(seg->seq, peer->td_maxack) &&
		    !ct->netct->sysctl[NF_CT_SYSCTL_TCP_IGNORE_INVALID_RST])
			return TCP_JUDGE_INVALID;
		if (!established || seg->seq == peer->td_maxack)
			return TCP_JUDGE_WINDOW;
		if (tcp->last_index == TCP_ACK_SET && tcp->last_dir == seg->dir &&
		    seg->seq == tcp->last_end)
			return TCP_JUDGE_WINDOW;
		*new_state = old_state;
	}
	if (tcp_rst_answers_ignored(ct, seg))
		return TCP_JUDGE_TRUST;
	if (old_state == TCP_CONNTRACK_SYN_SENT && tcp->last_index == TCP_ACK_SET &&
	    tcp->last_dir == IP_CT_DIR_REPLY && seg->seq == tcp->last_ack)
		return TCP_JUDGE_TRUST;
	return TCP_JUDGE_WINDOW;
}

/* What the table says needs a second look in some cells. */
static enum tcp_judgement tcp_judge(struct nf_conn *ct, const struct nf_ct_segment *seg,
				    uint8_t *old_state, uint8_t *new_state)
{
	struct ip_ct_tcp *tcp = &ct->proto.tcp;

	switch (*new_state) {
	case TCP_CONNTRACK_SYN_SENT:
		if (*old_state < TCP_CONNTRACK_TIME_WAIT)
			return TCP_JUDGE_WINDOW;
		if (((tcp->seen[0].flags | tcp->seen[1].flags) & IP_CT_TCP_FLAG_CLOSE_INIT) ||
		    (tcp->last_dir == seg->dir && tcp->last_index == TCP_RST_SET))
			return TCP_JUDGE_REOPEN;
		/* fallthrough */
	case TCP_CONNTRACK_IGNORE:
		if (tcp_resync(tcp, seg)) {
			*old_state = TCP_CONNTRACK_SYN_SENT;
			*new_state = TCP_CONNTRACK_SYN_RECV;
			return TCP_JUDGE_WINDOW;
		}
		tcp_ignore(tcp, seg, *old_state);
		return TCP_JUDGE_IGNORE;
	case TCP_CONNTRACK_MAX:
		return TCP_JUDGE_INVALID;
	case TCP_CONNTRACK_TIME_WAIT:
		if (*old_state == TCP_CONNTRACK_LAST_ACK && seg->index == TCP_ACK_SET &&
		    tcp->last_dir != seg->dir && tcp->last_index == TCP_SYN_SET &&
		    (tcp->last_flags & IP_CT_EXP_CHALLENGE_ACK)) {
			tcp->last_flags &= (uint8_t)~IP_CT_EXP_CHALLENGE_ACK;
			return TCP_JUDGE_IGNORE;
		}
		return TCP_JUDGE_WINDOW;
	case TCP_CONNTRACK_SYN_SENT2:
		tcp->last_flags |= IP_CT_TCP_SIMULTANEOUS_OPEN;
		return TCP_JUDGE_WINDOW;
	case TCP_CONNTRACK_SYN_RECV:
		if (seg->dir == IP_CT_DIR_REPLY && seg->index == TCP_ACK_SET &&
		    (tcp->last_flags & IP_CT_TCP_SIMULTANEOUS_OPEN))
			*new_state = TCP_CONNTRACK_ESTABLISHED;
		return TCP_JUDGE_WINDOW;
	case TCP_CONNTRACK_CLOSE:
		return seg->index == TCP_RST_SET ? tcp_judge_rst(ct, seg, *old_state, new_state)
						 : TCP_JUDGE_WINDOW;
	default:
		return TCP_JUDGE_WINDOW;
	}
}

/*
 * A FIN or RST that does not fit, from each side: the connection may be dead, do not keep it for
 * days.
 */
static void tcp_handle_invalid(struct nf_conn *ct, const struct nf_ct_segment *seg)
{
	struct ip_ct_tcp *tcp = &ct->proto.tcp;
	int64_t unack = nf_ct_timeout(ct->netct, NF_CT_SYSCTL_TCP_TIMEOUT_UNACK);
	int64_t left = ct->timeout_ns - world_now(ct->netct->world);

	if (!(ct->status & IPS_ASSURED) || (seg->index != TCP_RST_SET && seg->index != TCP_FIN_SET))
		return;
	if (tcp->last_dir != seg->dir &&
	    (tcp->last_index == TCP_FIN_SET || tcp->last_index == TCP_RST_SET)) {
		if (left >= 120 * NSEC_PER_SEC && left > unack)
			nf_ct_refresh(ct, unack);
		return;
	}
	tcp->last_index = seg->index;
	tcp->last_dir = seg->dir;
}

static int64_t tcp_choose_timeout(const struct nf_conn *ct, const struct nf_ct_segment *seg,
				  uint8_t new_state)
{
	const struct ip_ct_tcp *tcp = &ct->proto.tcp;
	const struct netns_ct *netct = ct->netct;
	int64_t timeout = nf_ct_timeout(netct, tcp_timeout_of(new_state));
	int64_t retrans = nf_ct_timeout(netct, NF_CT_SYSCTL_TCP_TIMEOUT_RETRANS);
	int64_t unack = nf_ct_timeout(netct, NF_CT_SYSCTL_TCP_TIMEOUT_UNACK);

	if (tcp->retrans >= netct->sysctl[NF_CT_SYSCTL_TCP_MAX_RETRANS] && timeout > retrans)
		return retrans;
	if (seg->index == TCP_RST_SET)
		return nf_ct_timeout(netct, NF_CT_SYSCTL_TCP_TIMEOUT_CLOSE);
	if (((tcp->seen[0].flags | tcp->seen[1].flags) & IP_CT_TCP_FLAG_DATA_UNACKNOWLEDGED) &&
	    timeout > unack)
		return unack;
	if (tcp->last_win == 0 && timeout > retrans)
		return retrans;
	return timeout;
}

/* The segment is believed: state and timeout follow it. */
static int tcp_accept(struct nf_conn *ct, const struct nf_ct_segment *seg, uint8_t old_state,
		      uint8_t new_state)
{
	struct ip_ct_tcp *tcp = &ct->proto.tcp;
	int64_t timeout, unack;

	tcp->last_index = seg->index;
	tcp->last_dir = seg->dir;
	tcp->state = new_state;
	if (old_state != new_state)
		ct->cached |= 1U << IPCT_PROTOINFO;
	if (old_state != new_state && new_state == TCP_CONNTRACK_FIN_WAIT)
		tcp->seen[seg->dir].flags |= IP_CT_TCP_FLAG_CLOSE_INIT;
	timeout = tcp_choose_timeout(ct, seg, new_state);
	if (!(ct->status & IPS_SEEN_REPLY)) {
		/* refused: nothing to remember */
		if (seg->th->rst) {
			nf_ct_acct(ct, seg->dir, seg->len);
			if (nf_ct_is_confirmed(ct))
				nf_ct_delete(ct);
			return NF_ACCEPT;
		}
		if (seg->index == TCP_SYN_SET && old_state == TCP_CONNTRACK_SYN_SENT)
			return NF_ACCEPT;
		unack = nf_ct_timeout(ct->netct, NF_CT_SYSCTL_TCP_TIMEOUT_UNACK);
		if (new_state == TCP_CONNTRACK_ESTABLISHED && timeout > unack)
			timeout = unack;
	} else if ((old_state == TCP_CONNTRACK_SYN_RECV ||
		    old_state == TCP_CONNTRACK_ESTABLISHED) &&
		   new_state == TCP_CONNTRACK_ESTABLISHED) {
		if (!(ct->status & IPS_ASSURED))
			ct->cached |= 1U << IPCT_ASSURED;
		ct->status |= IPS_ASSURED;
	}
	nf_ct_refresh(ct, timeout);
	nf_ct_acct(ct, seg->dir, seg->len);
	return NF_ACCEPT;
}

/**
 * nf_conntrack_tcp_packet - A TCP segment
 * @pkt: packet and flow
 *
 * Return: NF_ACCEPT, NF_CT_INVALID, -NF_REPEAT: the old connection is gone, look again.
 */
int nf_conntrack_tcp_packet(const struct nf_ct_packet *pkt)
{
	struct nf_conn *ct = pkt->ct;
	uint8_t old_state, new_state;
	struct nf_ct_segment seg;

	if (!tcp_segment(pkt, &seg))
		return NF_CT_INVALID;
	if (!nf_ct_is_confirmed(ct) && !tcp_new(ct, &seg))
		return NF_CT_INVALID;
	old_state = ct->proto.tcp.state;
	new_state = tcp_conntracks[seg.dir][seg.index][old_state];
	switch (tcp_judge(ct, &seg, &old_state, &new_state)) {
	case TCP_JUDGE_REOPEN:
		nf_ct_delete(ct);
		return -NF_REPEAT;
	case TCP_JUDGE_IGNORE:
		return NF_ACCEPT;
	case TCP_JUDGE_INVALID:
		return NF_CT_INVALID;
	case TCP_JUDGE_TRUST:
		return tcp_accept(ct, &seg, old_state, new_state);
	case TCP_JUDGE_WINDOW:
		break;
	}
	switch (nf_ct_tcp_in_window(ct, &seg)) {
	case NFCT_TCP_IGNORE:
		return NF_ACCEPT;
	case NFCT_TCP_INVALID:
		tcp_handle_invalid(ct, &seg);
		return NF_CT_INVALID;
	case NFCT_TCP_ACCEPT:
		break;
	}
	return tcp_accept(ct, &seg, old_state, new_state);
}
