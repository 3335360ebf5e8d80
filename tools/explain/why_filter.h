/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_filter.h - rules of iptables, as findings see them
 */
#ifndef TOOLS_EXPLAIN_WHY_FILTER_H
#define TOOLS_EXPLAIN_WHY_FILTER_H

#include "why.h"

const char *fw_word(const struct why_fwrule *r, const char *option);
unsigned int fw_setter(const struct why *w, const struct why_fwrule *r);
const char *fw_cmd(struct why *w, const char *ns, const char *table);
const struct why_dev *fw_bridged(const struct why *w, const char *ns);

#endif
