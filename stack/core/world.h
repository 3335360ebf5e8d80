/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * world.h - everything there is: the root of the ownership tree
 */
#ifndef STACK_CORE_WORLD_H
#define STACK_CORE_WORLD_H

#include <netglass/netglass.h>

#include "core/list.h"
#include "core/mutants.h"
#include "core/skbuff.h"
#include "rng.h"
#include "sim.h"

struct capture;
struct console;
struct fiber;
struct inode;
struct net;
struct ng_task;
struct ng_trace;
struct pid_namespace;
struct task_arena;

#define NG_EPOCH_NS INT64_C(946684800000000000) /* 2000-01-01 UTC */

#define SCHED_SPARE_FIBERS 4
#define TASK_SPARE_ARENAS 4

struct ng_world {
	struct sim sim;
	struct ng_world_config config;
	MUTANT_STATE

	/* namespaces, oldest first; init_net is the host */
	struct list_head net_list;
	struct net *init_net;
	/* /proc/sys/net/core: what socket buffers begin with, and what a program may ask for */
	int sysctl_rmem_default, sysctl_wmem_default, sysctl_rmem_max, sysctl_wmem_max;
	/* /proc/sys/net/netfilter: of the machine, a namespace that is not the host's may read them */
	int nf_conntrack_max, nf_conntrack_expect_max, nf_conntrack_buckets;
	int nf_log_all_netns; /* LOG of other namespaces than the host's reaches the kernel's log */
	struct neigh_table *arp_tbl;
	uint32_t nr_nets;    /* ever made: gives inode numbers */
	uint64_t nr_devices; /* ever made: key of MAC addresses */

	/* packets: pools, and the count that must balance in every test */
	struct sk_buff *skb_free;
	struct skb_data *data_free;
	uint64_t nr_skbs_allocated;
	uint64_t nr_skbs_consumed;
	uint64_t nr_skbs_dropped;
	uint64_t next_skb_id;
	uint64_t drops[SKB_DROP_REASON_MAX];

	/* tasks */
	struct list_head tasks;	   /* every task, by pid */
	struct list_head runnable; /* first in, first out */
	struct ng_task *current;
	struct fiber *main_fiber;
	struct fiber *spare_fibers[SCHED_SPARE_FIBERS]; /* stacks of tasks that are over */
	unsigned int nr_spare_fibers;
	struct task_arena *spare_arenas[TASK_SPARE_ARENAS]; /* memory of programs that are over */
	unsigned int nr_spare_arenas;
	uint8_t *spare_reply; /* netlink: memory of an answer, for the next one */
	size_t spare_reply_size;
	uint64_t nr_busy_calls; /* since the clock last jumped */
	uint64_t nr_calls;	/* before that */
	uint64_t nr_programs;
	int64_t program_ns;    /* a program last began or ended */
	uint64_t program_work; /* ng_world_work() then */
	bool endless;
	struct pid_namespace *init_pid_ns;
	struct list_head pid_ns_list; /* the others; they live as long as the world */
	uint32_t nr_pid_ns;
	struct list_head ns_plain_list; /* core/nsproxy.c */
	uint32_t nr_ns_plain;
	struct ng_task *init_task;

	/* link_watch.c */
	struct list_head linkwatch_list;
	int64_t linkwatch_next_ns;
	struct sim_timer linkwatch_timer;
	struct sim_work linkwatch_work;
	bool linkwatch_work_queued;
	unsigned int linkwatch_waited;

	bool icmp_xmit_busy; /* icmp.c: an ICMP message of the kernel's is on its way out */

	struct console *console;
	struct inode *root; /* stack/fs */
	uint64_t next_ino;
	uint64_t nr_sock_inodes; /* sockets and pipes ever opened */
	uint64_t nr_sock_cookies;
	uint64_t nr_qdiscs; /* ever made */
	struct capture *capture;
	struct ng_trace *trace; /* core/trace.h; NULL: nobody listens */
	int64_t stamp_ns;	/* of the last frame that was stamped: dev.c */
	bool watched;		/* capture or trace: somebody looks at frames */
	bool ending;		/* being freed: nobody is told of anything any more */
	struct kmsg *kmsg;	/* the kernel's log, lazily made */
};

static inline int64_t world_now(const struct ng_world *world)
{
	return sim_now(&world->sim);
}

/* since 1970, UTC */
static inline int64_t world_realtime(const struct ng_world *world)
{
	return world->config.epoch_ns + world_now(world);
}

/* a number in [0, limit) from a stream of chance of its own */
static inline uint32_t world_random_below(const struct ng_world *world, enum rng_stream stream,
					  uint64_t key, uint64_t n, uint32_t limit)
{
	return rng_below(world->config.seed, stream, key, n, limit);
}

/* as in linux/kern_levels.h */
enum { LOGLEVEL_WARNING = 4, LOGLEVEL_INFO = 6 };

/* A record of the kernel's log; no newline at its end. */
__attribute__((format(printf, 3, 4))) void printk(struct ng_world *world, unsigned int level,
						  const char *fmt, ...);
/* May one more line about packets be written? Ten in five seconds are. */
bool net_ratelimit(struct ng_world *world);

#endif
