/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test.h - what `test`, `[` and `[[` know about files, texts and numbers
 */
#ifndef TOOLS_SH_TEST_H
#define TOOLS_SH_TEST_H

#include <stdbool.h>
#include <stdint.h>

struct ng_task;

/* -f s, -z s, ...: the letter is one of ng_test_unary_letters */
bool ng_test_unary(struct ng_task *task, char letter, const char *s);
extern const char ng_test_unary_letters[];
/* -eq -ne -lt -le -gt -ge */
bool ng_test_numbers(const char *op, int64_t a, int64_t b);
/* -nt -ot -ef */
bool ng_test_files(struct ng_task *task, const char *op, const char *a, const char *b);
/*
 * test ARG...: 0 true, 1 false, 2 an error, whose words are in *ret_error with the argument they are about in
 * *ret_arg (NULL: none).
 */
int ng_test_args(struct ng_task *task, int argc, char **argv, const char **ret_arg,
		 const char **ret_error);
/* Is a regular expression small enough for regcomp() on a small stack? */
bool ng_regex_bounded(const char *pattern);

#endif
