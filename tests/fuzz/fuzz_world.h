/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_world.h - worlds of several kinds, and commands in them
 *
 * A target's first byte says of which kinds its world is; a record of it may run a line of a fixed list, so that
 * a few bytes reach a state that takes a program to make.
 */
#ifndef TESTS_FUZZ_FUZZ_WORLD_H
#define TESTS_FUZZ_FUZZ_WORLD_H

#include <netglass/trace.h>

#include "../unit/world.h"

struct fuzz_kind {
	uint8_t bit;
	const char *text; /* what is set up, after the base; NULL: the target knows */
};

static inline void fuzz_listener(void *arg, const struct ng_trace_event *ev)
{
	(void)arg;
	if (!ng_trace_info(ev->kind)->name)
		__builtin_trap();
}

static inline void fuzz_capture(void *arg, const char *name, int64_t time_ns, unsigned int dir,
				const void *frame, size_t len)
{
	(void)arg;
	(void)name;
	(void)time_ns;
	(void)dir;
	(void)frame;
	(void)len;
}

/* Somebody looks: each decision is told, each frame is captured. */
static inline void fuzz_world_watch(struct test_world *w)
{
	ng_world_trace(w->world, fuzz_listener, NULL);
	ng_world_capture_to(w->world, fuzz_capture, NULL);
}

static inline struct test_world *fuzz_world_new(const char *base, const struct fuzz_kind *kinds,
						size_t n, uint8_t bits)
{
	const struct ng_world_config limits = { .seed = 1,
						.max_busy_events = 20000,
						.max_busy_calls = 20000 };
	struct test_world *w = test_world_new(&limits);

	if (test_world_sh(w, base) || w->err->len)
		__builtin_trap();
	for (size_t i = 0; i < n; i++) {
		if ((bits & kinds[i].bit) && kinds[i].text &&
		    (test_world_sh(w, kinds[i].text) || w->err->len))
			__builtin_trap();
	}
	return w;
}

/* Runs @text as a script, from inside a task of the world. */
static inline void fuzz_shell(struct ng_task *task, const char *text)
{
	struct test_world *w = ng_task_session(task);
	char *const argv[] = { (char *)(uintptr_t) "sh", NULL };
	int pid, status;

	w->script.text = text;
	w->script.len = strlen(text);
	pid = ng_sys_spawn(task, "/usr/lib/test/script", argv, NULL);
	if (pid > 0)
		ng_sys_wait4(task, pid, &status, 0);
}

#endif
