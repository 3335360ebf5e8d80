/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ss.c - lists sockets
 *
 * mirrors main() in misc/ss.c of iproute2 6.1
 *
 * Not modelled: -E, -K, -D, -F, -b, -Z, -z, -T.
 */
#include "ss.h"

#include "../lib/getopt.h"
#include "../lib/prog.h"
#include "../lib/program.h"

#include <fcntl.h>
#include <linux/in.h>
#include <linux/sched.h>
#include <netglass/syscall.h>
#include <stdio.h>
#include <string.h>

#define VSOCK_FAMILY 40
#define XDP_FAMILY 44

int ss_main(struct ng_task *task, int argc, char **argv);

enum { OPT_TIPCSOCK = 257, OPT_VSOCK, OPT_TIPCINFO, OPT_TOS, OPT_XDP, OPT_CGROUP, OPT_SOCKOPT };

static const struct ng_option long_opts[] = {
	{ "numeric", 0, 'n' },
	{ "resolve", 0, 'r' },
	{ "options", 0, 'o' },
	{ "extended", 0, 'e' },
	{ "memory", 0, 'm' },
	{ "info", 0, 'i' },
	{ "processes", 0, 'p' },
	{ "threads", 0, 'T' },
	{ "bpf", 0, 'b' },
	{ "events", 0, 'E' },
	{ "dccp", 0, 'd' },
	{ "tcp", 0, 't' },
	{ "sctp", 0, 'S' },
	{ "udp", 0, 'u' },
	{ "raw", 0, 'w' },
	{ "unix", 0, 'x' },
	{ "tipc", 0, OPT_TIPCSOCK },
	{ "vsock", 0, OPT_VSOCK },
	{ "all", 0, 'a' },
	{ "listening", 0, 'l' },
	{ "ipv4", 0, '4' },
	{ "ipv6", 0, '6' },
	{ "packet", 0, '0' },
	{ "family", 1, 'f' },
	{ "socket", 1, 'A' },
	{ "query", 1, 'A' },
	{ "summary", 0, 's' },
	{ "diag", 1, 'D' },
	{ "filter", 1, 'F' },
	{ "version", 0, 'V' },
	{ "help", 0, 'h' },
	{ "context", 0, 'Z' },
	{ "contexts", 0, 'z' },
	{ "net", 1, 'N' },
	{ "tipcinfo", 0, OPT_TIPCINFO },
	{ "tos", 0, OPT_TOS },
	{ "cgroup", 0, OPT_CGROUP },
	{ "kill", 0, 'K' },
	{ "no-header", 0, 'H' },
	{ "xdp", 0, OPT_XDP },
	{ "mptcp", 0, 'M' },
	{ "oneline", 0, 'O' },
	{ "inet-sockopt", 0, OPT_SOCKOPT },
	{ NULL, 0, 0 },
};

/* what -A, -f and the letters choose, with the states shown when nothing else is said */
static const struct db {
	const char *name;
	uint32_t dbs;
} db_names[] = {
	{ "all", DB_ALL },
	{ "inet", DB_INET },
	{ "tcp", DB_BIT(DB_TCP) },
	{ "mptcp", DB_BIT(DB_MPTCP) },
	{ "udp", DB_BIT(DB_UDP) },
	{ "raw", DB_BIT(DB_RAW) },
	{ "dccp", DB_BIT(DB_DCCP) },
	{ "sctp", DB_BIT(DB_SCTP) },
	{ "unix", DB_UNIX },
	{ "unix_stream", DB_BIT(DB_UNIX_ST) },
	{ "u_str", DB_BIT(DB_UNIX_ST) },
	{ "unix_dgram", DB_BIT(DB_UNIX_DG) },
	{ "u_dgr", DB_BIT(DB_UNIX_DG) },
	{ "unix_seqpacket", DB_BIT(DB_UNIX_SQ) },
	{ "u_seq", DB_BIT(DB_UNIX_SQ) },
	{ "packet", DB_PACKET },
	{ "packet_raw", DB_BIT(DB_PACKET_R) },
	{ "p_raw", DB_BIT(DB_PACKET_R) },
	{ "packet_dgram", DB_BIT(DB_PACKET_DG) },
	{ "p_dgr", DB_BIT(DB_PACKET_DG) },
	{ "netlink", DB_BIT(DB_NETLINK) },
	{ "tipc", DB_BIT(DB_TIPC) },
	{ "vsock", DB_VSOCK },
	{ "vsock_stream", DB_BIT(DB_VSOCK_ST) },
	{ "vsock_dgram", DB_BIT(DB_VSOCK_DG) },
	{ "xdp", DB_BIT(DB_XDP) },
};

static uint32_t default_states(uint32_t dbs)
{
	uint32_t states = 0;

	if (dbs & (DB_BIT(DB_TCP) | DB_BIT(DB_DCCP) | DB_BIT(DB_SCTP) | DB_BIT(DB_MPTCP) | DB_UNIX |
		   DB_VSOCK | DB_BIT(DB_TIPC)))
		states |= SS_CONN;
	if (dbs & (DB_BIT(DB_UDP) | DB_BIT(DB_RAW)))
		states |= SS_BIT(SS_ESTABLISHED);
	if (dbs & (DB_PACKET | DB_BIT(DB_NETLINK) | DB_BIT(DB_XDP)))
		states |= SS_BIT(SS_CLOSE);
	return states;
}

static _Noreturn void usage_error(struct ss *s)
{
	ng_puts(ng_stderr(s->task), ss_usage_text);
	prog_exit(s->task, 255);
}

static void add_query(struct ss *s, const char *list)
{
	char *copy = ng_task_strdup(s->task, list), *save = NULL;

	if (!s->query_given)
		s->dbs = 0;
	s->query_given = true;
	for (char *word = strtok_r(copy, ",", &save); word; word = strtok_r(NULL, ",", &save)) {
		bool known = false;

		for (size_t i = 0; i < sizeof(db_names) / sizeof(db_names[0]); i++) {
			if (strcmp(word, db_names[i].name))
				continue;
			s->dbs |= db_names[i].dbs;
			known = true;
		}
		if (!known) {
			ng_printf(ng_stderr(s->task), "ss: \"%s\" is illegal socket table id\n",
				  word);
			usage_error(s);
		}
	}
}

static void set_family(struct ss *s, const char *name)
{
	s->family_given = true;
	if (!strcmp(name, "inet"))
		s->families |= 1;
	else if (!strcmp(name, "inet6"))
		s->families |= 2;
	else if (!strcmp(name, "link"))
		s->dbs |= DB_PACKET;
	else if (!strcmp(name, "unix"))
		s->dbs |= DB_UNIX;
	else if (!strcmp(name, "netlink"))
		s->dbs |= DB_BIT(DB_NETLINK);
	else if (!strcmp(name, "tipc"))
		s->dbs |= DB_BIT(DB_TIPC);
	else if (!strcmp(name, "vsock"))
		s->dbs |= DB_VSOCK;
	else if (!strcmp(name, "xdp"))
		s->dbs |= DB_BIT(DB_XDP);
	else {
		if (strcmp(name, "help")) {
			ng_printf(ng_stderr(s->task), "ss: \"%s\" is invalid family\n", name);
			usage_error(s);
		}
		ng_puts(s->out, ss_usage_text);
		prog_exit(s->task, 0);
	}
}

static void switch_netns(struct ss *s, const char *name)
{
	char path[300];
	int fd;

	snprintf(path, sizeof(path), "/var/run/netns/%s", name);
	fd = ng_sys_open(s->task, path, O_RDONLY | O_CLOEXEC, 0);
	if (fd < 0) {
		ng_printf(ng_stderr(s->task), "Cannot open network namespace \"%s\": %s\n", name,
			  ng_strerror(-fd));
		prog_exit(s->task, 1);
	}
	ng_sys_setns(s->task, fd, CLONE_NEWNET);
	ng_sys_close(s->task, fd);
}

/* the letters that choose tables; false: another one */
static bool db_option(struct ss *s, int ch)
{
	static const struct {
		int ch;
		uint32_t dbs;
	} letters[] = {
		{ 't', DB_BIT(DB_TCP) },	   { 'u', DB_BIT(DB_UDP) },
		{ 'w', DB_BIT(DB_RAW) },	   { 'x', DB_UNIX },
		{ 'd', DB_BIT(DB_DCCP) },	   { 'S', DB_BIT(DB_SCTP) },
		{ 'M', DB_BIT(DB_MPTCP) },	   { '0', DB_PACKET },
		{ OPT_TIPCSOCK, DB_BIT(DB_TIPC) }, { OPT_VSOCK, DB_VSOCK },
		{ OPT_XDP, DB_BIT(DB_XDP) },
	};

	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
		if (letters[i].ch != ch)
			continue;
		s->dbs |= letters[i].dbs;
		return true;
	}
	return false;
}

/* what changes what is shown of a socket; false: another one */
static bool detail_option(struct ss *s, int ch)
{
	bool *flag;

	switch (ch) {
	case 'n':
		flag = &s->numeric;
		break;
	case 'r':
		flag = &s->resolve;
		break;
	case 'o':
		flag = &s->timers;
		break;
	case 'm':
		flag = &s->memory;
		break;
	case 'i':
		flag = &s->info;
		break;
	case 'p':
		flag = &s->processes;
		break;
	case 's':
		flag = &s->summary;
		break;
	case 'H':
		flag = &s->no_header;
		break;
	case 'O':
		flag = &s->oneline;
		break;
	case OPT_TOS:
		flag = &s->tos;
		break;
	case OPT_CGROUP:
		flag = &s->cgroup;
		break;
	case OPT_SOCKOPT:
		flag = &s->sockopt;
		break;
	case 'e':
		s->timers = true;
		flag = &s->extended;
		break;
	default:
		return false;
	}
	*flag = true;
	return true;
}

/* -1: go on; else the exit status */
static int other_option(struct ss *s, int ch, const char *arg)
{
	switch (ch) {
	case 'a':
		s->states = SS_ALL;
		s->states_given = true;
		return -1;
	case 'l':
		s->states = SS_BIT(SS_LISTEN) | SS_BIT(SS_CLOSE);
		s->states_given = true;
		return -1;
	case '4':
	case '6':
		s->families |= ch == '4' ? 1 : 2;
		s->family_given = true;
		return -1;
	case 'f':
		set_family(s, arg);
		return -1;
	case 'A':
		add_query(s, arg);
		return -1;
	case 'N':
		switch_netns(s, arg);
		return -1;
	case OPT_TIPCINFO:
		return -1;
	case 'V':
		ng_puts(s->out, "ss utility, iproute2-6.1.0\n");
		return 0;
	case 'h':
		ng_puts(s->out, ss_usage_text);
		return 0;
	case 'Z':
	case 'z':
		ng_puts(ng_stderr(s->task), "ss: SELinux is not enabled.\n");
		return 1;
	case '?':
		usage_error(s);
	}
	return ng_not_modelled(s->task, "ss -%c", ch);
}

static void show_all(struct ss *s)
{
	uint32_t dbs = s->dbs;

	if (s->processes)
		ss_users_load(s);
	ss_header(s);
	if (dbs & DB_BIT(DB_NETLINK))
		ss_show_netlink(s);
	if (dbs & DB_PACKET)
		ss_show_packet(s);
	if (dbs & DB_UNIX)
		ss_show_empty(s, AF_UNIX);
	if (dbs & DB_BIT(DB_RAW))
		ss_show_raw(s);
	if (dbs & DB_BIT(DB_UDP))
		ss_show_inet(s, IPPROTO_UDP);
	if (dbs & DB_BIT(DB_TCP))
		ss_show_inet(s, IPPROTO_TCP);
	if (dbs & DB_BIT(DB_DCCP))
		ss_show_inet(s, IPPROTO_DCCP);
	if (dbs & DB_BIT(DB_SCTP))
		ss_show_inet(s, IPPROTO_SCTP);
	if (dbs & DB_VSOCK)
		ss_show_empty(s, VSOCK_FAMILY);
	if (dbs & DB_BIT(DB_XDP))
		ss_show_empty(s, XDP_FAMILY);
	ss_render(s);
}

static bool one_bit(uint32_t v)
{
	return !(v & (v - 1));
}

/**
 * ss_main() - The program ss.
 * @task: the process
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: its exit status.
 */
int ss_main(struct ng_task *task, int argc, char **argv)
{
	struct ng_getopt opt = { .task = task };
	struct ss *s = ng_task_alloc(task, sizeof(*s));
	bool plain;
	int ch, rc;

	s->task = task;
	s->out = ng_stdout(task);
	ss_columns_init(s);
	while ((ch = ng_getopt_long(&opt, argc, argv, "haletuwxnro460spTbEf:mMiA:D:F:vVzZN:KHSOd",
				    long_opts)) != -1) {
		if (db_option(s, ch) || detail_option(s, ch))
			continue;
		rc = other_option(s, ch, opt.optarg);
		if (rc >= 0)
			return rc;
	}
	argc -= opt.optind;
	argv += opt.optind;
	plain = !s->dbs && !s->family_given && !s->states_given;
	if (s->summary) {
		ss_print_summary(s);
		if (plain && !argc)
			return 0;
	}
	if (!s->states_given)
		s->states = s->dbs && !s->query_given ? default_states(s->dbs) : SS_CONN;
	if (!s->dbs)
		s->dbs = s->families ? DB_INET : DB_ALL;
	if (!s->families)
		s->families = 3;
	ss_parse_filter(s, argc, argv);
	s->cols[COL_NETID].disabled = one_bit(s->dbs);
	s->cols[COL_STATE].disabled = one_bit(s->states);
	show_all(s);
	return 0;
}
