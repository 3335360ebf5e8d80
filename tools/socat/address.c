/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * address.c - "TCP-LISTEN:80,fork,reuseaddr": an address in parts
 *
 * mirrors xioopen.c and xioopts.c of socat 1.7.4
 */
#include "socat.h"

#include "../lib/prog.h"
#include "../lib/program.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct keyword {
	const char *word;
	enum so_kind kind;
	bool udp;
	int params;
} keywords[] = {
	{ "-", SO_STDIO, false, 0 },
	{ "STDIO", SO_STDIO, false, 0 },
	{ "STDIN", SO_STDIN, false, 0 },
	{ "STDOUT", SO_STDOUT, false, 0 },
	{ "STDERR", SO_STDERR, false, 0 },
	{ "OPEN", SO_FILE, false, 1 },
	{ "FILE", SO_FILE, false, 1 },
	{ "TCP", SO_CONNECT, false, 2 },
	{ "TCP4", SO_CONNECT, false, 2 },
	{ "TCP-CONNECT", SO_CONNECT, false, 2 },
	{ "TCP4-CONNECT", SO_CONNECT, false, 2 },
	{ "TCP-LISTEN", SO_LISTEN, false, 1 },
	{ "TCP4-LISTEN", SO_LISTEN, false, 1 },
	{ "TCP-L", SO_LISTEN, false, 1 },
	{ "TCP4-L", SO_LISTEN, false, 1 },
	{ "UDP", SO_CONNECT, true, 2 },
	{ "UDP4", SO_CONNECT, true, 2 },
	{ "UDP-CONNECT", SO_CONNECT, true, 2 },
	{ "UDP4-CONNECT", SO_CONNECT, true, 2 },
	{ "UDP-LISTEN", SO_LISTEN, true, 1 },
	{ "UDP4-LISTEN", SO_LISTEN, true, 1 },
	{ "UDP-L", SO_LISTEN, true, 1 },
	{ "UDP4-L", SO_LISTEN, true, 1 },
	{ "UDP-RECV", SO_RECV, true, 1 },
	{ "UDP4-RECV", SO_RECV, true, 1 },
	{ "UDP-SENDTO", SO_SENDTO, true, 2 },
	{ "UDP4-SENDTO", SO_SENDTO, true, 2 },
	{ "UDP-DATAGRAM", SO_DATAGRAM, true, 2 },
	{ "UDP4-DATAGRAM", SO_DATAGRAM, true, 2 },
	{ "EXEC", SO_EXEC, false, 1 },
	{ "SYSTEM", SO_SYSTEM, false, 1 },
};

/* the rest of socat's that do not need another kernel or library to be asked for */
static const char *const others[] = {
	"ABSTRACT-",	 "CREAT",   "ECHO",    "FD",	"GOPEN", "INTERFACE", "IP-",
	"IP4",		 "IP6",	    "OPENSSL", "PIPE",	"PROXY", "PTY",	      "READLINE",
	"SCTP",		 "SOCKET-", "SOCKS4",  "SSL",	"TCP6",	 "TUN",	      "UDP-RECVFROM",
	"UDP4-RECVFROM", "UDP6",    "UDPLITE", "UNIX-", "VSOCK",
};

static _Noreturn void not_modelled(struct socat *s, const char *what)
{
	prog_exit(s->task, ng_not_modelled(s->task, "socat %s", what));
}

static void set_flag(bool *flag, const char *value)
{
	*flag = !value || strcmp(value, "0") != 0;
}

static void set_option(struct socat *s, struct so_addr *a, char *option)
{
	char *value = strchr(option, '=');

	if (value)
		*value++ = '\0';
	if (!strcmp(option, "fork"))
		set_flag(&a->fork, value);
	else if (!strcmp(option, "reuseaddr"))
		set_flag(&a->reuseaddr, value);
	else if (!strcmp(option, "broadcast"))
		set_flag(&a->broadcast, value);
	else if (!strcmp(option, "creat") || !strcmp(option, "create"))
		set_flag(&a->creat, value);
	else if (!strcmp(option, "append"))
		set_flag(&a->append, value);
	else if (!strcmp(option, "trunc"))
		set_flag(&a->trunc, value);
	else if (!strcmp(option, "bind") && value)
		a->bind = value;
	else if ((!strcmp(option, "sourceport") || !strcmp(option, "sp")) && value)
		a->sourceport = value;
	else if (!strcmp(option, "connect-timeout") && value)
		a->connect_timeout_ns = (int64_t)(strtod(value, NULL) * (double)NSEC_PER_SEC);
	else if (strcmp(option, "nodelay") && strcmp(option, "keepalive"))
		not_modelled(s, option);
}

/* Cuts at @c outside quotes and behind no backslash; NULL: the end. */
static char *cut(char *text, char c)
{
	char quote = '\0';

	for (char *p = text; *p; p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (quote)
			quote = *p == quote ? '\0' : quote;
		else if (*p == '"' || *p == '\'')
			quote = *p;
		else if (*p == c) {
			*p = '\0';
			return p + 1;
		}
	}
	return NULL;
}

/* Quotes go, what a backslash stands for comes: in parameters and values of options. */
static char *unquote(char *text)
{
	static const char letters[] = "abfnrtv0", meant[] = "\a\b\f\n\r\t\v";
	char *to = text, quote = '\0';

	for (const char *p = text; p && *p; p++) {
		if (*p == '\\' && p[1] && quote != '\'') {
			const char *at = strchr(letters, *++p);

			*to++ = at ? meant[at - letters] : *p;
		} else if (quote ? *p == quote : *p == '"' || *p == '\'') {
			quote = quote ? '\0' : *p;
		} else {
			*to++ = *p;
		}
	}
	if (text)
		*to = '\0';
	return text;
}

static const struct keyword *find(struct socat *s, const char *word)
{
	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
		if (!strcasecmp(word, keywords[i].word))
			return &keywords[i];
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (!strncasecmp(word, others[i], strlen(others[i])))
			not_modelled(s, word);
	}
	if (word[0] >= '0' && word[0] <= '9')
		not_modelled(s, "of a descriptor by its number");
	so_die(s, "unknown device/address \"%s\"", word);
}

/**
 * so_parse_addr() - Reads an address
 * @s: the run
 * @a: filled
 * @text: of the command line
 */
void so_parse_addr(struct socat *s, struct so_addr *a, const char *text)
{
	char *copy = ng_task_strdup(s->task, text), *options = cut(copy, ','), *p1, *p2 = NULL;
	const struct keyword *k;
	int n;

	p1 = strchr(copy, '/') && !strchr(copy, ':') ? NULL : cut(copy, ':');
	if (!p1 && strchr(copy, '/')) { /* a bare name is a file: GOPEN */
		a->kind = SO_FILE;
		a->generic = true;
		a->p1 = copy;
		goto options;
	}
	k = find(s, copy);
	if (p1 && k->kind != SO_EXEC && k->kind != SO_SYSTEM)
		p2 = cut(p1, ':');
	n = !!p1 + !!p2;
	if (n != k->params)
		so_die(s, "%s: wrong number of parameters (%d instead of %d)", copy, n, k->params);
	a->kind = k->kind;
	a->udp = k->udp;
	a->p1 = unquote(p1);
	a->p2 = unquote(p2);
options:
	while (options) {
		char *next = cut(options, ',');

		set_option(s, a, options);
		options = next;
	}
}
