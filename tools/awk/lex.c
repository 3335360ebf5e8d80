/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lex.c - the tokens of an awk program, and the words for what is wrong with one
 */
#include "awk.h"

#include <ctype.h>
#include <stdio.h>

struct word {
	const char *name;
	int tok;
	int builtin;
};

static const struct word words[] = {
	{ "BEGIN", T_BEGIN, 0 },
	{ "END", T_END, 0 },
	{ "atan2", T_BUILTIN, B_ATAN2 },
	{ "break", T_BREAK, 0 },
	{ "close", T_BUILTIN, B_CLOSE },
	{ "continue", T_CONTINUE, 0 },
	{ "cos", T_BUILTIN, B_COS },
	{ "delete", T_DELETE, 0 },
	{ "do", T_DO, 0 },
	{ "else", T_ELSE, 0 },
	{ "exit", T_EXIT, 0 },
	{ "exp", T_BUILTIN, B_EXP },
	{ "fflush", T_BUILTIN, B_FFLUSH },
	{ "for", T_FOR, 0 },
	{ "function", T_FUNCTION, 0 },
	{ "getline", T_GETLINE, 0 },
	{ "gsub", T_BUILTIN, B_GSUB },
	{ "if", T_IF, 0 },
	{ "in", T_IN, 0 },
	{ "index", T_BUILTIN, B_INDEX },
	{ "int", T_BUILTIN, B_INT },
	{ "length", T_BUILTIN, B_LENGTH },
	{ "log", T_BUILTIN, B_LOG },
	{ "match", T_BUILTIN, B_MATCH },
	{ "mktime", T_BUILTIN, B_MKTIME },
	{ "next", T_NEXT, 0 },
	{ "nextfile", T_NEXTFILE, 0 },
	{ "print", T_PRINT, 0 },
	{ "printf", T_PRINTF, 0 },
	{ "rand", T_BUILTIN, B_RAND },
	{ "return", T_RETURN, 0 },
	{ "sin", T_BUILTIN, B_SIN },
	{ "split", T_BUILTIN, B_SPLIT },
	{ "sprintf", T_BUILTIN, B_SPRINTF },
	{ "sqrt", T_BUILTIN, B_SQRT },
	{ "srand", T_BUILTIN, B_SRAND },
	{ "strftime", T_BUILTIN, B_STRFTIME },
	{ "sub", T_BUILTIN, B_SUB },
	{ "substr", T_BUILTIN, B_SUBSTR },
	{ "system", T_BUILTIN, B_SYSTEM },
	{ "systime", T_BUILTIN, B_SYSTIME },
	{ "tolower", T_BUILTIN, B_TOLOWER },
	{ "toupper", T_BUILTIN, B_TOUPPER },
	{ "while", T_WHILE, 0 },
};

static const struct {
	char text[3];
	int tok;
} pairs[] = {
	{ "&&", T_AND },	{ "||", T_OR },		{ "<=", T_LE },
	{ "==", T_EQ },		{ "!=", T_NE },		{ ">=", T_GE },
	{ "!~", T_NOMATCH },	{ ">>", T_APPEND },	{ "++", T_INC },
	{ "--", T_DEC },	{ "+=", T_ADD_ASSIGN }, { "-=", T_SUB_ASSIGN },
	{ "*=", T_MUL_ASSIGN }, { "/=", T_DIV_ASSIGN }, { "%=", T_MOD_ASSIGN },
	{ "^=", T_POW_ASSIGN },
};

static void say(struct awk_parser *p, const char *what, const char *more, int more_len)
{
	ng_printf(ng_stderr(p->a->task), "%s: line %d: %s%.*s\n", p->a->name, p->line, what,
		  more_len, more);
}

/* What of the text follows an error: only whether its braces end is still looked at. */
static _Noreturn void give_up(struct awk_parser *p)
{
	while (p->tok != T_EOF)
		awk_lex(p);
	if (p->braces > 0)
		say(p, "missing } near end of file", "", 0);
	prog_exit(p->a->task, 2);
}

static void near(struct awk_parser *p, const char *what)
{
	if (p->tok == T_EOF)
		say(p, what, "end of file", 11);
	else if (p->tok == '\n')
		say(p, what, "end of line", 11);
	else
		say(p, what, p->start, (int)(p->pos - p->start));
}

/**
 * awk_syntax_error() - The token at hand is not one that may stand there
 * @p: the parser
 */
void awk_syntax_error(struct awk_parser *p)
{
	bool over = p->tok == '}' || p->tok == ';' || p->tok == '\n' || p->tok == T_EOF;

	if (p->parens > 0 && over)
		near(p, "missing ) near ");
	else if (p->tok != T_EOF || p->braces <= 0)
		near(p, "syntax error at or near ");
	give_up(p);
}

/**
 * awk_compile_error() - What is wrong is not the grammar
 * @p: the parser
 * @text: the words
 */
void awk_compile_error(struct awk_parser *p, const char *text)
{
	say(p, text, "", 0);
	prog_exit(p->a->task, 2);
}

/* Spaces, comments and lines that go on. */
static void skip_space(struct awk_parser *p)
{
	while (p->pos < p->end) {
		if (*p->pos == ' ' || *p->pos == '\t' || *p->pos == '\r' || *p->pos == '\f' ||
		    *p->pos == '\v') {
			p->pos++;
		} else if (*p->pos == '#') {
			while (p->pos < p->end && *p->pos != '\n')
				p->pos++;
		} else if (*p->pos == '\\' && p->pos + 1 < p->end && p->pos[1] == '\n') {
			p->pos += 2;
			p->line++;
		} else if (*p->pos == '\\' && p->pos + 2 < p->end && p->pos[1] == '\r' &&
			   p->pos[2] == '\n') {
			p->pos += 3;
			p->line++;
		} else {
			return;
		}
	}
}

static int digit_of(char c, int base)
{
	int d = isdigit((unsigned char)c)    ? c - '0'
		: isxdigit((unsigned char)c) ? (c | 32) - 'a' + 10
					     : 99;

	return d < base ? d : -1;
}

/**
 * awk_unescape() - Takes the escapes out of a string
 * @to: room for @n bytes; may be @from
 * @from: the text
 * @n: its length
 *
 * Return: bytes in @to. A backslash before any other character stays.
 */
size_t awk_unescape(char *to, const char *from, size_t n)
{
	static const char letters[] = "\"\\abfnrtv", values[] = "\"\\\a\b\f\n\r\t\v";
	const char *s = from, *end = from + n;
	char *t = to;

	while (s < end) {
		const char *at = NULL;
		int base = 8, max = 3, v = 0;

		if (*s != '\\' || s + 1 == end) {
			*t++ = *s++;
			continue;
		}
		s++;
		if (*s == '\n') {
			s++;
			continue;
		}
		at = strchr(letters, *s);
		if (*s && at) {
			*t++ = values[at - letters];
			s++;
			continue;
		}
		if (*s == 'x' && s + 1 < end && digit_of(s[1], 16) >= 0) {
			s++;
			base = 16;
			max = 2;
		} else if (digit_of(*s, 8) < 0) {
			*t++ = '\\';
			*t++ = *s++;
			continue;
		}
		while (max-- && s < end && digit_of(*s, base) >= 0)
			v = v * base + digit_of(*s++, base);
		*t++ = (char)v;
	}
	return (size_t)(t - to);
}

static _Noreturn void runaway(struct awk_parser *p, const char *what)
{
	char text[64];
	const char *s = p->start + (*what == 's');
	size_t n = 0;

	while (s + n < p->end && s[n] != '\n' && n < 10)
		n++;
	snprintf(text, sizeof(text), "runaway %s %s%.*s ...", what, *what == 's' ? "\"" : "",
		 (int)n, s);
	say(p, text, "", 0);
	prog_exit(p->a->task, 2);
}

static void lex_string(struct awk_parser *p)
{
	const char *from = ++p->pos;
	struct awk_str *s;
	int lines = 0;

	while (p->pos < p->end && *p->pos != '"') {
		if (*p->pos == '\n')
			runaway(p, "string constant");
		if (*p->pos == '\\' && p->pos + 1 < p->end)
			lines += *++p->pos == '\n';
		p->pos++;
	}
	if (p->pos >= p->end)
		runaway(p, "string constant");
	p->line += lines;
	s = awk_str_room(p->a, (size_t)(p->pos - from));
	s->len = (uint32_t)awk_unescape(s->s, from, s->len);
	s->s[s->len] = '\0';
	p->string = s;
	p->pos++;
	p->tok = T_STRING;
}

static void lex_number(struct awk_parser *p)
{
	char text[128], *stop;
	size_t n = 0;

	while (n < sizeof(text) - 1 && p->pos + n < p->end) {
		text[n] = p->pos[n];
		n++;
	}
	text[n] = '\0';
	p->number = strtod(text, &stop);
	p->pos += stop - text;
	p->tok = T_NUMBER;
}

static void lex_word(struct awk_parser *p)
{
	size_t n = 0;

	while (p->pos + n < p->end && (isalnum((unsigned char)p->pos[n]) || p->pos[n] == '_'))
		n++;
	p->pos += n;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strlen(words[i].name) == n && !strncmp(words[i].name, p->start, n)) {
			p->tok = words[i].tok;
			p->builtin = words[i].builtin;
			p->name = words[i].name;
			return;
		}
	}
	p->name = ng_task_strndup(p->a->task, p->start, n);
	p->tok = p->pos < p->end && *p->pos == '(' ? T_FUNC_NAME : T_NAME;
}

static void lex_pair(struct awk_parser *p)
{
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]) && p->pos + 1 < p->end; i++) {
		if (p->pos[0] == pairs[i].text[0] && p->pos[1] == pairs[i].text[1]) {
			p->tok = pairs[i].tok;
			p->pos += 2;
			return;
		}
	}
	if (!strchr("{}()[];,+-*/%^!<>|?:~$=\n", *p->pos) || !*p->pos) {
		ng_printf(ng_stderr(p->a->task), "%s: %d: unexpected character '%c'\n", p->a->name,
			  p->line, *p->pos);
		prog_exit(p->a->task, 2);
	}
	p->tok = (unsigned char)*p->pos++;
	p->parens += (p->tok == '(') - (p->tok == ')');
	p->braces += (p->tok == '{') - (p->tok == '}');
}

/**
 * awk_lex() - Goes to the next token
 * @p: the parser; its tok, start and value fields are set
 */
void awk_lex(struct awk_parser *p)
{
	unsigned char c;

	if (p->tok == '\n')
		p->line++;
	skip_space(p);
	p->start = p->pos;
	if (p->pos >= p->end) {
		p->tok = T_EOF;
		return;
	}
	c = (unsigned char)*p->pos;
	if (c == '"')
		lex_string(p);
	else if (isdigit(c) ||
		 (c == '.' && p->pos + 1 < p->end && isdigit((unsigned char)p->pos[1])))
		lex_number(p);
	else if (isalpha(c) || c == '_')
		lex_word(p);
	else
		lex_pair(p);
	if (p->tok == '}' && p->braces < 0) {
		say(p, "extra '}'", "", 0);
		p->braces = 0;
		awk_lex(p);
		awk_syntax_error(p);
	}
	if (p->tok == ')' && p->parens < 0)
		awk_compile_error(p, "extra ')'");
}

/**
 * awk_lex_regex() - Reads a regular expression
 * @p: the parser, at the "/" that begins it
 *
 * Return: its node; the token after it is at hand.
 */
struct awk_node *awk_lex_regex(struct awk_parser *p)
{
	struct awk_node *e = awk_node_new(p, AWK_REGEX);
	const char *from = p->start + 1, *s = from;
	bool bracket = false;

	for (; s < p->end && (*s != '/' || bracket); s++) {
		if (*s == '\n')
			break;
		if (*s == '\\' && s + 1 < p->end)
			s++;
		else if (*s == '[' && !bracket) {
			bracket = true;
			s += s + 1 < p->end && s[1] == '^';
			s += s + 1 < p->end && s[1] == ']';
		} else if (*s == '[' && s + 1 < p->end && s[1] == ':') {
			const char *stop = strstr(s, ":]");

			s = stop && stop < p->end ? stop + 1 : s;
		} else if (*s == ']') {
			bracket = false;
		}
	}
	if (s >= p->end || *s == '\n')
		runaway(p, "regular expression");
	e->re = awk_regex_compile(p->a, from, (size_t)(s - from), p->line);
	p->pos = s + 1;
	awk_lex(p);
	return e;
}
