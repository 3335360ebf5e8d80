/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * primary.c - the smallest expressions of awk: names, fields, calls, constants, and assignments to them
 */
#include "awk.h"

/* How many arguments a function takes. */
static const struct {
	const char *name;
	signed char min, max;
} arity[] = {
	[B_ATAN2] = { "atan2", 2, 2 },	     [B_CLOSE] = { "close", 1, 1 },
	[B_COS] = { "cos", 1, 1 },	     [B_EXP] = { "exp", 1, 1 },
	[B_FFLUSH] = { "fflush", 0, 1 },     [B_GSUB] = { "gsub", 2, 3 },
	[B_INDEX] = { "index", 2, 2 },	     [B_INT] = { "int", 1, 1 },
	[B_LENGTH] = { "length", 0, 1 },     [B_LOG] = { "log", 1, 1 },
	[B_MATCH] = { "match", 2, 2 },	     [B_MKTIME] = { "mktime", 1, 1 },
	[B_RAND] = { "rand", 0, 0 },	     [B_SIN] = { "sin", 1, 1 },
	[B_SPLIT] = { "split", 2, 3 },	     [B_SPRINTF] = { "sprintf", 1, 127 },
	[B_SQRT] = { "sqrt", 1, 1 },	     [B_SRAND] = { "srand", 0, 1 },
	[B_STRFTIME] = { "strftime", 0, 3 }, [B_SUB] = { "sub", 2, 3 },
	[B_SUBSTR] = { "substr", 2, 3 },     [B_SYSTEM] = { "system", 1, 1 },
	[B_SYSTIME] = { "systime", 0, 0 },   [B_TOLOWER] = { "tolower", 1, 1 },
	[B_TOUPPER] = { "toupper", 1, 1 },
};

/**
 * awk_node_new() - A node of the tree
 * @p: the parser
 * @op: what it does
 *
 * Return: the node.
 */
struct awk_node *awk_node_new(struct awk_parser *p, int op)
{
	struct awk_node *e = ng_task_alloc(p->a->task, sizeof(*e));

	e->op = (enum awk_op)op;
	return e;
}

/**
 * awk_node_binary() - A node with two operands
 * @p: the parser
 * @op: what it does
 * @l: the left one
 * @r: the right one
 *
 * Return: the node.
 */
struct awk_node *awk_node_binary(struct awk_parser *p, int op, struct awk_node *l,
				 struct awk_node *r)
{
	struct awk_node *e = awk_node_new(p, op);

	e->a = l;
	e->b = r;
	return e;
}

/**
 * awk_enter() - One level deeper in the program's text
 * @p: the parser; the caller takes one from its depth when it leaves
 */
void awk_enter(struct awk_parser *p)
{
	if (++p->depth > AWK_NEST_MAX)
		prog_exit(p->a->task,
			  ng_not_modelled(p->a->task, "awk programs nested deeper than %d",
					  AWK_NEST_MAX));
	awk_check_stack(p->a);
}

/**
 * awk_parse_symbol() - A variable, an array or a parameter
 * @p: the parser
 * @name: its name
 * @array: used as an array here?
 *
 * Return: a node that names it.
 */
struct awk_node *awk_parse_symbol(struct awk_parser *p, const char *name, bool array)
{
	struct awk *a = p->a;
	struct awk_node *e = awk_node_new(p, AWK_VAR);
	struct awk_sym *sym = NULL;

	for (int i = 0; p->func && i < p->func->nparams; i++) {
		if (strcmp(p->func->params[i].name, name))
			continue;
		sym = &p->func->params[i];
		e->op = AWK_LOCAL;
		e->n = i;
	}
	for (int i = 0; !sym && i < a->nsyms; i++) {
		if (strcmp(a->syms[i].name, name))
			continue;
		sym = &a->syms[i];
		e->n = i;
	}
	if (!sym) {
		if (a->nsyms == a->syms_cap) {
			a->syms = ng_task_realloc(a->task, a->syms,
						  (size_t)a->syms_cap * sizeof(*a->syms),
						  (size_t)(a->syms_cap + 64) * sizeof(*a->syms));
			a->syms_cap += 64;
		}
		e->n = a->nsyms;
		sym = &a->syms[a->nsyms++];
		*sym = (struct awk_sym){ .name = name };
	}
	if (array ? sym->scalar : sym->array && p->tok != ',' && p->tok != ')') {
		ng_printf(ng_stderr(a->task), "%s: line %d: illegal reference to %s %s\n", a->name,
			  p->line, array ? "variable" : "array", name);
		prog_exit(a->task, 2);
	}
	sym->array |= array;
	return e;
}

/**
 * awk_find_func() - A function of the program
 * @p: the parser
 * @name: its name
 * @create: make it when it is not known yet
 *
 * Return: the function, or NULL.
 */
struct awk_func *awk_find_func(struct awk_parser *p, const char *name, bool create)
{
	struct awk_func **f = &p->a->funcs;

	while (*f && strcmp((*f)->name, name))
		f = &(*f)->next;
	if (!*f && create) {
		*f = ng_task_alloc(p->a->task, sizeof(**f));
		(*f)->name = name;
	}
	return *f;
}

/**
 * awk_parse_list() - Expressions between commas
 * @p: the parser
 *
 * Return: the first, linked to the others; NULL when a closing parenthesis is at hand.
 */
struct awk_node *awk_parse_list(struct awk_parser *p)
{
	struct awk_node *first = NULL, **tail = &first;

	if (p->tok == ')')
		return NULL;
	for (;;) {
		*tail = awk_parse_expr(p);

		tail = &(*tail)->next;
		if (p->tok != ',')
			return first;
		awk_lex(p);
		awk_skip_newlines(p);
	}
}

/* A list in parentheses; what ends a print's expressions does not inside them. */
static struct awk_node *bracketed(struct awk_parser *p, int close)
{
	bool no_in = p->no_in, no_gt = p->no_gt;
	struct awk_node *list;

	p->no_in = p->no_gt = false;
	awk_lex(p);
	list = awk_parse_list(p);
	p->no_in = no_in;
	p->no_gt = no_gt;
	if (p->tok != close)
		awk_syntax_error(p);
	awk_lex(p);
	return list;
}

static int list_length(const struct awk_node *e)
{
	int n = 0;

	for (; e; e = e->next)
		n++;
	return n;
}

/* (expr), or (expr, expr) for print and in */
static struct awk_node *group(struct awk_parser *p)
{
	struct awk_node *list = bracketed(p, ')'), *e;

	if (!list)
		awk_syntax_error(p);
	if (p->tok == T_IN && !p->no_in && list->next) {
		awk_lex(p);
		if (p->tok != T_NAME)
			awk_syntax_error(p);
		e = awk_node_binary(p, AWK_IN, list, awk_parse_symbol(p, p->name, true));
		awk_lex(p);
		return e;
	}
	e = awk_node_new(p, AWK_GROUP);
	e->a = list;
	if (list->next &&
	    !(p->no_gt && (p->tok == ';' || p->tok == '}' || p->tok == '\n' || p->tok == '>' ||
			   p->tok == T_APPEND || p->tok == '|' || p->tok == T_EOF)))
		awk_syntax_error(p);
	return e;
}

static struct awk_node *call(struct awk_parser *p)
{
	struct awk_node *e = awk_node_new(p, AWK_CALL);
	struct awk_call *c = ng_task_alloc(p->a->task, sizeof(*c));

	e->fn = awk_find_func(p, p->name, true);
	awk_lex(p);
	e->a = bracketed(p, ')');
	e->n = list_length(e->a);
	*c = (struct awk_call){ e, p->func, p->line, p->calls };
	p->calls = c;
	return e;
}

static bool is_lvalue(const struct awk_node *e)
{
	return e->op == AWK_VAR || e->op == AWK_LOCAL || e->op == AWK_INDEX || e->op == AWK_DOLLAR;
}

static void check_builtin(struct awk_parser *p, struct awk_node *e)
{
	struct awk_node *third = e->n > 2 ? e->a->next->next : NULL;
	char text[80] = "wrong number of arguments in call to ";

	if (e->n < arity[e->sub].min || e->n > arity[e->sub].max)
		awk_compile_error(p, strcat(text, arity[e->sub].name));
	if ((e->sub == B_SUB || e->sub == B_GSUB) && third && !is_lvalue(third))
		prog_exit(p->a->task,
			  ng_not_modelled(p->a->task, "awk: %s on a value", arity[e->sub].name));
}

static struct awk_node *builtin(struct awk_parser *p)
{
	struct awk_node *e = awk_node_new(p, AWK_BUILTIN);

	e->sub = p->builtin;
	awk_lex(p);
	if (p->tok != '(') {
		if (e->sub != B_LENGTH)
			awk_syntax_error(p);
		return e;
	}
	if (e->sub != B_SPLIT) {
		e->a = bracketed(p, ')');
	} else {
		bool no_in = p->no_in, no_gt = p->no_gt;

		p->no_in = p->no_gt = false;
		awk_lex(p);
		e->a = awk_parse_expr(p);
		if (p->tok != ',')
			awk_syntax_error(p);
		awk_lex(p);
		if (p->tok != T_NAME)
			awk_syntax_error(p);
		e->a->next = awk_parse_symbol(p, p->name, true);
		awk_lex(p);
		if (p->tok == ',') {
			awk_lex(p);
			e->a->next->next = awk_parse_expr(p);
		}
		p->no_in = no_in;
		p->no_gt = no_gt;
		awk_expect(p, ')');
	}
	e->n = list_length(e->a);
	check_builtin(p, e);
	return e;
}

/* A variable, an element or a field. */
static struct awk_node *lvalue(struct awk_parser *p)
{
	const char *name = p->name;
	struct awk_node *e;

	if (p->tok == '$') {
		e = awk_node_new(p, AWK_DOLLAR);
		awk_lex(p);
		if (p->tok == T_INC || p->tok == T_DEC) {
			e->a = awk_node_new(p, p->tok == T_INC ? AWK_PREINC : AWK_PREDEC);
			awk_lex(p);
			e->a->a = awk_parse_lvalue(p);
		} else if (p->tok == '-' || p->tok == '+') {
			e->a = awk_node_new(p, p->tok == '-' ? AWK_NEG : AWK_UPLUS);
			awk_lex(p);
			e->a->a = awk_parse_postfix(p, false);
		} else {
			awk_enter(p);
			e->a = awk_parse_postfix(p, false);
			p->depth--;
			/* mawk reads $NF++ as $(NF++), but $i++ as ($i)++ */
			if ((p->tok == T_INC || p->tok == T_DEC) && e->a->op == AWK_VAR &&
			    e->a->n == AWK_V_NF) {
				e->a = awk_node_binary(
					p, p->tok == T_INC ? AWK_POSTINC : AWK_POSTDEC, e->a, NULL);
				awk_lex(p);
			}
		}
		return e;
	}
	awk_lex(p);
	if (p->tok != '[') {
		e = awk_parse_symbol(p, name, false);
		return e;
	}
	e = awk_node_new(p, AWK_INDEX);
	e->b = awk_parse_symbol(p, name, true);
	e->a = bracketed(p, ']');
	if (!e->a)
		awk_syntax_error(p);
	return e;
}

/**
 * awk_parse_lvalue() - What can be assigned to
 * @p: the parser
 *
 * Return: its node.
 */
struct awk_node *awk_parse_lvalue(struct awk_parser *p)
{
	struct awk_node *e;

	if (p->tok != T_NAME && p->tok != '$')
		awk_syntax_error(p);
	awk_enter(p);
	e = lvalue(p);
	p->depth--;
	return e;
}

/**
 * awk_parse_getline() - getline [lvalue] [< file]
 * @p: the parser, at getline
 * @command: what is left of the "|" before it, or NULL
 *
 * Return: its tree.
 */
struct awk_node *awk_parse_getline(struct awk_parser *p, struct awk_node *command)
{
	struct awk_node *e = awk_node_new(p, AWK_GETLINE);

	awk_lex(p);
	if (p->tok == T_NAME || p->tok == '$')
		e->a = awk_parse_lvalue(p);
	if (command) {
		e->sub = '|';
		e->b = command;
	} else if (p->tok == '<') {
		e->sub = '<';
		awk_lex(p);
		e->b = awk_parse_postfix(p, false);
	}
	return e;
}

static struct awk_node *constant(struct awk_parser *p)
{
	struct awk_node *e = awk_node_new(p, AWK_CONST);

	e->val = p->tok == T_NUMBER ? awk_val_num(p->number) : awk_val_str(p->string);
	awk_lex(p);
	return e;
}

static struct awk_node *primary(struct awk_parser *p)
{
	struct awk_node *e;

	switch (p->tok) {
	case T_NUMBER:
	case T_STRING:
		return constant(p);
	case '/':
	case T_DIV_ASSIGN:
		return awk_lex_regex(p);
	case T_FUNC_NAME:
		return call(p);
	case T_BUILTIN:
		return builtin(p);
	case T_GETLINE:
		return awk_parse_getline(p, NULL);
	case '(':
		return group(p);
	case T_INC:
	case T_DEC:
		e = awk_node_new(p, p->tok == T_INC ? AWK_PREINC : AWK_PREDEC);
		awk_lex(p);
		e->a = awk_parse_lvalue(p);
		return e;
	case T_NAME:
		if (awk_find_func(p, p->name, false)) {
			p->tok = T_FUNC_NAME;
			return call(p);
		}
		return lvalue(p);
	case '$':
		return lvalue(p);
	}
	awk_syntax_error(p);
}

static int assign_op(int tok)
{
	switch (tok) {
	case T_ADD_ASSIGN:
		return AWK_ADD;
	case T_SUB_ASSIGN:
		return AWK_SUB;
	case T_MUL_ASSIGN:
		return AWK_MUL;
	case T_DIV_ASSIGN:
		return AWK_DIV;
	case T_MOD_ASSIGN:
		return AWK_MOD;
	case T_POW_ASSIGN:
		return AWK_POW;
	}
	return -1;
}

static void mark_scalar(struct awk_parser *p, struct awk_node *e)
{
	if (e->op == AWK_VAR)
		p->a->syms[e->n].scalar = true;
	else if (e->op == AWK_LOCAL)
		p->func->params[e->n].scalar = true;
}

/**
 * awk_parse_postfix() - A primary and what follows it
 * @p: the parser
 * @assign: may "++", "--" and assignments follow?
 *
 * Return: its tree.
 */
struct awk_node *awk_parse_postfix(struct awk_parser *p, bool assign)
{
	struct awk_node *e, *l = primary(p);
	int op;

	if (!is_lvalue(l))
		return l;
	if (p->tok == T_INC || p->tok == T_DEC) {
		if (l->op == AWK_DOLLAR && !assign)
			return l;
		e = awk_node_new(p, p->tok == T_INC ? AWK_POSTINC : AWK_POSTDEC);
		e->a = l;
		mark_scalar(p, l);
		if (assign)
			awk_lex(p);
		return assign ? e : l;
	}
	op = assign_op(p->tok);
	if (!assign || (p->tok != '=' && op < 0))
		return l;
	mark_scalar(p, l);
	awk_lex(p);
	awk_skip_newlines(p);
	e = awk_node_binary(p, op < 0 ? AWK_ASSIGN : AWK_OPASSIGN, l, awk_parse_expr(p));
	e->sub = op;
	return e;
}
