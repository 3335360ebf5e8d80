/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dump.c - od, xxd, hexdump: bytes in numbers
 *
 * mirrors coreutils 9.1 (od), vim's xxd 2022-01-14, util-linux 2.38's hexdump
 *
 * Not modelled: hexdump -e, xxd's editing forms, od's floating point.
 */
#include "util.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

int hexdump_main(struct ng_task *task, int argc, char **argv);
int od_main(struct ng_task *task, int argc, char **argv);
int xxd_main(struct ng_task *task, int argc, char **argv);

struct input {
	uint8_t *data;
	size_t len;
	bool unreadable;
};

/* Of what is opened but cannot be read there are no bytes: od says where they end. */
static bool read_input(struct ng_task *task, const char *name, const char *path, struct input *in)
{
	struct cu_in cu;
	int err = cu_open(&cu, task, path);

	if (err) {
		prog_error(task, name, -err, "%s", path);
		in->unreadable = cu.unreadable;
		return false;
	}
	in->data = (uint8_t *)cu_read_all(&cu, &in->len);
	cu_close(&cu);
	return true;
}

static char printable(uint8_t c)
{
	return c >= 32 && c < 127 ? (char)c : '.';
}

/* ---- od ---- */

struct od {
	struct ng_task *task;
	struct {
		char type; /* c a d o u x */
		unsigned int size;
		bool text; /* z */
	} format[8];
	int nformats;
	char base; /* of addresses: o d x n */
	bool all;  /* -v */
	uint64_t skip, limit;
};

static const unsigned int widths[9][3] = {
	/* octal, decimal (with a sign one more), hex */
	[1] = { 3, 3, 2 },
	[2] = { 6, 5, 4 },
	[4] = { 11, 10, 8 },
	[8] = { 22, 20, 16 },
};

static unsigned int field_width(char type, unsigned int size)
{
	if (type == 'c' || type == 'a')
		return 3;
	return type == 'o'   ? widths[size][0]
	       : type == 'x' ? widths[size][2]
			     : widths[size][1] + (type == 'd');
}

static void put_char(struct ng_out *out, uint8_t c)
{
	static const char codes[] = "\0"
				    "0\a"
				    "a\b"
				    "b\f"
				    "f\n"
				    "n\r"
				    "r\t"
				    "t\v"
				    "v";

	for (size_t i = 0; i < sizeof(codes) - 1; i += 2) {
		if ((uint8_t)codes[i] == c) {
			ng_printf(out, "  \\%c", codes[i + 1]);
			return;
		}
	}
	if (c >= 32 && c < 127)
		ng_printf(out, "   %c", c);
	else
		ng_printf(out, " %03o", c);
}

static void put_number(struct ng_out *out, char type, unsigned int size, const uint8_t *p,
		       unsigned int width)
{
	uint64_t v = 0;

	for (unsigned int i = size; i-- > 0;)
		v = v << 8 | p[i];
	if (type == 'd') {
		int64_t s = (int64_t)(v << (64 - 8 * size)) >> (64 - 8 * size);

		ng_printf(out, " %*lld", (int)width, (long long)s);
	} else if (type == 'u') {
		ng_printf(out, " %*llu", (int)width, (unsigned long long)v);
	} else if (type == 'x') {
		ng_printf(out, " %0*llx", (int)width, (unsigned long long)v);
	} else {
		ng_printf(out, " %0*llo", (int)width, (unsigned long long)v);
	}
}

static void put_address(const struct od *od, uint64_t at, bool end)
{
	struct ng_out *out = ng_stdout(od->task);

	if (od->base == 'o')
		ng_printf(out, "%07llo", (unsigned long long)at);
	else if (od->base == 'd')
		ng_printf(out, "%07llu", (unsigned long long)at);
	else if (od->base == 'x')
		ng_printf(out, "%06llx", (unsigned long long)at);
	if (end && od->base != 'n')
		ng_putc(out, '\n');
}

/* The width of a row is that of the widest format. */
static unsigned int row_width(const struct od *od, int f)
{
	return (field_width(od->format[f].type, od->format[f].size) + 1) *
	       (16 / od->format[f].size);
}

static void put_row(const struct od *od, const uint8_t *p, size_t n, uint64_t at)
{
	struct ng_out *out = ng_stdout(od->task);
	unsigned int widest = 0;

	for (int f = 0; f < od->nformats; f++)
		widest = row_width(od, f) > widest ? row_width(od, f) : widest;
	for (int f = 0; f < od->nformats; f++) {
		unsigned int size = od->format[f].size, fields = 16 / size;
		unsigned int width = widest / fields - 1;
		uint8_t padded[16] = { 0 };

		memcpy(padded, p, n);
		if (f)
			ng_printf(out, "%*s", od->base == 'n' ? 0 : od->base == 'x' ? 6 : 7, "");
		else
			put_address(od, at, false);
		for (unsigned int i = 0; i < fields; i++) {
			if (i * size >= n) {
				if (od->format[f].text)
					ng_printf(out, "%*s", (int)width + 1, "");
				continue;
			}
			if (od->format[f].type == 'c') {
				ng_printf(out, "%*s", (int)width - 3, "");
				put_char(out, padded[i]);
			} else {
				unsigned int own = field_width(od->format[f].type, size);

				ng_printf(out, "%*s", (int)(width - own), "");
				put_number(out, od->format[f].type, size, padded + i * size, own);
			}
		}
		if (od->format[f].text) {
			ng_puts(out, "  >");
			for (size_t i = 0; i < n; i++)
				ng_putc(out, printable(p[i]));
			ng_putc(out, '<');
		}
		ng_putc(out, '\n');
	}
}

static bool add_format(struct od *od, const char *s)
{
	while (*s) {
		char type = *s++;
		unsigned int size = type == 'c' || type == 'a' ? 1 : 4;

		if (!strchr("cdoux", type) || od->nformats == 8)
			return false;
		if (*s >= '1' && *s <= '8')
			size = (unsigned int)(*s++ - '0');
		else if (*s && strchr("CSIL", *s))
			size = *s == 'C' ? 1 : *s == 'S' ? 2 : *s == 'I' ? 4 : 8, s++;
		if (!widths[size][0])
			return false;
		od->format[od->nformats].type = type;
		od->format[od->nformats].size = size;
		od->format[od->nformats].text = *s == 'z';
		s += *s == 'z';
		od->nformats++;
	}
	return true;
}

static void dump(const struct od *od, const struct input *in)
{
	const uint8_t *last = NULL;
	bool starred = false;
	size_t at = od->skip < in->len ? (size_t)od->skip : in->len;
	size_t end = od->limit && at + od->limit < in->len ? at + (size_t)od->limit : in->len;

	for (; at < end; at += 16) {
		size_t n = end - at < 16 ? end - at : 16;

		if (!od->all && last && n == 16 && !memcmp(last, in->data + at, 16)) {
			if (!starred)
				ng_puts(ng_stdout(od->task), "*\n");
			starred = true;
			continue;
		}
		starred = false;
		put_row(od, in->data + at, n, at);
		last = in->data + at;
	}
	put_address(od, end, true);
}

/**
 * od_main() - od [-v] [-A base] [-j skip] [-N bytes] [-t type] [-bcdosx] [file]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int od_main(struct ng_task *task, int argc, char **argv)
{
	static const struct {
		char letter;
		const char *type;
	} old[] = { { 'b', "o1" }, { 'c', "c" },  { 'd', "u2" },
		    { 'o', "o2" }, { 's', "d2" }, { 'x', "x2" } };
	static const struct ng_option options[] = { { "address-radix", 1, 'A' },
						    { "format", 1, 't' },
						    { "read-bytes", 1, 'N' },
						    { "skip-bytes", 1, 'j' },
						    { NULL, 0, 0 } };
	struct ng_getopt st = { .task = task };
	struct od od = { .task = task, .base = 'o' };
	struct input in = { 0 };
	int c, err = 1;

	while ((c = ng_getopt_long(&st, argc, argv, "A:t:N:j:vbcdosxw::aefhilS:", options)) != -1) {
		bool ok = true;

		if (c == '?')
			return cu_try_help(task, argv[0], 1);
		if (c == 'A')
			od.base = *st.optarg;
		else if (c == 'N')
			ok = cu_number(st.optarg, &od.limit);
		else if (c == 'j')
			ok = cu_number(st.optarg, &od.skip);
		else if (c == 't')
			ok = add_format(&od, st.optarg);
		else if (c != 'v') {
			ok = false;
			for (size_t i = 0; i < sizeof(old) / sizeof(old[0]); i++)
				ok |= old[i].letter == c && add_format(&od, old[i].type);
		}
		od.all |= c == 'v';
		if (!ok)
			return ng_not_modelled(task, "od %s", argv[st.optind - 1]);
	}
	if (!od.nformats)
		add_format(&od, "o2");
	if (read_input(task, "od", st.optind < argc ? argv[st.optind] : "-", &in))
		err = 0;
	else if (!in.unreadable)
		return 1;
	dump(&od, &in);
	return err;
}

/* ---- hexdump ---- */

static void canonical(struct ng_out *out, const uint8_t *p, size_t n, size_t at)
{
	ng_printf(out, "%08zx ", at);
	for (size_t i = 0; i < 16; i++) {
		if (i == 8)
			ng_putc(out, ' ');
		if (i < n)
			ng_printf(out, " %02x", p[i]);
		else
			ng_puts(out, "   ");
	}
	ng_puts(out, "  |");
	for (size_t i = 0; i < n; i++)
		ng_putc(out, printable(p[i]));
	ng_puts(out, "|\n");
}

static void two_bytes(struct ng_out *out, const uint8_t *p, size_t n, size_t at)
{
	ng_printf(out, "%07zx", at);
	for (size_t i = 0; i < 16; i += 2) {
		if (i < n)
			ng_printf(out, " %04x",
				  (unsigned int)(p[i] | (i + 1 < n ? p[i + 1] << 8 : 0)));
		else
			ng_puts(out, "     ");
	}
	ng_putc(out, '\n');
}

/**
 * hexdump_main() - hexdump [-Cv] [-n bytes] [-s skip] [file]; hd is hexdump -C
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int hexdump_main(struct ng_task *task, int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0];
	bool canon = !strcmp(name, "hd"), all = false, starred = false;
	struct ng_getopt st = { .task = task };
	struct ng_out *out = ng_stdout(task);
	uint64_t limit = UINT64_MAX, skip = 0;
	const uint8_t *last = NULL;
	struct input in;
	size_t at;
	int c;

	while ((c = ng_getopt_long(&st, argc, argv, "Cvn:s:bcdoxe:f:L::", NULL)) != -1) {
		if (c == '?') {
			ng_puts(ng_stderr(task), "Try 'hexdump --help' for more information.\n");
			return 1;
		}
		if (!strchr("Cvns", c) || (c == 'n' && !cu_number(st.optarg, &limit)) ||
		    (c == 's' && !cu_number(st.optarg, &skip)))
			return ng_not_modelled(task, "hexdump %s", argv[st.optind - 1]);
		canon |= c == 'C';
		all |= c == 'v';
	}
	if (!read_input(task, "hexdump", st.optind < argc ? argv[st.optind] : "-", &in))
		return 1;
	if (skip < in.len && limit < in.len - skip)
		in.len = (size_t)(skip + limit);
	for (at = (size_t)skip; at < in.len; at += 16) {
		size_t n = in.len - at < 16 ? in.len - at : 16;

		if (!all && last && n == 16 && !memcmp(last, in.data + at, 16)) {
			if (!starred)
				ng_puts(out, "*\n");
			starred = true;
			continue;
		}
		starred = false;
		(canon ? canonical : two_bytes)(out, in.data + at, n, at);
		last = in.data + at;
	}
	if (in.len)
		ng_printf(out, canon ? "%08zx\n" : "%07zx\n", in.len);
	return 0;
}

/* ---- xxd ---- */

static int hex_digit(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* xxd -r -p: digits back to bytes */
static void plain_back(struct ng_out *out, const struct input *in)
{
	int high = -1;

	for (size_t i = 0; i < in->len; i++) {
		int d = hex_digit((char)in->data[i]);

		if (d < 0)
			continue;
		if (high < 0) {
			high = d;
		} else {
			ng_putc(out, (char)(high << 4 | d));
			high = -1;
		}
	}
}

static void xxd_row(struct ng_out *out, const uint8_t *p, size_t n, size_t at, size_t cols,
		    size_t group)
{
	ng_printf(out, "%08zx:", at);
	for (size_t i = 0; i < cols; i++) {
		if (group && i % group == 0)
			ng_putc(out, ' ');
		if (i < n)
			ng_printf(out, "%02x", p[i]);
		else
			ng_puts(out, "  ");
	}
	ng_puts(out, "  ");
	for (size_t i = 0; i < n; i++)
		ng_putc(out, printable(p[i]));
	ng_putc(out, '\n');
}

/**
 * xxd_main() - xxd [-p] [-r -p] [-c columns] [-g bytes] [-l bytes] [-s skip] [file]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int xxd_main(struct ng_task *task, int argc, char **argv)
{
	uint64_t cols = 0, group = 2, limit = UINT64_MAX, skip = 0;
	struct ng_getopt st = { .task = task };
	struct ng_out *out = ng_stdout(task);
	bool plain = false, back = false;
	struct input in;
	int c;

	while ((c = ng_getopt_long(&st, argc, argv, "prc:g:l:s:abeiuo:n:C", NULL)) != -1) {
		if (!strchr("prcgls", c) || (c == 'c' && !cu_number(st.optarg, &cols)) ||
		    (c == 'g' && !cu_number(st.optarg, &group)) ||
		    (c == 'l' && !cu_number(st.optarg, &limit)) ||
		    (c == 's' && !cu_number(st.optarg, &skip)) || cols > 256)
			return ng_not_modelled(task, "xxd %s", argv[st.optind - 1]);
		plain |= c == 'p';
		back |= c == 'r';
	}
	if (back && !plain)
		return ng_not_modelled(task, "xxd -r without -p");
	if (!read_input(task, "xxd", st.optind < argc ? argv[st.optind] : "-", &in))
		return 2;
	if (back) {
		plain_back(out, &in);
		return 0;
	}
	if (skip < in.len && limit < in.len - skip)
		in.len = (size_t)(skip + limit);
	cols = cols ? cols : plain ? 30 : 16;
	for (size_t at = (size_t)skip; at < in.len; at += (size_t)cols) {
		size_t n = in.len - at < cols ? in.len - at : (size_t)cols;

		if (!plain) {
			xxd_row(out, in.data + at, n, at, (size_t)cols, (size_t)group);
			continue;
		}
		for (size_t i = 0; i < n; i++)
			ng_printf(out, "%02x", in.data[at + i]);
		ng_putc(out, '\n');
	}
	return 0;
}
