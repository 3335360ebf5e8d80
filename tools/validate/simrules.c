/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * simrules.c - which rules each packet meets under glass, in the form of the kernel's own trace
 */
#include <netglass/trace.h>
#include <string.h>

#include "validate.h"

/* Where a packet is; another may come in between: REJECT sends one while it is at it. */
struct at {
	struct vl_record *rec;
	struct vl_walk *walk;
	uint64_t matched; /* handle of a rule that matched and has said nothing yet; 0: none */
	char *chain;	  /* of that rule */
};

struct sim_rules {
	struct vl_record *rec;
	GHashTable *packets; /* name -> struct at */
	char *in, *out;	     /* of the last hook */
};

/*
 * The kernel shows a walk when it first has something to say of it: that is its place in the
 * order.
 */
static G_GNUC_PRINTF(2, 3) void step(struct at *at, const char *fmt, ...)
{
	g_autofree char *text = NULL;
	unsigned int i = at->rec->walks->len;
	va_list ap;

	while (!at->walk->steps->len && i-- > 0) {
		if (at->rec->walks->pdata[i] != at->walk)
			continue;
		g_ptr_array_add(at->rec->walks, g_ptr_array_steal_index(at->rec->walks, i));
		break;
	}
	va_start(ap, fmt);
	text = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	vl_walk_step(at->walk, "%s", text);
}

static void at_free(void *p)
{
	struct at *at = p;

	/* the rule has consumed the packet: REJECT */
	if (at->matched)
		step(at, "%s handle %" G_GUINT64_FORMAT " DROP", at->chain, at->matched);
	g_free(at->chain);
	g_free(at);
}

static void base_chain(struct sim_rules *s, const struct ng_trace_event *ev)
{
	g_autofree char *key =
		g_strdup_printf("%s %s %s", ev->netns, ev->chain.table, ev->chain.chain);
	struct at *at;

	if (strcmp(ev->chain.family, "ip")) {
		g_hash_table_remove(s->packets, ev->packet.name);
		return;
	}
	at = g_new0(struct at, 1);
	at->rec = s->rec;
	at->walk = vl_record_walk(s->rec, key, ev->t_ns);
	at->walk->in = g_strdup(s->in);
	at->walk->out = g_strdup(s->out);
	if (ev->frame && ev->net_at >= 0 && (uint32_t)ev->net_at < ev->frame_len)
		vl_walk_packet(at->walk, ev->frame + ev->net_at,
			       ev->frame_len - (uint32_t)ev->net_at);
	g_hash_table_insert(s->packets, g_strdup(ev->packet.name), at);
}

/* What matched and let the packet go on. */
static void no_verdict(struct at *at)
{
	if (at->matched)
		step(at, "%s handle %" G_GUINT64_FORMAT, at->chain, at->matched);
	at->matched = 0;
}

static void rule(struct at *at, const struct ng_trace_rule *t)
{
	no_verdict(at);
	if (!t->matched)
		return;
	at->matched = t->handle;
	g_free(at->chain);
	at->chain = g_strdup(t->chain);
}

static void verdict(struct at *at, const struct ng_trace_verdict *v)
{
	if (!v->policy && v->handle) {
		at->matched = 0;
		step(at, "%s handle %" G_GUINT64_FORMAT " %s%s%s", v->chain, v->handle, v->verdict,
		     v->target ? " " : "", v->target ? v->target : "");
		return;
	}
	no_verdict(at);
	if (v->policy)
		step(at, "%s policy %s", v->chain, v->verdict);
}

static void listen(void *arg, const struct ng_trace_event *ev)
{
	struct sim_rules *s = arg;
	struct at *at;

	if (ev->kind == NG_TRACE_HOOK) {
		g_free(s->in);
		g_free(s->out);
		s->in = g_strdup(ev->hook.in ? ev->hook.in : "");
		s->out = g_strdup(ev->hook.out ? ev->hook.out : "");
	} else if (ev->kind == NG_TRACE_DROP) {
		g_hash_table_remove(s->packets, ev->packet.name);
	} else if (ev->kind == NG_TRACE_CHAIN && ev->chain.base) {
		base_chain(s, ev);
	} else if (ev->kind == NG_TRACE_RULE || ev->kind == NG_TRACE_VERDICT) {
		at = g_hash_table_lookup(s->packets, ev->packet.name);
		if (at && ev->kind == NG_TRACE_RULE)
			rule(at, &ev->rule);
		else if (at)
			verdict(at, &ev->verdict);
	}
}

/**
 * vl_sim_rules_begin() - Has the walks of packets through rules recorded
 * @world: before anything runs in it
 * @rec: takes them
 *
 * Return: what vl_sim_rules_end() takes.
 */
struct sim_rules *vl_sim_rules_begin(struct ng_world *world, struct vl_record *rec)
{
	struct sim_rules *s = g_new0(struct sim_rules, 1);

	s->rec = rec;
	s->packets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, at_free);
	ng_world_trace(world, listen, s);
	return s;
}

/**
 * vl_sim_rules_end() - The world has come to its end
 * @s: or NULL
 */
void vl_sim_rules_end(struct sim_rules *s)
{
	if (!s)
		return;
	g_hash_table_unref(s->packets);
	g_free(s->in);
	g_free(s->out);
	g_free(s);
}
