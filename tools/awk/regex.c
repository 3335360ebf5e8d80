/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * regex.c - regular expressions of mawk, by regcomp()
 *
 * mawk 1.3.4 as Debian 12 has it: extended ones where braces are plain characters and a backslash before any
 * other character takes its meaning away. They are rewritten in that sense for regcomp().
 */
#include "awk.h"

#include "../sh/test.h"

struct rewrite {
	struct awk *a;
	const char *s, *end;
	char *to;
	int open;
	bool operand; /* is there something a "*" could repeat? */
	const char *error;
};

static void put(struct rewrite *w, char c)
{
	*w->to++ = c;
}

static void put_plain(struct rewrite *w, char c)
{
	if (c && strchr(".[]()*+?{}|^$\\", c))
		put(w, '\\');
	put(w, c);
	w->operand = true;
}

/* The character an escape stands for; the position is behind it then. */
static char escape(struct rewrite *w)
{
	static const char letters[] = "abfnrtv", values[] = "\a\b\f\n\r\t\v";
	const char *at;
	int n = 0, v = 0;

	if (w->s == w->end)
		return '\\';
	at = strchr(letters, *w->s);
	if (*w->s && at) {
		w->s++;
		return values[at - letters];
	}
	while (n < 3 && w->s + n < w->end && w->s[n] >= '0' && w->s[n] <= '7')
		v = v * 8 + w->s[n++] - '0';
	if (!n)
		return *w->s++;
	w->s += n;
	return (char)v;
}

/* "[...]": escapes inside go; what POSIX reads otherwise there is put where it means itself. */
static void bracket(struct rewrite *w)
{
	bool set[256] = { false }, negated = false, first = true;

	if (w->s < w->end && *w->s == '^') {
		negated = true;
		w->s++;
	}
	put(w, '[');
	if (negated)
		put(w, '^');
	for (; w->s < w->end && (*w->s != ']' || first); first = false) {
		unsigned char c = (unsigned char)*w->s++, last;

		if (c == '[' && w->s < w->end && *w->s == ':') {
			const char *stop = strstr(w->s, ":]");

			if (stop && stop + 2 <= w->end) {
				put(w, '[');
				while (w->s < stop + 2)
					put(w, *w->s++);
				continue;
			}
		}
		if (c == '\\')
			c = (unsigned char)escape(w);
		last = c;
		if (w->s + 1 < w->end && *w->s == '-' && w->s[1] != ']') {
			w->s++;
			last = (unsigned char)*w->s++;
			if (last == '\\')
				last = (unsigned char)escape(w);
		}
		for (int i = c; i <= last; i++)
			set[i] = true;
	}
	if (w->s >= w->end) {
		w->error = "missing ']'";
		return;
	}
	w->s++;
	if (set[']'])
		put(w, ']');
	for (int i = 1; i < 256; i++) {
		if (set[i] && i != ']' && i != '-' && i != '^' && i != '[')
			put(w, (char)i);
	}
	if (set['['])
		put(w, '[');
	if (set['^'])
		put(w, '^');
	if (set['-'])
		put(w, '-');
	put(w, ']');
	w->operand = true;
}

/* "^" alone in a bracket would turn it round. */
static void mend_bracket(char *from, char *end)
{
	if (end - from == 3 && from[1] == '^') {
		from[0] = '\\';
		from[1] = '^';
		from[2] = '\0';
	} else if (end - from > 3 && from[1] == '^' && from[2] == '-' && end - from == 4) {
		from[1] = '-';
		from[2] = '^';
	}
}

static void operator(struct rewrite *w, char c, char before)
{
	if (c == '(') {
		put(w, c);
		w->open++;
		w->operand = false;
	} else if (c == ')' && !w->open) {
		put_plain(w, c);
	} else if (c == ')' || c == '|') {
		if (!w->operand)
			w->error = "missing operand";
		put(w, c);
		w->open -= c == ')';
		w->operand = c == ')';
	} else if (!w->operand) {
		w->error = "missing operand";
	} else if (before == '^') {
		w->error = c == '?' ? NULL : "syntax error ^* or ^+";
		put(w, c);
	} else {
		put(w, c);
	}
}

static void rewrite(struct rewrite *w)
{
	char before = '\0';

	while (w->s < w->end && !w->error) {
		char c = *w->s++;

		if (c == '\\') {
			put_plain(w, escape(w));
			before = 'x';
			continue;
		}
		if (c == '[') {
			char *from = w->to;
			bool negated = w->s < w->end && *w->s == '^';

			bracket(w);
			if (!negated) {
				mend_bracket(from, w->to);
				w->to = from[0] == '\\' ? from + 2 : w->to;
			}
		} else if (strchr("()|*+?", c) && c) {
			operator(w, c, before);
		} else if (c == '{' || c == '}') {
			put_plain(w, c);
		} else {
			put(w, c);
			w->operand = true;
		}
		before = c == '^' && before && !strchr("(|", before) ? 'x' : c;
	}
	if (!w->error && w->open)
		w->error = "missing ')'";
	else if (!w->error && !w->operand && before == '|')
		w->error = "missing operand";
	*w->to = '\0';
}

static void free_regex(void *arg)
{
	struct awk_regex *r = arg;

	if (r->compiled)
		regfree(&r->re);
	r->compiled = false;
}

static void compile(struct awk *a, struct awk_regex *r, const char *text, size_t len, int line)
{
	struct rewrite w = { .a = a };

	r->text = ng_task_strndup(a->task, text, len);
	r->len = len;
	if (len > 8192)
		prog_exit(a->task, ng_not_modelled(a->task, "awk: regular expressions this long"));
	r->translated = ng_task_alloc(a->task, len * 2 + 600 + 260 * (len / 2));
	w.s = r->text;
	w.end = r->text + len;
	w.to = r->translated;
	rewrite(&w);
	if (w.error && line) {
		ng_printf(ng_stderr(a->task),
			  "%s: line %d: regular expression compile failed (%s)\n%s\n", a->name,
			  line, w.error, r->text);
		prog_exit(a->task, 2);
	}
	if (w.error)
		awk_fatal(a, "regular expression compile failed (%s)\n%s", w.error, r->text);
	if (!ng_regex_bounded(r->translated) || regcomp(&r->re, r->translated, REG_EXTENDED) != 0)
		prog_exit(a->task,
			  ng_not_modelled(a->task, "awk: the regular expression %s", r->text));
	r->compiled = true;
	ng_task_free(a->task, r->translated);
	r->translated = NULL;
}

/**
 * awk_regex_compile() - Makes a regular expression
 * @a: the program
 * @text: the expression
 * @len: its length
 * @line: where it stands in the program
 *
 * Return: the expression; a wrong one ends the program.
 */
struct awk_regex *awk_regex_compile(struct awk *a, const char *text, size_t len, int line)
{
	struct awk_regex *r = ng_task_alloc(a->task, sizeof(*r));

	ng_task_defer(a->task, free_regex, r);
	compile(a, r, text, len, line);
	return r;
}

/**
 * awk_regex_of() - The regular expression a value holds
 * @a: the program
 * @v: the value
 *
 * Return: it, compiled; the last ones are kept.
 */
struct awk_regex *awk_regex_of(struct awk *a, const struct awk_val *v)
{
	struct awk_str *s = awk_to_str(a, v, AWK_V_CONVFMT);
	struct awk_regex *r;

	for (int i = 0; i < AWK_REGEX_CACHE && a->cache[i]; i++) {
		r = a->cache[i];
		if (r->compiled && r->len == s->len && !memcmp(r->text, s->s, s->len)) {
			awk_str_put(a, s);
			return r;
		}
	}
	r = a->cache[a->cache_next];
	if (!r) {
		r = ng_task_alloc(a->task, sizeof(*r));
		ng_task_defer(a->task, free_regex, r);
		a->cache[a->cache_next] = r;
	}
	a->cache_next = (a->cache_next + 1) % AWK_REGEX_CACHE;
	free_regex(r);
	ng_task_free(a->task, r->text);
	compile(a, r, s->s, s->len, 0);
	awk_str_put(a, s);
	return r;
}

/**
 * awk_regex_find() - Looks for a match
 * @a: the program
 * @r: the expression
 * @s: the text
 * @len: its length
 * @from: where to begin; "^" only matches at 0
 * @ret_m: where it is
 *
 * Return: false when there is none.
 */
bool awk_regex_find(struct awk *a, struct awk_regex *r, const char *s, size_t len, size_t from,
		    regmatch_t *ret_m)
{
	regmatch_t m = { .rm_so = (regoff_t)from, .rm_eo = (regoff_t)len };

	(void)a;
	if (regexec(&r->re, s, 1, &m, REG_STARTEND | (from ? REG_NOTBOL : 0)))
		return false;
	*ret_m = m;
	return true;
}
