/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * proc_sock.h - files of /proc/net about sockets and counters
 */
#ifndef STACK_FS_PROC_SOCK_H
#define STACK_FS_PROC_SOCK_H

#include "fs/inode.h"

int proc_tcp_show(struct dyn_node *node, struct seq_file *m);
int proc_udp_show(struct dyn_node *node, struct seq_file *m);
int proc_raw_show(struct dyn_node *node, struct seq_file *m);
int proc_tcp6_show(struct dyn_node *node, struct seq_file *m);
int proc_udp6_show(struct dyn_node *node, struct seq_file *m);
int proc_unix_show(struct dyn_node *node, struct seq_file *m);
int proc_netlink_show(struct dyn_node *node, struct seq_file *m);
int proc_packet_show(struct dyn_node *node, struct seq_file *m);
int proc_sockstat_show(struct dyn_node *node, struct seq_file *m);
int proc_sockstat6_show(struct dyn_node *node, struct seq_file *m);
int proc_snmp_show(struct dyn_node *node, struct seq_file *m);
int proc_netstat_show(struct dyn_node *node, struct seq_file *m);

#endif
