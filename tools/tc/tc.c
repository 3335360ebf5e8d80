/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tc.c - queueing disciplines
 *
 * mirrors tc/tc.c of iproute2 6.1
 *
 * Not modelled: class, filter, chain, action, monitor, exec; batches; JSON; other disciplines than netem.
 */
#include "tc.h"

#include "../lib/prog.h"
#include "../lib/program.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/sched.h>
#include <linux/sockios.h>
#include <netglass/syscall.h>
#include <stdio.h>
#include <string.h>

int tc_main(struct ng_task *task, int argc, char **argv);

/**
 * tc_exit() - It is over
 * @c: the run
 * @status: its exit status
 */
void tc_exit(struct tc *c, int status)
{
	prog_exit(c->task, status);
}

/**
 * tc_next() - Takes a word
 * @c: the run
 *
 * Return: the word; when there is none the program ends with its complaint.
 */
const char *tc_next(struct tc *c)
{
	if (c->argc <= 0) {
		ng_puts(c->err, "Command line is not complete. Try option \"help\"\n");
		tc_exit(c, 255);
	}
	c->argc--;
	return *c->argv++;
}

/**
 * tc_device() - A device's number
 * @c: the run
 * @name: its name
 *
 * Return: the number; without it the program ends.
 */
int tc_device(struct tc *c, const char *name)
{
	struct ifreq ifr = { 0 };
	int fd = ng_sys_socket(c->task, AF_INET, SOCK_DGRAM, 0), err;

	strncpy(ifr.ifr_name, name, IFNAMSIZ - 1);
	err = ng_sys_ioctl(c->task, fd, SIOCGIFINDEX, &ifr);
	ng_sys_close(c->task, fd);
	if (err) {
		ng_printf(c->err, "Cannot find device \"%s\"\n", name);
		tc_exit(c, 1);
	}
	return ifr.ifr_ifindex;
}

static void switch_netns(struct tc *c, const char *name)
{
	char path[300];
	int fd;

	snprintf(path, sizeof(path), "/var/run/netns/%s", name);
	fd = ng_sys_open(c->task, path, O_RDONLY | O_CLOEXEC, 0);
	if (fd < 0) {
		ng_printf(c->err, "Cannot open network namespace \"%s\": %s\n", name,
			  ng_strerror(-fd));
		tc_exit(c, 255);
	}
	ng_sys_setns(c->task, fd, CLONE_NEWNET);
	ng_sys_close(c->task, fd);
}

static bool is(const char *word, const char *full)
{
	return *word && !strncmp(full, word, strlen(word));
}

/* -1: go on; else the exit status */
static int option(struct tc *c, const char *word)
{
	const char *name = word + 1 + (word[1] == '-');

	if (is(name, "statistics") || is(name, "stats"))
		c->stats = true;
	else if (is(name, "details") || is(name, "raw") || is(name, "Numeric"))
		return -1;
	else if (is(name, "netns"))
		switch_netns(c, tc_next(c));
	else if (is(name, "Version"))
		return ng_puts(c->out, "tc utility, iproute2-6.1.0, libbpf 1.1.2\n"), 0;
	else if (is(name, "help"))
		return ng_puts(c->err, tc_usage_text), 0;
	else if (is(name, "json") || is(name, "pretty") || is(name, "batch") ||
		 is(name, "oneline") || is(name, "color") || is(name, "force"))
		return ng_not_modelled(c->task, "tc %s", word);
	else {
		ng_printf(c->err, "Option \"%s\" is unknown, try \"tc -help\".\n", word);
		return 255;
	}
	return -1;
}

static int object(struct tc *c, const char *word)
{
	static const char *const others[] = { "class",	"filter",  "chain",
					      "action", "monitor", "exec" };

	if (is(word, "qdisc")) {
		int rc;

		if (rtnl_open(&c->rth, c->task, NETLINK_ROUTE) < 0)
			return 1;
		rc = tc_do_qdisc(c);
		rtnl_close(&c->rth);
		return rc;
	}
	if (is(word, "help")) {
		ng_puts(c->err, tc_usage_text);
		return 0;
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (is(word, others[i]))
			return ng_not_modelled(c->task, "tc %s", others[i]);
	}
	ng_printf(c->err, "Object \"%s\" is unknown, try \"tc help\".\n", word);
	return 255;
}

/**
 * tc_main() - The program tc.
 * @task: the process
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: its exit status.
 */
int tc_main(struct ng_task *task, int argc, char **argv)
{
	struct tc c = { .task = task,
			.out = ng_stdout(task),
			.err = ng_stderr(task),
			.argc = argc - 1,
			.argv = argv + 1 };

	while (c.argc > 0 && c.argv[0][0] == '-') {
		int rc = option(&c, tc_next(&c));

		if (rc >= 0)
			return rc;
	}
	if (c.argc <= 0) {
		ng_puts(c.err, tc_usage_text);
		return 0;
	}
	return object(&c, tc_next(&c));
}
