/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * world.c - a machine: made, run and taken apart
 *
 * CONTROL. The public face is include/netglass/netglass.h.
 */
#include "core/world.h"

#include <errno.h>
#include <signal.h>

#include "capture.h"
#include "core/console.h"
#include "core/file.h"
#include "core/kmsg.h"
#include "core/neighbour.h"
#include "core/net_namespace.h"
#include "core/sched.h"
#include "core/sock.h"
#include "core/task.h"
#include "core/trace.h"
#include "core/vsprintf.h"
#include "core/xalloc.h"
#include "netfilter/nf_conntrack.h"

/* Ten virtual seconds of work; a broadcast ping to a thousand hosts on one bridge takes about half of it. */
#define DEFAULT_MAX_BUSY_EVENTS UINT64_C(2000000)

/* Some seconds of the machine's time. */
#define DEFAULT_MAX_BUSY_CALLS UINT64_C(20000000)
#define DEFAULT_MAX_PROGRAMS UINT64_C(300000)

static void loopback_up(struct net *net)
{
	ng_assert(!dev_open(net->loopback_dev, NULL));
}

/**
 * ng_world_new() - A machine that has just been switched on
 * @config: copied
 *
 * lo is up, ip_forward is 0, nothing runs but init.
 *
 * Return: the world; ng_world_free() it.
 */
struct ng_world *ng_world_new(const struct ng_world_config *config)
{
	struct ng_world *world = xzalloc(sizeof(*world));

	world->config = *config;
	if (!world->config.epoch_ns)
		world->config.epoch_ns = NG_EPOCH_NS;
	if (!world->config.max_busy_calls)
		world->config.max_busy_calls = DEFAULT_MAX_BUSY_CALLS;
	if (!world->config.max_programs)
		world->config.max_programs = DEFAULT_MAX_PROGRAMS;
	sim_init(&world->sim);
	world->sim.max_busy_events =
		config->max_busy_events ? config->max_busy_events : DEFAULT_MAX_BUSY_EVENTS;
	INIT_LIST_HEAD(&world->net_list);
	INIT_LIST_HEAD(&world->tasks);
	INIT_LIST_HEAD(&world->runnable);
	INIT_LIST_HEAD(&world->pid_ns_list);
	INIT_LIST_HEAD(&world->ns_plain_list);
	linkwatch_init(world);

	world->sysctl_rmem_default = SK_MEM_DEFAULT;
	world->sysctl_wmem_default = SK_MEM_DEFAULT;
	world->sysctl_rmem_max = SK_MEM_MAX;
	world->sysctl_wmem_max = SK_MEM_MAX;
	nf_conntrack_init(world);
	neigh_init(world);
	world->init_net = copy_net_ns(world);
	scnprintf(world->init_net->name, sizeof(world->init_net->name), "host");
	console_init(world);
	sched_init(world);
	vfs_init(world);
	loopback_up(world->init_net);
	sim_run_queue(&world->sim);
	return world;
}

static void free_pools(struct ng_world *world)
{
	while (world->skb_free) {
		struct sk_buff *skb = world->skb_free;

		world->skb_free = (struct sk_buff *)(void *)skb->work.next;
		free(skb);
	}
	while (world->data_free) {
		struct skb_data *d = world->data_free;

		world->data_free = d->next_free;
		free(d);
	}
}

/**
 * ng_world_free() - Switches the machine off and frees all of it
 * @world: or NULL
 *
 * Every packet made must have been consumed or dropped by then: this is
 * asserted.
 */
void ng_world_free(struct ng_world *world)
{
	if (!world)
		return;
	if (world->trace)
		world->trace->ending = true;
	capture_free(world->capture);
	world->capture = NULL; /* what the end of the world sends belongs to no wire */
	ng_world_kill_all(world);
	backlog_purge(world);
	sched_fini(world);
	console_free(world);
	world->ending = true;
	vfs_fini(world); /* its mounts hold namespaces */
	net_free_all(world);
	neigh_exit(world);
	backlog_purge(world);
	ng_assert(world->nr_skbs_allocated == world->nr_skbs_consumed + world->nr_skbs_dropped);
	trace_free(world);
	kmsg_free(world);
	free(world->spare_reply);
	free_pools(world);
	sim_fini(&world->sim);
	free(world);
}

/**
 * ng_world_add_program() - Installs a program
 * @world: the world
 * @path: where
 * @program: what config->exec gets
 *
 * Return: 0 or -errno.
 */
int ng_world_add_program(struct ng_world *world, const char *path, const void *program)
{
	return vfs_add_program(world, path, program);
}

/**
 * ng_world_add_file() - Puts a file on the machine's disk
 * @world: the world
 * @path: where
 * @data: its contents, copied
 * @len: bytes
 *
 * Return: 0 or -errno.
 */
int ng_world_add_file(struct ng_world *world, const char *path, const void *data, size_t len)
{
	return vfs_add_file(world, path, data, len);
}

/**
 * ng_world_now() - What time it is
 * @world: the world
 *
 * Return: virtual nanoseconds since it began.
 */
int64_t ng_world_now(const struct ng_world *world)
{
	return world_now(world);
}

/**
 * ng_world_session() - What the maker of the world left in it
 * @world: the world
 *
 * Return: config->session.
 */
void *ng_world_session(const struct ng_world *world)
{
	return world->config.session;
}

/**
 * ng_world_capture() - Writes every frame of every interface to DIR/NS-IFNAME.pcap
 * @world: before anything runs in it
 * @dir: an existing, writable folder
 *
 * Return: 0 or -errno.
 */
int ng_world_capture(struct ng_world *world, const char *dir)
{
	int err = 0;

	world->capture = capture_new(dir, &err);
	if (!world->capture)
		return err;
	world->watched = true;
	return 0;
}

/**
 * ng_world_capture_to() - Hands every frame of every interface to a function
 * @world: before anything runs in it; instead of ng_world_capture()
 * @fn: called in order of the frames
 * @arg: for @fn
 */
void ng_world_capture_to(struct ng_world *world, ng_frame_fn fn, void *arg)
{
	world->capture = capture_new_fn(fn, arg);
	world->watched = true;
}

/**
 * ng_world_capture_close() - Ends the captures
 * @world: the world
 * @ret_path: the file of the first failed write, valid until ng_world_free()
 *
 * Return: 0 or -errno.
 */
int ng_world_capture_close(struct ng_world *world, const char **ret_path)
{
	return world->capture ? capture_close(world->capture, ret_path) : 0;
}
