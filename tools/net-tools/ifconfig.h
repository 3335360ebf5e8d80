/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ifconfig.h - interfaces as ifconfig and netstat -i show them
 */
#ifndef TOOLS_NET_TOOLS_IFCONFIG_H
#define TOOLS_NET_TOOLS_IFCONFIG_H

#include <linux/if.h>
#include <linux/types.h>
#include <netglass/types.h>
#include <sys/socket.h>

struct ng_task;

enum { DEV_STATS = 16 };

struct iface {
	struct iface *next;
	char name[IFNAMSIZ];
	int flags, mtu, txqlen;
	struct sockaddr hw;
	bool has_addr, has_stats;
	__be32 addr, mask, broadcast, dest;
	unsigned long long stats[DEV_STATS]; /* the columns of /proc/net/dev */
};

/* The interfaces and the aliases, by name; if_fetch() fills one in, or says why it cannot. */
struct iface *if_list(struct ng_task *task, int fd);
bool if_fetch(struct ng_task *task, int fd, struct iface *i);

/* if_alias.c: "add" and "del" */
void if_change_alias(struct ng_task *task, const char *parent, __be32 addr, bool up);

/* The long form of every interface that is up, or of all. */
int if_print_all(struct ng_task *task, bool all);
/* One line for each; the title is netstat's. */
int if_print_short(struct ng_task *task, bool all);
/* One interface; 1 and the reason on standard error when there is none of that name. */
int if_print_one(struct ng_task *task, const char *name, bool short_form);
void if_print_title(struct ng_task *task, bool netstat);

#endif
