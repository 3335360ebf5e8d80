/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * parse.c - complete commands, lists, pipelines and redirections
 *
 * sh_parse_next()
 *   sh_parse_list()
 *     parse_andor()
 *       parse_pipeline()
 *         sh_parse_command()     parse_cmd.c
 */
#include "parser.h"

#include <stdlib.h>
#include <string.h>

/**
 * sh_parser_new() - A parser without input
 *
 * Return: the parser; sh_parser_free() ends it.
 */
struct sh_parser *sh_parser_new(void)
{
	struct sh_parser *p = sh_xalloc(sizeof(*p));

	p->line = 1;
	p->text = "";
	p->pending_tail = &p->pending;
	return p;
}

/**
 * sh_parser_free() - Ends a parser
 * @p: the parser, or NULL
 */
void sh_parser_free(struct sh_parser *p)
{
	if (!p)
		return;
	sh_pool_fini(&p->error_pool);
	sh_tree_put(p->tree);
	free(p->own);
	free(p);
}

/**
 * sh_parser_text() - Gives a parser its whole input
 * @p: the parser
 * @text: copied, without NUL bytes
 * @len: bytes; what is beyond SH_TEXT_MAX is an error of the last line
 */
void sh_parser_text(struct sh_parser *p, const char *text, size_t len)
{
	size_t k = 0;

	p->own = sh_xrealloc(p->own, len + 1);
	for (size_t i = 0; i < len; i++) {
		if (text[i])
			p->own[k++] = text[i];
	}
	p->own[k] = '\0';
	p->text = p->own;
	p->len = k;
	p->eof = true;
}

/**
 * sh_parser_reader() - Gives a parser an input that is read as it is needed
 * @p: the parser
 * @read: gives up to so many bytes at a time
 * @arg: its argument
 */
void sh_parser_reader(struct sh_parser *p, sh_read_fn read, void *arg)
{
	p->read = read;
	p->read_arg = arg;
}

/**
 * sh_parser_aliases() - Lets words of commands stand for something else
 * @p: the parser
 * @fn: gives what a word stands for, or NULL
 * @arg: given to it
 */
void sh_parser_aliases(struct sh_parser *p, const char *(*fn)(void *arg, const char *name),
		       void *arg)
{
	p->alias = fn;
	p->alias_arg = arg;
}

/**
 * sh_parser_dash() - The input is read as dash reads it
 * @p: the parser
 */
void sh_parser_dash(struct sh_parser *p)
{
	p->dash = true;
}

/**
 * sh_parser_at_end() - Is nothing left but white space?
 * @p: the parser, between two commands, its whole input known
 *
 * Return: true when the last command was read.
 */
bool sh_parser_at_end(struct sh_parser *p)
{
	return p->eof && !p->text[p->pos + strspn(p->text + p->pos, " \t\n")];
}

/**
 * sh_parser_set_line() - Says which line the input begins on
 * @p: the parser
 * @line: its number
 */
void sh_parser_set_line(struct sh_parser *p, unsigned int line)
{
	p->line = line;
}

/**
 * sh_parser_error_line() - The line of the error
 * @p: the parser
 *
 * Return: 1-based.
 */
unsigned int sh_parser_error_line(const struct sh_parser *p)
{
	return p->error_line;
}

/**
 * sh_parser_error() - The error in bash's words
 * @p: the parser
 *
 * Return: one line without its end; NULL: none.
 */
const char *sh_parser_error(const struct sh_parser *p)
{
	return p->error;
}

/**
 * sh_parser_extglob() - Extended patterns are words from here on
 * @p: the parser
 * @on: as shopt says
 */
void sh_parser_extglob(struct sh_parser *p, bool on)
{
	p->extglob = on;
}

/**
 * sh_parser_not_modelled() - Was something met that bash knows and this shell does not?
 * @p: the parser
 *
 * Return: true: sh_parser_error() is its name.
 */
bool sh_parser_not_modelled(const struct sh_parser *p)
{
	return p->not_modelled;
}

/**
 * sh_parser_keeps_status() - Does the error leave the status alone?
 * @p: the parser
 *
 * Return: true for mistakes inside [[ ]].
 */
bool sh_parser_keeps_status(const struct sh_parser *p)
{
	return p->keeps_status;
}

/**
 * sh_parser_error_text() - The input line bash prints in its second message
 * @p: the parser
 *
 * Return: the line, or NULL when there is no second message.
 */
const char *sh_parser_error_text(const struct sh_parser *p)
{
	return p->error_text;
}

/**
 * sh_parser_heredoc_warning() - Did a here-document end with the input?
 * @p: the parser
 * @ret_here: line it began on
 * @ret_line: line the input ended on
 *
 * Return: its delimiter, once; NULL: none.
 */
const char *sh_parser_heredoc_warning(struct sh_parser *p, unsigned int *ret_here,
				      unsigned int *ret_line)
{
	const char *word = p->here_word;

	p->here_word = NULL;
	*ret_here = p->here_line;
	*ret_line = p->here_end;
	return word;
}

/**
 * sh_parser_input() - The input so far
 * @p: the parser
 *
 * Return: the text sh_command.start counts in.
 */
const char *sh_parser_input(const struct sh_parser *p)
{
	return p->text;
}

/**
 * sh_node_new() - A node on the line at hand
 * @p: the parser
 * @type: its type
 *
 * Return: the node in the tree's pool.
 */
struct sh_node *sh_node_new(struct sh_parser *p, enum sh_node_type type)
{
	struct sh_node *node = sh_pool_alloc(p->pool, sizeof(*node));

	node->type = type;
	node->line = sh_token(p)->line;
	return node;
}

/**
 * sh_skip_newlines() - Takes newlines
 * @p: the parser
 */
void sh_skip_newlines(struct sh_parser *p)
{
	while (sh_token(p)->type == TOK_NEWLINE)
		sh_next_token(p);
}

static const struct {
	enum sh_tok tok;
	enum sh_redir_op op;
} redirs[] = {
	{ TOK_LESS, SH_REDIR_IN },
	{ TOK_GREAT, SH_REDIR_OUT },
	{ TOK_CLOBBER, SH_REDIR_CLOBBER },
	{ TOK_DGREAT, SH_REDIR_APPEND },
	{ TOK_LESSGREAT, SH_REDIR_RDWR },
	{ TOK_LESSAND, SH_REDIR_DUP_IN },
	{ TOK_GREATAND, SH_REDIR_DUP_OUT },
	{ TOK_AMPGREAT, SH_REDIR_BOTH },
	{ TOK_AMPDGREAT, SH_REDIR_BOTH_APPEND },
	{ TOK_DLESS, SH_REDIR_HERE },
	{ TOK_DLESSDASH, SH_REDIR_HERE },
	{ TOK_TLESS, SH_REDIR_STRING },
};

/* A delimiter is not expanded; any quote in it makes the document literal. */
static void here_delimiter(struct sh_parser *p, struct sh_redir *r)
{
	struct sh_buf text = { .pool = p->pool };
	struct sh_word *w = sh_pool_alloc(p->pool, sizeof(*w));

	for (const struct sh_part *part = r->target->parts; part; part = part->next) {
		if (part->type != SH_PART_TEXT) {
			/* bash takes $x and `x` as they are written */
			sh_buf_puts(&text, r->target->text);
			break;
		}
		r->quoted |= part->quoted;
		sh_buf_put(&text, part->text, part->len);
	}
	w->text = sh_buf_str(&text);
	r->target = w;
	r->next_pending = NULL;
	if (!p->pending)
		p->pending_tail = &p->pending;
	*p->pending_tail = r;
	p->pending_tail = &r->next_pending;
}

/**
 * sh_parse_redir() - Reads one redirection
 * @p: the parser
 * @tail: where to hang it
 *
 * Return: false when the token at hand is none, or after an error.
 */
bool sh_parse_redir(struct sh_parser *p, struct sh_redir ***tail)
{
	struct sh_redir *r;
	int fd = -1;
	size_t i;

	if (sh_token(p)->type == TOK_IO_NUMBER) {
		fd = p->tok.number;
		sh_next_token(p);
	}
	for (i = 0; i < sizeof(redirs) / sizeof(redirs[0]); i++) {
		if (redirs[i].tok == sh_token(p)->type)
			break;
	}
	if (i == sizeof(redirs) / sizeof(redirs[0]))
		return false;
	r = sh_pool_alloc(p->pool, sizeof(*r));
	r->op = redirs[i].op;
	r->fd = fd;
	r->line = p->tok.line;
	r->strip = p->tok.type == TOK_DLESSDASH;
	sh_next_token(p);
	if (sh_token(p)->type != TOK_WORD) {
		sh_unexpected(p);
		return false;
	}
	r->target = p->tok.word;
	if (r->op == SH_REDIR_HERE)
		here_delimiter(p, r);
	sh_next_token(p);
	**tail = r;
	*tail = &r->next;
	return true;
}

static bool pipe_follows(struct sh_parser *p)
{
	return sh_token(p)->type == TOK_PIPE || sh_token(p)->type == TOK_PIPE_AMP;
}

static bool command_ends(struct sh_parser *p)
{
	enum sh_tok t = sh_token(p)->type;

	return t == TOK_EOF || t == TOK_NEWLINE || t == TOK_SEMI || t == TOK_AMP || t == TOK_RPAREN;
}

static struct sh_node *parse_pipeline(struct sh_parser *p)
{
	struct sh_node *pipe = sh_node_new(p, SH_PIPE), *node, **tail = &pipe->a;

	for (;;) {
		if (sh_is_reserved(p, "!"))
			pipe->bang = !pipe->bang;
		else if (sh_is_reserved(p, "time"))
			pipe->timed = true;
		else
			break;
		sh_next_token(p);
		if (p->dash)
			break;
		if (pipe->timed && sh_is_reserved(p, "-p")) {
			pipe->time_posix = true;
			sh_next_token(p);
		}
	}
	if ((pipe->bang || pipe->timed) && !p->dash && command_ends(p))
		return pipe;
	for (;;) {
		node = sh_parse_command(p);
		if (!node)
			return NULL;
		*tail = node;
		tail = &node->next;
		if (!pipe_follows(p))
			break;
		node->pipe_err = sh_token(p)->type == TOK_PIPE_AMP;
		sh_next_token(p);
		sh_skip_newlines(p);
	}
	return pipe->a->next || pipe->bang || pipe->timed ? pipe : pipe->a;
}

static struct sh_node *parse_andor(struct sh_parser *p)
{
	struct sh_node *first = parse_pipeline(p), *node, **tail, *join;

	if (!first || (sh_token(p)->type != TOK_AND && sh_token(p)->type != TOK_OR))
		return first;
	join = sh_node_new(p, SH_ANDOR);
	join->line = first->line;
	join->a = first;
	tail = &first->next;
	while (sh_token(p)->type == TOK_AND || sh_token(p)->type == TOK_OR) {
		enum sh_join how = p->tok.type == TOK_AND ? SH_JOIN_AND : SH_JOIN_OR;

		sh_next_token(p);
		sh_skip_newlines(p);
		node = parse_pipeline(p);
		if (!node)
			return NULL;
		node->join = how;
		*tail = node;
		tail = &node->next;
	}
	return join;
}

/**
 * sh_list_ends() - Is the token at hand one that ends a list?
 * @p: the parser
 *
 * Return: true for the end, ), ;; and words that are no commands.
 */
bool sh_list_ends(struct sh_parser *p)
{
	static const char *const words[] = {
		"then", "elif", "else", "fi", "do", "done", "esac", "}"
	};
	enum sh_tok t = sh_token(p)->type;

	if (t == TOK_EOF || t == TOK_RPAREN || t == TOK_DSEMI || t == TOK_SEMI_AMP ||
	    t == TOK_DSEMI_AMP)
		return true;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (sh_is_reserved(p, words[i]))
			return true;
	}
	return false;
}

/**
 * sh_parse_list() - Commands with ; and & between them
 * @p: the parser
 * @newlines: newlines separate too (inside a compound command); else the list ends at one
 *
 * Return: a command or a list; NULL after an error.
 */
struct sh_node *sh_parse_list(struct sh_parser *p, bool newlines)
{
	struct sh_node *list = sh_node_new(p, SH_LIST), *node, **tail = &list->a;

	for (;;) {
		node = parse_andor(p);
		if (!node)
			return NULL;
		*tail = node;
		tail = &node->next;
		node->background = sh_token(p)->type == TOK_AMP;
		if (p->tok.type == TOK_AMP || p->tok.type == TOK_SEMI)
			sh_next_token(p);
		else if (p->tok.type != TOK_NEWLINE || !newlines)
			break;
		if (newlines)
			sh_skip_newlines(p);
		else if (sh_token(p)->type == TOK_NEWLINE)
			break;
		if (sh_list_ends(p))
			break;
	}
	return list->a->next || list->a->background ? list : list->a;
}

/**
 * sh_parse_body() - The commands of a compound command up to a reserved word
 * @p: the parser
 * @end: the word, taken; NULL: whatever ends a list stays
 * @want: without @end, what must follow when the input has ended
 *
 * Return: the list; NULL after an error, as an empty one is.
 */
struct sh_node *sh_parse_body(struct sh_parser *p, const char *end, const char *want)
{
	struct sh_node *node;

	sh_skip_newlines(p);
	if (p->dash && sh_token(p)->type == TOK_EOF) {
		sh_expected(p, end ? end : want);
		return NULL;
	}
	node = sh_parse_list(p, true);
	if (!node)
		return NULL;
	if (end && !sh_is_reserved(p, end)) {
		sh_expected(p, end);
		return NULL;
	}
	if (end)
		sh_next_token(p);
	return node;
}

/**
 * sh_parse_next() - The next complete command
 * @p: the parser
 * @ret: the command, set with SH_PARSE_COMMAND
 *
 * Return: SH_PARSE_COMMAND, SH_PARSE_END, or SH_PARSE_ERROR with the error noted in @p.
 */
enum sh_parse sh_parse_next(struct sh_parser *p, struct sh_command *ret)
{
	struct sh_tree *tree;
	struct sh_node *node;
	size_t start;
	unsigned int line;

	p->failed = p->keeps_status = p->not_modelled = false;
	p->stack = (uintptr_t)__builtin_frame_address(0);
	tree = p->tree = sh_tree_new();
	p->pool = &tree->pool;
	p->depth = 0;
	p->array_ok = false;
	sh_skip_newlines(p);
	if (!p->failed && sh_token(p)->type == TOK_EOF && !p->failed) {
		p->tree = NULL;
		sh_tree_put(tree);
		return SH_PARSE_END;
	}
	start = p->tok.start;
	line = p->tok.line;
	node = sh_parse_list(p, false);
	if (node && sh_token(p)->type != TOK_NEWLINE && p->tok.type != TOK_EOF)
		sh_unexpected(p);
	if (!p->failed) {
		ret->start = start;
		ret->len = p->tok.start - start;
		if (p->tok.type == TOK_EOF) {
			p->pos = p->len;
			if (p->pending)
				sh_adv(p);
		}
		p->tok.type = TOK_NEWLINE;
		sh_next_token(p);
		p->have_tok = false;
	}
	if (p->failed) {
		p->have_tok = false;
		p->pending = NULL;
		p->tree = NULL;
		sh_tree_put(tree);
		return SH_PARSE_ERROR;
	}
	while (ret->len && strchr(" \t", p->text[start + ret->len - 1]))
		ret->len--;
	p->tree = NULL;
	ret->tree = tree;
	ret->node = node;
	ret->first_line = line;
	ret->last_line = p->pos && p->text[p->pos - 1] == '\n' ? p->line - 1 : p->line;
	return SH_PARSE_COMMAND;
}
