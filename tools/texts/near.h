/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * near.h - names that look alike, and what generators of repairs share
 */
#ifndef TOOLS_TEXTS_NEAR_H
#define TOOLS_TEXTS_NEAR_H

#include "causes.h"

/* How far a name is from one that exists: 0 the same, -1 too far. */
int name_distance(const char *word, const char *name);
/* Names in order of distance, at most @max of them, of an array of char *. Free the array alone. */
GPtrArray *names_near(const GPtrArray *names, const char *word, unsigned int max);
/* A repair that writes one statement anew. */
struct repair *repair_replace(struct situation *at, const char *text, const char *why);
/* A repair that puts a statement in before another. */
struct repair *repair_insert(struct situation *at, unsigned int before_id, const char *text,
			     const char *why);
/* Does the outcome have one of these words? Ended by NULL. */
bool said_any(const struct situation *at, const char *const *words);
/* "ip", or "ip -n red" */
char *ip_in(const char *ns);
/* An argument that may be a name: no option, number, address or keyword. */
bool is_name_word(const char *word);
bool is_ipv4(const char *word, uint32_t *ret_addr, int *ret_len);

#endif
