/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * traceline.c - an event in one short line
 *
 * One function for each kind of step, in the order of <netglass/trace.h>.
 */
#include "traceline.h"

#include <errno.h>
#include <linux/in.h>
#include <string.h>

#include "../lib/escape.h"
#include "packetline.h"

struct put {
	GString *s;
	const struct ng_trace_event *ev;
	const struct trace_words *words;
};

static void put_text(struct put *p, const char *before, const char *text)
{
	g_autofree char *safe = text ? text_escape(text) : NULL;

	if (safe)
		g_string_append_printf(p->s, "%s%s", before, safe);
}

static void put_word(struct put *p, const char *before, const char *word)
{
	if (word && *word)
		g_string_append_printf(p->s, "%s%s", before, word);
}

static void put_ip(struct put *p, const char *before, __be32 addr)
{
	uint32_t a = be32_to_cpu(addr);

	g_string_append_printf(p->s, "%s%u.%u.%u.%u", before, a >> 24, a >> 16 & 255, a >> 8 & 255,
			       a & 255);
}

static void put_end(struct put *p, const char *before, __be32 addr, uint16_t port)
{
	put_ip(p, before, addr);
	if (port)
		g_string_append_printf(p->s, ":%u", port);
}

static void put_mac(struct put *p, const char *before, const uint8_t *m)
{
	if (m)
		g_string_append_printf(p->s, "%s%02x:%02x:%02x:%02x:%02x:%02x", before, m[0], m[1],
				       m[2], m[3], m[4], m[5]);
}

static void put_origin(struct put *p, struct ng_origin origin)
{
	const struct trace_words *w = p->words;
	unsigned int line =
		origin.line && w->line_of ? w->line_of(w->line_arg, origin.line) : origin.line;

	if (line)
		g_string_append_printf(p->s, " (line %u)", line);
}

static void put_prefix(struct put *p, const char *before, __be32 prefix, uint32_t len)
{
	if (!prefix && !len) {
		g_string_append_printf(p->s, "%sdefault", before);
		return;
	}
	put_ip(p, before, prefix);
	g_string_append_printf(p->s, "/%u", len);
}

static const char *protocol_name(uint32_t protocol)
{
	return protocol == IPPROTO_TCP	  ? "tcp"
	       : protocol == IPPROTO_UDP  ? "udp"
	       : protocol == IPPROTO_ICMP ? "icmp"
					  : "ip";
}

static void put_exec(struct put *p)
{
	const struct ng_trace_exec *e = &p->ev->exec;

	g_string_append(p->s, "runs");
	for (const char *const *arg = e->argv; arg && *arg; arg++)
		put_text(p, " ", *arg);
	g_string_append_printf(p->s, " (pid %d)", e->pid);
}

static void put_exit(struct put *p)
{
	const struct ng_trace_exit *e = &p->ev->exit;

	put_text(p, "", e->comm);
	g_string_append_printf(p->s, " (pid %d) ends, status %d", e->pid, e->status);
}

static void put_syscall(struct put *p)
{
	const struct ng_trace_syscall *e = &p->ev->syscall;

	put_text(p, "", e->comm);
	g_string_append_printf(p->s, " calls %s", e->name ? e->name : "?");
	put_word(p, " on a socket: ", e->socket);
	if (e->addr || e->port)
		put_end(p, " to ", e->addr, e->port);
	if (e->len)
		g_string_append_printf(p->s, ", %" G_GUINT64_FORMAT " bytes", e->len);
}

static void put_sysret(struct put *p)
{
	const struct ng_trace_sysret *e = &p->ev->sysret;

	put_text(p, "", e->comm);
	g_string_append_printf(p->s, ": %s ", e->name ? e->name : "?");
	if (e->result < 0)
		g_string_append_printf(p->s, "fails: %s", g_strerror((int)-e->result));
	else
		g_string_append_printf(p->s, "gives %" G_GINT64_FORMAT, e->result);
}

static void put_cause(struct put *p)
{
	if (p->ev->cause != NG_CAUSE_NONE && p->ev->cause_of.id)
		g_string_append_printf(p->s, ", %s packet %s", ng_trace_cause_words(p->ev->cause),
				       p->ev->cause_of.name);
}

static void put_born(struct put *p)
{
	const struct ng_trace_born *e = &p->ev->born;

	put_word(p, "made by ", e->who);
	put_text(p, " of ", e->comm);
	put_word(p, ": ", e->why);
	put_cause(p);
}

static void put_copy(struct put *p)
{
	g_string_append_printf(p->s, "a copy of %s", p->ev->copy.of.name);
	put_word(p, ": ", p->ev->copy.why);
}

static void put_route(struct put *p)
{
	const struct ng_trace_route *e = &p->ev->route;

	put_ip(p, "route to ", e->daddr);
	if (e->error) {
		g_string_append_printf(p->s, ": %s",
				       g_strerror(e->error < 0 ? -e->error : e->error));
		return;
	}
	put_word(p, ": ", e->action);
	if (e->has_route) {
		put_prefix(p, " by ", e->prefix, e->prefixlen);
		if (e->has_gateway)
			put_ip(p, " via ", e->gateway);
		put_text(p, " dev ", e->dev);
		if (e->table != 254 && e->table != 255)
			g_string_append_printf(p->s, " table %u", e->table);
	}
	if (e->source && e->direction && strcmp(e->direction, "in") != 0)
		put_ip(p, ", source ", e->source);
	put_origin(p, e->route_origin);
}

static void put_source(struct put *p)
{
	const struct ng_trace_source *e = &p->ev->source;

	put_word(p, "source refused: ", e->what);
	put_ip(p, ", ", e->saddr);
	put_text(p, " belongs to ", e->back_dev);
}

static void put_hook(struct put *p)
{
	const struct ng_trace_hook *e = &p->ev->hook;

	put_word(p, "hook ", e->hook);
	put_text(p, " in ", e->in);
	put_text(p, " out ", e->out);
	if (e->bridged)
		g_string_append(p->s, " (a bridged frame, shown by br_netfilter)");
}

static void put_chain(struct put *p)
{
	const struct ng_trace_chain *e = &p->ev->chain;

	put_text(p, "", e->table);
	put_text(p, " ", e->chain);
	g_string_append_printf(p->s, ": %u rule%s", e->rules, e->rules == 1 ? "" : "s");
	put_word(p, ", policy ", e->policy);
	if (!e->base)
		put_origin(p, e->chain_origin);
}

static void put_rule(struct put *p)
{
	const struct ng_trace_rule *e = &p->ev->rule;
	const struct trace_words *w = p->words;
	g_autofree char *broke = NULL;
	g_autofree char *words = w->rule ? w->rule(w->rule_arg, p->ev, &broke) : NULL;

	put_text(p, "", e->table);
	put_text(p, " ", e->chain);
	g_string_append_printf(p->s, " rule %u", e->number);
	if (words) {
		put_text(p, " \"", words);
		g_string_append_c(p->s, '"');
	}
	g_string_append(p->s, e->matched ? ": MATCH" : ": no match");
	if (!e->matched)
		put_text(p, ": ", broke);
	put_origin(p, e->rule_origin);
}

static void put_verdict(struct put *p)
{
	const struct ng_trace_verdict *e = &p->ev->verdict;

	put_text(p, "", e->table);
	put_text(p, " ", e->chain);
	if (e->policy || !e->number)
		g_string_append(p->s, ": policy");
	else
		g_string_append_printf(p->s, " rule %u:", e->number);
	put_word(p, " ", e->verdict);
	put_text(p, " ", e->target);
	put_origin(p, e->verdict_origin);
}

/* What ICMP has in the place of ports is no port. */
static uint16_t port_of(uint32_t protocol, uint16_t port)
{
	return protocol == IPPROTO_ICMP ? 0 : port;
}

/* As the targets of iptables are called. */
static const char *nat_word(const char *field)
{
	return field && !strcmp(field, "source") ? "SNAT" : "DNAT";
}

static void put_nat_bind(struct put *p)
{
	const struct ng_trace_nat_bind *e = &p->ev->nat_bind;

	g_string_append_printf(p->s, "%s for this flow: ", nat_word(e->field));
	put_word(p, "", e->field);
	put_end(p, " ", e->old_addr, port_of(e->protocol, e->old_port));
	put_end(p, " -> ", e->new_addr, port_of(e->protocol, e->new_port));
	put_origin(p, e->rule_origin);
}

static void put_nat(struct put *p)
{
	const struct ng_trace_nat *e = &p->ev->nat;

	g_string_append_printf(p->s, "%s%s: ", e->quoted ? "quoted packet: " : "",
			       e->reply ? "un-NAT of a reply" : nat_word(e->field));
	put_word(p, "", e->field);
	put_end(p, " ", e->old_addr, port_of(e->protocol, e->old_port));
	put_end(p, " -> ", e->new_addr, port_of(e->protocol, e->new_port));
	put_origin(p, e->rule_origin);
}

static void put_ct(struct put *p)
{
	const struct ng_trace_ct *e = &p->ev->ct;

	put_word(p, "conntrack ", e->what);
	put_word(p, ", ", e->state);
	if (e->flow) {
		g_string_append_printf(p->s, " %s", protocol_name(e->protocol));
		put_end(p, " ", e->orig_src, port_of(e->protocol, e->orig_sport));
		put_end(p, " > ", e->orig_dst, port_of(e->protocol, e->orig_dport));
		g_string_append(p->s, e->reply ? " (reply)" : "");
	}
	put_word(p, " ", e->proto_state);
}

static void put_neigh(struct put *p)
{
	const struct ng_trace_neigh *e = &p->ev->neigh;

	put_ip(p, "neighbour ", e->addr);
	put_word(p, ": ", e->old);
	put_word(p, " -> ", e->new);
	put_mac(p, " ", e->lladdr);
	if (e->waiting)
		g_string_append_printf(p->s, ", %u waiting", e->waiting);
	if (e->admin)
		put_origin(p, e->neigh_origin);
}

/* Where an entry has its address from: a packet, else a line. */
static void put_taught(struct put *p, uint64_t packet, struct ng_origin origin)
{
	if (packet)
		g_string_append_printf(p->s, ", told by packet %" G_GUINT64_FORMAT, packet);
	else
		put_origin(p, origin);
}

static void put_neigh_use(struct put *p)
{
	const struct ng_trace_neigh_use *e = &p->ev->neigh_use;

	put_ip(p, "neighbour ", e->addr);
	put_mac(p, " is ", e->lladdr);
	put_word(p, ", ", e->state);
	put_taught(p, e->neigh_packet, e->neigh_origin);
}

static void put_neigh_wait(struct put *p)
{
	put_ip(p, "waits for the address of ", p->ev->neigh_wait.addr);
	g_string_append_printf(p->s, " (%u waiting)", p->ev->neigh_wait.waiting);
}

static void put_arp(struct put *p)
{
	const struct ng_trace_arp *e = &p->ev->arp;

	put_word(p, "ARP ", e->op);
	put_ip(p, " from ", e->sender);
	put_ip(p, " for ", e->target);
	put_word(p, ": ", e->decision);
	put_word(p, ", ", e->why);
}

static void put_learn(struct put *p)
{
	const struct ng_trace_learn *e = &p->ev->learn;

	put_text(p, "bridge ", e->bridge);
	put_mac(p, " learns ", e->addr);
	put_text(p, " on ", e->port);
	put_text(p, ", was on ", e->old_port);
	if (e->admin)
		put_origin(p, e->fdb_origin);
}

static void put_bridge(struct put *p)
{
	const struct ng_trace_bridge *e = &p->ev->bridge;

	put_text(p, "bridge ", e->bridge);
	put_word(p, ": ", e->action);
	put_text(p, " to ", e->to);
	if (e->action && (!strcmp(e->action, "flood") || (!strcmp(e->action, "snoop") && !e->to)))
		g_string_append_printf(p->s, " to %u port%s", e->ports, e->ports == 1 ? "" : "s");
	put_word(p, ", ", e->why);
	put_taught(p, e->fdb_packet, e->fdb_origin);
}

static void put_bridge_skip(struct put *p)
{
	const struct ng_trace_bridge_skip *e = &p->ev->bridge_skip;

	put_text(p, "bridge ", e->bridge);
	put_text(p, " passes by ", e->port);
	put_word(p, ": ", e->why);
	put_origin(p, e->port_origin);
}

static void put_dev(struct put *p)
{
	g_autofree char *packet = packet_line(p->ev);

	g_string_append_printf(p->s, "%s  %s", p->ev->kind == NG_TRACE_DEV_OUT ? "OUT" : "IN",
			       packet);
}

static void put_fragment(struct put *p)
{
	const struct ng_trace_fragment *e = &p->ev->fragment;

	g_string_append_printf(p->s, "fragment of %s: %u bytes at %u%s, mtu %u", e->of.name, e->len,
			       e->offset, e->more ? ", more follow" : ", the last", e->mtu);
}

static void put_reasm(struct put *p)
{
	const struct ng_trace_reasm *e = &p->ev->reasm;

	if (e->complete)
		g_string_append_printf(p->s, "all fragments are here: %u bytes", e->len);
	else
		g_string_append_printf(p->s, "fragment kept: %u bytes so far", e->have);
}

static void put_icmp_error(struct put *p)
{
	const struct ng_trace_icmp_error *e = &p->ev->icmp_error;

	g_string_append_printf(p->s, "ICMP error type %u code %u", e->type, e->code);
	put_word(p, ", not sent: ", e->why_not);
}

static void put_deliver(struct put *p)
{
	const struct ng_trace_deliver *e = &p->ev->deliver;

	put_word(p, "delivered to ", e->to);
	put_text(p, " of ", e->comm);
	put_word(p, ", ", e->socket);
}

static void put_drop(struct put *p)
{
	const struct ng_trace_drop *e = &p->ev->drop;

	g_string_append_printf(p->s, "DROP %s: %s", ng_drop_reason_name(e->reason),
			       e->words && *e->words ? e->words : ng_drop_reason_words(e->reason));
}

static void put_link(struct put *p)
{
	put_word(p, "link ", p->ev->link.what);
	put_text(p, " ", p->ev->link.value);
	put_word(p, " type ", p->ev->link.link_kind);
}

static void put_addr(struct put *p)
{
	put_word(p, "address ", p->ev->addr.what);
	put_prefix(p, " ", p->ev->addr.addr, p->ev->addr.prefixlen);
}

static void put_route_set(struct put *p)
{
	const struct ng_trace_route_set *e = &p->ev->route_set;

	put_word(p, "route ", e->what);
	put_word(p, " ", e->type);
	put_prefix(p, " ", e->prefix, e->prefixlen);
	if (e->has_gateway)
		put_ip(p, " via ", e->gateway);
	g_string_append_printf(p->s, " table %u", e->table);
}

static void put_rule_set(struct put *p)
{
	const struct ng_trace_rule_set *e = &p->ev->rule_set;

	put_word(p, "policy rule ", e->what);
	g_string_append_printf(p->s, " %u: table %u", e->pref, e->table);
}

static void put_sysctl(struct put *p)
{
	put_text(p, "", p->ev->sysctl.path);
	put_text(p, " = ", p->ev->sysctl.value);
	put_text(p, ", was ", p->ev->sysctl.old);
}

static void put_nft_set(struct put *p)
{
	const struct ng_trace_nft_set *e = &p->ev->nft_set;

	put_word(p, "", e->thing);
	put_word(p, " ", e->what);
	put_text(p, ": ", e->table);
	put_text(p, " ", e->chain);
	if (e->number)
		g_string_append_printf(p->s, " rule %u", e->number);
	put_word(p, " ", e->policy);
}

static void put_bpdu(struct put *p)
{
	const struct ng_trace_bpdu *e = &p->ev->bpdu;

	put_text(p, "spanning tree of ", e->bridge);
	put_word(p, " reads: ", e->what);
	if (e->root) {
		g_string_append_printf(p->s, ", root %04x", e->root_prio);
		put_mac(p, ".", e->root);
		g_string_append_printf(p->s, " cost %u", e->cost);
	}
	if (e->root && e->topology_change)
		g_string_append(p->s, ", topology change");
}

static void put_igmp(struct put *p)
{
	const struct ng_trace_igmp *e = &p->ev->igmp;

	g_string_append_printf(p->s, "igmp: version %u", e->version);
	put_word(p, " ", e->what);
	if (e->group)
		put_ip(p, " ", e->group);
	if (e->groups)
		g_string_append_printf(p->s, " of %u", e->groups);
	if (e->wait_ms)
		g_string_append_printf(p->s, ", %u ms", e->wait_ms);
	put_word(p, ": ", e->result);
}

static void put_port_state(struct put *p)
{
	const struct ng_trace_port_state *e = &p->ev->port_state;

	put_text(p, "bridge ", e->bridge);
	put_text(p, ": port ", p->ev->dev);
	put_word(p, ": ", e->old);
	put_word(p, " -> ", e->new);
	if (e->bpdu)
		g_string_append_printf(p->s, ", by packet %" G_GUINT64_FORMAT, e->bpdu);
}

static void put_packet_step(struct put *p)
{
	switch (p->ev->kind) {
	case NG_TRACE_DEV_OUT:
	case NG_TRACE_DEV_IN:
		put_dev(p);
		break;
	case NG_TRACE_TTL:
		g_string_append_printf(p->s, "ttl %u -> %u", p->ev->ttl.old, p->ev->ttl.new);
		break;
	case NG_TRACE_FRAGMENT:
		put_fragment(p);
		break;
	case NG_TRACE_REASM:
		put_reasm(p);
		break;
	case NG_TRACE_ICMP_ERROR:
		put_icmp_error(p);
		break;
	case NG_TRACE_DELIVER:
		put_deliver(p);
		break;
	case NG_TRACE_NETNS:
		put_word(p, "namespace ", p->ev->ns.what);
		break;
	default:
		g_string_append(p->s, ng_trace_info(p->ev->kind)->name);
		break;
	}
}

/**
 * trace_line() - What happened, in one line
 * @ev: the event
 * @words: how things are called, or NULL
 *
 * Return: to be freed.
 */
char *trace_line(const struct ng_trace_event *ev, const struct trace_words *words)
{
	static const struct trace_words plain = { 0 };
	static void (*const table[NG_TRACE_MAX])(struct put *) = {
		[NG_TRACE_EXEC] = put_exec,
		[NG_TRACE_EXIT] = put_exit,
		[NG_TRACE_SYSCALL] = put_syscall,
		[NG_TRACE_SYSRET] = put_sysret,
		[NG_TRACE_BORN] = put_born,
		[NG_TRACE_COPY] = put_copy,
		[NG_TRACE_ROUTE] = put_route,
		[NG_TRACE_SOURCE] = put_source,
		[NG_TRACE_HOOK] = put_hook,
		[NG_TRACE_CHAIN] = put_chain,
		[NG_TRACE_RULE] = put_rule,
		[NG_TRACE_VERDICT] = put_verdict,
		[NG_TRACE_NAT_BIND] = put_nat_bind,
		[NG_TRACE_NAT] = put_nat,
		[NG_TRACE_CT] = put_ct,
		[NG_TRACE_NEIGH] = put_neigh,
		[NG_TRACE_NEIGH_WAIT] = put_neigh_wait,
		[NG_TRACE_NEIGH_USE] = put_neigh_use,
		[NG_TRACE_ARP] = put_arp,
		[NG_TRACE_LEARN] = put_learn,
		[NG_TRACE_BRIDGE] = put_bridge,
		[NG_TRACE_BRIDGE_SKIP] = put_bridge_skip,
		[NG_TRACE_DROP] = put_drop,
		[NG_TRACE_LINK] = put_link,
		[NG_TRACE_ADDR] = put_addr,
		[NG_TRACE_ROUTE_SET] = put_route_set,
		[NG_TRACE_RULE_SET] = put_rule_set,
		[NG_TRACE_SYSCTL] = put_sysctl,
		[NG_TRACE_NFT_SET] = put_nft_set,
		[NG_TRACE_BPDU] = put_bpdu,
		[NG_TRACE_IGMP] = put_igmp,
		[NG_TRACE_PORT_STATE] = put_port_state,
	};
	struct put p = { .s = g_string_new(NULL), .ev = ev, .words = words ? words : &plain };

	if (ev->kind < NG_TRACE_MAX && table[ev->kind])
		table[ev->kind](&p);
	else
		put_packet_step(&p);
	return g_string_free(p.s, FALSE);
}

/**
 * trace_where() - Where it happened
 * @ev: the event
 *
 * Return: "NS/IFNAME", "NS" or "", to be freed.
 */
char *trace_where(const struct ng_trace_event *ev)
{
	g_autofree char *netns = text_escape(ev->netns ? ev->netns : "");
	g_autofree char *dev = text_escape(ev->dev ? ev->dev : "");

	return g_strconcat(netns, ev->dev ? "/" : "", dev, NULL);
}

/**
 * trace_changes_packet() - Does it change a header?
 * @ev: the event
 */
bool trace_changes_packet(const struct ng_trace_event *ev)
{
	return ev->kind == NG_TRACE_NAT || ev->kind == NG_TRACE_TTL;
}
