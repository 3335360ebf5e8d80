/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_symptom.c - which command failed, what it tried, and which lines set what
 */
#include <stdlib.h>
#include <string.h>

#include "../texts/near.h"
#include "why.h"

static unsigned int stmt_height(const struct stmt *st)
{
	unsigned int n = 0;

	for (const char *s = st->text; *s; s++)
		n += *s == '\n';
	return n;
}

/**
 * why_symptom() - The statement to explain
 * @w: the question
 * @all: the whole script
 * @r: what it did
 * @line: asked for; 0: the last that failed
 * @ret_index: the statement
 *
 * Return: false: there is none.
 */
bool why_symptom(struct why *w, const struct script *all, const struct replay *r, unsigned int line,
		 unsigned int *ret_index)
{
	for (unsigned int i = all->stmts->len; i-- > 0;) {
		const struct stmt *st = g_ptr_array_index(all->stmts, i);

		*ret_index = i;
		if (line) {
			if (st->line && st->line <= line && line <= st->line + stmt_height(st))
				return true;
			continue;
		}
		if (why_failed(w, st, replay_at(r, i)) && stmt_is_net(st->text))
			return true;
	}
	for (unsigned int i = all->stmts->len; i-- > 0 && !line;) {
		const struct stmt *st = g_ptr_array_index(all->stmts, i);

		*ret_index = i;
		if (why_failed(w, st, replay_at(r, i)) && replay_at(r, i)->err->len)
			return true;
	}
	return false;
}

static const struct why_exec *symptom_exec(const struct why *w)
{
	static const char *const progs[] = { "ping",	   "nc",   "ncat",   "netcat",	  "curl",
					     "traceroute", "wget", "arping", "tracepath", NULL };
	const struct why_exec *last = NULL;

	for (unsigned int i = 0; i < w->execs->len; i++) {
		const struct why_exec *e = g_ptr_array_index(w->execs, i);
		const char *base = e->words[0] ? strrchr(e->words[0], '/') : NULL;

		base = base ? base + 1 : e->words[0];
		if (e->id == w->symptom && base && g_strv_contains(progs, base) &&
		    !strstr(e->line, " -l"))
			last = e;
	}
	return last;
}

/* An address, or a name out of the script's /etc/hosts. */
static bool read_host(const struct why *w, const char *word, uint32_t *addr)
{
	if (is_ipv4(word, addr, NULL))
		return true;
	if (!strcmp(word, "localhost")) {
		*addr = 0x7f000001;
		return true;
	}
	for (unsigned int i = 0; i < w->script->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(w->script->stmts, i);
		g_auto(GStrv) words = NULL;

		if (!strstr(st->text, "hosts") || !text_has_word(st->text, word))
			continue;
		words = g_strsplit_set(st->text, " \t\n\"'\\", -1);
		for (char **p = words; *p; p++) {
			if (is_ipv4(*p, addr, NULL))
				return true;
		}
	}
	return false;
}

static bool takes_word(const char *prog, const char *opt)
{
	const char *with = !strcmp(prog, "ping")	 ? "cwWiIsStTMmQpl"
			   : !strcmp(prog, "curl")	 ? "mowHdXAeu"
			   : !strcmp(prog, "arping")	 ? "cwIsi"
			   : !strcmp(prog, "traceroute") ? "fmpqwNtisg"
			   : !strcmp(prog, "tracepath")	 ? "mlp"
			   : !strcmp(prog, "wget")	 ? "OTtq"
							 : "wpsqiIOPTVXxm";

	if (opt[0] == '-' && opt[1] == '-')
		return g_str_has_suffix(opt, "-timeout") || g_str_has_suffix(opt, "-time");
	return strchr(with, opt[strlen(opt) - 1]) != NULL;
}

static void read_option(struct why_flow *f, const char *opt, const char *value)
{
	char last = opt[strlen(opt) - 1];
	bool nc = !strncmp(f->prog, "nc", 2) || !strcmp(f->prog, "netcat");

	f->broadcast |= !strcmp(f->prog, "ping") && strchr(opt, 'b');
	if (nc && strchr(opt, 'u'))
		f->proto = WHY_UDP;
	if (!value)
		return;
	if ((last == 'I' && !nc) || (nc && last == 's') || !strcmp(opt, "--interface")) {
		if (is_ipv4(value, &f->src, NULL))
			f->bound = true;
		else
			f->dev = value;
	} else if (last == 's' && !strcmp(f->prog, "ping")) {
		f->size = atoi(value);
	} else if (last == 't' && !strcmp(f->prog, "ping")) {
		f->ttl = atoi(value);
	} else if (last == 'M') {
		f->dont_fragment = !strcmp(value, "do") || !strcmp(value, "probe");
	}
}

static void read_target(struct why *w, const char *word)
{
	struct why_flow *f = &w->flow;
	const char *host = strstr(word, "://");
	g_auto(GStrv) parts = NULL;

	if (f->known) {
		if (f->proto != WHY_ICMP && f->proto != WHY_ARP && !strstr(f->prog, "cur"))
			f->port = atoi(word);
		return;
	}
	if (host && g_str_has_prefix(word, "http"))
		f->port = 80;
	parts = g_strsplit_set(host ? host + 3 : word,
			       host || !strcmp(f->prog, "curl") ? ":/" : "/", 3);
	f->host = why_str(w, "%s", parts[0] ? parts[0] : "");
	f->known = read_host(w, f->host, &f->dst);
	if (strchr(host ? host + 3 : word, ':') && parts[1] && *parts[1])
		f->port = atoi(parts[1]);
}

/**
 * why_read_flow() - What the symptom's program tried
 * @w: the question; w->flow is filled
 */
void why_read_flow(struct why *w)
{
	const struct why_exec *e = symptom_exec(w);
	struct why_flow *f = &w->flow;
	const char *base;

	if (!e)
		return;
	base = strrchr(e->words[0], '/');
	f->prog = base ? base + 1 : e->words[0];
	f->ns = e->ns;
	f->proto = strstr("ping tracepath", f->prog) ? WHY_ICMP
		   : !strcmp(f->prog, "arping")	     ? WHY_ARP
		   : !strcmp(f->prog, "traceroute")  ? WHY_UDP
						     : WHY_TCP;
	f->port = !strcmp(f->prog, "curl") || !strcmp(f->prog, "wget") ? 80 : 0;
	f->size = 56;
	for (char **p = e->words + 1; *p; p++) {
		if (**p == '-' && p[0][1]) {
			bool with = p[1] && takes_word(f->prog, *p);

			read_option(f, *p, with ? p[1] : NULL);
			p += with;
		} else {
			read_target(w, *p);
		}
	}
	f->broadcast &= f->known;
}

/**
 * why_setter() - The statement that last said these words
 * @w: the question
 * @ns: in which namespace; NULL: any
 * @words: ended by NULL
 *
 * Return: its id, or 0.
 */
unsigned int why_setter(const struct why *w, const char *ns, const char *const *words)
{
	for (unsigned int i = w->execs->len; i-- > 0;) {
		const struct why_exec *e = g_ptr_array_index(w->execs, i);
		const char *const *p = words;

		if (!e->id || e->id == w->symptom || (ns && strcmp(e->ns, ns) != 0))
			continue;
		while (*p && text_has_word(e->line, *p))
			p++;
		if (!*p)
			return e->id;
	}
	return 0;
}

/**
 * why_sysctl_setter() - The statement that last wrote a setting
 * @w: the question
 * @ns: where
 * @key: "net.ipv4.ip_forward"
 *
 * Return: its id, or 0.
 */
unsigned int why_sysctl_setter(const struct why *w, const char *ns, const char *key)
{
	g_autofree char *path = g_strdelimit(g_strdup(key), ".", '/');

	for (unsigned int i = w->script->stmts->len - 1; i-- > 0;) {
		const struct stmt *st = g_ptr_array_index(w->script->stmts, i);
		g_auto(GStrv) words = NULL;
		const char *at;

		if (!strstr(st->text, key) && !strstr(st->text, path))
			continue;
		words = stmt_words(st->text);
		at = words_namespace(words);
		if (!strcmp(at ? at : "", ns) || (at && *at == '$'))
			return st->id;
	}
	return 0;
}

/**
 * why_ip() - How ip is called for a namespace
 * @w: the question
 * @ns: the namespace
 */
const char *why_ip(struct why *w, const char *ns)
{
	return *ns ? why_str(w, "ip -n %s", ns) : "ip";
}

/**
 * why_exec_in() - What stands before a program that runs in a namespace
 * @w: the question
 * @ns: the namespace
 */
const char *why_exec_in(struct why *w, const char *ns)
{
	return *ns ? why_str(w, "ip netns exec %s ", ns) : "";
}

/**
 * why_ns_name() - A namespace in a sentence
 * @ns: the namespace
 */
const char *why_ns_name(const char *ns)
{
	return *ns ? ns : "the host";
}

/**
 * why_at() - Where it is written
 * @w: the question
 * @id: a statement, or 0
 */
const char *why_at(struct why *w, unsigned int id)
{
	unsigned int line = why_line(w, id);

	return line ? why_str(w, " (line %u)", line) : "";
}
