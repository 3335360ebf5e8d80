/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ip.c - the ip program: options and objects
 *
 * mirrors iproute2's ip/ip.c
 */
#include "ip_common.h"
#include "usage.h"

#include "../lib/program.h"

#include <netglass/syscall.h>

#define STATUS_NOT_MODELLED 3

int ip_main(struct ng_task *task, int argc, char **argv);

/**
 * ip_not_modelled() - Says that this part of ip is not modelled
 * @c: the run
 * @what: the words behind "ip "
 *
 * Return: what an object's function returns for status 3.
 */
int ip_not_modelled(struct ipr *c, const char *what)
{
	ng_flush(c->out);
	return -ng_not_modelled(c->task, "ip %s", what);
}

/**
 * ip_usage_exit() - Prints a usage page and exits 255
 * @c: the run
 * @page: the page
 */
void ip_usage_exit(struct ipr *c, const char *page)
{
	ng_puts(c->err, page);
	ipr_exit(c, 255);
}

/**
 * ip_talk() - Asks for a change; with -echo, prints what has changed
 * @c: the run
 * @b: the request; freed
 * @print: for the notice
 *
 * Return: 0, or -2 when the kernel refuses.
 */
int ip_talk(struct ipr *c, struct nl_buf *b, void (*print)(struct ipr *c, const struct nlmsghdr *n))
{
	struct nlmsghdr *answer;

	if (!c->echo)
		return rtnl_talk(&c->rth, b, NULL) < 0 ? -2 : 0;
	if (rtnl_talk_echo(&c->rth, b, &answer) < 0)
		return -2;
	new_json_obj(c);
	open_json_object(c, NULL);
	if (answer)
		print(c, answer);
	close_json_object(c);
	delete_json_obj(c);
	return 0;
}

/**
 * ip_unknown_command() - The word under the cursor is no command: exits 255
 * @c: the run
 * @object: "link"...
 */
void ip_unknown_command(struct ipr *c, const char *object)
{
	ng_printf(c->err, "Command \"%s\" is unknown, try \"ip %s help\".\n", c->argv[0], object);
	ipr_exit(c, 255);
}

static int do_help(struct ipr *c)
{
	ip_usage_exit(c, ip_usage);
}

static const struct {
	const char *name;
	int (*func)(struct ipr *c); /* NULL: not modelled */
} objects[] = {
	{ "address", do_ipaddr },
	{ "addrlabel", NULL },
	{ "maddress", do_ipmaddr },
	{ "route", do_iproute },
	{ "rule", do_iprule },
	{ "neighbor", do_ipneigh },
	{ "neighbour", do_ipneigh },
	{ "ntable", do_ipntable },
	{ "ntbl", do_ipntable },
	{ "link", do_iplink },
	{ "l2tp", NULL },
	{ "fou", NULL },
	{ "ila", NULL },
	{ "macsec", NULL },
	{ "tunnel", NULL },
	{ "tunl", NULL },
	{ "tuntap", NULL },
	{ "tap", NULL },
	{ "token", NULL },
	{ "tcpmetrics", NULL },
	{ "tcp_metrics", NULL },
	{ "monitor", do_ipmonitor },
	{ "xfrm", NULL },
	{ "mroute", NULL },
	{ "mrule", NULL },
	{ "netns", do_netns },
	{ "netconf", do_ipnetconf },
	{ "vrf", NULL },
	{ "sr", NULL },
	{ "nexthop", NULL },
	{ "mptcp", NULL },
	{ "ioam", NULL },
	{ "help", do_help },
	{ "stats", NULL },
};

static int do_cmd(struct ipr *c)
{
	const char *name = c->argv[0];
	size_t i;

	for (i = 0; i < sizeof(objects) / sizeof(objects[0]); i++) {
		if (!matches(name, objects[i].name))
			continue;
		if (!objects[i].func)
			return -ip_not_modelled(c, objects[i].name);
		next_arg_fwd(c);
		return -objects[i].func(c);
	}
	ng_printf(c->err, "Object \"%s\" is unknown, try \"ip help\".\n", name);
	return 1;
}

static int batch_cmd(struct ipr *c)
{
	int family = c->family;
	int rc = do_cmd(c);

	c->family = family;
	return rc;
}

/* "-color", "-c=always"... */
static const char *option_arg(struct ipr *c)
{
	if (c->argc <= 1)
		ip_usage_exit(c, ip_usage);
	next_arg_fwd(c);
	return c->argv[0];
}

static void option_family(struct ipr *c)
{
	const char *arg = option_arg(c);

	if (is_word(arg, "help"))
		ip_usage_exit(c, ip_usage);
	c->family = read_family(arg);
	if (c->family == AF_UNSPEC)
		invarg(c, "invalid protocol family", arg);
}

static void option_rcvbuf(struct ipr *c)
{
	unsigned int size;
	const char *arg = option_arg(c);

	if (get_unsigned(&size, arg, 0)) {
		ng_printf(c->err, "Invalid rcvbuf size '%s'\n", arg);
		ipr_exit(c, 255);
	}
}

/* One option that is a switch; false: it is none of these. */
static bool option_switch(struct ipr *c, const char *opt)
{
	if (matches(opt, "-human") || matches(opt, "-human-readable"))
		c->human = true;
	else if (matches(opt, "-iec"))
		c->iec = true;
	else if (matches(opt, "-stats") || matches(opt, "-statistics"))
		c->stats++;
	else if (matches(opt, "-details"))
		c->details++;
	else if (matches(opt, "-resolve"))
		c->resolve++;
	else if (matches(opt, "-oneline"))
		c->oneline = true;
	else if (matches(opt, "-timestamp"))
		c->timestamp = true;
	else if (matches(opt, "-tshort"))
		c->timestamp = c->timestamp_short = true;
	else if (matches(opt, "-force"))
		c->force = true;
	else if (matches(opt, "-brief"))
		c->brief = true;
	else if (matches(opt, "-json"))
		c->json = true;
	else if (matches(opt, "-pretty"))
		c->pretty = true;
	else if (matches(opt, "-Numeric"))
		c->numeric = true;
	else if (matches(opt, "-all"))
		c->all = true;
	else if (is_word(opt, "-echo"))
		c->echo = true;
	else
		return false;
	return true;
}

static bool option_family_short(struct ipr *c, const char *opt)
{
	static const struct {
		const char *opt;
		int family;
	} shorts[] = { { "-4", AF_INET },
		       { "-6", AF_INET6 },
		       { "-0", AF_PACKET },
		       { "-M", AF_MPLS },
		       { "-B", AF_BRIDGE } };
	size_t i;

	for (i = 0; i < sizeof(shorts) / sizeof(shorts[0]); i++) {
		if (is_word(opt, shorts[i].opt)) {
			c->family = shorts[i].family;
			return true;
		}
	}
	return false;
}

/* The options before the object, in the order in which an abbreviation is tried. */
static void read_options(struct ipr *c)
{
	const char *opt;

	for (; (opt = ipr_option(c)); next_arg_fwd(c)) {
		if (matches(opt, "-loops"))
			c->max_flush_loops = atoi(option_arg(c));
		else if (matches(opt, "-family"))
			option_family(c);
		else if (option_family_short(c, opt))
			continue;
		else if (matches(opt, "-Version")) {
			ng_puts(c->out, "ip utility, iproute2-6.1.0, libbpf 1.1.2\n");
			ipr_exit(c, 0);
		} else if (matches(opt, "-batch"))
			c->batch = option_arg(c);
		else if (option_switch(c, opt))
			continue;
		else if (matches(opt, "-rcvbuf"))
			option_rcvbuf(c);
		else if (ipr_option_color(c, opt))
			continue;
		else if (matches(opt, "-help"))
			ip_usage_exit(c, ip_usage);
		else if (matches(opt, "-netns")) {
			next_arg_fwd(c);
			if (netns_switch(c, c->argc > 0 ? c->argv[0] : "(null)"))
				ipr_exit(c, 255);
		} else {
			ng_printf(c->err, "Option \"%s\" is unknown, try \"ip -help\".\n", opt);
			ipr_exit(c, 255);
		}
	}
}

/**
 * ip_main() - The program
 * @task: its task
 * @argc: words
 * @argv: the words
 *
 * Return: exit status: 255 for wrong words, 1 when ip gave up, 2 when the kernel refused.
 */
int ip_main(struct ng_task *task, int argc, char **argv)
{
	struct ipr *c = ipr_begin(task, "ip", argc, argv);
	int status;

	c->max_flush_loops = 10;
	read_options(c);
	if (ipr_run(c, do_cmd, batch_cmd, &status))
		return status;
	ip_usage_exit(c, ip_usage);
}
