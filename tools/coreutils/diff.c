/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * diff.c - diff of two files: normal and unified
 *
 * mirrors diffutils 3.8's diff
 *   pair_lines()         a longest common subsequence
 *   show_normal(), show_unified()
 *
 * Unlike GNU's, which takes short cuts in large files: always a shortest
 * script, of at most LINES_MAX lines.
 */
#include "util.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

int diff_main(struct ng_task *task, int argc, char **argv);

#define LINES_MAX 4000

struct text {
	const char *path;
	char **line;
	size_t n;
	bool no_newline; /* at its end */
	bool *same;	 /* has a partner in the other */
	struct ng_stat st;
};

struct diff {
	struct ng_task *task;
	struct text t[2];
	bool brief, report_same, ignore_case, ignore_space, ignore_all_space, ignore_blank;
	bool new_file;
	int context; /* -1: normal format */
};

static const char *skip_space(const char *s)
{
	while (*s == ' ' || *s == '\t' || *s == '\r')
		s++;
	return s;
}

static bool equal(const struct diff *d, const char *a, const char *b)
{
	if (!d->ignore_case && !d->ignore_space && !d->ignore_all_space)
		return !strcmp(a, b);
	for (;; a++, b++) {
		if (d->ignore_all_space) {
			a = skip_space(a);
			b = skip_space(b);
		} else if (d->ignore_space) {
			bool x = skip_space(a) != a, y = skip_space(b) != b;

			a = skip_space(a);
			b = skip_space(b);
			if (x != y && *a && *b)
				return false;
			if (x && y && *a && *b && *a != *b)
				return false;
		}
		if (d->ignore_case ? tolower((unsigned char)*a) != tolower((unsigned char)*b)
				   : *a != *b)
			return false;
		if (!*a)
			return true;
	}
}

static int read_text(struct diff *d, struct text *t)
{
	struct cu_line line;
	size_t cap = 0;
	struct cu_in in;
	int err = cu_open(&in, d->task, t->path);

	if (err == -ENOENT && d->new_file)
		return 0;
	if (err)
		return err;
	ng_sys_fstat(d->task, in.fd, &t->st);
	while (cu_line_next(&in, &line)) {
		if (t->n == cap) {
			t->line = ng_task_realloc(d->task, t->line, cap * sizeof(*t->line),
						  (cap ? cap * 2 : 64) * sizeof(*t->line));
			cap = cap ? cap * 2 : 64;
		}
		t->line[t->n++] = ng_task_strndup(d->task, line.s, line.len);
		t->no_newline = !line.newline;
	}
	cu_close(&in);
	t->same = ng_task_alloc(d->task, t->n + 1);
	return 0;
}

static bool line_equal(const struct diff *d, size_t i, size_t j)
{
	const struct text *a = &d->t[0], *b = &d->t[1];
	bool x = a->no_newline && i + 1 == a->n, y = b->no_newline && j + 1 == b->n;

	return x == y && equal(d, a->line[i], b->line[j]);
}

/* Marks which lines of both belong together. False: too many lines. */
static bool pair_lines(struct diff *d)
{
	struct text *a = &d->t[0], *b = &d->t[1];
	size_t head = 0, n, m, tail = 0, i, j;
	uint16_t *len;

	while (head < a->n && head < b->n && line_equal(d, head, head)) {
		a->same[head] = b->same[head] = true;
		head++;
	}
	while (tail < a->n - head && tail < b->n - head &&
	       line_equal(d, a->n - 1 - tail, b->n - 1 - tail)) {
		a->same[a->n - 1 - tail] = b->same[b->n - 1 - tail] = true;
		tail++;
	}
	n = a->n - head - tail;
	m = b->n - head - tail;
	if (n > LINES_MAX || m > LINES_MAX)
		return false;
	len = ng_task_alloc(d->task, (n + 1) * (m + 1) * sizeof(*len));
	for (i = n; i-- > 0;) {
		for (j = m; j-- > 0;) {
			uint16_t *at = &len[i * (m + 1) + j];

			*at = at[m + 1] > at[1] ? at[m + 1] : at[1];
			if (line_equal(d, head + i, head + j) && at[m + 2] + 1 > *at)
				*at = (uint16_t)(at[m + 2] + 1);
		}
	}
	for (i = j = 0; i < n && j < m;) {
		const uint16_t *at = &len[i * (m + 1) + j];

		if (line_equal(d, head + i, head + j) && *at == at[m + 2] + 1) {
			a->same[head + i++] = b->same[head + j++] = true;
		} else if (at[m + 1] >= at[1]) {
			i++;
		} else {
			j++;
		}
	}
	return true;
}

struct hunk {
	size_t a, na, b, nb;
};

static bool is_blank_hunk(const struct diff *d, const struct hunk *h)
{
	for (size_t i = 0; i < h->na; i++) {
		if (*skip_space(d->t[0].line[h->a + i]))
			return false;
	}
	for (size_t i = 0; i < h->nb; i++) {
		if (*skip_space(d->t[1].line[h->b + i]))
			return false;
	}
	return true;
}

/* The next difference at or behind *h; false at the end. */
static bool next_hunk(const struct diff *d, struct hunk *h)
{
	const struct text *a = &d->t[0], *b = &d->t[1];
	size_t i = h->a + h->na, j = h->b + h->nb;

	for (;;) {
		while (i < a->n && j < b->n && a->same[i] && b->same[j]) {
			i++;
			j++;
		}
		if (i == a->n && j == b->n)
			return false;
		*h = (struct hunk){ .a = i, .b = j };
		while (i < a->n && !a->same[i])
			i++;
		while (j < b->n && !b->same[j])
			j++;
		h->na = i - h->a;
		h->nb = j - h->b;
		if (!d->ignore_blank || !is_blank_hunk(d, h))
			return true;
	}
}

static void put_line(const struct diff *d, int side, size_t i, const char *mark)
{
	const struct text *t = &d->t[side];

	ng_printf(ng_stdout(d->task), "%s%s\n", mark, t->line[i]);
	if (t->no_newline && i + 1 == t->n)
		ng_puts(ng_stdout(d->task), "\\ No newline at end of file\n");
}

static void put_lines(const struct diff *d, int side, size_t from, size_t n, const char *mark)
{
	for (size_t i = 0; i < n; i++)
		put_line(d, side, from + i, mark);
}

/* "3", "3,5"; nothing there: the line before */
static void put_numbers(struct ng_out *out, size_t from, size_t n)
{
	if (n > 1)
		ng_printf(out, "%zu,%zu", from + 1, from + n);
	else
		ng_printf(out, "%zu", n ? from + 1 : from);
}

static void show_normal(const struct diff *d)
{
	struct ng_out *out = ng_stdout(d->task);
	struct hunk h = { 0 };

	while (next_hunk(d, &h)) {
		put_numbers(out, h.a, h.na);
		ng_putc(out, !h.nb ? 'd' : !h.na ? 'a' : 'c');
		put_numbers(out, h.b, h.nb);
		ng_putc(out, '\n');
		put_lines(d, 0, h.a, h.na, "< ");
		if (h.na && h.nb)
			ng_puts(out, "---\n");
		put_lines(d, 1, h.b, h.nb, "> ");
	}
}

static void put_file(const struct diff *d, int side, const char *mark)
{
	int64_t ns = d->t[side].st.mtime_ns;
	time_t seconds = (time_t)(ns / NSEC_PER_SEC);
	char text[64];
	struct tm tm;

	gmtime_r(&seconds, &tm);
	strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &tm);
	ng_printf(ng_stdout(d->task), "%s %s\t%s.%09lld +0000\n", mark, d->t[side].path, text,
		  (long long)(ns % NSEC_PER_SEC));
}

/* "-1,3": the count is left out when it is 1 */
static void put_range(struct ng_out *out, char mark, size_t from, size_t n)
{
	ng_printf(out, "%c%zu", mark, n ? from + 1 : from);
	if (n != 1)
		ng_printf(out, ",%zu", n);
}

static void show_unified(const struct diff *d)
{
	const size_t around = (size_t)d->context;
	struct ng_out *out = ng_stdout(d->task);
	struct hunk h = { 0 }, next;
	bool more = next_hunk(d, &h);

	put_file(d, 0, "---");
	put_file(d, 1, "+++");
	while (more) {
		size_t before = h.a < around ? h.a : around;
		size_t a = h.a - before, b = h.b - before, end = h.a + h.na, at = a;
		struct hunk first = h;
		size_t na, nb, after;

		/* how far the group goes */
		for (next = h; (more = next_hunk(d, &next)) && next.a - end <= 2 * around;) {
			h = next;
			end = h.a + h.na;
		}
		after = d->t[0].n - end < around ? d->t[0].n - end : around;
		na = end + after - a;
		nb = h.b + h.nb + after - b;
		ng_puts(out, "@@ ");
		put_range(out, '-', a, na);
		ng_putc(out, ' ');
		put_range(out, '+', b, nb);
		ng_puts(out, " @@\n");
		for (;;) {
			put_lines(d, 0, at, first.a - at, " ");
			put_lines(d, 0, first.a, first.na, "-");
			put_lines(d, 1, first.b, first.nb, "+");
			at = first.a + first.na;
			if (first.a == h.a && first.b == h.b)
				break;
			next_hunk(d, &first);
		}
		put_lines(d, 0, at, after, " ");
		if (more)
			more = next_hunk(d, &h);
	}
}

static int compare(struct diff *d)
{
	struct hunk h = { 0 };

	if (!pair_lines(d)) {
		ng_not_modelled(d->task, "diff of more than %d lines that differ", LINES_MAX);
		return 2;
	}
	if (!next_hunk(d, &h)) {
		if (d->report_same)
			ng_printf(ng_stdout(d->task), "Files %s and %s are identical\n",
				  d->t[0].path, d->t[1].path);
		return 0;
	}
	if (d->brief)
		ng_printf(ng_stdout(d->task), "Files %s and %s differ\n", d->t[0].path,
			  d->t[1].path);
	else if (d->context >= 0)
		show_unified(d);
	else
		show_normal(d);
	return 1;
}

static bool take_option(struct diff *d, int c, const char *arg)
{
	uint64_t n;

	if (c == 'U') {
		if (!cu_number(arg, &n) || n > 1000000)
			return false;
		d->context = (int)n;
		return true;
	}
	if (c == 'u')
		d->context = d->context < 0 ? 3 : d->context;
	d->brief |= c == 'q';
	d->report_same |= c == 's';
	d->ignore_case |= c == 'i';
	d->ignore_space |= c == 'b';
	d->ignore_all_space |= c == 'w';
	d->ignore_blank |= c == 'B';
	d->new_file |= c == 'N';
	return strchr("uqsibwBNa", c) != NULL;
}

/**
 * diff_main() - diff [-qsuibwBN] [-U lines] file1 file2
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0 equal, 1 different, 2 trouble.
 */
int diff_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = {
		{ "brief", 0, 'q' },
		{ "report-identical-files", 0, 's' },
		{ "unified", 0, 'u' },
		{ "ignore-case", 0, 'i' },
		{ "ignore-all-space", 0, 'w' },
		{ "new-file", 0, 'N' },
		{ "ignore-space-change", 0, 'b' },
		{ "ignore-blank-lines", 0, 'B' },
		{ "text", 0, 'a' },
		{ NULL, 0, 0 },
	};
	struct diff *d = ng_task_alloc(task, sizeof(*d));
	struct ng_getopt st = { .task = task };
	int c, status = 0;

	d->task = task;
	d->context = -1;
	while ((c = ng_getopt_long(&st, argc, argv, "qsuU:ibwBNacC:yrednpF:I:tTlE", options)) !=
	       -1) {
		if (c == '?') {
			ng_puts(ng_stderr(task), "diff: Try 'diff --help' for more information.\n");
			return 2;
		}
		if (!take_option(d, c, st.optarg))
			return ng_not_modelled(task, "diff -%c", c);
	}
	if (argc - st.optind != 2) {
		if (argc - st.optind > 2)
			prog_error(task, "diff", 0, "extra operand '%s'", argv[st.optind + 2]);
		else
			prog_error(task, "diff", 0, "missing operand after '%s'", argv[argc - 1]);
		ng_puts(ng_stderr(task), "diff: Try 'diff --help' for more information.\n");
		return 2;
	}
	for (int i = 0; i < 2; i++) {
		int err;

		d->t[i].path = argv[st.optind + i];
		err = read_text(d, &d->t[i]);
		if (err == -EISDIR)
			return ng_not_modelled(task, "diff of folders");
		if (err) {
			prog_error(task, "diff", -err, "%s", d->t[i].path);
			status = 2;
		}
	}
	return status ? status : compare(d);
}
