/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sed_run.c - sed: running a script
 *
 * sed_run()
 *   next_line()
 *   run_line()
 *     matches()
 *     run_command()
 *       substitute()
 */
#include "sed.h"

enum flow { GO_ON, NEXT_CYCLE, END_CYCLE, QUIT };

static bool open_next(struct sed *s)
{
	while (!s->open && (s->at < s->nfiles || (s->nfiles == 0 && s->at == 0))) {
		const char *path = s->nfiles ? s->files[s->at] : "-";
		int err = cu_open(&s->in, s->task, path);

		s->at++;
		if (err < 0 && s->in.unreadable) {
			prog_error(s->task, "sed", -err, "read error on %s", path);
			prog_exit(s->task, 4);
		} else if (err < 0) {
			prog_error(s->task, "sed", -err, "can't read %s", path);
			s->status = 2;
		} else {
			s->open = true;
		}
	}
	return s->open;
}

/* One line is read ahead, because $ must be known. */
static void read_ahead(struct sed *s)
{
	struct cu_line line;

	s->have_ahead = false;
	while (open_next(s)) {
		if (cu_line_next(&s->in, &line)) {
			s->ahead = line;
			s->have_ahead = true;
			return;
		}
		cu_close(&s->in);
		s->open = false;
	}
}

static void set_space(struct sed *s, const char *text, size_t len)
{
	if (len + 1 > s->cap) {
		s->space = ng_task_realloc(s->task, s->space, s->cap, len * 2 + 64);
		s->cap = len * 2 + 64;
	}
	memcpy(s->space, text, len);
	s->space[len] = '\0';
	s->len = len;
}

static bool next_line(struct sed *s)
{
	if (!s->have_ahead)
		return false;
	set_space(s, s->ahead.s, s->ahead.len);
	s->newline = s->ahead.newline;
	s->line++;
	read_ahead(s);
	return true;
}

static bool regex_matches(struct sed *s, struct sed_regex *re, size_t from, regmatch_t *m)
{
	if (re->empty)
		re = s->last;
	if (!re)
		return false;
	s->last = re;
	return !regexec(&re->re, s->space + from, 10, m, from ? REG_NOTBOL : 0);
}

static bool addr_matches(struct sed *s, const struct sed_addr *a)
{
	regmatch_t m[10];

	switch (a->type) {
	case SED_ADDR_LINE:
		return s->line == a->n;
	case SED_ADDR_LAST:
		return !s->have_ahead;
	case SED_ADDR_REGEX:
		return regex_matches(s, a->re, 0, m);
	case SED_ADDR_STEP:
		return a->step ? s->line >= a->n && (s->line - a->n) % a->step == 0
			       : s->line == a->n;
	case SED_ADDR_NONE:
	case SED_ADDR_PLUS:
		break;
	}
	return true;
}

static bool range_matches(struct sed *s, struct sed_cmd *c)
{
	if (c->active) {
		if (c->until)
			c->active = s->line < c->until;
		else
			c->active = !addr_matches(s, &c->b);
		return !c->until || s->line <= c->until;
	}
	if (!addr_matches(s, &c->a))
		return false;
	c->until = c->b.type == SED_ADDR_LINE	? c->b.n
		   : c->b.type == SED_ADDR_PLUS ? s->line + c->b.n
						: 0;
	c->active = c->b.type == SED_ADDR_LINE || c->b.type == SED_ADDR_PLUS ? c->until > s->line
		    : c->b.type == SED_ADDR_LAST			     ? s->have_ahead
									     : true;
	return true;
}

static bool matches(struct sed *s, struct sed_cmd *c)
{
	bool yes = c->b.type ? range_matches(s, c) : addr_matches(s, &c->a);

	return yes != c->negate;
}

static void put_space(struct sed *s, size_t len)
{
	ng_write(s->out, s->space, len);
	if (s->newline || s->have_ahead)
		ng_putc(s->out, '\n');
}

/* A text that grows; the old space is the source meanwhile. */
struct grow {
	struct ng_task *task;
	char *s;
	size_t len, cap;
};

static void grow_put(struct grow *g, const char *s, size_t n)
{
	if (g->len + n + 1 > g->cap) {
		size_t cap = (g->len + n) * 2 + 64;

		g->s = ng_task_realloc(g->task, g->s, g->cap, cap);
		g->cap = cap;
	}
	memcpy(g->s + g->len, s, n);
	g->len += n;
	g->s[g->len] = '\0';
}

/* \U \L \u \l \E */
struct casing {
	char all, next;
};

static void put_cased(struct grow *g, struct casing *k, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char how = k->next ? k->next : k->all, c = s[i];

		if ((how == 'U' || how == 'u') && c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		else if ((how == 'L' || how == 'l') && c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		grow_put(g, &c, 1);
		k->next = 0;
	}
}

static void put_with(struct grow *g, const char *with, const char *src, const regmatch_t *m)
{
	struct casing k = { 0, 0 };

	for (; *with; with++) {
		int group = -1;

		if (*with == '&') {
			group = 0;
		} else if (*with == '\\' && with[1]) {
			with++;
			if (*with >= '0' && *with <= '9')
				group = *with - '0';
			else if (*with == 'U' || *with == 'L' || *with == 'E')
				k.all = *with == 'E' ? 0 : *with;
			else if (*with == 'u' || *with == 'l')
				k.next = *with;
			else
				put_cased(g, &k,
					  *with == 'n'	 ? "\n"
					  : *with == 't' ? "\t"
							 : with,
					  1);
			if (group < 0)
				continue;
		}
		if (group < 0)
			put_cased(g, &k, with, 1);
		else if (m[group].rm_so >= 0)
			put_cased(g, &k, src + m[group].rm_so,
				  (size_t)(m[group].rm_eo - m[group].rm_so));
	}
}

static void substitute(struct sed *s, const struct sed_cmd *c)
{
	struct grow g = { .task = s->task };
	regmatch_t m[10];
	uint64_t hits = 0;
	size_t at = 0, last_end = SIZE_MAX;
	bool done = false;

	while (at <= s->len && regex_matches(s, c->re, at, m)) {
		const char *src = s->space + at;
		size_t so = (size_t)m[0].rm_so, eo = (size_t)m[0].rm_eo;

		grow_put(&g, src, so);
		if (so == eo && at + so == last_end) {
			/* nothing, right behind a match, is none */
		} else if (++hits < (c->nth ? c->nth : 1)) {
			grow_put(&g, src + so, eo - so);
		} else {
			put_with(&g, c->with, src, m);
			done = true;
		}
		at += eo;
		last_end = at;
		if (eo == so) {
			if (at < s->len)
				grow_put(&g, s->space + at, 1);
			at++;
		}
		if (done && !c->global)
			break;
	}
	if (!done)
		return;
	if (at < s->len)
		grow_put(&g, s->space + at, s->len - at);
	set_space(s, g.s ? g.s : "", g.len);
	if (c->print)
		put_space(s, s->len);
}

static void join(struct sed *s, const char *more)
{
	struct grow g = { .task = s->task };

	grow_put(&g, s->space, s->len);
	grow_put(&g, "\n", 1);
	grow_put(&g, more, strlen(more));
	set_space(s, g.s, g.len);
}

static void end_of_cycle(struct sed *s)
{
	if (!s->quiet)
		put_space(s, s->len);
	if (s->append)
		ng_puts(s->out, s->append);
	s->append = NULL;
}

/* n and N */
static enum flow take_line(struct sed *s, char name)
{
	char *old, *more;

	if (!s->have_ahead)
		return END_CYCLE;
	if (name == 'n') {
		end_of_cycle(s);
		next_line(s);
		return GO_ON;
	}
	old = ng_task_strndup(s->task, s->space, s->len);
	next_line(s);
	more = ng_task_strndup(s->task, s->space, s->len);
	set_space(s, old, strlen(old));
	join(s, more);
	return GO_ON;
}

static void hold_commands(struct sed *s, char name)
{
	const char *hold = s->hold ? s->hold : "";
	struct grow g = { .task = s->task };
	char *old;

	switch (name) {
	case 'h':
		s->hold = ng_task_strndup(s->task, s->space, s->len);
		break;
	case 'H':
		grow_put(&g, hold, strlen(hold));
		grow_put(&g, "\n", 1);
		grow_put(&g, s->space, s->len);
		s->hold = g.s;
		break;
	case 'g':
		set_space(s, hold, strlen(hold));
		break;
	case 'G':
		join(s, hold);
		break;
	default:
		old = ng_task_strndup(s->task, s->space, s->len);
		set_space(s, hold, strlen(hold));
		s->hold = old;
	}
}

static void append_text(struct sed *s, const char *text)
{
	struct grow g = { .task = s->task };

	if (s->append)
		grow_put(&g, s->append, strlen(s->append));
	grow_put(&g, text, strlen(text));
	s->append = g.s;
}

static enum flow run_command(struct sed *s, struct sed_cmd *c)
{
	char *nl;

	switch (c->name) {
	case 's':
		substitute(s, c);
		break;
	case 'y':
		for (size_t i = 0; i < s->len; i++)
			s->space[i] = (char)c->map[(unsigned char)s->space[i]];
		break;
	case 'p':
		put_space(s, s->len);
		break;
	case 'P':
		nl = memchr(s->space, '\n', s->len);
		put_space(s, nl ? (size_t)(nl - s->space) : s->len);
		break;
	case '=':
		ng_printf(s->out, "%llu\n", (unsigned long long)s->line);
		break;
	case 'd':
		return NEXT_CYCLE;
	case 'n':
	case 'N':
		return take_line(s, c->name);
	case 'q':
	case 'Q':
		s->status = c->status;
		if (c->name == 'q')
			end_of_cycle(s);
		return QUIT;
	case 'a':
		append_text(s, c->text);
		break;
	case 'i':
		ng_puts(s->out, c->text);
		break;
	case 'c':
		if (!c->b.type || c->negate || !c->active)
			ng_puts(s->out, c->text);
		return NEXT_CYCLE;
	default:
		if (strchr("hHgGx", c->name))
			hold_commands(s, c->name);
	}
	return GO_ON;
}

static enum flow run_line(struct sed *s)
{
	for (struct sed_cmd *c = s->first; c; c = c->next) {
		enum flow f;

		if (c->name == '}')
			continue;
		if (!matches(s, c)) {
			if (c->name == '{')
				c = c->block_end;
			continue;
		}
		f = run_command(s, c);
		if (f != GO_ON)
			return f;
	}
	return END_CYCLE;
}

/**
 * sed_run() - Runs the script over the input
 * @s: script and files
 *
 * Return: the exit status.
 */
int sed_run(struct sed *s)
{
	enum flow f = GO_ON;

	read_ahead(s);
	while (f != QUIT && next_line(s)) {
		f = run_line(s);
		if (f == END_CYCLE)
			end_of_cycle(s);
		if (s->append) {
			ng_puts(s->out, s->append);
			s->append = NULL;
		}
	}
	return s->status;
}
