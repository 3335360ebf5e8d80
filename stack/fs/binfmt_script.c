/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * binfmt_script.c - files that begin with #!: another program runs them
 *
 * mirrors fs/binfmt_script.c and search_binary_handler() in fs/exec.c
 * CONTROL.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/task.h"
#include "core/xalloc.h"
#include "fs/inode.h"

#define BUF_SIZE 256 /* BINPRM_BUF_SIZE: what is looked at */
#define DEPTH_MAX 5  /* scripts that are run by scripts */
#define BLANKS " \t"

/* Puts @n words in front of @argv, whose first is dropped. */
static void put_in_front(struct exec_image *image, char *const *argv, char *const *words, size_t n)
{
	size_t nargs = 0, i;
	char **new;

	while (argv[nargs])
		nargs++;
	nargs -= nargs > 0;
	new = xzalloc((n + nargs + 1) * sizeof(*new));
	for (i = 0; i < n; i++)
		new[i] = xstrdup(words[i]);
	for (i = 0; i < nargs; i++)
		new[n + i] = xstrdup(argv[i + 1]);
	exec_image_free(image);
	image->argv = new;
}

/* Cuts the first line into interpreter and argument. False: it is no script. */
static bool cut_line(const struct inode *inode, char *line, char **ret_interp, char **ret_arg)
{
	size_t len = inode->size < BUF_SIZE - 1 ? inode->size : BUF_SIZE - 1, n;
	char *end;

	if (len < 2 || memcmp(inode->data, "#!", 2))
		return false;
	memcpy(line, inode->data, len);
	line[len] = '\0';
	end = strchr(line, '\n');
	*ret_interp = line + 2 + strspn(line + 2, BLANKS);
	if (!end && inode->size >= BUF_SIZE && !(*ret_interp)[strcspn(*ret_interp, BLANKS)])
		return false; /* the path may be cut off */
	if (!end)
		end = line + strlen(line);
	while (end > *ret_interp && strchr(BLANKS, end[-1]))
		end--;
	*end = '\0';
	n = strcspn(*ret_interp, BLANKS);
	*ret_arg = *ret_interp + n + strspn(*ret_interp + n, BLANKS);
	(*ret_interp)[n] = '\0';
	return end > *ret_interp;
}

/**
 * exec_image_find() - The program that runs the file at a path, and its arguments
 * @task: whose view
 * @path: the file
 * @argv: the arguments it was given
 * @ret: zeroed; exec_image_free() ends it, after an error too
 *
 * Return: 0, -ENOENT, -EACCES, -ENOEXEC (neither a program nor a script), -ELOOP.
 */
int exec_image_find(struct ng_task *task, const char *path, char *const argv[],
		    struct exec_image *ret)
{
	char line[BUF_SIZE], *interp, *arg, *words[3];
	struct path p;
	int depth, err;

	for (depth = 0; depth <= DEPTH_MAX; depth++) {
		size_t n = 0;

		err = vfs_program(task, path, &ret->program);
		if (err != -ENOEXEC)
			return err;
		if (path_lookup(task, path, true, &p) || p.is_dyn ||
		    !cut_line(p.inode, line, &interp, &arg))
			return -ENOEXEC;
		words[n++] = interp;
		if (*arg)
			words[n++] = arg;
		words[n++] = (char *)(uintptr_t)path;
		put_in_front(ret, ret->argv ? ret->argv : argv, words, n);
		path = ret->argv[0];
	}
	return -ELOOP;
}

/**
 * exec_image_free() - Ends what exec_image_find() has made
 * @image: it
 */
void exec_image_free(struct exec_image *image)
{
	size_t i;

	for (i = 0; image->argv && image->argv[i]; i++)
		free(image->argv[i]);
	free(image->argv);
	image->argv = NULL;
}
