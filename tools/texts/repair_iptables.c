/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * repair_iptables.c - options of iptables: their form, their order, what is missing
 */
#include <string.h>

#include "near.h"
#include "words.h"

#define CHAINS "PREROUTING INPUT FORWARD OUTPUT POSTROUTING"
#define TARGETS "ACCEPT DROP RETURN REJECT LOG MASQUERADE SNAT DNAT REDIRECT"

/* In which part of a rule an option belongs. */
enum part {
	PART_TABLE,
	PART_COMMAND,
	PART_BASIC,
	PART_PROTO,
	PART_MATCH,
	PART_JUMP,
	PART_TARGET,
	PART_MAX
};

struct option_place {
	const char *name;
	enum part part;
	const char *needs; /* what must stand before it */
};

static const struct option_place places[] = {
	{ "-t", PART_TABLE, NULL },
	{ "--table", PART_TABLE, NULL },
	{ "-A", PART_COMMAND, NULL },
	{ "-I", PART_COMMAND, NULL },
	{ "-D", PART_COMMAND, NULL },
	{ "-C", PART_COMMAND, NULL },
	{ "-p", PART_PROTO, NULL },
	{ "--protocol", PART_PROTO, NULL },
	{ "-m", PART_MATCH, NULL },
	{ "--match", PART_MATCH, NULL },
	{ "--dport", PART_MATCH, "-p tcp" },
	{ "--sport", PART_MATCH, "-p tcp" },
	{ "--destination-port", PART_MATCH, "-p tcp" },
	{ "--source-port", PART_MATCH, "-p tcp" },
	{ "--icmp-type", PART_MATCH, "-p icmp" },
	{ "--dports", PART_MATCH, "-p tcp -m multiport" },
	{ "--ctstate", PART_MATCH, "-m conntrack" },
	{ "--state", PART_MATCH, "-m state" },
	{ "--comment", PART_MATCH, "-m comment" },
	{ "-j", PART_JUMP, NULL },
	{ "--jump", PART_JUMP, NULL },
	{ "-g", PART_JUMP, NULL },
	{ "--to-destination", PART_TARGET, "-j DNAT" },
	{ "--to-source", PART_TARGET, "-j SNAT" },
	{ "--to-ports", PART_TARGET, "-j REDIRECT" },
	{ "--to-port", PART_TARGET, "-j REDIRECT" },
	{ "--reject-with", PART_TARGET, "-j REJECT" },
	{ "--log-prefix", PART_TARGET, "-j LOG" },
	{ "--log-level", PART_TARGET, "-j LOG" },
};

static const struct option_place *find_place(const char *word)
{
	for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
		if (!strcmp(places[i].name, word))
			return &places[i];
	}
	return NULL;
}

/* Words up to and with iptables itself. */
static unsigned int head_length(char **words)
{
	for (unsigned int i = 0; words[i]; i++) {
		if (g_str_has_suffix(words[i], "iptables"))
			return i + 1;
	}
	return 0;
}

static bool has_any(char **words, const char *a, const char *b)
{
	return g_strv_contains((const char *const *)words, a) ||
	       g_strv_contains((const char *const *)words, b);
}

static bool need_is_met(char **words, const char *needs)
{
	if (g_str_has_prefix(needs, "-p"))
		return has_any(words, "-p", "--protocol") && !strstr(needs, "-m");
	if (g_str_has_prefix(needs, "-j"))
		return has_any(words, "-j", "--jump");
	return has_any(words, "-m", "--match");
}

static void put(GString *s, const char *word)
{
	bool quote = !*word || strpbrk(word, " \t\"'$&|;<>()*?#");
	g_autofree char *quoted =
		quote && strcmp(word, "!") != 0 ? g_shell_quote(word) : g_strdup(word);

	g_string_append_printf(s, "%s%s", s->len ? " " : "", quoted);
}

/* The rule with every option in the part it belongs to, and with what options need. */
static char *in_order(char **words)
{
	GString *parts[PART_MAX];
	unsigned int head = head_length(words);
	enum part part = PART_BASIC;
	GString *out = g_string_new(NULL);

	for (int i = 0; i < PART_MAX; i++)
		parts[i] = g_string_new(NULL);
	for (unsigned int i = 0; i < head; i++)
		put(out, words[i]);
	for (unsigned int i = head; words[i]; i++) {
		const char *option =
			!strcmp(words[i], "!") && words[i + 1] ? words[i + 1] : words[i];
		const struct option_place *place = find_place(option);

		if (place)
			part = place->part;
		else if (option[0] == '-')
			part = PART_BASIC;
		if (place && place->needs && !need_is_met(words, place->needs)) {
			enum part where = g_str_has_prefix(place->needs, "-p") ? PART_PROTO
					  : place->needs[1] == 'j'	       ? PART_JUMP
									       : PART_MATCH;

			if (!strstr(parts[where]->str, place->needs))
				g_string_append_printf(parts[where], "%s%s",
						       parts[where]->len ? " " : "", place->needs);
		}
		put(parts[part], words[i]);
	}
	for (int i = 0; i < PART_MAX; i++) {
		if (parts[i]->len)
			g_string_append_printf(out, " %s", parts[i]->str);
		g_string_free(parts[i], TRUE);
	}
	return g_string_free(out, FALSE);
}

static bool is_rule(char **words)
{
	return has_any(words, "-A", "--append") || has_any(words, "-I", "--insert");
}

/* A rule in nat POSTROUTING that does nothing. */
static char *with_jump(const char *text)
{
	g_auto(GStrv) words = stmt_words(text);

	if (!is_rule(words) || has_any(words, "-j", "--jump") ||
	    !text_has_word(text, "POSTROUTING") || !text_has_word(text, "nat"))
		return NULL;
	return g_strdup_printf("%s -j MASQUERADE", text);
}

/* One dash for letters, two for words. */
static char *with_dashes(char **words, const char *text)
{
	char *out = g_strdup(text);
	bool any = false;

	for (char **w = words; *w; w++) {
		size_t len = strlen(*w);
		g_autofree char *right = NULL;
		char *next;

		if (g_str_has_prefix(*w, "--") && len == 3 && g_ascii_isalpha((*w)[2]))
			right = g_strdup(*w + 1);
		else if ((*w)[0] == '-' && len > 3 && (*w)[1] != '-' && g_ascii_islower((*w)[1]) &&
			 head_length(words))
			right = g_strconcat("-", *w, NULL);
		if (!right)
			continue;
		next = text_replace_word(out, *w, right);
		g_free(out);
		out = next;
		any = true;
	}
	if (!any) {
		g_free(out);
		return NULL;
	}
	return out;
}

static void propose(struct situation *at, const char *text, const char *why)
{
	g_autofree char *jump = with_jump(text);
	g_autofree char *longer =
		jump ? g_strdup_printf("%s; and the rule does nothing without -j", why) : NULL;

	if (jump)
		repair_replace(at, jump, longer);
	if (strcmp(text, at->stmt->text) != 0)
		repair_replace(at, text, why);
}

/* The word behind @option, as one of a list; NULL: it is, or none is near. */
static char *with_known(const char *text, char **words, const char *option, const char *list)
{
	for (char **w = words; w[0] && w[1]; w++) {
		g_autofree char *up = NULL;
		g_autofree char *near = NULL;

		if (strcmp(w[0], option) != 0 || word_in(list, w[1], strlen(w[1])))
			continue;
		up = g_ascii_strup(w[1], -1);
		near = word_in(list, up, strlen(up)) ? g_strdup(up) : word_nearest(list, up, 3);
		return near ? text_replace_word(text, w[1], near) : NULL;
	}
	return NULL;
}

static void names(struct situation *at)
{
	static const char *const commands[] = { "-A", "-I", "-D", "-P", "-L", "-S", "-F", "-j" };
	const char *text = at->stmt->text;

	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
		g_autofree char *to =
			with_known(text, at->words, commands[i], i == 7 ? TARGETS : CHAINS);

		if (to)
			repair_replace(at, to,
				       i == 7 ? "there is no such target"
					      : "there is no such chain");
	}
}

static void table(struct situation *at)
{
	unsigned int head = head_length(at->words);
	GString *s = g_string_new(NULL);

	if (!has_any(at->words, "-t", "--table")) {
		for (unsigned int i = 0; at->words[i]; i++) {
			put(s, at->words[i]);
			if (i + 1 == head)
				g_string_append(s, " -t nat");
		}
		repair_replace(at, s->str, "this belongs to the nat table, not to filter")->weak =
			true;
	}
	g_string_free(s, TRUE);
}

/**
 * repairs_iptables() - Dashes, order, what is missing, names, the table
 * @at: the situation
 *
 * Dashes are looked at for every tool.
 */
void repairs_iptables(struct situation *at)
{
	g_autofree char *dashes = with_dashes(at->words, at->stmt->text);
	g_autofree char *ordered = NULL;
	const char *text = at->stmt->text;

	if (dashes) {
		propose(at, dashes, "one dash for an option of one letter, two for a word");
		text = dashes;
	}
	if (!head_length(at->words))
		return;
	if (strpbrk(text, ";|&<>$\n") == NULL) {
		g_auto(GStrv) words = stmt_words(text);

		ordered = in_order(words);
		if (strcmp(ordered, text) != 0)
			propose(at, ordered,
				"an option of a match or target is known only behind its -p, -m or "
				"-j");
	}
	names(at);
	table(at);
}
