/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_nat.c - findings: DNAT, SNAT, MASQUERADE
 */
#include <string.h>

#include "../texts/near.h"
#include "why_filter.h"

static bool covers(const struct why_fwrule *r, const char *option, uint32_t addr)
{
	uint32_t net;
	int len;

	if (!*fw_word(r, option))
		return true;
	return why_prefix(fw_word(r, option), &net, &len) && !((net ^ addr) & why_mask(len));
}

/* MASQUERADE meets packets that only cross the bridge. */
static void too_wide(struct why *w, const struct why_fwrule *r)
{
	const struct why_dev *br = fw_bridged(w, r->ns);
	unsigned int id = fw_setter(w, r);
	const struct stmt *st = why_stmt(w, id);
	bool off = !why_sysctl_on(w->world, r->ns, "net.ipv4.ip_forward");
	struct why_finding *f;

	if (!br || *fw_word(r, "-o"))
		return;
	f = why_finding(w, RANK_CONFLICT, "masquerade",
			why_str(w,
				"bridge-nf-call-iptables is 1 (br_netfilter): packets bridged by "
				"%s pass iptables, "
				"and the %s rule%s has no \"-o\", so it rewrites the source of "
				"bridged neighbours "
				"to an address of %s. The replies come back to %s, which must "
				"route them%s.",
				br->name, fw_word(r, "-j"), why_at(w, id), br->name,
				why_ns_name(r->ns),
				off ? "; ip_forward is 0 there, so it drops them" : ""));
	f->id = id;
	f->ns = r->ns;
	if (st) {
		g_autofree char *text =
			text_replace_word(st->text, "-j", why_str(w, "! -o %s -j", br->name));

		why_edit_replace(w, f, id, text);
	}
	if (off)
		why_edit_insert(
			w, f,
			why_str(w, "%ssysctl -w net.ipv4.ip_forward=1", why_exec_in(w, r->ns)));
	why_edit_insert(w, f,
			why_str(w, "%ssysctl -w net.bridge.bridge-nf-call-iptables=0",
				why_exec_in(w, r->ns)));
	why_edit_delete(w, f, id);
}

/* " -p tcp --dport 80 -j ...": a rule of PREROUTING without its device, for OUTPUT. To be freed. */
static char *without_device(const struct why_fwrule *r)
{
	const char *rest = strchr(r->text + 3, ' ');
	g_autoptr(GRegex) in = g_regex_new(" !? ?-i [^ ]+", G_REGEX_RAW, 0, NULL);

	return rest ? g_regex_replace_literal(in, rest, -1, 0, "", 0, NULL) : g_strdup("");
}

/* The rule is for what comes in; the one who asks is at home. */
static void for_locals(struct why *w, const struct why_fwrule *r)
{
	unsigned int id = fw_setter(w, r);
	g_autofree char *plain = without_device(r);
	struct why_finding *f;

	if (strcmp(r->ns, w->flow.ns) != 0 || strcmp(r->chain, "PREROUTING") != 0)
		return;
	f = why_finding(w, RANK_CONFLICT, "dnat",
			why_str(w,
				"the %s rule%s is only in PREROUTING, which sees what comes in "
				"from outside. "
				"Connections made by %s itself (locally generated) start in OUTPUT "
				"and never "
				"pass PREROUTING.",
				fw_word(r, "-j"), why_at(w, id), why_ns_name(r->ns)));
	f->id = id;
	f->ns = r->ns;
	why_edit_insert(w, f, why_str(w, "%s -A OUTPUT%s", fw_cmd(w, r->ns, "nat"), plain));
	if (*fw_word(r, "-d"))
		return;
	why_edit_insert(w, f,
			why_str(w, "%s -A OUTPUT -d %s%s", fw_cmd(w, r->ns, "nat"),
				WHY_IP(w->flow.dst), plain));
}

/* Called from behind the bridge the target is on: the reply goes straight. */
static void hairpin(struct why *w, const struct why_fwrule *r)
{
	const char *to = fw_word(r, "--to-destination");
	g_autofree char *plain = g_strndup(to, strcspn(to, ":"));
	const struct why_addr *owner;
	uint32_t addr;
	struct why_finding *f;

	if (!is_ipv4(plain, &addr, NULL))
		return;
	owner = why_owner(w->world, addr, r->ns);
	if (!owner || !why_on_segment(w->world, w->flow.ns, owner->dev->segment) ||
	    !strcmp(r->ns, w->flow.ns))
		return;
	f = why_finding(w, RANK_CONFLICT, "hairpin",
			why_str(w,
				"hairpin NAT: the caller %s and the target %s are on one wire. The "
				"request goes by %s "
				"(DNAT%s), but the reply goes straight back, past the NAT, with "
				"source %s, which the "
				"caller does not know. No rule masquerades (SNAT) these.",
				why_ns_name(w->flow.ns), plain, why_ns_name(r->ns),
				why_at(w, fw_setter(w, r)), plain));
	f->id = 0;
	f->ns = r->ns;
	why_edit_insert(w, f,
			why_str(w, "%s -A POSTROUTING -s %s/%d -d %s -j MASQUERADE",
				fw_cmd(w, r->ns, "nat"), WHY_IP(addr & why_mask(owner->len)),
				owner->len, plain));
	why_edit_insert(w, f,
			why_str(w, "%s -A POSTROUTING -s %s/%d -j MASQUERADE",
				fw_cmd(w, r->ns, "nat"), WHY_IP(addr & why_mask(owner->len)),
				owner->len));
	why_edit_insert(w, f,
			why_str(w, "%ssysctl -w net.bridge.bridge-nf-call-iptables=0",
				why_exec_in(w, r->ns)));
	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);
		struct repair *e;

		if (strcmp(d->ns, r->ns) != 0 || !*d->master || d->segment != owner->dev->segment)
			continue;
		e = why_edit_insert(w, f,
				    why_str(w, "%sbridge link set dev %s hairpin on",
					    why_exec_in(w, d->ns), d->name));
		repair_edit(e, EDIT_INSERT, w->place,
			    why_str(w, "%s -A POSTROUTING -s %s/%d -j MASQUERADE",
				    fw_cmd(w, r->ns, "nat"), WHY_IP(addr & why_mask(owner->len)),
				    owner->len));
	}
}

/* An address of the one who asks. */
static uint32_t flow_src(const struct why *w)
{
	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);

		if (!strcmp(a->dev->ns, w->flow.ns) && strcmp(a->dev->name, "lo") != 0)
			return a->addr;
	}
	return 0;
}

static void not_on_this_device(struct why *w, const struct why_fwrule *r)
{
	unsigned int id = fw_setter(w, r);
	const struct stmt *st = why_stmt(w, id);
	const char *in = fw_word(r, "-i");
	struct why_finding *f;

	if (!st || !*in)
		return;
	f = why_finding(
		w, RANK_SET, "dnat",
		why_str(w,
			"the %s rule%s is for packets that come in by %s only (-i %s); these come "
			"by another interface.",
			fw_word(r, "-j"), why_at(w, id), in, in));
	f->id = id;
	f->ns = r->ns;
	{
		const struct why_route *back = why_lookup(w->world, r->ns, flow_src(w), 0);

		if (back && *back->dev) {
			g_autofree char *there = text_replace_word(st->text, in, back->dev);

			why_edit_replace(w, f, id, there);
		}
	}
	{
		g_autofree char *old = g_strdup_printf("-i %s ", in);
		g_auto(GStrv) parts = g_strsplit(st->text, old, 2);
		g_autofree char *text = g_strjoinv("", parts);

		why_edit_replace(w, f, id, text);
	}
}

static bool hides(const struct why_fwrule *r)
{
	return !strcmp(fw_word(r, "-j"), "MASQUERADE") || !strcmp(fw_word(r, "-j"), "SNAT");
}

/* A rule in front of it ends the chain for these packets. */
static void never_reached(struct why *w, const struct why_fwrule *r)
{
	for (unsigned int i = 0; i < w->world->fwrules->len; i++) {
		const struct why_fwrule *o = g_ptr_array_index(w->world->fwrules, i);
		const char *target = fw_word(o, "-j");
		const struct stmt *st;
		struct why_finding *f;
		g_autofree char *text = NULL;
		unsigned int id;

		if (strcmp(o->ns, r->ns) != 0 || strcmp(o->table, r->table) != 0 ||
		    strcmp(o->chain, r->chain) != 0 || o->number >= r->number ||
		    (strcmp(target, "ACCEPT") != 0 && strcmp(target, "RETURN") != 0))
			continue;
		id = fw_setter(w, o);
		f = why_finding(
			w, RANK_CONFLICT, "masquerade",
			why_str(w,
				"order: in chain %s (table nat) of %s, rule %d (%s%s) matches "
				"these packets first and ends the chain: rule %d (%s%s) is "
				"never reached, and nothing is translated.",
				r->chain, why_ns_name(r->ns), o->number, target, why_at(w, id),
				r->number, fw_word(r, "-j"), why_at(w, fw_setter(w, r))));
		f->id = id;
		f->ns = r->ns;
		st = why_stmt(w, fw_setter(w, r));
		text = st ? text_replace_word(st->text, "-A", "-I") : NULL;
		why_edit_delete(w, f, id);
		if (text)
			why_edit_replace(w, f, st->id, text);
	}
}

/* A rule that hides sources stands where nothing is passed on: it belongs to the router. */
static void not_in_a_router(struct why *w, const struct why_fwrule *r)
{
	unsigned int id = fw_setter(w, r);
	const struct stmt *st = why_stmt(w, id);
	struct why_finding *f;

	if (!st || why_sysctl_on(w->world, r->ns, "net.ipv4.ip_forward"))
		return;
	f = why_finding(w, RANK_CONFLICT, "masquerade",
			why_str(w,
				"the %s rule%s is in %s, which passes nothing on: the packets of "
				"%s leave the router with their private source address, and no "
				"reply finds back.",
				fw_word(r, "-j"), why_at(w, id), why_ns_name(r->ns),
				why_ns_name(w->flow.ns)));
	f->id = id;
	f->ns = r->ns;
	for (unsigned int i = 0; i < w->world->namespaces->len; i++) {
		const char *ns = g_ptr_array_index(w->world->namespaces, i);
		g_autofree char *text = NULL;

		if (!strcmp(ns, r->ns) || !why_sysctl_on(w->world, ns, "net.ipv4.ip_forward"))
			continue;
		text = why_in_namespace(st->text, ns);
		why_edit_replace(w, f, id, text);
	}
}

static bool has_src(const struct why *w, const struct why_fwrule *r)
{
	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);

		if (!strcmp(a->dev->ns, w->flow.ns) && strcmp(a->dev->name, "lo") != 0 &&
		    covers(r, "-s", a->addr))
			return true;
	}
	return false;
}

static void not_for_this(struct why *w, const struct why_fwrule *r, unsigned int id)
{
	const struct stmt *st = why_stmt(w, id);
	g_autofree char *old = g_strdup_printf("-d %s ", fw_word(r, "-d"));
	struct why_finding *f;

	f = why_finding(w, RANK_CONFLICT, "masquerade",
			why_str(w,
				"the %s rule%s is for destination %s only and does not match "
				"packets to %s: "
				"they keep their private source address and no reply finds back.",
				fw_word(r, "-j"), why_at(w, id), fw_word(r, "-d"),
				WHY_IP(w->flow.dst)));
	f->id = id;
	f->ns = r->ns;
	if (st) {
		g_auto(GStrv) parts = g_strsplit(st->text, old, 2);
		g_autofree char *text = g_strjoinv("", parts);

		why_edit_replace(w, f, id, text);
	}
}

/* A rule that should hide the source but does not match it. */
static void misses(struct why *w, const struct why_fwrule *r)
{
	unsigned int id = fw_setter(w, r);
	const struct why_route *out = why_lookup(w->world, r->ns, w->flow.dst, 0);
	const char *o = fw_word(r, "-o");
	struct why_finding *f;
	bool src = has_src(w, r);

	if (!covers(r, "-d", w->flow.dst) && strcmp(w->flow.ns, r->ns) != 0) {
		not_for_this(w, r, id);
		return;
	}
	if (!strcmp(w->flow.ns, r->ns) || (src && (!out || !strcmp(o, out->dev) || !*o)))
		return;
	f = why_finding(w, src ? RANK_SET : RANK_CONFLICT, "masquerade",
			!src ? why_str(w,
				       "the %s rule%s is for source %s and does not match %s: the "
				       "request leaves with "
				       "its private source address and no reply finds back (source "
				       "NAT missing).",
				       fw_word(r, "-j"), why_at(w, id), fw_word(r, "-s"),
				       why_ns_name(w->flow.ns))
			     : why_str(w,
				       "the %s rule%s is for packets that leave by %s (-o %s), "
				       "these leave by %s: "
				       "the request keeps its private source address and no reply "
				       "finds back.",
				       fw_word(r, "-j"), why_at(w, id), o, o,
				       out ? out->dev : "another"));
	f->id = id;
	f->ns = r->ns;
	for (unsigned int i = 0; i < w->world->addrs->len && why_stmt(w, id); i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);
		g_autofree char *text = NULL;

		if (strcmp(a->dev->ns, w->flow.ns) != 0 || !strcmp(a->dev->name, "lo"))
			continue;
		if (!src)
			text = text_replace_word(
				why_stmt(w, id)->text, fw_word(r, "-s"),
				why_str(w, "%s/%d", WHY_IP(a->addr & why_mask(a->len)), a->len));
		else if (out)
			text = text_replace_word(why_stmt(w, id)->text, o, out->dev);
		if (text)
			why_edit_replace(w, f, id, text);
	}
	if (out)
		why_edit_insert(w, f,
				why_str(w, "%s -A POSTROUTING -o %s -j MASQUERADE",
					fw_cmd(w, r->ns, "nat"), out->dev));
}

static void bad_source(struct why *w, const struct why_fwrule *r)
{
	const char *to = fw_word(r, "--to-source");
	g_autofree char *plain = g_strndup(to, strcspn(to, ":-"));
	const struct why_route *out = why_lookup(w->world, r->ns, w->flow.dst, 0);
	unsigned int id = fw_setter(w, r);
	const struct why_addr *own;
	uint32_t addr;
	struct why_finding *f;

	if (!is_ipv4(plain, &addr, NULL))
		return;
	own = why_addr_in(w->world, r->ns, addr);
	if (own && (!out || !strcmp(own->dev->name, out->dev)))
		return;
	f = why_finding(
		w, RANK_CONFLICT, "snat",
		own ? why_str(w,
			      "SNAT%s rewrites the source to %s, the address of %s: these packets "
			      "leave by %s, and nobody out there has a route back to %s.",
			      why_at(w, id), plain, own->dev->name, out->dev, plain)
		    : why_str(w,
			      "SNAT%s rewrites the source to %s, an address %s does not have: "
			      "replies to it find nobody (ARP stays unanswered).",
			      why_at(w, id), plain, why_ns_name(r->ns)));
	f->id = id;
	f->ns = r->ns;
	for (unsigned int i = 0; i < w->world->addrs->len && why_stmt(w, id) && out; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);
		g_autofree char *text = NULL;

		if (strcmp(a->dev->ns, r->ns) != 0 || strcmp(a->dev->name, out->dev) != 0)
			continue;
		text = text_replace_word(why_stmt(w, id)->text, plain, WHY_IP(a->addr));
		why_edit_replace(w, f, id, text);
		why_edit_insert(
			w, f,
			why_str(w, "%s addr add %s/32 dev %s", why_ip(w, r->ns), plain, out->dev));
	}
	why_edit_delete(w, f, id);
}

/* An option of a rule that the packet does not meet: it is noted, and @text gets what it has. */
static void mismatch(struct why *w, const struct why_fwrule *r, const char *option, const char *has,
		     char **text, const char **list)
{
	const char *says = fw_word(r, option);
	g_autofree char *plain =
		g_str_has_suffix(says, "/32") ? g_strndup(says, strlen(says) - 3) : g_strdup(says);
	char *new;

	if (!*says || !strcmp(plain, has))
		return;
	new = text_replace_word(*text, plain, has);
	g_free(*text);
	*text = new;
	*list = why_str(w, "%s%s%s %s, the packet has %s", *list, **list ? "; " : "", option, plain,
			has);
}

/* A DNAT rule the packet does not match. */
static void unmatched(struct why *w, const struct why_fwrule *r)
{
	unsigned int id = fw_setter(w, r);
	const struct stmt *st = why_stmt(w, id);
	g_autofree char *text = st ? g_strdup(st->text) : NULL;
	g_autofree char *to = g_strdup(WHY_IP(w->flow.dst));
	g_autofree char *port = g_strdup_printf("%d", w->flow.port);
	const char *list = "";
	struct why_finding *f;

	if (!st || strcmp(r->chain, "PREROUTING") != 0)
		return;
	if (w->flow.port && w->flow.proto != WHY_ICMP) {
		mismatch(w, r, "--dport", port, &text, &list);
		mismatch(w, r, "-p", w->flow.proto == WHY_UDP ? "udp" : "tcp", &text, &list);
	}
	if (!covers(r, "-d", w->flow.dst))
		mismatch(w, r, "-d", to, &text, &list);
	if (!*list)
		return;
	f = why_finding(
		w, RANK_CONFLICT, "dnat",
		why_str(w, "the %s rule%s in PREROUTING does not match these packets: it says %s.",
			fw_word(r, "-j"), why_at(w, id), list));
	f->id = id;
	f->ns = r->ns;
	why_edit_replace(w, f, id, text);
}

static void wrong_target(struct why *w, const struct why_fwrule *r)
{
	const char *to = fw_word(r, "--to-destination");
	g_autofree char *plain = g_strndup(to, strcspn(to, ":"));
	unsigned int id = fw_setter(w, r);
	const struct stmt *st = why_stmt(w, id);
	uint32_t addr;
	const struct why_addr *owner;
	struct why_finding *f;

	if (!is_ipv4(plain, &addr, NULL) || !st)
		return;
	owner = why_owner(w->world, addr, NULL);
	f = why_finding(w, owner ? RANK_ROUNDABOUT : RANK_CONFLICT, "dnat",
			why_str(w, "DNAT%s sends to %s, %s%s.", why_at(w, id), to,
				owner ? "that is " : "an address nobody has",
				owner ? why_str(w, "%s, but not where the service is",
						why_ns_name(owner->dev->ns))
				      : ""));
	f->id = id;
	f->ns = r->ns;
	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);
		const char *new = why_str(w, "%s%s", WHY_IP(a->addr), to + strlen(plain));
		g_autofree char *text = NULL;

		if (a->addr == addr || !strcmp(a->dev->name, "lo") ||
		    !strcmp(a->dev->ns, w->flow.ns))
			continue;
		text = text_replace_word(st->text, to, new);
		why_edit_replace(w, f, id, text);
	}
}

/* A published port asked for as 127.0.0.1: the packet leaves with a source nobody can answer. */
static void from_loopback(struct why *w, const struct why_fwrule *r)
{
	const char *in = why_exec_in(w, r->ns);
	const char *to = fw_word(r, "--to-destination");
	g_autofree char *plain = g_strndup(to, strcspn(to, ":"));
	g_autofree char *rule = without_device(r);
	const struct why_route *out;
	struct why_finding *f;
	struct repair *e;
	uint32_t addr;

	if (w->flow.dst >> 24 != 127 || strcmp(r->ns, w->flow.ns) != 0 ||
	    !is_ipv4(plain, &addr, NULL) || addr >> 24 == 127)
		return;
	out = why_lookup(w->world, r->ns, addr, 0);
	if (!out || !*out->dev)
		return;
	f = why_finding(w, RANK_CONFLICT, "dnat",
			why_str(w,
				"a connection to 127.0.0.1 has the source 127.0.0.1. DNAT%s sends "
				"it out by %s, and 127.0.0.0/8 may not leave by a real interface "
				"unless route_localnet is 1; nor can %s answer such a source, so "
				"it must be masqueraded, too.",
				why_at(w, fw_setter(w, r)), out->dev, plain));
	f->id = fw_setter(w, r);
	f->ns = r->ns;
	e = why_edit_insert(w, f, why_str(w, "%ssysctl -w net.ipv4.conf.all.route_localnet=1", in));
	repair_edit(e, EDIT_INSERT, w->place,
		    why_str(w,
			    "%siptables -t nat -A POSTROUTING -s 127.0.0.0/8 -o %s -j MASQUERADE",
			    in, out->dev));
	if (strcmp(r->chain, "PREROUTING") != 0)
		return;
	e = why_edit_insert(w, f, why_str(w, "%s -A OUTPUT%s", fw_cmd(w, r->ns, "nat"), rule));
	repair_edit(e, EDIT_INSERT, w->place,
		    why_str(w, "%ssysctl -w net.ipv4.conf.all.route_localnet=1", in));
	repair_edit(e, EDIT_INSERT, w->place,
		    why_str(w,
			    "%siptables -t nat -A POSTROUTING -s 127.0.0.0/8 -o %s -j MASQUERADE",
			    in, out->dev));
}

/**
 * why_find_nat() - Address translation
 * @w: the question
 */
void why_find_nat(struct why *w)
{
	for (unsigned int i = 0; w->flow.known && i < w->world->fwrules->len; i++) {
		const struct why_fwrule *r = g_ptr_array_index(w->world->fwrules, i);

		if (strcmp(r->table, "nat") != 0)
			continue;
		never_reached(w, r);
		if (hides(r)) {
			not_in_a_router(w, r);
			too_wide(w, r);
			misses(w, r);
			bad_source(w, r);
		} else if (!strcmp(fw_word(r, "-j"), "DNAT") ||
			   !strcmp(fw_word(r, "-j"), "REDIRECT")) {
			for_locals(w, r);
			from_loopback(w, r);
			unmatched(w, r);
			hairpin(w, r);
			not_on_this_device(w, r);
			wrong_target(w, r);
		}
	}
}
