/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * repair_words.c - misspelt words, forgotten words, lines in the wrong order
 */
#include <string.h>

#include "near.h"
#include "words.h"

#define ORDER_MAX 8

static const char keywords[] =
	"link addr address route rule neigh netns add del delete set show list exec dev type "
	"veth bridge peer name via master nomaster up down default table src scope metric mtu "
	"dummy vlan flush replace change append proto lookup fdb mdb addbr delbr addif delif "
	"get onlink nexthop weight pref priority from to iif oif fwmark all lladdr nud permanent "
	"id";

static void try_word(struct situation *at, const char *word, const char *right)
{
	g_autofree char *text = NULL;
	g_autofree char *why = NULL;

	if (!right || !strcmp(word, right))
		return;
	text = text_replace_word(at->stmt->text, word, right);
	why = g_strdup_printf("\"%s\" is misspelt: \"%s\"", word, right);
	repair_replace(at, text, why);
}

static void misspelt(struct situation *at)
{
	for (unsigned int i = 0; at->words[i]; i++) {
		const char *word = at->words[i];
		bool first = !i || (i > 2 && !strcmp(at->words[i - 2], "exec"));
		g_autofree char *near = NULL;

		if (first && !word_is_program(word) && !word_is_builtin(word))
			try_word(at, word, word_nearest_program(word));
		if (i && !first && is_name_word(word) && !word_in(keywords, word, strlen(word))) {
			near = word_nearest(keywords, word, strlen(word) > 4 ? 2 : 1);
			try_word(at, word, near);
		}
	}
}

/* `ip addr add 10.0.0.1/24 veth0`: dev is missing */
static void missing_dev(struct situation *at)
{
	for (unsigned int i = 1; at->words[0] && at->words[i]; i++) {
		const char *word = at->words[i];
		g_autofree char *to = NULL;
		g_autofree char *text = NULL;

		if (!state_find(at->state, at->ns, word, false) || !strcmp(at->words[i - 1], "dev"))
			continue;
		if (!strstr(at->stmt->text, "ip ") || !strcmp(at->words[i - 1], "exec"))
			continue;
		to = g_strdup_printf("dev %s", word);
		text = text_replace_word(at->stmt->text, word, to);
		repair_replace(at, text, "the word dev is missing before the device")->weak = true;
	}
}

/**
 * repairs_words() - Right a misspelt word, put a missing one in
 * @at: the situation
 */
void repairs_words(struct situation *at)
{
	static const char *const complaints[] = {
		"garbage", "unknown",  "not found", "nvalid", "No such",     "Usage",	 "usage",
		"wrong",   "expected", "required",  "option", "Cannot find", "does not", NULL
	};

	if (!said_any(at, complaints))
		return;
	misspelt(at);
	missing_dev(at);
}

/* An address of the text in the same network as one of the command. */
static bool shares_network(const char *text, uint32_t addr)
{
	g_auto(GStrv) words = stmt_words(text);
	uint32_t other;

	for (char **w = words; *w; w++) {
		int len = 0;

		if (is_ipv4(*w, &other, &len) &&
		    !((other ^ addr) >> (len > 0 && len < 31 ? 32 - len : 8)))
			return true;
	}
	return false;
}

static bool shares_name(const struct situation *at, const char *text)
{
	for (unsigned int i = 1; at->words[0] && at->words[i]; i++) {
		const char *word = at->words[i];
		uint32_t addr;

		if (is_name_word(word) && !word_is_reserved(word) && text_has_word(text, word))
			return true;
		if (is_ipv4(word, &addr, NULL) && shares_network(text, addr))
			return true;
	}
	return false;
}

/**
 * repairs_order() - Do first what the text does later; leave out what is there already
 * @at: the situation
 */
void repairs_order(struct situation *at)
{
	static const char *const there[] = { "File exists", "already", "exists in the target",
					     "Chain already", NULL };
	unsigned int n = 0;

	for (unsigned int i = at->index + 1; i < at->script->stmts->len && n < ORDER_MAX; i++) {
		const struct stmt *st = g_ptr_array_index(at->script->stmts, i);
		struct repair *r;
		struct edit *e;

		if (!st->line || !stmt_is_net(st->text) || !strcmp(st->text, at->stmt->text) ||
		    !shares_name(at, st->text))
			continue;
		r = repair_new("what this needs is done only later");
		r->weak = true;
		repair_edit(r, EDIT_MOVE, at->stmt->id, NULL);
		e = g_ptr_array_index(r->edits, 0);
		e->other = st->id;
		g_ptr_array_add(at->repairs, r);
		n++;
	}
	if (said_any(at, there)) {
		struct repair *r = repair_new("this is there already");

		r->weak = true;
		repair_edit(r, EDIT_DELETE, at->stmt->id, NULL);
		g_ptr_array_add(at->repairs, r);
	}
}
