/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * run.c - a scene run once to its end, and all it did
 */
#include "step.h"

#define STEPS_MAX 2000000 /* of a storm only the beginning is kept */

static void on_step(void *arg, const struct ng_trace_event *ev)
{
	struct step_run *r = arg;

	if (r->cut)
		return;
	tracelog_listen(r->log, ev);
	if (step_count(r) < STEPS_MAX)
		return;
	r->cut = true;
	ng_world_stop(r->world);
}

static void on_console(void *arg, int stream, const char *buf, size_t len)
{
	struct step_run *r = arg;
	struct step_chunk chunk = { .step = step_count(r) };

	(void)stream;

	if (!r->now)
		return;
	g_string_append_len(r->now->out, buf, (gssize)len);
	chunk.len = r->now->out->len;
	g_array_append_val(r->now->chunks, chunk);
}

static void on_command(void *arg, unsigned int first, unsigned int last, const char *text,
		       size_t len)
{
	struct step_run *r = arg;
	struct step_command *c = g_new0(struct step_command, 1);

	(void)text;
	(void)len;
	c->first = first;
	c->last = last;
	c->from = step_count(r);
	c->status = -1;
	c->out = g_string_new(NULL);
	c->chunks = g_array_new(FALSE, FALSE, sizeof(struct step_chunk));
	g_ptr_array_add(r->commands, c);
	r->now = c;
}

static void on_command_done(void *arg, int status)
{
	struct step_run *r = arg;

	if (r->now)
		r->now->status = status;
}

static void command_free(void *p)
{
	struct step_command *c = p;

	g_string_free(c->out, TRUE);
	g_array_free(c->chunks, TRUE);
	g_free(c);
}

/**
 * step_run_new() - Runs a scene to its end
 * @scene: the scene
 *
 * Return: all it did, step_run_free() it.
 */
struct step_run *step_run_new(const struct scene *scene)
{
	struct step_run *r = g_new0(struct step_run, 1);
	const struct ng_sh_hooks hooks = { .arg = r,
					   .command = on_command,
					   .command_done = on_command_done };
	struct machine *m = scene_machine(scene, on_console, r);

	r->log = tracelog_new();
	r->commands = g_ptr_array_new_with_free_func(command_free);
	m->script.hooks = &hooks;
	r->world = m->world;
	ng_world_trace(m->world, on_step, r);
	r->status = machine_run(m);
	machine_free(m);
	return r;
}

/**
 * step_run_free() - Forgets it
 * @r: or NULL
 */
void step_run_free(struct step_run *r)
{
	if (!r)
		return;
	g_ptr_array_unref(r->commands);
	tracelog_free(r->log);
	g_free(r);
}

/**
 * step_command_at() - The command under way
 * @r: the run
 * @pos: steps done
 *
 * Return: the command, or NULL before the first.
 */
const struct step_command *step_command_at(const struct step_run *r, size_t pos)
{
	const struct step_command *found = NULL;

	for (unsigned int i = 0; i < r->commands->len; i++) {
		const struct step_command *c = g_ptr_array_index(r->commands, i);

		if (c->from >= pos && found)
			break;
		found = c;
	}
	return found;
}
