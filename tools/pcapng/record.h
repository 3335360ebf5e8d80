/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * record.h - a run as one pcapng file: every frame of every interface, and its story
 */
#ifndef TOOLS_PCAPNG_RECORD_H
#define TOOLS_PCAPNG_RECORD_H

#include <glib.h>
#include <netglass/types.h>
#include <stdio.h>

struct machine;
struct pcapng_record;

struct pcapng_source {
	const char *name; /* of the script */
	const char *text; /* what runs */
	size_t len;
	uint64_t seed;
	bool names; /* --pcap-names: names of addresses too */
	/* where the author wrote a line of @text; NULL: there */
	unsigned int (*line_of)(const void *arg, unsigned int line);
	const void *line_arg;
};

/* Listens to a machine that has not run yet. @source is borrowed until the end. */
struct pcapng_record *pcapng_record_new(struct machine *m, const struct pcapng_source *source);
/* After the run: the file. 0 or -errno. */
int pcapng_record_write(struct pcapng_record *r, FILE *file);
void pcapng_record_free(struct pcapng_record *r);

#endif
