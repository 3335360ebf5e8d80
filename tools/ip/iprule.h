/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iprule.h - between the iprule*.c files
 */
#ifndef TOOLS_IP_IPRULE_H
#define TOOLS_IP_IPRULE_H

#include "ip_common.h"

#include <linux/fib_rules.h>

/* iprule.c */
void iprule_mark(struct ipr *c, uint32_t *ret_mark, uint32_t *ret_mask, bool *ret_masked);
uint32_t iprule_tos(struct ipr *c);
const char *iprule_ifname(struct ipr *c, const char *key);
struct fib_rule_uid_range iprule_uids(struct ipr *c);
uint8_t iprule_ipproto(struct ipr *c);
__be64 iprule_tun_id(struct ipr *c);
struct fib_rule_port_range iprule_ports(struct ipr *c, const char *msg);
/* iprule_print.c */
uint32_t iprule_table(const struct fib_rule_hdr *frh, const struct nlattr *const *tb);
/* iprule_list.c */
int iprule_list(struct ipr *c, enum ip_action action);
int iprule_restore(struct ipr *c);

#endif
