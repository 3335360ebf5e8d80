/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp_sockopt.c - the IPPROTO_TCP options of a socket
 *
 * mirrors the options of net/ipv4/tcp.c
 *
 * CONTROL
 */
#include <asm/ioctls.h>
#include <linux/sockios.h>

#include "ipv4/fib.h"
#include "ipv4/tcp.h"

static int set_nodelay(struct tcp_sock *tp, int v)
{
	if (v) {
		tp->nonagle |= TCP_NAGLE_OFF;
		tp->rx_cause = 0;
		if (!list_empty(&tp->write_queue))
			tcp_write_xmit(tp, TCP_NAGLE_PUSH, 0);
	} else {
		tp->nonagle &= (uint8_t)~TCP_NAGLE_OFF;
	}
	return 0;
}

static int set_cork(struct tcp_sock *tp, int v)
{
	if (v) {
		tp->nonagle |= TCP_NAGLE_CORK;
		return 0;
	}
	tp->nonagle &= (uint8_t)~TCP_NAGLE_CORK;
	tp->rx_cause = 0;
	if (!list_empty(&tp->write_queue))
		tcp_push_pending_frames(tp);
	return 0;
}

static int set_keepidle(struct tcp_sock *tp, int v)
{
	if (v < 1 || v > 32767)
		return -EINVAL;
	tp->keepalive_time_s = v;
	if (tp->inet.sk.keepalive && !(TCPF(tp->state) & (TCPF(TCP_CLOSE) | TCPF(TCP_LISTEN)))) {
		int64_t idle = tcp_now(tp) - tcp_i64_max(tp->rcv_tstamp_ns, tp->ack_lrcvtime_ns);

		tcp_reset_keepalive_timer(tp, tcp_i64_max(v * NSEC_PER_SEC - idle, 0));
	}
	return 0;
}

static int set_quickack(struct tcp_sock *tp, int v)
{
	tp->ack_pingpong = v ? 0 : (uint8_t)tcp_ns(tp)->sysctl_tcp_pingpong_thresh;
	if (v && (tp->ack_pending & ACK_SCHED) && tp->state != TCP_LISTEN) {
		tp->rx_cause = 0;
		tcp_send_ack(tp);
	}
	return 0;
}

static int set_ranged(struct tcp_sock *tp, int name, int v)
{
	switch (name) {
	case TCP_MAXSEG:
		if (v && (v < (int)TCP_MIN_MSS || v > (int)TCP_MAX_WINDOW))
			return -EINVAL;
		tp->user_mss = (uint32_t)v;
		return 0;
	case TCP_KEEPINTVL:
		if (v < 1 || v > 32767)
			return -EINVAL;
		tp->keepalive_intvl_s = v;
		return 0;
	case TCP_KEEPCNT:
		if (v < 1 || v > 127)
			return -EINVAL;
		tp->keepalive_probes = (uint32_t)v;
		return 0;
	case TCP_SYNCNT:
		if (v < 1 || v > 127)
			return -EINVAL;
		tp->syn_retries = (uint8_t)v;
		return 0;
	case TCP_LINGER2:
		tp->linger2_s = v < 0 ? -1 : v > 120 ? 120 : v;
		return 0;
	case TCP_USER_TIMEOUT:
		if (v < 0)
			return -EINVAL;
		tp->user_timeout_ms = (uint32_t)v;
		return 0;
	}
	return -ENOPROTOOPT;
}

static int set_congestion_control(struct tcp_sock *tp, const char *name, uint32_t len)
{
	size_t n = 0;
	int ca;

	while (n < len && name[n])
		n++;
	if (tp->ca_dst_locked)
		return -EPERM;
	ca = tcp_ca_find(name, n);
	if (ca < 0)
		return ca;
	tp->ca_setsockopt = true;
	tp->ca = (uint8_t)ca;
	tcp_ca_reset(tp);
	return 0;
}

/**
 * tcp_setsockopt() - Sets an option
 * @sk: the socket
 * @level: SOL_*
 * @name: of the level
 * @val: the value
 * @len: its bytes
 *
 * Return: 0, -EINVAL or -ENOPROTOOPT.
 */
int tcp_setsockopt(struct sock *sk, int level, int name, const void *val, uint32_t len)
{
	struct tcp_sock *tp = tcp_sk(sk);
	int v;

	if (level == SOL_SOCKET && name == SO_OOBINLINE && len >= sizeof(v)) {
		memcpy(&v, val, sizeof(v));
		tp->urginline = v;
		return 0;
	}
	if (level != IPPROTO_TCP)
		return inet_setsockopt(sk, level, name, val, len);
	if (name == TCP_CONGESTION)
		return set_congestion_control(tp, val, len);
	if (len < sizeof(v))
		return -EINVAL;
	memcpy(&v, val, sizeof(v));
	switch (name) {
	case TCP_NODELAY:
		return set_nodelay(tp, v);
	case TCP_CORK:
		return set_cork(tp, v);
	case TCP_KEEPIDLE:
		return set_keepidle(tp, v);
	case TCP_QUICKACK:
		return set_quickack(tp, v);
	}
	return set_ranged(tp, name, v);
}

static uint32_t us(int64_t ns)
{
	return (uint32_t)(ns / 1000);
}

/* What fq would be told; without it nobody paces CUBIC or Reno. As tcp_update_pacing_rate() */
static uint64_t pacing_rate(const struct tcp_sock *tp)
{
	int ratio = tp->snd_cwnd < tp->snd_ssthresh / 2 ? tcp_ns(tp)->sysctl_tcp_pacing_ss_ratio
							: tcp_ns(tp)->sysctl_tcp_pacing_ca_ratio;
	uint64_t rate = (uint64_t)tp->mss_cache * (uint64_t)ratio *
			tcp_u32_max(tp->snd_cwnd, tp->packets_out) * (NSEC_PER_SEC / 100);

	if (!tp->inet.connected)
		return UINT64_MAX;
	return tp->srtt_ns ? rate / (uint64_t)tp->srtt_ns : rate / 1000;
}

/**
 * tcp_get_info() - TCP_INFO, and what ss -i shows
 * @tp: the socket
 * @info: filled
 */
void tcp_get_info(const struct tcp_sock *tp, struct tcp_info *info)
{
	int64_t now = tcp_now(tp);

	memset(info, 0, sizeof(*info));
	info->tcpi_state = tp->state;
	info->tcpi_ca_state = (uint8_t)tp->ca_state;
	info->tcpi_retransmits = tp->retransmits;
	info->tcpi_probes = tp->probes_out;
	info->tcpi_backoff = tp->backoff;
	info->tcpi_options = (uint8_t)((tp->tstamp_ok ? TCPI_OPT_TIMESTAMPS : 0) |
				       (tp->sack_ok ? TCPI_OPT_SACK : 0) |
				       (tp->wscale_ok ? TCPI_OPT_WSCALE : 0) |
				       (tp->ecn_flags & TCP_ECN_OK ? TCPI_OPT_ECN : 0) |
				       (tp->ecn_flags & TCP_ECN_SEEN ? TCPI_OPT_ECN_SEEN : 0));
	info->tcpi_snd_wscale = tp->snd_wscale & 0xf;
	info->tcpi_rcv_wscale = tp->rcv_wscale & 0xf;
	info->tcpi_snd_cwnd = tp->snd_cwnd;
	info->tcpi_reordering = tp->reordering;
	info->tcpi_delivered = tp->delivered;
	info->tcpi_delivered_ce = tp->delivered_ce;
	info->tcpi_dsack_dups = tp->dsack_dups;
	info->tcpi_reord_seen = tp->reord_seen;
	info->tcpi_rcv_ooopack = tp->rcv_ooopack;
	info->tcpi_bytes_retrans = tp->bytes_retrans;
	info->tcpi_data_segs_in = tp->data_segs_in;
	info->tcpi_data_segs_out = tp->data_segs_out;
	info->tcpi_max_pacing_rate = UINT64_MAX;
	info->tcpi_delivery_rate_app_limited = tp->rate_app_limited;
	if (tp->rate_delivered && tp->rate_interval_ns)
		info->tcpi_delivery_rate = (uint64_t)tp->rate_delivered * tp->mss_cache *
					   NSEC_PER_SEC / (uint64_t)tp->rate_interval_ns;
	info->tcpi_pacing_rate = pacing_rate(tp);
	info->tcpi_total_retrans = tp->total_retrans;
	if (tp->state == TCP_LISTEN) {
		info->tcpi_unacked = tp->accept_backlog;
		info->tcpi_sacked = tp->max_ack_backlog;
		return;
	}
	info->tcpi_rto = us(tp->rto_ns);
	info->tcpi_ato = us(tp->ack_ato_ns);
	info->tcpi_snd_mss = tp->mss_cache;
	info->tcpi_rcv_mss = tp->rcv_mss;
	info->tcpi_unacked = tp->packets_out;
	info->tcpi_sacked = tp->sacked_out;
	info->tcpi_lost = tp->lost_out;
	info->tcpi_retrans = tp->retrans_out;
	info->tcpi_last_data_sent = (uint32_t)((now - tp->lsndtime_ns) / NSEC_PER_MSEC);
	info->tcpi_last_data_recv = (uint32_t)((now - tp->ack_lrcvtime_ns) / NSEC_PER_MSEC);
	info->tcpi_last_ack_recv = (uint32_t)((now - tp->rcv_tstamp_ns) / NSEC_PER_MSEC);
	info->tcpi_pmtu = tp->pmtu;
	info->tcpi_rcv_ssthresh = tp->rcv_ssthresh;
	info->tcpi_rtt = us(tp->srtt_ns);
	info->tcpi_rttvar = us(tp->mdev_ns / 4);
	info->tcpi_snd_ssthresh = tp->snd_ssthresh;
	info->tcpi_advmss = tp->advmss;
	info->tcpi_rcv_rtt = us(tp->rcv_rtt_ns);
	info->tcpi_rcv_space = tp->rcvq_space.space;
	info->tcpi_notsent_bytes =
		after(tp->write_seq, tp->snd_nxt) ? tp->write_seq - tp->snd_nxt : 0;
	info->tcpi_bytes_acked = tp->bytes_acked;
	info->tcpi_bytes_received = tp->bytes_received;
	info->tcpi_segs_out = tp->segs_out;
	info->tcpi_segs_in = tp->segs_in;
	info->tcpi_min_rtt = us(tp->min_rtt_ns);
	info->tcpi_bytes_sent = tp->bytes_sent;
	info->tcpi_snd_wnd = tp->snd_wnd;
	tcp_chrono_info(tp, info);
}

/* Options that are one number; -1: none of them. */
static int get_number(struct tcp_sock *tp, int name)
{
	switch (name) {
	case TCP_MAXSEG:
		if (tp->user_mss && (TCPF(tp->state) & (TCPF(TCP_CLOSE) | TCPF(TCP_LISTEN))))
			return (int)tp->user_mss;
		return (int)tp->mss_cache;
	case TCP_NODELAY:
		return !!(tp->nonagle & TCP_NAGLE_OFF);
	case TCP_CORK:
		return !!(tp->nonagle & TCP_NAGLE_CORK);
	case TCP_KEEPIDLE:
		return (int)(tcp_keepalive_time_when(tp) / NSEC_PER_SEC);
	case TCP_KEEPINTVL:
		return tp->keepalive_intvl_s ? tp->keepalive_intvl_s
					     : tcp_ns(tp)->sysctl_tcp_keepalive_intvl;
	case TCP_KEEPCNT:
		return tp->keepalive_probes ? (int)tp->keepalive_probes
					    : tcp_ns(tp)->sysctl_tcp_keepalive_probes;
	case TCP_SYNCNT:
		return tp->syn_retries ? tp->syn_retries : tcp_ns(tp)->sysctl_tcp_syn_retries;
	case TCP_QUICKACK:
		return !tcp_in_pingpong(tp);
	case TCP_USER_TIMEOUT:
		return (int)tp->user_timeout_ms;
	}
	return -1;
}

/**
 * tcp_getsockopt() - Reads an option
 * @sk: the socket
 * @level: SOL_*
 * @name: of the level
 * @val: where to
 * @len: room; set to what was written
 *
 * Return: 0 or -ENOPROTOOPT.
 */
int tcp_getsockopt(struct sock *sk, int level, int name, void *val, uint32_t *len)
{
	struct tcp_sock *tp = tcp_sk(sk);
	struct tcp_info info;
	int v;

	if (level == SOL_SOCKET && name == SO_OOBINLINE)
		return getsockopt_int(val, len, tp->urginline);
	if (level != IPPROTO_TCP)
		return inet_getsockopt(sk, level, name, val, len);
	if (name == TCP_INFO) {
		tcp_get_info(tp, &info);
		*len = tcp_u32_min(*len, sizeof(info));
		memcpy(val, &info, *len);
		return 0;
	}
	if (name == TCP_CONGESTION) {
		char ca[16] = "";

		memcpy(ca, tcp_ca_name(tp), strlen(tcp_ca_name(tp)));
		*len = tcp_u32_min(*len, sizeof(ca));
		memcpy(val, ca, *len);
		return 0;
	}
	if (name == TCP_LINGER2) {
		v = tp->linger2_s ? tp->linger2_s : tcp_ns(tp)->sysctl_tcp_fin_timeout;
		return getsockopt_int(val, len, v);
	}
	v = get_number(tp, name);
	return v < 0 ? -ENOPROTOOPT : getsockopt_int(val, len, v);
}

/**
 * tcp_ioctl() - SIOCINQ, SIOCOUTQ
 * @task: who asks
 * @sk: the socket
 * @request: which
 * @arg: an int
 *
 * Return: 0, -EINVAL, or -ENOTTY: dev_ioctl() may know it.
 */
int tcp_ioctl(struct ng_task *task, struct sock *sk, unsigned long request, void *arg)
{
	const struct tcp_sock *tp = tcp_sk(sk);
	int v;

	(void)task;
	if (request != SIOCINQ && request != SIOCOUTQ)
		return -ENOTTY;
	if (tp->state == TCP_LISTEN)
		return -EINVAL;
	if (request == SIOCINQ)
		v = (int)sk->receive_queue.bytes;
	else
		v = TCPF(tp->state) & (TCPF(TCP_SYN_SENT) | TCPF(TCP_SYN_RECV))
			    ? 0
			    : (int)(tp->write_seq - tp->snd_una);
	memcpy(arg, &v, sizeof(v));
	return 0;
}
