/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ps_proc.c - /proc/PID/{stat,status,cmdline}, and the columns of ps
 *
 * mirrors library/readproc.c and ps/output.c of procps 4.0.2
 *
 * Unlike procps: %MEM is always 0.0.
 */
#include "ps_proc.h"

#include "lib/lines.h"

#include <fcntl.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TICKS_PER_SEC 100
#define NS_PER_TICK (NSEC_PER_SEC / TICKS_PER_SEC)

enum { DIR_CHUNK = 16 };

struct ps_column {
	const char *name;
	const char *header;
	int width;
	bool left;
	void (*format)(struct ng_task *task, const struct ps_proc *p, char *buf, size_t len);
};

#define NUMBER(fn, fmt, expr)                                                                \
	static void fn(struct ng_task *task, const struct ps_proc *p, char *buf, size_t len) \
	{                                                                                    \
		(void)task;                                                                  \
		snprintf(buf, len, fmt, expr);                                               \
	}

NUMBER(put_pid, "%d", p->pid)
NUMBER(put_ppid, "%d", p->ppid)
NUMBER(put_pgid, "%d", p->pgrp)
NUMBER(put_sid, "%d", p->sid)
NUMBER(put_tpgid, "%d", p->tpgid)
NUMBER(put_uid, "%u", p->uid)
NUMBER(put_vsz, "%lu", p->vsz_kb)
NUMBER(put_rss, "%lu", p->rss_kb)
NUMBER(put_nlwp, "%d", p->nlwp)
NUMBER(put_nice, "%d", p->nice)
NUMBER(put_pri, "%d", 39 - p->prio)
NUMBER(put_args, "%s", p->args)
NUMBER(put_state, "%c", p->state)

static void put_comm(struct ng_task *task, const struct ps_proc *p, char *buf, size_t len)
{
	(void)task;
	snprintf(buf, len, "%s%s", p->comm, p->state == 'Z' ? " <defunct>" : "");
}

static void put_mem(struct ng_task *task, const struct ps_proc *p, char *buf, size_t len)
{
	(void)task;
	(void)p;
	snprintf(buf, len, "0.0");
}

static void put_user(struct ng_task *task, const struct ps_proc *p, char *buf, size_t len)
{
	if (p->uid == 0)
		snprintf(buf, len, "root");
	else
		put_uid(task, p, buf, len);
}

static void put_tty(struct ng_task *task, const struct ps_proc *p, char *buf, size_t len)
{
	unsigned int major = (unsigned int)p->tty >> 8 & 0xfff;
	unsigned int minor = ((unsigned int)p->tty & 0xff) | ((unsigned int)p->tty >> 12 & 0xfff00);

	(void)task;
	if (!p->tty)
		snprintf(buf, len, "?");
	else if (major >= 136 && major <= 143)
		snprintf(buf, len, "pts/%u", (major - 136) * 256 + minor);
	else if (major == 4 && minor < 64)
		snprintf(buf, len, "tty%u", minor);
	else
		snprintf(buf, len, "console");
}

static void put_stat(struct ng_task *task, const struct ps_proc *p, char *buf, size_t len)
{
	(void)task;
	snprintf(buf, len, "%c%s%s%s%s", p->state,
		 p->nice < 0   ? "<"
		 : p->nice > 0 ? "N"
			       : "",
		 p->sid == p->pid ? "s" : "", p->nlwp > 1 ? "l" : "",
		 p->tpgid > 0 && p->pgrp == p->tpgid ? "+" : "");
}

static void put_time(struct ng_task *task, const struct ps_proc *p, char *buf, size_t len)
{
	unsigned long long s = p->ticks / TICKS_PER_SEC;

	(void)task;
	snprintf(buf, len, "%02llu:%02llu:%02llu", s / 3600, s / 60 % 60, s % 60);
}

static void put_bsdtime(struct ng_task *task, const struct ps_proc *p, char *buf, size_t len)
{
	unsigned long long s = p->ticks / TICKS_PER_SEC;

	(void)task;
	snprintf(buf, len, "%3llu:%02llu", s / 60, s % 60);
}

static int64_t elapsed_ns(struct ng_task *task, const struct ps_proc *p)
{
	int64_t ns = ng_sys_clock_monotonic(task) - p->start_ns;

	return ns < 0 ? 0 : ns;
}

static void put_etime(struct ng_task *task, const struct ps_proc *p, char *buf, size_t len)
{
	long s = (long)(elapsed_ns(task, p) / NSEC_PER_SEC);

	if (s >= 86400)
		snprintf(buf, len, "%ld-%02ld:%02ld:%02ld", s / 86400, s / 3600 % 24, s / 60 % 60,
			 s % 60);
	else if (s >= 3600)
		snprintf(buf, len, "%02ld:%02ld:%02ld", s / 3600, s / 60 % 60, s % 60);
	else
		snprintf(buf, len, "%02ld:%02ld", s / 60, s % 60);
}

static unsigned int cpu_permille(struct ng_task *task, const struct ps_proc *p)
{
	int64_t seconds = elapsed_ns(task, p) / NSEC_PER_SEC;

	return seconds ? (unsigned int)(p->ticks * 1000 / TICKS_PER_SEC / (uint64_t)seconds) : 0;
}

static void put_cpu(struct ng_task *task, const struct ps_proc *p, char *buf, size_t len)
{
	unsigned int v = cpu_permille(task, p);

	snprintf(buf, len, "%u.%u", v / 10, v % 10);
}

static void put_c(struct ng_task *task, const struct ps_proc *p, char *buf, size_t len)
{
	snprintf(buf, len, "%u", cpu_permille(task, p) / 10);
}

/* Seconds since 1970 when the process started; UTC is the only time zone. */
static int64_t start_time(struct ng_task *task, const struct ps_proc *p)
{
	return (ng_sys_clock_realtime(task) - elapsed_ns(task, p)) / NSEC_PER_SEC;
}

static void civil(int64_t t, int *ret_year, int *ret_month, int *ret_day)
{
	/* days to a date of the Gregorian calendar, counting years from March */
	int64_t z = t / 86400 + 719468;
	int64_t era = z / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;

	*ret_day = (int)(doy - (153 * mp + 2) / 5 + 1);
	*ret_month = (int)(mp < 10 ? mp + 3 : mp - 9);
	*ret_year = (int)(yoe + era * 400 + (*ret_month <= 2));
}

static const char *month_name(int month)
{
	static const char names[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

	return names[month - 1];
}

static void put_start(struct ng_task *task, const struct ps_proc *p, char *buf, size_t len)
{
	int64_t t = start_time(task, p);
	int year, month, day;

	civil(t, &year, &month, &day);
	if (elapsed_ns(task, p) > 86400 * NSEC_PER_SEC)
		snprintf(buf, len, "%s%02d", month_name(month), day);
	else
		snprintf(buf, len, "%02d:%02d", (int)(t / 3600 % 24), (int)(t / 60 % 60));
}

static void put_started(struct ng_task *task, const struct ps_proc *p, char *buf, size_t len)
{
	int64_t t = start_time(task, p);

	snprintf(buf, len, "%02d:%02d:%02d", (int)(t / 3600 % 24), (int)(t / 60 % 60),
		 (int)(t % 60));
}

static void put_lstart(struct ng_task *task, const struct ps_proc *p, char *buf, size_t len)
{
	static const char days[7][4] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };
	int64_t t = start_time(task, p);
	int year, month, day;

	civil(t, &year, &month, &day);
	snprintf(buf, len, "%s %s %2d %02d:%02d:%02d %d", days[t / 86400 % 7], month_name(month),
		 day, (int)(t / 3600 % 24), (int)(t / 60 % 60), (int)(t % 60), year);
}

static void put_ns(struct ng_task *task, const struct ps_proc *p, const char *kind, char *buf,
		   size_t len)
{
	char path[64];
	char link[64] = "";
	char *end;
	int n;

	snprintf(path, sizeof(path), "/proc/%d/ns/%s", p->pid, kind);
	n = ng_sys_readlink(task, path, link, sizeof(link) - 1);
	if (n > 0)
		link[n] = '\0';
	end = strchr(link, ']');
	if (end)
		*end = '\0';
	snprintf(buf, len, "%s", n > 0 && strchr(link, '[') ? strchr(link, '[') + 1 : "-");
}

static void put_netns(struct ng_task *task, const struct ps_proc *p, char *buf, size_t len)
{
	put_ns(task, p, "net", buf, len);
}

static void put_pidns(struct ng_task *task, const struct ps_proc *p, char *buf, size_t len)
{
	put_ns(task, p, "pid", buf, len);
}

static const struct ps_column columns[] = {
	{ "pid", "PID", 7, false, put_pid },
	{ "tgid", "TGID", 7, false, put_pid },
	{ "ppid", "PPID", 7, false, put_ppid },
	{ "pgid", "PGID", 7, false, put_pgid },
	{ "pgrp", "PGRP", 7, false, put_pgid },
	{ "sid", "SID", 7, false, put_sid },
	{ "sess", "SESS", 7, false, put_sid },
	{ "tpgid", "TPGID", 7, false, put_tpgid },
	{ "user", "USER", 8, true, put_user },
	{ "euser", "EUSER", 8, true, put_user },
	{ "uname", "USER", 8, true, put_user },
	{ "UID", "UID", 8, true, put_user }, /* the column of -f */
	{ "uid", "UID", 5, false, put_uid },
	{ "euid", "EUID", 5, false, put_uid },
	{ "comm", "COMMAND", 15, true, put_comm },
	{ "ucmd", "CMD", 15, true, put_comm },
	{ "ucomm", "COMMAND", 15, true, put_comm },
	{ "args", "COMMAND", 27, true, put_args },
	{ "cmd", "CMD", 27, true, put_args },
	{ "command", "COMMAND", 27, true, put_args },
	{ "stat", "STAT", 4, true, put_stat },
	{ "s", "S", 1, true, put_state },
	{ "state", "S", 1, true, put_state },
	{ "tty", "TT", 8, true, put_tty },
	{ "tt", "TT", 8, true, put_tty },
	{ "tname", "TTY", 8, true, put_tty },
	{ "time", "TIME", 8, false, put_time },
	{ "cputime", "TIME", 8, false, put_time },
	{ "bsdtime", "TIME", 6, false, put_bsdtime },
	{ "etime", "ELAPSED", 11, false, put_etime },
	{ "pcpu", "%CPU", 4, false, put_cpu },
	{ "%cpu", "%CPU", 4, false, put_cpu },
	{ "c", "C", 2, false, put_c },
	{ "pmem", "%MEM", 4, false, put_mem },
	{ "%mem", "%MEM", 4, false, put_mem },
	{ "vsz", "VSZ", 6, false, put_vsz },
	{ "vsize", "VSZ", 6, false, put_vsz },
	{ "rss", "RSS", 5, false, put_rss },
	{ "rssize", "RSS", 5, false, put_rss },
	{ "nlwp", "NLWP", 4, false, put_nlwp },
	{ "thcount", "THCNT", 5, false, put_nlwp },
	{ "ni", "NI", 3, false, put_nice },
	{ "nice", "NI", 3, false, put_nice },
	{ "pri", "PRI", 3, false, put_pri },
	{ "start", "STARTED", 8, false, put_started },
	{ "bsdstart", "START", 5, false, put_start },
	{ "stime", "STIME", 5, false, put_start },
	{ "lstart", "STARTED", 24, false, put_lstart },
	{ "netns", "NETNS", 10, false, put_netns },
	{ "pidns", "PIDNS", 10, false, put_pidns },
};

/**
 * ps_column_find() - Find a column by its name.
 * @name: as in -o
 *
 * Return: the column or NULL.
 */
const struct ps_column *ps_column_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		if (!strcmp(columns[i].name, name))
			return &columns[i];
	}
	return NULL;
}

/**
 * ps_column_header() - The title of a column.
 * @col: the column
 *
 * Return: its text.
 */
const char *ps_column_header(const struct ps_column *col)
{
	return col->header;
}

/**
 * ps_column_width() - The width of a column.
 * @col: the column
 *
 * Return: characters.
 */
int ps_column_width(const struct ps_column *col)
{
	return col->width;
}

/**
 * ps_column_left() - Whether a column starts at its left edge.
 * @col: the column
 *
 * Return: false: its text ends at the right edge.
 */
bool ps_column_left(const struct ps_column *col)
{
	return col->left;
}

/**
 * ps_column_format() - Write a process's text for a column.
 * @col: the column
 * @task: the program
 * @p: the process
 * @buf: where the text goes
 * @len: room there
 */
void ps_column_format(const struct ps_column *col, struct ng_task *task, const struct ps_proc *p,
		      char *buf, size_t len)
{
	col->format(task, p, buf, len);
}

static bool read_stat(struct ng_task *task, struct ps_proc *p)
{
	unsigned long long utime = 0, stime = 0, start = 0;
	char path[64];
	char text[1024];
	char *open, *close;

	snprintf(path, sizeof(path), "/proc/%d/stat", p->pid);
	if (ng_read_file(task, path, text, sizeof(text)) <= 0)
		return false;
	open = strchr(text, '(');
	close = strrchr(text, ')');
	if (!open || !close)
		return false;
	*close = '\0';
	snprintf(p->comm, sizeof(p->comm), "%s", open + 1);
	return sscanf(close + 1,
		      " %c %d %d %d %d %d %*u %*u %*u %*u %*u %llu %llu %*d %*d %d %d %d %*d %llu",
		      &p->state, &p->ppid, &p->pgrp, &p->sid, &p->tty, &p->tpgid, &utime, &stime,
		      &p->prio, &p->nice, &p->nlwp, &start) >= 6 &&
	       (p->ticks = utime + stime, p->start_ns = (int64_t)start * NS_PER_TICK, true);
}

static void read_status(struct ng_task *task, struct ps_proc *p)
{
	struct ng_lines in;
	char path[64];
	char line[256];

	snprintf(path, sizeof(path), "/proc/%d/status", p->pid);
	if (ng_lines_open(&in, task, path))
		return;
	while (ng_lines_next(&in, line, sizeof(line))) {
		if (!strncmp(line, "Uid:", 4))
			sscanf(line + 4, "%*u %u", &p->uid);
		else if (!strncmp(line, "VmSize:", 7))
			sscanf(line + 7, "%lu", &p->vsz_kb);
		else if (!strncmp(line, "VmRSS:", 6))
			sscanf(line + 6, "%lu", &p->rss_kb);
	}
	ng_lines_close(&in);
}

/* @text: PS_ARGS_MAX bytes for everybody's use */
static void read_cmdline(struct ng_task *task, struct ps_proc *p, char *text)
{
	char path[64];
	int n, i;

	snprintf(path, sizeof(path), "/proc/%d/cmdline", p->pid);
	n = ng_read_file(task, path, text, PS_ARGS_MAX);
	while (n > 0 && !text[n - 1])
		n--;
	for (i = 0; i < n; i++) {
		if (!text[i] || text[i] == '\n')
			text[i] = ' ';
	}
	if (n <= 0)
		n = snprintf(text, PS_ARGS_MAX, "[%s]%s", p->comm,
			     p->state == 'Z' ? " <defunct>" : "");
	p->args = ng_task_alloc(task, (size_t)n + 1);
	memcpy(p->args, text, (size_t)n);
	p->args[n] = '\0';
}

static void insert_sorted(struct ps_proc **list, struct ps_proc *p)
{
	while (*list && (*list)->pid < p->pid)
		list = &(*list)->next;
	p->next = *list;
	*list = p;
}

/**
 * ps_read_all() - Read every process of /proc.
 * @task: the program
 *
 * Return: a list sorted by pid.
 */
struct ps_proc *ps_read_all(struct ng_task *task)
{
	struct ng_dirent *ents = ng_task_alloc(task, DIR_CHUNK * sizeof(*ents));
	char *text = ng_task_alloc(task, PS_ARGS_MAX);
	int fd = ng_sys_open(task, "/proc", O_RDONLY | O_DIRECTORY, 0);
	struct ps_proc *list = NULL;
	int got, i;

	if (fd < 0)
		return NULL;
	while ((got = ng_sys_getdents(task, fd, ents, DIR_CHUNK)) > 0) {
		for (i = 0; i < got; i++) {
			struct ps_proc *p;
			int pid = atoi(ents[i].name);

			if (pid <= 0)
				continue;
			p = ng_task_alloc(task, sizeof(*p));
			p->pid = pid;
			p->nlwp = 1;
			if (!read_stat(task, p))
				continue;
			read_status(task, p);
			read_cmdline(task, p, text);
			insert_sorted(&list, p);
		}
	}
	ng_sys_close(task, fd);
	return list;
}
