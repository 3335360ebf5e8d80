/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * system.c - what the world is: date env printenv id whoami uname pwd
 */
#include "util.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

int date_main(struct ng_task *task, int argc, char **argv);
int id_main(struct ng_task *task, int argc, char **argv);
int printenv_main(struct ng_task *task, int argc, char **argv);
int pwd_main(struct ng_task *task, int argc, char **argv);
int uname_main(struct ng_task *task, int argc, char **argv);
int whoami_main(struct ng_task *task, int argc, char **argv);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void put_field(struct ng_out *out, const char *spec, const struct tm *tm)
{
	char text[128];

	if (strftime(text, sizeof(text), spec, tm))
		ng_puts(out, text);
}
#pragma GCC diagnostic pop

/* strftime() knows no %N and no %s of UTC: both are put in by hand. */
static void put_date(struct ng_task *task, const char *format, int64_t ns)
{
	struct ng_out *out = ng_stdout(task);
	time_t seconds = (time_t)(ns / NSEC_PER_SEC);
	struct tm tm;

	gmtime_r(&seconds, &tm);
	for (; *format; format++) {
		char spec[4] = "%";
		size_t n = 1;

		if (*format != '%' || !format[1]) {
			ng_putc(out, *format);
			continue;
		}
		format++;
		if ((*format == '-' || *format == '_' || *format == '3' || *format == '6') &&
		    format[1])
			spec[n++] = *format++;
		spec[n] = *format;
		spec[n + 1] = '\0';
		if (*format == 'N')
			ng_printf(out, "%0*lld",
				  spec[1] == '3'   ? 3
				  : spec[1] == '6' ? 6
						   : 9,
				  (long long)(ns % NSEC_PER_SEC) / (spec[1] == '3'   ? 1000000
								    : spec[1] == '6' ? 1000
										     : 1));
		else if (*format == 's')
			ng_printf(out, "%lld", (long long)seconds);
		else if (*format == 'Z')
			ng_puts(out, "UTC");
		else if (*format == 'z')
			ng_puts(out, "+0000");
		else
			put_field(out, spec, &tm);
	}
	ng_putc(out, '\n');
}

/**
 * date_main() - date [-uR] [-d @seconds] [+format]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status; setting the clock is not modelled.
 */
int date_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = { { "utc", 0, 'u' },	     { "date", 1, 'd' },
						    { "rfc-email", 0, 'R' }, { "iso-8601", 2, 'I' },
						    { "help", 0, 1000 },     { "version", 0, 1001 },
						    { NULL, 0, 0 } };
	const char *format = "%a %b %e %H:%M:%S %Z %Y";
	int64_t ns = ng_sys_clock_realtime(task);
	struct ng_getopt st = { .task = task };
	uint64_t seconds;
	int c;

	while ((c = ng_getopt_long(&st, argc, argv, "ud:RI::s:r:f:", options)) != -1) {
		if (c == '?')
			return cu_try_help(task, argv[0], 1);
		if (c == 'd' && st.optarg[0] == '@' && cu_number(st.optarg + 1, &seconds))
			ns = (int64_t)seconds * NSEC_PER_SEC;
		else if (c == 'R')
			format = "%a, %d %b %Y %H:%M:%S %z";
		else if (c == 'I' && (!st.optarg || !strcmp(st.optarg, "date")))
			format = "%Y-%m-%d";
		else if (c == 'I' && (st.optarg[0] == 's'))
			format = "%Y-%m-%dT%H:%M:%S+00:00";
		else if (c != 'u')
			return ng_not_modelled(task, "date %s", argv[st.optind - 1]);
	}
	if (st.optind < argc && argv[st.optind][0] == '+')
		format = argv[st.optind++] + 1;
	if (st.optind < argc)
		return ng_not_modelled(task, "date %s", argv[st.optind]);
	put_date(task, format, ns);
	return 0;
}

/**
 * printenv_main() - printenv [name ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: 1 when a name is not there.
 */
int printenv_main(struct ng_task *task, int argc, char **argv)
{
	int at = cu_no_options(task, argc, argv, "+"), status = 0;

	if (at < 0)
		return -1 - at;
	if (at == argc) {
		for (char *const *e = ng_task_environ(task); e && *e; e++)
			ng_printf(ng_stdout(task), "%s\n", *e);
	}
	for (; at < argc; at++) {
		const char *s = ng_task_getenv(task, argv[at]);

		if (s)
			ng_printf(ng_stdout(task), "%s\n", s);
		else
			status = 1;
	}
	return status;
}

/**
 * id_main() - id [-u] [-g] [-n]: everybody is root
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int id_main(struct ng_task *task, int argc, char **argv)
{
	struct ng_getopt st = { .task = task };
	bool one = false, name = false;
	int c;

	while ((c = ng_getopt_long(&st, argc, argv, "ugGnrz", NULL)) != -1) {
		if (c == '?')
			return cu_try_help(task, argv[0], 1);
		one |= c == 'u' || c == 'g' || c == 'G';
		name |= c == 'n';
	}
	if (st.optind < argc && strcmp(argv[st.optind], "root")) {
		prog_error(task, "id", 0, "'%s': no such user", argv[st.optind]);
		return 1;
	}
	if (name && !one) {
		prog_error(task, "id", 0, "cannot print only names or real IDs in default format");
		return 1;
	}
	ng_puts(ng_stdout(task), name  ? "root\n"
				 : one ? "0\n"
				       : "uid=0(root) gid=0(root) groups=0(root)\n");
	return 0;
}

/**
 * whoami_main() - whoami
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int whoami_main(struct ng_task *task, int argc, char **argv)
{
	int at = cu_no_options(task, argc, argv, "");

	if (at < 0)
		return -1 - at;
	if (at < argc) {
		prog_error(task, "whoami", 0, "extra operand '%s'", argv[at]);
		return cu_try_help(task, "whoami", 1);
	}
	ng_puts(ng_stdout(task), "root\n");
	return 0;
}

/**
 * pwd_main() - pwd
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int pwd_main(struct ng_task *task, int argc, char **argv)
{
	char *buf = ng_task_alloc(task, 4096);
	int at = cu_no_options(task, argc, argv, "LP"), err;

	if (at < 0)
		return -1 - at;
	err = ng_sys_getcwd(task, buf, 4096);
	if (err < 0) {
		prog_error(task, "pwd", -err,
			   "couldn't find directory entry in '..' with matching i-node");
		return 1;
	}
	ng_printf(ng_stdout(task), "%s\n", buf);
	return 0;
}

/**
 * uname_main() - uname [-asnrvmpio]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Release, version and machine are those of the kernel whose behaviour is simulated.
 *
 * Return: the status.
 */
int uname_main(struct ng_task *task, int argc, char **argv)
{
	static const char order[] = "snrvmpio";
	struct ng_getopt st = { .task = task };
	char host[256] = "host", want[16] = "";
	bool first = true;
	int c;

	while ((c = ng_getopt_long(&st, argc, argv, "asnrvmpio", NULL)) != -1) {
		if (c == '?')
			return cu_try_help(task, argv[0], 1);
		if (c == 'a')
			strcpy(want, "snrvmo");
		else if (strlen(want) < sizeof(want) - 1)
			want[strlen(want)] = (char)c;
	}
	if (st.optind < argc) {
		prog_error(task, "uname", 0, "extra operand '%s'", argv[st.optind]);
		return cu_try_help(task, "uname", 1);
	}
	ng_sys_gethostname(task, host, sizeof(host));
	for (const char *o = order; *o; o++) {
		const char *text = *o == 's'   ? "Linux"
				   : *o == 'n' ? host
				   : *o == 'r' ? "6.18.0"
				   : *o == 'v' ? "#1 SMP netglass"
				   : *o == 'm' ? "x86_64"
				   : *o == 'o' ? "GNU/Linux"
					       : "unknown";

		if (*want ? !strchr(want, *o) : *o != 's')
			continue;
		ng_printf(ng_stdout(task), "%s%s", first ? "" : " ", text);
		first = false;
	}
	ng_putc(ng_stdout(task), '\n');
	return 0;
}
