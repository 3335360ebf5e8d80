/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * trace.h - points where the kernel says what it does: include/netglass/trace.h
 *
 * A point costs one predictable branch when nobody listens. Its values are
 * computed only when somebody does:
 *
 *	trace_skb(skb, TTL, ttl, .old = 64, .new = 63);
 *	trace_dev(dev, LINK, link, .what = "up");
 */
#ifndef STACK_CORE_TRACE_H
#define STACK_CORE_TRACE_H

#include <netglass/trace.h>

#include "core/netdevice.h"
#include "core/skbuff.h"
#include "core/world.h"

struct ng_trace_copies;
struct ng_task;
struct ng_trace_listener;

/* world->trace: NULL while nobody listens */
struct ng_trace {
	struct ng_trace_listener *listeners;
	uint64_t nr_events;
	bool muted;		      /* somebody only looks: core/peek.c */
	struct ng_origin rule_origin; /* of the nf_tables rule that acts now */
	struct sk_buff *rule_skb;     /* and the packet it acts on; NULL: none does */
	bool moving;		      /* a device is on its way to another namespace */
	bool ending;		      /* the world is being freed: only the ends of packets count */
	struct ng_trace_copies *copies; /* how many each packet has: names for the next */
	uint32_t nr_copies, max_copies; /* slots used and there */
};

/* of functions that run only while somebody listens: out of the way of those that always do */
#define TRACE_COLD __attribute__((noinline, cold))

/* NG_NO_TRACE: a build without points, to measure what they cost: tests/bench/trace.sh */
#ifdef NG_NO_TRACE
#define trace_on(world) ((void)(world), false)
#else
#define trace_on(world) __builtin_expect((world)->trace != NULL, 0)
#endif

#define TRACE_EVENT(FILE, FUNC, NAME, member, ...)                                                 \
	{                                                                                          \
		.kind = NG_TRACE_##NAME, .file = (FILE), .func = (FUNC), .member = { __VA_ARGS__ } \
	}

#define TRACE_POINT(world, EMIT, where, FILE, FUNC, NAME, member, ...)              \
	do {                                                                        \
		if (trace_on(world)) {                                              \
			struct ng_trace_event ev_ =                                 \
				TRACE_EVENT(FILE, FUNC, NAME, member, __VA_ARGS__); \
			EMIT(&ev_, where);                                          \
		}                                                                   \
	} while (0)

/* A step of a packet, where it is now: skb->dev. */
#define trace_skb(skb, NAME, member, ...) trace_skb_at(skb, (skb)->dev, NAME, member, __VA_ARGS__)

/* A step of a packet on a device, NULL: none; told by the function it happens in, or for another */
#define trace_skb_at(skb, on, NAME, member, ...) \
	trace_skb_from(skb, on, NG_FILE, __func__, NAME, member, __VA_ARGS__)
#define trace_skb_from(skb, on, FILE, FUNC, NAME, member, ...)                      \
	do {                                                                        \
		if (trace_on((skb)->world)) {                                       \
			struct ng_trace_event ev_ =                                 \
				TRACE_EVENT(FILE, FUNC, NAME, member, __VA_ARGS__); \
			trace_emit_skb(&ev_, skb, on);                              \
		}                                                                   \
	} while (0)

/* A step of no packet. */
#define trace_dev(on, NAME, member, ...) \
	trace_dev_from(on, NG_FILE, __func__, NAME, member, __VA_ARGS__)
#define trace_dev_from(on, FILE, FUNC, NAME, member, ...) \
	TRACE_POINT((on)->world, trace_emit_dev, on, FILE, FUNC, NAME, member, __VA_ARGS__)

#define trace_net(in_net, NAME, member, ...) \
	trace_net_from(in_net, NG_FILE, __func__, NAME, member, __VA_ARGS__)
#define trace_net_from(in_net, FILE, FUNC, NAME, member, ...) \
	TRACE_POINT((in_net)->world, trace_emit_net, in_net, FILE, FUNC, NAME, member, __VA_ARGS__)

void trace_emit_skb(struct ng_trace_event *ev, const struct sk_buff *skb,
		    const struct net_device *dev);
void trace_emit_skb_net(struct ng_trace_event *ev, struct sk_buff *skb, const struct net *net);
void trace_emit_dev(struct ng_trace_event *ev, const struct net_device *dev);
void trace_emit_net(struct ng_trace_event *ev, const struct net *net);
void trace_name_copy(struct sk_buff *skb);
void trace_name_fragment(struct sk_buff *skb);
void trace_free(struct ng_world *world);

/* A copy that goes its own way: it gets its name, and an event. why: flood, loopback, duplicate */
#define trace_copy(copy, of, dev, why) trace_copy_at(copy, of, dev, why, NG_FILE, __func__)
void trace_copy_at(struct sk_buff *copy, const struct sk_buff *of, const struct net_device *dev,
		   const char *why, const char *file, const char *func);
/* sock_trace.c */
struct msghdr;
void trace_deliver_sock(struct sk_buff *skb, const struct sock *sk);
const struct ng_task *trace_sock_task(const struct sock *sk);
void trace_syscall(const struct ng_task *task, const struct sock *sk, int fd, const char *name,
		   const struct msghdr *msg);
void trace_sysret(const struct ng_task *task, const struct sock *sk, int fd, const char *name,
		  int64_t result);
struct ng_packet trace_packet(const struct sk_buff *skb);

#endif
