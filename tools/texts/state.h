/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * state.h - the machine before a statement
 */
#ifndef TOOLS_TEXTS_STATE_H
#define TOOLS_TEXTS_STATE_H

#include "causes.h"

/* Runs the script up to before @index and asks for namespaces and devices. */
struct state *state_before(const struct script *s, unsigned int index,
			   const struct script_runner *runner);
void state_free(struct state *st);

#endif
