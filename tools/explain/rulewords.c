/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rulewords.c - the bytes of a rule in iptables' words, and the condition that said no
 *
 * The words are iptables' own: a world is made for it, and a task in it prints the rule as
 * `iptables -S` would. The failed condition is what the rule has more when it is cut behind it than
 * when it is cut in front of it.
 */
#include <netglass/netglass.h>
#include <netglass/task.h>
#include <string.h>

#include "../cli/etc.h"
#include "../iptables/nft.h"
#include "../lib/session.h"
#include "explain.h"

#define PROGRAM "/usr/lib/netglass/rule-words"

struct rulewords {
	struct ng_session session; /* first: programs see it */
	struct ng_world *world;
	GHashTable *cache; /* bytes of the rule and what broke -> struct rule_text * */
	/* of the rule that is read now */
	const struct ng_bytes *bytes;
	size_t keep; /* expressions */
	GString *out;
	uint32_t nr_exprs;
	GArray *kinds; /* enum nft_kind of each expression */
};

/* Only the first @keep expressions stay. */
static void cut(struct nft_rule *r, size_t keep)
{
	struct nft_expr **at = &r->exprs;

	while (*at && keep--)
		at = &(*at)->next;
	*at = NULL;
	r->tail = at;
}

static void print_rule(struct rulewords *rw, struct ng_task *task)
{
	struct ipt x = {
		.task = task, .out = ng_stdout(task), .err = ng_stderr(task), .prog = "iptables"
	};
	struct nl_buf buf = { 0 };
	struct nfgenmsg *nfg;
	struct nft_rule *r;
	struct ipt_rule *words;

	nfg = nlmsg_put(&buf, 0, 0, NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_NEWRULE, 0, sizeof(*nfg));
	nfg->nfgen_family = NFPROTO_IPV4;
	memcpy(nl_buf_put(&buf, rw->bytes->len), rw->bytes->data, rw->bytes->len);
	nlmsg_end(&buf);
	r = nft_get_rule(&x, (const struct nlmsghdr *)(const void *)buf.data);
	if (r) {
		g_array_set_size(rw->kinds, 0);
		for (struct nft_expr *e = r->exprs; e; e = e->next)
			g_array_append_val(rw->kinds, e->kind);
		cut(r, rw->keep);
		words = nft_words(&x, r);
		if (words)
			ipt_save_rule(&x, words, FMT_NOCOUNTS);
	}
	ng_flush(x.out);
	nl_buf_fini(&buf);
}

static int exec_program(struct ng_task *task, const void *program, int argc, char **argv)
{
	(void)program;
	(void)argc;
	(void)argv;
	print_rule(ng_task_session(task), task);
	return 0;
}

static void console(void *session, int stream, const char *buf, size_t len)
{
	struct rulewords *rw = session;

	if (stream == 1)
		g_string_append_len(rw->out, buf, (gssize)len);
}

/**
 * rule_text_clear() - Frees the words
 * @t: not itself
 */
void rule_text_clear(struct rule_text *t)
{
	g_free(t->words);
	g_free(t->broke);
	*t = (struct rule_text){ 0 };
}

static void text_free(void *p)
{
	rule_text_clear(p);
	g_free(p);
}

/**
 * rulewords_new() - A reader of rules
 *
 * Return: it; rulewords_free() it.
 */
struct rulewords *rulewords_new(void)
{
	struct rulewords *rw = g_new0(struct rulewords, 1);
	struct ng_world_config config = { .session = rw, .exec = exec_program, .console = console };
	const struct etc_file *f;

	rw->world = ng_world_new(&config);
	ng_world_add_program(rw->world, PROGRAM, rw);
	for (f = etc_files; f->path; f++)
		ng_world_add_file(rw->world, f->path, f->text, strlen(f->text));
	rw->cache = g_hash_table_new_full(g_bytes_hash, g_bytes_equal,
					  (GDestroyNotify)g_bytes_unref, text_free);
	rw->out = g_string_new(NULL);
	rw->kinds = g_array_new(FALSE, FALSE, sizeof(enum nft_kind));
	return rw;
}

/**
 * rulewords_free() - Frees the reader
 * @rw: or NULL
 */
void rulewords_free(struct rulewords *rw)
{
	if (!rw)
		return;
	ng_world_free(rw->world);
	g_hash_table_unref(rw->cache);
	g_string_free(rw->out, TRUE);
	g_array_unref(rw->kinds);
	g_free(rw);
}

/* The first @keep expressions in words, one blank between them. */
static char *words_of(struct rulewords *rw, const struct ng_bytes *bytes, size_t keep)
{
	static char *const argv[] = { (char *)(uintptr_t) "rule-words", NULL };
	static char *const env[] = { NULL };
	int pid, status;

	rw->bytes = bytes;
	rw->keep = keep;
	g_string_truncate(rw->out, 0);
	pid = ng_world_spawn(rw->world, PROGRAM, argv, env);
	if (pid > 0)
		ng_world_run(rw->world, pid, &status);
	return g_strstrip(g_strndup(rw->out->str, rw->out->len));
}

/* The words of @more that @less has not, in their order. */
static char *difference(const char *less, const char *more)
{
	g_auto(GStrv) l = g_strsplit(less, " ", -1);
	g_auto(GStrv) m = g_strsplit(more, " ", -1);
	GString *s = g_string_new(NULL);
	size_t at = 0;

	for (size_t i = 0; m[i]; i++) {
		if (l[at] && !strcmp(l[at], m[i])) {
			at++;
			continue;
		}
		if (s->len)
			g_string_append_c(s, ' ');
		g_string_append(s, m[i]);
	}
	return g_string_free(s, FALSE);
}

static bool decides(enum nft_kind kind)
{
	return kind == E_CMP || kind == E_RANGE || kind == E_MATCH || kind == E_LIMIT;
}

/* "-m tcp --dport 80" says no more than "--dport 80". */
static char *without_module(char *words)
{
	if (g_str_has_prefix(words, "-m ")) {
		const char *rest = strchr(words + 3, ' ');

		if (rest) {
			char *s = g_strdup(rest + 1);

			g_free(words);
			return s;
		}
	}
	return words;
}

static char *condition_of(struct rulewords *rw, const struct ng_trace_rule *rule)
{
	g_autofree char *less = NULL, *more = NULL;
	size_t no = rule->broke, from;

	while (no < rw->kinds->len && !decides(g_array_index(rw->kinds, enum nft_kind, no)))
		no++;
	if (no >= rw->kinds->len)
		return NULL;
	/* what only loads belongs to the comparison behind it */
	for (from = no; from > 0 && !decides(g_array_index(rw->kinds, enum nft_kind, from - 1));
	     from--)
		;
	less = words_of(rw, &rule->rule, from);
	more = words_of(rw, &rule->rule, no + 1);
	return without_module(difference(less, more));
}

/**
 * rulewords_of() - A rule in words
 * @rw: the reader
 * @rule: the event
 *
 * Return: words that stay the reader's.
 */
struct rule_text rulewords_of(struct rulewords *rw, const struct ng_trace_rule *rule)
{
	uint32_t broke = rule->matched ? UINT32_MAX : rule->broke;
	g_autoptr(GByteArray) raw = g_byte_array_new();
	struct rule_text *t;
	GBytes *key;

	g_byte_array_append(raw, rule->rule.data, (guint)rule->rule.len);
	g_byte_array_append(raw, (const guint8 *)&broke, sizeof(broke));
	key = g_byte_array_free_to_bytes(g_steal_pointer(&raw));
	t = g_hash_table_lookup(rw->cache, key);
	if (t) {
		g_bytes_unref(key);
		return *t;
	}
	t = g_new0(struct rule_text, 1);
	t->words = words_of(rw, &rule->rule, SIZE_MAX);
	if (!rule->matched)
		t->broke = condition_of(rw, rule);
	if (t->broke && !*t->broke)
		g_clear_pointer(&t->broke, g_free);
	g_hash_table_insert(rw->cache, key, t);
	return *t;
}

/* ---- what the packet has instead */

struct seen {
	const uint8_t *ip, *l4;
	size_t l4_len;
};

static bool look(const struct ng_trace_event *ev, struct seen *s)
{
	size_t hlen;

	if (!ev->frame || ev->net_at < 0 || ev->frame_len < (uint32_t)ev->net_at + 20)
		return false;
	s->ip = ev->frame + ev->net_at;
	hlen = (size_t)(s->ip[0] & 15) * 4;
	if (s->ip[0] >> 4 != 4 || hlen < 20 || ev->frame_len < (uint32_t)ev->net_at + hlen)
		return false;
	s->l4 = s->ip + hlen;
	s->l4_len = ev->frame_len - (uint32_t)ev->net_at - hlen;
	return true;
}

static char *dotted(const uint8_t *a)
{
	return g_strdup_printf("%u.%u.%u.%u", a[0], a[1], a[2], a[3]);
}

static char *protocol_word(unsigned int p)
{
	switch (p) {
	case 1:
		return g_strdup("icmp");
	case 6:
		return g_strdup("tcp");
	case 17:
		return g_strdup("udp");
	default:
		return g_strdup_printf("protocol %u", p);
	}
}

static char *port_word(const struct seen *s, unsigned int at)
{
	if ((s->ip[9] != 6 && s->ip[9] != 17) || s->l4_len < 4)
		return protocol_word(s->ip[9]);
	return g_strdup_printf("%u", (unsigned int)s->l4[at] << 8 | s->l4[at + 1]);
}

static char *flags_word(const struct seen *s)
{
	static const char *const names[] = { "FIN", "SYN", "RST", "PSH", "ACK", "URG" };
	GString *g;

	if (s->ip[9] != 6 || s->l4_len < 14)
		return protocol_word(s->ip[9]);
	g = g_string_new(NULL);
	for (unsigned int i = 0; i < G_N_ELEMENTS(names); i++)
		if (s->l4[13] & 1U << i)
			g_string_append_printf(g, "%s%s", g->len ? "," : "", names[i]);
	return g_string_free(g, FALSE);
}

/**
 * rule_actual() - What the packet has where the condition wants something else
 * @condition: "--dport 80"
 * @ev: the rule that was tried
 *
 * Return: "8080", to be freed; NULL: not known.
 */
char *rule_actual(const char *condition, const struct ng_trace_event *ev)
{
	const struct ng_trace_rule *r = &ev->rule;
	struct seen s = { 0 };

	if (g_str_has_prefix(condition, "! "))
		condition += 2;
	if (g_str_has_prefix(condition, "-i "))
		return g_strdup(r->in ? r->in : "no input device");
	if (g_str_has_prefix(condition, "-o "))
		return g_strdup(r->out ? r->out : "no output device");
	if (strstr(condition, "--ctstate ") || strstr(condition, "--state "))
		return g_strdup(r->ct_state);
	if (strstr(condition, "--mark "))
		return g_strdup_printf("0x%x", r->mark);
	if (!look(ev, &s))
		return NULL;
	if (g_str_has_prefix(condition, "-s "))
		return dotted(s.ip + 12);
	if (g_str_has_prefix(condition, "-d "))
		return dotted(s.ip + 16);
	if (g_str_has_prefix(condition, "-p "))
		return protocol_word(s.ip[9]);
	if (strstr(condition, "--dport"))
		return port_word(&s, 2);
	if (strstr(condition, "--sport"))
		return port_word(&s, 0);
	if (strstr(condition, "--tcp-flags") || strstr(condition, "--syn"))
		return flags_word(&s);
	if (strstr(condition, "--icmp-type") && s.ip[9] == 1 && s.l4_len >= 2)
		return g_strdup_printf("type %u", s.l4[0]);
	if (strstr(condition, "--ttl"))
		return g_strdup_printf("%u", s.ip[8]);
	return NULL;
}
