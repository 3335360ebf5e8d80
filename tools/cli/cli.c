/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cli.c - what the verbs share
 */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/**
 * cli_error() - Says what is wrong
 * @fmt: one line, without newline
 */
void cli_error(const char *fmt, ...)
{
	g_autofree char *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	text = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	fflush(stdout);
	fprintf(stderr, "netglass: %s\n", text);
}

/**
 * cli_end() - Whether all that was printed has been taken
 * @status: of the verb
 *
 * Return: the command's exit status; an error was said when standard output took not all.
 */
int cli_end(int status)
{
	if (!fflush(stdout) && !ferror(stdout))
		return status;
	cli_error("standard output: %s", g_strerror(errno ? errno : EIO));
	return status ? status : CLI_FAILED;
}

/**
 * cli_parse() - Takes a verb's options out of its arguments
 * @verb: the verb
 * @entries: its options
 * @argc: argument count, changed
 * @argv: arguments, changed; the verb stays at 0
 *
 * `--help` prints and exits.
 *
 * Return: false after an error was said.
 */
bool cli_parse(const struct cli_verb *verb, const GOptionEntry *entries, int *argc, char ***argv)
{
	g_autofree char *params = g_strdup(verb->args);
	g_autoptr(GOptionContext) context = g_option_context_new(params);
	g_autofree char *prgname = g_strdup_printf("netglass %s", verb->name);
	g_autoptr(GError) error = NULL;

	g_set_prgname(prgname);
	g_option_context_set_summary(context, verb->summary);
	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, argc, argv, &error)) {
		cli_error("%s: %s (see netglass %s --help)", verb->name, error->message,
			  verb->name);
		return false;
	}
	return true;
}

/* All of an open file of the machine; -1 and errno when it cannot be read. */
static int read_all(int fd, GString *text)
{
	char buf[65536];
	ssize_t n;

	while ((n = read(fd, buf, sizeof(buf))) != 0) {
		if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0)
			g_string_append_len(text, buf, n);
	}
	return 0;
}

/**
 * cli_read_file() - Reads a file of the machine
 * @path: the file; "-": standard input
 * @ret_len: its bytes
 *
 * Return: the text, to be freed with g_free(); NULL after an error was said.
 */
char *cli_read_file(const char *path, size_t *ret_len)
{
	bool standard_input = !strcmp(path, "-");
	int fd = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	GString *text = g_string_new(NULL);

	if (fd < 0 || read_all(fd, text)) {
		cli_error("%s: %s", path, g_strerror(errno));
		g_string_free(text, TRUE);
		text = NULL;
	}
	if (fd >= 0 && !standard_input)
		close(fd);
	if (!text)
		return NULL;
	*ret_len = text->len;
	return g_string_free(text, FALSE);
}

/**
 * cli_open() - Opens a file of commands
 * @path: the file
 *
 * Return: the stream, NULL after an error was said.
 */
FILE *cli_open(const char *path)
{
	FILE *file = fopen(path, "re");

	if (!file)
		cli_error("%s: %s", path, g_strerror(errno));
	return file;
}

/**
 * cli_verb_find() - The verb of that name
 * @name: the name
 *
 * Return: the verb, or NULL.
 */
const struct cli_verb *cli_verb_find(const char *name)
{
	const struct cli_verb *v;

	for (v = cli_verbs; v->name; v++) {
		if (!strcmp(v->name, name))
			return v;
	}
	return NULL;
}
