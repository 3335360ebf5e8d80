/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * parse.c - rules, functions and statements of awk
 *
 * awk_parse()
 *   item()
 *     statement()
 *       awk_parse_expr()
 *   settle_calls()
 */
#include "awk.h"

static struct awk_node *statement(struct awk_parser *p);

/**
 * awk_skip_newlines() - Goes over line ends where they mean nothing
 * @p: the parser
 */
void awk_skip_newlines(struct awk_parser *p)
{
	while (p->tok == '\n')
		awk_lex(p);
}

/**
 * awk_expect() - The token at hand must be this one
 * @p: the parser
 * @tok: the token; the next one is at hand then
 */
void awk_expect(struct awk_parser *p, int tok)
{
	if (p->tok != tok)
		awk_syntax_error(p);
	awk_lex(p);
}

/* ";", a line end, or a "}" that stays at hand */
static void end_of_statement(struct awk_parser *p)
{
	if (p->tok == ';' || p->tok == '\n')
		awk_lex(p);
	else if (p->tok != '}')
		awk_syntax_error(p);
}

static struct awk_node *block(struct awk_parser *p)
{
	struct awk_node *b = awk_node_new(p, AWK_BLOCK), **tail = &b->a;

	awk_expect(p, '{');
	for (;;) {
		while (p->tok == '\n' || p->tok == ';')
			awk_lex(p);
		if (p->tok == '}')
			break;
		*tail = statement(p);
		tail = &(*tail)->next;
	}
	awk_lex(p);
	return b;
}

/* The body of if, else, while, for, do: a lone ";" is an empty one. */
static struct awk_node *body(struct awk_parser *p)
{
	awk_skip_newlines(p);
	if (p->tok == ';') {
		awk_lex(p);
		return awk_node_new(p, AWK_BLOCK);
	}
	return statement(p);
}

static struct awk_node *loop_body(struct awk_parser *p)
{
	struct awk_node *b;

	p->loops++;
	b = body(p);
	p->loops--;
	return b;
}

static struct awk_node *condition(struct awk_parser *p)
{
	struct awk_node *e;

	awk_expect(p, '(');
	e = awk_parse_expr(p);
	awk_expect(p, ')');
	return e;
}

static struct awk_node *print(struct awk_parser *p)
{
	struct awk_node *s = awk_node_new(p, p->tok == T_PRINT ? AWK_PRINT : AWK_PRINTF);
	bool no_gt = p->no_gt;

	awk_lex(p);
	p->no_gt = true;
	if (p->tok != ';' && p->tok != '\n' && p->tok != '}' && p->tok != '>' && p->tok != '|' &&
	    p->tok != T_APPEND && p->tok != T_EOF)
		s->a = awk_parse_list(p);
	p->no_gt = no_gt;
	if (s->a && !s->a->next && s->a->op == AWK_GROUP)
		s->a = s->a->a;
	if (s->op == AWK_PRINTF && !s->a)
		awk_compile_error(p, "no arguments in call to printf");
	if (p->tok == '>' || p->tok == T_APPEND || p->tok == '|') {
		s->sub = p->tok == T_APPEND ? 'A' : p->tok;
		awk_lex(p);
		s->b = awk_parse_expr(p);
	}
	end_of_statement(p);
	return s;
}

static struct awk_node *if_else(struct awk_parser *p)
{
	struct awk_node *s = awk_node_new(p, AWK_IF);
	struct awk_parser here;

	awk_lex(p);
	s->a = condition(p);
	s->b = body(p);
	here = *p;
	while (p->tok == '\n' || p->tok == ';')
		awk_lex(p);
	if (p->tok != T_ELSE) {
		here.calls = p->calls;
		*p = here;
		return s;
	}
	awk_lex(p);
	s->c = body(p);
	return s;
}

static struct awk_node *do_while(struct awk_parser *p)
{
	struct awk_node *s = awk_node_new(p, AWK_DO);

	awk_lex(p);
	s->b = loop_body(p);
	while (p->tok == '\n' || p->tok == ';')
		awk_lex(p);
	awk_expect(p, T_WHILE);
	s->a = condition(p);
	end_of_statement(p);
	return s;
}

/* for (name in array) */
static struct awk_node *for_in(struct awk_parser *p)
{
	struct awk_node *s = awk_node_new(p, AWK_FORIN);

	s->a = awk_parse_lvalue(p);
	awk_lex(p);
	if (p->tok != T_NAME)
		awk_syntax_error(p);
	s->b = awk_parse_symbol(p, p->name, true);
	awk_lex(p);
	awk_expect(p, ')');
	s->c = loop_body(p);
	return s;
}

static struct awk_node *simple_for(struct awk_parser *p, int end)
{
	struct awk_node *s = NULL;

	if (p->tok != end) {
		s = awk_node_new(p, AWK_EXPR);
		s->a = awk_parse_expr(p);
	}
	awk_expect(p, end);
	if (end == ';')
		awk_skip_newlines(p);
	return s;
}

static struct awk_node *for_loop(struct awk_parser *p)
{
	struct awk_node *s;
	struct awk_parser here;

	awk_lex(p);
	awk_expect(p, '(');
	here = *p;
	if (p->tok == T_NAME) {
		bool in;

		awk_lex(p);
		in = p->tok == T_IN;
		if (in) {
			awk_lex(p);
			awk_lex(p);
			in = p->tok == ')';
		}
		*p = here;
		if (in)
			return for_in(p);
	}
	s = awk_node_new(p, AWK_FOR);
	s->a = simple_for(p, ';');
	s->b = simple_for(p, ';');
	s->c = simple_for(p, ')');
	s->d = loop_body(p);
	return s;
}

static struct awk_node *delete (struct awk_parser *p)
{
	struct awk_node *s = awk_node_new(p, AWK_DELETE);
	const char *name;

	awk_lex(p);
	if (p->tok != T_NAME)
		awk_syntax_error(p);
	name = p->name;
	awk_lex(p);
	s->b = awk_parse_symbol(p, name, true);
	if (p->tok == '[') {
		awk_lex(p);
		s->a = awk_parse_list(p);
		awk_expect(p, ']');
	}
	end_of_statement(p);
	return s;
}

/* break, continue, next, nextfile, exit, return */
static struct awk_node *jump(struct awk_parser *p)
{
	static const struct {
		int tok;
		enum awk_op op;
	} ops[] = {
		{ T_BREAK, AWK_BREAK }, { T_CONTINUE, AWK_CONTINUE },
		{ T_NEXT, AWK_NEXT },	{ T_NEXTFILE, AWK_NEXTFILE },
		{ T_EXIT, AWK_EXIT },	{ T_RETURN, AWK_RETURN },
	};
	struct awk_node *s = awk_node_new(p, AWK_BREAK);

	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		if (ops[i].tok == p->tok)
			s->op = ops[i].op;
	}
	if ((s->op == AWK_BREAK || s->op == AWK_CONTINUE) && !p->loops)
		awk_compile_error(p, s->op == AWK_BREAK ? "break statement outside of loop"
							: "continue statement outside of loop");
	if ((s->op == AWK_NEXT || s->op == AWK_NEXTFILE) && (p->in_begin_end || p->func))
		awk_compile_error(p, s->op == AWK_NEXT ? "improper use of next"
						       : "improper use of nextfile");
	if (s->op == AWK_RETURN && !p->func)
		awk_compile_error(p, "return outside function body");
	awk_lex(p);
	if ((s->op == AWK_EXIT || s->op == AWK_RETURN) && p->tok != ';' && p->tok != '\n' &&
	    p->tok != '}')
		s->a = awk_parse_expr(p);
	end_of_statement(p);
	return s;
}

static struct awk_node *while_loop(struct awk_parser *p)
{
	struct awk_node *s = awk_node_new(p, AWK_WHILE);

	awk_lex(p);
	s->a = condition(p);
	if (p->tok == ';') {
		awk_lex(p);
		s->b = awk_node_new(p, AWK_BLOCK);
		return s;
	}
	s->b = loop_body(p);
	return s;
}

static struct awk_node *statement_of(struct awk_parser *p)
{
	struct awk_node *s;

	switch (p->tok) {
	case '{':
		return block(p);
	case T_PRINT:
	case T_PRINTF:
		return print(p);
	case T_IF:
		return if_else(p);
	case T_WHILE:
		return while_loop(p);
	case T_DO:
		return do_while(p);
	case T_FOR:
		return for_loop(p);
	case T_DELETE:
		return delete (p);
	case T_BREAK:
	case T_CONTINUE:
	case T_NEXT:
	case T_NEXTFILE:
	case T_EXIT:
	case T_RETURN:
		return jump(p);
	}
	s = awk_node_new(p, AWK_EXPR);
	s->a = awk_parse_expr(p);
	end_of_statement(p);
	return s;
}

static struct awk_node *statement(struct awk_parser *p)
{
	struct awk_node *s;

	awk_enter(p);
	s = statement_of(p);
	p->depth--;
	return s;
}

static void function(struct awk_parser *p)
{
	struct awk_func *f;
	char text[160];

	awk_lex(p);
	if (p->tok != T_NAME && p->tok != T_FUNC_NAME)
		awk_syntax_error(p);
	f = awk_find_func(p, p->name, true);
	if (f->defined)
		awk_syntax_error(p);
	f->defined = true;
	awk_lex(p);
	awk_expect(p, '(');
	while (p->tok != ')') {
		if (p->tok != T_NAME)
			awk_syntax_error(p);
		if (f->nparams == AWK_PARAM_MAX)
			prog_exit(p->a->task,
				  ng_not_modelled(p->a->task,
						  "awk functions with more than %d parameters",
						  AWK_PARAM_MAX));
		for (int i = 0; i < f->nparams; i++) {
			if (strcmp(f->params[i].name, p->name))
				continue;
			text[0] = '\0';
			strncat(text, p->name, 100);
			awk_compile_error(p, strcat(text, " is duplicated in argument list"));
		}
		f->params[f->nparams++].name = p->name;
		awk_lex(p);
		if (p->tok != ',')
			break;
		awk_lex(p);
		awk_skip_newlines(p);
	}
	awk_expect(p, ')');
	awk_skip_newlines(p);
	p->func = f;
	f->body = block(p);
	p->func = NULL;
}

static void append(struct awk_rule **list, struct awk_rule *r)
{
	while (*list)
		list = &(*list)->next;
	*list = r;
}

/* A rule or a function. */
static void item(struct awk_parser *p)
{
	struct awk_rule *r;

	if (p->tok == T_FUNCTION) {
		function(p);
		return;
	}
	r = ng_task_alloc(p->a->task, sizeof(*r));
	if (p->tok == T_BEGIN || p->tok == T_END) {
		append(p->tok == T_BEGIN ? &p->a->begin : &p->a->end, r);
		awk_lex(p);
		if (p->tok != '{')
			awk_syntax_error(p);
		p->in_begin_end = true;
		r->body = block(p);
		p->in_begin_end = false;
		return;
	}
	append(&p->a->main, r);
	if (p->tok != '{') {
		r->from = awk_parse_expr(p);
		if (p->tok == ',') {
			awk_lex(p);
			awk_skip_newlines(p);
			r->to = awk_parse_expr(p);
		}
	}
	if (p->tok == '{')
		r->body = block(p);
	else if (p->tok != '\n' && p->tok != ';' && p->tok != T_EOF)
		awk_syntax_error(p);
}

static struct awk_sym *symbol_of(struct awk_parser *p, const struct awk_call *c,
				 const struct awk_node *e)
{
	if (e->op == AWK_VAR)
		return &p->a->syms[e->n];
	return e->op == AWK_LOCAL && c->caller ? &c->caller->params[e->n] : NULL;
}

static void check_call(struct awk_parser *p, const struct awk_call *c)
{
	char text[160] = "";

	if (!c->node->fn->defined) {
		strcat(text, "function ");
		strncat(text, c->node->fn->name, 100);
		awk_compile_error(p, strcat(text, " never defined"));
	}
	if (c->node->n > c->node->fn->nparams) {
		p->line = c->line;
		strcat(text, "too many arguments in call to ");
		awk_compile_error(p, strncat(text, c->node->fn->name, 100));
	}
}

/* Which parameters and which names in calls are arrays: until nothing new is learnt. */
static void settle_calls(struct awk_parser *p)
{
	bool again = true;

	for (struct awk_call *c = p->calls; c; c = c->next)
		check_call(p, c);
	while (again) {
		again = false;
		for (struct awk_call *c = p->calls; c; c = c->next) {
			int i = 0;

			for (struct awk_node *e = c->node->a; e; e = e->next, i++) {
				struct awk_sym *sym = symbol_of(p, c, e),
					       *param = &c->node->fn->params[i];

				if (!sym || sym->array == param->array)
					continue;
				sym->array = param->array = true;
				again = true;
			}
		}
	}
}

/**
 * awk_parse() - Makes the tree of a program
 * @a: gets its rules and functions
 * @text: the program
 * @len: its length
 */
void awk_parse(struct awk *a, const char *text, size_t len)
{
	struct awk_parser p = { .a = a, .text = text, .end = text + len, .pos = text, .line = 1 };

	awk_lex(&p);
	for (;;) {
		while (p.tok == '\n' || p.tok == ';')
			awk_lex(&p);
		if (p.tok == T_EOF)
			break;
		item(&p);
	}
	settle_calls(&p);
}
