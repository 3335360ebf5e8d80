/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * replay.c - a script run statement by statement
 */
#include "replay.h"

#include <string.h>

#include "captures.h"
#include "cli.h"
#include "machine.h"
#include "scene.h"

struct recorder {
	const struct script *script;
	struct replay *replay;
	GArray *lines;
	struct outcome *now; /* NULL: between statements */
	unsigned int next;   /* statements before this one are over */
	bool done;
	const struct replay_options *options;
};

static void on_console(void *arg, int stream, const char *buf, size_t len)
{
	struct recorder *r = arg;

	if (!r->now)
		return;
	g_string_append_len(r->now->out, buf, (gssize)len);
	if (stream == 2)
		g_string_append_len(r->now->err, buf, (gssize)len);
}

static unsigned int height(const char *s)
{
	unsigned int n = 0;

	for (; *s; s++)
		n += *s == '\n';
	return n;
}

static void on_command(void *arg, unsigned int first_line, unsigned int last_line, const char *text,
		       size_t len)
{
	struct recorder *r = arg;

	(void)last_line;
	(void)text;
	(void)len;
	r->now = NULL;
	for (unsigned int i = r->next; i < r->lines->len; i++) {
		unsigned int line = g_array_index(r->lines, unsigned int, i);
		const struct stmt *st = g_ptr_array_index(r->script->stmts, i);

		if (line > first_line)
			break;
		r->next = i;
		if (line && first_line <= line + height(st->text))
			r->now = g_ptr_array_index(r->replay->outcomes, i);
	}
	if (r->now)
		r->now->ran = true;
	r->done = false;
}

static void on_command_done(void *arg, int status)
{
	struct recorder *r = arg;

	if (r->now)
		r->now->status = status;
	r->done = true;
}

static void on_exec(void *arg, struct ng_task *task, int argc, char **argv)
{
	struct recorder *r = arg;
	const struct stmt *st = r->now ? g_ptr_array_index(r->script->stmts, r->next) : NULL;

	r->options->exec(r->options->exec_arg, st ? st->id : 0, task, argc, argv);
}

static struct replay *run_machine(struct machine *m, const struct replay_options *o,
				  const struct script *s)
{
	g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(unsigned int));
	g_autofree char *text = script_render(s, lines);
	struct recorder r = { .script = s, .replay = replay_new(s), .lines = lines, .options = o };
	const struct ng_sh_hooks hooks = { .arg = &r,
					   .command = on_command,
					   .command_done = on_command_done };

	m->console = on_console;
	m->console_arg = &r;
	if (o->world)
		o->world(o->world_arg, m->world);
	m->exec = o->exec ? on_exec : NULL;
	m->exec_arg = &r;
	m->script.text = text;
	m->script.len = strlen(text);
	m->script.argc = o->argc;
	m->script.argv = o->argv;
	m->script.hooks = &hooks;
	r.replay->status = machine_run(m);
	r.replay->stopped = m->stopped;
	r.replay->work = ng_world_work(m->world);
	if (r.now && !r.done)
		r.now->status = r.replay->status;
	m->script.hooks = NULL;
	return r.replay;
}

/**
 * replay_run() - Runs a script on a new machine
 * @arg: a struct replay_options
 * @s: the script
 *
 * Return: what each statement did.
 */
struct replay *replay_run(void *arg, const struct script *s)
{
	const struct replay_options *o = arg;
	struct machine_options options = { .seed = o->seed, .pings = o->pings };
	struct machine *m = machine_new(&options);
	struct replay *r;

	m->quiet = true;
	r = run_machine(m, o, s);
	machine_free(m);
	return r;
}

/**
 * replay_run_captured() - Runs a script, with captures if asked
 * @o: seed, pings, the folder
 * @s: the script
 * @ret_status: CLI_USAGE when the folder cannot be written, CLI_FAILED when a file could not
 *
 * Return: what each statement did; NULL: nothing ran.
 */
struct replay *replay_run_captured(const struct replay_options *o, const struct script *s,
				   int *ret_status)
{
	struct machine_options options = { .seed = o->seed, .pings = o->pings };
	struct machine *m = machine_new(&options);
	g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(unsigned int));
	g_autofree char *text = script_render(s, lines);
	const struct rendered where = { s, lines };
	struct captures captures = { .pcap = o->pcap,
				     .pcapng = o->pcapng,
				     .source = { .name = s->from,
						 .text = text,
						 .len = strlen(text),
						 .seed = o->seed,
						 .names = o->pcap_names,
						 .line_of = rendered_line,
						 .line_arg = &where } };
	struct replay *r = NULL;

	*ret_status = captures_begin(&captures, m);
	if (!*ret_status)
		r = run_machine(m, o, s);
	if (captures_end(&captures, m) && r)
		*ret_status = CLI_FAILED;
	machine_free(m);
	captures_free(&captures);
	return r;
}
