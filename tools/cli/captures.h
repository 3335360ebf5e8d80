/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * captures.h - the captures a run writes: --pcap, --pcapng
 */
#ifndef TOOLS_CLI_CAPTURES_H
#define TOOLS_CLI_CAPTURES_H

#include <stdio.h>

#include "../pcapng/record.h"

struct machine;

struct captures {
	const char *pcap;   /* a folder, or NULL */
	const char *pcapng; /* a file, or NULL */
	struct pcapng_source source;
	/* private */
	struct pcapng_record *record;
	FILE *file;
};

/* Before the run. CLI_OK, or CLI_USAGE when something cannot be written (said why). */
int captures_begin(struct captures *c, struct machine *m);
/* After the run, before machine_free(). CLI_OK, or CLI_FAILED (said why). */
int captures_end(struct captures *c, struct machine *m);
/* After machine_free(): what is under way then is still told. */
void captures_free(struct captures *c);

#endif
