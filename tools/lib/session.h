/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session.h - settings of one run that programs may read
 */
#ifndef TOOLS_LIB_SESSION_H
#define TOOLS_LIB_SESSION_H

#include <netglass/types.h>

struct ng_session {
	int pings;	   /* what `ping` without -c sends before ^C; 0: it never ends */
	bool not_modelled; /* something was not: the run exits 3 */
	bool sudo_noted;   /* the note about sudo was given */
	/* the shell at the terminal, while it waits for a line */
	enum { NG_PROMPT_NONE, NG_PROMPT_COMMAND, NG_PROMPT_MORE } prompt;
	int status; /* of its last command */
};

#endif
