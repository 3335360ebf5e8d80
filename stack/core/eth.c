/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * eth.c - what all Ethernet-like devices have
 *
 * mirrors net/ethernet/eth.c
 * CONTROL
 */
#include <linux/if.h>
#include <linux/if_arp.h>

#include "core/netdevice.h"
#include "core/world.h"

/**
 * ether_setup() - What all Ethernet-like devices begin with
 * @dev: a new device
 */
void ether_setup(struct net_device *dev)
{
	dev->type = ARPHRD_ETHER;
	dev->hard_header_len = ETH_HLEN;
	dev->mtu = ETH_DATA_LEN;
	dev->min_mtu = ETH_MIN_MTU;
	dev->max_mtu = ETH_DATA_LEN;
	dev->addr_len = ETH_ALEN;
	dev->tx_queue_len = 1000; /* DEFAULT_TX_QUEUE_LEN */
	dev->flags = IFF_BROADCAST | IFF_MULTICAST;
	memset(dev->broadcast, 0xff, ETH_ALEN);
}

/**
 * eth_hw_addr_random() - Gives a device a locally administered address of its own
 * @dev: the device; its creation number decides
 */
void eth_hw_addr_random(struct net_device *dev)
{
	uint64_t h = rng_hash(dev->world->config.seed, RNG_MAC, dev->id, 0);

	memcpy(dev->dev_addr, &h, ETH_ALEN);
	dev->dev_addr[0] = (uint8_t)((dev->dev_addr[0] & 0xfe) | 0x02);
	dev->addr_assign_type = NET_ADDR_RANDOM;
}
