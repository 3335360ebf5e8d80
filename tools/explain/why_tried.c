/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_tried.c - findings: rules of the nat table as the symptom's packets met them
 *
 * From the trace: which rules were tried and did not match, and which took what was not meant.
 */
#include <string.h>

#include "../trace/tracelog.h"
#include "explain.h"
#include "why_filter.h"

static const char *ns_of(const struct ng_trace_event *ev)
{
	return !ev->netns || !strcmp(ev->netns, "host") ? "" : ev->netns;
}

static bool is_of_symptom(const struct why *w, const struct ng_trace_event *ev)
{
	return ev->command.line >= w->path->from_line && ev->packet.id;
}

static const struct why_fwrule *rule_of(const struct why *w, const struct ng_trace_event *ev)
{
	for (unsigned int i = 0; i < w->world->fwrules->len; i++) {
		const struct why_fwrule *fw = g_ptr_array_index(w->world->fwrules, i);

		if (!strcmp(fw->ns, ns_of(ev)) && !strcmp(fw->table, ev->rule.table) &&
		    !strcmp(fw->chain, ev->rule.chain) &&
		    (unsigned int)fw->number == ev->rule.number)
			return fw;
	}
	return NULL;
}

static bool translates(const struct why_fwrule *r)
{
	static const char *const targets[] = { "DNAT",	     "REDIRECT", "SNAT",
					       "MASQUERADE", "NETMAP",	 NULL };

	return g_strv_contains(targets, fw_word(r, "-j"));
}

/* A line without some of its words: "-p tcp -m tcp" goes with "-p tcp". NULL: not in it. */
static char *without(const char *text, const char *words)
{
	g_auto(GStrv) parts = g_strsplit(text, words, 2);

	return g_strv_length(parts) == 2 ? g_strjoinv(" ", parts) : NULL;
}

/* "--sport 8080", "-s 10.0.0.0/8": as the line may have written it. */
static void edits_of(struct why *w, struct why_finding *f, const char *broke, const char *has)
{
	const struct stmt *st = why_stmt(w, f->id);
	const char *bare = g_str_has_prefix(broke, "! ") ? broke + 2 : broke;
	const char *value = strchr(bare, ' ');
	bool one = strstr(broke, "--sport") || g_str_has_prefix(bare, "-s ");
	g_autofree char *plain = NULL;
	g_autofree char *gone = NULL;
	g_autofree char *with = NULL;

	why_turn_round(w, f, f->id);
	if (!st || !value)
		return;
	plain = g_str_has_suffix(broke, "/32") ? g_strndup(broke, strlen(broke) - 3)
					       : g_strdup(broke);
	gone = without(st->text, why_str(w, " %s ", plain));
	if (has && bare == broke && !one) /* not what only this packet has */
		with = text_replace_word(st->text, why_str(w, "%s", plain + (value + 1 - broke)),
					 has);
	if (with)
		why_edit_replace(w, f, st->id, with);
	if (gone)
		why_edit_replace(w, f, st->id, gone);
}

static void not_matched(struct why *w, const struct ng_trace_event *ev, struct rulewords *words)
{
	const struct why_fwrule *fw = rule_of(w, ev);
	struct rule_text t = rulewords_of(words, &ev->rule);
	g_autofree char *has = t.broke ? rule_actual(t.broke, ev) : NULL;
	const struct why_exec *e = why_exec_at(w, ev->rule.rule_origin);
	struct why_finding *f;

	if (!fw || !translates(fw) || !t.broke || !e || !why_stmt(w, e->id))
		return;
	f = why_finding(
		w, RANK_CONFLICT, "tried",
		why_str(w,
			"the %s rule %d of chain %s in %s (line %u) does not match these packets: "
			"it wants %s%s. Nothing is translated.",
			fw_word(fw, "-j"), fw->number, fw->chain, why_ns_name(fw->ns),
			why_line(w, e->id), t.broke,
			has ? why_str(w, ", the packet has %s", has) : ""));
	f->id = e->id;
	f->ns = fw->ns;
	edits_of(w, f, t.broke, has);
}

/* Does somebody listen where the packet wanted to go? */
static bool is_served(const struct why *w, const char *ns)
{
	for (unsigned int i = 0; i < w->world->socks->len; i++) {
		const struct why_sock *k = g_ptr_array_index(w->world->socks, i);

		if (!strcmp(k->ns, ns) && k->port == w->flow.port &&
		    k->udp == (w->flow.proto == WHY_UDP) && (!k->addr || k->addr == w->flow.dst))
			return true;
	}
	return w->flow.proto == WHY_ICMP;
}

/* The device of the rule's host by which strangers come: not where the symptom is. */
static const struct why_dev *outside_device(const struct why *w, const char *ns)
{
	const struct why_route *back = why_lookup(w->world, ns, w->flow.src, 0);

	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);

		if (!strcmp(d->ns, ns) && strcmp(d->name, "lo") != 0 && !*d->master &&
		    (!back || strcmp(d->name, back->dev) != 0))
			return d;
	}
	return NULL;
}

static void narrow(struct why *w, struct why_finding *f, const char *words)
{
	const struct stmt *st = why_stmt(w, f->id);
	g_autofree char *text =
		st ? text_replace_word(st->text, "-j", why_str(w, "%s -j", words)) : NULL;

	if (text)
		why_edit_replace(w, f, f->id, text);
}

/* What was for another host is turned away by a DNAT rule that says too little. */
static void taken(struct why *w, const struct ng_trace_event *ev)
{
	const struct why_addr *meant = why_owner(w->world, w->flow.dst, NULL);
	const struct ng_trace_nat_bind *n = &ev->nat_bind;
	const struct why_exec *e = why_exec_at(w, n->rule_origin);
	const struct why_dev *out;
	struct why_finding *f;

	if (!meant || !strcmp(meant->dev->ns, ns_of(ev)) || !e || !why_stmt(w, e->id) ||
	    be32_to_cpu(n->old_addr) != w->flow.dst || !is_served(w, meant->dev->ns))
		return;
	f = why_finding(
		w, RANK_CONFLICT, "tried",
		why_str(w,
			"the DNAT of line %u in %s catches too much: these packets are for %s, in "
			"%s, and it sends them to %s%s instead. It names no address or interface "
			"(-d, -i) of its own.",
			why_line(w, e->id), why_ns_name(ns_of(ev)), WHY_IP(w->flow.dst),
			why_ns_name(meant->dev->ns), WHY_IP(be32_to_cpu(n->new_addr)),
			n->new_port ? why_str(w, ":%u", n->new_port) : ""));
	f->id = e->id;
	f->ns = why_str(w, "%s", ns_of(ev));
	f->shown = true;
	out = outside_device(w, f->ns);
	if (out)
		narrow(w, f, why_str(w, "-i %s", out->name));
	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);

		if (!strcmp(a->dev->ns, f->ns) && out == a->dev)
			narrow(w, f, why_str(w, "-d %s", WHY_IP(a->addr)));
	}
	why_edit_delete(w, f, e->id);
}

/**
 * why_find_tried() - Rules of the nat table
 * @w: the question
 */
void why_find_tried(struct why *w)
{
	struct rulewords *words = NULL;
	uint64_t first = 0;

	for (size_t i = 0; w->flow.known && i < tracelog_length(w->path->log); i++) {
		const struct ng_trace_event *ev = tracelog_at(w->path->log, i);

		if (!is_of_symptom(w, ev))
			continue;
		if (ev->kind == NG_TRACE_NAT_BIND && !g_strcmp0(ev->nat_bind.field, "destination"))
			taken(w, ev);
		if (ev->kind != NG_TRACE_RULE || ev->rule.matched || strcmp(ev->rule.table, "nat"))
			continue;
		if (first && ev->packet.id != first)
			continue; /* a flow's first packet alone: they are all alike */
		first = ev->packet.id;
		if (!words)
			words = rulewords_new();
		not_matched(w, ev, words);
	}
	rulewords_free(words);
}

/* A rule that says with SNAT what DNAT should have said. */
static void wrong_way(struct why *w, struct why_finding *f, const struct why_sock *k,
		      const char *target)
{
	for (unsigned int i = 0; i < w->world->fwrules->len; i++) {
		const struct why_fwrule *r = g_ptr_array_index(w->world->fwrules, i);
		const char *to = fw_word(r, "--to-source");
		const struct stmt *st = *to ? why_stmt(w, fw_setter(w, r)) : NULL;
		g_autofree char *a = NULL, *b = NULL, *c = NULL, *d = NULL;
		struct repair *e;

		if (!st || strcmp(r->ns, f->ns) != 0 || !g_str_has_prefix(to, target))
			continue;
		a = text_replace_word(st->text, "POSTROUTING", "PREROUTING");
		b = text_replace_word(a, "SNAT", "DNAT");
		c = text_replace_word(b, "--to-source", "--to-destination");
		d = strchr(to, ':') ? NULL
				    : text_replace_word(c, to, why_str(w, "%s:%d", to, k->port));
		e = why_edit_replace(w, f, st->id, d ? d : c);
		if (e)
			e->what = g_strdup_printf(
				"Line %u translates the source (SNAT in POSTROUTING): to send it "
				"on, the destination must be translated (DNAT in PREROUTING).",
				st->line);
		f->id = st->id;
	}
}

/* Somebody listens behind the host that was asked, and no rule sends the packets there. */
static void one_listener(struct why *w, const struct why_addr *asked, const struct why_sock *k)
{
	const char *proto = k->udp ? "udp" : "tcp";

	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);
		struct why_finding *f;

		if (strcmp(a->dev->ns, k->ns) != 0 || !strcmp(a->dev->name, "lo") ||
		    (k->addr && k->addr != a->addr))
			continue;
		f = why_finding(
			w, RANK_MISSING, "tried",
			why_str(w,
				"nobody listens on port %d of %s itself, and no DNAT rule there "
				"sends these packets on: %s, behind it, listens on %s:%d.",
				w->flow.port, why_ns_name(asked->dev->ns), why_ns_name(k->ns),
				WHY_IP(a->addr), k->port));
		f->ns = asked->dev->ns;
		wrong_way(w, f, k, WHY_IP(a->addr));
		why_edit_insert(
			w, f,
			why_str(w,
				"%s -A PREROUTING -p %s --dport %d -j DNAT --to-destination "
				"%s:%d",
				fw_cmd(w, f->ns, "nat"), proto, w->flow.port, WHY_IP(a->addr),
				k->port));
	}
}

/**
 * why_find_unpublished() - A service behind a router that nobody published
 * @w: the question
 */
void why_find_unpublished(struct why *w)
{
	const struct why_addr *asked =
		w->flow.known && w->flow.port ? why_owner(w->world, w->flow.dst, NULL) : NULL;

	if (!asked || !why_sysctl_on(w->world, asked->dev->ns, "net.ipv4.ip_forward") ||
	    !strcmp(asked->dev->ns, w->flow.ns) || is_served(w, asked->dev->ns))
		return;
	for (unsigned int i = 0; i < w->world->fwrules->len; i++) {
		const struct why_fwrule *r = g_ptr_array_index(w->world->fwrules, i);

		if (!strcmp(r->ns, asked->dev->ns) && !strcmp(fw_word(r, "-j"), "DNAT"))
			return;
	}
	for (unsigned int i = 0; i < w->world->socks->len; i++) {
		const struct why_sock *k = g_ptr_array_index(w->world->socks, i);

		if (strcmp(k->ns, asked->dev->ns) != 0 && strcmp(k->ns, w->flow.ns) != 0 &&
		    k->udp == (w->flow.proto == WHY_UDP))
			one_listener(w, asked, k);
	}
}
