/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nstat.c - nstat: the counters of /proc/net/snmp and /proc/net/netstat, and what came since last time
 *
 * mirrors iproute2's misc/nstat.c
 */
#include "coreutils/util.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>

#define NAME_MAX_LEN 96
#define LINE_MAX_LEN 160
#define LINE_FORMAT "%-32s%-16llu%6.1f\n"

int nstat_main(struct ng_task *task, int argc, char **argv);

static const char usage[] = "Usage: nstat [OPTION] [ PATTERN [ PATTERN ] ]\n"
			    "   -h, --help          this message\n"
			    "   -a, --ignore        ignore history\n"
			    "   -d, --scan=SECS     sample every statistics every SECS\n"
			    "   -j, --json          format output in JSON\n"
			    "   -n, --nooutput      do history only\n"
			    "   -p, --pretty        pretty print\n"
			    "   -r, --reset         reset history\n"
			    "   -s, --noupdate      don't update history\n"
			    "   -t, --interval=SECS report average over the last SECS\n"
			    "   -V, --version       output version information\n"
			    "   -z, --zeros         show entries with zero activity\n";

struct counter {
	char name[NAME_MAX_LEN];
	unsigned long long value;
};

struct table {
	struct counter *v;
	size_t n, cap;
};

struct nstat {
	struct ng_task *task;
	struct ng_out *out;
	struct table now, old;
	char **patterns;
	int npatterns;
	bool ignore, json, nooutput, pretty, reset, noupdate, zeros;
};

static void add(struct nstat *s, struct table *t, const char *name, unsigned long long value)
{
	if (t->n == t->cap) {
		size_t cap = t->cap ? t->cap * 2 : 512;

		t->v = ng_task_realloc(s->task, t->v, t->cap * sizeof(*t->v), cap * sizeof(*t->v));
		t->cap = cap;
	}
	snprintf(t->v[t->n].name, sizeof(t->v[t->n].name), "%s", name);
	t->v[t->n++].value = value;
}

/* Settings among the counters. */
static bool is_useless(const char *name)
{
	static const char *const names[] = { "IpForwarding", "IpDefaultTTL", "TcpRtoAlgorithm",
					     "TcpRtoMin",    "TcpRtoMax",    "TcpMaxConn",
					     "TcpCurrEstab" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (!strcmp(name, names[i]))
			return true;
	}
	return false;
}

/* "Ip: A B" above "Ip: 1 2" */
static void add_pair(struct nstat *s, char *names, char *values)
{
	char *save_name, *save_value, *prefix = strtok_r(names, " ", &save_name), *name, *value;
	char full[NAME_MAX_LEN];

	if (!prefix || !strtok_r(values, " ", &save_value))
		return;
	prefix[strcspn(prefix, ":")] = '\0';
	while ((name = strtok_r(NULL, " ", &save_name)) != NULL &&
	       (value = strtok_r(NULL, " ", &save_value)) != NULL) {
		snprintf(full, sizeof(full), "%s%s", prefix, name);
		if (!is_useless(full))
			add(s, &s->now, full, strtoull(value, NULL, 10));
	}
}

static void load(struct nstat *s, const char *path)
{
	struct cu_line line;
	char *names = NULL;
	struct cu_in in;

	if (cu_open(&in, s->task, path) < 0)
		return;
	while (cu_line_next(&in, &line)) {
		if (names) {
			add_pair(s, names, line.s);
			ng_task_free(s->task, names);
			names = NULL;
		} else {
			names = ng_task_strdup(s->task, line.s);
		}
	}
	cu_close(&in);
}

static void load_history(struct nstat *s, const char *path)
{
	char name[NAME_MAX_LEN];
	unsigned long long value;
	struct cu_line line;
	struct cu_in in;

	if (cu_open(&in, s->task, path) < 0)
		return;
	while (cu_line_next(&in, &line)) {
		if (line.s[0] != '#' && sscanf(line.s, "%95s%llu", name, &value) == 2)
			add(s, &s->old, name, value);
	}
	cu_close(&in);
}

static void save_history(struct nstat *s, int fd)
{
	size_t room = (s->now.n + 1) * LINE_MAX_LEN, len;
	char *text = ng_task_alloc(s->task, room);

	ng_sys_ftruncate(s->task, fd, 0);
	len = (size_t)snprintf(text, room, "#kernel\n");
	for (size_t i = 0; i < s->now.n; i++) {
		if (s->now.v[i].value || s->zeros)
			len += (size_t)snprintf(text + len, room - len, LINE_FORMAT,
						s->now.v[i].name, s->now.v[i].value, 0.0);
	}
	ng_sys_write(s->task, fd, text, len);
	ng_sys_close(s->task, fd);
}

static bool is_wanted(const struct nstat *s, const char *name)
{
	for (int i = 0; i < s->npatterns; i++) {
		if (!fnmatch(s->patterns[i], name, 0))
			return true;
	}
	return !s->npatterns;
}

/* What came since last time. Both tables are in one order, but kinds of ICMP may have come between. */
static unsigned long long growth(const struct nstat *s, const struct counter *c, size_t *at)
{
	for (size_t i = *at; i < s->old.n; i++) {
		if (strcmp(s->old.v[i].name, c->name) != 0)
			continue;
		*at = i + 1;
		return c->value - s->old.v[i].value;
	}
	return c->value;
}

static void show(struct nstat *s)
{
	bool first = true;
	size_t at = 0;

	ng_puts(s->out, !s->json    ? "#kernel\n"
			: s->pretty ? "{\n    \"kernel\": {"
				    : "{\"kernel\":{");
	for (size_t i = 0; i < s->now.n; i++) {
		const struct counter *c = &s->now.v[i];
		unsigned long long value = growth(s, c, &at);

		if ((!value && !s->zeros) || !is_wanted(s, c->name))
			continue;
		if (!s->json) {
			ng_printf(s->out, LINE_FORMAT, c->name, value, 0.0);
			continue;
		}
		ng_printf(s->out, s->pretty ? "%s\n        \"%s\": %llu" : "%s\"%s\":%llu",
			  first ? "" : ",", c->name, value);
		first = false;
	}
	if (s->json)
		ng_puts(s->out, !s->pretty ? "}}\n" : first ? "}\n}\n" : "\n    }\n}\n");
}

static void read_options(struct nstat *s, int argc, char **argv)
{
	static const struct ng_option longs[] = {
		{ "help", 0, 'h' },	{ "ignore", 0, 'a' }, { "scan", 1, 'd' },
		{ "nooutput", 0, 'n' }, { "json", 0, 'j' },   { "reset", 0, 'r' },
		{ "noupdate", 0, 's' }, { "pretty", 0, 'p' }, { "interval", 1, 't' },
		{ "version", 0, 'V' },	{ "zeros", 0, 'z' },  { NULL, 0, 0 },
	};
	struct ng_getopt g = { .task = s->task };
	int c;

	while ((c = ng_getopt_long(&g, argc, argv, "h?vVzrnasd:t:jp", longs)) != -1) {
		switch (c) {
		case 'a':
			s->ignore = true;
			break;
		case 'j':
			s->json = true;
			break;
		case 'n':
			s->nooutput = true;
			break;
		case 'p':
			s->pretty = true;
			break;
		case 'r':
			s->reset = true;
			break;
		case 's':
			s->noupdate = true;
			break;
		case 'z':
			s->zeros = true;
			break;
		case 'd':
		case 't':
			prog_exit(s->task, ng_not_modelled(s->task, "nstat -%c", c));
		case 'v':
		case 'V':
			ng_puts(s->out, "nstat utility, iproute2-6.1.0\n");
			prog_exit(s->task, 0);
		default:
			ng_puts(ng_stderr(s->task), usage);
			prog_exit(s->task, 255);
		}
	}
	s->patterns = argv + g.optind;
	s->npatterns = argc - g.optind;
}

/**
 * nstat_main() - nstat [-anprsz] [pattern ...]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int nstat_main(struct ng_task *task, int argc, char **argv)
{
	struct nstat s = { .task = task, .out = ng_stdout(task) };
	const char *path = ng_task_getenv(task, "NSTAT_HISTORY");
	int fd = -1;

	if (!path)
		path = "/tmp/.nstat.u0";
	read_options(&s, argc, argv);
	if (!s.ignore || !s.noupdate)
		fd = ng_sys_open(task, path, O_RDWR | O_CREAT, 0600);
	if (fd < 0 && (!s.ignore || !s.noupdate)) {
		ng_printf(ng_stderr(task), "nstat: open history file: %s\n", ng_strerror(-fd));
		prog_exit(task, 255);
	}
	if (!s.ignore && !s.reset)
		load_history(&s, path);
	load(&s, "/proc/net/snmp");
	load(&s, "/proc/net/netstat");
	if (!s.nooutput)
		show(&s);
	if (!s.noupdate)
		save_history(&s, fd);
	return 0;
}
