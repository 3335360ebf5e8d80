/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vlan_netlink.c - ip link add link DEV name NAME type vlan id N
 *
 * mirrors net/8021q/vlan_netlink.c
 * CONTROL
 */
#include <errno.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <string.h>

#include "8021q/vlan.h"
#include "core/net_namespace.h"
#include "core/rtnetlink.h"

#define ALL_FLAGS                                                                            \
	(VLAN_FLAG_REORDER_HDR | VLAN_FLAG_GVRP | VLAN_FLAG_LOOSE_BINDING | VLAN_FLAG_MVRP | \
	 VLAN_FLAG_BRIDGE_BINDING)

#define UNMODELLED_FLAGS (VLAN_FLAG_GVRP | VLAN_FLAG_MVRP | VLAN_FLAG_BRIDGE_BINDING)

static int validate(const struct nlattr *const *info, struct ng_extack *extack)
{
	const struct ifla_vlan_flags *flags;

	if (info[IFLA_VLAN_PROTOCOL]) {
		uint16_t proto = be16_to_cpu(nla_get_be16(info[IFLA_VLAN_PROTOCOL]));

		if (proto != ETH_P_8021Q && proto != ETH_P_8021AD) {
			NG_SET_ERR_MSG(extack, "8021q: Invalid VLAN protocol");
			return -EPROTONOSUPPORT;
		}
	}
	if (info[IFLA_VLAN_ID] && nla_get_u16(info[IFLA_VLAN_ID]) >= VLAN_VID_MASK) {
		NG_SET_ERR_MSG(extack, "8021q: Invalid VLAN id");
		return -ERANGE;
	}
	if (info[IFLA_VLAN_FLAGS]) {
		if (nla_len(info[IFLA_VLAN_FLAGS]) < sizeof(*flags)) {
			NG_SET_ERR_MSG(extack, "Attribute failed policy validation");
			return -ERANGE;
		}
		flags = nla_data(info[IFLA_VLAN_FLAGS]);
		if ((flags->flags & flags->mask) & ~(uint32_t)ALL_FLAGS) {
			NG_SET_ERR_MSG(extack, "8021q: Invalid VLAN flags");
			return -EINVAL;
		}
		if (flags->flags & flags->mask & UNMODELLED_FLAGS) {
			NG_SET_ERR_MSG(extack, "netglass: not modelled: GVRP, MVRP and "
					       "bridge_binding of a VLAN device");
			return -EOPNOTSUPP;
		}
	}
	return 0;
}

static int apply(struct net_device *dev, const struct nlattr *const *info)
{
	const struct ifla_vlan_qos_mapping *m;
	const struct ifla_vlan_flags *flags;
	const struct nlattr *nla;
	size_t left;
	int err = 0;

	if (info[IFLA_VLAN_FLAGS]) {
		flags = nla_data(info[IFLA_VLAN_FLAGS]);
		err = vlan_dev_change_flags(dev, flags->flags, flags->mask);
	}
	if (!err && info[IFLA_VLAN_INGRESS_QOS]) {
		nla_for_each_nested(nla, info[IFLA_VLAN_INGRESS_QOS], left) {
			if (nla->nla_type != IFLA_VLAN_QOS_MAPPING || nla_len(nla) < sizeof(*m))
				continue;
			m = nla_data(nla);
			vlan_dev_priv(dev)->ingress_priority_map[m->from & 7] = m->to;
		}
	}
	if (!err && info[IFLA_VLAN_EGRESS_QOS]) {
		nla_for_each_nested(nla, info[IFLA_VLAN_EGRESS_QOS], left) {
			if (nla->nla_type != IFLA_VLAN_QOS_MAPPING || nla_len(nla) < sizeof(*m))
				continue;
			m = nla_data(nla);
			vlan_dev_set_egress_priority(dev, m->from, m->to);
		}
	}
	return err;
}

static int vlan_changelink(struct net_device *dev, const struct nlattr *data,
			   struct ng_extack *extack)
{
	const struct nlattr *info[IFLA_VLAN_MAX + 1];
	int err;

	if (nla_parse_nested(info, IFLA_VLAN_MAX, data))
		return -EINVAL;
	err = validate(info, extack);
	return err ? err : apply(dev, info);
}

/* May there be such a VLAN above @real_dev? */
static int check_real_dev(const struct net_device *real_dev, const struct vlan_dev_priv *vlan,
			  struct ng_extack *extack)
{
	if (real_dev->flags & IFF_LOOPBACK) {
		NG_SET_ERR_MSG(extack, "8021q: VLANs not supported on device");
		return -EOPNOTSUPP;
	}
	if (vlan_find_dev(real_dev, vlan->vlan_proto, vlan->vlan_id)) {
		NG_SET_ERR_MSG(extack, "8021q: VLAN device already exists");
		return -EEXIST;
	}
	return 0;
}

static int vlan_newlink(struct net *src_net, struct net_device *dev, const struct nlattr **tb,
			const struct nlattr *data, struct ng_extack *extack)
{
	struct vlan_dev_priv *vlan = vlan_dev_priv(dev);
	const struct nlattr *info[IFLA_VLAN_MAX + 1];
	struct net_device *real_dev;
	int err;

	if (!data) {
		NG_SET_ERR_MSG(extack, "8021q: VLAN properties not specified");
		return -EINVAL;
	}
	if (nla_parse_nested(info, IFLA_VLAN_MAX, data))
		return -EINVAL;
	err = validate(info, extack);
	if (err)
		return err;
	if (!info[IFLA_VLAN_ID]) {
		NG_SET_ERR_MSG(extack, "8021q: VLAN id not specified");
		return -EINVAL;
	}
	if (!tb[IFLA_LINK]) {
		NG_SET_ERR_MSG(extack, "8021q: link not specified");
		return -EINVAL;
	}
	real_dev = dev_get_by_index(src_net, (int)nla_get_u32(tb[IFLA_LINK]));
	if (!real_dev) {
		NG_SET_ERR_MSG(extack, "8021q: link does not exist");
		return -ENODEV;
	}
	vlan->vlan_proto = info[IFLA_VLAN_PROTOCOL] ? nla_get_be16(info[IFLA_VLAN_PROTOCOL])
						    : cpu_to_be16(ETH_P_8021Q);
	vlan->vlan_id = nla_get_u16(info[IFLA_VLAN_ID]);
	vlan->real_dev = real_dev;
	vlan->flags = VLAN_FLAG_REORDER_HDR;
	err = check_real_dev(real_dev, vlan, extack);
	if (err)
		return err;
	/* a frame on the cable may be a tag longer than the MTU says */
	if (!tb[IFLA_MTU])
		dev->mtu = real_dev->mtu;
	else if (dev->mtu > real_dev->mtu)
		return -EINVAL;
	err = apply(dev, info);
	if (err)
		return err;
	err = register_vlan_dev(dev);
	if (err)
		vlan_dev_free(dev);
	return err;
}

static void fill_qos(struct nl_buf *buf, const struct vlan_dev_priv *vlan)
{
	struct ifla_vlan_qos_mapping m;
	const struct vlan_priority *p;
	size_t nest = 0;

	for (uint32_t i = 0; i < 8; i++) {
		if (!vlan->ingress_priority_map[i])
			continue;
		if (!nest)
			nest = nla_nest_start(buf, IFLA_VLAN_INGRESS_QOS);
		m = (struct ifla_vlan_qos_mapping){ i, vlan->ingress_priority_map[i] };
		nla_put(buf, IFLA_VLAN_QOS_MAPPING, sizeof(m), &m);
	}
	if (nest)
		nla_nest_end(buf, nest);
	if (!vlan->egress)
		return;
	nest = nla_nest_start(buf, IFLA_VLAN_EGRESS_QOS);
	for (p = vlan->egress; p; p = p->next) {
		if (!p->vlan_qos)
			continue;
		m = (struct ifla_vlan_qos_mapping){ p->priority,
						    (uint32_t)p->vlan_qos >> VLAN_PRIO_SHIFT & 7 };
		nla_put(buf, IFLA_VLAN_QOS_MAPPING, sizeof(m), &m);
	}
	nla_nest_end(buf, nest);
}

static void vlan_fill_info(struct nl_buf *buf, const struct net_device *dev)
{
	const struct vlan_dev_priv *vlan = vlan_dev_priv(dev);
	struct ifla_vlan_flags flags = { .flags = vlan->flags, .mask = ~0U };

	nla_put(buf, IFLA_VLAN_PROTOCOL, sizeof(vlan->vlan_proto), &vlan->vlan_proto);
	nla_put_u16(buf, IFLA_VLAN_ID, vlan->vlan_id);
	if (vlan->flags)
		nla_put(buf, IFLA_VLAN_FLAGS, sizeof(flags), &flags);
	fill_qos(buf, vlan);
}

const struct rtnl_link_ops vlan_link_ops = {
	.kind = "vlan",
	.priv_size = sizeof(struct vlan_dev_priv),
	.setup = vlan_setup,
	.newlink = vlan_newlink,
	.changelink = vlan_changelink,
	.dellink = unregister_vlan_dev,
	.fill_info = vlan_fill_info,
};
