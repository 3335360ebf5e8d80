/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * config_trace.h - changes of state as steps of the trace: only while somebody listens
 */
#ifndef STACK_CORE_CONFIG_TRACE_H
#define STACK_CORE_CONFIG_TRACE_H

#include "core/netdevice.h"
#include "core/trace.h"

struct fib_alias;
struct fib_rule;
struct fib_table;
struct in_ifaddr;
struct ng_task;
struct seq_file;

void trace_link(enum netdev_event event, const struct net_device *dev);
void trace_features(const struct net_device *dev, netdev_features_t old);
void trace_link_move(const struct net_device *dev, const struct net *from);
void trace_addr(int event, const struct in_ifaddr *ifa);
void trace_route_set(const struct fib_table *tb, const char *what, const struct fib_alias *fa,
		     __be32 prefix, uint8_t prefixlen);
void trace_rule_set(const struct net *net, int event, const struct fib_rule *rule);
void trace_sysctl(const struct net *net, const char *path, struct seq_file *old,
		  struct seq_file *value);
void trace_netns(const struct net *net, const char *what);
void trace_exec(const struct ng_task *task);
void trace_exit(const struct ng_task *task, int status);

#endif
