/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * getopt.c - getopt_long() without hidden state
 *
 * getopt.h says why. Words that are no options are moved behind the options
 * as they are met ("permuted"); argv is the caller's own copy. Measured
 * against glibc 2.36.
 *
 * ng_getopt_long()
 *   next_word()
 *     exchange()
 *   long_option()
 *     find_long()
 *   short_option()
 */
#include "getopt.h"

#include <netglass/out.h>
#include <string.h>

enum { PERMUTE, REQUIRE_ORDER, RETURN_IN_ORDER };

struct words {
	int argc;
	char **argv;
	const char *shortopts; /* without a leading + or - */
	const struct ng_option *longopts;
	struct ng_out *err; /* NULL: silent */
};

/* Moves the options of [last_nonopt, optind) before the words of [first_nonopt, last_nonopt). */
static void exchange(struct ng_getopt *st, char **argv)
{
	for (int i = st->last_nonopt; i < st->optind; i++) {
		char *option = argv[i];
		int at = st->first_nonopt + (i - st->last_nonopt);

		memmove(&argv[at + 1], &argv[at], (size_t)(i - at) * sizeof(*argv));
		argv[at] = option;
	}
	st->first_nonopt += st->optind - st->last_nonopt;
	st->last_nonopt = st->optind;
}

static bool is_nonoption(const char *s)
{
	return s[0] != '-' || s[1] == '\0';
}

/* Sets st->next to the options of the next word. 0, or the value to return. */
static int next_word(struct ng_getopt *st, const struct words *w)
{
	if (st->last_nonopt > st->optind)
		st->last_nonopt = st->optind;
	if (st->first_nonopt > st->optind)
		st->first_nonopt = st->optind;
	if (st->ordering == PERMUTE) {
		if (st->first_nonopt != st->last_nonopt && st->last_nonopt != st->optind)
			exchange(st, w->argv);
		else if (st->last_nonopt != st->optind)
			st->first_nonopt = st->optind;
		while (st->optind < w->argc && is_nonoption(w->argv[st->optind]))
			st->optind++;
		st->last_nonopt = st->optind;
	}
	if (st->optind != w->argc && !strcmp(w->argv[st->optind], "--")) {
		st->optind++;
		if (st->first_nonopt != st->last_nonopt && st->last_nonopt != st->optind)
			exchange(st, w->argv);
		else if (st->first_nonopt == st->last_nonopt)
			st->first_nonopt = st->optind;
		st->last_nonopt = w->argc;
		st->optind = w->argc;
	}
	if (st->optind == w->argc) {
		if (st->first_nonopt != st->last_nonopt)
			st->optind = st->first_nonopt;
		return -1;
	}
	if (is_nonoption(w->argv[st->optind])) {
		if (st->ordering == REQUIRE_ORDER)
			return -1;
		st->optarg = w->argv[st->optind++];
		return 1;
	}
	return 0;
}

static void say_ambiguous(const struct words *w, const char *name, size_t len)
{
	if (!w->err)
		return;
	ng_printf(w->err, "%s: option '--%s' is ambiguous; possibilities:", w->argv[0], name);
	for (const struct ng_option *o = w->longopts; o->name; o++) {
		if (!strncmp(o->name, name, len))
			ng_printf(w->err, " '--%s'", o->name);
	}
	ng_putc(w->err, '\n');
}

/* The option @name stands for, whole or abbreviated. *ret_ambiguous when several differ. */
static const struct ng_option *find_long(const struct words *w, const char *name, size_t len,
					 bool *ret_ambiguous)
{
	const struct ng_option *found = NULL;

	*ret_ambiguous = false;
	for (const struct ng_option *o = w->longopts; o->name; o++) {
		if (strncmp(o->name, name, len))
			continue;
		if (o->name[len] == '\0') {
			*ret_ambiguous = false;
			return o;
		}
		if (!found)
			found = o;
		else if (found->has_arg != o->has_arg || found->val != o->val)
			*ret_ambiguous = true;
	}
	return found;
}

static int long_option(struct ng_getopt *st, const struct words *w)
{
	const char *name = st->next;
	size_t len = strcspn(name, "=");
	const struct ng_option *o;
	bool ambiguous;

	st->next = NULL;
	st->optind++;
	o = find_long(w, name, len, &ambiguous);
	if (ambiguous) {
		say_ambiguous(w, name, len);
		st->optopt = 0;
		return '?';
	}
	if (!o) {
		if (w->err)
			ng_printf(w->err, "%s: unrecognized option '--%s'\n", w->argv[0], name);
		st->optopt = 0;
		return '?';
	}
	if (name[len] == '=') {
		if (!o->has_arg) {
			if (w->err)
				ng_printf(w->err, "%s: option '--%s' doesn't allow an argument\n",
					  w->argv[0], o->name);
			st->optopt = o->val;
			return '?';
		}
		st->optarg = name + len + 1;
	} else if (o->has_arg == 1) {
		if (st->optind >= w->argc) {
			if (w->err)
				ng_printf(w->err, "%s: option '--%s' requires an argument\n",
					  w->argv[0], o->name);
			st->optopt = o->val;
			return w->shortopts[0] == ':' ? ':' : '?';
		}
		st->optarg = w->argv[st->optind++];
	}
	return o->val;
}

static int short_option(struct ng_getopt *st, const struct words *w)
{
	char c = *st->next++;
	const char *o = strchr(w->shortopts, c);

	if (*st->next == '\0')
		st->optind++;
	if (!o || c == ':' || c == ';') {
		if (w->err)
			ng_printf(w->err, "%s: invalid option -- '%c'\n", w->argv[0], c);
		st->optopt = (unsigned char)c;
		return '?';
	}
	if (o[1] != ':')
		return (unsigned char)c;
	if (*st->next != '\0') {
		st->optarg = st->next;
		st->optind++;
	} else if (o[2] != ':') {
		if (st->optind == w->argc) {
			if (w->err)
				ng_printf(w->err, "%s: option requires an argument -- '%c'\n",
					  w->argv[0], c);
			st->optopt = (unsigned char)c;
			st->next = NULL;
			return w->shortopts[0] == ':' ? ':' : '?';
		}
		st->optarg = w->argv[st->optind++];
	}
	st->next = NULL;
	return (unsigned char)c;
}

/**
 * ng_getopt_long() - The next option of a command line, as getopt_long(3)
 * @st: state, zeroed before the first call; st->task gets the messages
 * @argc: number of words
 * @argv: the words, put in a new order as glibc does
 * @shortopts: letters, ':' for an argument, '::' for an optional one; '+', '-', ':' first as in glibc
 * @longopts: table ended by a NULL name, or NULL
 *
 * Return: the option's val, '?' or ':' for a bad one, 1 for a word after '-', -1 at the end.
 */
int ng_getopt_long(struct ng_getopt *st, int argc, char **argv, const char *shortopts,
		   const struct ng_option *longopts)
{
	struct words w = { argc, argv, shortopts, longopts, NULL };
	int ret;

	if (argc < 1)
		return -1;
	st->optarg = NULL;
	if (st->optind == 0) {
		st->optind = st->first_nonopt = st->last_nonopt = 1;
		st->next = NULL;
		st->ordering = shortopts[0] == '-'   ? RETURN_IN_ORDER
			       : shortopts[0] == '+' ? REQUIRE_ORDER
						     : PERMUTE;
	}
	if (*shortopts == '-' || *shortopts == '+')
		w.shortopts++;
	if (st->task && w.shortopts[0] != ':')
		w.err = ng_stderr(st->task);
	if (!st->next || !*st->next) {
		ret = next_word(st, &w);
		if (ret)
			return ret;
		if (longopts && argv[st->optind][1] == '-') {
			st->next = argv[st->optind] + 2;
			return long_option(st, &w);
		}
		st->next = argv[st->optind] + 1;
	}
	return short_option(st, &w);
}
