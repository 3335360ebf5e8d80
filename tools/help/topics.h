/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * topics.h - what the messages people meet mean
 */
#ifndef TOOLS_HELP_TOPICS_H
#define TOOLS_HELP_TOPICS_H

/* A message, or a thing seen, and what is behind it. */
struct help_entry {
	const char *message;
	const char *meaning;
	const char *look; /* commands that show it, or cure it; NULL: none */
};

struct help_topic {
	const char *name;
	const char *title;
	const char *intro;		  /* paragraphs; NULL */
	const struct help_entry *entries; /* ended by message NULL; NULL: none */
};

extern const struct help_topic help_topics[]; /* ended by name NULL */

extern const struct help_entry help_ping_errors[];
extern const struct help_entry help_ip_errors[];
extern const struct help_entry help_iptables_errors[];

#endif
