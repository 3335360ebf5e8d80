/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lines.c - tac, nl, paste, rev, less, more: lines in another order or form
 */
#include "util.h"

#include <errno.h>

#define PASTE_MAX 64
#define DELIMS_MAX 64

int less_main(struct ng_task *task, int argc, char **argv);
int more_main(struct ng_task *task, int argc, char **argv);
int nl_main(struct ng_task *task, int argc, char **argv);
int paste_main(struct ng_task *task, int argc, char **argv);
int rev_main(struct ng_task *task, int argc, char **argv);
int tac_main(struct ng_task *task, int argc, char **argv);

static void tac_text(struct ng_out *out, const char *s, size_t len)
{
	size_t end = len;

	while (end) {
		size_t from = end - 1;

		while (from && s[from - 1] != '\n')
			from--;
		ng_write(out, s + from, end - from);
		end = from;
	}
}

/**
 * tac_main() - tac [file ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int tac_main(struct ng_task *task, int argc, char **argv)
{
	struct ng_getopt st = { .task = task };
	int status = 0, c;

	while ((c = ng_getopt_long(&st, argc, argv, "brs:", NULL)) != -1) {
		if (c == '?')
			return cu_try_help(task, argv[0], 1);
		return ng_not_modelled(task, "tac -%c", c);
	}
	if (st.optind == argc)
		argv[--st.optind] = ng_task_strdup(task, "-");
	for (int i = st.optind; i < argc; i++) {
		struct cu_in in;
		int err = cu_open(&in, task, argv[i]);
		const char *text;
		size_t len;

		if (err < 0 && in.unreadable) {
			prog_error(task, "tac", EINVAL, "%s: read error", argv[i]);
		} else if (err < 0) {
			prog_error(task, "tac", -err, "failed to open '%s' for reading", argv[i]);
		} else {
			text = cu_read_all(&in, &len);
			tac_text(ng_stdout(task), text, len);
			cu_close(&in);
		}
		status |= err < 0;
	}
	return status;
}

struct nl {
	struct ng_out *out;
	char body;   /* a, t, n */
	char format; /* l: left, r: right, z: right with zeros */
	const char *separator;
	uint64_t width, start, step;
};

static void nl_line(struct nl *n, const struct cu_line *line)
{
	bool numbered = n->body == 'a' || (n->body == 't' && line->len);
	int width = (int)n->width;

	if (!numbered)
		ng_printf(n->out, "%*s", width + (int)strlen(n->separator), "");
	else if (n->format == 'l')
		ng_printf(n->out, "%-*llu%s", width, (unsigned long long)n->start, n->separator);
	else if (n->format == 'z')
		ng_printf(n->out, "%0*llu%s", width, (unsigned long long)n->start, n->separator);
	else
		ng_printf(n->out, "%*llu%s", width, (unsigned long long)n->start, n->separator);
	if (numbered)
		n->start += n->step;
	ng_write(n->out, line->s, line->len);
	ng_putc(n->out, '\n');
}

static int nl_option(struct ng_task *task, struct nl *n, int c, const char *arg)
{
	uint64_t *number = c == 'w' ? &n->width : c == 'v' ? &n->start : &n->step;

	if (c == 'b' && strlen(arg) == 1 && strchr("atn", *arg)) {
		n->body = *arg;
	} else if (c == 'n' && strlen(arg) == 2 && strstr("ln rn rz", arg) && arg[0] != 'n') {
		n->format = arg[0] == 'l' ? 'l' : arg[1] == 'z' ? 'z' : 'r';
	} else if (c == 's') {
		n->separator = arg;
	} else if (!strchr("wvi", c) || !cu_number(arg, number) || n->width > 1000 || !n->width) {
		return ng_not_modelled(task, "nl -%c %s", c, arg);
	}
	return 0;
}

/**
 * nl_main() - nl [-b a|t|n] [-n ln|rn|rz] [-s text] [-w width] [-v start] [-i step] [file ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status. Sections of a page are not modelled: their marks are lines as any.
 */
int nl_main(struct ng_task *task, int argc, char **argv)
{
	struct nl n = { .out = ng_stdout(task),
			.body = 't',
			.format = 'r',
			.separator = "\t",
			.width = 6,
			.start = 1,
			.step = 1 };
	struct ng_getopt st = { .task = task };
	int c, err, status = 0;

	while ((c = ng_getopt_long(&st, argc, argv, "b:n:s:w:v:i:d:f:h:l:p", NULL)) != -1) {
		if (c == '?')
			return cu_try_help(task, argv[0], 1);
		err = nl_option(task, &n, c, st.optarg ? st.optarg : "");
		if (err)
			return err;
	}
	if (st.optind == argc)
		argv[--st.optind] = ng_task_strdup(task, "-");
	for (int i = st.optind; i < argc; i++) {
		struct cu_line line;
		struct cu_in in;

		err = cu_open(&in, task, argv[i]);
		if (err < 0) {
			prog_error(task, "nl", -err, "%s", argv[i]);
			status = 1;
			continue;
		}
		while (cu_line_next(&in, &line)) {
			if (!strcmp(line.s, "\\:") || !strcmp(line.s, "\\:\\:") ||
			    !strcmp(line.s, "\\:\\:\\:"))
				return ng_not_modelled(task, "nl: sections");
			nl_line(&n, &line);
		}
		cu_close(&in);
	}
	return status;
}

struct paste {
	struct ng_task *task;
	struct ng_out *out;
	int delims[DELIMS_MAX]; /* -1: nothing */
	int ndelims;
	struct cu_in in[PASTE_MAX];
	int alias[PASTE_MAX]; /* "-" more than once is one input */
	int n;
};

static int paste_delims(struct paste *p, const char *s)
{
	p->ndelims = 0;
	if (!*s)
		p->delims[p->ndelims++] = -1;
	for (; *s; s++) {
		int c = (unsigned char)*s;

		if (p->ndelims == DELIMS_MAX)
			return ng_not_modelled(p->task, "paste with more than %d delimiters",
					       DELIMS_MAX);
		if (c == '\\' && s[1]) {
			s++;
			c = *s == 'n'	? '\n'
			    : *s == 't' ? '\t'
			    : *s == '0' ? -1
					: (unsigned char)*s;
		} else if (c == '\\') {
			return ng_not_modelled(p->task, "paste: a delimiter list that ends in \\");
		}
		p->delims[p->ndelims++] = c;
	}
	return 0;
}

static void paste_delim(const struct paste *p, int i)
{
	int c = p->delims[i % p->ndelims];

	if (c >= 0)
		ng_putc(p->out, (char)c);
}

static void paste_serial(struct paste *p)
{
	for (int i = 0; i < p->n; i++) {
		struct cu_line line;
		int k = 0;

		while (cu_line_next(&p->in[p->alias[i]], &line)) {
			if (k)
				paste_delim(p, k - 1);
			ng_write(p->out, line.s, line.len);
			k++;
		}
		ng_putc(p->out, '\n');
	}
}

static void paste_parallel(struct paste *p)
{
	for (;;) {
		bool any = false;
		int owed = 0; /* columns whose delimiter is not written yet */

		for (int i = 0; i < p->n; i++) {
			struct cu_line line;

			if (!cu_line_next(&p->in[p->alias[i]], &line))
				continue;
			any = true;
			for (; owed < i; owed++)
				paste_delim(p, owed);
			ng_write(p->out, line.s, line.len);
		}
		if (!any)
			return;
		for (; owed < p->n - 1; owed++)
			paste_delim(p, owed);
		ng_putc(p->out, '\n');
	}
}

/**
 * paste_main() - paste [-s] [-d list] [file ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int paste_main(struct ng_task *task, int argc, char **argv)
{
	struct paste *p = ng_task_alloc(task, sizeof(*p));
	struct ng_getopt st = { .task = task };
	int c, err = paste_delims(p, "\\t"), dash = -1, status = 0;
	bool serial = false;

	p->task = task;
	p->out = ng_stdout(task);
	while (!err && (c = ng_getopt_long(&st, argc, argv, "sd:z", NULL)) != -1) {
		if (c == '?')
			return cu_try_help(task, argv[0], 1);
		if (c == 'z')
			return ng_not_modelled(task, "paste -z");
		if (c == 's')
			serial = true;
		else
			err = paste_delims(p, st.optarg);
	}
	if (err)
		return err;
	if (st.optind == argc)
		argv[--st.optind] = ng_task_strdup(task, "-");
	for (int i = st.optind; i < argc; i++) {
		bool is_dash = !strcmp(argv[i], "-");

		if (p->n == PASTE_MAX)
			return ng_not_modelled(task, "paste of more than %d files", PASTE_MAX);
		p->alias[p->n] = is_dash && dash >= 0 ? dash : p->n;
		if (is_dash && dash < 0)
			dash = p->n;
		if (p->alias[p->n] == p->n) {
			err = cu_open(&p->in[p->n], task, argv[i]);
			if (err < 0) {
				prog_error(task, "paste", -err, "%s", argv[i]);
				if (!serial)
					return 1;
				status = 1;
				continue;
			}
		}
		p->n++;
	}
	if (serial)
		paste_serial(p);
	else
		paste_parallel(p);
	return status;
}

/**
 * rev_main() - rev [file ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int rev_main(struct ng_task *task, int argc, char **argv)
{
	struct ng_out *out = ng_stdout(task);
	int i = 1, status = 0;

	if (argc > 1 && argv[1][0] == '-' && argv[1][1])
		return ng_not_modelled(task, "rev %s", argv[1]);
	if (argc == 1)
		argv[--i] = ng_task_strdup(task, "-");
	for (; i < argc; i++) {
		struct cu_line line;
		struct cu_in in;
		int err = cu_open(&in, task, argv[i]);

		if (err < 0) {
			prog_error(task, "rev", -err, in.unreadable ? "%s: 0" : "cannot open %s",
				   argv[i]);
			status = 1;
			continue;
		}
		while (cu_line_next(&in, &line)) {
			for (size_t k = line.len; k--;)
				ng_putc(out, line.s[k]);
			if (line.newline)
				ng_putc(out, '\n');
		}
		cu_close(&in);
	}
	return status;
}

/* A pager whose output is no terminal copies. */
static int pager(struct ng_task *task, int argc, char **argv, bool more)
{
	struct ng_out *out = ng_stdout(task);
	int i = 1, status = 0;

	if (ng_sys_isatty(task, 1) == 1)
		return ng_not_modelled(task, "%s on a terminal", argv[0]);
	if (argc > 1 && (argv[1][0] == '-' || argv[1][0] == '+') && argv[1][1])
		return ng_not_modelled(task, "%s %s", argv[0], argv[1]);
	if (argc == 1)
		argv[--i] = ng_task_strdup(task, "-");
	for (; i < argc; i++) {
		struct cu_in in;
		const char *data;
		size_t n;
		int err = cu_open(&in, task, argv[i]);

		if (err == -EISDIR)
			return ng_not_modelled(task, "%s of a directory", argv[0]);
		if (err < 0) {
			/* less says it where its text goes */
			ng_printf(more ? ng_stderr(task) : out, "%s%s: %s\n",
				  more ? "more: cannot open " : "", argv[i], ng_strerror(-err));
			status = !more;
			continue;
		}
		if (more && strcmp(argv[i], "-"))
			ng_printf(out, "::::::::::::::\n%s\n::::::::::::::\n", argv[i]);
		while ((n = cu_read(&in, &data)) > 0)
			ng_write(out, data, n);
		cu_close(&in);
	}
	return status;
}

/**
 * less_main() - less [file ...] into a file or a pipe
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int less_main(struct ng_task *task, int argc, char **argv)
{
	return pager(task, argc, argv, false);
}

/**
 * more_main() - more [file ...] into a file or a pipe
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int more_main(struct ng_task *task, int argc, char **argv)
{
	return pager(task, argc, argv, true);
}
