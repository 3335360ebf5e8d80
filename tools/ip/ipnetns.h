/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipnetns.h - between the files of ip netns
 */
#ifndef TOOLS_IP_IPNETNS_H
#define TOOLS_IP_IPNETNS_H

struct ipr;

int netns_identify(struct ipr *c);
int netns_pids(struct ipr *c);
int netns_exec(struct ipr *c);

#endif
