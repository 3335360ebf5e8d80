/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * show.c - what step prints of events and packets
 */
#include <string.h>

#include "../lib/escape.h"
#include "../trace/packetline.h"
#include "../trace/tracejson.h"
#include "../trace/traceline.h"
#include "step.h"

#define INDENT 6

static void put_wrapped(struct step *s, const char *text)
{
	size_t room = s->width > 40 ? s->width - 1 : 79, used = 0;
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	GString *line = g_string_new(NULL);

	for (char **w = words; *w; w++) {
		size_t len = strlen(*w);

		if (used && used + 1 + len > room) {
			g_string_append_printf(line, "\n%*s", INDENT + 2, "");
			used = INDENT + 2;
		} else if (w > words) {
			g_string_append_c(line, ' ');
			used++;
		}
		g_string_append(line, *w);
		used += len;
	}
	fprintf(s->out, "%s\n", line->str);
	g_string_free(line, TRUE);
}

/* The first line of a command, as it is written. */
static char *source_line(const struct step *s, unsigned int line)
{
	const char *p = s->scene->text;
	const char *end;
	g_autofree char *raw = NULL;

	for (unsigned int i = 1; p && i < line; i++) {
		p = strchr(p, '\n');
		p = p ? p + 1 : NULL;
	}
	if (!p)
		return g_strdup("");
	end = strchr(p, '\n');
	raw = end ? g_strndup(p, (gsize)(end - p)) : g_strdup(p);
	for (char *c = raw; *c; c++) {
		if (*c == '\t')
			*c = ' ';
	}
	return text_printable(raw);
}

static void show_event(struct step *s, size_t pos, const char *mark)
{
	const struct ng_trace_event *ev = step_event(s->run, pos);
	g_autofree char *where = trace_where(ev);
	g_autofree char *what = trace_line(ev, &s->words);
	g_autofree char *line =
		g_strdup_printf("%s%5zu  %s%s%s%s%s", mark, pos, where, *where ? "  " : "",
				ev->packet.id ? "[" : "", ev->packet.id ? ev->packet.name : "",
				ev->packet.id ? "] " : "");
	g_autofree char *whole = g_strconcat(line, what, NULL);

	put_wrapped(s, whole);
}

/**
 * step_flush() - With --json: what was said since the last line becomes one of kind "output"
 * @s: the session
 */
void step_flush(struct step *s)
{
	const struct ng_trace_event *ev = step_event(s->run, s->pos);
	g_autofree char *line = NULL;

	fflush(s->out);
	if (!s->json)
		return;
	if (s->said_len) {
		line = trace_output_to_json(ev ? ev->t_ns : 0, 1, s->said, s->said_len);
		puts(line);
	}
	rewind(s->out);
	fflush(stdout);
}

/* The step as `run --json` has it. */
static void show_json(struct step *s, const struct ng_trace_event *ev)
{
	g_autofree char *line = NULL;

	step_flush(s);
	line = trace_event_to_json(ev);
	puts(line);
}

/**
 * step_show() - The step just done, and the script's line when that is another
 * @s: the session
 * @pos: which
 */
void step_show(struct step *s, size_t pos)
{
	const struct ng_trace_event *ev = step_event(s->run, pos);

	if (!ev) {
		fputs("   at the beginning: nothing has happened yet\n", s->out);
		s->seen = 0;
		return;
	}
	if (s->json) {
		show_json(s, ev);
		return;
	}
	if (ev->command.line && ev->command.line != s->seen) {
		g_autofree char *text = source_line(s, ev->command.line);
		g_autofree char *line = g_strdup_printf(
			"line %u: %s", scene_line(s->scene, ev->command.line), text);

		put_wrapped(s, line);
		s->seen = ev->command.line;
	}
	show_event(s, pos, "");
}

/**
 * step_packet_event() - The packet people mean now
 * @s: the session
 *
 * Return: the last event up to here that has one, or NULL.
 */
const struct ng_trace_event *step_packet_event(const struct step *s)
{
	for (size_t pos = s->pos; pos > 0; pos--) {
		const struct ng_trace_event *ev = step_event(s->run, pos);

		if (ev->packet.id)
			return ev;
	}
	return NULL;
}

/**
 * step_show_packet() - Headers, and how they were before when this step changed them
 * @s: the session
 */
void step_show_packet(struct step *s)
{
	const struct ng_trace_event *ev = step_packet_event(s), *old = NULL;
	g_autofree char *now = NULL;
	g_auto(GStrv) lines = NULL;
	g_auto(GStrv) before = NULL;

	if (!ev) {
		step_error(s, "no packet yet");
		return;
	}
	for (size_t pos = ev->nr - 1; pos > 0 && !old; pos--) {
		const struct ng_trace_event *e = step_event(s->run, pos);

		if (!strcmp(e->packet.name, ev->packet.name))
			old = e;
	}
	now = packet_headers(ev);
	lines = g_strsplit(now, "\n", -1);
	if (old) {
		g_autofree char *text = packet_headers(old);

		before = g_strsplit(text, "\n", -1);
	}
	step_say(s, "packet %s at step %" G_GUINT64_FORMAT ", %u bytes", ev->packet.name, ev->nr,
		 ev->frame_len);
	for (unsigned int i = 0; lines[i] && *lines[i]; i++) {
		bool same = !before || g_strv_contains((const char *const *)before, lines[i]);

		step_say(s, "  %s%s", lines[i], same ? "" : "   CHANGED");
		if (!same && i < g_strv_length(before) && *before[i])
			step_say(s, "  was: %s", g_strstrip(before[i]));
	}
}

/**
 * step_show_steps() - Every step of this packet
 * @s: the session
 */
void step_show_steps(struct step *s)
{
	const struct ng_trace_event *of = step_packet_event(s);
	g_autofree char *packet = of ? packet_line(of) : NULL;

	if (!of) {
		step_error(s, "no packet yet");
		return;
	}
	step_say(s, "Packet %" G_GUINT64_FORMAT ": %s", of->packet.id, packet);
	for (size_t pos = 1; pos <= step_count(s->run); pos++) {
		const struct ng_trace_event *ev = step_event(s->run, pos);

		if (ev->packet.id == of->packet.id)
			show_event(s, pos, pos == s->pos ? "=>" : "  ");
	}
}

/**
 * step_show_list() - The script around here
 * @s: the session
 */
void step_show_list(struct step *s)
{
	const struct step_command *c = step_command_at(s->run, s->pos);
	const struct ng_trace_event *ev = step_event(s->run, s->pos);
	unsigned int here = ev && ev->command.line ? ev->command.line : c ? c->first : 1;
	unsigned int first = here > 5 ? here - 5 : 1, total = 1;

	for (size_t i = 0; i < s->scene->len; i++)
		total += s->scene->text[i] == '\n' && i + 1 < s->scene->len;
	for (unsigned int line = first; line <= MIN(first + 10, total); line++) {
		g_autofree char *text = source_line(s, line);
		g_autofree char *whole = g_strdup_printf("%s%4u  %s", line == here ? "=>" : "  ",
							 scene_line(s->scene, line), text);

		put_wrapped(s, whole);
	}
}

/**
 * step_show_here() - Where we are: the step, its place in the kernel, what the command printed
 * @s: the session
 */
void step_show_here(struct step *s)
{
	const struct ng_trace_event *ev = step_event(s->run, s->pos);

	s->seen = 0;
	step_show(s, s->pos);
	if (!ev)
		return;
	step_say(s, "   time %" G_GINT64_FORMAT ".%09" G_GINT64_FORMAT " s",
		 ev->t_ns / NSEC_PER_SEC, ev->t_ns % NSEC_PER_SEC);
	if (ev->func)
		step_say(s, "   in %s(), %s", ev->func, ev->file ? ev->file : "?");
	if (ev->packet.id) {
		g_autofree char *packet = packet_line(ev);

		step_say(s, "   packet %s: %s", ev->packet.name, packet);
	}
}
