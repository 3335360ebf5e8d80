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

#define TCP_THIN_LINEAR_RETRIES 6

static struct sim *tcp_sim(const struct tcp_sock *tp)
{
	return &tp->inet.sk.world->sim;
}

/**
 * tcp_wheel() - When a timer fires
 * @now: that is set now
 * @len_ns: for so long
 *
 * The kernel's wheel (HZ = 250) has coarser slots for later times and never fires early, so one of a
 * second comes up to 32 ms late, one of 10 s up to 256 ms. As calc_wheel_index().
 *
 * Return: ns.
 */
int64_t tcp_wheel(int64_t now, int64_t len_ns)
{
	int64_t ticks = (len_ns + TCP_TICK - 1) / TCP_TICK;
	unsigned int shift = 0;

	while (shift < 24 && ticks >= INT64_C(63) << shift)
		shift += 3;
	return ((((now / TCP_TICK + ticks) >> shift) + 1) << shift) * TCP_TICK;
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
	sim_timer_mod_newest(tcp_sim(tp), &tp->rtx_timer,
			     tcp_wheel(tcp_now(tp), tcp_i64_min(when_ns, tcp_rto_max(tp))));
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
	sim_timer_mod_newest(tcp_sim(tp), &tp->keepalive_timer, tcp_wheel(tcp_now(tp), len_ns));
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
	mib_inc(tp->inet.sk.net, TcpExt_TCPAbortOnTimeout);
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
	const bool syn = TCPF(tp->state) & (TCPF(TCP_SYN_SENT) | TCPF(TCP_SYN_RECV));
	const int64_t base = syn ? TCP_TIMEOUT_INIT : 200 * NSEC_PER_MSEC; /* TCP_RTO_MIN */
	int64_t timeout, linear = 0, max = tcp_rto_max(tp);

	if (!tp->retransmits)
		return false;
	while (base << (linear + 1) <= max)
		linear++;
	if ((int64_t)boundary <= linear)
		timeout = ((INT64_C(2) << boundary) - 1) * base;
	else
		timeout = ((INT64_C(2) << linear) - 1) * base + ((int64_t)boundary - linear) * max;
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
	bool expired = false;
	unsigned int until;

	if (TCPF(tp->state) & (TCPF(TCP_SYN_SENT) | TCPF(TCP_SYN_RECV))) {
		until = tp->syn_retries ? tp->syn_retries
					: (unsigned int)ipv4->sysctl_tcp_syn_retries;
		if (tp->state == TCP_SYN_SENT)
			expired = tp->retransmits >=
				  until + (unsigned int)ipv4->sysctl_tcp_syn_linear_timeouts;
		else
			expired = tp->retransmits >= until;
	} else {
		until = (unsigned int)ipv4->sysctl_tcp_retries2;
		if (tp->inet.sk.dead)
			until = orphan_retries(tp, tp->rto_ns < tcp_rto_max(tp));
	}
	if (!expired)
		expired = tp->user_timeout_ms
				  ? tp->retransmits && elapsed_since_first(tp) >=
							       tp->user_timeout_ms * NSEC_PER_MSEC
				  : retransmits_timed_out(tp, until);
	if (expired)
		tcp_write_err(tp);
	return expired;
}

/* a first time-out: what had been tried before it */
static void count_failure(struct tcp_sock *tp)
{
	struct net *net = tp->inet.sk.net;

	if (tp->ca_state == TCP_CA_Recovery && tp->sack_ok)
		mib_inc(net, TcpExt_TCPSackRecoveryFail);
	else if (tp->ca_state == TCP_CA_Recovery)
		mib_inc(net, TcpExt_TCPRenoRecoveryFail);
	else if (tp->ca_state == TCP_CA_Loss)
		mib_inc(net, TcpExt_TCPLossFailures);
	else if (tp->ca_state != TCP_CA_Disorder && !tp->sacked_out)
		return;
	else if (tp->sack_ok)
		mib_inc(net, TcpExt_TCPSackFailures);
	else
		mib_inc(net, TcpExt_TCPRenoFailures);
}

/* few segments, which no three duplicates can tell of */
static bool stream_is_thin(const struct tcp_sock *tp)
{
	return tp->packets_out < 4 && tp->snd_ssthresh < TCP_INFINITE_SSTHRESH
		       ? !tcp_in_slow_start(tp)
		       : false;
}

/* the next time-out: twice this one, but not for thin streams and the first SYNs */
static void back_off(struct tcp_sock *tp)
{
	const struct netns_ipv4 *ipv4 = tcp_ns(tp);

	if (tp->state == TCP_ESTABLISHED && ipv4->sysctl_tcp_thin_linear_timeouts &&
	    stream_is_thin(tp) && tp->retransmits <= TCP_THIN_LINEAR_RETRIES) {
		tp->backoff = 0;
		tp->rto_ns = tcp_i64_min(tcp_ticks(tp->srtt_ns + tp->rttvar_ns), tcp_rto_max(tp));
	} else if (tp->state != TCP_SYN_SENT ||
		   tp->retransmits > ipv4->sysctl_tcp_syn_linear_timeouts) {
		tp->backoff++;
		tp->rto_ns = tcp_i64_min(tp->rto_ns << 1, tcp_rto_max(tp));
	}
}

/* not beyond TCP_USER_TIMEOUT */
static int64_t rto_to_user_timeout(const struct tcp_sock *tp)
{
	int64_t left = tp->user_timeout_ms * NSEC_PER_MSEC - elapsed_since_first(tp);

	if (!tp->user_timeout_ms)
		return tp->rto_ns;
	return left <= 0 ? NSEC_PER_MSEC : tcp_i64_min(tp->rto_ns, left);
}

/* the peer shut its window behind data of ours: it may do so for as long as it answers */
static bool rtx_probe0_timed_out(const struct tcp_sock *tp, const struct tcp_skb_cb *cb)
{
	int64_t max = 2 * tcp_rto_max(tp);
	int64_t since = tp->retrans_stamp_ns ? tp->retrans_stamp_ns : cb->when_ns;

	if (tp->user_timeout_ms)
		max = tp->user_timeout_ms * NSEC_PER_MSEC;
	return tcp_now(tp) - tp->rcv_tstamp_ns > max && tcp_now(tp) - since > max;
}

static void tcp_retransmit_timer(struct tcp_sock *tp)
{
	struct sk_buff *skb = tcp_queue_head(&tp->rtx_queue);

	if (!tp->packets_out || !skb)
		return;
	if (!tp->snd_wnd && !tp->inet.sk.dead &&
	    !(TCPF(tp->state) & (TCPF(TCP_SYN_SENT) | TCPF(TCP_SYN_RECV)))) {
		if (rtx_probe0_timed_out(tp, TCP_SKB_CB(skb))) {
			tcp_write_err(tp);
			return;
		}
		tcp_enter_loss(tp);
		tcp_retransmit_skb(tp, skb);
		goto out_reset_timer;
	}
	mib_inc(tp->inet.sk.net, TcpExt_TCPTimeouts);
	if (tcp_write_timeout(tp))
		return;
	mib_inc(tp->inet.sk.net, TcpExt_TcpTimeoutRehash); /* perhaps another path is better */
	if (!tp->retransmits)
		count_failure(tp);
	tcp_enter_loss(tp);
	tp->retransmits++;
	tcp_retransmit_skb(tp, tcp_queue_head(&tp->rtx_queue));
out_reset_timer:
	back_off(tp);
	tcp_reset_xmit_timer(tp, TCP_TIME_RETRANS, rto_to_user_timeout(tp));
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
		bool alive = (tp->rto_ns << tcp_u32_min(tp->backoff, 16)) < tcp_rto_max(tp);

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
	if (!tcp_in_pingpong(tp)) {
		/* a delayed ACK that nothing took along: wait longer next time */
		tp->ack_ato_ns = tcp_i64_min(tp->ack_ato_ns << 1, tp->rto_ns);
	} else {
		tp->ack_pingpong = 0;
		tp->ack_ato_ns = TCP_ATO_MIN;
	}
	mib_inc(tp->inet.sk.net, TcpExt_DelayedACKs);
	tcp_send_ack(tp);
}

static void tcp_compressed_ack_timer(struct sim_timer *timer)
{
	struct tcp_sock *tp = container_of(timer, struct tcp_sock, compressed_ack_timer);

	tp->rx_cause = 0;
	if (tp->compressed_ack) {
		/* this one counts not as compressed */
		tp->compressed_ack--;
		tcp_send_ack(tp);
	}
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
		tcp_write_wakeup(tp, MIB_TcpExt_TCPKeepAlive);
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
		tcp_reset_xmit_timer(tp, TCP_TIME_PROBE0, tcp_i64_max(tp->rto_ns, tcp_rto_min(tp)));
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
	tp->compressed_ack_timer = (struct sim_timer){ .fn = tcp_compressed_ack_timer };
}

/**
 * tcp_clear_xmit_timers() - Nothing will happen any more
 * @tp: the socket
 */
void tcp_clear_xmit_timers(struct tcp_sock *tp)
{
	tcp_clear_xmit_timer(tp);
	sim_timer_del(tcp_sim(tp), &tp->delack_timer);
	sim_timer_del(tcp_sim(tp), &tp->compressed_ack_timer);
	sim_timer_del(tcp_sim(tp), &tp->keepalive_timer);
}
