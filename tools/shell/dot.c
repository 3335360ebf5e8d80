/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dot.c - netglass's own commands at the prompt; they begin with a dot
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../cli/captures.h"
#include "../cli/cli.h"
#include "../cli/cmdwords.h"
#include "../cli/term.h"
#include "../lib/program.h"
#include "../topo/topo.h"
#include "shell.h"

struct dot {
	const char *name, *args, *help;
	void (*run)(struct shell *s, const char *arg);
};

static void do_back(struct shell *s, const char *arg)
{
	unsigned int n = *arg ? (unsigned int)g_ascii_strtoull(arg, NULL, 10) : 1;
	bool more = n > 1;
	g_autofree char *undone = n ? shell_back(s, n) : NULL;

	if (undone)
		printf("    undone: \"%s\"%s\n", undone, more ? " and everything after it" : "");
	else
		puts("    nothing to undo");
}

static void do_save(struct shell *s, const char *arg)
{
	g_autofree char *text = shell_script(s);

	if (!*arg) {
		fputs(text, stdout);
		return;
	}
	if (cli_write_file(arg, text))
		return;
	printf("    %u commands saved; replay: netglass run %s   on a real machine: sudo bash %s\n",
	       shell_commands(s), arg, arg);
}

static void do_topo(struct shell *s, const char *arg)
{
	struct topo *t = topo_new("");
	g_autofree char *text = NULL;

	ng_world_peek(s->m->world, topo_read, t);
	text = topo_draw(t, *arg ? arg : "ascii", term_width(), s->colour);
	fputs(text ? text : "    .topo ascii, dot, mermaid, svg or json\n", stdout);
	topo_free(t);
}

/* The session as a script in a file of its own, for verbs that read one. */
static char *temporary_script(const struct shell *s)
{
	g_autofree char *text = shell_script(s);
	g_autofree char *path = NULL;
	int fd = g_file_open_tmp("netglass-shell-XXXXXX.sh", &path, NULL);

	if (fd < 0)
		return NULL;
	close(fd);
	if (!g_file_set_contents(path, text, -1, NULL)) {
		unlink(path);
		return NULL;
	}
	return g_steal_pointer(&path);
}

static void run_verb(const struct shell *s, int (*verb)(int, char **), const char *name,
		     const char *option, const char *arg)
{
	g_autofree char *path = temporary_script(s);
	char *argv[] = { (char *)(uintptr_t)name, (char *)(uintptr_t)option, (char *)(uintptr_t)arg,
			 path, NULL };
	char *no_option[] = { (char *)(uintptr_t)name, path, NULL };

	if (!path) {
		puts("    there is no place for a temporary file");
		return;
	}
	fflush(stdout);
	if (option)
		verb(4, argv);
	else
		verb(2, no_option);
	unlink(path);
}

static void do_pcap(struct shell *s, const char *arg)
{
	g_autofree char *text = shell_script(s);
	const struct machine_options options = { .seed = s->scene.seed, .pings = s->scene.pings };
	struct captures captures = { .pcapng = arg,
				     .source = { .name = "shell",
						 .text = text,
						 .len = strlen(text),
						 .seed = s->scene.seed } };
	struct scene scene = { .text = text, .len = strlen(text) };
	struct machine *m;

	if (!*arg) {
		puts("    .pcap FILE: every frame of every interface so far, as pcapng");
		return;
	}
	scene.seed = options.seed;
	scene.pings = options.pings;
	m = scene_machine(&scene, NULL, NULL);
	if (!captures_begin(&captures, m))
		machine_run(m);
	if (!captures_end(&captures, m))
		printf("    %s\n", arg);
	machine_free(m);
	captures_free(&captures);
}

static void do_why(struct shell *s, const char *arg)
{
	(void)arg;
	run_verb(s, cmd_why, "why", NULL, NULL);
}

static void do_step(struct shell *s, const char *arg)
{
	(void)arg;
	run_verb(s, cmd_step, "step", NULL, NULL);
}

static void do_quit(struct shell *s, const char *arg)
{
	(void)arg;
	s->over = true;
}

static void do_help(struct shell *s, const char *arg);

static const struct dot dots[] = {
	{ ".back", "[N]", "undo the last N commands (1)", do_back },
	{ ".save", "[FILE]", "the session as a script", do_save },
	{ ".topo", "[FORMAT]", "the network as it is", do_topo },
	{ ".pcap", "FILE", "every frame so far, with its story, for Wireshark", do_pcap },
	{ ".why", "", "why the last failure happened", do_why },
	{ ".step", "", "step through what the kernel did so far", do_step },
	{ ".help", "", "this", do_help },
	{ ".quit", "", "leave", do_quit },
	{ 0 },
};

static void do_help(struct shell *s, const char *arg)
{
	(void)s;
	(void)arg;
	puts("Everything else is a command of the simulated machine: ip, bridge, iptables, ping,\n"
	     "arp, route, sysctl, ... Time stands still while you type.");
	for (const struct dot *d = dots; d->name; d++) {
		g_autofree char *whole = g_strdup_printf("%s %s", d->name, d->args);

		printf("  %-18s%s\n", whole, d->help);
	}
}

/**
 * shell_dot() - Does a command of netglass's own
 * @s: the session
 * @line: as typed
 *
 * Return: false: it is none.
 */
bool shell_dot(struct shell *s, const char *line)
{
	g_autofree char *text = g_strstrip(g_strdup(line));
	size_t len = strcspn(text, " \t");

	if (text[0] != '.' || !g_ascii_isalpha(text[1]))
		return false;
	for (const struct dot *d = dots; d->name; d++) {
		if (len > 1 && !strncmp(d->name, text, len)) {
			d->run(s, g_strchug(text + len));
			fflush(stdout);
			return true;
		}
	}
	printf("    no command %.*s (.help lists them)\n", (int)len, text);
	fflush(stdout);
	return true;
}

static void offer(GPtrArray *words, const char *word, const char *begins)
{
	if (word && g_str_has_prefix(word, begins) &&
	    !g_ptr_array_find_with_equal_func(words, word, g_str_equal, NULL))
		g_ptr_array_add(words, g_strdup(word));
}

/**
 * shell_complete() - What Tab offers: programs first, then namespaces and interfaces as they are now
 * @arg: the session
 * @line: up to the cursor
 *
 * Return: words, NULL-terminated.
 */
char **shell_complete(void *arg, const char *line)
{
	GPtrArray *words = g_ptr_array_new();
	const char *word = strrchr(line, ' ');
	struct shell *s = arg;

	if (!word && *line == '.') {
		for (const struct dot *d = dots; d->name; d++)
			offer(words, d->name, line);
	} else if (!word) {
		for (const struct ng_program *p = ng_programs; p->path; p++)
			offer(words, p->main ? strrchr(p->path, '/') + 1 : NULL, line);
	} else {
		struct topo *t = topo_new("");

		ng_world_peek(s->m->world, topo_read, t);
		for (unsigned int i = 0; i < t->lanes->len; i++) {
			const struct topo_lane *lane = g_ptr_array_index(t->lanes, i);

			offer(words, lane->name, word + 1);
			for (unsigned int k = 0; k < lane->ifs->len; k++)
				offer(words,
				      ((struct topo_if *)g_ptr_array_index(lane->ifs, k))->name,
				      word + 1);
		}
		topo_free(t);
		cmdwords_offer(words, line);
	}
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(words, FALSE);
}
