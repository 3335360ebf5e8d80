/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_close.c - shutdown() and close()
 *
 * mirrors tcp_shutdown(), __tcp_close() and inet_csk_listen_stop()
 *
 * Unlike Linux: close() never waits (SO_LINGER with a time sends what is left in the background).
 *
 * PATH
 *
 *	tcp_shutdown(), tcp_release()
 *	  tcp_close_state()		tcp_send_fin(), tcp_send_active_reset()
 */
#include "ipv4/fib.h"
#include "ipv4/tcp.h"

/* The next state when we send no more; true: a FIN goes out. As new_state[] */
static bool tcp_close_state(struct tcp_sock *tp)
{
	switch (tp->state) {
	case TCP_ESTABLISHED:
	case TCP_SYN_RECV:
		tcp_set_state(tp, TCP_FIN_WAIT1);
		return true;
	case TCP_CLOSE_WAIT:
		tcp_set_state(tp, TCP_LAST_ACK);
		return true;
	case TCP_SYN_SENT:
	case TCP_LISTEN:
		tcp_set_state(tp, TCP_CLOSE);
		return false;
	}
	return false;
}

/* Nobody will accept them any more: children and requests of a listener end. */
static void tcp_listen_stop(struct tcp_sock *tp)
{
	tp->inet.sk.listening = false;
	while (!list_empty(&tp->syn_queue))
		tcp_reqsk_free(list_first_entry(&tp->syn_queue, struct tcp_request_sock, list));
	while (!list_empty(&tp->accept_queue)) {
		struct tcp_sock *child =
			list_first_entry(&tp->accept_queue, struct tcp_sock, accept_node);

		list_del(&child->accept_node);
		tp->accept_backlog--;
		child->listener = NULL;
		child->inet.sk.linger = true;
		child->inet.sk.linger_s = 0;
		sock_release(&child->inet.sk);
	}
}

/**
 * tcp_shutdown() - Ends one or both directions
 * @sk: the socket
 * @how: SHUT_*
 *
 * Return: 0, -EINVAL or -ENOTCONN.
 */
int tcp_shutdown(struct sock *sk, int how)
{
	struct tcp_sock *tp = tcp_sk(sk);

	if (how < SHUT_RD || how > SHUT_RDWR)
		return -EINVAL;
	if (tp->state == TCP_CLOSE)
		return -ENOTCONN;
	if (tp->state == TCP_LISTEN) {
		if (how == SHUT_WR)
			return 0;
		tcp_listen_stop(tp);
		tcp_set_state(tp, TCP_CLOSE);
		wake_up(&sk->wait);
		return 0;
	}
	if (tp->state == TCP_SYN_SENT) {
		tcp_disconnect(tp);
		sk->shutdown = (uint8_t)(how + 1);
		return 0;
	}
	sk->shutdown |= (uint8_t)(how + 1);
	if (how != SHUT_RD) {
		tp->rx_cause = 0;
		if (tcp_close_state(tp))
			tcp_send_fin(tp);
	}
	wake_up(&sk->wait);
	return 0;
}

/* Throws away what nobody read; true: there was something */
static bool tcp_flush_unread(struct tcp_sock *tp)
{
	struct sock *sk = &tp->inet.sk;
	struct sk_buff *skb;
	bool any = false;

	while ((skb = skb_dequeue(&sk->receive_queue))) {
		tcp_rmem_uncharge(tp, skb);
		any = true;
		consume_skb(skb);
	}
	return any;
}

static void tcp_close(struct tcp_sock *tp)
{
	struct sock *sk = &tp->inet.sk;
	bool unread;

	sk->shutdown = 3;
	tp->rx_cause = 0;
	if (tp->state == TCP_LISTEN) {
		tcp_listen_stop(tp);
		tcp_set_state(tp, TCP_CLOSE);
		return;
	}
	unread = tcp_flush_unread(tp);
	if (tp->state == TCP_CLOSE)
		return;
	if (unread) {
		mib_inc(sk->net, TcpExt_TCPAbortOnClose);
		tcp_set_state(tp, TCP_CLOSE);
		tcp_send_active_reset(tp);
	} else if (sk->linger && !sk->linger_s) {
		mib_inc(sk->net, TcpExt_TCPAbortOnData);
		tcp_disconnect(tp);
	} else if (tcp_close_state(tp)) {
		tcp_send_fin(tp);
	}
}

/* An orphan in FIN_WAIT2 does not wait for ever. */
static void tcp_orphan_fin_wait2(struct tcp_sock *tp)
{
	int64_t tmo;

	if (tp->linger2_s < 0) {
		mib_inc(tp->inet.sk.net, TcpExt_TCPAbortOnLinger);
		tcp_set_state(tp, TCP_CLOSE);
		tcp_send_active_reset(tp);
		return;
	}
	tmo = tcp_fin_time(tp);
	if (tmo > TCP_TIMEWAIT_LEN)
		tcp_reset_keepalive_timer(tp, tmo - TCP_TIMEWAIT_LEN);
	else
		tcp_time_wait(tp, TCP_FIN_WAIT2, tmo);
}

/**
 * tcp_release() - close()
 * @sk: the socket; its connection lives on until the peer knows
 */
void tcp_release(struct sock *sk)
{
	struct tcp_sock *tp = tcp_sk(sk);

	tcp_close(tp);
	if (tp->state == TCP_FIN_WAIT2)
		tcp_orphan_fin_wait2(tp);
	if (tp->state == TCP_CLOSE) {
		tcp_destroy_sock(tp);
		return;
	}
	sock_hold(sk);
	tp->inet.sk.orphan = true;
}
