/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * state.c - the machine before a statement, asked with its own tools
 */
#include "state.h"

#include <string.h>

#define ASK                                                                                  \
	"set +e; echo @; ip -o -d link; for n in $(ip netns list | cut -d' ' -f1); do echo " \
	"\"@$n\"; "                                                                          \
	"ip -n $n -o -d link; done"

static void dev_free(gpointer data)
{
	struct state_dev *d = data;

	g_free(d->ns);
	g_free(d->name);
	g_free(d);
}

/**
 * state_free() - Forgets it
 * @st: or NULL
 */
void state_free(struct state *st)
{
	if (!st)
		return;
	g_ptr_array_unref(st->namespaces);
	g_ptr_array_unref(st->devices);
	g_free(st);
}

/* "2: veth-red@if3: <BROADCAST,UP> ..." */
static void read_device(struct state *st, const char *ns, const char *line)
{
	const char *name = strstr(line, ": ");
	const char *flags = strchr(line, '<');
	struct state_dev *d;
	const char *up;

	if (!name || !flags || flags < name)
		return;
	name += 2;
	d = g_new0(struct state_dev, 1);
	d->ns = *ns ? g_strdup(ns) : NULL;
	d->name = g_strndup(name, strcspn(name, "@:"));
	up = g_strstr_len(flags, (gssize)strcspn(flags, ">"), "UP");
	while (up && !strchr("<,", up[-1]))
		up = g_strstr_len(up + 1, (gssize)strcspn(up + 1, ">"), "UP");
	d->up = up != NULL;
	d->bridge = strstr(line, "bridge forward_delay") != NULL;
	g_ptr_array_add(st->devices, d);
}

/**
 * state_before() - What there is before a statement
 * @s: the script
 * @index: the statement
 * @runner: who runs it
 *
 * Return: the state; empty when the script had ended by then.
 */
struct state *state_before(const struct script *s, unsigned int index,
			   const struct script_runner *runner)
{
	struct state *st = g_new0(struct state, 1);
	struct script *copy = script_copy(s);
	g_auto(GStrv) lines = NULL;
	const char *ns = "";
	struct replay *r;

	st->namespaces = g_ptr_array_new_with_free_func(g_free);
	st->devices = g_ptr_array_new_with_free_func(dev_free);
	g_ptr_array_set_size(copy->stmts, (int)index);
	script_insert(copy, index, ASK);
	r = runner->run(runner->arg, copy);
	lines = g_strsplit(replay_at(r, index)->out->str, "\n", -1);
	for (char **l = lines; *l; l++) {
		if (**l != '@') {
			read_device(st, ns, *l);
			continue;
		}
		ns = *l + 1;
		if (*ns)
			g_ptr_array_add(st->namespaces, g_strdup(ns));
	}
	replay_free(r);
	script_free(copy);
	return st;
}

/**
 * state_has_ns() - Is there such a namespace?
 * @st: the state
 * @name: its name
 */
bool state_has_ns(const struct state *st, const char *name)
{
	for (unsigned int i = 0; i < st->namespaces->len; i++) {
		if (!strcmp(g_ptr_array_index(st->namespaces, i), name))
			return true;
	}
	return false;
}

/**
 * state_find() - A device
 * @st: the state
 * @ns: its namespace; NULL: the machine's own
 * @name: its name
 * @any_ns: in whatever namespace
 *
 * Return: the device, or NULL.
 */
const struct state_dev *state_find(const struct state *st, const char *ns, const char *name,
				   bool any_ns)
{
	for (unsigned int i = 0; i < st->devices->len; i++) {
		const struct state_dev *d = g_ptr_array_index(st->devices, i);

		if (!strcmp(d->name, name) && (any_ns || !g_strcmp0(d->ns, ns)))
			return d;
	}
	return NULL;
}
