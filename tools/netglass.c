/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netglass.c - the command: finds the verb
 */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "texts/words.h"

#ifndef NETGLASS_VERSION
#define NETGLASS_VERSION "0"
#endif

const struct cli_verb cli_verbs[] = {
	{ "run", "SCRIPT [ARG...]", "Replay a script on a simulated Linux network", cmd_run },
	{ "shell", "[SCRIPT]", "Type commands at a prompt", cmd_shell },
	{ "why", "SCRIPT", "Say why a command failed, and the smallest edits that cure it",
	  cmd_why },
	{ "explain", "SCRIPT", "Tell the way of each packet, and why it went so", cmd_explain },
	{ "step", "SCRIPT", "Step through what the kernel did, forward and back", cmd_step },
	{ "topo", "SCRIPT", "Draw the network a script makes", cmd_topo },
	{ "validate", "SCRIPT...", "Run scripts on the real kernel too, and compare",
	  cmd_validate },
	{ "lint", "FILE", "Say why commands of a tutorial or script fail, and repair them",
	  cmd_lint },
	{ "extract", "TEXT", "Find the commands of a tutorial and write them as a script",
	  cmd_extract },
	{ "profile", "", "Write a Wireshark profile for captures of many interfaces", cmd_profile },
	{ "list", "", "List the scenarios", cmd_list },
	{ "limits", "", "Say what is modelled and what is not", cmd_limits },
	{ "help", "[TOPIC]", "Say what verbs do and what messages mean", cmd_help },
	{ 0 },
};

/**
 * cli_help() - The verbs, and three examples
 */
void cli_help(void)
{
	const struct cli_verb *v;

	puts("Usage: netglass VERB [OPTION...] [ARG...]\n"
	     "\n"
	     "A Linux network under glass: runs the script you would run as root (ip, bridge,\n"
	     "iptables, ping, ...) on a simulated kernel, without root, always the same way.\n"
	     "\n"
	     "  netglass run scenarios/02-cable.sh\n"
	     "  netglass run --pcapng out.pcapng scenarios/06-port-forward.sh\n"
	     "  netglass why scenarios/08-tutorial-1-literal.sh\n"
	     "\n"
	     "Verbs (netglass VERB --help tells more):");
	for (v = cli_verbs; v->name; v++)
		printf("  %-10s%s\n", v->name, v->summary);
}

/* The verb somebody may have meant. */
static const char *nearest(const char *name)
{
	const char *best = NULL;
	int least = 3;

	for (const struct cli_verb *v = cli_verbs; v->name; v++) {
		int d = word_distance(v->name, name);

		if (d < least || (strlen(name) > 1 && g_str_has_prefix(v->name, name) && !best)) {
			best = v->name;
			least = MIN(d, least);
		}
	}
	return best;
}

int main(int argc, char **argv)
{
	const struct cli_verb *verb;

	if (argc < 2) {
		cli_help();
		return CLI_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
		cli_help();
		return cli_end(CLI_OK);
	}
	if (!strcmp(argv[1], "--version")) {
		puts("netglass " NETGLASS_VERSION);
		return cli_end(CLI_OK);
	}
	verb = cli_verb_find(argv[1]);
	if (!verb) {
		const char *near = nearest(argv[1]);

		cli_error("no verb \"%s\"%s%s%s (see netglass --help)", argv[1],
			  near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
		return CLI_USAGE;
	}
	return cli_end(verb->run(argc - 1, argv + 1));
}
