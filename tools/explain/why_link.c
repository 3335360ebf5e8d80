/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_link.c - findings: links that are down, MTUs that differ
 */
#include <string.h>

#include "why.h"

static bool is_lo(const struct why_dev *d)
{
	return !strcmp(d->name, "lo");
}

static unsigned int down_setter(const struct why *w, const struct why_dev *d)
{
	const char *const words[] = { "set", d->name, "down", NULL };
	const char *const old[] = { "ifconfig", d->name, "down", NULL };
	unsigned int id = why_setter(w, d->ns, words);

	return id ? id : why_setter(w, d->ns, old);
}

static const char *role(struct why *w, const struct why_dev *d)
{
	const struct why_dev *peer = why_dev_peer(w->world, d);

	if (*d->master)
		return why_str(w, ", a port of bridge %s,", d->master);
	if (!strcmp(d->kind, "bridge"))
		return ", the bridge,";
	if (peer)
		return why_str(w, ", the other end of %s in %s,", peer->name,
			       why_ns_name(peer->ns));
	return "";
}

static const char *down_cause(struct why *w, const struct why_dev *d, unsigned int setter)
{
	const char *what = role(w, d);
	const char *who = setter ? why_str(w, "line %u sets it down", why_line(w, setter))
				 : "no line sets it up";

	if (is_lo(d))
		return why_str(
			w,
			"lo in %s is down: %s. In a new namespace lo is DOWN; even 127.0.0.1 "
			"and the namespace's own addresses need it.",
			why_ns_name(d->ns), who);
	return why_str(w, "%s in %s%s is down: %s. A link that is down passes no frame.", d->name,
		       why_ns_name(d->ns), what, who);
}

static void link_down(struct why *w, const struct why_dev *d, struct repair *all)
{
	unsigned int setter = down_setter(w, d);
	struct why_finding *f =
		why_finding(w, setter ? RANK_SET : RANK_MISSING, "link", down_cause(w, d, setter));
	const char *cmd = why_str(w, "%s link set %s up", why_ip(w, d->ns), d->name);

	f->ns = d->ns;
	f->id = setter;
	why_edit_delete(w, f, setter);
	why_edit_insert(w, f, cmd);
	if (!is_lo(d))
		repair_edit(all, EDIT_INSERT, w->place, cmd);
}

/**
 * why_find_links() - Links that are down
 * @w: the question
 */
void why_find_links(struct why *w)
{
	struct repair *all = repair_new(NULL);
	g_autoptr(GString) names = g_string_new(NULL);

	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);

		if (d->up)
			continue;
		link_down(w, d, all);
		if (!is_lo(d))
			g_string_append_printf(names, "%s%s in %s", names->len ? ", " : "", d->name,
					       why_ns_name(d->ns));
	}
	if (all->edits->len > 1) {
		struct why_finding *f = why_finding(
			w, RANK_MISSING, "link",
			why_str(w, "links on the way are down, no line sets them up: %s.",
				names->str));

		g_ptr_array_add(f->edits, all);
	} else {
		repair_free(all);
	}
}

static unsigned int mtu_setter(const struct why *w, const struct why_dev *d)
{
	const char *const words[] = { "mtu", d->name, NULL };

	return why_setter(w, d->ns, words);
}

static void set_mtu(struct why *w, struct why_finding *f, const struct why_dev *d, int mtu)
{
	why_edit_insert(w, f, why_str(w, "%s link set %s mtu %d", why_ip(w, d->ns), d->name, mtu));
}

static void change_mtu(struct why *w, struct why_finding *f, unsigned int id, int from, int to)
{
	const struct stmt *st = why_stmt(w, id);
	g_autofree char *old = g_strdup_printf("%d", from);
	g_autofree char *new = g_strdup_printf("%d", to);
	g_autofree char *text = st ? text_replace_word(st->text, old, new) : NULL;

	if (text)
		why_edit_replace(w, f, id, text);
}

static void two_mtus(struct why *w, const struct why_dev *big, const struct why_dev *small)
{
	unsigned int a = mtu_setter(w, big), b = mtu_setter(w, small);
	bool default_big = big->mtu == 1500;
	struct why_finding *f;

	f = why_finding(
		w, RANK_CONFLICT, "mtu",
		why_str(w,
			"MTU mismatch: %s in %s has mtu %d%s, its peer %s in %s has mtu %d%s. "
			"The receiving end drops bigger frames without any error.",
			big->name, why_ns_name(big->ns), big->mtu, why_at(w, a), small->name,
			why_ns_name(small->ns), small->mtu, why_at(w, b)));
	f->id = a && b ? MAX(a, b) : a ? a : b;
	f->ns = small->ns;
	if (default_big) {
		why_edit_delete(w, f, b);
		change_mtu(w, f, b, small->mtu, big->mtu);
		set_mtu(w, f, small, big->mtu);
		set_mtu(w, f, big, small->mtu);
	} else {
		set_mtu(w, f, small, big->mtu);
		why_edit_delete(w, f, a);
		change_mtu(w, f, a, big->mtu, small->mtu);
		set_mtu(w, f, big, small->mtu);
	}
}

static void small_mtu(struct why *w, const struct why_dev *d)
{
	const struct why_dev *peer = why_dev_peer(w->world, d);
	unsigned int id = mtu_setter(w, d);
	struct why_finding *f;
	struct repair *r;

	f = why_finding(
		w, RANK_SET, "mtu",
		why_str(w,
			"%s in %s has mtu %d%s: packets of %d bytes do not fit, and with DF "
			"set they must not be fragmented.",
			d->name, why_ns_name(d->ns), d->mtu, why_at(w, id), w->flow.size + 28));
	f->id = id;
	f->ns = d->ns;
	why_edit_delete(w, f, id);
	set_mtu(w, f, d, 1500);
	if (!peer)
		return;
	r = why_edit_insert(w, f, why_str(w, "%s link set %s mtu 1500", why_ip(w, d->ns), d->name));
	repair_edit(r, EDIT_INSERT, w->place,
		    why_str(w, "%s link set %s mtu 1500", why_ip(w, peer->ns), peer->name));
	if (mtu_setter(w, peer) && id) {
		r = why_edit_delete(w, f, id);
		repair_edit(r, EDIT_DELETE, mtu_setter(w, peer), NULL);
	}
}

/**
 * why_find_mtu() - MTUs that differ, or are small
 * @w: the question
 */
void why_find_mtu(struct why *w)
{
	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);
		const struct why_dev *peer = why_dev_peer(w->world, d);
		const struct why_dev *bridge =
			*d->master ? why_dev_find(w->world, d->ns, d->master) : NULL;

		if (peer && peer->mtu < d->mtu)
			two_mtus(w, d, peer);
		if (bridge && bridge->mtu < d->mtu)
			two_mtus(w, d, bridge);
		if (d->mtu < 1500)
			small_mtu(w, d);
	}
}
