/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipv4_fixture.h - a host with two networks, and packets to and from it
 *
 * e0 is 192.0.2.1/24, e1 is 198.51.100.1/24; .2 on each side has a known MAC.
 */
#ifndef TESTS_UNIT_IPV4_FIXTURE_H
#define TESTS_UNIT_IPV4_FIXTURE_H

#include "ipv4/fib.h"
#include "ipv4/ip_sockglue.h"
#include "rtnl_fixture.h"

#define E0_ME ip4(192, 0, 2, 1)
#define E0_PEER ip4(192, 0, 2, 2)
#define E1_ME ip4(198, 51, 100, 1)
#define E1_PEER ip4(198, 51, 100, 2)

struct host {
	struct fixture *f;
	struct net_device *e0, *e1;
};

static inline void host_neigh(struct net_device *dev, __be32 addr, uint8_t n)
{
	const uint8_t mac[ETH_ALEN] = { 0x02, 0, 0, 0, 1, n };
	struct neighbour *neigh = neigh_create(dev, addr);

	neigh_update(neigh, mac, NUD_PERMANENT, NEIGH_UPDATE_F_OVERRIDE | NEIGH_UPDATE_F_ADMIN,
		     NULL);
	neigh_release(neigh);
}

static inline struct host host_new(void **state)
{
	struct host h = { .f = *state };
	struct net_device *e0 = h.f->dev;

	h.e0 = e0;
	assert_int_equal(dev_open(h.f->net->loopback_dev, NULL), 0);
	assert_int_equal(fixture_addr(h.f, RTM_NEWADDR, E0_ME, 24, 0), 0);
	h.e1 = fixture_add_dev(h.f, "e1", 2);
	h.f->dev = h.e1;
	assert_int_equal(fixture_addr(h.f, RTM_NEWADDR, E1_ME, 24, 0), 0);
	h.f->dev = e0;
	host_neigh(h.e0, E0_PEER, 1);
	host_neigh(h.e1, E1_PEER, 2);
	sim_run_queue(&h.f->world->sim);
	h.f->nr_sent = 0;
	return h;
}

static inline void host_forward(struct host *h)
{
	IPV4_DEVCONF(h->e0->ip_ptr->cnf, FORWARDING) = 1;
	IPV4_DEVCONF(h->e1->ip_ptr->cnf, FORWARDING) = 1;
}

/* `ip route add`: @gw 0: none; @oif 0: none */
static inline int host_route(struct host *h, uint8_t type, __be32 dst, uint8_t plen, __be32 gw,
			     int oif)
{
	struct nl_buf b = { 0 };
	struct rtmsg *r = fixture_request(&b, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, sizeof(*r));

	r->rtm_family = AF_INET;
	r->rtm_dst_len = plen;
	r->rtm_table = RT_TABLE_MAIN;
	r->rtm_protocol = RTPROT_BOOT;
	r->rtm_scope = gw || !oif ? RT_SCOPE_UNIVERSE : RT_SCOPE_LINK;
	r->rtm_type = type;
	nla_put_be32(&b, RTA_DST, dst);
	if (gw)
		nla_put_be32(&b, RTA_GATEWAY, gw);
	if (oif)
		nla_put_u32(&b, RTA_OIF, (uint32_t)oif);
	return fixture_rtnl(h->f, &b);
}

struct packet {
	__be32 src, dst;
	uint8_t proto, ttl, tos;
	uint16_t frag_off, id;
	const void *payload;
	uint32_t len;
};

/* The packet as an Ethernet frame to @dev */
static inline struct sk_buff *host_frame(struct net_device *dev, const struct packet *p)
{
	struct sk_buff *skb =
		alloc_skb(dev->world, SKB_HEADROOM + NET_IP_ALIGN, ETH_HLEN + 20 + p->len);
	struct ethhdr *eth = skb_put(skb, ETH_HLEN);
	struct iphdr *iph = skb_put(skb, 20);

	memcpy(eth->h_dest, dev->dev_addr, ETH_ALEN);
	memset(eth->h_source, 0x02, ETH_ALEN);
	eth->h_proto = cpu_to_be16(ETH_P_IP);
	*iph = (struct iphdr){ .version = 4,
			       .ihl = 5,
			       .tos = p->tos,
			       .protocol = p->proto,
			       .saddr = p->src,
			       .daddr = p->dst };
	iph->tot_len = cpu_to_be16((uint16_t)(20 + p->len));
	iph->ttl = p->ttl ? p->ttl : 64;
	iph->frag_off = cpu_to_be16(p->frag_off);
	iph->id = cpu_to_be16(p->id);
	ip_send_check(iph);
	if (p->payload)
		memcpy(skb_put(skb, p->len), p->payload, p->len);
	else
		memset(skb_put(skb, p->len), 0, p->len);
	return skb;
}

static inline void host_rx(struct net_device *dev, struct sk_buff *skb)
{
	skb->protocol = eth_type_trans(skb, dev);
	netif_rx(skb);
	sim_run_queue(&dev->world->sim);
}

static inline void host_in(struct net_device *dev, const struct packet *p)
{
	host_rx(dev, host_frame(dev, p));
}

static inline const struct iphdr *sent_ip(const struct host *h, int n)
{
	static _Alignas(8) uint8_t copies[FIXTURE_SENT][sizeof(h->f->sent[0].bytes)];

	assert_true(n >= 0 && n < h->f->nr_sent);
	memcpy(copies[n], h->f->sent[n].bytes + ETH_HLEN, sizeof(copies[n]) - ETH_HLEN);
	return (const struct iphdr *)(const void *)copies[n];
}

static inline const struct icmphdr *sent_icmp(const struct host *h, int n)
{
	return (const struct icmphdr *)(const void *)(sent_ip(h, n) + 1);
}

/* an echo request of 8 + @len bytes */
static inline struct packet echo_request(uint8_t *buf, uint32_t len, __be32 src, __be32 dst)
{
	struct icmphdr *icmph = (struct icmphdr *)(void *)buf;

	memset(buf, 0x5a, 8 + len);
	*icmph = (struct icmphdr){ .type = ICMP_ECHO };
	icmph->un.echo.id = cpu_to_be16(7);
	icmph->un.echo.sequence = cpu_to_be16(1);
	icmph->checksum = ip_compute_csum(buf, 8 + len);
	return (struct packet){
		.src = src, .dst = dst, .proto = IPPROTO_ICMP, .payload = buf, .len = 8 + len
	};
}

/* the next hop of a flow of ours: 0 or -errno, *ret_via the gateway or 0 */
static inline int host_lookup(struct host *h, __be32 daddr, __be32 *ret_src, __be32 *ret_via)
{
	struct flowi4 fl4 = { .daddr = daddr };
	struct rtable *rt;
	int err = ip_route_output_flow(h->f->net, &fl4, NULL, &rt);

	if (err)
		return err;
	*ret_src = fl4.saddr;
	*ret_via = rt->rt_uses_gateway ? rt->rt_gw4 : 0;
	dst_release(&rt->dst);
	return 0;
}

#endif
