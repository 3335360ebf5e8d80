/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sentence.h - a sentence in the making: sentence.c, sentence_link.c, sentence_words.c
 */
#ifndef TOOLS_EXPLAIN_SENTENCE_H
#define TOOLS_EXPLAIN_SENTENCE_H

#include "explain.h"

struct say {
	struct explain *x;
	const struct packet *p;
	const struct ng_trace_event *ev;
	struct step *step;
	GString *s;
};

static inline bool is(const char *a, const char *b)
{
	return !g_strcmp0(a, b);
}

/* sentence_words.c */
void say_text(struct say *y, const char *before, const char *text);
void say_words(struct say *y, const char *before, const char *words);
void say_ip(struct say *y, const char *before, __be32 addr);
void say_mac(struct say *y, const char *before, const uint8_t *m);
void say_origin(struct say *y, struct ng_origin origin);
void say_topic(struct say *y, int level, const char *what);
void say_caused(struct say *y, enum ng_trace_cause kind, const char *before);

/* sentence_link.c */
void say_neigh(struct say *y);
void say_neigh_use(struct say *y);
void say_neigh_wait(struct say *y);
void say_arp(struct say *y);
void say_learn(struct say *y);
void say_bridge(struct say *y);
void say_bridge_skip(struct say *y);
void say_bpdu(struct say *y);
void say_igmp(struct say *y);
void say_dev(struct say *y);

#endif
