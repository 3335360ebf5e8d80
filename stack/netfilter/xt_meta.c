/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xt_meta.c - matches on what is known beside the bytes: addrtype, mark, mac, physdev, pkttype,
 * owner, devgroup, cpu, realm
 *
 * mirrors net/netfilter/xt_addrtype.c, xt_mark.c, xt_mac.c, xt_physdev.c, xt_pkttype.c,
 * xt_owner.c, xt_devgroup.c,
 * xt_cpu.c, xt_realm.c
 * PATH
 */
#include <errno.h>
#include <linux/in.h>
#include <linux/netfilter/xt_addrtype.h>
#include <linux/netfilter/xt_cpu.h>
#include <linux/netfilter/xt_devgroup.h>
#include <linux/netfilter/xt_mac.h>
#include <linux/netfilter/xt_mark.h>
#include <linux/netfilter/xt_owner.h>
#include <linux/netfilter/xt_physdev.h>
#include <linux/netfilter/xt_pkttype.h>
#include <linux/netfilter/xt_realm.h>

#include "core/netdevice.h"
#include "core/sock.h"
#include "ipv4/ip.h"
#include "ipv4/route.h"
#include "netfilter/x_tables.h"

static bool match_type(struct net *net, const struct net_device *dev, __be32 addr, uint16_t mask)
{
	unsigned int type = dev ? inet_dev_addr_type(net, dev, addr) : inet_addr_type(net, addr);

	return mask & (1U << type);
}

static bool addrtype_mt_v0(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_addrtype_info *info = par->info;
	const struct iphdr *iph = ip_hdr(skb);
	struct net *net = par->hook->net;

	if (info->source &&
	    match_type(net, NULL, iph->saddr, info->source) == !!info->invert_source)
		return false;
	return !info->dest || match_type(net, NULL, iph->daddr, info->dest) != !!info->invert_dest;
}

static bool addrtype_mt_v1(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_addrtype_info_v1 *info = par->info;
	const struct net_device *dev = NULL;
	const struct iphdr *iph = ip_hdr(skb);
	struct net *net = par->hook->net;

	if (info->flags & XT_ADDRTYPE_LIMIT_IFACE_IN)
		dev = par->hook->in;
	else if (info->flags & XT_ADDRTYPE_LIMIT_IFACE_OUT)
		dev = par->hook->out;
	if (info->source && match_type(net, dev, iph->saddr, info->source) ==
				    !!(info->flags & XT_ADDRTYPE_INVERT_SOURCE))
		return false;
	return !info->dest || match_type(net, dev, iph->daddr, info->dest) !=
				      !!(info->flags & XT_ADDRTYPE_INVERT_DEST);
}

static int addrtype_mt_check_v1(const struct xt_check *par)
{
	const struct xt_addrtype_info_v1 *info = par->info;
	bool in = info->flags & XT_ADDRTYPE_LIMIT_IFACE_IN;
	bool out = info->flags & XT_ADDRTYPE_LIMIT_IFACE_OUT;

	if (in && out)
		xt_info(par, "xt_addrtype: both incoming and outgoing interface limitation cannot "
			     "be selected");
	else if (out && (par->hook_mask & (XT_HOOK(PRE_ROUTING) | XT_HOOK(LOCAL_IN))))
		xt_info(par, "xt_addrtype: output interface limitation not valid in PREROUTING "
			     "and INPUT");
	else if (in && (par->hook_mask & (XT_HOOK(POST_ROUTING) | XT_HOOK(LOCAL_OUT))))
		xt_info(par, "xt_addrtype: input interface limitation not valid in POSTROUTING "
			     "and OUTPUT");
	else
		return 0;
	return -EINVAL;
}

static bool mark_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_mark_mtinfo1 *info = par->info;

	return ((skb->mark & info->mask) == info->mark) != info->invert;
}

static bool mac_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_mac_info *info = par->info;

	if (!skb->dev || skb->dev->type != ARPHRD_ETHER)
		return false;
	if ((uint8_t *)skb_mac_header(skb) + ETH_HLEN > skb->data)
		return false;
	return ether_addr_equal(eth_hdr(skb)->h_source, info->srcaddr) != !!info->invert;
}

static bool pkttype_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_pkttype_info *info = par->info;
	uint8_t type = skb->pkt_type;

	if (type == PACKET_LOOPBACK)
		type = ipv4_is_multicast(ip_hdr(skb)->daddr) ? PACKET_MULTICAST : PACKET_BROADCAST;
	return (type == info->pkttype) != !!info->invert;
}

static bool ifname_match(const char *name, const char *want, const char *mask)
{
	unsigned int i;

	for (i = 0; i < IFNAMSIZ; i++) {
		if ((name[i] ^ want[i]) & mask[i])
			return false;
	}
	return true;
}

static bool physdev_none(const struct xt_physdev_info *info)
{
	return !(info->bitmask & ~info->invert & XT_PHYSDEV_OP_MASK);
}

static bool physdev_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_physdev_info *info = par->info;
	const struct net_device *in, *out;

	if (!skb->nf_bridge)
		return physdev_none(info);
	in = skb->nf_bridge->physindev;
	out = skb->nf_bridge->physoutdev;
	if ((info->bitmask & XT_PHYSDEV_OP_BRIDGED) &&
	    !!out == !!(info->invert & XT_PHYSDEV_OP_BRIDGED))
		return false;
	if ((info->bitmask & XT_PHYSDEV_OP_ISIN) && !!in == !!(info->invert & XT_PHYSDEV_OP_ISIN))
		return false;
	if ((info->bitmask & XT_PHYSDEV_OP_ISOUT) &&
	    !!out == !!(info->invert & XT_PHYSDEV_OP_ISOUT))
		return false;
	if ((info->bitmask & XT_PHYSDEV_OP_IN) && in &&
	    ifname_match(in->name, info->physindev, info->in_mask) ==
		    !!(info->invert & XT_PHYSDEV_OP_IN))
		return false;
	if (!(info->bitmask & XT_PHYSDEV_OP_OUT))
		return true;
	return out && ifname_match(out->name, info->physoutdev, info->out_mask) !=
			      !!(info->invert & XT_PHYSDEV_OP_OUT);
}

static int physdev_mt_check(const struct xt_check *par)
{
	const struct xt_physdev_info *info = par->info;

	if (!(info->bitmask & XT_PHYSDEV_OP_MASK) || info->bitmask & ~XT_PHYSDEV_OP_MASK)
		return -EINVAL;
	if ((info->bitmask & (XT_PHYSDEV_OP_OUT | XT_PHYSDEV_OP_ISOUT)) &&
	    (!(info->bitmask & XT_PHYSDEV_OP_BRIDGED) || (info->invert & XT_PHYSDEV_OP_BRIDGED)) &&
	    (par->hook_mask & XT_HOOK(LOCAL_OUT))) {
		xt_info(par, "xt_physdev: --physdev-out and --physdev-is-out only supported in the "
			     "FORWARD and POSTROUTING chains with bridged traffic");
		return -EINVAL;
	}
	return 0;
}

/*
 * Every task is root, so each packet of a socket with a file belongs to user 0 and group 0. A connection that nobody
 * accepted yet, or somebody closed, has no file and is nobody's.
 */
static bool owner_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_owner_match_info *info = par->info;
	bool kernel = !skb->sk && skb->owner == SKB_OWNER_KERNEL;
	bool program = skb->sk ? sock_has_file(skb->sk) && skb->sk->net == par->hook->net
			       : skb->owner == SKB_OWNER_LISTENER;

	if (!kernel && !program)
		return (info->match ^ info->invert) == 0;
	if (info->match & info->invert & XT_OWNER_SOCKET)
		return false;
	if (kernel)
		return ((info->match ^ info->invert) & (XT_OWNER_UID | XT_OWNER_GID)) == 0;
	if ((info->match & XT_OWNER_UID) && (info->uid_min == 0) == !!(info->invert & XT_OWNER_UID))
		return false;
	return !(info->match & XT_OWNER_GID) ||
	       (info->gid_min == 0) != !!(info->invert & XT_OWNER_GID);
}

static int owner_mt_check(const struct xt_check *par)
{
	const struct xt_owner_match_info *info = par->info;

	if (info->match & ~(XT_OWNER_UID | XT_OWNER_GID | XT_OWNER_SOCKET | XT_OWNER_SUPPL_GROUPS))
		return -EINVAL;
	if (((info->match & XT_OWNER_UID) && info->uid_max < info->uid_min) ||
	    ((info->match & XT_OWNER_GID) && info->gid_max < info->gid_min))
		return -EINVAL;
	return 0;
}

static bool devgroup_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_devgroup_info *info = par->info;
	const struct net_device *in = par->hook->in;
	const struct net_device *out = par->hook->out;

	(void)skb;
	if ((info->flags & XT_DEVGROUP_MATCH_SRC) &&
	    (!in || ((info->src_group ^ in->group) & info->src_mask) != 0) !=
		    !!(info->flags & XT_DEVGROUP_INVERT_SRC))
		return false;
	return !(info->flags & XT_DEVGROUP_MATCH_DST) ||
	       (!out || ((info->dst_group ^ out->group) & info->dst_mask) != 0) ==
		       !!(info->flags & XT_DEVGROUP_INVERT_DST);
}

static int devgroup_mt_check(const struct xt_check *par)
{
	const struct xt_devgroup_info *info = par->info;

	if (info->flags & ~(XT_DEVGROUP_MATCH_SRC | XT_DEVGROUP_INVERT_SRC | XT_DEVGROUP_MATCH_DST |
			    XT_DEVGROUP_INVERT_DST))
		return -EINVAL;
	if ((info->flags & XT_DEVGROUP_MATCH_SRC) &&
	    (par->hook_mask & ~(XT_HOOK(PRE_ROUTING) | XT_HOOK(LOCAL_IN) | XT_HOOK(FORWARD))))
		return -EINVAL;
	if ((info->flags & XT_DEVGROUP_MATCH_DST) &&
	    (par->hook_mask & ~(XT_HOOK(FORWARD) | XT_HOOK(LOCAL_OUT) | XT_HOOK(POST_ROUTING))))
		return -EINVAL;
	return 0;
}

/* There is one CPU, number 0, and every route has realm 0. */
static bool cpu_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_cpu_info *info = par->info;

	(void)skb;
	return (info->cpu == 0) != !!info->invert;
}

static bool realm_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_realm_info *info = par->info;

	return (info->id == 0) != !!info->invert && skb->dst;
}

static const struct xt_ext matches[] = {
	{ .name = "addrtype", .size = sizeof(struct xt_addrtype_info), .match = addrtype_mt_v0 },
	{ .name = "addrtype",
	  .revision = 1,
	  .size = sizeof(struct xt_addrtype_info_v1),
	  .check = addrtype_mt_check_v1,
	  .match = addrtype_mt_v1 },
	{ .name = "mark", .revision = 1, .size = sizeof(struct xt_mark_mtinfo1), .match = mark_mt },
	{ .name = "mac",
	  .size = sizeof(struct xt_mac_info),
	  .match = mac_mt,
	  .hooks = XT_HOOK(PRE_ROUTING) | XT_HOOK(LOCAL_IN) | XT_HOOK(FORWARD) },
	{ .name = "pkttype", .size = sizeof(struct xt_pkttype_info), .match = pkttype_mt },
	{ .name = "physdev",
	  .size = sizeof(struct xt_physdev_info),
	  .check = physdev_mt_check,
	  .match = physdev_mt },
	{ .name = "owner",
	  .revision = 1,
	  .size = sizeof(struct xt_owner_match_info),
	  .check = owner_mt_check,
	  .match = owner_mt,
	  .hooks = XT_HOOK(LOCAL_OUT) | XT_HOOK(POST_ROUTING) },
	{ .name = "devgroup",
	  .size = sizeof(struct xt_devgroup_info),
	  .check = devgroup_mt_check,
	  .match = devgroup_mt },
	{ .name = "cpu", .size = sizeof(struct xt_cpu_info), .match = cpu_mt },
	{ .name = "realm",
	  .size = sizeof(struct xt_realm_info),
	  .match = realm_mt,
	  .hooks = XT_HOOK(POST_ROUTING) | XT_HOOK(FORWARD) | XT_HOOK(LOCAL_OUT) |
		   XT_HOOK(LOCAL_IN) },
};

const struct xt_ext_row xt_meta_matches = { matches, sizeof(matches) / sizeof(matches[0]) };
