/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * features.c - offloads by message, and the strings that name them
 *
 * mirrors net/ethtool/features.c and strset.c
 *
 * CONTROL
 */
#include <errno.h>

#include "core/config_trace.h"
#include "ethtool/netlink.h"

enum { FEATURE_COUNT = 64 };

/**
 * ethnl_fill_features() - ETHTOOL_MSG_FEATURES_GET
 * @req: request
 * @hdr: device
 *
 * Return: 0.
 */
int ethnl_fill_features(struct nl_request *req, const struct ethnl_header *hdr)
{
	static const uint64_t all = UINT64_MAX;
	const struct net_device *dev = hdr->dev;
	struct ethnl_bitset set = { .size = FEATURE_COUNT, .names = netdev_features_strings };
	bool compact = hdr->flags & ETHTOOL_FLAG_COMPACT_BITSETS;

	ethnl_reply_header(req, ETHTOOL_MSG_FEATURES_GET_REPLY, dev);
	set.type = ETHTOOL_A_FEATURES_HW;
	set.value = dev->hw_features;
	set.mask = &all;
	ethnl_put_bitset(&req->reply, &set, compact);
	set.mask = NULL;
	set.type = ETHTOOL_A_FEATURES_WANTED;
	set.value = dev->wanted_features;
	ethnl_put_bitset(&req->reply, &set, compact);
	set.type = ETHTOOL_A_FEATURES_ACTIVE;
	set.value = dev->features;
	ethnl_put_bitset(&req->reply, &set, compact);
	set.type = ETHTOOL_A_FEATURES_NOCHANGE;
	set.value = NETIF_F_NEVER_CHANGE;
	ethnl_put_bitset(&req->reply, &set, compact);
	nlmsg_end(&req->reply);
	return 0;
}

/* What came of it: of the bits asked for those that are not so, and those that changed. */
static void reply_changes(struct nl_request *req, const struct ethnl_header *hdr,
			  const uint64_t *wanted, const uint64_t *active)
{
	struct ethnl_bitset set = { .size = FEATURE_COUNT, .names = netdev_features_strings };
	bool compact = hdr->flags & ETHTOOL_FLAG_COMPACT_BITSETS;

	ethnl_reply_header(req, ETHTOOL_MSG_FEATURES_SET_REPLY, hdr->dev);
	set.type = ETHTOOL_A_FEATURES_WANTED;
	set.value = wanted[0];
	set.mask = &wanted[1];
	ethnl_put_bitset(&req->reply, &set, compact);
	set.type = ETHTOOL_A_FEATURES_ACTIVE;
	set.value = active[0];
	set.mask = &active[1];
	ethnl_put_bitset(&req->reply, &set, compact);
	nlmsg_end(&req->reply);
}

/**
 * ethnl_set_features() - ETHTOOL_MSG_FEATURES_SET
 * @req: request
 * @hdr: device
 *
 * What the device cannot do is not refused: the answer tells what became of each wish.
 *
 * Return: 0 or -errno.
 */
int ethnl_set_features(struct nl_request *req, const struct ethnl_header *hdr)
{
	struct net_device *dev = hdr->dev;
	const struct nlattr *tb[ETHTOOL_A_FEATURES_MAX + 1];
	netdev_features_t old_active = dev->features, old_wanted = dev->wanted_features;
	netdev_features_t wish;
	uint64_t mask, wanted[2], active[2];
	int err = nlmsg_parse(req->nlh, GENL_HDRLEN, tb, ETHTOOL_A_FEATURES_MAX);

	if (err)
		return err;
	if (!tb[ETHTOOL_A_FEATURES_WANTED])
		return -EINVAL;
	err = ethnl_parse_bitset(req, tb[ETHTOOL_A_FEATURES_WANTED], &wish, &mask);
	if (err)
		return err;
	wish = (wish & mask) | (old_wanted & ~mask);
	if (wish != old_wanted) {
		dev->wanted_features &= ~dev->hw_features;
		dev->wanted_features |= wish & dev->hw_features;
		netdev_update_features(dev);
		if (dev->features != old_active && trace_on(dev->world))
			trace_features(dev, old_active);
	}
	if (hdr->flags & ETHTOOL_FLAG_OMIT_REPLY)
		return 0;
	wanted[1] = (dev->features ^ wish) & mask;
	wanted[0] = wish & wanted[1];
	active[1] = old_active ^ dev->features;
	active[0] = dev->features & active[1];
	reply_changes(req, hdr, wanted, active);
	return 0;
}

static bool asks_for(const struct nlattr *sets, uint32_t id)
{
	const struct nlattr *set[ETHTOOL_A_STRINGSETS_MAX + 1], *tb[ETHTOOL_A_STRINGSET_MAX + 1];

	return sets && !nla_parse_nested(set, ETHTOOL_A_STRINGSETS_MAX, sets) &&
	       set[ETHTOOL_A_STRINGSETS_STRINGSET] &&
	       !nla_parse_nested(tb, ETHTOOL_A_STRINGSET_MAX,
				 set[ETHTOOL_A_STRINGSETS_STRINGSET]) &&
	       tb[ETHTOOL_A_STRINGSET_ID] && nla_get_u32(tb[ETHTOOL_A_STRINGSET_ID]) == id;
}

/**
 * ethnl_fill_strset() - ETHTOOL_MSG_STRSET_GET without a device: the names of features
 * @req: request
 * @hdr: no device
 *
 * Return: 0; -EOPNOTSUPP for other sets, which no program here asks for.
 */
int ethnl_fill_strset(struct nl_request *req, const struct ethnl_header *hdr)
{
	const struct nlattr *tb[ETHTOOL_A_STRSET_MAX + 1];
	struct nl_buf *b = &req->reply;
	size_t sets, set, strings, one;

	(void)hdr;
	if (nlmsg_parse(req->nlh, GENL_HDRLEN, tb, ETHTOOL_A_STRSET_MAX) ||
	    !asks_for(tb[ETHTOOL_A_STRSET_STRINGSETS], ETH_SS_FEATURES))
		return -EOPNOTSUPP;
	ethnl_reply_header(req, ETHTOOL_MSG_STRSET_GET_REPLY, NULL);
	sets = nla_nest_start(b, ETHTOOL_A_STRSET_STRINGSETS | NLA_F_NESTED);
	set = nla_nest_start(b, ETHTOOL_A_STRINGSETS_STRINGSET | NLA_F_NESTED);
	nla_put_u32(b, ETHTOOL_A_STRINGSET_ID, ETH_SS_FEATURES);
	nla_put_u32(b, ETHTOOL_A_STRINGSET_COUNT, FEATURE_COUNT);
	strings = nla_nest_start(b, ETHTOOL_A_STRINGSET_STRINGS | NLA_F_NESTED);
	for (uint32_t i = 0; i < FEATURE_COUNT; i++) {
		one = nla_nest_start(b, ETHTOOL_A_STRINGS_STRING | NLA_F_NESTED);
		nla_put_u32(b, ETHTOOL_A_STRING_INDEX, i);
		nla_put_string(b, ETHTOOL_A_STRING_VALUE, netdev_features_strings[i]);
		nla_nest_end(b, one);
	}
	nla_nest_end(b, strings);
	nla_nest_end(b, set);
	nla_nest_end(b, sets);
	nlmsg_end(b);
	return 0;
}
