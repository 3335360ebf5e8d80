/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * state.c - the shell's state: its beginning, its end, and its messages
 */
#include "dash.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/**
 * sh_error() - Says "sh: line N: ..." on standard error
 * @sh: the shell
 * @fmt: what
 */
void sh_error(struct sh *sh, const char *fmt, ...)
{
	struct sh_mark mark = sh_pool_mark(&sh->pool);
	struct sh_buf b = { .pool = &sh->pool };
	va_list ap;
	char *text;
	int n;

	if (sh->dash)
		fmt = sh_dash_words(fmt);
	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	text = sh_pool_alloc(&sh->pool, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(text, (size_t)n + 1, fmt, ap);
	va_end(ap);
	if (sh->dash)
		sh_buf_puts(&b, sh_pool_printf(&sh->pool, "%s: %u: %s%s%s\n", sh->arg0, sh->line,
					       sh->doing ? sh->doing : "", sh->doing ? ": " : "",
					       text));
	else if (sh->interactive)
		sh_buf_puts(&b, sh_pool_printf(&sh->pool, "%s: %s\n", sh->name, text));
	else
		sh_buf_puts(&b, sh_pool_printf(&sh->pool, "%s: line %u: %s\n", sh->name, sh->line,
					       text));
	ng_flush(sh->out);
	ng_write(sh->err, b.s, b.len);
	sh_pool_release(&sh->pool, mark);
}

static void import_environment(struct sh *sh)
{
	char *const *env = ng_task_environ(sh->task);

	for (; env && *env; env++) {
		const char *eq = strchr(*env, '=');
		char *name = eq ? sh_pool_strndup(&sh->pool, *env, (size_t)(eq - *env)) : NULL;

		if (!name || !sh_is_name(name) || !sh_var_set(sh, name, eq + 1))
			continue;
		sh_var_find(sh, name)->flags |= SH_VAR_EXPORT;
	}
}

/* Who and where this bash is. */
static void set_constants(struct sh *sh)
{
	static const char *const version[] = {
		"5", "2", "15", "1", "release", "x86_64-pc-linux-gnu"
	};

	sh_var_set(sh, "BASH_VERSION", "5.2.15(1)-release");
	for (int i = 0; i < (int)(sizeof(version) / sizeof(version[0])); i++)
		sh_elem_set(sh, "BASH_VERSINFO", i, version[i], false);
	sh_var_make(sh, "BASH_VERSINFO")->flags |= SH_VAR_READONLY;
	sh_var_set(sh, "HOSTTYPE", "x86_64");
	sh_var_set(sh, "MACHTYPE", version[5]);
	sh_var_set(sh, "OSTYPE", "linux-gnu");
}

/* What bash sets by itself. */
static void set_defaults(struct sh *sh)
{
	int64_t level = 0;

	sh_var_set(sh, "IFS", " \t\n");
	sh_var_set(sh, "OPTIND", "1");
	sh_var_set(sh, "PS4", "+ ");
	if (sh->dash) {
		sh_var_set(sh, "PS1", "# ");
		sh_var_set(sh, "PS2", "> ");
	}
	if (!sh_var_find(sh, "PATH"))
		sh_var_set(sh, "PATH",
			   "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
	sh_var_set(sh, "PPID", sh_pool_printf(&sh->pool, "%d", ng_sys_getppid(sh->task)));
	sh_cwd_begin(sh);
	if (sh->dash)
		return;
	sh_var_make(sh, "OLDPWD")->flags |= SH_VAR_EXPORT;
	if (sh_var_get(sh, "SHLVL"))
		sh_number(sh_var_get(sh, "SHLVL"), &level);
	sh_var_set(sh, "SHLVL", sh_pool_printf(&sh->pool, "%lld", (long long)level + 1));
	sh_var_make(sh, "SHLVL")->flags |= SH_VAR_EXPORT;
	set_constants(sh);
}

static void free_shell(void *arg)
{
	sh_free(arg);
}

/**
 * sh_new() - A shell for a program; it is freed when the program ends in any way
 * @task: the program
 * @arg0: $0
 * @dash: it is dash, not bash
 *
 * Return: the shell.
 */
struct sh *sh_new(struct ng_task *task, const char *arg0, bool dash)
{
	struct sh *sh = sh_xalloc(sizeof(*sh));
	struct ng_origin origin = ng_task_origin(task);
	struct ng_stat st;

	ng_task_defer(task, free_shell, sh);
	sh->task = task;
	sh->dash = sh->expand_aliases = dash;
	sh->out = ng_stdout(task);
	ng_set_goes_on(task);
	sh->err = ng_stderr(task);
	sh->arg0 = sh_xstrdup(arg0);
	sh->name = sh->arg0;
	sh->line = 1;
	sh->subst_status = -1;
	sh->stack = (uintptr_t)__builtin_frame_address(0);
	sh->script = origin.line ? 0 : 1;
	for (int fd = 0; fd < 10; fd++) {
		if (ng_sys_fstat(task, fd, &st) >= 0)
			sh->open_fds |= UINT64_C(1) << fd;
	}
	sh->pid = ng_sys_getpid(task);
	sh->start_ns = ng_sys_clock_monotonic(task);
	sh_params_push(sh, 0, NULL);
	import_environment(sh);
	set_defaults(sh);
	return sh;
}

/**
 * sh_free() - Ends a shell, whatever it was doing
 * @sh: the shell
 */
void sh_free(struct sh *sh)
{
	while (sh->saved)
		sh_scope_leave(sh);
	while (sh->frames) {
		struct sh_frame *f = sh->frames;

		sh->frames = f->below;
		sh_parser_free(f->parser);
		sh_tree_put(f->tree);
		free(f);
	}
	while (sh->funcs)
		sh_func_unset(sh, sh->funcs->name);
	sh_aliases_free(sh);
	sh_dirs_free(sh);
	while (sh->params)
		sh_params_pop(sh);
	sh_tickets_free(sh);
	while (sh->jobs) {
		struct sh_job *job = sh->jobs;

		sh->jobs = job->next;
		sh_job_free(job);
	}
	for (size_t i = 0; i < sh->nvars; i++)
		sh_var_free(sh->vars[i]);
	for (int i = 0; i < SH_NTRAPS; i++)
		free(sh->traps[i]);
	free(sh->trap_command);
	free(sh->vars);
	free(sh->arg0);
	free(sh->cwd);
	free(sh->own_name);
	free(sh->own_doing);
	sh_pool_fini(&sh->pool);
	free(sh);
}
