/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xargs.c - xargs: commands from words on standard input
 */
#include "util.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/wait.h>

#define BYTES_MAX 131072 /* of one command line, as GNU xargs */
#define WORDS_MAX 16384

int xargs_main(struct ng_task *task, int argc, char **argv);

struct xargs {
	struct ng_task *task;
	int ncommand;
	char **command;
	uint64_t max_words;
	const char *replace; /* -I */
	bool no_run_if_empty, nul, trace;
	int delim; /* -d; -1: blanks */
	/* the command line being made */
	char **words;
	int nwords;
	size_t bytes;
	bool ran;
	int status;
};

static bool special(const char *s)
{
	return !*s || strpbrk(s, " \t\n\"\\|&;()<>!*[]?$`");
}

static int run(struct xargs *x, char **argv)
{
	struct ng_spawn how = { .pgid = -1 };
	char *path = cu_find_program(x->task, ng_task_getenv(x->task, "PATH"), argv[0]);
	int pid, st;

	if (x->trace) {
		for (int i = 0; argv[i]; i++)
			ng_printf(ng_stderr(x->task), special(argv[i]) ? "%s'%s'" : "%s%s",
				  i ? " " : "", argv[i]);
		ng_putc(ng_stderr(x->task), '\n');
	}
	x->ran = true;
	pid = ng_sys_spawn(x->task, path, argv, &how);
	if (pid < 0) {
		prog_error(x->task, "xargs", -pid, "%s", argv[0]);
		return x->status = pid == -ENOENT ? 127 : 126;
	}
	while (ng_sys_wait4(x->task, pid, &st, 0) == -EINTR)
		;
	if (WIFSIGNALED(st)) {
		prog_error(x->task, "xargs", 0, "%s: terminated by signal %d", argv[0],
			   WTERMSIG(st));
		return x->status = 125;
	}
	if (WEXITSTATUS(st) == 255) {
		prog_error(x->task, "xargs", 0, "%s: exited with status 255; aborting", argv[0]);
		return x->status = 124;
	}
	if (WEXITSTATUS(st))
		x->status = 123;
	return 0;
}

static int run_words(struct xargs *x)
{
	char **argv = ng_task_alloc(x->task, (size_t)(x->ncommand + x->nwords + 1) * sizeof(*argv));

	for (int i = 0; i < x->ncommand; i++)
		argv[i] = x->command[i];
	for (int i = 0; i < x->nwords; i++)
		argv[x->ncommand + i] = x->words[i];
	x->nwords = 0;
	x->bytes = 0;
	return run(x, argv);
}

static char *put_in(struct xargs *x, const char *text, const char *word)
{
	size_t n = 0, k = strlen(x->replace), size = strlen(text) + 1;
	char *out;

	for (const char *s = strstr(text, x->replace); s; s = strstr(s + k, x->replace))
		size += strlen(word);
	out = ng_task_alloc(x->task, size);
	while (*text) {
		if (!strncmp(text, x->replace, k)) {
			strcpy(out + n, word);
			n += strlen(word);
			text += k;
		} else {
			out[n++] = *text++;
		}
	}
	return out;
}

static int run_replaced(struct xargs *x, const char *word)
{
	char **argv = ng_task_alloc(x->task, (size_t)(x->ncommand + 1) * sizeof(*argv));

	for (int i = 0; i < x->ncommand; i++)
		argv[i] = i ? put_in(x, x->command[i], word) : x->command[i];
	return run(x, argv);
}

static int add_word(struct xargs *x, const char *s, size_t n)
{
	int err = 0;

	if (x->replace)
		return run_replaced(x, ng_task_strndup(x->task, s, n));
	if (x->bytes + n + 1 > BYTES_MAX || x->nwords == WORDS_MAX)
		err = run_words(x);
	x->words[x->nwords++] = ng_task_strndup(x->task, s, n);
	x->bytes += n + 1;
	if (!err && (uint64_t)x->nwords == x->max_words)
		err = run_words(x);
	return err;
}

static int unmatched(struct xargs *x, char quote)
{
	prog_error(x->task, "xargs", 0,
		   "unmatched %s quote; by default quotes are special to xargs unless you use the "
		   "-0 option",
		   quote == '"' ? "double" : "single");
	return x->status = 1;
}

/* Words of the input: blanks separate (with -I only newlines), quotes and backslashes protect. */
static int read_words(struct xargs *x, const char *s, size_t len)
{
	char *word = ng_task_alloc(x->task, len + 1);
	const char *end = s + len;
	int err = 0;

	while (s < end && !err) {
		size_t n = 0;
		bool any = false;

		while (s < end && (*s == ' ' || *s == '\t' || *s == '\n'))
			s++;
		while (s < end && *s != '\n' && (x->replace || (*s != ' ' && *s != '\t'))) {
			any = true;
			if (*s == '\'' || *s == '"') {
				const char *close = memchr(s + 1, *s, (size_t)(end - s - 1));

				if (!close || memchr(s, '\n', (size_t)(close - s)))
					return unmatched(x, *s);
				memcpy(word + n, s + 1, (size_t)(close - s - 1));
				n += (size_t)(close - s - 1);
				s = close + 1;
			} else {
				s += *s == '\\' && s + 1 < end;
				word[n++] = *s++;
			}
		}
		if (any)
			err = add_word(x, word, n);
	}
	return err;
}

static int read_delimited(struct xargs *x, const char *s, size_t len, char delim)
{
	const char *end = s + len;
	int err = 0;

	while (s < end && !err) {
		const char *stop = memchr(s, delim, (size_t)(end - s));

		stop = stop ? stop : end;
		err = add_word(x, s, (size_t)(stop - s));
		s = stop + 1;
	}
	return err;
}

static int xargs_options(struct xargs *x, struct ng_getopt *st, int argc, char **argv)
{
	static const struct ng_option options[] = {
		{ "null", 0, '0' },	 { "max-args", 1, 'n' },
		{ "replace", 2, 'i' },	 { "no-run-if-empty", 0, 'r' },
		{ "verbose", 0, 't' },	 { "delimiter", 1, 'd' },
		{ "max-procs", 1, 'P' }, { "help", 0, 1000 },
		{ "version", 0, 1001 },	 { NULL, 0, 0 },
	};
	int c;

	while ((c = ng_getopt_long(st, argc, argv, "+0n:I:rtd:P:L:s:xpa:E:", options)) != -1) {
		switch (c) {
		case '?':
			return cu_try_help(x->task, argv[0], 1);
		case '0':
			x->delim = 0;
			break;
		case 'd':
			x->delim = st->optarg[0] == '\\' && st->optarg[1] == 'n'
					   ? '\n'
					   : (unsigned char)st->optarg[0];
			break;
		case 'n':
			if (cu_number(st->optarg, &x->max_words) && x->max_words)
				break;
			prog_error(x->task, "xargs", 0, "invalid number \"%s\" for -n option",
				   st->optarg);
			return cu_try_help(x->task, argv[0], 1);
		case 'I':
			x->replace = st->optarg;
			break;
		case 'r':
			x->no_run_if_empty = true;
			break;
		case 't':
			x->trace = true;
			break;
		default:
			return ng_not_modelled(x->task, "xargs %s", argv[st->optind - 1]);
		}
	}
	return 0;
}

/**
 * xargs_main() - xargs [-0rt] [-n words] [-I text] [-d char] [command]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int xargs_main(struct ng_task *task, int argc, char **argv)
{
	struct xargs x = { .task = task, .delim = -1 };
	struct ng_getopt st = { .task = task };
	char echo[] = "echo", *default_command[] = { echo, NULL };
	int err = xargs_options(&x, &st, argc, argv);
	struct cu_in in;
	size_t len;
	char *text;

	if (err)
		return err;
	x.ncommand = st.optind < argc ? argc - st.optind : 1;
	x.command = st.optind < argc ? argv + st.optind : default_command;
	x.words = ng_task_alloc(task, WORDS_MAX * sizeof(*x.words));
	if (cu_open(&in, task, "-") < 0)
		return 1;
	text = cu_read_all(&in, &len);
	err = x.delim >= 0 ? read_delimited(&x, text, len, (char)x.delim)
			   : read_words(&x, text, len);
	if (!err && (x.nwords || (!x.ran && !x.no_run_if_empty && !x.replace)))
		run_words(&x);
	return x.status;
}
