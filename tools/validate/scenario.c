/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * scenario.c - one scenario: real, simulated, compared
 */
#include <string.h>

#include "report.h"

static const char *const kinds[] = { "output", "status", "time", "frame", "table", "run", "rule" };

static void put_differences(JsonBuilder *b, const struct vl_verdict *v)
{
	json_builder_set_member_name(b, "differences");
	json_builder_begin_array(b);
	for (unsigned int i = 0; i < v->differences->len; i++) {
		const struct vl_difference *d = v->differences->pdata[i];
		g_autofree char *where = g_utf8_make_valid(d->where, -1);
		g_autofree char *text = g_utf8_make_valid(d->text, -1);

		json_builder_begin_object(b);
		json_builder_set_member_name(b, "kind");
		json_builder_add_string_value(b, kinds[d->kind]);
		json_builder_set_member_name(b, "line");
		json_builder_add_int_value(b, d->line);
		json_builder_set_member_name(b, "where");
		json_builder_add_string_value(b, where);
		json_builder_set_member_name(b, "text");
		json_builder_add_string_value(b, text);
		json_builder_end_object(b);
	}
	json_builder_end_array(b);
}

static void put_counts(JsonBuilder *b, const struct vl_verdict *v)
{
	const struct {
		const char *name;
		unsigned int same, all;
	} counts[] = {
		{ "commands", v->commands_same, v->commands },
		{ "interfaces", v->interfaces_same, v->interfaces },
		{ "frames", v->frames_same, v->frames },
		{ "tables", v->tables_same, v->tables },
		{ "walks", v->walks_same, v->walks },
	};

	for (unsigned int i = 0; i < G_N_ELEMENTS(counts); i++) {
		if (!counts[i].all && i == G_N_ELEMENTS(counts) - 1)
			break; /* rules were not asked for */
		json_builder_set_member_name(b, counts[i].name);
		json_builder_begin_array(b);
		json_builder_add_int_value(b, counts[i].same);
		json_builder_add_int_value(b, counts[i].all);
		json_builder_end_array(b);
	}
}

static void put_string(JsonBuilder *b, const char *name, const char *value)
{
	g_autofree char *valid = g_utf8_make_valid(value, -1);

	json_builder_set_member_name(b, name);
	json_builder_add_string_value(b, valid);
}

/* Those of the header are not said again. */
static void put_record_notes(JsonBuilder *b, const struct vl_record *rec, const GPtrArray *said)
{
	for (unsigned int i = 0; i < rec->notes->len; i++) {
		const char *note = rec->notes->pdata[i];
		bool new = true;

		for (unsigned int k = 0; k < said->len && new; k++)
			new = strcmp(said->pdata[k], note);
		if (new)
			json_builder_add_string_value(b, note);
	}
}

static void put_notes(JsonBuilder *b, const struct vl_record *real, const struct vl_record *other,
		      const GPtrArray *said)
{
	json_builder_set_member_name(b, "notes");
	json_builder_begin_array(b);
	put_record_notes(b, real, said);
	put_record_notes(b, other, said);
	if (real->drops) {
		g_autofree char *s = g_strdup_printf(
			"the kernel lost %u frames on the way to the capture", real->drops);

		json_builder_add_string_value(b, s);
	}
	json_builder_end_array(b);
}

static double seconds(const struct vl_record *rec)
{
	const struct vl_cmd *c = rec->cmds->len ? rec->cmds->pdata[rec->cmds->len - 1] : NULL;

	return c ? (double)MAX(c->t1_ns, c->t0_ns) / 1e9 : 0;
}

static JsonNode *result_node(const struct vl_script *s, const struct vl_options *o,
			     const struct vl_record *a, const struct vl_record *b,
			     const struct vl_verdict *v, int runs)
{
	g_autoptr(JsonBuilder) out = json_builder_new();

	json_builder_begin_object(out);
	put_string(out, "script", s->path);
	put_string(out, "name", s->name);
	put_string(out, "verdict",
		   b->not_modelled	 ? "not modelled"
		   : v->differences->len ? "different"
					 : "same");
	put_counts(out, v);
	json_builder_set_member_name(out, "real_s");
	json_builder_add_double_value(out, seconds(a));
	json_builder_set_member_name(out, "other_s");
	json_builder_add_double_value(out, seconds(b));
	json_builder_set_member_name(out, "runs");
	json_builder_add_int_value(out, runs);
	put_notes(out, a, b, o->host_notes);
	put_differences(out, v);
	json_builder_end_object(out);
	return json_builder_get_root(out);
}

/**
 * vl_scenario_cannot() - A result without a comparison
 * @name: of the scenario
 * @path: its file
 * @verdict: "cannot" or "unreadable"
 * @why: the reason
 *
 * Return: the result.
 */
JsonNode *vl_scenario_cannot(const char *name, const char *path, const char *verdict,
			     const char *why)
{
	g_autoptr(JsonBuilder) out = json_builder_new();

	json_builder_begin_object(out);
	put_string(out, "script", path);
	put_string(out, "name", name);
	put_string(out, "verdict", verdict);
	put_string(out, "why", why);
	json_builder_end_object(out);
	return json_builder_get_root(out);
}

static void keep(const struct vl_script *s, const struct vl_options *o, const struct vl_record *rec,
		 const char *side)
{
	g_autofree char *dir = NULL;

	if (!o->keep)
		return;
	dir = g_build_filename(o->keep, s->name, side, NULL);
	if (!vl_pcap_write(rec, dir))
		g_printerr("netglass: %s: captures cannot be written\n", dir);
}

static bool same_first(const struct vl_verdict *a, const struct vl_verdict *b)
{
	const struct vl_difference *x = a->differences->pdata[0], *y = b->differences->pdata[0];

	/*
	 * what timing decides may come twice on a busy machine: that takes all the runs there
	 * are
	 */
	if (x->kind == VL_KIND_TIME || x->kind == VL_KIND_FRAME)
		return false;
	return a->differences->len == b->differences->len && x->kind == y->kind &&
	       x->line == y->line && !strcmp(x->where, y->where) && !strcmp(x->text, y->text);
}

/*
 * A difference counts when it shows twice; one of frames or times when it shows in each run
 * allowed.
 */
static JsonNode *against_simulation(const struct vl_script *s, const struct vl_options *o)
{
	g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
	struct vl_record *real = NULL, *sim = NULL;
	struct vl_verdict *v = NULL;
	bool again = true;
	JsonNode *node;
	int runs = 0;

	while (again) {
		struct vl_verdict *now;

		vl_record_free(real);
		vl_record_free(sim);
		real = vl_real_run(s, o);
		sim = vl_sim_run(s, o, real);
		runs++;
		if (real->cannot)
			break;
		now = vl_compare(s, real, sim, o->only, "real", "simulated");
		again = now->differences->len && runs <= o->retries && !real->stopped &&
			!sim->stopped && !sim->not_modelled && !(v && same_first(v, now));
		if (again) {
			const struct vl_difference *d = now->differences->pdata[0];

			g_ptr_array_add(notes,
					g_strdup_printf("real run %d differed: %s, line %u: %.60s",
							runs, kinds[d->kind], d->line, d->where));
		}
		vl_verdict_free(v);
		v = now;
	}
	if (real->cannot || sim->cannot) {
		node = vl_scenario_cannot(s->name, s->path, "cannot",
					  real->cannot ? real->cannot : sim->cannot);
	} else {
		for (unsigned int i = 0; i < notes->len; i++)
			vl_record_note(sim, "%s", (char *)notes->pdata[i]);
		keep(s, o, real, "real");
		keep(s, o, sim, "simulated");
		node = result_node(s, o, real, sim, v, runs);
	}
	vl_verdict_free(v);
	vl_record_free(real);
	vl_record_free(sim);
	return node;
}

/* Runs that are all the same. */
struct alike {
	struct vl_record *rec; /* the first of them */
	int count;
};

/* The group @rec belongs to; *ret_v: the comparison with it, or with the last group of others. */
static struct alike *alike_find(GArray *groups, const struct vl_script *s,
				const struct vl_options *o, const struct vl_record *rec,
				struct vl_verdict **ret_v)
{
	for (unsigned int i = 0; i < groups->len; i++) {
		struct alike *g = &g_array_index(groups, struct alike, i);

		vl_verdict_free(*ret_v);
		*ret_v = vl_compare(s, g->rec, rec, o->only, "one run", "another");
		if (!(*ret_v)->differences->len)
			return g;
	}
	return NULL;
}

static void note_race(struct vl_record *rec, const struct vl_verdict *v, int run)
{
	const struct vl_difference *d = v->differences->pdata[0];

	vl_record_note(rec, "run %d differed, not all do: %s, line %u: %.60s", run, kinds[d->kind],
		       d->line, d->where);
}

/* @self runs must be the same, of so many and --retries more. */
static JsonNode *against_itself(const struct vl_script *s, const struct vl_options *o, int self)
{
	g_autoptr(GArray) groups = g_array_new(FALSE, FALSE, sizeof(struct alike));
	struct vl_record *notes = vl_record_new();
	struct vl_verdict *v = NULL;
	struct alike *g = NULL;
	JsonNode *node = NULL;
	int run;

	for (run = 1; run <= self + o->retries && !(g && g->count == self); run++) {
		struct vl_record *rec = vl_real_run(s, o);

		if (rec->cannot)
			node = vl_scenario_cannot(s->name, s->path, "cannot", rec->cannot);
		g = alike_find(groups, s, o, rec, &v);
		if (g) {
			g->count++;
			vl_record_free(rec);
		} else {
			struct alike first = { rec, 1 };

			if (groups->len)
				note_race(notes, v, run);
			g_array_append_val(groups, first);
		}
		if (node)
			break;
	}
	if (!node)
		node = result_node(s, o, g_array_index(groups, struct alike, 0).rec, notes, v,
				   run - 1);
	for (unsigned int i = 0; i < groups->len; i++) {
		struct alike *each = &g_array_index(groups, struct alike, i);

		if (groups->len > 1) {
			g_autofree char *side = g_strdup_printf("run-%u", i + 1);

			keep(s, o, each->rec, side);
		}
		vl_record_free(each->rec);
	}
	vl_verdict_free(v);
	vl_record_free(notes);
	return node;
}

/**
 * vl_scenario() - Runs and compares one scenario
 * @s: the scenario
 * @o: limits
 * @self: 0: real against simulated; else this many real runs against each other
 *
 * Return: the result.
 */
JsonNode *vl_scenario(const struct vl_script *s, const struct vl_options *o, int self)
{
	return self ? against_itself(s, o, self) : against_simulation(s, o);
}
