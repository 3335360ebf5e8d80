/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_bridge.c - findings: ports of bridges, cables that end in the wrong place, MACs
 */
#include <string.h>

#include "../texts/near.h"
#include "why.h"

static unsigned int count_ports(const struct why *w, const char *ns, const char *bridge)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);

		n += !strcmp(d->ns, ns) && !strcmp(d->master, bridge);
	}
	return n;
}

/* Of two bridges the one with fewer ports is the wrong one; else the one whose port came later. */
static bool later_port(const struct why *w, const struct why_dev *d, const struct why_dev *br)
{
	const char *const mine[] = { d->name, "master", NULL };
	const char *const theirs[] = { "master", br->name, NULL };
	unsigned int here = count_ports(w, d->ns, d->master);
	unsigned int there = count_ports(w, d->ns, br->name);

	if (here != there)
		return here < there;
	return why_setter(w, d->ns, mine) > why_setter(w, d->ns, theirs);
}

/* "veth-red-br (line 9)": a port of that bridge. */
static const char *other_port(struct why *w, const struct why_dev *br)
{
	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);
		const char *const words[] = { d->name, "master", NULL };

		if (!strcmp(d->ns, br->ns) && !strcmp(d->master, br->name))
			return why_str(w, "%s%s", d->name, why_at(w, why_setter(w, d->ns, words)));
	}
	return "none";
}

static void set_master(struct why *w, const struct why_dev *d, const struct why_dev *br)
{
	const char *const words[] = { d->name, "master", NULL };
	unsigned int off = *d->master ? 0 : why_undone_link(w, d, "nomaster");
	unsigned int id = why_setter(w, d->ns, words);
	const struct stmt *st = why_stmt(w, id);
	struct why_finding *f;
	const char *cmd =
		why_str(w, "%s link set %s master %s", why_ip(w, d->ns), d->name, br->name);

	if (*d->master)
		f = why_finding(
			w, RANK_CONFLICT, "master",
			why_str(w,
				"%s in %s is a port of bridge %s%s, but %s is a port of %s: two "
				"bridges, two separate wires.",
				d->name, why_ns_name(d->ns), d->master, why_at(w, id),
				other_port(w, br), br->name));
	else
		f = why_finding(
			w, RANK_MISSING, "master",
			why_str(w,
				"%s in %s is a port of no bridge: no line gives it a master, so "
				"what comes in by it does not reach %s.",
				d->name, why_ns_name(d->ns), br->name));
	if (off) {
		id = off;
		st = NULL;
		f->rank = RANK_SET;
		f->cause = why_str(w,
				   "line %u took %s in %s off its bridge: what comes in by it does "
				   "not reach %s any more.",
				   why_line(w, id), d->name, why_ns_name(d->ns), br->name);
		why_edit_delete(w, f, id);
	}
	f->id = id;
	f->ns = d->ns;
	if (*d->master)
		f->shown = later_port(w, d, br);
	if (st && *d->master) {
		g_autofree char *text = text_replace_word(st->text, d->master, br->name);

		why_edit_replace(w, f, id, text);
	}
	why_edit_insert(w, f, cmd);
}

static bool has_address(const struct why *w, const struct why_dev *d)
{
	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);

		if (a->dev == d)
			return true;
	}
	return false;
}

static void masters(struct why *w)
{
	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);

		if (strcmp(d->kind, "veth") != 0 || has_address(w, d))
			continue;
		for (unsigned int k = 0; k < w->world->devs->len; k++) {
			const struct why_dev *br = g_ptr_array_index(w->world->devs, k);

			if (!strcmp(br->kind, "bridge") && !strcmp(br->ns, d->ns) &&
			    strcmp(d->master, br->name) != 0)
				set_master(w, d, br);
		}
	}
}

static void port_flag(struct why *w, const struct why_dev *d, const char *flag, const char *value,
		      enum why_rank rank, const char *text)
{
	const char *const words[] = { d->name, flag, NULL };
	struct why_finding *f;

	f = why_finding(w, rank, "port",
			why_str(w, "%s in %s, a port of %s: %s.", d->name, why_ns_name(d->ns),
				d->master, text));
	f->id = why_setter(w, d->ns, words);
	f->ns = d->ns;
	if (f->id)
		f->cause = why_str(w, "%s Set by line %u.", f->cause, why_line(w, f->id));
	why_edit_delete(w, f, f->id);
	why_edit_insert(w, f,
			why_str(w, "%sbridge link set dev %s %s %s", why_exec_in(w, d->ns), d->name,
				flag, value));
}

static void ports(struct why *w)
{
	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);

		if (!*d->master)
			continue;
		if (d->isolated)
			port_flag(
				w, d, "isolated", "off", RANK_SET,
				"it is isolated: isolated ports do not talk to each other, ARP is "
				"never answered");
		if (d->no_flood)
			port_flag(w, d, "flood", "on", RANK_SET,
				  "flooding is off: frames for a MAC not learnt yet are not sent "
				  "there");
		if (d->no_bcast_flood)
			port_flag(
				w, d, "bcast_flood", "on", RANK_SET,
				"broadcasts are not sent there (bcast_flood is off): ARP questions "
				"never arrive, and without an answer nothing else does");
		if (d->locked)
			port_flag(w, d, "locked", "off", RANK_SET,
				  "it is locked: the bridge takes frames only from senders that a "
				  "static fdb entry allows on this port");
		if (d->no_learning)
			port_flag(w, d, "learning", "on", RANK_SET,
				  "learning is off: the bridge does not know who is behind it");
		if (!d->hairpin)
			port_flag(w, d, "hairpin", "on", RANK_DEFAULT,
				  "hairpin is off: a frame is never sent back to the port it came "
				  "from, "
				  "and here the packet turns round at the bridge (a published port "
				  "called from behind it, DNAT back to the same port)");
		if (*d->state && strcmp(d->state, "forwarding") != 0 && d->up)
			port_flag(w, d, "state", "forwarding", RANK_SET,
				  why_str(w, "its state is %s, not forwarding", d->state));
	}
}

static void spanning_tree(struct why *w, const struct why_dev *br)
{
	const char *const words[] = { br->name, "stp_state", NULL };
	struct why_finding *f;

	f = why_finding(w, RANK_SET, "stp",
			why_str(w,
				"bridge %s in %s runs STP%s: its ports listen and learn for twice "
				"forward_delay (30 s) before they forward.",
				br->name, why_ns_name(br->ns),
				why_at(w, why_setter(w, br->ns, words))));
	f->id = why_setter(w, br->ns, words);
	f->ns = br->ns;
	why_edit_delete(w, f, f->id);
	why_edit_insert(
		w, f,
		why_str(w, "%s link set %s type bridge stp_state 0", why_ip(w, br->ns), br->name));
	why_edit_insert(w, f, "sleep 31");
}

/* The first statement that names a device where it is not, and failed. */
static unsigned int first_failing(const struct why *w, const char *ns, const char *dev)
{
	for (unsigned int i = 0; i < w->script->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(w->script->stmts, i);

		if (replay_at(w->first, i)->status && text_has_word(st->text, dev) &&
		    text_has_word(st->text, ns))
			return st->id;
	}
	return w->place;
}

static bool has_device(const struct why *w, const char *ns)
{
	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);

		if (!strcmp(d->ns, ns) && strcmp(d->name, "lo") != 0)
			return true;
	}
	return false;
}

/**
 * why_find_places() - Ends of cables that were left where they were made
 * @w: the question
 */
void why_find_places(struct why *w)
{
	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);
		const char *const moved[] = { "set", d->name, "netns", NULL };

		if (strcmp(d->kind, "veth") != 0 || *d->master)
			continue;
		for (unsigned int k = 0; k < w->world->namespaces->len; k++) {
			const char *ns = g_ptr_array_index(w->world->namespaces, k);
			struct why_finding *f;
			unsigned int before;

			if (!strcmp(ns, d->ns) || !*ns || why_setter(w, NULL, moved))
				continue;
			if (why_dev_find(w->world, ns, d->name))
				continue;
			before = first_failing(w, ns, d->name);
			if (before == w->place && has_device(w, ns))
				continue;
			f = why_finding(w, before == w->place ? RANK_MISSING : RANK_SETUP, "place",
					why_str(w, "%s is in %s, no line moves it to namespace %s.",
						d->name, why_ns_name(d->ns), ns));
			f->ns = d->ns;
			why_edit_before(w, f, before,
					why_str(w, "%s link set %s netns %s", why_ip(w, d->ns),
						d->name, ns));
		}
	}
}

static void same_mac(struct why *w)
{
	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *a = g_ptr_array_index(w->world->devs, i);
		const char *const words[] = { a->name, a->mac, NULL };
		struct why_finding *f;

		for (unsigned int k = 0; k < w->world->devs->len; k++) {
			const struct why_dev *b = g_ptr_array_index(w->world->devs, k);

			const char *const theirs[] = { b->name, b->mac, NULL };

			if (a == b || strcmp(a->mac, b->mac) != 0 || a->segment != b->segment ||
			    !why_setter(w, a->ns, words))
				continue;
			f = why_finding(w, RANK_CONFLICT, "mac",
					why_str(w,
						"duplicate MAC address %s: %s in %s%s has the same "
						"as %s in %s%s. The bridge sends frames to whoever "
						"spoke last.",
						a->mac, a->name, why_ns_name(a->ns),
						why_at(w, why_setter(w, a->ns, words)), b->name,
						why_ns_name(b->ns),
						why_at(w, why_setter(w, b->ns, theirs))));
			f->id = why_setter(w, a->ns, words);
			f->ns = a->ns;
			why_edit_delete(w, f, f->id);
			why_edit_insert(w, f,
					why_str(w, "%s link set %s address 02:00:00:00:00:%02x",
						why_ip(w, a->ns), a->name, 0x10 + i));
			break;
		}
	}
}

/**
 * why_find_bridges() - Bridges, their ports, and cables
 * @w: the question
 */
void why_find_bridges(struct why *w)
{
	masters(w);
	ports(w);
	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);

		if (!strcmp(d->kind, "bridge") && d->stp)
			spanning_tree(w, d);
	}
	why_find_vlans(w);
	same_mac(w);
}

static void static_entry(struct why *w, const struct why_neigh *n, const struct why_addr *real)
{
	g_autofree char *ip = g_strdup(WHY_IP(n->addr));
	const char *const words[] = { ip, n->mac, NULL };
	unsigned int id = why_setter(w, n->ns, words);
	struct why_finding *f;

	f = why_finding(w, RANK_CONFLICT, "neighbour",
			why_str(w,
				"a static (permanent) neighbour entry in %s%s: it says %s has the "
				"MAC %s%s. "
				"Frames go to a MAC nobody has; ARP never asks.",
				why_ns_name(n->ns), why_at(w, id), WHY_IP(n->addr), n->mac,
				real ? why_str(w, ", but %s in %s has %s", real->dev->name,
					       why_ns_name(real->dev->ns), real->dev->mac)
				     : ""));
	f->id = id;
	f->ns = n->ns;
	why_edit_delete(w, f, id);
	why_edit_insert(w, f, why_str(w, "%s neigh del %s dev %s", why_ip(w, n->ns), ip, n->dev));
}

/* "nud noarp" on a line: the kernel's own entries of this kind (multicast, lo) are right. */
static bool is_fixed(const struct why *w, const struct why_neigh *n)
{
	g_autofree char *ip = g_strdup(WHY_IP(n->addr));
	const char *const words[] = { ip, n->mac, NULL };

	return !strcmp(n->state, "NOARP") && why_setter(w, n->ns, words);
}

/**
 * why_find_neighbours() - Neighbour entries, ARP switched off, MACs set
 * @w: the question
 */
void why_find_neighbours(struct why *w)
{
	for (unsigned int i = 0; i < w->world->neighs->len; i++) {
		const struct why_neigh *n = g_ptr_array_index(w->world->neighs, i);
		const struct why_addr *real = why_owner(w->world, n->addr, n->ns);

		if ((!strcmp(n->state, "PERMANENT") || is_fixed(w, n)) &&
		    (!real || strcmp(real->dev->mac, n->mac) != 0))
			static_entry(w, n, real);
	}
	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);
		const char *const words[] = { d->name, "arp", "off", NULL };
		struct why_finding *f;

		if (!d->noarp || !strcmp(d->name, "lo"))
			continue;
		f = why_finding(w, RANK_SET, "neighbour",
				why_str(w,
					"%s in %s is NOARP (arp off)%s: it neither asks nor "
					"answers ARP, so "
					"no MAC address is ever found.",
					d->name, why_ns_name(d->ns),
					why_at(w, why_setter(w, d->ns, words))));
		f->id = why_setter(w, d->ns, words);
		f->ns = d->ns;
		why_edit_delete(w, f, f->id);
		why_edit_insert(w, f,
				why_str(w, "%s link set %s arp on", why_ip(w, d->ns), d->name));
	}
}
