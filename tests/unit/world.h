/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * world.h - a small machine for tests: runs a script or a C function as a task, keeps what it printed
 */
#ifndef TESTS_UNIT_WORLD_H
#define TESTS_UNIT_WORLD_H

#include <glib.h>
#include <netglass/netglass.h>
#include <netglass/out.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <string.h>

#include "../../tools/lib/program.h"
#include "../../tools/lib/session.h"
#include "../../tools/sh/run.h"

typedef int (*world_fn)(struct ng_task *task, void *arg);

struct test_world {
	struct ng_session session; /* first: programs find it here */
	struct ng_world *world;
	GString *out, *err; /* of the last run */
	enum ng_stop stop;
	/* what the first program is to do */
	struct ng_sh_config script;
	world_fn fn;
	void *arg;
};

static const char test_world_script, test_world_function; /* the addresses are the programs */

static inline int test_world_exec(struct ng_task *task, const void *program, int argc, char **argv)
{
	struct test_world *w = ng_task_session(task);
	int status;

	if (program == &test_world_script)
		status = ng_sh_run(task, &w->script);
	else if (program == &test_world_function)
		status = w->fn(task, w->arg);
	else
		return ng_program_exec(task, program, argc, argv);
	ng_flush(ng_stdout(task));
	return status;
}

static inline void test_world_console(void *session, int stream, const char *buf, size_t len)
{
	struct test_world *w = session;

	g_string_append_len(stream == 1 ? w->out : w->err, buf, (gssize)len);
}

/* @limits: the guards to use, or NULL for the usual ones */
static inline struct test_world *test_world_new(const struct ng_world_config *limits)
{
	struct test_world *w = g_new0(struct test_world, 1);
	struct ng_world_config config = { .seed = 1 };

	if (limits)
		config = *limits;
	config.session = w;
	config.exec = test_world_exec;
	config.console = test_world_console;
	w->session.pings = 3;
	w->script.name = "sh";
	w->script.script = 1;
	w->out = g_string_new(NULL);
	w->err = g_string_new(NULL);
	w->world = ng_world_new(&config);
	for (const struct ng_program *p = ng_programs; p->path; p++)
		ng_world_add_program(w->world, p->path, p);
	ng_world_add_program(w->world, "/usr/lib/test/script", &test_world_script);
	ng_world_add_program(w->world, "/usr/lib/test/function", &test_world_function);
	return w;
}

static inline void test_world_free(struct test_world *w)
{
	ng_world_free(w->world);
	g_string_free(w->out, TRUE);
	g_string_free(w->err, TRUE);
	g_free(w);
}

/* The wait status; -1 when it did not end, see w->stop. */
static inline int test_world_run(struct test_world *w, const char *path)
{
	static char *const env[] = { (char *)(uintptr_t) "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
				     (char *)(uintptr_t) "LC_ALL=C", NULL };
	char *const argv[] = { (char *)(uintptr_t) "sh", NULL };
	int status = 0;

	g_string_truncate(w->out, 0);
	g_string_truncate(w->err, 0);
	w->stop = ng_world_run(w->world, ng_world_spawn(w->world, path, argv, env), &status);
	if (w->stop != NG_STOP_EXITED) {
		ng_world_kill_all(w->world);
		return -1;
	}
	return status;
}

/* Runs @len bytes of script: its exit status, -1 as above. */
static inline int test_world_script_len(struct test_world *w, const char *text, size_t len)
{
	int status;

	w->script.text = text;
	w->script.len = len;
	status = test_world_run(w, "/usr/lib/test/script");
	return status < 0 ? status : status >> 8;
}

static inline int test_world_sh(struct test_world *w, const char *text)
{
	return test_world_script_len(w, text, strlen(text));
}

/* Runs fn(task, arg) as a program: its exit status. */
static inline int test_world_call(struct test_world *w, world_fn fn, void *arg)
{
	int status;

	w->fn = fn;
	w->arg = arg;
	status = test_world_run(w, "/usr/lib/test/function");
	return status < 0 ? status : status >> 8;
}

#endif
