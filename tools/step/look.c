/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * look.c - state at a step: the scene is run to it again, and asked with ordinary commands
 */
#include <string.h>

#include "../cli/observe.h"
#include "../lib/escape.h"
#include "../topo/topo.h"
#include "step.h"

struct table {
	const char *name;
	const char *command;
};

static const struct table tables[] = {
	{ "link", "ip -br link; bridge link" },
	{ "addr", "ip -br addr" },
	{ "route", "ip route" },
	{ "rule", "ip rule" },
	{ "neigh", "ip neigh" },
	{ "fdb", "bridge fdb" },
	{ "filter", "iptables -t filter -L -n -v --line-numbers" },
	{ "nat", "iptables -t nat -L -n -v --line-numbers" },
	{ "mangle", "iptables -t mangle -L -n -v --line-numbers" },
	{ "raw", "iptables -t raw -L -n -v --line-numbers" },
	{ "ct", "conntrack -L 2>/dev/null" },
	{ "sysctl", "sysctl net.ipv4.ip_forward net.bridge.bridge-nf-call-iptables "
		    "net.ipv4.conf.all.rp_filter" },
	{ "ps", "ps" },
	{ NULL, NULL },
};

/* @all: every table of every namespace, for a comparison of whole states. */
static const char all_tables[] =
	"for n in '' $(ip netns list | cut -d' ' -f1); do "
	"echo \"== ${n:-host}\"; p=${n:+ip netns exec $n}; "
	"$p ip -d addr; $p ip route show table all; $p ip rule; $p ip neigh; $p bridge fdb; "
	"$p bridge link; $p iptables-save -c; $p conntrack -L; done 2>&1";

/* The moment of the session: a world that has done s->pos steps. */
static struct moment here(const struct step *s)
{
	return (struct moment){ .at = MAX(s->pos, 1) };
}

/* Number of the namespace of that name, as it is up to here; 0: the host. */
static bool find_ns(const struct step *s, const char *name, uint64_t *ret_id)
{
	const struct ng_trace_event *ev = step_event(s->run, s->pos);

	*ret_id = 0;
	if (name && !strcmp(name, "host"))
		return true;
	if (!name) {
		*ret_id = ev ? ev->netns_id : 0;
		return true;
	}
	for (size_t pos = 1; pos <= step_count(s->run); pos++) {
		ev = step_event(s->run, pos);
		if (ev->netns && !strcmp(ev->netns, name))
			*ret_id = ev->netns_id;
		if (pos >= s->pos && *ret_id)
			break;
	}
	return *ret_id != 0;
}

static int run_there(struct step *s, const char *command, uint64_t netns_id)
{
	struct observe o = { .command = command, .netns_id = netns_id };
	const struct moment when = here(s);
	GString *out = g_string_new(NULL);

	scene_look(s->scene, &when, observe_run, &o, out);
	if (o.status == -1)
		step_error(s, "that namespace is not there (yet, or any more)");
	fwrite(out->str, 1, out->len, s->out);
	if (out->len && out->str[out->len - 1] != '\n')
		fputc('\n', s->out);
	if (!out->len && !o.status)
		step_say(s, "   (empty)");
	g_string_free(out, TRUE);
	return o.status;
}

/* "ADDRESS: told by packet 3", or "set by line 12": whose word an entry is. */
static void put_taught(GString *out, const char *name, uint64_t packet, unsigned int line)
{
	g_string_append_printf(out, "   %s: ", name);
	if (packet)
		g_string_append_printf(out, "told by packet %" G_GUINT64_FORMAT, packet);
	else if (line)
		g_string_append_printf(out, "set by line %u", line);
	else
		g_string_append(out, "not known from whom");
	g_string_append_c(out, '\n');
}

static char *ip_text(__be32 addr)
{
	uint32_t a = be32_to_cpu(addr);

	return g_strdup_printf("%u.%u.%u.%u", a >> 24, a >> 16 & 255, a >> 8 & 255, a & 255);
}

static char *mac_text(const uint8_t *m)
{
	return g_strdup_printf("%02x:%02x:%02x:%02x:%02x:%02x", m[0], m[1], m[2], m[3], m[4], m[5]);
}

/* The host is where the first thing happens. */
static uint64_t host_id(const struct step *s)
{
	const struct ng_trace_event *ev = NULL;

	for (size_t pos = 1; (!ev || !ev->netns) && pos <= step_count(s->run); pos++)
		ev = step_event(s->run, pos);
	return ev ? ev->netns_id : 0;
}

/* The last that is said of each neighbour, or of each address a bridge knows. */
static void show_teachers(struct step *s, uint64_t netns_id, bool fdb)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GString) out = g_string_new(NULL);
	uint64_t id = netns_id ? netns_id : host_id(s);

	for (size_t pos = s->pos; pos > 0; pos--) {
		const struct ng_trace_event *ev = step_event(s->run, pos);
		const struct ng_trace_neigh *n = &ev->neigh;
		const struct ng_trace_learn *l = &ev->learn;
		char *name;

		if (ev->kind != (fdb ? NG_TRACE_LEARN : NG_TRACE_NEIGH) || ev->netns_id != id)
			continue;
		name = fdb ? mac_text(l->addr) : ip_text(n->addr);
		if (!g_hash_table_add(seen, name))
			continue;
		if (fdb && l->port)
			put_taught(out, name, l->fdb_packet,
				   scene_line(s->scene, l->fdb_origin.line));
		else if (!fdb && n->lladdr)
			put_taught(out, name, n->neigh_packet,
				   scene_line(s->scene, n->neigh_origin.line));
	}
	fputs(out->str, s->out);
}

static void show_breaks(struct step *s)
{
	if (!s->breaks->len)
		step_say(s, "   none");
	for (unsigned int i = 0; i < s->breaks->len; i++) {
		const struct step_break *b = g_ptr_array_index(s->breaks, i);

		step_say(s, "%3u  %s", b->number, b->text);
	}
}

static void show_output(struct step *s)
{
	const struct step_command *c = step_command_at(s->run, s->pos);
	size_t len = 0;

	if (!c) {
		step_say(s, "   no command yet");
		return;
	}
	for (unsigned int i = 0; i < c->chunks->len; i++) {
		const struct step_chunk *chunk = &g_array_index(c->chunks, struct step_chunk, i);

		if (chunk->step < s->pos || s->pos == step_count(s->run))
			len = chunk->len;
	}
	step_say(s, "line %u has printed%s", scene_line(s->scene, c->first),
		 len ? ":" : " nothing yet");
	fwrite(c->out->str, 1, len, s->out);
	if (len < c->out->len)
		step_say(s, "   (%zu bytes more will follow)", c->out->len - len);
}

static void show_packets(struct step *s)
{
	uint64_t last = 0;

	for (size_t pos = 1; pos <= s->pos; pos++) {
		const struct ng_trace_event *ev = step_event(s->run, pos);

		if (ev->packet.id > last) {
			last = ev->packet.id;
			step_show(s, pos);
		}
	}
	if (!last)
		step_say(s, "   no packet yet");
}

static void info_usage(struct step *s)
{
	GString *names = g_string_new(NULL);

	for (const struct table *t = tables; t->name; t++)
		g_string_append_printf(names, "%s ", t->name);
	step_error(s, "info what? %spackets breaks output all (then a namespace)", names->str);
	g_string_free(names, TRUE);
}

/**
 * step_info() - A table as it is at this step
 * @s: the session
 * @what: its name
 * @ns: of which namespace; NULL: where the step is
 */
void step_info(struct step *s, const char *what, const char *ns)
{
	uint64_t id;

	if (!strcmp(what, "breaks") || !strcmp(what, "break")) {
		show_breaks(s);
		return;
	}
	if (!strcmp(what, "output")) {
		show_output(s);
		return;
	}
	if (!strcmp(what, "packets")) {
		show_packets(s);
		return;
	}
	if (!strcmp(what, "all")) {
		run_there(s, all_tables, 0);
		return;
	}
	for (const struct table *t = tables; t->name; t++) {
		if (strcmp(t->name, what) != 0)
			continue;
		if (!find_ns(s, ns, &id)) {
			step_error(s, "no namespace \"%s\" here", ns);
			return;
		}
		run_there(s, t->command, id);
		if (!strcmp(what, "neigh") || !strcmp(what, "fdb"))
			show_teachers(s, id, *what == 'f');
		return;
	}
	info_usage(s);
}

/**
 * step_shell() - A command in the world as it is at this step; what it changes is forgotten
 * @s: the session
 * @command: for sh -c
 */
void step_shell(struct step *s, const char *command)
{
	int status = run_there(s, command, 0);

	if (status > 0)
		step_say(s, "   status %d", status);
}

/**
 * step_topo() - The network as it is at this step
 * @s: the session
 */
void step_topo(struct step *s)
{
	const struct moment when = here(s);
	struct topo *t = topo_new("");
	g_autofree char *text = NULL;

	scene_look(s->scene, &when, topo_read, t, NULL);
	text = topo_ascii(t, s->width, false);
	fputs(text, s->out);
	topo_free(t);
}
