/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * format.h - echo's escapes and printf's formats, for builtins and programs
 */
#ifndef TOOLS_SH_FORMAT_H
#define TOOLS_SH_FORMAT_H

#include "mem.h"

enum ng_format_error {
	NG_FORMAT_NUMBER,  /* an argument is no number */
	NG_FORMAT_PARTIAL, /* it begins like one; only dash tells the difference */
	NG_FORMAT_RANGE,   /* it is too large; only dash is told */
	NG_FORMAT_LETTER,  /* a conversion is unknown: arg is its letter; output ends */
	NG_FORMAT_MISSING, /* the format ends inside a conversion */
};

typedef void (*ng_format_error_fn)(void *ctx, enum ng_format_error what, const char *arg);

enum ng_escapes {
	NG_ESCAPE_FORMAT,      /* of printf: \nnn */
	NG_ESCAPE_ECHO,	       /* of echo -e and %b: \0nnn */
	NG_ESCAPE_DASH,	       /* of dash's echo and %b: \nnn and \0nnn, no \x, \u and \E */
	NG_ESCAPE_DASH_FORMAT, /* of dash's printf: no \c either */
};

enum ng_format_of { NG_FORMAT_BASH, NG_FORMAT_DASH };

/* Puts @s with its escapes done. False: \c was met, nothing may follow. */
bool ng_unescape(struct sh_buf *out, const char *s, enum ng_escapes how);
/* printf FORMAT ARG...; 0, or 1 after an error. */
int ng_format(struct sh_buf *out, const char *format, char **args, enum ng_format_of of,
	      ng_format_error_fn error, void *ctx);

#endif
