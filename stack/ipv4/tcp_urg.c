/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_urg.c - urgent data: one byte out of line, MSG_OOB
 *
 * mirrors tcp_check_urg(), tcp_urg() of net/ipv4/tcp_input.c and tcp_recv_urg() of tcp.c
 *
 * Unlike Linux: no SIGURG.
 *
 * PATH (leaf)
 */
#include <poll.h>

#include "ipv4/fib.h"
#include "ipv4/tcp.h"

/**
 * tcp_urg_limit() - How much may be read in one go: not over the urgent byte
 * @tp: the connection
 * @seq: of the first byte
 * @n: bytes there are
 * @done: bytes read already
 *
 * Return: bytes; 0: the urgent byte is next, and not for this reader.
 */
size_t tcp_urg_limit(const struct tcp_sock *tp, uint32_t seq, size_t n, size_t done)
{
	uint32_t before_it = tp->urg_seq - seq;

	if (!tp->urg_data || before_it >= n)
		return n;
	if (before_it)
		return before_it;
	if (!tp->urginline)
		return 0;
	return done ? 0 : n;
}

/**
 * tcp_skip_urgent() - The next byte was urgent: it is not read in line
 * @tp: the connection
 */
void tcp_skip_urgent(struct tcp_sock *tp)
{
	struct sk_buff_head *q = &tp->inet.sk.receive_queue;
	struct sk_buff *skb =
		list_empty(&q->list) ? NULL : list_first_entry(&q->list, struct sk_buff, list);

	tp->copied_seq++;
	if (!skb)
		return;
	skb_pull(skb, 1);
	q->bytes--;
	TCP_SKB_CB(skb)->seq++;
	if (skb_len(skb))
		return;
	tcp_eat_skb(tp, skb);
}

/* Where urgent data ends, as the peer says. As tcp_check_urg() */
static void tcp_check_urg(struct tcp_sock *tp, const struct tcphdr *th)
{
	uint32_t ptr = be16_to_cpu(th->urg_ptr);

	if (ptr && !tcp_ns(tp)->sysctl_tcp_stdurg)
		ptr--;
	ptr += be32_to_cpu(th->seq);
	/* old news, or read already */
	if (after(tp->copied_seq, ptr) || before(ptr, tp->rcv_nxt) ||
	    (tp->urg_data && !after(ptr, tp->urg_seq)))
		return;
	/* the byte before was not read: it becomes one of the others */
	if (tp->urg_seq == tp->copied_seq && tp->urg_data && !tp->urginline &&
	    tp->copied_seq != tp->rcv_nxt)
		tcp_skip_urgent(tp);
	tp->urg_data = TCP_URG_NOTYET;
	tp->urg_seq = ptr;
	tp->pred = false;
}

/**
 * tcp_urg() - The urgent pointer of a segment, and the byte it points at
 * @tp: the connection
 * @skb: the segment; data at the TCP header
 * @th: the header
 */
void tcp_urg(struct tcp_sock *tp, const struct sk_buff *skb, const struct tcphdr *th)
{
	uint32_t at;

	if (th->urg)
		tcp_check_urg(tp, th);
	if (tp->urg_data != TCP_URG_NOTYET)
		return;
	at = tp->urg_seq - be32_to_cpu(th->seq) + th->doff * 4U - th->syn;
	if (at < skb_len(skb)) {
		tp->urg_data = TCP_URG_VALID | skb->data[at];
		wake_up(&tp->inet.sk.wait);
	}
}

/**
 * tcp_recv_urg() - recv() with MSG_OOB
 * @tp: the connection
 * @msg: takes the byte
 * @flags: MSG_PEEK, MSG_TRUNC
 *
 * Return: 1, 0 at the end, or -errno.
 */
ssize_t tcp_recv_urg(struct tcp_sock *tp, struct msghdr *msg, int flags)
{
	uint8_t c = (uint8_t)tp->urg_data;

	if (tp->urginline || !tp->urg_data || tp->urg_data == TCP_URG_READ)
		return -EINVAL;
	if (tp->state == TCP_CLOSE && !tp->inet.sk.dead && !tp->inet.connected)
		return -ENOTCONN;
	if (tp->urg_data & TCP_URG_VALID) {
		if (!(flags & MSG_PEEK))
			tp->urg_data = TCP_URG_READ;
		msg->msg_flags |= MSG_OOB;
		if (!iov_length(msg)) {
			msg->msg_flags |= MSG_TRUNC;
			return 0;
		}
		if (!(flags & MSG_TRUNC))
			*(uint8_t *)msg->msg_iov[0].iov_base = c;
		return 1;
	}
	if (tp->state == TCP_CLOSE || (tp->inet.sk.shutdown & 1))
		return 0;
	return -EAGAIN;
}
