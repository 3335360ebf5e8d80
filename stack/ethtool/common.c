/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * common.c - names of features; what both doors ask a driver
 *
 * mirrors net/ethtool/common.c; the names are those of Linux 6.18, in the order of their bits
 *
 * CONTROL
 */
#include <errno.h>

#include "ethtool/ethtool.h"

const char *const netdev_features_strings[64] = {
	"tx-scatter-gather",
	"tx-checksum-ipv4",
	"",
	"tx-checksum-ip-generic",
	"tx-checksum-ipv6",
	"highdma",
	"tx-scatter-gather-fraglist",
	"tx-vlan-hw-insert",
	"rx-vlan-hw-parse",
	"rx-vlan-filter",
	"vlan-challenged",
	"tx-generic-segmentation",
	"",
	"",
	"rx-gro",
	"rx-lro",
	"tx-tcp-segmentation",
	"tx-gso-robust",
	"tx-tcp-ecn-segmentation",
	"tx-tcp-mangleid-segmentation",
	"tx-tcp6-segmentation",
	"tx-fcoe-segmentation",
	"tx-gre-segmentation",
	"tx-gre-csum-segmentation",
	"tx-ipxip4-segmentation",
	"tx-ipxip6-segmentation",
	"tx-udp_tnl-segmentation",
	"tx-udp_tnl-csum-segmentation",
	"tx-gso-partial",
	"tx-tunnel-remcsum-segmentation",
	"tx-sctp-segmentation",
	"tx-esp-segmentation",
	"",
	"tx-udp-segmentation",
	"tx-gso-list",
	"tx-tcp-accecn-segmentation",
	"tx-checksum-fcoe-crc",
	"tx-checksum-sctp",
	"rx-ntuple-filter",
	"rx-hashing",
	"rx-checksum",
	"tx-nocache-copy",
	"loopback",
	"rx-fcs",
	"rx-all",
	"tx-vlan-stag-hw-insert",
	"rx-vlan-stag-hw-parse",
	"rx-vlan-stag-filter",
	"l2-fwd-offload",
	"hw-tc-offload",
	"esp-hw-offload",
	"esp-tx-csum-hw-offload",
	"rx-udp_tunnel-port-offload",
	"tls-hw-tx-offload",
	"tls-hw-rx-offload",
	"rx-gro-hw",
	"tls-hw-record",
	"rx-gro-list",
	"macsec-hw-offload",
	"rx-udp-gro-forwarding",
	"hsr-tag-ins-offload",
	"hsr-tag-rm-offload",
	"hsr-fwd-offload",
	"hsr-dup-offload",
};

/**
 * __ethtool_get_link() - Has a device a link?
 * @dev: device
 *
 * Return: 1, 0, or -EOPNOTSUPP when its driver does not say.
 */
int __ethtool_get_link(struct net_device *dev)
{
	if (!dev->ethtool_ops || !dev->ethtool_ops->get_link)
		return -EOPNOTSUPP;
	return netif_running(dev) && netif_carrier_ok(dev);
}

/**
 * __ethtool_get_link_settings() - Speed, duplex and port of a device
 * @dev: device
 * @link: filled
 *
 * Return: 0 or -EOPNOTSUPP.
 */
int __ethtool_get_link_settings(struct net_device *dev, struct ethtool_link *link)
{
	if (!dev->ethtool_ops || !dev->ethtool_ops->get_link_settings)
		return -EOPNOTSUPP;
	return dev->ethtool_ops->get_link_settings(dev, link);
}
