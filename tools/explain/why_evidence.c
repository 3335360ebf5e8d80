/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_evidence.c - findings about the place where a packet of the symptom died
 */
#include <netglass/trace.h>
#include <string.h>

#include "why.h"

static bool says(const struct why_finding *f, const char *word)
{
	return strstr(f->cause, word) != NULL;
}

static bool is_topic(const struct why_finding *f, const char *topics)
{
	g_auto(GStrv) list = g_strsplit(topics, " ", -1);

	return g_strv_contains((const char *const *)list, f->topic);
}

static bool filtered_by(const struct why_finding *f, const struct why_drop *d)
{
	if (!is_topic(f, "filter") || !f->chain)
		return false;
	return !d->chain || (!strcmp(d->chain, f->chain) && (unsigned int)f->number == d->number);
}

/* Is a finding about this drop? */
static bool is_about(const struct why_finding *f, const struct why_drop *d)
{
	switch (d->reason) {
	case SKB_DROP_REASON_NETFILTER_DROP:
		return filtered_by(f, d);
	case SKB_DROP_REASON_IP_RPFILTER:
		return says(f, "rp_filter");
	case SKB_DROP_REASON_IP_INADDRERRORS:
	case SKB_DROP_REASON_IP_INNOROUTES:
	case SKB_DROP_REASON_IP_OUTNOROUTES:
		/* a link that was set down has taken its routes along */
		return says(f, "forward") || is_topic(f, "route rule lost") ||
		       (is_topic(f, "link") && f->id);
	case SKB_DROP_REASON_IP_LOCAL_SOURCE:
		return says(f, "accept_local");
	case SKB_DROP_REASON_IP_LOCALNET:
		return says(f, "route_localnet");
	case SKB_DROP_REASON_IP_INHDR: /* its TTL: a script makes no broken header */
		return is_topic(f, "route") || says(f, "default_ttl");
	case SKB_DROP_REASON_PKT_TOO_BIG:
		return is_topic(f, "mtu");
	case SKB_DROP_REASON_BRIDGE_PORT_STATE:
	case SKB_DROP_REASON_NO_TX_TARGET:
	case SKB_DROP_REASON_BRIDGE_INGRESS:
		return is_topic(f, "port master vlan stp");
	default:
		return false;
	}
}

/**
 * why_evidence() - Marks the findings that packets have shown
 * @w: the question
 */
void why_evidence(struct why *w)
{
	for (unsigned int i = 0; i < w->path->drops->len; i++) {
		const struct why_drop *d = g_ptr_array_index(w->path->drops, i);

		for (unsigned int k = 0; k < w->findings->len; k++) {
			struct why_finding *f = g_ptr_array_index(w->findings, k);

			if (d->arp || !f->ns || strcmp(f->ns, d->ns) != 0 || !is_about(f, d))
				continue;
			f->shown = true;
			/* no line has its words: a here-document, a script of its own */
			if (!f->id && f->chain)
				f->id = why_stmt_at(w, d->line);
		}
	}
}

/**
 * why_death() - Where a packet of the symptom died, in words
 * @w: the question
 *
 * Return: one sentence; NULL: the trace shows none.
 */
const char *why_death(struct why *w)
{
	const struct why_drop *d = why_path_death(w->path);
	const char *where;

	if (!d)
		return NULL;
	where = d->dev ? why_str(w, "%s at %s", why_ns_name(d->ns), d->dev) : why_ns_name(d->ns);
	if (d->chain && d->number)
		where = why_str(w, "%s, chain %s rule %u", where, d->chain, d->number);
	else if (d->chain)
		where = why_str(w, "%s, chain %s, by its policy", where, d->chain);
	return why_str(w, "%s in %s: %s (%s)", d->what, where, ng_drop_reason_words(d->reason),
		       ng_drop_reason_name(d->reason));
}
