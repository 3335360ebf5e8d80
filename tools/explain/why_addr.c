/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_addr.c - findings: addresses that nobody has, have no prefix, stand in the wrong place
 */
#include <string.h>

#include "../texts/near.h"
#include "../texts/words.h"
#include "why.h"

/**
 * why_addr_setter() - The statement that gave an address
 * @w: the question
 * @ns: where
 * @addr: the address
 * @len: its prefix length
 *
 * Return: its id, or 0.
 */
unsigned int why_addr_setter(const struct why *w, const char *ns, uint32_t addr, int len)
{
	g_autofree char *with = g_strdup_printf("%s/%d", WHY_IP(addr), len);
	g_autofree char *plain = g_strdup(WHY_IP(addr));
	const char *const full[] = { with, NULL };
	const char *const bare[] = { plain, "dev", NULL };
	const char *const old[] = { "ifconfig", plain, NULL };
	unsigned int id = why_setter(w, ns, full);

	if (!id)
		id = why_setter(w, ns, bare);
	return id ? id : why_setter(w, ns, old);
}

/**
 * why_with_addr() - A statement with one address for another
 * @st: the statement
 * @from: the address it has
 * @to: the one it gets
 * @to_len: with this prefix length; -1: as it was
 *
 * Return: its new text, to be freed; NULL: the address is not in it.
 */
char *why_with_addr(const struct stmt *st, uint32_t from, uint32_t to, int to_len)
{
	g_auto(GStrv) words = stmt_words(st->text);

	for (char **p = words; *p; p++) {
		g_autofree char *new = NULL;
		uint32_t a;
		int len;

		if (!is_ipv4(*p, &a, &len) || a != from)
			continue;
		if (to_len < 0)
			to_len = len;
		new = to_len < 0 ? g_strdup(WHY_IP(to))
				 : g_strdup_printf("%s/%d", WHY_IP(to), to_len);
		return text_replace_word(st->text, *p, new);
	}
	return NULL;
}

/**
 * why_replace_addr() - The edit that writes one address for another
 * @w: the question
 * @f: for this finding
 * @id: the statement
 * @from: the address it has
 * @to: the one it gets
 * @to_len: with this prefix length; -1: as it was
 */
void why_replace_addr(struct why *w, struct why_finding *f, unsigned int id, uint32_t from,
		      uint32_t to, int to_len)
{
	const struct stmt *st = why_stmt(w, id);
	g_autofree char *text = st ? why_with_addr(st, from, to, to_len) : NULL;

	if (text)
		why_edit_replace(w, f, id, text);
}

/* An address was typed for another: how far are they? */
static int addr_distance(uint32_t a, uint32_t b)
{
	g_autofree char *x = g_strdup(WHY_IP(a));
	g_autofree char *y = g_strdup(WHY_IP(b));
	int bytes = 0;

	for (int i = 0; i < 32; i += 8)
		bytes += ((a ^ b) >> i & 255) != 0;
	return MIN(word_distance(x, y), bytes * 2);
}

/**
 * why_usual_len() - The prefix length used around an address
 * @w: the question
 * @addr: the address
 */
int why_usual_len(const struct why *w, uint32_t addr)
{
	int best = 0;

	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);

		if (a->len < 31 && a->len > best && !((a->addr ^ addr) & why_mask(a->len)))
			best = a->len;
	}
	return best ? best : 24;
}

static bool may_hold(const struct why *w, const struct why_dev *d)
{
	return strcmp(d->name, "lo") != 0 && !*d->master &&
	       (!w->flow.known || strcmp(d->ns, w->flow.ns) != 0);
}

/* How many lines name an address? */
static unsigned int mentions(const struct why *w, uint32_t addr)
{
	unsigned int n = 0;
	g_autofree char *text = g_strdup(WHY_IP(addr));

	for (unsigned int i = 0; i + 1 < w->script->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(w->script->stmts, i);

		n += text_has_word(st->text, text);
	}
	return n;
}

static void misspelt(struct why *w, uint32_t want, const char *what)
{
	bool typo = *what && mentions(w, want) < 2; /* in the one line that wants it */

	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);
		int d = addr_distance(a->addr, want);
		unsigned int id;
		struct why_finding *f;

		if (d > 4 || !may_hold(w, a->dev))
			continue;
		id = why_addr_setter(w, a->dev->ns, a->addr, a->len);
		f = why_finding(w, d > 2 || typo ? RANK_MISSING : RANK_CONFLICT, "owner",
				why_str(w,
					"nobody has the address %s%s: ARP requests for it stay "
					"unanswered. %s was given %s/%d on %s%s, not %s (wrong "
					"address or subnet).",
					WHY_IP(want), what, why_ns_name(a->dev->ns),
					WHY_IP(a->addr), a->len, a->dev->name, why_at(w, id),
					WHY_IP(want)));
		f->id = id;
		f->ns = a->dev->ns;
		why_replace_addr(w, f, id, a->addr, want, -1);
		why_edit_insert(w, f,
				why_str(w, "%s addr add %s/%d dev %s", why_ip(w, a->dev->ns),
					WHY_IP(want), why_usual_len(w, want), a->dev->name));
	}
}

static bool has_addr(const struct why *w, const struct why_dev *d)
{
	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);

		if (a->dev == d)
			return true;
	}
	return false;
}

static void never_given(struct why *w, uint32_t want)
{
	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);
		struct why_finding *f;

		if (!may_hold(w, d) || has_addr(w, d))
			continue;
		f = why_finding(
			w, RANK_MISSING, "owner",
			why_str(w,
				"nobody has the address %s: %s in %s has no address, no line "
				"gives it one. ARP requests for %s stay unanswered.",
				WHY_IP(want), d->name, why_ns_name(d->ns), WHY_IP(want)));
		f->ns = d->ns;
		why_edit_insert(w, f,
				why_str(w, "%s addr add %s/%d dev %s", why_ip(w, d->ns),
					WHY_IP(want), why_usual_len(w, want), d->name));
	}
}

/**
 * why_free_addr() - An address nobody has
 * @w: the question
 * @near: in the subnet of this one
 * @len: its prefix length
 *
 * Return: the address; 0: none.
 */
uint32_t why_free_addr(const struct why *w, uint32_t near, int len)
{
	for (uint32_t n = 1; n < 250 && n < ~why_mask(len); n++) {
		uint32_t a = (near & why_mask(len)) | n;

		if (!why_owner(w->world, a, NULL) && a != w->flow.dst)
			return a;
	}
	return 0;
}

/* The symptom's own namespace has no address on a device near somebody who has. */
static void source_missing(struct why *w)
{
	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->world->devs, i);

		if (strcmp(d->ns, w->flow.ns) != 0 || !strcmp(d->name, "lo") || *d->master ||
		    has_addr(w, d))
			continue;
		for (unsigned int k = 0; k < w->world->addrs->len; k++) {
			const struct why_addr *a = g_ptr_array_index(w->world->addrs, k);
			struct why_finding *f;

			if (a->dev->segment != d->segment || !why_free_addr(w, a->addr, a->len))
				continue;
			f = why_finding(w, RANK_MISSING, "source",
					why_str(w,
						"%s in %s has no address: no line gives it one, so "
						"there is no route through it either.",
						d->name, why_ns_name(d->ns)));
			f->ns = d->ns;
			why_edit_insert(w, f,
					why_str(w, "%s addr add %s/%d dev %s", why_ip(w, d->ns),
						WHY_IP(why_free_addr(w, a->addr, a->len)), a->len,
						d->name));
			break;
		}
	}
}

/**
 * why_outside() - Is the destination out of this script's world?
 * @w: the question
 *
 * Nobody has it, no subnet here holds it, none looks like it: a host of the internet.
 */
bool why_outside(const struct why *w)
{
	uint32_t dst = w->flow.dst;

	if (!w->flow.known || w->flow.broadcast || dst >> 24 == 127 || dst >> 24 == 10 ||
	    dst >> 20 == 0xac1 || dst >> 16 == 0xc0a8 || why_owner(w->world, dst, NULL))
		return false;
	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);

		if ((a->len < 32 && !((a->addr ^ dst) & why_mask(a->len))) ||
		    addr_distance(a->addr, dst) <= 2)
			return false;
	}
	for (unsigned int i = 0; i + 1 < w->script->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(w->script->stmts, i);

		/* a line was meant to give it to somebody */
		if (strstr(st->text, "add") && text_has_word(st->text, WHY_IP(dst)))
			return false;
	}
	return true;
}

/* A subnet's own address, or that for everybody in it, is no host's. */
static bool subnet_itself(struct why *w, uint32_t want)
{
	const struct stmt *st = why_stmt(w, w->symptom);
	struct why_finding *f = NULL;

	for (unsigned int i = 0; i < w->world->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);
		uint32_t net = a->addr & why_mask(a->len);
		bool all = want == (net | ~why_mask(a->len));
		g_autofree char *text = NULL;

		if (a->len > 30 || (want != net && !all))
			continue;
		if (!f)
			f = why_finding(
				w, RANK_CONFLICT, "owner",
				why_str(w,
					"%s is no host: it is the address of the network "
					"%s/%d %s.",
					WHY_IP(want), WHY_IP(net), a->len,
					all ? "for everybody in it (broadcast)" : "itself"));
		f->id = w->symptom;
		if (!strcmp(a->dev->ns, w->flow.ns))
			continue;
		text = text_replace_word(st->text, w->flow.host, WHY_IP(a->addr));
		why_edit_replace(w, f, w->symptom, text);
	}
	return f != NULL;
}

/* A line of /etc/hosts gives the name an address that nobody has. */
static void wrong_name(struct why *w)
{
	g_autofree char *bad = g_strdup(WHY_IP(w->flow.dst));
	const char *const words[] = { w->flow.host, bad, NULL };
	const struct stmt *st = NULL;
	struct why_finding *f;

	for (unsigned int i = 0; i + 1 < w->script->stmts->len && !st; i++) {
		const struct stmt *s = g_ptr_array_index(w->script->stmts, i);

		if (strstr(s->text, "/etc/hosts") && strstr(s->text, words[0]) &&
		    strstr(s->text, words[1]))
			st = s;
	}
	if (!st)
		return;
	f = why_finding(w, RANK_CONFLICT, "name",
			why_str(w,
				"line %u says in /etc/hosts that %s is %s, and nobody has that "
				"address.",
				st->line, w->flow.host, bad));
	f->id = st->id;
	f->shown = true;
	for (int pass = 0; pass < 2; pass++) {
		for (unsigned int i = 0; i < w->world->addrs->len; i++) {
			const struct why_addr *a = g_ptr_array_index(w->world->addrs, i);
			bool own = strstr(w->flow.host, a->dev->ns) && *a->dev->ns;
			g_auto(GStrv) parts = g_strsplit(st->text, bad, 2);
			g_autofree char *text = g_strjoinv(WHY_IP(a->addr), parts);

			if (own == !pass && strcmp(a->dev->name, "lo") != 0 &&
			    strcmp(a->dev->ns, w->flow.ns) != 0)
				why_edit_replace(w, f, st->id, text);
		}
	}
}

/**
 * why_find_addresses() - Addresses
 * @w: the question
 */
void why_find_addresses(struct why *w)
{
	why_find_undone(w);
	if (w->flow.known && w->flow.host && !why_owner(w->world, w->flow.dst, NULL))
		wrong_name(w);
	if (w->flow.known && !w->flow.broadcast && !why_owner(w->world, w->flow.dst, NULL)) {
		if (!subnet_itself(w, w->flow.dst) && !why_outside(w)) {
			misspelt(w, w->flow.dst, "");
			never_given(w, w->flow.dst);
		}
	}
	for (unsigned int i = 0; i < w->world->routes->len; i++) {
		const struct why_route *r = g_ptr_array_index(w->world->routes, i);

		if (r->has_gateway && !why_owner(w->world, r->gateway, NULL))
			misspelt(w, r->gateway,
				 why_str(w, ", the gateway of %s", why_ns_name(r->ns)));
	}
	if (w->flow.known)
		source_missing(w);
	why_find_subnets(w);
}
