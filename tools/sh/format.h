/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * format.h - echo's escapes and printf's formats, for builtins and programs
 */
#ifndef TOOLS_SH_FORMAT_H
#define TOOLS_SH_FORMAT_H

#include "mem.h"

enum ng_format_error {
	NG_FORMAT_NUMBER,  /* an argument is no number */
	NG_FORMAT_LETTER,  /* a conversion is unknown: arg is its letter; output ends */
	NG_FORMAT_MISSING, /* the format ends inside a conversion */
};

typedef void (*ng_format_error_fn)(void *ctx, enum ng_format_error what, const char *arg);

/* Puts @s with its escapes done. False: \c was met, nothing may follow. octal0: \0nnn (echo), else \nnn too. */
bool ng_unescape(struct sh_buf *out, const char *s, bool echo);
/* printf FORMAT ARG...; 0, or 1 after an error. */
int ng_format(struct sh_buf *out, const char *format, char **args, ng_format_error_fn error,
	      void *ctx);

#endif
