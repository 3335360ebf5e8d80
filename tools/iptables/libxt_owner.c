/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_owner.c - -m owner: whose socket a packet comes from
 *
 * Mirrors iptables/extensions/libxt_owner.c. CONTROL.
 */
#include "xt.h"

#include <linux/netfilter/xt_owner.h>

enum { O_UID, O_GID, O_SOCKET, O_SUPPL };

static const struct xt_opt opts[] = {
	{ .name = "uid-owner", .id = O_UID, .type = XTT_STRING, .flags = XTO_INVERT },
	{ .name = "gid-owner", .id = O_GID, .type = XTT_STRING, .flags = XTO_INVERT },
	{ .name = "socket-exists", .id = O_SOCKET, .type = XTT_NONE, .flags = XTO_INVERT },
	{ .name = "suppl-groups", .id = O_SUPPL, .type = XTT_NONE },
	{ .name = NULL },
};

/* N, N-N or N:N */
static void parse_range(struct xt_call *c, const char *word, uint32_t *from, uint32_t *to)
{
	uint64_t v;
	char *end;

	if (!xt_strtoul(c->arg, &end, &v, 0, UINT32_MAX - 1))
		xt_bad_value(c->x, "owner", word, c->arg);
	*from = (uint32_t)v;
	if (*end == '-' || *end == ':') {
		if (!xt_strtoul(end + 1, &end, &v, 0, UINT32_MAX - 1))
			xt_bad_value(c->x, "owner", word, c->arg);
	}
	if (*end != '\0')
		xt_bad_value(c->x, "owner", word, c->arg);
	*to = (uint32_t)v;
}

static void parse_id(struct xt_call *c, bool group, uint32_t *from, uint32_t *to)
{
	if (ng_id_by_name(c->x->task, c->arg, group, from))
		*to = *from;
	else
		parse_range(c, group ? "--gid-owner" : "--uid-owner", from, to);
}

static void parse(struct xt_call *c)
{
	static const uint8_t bits[] = { XT_OWNER_UID, XT_OWNER_GID, XT_OWNER_SOCKET,
					XT_OWNER_SUPPL_GROUPS };
	struct xt_owner_match_info *info = c->info;

	xt_option_parse(c);
	if (c->opt->id == O_SUPPL && !(info->match & XT_OWNER_GID))
		xt_bad_value(c->x, "owner", "--suppl-groups", "you need to use --gid-owner first");
	if (c->opt->id == O_UID)
		parse_id(c, false, &info->uid_min, &info->uid_max);
	else if (c->opt->id == O_GID)
		parse_id(c, true, &info->gid_min, &info->gid_max);
	if (c->invert)
		info->invert |= bits[c->opt->id];
	info->match |= bits[c->opt->id];
}

static void check(struct ipt *x, void *info, uint32_t flags)
{
	(void)info;
	if (!flags)
		xt_error(x, PARAMETER_PROBLEM,
			 "owner: At least one of --uid-owner, --gid-owner or --socket-exists is "
			 "required");
}

static void put_id(struct xt_show *s, bool group, uint32_t from, uint32_t to)
{
	const char *name;

	if (from != to) {
		ng_printf(s->out, " %u-%u", from, to);
		return;
	}
	name = s->numeric ? NULL : ng_name_by_id(s->x->task, from, group);
	if (name)
		ng_printf(s->out, " %s", name);
	else
		ng_printf(s->out, " %u", from);
}

static void put_item(struct xt_show *s, const char *word, uint8_t bit)
{
	const struct xt_owner_match_info *info = s->info;

	if (!(info->match & bit))
		return;
	ng_printf(s->out, "%s %s", (info->invert & bit) ? " !" : "", word);
	if (bit == XT_OWNER_UID)
		put_id(s, false, info->uid_min, info->uid_max);
	else if (bit == XT_OWNER_GID)
		put_id(s, true, info->gid_min, info->gid_max);
}

static void print(struct xt_show *s)
{
	put_item(s, "owner socket exists", XT_OWNER_SOCKET);
	put_item(s, "owner UID match", XT_OWNER_UID);
	put_item(s, "owner GID match", XT_OWNER_GID);
	put_item(s, "incl. suppl. groups", XT_OWNER_SUPPL_GROUPS);
}

static void save(struct xt_show *s)
{
	put_item(s, "--socket-exists", XT_OWNER_SOCKET);
	put_item(s, "--uid-owner", XT_OWNER_UID);
	put_item(s, "--gid-owner", XT_OWNER_GID);
	put_item(s, "--suppl-groups", XT_OWNER_SUPPL_GROUPS);
}

const struct xt_ext libxt_owner = {
	.name = "owner",
	.rev = 1,
	.size = sizeof(struct xt_owner_match_info),
	.opts = opts,
	.parse = parse,
	.check = check,
	.print = print,
	.save = save,
};
