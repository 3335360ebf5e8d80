/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * print.c - a tree as text again, laid out as bash does
 *
 * For jobs, and over more lines for `type` and `declare -f`.
 */
#include "sh.h"

#include <string.h>

#define DEPTH_MAX 60 /* what is nested deeper is shown as ... */

struct printer {
	struct sh_buf *b;
	bool function; /* in a function: lists and groups take several lines too */
	int indent;
	int depth;
	const struct sh_redir *here; /* bodies wait for the end of the line */
};

static void print(struct printer *p, const struct sh_node *node);

static void put(struct printer *p, const char *s)
{
	sh_buf_puts(p->b, s);
}

static void newline(struct printer *p)
{
	put(p, "\n");
	for (int i = 0; i < p->indent; i++)
		put(p, "    ");
}

static void words(struct printer *p, const struct sh_word *w)
{
	for (bool first = true; w; w = w->next, first = false) {
		if (!first)
			put(p, " ");
		put(p, w->text);
	}
}

static const char *redir_text(enum sh_redir_op op)
{
	static const char *const text[] = {
		[SH_REDIR_IN] = "< ",
		[SH_REDIR_OUT] = "> ",
		[SH_REDIR_CLOBBER] = ">| ",
		[SH_REDIR_APPEND] = ">> ",
		[SH_REDIR_RDWR] = "<> ",
		[SH_REDIR_DUP_IN] = "<&",
		[SH_REDIR_DUP_OUT] = ">&",
		[SH_REDIR_BOTH] = "&> ",
		[SH_REDIR_BOTH_APPEND] = "&>> ",
		[SH_REDIR_HERE] = "<<",
		[SH_REDIR_STRING] = "<<< ",
	};

	return text[op];
}

static void redirs(struct printer *p, const struct sh_redir *r, bool space)
{
	for (; r; r = r->next) {
		char fd[16] = "";
		int n = r->fd;

		if (space)
			put(p, " ");
		space = true;
		/* bash writes the descriptor of >& always */
		if (n < 0 && (r->op == SH_REDIR_DUP_OUT || r->op == SH_REDIR_DUP_IN))
			n = r->op == SH_REDIR_DUP_OUT;
		if (n >= 0) {
			fd[0] = (char)('0' + n / 10 % 10);
			fd[1] = (char)('0' + n % 10);
			put(p, n < 10 ? fd + 1 : fd);
		}
		put(p, redir_text(r->op));
		if (r->op == SH_REDIR_HERE) {
			put(p, r->strip ? "-" : "");
			put(p, r->quoted ? "'" : "");
			p->here = r;
		}
		put(p, r->target->text);
		if (r->op == SH_REDIR_HERE && r->quoted)
			put(p, "'");
	}
}

static void here_body(struct printer *p)
{
	const struct sh_redir *r = p->here;

	p->here = NULL;
	if (!r || !r->body)
		return;
	put(p, "\n");
	if (r->quoted)
		sh_buf_put(p->b, r->body->parts->text, r->body->parts->len);
	else
		put(p, r->body->text);
	put(p, r->target->text);
	put(p, "\n");
}

static void body(struct printer *p, const struct sh_node *node, bool semicolon)
{
	p->indent++;
	newline(p);
	print(p, node);
	if (semicolon)
		put(p, ";");
	p->indent--;
	newline(p);
}

static void list(struct printer *p, const struct sh_node *n)
{
	for (; n; n = n->next) {
		print(p, n);
		if (n->background)
			put(p, n->next ? " & " : " &");
		else if (p->here)
			here_body(p);
		else if (n->next)
			put(p, ";");
		if (n->next && !n->background) {
			if (p->function)
				newline(p);
			else
				put(p, " ");
		}
	}
}

static void print_if(struct printer *p, const struct sh_node *node)
{
	int depth = 0;

	for (;;) {
		put(p, "if ");
		print(p, node->a);
		put(p, "; then");
		body(p, node->b, true);
		if (!node->c)
			break;
		put(p, "else");
		if (node->c->type != SH_IF || depth >= DEPTH_MAX) {
			body(p, node->c, true);
			break;
		}
		p->indent++;
		newline(p);
		depth++;
		node = node->c;
	}
	put(p, "fi");
	while (depth--) {
		put(p, ";");
		p->indent--;
		newline(p);
		put(p, "fi");
	}
}

/* case word in, for name in words: what stands before the body */
static void print_head(struct printer *p, const struct sh_node *node)
{
	if (node->type == SH_CASE) {
		put(p, "case ");
		put(p, node->words->text);
		put(p, " in ");
		return;
	}
	put(p, node->type == SH_SELECT ? "select " : "for ");
	put(p, node->name);
	put(p, " in ");
	if (node->has_in)
		words(p, node->words);
	else
		put(p, "\"$@\"");
}

static void print_case(struct printer *p, const struct sh_node *node)
{
	print_head(p, node);
	p->indent++;
	for (const struct sh_case *c = node->items; c; c = c->next) {
		newline(p);
		for (const struct sh_word *w = c->patterns; w; w = w->next) {
			put(p, w->text);
			put(p, w->next ? " | " : ")");
		}
		p->indent++;
		newline(p);
		if (c->body)
			print(p, c->body);
		p->indent--;
		newline(p);
		put(p, c->end == SH_CASE_BREAK ? ";;" : c->end == SH_CASE_FALL ? ";&" : ";;&");
	}
	p->indent--;
	newline(p);
	put(p, "esac");
}

static void print_loop(struct printer *p, const struct sh_node *node)
{
	if (node->type == SH_FOR || node->type == SH_SELECT) {
		print_head(p, node);
		put(p, ";");
		newline(p);
		put(p, "do");
		body(p, node->a, true);
	} else if (node->type == SH_ARITHFOR) {
		put(p, "for ((");
		put(p, node->words->text);
		put(p, "; ");
		put(p, node->words->next->text);
		put(p, "; ");
		put(p, node->words->next->next->text);
		put(p, "))");
		newline(p);
		put(p, "do");
		body(p, node->a, true);
	} else {
		put(p, node->type == SH_WHILE ? "while " : "until ");
		print(p, node->a);
		put(p, "; do");
		body(p, node->b, true);
	}
	put(p, "done");
}

static void print_cond(struct printer *p, const struct sh_cond *c)
{
	if (!c || p->depth > DEPTH_MAX) {
		put(p, "...");
		return;
	}
	p->depth++;
	switch (c->type) {
	case SH_COND_AND:
	case SH_COND_OR:
		print_cond(p, c->a);
		put(p, c->type == SH_COND_AND ? " && " : " || ");
		print_cond(p, c->b);
		break;
	case SH_COND_NOT:
		put(p, "! ");
		print_cond(p, c->a);
		break;
	case SH_COND_PAREN:
		put(p, "( ");
		print_cond(p, c->a);
		put(p, " )");
		break;
	case SH_COND_UNARY:
		put(p, c->op);
		put(p, " ");
		put(p, c->left->text);
		break;
	case SH_COND_BINARY:
		put(p, c->left->text);
		put(p, " ");
		put(p, c->op);
		put(p, " ");
		put(p, c->right->text);
		break;
	}
	p->depth--;
}

static void print_simple(struct printer *p, const struct sh_node *node)
{
	words(p, node->assigns);
	if (node->assigns && node->words)
		put(p, " ");
	words(p, node->words);
}

static void print_compound(struct printer *p, const struct sh_node *node)
{
	switch ((int)node->type) {
	case SH_SUBSHELL:
		put(p, "( ");
		list(p, node->a->type == SH_LIST ? node->a->a : node->a);
		put(p, " )");
		break;
	case SH_GROUP:
		put(p, "{ ");
		if (p->function) {
			body(p, node->a, false);
		} else {
			print(p, node->a);
			put(p, "; ");
		}
		put(p, "}");
		break;
	case SH_IF:
		print_if(p, node);
		break;
	case SH_CASE:
		print_case(p, node);
		break;
	case SH_COND:
		put(p, "[[ ");
		print_cond(p, node->cond);
		put(p, " ]]");
		break;
	case SH_ARITH:
		put(p, "((");
		put(p, node->words->text);
		put(p, "))");
		break;
	default:
		print_loop(p, node);
	}
}

static void print_pipe(struct printer *p, const struct sh_node *node)
{
	put(p, node->timed ? "time " : "");
	put(p, node->bang ? "! " : "");
	for (const struct sh_node *n = node->a; n; n = n->next) {
		print(p, n);
		if (n->next)
			put(p, n->pipe_err ? " |& " : " | ");
	}
}

static void print(struct printer *p, const struct sh_node *node)
{
	if (p->depth > DEPTH_MAX) {
		put(p, "...");
		return;
	}
	p->depth++;
	switch (node->type) {
	case SH_SIMPLE:
		print_simple(p, node);
		break;
	case SH_PIPE:
		print_pipe(p, node);
		break;
	case SH_ANDOR:
		for (const struct sh_node *n = node->a; n; n = n->next) {
			put(p, n->join == SH_JOIN_AND  ? " && "
			       : n->join == SH_JOIN_OR ? " || "
						       : "");
			print(p, n);
		}
		break;
	case SH_LIST:
		list(p, node->a);
		break;
	case SH_FUNC:
		put(p, "function ");
		put(p, node->name);
		put(p, " () ");
		newline(p);
		print(p, node->a);
		break;
	default:
		print_compound(p, node);
	}
	redirs(p, node->redirs, node->type != SH_SIMPLE || node->words || node->assigns);
	p->depth--;
}

/**
 * sh_print_head() - A command as set -x and $BASH_COMMAND show it: without the body
 * @b: where to put the text
 * @node: the command
 */
void sh_print_head(struct sh_buf *b, const struct sh_node *node)
{
	struct printer p = { .b = b };

	if (node->type == SH_FOR || node->type == SH_SELECT || node->type == SH_CASE)
		print_head(&p, node);
	else
		print(&p, node);
}

/**
 * sh_print_node() - A command as `jobs` shows it
 * @b: where to put it
 * @node: the command
 */
void sh_print_node(struct sh_buf *b, const struct sh_node *node)
{
	struct printer p = { .b = b };

	print(&p, node);
}

/**
 * sh_print_function() - A function as `type` shows it
 * @b: where to put it
 * @name: its name
 * @node: its body
 */
void sh_print_function(struct sh_buf *b, const char *name, const struct sh_node *node)
{
	struct printer p = { .b = b, .function = true };

	put(&p, name);
	put(&p, " () \n");
	if (node->type == SH_GROUP) {
		print(&p, node);
	} else {
		put(&p, "{ ");
		body(&p, node, false);
		put(&p, "}");
	}
	put(&p, "\n");
}
