/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sentence_words.c - what the sentences are made of: addresses, names, lines of the script, causes
 *
 * Names from the script are escaped where they enter a sentence.
 */
#include <string.h>

#include "../lib/escape.h"
#include "../trace/packetline.h"
#include "sentence.h"

/**
 * ip_text() - An address in words
 * @addr: network order
 *
 * Return: to be freed.
 */
char *ip_text(__be32 addr)
{
	uint32_t a = be32_to_cpu(addr);

	return g_strdup_printf("%u.%u.%u.%u", a >> 24, a >> 16 & 255, a >> 8 & 255, a & 255);
}

/**
 * line_words() - Which line of the script it was
 * @x: knows the script
 * @origin: of the thing
 *
 * Return: " (line 12)" or "", to be freed.
 */
char *line_words(struct explain *x, struct ng_origin origin)
{
	unsigned int line = scene_line(&x->scene, origin.line);

	return line ? g_strdup_printf(" (line %u)", line) : g_strdup("");
}

/**
 * say_text() - A name from the script, escaped
 * @y: the sentence
 * @before: words in front of it
 * @text: the name
 */
void say_text(struct say *y, const char *before, const char *text)
{
	g_autofree char *safe = text_escape(text ? text : "?");

	g_string_append_printf(y->s, "%s%s", before, safe);
}

/**
 * say_words() - What iptables wrote: it has put its own backslashes
 * @y: the sentence
 * @before: words in front of it
 * @words: the words
 */
void say_words(struct say *y, const char *before, const char *words)
{
	g_autofree char *safe = text_printable(words);

	g_string_append_printf(y->s, "%s%s", before, safe);
}

/**
 * say_ip() - An address
 * @y: the sentence
 * @before: words in front of it
 * @addr: network order
 */
void say_ip(struct say *y, const char *before, __be32 addr)
{
	g_autofree char *t = ip_text(addr);

	g_string_append_printf(y->s, "%s%s", before, t);
}

/**
 * say_mac() - A link-layer address; nothing without one
 * @y: the sentence
 * @before: words in front of it
 * @m: six bytes, or NULL
 */
void say_mac(struct say *y, const char *before, const uint8_t *m)
{
	if (m)
		g_string_append_printf(y->s, "%s%02x:%02x:%02x:%02x:%02x:%02x", before, m[0], m[1],
				       m[2], m[3], m[4], m[5]);
}

/**
 * say_origin() - " (line 12)"
 * @y: the sentence
 * @origin: of the thing
 */
void say_origin(struct say *y, struct ng_origin origin)
{
	g_autofree char *t = line_words(y->x, origin);

	g_string_append(y->s, t);
}

/**
 * say_topic() - What the sentence is about, and who wants to hear it
 * @y: the sentence
 * @level: shown from -d LEVEL on
 * @what: a word or two
 */
void say_topic(struct say *y, int level, const char *what)
{
	y->step->level = level;
	y->step->topic = what;
}

/**
 * say_caused() - " (packets 2, 3)": what was made because of this packet, and the answers to that
 * @y: the sentence
 * @kind: in which way
 * @before: words in front of the first
 */
void say_caused(struct say *y, enum ng_trace_cause kind, const char *before)
{
	bool any = false;

	for (unsigned int i = 0; i < y->p->caused->len; i++) {
		const struct packet *c = packet_get(y->x, g_array_index(y->p->caused, uint64_t, i));

		/* what another host asked for the same packet is told there */
		if (c->cause_kind != kind || c->first->nr < y->ev->nr ||
		    (kind == NG_CAUSE_ARP && c->first->netns_id != y->ev->netns_id))
			continue;
		g_string_append_printf(y->s, "%s%" G_GUINT64_FORMAT, any ? ", " : before, c->id);
		any = true;
		for (unsigned int k = 0; kind == NG_CAUSE_ARP && k < c->caused->len; k++)
			g_string_append_printf(y->s, ", %" G_GUINT64_FORMAT,
					       g_array_index(c->caused, uint64_t, k));
		if (kind != NG_CAUSE_ARP)
			break;
	}
	if (any)
		g_string_append_c(y->s, ')');
}
