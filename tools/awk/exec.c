/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * exec.c - statements and rules of awk
 *
 * awk_run()
 *   run_rules()
 *     awk_exec()
 *       awk_eval()
 *
 * `next` and `exit` may stand in a function in the middle of an expression: they come back by longjmp().
 */
#include "awk.h"

#define PRINTF_ARGS_MAX 128

static bool is_true(struct awk *a, const struct awk_node *e)
{
	struct awk_val v = awk_eval(a, e);
	bool t = awk_is_true(&v);

	awk_val_free(a, &v);
	return t;
}

static struct awk_stream *target_of(struct awk *a, const struct awk_node *s)
{
	struct awk_val v;
	struct awk_str *name;
	struct awk_stream *st;

	if (!s->sub)
		return NULL;
	v = awk_eval(a, s->b);
	name = awk_to_str(a, &v, AWK_V_CONVFMT);
	st = awk_stream_out(a, name->s, s->sub);
	awk_str_put(a, name);
	awk_val_free(a, &v);
	return st;
}

static void emit(struct awk *a, struct awk_stream *st, const struct awk_str *s)
{
	if (st)
		awk_stream_write(a, st, s->s, s->len);
	else
		ng_write(a->out, s->s, s->len);
}

static void emit_var(struct awk *a, struct awk_stream *st, enum awk_special n)
{
	struct awk_str *s = awk_to_str(a, &a->globals[n].v, AWK_V_CONVFMT);

	emit(a, st, s);
	awk_str_put(a, s);
}

static struct awk_val *eval_list(struct awk *a, const struct awk_node *list, int *ret_n)
{
	struct awk_val *v;
	int n = 0;

	for (const struct awk_node *e = list; e; e = e->next)
		n++;
	v = ng_task_alloc(a->task, (size_t)(n + 1) * sizeof(*v));
	n = 0;
	for (; list; list = list->next)
		v[n++] = awk_eval(a, list);
	*ret_n = n;
	return v;
}

static void exec_print(struct awk *a, const struct awk_node *s)
{
	int n;
	struct awk_val *v = eval_list(a, s->a, &n);
	struct awk_stream *st = target_of(a, s);
	struct awk_str *str;

	if (s->op == AWK_PRINTF) {
		a->print_to = st;
		str = awk_sprintf(a, "printf", v, n);
		emit(a, st, str);
		awk_str_put(a, str);
	} else if (!s->a) {
		str = awk_get_record(a);
		emit(a, st, str);
		awk_str_put(a, str);
	}
	for (int i = 0; i < n; i++) {
		if (s->op == AWK_PRINT) {
			if (i)
				emit_var(a, st, AWK_V_OFS);
			str = awk_to_str(a, &v[i], AWK_V_OFMT);
			emit(a, st, str);
			awk_str_put(a, str);
		}
		awk_val_free(a, &v[i]);
	}
	ng_task_free(a->task, v);
	if (s->op == AWK_PRINT)
		emit_var(a, st, AWK_V_ORS);
	if (!st && ng_out_error(a->out)) {
		prog_error(a->task, a->name, 0, "write failure (%s)",
			   ng_strerror(-ng_out_error(a->out)));
		ng_sys_exit(a->task, 2);
	}
}

static enum awk_flow exec_loop(struct awk *a, const struct awk_node *s)
{
	const struct awk_node *body = s->op == AWK_FOR ? s->d : s->b,
			      *test = s->op == AWK_FOR ? (s->b ? s->b->a : NULL) : s->a;
	bool first = s->op == AWK_DO;

	if (s->op == AWK_FOR && s->a)
		awk_exec(a, s->a);
	for (;; first = false) {
		enum awk_flow f;

		if (!first && test && !is_true(a, test))
			return AWK_GO;
		f = awk_exec(a, body);
		if (f == AWK_FLOW_BREAK)
			return AWK_GO;
		if (f == AWK_FLOW_RETURN)
			return f;
		if (s->op == AWK_FOR && s->c)
			awk_exec(a, s->c);
	}
}

/* The keys are those of the beginning. */
static enum awk_flow exec_forin(struct awk *a, const struct awk_node *s)
{
	struct awk_str **keys;
	enum awk_flow f = AWK_GO;
	uint32_t n, i;

	keys = awk_array_keys(a, awk_array_of(a, s->b), &n);
	for (i = 0; i < n && f != AWK_FLOW_BREAK && f != AWK_FLOW_RETURN; i++) {
		awk_assign(a, s->a, awk_val_str(keys[i]));
		f = awk_exec(a, s->c);
	}
	for (; i < n; i++)
		awk_str_put(a, keys[i]);
	ng_task_free(a->task, keys);
	return f == AWK_FLOW_RETURN ? f : AWK_GO;
}

static void exec_delete(struct awk *a, const struct awk_node *s)
{
	struct awk_array *t = awk_array_of(a, s->b);
	struct awk_val key;

	if (!s->a) {
		awk_array_clear(a, t);
		return;
	}
	key = awk_subscript(a, s->a);
	awk_array_delete(a, t, &key);
	awk_val_free(a, &key);
}

static enum awk_flow exec_jump(struct awk *a, const struct awk_node *s)
{
	struct awk_val v = { .type = AWK_NOINIT };

	if (s->a)
		v = awk_eval(a, s->a);
	switch ((int)s->op) {
	case AWK_NEXT:
		longjmp(a->jump, AWK_JUMP_NEXT);
	case AWK_NEXTFILE:
		longjmp(a->jump, AWK_JUMP_NEXTFILE);
	case AWK_EXIT:
		if (s->a)
			a->status = awk_to_int(awk_to_num(&v));
		longjmp(a->jump, AWK_JUMP_EXIT);
	case AWK_RETURN:
		awk_val_set(a, &a->retval, v);
		return AWK_FLOW_RETURN;
	}
	return s->op == AWK_BREAK ? AWK_FLOW_BREAK : AWK_FLOW_CONTINUE;
}

static enum awk_flow exec_block(struct awk *a, const struct awk_node *s)
{
	for (s = s->a; s; s = s->next) {
		enum awk_flow f = awk_exec(a, s);

		if (f != AWK_GO)
			return f;
	}
	return AWK_GO;
}

/**
 * awk_exec() - Runs a statement
 * @a: the program
 * @s: the statement
 *
 * Return: where to go on.
 */
enum awk_flow awk_exec(struct awk *a, const struct awk_node *s)
{
	struct awk_val v;

	switch ((int)s->op) {
	case AWK_EXPR:
		v = awk_eval(a, s->a);
		awk_val_free(a, &v);
		return AWK_GO;
	case AWK_PRINT:
	case AWK_PRINTF:
		exec_print(a, s);
		return AWK_GO;
	case AWK_IF:
		if (is_true(a, s->a))
			return awk_exec(a, s->b);
		return s->c ? awk_exec(a, s->c) : AWK_GO;
	case AWK_WHILE:
	case AWK_DO:
	case AWK_FOR:
		return exec_loop(a, s);
	case AWK_FORIN:
		return exec_forin(a, s);
	case AWK_BLOCK:
		return exec_block(a, s);
	case AWK_DELETE:
		exec_delete(a, s);
		return AWK_GO;
	}
	return exec_jump(a, s);
}

static bool selected(struct awk *a, struct awk_rule *r)
{
	if (!r->from)
		return true;
	if (!r->to)
		return is_true(a, r->from);
	if (!r->inside && !is_true(a, r->from))
		return false;
	r->inside = !is_true(a, r->to);
	return true;
}

/* For each rule that selects the record: its action, or the record itself. */
static void run_rules(struct awk *a, struct awk_rule *list)
{
	for (struct awk_rule *r = list; r; r = r->next) {
		if (!selected(a, r))
			continue;
		if (r->body) {
			awk_exec(a, r->body);
		} else {
			const struct awk_node all = { .op = AWK_PRINT };

			exec_print(a, &all);
		}
	}
}

static void count(struct awk *a, enum awk_special n)
{
	awk_var_set(a, n, awk_val_num(awk_to_num(&a->globals[n].v) + 1));
}

/* false: the program said exit */
static bool run_part(struct awk *a, struct awk_rule *list, bool records)
{
	const char *s;
	size_t len;
	int jump;

	jump = setjmp(a->jump);
	a->frame = NULL;
	if (jump == AWK_JUMP_EXIT)
		return false;
	if (jump == AWK_JUMP_NEXTFILE)
		awk_skip_file(a);
	if (!records) {
		if (!jump)
			run_rules(a, list);
		return true;
	}
	while (awk_main_next(a, &s, &len)) {
		count(a, AWK_V_NR);
		count(a, AWK_V_FNR);
		awk_set_record(a, s, len);
		run_rules(a, list);
	}
	return true;
}

/**
 * awk_run() - Runs a program
 * @a: the program
 *
 * Return: its status.
 */
int awk_run(struct awk *a)
{
	if (run_part(a, a->begin, false) && (a->main || a->end))
		run_part(a, a->main, true);
	if (a->end)
		run_part(a, a->end, false);
	awk_close_all(a);
	return a->status;
}
