/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_sysfs.c - the files of /sys/class/net/BR/bridge and /sys/class/net/PORT/brport
 *
 * mirrors net/bridge/br_sysfs_br.c and br_sysfs_if.c             CONTROL
 *
 * One table of fields for each: where the value is kept, how it is written,
 * and what runs when it is set.
 */
#include <stddef.h>

#include "8021q/vlan.h"
#include "bridge/br_private.h"
#include "core/vsprintf.h"

#define MODE_RO 0444U
#define MODE_RW 0644U
#define MODE_WO 0200U

enum br_kind {
	KIND_BOOL,
	KIND_U8,
	KIND_U16,
	KIND_U32,
	KIND_HEX16, /* as %#x, 0 is 0x0 */
	KIND_CLOCK, /* jiffies, shown in hundredths of a second */
	KIND_TIMER, /* a sim_timer: what is left of it */
	KIND_ID,    /* struct bridge_id */
	KIND_FLAG,  /* a bit of a port's flags */
	KIND_FN,    /* written by a function */
};

struct br_field {
	const char *name;
	enum br_kind kind;
	size_t offset;
	uint32_t flag;
	size_t (*show)(const void *obj, char *buf, size_t size);
	int (*set)(void *obj, unsigned long val);
	int (*set_text)(void *obj, const char *text);
	bool writable;
};

static size_t show_field(const struct br_field *f, const void *obj, const struct net_bridge *br,
			 char *buf, size_t size)
{
	const void *at = (const char *)obj + f->offset;
	const struct bridge_id *id = at;

	switch (f->kind) {
	case KIND_BOOL:
		return scnprintf(buf, size, "%d\n", *(const bool *)at);
	case KIND_U8:
		return scnprintf(buf, size, "%u\n", *(const uint8_t *)at);
	case KIND_U16:
		return scnprintf(buf, size, "%u\n", *(const uint16_t *)at);
	case KIND_U32:
		return scnprintf(buf, size, "%u\n", *(const uint32_t *)at);
	case KIND_HEX16:
		return scnprintf(buf, size, "0x%x\n", *(const uint16_t *)at);
	case KIND_CLOCK:
		return scnprintf(buf, size, "%llu\n",
				 (unsigned long long)jiffies_to_clock_t(*(const int64_t *)at));
	case KIND_TIMER:
		return scnprintf(buf, size, "%u\n", br_timer_value(br, at));
	case KIND_ID:
		return scnprintf(buf, size, "%02x%02x.%02x%02x%02x%02x%02x%02x\n", id->prio[0],
				 id->prio[1], id->addr[0], id->addr[1], id->addr[2], id->addr[3],
				 id->addr[4], id->addr[5]);
	case KIND_FLAG:
		return scnprintf(buf, size, "%d\n", (*(const uint32_t *)at & f->flag) != 0);
	case KIND_FN:
		return f->show(obj, buf, size);
	}
	return 0;
}

/* As kstrtoul() with base 0: blanks and a newline may follow. */
static int parse_ulong(const char *text, unsigned long *ret_val)
{
	char *end;

	while (*text == ' ')
		text++;
	if (*text < '0' || *text > '9')
		return -EINVAL;
	*ret_val = strtoul(text, &end, 0);
	while (*end == ' ' || *end == '\n')
		end++;
	return *end ? -EINVAL : 0;
}

static int store_field(const struct br_field *f, void *obj, const char *text)
{
	void *at = (char *)obj + f->offset;
	unsigned long val;
	int err;

	if (f->set_text)
		return f->set_text(obj, text);
	err = parse_ulong(text, &val);
	if (err)
		return err;
	if (f->set)
		return f->set(obj, val);
	switch (f->kind) {
	case KIND_BOOL:
		*(bool *)at = val;
		return 0;
	case KIND_U32:
		*(uint32_t *)at = (uint32_t)val;
		return 0;
	case KIND_CLOCK:
		*(int64_t *)at = clock_t_to_jiffies(val);
		return 0;
	case KIND_FLAG:
		if (val)
			*(uint32_t *)at |= f->flag;
		else
			*(uint32_t *)at &= ~f->flag;
		return 0;
	case KIND_U8:
	case KIND_U16:
	case KIND_HEX16:
	case KIND_TIMER:
	case KIND_ID:
	case KIND_FN:
		break;
	}
	return -EACCES;
}

/* ---- the bridge ---- */

static size_t show_gc_timer(const void *obj, char *buf, size_t size)
{
	struct net_bridge *br = br_priv(((const struct net_bridge *)obj)->dev);

	return scnprintf(buf, size, "%u\n", br_fdb_gc_timer_value(br));
}

static size_t show_group_addr(const void *obj, char *buf, size_t size)
{
	return scnprintf(buf, size, "%pM\n",
			 (const void *)((const struct net_bridge *)obj)->group_addr);
}

static size_t show_elasticity(const void *obj, char *buf, size_t size)
{
	(void)obj;
	return scnprintf(buf, size, "16\n"); /* RHT_ELASTICITY */
}

static size_t show_priority(const void *obj, char *buf, size_t size)
{
	const struct bridge_id *id = &((const struct net_bridge *)obj)->bridge_id;

	return scnprintf(buf, size, "%d\n", id->prio[0] << 8 | id->prio[1]);
}

static size_t show_stp_state(const void *obj, char *buf, size_t size)
{
	return scnprintf(buf, size, "%d\n", (int)((const struct net_bridge *)obj)->stp_enabled);
}

static int set_ageing_time(void *obj, unsigned long val)
{
	return br_set_ageing_time(obj, val);
}

static int set_forward_delay(void *obj, unsigned long val)
{
	return br_set_forward_delay(obj, val);
}

static int set_hello_time(void *obj, unsigned long val)
{
	return br_set_hello_time(obj, val);
}

static int set_max_age(void *obj, unsigned long val)
{
	return br_set_max_age(obj, val);
}

static int set_stp_state(void *obj, unsigned long val)
{
	return br_stp_set_enabled(obj, val);
}

static size_t show_default_pvid(const void *obj, char *buf, size_t size)
{
	const struct net_bridge *br = obj;

	return scnprintf(buf, size, "%d\n", br->vlgrp ? br->default_pvid : 1);
}

static int set_default_pvid(void *obj, unsigned long val)
{
	struct net_bridge *br = obj;

	if (val >= VLAN_VID_MASK)
		return -EINVAL;
	if (br->vlan_enabled && val != br->default_pvid)
		return -EPERM;
	return br_vlan_set_default_pvid(br, (uint16_t)val);
}

static size_t show_vlan_filtering(const void *obj, char *buf, size_t size)
{
	return scnprintf(buf, size, "%d\n", (int)((const struct net_bridge *)obj)->vlan_enabled);
}

static int set_vlan_filtering(void *obj, unsigned long val)
{
	return br_vlan_filter_toggle(obj, val);
}

static int set_priority(void *obj, unsigned long val)
{
	br_stp_set_bridge_priority(obj, (uint16_t)val);
	return 0;
}

static int set_group_fwd_mask(void *obj, unsigned long val)
{
	if (val & BR_GROUPFWD_RESTRICTED)
		return -EINVAL;
	((struct net_bridge *)obj)->group_fwd_mask = (uint16_t)val;
	return 0;
}

static int set_group_addr(void *obj, const char *text)
{
	uint8_t addr[ETH_ALEN];

	for (int i = 0; i < ETH_ALEN; i++) {
		char *end;
		unsigned long byte = strtoul(text, &end, 16);

		if (end == text || byte > 0xff || (i < ETH_ALEN - 1 && *end != ':'))
			return -EINVAL;
		addr[i] = (uint8_t)byte;
		text = end + 1;
	}
	return br_set_group_addr(obj, addr);
}

static int set_br_flush(void *obj, unsigned long val)
{
	static const struct br_fdb_flush dynamic = { .flags_mask = BR_FDB_STATIC };

	(void)val;
	br_fdb_flush(obj, &dynamic);
	return 0;
}

static int set_mcast_router(void *obj, unsigned long val)
{
	return br_multicast_set_router(obj, val);
}

static int set_mcast_snooping(void *obj, unsigned long val)
{
	return br_multicast_toggle(obj, val);
}

static int set_mcast_querier(void *obj, unsigned long val)
{
	return br_multicast_set_querier(obj, val);
}

static int set_igmp_version(void *obj, unsigned long val)
{
	return br_multicast_set_igmp_version(obj, val);
}

static int set_query_intvl(void *obj, unsigned long val)
{
	return br_multicast_set_query_intvl(obj, val);
}

static int set_startup_query_intvl(void *obj, unsigned long val)
{
	return br_multicast_set_startup_query_intvl(obj, val);
}

static int set_mld_version(void *obj, unsigned long val)
{
	if (val != 1 && val != 2)
		return -EINVAL;
	((struct net_bridge *)obj)->multicast_mld_version = (uint8_t)val;
	return 0;
}

#define BR_AT(field) .offset = offsetof(struct net_bridge, field)
#define BR_RW(field, k) .kind = (k), BR_AT(field), .writable = true
#define BR_SET(field, k, f) .kind = (k), BR_AT(field), .writable = true, .set = (f)
#define BR_RO(field, k) .kind = (k), BR_AT(field)

static const struct br_field br_fields[] = {
	{ "ageing_time", BR_SET(ageing_time, KIND_CLOCK, set_ageing_time) },
	{ "bridge_id", BR_RO(bridge_id, KIND_ID) },
	{ "default_pvid", .kind = KIND_FN, .show = show_default_pvid, .set = set_default_pvid,
	  .writable = true },
	{ "flush", .kind = KIND_FN, .set = set_br_flush, .writable = true },
	{ "forward_delay", BR_SET(forward_delay, KIND_CLOCK, set_forward_delay) },
	{ "gc_timer", .kind = KIND_FN, .show = show_gc_timer },
	{ "group_addr", .kind = KIND_FN, .show = show_group_addr, .set_text = set_group_addr,
	  .writable = true },
	{ "group_fwd_mask", BR_SET(group_fwd_mask, KIND_HEX16, set_group_fwd_mask) },
	{ "hash_elasticity", .kind = KIND_FN, .show = show_elasticity },
	{ "hash_max", BR_RW(hash_max, KIND_U32) },
	{ "hello_time", BR_SET(hello_time, KIND_CLOCK, set_hello_time) },
	{ "hello_timer", BR_RO(hello_timer, KIND_TIMER) },
	{ "max_age", BR_SET(max_age, KIND_CLOCK, set_max_age) },
	{ "multicast_igmp_version", BR_SET(multicast_igmp_version, KIND_U8, set_igmp_version) },
	{ "multicast_last_member_count", BR_RW(multicast_last_member_count, KIND_U32) },
	{ "multicast_last_member_interval", BR_RW(multicast_last_member_interval, KIND_CLOCK) },
	{ "multicast_membership_interval", BR_RW(multicast_membership_interval, KIND_CLOCK) },
	{ "multicast_mld_version", BR_SET(multicast_mld_version, KIND_U8, set_mld_version) },
	{ "multicast_querier", BR_SET(multicast_querier, KIND_BOOL, set_mcast_querier) },
	{ "multicast_querier_interval", BR_RW(multicast_querier_interval, KIND_CLOCK) },
	{ "multicast_query_interval",
	  BR_SET(multicast_query_interval, KIND_CLOCK, set_query_intvl) },
	{ "multicast_query_response_interval",
	  BR_RW(multicast_query_response_interval, KIND_CLOCK) },
	{ "multicast_query_use_ifaddr", BR_RW(multicast_query_use_ifaddr, KIND_BOOL) },
	{ "multicast_router", BR_SET(multicast_router, KIND_U8, set_mcast_router) },
	{ "multicast_snooping", BR_SET(multicast_enabled, KIND_BOOL, set_mcast_snooping) },
	{ "multicast_startup_query_count", BR_RW(multicast_startup_query_count, KIND_U32) },
	{ "multicast_startup_query_interval",
	  BR_SET(multicast_startup_query_interval, KIND_CLOCK, set_startup_query_intvl) },
	{ "multicast_stats_enabled", BR_RW(multicast_stats_enabled, KIND_BOOL) },
	{ "nf_call_arptables", BR_RW(nf_call_arptables, KIND_BOOL) },
	{ "nf_call_ip6tables", BR_RW(nf_call_ip6tables, KIND_BOOL) },
	{ "nf_call_iptables", BR_RW(nf_call_iptables, KIND_BOOL) },
	{ "no_linklocal_learn", BR_RW(no_ll_learn, KIND_BOOL) },
	{ "priority", .kind = KIND_FN, .show = show_priority, .set = set_priority,
	  .writable = true },
	{ "root_id", BR_RO(designated_root, KIND_ID) },
	{ "root_path_cost", BR_RO(root_path_cost, KIND_U32) },
	{ "root_port", BR_RO(root_port, KIND_U16) },
	{ "stp_state", .kind = KIND_FN, .show = show_stp_state, .set = set_stp_state,
	  .writable = true },
	{ "tcn_timer", BR_RO(tcn_timer, KIND_TIMER) },
	{ "topology_change", BR_RO(topology_change, KIND_U8) },
	{ "topology_change_detected", BR_RO(topology_change_detected, KIND_BOOL) },
	{ "topology_change_timer", BR_RO(topology_change_timer, KIND_TIMER) },
	{ "vlan_filtering", .kind = KIND_FN, .show = show_vlan_filtering, .set = set_vlan_filtering,
	  .writable = true },
};

/* ---- ports ---- */

static size_t show_backup_port(const void *obj, char *buf, size_t size)
{
	const struct net_bridge_port *p = obj;

	return scnprintf(buf, size, "%s\n", p->backup_port ? p->backup_port->dev->name : "");
}

static int set_backup_port(void *obj, const char *text)
{
	struct net_bridge_port *p = obj;
	struct net_device *dev = NULL;
	char name[IFNAMSIZ];
	size_t len = strcspn(text, "\n");

	if (len >= sizeof(name))
		return -EINVAL;
	memcpy(name, text, len);
	name[len] = '\0';
	if (len) {
		dev = dev_get_by_name(p->dev->net, name);
		if (!dev)
			return -ENOENT;
	}
	return nbp_backup_change(p, dev);
}

static int set_path_cost(void *obj, unsigned long val)
{
	return br_stp_set_path_cost(obj, (uint32_t)val);
}

static int set_port_priority(void *obj, unsigned long val)
{
	return br_stp_set_port_priority(obj, (uint32_t)val);
}

static int set_port_flush(void *obj, unsigned long val)
{
	struct net_bridge_port *p = obj;

	(void)val;
	br_fdb_delete_by_port(p->br, p, false);
	return 0;
}

static int set_port_fwd_mask(void *obj, unsigned long val)
{
	if (val & BR_GROUPFWD_MACPAUSE)
		return -EINVAL;
	((struct net_bridge_port *)obj)->group_fwd_mask = (uint16_t)val;
	return 0;
}

static int set_port_router(void *obj, unsigned long val)
{
	return br_multicast_set_port_router(obj, val);
}

#define P_AT(field) .offset = offsetof(struct net_bridge_port, field)
#define P_RO(field, k) .kind = (k), P_AT(field)
#define P_SET(field, k, f) .kind = (k), P_AT(field), .writable = true, .set = (f)
#define P_FLAG(bit) .kind = KIND_FLAG, P_AT(flags), .flag = (bit), .writable = true

static const struct br_field port_fields[] = {
	{ "backup_port", .kind = KIND_FN, .show = show_backup_port, .set_text = set_backup_port,
	  .writable = true },
	{ "bpdu_guard", P_FLAG(BR_BPDU_GUARD) },
	{ "broadcast_flood", P_FLAG(BR_BCAST_FLOOD) },
	{ "change_ack", P_RO(topology_change_ack, KIND_BOOL) },
	{ "config_pending", P_RO(config_pending, KIND_BOOL) },
	{ "designated_bridge", P_RO(designated_bridge, KIND_ID) },
	{ "designated_cost", P_RO(designated_cost, KIND_U32) },
	{ "designated_port", P_RO(designated_port, KIND_U16) },
	{ "designated_root", P_RO(designated_root, KIND_ID) },
	{ "flush", .kind = KIND_FN, .set = set_port_flush, .writable = true },
	{ "forward_delay_timer", P_RO(forward_delay_timer, KIND_TIMER) },
	{ "group_fwd_mask", P_SET(group_fwd_mask, KIND_HEX16, set_port_fwd_mask) },
	{ "hairpin_mode", P_FLAG(BR_HAIRPIN_MODE) },
	{ "hold_timer", P_RO(hold_timer, KIND_TIMER) },
	{ "isolated", P_FLAG(BR_ISOLATED) },
	{ "learning", P_FLAG(BR_LEARNING) },
	{ "message_age_timer", P_RO(message_age_timer, KIND_TIMER) },
	{ "multicast_fast_leave", P_FLAG(BR_MULTICAST_FAST_LEAVE) },
	{ "multicast_flood", P_FLAG(BR_MCAST_FLOOD) },
	{ "multicast_router", P_SET(multicast_router, KIND_U8, set_port_router) },
	{ "multicast_to_unicast", P_FLAG(BR_MULTICAST_TO_UNICAST) },
	{ "neigh_suppress", P_FLAG(BR_NEIGH_SUPPRESS) },
	{ "path_cost", P_SET(path_cost, KIND_U32, set_path_cost) },
	{ "port_id", P_RO(port_id, KIND_HEX16) },
	{ "port_no", P_RO(port_no, KIND_HEX16) },
	{ "priority", P_SET(priority, KIND_U8, set_port_priority) },
	{ "proxyarp", P_FLAG(BR_PROXYARP) },
	{ "proxyarp_wifi", P_FLAG(BR_PROXYARP_WIFI) },
	{ "root_block", P_FLAG(BR_ROOT_BLOCK) },
	{ "state", P_RO(state, KIND_U8) },
	{ "unicast_flood", P_FLAG(BR_FLOOD) },
};

/* ---- the door to sysfs ---- */

static const struct br_field *field_of(bool port, size_t index)
{
	if (port)
		return index < sizeof(port_fields) / sizeof(port_fields[0]) ? &port_fields[index]
									    : NULL;
	return index < sizeof(br_fields) / sizeof(br_fields[0]) ? &br_fields[index] : NULL;
}

/**
 * br_sysfs_attr() - The files of a bridge's or a port's folder, one by one
 * @port: brport/ of a port, not bridge/ of a bridge
 * @index: from 0
 * @ret_mode: the file's permissions
 *
 * Return: the file's name, NULL after the last.
 */
const char *br_sysfs_attr(bool port, size_t index, uint32_t *ret_mode)
{
	const struct br_field *f = field_of(port, index);

	if (!f)
		return NULL;
	*ret_mode = f->writable ? MODE_RW : MODE_RO;
	if (f->kind == KIND_FN && !f->show)
		*ret_mode = MODE_WO;
	return f->name;
}

/**
 * br_sysfs_show() - Reads a file
 * @dev: the bridge, or a port's device
 * @port: as in br_sysfs_attr()
 * @index: as in br_sysfs_attr()
 * @buf: for the text, with its newline
 * @size: of @buf
 *
 * Return: bytes written, or -EACCES for a file that is only written to.
 */
int br_sysfs_show(struct net_device *dev, bool port, size_t index, char *buf, size_t size)
{
	const struct br_field *f = field_of(port, index);
	const void *obj = port ? (void *)br_port_get(dev) : dev->priv;
	const struct net_bridge *br = port ? br_port_get(dev)->br : br_priv(dev);

	if (f->kind == KIND_FN && !f->show)
		return -EACCES;
	return (int)show_field(f, obj, br, buf, size);
}

/**
 * br_sysfs_store() - Writes a file
 * @dev: the bridge, or a port's device
 * @port: as in br_sysfs_attr()
 * @index: as in br_sysfs_attr()
 * @text: what was written, NUL-terminated
 *
 * Return: 0 or -errno; -EACCES for a file that is only read.
 */
int br_sysfs_store(struct net_device *dev, bool port, size_t index, const char *text)
{
	const struct br_field *f = field_of(port, index);
	void *obj = port ? (void *)br_port_get(dev) : dev->priv;
	int err;

	if (!f->writable)
		return -EACCES;
	err = store_field(f, obj, text);
	if (!err && port) {
		br_recalculate_neigh_suppress_enabled(br_port_get(dev)->br);
		br_ifinfo_notify(RTM_NEWLINK, br_port_get(dev)->br, br_port_get(dev));
	}
	return err;
}

/**
 * br_sysfs_forward() - Reads /sys/class/net/BR/brforward: entries behind ports, as brctl wants them
 * @dev: the bridge
 * @buf: where to
 * @size: of @buf
 * @offset: in the file, a multiple of a record
 *
 * Return: bytes written, 0 at the end, or -EINVAL.
 */
int br_sysfs_forward(struct net_device *dev, void *buf, size_t size, uint64_t offset)
{
	const size_t record = sizeof(struct __fdb_entry);

	if (offset % record)
		return -EINVAL;
	return br_fdb_fillbuf(br_priv(dev), buf, (uint32_t)(size / record),
			      (uint32_t)(offset / record)) *
	       (int)record;
}

/**
 * br_port_by_index() - The ports of a bridge, one by one: the links in brif/
 * @dev: the bridge
 * @index: from 0
 *
 * Return: the device, oldest port first; NULL after the last.
 */
struct net_device *br_port_by_index(const struct net_device *dev, size_t index)
{
	const struct net_bridge_port *p;

	list_for_each_entry_reverse(p, &br_priv(dev)->port_list, list) {
		if (index-- == 0)
			return p->dev;
	}
	return NULL;
}
