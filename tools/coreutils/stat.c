/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stat.c - stat -c, and what `ls -l` and stat say of a file
 */
#include "stat.h"

#include "util.h"

#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

int stat_main(struct ng_task *task, int argc, char **argv);

/**
 * cu_mode_text() - "drwxr-xr-x"
 * @mode: of a file
 * @ret: eleven bytes
 */
void cu_mode_text(uint32_t mode, char ret[11])
{
	static const char rwx[] = "rwxrwxrwx";

	ret[0] = S_ISDIR(mode)	  ? 'd'
		 : S_ISLNK(mode)  ? 'l'
		 : S_ISCHR(mode)  ? 'c'
		 : S_ISFIFO(mode) ? 'p'
		 : S_ISSOCK(mode) ? 's'
				  : '-';
	for (int i = 0; i < 9; i++)
		ret[i + 1] = mode & (0400U >> i) ? rwx[i] : '-';
	if (mode & S_ISUID)
		ret[3] = mode & 0100 ? 's' : 'S';
	if (mode & S_ISGID)
		ret[6] = mode & 0010 ? 's' : 'S';
	if (mode & S_ISVTX)
		ret[9] = mode & 0001 ? 't' : 'T';
	ret[10] = '\0';
}

static const char *kind_text(const struct ng_stat *st)
{
	return S_ISDIR(st->mode)    ? "directory"
	       : S_ISLNK(st->mode)  ? "symbolic link"
	       : S_ISCHR(st->mode)  ? "character special file"
	       : S_ISFIFO(st->mode) ? "fifo"
	       : S_ISSOCK(st->mode) ? "socket"
	       : st->size	    ? "regular file"
				    : "regular empty file";
}

static void put_time(struct ng_out *out, int64_t ns)
{
	time_t seconds = (time_t)(ns / NSEC_PER_SEC);
	char text[64];
	struct tm tm;

	gmtime_r(&seconds, &tm);
	strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &tm);
	ng_printf(out, "%s.%09lld +0000", text, (long long)(ns % NSEC_PER_SEC));
}

static bool put_field(struct ng_task *task, char c, const char *path, const struct ng_stat *st)
{
	struct ng_out *out = ng_stdout(task);
	char text[256];
	int n;

	switch (c) {
	case 'n':
		ng_puts(out, path);
		return true;
	case 'N':
		n = S_ISLNK(st->mode) ? ng_sys_readlink(task, path, text, sizeof(text) - 1) : -1;
		if (n >= 0)
			ng_printf(out, "'%s' -> '%.*s'", path, n, text);
		else
			ng_printf(out, "'%s'", path);
		return true;
	case 'a':
		ng_printf(out, "%o", st->mode & 07777);
		return true;
	case 'A':
		cu_mode_text(st->mode, text);
		ng_puts(out, text);
		return true;
	case 'f':
		ng_printf(out, "%x", st->mode);
		return true;
	case 'F':
		ng_puts(out, kind_text(st));
		return true;
	case 's':
		ng_printf(out, "%llu", (unsigned long long)st->size);
		return true;
	case 'i':
		ng_printf(out, "%llu", (unsigned long long)st->ino);
		return true;
	case 'd':
		ng_printf(out, "%llu", (unsigned long long)st->dev);
		return true;
	case 'h':
		ng_printf(out, "%u", st->nlink);
		return true;
	case 'b':
		ng_printf(out, "%llu", (unsigned long long)st->blocks);
		return true;
	case 'B':
		ng_puts(out, "512");
		return true;
	case 'o':
		ng_puts(out, "4096");
		return true;
	case 'u':
	case 'g':
		ng_puts(out, "0");
		return true;
	case 'U':
	case 'G':
		ng_puts(out, "root");
		return true;
	case 'x':
	case 'y':
	case 'z':
		put_time(out, st->mtime_ns);
		return true;
	case 'X':
	case 'Y':
	case 'Z':
		ng_printf(out, "%lld", (long long)(st->mtime_ns / NSEC_PER_SEC));
		return true;
	case '%':
		ng_putc(out, '%');
		return true;
	default:
		return false;
	}
}

static int put_format(struct ng_task *task, const char *format, bool escapes, const char *path,
		      const struct ng_stat *st)
{
	struct ng_out *out = ng_stdout(task);

	for (; *format; format++) {
		if (*format == '%' && format[1]) {
			format++;
			if (!put_field(task, *format, path, st))
				return ng_not_modelled(task, "stat -c %%%c", *format);
		} else if (escapes && *format == '\\' && format[1]) {
			format++;
			ng_putc(out, *format == 'n' ? '\n' : *format == 't' ? '\t' : *format);
		} else {
			ng_putc(out, *format);
		}
	}
	if (!escapes)
		ng_putc(out, '\n');
	return 0;
}

static const char default_format[] =
	"  File: %n\n"
	"  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\n"
	"Device: 0,%d\tInode: %-11i Links: %h\n"
	"Access: (0%a/%A)  Uid: (    0/    root)   Gid: (    0/    root)\n"
	"Access: %x\nModify: %y\nChange: %z\n Birth: %x\n";

static void put_default(struct ng_task *task, const char *path, const struct ng_stat *st)
{
	struct ng_out *out = ng_stdout(task);
	const char *s;
	char text[64];

	for (s = default_format; *s; s++) {
		if (*s != '%') {
			ng_putc(out, *s);
			continue;
		}
		s++;
		if (*s == '-') {
			int width = 0;
			uint64_t v;

			for (s++; *s >= '0' && *s <= '9'; s++)
				width = width * 10 + (*s - '0');
			v = *s == 's'	? st->size
			    : *s == 'b' ? st->blocks
			    : *s == 'o' ? 4096
					: st->ino;
			snprintf(text, sizeof(text), "%llu", (unsigned long long)v);
			ng_printf(out, "%-*s", width, text);
		} else if (*s == 'a') {
			ng_printf(out, "%03o", st->mode & 07777);
		} else if (*s == 'n' && S_ISLNK(st->mode)) {
			int n = ng_sys_readlink(task, path, text, sizeof(text));

			ng_printf(out, "%s -> %.*s", path, n < 0 ? 0 : n, text);
		} else {
			put_field(task, *s, path, st);
		}
	}
}

/**
 * stat_main() - stat [-L] [-c format | --printf=format] file ...
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int stat_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = { { "dereference", 0, 'L' }, { "format", 1, 'c' },
						    { "printf", 1, 'P' },      { "help", 0, 1000 },
						    { "version", 0, 1001 },    { NULL, 0, 0 } };
	struct ng_getopt st = { .task = task };
	bool follow = false, escapes = false;
	const char *format = NULL;
	struct ng_stat info;
	int c, err, status = 0;

	while ((c = ng_getopt_long(&st, argc, argv, "Lc:ft", options)) != -1) {
		if (c == '?')
			return cu_try_help(task, argv[0], 1);
		if (c >= 1000 || c == 'f' || c == 't')
			return ng_not_modelled(task, "stat %s", argv[st.optind - 1]);
		follow |= c == 'L';
		if (c == 'c' || c == 'P') {
			format = st.optarg;
			escapes = c == 'P';
		}
	}
	if (st.optind == argc) {
		prog_error(task, "stat", 0, "missing operand");
		return cu_try_help(task, "stat", 1);
	}
	for (; st.optind < argc; st.optind++) {
		const char *path = argv[st.optind];

		err = follow ? ng_sys_stat(task, path, &info) : ng_sys_lstat(task, path, &info);
		if (err < 0) {
			prog_error(task, "stat", -err, "cannot statx '%s'", path);
			status = 1;
		} else if (!format) {
			put_default(task, path, &info);
		} else if (put_format(task, format, escapes, path, &info)) {
			return 3;
		}
	}
	return status;
}
