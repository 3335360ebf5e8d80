/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_sysctl.c - findings: settings of the kernel
 */
#include <stdlib.h>
#include <string.h>

#include "why.h"

struct setting {
	const char *key; /* of net.ipv4.conf.DEV, or whole */
	const char *bad; /* value; "!64": any other; NULL: anything but 0 */
	const char *good;
	enum why_rank set;   /* when a line set it */
	enum why_rank unset; /* when it is the default */
	bool broadcast;	     /* only for broadcast pings */
	const char *text;
};

static const struct setting whole[] = {
	{ "net.ipv4.ip_forward", "0", "1", RANK_SET, RANK_MISSING, false,
	  "packets that are not for itself are dropped in silence; it does not forward" },
	{ "net.ipv4.icmp_echo_ignore_all", NULL, "0", RANK_SET, RANK_DEFAULT, false,
	  "it answers no ping at all: echo requests arrive and are ignored" },
	{ "net.ipv4.icmp_echo_ignore_broadcasts", NULL, "0", RANK_SET, RANK_DEFAULT, true,
	  "broadcast echo requests arrive but are ignored" },
	{ "net.ipv4.ip_default_ttl", "!64", "64", RANK_SET, RANK_DEFAULT, false,
	  "its packets die when they have passed that many routers" },
	{ "net.bridge.bridge-nf-call-iptables", NULL, "0", RANK_ROUNDABOUT, RANK_ROUNDABOUT, false,
	  "br_netfilter: frames between two ports of a bridge pass iptables too" },
	{ "net.ipv4.conf.all.bc_forwarding", "0", "1", RANK_SET, RANK_ROUNDABOUT, true,
	  "directed broadcasts are not forwarded" },
	{ "net.ipv4.conf.all.route_localnet", "0", "1", RANK_SET, RANK_DEFAULT, false,
	  "127.0.0.0/8 may not leave or enter by a real interface (martian)" },
	{ "net.ipv4.conf.all.accept_local", "0", "1", RANK_SET, RANK_DEFAULT, false,
	  "a packet that comes in with one of its own addresses as source is dropped" },
	{ "net.ipv4.conf.all.proxy_arp", "0", "1", RANK_SET, RANK_DEFAULT, false,
	  "it does not answer ARP for hosts behind it (proxy ARP)" },
};

static const struct setting each[] = {
	{ "forwarding", "0", "1", RANK_SET, RANK_ROUNDABOUT, false,
	  "packets that come in by it are not forwarded although ip_forward is 1" },
	{ "rp_filter", NULL, "0", RANK_SET, RANK_DEFAULT, false,
	  "the reverse path filter drops packets whose source would be answered by another "
	  "interface" },
	{ "arp_ignore", NULL, "0", RANK_SET, RANK_DEFAULT, false,
	  "ARP requests for an address that is not on the receiving interface (one on lo, say) "
	  "are not answered" },
	{ "arp_filter", NULL, "0", RANK_SET, RANK_DEFAULT, false,
	  "ARP is answered only on the interface the reply would be routed out of" },
	{ "arp_announce", NULL, "0", RANK_SET, RANK_DEFAULT, false,
	  "ARP requests carry another source address" },
	{ "ignore_routes_with_linkdown", NULL, "0", RANK_SET, RANK_DEFAULT, false,
	  "routes over a link without carrier are left out" },
	{ "drop_unicast_in_l2_multicast", NULL, "0", RANK_SET, RANK_DEFAULT, false,
	  "unicast packets in broadcast frames are dropped" },
};

static bool is_bad(const struct setting *s, const char *value)
{
	if (s->bad && *s->bad == '!')
		return *value && strcmp(value, s->bad + 1) != 0;
	return *value && (s->bad ? !strcmp(value, s->bad) : strcmp(value, "0") != 0);
}

static bool any_addr_not_lo(const struct why *w, const char *ns)
{
	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);

		if (!strcmp(a->dev->ns, ns) && strcmp(a->dev->name, "lo") != 0)
			return true;
	}
	return false;
}

static bool has_bridge(const struct why *w, const char *ns)
{
	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);

		if (!strcmp(d->ns, ns) && !strcmp(d->kind, "bridge"))
			return true;
	}
	return false;
}

static const char *write_words(struct why *w, const char *ns, const char *key, const char *value)
{
	return why_str(w, "%ssysctl -w %s=%s", why_exec_in(w, ns), key, value);
}

/* The line that writes it, with the other value. */
static void other_value(struct why *w, struct why_finding *f, const char *key, const char *value,
			const char *good)
{
	const struct stmt *st = why_stmt(w, f->id);
	g_autofree char *old = g_strdup_printf("%s=%s", key, value);
	char *at = st ? strstr(st->text, old) : NULL;
	g_autofree char *text = NULL;

	if (at)
		text = g_strdup_printf("%.*s%s=%s%s", (int)(at - st->text), st->text, key, good,
				       at + strlen(old));
	else if (st && strstr(st->text, "echo "))
		text = text_replace_word(st->text, value, good);
	if (text)
		why_edit_replace(w, f, f->id, text);
}

static void finding(struct why *w, const struct setting *s, const char *ns, const char *key,
		    const char *dev)
{
	const char *value = why_sysctl(w->world, ns, key);
	unsigned int id = why_sysctl_setter(w, ns, key);
	struct why_finding *f;
	const char *where = dev ? why_str(w, "on %s in %s", dev, why_ns_name(ns))
				: why_str(w, "in %s", why_ns_name(ns));

	f = why_finding(w, id ? s->set : s->unset, "sysctl",
			why_str(w, "%s is %s %s%s: %s.", key, value, where,
				id ? why_str(w, " (set by line %u)", why_line(w, id))
				   : " (the default, no line sets it)",
				s->text));
	f->id = id;
	f->ns = ns;
	why_edit_delete(w, f, id);
	other_value(w, f, key, value, s->good);
	why_edit_insert(w, f, write_words(w, ns, key, s->good));
	if (!id) {
		const char *const words[] = { why_str(w, "%s=%s", key, s->good), NULL };

		why_elsewhere(w, f, words);
	}
	if (!strcmp(s->key, "rp_filter") && !strcmp(value, "1"))
		why_edit_insert(w, f, write_words(w, ns, key, "2"));
}

static void per_device(struct why *w, const struct setting *s, const char *ns)
{
	const char *all = why_str(w, "net.ipv4.conf.all.%s", s->key);
	bool forwarding = !strcmp(s->key, "forwarding");
	struct repair *both = NULL;
	struct why_finding *f;

	if (forwarding && !why_sysctl_on(w->world, ns, "net.ipv4.ip_forward"))
		return;
	if (is_bad(s, why_sysctl(w->world, ns, all)) && !forwarding)
		finding(w, s, ns, all, NULL);
	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);
		const char *key = why_str(w, "net.ipv4.conf.%s.%s", d->name, s->key);

		if (strcmp(d->ns, ns) != 0 || !is_bad(s, why_sysctl(w->world, ns, key)) ||
		    (forwarding && (!strcmp(d->name, "lo") || *d->master)))
			continue;
		finding(w, s, ns, key, d->name);
		if (!is_bad(s, why_sysctl(w->world, ns, all)) || forwarding)
			continue;
		if (!both) {
			f = g_ptr_array_index(w->findings, w->findings->len - 1);
			both = why_edit_insert(w, f, write_words(w, ns, all, s->good));
		}
		repair_edit(both, EDIT_INSERT, w->place, write_words(w, ns, key, s->good));
	}
}

/**
 * why_find_sysctls() - Settings that stop packets
 * @w: the question
 */
void why_find_sysctls(struct why *w)
{
	for (unsigned int i = 0; i < w->world->namespaces->len; i++) {
		const char *ns = g_ptr_array_index(w->world->namespaces, i);

		if (!any_addr_not_lo(w, ns) && !has_bridge(w, ns))
			continue;
		for (unsigned int k = 0; k < G_N_ELEMENTS(whole); k++) {
			const struct setting *s = &whole[k];

			if (s->broadcast && (!w->flow.broadcast || !strcmp(ns, w->flow.ns)))
				continue;
			if (g_str_has_prefix(s->key, "net.bridge") && !has_bridge(w, ns))
				continue;
			if (is_bad(s, why_sysctl(w->world, ns, s->key)))
				finding(w, s, ns, s->key, NULL);
		}
		for (unsigned int k = 0; k < G_N_ELEMENTS(each); k++)
			per_device(w, &each[k], ns);
	}
}
