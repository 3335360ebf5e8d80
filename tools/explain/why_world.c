/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_world.c - the state of a simulated machine, read from what its own tools print
 */
#include "why_world.h"

#include <json-glib/json-glib.h>
#include <stdlib.h>
#include <string.h>

#include "../texts/near.h"

const char why_world_script[] =
	"set +e; for n in : $(ip netns list | cut -d' ' -f1); do\n"
	"if [ $n = : ]; then i=ip; x=; else i=\"ip -n $n\"; x=\"ip netns exec $n\"; fi\n"
	"echo \"@ns $n\"; echo @link; $i -j -d link; echo @ids; $i netns list-id\n"
	"echo @addr; $i -j addr; echo @route; $i -j route show table all\n"
	"echo @rule; $i -j rule; echo @neigh; $i -j neigh show nud all\n"
	"echo @vlan; $x bridge -j vlan; echo @ipt; $x iptables-save -c\n"
	"echo @sysctl; $x sysctl -a; echo @ct; $x conntrack -L; echo @sock; $x ss -Hlntu\n"
	"echo @qdisc; $x tc qdisc show\n"
	"done 2>/dev/null; echo @end";

static const char *keep(struct why_world *w, const char *s)
{
	char *copy = g_strdup(s ? s : "");

	g_ptr_array_add(w->strings, copy);
	return copy;
}

static const char *get_str(JsonObject *o, const char *name)
{
	JsonNode *n = o && json_object_has_member(o, name) ? json_object_get_member(o, name) : NULL;

	return n && JSON_NODE_HOLDS_VALUE(n) && json_node_get_value_type(n) == G_TYPE_STRING
		       ? json_node_get_string(n)
		       : "";
}

static int get_int(JsonObject *o, const char *name, int none)
{
	JsonNode *n = o && json_object_has_member(o, name) ? json_object_get_member(o, name) : NULL;

	return n && JSON_NODE_HOLDS_VALUE(n) ? (int)json_node_get_int(n) : none;
}

static bool get_bool(JsonObject *o, const char *name)
{
	JsonNode *n = o && json_object_has_member(o, name) ? json_object_get_member(o, name) : NULL;

	return n && JSON_NODE_HOLDS_VALUE(n) && json_node_get_boolean(n);
}

static JsonObject *get_obj(JsonObject *o, const char *name)
{
	return o && json_object_has_member(o, name) ? json_object_get_object_member(o, name) : NULL;
}

static bool has_flag(JsonObject *o, const char *flag)
{
	JsonArray *a = json_object_has_member(o, "flags") ? json_object_get_array_member(o, "flags")
							  : NULL;

	for (unsigned int i = 0; a && i < json_array_get_length(a); i++) {
		if (!strcmp(json_array_get_string_element(a, i), flag))
			return true;
	}
	return false;
}

static void read_link(struct why_world *w, const char *ns, JsonObject *o)
{
	JsonObject *info = get_obj(o, "linkinfo");
	JsonObject *data = get_obj(info, "info_data");
	JsonObject *port = get_obj(info, "info_slave_data");
	struct why_dev *d = g_new0(struct why_dev, 1);

	d->ns = ns;
	d->name = keep(w, get_str(o, "ifname"));
	d->kind = keep(w, get_str(info, "info_kind"));
	d->slave_kind = keep(w, get_str(info, "info_slave_kind"));
	d->master = keep(w, get_str(o, "master"));
	d->mac = keep(w, get_str(o, "address"));
	d->link_name = keep(w, get_str(o, "link"));
	d->index = get_int(o, "ifindex", 0);
	d->peer_index = get_int(o, "link_index", 0);
	d->netnsid = get_int(o, "link_netnsid", -1);
	d->mtu = get_int(o, "mtu", 0);
	d->up = has_flag(o, "UP");
	d->carrier = !has_flag(o, "NO-CARRIER");
	d->noarp = has_flag(o, "NOARP");
	d->vlan_filtering = get_int(data, "vlan_filtering", 0) == 1;
	d->stp = get_int(data, "stp_state", 0) == 1;
	d->vlan_id = get_int(data, "id", 0);
	d->state = keep(w, get_str(port, "state"));
	d->hairpin = get_bool(port, "hairpin");
	d->isolated = get_bool(port, "isolated");
	d->no_learning = port && !get_bool(port, "learning");
	d->no_flood = port && !get_bool(port, "flood");
	d->no_bcast_flood = port && !get_bool(port, "bcast_flood");
	d->locked = get_bool(port, "locked");
	g_ptr_array_add(w->devs, d);
}

static void read_addr(struct why_world *w, const char *ns, JsonObject *o)
{
	const struct why_dev *d = why_dev_find(w, ns, get_str(o, "ifname"));
	JsonArray *list = json_object_has_member(o, "addr_info")
				  ? json_object_get_array_member(o, "addr_info")
				  : NULL;

	for (unsigned int i = 0; d && list && i < json_array_get_length(list); i++) {
		JsonObject *a = json_array_get_object_element(list, i);
		struct why_addr *addr = g_new0(struct why_addr, 1);

		addr->dev = d;
		addr->len = get_int(a, "prefixlen", 32);
		addr->no_route = get_bool(a, "noprefixroute");
		if (is_ipv4(get_str(a, "local"), &addr->addr, NULL))
			g_ptr_array_add(w->addrs, addr);
		else
			g_free(addr);
	}
}

static void read_prefix(const char *text, uint32_t *addr, int *len)
{
	*addr = 0;
	*len = 0;
	if (is_ipv4(text, addr, len) && *len < 0)
		*len = 32;
}

static void read_hops(struct why_world *w, JsonObject *o, struct why_route *r)
{
	JsonArray *list = json_object_has_member(o, "nexthops")
				  ? json_object_get_array_member(o, "nexthops")
				  : NULL;

	for (unsigned int i = 0; list && i < json_array_get_length(list); i++) {
		JsonObject *hop = json_array_get_object_element(list, i);

		if (!*r->dev)
			r->dev = keep(w, get_str(hop, "dev"));
		if (r->nr_hops < WHY_HOPS_MAX &&
		    is_ipv4(get_str(hop, "gateway"), &r->hops[r->nr_hops], NULL))
			r->nr_hops++;
	}
	if (r->nr_hops) {
		r->gateway = r->hops[0];
		r->has_gateway = true;
	}
}

static void read_route(struct why_world *w, const char *ns, JsonObject *o)
{
	struct why_route *r = g_new0(struct why_route, 1);
	const char *type = get_str(o, "type");
	const char *table = get_str(o, "table");

	r->ns = ns;
	r->type = keep(w, *type ? type : "unicast");
	r->table = keep(w, *table ? table : "main");
	r->dev = keep(w, get_str(o, "dev"));
	read_prefix(get_str(o, "dst"), &r->dst, &r->len);
	r->has_gateway = is_ipv4(get_str(o, "gateway"), &r->gateway, NULL);
	r->metric = get_int(o, "metric", 0);
	r->kernel = !strcmp(get_str(o, "protocol"), "kernel");
	is_ipv4(get_str(o, "prefsrc"), &r->src, NULL);
	read_hops(w, o, r);
	g_ptr_array_add(w->routes, r);
}

static void read_rule(struct why_world *w, const char *ns, JsonObject *o)
{
	struct why_rule *r = g_new0(struct why_rule, 1);
	int src_len = get_int(o, "srclen", -1), dst_len = get_int(o, "dstlen", -1);

	r->ns = ns;
	r->table = keep(w, get_str(o, "table"));
	r->iif = keep(w, get_str(o, "iif"));
	r->oif = keep(w, get_str(o, "oif"));
	r->action = keep(w, get_str(o, "action"));
	r->mark = keep(w, get_str(o, "fwmark"));
	r->tos = keep(w, get_str(o, "tos"));
	r->priority = get_int(o, "priority", 0);
	read_prefix(get_str(o, "src"), &r->src, &r->src_len);
	read_prefix(get_str(o, "dst"), &r->dst, &r->dst_len);
	if (src_len >= 0)
		r->src_len = src_len;
	if (dst_len >= 0)
		r->dst_len = dst_len;
	g_ptr_array_add(w->rules, r);
}

static void read_neigh(struct why_world *w, const char *ns, JsonObject *o)
{
	struct why_neigh *n = g_new0(struct why_neigh, 1);
	JsonArray *states = json_object_has_member(o, "state")
				    ? json_object_get_array_member(o, "state")
				    : NULL;

	n->ns = ns;
	n->dev = keep(w, get_str(o, "dev"));
	n->mac = keep(w, get_str(o, "lladdr"));
	n->state = keep(w, states && json_array_get_length(states)
				   ? json_array_get_string_element(states, 0)
				   : "");
	is_ipv4(get_str(o, "dst"), &n->addr, NULL);
	g_ptr_array_add(w->neighs, n);
}

static void read_vlan(struct why_world *w, const char *ns, JsonObject *o)
{
	JsonArray *list = json_object_has_member(o, "vlans")
				  ? json_object_get_array_member(o, "vlans")
				  : NULL;

	for (unsigned int i = 0; list && i < json_array_get_length(list); i++) {
		JsonObject *v = json_array_get_object_element(list, i);
		struct why_vlan *vlan = g_new0(struct why_vlan, 1);

		vlan->ns = ns;
		vlan->dev = keep(w, get_str(o, "ifname"));
		vlan->id = get_int(v, "vlan", 0);
		vlan->pvid = has_flag(v, "PVID");
		vlan->untagged = has_flag(v, "Egress Untagged");
		g_ptr_array_add(w->vlans, vlan);
	}
}

static void read_json(struct why_world *w, const char *ns, const char *line,
		      void (*one)(struct why_world *, const char *, JsonObject *))
{
	g_autoptr(JsonParser) p = json_parser_new();
	JsonNode *root;
	JsonArray *a;

	if (*line != '[' || !json_parser_load_from_data(p, line, -1, NULL))
		return;
	root = json_parser_get_root(p);
	if (!root || !JSON_NODE_HOLDS_ARRAY(root))
		return;
	a = json_node_get_array(root);
	for (unsigned int i = 0; i < json_array_get_length(a); i++) {
		JsonNode *n = json_array_get_element(a, i);

		if (JSON_NODE_HOLDS_OBJECT(n) && json_object_get_size(json_node_get_object(n)))
			one(w, ns, json_node_get_object(n));
	}
}

/* "[3:252] -A FORWARD ...", ":FORWARD DROP [0:0]", "*filter" */
static void read_ipt(struct why_world *w, const char *ns, const char *line, const char **table)
{
	struct why_fwrule *r;
	guint64 packets = 0;

	if (*line == '*') {
		*table = keep(w, line + 1);
	} else if (*line == ':') {
		g_auto(GStrv) words = g_strsplit(line + 1, " ", 3);
		struct why_policy *p;

		if (g_strv_length(words) < 3 || !strcmp(words[1], "-"))
			return;
		p = g_new0(struct why_policy, 1);
		p->ns = ns;
		p->table = *table;
		p->chain = keep(w, words[0]);
		p->policy = keep(w, words[1]);
		p->packets = g_ascii_strtoull(words[2] + 1, NULL, 10);
		g_ptr_array_add(w->policies, p);
	} else if (*line == '[' && strchr(line, ']')) {
		packets = g_ascii_strtoull(line + 1, NULL, 10);
		line = strchr(line, ']') + 2;
		r = g_new0(struct why_fwrule, 1);
		r->ns = ns;
		r->table = *table;
		r->text = keep(w, line);
		if (!g_shell_parse_argv(line, NULL, &r->words, NULL))
			r->words = g_strsplit(line, " ", -1);
		r->chain = r->words[0] && r->words[1] ? r->words[1] : "";
		r->packets = packets;
		r->number = 1;
		for (unsigned int i = 0; i < w->fwrules->len; i++) {
			const struct why_fwrule *o = g_ptr_array_index(w->fwrules, i);

			r->number += o->ns == ns && !strcmp(o->table, r->table) &&
				     !strcmp(o->chain, r->chain);
		}
		g_ptr_array_add(w->fwrules, r);
	}
}

static void read_sysctl(struct why_world *w, const char *ns, const char *line)
{
	const char *eq = strstr(line, " = ");

	if (eq)
		g_hash_table_insert(w->sysctls,
				    g_strdup_printf("%s\n%.*s", ns, (int)(eq - line), line),
				    g_strdup(eq + 3));
}

/* "nsid 0 (iproute2 netns name: red)" */
static void read_id(struct why_world *w, const char *ns, const char *line)
{
	const char *name = strstr(line, "netns name: ");
	int id = g_str_has_prefix(line, "nsid ") ? atoi(line + 5) : -1;

	if (id < 0 || !name)
		return;
	name += strlen("netns name: ");
	g_hash_table_insert(w->ids, g_strdup_printf("%s\n%d", ns, id),
			    g_strndup(name, strcspn(name, ")")));
}

static void read_ct(struct why_world *w, const char *ns, const char *line)
{
	struct why_flowentry *f;

	if (!strstr(line, "src="))
		return;
	f = g_new0(struct why_flowentry, 1);
	f->ns = ns;
	f->text = keep(w, line);
	g_ptr_array_add(w->flows, f);
}

/* "tcp LISTEN 0 1 127.0.0.1:5000 0.0.0.0:*" */
static void read_sock(struct why_world *w, const char *ns, const char *line)
{
	g_auto(GStrv) words = g_regex_split_simple(" +", line, 0, 0);
	char *colon = g_strv_length(words) > 5 ? strrchr(words[4], ':') : NULL;
	struct why_sock *s;

	if (!colon || !g_ascii_isdigit(colon[1]))
		return;
	*colon = '\0';
	s = g_new0(struct why_sock, 1);
	s->ns = ns;
	s->udp = !strcmp(words[0], "udp");
	s->port = atoi(colon + 1);
	is_ipv4(words[4], &s->addr, NULL);
	g_ptr_array_add(w->socks, s);
}

/* "qdisc netem 8001: dev eth0 root refcnt 2 limit 1000 delay 10ms loss 30%" */
static void read_qdisc(struct why_world *w, const char *ns, const char *line)
{
	const char *limit = strstr(line, " limit ");
	g_auto(GStrv) words = g_strsplit(line, " ", 6);
	struct why_qdisc *q;

	if (!limit || g_strv_length(words) < 6 || strcmp(words[1], "netem") != 0)
		return;
	limit = strchr(limit + strlen(" limit "), ' ');
	q = g_new0(struct why_qdisc, 1);
	q->ns = ns;
	q->dev = keep(w, words[4]);
	q->text = keep(w, limit ? limit + 1 : "");
	g_ptr_array_add(w->qdiscs, q);
}

struct reader {
	const char *ns, *part, *table;
};

static void read_line(struct why_world *w, struct reader *r, const char *line)
{
	static const struct {
		const char *part;
		void (*one)(struct why_world *, const char *, JsonObject *);
	} json[] = { { "link", read_link }, { "addr", read_addr },   { "route", read_route },
		     { "rule", read_rule }, { "neigh", read_neigh }, { "vlan", read_vlan } };

	if (g_str_has_prefix(line, "@ns ")) {
		r->ns = keep(w, strcmp(line + 4, ":") ? line + 4 : "");
		g_ptr_array_add(w->namespaces, (gpointer)(uintptr_t)r->ns);
	} else if (*line == '@') {
		r->part = line + 1;
	} else if (!strcmp(r->part, "ipt")) {
		read_ipt(w, r->ns, line, &r->table);
	} else if (!strcmp(r->part, "sysctl")) {
		read_sysctl(w, r->ns, line);
	} else if (!strcmp(r->part, "ids")) {
		read_id(w, r->ns, line);
	} else if (!strcmp(r->part, "ct")) {
		read_ct(w, r->ns, line);
	} else if (!strcmp(r->part, "sock")) {
		read_sock(w, r->ns, line);
	} else if (!strcmp(r->part, "qdisc")) {
		read_qdisc(w, r->ns, line);
	}
	for (unsigned int i = 0; i < G_N_ELEMENTS(json); i++) {
		if (!strcmp(r->part, json[i].part))
			read_json(w, r->ns, line, json[i].one);
	}
}

static void join(struct why_world *w, int a, int b)
{
	for (unsigned int i = 0; i < w->devs->len && a != b; i++) {
		struct why_dev *d = g_ptr_array_index(w->devs, i);

		if (d->segment == b)
			d->segment = a;
	}
}

/* What a frame could reach when every link were up. */
static void find_segments(struct why_world *w)
{
	for (unsigned int i = 0; i < w->devs->len; i++)
		((struct why_dev *)g_ptr_array_index(w->devs, i))->segment = (int)i + 1;
	for (unsigned int i = 0; i < w->devs->len; i++) {
		struct why_dev *d = g_ptr_array_index(w->devs, i);
		const struct why_dev *o;

		if (d->netnsid >= 0) {
			g_autofree char *key = g_strdup_printf("%s\n%d", d->ns, d->netnsid);
			const char *ns = g_hash_table_lookup(w->ids, key);

			d->peer_ns = ns ? ns : "";
		}
		o = why_dev_peer(w, d);
		if (o)
			join(w, d->segment, o->segment);
		o = *d->master ? why_dev_find(w, d->ns, d->master) : NULL;
		if (o)
			join(w, d->segment, o->segment);
		o = *d->link_name ? why_dev_find(w, d->ns, d->link_name) : NULL;
		if (o && strcmp(d->kind, "vlan") != 0)
			join(w, d->segment, o->segment);
	}
}

static void fwrule_free(gpointer data)
{
	struct why_fwrule *r = data;

	g_strfreev(r->words);
	g_free(r);
}

/**
 * why_world_read() - Reads what why_world_script printed
 * @text: its output
 *
 * Return: the world, why_world_free() it.
 */
struct why_world *why_world_read(const char *text)
{
	struct why_world *w = g_new0(struct why_world, 1);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	struct reader r = { .part = "", .table = "", .ns = "" };

	w->strings = g_ptr_array_new_with_free_func(g_free);
	w->namespaces = g_ptr_array_new();
	w->devs = g_ptr_array_new_with_free_func(g_free);
	w->addrs = g_ptr_array_new_with_free_func(g_free);
	w->routes = g_ptr_array_new_with_free_func(g_free);
	w->rules = g_ptr_array_new_with_free_func(g_free);
	w->neighs = g_ptr_array_new_with_free_func(g_free);
	w->policies = g_ptr_array_new_with_free_func(g_free);
	w->flows = g_ptr_array_new_with_free_func(g_free);
	w->socks = g_ptr_array_new_with_free_func(g_free);
	w->qdiscs = g_ptr_array_new_with_free_func(g_free);
	w->vlans = g_ptr_array_new_with_free_func(g_free);
	w->fwrules = g_ptr_array_new_with_free_func(fwrule_free);
	w->sysctls = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	w->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	for (char **l = lines; *l && strcmp(*l, "@end") != 0; l++)
		read_line(w, &r, *l);
	find_segments(w);
	return w;
}

/**
 * why_world_free() - Forgets it
 * @w: or NULL
 */
void why_world_free(struct why_world *w)
{
	if (!w)
		return;
	g_ptr_array_unref(w->namespaces);
	g_ptr_array_unref(w->devs);
	g_ptr_array_unref(w->addrs);
	g_ptr_array_unref(w->routes);
	g_ptr_array_unref(w->rules);
	g_ptr_array_unref(w->neighs);
	g_ptr_array_unref(w->policies);
	g_ptr_array_unref(w->flows);
	g_ptr_array_unref(w->vlans);
	g_ptr_array_unref(w->socks);
	g_ptr_array_unref(w->qdiscs);
	g_ptr_array_unref(w->fwrules);
	g_ptr_array_unref(w->strings);
	g_hash_table_unref(w->sysctls);
	g_hash_table_unref(w->ids);
	g_free(w);
}
