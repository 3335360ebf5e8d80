/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_trace.c - what a bridge decides, as steps of the trace
 *
 * netglass's own.                                                PATH (leaf)
 * Runs only while somebody listens; looks, and changes nothing.
 */
#include "bridge/br_private.h"
#include "core/trace.h"

static const char *port_name(const struct net_bridge_port *p)
{
	return p ? p->dev->name : NULL;
}

static TRACE_COLD void trace_learn(const struct net_bridge *br,
				   const struct net_bridge_fdb_entry *f,
				   const struct net_bridge_port *old, const struct sk_buff *skb)
{
	struct ng_trace_event ev =
		TRACE_EVENT("br_fdb.c", "br_fdb_update", LEARN, learn, .bridge = br->dev->name,
			    .addr = f->addr, .port = port_name(f->dst), .old_port = port_name(old),
			    .admin = !skb, .fdb_origin = f->origin, .fdb_packet = f->packet);

	if (skb)
		trace_emit_skb(&ev, skb, br->dev);
	else
		trace_emit_dev(&ev, br->dev);
}

/**
 * br_trace_learn() - An address is known, or known to be elsewhere now
 * @br: the bridge
 * @f: the entry
 * @old: where it was, NULL: it is new
 * @skb: the packet it is learned from, borrowed; NULL: a command said so
 */
void br_trace_learn(const struct net_bridge *br, const struct net_bridge_fdb_entry *f,
		    const struct net_bridge_port *old, const struct sk_buff *skb)
{
	if (trace_on(br->dev->world))
		trace_learn(br, f, old, skb);
}

/**
 * br_trace_moved() - A command says where an address is that was known already
 * @br: the bridge
 * @f: the entry, before it is moved; it is that line's from now on
 * @to: where it will be
 * @origin: of the command, or NULL
 */
void br_trace_moved(const struct net_bridge *br, struct net_bridge_fdb_entry *f,
		    struct net_bridge_port *to, const struct ng_origin *origin)
{
	if (origin)
		f->origin = *origin;
	f->packet = 0;
	trace_dev_from(br->dev, "br_fdb.c", "fdb_add_entry", LEARN, learn, .bridge = br->dev->name,
		       .addr = f->addr, .port = port_name(to), .old_port = port_name(f->dst),
		       .admin = true, .fdb_origin = f->origin);
}

/**
 * br_trace_forget() - An address is no longer known
 * @br: the bridge
 * @f: the entry
 */
void br_trace_forget(const struct net_bridge *br, const struct net_bridge_fdb_entry *f)
{
	trace_dev_from(br->dev, "br_fdb.c", "fdb_delete", LEARN, learn, .bridge = br->dev->name,
		       .addr = f->addr, .old_port = port_name(f->dst), .fdb_origin = f->origin,
		       .fdb_packet = f->packet);
}

static const char *forward_why(const struct net_bridge_fdb_entry *f)
{
	if (!f)
		return NULL;
	return f->flags & BR_FDB_STATIC ? "a static entry names the port"
					: "the fdb knows the address";
}

/* Why a port does not get a frame that is for everybody, or for it; NULL: it gets it. */
static const char *refusal(const struct net_bridge_port *p, const struct sk_buff *skb)
{
	if (skb->dev == p->dev && !(p->flags & BR_HAIRPIN_MODE))
		return "it came in there (hairpin is off)";
	switch (p->state) {
	case BR_STATE_DISABLED:
		return p->dev->flags & IFF_UP ? "no carrier: the other end is down"
					      : "the port is down";
	case BR_STATE_LISTENING:
		return "spanning tree: listening";
	case BR_STATE_LEARNING:
		return "spanning tree: learning";
	case BR_STATE_BLOCKING:
		return "spanning tree: blocking";
	default:
		break;
	}
	if ((p->flags & BR_ISOLATED) && BR_INPUT_SKB_CB(skb)->src_port_isolated)
		return "both ports are isolated";
	return NULL;
}

/**
 * br_trace_forward() - A frame for one port
 * @to: the port; NULL: nowhere
 * @skb: borrowed; dev is where it came in
 */
void br_trace_forward(const struct net_bridge_port *to, struct sk_buff *skb)
{
	struct net_bridge *br = br_priv(BR_INPUT_SKB_CB(skb)->brdev);
	const struct net_bridge_fdb_entry *f =
		br_fdb_find(br, eth_hdr(skb)->h_dest, BR_INPUT_SKB_CB(skb)->vid);
	const char *why = to ? refusal(to, skb) : "the bridge has that address itself";

	trace_skb_from(skb, br->dev, "br_forward.c", "br_forward", BRIDGE, bridge,
		       .bridge = br->dev->name, .from = skb->dev->name,
		       .action = why ? "drop" : "forward", .why = why ? why : forward_why(f),
		       .to = port_name(to), .ports = why ? 0 : 1,
		       .fdb_origin = f ? f->origin : (struct ng_origin){ 0 },
		       .fdb_packet = f ? f->packet : 0);
}

/**
 * br_trace_flood() - A frame for every port
 * @br: the bridge
 * @skb: borrowed; dev is where it came in
 * @pkt_type: why
 * @wanted: does a port's flooding flags let it have such frames?
 */
void br_trace_flood(struct net_bridge *br, struct sk_buff *skb, enum br_pkt_type pkt_type,
		    bool (*wanted)(const struct net_bridge_port *p, const struct sk_buff *skb,
				   enum br_pkt_type pkt_type))
{
	static const char *const why[] = {
		[BR_PKT_UNICAST] = "the fdb does not know the address",
		[BR_PKT_MULTICAST] = "multicast",
		[BR_PKT_BROADCAST] = "broadcast",
	};
	struct net_bridge_port *p;
	uint32_t n = 0;

	list_for_each_entry(p, &br->port_list, list)
		n += wanted(p, skb, pkt_type) && !refusal(p, skb);
	trace_skb_from(skb, br->dev, "br_forward.c", "br_flood", BRIDGE, bridge,
		       .bridge = br->dev->name, .from = skb->dev->name, .action = "flood",
		       .why = why[pkt_type], .ports = n);
	list_for_each_entry(p, &br->port_list, list) {
		const char *no = refusal(p, skb);

		if (!no && !wanted(p, skb, pkt_type))
			no = "its flooding is off";
		if (no)
			trace_skb_from(skb, br->dev, "br_forward.c", "br_flood", BRIDGE_SKIP,
				       bridge_skip, .bridge = br->dev->name, .port = p->dev->name,
				       .why = no, .port_origin = p->origin);
	}
}

static bool is_router_port(const struct net_bridge_port *p)
{
	return p->multicast_ctx.ip4_router;
}

static const struct net_bridge_port_group *member(const struct net_bridge_mdb_entry *mdst,
						  const struct net_bridge_port *p)
{
	const struct net_bridge_port_group *pg;

	for (pg = mdst ? mdst->ports : NULL; pg; pg = pg->next) {
		if (pg->port == p)
			return pg;
	}
	return NULL;
}

/* Why snooping keeps a group from a port; NULL: it does not */
static const char *withheld(const struct net_bridge_mdb_entry *mdst,
			    const struct net_bridge_port *p)
{
	const struct net_bridge_port_group *pg = member(mdst, p);

	if (is_router_port(p))
		return NULL;
	if (!pg)
		return "snooping: nobody behind it is in the group";
	if (pg->flags & MDB_PG_FLAGS_BLOCKED)
		return "snooping: nobody behind it wants this source";
	if (pg->filter_mode == MCAST_INCLUDE && p->br->multicast_igmp_version == 3 &&
	    br_multicast_is_star_g(&mdst->addr))
		return "snooping: nobody behind it wants this source";
	return NULL;
}

/**
 * br_trace_multicast() - A frame for the members of a group
 * @br: the bridge
 * @mdst: the group; NULL: none known, routers only
 * @skb: borrowed; dev is where it came in
 */
void br_trace_multicast(struct net_bridge *br, const struct net_bridge_mdb_entry *mdst,
			struct sk_buff *skb)
{
	const struct net_bridge_port_group *pg = NULL;
	const struct net_bridge_port *only = NULL;
	struct net_bridge_port *p;
	uint32_t n = 0;

	list_for_each_entry(p, &br->port_list, list) {
		if (refusal(p, skb) || withheld(mdst, p))
			continue;
		n++;
		only = p;
		if (member(mdst, p))
			pg = member(mdst, p);
	}
	trace_skb_from(skb, br->dev, "br_forward.c", "br_multicast_flood", BRIDGE, bridge,
		       .bridge = br->dev->name, .from = skb->dev->name, .action = "snoop",
		       .why = mdst ? "snooping knows who is in the group"
				   : "snooping knows nobody in the group",
		       .to = n == 1 ? port_name(only) : NULL, .ports = n,
		       .fdb_origin = n == 1 && pg ? pg->origin : (struct ng_origin){ 0 },
		       .fdb_packet = n == 1 && pg ? pg->packet : 0);
	list_for_each_entry(p, &br->port_list, list) {
		const char *no = refusal(p, skb);

		if (!no)
			no = withheld(mdst, p);
		if (no)
			trace_skb_from(skb, br->dev, "br_forward.c", "br_multicast_flood",
				       BRIDGE_SKIP, bridge_skip, .bridge = br->dev->name,
				       .port = p->dev->name, .why = no, .port_origin = p->origin);
	}
}

/**
 * br_trace_up() - A frame for the bridge's own host
 * @br: the bridge
 * @skb: borrowed; dev is where it came in
 */
void br_trace_up(struct net_bridge *br, struct sk_buff *skb)
{
	const char *why = "the frame is addressed to the bridge itself";

	if (is_multicast_ether_addr(eth_hdr(skb)->h_dest))
		why = "the bridge's host hears it too";
	else if (br->dev->flags & IFF_PROMISC)
		why = "the bridge is promiscuous";
	trace_skb_from(skb, br->dev, "br_input.c", "br_pass_frame_up", BRIDGE, bridge,
		       .bridge = br->dev->name, .from = skb->dev->name, .action = "up", .why = why);
}
