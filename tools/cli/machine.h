/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine.h - a simulated machine with a script in it
 */
#ifndef TOOLS_CLI_MACHINE_H
#define TOOLS_CLI_MACHINE_H

#include <netglass/netglass.h>

#include "../lib/session.h"
#include "../sh/run.h"

struct machine {
	struct ng_session session; /* first: programs see it */
	struct ng_world *world;
	struct ng_sh_config script;
	bool terminal; /* after the script: a shell that reads the console */
	void (*console)(void *arg, int stream, const char *buf,
			size_t len); /* NULL: the machine's own 1 and 2 */
	void *console_arg;
	void (*ending)(void *arg); /* the script is over; called before all tasks are killed */
	void *ending_arg;
	/* Told of every program that is started; or NULL. */
	void (*exec)(void *arg, struct ng_task *task, int argc, char **argv);
	void *exec_arg;
	bool stopped;	     /* by a deadlock, a storm, a loop without end */
	bool quiet;	     /* says nothing about a deadlock or a storm */
	bool console_failed; /* the machine's standard output took no more */
};

struct machine_options {
	uint64_t seed;
	bool tty;
	bool asks;		  /* who reads the console waits for ng_world_input() */
	int64_t epoch_ns;	  /* 0: SOURCE_DATE_EPOCH, else the world's own */
	uint64_t max_busy_events; /* see <netglass/netglass.h>; 0: the default */
	int pings;
};

/* Real time at virtual time 0: SOURCE_DATE_EPOCH, else 2000-01-01 UTC. */
int64_t machine_epoch_ns(void);
/* The environment of its first program. */
char *const *machine_environment(void);
/* A machine at power-on: every program in its place, /etc filled. machine_free() it. */
struct machine *machine_new(const struct machine_options *options);
void machine_free(struct machine *m);
/*
 * Runs m->script to its end and 50 ms longer; then what is left is killed. Returns the exit status of the
 * script, 3 when something was not modelled, 1 after a deadlock or a storm (said on standard error).
 */
int machine_run(struct machine *m);
/* Only starts the script: its pid, for ng_world_run(). */
int machine_start(struct machine *m);

#endif
