/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lineedit.c - reading commands: edited on a terminal, as they are from a file
 *
 * libedit does the editing, where netglass was built with it.
 */
#include "lineedit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef HAVE_LIBEDIT
#include <histedit.h>
#endif

#define HISTORY_MAX 1000

struct lineedit {
	FILE *from;
	bool terminal;
	const char *prompt;
	lineedit_complete complete;
	void *arg;
	char *history_path;
#ifdef HAVE_LIBEDIT
	EditLine *el;
	History *history;
#endif
};

#ifdef HAVE_LIBEDIT
static char *el_prompt(EditLine *el)
{
	struct lineedit *le;

	el_get(el, EL_CLIENTDATA, &le);
	return (char *)(uintptr_t)le->prompt;
}

/* What all words begin with. */
static size_t common_len(char **words)
{
	size_t len = strlen(words[0]);

	for (char **w = words + 1; *w; w++) {
		size_t n = 0;

		while (n < len && (*w)[n] == words[0][n])
			n++;
		len = n;
	}
	return len;
}

static void show_choices(char **words)
{
	size_t column = 0;

	putchar('\n');
	for (char **w = words; *w; w++) {
		column += strlen(*w) + 2;
		if (column > 78) {
			putchar('\n');
			column = strlen(*w) + 2;
		}
		printf("%s  ", *w);
	}
	putchar('\n');
	fflush(stdout);
}

static unsigned char on_tab(EditLine *el, int ch)
{
	const LineInfo *info = el_line(el);
	struct lineedit *le;
	g_autofree char *line = g_strndup(info->buffer, (gsize)(info->cursor - info->buffer));
	const char *word = strrchr(line, ' ');
	char **words;
	unsigned char result = CC_ERROR;
	size_t have, len;

	(void)ch;
	el_get(el, EL_CLIENTDATA, &le);
	word = word ? word + 1 : line;
	have = strlen(word);
	words = le->complete ? le->complete(le->arg, line) : NULL;
	if (words && words[0]) {
		len = common_len(words);
		if (len > have || !words[1]) {
			g_autofree char *rest = g_strndup(words[0] + have, len - have);

			el_insertstr(el, rest);
			if (!words[1])
				el_insertstr(el, " ");
			result = CC_REFRESH;
		} else {
			show_choices(words);
			result = CC_REDISPLAY;
		}
	}
	g_strfreev(words);
	return result;
}

static void el_begin(struct lineedit *le, const char *name)
{
	HistEvent ev;

	le->el = el_init(name, stdin, stdout, stderr);
	le->history = history_init();
	history(le->history, &ev, H_SETSIZE, HISTORY_MAX);
	history(le->history, &ev, H_SETUNIQUE, 1);
	history(le->history, &ev, H_LOAD, le->history_path);
	el_set(le->el, EL_CLIENTDATA, le);
	el_set(le->el, EL_PROMPT, el_prompt);
	el_set(le->el, EL_EDITOR, "emacs");
	el_set(le->el, EL_HIST, history, le->history);
	el_set(le->el, EL_ADDFN, "netglass-complete", "Complete the word", on_tab);
	el_set(le->el, EL_BIND, "^I", "netglass-complete", NULL);
	el_set(le->el, EL_BIND, "^R", "em-inc-search-prev", NULL);
	el_source(le->el, NULL);
}

static void el_over(struct lineedit *le)
{
	g_autofree char *dir = g_path_get_dirname(le->history_path);
	HistEvent ev;

	g_mkdir_with_parents(dir, 0700);
	history(le->history, &ev, H_SAVE, le->history_path);
	history_end(le->history);
	el_end(le->el);
}

static char *el_read(struct lineedit *le)
{
	HistEvent ev;
	int n = 0;
	const char *line;
	char *text;

	errno = 0;
	line = el_gets(le->el, &n);
	if (!line && errno == EINTR) { /* ^C: this line is given up */
		putchar('\n');
		return g_strdup("");
	}
	if (!line || n <= 0)
		return NULL;
	text = g_strchomp(g_strndup(line, (gsize)n));
	if (*text)
		history(le->history, &ev, H_ENTER, text);
	return text;
}
#endif

/**
 * lineedit_new() - Gets ready to read
 * @name: of the program: its history's name
 * @from: stdin or a file
 * @complete: what Tab offers; NULL
 * @arg: its first argument
 *
 * Return: the reader, lineedit_free() it.
 */
struct lineedit *lineedit_new(const char *name, FILE *from, lineedit_complete complete, void *arg)
{
	struct lineedit *le = g_new0(struct lineedit, 1);
	g_autofree char *file = g_strdup_printf("%s-history", name);

	le->from = from;
	le->complete = complete;
	le->arg = arg;
	le->terminal = from == stdin && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	le->history_path = g_build_filename(g_get_user_data_dir(), "netglass", file, NULL);
#ifdef HAVE_LIBEDIT
	if (le->terminal)
		el_begin(le, name);
#endif
	return le;
}

/**
 * lineedit_free() - Keeps the history and ends
 * @le: or NULL
 */
void lineedit_free(struct lineedit *le)
{
	if (!le)
		return;
#ifdef HAVE_LIBEDIT
	if (le->terminal)
		el_over(le);
#endif
	g_free(le->history_path);
	g_free(le);
}

/**
 * lineedit_is_terminal() - Does a person type?
 * @le: the reader
 */
bool lineedit_is_terminal(const struct lineedit *le)
{
	return le->terminal;
}

/**
 * lineedit_read() - The next line
 * @le: the reader
 * @prompt: shown on a terminal
 *
 * Return: the line without its newline, to be freed; NULL at the end.
 */
char *lineedit_read(struct lineedit *le, const char *prompt)
{
	char *line = NULL, *text;
	size_t size = 0;
	ssize_t n;

	le->prompt = prompt;
#ifdef HAVE_LIBEDIT
	if (le->terminal)
		return el_read(le);
#endif
	if (le->terminal) {
		fputs(prompt, stdout);
		fflush(stdout);
	}
	n = getline(&line, &size, le->from);
	if (n < 0) {
		free(line);
		return NULL;
	}
	if (n && line[n - 1] == '\n')
		line[--n] = '\0';
	text = g_strdup(line);
	free(line);
	return text;
}
