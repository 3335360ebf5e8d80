/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netstat.c - sockets, the routing and interface tables, statistics
 *
 * mirrors net-tools' netstat.c
 */
#include "netstat.h"

#include "ifconfig.h"
#include "nt.h"

#include "../lib/getopt.h"
#include "../lib/prog.h"
#include "../lib/program.h"

#include <netglass/syscall.h>
#include <netglass/task.h>
#include <string.h>

int netstat_main(struct ng_task *task, int argc, char **argv);

enum { OPT_NUM_HOSTS = 256, OPT_NUM_PORTS, OPT_NUM_USERS, OPT_NOT };

static const char usage_text[] =
	"usage: netstat [-vWeenNcCF] [<Af>] -r         netstat {-V|--version|-h|--help}\n"
	"       netstat [-vWnNcaeol] [<Socket> ...]\n"
	"       netstat { [-vWeenNac] -i | [-cnNe] -M | -s [-6tuw] }\n"
	"\n"
	"        -r, --route              display routing table\n"
	"        -i, --interfaces         display interface table\n"
	"        -g, --groups             display multicast group memberships\n"
	"        -s, --statistics         display networking statistics (like SNMP)\n"
	"        -M, --masquerade         display masqueraded connections\n"
	"\n"
	"        -v, --verbose            be verbose\n"
	"        -W, --wide               don't truncate IP addresses\n"
	"        -n, --numeric            don't resolve names\n"
	"        --numeric-hosts          don't resolve host names\n"
	"        --numeric-ports          don't resolve port names\n"
	"        --numeric-users          don't resolve user names\n"
	"        -N, --symbolic           resolve hardware names\n"
	"        -e, --extend             display other/more information\n"
	"        -p, --programs           display PID/Program name for sockets\n"
	"        -o, --timers             display timers\n"
	"        -c, --continuous         continuous listing\n"
	"\n"
	"        -l, --listening          display listening server sockets\n"
	"        -a, --all                display all sockets (default: connected)\n"
	"        -F, --fib                display Forwarding Information Base (default)\n"
	"        -C, --cache              display routing cache instead of FIB\n"
	"        -Z, --context            display SELinux security context for sockets\n"
	"\n"
	"  <Socket>={-t|--tcp} {-u|--udp} {-U|--udplite} {-S|--sctp} {-w|--raw}\n"
	"           {-x|--unix} --ax25 --ipx --netrom\n"
	"  <AF>=Use '-6|-4' or '-A <af>' or '--<af>'; default: inet\n"
	"  List of possible address families (which support routing):\n"
	"    inet (DARPA Internet) inet6 (IPv6) ax25 (AMPR AX.25) \n"
	"    netrom (AMPR NET/ROM) rose (AMPR ROSE) ipx (Novell IPX) \n"
	"    ddp (Appletalk DDP) x25 (CCITT X.25) \n";

static const struct ng_option longopts[] = {
	{ "version", 0, 'V' },
	{ "interfaces", 0, 'i' },
	{ "help", 0, 'h' },
	{ "route", 0, 'r' },
	{ "masquerade", 0, 'M' },
	{ "protocol", 1, 'A' },
	{ "tcp", 0, 't' },
	{ "sctp", 0, 'S' },
	{ "udp", 0, 'u' },
	{ "udplite", 0, 'U' },
	{ "raw", 0, 'w' },
	{ "unix", 0, 'x' },
	{ "listening", 0, 'l' },
	{ "all", 0, 'a' },
	{ "timers", 0, 'o' },
	{ "continuous", 0, 'c' },
	{ "extend", 0, 'e' },
	{ "programs", 0, 'p' },
	{ "verbose", 0, 'v' },
	{ "statistics", 0, 's' },
	{ "wide", 0, 'W' },
	{ "numeric", 0, 'n' },
	{ "numeric-hosts", 0, OPT_NUM_HOSTS },
	{ "numeric-ports", 0, OPT_NUM_PORTS },
	{ "numeric-users", 0, OPT_NUM_USERS },
	{ "symbolic", 0, 'N' },
	{ "cache", 0, 'C' },
	{ "fib", 0, 'F' },
	{ "groups", 0, 'g' },
	{ "context", 0, 'Z' },
	{ "inet", 0, '4' },
	{ "inet6", 0, '6' },
	{ NULL, 0, 0 },
};

static _Noreturn void usage(struct netstat *n, int status)
{
	ng_puts(nt_usage_out(n->task, status), usage_text);
	prog_exit(n->task, status);
}

static bool *flag_of(struct netstat *n, int ch)
{
	switch (ch) {
	case 't':
		return &n->tcp;
	case 'u':
		return &n->udp;
	case 'U':
		return &n->udplite;
	case 'w':
		return &n->raw;
	case 'x':
		return &n->unx;
	case '4':
		return &n->inet;
	case 'l':
		return &n->listening;
	case 'a':
		return &n->all;
	case 'p':
		return &n->programs;
	case 'o':
		return &n->timers;
	case 'W':
		return &n->wide;
	case 'c':
		return &n->continuous;
	case 'r':
		return &n->route;
	case 'i':
		return &n->interfaces;
	case 's':
		return &n->statistics;
	case 'g':
		return &n->groups;
	case OPT_NUM_HOSTS:
		return &n->numeric_hosts;
	case OPT_NUM_PORTS:
		return &n->numeric_ports;
	case OPT_NUM_USERS:
		return &n->numeric_users;
	}
	return NULL;
}

/* -1: go on; else the exit status */
static int option(struct netstat *n, int ch, const char *arg)
{
	bool *flag = flag_of(n, ch);

	if (flag) {
		*flag = true;
		return -1;
	}
	switch (ch) {
	case 'n':
		n->numeric_hosts = n->numeric_ports = n->numeric_users = true;
		return -1;
	case 'e':
		n->extended++;
		return -1;
	case 'v':
	case 'N':
	case 'F':
		return -1;
	case 'A':
		if (!strcmp(arg, "inet"))
			n->inet = true;
		else if (!strcmp(arg, "unix"))
			n->unx = true;
		else
			return ng_not_modelled(n->task, "netstat -A %s", arg);
		return -1;
	case 'V':
		ng_puts(n->out, nt_version());
		return 0;
	case 'h':
		usage(n, 0);
	case '?':
		usage(n, 3);
	}
	return ng_not_modelled(n->task, "netstat -%c", ch);
}

static int show(struct netstat *n)
{
	int rc = 0;

	if (n->route)
		return nt_print_fib(n->task,
				    n->extended == 0   ? 2
				    : n->extended == 1 ? 1
						       : 3,
				    n->numeric_hosts);
	if (n->statistics) {
		netstat_statistics(n);
	} else if (n->groups) {
		netstat_groups(n);
	} else if (n->interfaces) {
		ng_puts(n->out, "Kernel Interface table\n");
		if (n->extended)
			return if_print_all(n->task, n->all);
		if_print_title(n->task, true);
		rc = if_print_short(n->task, n->all);
	} else {
		netstat_sockets(n);
	}
	return rc;
}

/**
 * netstat_main() - The program netstat.
 * @task: the process
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: its exit status.
 */
int netstat_main(struct ng_task *task, int argc, char **argv)
{
	struct ng_getopt opt = { .task = task };
	struct netstat n = { .task = task, .out = ng_stdout(task) };
	int ch, rc;

	while ((ch = ng_getopt_long(&opt, argc, argv, "A:CFMacdeghilnNoprsStuUvVWwxZ64",
				    longopts)) != -1) {
		rc = option(&n, ch, opt.optarg);
		if (rc >= 0)
			return rc;
	}
	if (n.route + n.interfaces + n.statistics + n.groups > 1)
		usage(&n, 3);
	for (;;) {
		rc = show(&n);
		if (!n.continuous || rc)
			return rc;
		ng_flush(n.out);
		ng_sys_nanosleep(task, NSEC_PER_SEC);
	}
}
