/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vsprintf.c - text into a buffer
 *
 * mirrors lib/vsprintf.c and fs/seq_file.c, as far as they are needed
 * TABLE (leaf).
 */
#include "core/vsprintf.h"

#include <string.h>

#include "core/xalloc.h"

struct spec {
	bool left, zero;
	int width, precision;
	int longs; /* how many l; z counts as one */
};

struct out {
	char *p, *end; /* end: where the NUL must go at the latest */
};

static void put(struct out *o, const char *s, size_t len)
{
	size_t room = (size_t)(o->end - o->p);

	if (len > room)
		len = room;
	memcpy(o->p, s, len);
	o->p += len;
}

static void put_fill(struct out *o, char c, size_t len)
{
	size_t room = (size_t)(o->end - o->p);

	if (len > room)
		len = room;
	memset(o->p, c, len);
	o->p += len;
}

static void emit(struct out *o, const char *s, size_t len, const struct spec *spec, char pad)
{
	size_t width = spec->width > 0 ? (size_t)spec->width : 0;

	if (width > len && !spec->left)
		put_fill(o, pad, width - len);
	put(o, s, len);
	if (width > len && spec->left)
		put_fill(o, ' ', width - len);
}

static char *digits(char *end, uint64_t v, unsigned int base, const char *set)
{
	do {
		*--end = set[v % base];
		v /= base;
	} while (v);
	return end;
}

static void emit_number(struct out *o, const struct spec *spec, char conv, uint64_t v,
			bool negative)
{
	char buf[32];
	char *end = buf + sizeof(buf);
	char *p;

	if (conv == 'x' || conv == 'X')
		p = digits(end, v, 16, conv == 'x' ? "0123456789abcdef" : "0123456789ABCDEF");
	else
		p = digits(end, v, 10, "0123456789");
	if (negative)
		*--p = '-';
	emit(o, p, (size_t)(end - p), spec, spec->zero && !negative ? '0' : ' ');
}

/* %pI4 and %pM; returns how many characters of the format were used */
static size_t emit_pointer(struct out *o, const struct spec *spec, const char *ext,
			   const uint8_t *bytes)
{
	char buf[24];
	char *p = buf;
	int i;

	if (ext[0] == 'I' && ext[1] == '4') {
		for (i = 0; i < 4; i++) {
			char num[4];
			char *end = num + sizeof(num);
			char *d = digits(end, bytes[i], 10, "0123456789");

			if (i)
				*p++ = '.';
			while (d < end)
				*p++ = *d++;
		}
		emit(o, buf, (size_t)(p - buf), spec, ' ');
		return 2;
	}
	if (ext[0] == 'M') {
		for (i = 0; i < 6; i++) {
			if (i)
				*p++ = ':';
			*p++ = "0123456789abcdef"[bytes[i] >> 4];
			*p++ = "0123456789abcdef"[bytes[i] & 15];
		}
		emit(o, buf, (size_t)(p - buf), spec, ' ');
		return 1;
	}
	return 0;
}

static const char *parse_spec(const char *f, struct spec *spec, va_list *ap)
{
	*spec = (struct spec){ .precision = -1 };
	for (;; f++) {
		if (*f == '-')
			spec->left = true;
		else if (*f == '0')
			spec->zero = true;
		else if (*f != '+' && *f != ' ')
			break;
	}
	if (*f == '*') {
		spec->width = va_arg(*ap, int);
		f++;
	}
	for (; *f >= '0' && *f <= '9'; f++)
		spec->width = spec->width * 10 + (*f - '0');
	if (spec->width < 0) {
		spec->left = true;
		spec->width = -spec->width;
	}
	if (*f == '.') {
		f++;
		spec->precision = 0;
		if (*f == '*') {
			spec->precision = va_arg(*ap, int);
			f++;
		}
		for (; *f >= '0' && *f <= '9'; f++)
			spec->precision = spec->precision * 10 + (*f - '0');
	}
	for (; *f == 'l' || *f == 'z' || *f == 'h'; f++)
		spec->longs += *f != 'h';
	return f;
}

static const char *emit_one(struct out *o, const char *f, va_list *ap)
{
	struct spec spec;
	const char *s;
	int64_t d;
	char c;

	if (*f == 's') {
		s = va_arg(*ap, const char *);
		put(o, s, strlen(s));
		return f + 1;
	}
	f = parse_spec(f, &spec, ap);
	switch (*f) {
	case 's':
		s = va_arg(*ap, const char *);
		emit(o, s, spec.precision >= 0 ? strnlen(s, (size_t)spec.precision) : strlen(s),
		     &spec, ' ');
		break;
	case 'c':
		c = (char)va_arg(*ap, int);
		emit(o, &c, 1, &spec, ' ');
		break;
	case 'd':
		d = spec.longs ? va_arg(*ap, int64_t) : va_arg(*ap, int);
		emit_number(o, &spec, 'd', d < 0 ? 0 - (uint64_t)d : (uint64_t)d, d < 0);
		break;
	case 'u':
	case 'x':
	case 'X':
		emit_number(o, &spec, *f,
			    spec.longs ? va_arg(*ap, uint64_t) : va_arg(*ap, unsigned int), false);
		break;
	case 'p':
		f += emit_pointer(o, &spec, f + 1, va_arg(*ap, const void *));
		break;
	default:
		emit(o, f, 1, &spec, ' ');
		break;
	}
	return f + 1;
}

/**
 * vscnprintf() - Formats into a buffer
 * @buf: where to
 * @size: its size; 0: nothing is written
 * @fmt: see vsprintf.h
 * @ap: the arguments
 *
 * Return: bytes written, without the NUL.
 */
size_t vscnprintf(char *buf, size_t size, const char *fmt, va_list ap)
{
	struct out o = { .p = buf, .end = buf + size - 1 };
	va_list args;

	if (!size)
		return 0;
	va_copy(args, ap);
	while (*fmt) {
		const char *percent = strchrnul(fmt, '%');

		put(&o, fmt, (size_t)(percent - fmt));
		fmt = *percent ? emit_one(&o, percent + 1, &args) : percent;
	}
	va_end(args);
	*o.p = '\0';
	return (size_t)(o.p - buf);
}

/**
 * scnprintf() - Formats into a buffer
 * @buf: where to
 * @size: its size; 0: nothing is written
 * @fmt: see vsprintf.h
 *
 * Return: bytes written, without the NUL.
 */
size_t scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list ap;
	size_t n;

	va_start(ap, fmt);
	n = vscnprintf(buf, size, fmt, ap);
	va_end(ap);
	return n;
}

/**
 * seq_write() - Adds bytes to a text
 * @m: the text
 * @data: bytes
 * @len: how many
 */
void seq_write(struct seq_file *m, const void *data, size_t len)
{
	if (m->len + len > m->cap) {
		m->cap = (m->len + len) * 2 + 128;
		m->buf = xrealloc(m->buf, m->cap);
	}
	memcpy(m->buf + m->len, data, len);
	m->len += len;
}

/**
 * seq_printf() - Adds formatted text, at most 1023 bytes of it
 * @m: the text
 * @fmt: see vsprintf.h
 */
void seq_printf(struct seq_file *m, const char *fmt, ...)
{
	char line[1024];
	va_list ap;

	va_start(ap, fmt);
	seq_write(m, line, vscnprintf(line, sizeof(line), fmt, ap));
	va_end(ap);
}

/**
 * seq_pad_to() - Blanks up to a column
 * @m: the text
 * @start: where the line began
 * @width: the column
 */
void seq_pad_to(struct seq_file *m, size_t start, size_t width)
{
	while (m->len - start < width)
		seq_write(m, " ", 1);
}
