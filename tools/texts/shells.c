/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * shells.c - lines typed into another shell
 *
 * Behind "ip netns exec red bash" a reader types into a shell in red, until
 * "exit". A script has no such thing: each of these lines gets "ip netns exec
 * red" in front. A shell that is never left is left where the prompt changes
 * back, else at the end of the block.
 */
#include <string.h>

#include "read.h"
#include "script.h"
#include "words.h"

static bool is_shell(const char *word)
{
	const char *slash = strrchr(word, '/');
	const char *name = slash ? slash + 1 : word;

	return word_in("bash sh zsh dash ash ksh fish", name, strlen(name));
}

/* From @w on: nothing, or a shell and its options, but no command for it. */
static bool only_shell(char **w, bool may_be_none)
{
	if (!*w)
		return may_be_none;
	if (!is_shell(*w))
		return false;
	for (w++; *w; w++) {
		if (**w != '-' || !strcmp(*w, "-c"))
			return false;
	}
	return true;
}

/* The index of what ip netns exec, nsenter or unshare is to run; 0: it is none of these. */
static unsigned int command_at(char **w)
{
	unsigned int i = 1;

	if (!strcmp(w[0], "ip")) {
		while (w[i] && w[i][0] == '-')
			i++;
		if (w[i] && !g_strcmp0(w[i + 1], "exec") && word_in("netns netn", w[i], 5) &&
		    w[i + 2])
			return i + 3;
		return 0;
	}
	if (strcmp(w[0], "nsenter") != 0 && strcmp(w[0], "unshare") != 0)
		return 0;
	while (w[i] && w[i][0] == '-')
		i += word_in("-t --target -S -G -r -w", w[i], strlen(w[i])) &&
				     !strcmp(w[0], "nsenter") && w[i + 1]
			     ? 2
			     : 1;
	return i;
}

/**
 * shell_effect() - What a line does to the shell it is typed into
 * @text: the line
 */
enum text_shell shell_effect(const char *text)
{
	bool sudo;
	g_autofree char *plain = NULL;
	g_auto(GStrv) w = NULL;
	unsigned int at;

	if (!strpbrk(text, "xshu") || strpbrk(text, "|&;<>()`\n\\'\""))
		return SHELL_SAME; /* soon decided for most lines */
	plain = command_strip(text, &sudo);
	w = stmt_words(plain);
	if (!w || !w[0])
		return SHELL_SAME;
	if (word_in("exit logout", w[0], strlen(w[0])))
		return !w[1] || g_ascii_isdigit(w[1][0]) ? SHELL_LEAVE : SHELL_SAME;
	at = command_at(w);
	if (at)
		return only_shell(w + at, strcmp(w[0], "ip") != 0) ? SHELL_ENTER : SHELL_SAME;
	if (!strcmp(w[0], "sudo") || !strcmp(w[0], "su"))
		return !w[1] || w[1][0] == '-' || !strcmp(w[1], "root") ? SHELL_ROOT : SHELL_SAME;
	if (only_shell(w, false))
		return SHELL_ROOT;
	if ((!strcmp(w[0], "ssh") && w[1] && !w[2]) ||
	    (word_in("docker podman kubectl", w[0], strlen(w[0])) &&
	     is_shell(w[g_strv_length(w) - 1])))
		return SHELL_OTHER;
	return SHELL_SAME;
}

static struct text_command *at(const struct text *t, unsigned int i)
{
	return g_ptr_array_index(t->commands, i);
}

/* The command with which the shell that command @i opened is left; len: none. */
static unsigned int find_exit(const struct text *t, unsigned int i)
{
	unsigned int deep = 1;

	while (++i < t->commands->len) {
		enum text_shell shell = at(t, i)->shell;

		if (shell == SHELL_LEAVE && !--deep)
			return i;
		deep += shell == SHELL_ENTER || shell == SHELL_ROOT || shell == SHELL_OTHER;
	}
	return i;
}

/* The first command behind the shell that command @i opened. */
static unsigned int find_end(const struct text *t, unsigned int i)
{
	const char *prompt = at(t, i)->prompt;
	unsigned int n = t->commands->len;
	unsigned int end = find_exit(t, i);
	unsigned int block;

	if (end < n || i + 1 == n)
		return end;
	end = i + 1;
	if (prompt && at(t, end)->prompt && strcmp(prompt, at(t, end)->prompt) != 0) {
		while (end < n && g_strcmp0(prompt, at(t, end)->prompt) != 0)
			end++;
		return end;
	}
	block = at(t, end)->block;
	while (end < n && at(t, end)->block == block)
		end++;
	return end;
}

/* "ip netns exec red", out of "ip netns exec red bash" */
static char *prefix_of(const char *text)
{
	g_auto(GStrv) w = stmt_words(text);
	unsigned int n = command_at(w);

	g_free(w[n]);
	w[n] = NULL;
	return g_strjoinv(" ", w);
}

/* Of the shell itself: no program, there is nothing to put a prefix in front of. */
static bool is_for_shell(const char *text)
{
	static const char builtins[] = "cd export set unset alias source . umask declare";
	size_t n = strcspn(text, " \t");

	return word_in(builtins, text, n) || memchr(text, '=', n);
}

static char *put_in(const char *prefix, const char *text)
{
	g_autofree char *quoted = NULL;
	size_t len = strlen(text);

	if (is_for_shell(text))
		return g_strdup(text);
	if (len > 1 && text[len - 1] == '&' && text[len - 2] != '&')
		len--;
	if (strcspn(text, "|&;<>()\n`") >= len)
		return g_strdup_printf("%s %s", prefix, text);
	quoted = g_shell_quote(text);
	return g_strdup_printf("%s bash -c %s", prefix, quoted);
}

/* Everything up to @end becomes the input of one shell: its namespace has no name. */
static void feed(struct text *t, unsigned int i, unsigned int end)
{
	struct text_command *c = at(t, i);
	GString *s = g_string_new(c->text);

	g_string_append(s, " <<'END'\n");
	for (unsigned int k = i + 1; k < end; k++) {
		if (at(t, k)->shell == SHELL_SAME && !at(t, k)->placeholder)
			g_string_append_printf(s, "%s\n", at(t, k)->text);
	}
	g_string_append(s, "END");
	g_free(c->text);
	c->text = g_string_free(s, FALSE);
	c->shell = SHELL_SAME;
	if (end > i + 1)
		g_ptr_array_remove_range(t->commands, i + 1, end - i - 1);
}

static void enter(struct text *t, unsigned int i)
{
	unsigned int end = find_end(t, i);
	g_autofree char *prefix = NULL;

	if (end < t->commands->len && at(t, end)->shell == SHELL_LEAVE)
		g_ptr_array_remove_index(t->commands, end);
	at(t, i)->shell = end > i + 1 ? SHELL_DONE : SHELL_SAME;
	if (g_str_has_prefix(at(t, i)->text, "unshare")) {
		feed(t, i, end);
		return;
	}
	prefix = prefix_of(at(t, i)->text);
	for (unsigned int k = i + 1; k < end; k++) {
		struct text_command *c = at(t, k);
		char *text;

		/* the innermost shell counts: it has had its turn */
		if (c->shell != SHELL_SAME || c->placeholder || c->entered)
			continue;
		text = put_in(prefix, c->text);
		g_free(c->text);
		c->text = text;
		c->entered = true;
	}
}

/**
 * text_enter_shells() - Takes lines typed into other shells to where they belong
 * @t: with its commands
 *
 * Openers stay, marked; "exit" and "sudo -i" go.
 */
void text_enter_shells(struct text *t)
{
	/* from the last to the first: inner shells before the shells around them */
	for (unsigned int i = t->commands->len; i-- > 0;) {
		if (at(t, i)->shell == SHELL_ENTER && !at(t, i)->placeholder)
			enter(t, i);
	}
	for (unsigned int i = 0; i < t->commands->len;) {
		enum text_shell shell = at(t, i)->shell;

		if (shell == SHELL_LEAVE || shell == SHELL_ROOT)
			g_ptr_array_remove_index(t->commands, i);
		else
			i++;
	}
}
