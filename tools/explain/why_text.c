/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_text.c - findings: a line left out, done again, or with one word changed
 */
#include <stdlib.h>
#include <string.h>

#include "../texts/near.h"
#include "../texts/words.h"
#include "why.h"

static bool sets_up(const struct stmt *st)
{
	return stmt_is_net(st->text) && !strstr(st->text, "netns add") &&
	       !text_has_word(st->text, "ping");
}

/* What a line does, for a sentence. */
static const char *first_line(struct why *w, const struct stmt *st)
{
	return why_str(w, "%.*s", (int)strcspn(st->text, "\n"), st->text);
}

/* What stands behind the symptom may have been needed before it. */
static void too_late(struct why *w)
{
	bool behind = false;

	for (unsigned int i = 0; i < w->all->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(w->all->stmts, i);
		struct why_finding *f;

		if (behind && stmt_is_net(st->text) && !text_has_word(st->text, "ping")) {
			f = why_finding(
				w, RANK_SET, "late",
				why_str(w,
					"line %u (\"%s\") comes too late: what it sets is needed "
					"before line %u.",
					st->line, first_line(w, st), why_line(w, w->symptom)));
			why_edit_insert(w, f, st->text);
		}
		behind |= st->id == w->symptom;
	}
}

/**
 * why_find_lines() - Each line left out, or done once more before the symptom
 * @w: the question
 */
void why_find_lines(struct why *w)
{
	too_late(w);
	for (unsigned int i = w->script->stmts->len - 1; i-- > 0;) {
		const struct stmt *st = g_ptr_array_index(w->script->stmts, i);
		struct why_finding *f;

		if (!sets_up(st))
			continue;
		f = why_finding(w, RANK_TEXT, "line",
				why_str(w, "without line %u it works: \"%s\" does the harm.",
					st->line, first_line(w, st)));
		f->id = st->id;
		why_edit_delete(w, f, st->id);
		if (strstr(st->text, "link add") || strchr(st->text, '&'))
			continue;
		f = why_finding(w, RANK_TEXT, "again",
				why_str(w,
					"what line %u set (\"%s\") was undone by a line behind it, "
					"or came too "
					"early: done again just before, it works.",
					st->line, first_line(w, st)));
		f->id = st->id;
		why_edit_insert(w, f, st->text);
	}
}

static void try_word(struct why *w, const struct stmt *st, const char *old, const char *new)
{
	g_autofree char *text = text_replace_word(st->text, old, new);
	struct why_finding *f;

	if (!strcmp(text, st->text) || !strcmp(old, new))
		return;
	f = why_finding(w, RANK_TEXT, "word",
			why_str(w, "line %u says %s where %s is needed: \"%s\".", st->line, old,
				new, first_line(w, st)));
	f->id = st->id;
	why_edit_replace(w, f, st->id, text);
}

static void try_pairs(struct why *w, const struct stmt *st, const char *word)
{
	static const char *const pairs[][2] = {
		{ "-i", "-o" },
		{ "-s", "-d" },
		{ "--dport", "--sport" },
		{ "-A", "-I" },
		{ "DROP", "ACCEPT" },
		{ "REJECT", "ACCEPT" },
		{ "tcp", "udp" },
		{ "tcp", "icmp" },
		{ "udp", "icmp" },
		{ "INPUT", "FORWARD" },
		{ "OUTPUT", "FORWARD" },
		{ "INPUT", "OUTPUT" },
		{ "PREROUTING", "OUTPUT" },
		{ "PREROUTING", "POSTROUTING" },
		{ "ESTABLISHED", "RELATED,ESTABLISHED" },
		{ "NEW", "NEW,ESTABLISHED" },
		{ "ESTABLISHED", "NEW,ESTABLISHED" },
		{ "up", "down" },
		{ "off", "on" },
		{ "local", "main" },
		{ "blackhole", "unicast" },
		{ "host", "global" },
		{ "link", "global" },
	};

	for (unsigned int i = 0; i < G_N_ELEMENTS(pairs); i++) {
		if (!strcmp(word, pairs[i][0]))
			try_word(w, st, word, pairs[i][1]);
		else if (!strcmp(word, pairs[i][1]))
			try_word(w, st, word, pairs[i][0]);
	}
}

static void try_addresses(struct why *w, const struct stmt *st, const char *word, uint32_t addr,
			  int len)
{
	static const int lens[] = { 8, 16, 24, 28, 30, 32 };

	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);
		uint32_t new = len > 0 && len < 32 && addr == (addr & why_mask(len))
				       ? a->addr &why_mask(len)
				       : a->addr;

		if (new != addr && strcmp(a->dev->name, "lo") != 0 &&
		    (new != w->flow.dst || !strstr(st->text, "addr")))
			try_word(w, st, word,
				 len < 0 ? WHY_IP(new) : why_str(w, "%s/%d", WHY_IP(new), len));
	}
	if (w->flow.known && w->flow.dst != addr &&
	    (!strstr(st->text, "addr") || !why_owner(w->world, w->flow.dst, NULL)))
		try_word(w, st, word,
			 len < 0 ? WHY_IP(w->flow.dst)
				 : why_str(w, "%s/%d", WHY_IP(w->flow.dst), len));
	for (unsigned int i = 0; i < G_N_ELEMENTS(lens) && len >= 0; i++) {
		if (lens[i] != len)
			try_word(w, st, word, why_str(w, "%s/%d", WHY_IP(addr), lens[i]));
	}
}

static void try_names(struct why *w, const struct stmt *st, const char *word)
{
	bool ns = false;

	for (unsigned int i = 0; i < w->world->namespaces->len; i++)
		ns |= !strcmp(word, g_ptr_array_index(w->world->namespaces, i));
	for (unsigned int i = 0; ns && i < w->world->namespaces->len; i++) {
		const char *other = g_ptr_array_index(w->world->namespaces, i);

		if (*other)
			try_word(w, st, word, other);
	}
	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);

		if (strcmp(d->name, word) != 0)
			continue;
		for (unsigned int k = 0; k < w->world->devs->len; k++) {
			const struct why_dev *o = g_ptr_array_index(w->world->devs, k);

			if (o != d && !strcmp(o->ns, d->ns) && strcmp(o->name, "lo") != 0)
				try_word(w, st, word, o->name);
		}
		break;
	}
}

static void try_numbers(struct why *w, const struct stmt *st, const char *word)
{
	const char *port = why_str(w, "%d", w->flow.port);

	if (w->flow.port && strcmp(word, port) != 0)
		try_word(w, st, word, port);
	if (!strcmp(word, "0"))
		try_word(w, st, word, "1");
	if (!strcmp(word, "1"))
		try_word(w, st, word, "0");
}

static void one_stmt(struct why *w, const struct stmt *st)
{
	g_auto(GStrv) words = stmt_words(st->text);
	uint32_t addr;
	int len;

	for (char **p = words + 1; words[0] && *p; p++) {
		const char *eq = strchr(*p, '=');

		if (is_ipv4(*p, &addr, &len))
			try_addresses(w, st, *p, addr, len);
		else if (!(*p)[strspn(*p, "0123456789")])
			try_numbers(w, st, *p);
		else if (eq && (!strcmp(eq, "=0") || !strcmp(eq, "=1")))
			try_word(w, st, *p,
				 why_str(w, "%.*s=%c", (int)(eq - *p), *p,
					 eq[1] == '0' ? '1' : '0'));
		else
			try_names(w, st, *p);
		try_pairs(w, st, *p);
	}
}

/**
 * why_find_words() - One word of a line changed for another of its kind
 * @w: the question
 */
void why_find_words(struct why *w)
{
	for (unsigned int i = w->script->stmts->len - 1; i-- > 0;) {
		const struct stmt *st = g_ptr_array_index(w->script->stmts, i);

		if (sets_up(st) && !strchr(st->text, '\n'))
			one_stmt(w, st);
	}
}

static void without_option(struct why *w, const char *option, const char *cause)
{
	const struct stmt *st = why_stmt(w, w->symptom);
	g_autofree char *pattern = g_strdup_printf(" %s ?[^ ]+", option);
	g_autoptr(GRegex) re = g_regex_new(pattern, G_REGEX_RAW, 0, NULL);
	g_autofree char *text = g_regex_replace_literal(re, st->text, -1, 0, "", 0, NULL);
	struct why_finding *f;

	if (!strcmp(text, st->text))
		return;
	f = why_finding(w, RANK_SYMPTOM, "command", cause);
	f->id = w->symptom;
	why_edit_replace(w, f, w->symptom, text);
}

/**
 * why_find_command() - The symptom's own words
 * @w: the question
 */
void why_find_command(struct why *w)
{
	const struct stmt *st = why_stmt(w, w->symptom);

	if (!w->flow.known || !w->flow.host)
		return;
	without_option(w, "-I",
		       "the source given with -I does not fit: without it the command works.");
	without_option(w, "-M",
		       "-M do sets DF: a packet bigger than an MTU on the way may not be "
		       "fragmented. Without -M it works.");
	without_option(w, "-t",
		       "the TTL given with -t is too small for this way: it runs out at a router.");
	without_option(w, "-s",
		       "the size given with -s is too big for some link on the way (MTU).");
	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);
		g_autofree char *text = NULL;
		struct why_finding *f;

		if (!strcmp(a->dev->name, "lo") || !strcmp(a->dev->ns, w->flow.ns) ||
		    a->addr == w->flow.dst || word_distance(w->flow.host, WHY_IP(a->addr)) > 1)
			continue;
		text = text_replace_word(st->text, w->flow.host, WHY_IP(a->addr));
		f = why_finding(w, RANK_SYMPTOM, "command",
				why_str(w, "the command asks for %s; %s, in %s, would answer.",
					w->flow.host, WHY_IP(a->addr), why_ns_name(a->dev->ns)));
		f->id = w->symptom;
		why_edit_replace(w, f, w->symptom, text);
	}
}
