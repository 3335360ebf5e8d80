/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_common.h - what the files of bridge share
 */
#ifndef TOOLS_BRIDGE_BR_COMMON_H
#define TOOLS_BRIDGE_BR_COMMON_H

#include "../lib/ipr.h"

/* Objects: the cursor is behind the object's name. The result is the exit status, -1 is 255. */
int do_link(struct ipr *c);
int do_fdb(struct ipr *c);
int fdb_flush(struct ipr *c);
int do_mdb(struct ipr *c);
int do_vlan(struct ipr *c);
int do_monitor(struct ipr *c);
void br_link_monitor(struct ipr *c, const struct nlmsghdr *n);
void br_mdb_monitor(struct ipr *c, const struct nlmsghdr *n);
void br_fdb_monitor(struct ipr *c, const struct nlmsghdr *n);

_Noreturn void br_usage_exit(struct ipr *c, const char *page);
_Noreturn void br_unknown_command(struct ipr *c, const char *object);

#endif
