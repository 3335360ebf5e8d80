/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_vlan.c - findings: VLANs of bridge ports, and VLAN devices
 */
#include <string.h>

#include "why.h"

static const struct why_vlan *vlan_of(const struct why *w, const char *ns, const char *dev, int id)
{
	for (unsigned int i = 0; i < w->world->vlans->len; i++) {
		const struct why_vlan *v = g_ptr_array_index(w->world->vlans, i);

		if (!strcmp(v->ns, ns) && !strcmp(v->dev, dev) && (id ? v->id == id : v->pvid))
			return v;
	}
	return NULL;
}

static unsigned int vlan_setter(const struct why *w, const char *ns, const char *dev, int id)
{
	g_autofree char *word = g_strdup_printf("%d", id);
	const char *const words[] = { "vlan", dev, word, NULL };

	return why_setter(w, ns, words);
}

static const char *vlan_add(struct why *w, const struct why_dev *d, int id)
{
	return why_str(w, "%sbridge vlan add dev %s vid %d pvid untagged%s", why_exec_in(w, d->ns),
		       d->name, id, *d->master ? "" : " self");
}

/* Has what is behind the port a VLAN device of its own for this VLAN? */
static bool understands(const struct why *w, const struct why_dev *port, int id)
{
	const struct why_dev *peer = why_dev_peer(w->world, port);

	for (unsigned int i = 0; peer && i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);

		if (!strcmp(d->ns, peer->ns) && !strcmp(d->link_name, peer->name) &&
		    !strcmp(d->kind, "vlan") && d->vlan_id == id)
			return true;
	}
	return false;
}

/* Frames without a tag that come in by @a, and how they can leave by @b. */
static void two_ports(struct why *w, const struct why_dev *a, const struct why_dev *b)
{
	const struct why_vlan *in = vlan_of(w, a->ns, a->name, 0);
	const struct why_vlan *out = vlan_of(w, b->ns, b->name, 0);
	const struct why_vlan *same = in ? vlan_of(w, b->ns, b->name, in->id) : NULL;
	unsigned int id;
	struct why_finding *f;
	const struct stmt *st;

	if (!in || (same && (same->untagged || understands(w, b, in->id))))
		return;
	id = same  ? vlan_setter(w, b->ns, b->name, in->id)
	     : out ? vlan_setter(w, b->ns, b->name, out->id)
		   : vlan_setter(w, b->ns, b->name, in->id);
	f = why_finding(
		w, RANK_CONFLICT, "vlan",
		same  ? why_str(w,
				"VLAN filtering: port %s%s sends VLAN %d tagged (not \"untagged\"), "
				 "and what is behind it has no device for VLAN %d: it does not "
				 "understand these frames.",
				b->name, why_at(w, id), in->id, in->id)
		: out ? why_str(w,
				"VLAN filtering: what comes in by port %s without a tag is in VLAN "
				"%d (its pvid%s), %s is in VLAN %d%s. Different VLANs are "
				"different wires.",
				a->name, in->id, why_at(w, vlan_setter(w, a->ns, a->name, in->id)),
				b->name, out->id, why_at(w, id))
		      : why_str(w,
				"VLAN filtering: port %s in %s is in no VLAN for frames without a "
				"tag (no pvid)%s: it takes none, and gets none of VLAN %d.",
				b->name, why_ns_name(b->ns), why_at(w, id), in->id));
	f->id = id;
	f->ns = b->ns;
	st = why_stmt(w, id);
	if (st && same) {
		g_autofree char *text = g_strdup_printf("%s untagged", st->text);

		why_edit_replace(w, f, id, text);
	} else if (st && out) {
		g_autofree char *text = text_replace_word(st->text, why_str(w, "%d", out->id),
							  why_str(w, "%d", in->id));

		why_edit_replace(w, f, id, text);
	} else if (st) {
		why_edit_delete(w, f, id);
	}
	why_edit_insert(w, f, vlan_add(w, b, in->id));
}

static bool is_of(const struct why_dev *d, const struct why_dev *br)
{
	return d == br || (!strcmp(d->ns, br->ns) && !strcmp(d->master, br->name));
}

static void filtering(struct why *w, const struct why_dev *br)
{
	const char *const words[] = { br->name, "vlan_filtering", NULL };
	struct why_finding *f;

	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *a = g_ptr_array_index(w->world->devs, i);

		for (unsigned int k = 0; is_of(a, br) && k < w->world->devs->len; k++) {
			const struct why_dev *b = g_ptr_array_index(w->world->devs, k);

			if (a != b && is_of(b, br))
				two_ports(w, a, b);
		}
	}
	f = why_finding(
		w, RANK_SET, "vlan",
		why_str(w,
			"bridge %s in %s filters VLANs%s: a frame of a VLAN a port is not in is "
			"dropped.",
			br->name, why_ns_name(br->ns), why_at(w, why_setter(w, br->ns, words))));
	f->id = why_setter(w, br->ns, words);
	f->ns = br->ns;
	why_edit_insert(w, f,
			why_str(w, "%s link set %s type bridge vlan_filtering 0", why_ip(w, br->ns),
				br->name));
}

/* The cable below a VLAN device: its segment. */
static int cable_of(const struct why *w, const struct why_dev *d)
{
	const struct why_dev *lower = why_dev_find(w->world, d->ns, d->link_name);

	return lower ? lower->segment : 0;
}

static unsigned int id_setter(const struct why *w, const struct why_dev *d)
{
	const char *const words[] = { "vlan", d->name, "id", NULL };
	unsigned int id = why_setter(w, d->ns, words);

	return id ? id : why_setter(w, NULL, words);
}

static void two_ids(struct why *w, const struct why_dev *a, const struct why_dev *b)
{
	unsigned int id = id_setter(w, b);
	const struct stmt *st = why_stmt(w, id);
	g_autofree char *old = g_strdup_printf("id %d", b->vlan_id);
	struct why_finding *f;

	f = why_finding(
		w, RANK_CONFLICT, "vlan",
		why_str(w,
			"VLAN ids differ: %s in %s is VLAN %d%s, %s in %s is VLAN %d%s. One cable, "
			"but two separate wires: each drops what has the other's tag.",
			a->name, why_ns_name(a->ns), a->vlan_id, why_at(w, id_setter(w, a)),
			b->name, why_ns_name(b->ns), b->vlan_id, why_at(w, id)));
	f->id = id;
	f->ns = b->ns;
	f->shown = id > id_setter(w, a);
	if (st && strstr(st->text, old)) {
		g_auto(GStrv) parts = g_strsplit(st->text, old, 2);
		g_autofree char *text =
			g_strdup_printf("%sid %d%s", parts[0], a->vlan_id, parts[1]);

		why_edit_replace(w, f, id, text);
	}
}

/* Two addresses that would be neighbours if the ids were the same. */
static bool meant_for_each_other(const struct why *w, const struct why_dev *a,
				 const struct why_dev *b)
{
	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *x = g_ptr_array_index(w->world->addrs, i);

		for (unsigned int k = 0; x->dev == a && k < w->world->addrs->len; k++) {
			const struct why_addr *y = g_ptr_array_index(w->world->addrs, k);

			if (y->dev == b && !((x->addr ^ y->addr) & why_mask(MIN(x->len, y->len))))
				return true;
		}
	}
	return false;
}

/**
 * why_find_vlans() - VLANs of bridge ports, and VLAN devices
 * @w: the question
 */
void why_find_vlans(struct why *w)
{
	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *a = g_ptr_array_index(w->world->devs, i);

		if (!strcmp(a->kind, "bridge") && a->vlan_filtering)
			filtering(w, a);
		for (unsigned int k = 0; !strcmp(a->kind, "vlan") && k < w->world->devs->len; k++) {
			const struct why_dev *b = g_ptr_array_index(w->world->devs, k);

			if (!strcmp(b->kind, "vlan") && a != b && a->vlan_id != b->vlan_id &&
			    cable_of(w, a) == cable_of(w, b) && meant_for_each_other(w, a, b))
				two_ids(w, a, b);
		}
	}
}
