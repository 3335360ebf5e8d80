/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sed.c - sed: options and the script's grammar
 *
 * sed_main()
 *   parse_script()
 *     parse_address(), parse_command()
 *   sed_run()                     sed_run.c
 *
 * Commands: s y p d P n N q Q = a i c { } h H g G x. Not modelled: D, labels and files.
 */
#include "sed.h"

#include "../sh/test.h"

#include <stdio.h>
#include <stdlib.h>

int sed_main(struct ng_task *task, int argc, char **argv);

struct script {
	struct sed *sed;
	const char *text;
	const char *p;
	int expression; /* number of the -e */
	int status;
	struct sed_cmd **tail;
	struct sed_cmd *blocks[20];
	int depth;
};

static void free_regexes(void *arg)
{
	struct sed *s = arg;

	for (struct sed_regex *r = s->all; r; r = r->next) {
		if (!r->empty)
			regfree(&r->re);
	}
	s->all = NULL;
}

static bool fail(struct script *sc, const char *what)
{
	if (!sc->status) {
		prog_error(sc->sed->task, "sed", 0, "-e expression #%d, char %d: %s",
			   sc->expression, (int)(sc->p - sc->text), what);
		sc->status = 1;
	}
	return false;
}

static bool not_modelled(struct script *sc, const char *what)
{
	if (!sc->status)
		sc->status = ng_not_modelled(sc->sed->task, "sed %s", what);
	return false;
}

static void blanks(struct script *sc)
{
	while (*sc->p == ' ' || *sc->p == '\t')
		sc->p++;
}

/* What \t and its like stand for, in brackets too; '\0': no such */
static char escaped(char c)
{
	static const char names[] = "afnrtv", values[] = "\a\f\n\r\t\v";
	const char *at = c ? strchr(names, c) : NULL;

	return at ? values[at - names] : '\0';
}

/* Up to an unescaped delimiter, which is taken; \delimiter is the delimiter, \n a newline. NULL: none. */
static char *delimited(struct script *sc, char delim, bool regex)
{
	char *out = ng_task_alloc(sc->sed->task, strlen(sc->p) + 1);
	bool bracket = false;
	size_t n = 0;

	while (*sc->p && (*sc->p != delim || (bracket && regex))) {
		if (*sc->p == '\\' && regex && escaped(sc->p[1]) && sc->p[1] != delim) {
			out[n++] = escaped(sc->p[1]);
			sc->p += 2;
			continue;
		}
		if (*sc->p == '\\' && sc->p[1] && !bracket) {
			if (sc->p[1] == delim && delim != '&') {
				sc->p++;
			} else {
				out[n++] = *sc->p++;
			}
		} else if (regex && *sc->p == '[' && !bracket) {
			bracket = true;
			out[n++] = *sc->p++;
			if (*sc->p == '^')
				out[n++] = *sc->p++;
			if (*sc->p != ']')
				continue;
		} else if (*sc->p == ']') {
			bracket = false;
		}
		out[n++] = *sc->p++;
	}
	if (*sc->p != delim)
		return NULL;
	sc->p++;
	return out;
}

static struct sed_regex *compile(struct script *sc, const char *text, bool icase)
{
	struct sed_regex *r = ng_task_alloc(sc->sed->task, sizeof(*r));
	char message[200];
	int err;

	if (!*text) {
		r->empty = true;
		return r;
	}
	if (!ng_regex_bounded(text)) {
		fail(sc, "regular expression too big");
		return NULL;
	}
	err = regcomp(&r->re, text,
		      (sc->sed->extended ? REG_EXTENDED : 0) | (icase ? REG_ICASE : 0));
	if (err) {
		regerror(err, &r->re, message, sizeof(message));
		fail(sc, message);
		return NULL;
	}
	r->next = sc->sed->all;
	sc->sed->all = r;
	return r;
}

static bool parse_address(struct script *sc, struct sed_addr *a, bool second)
{
	char delim = *sc->p, *text, *end;

	if (*sc->p >= '0' && *sc->p <= '9') {
		a->type = SED_ADDR_LINE;
		a->n = strtoull(sc->p, &end, 10);
		sc->p = end;
		if (*sc->p == '~' && !second) {
			a->type = SED_ADDR_STEP;
			a->step = strtoull(sc->p + 1, &end, 10);
			sc->p = end;
		}
	} else if (*sc->p == '+' && second) {
		a->type = SED_ADDR_PLUS;
		a->n = strtoull(sc->p + 1, &end, 10);
		sc->p = end;
	} else if (*sc->p == '$') {
		a->type = SED_ADDR_LAST;
		sc->p++;
	} else if (*sc->p == '/' || (*sc->p == '\\' && sc->p[1])) {
		if (delim == '\\')
			delim = *++sc->p;
		sc->p++;
		text = delimited(sc, delim, true);
		if (!text)
			return fail(sc, "unterminated address regex");
		a->type = SED_ADDR_REGEX;
		a->re = compile(sc, text, *sc->p == 'I');
		sc->p += *sc->p == 'I';
		return a->re;
	}
	return true;
}

static bool parse_flags(struct script *sc, struct sed_cmd *c, bool *ret_icase)
{
	char *end;

	for (;; sc->p++) {
		if (*sc->p == 'g') {
			c->global = true;
		} else if (*sc->p == 'p') {
			c->print = true;
		} else if (*sc->p == 'i' || *sc->p == 'I') {
			*ret_icase = true;
		} else if (*sc->p >= '1' && *sc->p <= '9') {
			c->nth = strtoull(sc->p, &end, 10);
			sc->p = end - 1;
		} else if (*sc->p == 'w' || *sc->p == 'e' || *sc->p == 'm' || *sc->p == 'M') {
			return not_modelled(sc, "s///w, e, m");
		} else {
			return true;
		}
	}
}

static bool parse_s(struct script *sc, struct sed_cmd *c)
{
	char delim = *sc->p, *text;
	bool icase = false;

	if (!delim || delim == '\n' || delim == '\\')
		return fail(sc, "unterminated `s' command");
	sc->p++;
	text = delimited(sc, delim, true);
	c->with = text ? delimited(sc, delim, false) : NULL;
	if (!c->with)
		return fail(sc, "unterminated `s' command");
	if (!parse_flags(sc, c, &icase))
		return false;
	if (*sc->p && !strchr(" \t;}\n", *sc->p)) {
		sc->p++;
		return fail(sc, "unknown option to `s'");
	}
	c->re = compile(sc, text, icase);
	return c->re;
}

static bool parse_y(struct script *sc, struct sed_cmd *c)
{
	char delim = *sc->p, *from, *to;

	if (!delim)
		return fail(sc, "unterminated `y' command");
	sc->p++;
	from = delimited(sc, delim, false);
	to = from ? delimited(sc, delim, false) : NULL;
	if (!to)
		return fail(sc, "unterminated `y' command");
	if (strlen(from) != strlen(to))
		return fail(sc, "strings for `y' command are different lengths");
	c->map = ng_task_alloc(sc->sed->task, 256);
	for (int i = 0; i < 256; i++)
		c->map[i] = (unsigned char)i;
	for (size_t i = 0; from[i]; i++)
		c->map[(unsigned char)from[i]] = (unsigned char)to[i];
	return true;
}

/* a text, a\ newline text */
static bool parse_text(struct script *sc, struct sed_cmd *c)
{
	size_t n = 0;

	blanks(sc);
	if (*sc->p == '\\') {
		sc->p++;
		while (*sc->p == ' ' || *sc->p == '\t')
			sc->p++;
		if (*sc->p == '\n')
			sc->p++;
	}
	if (!*sc->p)
		return fail(sc, "expected \\ after `a', `c' or `i'");
	c->text = ng_task_alloc(sc->sed->task, strlen(sc->p) + 2);
	while (*sc->p && *sc->p != '\n') {
		if (*sc->p == '\\' && sc->p[1])
			sc->p++;
		c->text[n++] = *sc->p++;
	}
	c->text[n] = '\n';
	return true;
}

static bool parse_block(struct script *sc, struct sed_cmd *c)
{
	if (c->name == '{') {
		if (sc->depth == 20)
			return not_modelled(sc, "blocks nested so deeply");
		sc->blocks[sc->depth++] = c;
		return true;
	}
	if (c->a.type)
		return fail(sc, "} doesn't want any addresses");
	if (!sc->depth)
		return fail(sc, "unexpected `}'");
	sc->blocks[--sc->depth]->block_end = c;
	return true;
}

static bool parse_name(struct script *sc, struct sed_cmd *c)
{
	char what[2] = { c->name, '\0' }, message[40], *end;

	switch (c->name) {
	case '\0':
		return fail(sc, "missing command");
	case 's':
		return parse_s(sc, c);
	case 'y':
		return parse_y(sc, c);
	case 'a':
	case 'i':
	case 'c':
		return parse_text(sc, c);
	case 'q':
	case 'Q':
		blanks(sc);
		c->status = (int)strtol(sc->p, &end, 10);
		sc->p = end;
		return true;
	case '{':
	case '}':
		return parse_block(sc, c);
	}
	if (strchr("pdPnN=hHgGx", c->name))
		return true;
	if (strchr("D:btTrRwWelzFv", c->name))
		return not_modelled(sc, what);
	snprintf(message, sizeof(message), "unknown command: `%c'", c->name);
	return fail(sc, message);
}

static bool parse_command(struct script *sc)
{
	struct sed_cmd *c = ng_task_alloc(sc->sed->task, sizeof(*c));

	if (!parse_address(sc, &c->a, false))
		return false;
	blanks(sc);
	if (c->a.type && *sc->p == ',') {
		sc->p++;
		blanks(sc);
		if (!parse_address(sc, &c->b, true))
			return false;
		if (!c->b.type)
			return fail(sc, "unexpected `,'");
	}
	blanks(sc);
	while (*sc->p == '!' || *sc->p == ' ') {
		c->negate |= *sc->p == '!';
		sc->p++;
	}
	c->name = *sc->p;
	sc->p += *sc->p != '\0';
	*sc->tail = c;
	sc->tail = &c->next;
	if (!parse_name(sc, c))
		return false;
	blanks(sc);
	if (c->name != '{' && *sc->p && !strchr(";\n}#", *sc->p)) {
		sc->p++;
		return fail(sc, "extra characters after command");
	}
	return true;
}

static int parse_script(struct script *sc, const char *text)
{
	sc->text = sc->p = text;
	sc->expression++;
	for (;;) {
		while (*sc->p && strchr(" \t\n;", *sc->p))
			sc->p++;
		if (*sc->p == '#') {
			sc->p += strcspn(sc->p, "\n");
			continue;
		}
		if (!*sc->p || !parse_command(sc))
			return sc->status;
	}
}

static int script_file(struct script *sc, const char *path)
{
	struct cu_in in;
	size_t len;
	int err = cu_open(&in, sc->sed->task, path);

	if (err < 0) {
		prog_error(sc->sed->task, "sed", -err, "couldn't open file %s", path);
		return 1;
	}
	return parse_script(sc, cu_read_all(&in, &len));
}

static int usage(struct sed *s)
{
	return ng_not_modelled(s->task, "sed without a script");
}

static int sed_options(struct sed *s, struct script *sc, struct ng_getopt *st, int argc,
		       char **argv)
{
	static const struct ng_option options[] = {
		{ "quiet", 0, 'n' },
		{ "silent", 0, 'n' },
		{ "expression", 1, 'e' },
		{ "file", 1, 'f' },
		{ "regexp-extended", 0, 'E' },
		{ "in-place", 2, 'i' },
		{ "unbuffered", 0, 'u' },
		{ "separate", 0, 's' },
		{ "help", 0, 1000 },
		{ "version", 0, 1001 },
		{ NULL, 0, 0 },
	};
	bool script = false;
	int o, err = 0;

	while ((o = ng_getopt_long(st, argc, argv, "ne:f:Eri::us", options)) != -1) {
		if (o >= 1000 || o == 'i' || o == 's')
			return ng_not_modelled(s->task, "sed %s", argv[st->optind - 1]);
		if (o == '?')
			return usage(s);
		s->quiet |= o == 'n';
		s->extended |= o == 'E' || o == 'r';
	}
	st->optind = 0;
	while (!err && (o = ng_getopt_long(st, argc, argv, "ne:f:Eri::us", options)) != -1) {
		script |= o == 'e' || o == 'f';
		if (o == 'e')
			err = parse_script(sc, st->optarg);
		else if (o == 'f')
			err = script_file(sc, st->optarg);
	}
	if (!err && !script)
		err = st->optind < argc ? parse_script(sc, argv[st->optind++]) : usage(s);
	if (!err && sc->depth) {
		sc->p = sc->text;
		prog_error(s->task, "sed", 0, "-e expression #%d, char 0: unmatched `{'",
			   sc->expression);
		err = 1;
	}
	return err;
}

/**
 * sed_main() - sed [-nE] [-e script] [-f file] [script] [file ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sed_main(struct ng_task *task, int argc, char **argv)
{
	struct sed *s = ng_task_alloc(task, sizeof(*s));
	struct script sc = { .sed = s, .tail = &s->first };
	struct ng_getopt st = { .task = task };
	int err;

	s->task = task;
	s->out = ng_stdout(task);
	ng_task_defer(task, free_regexes, s);
	err = sed_options(s, &sc, &st, argc, argv);
	if (err)
		return err;
	s->nfiles = argc - st.optind;
	s->files = argv + st.optind;
	return sed_run(s);
}
