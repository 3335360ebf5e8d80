/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * format.c - printf and the escapes of echo -e
 *
 * ng_format()
 *   one_pass()
 *     conversion()
 */
#include "format.h"

#include "sh.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH_MAX 65536

struct format {
	struct sh_buf *out;
	char **args;
	bool dash;
	bool used; /* an argument was taken */
	bool stop;
	int status;
	ng_format_error_fn error;
	void *ctx;
};

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static void put_utf8(struct sh_buf *out, unsigned int c)
{
	if (c < 0x80) {
		sh_buf_putc(out, (char)c);
	} else if (c < 0x800) {
		sh_buf_putc(out, (char)(0xc0 | c >> 6));
		sh_buf_putc(out, (char)(0x80 | (c & 0x3f)));
	} else {
		sh_buf_putc(out, (char)(0xe0 | (c >> 12 & 15)));
		sh_buf_putc(out, (char)(0x80 | (c >> 6 & 0x3f)));
		sh_buf_putc(out, (char)(0x80 | (c & 0x3f)));
	}
}

/* One escape; @s is behind the backslash. Returns what follows it; NULL: \c */
static const char *escape(struct sh_buf *out, const char *s, enum ng_escapes how)
{
	bool dash = how == NG_ESCAPE_DASH || how == NG_ESCAPE_DASH_FORMAT;
	static const char from[] = "abeEfnrtv\\";
	static const char to[] = "\a\b\033\033\f\n\r\t\v\\";
	const char *at = *s ? strchr(from, *s) : NULL;
	unsigned int v = 0;
	int digits;

	if (at && !(dash && *s == 'E')) {
		sh_buf_putc(out, to[at - from]);
		return s + 1;
	}
	if (*s == 'c' && how != NG_ESCAPE_DASH_FORMAT)
		return NULL;
	if ((*s >= '0' && *s <= '7' && how != NG_ESCAPE_ECHO) || *s == '0') {
		digits = how == NG_ESCAPE_ECHO || (how == NG_ESCAPE_DASH && *s == '0') ? 4 : 3;
		while (digits-- && *s >= '0' && *s <= '7')
			v = v * 8 + (unsigned int)(*s++ - '0');
		sh_buf_putc(out, (char)v);
		return s;
	}
	if ((*s == 'x' || *s == 'u') && hex(s[1]) >= 0 && !dash) {
		digits = *s == 'x' ? 2 : 4;
		at = s++;
		while (digits-- && hex(*s) >= 0)
			v = v * 16 + (unsigned int)hex(*s++);
		if (*at == 'x')
			sh_buf_putc(out, (char)v);
		else
			put_utf8(out, v);
		return s;
	}
	sh_buf_putc(out, '\\');
	return s;
}

/**
 * ng_unescape() - Does the escapes of a text
 * @out: where to put it
 * @s: the text
 * @how: which there are
 *
 * Return: false when \c ends the output.
 */
bool ng_unescape(struct sh_buf *out, const char *s, enum ng_escapes how)
{
	while (*s) {
		if (*s != '\\') {
			sh_buf_putc(out, *s++);
			continue;
		}
		s = escape(out, s + 1, how);
		if (!s)
			return false;
	}
	return true;
}

static const char *next_arg(struct format *f)
{
	f->used = true;
	return *f->args ? *f->args++ : NULL;
}

static void fail(struct format *f, enum ng_format_error what, const char *arg)
{
	f->status = 1;
	f->error(f->ctx, what, arg);
}

/* @end: where the number in @s ended */
static void check_number(struct format *f, const char *s, const char *end)
{
	if (f->dash && !*s)
		return; /* nothing is 0 */
	if (end == s)
		fail(f, NG_FORMAT_NUMBER, s);
	else if (*end)
		fail(f, f->dash ? NG_FORMAT_PARTIAL : NG_FORMAT_NUMBER, s);
	else if (errno == ERANGE && f->dash)
		fail(f, NG_FORMAT_RANGE, s);
}

static intmax_t number(struct format *f, bool is_unsigned)
{
	const char *s = next_arg(f);
	char *end;
	intmax_t v;

	if (!s)
		return 0;
	if (*s == '\'' || *s == '"')
		return (unsigned char)s[1];
	errno = 0;
	v = is_unsigned && *s != '-' ? (intmax_t)strtoumax(s, &end, 0) : strtoimax(s, &end, 0);
	check_number(f, s, end);
	return v;
}

static double real(struct format *f)
{
	const char *s = next_arg(f);
	char *end;
	double v;

	if (!s)
		return 0;
	if (*s == '\'' || *s == '"')
		return (unsigned char)s[1];
	errno = 0;
	v = strtod(s, &end);
	check_number(f, s, end);
	return v;
}

/* The text itself, cut and padded. */
static void put_text(struct format *f, const char *s, int width, int precision)
{
	size_t n = strlen(s), pad;

	if (precision >= 0 && (size_t)precision < n)
		n = (size_t)precision;
	pad = (size_t)abs(width) > n ? (size_t)abs(width) - n : 0;
	while (width > 0 && pad) {
		sh_buf_putc(f->out, ' ');
		pad--;
	}
	sh_buf_put(f->out, s, n);
	while (pad--)
		sh_buf_putc(f->out, ' ');
}

/* %c of nothing is a NUL. */
static void put_char(struct format *f, const char *s, int width)
{
	if (*s) {
		put_text(f, s, width, 1);
		return;
	}
	for (int i = 1; i < width; i++)
		sh_buf_putc(f->out, ' ');
	sh_buf_putc(f->out, '\0');
	for (int i = 1; i < -width; i++)
		sh_buf_putc(f->out, ' ');
}

static void put_number(struct format *f, const char *spec, char letter)
{
	char format[80], small[400];
	intmax_t i = 0;
	double d = 0;
	bool is_real = strchr("eEfFgGaA", letter);
	char *text = small;
	int n;

	snprintf(format, sizeof(format), "%s%s%c", spec, is_real ? "" : "j", letter);
	if (is_real)
		d = real(f);
	else
		i = number(f, letter != 'd' && letter != 'i');
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	n = is_real ? snprintf(small, sizeof(small), format, d)
		    : snprintf(small, sizeof(small), format, i);
	if (n >= (int)sizeof(small)) {
		text = sh_pool_alloc(f->out->pool, (size_t)n + 1);
		if (is_real)
			snprintf(text, (size_t)n + 1, format, d);
		else
			snprintf(text, (size_t)n + 1, format, i);
	}
#pragma GCC diagnostic pop
	sh_buf_puts(f->out, text);
}

static void put_b(struct format *f, const char *s, int width, int precision)
{
	struct sh_buf b = { .pool = f->out->pool };

	if (!ng_unescape(&b, s, f->dash ? NG_ESCAPE_DASH : NG_ESCAPE_ECHO))
		f->stop = true;
	put_text(f, sh_buf_str(&b), width, precision);
}

/* printf's own quoting: backslashes, or $'...' */
static char *quoted(struct format *f, const char *s)
{
	struct sh_buf b = { .pool = f->out->pool };

	if (!*s)
		return sh_pool_strdup(b.pool, "''");
	for (const char *c = s; *c; c++) {
		if ((unsigned char)*c < 32 || *c == 127)
			return sh_quote(b.pool, s, true);
		if (strchr(" \t!\"#$&'()*,;<>?[\\]^`{|}~", *c) && !(*c == '~' && c != s) &&
		    !(*c == '#' && c != s))
			sh_buf_putc(&b, '\\');
		sh_buf_putc(&b, *c);
	}
	return sh_buf_str(&b);
}

static int width_of(struct format *f, const char **s)
{
	intmax_t n = 0;

	if (**s == '*') {
		(*s)++;
		n = number(f, false);
	}
	while (**s >= '0' && **s <= '9' && n <= WIDTH_MAX)
		n = n * 10 + *(*s)++ - '0';
	while (**s >= '0' && **s <= '9')
		(*s)++;
	if (n > WIDTH_MAX)
		n = WIDTH_MAX;
	return n < -WIDTH_MAX ? -WIDTH_MAX : (int)n;
}

/* One conversion; @s is behind the %. Returns what follows it, NULL after an error. */
static const char *conversion(struct format *f, const char *s)
{
	const char *start = s - 1;
	char flags[8], spec[64], letter[2] = "";
	size_t n = 0;
	int width, precision = -1;
	bool left;
	const char *arg;

	while (*s && strchr("-+ #0", *s)) {
		if (n < sizeof(flags) - 1 && !memchr(flags, *s, n))
			flags[n++] = *s;
		s++;
	}
	flags[n] = '\0';
	width = width_of(f, &s);
	left = strchr(flags, '-') || width < 0;
	if (*s == '.') {
		s++;
		precision = width_of(f, &s);
	}
	while (*s && strchr("hljzt", *s) && !f->dash)
		s++;
	letter[0] = *s;
	if (!*s || !strchr(f->dash ? "diouxXeEfFgGaAcsb" : "diouxXeEfFgGaAcsbq", *s)) {
		const char *what = letter;

		if (f->dash)
			what = sh_pool_strndup(f->out->pool, start, (size_t)(s - start) + 1);
		fail(f, *s ? NG_FORMAT_LETTER : NG_FORMAT_MISSING, *s ? what : start);
		return NULL;
	}
	if (strchr("csbq", *s)) {
		arg = next_arg(f);
		arg = arg ? arg : "";
		width = left ? -abs(width) : width;
		if (*s == 'b')
			put_b(f, arg, width, precision);
		else if (*s == 'q')
			put_text(f, quoted(f, arg), width, precision);
		else if (*s == 'c')
			put_char(f, arg, width);
		else
			put_text(f, arg, width, precision);
		return s + 1;
	}
	if (precision >= 0)
		snprintf(spec, sizeof(spec), "%%%s%s%d.%d", flags, width < 0 ? "-" : "", abs(width),
			 precision);
	else if (width)
		snprintf(spec, sizeof(spec), "%%%s%s%d", flags, width < 0 ? "-" : "", abs(width));
	else
		snprintf(spec, sizeof(spec), "%%%s", flags);
	put_number(f, spec, *s);
	return s + 1;
}

static void one_pass(struct format *f, const char *s)
{
	while (s && *s && !f->stop) {
		if (*s == '\\') {
			s = escape(f->out, s + 1,
				   f->dash ? NG_ESCAPE_DASH_FORMAT : NG_ESCAPE_FORMAT);
			f->stop |= !s;
		} else if (s[0] == '%' && s[1] == '%') {
			sh_buf_putc(f->out, '%');
			s += 2;
		} else if (*s == '%') {
			s = conversion(f, s + 1);
			f->stop |= !s;
		} else {
			sh_buf_putc(f->out, *s++);
		}
	}
}

/**
 * ng_format() - printf
 * @out: where to put the text
 * @format: used again while arguments are left
 * @args: the arguments, ended by NULL
 * @of: bash's or dash's
 * @error: told of each mistake
 * @ctx: its first argument
 *
 * Return: 0, or 1 after a mistake.
 */
int ng_format(struct sh_buf *out, const char *format, char **args, enum ng_format_of of,
	      ng_format_error_fn error, void *ctx)
{
	struct format f = {
		.out = out, .args = args, .dash = of == NG_FORMAT_DASH, .error = error, .ctx = ctx
	};

	do {
		f.used = false;
		one_pass(&f, format);
	} while (*f.args && f.used && !f.stop && out->len < SH_EXPAND_MAX);
	return f.status;
}
