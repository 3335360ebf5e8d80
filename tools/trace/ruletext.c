/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ruletext.c - rules in iptables' words, for lines about events
 */
#include "ruletext.h"

#include "../explain/explain.h"

/**
 * trace_rules_new() - Makes the world that prints rules
 *
 * Return: it, trace_rules_free() it.
 */
struct rulewords *trace_rules_new(void)
{
	return rulewords_new();
}

/**
 * trace_rules_free() - Forgets it
 * @rules: or NULL
 */
void trace_rules_free(struct rulewords *rules)
{
	if (rules)
		rulewords_free(rules);
}

/**
 * trace_rule_say() - The rule of an event
 * @rules: of trace_rules_new()
 * @ev: of kind RULE
 * @ret_broke: the condition that said no and what the packet has, to be freed; NULL: it matched
 *
 * Return: the words, to be freed; NULL: not known.
 */
char *trace_rule_say(void *rules, const struct ng_trace_event *ev, char **ret_broke)
{
	struct rule_text text = rulewords_of(rules, &ev->rule);
	g_autofree char *actual = text.broke ? rule_actual(text.broke, ev) : NULL;
	char *words = g_strdup(text.words);

	*ret_broke = NULL;
	if (text.broke)
		*ret_broke = actual ? g_strdup_printf("%s, the packet has %s", text.broke, actual)
				    : g_strdup(text.broke);
	return words;
}
