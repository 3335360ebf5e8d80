/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pattern.c - matching * ? [...]; a backslash takes the next character as it stands
 */
#include "sh.h"

#include <string.h>

static bool in_class(const char *name, size_t n, unsigned char c)
{
	static const struct {
		const char *name;
		const char *ranges; /* pairs */
	} classes[] = {
		{ "alnum", "09AZaz" },	 { "alpha", "AZaz" },
		{ "blank", "  \t\t" },	 { "cntrl", "\001\037\177\177" },
		{ "digit", "09" },	 { "graph", "!~" },
		{ "lower", "az" },	 { "print", " ~" },
		{ "punct", "!/:@[`{~" }, { "space", "\t\r  " },
		{ "upper", "AZ" },	 { "xdigit", "09AFaf" },
	};

	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		const char *r = classes[i].ranges;

		if (strlen(classes[i].name) != n || memcmp(classes[i].name, name, n))
			continue;
		for (; *r; r += 2) {
			if (c >= (unsigned char)r[0] && c <= (unsigned char)r[1])
				return true;
		}
	}
	return false;
}

/**
 * sh_bracket_end() - The end of [...]
 * @p: on the [
 *
 * Return: its ], or NULL when it is no bracket expression.
 */
const char *sh_bracket_end(const char *p)
{
	p++;
	if (*p == '!' || *p == '^')
		p++;
	if (*p == ']')
		p++;
	while (*p && *p != ']') {
		if (p[0] == '[' && p[1] == ':' && strstr(p + 2, ":]"))
			p = strstr(p + 2, ":]") + 2;
		else if (p[0] == '\\' && p[1])
			p += 2;
		else
			p++;
	}
	return *p ? p : NULL;
}

static bool bracket_match(const char *p, const char *end, unsigned char c)
{
	bool negate = *++p == '!' || *p == '^', hit = false;

	if (negate)
		p++;
	while (p < end) {
		unsigned char low, high;

		if (p[0] == '[' && p[1] == ':') {
			const char *close = strstr(p + 2, ":]");

			if (close && close < end) {
				hit |= in_class(p + 2, (size_t)(close - p - 2), c);
				p = close + 2;
				continue;
			}
		}
		if (*p == '\\' && p + 1 < end)
			p++;
		low = high = (unsigned char)*p++;
		if (p + 1 < end && *p == '-') {
			p++;
			if (*p == '\\' && p + 1 < end)
				p++;
			high = (unsigned char)*p++;
		}
		hit |= c >= low && c <= high;
	}
	return hit != negate;
}

/* Matches one element of the pattern with one character; *ret_next is the pattern behind it. */
static bool match_one(const char *p, unsigned char c, const char **ret_next)
{
	const char *end;

	if (*p == '?') {
		*ret_next = p + 1;
		return true;
	}
	if (*p == '[' && (end = sh_bracket_end(p)) != NULL) {
		*ret_next = end + 1;
		return bracket_match(p, end, c);
	}
	if (*p == '\\' && p[1])
		p++;
	*ret_next = p + 1;
	return (unsigned char)*p == c;
}

/**
 * sh_match_one() - Does the first element of a pattern match a character?
 * @pattern: neither at its end nor on a *
 * @c: the character
 *
 * Return: true when it does.
 */
bool sh_match_one(const char *pattern, unsigned char c)
{
	const char *next;

	return match_one(pattern, c, &next);
}

/**
 * sh_match_n() - Does a pattern without extended ones match all of a text?
 * @pattern: the pattern
 * @s: the text
 * @n: its length
 *
 * Takes time in proportion to both lengths multiplied, never more.
 *
 * Return: true when it does.
 */
bool sh_match_n(const char *pattern, const char *s, size_t n)
{
	const char *end = s + n, *star = NULL, *star_s = NULL, *next;

	for (;;) {
		if (*pattern == '*') {
			star = ++pattern;
			star_s = s;
		} else if (s == end && !*pattern) {
			return true;
		} else if (s < end && *pattern && match_one(pattern, (unsigned char)*s, &next)) {
			pattern = next;
			s++;
		} else if (star && star_s < end) {
			pattern = star;
			s = ++star_s;
		} else {
			return false;
		}
	}
}

/**
 * sh_has_glob() - Is there anything in a pattern that is not itself?
 * @pattern: the pattern
 *
 * Return: true for an unescaped *, ? or [...].
 */
bool sh_has_glob(const char *pattern)
{
	for (; *pattern; pattern++) {
		if (*pattern == '\\' && pattern[1])
			pattern++;
		else if (*pattern == '*' || *pattern == '?' ||
			 (*pattern == '[' && sh_bracket_end(pattern)))
			return true;
	}
	return false;
}

/**
 * sh_unescape() - The text a pattern without special characters stands for
 * @pool: for the result
 * @pattern: the pattern
 *
 * Return: the text.
 */
char *sh_unescape(struct sh_pool *pool, const char *pattern)
{
	char *s = sh_pool_strdup(pool, pattern), *to = s;

	for (; *pattern; pattern++) {
		if (*pattern == '\\' && pattern[1])
			pattern++;
		*to++ = *pattern;
	}
	*to = '\0';
	return s;
}
