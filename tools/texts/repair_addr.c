/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * repair_addr.c - the other end cannot be reached
 */
#include <string.h>

#include "near.h"

#define DEFAULT_LEN 24
#define FORWARD "sysctl -w net.ipv4.ip_forward=1"

static const char *const unreachable[] = {
	"Network is unreachable", "invalid gateway", "100% packet loss", "Host Unreachable",
	"No route to host",	  "Net Unreachable", "SIOCADDRT",	 NULL
};

static uint32_t mask(int len)
{
	return len <= 0 ? 0 : ~UINT32_C(0) << (32 - len);
}

/* The address in a command that gives one: `ip addr add A`; NULL: it does not. */
static const char *added_address(char **words)
{
	for (unsigned int i = 0; words[i]; i++) {
		uint32_t addr;

		if (g_strv_contains((const char *const[]){ "add", "a", "replace", "change", NULL },
				    words[i]) &&
		    i && !strncmp(words[i - 1], "a", 1) && words[i + 1] &&
		    is_ipv4(words[i + 1], &addr, NULL))
			return words[i + 1];
	}
	return NULL;
}

/* The prefix length the text itself uses around an address: the longest shorter than 31; else 24. */
static int length_in_text(const struct script *s, uint32_t addr)
{
	int best = -1;

	for (unsigned int i = 0; i < s->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(s->stmts, i);
		g_auto(GStrv) words = stmt_words(st->text);

		for (char **w = words; *w; w++) {
			uint32_t other;
			int len;

			if (is_ipv4(*w, &other, &len) && len > best && len < 31 && len > 0 &&
			    !((other ^ addr) & mask(len)))
				best = len;
		}
	}
	return best > 0 ? best : DEFAULT_LEN;
}

/* Is an address of this subnet, or the namespace itself, part of what fails? */
static bool concerns(const struct situation *at, uint32_t addr, int len, const char *ns)
{
	if (!g_strcmp0(ns, at->ns))
		return true;
	for (char **w = at->words; *w; w++) {
		uint32_t other;

		if (is_ipv4(*w, &other, NULL) && !((other ^ addr) & mask(len)))
			return true;
	}
	return false;
}

/**
 * repairs_address() - Give the addresses their prefix length
 * @at: the situation
 *
 * All of a subnet at once: one alone would not help.
 */
void repairs_address(struct situation *at)
{
	struct repair *r;
	g_autofree char *first = NULL;

	r = repair_new(NULL);
	for (unsigned int i = 0; i < at->script->stmts->len && said_any(at, unreachable); i++) {
		const struct stmt *st = g_ptr_array_index(at->script->stmts, i);
		g_auto(GStrv) words = stmt_words(st->text);
		const char *word = added_address(words);
		g_autofree char *with = NULL;
		g_autofree char *text = NULL;
		uint32_t addr;
		int len = 0, want;

		if (!word || !is_ipv4(word, &addr, &len) || (len >= 0 && len < 32))
			continue;
		want = length_in_text(at->script, addr);
		if (!concerns(at, addr, want, words_namespace(words)))
			continue;
		with = g_strdup_printf("%.*s/%d", (int)strcspn(word, "/"), word, want);
		text = text_replace_word(st->text, word, with);
		repair_edit(r, EDIT_REPLACE, st->id, text);
		if (!first)
			first = g_strdup(word);
	}
	if (!r->edits->len) {
		repair_free(r);
		return;
	}
	r->why = g_strdup_printf(
		"%s has no prefix length: it is a /32, and no route is made for its network",
		first);
	g_ptr_array_add(at->repairs, r);
}

/* The statement behind the last one before the failure that names a device: there it is set up in time. */
static unsigned int behind_last_use(const struct situation *at, const struct state_dev *d)
{
	for (unsigned int i = at->index; i-- > 0;) {
		const struct stmt *st = g_ptr_array_index(at->script->stmts, i);
		const struct stmt *next = g_ptr_array_index(at->script->stmts, i + 1);
		g_auto(GStrv) words = NULL;

		if (!text_has_word(st->text, d->name))
			continue;
		words = stmt_words(st->text);
		if (!g_strcmp0(words_namespace(words), d->ns) || strstr(st->text, " netns "))
			return next->id;
	}
	return at->stmt->id;
}

static void set_up(struct repair *r, const struct situation *at, const struct state_dev *d)
{
	g_autofree char *ip = ip_in(d->ns);
	g_autofree char *text = g_strdup_printf("%s link set %s up", ip, d->name);

	repair_edit(r, EDIT_INSERT, behind_last_use(at, d), text);
}

static struct repair *weak(struct situation *at, const char *why)
{
	struct repair *r = repair_new(why);

	r->weak = true;
	g_ptr_array_add(at->repairs, r);
	return r;
}

/* Sets links up: one by one, then all that are down. Returns how many. */
static unsigned int links_up(struct situation *at)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < at->state->devices->len; i++) {
		const struct state_dev *d = g_ptr_array_index(at->state->devices, i);
		g_autofree char *why = g_strdup_printf("\"%s\" was never set up", d->name);

		if (d->up || (!strcmp(d->name, "lo") && g_strcmp0(d->ns, at->ns)))
			continue;
		set_up(weak(at, why), at, d);
		n += strcmp(d->name, "lo") != 0;
	}
	return n;
}

static void all_up(struct repair *r, const struct situation *at)
{
	for (unsigned int i = 0; i < at->state->devices->len; i++) {
		const struct state_dev *d = g_ptr_array_index(at->state->devices, i);

		if (!d->up && strcmp(d->name, "lo") != 0)
			set_up(r, at, d);
	}
}

static void forward(struct situation *at, bool links)
{
	for (unsigned int i = 0; i <= at->state->namespaces->len; i++) {
		const char *ns = i ? g_ptr_array_index(at->state->namespaces, i - 1) : NULL;
		g_autofree char *text =
			ns ? g_strdup_printf("ip netns exec %s " FORWARD, ns) : g_strdup(FORWARD);
		struct repair *r = weak(at, "ip_forward is 0: what is not for the machine itself "
					    "is dropped in silence");

		if (links)
			all_up(r, at);
		repair_edit(r, EDIT_INSERT, at->stmt->id, text);
	}
}

/* A default route over an address that shares a subnet with one of this namespace. */
static void default_route(struct situation *at)
{
	g_autofree char *ip = ip_in(at->ns);

	for (unsigned int i = 0; i < at->index; i++) {
		const struct stmt *mine = g_ptr_array_index(at->script->stmts, i);
		g_auto(GStrv) a = stmt_words(mine->text);
		const char *word = added_address(a);
		uint32_t addr, other;
		int len;

		if (!word || g_strcmp0(words_namespace(a), at->ns) || !is_ipv4(word, &addr, &len) ||
		    len < 1)
			continue;
		for (unsigned int k = 0; k < at->index; k++) {
			const struct stmt *st = g_ptr_array_index(at->script->stmts, k);
			g_auto(GStrv) b = stmt_words(st->text);
			const char *gate = added_address(b);
			g_autofree char *text = NULL;

			if (!gate || !g_strcmp0(words_namespace(b), at->ns) ||
			    !is_ipv4(gate, &other, NULL) || ((addr ^ other) & mask(len)) ||
			    addr == other)
				continue;
			text = g_strdup_printf("%s route add default via %.*s", ip,
					       (int)strcspn(gate, "/"), gate);
			repair_edit(weak(at, "there is no route to there"), EDIT_INSERT,
				    at->stmt->id, text);
		}
	}
}

/**
 * repairs_unreachable() - Set links up, forward, add a route
 * @at: the situation
 */
void repairs_unreachable(struct situation *at)
{
	unsigned int down;

	if (!said_any(at, unreachable))
		return;
	down = links_up(at);
	if (down > 1)
		all_up(weak(at, "links on the way were never set up"), at);
	default_route(at);
	forward(at, false);
	if (down)
		forward(at, true);
}
