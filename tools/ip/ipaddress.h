/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipaddress.h - between the files of ip address
 */
#ifndef TOOLS_IP_IPADDRESS_H
#define TOOLS_IP_IPADDRESS_H

#include "ip_common.h"

struct ifa_flag {
	const char *name;
	uint32_t mask;
	int family;    /* only there, or AF_UNSPEC */
	bool readonly; /* the kernel sets it */
};

const struct ifa_flag *ifa_flag_by_name(const char *name);
uint32_t ifa_flags_of(const struct ifaddrmsg *ifa, const struct nlattr *const *tb);
bool addr_wanted(struct ipr *c, const struct nlmsghdr *n, const struct ip_filter *f);
int ipaddr_modify(struct ipr *c, uint16_t cmd, uint16_t flags);

#endif
