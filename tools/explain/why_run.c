/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_run.c - edited scripts run again, each in a world of its own
 */
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <string.h>

#include "why.h"

struct exec_log {
	struct why *w;
	GHashTable *ns; /* pid -> name */
	GHashTable *is; /* pid: its program is the one behind `ip netns exec` */
};

static const char *const bad_signs[] = {
	" 100% packet loss", " unreachable", " Unreachable",   "timed out",	  "refused",
	"No route to host",  "to live exce", "DIFFERENT ADDR", "Packet filtered", NULL
};

/* What stands behind `ip netns exec NS` and `ip -n NS`; @ns is changed. */
static char **strip(struct why *w, char **words, const char **ns)
{
	GPtrArray *out = g_ptr_array_new();

	for (;;) {
		if (words[0] && !strcmp(words[0], "sudo") && words[1])
			words++;
		if (!words[0] || !g_str_has_suffix(words[0], "ip") || !words[1] || !words[2])
			break;
		if (!strcmp(words[1], "netns") && words[3] && words[4] &&
		    g_str_has_prefix(words[2], "e")) {
			*ns = why_str(w, "%s", words[3]);
			words += 4;
			continue;
		}
		break;
	}
	for (char **p = words; *p; p++) {
		if (out->len && p[1] && p == words + 1 && g_str_has_suffix(words[0], "ip") &&
		    (!strcmp(*p, "-n") || !strcmp(*p, "-netns"))) {
			*ns = why_str(w, "%s", p[1]);
			p++;
			continue;
		}
		g_ptr_array_add(out, g_strdup(*p));
	}
	g_ptr_array_add(out, NULL);
	return (char **)g_ptr_array_free(out, FALSE);
}

static void on_exec(void *arg, unsigned int id, struct ng_task *task, int argc, char **argv)
{
	struct exec_log *log = arg;
	gpointer pid = GINT_TO_POINTER(ng_sys_getpid(task));
	const char *outer = g_hash_table_lookup(log->ns, GINT_TO_POINTER(ng_sys_getppid(task)));
	const char *ns = outer ? outer : "";
	struct why_exec *e;
	char **words;

	if (!argc || g_hash_table_contains(log->is, pid))
		return;
	words = strip(log->w, argv, &ns);
	if (g_ascii_strcasecmp(words[0] ? words[0] : "", argv[0]) != 0 ||
	    ns != (outer ? outer : ""))
		g_hash_table_add(log->is, pid);
	g_hash_table_insert(log->ns, pid, (gpointer)(uintptr_t)ns);
	e = g_new0(struct why_exec, 1);
	e->id = id;
	e->ns = ns;
	e->words = words;
	e->line = g_strjoinv(" ", words);
	e->command = ng_task_origin(task);
	g_ptr_array_add(log->w->execs, e);
}

/* The line on which the last statement begins, when the script runs. */
static unsigned int last_line(const struct script *s)
{
	g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(unsigned int));
	g_autofree char *text = script_render(s, lines);

	return lines->len ? g_array_index(lines, unsigned int, lines->len - 1) : 0;
}

/**
 * why_stmt_at() - The statement on a line of the script as it ran
 * @w: the question
 * @line: as the trace has it
 *
 * Return: its id, or 0.
 */
unsigned int why_stmt_at(const struct why *w, uint32_t line)
{
	g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(unsigned int));
	g_autofree char *text = script_render(w->script, lines);
	unsigned int id = 0;

	for (unsigned int i = 0; i < lines->len; i++) {
		unsigned int at = g_array_index(lines, unsigned int, i);

		if (at && at <= line)
			id = ((const struct stmt *)g_ptr_array_index(w->script->stmts, i))->id;
	}
	return line ? id : 0;
}

/**
 * why_run() - Runs a script on a new machine
 * @w: the question
 * @s: the script
 * @record: keep which programs were started
 * @path: filled with the way of the last statement's packets; or NULL
 *
 * Return: what each statement did.
 */
struct replay *why_run(struct why *w, const struct script *s, bool record, struct why_path *path)
{
	struct exec_log log = { .w = w };
	struct replay_options o = w->options;
	struct replay *r;

	w->runs++;
	if (path) {
		path->from_line = last_line(s);
		o.world = why_path_listen;
		o.world_arg = path;
	}
	if (!record) {
		r = replay_run(&o, s);
		w->work += r->work;
		return r;
	}
	log.ns = g_hash_table_new(NULL, NULL);
	log.is = g_hash_table_new(NULL, NULL);
	o.exec = on_exec;
	o.exec_arg = &log;
	r = replay_run(&o, s);
	w->work += r->work;
	g_hash_table_unref(log.ns);
	g_hash_table_unref(log.is);
	return r;
}

/**
 * why_out_of_budget() - Has the search cost as much as it may?
 * @w: the question
 */
bool why_out_of_budget(struct why *w)
{
	if (w->runs < WHY_RUNS_MAX && w->work < WHY_WORK_MAX)
		return false;
	w->out_of_budget = true;
	return true;
}

/* traceroute's last hop said nothing, or that it goes no further: "  4  * * *", "... ms !N" */
static bool ends_on_the_way(const char *text)
{
	return g_regex_match_simple("(^|\\n) *[0-9]+ +[* ]*\\*[* ]*\\s*$| ms ![A-Z]\\s*$", text, 0,
				    0);
}

static bool looks_bad(const struct outcome *o)
{
	if (ends_on_the_way(o->out->str))
		return true;
	for (const char *const *s = bad_signs; *s; s++) {
		if (strstr(o->out->str, *s))
			return true;
	}
	return false;
}

/* "! ping ...": it is meant to fail. */
static bool is_negated(const struct stmt *st)
{
	return st && st->text[0] == '!' && g_ascii_isspace(st->text[1]);
}

/**
 * why_failed() - Did a statement fail, for somebody who asks why?
 * @w: the question
 * @st: the statement
 * @o: what it did
 *
 * A ping at the beginning of a pipe fails although the pipe's status is 0.
 */
bool why_failed(const struct why *w, const struct stmt *st, const struct outcome *o)
{
	(void)w;
	if (!o->ran || st->deleted)
		return false;
	if (st->expect >= 0)
		return o->status != st->expect;
	if (is_negated(st))
		return o->status != 0;
	return o->status || looks_bad(o);
}

/**
 * why_cured() - Does the symptom do what it should now?
 * @w: the question
 * @o: what it did this time
 */
bool why_cured(const struct why *w, const struct outcome *o)
{
	if (!o->ran || (looks_bad(o) && !is_negated(why_stmt(w, w->symptom))))
		return false;
	if (w->outcome->status)
		return !o->status;
	return o->status == w->outcome->status;
}

static char *said(const struct outcome *o)
{
	g_autoptr(GRegex) re = g_regex_new("time[= ]?[0-9.]+ ?ms|rtt .*|[0-9.]+ ms|pipe [0-9]+",
					   G_REGEX_RAW, 0, NULL);

	return g_regex_replace_literal(re, o->out->str, -1, 0, "", 0, NULL);
}

static bool differs(const struct outcome *a, const struct outcome *b)
{
	g_autofree char *x = said(a);
	g_autofree char *y = said(b);

	return a->status != b->status || strcmp(x, y) != 0;
}

/* Does a statement before the symptom fail that did not before, or one that was put in? */
static bool breaks(const struct why *w, const struct script *s, const struct replay *r)
{
	for (unsigned int i = 0; i + 1 < s->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(s->stmts, i);
		const struct outcome *o = replay_at(r, i);
		unsigned int old;

		if (!o->ran || !o->status || st->deleted)
			continue;
		if (!script_find(w->script, st->id, &old) || !replay_at(w->first, old)->status)
			return true;
	}
	return false;
}

/* The destination was made an address of the one who asks: that answers nothing. */
static bool stays_home(const struct why *w, const struct why_path *path)
{
	return w->world && w->flow.known && w->flow.dst >> 24 != 127 &&
	       !why_addr_in(w->world, w->flow.ns, w->flow.dst) &&
	       !why_path_leaves(path, w->flow.ns);
}

/* nc -u is content when nobody says no: a socket must have got it. */
static bool is_heard(const struct why *w, const struct why_path *path)
{
	return w->flow.proto != WHY_UDP || !w->flow.prog || strstr(w->flow.prog, "trace") ||
	       path->udp_read;
}

/**
 * why_try() - Tries an edit
 * @w: the question
 * @base: the script to edit: w->script, or a copy that has repairs already
 * @r: the edit
 *
 * Return: what it does to the symptom.
 */
enum why_verdict why_try(struct why *w, const struct script *base, const struct repair *r)
{
	struct script *s = script_copy(base);
	g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(unsigned int));
	enum why_verdict verdict = WHY_NOTHING;
	const struct outcome *o;
	struct why_path *path;
	struct replay *run;
	gpointer known;
	char *text;

	repair_apply(r, s);
	text = script_render(s, lines);
	if (g_hash_table_lookup_extended(w->tried, text, NULL, &known)) {
		g_free(text);
		script_free(s);
		return (enum why_verdict)GPOINTER_TO_INT(known);
	}
	path = why_path_new();
	run = why_run(w, s, false, path);
	o = replay_at(run, s->stmts->len - 1);
	if (!o->ran || breaks(w, s, run))
		verdict = WHY_BREAKS;
	else if (why_cured(w, o) && !stays_home(w, path) && is_heard(w, path))
		verdict = WHY_CURES;
	else if (differs(w->outcome, o) || why_path_further(path, w->path))
		verdict = WHY_CHANGES;
	g_hash_table_insert(w->tried, text, GINT_TO_POINTER(verdict));
	why_path_free(path);
	replay_free(run);
	script_free(s);
	return verdict;
}
