/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * util.h - what the small text programs share
 */
#ifndef TOOLS_COREUTILS_UTIL_H
#define TOOLS_COREUTILS_UTIL_H

#include "../lib/getopt.h"
#include "../lib/prog.h"
#include "../lib/program.h"

#include <netglass/out.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define CU_LINE_MAX (64 * 1024 * 1024)

/* An input, read line by line or as it comes. */
struct cu_in {
	struct ng_task *task;
	int fd;
	char *buf;
	size_t cap;
	size_t start, end; /* unread bytes */
	bool eof;
	int error;	 /* -errno of a read */
	bool unreadable; /* cu_open() failed, but the file is there and was opened */
};

struct cu_line {
	char *s; /* ended by NUL, without its newline; valid until the next cu_line_next() */
	size_t len;
	bool newline; /* there was one */
};

/* "-" is standard input. 0 or -errno; after that the input is empty. */
int cu_open(struct cu_in *in, struct ng_task *task, const char *path);
bool cu_line_next(struct cu_in *in, struct cu_line *line);
/* Whatever comes next; 0 at the end. */
size_t cu_read(struct cu_in *in, const char **ret_data);
void cu_close(struct cu_in *in);
/* All of it, ended by NUL. */
char *cu_read_all(struct cu_in *in, size_t *ret_len);

/* "Try 'cat --help' for more information."; returns @status. */
int cu_try_help(struct ng_task *task, const char *name, int status);
/* Options of GNU programs that take only --help and --version besides: the first operand, or -status - 1. */
int cu_no_options(struct ng_task *task, int argc, char **argv, const char *letters);
/* files.c: the paths in a folder; 0 or -errno */
int cu_list_folder(struct ng_task *task, const char *path, char ***names, size_t *n);
char *cu_find_program(struct ng_task *task, const char *path, const char *name);
/* A whole decimal number with no sign. */
bool cu_number(const char *s, uint64_t *ret);

/* run.c */
#define CU_FOR_EVER INT64_C(900000000000000000) /* ns: 28 years and more, nothing will end it */
bool cu_duration(const char *s, int64_t *ret_ns);
int cu_exec_failed(struct ng_task *task, const char *who, const char *fmt_name, const char *name,
		   int err);

#endif
