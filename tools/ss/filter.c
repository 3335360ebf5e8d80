/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * filter.c - [ state STATE-FILTER ] [ EXPRESSION ]
 *
 * mirrors misc/ssfilter.y and parse_hostcond() in misc/ss.c of iproute2 6.1:
 *
 *	expr   := and { ("or" | "|" | "||") and }
 *	and    := not { ("and" | "&" | "&&" | nothing) not }
 *	not    := ("not" | "!") not | "(" expr ")" | term
 *	term   := ("src" | "dst") [ "=" ] HOST | ("sport" | "dport") [ OP ] PORT | "dev" [ OP ] DEVICE
 *
 * Unlike iproute2 the kernel is not asked to filter: all sockets come and those that match are shown.
 */
#include "../lib/netdb.h"
#include "../lib/prog.h"
#include "ss.h"

#include <linux/if.h>
#include <linux/in.h>
#include <linux/sockios.h>
#include <netglass/syscall.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DEPTH_MAX = 200 };

enum kind { E_AND, E_OR, E_NOT, E_SRC, E_DST, E_SPORT, E_DPORT, E_DEV };
enum op { OP_EQ, OP_NE, OP_LT, OP_GT, OP_LE, OP_GE };

struct ss_expr {
	enum kind kind;
	enum op op;
	struct ss_expr *a, *b;
	__be32 addr;
	unsigned int prefix; /* bits of @addr that count */
	bool ipv6;	     /* matches nothing here */
	long port;	     /* -1: any */
	uint32_t ifindex;
};

struct words {
	struct ss *s;
	int argc;
	char **argv;
	int depth;
};

static _Noreturn void syntax_error(struct words *w)
{
	struct ng_out *err = ng_stderr(w->s->task);

	ng_puts(err, "ss: bison bellows (while parsing filter): \"syntax error!\" Sorry.\n");
	ng_puts(err, ss_usage_text);
	prog_exit(w->s->task, 255);
}

static const char *peek(const struct words *w)
{
	return w->argc > 0 ? *w->argv : NULL;
}

static const char *take(struct words *w)
{
	w->argc--;
	return *w->argv++;
}

static bool is_word(const char *word, const char *const *of)
{
	for (; word && *of; of++) {
		if (!strcmp(word, *of))
			return true;
	}
	return false;
}

static struct ss_expr *expr_new(struct words *w, enum kind kind, struct ss_expr *a,
				struct ss_expr *b)
{
	struct ss_expr *e = ng_task_alloc(w->s->task, sizeof(*e));

	e->kind = kind;
	e->a = a;
	e->b = b;
	e->port = -1;
	return e;
}

static _Noreturn void bad_host(struct words *w)
{
	ng_puts(ng_stderr(w->s->task), "Cannot parse dst/src address.\n");
	prog_exit(w->s->task, 1);
}

static void parse_port(struct words *w, struct ss_expr *e, const char *word)
{
	char *end;
	uint16_t port;

	if (!*word || !strcmp(word, "*"))
		return;
	e->port = strtol(word, &end, 0);
	if (!*end)
		return;
	if (!ng_getservbyname(w->s->task, word, NULL, &port)) {
		ng_printf(ng_stderr(w->s->task), "Error: \"%s\" does not look like a port.\n",
			  word);
		bad_host(w);
	}
	e->port = port;
}

static void parse_prefix(struct words *w, struct ss_expr *e, const char *word)
{
	char *addr = ng_task_strdup(w->s->task, word), *slash = strchr(addr, '/'), *end = NULL;
	unsigned long bits = 32;

	if (slash) {
		*slash = '\0';
		bits = strtoul(slash + 1, &end, 10);
	}
	e->prefix = (unsigned int)bits;
	if (!*addr || !strcmp(addr, "*")) {
		e->prefix = 0;
		return;
	}
	if (strchr(addr, ':')) {
		e->ipv6 = true;
		return;
	}
	if ((end && (*end || end == slash + 1)) || bits > 32 || !ng_inet_aton(addr, &e->addr)) {
		ng_printf(ng_stderr(w->s->task),
			  "Error: an inet prefix is expected rather than \"%s\".\n", word);
		bad_host(w);
	}
}

/* "[addr][/bits][:port]", or a port alone for sport and dport */
static void parse_hostcond(struct words *w, struct ss_expr *e, const char *word)
{
	char *copy = ng_task_strdup(w->s->task, word), *colon = strrchr(copy, ':');
	bool is_port = e->kind == E_SPORT || e->kind == E_DPORT;

	if (*copy == '[') {
		char *close = strchr(copy, ']');

		if (!close)
			bad_host(w);
		e->ipv6 = true;
		if (close[1] == ':')
			parse_port(w, e, close + 2);
		return;
	}
	if (is_port) {
		parse_port(w, e, colon == copy ? copy + 1 : copy);
		return;
	}
	if (colon && !strchr(copy, '/') && strchr(copy, ':') != colon)
		colon = NULL; /* an IPv6 address */
	if (colon) {
		*colon = '\0';
		parse_port(w, e, colon + 1);
	}
	parse_prefix(w, e, copy);
}

static bool take_op(struct words *w, enum op *ret_op)
{
	static const struct {
		const char *word;
		enum op op;
	} ops[] = {
		{ "=", OP_EQ },	  { "==", OP_EQ },  { "eq", OP_EQ }, { "!=", OP_NE },
		{ "ne", OP_NE },  { "neq", OP_NE }, { "<", OP_LT },  { "lt", OP_LT },
		{ ">", OP_GT },	  { "gt", OP_GT },  { "<=", OP_LE }, { "le", OP_LE },
		{ "leq", OP_LE }, { ">=", OP_GE },  { "ge", OP_GE }, { "geq", OP_GE },
	};
	const char *word = peek(w);

	for (size_t i = 0; word && i < sizeof(ops) / sizeof(ops[0]); i++) {
		if (strcmp(word, ops[i].word))
			continue;
		*ret_op = ops[i].op;
		take(w);
		return true;
	}
	return false;
}

static uint32_t device_index(struct words *w, const char *name)
{
	struct ifreq ifr = { 0 };
	int fd = ng_sys_socket(w->s->task, AF_INET, SOCK_DGRAM, 0), err;
	char *end;
	unsigned long n = strtoul(name, &end, 0);

	if (*name && !*end)
		return (uint32_t)n;
	strncpy(ifr.ifr_name, name, IFNAMSIZ - 1);
	err = ng_sys_ioctl(w->s->task, fd, SIOCGIFINDEX, &ifr);
	ng_sys_close(w->s->task, fd);
	if (err)
		syntax_error(w);
	return (uint32_t)ifr.ifr_ifindex;
}

static struct ss_expr *parse_or(struct words *w);

static struct ss_expr *parse_term(struct words *w)
{
	static const char *const names[] = { "src", "dst", "sport", "dport", "dev" };
	const char *word = take(w);

	for (int i = 0; i < 5; i++) {
		struct ss_expr *e;

		if (strcmp(word, names[i]))
			continue;
		e = expr_new(w, (enum kind)(E_SRC + i), NULL, NULL);
		take_op(w, &e->op);
		if ((e->kind == E_SRC || e->kind == E_DST) && e->op > OP_NE)
			syntax_error(w);
		if (!peek(w))
			syntax_error(w);
		if (e->kind == E_DEV)
			e->ifindex = device_index(w, take(w));
		else
			parse_hostcond(w, e, take(w));
		return e;
	}
	/* any other word is read as a host, and has no place here */
	parse_hostcond(w, expr_new(w, E_DST, NULL, NULL), word);
	syntax_error(w);
}

static struct ss_expr *parse_not(struct words *w)
{
	static const char *const nots[] = { "!", "not", NULL };
	struct ss_expr *e;

	if (!peek(w) || ++w->depth > DEPTH_MAX)
		syntax_error(w);
	if (is_word(peek(w), nots)) {
		take(w);
		e = expr_new(w, E_NOT, parse_not(w), NULL);
	} else if (!strcmp(peek(w), "(")) {
		take(w);
		e = parse_or(w);
		if (!peek(w) || strcmp(take(w), ")"))
			syntax_error(w);
	} else {
		e = parse_term(w);
	}
	w->depth--;
	return e;
}

static struct ss_expr *parse_and(struct words *w)
{
	static const char *const ands[] = { "and", "&", "&&", NULL };
	static const char *const ends[] = { "or", "|", "||", ")", NULL };
	struct ss_expr *e = parse_not(w);

	while (peek(w) && !is_word(peek(w), ends)) {
		if (is_word(peek(w), ands))
			take(w);
		e = expr_new(w, E_AND, e, parse_not(w));
	}
	return e;
}

static struct ss_expr *parse_or(struct words *w)
{
	static const char *const ors[] = { "or", "|", "||", NULL };
	struct ss_expr *e = parse_and(w);

	while (is_word(peek(w), ors)) {
		take(w);
		e = expr_new(w, E_OR, e, parse_and(w));
	}
	return e;
}

/**
 * ss_parse_state() - A state or a group of them by name
 * @word: the name
 * @ret_states: bits
 *
 * Return: false: there is none of this name.
 */
bool ss_parse_state(const char *word, uint32_t *ret_states)
{
	static const struct {
		const char *name;
		uint32_t bits;
	} states[] = {
		{ "close", SS_BIT(SS_CLOSE) },
		{ "closed", SS_BIT(SS_CLOSE) },
		{ "syn-rcv", SS_BIT(SS_SYN_RECV) },
		{ "established", SS_BIT(SS_ESTABLISHED) },
		{ "all", SS_ALL },
		{ "connected", SS_ALL & ~(SS_BIT(SS_CLOSE) | SS_BIT(SS_LISTEN)) },
		{ "synchronized",
		  SS_ALL & ~(SS_BIT(SS_CLOSE) | SS_BIT(SS_LISTEN) | SS_BIT(SS_SYN_SENT)) },
		{ "bucket", SS_BIT(SS_SYN_RECV) | SS_BIT(SS_TIME_WAIT) },
		{ "big", SS_ALL & ~(SS_BIT(SS_SYN_RECV) | SS_BIT(SS_TIME_WAIT)) },
		{ "syn-sent", SS_BIT(SS_SYN_SENT) },
		{ "syn-recv", SS_BIT(SS_SYN_RECV) },
		{ "fin-wait-1", SS_BIT(SS_FIN_WAIT1) },
		{ "fin-wait-2", SS_BIT(SS_FIN_WAIT2) },
		{ "time-wait", SS_BIT(SS_TIME_WAIT) },
		{ "unconnected", SS_BIT(SS_CLOSE) },
		{ "close-wait", SS_BIT(SS_CLOSE_WAIT) },
		{ "last-ack", SS_BIT(SS_LAST_ACK) },
		{ "listening", SS_BIT(SS_LISTEN) },
		{ "closing", SS_BIT(SS_CLOSING) },
	};

	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		if (strcasecmp(word, states[i].name))
			continue;
		*ret_states = states[i].bits;
		return true;
	}
	return false;
}

static uint32_t take_state(struct words *w)
{
	uint32_t bits = 0;

	take(w);
	if (!peek(w)) {
		ng_puts(ng_stderr(w->s->task),
			"Command line is not complete. Try option \"help\"\n");
		prog_exit(w->s->task, 255);
	}
	if (!ss_parse_state(peek(w), &bits)) {
		ng_printf(ng_stderr(w->s->task), "ss: wrong state name: %s\n", peek(w));
		prog_exit(w->s->task, 255);
	}
	take(w);
	return bits;
}

/* A word of the line may hold several of the filter's: "( sport = :80 )". */
static void split_words(struct words *w)
{
	static const char blanks[] = " \t\n";
	size_t n = 0, at = 0;
	char **argv;

	for (int i = 0; i < w->argc; i++)
		n += strlen(w->argv[i]) + 1;
	argv = ng_task_alloc(w->s->task, (n + 1) * sizeof(*argv));
	for (int i = 0; i < w->argc; i++) {
		char *save, *copy = ng_task_strdup(w->s->task, w->argv[i]);

		for (char *p = strtok_r(copy, blanks, &save); p; p = strtok_r(NULL, blanks, &save))
			argv[at++] = p;
	}
	argv[at] = NULL;
	w->argv = argv;
	w->argc = (int)at;
}

/**
 * ss_parse_filter() - The words after the options
 * @s: the run: its states and its expression are set
 * @argc: how many
 * @argv: the words
 */
void ss_parse_filter(struct ss *s, int argc, char **argv)
{
	static const char *const excludes[] = { "exclude", "excl", NULL };
	struct words w = { .s = s, .argc = argc, .argv = argv };
	bool saw = false;

	for (; peek(&w); saw = true) {
		if (!strcmp(peek(&w), "state")) {
			uint32_t bits = take_state(&w);

			s->states = (saw ? s->states : 0) | bits;
		} else if (is_word(peek(&w), excludes)) {
			uint32_t bits = take_state(&w);

			s->states = (saw ? s->states : SS_ALL) & ~bits;
		} else {
			break;
		}
	}
	s->states_given = saw || s->states_given;
	split_words(&w);
	if (!peek(&w))
		return;
	s->expr = parse_or(&w);
	if (peek(&w))
		syntax_error(&w);
}

static bool compare(enum op op, long a, long b)
{
	switch (op) {
	case OP_EQ:
		return a == b;
	case OP_NE:
		return a != b;
	case OP_LT:
		return a < b;
	case OP_GT:
		return a > b;
	case OP_LE:
		return a <= b;
	case OP_GE:
		return a >= b;
	}
	return false;
}

static bool host_matches(const struct ss_expr *e, __be32 addr, int port)
{
	uint32_t mask = e->prefix ? ~UINT32_C(0) << (32 - e->prefix) : 0;
	bool same = !e->ipv6 && (e->port < 0 || e->port == port) &&
		    !((be32_to_cpu(addr) ^ be32_to_cpu(e->addr)) & mask);

	return same == (e->op == OP_EQ);
}

static bool run(const struct ss_expr *e, const struct ss_sock *k)
{
	switch (e->kind) {
	case E_AND:
		return run(e->a, k) && run(e->b, k);
	case E_OR:
		return run(e->a, k) || run(e->b, k);
	case E_NOT:
		return !run(e->a, k);
	case E_SRC:
		return host_matches(e, k->laddr, k->lport);
	case E_DST:
		return host_matches(e, k->raddr, k->rport);
	case E_SPORT:
		return e->port < 0 || compare(e->op, k->lport, e->port);
	case E_DPORT:
		return e->port < 0 || compare(e->op, k->rport, e->port);
	case E_DEV:
		return (k->ifindex == e->ifindex) == (e->op == OP_EQ);
	}
	return false;
}

/**
 * ss_match() - Does the filter let a socket through?
 * @s: the run
 * @k: the socket
 */
bool ss_match(struct ss *s, const struct ss_sock *k)
{
	return !s->expr || run(s->expr, k);
}
