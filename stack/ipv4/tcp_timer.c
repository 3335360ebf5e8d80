/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_timer.c - what happens when nothing happens
 *
 * mirrors net/ipv4/tcp_timer.c
 *
 * PATH
 *
 *	tcp_write_timer()
 *	  tcp_retransmit_timer()	tcp_enter_loss(), tcp_retransmit_skb()
 *	  tcp_probe_timer()		tcp_send_probe0()
 *	  tcp_send_loss_probe()
 *	tcp_delack_timer()		tcp_send_ack()
 *	tcp_keepalive_timer()		also ends FIN_WAIT2
 */
#include "ipv4/fib.h"
#include "ipv4/tcp.h"

static struct sim *tcp_sim(const struct tcp_sock *tp)
{
	return &tp->inet.sk.world->sim;
}

/*
 * When a timer fires that was set for @len_ns from @now: the kernel's wheel (HZ = 1000) has coarser slots
 * for later times and never fires early, so one of a second comes up to 64 ms late. As calc_wheel_index().
 */
static int64_t tcp_wheel(int64_t now, int64_t len_ns)
{
	int64_t ticks = (len_ns + NSEC_PER_MSEC - 1) / NSEC_PER_MSEC;
	unsigned int shift = 0;

	while (shift < 24 && ticks >= INT64_C(63) << shift)
		shift += 3;
	return ((((now / NSEC_PER_MSEC + ticks) >> shift) + 1) << shift) * NSEC_PER_MSEC;
}

/**
 * tcp_reset_xmit_timer() - Waits for an answer
 * @tp: who waits
 * @what: and what it does when none comes
 * @when_ns: from now
 */
void tcp_reset_xmit_timer(struct tcp_sock *tp, enum tcp_pending what, int64_t when_ns)
{
	tp->pending = what;
	sim_timer_mod(tcp_sim(tp), &tp->rtx_timer,
		      tcp_wheel(tcp_now(tp), tcp_i64_min(when_ns, TCP_RTO_MAX)));
}

/**
 * tcp_clear_xmit_timer() - Everything is answered
 * @tp: who waited
 */
void tcp_clear_xmit_timer(struct tcp_sock *tp)
{
	tp->pending = TCP_TIME_NONE;
	sim_timer_del(tcp_sim(tp), &tp->rtx_timer);
}

/**
 * tcp_reset_keepalive_timer() - Looks after an idle connection, or ends FIN_WAIT2
 * @tp: the connection
 * @len_ns: from now
 */
void tcp_reset_keepalive_timer(struct tcp_sock *tp, int64_t len_ns)
{
	sim_timer_mod(tcp_sim(tp), &tp->keepalive_timer, tcp_now(tp) + len_ns);
}

/**
 * tcp_delete_keepalive_timer() - No longer
 * @tp: the connection
 */
void tcp_delete_keepalive_timer(struct tcp_sock *tp)
{
	sim_timer_del(tcp_sim(tp), &tp->keepalive_timer);
}

/**
 * tcp_keepalive_time_when() - After how long an idle connection is asked
 * @tp: the connection
 *
 * Return: ns.
 */
int64_t tcp_keepalive_time_when(const struct tcp_sock *tp)
{
	return (tp->keepalive_time_s ? tp->keepalive_time_s
				     : tcp_ns(tp)->sysctl_tcp_keepalive_time) *
	       NSEC_PER_SEC;
}

static int64_t keepalive_intvl_when(const struct tcp_sock *tp)
{
	return (tp->keepalive_intvl_s ? tp->keepalive_intvl_s
				      : tcp_ns(tp)->sysctl_tcp_keepalive_intvl) *
	       NSEC_PER_SEC;
}

/**
 * tcp_set_keepalive() - SO_KEEPALIVE was set
 * @sk: the socket
 * @on: to what
 */
void tcp_set_keepalive(struct sock *sk, bool on)
{
	struct tcp_sock *tp = tcp_sk(sk);

	if (TCPF(tp->state) & (TCPF(TCP_CLOSE) | TCPF(TCP_LISTEN)))
		return;
	if (on && !sim_timer_pending(&tp->keepalive_timer))
		tcp_reset_keepalive_timer(tp, tcp_keepalive_time_when(tp));
	else if (!on)
		tcp_delete_keepalive_timer(tp);
}

/**
 * tcp_fin_time() - How long an orphan waits in FIN_WAIT2
 * @tp: the connection
 *
 * Return: ns.
 */
int64_t tcp_fin_time(const struct tcp_sock *tp)
{
	int64_t t =
		(tp->linger2_s ? tp->linger2_s : tcp_ns(tp)->sysctl_tcp_fin_timeout) * NSEC_PER_SEC;
	int64_t min = (tp->rto_ns << 2) - (tp->rto_ns >> 1);

	return t < min ? min : t;
}

/**
 * tcp_write_err() - Nobody answered for too long
 * @tp: the connection; an orphan may be freed
 */
void tcp_write_err(struct tcp_sock *tp)
{
	tp->inet.sk.err = tp->inet.sk.err_soft ? tp->inet.sk.err_soft : ETIMEDOUT;
	wake_up(&tp->inet.sk.wait);
	tcp_done(tp);
}

static int64_t elapsed_since_first(const struct tcp_sock *tp)
{
	return tcp_now(tp) - tp->retrans_stamp_ns;
}

/* have so many doublings of the shortest timeout gone by? As retransmits_timed_out() */
static bool retransmits_timed_out(const struct tcp_sock *tp, unsigned int boundary)
{
	int64_t timeout, linear = 9; /* log2(120 s / 200 ms) */

	if (!tp->retransmits)
		return false;
	if ((int64_t)boundary <= linear)
		timeout = ((INT64_C(2) << boundary) - 1) * TCP_RTO_MIN;
	else
		timeout = ((INT64_C(2) << linear) - 1) * TCP_RTO_MIN +
			  ((int64_t)boundary - linear) * TCP_RTO_MAX;
	return elapsed_since_first(tp) >= timeout;
}

static unsigned int orphan_retries(const struct tcp_sock *tp, bool alive)
{
	unsigned int retries = (unsigned int)tcp_ns(tp)->sysctl_tcp_orphan_retries;

	if (tp->inet.sk.err_soft && !alive)
		return 0;
	return !retries && alive ? 8 : retries;
}

/* true: it is over */
static bool tcp_write_timeout(struct tcp_sock *tp)
{
	const struct netns_ipv4 *ipv4 = tcp_ns(tp);
	unsigned int until;
	bool expired;

	if (TCPF(tp->state) & (TCPF(TCP_SYN_SENT) | TCPF(TCP_SYN_RECV))) {
		until = tp->syn_retries ? tp->syn_retries
					: (unsigned int)ipv4->sysctl_tcp_syn_retries;
		if (tp->state == TCP_SYN_SENT)
			until += (unsigned int)ipv4->sysctl_tcp_syn_linear_timeouts;
		expired = tp->retransmits >= until;
	} else {
		until = (unsigned int)ipv4->sysctl_tcp_retries2;
		if (tp->inet.sk.dead)
			until = orphan_retries(tp, tp->rto_ns < TCP_RTO_MAX);
		expired = tp->user_timeout_ms
				  ? tp->retransmits && elapsed_since_first(tp) >=
							       tp->user_timeout_ms * NSEC_PER_MSEC
				  : retransmits_timed_out(tp, until);
	}
	if (expired)
		tcp_write_err(tp);
	return expired;
}

static void tcp_retransmit_timer(struct tcp_sock *tp)
{
	struct sk_buff *skb = tcp_queue_head(&tp->rtx_queue);
	bool syn_sent = tp->state == TCP_SYN_SENT;

	if (!tp->packets_out || !skb)
		return;
	if (!tp->snd_wnd && !tp->inet.sk.dead &&
	    !(TCPF(tp->state) & (TCPF(TCP_SYN_SENT) | TCPF(TCP_SYN_RECV)))) {
		/* the peer shut its window behind data of ours: it may do so for as long as it answers */
		if (tcp_now(tp) - tp->rcv_tstamp_ns > TCP_RTO_MAX && tp->retransmits &&
		    elapsed_since_first(tp) > TCP_RTO_MAX) {
			tcp_write_err(tp);
			return;
		}
		tcp_enter_loss(tp);
		tcp_retransmit_skb(tp, skb);
		goto out_reset_timer;
	}
	if (tcp_write_timeout(tp))
		return;
	mib_inc(tp->inet.sk.net, TcpExt_TCPTimeouts);
	tcp_enter_loss(tp);
	tp->retransmits++;
	if (tcp_retransmit_skb(tp, tcp_queue_head(&tp->rtx_queue)) == -EHOSTUNREACH) {
		tcp_reset_xmit_timer(tp, TCP_TIME_RETRANS, NSEC_PER_SEC / 2);
		return;
	}
out_reset_timer:
	if (!syn_sent || tp->retransmits > tcp_ns(tp)->sysctl_tcp_syn_linear_timeouts) {
		tp->backoff++;
		tp->rto_ns = tcp_i64_min(tp->rto_ns << 1, TCP_RTO_MAX);
	}
	tcp_reset_xmit_timer(tp, TCP_TIME_RETRANS, tp->rto_ns);
}

static void tcp_probe_timer(struct tcp_sock *tp)
{
	unsigned int max = (unsigned int)tcp_ns(tp)->sysctl_tcp_retries2;

	if (tp->packets_out || list_empty(&tp->write_queue)) {
		tp->probes_out = 0;
		tp->probes_tstamp_ns = 0;
		return;
	}
	if (!tp->probes_tstamp_ns)
		tp->probes_tstamp_ns = tcp_now(tp);
	else if (tp->user_timeout_ms &&
		 tcp_now(tp) - tp->probes_tstamp_ns >= tp->user_timeout_ms * NSEC_PER_MSEC)
		goto abort;
	if (tp->inet.sk.dead) {
		bool alive = (tp->rto_ns << tcp_u32_min(tp->backoff, 16)) < TCP_RTO_MAX;

		max = orphan_retries(tp, alive);
		if (!alive && tp->backoff >= max)
			goto abort;
	}
	if (tp->probes_out >= max)
		goto abort;
	tcp_send_probe0(tp);
	return;
abort:
	tcp_write_err(tp);
}

static void tcp_write_timer(struct sim_timer *timer)
{
	struct tcp_sock *tp = container_of(timer, struct tcp_sock, rtx_timer);
	enum tcp_pending what = tp->pending;

	tp->rx_cause = 0;
	tp->pending = TCP_TIME_NONE;
	if (TCPF(tp->state) & (TCPF(TCP_CLOSE) | TCPF(TCP_LISTEN)))
		return;
	switch (what) {
	case TCP_TIME_REO:
		tcp_rack_reo_timeout(tp);
		break;
	case TCP_TIME_LOSS_PROBE:
		tcp_send_loss_probe(tp);
		break;
	case TCP_TIME_RETRANS:
		tcp_retransmit_timer(tp);
		break;
	case TCP_TIME_PROBE0:
		tcp_probe_timer(tp);
		break;
	case TCP_TIME_NONE:
		break;
	}
}

static void tcp_delack_timer(struct sim_timer *timer)
{
	struct tcp_sock *tp = container_of(timer, struct tcp_sock, delack_timer);

	tp->rx_cause = 0;
	if (TCPF(tp->state) & (TCPF(TCP_CLOSE) | TCPF(TCP_LISTEN)) ||
	    !(tp->ack_pending & ACK_SCHED))
		return;
	if (!tp->ack_pingpong) {
		/* a delayed ACK that nothing took along: wait longer next time */
		tp->ack_ato_ns = tcp_i64_min(tp->ack_ato_ns << 1, tp->rto_ns);
	} else {
		tp->ack_pingpong = 0;
		tp->ack_ato_ns = TCP_ATO_MIN;
	}
	mib_inc(tp->inet.sk.net, TcpExt_DelayedACKs);
	tcp_send_ack(tp);
}

static void fin_wait2_over(struct tcp_sock *tp)
{
	int64_t left;

	if (tp->linger2_s >= 0) {
		left = tcp_fin_time(tp) - TCP_TIMEWAIT_LEN;
		if (left > 0) {
			tcp_time_wait(tp, TCP_FIN_WAIT2, left);
			return;
		}
	}
	tcp_send_active_reset(tp);
	tcp_done(tp);
}

static void tcp_keepalive_timer(struct sim_timer *timer)
{
	struct tcp_sock *tp = container_of(timer, struct tcp_sock, keepalive_timer);
	int64_t elapsed, next = tcp_keepalive_time_when(tp), idle_since;
	uint32_t max = tp->keepalive_probes ? tp->keepalive_probes
					    : (uint32_t)tcp_ns(tp)->sysctl_tcp_keepalive_probes;

	tp->rx_cause = 0;
	if (tp->state == TCP_FIN_WAIT2 && tp->inet.sk.dead) {
		fin_wait2_over(tp);
		return;
	}
	if (!tp->inet.sk.keepalive ||
	    (TCPF(tp->state) & (TCPF(TCP_CLOSE) | TCPF(TCP_SYN_SENT) | TCPF(TCP_LISTEN))))
		return;
	idle_since = tcp_i64_max(tp->rcv_tstamp_ns, tp->ack_lrcvtime_ns);
	elapsed = tcp_now(tp) - idle_since;
	if (!tp->packets_out && list_empty(&tp->write_queue) && elapsed >= next) {
		if (tp->user_timeout_ms ? elapsed >= tp->user_timeout_ms * NSEC_PER_MSEC &&
						  tp->keepalive_probes_out > 0
					: tp->keepalive_probes_out >= max) {
			tcp_send_active_reset(tp);
			tcp_write_err(tp);
			return;
		}
		tcp_write_wakeup(tp);
		tp->keepalive_probes_out++;
		next = keepalive_intvl_when(tp);
	} else if (!tp->packets_out && list_empty(&tp->write_queue)) {
		next -= elapsed;
	}
	tcp_reset_keepalive_timer(tp, next);
}

/**
 * tcp_check_probe_timer() - Data waits and nothing is on its way: the window may have to be asked for
 * @tp: who sends
 */
void tcp_check_probe_timer(struct tcp_sock *tp)
{
	if (!tp->packets_out && tp->pending == TCP_TIME_NONE && !list_empty(&tp->write_queue) &&
	    tp->state != TCP_CLOSE)
		tcp_reset_xmit_timer(tp, TCP_TIME_PROBE0, tcp_i64_max(tp->rto_ns, TCP_RTO_MIN));
}

/**
 * tcp_init_xmit_timers() - Names the timers of a new socket
 * @tp: zeroed
 */
void tcp_init_xmit_timers(struct tcp_sock *tp)
{
	tp->rtx_timer = (struct sim_timer){ .fn = tcp_write_timer };
	tp->delack_timer = (struct sim_timer){ .fn = tcp_delack_timer };
	tp->keepalive_timer = (struct sim_timer){ .fn = tcp_keepalive_timer };
}

/**
 * tcp_clear_xmit_timers() - Nothing will happen any more
 * @tp: the socket
 */
void tcp_clear_xmit_timers(struct tcp_sock *tp)
{
	tcp_clear_xmit_timer(tp);
	sim_timer_del(tcp_sim(tp), &tp->delack_timer);
	sim_timer_del(tcp_sim(tp), &tp->keepalive_timer);
}
