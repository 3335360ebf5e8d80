/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * close.c - what programs say when their standard output could not be written
 *
 * As close_stdout() of gnulib and util-linux. Programs that are not in the table
 * (iproute2's, net-tools, ...) do not look.
 */
#include "close.h"

#include "program.h"

#include <netglass/out.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdlib.h>
#include <string.h>

enum how {
	HOW_ERRNO,  /* NAME: write error: WHY */
	HOW_PLAIN,  /* NAME: write error */
	HOW_OUTPUT, /* NAME: standard output: WHY */
	HOW_FIND,
	HOW_SED,
	HOW_SORT,
};

static const struct told {
	const char *name; /* of the program's file */
	int status;
	enum how how;
} table[] = {
	/* sorted */
	{ "base64", 1, HOW_ERRNO },	{ "basename", 1, HOW_ERRNO }, { "cat", 1, HOW_ERRNO },
	{ "cmp", 2, HOW_OUTPUT },	{ "column", 1, HOW_ERRNO },   { "comm", 1, HOW_ERRNO },
	{ "cut", 1, HOW_ERRNO },	{ "date", 1, HOW_ERRNO },     { "diff", 2, HOW_OUTPUT },
	{ "dirname", 1, HOW_ERRNO },	{ "dmesg", 1, HOW_ERRNO },    { "echo", 1, HOW_ERRNO },
	{ "env", 125, HOW_ERRNO },	{ "expr", 3, HOW_ERRNO },     { "find", 1, HOW_FIND },
	{ "grep", 2, HOW_ERRNO },	{ "head", 1, HOW_ERRNO },     { "hexdump", 1, HOW_ERRNO },
	{ "id", 1, HOW_ERRNO },		{ "ls", 2, HOW_ERRNO },	      { "lsns", 1, HOW_PLAIN },
	{ "md5sum", 1, HOW_PLAIN },	{ "mktemp", 1, HOW_ERRNO },   { "mount", 1, HOW_ERRNO },
	{ "mountpoint", 1, HOW_ERRNO }, { "nl", 1, HOW_ERRNO },	      { "nproc", 1, HOW_ERRNO },
	{ "od", 1, HOW_ERRNO },		{ "paste", 1, HOW_ERRNO },    { "pgrep", 1, HOW_ERRNO },
	{ "ping", 1, HOW_PLAIN },	{ "printenv", 2, HOW_ERRNO }, { "printf", 1, HOW_ERRNO },
	{ "ps", 1, HOW_ERRNO },		{ "pwd", 1, HOW_ERRNO },      { "readlink", 1, HOW_ERRNO },
	{ "realpath", 1, HOW_ERRNO },	{ "rev", 1, HOW_ERRNO },      { "sed", 4, HOW_SED },
	{ "seq", 1, HOW_ERRNO },	{ "sha1sum", 1, HOW_PLAIN },  { "sha256sum", 1, HOW_PLAIN },
	{ "sha512sum", 1, HOW_PLAIN },	{ "sort", 2, HOW_SORT },      { "stat", 1, HOW_ERRNO },
	{ "sysctl", 1, HOW_ERRNO },	{ "tac", 1, HOW_ERRNO },      { "tail", 1, HOW_ERRNO },
	{ "tr", 1, HOW_ERRNO },		{ "uname", 1, HOW_ERRNO },    { "uniq", 1, HOW_ERRNO },
	{ "wc", 1, HOW_PLAIN },		{ "whoami", 1, HOW_ERRNO },
};

static int by_name(const void *name, const void *row)
{
	return strcmp(name, ((const struct told *)row)->name);
}

static void tell(struct ng_out *err, const char *name, enum how how, const char *why)
{
	switch (how) {
	case HOW_ERRNO:
		ng_printf(err, "%s: write error: %s\n", name, why);
		break;
	case HOW_PLAIN:
		ng_printf(err, "%s: write error\n", name);
		break;
	case HOW_OUTPUT:
		ng_printf(err, "%s: standard output: %s\n", name, why);
		break;
	case HOW_FIND:
		ng_printf(err, "%s: 'standard output': %s\n%s: write error\n", name, why, name);
		break;
	case HOW_SED:
		ng_printf(err, "%s: couldn't flush stdout: %s\n", name, why);
		break;
	case HOW_SORT:
		ng_printf(err, "%s: fflush failed: 'standard output': %s\n%s: write error\n", name,
			  why, name);
		break;
	}
}

/**
 * close_stdout() - Flushes standard output and says when that failed
 * @task: the program, about to end
 * @path: its file
 * @name: what it was called
 * @status: the status it means to end with
 *
 * Return: the status it ends with.
 */
int close_stdout(struct ng_task *task, const char *path, const char *name, int status)
{
	struct ng_out *out = ng_stdout(task);
	const struct told *row;
	int err;

	ng_flush(out);
	err = ng_out_error(out);
	if (!err || err == -NG_ENOTMODELLED)
		return status;
	row = bsearch(strrchr(path, '/') + 1, table, sizeof(table) / sizeof(table[0]),
		      sizeof(table[0]), by_name);
	if (!row)
		return status;
	if (err == -NG_ENOTSUPP)
		return ng_not_modelled(task, "%s: this value for a file of the kernel", name);
	tell(ng_stderr(task), name, row->how, ng_strerror(-err));
	return row->status;
}
