/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * command.c - the commands, by their names in gdb and rr
 */
#include <stdarg.h>
#include <string.h>

#include "../cli/cli.h"
#include "../cli/cmdwords.h"
#include "../trace/packetline.h"
#include "../trace/traceline.h"
#include "step.h"

struct command {
	const char *name;
	const char *alias; /* or NULL */
	void (*run)(struct step *s, const char *arg);
	const char *args;
	const char *help;
	bool repeats; /* an empty line does it again */
};

/**
 * step_say() - A line of answer
 * @s: the session
 * @fmt: without newline
 */
void step_say(struct step *s, const char *fmt, ...)
{
	g_autofree char *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	text = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	fputs(text, s->out);
	if (!g_str_has_suffix(text, "\n"))
		fputc('\n', s->out);
}

/**
 * step_error() - Says what was wrong with a command
 * @s: the session
 * @fmt: without newline
 */
void step_error(struct step *s, const char *fmt, ...)
{
	g_autofree char *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	text = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	fprintf(s->out, "%s\n", text);
	s->failed = true;
}

static size_t count_of(struct step *s, const char *arg)
{
	int64_t n = *arg ? g_ascii_strtoll(arg, NULL, 10) : 1;

	if (n >= 1)
		return (size_t)n;
	step_error(s, "how many? a number from 1");
	return 0;
}

static void move_to(struct step *s, size_t pos)
{
	s->pos = pos;
	step_show(s, pos);
}

static void do_step(struct step *s, const char *arg)
{
	for (size_t n = count_of(s, arg); n; n--) {
		if (s->pos == step_count(s->run)) {
			step_say(s, "   the end: nothing more happened");
			return;
		}
		s->pos++;
		if (n <= 20)
			step_show(s, s->pos);
	}
}

static void do_rstep(struct step *s, const char *arg)
{
	size_t n = count_of(s, arg);

	if (n && !s->pos)
		step_say(s, "   the beginning");
	else if (n)
		move_to(s, s->pos > n ? s->pos - n : 0);
}

/* The next step for which @same(s, ev, what) holds; 0: none. */
static size_t find(struct step *s, bool back,
		   bool (*holds)(struct step *, const struct ng_trace_event *, const void *),
		   const void *what)
{
	size_t pos = s->pos;

	for (;;) {
		if (back ? pos <= 1 : pos >= step_count(s->run))
			return 0;
		pos = back ? pos - 1 : pos + 1;
		if (holds(s, step_event(s->run, pos), what))
			return pos;
	}
}

static bool same_packet(struct step *s, const struct ng_trace_event *ev, const void *what)
{
	const struct ng_trace_event *of = what;

	(void)s;
	return ev->packet.id == of->packet.id;
}

static bool left_ns(struct step *s, const struct ng_trace_event *ev, const void *what)
{
	const struct ng_trace_event *of = what;

	return same_packet(s, ev, what) && ev->netns_id != of->netns_id && ev->netns_id;
}

static void along_packet(struct step *s, const char *arg, bool back)
{
	const struct ng_trace_event *of = step_packet_event(s);

	if (!of) {
		if (back)
			do_rstep(s, arg);
		else
			do_step(s, arg);
		return;
	}
	for (size_t n = count_of(s, arg); n; n--) {
		size_t pos = find(s, back, same_packet, of);

		if (!pos) {
			step_say(s, "   packet %" G_GUINT64_FORMAT " %s", of->packet.id,
				 back ? "was not there before" : "is not seen again");
			return;
		}
		move_to(s, pos);
	}
}

static void do_next(struct step *s, const char *arg)
{
	along_packet(s, arg, false);
}

static void do_rnext(struct step *s, const char *arg)
{
	along_packet(s, arg, true);
}

static void do_finish(struct step *s, const char *arg)
{
	const struct ng_trace_event *of = step_packet_event(s);
	size_t pos;

	(void)arg;
	if (!of) {
		step_error(s, "no packet yet");
		return;
	}
	pos = find(s, false, left_ns, of);
	if (pos) {
		step_say(s, "   packet %" G_GUINT64_FORMAT " leaves %s", of->packet.id, of->netns);
		move_to(s, pos);
		return;
	}
	step_say(s, "   packet %" G_GUINT64_FORMAT " stays in %s: its last step", of->packet.id,
		 of->netns ? of->netns : "?");
	for (pos = step_count(s->run); pos && step_event(s->run, pos)->packet.id != of->packet.id;)
		pos--;
	move_to(s, MAX(pos, s->pos));
}

static bool any_break(struct step *s, const struct ng_trace_event *ev, const void *what)
{
	const struct step_break **hit = (const struct step_break **)(uintptr_t)what;

	for (unsigned int i = 0; i < s->breaks->len; i++) {
		const struct step_break *b = g_ptr_array_index(s->breaks, i);

		if (step_expr_holds(b->expr, ev)) {
			*hit = b;
			return true;
		}
	}
	return false;
}

static void go_on(struct step *s, bool back)
{
	const struct step_break *hit = NULL;
	size_t pos = find(s, back, any_break, &hit);

	if (pos) {
		step_say(s, "Stop %u: %s", hit->number, hit->text);
		move_to(s, pos);
		return;
	}
	step_say(s, "   %s, no stop on the way", back ? "the beginning" : "the end");
	s->pos = back ? 0 : step_count(s->run);
}

static void do_continue(struct step *s, const char *arg)
{
	(void)arg;
	go_on(s, false);
}

static void do_rcontinue(struct step *s, const char *arg)
{
	(void)arg;
	go_on(s, true);
}

static void goto_line(struct step *s, const char *arg)
{
	unsigned int line = (unsigned int)g_ascii_strtoull(arg, NULL, 10);

	for (size_t pos = 1; pos <= step_count(s->run); pos++) {
		const struct ng_trace_event *ev = step_event(s->run, pos);

		if (ev->command.line && scene_line(s->scene, ev->command.line) == line) {
			move_to(s, pos);
			return;
		}
	}
	step_error(s, "nothing happened on line %u", line);
}

static void do_goto(struct step *s, const char *arg)
{
	char *end;
	uint64_t n;

	if (g_str_has_prefix(arg, "line ")) {
		goto_line(s, arg + 5);
		return;
	}
	n = g_ascii_strtoull(arg, &end, 10);
	if (!*arg || *end || n > step_count(s->run))
		step_error(s, "goto a step from 0 to %zu, or goto line N", step_count(s->run));
	else
		move_to(s, n);
}

static void add_break(struct step *s, const char *text)
{
	g_autofree char *why = NULL;
	struct step_expr *e = step_expr_new(text, &why);
	struct step_break *b;

	if (!e) {
		step_error(s, "break: %s", why);
		return;
	}
	b = g_new0(struct step_break, 1);
	b->number = ++s->next_break;
	b->text = g_strdup(text);
	b->expr = e;
	g_ptr_array_add(s->breaks, b);
	step_say(s, "Stop %u: %s", b->number, text);
}

static void do_break(struct step *s, const char *arg)
{
	if (*arg)
		add_break(s, arg);
	else
		step_info(s, "breaks", NULL);
}

static void do_delete(struct step *s, const char *arg)
{
	unsigned int n = (unsigned int)g_ascii_strtoull(arg, NULL, 10);

	for (unsigned int i = 0; i < s->breaks->len; i++) {
		if (((struct step_break *)g_ptr_array_index(s->breaks, i))->number == n) {
			g_ptr_array_remove_index(s->breaks, i);
			return;
		}
	}
	step_error(s, "no stop %s", arg);
}

static void do_watch(struct step *s, const char *arg)
{
	static const struct {
		const char *table, *expr;
	} watches[] = {
		{ "neigh", "kind==neigh" },
		{ "fdb", "kind==learn" },
		{ "ct", "kind==ct && what!=found" },
		{ "nat", "(kind==nat || kind==nat-bind)" },
		{ "route", "kind==route-set" },
		{ "rule", "kind==rule-set" },
		{ "addr", "kind==addr" },
		{ "link", "kind==link" },
		{ "filter", "kind==nft-set" },
		{ "sysctl", "kind==sysctl" },
	};
	g_auto(GStrv) words = g_strsplit(arg, " ", 2);

	for (size_t i = 0; *arg && i < G_N_ELEMENTS(watches); i++) {
		g_autofree char *text = NULL;

		if (strcmp(watches[i].table, words[0]) != 0)
			continue;
		text = words[1] ? g_strdup_printf("%s && ns==\"%s\"", watches[i].expr, words[1])
				: g_strdup(watches[i].expr);
		add_break(s, text);
		return;
	}
	step_error(s, "watch neigh, fdb, ct, nat, route, rule, addr, link, filter or sysctl, "
		      "then a namespace");
}

static void do_info(struct step *s, const char *arg)
{
	g_auto(GStrv) words = g_strsplit(arg, " ", 2);

	step_info(s, *arg ? words[0] : "", *arg && words[1] ? words[1] : NULL);
}

static void do_packet(struct step *s, const char *arg)
{
	(void)arg;
	step_show_packet(s);
}

static void do_hex(struct step *s, const char *arg)
{
	const struct ng_trace_event *ev = step_packet_event(s);
	g_autofree char *text = ev ? packet_hex(ev) : NULL;

	(void)arg;
	if (text)
		fputs(text, s->out);
	else
		step_error(s, "no packet yet");
}

static void do_steps(struct step *s, const char *arg)
{
	(void)arg;
	step_show_steps(s);
}

/* A verb of netglass about the same script. */
static void run_verb(struct step *s, int (*verb)(int, char **), const char *name,
		     const char *option, const char *value)
{
	g_autofree char *seed = g_strdup_printf("--seed=%" G_GUINT64_FORMAT, s->scene->seed);
	g_autofree char *pings = g_strdup_printf("--pings=%d", s->scene->pings);
	g_autofree char *own = g_strdup_printf("%s=%s", option, value);
	g_autofree char *verb_name = g_strdup(name);
	char *argv[] = { verb_name, own, pings, s->scene->path, NULL, NULL };

	if (!strcmp(s->scene->path, "-")) {
		step_error(s, "%s reads the script again: give a file, not \"-\"", name);
		return;
	}
	if (s->scene->seed) {
		argv[4] = argv[3];
		argv[3] = seed;
	}
	fflush(s->out);
	verb(s->scene->seed ? 5 : 4, argv);
}

static void do_story(struct step *s, const char *arg)
{
	const struct ng_trace_event *of = step_packet_event(s);

	if (!*arg && !of)
		step_error(s, "no packet yet");
	else
		run_verb(s, cmd_explain, "explain", "--packet", *arg ? arg : of->packet.name);
}

static void do_list(struct step *s, const char *arg)
{
	(void)arg;
	step_show_list(s);
}

static void do_where(struct step *s, const char *arg)
{
	(void)arg;
	step_show_here(s);
}

static void do_topo(struct step *s, const char *arg)
{
	(void)arg;
	step_topo(s);
}

static void do_what_if(struct step *s, const char *arg)
{
	if (*arg)
		step_what_if(s, arg);
	else
		step_error(s, "what-if CMD, or what-if ip_forward=1");
}

static void do_why(struct step *s, const char *arg)
{
	const struct step_command *c = step_command_at(s->run, s->pos);
	unsigned int line = *arg ? (unsigned int)g_ascii_strtoull(arg, NULL, 10)
			    : c	 ? scene_line(s->scene, c->first)
				 : 1;
	g_autofree char *number = g_strdup_printf("%u", line);

	run_verb(s, cmd_why, "why", "--line", number);
}

static void do_shell(struct step *s, const char *arg)
{
	if (*arg)
		step_shell(s, arg);
	else
		step_error(s, "! CMD: such as ! ip -n blue neigh");
}

static void do_quit(struct step *s, const char *arg)
{
	(void)arg;
	s->quit = true;
}

static void do_help(struct step *s, const char *arg);

static const struct command commands[] = {
	{ "step", "s", do_step, "[N]", "the next step", true },
	{ "next", "n", do_next, "[N]", "the next step of this packet", true },
	{ "finish", "fin", do_finish, "", "until this packet leaves this namespace", true },
	{ "continue", "c", do_continue, "", "until a stop", true },
	{ "rs", "reverse-step", do_rstep, "[N]", "a step back", true },
	{ "rn", "reverse-next", do_rnext, "[N]", "back to the step of this packet before", true },
	{ "rc", "reverse-continue", do_rcontinue, "", "back until a stop", true },
	{ "goto", "g", do_goto, "N", "to step N (0: before the first); goto line N", false },
	{ "break", "b", do_break, "EXPR", "stop where it holds: drop || hook==FORWARD && ns==host",
	  false },
	{ "watch", NULL, do_watch, "TABLE [NS]", "stop where neigh, fdb, ct, nat, route... changes",
	  false },
	{ "delete", "d", do_delete, "N", "forget stop N", false },
	{ "info", "i", do_info, "TABLE [NS]",
	  "link addr route rule neigh fdb filter nat ct ... as it is now", false },
	{ "packet", "p", do_packet, "", "the packet's headers, and what this step changed", false },
	{ "x", NULL, do_hex, "", "the packet's bytes", false },
	{ "story", NULL, do_story, "[PACKET]", "the packet's journey in sentences", false },
	{ "steps", NULL, do_steps, "", "every step of this packet", false },
	{ "where", "w", do_where, "", "this step again: time, function, packet", false },
	{ "list", "l", do_list, "", "the script around here", false },
	{ "topo", "t", do_topo, "", "the network as it is now", false },
	{ "why", NULL, do_why, "[LINE]", "why this command (or that of LINE) failed", false },
	{ "what-if", NULL, do_what_if, "CMD", "the same script with CMD before this line", false },
	{ "!", NULL, do_shell, "CMD", "a command in this world; what it changes is forgotten",
	  false },
	{ "help", "h", do_help, "", "this; an empty line repeats a move", false },
	{ "quit", "q", do_quit, "", "", false },
	{ 0 },
};

static void do_help(struct step *s, const char *arg)
{
	(void)arg;
	for (const struct command *c = commands; c->name; c++) {
		g_autofree char *names =
			g_strdup_printf("%s%s%s%s%s", c->name, c->alias ? ", " : "",
					c->alias ? c->alias : "", *c->args ? " " : "", c->args);

		step_say(s, "  %-24s%s", names, c->help);
	}
	step_say(s,
		 "In EXPR: NAME or NAME==VALUE, != ~ (contains) < >, && || ! ( ). NAME is a kind "
		 "of step\n(drop, nat, dev-out) or a field: ns dev packet line hook table chain "
		 "rule verdict\nreason src dst proto sport dport ttl text ...");
}

static const struct command *find_command(const char *name)
{
	const struct command *found = NULL;

	for (const struct command *c = commands; c->name; c++) {
		if (!strcmp(c->name, name) || (c->alias && !strcmp(c->alias, name)))
			return c;
		if (!found && *name && g_str_has_prefix(c->name, name))
			found = c;
	}
	return found;
}

/**
 * step_do() - Does what a line says
 * @s: the session
 * @line: as typed
 */
void step_do(struct step *s, const char *line)
{
	g_autofree char *text = g_strstrip(g_strdup(*line || !s->last ? line : s->last));
	size_t len = *text == '!' ? 1 : strcspn(text, " \t");
	g_autofree char *name = g_strndup(text, len);
	const struct command *c;

	if (!*text || *text == '#')
		return;
	c = find_command(name);
	if (!c) {
		step_error(s, "no command \"%s\" (help lists them)", name);
		return;
	}
	g_free(s->last);
	s->last = c->repeats ? g_strdup(text) : NULL;
	c->run(s, g_strchug(text + len));
}

static void offer(GPtrArray *words, const char *word, const char *begins)
{
	if (word && g_str_has_prefix(word, begins) &&
	    !g_ptr_array_find_with_equal_func(words, word, g_str_equal, NULL))
		g_ptr_array_add(words, g_strdup(word));
}

/**
 * step_complete() - What Tab offers
 * @arg: the session
 * @line: up to the cursor
 *
 * Return: words, NULL-terminated.
 */
char **step_complete(void *arg, const char *line)
{
	static const char *const tables[] = { "link",	"addr",	  "route",  "rule", "neigh",
					      "fdb",	"filter", "nat",    "ct",   "packets",
					      "sysctl", "breaks", "output", "all",  NULL };
	GPtrArray *words = g_ptr_array_new();
	const char *word = strrchr(line, ' ');
	const struct step *s = arg;

	if (*line == '!' || g_str_has_prefix(line, "what-if ")) {
		cmdwords_offer(words, line + (*line == '!' ? 1 : strlen("what-if ")));
	} else if (!word) {
		for (const struct command *c = commands; c->name; c++)
			offer(words, c->name, line);
	} else {
		for (const char *const *t = tables; *t; t++)
			offer(words, *t, word + 1);
		for (size_t pos = 1; pos <= step_count(s->run); pos++)
			offer(words, step_event(s->run, pos)->netns, word + 1);
	}
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(words, FALSE);
}
