/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * main.c - the program iptables, and queueing one parsed command
 *
 * Mirrors iptables/xtables-standalone.c and do_commandx() of xtables.c. CONTROL.
 *
 * iptables_main()
 *   ipt_parse()
 *   ipt_run() -> add_rules() list() nft_cmd_add()
 *   nft_commit()
 */
#include "nft.h"

int iptables_main(struct ng_task *task, int argc, char **argv);

/**
 * ipt_new() - The state of a run
 * @task: its task
 * @prog: the name it gives itself
 *
 * Return: the state, with nfnetlink open.
 */
struct ipt *ipt_new(struct ng_task *task, const char *prog)
{
	struct ipt *x = ng_task_alloc(task, sizeof(*x));

	x->task = task;
	x->out = ng_stdout(task);
	x->err = ng_stderr(task);
	x->prog = prog;
	x->nft = nft_open(x);
	return x;
}

static enum nft_cmd_type rule_cmd(unsigned int command)
{
	if (command == CMD_INSERT)
		return NFT_CMD_INSERT;
	if (command == CMD_REPLACE)
		return NFT_CMD_REPLACE;
	if (command == CMD_DELETE)
		return NFT_CMD_DELETE;
	if (command == CMD_CHECK)
		return NFT_CMD_CHECK;
	return NFT_CMD_APPEND;
}

static enum nft_level rule_level(const struct ipt_args *a)
{
	if (a->command == CMD_APPEND || (a->command == CMD_INSERT && a->rulenum <= 1))
		return NFT_CL_CHAINS;
	return NFT_CL_RULES;
}

/* One command for each pair of addresses. */
static void add_rules(struct ipt_args *a)
{
	bool user = !a->rule.target && a->rule.jumpto[0] &&
		    ((a->rule.ip.flags & IPT_F_GOTO) || !xt_is_standard(a->rule.jumpto));
	unsigned int i;
	unsigned int j;

	for (i = 0; i < a->s.n; i++) {
		for (j = 0; j < a->d.n; j++) {
			struct nft_cmd *c =
				nft_cmd_add(a->x->nft, rule_cmd(a->command), a->table, a->chain);

			c->rule = ng_task_alloc(a->x->task, sizeof(*c->rule));
			*c->rule = a->rule;
			c->rule->ip.src.s_addr = a->s.addr[i];
			c->rule->ip.smsk.s_addr = a->s.mask[i];
			c->rule->ip.dst.s_addr = a->d.addr[j];
			c->rule->ip.dmsk.s_addr = a->d.mask[j];
			c->rulenum = a->rulenum;
			c->verbose = a->options & OPT_VERBOSE;
			/* for what it finds wrong: before anything is asked */
			nft_build(a->x, c->rule);
			nft_want(a->x->nft, rule_level(a), a->table, a->chain,
				 user ? a->rule.jumpto : NULL);
		}
	}
}

static void list(struct ipt_args *a)
{
	struct nft_cmd *c = nft_cmd_add(a->x->nft, NFT_CMD_LIST, a->table, a->chain);

	c->rulenum = a->rulenum;
	c->format = FMT_OPTIONS | ((a->options & OPT_VERBOSE) ? FMT_VIA : FMT_NOCOUNTS);
	if (a->options & OPT_NUMERIC)
		c->format |= FMT_NUMERIC;
	if (!(a->options & OPT_EXPANDED))
		c->format |= FMT_KILOMEGAGIGA;
	if (a->options & OPT_LINENUMBERS)
		c->format |= FMT_LINENUMBERS;
	nft_want(a->x->nft, NFT_CL_RULES, a->table, a->chain, NULL);
}

static void simple(struct ipt_args *a, enum nft_cmd_type type, enum nft_level level)
{
	struct nft_cmd *c = nft_cmd_add(a->x->nft, type, a->table, a->chain);

	c->rulenum = a->rulenum;
	c->verbose = a->options & OPT_VERBOSE;
	c->arg = type == NFT_CMD_POLICY ? a->policy : a->newname;
	if (type == NFT_CMD_SAVE)
		c->format = c->verbose ? FMT_C_COUNTS : 0;
	c->has_counters = type == NFT_CMD_POLICY;
	nft_want(a->x->nft, level, a->table, a->chain, a->newname);
}

/**
 * ipt_run() - Queues what a command line says
 * @a: the command line
 */
void ipt_run(struct ipt_args *a)
{
	const unsigned int rules = CMD_APPEND | CMD_DELETE | CMD_CHECK | CMD_INSERT | CMD_REPLACE;
	const bool flush_all = !a->chain && !(a->options & OPT_VERBOSE);

	if (nft_table_index(a->table) < 0)
		xt_error(a->x, VERSION_PROBLEM, "table '%s' does not exist", a->table);
	if (a->command & rules)
		add_rules(a);
	if (a->command & CMD_DELETE_NUM)
		simple(a, NFT_CMD_DELETE_NUM, NFT_CL_RULES);
	if (a->command & CMD_LIST)
		list(a);
	if (a->command & CMD_LIST_RULES)
		simple(a, NFT_CMD_SAVE, NFT_CL_RULES);
	if (a->command & CMD_FLUSH)
		simple(a, NFT_CMD_FLUSH, flush_all ? NFT_CL_TABLES : NFT_CL_CHAINS);
	if (a->command & CMD_ZERO)
		simple(a, NFT_CMD_ZERO, NFT_CL_RULES);
	if (a->command & CMD_ZERO_NUM)
		simple(a, NFT_CMD_ZERO_NUM, NFT_CL_RULES);
	if (a->command & CMD_NEW_CHAIN)
		simple(a, NFT_CMD_NEW_CHAIN, NFT_CL_CHAINS);
	if (a->command & CMD_DELETE_CHAIN)
		simple(a, NFT_CMD_DEL_CHAIN, a->chain ? NFT_CL_CHAINS : NFT_CL_RULES);
	if (a->command & CMD_RENAME_CHAIN)
		simple(a, NFT_CMD_RENAME, NFT_CL_CHAINS);
	if (a->command & CMD_SET_POLICY)
		simple(a, NFT_CMD_POLICY, NFT_CL_CHAINS);
}

/**
 * iptables_main() - The program iptables
 * @task: its task
 * @argc: number of words
 * @argv: the words
 *
 * Return: the exit status.
 */
int iptables_main(struct ng_task *task, int argc, char **argv)
{
	struct ipt *x = ipt_new(task, "iptables");
	struct ipt_args a = { .x = x, .table = "filter" };

	ipt_parse(&a, argc, argv);
	if (a.verbose > 2)
		return ng_not_modelled(task, "iptables -vvv");
	x->nft->debug = a.verbose > 1;
	ipt_run(&a);
	if (nft_commit(x->nft))
		return 0;
	ng_printf(x->err, "iptables: %s.%s\n", x->nft->error,
		  x->nft->error_dmesg ? " Run `dmesg' for more information." : "");
	return 1;
}
