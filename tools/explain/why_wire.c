/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_wire.c - findings: queues that lose or delay, bridges told where an address is
 */
#include <string.h>

#include "../trace/tracelog.h"
#include "why.h"

static void one_qdisc(struct why *w, const struct why_qdisc *q)
{
	const char *const words[] = { "qdisc", q->dev, NULL };
	unsigned int id = why_setter(w, q->ns, words);
	struct why_finding *f;

	f = why_finding(w, RANK_SET, "qdisc",
			why_str(w,
				"the queue of %s in %s (tc qdisc netem%s) makes the cable bad: "
				"\"%s\". What leaves by %s is lost or comes too late.",
				q->dev, why_ns_name(q->ns), why_at(w, id), q->text, q->dev));
	f->id = id;
	f->ns = q->ns;
	why_edit_delete(w, f, id);
	why_edit_insert(w, f,
			why_str(w, "%stc qdisc del dev %s root", why_exec_in(w, q->ns), q->dev));
}

/**
 * why_find_qdiscs() - netem
 * @w: the question
 */
void why_find_qdiscs(struct why *w)
{
	for (unsigned int i = 0; i < w->world->qdiscs->len; i++)
		one_qdisc(w, g_ptr_array_index(w->world->qdiscs, i));
}

static const struct why_dev *bridge_of(const struct why *w, const struct why_dev *port)
{
	return port && *port->master ? why_dev_find(w->world, port->ns, port->master) : NULL;
}

struct cable {
	const struct why_dev *p, *q; /* its ends, both ports */
	unsigned int made;	     /* the statement that made the second a port */
};

static int by_making(gconstpointer a, gconstpointer b)
{
	const struct cable *x = a, *y = b;

	return (x->made > y->made) - (x->made < y->made);
}

static GArray *find_cables(const struct why *w)
{
	GArray *cables = g_array_new(FALSE, FALSE, sizeof(struct cable));

	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *p = g_ptr_array_index(w->world->devs, i);
		const struct why_dev *q = why_dev_peer(w->world, p);
		unsigned int seen, x, y;
		struct cable c = { .p = p, .q = q };

		if (!bridge_of(w, p) || !bridge_of(w, q) || !p->up || !q->up ||
		    (g_ptr_array_find(w->world->devs, q, &seen) && seen < i))
			continue;
		x = why_setter(w, p->ns, (const char *const[]){ p->name, "master", NULL });
		y = why_setter(w, q->ns, (const char *const[]){ q->name, "master", NULL });
		c.made = MAX(x, y);
		if (x > y) {
			c.p = q;
			c.q = p;
		}
		g_array_append_val(cables, c);
	}
	g_array_sort(cables, by_making);
	return cables;
}

/* This cable connects what was connected already. */
static void closes_loop(struct why *w, const struct cable *c)
{
	const struct why_dev *a = bridge_of(w, c->p), *b = bridge_of(w, c->q);
	struct why_finding *f;

	f = why_finding(
		w, RANK_CONFLICT, "loop",
		a == b ? why_str(w,
				 "a loop: both ends of the cable %s - %s are ports of bridge %s, "
				 "and STP is off: a broadcast goes round without end (a broadcast "
				 "storm).",
				 c->p->name, c->q->name, a->name)
		       : why_str(w,
				 "a loop of bridges: %s and %s are connected already, the cable "
				 "%s - %s%s connects them once more, and STP is off: a broadcast "
				 "goes round without end (a broadcast storm).",
				 a->name, b->name, c->p->name, c->q->name, why_at(w, c->made)));
	f->id = c->made;
	f->ns = c->q->ns;
	why_edit_delete(w, f, f->id);
	why_edit_insert(w, f, why_str(w, "%s link set %s down", why_ip(w, f->ns), c->q->name));
}

/**
 * why_find_loops() - Bridges connected twice, when what was sent went round without end
 * @w: the question
 *
 * Return: it did; nothing else is worth looking for then.
 */
bool why_find_loops(struct why *w)
{
	unsigned int n = w->world->devs->len, from = w->findings->len;
	g_autofree unsigned int *part = g_new(unsigned int, n);
	g_autoptr(GArray) cables = NULL;

	if (!w->first->stopped)
		return false;
	for (unsigned int i = 0; i < n; i++)
		part[i] = i;
	cables = find_cables(w);
	for (unsigned int i = 0; i < cables->len; i++) {
		const struct cable *c = &g_array_index(cables, struct cable, i);
		unsigned int a = 0, b = 0, old;

		g_ptr_array_find(w->world->devs, bridge_of(w, c->p), &a);
		g_ptr_array_find(w->world->devs, bridge_of(w, c->q), &b);
		if (part[a] == part[b])
			closes_loop(w, c);
		old = part[b];
		for (unsigned int k = 0; k < n; k++)
			part[k] = part[k] == old ? part[a] : part[k];
	}
	return w->findings->len > from;
}

static const char *ns_of(const struct ng_trace_event *ev)
{
	return !ev->netns || !strcmp(ev->netns, "host") ? "" : ev->netns;
}

static const char *mac_text(struct why *w, const uint8_t *m)
{
	return why_str(w, "%02x:%02x:%02x:%02x:%02x:%02x", m[0], m[1], m[2], m[3], m[4], m[5]);
}

/* A device with this MAC that is on the bridge's wire, but not behind that port. */
static const struct why_dev *is_elsewhere(const struct why *w, const char *mac,
					  const struct why_dev *port)
{
	const struct why_dev *peer = why_dev_peer(w->world, port);
	const struct why_dev *found = NULL;

	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);

		if (strcmp(d->mac, mac) != 0 || d->segment != port->segment)
			continue;
		if (d == peer)
			return NULL;
		found = d;
	}
	return found;
}

static bool known(const struct why *w, const char *cause)
{
	for (unsigned int i = 0; i < w->findings->len; i++) {
		const struct why_finding *f = g_ptr_array_index(w->findings, i);

		if (!strcmp(f->cause, cause))
			return true;
	}
	return false;
}

/* A frame was sent to the port that a line has named. */
static void by_entry(struct why *w, const struct ng_trace_event *ev)
{
	const char *mac = mac_text(w, ev->frame + ev->mac_at);
	const struct why_dev *port = why_dev_find(w->world, ns_of(ev), ev->bridge.to);
	const struct why_dev *real = port ? is_elsewhere(w, mac, port) : NULL;
	const struct why_exec *e = why_exec_at(w, ev->bridge.fdb_origin);
	struct why_finding *f;
	const char *cause;

	if (!real || !e || !why_stmt(w, e->id))
		return;
	cause = why_str(w,
			"a static entry in the fdb of bridge %s (line %u) sends frames for %s to "
			"port %s, but that is %s in %s, behind another port.",
			ev->bridge.bridge, why_line(w, e->id), mac, ev->bridge.to, real->name,
			why_ns_name(real->ns));
	if (known(w, cause))
		return;
	f = why_finding(w, RANK_CONFLICT, "fdb", cause);
	f->id = e->id;
	f->ns = port->ns;
	f->shown = true;
	why_edit_delete(w, f, e->id);
	why_edit_insert(w, f,
			why_str(w, "%sbridge fdb del %s dev %s master", why_exec_in(w, port->ns),
				mac, port->name));
}

/**
 * why_find_fdb() - Entries of bridges that lines have made, and that packets have met
 * @w: the question
 */
void why_find_fdb(struct why *w)
{
	for (size_t i = 0; i < tracelog_length(w->path->log); i++) {
		const struct ng_trace_event *ev = tracelog_at(w->path->log, i);

		if (ev->kind == NG_TRACE_BRIDGE && ev->command.line >= w->path->from_line &&
		    ev->bridge.fdb_origin.line && !ev->bridge.fdb_packet && ev->bridge.to &&
		    ev->mac_at >= 0 && ev->frame_len >= (uint32_t)ev->mac_at + 14)
			by_entry(w, ev);
	}
}
