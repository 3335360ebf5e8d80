/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * skbuff.c - where packets come from and where they end
 *
 * mirrors net/core/skbuff.c
 * PATH (leaf). Headers and 2 KiB buffers are taken from free lists of the
 * world, so that a packet in flight costs no malloc.
 */
#include "core/skbuff.h"

#include <linux/if_packet.h>
#include <linux/udp.h>

#include "bridge/bridge.h"
#include "core/dst.h"
#include "core/sock.h"
#include "core/trace.h"
#include "core/world.h"
#include "core/xalloc.h"
#include "netfilter/netfilter.h"

static struct skb_data *data_alloc(struct ng_world *world, uint32_t size)
{
	struct skb_data *d;

	if (size <= SKB_POOL_SIZE) {
		size = SKB_POOL_SIZE;
		d = world->data_free;
		if (d) {
			world->data_free = d->next_free;
			sim_unpoison(d->bytes, d->size);
			d->refs = 1;
			return d;
		}
	}
	d = malloc(sizeof(*d) + size);
	ng_assert(d);
	d->refs = 1;
	d->size = size;
	return d;
}

static void data_put(struct ng_world *world, struct skb_data *d)
{
	if (--d->refs)
		return;
	if (d->size != SKB_POOL_SIZE) {
		free(d);
		return;
	}
	d->next_free = world->data_free;
	world->data_free = d;
}

static inline struct sk_buff *header_alloc(struct ng_world *world)
{
	struct sk_buff *skb = world->skb_free;

	if (skb)
		world->skb_free = (struct sk_buff *)(void *)skb->work.next;
	else
		skb = xzalloc(sizeof(*skb));
	world->nr_skbs_allocated++;
	return skb;
}

static void set_data(struct sk_buff *skb, struct skb_data *d)
{
	skb->shared = d;
	skb->head = d->bytes;
	skb->end = d->bytes + d->size;
}

static inline struct sk_buff *skb_new(struct ng_world *world, uint32_t headroom, uint32_t len)
{
	struct sk_buff *skb = header_alloc(world);

	/* what lies in front of it is set here and, work, by netif_rx() */
	memset(&skb->dev, 0, sizeof(*skb) - offsetof(struct sk_buff, dev));
	skb->world = world;
	set_data(skb, data_alloc(world, headroom + len));
	skb->data = skb->head + headroom;
	skb->tail = skb->data;
	sim_poison(skb->tail, (size_t)(skb->end - skb->tail));
	INIT_LIST_HEAD(&skb->list);
	return skb;
}

/**
 * skb_truesize() - What a packet counts where memory is limited
 * @len: its bytes from the network header on
 *
 * Return: bytes of the kernel's buffer for them: SKB_TRUESIZE(), as SIOCOUTQ and ss show it.
 */
uint32_t skb_truesize(uint32_t len)
{
	uint32_t size = ((len + 31U + 63U) & ~63U) + 320U; /* headroom; struct skb_shared_info */
	uint32_t bucket = 576;				   /* SKB_SMALL_HEAD_CACHE_SIZE */

	if (size > 16384) /* SKB_MAX_ALLOC: a small head, and pages for the payload */
		return 832 + len - 28;
	if (size > bucket)
		for (bucket = 1024; bucket < size;)
			bucket *= 2;
	return bucket + 256; /* struct sk_buff */
}

/**
 * alloc_skb_message() - Bytes that are no packet of the network: netlink, a socket's queue
 * @world: its world
 * @headroom: bytes kept free in front
 * @len: bytes that will be put
 *
 * Return: the message; the caller owns it.
 */
struct sk_buff *alloc_skb_message(struct ng_world *world, uint32_t headroom, uint32_t len)
{
	return skb_new(world, headroom, len);
}

/**
 * alloc_skb() - A new packet, empty
 * @world: its world
 * @headroom: bytes kept free in front
 * @len: bytes that will be put
 *
 * Return: the packet, with a number of its own; the caller owns it.
 */
struct sk_buff *alloc_skb(struct ng_world *world, uint32_t headroom, uint32_t len)
{
	struct sk_buff *skb = skb_new(world, headroom, len);

	skb->id = ++world->next_skb_id;
	return skb;
}

static void release(struct sk_buff *skb)
{
	struct ng_world *world = skb->world;

	skb_dst_drop(skb);
	if (skb->nfct)
		nf_conntrack_put(skb->nfct);
	if (skb->nf_bridge)
		nf_bridge_free(skb->nf_bridge);
	skb_orphan(skb);
	data_put(world, skb->shared);
	skb->work.next = (struct sim_work *)(void *)world->skb_free;
	world->skb_free = skb;
}

/**
 * consume_skb() - A packet ends well: delivered
 * @skb: consumed; NULL is fine
 */
void consume_skb(struct sk_buff *skb)
{
	if (!skb)
		return;
	skb->world->nr_skbs_consumed++;
	release(skb);
}

static TRACE_COLD void trace_drop(struct sk_buff *skb, const struct net *net,
				  enum skb_drop_reason reason, const char *file, const char *func)
{
	struct ng_trace_event ev = {
		.kind = NG_TRACE_DROP,
		.file = file,
		.func = func,
		.drop = { .reason = reason,
			  .words = ng_drop_reason_words(reason),
			  .delivered = skb->delivered },
	};

	if (!skb->id)
		return;
	if (!net && skb->dst && skb->dst->dev)
		net = skb->dst->dev->net;
	if (!net && skb->sk)
		net = skb->sk->net;
	if (skb->dev)
		trace_emit_skb(&ev, skb, skb->dev);
	else
		trace_emit_skb_net(&ev, skb, net);
}

/**
 * kfree_skb_at() - A packet dies: kfree_skb_reason()
 * @skb: consumed; NULL is fine
 * @net: where it is when it is on no device; NULL: nowhere
 * @reason: the kernel's name for why
 * @file: where in the source
 * @func: where in the source
 */
void kfree_skb_at(struct sk_buff *skb, const struct net *net, enum skb_drop_reason reason,
		  const char *file, const char *func)
{
	if (!skb)
		return;
	if (trace_on(skb->world))
		trace_drop(skb, net, reason, file, func);
	skb->world->nr_skbs_dropped++;
	skb->world->drops[reason]++;
	release(skb);
}

/**
 * skb_clone() - The same bytes twice: a second header over shared data
 * @skb: borrowed
 *
 * Return: the clone, with the packet's identity and without its socket.
 */
struct sk_buff *skb_clone(const struct sk_buff *skb)
{
	struct sk_buff *n = header_alloc(skb->world);

	*n = *skb;
	INIT_LIST_HEAD(&n->list);
	n->sk = NULL;
	n->truesize = 0;
	n->shared->refs++;
	if (n->dst)
		dst_hold(n->dst);
	if (n->nfct)
		nf_conntrack_get(n->nfct);
	if (n->nf_bridge)
		n->nf_bridge = nf_bridge_clone(n->nf_bridge);
	return n;
}

/* Moves the packet to bytes of its own with @headroom free in front. */
static void reallocate(struct sk_buff *skb, uint32_t headroom)
{
	struct skb_data *old = skb->shared;
	const uint8_t *from = skb->data;
	uint32_t len = skb_len(skb);
	uint32_t front = skb_headroom(skb);
	struct skb_data *d;
	uint32_t shift;

	/* what lies before data (the MAC header) comes along, and alignment stays */
	if (headroom < front)
		headroom = front;
	headroom += (front - headroom) & 3;
	d = data_alloc(skb->world, headroom + len + skb_tailroom(skb));
	shift = headroom - front;
	memcpy(d->bytes + shift, from - front, front + len);
	set_data(skb, d);
	skb->data = d->bytes + headroom;
	skb->tail = skb->data + len;
	sim_poison(skb->tail, (size_t)(skb->end - skb->tail));
	skb->mac_header += shift;
	skb->network_header += shift;
	skb->transport_header += shift;
	skb->csum_start = (uint16_t)(skb->csum_start + shift);
	data_put(skb->world, old);
}

/**
 * skb_copy() - The same packet with bytes of its own
 * @skb: borrowed
 * @headroom: wanted in front of data
 *
 * Return: the copy.
 */
struct sk_buff *skb_copy(const struct sk_buff *skb, uint32_t headroom)
{
	struct sk_buff *n = skb_clone(skb);

	reallocate(n, headroom);
	return n;
}

/**
 * skb_ensure_writable() - Bytes that nobody else reads, and room in front
 * @skb: its data may move: headers must be looked up again
 * @headroom: bytes needed in front of data
 */
void skb_ensure_writable(struct sk_buff *skb, uint32_t headroom)
{
	if (skb->shared->refs > 1 || skb_headroom(skb) < headroom)
		reallocate(skb, headroom);
}

/**
 * skb_reset_for_netns() - What a packet loses when it leaves a host through a cable
 * @skb: stays the caller's
 *
 * As skb_scrub_packet() with xnet set.
 */
void skb_reset_for_netns(struct sk_buff *skb)
{
	skb_orphan(skb);
	skb_dst_drop(skb);
	if (skb->nfct) {
		nf_conntrack_put(skb->nfct);
		skb->nfct = NULL;
	}
	skb->nfctinfo = 0;
	skb->nf_zone_dir = 0;
	if (skb->nf_bridge) {
		nf_bridge_free(skb->nf_bridge);
		skb->nf_bridge = NULL;
	}
	skb->pkt_type = PACKET_HOST;
	skb->skb_iif = 0;
	skb->ignore_df = false;
	skb->nf_trace = false;
	skb->owner = SKB_OWNER_NONE;
	skb->priority = 0;
}

/**
 * skb_checksum_help() - Fills in a transport checksum left for the hardware
 * @skb: stays the caller's; its bytes may move
 */
void skb_checksum_help(struct sk_buff *skb)
{
	__sum16 sum;
	uint8_t *at;

	if (skb->ip_summed != CHECKSUM_PARTIAL)
		return;
	skb_ensure_writable(skb, 0);
	at = skb->head + skb->csum_start;
	sum = csum_fold(csum_partial(at, (size_t)(skb->tail - at), 0));
	/* 0 means none to UDP, and only to UDP. Unlike Linux, which puts 0xffff into TCP too; hardware does not. */
	if (!sum && skb->csum_offset == offsetof(struct udphdr, check))
		sum = (ng_force __sum16)0xffff;
	memcpy(at + skb->csum_offset, &sum, sizeof(sum));
	skb->ip_summed = CHECKSUM_NONE;
}

/**
 * skb_trim() - Cuts the packet to a length
 * @skb: stays the caller's
 * @len: bytes from data; more than there are changes nothing
 */
void skb_trim(struct sk_buff *skb, uint32_t len)
{
	if (len >= skb_len(skb))
		return;
	skb->tail = skb->data + len;
	if (skb->shared->refs == 1)
		sim_poison(skb->tail, (size_t)(skb->end - skb->tail));
}

/**
 * skb_queue_purge_at() - Drops all packets of a queue: skb_queue_purge()
 * @q: the queue
 * @net: where it is, or NULL
 * @reason: why
 * @file: where in the source
 * @func: where in the source
 */
void skb_queue_purge_at(struct sk_buff_head *q, const struct net *net, enum skb_drop_reason reason,
			const char *file, const char *func)
{
	struct sk_buff *skb;

	while ((skb = skb_dequeue(q)))
		kfree_skb_at(skb, net, reason, file, func);
}
