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

/**
 * prompt_skip() - Looks for a prompt
 * @s: a line; moved behind the prompt and its blanks, if there is one
 *
 * A prompt is "$ ", "# ", "% " or one of these behind user@host:dir, [user@host dir] or a name.
 *
 * Return: which sort.
 */
enum prompt prompt_skip(const char **s)
{
	const char *p = *s + strspn(*s, " \t");
	const char *begin = p;
	bool named;

	if (*p == '[') {
		const char *end = strchr(p, ']');
		const char *at = strchr(p, '@');

		if (!end || !at || at > end)
			return PROMPT_NONE;
		p = end + 1;
	} else {
		while (*p && is_name(*p) && p - begin < 64)
			p++;
		if (p != begin && p[-1] == ':' && !memchr(begin, '@', (size_t)(p - begin)))
			return PROMPT_NONE;
	}
	named = p != begin;
	if (named && *p == ' ' && memchr(begin, '@', (size_t)(p - begin)))
		p++;
	if (!*p || !strchr(named ? "$#" : "$#%", *p) || !strchr(" \t", p[1]) || !p[1])
		return PROMPT_NONE;
	*s = p + 1 + strspn(p + 1, " \t");
	return !named && *p == '#' ? PROMPT_HASH : PROMPT_STRONG;
}

/**
 * list_marker() - How long is the marker of a list item or a quotation?
 * @s: a line
 */
size_t list_marker(const char *s)
{
	size_t n = strspn(s, " \t");

	while (s[n] == '>' && s[n + 1] == ' ')
		n += 1 + strspn(s + n + 1, " \t");
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

/**
 * without_tags() - A line of a <pre> block without its tags
 * @s: the line
 *
 * Return: the line, to be freed.
 */
char *without_tags(const char *s)
{
	g_autoptr(GRegex) re = g_regex_new("</?(pre|code|kbd|samp|span|b|strong|em)( [^>]*)?>",
					   G_REGEX_RAW, 0, NULL);

	char *bare = g_strstrip(g_regex_replace_literal(re, s, -1, 0, "", 0, NULL));
	size_t len = strlen(bare);

	/* <code> has become a backtick already */
	if (len && bare[len - 1] == '`')
		bare[--len] = '\0';
	if (*bare == '`')
		memmove(bare, bare + 1, len);
	return bare;
}
