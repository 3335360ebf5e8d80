/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lvalue.c - variables, elements, calls and getline: what has a place
 */
#include "awk.h"

/**
 * awk_array_of() - The array a name stands for
 * @a: the program
 * @e: AWK_VAR or AWK_LOCAL
 *
 * Return: the array, made at its first use.
 */
struct awk_array *awk_array_of(struct awk *a, const struct awk_node *e)
{
	struct awk_slot *slot = e->op == AWK_VAR ? &a->globals[e->n] : &a->frame[e->n];

	if (!slot->arr)
		slot->arr = awk_array_new(a);
	return slot->arr;
}

/**
 * awk_subscript() - The key of a[i] or a[i, j]
 * @a: the program
 * @list: the subscripts
 *
 * Return: the key.
 */
struct awk_val awk_subscript(struct awk *a, const struct awk_node *list)
{
	struct awk_val key = awk_eval(a, list);

	for (list = list->next; list; list = list->next) {
		struct awk_val v = awk_eval(a, list);
		struct awk_str *x = awk_to_str(a, &key, AWK_V_CONVFMT),
			       *y = awk_to_str(a, &v, AWK_V_CONVFMT),
			       *sep = awk_to_str(a, &a->globals[AWK_V_SUBSEP].v, AWK_V_CONVFMT),
			       *s = awk_str_room(a, (size_t)x->len + sep->len + y->len);

		memcpy(s->s, x->s, x->len);
		memcpy(s->s + x->len, sep->s, sep->len);
		memcpy(s->s + x->len + sep->len, y->s, y->len);
		awk_str_put(a, x);
		awk_str_put(a, y);
		awk_str_put(a, sep);
		awk_val_free(a, &v);
		awk_val_set(a, &key, awk_val_str(s));
	}
	return key;
}

/**
 * awk_var_get() - A variable
 * @a: the program
 * @n: which
 *
 * Return: its value, with a reference for the caller.
 */
struct awk_val awk_var_get(struct awk *a, int n)
{
	if (n == AWK_V_NF)
		awk_get_nf(a);
	return awk_val_dup(a->globals[n].v);
}

/**
 * awk_var_set() - Assigns to a variable
 * @a: the program
 * @n: which
 * @v: the value, which the variable owns then
 */
void awk_var_set(struct awk *a, int n, struct awk_val v)
{
	if (n == AWK_V_NF) {
		double d = awk_to_num(&v);

		awk_val_free(a, &v);
		awk_set_nf(a, d);
		return;
	}
	/* the record at hand is split as it was read */
	if ((n == AWK_V_FS || n == AWK_V_RS) && a->record)
		awk_get_nf(a);
	if (n == AWK_V_OFS && a->record_stale)
		awk_str_put(a, awk_get_record(a));
	awk_val_set(a, &a->globals[n].v, v);
}

/**
 * awk_assign() - Assigns
 * @a: the program
 * @lvalue: to what
 * @v: the value, which the place owns then
 */
void awk_assign(struct awk *a, const struct awk_node *lvalue, struct awk_val v)
{
	struct awk_val key;
	struct awk_elem *e;

	switch ((int)lvalue->op) {
	case AWK_GROUP:
		awk_assign(a, lvalue->a, v);
		return;
	case AWK_VAR:
		awk_var_set(a, lvalue->n, v);
		return;
	case AWK_LOCAL:
		awk_val_set(a, &a->frame[lvalue->n].v, v);
		return;
	case AWK_INDEX:
		key = awk_subscript(a, lvalue->a);
		e = awk_array_find(a, awk_array_of(a, lvalue->b), &key, true);
		awk_val_free(a, &key);
		awk_val_set(a, &e->v, v);
		return;
	}
	key = awk_eval(a, lvalue->a);
	awk_set_field(a, awk_to_num(&key), v);
	awk_val_free(a, &key);
}

/**
 * awk_call() - Calls a function of the program
 * @a: the program
 * @e: the call
 *
 * Return: what it returned; uninitialised when it did not say.
 */
struct awk_val awk_call(struct awk *a, const struct awk_node *e)
{
	struct awk_func *fn = e->fn;
	struct awk_slot *frame = ng_task_alloc(a->task, ((size_t)fn->nparams + 1) * sizeof(*frame)),
			*old = a->frame;
	struct awk_val result;
	int i = 0;

	for (const struct awk_node *arg = e->a; arg; arg = arg->next, i++) {
		if (fn->params[i].array && (arg->op == AWK_VAR || arg->op == AWK_LOCAL)) {
			frame[i].arr = awk_array_of(a, arg);
			frame[i].borrowed = true;
		} else {
			frame[i].v = awk_eval(a, arg);
		}
	}
	a->frame = frame;
	awk_exec(a, fn->body);
	result = a->retval;
	a->retval = (struct awk_val){ .type = AWK_NOINIT };
	a->frame = old;
	for (i = 0; i < fn->nparams; i++) {
		awk_val_free(a, &frame[i].v);
		if (!frame[i].arr || frame[i].borrowed)
			continue;
		awk_array_clear(a, frame[i].arr);
		ng_task_free(a->task, frame[i].arr);
	}
	ng_task_free(a->task, frame);
	return result;
}

static void count(struct awk *a, int n)
{
	awk_var_set(a, n, awk_val_num(awk_to_num(&a->globals[n].v) + 1));
}

static struct awk_stream *source_of(struct awk *a, const struct awk_node *e)
{
	struct awk_val v = awk_eval(a, e->b);
	struct awk_str *name = awk_to_str(a, &v, AWK_V_CONVFMT);
	struct awk_stream *st = awk_stream_in(a, name->s, e->sub);

	awk_str_put(a, name);
	awk_val_free(a, &v);
	return st;
}

/**
 * awk_getline() - getline in its forms
 * @a: the program
 * @e: the expression
 *
 * Return: 1 with a record, 0 at the end, -1 when there is no such file.
 */
struct awk_val awk_getline(struct awk *a, const struct awk_node *e)
{
	struct awk_stream *st = NULL;
	const char *s;
	size_t len;
	bool got;

	if (e->sub) {
		st = source_of(a, e);
		if (!st)
			return awk_val_num(-1);
		got = awk_record_next(a, &st->in, &s, &len);
	} else {
		got = awk_main_next(a, &s, &len);
	}
	if (!got)
		return awk_val_num(0);
	if (!e->sub) {
		count(a, AWK_V_NR);
		count(a, AWK_V_FNR);
	}
	if (e->a)
		awk_assign(a, e->a, awk_val_field(a, s, len));
	else
		awk_set_record(a, s, len);
	return awk_val_num(1);
}
