/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * options.c - traceroute's command line
 *
 * mirrors clif.c and the option table of traceroute 2.1.2: letters may be
 * put together, a long option's value must follow an `=`, operands and
 * options mix.
 */
#include "options.h"
#include "traceroute.h"

#include "../lib/prog.h"

#include <netglass/task.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct option {
	char letter;	  /* 0: none */
	const char *name; /* NULL: none */
	const char *arg;  /* as it is named; NULL: takes none */
};

static const struct option options[] = {
	{ '4', NULL, NULL },
	{ '6', NULL, NULL },
	{ 'd', "debug", NULL },
	{ 'F', "dont-fragment", NULL },
	{ 'f', "first", "first_ttl" },
	{ 'g', "gateway", "gate,..." },
	{ 'I', "icmp", NULL },
	{ 'T', "tcp", NULL },
	{ 'i', "interface", "device" },
	{ 'm', "max-hops", "max_ttl" },
	{ 'N', "sim-queries", "squeries" },
	{ 'n', NULL, NULL },
	{ 'p', "port", "port" },
	{ 't', "tos", "tos" },
	{ 'l', "flowlabel", "flow_label" },
	{ 'w', "wait", "MAX,HERE,NEAR" },
	{ 'q', "queries", "nqueries" },
	{ 'r', NULL, NULL },
	{ 's', "source", "src_addr" },
	{ 'z', "sendwait", "sendwait" },
	{ 'e', "extensions", NULL },
	{ 'A', "as-path-lookups", NULL },
	{ 'M', "module", "name" },
	{ 'O', "options", "OPTS,..." },
	{ 'S', "sport", "num" },
	{ 'K', "fwmark", "num" },
	{ 'U', "udp", NULL },
	{ 'D', "dccp", NULL },
	{ 'P', "protocol", "prot" },
	{ 'B', "back", NULL },
	{ 'G', "mtu", NULL },
	{ 'V', "version", NULL },
	{ 'h', "help", NULL },
};

/* Letters that only their long names reach. */
static const char only_long[] = "SKBGh";

struct cmdline {
	struct tr *t;
	int argc;
	char **argv;
	int i; /* argument being read */
	int operands;
	const char *method;
	bool ipv6;
};

#define complain(t, ...)                                      \
	do {                                                  \
		ng_printf(ng_stderr((t)->task), __VA_ARGS__); \
		prog_exit((t)->task, 2);                      \
	} while (0)

static _Noreturn void usage(struct tr *t)
{
	const char *const *s;

	for (s = tr_usage; *s; s++)
		ng_puts(ng_stderr(t->task), *s);
	prog_exit(t->task, 0);
}

static const struct option *by_letter(char c)
{
	size_t i;

	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (options[i].letter == c && !strchr(only_long, c))
			return &options[i];
	}
	return NULL;
}

static const struct option *by_name(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		const char *n = options[i].name;

		if (n && strlen(n) == len && !strncmp(n, name, len))
			return &options[i];
	}
	return NULL;
}

static bool set_uint(const char *s, unsigned int *ret)
{
	char *end;
	unsigned long v = strtoul(s, &end, 0);

	if (end == s || *end)
		return false;
	*ret = (unsigned int)v;
	return true;
}

static bool set_double(const char *s, double *ret)
{
	char *end;
	double v = strtod(s, &end);

	if (end == s || *end)
		return false;
	*ret = v;
	return true;
}

/* MAX[,HERE[,NEAR]]; what is not given is 0 */
static bool set_wait(struct tr *t, const char *s)
{
	double *const to[] = { &t->wait_secs, &t->here_factor, &t->near_factor };
	char *end;
	int i;

	t->here_factor = t->near_factor = 0;
	for (i = 0; i < 3; i++) {
		double v = strtod(s, &end);

		if (end == s)
			return false;
		*to[i] = v;
		if (!*end)
			return true;
		s = end + 1;
	}
	return false;
}

/* A name or an address; says why not. */
static bool resolve(struct cmdline *c, const char *s, __be32 *ret)
{
	const char *why = "Name or service not known";
	char canon[256];

	if (ng_inet_aton(s, ret)) {
		if (!c->ipv6)
			return true;
		why = "Address family for hostname not supported";
	} else if (ng_gethostbyname(c->t->task, s, ret, canon, sizeof(canon))) {
		return true;
	} else if (strchr(s, ':')) {
		c->t->not_modelled = "to an IPv6 address";
		return true;
	}
	ng_printf(ng_stderr(c->t->task), "%s: %s\n", s, why);
	return false;
}

static bool set_flag(struct cmdline *c, char letter)
{
	struct tr *t = c->t;

	switch (letter) {
	case '4':
		return true;
	case '6':
		c->ipv6 = true;
		return true;
	case 'd':
		t->debug = true;
		return true;
	case 'F':
		t->dontfrag = true;
		return true;
	case 'I':
		c->method = "icmp";
		return true;
	case 'T':
		c->method = "tcp";
		return true;
	case 'U':
		c->method = "udp";
		return true;
	case 'n':
		t->numeric = true;
		return true;
	case 'r':
		t->noroute = true;
		return true;
	case 'B':
		t->backward = true;
		return true;
	case 'G':
		t->mtudisc = true;
		return true;
	case 'e': /* no router here sends extensions */
		return true;
	case 'V':
		ng_puts(ng_stderr(t->task), tr_version);
		prog_exit(t->task, 0);
	case 'h':
		usage(t);
	default:
		t->not_modelled = letter == 'A' ? "-A" : "-D";
		return true;
	}
}

static bool add_keyword(struct cmdline *c, const char *s)
{
	struct tr *t = c->t;

	if (!strcmp(s, "help"))
		tr_keywords_help(t, c->method);
	if (t->num_keywords == TR_MAX_KEYWORDS) {
		ng_puts(ng_stderr(t->task), "Too many module options\n");
		return false;
	}
	t->keywords[t->num_keywords++] = s;
	return true;
}

static bool add_protocol(struct cmdline *c, const char *s)
{
	size_t size = strlen(s) + sizeof("protocol=");
	char *word = ng_task_alloc(c->t->task, size);

	snprintf(word, size, "protocol=%s", s);
	return add_keyword(c, word);
}

static bool set_value(struct cmdline *c, char letter, const char *s)
{
	struct tr *t = c->t;

	switch (letter) {
	case 'f':
		return set_uint(s, &t->first_hop);
	case 'i':
		t->device = s;
		return true;
	case 'm':
		return set_uint(s, &t->max_hops);
	case 'N':
		return set_uint(s, &t->sim);
	case 'p':
		t->have_port = true;
		return set_uint(s, &t->port);
	case 't':
		return set_uint(s, &t->tos);
	case 'w':
		return set_wait(t, s);
	case 'q':
		return set_uint(s, &t->per_hop);
	case 's':
		t->have_src = true;
		return resolve(c, s, &t->src);
	case 'z':
		return set_double(s, &t->send_secs);
	case 'M':
		c->method = s;
		return true;
	case 'S':
		return set_uint(s, &t->sport);
	case 'K':
		t->have_mark = true;
		return set_uint(s, &t->mark);
	case 'l':
		return true; /* a flow label matters to IPv6 only */
	case 'O':
		return add_keyword(c, s);
	case 'P':
		c->method = "raw";
		return add_protocol(c, s);
	default:
		t->not_modelled = "-g";
		return true;
	}
}

static void long_option(struct cmdline *c)
{
	const char *s = c->argv[c->i];
	const char *eq = strchr(s, '=');
	size_t len = (eq ? (size_t)(eq - s) : strlen(s)) - 2;
	const struct option *o = by_name(s + 2, len);

	if (eq && (!o || !o->arg))
		complain(c->t, "Bad option `%s' (with arg `%s') (argc %d)\n", s, eq + 1, c->i);
	if (!o)
		complain(c->t, "Bad option `%s' (argc %d)\n", s, c->i);
	if (o->arg && !eq)
		complain(c->t, "Option `%s' (argc %d) requires an argument: `--%s=%s'\n", s, c->i,
			 o->name, o->arg);
	if (o->arg ? !set_value(c, o->letter, eq + 1) : !set_flag(c, o->letter))
		complain(c->t, "Cannot handle `--%s' option with arg `%s' (argc %d)\n", o->name,
			 eq + 1, c->i);
}

static void short_options(struct cmdline *c)
{
	const char *s = c->argv[c->i] + 1;

	if (!strcmp(s, "UL")) {
		c->t->not_modelled = "-UL";
		return;
	}
	for (; *s; s++) {
		const struct option *o = by_letter(*s);
		const char *arg;

		if (!o)
			complain(c->t, "Bad option `-%c' (argc %d)\n", *s, c->i);
		if (!o->arg) {
			set_flag(c, *s);
			continue;
		}
		arg = s[1] ? s + 1 : c->i + 1 < c->argc ? c->argv[c->i + 1] : NULL;
		if (!arg || (s[1] && s != c->argv[c->i] + 1))
			complain(c->t, "Option `-%c' (argc %d) requires an argument: `-%c %s'\n",
				 *s, c->i, *s, o->arg);
		if (!s[1])
			c->i++;
		if (!set_value(c, *s, arg))
			complain(c->t, "Cannot handle `-%c' option with arg `%s' (argc %d)\n", *s,
				 arg, c->i);
		return;
	}
}

static void operand(struct cmdline *c)
{
	struct tr *t = c->t;
	const char *s = c->argv[c->i];
	const char *name = c->operands ? "packetlen" : "host";
	bool ok;

	if (c->operands++ > 1)
		complain(t, "Extra arg `%s' (position %d, argc %d)\n", s, c->operands, c->i);
	if (c->operands == 1) {
		t->host = s;
		ok = resolve(c, s, &t->dst);
	} else {
		t->have_packet_len = true;
		ok = set_uint(s, &t->packet_len);
	}
	if (!ok)
		complain(t, "Cannot handle \"%s\" cmdline arg `%s' on position %d (argc %d)\n",
			 name, s, c->operands, c->i);
}

static void check(struct tr *t, const char *method)
{
	t->method = tr_method(method);
	if (!t->method &&
	    (!strcmp(method, "udplite") || !strcmp(method, "dccp") || !strcmp(method, "tcpconn")))
		t->not_modelled = "-M with a method other than default, udp, icmp, tcp and raw";
	else if (!t->method)
		complain(t, "Unknown traceroute module %s\n", method);
	if (!t->first_hop || t->first_hop > t->max_hops)
		complain(t, "first hop out of range\n");
	if (t->max_hops > TR_MAX_HOPS)
		complain(t, "max hops cannot be more than %d\n", TR_MAX_HOPS);
	if (!t->per_hop || t->per_hop > TR_MAX_PROBES)
		complain(t, "no more than %d probes per hop\n", TR_MAX_PROBES);
	if (t->wait_secs < 0 || t->here_factor < 0 || t->near_factor < 0)
		complain(t, "bad wait specifications `%g,%g,%g' used\n", t->wait_secs,
			 t->here_factor, t->near_factor);
	if (t->packet_len > TR_MAX_LEN)
		complain(t, "too big packetlen %d specified\n", (int)t->packet_len);
	if (t->send_secs < 0)
		complain(t, "bad sendtime `%g' specified\n", t->send_secs);
	if (t->send_secs >= 10)
		t->send_secs /= 1000;
	if (t->mtudisc) {
		t->dontfrag = true;
		t->sim = 1;
		if (!t->have_packet_len)
			t->packet_len = TR_MAX_LEN;
		t->have_packet_len = true;
	}
	if (t->sport || (t->method && t->method->one_per_time)) {
		t->sim = 1;
		t->here_factor = t->near_factor = 0;
	}
}

/**
 * tr_options() - Read and check the command line.
 * @t: the run, with the defaults set
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Ends the program when something is wrong with it.
 */
void tr_options(struct tr *t, int argc, char **argv)
{
	struct cmdline c = { .t = t, .argc = argc, .argv = argv, .method = "default" };
	bool only_operands = false;

	if (argc < 2)
		usage(t);
	for (c.i = 1; c.i < argc; c.i++) {
		const char *s = argv[c.i];

		if (only_operands || s[0] != '-' || !s[1])
			operand(&c);
		else if (!strcmp(s, "--"))
			only_operands = true;
		else if (s[1] == '-')
			long_option(&c);
		else
			short_options(&c);
	}
	if (!c.operands)
		complain(t, "Specify \"host\" missing argument.\n");
	if (c.ipv6)
		t->not_modelled = "-6";
	check(t, c.method);
}
