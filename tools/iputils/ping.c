/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ping.c - send ICMP echo requests and tell what comes back
 *
 * mirrors main() of iputils 20221126's ping/ping.c
 *
 * ping_main()
 *   parse_options()
 *   ping4_create_sockets()
 *   resolve()
 *   ping4_choose_source()      ping_source.c
 *   ping4_setup()              ping4.c
 *   ping_setup()               ping_common.c
 *   ping_main_loop()
 *
 * Not modelled: IPv6 targets, -R, -T, -F, -N and source routes.
 */
#include "ping.h"

#include "../lib/getopt.h"
#include "../lib/prog.h"
#include "../lib/program.h"
#include "../lib/session.h"

#include <errno.h>
#include <limits.h>
#include <linux/ip.h>
#include <math.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int ping_main(struct ng_task *task, int argc, char **argv);

#define die(p, ...) prog_die((p)->task, 2, (p)->name, __VA_ARGS__)

static const char usage_text[] =
	"\nUsage\n"
	"  ping [options] <destination>\n"
	"\nOptions:\n"
	"  <destination>      dns name or ip address\n"
	"  -a                 use audible ping\n"
	"  -A                 use adaptive ping\n"
	"  -B                 sticky source address\n"
	"  -c <count>         stop after <count> replies\n"
	"  -C                 call connect() syscall on socket creation\n"
	"  -D                 print timestamps\n"
	"  -d                 use SO_DEBUG socket option\n"
	"  -e <identifier>    define identifier for ping session, default is random for\n"
	"                     SOCK_RAW and kernel defined for SOCK_DGRAM\n"
	"                     Imply using SOCK_RAW (for IPv4 only for identifier 0)\n"
	"  -f                 flood ping\n"
	"  -h                 print help and exit\n"
	"  -I <interface>     either interface name or address\n"
	"  -i <interval>      seconds between sending each packet\n"
	"  -L                 suppress loopback of multicast packets\n"
	"  -l <preload>       send <preload> number of packages while waiting replies\n"
	"  -m <mark>          tag the packets going out\n"
	"  -M <pmtud opt>     define mtu discovery, can be one of <do|dont|want>\n"
	"  -n                 no dns name resolution\n"
	"  -O                 report outstanding replies\n"
	"  -p <pattern>       contents of padding byte\n"
	"  -q                 quiet output\n"
	"  -Q <tclass>        use quality of service <tclass> bits\n"
	"  -s <size>          use <size> as number of data bytes to be sent\n"
	"  -S <size>          use <size> as SO_SNDBUF socket option value\n"
	"  -t <ttl>           define time to live\n"
	"  -U                 print user-to-user latency\n"
	"  -v                 verbose output\n"
	"  -V                 print version and exit\n"
	"  -w <deadline>      reply wait <deadline> in seconds\n"
	"  -W <timeout>       time to wait for response\n"
	"\nIPv4 options:\n"
	"  -4                 use IPv4\n"
	"  -b                 allow pinging broadcast\n"
	"  -R                 record route\n"
	"  -T <timestamp>     define timestamp, can be one of <tsonly|tsandaddr|tsprespec>\n"
	"\nIPv6 options:\n"
	"  -6                 use IPv6\n"
	"  -F <flowlabel>     define flow label, default is random\n"
	"  -N <nodeinfo opt>  use icmp6 node info query, try <help> as argument\n"
	"\nFor more details see ping(8).\n";

struct ping_args {
	int family;
	int socktype;
	const char *not_modelled;
};

static _Noreturn void usage(struct ping *p)
{
	ng_puts(ng_stderr(p->task), usage_text);
	prog_exit(p->task, 2);
}

static _Noreturn void version(struct ping *p)
{
	ng_puts(p->out, "ping from iputils 20221126\n"
			"libcap: yes, IDN: yes, NLS: no, error.h: yes, getrandom(): yes, "
			"__fpending(): yes\n");
	prog_exit(p->task, 0);
}

static _Noreturn void bad_argument(struct ping *p, const char *s)
{
	prog_error(p->task, p->name, errno, "invalid argument: '%s'", s);
	prog_exit(p->task, 1);
}

/* A whole number within bounds; ends the program otherwise. */
static long number(struct ping *p, const char *s, long min, long max)
{
	char *end;
	long v;

	errno = 0;
	v = strtol(s, &end, 10);
	if (errno || end == s || *end)
		bad_argument(p, s);
	if (v < min || v > max)
		prog_die(p->task, 1, p->name, 0,
			 "invalid argument: '%s': out of range: %ld <= value <= %ld", s, min, max);
	return v;
}

/* Seconds with a fraction; what follows the number only makes a warning. */
static double seconds(struct ping *p, const char *s, const char *what)
{
	char *end;
	double v;

	errno = 0;
	v = *s ? strtod(s, &end) : 0;
	if (!*s)
		die(p, 0, "%s: %s", what, s);
	if (errno || end == s || *end) {
		prog_error(p->task, p->name, 0, "option argument contains garbage: %s", end);
		prog_error(p->task, p->name, 0, "this will become fatal error in the future");
	}
	if (v != 0 && !isnormal(v))
		die(p, ERANGE, "%s: %s", what, s);
	return v;
}

static int parse_tos(struct ping *p, const char *s)
{
	char *end;
	long v;

	if (s[0] == '0' && (s[1] == 'x' || s[1] == 'X'))
		v = (int)strtol(s + 2, &end, 16);
	else
		v = (int)strtol(s, &end, 10);
	if (*end)
		die(p, 0, "bad TOS value: %s", s);
	if (v > 255)
		die(p, 0, "the decimal value of TOS bits must be in range 0-255: %ld", v);
	return (int)v;
}

static int parse_pmtudisc(struct ping *p, const char *s)
{
	if (!strcmp(s, "do"))
		return IP_PMTUDISC_DO;
	if (!strcmp(s, "dont"))
		return IP_PMTUDISC_DONT;
	if (!strcmp(s, "want"))
		return IP_PMTUDISC_WANT;
	die(p, 0, "invalid -M argument: %s", s);
	return -1;
}

static void parse_interface(struct ping *p, const char *s, struct ping_args *args)
{
	__be32 addr;

	if (strchr(s, ':')) {
		args->not_modelled = "ping over IPv6";
	} else if (ng_inet_pton4(s, &addr)) {
		p->source.sin_addr.s_addr = addr;
		p->opt.strictsource = true;
	} else {
		p->device = s;
	}
}

static void parse_interval(struct ping *p, const char *s)
{
	double v = seconds(p, s, "bad timing interval");

	if (v > (double)(INT_MAX / 1000))
		die(p, 0, "bad timing interval: %s", s);
	p->interval = (int)(v * 1000);
	p->opt.interval = true;
}

static void parse_linger(struct ping *p, const char *s)
{
	double v = seconds(p, s, "bad linger time");

	if (v < 0 || v > (double)(INT_MAX / 1000))
		die(p, 0, "bad linger time: %s", s);
	p->linger_ms = (int)(v * 1000);
}

static void parse_family(struct ping *p, int ch, struct ping_args *args)
{
	int family = ch == '4' ? AF_INET : AF_INET6;

	if (args->family != AF_UNSPEC && args->family != family)
		die(p, 0, "only one -4 or -6 option may be specified");
	args->family = family;
}

/* Options that take nothing: the switch they set. */
static bool *flag_of(struct ping *p, int ch)
{
	switch (ch) {
	case 'a':
		return &p->opt.audible;
	case 'A':
		return &p->opt.adaptive;
	case 'B':
		return &p->opt.strictsource;
	case 'C':
		return &p->opt.connect_sk;
	case 'd':
		return &p->opt.so_debug;
	case 'D':
		return &p->opt.ptimeofday;
	case 'L':
		return &p->opt.noloop;
	case 'n':
		return &p->opt.numeric;
	case 'O':
		return &p->opt.outstanding;
	case 'q':
		return &p->opt.quiet;
	case 'r':
		return &p->opt.so_dontroute;
	case 'U':
		return &p->opt.latency;
	case 'v':
		return &p->opt.verbose;
	default:
		return NULL;
	}
}

static void parse_rest(struct ping *p, int ch, const char *arg, struct ping_args *args)
{
	switch (ch) {
	case 'R':
		if (p->opt.timestamp)
			die(p, 0, "only one of -T or -R may be used");
		p->opt.rroute = true;
		break;
	case 'T':
		if (strcmp(arg, "tsonly") != 0 && strcmp(arg, "tsandaddr") != 0 &&
		    strcmp(arg, "tsprespec") != 0)
			die(p, 0, "invalid timestamp type: %s", arg);
		if (p->opt.rroute)
			die(p, 0, "only one of -T or -R may be used");
		p->opt.timestamp = true;
		p->ts_type = !strcmp(arg, "tsonly")	 ? IPOPT_TS_TSONLY
			     : !strcmp(arg, "tsandaddr") ? IPOPT_TS_TSANDADDR
							 : IPOPT_TS_PRESPEC;
		break;
	case 'N':
		args->not_modelled = "ping -N";
		break;
	case 'F':
		break; /* a flow label matters to IPv6 only */
	default:
		usage(p);
	}
}

static void parse_option(struct ping *p, int ch, const char *arg, struct ping_args *args)
{
	switch (ch) {
	case '4':
	case '6':
		parse_family(p, ch, args);
		break;
	case 'b':
		p->broadcast = 1;
		break;
	case 'c':
		p->npackets = number(p, arg, 1, LONG_MAX);
		break;
	case 'e':
		p->ident = (ng_force uint16_t)cpu_to_be16((uint16_t)number(p, arg, 0, 0xffff));
		if (p->ident == 0)
			args->socktype = SOCK_RAW;
		break;
	case 'f':
		p->opt.flood = p->opt.numeric = true;
		break;
	case 'i':
		parse_interval(p, arg);
		break;
	case 'I':
		parse_interface(p, arg, args);
		break;
	case 'l':
		p->preload = (int)number(p, arg, 1, PING_SEQS);
		break;
	case 'm':
		p->mark = (uint32_t)number(p, arg, 0, UINT_MAX);
		p->opt.mark = true;
		break;
	case 'M':
		p->pmtudisc = parse_pmtudisc(p, arg);
		break;
	case 'p':
		p->pattern = arg;
		break;
	case 'Q':
		p->tos = parse_tos(p, arg);
		break;
	case 's':
		p->datalen = (int)number(p, arg, 0, INT_MAX);
		break;
	case 'S':
		p->sndbuf = (int)number(p, arg, 1, INT_MAX);
		break;
	case 't':
		p->ttl = (int)number(p, arg, 0, 255);
		p->opt.ttl = true;
		break;
	case 'V':
		version(p);
	case 'w':
		p->deadline = (int)number(p, arg, 0, INT_MAX);
		break;
	case 'W':
		parse_linger(p, arg);
		break;
	default:
		parse_rest(p, ch, arg, args);
	}
}

static int parse_options(struct ping *p, int argc, char **argv, struct ping_args *args)
{
	struct ng_getopt opt = { .task = p->task };
	int ch;

	if (argv[0][strlen(argv[0]) - 1] == '4')
		args->family = AF_INET;
	else if (argv[0][strlen(argv[0]) - 1] == '6')
		args->family = AF_INET6;
	while ((ch = ng_getopt_long(
			&opt, argc, argv,
			"h?4bRT:6F:N:aABc:CdDe:fi:I:l:Lm:M:nOp:qQ:rs:S:t:UvVw:W:", NULL)) != -1) {
		bool *flag = flag_of(p, ch);

		if (flag)
			*flag = true;
		else
			parse_option(p, ch, opt.optarg, args);
	}
	return opt.optind;
}

/* Is @s an IPv6 address as it is written? */
static bool looks_ipv6(const char *s)
{
	const char *colon = strchr(s, ':');

	return colon && strchr(colon + 1, ':') && !s[strspn(s, "0123456789abcdefABCDEF:.")];
}

/* Fills in whereto, hostname and canon; false: an IPv6 target. */
static bool resolve(struct ping *p, int family)
{
	__be32 addr;

	p->whereto.sin_family = AF_INET;
	p->hostname = p->target;
	if (looks_ipv6(p->target)) {
		if (family != AF_INET)
			return false;
		die(p, 0, "%s: Address family for hostname not supported", p->target);
	}
	snprintf(p->canon, sizeof(p->canon), "%s", p->target);
	if (ng_inet_aton(p->target, &addr)) {
		if (family == AF_INET6)
			die(p, 0, "%s: Address family for hostname not supported", p->target);
		p->opt.numeric = true;
	} else {
		if (!*p->target ||
		    !ng_gethostbyname(p->task, p->target, &addr, p->canon, sizeof(p->canon)))
			die(p, 0, "%s: Name or service not known", p->target);
		p->hostname = p->canon;
	}
	p->whereto.sin_addr.s_addr = addr;
	return true;
}

/* Several targets are the hops of a source route, or with -T tsprespec who is to stamp. */
static void check_hops(struct ping *p, int n)
{
	if (n < 2)
		return;
	if (p->opt.rroute || (p->opt.timestamp && p->ts_type != IPOPT_TS_PRESPEC))
		usage(p);
	if (n > (p->opt.timestamp ? 5 : PING_HOPS + 1))
		usage(p);
	p->opt.sourceroute = !p->opt.timestamp;
}

static int ping4_run(struct ping *p)
{
	char addr[NG_ADDRSTRLEN];

	if (p->opt.verbose)
		ng_printf(p->out, "ai->ai_family: AF_INET, ai->ai_canonname: '%s'\n", p->canon);
	ping4_choose_source(p);
	ping4_setup(p);
	ng_printf(p->out, "PING %s (%s) ", p->hostname,
		  ng_inet_ntoa(addr, p->whereto.sin_addr.s_addr));
	if (p->device || p->opt.strictsource)
		ng_printf(p->out, "from %s %s: ", ng_inet_ntoa(addr, p->source.sin_addr.s_addr),
			  p->device ? p->device : "");
	ng_printf(p->out, "%d(%d) bytes of data.\n", p->datalen, p->datalen + 8 + p->optlen + 20);
	if (p->opt.flood)
		ng_flush(p->out);
	ping_setup(p);
	return ping_main_loop(p);
}

static struct ping *ping_new(struct ng_task *task, const char *name)
{
	struct ping *p = ng_task_alloc(task, sizeof(*p));

	p->task = task;
	p->out = ng_stdout(task);
	p->name = name;
	p->datalen = PING_DATALEN;
	p->interval = 1000;
	p->preload = 1;
	p->linger_ms = PING_LINGER_MS;
	p->pmtudisc = -1;
	p->ident = -1;
	p->tmin = LONG_MAX;
	p->source.sin_family = AF_INET;
	return p;
}

/**
 * ping_main() - The program ping.
 * @task: the process
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: its exit status: 0 an answer came, 1 none came, 2 an error.
 */
int ping_main(struct ng_task *task, int argc, char **argv)
{
	struct ping_args args = { .family = AF_UNSPEC, .socktype = SOCK_DGRAM };
	const struct ng_session *session = ng_task_session(task);
	struct ping *p = ping_new(task, argv[0]);
	int first = parse_options(p, argc, argv, &args);

	if (first >= argc)
		prog_die(task, 1, p->name, EDESTADDRREQ, "usage error");
	check_hops(p, argc - first);
	p->outpack = ng_task_alloc(task, (size_t)p->datalen + 28);
	p->inpack_len = (size_t)p->datalen + 60 + 76;
	p->inpack = ng_task_alloc(task, p->inpack_len);
	if (p->pattern)
		ping_fill(p);
	if (args.not_modelled)
		return ng_not_modelled(task, "%s", args.not_modelled);
	ping4_create_sockets(p, args.family, args.socktype);
	for (; first < argc; first++) {
		p->target = argv[first];
		if (!resolve(p, p->fd < 0 ? AF_INET6 : args.family))
			return ng_not_modelled(task, "ping to an IPv6 address");
		if (first < argc - 1)
			p->route[p->nroute++] = p->whereto.sin_addr.s_addr;
	}
	if (!p->npackets && !p->deadline && session && session->pings > 0) {
		p->npackets = session->pings;
		p->opt.default_count = true;
	}
	return ping4_run(p);
}
