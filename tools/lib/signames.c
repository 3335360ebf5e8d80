/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * signames.c - names of signals, as coreutils' and procps' programs know them
 */
#include "signames.h"

const char *const signal_names[NR_SIGNAL_NAMES] = {
	"EXIT", "HUP",	"INT",	"QUIT", "ILL",	  "TRAP",   "ABRT",  "BUS",  "FPE",  "KILL", "USR1",
	"SEGV", "USR2", "PIPE", "ALRM", "TERM",	  "STKFLT", "CHLD",  "CONT", "STOP", "TSTP", "TTIN",
	"TTOU", "URG",	"XCPU", "XFSZ", "VTALRM", "PROF",   "WINCH", "POLL", "PWR",  "SYS",
};
