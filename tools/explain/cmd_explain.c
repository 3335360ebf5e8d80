/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_explain.c - netglass explain: runs a script and tells the way of its packets
 */
#include <stdio.h>
#include <string.h>

#include "../cli/cli.h"
#include "../cli/machine.h"
#include "explain.h"

#define DEFAULT_PINGS 3

struct options {
	char *packet;
	int line;
	gboolean drops;
	int detail;
	char *format;
	int64_t seed;
	int pings;
};

static const char *const format_names[] = {
	[FORMAT_TEXT] = "text", [FORMAT_MD] = "md",	[FORMAT_MERMAID] = "mermaid",
	[FORMAT_SVG] = "svg",	[FORMAT_JSON] = "json",
};

static bool format_find(const char *name, enum format *ret)
{
	for (unsigned int i = 0; i < G_N_ELEMENTS(format_names); i++) {
		if (!strcmp(format_names[i], name)) {
			*ret = (enum format)i;
			return true;
		}
	}
	cli_error("explain: no format \"%s\": text, md, mermaid, svg, json", name);
	return false;
}

/* Runs the script; what it prints is not wanted. CLI_OK or CLI_NOT_MODELLED. */
static int run(struct explain *x)
{
	struct machine *m = scene_machine(&x->scene, NULL, NULL);
	int status;

	x->log = tracelog_new();
	ng_world_trace(m->world, tracelog_listen, x->log);
	status = machine_run(m) == CLI_NOT_MODELLED ? CLI_NOT_MODELLED : CLI_OK;
	x->nr_events = tracelog_length(x->log);
	machine_free(m);
	packets_find(x);
	if (x->log->full)
		cli_error("explain: only the first %d steps are told", TRACELOG_MAX);
	if (status == CLI_NOT_MODELLED)
		cli_error("explain: some commands are not modelled: the story is without them");
	return status;
}

/* Did @one set it off: itself, or through a question of ARP? */
static bool set_off_by(struct explain *x, const struct packet *p, const struct packet *one)
{
	const struct packet *cause = packet_get(x, p->cause);

	return p == one || cause == one ||
	       (cause && cause->cause_kind == NG_CAUSE_ARP && cause->cause == one->id);
}

/* The packets a picture or JSON shall be about. */
static GPtrArray *chosen(struct explain *x, const struct options *o, const struct packet *one)
{
	GPtrArray *a = g_ptr_array_new();

	for (unsigned int i = 0; i < x->packets->len; i++) {
		struct packet *p = g_ptr_array_index(x->packets, i);

		if (one && !set_off_by(x, p, one))
			continue;
		if (o->line && (int)p->line != o->line)
			continue;
		if (o->drops && packet_is_noise(p))
			continue;
		g_ptr_array_add(a, p);
	}
	return a;
}

static void tell_line(struct explain *x, const struct options *o, GString *out, enum format format)
{
	g_autoptr(GPtrArray) packets = chosen(x, o, NULL);

	for (unsigned int i = 0; i < packets->len; i++) {
		if (i && format == FORMAT_TEXT)
			g_string_append_c(out, '\n');
		tell_packet(x, g_ptr_array_index(packets, i), NULL, out, format);
	}
	if (!packets->len)
		g_string_append_printf(out, "No packet comes from line %d.\n", o->line);
}

static void tell(struct explain *x, const struct options *o, const struct packet *one,
		 enum format format, GString *out)
{
	const char *name =
		one && strspn(o->packet, "0123456789") != strlen(o->packet) ? o->packet : NULL;
	g_autoptr(GPtrArray) packets = NULL;
	g_autofree char *json = NULL;

	switch (format) {
	case FORMAT_TEXT:
	case FORMAT_MD:
		if (one)
			tell_packet(x, one, name, out, format);
		else if (o->drops)
			tell_drops(x, out, format);
		else if (o->line)
			tell_line(x, o, out, format);
		else
			tell_overview(x, out, format);
		return;
	case FORMAT_MERMAID:
		packets = chosen(x, o, one);
		ladder_mermaid(x, packets, out);
		return;
	case FORMAT_SVG:
		packets = chosen(x, o, one);
		ladder_svg(x, packets, out);
		return;
	case FORMAT_JSON:
		packets = chosen(x, o, one);
		json = tell_json(x, packets, name);
		g_string_append_printf(out, "%s\n", json);
		return;
	}
}

static int explain(const struct options *o, const char *path, enum format format)
{
	struct explain x = { .detail = CLAMP(o->detail, 0, 3) };
	g_autoptr(GString) out = g_string_new(NULL);
	const struct packet *one = NULL;
	int status = scene_load(&x.scene, path);

	if (status == CLI_OK) {
		x.scene.seed = (uint64_t)o->seed;
		x.scene.pings = o->pings;
		status = run(&x);
		if (o->packet)
			one = packet_by_name(&x, o->packet);
		if (o->packet && !one) {
			cli_error("explain: no packet \"%s\"; there are %u", o->packet,
				  x.packets->len);
			status = CLI_USAGE;
		} else {
			tell(&x, o, one, format, out);
			fwrite(out->str, 1, out->len, stdout);
		}
		rulewords_free(x.rules);
		g_hash_table_unref(x.by_id);
		g_ptr_array_unref(x.packets);
		tracelog_free(x.log);
	}
	scene_free(&x.scene);
	return status;
}

/**
 * cmd_explain() - The verb
 * @argc: argument count
 * @argv: "explain", options, the script or tutorial
 *
 * Return: 0, 1 when the output cannot be written, 2 usage.
 */
int cmd_explain(int argc, char **argv)
{
	struct options o = { .detail = 1, .pings = DEFAULT_PINGS };
	const GOptionEntry entries[] = {
		{ "packet", 'p', 0, G_OPTION_ARG_STRING, &o.packet,
		  "The story of packet ID (7, a copy 7.1, a fragment 7a)", "ID" },
		{ "line", 'l', 0, G_OPTION_ARG_INT, &o.line,
		  "The packets that line N of the script caused", "N" },
		{ "drops", 0, 0, G_OPTION_ARG_NONE, &o.drops, "The packets that were lost, and why",
		  NULL },
		{ "detail", 'd', 0, G_OPTION_ARG_INT, &o.detail,
		  "0 wires and changes, 1 decisions, 2 every rule and flow, 3 headers and "
		  "functions",
		  "0..3" },
		{ "format", 0, 0, G_OPTION_ARG_STRING, &o.format, "text, md, mermaid, svg or json",
		  "FORMAT" },
		{ "pings", 0, 0, G_OPTION_ARG_INT, &o.pings, "What ping without -c sends (3)",
		  "N" },
		{ "seed", 0, 0, G_OPTION_ARG_INT64, &o.seed,
		  "Another set of MAC addresses, ids and ports", "N" },
		{ 0 },
	};
	const struct cli_verb *verb = cli_verb_find("explain");
	enum format format = FORMAT_TEXT;
	int status = CLI_USAGE;

	if (!cli_parse(verb, entries, &argc, &argv))
		return CLI_USAGE;
	if (argc != 2)
		cli_error("explain: which script? (see netglass explain --help)");
	else if (o.detail < 0 || o.detail > 3)
		cli_error("explain: -d takes 0, 1, 2 or 3");
	else if (!o.format || format_find(o.format, &format))
		status = explain(&o, argv[1], format);
	g_free(o.packet);
	g_free(o.format);
	return status;
}
