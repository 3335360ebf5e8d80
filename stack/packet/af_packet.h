/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * af_packet.h - sockets that see frames
 */
#ifndef STACK_PACKET_AF_PACKET_H
#define STACK_PACKET_AF_PACKET_H

#include "core/netdevice.h"

/* Gives every packet socket of the device's namespace that asked for it a copy; borrows @skb. */
void packet_tap(struct sk_buff *skb, struct net_device *dev, bool outgoing);
void packet_deliver(struct sk_buff *skb, struct net_device *dev);
void packet_netdev_event(enum netdev_event event, struct net_device *dev);
struct sock;
/* the protocol a packet socket sees, host order; its device in *ret_ifindex */
uint16_t packet_sock_num(const struct sock *sk, uint32_t *ret_ifindex);

#endif
