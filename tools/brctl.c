/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * brctl.c - Ethernet bridges
 *
 * mirrors bridge-utils 1.7.1: bridges and ports are made and removed with
 * SIOCBR*, everything else is read and written in /sys/class/net.
 */
#include "brctl.h"

#include "lib/getopt.h"
#include "lib/lines.h"
#include "lib/prog.h"
#include "lib/program.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_bridge.h>
#include <linux/sockios.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SYS_NET "/sys/class/net/"

enum { PATH_LEN = 256, DIR_CHUNK = 16, NAMES_MAX = BRCTL_NAMES_MAX, HZ_USER = 100 };

struct command {
	const char *name;
	int nargs;
	const char *help;
	int (*run)(struct brctl *b, char **argv);
};

int brctl_main(struct ng_task *task, int argc, char **argv);

static unsigned int ifindex_of(struct brctl *b, const char *name)
{
	struct ifreq ifr = { 0 };

	strncpy(ifr.ifr_name, name, IFNAMSIZ - 1);
	return ng_sys_ioctl(b->task, b->fd, SIOCGIFINDEX, &ifr) ? 0 : (unsigned int)ifr.ifr_ifindex;
}

/**
 * brctl_is_bridge() - Is it one?
 * @b: the run
 * @name: the device
 *
 * Return: true when /sys/class/net says so.
 */
bool brctl_is_bridge(struct brctl *b, const char *name)
{
	char path[PATH_LEN];
	struct ng_stat st;

	snprintf(path, sizeof(path), SYS_NET "%s/bridge", name);
	return ng_sys_stat(b->task, path, &st) == 0;
}

static int complain(struct brctl *b, int err, const char *what, const char *name)
{
	ng_printf(b->err, "%s%s: %s\n", what, name, ng_strerror(-err));
	return 1;
}

static int cmd_addbr(struct brctl *b, char **argv)
{
	char name[IFNAMSIZ] = "";
	int err;

	strncpy(name, argv[1], IFNAMSIZ - 1);
	err = ng_sys_ioctl(b->task, b->fd, SIOCBRADDBR, name);
	if (err == -EEXIST) {
		ng_printf(b->err,
			  "device %s already exists; can't create bridge with the same name\n",
			  argv[1]);
		return 1;
	}
	return err ? complain(b, err, "add bridge failed", "") : 0;
}

static int cmd_delbr(struct brctl *b, char **argv)
{
	char name[IFNAMSIZ] = "";
	int err;

	strncpy(name, argv[1], IFNAMSIZ - 1);
	err = ng_sys_ioctl(b->task, b->fd, SIOCBRDELBR, name);
	if (err == -ENXIO) {
		ng_printf(b->err, "bridge %s doesn't exist; can't delete it\n", argv[1]);
		return 1;
	}
	if (err == -EBUSY) {
		ng_printf(b->err, "bridge %s is still up; can't delete it\n", argv[1]);
		return 1;
	}
	return err ? complain(b, err, "can't delete bridge ", argv[1]) : 0;
}

static int port_ioctl(struct brctl *b, unsigned long request, const char *bridge, const char *port,
		      bool *ret_known)
{
	struct ifreq ifr = { 0 };

	ifr.ifr_ifindex = (int)ifindex_of(b, port);
	*ret_known = ifr.ifr_ifindex != 0;
	if (!*ret_known)
		return -ENODEV;
	strncpy(ifr.ifr_name, bridge, IFNAMSIZ - 1);
	return ng_sys_ioctl(b->task, b->fd, request, &ifr);
}

/* The first that fails ends it; the next too. */
static int cmd_addif(struct brctl *b, char **argv)
{
	const char *bridge = *++argv;

	while (*++argv) {
		bool known;
		int err = port_ioctl(b, SIOCBRADDIF, bridge, *argv, &known);

		if (!err)
			continue;
		if (err == -ENODEV)
			ng_printf(b->err, "%s %s does not exist!\n", known ? "bridge" : "interface",
				  known ? bridge : *argv);
		else if (err == -EBUSY)
			ng_printf(b->err,
				  "device %s is already a member of a bridge; can't add it to "
				  "bridge %s.\n",
				  *argv, bridge);
		else if (err == -ELOOP)
			ng_printf(b->err,
				  "device %s is a bridge device itself; can't add a bridge device "
				  "to a bridge device.\n",
				  *argv);
		else
			ng_printf(b->err, "can't add %s to bridge %s: %s\n", *argv, bridge,
				  ng_strerror(-err));
		return 1;
	}
	return 0;
}

static int cmd_delif(struct brctl *b, char **argv)
{
	const char *bridge = *++argv;

	while (*++argv) {
		bool known;
		int err = port_ioctl(b, SIOCBRDELIF, bridge, *argv, &known);

		if (!err)
			continue;
		if (err == -ENODEV)
			ng_printf(b->err, "%s %s does not exist!\n", known ? "bridge" : "interface",
				  known ? bridge : *argv);
		else if (err == -EINVAL)
			ng_printf(b->err, "device %s is not a port of %s\n", *argv, bridge);
		else
			ng_printf(b->err, "can't delete %s from %s: %s\n", *argv, bridge,
				  ng_strerror(-err));
		return 1;
	}
	return 0;
}

/* The ioctl brctl falls back to, for what /sys has no file of. */
static int port_ioctl_err(struct brctl *b, const char *bridge, const char *port)
{
	char path[PATH_LEN];
	struct ng_stat st;

	if (!ifindex_of(b, port) || !ifindex_of(b, bridge))
		return -ENODEV;
	snprintf(path, sizeof(path), SYS_NET "%s/bridge", bridge);
	return ng_sys_stat(b->task, path, &st) < 0 ? -EOPNOTSUPP : -ENOENT;
}

/* Writes a number into a file of the bridge's folder, or of the port's if @port is not NULL. */
static int set_value(struct brctl *b, const char *bridge, const char *port, const char *file,
		     unsigned long value)
{
	char path[PATH_LEN];
	char text[32];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), SYS_NET "%s/%s/%s", port ? port : bridge,
		 port ? "brport" : "bridge", file);
	fd = ng_sys_open(b->task, path, O_WRONLY, 0);
	if (fd == -ENOENT)
		return port ? port_ioctl_err(b, bridge, port) : -ENODEV;
	if (fd < 0)
		return fd;
	snprintf(text, sizeof(text), "%lu", value);
	n = ng_sys_write(b->task, fd, text, strlen(text));
	ng_sys_close(b->task, fd);
	return n < 0 ? (int)n : 0;
}

static bool on_off(struct brctl *b, const char *s, unsigned long *ret_on)
{
	*ret_on = !strcmp(s, "on") || !strcmp(s, "yes") || !strcmp(s, "1");
	if (*ret_on || !strcmp(s, "off") || !strcmp(s, "no") || !strcmp(s, "0"))
		return true;
	ng_puts(b->err, "expect on/off for argument\n");
	return false;
}

static int cmd_stp(struct brctl *b, char **argv)
{
	unsigned long on;
	int err;

	if (!on_off(b, argv[2], &on))
		return 1;
	err = set_value(b, argv[1], NULL, "stp_state", on);
	return err ? complain(b, err, "set stp status failed", "") : 0;
}

static int cmd_hairpin(struct brctl *b, char **argv)
{
	unsigned long on;
	int err;

	if (!on_off(b, argv[3], &on))
		return 1;
	if (!ifindex_of(b, argv[2])) {
		ng_printf(b->err, "interface %s does not exist!\n", argv[2]);
		return 1;
	}
	if (!ifindex_of(b, argv[1])) {
		ng_printf(b->err, "bridge %s does not exist!\n", argv[1]);
		return 1;
	}
	err = set_value(b, argv[1], argv[2], "hairpin_mode", on);
	if (err)
		ng_printf(b->err, "can't set %s to hairpin on bridge %s: %s\n", argv[2], argv[1],
			  ng_strerror(-err));
	return err != 0;
}

/* Seconds with a fraction on the command line, hundredths in the file. */
static int set_time(struct brctl *b, char **argv, const char *file, const char *what)
{
	char *end;
	double seconds = strtod(argv[2], &end);
	int err;

	if (end == argv[2] || *end) {
		ng_printf(b->err, "bad %s value\n", what);
		return 1;
	}
	err = set_value(b, argv[1], NULL, file, (unsigned long)(seconds * HZ_USER + 0.5));
	if (err)
		ng_printf(b->err, "set %s failed: %s\n", what, ng_strerror(-err));
	return err != 0;
}

static int cmd_setageing(struct brctl *b, char **argv)
{
	return set_time(b, argv, "ageing_time", "ageing time");
}

static int cmd_setfd(struct brctl *b, char **argv)
{
	return set_time(b, argv, "forward_delay", "forward delay");
}

static int cmd_sethello(struct brctl *b, char **argv)
{
	return set_time(b, argv, "hello_time", "hello timer");
}

static int cmd_setmaxage(struct brctl *b, char **argv)
{
	return set_time(b, argv, "max_age", "max age");
}

static int set_int(struct brctl *b, const char *bridge, const char *port, const char *file,
		   const char *text)
{
	char *end;
	long v = strtol(text, &end, 0);
	int err;

	if (end == text || *end) {
		ng_printf(b->err, "bad %s\n",
			  !strcmp(file, "path_cost") ? "path cost value"
			  : port		     ? "path priority value"
						     : "priority");
		return 1;
	}
	err = set_value(b, bridge, port, file, (unsigned long)v);
	if (err)
		ng_printf(b->err, "set %s failed: %s\n",
			  !port			      ? "bridge priority"
			  : !strcmp(file, "priority") ? "port priority"
						      : "path cost",
			  ng_strerror(-err));
	return err != 0;
}

static int cmd_setbridgeprio(struct brctl *b, char **argv)
{
	return set_int(b, argv[1], NULL, "priority", argv[2]);
}

static int cmd_setpathcost(struct brctl *b, char **argv)
{
	return set_int(b, argv[1], argv[2], "path_cost", argv[3]);
}

static int cmd_setportprio(struct brctl *b, char **argv)
{
	return set_int(b, argv[1], argv[2], "priority", argv[3]);
}

static int compare_names(const void *x, const void *y)
{
	return strcmp(*(char *const *)x, *(char *const *)y);
}

static size_t list_folder(struct brctl *b, const char *path, char **names)
{
	struct ng_dirent *ents = ng_task_alloc(b->task, DIR_CHUNK * sizeof(*ents));
	int fd = ng_sys_open(b->task, path, O_RDONLY | O_DIRECTORY, 0);
	size_t n = 0;
	int got, i;

	if (fd < 0)
		return 0;
	while ((got = ng_sys_getdents(b->task, fd, ents, DIR_CHUNK)) > 0) {
		for (i = 0; i < got && n < NAMES_MAX; i++)
			names[n++] = ng_task_strdup(b->task, ents[i].name);
	}
	ng_sys_close(b->task, fd);
	qsort(names, n, sizeof(*names), compare_names);
	return n;
}

/**
 * brctl_read() - The first line of a file of a bridge or a port
 * @b: the run
 * @dev: the device
 * @folder: "bridge" or "brport"
 * @file: the file
 * @buf: gets it; empty when there is none
 * @len: its size
 */
void brctl_read(struct brctl *b, const char *dev, const char *folder, const char *file, char *buf,
		size_t len)
{
	char path[PATH_LEN];

	snprintf(path, sizeof(path), SYS_NET "%s/%s/%s", dev, folder, file);
	if (ng_read_file(b->task, path, buf, len) < 0)
		buf[0] = '\0';
	buf[strcspn(buf, "\n")] = '\0';
}

/**
 * brctl_ports() - The ports of a bridge
 * @b: the run
 * @bridge: the bridge
 * @names: gets their names, sorted; room for BRCTL_NAMES_MAX
 *
 * Return: how many.
 */
size_t brctl_ports(struct brctl *b, const char *bridge, char **names)
{
	char path[PATH_LEN];

	snprintf(path, sizeof(path), SYS_NET "%s/brif", bridge);
	return list_folder(b, path, names);
}

static void show_bridge(struct brctl *b, const char *name)
{
	char **ports = ng_task_alloc(b->task, NAMES_MAX * sizeof(*ports));
	char id[64], stp[16];
	size_t n, i;

	brctl_read(b, name, "bridge", "bridge_id", id, sizeof(id));
	brctl_read(b, name, "bridge", "stp_state", stp, sizeof(stp));
	ng_printf(b->out, "%s\t\t%s\t%s\t\t", name, id, atoi(stp) ? "yes" : "no");
	n = brctl_ports(b, name, ports);
	for (i = 0; i < n; i++)
		ng_printf(b->out, "%s%s\n", i ? "\t\t\t\t\t\t\t" : "", ports[i]);
	if (!n)
		ng_putc(b->out, '\n');
}

/**
 * brctl_no_bridge() - Says why a device is no bridge
 * @b: the run
 * @name: the device
 */
void brctl_no_bridge(struct brctl *b, const char *name)
{
	if (ifindex_of(b, name))
		ng_printf(b->err, "device %s is not a bridge!\n", name);
	else
		ng_printf(b->err, "bridge %s does not exist!\n", name);
}

static int cmd_show(struct brctl *b, char **argv)
{
	static const char title[] = "bridge name\tbridge id\t\tSTP enabled\tinterfaces\n";
	bool titled = false;
	int status = 0;

	if (argv[1]) {
		while (*++argv) {
			if (!brctl_is_bridge(b, *argv)) {
				brctl_no_bridge(b, *argv);
				status = 1;
				continue;
			}
			if (!titled)
				ng_puts(b->out, title);
			titled = true;
			show_bridge(b, *argv);
		}
	} else {
		char **names = ng_task_alloc(b->task, NAMES_MAX * sizeof(*names));
		size_t n = list_folder(b, SYS_NET, names);
		size_t i;

		for (i = 0; i < n; i++) {
			if (!brctl_is_bridge(b, names[i]))
				continue;
			if (!titled)
				ng_puts(b->out, title);
			titled = true;
			show_bridge(b, names[i]);
		}
	}
	return status;
}

static int compare_fdb(const void *x, const void *y)
{
	return memcmp(x, y, 6);
}

static int cmd_showmacs(struct brctl *b, char **argv)
{
	struct __fdb_entry *fdb = ng_task_alloc(b->task, NAMES_MAX * sizeof(*fdb));
	char path[PATH_LEN];
	size_t len = 0, n, i;
	ssize_t got;
	int fd;

	snprintf(path, sizeof(path), SYS_NET "%s/brforward", argv[1]);
	fd = ng_sys_open(b->task, path, O_RDONLY, 0);
	if (fd < 0) {
		ng_printf(b->err, "read of forward table failed: %s\n",
			  ng_strerror(fd != -ENOENT	       ? -fd
				      : ifindex_of(b, argv[1]) ? EOPNOTSUPP
							       : ENODEV));
		return 1;
	}
	while (len < NAMES_MAX * sizeof(*fdb) &&
	       (got = ng_sys_read(b->task, fd, (char *)fdb + len, NAMES_MAX * sizeof(*fdb) - len)) >
		       0)
		len += (size_t)got;
	ng_sys_close(b->task, fd);
	n = len / sizeof(*fdb);
	ng_puts(b->out, "port no\tmac addr\t\tis local?\tageing timer\n");
	qsort(fdb, n, sizeof(*fdb), compare_fdb);
	for (i = 0; i < n; i++) {
		const struct __fdb_entry *f = &fdb[i];

		ng_printf(b->out, "%3i\t%.2x:%.2x:%.2x:%.2x:%.2x:%.2x\t%s\t\t%4u.%.2u\n",
			  f->port_no | f->port_hi << 8, f->mac_addr[0], f->mac_addr[1],
			  f->mac_addr[2], f->mac_addr[3], f->mac_addr[4], f->mac_addr[5],
			  f->is_local ? "yes" : "no", f->ageing_timer_value / HZ_USER,
			  f->ageing_timer_value % HZ_USER);
	}
	return 0;
}

static const struct command commands[] = {
	{ "addbr", 1, "<bridge>\t\tadd bridge", cmd_addbr },
	{ "delbr", 1, "<bridge>\t\tdelete bridge", cmd_delbr },
	{ "addif", 2, "<bridge> <device>\tadd interface to bridge", cmd_addif },
	{ "delif", 2, "<bridge> <device>\tdelete interface from bridge", cmd_delif },
	{ "hairpin", 3, "<bridge> <port> {on|off}\tturn hairpin on/off", cmd_hairpin },
	{ "setageing", 2, "<bridge> <time>\t\tset ageing time", cmd_setageing },
	{ "setbridgeprio", 2, "<bridge> <prio>\t\tset bridge priority", cmd_setbridgeprio },
	{ "setfd", 2, "<bridge> <time>\t\tset bridge forward delay", cmd_setfd },
	{ "sethello", 2, "<bridge> <time>\t\tset hello time", cmd_sethello },
	{ "setmaxage", 2, "<bridge> <time>\t\tset max message age", cmd_setmaxage },
	{ "setpathcost", 3, "<bridge> <port> <cost>\tset path cost", cmd_setpathcost },
	{ "setportprio", 3, "<bridge> <port> <prio>\tset port priority", cmd_setportprio },
	{ "show", 0, "[ <bridge> ]\t\tshow a list of bridges", cmd_show },
	{ "showmacs", 1, "<bridge>\t\tshow a list of mac addrs", cmd_showmacs },
	{ "showstp", 1, "<bridge>\t\tshow bridge stp info", brctl_showstp },
	{ "stp", 2, "<bridge> {on|off}\tturn stp on/off", cmd_stp },
};

static int help(struct brctl *b, int status)
{
	size_t i;

	ng_puts(b->out, "Usage: brctl [commands]\ncommands:\n");
	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		ng_printf(b->out, "\t%-10s\t%s\n", commands[i].name, commands[i].help);
	return status;
}

/**
 * brctl_main() - The program brctl.
 * @task: the process
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: its exit status.
 */
int brctl_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = { { "help", 0, 'h' },
						    { "version", 0, 'V' },
						    { 0 } };
	struct brctl b = { .task = task, .out = ng_stdout(task), .err = ng_stderr(task) };
	struct ng_getopt st = { .task = task };
	size_t i;
	int opt;

	while ((opt = ng_getopt_long(&st, argc, argv, "Vh", options)) != -1) {
		if (opt == 'V') {
			ng_puts(b.out, "bridge-utils, 1.7\n");
			return 0;
		}
		if (opt == 'h')
			return help(&b, 0);
		ng_printf(b.err, "Unknown option '%c'\n", opt);
		return help(&b, 1);
	}
	argv += st.optind - 1;
	argc -= st.optind - 1;
	if (argc < 2)
		return help(&b, 1);
	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		const struct command *c = &commands[i];

		if (strcmp(c->name, argv[1]) != 0)
			continue;
		if (argc - 2 < c->nargs) {
			ng_printf(b.out,
				  "Incorrect number of arguments for command\nUsage: brctl %s %s\n",
				  c->name, c->help);
			return 1;
		}
		b.fd = ng_sys_socket(task, AF_UNIX, SOCK_STREAM, 0);
		if (b.fd < 0)
			b.fd = ng_sys_socket(task, AF_INET, SOCK_DGRAM, 0);
		return c->run(&b, argv + 1);
	}
	ng_printf(b.err, "never heard of command [%s]\n", argv[1]);
	return help(&b, 1);
}
