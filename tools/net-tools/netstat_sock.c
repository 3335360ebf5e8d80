/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netstat_sock.c - lists of sockets
 *
 * mirrors tcp_do_one(), udp_do_one(), raw_do_one() and prg_cache_load() of net-tools' netstat.c: reads
 * /proc/net/{tcp,udp,udplite,raw,unix} and /proc/PID/fd
 */
#include "../lib/lines.h"
#include "netstat.h"
#include "nt.h"

#include <fcntl.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIR_CHUNK = 16, ADDR_WIDTH = 23, NAME_WIDTH = 20 };

enum { TCP_ESTABLISHED_STATE = 1, UDP_CLOSE_STATE = 7 };

struct netstat_owner {
	struct netstat_owner *next;
	unsigned long ino;
	char name[NAME_WIDTH + 1]; /* "PID/PROGRAM" */
};

struct row {
	unsigned int local, remote, lport, rport, state, timer, uid;
	int timeout;
	unsigned long txq, rxq, expires, retrans, ino;
};

static void load_process(struct netstat *n, int pid)
{
	struct ng_dirent ents[DIR_CHUNK];
	char path[64], link[64], cmdline[256] = "", *base;
	int fd, count;

	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	fd = ng_sys_open(n->task, path, O_RDONLY | O_DIRECTORY, 0);
	if (fd < 0)
		return;
	snprintf(path, sizeof(path), "/proc/%d/cmdline", pid);
	ng_read_file(n->task, path, cmdline, sizeof(cmdline));
	base = strrchr(cmdline, '/');
	base = base ? base + 1 : cmdline;
	while ((count = ng_sys_getdents(n->task, fd, ents, DIR_CHUNK)) > 0) {
		for (int i = 0; i < count; i++) {
			struct netstat_owner *o;
			char name[64] = "";
			int len;

			snprintf(path, sizeof(path), "/proc/%d/fd/%.16s", pid, ents[i].name);
			len = ng_sys_readlink(n->task, path, link, sizeof(link) - 1);
			if (len <= 8 || strncmp(link, "socket:[", 8))
				continue;
			link[len] = '\0';
			o = ng_task_alloc(n->task, sizeof(*o));
			o->ino = strtoul(link + 8, NULL, 10);
			snprintf(name, sizeof(name), "%d/%.40s", pid, base);
			memcpy(o->name, name, NAME_WIDTH - 1);
			o->next = n->owners;
			n->owners = o;
		}
	}
	ng_sys_close(n->task, fd);
}

static void load_owners(struct netstat *n)
{
	struct ng_dirent ents[DIR_CHUNK];
	int fd = ng_sys_open(n->task, "/proc", O_RDONLY | O_DIRECTORY, 0), count;

	n->owners = NULL;
	if (fd < 0)
		return;
	while ((count = ng_sys_getdents(n->task, fd, ents, DIR_CHUNK)) > 0) {
		for (int i = 0; i < count; i++) {
			char *end;
			long pid = strtol(ents[i].name, &end, 10);

			if (pid > 0 && !*end)
				load_process(n, (int)pid);
		}
	}
	ng_sys_close(n->task, fd);
}

/* who opened it first: a process that inherited it comes later in /proc */
static const char *owner(const struct netstat *n, unsigned long ino)
{
	const char *name = "-";

	for (const struct netstat_owner *o = n->owners; o && ino; o = o->next) {
		if (o->ino == ino)
			name = o->name;
	}
	return name;
}

static void address(struct netstat *n, char *buf, size_t size, unsigned int addr, unsigned int port,
		    const char *proto)
{
	char host[NT_HOST_LEN], service[64];
	__be32 be;
	size_t len;

	memcpy(&be, &addr, sizeof(be));
	ng_inet_ntoa(host, be);
	if (!n->numeric_hosts && addr)
		ng_gethostbyaddr(n->task, be, host, sizeof(host));
	if (!port)
		snprintf(service, sizeof(service), "*");
	else if (n->numeric_ports ||
		 !ng_getservbyport(n->task, (uint16_t)port, proto, service, sizeof(service)))
		snprintf(service, sizeof(service), "%u", port);
	len = strlen(service);
	if (!n->wide && len < ADDR_WIDTH - 1 && strlen(host) + len > ADDR_WIDTH - 1)
		host[ADDR_WIDTH - 1 - len] = '\0';
	snprintf(buf, size, "%s:%s", host, service);
}

static void finish_line(struct netstat *n, const struct row *r)
{
	static const char *const timers[] = { "off", "on", "keepalive", "timewait", "probe" };

	if (n->extended) {
		if (n->numeric_users || r->uid)
			ng_printf(n->out, " %-10u", r->uid);
		else
			ng_printf(n->out, " %-10s", "root");
		ng_printf(n->out, " %-10lu", r->ino);
	}
	if (n->programs)
		ng_printf(n->out, " %-20s", owner(n, r->ino));
	if (n->timers && r->timer < 5)
		ng_printf(n->out, " %s (%2.2f/%lu/%d)", timers[r->timer],
			  r->timer ? (double)r->expires / 100 : 0.0, r->retrans, r->timeout);
	ng_putc(n->out, '\n');
}

static bool parse_row(const char *line, struct row *r)
{
	return sscanf(line, "%*u: %x:%x %x:%x %x %lx:%lx %x:%lx %lx %u %d %lu", &r->local,
		      &r->lport, &r->remote, &r->rport, &r->state, &r->txq, &r->rxq, &r->timer,
		      &r->expires, &r->retrans, &r->uid, &r->timeout, &r->ino) >= 11;
}

static void print_row(struct netstat *n, const char *proto, const struct row *r, const char *state)
{
	char local[256], remote[256];

	address(n, local, sizeof(local), r->local, r->lport, proto);
	address(n, remote, sizeof(remote), r->remote, r->rport, proto);
	ng_printf(n->out, "%-4s  %6lu %6lu %-23s %-23s %-11s", proto, r->rxq, r->txq, local, remote,
		  state);
	finish_line(n, r);
}

static void tcp_line(struct netstat *n, const char *proto, const char *line)
{
	static const char *const states[] = {
		"",	     "ESTABLISHED", "SYN_SENT",	  "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2",
		"TIME_WAIT", "CLOSE",	    "CLOSE_WAIT", "LAST_ACK", "LISTEN",	   "CLOSING",
	};
	struct row r = { 0 };

	if (!parse_row(line, &r))
		return;
	if (!n->all && (n->listening ? r.rport != 0 : r.rport == 0))
		return;
	print_row(n, proto, &r, r.state < 12 ? states[r.state] : "UNKNOWN");
}

static void udp_line(struct netstat *n, const char *proto, const char *line)
{
	struct row r = { 0 };

	if (!parse_row(line, &r))
		return;
	if (!n->all && (n->listening ? r.remote != 0 : r.remote == 0))
		return;
	print_row(n, proto, &r,
		  r.state == TCP_ESTABLISHED_STATE ? "ESTABLISHED"
		  : r.state == UDP_CLOSE_STATE	   ? ""
						   : "UNKNOWN");
}

static void raw_line(struct netstat *n, const char *proto, const char *line)
{
	struct row r = { 0 };
	char state[16];

	if (!parse_row(line, &r))
		return;
	if (!n->all && (n->listening ? r.remote != 0 : r.remote == 0))
		return;
	snprintf(state, sizeof(state), "%u", r.state);
	print_row(n, proto, &r, state);
}

static void list_file(struct netstat *n, const char *path, const char *proto,
		      void (*fn)(struct netstat *n, const char *proto, const char *line))
{
	struct ng_lines in;
	char line[512];

	if (ng_lines_open(&in, n->task, path) < 0)
		return;
	ng_lines_next(&in, line, sizeof(line));
	while (ng_lines_next(&in, line, sizeof(line)))
		fn(n, proto, line);
	ng_lines_close(&in);
}

static const char *kind(const struct netstat *n)
{
	return n->all	      ? "(servers and established)"
	       : n->listening ? "(only servers)"
			      : "(w/o servers)";
}

static void inet_sockets(struct netstat *n, bool every)
{
	ng_printf(n->out, "Active Internet connections %s\n", kind(n));
	ng_puts(n->out, "Proto Recv-Q Send-Q Local Address           Foreign Address         "
			"State      ");
	if (n->extended)
		ng_puts(n->out, " User       Inode     ");
	if (n->programs)
		ng_puts(n->out, " PID/Program name    ");
	if (n->timers)
		ng_puts(n->out, " Timer");
	ng_putc(n->out, '\n');
	if (every || n->tcp)
		list_file(n, "/proc/net/tcp", "tcp", tcp_line);
	if (every || n->udp)
		list_file(n, "/proc/net/udp", "udp", udp_line);
	if (every || n->raw)
		list_file(n, "/proc/net/raw", "raw", raw_line);
}

/**
 * netstat_sockets() - The lists that were asked for
 * @n: the run
 */
void netstat_sockets(struct netstat *n)
{
	bool chosen = n->tcp || n->udp || n->udplite || n->raw;
	bool none = !chosen && !n->unx && !n->inet;

	if (n->programs)
		load_owners(n);
	if (none || chosen || n->inet)
		inet_sockets(n, !chosen);
	if (!none && !n->unx)
		return;
	/* there are no Unix sockets: the list stays empty */
	ng_printf(n->out, "Active UNIX domain sockets %s\n", kind(n));
	ng_printf(n->out, "Proto RefCnt Flags       Type       State         I-Node  %s Path\n",
		  n->programs ? " PID/Program name    " : "");
}
