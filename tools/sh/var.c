/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * var.c - variables: a sorted table, saved and restored around functions
 */
#include "dash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/**
 * sh_is_name() - May this be a variable's name?
 * @s: the text
 *
 * Return: true for a letter or _ and then letters, digits, _.
 */
bool sh_is_name(const char *s)
{
	if (!*s || (*s >= '0' && *s <= '9'))
		return false;
	for (; *s; s++) {
		if (!(*s >= 'a' && *s <= 'z') && !(*s >= 'A' && *s <= 'Z') &&
		    !(*s >= '0' && *s <= '9') && *s != '_')
			return false;
	}
	return true;
}

static size_t var_at(const struct sh *sh, const char *name, bool *ret_found)
{
	size_t low = 0, high = sh->nvars;

	*ret_found = false;
	while (low < high) {
		size_t mid = (low + high) / 2;
		const char *at = sh->vars[mid]->name;
		int c = *name == *at ? strcmp(name, at) : (uint8_t)*name - (uint8_t)*at;

		if (c == 0) {
			*ret_found = true;
			return mid;
		}
		if (c < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return low;
}

/**
 * sh_var_find() - Looks a variable up
 * @sh: the shell
 * @name: its name
 *
 * Return: the variable, or NULL. It may have no value yet.
 */
struct sh_var *sh_var_find(const struct sh *sh, const char *name)
{
	bool found;
	size_t at = var_at(sh, name, &found);

	return found ? sh->vars[at] : NULL;
}

static void insert(struct sh *sh, size_t at, struct sh_var *var)
{
	sh->vars = sh_xrealloc(sh->vars, (sh->nvars + 1) * sizeof(*sh->vars));
	memmove(&sh->vars[at + 1], &sh->vars[at], (sh->nvars - at) * sizeof(*sh->vars));
	sh->vars[at] = var;
	sh->nvars++;
}

/**
 * sh_var_make() - Looks a variable up, or makes it
 * @sh: the shell
 * @name: its name
 *
 * Return: the variable; a new one has no value.
 */
struct sh_var *sh_var_make(struct sh *sh, const char *name)
{
	bool found;
	size_t at = var_at(sh, name, &found);
	struct sh_var *var;

	if (found)
		return sh->vars[at];
	var = sh_xalloc(sizeof(*var));
	var->name = sh_xstrdup(name);
	insert(sh, at, var);
	return var;
}

/**
 * sh_var_value() - The value of a variable that was found
 * @var: the variable
 *
 * Return: the value (of an array, that of index 0), or NULL.
 */
const char *sh_var_value(const struct sh_var *var)
{
	return var->flags & SH_VAR_ARRAY ? sh_elem_get(var, 0) : var->value;
}

/**
 * sh_var_get() - The value of a variable
 * @sh: the shell
 * @name: its name
 *
 * Return: the value (of an array, that of index 0), or NULL.
 */
const char *sh_var_get(const struct sh *sh, const char *name)
{
	const struct sh_var *var = sh_var_find(sh, name);

	return var ? sh_var_value(var) : NULL;
}

/**
 * sh_var_writable() - May a variable be changed?
 * @sh: the shell
 * @var: the variable, or NULL
 *
 * Return: false, after bash's words and with the command given up, for a readonly one.
 */
bool sh_var_writable(struct sh *sh, const struct sh_var *var)
{
	if (!var || !(var->flags & SH_VAR_READONLY))
		return true;
	sh_error(sh, "%s: readonly variable", var->name);
	if (sh->dash)
		sh_dash_raise(sh);
	return false;
}

/**
 * sh_var_set() - Gives a variable a value
 * @sh: the shell
 * @name: its name
 * @value: copied
 *
 * Return: false, after an error, when it cannot be.
 */
bool sh_var_set(struct sh *sh, const char *name, const char *value)
{
	struct sh_var *var = sh_var_make(sh, name);
	char number[32];
	int64_t n;
	char *old;

	if (!sh_var_writable(sh, var))
		return false;
	if (var->flags & SH_VAR_INTEGER) {
		if (!sh_arith(sh, value, NULL, &n))
			return false;
		snprintf(number, sizeof(number), "%lld", (long long)n);
		value = number;
	}
	if (var->flags & SH_VAR_ARRAY)
		return sh_elem_set(sh, name, 0, value, false);
	old = var->value;
	var->value = sh_xstrdup(value);
	free(old);
	if (sh->allexport)
		var->flags |= SH_VAR_EXPORT;
	if (!strcmp(name, "RANDOM") && !sh->dash) {
		sh->random = (unsigned int)strtoul(value, NULL, 10);
		sh->random_set = true;
	}
	return true;
}

/**
 * sh_var_append() - name+=value
 * @sh: the shell
 * @name: its name
 * @value: text, or a number to add for an integer
 *
 * Return: false after an error.
 */
bool sh_var_append(struct sh *sh, const char *name, const char *value)
{
	const struct sh_var *var = sh_var_find(sh, name);
	const char *old = sh_var_get(sh, name);
	struct sh_mark mark = sh_pool_mark(&sh->pool);
	bool ok;

	if (var && var->flags & SH_VAR_INTEGER)
		value = sh_pool_printf(&sh->pool, "(%s)+(%s)", old && *old ? old : "0", value);
	else if (old)
		value = sh_pool_join(&sh->pool, old, value, "");
	ok = sh_var_set(sh, name, value);
	sh_pool_release(&sh->pool, mark);
	return ok;
}

/**
 * sh_var_free() - Ends a variable that is in no table
 * @var: the variable, or NULL
 */
void sh_var_free(struct sh_var *var)
{
	if (!var)
		return;
	sh_array_clear(var);
	free(var->name);
	free(var->value);
	free(var);
}

/**
 * sh_var_copy() - A second one like it
 * @var: the variable
 *
 * Return: the copy, in no table.
 */
struct sh_var *sh_var_copy(const struct sh_var *var)
{
	struct sh_var *copy = sh_xalloc(sizeof(*copy));

	copy->name = sh_xstrdup(var->name);
	copy->value = sh_xstrdup(var->value);
	copy->flags = var->flags;
	if (var->nelems)
		copy->elems = sh_xalloc(var->nelems * sizeof(*copy->elems));
	for (size_t i = 0; i < var->nelems; i++) {
		copy->elems[i].index = var->elems[i].index;
		copy->elems[i].key = var->elems[i].key ? sh_xstrdup(var->elems[i].key) : NULL;
		copy->elems[i].value = sh_xstrdup(var->elems[i].value);
	}
	copy->nelems = var->nelems;
	copy->nr_keys = var->nr_keys;
	return copy;
}

static struct sh_var *take_out(struct sh *sh, const char *name)
{
	bool found;
	size_t at = var_at(sh, name, &found);
	struct sh_var *var;

	if (!found)
		return NULL;
	var = sh->vars[at];
	sh->nvars--;
	memmove(&sh->vars[at], &sh->vars[at + 1], (sh->nvars - at) * sizeof(*sh->vars));
	return var;
}

/**
 * sh_var_unset() - Removes a variable
 * @sh: the shell
 * @name: its name
 *
 * Return: false when it is readonly; nothing is said.
 */
bool sh_var_unset(struct sh *sh, const char *name)
{
	const struct sh_var *var = sh_var_find(sh, name);

	if (var && var->flags & SH_VAR_READONLY)
		return false;
	sh_var_free(take_out(sh, name));
	return true;
}

/**
 * sh_scope_enter() - Variables put aside from now on come back with sh_scope_leave()
 * @sh: the shell
 */
void sh_scope_enter(struct sh *sh)
{
	struct sh_saved *s = sh_xalloc(sizeof(*s));

	s->next = sh->saved;
	sh->saved = s;
}

/**
 * sh_var_save() - Puts a variable aside; there is none of that name afterwards
 * @sh: the shell
 * @name: its name
 *
 * Return: false, nothing done, when the scope has done that already.
 */
bool sh_var_save(struct sh *sh, const char *name)
{
	struct sh_saved *s;

	for (s = sh->saved; s && s->name; s = s->next) {
		if (!strcmp(s->name, name))
			return false;
	}
	s = sh_xalloc(sizeof(*s));
	s->name = sh_xstrdup(name);
	s->var = take_out(sh, name);
	s->next = sh->saved;
	sh->saved = s;
	return true;
}

/**
 * sh_scope_leave() - Brings back what was put aside in the scope
 * @sh: the shell
 */
void sh_scope_leave(struct sh *sh)
{
	struct sh_saved *s;
	bool scope = false;

	while (!scope && (s = sh->saved) != NULL) {
		bool found;
		size_t at;

		sh->saved = s->next;
		scope = !s->name;
		if (s->name) {
			sh_var_free(take_out(sh, s->name));
			at = var_at(sh, s->name, &found);
			if (s->var)
				insert(sh, at, s->var);
		}
		free(s->name);
		free(s);
	}
}

/**
 * sh_environ() - The environment for a program
 * @sh: the shell
 *
 * Return: "NAME=value" strings in the pool, by name.
 */
char **sh_environ(struct sh *sh)
{
	struct sh_args env = { .pool = &sh->pool };

	for (size_t i = 0; i < sh->nvars; i++) {
		const struct sh_var *var = sh->vars[i];

		if (var->flags & SH_VAR_EXPORT && var->value && !(var->flags & SH_VAR_ARRAY))
			sh_args_add(&env, sh_pool_join(&sh->pool, var->name, "=", var->value));
	}
	if (!env.n)
		env.v = sh_pool_alloc(&sh->pool, sizeof(*env.v));
	return env.v;
}

static unsigned int next_random(struct sh *sh)
{
	/* bash: Park and Miller's generator, 16807, then two halves folded */
	int64_t h, l, t;

	if (!sh->random_set) {
		ng_sys_getrandom(sh->task, &sh->random, sizeof(sh->random));
		sh->random_set = true;
	}
	if (sh->random == 0)
		sh->random = 123459876;
	h = sh->random / 127773;
	l = sh->random - 127773 * h;
	t = 16807 * l - 2836 * h;
	sh->random = (unsigned int)(t < 0 ? t + 0x7fffffff : t);
	return ((sh->random >> 16) ^ (sh->random & 65535)) & 32767;
}

/* Not asked for before it is used: the question takes time. */
static const char *host_name(struct sh *sh, struct sh_pool *pool)
{
	char host[256];

	return ng_sys_gethostname(sh->task, host, sizeof(host)) < 0 ? NULL
								    : sh_pool_strdup(pool, host);
}

static const char *running_command(struct sh *sh, struct sh_pool *pool)
{
	struct sh_buf text = { .pool = pool };

	if (sh->trap_command && (sh->in_trap || sh->in_pseudo))
		return sh->trap_command;
	if (sh->simple)
		sh_print_node(&text, sh->simple);
	return sh_buf_str(&text);
}

/**
 * sh_var_special() - Variables that are computed
 * @sh: the shell
 * @name: RANDOM, LINENO, SECONDS, ...
 * @pool: for the value
 *
 * Return: the value, or NULL when the name is an ordinary one.
 */
const char *sh_var_special(struct sh *sh, const char *name, struct sh_pool *pool)
{
	if (name[0] < 'B' || name[0] > 'U' || sh->dash)
		return NULL;
	if (!strcmp(name, "RANDOM"))
		return sh_pool_printf(pool, "%u", next_random(sh));
	if (!strcmp(name, "LINENO"))
		return sh_pool_printf(pool, "%u", sh->line);
	if (!strcmp(name, "SECONDS"))
		return sh_pool_printf(
			pool, "%lld",
			(long long)((ng_sys_clock_monotonic(sh->task) - sh->start_ns) /
				    NSEC_PER_SEC));
	if (!strcmp(name, "EPOCHSECONDS"))
		return sh_pool_printf(pool, "%lld",
				      (long long)(ng_sys_clock_realtime(sh->task) / NSEC_PER_SEC));
	if (!strcmp(name, "BASH_COMMAND"))
		return running_command(sh, pool);
	if (!strcmp(name, "BASH_SUBSHELL"))
		return sh_pool_printf(pool, "%d", sh->subshell_depth);
	if (!strcmp(name, "HOSTNAME") && !sh_var_find(sh, name))
		return host_name(sh, pool);
	if (!strcmp(name, "BASHPID"))
		return sh_pool_printf(pool, "%d", ng_sys_getpid(sh->task));
	if (!strcmp(name, "UID") || !strcmp(name, "EUID"))
		return "0";
	return NULL;
}
