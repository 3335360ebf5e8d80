/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * values.c - what a parameter stands for: a variable, $1, $?, $@, an array
 */
#include "dash.h"

#include <stdlib.h>
#include <string.h>

static void option_letters(const struct sh *sh, struct sh_buf *b)
{
	if (sh->allexport)
		sh_buf_putc(b, 'a');
	if (sh->errexit)
		sh_buf_putc(b, 'e');
	if (sh->noglob)
		sh_buf_putc(b, 'f');
	sh_buf_putc(b, 'h');
	if (sh->nounset)
		sh_buf_putc(b, 'u');
	if (sh->xtrace)
		sh_buf_putc(b, 'x');
	sh_buf_putc(b, 'B');
	if (sh->from_c)
		sh_buf_putc(b, 'c');
}

static void one(struct sh_values *ret, const char *s)
{
	ret->set = true;
	sh_args_add(&ret->list, sh_pool_strdup(ret->list.pool, s));
}

static void special(struct sh *sh, char c, struct sh_values *ret)
{
	struct sh_buf b = { .pool = &sh->pool };

	switch (c) {
	case '@':
	case '*':
		ret->many = true;
		ret->star = c == '*';
		ret->set = sh->params->n > 0;
		for (int i = 0; i < sh->params->n; i++)
			sh_args_add(&ret->list, sh->params->v[i]);
		break;
	case '#':
		one(ret, sh_pool_printf(&sh->pool, "%d", sh->params->n));
		break;
	case '?':
		one(ret, sh_pool_printf(&sh->pool, "%d", sh->status));
		break;
	case '$':
		one(ret, sh_pool_printf(&sh->pool, "%d", sh->pid));
		break;
	case '!':
		if (sh->last_bg)
			one(ret, sh_pool_printf(&sh->pool, "%d", sh->last_bg));
		break;
	case '-':
		if (sh->dash)
			sh_dash_option_letters(sh, &b);
		else
			option_letters(sh, &b);
		one(ret, sh_buf_str(&b));
		break;
	}
}

static bool elements(struct sh *sh, const struct sh_part *part, const struct sh_var *var,
		     struct sh_values *ret)
{
	const char *index = part->index->text, *s;
	int64_t i;

	if (!strcmp(index, "@") || !strcmp(index, "*")) {
		ret->many = true;
		ret->star = *index == '*';
		if (var && !(var->flags & SH_VAR_ARRAY) && var->value)
			one(ret, var->value);
		for (size_t k = 0; var && k < var->nelems; k++)
			one(ret, var->elems[k].value);
		return true;
	}
	s = sh_expand_string(sh, part->index);
	if (sh->jump)
		return false;
	if (!sh_subscript(sh, part->text, s, false, &i)) {
		if (!sh->jump)
			sh->jump = SH_JUMP_DISCARD;
		return false;
	}
	s = var ? sh_elem_get(var, i) : NULL;
	if (s)
		one(ret, s);
	return true;
}

/* ${!x}: the name is the value of x. */
static bool indirect(struct sh *sh, const struct sh_part *part, struct sh_values *ret)
{
	struct sh_part target = { .type = SH_PART_PARAM };
	struct sh_values name = { .list.pool = &sh->pool };
	struct sh_part direct = *part;

	direct.indirect = false;
	if (!sh_values_get(sh, &direct, &name))
		return false;
	if (!name.set || !name.list.n || !*name.list.v[0]) {
		sh_error(sh, "%s: invalid indirect expansion", part->text);
		sh->jump = SH_JUMP_DISCARD;
		return false;
	}
	target.text = name.list.v[0];
	target.len = strlen(target.text);
	if (!sh_is_name(target.text) && strspn(target.text, "0123456789") != target.len &&
	    !(target.len == 1 && strchr("@*#?-$!", target.text[0]))) {
		sh_error(sh, "%s: invalid variable name", target.text);
		sh->jump = SH_JUMP_DISCARD;
		return false;
	}
	return sh_values_get(sh, &target, ret);
}

/**
 * sh_values_get() - The values of a parameter
 * @sh: the shell
 * @part: name, index, indirect
 * @ret: zeroed, its list with a pool
 *
 * Return: false after an error.
 */
bool sh_values_get(struct sh *sh, const struct sh_part *part, struct sh_values *ret)
{
	const char *name = part->text, *s;
	const struct sh_var *var;

	if (part->indirect)
		return indirect(sh, part, ret);
	if (*name >= '0' && *name <= '9') {
		long n = strtol(name, NULL, 10);

		if (n == 0)
			one(ret, sh->arg0);
		else if (n <= sh->params->n)
			one(ret, sh->params->v[n - 1]);
		return true;
	}
	if (part->len == 1 && strchr("@*#?-$!", *name)) {
		special(sh, *name, ret);
		return true;
	}
	var = !sh->dash && sh_calls_hidden(sh, name) ? NULL : sh_var_find(sh, name);
	if (part->index)
		return elements(sh, part, var, ret);
	s = sh_var_special(sh, name, &sh->pool);
	if (!s)
		s = var ? sh_var_value(var) : sh_var_get(sh, name);
	if (s)
		one(ret, s);
	return true;
}
