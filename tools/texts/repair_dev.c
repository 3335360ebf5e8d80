/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * repair_dev.c - a device that does not exist, or not there
 */
#include <string.h>

#include "near.h"
#include "words.h"

static char *where(const char *ns)
{
	return ns ? g_strdup_printf("in %s", ns) : g_strdup("here");
}

/* The devices of a namespace; @all: of every one. */
static GPtrArray *device_names(const struct situation *at, bool all)
{
	GPtrArray *names = g_ptr_array_new();

	for (unsigned int i = 0; i < at->state->devices->len; i++) {
		const struct state_dev *d = g_ptr_array_index(at->state->devices, i);

		if ((all || !g_strcmp0(d->ns, at->ns)) && strcmp(d->name, "lo") != 0)
			g_ptr_array_add(names, d->name);
	}
	return names;
}

static void write_near(struct situation *at, const char *name)
{
	g_autoptr(GPtrArray) here = device_names(at, false);
	g_autoptr(GPtrArray) near = names_near(here, name, 4);
	g_autofree char *place = where(at->ns);

	for (unsigned int i = 0; i < near->len; i++) {
		const char *other = g_ptr_array_index(near, i);
		g_autofree char *text = text_replace_word(at->stmt->text, name, other);
		g_autofree char *why =
			g_strdup_printf("no device \"%s\" %s: there is \"%s\"", name, place, other);

		repair_replace(at, text, why);
	}
}

/* The same command in another namespace. */
static char *in_namespace(const struct situation *at, const char *ns)
{
	const char *text = at->stmt->text;
	g_autofree char *short_form = NULL;
	g_autofree char *long_form = NULL;
	g_autofree char *to = ns ? g_strdup_printf("ip -n %s ", ns) : g_strdup("ip ");

	if (!at->ns) {
		if (!strncmp(text, "ip ", 3))
			return g_strdup_printf("ip -n %s %s", ns, text + 3);
		return g_strdup_printf("ip netns exec %s %s", ns, text);
	}
	short_form = g_strdup_printf("ip -n %s ", at->ns);
	long_form = g_strdup_printf("ip netns exec %s ", at->ns);
	if (g_str_has_prefix(text, short_form))
		return g_strconcat(to, text + strlen(short_form), NULL);
	if (!g_str_has_prefix(text, long_form))
		return NULL;
	return ns ? g_strdup_printf("ip netns exec %s %s", ns, text + strlen(long_form))
		  : g_strdup(text + strlen(long_form));
}

/* How many lines want the device in this namespace? */
static unsigned int wanted_in(const struct situation *at, const char *ns, const char *name)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < at->script->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(at->script->stmts, i);
		g_auto(GStrv) words = stmt_words(st->text);

		n += text_has_word(st->text, name) && !g_strcmp0(words_namespace(words), ns);
	}
	return n;
}

/* The line that moved the device there meant here. */
static void moved_wrongly(struct situation *at, const char *name, const char *there)
{
	if (!at->ns || !there || wanted_in(at, at->ns, name) <= wanted_in(at, there, name))
		return;
	for (unsigned int i = at->index; i-- > 0;) {
		const struct stmt *st = g_ptr_array_index(at->script->stmts, i);
		g_autofree char *text = NULL;
		g_autofree char *why = NULL;
		struct repair *r;

		if (!text_has_word(st->text, name) || !text_has_word(st->text, "netns") ||
		    !text_has_word(st->text, there) || strchr(st->text, '\n'))
			continue;
		text = text_replace_word(st->text, there, at->ns);
		why = g_strdup_printf(
			"line %u puts \"%s\" into %s, the lines behind it want it in %s", st->line,
			name, there, at->ns);
		r = repair_new(why);
		repair_edit(r, EDIT_REPLACE, st->id, text);
		g_ptr_array_add(at->repairs, r);
		return;
	}
}

static void other_namespace(struct situation *at, const char *name)
{
	for (unsigned int i = 0; i < at->state->devices->len; i++) {
		const struct state_dev *d = g_ptr_array_index(at->state->devices, i);
		g_autofree char *text = NULL;
		g_autofree char *why = NULL;
		g_autofree char *place = where(at->ns);

		if (strcmp(d->name, name) != 0 || !g_strcmp0(d->ns, at->ns) || !strcmp(name, "lo"))
			continue;
		moved_wrongly(at, name, d->ns);
		text = in_namespace(at, d->ns);
		why = g_strdup_printf("\"%s\" is not %s: it is in %s", name, place,
				      d->ns ? d->ns : "the host");
		if (text)
			repair_replace(at, text, why);
	}
}

static void make_bridge(struct situation *at, const char *name, const char *before)
{
	g_autofree char *ip = ip_in(at->ns);
	g_autofree char *text = g_strdup_printf("%s link add %s type bridge", ip, name);
	g_autofree char *why = g_strdup_printf("no bridge \"%s\" was made", name);

	if (!strcmp(before, "master") || !strcmp(before, "addif"))
		repair_insert(at, at->stmt->id, text, why);
}

/**
 * repairs_device() - Mean a device that exists, look elsewhere, make the bridge
 * @at: the situation
 *
 * A word of the command that the tool complains about and that is no device where it looked.
 */
void repairs_device(struct situation *at)
{
	for (unsigned int i = 1; at->words[0] && at->words[i]; i++) {
		const char *name = at->words[i];

		if (!is_name_word(name) || !text_has_word(at->outcome->out->str, name))
			continue;
		if (state_find(at->state, at->ns, name, false) || state_has_ns(at->state, name))
			continue;
		write_near(at, name);
		other_namespace(at, name);
		make_bridge(at, name, at->words[i - 1]);
	}
}

/* One part of a name for another: veth-red, veth-blue: red, blue. */
static bool name_mapping(const char *have, const char *want, char **ret_from, char **ret_to)
{
	size_t a = 0, b = 0, lh = strlen(have), lw = strlen(want);

	while (have[a] && have[a] == want[a])
		a++;
	while (b < lh - a && b < lw - a && have[lh - 1 - b] == want[lw - 1 - b])
		b++;
	/* whole parts: back to the last sign or change from letter to digit */
	while (a && g_ascii_isalpha(have[a - 1]) &&
	       (g_ascii_isalpha(have[a]) || g_ascii_isalpha(want[a])))
		a--;
	while (b && g_ascii_isalnum(have[lh - b]) && g_ascii_isalpha(have[lh - b]))
		b--;
	if (lh - b <= a || lw - b <= a)
		return false;
	*ret_from = g_strndup(have + a, lh - b - a);
	*ret_to = g_strndup(want + a, lw - b - a);
	return true;
}

/* Every part of a word that is @from, as @to: "veth-red-br" and "red" but not "redirect". */
static char *map_text(const char *text, const char *from, const char *to)
{
	g_autofree char *quoted = g_regex_escape_string(from, -1);
	bool digit = g_ascii_isdigit(*from);
	g_autofree char *pattern = g_strdup_printf(
		digit ? "(?<![0-9./])%s(?![0-9./])" : "(?<![A-Za-z])%s(?![A-Za-z])", quoted);
	g_autoptr(GRegex) re = g_regex_new(pattern, G_REGEX_RAW, 0, NULL);

	return re ? g_regex_replace_literal(re, text, -1, 0, to, 0, NULL) : g_strdup(text);
}

static bool script_has(const struct script *s, const char *text)
{
	for (unsigned int i = 0; i < s->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(s->stmts, i);

		if (!strcmp(st->text, text))
			return true;
	}
	return false;
}

static bool is_link_command(const char *text)
{
	return strstr(text, "link add") || strstr(text, "link set") || strstr(text, "netns add") ||
	       strstr(text, "addif");
}

/* What was done for one device, done for its sibling: "repeat the same for blue". */
static void repeat(struct situation *at, const char *have, const char *want, unsigned int since)
{
	g_autofree char *from = NULL;
	g_autofree char *to = NULL;
	g_autofree char *why = g_strdup_printf(
		"\"%s\" was never made: repeat for it what was done for \"%s\"", want, have);
	struct repair *r;

	if (!name_mapping(have, want, &from, &to))
		return;
	r = repair_new(why);
	r->weak = true;
	for (unsigned int i = since; i < at->index; i++) {
		const struct stmt *st = g_ptr_array_index(at->script->stmts, i);
		const struct stmt *next = g_ptr_array_index(at->script->stmts, i + 1);
		g_autofree char *text = map_text(st->text, from, to);

		if (is_link_command(st->text) && strcmp(text, st->text) != 0 &&
		    !script_has(at->script, text))
			repair_edit(r, EDIT_INSERT, next->id, text);
	}
	if (r->edits->len)
		g_ptr_array_add(at->repairs, r);
	else
		repair_free(r);
}

/**
 * repairs_sibling() - Repeat for one device what was done for another
 * @at: the situation
 */
void repairs_sibling(struct situation *at)
{
	for (unsigned int i = 1; at->words[0] && at->words[i]; i++) {
		const char *want = at->words[i];

		if (!is_name_word(want) || word_is_reserved(want) ||
		    !text_has_word(at->outcome->out->str, want))
			continue;
		if (state_find(at->state, NULL, want, true))
			continue;
		for (unsigned int k = at->index; k-- > 0;) {
			const struct stmt *st = g_ptr_array_index(at->script->stmts, k);
			g_auto(GStrv) words = NULL;

			if (!strstr(st->text, "link add"))
				continue;
			words = stmt_words(st->text);
			for (char **w = words; *w; w++) {
				if (is_name_word(*w) && !word_is_reserved(*w) &&
				    strcmp(*w, want) != 0 && w > words)
					repeat(at, *w, want, k);
			}
		}
	}
}
