/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * usage.c - the usage pages of bridge, word for word
 */
#include "usage.h"

const char bridge_usage[] = "Usage: bridge [ OPTIONS ] OBJECT { COMMAND | help }\n"
			    "       bridge [ -force ] -batch filename\n"
			    "where  OBJECT := { link | fdb | mdb | vlan | monitor }\n"
			    "       OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] |\n"
			    "                    -o[neline] | -t[imestamp] | -n[etns] name |\n"
			    "                    -c[ompressvlans] -color -p[retty] -j[son] }\n";

const char bridge_link_usage[] =
	"Usage: bridge link set dev DEV [ cost COST ] [ priority PRIO ] [ state STATE ]\n"
	"                               [ guard {on | off} ]\n"
	"                               [ hairpin {on | off} ]\n"
	"                               [ fastleave {on | off} ]\n"
	"                               [ root_block {on | off} ]\n"
	"                               [ learning {on | off} ]\n"
	"                               [ learning_sync {on | off} ]\n"
	"                               [ flood {on | off} ]\n"
	"                               [ mcast_router MULTICAST_ROUTER ]\n"
	"                               [ mcast_flood {on | off} ]\n"
	"                               [ bcast_flood {on | off} ]\n"
	"                               [ mcast_to_unicast {on | off} ]\n"
	"                               [ neigh_suppress {on | off} ]\n"
	"                               [ vlan_tunnel {on | off} ]\n"
	"                               [ isolated {on | off} ]\n"
	"                               [ locked {on | off} ]\n"
	"                               [ hwmode {vepa | veb} ]\n"
	"                               [ backup_port DEVICE ] [ nobackup_port ]\n"
	"                               [ self ] [ master ]\n"
	"       bridge link show [dev DEV]\n";

const char bridge_fdb_usage[] =
	"Usage: bridge fdb { add | append | del | replace } ADDR dev DEV\n"
	"              [ self ] [ master ] [ use ] [ router ] [ extern_learn ]\n"
	"              [ sticky ] [ local | static | dynamic ] [ vlan VID ]\n"
	"              { [ dst IPADDR ] [ port PORT] [ vni VNI ] | [ nhid NHID ] }\n"
	"\t       [ via DEV ] [ src_vni VNI ]\n"
	"       bridge fdb [ show [ br BRDEV ] [ brport DEV ] [ vlan VID ]\n"
	"              [ state STATE ] [ dynamic ] ]\n"
	"       bridge fdb get [ to ] LLADDR [ br BRDEV ] { brport | dev } DEV\n"
	"              [ vlan VID ] [ vni VNI ] [ self ] [ master ] [ dynamic ]\n"
	"       bridge fdb flush dev DEV [ brport DEV ] [ vlan VID ]\n"
	"              [ self ] [ master ] [ [no]permanent | [no]static | [no]dynamic ]\n"
	"              [ [no]added_by_user ] [ [no]extern_learn ] [ [no]sticky ]\n"
	"              [ [no]offloaded ]\n";

const char bridge_vlan_usage[] =
	"Usage: bridge vlan { add | del } vid VLAN_ID dev DEV [ tunnel_info id TUNNEL_ID ]\n"
	"                                                     [ pvid ] [ untagged ]\n"
	"                                                     [ self ] [ master ]\n"
	"       bridge vlan { set } vid VLAN_ID dev DEV [ state STP_STATE ]\n"
	"                                               [ mcast_router MULTICAST_ROUTER ]\n"
	"       bridge vlan { show } [ dev DEV ] [ vid VLAN_ID ]\n"
	"       bridge vlan { tunnelshow } [ dev DEV ] [ vid VLAN_ID ]\n"
	"       bridge vlan global { set } vid VLAN_ID dev DEV\n"
	"                      [ mcast_snooping MULTICAST_SNOOPING ]\n"
	"                      [ mcast_querier MULTICAST_QUERIER ]\n"
	"                      [ mcast_igmp_version IGMP_VERSION ]\n"
	"                      [ mcast_mld_version MLD_VERSION ]\n"
	"                      [ mcast_last_member_count LAST_MEMBER_COUNT ]\n"
	"                      [ mcast_last_member_interval LAST_MEMBER_INTERVAL ]\n"
	"                      [ mcast_startup_query_count STARTUP_QUERY_COUNT ]\n"
	"                      [ mcast_startup_query_interval STARTUP_QUERY_INTERVAL ]\n"
	"                      [ mcast_membership_interval MEMBERSHIP_INTERVAL ]\n"
	"                      [ mcast_querier_interval QUERIER_INTERVAL ]\n"
	"                      [ mcast_query_interval QUERY_INTERVAL ]\n"
	"                      [ mcast_query_response_interval QUERY_RESPONSE_INTERVAL ]\n"
	"       bridge vlan global { show } [ dev DEV ] [ vid VLAN_ID ]\n";

const char bridge_mdb_usage[] = "Usage: bridge mdb { add | del } dev DEV port PORT grp GROUP [src "
				"SOURCE] [permanent | temp] [vid VID]\n"
				"       bridge mdb {show} [ dev DEV ] [ vid VID ]\n";

const char bridge_monitor_usage[] =
	"Usage: bridge monitor [file | link | fdb | mdb | vlan | vni | all]\n";
