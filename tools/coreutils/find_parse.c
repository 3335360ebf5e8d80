/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * find_parse.c - the expression of find
 *
 * find_parse()
 *   parse_or()
 *     parse_and()
 *       parse_not()
 *         parse_primary()
 */
#include "find.h"

#define NESTING_MAX 100 /* of ( ) and ! inside each other */
#define TERMS_MAX 500

static struct find_expr *parse_or(struct find *f);

static struct find_expr *expr_new(struct find *f, enum find_type type)
{
	struct find_expr *e = ng_task_alloc(f->task, sizeof(*e));

	e->type = type;
	return e;
}

static const char *argument(struct find *f)
{
	const char *name = f->argv[0];

	f->argv++;
	f->argc--;
	if (!f->argc)
		prog_die(f->task, 1, "find", 0, "missing argument to `%s'", name);
	return f->argv[0];
}

static int64_t depth_argument(struct find *f)
{
	const char *name = f->argv[0], *arg = argument(f);
	uint64_t n;

	if (!cu_number(arg, &n) || n > INT32_MAX)
		prog_die(f->task, 1, "find", 0,
			 "Expected a positive decimal integer argument to %s, but got '%s'", name,
			 arg);
	return (int64_t)n;
}

static struct find_expr *parse_exec(struct find *f)
{
	struct find_expr *e = expr_new(f, FIND_EXEC);
	const char *name = f->argv[0];
	int n = 1;

	while (n < f->argc && strcmp(f->argv[n], ";") != 0 &&
	       !(n > 1 && !strcmp(f->argv[n], "+") && !strcmp(f->argv[n - 1], "{}")))
		n++;
	if (n == f->argc || n == 1)
		prog_die(f->task, 1, "find", 0, "missing argument to `%s'", name);
	e->many = f->argv[n][0] == '+';
	e->argv = f->argv + 1;
	e->argc = n - 1 - e->many;
	f->argv += n;
	f->argc -= n;
	f->action = true;
	return e;
}

static struct find_expr *parse_type(struct find *f)
{
	struct find_expr *e = expr_new(f, FIND_TYPE);

	e->text = argument(f);
	for (const char *c = e->text; *c; c++) {
		if (*c == ',' && !c[1])
			prog_die(f->task, 1, "find", 0,
				 "Last file type in list argument to -type is missing, i.e., list "
				 "is ending on: '%c'",
				 *c);
		if ((c - e->text) % 2 ? *c != ',' : !strchr("bcdpfls", *c))
			prog_die(f->task, 1, "find", 0, "Unknown argument to -type: %s", e->text);
	}
	if (!*e->text)
		prog_die(f->task, 1, "find", 0,
			 "Arguments to -type should contain at least one letter");
	return e;
}

static struct find_expr *parse_newer(struct find *f)
{
	struct find_expr *e = expr_new(f, FIND_NEWER);
	const char *path = argument(f);
	struct ng_stat st;
	int err = ng_sys_stat(f->task, path, &st);

	if (err < 0)
		prog_die(f->task, 1, "find", -err, "'%s'", path);
	e->n = st.mtime_ns;
	return e;
}

static struct find_expr *parse_pattern(struct find *f, enum find_type type, bool fold)
{
	struct find_expr *e = expr_new(f, type);

	e->text = argument(f);
	e->fold = fold;
	return e;
}

static struct find_expr *parse_action(struct find *f, const char *w)
{
	struct find_expr *e;

	if (!strcmp(w, "-print") || !strcmp(w, "-print0")) {
		e = expr_new(f, FIND_PRINT);
		e->text = w[6] ? "" : "\n";
		f->action = true;
		return e;
	}
	if (!strcmp(w, "-printf")) {
		e = parse_pattern(f, FIND_PRINTF, false);
		f->action = true;
		return e;
	}
	if (!strcmp(w, "-exec"))
		return parse_exec(f);
	if (!strcmp(w, "-delete")) {
		f->action = f->depth_first = true;
		return expr_new(f, FIND_DELETE);
	}
	if (!strcmp(w, "-quit"))
		return expr_new(f, FIND_QUIT);
	return strcmp(w, "-prune") != 0 ? NULL : expr_new(f, FIND_PRUNE);
}

/* Options that hold for everything; true: this was one. */
static bool parse_option(struct find *f, const char *w)
{
	if (!strcmp(w, "-maxdepth"))
		f->max_depth = depth_argument(f);
	else if (!strcmp(w, "-mindepth"))
		f->min_depth = depth_argument(f);
	else if (!strcmp(w, "-depth") || !strcmp(w, "-d"))
		f->depth_first = true;
	else if (!strcmp(w, "-follow"))
		f->follow = true;
	else if (strcmp(w, "-mount") != 0 && strcmp(w, "-xdev") != 0 && strcmp(w, "-noleaf") != 0 &&
		 strcmp(w, "-warn") != 0 && strcmp(w, "-nowarn") != 0)
		return false;
	return true;
}

static bool is_known(const char *w)
{
	static const char *const words[] = {
		"-amin",       "-anewer",      "-atime",
		"-cmin",       "-cnewer",      "-context",
		"-ctime",      "-daystart",    "-execdir",
		"-executable", "-files0-from", "-fls",
		"-fprint",     "-fprint0",     "-fprintf",
		"-fstype",     "-gid",	       "-group",
		"-ilname",     "-inum",	       "-iregex",
		"-links",      "-lname",       "-ls",
		"-mmin",       "-mtime",       "-nogroup",
		"-nouser",     "-ok",	       "-okdir",
		"-perm",       "-readable",    "-regex",
		"-regextype",  "-samefile",    "-size",
		"-uid",	       "-used",	       "-user",
		"-writable",   "-xtype",       "-ignore_readdir_race",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!strcmp(w, words[i]))
			return true;
	}
	return false;
}

static struct find_expr *parse_test(struct find *f, const char *w)
{
	if (!strcmp(w, "-name") || !strcmp(w, "-iname"))
		return parse_pattern(f, FIND_NAME, w[1] == 'i');
	if (!strcmp(w, "-path") || !strcmp(w, "-wholename"))
		return parse_pattern(f, FIND_PATH, false);
	if (!strcmp(w, "-ipath") || !strcmp(w, "-iwholename"))
		return parse_pattern(f, FIND_PATH, true);
	if (!strcmp(w, "-type"))
		return parse_type(f);
	if (!strcmp(w, "-empty"))
		return expr_new(f, FIND_EMPTY);
	if (!strcmp(w, "-newer"))
		return parse_newer(f);
	if (!strcmp(w, "-true") || parse_option(f, w))
		return expr_new(f, FIND_TRUE);
	return strcmp(w, "-false") != 0 ? NULL : expr_new(f, FIND_FALSE);
}

static struct find_expr *parse_primary(struct find *f)
{
	const char *w = f->argv[0];
	struct find_expr *e = NULL;

	if (!strcmp(w, "(")) {
		f->argv++;
		f->argc--;
		e = f->argc ? parse_or(f) : NULL;
		if (!e || !f->argc || strcmp(f->argv[0], ")") != 0)
			prog_die(f->task, 1, "find", 0,
				 "invalid expression; I was expecting to find a ')' somewhere but "
				 "did not see one.");
	} else if (w[0] != '-' || !w[1]) {
		if (!strcmp(w, ")"))
			prog_die(f->task, 1, "find", 0,
				 "invalid expression; you have too many ')'");
		prog_die(f->task, 1, "find", 0, "paths must precede expression: `%s'", w);
	} else {
		e = parse_test(f, w);
		if (!e)
			e = parse_action(f, w);
		if (!e && is_known(w))
			prog_exit(f->task, ng_not_modelled(f->task, "find %s", w));
		if (!e)
			prog_die(f->task, 1, "find", 0, "unknown predicate `%s'", w);
	}
	f->argv++;
	f->argc--;
	return e;
}

static struct find_expr *parse_not(struct find *f)
{
	struct find_expr *e;

	if (f->nesting >= NESTING_MAX || ++f->terms > TERMS_MAX)
		prog_exit(f->task, ng_not_modelled(f->task, "find: an expression as long as this"));
	f->nesting++;
	if (strcmp(f->argv[0], "!") != 0 && strcmp(f->argv[0], "-not") != 0) {
		e = parse_primary(f);
	} else {
		e = expr_new(f, FIND_NOT);
		argument(f);
		e->a = parse_not(f);
	}
	f->nesting--;
	return e;
}

static bool at_or(const struct find *f)
{
	return f->argc && (!strcmp(f->argv[0], "-o") || !strcmp(f->argv[0], "-or"));
}

static struct find_expr *parse_and(struct find *f)
{
	struct find_expr *left = parse_not(f), *e;

	while (f->argc && !at_or(f) && strcmp(f->argv[0], ")") != 0) {
		if (!strcmp(f->argv[0], "-a") || !strcmp(f->argv[0], "-and"))
			argument(f);
		e = expr_new(f, FIND_AND);
		e->a = left;
		e->b = parse_not(f);
		left = e;
	}
	return left;
}

static struct find_expr *parse_or(struct find *f)
{
	struct find_expr *left = parse_and(f), *e;

	while (at_or(f)) {
		argument(f);
		e = expr_new(f, FIND_OR);
		e->a = left;
		e->b = parse_and(f);
		left = e;
	}
	return left;
}

/**
 * find_parse() - The expression; -print is added when it does nothing
 * @f: the run, the cursor on the expression
 *
 * Return: the expression.
 */
struct find_expr *find_parse(struct find *f)
{
	struct find_expr *e = f->argc ? parse_or(f) : expr_new(f, FIND_TRUE), *all;

	if (f->argc)
		prog_die(f->task, 1, "find", 0, "invalid expression; you have too many ')'");
	if (f->action)
		return e;
	all = expr_new(f, FIND_AND);
	all->a = e;
	all->b = expr_new(f, FIND_PRINT);
	all->b->text = "\n";
	return all;
}
