/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tutor.c - live notes: why the command that just failed did, and what a quiet one did not do
 *
 * `netglass why` is asked about the session so far, as a script.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../cli/cli.h"
#include "shell.h"

/* What a verb prints on standard output; NULL: there is no place to keep it. */
static char *output_of(int (*verb)(int, char **), int argc, char **argv)
{
	g_autofree char *path = NULL;
	int fd = g_file_open_tmp("netglass-note-XXXXXX", &path, NULL);
	char *text = NULL;
	int old;

	if (fd < 0)
		return NULL;
	fflush(stdout);
	old = dup(STDOUT_FILENO);
	if (old >= 0 && dup2(fd, STDOUT_FILENO) >= 0) {
		verb(argc, argv);
		fflush(stdout);
		dup2(old, STDOUT_FILENO);
		if (!g_file_get_contents(path, &text, NULL, NULL))
			text = NULL;
	}
	if (old >= 0)
		close(old);
	close(fd);
	unlink(path);
	return text;
}

static char *ask_why(const struct shell *s)
{
	g_autofree char *script = shell_flat_script(s);
	g_autofree char *path = NULL;
	char *text = NULL;
	int fd = g_file_open_tmp("netglass-shell-XXXXXX.sh", &path, NULL);

	if (fd < 0)
		return NULL;
	close(fd);
	if (g_file_set_contents(path, script, -1, NULL)) {
		g_autofree char *verb = g_strdup("why");
		char *argv[] = { verb, path, NULL };

		text = output_of(cmd_why, 2, argv);
	}
	unlink(path);
	return text;
}

/* "cause: ..." with its continuation lines, and each "fix: insert before line N: CMD" as a try. */
static void print_answer(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	bool cause = false;

	if (strstr(text, "cause: not found"))
		return;
	for (char **l = lines; *l; l++) {
		const char *command = NULL;

		if (g_str_has_prefix(*l, "cause")) {
			const char *colon = strchr(*l, ':');

			printf("    why:%s\n", colon ? colon + 1 : "");
			cause = true;
			continue;
		}
		if (cause && g_str_has_prefix(*l, "  ")) {
			printf("       %s\n", *l + 1);
			continue;
		}
		cause = false;
		if (g_str_has_prefix(*l, "fix: insert before line") ||
		    g_str_has_prefix(*l, "fix: replace line"))
			command = strstr(*l, ": ") ? strstr(*l + 5, ": ") : NULL;
		if (command)
			printf("    try: %s\n", command + 2);
	}
}

static bool is_address(const char *word)
{
	unsigned int a[4];
	char rest;

	return sscanf(word, "%u.%u.%u.%u%c", &a[0], &a[1], &a[2], &a[3], &rest) == 4;
}

/* `ip addr add 192.168.15.1 dev x`: accepted, but hardly what was meant. */
static const char *address_without_prefix(char **words)
{
	bool addr = false, add = false;

	if (!words[0] || strcmp(words[0], "ip") != 0)
		return NULL;
	for (char **w = words + 1; *w; w++) {
		addr |= !strcmp(*w, "a") || g_str_has_prefix(*w, "addr");
		add |= addr && (!strcmp(*w, "add") || !strcmp(*w, "a"));
		if (addr && add && is_address(*w))
			return *w;
	}
	return NULL;
}

/**
 * shell_note() - Says why the last command failed
 * @s: the shell asks for a command
 */
void shell_note(struct shell *s)
{
	const struct typed *last =
		s->typed->len ? g_ptr_array_index(s->typed, s->typed->len - 1) : NULL;
	g_autofree char *answer = NULL;

	if (!s->tutor || !last || s->noted == s->typed->len)
		return;
	s->noted = s->typed->len;
	/* leaving a shell gives the status of its last command again */
	if (last->end || g_str_has_prefix(last->text, "exit"))
		return;
	if (s->m->session.status) {
		answer = ask_why(s);
		if (answer)
			print_answer(answer);
	} else {
		g_auto(GStrv) words = g_strsplit_set(last->text, " \t", -1);
		const char *addr = address_without_prefix(words);

		if (addr)
			printf("    note: no prefix length: this is %s/32, no route to a network "
			       "is made\n",
			       addr);
	}
	fflush(stdout);
}
