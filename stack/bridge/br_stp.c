/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_stp.c - the spanning tree: who is root, which port may forward
 *
 * mirrors net/bridge/br_stp.c                                    CONTROL
 */
#include "bridge/br_private.h"
#include "core/trace.h"
#include "core/vsprintf.h"

static const char *const br_port_state_names[] = {
	[BR_STATE_DISABLED] = "disabled", [BR_STATE_LISTENING] = "listening",
	[BR_STATE_LEARNING] = "learning", [BR_STATE_FORWARDING] = "forwarding",
	[BR_STATE_BLOCKING] = "blocking",
};

/**
 * br_set_state() - Puts a port into a state and says so in the kernel's log
 * @p: the port
 * @state: BR_STATE_*
 */
void br_set_state(struct net_bridge_port *p, uint8_t state)
{
	trace_dev(p->dev, PORT_STATE, port_state, .bridge = p->br->dev->name,
		  .old = br_port_state_names[p->state], .new = br_port_state_names[state],
		  .bpdu = p->br->bpdu);
	p->state = state;
	printk(p->br->dev->world, LOGLEVEL_INFO, "%s: port %u(%s) entered %s state",
	       p->br->dev->name, p->port_no, p->dev->name, br_port_state_names[state]);
}

/**
 * br_get_port() - Finds a port by its number
 * @br: the bridge
 * @port_no: from 1
 *
 * Return: the port or NULL.
 */
struct net_bridge_port *br_get_port(const struct net_bridge *br, uint16_t port_no)
{
	struct net_bridge_port *p;

	list_for_each_entry(p, &br->port_list, list) {
		if (p->port_no == port_no)
			return p;
	}
	return NULL;
}

static int cmp_id(const struct bridge_id *a, const struct bridge_id *b)
{
	return memcmp(a, b, sizeof(*a));
}

static int cmp_u32(uint32_t a, uint32_t b)
{
	return a < b ? -1 : a > b;
}

/* 802.1D, 8.6.8: is @p a better way to the root than port @root_port (0: none yet)? */
static bool br_should_become_root_port(const struct net_bridge_port *p, uint16_t root_port)
{
	const struct net_bridge_port *rp;
	int t;

	if (p->state == BR_STATE_DISABLED || br_is_designated_port(p))
		return false;
	if (cmp_id(&p->br->bridge_id, &p->designated_root) <= 0)
		return false;
	if (!root_port)
		return true;

	rp = br_get_port(p->br, root_port);
	t = cmp_id(&p->designated_root, &rp->designated_root);
	if (!t)
		t = cmp_u32(p->designated_cost + p->path_cost, rp->designated_cost + rp->path_cost);
	if (!t)
		t = cmp_id(&p->designated_bridge, &rp->designated_bridge);
	if (!t)
		t = cmp_u32(p->designated_port, rp->designated_port);
	if (!t)
		t = cmp_u32(p->port_id, rp->port_id);
	return t < 0;
}

static void br_root_port_block(struct net_bridge *br, struct net_bridge_port *p)
{
	br_set_state(p, BR_STATE_LISTENING);
	br_ifinfo_notify(RTM_NEWLINK, p->br, p);
	if (br->forward_delay > 0)
		br_timer_mod(br, &p->forward_delay_timer, br->forward_delay);
}

static void br_root_selection(struct net_bridge *br)
{
	struct net_bridge_port *p;
	uint16_t root_port = 0;

	list_for_each_entry(p, &br->port_list, list) {
		if (!br_should_become_root_port(p, root_port))
			continue;
		if (p->flags & BR_ROOT_BLOCK)
			br_root_port_block(br, p);
		else
			root_port = p->port_no;
	}

	br->root_port = root_port;
	if (!root_port) {
		br->designated_root = br->bridge_id;
		br->root_path_cost = 0;
	} else {
		p = br_get_port(br, root_port);
		br->designated_root = p->designated_root;
		br->root_path_cost = p->designated_cost + p->path_cost;
	}
}

/**
 * br_become_root_bridge() - This bridge is the root now: its own times hold
 * @br: the bridge
 */
void br_become_root_bridge(struct net_bridge *br)
{
	br->max_age = br->bridge_max_age;
	br->hello_time = br->bridge_hello_time;
	br->forward_delay = br->bridge_forward_delay;
	br_topology_change_detection(br);
	br_timer_del(br, &br->tcn_timer);
	if (br->dev->flags & IFF_UP) {
		br_config_bpdu_generation(br);
		br_timer_mod(br, &br->hello_timer, br->hello_time);
	}
}

/**
 * br_transmit_config() - Sends a configuration message, not more often than once a second
 * @p: a designated port
 */
void br_transmit_config(struct net_bridge_port *p)
{
	struct net_bridge *br = p->br;
	struct br_config_bpdu bpdu = {
		.topology_change = br->topology_change,
		.topology_change_ack = p->topology_change_ack,
		.root = br->designated_root,
		.root_path_cost = br->root_path_cost,
		.bridge_id = br->bridge_id,
		.port_id = p->port_id,
		.max_age = br->max_age,
		.hello_time = br->hello_time,
		.forward_delay = br->forward_delay,
	};

	if (sim_timer_pending(&p->hold_timer)) {
		p->config_pending = true;
		return;
	}
	if (!br_is_root_bridge(br)) {
		const struct net_bridge_port *root = br_get_port(br, br->root_port);

		bpdu.message_age =
			(uint32_t)(br_jiffies(br) - root->designated_age) + BR_MESSAGE_AGE_INCR;
	}
	if (bpdu.message_age >= br->max_age)
		return;
	br_send_config_bpdu(p, &bpdu);
	p->topology_change_ack = false;
	p->config_pending = false;
	if (br->stp_enabled == BR_KERNEL_STP)
		br_timer_mod_rounded(br, &p->hold_timer, BR_HOLD_TIME);
}

static void br_record_config_information(struct net_bridge_port *p,
					 const struct br_config_bpdu *bpdu)
{
	p->designated_root = bpdu->root;
	p->designated_cost = bpdu->root_path_cost;
	p->designated_bridge = bpdu->bridge_id;
	p->designated_port = bpdu->port_id;
	p->designated_age = br_jiffies(p->br) - bpdu->message_age;
	br_timer_mod(p->br, &p->message_age_timer, bpdu->max_age - bpdu->message_age);
}

static void br_record_config_timeout_values(struct net_bridge *br,
					    const struct br_config_bpdu *bpdu)
{
	br->max_age = bpdu->max_age;
	br->hello_time = bpdu->hello_time;
	br->forward_delay = bpdu->forward_delay;
	br_set_topology_change(br, bpdu->topology_change);
}

/**
 * br_transmit_tcn() - Sends a topology change notification towards the root
 * @br: a bridge that is not the root
 */
void br_transmit_tcn(struct net_bridge *br)
{
	struct net_bridge_port *p = br_get_port(br, br->root_port);

	if (p)
		br_send_tcn_bpdu(p);
}

/* 802.1D, 8.6.9 */
static bool br_should_become_designated_port(const struct net_bridge_port *p)
{
	const struct net_bridge *br = p->br;
	int t;

	if (br_is_designated_port(p))
		return true;
	if (cmp_id(&p->designated_root, &br->designated_root))
		return true;
	t = cmp_u32(br->root_path_cost, p->designated_cost);
	if (!t)
		t = cmp_id(&br->bridge_id, &p->designated_bridge);
	if (!t)
		t = cmp_u32(p->port_id, p->designated_port);
	return t < 0;
}

static void br_designated_port_selection(struct net_bridge *br)
{
	struct net_bridge_port *p;

	list_for_each_entry(p, &br->port_list, list) {
		if (p->state != BR_STATE_DISABLED && br_should_become_designated_port(p))
			br_become_designated_port(p);
	}
}

/* 802.1D, 8.6.2.2: is the message better than what the port knows? */
static bool br_supersedes_port_info(const struct net_bridge_port *p,
				    const struct br_config_bpdu *bpdu)
{
	int t = cmp_id(&bpdu->root, &p->designated_root);

	if (!t)
		t = cmp_u32(bpdu->root_path_cost, p->designated_cost);
	if (!t)
		t = cmp_id(&bpdu->bridge_id, &p->designated_bridge);
	if (t)
		return t < 0;
	if (cmp_id(&bpdu->bridge_id, &p->br->bridge_id))
		return true;
	return bpdu->port_id <= p->designated_port;
}

static void br_topology_change_acknowledged(struct net_bridge *br)
{
	br->topology_change_detected = false;
	br_timer_del(br, &br->tcn_timer);
}

/**
 * br_topology_change_detection() - A port came or went: tell, and age addresses faster
 * @br: the bridge
 */
void br_topology_change_detection(struct net_bridge *br)
{
	if (br->stp_enabled != BR_KERNEL_STP || !(br->dev->flags & IFF_UP))
		return;
	if (br_is_root_bridge(br)) {
		br_set_topology_change(br, 1);
		br_timer_mod(br, &br->topology_change_timer,
			     br->bridge_forward_delay + br->bridge_max_age);
	} else if (!br->topology_change_detected) {
		br_transmit_tcn(br);
		br_timer_mod(br, &br->tcn_timer, br->bridge_hello_time);
	}
	br->topology_change_detected = true;
}

/**
 * br_config_bpdu_generation() - Sends a configuration message out of every designated port
 * @br: the bridge
 */
void br_config_bpdu_generation(struct net_bridge *br)
{
	struct net_bridge_port *p;

	list_for_each_entry(p, &br->port_list, list) {
		if (p->state != BR_STATE_DISABLED && br_is_designated_port(p))
			br_transmit_config(p);
	}
}

/**
 * br_configuration_update() - Chooses root port and designated ports again
 * @br: the bridge
 */
void br_configuration_update(struct net_bridge *br)
{
	br_root_selection(br);
	br_designated_port_selection(br);
}

/**
 * br_become_designated_port() - This bridge speaks for the port's segment
 * @p: the port
 */
void br_become_designated_port(struct net_bridge_port *p)
{
	const struct net_bridge *br = p->br;

	p->designated_root = br->designated_root;
	p->designated_cost = br->root_path_cost;
	p->designated_bridge = br->bridge_id;
	p->designated_port = p->port_id;
}

static void br_make_blocking(struct net_bridge_port *p)
{
	if (p->state == BR_STATE_DISABLED || p->state == BR_STATE_BLOCKING)
		return;
	if (p->state == BR_STATE_FORWARDING || p->state == BR_STATE_LEARNING)
		br_topology_change_detection(p->br);
	br_set_state(p, BR_STATE_BLOCKING);
	br_ifinfo_notify(RTM_NEWLINK, p->br, p);
	br_timer_del(p->br, &p->forward_delay_timer);
}

/* of a port that blocks */
static void br_make_forwarding(struct net_bridge_port *p)
{
	struct net_bridge *br = p->br;

	if (br->stp_enabled == BR_NO_STP || br->forward_delay == 0) {
		br_set_state(p, BR_STATE_FORWARDING);
		br_topology_change_detection(br);
		br_timer_del(br, &p->forward_delay_timer);
	} else {
		br_set_state(p, BR_STATE_LISTENING);
	}
	br_ifinfo_notify(RTM_NEWLINK, p->br, p);
	if (br->forward_delay != 0)
		br_timer_mod(br, &p->forward_delay_timer, br->forward_delay);
}

/**
 * br_port_state_selection() - Ports block or start to forward; the bridge has carrier while one
 * forwards
 * @br: the bridge
 */
void br_port_state_selection(struct net_bridge *br)
{
	struct net_bridge_port *p;
	unsigned int liveports = 0;

	list_for_each_entry(p, &br->port_list, list) {
		if (p->state == BR_STATE_DISABLED)
			continue;
		if (p->port_no == br->root_port) {
			p->config_pending = false;
			p->topology_change_ack = false;
			if (p->state == BR_STATE_BLOCKING)
				br_make_forwarding(p);
		} else if (br_is_designated_port(p)) {
			br_timer_del(br, &p->message_age_timer);
			if (p->state == BR_STATE_BLOCKING)
				br_make_forwarding(p);
		} else {
			p->config_pending = false;
			p->topology_change_ack = false;
			br_make_blocking(p);
		}
		if (p->state != BR_STATE_BLOCKING)
			br_multicast_enable_port(p);
		if (p->state == BR_STATE_FORWARDING)
			liveports++;
	}

	if (liveports == 0)
		netif_carrier_off(br->dev);
	else
		netif_carrier_on(br->dev);
}

/**
 * br_received_config_bpdu() - A neighbour says what it knows of the root
 * @p: the port it came in on
 * @bpdu: the message
 */
void br_received_config_bpdu(struct net_bridge_port *p, const struct br_config_bpdu *bpdu)
{
	struct net_bridge *br = p->br;
	bool was_root = br_is_root_bridge(br);

	if (!br_supersedes_port_info(p, bpdu)) {
		if (br_is_designated_port(p))
			br_transmit_config(p);
		return;
	}

	br_record_config_information(p, bpdu);
	br_configuration_update(br);
	br_port_state_selection(br);
	if (!br_is_root_bridge(br) && was_root) {
		br_timer_del(br, &br->hello_timer);
		if (br->topology_change_detected) {
			br_timer_del(br, &br->topology_change_timer);
			br_transmit_tcn(br);
			br_timer_mod(br, &br->tcn_timer, br->bridge_hello_time);
		}
	}
	if (p->port_no == br->root_port) {
		br_record_config_timeout_values(br, bpdu);
		br_config_bpdu_generation(br);
		if (bpdu->topology_change_ack)
			br_topology_change_acknowledged(br);
	}
}

/**
 * br_received_tcn_bpdu() - A bridge further from the root says the topology changed
 * @p: the port it came in on
 */
void br_received_tcn_bpdu(struct net_bridge_port *p)
{
	if (!br_is_designated_port(p))
		return;
	br_topology_change_detection(p->br);
	p->topology_change_ack = true;
	br_transmit_config(p);
}

/**
 * br_set_topology_change() - While the topology changes, addresses age in twice the forward delay
 * @br: the bridge
 * @val: 1 while it changes
 */
void br_set_topology_change(struct net_bridge *br, uint8_t val)
{
	if (br->stp_enabled == BR_KERNEL_STP && br->topology_change != val)
		br->ageing_time = val ? 2 * br->forward_delay : br->bridge_ageing_time;
	br->topology_change = val;
	br_fdb_hold_time_changed(br);
}
