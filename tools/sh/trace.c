/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * trace.c - set -x
 */
#include "parser.h"
#include "sh.h"

#include <string.h>

/**
 * sh_expand_text() - Expands a text as if it stood between double quotes
 * @sh: the shell
 * @text: the value of PS4
 *
 * Return: the result.
 */
char *sh_expand_text(struct sh *sh, const char *text)
{
	struct sh_parser p = { .pool = &sh->pool,
			       .dash = sh->dash,
			       .line = sh->line,
			       .stack = (uintptr_t)__builtin_frame_address(0) };
	struct sh_word *word;

	if (!strpbrk(text, "$`\\"))
		return sh_pool_strdup(&sh->pool, text);
	word = sh_parse_here_body(&p, text, strlen(text));
	if (p.failed)
		word = NULL;
	sh_pool_fini(&p.error_pool);
	return word ? sh_expand_string(sh, word) : sh_pool_strdup(&sh->pool, text);
}

/**
 * sh_trace() - One line of set -x
 * @sh: the shell
 * @text: what is about to run
 *
 * The first character of PS4 is repeated inside substitutions and eval.
 */
void sh_trace(struct sh *sh, const char *text)
{
	struct sh_mark mark = sh_pool_mark(&sh->pool);
	const char *ps4 = sh_var_get(sh, "PS4");
	struct sh_buf b = { .pool = &sh->pool };

	if (sh->dash)
		return; /* it shows simple commands only: sh_dash_trace() */
	if (ps4) {
		sh->xtrace = false; /* not for what PS4 itself runs */
		ps4 = sh_expand_text(sh, ps4);
		sh->xtrace = true;
	} else {
		ps4 = "+ ";
	}
	for (int i = 0; *ps4 && i < sh->trace_depth && i < 100; i++)
		sh_buf_putc(&b, *ps4);
	sh_buf_puts(&b, ps4);
	sh_buf_puts(&b, text);
	sh_buf_putc(&b, '\n');
	ng_flush(sh->out);
	ng_write(sh->err, b.s, b.len);
	sh_pool_release(&sh->pool, mark);
}

/**
 * sh_trace_args() - A command line for set -x
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 */
void sh_trace_args(struct sh *sh, int argc, char **argv)
{
	struct sh_mark mark = sh_pool_mark(&sh->pool);
	struct sh_buf b = { .pool = &sh->pool };

	for (int i = 0; i < argc; i++) {
		if (i)
			sh_buf_putc(&b, ' ');
		sh_buf_puts(&b, sh_quote(&sh->pool, argv[i], false));
	}
	sh_trace(sh, sh_buf_str(&b));
	sh_pool_release(&sh->pool, mark);
}

/**
 * sh_trace_assign() - An assignment for set -x
 * @sh: the shell
 * @left: what stands before the =
 * @value: the value
 */
void sh_trace_assign(struct sh *sh, const char *left, const char *value)
{
	struct sh_mark mark = sh_pool_mark(&sh->pool);

	sh_trace(sh, sh_pool_printf(&sh->pool, "%s=%s", left,
				    *value ? sh_quote(&sh->pool, value, false) : ""));
	sh_pool_release(&sh->pool, mark);
}
