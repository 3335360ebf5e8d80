/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * brace.c - {a,b} and {1..3}: one word becomes several before anything else
 *
 * sh_brace_expand()
 *   expand()
 *     find_braces()
 *     sequence(), alternatives()
 */
#include "sh.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RESULTS_MAX 100000
#define DEPTH_MAX 50

/* An unquoted character, or a part that stays as it is. */
struct item {
	const struct sh_part *part;
	char c;
};

struct items {
	struct item *v;
	size_t n;
};

struct results {
	struct items *v;
	size_t n;
	size_t cap;
};

struct braces {
	struct sh *sh;
	size_t total;
	bool failed;
	int depth;
};

static void expand(struct braces *b, struct items in, struct results *out);

static bool is_char(struct items in, size_t i, char c)
{
	return i < in.n && !in.v[i].part && in.v[i].c == c;
}

static void add(struct braces *b, struct results *out, struct items x)
{
	b->total += x.n + 1;
	if (out->n >= RESULTS_MAX || b->total > SH_EXPAND_MAX) {
		b->failed = true;
		return;
	}
	if (out->n == out->cap) {
		size_t cap = out->cap ? out->cap * 2 : 8;
		struct items *v = sh_pool_alloc(&b->sh->pool, cap * sizeof(*v));

		if (out->n)
			memcpy(v, out->v, out->n * sizeof(*v));
		out->v = v;
		out->cap = cap;
	}
	out->v[out->n++] = x;
}

static struct items slice(struct items in, size_t from, size_t to)
{
	return (struct items){ in.v + from, to - from };
}

static struct items from_text(struct braces *b, const char *s)
{
	struct items x = { sh_pool_alloc(&b->sh->pool, (strlen(s) + 1) * sizeof(*x.v)), strlen(s) };

	for (size_t i = 0; i < x.n; i++)
		x.v[i].c = s[i];
	return x;
}

/* The plain text of items, or NULL when a part or something long is among them. */
static char *to_text(struct braces *b, struct items in)
{
	char *s;

	if (in.n > 100)
		return NULL;
	s = sh_pool_alloc(&b->sh->pool, in.n + 1);
	for (size_t i = 0; i < in.n; i++) {
		if (in.v[i].part)
			return NULL;
		s[i] = in.v[i].c;
	}
	return s;
}

/* The brace that closes the one at @open; *ret_comma: is there a comma between? 0: none closes it. */
static size_t find_close(struct items in, size_t open, bool *ret_comma)
{
	int depth = 0;

	*ret_comma = false;
	for (size_t i = open; i < in.n; i++) {
		if (is_char(in, i, '{'))
			depth++;
		else if (is_char(in, i, ',') && depth == 1)
			*ret_comma = true;
		else if (is_char(in, i, '}') && --depth == 0)
			return i;
	}
	return 0;
}

static bool is_int(const char *s, int64_t *ret)
{
	return *s && sh_number(s, ret) && *ret > -1000000000000 && *ret < 1000000000000;
}

static bool zero_padded(const char *s)
{
	return (s[0] == '0' && s[1]) || (s[0] == '-' && s[1] == '0' && s[2]);
}

static void numbers(struct braces *b, struct results *out, const char *from, const char *to,
		    int64_t step)
{
	int64_t a = 0, z = 0, count;
	int width = 0;
	char text[32];

	is_int(from, &a);
	is_int(to, &z);
	if (zero_padded(from) || zero_padded(to))
		width = (int)(strlen(from) > strlen(to) ? strlen(from) : strlen(to));
	step = step ? llabs(step) : 1;
	count = llabs(z - a) / step + 1;
	if (count > RESULTS_MAX) {
		b->failed = true;
		return;
	}
	for (int64_t i = 0; i < count && !b->failed; i++) {
		snprintf(text, sizeof(text), "%0*lld", width,
			 (long long)(a <= z ? a + i * step : a - i * step));
		add(b, out, from_text(b, text));
	}
}

/* x..y or x..y..step; false: it is none. */
static bool sequence(struct braces *b, struct items in, struct results *out)
{
	char *from = to_text(b, in), *to = from ? strstr(from, "..") : NULL, *by;
	int64_t n, step = 0;

	if (!to || to == from)
		return false;
	*to = '\0';
	to += 2;
	by = strstr(to, "..");
	if (by) {
		*by = '\0';
		if (!is_int(by + 2, &step))
			return false;
	}
	if (is_int(from, &n) && is_int(to, &n)) {
		numbers(b, out, from, to, step);
		return true;
	}
	if (!from[0] || from[1] || !to[0] || to[1] || !sh_is_name(from) || !sh_is_name(to))
		return false;
	step = step ? llabs(step) : 1;
	for (int c = from[0]; from[0] <= to[0] ? c <= to[0] : c >= to[0];
	     c += from[0] <= to[0] ? (int)step : -(int)step) {
		char text[2] = { (char)c, '\0' };

		add(b, out, from_text(b, text));
	}
	return true;
}

static void alternatives(struct braces *b, struct items in, struct results *out)
{
	size_t from = 0;
	int depth = 0;

	for (size_t i = 0; i <= in.n; i++) {
		if (is_char(in, i, '{'))
			depth++;
		else if (is_char(in, i, '}'))
			depth--;
		if (i < in.n && !(depth == 0 && is_char(in, i, ',')))
			continue;
		expand(b, slice(in, from, i), out);
		from = i + 1;
	}
}

static void join(struct braces *b, struct results *out, struct items a, struct items m,
		 struct items z)
{
	struct items x = { NULL, a.n + m.n + z.n };

	if (b->total + x.n > SH_EXPAND_MAX || b->failed) {
		b->failed = true;
		return;
	}
	x.v = sh_pool_alloc(&b->sh->pool, (x.n + 1) * sizeof(*x.v));
	if (a.n)
		memcpy(x.v, a.v, a.n * sizeof(*x.v));
	if (m.n)
		memcpy(x.v + a.n, m.v, m.n * sizeof(*x.v));
	if (z.n)
		memcpy(x.v + a.n + m.n, z.v, z.n * sizeof(*x.v));
	add(b, out, x);
}

static void expand(struct braces *b, struct items in, struct results *out)
{
	struct results mid = { 0 }, rest = { 0 };
	size_t open, close = 0;
	bool comma = false;

	if (b->failed || ++b->depth > DEPTH_MAX) {
		b->failed = true;
		return;
	}
	for (open = 0; open < in.n; open++) {
		if (!is_char(in, open, '{'))
			continue;
		close = find_close(in, open, &comma);
		if (close && (comma || sequence(b, slice(in, open + 1, close), &mid)))
			break;
	}
	if (open == in.n) {
		add(b, out, in);
	} else {
		if (comma)
			alternatives(b, slice(in, open + 1, close), &mid);
		expand(b, slice(in, close + 1, in.n), &rest);
		for (size_t i = 0; i < mid.n && !b->failed; i++) {
			for (size_t k = 0; k < rest.n && !b->failed; k++)
				join(b, out, slice(in, 0, open), mid.v[i], rest.v[k]);
		}
	}
	b->depth--;
}

static struct items to_items(struct sh *sh, const struct sh_word *word)
{
	struct items x = { NULL, 0 };
	size_t n = 1;

	for (const struct sh_part *p = word->parts; p; p = p->next)
		n += p->type == SH_PART_TEXT && !p->quoted ? p->len : 1;
	x.v = sh_pool_alloc(&sh->pool, n * sizeof(*x.v));
	for (const struct sh_part *p = word->parts; p; p = p->next) {
		if (p->type != SH_PART_TEXT || p->quoted) {
			x.v[x.n++].part = p;
			continue;
		}
		for (size_t i = 0; i < p->len; i++)
			x.v[x.n++].c = p->text[i];
	}
	return x;
}

static struct sh_word *to_word(struct sh *sh, struct items in, const struct sh_word *like)
{
	struct sh_word *w = sh_pool_alloc(&sh->pool, sizeof(*w));
	struct sh_part **tail = &w->parts;

	*w = *like;
	w->next = NULL;
	w->brace = false;
	w->plain = false;
	w->parts = NULL;
	for (size_t i = 0; i < in.n;) {
		struct sh_part *p = sh_pool_alloc(&sh->pool, sizeof(*p));
		size_t from = i;

		if (in.v[i].part) {
			*p = *in.v[i++].part;
			p->next = NULL;
		} else {
			char *text;

			while (i < in.n && !in.v[i].part)
				i++;
			text = sh_pool_alloc(&sh->pool, i - from + 1);
			for (size_t k = from; k < i; k++)
				text[k - from] = in.v[k].c;
			p->type = SH_PART_TEXT;
			p->text = text;
			p->len = i - from;
		}
		*tail = p;
		tail = &p->next;
	}
	return w;
}

/**
 * sh_brace_expand() - The words a word with braces stands for
 * @sh: the shell
 * @word: the word
 *
 * Return: a list of words in the pool; NULL, after an error, when they are too many.
 */
struct sh_word *sh_brace_expand(struct sh *sh, const struct sh_word *word)
{
	struct braces b = { .sh = sh };
	struct results out = { 0 };
	struct sh_word *first = NULL, **tail = &first;

	expand(&b, to_items(sh, word), &out);
	if (b.failed) {
		sh_error(sh, "%.100s: brace expansion is too large", word->text);
		sh->jump = SH_JUMP_DISCARD;
		return NULL;
	}
	for (size_t i = 0; i < out.n; i++) {
		*tail = to_word(sh, out.v[i], word);
		tail = &(*tail)->next;
	}
	return first;
}
