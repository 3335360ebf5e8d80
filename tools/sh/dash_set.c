/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dash_set.c - the options of dash: set -abc, set -o name, $-
 */
#include "dash.h"

#include "../lib/program.h"

#include <stddef.h>
#include <string.h>

static const struct {
	const char *name;
	char letter;
	size_t at; /* offset of the flag in struct sh; 0: it is only noted */
} options[] = {
	/* in dash's order */
	{ "errexit", 'e', offsetof(struct sh, errexit) },
	{ "noglob", 'f', offsetof(struct sh, noglob) },
	{ "ignoreeof", 'I', 0 },
	{ "interactive", 'i', 0 },
	{ "monitor", 'm', 0 },
	{ "noexec", 'n', offsetof(struct sh, noexec) },
	{ "stdin", 's', 0 },
	{ "xtrace", 'x', offsetof(struct sh, xtrace) },
	{ "verbose", 'v', offsetof(struct sh, verbose) },
	{ "vi", 'V', 0 },
	{ "emacs", 'E', 0 },
	{ "noclobber", 'C', offsetof(struct sh, noclobber) },
	{ "allexport", 'a', offsetof(struct sh, allexport) },
	{ "notify", 'b', 0 },
	{ "nounset", 'u', offsetof(struct sh, nounset) },
	{ "privileged", 'p', 0 },
	{ "nolog", 0, 0 },
	{ "debug", 0, 0 },
};

#define OPTIONS (sizeof(options) / sizeof(options[0]))

static bool is_on(const struct sh *sh, size_t i)
{
	if (options[i].at)
		return *(const bool *)(const void *)((const char *)sh + options[i].at);
	return sh->dash_set >> i & 1;
}

static int change(struct sh *sh, size_t i, bool on)
{
	if (options[i].at) {
		*(bool *)(void *)((char *)sh + options[i].at) = on;
		return 0;
	}
	if (options[i].letter == 'i' && on)
		return ng_not_modelled(sh->task, "sh: set -i");
	if (options[i].letter == 'm' && on) {
		sh_error(sh, "can't access tty; job control turned off");
		return 0;
	}
	sh->dash_set &= ~(1U << i);
	sh->dash_set |= (unsigned int)on << i;
	return 0;
}

/**
 * sh_dash_set_letter() - One letter of set -abc
 * @sh: the shell
 * @letter: the letter
 * @on: - or +
 *
 * Return: false, said, when it is unknown.
 */
bool sh_dash_set_letter(struct sh *sh, char letter, bool on)
{
	for (size_t i = 0; i < OPTIONS; i++) {
		if (options[i].letter != letter)
			continue;
		change(sh, i, on);
		return true;
	}
	sh_error(sh, "Illegal option -%c", letter);
	sh_dash_raise(sh);
	return false;
}

/**
 * sh_dash_set_named() - set -o name
 * @sh: the shell
 * @name: the name
 * @on: - or +
 *
 * Return: the status.
 */
int sh_dash_set_named(struct sh *sh, const char *name, bool on)
{
	for (size_t i = 0; i < OPTIONS; i++) {
		if (!strcmp(options[i].name, name))
			return change(sh, i, on);
	}
	sh_error(sh, "Illegal option -o %s", name);
	sh_dash_raise(sh);
	return 2;
}

/**
 * sh_dash_show_options() - set -o and set +o
 * @sh: the shell
 * @commands: as commands that set them
 *
 * Return: 0.
 */
int sh_dash_show_options(struct sh *sh, bool commands)
{
	if (!commands)
		ng_puts(sh->out, "Current option settings\n");
	for (size_t i = 0; i < OPTIONS; i++) {
		if (commands)
			ng_printf(sh->out, "set %co %s\n", is_on(sh, i) ? '-' : '+',
				  options[i].name);
		else
			ng_printf(sh->out, "%-16s%s\n", options[i].name,
				  is_on(sh, i) ? "on" : "off");
	}
	return 0;
}

/**
 * sh_dash_option_letters() - $-
 * @sh: the shell
 * @b: where to put the letters
 */
void sh_dash_option_letters(const struct sh *sh, struct sh_buf *b)
{
	for (size_t i = OPTIONS; i-- > 0;) {
		if (options[i].letter && is_on(sh, i))
			sh_buf_putc(b, options[i].letter);
	}
}
