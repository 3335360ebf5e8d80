/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rtnl_fixture.h - a world with one device that only notes what it sends, and requests to it
 */
#ifndef TESTS_UNIT_RTNL_FIXTURE_H
#define TESTS_UNIT_RTNL_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <linux/if.h>

#include "core/neighbour.h"
#include "core/rtnetlink.h"
#include "ipv4/devinet.h"
#include "ipv4/ip.h"

#define FIXTURE_SENT 64

struct sent_frame {
	int64_t at_ns;
	uint8_t bytes[128];
	uint32_t len;
};

struct fixture {
	struct ng_world *world;
	struct net *net;
	struct net_device *dev; /* e0, 02:00:00:00:00:01, up */
	struct sent_frame sent[FIXTURE_SENT];
	int nr_sent;
	struct nl_request req; /* the last one; its reply */
	struct ng_extack extack;
};

static struct fixture *fixture_now;

static inline int fixture_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct sent_frame *s = &fixture_now->sent[fixture_now->nr_sent++ % FIXTURE_SENT];

	(void)dev;
	s->at_ns = world_now(fixture_now->world);
	s->len = skb_len(skb);
	memcpy(s->bytes, skb->data, s->len < sizeof(s->bytes) ? s->len : sizeof(s->bytes));
	consume_skb(skb);
	return NET_XMIT_SUCCESS;
}

static inline int fixture_set_mac(struct net_device *dev, const uint8_t *addr)
{
	memcpy(dev->dev_addr, addr, ETH_ALEN);
	return 0;
}

static const struct net_device_ops fixture_ops = {
	.ndo_start_xmit = fixture_xmit,
	.ndo_set_mac_address = fixture_set_mac,
};

static inline struct net_device *fixture_add_dev(struct fixture *f, const char *name, uint8_t n)
{
	struct net_device *dev = alloc_netdev(f->net, name, 0);
	const uint8_t addr[ETH_ALEN] = { 0x02, 0, 0, 0, 0, n };

	ether_setup(dev);
	dev->ops = &fixture_ops;
	memcpy(dev->dev_addr, addr, ETH_ALEN);
	assert_int_equal(register_netdevice(dev), 0);
	assert_int_equal(dev_open(dev, NULL), 0);
	sim_run_queue(&f->world->sim);
	return dev;
}

static inline int fixture_setup(void **state)
{
	static const struct ng_world_config config = { .seed = 1 };
	struct fixture *f = calloc(1, sizeof(*f));

	fixture_now = f;
	f->world = ng_world_new(&config);
	f->net = f->world->init_net;
	f->dev = fixture_add_dev(f, "e0", 1);
	f->nr_sent = 0;
	*state = f;
	return 0;
}

static inline int fixture_teardown(void **state)
{
	struct fixture *f = *state;

	nl_buf_fini(&f->req.reply);
	ng_world_free(f->world);
	free(f);
	return 0;
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

/* A request in the making: header of @hdrlen bytes is returned */
static inline void *fixture_request(struct nl_buf *b, uint16_t type, uint16_t flags, size_t hdrlen)
{
	return nlmsg_put(b, 0, 1, type, (uint16_t)(NLM_F_REQUEST | flags), hdrlen);
}

/* Sends what @b holds and frees it; the answer: f->req.reply, the sentence: f->extack.msg */
static inline int fixture_rtnl(struct fixture *f, struct nl_buf *b)
{
	int err;

	nlmsg_end(b);
	nl_buf_fini(&f->req.reply);
	memset(&f->req, 0, sizeof(f->req));
	memset(&f->extack, 0, sizeof(f->extack));
	f->req.net = f->net;
	f->req.nlh = (const struct nlmsghdr *)(const void *)b->data;
	f->req.extack = &f->extack;
	f->req.dump = (f->req.nlh->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
	err = rtnetlink_rcv_msg(&f->req);
	nl_buf_fini(b);
	return err;
}

static inline __be32 ip4(uint8_t a, uint8_t b, uint8_t c, uint8_t d)
{
	return cpu_to_be32((uint32_t)a << 24 | (uint32_t)b << 16 | (uint32_t)c << 8 | d);
}

/* `ip addr add` (RTM_NEWADDR) or del */
static inline int fixture_addr(struct fixture *f, int type, __be32 addr, uint8_t plen,
			       uint8_t scope)
{
	struct nl_buf b = { 0 };
	struct ifaddrmsg *ifm =
		fixture_request(&b, (uint16_t)type, NLM_F_CREATE | NLM_F_EXCL, sizeof(*ifm));

	ifm->ifa_family = AF_INET;
	ifm->ifa_prefixlen = plen;
	ifm->ifa_scope = scope;
	ifm->ifa_index = (uint32_t)f->dev->ifindex;
	nla_put_be32(&b, IFA_LOCAL, addr);
	nla_put_be32(&b, IFA_ADDRESS, addr);
	return fixture_rtnl(f, &b);
}

/* An IPv4 packet of 28 bytes from @src to @dst, network header at data */
static inline struct sk_buff *fixture_packet(struct fixture *f, __be32 src, __be32 dst)
{
	struct sk_buff *skb = alloc_skb(f->world, SKB_HEADROOM, 28);
	struct iphdr *iph = skb_put(skb, 28);

	memset(iph, 0, 28);
	iph->version = 4;
	iph->ihl = 5;
	iph->tot_len = cpu_to_be16(28);
	iph->ttl = 64;
	iph->protocol = IPPROTO_ICMP;
	iph->saddr = src;
	iph->daddr = dst;
	skb_reset_network_header(skb);
	skb->protocol = cpu_to_be16(ETH_P_IP);
	skb->dev = f->dev;
	return skb;
}

struct arp_frame {
	uint8_t dest[ETH_ALEN], source[ETH_ALEN];
	__be16 proto, hrd, pro;
	uint8_t hln, pln;
	__be16 op;
	uint8_t sha[ETH_ALEN];
	__be32 sip;
	uint8_t tha[ETH_ALEN];
	__be32 tip;
} __attribute__((packed));
_Static_assert(sizeof(struct arp_frame) == 42, "Ethernet and ARP");

static inline const struct arp_frame *sent_arp(const struct fixture *f, int n)
{
	return (const struct arp_frame *)(const void *)f->sent[n].bytes;
}

/* ARP from 02:00:00:00:01:@n; dest NULL: broadcast */
static inline void fixture_arp_in(struct fixture *f, uint16_t op, uint8_t n, __be32 sip, __be32 tip,
				  bool unicast)
{
	struct sk_buff *skb = alloc_skb(f->world, SKB_HEADROOM, sizeof(struct arp_frame));
	struct arp_frame *a = skb_put(skb, sizeof(*a));
	const uint8_t mac[ETH_ALEN] = { 0x02, 0, 0, 0, 1, n };

	memset(a, 0, sizeof(*a));
	memset(a->dest, 0xff, ETH_ALEN);
	if (unicast)
		memcpy(a->dest, f->dev->dev_addr, ETH_ALEN);
	memcpy(a->source, mac, ETH_ALEN);
	a->proto = cpu_to_be16(ETH_P_ARP);
	a->hrd = cpu_to_be16(ARPHRD_ETHER);
	a->pro = cpu_to_be16(ETH_P_IP);
	a->hln = ETH_ALEN;
	a->pln = 4;
	a->op = cpu_to_be16(op);
	memcpy(a->sha, mac, ETH_ALEN);
	a->sip = sip;
	a->tip = tip;
	skb->protocol = eth_type_trans(skb, f->dev);
	netif_receive_skb(skb);
}

#define fixture_test(fn) cmocka_unit_test_setup_teardown(fn, fixture_setup, fixture_teardown)

#endif
