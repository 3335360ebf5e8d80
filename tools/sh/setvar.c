/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * setvar.c - export, readonly, local, declare, unset
 *
 * The words of these builtins are already expanded: name=value is cut here.
 * name=(...) was turned into an assignment by sh_declare_arrays().
 */
#include "builtin.h"
#include "dash.h"

#include "../lib/program.h"

#include <stdlib.h>
#include <string.h>

static void show_quoted(struct sh *sh, const char *s)
{
	bool control = false;

	for (const char *c = s; *c; c++)
		control |= (unsigned char)*c < 32 || (unsigned char)*c >= 127;
	if (control) {
		ng_puts(sh->out, sh_quote(&sh->pool, s, true));
		return;
	}
	ng_putc(sh->out, '"');
	for (; *s; s++) {
		if (strchr("$`\"\\", *s))
			ng_putc(sh->out, '\\');
		ng_putc(sh->out, *s);
	}
	ng_putc(sh->out, '"');
}

/* [key]=, in quotes when it has characters of the shell's */
static void show_key(struct sh *sh, const char *key)
{
	bool plain = !key[strcspn(key, " \t\n'\"\\|&;()<>!{}*[?]^$`#~")];

	ng_putc(sh->out, '[');
	if (plain)
		ng_puts(sh->out, key);
	else
		show_quoted(sh, key);
	ng_puts(sh->out, "]=");
}

/* declare -x NAME="value" */
static void show_var(struct sh *sh, const struct sh_var *var)
{
	char flags[8];
	size_t n = 0;

	if (var->flags & SH_VAR_ARRAY)
		flags[n++] = var->flags & SH_VAR_ASSOC ? 'A' : 'a';
	if (var->flags & SH_VAR_INTEGER)
		flags[n++] = 'i';
	if (var->flags & SH_VAR_READONLY)
		flags[n++] = 'r';
	if (var->flags & SH_VAR_EXPORT)
		flags[n++] = 'x';
	flags[n] = '\0';
	ng_printf(sh->out, "declare -%s %s", n ? flags : "-", var->name);
	if (var->flags & SH_VAR_ASSOC) {
		ng_puts(sh->out, var->nelems ? "=(" : "");
		for (size_t i = 0; i < var->nelems; i++) {
			show_key(sh, sh_elem_key(sh, &var->elems[i]));
			show_quoted(sh, var->elems[i].value);
			ng_putc(sh->out, ' ');
		}
		ng_puts(sh->out, var->nelems ? ")" : "");
	} else if (var->flags & SH_VAR_ARRAY) {
		ng_puts(sh->out, "=(");
		for (size_t i = 0; i < var->nelems; i++) {
			ng_printf(sh->out, "%s[%lld]=", i ? " " : "",
				  (long long)var->elems[i].index);
			show_quoted(sh, var->elems[i].value);
		}
		ng_putc(sh->out, ')');
	} else if (var->value) {
		ng_putc(sh->out, '=');
		show_quoted(sh, var->value);
	}
	ng_putc(sh->out, '\n');
}

static void show_all(struct sh *sh, unsigned int flags)
{
	for (size_t i = 0; i < sh->nvars; i++) {
		const struct sh_var *var = sh->vars[i];

		if ((var->flags & flags) != flags)
			continue;
		if (sh->dash)
			ng_printf(sh->out, "%s %s%s%s\n",
				  flags == SH_VAR_EXPORT ? "export" : "readonly", var->name,
				  var->value ? "=" : "",
				  var->value ? sh_dash_quote(&sh->pool, var->value) : "");
		else
			show_var(sh, var);
	}
}

/* name or name=value: sets flags, and the value. */
static int set_one(struct sh *sh, const char *who, const char *word, unsigned int on,
		   unsigned int off)
{
	size_t n = strcspn(word, "=");
	bool append = word[n] && n && word[n - 1] == '+' && !sh->dash;
	char *name = sh_pool_strndup(&sh->pool, word, append ? n - 1 : n),
	     *open = strchr(name, '[');
	struct sh_var *var;
	int64_t index = 0;

	if (open && name[strlen(name) - 1] == ']' && !sh->dash) {
		*open = '\0';
		open[strlen(open + 1)] = '\0';
		if (!sh_subscript(sh, name, open + 1, true, &index))
			return 1;
		on |= SH_VAR_ARRAY;
	}
	if (!sh_is_name(name))
		return sh_builtin_error(sh, who, "`%s': not a valid identifier",
					sh->dash ? name : word);
	var = sh_var_make(sh, name);
	var->flags |= on & (SH_VAR_INTEGER | SH_VAR_EXPORT);
	if (word[n]) {
		bool ok = on & SH_VAR_ARRAY ? sh_elem_set(sh, name, index, word + n + 1, append)
			  : append	    ? sh_var_append(sh, name, word + n + 1)
					    : sh_var_set(sh, name, word + n + 1);

		if (!ok)
			return 1;
		if (sh->xtrace && (on & (SH_VAR_EXPORT | SH_VAR_READONLY)))
			sh_trace_assign(sh, name, word + n + 1);
	}
	var = sh_var_make(sh, name);
	var->flags |= on;
	var->flags &= ~off;
	return 0;
}

static int functions(struct sh *sh, int argc, char **argv, int at, bool names_only)
{
	struct sh_buf b = { .pool = &sh->pool };
	int status = 0;

	for (struct sh_func *f = sh->funcs; at >= argc && f; f = f->next) {
		if (names_only)
			sh_buf_puts(&b, sh_pool_printf(&sh->pool, "declare -f %s\n", f->name));
		else
			sh_print_function(&b, f->name, f->body);
	}
	for (; at < argc; at++) {
		struct sh_func *f = sh_func_find(sh, argv[at]);

		if (!f)
			status = 1;
		else if (names_only)
			sh_buf_puts(&b, sh_pool_printf(&sh->pool, "%s\n", f->name));
		else
			sh_print_function(&b, f->name, f->body);
	}
	ng_puts(sh->out, sh_buf_str(&b));
	return status;
}

/**
 * sh_bi_export() - export and readonly
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_export(struct sh *sh, int argc, char **argv)
{
	unsigned int flag = argv[0][0] == 'e' ? SH_VAR_EXPORT : SH_VAR_READONLY, off = 0;
	struct sh_opts o = { 0 };
	int c, status = 0;
	bool funcs = false;

	const char *letters = sh->dash ? "p" : flag == SH_VAR_EXPORT ? "fnp" : "aAfp";

	while ((c = sh_option(sh, &o, argc, argv, letters)) != 0) {
		if (c == '?')
			return SH_STATUS_USAGE;
		if (c == 'n')
			off = flag;
		funcs |= c == 'f';
	}
	if (o.at >= argc)
		show_all(sh, flag);
	for (; o.at < argc; o.at++) {
		if (funcs)
			status |= !sh_func_find(sh, argv[o.at]);
		else
			status |= set_one(sh, argv[0], argv[o.at], off ? 0 : flag, off);
	}
	return status;
}

static int declare_options(struct sh *sh, struct sh_opts *o, int argc, char **argv,
			   unsigned int *on, unsigned int *off)
{
	int c, show = 0;

	while ((c = sh_option(sh, o, argc, argv, "aAfFgiIlnprtux")) != 0) {
		if (c == '?')
			return '?';
		if (strchr("lnuIt", c)) {
			ng_not_modelled(sh->task, "sh: %s -%c", argv[0], c);
			return 'n';
		}
		if (strchr("fFp", c))
			show = c;
		*on |= c == 'a'	  ? SH_VAR_ARRAY
		       : c == 'A' ? SH_VAR_ARRAY | SH_VAR_ASSOC
		       : c == 'i' ? SH_VAR_INTEGER
		       : c == 'r' ? SH_VAR_READONLY
				  : 0;
		*on |= c == 'x' ? SH_VAR_EXPORT : 0;
		if (c == 'g')
			show = show ? show : 'g';
	}
	while (o->at < argc && argv[o->at][0] == '+' && argv[o->at][1]) {
		for (const char *s = argv[o->at] + 1; *s; s++)
			*off |= *s == 'x' ? SH_VAR_EXPORT : *s == 'i' ? SH_VAR_INTEGER : 0;
		o->at++;
	}
	return show;
}

static int show_named(struct sh *sh, int argc, char **argv, int at)
{
	int status = 0;

	for (; at < argc; at++) {
		const struct sh_var *var = sh_var_find(sh, argv[at]);

		if (var)
			show_var(sh, var);
		else
			status = sh_builtin_error(sh, argv[0], "%s: not found", argv[at]);
	}
	return status;
}

/**
 * sh_bi_declare() - declare, typeset and local
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_declare(struct sh *sh, int argc, char **argv)
{
	unsigned int on = 0, off = 0;
	struct sh_opts o = { 0 };
	int status = 0, show = declare_options(sh, &o, argc, argv, &on, &off);
	bool local = sh->in_function && show != 'g';

	if (show == '?')
		return SH_STATUS_USAGE;
	if (show == 'n')
		return 3;
	if (show == 'f' || show == 'F')
		return functions(sh, argc, argv, o.at, show == 'F');
	if (o.at >= argc) {
		show_all(sh, on);
		return 0;
	}
	if (show == 'p')
		return show_named(sh, argc, argv, o.at);
	for (; o.at < argc; o.at++) {
		size_t n = strcspn(argv[o.at], "=+[");
		char *name = sh_pool_strndup(&sh->pool, argv[o.at], n);

		if (local && sh_is_name(name))
			sh_var_save(sh, name);
		status |= set_one(sh, argv[0], argv[o.at], on, off);
	}
	return status;
}

/* As dash: no options, and without a value the variable keeps the one it has. */
static int dash_local(struct sh *sh, int argc, char **argv)
{
	for (int i = 1; i < argc && !sh->raised; i++) {
		char *name = sh_pool_strndup(&sh->pool, argv[i], strcspn(argv[i], "="));
		const struct sh_var *old = sh_var_find(sh, name);
		struct sh_var *copy = old ? sh_var_copy(old) : NULL;

		if (!sh_is_name(name)) {
			sh_builtin_error(sh, argv[0], "`%s': not a valid identifier", name);
		} else if (copy && sh_var_save(sh, name)) {
			struct sh_var *var = sh_var_make(sh, name), empty = *var;

			*var = *copy;
			*copy = empty;
		} else if (!copy) {
			sh_var_save(sh, name);
		}
		sh_var_free(copy);
		if (!sh->raised && argv[i][strlen(name)])
			sh_var_set(sh, name, argv[i] + strlen(name) + 1);
	}
	return 0;
}

/**
 * sh_bi_local() - local
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_local(struct sh *sh, int argc, char **argv)
{
	if (sh->in_function && sh->dash)
		return dash_local(sh, argc, argv);
	if (!sh->in_function)
		return sh_builtin_error(sh, argv[0], "can only be used in a function");
	return argc == 1 ? 0 : sh_bi_declare(sh, argc, argv);
}

static int unset_one(struct sh *sh, const char *who, const char *word, int how)
{
	char *name = sh_pool_strdup(&sh->pool, word), *open = strchr(name, '[');
	struct sh_var *var;
	int64_t index;

	if (how == 'f') {
		sh_func_unset(sh, word);
		return 0;
	}
	if (open && name[strlen(name) - 1] == ']' && !sh->dash) {
		*open = '\0';
		open[1 + strlen(open + 1) - 1] = '\0';
		var = sh_var_find(sh, name);
		if (var && !strcmp(open + 1, "@"))
			sh_array_clear(var);
		else if (var && sh_subscript(sh, name, open + 1, false, &index))
			sh_elem_unset(var, index);
		return 0;
	}
	if (!sh_is_name(word) && (how == 'v' || sh->dash))
		return sh_builtin_error(sh, who, "`%s': not a valid identifier", word);
	if (!sh_var_find(sh, word)) {
		if (!how && !sh->dash)
			sh_func_unset(sh, word);
		return 0;
	}
	if (!sh_var_unset(sh, word))
		return sh_builtin_error(sh, who, "%s: cannot unset: readonly variable", word);
	return 0;
}

/**
 * sh_bi_unset() - unset [-fv] name ...
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_unset(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	int c, how = 0, status = 0;

	while ((c = sh_option(sh, &o, argc, argv, sh->dash ? "fv" : "fvn")) != 0) {
		if (c == '?')
			return SH_STATUS_USAGE;
		how = c;
	}
	for (; o.at < argc; o.at++)
		status |= unset_one(sh, argv[0], argv[o.at], how);
	return status;
}
