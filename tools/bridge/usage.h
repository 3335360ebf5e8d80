/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * usage.h - the usage pages of bridge
 */
#ifndef TOOLS_BRIDGE_USAGE_H
#define TOOLS_BRIDGE_USAGE_H

extern const char bridge_usage[];
extern const char bridge_link_usage[];
extern const char bridge_fdb_usage[];
extern const char bridge_vlan_usage[];
extern const char bridge_mdb_usage[];
extern const char bridge_monitor_usage[];

#endif
