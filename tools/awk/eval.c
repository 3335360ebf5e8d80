/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * eval.c - the values of awk expressions
 *
 * awk_eval()
 *   awk_builtin()
 *   awk_call()
 *   awk_getline()
 */
#include "awk.h"

#include <math.h>

static double num_of(struct awk *a, const struct awk_node *e)
{
	struct awk_val v = awk_eval(a, e);
	double d = awk_to_num(&v);

	awk_val_free(a, &v);
	return d;
}

static bool truth_of(struct awk *a, const struct awk_node *e)
{
	struct awk_val v = awk_eval(a, e);
	bool t = awk_is_true(&v);

	awk_val_free(a, &v);
	return t;
}

static double arith(enum awk_op op, double x, double y)
{
	switch ((int)op) {
	case AWK_ADD:
		return x + y;
	case AWK_SUB:
		return x - y;
	case AWK_MUL:
		return x * y;
	case AWK_DIV:
		return x / y;
	case AWK_MOD:
		return fmod(x, y);
	}
	return pow(x, y);
}

static struct awk_val eval_concat(struct awk *a, const struct awk_node *e)
{
	struct awk_val l = awk_eval(a, e->a), r = awk_eval(a, e->b);
	struct awk_str *x = awk_to_str(a, &l, AWK_V_CONVFMT), *y = awk_to_str(a, &r, AWK_V_CONVFMT),
		       *s = awk_str_room(a, (size_t)x->len + y->len);

	memcpy(s->s, x->s, x->len);
	memcpy(s->s + x->len, y->s, y->len);
	awk_str_put(a, x);
	awk_str_put(a, y);
	awk_val_free(a, &l);
	awk_val_free(a, &r);
	return awk_val_str(s);
}

static struct awk_val eval_compare(struct awk *a, const struct awk_node *e)
{
	struct awk_val l = awk_eval(a, e->a), r = awk_eval(a, e->b);
	int c = awk_compare(a, &l, &r);
	bool t = false;

	switch ((int)e->op) {
	case AWK_LT:
		t = c == -1;
		break;
	case AWK_LE:
		t = c == -1 || !c;
		break;
	case AWK_EQ:
		t = !c;
		break;
	case AWK_NE:
		t = c != 0;
		break;
	case AWK_GE:
		t = c == 1 || !c;
		break;
	case AWK_GT:
		t = c == 1;
		break;
	}
	awk_val_free(a, &l);
	awk_val_free(a, &r);
	return awk_val_num(t);
}

static struct awk_val eval_match(struct awk *a, const struct awk_node *e)
{
	struct awk_val l = awk_eval(a, e->a), r;
	struct awk_str *s = awk_to_str(a, &l, AWK_V_CONVFMT);
	struct awk_regex *re = e->b->re;
	regmatch_t m;
	bool found;

	if (e->b->op != AWK_REGEX) {
		r = awk_eval(a, e->b);
		re = awk_regex_of(a, &r);
		awk_val_free(a, &r);
	}
	found = awk_regex_find(a, re, s->s, s->len, 0, &m);
	awk_str_put(a, s);
	awk_val_free(a, &l);
	return awk_val_num(found == (e->op == AWK_MATCH));
}

static struct awk_val eval_record_match(struct awk *a, const struct awk_node *e)
{
	struct awk_str *s = awk_get_record(a);
	regmatch_t m;
	bool found = awk_regex_find(a, e->re, s->s, s->len, 0, &m);

	awk_str_put(a, s);
	return awk_val_num(found);
}

static struct awk_val eval_in(struct awk *a, const struct awk_node *e)
{
	/* a list when it was (i, j); one expression may be a group of one */
	struct awk_val key = awk_subscript(a, e->a);
	bool found = awk_array_find(a, awk_array_of(a, e->b), &key, false);

	awk_val_free(a, &key);
	return awk_val_num(found);
}

static struct awk_val eval_index(struct awk *a, const struct awk_node *e)
{
	struct awk_val key = awk_subscript(a, e->a);
	struct awk_elem *el = awk_array_find(a, awk_array_of(a, e->b), &key, true);

	awk_val_free(a, &key);
	return awk_val_dup(el->v);
}

static struct awk_val eval_opassign(struct awk *a, const struct awk_node *e)
{
	double r = num_of(a, e->b), l = num_of(a, e->a), d = arith((enum awk_op)e->sub, l, r);

	awk_assign(a, e->a, awk_val_num(d));
	return awk_val_num(d);
}

static struct awk_val eval_step(struct awk *a, const struct awk_node *e)
{
	double d = num_of(a, e->a),
	       after = e->op == AWK_PREINC || e->op == AWK_POSTINC ? d + 1 : d - 1;

	awk_assign(a, e->a, awk_val_num(after));
	return awk_val_num(e->op == AWK_PREINC || e->op == AWK_PREDEC ? after : d);
}

static struct awk_val eval_assign(struct awk *a, const struct awk_node *e)
{
	struct awk_val v = awk_eval(a, e->b);

	awk_assign(a, e->a, awk_val_dup(v));
	return v;
}

static struct awk_val eval_logic(struct awk *a, const struct awk_node *e)
{
	switch ((int)e->op) {
	case AWK_AND:
		return awk_val_num(truth_of(a, e->a) && truth_of(a, e->b));
	case AWK_OR:
		return awk_val_num(truth_of(a, e->a) || truth_of(a, e->b));
	case AWK_NOT:
		return awk_val_num(!truth_of(a, e->a));
	}
	return awk_eval(a, truth_of(a, e->a) ? e->b : e->c);
}

static struct awk_val eval_arith(struct awk *a, const struct awk_node *e)
{
	double l = num_of(a, e->a);

	return awk_val_num(arith(e->op, l, num_of(a, e->b)));
}

/**
 * awk_eval() - The value of an expression
 * @a: the program
 * @e: the expression
 *
 * Return: its value, which the caller owns.
 */
struct awk_val awk_eval(struct awk *a, const struct awk_node *e)
{
	awk_check_stack(a);
	switch ((int)e->op) {
	case AWK_CONST:
		return awk_val_dup(e->val);
	case AWK_REGEX:
		return eval_record_match(a, e);
	case AWK_VAR:
		return awk_var_get(a, e->n);
	case AWK_LOCAL:
		return awk_val_dup(a->frame[e->n].v);
	case AWK_INDEX:
		return eval_index(a, e);
	case AWK_DOLLAR:
		return awk_get_field(a, num_of(a, e->a));
	case AWK_GROUP:
		return awk_eval(a, e->a);
	case AWK_ASSIGN:
		return eval_assign(a, e);
	case AWK_OPASSIGN:
		return eval_opassign(a, e);
	case AWK_COND:
	case AWK_AND:
	case AWK_OR:
	case AWK_NOT:
		return eval_logic(a, e);
	case AWK_NEG:
		return awk_val_num(-num_of(a, e->a));
	case AWK_UPLUS:
		return awk_val_num(num_of(a, e->a));
	case AWK_CONCAT:
		return eval_concat(a, e);
	case AWK_LT:
	case AWK_LE:
	case AWK_EQ:
	case AWK_NE:
	case AWK_GE:
	case AWK_GT:
		return eval_compare(a, e);
	case AWK_MATCH:
	case AWK_NOMATCH:
		return eval_match(a, e);
	case AWK_IN:
		return eval_in(a, e);
	case AWK_PREINC:
	case AWK_PREDEC:
	case AWK_POSTINC:
	case AWK_POSTDEC:
		return eval_step(a, e);
	case AWK_CALL:
		return awk_call(a, e);
	case AWK_BUILTIN:
		return awk_builtin(a, e);
	case AWK_GETLINE:
		return awk_getline(a, e);
	}
	return eval_arith(a, e);
}
