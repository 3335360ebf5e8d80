/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stmt.c - the words of a statement
 */
#include <string.h>

#include "script.h"
#include "words.h"

/**
 * stmt_words() - Cuts a command into words
 * @text: the command
 *
 * Return: the words; with odd quotes, cut at blanks alone.
 */
char **stmt_words(const char *text)
{
	char **words = NULL;

	if (g_shell_parse_argv(text, NULL, &words, NULL))
		return words;
	return g_strsplit_set(text, " \t\n", -1);
}

/**
 * words_namespace() - Where does a command run?
 * @words: the command
 *
 * The innermost `ip netns exec NAME` or `ip -n NAME` counts.
 *
 * Return: the name, or NULL.
 */
const char *words_namespace(char **words)
{
	const char *ns = NULL;

	for (char **w = words; w[0] && w[1]; w++) {
		if (!strcmp(w[0], "exec") && w > words && !strcmp(w[-1], "netns"))
			ns = w[1];
		else if ((!strcmp(w[0], "-n") || !strcmp(w[0], "-netns")) && w > words &&
			 g_str_has_suffix(w[-1], "ip"))
			ns = w[1];
	}
	return ns;
}

static bool is_word_sign(char c)
{
	return c && (g_ascii_isalnum(c) || strchr("-_.:/", c));
}

/* Where @word stands alone in @text; NULL: nowhere. */
static const char *find_word(const char *text, const char *word)
{
	size_t len = strlen(word);

	for (const char *s = text; len && (s = strstr(s, word)); s++) {
		if (s != text && is_word_sign(s[-1]))
			continue;
		if (!is_word_sign(s[len]) || (s[len] == '.' && !is_word_sign(s[len + 1])) ||
		    (s[len] == ':' && !is_word_sign(s[len + 1])))
			return s;
	}
	return NULL;
}

/**
 * text_has_word() - Is a word in a text?
 * @text: the text
 * @word: the word
 */
bool text_has_word(const char *text, const char *word)
{
	return find_word(text, word) != NULL;
}

/**
 * text_replace_word() - Another word in its place
 * @text: the text
 * @old: the word
 * @word: the new one
 *
 * Return: the new text, to be freed.
 */
char *text_replace_word(const char *text, const char *old, const char *word)
{
	GString *s = g_string_new(NULL);
	const char *at;

	while ((at = find_word(text, old))) {
		g_string_append_len(s, text, at - text);
		g_string_append(s, word);
		text = at + strlen(old);
	}
	g_string_append(s, text);
	return g_string_free(s, FALSE);
}

/**
 * stmt_is_net() - Is a command about the network?
 * @text: the command
 */
bool stmt_is_net(const char *text)
{
	g_auto(GStrv) words = stmt_words(text);

	if (strstr(text, "/net/") || strstr(text, "/proc/sys"))
		return true;
	for (char **w = words; *w; w++) {
		const char *slash = strrchr(*w, '/');
		const struct known_word *k = word_program(slash ? slash + 1 : *w);

		if (k && k->flags & WORD_NET)
			return true;
		if (w == words && !k && word_nearest_program(*w))
			return !word_is_program(*w) && !word_is_builtin(*w);
	}
	return false;
}
