/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iptables.c - the command line: words to one command on rules or chains
 *
 * Mirrors do_parse() of iptables/xshared.c and xtables.c. CONTROL.
 *
 * ipt_parse()
 *   ipt_on_command() on_option() on_other()
 *     on_extension() -> xt_option_call()
 *   check_options()
 *   finish()
 */
#include "xt.h"

#define SHORT_OPTIONS "-:A:C:D:R:I:L::S::M:F::Z::N:X::E:P:Vh::o:p:s:d:j:i:fbvw::W::nt:m:xc:g:46"

static const struct ng_option base_options[] = {
	{ "append", 1, 'A' },	    { "delete", 1, 'D' },	{ "check", 1, 'C' },
	{ "insert", 1, 'I' },	    { "replace", 1, 'R' },	{ "list", 2, 'L' },
	{ "list-rules", 2, 'S' },   { "flush", 2, 'F' },	{ "zero", 2, 'Z' },
	{ "new-chain", 1, 'N' },    { "delete-chain", 2, 'X' }, { "rename-chain", 1, 'E' },
	{ "policy", 1, 'P' },	    { "source", 1, 's' },	{ "destination", 1, 'd' },
	{ "src", 1, 's' },	    { "dst", 1, 'd' },		{ "protocol", 1, 'p' },
	{ "in-interface", 1, 'i' }, { "jump", 1, 'j' },		{ "table", 1, 't' },
	{ "match", 1, 'm' },	    { "numeric", 0, 'n' },	{ "out-interface", 1, 'o' },
	{ "verbose", 0, 'v' },	    { "wait", 2, 'w' },		{ "wait-interval", 2, 'W' },
	{ "exact", 0, 'x' },	    { "fragments", 0, 'f' },	{ "version", 0, 'V' },
	{ "help", 2, 'h' },	    { "line-numbers", 0, '0' }, { "modprobe", 1, 'M' },
	{ "set-counters", 1, 'c' }, { "goto", 1, 'g' },		{ "ipv4", 0, '4' },
	{ "ipv6", 0, '6' },
};

#define NBASE (sizeof(base_options) / sizeof(*base_options))

static const char opt_letters[] = "nsdpjvxio0cf";

static void set_option(struct ipt_args *a, unsigned int opt, bool invert)
{
	static const struct {
		unsigned int opt;
		uint8_t inv;
	} inverse[] = {
		{ OPT_SOURCE, IPT_INV_SRCIP },	     { OPT_DESTINATION, IPT_INV_DSTIP },
		{ OPT_PROTOCOL, XT_INV_PROTO },	     { OPT_VIANAMEIN, IPT_INV_VIA_IN },
		{ OPT_VIANAMEOUT, IPT_INV_VIA_OUT }, { OPT_FRAGMENT, IPT_INV_FRAG },
	};
	size_t i;

	if (a->options & opt)
		xt_error(a->x, PARAMETER_PROBLEM, "multiple -%c flags not allowed",
			 ipt_letter(opt_letters, opt));
	a->options |= opt;
	if (!invert)
		return;
	for (i = 0; i < sizeof(inverse) / sizeof(*inverse); i++) {
		if (inverse[i].opt == opt) {
			a->invflags |= inverse[i].inv;
			return;
		}
	}
	xt_error(a->x, PARAMETER_PROBLEM, "cannot have ! before -%c", ipt_letter(opt_letters, opt));
}

static void set_options(struct ipt_args *a)
{
	a->longopts = ng_task_alloc(a->x->task, (NBASE + 1) * sizeof(*a->longopts));
	memcpy(a->longopts, base_options, sizeof(base_options));
	a->nlong = NBASE;
	a->next_base = 256;
}

/* The words of an extension become options too: behind the built-in ones, before earlier extensions'. */
static void merge_options(struct ipt_args *a, struct xt_inst *inst)
{
	const struct xt_opt *o;
	unsigned int n = 0;
	struct ng_option *all;

	inst->opt_base = a->next_base;
	a->next_base += XT_OPT_STEP;
	for (o = inst->ext->opts; o && o->name; o++)
		n++;
	all = ng_task_alloc(a->x->task, (a->nlong + n + 1) * sizeof(*all));
	memcpy(all, a->longopts, NBASE * sizeof(*all));
	memcpy(all + NBASE + n, a->longopts + NBASE, (a->nlong - NBASE) * sizeof(*all));
	for (n = 0, o = inst->ext->opts; o && o->name; o++, n++)
		all[NBASE + n] =
			(struct ng_option){ o->name, o->type != XTT_NONE, inst->opt_base + o->id };
	a->longopts = all;
	a->nlong += n;
}

static void add_match(struct ipt_args *a, const struct xt_ext *ext)
{
	merge_options(a, xt_add_match(a->x, &a->rule, ext));
}

static void parse_target(struct ipt_args *a, const char *name)
{
	const struct xt_ext *ext;
	const char *p;

	if (strlen(name) < 1)
		xt_error(a->x, PARAMETER_PROBLEM, "Invalid target name (too short)");
	if (strlen(name) >= XT_EXTENSION_MAXNAMELEN)
		xt_error(a->x, PARAMETER_PROBLEM, "Invalid target name `%s' (%u chars max)", name,
			 XT_EXTENSION_MAXNAMELEN - 1);
	for (p = name; *p; p++) {
		if (*p == ' ' || (*p >= '\t' && *p <= '\r'))
			xt_error(a->x, PARAMETER_PROBLEM, "Invalid target name `%s'", name);
	}
	a->rule.jumpto = name;
	if (xt_is_standard(name))
		return;
	ext = xt_find(a->x, name, true, false);
	if (!ext)
		return;
	a->rule.target = xt_inst_new(a->x, ext);
	merge_options(a, a->rule.target);
}

static void parse_counters(struct ipt_args *a)
{
	const char *p = a->go.optarg;
	const char *comma = strchr(p + (*p != '\0'), ',');
	const char *b = comma ? comma + 1 : NULL;
	char *end;

	set_option(a, OPT_COUNTERS, false);
	if (!b && ipt_has_word(a))
		b = ipt_take_word(a);
	if (!b)
		xt_error(a->x, PARAMETER_PROBLEM, "-%c requires packet and byte counter", 'c');
	if (!xt_strtoul(p, &end, &a->rule.pcnt, 0, UINT64_MAX))
		xt_error(a->x, PARAMETER_PROBLEM, "-%c packet counter not numeric", 'c');
	if (!xt_strtoul(b, &end, &a->rule.bcnt, 0, UINT64_MAX))
		xt_error(a->x, PARAMETER_PROBLEM, "-%c byte counter not numeric", 'c');
}

static void parse_proto(struct ipt_args *a, bool invert)
{
	char *word = ng_task_strdup(a->x->task, a->go.optarg);
	char *p;

	set_option(a, OPT_PROTOCOL, invert);
	for (p = word; *p; p++) {
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + 32);
	}
	a->proto_word = word;
	a->rule.ip.proto = xt_parse_protocol(a->x, word);
	if (a->rule.ip.proto == 0 && (a->invflags & XT_INV_PROTO))
		xt_error(a->x, PARAMETER_PROBLEM, "rule would never match protocol");
}

static void parse_wait(struct ipt_args *a, int c)
{
	const char *s = a->go.optarg;
	uint64_t v;

	if (a->restore)
		xt_error(a->x, PARAMETER_PROBLEM, "You cannot use `-%c' from iptables-restore", c);
	if (!s && ipt_has_word(a))
		s = ipt_take_word(a);
	if (c == 'W') {
		if (!s)
			xt_error(a->x, PARAMETER_PROBLEM, "wait interval value required");
		ng_puts(a->x->err, "Ignoring deprecated --wait-interval option.\n");
		if (!xt_strtoul(s, NULL, &v, 0, UINT32_MAX))
			xt_error(a->x, PARAMETER_PROBLEM, "wait interval not numeric");
		a->wait_interval = true;
		return;
	}
	a->wait = true;
	if (s && !xt_strtoul(s, NULL, &v, 0, INT32_MAX))
		xt_error(a->x, PARAMETER_PROBLEM, "wait seconds not numeric");
}

static void parse_iface(struct ipt_args *a, bool out, bool invert)
{
	struct ipt_ip *ip = &a->rule.ip;

	if (a->go.optarg[0] == '\0')
		xt_error(a->x, PARAMETER_PROBLEM, "Empty interface is likely to be undesired");
	set_option(a, out ? OPT_VIANAMEOUT : OPT_VIANAMEIN, invert);
	if (out)
		xt_parse_interface(a->x, a->go.optarg, ip->outiface, ip->outiface_mask);
	else
		xt_parse_interface(a->x, a->go.optarg, ip->iniface, ip->iniface_mask);
}

static void parse_table(struct ipt_args *a, bool invert)
{
	if (invert)
		xt_error(a->x, PARAMETER_PROBLEM, "unexpected ! flag before --table");
	if (a->restore && a->table_set)
		xt_error(a->x, PARAMETER_PROBLEM, "The -t option cannot be used in %s.\n",
			 a->x->prog);
	a->table = a->go.optarg;
	a->table_set = true;
}

static void say_version(struct ipt_args *a, bool invert)
{
	if (invert)
		ng_printf(a->x->out, "Not %s ;-)\n", IPT_VERSION);
	else
		ng_printf(a->x->out, "%s v%s\n", a->x->prog, IPT_VERSION);
	xt_exit(a->x, 0);
}

/* Options of the program, not of a rule. */
static bool on_run_option(struct ipt_args *a, int c, bool invert)
{
	switch (c) {
	case 'v':
		if (!a->verbose)
			set_option(a, OPT_VERBOSE, invert);
		a->verbose++;
		break;
	case 'n':
		set_option(a, OPT_NUMERIC, invert);
		break;
	case 'x':
		set_option(a, OPT_EXPANDED, invert);
		break;
	case '0':
		set_option(a, OPT_LINENUMBERS, invert);
		break;
	case 't':
		parse_table(a, invert);
		break;
	case 'w':
	case 'W':
		parse_wait(a, c);
		break;
	case 'h':
		ipt_help(a);
		xt_exit(a->x, 0);
	case 'V':
		say_version(a, invert);
		break;
	case 'M':
	case '4':
		break;
	case '6':
		if (!a->restore)
			xt_tryhelp(a->x, PARAMETER_PROBLEM);
		a->stop = true;
		break;
	default:
		return false;
	}
	return true;
}

static bool on_option(struct ipt_args *a, int c, bool invert)
{
	switch (c) {
	case 'p':
		parse_proto(a, invert);
		break;
	case 's':
		set_option(a, OPT_SOURCE, invert);
		a->src = a->go.optarg;
		break;
	case 'd':
		set_option(a, OPT_DESTINATION, invert);
		a->dst = a->go.optarg;
		break;
	case 'g':
		set_option(a, OPT_JUMP, invert);
		a->rule.ip.flags |= IPT_F_GOTO;
		a->rule.jumpto = a->go.optarg;
		break;
	case 'j':
		set_option(a, OPT_JUMP, invert);
		/* the whole word: "--jump=X" is a chain of that name, as in 1.8.9 */
		parse_target(a, a->argv[a->go.optind - 1]);
		break;
	case 'i':
	case 'o':
		parse_iface(a, c == 'o', invert);
		break;
	case 'f':
		set_option(a, OPT_FRAGMENT, invert);
		a->rule.ip.flags |= IPT_F_FRAG;
		break;
	case 'm':
		if (invert)
			xt_error(a->x, PARAMETER_PROBLEM, "unexpected ! flag before --match");
		add_match(a, xt_find(a->x, a->go.optarg, false, true));
		break;
	case 'c':
		parse_counters(a);
		break;
	default:
		return on_run_option(a, c, invert);
	}
	return true;
}

/* An option of a loaded extension: handed over. Whether @c was one. */
static bool on_extension(struct ipt_args *a, int c, bool invert)
{
	struct xt_inst *inst = a->rule.target;
	struct xt_call call = { .x = a->x,
				.arg = a->go.optarg,
				.argv = a->argv,
				.argc = a->argc,
				.optind = &a->go.optind,
				.invert = invert,
				.rule = &a->rule };

	if (!inst || c < inst->opt_base || c >= inst->opt_base + XT_OPT_STEP) {
		for (inst = a->rule.matches; inst; inst = inst->next) {
			if (!inst->completed && c >= inst->opt_base &&
			    c < inst->opt_base + XT_OPT_STEP)
				break;
		}
	}
	if (!inst)
		return false;
	call.ext = inst->ext;
	call.info = inst->info;
	call.flags = &inst->flags;
	for (call.opt = inst->ext->opts; call.opt->name && call.opt->id != c - inst->opt_base;
	     call.opt++)
		;
	a->rule.ip.invflags = a->invflags;
	xt_option_call(&call);
	return true;
}

/* `-p tcp --dport`: the protocol's own match is loaded for its options. */
static bool load_proto(struct ipt_args *a)
{
	const struct xt_ext *ext;
	const char *name;

	if (!a->proto_word || a->proto_used)
		return false;
	name = xt_protocol_name(a->x, a->rule.ip.proto);
	if (!name || !strcmp(name, "all"))
		return false;
	ext = xt_find(a->x, name, false, false);
	if (!ext)
		return false;
	a->proto_used = true;
	add_match(a, ext);
	a->go.optind--;
	return true;
}

/* Returns whether `!` stays in force for the next word. */
static bool on_other(struct ipt_args *a, int c, bool invert)
{
	if (on_extension(a, c, invert))
		return false;
	if (load_proto(a))
		return invert;
	if (c == ':')
		xt_error(a->x, PARAMETER_PROBLEM, "option \"%s\" requires an argument",
			 a->argv[a->go.optind - 1]);
	if (c == '?')
		xt_error(a->x, PARAMETER_PROBLEM, "unknown option \"%s\"",
			 a->argv[a->go.optind - 1]);
	xt_error(a->x, PARAMETER_PROBLEM, "Unknown arg \"%s\"",
		 a->go.optarg ? a->go.optarg : "(null)");
}

/* For each command the options it forbids, in the order of enum ipt_cmd. */
static void check_options(struct ipt_args *a)
{
	const unsigned int rule = OPT_NUMERIC | OPT_EXPANDED | OPT_LINENUMBERS;
	const unsigned int list = OPT_SOURCE | OPT_DESTINATION | OPT_PROTOCOL | OPT_JUMP |
				  OPT_VIANAMEIN | OPT_VIANAMEOUT | OPT_COUNTERS | OPT_FRAGMENT;
	const unsigned int all = rule | list;
	const unsigned int bad[] = { rule,
				     rule | OPT_COUNTERS,
				     all,
				     rule,
				     rule,
				     list,
				     all,
				     all,
				     all,
				     all,
				     all & ~(unsigned int)OPT_COUNTERS,
				     all,
				     all,
				     all,
				     rule | OPT_COUNTERS };
	unsigned int i;
	unsigned int j;

	for (i = 0; i < sizeof(opt_letters) - 1; i++) {
		bool legal = !(a->options & (1u << i));

		for (j = 0; j < sizeof(bad) / sizeof(*bad); j++) {
			if ((a->command & (1u << j)) && !(bad[j] & (1u << i)))
				legal = true;
		}
		if (!legal)
			xt_error(a->x, PARAMETER_PROBLEM, "Illegal option `-%c' with this command",
				 opt_letters[i]);
	}
}

static void check_extensions(struct ipt_args *a)
{
	const struct xt_inst *m;

	for (m = a->rule.matches; m; m = m->next)
		xt_options_check(a->x, m);
	if (a->rule.target)
		xt_options_check(a->x, a->rule.target);
}

static void parse_addresses(struct ipt_args *a)
{
	const unsigned int wants = CMD_REPLACE | CMD_INSERT | CMD_DELETE | CMD_APPEND | CMD_CHECK;

	if (a->command & wants) {
		if (!a->src)
			a->src = "0.0.0.0/0";
		if (!a->dst)
			a->dst = "0.0.0.0/0";
	}
	if (a->src)
		xt_parse_addrs(a->x, a->src, &a->s);
	if (a->dst)
		xt_parse_addrs(a->x, a->dst, &a->d);
	if ((a->s.n > 1 || a->d.n > 1) && (a->invflags & (IPT_INV_SRCIP | IPT_INV_DSTIP)))
		xt_error(a->x, PARAMETER_PROBLEM,
			 "! not allowed with multiple source or destination IP addresses");
	if (a->command == CMD_REPLACE && (a->s.n != 1 || a->d.n != 1))
		xt_error(a->x, PARAMETER_PROBLEM,
			 "Replacement rule does not specify a unique address");
}

static bool is_one_of(const char *s, const char *a, const char *b)
{
	return s && (!strcmp(s, a) || !strcmp(s, b));
}

/* What can only be judged when all words are read. */
static void finish(struct ipt_args *a, bool invert)
{
	const unsigned int rules = CMD_APPEND | CMD_DELETE | CMD_CHECK | CMD_INSERT | CMD_REPLACE;

	if (!strcmp(a->table, "nat") &&
	    ((a->policy && !strcmp(a->policy, "DROP")) || !strcmp(a->rule.jumpto, "DROP")))
		xt_error(a->x, PARAMETER_PROBLEM,
			 "\nThe \"nat\" table is not intended for filtering, "
			 "the use of DROP is therefore inhibited.\n\n");
	check_extensions(a);
	if (a->wait_interval && !a->wait)
		xt_error(a->x, PARAMETER_PROBLEM, "--wait-interval only makes sense with --wait\n");
	if (a->go.optind < a->argc)
		xt_error(a->x, PARAMETER_PROBLEM, "unknown arguments found on commandline");
	if (!a->command)
		xt_error(a->x, PARAMETER_PROBLEM, "no command specified");
	if (invert)
		xt_error(a->x, PARAMETER_PROBLEM, "nothing appropriate following !");
	a->rule.ip.invflags = a->invflags;
	parse_addresses(a);
	check_options(a);
	if (a->chain && strlen(a->chain) >= XT_EXTENSION_MAXNAMELEN)
		xt_error(a->x, PARAMETER_PROBLEM,
			 "chain name `%s' too long (must be under %u chars)", a->chain,
			 XT_EXTENSION_MAXNAMELEN);
	if (!(a->command & rules))
		return;
	if (is_one_of(a->chain, "PREROUTING", "INPUT") && (a->options & OPT_VIANAMEOUT))
		xt_error(a->x, PARAMETER_PROBLEM, "Can't use -%c with %s\n", 'o', a->chain);
	if (is_one_of(a->chain, "POSTROUTING", "OUTPUT") && (a->options & OPT_VIANAMEIN))
		xt_error(a->x, PARAMETER_PROBLEM, "Can't use -%c with %s\n", 'i', a->chain);
}

/**
 * ipt_parse() - Reads a command line
 * @a: gets what it says; a->x, a->table and a->restore are set
 * @argc: number of words
 * @argv: the words; put in a new order
 *
 * Does not return for a wrong one.
 */
void ipt_parse(struct ipt_args *a, int argc, char **argv)
{
	bool invert = false;
	int c;

	a->argc = argc;
	a->argv = argv;
	a->rule.jumpto = "";
	set_options(a);
	while ((c = ng_getopt_long(&a->go, argc, argv, SHORT_OPTIONS, a->longopts)) != -1) {
		if (c == 1) {
			if (!strcmp(a->go.optarg, "!")) {
				if (invert)
					xt_error(a->x, PARAMETER_PROBLEM,
						 "multiple consecutive ! not allowed");
				invert = true;
				continue;
			}
			ng_printf(a->x->err, "Bad argument `%s'\n", a->go.optarg);
			xt_tryhelp(a->x, PARAMETER_PROBLEM);
		}
		if (ipt_on_command(a, c, invert) || on_option(a, c, invert))
			invert = false;
		else
			invert = on_other(a, c, invert);
		if (a->stop)
			return;
	}
	finish(a, invert);
}
