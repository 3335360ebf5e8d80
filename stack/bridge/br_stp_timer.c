/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_stp_timer.c - what the clock does to the spanning tree
 *
 * mirrors net/bridge/br_stp_timer.c                              CONTROL
 */
#include "bridge/br_private.h"

static bool br_is_designated_for_some_port(const struct net_bridge *br)
{
	const struct net_bridge_port *p;

	list_for_each_entry(p, &br->port_list, list) {
		if (p->state != BR_STATE_DISABLED &&
		    !memcmp(&p->designated_bridge, &br->bridge_id, sizeof(br->bridge_id)))
			return true;
	}
	return false;
}

static void br_hello_timer_expired(struct sim_timer *timer)
{
	struct net_bridge *br = container_of(timer, struct net_bridge, hello_timer);

	if (!(br->dev->flags & IFF_UP))
		return;
	br_config_bpdu_generation(br);
	if (br->stp_enabled == BR_KERNEL_STP)
		br_timer_mod_rounded(br, &br->hello_timer, br->hello_time);
}

static void br_message_age_timer_expired(struct sim_timer *timer)
{
	struct net_bridge_port *p = container_of(timer, struct net_bridge_port, message_age_timer);
	struct net_bridge *br = p->br;
	bool was_root;

	if (p->state == BR_STATE_DISABLED)
		return;
	was_root = br_is_root_bridge(br);
	br_become_designated_port(p);
	br_configuration_update(br);
	br_port_state_selection(br);
	if (br_is_root_bridge(br) && !was_root)
		br_become_root_bridge(br);
}

static void br_forward_delay_timer_expired(struct sim_timer *timer)
{
	struct net_bridge_port *p =
		container_of(timer, struct net_bridge_port, forward_delay_timer);
	struct net_bridge *br = p->br;

	if (p->state == BR_STATE_LISTENING) {
		br_set_state(p, BR_STATE_LEARNING);
		br_timer_mod(br, &p->forward_delay_timer, br->forward_delay);
	} else if (p->state == BR_STATE_LEARNING) {
		br_set_state(p, BR_STATE_FORWARDING);
		if (br_is_designated_for_some_port(br))
			br_topology_change_detection(br);
		netif_carrier_on(br->dev);
	}
	br_ifinfo_notify(RTM_NEWLINK, p->br, p);
}

static void br_tcn_timer_expired(struct sim_timer *timer)
{
	struct net_bridge *br = container_of(timer, struct net_bridge, tcn_timer);

	if (br_is_root_bridge(br) || !(br->dev->flags & IFF_UP))
		return;
	br_transmit_tcn(br);
	br_timer_mod(br, &br->tcn_timer, br->bridge_hello_time);
}

static void br_topology_change_timer_expired(struct sim_timer *timer)
{
	struct net_bridge *br = container_of(timer, struct net_bridge, topology_change_timer);

	br->topology_change_detected = false;
	br_set_topology_change(br, 0);
}

static void br_hold_timer_expired(struct sim_timer *timer)
{
	struct net_bridge_port *p = container_of(timer, struct net_bridge_port, hold_timer);

	if (p->config_pending)
		br_transmit_config(p);
}

/**
 * br_stp_timer_init() - Gives the timers of a new bridge their functions
 * @br: a bridge, zeroed
 */
void br_stp_timer_init(struct net_bridge *br)
{
	br->hello_timer.fn = br_hello_timer_expired;
	br->tcn_timer.fn = br_tcn_timer_expired;
	br->topology_change_timer.fn = br_topology_change_timer_expired;
}

/**
 * br_stp_port_timer_init() - Gives the timers of a new port their functions
 * @p: a port, zeroed
 */
void br_stp_port_timer_init(struct net_bridge_port *p)
{
	p->message_age_timer.fn = br_message_age_timer_expired;
	p->forward_delay_timer.fn = br_forward_delay_timer_expired;
	p->hold_timer.fn = br_hold_timer_expired;
}

/* As mod_timer(): of those that fall due in one tick the last set goes first; the same time again changes nothing. */
static void stp_timer_set(struct net_bridge *br, struct sim_timer *timer, int64_t want_jiffies)
{
	int64_t due_ns = timer_wheel_due(br_now(br), want_jiffies * BR_TICK_NS);

	if (!sim_timer_pending(timer) || timer->due_ns != due_ns)
		sim_timer_mod_newest(&br->dev->world->sim, timer, due_ns);
}

/**
 * br_timer_mod() - Sets a timer, running or not, to now + @delay
 * @br: its bridge
 * @timer: timer of the bridge or of a port
 * @delay: jiffies
 */
void br_timer_mod(struct net_bridge *br, struct sim_timer *timer, int64_t delay)
{
	stp_timer_set(br, timer, br_jiffies(br) + delay);
}

/**
 * br_timer_mod_rounded() - As br_timer_mod(), due at a whole second
 * @br: its bridge
 * @timer: timer of the bridge or of a port
 * @delay: jiffies
 *
 * As round_jiffies(): down when less than a quarter of a second is over, else
 * up, and never into the past. The phase of the second is the world's clock.
 */
void br_timer_mod_rounded(struct net_bridge *br, struct sim_timer *timer, int64_t delay)
{
	int64_t now = br_jiffies(br);
	int64_t due = now + delay;
	int64_t rem = due % BR_HZ;
	int64_t rounded = rem < BR_HZ / 4 ? due - rem : due - rem + BR_HZ;

	if (rounded <= now)
		rounded = due;
	stp_timer_set(br, timer, rounded);
}

/**
 * br_timer_del() - Stops a timer; one that does not run stays as it is
 * @br: its bridge
 * @timer: timer of the bridge or of a port
 */
void br_timer_del(struct net_bridge *br, struct sim_timer *timer)
{
	if (sim_timer_pending(timer))
		sim_timer_del(&br->dev->world->sim, timer);
}

/**
 * br_timer_value() - How long a timer still runs
 * @br: its bridge
 * @timer: timer of the bridge or of a port
 *
 * Return: hundredths of a second, 0 when it does not run.
 */
uint32_t br_timer_value(const struct net_bridge *br, const struct sim_timer *timer)
{
	int64_t left;

	if (!sim_timer_pending(timer))
		return 0;
	left = timer->due_ns - br_now(br);
	return left > 0 ? (uint32_t)(left / BR_CLOCK_NS) : 0;
}
