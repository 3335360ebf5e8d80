/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grep.c - grep
 *
 * grep_main()
 *   compile()
 *   grep_file()
 *     find_match()
 *     print_line()
 */
#include "grep_perl.h"
#include "util.h"

#include "../sh/test.h"

#include <errno.h>
#include <regex.h>
#include <stdlib.h>

#define PATTERNS_MAX 64

int grep_main(struct ng_task *task, int argc, char **argv);
int egrep_main(struct ng_task *task, int argc, char **argv);
int fgrep_main(struct ng_task *task, int argc, char **argv);

struct pattern {
	const char *text;
	regex_t re;
	bool compiled;
	struct grep_perl *perl; /* -P */
};

struct grep {
	struct ng_task *task;
	struct ng_out *out;
	struct pattern p[PATTERNS_MAX];
	int n;
	char kind; /* G E F P */
	bool invert, icase, word, whole, count, only, quiet, number, list, list_without,
		no_messages;
	int names; /* -1 -h, 1 -H, 0 by number of files */
	uint64_t max, before, after;
	bool found;
};

/* State of one file. */
struct scan {
	const char *name; /* shown, or NULL */
	uint64_t line, hits, last_shown;
	uint64_t after_left;
	char **ring; /* lines before */
	size_t *ring_len;
	bool any_shown;
};

static void free_patterns(void *arg)
{
	struct grep *g = arg;

	for (int i = 0; i < g->n; i++) {
		if (g->p[i].compiled)
			regfree(&g->p[i].re);
		g->p[i].compiled = false;
	}
}

/* Several patterns may stand in one argument, a line each. */
static int add_patterns(struct grep *g, const char *text)
{
	for (;;) {
		size_t n = strcspn(text, "\n");

		if (g->n == PATTERNS_MAX)
			return ng_not_modelled(g->task, "grep with more than %d patterns",
					       PATTERNS_MAX);
		g->p[g->n++].text = ng_task_strndup(g->task, text, n);
		if (!text[n])
			return 0;
		text += n + 1;
	}
}

static int add_file(struct grep *g, const char *path)
{
	struct cu_in in;
	struct cu_line line;
	int err = cu_open(&in, g->task, path);

	if (err < 0) {
		prog_error(g->task, "grep", -err, "%s", path);
		return 2;
	}
	while (!err && cu_line_next(&in, &line))
		err = add_patterns(g, line.s);
	cu_close(&in);
	return err;
}

static int compile_perl(struct grep *g)
{
	if (g->n > 1) {
		prog_error(g->task, "grep", 0, "the -P option only supports a single pattern");
		return 2;
	}
	g->p[0].perl = grep_perl_compile(g->task, g->p[0].text, g->icase,
					 g->whole  ? "^(?:"
					 : g->word ? "(?<!\\w)(?:"
						   : "",
					 g->whole  ? ")$"
					 : g->word ? ")(?!\\w)"
						   : "");
	return g->p[0].perl ? 0 : 2;
}

static int compile(struct grep *g)
{
	char message[200];

	if (g->kind == 'P')
		return compile_perl(g);
	for (int i = 0; i < g->n; i++) {
		int flags = (g->kind == 'E' ? REG_EXTENDED : 0) | (g->icase ? REG_ICASE : 0), err;

		if (g->kind == 'F')
			continue;
		if (!ng_regex_bounded(g->p[i].text)) {
			prog_error(g->task, "grep", 0, "regular expression too big");
			return 2;
		}
		err = regcomp(&g->p[i].re, g->p[i].text, flags);
		if (err) {
			regerror(err, &g->p[i].re, message, sizeof(message));
			prog_error(g->task, "grep", 0, "%s",
				   err == REG_BADRPT ? "Invalid preceding regular expression"
						     : message);
			return 2;
		}
		g->p[i].compiled = true;
	}
	return 0;
}

static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

static const char *find_text(const struct grep *g, const char *s, const char *text)
{
	size_t n = strlen(text);

	if (!g->icase)
		return strstr(s, text);
	for (; *s; s++) {
		if (!strncasecmp(s, text, n))
			return s;
	}
	return n ? NULL : s;
}

/* The first match of one pattern at or behind @from. */
static bool match_pattern(const struct grep *g, const struct pattern *p, const struct cu_line *line,
			  size_t from, regmatch_t *m)
{
	const char *s = line->s, *at;

	if (p->perl)
		return grep_perl_match(p->perl, s, line->len, from, m);
	if (g->kind != 'F') {
		if (regexec(&p->re, s + from, 1, m, from ? REG_NOTBOL : 0))
			return false;
		m->rm_so += (regoff_t)from;
		m->rm_eo += (regoff_t)from;
		return true;
	}
	at = find_text(g, s + from, p->text);
	if (!at)
		return false;
	m->rm_so = (regoff_t)(at - s);
	m->rm_eo = m->rm_so + (regoff_t)strlen(p->text);
	return true;
}

static bool fits(const struct grep *g, const struct cu_line *line, const regmatch_t *m)
{
	if (g->whole)
		return m->rm_so == 0 && (size_t)m->rm_eo == line->len;
	if (!g->word)
		return true;
	return (m->rm_so == 0 || !is_word_char(line->s[m->rm_so - 1])) &&
	       ((size_t)m->rm_eo == line->len || !is_word_char(line->s[m->rm_eo]));
}

/* The leftmost, longest match of any pattern. */
static bool find_match(const struct grep *g, const struct cu_line *line, size_t from,
		       regmatch_t *ret)
{
	bool found = false;

	for (int i = 0; i < g->n; i++) {
		regmatch_t m;
		size_t at = from;

		while (at <= line->len && match_pattern(g, &g->p[i], line, at, &m)) {
			if (fits(g, line, &m)) {
				if (!found || m.rm_so < ret->rm_so ||
				    (m.rm_so == ret->rm_so && m.rm_eo > ret->rm_eo))
					*ret = m;
				found = true;
				break;
			}
			at = (size_t)m.rm_so + 1;
		}
	}
	return found;
}

static void prefix(const struct grep *g, const struct scan *s, uint64_t line, char mark)
{
	if (s->name)
		ng_printf(g->out, "%s%c", s->name, mark);
	if (g->number)
		ng_printf(g->out, "%llu%c", (unsigned long long)line, mark);
}

static void print_only(const struct grep *g, const struct scan *s, const struct cu_line *line)
{
	regmatch_t m;
	size_t at = 0;

	while (at <= line->len && find_match(g, line, at, &m)) {
		if (m.rm_eo > m.rm_so) {
			prefix(g, s, s->line, ':');
			ng_printf(g->out, "%.*s\n", (int)(m.rm_eo - m.rm_so), line->s + m.rm_so);
		}
		at = (size_t)(m.rm_eo > m.rm_so ? m.rm_eo : m.rm_eo + 1);
	}
}

static void put_line(const struct grep *g, struct scan *s, const char *text, uint64_t number,
		     char mark)
{
	if ((g->before || g->after) && s->any_shown && number > s->last_shown + 1)
		ng_puts(g->out, "--\n");
	prefix(g, s, number, mark);
	ng_printf(g->out, "%s\n", text);
	s->last_shown = number;
	s->any_shown = true;
}

static void print_hit(struct grep *g, struct scan *s, const struct cu_line *line)
{
	if (g->only) {
		if (!g->invert)
			print_only(g, s, line);
		return;
	}
	for (uint64_t k = g->before; k >= 1; k--) {
		if (s->line > k && s->line - k > s->last_shown &&
		    s->ring[(s->line - k) % g->before])
			put_line(g, s, s->ring[(s->line - k) % g->before], s->line - k, '-');
	}
	put_line(g, s, line->s, s->line, ':');
	s->after_left = g->after;
}

static void remember(const struct grep *g, struct scan *s, const struct cu_line *line)
{
	char **slot;
	size_t *cap;

	if (!g->before)
		return;
	slot = &s->ring[s->line % g->before];
	cap = &s->ring_len[s->line % g->before];
	if (*cap < line->len + 1) {
		*slot = ng_task_alloc(g->task, line->len + 64);
		*cap = line->len + 64;
	}
	memcpy(*slot, line->s, line->len + 1);
}

static void grep_file(struct grep *g, struct cu_in *in, const char *path, bool named)
{
	struct scan s = { .name = named ? path : NULL };
	bool silent = g->quiet || g->list || g->list_without || g->count;
	struct cu_line line;
	regmatch_t m;

	if (g->before) {
		s.ring = ng_task_alloc(g->task, (size_t)g->before * sizeof(*s.ring));
		s.ring_len = ng_task_alloc(g->task, (size_t)g->before * sizeof(*s.ring_len));
	}
	while (s.hits < g->max && cu_line_next(in, &line)) {
		s.line++;
		if (find_match(g, &line, 0, &m) != g->invert) {
			s.hits++;
			g->found = true;
			if (!silent)
				print_hit(g, &s, &line);
			else if (!g->count)
				break;
		} else if (s.after_left && !silent && !g->only) {
			s.after_left--;
			put_line(g, &s, line.s, s.line, '-');
		}
		remember(g, &s, &line);
	}
	if (g->count && !g->quiet && !g->list && !g->list_without)
		ng_printf(g->out, "%s%s%llu\n", s.name ? s.name : "", s.name ? ":" : "",
			  (unsigned long long)s.hits);
	if (!g->quiet && (g->list ? s.hits > 0 : g->list_without && !s.hits))
		ng_printf(g->out, "%s\n", path);
}

static int context(struct grep *g, const char *arg, uint64_t *a, uint64_t *b)
{
	uint64_t n;

	if (!cu_number(arg, &n) || n > 100000) {
		prog_error(g->task, "grep", 0, "%s: invalid context length argument", arg);
		return 2;
	}
	*a = n;
	if (b)
		*b = n;
	return 0;
}

static int set_option(struct grep *g, int c, const char *arg)
{
	switch (c) {
	case 'A':
		return context(g, arg, &g->after, NULL);
	case 'B':
		return context(g, arg, &g->before, NULL);
	case 'C':
		return context(g, arg, &g->after, &g->before);
	case 'm':
		if (cu_number(arg, &g->max))
			return 0;
		prog_error(g->task, "grep", 0, "invalid max count");
		return 2;
	case 'e':
		return add_patterns(g, arg);
	case 'f':
		return add_file(g, arg);
	case 'E':
	case 'F':
	case 'G':
	case 'P':
		g->kind = (char)c;
		return 0;
	}
	g->invert |= c == 'v';
	g->icase |= c == 'i' || c == 'y';
	g->word |= c == 'w';
	g->whole |= c == 'x';
	g->count |= c == 'c';
	g->only |= c == 'o';
	g->quiet |= c == 'q';
	g->number |= c == 'n';
	g->list |= c == 'l';
	g->list_without |= c == 'L';
	g->no_messages |= c == 's';
	g->names = c == 'h' ? -1 : c == 'H' ? 1 : g->names;
	return 0;
}

static int usage(struct grep *g)
{
	ng_puts(ng_stderr(g->task), "Usage: grep [OPTION]... PATTERNS [FILE]...\n");
	return cu_try_help(g->task, "grep", 2);
}

static int grep_options(struct grep *g, struct ng_getopt *st, int argc, char **argv)
{
	static const struct ng_option options[] = {
		{ "extended-regexp", 0, 'E' },
		{ "fixed-strings", 0, 'F' },
		{ "basic-regexp", 0, 'G' },
		{ "perl-regexp", 0, 'P' },
		{ "regexp", 1, 'e' },
		{ "file", 1, 'f' },
		{ "ignore-case", 0, 'i' },
		{ "invert-match", 0, 'v' },
		{ "word-regexp", 0, 'w' },
		{ "line-regexp", 0, 'x' },
		{ "count", 0, 'c' },
		{ "only-matching", 0, 'o' },
		{ "quiet", 0, 'q' },
		{ "silent", 0, 'q' },
		{ "line-number", 0, 'n' },
		{ "no-messages", 0, 's' },
		{ "files-with-matches", 0, 'l' },
		{ "files-without-match", 0, 'L' },
		{ "max-count", 1, 'm' },
		{ "no-filename", 0, 'h' },
		{ "with-filename", 0, 'H' },
		{ "after-context", 1, 'A' },
		{ "before-context", 1, 'B' },
		{ "context", 1, 'C' },
		{ "color", 2, 1002 },
		{ "colour", 2, 1002 },
		{ "line-buffered", 0, 1003 },
		{ "text", 0, 'a' },
		{ "help", 0, 1000 },
		{ "version", 0, 1001 },
		{ NULL, 0, 0 },
	};
	int c, err = 0;

	while (!err && (c = ng_getopt_long(st, argc, argv,
					   "EFGPe:f:ivwxcoqnslLhHm:A:B:C:aryRUzbTZ0123456789",
					   options)) != -1) {
		if (c == 1002 && st->optarg && !strcmp(st->optarg, "always"))
			return ng_not_modelled(g->task, "grep --color=always");
		if (c == 1000 || c == 1001 ||
		    (c != '?' && c < 256 && strchr("rRzbTUZ0123456789", c)))
			return ng_not_modelled(g->task, "grep %s", argv[st->optind - 1]);
		if (c == '?')
			return usage(g);
		err = c > 255 ? 0 : set_option(g, c, st->optarg);
	}
	return err;
}

static int run(struct ng_task *task, int argc, char **argv, char kind)
{
	struct grep *g = ng_task_alloc(task, sizeof(*g));
	struct ng_getopt st = { .task = task };
	int err, status = 0;

	g->task = task;
	g->out = ng_stdout(task);
	g->kind = kind;
	g->max = UINT64_MAX;
	ng_task_defer(task, free_patterns, g);
	err = grep_options(g, &st, argc, argv);
	if (!err && !g->n)
		err = st.optind < argc ? add_patterns(g, argv[st.optind++]) : usage(g);
	if (!err)
		err = compile(g);
	if (err)
		return err;
	if (st.optind == argc)
		argv[--st.optind] = ng_task_strdup(task, "-");
	for (int i = st.optind; i < argc && !(g->quiet && g->found); i++) {
		struct cu_in in;

		err = cu_open(&in, task, argv[i]);
		if (err < 0) {
			status = 2;
			if (!g->no_messages)
				prog_error(task, "grep", -err, "%s", argv[i]);
			if (!in.unreadable || err == -EISDIR)
				continue;
		}
		grep_file(g, &in, strcmp(argv[i], "-") ? argv[i] : "(standard input)",
			  g->names ? g->names > 0 : argc - st.optind > 1);
		cu_close(&in);
	}
	if (status && !(g->quiet && g->found))
		return status;
	return g->found ? 0 : 1;
}

/**
 * grep_main() - grep [-cEFhHilLnoqsvwx] [-A n] [-B n] [-C n] [-m n] [-e patterns] [-f file] [patterns] [file ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0 when a line was selected, 1 when none, 2 after an error.
 */
int grep_main(struct ng_task *task, int argc, char **argv)
{
	return run(task, argc, argv, 'G');
}

/**
 * egrep_main() - grep -E under its old name
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: as grep.
 */
int egrep_main(struct ng_task *task, int argc, char **argv)
{
	ng_puts(ng_stderr(task), "egrep: warning: egrep is obsolescent; using grep -E\n");
	return run(task, argc, argv, 'E');
}

/**
 * fgrep_main() - grep -F under its old name
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: as grep.
 */
int fgrep_main(struct ng_task *task, int argc, char **argv)
{
	ng_puts(ng_stderr(task), "fgrep: warning: fgrep is obsolescent; using grep -F\n");
	return run(task, argc, argv, 'F');
}
