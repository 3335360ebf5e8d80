/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_ct_nlattr.h - a flow as netlink attributes
 */
#ifndef STACK_NETFILTER_NF_CT_NLATTR_H
#define STACK_NETFILTER_NF_CT_NLATTR_H

#include <netglass/netlink.h>

#include "netfilter/nf_conntrack.h"

void ctnetlink_put_flow(struct nl_buf *buf, const struct nf_conn *ct);
void ctnetlink_put_event(struct nl_buf *buf, const struct nf_conn *ct, uint32_t events);
int ctnetlink_parse_tuple(const struct nlattr *nla, struct nf_conntrack_tuple *tuple,
			  uint8_t family);
int ctnetlink_change_status(struct nf_conn *ct, uint32_t status);
int ctnetlink_change_protoinfo(struct nf_conn *ct, const struct nlattr *nla);

#endif
