/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dash.c - dash's messages, and how an error ends dash
 *
 * The interpreter is one for both shells; sh->dash says which it is. Where bash
 * says a thing, sh_error() and sh_builtin_error() look its words up here.
 *
 * An error is raised: inside a builtin it ends the builtin with status 2, and
 * the shell too when the builtin is a special one; elsewhere it ends the shell.
 */
#include "dash.h"

#include "../lib/program.h"

#include <errno.h>
#include <string.h>

static const struct {
	const char *bash, *dash; /* formats, with the same arguments */
} words[] = {
	{ "%s%s: unbound variable", "%s%s: parameter not set" },
	{ "%s: arguments must be process or job IDs", "Illegal number: %s" },
	{ "%s: bad substitution", "Bad substitution" },
	{ "%s: command not found", "%s: not found" },
	{ "%s: cannot unset: readonly variable", "%s: is read only" },
	{ "%s: invalid option name", "Illegal option -o %s" },
	{ "%s: loop count out of range", "Illegal number: %s" },
	{ "%s: no such job", "No such job: %s" },
	{ "%s: numeric argument required", "Illegal number: %s" },
	{ "%s: readonly variable", "%s: is read only" },
	{ "%s: shift count out of range", "Illegal number: %s" },
	{ "$%s: cannot assign in this way", "%s: bad variable name" },
	{ "-%c: invalid option", "Illegal option -%c" },
	{ "-%c: option requires an argument", "No arg for -%c option" },
	{ "`%s': not a pid or valid job spec", "Illegal number: %s" },
	{ "`%s': not a valid identifier", "%s: bad variable name" },
	{ "can only be used in a function", "not in a function" },
	{ "missing `]'", "missing ]" },
};

/**
 * sh_dash_words() - What dash says instead
 * @fmt: the format of bash's message
 *
 * Return: the format of dash's, for the same arguments; @fmt itself when they agree.
 */
const char *sh_dash_words(const char *fmt)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!strcmp(words[i].bash, fmt))
			return words[i].dash;
	}
	return fmt;
}

/**
 * sh_dash_raise() - An error was said: the builtin at hand, or the shell, is over
 * @sh: the shell
 */
void sh_dash_raise(struct sh *sh)
{
	if (sh->in_builtin) {
		sh->raised = true;
		return;
	}
	sh->ends_by_error = true;
	sh->jump = sh->interactive ? SH_JUMP_DISCARD : SH_JUMP_EXIT;
	sh->discard_status = sh->status = 2;
}

/* What was written must have arrived. */
static int written(struct sh *sh, const char *name, int status)
{
	int err;

	ng_flush(sh->out);
	err = ng_out_error(sh->out);
	if (!err)
		return status;
	ng_out_clear_error(sh->out);
	if (err == -NG_ENOTSUPP)
		return ng_not_modelled(sh->task, "%s: this value for a file of the kernel", name);
	sh_error(sh, "%s: I/O error", name);
	return status | 1;
}

/**
 * sh_dash_run() - Runs a builtin
 * @sh: the shell
 * @b: the builtin
 * @argc: number of words
 * @argv: the words
 * @special: its errors end the shell (false behind `command`)
 *
 * Return: the status; check sh->jump.
 */
int sh_dash_run(struct sh *sh, const struct sh_builtin *b, int argc, char **argv, bool special)
{
	const char *doing = sh->doing;
	bool in_builtin = sh->in_builtin, raised = sh->raised;
	int status;

	sh->doing = argv[0];
	sh->in_builtin = true;
	sh->raised = false;
	status = b->fn(sh, argc, argv);
	if (sh->jump != SH_JUMP_EXIT && !sh->raised)
		status = written(sh, argv[0], status);
	sh->in_builtin = in_builtin;
	if (sh->raised)
		status = 2;
	if (sh->raised && special)
		sh_dash_raise(sh);
	if (sh->ends_by_error && !special) {
		sh->ends_by_error = false;
		sh->jump = SH_JUMP_NONE;
		status = 2;
	}
	sh->raised = raised;
	sh->doing = doing;
	return status;
}

/**
 * sh_dash_open_error() - A file cannot be opened
 * @sh: the shell
 * @name: the file
 * @err: -errno
 * @create: to be written
 */
void sh_dash_open_error(struct sh *sh, const char *name, int err, bool create)
{
	const char *why = ng_strerror(-err);

	if (err == -ENOENT || err == -ENOTDIR)
		why = create ? "Directory nonexistent" : "No such file";
	sh_error(sh, "cannot %s %s: %s", create ? "create" : "open", name, why);
}

/**
 * sh_dash_exec_error() - A program cannot be started
 * @sh: the shell
 * @name: as it was called
 * @err: -errno
 *
 * Return: the status.
 */
int sh_dash_exec_error(struct sh *sh, const char *name, int err)
{
	bool absent = err == -ENOENT || err == -ENOTDIR, loop = err == -ELOOP;

	if (err == -EISDIR)
		err = -EACCES;
	sh_error(sh, "%s: %s", name, absent ? "not found" : ng_strerror(-err));
	return absent || loop ? 127 : 126;
}

/**
 * sh_dash_quote() - A text in single quotes, as dash shows it
 * @pool: for the result
 * @s: the text
 *
 * Return: the text; a single quote in it stands between double ones.
 */
char *sh_dash_quote(struct sh_pool *pool, const char *s)
{
	struct sh_buf b = { .pool = pool };

	do {
		size_t n = strcspn(s, "'"), quotes = strspn(s + n, "'");

		sh_buf_putc(&b, '\'');
		sh_buf_put(&b, s, n);
		sh_buf_putc(&b, '\'');
		if (quotes) {
			sh_buf_putc(&b, '"');
			sh_buf_put(&b, s + n, quotes);
			sh_buf_putc(&b, '"');
		}
		s += n + quotes;
	} while (*s);
	return sh_buf_str(&b);
}

/**
 * sh_dash_number() - A number as dash's builtins take it: digits only
 * @sh: the shell
 * @s: the text
 * @ret: the number
 *
 * Return: false, raised, when it is none.
 */
bool sh_dash_number(struct sh *sh, const char *s, int64_t *ret)
{
	if (*s && strspn(s, "0123456789") == strlen(s) && sh_number(s, ret) && *ret <= INT32_MAX)
		return true;
	sh_error(sh, "Illegal number: %s", s);
	sh_dash_raise(sh);
	return false;
}

static int trace_fd(const struct sh_undo *undo)
{
	for (; undo; undo = undo->next) {
		if (undo->fd == 2)
			return undo->saved;
	}
	return 2;
}

/**
 * sh_dash_trace() - A command line for set -x
 * @sh: the shell
 * @assigns: the assignments before it, each followed by a blank
 * @argc: number of words
 * @argv: the words, shown as they are
 * @undo: its redirections: the line goes where standard error went before them
 */
void sh_dash_trace(struct sh *sh, const char *assigns, int argc, char **argv,
		   const struct sh_undo *undo)
{
	struct sh_mark mark = sh_pool_mark(&sh->pool);
	struct sh_buf b = { .pool = &sh->pool };
	const char *ps4 = sh_var_get(sh, "PS4");
	int fd = trace_fd(undo);

	sh->xtrace = false; /* not for what PS4 itself runs */
	sh_buf_puts(&b, ps4 ? sh_expand_text(sh, ps4) : "");
	sh->xtrace = true;
	sh_buf_puts(&b, assigns);
	for (int i = 0; i < argc; i++) {
		sh_buf_puts(&b, argv[i]);
		if (i + 1 < argc)
			sh_buf_putc(&b, ' ');
	}
	if (!argc && b.len && b.s[b.len - 1] == ' ' && *assigns)
		b.len--;
	sh_buf_putc(&b, '\n');
	ng_flush(sh->out);
	if (fd == 2)
		ng_write(sh->err, b.s, b.len);
	else if (fd >= 0)
		ng_sys_write(sh->task, fd, b.s, b.len);
	sh_pool_release(&sh->pool, mark);
}
