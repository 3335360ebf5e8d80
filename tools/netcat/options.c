/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * options.c - nc's command line
 */
#include "nc.h"

#include "../lib/getopt.h"
#include "../lib/prog.h"

#include <errno.h>
#include <limits.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdlib.h>
#include <string.h>

static const char usage_text[] =
	"usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]\n"
	"\t  [-m minttl] [-O length] [-P proxy_username] [-p source_port]\n"
	"\t  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]\n"
	"\t  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]\n"
	"\t  [destination] [port]\n";

static const char help_text[] =
	"\tCommand Summary:\n"
	"\t\t-4\t\tUse IPv4\n"
	"\t\t-6\t\tUse IPv6\n"
	"\t\t-b\t\tAllow broadcast\n"
	"\t\t-C\t\tSend CRLF as line-ending\n"
	"\t\t-D\t\tEnable the debug socket option\n"
	"\t\t-d\t\tDetach from stdin\n"
	"\t\t-F\t\tPass socket fd\n"
	"\t\t-h\t\tThis help text\n"
	"\t\t-I length\tTCP receive buffer length\n"
	"\t\t-i interval\tDelay interval for lines sent, ports scanned\n"
	"\t\t-k\t\tKeep inbound sockets open for multiple connects\n"
	"\t\t-l\t\tListen mode, for inbound connects\n"
	"\t\t-M ttl\t\tOutgoing TTL / Hop Limit\n"
	"\t\t-m minttl\tMinimum incoming TTL / Hop Limit\n"
	"\t\t-N\t\tShutdown the network socket after EOF on stdin\n"
	"\t\t-n\t\tSuppress name/port resolutions\n"
	"\t\t-O length\tTCP send buffer length\n"
	"\t\t-P proxyuser\tUsername for proxy authentication\n"
	"\t\t-p port\t\tSpecify local port for remote connects\n"
	"\t\t-q secs\t\tquit after EOF on stdin and delay of secs\n"
	"\t\t-r\t\tRandomize remote ports\n"
	"\t\t-S\t\tEnable the TCP MD5 signature option\n"
	"\t\t-s sourceaddr\tLocal source address\n"
	"\t\t-T keyword\tTOS value\n"
	"\t\t-t\t\tAnswer TELNET negotiation\n"
	"\t\t-U\t\tUse UNIX domain socket\n"
	"\t\t-u\t\tUDP mode\n"
	"\t\t-V rtable\tSpecify alternate routing table\n"
	"\t\t-v\t\tVerbose\n"
	"\t\t-W recvlimit\tTerminate after receiving a number of packets\n"
	"\t\t-w timeout\tTimeout for connects and final net reads\n"
	"\t\t-X proto\tProxy protocol: \"4\", \"5\" (SOCKS) or \"connect\"\n"
	"\t\t-x addr[:port]\tSpecify proxy address and port\n"
	"\t\t-Z\t\tDCCP mode\n"
	"\t\t-z\t\tZero-I/O mode [used for scanning]\n"
	"\tPort numbers can be individual or ranges: lo-hi [inclusive]\n";

static _Noreturn void usage(struct nc *n)
{
	ng_puts(ng_stderr(n->task), usage_text);
	prog_exit(n->task, 1);
}

/* strtonum(3), and its words */
static int number(struct nc *n, const char *s, long min, long max, const char *what)
{
	const char *why = NULL;
	char *end;
	long v;

	errno = 0;
	v = strtol(s, &end, 10);
	if (end == s || *end)
		why = "invalid";
	else if (v < min || (errno && v < 0))
		why = "too small";
	else if (v > max || errno)
		why = "too large";
	if (why)
		nc_die(n, 0, "%s %s: %s", what, why, s);
	return (int)v;
}

static int ttl(struct nc *n, const char *s, const char *what)
{
	long v;

	if (!prog_strtol(s, 10, &v))
		nc_die(n, 0, "%s is invalid", what);
	if (v < 0 || v > 255)
		nc_die(n, 0, "%s is too %s", what, v < 0 ? "small" : "large");
	return (int)v;
}

/* A name of a traffic class, or the byte in hexadecimal or decimal. */
static int tos(struct nc *n, const char *s)
{
	static const struct {
		const char *name;
		int value;
	} names[] = {
		{ "af11", 0x28 },	{ "af12", 0x30 },	 { "af13", 0x38 },
		{ "af21", 0x48 },	{ "af22", 0x50 },	 { "af23", 0x58 },
		{ "af31", 0x68 },	{ "af32", 0x70 },	 { "af33", 0x78 },
		{ "af41", 0x88 },	{ "af42", 0x90 },	 { "af43", 0x98 },
		{ "critical", 0xa0 },	{ "cs0", 0x00 },	 { "cs1", 0x20 },
		{ "cs2", 0x40 },	{ "cs3", 0x60 },	 { "cs4", 0x80 },
		{ "cs5", 0xa0 },	{ "cs6", 0xc0 },	 { "cs7", 0xe0 },
		{ "ef", 0xb8 },		{ "inetcontrol", 0xc0 }, { "lowcost", 0x02 },
		{ "lowdelay", 0x10 },	{ "netcontrol", 0xe0 },	 { "reliability", 0x04 },
		{ "throughput", 0x08 },
	};
	char *end;
	long v;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (!strcmp(s, names[i].name))
			return names[i].value;
	}
	v = strncmp(s, "0x", 2) ? strtol(s, &end, 10) : strtol(s, NULL, 16);
	if (v < 0 || v > 255 || (strncmp(s, "0x", 2) && (end == s || *end)))
		nc_die(n, 0, "illegal tos value %s", s);
	return (int)v;
}

static bool *flag_of(struct nc *n, int ch)
{
	switch (ch) {
	case 'b':
		return &n->broadcast;
	case 'C':
		return &n->crlf;
	case 'D':
		return &n->debug;
	case 'r':
		return &n->random_ports;
	case 't':
		return &n->telnet;
	case 'd':
		return &n->no_stdin;
	case 'k':
		return &n->keep;
	case 'l':
		return &n->listen;
	case 'N':
		return &n->shut;
	case 'n':
		return &n->numeric;
	case 'u':
		return &n->udp;
	case 'v':
		return &n->verbose;
	case 'z':
		return &n->zero;
	default:
		return NULL;
	}
}

/* Return: what is not modelled, or NULL. */
static const char *valued(struct nc *n, int ch, const char *arg)
{
	switch (ch) {
	case '4':
		break;
	case 'h':
		ng_puts(ng_stderr(n->task), "OpenBSD netcat (Debian patchlevel 1.219-1)\n");
		ng_puts(ng_stderr(n->task), usage_text);
		ng_puts(ng_stderr(n->task), help_text);
		prog_exit(n->task, 0);
	case 'i':
		n->interval = number(n, arg, 0, UINT_MAX, "interval");
		break;
	case 'M':
		n->ttl = ttl(n, arg, "ttl");
		break;
	case 'm':
		n->min_ttl = ttl(n, arg, "minttl");
		break;
	case 'I':
		n->rcvbuf = number(n, arg, 1, INT_MAX, "TCP receive window");
		break;
	case 'O':
		n->sndbuf = number(n, arg, 1, INT_MAX, "TCP send window");
		break;
	case 'T':
		n->tos = tos(n, arg);
		break;
	case 'V':
		nc_die(n, 0, "no alternate routing table support available");
	case 'p':
		n->sport = arg;
		break;
	case 'q':
		n->quit = number(n, arg, INT_MIN, INT_MAX, "quit timer");
		break;
	case 's':
		n->source = arg;
		break;
	case 'w':
		n->timeout_ns = number(n, arg, 0, INT_MAX / 1000, "timeout") * NSEC_PER_SEC;
		break;
	case 'W':
		n->recv_limit = number(n, arg, 1, INT_MAX, "receive limit");
		break;
	case '6':
		return "nc -6";
	case 'U':
		return "nc -U";
	case 'x':
	case 'X':
	case 'P':
		return "nc through a proxy";
	case '?':
		usage(n);
	default:
		return "nc with one of -F -S -Z";
	}
	return NULL;
}

static unsigned int port_number(struct nc *n, const char *s)
{
	return (unsigned int)number(n, s, 1, 65535, "port number");
}

static void add_ports(struct nc *n, const char *s)
{
	const char *dash = strchr(s, '-');
	unsigned int lo, hi;
	uint16_t service;

	if (dash && dash != s && !ng_getservbyname(n->task, s, n->udp ? "udp" : "tcp", &service)) {
		hi = port_number(n, dash + 1);
		lo = port_number(n, ng_task_strndup(n->task, s, (size_t)(dash - s)));
	} else if (ng_getservbyname(n->task, s, n->udp ? "udp" : "tcp", &service)) {
		lo = hi = service;
	} else {
		lo = hi = port_number(n, s);
	}
	if (lo > hi) {
		unsigned int t = lo;

		lo = hi;
		hi = t;
	}
	n->list = ng_task_realloc(n->task, n->list, n->nlist * sizeof(*n->list),
				  (n->nlist + hi - lo + 1) * sizeof(*n->list));
	for (; lo <= hi; lo++)
		n->list[n->nlist++] = (uint16_t)lo;
}

/* -r: the ports in any order. */
static void shuffle(struct nc *n)
{
	for (unsigned int i = 1; i < n->nlist; i++) {
		uint16_t port = n->list[i];
		uint32_t chance;

		ng_sys_getrandom(n->task, &chance, sizeof(chance));
		chance %= i + 1;
		n->list[i] = n->list[chance];
		n->list[chance] = port;
	}
}

static void operands(struct nc *n, int argc, char **argv)
{
	if (n->listen && (n->source || n->sport) && argc)
		usage(n);
	if (!n->listen && n->keep)
		nc_die(n, 0, "must use -l with -k");
	if (n->listen && n->zero)
		nc_die(n, 0, "cannot use -z and -l");
	if (n->listen && n->sport) {
		n->host = n->source;
		n->source = NULL;
		return;
	}
	if (argc == 0 && !n->listen)
		usage(n);
	if (argc == 0 || (argc == 1 && !n->listen))
		nc_die(n, 0, "missing port number");
	if (argc == 1) {
		n->sport = argv[0];
		return;
	}
	n->host = argv[0];
	if (n->listen)
		n->sport = argv[1];
}

/**
 * nc_options() - Read the command line.
 * @n: the run, with the defaults set
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: what of it is not modelled, or NULL. Errors end the program.
 */
const char *nc_options(struct nc *n, int argc, char **argv)
{
	struct ng_getopt opt = { .task = n->task };
	const char *missing = NULL;
	int ch, i;

	while ((ch = ng_getopt_long(&opt, argc, argv,
				    "46bCDdFhI:i:klM:m:NnO:P:p:q:rSs:T:tUuV:vW:w:X:x:Zz", NULL)) !=
	       -1) {
		bool *flag = flag_of(n, ch);
		const char *what;

		if (flag) {
			*flag = true;
			continue;
		}
		what = valued(n, ch, opt.optarg);
		if (what && !missing)
			missing = what;
	}
	if (missing)
		return missing;
	argc -= opt.optind;
	argv += opt.optind;
	operands(n, argc, argv);
	for (i = 1; !n->listen && i < argc; i++)
		add_ports(n, argv[i]);
	if (n->random_ports)
		shuffle(n);
	return NULL;
}
