/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * replay.h - a script run statement by statement, and what each did
 */
#ifndef TOOLS_CLI_REPLAY_H
#define TOOLS_CLI_REPLAY_H

#include <stdio.h>

#include "../texts/causes.h"
#include "../texts/script.h"

struct ng_task;
struct ng_world;

struct replay_options {
	uint64_t seed;
	int pings;
	const char *pcap;   /* a folder, or NULL */
	const char *pcapng; /* a file, or NULL */
	bool pcap_names;
	int argc; /* of the script */
	char **argv;
	/* Told of every program a statement starts (@id: of the statement; 0: none); or NULL. */
	void (*exec)(void *arg, unsigned int id, struct ng_task *task, int argc, char **argv);
	void *exec_arg;
	/* Given the new world before anything runs in it, to listen; or NULL. */
	void (*world)(void *arg, struct ng_world *world);
	void *world_arg;
};

/* script_runner.run: @arg is a struct replay_options; no capture */
struct replay *replay_run(void *arg, const struct script *s);
/* The same with --pcap; NULL: said why, *ret_status is for the verb. */
struct replay *replay_run_captured(const struct replay_options *o, const struct script *s,
				   int *ret_status);

/* transcript.c */
/* Every command with its output, and what to make of failures. */
void transcript_print(const struct script *s, const struct causes *c);
/* "36 commands: ..." and the causes with their repairs. Returns how many commands failed. */
unsigned int summary_print(FILE *to, const struct script *s, const struct causes *c, bool lines);
char *causes_json(const struct script *s, const struct causes *c);

/* The statements of a file: a tutorial's or a script's. NULL: said why. */
struct script *cli_load(const char *path, const char *buf, size_t len);

#endif
