/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * select.c - select: a menu, and the body for each choice
 */
#include "builtin.h"

#include <string.h>

static void indent(struct ng_out *out, int from, int to)
{
	while (from < to) {
		bool tab = to / 8 > from / 8;

		ng_putc(out, tab ? '\t' : ' ');
		from += tab ? 8 - from % 8 : 1;
	}
}

static int number_len(int n)
{
	int len = 1;

	while (n /= 10)
		len++;
	return len;
}

/* The menu of select, in columns as bash sets them. */
static void print_menu(struct sh *sh, const struct sh_args *args)
{
	int longest = 0, cols, rows, width = 80;
	int64_t columns;

	if (sh_var_get(sh, "COLUMNS") && sh_number(sh_var_get(sh, "COLUMNS"), &columns) &&
	    columns > 0 && columns < 100000)
		width = (int)columns;
	for (int i = 0; i < args->n; i++) {
		int len = (int)strlen(args->v[i]);

		longest = len > longest ? len : longest;
	}
	longest += number_len(args->n) + 4;
	cols = width / longest > 1 ? width / longest : 1;
	rows = (args->n + cols - 1) / cols;
	if (rows == 1)
		rows = (args->n + rows - 1) / rows;
	for (int row = 0; row < rows; row++) {
		for (int i = row, pos = 0; i < args->n; pos += longest) {
			int len = number_len(pos ? args->n : rows);

			ng_printf(sh->err, "%*d) %s", len, i + 1, args->v[i]);
			len += 2 + (int)strlen(args->v[i]);
			i += rows;
			if (i < args->n)
				indent(sh->err, pos + len, pos + longest);
		}
		ng_putc(sh->err, '\n');
	}
}

/* What select puts into its variable; NULL: the input has ended. */
static const char *ask(struct sh *sh, const struct sh_args *args, bool menu)
{
	static char read_word[] = "read";
	char *argv[] = { read_word, NULL };
	int64_t n;

	for (;; menu = true) {
		const char *prompt = sh_var_get(sh, "PS3"), *reply;

		ng_flush(sh->out);
		if (menu)
			print_menu(sh, args);
		ng_puts(sh->err, prompt ? prompt : "#? ");
		ng_flush(sh->err);
		if (sh_bi_read(sh, 1, argv) || sh->jump) {
			ng_putc(sh->out, '\n');
			ng_flush(sh->out);
			return NULL;
		}
		reply = sh_var_get(sh, "REPLY");
		if (!reply)
			return NULL;
		if (*reply)
			return sh_number(reply, &n) && n >= 1 && n <= args->n ? args->v[n - 1] : "";
	}
}

/**
 * sh_exec_select() - select
 * @sh: the shell
 * @node: the command
 * @args: the words to choose from
 *
 * Return: the status of the body, 1 at the end of the input.
 */
int sh_exec_select(struct sh *sh, struct sh_node *node, const struct sh_args *args)
{
	bool menu = true;
	int status = 0;

	sh->loops++;
	while (args->n) {
		const char *chosen, *reply;

		sh_set_line(sh, node);
		chosen = ask(sh, args, menu);
		if (!chosen || !sh_var_set(sh, node->name, chosen)) {
			status = 1;
			break;
		}
		status = sh_exec(sh, node->a);
		if (!sh_loop_goes_on(sh))
			break;
		sh->status = status;
		reply = sh_var_get(sh, "REPLY");
		menu = reply && !*reply;
	}
	sh->loops--;
	return status;
}
