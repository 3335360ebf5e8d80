/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ruletext.h - rules in iptables' words, for lines about events
 */
#ifndef TOOLS_TRACE_RULETEXT_H
#define TOOLS_TRACE_RULETEXT_H

#include <netglass/trace.h>

struct rulewords;

struct rulewords *trace_rules_new(void);
void trace_rules_free(struct rulewords *rules);
/* trace_rule_words: "-p tcp --dport 80 -j DNAT ...", and in *ret_broke what did not match (NULL: nothing). */
char *trace_rule_say(void *rules, const struct ng_trace_event *ev, char **ret_broke);

#endif
