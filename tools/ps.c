/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ps.c - list processes
 *
 * mirrors ps of procps 4.0.2 for the usual options: Unix (-e -f -o), BSD
 * (aux) and long ones. As there, a word that makes no sense with a dash is read
 * again as a BSD one ("ps -aux").
 *
 * Not modelled: trees (-H, f, --forest), threads, the formats -l -j -F and
 * other keys of --sort than pid.
 */
#include "lib/prog.h"
#include "lib/program.h"
#include "ps_proc.h"

#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = 32, PICKS_MAX = 64 };

enum pick_kind { PICK_PID, PICK_PPID, PICK_COMM, PICK_UID };

struct pick {
	enum pick_kind kind;
	int number;
	const char *name;
};

struct ps {
	struct ng_task *task;
	struct ng_out *out;
	const struct ps_column *cols[COLUMNS_MAX];
	const char *headers[COLUMNS_MAX];
	int ncols;
	struct pick picks[PICKS_MAX];
	int npicks;
	bool every, with_tty, without_tty, not_leaders; /* -e, a, x, -d */
	bool bsd;					/* a BSD option was seen */
	bool no_header, negate, reverse;
	const char *format; /* a built-in list of columns */
	const char *not_modelled;
	const char *first_error; /* of the Unix reading, shown when the BSD one fails too */
	char *text;		 /* PS_ARGS_MAX bytes: a cell */
};

int ps_main(struct ng_task *task, int argc, char **argv);

static const char usage_text[] = "\nUsage:\n"
				 " ps [options]\n\n"
				 " Try 'ps --help <simple|list|output|threads|misc|all>'\n"
				 "  or 'ps --help <s|l|o|t|m|a>'\n"
				 " for additional help text.\n\n"
				 "For more details see ps(1).\n";

static _Noreturn void fail(struct ps *s, const char *what)
{
	ng_printf(ng_stderr(s->task), "error: %s\n%s", s->first_error ? s->first_error : what,
		  usage_text);
	prog_exit(s->task, 1);
}

static void add_column(struct ps *s, const char *name, const char *header)
{
	const struct ps_column *col = ps_column_find(name);
	char text[128];

	if (!col) {
		snprintf(text, sizeof(text), "unknown user-defined format specifier \"%s\"", name);
		fail(s, text);
	}
	if (s->ncols == COLUMNS_MAX)
		return;
	s->cols[s->ncols] = col;
	s->headers[s->ncols++] = header ? header : ps_column_header(col);
}

/* "pid,comm=NAME" */
static void add_columns(struct ps *s, const char *list)
{
	char *word = ng_task_strdup(s->task, list);

	while (*word) {
		char *end = word + strcspn(word, ", =");
		char sep = *end;

		*end = '\0';
		if (sep == '=') {
			char *header = end + 1;

			end = header + strcspn(header, ",");
			sep = *end;
			*end = '\0';
			add_column(s, word, header);
		} else if (*word) {
			add_column(s, word, NULL);
		}
		word = sep ? end + 1 : end;
	}
}

/* "1,2 3": true when every word was of the kind. */
static bool add_picks(struct ps *s, enum pick_kind kind, const char *list)
{
	char *copy = ng_task_strdup(s->task, list);
	char *save = NULL;
	char *word;

	for (word = strtok_r(copy, ", ", &save); word; word = strtok_r(NULL, ", ", &save)) {
		struct pick pick = { .kind = kind, .name = word };
		long v = 0;

		if (kind == PICK_UID && !strcmp(word, "root"))
			v = 0;
		else if (kind != PICK_COMM && !prog_strtol(word, 10, &v))
			return false;
		if ((kind == PICK_PID || kind == PICK_PPID) && (v < 1 || v > 0x7fffffff))
			fail(s, "process ID out of range");
		pick.number = (int)v;
		if (s->npicks < PICKS_MAX)
			s->picks[s->npicks++] = pick;
	}
	return true;
}

/* One Unix word after its dash; false: it makes no sense so. */
static bool parse_unix(struct ps *s, const char *word, char ***args)
{
	for (; *word; word++) {
		const char *arg = word[1] ? word + 1 : (*args)[1];
		bool takes = strchr("opquUCs", *word) != NULL;

		if (takes && !arg)
			return false;
		switch (*word) {
		case 'A':
		case 'e':
			s->every = true;
			break;
		case 'a':
			s->with_tty = true;
			s->not_leaders = true;
			break;
		case 'd':
			s->every = true;
			s->not_leaders = true;
			break;
		case 'f':
			s->format = "UID,pid,ppid,c,stime,tname,time,cmd";
			break;
		case 'w':
			break;
		case 'N':
			s->negate = true;
			break;
		case 'V':
			ng_puts(s->out, "ps from procps-ng 4.0.2\n");
			prog_exit(s->task, 0);
		case 'o':
			add_columns(s, arg);
			break;
		case 'p':
		case 'q':
			if (!add_picks(s, PICK_PID, arg))
				fail(s, "process ID list syntax error");
			break;
		case 'C':
			add_picks(s, PICK_COMM, arg);
			break;
		case 'u':
		case 'U':
			if (!add_picks(s, PICK_UID, arg)) {
				s->first_error = "user name does not exist";
				return false;
			}
			break;
		case 'l':
		case 'F':
		case 'j':
		case 'H':
		case 'L':
		case 'T':
		case 'y':
		case 'Z':
		case 'c':
		case 's':
		case 't':
			s->not_modelled = "this format of ps";
			return true;
		default:
			return false;
		}
		if (takes) {
			*args += word[1] == '\0';
			return true;
		}
	}
	return true;
}

static void parse_bsd(struct ps *s, const char *word, char ***args)
{
	s->bsd = true;
	if (*word >= '0' && *word <= '9') {
		if (!add_picks(s, PICK_PID, word))
			fail(s, "process ID list syntax error");
		return;
	}
	for (; *word; word++) {
		const char *arg = word[1] ? word + 1 : (*args)[1];

		switch (*word) {
		case 'a':
			s->with_tty = true;
			break;
		case 'x':
			s->without_tty = true;
			break;
		case 'u':
			s->format = "user,pid,%cpu,%mem,vsz,rss,tname,stat,bsdstart,bsdtime,args";
			break;
		case 'A':
			s->every = true;
			break;
		case 'e':
		case 'w':
		case 'n':
			break;
		case 'h':
			s->no_header = true;
			break;
		case 'o':
		case 'p':
			if (!arg)
				fail(s, "improper list");
			if (*word == 'o')
				add_columns(s, arg);
			else if (!add_picks(s, PICK_PID, arg))
				fail(s, "process ID list syntax error");
			*args += word[1] == '\0';
			return;
		case 'f':
		case 'j':
		case 'l':
		case 'v':
		case 's':
		case 'r':
		case 'c':
		case 'U':
			s->not_modelled = "this format of ps";
			return;
		default:
			fail(s, "unsupported option (BSD syntax)");
		}
	}
}

static void parse_long(struct ps *s, const char *word, char ***args)
{
	char *copy = ng_task_strdup(s->task, word);
	char *value = strchr(copy, '=');

	if (value)
		*value++ = '\0';
	if (!strcmp(copy, "no-headers") || !strcmp(copy, "no-headings") ||
	    !strcmp(copy, "no-heading") || !strcmp(copy, "no-header")) {
		s->no_header = true;
		return;
	}
	if (!strcmp(copy, "help")) {
		ng_puts(s->out, usage_text);
		prog_exit(s->task, 0);
	}
	if (!strcmp(copy, "version")) {
		ng_puts(s->out, "ps from procps-ng 4.0.2\n");
		prog_exit(s->task, 0);
	}
	if (!strcmp(copy, "forest") || !strcmp(copy, "deselect")) {
		s->not_modelled = "ps --forest or --deselect";
		return;
	}
	if (!value && (*args)[1])
		value = *++*args;
	if (!value)
		fail(s, "unknown gnu long option");
	if (!strcmp(copy, "pid"))
		add_picks(s, PICK_PID, value);
	else if (!strcmp(copy, "ppid"))
		add_picks(s, PICK_PPID, value);
	else if (!strcmp(copy, "format"))
		add_columns(s, value);
	else if (!strcmp(copy, "user") || !strcmp(copy, "User"))
		add_picks(s, PICK_UID, value);
	else if (!strcmp(copy, "sort") && (!strcmp(value, "pid") || !strcmp(value, "+pid")))
		s->reverse = false;
	else if (!strcmp(copy, "sort") && !strcmp(value, "-pid"))
		s->reverse = true;
	else if (!strcmp(copy, "sort"))
		s->not_modelled = "ps --sort by anything but pid";
	else
		fail(s, "unknown gnu long option");
}

/* All arguments; @dash_is_bsd: dashes before BSD words are only decoration. */
static bool parse_all(struct ps *s, char **argv, bool dash_is_bsd)
{
	char **args;

	for (args = argv; *args; args++) {
		const char *word = *args;

		if (word[0] == '-' && word[1] == '-')
			parse_long(s, word + 2, &args);
		else if (word[0] == '-' && !dash_is_bsd) {
			if (!parse_unix(s, word + 1, &args))
				return false;
		} else {
			parse_bsd(s, word + (word[0] == '-'), &args);
		}
	}
	return true;
}

static bool is_picked(const struct ps *s, const struct ps_proc *p)
{
	int i;

	for (i = 0; i < s->npicks; i++) {
		const struct pick *k = &s->picks[i];

		if ((k->kind == PICK_PID && p->pid == k->number) ||
		    (k->kind == PICK_PPID && p->ppid == k->number) ||
		    (k->kind == PICK_UID && p->uid == (unsigned int)k->number) ||
		    (k->kind == PICK_COMM && !strncmp(p->comm, k->name, 15)))
			return true;
	}
	return false;
}

static bool is_selected(const struct ps *s, const struct ps_proc *p, const struct ps_proc *self)
{
	bool yes = false;

	if (s->every && !s->not_leaders)
		yes = true;
	else if (s->every)
		yes = p->pid != p->sid;
	else if (s->with_tty && s->without_tty)
		yes = true;
	else if (s->with_tty)
		yes = p->tty && (!s->not_leaders || p->pid != p->sid);
	else if (s->without_tty)
		yes = p->uid == self->uid;
	else if (!s->npicks)
		yes = p->uid == self->uid && p->tty == self->tty && (!s->bsd || self->tty);
	yes = yes || is_picked(s, p);
	return yes != s->negate;
}

/* One cell; the last one of a line is neither padded nor cut when it stands left. */
static void put_cell(struct ps *s, int i, const char *text)
{
	const struct ps_column *col = s->cols[i];
	int width = ps_column_width(col);
	bool last = i == s->ncols - 1;

	if ((int)strlen(s->headers[i]) > width)
		width = (int)strlen(s->headers[i]);
	if (i)
		ng_putc(s->out, ' ');
	if (!ps_column_left(col))
		ng_printf(s->out, "%*s", width, text);
	else if (last)
		ng_puts(s->out, text);
	else
		ng_printf(s->out, "%-*.*s", width, width, text);
}

static void put_header(struct ps *s)
{
	bool any = false;
	int i;

	for (i = 0; i < s->ncols; i++)
		any |= s->headers[i][0] != '\0';
	if (s->no_header || !any)
		return;
	for (i = 0; i < s->ncols; i++)
		put_cell(s, i, s->headers[i]);
	ng_putc(s->out, '\n');
}

static void put_proc(struct ps *s, const struct ps_proc *p)
{
	int i;

	for (i = 0; i < s->ncols; i++) {
		ps_column_format(s->cols[i], s->task, p, s->text, PS_ARGS_MAX);
		put_cell(s, i, s->text);
	}
	ng_putc(s->out, '\n');
}

static struct ps_proc *reverse_list(struct ps_proc *list)
{
	struct ps_proc *done = NULL;

	while (list) {
		struct ps_proc *next = list->next;

		list->next = done;
		done = list;
		list = next;
	}
	return done;
}

static int list_processes(struct ps *s)
{
	const struct ps_proc *self;
	struct ps_proc *list = ps_read_all(s->task);
	const struct ps_proc *p;
	int pid = ng_sys_getpid(s->task);
	int shown = 0;

	s->text = ng_task_alloc(s->task, PS_ARGS_MAX);
	for (self = list; self && self->pid != pid;)
		self = self->next;
	if (!self)
		self = list;
	if (s->reverse)
		list = reverse_list(list);
	put_header(s);
	for (p = list; p; p = p->next) {
		if (!is_selected(s, p, self))
			continue;
		put_proc(s, p);
		shown++;
	}
	return !shown;
}

/**
 * ps_main() - The program ps.
 * @task: the process
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: its exit status: 1 when nothing was listed.
 */
int ps_main(struct ng_task *task, int argc, char **argv)
{
	struct ps *s = ng_task_alloc(task, sizeof(*s));

	(void)argc;
	s->task = task;
	s->out = ng_stdout(task);
	if (!parse_all(s, argv + 1, false)) {
		const char *first_error = s->first_error;

		memset(s, 0, sizeof(*s));
		s->first_error = first_error;
		s->task = task;
		s->out = ng_stdout(task);
		parse_all(s, argv + 1, true);
	}
	if (s->not_modelled)
		return ng_not_modelled(task, "%s", s->not_modelled);
	if (!s->ncols && !s->format)
		s->format = s->bsd ? "pid,tname,stat,bsdtime,args" : "pid,tname,time,ucmd";
	if (!s->ncols)
		add_columns(s, s->format);
	return list_processes(s);
}
