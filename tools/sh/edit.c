/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * edit.c - operators that change a parameter's value, and quoting for `set -x`
 */
#include "sh.h"

#include <string.h>

/* Removes the shortest or longest piece at the front that matches. */
static char *cut_prefix(struct sh *sh, const char *pattern, const char *s, bool longest)
{
	size_t n = strlen(s);

	for (size_t i = 0; i <= n; i++) {
		size_t k = longest ? n - i : i;

		if (sh_match(sh, pattern, s, k))
			return sh_pool_strdup(&sh->pool, s + k);
	}
	return sh_pool_strdup(&sh->pool, s);
}

static char *cut_suffix(struct sh *sh, const char *pattern, const char *s, bool longest)
{
	size_t n = strlen(s);

	for (size_t i = 0; i <= n; i++) {
		size_t k = longest ? i : n - i;

		if (sh_match(sh, pattern, s + k, n - k))
			return sh_pool_strndup(&sh->pool, s, k);
	}
	return sh_pool_strdup(&sh->pool, s);
}

/* Length of the longest match at @s; -1: none. */
static int64_t match_length(struct sh *sh, const char *pattern, const char *s, size_t n)
{
	for (size_t k = n + 1; k-- > 0;) {
		if (sh_match(sh, pattern, s, k))
			return (int64_t)k;
	}
	return -1;
}

static char *replace(struct sh *sh, const struct sh_part *part, const char *s)
{
	char *pattern = sh_expand_pattern(sh, part->arg, false);
	char *with = part->arg2 ? sh_expand_string(sh, part->arg2) : sh_pool_strdup(&sh->pool, "");
	struct sh_buf out = { .pool = &sh->pool };
	size_t n = strlen(s), i = 0;
	bool done = false;

	if (part->op == SH_OP_REPLACE_TAIL) {
		for (i = 0; i <= n; i++) {
			if (sh_match(sh, pattern, s + i, n - i))
				return sh_pool_printf(&sh->pool, "%.*s%s", (int)i, s, with);
		}
		return sh_pool_strdup(&sh->pool, s);
	}
	while (i < n || (i == 0 && n == 0)) {
		int64_t k = done || (part->op == SH_OP_REPLACE_HEAD && i) || !*pattern
				    ? -1
				    : match_length(sh, pattern, s + i, n - i);

		if (k > 0 || (k == 0 && (n == 0 || part->op == SH_OP_REPLACE_HEAD))) {
			sh_buf_puts(&out, with);
			i += (size_t)k;
			done = part->op != SH_OP_REPLACE_ALL;
			if (k > 0)
				continue;
		}
		if (i >= n)
			break;
		sh_buf_putc(&out, s[i++]);
	}
	return sh_buf_str(&out);
}

static char *substring(struct sh *sh, const struct sh_part *part, const char *s)
{
	int64_t n = (int64_t)strlen(s), from, count = n;

	if (!sh_arith(sh, sh_expand_string(sh, part->arg), NULL, &from) ||
	    (part->arg2 && !sh_arith(sh, sh_expand_string(sh, part->arg2), NULL, &count))) {
		if (!sh->jump)
			sh->jump = SH_JUMP_DISCARD;
		return NULL;
	}
	if (from < 0)
		from += n;
	if (from < 0 || from > n)
		return sh_pool_strdup(&sh->pool, "");
	if (part->arg2 && count < 0) {
		count = n + count - from;
		if (count < 0) {
			sh_error(sh, "%s: substring expression < 0", part->arg2->text);
			sh->jump = SH_JUMP_DISCARD;
			return NULL;
		}
	}
	return sh_pool_strndup(&sh->pool, s + from, (size_t)(count < n - from ? count : n - from));
}

static char *change_case(struct sh *sh, const struct sh_part *part, const char *s)
{
	char *pattern = sh_expand_pattern(sh, part->arg, false),
	     *out = sh_pool_strdup(&sh->pool, s);
	bool upper = part->op != SH_OP_LOWER && part->op != SH_OP_LOWER_ALL &&
		     part->op != SH_OP_AT_LOWER;
	bool all =
		part->op != SH_OP_UPPER && part->op != SH_OP_LOWER && part->op != SH_OP_AT_UPPER_1;

	for (char *c = out; *c && (all || c == out); c++) {
		if (*pattern && !sh_match(sh, pattern, c, 1))
			continue;
		if (upper && *c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
		else if (!upper && *c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	}
	return out;
}

/**
 * sh_param_edit() - Applies # % / : ^ , @Q @U @u @L to a value
 * @sh: the shell
 * @part: the operator and its words
 * @value: the value
 *
 * Return: the new value; check sh->jump.
 */
char *sh_param_edit(struct sh *sh, const struct sh_part *part, const char *value)
{
	switch ((int)part->op) {
	case SH_OP_PREFIX:
	case SH_OP_PREFIX_LONG:
		return cut_prefix(sh, sh_expand_pattern(sh, part->arg, false), value,
				  part->op == SH_OP_PREFIX_LONG);
	case SH_OP_SUFFIX:
	case SH_OP_SUFFIX_LONG:
		return cut_suffix(sh, sh_expand_pattern(sh, part->arg, false), value,
				  part->op == SH_OP_SUFFIX_LONG);
	case SH_OP_SUBSTRING:
		return substring(sh, part, value);
	case SH_OP_REPLACE:
	case SH_OP_REPLACE_ALL:
	case SH_OP_REPLACE_HEAD:
	case SH_OP_REPLACE_TAIL:
		return replace(sh, part, value);
	case SH_OP_UPPER:
	case SH_OP_UPPER_ALL:
	case SH_OP_LOWER:
	case SH_OP_LOWER_ALL:
	case SH_OP_AT_UPPER:
	case SH_OP_AT_UPPER_1:
	case SH_OP_AT_LOWER:
		return change_case(sh, part, value);
	default:
		return sh_quote(&sh->pool, value, true);
	}
}

static char *quote_ansi(struct sh_pool *pool, const char *s)
{
	static const char from[] = "\a\b\033\f\n\r\t\v";
	static const char to[] = "abEfnrtv";
	struct sh_buf b = { .pool = pool };

	sh_buf_puts(&b, "$'");
	for (; *s; s++) {
		const char *at = strchr(from, *s);

		if (at) {
			sh_buf_putc(&b, '\\');
			sh_buf_putc(&b, to[at - from]);
		} else if (*s == '\'' || *s == '\\') {
			sh_buf_putc(&b, '\\');
			sh_buf_putc(&b, *s);
		} else if ((unsigned char)*s < 32 || (unsigned char)*s >= 127) {
			sh_buf_puts(&b, sh_pool_printf(pool, "\\%03o", (unsigned char)*s));
		} else {
			sh_buf_putc(&b, *s);
		}
	}
	sh_buf_putc(&b, '\'');
	return sh_buf_str(&b);
}

/**
 * sh_quote() - A word as the shell could read it again
 * @pool: for the result
 * @s: the word
 * @always: in quotes even when nothing asks for it
 *
 * Return: the text bash shows: plain, '...' or $'...'.
 */
char *sh_quote(struct sh_pool *pool, const char *s, bool always)
{
	struct sh_buf b = { .pool = pool };
	bool control = false;

	for (const char *c = s; *c; c++)
		control |= (unsigned char)*c < 32 || (unsigned char)*c >= 127;
	if (control)
		return quote_ansi(pool, s);
	if (*s && !always && !strpbrk(s, " \t\n'\"\\|&;()<>!{}*[]?^$`") && *s != '#' && *s != '~')
		return sh_pool_strdup(pool, s);
	sh_buf_putc(&b, '\'');
	for (; *s; s++) {
		if (*s == '\'')
			sh_buf_puts(&b, "'\\''");
		else
			sh_buf_putc(&b, *s);
	}
	sh_buf_putc(&b, '\'');
	return sh_buf_str(&b);
}
