/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ping_stat.c - what ping counts and how it prints it
 *
 * mirrors gather_statistics(), finish() and status() of iputils'
 * ping/ping_common.c
 */
#include "ping_stat.h"

#include "../lib/prog.h"

#include <limits.h>
#include <string.h>
#include <sys/time.h>

/* Adds one round trip of @us. */
static void add_time(struct ping *p, long us)
{
	p->tsum += (double)us;
	p->tsum2 += (double)us * (double)us;
	if (us < p->tmin)
		p->tmin = us;
	if (us > p->tmax)
		p->tmax = us;
	if (!p->rtt)
		p->rtt = (uint64_t)us * 8;
	else
		p->rtt += (uint64_t)us - p->rtt / 8;
	if (p->opt.adaptive)
		ping_update_interval(p);
}

static long trip_time(struct ping *p, const uint8_t *data, int64_t recv_us)
{
	struct timeval sent;
	int64_t us;

	memcpy(&sent, data, sizeof(sent));
	us = recv_us - (sent.tv_sec * INT64_C(1000000) + sent.tv_usec);
	if (us >= 0)
		return (long)us;
	prog_error(p->task, p->name, 0,
		   "Warning: time of day goes back (%ldus), taking countermeasures", (long)us);
	if (p->opt.latency)
		return 0;
	p->opt.latency = true;
	us = ping_gettimeofday_us(p) - (sent.tv_sec * INT64_C(1000000) + sent.tv_usec);
	return us < 0 ? 0 : (long)us;
}

static void print_time(struct ping *p, long us)
{
	if (us >= 100000 - 50)
		ng_printf(p->out, " time=%ld ms", (us + 500) / 1000);
	else if (us >= 10000 - 5)
		ng_printf(p->out, " time=%ld.%01ld ms", (us + 50) / 1000, (us + 50) % 1000 / 100);
	else if (us >= 1000)
		ng_printf(p->out, " time=%ld.%02ld ms", (us + 5) / 1000, (us + 5) % 1000 / 10);
	else
		ng_printf(p->out, " time=%ld.%03ld ms", us / 1000, us % 1000);
}

/* Compares what came back with what was sent, time stamp excepted. */
static void check_data(struct ping *p, const uint8_t *data)
{
	const uint8_t *sent = p->outpack + 8;
	int i, j;

	for (i = PING_TIMEVAL; i < p->datalen; i++) {
		if (data[i] == sent[i])
			continue;
		ng_printf(p->out, "\nwrong data byte #%d should be 0x%x but was 0x%x", i, sent[i],
			  data[i]);
		for (j = PING_TIMEVAL; j < p->datalen; j++) {
			if (j % 32 == PING_TIMEVAL)
				ng_printf(p->out, "\n#%d\t", j);
			ng_printf(p->out, "%x ", data[j]);
		}
		return;
	}
}

/**
 * ping_gather_statistics() - Count an echo reply and print its line, without the newline.
 * @p: the run
 * @icmp: the reply, from its ICMP header on
 * @cc: its length
 * @ttl: its time to live
 * @recv_us: when it came, microseconds since 1970
 * @from: who sent it, as to be printed
 * @wrong_source: it did not come from where the request went
 *
 * Return: true when the line is complete or there is none.
 */
bool ping_gather_statistics(struct ping *p, const uint8_t *icmp, int cc, int ttl, int64_t recv_us,
			    const char *from, bool wrong_source)
{
	const uint8_t *data = icmp + sizeof(struct icmphdr);
	struct icmphdr head;
	long triptime = 0;
	bool dup = false;
	uint16_t seq;

	memcpy(&head, icmp, sizeof(head));
	seq = be16_to_cpu(head.un.echo.sequence);
	p->nreceived++;
	ping_acknowledge(p, seq);
	if (p->timing && cc >= 8 + PING_TIMEVAL) {
		triptime = trip_time(p, data, recv_us);
		add_time(p, triptime);
	}
	if (ping_rcvd_test(p, seq)) {
		p->nrepeats++;
		p->nreceived--;
		dup = true;
	} else {
		ping_rcvd_set(p, seq);
	}
	if (p->opt.quiet)
		return true;
	if (p->opt.flood) {
		ng_puts(p->out, "\b \b");
		ng_flush(p->out);
		return false;
	}
	ping_print_timestamp(p);
	ng_printf(p->out, "%d bytes from %s: icmp_seq=%u", cc, from, seq);
	if (p->opt.verbose)
		ng_printf(p->out, " ident=%d", be16_to_cpu(head.un.echo.id));
	ng_printf(p->out, " ttl=%d", ttl);
	if (cc < p->datalen + 8) {
		ng_puts(p->out, " (truncated)\n");
		return true;
	}
	if (p->timing)
		print_time(p, triptime);
	if (dup && (!p->multicast || p->opt.verbose))
		ng_puts(p->out, " (DUP!)");
	if (wrong_source)
		ng_puts(p->out, " (DIFFERENT ADDRESS!)");
	check_data(p, data);
	return false;
}

static long llsqrt(long long a)
{
	long long prev = LLONG_MAX;
	long long x = a;

	while (x > 0 && x < prev) {
		prev = x;
		x = (x + a / x) / 2;
	}
	return (long)x;
}

static void print_rtt(struct ping *p)
{
	double total = (double)(p->nreceived + p->nrepeats);
	long avg = (long)(p->tsum / total);
	long long var;
	long dev;

	if (p->tsum < INT_MAX)
		var = (long long)((p->tsum2 - p->tsum * p->tsum / total) / total);
	else
		var = (long long)(p->tsum2 / total - (double)avg * (double)avg);
	dev = llsqrt(var);
	ng_printf(p->out, "rtt min/avg/max/mdev = %ld.%03ld/%ld.%03ld/%ld.%03ld/%ld.%03ld ms",
		  p->tmin / 1000, p->tmin % 1000, avg / 1000, avg % 1000, p->tmax / 1000,
		  p->tmax % 1000, dev / 1000, dev % 1000);
}

/**
 * ping_finish() - Print the statistics.
 * @p: the run
 *
 * Return: the exit status: 0 when something came back.
 */
int ping_finish(struct ping *p)
{
	int64_t ns = p->started ? p->cur_ns - p->start_ns : 0;
	const char *comma = "";

	if (p->opt.default_count)
		ng_puts(p->out, "^C");
	ng_putc(p->out, '\n');
	ng_flush(p->out);
	ng_printf(p->out, "--- %s ping statistics ---\n", p->hostname);
	ng_printf(p->out, "%ld packets transmitted, %ld received", p->ntransmitted, p->nreceived);
	if (p->nrepeats)
		ng_printf(p->out, ", +%ld duplicates", p->nrepeats);
	if (p->nchecksum)
		ng_printf(p->out, ", +%ld corrupted", p->nchecksum);
	if (p->nerrors)
		ng_printf(p->out, ", +%ld errors", p->nerrors);
	if (p->ntransmitted) {
		float loss = (float)((double)((p->ntransmitted - p->nreceived) * 100) /
				     (double)p->ntransmitted);

		ng_printf(p->out, ", %g%% packet loss, time %ldms", (double)loss,
			  (long)((ns + 500000) / NSEC_PER_MSEC));
	}
	ng_putc(p->out, '\n');
	if (p->nreceived && p->timing) {
		print_rtt(p);
		comma = ", ";
	}
	if (p->pipesize > 1) {
		ng_printf(p->out, "%spipe %d", comma, p->pipesize);
		comma = ", ";
	}
	if (p->nreceived && (!p->interval || p->opt.flood || p->opt.adaptive) &&
	    p->ntransmitted > 1) {
		int ipg = (int)(ns / 1000 / (p->ntransmitted - 1));
		int rtt = (int)p->rtt;

		ng_printf(p->out, "%sipg/ewma %d.%03d/%d.%03d ms", comma, ipg / 1000, ipg % 1000,
			  rtt / 8000, rtt / 8 % 1000);
	}
	ng_putc(p->out, '\n');
	return !p->nreceived || (p->deadline && p->nreceived < p->npackets);
}

/**
 * ping_status() - Print one line of figures on standard error, as SIGQUIT asks for.
 * @p: the run
 */
void ping_status(struct ping *p)
{
	struct ng_out *err = ng_stderr(p->task);
	long loss = p->ntransmitted ? (p->ntransmitted - p->nreceived) * 100 / p->ntransmitted : 0;

	ng_printf(err, "\r%ld/%ld packets, %ld%% loss", p->nreceived, p->ntransmitted, loss);
	if (p->nreceived && p->timing) {
		long avg = (long)(p->tsum / (double)(p->nreceived + p->nrepeats));
		int rtt = (int)p->rtt;

		ng_printf(err, ", min/avg/ewma/max = %ld.%03ld/%ld.%03ld/%d.%03d/%ld.%03ld ms",
			  p->tmin / 1000, p->tmin % 1000, avg / 1000, avg % 1000, rtt / 8000,
			  rtt / 8 % 1000, p->tmax / 1000, p->tmax % 1000);
	}
	ng_putc(err, '\n');
}
