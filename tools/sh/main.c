/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * main.c - the shell as a program: sh -c CMD, sh FILE, sh -s, and ng_sh_run()
 *
 * sh_main(), ng_sh_run()
 *   sh_run_parser()
 *     sh_parse_next()      parse.c
 *     sh_exec_tree()       exec.c
 *   sh_finish()            the EXIT trap
 */
#include "sh.h"

#include "../lib/program.h"
#include "builtin.h"
#include "dash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int bash_main(struct ng_task *task, int argc, char **argv);
int sh_main(struct ng_task *task, int argc, char **argv);

static void tell_heredoc(struct sh *sh, struct sh_parser *p)
{
	unsigned int here, line, old = sh->line;
	const char *word = sh_parser_heredoc_warning(p, &here, &line);

	if (!word)
		return;
	sh->line = line;
	sh_error(sh, "warning: here-document at line %u delimited by end-of-file (wanted `%s')",
		 here, word);
	sh->line = old;
}

static void tell_syntax(struct sh *sh, const struct sh_parser *p)
{
	const char *text = sh_parser_error_text(p);
	unsigned int line = sh_parser_error_line(p);

	ng_flush(sh->out);
	if (sh_parser_not_modelled(p)) {
		sh->status = ng_not_modelled(sh->task, "sh: %s", sh_parser_error(p));
		return;
	}
	if (!sh_parser_keeps_status(p))
		sh->status = 2;
	if (sh->dash) {
		sh->line = line;
		sh_error(sh, "%s", sh_parser_error(p));
		return;
	}
	if (!*sh_parser_error(p))
		return;
	for (int i = 0; i < (text ? 2 : 1); i++) {
		if (sh->interactive && i) /* the line was just typed */
			continue;
		if (sh->interactive) {
			ng_printf(sh->err, "%s: %s\n", sh->name, sh_parser_error(p));
			continue;
		}
		ng_printf(sh->err, "%s: %s%sline %u: %s%s%s\n", sh->name,
			  sh->label ? sh->label : "", sh->label ? ": " : "", line, i ? "`" : "",
			  i ? text : sh_parser_error(p), i ? "'" : "");
	}
}

static void run_command(struct sh *sh, struct sh_parser *p, const struct sh_command *cmd, bool top)
{
	const struct ng_sh_hooks *hooks = top ? sh->hooks : NULL;
	int status;

	tell_heredoc(sh, p);
	if (hooks && hooks->pause) {
		int64_t left = hooks->pause(hooks->arg);

		if (left > 0)
			ng_sys_nanosleep(sh->task, left);
	}
	if (hooks && hooks->command) {
		ng_flush(sh->out);
		hooks->command(hooks->arg, cmd->first_line, cmd->last_line,
			       sh_parser_input(p) + cmd->start, cmd->len);
	}
	if (sh->noexec) {
		sh_tree_put(cmd->tree);
		return;
	}
	if (sh->verbose) {
		ng_flush(sh->out);
		ng_printf(sh->err, "%.*s\n", (int)cmd->len, sh_parser_input(p) + cmd->start);
	}
	/* bash becomes the last program of -c, dash starts it */
	sh->exec_last = top && sh->from_c && !sh->dash && sh_parser_at_end(p);
	status = sh_exec_tree(sh, cmd->tree, cmd->node);
	sh->exec_last = false;
	if (sh->jump == SH_JUMP_NONE)
		sh->status = status;
	if (sh->jump == SH_JUMP_DISCARD && sh->dash && !sh->interactive)
		sh_dash_raise(sh);
	if (sh->jump == SH_JUMP_DISCARD && (top || sh->source_depth == 0)) {
		sh->jump = SH_JUMP_NONE;
		sh->status = sh->discard_status ? sh->discard_status : 1;
		sh->discard_status = 0;
	}
	if (top)
		sh_run_traps(sh);
	if (hooks && hooks->command_done) {
		ng_flush(sh->out);
		hooks->command_done(hooks->arg, sh->status);
	}
}

/**
 * sh_run_parser() - Reads and runs complete commands until the input ends
 * @sh: the shell
 * @p: the input; freed
 * @top: this is the script itself
 *
 * Return: the status.
 */
int sh_run_parser(struct sh *sh, struct sh_parser *p, bool top)
{
	struct sh_frame *f = sh_xalloc(sizeof(*f));
	struct sh_command cmd;
	bool any = false;

	f->parser = p;
	f->below = sh->frames;
	sh->frames = f;
	sh_parser_aliases(p, sh_alias_value, sh);
	if (sh->dash)
		sh_parser_dash(p);
	while (!sh->jump) {
		enum sh_parse got;

		sh_parser_extglob(p, sh->extglob);
		got = sh_parse_next(p, &cmd);

		if (got == SH_PARSE_END)
			break;
		if (got == SH_PARSE_ERROR) {
			any = true;
			tell_heredoc(sh, p);
			tell_syntax(sh, p);
			if (sh->dash)
				sh_dash_raise(sh);
			else if (top && !sh->interactive)
				sh->jump = SH_JUMP_EXIT;
			break;
		}
		any = true;
		sh->nr_commands++;
		run_command(sh, p, &cmd, top);
	}
	if (!any)
		sh->status = 0;
	sh->frames = f->below;
	sh_parser_free(f->parser);
	free(f);
	return sh->status;
}

/* eval, ., traps and `...` inside each other */
static bool enter_source(struct sh *sh)
{
	if (sh->source_depth < SH_SOURCE_MAX && sh_room(sh)) {
		sh->source_depth++;
		return true;
	}
	if (!sh->jump) {
		sh_error(sh, "commands are nested too deeply");
		sh->jump = SH_JUMP_EXIT;
		sh->status = 2;
	}
	return false;
}

/**
 * sh_run_text() - Runs a text inside the shell: eval, a trap, `...`
 * @sh: the shell
 * @text: the commands
 * @label: what syntax errors name ("eval"), or NULL
 *
 * Return: the status; 0 when there is no command in it.
 */
int sh_run_text(struct sh *sh, const char *text, const char *label)
{
	struct sh_parser *p;
	const char *old = sh->label;
	bool eval = label && !strcmp(label, "eval"), in_builtin = sh->in_builtin;
	int shift = sh->line_shift;

	if (!enter_source(sh))
		return sh->status;
	p = sh_parser_new();
	sh_parser_text(p, text, strlen(text));
	sh_parser_set_line(p, sh->dash ? 1 : sh->line);
	sh->in_builtin = false;
	sh->label = label;
	sh->trace_depth += eval;
	sh->line_shift = 0;
	sh_run_parser(sh, p, false);
	sh->in_builtin = in_builtin;
	sh->line_shift = shift;
	sh->trace_depth -= eval;
	sh->label = old;
	sh->source_depth--;
	return sh->status;
}

struct file {
	struct sh *sh;
	int fd;
	bool bytewise; /* others read the same descriptor */
};

static ssize_t read_file(void *arg, char *buf, size_t len)
{
	struct file *f = arg;
	ssize_t n;

	do {
		n = ng_sys_read(f->sh->task, f->fd, buf, f->bytewise ? 1 : len);
	} while (n == -EINTR);
	return n;
}

/**
 * sh_run_fd() - Runs a file inside the shell: `.`
 * @sh: the shell
 * @fd: the file, closed
 *
 * Return: the status.
 */
int sh_run_fd(struct sh *sh, int fd)
{
	struct file file = { sh, fd, false };
	struct sh_parser *p;
	const char *old = sh->label;
	bool in_builtin = sh->in_builtin;
	int shift = sh->line_shift;

	if (enter_source(sh)) {
		p = sh_parser_new();
		sh_parser_reader(p, read_file, &file);
		sh->label = NULL;
		sh->line_shift = 0;
		sh->in_builtin = false;
		sh_run_parser(sh, p, false);
		sh->in_builtin = in_builtin;
		sh->line_shift = shift;
		sh->label = old;
		sh->source_depth--;
	}
	ng_sys_close(sh->task, fd);
	return sh->status;
}

/**
 * sh_finish() - Runs the EXIT trap
 * @sh: the shell
 *
 * Return: the exit status.
 */
int sh_finish(struct sh *sh)
{
	char *trap = sh->traps[0];
	int status;

	sh->exec_last = false;
	sh->jump = SH_JUMP_NONE;
	sh->ends_by_error = sh->in_builtin = false;
	sh->doing = NULL;
	sh->loops = 0;
	if (!trap)
		return sh->status & 0xff;
	sh->traps[0] = NULL;
	status = sh->status;
	sh->line = 1;
	if (*trap) {
		char *text = sh_pool_strdup(&sh->pool, trap);

		free(trap);
		sh->in_trap = true;
		sh->before_trap = status;
		sh_run_text(sh, text, NULL);
	} else {
		free(trap);
	}
	if (sh->jump == SH_JUMP_EXIT)
		status = sh->status;
	ng_flush(sh->out);
	return status & 0xff;
}

/**
 * ng_sh_run() - Runs a script
 * @task: the program it runs in
 * @config: the script and who watches
 *
 * Return: the exit status.
 */
int ng_sh_run(struct ng_task *task, const struct ng_sh_config *config)
{
	struct sh *sh = sh_new(task, config->name, false);
	struct sh_parser *p = sh_parser_new();

	sh->script = config->script;
	sh->hooks = config->hooks;
	sh_params_set(sh, config->argc, config->argv);
	sh_calls_begin(sh, config->name);
	sh_parser_text(p, config->text, config->len);
	sh_run_parser(sh, p, true);
	return sh_finish(sh);
}

static int run_file(struct sh *sh, const char *path)
{
	int fd = ng_sys_open(sh->task, path, O_RDONLY, 0);
	struct file file = { sh, fd, false };
	struct sh_parser *p;
	struct ng_stat st;
	char head[80];
	ssize_t n;

	if (fd < 0 && sh->dash) {
		sh->line = 0;
		sh_dash_open_error(sh, path, fd, false);
		return 2;
	}
	if (fd < 0) {
		ng_printf(sh->err, "%s: %s: %s\n", sh->arg0, path, ng_strerror(-fd));
		return fd == -ENOENT ? 127 : 126;
	}
	free(sh->arg0);
	sh->arg0 = NULL;
	sh->arg0 = sh_xstrdup(path);
	sh->name = sh->arg0;
	if (!sh->dash && ng_sys_fstat(sh->task, fd, &st) >= 0 && S_ISDIR(st.mode)) {
		ng_printf(sh->err, "%s: %s: Is a directory\n", path, path);
		return 126;
	}
	n = sh->dash ? 0 : ng_sys_read(sh->task, fd, head, sizeof(head));
	for (ssize_t i = 0; i < n && head[i] != '\n'; i++) {
		if (head[i])
			continue;
		ng_printf(sh->err, "%s: %s: cannot execute binary file\n", path, path);
		return 126;
	}
	ng_sys_lseek(sh->task, fd, 0, SEEK_SET);
	file.fd = ng_sys_dup(sh->task, fd, SH_FD_KEEP);
	ng_sys_close(sh->task, fd);
	sh_calls_begin(sh, path);
	p = sh_parser_new();
	sh_parser_reader(p, read_file, &file);
	sh_run_parser(sh, p, true);
	return sh_finish(sh);
}

static int run_stdin(struct sh *sh)
{
	struct file file = { sh, 0, !sh->dash };
	struct sh_parser *p;

	if (ng_sys_isatty(sh->task, 0) == 1)
		return sh_run_terminal(sh);
	p = sh_parser_new();
	sh_parser_reader(p, read_file, &file);
	sh_run_parser(sh, p, true);
	return sh_finish(sh);
}

static int run_string(struct sh *sh, const char *text)
{
	struct sh_parser *p = sh_parser_new();

	sh->from_c = true;
	sh->label = "-c";
	sh_parser_text(p, text, strlen(text));
	sh_run_parser(sh, p, true);
	return sh_finish(sh);
}

/* dash's options before -c, FILE or -s, as options(). */
static int dash_options(struct sh *sh, int argc, char **argv, char *ret_how)
{
	int at = 1;

	sh->line = 0;
	for (; at < argc && (argv[at][0] == '-' || argv[at][0] == '+') && argv[at][1]; at++) {
		bool on = argv[at][0] == '-';

		if (!strcmp(argv[at], "--"))
			return at + 1;
		for (const char *c = argv[at] + 1; *c; c++) {
			if (*c == 'c' && on) {
				*ret_how = 'c';
			} else if (*c == 'o' && at + 1 < argc) {
				if (sh_dash_set_named(sh, argv[++at], on))
					return -1;
				break;
			} else if (*c == 'i') {
				ng_not_modelled(sh->task, "sh: -i");
				return -3;
			} else if (*c != 'l' && !sh_dash_set_letter(sh, *c, on)) {
				return -1;
			}
			if (*c == 's')
				*ret_how = 's';
		}
	}
	if (at < argc && (!strcmp(argv[at], "-") || !strcmp(argv[at], "+")))
		at++;
	sh->line = 1;
	return at;
}

/* The options before -c, FILE or -s. Returns the first operand, -1 after an error. */
static int options(struct sh *sh, int argc, char **argv, char *ret_how)
{
	int at = 1;

	for (; at < argc && (argv[at][0] == '-' || argv[at][0] == '+') && argv[at][1]; at++) {
		bool on = argv[at][0] == '-';

		if (!strcmp(argv[at], "--"))
			return at + 1;
		if (!strcmp(argv[at], "--norc") || !strcmp(argv[at], "--noprofile") ||
		    !strcmp(argv[at], "--login"))
			continue;
		for (const char *c = argv[at] + 1; *c; c++) {
			if (*c == 'c' || *c == 's') {
				*ret_how = *c;
			} else if (*c == 'o' && at + 1 < argc) {
				if (sh_set_named(sh, argv[++at], on))
					return -1;
				break;
			} else if (*c == 'i') {
				if (ng_sys_isatty(sh->task, 0) != 1) {
					ng_not_modelled(sh->task, "sh: -i without a terminal");
					return -3;
				}
			} else if (*c != 'l' && !sh_set_letter(sh, *c, on)) {
				ng_printf(sh->err, "%s: %s: invalid option\n", sh->arg0, argv[at]);
				return -1;
			}
		}
	}
	return at;
}

static int start(struct sh *sh, int argc, char **argv)
{
	char how = 0;
	int at = sh->dash ? dash_options(sh, argc, argv, &how) : options(sh, argc, argv, &how);

	for (int sig = 1; sig < 32; sig++)
		sh->hard_ignored |= (uint32_t)ng_sys_sigignored(sh->task, sig) << sig;
	if (at < 0)
		return at == -3 ? 3 : 2;
	if (how == 'c' && at >= argc && sh->dash) {
		sh->line = 0;
		sh_error(sh, "-c requires an argument");
		return 2;
	}
	if (how == 'c' && at >= argc) {
		ng_printf(sh->err, "%s: -c: option requires an argument\n", sh->arg0);
		return 2;
	}
	if (how == 'c') {
		if (at + 1 < argc) {
			free(sh->arg0);
			sh->arg0 = NULL;
			sh->arg0 = sh_xstrdup(argv[at + 1]);
			sh->name = sh->arg0;
			sh_params_set(sh, argc - at - 2, argv + at + 2);
		}
		return run_string(sh, argv[at]);
	}
	if (how == 's' || at >= argc) {
		if (sh->dash)
			sh_dash_set_letter(sh, 's', true);
		sh_params_set(sh, argc - at, argv + at);
		return run_stdin(sh);
	}
	sh_params_set(sh, argc - at - 1, argv + at + 1);
	return run_file(sh, argv[at]);
}

/**
 * bash_main() - bash [-abc...] [-o option] [-c CMD [NAME]] [FILE] [ARG...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the exit status.
 */
int bash_main(struct ng_task *task, int argc, char **argv)
{
	return start(sh_new(task, argv[0], false), argc, argv);
}

/**
 * sh_main() - sh [-abc...] [-o option] [-c CMD [NAME]] [FILE] [ARG...], and dash
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the exit status.
 */
int sh_main(struct ng_task *task, int argc, char **argv)
{
	return start(sh_new(task, argv[0], true), argc, argv);
}
