/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * conntrack.c - the program conntrack: list, count, delete and flush flows
 *
 * Mirrors conntrack-tools 1.4.7, src/conntrack.c. CONTROL.
 *
 * conntrack_main()
 *   parse()
 *   run_list() run_delete() run_get() run_count() run_flush()
 */
#include "ct.h"

#include <errno.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_conntrack_tcp.h>
#include <linux/netfilter/nfnetlink.h>
#include <stdlib.h>
#include <strings.h>

#define VERSION "v1.4.7 (conntrack-tools)"
#define RCVBUF 32768
#define MAX_LINE 512
#define BLOCK 4096 /* what a pipe's buffer of stdio holds */

int conntrack_main(struct ng_task *task, int argc, char **argv);

enum { T_SPORT = 256, T_DPORT, T_RSPORT, T_RDPORT, T_STATE, T_TYPE, T_CODE, T_ID, T_OTHER };

static const struct ng_option options[] = {
	{ "dump", 2, 'L' },	 { "create", 2, 'I' },	    { "delete", 2, 'D' },
	{ "update", 2, 'U' },	 { "get", 2, 'G' },	    { "flush", 2, 'F' },
	{ "event", 2, 'E' },	 { "counter", 2, 'C' },	    { "stats", 0, 'S' },
	{ "add", 2, 'A' },	 { "load-file", 1, 'R' },   { "version", 0, 'V' },
	{ "help", 0, 'h' },	 { "src", 1, 's' },	    { "dst", 1, 'd' },
	{ "orig-src", 1, 's' },	 { "orig-dst", 1, 'd' },    { "reply-src", 1, 'r' },
	{ "reply-dst", 1, 'q' }, { "protonum", 1, 'p' },    { "proto", 1, 'p' },
	{ "timeout", 1, 't' },	 { "status", 1, 'u' },	    { "zero", 0, 'z' },
	{ "family", 1, 'f' },	 { "src-nat", 2, 'n' },	    { "dst-nat", 2, 'g' },
	{ "any-nat", 2, 'j' },	 { "mark", 1, 'm' },	    { "zone", 1, 'w' },
	{ "output", 1, 'o' },	 { "buffer-size", 1, 'b' }, { "event-mask", 1, 'e' },
	{ "label", 1, 'l' },	 { "secmark", 1, 'c' },
};

#define NBASE (sizeof(options) / sizeof(*options))

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

struct ct {
	struct ng_task *task;
	struct ng_out *out;
	struct ng_out *err;
	struct ipt *x; /* for names and numbers */
	int fd;
	uint32_t seq;
	char cmd; /* 0: none */
	struct ct_filter f;
	bool has_addr;
	unsigned int how;
	unsigned int count;
	int failed;
	struct ng_option opts[NBASE + 8];
	struct nl_buf found; /* flows, held until the trailer's turn */
	struct ng_getopt go;
};

_Noreturn static void ct_exit(struct ct *c, int status)
{
	ng_flush(c->out);
	ng_flush(c->err);
	ng_sys_exit(c->task, status);
}

_Noreturn __attribute__((format(printf, 2, 3))) static void bad(struct ct *c, const char *fmt, ...)
{
	va_list ap;

	ng_printf(c->err, "conntrack %s: ", VERSION);
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

	if (!strchr(name, '.') || !xt_numeric_addr(name, addr))
		bad(c, "Invalid IP address `%s'", s);
	*mask = cpu_to_be32(UINT32_MAX);
	if (slash) {
		if (!xt_strtoul(slash + 1, NULL, &len, 0, 32))
			bad(c, "Invalid IP address `%s'", s);
		*mask = cpu_to_be32(len ? (uint32_t)(0xffffffffULL << (32 - len)) : 0);
		*addr &= *mask;
	}
	c->f.set |= field;
	c->has_addr = true;
}

static void set_proto(struct ct *c, const char *s)
{
	int n = ct_proto_number(s);
	uint64_t v;
	bool icmp;

	if (n < 0 && xt_strtoul(s, NULL, &v, 0, 255))
		n = (int)v;
	if (n < 0)
		bad(c, "`%s' unsupported protocol", s);
	c->f.want.orig.proto = (uint8_t)n;
	c->f.want.reply.proto = (uint8_t)n;
	c->f.set |= CT_PROTO;
	icmp = n == 1;
	if (icmp)
		memcpy(&c->opts[NBASE], icmp_options, sizeof(icmp_options));
	else if (strcmp(ct_proto_name((uint8_t)n), "unknown"))
		memcpy(&c->opts[NBASE], port_options, sizeof(port_options));
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
			bad(c, "Bad parameter `%s'", list);
		}
		list = comma ? comma + 1 : NULL;
	}
	c->f.set |= CT_STATUS;
}

static void set_output(struct ct *c, const char *s)
{
	char *list = ng_task_strdup(c->task, s);

	while (list) {
		char *comma = strchr(list, ',');

		if (comma)
			*comma = '\0';
		if (!strcmp(list, "extended"))
			c->how |= CT_SHOW_EXTENDED;
		else if (!strcmp(list, "id"))
			c->how |= CT_SHOW_ID;
		else if (strcmp(list, "timestamp") && strcmp(list, "ktimestamp"))
			ct_exit(c, ng_not_modelled(c->task, "conntrack -o %s", list));
		list = comma ? comma + 1 : NULL;
	}
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
	__be32 ip = 0;
	__be32 mask;

	if (!s && c->go.optind < argc && argv[c->go.optind][0] != '-' &&
	    argv[c->go.optind][0] != '!')
		s = argv[c->go.optind++];
	if (s)
		set_addr(c, s, 0, &ip, &mask);
	c->f.set |= opt == 'n' ? CT_SRC_NAT : opt == 'g' ? CT_DST_NAT : CT_ANY_NAT;
	if (opt != 'g')
		c->f.snat = ip;
	if (opt != 'n')
		c->f.dnat = ip;
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
			bad(c, "unknown TCP state `%s'", c->go.optarg);
		w->state = (uint8_t)n;
		c->f.set |= CT_STATE;
		break;
	case T_TYPE:
		w->orig.type = (uint8_t)number(c);
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

static void command(struct ct *c, int opt, int argc, char **argv)
{
	const char *table = c->go.optarg;

	if (c->cmd)
		bad(c, "Invalid commands combination");
	if (!table && c->go.optind < argc && argv[c->go.optind][0] != '-' &&
	    argv[c->go.optind][0] != '!')
		table = argv[c->go.optind++];
	c->cmd = (char)opt;
	if (!table || !strcmp(table, "conntrack"))
		return;
	if (!strcmp(table, "expect") || !strcmp(table, "dying") || !strcmp(table, "unconfirmed"))
		ct_exit(c, ng_not_modelled(c->task, "conntrack -%c %s", opt, table));
	bad(c, "unknown type `%s'", table);
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
	default:
		return false;
	}
	return true;
}

static void option(struct ct *c, int opt, int argc, char **argv)
{
	const char *arg = c->go.optarg;
	uint64_t v;

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
		if (strcmp(arg, "ipv4"))
			ct_exit(c, ng_not_modelled(c->task, "conntrack -f %s", arg));
		c->has_addr = true;
		break;
	case 'w':
		if (!xt_strtoul(arg, NULL, &v, 0, UINT16_MAX))
			bad(c, "unexpected value '%s' with zone option", arg);
		c->f.want.zone = (uint16_t)v;
		c->f.set |= CT_ZONE;
		break;
	case 'b':
		break;
	case 'V':
		ng_printf(c->out, "conntrack %s\n", VERSION);
		ct_exit(c, 0);
	case ':':
		bad(c, "option `%s' requires an argument", argv[c->go.optind - 1]);
	case '?':
		bad(c, "unknown option `%s'", argv[c->go.optind - 1]);
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
		if (strchr("LDGFC", opt) && opt < 128)
			command(c, opt, argc, argv);
		else
			option(c, opt, argc, argv);
	}
	if (c->go.optind < argc)
		bad(c, "unknown argument `%s'", argv[c->go.optind]);
}

/* ---- talking to the kernel ---- */

static struct nfgenmsg *begin(struct ct *c, struct nl_buf *b, uint8_t type, uint16_t flags,
			      uint8_t family)
{
	struct nfgenmsg *nfg =
		nlmsg_put(b, 0, ++c->seq, (uint16_t)((NFNL_SUBSYS_CTNETLINK << 8) | type),
			  (uint16_t)(NLM_F_REQUEST | flags), sizeof(*nfg));

	nfg->nfgen_family = family;
	return nfg;
}

typedef void (*on_msg_fn)(struct ct *c, const struct nlmsghdr *nlh);

static int talk(struct ct *c, struct nl_buf *b, on_msg_fn fn)
{
	uint8_t *buf = ng_task_alloc(c->task, RCVBUF);
	bool more;
	int ret;

	nlmsg_end(b);
	more = ((const struct nlmsghdr *)(void *)b->data)->nlmsg_flags & (NLM_F_ACK | NLM_F_DUMP);
	ret = (int)ng_sys_sendto(c->task, c->fd, b->data, b->len, 0, NULL, 0);
	nl_buf_fini(b);
	if (ret < 0)
		return ret;
	do {
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)(void *)buf;
		ssize_t n = ng_sys_recvfrom(c->task, c->fd, buf, RCVBUF, 0, NULL, NULL);
		size_t left = n > 0 ? (size_t)n : 0;

		if (n < 0)
			return (int)n;
		for (; NLMSG_OK(nlh, left); nlh = NLMSG_NEXT(nlh, left)) {
			if (nlh->nlmsg_type == NLMSG_DONE)
				return 0;
			if (nlh->nlmsg_type == NLMSG_ERROR)
				return *(const int *)NLMSG_DATA(nlh);
			fn(c, nlh);
		}
	} while (more);
	return 0;
}

static void keep(struct ct *c, const struct nlmsghdr *nlh)
{
	struct ct_flow f;

	if (!ct_parse(nlh, &f) || !ct_matches(&c->f, &f))
		return;
	memcpy(nl_buf_put(&c->found, NLMSG_ALIGN(nlh->nlmsg_len)), nlh, nlh->nlmsg_len);
	c->count++;
}

static void dump(struct ct *c)
{
	struct nl_buf b = { 0 };
	int err;

	begin(c, &b, IPCTNL_MSG_CT_GET, NLM_F_DUMP, c->has_addr ? AF_INET : AF_UNSPEC);
	if (c->f.set & CT_MARK) {
		nla_put_be32(&b, CTA_MARK, cpu_to_be32(c->f.want.mark));
		nla_put_be32(&b, CTA_MARK_MASK, cpu_to_be32(c->f.mark_mask));
	}
	if (c->f.set & CT_STATUS) {
		nla_put_be32(&b, CTA_STATUS, cpu_to_be32(c->f.want.status));
		nla_put_be32(&b, CTA_STATUS_MASK, cpu_to_be32(c->f.status_mask));
	}
	err = talk(c, &b, keep);
	if (err < 0) {
		ng_printf(c->err, "conntrack %s: Operation failed: %s\n", VERSION,
			  ng_strerror(-err));
		ct_exit(c, 1);
	}
}

/*
 * Prints what was found and the line about it. Standard output is stdio's in the original: to a pipe or a
 * file its last, partly filled block comes after what is on standard error.
 */
static void show(struct ct *c, const char *done)
{
	const struct nlmsghdr *nlh = (const struct nlmsghdr *)(void *)c->found.data;
	bool tty = ng_sys_isatty(c->task, 1) > 0;
	size_t left = c->found.len;
	size_t cap = (c->count + 1) * MAX_LINE;
	char *text = ng_task_alloc(c->task, cap);
	struct ct_flow f;
	size_t len = 0;
	size_t first;

	for (; NLMSG_OK(nlh, left); nlh = NLMSG_NEXT(nlh, left)) {
		if (ct_parse(nlh, &f))
			len += ct_line(text + len, cap - len, &f, c->how);
	}
	first = tty ? len : len - len % BLOCK;
	ng_write(c->out, text, first);
	ng_printf(c->err, "conntrack %s: %u flow entries have been %s.\n", VERSION, c->count, done);
	ng_write(c->out, text + first, len - first);
}

static int run_list(struct ct *c)
{
	dump(c);
	show(c, "shown");
	return 0;
}

/* The state of a TCP flow goes back to the kernel as it came, in the library's order. */
static void put_protoinfo(struct nl_buf *b, const struct nlattr *nla)
{
	static const uint16_t order[] = { CTA_PROTOINFO_TCP_STATE, CTA_PROTOINFO_TCP_FLAGS_ORIGINAL,
					  CTA_PROTOINFO_TCP_FLAGS_REPLY,
					  CTA_PROTOINFO_TCP_WSCALE_ORIGINAL,
					  CTA_PROTOINFO_TCP_WSCALE_REPLY };
	const struct nlattr *tb[CTA_PROTOINFO_MAX + 1];
	const struct nlattr *tcp[CTA_PROTOINFO_TCP_MAX + 1];
	size_t nest;
	size_t in;
	size_t i;

	if (nla_parse_nested(tb, CTA_PROTOINFO_MAX, nla) || !tb[CTA_PROTOINFO_TCP] ||
	    nla_parse_nested(tcp, CTA_PROTOINFO_TCP_MAX, tb[CTA_PROTOINFO_TCP]))
		return;
	nest = nla_nest_start(b, CTA_PROTOINFO | NLA_F_NESTED);
	in = nla_nest_start(b, CTA_PROTOINFO_TCP | NLA_F_NESTED);
	for (i = 0; i < sizeof(order) / sizeof(*order); i++) {
		if (tcp[order[i]])
			nla_put(b, order[i], nla_len(tcp[order[i]]), nla_data(tcp[order[i]]));
	}
	nla_nest_end(b, in);
	nla_nest_end(b, nest);
}

static void nothing(struct ct *c, const struct nlmsghdr *nlh)
{
	(void)c;
	(void)nlh;
}

static int delete_one(struct ct *c, const struct ct_flow *f)
{
	const struct nlattr *tb[CTA_MAX + 1];
	struct nl_buf b = { 0 };

	nlmsg_parse(f->nlh, 4, tb, CTA_MAX);
	begin(c, &b, IPCTNL_MSG_CT_DELETE, NLM_F_ACK, AF_INET);
	ct_put_tuple(&b, CTA_TUPLE_ORIG, &f->orig);
	ct_put_tuple(&b, CTA_TUPLE_REPLY, &f->reply);
	nla_put_be32(&b, CTA_STATUS, cpu_to_be32(f->status));
	if (f->has_timeout)
		nla_put_be32(&b, CTA_TIMEOUT, cpu_to_be32(f->timeout));
	if (f->has_mark)
		nla_put_be32(&b, CTA_MARK, cpu_to_be32(f->mark));
	if (tb[CTA_PROTOINFO])
		put_protoinfo(&b, tb[CTA_PROTOINFO]);
	return talk(c, &b, nothing);
}

static int run_delete(struct ct *c)
{
	const struct nlmsghdr *nlh;
	struct ct_flow f;
	size_t left;

	dump(c);
	nlh = (const struct nlmsghdr *)(void *)c->found.data;
	for (left = c->found.len; NLMSG_OK(nlh, left); nlh = NLMSG_NEXT(nlh, left)) {
		int err = ct_parse(nlh, &f) ? delete_one(c, &f) : 0;

		if (err < 0 && err != -ENOENT) {
			ng_printf(c->err, "conntrack %s: Operation failed: %s\n", VERSION,
				  ng_strerror(-err));
			return 1;
		}
	}
	show(c, "deleted");
	return c->count == 0;
}

static void need(struct ct *c, enum ct_field field, const char *name)
{
	if (!(c->f.set & field))
		bad(c, "You need to supply the `%s' option for this command", name);
}

static int run_get(struct ct *c)
{
	static const uint8_t liberal[2] = { IP_CT_TCP_FLAG_BE_LIBERAL | IP_CT_TCP_FLAG_SACK_PERM,
					    IP_CT_TCP_FLAG_BE_LIBERAL | IP_CT_TCP_FLAG_SACK_PERM };
	struct nl_buf b = { 0 };
	int err;

	need(c, CT_PROTO, "-p");
	if (c->f.want.orig.proto == 1) {
		need(c, CT_TYPE, "--icmp-type");
		need(c, CT_CODE, "--icmp-code");
		need(c, CT_ICMP_ID, "--icmp-id");
	}
	begin(c, &b, IPCTNL_MSG_CT_GET, NLM_F_ACK, AF_INET);
	ct_put_tuple(&b, CTA_TUPLE_ORIG, &c->f.want.orig);
	if (c->f.want.orig.proto == 6) {
		size_t nest = nla_nest_start(&b, CTA_PROTOINFO | NLA_F_NESTED);
		size_t in = nla_nest_start(&b, CTA_PROTOINFO_TCP | NLA_F_NESTED);

		nla_put(&b, CTA_PROTOINFO_TCP_FLAGS_ORIGINAL, 2, liberal);
		nla_put(&b, CTA_PROTOINFO_TCP_FLAGS_REPLY, 2, liberal);
		nla_nest_end(&b, in);
		nla_nest_end(&b, nest);
	}
	err = talk(c, &b, keep);
	if (err < 0) {
		ng_printf(c->err, "conntrack %s: Operation failed: %s\n", VERSION,
			  err == -ENOENT ? "such conntrack doesn't exist" : ng_strerror(-err));
		return 1;
	}
	show(c, "shown");
	return 0;
}

static void on_stats(struct ct *c, const struct nlmsghdr *nlh)
{
	const struct nlattr *tb[CTA_STATS_GLOBAL_MAX + 1];

	if (nlmsg_parse(nlh, 4, tb, CTA_STATS_GLOBAL_MAX) == 0 && tb[CTA_STATS_GLOBAL_ENTRIES])
		c->count = be32_to_cpu(nla_get_be32(tb[CTA_STATS_GLOBAL_ENTRIES]));
}

static int run_count(struct ct *c)
{
	struct nl_buf b = { 0 };

	begin(c, &b, IPCTNL_MSG_CT_GET_STATS, 0, AF_UNSPEC);
	talk(c, &b, on_stats);
	ng_printf(c->out, "%u\n", c->count);
	return 0;
}

static int run_flush(struct ct *c)
{
	struct nl_buf b = { 0 };

	begin(c, &b, IPCTNL_MSG_CT_DELETE, NLM_F_ACK, c->has_addr ? AF_INET : AF_UNSPEC);
	talk(c, &b, nothing);
	ng_printf(c->err, "conntrack %s: connection tracking table has been emptied.\n", VERSION);
	return 0;
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
	parse(c, argc, argv);
	if (!c->cmd)
		return ng_not_modelled(task, "conntrack without a command");
	c->fd = ng_sys_socket(task, AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER);
	if (c->fd < 0 || ng_sys_bind(task, c->fd, &sa, sizeof(sa)) < 0)
		return 1;
	switch (c->cmd) {
	case 'L':
		return run_list(c);
	case 'D':
		return run_delete(c);
	case 'G':
		return run_get(c);
	case 'C':
		return run_count(c);
	default:
		return run_flush(c);
	}
}
