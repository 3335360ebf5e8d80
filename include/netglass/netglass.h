/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netglass.h - a world: a machine with a simulated Linux kernel in it
 *
 * Several worlds live side by side in one process; nothing is shared.
 */
#ifndef NETGLASS_NETGLASS_H
#define NETGLASS_NETGLASS_H

#include <netglass/types.h>
#include <sys/types.h>

struct ng_world;
struct ng_task;

/* Runs a program: called on the new program's own fiber; its result is the exit status. */
typedef int (*ng_exec_fn)(struct ng_task *task, const void *program, int argc, char **argv);

/* Takes what the world's console (descriptors 1 and 2 of the first task) prints. stream: 1 or 2. */
typedef void (*ng_console_fn)(void *session, int stream, const char *buf, size_t len);

struct ng_world_config {
	uint64_t seed;
	int64_t epoch_ns; /* real time at t = 0; 0: 2000-01-01 UTC */
	void *session;	  /* handed back to callbacks and by ng_task_session() */
	ng_exec_fn exec;
	ng_console_fn console;
	/*
	 * A program opens a file that Linux has and the simulated kernel has not. May end the program; when it
	 * returns, the program gets -NG_ENOTMODELLED. NULL: only that.
	 */
	void (*absent)(struct ng_task *task, const char *path);
	bool console_is_tty;
	/* Who reads the console waits for ng_world_input(); else the input is empty. */
	bool console_asks;
	/* Storm guard: packet events that may follow each other without a pause; 0: the default. */
	uint64_t max_busy_events;
	/* Endless scripts: commands and system calls while nobody waits, and programs started; 0: the default. */
	uint64_t max_busy_calls;
	uint64_t max_programs;
};

struct ng_world *ng_world_new(const struct ng_world_config *config);
void ng_world_free(struct ng_world *world);

/* Puts an executable at @path; @program goes to config->exec when a task runs it. Makes parent folders. */
int ng_world_add_program(struct ng_world *world, const char *path, const void *program);
/* Puts a plain file at @path (parent folders are made), as the machine's disk would hold. */
int ng_world_add_file(struct ng_world *world, const char *path, const void *data, size_t len);

/*
 * Starts the first task (pid 1 is init; this one is its child) with descriptors 0 (empty input), 1 and 2
 * (the console). Returns its pid or -errno.
 */
int ng_world_spawn(struct ng_world *world, const char *path, char *const argv[],
		   char *const envp[]);

enum ng_stop {
	NG_STOP_EXITED,	  /* the task of ng_world_run() ended */
	NG_STOP_DEADLOCK, /* every task waits and no event is left */
	NG_STOP_STORM,	  /* packets keep each other busy without end */
	NG_STOP_ENDLESS,  /* programs never wait, start without end, or only wait for a day */
	NG_STOP_TIME,	  /* the time given was reached */
	NG_STOP_INPUT,	  /* a task waits for what is typed; nothing else is to be done now */
	NG_STOP_ASKED,	  /* ng_world_stop() was called */
};

/* Runs until the task @pid has ended; *ret_status is its wait status. */
enum ng_stop ng_world_run(struct ng_world *world, int pid, int *ret_status);
/* Lets @delay_ns of virtual time pass. */
enum ng_stop ng_world_run_for(struct ng_world *world, int64_t delay_ns);
/* Kills every task but init. */
void ng_world_kill_all(struct ng_world *world);
/* Origin of a task that waits for ever, after NG_STOP_DEADLOCK or NG_STOP_STORM. */
struct ng_origin ng_world_stuck_origin(const struct ng_world *world);

/* Lines typed at the console; len 0: ^D, the end for whoever reads next. After NG_STOP_INPUT; then run on. */
void ng_world_input(struct ng_world *world, const char *buf, size_t len);
/* The pid of the task that waited for a line last; 0: none yet. */
int ng_world_reader(const struct ng_world *world);

/*
 * Runs fn(task, arg) in the world while the clock and all else stands still: between runs, or in a trace
 * listener, in the midst of anything. What it changes stays changed: look at a world that is thrown away, or
 * only read. Returns what fn returned, 128 + N after signal N, -EAGAIN when it waited (then it was killed).
 */
int ng_world_peek(struct ng_world *world, int (*fn)(struct ng_task *task, void *arg), void *arg);
/* In a trace listener: nothing more happens, ng_world_run() and ng_world_run_for() return NG_STOP_ASKED. */
void ng_world_stop(struct ng_world *world);

int64_t ng_world_now(const struct ng_world *world);
/* System calls and events so far: what a run costs, the same on every machine. */
uint64_t ng_world_work(const struct ng_world *world);
void *ng_world_session(const struct ng_world *world);

/* One classic pcap per interface, DIR/NS-IFNAME.pcap. -errno when the folder cannot be written. */
int ng_world_capture(struct ng_world *world, const char *dir);
/* The same frames to a function, by their arrival. dir: PACKET_HOST, PACKET_OUTGOING and the like of <linux/if_packet.h>. */
typedef void (*ng_frame_fn)(void *arg, const char *name, int64_t time_ns, unsigned int dir,
			    const void *frame, size_t len);
void ng_world_capture_to(struct ng_world *world, ng_frame_fn fn, void *arg);
/* Flushes and closes; -errno of the first write that failed (a full disk). *ret_path names the file. */
int ng_world_capture_close(struct ng_world *world, const char **ret_path);

#endif
