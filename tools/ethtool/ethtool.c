/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ethtool.c - what a network device can do and does by itself
 *
 * mirrors ethtool 6.1: the command line. Most commands are messages (netlink.c), a few ioctls (ioctl.c).
 */
#include "ethtool.h"

#include "../lib/program.h"

#include <string.h>

struct command {
	const char *names; /* separated by | */
	int (*run)(struct et *e);
	bool takes_words; /* behind the device; else they are a mistake */
	uint8_t refused;  /* ETHTOOL_MSG_*_GET of what no device here has */
};

int ethtool_main(struct ng_task *task, int argc, char **argv);

static const struct command commands[] = {
	{ "-s|--change", et_change_settings, true, 0 },
	{ "-a|--show-pause", NULL, false, ETHTOOL_MSG_PAUSE_GET },
	{ "-c|--show-coalesce", NULL, false, ETHTOOL_MSG_COALESCE_GET },
	{ "-g|--show-ring", NULL, false, ETHTOOL_MSG_RINGS_GET },
	{ "-k|--show-features|--show-offload", et_show_features, true, 0 },
	{ "-K|--features|--offload", et_set_features, true, 0 },
	{ "-i|--driver", et_driver, false, 0 },
	{ "-d|--register-dump", et_registers, false, 0 },
	{ "-e|--eeprom-dump", et_eeprom, false, 0 },
	{ "-r|--negotiate", et_negotiate, false, 0 },
	{ "-p|--identify", et_identify, true, 0 },
	{ "-t|--test", et_test, true, 0 },
	{ "-S|--statistics", et_statistics, true, 0 },
	{ "-n|-u|--show-nfc|--show-ntuple", et_rules, false, 0 },
	{ "-x|--show-rxfh-indir|--show-rxfh", et_flow_hash, false, 0 },
	{ "-T|--show-time-stamping", et_show_timestamps, false, 0 },
	{ "-P|--show-permaddr", et_show_permaddr, false, 0 },
	{ "-l|--show-channels", et_show_channels, false, 0 },
	{ "-L|--set-channels", et_set_channels, true, 0 },
	{ "--show-priv-flags", NULL, false, ETHTOOL_MSG_PRIVFLAGS_GET },
	{ "--show-eee", NULL, false, ETHTOOL_MSG_EEE_GET },
	{ "--show-fec", NULL, false, ETHTOOL_MSG_FEC_GET },
};

/* the rest of ethtool's: known, not modelled */
static const char others[] =
	"-A|--pause|-C|--coalesce|-G|--set-ring|-E|--change-eeprom|--phy-statistics|-N|-U|"
	"--config-nfc|--config-ntuple|-X|--set-rxfh-indir|--rxfh|-f|--flash|-w|--get-dump|-W|"
	"--set-dump|--set-priv-flags|-m|--dump-module-eeprom|--module-info|--set-eee|"
	"--set-phy-tunable|--get-phy-tunable|--get-tunable|--set-tunable|--reset|--set-fec|-Q|"
	"--per-queue|--cable-test|--cable-test-tdr|--show-tunnels|--show-module|--set-module|"
	"--monitor|-h|--help|--debug|--json|-I|--include-statistics";

static bool is_one_of(const char *names, const char *word)
{
	size_t len = strlen(word);

	for (const char *p = names; p; p = strchr(p, '|')) {
		p += *p == '|';
		if (!strncmp(p, word, len) && (p[len] == '|' || !p[len]))
			return true;
	}
	return false;
}

/**
 * et_bad_line() - The line makes no sense
 * @e: the run
 *
 * Return: 1, the status.
 */
int et_bad_line(struct et *e)
{
	ng_puts(e->err, "ethtool: bad command line argument(s)\n"
			"For more information run ethtool -h\n");
	return 1;
}

static int run(struct et *e, const struct command *c)
{
	int status;

	if (!e->argc || (e->argc > 1 && !c->takes_words))
		return et_bad_line(e);
	e->dev = *e->argv++;
	e->argc--;
	if (c->run)
		return c->run(e);
	status = et_open(e);
	return status ? status : et_request(e, c->refused, NULL) ? 1 : 0;
}

/**
 * ethtool_main() - ethtool [COMMAND] DEVICE [WORD ...]
 * @task: the process
 * @argc: words
 * @argv: they
 *
 * Return: ethtool's status: each command has its own for the same refusal.
 */
int ethtool_main(struct ng_task *task, int argc, char **argv)
{
	struct et e = { .task = task,
			.out = ng_stdout(task),
			.err = ng_stderr(task),
			.fd = -1,
			.argc = argc - 1,
			.argv = argv + 1 };
	const char *word = argc > 1 ? argv[1] : NULL;

	if (!word)
		return et_bad_line(&e);
	if (word[0] != '-') {
		e.dev = *e.argv++;
		e.argc--;
		return e.argc ? et_bad_line(&e) : et_show_settings(&e);
	}
	if (!strcmp(word, "--version")) {
		ng_puts(e.out, "ethtool version 6.1\n");
		return 0;
	}
	e.argv++;
	e.argc--;
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (is_one_of(commands[i].names, word))
			return run(&e, &commands[i]);
	}
	if (is_one_of(others, word))
		return ng_not_modelled(task, "ethtool %s", word);
	return et_bad_line(&e);
}
