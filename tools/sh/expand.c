/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * expand.c - words become fields
 *
 * sh_expand_words()
 *   sh_brace_expand()        brace.c
 *   sh_expand_parts()
 *     sh_expand_param()      param.c
 *     sh_command_subst()     subst.c
 *     sh_arith()             arith.c
 *   split_fields()
 *     sh_glob()              glob.c
 */
#include "sh.h"

#include <stdio.h>
#include <string.h>

/**
 * sh_x_put() - Adds text to an expansion
 * @sh: the shell
 * @x: the expansion
 * @s: the text
 * @n: its length
 * @flag: what every byte of it is
 */
void sh_x_put(struct sh *sh, struct sh_xbuf *x, const char *s, size_t n, enum sh_xflag flag)
{
	if (sh->jump)
		return;
	if (x->s.len + n > SH_EXPAND_MAX) {
		sh_error(sh, "expansion is longer than %d bytes", SH_EXPAND_MAX);
		sh->jump = SH_JUMP_DISCARD;
		return;
	}
	sh_buf_put(&x->s, s, n);
	sh_buf_fill(&x->f, (char)flag, n);
}

/**
 * sh_x_value() - Adds the value of a parameter or the output of a command
 * @sh: the shell
 * @x: the expansion
 * @s: the value
 * @quoted: inside quotes: it stays one field even when empty
 */
void sh_x_value(struct sh *sh, struct sh_xbuf *x, const char *s, bool quoted)
{
	size_t n = strlen(s);

	if (n)
		sh_x_put(sh, x, s, n, quoted ? SH_X_QUOTED : SH_X_SPLIT);
	else if (quoted)
		sh_x_put(sh, x, "", 1, SH_X_EMPTY);
}

static void expand_tilde(struct sh *sh, const struct sh_part *part, struct sh_xbuf *x)
{
	const char *s = NULL;

	if (part->colon && sh->dash && !sh->assigning) {
		/* behind = or : only an assignment's counts */
		s = sh_pool_printf(&sh->pool, "~%s", part->text);
		sh_x_put(sh, x, s, strlen(s), SH_X_PLAIN);
		return;
	}
	if (part->len == 0)
		s = sh_var_get(sh, "HOME") ? sh_var_get(sh, "HOME") : "/root";
	else if (!strcmp(part->text, "+"))
		s = sh_var_get(sh, "PWD");
	else if (!strcmp(part->text, "-"))
		s = sh_var_get(sh, "OLDPWD");
	else if (!strcmp(part->text, "root"))
		s = "/root";
	if (!s)
		s = sh_pool_printf(&sh->pool, "~%s", part->text);
	sh_x_put(sh, x, s, strlen(s), SH_X_QUOTED);
}

static void expand_arith(struct sh *sh, const struct sh_part *part, struct sh_xbuf *x)
{
	char *text = sh_expand_string(sh, part->arg);
	char number[32];
	int64_t n;

	if (sh->jump)
		return;
	if (!sh_arith(sh, text, NULL, &n)) {
		if (!sh->jump)
			sh->jump = SH_JUMP_DISCARD;
		return;
	}
	snprintf(number, sizeof(number), "%lld", (long long)n);
	sh_x_value(sh, x, number, part->quoted);
}

/**
 * sh_expand_parts() - Expands the parts of a word, without cutting it
 * @sh: the shell
 * @part: the first part
 * @x: where to put the text; check sh->jump afterwards
 */
void sh_expand_parts(struct sh *sh, const struct sh_part *part, struct sh_xbuf *x)
{
	for (; part && !sh->jump; part = part->next) {
		switch (part->type) {
		case SH_PART_TEXT:
			if (part->len)
				sh_x_put(sh, x, part->text, part->len,
					 part->quoted ? SH_X_QUOTED : SH_X_PLAIN);
			else if (part->quoted)
				sh_x_put(sh, x, "", 1, SH_X_EMPTY);
			break;
		case SH_PART_TILDE:
			expand_tilde(sh, part, x);
			break;
		case SH_PART_PARAM:
			sh_expand_param(sh, part, x);
			break;
		case SH_PART_CMD:
		case SH_PART_BQUOTE:
			sh_x_value(sh, x, sh_command_subst(sh, part), part->quoted);
			break;
		case SH_PART_ARITH:
			expand_arith(sh, part, x);
			break;
		case SH_PART_PROCESS:
			sh_x_value(sh, x, sh_process_subst(sh, part), true);
			break;
		case SH_PART_BAD:
			sh_error(sh, "%s: bad substitution", part->text);
			sh->jump = SH_JUMP_DISCARD;
			break;
		}
	}
}

struct splitter {
	struct sh *sh;
	struct sh_args *args;
	const char *ifs;
	struct sh_buf field;   /* the text */
	struct sh_buf pattern; /* the same with backslashes before what is quoted */
	bool have;	       /* there is a field, maybe an empty one */
	bool magic;	       /* an unquoted * ? [ ( was seen */
	bool after_blank;      /* the last field was ended by a blank of IFS */
};

static void end_field(struct splitter *sp)
{
	struct sh *sh = sp->sh;

	if (sp->have) {
		char *pattern = sh_buf_str(&sp->pattern);

		if (sh->noglob || !sp->magic ||
		    !(sh_has_glob(pattern) || (sh->extglob && sh_has_group(pattern))) ||
		    (!sh_glob(sh, pattern, sp->args) && !sh->nullglob))
			sh_args_add(sp->args, sh_buf_str(&sp->field));
	}
	sp->have = false;
	sp->magic = false;
	sp->field = (struct sh_buf){ .pool = &sh->pool };
	sp->pattern = (struct sh_buf){ .pool = &sh->pool };
}

static void add_char(struct splitter *sp, char c, int flag)
{
	sp->have = true;
	sp->after_blank = false;
	sh_buf_putc(&sp->field, c);
	if (flag == SH_X_QUOTED ? strchr("*?[]\\!^-+@()|", c) != NULL : c == '\\')
		sh_buf_putc(&sp->pattern, '\\');
	sh_buf_putc(&sp->pattern, c);
	if (flag != SH_X_QUOTED && strchr("*?[(", c))
		sp->magic = true;
}

static void split_char(struct splitter *sp, char c, int flag)
{
	if (flag == SH_X_BREAK) {
		end_field(sp);
	} else if (flag == SH_X_EMPTY) {
		sp->have = true;
		sp->after_blank = false;
	} else if (flag == SH_X_SPLIT && c && strchr(sp->ifs, c)) {
		bool blank = c == ' ' || c == '\t' || c == '\n';

		if (blank) {
			if (sp->have)
				sp->after_blank = true;
			end_field(sp);
		} else if (sp->after_blank) {
			sp->after_blank = false;
		} else {
			sp->have = true;
			end_field(sp);
		}
	} else {
		add_char(sp, c, flag);
	}
}

/* Nothing in it could end a field, be part of a pattern, or vanish; IFS is the usual one. */
static bool is_one_field(const struct sh_xbuf *x)
{
	for (size_t i = 0; i < x->s.len; i++) {
		if (x->f.s[i] & (SH_X_BREAK | SH_X_EMPTY))
			return false;
		switch (x->s.s[i]) {
		case ' ':
		case '\t':
		case '\n':
		case '*':
		case '?':
		case '[':
		case '(':
		case '\\':
			return false;
		}
	}
	return x->s.len > 0;
}

static void split_fields(struct sh *sh, const struct sh_xbuf *x, struct sh_args *args)
{
	const char *ifs = sh_var_get(sh, "IFS");
	struct splitter sp = { .sh = sh,
			       .args = args,
			       .ifs = ifs ? ifs : " \t\n",
			       .field.pool = &sh->pool,
			       .pattern.pool = &sh->pool };

	if ((!ifs || !strcmp(ifs, " \t\n")) && is_one_field(x)) {
		sh_args_add(args, x->s.s);
		return;
	}
	for (size_t i = 0; i < x->s.len; i++)
		split_char(&sp, x->s.s[i], x->f.s[i]);
	end_field(&sp);
}

static bool expand_word(struct sh *sh, const struct sh_word *word, struct sh_args *args)
{
	struct sh_xbuf x = { .s.pool = &sh->pool, .f.pool = &sh->pool };

	if (word->array) {
		/* declare name=(...): the value is assigned when the builtin has run */
		sh_args_add(args,
			    sh_pool_strndup(&sh->pool, word->text, strcspn(word->text, "+=[")));
		return true;
	}
	if (word->plain && !strpbrk(word->text, "*?[(\\")) {
		sh_args_add(args, sh_pool_strdup(&sh->pool, word->text));
		return true;
	}
	sh_expand_parts(sh, word->parts, &x);
	if (sh->jump)
		return false;
	split_fields(sh, &x, args);
	return true;
}

static bool declares(const struct sh *sh, const char *name)
{
	static const char *const names[] = { "export", "readonly", "local", "declare", "typeset" };

	for (size_t i = 0; i < (sh->dash ? 3 : sizeof(names) / sizeof(names[0])); i++) {
		if (!strcmp(name, names[i]))
			return true;
	}
	return false;
}

/* export name=value and its like: the value is not cut. */
static bool expand_assignment(struct sh *sh, const struct sh_word *word, struct sh_args *args)
{
	char *left, *value = sh_expand_assign(sh, word, &left);

	if (!sh->jump)
		sh_args_add(args, sh_pool_printf(&sh->pool, "%s=%s", left, value));
	return !sh->jump;
}

/**
 * sh_expand_command() - Expands the words of a simple command
 * @sh: the shell
 * @words: the list
 * @args: the fields are added here
 *
 * Return: false when an expansion failed; sh->jump says how it goes on.
 */
bool sh_expand_command(struct sh *sh, const struct sh_word *words, struct sh_args *args)
{
	bool assigns = false, head = true;

	for (; words; words = words->next) {
		struct sh_word one = *words;

		if (assigns && words->assign && !words->array) {
			if (!expand_assignment(sh, words, args))
				return false;
			continue;
		}
		one.next = NULL;
		if (!sh_expand_words(sh, &one, args))
			return false;
		if (head && words->plain && strcmp(words->text, "command") != 0) {
			assigns = declares(sh, words->text);
			head = false;
		} else if (!words->plain) {
			head = false;
		}
	}
	return true;
}

/**
 * sh_expand_words() - Expands words
 * @sh: the shell
 * @words: the list
 * @args: the fields are added here
 *
 * Return: false when an expansion failed; sh->jump says how it goes on.
 */
bool sh_expand_words(struct sh *sh, const struct sh_word *words, struct sh_args *args)
{
	for (; words; words = words->next) {
		const struct sh_word *w;

		if (!words->brace || sh->dash) {
			if (!expand_word(sh, words, args))
				return false;
			continue;
		}
		w = sh_brace_expand(sh, words);
		if (!w)
			return false;
		for (; w; w = w->next) {
			if (!expand_word(sh, w, args))
				return false;
		}
	}
	return true;
}

/**
 * sh_expand_string() - Expands a word to one string: no cutting, no file names
 * @sh: the shell
 * @word: the word, or NULL
 *
 * Return: the string; check sh->jump.
 */
char *sh_expand_string(struct sh *sh, const struct sh_word *word)
{
	return sh_expand_assign(sh, word, NULL);
}

/**
 * sh_expand_assign() - Expands an assignment word
 * @sh: the shell
 * @word: name=value, or any word
 * @ret_left: what stands before the =; NULL: the word is no assignment
 *
 * Return: the value; check sh->jump.
 */
char *sh_expand_assign(struct sh *sh, const struct sh_word *word, char **ret_left)
{
	struct sh_xbuf x = { .s.pool = &sh->pool, .f.pool = &sh->pool, .joined = true };
	struct sh_buf out = { .pool = &sh->pool };
	bool left = ret_left != NULL, assigning = sh->assigning;

	sh->assigning = left;
	sh_expand_parts(sh, word ? word->parts : NULL, &x);
	sh->assigning = assigning;
	for (size_t i = 0; i < x.s.len; i++) {
		if (left && x.s.s[i] == '=' && x.f.s[i] == SH_X_PLAIN) {
			*ret_left = sh_buf_str(&out);
			out = (struct sh_buf){ .pool = &sh->pool };
			left = false;
			continue;
		}
		if (x.f.s[i] == SH_X_BREAK)
			sh_buf_putc(&out, ' ');
		else if (x.f.s[i] != SH_X_EMPTY)
			sh_buf_putc(&out, x.s.s[i]);
	}
	if (left)
		*ret_left = sh_pool_strdup(&sh->pool, "");
	return sh_buf_str(&out);
}

/**
 * sh_expand_pattern() - Expands a word to a pattern: what is quoted gets a backslash
 * @sh: the shell
 * @word: the word, or NULL
 * @regex: for =~, where other characters are special
 *
 * Return: the pattern; check sh->jump.
 */
char *sh_expand_pattern(struct sh *sh, const struct sh_word *word, bool regex)
{
	struct sh_xbuf x = { .s.pool = &sh->pool, .f.pool = &sh->pool, .joined = true };
	struct sh_buf out = { .pool = &sh->pool };
	const char *special = regex ? "\\.[]()*+?{}|^$" : "\\*?[]!^-+@()|";

	sh_expand_parts(sh, word ? word->parts : NULL, &x);
	for (size_t i = 0; i < x.s.len; i++) {
		char c = x.s.s[i];

		if (x.f.s[i] == SH_X_EMPTY)
			continue;
		if (x.f.s[i] == SH_X_BREAK)
			c = ' ';
		if (x.f.s[i] == SH_X_QUOTED && strchr(special, c))
			sh_buf_putc(&out, '\\');
		sh_buf_putc(&out, c);
	}
	return sh_buf_str(&out);
}
