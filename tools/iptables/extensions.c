/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * extensions.c - the table of matches and targets, and asking the kernel for them
 *
 * Before an extension is used its newest revision is asked for with
 * NFT_COMPAT_GET on a socket of its own, as iptables does when it loads the
 * shared object. CONTROL.
 *
 * xt_find()
 *   load()
 *     kernel_has() -> nft_compat_get()
 */
#include "nft.h"
#include "xt.h"

const struct xt_ext *const xt_exts[] = {
#define EXT(name) &name,
#include "extensions.def"
#undef EXT
	NULL,
};

/* Debian has these; no packet meets them here. */
static const char *const other_matches[] = {
	"bpf", "cgroup", "cluster", "connlabel", "dccp", "ipcomp", "ipvs", "nfacct",
	"osf", "policy", "rateest", "sctp",	 "set",	 "socket", NULL,
};

static const char *const other_targets[] = {
	"AUDIT", "CLUSTERIP", "CONNSECMARK", "HMARK", "IDLETIMER", "LED",  "RATEEST", "SECMARK",
	"SET",	 "SYNPROXY",  "TCPOPTSTRIP", "TEE",   "TPROXY",	   "ULOG", NULL,
};

static bool in_list(const char *const *list, const char *name)
{
	for (; *list; list++) {
		if (!strcmp(*list, name))
			return true;
	}
	return false;
}

/**
 * xt_align() - Rounds the size of a blob up as x_tables does
 * @n: bytes
 *
 * Return: a multiple of 8.
 */
size_t xt_align(size_t n)
{
	return (n + 7) & ~(size_t)7;
}

/**
 * xt_is_standard() - Whether a target's name is a verdict
 * @name: the name
 *
 * Return: true for ACCEPT, DROP, RETURN, QUEUE and the empty name.
 */
bool xt_is_standard(const char *name)
{
	return !*name || !strcmp(name, "ACCEPT") || !strcmp(name, "DROP") ||
	       !strcmp(name, "RETURN") || !strcmp(name, "QUEUE");
}

/* Asks the kernel, once per name. */
static bool load(struct ipt *x, const struct xt_ext *ext)
{
	struct xt_loaded *l;
	const char *kernel = ext->kernel ? ext->kernel : ext->name;

	for (l = x->loaded; l; l = l->next) {
		if (l->ext == ext)
			return l->ok;
	}
	l = ng_task_alloc(x->task, sizeof(*l));
	l->ext = ext;
	l->ok = nft_compat_get(x, kernel, ext->rev, ext->target) == 0;
	l->next = x->loaded;
	x->loaded = l;
	if (!l->ok)
		ng_printf(
			x->err,
			"Warning: Extension %s revision 0 not supported, missing kernel module?\n",
			ext->name);
	return l->ok;
}

/**
 * xt_find() - The extension of a name, known to the kernel
 * @x: the program
 * @name: as typed
 * @target: a target, else a match
 * @must: an unknown one ends the program
 *
 * Return: the extension, or NULL when there is none.
 */
const struct xt_ext *xt_find(struct ipt *x, const char *name, bool target, bool must)
{
	const struct xt_ext *const *e;

	for (e = xt_exts; *e; e++) {
		if ((*e)->target == target && !strcmp((*e)->name, name) && load(x, *e))
			return *e;
	}
	if (!*e && in_list(target ? other_targets : other_matches, name))
		xt_exit(x, ng_not_modelled(x->task, "iptables -%c %s", target ? 'j' : 'm', name));
	if (must)
		xt_error(x, PARAMETER_PROBLEM, "Couldn't load %s `%s':No such file or directory\n",
			 target ? "target" : "match", name);
	return NULL;
}

/**
 * xt_find_kernel() - The extension that prints a blob
 * @x: the program
 * @name: the kernel's name
 * @rev: its revision
 * @info: the blob, which picks between aliases
 * @target: a target, else a match
 *
 * Return: the extension, or NULL.
 */
const struct xt_ext *xt_find_kernel(struct ipt *x, const char *name, unsigned int rev,
				    const void *info, bool target)
{
	const struct xt_ext *const *e;

	for (e = xt_exts; *e; e++) {
		if ((*e)->target != target || (*e)->rev != rev || (*e)->kernel ||
		    strcmp((*e)->name, name))
			continue;
		load(x, *e);
		return *e;
	}
	(void)info;
	return NULL;
}

/**
 * xt_inst_new() - An extension for use in a rule
 * @x: the program
 * @ext: the extension
 *
 * Return: it, with an initialised blob.
 */
struct xt_inst *xt_inst_new(struct ipt *x, const struct xt_ext *ext)
{
	struct xt_inst *inst = ng_task_alloc(x->task, sizeof(*inst));

	inst->ext = ext;
	inst->info = ng_task_alloc(x->task, xt_align(ext->size) + 8);
	if (ext->init)
		ext->init(inst->info);
	return inst;
}

/**
 * xt_add_match() - Puts a match behind the others of a rule
 * @x: the program
 * @rule: the rule
 * @ext: the match
 *
 * An earlier one of the same name takes no more options.
 *
 * Return: the new one.
 */
struct xt_inst *xt_add_match(struct ipt *x, struct ipt_rule *rule, const struct xt_ext *ext)
{
	struct xt_inst *inst = xt_inst_new(x, ext);
	struct xt_inst **p = &rule->matches;

	for (; *p; p = &(*p)->next) {
		if ((*p)->ext == ext)
			(*p)->completed = true;
	}
	*p = inst;
	return inst;
}
