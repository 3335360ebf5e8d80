/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * causes.c - the first causes of what fails, by trying
 *
 * The script runs; the first command that fails and that the author did not
 * mean to fail is taken. Repairs are thought up from its words, from what the
 * tool said and from the machine as it was (repair_*.c); each is tried by
 * running the repaired script. The first that makes the command succeed is
 * kept (else the first that at least changes what it says), and every failing
 * line that behaves otherwise from then on has this as its first cause. Then
 * the next failure is looked at, until none is left that can be repaired.
 *
 *	causes_find
 *	 └ next_cause
 *	    ├ think_up		repairs_*()
 *	    ├ choose		run, compare
 *	    └ keep		assign()
 */
#include "causes.h"

#include <string.h>

#include "describe.h"
#include "state.h"

#define RUNS_MAX 400
#define WORK_MAX UINT64_C(10000000) /* ng_world_work() of all runs */

struct search {
	struct causes *causes;
	const struct script *original;
	const struct script_runner *runner;
	struct script *now; /* with the repairs so far */
	struct replay *replay;
	GHashTable *given_up;	/* ids */
	unsigned int looked_at; /* out of time: everything before this has been given up */
};

static void cause_free(gpointer data)
{
	struct cause *c = data;

	repair_free(c->repair);
	g_array_unref(c->lines);
	g_free(c->why);
	g_free(c);
}

/**
 * causes_free() - Forgets them
 * @c: or NULL
 */
void causes_free(struct causes *c)
{
	if (!c)
		return;
	g_ptr_array_unref(c->list);
	g_hash_table_unref(c->by_id);
	script_free(c->fixed);
	replay_free(c->first);
	g_free(c);
}

/**
 * outcome_failed() - Did it fail?
 * @s: the script
 * @st: the statement
 * @o: what it did
 *
 * In a script a status that is not 0 is often meant (a test, grep): there it counts only with an error
 * message or a ping.
 */
bool outcome_failed(const struct script *s, const struct stmt *st, const struct outcome *o)
{
	if (!o->ran || st->deleted)
		return false;
	if (st->expect >= 0)
		return o->status != st->expect;
	if (!o->status)
		return false;
	return s->typed || o->err->len || text_has_word(st->text, "ping");
}

/* What a command said, without what time does to it. */
static char *said(const struct outcome *o)
{
	g_autoptr(GRegex) re =
		g_regex_new("time[= ]?[0-9.]+ ?ms|rtt .*|[0-9.]+ ms", G_REGEX_RAW, 0, NULL);

	return g_regex_replace_literal(re, o->out->str, -1, 0, "", 0, NULL);
}

static bool differs(const struct outcome *a, const struct outcome *b)
{
	g_autofree char *x = NULL;
	g_autofree char *y = NULL;

	if (a->ran != b->ran || a->status != b->status)
		return true;
	x = said(a);
	y = said(b);
	return strcmp(x, y) != 0;
}

static struct replay *run(struct search *sc, const struct script *s)
{
	struct replay *r = sc->runner->run(sc->runner->arg, s);

	sc->causes->runs++;
	sc->causes->work += r->work;
	return r;
}

static bool out_of_budget(struct search *sc)
{
	if (sc->causes->runs < RUNS_MAX && sc->causes->work < WORK_MAX)
		return false;
	sc->causes->out_of_budget = true;
	return true;
}

static bool is_meant(const struct stmt *st)
{
	static const char pattern[] = "\\b(wo n?t|won'?t|will not|does ?n.?t|does not|should "
				      "not|shouldn'?t|not|never) (yet )?(work|succeed)|"
				      "\\b(will|should|must|it|this|which|ping|command) (now "
				      ")?fails?\\b|expected to fail|"
				      "(get|see|gives?|shows?|prints?|an|this) error";
	g_autoptr(GRegex) re = g_regex_new(pattern, G_REGEX_RAW | G_REGEX_CASELESS, 0, NULL);

	return st->near && g_regex_match(re, st->near, 0, NULL);
}

static bool is_given_up(const struct search *sc, unsigned int id)
{
	return g_hash_table_contains(sc->given_up, GUINT_TO_POINTER(id));
}

/* The first command that fails and for which something can be done. */
static bool first_failing(const struct search *sc, unsigned int *ret_index)
{
	for (unsigned int i = sc->looked_at; i < sc->now->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(sc->now->stmts, i);

		if (!outcome_failed(sc->now, st, replay_at(sc->replay, i)))
			continue;
		if (is_meant(st) || is_given_up(sc, st->id))
			continue;
		*ret_index = i;
		return true;
	}
	return false;
}

static GPtrArray *think_up(struct search *sc, unsigned int index, const struct state *state)
{
	const struct stmt *st = g_ptr_array_index(sc->now->stmts, index);
	g_auto(GStrv) words = stmt_words(st->text);
	struct situation at = {
		.script = sc->now,
		.replay = sc->replay,
		.index = index,
		.stmt = st,
		.outcome = replay_at(sc->replay, index),
		.words = words,
		.ns = words_namespace(words),
		.state = state,
		.repairs = g_ptr_array_new_with_free_func(repair_free),
	};

	if (strstr(at.outcome->out->str, "netglass: not modelled"))
		return at.repairs;
	repairs_namespace(&at);
	repairs_device(&at);
	repairs_sibling(&at);
	repairs_address(&at);
	repairs_unreachable(&at);
	repairs_iptables(&at);
	repairs_form(&at);
	repairs_words(&at);
	repairs_order(&at);
	return at.repairs;
}

static unsigned int count_failed(const struct script *s, const struct replay *r,
				 unsigned int until_id, bool *ret_good)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < s->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(s->stmts, i);
		bool failed = outcome_failed(s, st, replay_at(r, i));

		if (st->id == until_id)
			*ret_good = !failed && (st->deleted || replay_at(r, i)->ran);
		n += failed;
	}
	return n;
}

/* Does a command before @index fail that did not before, or one that was put in? */
static bool breaks_earlier(const struct search *sc, const struct script *s, const struct replay *r,
			   unsigned int id)
{
	for (unsigned int i = 0; i < s->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(s->stmts, i);
		unsigned int old;

		if (st->id == id)
			return false;
		if (!outcome_failed(s, st, replay_at(r, i)))
			continue;
		if (!script_find(sc->now, st->id, &old))
			return true;
		if (!outcome_failed(sc->now, g_ptr_array_index(sc->now->stmts, old),
				    replay_at(sc->replay, old)))
			return true;
	}
	return false;
}

enum verdict { VERDICT_BAD, VERDICT_COSTS, VERDICT_CHANGES, VERDICT_GOOD };

static enum verdict try_repair(struct search *sc, const struct repair *repair, unsigned int index)
{
	const struct stmt *st = g_ptr_array_index(sc->now->stmts, index);
	struct script *s = script_copy(sc->now);
	enum verdict verdict = VERDICT_BAD;
	unsigned int at, before, after;
	bool good = false, unused;
	struct replay *r;

	repair_apply(repair, s);
	r = run(sc, s);
	before = count_failed(sc->now, sc->replay, st->id, &unused);
	after = count_failed(s, r, st->id, &good);
	if (breaks_earlier(sc, s, r, st->id))
		verdict = VERDICT_BAD;
	else if (good && after < before)
		verdict = VERDICT_GOOD;
	else if (script_find(s, st->id, &at) &&
		 differs(replay_at(r, at), replay_at(sc->replay, index)) && (good || !repair->weak))
		verdict = after <= before ? VERDICT_CHANGES : good ? VERDICT_COSTS : VERDICT_BAD;
	replay_free(r);
	script_free(s);
	return verdict;
}

/* The repair to keep, or NULL. */
static struct repair *choose(struct search *sc, GPtrArray *repairs, unsigned int index)
{
	enum verdict best = VERDICT_BAD;
	int second = -1;

	for (unsigned int i = 0; i < repairs->len && !out_of_budget(sc); i++) {
		enum verdict verdict = try_repair(sc, g_ptr_array_index(repairs, i), index);

		if (verdict == VERDICT_GOOD)
			return g_ptr_array_steal_index(repairs, i);
		if (verdict > best) {
			best = verdict;
			second = (int)i;
		}
	}
	return second < 0 ? NULL : g_ptr_array_steal_index(repairs, (unsigned int)second);
}

static struct cause *cause_new(struct search *sc, struct repair *repair, const char *why)
{
	struct cause *c = g_new0(struct cause, 1);
	unsigned int n = sc->causes->list->len;

	c->repair = repair;
	c->why = g_strdup(why);
	c->lines = g_array_new(FALSE, FALSE, sizeof(unsigned int));
	if (n < 26)
		g_snprintf(c->name, sizeof(c->name), "%c", 'A' + n);
	else
		g_snprintf(c->name, sizeof(c->name), "%c%c", 'A' + (n / 26 - 1) % 26, 'A' + n % 26);
	g_ptr_array_add(sc->causes->list, c);
	return c;
}

static void blame(struct search *sc, struct cause *c, unsigned int id)
{
	g_array_append_val(c->lines, id);
	g_hash_table_insert(sc->causes->by_id, GUINT_TO_POINTER(id), c);
}

/* The failing lines that behave otherwise now. */
static void assign(struct search *sc, struct cause *c, const struct script *s,
		   const struct replay *r)
{
	for (unsigned int i = 0; i < sc->original->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(sc->original->stmts, i);
		unsigned int old, at;

		if (!outcome_failed(sc->original, st, replay_at(sc->causes->first, i)) ||
		    is_meant(st))
			continue;
		if (causes_of(sc->causes, st->id) || !script_find(sc->now, st->id, &old))
			continue;
		if (!script_find(s, st->id, &at) ||
		    differs(replay_at(sc->replay, old), replay_at(r, at)))
			blame(sc, c, st->id);
	}
}

static void keep(struct search *sc, struct repair *repair)
{
	struct script *s = script_copy(sc->now);
	struct replay *r;
	struct cause *c;

	repair->what = repair_describe(repair, sc->now);
	repair_apply(repair, s);
	r = run(sc, s);
	c = cause_new(sc, repair, repair->why);
	assign(sc, c, s, r);
	c->hidden = !c->lines->len;
	script_free(sc->now);
	replay_free(sc->replay);
	sc->now = s;
	sc->replay = r;
}

/* What to say of a failure nobody explains: lines that say the same are one cause. */
static char *no_explanation(const struct search *sc, const struct outcome *o)
{
	const char *limit = strstr(o->out->str, "not modelled: ");
	const char *text = o->err->len ? o->err->str : o->out->str;

	if (limit)
		return g_strndup(limit, strcspn(limit, "\n"));
	if (sc->causes->out_of_budget)
		return g_strdup("not looked at: the search was stopped");
	if (!o->err->len)
		return g_strdup("not explained");
	return g_strdup_printf("not explained: %.*s", (int)MIN(strcspn(text, "\n"), 120), text);
}

static void give_up(struct search *sc, const struct stmt *st, const struct outcome *o)
{
	g_autofree char *why = no_explanation(sc, o);
	struct cause *c = NULL;

	g_hash_table_add(sc->given_up, GUINT_TO_POINTER(st->id));
	if (causes_of(sc->causes, st->id) || !script_find(sc->original, st->id, NULL))
		return;
	for (unsigned int i = 0; i < sc->causes->list->len && !c; i++) {
		struct cause *other = g_ptr_array_index(sc->causes->list, i);

		c = other->repair || strcmp(other->why, why) != 0 ? NULL : other;
	}
	if (!c)
		c = cause_new(sc, NULL, why);
	blame(sc, c, st->id);
}

static bool next_cause(struct search *sc)
{
	unsigned int index;
	struct state *state;
	struct repair *best;
	GPtrArray *repairs;

	if (!first_failing(sc, &index))
		return false;
	if (out_of_budget(sc)) {
		sc->looked_at = index + 1;
		give_up(sc, g_ptr_array_index(sc->now->stmts, index), replay_at(sc->replay, index));
		return true;
	}
	state = state_before(sc->now, index, sc->runner);
	sc->causes->runs++;
	sc->causes->work += sc->replay->work;
	repairs = think_up(sc, index, state);
	best = choose(sc, repairs, index);
	if (best)
		keep(sc, best);
	else
		give_up(sc, g_ptr_array_index(sc->now->stmts, index), replay_at(sc->replay, index));
	g_ptr_array_unref(repairs);
	state_free(state);
	return true;
}

/* The author's own words nearest to a sign of failure, for the summary. */
static char *meaning(const char *near)
{
	g_auto(GStrv) lines = g_strsplit(near, "\n", -1);

	for (char **l = lines; *l; l++) {
		struct stmt one = { .near = *l };

		if (is_meant(&one))
			return g_strndup(g_strstrip(*l), 60);
	}
	return g_strdup("");
}

/* What fails in the end and is meant to. */
static void meant_causes(struct search *sc)
{
	for (unsigned int i = 0; i < sc->original->stmts->len; i++) {
		const struct stmt *st = g_ptr_array_index(sc->original->stmts, i);
		const struct outcome *o = replay_at(sc->causes->first, i);
		struct repair *r;
		struct edit *e;
		struct cause *c;
		g_autofree char *words = NULL;
		g_autofree char *why = NULL;

		if (!outcome_failed(sc->original, st, o) || !is_meant(st) ||
		    causes_of(sc->causes, st->id))
			continue;
		words = meaning(st->near);
		why = g_strdup_printf("the text says that this fails: \"%s\"", words);
		r = repair_new(why);
		repair_edit(r, EDIT_EXPECT, st->id, NULL);
		e = g_ptr_array_index(r->edits, 0);
		e->status = o->status;
		r->what = g_strdup_printf("line %u: meant to fail, declare it: #@ expect rc=%d",
					  st->line, o->status);
		c = cause_new(sc, r, r->why);
		c->meant = true;
		blame(sc, c, st->id);
		repair_apply(r, sc->now);
	}
}

/**
 * causes_of() - The first cause of a failure
 * @c: the causes
 * @id: the statement
 *
 * Return: the cause, or NULL.
 */
const struct cause *causes_of(const struct causes *c, unsigned int id)
{
	return g_hash_table_lookup(c->by_id, GUINT_TO_POINTER(id));
}

/**
 * causes_find() - Runs a script and finds out why commands fail
 * @s: the script
 * @runner: who runs it; the same script must always do the same
 *
 * At most 400 runs and 10 million simulated steps; what is not explained by then is said to be so.
 *
 * Return: the causes, causes_free() them.
 */
struct causes *causes_find(const struct script *s, const struct script_runner *runner)
{
	struct search sc = {
		.causes = g_new0(struct causes, 1),
		.original = s,
		.runner = runner,
		.now = script_copy(s),
		.given_up = g_hash_table_new(NULL, NULL),
	};

	sc.causes->by_id = g_hash_table_new(NULL, NULL);
	sc.causes->list = g_ptr_array_new_with_free_func(cause_free);
	sc.causes->first = run(&sc, s);
	sc.replay = run(&sc, s);
	while (next_cause(&sc))
		;
	meant_causes(&sc);
	sc.causes->fixed = sc.now;
	replay_free(sc.replay);
	g_hash_table_unref(sc.given_up);
	return sc.causes;
}
