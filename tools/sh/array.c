/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * array.c - indexed arrays, and the positional parameters
 */
#include "sh.h"

#include <stdlib.h>
#include <string.h>

static size_t elem_at(const struct sh_var *var, int64_t index, bool *ret_found)
{
	size_t low = 0, high = var->nelems;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (var->elems[mid].index < index)
			low = mid + 1;
		else
			high = mid;
	}
	*ret_found = low < var->nelems && var->elems[low].index == index;
	return low;
}

/**
 * sh_elem_get() - An element
 * @var: the variable; one that is no array has element 0
 * @index: counted from the end when negative
 *
 * Return: the value, or NULL.
 */
const char *sh_elem_get(const struct sh_var *var, int64_t index)
{
	bool found;
	size_t at;

	if (!(var->flags & SH_VAR_ARRAY))
		return index == 0 || index == -1 ? var->value : NULL;
	if (index < 0 && var->nelems)
		index += var->elems[var->nelems - 1].index + 1;
	at = elem_at(var, index, &found);
	return found ? var->elems[at].value : NULL;
}

static void make_array(struct sh_var *var)
{
	if (var->flags & SH_VAR_ARRAY)
		return;
	var->flags |= SH_VAR_ARRAY;
	if (!var->value)
		return;
	var->elems = sh_xalloc(sizeof(*var->elems));
	var->elems[0].value = var->value;
	var->nelems = 1;
	var->value = NULL;
}

/**
 * sh_elem_set() - Sets an element; the variable becomes an array
 * @sh: the shell
 * @name: the variable
 * @index: counted from the end when negative
 * @value: copied
 * @append: put it behind what is there
 *
 * Return: false after an error.
 */
bool sh_elem_set(struct sh *sh, const char *name, int64_t index, const char *value, bool append)
{
	struct sh_var *var = sh_var_make(sh, name);
	struct sh_elem *e;
	char *joined, *old;
	bool found;
	size_t at;

	if (!sh_var_writable(sh, var))
		return false;
	make_array(var);
	if (index < 0 && var->nelems)
		index += var->elems[var->nelems - 1].index + 1;
	if (index < 0) {
		sh_error(sh, "%s[%lld]: bad array subscript", name, (long long)index);
		return false;
	}
	at = elem_at(var, index, &found);
	if (!found) {
		var->elems = sh_xrealloc(var->elems, (var->nelems + 1) * sizeof(*var->elems));
		memmove(&var->elems[at + 1], &var->elems[at],
			(var->nelems - at) * sizeof(*var->elems));
		var->nelems++;
		var->elems[at] = (struct sh_elem){ .index = index };
	}
	e = &var->elems[at];
	old = e->value;
	if (append && old) {
		joined = sh_xalloc(strlen(old) + strlen(value) + 1);
		strcpy(joined, old);
		strcat(joined, value);
	} else {
		joined = sh_xstrdup(value);
	}
	e->value = joined;
	free(old);
	return true;
}

/**
 * sh_elem_unset() - Removes an element
 * @var: the array
 * @index: which
 */
void sh_elem_unset(struct sh_var *var, int64_t index)
{
	bool found;
	size_t at;

	if (index < 0 && var->nelems)
		index += var->elems[var->nelems - 1].index + 1;
	at = elem_at(var, index, &found);
	if (!found)
		return;
	free(var->elems[at].key);
	free(var->elems[at].value);
	var->nelems--;
	memmove(&var->elems[at], &var->elems[at + 1], (var->nelems - at) * sizeof(*var->elems));
}

/**
 * sh_array_clear() - Removes all elements
 * @var: the variable
 */
void sh_array_clear(struct sh_var *var)
{
	for (size_t i = 0; i < var->nelems; i++) {
		free(var->elems[i].key);
		free(var->elems[i].value);
	}
	free(var->elems);
	var->elems = NULL;
	var->nelems = 0;
}

/**
 * sh_elem_key() - What `${!name[@]}` shows of an element
 * @sh: the shell
 * @e: the element
 *
 * Return: its key or index, in the pool.
 */
const char *sh_elem_key(struct sh *sh, const struct sh_elem *e)
{
	return e->key ? e->key : sh_pool_printf(&sh->pool, "%lld", (long long)e->index);
}

#define ASSOC_BUCKETS 1024U /* of bash's tables, until they are full */

/* bash lists by bucket, the newest of a bucket first; as hash_string() */
static int64_t key_place(struct sh_var *var, const char *key)
{
	uint32_t h = 2166136261U;

	for (; *key; key++)
		h = (h * 16777619U) ^ (uint32_t)(int32_t)*key;
	return (int64_t)(h & (ASSOC_BUCKETS - 1)) << 32 | (UINT32_MAX - var->nr_keys++);
}

/**
 * sh_subscript() - Which element is meant
 * @sh: the shell
 * @name: the variable
 * @text: between the brackets, expanded
 * @make: an element that is not there is made, empty (of associative arrays)
 * @ret: its index
 *
 * Return: false after an error.
 */
bool sh_subscript(struct sh *sh, const char *name, const char *text, bool make, int64_t *ret)
{
	struct sh_var *var = sh_var_find(sh, name);
	bool found;

	if (!var || !(var->flags & SH_VAR_ASSOC))
		return sh_arith(sh, text, NULL, ret);
	for (size_t i = 0; i < var->nelems; i++) {
		if (var->elems[i].key && !strcmp(var->elems[i].key, text)) {
			*ret = var->elems[i].index;
			return true;
		}
	}
	*ret = INT64_MAX;
	if (!make)
		return true;
	if (!*text) {
		sh_error(sh, "%s[%s]: bad array subscript", name, text);
		return false;
	}
	*ret = key_place(var, text);
	if (!sh_elem_set(sh, name, *ret, "", false))
		return false;
	var->elems[elem_at(var, *ret, &found)].key = sh_xstrdup(text);
	return true;
}

/* [index]=value inside an array's list; NULL: a plain element. */
static const char *elem_subscript(struct sh *sh, const char *name, const char *text,
				  int64_t *ret_index)
{
	const char *end = text[0] == '[' ? strstr(text, "]=") : NULL;

	if (!end ||
	    !sh_subscript(sh, name, sh_pool_strndup(&sh->pool, text + 1, (size_t)(end - text - 1)),
			  true, ret_index))
		return NULL;
	return end + 2;
}

/**
 * sh_array_assign() - name=(elems)
 * @sh: the shell
 * @name: the variable
 * @elems: words, expanded here
 * @append: +=
 *
 * Return: false after an error.
 */
bool sh_array_assign(struct sh *sh, const char *name, const struct sh_word *elems, bool append)
{
	struct sh_args args = { .pool = &sh->pool };
	struct sh_var *var;
	int64_t index = 0;

	if (!sh_expand_words(sh, elems, &args))
		return false;
	var = sh_var_make(sh, name);
	if (!sh_var_writable(sh, var))
		return false;
	make_array(var);
	if (!append)
		sh_array_clear(var);
	else if (var->nelems)
		index = var->elems[var->nelems - 1].index + 1;
	for (int i = 0; i < args.n; i++) {
		const char *value = elem_subscript(sh, name, args.v[i], &index);

		if (!value && !sh->jump && (var->flags & SH_VAR_ASSOC)) {
			/* key value key value ... */
			if (!sh_subscript(sh, name, args.v[i], true, &index))
				return false;
			value = i + 1 < args.n ? args.v[++i] : "";
		}

		if (sh->jump || !sh_elem_set(sh, name, index, value ? value : args.v[i], false))
			return false;
		index++;
	}
	return true;
}

static void set_params(struct sh_params *p, int n, char *const *v)
{
	size_t size = (size_t)(n + 1) * sizeof(char *);
	char **block, *text;

	for (int i = 0; i < n; i++)
		size += strlen(v[i]) + 1;
	block = sh_xalloc(size);
	text = (char *)(block + n + 1);
	for (int i = 0; i < n; i++) {
		block[i] = text;
		strcpy(text, v[i]);
		text += strlen(v[i]) + 1;
	}
	free(p->v);
	p->v = block;
	p->n = n;
}

/**
 * sh_params_push() - New positional parameters; the old ones come back with sh_params_pop()
 * @sh: the shell
 * @n: how many
 * @v: copied
 */
void sh_params_push(struct sh *sh, int n, char *const *v)
{
	struct sh_params *p = sh_xalloc(sizeof(*p));

	set_params(p, n, v);
	p->below = sh->params;
	sh->params = p;
}

/**
 * sh_params_set() - Replaces the positional parameters
 * @sh: the shell
 * @n: how many
 * @v: copied; may be a part of the old ones
 */
void sh_params_set(struct sh *sh, int n, char *const *v)
{
	set_params(sh->params, n, v);
	sh->params->getopts_at = 0;
}

/**
 * sh_params_pop() - Back to the positional parameters before
 * @sh: the shell
 */
void sh_params_pop(struct sh *sh)
{
	struct sh_params *p = sh->params;

	sh->params = p->below;
	free(p->v);
	free(p);
}
