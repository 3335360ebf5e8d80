/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wc.c - wc
 */
#include "util.h"

#include <stdio.h>

int wc_main(struct ng_task *task, int argc, char **argv);

struct counts {
	uint64_t lines, words, bytes, longest;
};

struct wc {
	struct ng_out *out;
	bool lines, words, bytes, longest;
	int width;
};

static void count(struct cu_in *in, struct counts *c)
{
	const char *data;
	bool in_word = false;
	uint64_t column = 0;
	size_t n;

	*c = (struct counts){ 0 };
	while ((n = cu_read(in, &data)) > 0) {
		c->bytes += n;
		for (size_t i = 0; i < n; i++) {
			bool blank = strchr(" \t\n\v\f\r", data[i]) && data[i];

			c->words += in_word && blank;
			in_word = !blank && ((unsigned char)data[i] > 32 || in_word);
			if (data[i] == '\n')
				c->lines++;
			column = data[i] == '\n'   ? 0
				 : data[i] == '\t' ? (column | 7) + 1
						   : column + 1;
			if (column > c->longest)
				c->longest = column;
		}
	}
	c->words += in_word;
}

static void show(const struct wc *w, const struct counts *c, const char *name)
{
	const bool on[] = { w->lines, w->words, w->bytes, w->longest };
	const uint64_t n[] = { c->lines, c->words, c->bytes, c->longest };
	bool first = true;

	for (int i = 0; i < 4; i++) {
		if (!on[i])
			continue;
		ng_printf(w->out, "%s%*llu", first ? "" : " ", w->width, (unsigned long long)n[i]);
		first = false;
	}
	ng_printf(w->out, "%s%s\n", name ? " " : "", name ? name : "");
}

/* Numbers get the width of the total size; 7 when something is no plain file and several columns are shown. */
static int width(struct ng_task *task, const struct wc *w, int n, char **files)
{
	uint64_t total = 0;
	char digits[32];
	struct ng_stat st;

	if (w->lines + w->words + w->bytes + w->longest == 1 && n <= 1)
		return 1;
	for (int i = 0; i < n || (n == 0 && i == 0); i++) {
		int err = n && strcmp(files[i], "-") ? ng_sys_stat(task, files[i], &st)
						     : ng_sys_fstat(task, 0, &st);

		if (err < 0)
			continue;
		if ((st.mode & 0170000) != 0100000)
			return 7;
		total += st.size;
	}
	return snprintf(digits, sizeof(digits), "%llu", (unsigned long long)total);
}

static int count_files(struct ng_task *task, struct wc *w, int n, char **files)
{
	struct counts c, total = { 0 };
	int status = 0;

	for (int i = 0; i < n || (n == 0 && i == 0); i++) {
		struct cu_in in;
		int err = cu_open(&in, task, n ? files[i] : "-");

		if (err < 0) {
			prog_error(task, "wc", -err, "%s", n ? files[i] : "standard input");
			status = 1;
			if (!in.unreadable)
				continue;
		}
		count(&in, &c);
		cu_close(&in);
		show(w, &c, n ? files[i] : NULL);
		total.lines += c.lines;
		total.words += c.words;
		total.bytes += c.bytes;
		if (c.longest > total.longest)
			total.longest = c.longest;
	}
	if (n > 1)
		show(w, &total, "total");
	return status;
}

/**
 * wc_main() - wc [-clmwL] [file ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int wc_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = {
		{ "bytes", 0, 'c' },	       { "chars", 0, 'm' },
		{ "lines", 0, 'l' },	       { "words", 0, 'w' },
		{ "max-line-length", 0, 'L' }, { "help", 0, 1000 },
		{ "version", 0, 1001 },	       { NULL, 0, 0 },
	};
	struct wc w = { .out = ng_stdout(task) };
	struct ng_getopt st = { .task = task };
	int o;

	while ((o = ng_getopt_long(&st, argc, argv, "clmwL", options)) != -1) {
		if (o >= 1000)
			return ng_not_modelled(task, "wc --%s", o == 1000 ? "help" : "version");
		if (o == '?')
			return cu_try_help(task, argv[0], 1);
		w.lines |= o == 'l';
		w.words |= o == 'w';
		w.bytes |= o == 'c' || o == 'm';
		w.longest |= o == 'L';
	}
	if (!w.lines && !w.words && !w.bytes && !w.longest)
		w.lines = w.words = w.bytes = true;
	w.width = width(task, &w, argc - st.optind, argv + st.optind);
	return count_files(task, &w, argc - st.optind, argv + st.optind);
}
