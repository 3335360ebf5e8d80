/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_netlink_set.c - a bridge and its ports are told: ip link set type bridge, bridge link set
 *
 * mirrors net/bridge/br_netlink.c, the half that listens          CONTROL
 */
#include <linux/if_link.h>

#include "8021q/vlan.h"
#include "bridge/br_private.h"
#include "core/rtnetlink.h"

#define NG_IFLA_BRPORT_LOCKED 39
#define NG_IFLA_BRPORT_MAB 40
#define NG_IFLA_BRPORT_MAX 44
#define NG_IFLA_BR_FDB_MAX_LEARNED 49
#define NG_IFLA_BR_MAX 49
#define BR_BOOLOPT_NO_LL 0x01U

/* ---- ports ---- */

static int br_set_port_state(struct net_bridge_port *p, uint8_t state)
{
	if (state > BR_STATE_BLOCKING)
		return -EINVAL;
	if (p->br->stp_enabled == BR_KERNEL_STP)
		return -EBUSY;
	if (!netif_running(p->dev) || (!netif_oper_up(p->dev) && state != BR_STATE_DISABLED))
		return -ENETDOWN;
	br_set_state(p, state);
	br_port_state_selection(p->br);
	return 0;
}

static void br_set_port_flags(struct net_bridge_port *p, const struct nlattr **tb)
{
	static const struct {
		uint16_t attr;
		uint32_t flag;
	} flags[] = {
		{ IFLA_BRPORT_MODE, BR_HAIRPIN_MODE },
		{ IFLA_BRPORT_GUARD, BR_BPDU_GUARD },
		{ IFLA_BRPORT_FAST_LEAVE, BR_MULTICAST_FAST_LEAVE },
		{ IFLA_BRPORT_PROTECT, BR_ROOT_BLOCK },
		{ IFLA_BRPORT_LEARNING, BR_LEARNING },
		{ IFLA_BRPORT_UNICAST_FLOOD, BR_FLOOD },
		{ IFLA_BRPORT_MCAST_FLOOD, BR_MCAST_FLOOD },
		{ IFLA_BRPORT_MCAST_TO_UCAST, BR_MULTICAST_TO_UNICAST },
		{ IFLA_BRPORT_BCAST_FLOOD, BR_BCAST_FLOOD },
		{ IFLA_BRPORT_PROXYARP, BR_PROXYARP },
		{ IFLA_BRPORT_PROXYARP_WIFI, BR_PROXYARP_WIFI },
		{ IFLA_BRPORT_VLAN_TUNNEL, BR_VLAN_TUNNEL },
		{ IFLA_BRPORT_NEIGH_SUPPRESS, BR_NEIGH_SUPPRESS },
		{ IFLA_BRPORT_ISOLATED, BR_ISOLATED },
		{ NG_IFLA_BRPORT_LOCKED, BR_PORT_LOCKED },
	};

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		if (!tb[flags[i].attr])
			continue;
		if (nla_get_u8(tb[flags[i].attr]))
			p->flags |= flags[i].flag;
		else
			p->flags &= ~flags[i].flag;
	}
	br_recalculate_neigh_suppress_enabled(p->br);
}

static int br_set_backup(struct net_bridge_port *p, const struct nlattr *attr)
{
	int ifindex = (int)nla_get_u32(attr);
	struct net_device *dev = NULL;

	if (ifindex) {
		dev = dev_get_by_index(p->dev->net, ifindex);
		if (!dev)
			return -ENOENT;
	}
	return nbp_backup_change(p, dev);
}

/**
 * br_setport() - Changes a port
 * @p: the port
 * @tb: IFLA_BRPORT_*, NULL where absent
 * @extack: for the reason of a refusal, or NULL
 *
 * What precedes a refused attribute stays changed, as in Linux.
 *
 * Return: 0 or -errno.
 */
int br_setport(struct net_bridge_port *p, const struct nlattr **tb, struct ng_extack *extack)
{
	int err = 0;

	if (tb[NG_IFLA_BRPORT_MAB] && nla_get_u8(tb[NG_IFLA_BRPORT_MAB])) {
		NG_SET_ERR_MSG(
			extack,
			"netglass: not modelled: MAC authentication bypass of a bridge port");
		return -EOPNOTSUPP;
	}
	br_set_port_flags(p, tb);
	if (tb[IFLA_BRPORT_COST])
		err = br_stp_set_path_cost(p, nla_get_u32(tb[IFLA_BRPORT_COST]));
	if (!err && tb[IFLA_BRPORT_PRIORITY])
		err = br_stp_set_port_priority(p, nla_get_u16(tb[IFLA_BRPORT_PRIORITY]));
	if (!err && tb[IFLA_BRPORT_STATE])
		err = br_set_port_state(p, nla_get_u8(tb[IFLA_BRPORT_STATE]));
	if (err)
		return err;
	if (tb[IFLA_BRPORT_FLUSH])
		br_fdb_delete_by_port(p->br, p, false);
	if (tb[IFLA_BRPORT_MULTICAST_ROUTER]) {
		err = br_multicast_set_port_router(p, nla_get_u8(tb[IFLA_BRPORT_MULTICAST_ROUTER]));
		if (err)
			return err;
	}
	if (tb[IFLA_BRPORT_GROUP_FWD_MASK]) {
		uint16_t mask = nla_get_u16(tb[IFLA_BRPORT_GROUP_FWD_MASK]);

		if (mask & BR_GROUPFWD_MACPAUSE)
			return -EINVAL;
		p->group_fwd_mask = mask;
	}
	return tb[IFLA_BRPORT_BACKUP_PORT] ? br_set_backup(p, tb[IFLA_BRPORT_BACKUP_PORT]) : 0;
}

/**
 * br_port_slave_changelink() - ip link set DEV type bridge_slave ...
 * @brdev: the bridge
 * @dev: the port's device
 * @data: IFLA_INFO_SLAVE_DATA or NULL
 * @extack: for the reason of a refusal, or NULL
 *
 * Return: 0 or -errno.
 */
int br_port_slave_changelink(struct net_device *brdev, struct net_device *dev,
			     const struct nlattr *data, struct ng_extack *extack)
{
	const struct nlattr *tb[NG_IFLA_BRPORT_MAX + 1];

	(void)brdev;
	if (!data)
		return 0;
	if (nla_parse_nested(tb, NG_IFLA_BRPORT_MAX, data))
		return -EINVAL;
	return br_setport(br_port_get(dev), tb, extack);
}

static int br_setlink_protinfo(struct net_bridge_port *p, const struct nlattr *protinfo,
			       struct ng_extack *extack)
{
	const struct nlattr *tb[NG_IFLA_BRPORT_MAX + 1];

	if (!(protinfo->nla_type & NLA_F_NESTED))
		return nla_len(protinfo) < 1 ? -EINVAL : br_set_port_state(p, nla_get_u8(protinfo));
	if (nla_parse_nested(tb, NG_IFLA_BRPORT_MAX, protinfo))
		return -EINVAL;
	return br_setport(p, tb, extack);
}

/* As br_vlan_valid_range(): what speaks against @info in a range, NULL: nothing */
static const char *range_mistake(const struct bridge_vlan_info *info,
				 const struct bridge_vlan_info *first)
{
	if (info->flags & BRIDGE_VLAN_INFO_PVID)
		return "bridge: Pvid isn't allowed in a range";
	if (!first->vid)
		return NULL;
	if (info->flags & BRIDGE_VLAN_INFO_RANGE_BEGIN)
		return "bridge: Found a new vlan range start while processing one";
	if (!(info->flags & BRIDGE_VLAN_INFO_RANGE_END))
		return "bridge: Vlan range end flag is missing";
	if (info->vid <= first->vid)
		return "bridge: End vlan id is less than or equal to start vlan id";
	return NULL;
}

/* Whose VLANs a request speaks of, and what became of them. */
struct vlan_request {
	struct net_bridge *br;
	struct net_bridge_port *p; /* NULL: the bridge itself */
	int cmd;
	struct bridge_vlan_info first; /* of a range; vid 0: none has begun */
	bool changed;
};

/* br_process_vlan_info(): one VLAN, or a word of a range */
static int br_vlan_word(struct vlan_request *vr, const struct bridge_vlan_info *info,
			struct ng_extack *extack)
{
	struct bridge_vlan_info one = vr->first.vid ? vr->first : *info;
	bool begins = info->flags & BRIDGE_VLAN_INFO_RANGE_BEGIN;
	const char *mistake = NULL;

	if (!info->vid || info->vid >= VLAN_VID_MASK)
		mistake = "bridge: Vlan id is invalid";
	else if (begins || vr->first.vid)
		mistake = range_mistake(info, &vr->first);
	if (mistake) {
		NG_SET_ERR_MSG(extack, mistake);
		return -EINVAL;
	}
	if (begins) {
		vr->first = *info;
		return 0;
	}
	for (; one.vid <= info->vid; one.vid++)
		if (br_vlan_info(vr->br, vr->p, vr->cmd, &one))
			vr->changed = true;
	vr->first.vid = 0;
	return 0;
}

static int br_afspec(struct vlan_request *vr, const struct nlattr *afspec, struct ng_extack *extack)
{
	struct bridge_vlan_info info;
	const struct nlattr *attr;
	size_t left;
	int err;

	nla_for_each_nested(attr, afspec, left) {
		if (nla_type(attr) == IFLA_BRIDGE_VLAN_TUNNEL_INFO)
			return -EINVAL; /* no port has BR_VLAN_TUNNEL */
		if (nla_type(attr) != IFLA_BRIDGE_VLAN_INFO)
			continue;
		if (nla_len(attr) != sizeof(struct bridge_vlan_info))
			return -EINVAL;
		memcpy(&info, nla_data(attr), sizeof(info));
		err = br_vlan_word(vr, &info, extack);
		if (err)
			return err;
	}
	return 0;
}

static int br_setlink(struct net_device *dev, const struct nlattr **tb, struct ng_extack *extack)
{
	struct net_bridge_port *p = br_port_get(dev);
	struct vlan_request vr = { .p = p, .cmd = RTM_SETLINK };
	int err = 0;

	if (!tb[IFLA_PROTINFO] && !tb[IFLA_AF_SPEC])
		return 0;
	if (!p && !tb[IFLA_AF_SPEC])
		return -EINVAL;
	vr.br = p ? p->br : br_priv(dev);
	if (p && tb[IFLA_PROTINFO]) {
		err = br_setlink_protinfo(p, tb[IFLA_PROTINFO], extack);
		if (err)
			return err;
		vr.changed = true;
	}
	if (tb[IFLA_AF_SPEC])
		err = br_afspec(&vr, tb[IFLA_AF_SPEC], extack);
	if (vr.changed)
		br_ifinfo_notify(RTM_NEWLINK, vr.br, p);
	return err;
}

static int br_dellink(struct net_device *dev, const struct nlattr **tb, struct ng_extack *extack)
{
	struct net_bridge_port *p = br_port_get(dev);
	struct vlan_request vr = { .p = p, .cmd = RTM_DELLINK };
	int err;

	if (!tb[IFLA_AF_SPEC])
		return 0;
	if (!p && !dev->priv_flag_bridge)
		return -EINVAL;
	vr.br = p ? p->br : br_priv(dev);
	err = br_afspec(&vr, tb[IFLA_AF_SPEC], extack);
	if (vr.changed) /* RTM_NEWLINK: the link is still there */
		br_ifinfo_notify(RTM_NEWLINK, vr.br, p);
	return err;
}

static int bridge_link_request(struct nl_request *req, int cmd)
{
	const struct nlattr *tb[IFLA_AF_SPEC + 1];
	const struct ifinfomsg *ifm = nlmsg_data(req->nlh);
	const struct nlattr *pos;
	struct net_device *dev;
	uint16_t flags = 0;
	size_t left;
	int err = -EOPNOTSUPP;

	if (nlmsg_parse(req->nlh, sizeof(*ifm), tb, IFLA_AF_SPEC))
		return -EINVAL;
	dev = dev_get_by_index(req->net, ifm->ifi_index);
	if (!dev) {
		NG_SET_ERR_MSG(req->extack, "unknown ifindex");
		return -ENODEV;
	}
	if (tb[IFLA_AF_SPEC]) {
		nla_for_each_nested(pos, tb[IFLA_AF_SPEC], left) {
			if (nla_type(pos) == IFLA_BRIDGE_FLAGS)
				flags = nla_get_u16(pos);
		}
	}
	if (!flags || (flags & BRIDGE_FLAGS_MASTER)) {
		if (!dev->master)
			return -EOPNOTSUPP;
		err = cmd == RTM_SETLINK ? br_setlink(dev, tb, req->extack)
					 : br_dellink(dev, tb, req->extack);
		if (err)
			return err;
	}
	if (flags & BRIDGE_FLAGS_SELF) {
		if (!dev->priv_flag_bridge)
			return -EOPNOTSUPP;
		err = cmd == RTM_SETLINK ? br_setlink(dev, tb, req->extack)
					 : br_dellink(dev, tb, req->extack);
	}
	return err;
}

/**
 * rtnl_bridge_setlink() - RTM_SETLINK for PF_BRIDGE: bridge link set
 * @req: the request
 *
 * Return: 0 or -errno.
 */
int rtnl_bridge_setlink(struct nl_request *req)
{
	return bridge_link_request(req, RTM_SETLINK);
}

/**
 * rtnl_bridge_dellink() - RTM_DELLINK for PF_BRIDGE: bridge vlan del
 * @req: the request
 *
 * Return: 0 or -errno.
 */
int rtnl_bridge_dellink(struct nl_request *req)
{
	return bridge_link_request(req, RTM_DELLINK);
}

/* ---- the bridge itself ---- */

static int br_change_times(struct net_bridge *br, const struct nlattr **tb)
{
	int err = 0;

	if (tb[IFLA_BR_FORWARD_DELAY])
		err = br_set_forward_delay(br, nla_get_u32(tb[IFLA_BR_FORWARD_DELAY]));
	if (!err && tb[IFLA_BR_HELLO_TIME])
		err = br_set_hello_time(br, nla_get_u32(tb[IFLA_BR_HELLO_TIME]));
	if (!err && tb[IFLA_BR_MAX_AGE])
		err = br_set_max_age(br, nla_get_u32(tb[IFLA_BR_MAX_AGE]));
	if (!err && tb[IFLA_BR_AGEING_TIME])
		err = br_set_ageing_time(br, nla_get_u32(tb[IFLA_BR_AGEING_TIME]));
	if (!err && tb[IFLA_BR_STP_STATE])
		err = br_stp_set_enabled(br, nla_get_u32(tb[IFLA_BR_STP_STATE]));
	if (!err && tb[IFLA_BR_PRIORITY])
		br_stp_set_bridge_priority(br, nla_get_u16(tb[IFLA_BR_PRIORITY]));
	return err;
}

/**
 * br_set_group_addr() - Sets the address BPDUs go to
 * @br: the bridge
 * @addr: 01:80:c2:00:00:0X, X none of 1, 2, 3
 *
 * Return: 0 or -EINVAL.
 */
int br_set_group_addr(struct net_bridge *br, const uint8_t *addr)
{
	static const uint8_t base[5] = { 0x01, 0x80, 0xc2, 0x00, 0x00 };

	if (memcmp(addr, base, sizeof(base)) || (addr[5] & 0xf0) || (addr[5] >= 1 && addr[5] <= 3))
		return -EINVAL;
	memcpy(br->group_addr, addr, ETH_ALEN);
	br->group_addr_set = true;
	return 0;
}

static int br_change_vlan(struct net_bridge *br, const struct nlattr **tb, struct ng_extack *extack)
{
	int err = 0;

	if ((tb[IFLA_BR_VLAN_PROTOCOL] &&
	     nla_get_be16(tb[IFLA_BR_VLAN_PROTOCOL]) != cpu_to_be16(ETH_P_8021Q)) ||
	    (tb[IFLA_BR_VLAN_STATS_ENABLED] && nla_get_u8(tb[IFLA_BR_VLAN_STATS_ENABLED])) ||
	    (tb[IFLA_BR_VLAN_STATS_PER_PORT] && nla_get_u8(tb[IFLA_BR_VLAN_STATS_PER_PORT]))) {
		NG_SET_ERR_MSG(extack, "netglass: not modelled: VLAN options of a bridge");
		return -EOPNOTSUPP;
	}
	if (tb[IFLA_BR_VLAN_FILTERING])
		err = br_vlan_filter_toggle(br, nla_get_u8(tb[IFLA_BR_VLAN_FILTERING]));
	if (!err && tb[IFLA_BR_VLAN_DEFAULT_PVID])
		err = br_vlan_set_default_pvid(br, nla_get_u16(tb[IFLA_BR_VLAN_DEFAULT_PVID]));
	return err;
}

static int br_change_group(struct net_bridge *br, const struct nlattr **tb)
{
	if (tb[IFLA_BR_GROUP_FWD_MASK]) {
		uint16_t mask = nla_get_u16(tb[IFLA_BR_GROUP_FWD_MASK]);

		if (mask & BR_GROUPFWD_RESTRICTED)
			return -EINVAL;
		br->group_fwd_mask = mask;
	}
	if (tb[IFLA_BR_GROUP_ADDR]) {
		if (nla_len(tb[IFLA_BR_GROUP_ADDR]) != ETH_ALEN)
			return -EINVAL;
		return br_set_group_addr(br, nla_data(tb[IFLA_BR_GROUP_ADDR]));
	}
	return 0;
}

static int br_change_mcast(struct net_bridge *br, const struct nlattr **tb)
{
	static const struct {
		uint16_t attr;
		size_t offset;
	} intervals[] = {
		{ IFLA_BR_MCAST_LAST_MEMBER_INTVL,
		  offsetof(struct net_bridge, multicast_last_member_interval) },
		{ IFLA_BR_MCAST_MEMBERSHIP_INTVL,
		  offsetof(struct net_bridge, multicast_membership_interval) },
		{ IFLA_BR_MCAST_QUERIER_INTVL,
		  offsetof(struct net_bridge, multicast_querier_interval) },
		{ IFLA_BR_MCAST_QUERY_RESPONSE_INTVL,
		  offsetof(struct net_bridge, multicast_query_response_interval) },
	};
	int err = 0;

	if (tb[IFLA_BR_MCAST_ROUTER])
		err = br_multicast_set_router(br, nla_get_u8(tb[IFLA_BR_MCAST_ROUTER]));
	if (!err && tb[IFLA_BR_MCAST_SNOOPING])
		err = br_multicast_toggle(br, nla_get_u8(tb[IFLA_BR_MCAST_SNOOPING]));
	if (!err && tb[IFLA_BR_MCAST_QUERY_USE_IFADDR])
		br->multicast_query_use_ifaddr = nla_get_u8(tb[IFLA_BR_MCAST_QUERY_USE_IFADDR]);
	if (!err && tb[IFLA_BR_MCAST_QUERIER])
		err = br_multicast_set_querier(br, nla_get_u8(tb[IFLA_BR_MCAST_QUERIER]));
	if (err)
		return err;
	if (tb[IFLA_BR_MCAST_HASH_MAX])
		br->hash_max = nla_get_u32(tb[IFLA_BR_MCAST_HASH_MAX]);
	if (tb[IFLA_BR_MCAST_LAST_MEMBER_CNT])
		br->multicast_last_member_count = nla_get_u32(tb[IFLA_BR_MCAST_LAST_MEMBER_CNT]);
	if (tb[IFLA_BR_MCAST_STARTUP_QUERY_CNT])
		br->multicast_startup_query_count =
			nla_get_u32(tb[IFLA_BR_MCAST_STARTUP_QUERY_CNT]);
	for (size_t i = 0; i < sizeof(intervals) / sizeof(intervals[0]); i++) {
		int64_t *field = (int64_t *)(void *)((char *)br + intervals[i].offset);

		if (tb[intervals[i].attr])
			*field = clock_t_to_jiffies(nla_get_u64(tb[intervals[i].attr]));
	}
	if (tb[IFLA_BR_MCAST_QUERY_INTVL])
		br_multicast_set_query_intvl(br, nla_get_u64(tb[IFLA_BR_MCAST_QUERY_INTVL]));
	if (tb[IFLA_BR_MCAST_STARTUP_QUERY_INTVL])
		br_multicast_set_startup_query_intvl(
			br, nla_get_u64(tb[IFLA_BR_MCAST_STARTUP_QUERY_INTVL]));
	if (tb[IFLA_BR_MCAST_STATS_ENABLED])
		br->multicast_stats_enabled = nla_get_u8(tb[IFLA_BR_MCAST_STATS_ENABLED]);
	return 0;
}

static int br_change_mcast_versions(struct net_bridge *br, const struct nlattr **tb)
{
	if (tb[IFLA_BR_MCAST_IGMP_VERSION]) {
		int err = br_multicast_set_igmp_version(br,
							nla_get_u8(tb[IFLA_BR_MCAST_IGMP_VERSION]));

		if (err)
			return err;
	}
	if (tb[IFLA_BR_MCAST_MLD_VERSION]) {
		uint8_t version = nla_get_u8(tb[IFLA_BR_MCAST_MLD_VERSION]);

		if (version != 1 && version != 2)
			return -EINVAL;
		br->multicast_mld_version = version;
	}
	return 0;
}

static int br_change_rest(struct net_bridge *br, const struct nlattr **tb, struct ng_extack *extack)
{
	if (tb[IFLA_BR_NF_CALL_IPTABLES])
		br->nf_call_iptables = nla_get_u8(tb[IFLA_BR_NF_CALL_IPTABLES]);
	if (tb[IFLA_BR_NF_CALL_IP6TABLES])
		br->nf_call_ip6tables = nla_get_u8(tb[IFLA_BR_NF_CALL_IP6TABLES]);
	if (tb[IFLA_BR_NF_CALL_ARPTABLES])
		br->nf_call_arptables = nla_get_u8(tb[IFLA_BR_NF_CALL_ARPTABLES]);
	if (tb[IFLA_BR_MULTI_BOOLOPT]) {
		const struct br_boolopt_multi *bm = nla_data(tb[IFLA_BR_MULTI_BOOLOPT]);

		if (nla_len(tb[IFLA_BR_MULTI_BOOLOPT]) != sizeof(*bm))
			return -EINVAL;
		if (bm->optval & bm->optmask & ~BR_BOOLOPT_NO_LL) {
			NG_SET_ERR_MSG(extack, "netglass: not modelled: VLAN options of a bridge");
			return -EOPNOTSUPP;
		}
		if (bm->optmask & BR_BOOLOPT_NO_LL)
			br->no_ll_learn = bm->optval & BR_BOOLOPT_NO_LL;
	}
	if (tb[NG_IFLA_BR_FDB_MAX_LEARNED])
		br->fdb_max_learned = nla_get_u32(tb[NG_IFLA_BR_FDB_MAX_LEARNED]);
	return 0;
}

/**
 * br_changelink() - ip link set DEV type bridge ...
 * @dev: the bridge
 * @data: IFLA_INFO_DATA or NULL
 * @extack: for the reason of a refusal, or NULL
 *
 * What precedes a refused attribute stays changed, as in Linux.
 *
 * Return: 0 or -errno.
 */
int br_changelink(struct net_device *dev, const struct nlattr *data, struct ng_extack *extack)
{
	static const struct br_fdb_flush dynamic = { .flags_mask = BR_FDB_STATIC };
	const struct nlattr *tb[NG_IFLA_BR_MAX + 1];
	struct net_bridge *br = br_priv(dev);
	int err;

	if (!data)
		return 0;
	if (nla_parse_nested(tb, NG_IFLA_BR_MAX, data))
		return -EINVAL;
	err = br_change_times(br, tb);
	if (!err)
		err = br_change_vlan(br, tb, extack);
	if (!err)
		err = br_change_group(br, tb);
	if (!err && tb[IFLA_BR_FDB_FLUSH])
		br_fdb_flush(br, &dynamic);
	if (!err)
		err = br_change_mcast(br, tb);
	if (!err)
		err = br_change_mcast_versions(br, tb);
	return err ? err : br_change_rest(br, tb, extack);
}
