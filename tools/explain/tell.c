/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tell.c - the story as text, as Markdown and as JSON
 *
 * Text keeps to 80 columns. Words carry the meaning: nothing is said by colour.
 */
#include <string.h>

#include "../lib/escape.h"
#include "../trace/packetline.h"
#include "../trace/tracejson.h"
#include "explain.h"

#define NS_MAX 12
#define TOPIC_WIDTH 11
#define OVERVIEW_MAX 40
#define LONG_BEGIN 40 /* steps told of a long way, and of its end */
#define LONG_END 10

/* One column of at most @width; longer text loses its middle. */
static void put_column(GString *out, const char *text, size_t width)
{
	size_t len = strlen(text);

	if (len <= width)
		g_string_append_printf(out, "%-*s", (int)width, text);
	else
		g_string_append_printf(out, "%.*s~%s", (int)(width - width / 3 - 1), text,
				       text + len - width / 3);
}

/* @text from column @at on, folded between words. */
static void put_folded(GString *out, const char *text, size_t at)
{
	size_t column = at;
	g_auto(GStrv) words = g_strsplit(text, " ", -1);

	for (size_t i = 0; words[i]; i++) {
		size_t len = strlen(words[i]);

		if (i && column + 1 + len > WIDTH) {
			while (out->len && out->str[out->len - 1] == ' ')
				g_string_truncate(out, out->len - 1);
			g_string_append_printf(out, "\n%*s", (int)at, "");
			column = at;
		} else if (i) {
			g_string_append_c(out, ' ');
			column++;
		}
		/* a word longer than a line is cut between columns */
		for (const char *w = words[i]; *w;) {
			size_t room = WIDTH > column ? WIDTH - column : 1, n = MIN(strlen(w), room);

			g_string_append_len(out, w, (gssize)n);
			w += n;
			column += n;
			if (*w) {
				g_string_append_printf(out, "\n%*s", (int)at, "");
				column = at;
			}
		}
	}
	g_string_append_c(out, '\n');
}

/* ---- which packets to tell of */

static int worth(const struct packet *p)
{
	if (!packet_is_noise(p))
		return 3;
	if (p->cause_kind == NG_CAUSE_NONE && p->end == END_DELIVERED)
		return 2;
	return p->end == END_DELIVERED ? 1 : 0;
}

/*
 * The packet a student asks about first: of the last line that lost something (else: that sent
 * something) the first one, which meets what later ones only repeat.
 */
static struct packet *most_interesting(const struct explain *x)
{
	struct packet *best = NULL;

	for (unsigned int i = 0; i < x->packets->len; i++) {
		struct packet *p = g_ptr_array_index(x->packets, i);

		if (!best || worth(p) > worth(best) ||
		    (worth(p) == worth(best) && p->line != best->line))
			best = p;
	}
	/* an ARP question that found nobody was asked for a packet: tell of that one */
	while (best && best->cause_kind == NG_CAUSE_ARP && packet_get(x, best->cause) &&
	       packet_get(x, best->cause)->end == END_LOST)
		best = packet_get(x, best->cause);
	return best;
}

static struct packet *answer_to(const struct explain *x, const struct packet *p)
{
	for (unsigned int i = 0; i < p->caused->len; i++) {
		struct packet *c = packet_get(x, g_array_index(p->caused, uint64_t, i));

		if (c->cause_kind == NG_CAUSE_REPLY || c->cause_kind == NG_CAUSE_ERROR ||
		    c->cause_kind == NG_CAUSE_RESET)
			return c;
	}
	return NULL;
}

/* ---- one packet */

static size_t ns_width(GPtrArray *steps)
{
	size_t w = 4;

	for (unsigned int i = 0; i < steps->len; i++) {
		const struct step *s = g_ptr_array_index(steps, i);
		g_autofree char *ns = text_escape(s->ev->netns ? s->ev->netns : "");

		w = MAX(w, strlen(ns));
	}
	return MIN(w, NS_MAX);
}

/* Lines of the headers that differ from those before, at -d 3. */
static void put_headers(GString *out, const struct ng_trace_event *was,
			const struct ng_trace_event *is, size_t at)
{
	g_autofree char *a = packet_headers(was), *b = packet_headers(is);
	g_auto(GStrv) before = g_strsplit(a, "\n", -1);
	g_auto(GStrv) after = g_strsplit(b, "\n", -1);

	for (size_t i = 0; before[i] && after[i]; i++) {
		if (!strcmp(before[i], after[i]))
			continue;
		g_string_append_printf(out, "%*sbefore ", (int)at, "");
		put_folded(out, g_strstrip(before[i]), at + 7);
		g_string_append_printf(out, "%*safter  ", (int)at, "");
		put_folded(out, g_strstrip(after[i]), at + 7);
	}
}

static const struct ng_trace_event *event_before(const struct packet *p,
						 const struct ng_trace_event *ev)
{
	const struct ng_trace_event *last = NULL;

	for (unsigned int i = 0; i < p->events->len; i++) {
		const struct ng_trace_event *e = g_ptr_array_index(p->events, i);

		if (e == ev)
			break;
		if (!strcmp(e->packet.name, ev->packet.name))
			last = e;
	}
	return last;
}

static void put_step(struct explain *x, const struct packet *p, const struct step *s,
		     unsigned int number, size_t ns_columns, GString *out)
{
	g_autofree char *ns = text_escape(s->ev->netns ? s->ev->netns : "");
	const struct ng_trace_event *was = event_before(p, s->ev);
	g_autofree char *where = NULL;
	size_t at = out->len;

	g_string_append_printf(out, "%3u ", number);
	put_column(out, ns, ns_columns);
	g_string_append_c(out, ' ');
	if (p->many) {
		put_column(out, s->ev->packet.name, 6);
		g_string_append_c(out, ' ');
	}
	put_column(out, s->topic, TOPIC_WIDTH);
	g_string_append_c(out, ' ');
	at = out->len - at;
	put_folded(out, s->text, at);
	if (x->detail < 3)
		return;
	if ((s->ev->kind == NG_TRACE_NAT || s->ev->kind == NG_TRACE_TTL) && was)
		put_headers(out, was, s->ev, at);
	where = g_strdup_printf("event %" G_GUINT64_FORMAT "  %.6f s  %s %s", s->ev->nr,
				(double)s->ev->t_ns / 1e9, s->ev->file, s->ev->func);
	g_string_append_printf(out, "%*s", (int)at, "");
	put_folded(out, where, at);
}

static void text_steps(struct explain *x, const struct packet *p, GPtrArray *steps, GString *out)
{
	unsigned int n = steps->len, skip_from = n, skip_to = n;
	size_t ns_columns = ns_width(steps);

	/* round and round: the beginning and the end tell enough */
	if (x->detail < 2 && n > LONG_BEGIN + LONG_END + 1) {
		skip_from = LONG_BEGIN;
		skip_to = n - LONG_END;
	}
	for (unsigned int i = 0; i < n; i++) {
		if (i == skip_from) {
			g_string_append_printf(out, "    ... %u steps more (-d 2 tells them) ...\n",
					       skip_to - skip_from);
			i = skip_to;
		}
		put_step(x, p, g_ptr_array_index(steps, i), i + 1, ns_columns, out);
	}
}

static void text_head(struct explain *x, const struct packet *p, const char *name, GString *out)
{
	g_autofree char *title = packet_title(p), *end = packet_end_words(p);
	g_autofree char *which =
		name ? g_strdup(name) : g_strdup_printf("%" G_GUINT64_FORMAT, p->id);
	g_autofree char *head = g_strdup_printf("Packet %s  %s", which, title);

	(void)x;
	put_folded(out, head, 0);
	g_string_append_printf(out, "  t=%.6f s", (double)p->first->t_ns / 1e9);
	if (p->line)
		g_string_append_printf(out, ", line %u", p->line);
	if (p->cause_kind != NG_CAUSE_NONE && p->cause)
		g_string_append_printf(out, ", %s packet %" G_GUINT64_FORMAT,
				       ng_trace_cause_words(p->cause_kind), p->cause);
	g_string_append_printf(out, ": %s", end);
	if (p->end == END_LOST)
		g_string_append_printf(out, ", %s", ng_drop_reason_name(p->end_event->drop.reason));
	g_string_append_c(out, '\n');
}

/* Printable ASCII with nothing in it that Markdown or HTML would act on. */
static void put_md(GString *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("<>&", *text))
			g_string_append_printf(out, "&#%d;", *text);
		else if (strchr("\\`*_[]|~", *text))
			g_string_append_printf(out, "\\%c", *text);
		else
			g_string_append_c(out, *text);
	}
}

static void md_packet(struct explain *x, const struct packet *p, const char *name, GString *out)
{
	g_autoptr(GPtrArray) steps = journey(x, p, name);
	g_autofree char *title = packet_title(p), *end = packet_end_words(p);

	g_string_append_printf(out, "## Packet %" G_GUINT64_FORMAT ": ", p->id);
	put_md(out, title);
	g_string_append(out, "\n\n");
	put_md(out, end);
	g_string_append(out, ".\n\n");
	for (unsigned int i = 0; i < steps->len; i++) {
		const struct step *s = g_ptr_array_index(steps, i);
		g_autofree char *ns = text_escape(s->ev->netns ? s->ev->netns : "");

		g_string_append_printf(out, "%u. **", i + 1);
		put_md(out, ns);
		g_string_append_printf(out, "** %s: ", s->topic);
		put_md(out, s->text);
		g_string_append_c(out, '\n');
	}
	g_string_append_c(out, '\n');
}

static void put_fix(struct explain *x, const struct packet *p, GString *out)
{
	g_autofree char *fix = journey_fix(x, p);

	if (fix) {
		g_string_append(out, "    fix: ");
		put_folded(out, fix, 9);
	}
}

/* A packet that waited in vain: what became of the question it waited for? */
static void put_lost_question(struct explain *x, const struct packet *p, GString *out)
{
	for (unsigned int i = 0; i < p->caused->len; i++) {
		const struct packet *q = packet_get(x, g_array_index(p->caused, uint64_t, i));
		g_autofree char *end = NULL, *text = NULL;

		if (q->cause_kind != NG_CAUSE_ARP || q->end != END_LOST || p->end == END_DELIVERED)
			continue;
		end = packet_end_words(q);
		text = g_strdup_printf("The question it waited for, packet %" G_GUINT64_FORMAT
				       ", was %s: %s.",
				       q->id, end, ng_drop_reason_name(q->end_event->drop.reason));
		g_string_append(out, "    ");
		put_folded(out, text, 4);
		put_fix(x, q, out);
		return;
	}
}

/**
 * tell_packet() - One packet's story
 * @x: the run
 * @p: the packet
 * @name: only this copy's way, or NULL
 * @out: gets it
 * @format: FORMAT_TEXT or FORMAT_MD
 */
void tell_packet(struct explain *x, const struct packet *p, const char *name, GString *out,
		 enum format format)
{
	g_autoptr(GPtrArray) steps = NULL;
	const struct packet *answer;

	if (format == FORMAT_MD) {
		md_packet(x, p, name, out);
		return;
	}
	steps = journey(x, p, name);
	text_head(x, p, name, out);
	text_steps(x, p, steps, out);
	put_fix(x, p, out);
	put_lost_question(x, p, out);
	answer = answer_to(x, p);
	if (answer)
		g_string_append_printf(out, "    Packet %" G_GUINT64_FORMAT " is %s it.\n",
				       answer->id,
				       answer->cause_kind == NG_CAUSE_ERROR   ? "an error about"
				       : answer->cause_kind == NG_CAUSE_RESET ? "a reset for"
									      : "the reply to");
}

/* ---- what never became a packet */

static void tell_refused(struct explain *x, GString *out)
{
	g_autoptr(GPtrArray) all = refused(x);

	if (!all->len)
		return;
	g_string_append_printf(out, "%sRefused before there was a packet:\n",
			       x->packets->len ? "\n" : "");
	for (unsigned int i = 0; i < all->len; i++) {
		g_string_append(out, "  ");
		put_folded(out, g_ptr_array_index(all, i), 2);
	}
}

/* ---- the overview */

static void cut_at(char *text, const char *mark)
{
	char *at = strstr(text, mark);

	if (at)
		*at = '\0';
}

static void overview_row(const struct packet *p, GString *out)
{
	g_autofree char *title = packet_title(p), *end = packet_end_words(p);
	g_autofree char *line = p->line ? g_strdup_printf("%u", p->line) : g_strdup("-");

	g_string_append_printf(out, "%6" G_GUINT64_FORMAT "  %4s  ", p->id, line);
	cut_at(title, " ttl ");
	if (strlen(title) > 46)
		cut_at(title, " seq ");
	g_string_append_printf(out, "%-46.46s", title);
	g_string_append(out, "  ");
	put_column(out, end, 18);
	while (out->len && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	g_string_append_c(out, '\n');
}

static unsigned int count_lost(const struct explain *x)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < x->packets->len; i++)
		n += !packet_is_noise(g_ptr_array_index(x->packets, i));
	return n;
}

static void overview_table(struct explain *x, GString *out)
{
	unsigned int n = x->packets->len, lost = count_lost(x);
	unsigned int skip = n > OVERVIEW_MAX ? n - OVERVIEW_MAX : 0;

	g_string_append_printf(out, "%u packet%s, %u lost.\n\n", n, n == 1 ? "" : "s", lost);
	if (!n)
		return;
	g_string_append(out, "packet  line  what                                            end\n");
	if (skip)
		g_string_append_printf(out, "   ...        %u packets before these\n", skip);
	for (unsigned int i = skip; i < n; i++)
		overview_row(g_ptr_array_index(x->packets, i), out);
}

/**
 * tell_overview() - All packets, and the story of the one to look at first
 * @x: the run
 * @out: gets it
 * @format: FORMAT_TEXT or FORMAT_MD
 */
void tell_overview(struct explain *x, GString *out, enum format format)
{
	struct packet *p = most_interesting(x), *answer = p ? answer_to(x, p) : NULL;
	g_autoptr(GString) table = g_string_new(NULL);

	overview_table(x, table);
	tell_refused(x, table);
	g_string_append_printf(out, format == FORMAT_MD ? "```\n%s```\n" : "%s", table->str);
	if (!p)
		return;
	g_string_append_c(out, '\n');
	tell_packet(x, p, NULL, out, format);
	if (answer) {
		if (format == FORMAT_TEXT)
			g_string_append_c(out, '\n');
		tell_packet(x, answer, NULL, out, format);
	}
	if (format == FORMAT_TEXT && x->packets->len > 1)
		g_string_append(out, "\n--packet N tells of another packet, --drops of those that "
				     "were lost.\n");
}

/* ---- --drops */

static bool same_loss(const struct packet *a, const struct packet *b)
{
	const struct ng_trace_event *x = a->end_event, *y = b->end_event;

	return x->kind == y->kind && x->netns_id == y->netns_id &&
	       (x->kind != NG_TRACE_DROP || x->drop.reason == y->drop.reason) &&
	       x->dev_id == y->dev_id && !g_strcmp0(x->func, y->func);
}

static void same_cause(GPtrArray *lost, unsigned int of, bool *done, GString *out)
{
	const struct packet *p = g_ptr_array_index(lost, of);
	g_autoptr(GString) list = g_string_new(NULL);

	for (unsigned int i = of + 1; i < lost->len; i++) {
		const struct packet *q = g_ptr_array_index(lost, i);

		if (done[i] || !same_loss(p, q))
			continue;
		done[i] = true;
		g_string_append_printf(list, "%s%" G_GUINT64_FORMAT, list->len ? ", " : "", q->id);
	}
	if (list->len) {
		g_string_append(out, "    lost in the same way: ");
		g_string_prepend(list, strchr(list->str, ',') ? "packets " : "packet ");
		put_folded(out, list->str, 4);
	}
}

/**
 * tell_drops() - Every lost packet, each kind of loss once
 * @x: the run
 * @out: gets it
 * @format: FORMAT_TEXT or FORMAT_MD
 */
void tell_drops(struct explain *x, GString *out, enum format format)
{
	g_autoptr(GPtrArray) lost = g_ptr_array_new();
	g_autofree bool *done = NULL;
	unsigned int noise = 0;

	for (unsigned int i = 0; i < x->packets->len; i++) {
		struct packet *p = g_ptr_array_index(x->packets, i);

		if (!packet_is_noise(p))
			g_ptr_array_add(lost, p);
		else if (p->end == END_LOST)
			noise++;
	}
	done = g_new0(bool, lost->len + 1);
	for (unsigned int i = 0; i < lost->len; i++) {
		if (done[i])
			continue;
		tell_packet(x, g_ptr_array_index(lost, i), NULL, out, format);
		if (format == FORMAT_TEXT)
			same_cause(lost, i, done, out);
		g_string_append_c(out, '\n');
	}
	if (!lost->len)
		g_string_append(out, "No packet was lost.\n");
	if (format == FORMAT_TEXT)
		tell_refused(x, out);
	if (noise)
		g_string_append_printf(out,
				       "%u packet%s reached only hosts that were not meant: "
				       "a matter of course.\n",
				       noise, noise == 1 ? "" : "s");
	if (lost->len && format == FORMAT_TEXT)
		g_string_append(out, "netglass why looks for the first cause, and tries cures.\n");
}

/* ---- JSON */

static void member(JsonBuilder *b, const char *name, const char *text)
{
	json_builder_set_member_name(b, name);
	if (text)
		json_builder_add_string_value(b, text);
	else
		json_builder_add_null_value(b);
}

static void member_int(JsonBuilder *b, const char *name, int64_t v)
{
	json_builder_set_member_name(b, name);
	json_builder_add_int_value(b, v);
}

static void json_step(JsonBuilder *b, const struct step *s, unsigned int n)
{
	g_autofree char *ns = g_utf8_make_valid(s->ev->netns ? s->ev->netns : "", -1);
	g_autofree char *dev = g_utf8_make_valid(s->ev->dev ? s->ev->dev : "", -1);

	json_builder_begin_object(b);
	member_int(b, "n", n);
	member_int(b, "ev", (int64_t)s->ev->nr);
	member_int(b, "t_ns", s->ev->t_ns);
	member(b, "pkt", s->ev->packet.name);
	member(b, "ns", ns);
	member(b, "if", *dev ? dev : NULL);
	member(b, "kind", ng_trace_info(s->ev->kind)->name);
	member(b, "topic", s->topic);
	member(b, "text", s->text);
	member(b, "file", s->ev->file);
	member(b, "func", s->ev->func);
	json_builder_end_object(b);
}

static void json_packet(struct explain *x, const struct packet *p, const char *name, JsonBuilder *b)
{
	g_autoptr(GPtrArray) steps = journey(x, p, name);
	g_autofree char *title = packet_title(p), *end = packet_end_words(p),
			*fix = journey_fix(x, p);

	json_builder_begin_object(b);
	member_int(b, "id", (int64_t)p->id);
	member(b, "what", title);
	member_int(b, "line", p->line);
	member(b, "cause", p->cause ? ng_trace_cause_words(p->cause_kind) : NULL);
	member_int(b, "cause_of", (int64_t)p->cause);
	member(b, "end", end);
	member(b, "reason",
	       p->end == END_LOST ? ng_drop_reason_name(p->end_event->drop.reason) : NULL);
	member(b, "fix", fix);
	json_builder_set_member_name(b, "steps");
	json_builder_begin_array(b);
	for (unsigned int i = 0; i < steps->len; i++)
		json_step(b, g_ptr_array_index(steps, i), i + 1);
	json_builder_end_array(b);
	json_builder_end_object(b);
}

/**
 * tell_json() - Packets with their sentences
 * @x: the run
 * @packets: struct packet *
 * @name: only this copy's way, or NULL
 *
 * Return: the text, to be freed.
 */
char *tell_json(struct explain *x, GPtrArray *packets, const char *name)
{
	g_autoptr(JsonBuilder) b = json_builder_new();

	json_builder_begin_object(b);
	member_int(b, "v", NG_TRACE_VERSION);
	json_builder_set_member_name(b, "packets");
	json_builder_begin_array(b);
	for (unsigned int i = 0; i < packets->len; i++)
		json_packet(x, g_ptr_array_index(packets, i), name, b);
	json_builder_end_array(b);
	json_builder_end_object(b);
	return trace_json_finish(b, true);
}
