/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * scene.c - a scenario that is run to a moment and looked at there
 */
#include "scene.h"

#include <errno.h>
#include <netglass/trace.h>
#include <string.h>

#include "../texts/texts.h"
#include "cli.h"
#include "replay.h"

/**
 * scene_load() - Reads a script or a tutorial
 * @s: filled in; seed and pings stay
 * @path: the file
 *
 * Return: CLI_OK, or CLI_USAGE after saying why.
 */
int scene_load(struct scene *s, const char *path)
{
	g_autofree char *text = NULL;
	size_t len = 0;

	s->path = g_strdup(path);
	text = cli_read_file(path, &len);
	if (!text)
		return CLI_USAGE;
	if (!text_is_tutorial(path)) {
		if (memchr(text, '\0', len)) {
			cli_error("%s: a binary file (it holds a NUL byte)", path);
			return CLI_USAGE;
		}
		s->text = g_steal_pointer(&text);
		s->len = len;
		return CLI_OK;
	}
	s->script = cli_load(path, text, len);
	if (!s->script)
		return CLI_USAGE;
	s->lines = g_array_new(FALSE, FALSE, sizeof(unsigned int));
	s->text = script_render(s->script, s->lines);
	s->len = strlen(s->text);
	return CLI_OK;
}

/**
 * scene_free() - Forgets it
 * @s: also one that was not loaded
 */
void scene_free(struct scene *s)
{
	g_free(s->path);
	g_free(s->text);
	if (s->script)
		script_free(s->script);
	if (s->lines)
		g_array_free(s->lines, TRUE);
	s->path = NULL;
	s->text = NULL;
	s->script = NULL;
	s->lines = NULL;
}

/**
 * rendered_line() - Where the author wrote what stands on a line of the text that runs
 * @rendered: the struct rendered
 * @line: of the text
 *
 * Return: the line of the file, 0: none.
 */
unsigned int rendered_line(const void *rendered, unsigned int line)
{
	const struct rendered *r = rendered;
	unsigned int found = 0;

	for (unsigned int i = 0; i < r->lines->len; i++) {
		unsigned int begins = g_array_index(r->lines, unsigned int, i);

		if (begins > line)
			break;
		if (begins)
			found = ((struct stmt *)g_ptr_array_index(r->script->stmts, i))->line;
	}
	return found;
}

/**
 * scene_line() - Where the author wrote it
 * @arg: the scene
 * @line: of the text that runs
 *
 * Return: the line of the file, 0: none.
 */
unsigned int scene_line(const void *arg, unsigned int line)
{
	const struct scene *s = arg;

	const struct rendered r = { s->script, s->lines };

	return s->script ? rendered_line(&r, line) : line;
}

/**
 * scene_rendered_line() - Where a line of the file went
 * @s: the scene
 * @line: of the file
 *
 * Return: the line of the text that runs, 0: none.
 */
unsigned int scene_rendered_line(const struct scene *s, unsigned int line)
{
	unsigned int found = 0;

	if (!s->script)
		return line;
	for (unsigned int i = 0; i < s->lines->len; i++) {
		if (((struct stmt *)g_ptr_array_index(s->script->stmts, i))->line <= line)
			found = g_array_index(s->lines, unsigned int, i);
	}
	return found;
}

static void nowhere(void *arg, int stream, const char *buf, size_t len)
{
	(void)arg;
	(void)stream;
	(void)buf;
	(void)len;
}

/**
 * scene_machine() - A machine with the script in it
 * @s: the scene
 * @console: takes what is printed; NULL: nobody
 * @arg: its first argument
 *
 * Return: the machine, machine_free() it.
 */
struct machine *scene_machine(const struct scene *s,
			      void (*console)(void *, int, const char *, size_t), void *arg)
{
	const struct machine_options options = { .seed = s->seed, .pings = s->pings };
	struct machine *m = machine_new(&options);

	m->console = console ? console : nowhere;
	m->console_arg = arg;
	m->quiet = true;
	m->script.text = s->text;
	m->script.len = s->len;
	return m;
}

struct looking {
	struct machine *m;
	const struct moment *when;
	unsigned int line; /* of the text that runs */
	unsigned int last; /* line of the command under way */
	uint64_t seen;
	look_fn look;
	void *arg;
	GString *out;
	bool looking, done;
};

static void on_console(void *arg, int stream, const char *buf, size_t len)
{
	struct looking *l = arg;

	(void)stream;
	if (l->looking && !l->done && l->out)
		g_string_append_len(l->out, buf, (gssize)len);
}

static void look_now(struct looking *l)
{
	if (l->done)
		return;
	l->looking = true;
	if (ng_world_peek(l->m->world, l->look, l->arg) == -EAGAIN && l->out)
		g_string_append(l->out, "(it waits for something: time stands still here)\n");
	ng_world_stop(l->m->world);
	l->done = true;
}

static void on_step(void *arg, const struct ng_trace_event *ev)
{
	struct looking *l = arg;

	if (l->done)
		return;
	l->seen = ev->nr;
	if (ev->nr == l->when->at)
		look_now(l);
}

static void on_command(void *arg, unsigned int first, unsigned int last, const char *text,
		       size_t len)
{
	struct looking *l = arg;

	(void)text;
	(void)len;
	if (l->line && first > l->line)
		look_now(l); /* a line without a command: after what was before it */
	l->last = last;
}

static void on_command_done(void *arg, int status)
{
	struct looking *l = arg;

	(void)status;
	if (l->line && l->last >= l->line)
		look_now(l);
}

static void on_end(void *arg)
{
	struct looking *l = arg;

	if (!l->when->at)
		look_now(l);
}

/**
 * scene_look() - Runs the scene to a moment and looks
 * @s: the scene
 * @when: the moment
 * @look: runs in the world
 * @arg: its second argument
 * @out: takes what is printed there, or NULL
 *
 * Return: CLI_OK, or CLI_USAGE when the moment never came.
 */
int scene_look(const struct scene *s, const struct moment *when, look_fn look, void *arg,
	       GString *out)
{
	struct looking l = { .when = when, .look = look, .arg = arg, .out = out };
	const struct ng_sh_hooks hooks = { .arg = &l,
					   .command = on_command,
					   .command_done = on_command_done };

	l.line = when->line ? scene_rendered_line(s, when->line) : 0;
	l.m = scene_machine(s, on_console, &l);
	l.m->script.hooks = &hooks;
	l.m->ending = on_end;
	l.m->ending_arg = &l;
	if (when->at)
		ng_world_trace(l.m->world, on_step, &l);
	machine_run(l.m);
	machine_free(l.m);
	if (l.done)
		return CLI_OK;
	cli_error("%s: there is no step %" G_GUINT64_FORMAT ": the last is %" G_GUINT64_FORMAT,
		  s->path, when->at, l.seen);
	return CLI_USAGE;
}
