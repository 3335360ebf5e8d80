/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * captures.c - the captures a run writes: --pcap, --pcapng
 */
#include "captures.h"

#include <errno.h>

#include "cli.h"
#include "machine.h"

/**
 * captures_begin() - Listens to a machine
 * @c: what is wanted
 * @m: has not run yet
 *
 * Return: CLI_OK or CLI_USAGE.
 */
int captures_begin(struct captures *c, struct machine *m)
{
	int err = c->pcap ? ng_world_capture(m->world, c->pcap) : 0;

	if (err) {
		cli_error("run: --pcap %s: %s", c->pcap, g_strerror(-err));
		return CLI_USAGE;
	}
	if (!c->pcapng)
		return CLI_OK;
	c->file = fopen(c->pcapng, "wbe");
	if (!c->file) {
		cli_error("run: --pcapng %s: %s", c->pcapng, g_strerror(errno));
		return CLI_USAGE;
	}
	c->record = pcapng_record_new(m, &c->source);
	return CLI_OK;
}

static int close_pcapng(struct captures *c)
{
	int err = c->record ? pcapng_record_write(c->record, c->file) : 0;

	if (c->file && fclose(c->file) && !err)
		err = -errno;
	c->file = NULL;
	return err;
}

/**
 * captures_end() - Writes and closes
 * @c: begun; also one that could not
 * @m: has run
 *
 * Return: CLI_OK or CLI_FAILED.
 */
int captures_end(struct captures *c, struct machine *m)
{
	const char *path = NULL;
	int err = ng_world_capture_close(m->world, &path);
	int status = CLI_OK;

	if (err) {
		cli_error("%s: %s", path, g_strerror(-err));
		status = CLI_FAILED;
	}
	err = close_pcapng(c);
	if (err) {
		cli_error("%s: %s", c->pcapng, g_strerror(-err));
		status = CLI_FAILED;
	}
	return status;
}

/**
 * captures_free() - Forgets them
 * @c: also one that could not begin
 */
void captures_free(struct captures *c)
{
	pcapng_record_free(c->record);
	c->record = NULL;
}
