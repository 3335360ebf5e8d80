/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cat.c - cat, tee
 */
#include "util.h"

#include <errno.h>
#include <fcntl.h>

#define TEE_MAX 64

int cat_main(struct ng_task *task, int argc, char **argv);
int tee_main(struct ng_task *task, int argc, char **argv);

static const struct ng_option common[] = { { "help", 0, 1000 },
					   { "version", 0, 1001 },
					   { NULL, 0, 0 } };

struct cat {
	struct ng_out *out;
	bool number, number_nonblank, squeeze, ends, tabs, nonprinting;
	uint64_t line;
	bool blank;  /* the last line was empty */
	bool middle; /* the last line had no newline */
};

static void put_visible(struct cat *c, unsigned char ch)
{
	if (ch == '\t' && !c->tabs) {
		ng_putc(c->out, '\t');
		return;
	}
	if (c->nonprinting && ch >= 128) {
		ng_puts(c->out, "M-");
		ch -= 128;
	}
	if ((c->nonprinting || (ch == '\t' && c->tabs)) && (ch < 32 || ch == 127))
		ng_printf(c->out, "^%c", ch == 127 ? '?' : ch + 64);
	else
		ng_putc(c->out, (char)ch);
}

static void cat_line(struct cat *c, const struct cu_line *line)
{
	bool blank = !line->len && line->newline;

	if (c->squeeze && blank && c->blank)
		return;
	c->blank = blank;
	if (!c->middle && (c->number_nonblank ? !blank : c->number))
		ng_printf(c->out, "%6llu\t", (unsigned long long)++c->line);
	for (size_t i = 0; i < line->len; i++)
		put_visible(c, (unsigned char)line->s[i]);
	if (line->newline && c->ends)
		ng_putc(c->out, '$');
	if (line->newline)
		ng_putc(c->out, '\n');
	c->middle = !line->newline;
}

static void cat_file(struct cat *c, struct cu_in *in)
{
	struct cu_line line;
	const char *data;
	size_t n;

	if (!c->number && !c->number_nonblank && !c->squeeze && !c->ends && !c->tabs &&
	    !c->nonprinting) {
		while ((n = cu_read(in, &data)) > 0) {
			ng_write(c->out, data, n);
			ng_flush(c->out); /* cat does not wait for more */
		}
		return;
	}
	while (cu_line_next(in, &line))
		cat_line(c, &line);
}

/**
 * cat_main() - cat [-AbeEnstTuv] [file ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0, 1 when a file could not be read.
 */
int cat_main(struct ng_task *task, int argc, char **argv)
{
	struct cat c = { .out = ng_stdout(task) };
	struct ng_getopt st = { .task = task };
	int o, status = 0;

	while ((o = ng_getopt_long(&st, argc, argv, "AbeEnstTuv", common)) != -1) {
		if (o >= 1000)
			return ng_not_modelled(task, "cat --%s", o == 1000 ? "help" : "version");
		if (o == '?')
			return cu_try_help(task, argv[0], 1);
		c.number |= o == 'n';
		c.number_nonblank |= o == 'b';
		c.squeeze |= o == 's';
		c.ends |= o == 'E' || o == 'A' || o == 'e';
		c.tabs |= o == 'T' || o == 'A' || o == 't';
		c.nonprinting |= o == 'v' || o == 'A' || o == 'e' || o == 't';
	}
	if (st.optind == argc)
		argv[--st.optind] = ng_task_strdup(task, "-");
	for (int i = st.optind; i < argc; i++) {
		struct cu_in in;
		int err = cu_open(&in, task, argv[i]);

		if (!err) {
			cat_file(&c, &in);
			err = in.error;
			cu_close(&in);
		}
		if (err < 0) {
			prog_error(task, "cat", -err, "%s", argv[i]);
			status = 1;
		}
	}
	return status;
}

/**
 * tee_main() - tee [-ai] [file ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0, 1 when a file could not be written.
 */
int tee_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = { { "append", 0, 'a' },
						    { "ignore-interrupts", 0, 'i' },
						    { "help", 0, 1000 },
						    { "version", 0, 1001 },
						    { NULL, 0, 0 } };
	struct ng_getopt st = { .task = task };
	int o, n = 0, fds[TEE_MAX], status = 0, flags = O_TRUNC;
	struct cu_in in;
	const char *data;
	size_t len;

	while ((o = ng_getopt_long(&st, argc, argv, "aip", options)) != -1) {
		if (o >= 1000)
			return ng_not_modelled(task, "tee --%s", o == 1000 ? "help" : "version");
		if (o == '?')
			return cu_try_help(task, argv[0], 1);
		if (o == 'a')
			flags = O_APPEND;
	}
	for (; st.optind < argc && n < TEE_MAX; st.optind++) {
		int fd = ng_sys_open(task, argv[st.optind], O_WRONLY | O_CREAT | flags, 0666);

		if (fd < 0) {
			prog_error(task, "tee", -fd, "%s", argv[st.optind]);
			status = 1;
		} else {
			fds[n++] = fd;
		}
	}
	if (cu_open(&in, task, "-") < 0)
		return 1;
	while ((len = cu_read(&in, &data)) > 0) {
		ng_write(ng_stdout(task), data, len);
		ng_flush(ng_stdout(task));
		for (int i = 0; i < n; i++) {
			ssize_t w = ng_sys_write(task, fds[i], data, len);

			if (w < 0) {
				prog_error(task, "tee", (int)-w, "%s", argv[argc - n + i]);
				status = 1;
			}
		}
	}
	return status;
}
