/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sort.c - sort
 */
#include "util.h"

#include <fcntl.h>
#include <stdlib.h>

int sort_main(struct ng_task *task, int argc, char **argv);

struct key {
	size_t from_field, from_char; /* 1-based */
	size_t to_field, to_char;     /* 0: the end of the line or field */
	bool numeric, reverse, blanks, fold, human_version, own;
};

struct sort {
	struct ng_task *task;
	struct key global;
	struct key keys[8];
	int nkeys;
	int separator; /* -1: where blanks begin */
	bool unique, stable, check;
	struct cu_line *lines;
	size_t n, cap;
	const char *output;
};

struct piece {
	const char *s;
	size_t len;
};

/* The start of a field (1-based), and where it ends. */
static const char *find_field(const struct sort *o, const char *s, const char *end, size_t field)
{
	while (--field && s < end) {
		if (o->separator >= 0) {
			while (s < end && *s != o->separator)
				s++;
			s += s < end;
		} else {
			while (s < end && (*s == ' ' || *s == '\t'))
				s++;
			while (s < end && *s != ' ' && *s != '\t')
				s++;
		}
	}
	return s;
}

static const char *field_end(const struct sort *o, const char *s, const char *end)
{
	if (o->separator >= 0) {
		while (s < end && *s != o->separator)
			s++;
		return s;
	}
	while (s < end && (*s == ' ' || *s == '\t'))
		s++;
	while (s < end && *s != ' ' && *s != '\t')
		s++;
	return s;
}

static struct piece key_of(const struct sort *o, const struct key *k, const struct cu_line *line)
{
	const char *end = line->s + line->len, *from = find_field(o, line->s, end, k->from_field),
		   *to = end;

	if (k->blanks) {
		while (from < end && (*from == ' ' || *from == '\t'))
			from++;
	}
	from += k->from_char - 1 < (size_t)(end - from) ? k->from_char - 1 : (size_t)(end - from);
	if (k->to_field) {
		const char *f = find_field(o, line->s, end, k->to_field);

		to = k->to_char
			     ? f + (k->to_char < (size_t)(end - f) ? k->to_char : (size_t)(end - f))
			     : field_end(o, f, end);
	}
	if (to < from)
		to = from;
	return (struct piece){ from, (size_t)(to - from) };
}

/* Compares decimal numbers of any length, as sort -n. */
static int compare_numbers(struct piece a, struct piece b)
{
	char x[400], y[400];
	double p, q;

	memcpy(x, a.s, a.len < 399 ? a.len : 399);
	x[a.len < 399 ? a.len : 399] = '\0';
	memcpy(y, b.s, b.len < 399 ? b.len : 399);
	y[b.len < 399 ? b.len : 399] = '\0';
	x[strspn(x, " \t-0123456789.")] = '\0';
	y[strspn(y, " \t-0123456789.")] = '\0';
	p = strtod(x, NULL);
	q = strtod(y, NULL);
	return (p > q) - (p < q);
}

static int lower(char c)
{
	return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : (unsigned char)c;
}

static int compare_text(struct piece a, struct piece b, bool fold)
{
	size_t n = a.len < b.len ? a.len : b.len;

	for (size_t i = 0; i < n; i++) {
		int x = fold ? lower(a.s[i]) : (unsigned char)a.s[i];
		int y = fold ? lower(b.s[i]) : (unsigned char)b.s[i];

		if (x != y)
			return x - y;
	}
	return (a.len > b.len) - (a.len < b.len);
}

static int digit_run(const char *s, size_t len, size_t *at)
{
	int n = 0;

	while (*at < len && s[*at] >= '0' && s[*at] <= '9' && n < 100000000)
		n = n * 10 + s[(*at)++] - '0';
	return n;
}

/* Digits end a piece of text, so they come first; letters come before other characters. */
static int version_order(char c)
{
	if (c >= '0' && c <= '9')
		return 0;
	if (c == '~')
		return -1;
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
		return (unsigned char)c;
	return (unsigned char)c + 256;
}

/* -V for plain names: runs of digits count as numbers */
static int compare_versions(struct piece a, struct piece b)
{
	size_t i = 0, k = 0;

	while (i < a.len && k < b.len) {
		bool x = a.s[i] >= '0' && a.s[i] <= '9', y = b.s[k] >= '0' && b.s[k] <= '9';

		if (x && y) {
			int p = digit_run(a.s, a.len, &i), q = digit_run(b.s, b.len, &k);

			if (p != q)
				return p - q;
		} else if (a.s[i] != b.s[k]) {
			return version_order(a.s[i]) - version_order(b.s[k]);
		} else {
			i++;
			k++;
		}
	}
	return (int)(a.len - i > 0) - (int)(b.len - k > 0);
}

static int compare_key(const struct sort *o, const struct key *k, const struct cu_line *a,
		       const struct cu_line *b)
{
	struct piece x = key_of(o, k, a), y = key_of(o, k, b);
	int c = k->numeric	   ? compare_numbers(x, y)
		: k->human_version ? compare_versions(x, y)
				   : compare_text(x, y, k->fold);

	return k->reverse ? -c : c;
}

static int compare(const struct sort *o, const struct cu_line *a, const struct cu_line *b,
		   bool last_resort)
{
	struct piece x = { a->s, a->len }, y = { b->s, b->len };
	int c = 0;

	for (int i = 0; !c && i < o->nkeys; i++)
		c = compare_key(o, &o->keys[i], a, b);
	if (!o->nkeys)
		c = compare_key(o, &o->global, a, b);
	if (c || !last_resort)
		return c;
	c = compare_text(x, y, false);
	return o->global.reverse ? -c : c;
}

/* Merge sort: stable, and no callback with hidden state. */
static void merge_sort(const struct sort *o, struct cu_line *v, struct cu_line *tmp, size_t n)
{
	bool last_resort = !o->stable && !o->unique;

	for (size_t width = 1; width < n; width *= 2) {
		for (size_t from = 0; from < n; from += 2 * width) {
			size_t mid = from + width < n ? from + width : n,
			       end = from + 2 * width < n ? from + 2 * width : n;
			size_t i = from, k = mid;

			for (size_t at = from; at < end; at++) {
				if (i < mid &&
				    (k >= end || compare(o, &v[i], &v[k], last_resort) <= 0))
					tmp[at] = v[i++];
				else
					tmp[at] = v[k++];
			}
		}
		memcpy(v, tmp, n * sizeof(*v));
	}
}

static void add_flag(struct key *k, char c)
{
	k->numeric |= c == 'n' || c == 'g';
	k->reverse |= c == 'r';
	k->blanks |= c == 'b';
	k->fold |= c == 'f';
	k->human_version |= c == 'V';
	k->own = true;
}

static const char *parse_position(const char *s, size_t *field, size_t *ch)
{
	char *end;

	*field = strtoul(s, &end, 10);
	s = end;
	if (*s == '.') {
		*ch = strtoul(s + 1, &end, 10);
		s = end;
	}
	return s;
}

static int add_key(struct sort *o, const char *arg)
{
	struct key *k = &o->keys[o->nkeys];
	const char *s;

	if (o->nkeys == 8)
		return ng_not_modelled(o->task, "sort with more than 8 keys");
	*k = (struct key){ .from_char = 1 };
	s = parse_position(arg, &k->from_field, &k->from_char);
	while (*s && strchr("nrbfgV", *s))
		add_flag(k, *s++);
	if (*s == ',') {
		s = parse_position(s + 1, &k->to_field, &k->to_char);
		while (*s && strchr("nrbfgV", *s))
			add_flag(k, *s++);
	}
	if (!k->from_field) {
		prog_error(o->task, "sort", 0,
			   "field number is zero: invalid field specification '%s'", arg);
		return 2;
	}
	if (*s || !k->from_char) {
		prog_error(o->task, "sort", 0,
			   "stray character in field spec: invalid field specification '%s'", arg);
		return 2;
	}
	o->nkeys++;
	return 0;
}

static int read_file(struct sort *o, const char *path)
{
	struct cu_in in;
	struct cu_line line;
	int err = cu_open(&in, o->task, path);

	if (err < 0) {
		prog_error(o->task, "sort", -err, "%s: %s",
			   in.unreadable ? "read failed" : "cannot read", path);
		return 2;
	}
	while (cu_line_next(&in, &line)) {
		if (o->n == o->cap) {
			size_t cap = o->cap ? o->cap * 2 : 256;

			o->lines = ng_task_realloc(o->task, o->lines, o->cap * sizeof(line),
						   cap * sizeof(line));
			o->cap = cap;
		}
		line.s = ng_task_strndup(o->task, line.s, line.len);
		o->lines[o->n++] = line;
	}
	cu_close(&in);
	return 0;
}

static int check_order(const struct sort *o, const char *name)
{
	for (size_t i = 1; i < o->n; i++) {
		int c = compare(o, &o->lines[i - 1], &o->lines[i], !o->unique);

		if (c > 0 || (c == 0 && o->unique)) {
			prog_error(o->task, "sort", 0, "%s:%zu: disorder: %s", name, i + 1,
				   o->lines[i].s);
			return 1;
		}
	}
	return 0;
}

static int write_lines(struct sort *o)
{
	struct ng_out *out = ng_stdout(o->task);

	if (o->output) {
		int fd = ng_sys_open(o->task, o->output, O_WRONLY | O_CREAT | O_TRUNC, 0666);

		if (fd < 0) {
			prog_error(o->task, "sort", -fd, "open failed: %s", o->output);
			return 2;
		}
		ng_sys_dup2(o->task, fd, 1);
	}
	for (size_t i = 0; i < o->n; i++) {
		if (o->unique && i && !compare(o, &o->lines[i - 1], &o->lines[i], false))
			continue;
		ng_write(out, o->lines[i].s, o->lines[i].len);
		ng_putc(out, '\n');
	}
	return 0;
}

static int sort_options(struct sort *o, struct ng_getopt *st, int argc, char **argv)
{
	static const struct ng_option options[] = {
		{ "numeric-sort", 0, 'n' },
		{ "reverse", 0, 'r' },
		{ "unique", 0, 'u' },
		{ "key", 1, 'k' },
		{ "field-separator", 1, 't' },
		{ "stable", 0, 's' },
		{ "output", 1, 'o' },
		{ "check", 2, 'c' },
		{ "ignore-case", 0, 'f' },
		{ "ignore-leading-blanks", 0, 'b' },
		{ "version-sort", 0, 'V' },
		{ "general-numeric-sort", 0, 'g' },
		{ "help", 0, 1000 },
		{ "version", 0, 1001 },
		{ NULL, 0, 0 },
	};
	int c, err = 0;

	while (!err && (c = ng_getopt_long(st, argc, argv, "nruk:t:so:cfbVghMR", options)) != -1) {
		if (c >= 1000 || c == 'h' || c == 'M' || c == 'R')
			return ng_not_modelled(o->task, "sort %s", argv[st->optind - 1]);
		if (c == '?')
			return cu_try_help(o->task, argv[0], 2);
		if (c == 'k')
			err = add_key(o, st->optarg);
		else if (c == 't' && (!st->optarg[0] || st->optarg[1]) && strcmp(st->optarg, "\\0"))
			err = (prog_error(o->task, "sort", 0, "%s '%s'", "multi-character tab",
					  st->optarg),
			       2);
		else if (c == 't')
			o->separator = (unsigned char)(st->optarg[0] == '\\' ? 0 : st->optarg[0]);
		else if (c == 'u')
			o->unique = true;
		else if (c == 's')
			o->stable = true;
		else if (c == 'o')
			o->output = st->optarg;
		else if (c == 'c')
			o->check = true;
		else
			add_flag(&o->global, (char)c);
	}
	return err;
}

/**
 * sort_main() - sort [-bcfgnrsuV] [-k key] [-t char] [-o file] [file ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0, 1 in disorder with -c, 2 after an error.
 */
int sort_main(struct ng_task *task, int argc, char **argv)
{
	struct sort o = { .task = task,
			  .separator = -1,
			  .global = { .from_field = 1, .from_char = 1 } };
	struct ng_getopt st = { .task = task };
	int err = sort_options(&o, &st, argc, argv);

	if (err)
		return err;
	for (int i = 0; i < o.nkeys; i++) {
		if (!o.keys[i].own) {
			o.keys[i].numeric = o.global.numeric;
			o.keys[i].reverse = o.global.reverse;
			o.keys[i].blanks = o.global.blanks;
			o.keys[i].fold = o.global.fold;
			o.keys[i].human_version = o.global.human_version;
		}
	}
	if (st.optind == argc)
		argv[--st.optind] = ng_task_strdup(task, "-");
	for (int i = st.optind; i < argc; i++) {
		err = read_file(&o, argv[i]);
		if (err)
			return err;
	}
	if (o.check)
		return check_order(&o, argv[st.optind]);
	if (o.n)
		merge_sort(&o, o.lines, ng_task_alloc(task, o.n * sizeof(*o.lines)), o.n);
	return write_lines(&o);
}
