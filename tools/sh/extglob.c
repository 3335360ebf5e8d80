/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * extglob.c - extended patterns: ?(a|b) *(a|b) +(a|b) @(a|b) !(a|b)
 *
 * A pattern is matched from a set of places in the text to the set of places
 * where it may end, element by element; nothing is tried twice from one place.
 *
 * sh_match_ext()
 *   match_sequence()
 *     match_group()
 *       match_any()        each alternative: match_sequence()
 */
#include "sh.h"

#include <string.h>

#define STEPS_MAX 2000000 /* bytes of text looked at, for one match */
#define GROUPS_MAX 20	  /* groups inside each other */

struct matcher {
	struct sh *sh;
	const char *s;
	size_t n;
	size_t steps;
	int depth;
	bool failed;
};

/* One flag for each place from 0 to n. */
typedef bool place;

static place *new_set(struct matcher *m)
{
	m->steps += m->n + 1;
	if (m->steps > STEPS_MAX)
		m->failed = true;
	return sh_pool_alloc(&m->sh->pool, m->n + 1);
}

static bool group_starts(const char *p)
{
	return *p && strchr("?*+@!", *p) && p[1] == '(';
}

/* The character behind one element that is no group. */
static const char *skip_one(const char *p)
{
	const char *next;

	if (*p == '\\' && p[1])
		return p + 2;
	if (*p == '[') {
		next = sh_bracket_end(p);
		return next ? next + 1 : p + 1;
	}
	return p + 1;
}

/* The | or ) that ends an alternative at @p, NULL when there is none. */
static const char *alternative_end(const char *p)
{
	int depth = 0;

	while (*p) {
		if (!depth && (*p == '|' || *p == ')'))
			return p;
		if (*p == '(')
			depth++;
		else if (*p == ')')
			depth--;
		p = skip_one(p);
	}
	return NULL;
}

/* The ) that ends the group at @p, NULL: it is no group after all. */
static const char *group_end(const char *p)
{
	for (p += 2; (p = alternative_end(p)) != NULL; p++) {
		if (*p == ')')
			return p;
	}
	return NULL;
}

static place *match_sequence(struct matcher *m, const char *p, const char *end, const place *from);

/* Where any alternative of a group may end. */
static place *match_any(struct matcher *m, const char *p, const place *from)
{
	place *to = new_set(m);

	for (p += 2;; p++) {
		const char *end = alternative_end(p);
		const place *one = match_sequence(m, p, end, from);

		for (size_t i = 0; i <= m->n; i++)
			to[i] |= one[i];
		if (*end == ')' || m->failed)
			return to;
		p = end;
	}
}

/* Adds what is in @more to @set; what is new stays in @more. False: nothing is. */
static bool add_new(const struct matcher *m, place *set, place *more)
{
	bool any = false;

	for (size_t i = 0; i <= m->n; i++) {
		more[i] &= !set[i];
		set[i] |= more[i];
		any |= more[i];
	}
	return any;
}

/* !(...): from each place to every later one where no alternative ends. */
static place *match_none(struct matcher *m, const char *p, const place *from)
{
	place *to = new_set(m);

	for (size_t i = 0; i <= m->n && !m->failed; i++) {
		const place *ends;
		place *one;

		if (!from[i])
			continue;
		one = new_set(m);
		one[i] = true;
		ends = match_any(m, p, one);
		for (size_t k = i; k <= m->n; k++)
			to[k] |= !ends[k];
	}
	return to;
}

static place *match_group(struct matcher *m, const char *p, const place *from)
{
	place *to, *more;

	if (++m->depth > GROUPS_MAX)
		m->failed = true;
	if (m->failed) {
		to = new_set(m);
	} else if (*p == '!') {
		to = match_none(m, p, from);
	} else {
		to = new_set(m);
		more = match_any(m, p, from);
		while (add_new(m, to, more) && (*p == '*' || *p == '+') && !m->failed)
			more = match_any(m, p, more);
		for (size_t i = 0; i <= m->n && (*p == '*' || *p == '?'); i++)
			to[i] |= from[i];
	}
	m->depth--;
	return to;
}

static place *match_sequence(struct matcher *m, const char *p, const char *end, const place *from)
{
	place *set = new_set(m);

	memcpy(set, from, m->n + 1);
	while (p < end && !m->failed) {
		const char *close = group_starts(p) ? group_end(p) : NULL;
		place *to;

		if (close) {
			set = match_group(m, p, set);
			p = close + 1;
			continue;
		}
		to = new_set(m);
		for (size_t i = 0; i <= m->n; i++) {
			if (*p == '*')
				to[i] = set[i] || (i && to[i - 1]);
			else if (i)
				to[i] = set[i - 1] && sh_match_one(p, (unsigned char)m->s[i - 1]);
		}
		p = skip_one(p);
		set = to;
	}
	return set;
}

/**
 * sh_has_group() - Is there an extended pattern in it?
 * @pattern: the pattern
 *
 * Return: true when there may be one.
 */
bool sh_has_group(const char *pattern)
{
	for (; *pattern; pattern = skip_one(pattern)) {
		if (group_starts(pattern) && group_end(pattern))
			return true;
	}
	return false;
}

/**
 * sh_match_ext() - Does a pattern, extended ones too, match all of a text?
 * @sh: the shell
 * @pattern: the pattern
 * @s: the text
 * @n: its length
 *
 * Return: true when it does; false with sh->jump set when it is too much work.
 */
bool sh_match_ext(struct sh *sh, const char *pattern, const char *s, size_t n)
{
	struct matcher m = { .sh = sh, .s = s, .n = n };
	struct sh_mark mark;
	place *from;
	bool hit;

	if (!sh_has_group(pattern))
		return sh_match_n(pattern, s, n);
	mark = sh_pool_mark(&sh->pool);
	from = new_set(&m);
	from[0] = true;
	hit = match_sequence(&m, pattern, pattern + strlen(pattern), from)[n] && !m.failed;
	sh_pool_release(&sh->pool, mark);
	if (m.failed && !sh->jump) {
		sh_error(sh, "%s: the pattern is too complicated", pattern);
		sh->jump = SH_JUMP_DISCARD;
	}
	return hit;
}

/* In dash [^a] is ^ or a. */
static char *dash_pattern(struct sh *sh, const char *pattern)
{
	struct sh_buf b = { .pool = &sh->pool };

	for (; *pattern; pattern++) {
		sh_buf_putc(&b, *pattern);
		if (*pattern == '\\' && pattern[1])
			sh_buf_putc(&b, *++pattern);
		else if (pattern[0] == '[' && pattern[1] == '^')
			sh_buf_putc(&b, '\\');
	}
	return sh_buf_str(&b);
}

/**
 * sh_match() - Does a pattern match all of a text, as shopt says?
 * @sh: the shell
 * @pattern: the pattern
 * @s: the text
 * @n: its length
 *
 * Return: true when it does.
 */
bool sh_match(struct sh *sh, const char *pattern, const char *s, size_t n)
{
	if (sh->dash && strstr(pattern, "[^"))
		pattern = dash_pattern(sh, pattern);
	return sh->extglob ? sh_match_ext(sh, pattern, s, n) : sh_match_n(pattern, s, n);
}
