/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * usage.h - the usage pages of ip
 */
#ifndef TOOLS_IP_USAGE_H
#define TOOLS_IP_USAGE_H

extern const char ip_usage[];
extern const char ip_link_usage[]; /* the list of types follows: ip_types_usage */
extern const char ip_addr_usage[]; /* likewise */
extern const char ip_types_usage[];
extern const char ip_route_usage[];
extern const char ip_neigh_usage[];
extern const char ip_maddr_usage[];
extern const char ip_monitor_usage[];
extern const char ip_netconf_usage[];
extern const char ip_netns_usage[];
extern const char ip_ntable_usage[];
extern const char ip_rule_usage[];
extern const char ip_bridge_usage[];
extern const char ip_bridge_slave_usage[];
extern const char ip_veth_usage[];
extern const char ip_vlan_usage[];

#endif
