/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dd.c - dd, cmp, column -t, comm
 *
 * mirrors coreutils 9.1 (dd, comm), diffutils 3.8 (cmp), util-linux 2.38 (column)
 */
#include "util.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

int cmp_main(struct ng_task *task, int argc, char **argv);
int column_main(struct ng_task *task, int argc, char **argv);
int comm_main(struct ng_task *task, int argc, char **argv);
int dd_main(struct ng_task *task, int argc, char **argv);

#define BLOCK_MAX (64U * 1024 * 1024)

/* "512", "4k", "1M", "1kB"; false when it is no number */
static bool read_number(const char *s, uint64_t *ret)
{
	char *end;
	unsigned long long n = strtoull(s, &end, 10);
	uint64_t unit = 1;

	if (end == s || *s == '-')
		return false;
	if (*end) {
		static const char units[] = "KMGT";
		const char *u = strchr(units, *end == 'k' ? 'K' : *end);
		uint64_t step = end[1] == 'B' ? 1000 : 1024;

		if (*end == 'b' || *end == 'c' || *end == 'w') {
			unit = *end == 'b' ? 512 : *end == 'w' ? 2 : 1;
			end++;
		} else if (u) {
			for (const char *k = units; k <= u; k++)
				unit *= step;
			end += 1 + (end[1] == 'B');
		}
	}
	*ret = n * unit;
	return !*end;
}

struct dd {
	struct ng_task *task;
	const char *in, *out;
	uint64_t ibs, obs, count, skip, seek;
	bool has_count, quiet, no_rate, keep, append;
	uint64_t full_in, part_in, full_out, part_out, bytes;
};

static bool dd_operand(struct dd *d, const char *word)
{
	static const char *const conv[] = { "notrunc", "noerror", "fsync", "fdatasync" };
	const char *v = strchr(word, '=');
	size_t n = v ? (size_t)(v - word) : 0;
	uint64_t bs;

	v++;
	if (n == 2 && !strncmp(word, "if", n)) {
		d->in = v;
	} else if (n == 2 && !strncmp(word, "of", n)) {
		d->out = v;
	} else if (n == 2 && !strncmp(word, "bs", n) && read_number(v, &bs)) {
		d->ibs = d->obs = bs;
	} else if (n == 3 && !strncmp(word, "ibs", n) && read_number(v, &d->ibs)) {
	} else if (n == 3 && !strncmp(word, "obs", n) && read_number(v, &d->obs)) {
	} else if (n == 5 && !strncmp(word, "count", n) && read_number(v, &d->count)) {
		d->has_count = true;
	} else if (n == 4 && !strncmp(word, "skip", n) && read_number(v, &d->skip)) {
	} else if (n == 4 && !strncmp(word, "seek", n) && read_number(v, &d->seek)) {
	} else if (n == 6 && !strncmp(word, "status", n)) {
		d->quiet = !strcmp(v, "none");
		d->no_rate = !strcmp(v, "noxfer");
	} else if (n == 4 && !strncmp(word, "conv", n)) {
		for (size_t i = 0; i < sizeof(conv) / sizeof(conv[0]); i++) {
			if (!strcmp(v, conv[i])) {
				d->keep |= i == 0;
				return true;
			}
		}
		prog_exit(d->task, ng_not_modelled(d->task, "dd %s", word));
	} else {
		return false;
	}
	return true;
}

/* "4.1 kB, 4.0 KiB" */
static void human(char *buf, size_t size, uint64_t n, unsigned int base)
{
	static const char units[] = " kMGT";
	double v = (double)n;
	int u = 0;

	while (v >= base && u < 4) {
		v /= base;
		u++;
	}
	/* rounded up, one decimal below ten */
	snprintf(buf, size, v < 9.95 && u ? "%.1f %c%sB" : "%.0f %c%sB", v,
		 base == 1024 && u == 1 ? 'K' : units[u], base == 1024 && u ? "i" : "");
	if (!u)
		snprintf(buf, size, "%llu B", (unsigned long long)n);
}

static void report(const struct dd *d, int64_t ns)
{
	struct ng_out *err = ng_stderr(d->task);
	double seconds = (double)(ns > 0 ? ns : 1) / 1e9;
	char si[32], iec[32], rate[32];

	ng_printf(err, "%llu+%llu records in\n%llu+%llu records out\n",
		  (unsigned long long)d->full_in, (unsigned long long)d->part_in,
		  (unsigned long long)d->full_out, (unsigned long long)d->part_out);
	if (d->no_rate)
		return;
	human(si, sizeof(si), d->bytes, 1000);
	human(iec, sizeof(iec), d->bytes, 1024);
	human(rate, sizeof(rate), (uint64_t)((double)d->bytes / seconds), 1000);
	ng_printf(err, "%llu byte%s", (unsigned long long)d->bytes, d->bytes == 1 ? "" : "s");
	if (d->bytes >= 1024)
		ng_printf(err, " (%s, %s)", si, iec);
	else if (d->bytes >= 1000)
		ng_printf(err, " (%s)", si);
	ng_printf(err, " copied, %g s, %s/s\n", seconds, rate);
}

static int copy(struct dd *d, int in, int out)
{
	uint8_t *buf = ng_task_alloc_buffer(d->task, (size_t)d->ibs);

	for (uint64_t i = 0; i < d->skip + d->count || !d->has_count; i++) {
		ssize_t n = ng_sys_read(d->task, in, buf, (size_t)d->ibs), done = 0;

		if (n < 0) {
			prog_error(d->task, "dd", (int)-n, "error reading '%s'",
				   d->in ? d->in : "standard input");
			return 1;
		}
		if (n == 0)
			break;
		if (i < d->skip)
			continue;
		d->full_in += (uint64_t)n == d->ibs;
		d->part_in += (uint64_t)n != d->ibs;
		while (done < n) {
			size_t piece =
				(size_t)(n - done) < d->obs ? (size_t)(n - done) : (size_t)d->obs;
			ssize_t w = ng_sys_write(d->task, out, buf + done, piece);

			if (w < 0) {
				prog_error(d->task, "dd", (int)-w, "error writing '%s'",
					   d->out ? d->out : "standard output");
				return 1;
			}
			done += w;
			d->full_out += (uint64_t)w == d->obs;
			d->part_out += (uint64_t)w != d->obs;
		}
		d->bytes += (uint64_t)n;
	}
	return 0;
}

/**
 * dd_main() - dd [if=] [of=] [bs=] [count=] [skip=] [seek=] [status=] [conv=notrunc]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int dd_main(struct ng_task *task, int argc, char **argv)
{
	struct dd d = { .task = task, .ibs = 512, .obs = 512 };
	int64_t begin;
	int in = 0, out = 1, status;

	for (int i = 1; i < argc; i++) {
		if (!strchr(argv[i], '=') || !dd_operand(&d, argv[i])) {
			prog_error(task, "dd", 0, "unrecognized operand '%s'", argv[i]);
			return cu_try_help(task, "dd", 1);
		}
	}
	if (!d.ibs || !d.obs || d.ibs > BLOCK_MAX || d.obs > BLOCK_MAX)
		return ng_not_modelled(task, "dd with blocks of 0 or more than 64 MiB");
	if (d.in)
		in = ng_sys_open(task, d.in, O_RDONLY, 0);
	if (in < 0) {
		prog_error(task, "dd", -in, "failed to open '%s'", d.in);
		return 1;
	}
	if (d.out)
		out = ng_sys_open(task, d.out,
				  O_WRONLY | O_CREAT | (d.keep || d.seek ? 0 : O_TRUNC), 0666);
	if (out < 0) {
		prog_error(task, "dd", -out, "failed to open '%s'", d.out);
		return 1;
	}
	if (d.seek)
		ng_sys_lseek(task, out, (int64_t)(d.seek * d.obs), 0);
	begin = ng_sys_clock_monotonic(task);
	status = copy(&d, in, out);
	if (!d.quiet)
		report(&d, ng_sys_clock_monotonic(task) - begin);
	return status;
}

/* ---- cmp ---- */

/**
 * cmp_main() - cmp [-s] file1 [file2]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0 equal, 1 different, 2 trouble.
 */
int cmp_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = { { "quiet", 0, 's' },
						    { "silent", 0, 's' },
						    { NULL, 0, 0 } };
	struct ng_getopt st = { .task = task };
	const char *path[2];
	size_t len[2], i, lines = 1;
	bool silent = false;
	char *data[2];
	int c;

	while ((c = ng_getopt_long(&st, argc, argv, "sbi:ln:v", options)) != -1) {
		if (c == '?') {
			ng_puts(ng_stderr(task), "cmp: Try 'cmp --help' for more information.\n");
			return 2;
		}
		if (c != 's')
			return ng_not_modelled(task, "cmp -%c", c);
		silent = true;
	}
	if (st.optind == argc || argc - st.optind > 2) {
		prog_error(task, "cmp", 0, "missing operand after '%s'", argv[argc - 1]);
		ng_puts(ng_stderr(task), "cmp: Try 'cmp --help' for more information.\n");
		return 2;
	}
	path[0] = argv[st.optind];
	path[1] = st.optind + 1 < argc ? argv[st.optind + 1] : "-";
	for (i = 0; i < 2; i++) {
		struct cu_in in;
		int err = cu_open(&in, task, path[i]);

		if (err) {
			prog_error(task, "cmp", -err, "%s", path[i]);
			return 2;
		}
		data[i] = cu_read_all(&in, &len[i]);
		cu_close(&in);
	}
	for (i = 0; i < len[0] && i < len[1] && data[0][i] == data[1][i]; i++)
		lines += data[0][i] == '\n';
	if (i == len[0] && i == len[1])
		return 0;
	if (silent)
		return 1;
	if (i < len[0] && i < len[1]) {
		ng_printf(ng_stdout(task), "%s %s differ: char %zu, line %zu\n", path[0], path[1],
			  i + 1, lines);
	} else if (i == 0) {
		prog_error(task, "cmp", 0, "EOF on %s which is empty", path[len[1] < len[0]]);
	} else {
		bool whole = data[0][i - 1] == '\n';

		prog_error(task, "cmp", 0, "EOF on %s after byte %zu, %sline %zu",
			   path[len[1] < len[0]], i, whole ? "" : "in ", lines - whole);
	}
	return 1;
}

/* ---- column -t ---- */

struct table {
	char ***row;
	size_t *n, nrows;
	size_t width[256];
};

static void cut_row(struct ng_task *task, struct table *t, char *line, const char *seps)
{
	char **cells = NULL;
	size_t n = 0;
	bool greedy = !seps;

	seps = seps ? seps : " \t";
	for (char *s = line;;) {
		size_t len;

		if (greedy)
			s += strspn(s, seps);
		len = strcspn(s, seps);
		if (greedy && !len)
			break;
		cells = ng_task_realloc(task, cells, n * sizeof(*cells), (n + 1) * sizeof(*cells));
		cells[n] = ng_task_strndup(task, s, len);
		if (n < 256 && len > t->width[n])
			t->width[n] = len;
		n++;
		s += len;
		if (!*s)
			break;
		s++;
	}
	if (!n || (n == 1 && !*cells[0]))
		return;
	t->row = ng_task_realloc(task, t->row, t->nrows * sizeof(*t->row),
				 (t->nrows + 1) * sizeof(*t->row));
	t->n = ng_task_realloc(task, t->n, t->nrows * sizeof(*t->n),
			       (t->nrows + 1) * sizeof(*t->n));
	t->row[t->nrows] = cells;
	t->n[t->nrows++] = n;
}

static void print_rows(struct ng_task *task, const struct table *t, const char *gap)
{
	struct ng_out *out = ng_stdout(task);
	size_t cols = 0;

	for (size_t r = 0; r < t->nrows; r++)
		cols = t->n[r] > cols ? t->n[r] : cols;
	for (size_t r = 0; r < t->nrows; r++) {
		for (size_t c = 0; c < cols; c++) {
			const char *s = c < t->n[r] ? t->row[r][c] : "";

			if (c + 1 == cols)
				ng_puts(out, s);
			else
				ng_printf(out, "%-*s%s", c < 256 ? (int)t->width[c] : 0, s, gap);
		}
		ng_putc(out, '\n');
	}
}

/**
 * column_main() - column -t [-s separators] [-o gap] [file ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int column_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = { { "table", 0, 't' },
						    { "separator", 1, 's' },
						    { "output-separator", 1, 'o' },
						    { NULL, 0, 0 } };
	struct table *t = ng_task_alloc(task, sizeof(*t));
	struct ng_getopt st = { .task = task };
	const char *seps = NULL, *gap = "  ";
	bool table = false;
	int c, status = 0;

	while ((c = ng_getopt_long(&st, argc, argv, "ts:o:c:xJN:R:H:W:T:E:enLdO:", options)) !=
	       -1) {
		if (c == '?') {
			ng_puts(ng_stderr(task), "Try 'column --help' for more information.\n");
			return 1;
		}
		if (!strchr("tso", c))
			return ng_not_modelled(task, "column -%c", c);
		table |= c == 't';
		seps = c == 's' ? st.optarg : seps;
		gap = c == 'o' ? st.optarg : gap;
	}
	if (!table)
		return ng_not_modelled(task, "column without -t");
	for (int i = st.optind; i < argc || i == st.optind; i++) {
		const char *path = i < argc ? argv[i] : "-";
		struct cu_line line;
		struct cu_in in;
		int err = cu_open(&in, task, path);

		if (err) {
			prog_error(task, "column", -err, "%s", path);
			status = 1;
			continue;
		}
		while (cu_line_next(&in, &line))
			cut_row(task, t, line.s, seps);
		cu_close(&in);
	}
	print_rows(task, t, gap);
	return status;
}

/* ---- comm ---- */

struct side {
	struct cu_in in;
	struct cu_line line;
	bool have;
	char *last;
	bool unsorted;
};

/* Whether lines are looked at: not at all, once files differ (the default), always. */
enum comm_order { COMM_NO_CHECK = 1000, COMM_IF_UNPAIRED, COMM_CHECK };

static void advance(struct ng_task *task, struct side *s, int number, bool check)
{
	char *old = s->have ? ng_task_strdup(task, s->line.s) : NULL;

	s->have = cu_line_next(&s->in, &s->line);
	if (check && s->have && old && strcmp(old, s->line.s) > 0 && !s->unsorted) {
		s->unsorted = true;
		prog_error(task, "comm", 0, "file %d is not in sorted order", number);
	}
	ng_task_free(task, old);
}

/**
 * comm_main() - comm [-123] file1 file2
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int comm_main(struct ng_task *task, int argc, char **argv)
{
	struct side *s = ng_task_alloc(task, 2 * sizeof(*s));
	static const struct ng_option options[] = {
		{ "check-order", 0, COMM_CHECK }, { "nocheck-order", 0, COMM_NO_CHECK },
		{ "output-delimiter", 1, 'z' },	  { "total", 0, 'z' },
		{ "zero-terminated", 0, 'z' },	  { NULL, 0, 0 }
	};
	bool show[3] = { true, true, true }, check, bad;
	struct ng_getopt st = { .task = task };
	int c, order_check = COMM_IF_UNPAIRED;

	while ((c = ng_getopt_long(&st, argc, argv, "123z", options)) != -1) {
		if (c == '?')
			return cu_try_help(task, "comm", 1);
		if (c == 'z')
			return ng_not_modelled(task, "comm %s", argv[st.optind - 1]);
		if (c >= COMM_NO_CHECK)
			order_check = c;
		else
			show[c - '1'] = false;
	}
	check = order_check == COMM_CHECK;
	if (argc - st.optind != 2) {
		if (argc == st.optind)
			prog_error(task, "comm", 0, "missing operand");
		else
			prog_error(task, "comm", 0,
				   argc - st.optind < 2 ? "missing operand after '%s'"
							: "extra operand '%s'",
				   argv[argc - st.optind < 2 ? st.optind : st.optind + 2]);
		return cu_try_help(task, "comm", 1);
	}
	for (int i = 0; i < 2; i++) {
		int err = cu_open(&s[i].in, task, argv[st.optind + i]);

		if (err) {
			prog_error(task, "comm", -err, "%s", argv[st.optind + i]);
			return 1;
		}
		s[i].have = cu_line_next(&s[i].in, &s[i].line);
	}
	while (s[0].have || s[1].have) {
		int order = !s[0].have ? 1 : !s[1].have ? -1 : strcmp(s[0].line.s, s[1].line.s);
		int column = order < 0 ? 0 : order > 0 ? 1 : 2;

		if (show[column])
			ng_printf(ng_stdout(task), "%s%s%s\n", column > 0 && show[0] ? "\t" : "",
				  column > 1 && show[1] ? "\t" : "", s[order > 0].line.s);
		check |= order && order_check == COMM_IF_UNPAIRED;
		if (order <= 0)
			advance(task, &s[0], 1, check);
		if (order >= 0)
			advance(task, &s[1], 2, check);
		if (order_check == COMM_CHECK && (s[0].unsorted || s[1].unsorted))
			return 1;
	}
	bad = s[0].unsorted || s[1].unsorted;
	if (bad)
		prog_error(task, "comm", 0, "input is not in sorted order");
	return bad;
}
