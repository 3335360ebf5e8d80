/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_recvmsg.c - reading from a connection
 *
 * mirrors tcp_recvmsg() and tcp_cleanup_rbuf() of net/ipv4/tcp.c
 *
 * PATH
 *
 *	tcp_recvmsg()
 *	  tcp_copy()
 *	  tcp_cleanup_rbuf()		the window opened: tcp_send_ack()
 */
#include "core/jiffies.h"
#include "ipv4/fib.h"
#include "ipv4/tcp.h"

/**
 * tcp_error_take() - The socket's error, once
 * @sk: the socket
 * @otherwise: -errno when it has none
 *
 * Return: -errno.
 */
int tcp_error_take(struct sock *sk, int otherwise)
{
	int err = sk->err;

	sk->err = 0;
	return err ? -err : otherwise;
}

static size_t scatter(struct msghdr *msg, size_t at, const uint8_t *from, size_t len)
{
	size_t done = 0;

	for (size_t i = 0; i < (size_t)msg->msg_iovlen && done < len; i++) {
		const struct iovec *v = &msg->msg_iov[i];
		size_t n;

		if (at >= v->iov_len) {
			at -= v->iov_len;
			continue;
		}
		n = v->iov_len - at < len - done ? v->iov_len - at : len - done;
		memcpy((uint8_t *)v->iov_base + at, from + done, n);
		done += n;
		at = 0;
	}
	return done;
}

/**
 * tcp_eat_skb() - All of a packet was read
 * @tp: the connection
 * @skb: the first in its receive queue; consumed
 *
 * What joined others is given back with the last of them, as one packet is in Linux.
 */
void tcp_eat_skb(struct tcp_sock *tp, struct sk_buff *skb)
{
	struct sk_buff_head *q = &tp->inet.sk.receive_queue;
	struct sk_buff *next = list_entry(skb->list.next, struct sk_buff, list);

	if (&next->list != &q->list && TCP_SKB_CB(next)->joined)
		TCP_SKB_CB(next)->truesize += TCP_SKB_CB(skb)->truesize;
	else
		tcp_rmem_uncharge(tp, skb);
	skb_unlink(q, skb);
	consume_skb(skb);
}

/* Hands out what is there, up to @len bytes behind the @at already given. */
static size_t tcp_copy(struct tcp_sock *tp, struct msghdr *msg, size_t at, size_t len, int flags)
{
	struct sk_buff_head *q = &tp->inet.sk.receive_queue;
	struct sk_buff *skb, *next;
	size_t done = 0, skip = flags & MSG_PEEK ? at : 0;

	list_for_each_entry_safe(skb, next, &q->list, list) {
		size_t n = skb_len(skb);
		const uint8_t *from = skb->data;

		if (done == len)
			break;
		if (skip >= n) {
			skip -= n;
			continue;
		}
		from += skip;
		n -= skip;
		skip = 0;
		if (n > len - done)
			n = len - done;
		n = tcp_urg_limit(tp, TCP_SKB_CB(skb)->seq + (uint32_t)(from - skb->data), n, done);
		if (!n && done)
			break;
		if (!n) {
			/* the urgent byte itself: not here */
			if (flags & MSG_PEEK) {
				skip = 1;
				continue;
			}
			tcp_skip_urgent(tp);
			return tcp_copy(tp, msg, at, len, flags);
		}
		if (!(flags & MSG_TRUNC))
			scatter(msg, at + done, from, n);
		done += n;
		if (flags & MSG_PEEK)
			continue;
		tp->copied_seq += (uint32_t)n;
		tcp_rcv_space_adjust(tp);
		if (n < skb_len(skb)) {
			skb_pull(skb, (uint32_t)n);
			q->bytes -= (uint32_t)n;
			TCP_SKB_CB(skb)->seq += (uint32_t)n;
			break;
		}
		tcp_eat_skb(tp, skb);
	}
	if (tp->urg_data && !(flags & MSG_PEEK) && after(tp->copied_seq, tp->urg_seq)) {
		tp->urg_data = 0;
		tcp_fast_path_check(tp);
	}
	return done;
}

/* Something was read: does the peer have to know that there is room again? */
static void tcp_cleanup_rbuf(struct tcp_sock *tp, size_t copied)
{
	bool ack = false;

	if (tp->state == TCP_CLOSE || tp->state == TCP_LISTEN)
		return;
	if (tp->ack_pending & ACK_SCHED)
		ack = tp->rcv_nxt - tp->rcv_wup > tp->rcv_mss ||
		      (copied && !tp->inet.sk.receive_queue.qlen &&
		       ((tp->ack_pending & ACK_PUSHED2) ||
			((tp->ack_pending & ACK_PUSHED) && !tcp_in_pingpong(tp))));
	if (copied && !ack && !(tp->inet.sk.shutdown & 1)) {
		uint32_t now = tcp_receive_window(tp);

		if (2 * now <= tp->window_clamp) {
			uint32_t new = __tcp_select_window(tp);

			ack = new &&new >= 2 * now;
		}
	}
	if (ack) {
		tp->rx_cause = 0;
		tcp_send_ack(tp);
	}
}

/* Nothing to hand out: why? 1: wait for more; 0: the end; -errno */
static int tcp_recv_state(struct tcp_sock *tp, size_t copied, int flags)
{
	struct sock *sk = &tp->inet.sk;

	if (copied &&
	    (sk->err || tp->state == TCP_CLOSE || (sk->shutdown & 1) || (flags & MSG_DONTWAIT)))
		return 0;
	if (copied)
		return 1;
	if (sk->err)
		return tcp_error_take(sk, 0);
	if (sk->shutdown & 1)
		return 0;
	if (tp->state == TCP_CLOSE)
		return -ENOTCONN;
	return flags & MSG_DONTWAIT ? -EAGAIN : 1;
}

/**
 * tcp_recvmsg() - recv() and read()
 * @task: who reads
 * @sk: the socket
 * @msg: filled
 * @flags: MSG_PEEK, MSG_WAITALL, MSG_DONTWAIT, MSG_TRUNC
 *
 * Return: bytes, 0 at the end, or -errno.
 */
ssize_t tcp_recvmsg(struct ng_task *task, struct sock *sk, struct msghdr *msg, int flags)
{
	struct tcp_sock *tp = tcp_sk(sk);
	size_t len = iov_length(msg), copied = 0, target;
	int64_t deadline = jiffies_deadline(tcp_now(tp), sk->rcvtimeo_ns);
	int err = 0;

	if (flags & MSG_ERRQUEUE)
		return ip_recv_error(sk, msg);
	if (tp->state == TCP_LISTEN)
		return -ENOTCONN;
	if (flags & MSG_OOB)
		return tcp_recv_urg(tp, msg, flags);
	msg->msg_namelen = 0;
	target = flags & MSG_WAITALL ? len : len < 1 ? len : 1;
	for (;;) {
		int64_t left = -1;

		copied += tcp_copy(tp, msg, copied, len - copied, flags);
		if (copied >= target && (copied || !len))
			break;
		err = tcp_recv_state(tp, copied, flags);
		if (err <= 0)
			break;
		if (deadline >= 0) {
			left = jiffies_left(tcp_now(tp), deadline);
			if (left <= 0) {
				err = -EAGAIN;
				break;
			}
		}
		if (!(flags & MSG_PEEK))
			tcp_cleanup_rbuf(tp, copied);
		if (task_wait_on(task, &sk->wait, left) == -EINTR) {
			err = -EINTR;
			break;
		}
	}
	if (!(flags & MSG_PEEK))
		tcp_cleanup_rbuf(tp, copied);
	return copied ? (ssize_t)copied : err;
}
