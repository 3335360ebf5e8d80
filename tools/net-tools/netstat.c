/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netstat.c - the routing and interface tables
 *
 * mirrors net-tools' netstat.c for -r and -i; lists of sockets and statistics
 * are not modelled.
 */
#include "ifconfig.h"
#include "nt.h"

#include "../lib/getopt.h"
#include "../lib/program.h"

int netstat_main(struct ng_task *task, int argc, char **argv);

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
	static const struct ng_option longopts[] = {
		{ "route", 0, 'r' },  { "interfaces", 0, 'i' }, { "numeric", 0, 'n' },
		{ "extend", 0, 'e' }, { "fib", 0, 'F' },	{ "all", 0, 'a' },
		{ "inet", 0, '4' },   { "verbose", 0, 'v' },	{ NULL, 0, 0 },
	};
	struct ng_getopt opt = { 0 };
	bool route = false, ifaces = false, numeric = false, all = false;
	int ext = 0;
	int ch;

	while ((ch = ng_getopt_long(&opt, argc, argv, "rineFa4v", longopts)) != -1) {
		if (ch == 'r')
			route = true;
		else if (ch == 'i')
			ifaces = true;
		else if (ch == 'n')
			numeric = true;
		else if (ch == 'e')
			ext++;
		else if (ch == 'a')
			all = true;
		else if (ch == '?')
			return ng_not_modelled(task,
					       "netstat with options other than -r -i -n -e -a");
	}
	if (route)
		return nt_print_fib(task, ext == 0 ? 2 : ext == 1 ? 1 : 3, numeric);
	if (!ifaces)
		return ng_not_modelled(task, "netstat without -r or -i");
	ng_puts(ng_stdout(task), "Kernel Interface table\n");
	if (ext)
		return if_print_all(task, all);
	if_print_title(task, true);
	return if_print_short(task, all);
}
