/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * x_tables.c - finds extensions by name and revision, and checks where a rule may use them
 *
 * mirrors net/netfilter/x_tables.c
 * TABLE
 */
#include "netfilter/x_tables.h"

#include <errno.h>
#include <string.h>

#include "core/vsprintf.h"
#include "core/world.h"

static const struct xt_ext_row *const xt_matches[] = {
	&xt_tcpudp_matches,    &xt_plain_matches,     &xt_meta_matches,
	&xt_conntrack_matches, &xt_limit_matches,     &xt_recent_matches,
	&xt_hashlimit_matches, &xt_connlimit_matches, &xt_u32_matches,
};

static const struct xt_ext_row *const xt_targets[] = {
	&xt_mark_targets, &xt_reject_targets, &xt_nat_targets,
	&xt_ct_targets,	  &xt_header_targets, &xt_nfqueue_targets,
};

#define ROWS(a) (sizeof(a) / sizeof((a)[0]))

static const struct xt_ext *xt_find(const struct xt_ext_row *const *rows, size_t nr_rows,
				    const char *name, uint8_t revision)
{
	size_t i;
	unsigned int j;

	for (i = 0; i < nr_rows; i++) {
		for (j = 0; j < rows[i]->nr; j++) {
			const struct xt_ext *ext = &rows[i]->ext[j];

			if (!strcmp(ext->name, name) && ext->revision == revision)
				return ext;
		}
	}
	return NULL;
}

/**
 * xt_find_match - A match by name and revision
 * @name: as in `-m NAME`
 * @revision: which layout of its options
 *
 * Return: NULL when there is none.
 */
const struct xt_ext *xt_find_match(const char *name, uint8_t revision)
{
	return xt_find(xt_matches, ROWS(xt_matches), name, revision);
}

/**
 * xt_find_target - A target by name and revision
 * @name: as in `-j NAME`
 * @revision: which layout of its options
 *
 * Return: NULL when there is none.
 */
const struct xt_ext *xt_find_target(const char *name, uint8_t revision)
{
	return xt_find(xt_targets, ROWS(xt_targets), name, revision);
}

/**
 * xt_find_revision - Is there an extension with that layout, and which is the newest?
 * @name: its name
 * @revision: the layout
 * @target: a target, else a match
 *
 * As in Linux, one that was registered for IPv4 hides newer ones that were registered for all
 * families.
 * Return: the newest revision, -EPROTONOSUPPORT when there are others only, -ENOENT.
 */
int xt_find_revision(const char *name, uint8_t revision, bool target)
{
	const struct xt_ext_row *const *rows = target ? xt_targets : xt_matches;
	size_t nr_rows = target ? ROWS(xt_targets) : ROWS(xt_matches);
	const struct xt_ext *ext = xt_find(rows, nr_rows, name, revision);
	int best = -1;
	size_t i;
	unsigned int j;

	for (i = 0; i < nr_rows; i++) {
		for (j = 0; j < rows[i]->nr; j++) {
			const struct xt_ext *e = &rows[i]->ext[j];

			if (strcmp(e->name, name) || e->revision <= best)
				continue;
			if (!ext || ext->any_family || !e->any_family)
				best = e->revision;
		}
	}
	if (best < 0)
		return -ENOENT;
	return ext ? best : -EPROTONOSUPPORT;
}

/* "INPUT/FORWARD" */
static const char *hook_words(unsigned int hooks, char *buf, size_t size)
{
	static const char *const words[] = { "PREROUTING", "INPUT", "FORWARD", "OUTPUT",
					     "POSTROUTING" };
	size_t len = 0;
	size_t i;

	buf[0] = '\0';
	for (i = 0; i < ROWS(words); i++) {
		if (hooks & (1U << i))
			len += scnprintf(buf + len, size - len, "%s%s", len ? "/" : "", words[i]);
	}
	return buf;
}

/* The reason of a refusal, which only the kernel's log tells. */
static int xt_refuse(const struct xt_ext *ext, const struct xt_check *par, uint32_t size)
{
	const char *kind = ext->target ? "target" : "match";
	struct ng_world *world = par->net->world;
	char used[64], valid[64];

	if (XT_ALIGN(ext->size) != size)
		printk(world, LOGLEVEL_INFO,
		       "x_tables: ip_tables: %s.%u %s: invalid size %u (kernel) != (user) %u",
		       ext->name, ext->revision, kind, XT_ALIGN(ext->size), size);
	else if (ext->table && strcmp(ext->table, par->table) != 0)
		printk(world, LOGLEVEL_INFO,
		       "x_tables: ip_tables: %s %s: only valid in %s table, not %s", ext->name,
		       kind, ext->table, par->table);
	else if (ext->hooks && (par->hook_mask & ~ext->hooks))
		printk(world, LOGLEVEL_INFO,
		       "x_tables: ip_tables: %s %s: used from hooks %s, but only %s from %s",
		       ext->name, kind, hook_words(par->hook_mask, used, sizeof(used)),
		       ext->target ? "usable" : "valid",
		       hook_words(ext->hooks, valid, sizeof(valid)));
	else if (ext->proto && (ext->proto != par->proto || par->proto_inverted))
		printk(world, LOGLEVEL_INFO,
		       "x_tables: ip_tables: %s %s: only valid for protocol %u", ext->name, kind,
		       ext->proto);
	else
		return 0;
	return -EINVAL;
}

/**
 * xt_check - May a rule use the extension there?
 * @ext: the extension
 * @par: where, and its options
 * @size: bytes of options sent
 *
 * As xt_check_match() and xt_check_target(). Return: 0, -EINVAL, or what the extension's own
 * check said.
 */
int xt_check(const struct xt_ext *ext, const struct xt_check *par, uint32_t size)
{
	int err = xt_refuse(ext, par, size);

	if (err)
		return err;
	return ext->check ? ext->check(par) : 0;
}

/**
 * xt_check_proc_name - May a list of an extension have that name? It is a file's name too
 * @name: the name
 * @size: bytes it may take
 *
 * Return: 0, -EINVAL, -ENAMETOOLONG.
 */
int xt_check_proc_name(const char *name, size_t size)
{
	if (!name[0])
		return -EINVAL;
	if (strnlen(name, size) == size)
		return -ENAMETOOLONG;
	if (!strcmp(name, ".") || !strcmp(name, "..") || strchr(name, '/'))
		return -EINVAL;
	return 0;
}

/**
 * xt_jiffies - The clock rates are counted in
 * @net: any namespace
 *
 * Return: ticks since the world began.
 */
int64_t xt_jiffies(const struct net *net)
{
	return world_now(net->world) / (NSEC_PER_SEC / XT_HZ);
}
