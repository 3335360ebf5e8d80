/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session.c - what is typed, and doing it again
 *
 * A world is never copied and never undone: to go back is to make a new one and
 * to type the same lines in it, all but the last.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../cli/cli.h"
#include "shell.h"

/* The world that runs now: ^C stops it. A signal has no other way to find it. */
static struct ng_world *volatile running;

static void on_interrupt(int sig)
{
	(void)sig;
	if (running)
		ng_world_stop(running);
}

/**
 * shell_catch_interrupt() - ^C stops what runs, not netglass
 */
void shell_catch_interrupt(void)
{
	const struct sigaction action = { .sa_handler = on_interrupt };

	sigaction(SIGINT, &action, NULL);
}

static void typed_free(void *p)
{
	struct typed *t = p;

	g_free(t->text);
	g_free(t);
}

/* What is behind the last newline may be a prompt: it is kept back. */
static void on_console(void *arg, int stream, const char *buf, size_t len)
{
	struct shell *s = arg;
	const char *nl;

	g_string_append_len(s->tail, buf, (gssize)len);
	nl = strrchr(s->tail->str, '\n');
	if (!nl && s->tail->len < 65536)
		return;
	len = nl ? (size_t)(nl - s->tail->str) + 1 : s->tail->len;
	if (!s->muted) {
		fwrite(s->tail->str, 1, len, stream == 2 && s->plain ? stderr : stdout);
		fflush(stdout);
	}
	g_string_erase(s->tail, 0, (gssize)len);
}

static void begin_machine(struct shell *s)
{
	const struct machine_options options = {
		.seed = s->scene.seed, .pings = s->scene.pings, .tty = true, .asks = true
	};

	s->m = machine_new(&options);
	s->m->console = on_console;
	s->m->console_arg = s;
	s->m->terminal = true;
	s->m->script.text = s->scene.text ? s->scene.text : "";
	s->m->script.len = s->scene.len;
	g_string_truncate(s->tail, 0);
	s->over = false;
	s->pid = machine_start(s->m);
}

/**
 * shell_begin() - A new world and a shell in it
 * @s: its scene is set
 */
void shell_begin(struct shell *s)
{
	s->typed = g_ptr_array_new_with_free_func(typed_free);
	s->tail = g_string_new(NULL);
	begin_machine(s);
}

/**
 * shell_end() - Forgets it all
 * @s: begun
 */
void shell_end(struct shell *s)
{
	machine_free(s->m);
	g_ptr_array_unref(s->typed);
	g_string_free(s->tail, TRUE);
}

static void say_stop(enum ng_stop stop)
{
	if (stop == NG_STOP_DEADLOCK)
		cli_error("deadlock: that waits for something that cannot happen any more");
	else if (stop == NG_STOP_ENDLESS)
		cli_error("endless: that goes on and on");
	else if (stop == NG_STOP_ASKED)
		cli_error("interrupted: that command is undone");
	else if (stop == NG_STOP_STORM)
		cli_error("broadcast storm: what was sent goes round without end "
			  "(a loop of bridges?)");
}

/**
 * shell_run() - Runs until somebody must type
 * @s: the session
 *
 * Return: false: the shell is over.
 */
bool shell_run(struct shell *s)
{
	int status = 0;
	enum ng_stop stop;

	if (s->over)
		return false;
	running = s->m->world;
	stop = ng_world_run(s->m->world, s->pid, &status);
	running = NULL;
	if (stop == NG_STOP_INPUT)
		return true;
	if (stop == NG_STOP_EXITED) {
		s->over = true;
		s->status = s->m->session.not_modelled ? CLI_NOT_MODELLED
			    : WIFSIGNALED(status)      ? 128 + WTERMSIG(status)
						       : WEXITSTATUS(status);
		return false;
	}
	/* the world cannot go on: one without the last command can */
	if (!s->muted)
		say_stop(stop);
	if (!s->muted && s->typed->len) {
		g_free(shell_back(s, 1));
		return !s->over;
	}
	s->over = true;
	s->status = CLI_FAILED;
	return false;
}

/**
 * shell_asks() - Does the shell itself wait for a command?
 * @s: after shell_run()
 */
bool shell_asks(const struct shell *s)
{
	return s->m->session.prompt == NG_PROMPT_COMMAND;
}

static void feed(struct shell *s, const struct typed *t)
{
	g_autofree char *line = t->end ? NULL : g_strconcat(t->text, "\n", NULL);

	g_string_truncate(s->tail, 0);
	ng_world_input(s->m->world, line, line ? strlen(line) : 0);
}

/**
 * shell_type() - A line is typed
 * @s: after shell_run()
 * @line: without newline; NULL: ^D
 */
void shell_type(struct shell *s, const char *line)
{
	struct typed *t = g_new0(struct typed, 1);

	t->text = g_strdup(line ? line : "");
	t->end = !line;
	t->reader = ng_world_reader(s->m->world);
	t->command = shell_asks(s) && t->text[strspn(t->text, " \t")];
	g_ptr_array_add(s->typed, t);
	feed(s, t);
}

/**
 * shell_commands() - How many commands were typed
 * @s: the session
 */
unsigned int shell_commands(const struct shell *s)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < s->typed->len; i++)
		n += ((struct typed *)g_ptr_array_index(s->typed, i))->command;
	return n;
}

static void redo(struct shell *s)
{
	s->muted = true;
	machine_free(s->m);
	begin_machine(s);
	for (unsigned int i = 0; i < s->typed->len && shell_run(s); i++)
		feed(s, g_ptr_array_index(s->typed, i));
	shell_run(s);
	s->muted = false;
}

/**
 * shell_back() - Does the session again without its last commands
 * @s: the session
 * @n: how many
 *
 * Return: the first of those undone, to be freed; NULL when there was none.
 */
char *shell_back(struct shell *s, unsigned int n)
{
	unsigned int keep = s->typed->len;
	char *undone;

	while (n && keep) {
		keep--;
		n -= ((struct typed *)g_ptr_array_index(s->typed, keep))->command;
	}
	if (keep == s->typed->len)
		return NULL;
	undone = g_strdup(((struct typed *)g_ptr_array_index(s->typed, keep))->text);
	g_ptr_array_set_size(s->typed, (int)keep);
	redo(s);
	return undone;
}
