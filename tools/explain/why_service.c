/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_service.c - findings: who listens, and where
 */
#include <stdlib.h>
#include <string.h>

#include "../texts/near.h"
#include "why_filter.h"

struct service {
	const struct stmt *st;
	const char *ns;
	const char *bound; /* address as typed, or NULL */
	char port[8];
	bool udp;
};

/* What a line starts that listens: nc -l, python3 -m http.server; false: nothing. */
static bool read_service(struct why *w, const struct stmt *st, struct service *s)
{
	g_auto(GStrv) words = stmt_words(st->text);
	const char *ns = words_namespace(words);
	bool server = strstr(st->text, "http.server") != NULL, listens = server;
	char **p = words;

	memset(s, 0, sizeof(*s));
	s->st = st;
	s->ns = why_str(w, "%s", ns ? ns : "");
	while (*p && !g_str_has_suffix(*p, "nc") && strcmp(*p, "ncat") != 0 &&
	       strcmp(*p, "socat") != 0 && !strstr(*p, "python"))
		p++;
	for (; *p && !strchr("|&>;", **p); p++) {
		uint32_t a;

		if (**p == '-' && p[0][1] != '-' && !server) {
			listens |= strchr(*p, 'l') != NULL;
			s->udp |= strchr(*p, 'u') != NULL;
		} else if (is_ipv4(*p, &a, NULL) || !strcmp(*p, "localhost")) {
			s->bound = why_str(w, "%s", *p);
		} else if (g_ascii_isdigit(**p) && !(p[-1][0] == '-' && strchr("wqW", p[-1][1]))) {
			g_strlcpy(s->port, *p, sizeof(s->port));
		}
	}
	if (server && !*s->port)
		g_strlcpy(s->port, "8000", sizeof(s->port));
	return listens && *s->port;
}

/* Where the symptom's packets want to go in the end. */
struct end {
	uint32_t addr;
	int port;
	const char *ns;
	const char *dnat; /* the words of the rule, or "" */
};

static struct end final_end(struct why *w)
{
	struct end e = { .addr = w->flow.dst, .port = w->flow.port, .dnat = "" };
	const struct why_addr *a;

	for (unsigned int i = 0; i < w->world->fwrules->len; i++) {
		const struct why_fwrule *r = g_ptr_array_index(w->world->fwrules, i);
		const char *to = fw_word(r, "--to-destination");
		const char *ports = fw_word(r, "--to-ports");
		g_autofree char *plain = g_strndup(to, strcspn(to, ":"));
		const char *dport = fw_word(r, "--dport");

		if ((!*ports && (!*to || !is_ipv4(plain, &e.addr, NULL))) ||
		    (*dport && atoi(dport) != w->flow.port))
			continue;
		e.port = *ports		   ? atoi(ports)
			 : strchr(to, ':') ? atoi(strchr(to, ':') + 1)
					   : w->flow.port;
		e.dnat = why_str(w, " (after %s%s)", fw_word(r, "-j"), why_at(w, fw_setter(w, r)));
		break;
	}
	a = why_owner(w->world, e.addr, NULL);
	e.ns = a ? a->dev->ns : e.addr >> 24 == 127 ? w->flow.ns : NULL;
	return e;
}

static void bound_elsewhere(struct why *w, const struct service *s, const struct end *e)
{
	uint32_t addr = 0;
	struct why_finding *f;
	g_autofree char *out = NULL;
	g_autofree char *any = NULL;
	g_autofree char *own = NULL;
	g_autofree char *old = NULL;

	if (!s->bound || (is_ipv4(s->bound, &addr, NULL) && (addr == e->addr || !addr)))
		return;
	f = why_finding(
		w, RANK_CONFLICT, "service",
		why_str(w,
			"the service of line %u in %s listens on %s:%s only%s: it is bound to that "
			"address, and packets for %s:%d%s find no socket (port unreachable or "
			"refused).",
			s->st->line, why_ns_name(s->ns), s->bound, s->port,
			addr >> 24 == 127 ? " (loopback)" : "", WHY_IP(e->addr), e->port, e->dnat));
	f->id = s->st->id;
	f->ns = s->ns;
	old = g_strdup_printf("%s ", s->bound);
	{
		g_auto(GStrv) parts = g_strsplit(s->st->text, old, 2);

		out = g_strjoinv("", parts);
	}
	any = text_replace_word(s->st->text, s->bound, "0.0.0.0");
	own = text_replace_word(s->st->text, s->bound, WHY_IP(e->addr));
	why_edit_replace(w, f, s->st->id, out);
	why_edit_replace(w, f, s->st->id, any);
	why_edit_replace(w, f, s->st->id, own);
}

static bool is_there(const struct why *w, const struct service *s)
{
	for (unsigned int i = 0; i < w->world->socks->len; i++) {
		const struct why_sock *k = g_ptr_array_index(w->world->socks, i);

		if (!strcmp(k->ns, s->ns) && k->port == atoi(s->port) && k->udp == s->udp)
			return true;
	}
	return false;
}

/* It wanted an address that was given only later. */
static void too_early(struct why *w, const struct service *s, const struct end *e)
{
	const struct why_addr *a = why_addr_in(w->world, s->ns, e->addr);
	unsigned int given = a ? why_addr_setter(w, s->ns, a->addr, a->len) : 0;
	struct why_finding *f;
	struct repair *r;

	if (!s->bound || !a || strcmp(s->bound, WHY_IP(e->addr)) != 0 || is_there(w, s) ||
	    why_line(w, given) < s->st->line)
		return;
	f = why_finding(w, RANK_CONFLICT, "service",
			why_str(w,
				"the service of line %u could not listen on %s: %s has this "
				"address only since line %u (\"Cannot assign requested "
				"address\"). It has ended, and nobody listens.",
				s->st->line, s->bound, why_ns_name(s->ns), why_line(w, given)));
	f->id = s->st->id;
	f->ns = s->ns;
	f->shown = true;
	r = why_edit_before(w, f, s->st->id, why_stmt(w, given)->text);
	repair_edit(r, EDIT_DELETE, given, NULL);
	r = why_edit_insert(w, f, s->st->text);
	repair_edit(r, EDIT_INSERT, w->place, "sleep 1");
}

static void other_port(struct why *w, const struct service *s, const struct end *e)
{
	g_autofree char *want = g_strdup_printf("%d", e->port);
	struct why_finding *f;
	g_autofree char *text = NULL;

	if (atoi(s->port) == e->port)
		return;
	f = why_finding(w, RANK_CONFLICT, "service",
			why_str(w,
				"nobody listens on port %d in %s: the service of line %u listens "
				"on port %s, the "
				"packets go to port %d%s (closed: refused or port unreachable).",
				e->port, why_ns_name(s->ns), s->st->line, s->port, e->port,
				e->dnat));
	f->id = s->st->id;
	f->ns = s->ns;
	text = text_replace_word(s->st->text, s->port, want);
	why_edit_replace(w, f, s->st->id, text);
	for (unsigned int i = 0; i < w->world->fwrules->len; i++) {
		const struct why_fwrule *r = g_ptr_array_index(w->world->fwrules, i);
		const char *ports = fw_word(r, "--to-ports");
		const char *to = *ports ? ports : fw_word(r, "--to-destination");
		const struct stmt *st = *to ? why_stmt(w, fw_setter(w, r)) : NULL;
		g_autofree char *new = NULL;
		g_autofree char *line = NULL;

		if (!st)
			continue;
		new = *ports ? g_strdup(s->port)
			     : g_strdup_printf("%.*s:%s", (int)strcspn(to, ":"), to, s->port);
		line = text_replace_word(st->text, to, new);
		if (why_edit_replace(w, f, st->id, line))
			f->id = st->id;
	}
}

static void other_proto(struct why *w, const struct service *s)
{
	bool udp = w->flow.proto == WHY_UDP;
	struct why_finding *f;
	g_autofree char *text = NULL;

	if (s->udp == udp)
		return;
	f = why_finding(w, RANK_CONFLICT, "service",
			why_str(w,
				"the service of line %u in %s listens on %s port %s, the packets "
				"are %s: no "
				"%s socket is there.",
				s->st->line, why_ns_name(s->ns), s->udp ? "UDP" : "TCP", s->port,
				udp ? "UDP" : "TCP", udp ? "UDP" : "TCP"));
	f->id = s->st->id;
	f->ns = s->ns;
	if (udp) {
		text = text_replace_word(s->st->text, "nc", "nc -u");
	} else {
		g_auto(GStrv) parts = g_strsplit(s->st->text, " -u", 2);

		text = g_strjoinv("", parts);
	}
	why_edit_replace(w, f, s->st->id, text);
}

static void other_place(struct why *w, const struct service *s, const struct end *e)
{
	struct why_finding *f;
	g_autofree char *text = NULL;

	if (!e->ns || !strcmp(s->ns, e->ns))
		return;
	f = why_finding(w, RANK_CONFLICT, "service",
			why_str(w,
				"the service of line %u listens in %s, but %s belongs to %s: "
				"nobody listens "
				"there.",
				s->st->line, why_ns_name(s->ns), WHY_IP(e->addr),
				why_ns_name(e->ns)));
	f->id = s->st->id;
	f->ns = s->ns;
	if (*s->ns && *e->ns)
		text = text_replace_word(s->st->text, s->ns, e->ns);
	else if (*e->ns)
		text = g_strdup_printf("ip netns exec %s %s", e->ns, s->st->text);
	if (text)
		why_edit_replace(w, f, s->st->id, text);
}

static unsigned int other_client(const struct why *w, const struct service *s)
{
	bool behind = false;

	for (unsigned int i = 0; i + 1 < w->script->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(w->script->stmts, i);

		if (behind && w->flow.host && text_has_word(st->text, w->flow.host) &&
		    !strstr(st->text, "addr ") && !strstr(st->text, "iptables"))
			return st->id;
		behind |= st == s->st;
	}
	return 0;
}

/* nc -l without -k serves one; timeout ends it. */
static void ended(struct why *w, const struct service *s)
{
	g_autoptr(GRegex) re = g_regex_new("timeout [0-9.]+", G_REGEX_RAW, 0, NULL);
	g_autofree char *longer =
		g_regex_replace_literal(re, s->st->text, -1, 0, "timeout 60", 0, NULL);
	unsigned int client = other_client(w, s);
	g_auto(GStrv) words = stmt_words(s->st->text);
	struct why_finding *f;

	if (strcmp(longer, s->st->text) != 0) {
		f = why_finding(
			w, RANK_SET, "service",
			why_str(w,
				"the service of line %u in %s is over before the client comes: its "
				"timeout has ended it, nobody listens any more.",
				s->st->line, why_ns_name(s->ns)));
		f->id = s->st->id;
		f->ns = s->ns;
		why_edit_replace(w, f, s->st->id, longer);
	}
	if (client && !s->udp && !g_strv_contains((const char *const *)words, "-k")) {
		g_autofree char *keep = text_replace_word(s->st->text, "nc", "nc -k");

		f = why_finding(
			w, RANK_CONFLICT, "service",
			why_str(w,
				"the service of line %u in %s (nc -l without -k) serves one client "
				"and "
				"ends: the one of line %u used it up, nobody listens any more.",
				s->st->line, why_ns_name(s->ns), why_line(w, client)));
		f->id = s->st->id;
		f->ns = s->ns;
		why_edit_replace(w, f, s->st->id, keep);
	}
}

static void nobody(struct why *w, const struct end *e)
{
	struct why_finding *f;
	struct repair *r;
	const char *in;

	if (!e->ns || !e->port)
		return;
	in = why_exec_in(w, e->ns);
	f = why_finding(
		w, RANK_MISSING, "service",
		why_str(w, "nobody listens on port %d in %s%s: no line starts a service there.",
			e->port, why_ns_name(e->ns), e->dnat));
	f->ns = e->ns;
	if (w->flow.proto == WHY_UDP)
		r = why_edit_insert(w, f,
				    why_str(w, "echo pong | %stimeout 10 nc -u -l %d > /dev/null &",
					    in, e->port));
	else
		r = why_edit_insert(w, f, why_str(w, "%stimeout 20 nc -d -k -l %d &", in, e->port));
	if (w->place == w->symptom) /* no pause is there yet: it must have begun to listen */
		repair_edit(r, EDIT_INSERT, w->place, "sleep 1");
}

/* The line that may have started what listens there: in its namespace, in the background. */
static const struct stmt *starter(const struct why *w, const struct why_sock *k)
{
	g_autofree char *port = g_strdup_printf("%d", k->port);

	for (unsigned int i = 0; i + 1 < w->script->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(w->script->stmts, i);
		g_auto(GStrv) words = stmt_words(st->text);
		const char *ns = words_namespace(words);

		if (st->line && strchr(st->text, '&') && text_has_word(st->text, port) &&
		    !strcmp(ns ? ns : "", k->ns))
			return st;
	}
	return NULL;
}

/* Something listens there that no line of a known kind has started: as its socket says. */
static bool by_socket(struct why *w, const struct end *e)
{
	bool udp = w->flow.proto == WHY_UDP, any = false;

	for (unsigned int i = 0; e->ns && i < w->world->socks->len; i++) {
		const struct why_sock *k = g_ptr_array_index(w->world->socks, i);
		const struct stmt *st = starter(w, k);
		bool port = k->port == e->port && k->udp == udp;
		struct why_finding *f;
		g_autofree char *text = NULL;

		if (strcmp(k->ns, e->ns) != 0 || (port && (!k->addr || k->addr == e->addr)))
			continue;
		any = true;
		f = why_finding(w, RANK_CONFLICT, "service",
				why_str(w,
					"what listens in %s%s has a %s socket on %s:%d%s: packets "
					"for %s port %d of %s%s find no socket (refused, or port "
					"unreachable).",
					why_ns_name(k->ns), why_at(w, st ? st->id : 0),
					k->udp ? "UDP" : "TCP", k->addr ? WHY_IP(k->addr) : "*",
					k->port, k->addr ? " only" : "", udp ? "UDP" : "TCP",
					e->port, WHY_IP(e->addr), e->dnat));
		f->ns = k->ns;
		f->id = st ? st->id : 0;
		if (!st)
			continue;
		text = text_replace_word(st->text,
					 port ? WHY_IP(k->addr) : why_str(w, "%d", k->port),
					 port ? "0.0.0.0" : why_str(w, "%d", e->port));
		why_edit_replace(w, f, st->id, text);
	}
	return any;
}

/**
 * why_find_services() - Who listens
 * @w: the question
 */
void why_find_services(struct why *w)
{
	struct end e;
	bool any = false;

	if (!w->flow.known || (w->flow.proto != WHY_TCP && w->flow.proto != WHY_UDP))
		return;
	e = final_end(w);
	for (unsigned int i = 0; i + 1 < w->script->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(w->script->stmts, i);
		struct service s;

		if (!read_service(w, st, &s))
			continue;
		any = true;
		too_early(w, &s, &e);
		bound_elsewhere(w, &s, &e);
		other_port(w, &s, &e);
		other_proto(w, &s);
		other_place(w, &s, &e);
		ended(w, &s);
	}
	if (!any && !by_socket(w, &e))
		nobody(w, &e);
}
