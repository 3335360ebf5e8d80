/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_trace.c - how far the symptom's packets came, and where they died, from the trace
 */
#include "../trace/tracelog.h"
#include "why_trace.h"

#include <linux/if_ether.h>
#include <linux/icmp.h>
#include <linux/ip.h>
#include <netglass/trace.h>
#include <string.h>

#include "why_world.h"

static void drop_free(gpointer data)
{
	struct why_drop *d = data;

	g_free(d->ns);
	g_free(d->dev);
	g_free(d->what);
	g_free(d->table);
	g_free(d->chain);
	g_free(d);
}

/**
 * why_path_new() - Nothing seen yet
 */
struct why_path *why_path_new(void)
{
	struct why_path *p = g_new0(struct why_path, 1);

	p->hops = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	p->drops = g_ptr_array_new_with_free_func(drop_free);
	return p;
}

/**
 * why_path_free() - Forgets it
 * @p: or NULL
 */
void why_path_free(struct why_path *p)
{
	if (!p)
		return;
	g_hash_table_unref(p->hops);
	g_ptr_array_unref(p->drops);
	g_free(p->verdict.table);
	g_free(p->verdict.chain);
	if (p->log)
		tracelog_free(p->log);
	g_free(p);
}

static uint32_t read32(const uint8_t *b)
{
	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static unsigned int ether_type(const struct ng_trace_event *ev)
{
	const uint8_t *h;

	if (ev->mac_at < 0 || ev->frame_len < (uint32_t)ev->mac_at + ETH_HLEN)
		return ev->net_at >= 0 ? ETH_P_IP : 0;
	h = ev->frame + ev->mac_at + 12;
	return (unsigned int)h[0] << 8 | h[1];
}

/* The IP header of the event's packet; NULL: it has none. */
static const uint8_t *ip_header(const struct ng_trace_event *ev)
{
	const uint8_t *h;

	if (!ev->frame || ev->net_at < 0 || ev->frame_len < (uint32_t)ev->net_at + 20 ||
	    ether_type(ev) != ETH_P_IP)
		return NULL;
	h = ev->frame + ev->net_at;
	return h[0] >> 4 == 4 ? h : NULL;
}

static const char *icmp_name(unsigned int type)
{
	return type == ICMP_ECHO	    ? "ICMP echo request"
	       : type == ICMP_ECHOREPLY	    ? "ICMP echo reply"
	       : type == ICMP_DEST_UNREACH  ? "ICMP unreachable"
	       : type == ICMP_TIME_EXCEEDED ? "ICMP time exceeded"
	       : type == ICMP_REDIRECT	    ? "ICMP redirect"
					    : "ICMP";
}

static char *describe(const struct ng_trace_event *ev)
{
	const uint8_t *h = ip_header(ev);
	uint32_t at;
	const char *name;

	if (!h)
		return g_strdup(ether_type(ev) == ETH_P_ARP ? "ARP" : "frame");
	at = (uint32_t)ev->net_at + (uint32_t)(h[0] & 15) * 4;
	name = h[9] == 6 ? "TCP" : h[9] == 17 ? "UDP" : h[9] == 1 ? "ICMP" : "IP";
	if (h[9] == 1 && at < ev->frame_len && !((h[6] & 0x1f) | h[7]))
		name = icmp_name(ev->frame[at]);
	return g_strdup_printf("%s %s > %s", name, WHY_IP(read32(h + 12)), WHY_IP(read32(h + 16)));
}

static const char *ns_of(const struct ng_trace_event *ev)
{
	return !ev->netns || !strcmp(ev->netns, "host") ? "" : ev->netns;
}

static void add_hop(struct why_path *p, const struct ng_trace_event *ev, const char *how)
{
	g_autofree char *what = describe(ev);

	g_hash_table_add(p->hops, g_strdup_printf("%s/%s %s %s", ns_of(ev), ev->dev ? ev->dev : "",
						  how, what));
}

static void add_verdict(struct why_path *p, const struct ng_trace_event *ev)
{
	if (g_strcmp0(ev->verdict.verdict, "DROP") != 0)
		return;
	g_free(p->verdict.table);
	g_free(p->verdict.chain);
	p->verdict.table = g_strdup(ev->verdict.table);
	p->verdict.chain = g_strdup(ev->verdict.chain);
	p->verdict.number = ev->verdict.policy ? 0 : ev->verdict.number;
	p->verdict.line = ev->verdict.verdict_origin.line;
	p->verdict_packet = ev->packet.id;
}

static void add_drop(struct why_path *p, const struct ng_trace_event *ev)
{
	struct why_drop *d = g_new0(struct why_drop, 1);

	d->reason = ev->drop.reason;
	d->ns = g_strdup(ns_of(ev));
	d->dev = g_strdup(ev->dev);
	d->what = describe(ev);
	d->arp = !ip_header(ev);
	if (d->reason == SKB_DROP_REASON_NETFILTER_DROP && p->verdict_packet == ev->packet.id) {
		d->table = g_strdup(p->verdict.table);
		d->chain = g_strdup(p->verdict.chain);
		d->number = p->verdict.number;
		d->line = p->verdict.line;
	}
	g_ptr_array_add(p->drops, d);
}

static void on_event(void *arg, const struct ng_trace_event *ev)
{
	struct why_path *p = arg;

	if (ev->command.line < p->from_line)
		return;
	switch (ev->kind) {
	case NG_TRACE_DEV_OUT:
		add_hop(p, ev, "out");
		break;
	case NG_TRACE_DEV_IN:
		add_hop(p, ev, "in");
		break;
	case NG_TRACE_DELIVER:
		add_hop(p, ev, "to");
		p->udp_read |= !g_strcmp0(ev->deliver.to, "socket") && ip_header(ev) &&
			       ip_header(ev)[9] == 17;
		break;
	case NG_TRACE_VERDICT:
		add_verdict(p, ev);
		break;
	case NG_TRACE_DROP:
		add_drop(p, ev);
		break;
	default:
		break;
	}
}

/**
 * why_path_listen() - Listens to a new world
 * @arg: a struct why_path
 * @world: the world
 */
void why_path_listen(void *arg, struct ng_world *world)
{
	const struct why_path *p = arg;

	ng_world_trace(world, on_event, arg);
	if (p->log)
		ng_world_trace(world, tracelog_listen, p->log);
}

/**
 * why_path_further() - Did packets come to a place they did not come to before?
 * @p: this run
 * @before: the run to compare with
 */
bool why_path_further(const struct why_path *p, const struct why_path *before)
{
	GHashTableIter it;
	gpointer key;

	g_hash_table_iter_init(&it, p->hops);
	while (g_hash_table_iter_next(&it, &key, NULL)) {
		if (!g_hash_table_contains(before->hops, key))
			return true;
	}
	return false;
}

/**
 * why_path_leaves() - Did anything leave a namespace by a device that is not lo?
 * @p: the run
 * @ns: the namespace
 */
bool why_path_leaves(const struct why_path *p, const char *ns)
{
	g_autofree char *in = g_strdup_printf("%s/", ns);
	g_autofree char *lo = g_strdup_printf("%s/lo ", ns);
	GHashTableIter it;
	gpointer key;

	g_hash_table_iter_init(&it, p->hops);
	while (g_hash_table_iter_next(&it, &key, NULL)) {
		if (g_str_has_prefix(key, in) && !g_str_has_prefix(key, lo) && strstr(key, " out "))
			return true;
	}
	return false;
}

/* How much a drop tells: 0: nothing, it is part of the daily work. */
static int weight(const struct why_drop *d)
{
	switch (d->reason) {
	case SKB_DROP_REASON_PKT_CONSUMED:
	case SKB_DROP_REASON_NOT_SPECIFIED:
	case SKB_DROP_REASON_ARP_IGNORED:
	case SKB_DROP_REASON_UNHANDLED_PROTO:
	case SKB_DROP_REASON_TCP_RESET:
	case SKB_DROP_REASON_TCP_FLAGS:
	case SKB_DROP_REASON_TCP_OLD_DATA:
		return 0;
	case SKB_DROP_REASON_OTHERHOST:
	case SKB_DROP_REASON_NEIGH_FAILED:
	case SKB_DROP_REASON_NO_SOCKET:
		return 2;
	case SKB_DROP_REASON_NO_TX_TARGET:
	case SKB_DROP_REASON_BRIDGE_INGRESS:
		return d->arp ? 1 : 2;
	default:
		return d->arp ? 1 : 3;
	}
}

/**
 * why_path_death() - The drop that tells most
 * @p: the run
 *
 * Return: the drop, or NULL.
 */
const struct why_drop *why_path_death(const struct why_path *p)
{
	const struct why_drop *best = NULL;

	for (unsigned int i = 0; i < p->drops->len; i++) {
		const struct why_drop *d = g_ptr_array_index(p->drops, i);

		if (weight(d) && (!best || weight(d) > weight(best)))
			best = d;
	}
	return best;
}
