/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * expr.c - where to stop, as an expression
 *
 *	or    = and { "||" and }
 *	and   = not { "&&" not }
 *	not   = "!" not | "(" or ")" | term
 *	term  = NAME [ ("==" | "!=" | "~" | "<" | ">" | "<=" | ">=") VALUE ]
 *
 * A name alone holds for events of that kind (drop, nat, dev-out) and for those
 * with a field of that name that is not empty or 0. A field an event has not makes every
 * comparison false.
 */
#include "step.h"

#include <string.h>

#define DEPTH_MAX 50

enum op { OP_OR, OP_AND, OP_NOT, OP_HAS, OP_EQ, OP_NE, OP_IN, OP_LT, OP_GT, OP_LE, OP_GE };

struct step_expr {
	enum op op;
	struct step_expr *a, *b;
	char *name, *value;
};

struct parser {
	const char *at;
	char *why;
	unsigned int depth;
};

static struct step_expr *parse_or(struct parser *p);

/**
 * step_expr_free() - Forgets it
 * @e: or NULL
 */
void step_expr_free(struct step_expr *e)
{
	if (!e)
		return;
	step_expr_free(e->a);
	step_expr_free(e->b);
	g_free(e->name);
	g_free(e->value);
	g_free(e);
}

static struct step_expr *node(enum op op, struct step_expr *a, struct step_expr *b)
{
	struct step_expr *e = g_new0(struct step_expr, 1);

	e->op = op;
	e->a = a;
	e->b = b;
	return e;
}

static struct step_expr *fail(struct parser *p, const char *what)
{
	if (!p->why)
		p->why = g_strdup_printf("%s at \"%s\"", what, p->at);
	return NULL;
}

static void skip_blanks(struct parser *p)
{
	while (g_ascii_isspace(*p->at))
		p->at++;
}

static bool take(struct parser *p, const char *word)
{
	skip_blanks(p);
	if (!g_str_has_prefix(p->at, word))
		return false;
	p->at += strlen(word);
	return true;
}

static char *take_word(struct parser *p, const char *extra)
{
	const char *begin;

	skip_blanks(p);
	if (*p->at == '"' || *p->at == '\'') {
		const char *end = strchr(p->at + 1, *p->at);

		begin = p->at + 1;
		if (!end)
			return NULL;
		p->at = end + 1;
		return g_strndup(begin, (gsize)(end - begin));
	}
	begin = p->at;
	while (*p->at && (g_ascii_isalnum(*p->at) || strchr(extra, *p->at)))
		p->at++;
	return p->at > begin ? g_strndup(begin, (gsize)(p->at - begin)) : NULL;
}

static struct step_expr *parse_term(struct parser *p)
{
	static const struct {
		const char *text;
		enum op op;
	} ops[] = { { "==", OP_EQ }, { "!=", OP_NE }, { "<=", OP_LE }, { ">=", OP_GE },
		    { "<", OP_LT },  { ">", OP_GT },  { "~", OP_IN },  { "=", OP_EQ } };
	char *name = take_word(p, "_-.");
	struct step_expr *e;

	if (!name)
		return fail(p, "a name is missing");
	e = node(OP_HAS, NULL, NULL);
	e->name = name;
	for (size_t i = 0; i < G_N_ELEMENTS(ops); i++) {
		if (!take(p, ops[i].text))
			continue;
		e->op = ops[i].op;
		e->value = take_word(p, "_-./:*");
		if (e->value)
			return e;
		step_expr_free(e);
		return fail(p, "a value is missing");
	}
	return e;
}

static struct step_expr *parse_not(struct parser *p)
{
	struct step_expr *e;

	if (++p->depth > DEPTH_MAX)
		return fail(p, "too deep");
	skip_blanks(p);
	if (p->at[0] == '!' && p->at[1] != '=') {
		p->at++;
		e = parse_not(p);
		e = e ? node(OP_NOT, e, NULL) : NULL;
	} else if (take(p, "(")) {
		e = parse_or(p);
		if (e && !take(p, ")")) {
			step_expr_free(e);
			e = fail(p, "\")\" is missing");
		}
	} else {
		e = parse_term(p);
	}
	p->depth--;
	return e;
}

static struct step_expr *parse_chain(struct parser *p, enum op op, const char *word,
				     struct step_expr *(*next)(struct parser *))
{
	struct step_expr *e = next(p), *right;

	while (e && take(p, word)) {
		right = next(p);
		if (!right) {
			step_expr_free(e);
			return NULL;
		}
		e = node(op, e, right);
	}
	return e;
}

static struct step_expr *parse_and(struct parser *p)
{
	return parse_chain(p, OP_AND, "&&", parse_not);
}

static struct step_expr *parse_or(struct parser *p)
{
	return parse_chain(p, OP_OR, "||", parse_and);
}

/**
 * step_expr_new() - Reads an expression
 * @text: the expression
 * @ret_why: what is wrong with it, to be freed
 *
 * Return: the expression, or NULL.
 */
struct step_expr *step_expr_new(const char *text, char **ret_why)
{
	struct parser p = { .at = text };
	struct step_expr *e = parse_or(&p);

	skip_blanks(&p);
	if (e && *p.at) {
		step_expr_free(e);
		e = fail(&p, "not understood");
	}
	*ret_why = p.why;
	return e;
}

static bool is_number(const char *s, int64_t *ret)
{
	char *end;

	*ret = g_ascii_strtoll(s, &end, 0);
	return end > s && !*end;
}

static int compare(const char *a, const char *b)
{
	int64_t x, y;

	if (is_number(a, &x) && is_number(b, &y))
		return x < y ? -1 : x > y;
	return g_ascii_strcasecmp(a, b);
}

static bool contains(const char *text, const char *part)
{
	g_autofree char *a = g_ascii_strdown(text, -1);
	g_autofree char *b = g_ascii_strdown(part, -1);

	return strstr(a, b);
}

static bool term_holds(const struct step_expr *e, const struct ng_trace_event *ev)
{
	g_autofree char *value = step_field(ev, e->name);

	if (e->op == OP_HAS)
		return !g_ascii_strcasecmp(ng_trace_info(ev->kind)->name, e->name) ||
		       (value && *value && strcmp(value, "0") != 0);
	if (!value)
		return false;
	switch (e->op) {
	case OP_EQ:
		return !compare(value, e->value);
	case OP_NE:
		return compare(value, e->value);
	case OP_IN:
		return contains(value, e->value);
	case OP_LT:
		return compare(value, e->value) < 0;
	case OP_GT:
		return compare(value, e->value) > 0;
	case OP_LE:
		return compare(value, e->value) <= 0;
	case OP_GE:
		return compare(value, e->value) >= 0;
	case OP_OR:
	case OP_AND:
	case OP_NOT:
	case OP_HAS:
		break;
	}
	return false;
}

/**
 * step_expr_holds() - Is it true of an event?
 * @e: the expression
 * @ev: the event
 */
bool step_expr_holds(const struct step_expr *e, const struct ng_trace_event *ev)
{
	if (e->op == OP_OR)
		return step_expr_holds(e->a, ev) || step_expr_holds(e->b, ev);
	if (e->op == OP_AND)
		return step_expr_holds(e->a, ev) && step_expr_holds(e->b, ev);
	if (e->op == OP_NOT)
		return !step_expr_holds(e->a, ev);
	return term_holds(e, ev);
}
