/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lsns.c - the namespaces of the processes that are seen in /proc
 *
 * mirrors util-linux 2.38's sys-utils/lsns.c
 *
 * Not modelled: JSON, raw output, trees other than that of processes.
 */
#include "lib/getopt.h"
#include "lib/lines.h"
#include "lib/prog.h"
#include "lib/program.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/net_namespace.h>
#include <linux/rtnetlink.h>
#include <netglass/netlink.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/libnetlink.h"

#define NR_KINDS 8
#define BATCH 64
#define CELL 4096

int lsns_main(struct ng_task *task, int argc, char **argv);

/* as lsns knows them; each its place in struct proc */
static const char *const kind_names[NR_KINDS] = { "mnt", "net",	   "pid",  "uts",
						  "ipc", "cgroup", "user", "time" };

enum {
	COL_NS,
	COL_TYPE,
	COL_PATH,
	COL_NPROCS,
	COL_PID,
	COL_PPID,
	COL_COMMAND,
	COL_UID,
	COL_USER,
	COL_NETNSID,
	COL_NSFS,
	NR_COLS
};

static const struct {
	const char *name;
	bool right;
} cols[NR_COLS] = {
	{ "NS", true },	   { "TYPE", false },	{ "PATH", false },    { "NPROCS", true },
	{ "PID", true },   { "PPID", true },	{ "COMMAND", false }, { "UID", true },
	{ "USER", false }, { "NETNSID", true }, { "NSFS", false },
};

struct proc {
	int pid, ppid;
	uint64_t ns[NR_KINDS];
	int line; /* its last line in the table, -1: none */
	char *command;
};

struct ns {
	uint64_t id;
	int kind;
	unsigned int nprocs;
	struct proc *proc; /* the first */
	int parent;	   /* line, -1: none */
};

struct lsns {
	struct ng_task *task;
	struct proc *procs;
	size_t nprocs;
	struct ns *all;
	size_t n;
	bool wanted[NR_KINDS], tree, headings;
	int pid;
	uint64_t only;
	int col[2 * NR_COLS];
	int ncols;
};

static int read_ppid(struct ng_task *task, int pid)
{
	char path[64], text[512], *s;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	if (ng_read_file(task, path, text, sizeof(text)) < 0)
		return 0;
	s = strrchr(text, ')');
	return s && strlen(s) > 4 ? (int)strtol(s + 4, NULL, 10) : 0;
}

static char *read_command(struct ng_task *task, int pid)
{
	char path[64], text[CELL];
	int n;

	snprintf(path, sizeof(path), "/proc/%d/cmdline", pid);
	n = ng_read_file(task, path, text, sizeof(text));
	while (n > 0 && !text[n - 1])
		n--;
	for (int i = 0; i < n; i++) {
		if (!text[i])
			text[i] = ' ';
	}
	return ng_task_strndup(task, text, n > 0 ? (size_t)n : 0);
}

static void read_proc(struct lsns *l, int pid)
{
	struct proc p = { .pid = pid, .line = -1 };
	struct ng_stat st;
	char path[64];

	for (int i = 0; i < NR_KINDS; i++) {
		snprintf(path, sizeof(path), "/proc/%d/ns/%s", pid, kind_names[i]);
		if (ng_sys_stat(l->task, path, &st) >= 0)
			p.ns[i] = st.ino;
	}
	if (!p.ns[0])
		return;
	p.ppid = read_ppid(l->task, pid);
	p.command = read_command(l->task, pid);
	l->procs = ng_task_realloc(l->task, l->procs, l->nprocs * sizeof(p),
				   (l->nprocs + 1) * sizeof(p));
	l->procs[l->nprocs++] = p;
}

static int by_pid(const void *a, const void *b)
{
	return ((const struct proc *)a)->pid - ((const struct proc *)b)->pid;
}

static void read_procs(struct lsns *l)
{
	struct ng_dirent *ents = ng_task_alloc(l->task, BATCH * sizeof(*ents));
	int fd = ng_sys_open(l->task, "/proc", O_RDONLY | O_DIRECTORY, 0), n;

	while (fd >= 0 && (n = ng_sys_getdents(l->task, fd, ents, BATCH)) > 0) {
		for (int i = 0; i < n; i++) {
			if (ents[i].name[0] >= '1' && ents[i].name[0] <= '9')
				read_proc(l, (int)strtol(ents[i].name, NULL, 10));
		}
	}
	if (fd >= 0)
		ng_sys_close(l->task, fd);
	qsort(l->procs, l->nprocs, sizeof(*l->procs), by_pid);
}

static void count(struct lsns *l, struct proc *p, int kind)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		if (l->all[i].id == p->ns[kind] && l->all[i].kind == kind)
			break;
	}
	if (i == l->n) {
		l->all = ng_task_realloc(l->task, l->all, l->n * sizeof(*l->all),
					 (l->n + 1) * sizeof(*l->all));
		l->all[l->n++] = (struct ns){ p->ns[kind], kind, 0, p, -1 };
	}
	l->all[i].nprocs++;
}

static int by_id(const void *a, const void *b)
{
	const struct ns *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

/* Which of the process's namespaces @l->pid asks for. */
static void keep_of_pid(struct lsns *l)
{
	const struct proc *p = NULL;
	size_t i, n = 0;

	for (i = 0; i < l->nprocs; i++) {
		if (l->procs[i].pid == l->pid)
			p = &l->procs[i];
	}
	for (i = 0; i < l->n; i++) {
		if (p && p->ns[l->all[i].kind] == l->all[i].id)
			l->all[n++] = l->all[i];
	}
	l->n = n;
}

/* A namespace hangs below the last line of its first process's parent. */
static void make_tree(struct lsns *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct proc *p = l->all[i].proc;

		for (size_t k = 0; l->tree && k < l->nprocs; k++) {
			if (l->procs[k].pid == p->ppid)
				l->all[i].parent = l->procs[k].line;
		}
		l->all[i].proc->line = (int)i;
	}
}

static void netnsid(const struct lsns *l, int pid, char *buf, size_t size)
{
	const struct nlattr *tb[NETNSA_MAX + 1] = { NULL };
	struct nlmsghdr *answer = NULL;
	struct rtnl_handle rth;
	struct nl_buf b;
	int id = -1;

	snprintf(buf, size, "unassigned");
	if (rtnl_open(&rth, l->task, NETLINK_ROUTE) < 0)
		return;
	rtnl_req(l->task, &b, RTM_GETNSID, NLM_F_REQUEST, sizeof(struct rtgenmsg));
	addattr32(&b, NETNSA_PID, (uint32_t)pid);
	if (rtnl_talk(&rth, &b, &answer) == 0 && answer) {
		nlmsg_parse(answer, sizeof(struct rtgenmsg), tb, NETNSA_MAX);
		id = tb[NETNSA_NSID] ? (int)nla_get_u32(tb[NETNSA_NSID]) : -1;
	}
	rtnl_close(&rth);
	if (id >= 0)
		snprintf(buf, size, "%d", id);
}

/* the files in /run/netns over which the namespace is mounted */
static void nsfs(const struct lsns *l, uint64_t id, char *buf, size_t size)
{
	struct ng_dirent *ents = ng_task_alloc(l->task, BATCH * sizeof(*ents));
	int fd = ng_sys_open(l->task, "/run/netns", O_RDONLY | O_DIRECTORY, 0), n;
	struct ng_stat st;
	char path[300];

	*buf = '\0';
	while (fd >= 0 && (n = ng_sys_getdents(l->task, fd, ents, BATCH)) > 0) {
		for (int i = 0; i < n; i++) {
			snprintf(path, sizeof(path), "/run/netns/%s", ents[i].name);
			if (!*buf && ng_sys_lstat(l->task, path, &st) >= 0 && st.ino == id)
				snprintf(buf, size, "%s", path);
		}
	}
	if (fd >= 0)
		ng_sys_close(l->task, fd);
}

static bool has_child_after(const struct lsns *l, int line, int parent)
{
	for (size_t i = (size_t)line + 1; i < l->n; i++) {
		if (l->all[i].parent == parent)
			return true;
	}
	return false;
}

/* "│ └─" in front of a command */
static void branches(const struct lsns *l, int line, char *buf, size_t size)
{
	int parent = l->all[line].parent;
	size_t len;

	if (parent < 0)
		return;
	if (l->all[parent].parent >= 0) {
		branches(l, parent, buf, size);
		/* the parent's own branch, gone on */
		len = strlen(buf);
		if (len >= 6) {
			buf[len - 6] = '\0';
			strncat(buf,
				has_child_after(l, parent, l->all[parent].parent) ? "| " : "  ",
				size - strlen(buf) - 1);
		}
	}
	strncat(buf, has_child_after(l, line, parent) ? "|-" : "`-", size - strlen(buf) - 1);
}

static void cell(const struct lsns *l, int line, int col, char *buf, size_t size)
{
	const struct ns *ns = &l->all[line];

	*buf = '\0';
	switch (col) {
	case COL_NS:
		snprintf(buf, size, "%llu", (unsigned long long)ns->id);
		break;
	case COL_TYPE:
		snprintf(buf, size, "%s", kind_names[ns->kind]);
		break;
	case COL_PATH:
		snprintf(buf, size, "/proc/%d/ns/%s", ns->proc->pid, kind_names[ns->kind]);
		break;
	case COL_NPROCS:
		snprintf(buf, size, "%u", ns->nprocs);
		break;
	case COL_PID:
		snprintf(buf, size, "%d", ns->proc->pid);
		break;
	case COL_PPID:
		snprintf(buf, size, "%d", ns->proc->ppid);
		break;
	case COL_COMMAND:
		branches(l, line, buf, size);
		strncat(buf, ns->proc->command, size - strlen(buf) - 1);
		break;
	case COL_UID:
		snprintf(buf, size, "0");
		break;
	case COL_USER:
		snprintf(buf, size, "root");
		break;
	case COL_NETNSID:
		if (!strcmp(kind_names[ns->kind], "net"))
			netnsid(l, ns->proc->pid, buf, size);
		break;
	case COL_NSFS:
		nsfs(l, ns->id, buf, size);
		break;
	default:
		break;
	}
}

/* Children follow their parent. */
static void put_order(const struct lsns *l, int parent, int *order, size_t *n)
{
	for (size_t i = 0; i < l->n; i++) {
		if (l->all[i].parent == parent) {
			order[(*n)++] = (int)i;
			put_order(l, (int)i, order, n);
		}
	}
}

static void print_table(const struct lsns *l)
{
	struct ng_out *out = ng_stdout(l->task);
	char *text = ng_task_alloc(l->task, CELL);
	size_t width[2 * NR_COLS] = { 0 };
	int *order = ng_task_alloc(l->task, (l->n + 1) * sizeof(*order));
	size_t n = 0;

	put_order(l, -1, order, &n);
	for (int c = 0; c < l->ncols; c++) {
		width[c] = strlen(cols[l->col[c]].name);
		for (size_t i = 0; i < n; i++) {
			cell(l, order[i], l->col[c], text, CELL);
			width[c] = strlen(text) > width[c] ? strlen(text) : width[c];
		}
	}
	for (size_t i = l->headings ? 0 : 1; i <= n; i++) {
		for (int c = 0; c < l->ncols; c++) {
			bool last = c + 1 == l->ncols, right = cols[l->col[c]].right;

			if (!i)
				snprintf(text, CELL, "%s", cols[l->col[c]].name);
			else
				cell(l, order[i - 1], l->col[c], text, CELL);
			if (right)
				ng_printf(out, "%*s", (int)width[c], text);
			else
				ng_printf(out, "%-*s", last ? 0 : (int)width[c], text);
			ng_putc(out, last ? '\n' : ' ');
		}
	}
}

/* "NS,TYPE" or "+PATH" */
static void parse_columns(struct lsns *l, const char *list)
{
	if (*list == '+')
		list++;
	else
		l->ncols = 0;
	while (*list) {
		size_t n = strcspn(list, ",");
		int c;

		for (c = 0; c < NR_COLS; c++) {
			if (strlen(cols[c].name) == n && !strncasecmp(cols[c].name, list, n))
				break;
		}
		if (c == NR_COLS)
			prog_die(l->task, 1, "lsns", 0, "unknown column: %s", list);
		if (l->ncols < 2 * NR_COLS)
			l->col[l->ncols++] = c;
		list += n + (list[n] == ',');
	}
}

static void default_columns(struct lsns *l, bool net_only)
{
	static const int first[] = { COL_NS, COL_TYPE, COL_NPROCS, COL_PID, COL_USER };

	for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++)
		l->col[l->ncols++] = first[i];
	if (net_only) {
		l->col[l->ncols++] = COL_NETNSID;
		l->col[l->ncols++] = COL_NSFS;
	}
	l->col[l->ncols++] = COL_COMMAND;
}

static void want(struct lsns *l, const char *kind)
{
	for (int i = 0; i < NR_KINDS; i++) {
		if (!strcmp(kind, kind_names[i])) {
			l->wanted[i] = true;
			return;
		}
	}
	prog_die(l->task, 1, "lsns", 0, "unknown namespace type: %s", kind);
}

static void collect(struct lsns *l)
{
	read_procs(l);
	for (size_t p = 0; p < l->nprocs; p++) {
		for (int kind = 0; kind < NR_KINDS; kind++) {
			if (l->wanted[kind] && (!l->only || l->procs[p].ns[kind] == l->only))
				count(l, &l->procs[p], kind);
		}
	}
	if (l->n)
		qsort(l->all, l->n, sizeof(*l->all), by_id);
	if (l->pid)
		keep_of_pid(l);
	make_tree(l);
}

/**
 * lsns_main() - lsns [-ln] [-t type] [-p pid] [-o columns] [namespace]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int lsns_main(struct ng_task *task, int argc, char **argv)
{
	static const struct ng_option options[] = {
		{ "list", 0, 'l' },	  { "noheadings", 0, 'n' }, { "output", 1, 'o' },
		{ "task", 1, 'p' },	  { "notruncate", 0, 'u' }, { "nowrap", 0, 'W' },
		{ "type", 1, 't' },	  { "json", 0, 'J' },	    { "raw", 0, 'r' },
		{ "tree", 2, 'T' },	  { "help", 0, 'h' },	    { "version", 0, 'V' },
		{ "output-all", 0, 'A' }, { NULL, 0, 0 },
	};
	struct lsns l = { .task = task, .tree = true, .headings = true };
	struct ng_getopt st = { .task = task };
	const char *columns = NULL;
	int c, ntypes = 0;

	while ((c = ng_getopt_long(&st, argc, argv, "Jlnp:o:rT::t:uWhV", options)) != -1) {
		if (c == '?') {
			ng_puts(ng_stderr(task), "Try 'lsns --help' for more information.\n");
			return 1;
		}
		if (strchr("JrThVA", c))
			return ng_not_modelled(task, "lsns -%c", c);
		l.tree &= c != 'l';
		l.headings &= c != 'n';
		if (c == 'o')
			columns = st.optarg;
		if (c == 'p')
			l.pid = (int)strtol(st.optarg, NULL, 10);
		if (c == 't') {
			want(&l, st.optarg);
			ntypes++;
		}
	}
	if (st.optind < argc)
		l.only = strtoull(argv[st.optind], NULL, 10);
	default_columns(&l, ntypes == 1 && l.wanted[1]);
	if (columns)
		parse_columns(&l, columns);
	for (int i = 0; !ntypes && i < NR_KINDS; i++)
		l.wanted[i] = true;
	collect(&l);
	if (l.only && !l.n)
		prog_die(task, 1, "lsns", 0, "not found namespace: %llu",
			 (unsigned long long)l.only);
	if (l.n)
		print_table(&l);
	return 0;
}
