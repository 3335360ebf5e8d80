/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * parse_cmd.c - one command: simple or compound
 *
 * sh_parse_command()
 *   parse_if(), parse_loop(), parse_for(), parse_case(), parse_function()
 *   parse_simple()
 */
#include "parser.h"

#include <string.h>

static struct sh_node *unexpected(struct sh_parser *p)
{
	sh_unexpected(p);
	return NULL;
}

static bool take_reserved(struct sh_parser *p, const char *word)
{
	if (!sh_is_reserved(p, word)) {
		sh_expected(p, word);
		return false;
	}
	sh_next_token(p);
	return true;
}

static struct sh_node *parse_if(struct sh_parser *p)
{
	struct sh_node *first = sh_node_new(p, SH_IF), *node = first;

	for (;;) {
		sh_next_token(p);
		node->a = sh_parse_body(p, "then", NULL);
		if (!node->a)
			return NULL;
		node->b = sh_parse_body(p, NULL, "fi");
		if (!node->b)
			return NULL;
		if (!sh_is_reserved(p, "elif"))
			break;
		node->c = sh_node_new(p, SH_IF);
		node = node->c;
	}
	if (sh_is_reserved(p, "else")) {
		sh_next_token(p);
		node->c = sh_parse_body(p, NULL, "fi");
		if (!node->c)
			return NULL;
	}
	return take_reserved(p, "fi") ? first : NULL;
}

static struct sh_node *parse_loop(struct sh_parser *p, enum sh_node_type type)
{
	struct sh_node *node = sh_node_new(p, type);

	sh_next_token(p);
	node->a = sh_parse_body(p, "do", NULL);
	if (node->a)
		node->b = sh_parse_body(p, "done", NULL);
	return node->b ? node : NULL;
}

/* do LIST done, or { LIST } as bash allows behind for */
static struct sh_node *parse_do(struct sh_parser *p)
{
	if (!p->dash && sh_is_reserved(p, "{")) {
		sh_next_token(p);
		return sh_parse_body(p, "}", NULL);
	}
	if (!take_reserved(p, "do"))
		return NULL;
	return sh_parse_body(p, "done", NULL);
}

/* The expression up to the delimiter, which is taken; spaces around it do not count. */
static struct sh_word *arith_word(struct sh_parser *p, enum sh_mode mode)
{
	while (sh_cur(p) == ' ' || sh_cur(p) == '\t' || sh_cur(p) == '\n')
		sh_adv(p);
	return sh_read_word(p, mode);
}

static bool take_double_paren(struct sh_parser *p)
{
	if (sh_cur(p) == -1) {
		sh_fail_eof(p, 0, ')');
		return false;
	}
	if (sh_cur(p) != ')' || sh_peek(p, 1) != ')') {
		sh_fail(p, p->line, "syntax error: arithmetic expression required");
		return false;
	}
	sh_adv(p);
	sh_adv(p);
	p->have_tok = false;
	return true;
}

static struct sh_node *parse_arith_for(struct sh_parser *p, struct sh_node *node)
{
	struct sh_word **tail = &node->words;

	/* the token at hand is the first ( */
	node->type = SH_ARITHFOR;
	sh_adv(p);
	for (int i = 0; i < 3; i++) {
		*tail = arith_word(p, MODE_ARITH_SEMI);
		tail = &(*tail)->next;
		if (i < 2 && sh_cur(p) != ';') {
			sh_fail(p, p->line, "syntax error: arithmetic expression required");
			return NULL;
		}
		if (i < 2)
			sh_adv(p);
	}
	if (!take_double_paren(p))
		return NULL;
	if (sh_token(p)->type == TOK_SEMI)
		sh_next_token(p);
	sh_skip_newlines(p);
	node->a = parse_do(p);
	return node->a ? node : NULL;
}

static bool is_variable(const struct sh_token *t)
{
	const char *s = t->type == TOK_WORD && t->word->plain ? t->word->text : "";

	if (!sh_name_start((unsigned char)*s))
		return false;
	while (sh_name_char((unsigned char)*s))
		s++;
	return !*s;
}

/* for and select */
static struct sh_node *parse_for(struct sh_parser *p, enum sh_node_type type)
{
	struct sh_node *node = sh_node_new(p, type);
	struct sh_word **tail = &node->words;

	sh_next_token(p);
	if (p->dash && !is_variable(sh_token(p))) {
		sh_fail(p, p->line, "Syntax error: Bad for loop variable");
		return NULL;
	}
	if (type == SH_FOR && sh_token(p)->type == TOK_LPAREN && sh_cur(p) == '(')
		return parse_arith_for(p, node);
	if (sh_token(p)->type != TOK_WORD)
		return unexpected(p);
	node->name = p->tok.word->text;
	sh_next_token(p);
	if (sh_token(p)->type == TOK_SEMI)
		sh_next_token(p);
	sh_skip_newlines(p);
	if (sh_is_reserved(p, "in")) {
		node->has_in = true;
		sh_next_token(p);
		while (sh_token(p)->type == TOK_WORD) {
			*tail = p->tok.word;
			tail = &(*tail)->next;
			sh_next_token(p);
		}
		if (p->tok.type != TOK_SEMI && p->tok.type != TOK_NEWLINE)
			return unexpected(p);
		sh_next_token(p);
		sh_skip_newlines(p);
	}
	node->a = parse_do(p);
	return node->a ? node : NULL;
}

static bool parse_case_item(struct sh_parser *p, struct sh_case ***tail)
{
	struct sh_case *item = sh_pool_alloc(p->pool, sizeof(*item));
	struct sh_word **pat = &item->patterns;
	enum sh_tok t;

	if (sh_token(p)->type == TOK_LPAREN)
		sh_next_token(p);
	for (;;) {
		if (sh_token(p)->type != TOK_WORD && !p->dash) {
			sh_unexpected(p);
			return false;
		}
		if (sh_token(p)->type == TOK_WORD) {
			*pat = p->tok.word;
			pat = &(*pat)->next;
		}
		sh_next_token(p);
		if (sh_token(p)->type != TOK_PIPE)
			break;
		sh_next_token(p);
	}
	if (sh_token(p)->type != TOK_RPAREN) {
		sh_expected(p, ")");
		return false;
	}
	sh_next_token(p);
	sh_skip_newlines(p);
	t = sh_token(p)->type;
	if (p->dash ? !sh_list_ends(p)
		    : t != TOK_DSEMI && t != TOK_SEMI_AMP && t != TOK_DSEMI_AMP &&
			      !sh_is_reserved(p, "esac")) {
		item->body = sh_parse_list(p, true);
		if (!item->body)
			return false;
	}
	**tail = item;
	*tail = &item->next;
	t = sh_token(p)->type;
	if (t != TOK_DSEMI && t != TOK_SEMI_AMP && t != TOK_DSEMI_AMP) {
		if (!sh_is_reserved(p, "esac"))
			sh_expected(p, ";;");
		return !p->failed;
	}
	item->end = t == TOK_DSEMI	? SH_CASE_BREAK
		    : t == TOK_SEMI_AMP ? SH_CASE_FALL
					: SH_CASE_NEXT;
	sh_next_token(p);
	sh_skip_newlines(p);
	return true;
}

static struct sh_node *parse_case(struct sh_parser *p)
{
	struct sh_node *node = sh_node_new(p, SH_CASE);
	struct sh_case **tail = &node->items;

	sh_next_token(p);
	if (sh_token(p)->type != TOK_WORD) {
		sh_expected(p, "word");
		return NULL;
	}
	node->words = p->tok.word;
	sh_next_token(p);
	sh_skip_newlines(p);
	if (!take_reserved(p, "in"))
		return NULL;
	sh_skip_newlines(p);
	while (!sh_is_reserved(p, "esac")) {
		if (!parse_case_item(p, &tail))
			return NULL;
	}
	sh_next_token(p);
	return node;
}

static struct sh_node *parse_paren(struct sh_parser *p)
{
	struct sh_node *node = sh_node_new(p, SH_SUBSHELL);

	if (sh_cur(p) == '(' && !p->dash) {
		size_t pos = p->pos, line_start = p->line_start;
		unsigned int line = p->line;

		sh_adv(p);
		node->words = arith_word(p, MODE_ARITH);
		if (!p->failed && sh_cur(p) == ')' && sh_peek(p, 1) == ')') {
			node->type = SH_ARITH;
			return take_double_paren(p) ? node : NULL;
		}
		if (p->failed)
			return NULL;
		/* ( ( a ); b ) after all */
		p->pos = pos;
		p->line = line;
		p->line_start = line_start;
		node->words = NULL;
	}
	sh_next_token(p);
	node->a = sh_parse_body(p, NULL, ")");
	if (!node->a)
		return NULL;
	if (sh_token(p)->type != TOK_RPAREN) {
		sh_expected(p, ")");
		return NULL;
	}
	sh_next_token(p);
	return node;
}

static struct sh_node *parse_group(struct sh_parser *p)
{
	struct sh_node *node = sh_node_new(p, SH_GROUP);

	sh_next_token(p);
	node->a = sh_parse_body(p, "}", NULL);
	return node->a ? node : NULL;
}

static struct sh_node *function_body(struct sh_parser *p, struct sh_node *node)
{
	struct sh_node *body;

	sh_skip_newlines(p);
	body = sh_parse_command(p);
	if (!body)
		return NULL;
	if (!p->dash && (body->type == SH_SIMPLE || body->type == SH_FUNC)) {
		sh_fail(p, node->line,
			"syntax error: a function's body must be a compound command");
		return NULL;
	}
	node->a = body;
	return node;
}

static struct sh_node *parse_function(struct sh_parser *p)
{
	struct sh_node *node = sh_node_new(p, SH_FUNC);

	sh_next_token(p);
	if (sh_token(p)->type != TOK_WORD)
		return unexpected(p);
	node->name = p->tok.word->text;
	sh_next_token(p);
	if (sh_token(p)->type == TOK_LPAREN) {
		sh_next_token(p);
		if (sh_token(p)->type != TOK_RPAREN)
			return unexpected(p);
		sh_next_token(p);
	}
	return function_body(p, node);
}

static bool compound_follows(struct sh_parser *p)
{
	static const char *const words[] = { "if",   "while", "until", "for",	  "select",
					     "case", "{",     "[[",    "function" };

	if (sh_token(p)->type == TOK_LPAREN)
		return true;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (sh_is_reserved(p, words[i]))
			return true;
	}
	return false;
}

/* name() ...: the parenthesis is at hand. */
static struct sh_node *parse_function_paren(struct sh_parser *p, struct sh_node *node)
{
	struct sh_token name = { .type = TOK_WORD, .word = node->words };

	node->type = SH_FUNC;
	node->name = node->words->text;
	node->words = NULL;
	sh_next_token(p);
	if (sh_token(p)->type != TOK_RPAREN) {
		sh_expected(p, ")");
		return NULL;
	}
	if (p->dash && (!is_variable(&name) || sh_dash_special(node->name))) {
		sh_fail(p, p->line, "Syntax error: Bad function name");
		return NULL;
	}
	sh_next_token(p);
	sh_skip_newlines(p);
	if (!p->dash && !compound_follows(p))
		return unexpected(p);
	return function_body(p, node);
}

static bool takes_arrays(const struct sh_word *command)
{
	static const char *const names[] = { "declare", "typeset", "local", "export", "readonly" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (!strcmp(command->text, names[i]))
			return true;
	}
	return false;
}

/* bash gives a command the line it stands on when it has looked at the second word. */
static unsigned int line_behind(struct sh_parser *p)
{
	const struct sh_token *t = sh_token(p);

	return t->type == TOK_NEWLINE ? t->line : p->line;
}

static struct sh_node *parse_simple(struct sh_parser *p)
{
	struct sh_node *node = sh_node_new(p, SH_SIMPLE);
	struct sh_word **words = &node->words, **assigns = &node->assigns;
	struct sh_redir **redirs = &node->redirs;
	bool first = true;

	for (;;) {
		enum sh_tok t;

		t = sh_token(p)->type;
		if (t == TOK_WORD) {
			struct sh_word *w = p->tok.word;

			if (!node->words && w->assign) {
				*assigns = w;
				assigns = &w->next;
			} else {
				if (!node->words)
					p->array_ok = takes_arrays(w);
				*words = w;
				words = &w->next;
			}
			if (first && p->dash)
				node->line = p->line;
			sh_next_token(p);
			if (p->alias && (!node->words || p->alias_next)) {
				p->alias_next = false;
				sh_expand_alias(p);
			}
			if (first && !p->dash)
				node->line = line_behind(p);
			first = false;
		} else if (t == TOK_LPAREN && node->words && !node->words->next && !node->assigns &&
			   !node->redirs) {
			return parse_function_paren(p, node);
		} else if (!sh_parse_redir(p, &redirs)) {
			break;
		}
	}
	if (p->failed)
		return NULL;
	if (!node->words && !node->assigns && !node->redirs)
		return unexpected(p);
	return node;
}

/* Words that are no commands by themselves: "then" without if. */
static bool misplaced(struct sh_parser *p)
{
	static const char *const words[] = { "then", "elif", "else", "fi", "do",
					     "done", "esac", "}",    "in" };

	for (size_t i = 0; i + 1 < sizeof(words) / sizeof(words[0]); i++) {
		if (sh_is_reserved(p, words[i]))
			return true;
	}
	return false;
}

static struct sh_node *parse_compound(struct sh_parser *p)
{
	if (sh_token(p)->type == TOK_LPAREN)
		return parse_paren(p);
	if (sh_is_reserved(p, "if"))
		return parse_if(p);
	if (sh_is_reserved(p, "while"))
		return parse_loop(p, SH_WHILE);
	if (sh_is_reserved(p, "until"))
		return parse_loop(p, SH_UNTIL);
	if (sh_is_reserved(p, "for"))
		return parse_for(p, SH_FOR);
	if (sh_is_reserved(p, "select"))
		return parse_for(p, SH_SELECT);
	if (sh_is_reserved(p, "case"))
		return parse_case(p);
	if (sh_is_reserved(p, "{"))
		return parse_group(p);
	if (sh_is_reserved(p, "[["))
		return sh_parse_cond(p);
	return parse_function(p);
}

/**
 * sh_parse_command() - One command, with its redirections
 * @p: the parser
 *
 * Return: the command; NULL after an error.
 */
struct sh_node *sh_parse_command(struct sh_parser *p)
{
	struct sh_node *node = NULL;
	struct sh_redir **tail;

	if (!sh_enter(p)) {
		sh_leave(p);
		return NULL;
	}
	p->array_ok = true;
	if (p->alias)
		sh_expand_alias(p);
	if (p->have_tok && p->tok.type == TOK_WORD && p->tok.word->assign && sh_cur(p) == '(') {
		/* the word was read before it was known that an array may follow */
		p->have_tok = false;
		p->pos = p->tok.start;
		p->line = p->tok.line;
	}
	if (sh_is_reserved(p, "coproc")) {
		sh_fail(p, p->line, "%s", p->tok.word->text);
		p->not_modelled = true;
	} else if (p->dash ? sh_dash_misplaced(p) : misplaced(p)) {
		sh_unexpected(p);
	} else if (compound_follows(p)) {
		node = parse_compound(p);
		if (node && node->type != SH_FUNC) {
			tail = &node->redirs;
			while (sh_parse_redir(p, &tail))
				;
		}
	} else {
		node = parse_simple(p);
	}
	sh_leave(p);
	p->array_ok = false;
	return p->failed ? NULL : node;
}
