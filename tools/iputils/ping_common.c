/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ping_common.c - ping's clock: when to send, when to listen, when to stop
 *
 * mirrors iputils' ping/ping_common.c
 *
 * ping_main_loop()
 *   pinger()                      a probe if one is due
 *     ping4_send_probe()
 *   schedule_exit()               the linger time, once the last probe is out
 *   wait_readable()
 *   receive_all()
 *     ping4_parse_reply()
 *     ping4_receive_error_msg()
 *
 * Unlike iputils: where it spins until a probe is due this sleeps until then.
 */
#include "ping.h"
#include "ping_stat.h"

#include "../lib/prog.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <linux/sockios.h>
#include <netglass/syscall.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <sys/uio.h>

static int schint(int ms)
{
	return ms <= PING_MIN_INTERVAL ? PING_MIN_INTERVAL : ms;
}

/**
 * ping_gettimeofday_us() - What gettimeofday() says.
 * @p: the run
 *
 * Return: microseconds since 1970.
 */
int64_t ping_gettimeofday_us(struct ping *p)
{
	return ng_sys_clock_realtime(p->task) / NSEC_PER_USEC;
}

/**
 * ping_print_timestamp() - Print the time, for -D.
 * @p: the run
 */
void ping_print_timestamp(struct ping *p)
{
	int64_t us;

	if (!p->opt.ptimeofday)
		return;
	us = ping_gettimeofday_us(p);
	ng_printf(p->out, "[%lu.%06lu] ", (unsigned long)(us / 1000000),
		  (unsigned long)(us % 1000000));
}

static int in_flight(const struct ping *p)
{
	uint16_t diff = (uint16_t)(p->ntransmitted - p->acked);

	return diff <= 0x7fff ? diff : (int)(p->ntransmitted - p->nreceived - p->nerrors);
}

/**
 * ping_acknowledge() - Note that a probe was answered, by a reply or an error.
 * @p: the run
 * @seq: its sequence number
 */
void ping_acknowledge(struct ping *p, uint16_t seq)
{
	uint16_t diff = (uint16_t)(p->ntransmitted - seq);

	if (diff > 0x7fff)
		return;
	if (diff + 1 > p->pipesize)
		p->pipesize = diff + 1;
	if ((int16_t)(seq - p->acked) > 0 || (uint16_t)(p->ntransmitted - p->acked) > 0x7fff)
		p->acked = seq;
}

static void advance_ntransmitted(struct ping *p)
{
	p->ntransmitted++;
	if ((uint16_t)(p->ntransmitted - p->acked) > 0x7fff)
		p->acked = (uint16_t)(p->ntransmitted + 1);
}

/**
 * ping_update_interval() - Make the interval the round trip time, for -A.
 * @p: the run
 */
void ping_update_interval(struct ping *p)
{
	long est = p->rtt ? (long)(p->rtt / 8) : (long)p->interval * 1000;

	p->interval = (int)((est + p->rtt_addend + 500) / 1000);
}

/* No buffer for the packet: true when another try is worth while after *ret_next ms. */
static bool out_of_buffers(struct ping *p, int *ret_next)
{
	int wait;

	p->tokens = 0;
	p->rtt_addend += p->rtt < 8 * 50000 ? (long)(p->rtt / 8) : 50000;
	if (p->opt.adaptive)
		ping_update_interval(p);
	wait = schint(p->interval / 2);
	if (wait > 500)
		wait = 500;
	p->oom_count++;
	*ret_next = wait;
	return p->oom_count * wait < p->linger_ms;
}

/* sendto() failed with @err: ms until the next try, or -1 to try again now. */
static int send_failed(struct ping *p, int err)
{
	int next;
	int reported = 0;

	if (err == ENOBUFS || err == ENOMEM) {
		if (out_of_buffers(p, &next))
			return next;
	} else if (err == EAGAIN) {
		p->tokens += p->interval;
		return PING_MIN_INTERVAL;
	} else {
		reported = ping4_receive_error_msg(p, &err);
		if (reported > 0)
			reported = 0;
		else if (!err)
			return -1;
	}
	advance_ntransmitted(p);
	if (reported == 0 && !p->opt.quiet) {
		if (p->opt.flood) {
			ng_putc(p->out, 'E');
			ng_flush(p->out);
		} else {
			prog_error(p->task, p->name, err, "sendmsg");
		}
	}
	p->tokens = 0;
	return schint(p->interval);
}

/* Is a probe due? Keeps the rate: 0, or the ms to wait. */
static int rate_limit(struct ping *p)
{
	int64_t now;
	long ntokens, most;

	now = ng_sys_clock_monotonic(p->task);
	if (!p->started) {
		p->started = true;
		p->cur_ns = now;
		p->tokens = p->interval * (p->preload - 1);
		return 0;
	}
	ntokens = (long)((now - p->cur_ns) / NSEC_PER_MSEC);
	if (!p->interval && ntokens < PING_MIN_INTERVAL && in_flight(p) >= p->preload)
		return (int)(PING_MIN_INTERVAL - ntokens);
	ntokens += p->tokens;
	most = (long)p->interval * p->preload;
	if (ntokens > most)
		ntokens = most;
	if (ntokens < p->interval)
		return (int)(p->interval - ntokens);
	p->cur_ns = now;
	p->tokens = (int)(ntokens - p->interval);
	return 0;
}

/* Sends a probe if one is due; ms until the next one. */
static int pinger(struct ping *p)
{
	int err;
	int next;

	if (p->exiting || (p->npackets && p->ntransmitted >= p->npackets && !p->deadline))
		return 1000;
	next = rate_limit(p);
	if (next)
		return next;
	if (p->opt.outstanding && p->ntransmitted > 0 &&
	    !ping_rcvd_test(p, (uint16_t)p->ntransmitted)) {
		ping_print_timestamp(p);
		ng_printf(p->out, "no answer yet for icmp_seq=%lu\n",
			  (unsigned long)p->ntransmitted % PING_SEQS);
		ng_flush(p->out);
	}
	do {
		err = ping4_send_probe(p);
		if (!err)
			break;
		next = send_failed(p, err);
		if (next >= 0)
			return next;
	} while (true);

	p->oom_count = 0;
	advance_ntransmitted(p);
	if (!p->opt.quiet && p->opt.flood &&
	    (p->pipesize < PING_SCREEN || in_flight(p) < PING_SCREEN)) {
		ng_putc(p->out, '.');
		ng_flush(p->out);
	}
	return p->interval - p->tokens;
}

/* After the last probe: how long a reply is waited for. */
static int schedule_exit(struct ping *p, int next)
{
	if (!p->npackets || p->ntransmitted < p->npackets || p->deadline || p->waittime_us)
		return next;
	if (p->nreceived) {
		p->waittime_us = 2 * (unsigned long)p->tmax;
		if (p->waittime_us < 1000 * (unsigned long)p->interval)
			p->waittime_us = 1000 * (unsigned long)p->interval;
	} else {
		p->waittime_us = (unsigned long)p->linger_ms * 1000;
	}
	if (next < 0 || (unsigned long)next < p->waittime_us / 1000)
		next = (int)(p->waittime_us / 1000);
	ng_sys_setitimer(p->task, (int64_t)p->waittime_us * NSEC_PER_USEC);
	return next;
}

static void take_signals(struct ping *p)
{
	int sig;

	while ((sig = ng_sys_sigpending(p->task)) != 0) {
		if (sig == SIGQUIT)
			ping_status(p);
		else
			p->exiting = true;
		if (sig == SIGINT) /* somebody else's, not the one the session's count stands for */
			p->opt.default_count = false;
	}
}

/* Waits, with less than an interval to the next probe, for something to read: poll events, 0: none. */
static int wait_readable(struct ping *p, int next)
{
	struct pollfd pfd = { .fd = p->fd, .events = POLLIN };
	int64_t timeout_ns = next * NSEC_PER_MSEC;

	if (next <= PING_MIN_INTERVAL && in_flight(p))
		timeout_ns = PING_MIN_INTERVAL * NSEC_PER_MSEC;
	else if (next <= PING_MIN_INTERVAL)
		timeout_ns -= (ng_sys_clock_monotonic(p->task) - p->cur_ns) % NSEC_PER_MSEC;
	if (ng_sys_poll(p->task, &pfd, 1, timeout_ns) < 1)
		return 0;
	return pfd.revents & (POLLIN | POLLERR);
}

/* The time the packet came, us: the kernel's stamp, or now. */
static int64_t receive_time(struct ping *p, struct msghdr *msg)
{
	struct cmsghdr *c;
	struct timeval tv;

	if (p->opt.latency)
		return ping_gettimeofday_us(p);
	for (c = CMSG_FIRSTHDR(msg); c; c = CMSG_NXTHDR(msg, c)) {
		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SO_TIMESTAMP ||
		    c->cmsg_len < CMSG_LEN(sizeof(tv)))
			continue;
		memcpy(&tv, CMSG_DATA(c), sizeof(tv));
		return tv.tv_sec * INT64_C(1000000) + tv.tv_usec;
	}
	return ping_gettimeofday_us(p);
}

/*
 * Reads until nothing is queued or nothing is in flight; with @flags 0 it first waits an interval
 * (SO_RCVTIMEO) for something.
 */
static void receive_all(struct ping *p, int flags, bool recv_error)
{
	union {
		struct cmsghdr align;
		char buf[512];
	} control;
	struct sockaddr_in from;
	struct iovec iov = { .iov_base = p->inpack };

	do {
		struct msghdr msg = {
			.msg_name = &from,
			.msg_namelen = sizeof(from),
			.msg_iov = &iov,
			.msg_iovlen = 1,
			.msg_control = control.buf,
			.msg_controllen = sizeof(control),
		};
		bool not_ours = false;
		ssize_t cc;

		iov.iov_len = p->inpack_len;
		cc = ng_sys_recvmsg(p->task, p->fd, &msg, flags);
		flags = MSG_DONTWAIT;
		if (cc < 0) {
			int err = (int)-cc;

			if ((err == EAGAIN && !recv_error) || err == EINTR)
				return;
			recv_error = false;
			if (!ping4_receive_error_msg(p, &err)) {
				if (err == EAGAIN)
					return;
				if (err) {
					prog_error(p->task, p->name, err, "recvmsg");
					return;
				}
				not_ours = true;
			}
		} else {
			not_ours = ping4_parse_reply(p, &msg, (int)cc, receive_time(p, &msg));
		}
		if (not_ours && p->socktype == SOCK_RAW)
			ping4_install_filter(p);
	} while (in_flight(p));
}

/**
 * ping_main_loop() - Send and receive until done, then print the statistics.
 * @p: the run
 *
 * Return: the exit status.
 */
int ping_main_loop(struct ping *p)
{
	int next;
	int events;

	for (;;) {
		take_signals(p);
		if (p->exiting)
			break;
		if (p->npackets && p->nreceived + p->nerrors >= p->npackets)
			break;
		if (p->deadline && p->nerrors)
			break;
		do {
			next = pinger(p);
			next = schedule_exit(p, next);
		} while (next <= 0);

		if (!p->opt.adaptive && !p->opt.flood_poll && next >= schint(p->interval)) {
			receive_all(p, 0, false);
			continue;
		}
		events = wait_readable(p, next);
		if (events)
			receive_all(p, MSG_DONTWAIT, events & POLLERR);
	}
	return ping_finish(p);
}

/**
 * ping_fill() - Fill the data with the pattern of -p and say so.
 * @p: the run
 */
void ping_fill(struct ping *p)
{
	uint8_t pat[16];
	int n = 0;
	const char *s;
	int i;

	for (s = p->pattern; *s; s++) {
		if (!isxdigit((unsigned char)*s))
			prog_die(p->task, 2, p->name, 0,
				 "patterns must be specified as hex digits: %s", s);
	}
	for (s = p->pattern; *s && n < 16; n++) {
		unsigned int v = 0;

		for (i = 0; i < 2 && *s; i++, s++)
			v = v * 16 + (unsigned int)(*s <= '9' ? *s - '0' : (*s | 0x20) - 'a' + 10);
		pat[n] = (uint8_t)v;
	}
	for (i = 0; n && i < p->datalen; i++)
		p->outpack[8 + i] = pat[i % n];
	if (p->opt.quiet)
		return;
	ng_puts(p->out, "PATTERN: 0x");
	for (i = 0; i < n; i++)
		ng_printf(p->out, "%02x", pat[i]);
	ng_putc(p->out, '\n');
}

static void set_timeouts(struct ping *p)
{
	struct timeval tv = { .tv_sec = 1 };

	if (p->interval < 1000) {
		tv.tv_sec = 0;
		tv.tv_usec = 1000 * schint(p->interval);
	}
	ng_sys_setsockopt(p->task, p->fd, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv));
	tv.tv_sec = schint(p->interval) / 1000;
	tv.tv_usec = 1000 * (schint(p->interval) % 1000);
	if (ng_sys_setsockopt(p->task, p->fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)))
		p->opt.flood_poll = true;
}

/**
 * ping_setup() - Last preparations: socket options, data, signals, the deadline.
 * @p: the run
 */
void ping_setup(struct ping *p)
{
	int one = 1;
	int i;

	if (p->opt.flood && !p->opt.interval)
		p->interval = 0;
	if (p->interval >= INT_MAX / p->preload)
		prog_die(p->task, 2, p->name, 0, "illegal preload and/or interval: %d",
			 p->interval);
	if (p->opt.so_debug)
		ng_sys_setsockopt(p->task, p->fd, SOL_SOCKET, SO_DEBUG, &one, sizeof(one));
	if (p->opt.so_dontroute)
		ng_sys_setsockopt(p->task, p->fd, SOL_SOCKET, SO_DONTROUTE, &one, sizeof(one));
	if (!p->opt.latency &&
	    ng_sys_setsockopt(p->task, p->fd, SOL_SOCKET, SO_TIMESTAMP, &one, sizeof(one)))
		prog_error(p->task, p->name, 0,
			   "Warning: no SO_TIMESTAMP support, falling back to SIOCGSTAMP");
	ping_set_mark(p, p->fd);
	set_timeouts(p);
	if (!p->pattern) {
		for (i = 0; i < p->datalen; i++)
			p->outpack[8 + i] = (uint8_t)i;
	}
	if (p->socktype == SOCK_RAW && p->ident == -1)
		p->ident = (ng_force uint16_t)cpu_to_be16((uint16_t)ng_sys_getpid(p->task));

	ng_sys_sigaction(p->task, SIGINT, 1);
	ng_sys_sigaction(p->task, SIGALRM, 1);
	ng_sys_sigaction(p->task, SIGQUIT, 1);
	p->start_ns = ng_sys_clock_monotonic(p->task);
	if (p->deadline)
		ng_sys_setitimer(p->task, p->deadline * NSEC_PER_SEC);
}
