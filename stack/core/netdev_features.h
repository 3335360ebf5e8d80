/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netdev_features.h - what a device says it can do for the stack, one bit each
 *
 * mirrors include/linux/netdev_features.h; the numbers are those of Linux 6.18, as user space sees them
 */
#ifndef STACK_CORE_NETDEV_FEATURES_H
#define STACK_CORE_NETDEV_FEATURES_H

#include <stdint.h>

struct net_device;

typedef uint64_t netdev_features_t;

#define NETIF_F(bit) (UINT64_C(1) << (bit))

#define NETIF_F_SG NETIF_F(0)
#define NETIF_F_IP_CSUM NETIF_F(1)
#define NETIF_F_HW_CSUM NETIF_F(3)
#define NETIF_F_IPV6_CSUM NETIF_F(4)
#define NETIF_F_HIGHDMA NETIF_F(5)
#define NETIF_F_FRAGLIST NETIF_F(6)
#define NETIF_F_HW_VLAN_CTAG_TX NETIF_F(7)
#define NETIF_F_HW_VLAN_CTAG_RX NETIF_F(8)
#define NETIF_F_VLAN_CHALLENGED NETIF_F(10)
#define NETIF_F_GSO NETIF_F(11)
#define NETIF_F_GRO NETIF_F(14)
#define NETIF_F_TSO NETIF_F(16)
#define NETIF_F_GSO_ROBUST NETIF_F(17)
#define NETIF_F_TSO_ECN NETIF_F(18)
#define NETIF_F_TSO_MANGLEID NETIF_F(19)
#define NETIF_F_TSO6 NETIF_F(20)
#define NETIF_F_FSO NETIF_F(21)
#define NETIF_F_GSO_SCTP NETIF_F(30)
#define NETIF_F_GSO_UDP_L4 NETIF_F(33)
#define NETIF_F_GSO_FRAGLIST NETIF_F(34)
#define NETIF_F_GSO_ACCECN NETIF_F(35)
#define NETIF_F_FCOE_CRC NETIF_F(36)
#define NETIF_F_SCTP_CRC NETIF_F(37)
#define NETIF_F_RXCSUM NETIF_F(40)
#define NETIF_F_NOCACHE_COPY NETIF_F(41)
#define NETIF_F_LOOPBACK NETIF_F(42)
#define NETIF_F_HW_VLAN_STAG_TX NETIF_F(45)
#define NETIF_F_HW_VLAN_STAG_RX NETIF_F(46)
#define NETIF_F_GRO_FRAGLIST NETIF_F(57)
#define NETIF_F_GRO_UDP_FWD NETIF_F(59)

#define NETIF_F_GSO_MASK (NETIF_F(36) - NETIF_F(16))
#define NETIF_F_CSUM_MASK (NETIF_F_IP_CSUM | NETIF_F_IPV6_CSUM | NETIF_F_HW_CSUM)
#define NETIF_F_ALL_TSO (NETIF_F_TSO | NETIF_F_TSO_ECN | NETIF_F_TSO_MANGLEID | NETIF_F_TSO6)
#define NETIF_F_GSO_SOFTWARE                                                            \
	(NETIF_F_ALL_TSO | NETIF_F_GSO_ACCECN | NETIF_F_GSO_SCTP | NETIF_F_GSO_UDP_L4 | \
	 NETIF_F_GSO_FRAGLIST)
/* segmentation of tunnels: GRE, IP in IP, UDP, with and without checksums */
#define NETIF_F_GSO_ENCAP_ALL (NETIF_F(28) - NETIF_F(22))
#define NETIF_F_ONE_FOR_ALL                                                         \
	(NETIF_F_GSO_SOFTWARE | NETIF_F_GSO_ROBUST | NETIF_F_SG | NETIF_F_HIGHDMA | \
	 NETIF_F_FRAGLIST | NETIF_F_VLAN_CHALLENGED)
#define NETIF_F_ALL_FOR_ALL (NETIF_F_NOCACHE_COPY | NETIF_F_FSO)
#define NETIF_F_SOFT_FEATURES (NETIF_F_GSO | NETIF_F_GRO)
#define NETIF_F_SOFT_FEATURES_OFF (NETIF_F_GRO_FRAGLIST | NETIF_F_GRO_UDP_FWD)
#define NETIF_F_VLAN_OFFLOADS                                                          \
	(NETIF_F_HW_VLAN_CTAG_TX | NETIF_F_HW_VLAN_CTAG_RX | NETIF_F_HW_VLAN_STAG_TX | \
	 NETIF_F_HW_VLAN_STAG_RX)
#define NETIF_F_NEVER_CHANGE NETIF_F_VLAN_CHALLENGED

netdev_features_t netdev_increment_features(netdev_features_t all, netdev_features_t one,
					    netdev_features_t mask);
netdev_features_t netdev_intersect_features(netdev_features_t f1, netdev_features_t f2);
void netdev_set_features(struct net_device *dev, netdev_features_t features, netdev_features_t hw);
void netdev_update_features(struct net_device *dev);

#endif
