/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * param.c - $x and ${x...}
 *
 * sh_expand_param()
 *   sh_values_get()      values.c
 *   use_word()           - = ? +
 *   sh_param_edit()      edit.c: # % / ^ , :
 *   put_values()
 */
#include "dash.h"

#include <string.h>

/* An expansion that ends the shell. */
static void give_up(struct sh *sh)
{
	if (sh->dash) {
		sh_dash_raise(sh);
		return;
	}
	sh->jump = SH_JUMP_EXIT;
	sh->status = sh->from_c && !sh->nested ? 127 : 1;
}

static void unbound(struct sh *sh, const struct sh_part *part)
{
	if (part->index)
		sh_error(sh, "%s[%s]: unbound variable", part->text, part->index->text);
	else
		sh_error(sh, "%s%s: unbound variable",
			 *part->text >= '0' && *part->text <= '9' && !sh->dash ? "$" : "",
			 part->text);
	give_up(sh);
}

static const char *separator(struct sh *sh, struct sh_pool *pool)
{
	const char *ifs = sh_var_get(sh, "IFS");

	return ifs ? sh_pool_strndup(pool, ifs, *ifs ? 1 : 0) : " ";
}

static void put_values(struct sh *sh, const struct sh_part *part, const struct sh_values *val,
		       struct sh_xbuf *x)
{
	const char *sep = val->star ? separator(sh, &sh->pool) : NULL;

	if (part->quoted && val->many && val->star) {
		if (!val->list.n)
			sh_x_value(sh, x, "", true);
		for (int i = 0; i < val->list.n; i++) {
			if (i)
				sh_x_put(sh, x, sep, strlen(sep), SH_X_QUOTED);
			sh_x_value(sh, x, val->list.v[i], true);
		}
		return;
	}
	if (!val->many && !val->list.n && part->quoted)
		sh_x_value(sh, x, "", true);
	for (int i = 0; i < val->list.n; i++) {
		if (i && x->joined && val->star)
			sh_x_put(sh, x, sep, strlen(sep), SH_X_QUOTED);
		else if (i)
			sh_x_put(sh, x, " ", 1, SH_X_BREAK);
		sh_x_value(sh, x, val->list.v[i], part->quoted);
	}
}

static bool assign_default(struct sh *sh, const struct sh_part *part, const char *value)
{
	int64_t i;

	if (part->index) {
		char *s = sh_expand_string(sh, part->index);

		if (sh->jump || !sh_subscript(sh, part->text, s, true, &i))
			return false;
		return sh_elem_set(sh, part->text, i, value, false);
	}
	if (!sh_is_name(part->text)) {
		sh_error(sh, "$%s: cannot assign in this way", part->text);
		return false;
	}
	return sh_var_set(sh, part->text, value);
}

static void complain(struct sh *sh, const struct sh_part *part)
{
	char *s = sh_expand_string(sh, part->arg);

	if (sh->jump)
		return;
	if (!*s)
		s = sh_pool_strdup(&sh->pool, !part->colon ? "parameter not set"
					      : sh->dash   ? "parameter not set or null"
							   : "parameter null or not set");
	sh_error(sh, "%s: %s", part->text, s);
	give_up(sh);
}

/* - = ? +. True: done; false: the value itself is wanted. */
static bool use_word(struct sh *sh, const struct sh_part *part, const struct sh_values *val,
		     struct sh_xbuf *x)
{
	bool empty = !val->set ||
		     (part->colon && (!val->list.n || (val->list.n == 1 && !*val->list.v[0])));
	char *s;

	if (part->op == SH_OP_PLUS ? empty : !empty) {
		if (part->op == SH_OP_PLUS && part->quoted)
			sh_x_value(sh, x, "", true);
		return part->op == SH_OP_PLUS;
	}
	switch ((int)part->op) {
	case SH_OP_MINUS:
	case SH_OP_PLUS: {
		size_t before = x->s.len, plain;

		sh_expand_parts(sh, part->arg->parts, x);
		if (x->s.len == before && part->quoted)
			sh_x_value(sh, x, "", true);
		/* unquoted text of the word is split, as the result of an expansion is */
		for (plain = before; !part->quoted && plain < x->s.len; plain++) {
			if (x->f.s[plain] == SH_X_PLAIN)
				x->f.s[plain] = SH_X_SPLIT;
		}
		return true;
	}
	case SH_OP_ASSIGN:
		s = sh_expand_string(sh, part->arg);
		if (sh->jump)
			return true;
		if (!assign_default(sh, part, s)) {
			if (!sh->jump)
				sh->jump = SH_JUMP_DISCARD;
			return true;
		}
		sh_x_value(sh, x, s, part->quoted);
		return true;
	default:
		complain(sh, part);
		return true;
	}
}

static void put_length(struct sh *sh, const struct sh_part *part, const struct sh_values *val,
		       struct sh_xbuf *x)
{
	size_t n = val->many ? (size_t)val->list.n : val->list.n ? strlen(val->list.v[0]) : 0;

	sh_x_value(sh, x, sh_pool_printf(&sh->pool, "%zu", n), part->quoted);
}

static void put_list(struct sh *sh, const struct sh_part *part, struct sh_args *list,
		     struct sh_xbuf *x)
{
	struct sh_values val = { .list = *list, .set = true, .many = true };

	put_values(sh, part, &val, x);
}

/* ${!a[@]}: the indexes; ${!prefix*}: the names */
static void put_names(struct sh *sh, const struct sh_part *part, struct sh_xbuf *x)
{
	struct sh_args list = { .pool = &sh->pool };
	const struct sh_var *var = sh_var_find(sh, part->text);

	if (part->op == SH_OP_KEYS) {
		for (size_t i = 0; var && i < var->nelems; i++)
			sh_args_add(&list,
				    sh_pool_strdup(&sh->pool, sh_elem_key(sh, &var->elems[i])));
		if (var && !(var->flags & SH_VAR_ARRAY) && var->value)
			sh_args_add(&list, sh_pool_strdup(&sh->pool, "0"));
	} else {
		for (size_t i = 0; i < sh->nvars; i++) {
			if (!strncmp(sh->vars[i]->name, part->text, part->len))
				sh_args_add(&list, sh->vars[i]->name);
		}
	}
	put_list(sh, part, &list, x);
}

/* ${@:2:1} and ${a[@]:1}: a slice of the list */
static void put_slice(struct sh *sh, const struct sh_part *part, struct sh_values *val,
		      struct sh_xbuf *x)
{
	struct sh_args out = { .pool = &sh->pool };
	int64_t from, count = val->list.n + 1, n;
	bool params = part->len == 1 && strchr("@*", *part->text);

	if (!sh_arith(sh, sh_expand_string(sh, part->arg), NULL, &from) ||
	    (part->arg2 && !sh_arith(sh, sh_expand_string(sh, part->arg2), NULL, &count))) {
		if (!sh->jump)
			sh->jump = SH_JUMP_DISCARD;
		return;
	}
	n = val->list.n + (params ? 1 : 0);
	if (from < 0)
		from += n;
	if (count < 0) {
		sh_error(sh, "%s: substring expression < 0", part->arg2->text);
		sh->jump = SH_JUMP_DISCARD;
		return;
	}
	for (int64_t i = from; from >= 0 && i < n && i - from < count; i++) {
		if (params)
			sh_args_add(&out, i ? val->list.v[i - 1] : sh->arg0);
		else
			sh_args_add(&out, val->list.v[i]);
	}
	val->list = out;
	put_values(sh, part, val, x);
}

/**
 * sh_expand_param() - Expands $x or ${x...}
 * @sh: the shell
 * @part: the part
 * @x: where to put the text; check sh->jump
 */
void sh_expand_param(struct sh *sh, const struct sh_part *part, struct sh_xbuf *x)
{
	struct sh_values val = { .list.pool = &sh->pool };

	if (part->op == SH_OP_KEYS || part->op == SH_OP_NAMES) {
		put_names(sh, part, x);
		return;
	}
	if (!sh_values_get(sh, part, &val))
		return;
	if (part->op >= SH_OP_MINUS && part->op <= SH_OP_PLUS) {
		if (use_word(sh, part, &val, x))
			return;
	} else if (!val.set && !val.many && sh->nounset) {
		unbound(sh, part);
		return;
	}
	if (part->op == SH_OP_LENGTH) {
		put_length(sh, part, &val, x);
		return;
	}
	if (part->op == SH_OP_SUBSTRING && val.many) {
		put_slice(sh, part, &val, x);
		return;
	}
	if (part->op > SH_OP_PLUS) {
		for (int i = 0; i < val.list.n && !sh->jump; i++)
			val.list.v[i] = sh_param_edit(sh, part, val.list.v[i]);
		if (sh->jump)
			return;
	}
	put_values(sh, part, &val, x);
}
