/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fib_semantics.c - what a route means: building, comparing and sharing fib_info
 *
 * mirrors the first half of net/ipv4/fib_semantics.c
 *
 * TABLE
 */
#include <errno.h>
#include <netglass/netlink.h>

#include "core/xalloc.h"
#include "ipv4/fib.h"

/* What each kind of route does to a packet, and the widest scope it may have. */
const struct fib_prop fib_props[RTN_MAX + 1] = {
	[RTN_UNSPEC] = { 0, RT_SCOPE_NOWHERE },
	[RTN_UNICAST] = { 0, RT_SCOPE_UNIVERSE },
	[RTN_LOCAL] = { 0, RT_SCOPE_HOST },
	[RTN_BROADCAST] = { 0, RT_SCOPE_LINK },
	[RTN_ANYCAST] = { 0, RT_SCOPE_LINK },
	[RTN_MULTICAST] = { 0, RT_SCOPE_UNIVERSE },
	[RTN_BLACKHOLE] = { -EINVAL, RT_SCOPE_UNIVERSE },
	[RTN_UNREACHABLE] = { -EHOSTUNREACH, RT_SCOPE_UNIVERSE },
	[RTN_PROHIBIT] = { -EACCES, RT_SCOPE_UNIVERSE },
	[RTN_THROW] = { -EAGAIN, RT_SCOPE_UNIVERSE },
	[RTN_NAT] = { -EINVAL, RT_SCOPE_NOWHERE },
	[RTN_XRESOLVE] = { -EINVAL, RT_SCOPE_NOWHERE },
};

/* flags that the state of links changes: they do not make two routes different */
#define RTNH_COMPARE (RTNH_F_DEAD | RTNH_F_LINKDOWN | RTNH_F_OFFLOAD | RTNH_F_TRAP)

static void free_fib_info(struct fib_info *fi)
{
	for (int i = 0; i < fi->fib_nhs; i++)
		fnhe_flush_all(&fi->fib_nh[i]);
	free(fi);
}

/**
 * fib_info_put() - Gives back a reference taken by a packet's route
 * @fi: the info, NULL is fine
 */
void fib_info_put(struct fib_info *fi)
{
	if (fi && --fi->clntref == 0)
		free_fib_info(fi);
}

/**
 * fib_release_info() - A route no longer uses it
 * @fi: the info; with its last route it leaves the list and forgets the routes it remembered
 */
void fib_release_info(struct fib_info *fi)
{
	if (!fi || --fi->treeref)
		return;
	list_del(&fi->list);
	hlist_del(&fi->fib_hash);
	fi->net->ipv4->fib_info_cnt--;
	fi->fib_dead = true;
	for (int i = 0; i < fi->fib_nhs; i++) {
		fnhe_flush_all(&fi->fib_nh[i]);
		rt_cache_kill(&fi->fib_nh[i].rth_output);
		rt_cache_kill(&fi->fib_nh[i].rth_input);
	}
	fib_info_put(fi);
}

static bool nh_equal(const struct fib_info *fi, const struct fib_info *ofi)
{
	for (int i = 0; i < fi->fib_nhs; i++) {
		const struct fib_nh *nh = &fi->fib_nh[i], *onh = &ofi->fib_nh[i];

		if (nh->fib_nh_oif != onh->fib_nh_oif || nh->fib_nh_has_gw != onh->fib_nh_has_gw ||
		    nh->fib_nh_scope != onh->fib_nh_scope ||
		    nh->fib_nh_weight != onh->fib_nh_weight ||
		    nh->nh_tclassid != onh->nh_tclassid || nh->fib_nh_gw4 != onh->fib_nh_gw4 ||
		    ((nh->fib_nh_flags ^ onh->fib_nh_flags) & ~(uint32_t)RTNH_COMPARE))
			return false;
	}
	return true;
}

static struct hlist_head *fib_info_bucket(const struct fib_info *fi)
{
	const struct netns_ipv4 *ipv4 = fi->net->ipv4;
	uint64_t h = fi->fib_priority + (uint64_t)fi->fib_tb_id * 31;

	for (int i = 0; i < fi->fib_nhs; i++) {
		const struct fib_nh *nh = &fi->fib_nh[i];

		h = (h + (ng_force uint32_t)nh->fib_nh_gw4) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= (uint32_t)nh->fib_nh_oif;
	}
	h = (h + (ng_force uint32_t)fi->fib_prefsrc) * UINT64_C(0x9e3779b97f4a7c15);
	return &ipv4->fib_info_hash[(h >> 32) & (ipv4->fib_info_hash_size - 1)];
}

static void fib_info_link(struct fib_info *fi)
{
	struct netns_ipv4 *ipv4 = fi->net->ipv4;
	struct fib_info *old;

	if (ipv4->fib_info_cnt++ == ipv4->fib_info_hash_size) {
		free(ipv4->fib_info_hash);
		ipv4->fib_info_hash_size =
			ipv4->fib_info_cnt == 1 ? 8 : 2 * (ipv4->fib_info_cnt - 1);
		ipv4->fib_info_hash =
			xzalloc(ipv4->fib_info_hash_size * sizeof(ipv4->fib_info_hash[0]));
		list_for_each_entry(old, &ipv4->fib_info_list, list)
			hlist_add_head(&old->fib_hash, fib_info_bucket(old));
	}
	list_add(&fi->list, &ipv4->fib_info_list);
	hlist_add_head(&fi->fib_hash, fib_info_bucket(fi));
}

/* an equal one that routes already share */
static struct fib_info *fib_find_info(const struct fib_info *nfi)
{
	struct fib_info *fi;

	if (!nfi->net->ipv4->fib_info_hash_size)
		return NULL;
	hlist_for_each_entry(fi, fib_info_bucket(nfi), fib_hash) {
		if (fi->fib_nhs == nfi->fib_nhs && fi->fib_protocol == nfi->fib_protocol &&
		    fi->fib_scope == nfi->fib_scope && fi->fib_prefsrc == nfi->fib_prefsrc &&
		    fi->fib_priority == nfi->fib_priority && fi->fib_type == nfi->fib_type &&
		    fi->fib_tb_id == nfi->fib_tb_id &&
		    !memcmp(fi->metrics, nfi->metrics, sizeof(fi->metrics)) &&
		    !((nfi->fib_flags ^ fi->fib_flags) & ~(uint32_t)RTNH_COMPARE) &&
		    nh_equal(fi, nfi))
			return fi;
	}
	return NULL;
}

static bool rtnh_ok(const struct rtnexthop *rtnh, size_t left)
{
	return left >= sizeof(*rtnh) && rtnh->rtnh_len >= sizeof(*rtnh) && rtnh->rtnh_len <= left;
}

static const struct rtnexthop *rtnh_next(const struct rtnexthop *rtnh, size_t *left)
{
	size_t len = (size_t)NLA_ALIGN(rtnh->rtnh_len);

	*left -= len < *left ? len : *left;
	return (const struct rtnexthop *)(const void *)((const uint8_t *)rtnh + len);
}

static int fib_count_nexthops(const struct fib_config *cfg, struct ng_extack *extack)
{
	const struct rtnexthop *rtnh = cfg->fc_mp;
	size_t left = cfg->fc_mp_len;
	int nhs = 0;

	while (rtnh_ok(rtnh, left)) {
		nhs++;
		rtnh = rtnh_next(rtnh, &left);
	}
	if (left > 0) {
		NG_SET_ERR_MSG(extack, "Invalid nexthop configuration - extra data after nexthops");
		return 0;
	}
	return nhs;
}

struct rtnh_attrs {
	bool has_gw;
	__be32 gw;
	uint32_t flow;
	bool has_flow;
};

static int rtnh_parse(const struct rtnexthop *rtnh, struct rtnh_attrs *ret,
		      struct ng_extack *extack)
{
	const struct nlattr *tb[RTA_MAX + 1];
	size_t off = NLA_ALIGN(sizeof(*rtnh));

	memset(ret, 0, sizeof(*ret));
	if (rtnh->rtnh_len <= off)
		return 0;
	nla_parse(tb, RTA_MAX, (const uint8_t *)rtnh + off, rtnh->rtnh_len - off);
	if (tb[RTA_GATEWAY] && tb[RTA_VIA]) {
		NG_SET_ERR_MSG(extack,
			       "Nexthop configuration can not contain both GATEWAY and VIA");
		return -EINVAL;
	}
	if (tb[RTA_GATEWAY]) {
		if (nla_len(tb[RTA_GATEWAY]) < sizeof(__be32)) {
			NG_SET_ERR_MSG(extack, "Invalid IPv4 address in RTA_GATEWAY");
			return -EINVAL;
		}
		ret->gw = nla_get_be32(tb[RTA_GATEWAY]);
		ret->has_gw = true;
	}
	if (tb[RTA_FLOW]) {
		ret->flow = nla_get_u32(tb[RTA_FLOW]);
		ret->has_flow = true;
	}
	return 0;
}

static int fib_get_nhs(struct fib_info *fi, const struct fib_config *cfg, struct ng_extack *extack)
{
	const struct rtnexthop *rtnh = cfg->fc_mp;
	size_t left = cfg->fc_mp_len;
	const struct fib_nh *first = &fi->fib_nh[0];

	for (int i = 0; i < fi->fib_nhs; i++) {
		struct fib_nh *nh = &fi->fib_nh[i];
		struct rtnh_attrs attrs;
		int err;

		if (rtnh->rtnh_flags & (RTNH_F_DEAD | RTNH_F_LINKDOWN)) {
			NG_SET_ERR_MSG(
				extack,
				"Invalid flags for nexthop - can not contain DEAD or LINKDOWN");
			return -EINVAL;
		}
		err = rtnh_parse(rtnh, &attrs, extack);
		if (err)
			return err;
		nh->fib_nh_oif = rtnh->rtnh_ifindex;
		nh->fib_nh_flags = (cfg->fc_flags & ~0xffU) | rtnh->rtnh_flags;
		nh->fib_nh_gw4 = attrs.gw;
		nh->fib_nh_has_gw = attrs.gw != 0;
		nh->nh_tclassid = attrs.flow;
		nh->fib_nh_weight = rtnh->rtnh_hops + 1;
		rtnh = rtnh_next(rtnh, &left);
	}
	if (cfg->fc_oif && first->fib_nh_oif != cfg->fc_oif) {
		NG_SET_ERR_MSG(extack, "Nexthop device index does not match RTA_OIF");
		return -EINVAL;
	}
	if (cfg->fc_has_gw && (!first->fib_nh_has_gw || first->fib_nh_gw4 != cfg->fc_gw4)) {
		NG_SET_ERR_MSG(extack, "Nexthop gateway does not match RTA_GATEWAY or RTA_VIA");
		return -EINVAL;
	}
	return 0;
}

static void fib_nh_init(struct fib_nh *nh, const struct fib_config *cfg)
{
	nh->fib_nh_oif = cfg->fc_oif;
	nh->fib_nh_has_gw = cfg->fc_has_gw;
	nh->fib_nh_gw4 = cfg->fc_gw4;
	nh->fib_nh_flags = cfg->fc_flags;
	nh->nh_tclassid = cfg->fc_flow;
	nh->fib_nh_weight = 1;
}

static bool fib_valid_prefsrc(const struct fib_config *cfg, __be32 prefsrc)
{
	uint32_t tb_id = cfg->fc_table == RT_TABLE_MAIN ? RT_TABLE_LOCAL : cfg->fc_table;
	unsigned int type;

	if (cfg->fc_type == RTN_LOCAL && cfg->fc_dst && prefsrc == cfg->fc_dst)
		return true;
	type = inet_addr_type_table(cfg->net, prefsrc, tb_id);
	if (type != RTN_LOCAL && tb_id != RT_TABLE_LOCAL)
		type = inet_addr_type_table(cfg->net, prefsrc, RT_TABLE_LOCAL);
	return type == RTN_LOCAL;
}

static int fib_check_host_scope(struct fib_info *fi, struct ng_extack *extack)
{
	struct fib_nh *nh = fi->fib_nh;

	if (fi->fib_nhs != 1) {
		NG_SET_ERR_MSG(extack, "Route with host scope can not have multiple nexthops");
		return -EINVAL;
	}
	if (nh->fib_nh_has_gw) {
		NG_SET_ERR_MSG(extack, "Route with host scope can not have a gateway");
		return -EINVAL;
	}
	nh->fib_nh_scope = RT_SCOPE_NOWHERE;
	nh->fib_nh_dev = dev_get_by_index(fi->net, nh->fib_nh_oif);
	return nh->fib_nh_dev ? 0 : -ENODEV;
}

/* The checks of a route that has somewhere to go. */
static int fib_check_unicast(struct fib_info *fi, const struct fib_config *cfg,
			     struct ng_extack *extack)
{
	int linkdown = 0;
	int err;

	if (cfg->fc_type > RTN_MULTICAST || cfg->fc_type == RTN_UNSPEC) {
		NG_SET_ERR_MSG(extack, "Invalid route type");
		return -EINVAL;
	}
	if (cfg->fc_scope > RT_SCOPE_HOST) {
		NG_SET_ERR_MSG(extack, "Invalid scope");
		return -EINVAL;
	}
	if (cfg->fc_scope == RT_SCOPE_HOST) {
		err = fib_check_host_scope(fi, extack);
		if (err)
			return err;
	} else {
		for (int i = 0; i < fi->fib_nhs; i++) {
			err = fib_check_nh(fi->net, &fi->fib_nh[i], cfg->fc_table, cfg->fc_scope,
					   extack);
			if (err)
				return err;
			if (fi->fib_nh[i].fib_nh_flags & RTNH_F_LINKDOWN)
				linkdown++;
		}
		if (linkdown == fi->fib_nhs)
			fi->fib_flags |= RTNH_F_LINKDOWN;
	}
	if (fi->fib_prefsrc && !fib_valid_prefsrc(cfg, fi->fib_prefsrc)) {
		NG_SET_ERR_MSG(extack, "Invalid prefsrc address");
		return -EINVAL;
	}
	for (int i = 0; i < fi->fib_nhs; i++)
		fib_info_update_nhc_saddr(fi->net, &fi->fib_nh[i], fi->fib_scope);
	fib_rebalance(fi);
	return 0;
}

static struct fib_info *fib_info_alloc(const struct fib_config *cfg, int nhs)
{
	struct fib_info *fi = xzalloc(sizeof(*fi) + (size_t)nhs * sizeof(fi->fib_nh[0]));

	INIT_LIST_HEAD(&fi->list);
	fi->net = cfg->net;
	fi->fib_protocol = cfg->fc_protocol;
	fi->fib_scope = cfg->fc_scope;
	fi->fib_flags = cfg->fc_flags;
	fi->fib_priority = cfg->fc_priority;
	fi->fib_prefsrc = cfg->fc_prefsrc;
	fi->fib_type = cfg->fc_type;
	fi->fib_tb_id = cfg->fc_table;
	fi->fib_nhs = nhs;
	for (int i = 0; i < nhs; i++) {
		fi->fib_nh[i].nh_parent = fi;
		INIT_LIST_HEAD(&fi->fib_nh[i].exceptions);
	}
	return fi;
}

static int fib_info_fill(struct fib_info *fi, const struct fib_config *cfg,
			 struct ng_extack *extack)
{
	int err = 0;

	if (cfg->fc_metrics)
		memcpy(fi->metrics, cfg->fc_metrics, sizeof(fi->metrics));
	else if (cfg->fc_mx)
		err = ip_metrics_convert(cfg->fc_mx, fi->metrics, extack);
	if (err)
		return err;
	if (cfg->fc_mp)
		err = fib_get_nhs(fi, cfg, extack);
	else
		fib_nh_init(fi->fib_nh, cfg);
	if (err)
		return err;

	if (!fib_props[cfg->fc_type].error)
		return fib_check_unicast(fi, cfg, extack);
	if (cfg->fc_has_gw || cfg->fc_oif || cfg->fc_mp) {
		NG_SET_ERR_MSG(
			extack,
			"Gateway, device and multipath can not be specified for this route type");
		return -EINVAL;
	}
	return 0;
}

/**
 * fib_create_info() - Checks a route's nexthops and finds or makes what describes them
 * @cfg: the route
 * @extack: the kernel's sentence on refusal, or NULL
 * @ret_err: -errno when NULL is returned
 *
 * Return: an info with one more route counted, or NULL. As fib_create_info().
 */
struct fib_info *fib_create_info(const struct fib_config *cfg, struct ng_extack *extack,
				 int *ret_err)
{
	struct fib_info *fi, *ofi;
	int nhs = 1;

	*ret_err = -EINVAL;
	if (cfg->fc_type > RTN_MAX)
		return NULL;
	if (fib_props[cfg->fc_type].scope > cfg->fc_scope) {
		NG_SET_ERR_MSG(extack, "Invalid scope");
		return NULL;
	}
	if (cfg->fc_flags & (RTNH_F_DEAD | RTNH_F_LINKDOWN)) {
		NG_SET_ERR_MSG(extack, "Invalid rtm_flags - can not contain DEAD or LINKDOWN");
		return NULL;
	}
	if (cfg->fc_mp) {
		nhs = fib_count_nexthops(cfg, extack);
		if (!nhs)
			return NULL;
	}

	fi = fib_info_alloc(cfg, nhs);
	*ret_err = fib_info_fill(fi, cfg, extack);
	if (*ret_err) {
		free_fib_info(fi);
		return NULL;
	}
	ofi = fib_find_info(fi);
	if (ofi) {
		free_fib_info(fi);
		ofi->treeref++;
		return ofi;
	}
	fi->treeref = 1;
	fi->clntref = 1;
	fib_info_link(fi);
	return fi;
}

/**
 * fib_nh_match() - Do the nexthops of a route match what a deletion names?
 * @cfg: the deletion
 * @fi: the route's info
 * @extack: the kernel's sentence when the request is malformed
 *
 * Return: 0 they match, 1 they do not, -EINVAL. As fib_nh_match().
 */
int fib_nh_match(const struct fib_config *cfg, const struct fib_info *fi, struct ng_extack *extack)
{
	const struct rtnexthop *rtnh = cfg->fc_mp;
	const struct fib_nh *nh = fi->fib_nh;
	size_t left = cfg->fc_mp_len;

	if (cfg->fc_priority && cfg->fc_priority != fi->fib_priority)
		return 1;
	if (cfg->fc_oif || cfg->fc_has_gw) {
		if (cfg->fc_flow && cfg->fc_flow != nh->nh_tclassid)
			return 1;
		if (cfg->fc_oif && cfg->fc_oif != nh->fib_nh_oif)
			return 1;
		return cfg->fc_has_gw && (!nh->fib_nh_has_gw || cfg->fc_gw4 != nh->fib_nh_gw4);
	}
	if (!rtnh)
		return 0;
	for (int i = 0; i < fi->fib_nhs; i++) {
		struct rtnh_attrs attrs;
		int err;

		nh = &fi->fib_nh[i];
		if (!rtnh_ok(rtnh, left))
			return -EINVAL;
		if (rtnh->rtnh_ifindex && rtnh->rtnh_ifindex != nh->fib_nh_oif)
			return 1;
		err = rtnh_parse(rtnh, &attrs, extack);
		if (err)
			return err;
		if (attrs.has_gw && (!nh->fib_nh_has_gw || attrs.gw != nh->fib_nh_gw4))
			return 1;
		if (attrs.has_flow && attrs.flow != nh->nh_tclassid)
			return 1;
		rtnh = rtnh_next(rtnh, &left);
	}
	return 0;
}

/**
 * fib_metrics_match() - Are the metrics a deletion names the route's?
 * @cfg: the deletion
 * @fi: the route's info
 *
 * Return: true when each metric named is the same.
 */
bool fib_metrics_match(const struct fib_config *cfg, const struct fib_info *fi)
{
	const struct nlattr *nla;
	size_t left;

	if (!cfg->fc_mx)
		return true;
	nla_for_each_nested(nla, cfg->fc_mx, left) {
		unsigned int type = nla_type(nla);

		if (!type)
			continue;
		if (type == RTAX_CC_ALGO) {
			if (fi->metrics[type - 1] != tcp_ca_key(nla))
				return false;
			continue;
		}
		if (type > RTAX_MAX || nla_len(nla) != sizeof(uint32_t))
			return false;
		if (fi->metrics[type - 1] != nla_get_u32(nla))
			return false;
	}
	return true;
}

/**
 * fib_info_nh_uses_dev() - Does one of the nexthops leave through this device?
 * @fi: the info
 * @dev: the device
 */
bool fib_info_nh_uses_dev(const struct fib_info *fi, const struct net_device *dev)
{
	for (int i = 0; i < fi->fib_nhs; i++)
		if (fi->fib_nh[i].fib_nh_dev == dev)
			return true;
	return false;
}
