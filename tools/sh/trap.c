/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * trap.c - trap, and the names of signals
 */
#include "builtin.h"

#include "../lib/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const names[] = {
	"EXIT", "HUP",	"INT",	"QUIT", "ILL",	  "TRAP",   "ABRT",  "BUS",  "FPE",  "KILL", "USR1",
	"SEGV", "USR2", "PIPE", "ALRM", "TERM",	  "STKFLT", "CHLD",  "CONT", "STOP", "TSTP", "TTIN",
	"TTOU", "URG",	"XCPU", "XFSZ", "VTALRM", "PROF",   "WINCH", "IO",   "PWR",  "SYS",
};

#define NAMES ((int)(sizeof(names) / sizeof(names[0])))
#define RTMIN 34
#define RTMAX 64

/**
 * sh_signal_name() - SIGTERM for 15
 * @sig: the number
 *
 * Return: the name with SIG (EXIT without), or NULL.
 */
const char *sh_signal_name(int sig)
{
	static const char *const full[] = {
		"EXIT",	    "SIGHUP",  "SIGINT",    "SIGQUIT", "SIGILL",  "SIGTRAP",   "SIGABRT",
		"SIGBUS",   "SIGFPE",  "SIGKILL",   "SIGUSR1", "SIGSEGV", "SIGUSR2",   "SIGPIPE",
		"SIGALRM",  "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP",   "SIGTSTP",
		"SIGTTIN",  "SIGTTOU", "SIGURG",    "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF",
		"SIGWINCH", "SIGIO",   "SIGPWR",    "SIGSYS",
	};

	return sig >= 0 && sig < NAMES ? full[sig] : NULL;
}

/**
 * sh_signal_number() - 15 for TERM, SIGTERM or 15
 * @name: the name, in any case
 *
 * Return: the number, or -1.
 */
int sh_signal_number(const char *name)
{
	int64_t n;

	if (*name >= '0' && *name <= '9')
		return sh_number(name, &n) && n < SH_NSIG ? (int)n : -1;
	if (!strncasecmp(name, "SIG", 3))
		name += 3;
	for (int i = 0; i < NAMES; i++) {
		if (!strcasecmp(name, names[i]))
			return i;
	}
	return !strcasecmp(name, "POLL") ? SIGIO : !strcasecmp(name, "CLD") ? SIGCHLD : -1;
}

static void list_all(struct sh *sh)
{
	int column = 0;
	char name[32];

	for (int sig = 1; sig <= RTMAX; sig++) {
		if (sig >= NAMES && sig < RTMIN)
			continue;
		if (sig < NAMES)
			snprintf(name, sizeof(name), "SIG%s", names[sig]);
		else if (sig == RTMIN || sig == RTMAX)
			snprintf(name, sizeof(name), "SIGRT%s", sig == RTMIN ? "MIN" : "MAX");
		else if (sig <= RTMIN + 15)
			snprintf(name, sizeof(name), "SIGRTMIN+%d", sig - RTMIN);
		else
			snprintf(name, sizeof(name), "SIGRTMAX-%d", RTMAX - sig);
		ng_printf(sh->out, "%2d) %s%s", sig, name, ++column % 5 ? "\t" : "\n");
	}
	ng_putc(sh->out, '\n');
}

/**
 * sh_list_signals() - kill -l and trap -l
 * @sh: the shell
 * @argc: how many names or numbers
 * @argv: the names or numbers; none: the whole table
 *
 * Return: the status.
 */
int sh_list_signals(struct sh *sh, int argc, char **argv)
{
	int status = 0;

	if (!argc)
		list_all(sh);
	for (int i = 0; i < argc; i++) {
		int64_t n;
		bool number = sh_number(argv[i], &n);
		int sig = number ? (int)(n > 128 ? n - 128 : n) : sh_signal_number(argv[i]);

		if (sig < 0 || sig >= NAMES)
			status = sh_builtin_error(sh, "kill", "%s: invalid signal specification",
						  argv[i]);
		else if (number)
			ng_printf(sh->out, "%s\n", names[sig]);
		else
			ng_printf(sh->out, "%d\n", sig);
	}
	return status;
}

static const char *const pseudo_names[] = { "DEBUG", "ERR", "RETURN" };

/* A signal, EXIT, DEBUG, ERR or RETURN; -1: none of these. */
static int trap_number(const char *name)
{
	for (int i = SH_NSIG; i < SH_NTRAPS; i++) {
		if (!strcasecmp(name, pseudo_names[i - SH_NSIG]))
			return i;
	}
	return sh_signal_number(name);
}

static void show(struct sh *sh, int sig)
{
	if (sh_trap_seen(sh, sig))
		ng_printf(sh->out, "trap -- %s %s\n", sh_quote(&sh->pool, sh->traps[sig], true),
			  sig < SH_NSIG ? sh_signal_name(sig) : pseudo_names[sig - SH_NSIG]);
}

static int show_traps(struct sh *sh, int argc, char **argv)
{
	int status = 0;

	for (int sig = 0; !argc && sig < SH_NTRAPS; sig++)
		show(sh, sig);
	for (int i = 0; i < argc; i++) {
		int sig = trap_number(argv[i]);

		if (sig < 0 || (sig >= NAMES && sig < SH_NSIG))
			status = sh_builtin_error(sh, "trap", "%s: invalid signal specification",
						  argv[i]);
		else
			show(sh, sig);
	}
	return status;
}

static void set_action(struct sh *sh, int sig)
{
	const char *action = sh->traps[sig];
	bool fatal = sh->fatal & (UINT32_C(1) << sig);

	ng_sys_sigaction(sh->task, sig,
			 action && !*action ? NG_SIG_IGNORE
			 : action || fatal  ? NG_SIG_CATCH
					    : NG_SIG_DEFAULT);
}

/* With a trap for EXIT, signals that end a shell run it first. */
static void catch_fatal(struct sh *sh)
{
	static const int fatal[] = { SIGHUP, SIGINT, SIGABRT, SIGALRM, SIGTERM, SIGUSR1, SIGUSR2 };

	for (size_t i = 0; i < sizeof(fatal) / sizeof(fatal[0]); i++) {
		if (ng_sys_sigignored(sh->task, fatal[i]))
			continue;
		sh->fatal |= UINT32_C(1) << fatal[i];
		set_action(sh, fatal[i]);
	}
}

static _Noreturn void die(struct sh *sh, int sig)
{
	struct ng_task *task = sh->task;

	sh_redirect_undo(sh, sh->command_undo);
	sh->status = 128 + sig;
	sh_finish(sh);
	ng_flush(sh->out);
	ng_sys_sigaction(task, sig, NG_SIG_DEFAULT);
	ng_sys_kill(task, ng_sys_getpid(task), sig);
	ng_sys_exit(task, 128 + sig);
}

/**
 * sh_take_signals() - Takes the signals that have come in
 * @sh: the shell
 *
 * A trap waits until the command at hand is over; a signal that ends the shell ends it now.
 */
void sh_take_signals(struct sh *sh)
{
	int sig;

	while ((sig = ng_sys_sigpending(sh->task)) > 0) {
		if (sh->traps[sig])
			sh->came |= UINT32_C(1) << sig;
		else if (sh->fatal & (UINT32_C(1) << sig))
			die(sh, sig);
	}
}

/**
 * sh_run_traps() - Runs the traps of signals that have come in
 * @sh: the shell
 *
 * Return: the first of the signals; 0: none had a trap.
 */
int sh_run_traps(struct sh *sh)
{
	int first = 0;

	sh_take_signals(sh);
	for (int sig = 1; sig < 32; sig++) {
		int status = sh->status;

		if (sh->in_trap || sh->jump)
			break;
		if (!(sh->came & (UINT32_C(1) << sig)))
			continue;
		sh->came &= ~(UINT32_C(1) << sig);
		if (!sh->traps[sig] || !*sh->traps[sig])
			continue;
		first = first ? first : sig;
		sh->in_trap = true;
		sh->before_trap = sh->dash ? status : -1;
		sh_run_text(sh, sh->traps[sig], NULL);
		sh->in_trap = false;
		if (!sh->jump)
			sh->status = status;
	}
	return first;
}

/**
 * sh_trap_set() - Sets a trap
 * @sh: the shell
 * @sig: a signal, 0 (EXIT) or an enum sh_trap
 * @action: the commands; NULL: none any more
 */
void sh_trap_set(struct sh *sh, int sig, const char *action)
{
	if (sig < NAMES && (sh->hard_ignored & (UINT32_C(1) << sig)))
		return; /* ignored when the shell began: stays so */
	free(sh->traps[sig]);
	sh->traps[sig] = NULL;
	sh->traps[sig] = sh_xstrdup(action);
	sh->any_trap = true;
	if (sig >= SH_NSIG)
		sh->trap_depth[sig - SH_NSIG] = sh->func_depth;
	else if (!sig && action && *action && !sh->interactive)
		catch_fatal(sh);
	else if (sig && sig < NAMES)
		set_action(sh, sig);
}

static int set_trap(struct sh *sh, const char *action, const char *name)
{
	int sig = trap_number(name);

	if (sig < 0 || (sig >= NAMES && sig < SH_NSIG))
		return sh_builtin_error(sh, "trap", "%s: invalid signal specification", name);
	if (!action && sh->traps[sig] && !sh_trap_seen(sh, sig))
		return 0; /* its caller's stays */
	sh_trap_set(sh, sig, action);
	return 0;
}

/**
 * sh_bi_trap() - trap [-lp] [[action] signal ...]
 * @sh: the shell
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int sh_bi_trap(struct sh *sh, int argc, char **argv)
{
	struct sh_opts o = { 0 };
	const char *action;
	int c, status = 0;
	int64_t n;

	while ((c = sh_option(sh, &o, argc, argv, "lp")) != 0) {
		if (c == '?')
			return SH_STATUS_USAGE;
		if (c == 'l')
			return sh_list_signals(sh, 0, NULL);
		return show_traps(sh, argc - o.at, argv + o.at);
	}
	if (o.at >= argc)
		return show_traps(sh, 0, NULL);
	action = argv[o.at];
	if (argc == o.at + 1 && trap_number(action) < 0)
		return sh_usage(sh, argv[0]);
	if (argc == o.at + 1 || sh_number(action, &n))
		action = NULL;
	else
		o.at++;
	if (action && !strcmp(action, "-"))
		action = NULL;
	for (; o.at < argc; o.at++) {
		c = set_trap(sh, action, argv[o.at]);
		status = c ? c : status;
	}
	return status;
}
