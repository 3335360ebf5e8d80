/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ifconfig.h - interfaces as ifconfig and netstat -i show them
 */
#ifndef TOOLS_NET_TOOLS_IFCONFIG_H
#define TOOLS_NET_TOOLS_IFCONFIG_H

#include <netglass/types.h>

struct ng_task;

/* The long form of every interface that is up, or of all. */
int if_print_all(struct ng_task *task, bool all);
/* One line for each; the title is netstat's. */
int if_print_short(struct ng_task *task, bool all);
/* One interface; 1 and the reason on standard error when there is none of that name. */
int if_print_one(struct ng_task *task, const char *name, bool short_form);
void if_print_title(struct ng_task *task, bool netstat);

#endif
