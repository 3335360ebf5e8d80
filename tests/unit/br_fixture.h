/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_fixture.h - a world with a bridge and ports that only note what they are asked to send
 */
#ifndef TESTS_UNIT_BR_FIXTURE_H
#define TESTS_UNIT_BR_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <linux/if.h>

#include "bridge/br_private.h"

#define FIXTURE_PORTS 3
#define FIXTURE_SENT 64
#define ETH_P_TEST 0x88b5 /* IEEE 802: local experiments */

struct sent_frame {
	int port; /* 1 to FIXTURE_PORTS */
	uint8_t dest[ETH_ALEN];
	uint8_t source[ETH_ALEN];
	uint16_t proto;
	uint32_t len;
	uint8_t bytes[64];
};

struct fixture {
	struct ng_world *world;
	struct net *net;
	struct net_device *brdev;
	struct net_bridge *br;
	struct net_device *port[FIXTURE_PORTS + 1]; /* from 1 */
	struct sent_frame sent[FIXTURE_SENT];
	int nr_sent;
};

static const uint8_t fixture_broadcast[ETH_ALEN] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };

/* tests run one after the other: the drivers below need to find their world */
static struct fixture *fixture_now;

/* a station behind a port: 02:00:00:00:01:NN */
static inline void station(uint8_t *addr, int n)
{
	const uint8_t base[ETH_ALEN] = { 0x02, 0, 0, 0, 1, (uint8_t)n };

	memcpy(addr, base, ETH_ALEN);
}

static inline int fixture_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct fixture *f = fixture_now;
	struct sent_frame *s = &f->sent[f->nr_sent++ % FIXTURE_SENT];
	const struct ethhdr *eth = (struct ethhdr *)(void *)skb->data;

	s->port = dev->name[1] - '0';
	memcpy(s->dest, eth->h_dest, ETH_ALEN);
	memcpy(s->source, eth->h_source, ETH_ALEN);
	s->proto = be16_to_cpu(eth->h_proto);
	s->len = skb_len(skb);
	memcpy(s->bytes, skb->data, s->len < sizeof(s->bytes) ? s->len : sizeof(s->bytes));
	consume_skb(skb);
	return NET_XMIT_SUCCESS;
}

static const struct net_device_ops fixture_ops = { .ndo_start_xmit = fixture_xmit };

/* port N: 02:00:00:00:00:NN, up, with carrier, not yet in the bridge */
static inline struct net_device *fixture_add_dev(struct fixture *f, int n)
{
	char name[IFNAMSIZ] = { 'p', (char)('0' + n), '\0' };
	struct net_device *dev = alloc_netdev(f->net, name, 0);
	const uint8_t addr[ETH_ALEN] = { 0x02, 0, 0, 0, 0, (uint8_t)n };

	ether_setup(dev);
	dev->ops = &fixture_ops;
	memcpy(dev->dev_addr, addr, ETH_ALEN);
	assert_int_equal(register_netdevice(dev), 0);
	assert_int_equal(dev_open(dev, NULL), 0);
	sim_run_queue(&f->world->sim);
	return dev;
}

/* Ports join in the order of their numbers; the bridge is up. */
static inline struct fixture *fixture_new(void)
{
	static const struct ng_world_config config = { .seed = 1 };
	static const struct ng_origin nobody;
	struct fixture *f = calloc(1, sizeof(*f));

	fixture_now = f;
	f->world = ng_world_new(&config);
	f->net = f->world->init_net;
	assert_int_equal(br_add_bridge(f->net, "br0", &nobody), 0);
	f->brdev = dev_get_by_name(f->net, "br0");
	f->br = br_priv(f->brdev);
	for (int i = 1; i <= FIXTURE_PORTS; i++) {
		f->port[i] = fixture_add_dev(f, i);
		assert_int_equal(br_add_if(f->brdev, f->port[i], NULL), 0);
	}
	assert_int_equal(dev_open(f->brdev, NULL), 0);
	f->nr_sent = 0;
	return f;
}

static inline void fixture_free(struct fixture *f)
{
	uint64_t allocated, gone;

	for (int i = 1; i <= FIXTURE_PORTS; i++)
		unregister_netdevice(f->port[i]);
	br_dev_delete(f->brdev);
	allocated = f->world->nr_skbs_allocated;
	gone = f->world->nr_skbs_consumed + f->world->nr_skbs_dropped;
	assert_int_equal(allocated, gone);
	ng_world_free(f->world);
	free(f);
}

/* A frame of @len payload bytes comes in on port @n. */
static inline struct sk_buff *fixture_frame(struct fixture *f, const uint8_t *dest,
					    const uint8_t *source, uint16_t proto, uint32_t len)
{
	struct sk_buff *skb = alloc_skb(f->world, SKB_HEADROOM + NET_IP_ALIGN, ETH_HLEN + len);
	struct ethhdr *eth = skb_put(skb, ETH_HLEN + len);

	memset(eth, 0, ETH_HLEN + len);
	memcpy(eth->h_dest, dest, ETH_ALEN);
	memcpy(eth->h_source, source, ETH_ALEN);
	eth->h_proto = cpu_to_be16(proto);
	return skb;
}

static inline void fixture_receive(struct fixture *f, int n, struct sk_buff *skb)
{
	skb->protocol = eth_type_trans(skb, f->port[n]);
	netif_receive_skb(skb);
}

static inline void fixture_in(struct fixture *f, int n, const uint8_t *dest, const uint8_t *source)
{
	fixture_receive(f, n, fixture_frame(f, dest, source, ETH_P_TEST, 46));
}

/* Station @from behind port @n sends to station @to. */
static inline void fixture_send(struct fixture *f, int n, int from, int to)
{
	uint8_t dest[ETH_ALEN], source[ETH_ALEN];

	station(dest, to);
	station(source, from);
	fixture_in(f, n, dest, source);
}

/* Lets virtual time pass, timers included. */
static inline void fixture_wait(struct fixture *f, int64_t ns)
{
	int64_t until = world_now(f->world) + ns;

	sim_run_queue(&f->world->sim);
	while (sim_run_timer(&f->world->sim, until))
		sim_run_queue(&f->world->sim);
	if (world_now(f->world) < until)
		sim_advance(&f->world->sim, until - world_now(f->world));
}

/* "321": the ports frames left by, in order, since the last call */
static inline const char *fixture_sent_ports(struct fixture *f)
{
	static char buf[FIXTURE_SENT + 1];

	for (int i = 0; i < f->nr_sent; i++)
		buf[i] = (char)('0' + f->sent[i].port);
	buf[f->nr_sent] = '\0';
	f->nr_sent = 0;
	return buf;
}

static inline int fixture_setup(void **state)
{
	*state = fixture_new();
	return 0;
}

static inline int fixture_teardown(void **state)
{
	fixture_free(*state);
	return 0;
}

#define fixture_test(fn) cmocka_unit_test_setup_teardown(fn, fixture_setup, fixture_teardown)

#endif
