/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * terminal.c - the shell at a terminal: prompts, and going on after what a script would end with
 *
 * The prompt names the network namespace ("red# "), which bash's does not;
 * PS1 and PS2 replace it. The terminal edits lines, not the shell.
 */
#include "sh.h"

#include "../lib/session.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>

struct terminal {
	struct sh *sh;
	unsigned int lines;    /* read so far */
	unsigned int commands; /* run when the line before was read */
	bool line_begins;
	bool in_command; /* something of a command was read, and it goes on */
	bool ended;
};

static uint64_t ns_of(struct ng_task *task, const char *path)
{
	int fd = ng_sys_open(task, path, O_RDONLY, 0);
	struct ng_stat st = { 0 };

	if (fd < 0)
		return 0;
	ng_sys_fstat(task, fd, &st);
	ng_sys_close(task, fd);
	return st.ino;
}

/* The name under which /run/netns knows the namespace the shell is in. */
static const char *ns_name(struct sh *sh)
{
	uint64_t mine = ns_of(sh->task, "/proc/self/ns/net");
	struct ng_dirent ent;
	const char *found = "?";
	int fd;

	if (mine == ns_of(sh->task, "/proc/1/ns/net"))
		return "host";
	fd = ng_sys_open(sh->task, "/run/netns", O_RDONLY | O_DIRECTORY, 0);
	while (fd >= 0 && ng_sys_getdents(sh->task, fd, &ent, 1) > 0) {
		if (ns_of(sh->task, sh_pool_printf(&sh->pool, "/run/netns/%s", ent.name)) == mine) {
			found = sh_pool_strdup(&sh->pool, ent.name);
			break;
		}
	}
	if (fd >= 0)
		ng_sys_close(sh->task, fd);
	return found;
}

static void prompt(struct terminal *t, bool more)
{
	struct ng_session *session = ng_task_session(t->sh->task);
	struct sh_mark mark = sh_pool_mark(&t->sh->pool);
	const char *ps = sh_var_get(t->sh, more ? "PS2" : "PS1");

	ng_flush(t->sh->out);
	if (ps)
		ng_printf(t->sh->err, "%s", ps);
	else if (more)
		ng_printf(t->sh->err, "> ");
	else
		ng_printf(t->sh->err, "%s# ", ns_name(t->sh));
	ng_flush(t->sh->err);
	session->prompt = more ? NG_PROMPT_MORE : NG_PROMPT_COMMAND;
	session->status = t->sh->status;
	sh_pool_release(&t->sh->pool, mark);
}

static ssize_t read_terminal(void *arg, char *buf, size_t len)
{
	struct terminal *t = arg;
	struct ng_session *session = ng_task_session(t->sh->task);
	ssize_t n;

	(void)len;
	if (t->line_begins) {
		if (t->commands != t->sh->nr_commands)
			t->in_command = false;
		t->commands = t->sh->nr_commands;
		prompt(t, t->in_command);
		t->lines++;
	}
	do {
		n = ng_sys_read(t->sh->task, 0, buf, 1); /* programs read the same terminal */
	} while (n == -EINTR);
	session->prompt = NG_PROMPT_NONE;
	t->ended = n <= 0;
	t->line_begins = n > 0 && *buf == '\n';
	if (n > 0 && !isspace((unsigned char)*buf))
		t->in_command = true;
	return n;
}

/**
 * sh_run_terminal() - Reads commands from the terminal until its end or `exit`
 * @sh: the shell
 *
 * Return: the exit status.
 */
int sh_run_terminal(struct sh *sh)
{
	struct terminal t = { .sh = sh, .line_begins = true };
	char rest;

	sh->interactive = true;
	while (!t.ended && sh->jump != SH_JUMP_EXIT) {
		struct sh_parser *p = sh_parser_new();

		/* after a syntax error the rest of the line is forgotten */
		while (!t.line_begins && !t.ended)
			read_terminal(&t, &rest, 1);
		t.in_command = false;
		sh->jump = SH_JUMP_NONE;
		sh_parser_reader(p, read_terminal, &t);
		sh_parser_set_line(p, t.lines + 1);
		sh_run_parser(sh, p, true);
	}
	ng_flush(sh->out);
	ng_printf(sh->err, "exit\n");
	return sh_finish(sh);
}

/**
 * ng_sh_terminal() - A shell at the terminal
 * @task: the program it runs in
 * @name: $0
 *
 * Return: the exit status.
 */
int ng_sh_terminal(struct ng_task *task, const char *name)
{
	return sh_run_terminal(sh_new(task, name, false));
}
