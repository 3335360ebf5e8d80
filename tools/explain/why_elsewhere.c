/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_elsewhere.c - a line does in one namespace what is needed in another: `ip netns exec` forgotten
 */
#include <string.h>

#include "why.h"

/* What stands behind `ip netns exec NS`; "ip ..." of `ip -n NS ...`. To be freed. */
static char *without_namespace(const char *text)
{
	g_autoptr(GRegex) exec = g_regex_new("^(sudo )?ip netns exec [^ ]+ ", G_REGEX_RAW, 0, NULL);
	g_autoptr(GRegex) option =
		g_regex_new("^(sudo )?ip -n(etns)? ?[^ ]+ ", G_REGEX_RAW, 0, NULL);
	g_autofree char *plain = g_regex_replace_literal(exec, text, -1, 0, "", 0, NULL);

	return g_regex_replace_literal(option, plain, -1, 0, "ip ", 0, NULL);
}

/**
 * why_in_namespace() - A command as it is typed for a namespace
 * @text: the command, of any namespace
 * @ns: where it shall run
 *
 * Return: to be freed.
 */
char *why_in_namespace(const char *text, const char *ns)
{
	g_autofree char *plain = without_namespace(text);

	if (!*ns)
		return g_steal_pointer(&plain);
	if (g_str_has_prefix(plain, "ip "))
		return g_strdup_printf("ip -n %s %s", ns, plain + 3);
	return g_strdup_printf("ip netns exec %s %s", ns, plain);
}

static unsigned int addressed_devices(const struct why *w, const char *ns)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);

		n += !strcmp(a->dev->ns, ns) && strcmp(a->dev->name, "lo") != 0;
	}
	return n;
}

static bool has_words(const struct stmt *st, const char *const *words)
{
	for (; *words; words++) {
		if (!strstr(st->text, *words))
			return false;
	}
	return true;
}

static void one_line(struct why *w, struct why_finding *f, unsigned int index)
{
	const struct stmt *st = g_ptr_array_index(w->script->stmts, index);
	const struct outcome *o = replay_at(w->first, index);
	g_auto(GStrv) words = stmt_words(st->text);
	const char *at = words_namespace(words);
	g_autofree char *text = NULL;
	struct repair *r;

	if (!at)
		at = "";
	if (!strcmp(at, f->ns) || strpbrk(st->text, ";|&<>$`\n") || (*at && !o->status))
		return;
	text = why_in_namespace(st->text, f->ns);
	r = why_edit_replace(w, f, st->id, text);
	if (!r)
		return;
	r->what = g_strdup_printf("Line %u says it in %s, not in %s%s.", st->line, why_ns_name(at),
				  why_ns_name(f->ns),
				  *at ? "" : ": \"ip netns exec\" or \"-n\" is missing");
	/* a line that failed there, or where there is no router, was meant for here */
	if (o->status || addressed_devices(w, at) < 2)
		g_ptr_array_insert(f->edits, 0,
				   g_ptr_array_steal_index(f->edits, f->edits->len - 1));
}

/**
 * why_elsewhere() - Edits that put lines into the finding's namespace
 * @w: the question
 * @f: the finding; its namespace is where something is missing
 * @words: what such a line has in it, ended by NULL
 *
 * Of the machine's own namespace, as where `ip netns exec` was forgotten; or lines that failed.
 */
void why_elsewhere(struct why *w, struct why_finding *f, const char *const *words)
{
	for (unsigned int i = 0; f->ns && i + 1 < w->script->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(w->script->stmts, i);

		if (st->line && !st->deleted && has_words(st, words))
			one_line(w, f, i);
	}
}
