/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * head.c - head and tail
 */
#include "util.h"

#include <errno.h>
#include <stdlib.h>

int head_main(struct ng_task *task, int argc, char **argv);
int tail_main(struct ng_task *task, int argc, char **argv);

static const struct ng_option options[] = {
	{ "lines", 1, 'n' },  { "bytes", 1, 'c' },    { "quiet", 0, 'q' },
	{ "silent", 0, 'q' }, { "verbose", 0, 'v' },  { "follow", 2, 'f' },
	{ "help", 0, 1000 },  { "version", 0, 1001 }, { NULL, 0, 0 },
};

struct ends {
	struct ng_task *task;
	struct ng_out *out;
	const char *name;
	bool tail;
	bool bytes;
	bool from_start; /* tail -n +3 */
	bool all_but;	 /* head -n -3 */
	uint64_t n;
	int headers; /* 0 with several files, 1 always, -1 never */
	bool first;
};

static int bad_number(struct ends *e, const char *s)
{
	prog_error(e->task, e->name, 0, "invalid number of %s: '%s'", e->bytes ? "bytes" : "lines",
		   s);
	return 1;
}

static int set_count(struct ends *e, const char *arg, bool bytes)
{
	const char *s = arg;

	e->bytes = bytes;
	e->from_start = e->tail && *s == '+';
	e->all_but = !e->tail && *s == '-';
	if (*s == '+' || *s == '-')
		s++;
	return cu_number(s, &e->n) ? 0 : bad_number(e, arg);
}

/* -5 as -n 5, when it comes first */
static void old_style(struct ng_task *task, int argc, char **argv)
{
	size_t n = argc > 1 ? strlen(argv[1]) : 0;
	char *s;

	if (n < 2 || argv[1][0] != '-' || strspn(argv[1] + 1, "0123456789") != n - 1)
		return;
	s = ng_task_alloc(task, n + 2);
	s[0] = '-';
	s[1] = 'n';
	strcpy(s + 2, argv[1] + 1);
	argv[1] = s;
}

static void head_file(struct ends *e, struct cu_in *in)
{
	uint64_t left = e->n;
	struct cu_line line;
	const char *data;
	size_t n;

	if (e->bytes) {
		while (left && (n = cu_read(in, &data)) > 0) {
			n = n < left ? n : (size_t)left;
			ng_write(e->out, data, n);
			left -= n;
		}
		return;
	}
	while (left && cu_line_next(in, &line)) {
		ng_write(e->out, line.s, line.len);
		if (line.newline)
			ng_putc(e->out, '\n');
		left--;
	}
}

/* Where the last @count lines begin. */
static size_t last_lines(const char *s, size_t len, uint64_t count)
{
	size_t at = len;

	if (at && s[at - 1] == '\n')
		at--;
	while (at && count) {
		if (s[at - 1] == '\n' && --count == 0)
			return at;
		at--;
	}
	return count ? 0 : len;
}

static size_t skip_lines(const char *s, size_t len, uint64_t count)
{
	size_t at = 0;

	while (at < len && count) {
		if (s[at++] == '\n')
			count--;
	}
	return at;
}

/* What needs all of the input first: tail, and head -n -3. */
static void whole_file(struct ends *e, struct cu_in *in)
{
	size_t len, at;
	char *s = cu_read_all(in, &len);

	if (e->all_but) {
		at = e->bytes ? (e->n < len ? len - (size_t)e->n : 0) : last_lines(s, len, e->n);
		ng_write(e->out, s, at);
		return;
	}
	if (e->from_start) {
		uint64_t skip = e->n ? e->n - 1 : 0;

		at = e->bytes ? (skip < len ? (size_t)skip : len) : skip_lines(s, len, skip);
	} else {
		at = e->bytes ? (e->n < len ? len - (size_t)e->n : 0) : last_lines(s, len, e->n);
	}
	ng_write(e->out, s + at, len - at);
}

static int one_file(struct ends *e, const char *path, bool header)
{
	struct cu_in in;
	int err = cu_open(&in, e->task, path);

	if (err < 0 && !in.unreadable) {
		prog_error(e->task, e->name, -err, "cannot open '%s' for reading", path);
		return 1;
	}
	if (header) {
		ng_printf(e->out, "%s==> %s <==\n", e->first ? "" : "\n",
			  strcmp(path, "-") ? path : "standard input");
		e->first = false;
	}
	if (err < 0) {
		prog_error(e->task, e->name, -err, "error reading '%s'", path);
		return 1;
	}
	if (e->tail || e->all_but)
		whole_file(e, &in);
	else
		head_file(e, &in);
	cu_close(&in);
	return 0;
}

static int ends_main(struct ends *e, int argc, char **argv)
{
	struct ng_getopt st = { .task = e->task };
	int o, status = 0, err;

	e->out = ng_stdout(e->task);
	e->name = argv[0];
	e->n = 10;
	e->first = true;
	old_style(e->task, argc, argv);
	while ((o = ng_getopt_long(&st, argc, argv, e->tail ? "c:n:fFqvs:" : "c:n:qv", options)) !=
	       -1) {
		err = 0;
		if (o >= 1000 || o == 'f' || o == 'F' || o == 's')
			return ng_not_modelled(e->task, "%s %s", argv[0], argv[st.optind - 1]);
		if (o == '?')
			return cu_try_help(e->task, argv[0], 1);
		if (o == 'n' || o == 'c')
			err = set_count(e, st.optarg, o == 'c');
		else
			e->headers = o == 'q' ? -1 : 1;
		if (err)
			return err;
	}
	if (st.optind == argc)
		argv[--st.optind] = ng_task_strdup(e->task, "-");
	for (int i = st.optind; i < argc; i++)
		status |= one_file(e, argv[i], e->headers ? e->headers > 0 : argc - st.optind > 1);
	return status;
}

/**
 * head_main() - head [-n lines] [-c bytes] [-qv] [file ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int head_main(struct ng_task *task, int argc, char **argv)
{
	struct ends e = { .task = task };

	return ends_main(&e, argc, argv);
}

/**
 * tail_main() - tail [-n lines] [-c bytes] [-qv] [file ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status; following a file is not modelled.
 */
int tail_main(struct ng_task *task, int argc, char **argv)
{
	struct ends e = { .task = task, .tail = true };

	return ends_main(&e, argc, argv);
}
