/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bridge.c - the bridge program: options and objects
 *
 * mirrors iproute2's bridge/bridge.c
 */
#include "br_common.h"
#include "usage.h"

#include "../lib/program.h"

#include <netglass/syscall.h>

int bridge_main(struct ng_task *task, int argc, char **argv);

/**
 * br_usage_exit() - Prints a usage page and exits 255
 * @c: the run
 * @page: the page
 */
void br_usage_exit(struct ipr *c, const char *page)
{
	ng_puts(c->err, page);
	ipr_exit(c, 255);
}

/**
 * br_unknown_command() - The word under the cursor is no command: exits 255
 * @c: the run
 * @object: "link"...
 */
void br_unknown_command(struct ipr *c, const char *object)
{
	ng_printf(c->err, "Command \"%s\" is unknown, try \"bridge %s help\".\n", c->argv[0],
		  object);
	ipr_exit(c, 255);
}

static int do_help(struct ipr *c)
{
	br_usage_exit(c, bridge_usage);
}

static const struct {
	const char *name;
	int (*func)(struct ipr *c); /* NULL: not modelled */
} objects[] = {
	{ "link", do_link }, { "fdb", do_fdb },		{ "mdb", do_mdb },   { "vlan", do_vlan },
	{ "vni", NULL },     { "monitor", do_monitor }, { "help", do_help },
};

static int do_cmd(struct ipr *c)
{
	size_t i;

	for (i = 0; i < sizeof(objects) / sizeof(objects[0]); i++) {
		if (!matches(c->argv[0], objects[i].name))
			continue;
		if (!objects[i].func)
			return ng_not_modelled(c->task, "bridge %s", objects[i].name);
		next_arg_fwd(c);
		return objects[i].func(c);
	}
	ng_printf(c->err, "Object \"%s\" is unknown, try \"bridge help\".\n", c->argv[0]);
	return -1;
}

static bool option_switch(struct ipr *c, const char *opt)
{
	if (matches(opt, "-stats") || matches(opt, "-statistics"))
		c->stats++;
	else if (matches(opt, "-details"))
		c->details++;
	else if (matches(opt, "-oneline"))
		c->oneline = true;
	else if (matches(opt, "-timestamp"))
		c->timestamp = true;
	else if (is_word(opt, "-4"))
		c->family = AF_INET;
	else if (is_word(opt, "-6"))
		c->family = AF_INET6;
	else if (ipr_option_color(c, opt))
		return true;
	else if (matches(opt, "-compressvlans"))
		c->compress_vlans = true;
	else if (matches(opt, "-force"))
		c->force = true;
	else if (matches(opt, "-json"))
		c->json = true;
	else if (matches(opt, "-pretty"))
		c->pretty = true;
	else
		return false;
	return true;
}

static void option_family(struct ipr *c)
{
	const char *arg;

	if (c->argc <= 1)
		br_usage_exit(c, bridge_usage);
	arg = next_arg(c);
	if (is_word(arg, "inet"))
		c->family = AF_INET;
	else if (is_word(arg, "inet6"))
		c->family = AF_INET6;
	else if (is_word(arg, "help"))
		br_usage_exit(c, bridge_usage);
	else
		invarg(c, "invalid protocol family", arg);
}

/* The options before the object, in the order in which an abbreviation is tried. */
static void read_options(struct ipr *c)
{
	const char *opt;

	for (; (opt = ipr_option(c)); next_arg_fwd(c)) {
		if (matches(opt, "-help")) {
			br_usage_exit(c, bridge_usage);
		} else if (matches(opt, "-Version")) {
			ng_puts(c->out, "bridge utility, 6.1.0\n");
			ipr_exit(c, 0);
		} else if (matches(opt, "-family")) {
			option_family(c);
		} else if (matches(opt, "-netns")) {
			if (netns_switch(c, next_arg(c)))
				ipr_exit(c, 255);
		} else if (option_switch(c, opt)) {
			continue;
		} else if (matches(opt, "-batch")) {
			if (c->argc <= 1)
				br_usage_exit(c, bridge_usage);
			c->batch = next_arg(c);
		} else {
			ng_printf(c->err, "Option \"%s\" is unknown, try \"bridge help\".\n", opt);
			ipr_exit(c, 255);
		}
	}
}

/**
 * bridge_main() - The program
 * @task: its task
 * @argc: words
 * @argv: the words
 *
 * Return: exit status: 255 mostly, when something is wrong.
 */
int bridge_main(struct ng_task *task, int argc, char **argv)
{
	struct ipr *c = ipr_begin(task, "bridge", argc, argv);
	int status;

	read_options(c);
	if (ipr_run(c, do_cmd, do_cmd, &status))
		return status;
	br_usage_exit(c, bridge_usage);
}
