/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * repair_form.c - the form of a word: addresses, prefixes, names, keys; a word that is missing
 *
 *	repairs_form
 *	 ├ long_name, bad_address, host_bits, capitals		one word for another
 *	 ├ no_device, no_via, no_jump, port_list, wrong_side	a word to put in
 *	 └ sysctl_form
 */
#include <linux/if.h>
#include <string.h>

#include "near.h"
#include "words.h"

#define NEAR_ADDRESS 3

static const char sysctl_names[] =
	"ip_forward ip_default_ttl forwarding rp_filter proxy_arp arp_ignore arp_announce "
	"arp_filter "
	"accept_local route_localnet icmp_echo_ignore_all icmp_echo_ignore_broadcasts "
	"bridge-nf-call-iptables ping_group_range ip_local_port_range nf_conntrack_max";

static bool said(const struct situation *at, const char *text)
{
	return strstr(at->outcome->out->str, text) != NULL;
}

/* The word a complaint quotes: behind @before, up to @end. To be freed; NULL: it does not say it. */
static char *quoted(const struct situation *at, const char *before, char end)
{
	const char *p = strstr(at->outcome->out->str, before);
	const char *stop = p ? strchr(p + strlen(before), end) : NULL;

	return stop ? g_strndup(p + strlen(before), (gsize)(stop - p) - strlen(before)) : NULL;
}

/* One word for another in this statement. */
static void write_word(struct situation *at, const char *old, const char *new, const char *why)
{
	g_autofree char *text = text_replace_word(at->stmt->text, old, new);

	if (strcmp(text, at->stmt->text) != 0)
		repair_replace(at, text, why);
}

static bool is_used(const struct script *s, const char *name)
{
	for (unsigned int i = 0; i < s->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(s->stmts, i);

		if (text_has_word(st->text, name))
			return true;
	}
	return false;
}

/* A name that is too long, shorter on every line. */
static void shorten(struct situation *at, const char *name)
{
	g_autofree char *new = g_strndup(name, IFNAMSIZ - 1);
	struct repair *r;

	for (char c = '1'; is_used(at->script, new) && c <= '9'; c++)
		new[IFNAMSIZ - 2] = c;
	r = repair_new(NULL);
	r->why = g_strdup_printf("\"%s\" is too long: a device's name has at most %d characters",
				 name, IFNAMSIZ - 1);
	for (unsigned int i = 0; i < at->script->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(at->script->stmts, i);
		g_autofree char *text = text_replace_word(st->text, name, new);

		if (strcmp(text, st->text) != 0)
			repair_edit(r, EDIT_REPLACE, st->id, text);
	}
	g_ptr_array_add(at->repairs, r);
}

static void long_name(struct situation *at)
{
	static const char *const complaints[] = { "not a valid ifname", "policy validation", NULL };

	for (char **p = at->words; said_any(at, complaints) && *p; p++) {
		if (is_name_word(*p) && strlen(*p) >= IFNAMSIZ)
			shorten(at, *p);
	}
}

/* Does a line give the address to a device? */
static bool is_given(const struct script *s, const char *addr)
{
	for (unsigned int i = 0; i < s->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(s->stmts, i);

		if (text_has_word(st->text, addr) && text_has_word(st->text, "add") &&
		    !text_has_word(st->text, "route"))
			return true;
	}
	return false;
}

/* What was meant by a word that is no address: one of the text that looks like it. */
static void meant_address(struct situation *at, const char *word)
{
	g_autofree char *bare = g_strndup(word, strcspn(word, "/"));
	const char *len = strchr(word, '/') ? strchr(word, '/') : "";
	g_autofree char *why =
		g_strdup_printf("\"%s\" is no address: four numbers up to 255, and behind / a "
				"length up to 32",
				word);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	uint32_t addr;

	if (is_ipv4(bare, &addr, NULL)) {
		g_autofree char *new = g_strdup_printf("%s/24", bare);

		write_word(at, word, new, why);
		return;
	}
	/* one that is used and that no line gives to anybody is the likeliest */
	for (int max = 1; max <= 2 * NEAR_ADDRESS; max++) {
		for (unsigned int i = 0; i < at->script->stmts->len; i++) {
			const struct stmt *st = g_ptr_array_index(at->script->stmts, i);
			g_auto(GStrv) words = g_strsplit_set(st->text, " /\t\n\"'", -1);

			for (char **p = words; *p; p++) {
				g_autofree char *new = g_strconcat(*p, len, NULL);
				int far = is_ipv4(*p, &addr, NULL) ? word_distance(*p, bare) : 0;

				if (far &&
				    far + (is_given(at->script, *p) ? NEAR_ADDRESS : 0) == max &&
				    far <= NEAR_ADDRESS && g_hash_table_add(seen, g_strdup(new)))
					write_word(at, word, new, why);
			}
		}
	}
}

static void bad_address(struct situation *at)
{
	static const char *const olds[][2] = { { "prefix is expected rather than \"", "\"" },
					       { "address is expected rather than \"", "\"" },
					       { "host/network `", "'" } };

	for (size_t i = 0; i < G_N_ELEMENTS(olds); i++) {
		g_autofree char *word = quoted(at, olds[i][0], *olds[i][1]);

		if (word && g_ascii_isdigit(*word))
			meant_address(at, word);
	}
	for (char **p = at->words; said(at, "Name or service not known") && *p; p++) {
		if (strchr(*p, '.') && !(*p)[strspn(*p, "0123456789.")])
			meant_address(at, *p);
	}
}

static void host_bits(struct situation *at)
{
	for (char **p = at->words; said(at, "Invalid prefix for given prefix length") && *p; p++) {
		uint32_t addr, net;
		int len;
		g_autofree char *new = NULL;

		if (!is_ipv4(*p, &addr, &len) || len <= 0)
			continue;
		net = addr & ~UINT32_C(0) << (32 - len);
		new = g_strdup_printf("%u.%u.%u.%u/%d", net >> 24, net >> 16 & 255, net >> 8 & 255,
				      net & 255, len);
		write_word(at, *p, new, "a network's address has no bits behind its prefix length");
	}
}

static void capitals(struct situation *at)
{
	g_autofree char *word = quoted(at, "or \"", '"');
	g_autofree char *low = word ? g_ascii_strdown(word, -1) : NULL;

	if (low && said(at, "is a garbage") && strcmp(low, word) != 0)
		write_word(at, word, low, "ip's words are written in small letters");
}

static void no_device(struct situation *at)
{
	if ((!said(at, "\"dev\" argument is required") && !said(at, "device required")) ||
	    strpbrk(at->stmt->text, ";|&<>$\n"))
		return;
	for (unsigned int i = 0; i < at->state->devices->len; i++) {
		const struct state_dev *d = g_ptr_array_index(at->state->devices, i);
		g_autofree char *text = NULL;

		if (g_strcmp0(d->ns, at->ns) != 0 || !strcmp(d->name, "lo"))
			continue;
		text = g_strdup_printf("%s dev %s", at->stmt->text, d->name);
		repair_replace(at, text, "it does not say to which device (dev)");
	}
}

static void no_via(struct situation *at)
{
	g_autofree char *word = quoted(at, "or \"", '"');
	g_autofree char *via = word ? g_strdup_printf("via %s", word) : NULL;
	uint32_t addr;

	if (word && said(at, "is a garbage") && is_ipv4(word, &addr, NULL) &&
	    text_has_word(at->stmt->text, "route") && !text_has_word(at->stmt->text, "via"))
		write_word(at, word, via, "the word via is missing before the gateway");
}

static void no_jump(struct situation *at)
{
	static const char targets[] = "ACCEPT DROP RETURN REJECT LOG MASQUERADE SNAT DNAT REDIRECT";
	g_autofree char *word = quoted(at, "Bad argument `", '\'');
	g_autofree char *jump = word ? g_strdup_printf("-j %s", word) : NULL;

	if (word && word_in(targets, word, strlen(word)))
		write_word(at, word, jump, "-j is missing before the target");
}

static void port_list(struct situation *at)
{
	static const char *const options[] = { "--dport", "--sport" };
	g_autofree char *word = quoted(at, "invalid port/service `", '\'');

	for (size_t i = 0; word && strchr(word, ',') && i < G_N_ELEMENTS(options); i++) {
		g_autofree char *old = g_strdup_printf("%s %s", options[i], word);
		g_autofree char *new = g_strdup_printf("-m multiport %ss %s", options[i], word);
		g_auto(GStrv) parts = g_strsplit(at->stmt->text, old, 2);
		g_autofree char *text = g_strjoinv(new, parts);

		if (strcmp(text, at->stmt->text) != 0)
			repair_replace(at, text,
				       "several ports need -m multiport and --dports or --sports");
	}
}

static void wrong_side(struct situation *at)
{
	if (said(at, "Can't use -i with"))
		write_word(at, "-i", "-o", "what leaves has no -i any more: -o names its device");
	if (said(at, "Can't use -o with"))
		write_word(at, "-o", "-i", "what comes in has no -o yet: -i names its device");
}

static void sysctl_key(struct situation *at, const char *word)
{
	g_autofree char *key = g_strndup(word, strcspn(word, "="));
	const char *value = strchr(word, '=') ? strchr(word, '=') : "";
	char *last = strrchr(key, '.');
	g_autofree char *near = last ? word_nearest(sysctl_names, last + 1, 3) : NULL;
	g_autofree char *right = NULL;
	g_autofree char *whole = NULL;

	if (!last)
		return;
	if (!g_str_has_prefix(key, "net.")) {
		whole = g_strdup_printf("net.%s", word);
		write_word(at, word, whole, "there is no such key: it begins with net.");
	}
	if (!near || !strcmp(near, last + 1))
		return;
	right = g_strdup_printf("%.*s.%s%s", (int)(last - key), key, near, value);
	write_word(at, word, right, "there is no such key: it is misspelt");
}

static void sysctl_form(struct situation *at)
{
	g_autoptr(GRegex) spaces = g_regex_new(" *= *", G_REGEX_RAW, 0, NULL);

	if (!g_strv_contains((const char *const *)at->words, "sysctl"))
		return;
	if (said(at, "invalid syntax")) {
		g_autofree char *text =
			g_regex_replace_literal(spaces, at->stmt->text, -1, 0, "=", 0, NULL);

		if (strcmp(text, at->stmt->text) != 0)
			repair_replace(at, text,
				       "key and value are one word: no blank beside the =");
	}
	for (char **p = at->words; said(at, "cannot stat") && *p; p++) {
		if (strchr(*p, '.'))
			sysctl_key(at, *p);
	}
}

/**
 * repairs_form() - What a word must look like, and which is missing
 * @at: the situation
 */
void repairs_form(struct situation *at)
{
	long_name(at);
	bad_address(at);
	host_bits(at);
	capitals(at);
	no_device(at);
	no_via(at);
	no_jump(at);
	port_list(at);
	wrong_side(at);
	sysctl_form(at);
}
