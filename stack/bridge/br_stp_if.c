/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_stp_if.c - the spanning tree as configured: priorities, costs, times, the bridge's own id
 *
 * mirrors net/bridge/br_stp_if.c                                 CONTROL
 */
#include <linux/netdevice.h>

#include "bridge/br_private.h"

static uint16_t br_make_port_id(uint32_t priority, uint16_t port_no)
{
	return (uint16_t)(priority << BR_PORT_BITS | (port_no & (BR_MAX_PORTS - 1)));
}

/**
 * br_init_port() - A port starts: designated, blocking
 * @p: the port
 */
void br_init_port(struct net_bridge_port *p)
{
	p->port_id = br_make_port_id(p->priority, p->port_no);
	br_become_designated_port(p);
	br_set_state(p, BR_STATE_BLOCKING);
	p->topology_change_ack = false;
	p->config_pending = false;
}

/**
 * br_stp_enable_bridge() - The bridge comes up: so do the ports that have a link
 * @br: the bridge
 */
void br_stp_enable_bridge(struct net_bridge *br)
{
	struct net_bridge_port *p;

	if (br->stp_enabled == BR_KERNEL_STP)
		br_timer_mod(br, &br->hello_timer, br->hello_time);
	br_fdb_gc_start(br, NSEC_PER_SEC / 10);
	br_config_bpdu_generation(br);
	list_for_each_entry(p, &br->port_list, list) {
		if (netif_running(p->dev) && netif_oper_up(p->dev))
			br_stp_enable_port(p);
	}
}

/**
 * br_stp_disable_bridge() - The bridge goes down: so do its ports
 * @br: the bridge
 */
void br_stp_disable_bridge(struct net_bridge *br)
{
	struct net_bridge_port *p;

	list_for_each_entry(p, &br->port_list, list) {
		if (p->state != BR_STATE_DISABLED)
			br_stp_disable_port(p);
	}
	br_set_topology_change(br, 0);
	br->topology_change_detected = false;
	br_timer_del(br, &br->hello_timer);
	br_timer_del(br, &br->topology_change_timer);
	br_timer_del(br, &br->tcn_timer);
	br_fdb_gc_stop(br);
}

/**
 * br_stp_enable_port() - The port has a link: without STP it forwards at once
 * @p: the port
 */
void br_stp_enable_port(struct net_bridge_port *p)
{
	br_init_port(p);
	br_port_state_selection(p->br);
	br_ifinfo_notify(RTM_NEWLINK, p->br, p);
}

/**
 * br_stp_disable_port() - The port has no link: learned addresses behind it are forgotten
 * @p: the port
 */
void br_stp_disable_port(struct net_bridge_port *p)
{
	struct net_bridge *br = p->br;
	bool wasroot = br_is_root_bridge(br);

	br_become_designated_port(p);
	br_set_state(p, BR_STATE_DISABLED);
	p->topology_change_ack = false;
	p->config_pending = false;
	br_ifinfo_notify(RTM_NEWLINK, p->br, p);
	br_timer_del(br, &p->message_age_timer);
	br_timer_del(br, &p->forward_delay_timer);
	br_timer_del(br, &p->hold_timer);
	if (!p->backup_port)
		br_fdb_delete_by_port(br, p, false);
	br_multicast_disable_port(p);
	br_configuration_update(br);
	br_port_state_selection(br);
	if (br_is_root_bridge(br) && !wasroot)
		br_become_root_bridge(br);
}

static void br_apply_forward_delay(struct net_bridge *br, int64_t jiffies)
{
	br->bridge_forward_delay = jiffies;
	if (br_is_root_bridge(br))
		br->forward_delay = jiffies;
}

static void br_stp_start(struct net_bridge *br)
{
	if (br->bridge_forward_delay < BR_MIN_FORWARD_DELAY)
		br_apply_forward_delay(br, BR_MIN_FORWARD_DELAY);
	else if (br->bridge_forward_delay > BR_MAX_FORWARD_DELAY)
		br_apply_forward_delay(br, BR_MAX_FORWARD_DELAY);
	br->stp_enabled = BR_KERNEL_STP;
	if (br->dev->flags & IFF_UP)
		br_timer_mod(br, &br->hello_timer, br->hello_time);
	br_port_state_selection(br);
}

/**
 * br_stp_set_enabled() - Switches the spanning tree protocol on or off
 * @br: the bridge
 * @on: on
 *
 * Return: 0.
 */
int br_stp_set_enabled(struct net_bridge *br, bool on)
{
	if (on && br->stp_enabled == BR_NO_STP)
		br_stp_start(br);
	else if (!on)
		br->stp_enabled = BR_NO_STP;
	return 0;
}

/**
 * br_stp_change_bridge_id() - The bridge gets another MAC address, its id with it
 * @br: the bridge
 * @addr: the new address, all zero when the last port left
 */
void br_stp_change_bridge_id(struct net_bridge *br, const uint8_t *addr)
{
	uint8_t new_addr[ETH_ALEN], old_addr[ETH_ALEN];
	struct net_bridge_port *p;
	bool wasroot = br_is_root_bridge(br);

	memcpy(new_addr, addr, ETH_ALEN);
	br_fdb_change_mac_address(br, new_addr);
	memcpy(old_addr, br->bridge_id.addr, ETH_ALEN);
	memcpy(br->bridge_id.addr, new_addr, ETH_ALEN);
	memcpy(br->dev->dev_addr, new_addr, ETH_ALEN);
	list_for_each_entry(p, &br->port_list, list) {
		if (ether_addr_equal(p->designated_bridge.addr, old_addr))
			memcpy(p->designated_bridge.addr, new_addr, ETH_ALEN);
		if (ether_addr_equal(p->designated_root.addr, old_addr))
			memcpy(p->designated_root.addr, new_addr, ETH_ALEN);
	}
	br_configuration_update(br);
	br_port_state_selection(br);
	if (br_is_root_bridge(br) && !wasroot)
		br_become_root_bridge(br);
}

/**
 * br_stp_recalculate_bridge_id() - The lowest address of the ports becomes the bridge's, unless a
 * user chose one
 * @br: the bridge
 *
 * Return: true when it changed.
 */
bool br_stp_recalculate_bridge_id(struct net_bridge *br)
{
	static const uint8_t zero[ETH_ALEN];
	const uint8_t *addr = zero;
	uint64_t lowest = UINT64_MAX;
	struct net_bridge_port *p;

	if (br->dev->addr_assign_type == NET_ADDR_SET)
		return false;
	list_for_each_entry(p, &br->port_list, list) {
		uint64_t u = ether_addr_to_u64(p->dev->dev_addr);

		if (u < lowest) {
			lowest = u;
			addr = p->dev->dev_addr;
		}
	}
	if (ether_addr_equal(br->bridge_id.addr, addr))
		return false;
	br_stp_change_bridge_id(br, addr);
	return true;
}

/**
 * br_stp_set_bridge_priority() - Sets the first two bytes of the bridge's id
 * @br: the bridge
 * @newprio: lower is more likely to become root
 */
void br_stp_set_bridge_priority(struct net_bridge *br, uint16_t newprio)
{
	const uint8_t prio[2] = { (uint8_t)(newprio >> 8), (uint8_t)newprio };
	bool wasroot = br_is_root_bridge(br);
	struct net_bridge_port *p;

	list_for_each_entry(p, &br->port_list, list) {
		if (p->state != BR_STATE_DISABLED && br_is_designated_port(p))
			memcpy(p->designated_bridge.prio, prio, sizeof(prio));
	}
	memcpy(br->bridge_id.prio, prio, sizeof(prio));
	br_configuration_update(br);
	br_port_state_selection(br);
	if (br_is_root_bridge(br) && !wasroot)
		br_become_root_bridge(br);
}

/**
 * br_stp_set_port_priority() - Sets the upper bits of a port's id
 * @p: the port
 * @newprio: 0 to 63
 *
 * Return: 0 or -ERANGE.
 */
int br_stp_set_port_priority(struct net_bridge_port *p, uint32_t newprio)
{
	uint16_t new_port_id;

	if (newprio > BR_MAX_PORT_PRIORITY)
		return -ERANGE;
	new_port_id = br_make_port_id(newprio, p->port_no);
	if (br_is_designated_port(p))
		p->designated_port = new_port_id;
	p->port_id = new_port_id;
	p->priority = (uint8_t)newprio;
	if (!memcmp(&p->br->bridge_id, &p->designated_bridge, sizeof(p->designated_bridge)) &&
	    p->port_id < p->designated_port) {
		br_become_designated_port(p);
		br_port_state_selection(p->br);
	}
	return 0;
}

/**
 * br_stp_set_path_cost() - Sets what a way through this port costs
 * @p: the port
 * @path_cost: 1 to 65535
 *
 * Return: 0 or -ERANGE.
 */
int br_stp_set_path_cost(struct net_bridge_port *p, uint32_t path_cost)
{
	if (path_cost < BR_MIN_PATH_COST || path_cost > BR_MAX_PATH_COST)
		return -ERANGE;
	p->flags |= BR_ADMIN_COST;
	p->path_cost = path_cost;
	br_configuration_update(p->br);
	br_port_state_selection(p->br);
	return 0;
}

/**
 * br_set_hello_time() - Sets how often the root sends
 * @br: the bridge
 * @clock: hundredths of a second, 1 s to 10 s
 *
 * Return: 0 or -ERANGE.
 */
int br_set_hello_time(struct net_bridge *br, uint64_t clock)
{
	int64_t t = clock_t_to_jiffies(clock);

	if (t < BR_MIN_HELLO_TIME || t > BR_MAX_HELLO_TIME)
		return -ERANGE;
	br->bridge_hello_time = t;
	if (br_is_root_bridge(br))
		br->hello_time = t;
	return 0;
}

/**
 * br_set_max_age() - Sets how long what was heard of the root stays valid
 * @br: the bridge
 * @clock: hundredths of a second, 6 s to 40 s
 *
 * Return: 0 or -ERANGE.
 */
int br_set_max_age(struct net_bridge *br, uint64_t clock)
{
	int64_t t = clock_t_to_jiffies(clock);

	if (t < BR_MIN_MAX_AGE || t > BR_MAX_MAX_AGE)
		return -ERANGE;
	br->bridge_max_age = t;
	if (br_is_root_bridge(br))
		br->max_age = t;
	return 0;
}

/**
 * br_set_ageing_time() - Sets how long a learned address lives
 * @br: the bridge
 * @clock: hundredths of a second; 0: nothing is learned
 *
 * Return: 0.
 */
int br_set_ageing_time(struct net_bridge *br, uint64_t clock)
{
	br->bridge_ageing_time = clock_t_to_jiffies(clock);
	br->ageing_time = br->bridge_ageing_time;
	br_fdb_hold_time_changed(br);
	br_fdb_gc_start(br, 0);
	return 0;
}

/**
 * br_set_forward_delay() - Sets how long a port listens and learns
 * @br: the bridge
 * @clock: hundredths of a second, 2 s to 30 s while STP is on
 *
 * Return: 0 or -ERANGE.
 */
int br_set_forward_delay(struct net_bridge *br, uint64_t clock)
{
	int64_t t = clock_t_to_jiffies(clock);

	if (br->stp_enabled != BR_NO_STP && (t < BR_MIN_FORWARD_DELAY || t > BR_MAX_FORWARD_DELAY))
		return -ERANGE;
	br_apply_forward_delay(br, t);
	return 0;
}
