/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_vlan.c - VLAN filtering: who is in which VLAN, and what that does to a frame
 *
 * mirrors net/bridge/br_vlan.c
 * TABLE, and of frames: __br_allowed_ingress(), br_handle_vlan()
 *
 * Not measured: the kernel the other parts are compared with has no VLAN
 * filtering. So a bridge of which nobody ever asked for it looks like that
 * kernel's: no entry of VLAN 1 is made before the first word about VLANs.
 */
#include <errno.h>
#include <linux/if.h>
#include <linux/if_bridge.h>
#include <linux/rtnetlink.h>

#include "8021q/vlan.h"
#include "bridge/br_private.h"

#define VLAN_IN 1U
#define VLAN_UNTAGGED 2U
#define DEFAULT_PVID 1

struct br_vlan_group {
	uint16_t pvid;		  /* 0: none */
	uint8_t vlan[VLAN_N_VID]; /* VLAN_* */
};

/**
 * br_vlan_has() - Is it in a VLAN?
 * @vg: of a port or a bridge, may be NULL
 * @vid: the VLAN
 *
 * Return: true when so.
 */
bool br_vlan_has(const struct br_vlan_group *vg, uint16_t vid)
{
	return vg && vid < VLAN_N_VID && vg->vlan[vid];
}

/**
 * br_vlan_for_each() - Each VLAN it is in, by number
 * @vg: of a port or a bridge, may be NULL
 * @fn: called with each
 * @arg: given to @fn
 */
void br_vlan_for_each(const struct br_vlan_group *vg, void (*fn)(void *arg, uint16_t vid),
		      void *arg)
{
	for (uint16_t vid = 1; vg && vid < VLAN_N_VID; vid++) {
		if (vg->vlan[vid])
			fn(arg, vid);
	}
}

/* true: something is different now */
static bool vlan_add(struct net_bridge *br, struct net_bridge_port *p, uint16_t vid, uint16_t flags)
{
	struct br_vlan_group *vg = p ? p->vlgrp : br->vlgrp;
	const struct net_device *dev = p ? p->dev : br->dev;
	uint8_t old = vg->vlan[vid];
	uint16_t old_pvid = vg->pvid;

	if (!old) {
		vg->vlan[vid] = VLAN_IN;
		br_fdb_add_local(br, p, dev->dev_addr, vid);
	}
	vg->vlan[vid] =
		(uint8_t)(VLAN_IN | (flags & BRIDGE_VLAN_INFO_UNTAGGED ? VLAN_UNTAGGED : 0));
	if (flags & BRIDGE_VLAN_INFO_PVID)
		vg->pvid = vid;
	else if (vg->pvid == vid)
		vg->pvid = 0;
	return vg->vlan[vid] != old || vg->pvid != old_pvid;
}

/* false: it was not there */
static bool vlan_del(struct net_bridge *br, struct net_bridge_port *p, uint16_t vid)
{
	struct br_vlan_group *vg = p ? p->vlgrp : br->vlgrp;

	if (!vg->vlan[vid])
		return false;
	br_fdb_delete_by_vlan(br, p, vid);
	vg->vlan[vid] = 0;
	if (vg->pvid == vid)
		vg->pvid = 0;
	return true;
}

/**
 * br_vlan_port_init() - A port gets the default VLAN
 * @p: the port, new, of a bridge that knows VLANs
 */
void br_vlan_port_init(struct net_bridge_port *p)
{
	p->vlgrp = xzalloc(sizeof(*p->vlgrp));
	if (p->br->default_pvid)
		vlan_add(p->br, p, p->br->default_pvid,
			 BRIDGE_VLAN_INFO_PVID | BRIDGE_VLAN_INFO_UNTAGGED);
}

/**
 * br_vlan_port_fini() - A port leaves its VLANs
 * @p: the port, its fdb entries gone
 */
void br_vlan_port_fini(struct net_bridge_port *p)
{
	free(p->vlgrp);
	p->vlgrp = NULL;
}

/**
 * br_vlan_use() - The first word about VLANs: bridge and ports get the default VLAN
 * @br: the bridge
 */
void br_vlan_use(struct net_bridge *br)
{
	struct net_bridge_port *p;

	if (br->vlgrp)
		return;
	br->default_pvid = DEFAULT_PVID;
	br->vlgrp = xzalloc(sizeof(*br->vlgrp));
	vlan_add(br, NULL, br->default_pvid, BRIDGE_VLAN_INFO_PVID | BRIDGE_VLAN_INFO_UNTAGGED);
	list_for_each_entry_reverse(p, &br->port_list, list)
		br_vlan_port_init(p);
}

/**
 * br_vlan_filter_toggle() - vlan_filtering
 * @br: the bridge
 * @on: what it shall be
 *
 * Return: 0.
 */
int br_vlan_filter_toggle(struct net_bridge *br, bool on)
{
	if (on)
		br_vlan_use(br);
	br->vlan_enabled = on;
	return 0;
}

/* Has it the default VLAN as it was given? */
static bool has_default(const struct br_vlan_group *vg, uint16_t pvid)
{
	return pvid && vg->pvid == pvid && vg->vlan[pvid] & VLAN_UNTAGGED;
}

static void change_default(struct net_bridge *br, struct net_bridge_port *p, uint16_t pvid)
{
	struct br_vlan_group *vg = p ? p->vlgrp : br->vlgrp;

	/* what somebody has set otherwise stays */
	if ((br->default_pvid && !has_default(vg, br->default_pvid)) || br_vlan_has(vg, pvid))
		return;
	if (pvid)
		vlan_add(br, p, pvid, BRIDGE_VLAN_INFO_PVID | BRIDGE_VLAN_INFO_UNTAGGED);
	if (br->default_pvid)
		vlan_del(br, p, br->default_pvid);
}

/**
 * br_vlan_set_default_pvid() - vlan_default_pvid
 * @br: the bridge
 * @pvid: the VLAN new ports are put into, 0: none
 *
 * Return: 0 or -EINVAL.
 */
int br_vlan_set_default_pvid(struct net_bridge *br, uint16_t pvid)
{
	struct net_bridge_port *p;

	if (pvid >= VLAN_VID_MASK)
		return -EINVAL;
	br_vlan_use(br);
	if (pvid == br->default_pvid)
		return 0;
	change_default(br, NULL, pvid);
	list_for_each_entry_reverse(p, &br->port_list, list)
		change_default(br, p, pvid);
	br->default_pvid = pvid;
	return 0;
}

/**
 * br_vlan_info() - bridge vlan add, bridge vlan del: one VLAN
 * @br: the bridge
 * @p: the port, NULL: the bridge itself
 * @cmd: RTM_SETLINK or RTM_DELLINK
 * @info: the VLAN and its flags
 *
 * Return: true when that changes something.
 */
bool br_vlan_info(struct net_bridge *br, struct net_bridge_port *p, int cmd,
		  const struct bridge_vlan_info *info)
{
	br_vlan_use(br);
	if (cmd == RTM_SETLINK)
		return vlan_add(br, p, info->vid, info->flags);
	return vlan_del(br, p, info->vid);
}

static void put_range(struct nl_buf *buf, uint16_t first, uint16_t last, uint16_t flags)
{
	struct bridge_vlan_info info = { .flags = flags, .vid = first };

	if (first != last) {
		info.flags |= BRIDGE_VLAN_INFO_RANGE_BEGIN;
		nla_put(buf, IFLA_BRIDGE_VLAN_INFO, sizeof(info), &info);
		info.flags = flags | BRIDGE_VLAN_INFO_RANGE_END;
		info.vid = last;
	}
	nla_put(buf, IFLA_BRIDGE_VLAN_INFO, sizeof(info), &info);
}

/**
 * br_vlan_fill() - The VLANs as IFLA_BRIDGE_VLAN_INFO
 * @buf: inside IFLA_AF_SPEC
 * @vg: of a port or a bridge
 * @compressed: neighbours with the same flags as a range
 */
void br_vlan_fill(struct nl_buf *buf, const struct br_vlan_group *vg, bool compressed)
{
	uint16_t first = 0, last = 0, held = 0;

	for (uint16_t vid = 1; vid < VLAN_N_VID; vid++) {
		uint16_t flags = 0;

		if (!vg->vlan[vid])
			continue;
		if (vid == vg->pvid)
			flags |= BRIDGE_VLAN_INFO_PVID;
		if (vg->vlan[vid] & VLAN_UNTAGGED)
			flags |= BRIDGE_VLAN_INFO_UNTAGGED;
		if (compressed && first && vid == last + 1 && flags == held &&
		    !(flags & BRIDGE_VLAN_INFO_PVID)) {
			last = vid;
			continue;
		}
		if (first)
			put_range(buf, first, last, held);
		first = last = vid;
		held = flags;
	}
	if (first)
		put_range(buf, first, last, held);
}

/* ---- frames ---- */

/**
 * br_should_learn() - May a frame that is not forwarded teach an address?
 * @p: where it came in
 * @skb: borrowed
 * @ret_vid: in which VLAN
 *
 * Return: false: no, it is in no VLAN of the port.
 */
bool br_should_learn(const struct net_bridge_port *p, const struct sk_buff *skb, uint16_t *ret_vid)
{
	*ret_vid = 0;
	if (!p->br->vlan_enabled)
		return true;
	if (skb->vlan_present && skb->vlan_proto == cpu_to_be16(ETH_P_8021Q))
		*ret_vid = skb->vlan_tci & VLAN_VID_MASK;
	if (!*ret_vid)
		*ret_vid = p->vlgrp->pvid;
	return *ret_vid && br_vlan_has(p->vlgrp, *ret_vid);
}

/**
 * __br_allowed_ingress() - br_allowed_ingress() where VLANs are filtered
 * @vg: of the port, or of the bridge for a frame of the host
 * @skb: has a tag beside it afterwards; the caller's
 *
 * Return: false: to be dropped.
 */
bool __br_allowed_ingress(const struct br_vlan_group *vg, struct sk_buff *skb)
{
	struct br_input_skb_cb *cb = BR_INPUT_SKB_CB(skb);
	uint16_t vid;

	if (!skb->vlan_present && skb->protocol == cpu_to_be16(ETH_P_8021Q) && !skb_vlan_untag(skb))
		return false;
	if (skb->vlan_present && skb->vlan_proto != cpu_to_be16(ETH_P_8021Q)) {
		/* a tag that is not the bridge's: payload */
		skb_push(skb, ETH_HLEN);
		vlan_push_inside(skb);
		skb_pull(skb, ETH_HLEN);
	}
	vid = skb->vlan_present ? skb->vlan_tci & VLAN_VID_MASK : 0;
	if (!vid) {
		/* untagged, or tagged with a priority alone */
		vid = vg->pvid;
		if (!vid)
			return false;
		skb->vlan_tci = (uint16_t)((skb->vlan_present ? skb->vlan_tci : 0) | vid);
		skb->vlan_proto = cpu_to_be16(ETH_P_8021Q);
		skb->vlan_present = true;
	}
	if (!vg->vlan[vid])
		return false;
	cb->vid = vid;
	return true;
}

/**
 * br_handle_vlan() - A frame leaves: with its tag, or without
 * @br: the bridge
 * @vg: of the port, or of the bridge for a frame to the host
 * @skb: the caller's
 *
 * Return: false: not here.
 */
bool br_handle_vlan(const struct net_bridge *br, const struct br_vlan_group *vg,
		    struct sk_buff *skb)
{
	const struct br_input_skb_cb *cb = BR_INPUT_SKB_CB(skb);

	if (!cb->vlan_filtered)
		return true;
	if (!br_vlan_has(vg, cb->vid)) /* a capture on the bridge sees everything */
		return vg == br->vlgrp && br->dev->flags & IFF_PROMISC;
	if (vg->vlan[cb->vid] & VLAN_UNTAGGED)
		skb->vlan_present = false;
	return true;
}
