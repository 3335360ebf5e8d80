/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sysctl.c - read and write the files of /proc/sys
 *
 * mirrors sysctl of procps 4.0.2: keys that are read come first, then all
 * settings are written, in the order given.
 *
 * A key in a file may be a pattern; a file that is set by its own name is none of its.
 * Not modelled: --system.
 */
#include "lib/getopt.h"
#include "lib/lines.h"
#include "lib/prog.h"
#include "lib/program.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define PROC_SYS "/proc/sys/"

enum { KEY_MAX = 512, DIR_CHUNK = 16 };

struct setting {
	struct setting *next;
	char *key;  /* with dots */
	char *path; /* below /proc/sys */
	char *value;
	bool ignore_failure; /* "-key=value" in a file */
	bool pattern;	     /* @path has wildcards: all files that match */
	bool exclude;	     /* "-key" in a file: no pattern reaches it */
};

struct sysctl {
	struct ng_task *task;
	struct ng_out *out;
	const char *name;
	bool print_name, print_newline, name_only, ignore_unknown, quiet, dry_run, deprecated;
	bool write, all, load;
	regex_t *pattern;
	struct setting *settings;
	struct setting **tail;
	bool not_modelled;
};

int sysctl_main(struct ng_task *task, int argc, char **argv);

static const char usage_text[] =
	"\nUsage:\n"
	" sysctl [options] [variable[=value] ...]\n"
	"\nOptions:\n"
	"  -a, --all            display all variables\n"
	"  -A                   alias of -a\n"
	"  -X                   alias of -a\n"
	"      --deprecated     include deprecated parameters to listing\n"
	"      --dry-run        Print the key and values but do not write\n"
	"  -b, --binary         print value without new line\n"
	"  -e, --ignore         ignore unknown variables errors\n"
	"  -N, --names          print variable names without values\n"
	"  -n, --values         print only values of the given variable(s)\n"
	"  -p, --load[=<file>]  read values from file\n"
	"  -f                   alias of -p\n"
	"      --system         read values from all system directories\n"
	"  -r, --pattern <expression>\n"
	"                       select setting that match expression\n"
	"  -q, --quiet          do not echo variable set\n"
	"  -w, --write          enable writing a value to variable\n"
	"  -o                   does nothing\n"
	"  -x                   does nothing\n"
	"  -d                   alias of -h\n"
	"\n"
	" -h, --help     display this help and exit\n"
	" -V, --version  output version information and exit\n"
	"\nFor more details see sysctl(8).\n";

/*
 * "net.ipv4" to "net/ipv4" or back. The separator met first decides; a '.' in
 * a device name is a '/' in a key with dots.
 */
static void swap_separators(char *s, char old, char new)
{
	char *p = strpbrk(s, "/.");

	if (!p || *p == new)
		return;
	for (; p; p = strpbrk(p + 1, "/."))
		*p = *p == old ? new : old;
}

static void join(char *buf, const char *dir, const char *name)
{
	snprintf(buf, KEY_MAX, "%s%s", dir, name);
}

static bool is_deprecated(const char *path)
{
	const char *base = strrchr(path, '/');

	base = base ? base + 1 : path;
	return !strcmp(base, "base_reachable_time") || !strcmp(base, "retrans_time");
}

static void print_value(struct sysctl *s, const char *key, const char *value)
{
	if (s->print_name)
		ng_printf(s->out, "%s = ", key);
	ng_puts(s->out, value);
	if (s->print_newline)
		ng_putc(s->out, '\n');
}

static int cannot_stat(struct sysctl *s, const char *path, int err)
{
	if (err == -ENOENT && s->ignore_unknown)
		return 0;
	prog_error(s->task, s->name, -err, "cannot stat %s", path);
	return 1;
}

static int read_value(struct sysctl *s, const char *key, const char *path)
{
	struct ng_lines in;
	char line[1024];
	int err;

	err = ng_lines_open(&in, s->task, path);
	if (err == -NG_ENOTMODELLED) {
		s->not_modelled = true;
		return 1;
	}
	if (err) {
		if (err == -ENOENT && s->ignore_unknown)
			return 0;
		if (err == -ENOENT)
			prog_error(s->task, s->name, 0, "\"%s\" is an unknown key", key);
		else if (err == -EACCES)
			prog_error(s->task, s->name, 0, "permission denied on key '%s'", key);
		else
			prog_error(s->task, s->name, -err, "reading key \"%s\"", key);
		return 1;
	}
	while (ng_lines_next(&in, line, sizeof(line)))
		print_value(s, key, line);
	ng_lines_close(&in);
	return 0;
}

static int show_tree(struct sysctl *s, const char *dir);

/* Reads a file or everything in a folder. @sub: the path below /proc/sys. */
static int read_setting(struct sysctl *s, const char *sub, bool listing)
{
	struct ng_stat st;
	char path[KEY_MAX];
	char key[KEY_MAX];
	int err;

	join(path, PROC_SYS, sub);
	join(key, "", sub);
	swap_separators(key, '/', '.');
	err = ng_sys_stat(s->task, path, &st);
	if (err)
		return cannot_stat(s, path, err);
	if (!(st.mode & S_IRUSR))
		return 0;
	if (S_ISDIR(st.mode)) {
		size_t n = strlen(path);

		snprintf(path + n, sizeof(path) - n, "/");
		return show_tree(s, path);
	}
	if (listing && is_deprecated(sub) && !s->deprecated)
		return 0;
	if (s->pattern && regexec(s->pattern, key, 0, NULL, 0) != 0)
		return 0;
	if (s->name_only) {
		ng_printf(s->out, "%s\n", key);
		return 0;
	}
	return read_value(s, key, path);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a folder, sorted. */
static char **list_folder(struct sysctl *s, const char *dir, size_t *ret_n)
{
	struct ng_dirent *ents = ng_task_alloc(s->task, DIR_CHUNK * sizeof(*ents));
	size_t n = 0, size = 0;
	char **names = NULL;
	int fd, got, i;

	*ret_n = 0;
	fd = ng_sys_open(s->task, dir, O_RDONLY | O_DIRECTORY, 0);
	if (fd == -NG_ENOTMODELLED) {
		s->not_modelled = true;
		return NULL;
	}
	if (fd < 0) {
		prog_error(s->task, s->name, -fd, "unable to open directory \"%s\"", dir);
		return NULL;
	}
	while ((got = ng_sys_getdents(s->task, fd, ents, DIR_CHUNK)) > 0) {
		for (i = 0; i < got; i++) {
			if (n == size) {
				size_t want = size ? size * 2 : 64;

				names = ng_task_realloc(s->task, names, size * sizeof(*names),
							want * sizeof(*names));
				size = want;
			}
			names[n++] = ng_task_strdup(s->task, ents[i].name);
		}
	}
	ng_sys_close(s->task, fd);
	if (n)
		qsort(names, n, sizeof(*names), compare_names);
	*ret_n = n;
	return names;
}

/* Everything below @dir, which ends in a slash. */
static int show_tree(struct sysctl *s, const char *dir)
{
	char **names;
	int status = 0;
	size_t n, i;

	names = list_folder(s, dir, &n);
	for (i = 0; i < n; i++) {
		char sub[KEY_MAX];

		join(sub, dir + strlen(PROC_SYS), names[i]);
		status |= read_setting(s, sub, true);
	}
	return status;
}

/* Takes one "key = value"; false when it is none. */
static bool parse_setting(struct sysctl *s, const char *where, int nr, const char *text)
{
	bool in_file = nr > 0;
	struct setting *set = ng_task_alloc(s->task, sizeof(*set));
	char *line = ng_task_strdup(s->task, text);
	char *value, *end;

	if (strlen(text) < 2)
		return false; /* and not a word about it */
	while (isspace((unsigned char)*line))
		line++;
	if (!*line || *line == '#' || *line == ';')
		return true;
	set->ignore_failure = *line == '-';
	line += set->ignore_failure;
	value = strchr(line, '=');
	if (!value && in_file && set->ignore_failure) {
		set->exclude = true;
		value = line + strlen(line);
	} else if (!value && in_file && s->pattern && regexec(s->pattern, line, 0, NULL, 0)) {
		return true;
	} else if (!value) {
		prog_error(s->task, s->name, 0, "%s(%d): invalid syntax, continuing...", where, nr);
		return false;
	}
	for (end = value; end > line && isspace((unsigned char)end[-1]);)
		end--;
	if (*value)
		value++;
	while (isspace((unsigned char)*value))
		value++;
	*end = '\0';
	for (end = value + strlen(value); end > value && isspace((unsigned char)end[-1]);)
		*--end = '\0';
	set->pattern = in_file && strpbrk(line, "*?[");
	set->path = ng_task_strdup(s->task, line);
	swap_separators(set->path, '.', '/');
	set->key = ng_task_strdup(s->task, set->path);
	swap_separators(set->key, '/', '.');
	set->value = value;
	*s->tail = set;
	s->tail = &set->next;
	return true;
}

/* Puts the value into the file: 0 or -errno; *ret_open tells which half failed. */
static int put_value(struct sysctl *s, const char *path, const char *value, bool *ret_open)
{
	size_t len = strlen(value);
	char *text = ng_task_alloc(s->task, len + 2);
	int fd = ng_sys_open(s->task, path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	ssize_t n;

	*ret_open = fd >= 0;
	if (fd < 0)
		return fd;
	memcpy(text, value, len);
	text[len] = '\n';
	n = ng_sys_write(s->task, fd, text, len + 1);
	ng_sys_close(s->task, fd);
	return n < 0 ? (int)n : 0;
}

static int write_file(struct sysctl *s, const struct setting *set, const char *path)
{
	const char *ignoring = set->ignore_failure ? ", ignoring" : "";
	bool opened;
	int err;

	err = put_value(s, path, set->value, &opened);
	if (!err)
		return 0;
	if (err == -NG_ENOTSUPP)
		return ng_not_modelled(s->task, "%s = %s", set->key, set->value);
	if (opened) {
		prog_error(s->task, s->name, -err, "setting key \"%s\"", set->key);
		return 1;
	}
	if (err == -NG_ENOTMODELLED) {
		s->not_modelled = true;
		return 1;
	}
	if (err == -ENOENT) {
		if (s->ignore_unknown)
			return 0;
		prog_error(s->task, s->name, 0, "\"%s\" is an unknown key%s", set->key, ignoring);
	} else if (err == -EPERM || err == -EROFS || err == -EACCES) {
		prog_error(s->task, s->name, 0, "permission denied on key \"%s\"%s", set->key,
			   ignoring);
	} else {
		prog_error(s->task, s->name, -err, "setting key \"%s\"%s", set->key, ignoring);
	}
	return !set->ignore_failure;
}

static int write_setting(struct sysctl *s, const struct setting *set)
{
	struct ng_stat st;
	char path[KEY_MAX];
	int err;

	join(path, PROC_SYS, set->path);
	if (!set->path[0]) {
		prog_error(s->task, s->name, 0, "Path is not under /proc/sys/: %s", path);
		return 1;
	}
	err = ng_sys_stat(s->task, path, &st);
	if (err)
		return cannot_stat(s, path, err) && !set->ignore_failure;
	if (!(st.mode & S_IWUSR) || S_ISDIR(st.mode)) {
		prog_error(s->task, s->name, EINVAL, "setting key \"%s\"", set->key);
		return 0;
	}
	if (!s->dry_run) {
		err = write_file(s, set, path);
		if (err)
			return err;
	}
	if (s->quiet)
		return 0;
	print_value(s, set->key, set->value);
	return 0;
}

static bool has_own_setting(const struct sysctl *s, const char *path)
{
	const struct setting *set;

	for (set = s->settings; set; set = set->next) {
		if (!strcmp(set->path, path))
			return true;
	}
	return false;
}

/* Writes to the files below @dir whose path goes on as @rest, in their names' order. */
static int write_matching(struct sysctl *s, const struct setting *set, const char *dir,
			  const char *rest)
{
	const char *slash = strchrnul(rest, '/');
	char path[KEY_MAX], key[KEY_MAX], full[KEY_MAX];
	char *part = ng_task_strndup(s->task, rest, (size_t)(slash - rest));
	struct setting one = *set;
	struct ng_stat st;
	char **names;
	int status = 0;
	size_t n, i;

	join(full, PROC_SYS, dir);
	if (ng_sys_stat(s->task, full, &st) || !S_ISDIR(st.mode))
		return 0;
	names = list_folder(s, full, &n);
	for (i = 0; i < n; i++) {
		if (fnmatch(part, names[i], FNM_PERIOD) != 0)
			continue;
		join(path, dir, names[i]);
		if (*slash) {
			strncat(path, "/", sizeof(path) - strlen(path) - 1);
			status |= write_matching(s, set, path, slash + 1);
		} else if (!has_own_setting(s, path)) {
			join(key, "", path);
			swap_separators(key, '/', '.');
			one.path = path;
			one.key = key;
			status |= write_setting(s, &one);
		}
	}
	return status;
}

static int write_settings(struct sysctl *s)
{
	const struct setting *set;
	int status = 0;

	for (set = s->settings; set; set = set->next) {
		if (set->exclude || (s->pattern && regexec(s->pattern, set->key, 0, NULL, 0) != 0))
			continue;
		status |= set->pattern ? write_matching(s, set, "", set->path)
				       : write_setting(s, set);
	}
	return status;
}

static int load_file(struct sysctl *s, const char *name)
{
	struct ng_lines in;
	char line[4096];
	int nr = 0;
	int err;

	err = ng_lines_open(&in, s->task, strcmp(name, "-") != 0 ? name : "/dev/stdin");
	if (err) {
		prog_error(s->task, s->name, -err, "cannot open \"%s\"", name);
		return 1;
	}
	while (ng_lines_next(&in, line, sizeof(line)))
		parse_setting(s, name, ++nr, line);
	ng_lines_close(&in);
	return 0;
}

static void free_pattern(void *arg)
{
	regfree(arg);
}

static void set_pattern(struct sysctl *s, const char *text)
{
	regex_t *re = ng_task_alloc(s->task, sizeof(*re));

	if (regcomp(re, text, REG_EXTENDED | REG_NOSUB)) {
		prog_error(s->task, s->name, 0, "Unmatched ( or \\(");
		return;
	}
	ng_task_defer(s->task, free_pattern, re);
	s->pattern = re;
}

static _Noreturn void usage(struct sysctl *s, int status)
{
	ng_puts(status ? ng_stderr(s->task) : s->out, usage_text);
	prog_exit(s->task, status);
}

enum { OPT_SYSTEM = 256, OPT_DEPRECATED, OPT_DRYRUN };

static void parse_option(struct sysctl *s, int ch, const char *arg)
{
	switch (ch) {
	case 'n':
		s->print_name = false;
		break;
	case 'e':
		s->ignore_unknown = true;
		break;
	case 'N':
		s->name_only = true;
		s->print_name = false;
		break;
	case 'w':
		s->write = true;
		break;
	case 'f':
	case 'p':
		s->load = true;
		break;
	case 'q':
		s->quiet = true;
		break;
	case 'b':
		s->print_newline = false;
		s->print_name = false;
		break;
	case 'o':
	case 'x':
		break;
	case 'a':
	case 'A':
	case 'X':
		s->all = true;
		break;
	case 'V':
		ng_puts(s->out, "sysctl from procps-ng 4.0.2\n");
		prog_exit(s->task, 0);
	case OPT_SYSTEM:
		prog_exit(s->task, ng_not_modelled(s->task, "sysctl --system"));
	case OPT_DEPRECATED:
		s->deprecated = true;
		break;
	case OPT_DRYRUN:
		s->dry_run = true;
		break;
	case 'r':
		set_pattern(s, arg);
		break;
	default:
		usage(s, 0);
	}
}

static int read_arguments(struct sysctl *s, char **argv)
{
	int status = 0;

	for (; *argv; argv++) {
		char sub[KEY_MAX];

		if (s->write || strchr(*argv, '=')) {
			status |= !parse_setting(s, "command line", 0, *argv);
			continue;
		}
		join(sub, "", *argv);
		swap_separators(sub, '.', '/');
		status += read_setting(s, sub, false);
	}
	return status;
}

/**
 * sysctl_main() - The program sysctl.
 * @task: the process
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: its exit status.
 */
int sysctl_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option longopts[] = {
		{ "all", 0, 'a' },
		{ "deprecated", 0, OPT_DEPRECATED },
		{ "dry-run", 0, OPT_DRYRUN },
		{ "binary", 0, 'b' },
		{ "ignore", 0, 'e' },
		{ "names", 0, 'N' },
		{ "values", 0, 'n' },
		{ "load", 2, 'p' },
		{ "quiet", 0, 'q' },
		{ "write", 0, 'w' },
		{ "system", 0, OPT_SYSTEM },
		{ "pattern", 1, 'r' },
		{ "help", 0, 'h' },
		{ "version", 0, 'V' },
		{ NULL, 0, 0 },
	};
	struct sysctl s = { .task = task,
			    .out = ng_stdout(task),
			    .name = argv[0],
			    .print_name = true,
			    .print_newline = true };
	struct ng_getopt opt = { .task = task };
	const char *file = NULL;
	int status = 0;
	int ch;

	ng_set_goes_on(task);
	s.tail = &s.settings;
	if (argc < 2)
		usage(&s, 1);
	while ((ch = ng_getopt_long(&opt, argc, argv, "bneNwfp::qoxaAXr:Vdh", longopts)) != -1) {
		parse_option(&s, ch, opt.optarg);
		if (ch == 'p' && opt.optarg)
			file = opt.optarg;
	}
	argv += opt.optind;
	if (s.all)
		return show_tree(&s, PROC_SYS);
	if (s.load) {
		if (!*argv)
			status |= load_file(&s, file ? file : "/etc/sysctl.conf");
		for (; *argv; argv++)
			status |= load_file(&s, *argv);
	} else {
		if (!*argv) {
			prog_error(task, s.name, 0,
				   "no variables specified\nTry `%s --help' for more information.",
				   s.name);
			return 1;
		}
		if (s.name_only && s.quiet) {
			prog_error(task, s.name, 0,
				   "options -N and -q cannot coexist\n"
				   "Try `%s --help' for more information.",
				   s.name);
			return 1;
		}
		status += read_arguments(&s, argv);
	}
	status |= write_settings(&s);
	return s.not_modelled ? 3 : status;
}
