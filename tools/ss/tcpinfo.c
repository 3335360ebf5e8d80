/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcpinfo.c - ss -i: what TCP knows of a connection
 *
 * mirrors tcp_show_info() and tcp_stats_print() in misc/ss.c of iproute2 6.1
 */
#include "ss.h"

#include <linux/tcp.h>
#include <stdio.h>

static const char *bandwidth(const struct ss *s, char *buf, size_t size, double bw)
{
	if (s->numeric)
		snprintf(buf, size, "%.0f", bw);
	else if (bw > 1000000.0)
		snprintf(buf, size, "%.1fM", bw / 1000000.0);
	else if (bw > 1000.0)
		snprintf(buf, size, "%.1fK", bw / 1000.0);
	else
		snprintf(buf, size, "%g", bw);
	return buf;
}

/* a number that is shown when it is not 0 */
static void num(struct ss *s, const char *name, unsigned long long v)
{
	if (v)
		ss_out(s, " %s:%llu", name, v);
}

static void print_options(struct ss *s, const struct tcp_info *i, const char *cong)
{
	if (s->timers) {
		if (i->tcpi_options & TCPI_OPT_TIMESTAMPS)
			ss_out(s, " ts");
		if (i->tcpi_options & TCPI_OPT_SACK)
			ss_out(s, " sack");
		if (i->tcpi_options & TCPI_OPT_ECN)
			ss_out(s, " ecn");
	}
	if (cong && *cong)
		ss_out(s, " %s", cong);
	if (i->tcpi_options & TCPI_OPT_WSCALE)
		ss_out(s, " wscale:%d,%d", i->tcpi_snd_wscale, i->tcpi_rcv_wscale);
}

static void print_times(struct ss *s, const struct tcp_info *i)
{
	/* 3 s was the first time-out once: the kernel's way to say that none was measured */
	if (i->tcpi_rto && i->tcpi_rto != 3000000)
		ss_out(s, " rto:%g", (double)i->tcpi_rto / 1000);
	num(s, "backoff", i->tcpi_backoff);
	if (i->tcpi_rtt)
		ss_out(s, " rtt:%g/%g", (double)i->tcpi_rtt / 1000, (double)i->tcpi_rttvar / 1000);
	if (i->tcpi_ato)
		ss_out(s, " ato:%g", (double)i->tcpi_ato / 1000);
}

static void print_counts(struct ss *s, const struct tcp_info *i)
{
	num(s, "mss", i->tcpi_snd_mss);
	num(s, "pmtu", i->tcpi_pmtu);
	num(s, "rcvmss", i->tcpi_rcv_mss);
	num(s, "advmss", i->tcpi_advmss);
	num(s, "cwnd", i->tcpi_snd_cwnd);
	if (i->tcpi_snd_ssthresh < 0xffff)
		num(s, "ssthresh", i->tcpi_snd_ssthresh);
	num(s, "bytes_sent", i->tcpi_bytes_sent);
	num(s, "bytes_retrans", i->tcpi_bytes_retrans);
	num(s, "bytes_acked", i->tcpi_bytes_acked);
	num(s, "bytes_received", i->tcpi_bytes_received);
	num(s, "segs_out", i->tcpi_segs_out);
	num(s, "segs_in", i->tcpi_segs_in);
	num(s, "data_segs_out", i->tcpi_data_segs_out);
	num(s, "data_segs_in", i->tcpi_data_segs_in);
}

/* for how much of the busy time sending waited for the other side's window, or for room */
static void limited(struct ss *s, const char *what, uint64_t us, uint64_t busy)
{
	if (us)
		ss_out(s, " %s_limited:%llums(%.1f%%)", what, (unsigned long long)us / 1000,
		       100.0 * (double)us / (double)busy);
}

static void print_rates(struct ss *s, const struct tcp_info *i)
{
	double rtt = i->tcpi_rtt, bps = 0;
	char buf[32];

	if (i->tcpi_rtt > 0 && i->tcpi_snd_mss && i->tcpi_snd_cwnd)
		bps = (double)i->tcpi_snd_cwnd * (double)i->tcpi_snd_mss * 8000000.0 / rtt;
	if (bps > 0)
		ss_out(s, " send %sbps", bandwidth(s, buf, sizeof(buf), bps));
	num(s, "lastsnd", i->tcpi_last_data_sent);
	num(s, "lastrcv", i->tcpi_last_data_recv);
	num(s, "lastack", i->tcpi_last_ack_recv);
	if (i->tcpi_pacing_rate && i->tcpi_pacing_rate != UINT64_MAX)
		ss_out(s, " pacing_rate %sbps",
		       bandwidth(s, buf, sizeof(buf), (double)i->tcpi_pacing_rate * 8));
	if (i->tcpi_delivery_rate)
		ss_out(s, " delivery_rate %sbps",
		       bandwidth(s, buf, sizeof(buf), (double)i->tcpi_delivery_rate * 8));
	num(s, "delivered", i->tcpi_delivered);
	if (i->tcpi_delivery_rate_app_limited)
		ss_out(s, " app_limited");
	if (!i->tcpi_busy_time)
		return;
	ss_out(s, " busy:%llums", (unsigned long long)i->tcpi_busy_time / 1000);
	limited(s, "rwnd", i->tcpi_rwnd_limited, i->tcpi_busy_time);
	limited(s, "sndbuf", i->tcpi_sndbuf_limited, i->tcpi_busy_time);
}

static void print_losses(struct ss *s, const struct tcp_info *i)
{
	if (i->tcpi_state != SS_LISTEN)
		num(s, "unacked", i->tcpi_unacked);
	if (i->tcpi_retrans || i->tcpi_total_retrans)
		ss_out(s, " retrans:%u/%u", i->tcpi_retrans, i->tcpi_total_retrans);
	num(s, "lost", i->tcpi_lost);
	if (i->tcpi_state != SS_LISTEN)
		num(s, "sacked", i->tcpi_sacked);
	num(s, "dsack_dups", i->tcpi_dsack_dups);
	if (i->tcpi_reordering != 3)
		num(s, "reordering", i->tcpi_reordering);
	num(s, "reord_seen", i->tcpi_reord_seen);
	if (i->tcpi_rcv_rtt)
		ss_out(s, " rcv_rtt:%g", (double)i->tcpi_rcv_rtt / 1000);
	num(s, "rcv_space", i->tcpi_rcv_space);
	num(s, "rcv_ssthresh", i->tcpi_rcv_ssthresh);
	num(s, "notsent", i->tcpi_notsent_bytes);
	if (i->tcpi_min_rtt && i->tcpi_min_rtt != ~0U)
		ss_out(s, " minrtt:%g", (double)i->tcpi_min_rtt / 1000);
	num(s, "rcv_ooopack", i->tcpi_rcv_ooopack);
	num(s, "snd_wnd", i->tcpi_snd_wnd);
}

/**
 * ss_print_tcp_info() - The second line of ss -i
 * @s: the run
 * @info: of the kernel
 * @cong: its congestion control
 */
void ss_print_tcp_info(struct ss *s, const struct tcp_info *info, const char *cong)
{
	print_options(s, info, cong);
	print_times(s, info);
	print_counts(s, info);
	print_rates(s, info);
	print_losses(s, info);
}
