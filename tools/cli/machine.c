/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine.c - a simulated machine with a script in it
 */
#include "machine.h"

#include <errno.h>
#include <glib.h>
#include <netglass/out.h>
#include <netglass/task.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../lib/program.h"
#include "cli.h"
#include "etc.h"

#define DEFAULT_EPOCH_NS \
	(INT64_C(946684800) * NSEC_PER_SEC) /* 2000-01-01 UTC, as the world's own */
#define LINGER_NS (50 * NSEC_PER_MSEC) /* a run ends this long after its last foreground command */

/* Where the script itself stands in the world's file tree: a program that is not in the table. */
#define SCRIPT_PATH "/usr/lib/netglass/sh"

static int exec_program(struct ng_task *task, const void *program, int argc, char **argv)
{
	struct machine *m = ng_task_session(task);
	int status;

	if (m->exec && program != m)
		m->exec(m->exec_arg, task, argc, argv);
	if (program != m)
		return ng_program_exec(task, program, argc, argv);
	status = m->script.len || !m->terminal ? ng_sh_run(task, &m->script) : 0;
	ng_flush(ng_stdout(task));
	if (m->terminal)
		status = ng_sh_terminal(task, "bash");
	ng_flush(ng_stdout(task));
	return status;
}

static void write_all(struct machine *m, int fd, const char *buf, size_t len)
{
	while (len && !m->console_failed) {
		ssize_t n = write(fd, buf, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			m->console_failed = fd == STDOUT_FILENO;
			if (m->console_failed)
				cli_error("standard output: %s", g_strerror(errno));
			return;
		}
		buf += n;
		len -= (size_t)n;
	}
}

static void console(void *session, int stream, const char *buf, size_t len)
{
	struct machine *m = session;

	if (m->console)
		m->console(m->console_arg, stream, buf, len);
	else
		write_all(m, stream == 1 ? STDOUT_FILENO : STDERR_FILENO, buf, len);
}

static int64_t epoch_from_environment(void)
{
	const char *s = g_getenv("SOURCE_DATE_EPOCH");
	char *end;
	int64_t v;

	if (!s || !*s)
		return 0;
	v = g_ascii_strtoll(s, &end, 10);
	return *end || v < 0 || v > INT64_C(9000000000) ? 0 : v * NSEC_PER_SEC;
}

/**
 * machine_epoch_ns() - Real time at virtual time 0
 *
 * Return: nanoseconds since 1970, UTC.
 */
int64_t machine_epoch_ns(void)
{
	int64_t ns = epoch_from_environment();

	return ns ? ns : DEFAULT_EPOCH_NS;
}

/**
 * machine_new() - A machine at power-on
 * @options: seed and the like
 *
 * Return: the machine.
 */
struct machine *machine_new(const struct machine_options *options)
{
	struct machine *m = g_new0(struct machine, 1);
	struct ng_world_config config = {
		.seed = options->seed,
		.epoch_ns = options->epoch_ns ? options->epoch_ns : epoch_from_environment(),
		.session = m,
		.exec = exec_program,
		.console = console,
		.absent = ng_file_not_modelled,
		.console_is_tty = options->tty,
		.console_asks = options->asks,
		.max_busy_events = options->max_busy_events,
	};
	const struct ng_program *p;
	const struct etc_file *f;

	m->session.pings = options->pings;
	m->script.name = "sh";
	m->script.script = 1;
	m->world = ng_world_new(&config);
	for (p = ng_programs; p->path; p++)
		ng_world_add_program(m->world, p->path, p);
	ng_world_add_program(m->world, SCRIPT_PATH, m);
	for (f = etc_files; f->path; f++)
		ng_world_add_file(m->world, f->path, f->text, strlen(f->text));
	return m;
}

/**
 * machine_free() - Switches it off
 * @m: or NULL
 */
void machine_free(struct machine *m)
{
	if (!m)
		return;
	ng_world_free(m->world);
	g_free(m);
}

static void say_stop(const struct machine *m, enum ng_stop stop)
{
	uint32_t line = ng_world_stuck_origin(m->world).line;

	if (stop == NG_STOP_DEADLOCK)
		cli_error("deadlock: line %u waits for something that cannot happen any more",
			  line);
	else if (stop == NG_STOP_ENDLESS)
		cli_error("endless: line %u goes on and on", line);
	else
		cli_error("broadcast storm: what line %u sent goes round without end "
			  "(a loop of bridges?)",
			  line);
}

/**
 * machine_environment() - What every program finds in its environment
 *
 * Return: "NAME=value", NULL-terminated.
 */
char *const *machine_environment(void)
{
	static char *const env[] = {
		(char *)(uintptr_t) "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/"
				    "bin",
		(char *)(uintptr_t) "HOME=/root",
		(char *)(uintptr_t) "USER=root",
		(char *)(uintptr_t) "LOGNAME=root",
		(char *)(uintptr_t) "SHELL=/bin/sh",
		(char *)(uintptr_t) "LC_ALL=C",
		(char *)(uintptr_t) "TZ=UTC",
		NULL,
	};

	return env;
}

/**
 * machine_start() - Starts the script
 * @m: with its script set
 *
 * Return: its pid.
 */
int machine_start(struct machine *m)
{
	char *const argv[] = { (char *)(uintptr_t) "sh", NULL };
	int pid = ng_world_spawn(m->world, SCRIPT_PATH, argv, machine_environment());

	g_assert(pid > 0);
	return pid;
}

/**
 * machine_run() - Runs the script
 * @m: with its script set
 *
 * Return: the exit status, see machine.h.
 */
int machine_run(struct machine *m)
{
	int pid = machine_start(m);
	enum ng_stop stop;
	int status = 0;

	stop = ng_world_run(m->world, pid, &status);
	if (stop == NG_STOP_EXITED)
		stop = ng_world_run_for(m->world, LINGER_NS);
	if (m->ending)
		m->ending(m->ending_arg);
	if (stop != NG_STOP_TIME) {
		if (!m->quiet && stop != NG_STOP_ASKED)
			say_stop(m, stop);
		ng_world_kill_all(m->world);
		m->stopped = true;
		return CLI_FAILED;
	}
	ng_world_kill_all(m->world);
	if (m->session.not_modelled)
		return CLI_NOT_MODELLED;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
