/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mount.c - mount, umount, mountpoint: namespaces kept in files, and little more
 *
 * mirrors util-linux 2.38's sys-utils/{mount,umount,mountpoint}.c
 *
 * Not modelled: the list of mounts, options other than bind and propagation,
 * /etc/fstab.
 */
#include "lib/getopt.h"
#include "lib/prog.h"
#include "lib/program.h"

#include <errno.h>
#include <linux/mount.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define EX_FAIL 32

int mount_main(struct ng_task *task, int argc, char **argv);
int mountpoint_main(struct ng_task *task, int argc, char **argv);
int umount_main(struct ng_task *task, int argc, char **argv);

struct mount {
	struct ng_task *task;
	const char *type;
	unsigned long flags;
	bool verbose;
	const char *not_modelled;
};

enum { OPT_PROPAGATION = 256 };

static const struct ng_option mount_options[] = {
	{ "bind", 0, 'B' },
	{ "rbind", 0, 'R' },
	{ "types", 1, 't' },
	{ "options", 1, 'o' },
	{ "verbose", 0, 'v' },
	{ "make-private", 0, OPT_PROPAGATION },
	{ "read-only", 0, 'r' },
	{ "make-rprivate", 0, OPT_PROPAGATION + 1 },
	{ "move", 0, 'M' },
	{ "make-shared", 0, OPT_PROPAGATION + 2 },
	{ "all", 0, 'a' },
	{ "make-rshared", 0, OPT_PROPAGATION + 3 },
	{ "make-slave", 0, OPT_PROPAGATION + 4 },
	{ "make-rslave", 0, OPT_PROPAGATION + 5 },
	{ "no-mtab", 0, 'n' },
	{ "help", 0, 'h' },
	{ "version", 0, 'V' },
	{ NULL, 0, 0 },
};

/* -o bind,rw */
static void parse_words(struct mount *m, const char *words)
{
	static const struct {
		const char *word;
		unsigned long flags;
	} known[] = {
		{ "bind", MS_BIND },
		{ "rbind", MS_BIND | MS_REC },
		{ "rw", 0 },
		{ "defaults", 0 },
		{ "nosuid", 0 },
		{ "nodev", 0 },
		{ "noexec", 0 },
		{ "private", MS_PRIVATE },
		{ "rprivate", MS_PRIVATE | MS_REC },
	};
	size_t i;

	while (*words) {
		size_t n = strcspn(words, ",");

		for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
			if (strlen(known[i].word) == n && !strncmp(words, known[i].word, n))
				break;
		}
		if (i == sizeof(known) / sizeof(known[0]))
			m->not_modelled = "mount -o with this option";
		else
			m->flags |= known[i].flags;
		words += n + (words[n] == ',');
	}
}

static int fail(const struct mount *m, const char *target, const char *what)
{
	ng_printf(ng_stderr(m->task),
		  "mount: %s: %s\n"
		  "       dmesg(1) may have more information after failed mount system call.\n",
		  target, what);
	return EX_FAIL;
}

static int explain(const struct mount *m, const char *source, const char *target, int err)
{
	char text[512];
	struct ng_stat st;

	if (err == -ENOENT && ng_sys_lstat(m->task, target, &st) < 0)
		return fail(m, target, "mount point does not exist.");
	if (err == -ENOENT && source && (m->flags & MS_BIND) &&
	    ng_sys_lstat(m->task, source, &st) < 0 && *source == '/') {
		ng_printf(ng_stderr(m->task), "mount: %s: special device %s does not exist.\n",
			  target, source);
		ng_puts(ng_stderr(m->task), "       dmesg(1) may have more information after "
					    "failed mount system call.\n");
		return EX_FAIL;
	}
	if (err == -ENODEV) {
		snprintf(text, sizeof(text), "unknown filesystem type '%s'.",
			 m->type ? m->type : "");
		return fail(m, target, text);
	}
	if (err == -EINVAL)
		return fail(m, target, "not mount point or bad option.");
	snprintf(text, sizeof(text), "mount(2) system call failed: %s.", ng_strerror(-err));
	return fail(m, target, text);
}

static int bad_usage(struct ng_task *task, const char *name)
{
	ng_printf(ng_stderr(task), "%s: bad usage\nTry '%s --help' for more information.\n", name,
		  name);
	return 1;
}

static void parse_mount_option(struct mount *m, int ch, const char *arg)
{
	switch (ch) {
	case 'B':
		m->flags |= MS_BIND;
		break;
	case 'R':
		m->flags |= MS_BIND | MS_REC;
		break;
	case 't':
		m->type = arg;
		break;
	case 'o':
		parse_words(m, arg);
		break;
	case 'v':
		m->verbose = true;
		break;
	case 'n':
		break;
	case OPT_PROPAGATION:
	case OPT_PROPAGATION + 1:
		m->flags |= MS_PRIVATE;
		break;
	case OPT_PROPAGATION + 2:
	case OPT_PROPAGATION + 3:
		m->flags |= MS_SHARED;
		break;
	case OPT_PROPAGATION + 4:
	case OPT_PROPAGATION + 5:
		m->flags |= MS_SLAVE;
		break;
	default:
		m->not_modelled = "mount with this option";
	}
}

/**
 * mount_main() - mount [--bind | -t type] source target, mount --make-private target
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int mount_main(struct ng_task *task, int argc, char **argv)
{
	struct ng_getopt st = { .task = task };
	struct mount m = { .task = task };
	const char *source = "none", *target;
	int ch, err;

	while ((ch = ng_getopt_long(&st, argc, argv, "aBRMt:o:vrwnhV", mount_options)) != -1) {
		if (ch == '?') {
			ng_puts(ng_stderr(task), "Try 'mount --help' for more information.\n");
			return 1;
		}
		parse_mount_option(&m, ch, st.optarg);
	}
	argc -= st.optind;
	argv += st.optind;
	if (m.not_modelled || (!argc && !m.flags && !m.type))
		return ng_not_modelled(task, "%s",
				       m.not_modelled ? m.not_modelled : "mount: the list");
	if (!argc || argc > 2)
		return bad_usage(task, "mount");
	target = argv[argc - 1];
	if (argc == 2)
		source = argv[0];
	else if (!(m.flags & (MS_PRIVATE | MS_SHARED | MS_SLAVE)))
		return m.flags & MS_BIND ? explain(&m, NULL, target, -ENOENT)
					 : ng_not_modelled(task, "mount: /etc/fstab");
	if (m.type && strcmp(m.type, "proc") != 0 && strcmp(m.type, "sysfs") != 0 &&
	    strcmp(m.type, "tmpfs") != 0 && strcmp(m.type, "none") != 0 && !(m.flags & MS_BIND))
		return strchr(m.type, '/') ? ng_not_modelled(task, "mount -t %s", m.type)
					   : explain(&m, source, target, -ENODEV);
	err = ng_sys_mount(task, source, target, m.type ? m.type : "none", m.flags);
	if (err == -EPERM)
		return ng_not_modelled(task, "mount of %s here", m.type ? m.type : source);
	if (err)
		return explain(&m, source, target, err);
	if (m.verbose && m.flags & MS_BIND)
		ng_printf(ng_stdout(task), "mount: %s bound on %s.\n", source, target);
	return 0;
}

/* what a machine mounts when it starts; the simulated one has these folders, but not as mounts */
static bool is_machines_own(const char *target)
{
	static const char *const own[] = { "/", "/dev", "/proc", "/run", "/sys", "/tmp" };
	size_t len = strlen(target);

	while (len > 1 && target[len - 1] == '/')
		len--;
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		if (strlen(own[i]) == len && !memcmp(own[i], target, len))
			return true;
	}
	return false;
}

/**
 * umount_main() - umount [-fl] target ...
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int umount_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = { { "lazy", 0, 'l' },
						    { "force", 0, 'f' },
						    { "quiet", 0, 'q' },
						    { "verbose", 0, 'v' },
						    { NULL, 0, 0 } };
	struct ng_getopt st = { .task = task };
	int ch, status = 0;
	struct ng_stat info;

	while ((ch = ng_getopt_long(&st, argc, argv, "lfqvnadRrt:O:", options)) != -1) {
		if (ch == '?') {
			ng_puts(ng_stderr(task), "Try 'umount --help' for more information.\n");
			return 1;
		}
		if (!strchr("lfqn", ch))
			return ng_not_modelled(task, "umount -%c", ch);
	}
	if (st.optind == argc)
		return bad_usage(task, "umount");
	for (; st.optind < argc; st.optind++) {
		const char *target = argv[st.optind];
		int err = ng_sys_umount2(task, target, 0);

		if (!err)
			continue;
		if (err == -EINVAL && is_machines_own(target))
			return ng_not_modelled(task, "umount of %s", target);
		status = EX_FAIL;
		if (ng_sys_stat(task, target, &info) < 0)
			ng_printf(ng_stderr(task), "umount: %s: no mount point specified.\n",
				  target);
		else if (err == -EINVAL)
			ng_printf(ng_stderr(task), "umount: %s: not mounted.\n", target);
		else
			ng_printf(ng_stderr(task), "umount: %s: umount failed: %s.\n", target,
				  ng_strerror(-err));
	}
	return status;
}

/**
 * mountpoint_main() - mountpoint [-q] path
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 0, 32 when it is none, 1.
 */
int mountpoint_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = { { "quiet", 0, 'q' }, { NULL, 0, 0 } };
	struct ng_getopt st = { .task = task };
	bool quiet = false, mounted;
	struct ng_stat info;
	const char *path;
	int ch, err;

	while ((ch = ng_getopt_long(&st, argc, argv, "qdx", options)) != -1) {
		if (ch == 'd' || ch == 'x')
			return ng_not_modelled(task, "mountpoint -%c", ch);
		if (ch == '?')
			break;
		quiet = true;
	}
	if (ch == '?' || st.optind + 1 != argc) {
		if (ch != '?')
			ng_puts(ng_stderr(task), "mountpoint: bad usage\n");
		ng_puts(ng_stderr(task), "Try 'mountpoint --help' for more information.\n");
		return 1;
	}
	path = argv[st.optind];
	err = ng_sys_stat(task, path, &info);
	if (err < 0) {
		if (!quiet)
			prog_error(task, "mountpoint", -err, "%s", path);
		return 1;
	}
	/* changing the propagation of what is no mount is refused */
	mounted = ng_sys_mount(task, "none", path, NULL, MS_PRIVATE) == 0;
	if (!quiet)
		ng_printf(ng_stdout(task), "%s is %sa mountpoint\n", path, mounted ? "" : "not ");
	return mounted ? 0 : EX_FAIL;
}
