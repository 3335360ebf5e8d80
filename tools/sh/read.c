/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read.c - read and mapfile
 *
 * Input is taken byte by byte, as bash does from a pipe, so that the program
 * that reads next finds what follows the line.
 */
#include "builtin.h"

#include "../lib/program.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

struct reader {
	struct sh *sh;
	struct sh_buf line;
	struct sh_buf quoted; /* one byte each: was a backslash before it? */
	int fd;
	char delim;
	bool raw;
	int64_t max;	     /* characters; -1: any */
	int64_t deadline_ns; /* -1: none */
	bool timed_out;
};

/* The next byte; -1 at the end. */
static int next_byte(struct reader *r)
{
	struct pollfd p = { .fd = r->fd, .events = POLLIN };
	unsigned char c;
	ssize_t n;

	if (r->deadline_ns >= 0) {
		int64_t left = r->deadline_ns - ng_sys_clock_monotonic(r->sh->task);

		if (ng_sys_poll(r->sh->task, &p, 1, left > 0 ? left : 0) <= 0) {
			r->timed_out = true;
			return -1;
		}
	}
	while ((n = ng_sys_read(r->sh->task, r->fd, &c, 1)) == -EINTR)
		sh_take_signals(r->sh);
	if (n < 0)
		sh_error(r->sh, "read: read error: %d: %s", r->fd, ng_strerror((int)-n));
	return n == 1 ? c : -1;
}

static void put(struct reader *r, char c, bool quoted)
{
	sh_buf_putc(&r->line, c);
	sh_buf_putc(&r->quoted, quoted ? 1 : 0);
}

/* False at the end of the input. */
static bool read_line(struct reader *r)
{
	for (int64_t n = 0; r->max < 0 || n < r->max; n++) {
		int c = next_byte(r);

		if (c == -1)
			return false;
		if (c == (unsigned char)r->delim)
			return true;
		if (c == '\\' && !r->raw) {
			c = next_byte(r);
			if (c == -1)
				return false;
			if (c != '\n')
				put(r, (char)c, true);
			continue;
		}
		if (c && r->line.len < SH_LINE_MAX)
			put(r, (char)c, false);
	}
	return true;
}

static bool is_ifs(const struct reader *r, const char *ifs, size_t i)
{
	return i < r->line.len && !r->quoted.s[i] && strchr(ifs, r->line.s[i]);
}

static bool is_blank(const struct reader *r, const char *ifs, size_t i)
{
	return is_ifs(r, ifs, i) && strchr(" \t\n", r->line.s[i]);
}

/* One field from *at; the last variable takes the rest. */
static char *take_field(const struct reader *r, const char *ifs, size_t *at, bool last)
{
	size_t start, end;
	char *field;

	while (is_blank(r, ifs, *at))
		(*at)++;
	start = *at;
	if (!last) {
		while (*at < r->line.len && !is_ifs(r, ifs, *at))
			(*at)++;
		field = sh_pool_strndup(&r->sh->pool, r->line.s + start, *at - start);
		while (is_blank(r, ifs, *at))
			(*at)++;
		if (is_ifs(r, ifs, *at) && !is_blank(r, ifs, *at))
			(*at)++;
		while (is_blank(r, ifs, *at))
			(*at)++;
		return field;
	}
	end = r->line.len;
	while (end > start && is_blank(r, ifs, end - 1))
		end--;
	/* a single field may lose one separator behind it, as a field in the middle does */
	if (end > start && is_ifs(r, ifs, end - 1) && !is_blank(r, ifs, end - 1)) {
		size_t k = start;

		while (k < end - 1 && !is_ifs(r, ifs, k))
			k++;
		if (k == end - 1)
			end--;
	}
	*at = r->line.len;
	return sh_pool_strndup(&r->sh->pool, r->line.s ? r->line.s + start : "", end - start);
}

static int assign_names(struct reader *r, int n, char **names)
{
	const char *ifs = sh_var_get(r->sh, "IFS");
	size_t at = 0;
	int status = 0;

	if (!ifs)
		ifs = " \t\n";
	sh_buf_str(&r->line);
	sh_buf_str(&r->quoted);
	for (int i = 0; i < n; i++) {
		if (!sh_var_set(r->sh, names[i], take_field(r, ifs, &at, i == n - 1)))
			status = 1;
	}
	return status;
}

static int assign_array(struct reader *r, const char *name)
{
	const char *ifs = sh_var_get(r->sh, "IFS");
	int64_t index = 0;
	size_t at = 0;

	sh_buf_str(&r->line);
	sh_buf_str(&r->quoted);
	if (!sh_elem_set(r->sh, name, 0, "", false))
		return 1;
	sh_array_clear(sh_var_find(r->sh, name));
	while (is_blank(r, ifs ? ifs : " \t\n", at))
		at++;
	while (at < r->line.len)
		sh_elem_set(r->sh, name, index++, take_field(r, ifs ? ifs : " \t\n", &at, false),
			    false);
	return 0;
}

static int64_t seconds(const char *s)
{
	return (int64_t)(strtod(s, NULL) * (double)NSEC_PER_SEC);
}

static int read_options(struct reader *r, struct sh_opts *o, int argc, char **argv,
			const char **ret_array)
{
	int c;

	while ((c = sh_option(r->sh, o, argc, argv, r->sh->dash ? "rp:" : "ersa:d:i:n:N:p:t:u:")) !=
	       0) {
		switch (c) {
		case '?':
			return SH_STATUS_USAGE;
		case 'r':
			r->raw = true;
			break;
		case 'a':
			*ret_array = o->arg;
			break;
		case 'd':
			r->delim = o->arg[0];
			break;
		case 'n':
		case 'N':
			if (!sh_number(o->arg, &r->max))
				return sh_builtin_error(r->sh, argv[0], "%s: invalid number",
							o->arg);
			break;
		case 't':
			if (strspn(o->arg, "0123456789.") != strlen(o->arg))
				return sh_builtin_error(r->sh, argv[0],
							"%s: invalid timeout specification",
							o->arg);
			r->deadline_ns = ng_sys_clock_monotonic(r->sh->task) + seconds(o->arg);
			break;
		case 'u':
			r->fd = atoi(o->arg);
			break;
		case 'p':
			if (ng_sys_isatty(r->sh->task, r->fd) == 1)
				ng_puts(r->sh->err, o->arg);
			break;
		}
	}
	return 0;
}

/**
 * sh_bi_read() - read [-r] [-a array] [-d delim] [-n count] [-p prompt] [-t seconds] [-u fd] [name ...]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: 1 at the end of the input.
 */
int sh_bi_read(struct sh *sh, int argc, char **argv)
{
	struct reader r = { .sh = sh,
			    .line.pool = &sh->pool,
			    .quoted.pool = &sh->pool,
			    .delim = '\n',
			    .max = -1,
			    .deadline_ns = -1 };
	struct sh_opts o = { 0 };
	const char *array = NULL;
	int status = read_options(&r, &o, argc, argv, &array);
	bool ok;

	if (status)
		return status;
	if (o.at >= argc && sh->dash)
		return sh_builtin_error(sh, argv[0], "arg count");
	for (int i = o.at; i < argc; i++) {
		if (!sh_is_name(argv[i]))
			return sh_builtin_error(sh, argv[0], "`%s': not a valid identifier",
						argv[i]);
	}
	ng_flush(sh->out);
	ok = read_line(&r);
	if (array)
		status = assign_array(&r, array);
	else if (o.at < argc)
		status = assign_names(&r, argc - o.at, argv + o.at);
	else
		status = !sh_var_set(sh, "REPLY", sh_buf_str(&r.line));
	if (r.timed_out)
		return 142;
	return ok ? status : 1;
}

/**
 * sh_bi_mapfile() - mapfile and readarray [-t] [-d delim] [-n count] [-u fd] [array]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_mapfile(struct sh *sh, int argc, char **argv)
{
	struct reader r = { .sh = sh,
			    .line.pool = &sh->pool,
			    .quoted.pool = &sh->pool,
			    .delim = '\n',
			    .max = -1,
			    .deadline_ns = -1,
			    .raw = true };
	struct sh_opts o = { 0 };
	int64_t count = INT64_MAX;
	bool strip = false, more = true;
	const char *name;
	int c;

	while ((c = sh_option(sh, &o, argc, argv, "d:n:O:s:tu:C:c:")) != 0) {
		if (c == '?')
			return SH_STATUS_USAGE;
		if (c == 't')
			strip = true;
		else if (c == 'd')
			r.delim = o.arg[0];
		else if (c == 'n')
			count = atoi(o.arg) > 0 ? atoi(o.arg) : INT64_MAX;
		else if (c == 'u')
			r.fd = atoi(o.arg);
		else
			return ng_not_modelled(sh->task, "sh: %s -%c", argv[0], c);
	}
	name = o.at < argc ? argv[o.at] : "MAPFILE";
	if (!sh_is_name(name))
		return sh_builtin_error(sh, argv[0], "`%s': not a valid identifier", name);
	if (!sh_elem_set(sh, name, 0, "", false))
		return 1;
	sh_array_clear(sh_var_find(sh, name));
	ng_flush(sh->out);
	for (int64_t i = 0; more && i < count; i++) {
		r.line.len = r.quoted.len = 0;
		more = read_line(&r);
		if (!more && !r.line.len)
			break;
		if (more && !strip)
			put(&r, r.delim, false);
		sh_buf_str(&r.line)[r.line.len] = '\0';
		sh_elem_set(sh, name, i, r.line.s, false);
	}
	return 0;
}
