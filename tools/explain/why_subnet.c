/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_subnet.c - findings: prefix lengths, addresses given twice, subnets on the wrong wire
 */
#include <string.h>

#include "../texts/near.h"
#include "why.h"

static bool wanted_len(const struct why_addr *a, int len)
{
	return len != a->len && len > 0 && len < 32;
}

static void length(struct why *w, const struct why_addr *a, int len, struct repair *all)
{
	unsigned int id = why_addr_setter(w, a->dev->ns, a->addr, a->len);
	const struct stmt *st = why_stmt(w, id);
	g_autofree char *text = st ? why_with_addr(st, a->addr, a->addr, len) : NULL;
	struct why_finding *f;

	if (!text)
		return;
	f = why_finding(
		w, RANK_CONFLICT, "prefix",
		a->len == 32
			? why_str(w,
				  "%s on %s in %s%s has no prefix length: it is a /32, and no "
				  "route is "
				  "made for its network %s/%d.",
				  WHY_IP(a->addr), a->dev->name, why_ns_name(a->dev->ns),
				  why_at(w, id), WHY_IP(a->addr & why_mask(len)), len)
			: why_str(w,
				  "%s on %s in %s%s has the wrong prefix length (mask) /%d; its "
				  "neighbours on that wire use /%d. What is on the link for the "
				  "one is not "
				  "for the other.",
				  WHY_IP(a->addr), a->dev->name, why_ns_name(a->dev->ns),
				  why_at(w, id), a->len, len));
	f->id = id;
	f->ns = a->dev->ns;
	why_edit_replace(w, f, id, text);
	why_edit_insert(w, f,
			why_str(w, "%s addr add %s/%d dev %s", why_ip(w, a->dev->ns),
				WHY_IP(a->addr), len, a->dev->name));
	if (a->len == 32)
		repair_edit(all, EDIT_REPLACE, id, text);
}

static void lengths(struct why *w)
{
	struct repair *all = repair_new(NULL);

	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);
		int last = 0;

		if (!strcmp(a->dev->name, "lo"))
			continue;
		for (unsigned int k = 0; k < w->world->addrs->len; k++) {
			const struct why_addr *b = g_ptr_array_index(w->world->addrs, k);

			if (b->dev->segment == a->dev->segment && b != a && b->len != last &&
			    wanted_len(a, b->len)) {
				length(w, a, b->len, all);
				last = b->len;
			}
		}
		if (!last && (a->len == 32 || a->len < 8 || a->len == 31))
			length(w, a, why_usual_len(w, a->addr), all);
	}
	if (all->edits->len > 1) {
		struct why_finding *f = why_finding(
			w, RANK_CONFLICT, "prefix",
			"addresses without prefix length: each is a /32, and no route is made for "
			"its network.");

		f->id = ((struct edit *)g_ptr_array_index(all->edits, 0))->id;
		g_ptr_array_add(f->edits, all);
	} else {
		repair_free(all);
	}
}

static void twice(struct why *w, const struct why_addr *a, const struct why_addr *b)
{
	unsigned int x = why_addr_setter(w, a->dev->ns, a->addr, a->len);
	unsigned int y = why_addr_setter(w, b->dev->ns, b->addr, b->len);
	uint32_t other = why_free_addr(w, b->addr, b->len);
	struct why_finding *f;
	const struct why_addr *both[] = { b, a };
	unsigned int ids[] = { y, x };

	f = why_finding(w, RANK_CONFLICT, "twice",
			why_str(w,
				"duplicate address: %s is given twice, to %s in %s%s and to %s in "
				"%s%s. Both answer ARP for it; the wrong one may win.",
				WHY_IP(a->addr), a->dev->name, why_ns_name(a->dev->ns),
				why_at(w, x), b->dev->name, why_ns_name(b->dev->ns), why_at(w, y)));
	f->id = MAX(x, y);
	f->ns = b->dev->ns;
	for (int i = 0; i < 2; i++) {
		const struct why_dev *d = both[i]->dev;

		if (other)
			why_replace_addr(w, f, ids[i], both[i]->addr, other, -1);
		why_edit_delete(w, f, ids[i]);
		why_edit_insert(w, f,
				why_str(w, "%s addr del %s/%d dev %s", why_ip(w, d->ns),
					WHY_IP(both[i]->addr), both[i]->len, d->name));
	}
}

static void one_subnet_twice(struct why *w, const struct why_addr *a, const struct why_addr *b)
{
	const struct why_addr *both[] = { b, a };
	struct why_finding *f;

	f = why_finding(
		w, RANK_CONFLICT, "subnet",
		why_str(w,
			"%s has the same subnet on two interfaces: %s/%d on %s and %s on %s. "
			"Only the first route is used, what is behind the other is asked for on "
			"the wrong wire.",
			why_ns_name(a->dev->ns), WHY_IP(a->addr), a->len, a->dev->name,
			WHY_IP(b->addr), b->dev->name));
	f->ns = a->dev->ns;
	f->id = why_addr_setter(w, b->dev->ns, b->addr, b->len);
	for (int i = 0; i < 2; i++) {
		const struct why_dev *d = both[i]->dev;

		why_edit_delete(w, f, why_addr_setter(w, d->ns, both[i]->addr, both[i]->len));
		why_edit_insert(w, f,
				why_str(w, "%s addr del %s/%d dev %s", why_ip(w, d->ns),
					WHY_IP(both[i]->addr), both[i]->len, d->name));
		if (w->flow.known && strcmp(w->flow.ns, d->ns) == 0)
			why_edit_insert(w, f,
					why_str(w, "%s route add %s dev %s", why_ip(w, d->ns),
						WHY_IP(w->flow.dst), d->name));
		else if (w->flow.known)
			for (unsigned int k = 0; k < w->world->addrs->len; k++) {
				const struct why_addr *s = g_ptr_array_index(w->world->addrs, k);

				if (!strcmp(s->dev->ns, w->flow.ns) &&
				    s->dev->segment == d->segment)
					why_edit_insert(w, f,
							why_str(w, "%s route add %s dev %s",
								why_ip(w, d->ns), WHY_IP(s->addr),
								d->name));
			}
	}
}

static void pairs(struct why *w)
{
	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);

		for (unsigned int k = i + 1; k < w->world->addrs->len; k++) {
			const struct why_addr *b = g_ptr_array_index(w->world->addrs, k);

			if (!strcmp(a->dev->name, "lo") && !strcmp(b->dev->name, "lo"))
				continue;
			if (a->addr == b->addr)
				twice(w, a, b);
			else if (a->dev != b->dev && !strcmp(a->dev->ns, b->dev->ns) &&
				 a->len == b->len && a->len < 32 &&
				 !((a->addr ^ b->addr) & why_mask(a->len)))
				one_subnet_twice(w, a, b);
		}
	}
}

/* Two on one wire, in different subnets: the one who asks is wrong. */
static void other_subnet(struct why *w)
{
	const struct why_addr *to = why_owner(w->world, w->flow.dst, w->flow.ns);

	for (unsigned int i = 0; to && i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);
		uint32_t new = (to->addr & why_mask(to->len)) | (a->addr & ~why_mask(to->len));
		unsigned int id;
		struct why_finding *f;

		if (strcmp(a->dev->ns, w->flow.ns) != 0 || a->dev->segment != to->dev->segment ||
		    !((a->addr ^ to->addr) & why_mask(MIN(to->len, a->len))))
			continue;
		id = why_addr_setter(w, a->dev->ns, a->addr, a->len);
		f = why_finding(
			w, RANK_CONFLICT, "subnet",
			why_str(w,
				"%s and %s are on one wire but in different subnets: %s has "
				"%s/%d%s, %s has %s/%d.",
				why_ns_name(w->flow.ns), why_ns_name(to->dev->ns),
				why_ns_name(w->flow.ns), WHY_IP(a->addr), a->len, why_at(w, id),
				why_ns_name(to->dev->ns), WHY_IP(to->addr), to->len));
		f->id = id;
		f->ns = a->dev->ns;
		if (why_owner(w->world, new, NULL))
			new = why_free_addr(w, to->addr, to->len);
		why_replace_addr(w, f, id, a->addr, new, to->len);
		why_edit_insert(w, f,
				why_str(w, "%s addr add %s/%d dev %s", why_ip(w, a->dev->ns),
					WHY_IP(new), to->len, a->dev->name));
	}
}

/* An address on a bridge's port belongs on the bridge. */
static void on_ports(struct why *w)
{
	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);
		unsigned int id;
		const struct stmt *st;
		struct why_finding *f;

		if (!*a->dev->master)
			continue;
		id = why_addr_setter(w, a->dev->ns, a->addr, a->len);
		st = why_stmt(w, id);
		f = why_finding(
			w, RANK_CONFLICT, "port",
			why_str(w,
				"%s is on %s in %s%s, a port of bridge %s. A port belongs to "
				"the bridge: what comes in goes to %s, and the address must be "
				"there.",
				WHY_IP(a->addr), a->dev->name, why_ns_name(a->dev->ns),
				why_at(w, id), a->dev->master, a->dev->master));
		f->id = id;
		f->ns = a->dev->ns;
		if (st) {
			g_autofree char *text =
				text_replace_word(st->text, a->dev->name, a->dev->master);

			why_edit_replace(w, f, id, text);
		}
		why_edit_insert(w, f,
				why_str(w, "%s addr add %s/%d dev %s", why_ip(w, a->dev->ns),
					WHY_IP(a->addr), a->len, a->dev->master));
	}
}

/**
 * why_find_subnets() - Prefix lengths, duplicates, subnets
 * @w: the question
 */
void why_find_subnets(struct why *w)
{
	lengths(w);
	pairs(w);
	on_ports(w);
	if (w->flow.known)
		other_subnet(w);
}
