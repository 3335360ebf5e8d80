/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * explain.h - the story of a packet: what its files share
 */
#ifndef TOOLS_EXPLAIN_EXPLAIN_H
#define TOOLS_EXPLAIN_EXPLAIN_H

#include <glib.h>
#include <netglass/trace.h>

#include "../cli/scene.h"
#include "../trace/tracelog.h"

#define WIDTH 80

/* END_WAITING: for a neighbour's address, when the script was over */
enum end { END_NONE, END_DELIVERED, END_READ, END_WAITING, END_LOST };

/* A packet under all its names: 7, 7.1, 7a */
struct packet {
	uint64_t id;
	GPtrArray *events; /* const struct ng_trace_event *, in order */
	const struct ng_trace_event *first;
	const struct ng_trace_event *end_event; /* the drop, or the delivery */
	enum end end;
	uint64_t cause;
	enum ng_trace_cause cause_kind;
	GArray *caused; /* uint64_t: packets made because of it */
	unsigned int line;
	bool many; /* it has copies or fragments */
};

/* One sentence of a journey. */
struct step {
	const struct ng_trace_event *ev;
	const char *topic; /* "route", "FORWARD" */
	char *text;
	int level; /* shown from -d LEVEL on */
};

struct explain {
	struct scene scene;
	struct tracelog *log;
	size_t nr_events;	 /* of the script; behind them the world is taken apart */
	GPtrArray *packets;	 /* struct packet *, by id */
	GHashTable *by_id;	 /* gint64 -> struct packet * */
	struct rulewords *rules; /* made when first needed */
	int detail;
};

/* packets.c */
void packets_find(struct explain *x);
struct packet *packet_get(const struct explain *x, uint64_t id);
struct packet *packet_by_name(const struct explain *x, const char *name);
/* "ICMP echo request 192.0.2.1 > 192.0.2.2 seq 1 ttl 64"; g_free() it. */
char *packet_title(const struct packet *p);
/* "LOST in host", "ignored by host"; g_free() it. */
char *packet_end_words(const struct packet *p);
/* Is the loss a matter of course: a copy nobody wanted? */
bool packet_is_noise(const struct packet *p);

/* journey.c: sentences; g_ptr_array_unref() them. @name: one copy's way, NULL: all */
GPtrArray *journey(struct explain *x, const struct packet *p, const char *name);
char *journey_fix(struct explain *x, const struct packet *p);

/* refused.c: what never became a packet; char *, a sentence each. g_ptr_array_unref() it. */
GPtrArray *refused(struct explain *x);

/* sentence.c: what an event says of its packet; NULL: nothing */
struct step *step_of(struct explain *x, const struct packet *p, const struct ng_trace_event *ev);
char *ip_text(__be32 addr);
char *line_words(struct explain *x, struct ng_origin origin); /* " (line 12)", "" */

/* rulewords.c */
struct rule_text {
	char *words; /* "-s 192.0.2.0/24 -j MASQUERADE" */
	char *broke; /* "--dport 80": the condition that said no; NULL: it matched */
};
struct rulewords *rulewords_new(void);
void rulewords_free(struct rulewords *rw);
struct rule_text rulewords_of(struct rulewords *rw, const struct ng_trace_rule *rule);
void rule_text_clear(struct rule_text *t);
/* What the packet has where the condition wants something else; NULL: not known. g_free() it. */
char *rule_actual(const char *condition, const struct ng_trace_event *ev);

/* tell.c, ladder.c */
enum format { FORMAT_TEXT, FORMAT_MD, FORMAT_MERMAID, FORMAT_SVG, FORMAT_JSON };
void tell_overview(struct explain *x, GString *out, enum format format);
void tell_packet(struct explain *x, const struct packet *p, const char *name, GString *out,
		 enum format format);
void tell_drops(struct explain *x, GString *out, enum format format);
char *tell_json(struct explain *x, GPtrArray *packets, const char *name);
void ladder_mermaid(struct explain *x, GPtrArray *packets, GString *out);
void ladder_svg(struct explain *x, GPtrArray *packets, GString *out);

#endif
