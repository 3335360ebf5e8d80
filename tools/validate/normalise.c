/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * normalise.c - names for what is random: MAC addresses by owner, the rest by first appearance
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"

#define MAC_PATTERN "(?<![0-9a-fA-F:])[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}(?![0-9a-fA-F:])"
#define UNORDERED                                   \
	"\\bneigh\\b|\\bip (-[a-z0-9]+ )*(-n \\S+ " \
	")?n\\b|\\barp\\b|\\bfdb\\b|\\bconntrack\\b|nf_conntrack|" VL_SOCKETS

struct vl_names {
	GHashTable *own;     /* MAC -> "{ns/if}" */
	GHashTable *literal; /* MACs of the script */
	GHashTable *numbers; /* numbers of the script */
};

struct vl_domain {
	const struct vl_names *names;
	GHashTable *seen;    /* MAC -> "{mac1}" */
	GHashTable *symbols; /* kind and value -> "e1" */
	unsigned int count[128];
};

static GRegex *regex(const char *pattern)
{
	g_autoptr(GError) error = NULL;
	GRegex *re = g_regex_new(pattern, G_REGEX_RAW | G_REGEX_OPTIMIZE, 0, &error);

	if (!re)
		g_error("%s: %s", pattern, error->message);
	return re;
}

static bool matches(const char *pattern, const char *text)
{
	g_autoptr(GRegex) re = regex(pattern);

	return g_regex_match(re, text, 0, NULL);
}

static void find_literals(struct vl_names *names, const char *text)
{
	g_autoptr(GRegex) mac = regex(MAC_PATTERN);
	g_autoptr(GRegex) number = regex("\\d{1,9}");
	g_autoptr(GMatchInfo) m = NULL;
	g_autoptr(GMatchInfo) n = NULL;

	for (g_regex_match(mac, text, 0, &m); g_match_info_matches(m); g_match_info_next(m, NULL)) {
		g_autofree char *s = g_match_info_fetch(m, 0);

		g_hash_table_add(names->literal, g_ascii_strdown(s, -1));
	}
	for (g_regex_match(number, text, 0, &n); g_match_info_matches(n);
	     g_match_info_next(n, NULL)) {
		g_autofree char *s = g_match_info_fetch(n, 0);

		g_hash_table_add(names->numbers, GINT_TO_POINTER(atoi(s)));
	}
}

/* The word after @key in a line of `ip -o link`; NULL: none. */
static char *word_after(const char *line, const char *key)
{
	const char *p = strstr(line, key);

	if (!p)
		return NULL;
	p += strlen(key);
	return g_strndup(p, strcspn(p, " \n\\"));
}

static char *link_name(const char *line)
{
	const char *p = strchr(line, ':');

	return p && p[1] == ' ' ? g_strndup(p + 2, strcspn(p + 2, ":@")) : NULL;
}

static void own_line(struct vl_names *names, const struct vl_table *t, const char *line,
		     GHashTable *bridges)
{
	g_autofree char *name = link_name(line);
	g_autofree char *mac = word_after(line, "link/ether ");
	g_autofree char *master = word_after(line, " master ");
	const char *group;
	char *symbol;

	/* no owner has the address of nobody: a bridge shows it when its last port is gone */
	if (!name || !mac || !strcmp(mac, "00:00:00:00:00:00"))
		return;
	group = master ? master : g_hash_table_contains(bridges, name) ? name : NULL;
	/* what is a bridge's own goes first: a port and its bridge may have one address */
	if (!group && g_hash_table_contains(names->own, mac))
		return;
	symbol = group ? g_strdup_printf("{%s/%s*}", t->ns, group)
		       : g_strdup_printf("{%s/%s}", t->ns, name);
	g_hash_table_insert(names->own, g_strdup(mac), symbol);
}

static void find_owners(struct vl_names *names, const struct vl_table *t)
{
	g_auto(GStrv) lines = g_strsplit(t->text, "\n", -1);
	g_autoptr(GHashTable) bridges =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (char **l = lines; *l; l++) {
		char *master = word_after(*l, " master ");

		if (master)
			g_hash_table_add(bridges, master);
	}
	for (char **l = lines; *l; l++)
		own_line(names, t, *l, bridges);
}

/**
 * vl_names_new() - Who owns what in a record
 * @s: the script, for what it spells out
 * @rec: the record; the last tables decide
 *
 * Return: the names.
 */
struct vl_names *vl_names_new(const struct vl_script *s, const struct vl_record *rec)
{
	struct vl_names *names = g_new0(struct vl_names, 1);

	names->own = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	names->literal = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	names->numbers = g_hash_table_new(NULL, NULL);
	find_literals(names, s->text);
	for (unsigned int i = rec->tables->len; i-- > 0;) {
		const struct vl_table *t = rec->tables->pdata[i];

		if (!strcmp(t->name, "link"))
			find_owners(names, t);
	}
	return names;
}

/**
 * vl_names_free() - Frees them
 * @names: or NULL
 */
void vl_names_free(struct vl_names *names)
{
	if (!names)
		return;
	g_hash_table_unref(names->own);
	g_hash_table_unref(names->literal);
	g_hash_table_unref(names->numbers);
	g_free(names);
}

/**
 * vl_names_number() - Does the script spell this number?
 * @names: the names
 * @n: the number
 *
 * Return: true when so.
 */
bool vl_names_number(const struct vl_names *names, unsigned int n)
{
	return g_hash_table_contains(names->numbers, GINT_TO_POINTER((int)n));
}

/**
 * vl_domain_new() - A numbering of its own
 * @names: shared by all; must live longer
 *
 * Return: the domain.
 */
struct vl_domain *vl_domain_new(const struct vl_names *names)
{
	struct vl_domain *d = g_new0(struct vl_domain, 1);

	d->names = names;
	d->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	d->symbols = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return d;
}

/**
 * vl_domain_free() - Frees it
 * @d: or NULL
 */
void vl_domain_free(struct vl_domain *d)
{
	if (!d)
		return;
	g_hash_table_unref(d->seen);
	g_hash_table_unref(d->symbols);
	g_free(d);
}

/**
 * vl_domain_symbol() - A name for a random value
 * @d: the domain
 * @kind: a letter: e echo id, f fragment id, p port
 * @value: the value
 *
 * Return: the letter and a number; the domain owns it.
 */
const char *vl_domain_symbol(struct vl_domain *d, char kind, const char *value)
{
	g_autofree char *key = g_strdup_printf("%c%s", kind, value);
	char *s = g_hash_table_lookup(d->symbols, key);

	if (s)
		return s;
	s = g_strdup_printf("%c%u", kind, ++d->count[kind & 127]);
	g_hash_table_insert(d->symbols, g_steal_pointer(&key), s);
	return s;
}

/**
 * vl_domain_mac() - A name for a MAC address
 * @d: the domain
 * @mac: six pairs of hex digits
 *
 * Return: its owner, the address itself when it is special or spelled by the script, else a number.
 */
const char *vl_domain_mac(struct vl_domain *d, const char *mac)
{
	static const char *const special[] = {
		"ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00", "01:00:5e", "01:80:c2",
		"33:33:00",	     "33:33:ff",	  NULL
	};
	g_autofree char *m = g_ascii_strdown(mac, -1);
	char *s;

	s = g_hash_table_lookup(d->seen, m);
	if (s)
		return s;
	if (g_hash_table_contains(d->names->literal, m)) {
		s = g_strdup(m);
	} else if (g_hash_table_contains(d->names->own, m)) {
		s = g_strdup(g_hash_table_lookup(d->names->own, m));
	} else {
		for (const char *const *p = special; *p && !s; p++)
			s = g_str_has_prefix(m, *p) ? g_strdup(m) : NULL;
		if (!s)
			s = g_strdup_printf("{mac%u}", ++d->count['m']);
	}
	g_hash_table_insert(d->seen, g_steal_pointer(&m), s);
	return s;
}

struct eval {
	struct vl_domain *d;
	GArray *times;
	double unit_s;
};

static gboolean mac_eval(const GMatchInfo *m, GString *out, gpointer arg)
{
	struct eval *e = arg;
	g_autofree char *s = g_match_info_fetch(m, 0);

	g_string_append(out, vl_domain_mac(e->d, s));
	return FALSE;
}

/* "8000.a:b:c:d:e:f": each byte without its leading zero */
static gboolean bridge_id_colons_eval(const GMatchInfo *m, GString *out, gpointer arg)
{
	struct eval *e = arg;
	g_autofree char *prio = g_match_info_fetch(m, 1);
	g_autofree char *all = g_match_info_fetch(m, 2);
	g_auto(GStrv) bytes = g_strsplit(all, ":", 6);
	char mac[18];

	for (unsigned int i = 0; i < 6; i++)
		g_snprintf(mac + 3 * i, 4,
			   "%02x:", (unsigned int)strtoul(bytes[i], NULL, 16) & 0xff);
	mac[17] = 0;
	g_string_append_printf(out, "%s.%s", prio, vl_domain_mac(e->d, mac));
	return FALSE;
}

/* "8000.0a0b0c0d0e0f" */
static gboolean bridge_id_eval(const GMatchInfo *m, GString *out, gpointer arg)
{
	struct eval *e = arg;
	g_autofree char *prio = g_match_info_fetch(m, 1);
	g_autofree char *hex = g_match_info_fetch(m, 3);
	char mac[18];

	for (unsigned int i = 0; i < 6; i++)
		g_snprintf(mac + 3 * i, 4, "%.2s:", hex + 2 * i);
	mac[17] = 0;
	g_string_append_printf(out, "%s.%s", prio, vl_domain_mac(e->d, mac));
	return FALSE;
}

static gboolean time_eval(const GMatchInfo *m, GString *out, gpointer arg)
{
	struct eval *e = arg;

	for (int i = 1; i < g_match_info_get_match_count(m); i++) {
		g_autofree char *s = g_match_info_fetch(m, i);
		double t = g_ascii_strtod(s, NULL) * e->unit_s;

		g_array_append_val(e->times, t);
	}
	g_string_append_c(out, '#');
	return FALSE;
}

static gboolean port_eval(const GMatchInfo *m, GString *out, gpointer arg)
{
	struct eval *e = arg;
	g_autofree char *all = g_match_info_fetch(m, 0);
	g_autofree char *lead = g_match_info_fetch(m, 1);
	g_autofree char *port = g_match_info_fetch(m, 2);
	unsigned int n = (unsigned int)atoi(port);
	unsigned int from = *lead == ':' ? 32768 : 1024;

	if (n >= from && !vl_names_number(e->d->names, n))
		g_string_append_printf(out, "%s#", lead);
	else
		g_string_append(out, all);
	return FALSE;
}

/* as /proc/net/tcp spells it */
static gboolean hex_port_eval(const GMatchInfo *m, GString *out, gpointer arg)
{
	struct eval *e = arg;
	g_autofree char *port = g_match_info_fetch(m, 0);
	unsigned int n = (unsigned int)strtoul(port, NULL, 16);
	bool random = n >= 32768 && !vl_names_number(e->d->names, n);

	g_string_append(out, random ? "#" : port);
	return FALSE;
}

static void apply(char **text, const char *pattern, GRegexEvalCallback eval, struct eval *e,
		  const char *replace)
{
	g_autoptr(GRegex) re = regex(pattern);
	char *out = eval ? g_regex_replace_eval(re, *text, -1, 0, 0, eval, e, NULL)
			 : g_regex_replace(re, *text, -1, 0, replace, 0, NULL);

	if (!out)
		return;
	g_free(*text);
	*text = out;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *sorted(char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	qsort(lines, g_strv_length(lines), sizeof(*lines), by_text);
	g_free(text);
	return g_strjoinv("\n", lines);
}

/**
 * vl_normal_text() - The text of a command without what is random in it
 * @names: of the record
 * @cmd: the command, or "table NAME"
 * @text: what it printed
 * @times: takes the times in it, as double seconds
 *
 * Return: the text; g_free() it.
 */
char *vl_normal_text(const struct vl_names *names, const char *cmd, const char *text, GArray *times)
{
	struct eval e = { .d = vl_domain_new(names), .times = times };
	char *t = g_strdup(text);
	size_t n;

	apply(&t, "\\b([0-9a-f]{4})\\.([0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5})\\b",
	      bridge_id_colons_eval, &e, NULL);
	apply(&t, MAC_PATTERN, mac_eval, &e, NULL);
	apply(&t, "\\b([0-9a-f]{4})(\\.)([0-9a-f]{12})\\b", bridge_id_eval, &e, NULL);
	for (const struct vl_rule *r = vl_rules; r->name; r++) {
		if (!r->pattern || (r->when && !matches(r->when, cmd)))
			continue;
		e.unit_s = r->unit_s;
		apply(&t, r->pattern, r->replace ? NULL : time_eval, &e, r->replace);
	}
	if (matches("conntrack", cmd))
		apply(&t, "\\b([sd]port=)(\\d+)", port_eval, &e, NULL);
	if (matches("\\b(nc|ss|netstat|socat)\\b", cmd))
		apply(&t, "(:)(\\d{5})\\b", port_eval, &e, NULL);
	if (matches(VL_SOCKETS, cmd))
		apply(&t, "(?<=[0-9A-F]{8}:)[0-9A-F]{4}\\b", hex_port_eval, &e, NULL);
	for (n = strlen(t); n && (t[n - 1] == '\n'); n--)
		t[n - 1] = 0;
	if (matches(UNORDERED, cmd)) {
		/* a list of objects on one line: each on its own */
		apply(&t, "^\\[(?=\\{)|(?<=\\})\\]$", NULL, NULL, "");
		apply(&t, "(?<=\\}),(?=\\{)", NULL, NULL, "\n");
		t = sorted(t);
	}
	vl_domain_free(e.d);
	return t;
}
