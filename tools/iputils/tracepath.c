/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tracepath.c - the path to a host and the largest packet that passes it
 *
 * mirrors iputils 20221126's tracepath.c
 *
 * tracepath_main()
 *   parse()
 *   trace()
 *     probe_ttl()
 *       recverr()        what the error queue tells
 *
 * Not modelled: IPv6.
 */
#include "../lib/getopt.h"
#include "../lib/netdb.h"
#include "../lib/prog.h"
#include "../lib/program.h"

#include <errno.h>
#include <limits.h>
#include <time.h> /* struct timespec, for the next */

#include <linux/errqueue.h>
#include <linux/in.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>

int tracepath_main(struct ng_task *task, int argc, char **argv);

enum {
	BASE_PORT = 44444,
	HISTORY = 64,  /* probes remembered */
	OVERHEAD = 28, /* IP and UDP headers */
	HOST_COLUMN = 52,
	MAX_HOPS = 255,
};

/* At the head of every probe; comes back with the ICMP error. */
struct probe_header {
	uint32_t ttl;
	uint32_t pad;
	int64_t sec;
	int64_t nsec;
};

_Static_assert(sizeof(struct probe_header) == 24, "as on the wire");

struct tracepath {
	struct ng_task *task;
	struct ng_out *out;
	const char *name;
	int fd;
	struct sockaddr_in target;
	bool numeric, both, ipv6;
	int max_hops;
	int base_port;
	int mtu;
	int ttl;
	int hops_to, hops_from; /* -1: not known */
	uint8_t *packet;
	int next; /* in @sent */
	struct {
		int hops; /* 0: not on its way */
		int64_t ns;
	} sent[HISTORY];
};

static _Noreturn void usage(struct tracepath *t)
{
	ng_puts(ng_stderr(t->task), "\nUsage\n"
				    "  tracepath [options] <destination>\n"
				    "\nOptions:\n"
				    "  -4             use IPv4\n"
				    "  -6             use IPv6\n"
				    "  -b             print both name and ip\n"
				    "  -l <length>    use packet <length>\n"
				    "  -m <hops>      use maximum <hops>\n"
				    "  -n             no dns name resolution\n"
				    "  -p <port>      use destination <port>\n"
				    "  -V             print version and exit\n"
				    "  <destination>  dns name or ip address\n"
				    "\nFor more details see tracepath(8).\n");
	prog_exit(t->task, 255);
}

static long number(struct tracepath *t, const char *s, long min, long max)
{
	char *end;
	long v;

	errno = 0;
	v = strtol(s, &end, 10);
	if (errno || end == s || *end)
		prog_die(t->task, 1, t->name, errno, "invalid argument: '%s'", s);
	if (v < min || v > max)
		prog_die(t->task, 1, t->name, 0,
			 "invalid argument: '%s': out of range: %ld <= value <= %ld", s, min, max);
	return v;
}

static void option(struct tracepath *t, int ch, const char *arg)
{
	switch (ch) {
	case '4':
	case '6':
		t->ipv6 = ch == '6';
		break;
	case 'b':
		t->both = true;
		break;
	case 'n':
		t->numeric = true;
		break;
	case 'l':
		t->mtu = (int)number(t, arg, INT_MIN, INT_MAX);
		if (t->mtu <= OVERHEAD)
			prog_die(t->task, 1, t->name, 0, "pktlen must be within: %d < value <= %d",
				 OVERHEAD, INT_MAX);
		break;
	case 'm':
		t->max_hops = (int)number(t, arg, 0, MAX_HOPS);
		break;
	case 'p':
		t->base_port = (int)number(t, arg, 0, 65535);
		break;
	case 'V':
		ng_puts(t->out, "tracepath from iputils 20221126\n"
				"libcap: yes, IDN: yes, NLS: no, error.h: yes, getrandom(): yes, "
				"__fpending(): yes\n");
		prog_exit(t->task, 0);
	default:
		usage(t);
	}
}

/* Options and DESTINATION[/PORT]; false: an IPv6 destination. */
static bool parse(struct tracepath *t, int argc, char **argv)
{
	struct ng_getopt opt = { .task = t->task };
	char *slash, *host;
	char canon[256];
	__be32 addr;
	int ch;

	while ((ch = ng_getopt_long(&opt, argc, argv, "46nbh?l:m:p:V", NULL)) != -1)
		option(t, ch, opt.optarg);
	if (argc - opt.optind != 1)
		usage(t);
	host = ng_task_strdup(t->task, argv[opt.optind]);
	slash = t->base_port ? NULL : strchr(host, '/');
	if (slash) {
		*slash = '\0';
		t->base_port = (int)number(t, slash + 1, 0, 65535);
	}
	if (!t->base_port)
		t->base_port = BASE_PORT;
	t->target.sin_family = AF_INET;
	if (strchr(host, ':'))
		return false;
	if (ng_inet_aton(host, &addr) && t->ipv6)
		prog_die(t->task, 1, t->name, 0, "%s: Address family for hostname not supported",
			 host);
	if (!ng_inet_aton(host, &addr) &&
	    !ng_gethostbyname(t->task, host, &addr, canon, sizeof(canon)))
		prog_die(t->task, 1, t->name, 0, "%s: Name or service not known", host);
	t->target.sin_addr.s_addr = addr;
	return !t->ipv6;
}

static void print_host(struct tracepath *t, __be32 addr)
{
	char text[NG_ADDRSTRLEN];
	char name[256];
	size_t len;

	ng_inet_ntoa(text, addr);
	if ((t->numeric && !t->both) || !ng_gethostbyaddr(t->task, addr, name, sizeof(name)))
		memcpy(name, text, sizeof(text));
	if (t->both) {
		ng_printf(t->out, "%s (%s)", name, text);
		len = strlen(name) + strlen(text) + 3;
	} else {
		ng_puts(t->out, t->numeric ? text : name);
		len = strlen(t->numeric ? text : name);
	}
	ng_printf(t->out, "%*s", len >= HOST_COLUMN ? 1 : (int)(HOST_COLUMN - len), "");
}

/* What one message of the error queue says. */
struct report {
	bool have_err;
	struct sock_extended_err err;
	struct sockaddr_in offender;
	int sent_hops; /* TTL of the probe it is about; -1: not known */
	int back_hops;
	int64_t sent_ns; /* -1: not known */
	bool broken;
};

static void read_control(struct report *r, struct msghdr *msg)
{
	struct cmsghdr *c;
	int ttl = -1;

	for (c = CMSG_FIRSTHDR(msg); c; c = CMSG_NXTHDR(msg, c)) {
		if (c->cmsg_level != IPPROTO_IP)
			continue;
		if (c->cmsg_type == IP_TTL) {
			memcpy(&ttl, CMSG_DATA(c), sizeof(ttl));
		} else if (c->cmsg_type == IP_RECVERR) {
			memcpy(&r->err, CMSG_DATA(c), sizeof(r->err));
			memcpy(&r->offender, CMSG_DATA(c) + sizeof(r->err), sizeof(r->offender));
			r->have_err = true;
		}
	}
	r->back_hops = ttl <= 64 ? 65 - ttl : ttl <= 128 ? 129 - ttl : 256 - ttl;
}

/* Return: 0, or -errno when there is none. */
static int read_report(struct tracepath *t, struct report *r)
{
	_Alignas(struct cmsghdr) uint8_t control[512];
	struct probe_header h;
	struct sockaddr_in from = { .sin_family = AF_UNSPEC };
	struct iovec iov = { .iov_base = &h, .iov_len = sizeof(h) };
	struct msghdr msg = { .msg_name = &from,
			      .msg_namelen = sizeof(from),
			      .msg_iov = &iov,
			      .msg_iovlen = 1,
			      .msg_control = control,
			      .msg_controllen = sizeof(control) };
	ssize_t n = ng_sys_recvmsg(t->task, t->fd, &msg, MSG_ERRQUEUE | MSG_DONTWAIT);
	int slot;

	if (n < 0)
		return (int)n;
	*r = (struct report){ .sent_hops = -1, .sent_ns = -1 };
	slot = be16_to_cpu(from.sin_port) - t->base_port;
	if (slot >= 0 && slot < HISTORY - 1 && t->sent[slot].hops) {
		r->sent_hops = t->sent[slot].hops;
		r->sent_ns = t->sent[slot].ns;
		t->sent[slot].hops = 0;
	}
	if (n == sizeof(h) && (h.ttl == 0 || (h.sec == 0 && h.nsec == 0))) {
		r->broken = true;
	} else if (n == sizeof(h)) {
		r->sent_hops = (int)h.ttl;
		r->sent_ns = h.sec * NSEC_PER_SEC + h.nsec;
	}
	read_control(r, &msg);
	return 0;
}

static void print_where(struct tracepath *t, const struct report *r)
{
	int64_t us;

	if (r->err.ee_origin == SO_EE_ORIGIN_LOCAL) {
		ng_printf(t->out, "%2d?: %-32s ", t->ttl, "[LOCALHOST]");
	} else if (r->err.ee_origin == SO_EE_ORIGIN_ICMP) {
		if (r->sent_hops > 0)
			ng_printf(t->out, "%2d:  ", r->sent_hops);
		else
			ng_printf(t->out, "%2d?: ", t->ttl);
		print_host(t, r->offender.sin_addr.s_addr);
	}
	if (r->sent_ns < 0)
		return;
	us = (ng_sys_clock_monotonic(t->task) - r->sent_ns) / NSEC_PER_USEC;
	ng_printf(t->out, "%3lld.%03lldms ", (long long)(us / 1000), (long long)(us % 1000));
	if (r->broken)
		ng_puts(t->out, "(This broken router returned corrupted payload) ");
}

/* Ends the line. Return: false: the trace is over. */
static bool print_what(struct tracepath *t, const struct report *r)
{
	int hops = r->sent_hops >= 0 ? r->sent_hops : t->ttl;

	switch (r->err.ee_errno) {
	case ETIMEDOUT:
		ng_puts(t->out, "\n");
		return true;
	case EMSGSIZE:
		ng_printf(t->out, "pmtu %u\n", r->err.ee_info);
		t->mtu = (int)r->err.ee_info;
		return true;
	case ECONNREFUSED:
		ng_puts(t->out, "reached\n");
		t->hops_to = hops;
		t->hops_from = r->back_hops;
		return false;
	case EHOSTUNREACH:
		if (r->err.ee_origin == SO_EE_ORIGIN_ICMP && r->err.ee_type == 11 &&
		    r->err.ee_code == 0) {
			if (r->back_hops >= 0 && r->back_hops != hops)
				ng_printf(t->out, "asymm %2d ", r->back_hops);
			ng_puts(t->out, "\n");
			return true;
		}
		ng_puts(t->out, "!H\n");
		return false;
	case EPROTO:
	case ENETUNREACH:
	case EACCES:
		ng_printf(t->out, "!%c\n",
			  r->err.ee_errno == EPROTO   ? 'P'
			  : r->err.ee_errno == EACCES ? 'A'
						      : 'N');
		return false;
	default:
		ng_puts(t->out, "\n");
		prog_error(t->task, t->name, (int)r->err.ee_errno, "NET ERROR");
		return false;
	}
}

/* Prints all of the error queue: -1 nothing was there, 0 the trace is over, else go on. */
static int recverr(struct tracepath *t)
{
	struct report r = { 0 };
	int progress = -1;

	for (;;) {
		int err = read_report(t, &r);

		if (err == -EAGAIN)
			return progress;
		if (err)
			continue;
		progress = t->mtu;
		if (!r.have_err) {
			ng_puts(t->out, "no info\n");
			return 0;
		}
		print_where(t, &r);
		if (!print_what(t, &r))
			return 0;
		progress = t->mtu;
	}
}

/* Return: the size sent, or -errno. */
static ssize_t send_probe(struct tracepath *t)
{
	int64_t now = ng_sys_clock_monotonic(t->task);
	struct probe_header h = { .ttl = (uint32_t)t->ttl };

	h.sec = now / NSEC_PER_SEC;
	h.nsec = now % NSEC_PER_SEC;
	memcpy(t->packet, &h, sizeof(h));
	t->target.sin_port = cpu_to_be16((uint16_t)(t->base_port + t->next));
	t->sent[t->next].hops = t->ttl;
	t->sent[t->next].ns = now;
	return ng_sys_sendto(t->task, t->fd, t->packet, (size_t)(t->mtu - OVERHEAD), 0, &t->target,
			     sizeof(t->target));
}

static int probe_ttl(struct tracepath *t)
{
	struct pollfd pfd = { .fd = t->fd, .events = POLLIN };
	int tries;
	int res;

again:
	for (tries = 0; tries < 10; tries++) {
		if (send_probe(t) > 0)
			break;
		res = recverr(t);
		t->sent[t->next].hops = 0;
		if (res == 0)
			return 0;
		if (res > 0)
			goto again;
	}
	t->next = (t->next + 1) % HISTORY;
	if (tries == 10) {
		ng_printf(t->out, "%2d:  send failed\n", t->ttl);
		return 0;
	}
	ng_sys_poll(t->task, &pfd, 1, NSEC_PER_SEC);
	if (ng_sys_recvfrom(t->task, t->fd, t->packet, (size_t)t->mtu, MSG_DONTWAIT, NULL, NULL) >
	    0) {
		ng_printf(t->out, "%2d?: reply received 8)\n", t->ttl);
		return 0;
	}
	return recverr(t);
}

static void set_option(struct tracepath *t, int name, int val, const char *what)
{
	int err = ng_sys_setsockopt(t->task, t->fd, IPPROTO_IP, name, &val, sizeof(val));

	if (err)
		prog_die(t->task, 1, t->name, -err, "%s", what);
}

/* One TTL: up to three probes, anew whenever the path's MTU was learnt. */
static int trace_hop(struct tracepath *t)
{
	int res = -1;
	int i;

	set_option(t, IP_TTL, t->ttl, "IP_TTL");
	for (i = 0; i < 3; i++) {
		int mtu = t->mtu;

		res = probe_ttl(t);
		if (t->mtu != mtu)
			i = -1;
		else if (res >= 0)
			break;
	}
	if (res < 0)
		ng_printf(t->out, "%2d:  no reply\n", t->ttl);
	return res;
}

static void trace(struct tracepath *t)
{
	bool over = false;

	for (t->ttl = 1; t->ttl <= t->max_hops && !over; t->ttl++)
		over = trace_hop(t) == 0;
	if (!over)
		ng_printf(t->out, "     Too many hops: pmtu %d\n", t->mtu);
	ng_printf(t->out, "     Resume: pmtu %d ", t->mtu);
	if (t->hops_to >= 0)
		ng_printf(t->out, "hops %d ", t->hops_to);
	if (t->hops_from >= 0)
		ng_printf(t->out, "back %d ", t->hops_from);
	ng_puts(t->out, "\n");
}

/**
 * tracepath_main() - The program tracepath.
 * @task: the process
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: its exit status.
 */
int tracepath_main(struct ng_task *task, int argc, char **argv)
{
	struct tracepath *t = ng_task_alloc(task, sizeof(*t));

	t->task = task;
	t->out = ng_stdout(task);
	t->name = argv[0];
	t->max_hops = 30;
	t->mtu = 65535;
	t->hops_to = t->hops_from = -1;
	if (!parse(t, argc, argv))
		return ng_not_modelled(task, "tracepath to an IPv6 address");
	t->fd = ng_sys_socket(task, AF_INET, SOCK_DGRAM, IPPROTO_UDP);
	if (t->fd < 0)
		prog_die(task, 1, t->name, -t->fd, "socket");
	set_option(t, IP_MTU_DISCOVER, IP_PMTUDISC_DO, "IP_MTU_DISCOVER");
	set_option(t, IP_RECVERR, 1, "IP_RECVERR");
	set_option(t, IP_RECVTTL, 1, "IP_RECVTTL");
	t->packet = ng_task_alloc(task, (size_t)t->mtu);
	trace(t);
	return 0;
}
