/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * awk.c - awk and mawk: mawk 1.3.4-20200120, Debian 12's
 *
 * awk_main()
 *   options()
 *   awk_parse()
 *   awk_run()
 */
#include "awk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

int awk_main(struct ng_task *task, int argc, char **argv);

struct options {
	const char *fs;
	const char **assign; /* -v */
	int assigns;
	char *text; /* -f */
	size_t len;
	bool from_file;
	int first; /* the first operand */
};

static const char usage_text[] =
	"Usage: mawk [Options] [Program] [file ...]\n"
	"\n"
	"Program:\n"
	"    The -f option value is the name of a file containing program text.\n"
	"    If no -f option is given, a \"--\" ends option processing; the following\n"
	"    parameters are the program text.\n"
	"\n"
	"Options:\n"
	"    -f program-file  Program  text is read from file instead of from the\n"
	"                     command-line.  Multiple -f options are accepted.\n"
	"    -F value         sets the field separator, FS, to value.\n"
	"    -v var=value     assigns value to program variable var.\n"
	"    --               unambiguous end of options.\n"
	"\n"
	"    Implementation-specific options are prefixed with \"-W\".  They can be\n"
	"    abbreviated:\n"
	"\n"
	"    -W version       show version information and exit.\n"
	"    -W dump          show assembler-like listing of program and exit.\n"
	"    -W help          show this message and exit.\n"
	"    -W interactive   set unbuffered output, line-buffered input.\n"
	"    -W exec file     use file as program as well as last option.\n"
	"    -W random=number set initial random seed.\n"
	"    -W sprintf=number adjust size of sprintf buffer.\n"
	"    -W posix_space   do not consider \"\\n\" a space.\n"
	"    -W usage         show this message and exit.\n";

/**
 * awk_say() - A line on standard error
 * @a: the program
 * @fmt: the words, as printf()
 */
void awk_say(struct awk *a, const char *fmt, ...)
{
	char text[1536];
	va_list ap;
	int n = snprintf(text, sizeof(text), "%s: ", a->name);

	va_start(ap, fmt);
	n += vsnprintf(text + n, sizeof(text) - (size_t)n - 1, fmt, ap);
	va_end(ap);
	if (n > (int)sizeof(text) - 2)
		n = (int)sizeof(text) - 2;
	text[n++] = '\n';
	ng_sys_write(a->task, 2, text, (size_t)n);
}

/**
 * awk_fatal() - Ends a running program with words about what happened
 * @a: the program
 * @fmt: the words, as printf()
 */
void awk_fatal(struct awk *a, const char *fmt, ...)
{
	struct awk_str *file = awk_to_str(a, &a->globals[AWK_V_FILENAME].v, AWK_V_CONVFMT);
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	awk_say(a, "run time error: %s\n\tFILENAME=\"%s\" FNR=%.6g NR=%.6g", text, file->s,
		awk_to_num(&a->globals[AWK_V_FNR].v), awk_to_num(&a->globals[AWK_V_NR].v));
	awk_flush_all(a);
	prog_exit(a->task, 2);
}

/**
 * awk_check_stack() - Is there room to go deeper?
 * @a: the program; it ends when there is none
 */
void awk_check_stack(struct awk *a)
{
	const char *here = __builtin_frame_address(0);

	if (a->stack_base - here > AWK_STACK_MAX)
		prog_exit(a->task, ng_not_modelled(a->task, "awk functions that go this deep"));
}

static int bad_option(struct awk *a, const char *fmt, const char *s)
{
	char text[256];

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(text, sizeof(text), fmt, s);
#pragma GCC diagnostic pop
	prog_error(a->task, a->name, 0, "%s", text);
	return 2;
}

static int read_program(struct awk *a, struct options *o, const char *path)
{
	int fd = strcmp(path, "-") ? ng_sys_open(a->task, path, O_RDONLY | O_CLOEXEC, 0) : 0;
	ssize_t n = fd;

	while (fd >= 0) {
		o->text = ng_task_realloc(a->task, o->text, o->len, o->len + 4096);
		n = ng_sys_read(a->task, fd, o->text + o->len, 4096);
		if (n <= 0 || o->len > AWK_STRING_MAX)
			break;
		o->len += (size_t)n;
	}
	if (n < 0) {
		prog_error(a->task, a->name, 0, "cannot open %s (%s)", path, ng_strerror((int)-n));
		return 2;
	}
	if (fd > 0)
		ng_sys_close(a->task, fd);
	o->text = ng_task_realloc(a->task, o->text, o->len, o->len + 2);
	o->from_file = true;
	return 0;
}

static int set_option(struct awk *a, struct options *o, char c, const char *value)
{
	size_t n;

	if (c == 'f')
		return read_program(a, o, value);
	if (c == 'F') {
		o->fs = value;
		return 0;
	}
	if (c == 'W')
		return ng_not_modelled(a->task, "awk -W %s", value);
	if (!awk_is_assignment(value, &n))
		return bad_option(a, "improper assignment: -v %s", value);
	o->assign[o->assigns++] = value;
	return 0;
}

static int options(struct awk *a, struct options *o, int argc, char **argv)
{
	int i = 1, err = 0;

	o->assign = ng_task_alloc(a->task, (size_t)argc * sizeof(char *));
	for (; i < argc && !err && argv[i][0] == '-' && argv[i][1]; i++) {
		char c = argv[i][1];
		const char *value = argv[i] + 2;
		char name[3] = { '-', c, '\0' };

		if (!strcmp(argv[i], "--")) {
			i++;
			break;
		}
		if (!strchr("fFvW", c))
			return bad_option(a, "not an option: %s", argv[i]);
		if (!*value) {
			value = argv[++i];
			if (i >= argc)
				return bad_option(a, "option %s lacks argument", name);
		}
		err = set_option(a, o, c, value);
	}
	o->first = i;
	return err;
}

/* The variables with a place of their own; texts and numbers some begin with. */
static void special_vars(struct awk *a)
{
	static const struct {
		const char *name, *text;
	} vars[AWK_V_MAX] = {
		{ "NF", NULL },	    { "NR", NULL },	 { "FNR", NULL },
		{ "FS", " " },	    { "OFS", " " },	 { "RS", "\n" },
		{ "ORS", "\n" },    { "FILENAME", "" },	 { "SUBSEP", "\034" },
		{ "RSTART", NULL }, { "RLENGTH", NULL }, { "CONVFMT", "%.6g" },
		{ "OFMT", "%.6g" }, { "ENVIRON", NULL }, { "ARGC", NULL },
		{ "ARGV", NULL },
	};

	a->syms = ng_task_alloc(a->task, 64 * sizeof(*a->syms));
	a->syms_cap = 64;
	a->nsyms = AWK_V_MAX;
	a->globals = ng_task_alloc(a->task, AWK_V_MAX * sizeof(*a->globals));
	for (int i = 0; i < AWK_V_MAX; i++) {
		a->syms[i] = (struct awk_sym){ .name = vars[i].name,
					       .array = i == AWK_V_ENVIRON || i == AWK_V_ARGV };
		a->globals[i].v = vars[i].text ? awk_val_text(a, vars[i].text) : awk_val_num(0);
	}
	a->globals[AWK_V_RSTART].v.type = AWK_NOINIT;
	a->globals[AWK_V_RLENGTH].v.type = AWK_NOINIT;
}

static void put_elem(struct awk *a, int var, struct awk_val key, const char *value)
{
	struct awk_slot *slot = &a->globals[var];
	struct awk_elem *e;

	if (!slot->arr)
		slot->arr = awk_array_new(a);
	e = awk_array_find(a, slot->arr, &key, true);
	awk_val_set(a, &e->v, awk_val_field(a, value, strlen(value)));
	awk_val_free(a, &key);
}

static void arguments(struct awk *a, char *const *argv, int argc)
{
	put_elem(a, AWK_V_ARGV, awk_val_num(0), a->name);
	for (int i = 0; i < argc; i++)
		put_elem(a, AWK_V_ARGV, awk_val_num(i + 1), argv[i]);
	awk_var_set(a, AWK_V_ARGC, awk_val_num(argc + 1));
	for (char *const *env = ng_task_environ(a->task); env && *env; env++) {
		const char *eq = strchr(*env, '=');

		if (eq)
			put_elem(a, AWK_V_ENVIRON,
				 awk_val_str(awk_str_new(a, *env, (size_t)(eq - *env))), eq + 1);
	}
}

static void start(struct awk *a, const struct options *o)
{
	struct awk_slot *globals =
		ng_task_alloc(a->task, (size_t)(a->nsyms + 1) * sizeof(*globals));

	memcpy(globals, a->globals, AWK_V_MAX * sizeof(*globals));
	ng_task_free(a->task, a->globals);
	a->globals = globals;
	awk_set_record(a, "", 0);
	if (o->fs) {
		struct awk_str *s = awk_str_new(a, o->fs, strlen(o->fs));

		s->len = (uint32_t)awk_unescape(s->s, o->fs, s->len);
		s->s[s->len] = '\0';
		awk_var_set(a, AWK_V_FS, awk_val_str(s));
	}
	for (int i = 0; i < o->assigns; i++) {
		size_t n;

		awk_is_assignment(o->assign[i], &n);
		awk_arg_assign(a, o->assign[i], n);
	}
}

/**
 * awk_main() - awk [-F fs] [-v var=value] [-f file | program] [file ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status of exit, 2 after an error.
 */
int awk_main(struct ng_task *task, int argc, char **argv)
{
	struct awk *a = ng_task_alloc(task, sizeof(*a));
	const char *slash = strrchr(argv[0], '/');
	struct options o = { 0 };
	int err;

	a->task = task;
	a->name = slash ? slash + 1 : argv[0];
	a->out = ng_stdout(task);
	a->stack_base = __builtin_frame_address(0);
	special_vars(a);
	err = options(a, &o, argc, argv);
	if (err)
		return err;
	if (!o.from_file) {
		if (o.first >= argc) {
			ng_puts(ng_stderr(task), usage_text);
			return 0;
		}
		o.len = strlen(argv[o.first]);
		o.text = ng_task_alloc(task, o.len + 2);
		memcpy(o.text, argv[o.first++], o.len);
	}
	if (!o.len || o.text[o.len - 1] != '\n')
		o.text[o.len++] = '\n';
	o.text[o.len] = '\0';
	awk_parse(a, o.text, o.len);
	arguments(a, argv + o.first, argc - o.first);
	start(a, &o);
	return awk_run(a);
}
