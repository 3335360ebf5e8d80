/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * scenario.c - one scenario: real, simulated, compared
 */
#include <string.h>

#include "report.h"

static const char *const kinds[] = { "output", "status", "time", "frame", "table", "run" };

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
	};

	for (unsigned int i = 0; i < G_N_ELEMENTS(counts); i++) {
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

static void put_notes(JsonBuilder *b, const struct vl_record *real, const struct vl_record *other)
{
	json_builder_set_member_name(b, "notes");
	json_builder_begin_array(b);
	for (unsigned int i = 0; real && i < real->notes->len; i++)
		json_builder_add_string_value(b, real->notes->pdata[i]);
	for (unsigned int i = 0; other && i < other->notes->len; i++)
		json_builder_add_string_value(b, other->notes->pdata[i]);
	if (real && real->drops) {
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

static JsonNode *result_node(const struct vl_script *s, const struct vl_record *a,
			     const struct vl_record *b, const struct vl_verdict *v, int runs)
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
	put_notes(out, a, b);
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

	/* what timing decides may come twice on a busy machine: that takes all the runs there are */
	if (x->kind == VL_KIND_TIME || x->kind == VL_KIND_FRAME)
		return false;
	return a->differences->len == b->differences->len && x->kind == y->kind &&
	       x->line == y->line && !strcmp(x->where, y->where) && !strcmp(x->text, y->text);
}

/* A difference counts when it shows twice; one of frames or times when it shows in each run allowed. */
static JsonNode *against_simulation(const struct vl_script *s, const struct vl_options *o)
{
	struct vl_record *sim = vl_sim_run(s, o);
	struct vl_record *real = NULL;
	struct vl_verdict *v = NULL;
	bool again = true;
	JsonNode *node;
	int runs = 0;

	while (again) {
		struct vl_verdict *now;

		vl_record_free(real);
		real = vl_real_run(s, o);
		runs++;
		if (real->cannot)
			break;
		now = vl_compare(s, real, sim, o->only, "real", "simulated");
		again = now->differences->len && runs <= o->retries && !real->stopped &&
			!sim->stopped && !sim->not_modelled && !(v && same_first(v, now));
		if (again) {
			const struct vl_difference *d = now->differences->pdata[0];

			vl_record_note(sim, "real run %d differed: %s, line %u: %.60s", runs,
				       kinds[d->kind], d->line, d->where);
		}
		vl_verdict_free(v);
		v = now;
	}
	if (real->cannot || sim->cannot) {
		node = vl_scenario_cannot(s->name, s->path, "cannot",
					  real->cannot ? real->cannot : sim->cannot);
	} else {
		keep(s, o, real, "real");
		keep(s, o, sim, "simulated");
		node = result_node(s, real, sim, v, runs);
	}
	vl_verdict_free(v);
	vl_record_free(real);
	vl_record_free(sim);
	return node;
}

static JsonNode *against_itself(const struct vl_script *s, const struct vl_options *o, int self)
{
	struct vl_record *first = vl_real_run(s, o);
	JsonNode *node = NULL;

	for (int i = 1; i < self && !first->cannot; i++) {
		g_autofree char *name = g_strdup_printf("run %d", i + 1);
		struct vl_record *other = vl_real_run(s, o);
		struct vl_verdict *v = vl_compare(s, first, other, o->only, "run 1", name);
		bool differs = v->differences->len;

		if (node)
			json_node_unref(node);
		node = result_node(s, first, other, v, i + 1);
		if (differs) {
			keep(s, o, first, "run-1");
			keep(s, o, other, "run-n");
		}
		vl_verdict_free(v);
		vl_record_free(other);
		if (differs)
			break;
	}
	if (!node)
		node = vl_scenario_cannot(s->name, s->path, "cannot",
					  first->cannot ? first->cannot : "one run only");
	vl_record_free(first);
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
