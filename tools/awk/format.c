/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * format.c - printf and sprintf of awk
 */
#include "awk.h"

#include <limits.h>
#include <stdio.h>

#define PIECE_MAX 8192 /* mawk's own bound is this too */

struct format {
	struct awk *a;
	const char *who;
	struct awk_str *text; /* the format */
	const struct awk_val *args;
	int left, number;
	char *buf;
	size_t len, cap;
};

static void put(struct format *f, const char *s, size_t len)
{
	if (f->len + len > f->cap) {
		size_t cap = (f->len + len) * 2 + 256;

		if (cap > AWK_STRING_MAX)
			prog_exit(f->a->task, ng_not_modelled(f->a->task, "awk strings this long"));
		f->buf = ng_task_realloc(f->a->task, f->buf, f->cap, cap);
		f->cap = cap;
	}
	if (len)
		memcpy(f->buf + f->len, s, len);
	f->len += len;
}

static const struct awk_val *next_arg(struct format *f)
{
	if (!f->left && !strcmp(f->who, "printf")) {
		if (f->a->print_to)
			awk_stream_write(f->a, f->a->print_to, f->buf, f->len);
		else
			ng_write(f->a->out, f->buf, f->len);
	}
	if (!f->left)
		awk_fatal(f->a, "not enough arguments passed to %s(\"%s\")", f->who, f->text->s);
	f->left--;
	return f->args++;
}

static int next_int(struct format *f)
{
	return awk_to_int(awk_to_num(next_arg(f)));
}

static void pad(struct format *f, int n)
{
	while (n-- > 0)
		put(f, " ", 1);
}

static void put_text(struct format *f, const char *s, size_t len, int width, bool left)
{
	int gap = width - (int)len;

	if (!left)
		pad(f, gap);
	put(f, s, len);
	if (left)
		pad(f, gap);
}

struct spec {
	char flags[8];
	int width, prec; /* prec -1: none */
};

static void put_char(struct format *f, const struct spec *sp)
{
	const struct awk_val *v = next_arg(f);
	bool left = strchr(sp->flags, '-');
	char c;
	double d;

	if (v->type == AWK_NUM || v->type == AWK_NOINIT) {
		d = awk_to_num(v);
		c = (char)awk_to_int(d);
		put_text(f, &c, 1, sp->width, left);
		return;
	}
	put_text(f, v->s->s, 1, sp->width, left);
}

static void put_string(struct format *f, const struct spec *sp)
{
	struct awk_str *s = awk_to_str(f->a, next_arg(f), AWK_V_CONVFMT);
	size_t len = s->len;

	if (sp->prec >= 0 && (size_t)sp->prec < len)
		len = (size_t)sp->prec;
	put_text(f, s->s, len, sp->width, strchr(sp->flags, '-'));
	awk_str_put(f->a, s);
}

static unsigned int to_unsigned(double d)
{
	if (d >= (double)UINT_MAX)
		return UINT_MAX;
	return d > 0 ? (unsigned int)d : 0;
}

static void put_number(struct format *f, const struct spec *sp, char conversion)
{
	char fmt[40], text[PIECE_MAX + 400];
	double d = awk_to_num(next_arg(f));
	int n;

	if (sp->width > PIECE_MAX / 2 || sp->prec > PIECE_MAX / 2)
		prog_exit(f->a->task, ng_not_modelled(f->a->task, "awk printf this wide"));
	n = snprintf(fmt, sizeof(fmt), "%%%s", sp->flags);
	if (sp->width)
		n += snprintf(fmt + n, sizeof(fmt) - (size_t)n, "%d", sp->width);
	if (sp->prec >= 0)
		n += snprintf(fmt + n, sizeof(fmt) - (size_t)n, ".%d", sp->prec);
	snprintf(fmt + n, sizeof(fmt) - (size_t)n, "%c", conversion);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	/* the format was put together above from flags, two numbers and a letter */
	if (strchr("di", conversion))
		n = snprintf(text, sizeof(text), fmt, awk_to_int(d));
	else if (strchr("ouxX", conversion))
		n = snprintf(text, sizeof(text), fmt, to_unsigned(d));
	else
		n = snprintf(text, sizeof(text), fmt, d);
#pragma GCC diagnostic pop
	put(f, text, (size_t)n < sizeof(text) ? (size_t)n : sizeof(text) - 1);
}

static const char *number(struct format *f, const char *s, int *ret)
{
	*ret = 0;
	if (*s == '*') {
		*ret = next_int(f);
		return s + 1;
	}
	for (; *s >= '0' && *s <= '9'; s++) {
		if (*ret < 1000000)
			*ret = *ret * 10 + *s - '0';
	}
	return s;
}

static const char *convert(struct format *f, const char *s)
{
	struct spec sp = { .prec = -1 };
	size_t n = 0;

	f->number++;
	for (; *s && strchr("-+ #0", *s); s++) {
		if (n < sizeof(sp.flags) - 2)
			sp.flags[n++] = *s;
	}
	s = number(f, s, &sp.width);
	if (sp.width < 0) {
		sp.flags[n] = '-';
		sp.width = -sp.width;
	}
	if (*s == '.')
		s = number(f, s + 1, &sp.prec);
	while (*s == 'l' || *s == 'h')
		s++;
	if (sp.width > PIECE_MAX)
		prog_exit(f->a->task, ng_not_modelled(f->a->task, "awk printf this wide"));
	if (*s == 'c')
		put_char(f, &sp);
	else if (*s == 's')
		put_string(f, &sp);
	else if (*s && strchr("diouxXeEfFgG", *s))
		put_number(f, &sp, *s);
	else
		awk_fatal(f->a, "improper conversion(number %d) in %s(\"%s\")", f->number, f->who,
			  f->text->s);
	return s + 1;
}

/**
 * awk_sprintf() - Formats
 * @a: the program
 * @who: "printf" or "sprintf", for messages
 * @v: the format, then what it shows
 * @n: how many
 *
 * Return: the text, one reference.
 */
struct awk_str *awk_sprintf(struct awk *a, const char *who, const struct awk_val *v, int n)
{
	struct format f = { .a = a, .who = who, .args = v + 1, .left = n - 1 };
	struct awk_str *result;
	const char *s, *end;

	f.text = awk_to_str(a, v, AWK_V_CONVFMT);
	s = f.text->s;
	end = s + f.text->len;
	while (s < end) {
		const char *stop = memchr(s, '%', (size_t)(end - s));

		stop = stop ? stop : end;
		put(&f, s, (size_t)(stop - s));
		if (stop == end)
			break;
		s = stop + 1;
		if (*s == '%') {
			put(&f, "%", 1);
			s++;
			continue;
		}
		s = convert(&f, s);
	}
	result = awk_str_new(a, f.buf, f.len);
	ng_task_free(a->task, f.buf);
	awk_str_put(a, f.text);
	return result;
}
