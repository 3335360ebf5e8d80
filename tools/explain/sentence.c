/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sentence.c - what one event says of its packet, in a sentence to be read aloud
 *
 * One function for each kind.
 */
#include <errno.h>
#include <string.h>

#include "../lib/escape.h"
#include "../trace/packetline.h"
#include "sentence.h"

static void say_born(struct say *y)
{
	const struct ng_trace_born *b = &y->ev->born;

	say_topic(y, 0, "send");
	if (b->comm && y->ev->cause == NG_CAUSE_NONE) {
		say_text(y, "", b->comm);
		g_string_append(y->s, " sends it");
		say_origin(y, y->ev->origin);
	} else if (is(b->who, "tcp")) {
		g_string_append(y->s, "TCP sends it");
	} else if (is(b->who, "igmp")) {
		g_string_append(y->s, "IGMP sends it");
		say_origin(y, y->ev->origin);
	} else if (is(b->who, "stp")) {
		g_string_append(y->s, "spanning tree sends it");
	} else {
		g_string_append(y->s, "the kernel sends it");
	}
	if (y->ev->cause == NG_CAUSE_ARP && y->ev->cause_of.id)
		g_string_append_printf(y->s, ": packet %s cannot go on without the answer",
				       y->ev->cause_of.name);
	else if (y->ev->cause != NG_CAUSE_NONE && y->ev->cause_of.id)
		g_string_append_printf(y->s, ": %s packet %s", ng_trace_cause_words(y->ev->cause),
				       y->ev->cause_of.name);
}

static void put_route(struct say *y, const struct ng_trace_route *r)
{
	g_string_append_c(y->s, '"');
	if (!is(r->type, "unicast"))
		g_string_append_printf(y->s, "%s ", r->type ? r->type : "?");
	if (r->prefixlen || r->prefix) {
		say_ip(y, "", r->prefix);
		if (r->prefixlen != 32)
			g_string_append_printf(y->s, "/%u", r->prefixlen);
	} else {
		g_string_append(y->s, "default");
	}
	if (r->has_gateway)
		say_ip(y, " via ", r->gateway);
	if (r->dev)
		say_text(y, " dev ", r->dev);
	g_string_append_c(y->s, '"');
	if (r->table && r->table != 254 && r->table != 255)
		g_string_append_printf(y->s, " of table %u (rule %u)", r->table, r->rule_pref);
	say_origin(y, r->route_origin);
}

static bool is_group(__be32 addr)
{
	return *(const uint8_t *)&addr >> 4 == 14;
}

static void say_no_route(struct say *y, const struct ng_trace_route *r)
{
	if (is(r->action, "refuse")) {
		g_string_append(y->s, "the packet may not come in here");
	} else if (r->has_route) {
		say_ip(y, "", r->daddr);
		g_string_append(y->s, " is refused by the route ");
		put_route(y, r);
	} else if (r->error == -EHOSTUNREACH && is(r->direction, "in")) {
		say_ip(y, "", r->daddr);
		g_string_append(y->s, " is not mine, and forwarding is off here "
				      "(net.ipv4.ip_forward is 0)");
	} else {
		say_ip(y, "there is no route to ", r->daddr);
	}
}

static void say_route(struct say *y)
{
	const struct ng_trace_route *r = &y->ev->route;

	say_topic(y, 1, "route");
	if (y->ev->net_at >= 0 && y->ev->frame_len > (uint32_t)y->ev->net_at &&
	    y->ev->frame[y->ev->net_at] >> 4 != 4)
		y->step->level = 3; /* ARP asks whether it is ours */
	if (r->error) {
		say_no_route(y, r);
		return;
	}
	say_ip(y, "", r->daddr);
	if (is(r->action, "deliver")) {
		g_string_append(y->s, " is one of this host's addresses");
		say_origin(y, r->route_origin);
		return;
	}
	if (is(r->action, "broadcast") && is(r->direction, "in")) {
		g_string_append(y->s, is_group(r->daddr) ? " is a group joined here"
							 : " means everybody here");
		return;
	}
	if (is(r->action, "forward"))
		g_string_append(y->s, " is not mine, forwarding is on: it goes on by ");
	else if (is(r->direction, "again"))
		g_string_append(y->s, ": the way is looked up again: ");
	else
		g_string_append(y->s, " is reached by ");
	if (r->has_route)
		put_route(y, r);
	else if (r->dev)
		say_text(y, "device ", r->dev);
	if (!r->saddr && r->source && is(r->direction, "out"))
		say_ip(y, "; the source address becomes ", r->source);
}

static void say_source(struct say *y)
{
	const struct ng_trace_source *r = &y->ev->source;

	say_topic(y, 0, "source");
	if (is(r->what, "rp_filter")) {
		g_string_append_printf(y->s, "rp_filter is %u: an answer to ", r->rp_filter);
		say_ip(y, "", r->saddr);
		if (r->back_dev)
			say_text(y, " would leave by ", r->back_dev);
		else
			g_string_append(y->s, " would find no route");
		say_text(y, ", not by ", y->ev->dev);
	} else if (is(r->what, "group not joined")) {
		say_ip(y, "nobody here has joined the group ", r->daddr);
		say_text(y, " on ", y->ev->dev);
	} else if (is(r->what, "own address")) {
		say_ip(y, "", r->saddr);
		g_string_append(y->s, ", the sender, is an address of this very host");
	} else {
		say_ip(y, "", is(r->what, "martian destination") ? r->daddr : r->saddr);
		g_string_append_printf(y->s, " may not come in here: %s", r->what);
	}
}

static void say_hook(struct say *y)
{
	const struct ng_trace_hook *h = &y->ev->hook;

	say_topic(y, h->bridged && !is(h->hook, "PREROUTING") ? 1 : 2, h->hook);
	if (h->bridged)
		g_string_append(y->s, "br_netfilter shows the bridged packet to iptables "
				      "(bridge-nf-call-iptables is 1)");
	else
		g_string_append(y->s, "netfilter looks at it");
	if (h->in)
		say_text(y, ", in ", h->in);
	if (h->out)
		say_text(y, ", out ", h->out);
}

static void say_chain(struct say *y)
{
	const struct ng_trace_chain *c = &y->ev->chain;

	say_topic(y, 2, c->base ? "chain" : "jump");
	say_text(y, "table ", c->table);
	say_text(y, ", chain ", c->chain);
	g_string_append_printf(y->s, ": %u rule%s", c->rules, c->rules == 1 ? "" : "s");
	if (c->policy)
		g_string_append_printf(y->s, ", policy %s", c->policy);
}

static void say_rule(struct say *y)
{
	const struct ng_trace_rule *r = &y->ev->rule;
	struct rule_text t;

	if (!y->x->rules)
		y->x->rules = rulewords_new();
	t = rulewords_of(y->x->rules, r);
	say_topic(y, 1, "rule");
	say_text(y, "", r->table);
	say_text(y, " ", r->chain);
	g_string_append_printf(y->s, " rule %u", r->number);
	say_words(y, " \"", t.words);
	g_string_append_c(y->s, '"');
	say_origin(y, r->rule_origin);
	if (r->matched) {
		g_string_append(y->s, " MATCHES");
		return;
	}
	g_string_append(y->s, " does not match");
	if (t.broke) {
		g_autofree char *actual = rule_actual(t.broke, y->ev);

		say_words(y, ": it wants ", t.broke);
		if (actual)
			say_text(y, ", the packet has ", actual);
	}
}

static void say_verdict(struct say *y)
{
	const struct ng_trace_verdict *v = &y->ev->verdict;
	bool drop = is(v->verdict, "DROP");

	say_topic(y, drop || v->policy ? 1 : 2, "verdict");
	if (v->policy && !drop)
		y->step->level = 2;
	if (v->policy) {
		say_text(y, "no rule of ", v->table);
		say_text(y, " ", v->chain);
		g_string_append_printf(y->s, " decides: the chain's policy does, %s", v->verdict);
		say_origin(y, v->verdict_origin);
		return;
	}
	g_string_append_printf(y->s, "%s", v->verdict);
	if (v->target)
		say_text(y, " to ", v->target);
	if (v->number) {
		say_text(y, ", says rule ", "");
		g_string_append_printf(y->s, "%u of", v->number);
		say_text(y, " ", v->table);
		say_text(y, " ", v->chain);
	} else {
		say_text(y, ": the end of ", v->chain);
	}
}

static void put_end(struct say *y, const char *before, __be32 addr, uint16_t port, bool with_port)
{
	say_ip(y, before, addr);
	if (with_port)
		g_string_append_printf(y->s, ":%u", port);
}

static void say_nat_bind(struct say *y)
{
	const struct ng_trace_nat_bind *n = &y->ev->nat_bind;
	bool ports = n->protocol != 1 || n->old_port != n->new_port;

	say_topic(y, 2, "NAT");
	g_string_append_printf(y->s, "for the whole flow the %s ", n->field);
	put_end(y, "", n->old_addr, n->old_port, ports);
	put_end(y, " shall be ", n->new_addr, n->new_port, ports);
}

static void say_nat(struct say *y)
{
	const struct ng_trace_nat *n = &y->ev->nat;
	bool ports = n->protocol != 1 || n->old_port != n->new_port;

	say_topic(y, 0, "NAT");
	g_string_append_printf(y->s, "CHANGED%s%s: %s ", n->reply ? " back" : "",
			       n->quoted ? " in the quoted packet" : "", n->field);
	put_end(y, "", n->old_addr, n->old_port, ports);
	put_end(y, " -> ", n->new_addr, n->new_port, ports);
	if (n->reply) {
		g_string_append(y->s, ". It answers a translated flow, so no rule is visited: "
				      "conntrack remembers");
		say_origin(y, n->rule_origin);
	} else {
		say_origin(y, n->rule_origin);
	}
}

static const char *protocol_word(uint32_t p)
{
	return p == 1 ? "icmp" : p == 6 ? "tcp" : p == 17 ? "udp" : "ip";
}

static void say_ct(struct say *y)
{
	const struct ng_trace_ct *c = &y->ev->ct;
	bool ports = c->protocol == 6 || c->protocol == 17;

	say_topic(y, 2, "conntrack");
	if (is(c->what, "full")) {
		y->step->level = 1;
		g_string_append(y->s, "the table of flows is full: there is no room for a new one");
		return;
	}
	if (is(c->what, "invalid") || is(c->what, "untracked")) {
		y->step->level = 1;
		g_string_append_printf(y->s, "%s: it belongs to no flow", c->state);
		return;
	}
	if (is(c->what, "new"))
		y->step->level = 1;
	g_string_append_printf(y->s, "%s%s: flow %u, %s ",
			       is(c->what, "confirmed") ? "remembered, " : "", c->state, c->flow,
			       protocol_word(c->protocol));
	put_end(y, "", c->orig_src, c->orig_sport, ports);
	put_end(y, " > ", c->orig_dst, c->orig_dport, ports);
	if (c->reply)
		g_string_append(y->s, "; this is an answer");
	if (c->proto_state)
		g_string_append_printf(y->s, " (%s)", c->proto_state);
}

static void say_fragment(struct say *y)
{
	const struct ng_trace_fragment *f = &y->ev->fragment;

	say_topic(y, 0, "fragment");
	g_string_append_printf(y->s, "cut to fit the MTU of %u: fragment %s has %u bytes at %u%s",
			       f->mtu, y->ev->packet.name, f->len, f->offset,
			       f->more ? "" : ", the last");
}

static void say_reasm(struct say *y)
{
	const struct ng_trace_reasm *r = &y->ev->reasm;

	say_topic(y, r->complete ? 0 : 1, "fragment");
	if (r->complete)
		g_string_append_printf(y->s, "all fragments are here: one packet again, %u bytes",
				       r->len);
	else
		g_string_append_printf(y->s, "fragment %s waits for the others (%u bytes so far)",
				       y->ev->packet.name, r->have);
}

static const char *icmp_words(uint32_t type, uint32_t code)
{
	static const char *const unreach[] = { "network unreachable", "host unreachable",
					       "protocol unreachable", "port unreachable",
					       "fragmentation needed" };

	if (type == 3)
		return code < G_N_ELEMENTS(unreach) ? unreach[code] : "packet filtered";
	if (type == 5)
		return "redirect: there is a better gateway";
	if (type == 11)
		return code ? "fragments are missing" : "time to live exceeded";
	return "error";
}

static void say_icmp_error(struct say *y)
{
	const struct ng_trace_icmp_error *e = &y->ev->icmp_error;

	say_topic(y, 0, "ICMP");
	if (e->why_not) {
		g_string_append_printf(y->s, "the sender is not told \"%s\": %s",
				       icmp_words(e->type, e->code), e->why_not);
		return;
	}
	g_string_append_printf(y->s, "the sender is told: %s", icmp_words(e->type, e->code));
	if (e->type == 3 && e->code == 4)
		g_string_append_printf(y->s, " (MTU %u)", e->info);
	say_caused(y, NG_CAUSE_ERROR, " (packet ");
}

static void say_deliver(struct say *y)
{
	const struct ng_trace_deliver *d = &y->ev->deliver;

	if (!is(d->to, "socket")) {
		say_topic(y, 1, "deliver");
		g_string_append_printf(y->s, "it is for this host: %s takes it", d->to);
		say_caused(y, NG_CAUSE_REPLY, " and answers (packet ");
		return;
	}
	if (is(d->socket, "packet")) {
		say_topic(y, 1, "copy");
		say_text(y, "a copy for ", d->comm ? d->comm : "a program");
		g_string_append(y->s, ", which listens to the device");
		return;
	}
	say_topic(y, 0, "deliver");
	g_string_append(y->s, "DELIVERED to ");
	say_text(y, "", d->comm ? d->comm : "a program");
	g_string_append_printf(y->s, " (%s socket", d->socket ? d->socket : "?");
	if (d->lport && !is(d->socket, "raw"))
		g_string_append_printf(y->s, ", port %u", d->lport);
	g_string_append_c(y->s, ')');
}

/* What the kernel's name means here, as a teacher would say it; NULL: as drop.h has it. */
static const char *plainly(const struct ng_trace_event *ev)
{
	switch (ev->drop.reason) {
	case SKB_DROP_REASON_NETFILTER_DROP:
		return "iptables threw it away; nobody is told";
	case SKB_DROP_REASON_IP_INADDRERRORS:
		return "it is not for this host, and this host does not pass it on";
	case SKB_DROP_REASON_IP_INNOROUTES:
		return "this host has no route to its destination";
	case SKB_DROP_REASON_IP_INVALID_DEST:
		return ev->net_at >= 0 && (uint32_t)ev->net_at + 20 <= ev->frame_len &&
				       ev->frame[ev->net_at + 16] >> 4 == 14
			       ? "nobody here listens to that group"
			       : NULL;
	case SKB_DROP_REASON_NEIGH_FAILED:
		return "nobody answered ARP for the next hop";
	case SKB_DROP_REASON_OTHERHOST:
		return "the frame is for another MAC address";
	case SKB_DROP_REASON_NO_SOCKET:
		return "no program here wants it, or the one that did has ended";
	case SKB_DROP_REASON_NO_TX_TARGET:
		return "the bridge has no port that may send it on";
	case SKB_DROP_REASON_BRIDGE_PORT_STATE:
		return "the bridge port lets nothing pass: it is down or blocked";
	case SKB_DROP_REASON_QDISC_DROP:
		if (is(ev->dev, "lo"))
			return "lo is down, as it is in a new namespace";
		return is(ev->file, "dev.c") ? "the link is down: is the other end of the cable up?"
					     : "the queue of the device lost it";
	case SKB_DROP_REASON_DUMMY_DEVICE:
		return "a dummy device leads nowhere: it swallows what it is given";
	case SKB_DROP_REASON_DEV_READY:
		return "the device, or the other end of the cable, is not up";
	case SKB_DROP_REASON_IP_RPFILTER:
		return "rp_filter: answers to its sender would go another way";
	case SKB_DROP_REASON_IP_INHDR:
		return is(ev->file, "ip_forward.c")
			       ? "it has passed as many routers as its TTL allowed"
			       : NULL;
	case SKB_DROP_REASON_PKT_TOO_BIG:
		return "it is bigger than the MTU and must not be cut up";
	default:
		return NULL;
	}
}

/* Did it set off an error or a reset, as REJECT does? */
static bool is_answered(const struct say *y)
{
	for (unsigned int i = 0; i < y->p->caused->len; i++) {
		const struct packet *c = packet_get(y->x, g_array_index(y->p->caused, uint64_t, i));

		if (c->cause_kind == NG_CAUSE_ERROR || c->cause_kind == NG_CAUSE_RESET)
			return true;
	}
	return false;
}

static void say_drop(struct say *y)
{
	const struct ng_trace_drop *d = &y->ev->drop;

	say_topic(y, d->delivered ? 3 : 0, "drop");
	if (d->reason == SKB_DROP_REASON_OTHERHOST || d->reason == SKB_DROP_REASON_ARP_IGNORED)
		y->step->level = 1;
	if (d->reason == SKB_DROP_REASON_NETFILTER_DROP && is_answered(y)) {
		g_string_append(y->s, "LOST NETFILTER_DROP: iptables refused it, and the sender "
				      "is told");
		return;
	}
	g_string_append_printf(
		y->s, "%s %s: %s", d->delivered ? "the copy the kernel kept ends:" : "LOST",
		ng_drop_reason_name(d->reason), plainly(y->ev) ? plainly(y->ev) : d->words);
}

static void say_rest(struct say *y)
{
	const struct ng_trace_event *ev = y->ev;

	if (ev->kind == NG_TRACE_TTL) {
		say_topic(y, 1, "TTL");
		g_string_append_printf(y->s, "CHANGED: TTL %u -> %u (before FORWARD looks at it)",
				       ev->ttl.old, ev->ttl.new);
	} else if (ev->kind == NG_TRACE_COPY) {
		say_topic(y, 1, "copy");
		g_string_append_printf(y->s, "copy %s goes its own way: %s", ev->packet.name,
				       ev->copy.why);
	}
}

/**
 * step_of() - What an event says of its packet
 * @x: the run
 * @p: the packet
 * @ev: one of its events
 *
 * Return: a sentence; NULL: nothing worth one. Its text and itself are to be freed.
 */
struct step *step_of(struct explain *x, const struct packet *p, const struct ng_trace_event *ev)
{
	static void (*const table[NG_TRACE_MAX])(struct say *) = {
		[NG_TRACE_BORN] = say_born,
		[NG_TRACE_COPY] = say_rest,
		[NG_TRACE_ROUTE] = say_route,
		[NG_TRACE_SOURCE] = say_source,
		[NG_TRACE_HOOK] = say_hook,
		[NG_TRACE_CHAIN] = say_chain,
		[NG_TRACE_RULE] = say_rule,
		[NG_TRACE_VERDICT] = say_verdict,
		[NG_TRACE_NAT_BIND] = say_nat_bind,
		[NG_TRACE_NAT] = say_nat,
		[NG_TRACE_CT] = say_ct,
		[NG_TRACE_NEIGH] = say_neigh,
		[NG_TRACE_NEIGH_WAIT] = say_neigh_wait,
		[NG_TRACE_NEIGH_USE] = say_neigh_use,
		[NG_TRACE_ARP] = say_arp,
		[NG_TRACE_LEARN] = say_learn,
		[NG_TRACE_BRIDGE] = say_bridge,
		[NG_TRACE_BRIDGE_SKIP] = say_bridge_skip,
		[NG_TRACE_DEV_OUT] = say_dev,
		[NG_TRACE_DEV_IN] = say_dev,
		[NG_TRACE_TTL] = say_rest,
		[NG_TRACE_FRAGMENT] = say_fragment,
		[NG_TRACE_REASM] = say_reasm,
		[NG_TRACE_ICMP_ERROR] = say_icmp_error,
		[NG_TRACE_DELIVER] = say_deliver,
		[NG_TRACE_DROP] = say_drop,
		[NG_TRACE_BPDU] = say_bpdu,
		[NG_TRACE_IGMP] = say_igmp,
	};
	struct say y = { .x = x, .p = p, .ev = ev };

	if (!table[ev->kind])
		return NULL;
	y.step = g_new0(struct step, 1);
	y.step->ev = ev;
	y.s = g_string_new(NULL);
	table[ev->kind](&y);
	y.step->text = g_string_free(y.s, FALSE);
	return y.step;
}
