/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tr.c - tr
 */
#include "util.h"

#define SET_MAX 4096

int tr_main(struct ng_task *task, int argc, char **argv);

struct set {
	unsigned char c[SET_MAX];
	size_t n;
	size_t fill_at; /* [c*]: where it stands; n + 1: none */
};

static int escape(const char **s)
{
	static const char from[] = "abfnrtv\\";
	static const char to[] = "\a\b\f\n\r\t\v\\";
	const char *at;
	int v = 0, digits = 0;

	if (**s != '\\' || !(*s)[1])
		return (unsigned char)*(*s)++;
	(*s)++;
	at = strchr(from, **s);
	if (at) {
		(*s)++;
		return (unsigned char)to[at - from];
	}
	while (digits++ < 3 && **s >= '0' && **s <= '7')
		v = v * 8 + *(*s)++ - '0';
	return digits > 1 ? v & 255 : (unsigned char)*(*s)++;
}

static void add(struct set *set, int c)
{
	if (set->n < SET_MAX)
		set->c[set->n++] = (unsigned char)c;
}

static bool in_class(const char *name, size_t n, int c)
{
	static const char *const names[] = {
		"alpha", "digit", "alnum", "lower", "upper", "space",
		"blank", "punct", "cntrl", "print", "graph", "xdigit"
	};
	bool lower = c >= 'a' && c <= 'z', upper = c >= 'A' && c <= 'Z',
	     digit = c >= '0' && c <= '9';
	const bool is[] = { lower || upper,
			    digit,
			    lower || upper || digit,
			    lower,
			    upper,
			    c == ' ' || (c >= 9 && c <= 13),
			    c == ' ' || c == '\t',
			    c > 32 && c < 127 && !lower && !upper && !digit,
			    c < 32 || c == 127,
			    c >= 32 && c<127, c> 32 && c < 127,
			    digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strlen(names[i]) == n && !memcmp(names[i], name, n))
			return is[i];
	}
	return false;
}

static int parse_set(struct ng_task *task, struct set *set, const char *s)
{
	set->n = 0;
	set->fill_at = SET_MAX + 1;
	while (*s) {
		const char *close = s[0] == '[' && s[1] == ':' ? strstr(s + 2, ":]") : NULL;
		int from, to;

		if (close) {
			for (int c = 0; c < 256; c++) {
				if (in_class(s + 2, (size_t)(close - s - 2), c))
					add(set, c);
			}
			s = close + 2;
			continue;
		}
		if (s[0] == '[' && s[1] && s[2] == '*' && s[3] == ']') {
			set->fill_at = set->n;
			add(set, (unsigned char)s[1]);
			s += 4;
			continue;
		}
		from = escape(&s);
		if (s[0] != '-' || !s[1]) {
			add(set, from);
			continue;
		}
		s++;
		to = escape(&s);
		if (to < from) {
			prog_error(task, "tr", 0,
				   "range-endpoints of '%c-%c' are in reverse collating sequence "
				   "order",
				   from, to);
			return 1;
		}
		while (from <= to)
			add(set, from++);
	}
	return 0;
}

static void complement(struct set *set)
{
	bool has[256] = { false };

	for (size_t i = 0; i < set->n; i++)
		has[set->c[i]] = true;
	set->n = 0;
	for (int c = 0; c < 256; c++) {
		if (!has[c])
			add(set, c);
	}
}

struct tr {
	bool complement, delete, squeeze, truncate;
	bool gone[256], squeezed[256];
	unsigned char map[256];
};

static void make_map(struct tr *t, struct set *a, struct set *b)
{
	for (int c = 0; c < 256; c++)
		t->map[c] = (unsigned char)c;
	if (!b->n)
		return;
	if (b->fill_at < b->n) {
		size_t tail = b->n - b->fill_at - 1, grow = a->n > b->n ? a->n - b->n : 0;

		if (b->n + grow <= SET_MAX) {
			memmove(b->c + b->fill_at + 1 + grow, b->c + b->fill_at + 1, tail);
			memset(b->c + b->fill_at, b->c[b->fill_at], grow + 1);
			b->n += grow;
		}
	}
	for (size_t i = 0; i < a->n; i++) {
		if (i < b->n || !t->truncate)
			t->map[a->c[i]] = b->c[i < b->n ? i : b->n - 1];
	}
}

static void translate(struct ng_task *task, const struct tr *t)
{
	struct ng_out *out = ng_stdout(task);
	struct cu_in in;
	const char *data;
	size_t n;
	int last = -1;
	int err = cu_open(&in, task, "-");

	if (err < 0)
		prog_die(task, 1, "tr", -err, "read error");
	while ((n = cu_read(&in, &data)) > 0) {
		for (size_t i = 0; i < n; i++) {
			unsigned char c = (unsigned char)data[i];

			if (t->gone[c])
				continue;
			c = t->map[c];
			if (t->squeezed[c] && c == last)
				continue;
			ng_putc(out, (char)c);
			last = c;
		}
	}
}

static int missing(struct ng_task *task, int n, char **v)
{
	if (!n)
		prog_error(task, "tr", 0, "missing operand");
	else
		prog_error(task, "tr", 0, "missing operand after '%s'", v[n - 1]);
	return cu_try_help(task, "tr", 1);
}

static int set_up(struct ng_task *task, struct tr *t, int n, char **v)
{
	struct set *a = ng_task_alloc(task, sizeof(*a)), *b = ng_task_alloc(task, sizeof(*b));
	const struct set *squeeze;

	if (parse_set(task, a, v[0]) || (n > 1 && parse_set(task, b, v[1])))
		return 1;
	if (t->complement)
		complement(a);
	if (n > 1 && !t->delete &&!b->n) {
		prog_error(task, "tr", 0, "when not truncating set1, string2 must be non-empty");
		return 1;
	}
	make_map(t, a, t->delete ? &(struct set){ .n = 0 } : b);
	for (size_t i = 0; t->delete &&i < a->n; i++)
		t->gone[a->c[i]] = true;
	squeeze = n > 1 ? b : a;
	for (size_t i = 0; t->squeeze && i < squeeze->n; i++)
		t->squeezed[squeeze->c[i]] = true;
	return 0;
}

/**
 * tr_main() - tr [-cdst] set1 [set2]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int tr_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = { { "complement", 0, 'c' },
						    { "delete", 0, 'd' },
						    { "squeeze-repeats", 0, 's' },
						    { "truncate-set1", 0, 't' },
						    { "help", 0, 1000 },
						    { "version", 0, 1001 },
						    { NULL, 0, 0 } };
	struct ng_getopt st = { .task = task };
	struct tr *t = ng_task_alloc(task, sizeof(*t));
	int o, n;

	while ((o = ng_getopt_long(&st, argc, argv, "+cCdst", options)) != -1) {
		if (o >= 1000)
			return ng_not_modelled(task, "tr --%s", o == 1000 ? "help" : "version");
		if (o == '?')
			return cu_try_help(task, argv[0], 1);
		t->complement |= o == 'c' || o == 'C';
		t->delete |= o == 'd';
		t->squeeze |= o == 's';
		t->truncate |= o == 't';
	}
	n = argc - st.optind;
	if (n < 1 || (n < 2 && !t->delete &&!t->squeeze)) {
		if (n == 1) {
			prog_error(task, "tr", 0, "missing operand after '%s'", argv[st.optind]);
			ng_puts(ng_stderr(task), "Two strings must be given when translating.\n");
			return cu_try_help(task, "tr", 1);
		}
		return missing(task, n, argv + st.optind);
	}
	if (n > 2 || (n > 1 && t->delete &&!t->squeeze)) {
		prog_error(task, "tr", 0, "extra operand '%s'", argv[st.optind + (n > 2 ? 2 : 1)]);
		if (n == 2)
			ng_puts(ng_stderr(task), "Only one string may be given when deleting "
						 "without squeezing repeats.\n");
		return cu_try_help(task, "tr", 1);
	}
	if (set_up(task, t, n, argv + st.optind))
		return 1;
	translate(task, t);
	return 0;
}
