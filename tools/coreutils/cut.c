/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cut.c - cut, uniq
 */
#include "util.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#define RANGES_MAX 64

int cut_main(struct ng_task *task, int argc, char **argv);
int uniq_main(struct ng_task *task, int argc, char **argv);

struct range {
	uint64_t from, to; /* 1-based; to UINT64_MAX: the end */
};

struct cut {
	struct ng_task *task;
	struct ng_out *out;
	char kind; /* f, c */
	char delim;
	const char *joiner;
	bool only_delimited, complement;
	struct range r[RANGES_MAX];
	int n;
};

static int bad_list(struct cut *c, const char *what)
{
	prog_error(c->task, "cut", 0, "%s", what);
	return cu_try_help(c->task, "cut", 1);
}

static const char *what_of(const struct cut *c)
{
	return c->kind == 'f' ? "fields" : "byte or character positions";
}

static int add_range(struct cut *c, const char *s, size_t n)
{
	char *item = ng_task_strndup(c->task, s, n), *dash = strchr(item, '-');
	struct range *r = &c->r[c->n];

	*r = (struct range){ 1, UINT64_MAX };
	if (dash)
		*dash = '\0';
	if ((*item && !cu_number(item, &r->from)) ||
	    (dash && dash[1] && !cu_number(dash + 1, &r->to))) {
		prog_error(c->task, "cut", 0,
			   c->kind == 'f' ? "invalid field value '%s'"
					  : "invalid byte/character position '%s'",
			   s);
		return cu_try_help(c->task, "cut", 1);
	}
	if (!dash)
		r->to = r->from;
	if (!*item && (!dash || !dash[1]))
		return bad_list(c, dash ? "invalid range with no endpoint: -"
				   : c->kind == 'f'
					   ? "fields are numbered from 1"
					   : "byte/character positions are numbered from 1");
	if (!r->from)
		return bad_list(c, c->kind == 'f' ? "fields are numbered from 1"
						  : "byte/character positions are numbered from 1");
	if (r->to < r->from)
		return bad_list(c, "invalid decreasing range");
	c->n++;
	return 0;
}

static int set_list(struct cut *c, char kind, const char *list)
{
	if (c->kind)
		return bad_list(c, "only one list may be specified");
	c->kind = kind;
	for (;;) {
		size_t n = strcspn(list, ", ");
		int err;

		if (c->n == RANGES_MAX)
			return ng_not_modelled(c->task, "cut with more than %d %s", RANGES_MAX,
					       what_of(c));
		err = add_range(c, list, n);
		if (err || !list[n])
			return err;
		list += n + 1;
	}
}

static bool selected(const struct cut *c, uint64_t i)
{
	for (int k = 0; k < c->n; k++) {
		if (i >= c->r[k].from && i <= c->r[k].to)
			return !c->complement;
	}
	return c->complement;
}

static void cut_line(const struct cut *c, const struct cu_line *line)
{
	const char *s = line->s, *end = s + line->len;
	bool first = true;

	if (c->kind == 'f' && !memchr(s, c->delim, line->len)) {
		if (!c->only_delimited)
			ng_printf(c->out, "%s\n", s);
		return;
	}
	for (uint64_t i = 1; s <= end; i++) {
		const char *stop = s + 1;

		if (c->kind == 'f') {
			stop = memchr(s, c->delim, (size_t)(end - s));
			stop = stop ? stop : end;
		} else if (s == end) {
			break;
		}
		if (selected(c, i)) {
			if (c->kind == 'f' && !first)
				ng_puts(c->out, c->joiner);
			ng_write(c->out, s, (size_t)(stop - s));
			first = false;
		}
		s = c->kind == 'f' ? stop + 1 : stop;
	}
	ng_putc(c->out, '\n');
}

static int cut_options(struct cut *c, struct ng_getopt *st, int argc, char **argv)
{
	static const struct ng_option options[] = {
		{ "fields", 1, 'f' },
		{ "characters", 1, 'c' },
		{ "bytes", 1, 'b' },
		{ "delimiter", 1, 'd' },
		{ "only-delimited", 0, 's' },
		{ "complement", 0, 1002 },
		{ "output-delimiter", 1, 1003 },
		{ "help", 0, 1000 },
		{ "version", 0, 1001 },
		{ NULL, 0, 0 },
	};
	bool delim = false;
	int o, err = 0;

	while (!err && (o = ng_getopt_long(st, argc, argv, "f:c:b:d:sn", options)) != -1) {
		if (o == 1000 || o == 1001)
			return ng_not_modelled(c->task, "cut --%s", o == 1000 ? "help" : "version");
		if (o == '?')
			return cu_try_help(c->task, argv[0], 1);
		if (o == 'f' || o == 'c' || o == 'b')
			err = set_list(c, o == 'f' ? 'f' : 'c', st->optarg);
		else if (o == 'd' && strlen(st->optarg) > 1)
			err = bad_list(c, "the delimiter must be a single character");
		else if (o == 'd')
			delim = true, c->delim = st->optarg[0];
		else if (o == 's')
			c->only_delimited = true;
		else if (o == 1002)
			c->complement = true;
		else if (o == 1003)
			c->joiner = st->optarg;
	}
	if (err)
		return err;
	if (!c->kind)
		return bad_list(c, "you must specify a list of bytes, characters, or fields");
	if (delim && c->kind != 'f')
		return bad_list(
			c, "an input delimiter may be specified only when operating on fields");
	return 0;
}

/**
 * cut_main() - cut -f list [-d char] [-s] or -c list [file ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int cut_main(struct ng_task *task, int argc, char **argv)
{
	struct cut c = { .task = task, .out = ng_stdout(task), .delim = '\t' };
	struct ng_getopt st = { .task = task };
	int err = cut_options(&c, &st, argc, argv), status = 0;
	char joiner[2];

	if (err)
		return err;
	joiner[0] = c.delim;
	joiner[1] = '\0';
	if (!c.joiner)
		c.joiner = joiner;
	if (st.optind == argc)
		argv[--st.optind] = ng_task_strdup(task, "-");
	for (int i = st.optind; i < argc; i++) {
		struct cu_line line;
		struct cu_in in;

		err = cu_open(&in, task, argv[i]);
		if (err < 0) {
			prog_error(task, "cut", -err, "%s", argv[i]);
			status = 1;
			continue;
		}
		while (cu_line_next(&in, &line))
			cut_line(&c, &line);
		cu_close(&in);
	}
	return status;
}

struct uniq {
	struct ng_task *task;
	struct ng_out *out;
	bool count, repeated, single, icase;
	uint64_t skip_fields, skip_chars;
};

static const char *uniq_key(const struct uniq *u, const char *s)
{
	for (uint64_t i = 0; i < u->skip_fields && *s; i++) {
		s += strspn(s, " \t");
		s += strcspn(s, " \t");
	}
	for (uint64_t i = 0; i < u->skip_chars && *s; i++)
		s++;
	return s;
}

static void uniq_show(const struct uniq *u, const char *s, uint64_t n)
{
	if (!n || (u->repeated && n == 1) || (u->single && n > 1))
		return;
	if (u->count)
		ng_printf(u->out, "%7llu ", (unsigned long long)n);
	ng_printf(u->out, "%s\n", s);
}

static void uniq_lines(const struct uniq *u, struct cu_in *in)
{
	struct cu_line line;
	char *last = NULL;
	size_t cap = 0;
	uint64_t n = 0;

	while (cu_line_next(in, &line)) {
		const char *key = uniq_key(u, line.s), *old = n ? uniq_key(u, last) : "";

		if (n && !(u->icase ? strcasecmp(key, old) : strcmp(key, old))) {
			n++;
			continue;
		}
		uniq_show(u, last, n);
		if (cap < line.len + 1) {
			cap = line.len * 2 + 64;
			last = ng_task_alloc(u->task, cap);
		}
		memcpy(last, line.s, line.len + 1);
		n = 1;
	}
	uniq_show(u, last, n);
}

/**
 * uniq_main() - uniq [-cdiu] [-f n] [-s n] [input [output]]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int uniq_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = {
		{ "count", 0, 'c' },	   { "repeated", 0, 'd' },    { "unique", 0, 'u' },
		{ "ignore-case", 0, 'i' }, { "skip-fields", 1, 'f' }, { "skip-chars", 1, 's' },
		{ "help", 0, 1000 },	   { "version", 0, 1001 },    { NULL, 0, 0 },
	};
	struct uniq u = { .task = task, .out = ng_stdout(task) };
	struct ng_getopt st = { .task = task };
	const char *path;
	struct cu_in in;
	int o, err;

	while ((o = ng_getopt_long(&st, argc, argv, "cduif:s:Dw:z", options)) != -1) {
		if (o >= 1000 || o == 'D' || o == 'w' || o == 'z')
			return ng_not_modelled(task, "uniq %s", argv[st.optind - 1]);
		if (o == '?')
			return cu_try_help(task, argv[0], 1);
		u.count |= o == 'c';
		u.repeated |= o == 'd';
		u.single |= o == 'u';
		u.icase |= o == 'i';
		if ((o == 'f' && !cu_number(st.optarg, &u.skip_fields)) ||
		    (o == 's' && !cu_number(st.optarg, &u.skip_chars))) {
			prog_error(task, "uniq", 0, "%s: invalid number of %s to skip", st.optarg,
				   o == 'f' ? "fields" : "bytes");
			return 1;
		}
	}
	if (argc - st.optind > 2) {
		prog_error(task, "uniq", 0, "extra operand '%s'", argv[st.optind + 2]);
		return cu_try_help(task, argv[0], 1);
	}
	path = st.optind < argc ? argv[st.optind] : "-";
	err = cu_open(&in, task, path);
	if (err < 0) {
		prog_error(task, "uniq", in.unreadable ? 0 : -err,
			   in.unreadable ? "error reading '%s'" : "%s", path);
		return 1;
	}
	if (argc - st.optind == 2) {
		int fd = ng_sys_open(task, argv[st.optind + 1], O_WRONLY | O_CREAT | O_TRUNC, 0666);

		if (fd < 0) {
			prog_error(task, "uniq", -fd, "%s", argv[st.optind + 1]);
			return 1;
		}
		ng_sys_dup2(task, fd, 1);
	}
	uniq_lines(&u, &in);
	return 0;
}
