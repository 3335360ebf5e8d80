/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_run.c - netglass run: replays a script as `sh SCRIPT` would
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "machine.h"

#define DEFAULT_PINGS 3

struct run_options {
	char *pcap;
	int64_t seed;
	int pings;
};

static int run_script(const struct run_options *o, char *text, size_t len, int argc, char **argv)
{
	struct machine_options options = { .seed = (uint64_t)o->seed, .pings = o->pings };
	struct machine *m = machine_new(&options);
	const char *path = NULL;
	int status;
	int err = 0;

	if (o->pcap)
		err = ng_world_capture(m->world, o->pcap);
	if (err) {
		cli_error("run: --pcap %s: %s", o->pcap, g_strerror(-err));
		machine_free(m);
		return CLI_USAGE;
	}
	m->script.text = text;
	m->script.len = len;
	m->script.argc = argc;
	m->script.argv = argv;
	status = machine_run(m);
	err = ng_world_capture_close(m->world, &path);
	if (err) {
		cli_error("%s: %s", path, g_strerror(-err));
		status = CLI_FAILED;
	}
	if (m->console_failed)
		status = CLI_FAILED;
	machine_free(m);
	return status;
}

/**
 * cmd_run() - The verb
 * @argc: argument count
 * @argv: "run", options, the script, its arguments
 *
 * Return: the script's exit status, 2 usage, 3 not modelled.
 */
int cmd_run(int argc, char **argv)
{
	struct run_options o = { .pings = DEFAULT_PINGS };
	const GOptionEntry entries[] = {
		{ "pcap", 0, 0, G_OPTION_ARG_FILENAME, &o.pcap, "Write DIR/NS-IFNAME.pcap for each interface", "DIR" },
		{ "pings", 0, 0, G_OPTION_ARG_INT, &o.pings, "What ping without -c sends (3)", "N" },
		{ "seed", 0, 0, G_OPTION_ARG_INT64, &o.seed, "Another set of MAC addresses, ids and ports", "N" },
		{ 0 },
	};
	const struct cli_verb *verb = cli_verb_find("run");
	g_autofree char *text = NULL;
	size_t len;
	int status;

	if (!cli_parse(verb, entries, &argc, &argv))
		return CLI_USAGE;
	if (argc < 2) {
		cli_error("run: which script? (see netglass run --help)");
		status = CLI_USAGE;
	} else {
		text = cli_read_file(argv[1], &len);
		status = text ? run_script(&o, text, len, argc - 2, argv + 2) : CLI_USAGE;
	}
	g_free(o.pcap);
	return status;
}
