/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * command.c - the words that say what to do: -A -C -D -R -I -L -S -F -Z -N -X -E -P
 *
 * Mirrors the commands of do_parse() in iptables/xshared.c. CONTROL.
 *
 * ipt_on_command()
 *   add_command(): of those that go together, one of each
 *   rule_command() list_command() zero_command(): the words behind it
 */
#include "xt.h"

static const char cmd_letters[] = "IDDRALFZNXPESZC";

/**
 * ipt_letter() - The letter of a bit
 * @letters: one for each bit, the lowest first
 * @bit: one of them is set
 *
 * Return: the letter of the lowest bit that is set.
 */
char ipt_letter(const char *letters, unsigned int bit)
{
	unsigned int i = 0;

	while (!(bit & 1)) {
		bit >>= 1;
		i++;
	}
	return letters[i];
}

static void add_command(struct ipt_args *a, unsigned int cmd, unsigned int others, bool invert)
{
	if (invert)
		xt_error(a->x, PARAMETER_PROBLEM, "unexpected '!' flag");
	if (a->command & ~others)
		xt_error(a->x, PARAMETER_PROBLEM, "Cannot use -%c with -%c",
			 ipt_letter(cmd_letters, cmd),
			 ipt_letter(cmd_letters, a->command & ~others));
	a->command |= cmd;
}

static unsigned int rule_number(struct ipt_args *a, const char *s)
{
	uint64_t n;

	if (!xt_strtoul(s, NULL, &n, 1, INT32_MAX))
		xt_error(a->x, PARAMETER_PROBLEM, "Invalid rule number `%s'", s);
	return (unsigned int)n;
}

static void check_chain_name(struct ipt_args *a, const char *name)
{
	const char *p;

	if (strlen(name) >= XT_EXTENSION_MAXNAMELEN)
		xt_error(a->x, PARAMETER_PROBLEM,
			 "chain name `%s' too long (must be under %u chars)", name,
			 XT_EXTENSION_MAXNAMELEN);
	if (*name == '-' || *name == '!')
		xt_error(a->x, PARAMETER_PROBLEM, "chain name not allowed to start with `%c'",
			 *name);
	if (xt_is_standard(name) || xt_find(a->x, name, true, false))
		xt_error(a->x, PARAMETER_PROBLEM, "chain name may not clash with target name");
	for (p = name; *p; p++) {
		if (*p == ' ' || (*p >= '\t' && *p <= '\r'))
			xt_error(a->x, PARAMETER_PROBLEM, "Invalid chain name `%s'", name);
	}
}

/* The chain after a command that may do without, and a rule's number behind it. */
static void optional_chain(struct ipt_args *a)
{
	if (a->go.optarg)
		a->chain = a->go.optarg;
	else if (ipt_has_word(a))
		a->chain = ipt_take_word(a);
}

static void list_command(struct ipt_args *a, unsigned int cmd, bool invert)
{
	add_command(a, cmd, CMD_ZERO | CMD_ZERO_NUM, invert);
	optional_chain(a);
	if (ipt_has_word(a))
		a->rulenum = rule_number(a, ipt_take_word(a));
}

static void zero_command(struct ipt_args *a, bool invert)
{
	add_command(a, CMD_ZERO, CMD_LIST | CMD_LIST_RULES, invert);
	optional_chain(a);
	if (ipt_has_word(a)) {
		a->rulenum = rule_number(a, ipt_take_word(a));
		a->command = (a->command & ~(unsigned int)CMD_ZERO) | CMD_ZERO_NUM;
	}
}

static void rule_command(struct ipt_args *a, unsigned int cmd, bool invert)
{
	add_command(a, cmd, 0, invert);
	a->chain = a->go.optarg;
	if (cmd == CMD_DELETE && ipt_has_word(a)) {
		a->rulenum = rule_number(a, ipt_take_word(a));
		a->command = CMD_DELETE_NUM;
	} else if (cmd == CMD_REPLACE) {
		if (!ipt_has_word(a))
			xt_error(a->x, PARAMETER_PROBLEM, "-%c requires a rule number", 'R');
		a->rulenum = rule_number(a, ipt_take_word(a));
	} else if (cmd == CMD_INSERT) {
		a->rulenum = ipt_has_word(a) ? rule_number(a, ipt_take_word(a)) : 1;
	}
}

/**
 * ipt_on_command() - Takes an option that is a command
 * @a: the command line so far
 * @c: the option's letter
 * @invert: a `!` stood before it
 *
 * Return: false when it is no command.
 */
bool ipt_on_command(struct ipt_args *a, int c, bool invert)
{
	switch (c) {
	case 'A':
		rule_command(a, CMD_APPEND, invert);
		break;
	case 'C':
		rule_command(a, CMD_CHECK, invert);
		break;
	case 'D':
		rule_command(a, CMD_DELETE, invert);
		break;
	case 'R':
		rule_command(a, CMD_REPLACE, invert);
		break;
	case 'I':
		rule_command(a, CMD_INSERT, invert);
		break;
	case 'L':
		list_command(a, CMD_LIST, invert);
		break;
	case 'S':
		list_command(a, CMD_LIST_RULES, invert);
		break;
	case 'F':
		add_command(a, CMD_FLUSH, 0, invert);
		optional_chain(a);
		break;
	case 'Z':
		zero_command(a, invert);
		break;
	case 'N':
		check_chain_name(a, a->go.optarg);
		add_command(a, CMD_NEW_CHAIN, 0, invert);
		a->chain = a->go.optarg;
		break;
	case 'X':
		add_command(a, CMD_DELETE_CHAIN, 0, invert);
		optional_chain(a);
		break;
	case 'E':
		add_command(a, CMD_RENAME_CHAIN, 0, invert);
		a->chain = a->go.optarg;
		if (!ipt_has_word(a))
			xt_error(a->x, PARAMETER_PROBLEM,
				 "-%c requires old-chain-name and new-chain-name", 'E');
		a->newname = ipt_take_word(a);
		break;
	case 'P':
		add_command(a, CMD_SET_POLICY, 0, invert);
		a->chain = a->go.optarg;
		if (!ipt_has_word(a))
			xt_error(a->x, PARAMETER_PROBLEM, "-%c requires a chain and a policy", 'P');
		a->policy = ipt_take_word(a);
		break;
	default:
		return false;
	}
	return true;
}
