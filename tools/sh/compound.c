/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * compound.c - if, while, case, { }, (( ))
 */
#include "sh.h"

#include <string.h>

/**
 * sh_loop_goes_on() - After a loop's body: break and continue
 * @sh: the shell
 *
 * Return: true when the loop goes on.
 */
bool sh_loop_goes_on(struct sh *sh)
{
	if (sh->jump != SH_JUMP_BREAK && sh->jump != SH_JUMP_CONTINUE)
		return !sh->jump;
	if (sh->jump_levels > 1) {
		sh->jump_levels--;
		return false;
	}
	sh->jump_levels = 0;
	if (sh->jump == SH_JUMP_CONTINUE) {
		sh->jump = SH_JUMP_NONE;
		return true;
	}
	sh->jump = SH_JUMP_NONE;
	return false;
}

static int condition(struct sh *sh, struct sh_node *node)
{
	int status;

	sh->no_errexit++;
	status = sh_exec(sh, node);
	sh->no_errexit--;
	return status;
}

static int exec_if(struct sh *sh, struct sh_node *node)
{
	for (;;) {
		int status = condition(sh, node->a);

		if (sh->jump)
			return status;
		sh->status = status;
		if (!status)
			return sh_exec(sh, node->b);
		if (!node->c)
			return 0;
		if (node->c->type != SH_IF || node->c->redirs || node->c->next)
			return sh_exec(sh, node->c);
		node = node->c;
	}
}

static int exec_while(struct sh *sh, struct sh_node *node)
{
	int status = 0;

	sh->loops++;
	for (;;) {
		int c = condition(sh, node->a);

		if (sh->jump) {
			if (!sh_loop_goes_on(sh))
				break;
			continue;
		}
		if (!c != (node->type == SH_WHILE))
			break;
		status = sh_exec(sh, node->b);
		if (!sh_loop_goes_on(sh))
			break;
		sh->status = status;
	}
	sh->loops--;
	return status;
}

static void trace_for(struct sh *sh, const struct sh_node *node)
{
	struct sh_buf b = { .pool = &sh->pool };

	if (!sh->xtrace)
		return;
	sh_print_head(&b, node);
	sh_trace(sh, sh_buf_str(&b));
}

static int exec_for(struct sh *sh, struct sh_node *node, const struct sh_args *args)
{
	int status = 0;

	sh->loops++;
	for (int i = 0; i < args->n; i++) {
		trace_for(sh, node);
		sh_before_command(sh, node);
		if (sh->jump || !sh_var_set(sh, node->name, args->v[i])) {
			status = 1;
			break;
		}
		status = sh_exec(sh, node->a);
		if (!sh_loop_goes_on(sh))
			break;
		sh->status = status;
	}
	sh->loops--;
	return status;
}

/* for and select: the words first */
static int exec_words(struct sh *sh, struct sh_node *node)
{
	struct sh_mark mark = sh_pool_mark(&sh->pool);
	struct sh_args args = { .pool = &sh->pool };
	int status;

	sh_set_line(sh, node);
	if (!sh_is_name(node->name)) {
		sh_error(sh, "`%s': not a valid identifier", node->name);
		return 1;
	}
	if (!node->has_in) {
		for (int i = 0; i < sh->params->n; i++)
			sh_args_add(&args, sh_pool_strdup(&sh->pool, sh->params->v[i]));
	} else if (!sh_expand_words(sh, node->words, &args)) {
		return 1;
	}
	status = node->type == SH_FOR ? exec_for(sh, node, &args) : sh_exec_select(sh, node, &args);
	sh_pool_release(&sh->pool, mark);
	return status;
}

/* Evaluates one expression of for (( )) or (( )); false after an error. */
static bool arith(struct sh *sh, const struct sh_word *word, int64_t *ret)
{
	struct sh_mark mark = sh_pool_mark(&sh->pool);
	char *text = sh_expand_string(sh, word);
	size_t n = strlen(text);
	bool ok;

	if (sh->jump)
		return false;
	if (sh->xtrace) {
		while (n && text[n - 1] == ' ')
			n--;
		sh_trace(sh, sh_pool_printf(&sh->pool, "(( %.*s ))", (int)n, text));
	}
	*ret = 1;
	ok = text[strspn(text, " \t\n")] ? sh_arith(sh, text, "((", ret) : true;
	sh_pool_release(&sh->pool, mark);
	return ok;
}

static bool arith_of_for(struct sh *sh, const struct sh_word *word, int64_t *ret)
{
	sh_before_expression(sh, word->text);
	return arith(sh, word, ret);
}

static int exec_arith_for(struct sh *sh, struct sh_node *node)
{
	const struct sh_word *init = node->words, *test = init->next, *step = test->next;
	int64_t n;
	int status = 0;

	sh_set_line(sh, node);
	if (*init->text && !arith_of_for(sh, init, &n))
		return 1;
	sh->loops++;
	for (;;) {
		n = 1;
		if (*test->text && !arith_of_for(sh, test, &n)) {
			status = 1;
			break;
		}
		if (!n)
			break;
		status = sh_exec(sh, node->a);
		if (!sh_loop_goes_on(sh))
			break;
		sh->status = status;
		if (*step->text && !arith_of_for(sh, step, &n)) {
			status = 1;
			break;
		}
	}
	sh->loops--;
	return status;
}

static bool case_matches(struct sh *sh, const struct sh_case *item, const char *subject)
{
	for (const struct sh_word *w = item->patterns; w; w = w->next) {
		char *pattern = sh_expand_pattern(sh, w, false);

		if (sh->jump)
			return false;
		if (sh_match(sh, pattern, subject, strlen(subject)))
			return true;
	}
	return false;
}

static int exec_case(struct sh *sh, struct sh_node *node)
{
	struct sh_mark mark = sh_pool_mark(&sh->pool);
	bool fall = false;
	char *subject;
	int status = 0;

	sh_set_line(sh, node);
	if (sh->xtrace)
		sh_trace(sh, sh_pool_printf(&sh->pool, "case %s in", node->words->text));
	sh_before_command(sh, node);
	subject = sh_expand_string(sh, node->words);
	for (const struct sh_case *item = node->items; item && !sh->jump; item = item->next) {
		if (!fall && !case_matches(sh, item, subject))
			continue;
		if (sh->jump)
			break;
		status = item->body ? sh_exec(sh, item->body) : 0;
		fall = item->end == SH_CASE_FALL;
		if (item->end == SH_CASE_BREAK)
			break;
	}
	sh_pool_release(&sh->pool, mark);
	return sh->jump == SH_JUMP_DISCARD ? 1 : status;
}

static int exec_arith(struct sh *sh, struct sh_node *node)
{
	int64_t n = 0;

	sh_before_command(sh, node);
	if (!arith(sh, node->words, &n))
		return 1;
	return !(*node->words->text && n);
}

/**
 * sh_exec_compound() - Runs a compound command; its redirections are done
 * @sh: the shell
 * @node: the command
 *
 * Return: its status.
 */
int sh_exec_compound(struct sh *sh, struct sh_node *node)
{
	switch (node->type) {
	case SH_GROUP:
		return sh_exec(sh, node->a);
	case SH_IF:
		return exec_if(sh, node);
	case SH_FOR:
	case SH_SELECT:
		return exec_words(sh, node);
	case SH_ARITHFOR:
		return exec_arith_for(sh, node);
	case SH_WHILE:
	case SH_UNTIL:
		return exec_while(sh, node);
	case SH_CASE:
		return exec_case(sh, node);
	case SH_COND:
		return sh_exec_cond(sh, node);
	case SH_ARITH:
		return exec_arith(sh, node);
	case SH_SIMPLE:
	case SH_PIPE:
	case SH_ANDOR:
	case SH_LIST:
	case SH_SUBSHELL:
	case SH_FUNC:
		break;
	}
	return 0;
}
