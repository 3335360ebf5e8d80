/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dash_parse.c - where the grammar of dash is not that of bash: its words, and its names for tokens
 *
 * lex.c, parse.c and parse_cmd.c ask here when the parser reads for dash.
 */
#include "parser.h"

#include <string.h>

/* Words with a meaning where a command begins; those that begin none first. */
static const char *const reserved[] = { "do", "done",  "elif",	"else", "esac", "fi",
					"in", "then",  "}",	"!",	"case", "for",
					"if", "until", "while", "{" };

#define NO_COMMAND 10 /* so many of them begin no command */

/* Builtins whose mistakes end the shell; no function may have their name. */
static const char *const special[] = { ".",	":",	  "break", "continue", "eval",	 "exec",
				       "exit",	"export", "local", "readonly", "return", "set",
				       "shift", "times",  "trap",  "unset" };

static bool is_in(const char *const *list, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++) {
		if (!strcmp(list[i], word))
			return true;
	}
	return false;
}

/**
 * sh_dash_reserved() - Is a word reserved in dash?
 * @word: the word
 *
 * Return: true when it is; [[, function, select and time are not.
 */
bool sh_dash_reserved(const char *word)
{
	return is_in(reserved, sizeof(reserved) / sizeof(reserved[0]), word);
}

/**
 * sh_dash_special() - Is this one of dash's special builtins?
 * @name: its name
 *
 * Return: true when it is.
 */
bool sh_dash_special(const char *name)
{
	return is_in(special, sizeof(special) / sizeof(special[0]), name);
}

/**
 * sh_dash_misplaced() - Is the token at hand a reserved word that begins no command?
 * @p: the parser
 *
 * Return: true for then, fi, }, in, ! and the like.
 */
bool sh_dash_misplaced(struct sh_parser *p)
{
	const struct sh_token *t = sh_token(p);

	return t->type == TOK_WORD && t->word->plain && is_in(reserved, NO_COMMAND, t->word->text);
}

/**
 * sh_dash_token() - What dash calls a token
 * @t: the token
 *
 * Return: "word", "newline", "\"then\"", ...
 */
const char *sh_dash_token(const struct sh_token *t)
{
	static const char *const quoted[] = { "\"do\"",	  "\"done\"",  "\"elif\"",  "\"else\"",
					      "\"esac\"", "\"fi\"",    "\"in\"",    "\"then\"",
					      "\"}\"",	  "\"!\"",     "\"case\"",  "\"for\"",
					      "\"if\"",	  "\"until\"", "\"while\"", "\"{\"" };

	switch ((int)t->type) {
	case TOK_EOF:
		return "end of file";
	case TOK_NEWLINE:
		return "newline";
	case TOK_SEMI:
		return "\";\"";
	case TOK_AMP:
		return "\"&\"";
	case TOK_AND:
		return "\"&&\"";
	case TOK_OR:
		return "\"||\"";
	case TOK_PIPE:
		return "\"|\"";
	case TOK_DSEMI:
		return "\";;\"";
	case TOK_LPAREN:
		return "\"(\"";
	case TOK_RPAREN:
		return "\")\"";
	case TOK_WORD:
		break;
	default:
		return "redirection";
	}
	for (size_t i = 0; t->word->plain && i < sizeof(reserved) / sizeof(reserved[0]); i++) {
		if (!strcmp(reserved[i], t->word->text))
			return quoted[i];
	}
	return "word";
}

/**
 * sh_dash_eof() - What dash says when the input ends inside a quotation
 * @want: the character that would have ended it
 *
 * Return: the words.
 */
const char *sh_dash_eof(char want)
{
	switch (want) {
	case '`':
		return "EOF in backquote substitution";
	case '}':
		return "Missing '}'";
	case ')':
		return "Missing '))'";
	}
	return "Unterminated quoted string";
}

/**
 * sh_dash_backquote() - Parses the text of `...` at once, as dash does
 * @p: the parser
 * @part: the part with the text; it becomes a SH_PART_CMD
 *
 * Its lines count from 1.
 */
void sh_dash_backquote(struct sh_parser *p, struct sh_part *part)
{
	struct sh_parser inner = { .text = part->text,
				   .len = part->len,
				   .eof = true,
				   .dash = true,
				   .pool = p->pool,
				   .line = 1,
				   .depth = p->depth,
				   .stack = p->stack };

	inner.pending_tail = &inner.pending;
	part->type = SH_PART_CMD;
	if (sh_enter(&inner)) {
		sh_skip_newlines(&inner);
		if (!sh_list_ends(&inner))
			part->node = sh_parse_list(&inner, true);
	}
	if (inner.failed)
		sh_fail(p, inner.error_line, "%s", inner.error);
	sh_pool_fini(&inner.error_pool);
}
