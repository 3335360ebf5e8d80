/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cond.c - [[ ]]
 */
#include "sh.h"
#include "test.h"

#include <regex.h>
#include <string.h>

static int eval(struct sh *sh, const struct sh_cond *c);

static void trace(struct sh *sh, const char *left, const char *op, const char *right)
{
	if (!sh->xtrace)
		return;
	if (right)
		sh_trace(sh, sh_pool_printf(&sh->pool, "[[ %s %s %s ]]", *left ? left : "''", op,
					    *right ? right : "''"));
	else
		sh_trace(sh, sh_pool_printf(&sh->pool, "[[ %s %s ]]", op, *left ? left : "''"));
}

static void set_rematch(struct sh *sh, const char *s, const regmatch_t *m, size_t n)
{
	sh_elem_set(sh, "BASH_REMATCH", 0, "", false);
	sh_array_clear(sh_var_find(sh, "BASH_REMATCH"));
	for (size_t i = 0; i < n; i++) {
		char *piece = m[i].rm_so < 0 ? sh_pool_strdup(&sh->pool, "")
					     : sh_pool_strndup(&sh->pool, s + m[i].rm_so,
							       (size_t)(m[i].rm_eo - m[i].rm_so));

		sh_elem_set(sh, "BASH_REMATCH", (int64_t)i, piece, false);
	}
}

static int match_regex(struct sh *sh, const char *s, const char *pattern)
{
	regmatch_t m[10];
	regex_t re;
	int status;

	if (!ng_regex_bounded(pattern) || regcomp(&re, pattern, REG_EXTENDED))
		return 2;
	status = regexec(&re, s, 10, m, 0) ? 1 : 0;
	if (!status)
		set_rematch(sh, s, m, re.re_nsub < 9 ? re.re_nsub + 1 : 10);
	regfree(&re);
	return status;
}

static int compare_numbers(struct sh *sh, const char *op, const char *left, const char *right)
{
	int64_t a, b;

	if (!sh_arith(sh, left, "[[", &a) || !sh_arith(sh, right, "[[", &b))
		return 1;
	return ng_test_numbers(op, a, b) ? 0 : 1;
}

static int binary(struct sh *sh, const struct sh_cond *c)
{
	char *left = sh_expand_string(sh, c->left), *right;
	bool pattern = !strcmp(c->op, "=") || !strcmp(c->op, "==") || !strcmp(c->op, "!=");
	int status;

	if (sh->jump)
		return 1;
	if (pattern || !strcmp(c->op, "=~"))
		right = sh_expand_pattern(sh, c->right, !pattern);
	else
		right = sh_expand_string(sh, c->right);
	if (sh->jump)
		return 1;
	trace(sh, left, c->op, right);
	if (pattern) {
		status = !sh_match_ext(sh, right, left, strlen(left));
		return *c->op == '!' ? !status : status;
	}
	if (!strcmp(c->op, "=~"))
		return match_regex(sh, left, right);
	if (!strcmp(c->op, "<"))
		return strcmp(left, right) < 0 ? 0 : 1;
	if (!strcmp(c->op, ">"))
		return strcmp(left, right) > 0 ? 0 : 1;
	if (c->op[1] == 'n' && c->op[2] == 't')
		return ng_test_files(sh->task, c->op, left, right) ? 0 : 1;
	if (!strcmp(c->op, "-ot") || !strcmp(c->op, "-ef"))
		return ng_test_files(sh->task, c->op, left, right) ? 0 : 1;
	return compare_numbers(sh, c->op, left, right);
}

/* [[ -v name ]], [[ -v name[index] ]] */
static bool is_set(struct sh *sh, const char *s)
{
	const char *open = strchr(s, '[');
	const struct sh_var *var;
	int64_t index;
	char *name;

	if (!open || s[strlen(s) - 1] != ']')
		return sh_var_get(sh, s);
	name = sh_pool_strndup(&sh->pool, s, (size_t)(open - s));
	var = sh_var_find(sh, name);
	return var &&
	       sh_subscript(sh, name, sh_pool_strndup(&sh->pool, open + 1, strlen(open + 1) - 1),
			    false, &index) &&
	       sh_elem_get(var, index);
}

static int unary(struct sh *sh, const struct sh_cond *c)
{
	char *s = sh_expand_string(sh, c->left);

	if (sh->jump)
		return 1;
	trace(sh, s, c->op, NULL);
	if (c->op[1] == 'v')
		return is_set(sh, s) ? 0 : 1;
	return ng_test_unary(sh->task, c->op[1], s) ? 0 : 1;
}

static int eval(struct sh *sh, const struct sh_cond *c)
{
	int status;

	if (!sh_room(sh))
		return 1;
	sh->exec_depth++;
	switch (c->type) {
	case SH_COND_AND:
		status = eval(sh, c->a);
		if (!status && !sh->jump)
			status = eval(sh, c->b);
		break;
	case SH_COND_OR:
		status = eval(sh, c->a);
		if (status && !sh->jump)
			status = eval(sh, c->b);
		break;
	case SH_COND_NOT:
		status = !eval(sh, c->a);
		break;
	case SH_COND_PAREN:
		status = eval(sh, c->a);
		break;
	case SH_COND_UNARY:
		status = unary(sh, c);
		break;
	default:
		status = binary(sh, c);
		break;
	}
	sh->exec_depth--;
	return status;
}

/**
 * sh_exec_cond() - [[ ]]
 * @sh: the shell
 * @node: the command
 *
 * Return: 0 true, 1 false, 2 a bad regular expression.
 */
int sh_exec_cond(struct sh *sh, const struct sh_node *node)
{
	struct sh_mark mark = sh_pool_mark(&sh->pool);
	int status;

	sh_set_line(sh, node);
	sh_before_command(sh, node);
	status = eval(sh, node->cond);
	sh_pool_release(&sh->pool, mark);
	return status;
}
