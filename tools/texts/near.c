/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * near.c - names that look alike, and what generators of repairs share
 */
#include "near.h"

#include <stdio.h>
#include <string.h>

#include "words.h"

/**
 * name_distance() - How far is a name from one that exists?
 * @word: what was typed
 * @name: what exists
 *
 * A word that begins or ends the name is near: it was not typed to its end.
 *
 * Return: 0 for the same, -1 when too far.
 */
int name_distance(const char *word, const char *name)
{
	size_t len = strlen(word);
	int d = word_distance(word, name);
	int max = len <= 3 ? 1 : len <= 6 ? 2 : 3;

	if (d <= max && d < (int)len)
		return d;
	if (len >= 2 && (g_str_has_prefix(name, word) || g_str_has_suffix(name, word)))
		return max + 1;
	return -1;
}

struct ranked {
	char *name;
	int distance;
	unsigned int order;
};

static int compare_ranked(gconstpointer a, gconstpointer b)
{
	const struct ranked *x = a, *y = b;

	return x->distance != y->distance ? x->distance - y->distance
					  : (int)x->order - (int)y->order;
}

/**
 * names_near() - The nearest names
 * @names: of char *
 * @word: what was typed
 * @max: how many at most
 *
 * Return: an array of the same strings, the nearest first.
 */
GPtrArray *names_near(const GPtrArray *names, const char *word, unsigned int max)
{
	g_autoptr(GArray) ranked = g_array_new(FALSE, FALSE, sizeof(struct ranked));
	GPtrArray *out = g_ptr_array_new();

	for (unsigned int i = 0; i < names->len; i++) {
		struct ranked r = { .name = g_ptr_array_index(names, i), .order = i };

		r.distance = name_distance(word, r.name);
		if (r.distance > 0)
			g_array_append_val(ranked, r);
	}
	g_array_sort(ranked, compare_ranked);
	for (unsigned int i = 0; i < ranked->len && i < max; i++)
		g_ptr_array_add(out, g_array_index(ranked, struct ranked, i).name);
	return out;
}

/**
 * repair_replace() - Proposes to write the failing statement anew
 * @at: the situation
 * @text: the new text
 * @why: one sentence
 *
 * Return: the repair, in the list already.
 */
struct repair *repair_replace(struct situation *at, const char *text, const char *why)
{
	struct repair *r = repair_new(why);

	repair_edit(r, EDIT_REPLACE, at->stmt->id, text);
	g_ptr_array_add(at->repairs, r);
	return r;
}

/**
 * repair_insert() - Proposes to put a statement in
 * @at: the situation
 * @before_id: before this statement
 * @text: the new one
 * @why: one sentence
 *
 * Return: the repair, in the list already.
 */
struct repair *repair_insert(struct situation *at, unsigned int before_id, const char *text,
			     const char *why)
{
	struct repair *r = repair_new(why);

	repair_edit(r, EDIT_INSERT, before_id, text);
	g_ptr_array_add(at->repairs, r);
	return r;
}

/**
 * said_any() - Did the command say one of these?
 * @at: the situation
 * @words: pieces of text, ended by NULL
 */
bool said_any(const struct situation *at, const char *const *words)
{
	for (; *words; words++) {
		if (strstr(at->outcome->out->str, *words))
			return true;
	}
	return false;
}

/**
 * ip_in() - How ip is called for a namespace
 * @ns: its name, or NULL
 *
 * Return: to be freed.
 */
char *ip_in(const char *ns)
{
	return ns ? g_strdup_printf("ip -n %s", ns) : g_strdup("ip");
}

/**
 * is_ipv4() - Reads an address
 * @word: "a.b.c.d" or "a.b.c.d/len"
 * @ret_addr: the address, host order
 * @ret_len: its prefix length, -1 when there is none; or NULL
 */
bool is_ipv4(const char *word, uint32_t *ret_addr, int *ret_len)
{
	unsigned int a, b, c, d, len = 0;
	int n = 0, m = 0;

	if (sscanf(word, "%3u.%3u.%3u.%3u%n", &a, &b, &c, &d, &n) < 4 || !n || a > 255 || b > 255 ||
	    c > 255 || d > 255)
		return false;
	if (word[n] && (sscanf(word + n, "/%2u%n", &len, &m) < 1 || word[n + m] || len > 32))
		return false;
	*ret_addr = a << 24 | b << 16 | c << 8 | d;
	if (ret_len)
		*ret_len = word[n] ? (int)len : -1;
	return true;
}

/**
 * is_name_word() - May an argument be a name somebody gave?
 * @word: the argument
 */
bool is_name_word(const char *word)
{
	uint32_t addr;

	if (!g_ascii_isalnum(*word) || is_ipv4(word, &addr, NULL) || strpbrk(word, "=/ \t\n<>$;|&"))
		return false;
	return word[strspn(word, "0123456789")] != '\0';
}
