/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netstat.h - what the files of netstat share
 */
#ifndef TOOLS_NET_TOOLS_NETSTAT_H
#define TOOLS_NET_TOOLS_NETSTAT_H

#include <netglass/types.h>

struct ng_task;

struct netstat {
	struct ng_task *task;
	struct ng_out *out;
	bool tcp, udp, udplite, raw, unx, inet; /* what to list; none: all */
	bool listening, all, programs, timers, wide, continuous;
	bool numeric_hosts, numeric_ports, numeric_users;
	bool route, interfaces, statistics, groups;
	int extended;
	struct netstat_owner *owners; /* netstat_sock.c */
};

/* netstat_sock.c */
void netstat_sockets(struct netstat *n);
/* netstat_stat.c */
void netstat_statistics(struct netstat *n);
void netstat_groups(struct netstat *n);

#endif
