/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * compare.c - two records: commands, frames, tables
 */
#include "compare.h"

#include <stdlib.h>
#include <string.h>

#define DIFF_LINES 24
#define START_S 0.025	 /* seconds; rule program-start */
#define PROXY_SLACK 0.85 /* seconds; rule proxy-delay */
#define DRIFT_NS (50 * NSEC_PER_MSEC)
#define BUSY_SLACK 0.75 /* seconds at most; rule busy */

struct side {
	const struct vl_record *rec;
	struct vl_names *names;
	const char *name; /* "real", "simulated" */
};

struct pair {
	const struct vl_script *s;
	struct side a, b;
	struct vl_verdict *v;
	unsigned int only;
	double slack_s;
};

static void difference_free(void *p)
{
	struct vl_difference *d = p;

	g_free(d->where);
	g_free(d->text);
	g_free(d);
}

static void differ(struct vl_verdict *v, enum vl_kind kind, unsigned int line, const char *where,
		   char *text)
{
	struct vl_difference *d = g_new0(struct vl_difference, 1);

	d->kind = kind;
	d->line = line;
	d->where = g_strdup(where);
	d->text = text;
	g_ptr_array_add(v->differences, d);
}

static char *status_words(int status)
{
	return status == VL_STATUS_NONE ? g_strdup("did not end")
					: g_strdup_printf("exit %d", status);
}

/* Rules proxy-delay and busy: what @x of @a and @y of @b may be apart; NULL: no command. */
static double slack(const struct pair *p, const struct vl_cmd *a, const struct vl_cmd *b, double x,
		    double y)
{
	const struct vl_cmd *later = x > y ? a : b;

	return p->slack_s + (later ? MIN(later->busy * MAX(x, y), BUSY_SLACK) : 0);
}

/* Rule program-start too. */
static bool same_time(const struct pair *p, const struct vl_cmd *a, const struct vl_cmd *b,
		      double x, double y)
{
	double start = a && b ? START_S * MAX(a->started, b->started) : 0;

	return vl_same_time(x, y, start + slack(p, a, b, x, y));
}

/* The first pair of times in what @a and @b printed that are not of one class; -1: none. */
static int times_differ(const struct pair *p, const struct vl_cmd *a, const struct vl_cmd *b,
			const GArray *at, const GArray *bt)
{
	for (unsigned int i = 0; i < MIN(at->len, bt->len); i++) {
		double x = g_array_index(at, double, i), y = g_array_index(bt, double, i);

		if (!vl_same_time(x, y, slack(p, a, b, x, y)))
			return (int)i;
	}
	return -1;
}

static bool compare_text(struct pair *p, const struct vl_cmd *a, const struct vl_cmd *b,
			 unsigned int stream)
{
	g_autoptr(GArray) at = g_array_new(FALSE, FALSE, sizeof(double));
	g_autoptr(GArray) bt = g_array_new(FALSE, FALSE, sizeof(double));
	g_autofree char *x = vl_normal_text(p->a.names, a->text, a->out[stream]->str, at);
	g_autofree char *y = vl_normal_text(p->b.names, a->text, b->out[stream]->str, bt);
	g_autofree char *diff = NULL;
	int i;

	if (strcmp(x, y)) {
		diff = vl_diff(x, y, "    ", DIFF_LINES);
		differ(p->v, VL_KIND_OUTPUT, a->line, a->text,
		       g_strdup_printf("%s:\n%s", stream ? "stderr" : "stdout", diff));
		return false;
	}
	i = p->only & VL_ONLY_TIMES ? times_differ(p, a, b, at, bt) : -1;
	if (i < 0)
		return true;
	differ(p->v, VL_KIND_TIME, a->line, a->text,
	       g_strdup_printf("a time in its %s: %s %.3f s, %s %.3f s\n",
			       stream ? "stderr" : "stdout", p->a.name,
			       g_array_index(at, double, i), p->b.name,
			       g_array_index(bt, double, i)));
	return false;
}

static bool compare_duration(struct pair *p, const struct vl_cmd *a, const struct vl_cmd *b)
{
	double x = (double)(a->t1_ns - a->t0_ns) / 1e9, y = (double)(b->t1_ns - b->t0_ns) / 1e9;

	if (a->t1_ns < 0 || b->t1_ns < 0 || same_time(p, a, b, x, y))
		return true;
	differ(p->v, VL_KIND_TIME, a->line, a->text,
	       g_strdup_printf("it took: %s %.3f s, %s %.3f s\n", p->a.name, x, p->b.name, y));
	return false;
}

static bool compare_command(struct pair *p, const struct vl_cmd *a, const struct vl_cmd *b)
{
	bool same = true;

	if (p->only & VL_ONLY_RC && a->status != b->status) {
		g_autofree char *x = status_words(a->status);
		g_autofree char *y = status_words(b->status);

		differ(p->v, VL_KIND_RC, a->line, a->text,
		       g_strdup_printf("%s: %s, %s: %s\n", p->a.name, x, p->b.name, y));
		same = false;
	}
	if (p->only & VL_ONLY_OUTPUT) {
		same = compare_text(p, a, b, 0) && same;
		same = compare_text(p, a, b, 1) && same;
	}
	if (p->only & VL_ONLY_TIMES)
		same = compare_duration(p, a, b) && same;
	return same;
}

static void compare_commands(struct pair *p)
{
	unsigned int n = p->a.rec->cmds->len, m = p->b.rec->cmds->len;

	p->v->commands = MAX(n, m);
	for (unsigned int i = 0; i < MIN(n, m); i++)
		p->v->commands_same +=
			compare_command(p, p->a.rec->cmds->pdata[i], p->b.rec->cmds->pdata[i]);
	if (n != m) {
		const struct vl_record *more = n > m ? p->a.rec : p->b.rec;
		const struct vl_cmd *c = more->cmds->pdata[MIN(n, m)];

		differ(p->v, VL_KIND_RUN, c->line, c->text,
		       g_strdup_printf("only %s came here\n", n > m ? p->a.name : p->b.name));
	}
}

/* The command during which something happened at @t_ns; -1: before all. */
static int command_at(const struct vl_record *rec, int64_t t_ns)
{
	int found = -1;

	for (unsigned int i = 0; i < rec->cmds->len; i++) {
		const struct vl_cmd *c = rec->cmds->pdata[i];

		/* the shell's clock is read a little before the frame's */
		if (c->t0_ns > t_ns)
			break;
		found = (int)i;
	}
	return found;
}

/*
 * A timer set by an earlier command goes off in this one: of all that commands took longer on
 * one side so far, it has seen a part (rule drift).
 */
static bool within_drift(const struct pair *p, int last, int64_t apart_ns)
{
	int64_t low = 0, high = 0;

	for (unsigned int i = 0; (int)i <= last && i < p->b.rec->cmds->len; i++) {
		const struct vl_cmd *a = p->a.rec->cmds->pdata[i], *b = p->b.rec->cmds->pdata[i];

		low = MIN(low, a->t0_ns - b->t0_ns);
		high = MAX(high, a->t0_ns - b->t0_ns);
	}
	return apart_ns >= low - DRIFT_NS && apart_ns <= high + DRIFT_NS;
}

static bool same_frame_time(const struct pair *p, const struct vl_line *x, const struct vl_line *y)
{
	int i = command_at(p->a.rec, x->t_ns);
	const struct vl_cmd *a = NULL, *b = NULL;

	if (i >= 0 && (unsigned int)i < p->b.rec->cmds->len) {
		a = p->a.rec->cmds->pdata[i];
		b = p->b.rec->cmds->pdata[i];
	}
	return within_drift(p, i, x->t_ns - y->t_ns) ||
	       same_time(p, a, b, (double)(x->t_ns - (a ? a->t0_ns : 0)) / 1e9,
			 (double)(y->t_ns - (b ? b->t0_ns : 0)) / 1e9);
}

static void put_line(GString *out, const struct side *side, const struct vl_line *l,
		     const char *mark)
{
	int i = l ? command_at(side->rec, l->t_ns) : -1;
	const struct vl_cmd *c = i >= 0 ? side->rec->cmds->pdata[i] : NULL;

	g_string_append_printf(out, "    %s %-9s ", mark, side->name);
	if (l && c)
		g_string_append_printf(out, "line %u +%.3f s  %s\n", c->line,
				       (double)(l->t_ns - c->t0_ns) / 1e9, l->text);
	else
		g_string_append_printf(out, "%s\n", l ? l->text : "no more frames");
}

/* @kind: VL_KIND_FRAME or VL_KIND_RULE */
static void report_frame(struct pair *p, enum vl_kind kind, const char *key, const GArray *x,
			 const GArray *y, unsigned int i)
{
	const struct vl_line *a = i < x->len ? &g_array_index(x, struct vl_line, i) : NULL;
	const struct vl_line *b = i < y->len ? &g_array_index(y, struct vl_line, i) : NULL;
	bool late = a && b && !strcmp(a->text, b->text);
	GString *out = g_string_new(NULL);
	int c = a ? command_at(p->a.rec, a->t_ns) : b ? command_at(p->b.rec, b->t_ns) : -1;
	const struct vl_record *rec = a ? p->a.rec : p->b.rec;

	g_string_append_printf(out, "%s %u of %u (%s %u)%s\n",
			       kind == VL_KIND_RULE ? "packet" : "frame", i + 1, x->len, p->b.name,
			       y->len, late ? ": the same, at another time" : "");
	if (i)
		put_line(out, &p->a, &g_array_index(x, struct vl_line, i - 1), "=");
	put_line(out, &p->a, a, "-");
	put_line(out, &p->b, b, "+");
	differ(p->v, late ? VL_KIND_TIME : kind,
	       c >= 0 ? ((struct vl_cmd *)rec->cmds->pdata[c])->line : 0, key,
	       g_string_free(out, FALSE));
}

static char **texts(const GArray *list)
{
	char **v = g_new(char *, list->len + 1);

	for (unsigned int i = 0; i < list->len; i++)
		v[i] = g_array_index(list, struct vl_line, i).text;
	return v;
}

/* When the script ended on that side; -1: it did not. */
static int64_t end_of(const struct vl_record *rec)
{
	return rec->cmds->len ? ((struct vl_cmd *)rec->cmds->pdata[rec->cmds->len - 1])->t1_ns : -1;
}

/* Frames that only one side has, after its script's end (rule last-moment). */
static unsigned int without_tail(const struct side *side, const GArray *list, unsigned int from)
{
	int64_t end = end_of(side->rec);

	return end >= 0 && from < list->len && g_array_index(list, struct vl_line, from).t_ns > end
		       ? from
		       : list->len;
}

/* The first line that differs; @n: none. */
static unsigned int first_difference(const struct pair *p, const GArray *x, const GArray *y,
				     unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		const struct vl_line *a, *b;

		if (i >= x->len || i >= y->len)
			break;
		a = &g_array_index(x, struct vl_line, i);
		b = &g_array_index(y, struct vl_line, i);
		if (strcmp(a->text, b->text) ||
		    (p->only & VL_ONLY_TIMES && !same_frame_time(p, a, b)))
			break;
	}
	return i;
}

static void compare_interface(struct pair *p, const char *key, const GArray *x, const GArray *y)
{
	unsigned int both = MIN(x->len, y->len);
	unsigned int n = MAX(without_tail(&p->a, x, both), without_tail(&p->b, y, both)), i;

	if (!n)
		return;
	p->v->interfaces++;
	p->v->frames += n;
	i = first_difference(p, x, y, n);
	if (i == n) {
		p->v->interfaces_same++;
		p->v->frames_same += n;
	} else {
		g_autofree char **a = texts(x);
		g_autofree char **b = texts(y);

		p->v->frames_same += vl_common(a, x->len, b, y->len);
		report_frame(p, VL_KIND_FRAME, key, x, y, i);
	}
}

static int by_key(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All keys of both tables, sorted. */
static GPtrArray *all_keys(GHashTable *x, GHashTable *y)
{
	GPtrArray *keys = g_ptr_array_new();
	GHashTableIter it;
	gpointer key;

	g_hash_table_iter_init(&it, x);
	while (g_hash_table_iter_next(&it, &key, NULL))
		g_ptr_array_add(keys, key);
	g_hash_table_iter_init(&it, y);
	while (g_hash_table_iter_next(&it, &key, NULL)) {
		if (!g_hash_table_contains(x, key))
			g_ptr_array_add(keys, key);
	}
	g_ptr_array_sort(keys, by_key);
	return keys;
}

static void compare_frames(struct pair *p)
{
	g_autoptr(GHashTable) x = vl_canonical_frames(p->a.rec, p->a.names);
	g_autoptr(GHashTable) y = vl_canonical_frames(p->b.rec, p->b.names);
	g_autoptr(GPtrArray) keys = all_keys(x, y);
	g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(struct vl_line));

	for (unsigned int i = 0; i < keys->len; i++) {
		GArray *a = g_hash_table_lookup(x, keys->pdata[i]);
		GArray *b = g_hash_table_lookup(y, keys->pdata[i]);

		compare_interface(p, keys->pdata[i], a ? a : none, b ? b : none);
	}
}

static void compare_walks(struct pair *p)
{
	g_autoptr(GHashTable) x = vl_canonical_walks(p->a.rec, p->a.names);
	g_autoptr(GHashTable) y = vl_canonical_walks(p->b.rec, p->b.names);
	g_autoptr(GPtrArray) keys = all_keys(x, y);
	g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(struct vl_line));

	for (unsigned int i = 0; i < keys->len; i++) {
		GArray *a = g_hash_table_lookup(x, keys->pdata[i]);
		GArray *b = g_hash_table_lookup(y, keys->pdata[i]);
		unsigned int both, n, at;

		a = a ? a : none;
		b = b ? b : none;
		both = MIN(a->len, b->len);
		n = MAX(without_tail(&p->a, a, both), without_tail(&p->b, b, both));
		at = first_difference(p, a, b, n);
		p->v->walks += n;
		p->v->walks_same += at;
		if (at < n)
			report_frame(p, VL_KIND_RULE, keys->pdata[i], a, b, at);
	}
}

static const struct vl_table *find_table(const struct vl_record *rec, const struct vl_table *like)
{
	for (unsigned int i = 0; i < rec->tables->len; i++) {
		const struct vl_table *t = rec->tables->pdata[i];

		if (t->line == like->line && !strcmp(t->ns, like->ns) &&
		    !strcmp(t->name, like->name))
			return t;
	}
	return NULL;
}

static void compare_table(struct pair *p, const struct vl_table *a, const struct vl_table *b)
{
	g_autoptr(GArray) times = g_array_new(FALSE, FALSE, sizeof(double));
	const struct vl_table *t = a ? a : b;
	g_autofree char *cmd = g_strdup_printf("table %s", t->name);
	g_autofree char *x = a ? vl_normal_text(p->a.names, cmd, a->text, times)
			       : g_strdup("(no such namespace)");
	g_autofree char *y = b ? vl_normal_text(p->b.names, cmd, b->text, times)
			       : g_strdup("(no such namespace)");
	g_autofree char *where = NULL;

	p->v->tables++;
	if (!strcmp(x, y)) {
		p->v->tables_same++;
		return;
	}
	where = g_strdup_printf("%s %s %s", t->ns, t->name,
				t->line ? "at the checkpoint" : "at the end");
	differ(p->v, VL_KIND_TABLE, t->line, where, vl_diff(x, y, "    ", DIFF_LINES));
}

static void compare_tables(struct pair *p)
{
	/* the run that was stopped says enough */
	if ((p->a.rec->stopped && !p->a.rec->tables->len) ||
	    (p->b.rec->stopped && !p->b.rec->tables->len))
		return;
	for (unsigned int i = 0; i < p->a.rec->tables->len; i++)
		compare_table(p, p->a.rec->tables->pdata[i],
			      find_table(p->b.rec, p->a.rec->tables->pdata[i]));
	for (unsigned int i = 0; i < p->b.rec->tables->len; i++) {
		if (!find_table(p->a.rec, p->b.rec->tables->pdata[i]))
			compare_table(p, NULL, p->b.rec->tables->pdata[i]);
	}
}

static void compare_ends(struct pair *p)
{
	const struct side *sides[] = { &p->a, &p->b };

	for (unsigned int i = 0; i < 2; i++) {
		const struct vl_record *rec = sides[i]->rec;
		unsigned int line = 0;

		if (!rec->stopped)
			continue;
		if (rec->cmds->len)
			line = ((struct vl_cmd *)rec->cmds->pdata[rec->cmds->len - 1])->line;
		differ(p->v, VL_KIND_RUN, line, sides[i]->name,
		       g_strdup_printf("stopped: %s\n", rec->stopped));
	}
	if (p->only & VL_ONLY_RC && !p->a.rec->stopped && !p->b.rec->stopped &&
	    p->a.rec->status != p->b.rec->status)
		differ(p->v, VL_KIND_RC, 0, "the script",
		       g_strdup_printf("%s: exit %d, %s: exit %d\n", p->a.name, p->a.rec->status,
				       p->b.name, p->b.rec->status));
}

/**
 * vl_compare() - What two records do not share
 * @s: the script of both
 * @a: the truth
 * @b: the other
 * @only: VL_ONLY_ bits
 * @a_name: what to call the first
 * @b_name: and the second
 *
 * Return: the verdict; no differences: the same.
 */
struct vl_verdict *vl_compare(const struct vl_script *s, const struct vl_record *a,
			      const struct vl_record *b, unsigned int only, const char *a_name,
			      const char *b_name)
{
	struct vl_verdict *v = g_new0(struct vl_verdict, 1);
	struct pair p = {
		.s = s,
		.a = { a, vl_names_new(s, a), a_name },
		.b = { b, vl_names_new(s, b), b_name },
		.v = v,
		.only = only,
		.slack_s = s->proxies ? PROXY_SLACK : 0,
	};

	v->differences = g_ptr_array_new_with_free_func(difference_free);
	compare_commands(&p);
	compare_ends(&p);
	if (only & VL_ONLY_PACKETS)
		compare_frames(&p);
	if (only & VL_ONLY_TABLES)
		compare_tables(&p);
	if (only & VL_ONLY_RULES)
		compare_walks(&p);
	vl_names_free(p.a.names);
	vl_names_free(p.b.names);
	return v;
}

/**
 * vl_verdict_free() - Frees it
 * @v: or NULL
 */
void vl_verdict_free(struct vl_verdict *v)
{
	if (!v)
		return;
	g_ptr_array_unref(v->differences);
	g_free(v);
}
