/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rules.h - rules in iptables' words, for lines about steps
 */
#ifndef TOOLS_STEP_RULES_H
#define TOOLS_STEP_RULES_H

#include <netglass/trace.h>

struct rulewords;

struct rulewords *step_rules_new(void);
void step_rules_free(struct rulewords *rules);
/* trace_rule_words: "-p tcp --dport 80 -j DNAT ...", and in *ret_broke what did not match (NULL: nothing). */
char *step_rule_words(void *rules, const struct ng_trace_event *ev, char **ret_broke);

#endif
