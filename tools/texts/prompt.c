/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * prompt.c - what stands around a command: prompts, list markers, sudo
 */
#include "read.h"

#include <string.h>

static bool is_name(char c)
{
	return g_ascii_isalnum(c) || strchr("_.@:~/-", c);
}

/* Moves behind "(red) ", "[10:30:00] " and arrows that stand in front of a prompt or are one. */
static const char *skip_ornament(const char *p, bool *ret_arrow)
{
	static const char *const arrows[] = { "\u276f ", "\u279c ", "\u03bb ", "\u27a4 " };
	size_t n;

	*ret_arrow = false;
	for (size_t i = 0; i < G_N_ELEMENTS(arrows); i++) {
		if (g_str_has_prefix(p, arrows[i])) {
			p += strlen(arrows[i]);
			p += strspn(p, " \t");
			/* "➜  ~ ip link": a folder */
			if (*p == '~' || *p == '/')
				p += strcspn(p, " \t");
			*ret_arrow = true;
			return p + strspn(p, " \t");
		}
	}
	n = strcspn(p, ")]");
	if ((*p == '(' && p[n] == ')') ||
	    (*p == '[' && p[n] == ']' && strspn(p + 1, "0123456789:") == n - 1)) {
		for (size_t i = 1; i < n; i++) {
			if (!is_name(p[i]))
				return p;
		}
		p += n + 1;
	}
	return p + strspn(p, " \t");
}

/* The end of what may stand before the sign of a prompt; NULL: it is no prompt. */
static const char *skip_name(const char *begin)
{
	const char *p = begin;
	bool host;

	if (*p == '[') {
		const char *end = strchr(p, ']');

		if (!end || end - begin > 80)
			return NULL;
		host = memchr(p, '@', (size_t)(end - p)) != NULL;
		return host || (end[1] && strchr("#$", end[1])) ? end + 1 : NULL;
	}
	while (*p && is_name(*p) && p - begin < 64)
		p++;
	host = memchr(begin, '@', (size_t)(p - begin)) != NULL;
	if (p != begin && p[-1] == ':' && !host)
		return NULL;
	/* "user@host dir$", "/ # ", "host:~ # " */
	if (p != begin && *p == ' ' &&
	    (host || strchr("/~", *begin) || (strchr("/~", p[-1]) && p - begin > 1)))
		p++;
	return p;
}

/**
 * prompt_skip() - Looks for a prompt
 * @s: a line; moved behind the prompt and its blanks, if there is one
 *
 * A prompt is "$ ", "# ", "% " or one of these behind user@host:dir, [user@host dir], (name) or a name.
 *
 * Return: which sort.
 */
enum prompt prompt_skip(const char **s)
{
	const char *first = *s + strspn(*s, " \t");
	bool arrow;
	const char *begin = skip_ornament(first, &arrow);
	const char *p = arrow ? begin : skip_name(begin);
	bool named;

	if (arrow && *begin) {
		*s = begin;
		return PROMPT_STRONG;
	}
	named = p && (p != begin || begin != first);
	if (!p || !*p || !strchr(named ? "$#" : "$#%", *p) || !p[1] || !strchr(" \t", p[1]))
		return PROMPT_NONE;
	*s = p + 1 + strspn(p + 1, " \t");
	return !named && *p == '#' ? PROMPT_HASH : PROMPT_STRONG;
}

/* "Step 3: ", "Step 3) " */
static size_t step_marker(const char *s)
{
	size_t n = 5;

	if (g_ascii_strncasecmp(s, "step ", 5) != 0 || !g_ascii_isdigit(s[5]))
		return 0;
	n += strspn(s + n, "0123456789.");
	n += strspn(s + n, ":.)");
	if (s[n] != ' ')
		return 0;
	return n + 1;
}

/**
 * list_marker() - How long is the marker of a list item or a quotation?
 * @s: a line
 */
size_t list_marker(const char *s)
{
	static const char *const bullets[] = { "\u2022 ", "\u00b7 ", "\u25e6 ", "\u25aa ",
					       "\u2192 ", "\u25b6 ", "\u2705 ", ". " };
	size_t n = strspn(s, " \t");

	while (s[n] == '>' && s[n + 1] == ' ')
		n += 1 + strspn(s + n + 1, " \t");
	n += step_marker(s + n);
	for (size_t i = 0; i < G_N_ELEMENTS(bullets); i++) {
		if (g_str_has_prefix(s + n, bullets[i]))
			return n + strlen(bullets[i]) + strspn(s + n + strlen(bullets[i]), " \t");
	}
	if (s[n] && strchr("-*+", s[n]) && s[n + 1] == ' ')
		return n + 1 + strspn(s + n + 1, " \t");
	if (g_ascii_isdigit(s[n])) {
		size_t k = n + strspn(s + n, "0123456789");

		if (k - n < 4 && (s[k] == '.' || s[k] == ')') && s[k + 1] == ' ')
			return k + 1 + strspn(s + k + 1, " \t");
	} else if (g_ascii_isalpha(s[n]) && s[n + 1] == ')' && s[n + 2] == ' ') {
		return n + 2 + strspn(s + n + 2, " \t");
	}
	return n;
}

/* sudo -E -H: what may stand between sudo and the command */
static size_t sudo_length(const char *s)
{
	size_t n = 4;

	if (strncmp(s, "sudo", 4) != 0 || !s[4] || !strchr(" \t", s[4]))
		return 0;
	n += strspn(s + n, " \t");
	while (s[n] == '-' && strchr("EHnSbkP-", s[n + 1]) && s[n + 2] == ' ')
		n += 2 + strspn(s + n + 2, " ");
	return s[n] && s[n] != '-' ? n : 0;
}

/**
 * command_strip() - The command without what is for people
 * @text: as written
 * @ret_sudo: sudo was there
 *
 * sudo goes wherever a command may begin; a comment goes when the command is one line, unless it is a
 * declaration (#@).
 *
 * Return: the command, to be freed.
 */
char *command_strip(const char *text, bool *ret_sudo)
{
	GString *out = g_string_new(NULL);
	bool one_line = !strchr(text, '\n');
	bool begin = true;
	char quote = 0;

	for (const char *s = text; *s; s++) {
		size_t n = begin && !quote ? sudo_length(s) : 0;

		if (n) {
			*ret_sudo = true;
			s += n - 1;
			continue;
		}
		if (!quote && one_line && *s == '#' && (s == text || strchr(" \t", s[-1]))) {
			g_string_append(out, s[1] == '@' ? s : "");
			break;
		}
		if (!quote && (*s == '"' || *s == '\''))
			quote = *s;
		else if (*s == quote)
			quote = 0;
		if (*s == '\\' && quote != '\'' && s[1])
			g_string_append_c(out, *s++);
		g_string_append_c(out, *s);
		begin = strchr(";|&(\n", *s) || (begin && strchr(" \t", *s));
	}
	return g_strstrip(g_string_free(out, FALSE));
}
