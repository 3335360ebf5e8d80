/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * compare.h - two records made comparable, and what differs
 */
#ifndef TOOLS_VALIDATE_COMPARE_H
#define TOOLS_VALIDATE_COMPARE_H

#include "validate.h"

/* normalise.c: who owns which MAC address, and what the script itself spells out */
struct vl_names;
/* One first-appearance numbering: a text, or an interface's frames. */
struct vl_domain;

struct vl_names *vl_names_new(const struct vl_script *s, const struct vl_record *rec);
void vl_names_free(struct vl_names *names);
struct vl_domain *vl_domain_new(const struct vl_names *names);
void vl_domain_free(struct vl_domain *d);
/* "{red/veth-red}"; valid as long as @d. */
const char *vl_domain_mac(struct vl_domain *d, const char *mac);
/* "e1" for the first @value of @kind, and so on. */
const char *vl_domain_symbol(struct vl_domain *d, char kind, const char *value);
bool vl_names_number(const struct vl_names *names, unsigned int n);
/* @times takes the times in the text, in seconds. */
char *vl_normal_text(const struct vl_names *names, const char *cmd, const char *text,
		     GArray *times);

/* rules.c */
/* a command that shows sockets as the kernel lists them */
#define VL_SOCKETS "/proc/net/(tcp|udp|raw)\\b"

struct vl_rule {
	const char *name;
	const char *when;    /* regular expression on the command; NULL: always */
	const char *pattern; /* NULL: done in code, listed for the reader */
	const char *replace; /* NULL: the groups are times */
	double unit_s;	     /* of those times */
	const char *reason;
};

extern const struct vl_rule vl_rules[]; /* ended by name NULL */
bool vl_same_time(double a_s, double b_s, double slack_s);
char *vl_rules_text(void);

/* frames.c */
struct vl_line {
	char *text;
	int64_t t_ns;
};

/* key -> GArray of struct vl_line; both free with g_hash_table_unref() */
GHashTable *vl_canonical_frames(const struct vl_record *rec, const struct vl_names *names);
GHashTable *vl_canonical_walks(const struct vl_record *rec, const struct vl_names *names);

/* compare.c */
enum vl_kind {
	VL_KIND_OUTPUT,
	VL_KIND_RC,
	VL_KIND_TIME,
	VL_KIND_FRAME,
	VL_KIND_TABLE,
	VL_KIND_RUN,
	VL_KIND_RULE,
};

struct vl_difference {
	enum vl_kind kind;
	unsigned int line; /* of the script; 0: of none */
	char *where;	   /* command, interface, table */
	char *text;	   /* what differs, several lines */
};

struct vl_verdict {
	GPtrArray *differences; /* struct vl_difference */
	unsigned int commands, commands_same;
	unsigned int interfaces, interfaces_same;
	unsigned int frames, frames_same;
	unsigned int tables, tables_same;
	unsigned int walks, walks_same;
};

struct vl_verdict *vl_compare(const struct vl_script *s, const struct vl_record *a,
			      const struct vl_record *b, unsigned int only, const char *a_name,
			      const char *b_name);
void vl_verdict_free(struct vl_verdict *v);

/* diff.c: the lines of @a and @b that differ, "-" and "+"; at most @max lines */
char *vl_diff(const char *a, const char *b, const char *indent, unsigned int max);
/* Lines of the longest common subsequence. */
unsigned int vl_common(char *const *a, unsigned int n, char *const *b, unsigned int m);

#endif
