/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * run.h - the scenario shell, for whoever runs a script
 */
#ifndef TOOLS_SH_RUN_H
#define TOOLS_SH_RUN_H

#include <netglass/types.h>

struct ng_task;

/* Told while the script of the main shell runs; not inside its subshells. Output is flushed before each call. */
struct ng_sh_hooks {
	void *arg;
	/* nanoseconds to let pass before the next complete command; 0 or less: none */
	int64_t (*pause)(void *arg);
	/* a complete command was read and is about to run; @text has @len bytes, with its newlines */
	void (*command)(void *arg, unsigned int first_line, unsigned int last_line,
			const char *text, size_t len);
	/* it has ended */
	void (*command_done)(void *arg, int status);
	/* a simple command is about to run, its words as the script has them */
	void (*simple)(void *arg, unsigned int line, const char *text);
	void (*simple_done)(void *arg, int status);
};

struct ng_sh_config {
	const char *name; /* $0, and what messages begin with: "sh" */
	const char *text; /* the script */
	size_t len;
	int argc; /* $1... */
	char *const *argv;
	uint32_t script;		 /* its number for provenance; not 0 */
	const struct ng_sh_hooks *hooks; /* or NULL; each function may be NULL */
};

/* Runs a script in @task to its end. Returns the exit status. */
int ng_sh_run(struct ng_task *task, const struct ng_sh_config *config);
/* Reads commands from the terminal (descriptor 0) with prompts, until its end. Returns the exit status. */
int ng_sh_terminal(struct ng_task *task, const char *name);

#endif
