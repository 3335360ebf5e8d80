/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sentence_link.c - sentences about the link: devices, bridges, ARP and neighbours
 */
#include <string.h>

#include "sentence.h"

/* Where an entry has its address from: a packet, else a line. */
static void say_taught(struct say *y, const char *verb, uint64_t packet, struct ng_origin origin)
{
	if (packet)
		g_string_append_printf(y->s, " (%s packet %" G_GUINT64_FORMAT ")", verb, packet);
	else
		say_origin(y, origin);
}

/**
 * say_neigh() - A neighbour entry changes
 * @y: the sentence
 */
void say_neigh(struct say *y)
{
	const struct ng_trace_neigh *n = &y->ev->neigh;

	say_topic(y, 2, "neighbour");
	say_ip(y, "the entry of ", n->addr);
	g_string_append_printf(y->s, ": %s -> %s", n->old, n->new);
	say_mac(y, ", ", n->lladdr);
}

/**
 * say_neigh_use() - A neighbour entry gives the address
 * @y: the sentence
 */
void say_neigh_use(struct say *y)
{
	const struct ng_trace_neigh_use *n = &y->ev->neigh_use;

	/* a line's word may be wrong; what ARP told is the ordinary case */
	say_topic(y, n->neigh_packet || !n->neigh_origin.line || is(n->state, "NOARP") ? 2 : 1,
		  "neighbour");
	say_ip(y, "", n->addr);
	say_mac(y, " is at ", n->lladdr);
	g_string_append_printf(y->s, ": %s", n->state);
	say_taught(y, "told by", n->neigh_packet, n->neigh_origin);
}

/**
 * say_learn() - A bridge learns
 * @y: the sentence
 */
void say_learn(struct say *y)
{
	const struct ng_trace_learn *l = &y->ev->learn;

	say_topic(y, 1, "bridge");
	say_text(y, "bridge ", l->bridge);
	say_mac(y, " learns: ", l->addr);
	say_text(y, " is behind port ", l->port);
	if (l->old_port)
		say_text(y, ", no more behind ", l->old_port);
}

/**
 * say_neigh_wait() - The packet waits for an address
 * @y: the sentence
 */
void say_neigh_wait(struct say *y)
{
	say_topic(y, 0, "neighbour");
	say_ip(y, "the MAC address of ", y->ev->neigh_wait.addr);
	g_string_append(y->s, " is not known yet: the packet waits, ARP asks");
	say_caused(y, NG_CAUSE_ARP, " (packets ");
}

/**
 * say_arp() - ARP has read it
 * @y: the sentence
 */
void say_arp(struct say *y)
{
	const struct ng_trace_arp *a = &y->ev->arp;

	say_topic(y, 0, "ARP");
	if (is(a->op, "reply")) {
		say_ip(y, "learns: ", a->sender);
		say_mac(y, " is at ", a->sender_mac);
		return;
	}
	if (is(a->decision, "answer") || is(a->decision, "proxy")) {
		say_ip(y, "", a->target);
		g_string_append(y->s, is(a->decision, "proxy") ? " is not mine, but I answer for it"
							       : " is mine: it answers");
		say_caused(y, NG_CAUSE_REPLY, " (packet ");
		if (a->sender) {
			say_ip(y, "; notes that ", a->sender);
			say_mac(y, " is at ", a->sender_mac);
		}
		return;
	}
	say_ip(y, "", a->target);
	g_string_append_printf(y->s, ": no answer: %s", a->why ? a->why : a->decision);
}

/* IGMP snooping keeps a group to those who are in it. */
static void say_snoop(struct say *y, const struct ng_trace_bridge *b)
{
	if (b->to)
		say_text(y, " sends it only to port ", b->to);
	else if (b->ports)
		g_string_append_printf(y->s, " sends it only to %u ports", b->ports);
	else
		g_string_append(y->s, " sends it to no port");
}

/**
 * say_bridge() - What a bridge does with it
 * @y: the sentence
 */
void say_bridge(struct say *y)
{
	const struct ng_trace_bridge *b = &y->ev->bridge;

	say_topic(y, 1, "bridge");
	say_text(y, "bridge ", b->bridge);
	if (is(b->action, "flood")) {
		if (b->ports)
			g_string_append_printf(y->s, " floods it to %u other port%s", b->ports,
					       b->ports == 1 ? "" : "s");
		else
			g_string_append(y->s, " would flood it, but no other port may send it");
	} else if (is(b->action, "snoop")) {
		say_snoop(y, b);
	} else if (is(b->action, "up")) {
		g_string_append(y->s, " gives it to its own host");
	} else if (is(b->action, "drop")) {
		y->step->level = 0;
		g_string_append(y->s, " does not send it");
		if (b->to)
			say_text(y, " out of ", b->to);
	} else {
		say_text(y, " forwards it to port ", b->to);
	}
	if (b->why && is(b->action, "flood") && !b->ports)
		g_string_append_printf(y->s, " (%s)", b->why);
	else if (b->why)
		g_string_append_printf(y->s, ": %s", b->why);
	if (is(b->action, "forward") || is(b->action, "snoop"))
		say_taught(y, "learned from", b->fdb_packet, b->fdb_origin);
}

/**
 * say_bridge_skip() - A port that does not get it
 * @y: the sentence
 */
void say_bridge_skip(struct say *y)
{
	const struct ng_trace_bridge_skip *b = &y->ev->bridge_skip;

	say_topic(y, g_str_has_prefix(b->why, "it came in there") ? 2 : 1, "bridge");
	say_text(y, "not out of ", b->port);
	g_string_append_printf(y->s, ": %s", b->why);
}

static void say_bridge_id(struct say *y, const char *before, uint32_t prio, const uint8_t *mac)
{
	g_string_append_printf(y->s, "%s%04x.%02x%02x%02x%02x%02x%02x", before, prio, mac[0],
			       mac[1], mac[2], mac[3], mac[4], mac[5]);
}

/**
 * say_bpdu() - Spanning tree has read it
 * @y: the sentence
 */
void say_bpdu(struct say *y)
{
	const struct ng_trace_bpdu *b = &y->ev->bpdu;

	say_topic(y, 0, "STP");
	say_text(y, "spanning tree of bridge ", b->bridge);
	if (!is(b->what, "config")) {
		g_string_append(y->s, " reads it: somebody's topology has changed");
		return;
	}
	say_bridge_id(y, " reads it: bridge ", b->sender_prio, b->sender);
	if (b->cost) {
		g_string_append_printf(y->s, " is at cost %u from", b->cost);
		say_bridge_id(y, " the root, ", b->root_prio, b->root);
	} else {
		g_string_append(y->s, " says that it is the root");
	}
}

static void say_igmp_query(struct say *y, const struct ng_trace_igmp *e)
{
	g_string_append_printf(y->s, "IGMPv%u query ", e->version);
	if (e->group)
		say_ip(y, "for group ", e->group);
	else
		g_string_append(y->s, "for all groups");
	g_string_append(y->s, " heard: ");
	if (is(e->result, "will report"))
		g_string_append_printf(y->s, "a report follows within %u.%u s", e->wait_ms / 1000,
				       e->wait_ms % 1000 / 100);
	else
		g_string_append(y->s, "nothing to report");
}

/**
 * say_igmp() - A host has read an IGMP message
 * @y: the sentence
 */
void say_igmp(struct say *y)
{
	const struct ng_trace_igmp *e = &y->ev->igmp;

	say_topic(y, 0, "IGMP");
	if (is(e->what, "query")) {
		say_igmp_query(y, e);
		return;
	}
	if (is(e->what, "other")) {
		g_string_append(y->s, "an IGMP message heard that only routers read");
		return;
	}
	g_string_append_printf(y->s, "IGMPv%u %s", e->version, e->what);
	if (e->group)
		say_ip(y, is(e->what, "leave") ? " of group " : " for group ", e->group);
	if (e->groups)
		g_string_append_printf(y->s, " for %u group%s", e->groups,
				       e->groups == 1 ? "" : "s");
	g_string_append(y->s, " heard");
	if (is(e->result, "spared"))
		g_string_append(y->s, ": its own report is not needed any more");
	else if (is(e->result, "own"))
		g_string_append(y->s, ": it is its own");
	else if (is(e->result, "for routers"))
		g_string_append(y->s, ": only routers read that");
}

/**
 * say_dev() - On a device
 * @y: the sentence
 */
void say_dev(struct say *y)
{
	bool out = y->ev->kind == NG_TRACE_DEV_OUT;

	say_topic(y, 0, out ? "out" : "in");
	say_text(y, out ? "leaves by " : "comes in by ", y->ev->dev);
}
