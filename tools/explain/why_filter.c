/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_filter.c - findings: rules and policies that drop
 */
#include "why_filter.h"

#include <string.h>

#include "../texts/near.h"

/**
 * fw_word() - The word behind an option of a rule
 * @r: the rule
 * @option: "-j"
 *
 * Return: the word, or "".
 */
const char *fw_word(const struct why_fwrule *r, const char *option)
{
	for (char **p = r->words; p[0] && p[1]; p++) {
		if (!strcmp(p[0], option))
			return p[1];
	}
	return "";
}

/**
 * fw_setter() - The statement that made a rule
 * @w: the question
 * @r: the rule
 *
 * Return: its id, or 0: the one with the most words in common.
 */
unsigned int fw_setter(const struct why *w, const struct why_fwrule *r)
{
	unsigned int id = 0;
	int most = 0;

	for (unsigned int i = 0; i < w->execs->len; i++) {
		const struct why_exec *e = g_ptr_array_index(w->execs, i);
		int n = 0, extra = (int)g_strv_length(e->words);

		if (!e->id || e->id == w->symptom || strcmp(e->ns, r->ns) != 0 ||
		    !strstr(e->words[0], "iptables") || !text_has_word(e->line, r->chain) ||
		    (strcmp(r->table, "filter") != 0 && !text_has_word(e->line, r->table)) ||
		    !text_has_word(e->line, fw_word(r, "-j")))
			continue;
		for (char **p = r->words + 2; *p; p++) {
			g_autofree char *plain = g_strdup(*p);

			if (g_str_has_suffix(plain, "/32"))
				plain[strlen(plain) - 3] = '\0';
			n += text_has_word(e->line, plain) ? 10 : 0;
		}
		n += 100 - extra;
		if (n > most) {
			most = n;
			id = e->id;
		}
	}
	return id;
}

/**
 * fw_cmd() - How iptables is called
 * @w: the question
 * @ns: where
 * @table: the table
 */
const char *fw_cmd(struct why *w, const char *ns, const char *table)
{
	return strcmp(table, "filter") != 0
		       ? why_str(w, "%siptables -t %s", why_exec_in(w, ns), table)
		       : why_str(w, "%siptables", why_exec_in(w, ns));
}

/* Are the two ends of the flow ports of one bridge of this namespace? */
static const struct why_dev *bridge_between(const struct why *w, const char *ns)
{
	for (unsigned int i = 0; i < w->world->devs->len; i++) {
		const struct why_dev *br = g_ptr_array_index(w->world->devs, i);
		const struct why_addr *to = why_owner(w->world, w->flow.dst, NULL);

		if (!strcmp(br->kind, "bridge") && !strcmp(br->ns, ns) && to &&
		    to->dev->segment == br->segment && strcmp(to->dev->ns, ns) != 0 &&
		    strcmp(w->flow.ns, ns) != 0 &&
		    why_on_segment(w->world, w->flow.ns, br->segment))
			return br;
	}
	return NULL;
}

/**
 * fw_bridged() - Is the flow bridged here, and does that pass iptables?
 * @w: the question
 * @ns: where
 *
 * Return: the bridge, or NULL.
 */
const struct why_dev *fw_bridged(const struct why *w, const char *ns)
{
	if (!w->flow.known || !why_sysctl_on(w->world, ns, "net.bridge.bridge-nf-call-iptables"))
		return NULL;
	return bridge_between(w, ns);
}

static const char *bridged_words(struct why *w, const char *ns)
{
	const struct why_dev *br = fw_bridged(w, ns);

	if (!br)
		return "";
	return why_str(
		w,
		" bridge-nf-call-iptables is 1 (br_netfilter): bridged packets between two ports "
		"of %s pass iptables, too.",
		br->name);
}

static const char *proto_words(struct why *w)
{
	const char *name = w->flow.proto == WHY_TCP   ? "tcp"
			   : w->flow.proto == WHY_UDP ? "udp"
						      : "icmp";

	return w->flow.port && w->flow.proto != WHY_ICMP
		       ? why_str(w, "-p %s --dport %d", name, w->flow.port)
		       : why_str(w, "-p %s", name);
}

/* The port and address behind a DNAT rule. */
static bool dnat_target(const struct why *w, const struct why_fwrule *r, uint32_t *addr, int *port)
{
	const char *to = fw_word(r, "--to-destination");
	g_autofree char *plain = g_strndup(to, strcspn(to, ":"));

	(void)w;
	if (!*to || !is_ipv4(plain, addr, NULL))
		return false;
	*port = strchr(to, ':') ? (int)g_ascii_strtoll(strchr(to, ':') + 1, NULL, 10) : 0;
	return true;
}

static void accept_targets(struct why *w, struct why_finding *f, const char *cmd)
{
	for (unsigned int i = 0; i < w->world->fwrules->len; i++) {
		const struct why_fwrule *r = g_ptr_array_index(w->world->fwrules, i);
		uint32_t addr;
		int port;

		if (strcmp(r->ns, f->ns) != 0 || !dnat_target(w, r, &addr, &port))
			continue;
		why_edit_insert(w, f,
				port ? why_str(w, "%s -p %s -d %s --dport %d -j ACCEPT", cmd,
					       w->flow.proto == WHY_UDP ? "udp" : "tcp",
					       WHY_IP(addr), port)
				     : why_str(w, "%s -d %s -j ACCEPT", cmd, WHY_IP(addr)));
	}
}

/* ACCEPT rules put before what drops. */
static void accept_before(struct why *w, struct why_finding *f, const char *ns, const char *table,
			  const char *chain, bool first)
{
	const struct why_dev *br = fw_bridged(w, ns);
	const char *cmd = why_str(w, "%s -%c %s", fw_cmd(w, ns, table), first ? 'I' : 'A', chain);
	struct repair *r;

	if (!w->flow.known)
		return;
	why_edit_insert(w, f,
			why_str(w, "%s -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT", cmd));
	if (!strcmp(chain, "FORWARD")) {
		if (br)
			why_edit_insert(
				w, f,
				why_str(w, "%s -i %s -o %s -j ACCEPT", cmd, br->name, br->name));
		accept_targets(w, f, cmd);
		why_edit_insert(w, f, why_str(w, "%s -d %s -j ACCEPT", cmd, WHY_IP(w->flow.dst)));
		r = why_edit_insert(w, f,
				    why_str(w, "%s -d %s -j ACCEPT", cmd, WHY_IP(w->flow.dst)));
		repair_edit(r, EDIT_INSERT, w->place,
			    why_str(w, "%s -s %s -j ACCEPT", cmd, WHY_IP(w->flow.dst)));
	} else {
		why_edit_insert(w, f, why_str(w, "%s %s -j ACCEPT", cmd, proto_words(w)));
		why_edit_insert(w, f, why_str(w, "%s -i lo -j ACCEPT", cmd));
	}
	if (strcmp(table, "nat") != 0)
		why_edit_insert(w, f, why_str(w, "%s -j ACCEPT", cmd));
}

/* The words an ACCEPT rule should have had: after DNAT. */
static void after_dnat(struct why *w, struct why_finding *f, const struct why_fwrule *ok)
{
	unsigned int id = fw_setter(w, ok);
	const struct stmt *st = why_stmt(w, id);

	for (unsigned int i = 0; st && i < w->world->fwrules->len; i++) {
		const struct why_fwrule *r = g_ptr_array_index(w->world->fwrules, i);
		const char *dport = fw_word(r, "--dport");
		g_autofree char *pub = g_strndup(fw_word(r, "-d"), strcspn(fw_word(r, "-d"), "/"));
		g_autofree char *one = NULL;
		g_autofree char *two = NULL;
		uint32_t addr;
		int port;

		if (!dnat_target(w, r, &addr, &port))
			continue;
		if (!*pub && w->flow.known) {
			g_free(pub);
			pub = g_strdup(WHY_IP(w->flow.dst));
		}
		if (!text_has_word(st->text, pub) &&
		    !(*dport && port && text_has_word(st->text, dport)))
			continue;
		one = text_replace_word(st->text, pub, WHY_IP(addr));
		two = *dport && port ? text_replace_word(one, dport, why_str(w, "%d", port))
				     : g_strdup(one);
		if (!why_edit_replace(w, f, id, two))
			continue;
		f->rank = RANK_CONFLICT;
		f->id = id;
		f->cause = why_str(
			w,
			"FORWARD sees the packet after DNAT (line %u): its destination is "
			"already translated to %s%s. The ACCEPT rule of line %u names %s%s%s, "
			"never matches, and %s",
			why_line(w, fw_setter(w, r)), WHY_IP(addr),
			port ? why_str(w, ":%d", port) : "", why_line(w, id), pub,
			*dport ? " port " : "", dport, f->cause);
	}
}

static void near_misses(struct why *w, struct why_finding *f, const char *ns, const char *table,
			const char *chain)
{
	for (unsigned int i = 0; i < w->world->fwrules->len; i++) {
		const struct why_fwrule *r = g_ptr_array_index(w->world->fwrules, i);

		if (!strcmp(r->ns, ns) && !strcmp(r->table, table) && !strcmp(r->chain, chain) &&
		    !strcmp(fw_word(r, "-j"), "ACCEPT") && !strcmp(chain, "FORWARD"))
			after_dnat(w, f, r);
	}
}

/* An ACCEPT that was put into another chain. */
static void wrong_chain(struct why *w, struct why_finding *f, const struct why_policy *p)
{
	for (unsigned int i = 0; i < w->world->fwrules->len; i++) {
		const struct why_fwrule *r = g_ptr_array_index(w->world->fwrules, i);
		unsigned int id;
		const struct stmt *st;
		g_autofree char *text = NULL;
		struct repair *e;

		if (strcmp(r->ns, p->ns) != 0 || strcmp(r->table, p->table) != 0 ||
		    !strcmp(r->chain, p->chain) || strcmp(fw_word(r, "-j"), "ACCEPT") != 0)
			continue;
		id = fw_setter(w, r);
		st = why_stmt(w, id);
		text = st ? text_replace_word(st->text, r->chain, p->chain) : NULL;
		e = text ? why_edit_replace(w, f, id, text) : NULL;
		if (e)
			e->what = g_strdup_printf(
				"The ACCEPT of line %u is in the wrong chain, %s: these "
				"packets pass %s.",
				st->line, r->chain, p->chain);
	}
}

static void one_policy(struct why *w, const struct why_policy *p)
{
	const char *const words[] = { "-P", p->chain, NULL };
	unsigned int id = why_setter(w, p->ns, words);
	const struct stmt *st = why_stmt(w, id);
	struct why_finding *f;
	unsigned int rules = 0;

	for (unsigned int i = 0; i < w->world->fwrules->len; i++) {
		const struct why_fwrule *r = g_ptr_array_index(w->world->fwrules, i);

		rules += !strcmp(r->ns, p->ns) && !strcmp(r->table, p->table) &&
			 !strcmp(r->chain, p->chain) && !strcmp(fw_word(r, "-j"), "ACCEPT");
	}
	f = why_finding(
		w, RANK_SET, "filter",
		why_str(w, "the policy of chain %s in %s is DROP%s%s: %s.%s", p->chain,
			why_ns_name(p->ns), why_at(w, id),
			strcmp(p->table, "filter") != 0 ? why_str(w, " (table %s)", p->table) : "",
			rules ? "no ACCEPT rule matches these packets (or their replies)"
			      : "no rule accepts anything",
			bridged_words(w, p->ns)));
	f->id = id;
	f->ns = p->ns;
	f->chain = p->chain;
	near_misses(w, f, p->ns, p->table, p->chain);
	wrong_chain(w, f, p);
	accept_before(w, f, p->ns, p->table, p->chain, false);
	if (st) {
		g_autofree char *text = text_replace_word(st->text, p->policy, "ACCEPT");

		why_edit_replace(w, f, id, text);
	}
	if (!st || id == f->id)
		why_edit_delete(w, f, id);
	why_edit_insert(w, f, why_str(w, "%s -P %s ACCEPT", fw_cmd(w, p->ns, p->table), p->chain));
}

/* An ACCEPT behind the rule that drops: put it in front. */
static void put_in_front(struct why *w, struct why_finding *f, const struct why_fwrule *drop)
{
	for (unsigned int i = 0; i < w->world->fwrules->len; i++) {
		const struct why_fwrule *r = g_ptr_array_index(w->world->fwrules, i);
		const struct stmt *st;
		g_autofree char *text = NULL;
		g_autofree char *add = NULL;
		g_autofree char *ins = NULL;
		unsigned int id, n = f->edits->len;

		if (strcmp(r->ns, drop->ns) != 0 || strcmp(r->table, drop->table) != 0 ||
		    strcmp(r->chain, drop->chain) != 0 || r->number <= drop->number ||
		    (strcmp(fw_word(r, "-j"), "ACCEPT") != 0 &&
		     strcmp(fw_word(r, "-j"), "RETURN") != 0))
			continue;
		id = fw_setter(w, r);
		st = why_stmt(w, id);
		add = g_strdup_printf("-A %s", r->chain);
		ins = g_strdup_printf("-I %s", r->chain);
		if (!st || !strstr(st->text, add))
			continue;
		text = text_replace_word(st->text, "-A", "-I");
		why_edit_replace(w, f, id, text);
		why_edit_insert(w, f,
				why_str(w, "%s -I %s", fw_cmd(w, r->ns, r->table), r->text + 3));
		if (f->edits->len > n) {
			struct repair *e = g_ptr_array_index(f->edits, n);

			/* said only when it cures: see why_tell.c */
			e->what = g_strdup_printf(
				"Order: the %s rule %d (line %u) stands behind it and "
				"is never reached.",
				fw_word(r, "-j"), r->number, why_line(w, id));
		}
	}
}

static const char *table_words(struct why *w, const struct why_fwrule *r)
{
	return strcmp(r->table, "filter") != 0 ? why_str(w, " (table %s)", r->table) : "";
}

static const char *does_words(const char *target)
{
	if (!strcmp(target, "REJECT"))
		return "rejects them";
	if (!strcmp(target, "DROP"))
		return "drops them";
	if (!strcmp(target, "NOTRACK") || !strcmp(target, "CT"))
		return "takes them out of connection tracking: nothing is translated (NAT), and "
		       "no state is known of them";
	if (!strcmp(target, "TTL"))
		return "changes their TTL";
	if (!strcmp(target, "MARK"))
		return "marks them";
	return "hands them to a program that is not there";
}

static void one_drop(struct why *w, const struct why_fwrule *r)
{
	const char *target = fw_word(r, "-j");
	unsigned int id = fw_setter(w, r);
	const char *match = strchr(r->text + 3, ' ') ? strchr(r->text + 3, ' ') + 1 : "";
	struct why_finding *f;

	f = why_finding(
		w, RANK_SET, "filter",
		why_str(w,
			"chain %s in %s%s: rule %d \"%s\"%s matches these packets first and "
			"%s.%s",
			r->chain, why_ns_name(r->ns), table_words(w, r), r->number, match,
			why_at(w, id), does_words(target), bridged_words(w, r->ns)));
	f->id = id;
	f->ns = r->ns;
	f->chain = r->chain;
	f->number = r->number;
	put_in_front(w, f, r);
	near_misses(w, f, r->ns, r->table, r->chain);
	why_edit_delete(w, f, id);
	why_edit_insert(w, f, why_str(w, "%s -D %s", fw_cmd(w, r->ns, r->table), r->text + 3));
	if (strcmp(r->table, "nat") != 0)
		accept_before(w, f, r->ns, r->table, r->chain, true);
}

/**
 * why_find_filter() - Rules and policies that drop
 * @w: the question
 */
void why_find_filter(struct why *w)
{
	static const char *const targets[] = { "DROP", "REJECT", "NOTRACK", "CT",    "TTL",
					       "MARK", "QUEUE",	 "NFQUEUE", "STEAL", NULL };

	for (unsigned int i = 0; i < w->world->fwrules->len; i++) {
		const struct why_fwrule *r = g_ptr_array_index(w->world->fwrules, i);

		if (g_strv_contains(targets, fw_word(r, "-j")))
			one_drop(w, r);
	}
	for (unsigned int i = 0; i < w->world->policies->len; i++) {
		const struct why_policy *p = g_ptr_array_index(w->world->policies, i);

		if (!strcmp(p->policy, "DROP"))
			one_policy(w, p);
	}
}
