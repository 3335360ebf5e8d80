/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rtnl_fill.c - one link as a message, with every attribute of Linux 6.18 in its order
 *
 * mirrors net/core/rtnetlink.c (rtnl_fill_ifinfo() and rtmsg_ifinfo())
 * CONTROL
 *
 * What the simulation has no use for carries the value it has on an idle machine.
 */
#include <linux/if.h>
#include <linux/if_link.h>

#include "core/jiffies.h"
#include "core/neighbour.h"
#include "core/rtnetlink.h"
#include "drivers/drivers.h"
#include "ipv4/inetdevice.h"

/* newer than Debian 12's <linux/if_link.h> */
#define IFLA_GSO_IPV4_MAX_SIZE_ 63
#define IFLA_GRO_IPV4_MAX_SIZE_ 64
#define IFLA_DPLL_PIN_ 65
#define IFLA_MAX_PACING_OFFLOAD_HORIZON_ 66
#define IFLA_NETNS_IMMUTABLE_ 67
#define IFLA_HEADROOM_ 68
#define IFLA_TAILROOM_ 69
#define IFLA_DEVLINK_PORT_ 62
#define STATS64_LEN 200 /* with rx_nohandler and rx_otherhost_dropped */

#define GSO_MAX_SEGS 65535
#define GSO_LEGACY_MAX_SIZE 65536
#define TSO_MAX_SIZE 524280
#define NR_QUEUES_VETH 2 /* one per processor: a machine of two, the one compared with */
#define IPV6_MIN_MTU 1280

/* include/uapi/linux/ipv6.h: number of conf/ values of 6.18 */
#define DEVCONF6_LEN 60

/**
 * rtnl_num_queues() - How many queues a device has
 * @dev: the device
 * @given: num_tx_queues or num_rx_queues
 *
 * Return: @given, or what its kind has when nobody said.
 */
uint32_t rtnl_num_queues(const struct net_device *dev, uint32_t given)
{
	if (given)
		return given;
	return dev->rtnl_link_ops == &veth_link_ops ? NR_QUEUES_VETH : 1;
}

static void fill_basics(struct nl_buf *b, const struct net_device *dev)
{
	nla_put_string(b, IFLA_IFNAME, dev->name);
	nla_put_u32(b, IFLA_TXQLEN, dev->tx_queue_len);
	nla_put_u8(b, IFLA_OPERSTATE, netif_running(dev) ? dev->operstate : IF_OPER_DOWN);
	nla_put_u8(b, IFLA_LINKMODE, dev->link_mode);
	nla_put_u8(b, IFLA_NETNS_IMMUTABLE_, dev->netns_immutable);
	nla_put_u32(b, IFLA_MTU, dev->mtu);
	nla_put_u32(b, IFLA_MIN_MTU, dev->min_mtu);
	nla_put_u32(b, IFLA_MAX_MTU, dev->max_mtu);
	nla_put_u32(b, IFLA_GROUP, dev->group);
	nla_put_u32(b, IFLA_PROMISCUITY, dev->promiscuity);
	nla_put_u32(b, IFLA_ALLMULTI, dev->allmulti);
	nla_put_u32(b, IFLA_NUM_TX_QUEUES, rtnl_num_queues(dev, dev->num_tx_queues));
	nla_put_u32(b, IFLA_GSO_MAX_SEGS, GSO_MAX_SEGS);
	nla_put_u32(b, IFLA_GSO_MAX_SIZE, GSO_LEGACY_MAX_SIZE);
	nla_put_u32(b, IFLA_GRO_MAX_SIZE, GSO_LEGACY_MAX_SIZE);
	nla_put_u32(b, IFLA_GSO_IPV4_MAX_SIZE_, GSO_LEGACY_MAX_SIZE);
	nla_put_u32(b, IFLA_GRO_IPV4_MAX_SIZE_, GSO_LEGACY_MAX_SIZE);
	nla_put_u32(b, IFLA_TSO_MAX_SIZE, dev->tso_max_size ? dev->tso_max_size : TSO_MAX_SIZE);
	nla_put_u32(b, IFLA_TSO_MAX_SEGS, GSO_MAX_SEGS);
	nla_put_u32(b, IFLA_MAX_PACING_OFFLOAD_HORIZON_, 0);
	nla_put_u32(b, IFLA_NUM_RX_QUEUES, rtnl_num_queues(dev, dev->num_rx_queues));
	if (dev->master)
		nla_put_u32(b, IFLA_MASTER, (uint32_t)dev->master->ifindex);
	nla_put_u8(b, IFLA_CARRIER, netif_carrier_ok(dev));
	if (dev->ifalias)
		nla_put(b, IFLA_IFALIAS, strlen(dev->ifalias) + 1, dev->ifalias);
	nla_put_u32(b, IFLA_CARRIER_CHANGES, dev->carrier_up_count + dev->carrier_down_count);
	nla_put_u32(b, IFLA_CARRIER_UP_COUNT, dev->carrier_up_count);
	nla_put_u32(b, IFLA_CARRIER_DOWN_COUNT, dev->carrier_down_count);
	nla_put_u16(b, IFLA_HEADROOM_, 0);
	nla_put_u16(b, IFLA_TAILROOM_, 0);
	nla_put_u8(b, IFLA_PROTO_DOWN, 0);
	if (dev->addr_len) {
		nla_put(b, IFLA_ADDRESS, dev->addr_len, dev->dev_addr);
		nla_put(b, IFLA_BROADCAST, dev->addr_len, dev->broadcast);
	}
}

static void fill_stats(struct nl_buf *b, const struct net_device *dev)
{
	const struct net_device_stats *s = &dev->stats;
	struct rtnl_link_stats64 s64 = {
		.rx_packets = s->rx_packets,
		.tx_packets = s->tx_packets,
		.rx_bytes = s->rx_bytes,
		.tx_bytes = s->tx_bytes,
		.rx_errors = s->rx_errors,
		.tx_errors = s->tx_errors,
		.rx_dropped = s->rx_dropped,
		.tx_dropped = s->tx_dropped,
		.multicast = s->multicast,
		.collisions = s->collisions,
		.tx_carrier_errors = s->tx_carrier_errors,
		.rx_otherhost_dropped = s->rx_otherhost_dropped,
	};
	uint8_t bytes[STATS64_LEN] = { 0 };
	uint32_t s32[sizeof(struct rtnl_link_stats) / 4];
	uint64_t v;

	memcpy(bytes, &s64, sizeof(s64) < STATS64_LEN ? sizeof(s64) : STATS64_LEN);
	nla_put(b, IFLA_STATS64, sizeof(bytes), bytes);
	for (size_t i = 0; i < sizeof(s32) / 4; i++) {
		memcpy(&v, bytes + i * 8, 8);
		s32[i] = (uint32_t)v;
	}
	nla_put(b, IFLA_STATS, sizeof(s32), s32);
}

/* Kind and settings of the device, and of the port it is */
static void fill_linkinfo(struct nl_buf *b, const struct net_device *dev)
{
	const struct rtnl_link_ops *ops = dev->rtnl_link_ops;
	const struct rtnl_link_ops *m_ops = dev->master ? dev->master->rtnl_link_ops : NULL;
	size_t linkinfo, data;

	if (!ops && !m_ops)
		return;
	linkinfo = nla_nest_start(b, IFLA_LINKINFO);
	if (ops) {
		nla_put_string(b, IFLA_INFO_KIND, ops->kind);
		if (ops->fill_info) {
			data = nla_nest_start(b, IFLA_INFO_DATA);
			ops->fill_info(b, dev);
			nla_nest_end(b, data);
		}
	}
	if (m_ops) {
		nla_put_string(b, IFLA_INFO_SLAVE_KIND, m_ops->kind);
		if (m_ops->fill_slave_info) {
			data = nla_nest_start(b, IFLA_INFO_SLAVE_DATA);
			m_ops->fill_slave_info(b, dev->master, dev);
			nla_nest_end(b, data);
		}
	}
	nla_nest_end(b, linkinfo);
}

/* Where the other end is: its index, and what @src_net calls its namespace */
static void fill_link(struct nl_buf *b, const struct net_device *dev, struct net *src_net)
{
	struct net *link_net = dev->ops->ndo_get_link_net ? dev->ops->ndo_get_link_net(dev) : NULL;
	int iflink = dev_get_iflink(dev);
	bool elsewhere = link_net && link_net != dev->net;

	if (elsewhere)
		nla_put_u32(b, IFLA_LINK_NETNSID, (uint32_t)peernet2id_alloc(src_net, link_net));
	if (elsewhere || iflink != dev->ifindex)
		nla_put_u32(b, IFLA_LINK, (uint32_t)iflink);
}

/* The defaults of ipv6_devconf_dflt, with IPv6 switched off; index and value */
static const struct {
	uint8_t index;
	int32_t value;
} devconf6[] = {
	{ 1, 64 },	 { 3, 1 },	{ 4, 1 },	{ 5, 1 },      { 6, 1 },      { 7, -1 },
	{ 8, 4000 },	 { 9, 1000 },	{ 11, 604800 }, { 12, 86400 }, { 13, 3 },     { 14, 600 },
	{ 15, 16 },	 { 17, 1 },	{ 18, 1 },	{ 19, 1 },     { 20, 60000 }, { 26, 1 },
	{ 27, 1 },	 { 30, 10000 }, { 31, 1000 },	{ 32, 1 },     { 35, 1 },     { 38, 1 },
	{ 43, 3600000 }, { 46, 1 },	{ 52, 1024 },	{ 54, 65535 }, { 55, -1 },    { 56, 1 },
};

/* As inet6_fill_link_af() of a device whose disable_ipv6 is 1 */
static void fill_af_inet6(struct nl_buf *b, struct net_device *dev)
{
	struct ifla_cacheinfo ci = { .max_reasm_len = 65535,
				     .reachable_time = 30000,
				     .retrans_time = 1000 };
	int32_t conf[DEVCONF6_LEN] = { 0 };
	uint64_t icmp6stats[2] = { 0 };

	for (size_t i = 0; i < sizeof(devconf6) / sizeof(devconf6[0]); i++)
		conf[devconf6[i].index] = devconf6[i].value;
	conf[2] = (int32_t)dev->mtu;
	if (dev->flags & IFF_LOOPBACK)
		conf[10] = conf[27] = -1; /* use_tempaddr, accept_dad */
	nla_put_u32(b, IFLA_INET6_FLAGS, 0);
	nla_put(b, IFLA_INET6_CACHEINFO, sizeof(ci), &ci);
	nla_put(b, IFLA_INET6_CONF, sizeof(conf), conf);
	nla_put(b, IFLA_INET6_TOKEN, sizeof(icmp6stats), icmp6stats);
	nla_put_u8(b, IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_EUI64);
}

static void fill_af_spec(struct nl_buf *b, struct net_device *dev)
{
	size_t spec = nla_nest_start(b, IFLA_AF_SPEC), af;

	if (dev->ip_ptr) {
		af = nla_nest_start(b, AF_INET);
		inet_fill_link_af(b, dev);
		nla_nest_end(b, af);
	}
	if (dev->mtu >= IPV6_MIN_MTU) {
		af = nla_nest_start(b, AF_INET6);
		fill_af_inet6(b, dev);
		nla_nest_end(b, af);
	}
	nla_nest_end(b, spec);
}

static void fill_ifinfo(struct nl_buf *b, struct ifinfomsg *ifm, struct net_device *dev,
			struct net *src_net, uint32_t change)
{
	struct rtnl_link_ifmap map = { 0 };
	size_t xdp;

	ifm->ifi_type = dev->type;
	ifm->ifi_index = dev->ifindex;
	ifm->ifi_flags = dev_get_flags(dev);
	ifm->ifi_change = change;
	fill_basics(b, dev);
	fill_stats(b, dev);
	xdp = nla_nest_start(b, IFLA_XDP);
	nla_put_u8(b, IFLA_XDP_ATTACHED, XDP_ATTACHED_NONE);
	nla_nest_end(b, xdp);
	fill_linkinfo(b, dev);
	fill_link(b, dev, src_net);
	nla_put_string(b, IFLA_QDISC,
		       dev->root_qdisc			   ? "netem"
		       : dev->qdisc_sleeping == QDISC_NOOP ? "noop"
							   : "noqueue");
	fill_af_spec(b, dev);
	rtnl_fill_prop_list(b, dev);
	nla_put(b, IFLA_MAP, sizeof(map), &map);
	if (dev->moves_to) {
		nla_put_u32(b, IFLA_NEW_NETNSID,
			    (uint32_t)peernet2id_alloc(dev->net, dev->moves_to));
		nla_put_u32(b, IFLA_NEW_IFINDEX, (uint32_t)dev->moves_to_ifindex);
	}
	nla_put(b, IFLA_DEVLINK_PORT_ | NLA_F_NESTED, 0, NULL);
	nla_put(b, IFLA_DPLL_PIN_ | NLA_F_NESTED, 0, NULL);
	nlmsg_end(b);
}

/**
 * rtnl_fill_ifinfo() - One link as a message.
 * @buf: where; when it is @req->reply the message answers @req
 * @dev: device
 * @req: request answered, or NULL: a notification to the device's own namespace
 * @type: RTM_NEWLINK or RTM_DELLINK
 * @flags: NLM_F_*
 * @ext_filter_mask: RTEXT_FILTER_*: nothing that is modelled depends on it
 */
void rtnl_fill_ifinfo(struct nl_buf *buf, struct net_device *dev, const struct nl_request *req,
		      int type, uint32_t flags, uint32_t ext_filter_mask)
{
	uint32_t pid = req && req->nlk ? req->nlk->portid : 0;
	struct ifinfomsg *ifm;

	(void)ext_filter_mask;
	ifm = nlmsg_put(buf, pid, req ? req->nlh->nlmsg_seq : 0, (uint16_t)type, (uint16_t)flags,
			sizeof(*ifm));
	fill_ifinfo(buf, ifm, dev, req ? req->net : dev->net, 0);
}

/**
 * rtnl_reply_ifinfo() - One link as an answer.
 * @req: request
 * @dev: device
 */
void rtnl_reply_ifinfo(struct nl_request *req, struct net_device *dev)
{
	fill_ifinfo(&req->reply, nl_reply_begin(req, RTM_NEWLINK, 0, sizeof(struct ifinfomsg)), dev,
		    req->net, 0);
}

/**
 * rtmsg_ifinfo() - Tells listeners (`ip monitor link`) of a link, and who made or removed it.
 * @type: RTM_NEWLINK or RTM_DELLINK
 * @dev: device
 * @change: IFF_* that changed; ~0: it is new
 */
void rtmsg_ifinfo(int type, struct net_device *dev, uint32_t change)
{
	/* the notice that it is there, or gone */
	const struct nl_request *req =
		type == RTM_DELLINK || dev->rtnl_initializing ? dev->req : NULL;
	const struct net *link_net = NULL;
	struct nl_buf buf = { 0 };

	if (dev->unregistering && type != RTM_DELLINK)
		return;
	if (!nlmsg_notice_wanted(dev->net, NETLINK_ROUTE, RTNLGRP_LINK, req)) {
		/* Linux writes the notice whoever listens: the peer's namespace gets its number then */
		if (dev->ops->ndo_get_link_net)
			link_net = dev->ops->ndo_get_link_net(dev);
		if (link_net && link_net != dev->net)
			peernet2id_alloc(dev->net, (struct net *)(uintptr_t)link_net);
		return;
	}
	fill_ifinfo(&buf,
		    nlmsg_notice_begin(&buf, req, (uint16_t)type, 0, sizeof(struct ifinfomsg)), dev,
		    dev->net, change);
	nlmsg_notify(dev->net, NETLINK_ROUTE, RTNLGRP_LINK, &buf, req);
	nl_buf_fini(&buf);
}

/**
 * rtmsg_ifinfo_features() - Tells listeners that what a link can do has changed.
 * @dev: device
 */
void rtmsg_ifinfo_features(struct net_device *dev)
{
	struct nl_buf buf = { 0 };

	if (!netlink_has_listeners(dev->net, NETLINK_ROUTE, RTNLGRP_LINK))
		return;
	fill_ifinfo(&buf, nlmsg_put(&buf, 0, 0, RTM_NEWLINK, 0, sizeof(struct ifinfomsg)), dev,
		    dev->net, 0);
	nla_put_u32(&buf, IFLA_EVENT, IFLA_EVENT_FEATURES);
	nlmsg_end(&buf);
	netlink_broadcast(dev->net, NETLINK_ROUTE, RTNLGRP_LINK, &buf);
	nl_buf_fini(&buf);
}

/**
 * rtnetlink_event() - A device changed: listeners are told.
 * @event: what happened
 * @dev: to whom
 */
void rtnetlink_event(enum netdev_event event, struct net_device *dev)
{
	switch (event) {
	case NETDEV_REGISTER:
		if (!dev->rtnl_initializing)
			rtmsg_ifinfo(RTM_NEWLINK, dev, ~0U);
		break;
	case NETDEV_MOVED:
		rtmsg_ifinfo(RTM_NEWLINK, dev, ~0U);
		break;
	case NETDEV_UNREGISTER:
		rtmsg_ifinfo(RTM_DELLINK, dev, ~0U);
		break;
	case NETDEV_UP:
	case NETDEV_DOWN:
		rtmsg_ifinfo(RTM_NEWLINK, dev, IFF_UP);
		break;
	case NETDEV_CHANGE:
	case NETDEV_CHANGEMTU:
	case NETDEV_CHANGEADDR:
	case NETDEV_CHANGENAME:
	case NETDEV_CHANGEUPPER:
		rtmsg_ifinfo(RTM_NEWLINK, dev, 0);
		break;
	case NETDEV_FEAT_CHANGE:
		rtmsg_ifinfo_features(dev);
		break;
	case NETDEV_GOING_DOWN:
		break;
	}
}
