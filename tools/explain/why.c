/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why.c - netglass why: the first cause of a failure, and the smallest edits that cure it
 *
 *	cmd_why
 *	 └ explain
 *	    ├ why_symptom, why_read_flow	which command, what it tried
 *	    ├ look				the world at the symptom
 *	    ├ why_search			findings, each tried by its edits
 *	    └ why_tell
 */
#include <stdio.h>
#include <string.h>

#include "../cli/cli.h"
#include "../trace/tracelog.h"
#include "why.h"

/**
 * why_str() - A text that lives as long as the question
 * @w: the question
 * @fmt: as for printf
 */
const char *why_str(struct why *w, const char *fmt, ...)
{
	char *text;
	va_list ap;

	va_start(ap, fmt);
	text = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	g_ptr_array_add(w->strings, text);
	return text;
}

/**
 * why_finding_free() - Forgets a finding
 * @data: the finding
 */
void why_finding_free(gpointer data)
{
	struct why_finding *f = data;

	g_ptr_array_unref(f->edits);
	g_ptr_array_unref(f->cures);
	g_free(f);
}

/**
 * why_finding() - One more possible cause
 * @w: the question
 * @rank: how it is believed
 * @topic: findings of one topic are told once
 * @cause: sentences; kept, not copied
 */
struct why_finding *why_finding(struct why *w, enum why_rank rank, const char *topic,
				const char *cause)
{
	struct why_finding *f = g_new0(struct why_finding, 1);

	f->rank = rank;
	f->topic = topic;
	f->cause = cause;
	f->edits = g_ptr_array_new_with_free_func(repair_free);
	f->cures = g_ptr_array_new();
	g_ptr_array_add(w->findings, f);
	return f;
}

static struct repair *one_edit(struct why_finding *f, enum edit_kind kind, unsigned int id,
			       const char *text)
{
	struct repair *r = repair_new(NULL);

	repair_edit(r, kind, id, text);
	g_ptr_array_add(f->edits, r);
	return r;
}

/**
 * why_edit_insert() - A command added before the symptom
 * @w: the question
 * @f: for this finding
 * @cmd: the command
 */
struct repair *why_edit_insert(struct why *w, struct why_finding *f, const char *cmd)
{
	return one_edit(f, EDIT_INSERT, w->place, cmd);
}

/**
 * why_edit_before() - A command added before a statement
 * @w: the question
 * @f: for this finding
 * @id: the statement
 * @cmd: the command
 */
struct repair *why_edit_before(struct why *w, struct why_finding *f, unsigned int id,
			       const char *cmd)
{
	(void)w;
	return one_edit(f, EDIT_INSERT, id, cmd);
}

/**
 * why_edit_replace() - A statement written anew
 * @w: the question
 * @f: for this finding
 * @id: the statement
 * @text: its new text
 *
 * Return: the edit; NULL: nothing would change.
 */
struct repair *why_edit_replace(struct why *w, struct why_finding *f, unsigned int id,
				const char *text)
{
	const struct stmt *st = why_stmt(w, id);

	if (!st || !strcmp(st->text, text))
		return NULL;
	return one_edit(f, EDIT_REPLACE, id, text);
}

/**
 * why_edit_delete() - A statement left out
 * @w: the question
 * @f: for this finding
 * @id: the statement; 0: nothing is done
 */
struct repair *why_edit_delete(struct why *w, struct why_finding *f, unsigned int id)
{
	return id && why_stmt(w, id) ? one_edit(f, EDIT_DELETE, id, NULL) : NULL;
}

/**
 * why_stmt() - The statement with an id
 * @w: the question
 * @id: the id
 */
const struct stmt *why_stmt(const struct why *w, unsigned int id)
{
	return id ? script_find(w->script, id, NULL) : NULL;
}

/**
 * why_line() - The line of a statement
 * @w: the question
 * @id: the id
 *
 * Return: 0 when there is none.
 */
unsigned int why_line(const struct why *w, unsigned int id)
{
	const struct stmt *st = why_stmt(w, id);

	return st ? st->line : 0;
}

/**
 * why_exec_free() - Forgets a program that was started
 * @data: the program
 */
void why_exec_free(gpointer data)
{
	struct why_exec *e = data;

	g_strfreev(e->words);
	g_free(e->line);
	g_free(e);
}

/**
 * why_look() - The state of the machine just before the symptom
 * @w: the question
 */
struct why_world *why_look(struct why *w)
{
	struct script *copy = script_copy(w->script);
	unsigned int last = copy->stmts->len - 1;
	struct why_world *world;
	struct replay *r;

	g_ptr_array_set_size(copy->stmts, (int)last);
	script_insert(copy, last, why_world_script);
	r = why_run(w, copy, false, NULL);
	world = why_world_read(replay_at(r, last)->out->str);
	replay_free(r);
	script_free(copy);
	return world;
}

/* Added lines go before the pause in front of the symptom, if there is one. */
static void find_place(struct why *w)
{
	w->place = w->symptom;
	for (unsigned int i = w->script->stmts->len - 1; i-- > 0;) {
		const struct stmt *st = g_ptr_array_index(w->script->stmts, i);

		if (g_str_has_prefix(st->text, "sleep ")) {
			w->place = st->id;
			return;
		}
		if (!text_has_word(st->text, "ping") && !strchr(st->text, '|'))
			return;
	}
}

static void cut_behind(struct script *s, unsigned int index)
{
	g_ptr_array_set_size(s->stmts, (int)index + 1);
}

static int explain(struct why *w, struct script *all, unsigned int line)
{
	struct replay *r = why_run(w, all, false, NULL);
	struct why_answer a = { 0 };
	const struct stmt *st;
	unsigned int index;
	bool found = why_symptom(w, all, r, line, &index);
	int status = CLI_OK;

	if (found)
		st = g_ptr_array_index(all->stmts, index);
	if (!found && line) {
		cli_error("why: line %u holds no command", line);
		status = CLI_USAGE;
	} else if (!found) {
		puts("nothing wrong: no command failed");
	} else if (!replay_at(r, index)->ran) {
		printf("line %u was never reached\n", st->line);
		status = CLI_FAILED;
	} else if (!why_failed(w, st, replay_at(r, index))) {
		printf("nothing wrong: line %u did what it should\n", st->line);
	} else {
		w->all = all;
		w->script = script_copy(all);
		cut_behind(w->script, index);
		w->symptom = st->id;
		w->path = why_path_new();
		w->path->log = tracelog_new();
		w->first = why_run(w, w->script, true, w->path);
		w->outcome = replay_at(w->first, index);
		find_place(w);
		why_read_flow(w);
		if (!w->flow.src)
			w->flow.src = why_real_source(w);
		w->world = why_look(w);
		why_search(w, &a);
		why_tell(w, &a);
		status = a.fixes->len ? CLI_OK : CLI_FAILED;
		repair_free(a.both);
		g_ptr_array_unref(a.causes);
		g_ptr_array_unref(a.fixes);
		g_ptr_array_unref(a.deeper);
	}
	replay_free(r);
	return status;
}

static int ask(struct why *w, const char *path, unsigned int line)
{
	size_t len = 0;
	g_autofree char *buf = cli_read_file(path, &len);
	struct script *all = buf ? cli_load(path, buf, len) : NULL;
	int status;

	if (!all)
		return CLI_USAGE;
	w->execs = g_ptr_array_new_with_free_func(why_exec_free);
	w->findings = g_ptr_array_new_with_free_func(why_finding_free);
	w->strings = g_ptr_array_new_with_free_func(g_free);
	w->tried = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	status = explain(w, all, line);
	g_ptr_array_unref(w->findings);
	g_ptr_array_unref(w->execs);
	g_hash_table_unref(w->tried);
	g_ptr_array_unref(w->strings);
	replay_free(w->first);
	why_path_free(w->path);
	script_free(w->script);
	why_world_free(w->world);
	script_free(all);
	return status;
}

static const char help[] =
	"For a command that failed, or a ping, nc or curl that got no answer: the first\n"
	"cause, the state that decided it, the line that set it (or that none did), and\n"
	"the smallest edits that cure it. Each edit shown was tried: the edited script\n"
	"ran in a world of its own, and the symptom's line did what it should.\n"
	"\n"
	"  netglass why lab.sh             the last command that failed\n"
	"  netglass why --line 12 lab.sh   the command of line 12\n"
	"  netglass why TUTORIAL.md\n"
	"\n"
	"Searched are: commands that failed before (names misspelt, a namespace or device\n"
	"never made, wrong order, words of a wrong form); links down, lo too; addresses\n"
	"missing, misspelt, in a wrong subnet, without prefix length, given twice, taken\n"
	"away again; routes there and back, gateways, next hops, metrics, tables, rules;\n"
	"ip_forward (all and each interface), rp_filter, arp_*, accept_local,\n"
	"route_localnet, icmp_echo_ignore_*, proxy_arp, bridge-nf; bridge ports, their\n"
	"flags, hairpin, VLANs, STP, loops, static entries; netem; MTU; neighbours and\n"
	"MACs; iptables policies, rules, their order, chain and words, rules deleted\n"
	"again, DNAT (for local connections and hairpins, too; too wide, or missing),\n"
	"SNAT and MASQUERADE; connections tracked too early; /etc/hosts; services on\n"
	"another address, port or protocol, or too early; any line left out or done\n"
	"again; any one word of a line changed for another of its kind. One edit, else\n"
	"several together. At most 1500 runs and 15 million simulated steps\n"
	"(system calls and events), so that the answer is the same on every machine.";

/**
 * cmd_why() - The verb
 * @argc: argument count
 * @argv: "why", options, the script
 *
 * Return: 0 explained, or nothing is wrong; 1 no cure found; 2 usage.
 */
int cmd_why(int argc, char **argv)
{
	struct why w = { .options = { .pings = 3 } };
	int line = 0;
	const GOptionEntry entries[] = {
		{ "line", 'l', 0, G_OPTION_ARG_INT, &line, "Explain the command of this line",
		  "N" },
		{ "pings", 0, 0, G_OPTION_ARG_INT, &w.options.pings,
		  "What ping without -c sends (3)", "N" },
		{ 0 },
	};
	struct cli_verb verb = *cli_verb_find("why");

	verb.summary = help;
	if (!cli_parse(&verb, entries, &argc, &argv))
		return CLI_USAGE;
	if (argc != 2 || line < 0) {
		cli_error("why: which script? (see netglass why --help)");
		return CLI_USAGE;
	}
	return ask(&w, argv[1], (unsigned int)line);
}
