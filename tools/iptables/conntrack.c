/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * conntrack.c - the program conntrack: list, count, delete and flush flows
 *
 * Mirrors conntrack-tools 1.4.7, src/conntrack.c. CONTROL.
 *
 * conntrack_main()
 *   parse()
 *   ct_check() [ct_check.c]
 *   ct_run() [ct_query.c]
 */
#include "ct.h"

#include <errno.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_conntrack_tcp.h>
#include <linux/netfilter/nfnetlink.h>
#include <stdlib.h>
#include <strings.h>

int conntrack_main(struct ng_task *task, int argc, char **argv);

enum { T_SPORT = 256, T_DPORT, T_RSPORT, T_RDPORT, T_STATE, T_TYPE, T_CODE, T_ID, T_OTHER };

static const struct ng_option options[] = {
	{ "dump", 2, 'L' },	  { "create", 2, 'I' },	     { "delete", 2, 'D' },
	{ "update", 2, 'U' },	  { "get", 2, 'G' },	     { "flush", 2, 'F' },
	{ "event", 2, 'E' },	  { "counter", 2, 'C' },     { "stats", 0, 'S' },
	{ "add", 2, 'A' },	  { "load-file", 1, 'R' },   { "version", 0, 'V' },
	{ "help", 0, 'h' },	  { "src", 1, 's' },	     { "dst", 1, 'd' },
	{ "orig-src", 1, 's' },	  { "orig-dst", 1, 'd' },    { "reply-src", 1, 'r' },
	{ "reply-dst", 1, 'q' },  { "protonum", 1, 'p' },    { "proto", 1, 'p' },
	{ "timeout", 1, 't' },	  { "status", 1, 'u' },	     { "zero", 0, 'z' },
	{ "family", 1, 'f' },	  { "src-nat", 2, 'n' },     { "dst-nat", 2, 'g' },
	{ "any-nat", 2, 'j' },	  { "mark", 1, 'm' },	     { "zone", 1, 'w' },
	{ "output", 1, 'o' },	  { "buffer-size", 1, 'b' }, { "event-mask", 1, 'e' },
	{ "label", 1, 'l' },	  { "secmark", 1, 'c' },     { "orig-zone", 1, '(' },
	{ "reply-zone", 1, ')' }, { "mask-src", 1, '{' },    { "mask-dst", 1, '}' },
	{ "tuple-src", 1, '[' },  { "tuple-dst", 1, ']' },   { "id", 1, 'i' },
};

#define NBASE (sizeof(options) / sizeof(*options))

_Static_assert(NBASE <= CT_NBASE, "room for the options");

static const struct ng_option port_options[] = {
	{ "orig-port-src", 1, T_SPORT },   { "orig-port-dst", 1, T_DPORT },
	{ "sport", 1, T_SPORT },	   { "dport", 1, T_DPORT },
	{ "reply-port-src", 1, T_RSPORT }, { "reply-port-dst", 1, T_RDPORT },
	{ "state", 1, T_STATE },
};

static const struct ng_option icmp_options[] = {
	{ "icmp-type", 1, T_TYPE },
	{ "icmp-code", 1, T_CODE },
	{ "icmp-id", 1, T_ID },
};

/**
 * ct_exit() - Ends the program; what was written is flushed first
 * @c: the program
 * @status: its exit status
 */
_Noreturn void ct_exit(struct ct *c, int status)
{
	ng_flush(c->out);
	ng_flush(c->err);
	ng_sys_exit(c->task, status);
}

/**
 * ct_bad() - Ends the program with a message about its words
 * @c: the program
 * @fmt: the message
 */
_Noreturn void ct_bad(struct ct *c, const char *fmt, ...)
{
	va_list ap;

	ng_printf(c->err, "conntrack %s: ", CT_VERSION);
	va_start(ap, fmt);
	ng_vprintf(c->err, fmt, ap);
	va_end(ap);
	ng_puts(c->err, "\nTry `conntrack -h' or 'conntrack --help' for more information.\n");
	ct_exit(c, PARAMETER_PROBLEM);
}

static void set_addr(struct ct *c, const char *s, enum ct_field field, __be32 *addr, __be32 *mask)
{
	const char *slash = strchr(s, '/');
	char *name = slash ? ng_task_strndup(c->task, s, (size_t)(slash - s))
			   : ng_task_strdup(c->task, s);
	uint64_t len = 32;

	if (slash && (field & (CT_REPLY_SRC | CT_REPLY_DST)))
		ct_bad(c, "CIDR notation unavailable for `--reply-%s'",
		       field == CT_REPLY_SRC ? "src" : "dst");
	if (!strchr(name, '.') || !xt_numeric_addr(name, addr))
		ct_bad(c, "Invalid IP address `%s'", s);
	if (slash) {
		if (!xt_strtoul(slash + 1, NULL, &len, 0, 32))
			ct_bad(c, "Invalid netmask");
		*mask = cpu_to_be32(len ? (uint32_t)(0xffffffffULL << (32 - len)) : 0);
	}
	if (c->ipv6)
		ct_bad(c, "mismatched address family");
	c->f.set |= field;
	c->has_addr = true;
}

/* --mask-src, --mask-dst: which bits of --src and --dst count */
static void set_mask(struct ct *c, const char *s, bool dst)
{
	if (strchr(s, ':'))
		ct_bad(c, "mismatched address family");
	if (!xt_numeric_addr(s, &c->f.mask[dst]))
		ct_bad(c, "Invalid IP address `%s'", s);
	c->mask_given[dst] = true;
}

static void set_proto(struct ct *c, const char *s)
{
	int n = ct_proto_number(s);
	uint64_t v;
	bool icmp;

	if (n < 0 && xt_strtoul(s, NULL, &v, 0, 255))
		n = (int)v;
	if (n < 0)
		ct_bad(c, "`%s' unsupported protocol", s);
	c->f.want.orig.proto = (uint8_t)n;
	c->f.want.reply.proto = (uint8_t)n;
	c->f.set |= CT_PROTO;
	icmp = n == 1;
	if (icmp)
		memcpy(&c->opts[NBASE], icmp_options, sizeof(icmp_options));
	else if (strcmp(ct_proto_name((uint8_t)n), "unknown"))
		memcpy(&c->opts[NBASE], port_options, sizeof(port_options));
}

/* In a list: this word, and what stands behind it. */
static _Noreturn void bad_word(struct ct *c, const char *list, char *comma)
{
	if (comma)
		*comma = ',';
	ct_bad(c, "Bad parameter `%s'", list);
}

/* The machine has no /etc/xtables/connlabel.conf. */
static void no_labels(struct ct *c)
{
	ng_puts(c->err, "nfct_labelmap_new: No such file or directory\n");
}

static void set_status(struct ct *c, const char *s)
{
	static const struct {
		const char *name;
		uint32_t bit;
	} words[] = {
		{ "ASSURED", IPS_ASSURED },
		{ "SEEN_REPLY", IPS_SEEN_REPLY },
		{ "UNSET", 0 },
		{ "FIXED_TIMEOUT", IPS_FIXED_TIMEOUT },
		{ "EXPECTED", IPS_EXPECTED },
		{ "SRC_NAT", IPS_SRC_NAT },
		{ "DST_NAT", IPS_DST_NAT },
	};
	char *list = ng_task_strdup(c->task, s);

	while (list) {
		char *comma = strchr(list, ',');
		size_t i;

		if (comma)
			*comma = '\0';
		for (i = 0; i < sizeof(words) / sizeof(*words) && strcasecmp(words[i].name, list);
		     i++)
			;
		if (i < sizeof(words) / sizeof(*words)) {
			c->f.want.status |= words[i].bit;
			c->f.status_mask |= words[i].bit;
		} else if (!strcasecmp(list, "UNREPLIED")) {
			c->f.status_mask |= IPS_SEEN_REPLY;
		} else {
			bad_word(c, list, comma);
		}
		list = comma ? comma + 1 : NULL;
	}
	c->f.set |= CT_STATUS;
}

static void set_output(struct ct *c, const char *s)
{
	char *list = ng_task_strdup(c->task, s);
	const char *missing = NULL;
	bool labels = false;

	while (list) {
		char *comma = strchr(list, ',');

		if (comma)
			*comma = '\0';
		if (!strcmp(list, "extended"))
			c->how |= CT_SHOW_EXTENDED;
		else if (!strcmp(list, "id"))
			c->how |= CT_SHOW_ID;
		else if (!strcmp(list, "timestamp"))
			c->how |= CT_SHOW_TIME;
		else if (!strcmp(list, "ktimestamp"))
			c->how |= CT_SHOW_KTIME;
		else if (!strcmp(list, "labels"))
			labels = true;
		else if (!strcmp(list, "xml") || !strcmp(list, "save"))
			missing = list;
		else if (strcmp(list, "userspace") !=
			 0) /* who changed a flow: no listing says it */
			bad_word(c, list, comma);
		list = comma ? comma + 1 : NULL;
	}
	if (missing)
		ct_exit(c, ng_not_modelled(c->task, "conntrack -o %s", missing));
	if (labels)
		no_labels(c);
}

static void set_mark(struct ct *c, const char *s)
{
	uint64_t mark = 0;
	uint64_t mask = UINT32_MAX;
	char *end;

	if (xt_strtoul(s, &end, &mark, 0, UINT32_MAX) && *end == '/')
		xt_strtoul(end + 1, &end, &mask, 0, UINT32_MAX);
	c->f.want.mark = (uint32_t)mark;
	c->f.mark_mask = (uint32_t)mask;
	c->f.set |= CT_MARK;
}

static void set_nat(struct ct *c, int opt, int argc, char **argv)
{
	const char *s = c->go.optarg;
	uint16_t port = 0;
	__be32 ip = 0;
	__be32 mask = 0;

	if (!s && c->go.optind < argc && argv[c->go.optind][0] != '-' &&
	    argv[c->go.optind][0] != '!')
		s = argv[c->go.optind++];
	if (s && strchr(s, ':')) {
		char *colon;

		s = ng_task_strdup(c->task, s);
		colon = strchr((char *)(uintptr_t)s, ':');
		*colon = '\0';
		port = (uint16_t)strtol(colon + 1, NULL, 10);
		if (!port)
			ct_bad(c, "Port `%s' not valid\n", colon + 1);
	}
	if (s)
		set_addr(c, s, 0, &ip, &mask);
	c->f.set |= opt == 'n' ? CT_SRC_NAT : opt == 'g' ? CT_DST_NAT : CT_ANY_NAT;
	if (opt != 'g') {
		c->f.snat = ip;
		c->f.snat_port = port;
	}
	if (opt != 'n') {
		c->f.dnat = ip;
		c->f.dnat_port = port;
	}
}

/* As atoi(3): what is no number is 0. */
static uint16_t number(const struct ct *c)
{
	return (uint16_t)strtol(c->go.optarg, NULL, 10);
}

static void proto_option(struct ct *c, int opt)
{
	struct ct_flow *w = &c->f.want;
	int n;

	switch (opt) {
	case T_SPORT:
		w->orig.sport = number(c);
		c->f.set |= CT_SPORT;
		break;
	case T_DPORT:
		w->orig.dport = number(c);
		c->f.set |= CT_DPORT;
		break;
	case T_RSPORT:
		w->reply.sport = number(c);
		c->f.set |= CT_REPLY_SPORT;
		break;
	case T_RDPORT:
		w->reply.dport = number(c);
		c->f.set |= CT_REPLY_DPORT;
		break;
	case T_STATE:
		n = ct_state_number(c->go.optarg);
		if (n < 0)
			ct_bad(c, "unknown TCP state `%s'", c->go.optarg);
		w->state = (uint8_t)n;
		c->f.set |= CT_STATE;
		break;
	case T_TYPE:
		w->orig.type = (uint8_t)number(c);
		c->type_first = !c->has_addr;
		c->f.set |= CT_TYPE;
		break;
	case T_CODE:
		w->orig.code = (uint8_t)number(c);
		c->f.set |= CT_CODE;
		break;
	default:
		w->orig.sport = number(c);
		c->f.set |= CT_ICMP_ID;
		break;
	}
}

static void usage(struct ct *c)
{
	ng_puts(c->out, ct_usage);
	ct_exit(c, 0);
}

static void set_events(struct ct *c, const char *s)
{
	static const char *const words[] = { "NEW", "UPDATES", "DESTROY" };
	char *list = ng_task_strdup(c->task, s);

	while (list) {
		char *comma = strchr(list, ',');
		size_t i;

		if (comma)
			*comma = '\0';
		for (i = 0; i < 3 && strncasecmp(words[i], list, strlen(list)); i++)
			;
		if (*list && !strncasecmp("ALL", list, strlen(list)))
			c->events |= 7;
		else if (!*list || i == 3)
			bad_word(c, list, comma);
		else
			c->events |= 1u << i;
		list = comma ? comma + 1 : NULL;
	}
}

static void command(struct ct *c, int opt, int argc, char **argv)
{
	const char *table = NULL;

	if (c->cmd)
		ct_bad(c, "Invalid commands combination");
	/* what sticks to the letter is not looked at */
	if (!c->go.optarg && c->go.optind < argc && argv[c->go.optind][0] != '-' &&
	    argv[c->go.optind][0] != '!')
		table = argv[c->go.optind++];
	c->cmd = (char)opt;
	if (!table || !strcmp(table, "conntrack"))
		return;
	c->table = table;
	if (opt == 'L' && (!strcmp(table, "dying") || !strcmp(table, "unconfirmed")))
		return;
	if (!strcmp(table, "dying") || !strcmp(table, "unconfirmed"))
		ct_bad(c, "Can't do that command with tables `dying' and `unconfirmed'");
	if (!strcmp(table, "expect")) {
		c->expect = true;
		return;
	}
	ct_bad(c, "unknown type `%s'", table);
}

/* Which addresses: whether @opt is about them. */
static bool addr_option(struct ct *c, int opt)
{
	struct ct_flow *w = &c->f.want;
	const char *arg = c->go.optarg;

	switch (opt) {
	case 's':
		set_addr(c, arg, CT_SRC, &w->orig.src, &c->f.mask[0]);
		break;
	case 'd':
		set_addr(c, arg, CT_DST, &w->orig.dst, &c->f.mask[1]);
		break;
	case 'r':
		set_addr(c, arg, CT_REPLY_SRC, &w->reply.src, &c->f.mask[2]);
		break;
	case 'q':
		set_addr(c, arg, CT_REPLY_DST, &w->reply.dst, &c->f.mask[3]);
		break;
	case '{':
	case '}':
		set_mask(c, arg, opt == '}');
		break;
	case '[':
	case ']':
		ct_bad(c, "Illegal option `--tuple-%s' with this command",
		       opt == '[' ? "src" : "dst");
	default:
		return false;
	}
	return true;
}

static void option(struct ct *c, int opt, int argc, char **argv)
{
	const char *arg = c->go.optarg;

	if (opt < 128 && opt != 'i')
		c->given |= UINT64_C(1) << (opt & 63);
	if (addr_option(c, opt))
		return;
	switch (opt) {
	case 'p':
		set_proto(c, arg);
		break;
	case 'u':
		set_status(c, arg);
		break;
	case 'o':
		set_output(c, arg);
		break;
	case 'm':
		set_mark(c, arg);
		break;
	case 'n':
	case 'g':
	case 'j':
		set_nat(c, opt, argc, argv);
		break;
	case 'f':
		/* no flow is of IPv6 */
		c->ipv6 = !strcmp(arg, "ipv6");
		if (!c->ipv6 && strcmp(arg, "ipv4") != 0)
			ct_bad(c, "`%s' unsupported protocol", arg);
		if (c->ipv6 && (c->f.set & (CT_SRC | CT_DST | CT_REPLY_SRC | CT_REPLY_DST)))
			ct_bad(c, "mismatched address family");
		c->has_addr = true;
		break;
	case 'w':
		c->f.want.zone = (uint16_t)strtoul(arg, NULL, 0);
		c->f.set |= CT_ZONE;
		break;
	case '(':
	case ')':
		*(opt == '(' ? &c->f.want.orig.zone : &c->f.want.reply.zone) =
			(uint16_t)strtoul(arg, NULL, 0);
		c->f.set |= opt == '(' ? CT_ZONE_ORIG : CT_ZONE_REPLY;
		break;
	case 't':
		c->f.want.has_timeout = true;
		c->f.want.timeout = (uint32_t)strtol(arg, NULL, 10);
		break;
	case 'e':
		set_events(c, arg);
		break;
	case 'i':
		c->id = true;
		break;
	case 'l':
		no_labels(c);
		ct_bad(c, "unknown label '%.*s'", (int)strcspn(arg, ","), arg);
	case 'z':
		c->zero = true;
		break;
	case 'h':
		usage(c);
		break;
	case 'b':
		break;
	case 'a':
		ng_puts(c->err, "WARNING: ignoring -a, deprecated option.\n");
		break;
	case ':':
		ct_bad(c, "option `%s' requires an argument", argv[c->go.optind - 1]);
	case '?':
		ct_bad(c, "unknown option `%s'", argv[c->go.optind - 1]);
	default:
		if (opt >= T_SPORT && opt < T_OTHER)
			proto_option(c, opt);
		else
			ct_exit(c, ng_not_modelled(c->task, "conntrack -%c", opt));
		break;
	}
}

static void parse(struct ct *c, int argc, char **argv)
{
	int opt;

	memcpy(c->opts, options, sizeof(options));
	while ((opt = ng_getopt_long(&c->go, argc, argv,
				     ":L::I::U::D::G::E::F::A::C::hVs:d:r:q:p:t:u:e:a:zSi:f:o:n::"
				     "g::j::c:b:m:w:l:<:>:(:):R:",
				     c->opts)) != -1) {
		if (strchr("LDGFCIUAESV", opt) && opt < 128)
			command(c, opt, argc, argv);
		else
			option(c, opt, argc, argv);
	}
	if (c->go.optind < argc)
		ct_bad(c, "unknown argument `%s'", argv[c->go.optind]);
}

static void free_found(void *arg)
{
	nl_buf_fini(arg);
}

/**
 * conntrack_main() - The program conntrack
 * @task: its task
 * @argc: number of words
 * @argv: the words
 *
 * Return: the exit status.
 */
int conntrack_main(struct ng_task *task, int argc, char **argv)
{
	struct sockaddr_nl sa = { .nl_family = AF_NETLINK };
	struct ct *c = ng_task_alloc(task, sizeof(*c));

	c->task = task;
	c->out = ng_stdout(task);
	c->err = ng_stderr(task);
	c->seq = (uint32_t)(ng_sys_clock_realtime(task) / NSEC_PER_SEC);
	ng_task_defer(task, free_found, &c->found);
	memset(c->f.mask, 0xff, sizeof(c->f.mask));
	parse(c, argc, argv);
	if (!c->cmd)
		usage(c);
	if (c->cmd == 'V') {
		ng_printf(c->out, "conntrack %s\n", CT_VERSION);
		return 0;
	}
	ct_check(c);
	c->fd = ng_sys_socket(task, AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER);
	if (c->fd < 0 || ng_sys_bind(task, c->fd, &sa, sizeof(sa)) < 0)
		return 1;
	return ct_run(c);
}
