/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * restore.c - the program iptables-restore
 *
 * Mirrors iptables/xtables-restore.c. One transaction per table. CONTROL.
 *
 * iptables_restore_main()
 *   on_line()
 *     on_table() on_chain() on_rule() commit()
 */
#include "nft.h"

#include <fcntl.h>

#define MAX_LINE 10240
#define MAX_WORDS 255

int iptables_restore_main(struct ng_task *task, int argc, char **argv);

static const struct ng_option options[] = {
	{ "counters", 0, 'c' }, { "verbose", 0, 'v' }, { "version", 0, 'V' },
	{ "test", 0, 't' },	{ "help", 0, 'h' },    { "noflush", 0, 'n' },
	{ "modprobe", 1, 'M' }, { "table", 1, 'T' },   { "ipv4", 0, '4' },
	{ "ipv6", 0, '6' },	{ "wait", 2, 'w' },    { "wait-interval", 2, 'W' },
	{ NULL, 0, 0 },
};

struct restore {
	struct ipt *x;
	bool counters;
	bool verbose;
	bool testing;
	bool noflush;
	const char *only;
	const char *table; /* NULL: outside */
	int fd;
	char buf[4096];
	size_t len;
	size_t at;
};

static void put_help(struct restore *s)
{
	ng_printf(
		s->x->err,
		"Usage: %s [-c] [-v] [-V] [-t] [-h] [-n] [-T table] [-M command] [-4] [-6] [file]\n"
		"\t   [ --counters ]\n\t   [ --verbose ]\n\t   [ --version]\n\t   [ --test ]\n\t   "
		"[ --help ]\n"
		"\t   [ --noflush ]\n\t   [ --table=<TABLE> ]\n\t   [ --modprobe=<command> ]\n"
		"\t   [ --ipv4 ]\n\t   [ --ipv6 ]\n",
		s->x->prog);
}

static void parse(struct restore *s, int argc, char **argv)
{
	struct ng_getopt go = { .task = s->x->task };
	int c;

	while ((c = ng_getopt_long(&go, argc, argv, "bcvVthnwWM:T:", options)) != -1) {
		switch (c) {
		case 'c':
			s->counters = true;
			break;
		case 'v':
			s->verbose = true;
			break;
		case 't':
			s->testing = true;
			break;
		case 'n':
			s->noflush = true;
			break;
		case 'T':
			s->only = go.optarg;
			break;
		case 'V':
			ng_printf(s->x->out, "%s v%s\n", s->x->prog, IPT_VERSION);
			xt_exit(s->x, 0);
		case 'h':
			put_help(s);
			xt_exit(s->x, 0);
		case 'w':
		case 'W':
			if (!go.optarg && go.optind < argc && argv[go.optind][0] != '-')
				go.optind++;
			break;
		case 'b':
			ng_puts(s->x->err, "-b/--binary option is not implemented\n");
			break;
		case 'M':
			break;
		default: /* --ipv4 and --ipv6 too: nothing asks for them */
			ng_printf(s->x->err, "Try `%s -h' for more information.\n", s->x->prog);
			xt_exit(s->x, 1);
		}
	}
	if (go.optind == argc - 1) {
		s->fd = ng_sys_open(s->x->task, argv[go.optind], O_RDONLY, 0);
		if (s->fd < 0) {
			ng_printf(s->x->err, "Can't open %s: %s\n", argv[go.optind],
				  ng_strerror(-s->fd));
			xt_exit(s->x, 1);
		}
	} else if (go.optind < argc) {
		ng_puts(s->x->err, "Unknown arguments found on commandline\n");
		xt_exit(s->x, 1);
	}
}

/* The next line, with its end. Returns false when there is none. */
static bool next_line(struct restore *s, char *line)
{
	size_t n = 0;
	bool any = false;

	for (;;) {
		char c;

		if (s->at == s->len) {
			ssize_t got = ng_sys_read(s->x->task, s->fd, s->buf, sizeof(s->buf));

			if (got <= 0)
				break;
			s->len = (size_t)got;
			s->at = 0;
		}
		c = s->buf[s->at++];
		any = true;
		if (n < MAX_LINE - 1)
			line[n++] = c;
		if (c == '\n')
			break;
	}
	line[n] = '\0';
	return any;
}

/* Cuts the next word at blanks, as strtok(). */
static char *word(char **s)
{
	char *w = *s + strspn(*s, " \t\n");

	if (!*w)
		return NULL;
	*s = w + strcspn(w, " \t\n");
	if (**s)
		*(*s)++ = '\0';
	return w;
}

/* As sscanf("[%llu:%llu]"): nobody asks for the closing bracket. */
static bool parse_counters(const char *s, uint64_t cnt[2])
{
	char *end;

	return s && *s == '[' && xt_strtoul(s + 1, &end, &cnt[0], 0, UINT64_MAX) && *end == ':' &&
	       xt_strtoul(end + 1, &end, &cnt[1], 0, UINT64_MAX);
}

static void on_table(struct restore *s, char *line)
{
	const char *name = word(&line);

	if (!name)
		xt_error(s->x, PARAMETER_PROBLEM, "%s: line %u table name invalid", s->x->prog,
			 s->x->line);
	if (nft_table_index(name) < 0)
		xt_error(s->x, PARAMETER_PROBLEM, "%s: line %u table name '%s' invalid", s->x->prog,
			 s->x->line, name);
	s->table = ng_task_strdup(s->x->task, name);
	if (s->only && strcmp(s->only, name))
		return;
	if (!s->noflush) {
		nft_cmd_add(s->x->nft, NFT_CMD_TABLE_FLUSH, s->table, NULL)->verbose = s->verbose;
		nft_want(s->x->nft, s->verbose ? NFT_CL_CHAINS : NFT_CL_TABLES, s->table, NULL,
			 NULL);
		s->x->nft->no_chains = !s->verbose;
	}
}

static void on_chain(struct restore *s, char *line)
{
	struct nft_handle *h = s->x->nft;
	const char *name = word(&line);
	const char *policy;
	struct nft_cmd *c;
	bool builtin;

	if (!name)
		xt_error(s->x, PARAMETER_PROBLEM, "%s: line %u chain name invalid", s->x->prog,
			 s->x->line);
	if (strlen(name) >= XT_EXTENSION_MAXNAMELEN)
		xt_error(s->x, PARAMETER_PROBLEM,
			 "chain name `%s' too long (must be under %u chars)", name,
			 XT_EXTENSION_MAXNAMELEN);
	policy = word(&line);
	if (!policy)
		xt_error(s->x, PARAMETER_PROBLEM, "%s: line %u policy invalid", s->x->prog,
			 s->x->line);
	name = ng_task_strdup(s->x->task, name);
	builtin = nft_builtin_find(&nft_builtin_tables[nft_table_index(s->table)], name);
	c = nft_cmd_add(h, builtin ? NFT_CMD_POLICY : NFT_CMD_RESTORE_CHAIN, s->table, name);
	nft_want(h, NFT_CL_CHAINS, s->table, name, NULL);
	if (!builtin)
		return;
	c->arg = ng_task_strdup(s->x->task, policy);
	c->has_counters = true;
	if (s->counters && !parse_counters(word(&line), c->cnt))
		xt_error(s->x, PARAMETER_PROBLEM, "invalid policy counters for chain '%s'", name);
}

/* The words of a rule's line as they are put together. */
struct words {
	char **argv;
	int argc;
	char *at;
	char *start;
};

static void end_word(struct restore *s, struct words *w)
{
	if (w->argc >= MAX_WORDS)
		xt_error(s->x, PARAMETER_PROBLEM, "Parser cannot handle more arguments\n");
	*w->at++ = '\0';
	w->argv[w->argc++] = w->start;
	w->start = w->at;
}

/*
 * Splits a rule's line at blanks; double quotes, the closing one ends the word; a backslash inside them.
 * A quote that nobody closes takes the rest, the line's end too.
 */
static void split(struct restore *s, const char *line, struct words *w)
{
	bool quoted = false;

	w->at = w->start = ng_task_alloc(s->x->task, 2 * strlen(line) + 2);
	for (; *line; line++) {
		if (quoted && *line == '\\' && line[1])
			*w->at++ = *++line;
		else if (quoted && *line != '"')
			*w->at++ = *line;
		else if (*line == '"' && !quoted)
			quoted = true;
		else if (*line == '"') {
			quoted = false;
			end_word(s, w);
		} else if (*line != ' ' && *line != '\t' && *line != '\n')
			*w->at++ = *line;
		else if (w->at != w->start)
			end_word(s, w);
	}
	if (w->at != w->start)
		end_word(s, w);
	w->argv[w->argc] = NULL;
}

static void add_word(struct restore *s, struct words *w, const char *word)
{
	w->argv[w->argc++] = ng_task_strdup(s->x->task, word);
}

/* [PACKETS:BYTES] before a rule: with -c they become its --set-counters. As strtok() cuts them. */
static char *take_counters(struct restore *s, char *line, struct words *w)
{
	char *rule = line[0] == '[' ? strchr(line, ']') : line;
	char *packets = line + 1 + strspn(line + 1, ":");
	char *bytes = packets + strcspn(packets, ":");

	if (rule == line)
		return line;
	if (rule && !*packets)
		xt_error(s->x, PARAMETER_PROBLEM, "Bad line %u: need :", s->x->line);
	if (*bytes) {
		*bytes++ = '\0';
		bytes += strspn(bytes, "]");
	}
	if (!rule || !*bytes)
		xt_error(s->x, PARAMETER_PROBLEM, "Bad line %u: need ]", s->x->line);
	bytes[strcspn(bytes, "]")] = '\0';
	if (s->counters) {
		add_word(s, w, "--set-counters");
		add_word(s, w, packets);
		add_word(s, w, bytes);
	}
	return rule + 1;
}

static void on_rule(struct restore *s, char *line)
{
	struct ipt_args a = { .x = s->x, .restore = true, .table = s->table };
	struct words w = { .argv = ng_task_alloc(s->x->task, (MAX_WORDS + 8) * sizeof(*w.argv)) };

	add_word(s, &w, s->x->prog);
	add_word(s, &w, "-t");
	add_word(s, &w, s->table);
	split(s, take_counters(s, line, &w), &w);
	ipt_parse(&a, w.argc, w.argv);
	if (!a.stop)
		ipt_run(&a);
}

static void commit(struct restore *s)
{
	struct nft_handle *h = s->x->nft;

	s->table = NULL;
	if (s->testing) {
		h->cmds = NULL;
		h->cmd_tail = &h->cmds;
		nft_want_nothing(h);
		return;
	}
	if (!nft_commit(h)) {
		ng_printf(s->x->err, "%s: line %u failed: %s.\n", s->x->prog, h->cmd_line,
			  h->error);
		xt_exit(s->x, 1);
	}
	nft_cache_drop(h);
	nft_want_nothing(h);
}

static void on_line(struct restore *s, char *line)
{
	bool skip = s->table && s->only && strcmp(s->only, s->table);

	if (line[0] == '\n')
		return;
	if (line[0] == '#') {
		if (s->verbose)
			ng_puts(s->x->out, line);
		return;
	}
	if ((!strcmp(line, "COMMIT\n") || !strcmp(line, "COMMIT")) && s->table) {
		if (skip)
			s->table = NULL;
		else
			commit(s);
	} else if (line[0] == '*' && !s->table) {
		on_table(s, line + 1);
	} else if (skip) {
		return;
	} else if (line[0] == ':' && s->table) {
		on_chain(s, line + 1);
	} else if (s->table) {
		on_rule(s, line);
	} else {
		ng_printf(s->x->err, "%s: line %u failed\n", s->x->prog, s->x->line);
		xt_exit(s->x, 1);
	}
}

/**
 * iptables_restore_main() - The program iptables-restore
 * @task: its task
 * @argc: number of words
 * @argv: the words
 *
 * Return: the exit status.
 */
int iptables_restore_main(struct ng_task *task, int argc, char **argv)
{
	struct restore *s = ng_task_alloc(task, sizeof(*s));
	char *line = ng_task_alloc(task, MAX_LINE);

	s->x = ipt_new(task, ipt_basename(argv[0]));
	s->x->nft->restore = true;
	parse(s, argc, argv);
	while (next_line(s, line)) {
		s->x->line++;
		on_line(s, line);
	}
	if (s->table) {
		ng_printf(s->x->err, "%s: COMMIT expected at line %u\n", s->x->prog,
			  s->x->line + 1);
		return 1;
	}
	return 0;
}
