/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipr_options.c - what ip and bridge have in common before and behind their options
 */
#include "ipr.h"

#include <netglass/syscall.h>
#include <string.h>

/**
 * ipr_begin() - A run begins
 * @task: the program's task
 * @prog: "ip" or "bridge"
 * @argc: words
 * @argv: the words
 *
 * Return: the run, its cursor on the first option.
 */
struct ipr *ipr_begin(struct ng_task *task, const char *prog, int argc, char **argv)
{
	struct ipr *c = ng_task_alloc(task, sizeof(*c));

	c->task = task;
	c->out = ng_stdout(task);
	c->err = ng_stderr(task);
	c->prog = prog;
	c->argc = argc - 1;
	c->argv = argv + 1;
	c->rth.fd = -1;
	return c;
}

/**
 * ipr_option() - The option under the cursor
 * @c: the run
 *
 * Return: the option, "--x" as "-x"; NULL: here the object begins, the cursor is on it.
 */
const char *ipr_option(struct ipr *c)
{
	const char *opt = c->argc > 0 ? c->argv[0] : "";

	if (*opt != '-')
		return NULL;
	if (is_word(opt, "--")) {
		next_arg_fwd(c);
		return NULL;
	}
	return opt[1] == '-' ? opt + 1 : opt;
}

/**
 * ipr_option_color() - -c, -color=auto...
 * @c: the run
 * @opt: the option
 *
 * Return: whether it is this one.
 */
bool ipr_option_color(struct ipr *c, const char *opt)
{
	const char *eq = strchr(opt, '=');
	size_t len = eq ? (size_t)(eq - opt) : strlen(opt);

	if (len > strlen("-color") || strncmp(opt, "-color", len) != 0)
		return false;
	if (!eq || is_word(eq + 1, "always"))
		c->color = true;
	else if (is_word(eq + 1, "auto"))
		c->color = ng_sys_isatty(c->task, 1) > 0;
	else if (is_word(eq + 1, "never"))
		c->color = false;
	else
		return false;
	return true;
}

/**
 * ipr_run() - Carries out what stands behind the options
 * @c: the run, its options read
 * @cmd: does one command
 * @batch: does one line of a batch file
 * @ret_status: exit status
 *
 * Return: false: there is nothing behind the options.
 */
bool ipr_run(struct ipr *c, ipr_cmd_fn cmd, ipr_cmd_fn batch, int *ret_status)
{
	c->sl = c->oneline ? "\\" : "\n";
	if (c->json)
		c->color = false;
	*ret_status = 1;
	if (rtnl_open(&c->rth, c->task, NETLINK_ROUTE) < 0)
		return true;
	if (c->batch) {
		*ret_status = do_batch(c, c->batch, batch) & 0xff;
		return true;
	}
	rtnl_set_strict_dump(&c->rth);
	if (c->argc > 0) {
		*ret_status = cmd(c) & 0xff;
		return true;
	}
	rtnl_close(&c->rth);
	return false;
}
