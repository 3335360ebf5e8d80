/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why.h - why a command failed: findings in the world at the symptom, each proved by a cure
 */
#ifndef TOOLS_EXPLAIN_WHY_H
#define TOOLS_EXPLAIN_WHY_H

#include "../cli/replay.h"
#include "why_trace.h"
#include "why_world.h"

#define WHY_RUNS_MAX 1500
#define WHY_WORK_MAX UINT64_C(15000000) /* ng_world_work() of all runs */
#define WHY_FIXES_MAX 8			/* shown */

/* A program that was started: its words behind `ip netns exec NS`. */
struct why_exec {
	unsigned int id; /* of the statement; 0: none */
	const char *ns;
	char **words;
	char *line;		  /* the same, with single blanks */
	struct ng_origin command; /* as the trace names it */
};

enum why_proto { WHY_ICMP = 1, WHY_TCP = 6, WHY_UDP = 17, WHY_ARP = 255 };

/* What the symptom's program tried. */
struct why_flow {
	bool known;
	const char *prog;
	const char *ns;
	const char *host; /* as typed */
	uint32_t dst;
	uint32_t src; /* asked for, or what the kernel takes; 0: unknown */
	const char *dev;
	enum why_proto proto;
	int port;
	int size;
	bool bound; /* -I ADDRESS, -s ADDRESS */
	int ttl;    /* -t; 0: not said */
	bool dont_fragment;
	bool broadcast;
};

/* In the order in which a cause is believed when several findings are cured. */
enum why_rank {
	RANK_SETUP,	 /* a command before the symptom failed */
	RANK_CONFLICT,	 /* state that contradicts itself */
	RANK_SET,	 /* a line set what stops the packet */
	RANK_MISSING,	 /* nothing ever set what the packet needs */
	RANK_DEFAULT,	 /* a default value */
	RANK_ROUNDABOUT, /* cures, but something nearer may be meant */
	RANK_TEXT,	 /* only an edit of the text is known */
	RANK_SYMPTOM,	 /* the symptom's own words */
};

/* One possible cause and the edits that would cure it. */
struct why_finding {
	enum why_rank rank;
	const char *cause; /* sentences */
	const char *topic; /* findings of one topic exclude each other in the telling */
	const char *ns;	   /* where, or NULL */
	unsigned int id;   /* the statement that set it; 0: none did */
	const char *chain; /* and which chain, which rule (0: the policy), for filters */
	int number;
	bool shown;		/* by evidence: a packet died there */
	GPtrArray *edits;	/* of struct repair * */
	GPtrArray *cures;	/* those that cure; not owned */
	bool changes;		/* some edit changes what the symptom says */
	struct repair *changer; /* that edit; not owned */
};

struct why {
	const struct script *all; /* the whole script */
	struct script *script;	  /* up to the symptom, which is its last statement */
	unsigned int symptom;	  /* its id */
	unsigned int place;	  /* id: an added line goes before it */
	struct replay *first;
	const struct outcome *outcome;
	struct why_path *path; /* of the symptom's packets */
	struct replay_options options;
	GPtrArray *execs; /* of struct why_exec * */
	struct why_flow flow;
	struct why_world *world;
	GPtrArray *findings;
	GPtrArray *strings;
	GHashTable *tried;  /* rendered text -> verdict */
	unsigned int depth; /* of questions behind an edit */
	unsigned int runs;
	uint64_t work; /* of all runs */
	bool out_of_budget;
};

enum why_verdict { WHY_NOTHING, WHY_BREAKS, WHY_CHANGES, WHY_CURES };

/* why.c */
G_GNUC_PRINTF(2, 3) const char *why_str(struct why *w, const char *fmt, ...);
struct why_finding *why_finding(struct why *w, enum why_rank rank, const char *topic,
				const char *cause);
struct repair *why_edit_insert(struct why *w, struct why_finding *f, const char *cmd);
struct repair *why_edit_before(struct why *w, struct why_finding *f, unsigned int id,
			       const char *cmd);
struct repair *why_edit_replace(struct why *w, struct why_finding *f, unsigned int id,
				const char *text);
struct repair *why_edit_delete(struct why *w, struct why_finding *f, unsigned int id);
void why_finding_free(gpointer data);
void why_exec_free(gpointer data);
struct why_world *why_look(struct why *w);
/* The statement replaced with another value, the command added before the symptom, ... */
char *why_with_addr(const struct stmt *st, uint32_t from, uint32_t to, int to_len);
void why_replace_addr(struct why *w, struct why_finding *f, unsigned int id, uint32_t from,
		      uint32_t to, int to_len);
int why_usual_len(const struct why *w, uint32_t addr);
bool why_outside(const struct why *w);
uint32_t why_free_addr(const struct why *w, uint32_t near, int len);
unsigned int why_addr_setter(const struct why *w, const char *ns, uint32_t addr, int len);
const struct stmt *why_stmt(const struct why *w, unsigned int id);
unsigned int why_line(const struct why *w, unsigned int id);

/* why_run.c */
/* @path: of the last statement's packets, filled; or NULL */
struct replay *why_run(struct why *w, const struct script *s, bool record, struct why_path *path);
enum why_verdict why_try(struct why *w, const struct script *base, const struct repair *r);
/* Of the trace's line. */
unsigned int why_stmt_at(const struct why *w, uint32_t line);
bool why_failed(const struct why *w, const struct stmt *st, const struct outcome *o);
bool why_cured(const struct why *w, const struct outcome *o);
bool why_out_of_budget(struct why *w);

/* why_symptom.c */
bool why_symptom(struct why *w, const struct script *all, const struct replay *r, unsigned int line,
		 unsigned int *ret_index);
void why_read_flow(struct why *w);
/* Statement that last started a program with these words in a namespace (NULL: anywhere); 0: none. */
unsigned int why_setter(const struct why *w, const char *ns, const char *const *words);
/* The same for a sysctl. */
unsigned int why_sysctl_setter(const struct why *w, const char *ns, const char *key);
/* "ip", "ip -n red"; "", "ip netns exec red " */
const char *why_ip(struct why *w, const char *ns);
const char *why_exec_in(struct why *w, const char *ns);
/* "red", "the host" */
const char *why_ns_name(const char *ns);
/* " (line 12)" or "" */
const char *why_at(struct why *w, unsigned int id);

/* the generators */
void why_find_setup(struct why *w);
void why_find_places(struct why *w);
void why_find_links(struct why *w);
void why_find_addresses(struct why *w);
void why_find_subnets(struct why *w);
void why_find_routes(struct why *w);
void why_find_rules(struct why *w);
void why_find_sysctls(struct why *w);
void why_find_bridges(struct why *w);
void why_find_vlans(struct why *w);
void why_find_qdiscs(struct why *w);
void why_find_fdb(struct why *w);
bool why_find_loops(struct why *w);
void why_find_tried(struct why *w);
void why_find_unpublished(struct why *w);
void why_find_mtu(struct why *w);
void why_find_neighbours(struct why *w);
void why_find_filter(struct why *w);
void why_find_nat(struct why *w);
void why_find_conntrack(struct why *w);
void why_find_services(struct why *w);
void why_find_lines(struct why *w);   /* deletions, repetitions */
void why_find_words(struct why *w);   /* one word changed */
void why_find_command(struct why *w); /* the symptom's own words */

/* why_evidence.c */
void why_evidence(struct why *w);
const char *why_death(struct why *w);

/* why_elsewhere.c: edits that put lines with these words into the finding's namespace */
void why_elsewhere(struct why *w, struct why_finding *f, const char *const *words);
char *why_in_namespace(const char *text, const char *ns);

/* why_undone.c: what one line gave and another took away, as the trace tells it */
void why_find_undone(struct why *w);
/* The statement whose command did this to a device last ("nomaster", "down"); 0: none. */
unsigned int why_undone_link(const struct why *w, const struct why_dev *d, const char *what);
const struct why_exec *why_exec_at(const struct why *w, struct ng_origin command);

/* why_near.c */
void why_near_misses(struct why *w);
void why_turn_round(struct why *w, struct why_finding *f, unsigned int id);
uint32_t why_real_source(const struct why *w);

/* why_search.c */
/* Finds findings that cure; *ret_pair: two together. */
struct why_answer {
	GPtrArray *causes;   /* of struct why_finding *: all are needed; none: not found */
	struct repair *both; /* what cures them together; NULL: one cause */
	bool before;	     /* commands that failed are causes, too */
	GPtrArray *fixes;    /* of struct repair *, smallest first */
	GPtrArray *deeper;   /* questions behind the question: they own findings */
};

void why_search(struct why *w, struct why_answer *a);
void why_find_all(struct why *w);
bool why_try_findings(struct why *w, unsigned int from);
struct repair *why_joined(const struct repair *a, const struct repair *b);
void why_minimise(struct why *w, struct repair *r);

/* why_deeper.c */
/* Edits first, looks anew, and searches there; true: found, @a is filled. */
bool why_deeper(struct why *w, struct why_answer *a, struct repair *first,
		struct why_finding *cause);
void why_deeper_free(gpointer deeper);
enum why_which { WHY_SHOWN, WHY_NOT_SHOWN, WHY_SHOWN_FIRST };
bool why_behind_changes(struct why *w, struct why_answer *a, enum why_which which);

/* why_tell.c */
void why_tell(struct why *w, const struct why_answer *a);

#endif
