/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * what.c - what would happen if a command stood before the line that runs now
 *
 * The edited script is run in a world of its own; the packet there that
 * was the same one (the n-th made on behalf of that line) is compared.
 */
#include <string.h>

#include "../trace/packetline.h"
#include "../trace/traceline.h"
#include "step.h"

/* "ip_forward=1" is short for the sysctl. */
static char *command_of(const char *text)
{
	const char *equals = strchr(text, '=');
	g_autofree char *key = equals ? g_strndup(text, (gsize)(equals - text)) : NULL;

	if (!key || !*key || strpbrk(text, " \t;|&") ||
	    strspn(key, "abcdefghijklmnopqrstuvwxyz"
			"0123456789_.-") != strlen(key))
		return g_strdup(text);
	if (strchr(key, '.'))
		return g_strdup_printf("sysctl -q -w %s", text);
	if (g_str_has_prefix(key, "bridge-nf-"))
		return g_strdup_printf("sysctl -q -w net.bridge.%s", text);
	if (!strcmp(key, "rp_filter"))
		return g_strdup_printf("sysctl -q -w net.ipv4.conf.all.%s", text);
	return g_strdup_printf("sysctl -q -w net.ipv4.%s", text);
}

static unsigned int height(const char *s)
{
	unsigned int n = 1;

	for (; *s; s++)
		n += *s == '\n';
	return n;
}

static char *insert_line(const struct scene *scene, unsigned int line, const char *command)
{
	const char *p = scene->text;

	for (unsigned int i = 1; i < line; i++) {
		const char *nl = strchr(p, '\n');

		if (!nl)
			break;
		p = nl + 1;
	}
	return g_strdup_printf("%.*s%s\n%s", (int)(p - scene->text), scene->text, command, p);
}

/* Which packet of its line it is, from 1; 0: it has none. */
static unsigned int ordinal_of(const struct step_run *r, uint64_t id, uint32_t *ret_line)
{
	unsigned int n = 0;
	uint64_t seen = 0;

	*ret_line = 0;
	for (size_t pos = 1; pos <= step_count(r); pos++) {
		const struct ng_trace_event *ev = step_event(r, pos);

		if (ev->packet.id == id && ev->origin.line) {
			*ret_line = ev->origin.line;
			break;
		}
	}
	for (size_t pos = 1; *ret_line && pos <= step_count(r); pos++) {
		const struct ng_trace_event *ev = step_event(r, pos);

		if (ev->packet.id <= seen || ev->origin.line != *ret_line)
			continue;
		seen = ev->packet.id;
		n++;
		if (seen == id)
			return n;
	}
	return 0;
}

static uint64_t nth_packet(const struct step_run *r, uint32_t line, unsigned int n)
{
	uint64_t seen = 0;

	for (size_t pos = 1; pos <= step_count(r); pos++) {
		const struct ng_trace_event *ev = step_event(r, pos);

		if (ev->packet.id <= seen || ev->origin.line != line)
			continue;
		seen = ev->packet.id;
		if (!--n)
			return seen;
	}
	return 0;
}

/* The step that tells best what became of it: its loss, its delivery, else its last. */
static const struct ng_trace_event *fate_of(const struct step_run *r, uint64_t id)
{
	const struct ng_trace_event *last = NULL, *best = NULL;

	for (size_t pos = 1; pos <= step_count(r); pos++) {
		const struct ng_trace_event *ev = step_event(r, pos);

		if (ev->packet.id != id)
			continue;
		last = ev;
		if (ev->kind == NG_TRACE_DELIVER)
			best = ev;
		else if (ev->kind == NG_TRACE_DROP && (!best || best->kind != NG_TRACE_DELIVER))
			best = ev;
	}
	return best ? best : last;
}

static void tell_fate(struct step *s, const char *head, const struct step_run *r, uint64_t id)
{
	const struct ng_trace_event *ev = id ? fate_of(r, id) : NULL;
	g_autofree char *what = NULL;
	g_autofree char *where = NULL;

	if (!ev) {
		step_say(s, "   %s is never made", head);
		return;
	}
	what = trace_line(ev, NULL);
	where = trace_where(ev);
	step_say(s, "   %s %s at step %" G_GUINT64_FORMAT ", %s: %s", head, ev->packet.name, ev->nr,
		 where, what);
}

static const struct step_command *command_on(const struct step_run *r, unsigned int line)
{
	for (unsigned int i = 0; i < r->commands->len; i++) {
		const struct step_command *c = g_ptr_array_index(r->commands, i);

		if (c->first <= line && line <= c->last)
			return c;
	}
	return NULL;
}

static void tell_output(struct step *s, const struct step_command *now,
			const struct step_command *then)
{
	if (!now || !then)
		return;
	if (now->status == then->status && g_string_equal(now->out, then->out)) {
		step_say(s, "   line %u prints the same, status %d",
			 scene_line(s->scene, now->first), now->status);
		return;
	}
	step_say(s, "   line %u has status %d instead of %d, and prints:",
		 scene_line(s->scene, now->first), then->status, now->status);
	fputs(then->out->len ? then->out->str : "   (nothing)\n", s->out);
}

/* The first packet made on behalf of a command; NULL: it made none. */
static const struct ng_trace_event *first_packet_of(const struct step_run *r,
						    const struct step_command *c)
{
	for (size_t pos = c->from + 1; pos <= step_count(r); pos++) {
		const struct ng_trace_event *ev = step_event(r, pos);

		if (ev->packet.id && ev->origin.line >= c->first && ev->origin.line <= c->last)
			return ev;
	}
	return NULL;
}

/**
 * step_what_if() - The same script with a command before the line that runs now
 * @s: the session; nothing changes in it
 * @command: the command, or NAME=VALUE of a sysctl
 */
void step_what_if(struct step *s, const char *command)
{
	const struct step_command *now = step_command_at(s->run, s->pos);
	const struct ng_trace_event *packet = step_packet_event(s);
	g_autofree char *text = command_of(command);
	unsigned int line = now ? now->first : 1, shift = height(text), nth = 0;
	struct scene edited = *s->scene;
	struct step_run *then;
	uint32_t origin = 0;

	edited.text = insert_line(s->scene, line, text);
	edited.len = strlen(edited.text);
	edited.script = NULL;
	then = step_run_new(&edited);
	step_say(s, "   in a copy, with \"%s\" before line %u:", text, scene_line(s->scene, line));
	if (!packet || !now || packet->origin.line < now->first || packet->origin.line > now->last)
		packet = now ? first_packet_of(s->run, now) : NULL;
	if (packet)
		nth = ordinal_of(s->run, packet->packet.id, &origin);
	if (nth) {
		tell_fate(s, "here packet", s->run, packet->packet.id);
		tell_fate(s, "there packet", then,
			  nth_packet(then, origin >= line ? origin + shift : origin, nth));
	}
	tell_output(s, now, command_on(then, line + shift));
	step_say(s, "   Nothing changed here.");
	step_run_free(then);
	g_free(edited.text);
}
