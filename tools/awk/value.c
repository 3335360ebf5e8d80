/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * value.c - strings and numbers of awk, and how one becomes the other
 *
 * mawk's whole numbers are C ints: one beyond them is shown as OFMT or CONVFMT shows it.
 */
#include "awk.h"

#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>

/**
 * awk_str_room() - A string to be filled
 * @a: the program
 * @len: its length
 *
 * Return: the string, one reference.
 */
struct awk_str *awk_str_room(struct awk *a, size_t len)
{
	struct awk_str *s;

	if (len > AWK_STRING_MAX)
		prog_exit(a->task, ng_not_modelled(a->task, "awk strings longer than %d bytes",
						   AWK_STRING_MAX));
	s = ng_task_alloc(a->task, sizeof(*s) + len + 1);
	s->refs = 1;
	s->len = (uint32_t)len;
	return s;
}

/**
 * awk_str_new() - A string
 * @a: the program
 * @s: its bytes
 * @len: how many
 *
 * Return: the string, one reference.
 */
struct awk_str *awk_str_new(struct awk *a, const char *s, size_t len)
{
	struct awk_str *str = awk_str_room(a, len);

	if (len)
		memcpy(str->s, s, len);
	return str;
}

/**
 * awk_str_put() - Gives one reference back
 * @a: the program
 * @s: the string; NULL is fine
 */
void awk_str_put(struct awk *a, struct awk_str *s)
{
	if (s && !--s->refs)
		ng_task_free(a->task, s);
}

/**
 * awk_val_num() - A number
 * @d: the number
 *
 * Return: the value.
 */
struct awk_val awk_val_num(double d)
{
	return (struct awk_val){ .type = AWK_NUM, .d = d };
}

/**
 * awk_val_str() - A string value
 * @s: the string; its reference goes to the value
 *
 * Return: the value.
 */
struct awk_val awk_val_str(struct awk_str *s)
{
	return (struct awk_val){ .type = AWK_STR, .s = s };
}

/**
 * awk_val_text() - A string value from a C string
 * @a: the program
 * @s: the text
 *
 * Return: the value.
 */
struct awk_val awk_val_text(struct awk *a, const char *s)
{
	return awk_val_str(awk_str_new(a, s, strlen(s)));
}

/**
 * awk_val_field() - A value that came from outside
 * @a: the program
 * @s: its bytes
 * @len: how many
 *
 * Return: the value.
 */
struct awk_val awk_val_field(struct awk *a, const char *s, size_t len)
{
	return (struct awk_val){ .type = AWK_FIELD, .s = awk_str_new(a, s, len) };
}

/**
 * awk_val_dup() - One more of a value
 * @v: the value
 *
 * Return: the same, with a reference of its own.
 */
struct awk_val awk_val_dup(struct awk_val v)
{
	if (v.s)
		v.s->refs++;
	return v;
}

/**
 * awk_val_free() - Ends a value
 * @a: the program
 * @v: the value
 */
void awk_val_free(struct awk *a, struct awk_val *v)
{
	awk_str_put(a, v->s);
	*v = (struct awk_val){ .type = AWK_NOINIT };
}

/**
 * awk_val_set() - Replaces a value
 * @a: the program
 * @to: the place
 * @v: the new value, which the place owns then
 */
void awk_val_set(struct awk *a, struct awk_val *to, struct awk_val v)
{
	struct awk_str *old = to->s;

	*to = v;
	awk_str_put(a, old);
}

/* Text after the number that does not count. */
static bool only_space(const char *s, const char *end)
{
	while (s < end && isspace((unsigned char)*s))
		s++;
	return s == end;
}

static bool looks_numeric(const struct awk_str *s, double *ret_d)
{
	char *stop;

	*ret_d = strtod(s->s, &stop);
	return stop != s->s && only_space(stop, s->s + s->len);
}

/**
 * awk_to_num() - A value as a number
 * @v: the value
 *
 * Return: the number at the beginning of a string; 0 when there is none.
 */
double awk_to_num(const struct awk_val *v)
{
	if (v->type == AWK_NUM)
		return v->d;
	return v->s ? strtod(v->s->s, NULL) : 0.0;
}

/**
 * awk_to_int() - A number as an int
 * @d: the number
 *
 * Return: it without its fraction, at most and at least what mawk's int holds.
 */
int awk_to_int(double d)
{
	if (d >= INT_MAX)
		return INT_MAX;
	return d > -INT_MAX ? (int)d : -INT_MAX;
}

static bool format_is_plain(const struct awk_str *f)
{
	size_t n = strspn(f->s, "%-+ #0123456789.");

	return f->s[0] == '%' && f->len < 16 && n && n + 1 == f->len && strchr("eEfFgG", f->s[n]);
}

/**
 * awk_to_str() - A value as a string
 * @a: the program
 * @v: the value
 * @format: AWK_V_CONVFMT or AWK_V_OFMT
 *
 * Return: the string, with a reference for the caller.
 */
struct awk_str *awk_to_str(struct awk *a, const struct awk_val *v, enum awk_special format)
{
	const struct awk_val *f = &a->globals[format].v;
	char text[512];
	int n;

	if (v->s) {
		v->s->refs++;
		return v->s;
	}
	if (v->type != AWK_NUM)
		return awk_str_new(a, "", 0);
	if ((double)awk_to_int(v->d) == v->d) {
		n = snprintf(text, sizeof(text), "%d", awk_to_int(v->d));
		return awk_str_new(a, text, (size_t)n);
	}
	if (f->s && !strcmp(f->s->s, "%.6g")) {
		n = snprintf(text, sizeof(text), "%.6g", v->d);
		return awk_str_new(a, text, (size_t)n);
	}
	if (!f->s || !format_is_plain(f->s))
		prog_exit(a->task, ng_not_modelled(a->task, "awk: %s %s",
						   format == AWK_V_OFMT ? "OFMT" : "CONVFMT",
						   f->s ? f->s->s : "a number"));
	{
		struct awk_val args[2] = { *f, *v };

		return awk_sprintf(a, "sprintf", args, 2);
	}
}

/**
 * awk_is_true() - A value as a condition
 * @v: the value
 *
 * Return: false for 0, "" and text from outside that looks like 0.
 */
bool awk_is_true(const struct awk_val *v)
{
	double d;

	switch (v->type) {
	case AWK_NOINIT:
		return false;
	case AWK_NUM:
		return v->d != 0.0;
	case AWK_STR:
		return v->s->len != 0;
	case AWK_FIELD:
		return looks_numeric(v->s, &d) ? d != 0.0 : v->s->len != 0;
	}
	return false;
}

static bool is_number(const struct awk_val *v, double *ret_d)
{
	*ret_d = v->d;
	if (v->type == AWK_NOINIT)
		*ret_d = 0.0;
	return v->type == AWK_NUM || v->type == AWK_NOINIT ||
	       (v->type == AWK_FIELD && looks_numeric(v->s, ret_d));
}

/**
 * awk_compare() - Orders two values
 * @a: the program
 * @x: one
 * @y: the other
 *
 * Numbers as numbers, everything else as bytes.
 *
 * Return: below 0, 0, above 0; a NaN is not ordered: 2.
 */
int awk_compare(struct awk *a, const struct awk_val *x, const struct awk_val *y)
{
	struct awk_str *s, *t;
	double d, e;
	int r;

	if (is_number(x, &d) && is_number(y, &e))
		return isnan(d) || isnan(e) ? 2 : d < e ? -1 : d > e;
	s = awk_to_str(a, x, AWK_V_CONVFMT);
	t = awk_to_str(a, y, AWK_V_CONVFMT);
	r = memcmp(s->s, t->s, s->len < t->len ? s->len : t->len);
	if (!r)
		r = s->len < t->len ? -1 : s->len > t->len;
	awk_str_put(a, s);
	awk_str_put(a, t);
	return r < 0 ? -1 : r > 0;
}
