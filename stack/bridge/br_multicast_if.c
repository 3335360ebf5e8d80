/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * br_multicast_if.c - snooping is told what to do: parameters, router ports, on and off
 *
 * mirrors net/bridge/br_multicast.c, what netlink and sysfs call  CONTROL
 */
#include "bridge/br_private.h"
#include "core/rtnetlink.h"
#include "ipv4/inetdevice.h"

#define INADDR_ALLSNOOPERS 0xe000006aU /* 224.0.0.106 */
/* of both kinds of query interval: a second to a day */
#define BR_MULTICAST_QUERY_INTVL_MIN (1U * BR_HZ)
#define BR_MULTICAST_QUERY_INTVL_MAX (86400U * BR_HZ)

/* ---- router ports ---- */

/**
 * br_multicast_add_router() - Behind a port is a multicast router
 * @p: the port
 * @ipv6: one of IPv6 as well: a command says so
 */
void br_multicast_add_router(struct net_bridge_port *p, bool ipv6)
{
	struct net_bridge_mcast_port *ctx = &p->multicast_ctx;
	struct list_head *at = &p->br->mcast.ip4_mc_router_list;
	bool news = !ctx->ip4_router && !ctx->ip6_router;
	struct net_bridge_mcast_port *other;

	if (!ctx->ip4_router) {
		ctx->ip4_router = true;
		list_for_each_entry(other, &p->br->mcast.ip4_mc_router_list, ip4_rlist) {
			at = &other->ip4_rlist;
			if (br_mcast_port(other)->port_no < p->port_no)
				break;
			at = &p->br->mcast.ip4_mc_router_list;
		}
		list_add_tail(&ctx->ip4_rlist, at);
	}
	if (ipv6)
		ctx->ip6_router = true;
	if (news)
		br_rtr_notify(p, RTM_NEWMDB);
}

static void br_multicast_rport_del(struct net_bridge_port *p, bool ipv4, bool ipv6)
{
	struct net_bridge_mcast_port *ctx = &p->multicast_ctx;
	bool was = ctx->ip4_router || ctx->ip6_router;

	if (ipv4 && ctx->ip4_router) {
		ctx->ip4_router = false;
		list_del(&ctx->ip4_rlist);
	}
	if (ipv6)
		ctx->ip6_router = false;
	if (!was || ctx->ip4_router || ctx->ip6_router)
		return;
	br_rtr_notify(p, RTM_DELMDB);
	if (p->multicast_router == MDB_RTR_TYPE_TEMP) /* it may not be refreshed */
		p->multicast_router = MDB_RTR_TYPE_TEMP_QUERY;
}

/**
 * br_multicast_del_router() - Behind a port is no multicast router
 * @p: the port
 * @timers: nor will its time run out
 */
void br_multicast_del_router(struct net_bridge_port *p, bool timers)
{
	if (timers) {
		br_mcast_timer_del(p->br, &p->multicast_ctx.ip4_mc_router_timer);
		br_mcast_timer_del(p->br, &p->multicast_ctx.ip6_mc_router_timer);
	}
	br_multicast_rport_del(p, true, true);
}

/**
 * br_ip4_multicast_mark_router() - A query or a PIM hello came in: a router is there
 * @br: the bridge
 * @p: the port; NULL: it is the host
 */
void br_ip4_multicast_mark_router(struct net_bridge *br, struct net_bridge_port *p)
{
	int64_t due = br_jiffies(br) + br->multicast_querier_interval;

	if (!br_multicast_ctx_should_use(br, p))
		return;
	if (!p) {
		if (br->multicast_router == MDB_RTR_TYPE_TEMP_QUERY)
			br_mcast_timer_mod(br, &br->mcast.ip4_mc_router_timer, due);
		return;
	}
	if (p->multicast_router == MDB_RTR_TYPE_DISABLED ||
	    p->multicast_router == MDB_RTR_TYPE_PERM)
		return;
	br_multicast_add_router(p, false);
	br_mcast_timer_mod(br, &p->multicast_ctx.ip4_mc_router_timer, due);
}

static void router_expired(struct net_bridge_port *p, bool ipv4)
{
	if (p->multicast_router != MDB_RTR_TYPE_DISABLED &&
	    p->multicast_router != MDB_RTR_TYPE_PERM)
		br_multicast_rport_del(p, ipv4, !ipv4);
}

static void br_ip4_multicast_router_expired(struct sim_timer *timer)
{
	router_expired(container_of(timer, struct net_bridge_port,
				    multicast_ctx.ip4_mc_router_timer.timer),
		       true);
}

static void br_ip6_multicast_router_expired(struct sim_timer *timer)
{
	router_expired(container_of(timer, struct net_bridge_port,
				    multicast_ctx.ip6_mc_router_timer.timer),
		       false);
}

/* That it is pending is all that counts. */
static void br_ip4_multicast_local_router_expired(struct sim_timer *timer)
{
	(void)timer;
}

/**
 * br_multicast_set_router() - Sets mcast_router of a bridge
 * @br: the bridge
 * @val: 0 to 2
 *
 * Return: 0 or -EINVAL.
 */
int br_multicast_set_router(struct net_bridge *br, unsigned long val)
{
	if (val > MDB_RTR_TYPE_PERM)
		return -EINVAL;
	if (val != MDB_RTR_TYPE_TEMP_QUERY)
		br_mcast_timer_del(br, &br->mcast.ip4_mc_router_timer);
	br->multicast_router = (uint8_t)val;
	return 0;
}

static void port_router_temp(struct net_bridge_port *p)
{
	int64_t due = br_jiffies(p->br) + p->br->multicast_querier_interval;

	if (p->multicast_router != MDB_RTR_TYPE_TEMP) {
		p->multicast_router = MDB_RTR_TYPE_TEMP;
		if (!br_multicast_ctx_should_use(p->br, p))
			return;
		br_multicast_add_router(p, true);
	}
	br_mcast_timer_mod(p->br, &p->multicast_ctx.ip4_mc_router_timer, due);
	br_mcast_timer_mod(p->br, &p->multicast_ctx.ip6_mc_router_timer, due);
}

/**
 * br_multicast_set_port_router() - Sets mcast_router of a port
 * @p: the port
 * @val: 0 to 3; 3 again makes its time run anew
 *
 * Return: 0 or -EINVAL.
 */
int br_multicast_set_port_router(struct net_bridge_port *p, unsigned long val)
{
	if (p->multicast_router == val && val != MDB_RTR_TYPE_TEMP)
		return 0;
	switch (val) {
	case MDB_RTR_TYPE_DISABLED:
		p->multicast_router = MDB_RTR_TYPE_DISABLED;
		br_multicast_del_router(p, true);
		return 0;
	case MDB_RTR_TYPE_TEMP_QUERY:
		p->multicast_router = MDB_RTR_TYPE_TEMP_QUERY;
		br_multicast_del_router(p, false);
		return 0;
	case MDB_RTR_TYPE_PERM:
		p->multicast_router = MDB_RTR_TYPE_PERM;
		br_mcast_timer_del(p->br, &p->multicast_ctx.ip4_mc_router_timer);
		br_mcast_timer_del(p->br, &p->multicast_ctx.ip6_mc_router_timer);
		br_multicast_add_router(p, true);
		return 0;
	case MDB_RTR_TYPE_TEMP:
		port_router_temp(p);
		return 0;
	default:
		return -EINVAL;
	}
}

/* ---- bridge and ports come and go ---- */

/**
 * br_multicast_init() - The defaults of br_multicast_ctx_init()
 * @br: a new bridge
 */
void br_multicast_init(struct net_bridge *br)
{
	br->multicast_enabled = true;
	br->multicast_router = MDB_RTR_TYPE_TEMP_QUERY;
	br->hash_max = BR_MULTICAST_DEFAULT_HASH_MAX;
	br->multicast_igmp_version = 2;
	br->multicast_mld_version = 1;
	br->multicast_last_member_count = 2;
	br->multicast_startup_query_count = 2;
	br->multicast_last_member_interval = BR_HZ;
	br->multicast_query_response_interval = 10 * BR_HZ;
	br->multicast_startup_query_interval = 125 * BR_HZ / 4;
	br->multicast_query_interval = 125 * BR_HZ;
	br->multicast_querier_interval = 255 * BR_HZ;
	br->multicast_membership_interval = 260 * BR_HZ;
	INIT_LIST_HEAD(&br->mcast.mdb_list);
	INIT_LIST_HEAD(&br->mcast.ip4_mc_router_list);
	br->mcast.ip4_mc_router_timer.timer.fn = br_ip4_multicast_local_router_expired;
	br_multicast_query_init(br);
}

/**
 * br_multicast_add_port() - A new port is in no group
 * @p: the port, zeroed
 */
void br_multicast_add_port(struct net_bridge_port *p)
{
	p->multicast_router = MDB_RTR_TYPE_TEMP_QUERY;
	INIT_LIST_HEAD(&p->multicast_ctx.mglist);
	INIT_LIST_HEAD(&p->multicast_ctx.ip4_rlist);
	p->multicast_ctx.ip4_mc_router_timer.timer.fn = br_ip4_multicast_router_expired;
	p->multicast_ctx.ip6_mc_router_timer.timer.fn = br_ip6_multicast_router_expired;
	br_multicast_port_query_init(p);
}

/**
 * br_multicast_del_port() - A port goes, and what it was in
 * @p: the port
 */
void br_multicast_del_port(struct net_bridge_port *p)
{
	br_multicast_flush_port(p, true);
	br_mcast_timer_del(p->br, &p->multicast_ctx.ip4_own_query.timer);
	br_multicast_del_router(p, true);
	br_multicast_gc(p->br);
}

static void br_multicast_join_snoopers(struct net_bridge *br)
{
	if (br->dev->ip_ptr)
		ip_mc_inc_group(br->dev->ip_ptr, cpu_to_be32(INADDR_ALLSNOOPERS));
}

static void br_multicast_leave_snoopers(struct net_bridge *br)
{
	if (br->dev->ip_ptr)
		ip_mc_dec_group(br->dev->ip_ptr, cpu_to_be32(INADDR_ALLSNOOPERS));
}

/**
 * br_multicast_dev_open() - A bridge comes up: asks, and joins the group of all snoopers
 * @br: the bridge
 */
void br_multicast_dev_open(struct net_bridge *br)
{
	br_multicast_open_query(br);
	if (br->multicast_enabled)
		br_multicast_join_snoopers(br);
}

/**
 * br_multicast_stop() - No more queries, and nobody else's count
 * @br: the bridge
 */
void br_multicast_stop(struct net_bridge *br)
{
	br_mcast_timer_del(br, &br->mcast.ip4_mc_router_timer);
	br_mcast_timer_del(br, &br->mcast.ip4_other_query.timer);
	br_mcast_timer_del(br, &br->mcast.ip4_other_query.delay_timer);
	br_mcast_timer_del(br, &br->mcast.ip4_own_query.timer);
}

/**
 * br_multicast_dev_stop() - A bridge goes down
 * @br: the bridge
 */
void br_multicast_dev_stop(struct net_bridge *br)
{
	br_multicast_stop(br);
	if (br->multicast_enabled)
		br_multicast_leave_snoopers(br);
}

/* ---- parameters ---- */

/**
 * br_multicast_toggle() - Switches snooping on or off
 * @br: the bridge
 * @on: on
 *
 * Return: 0.
 */
int br_multicast_toggle(struct net_bridge *br, bool on)
{
	struct net_bridge_port *p;

	if (br->multicast_enabled == on)
		return 0;
	br->multicast_enabled = on;
	if (!on) {
		list_for_each_entry(p, &br->port_list, list)
			br_multicast_disable_port(p);
		br_multicast_leave_snoopers(br);
		return 0;
	}
	if (!netif_running(br->dev))
		return 0;
	br_multicast_open_query(br);
	list_for_each_entry(p, &br->port_list, list)
		br_multicast_enable_port(p);
	br_multicast_join_snoopers(br);
	return 0;
}

/**
 * br_multicast_set_querier() - Shall the bridge send IGMP queries?
 * @br: the bridge
 * @on: yes
 *
 * Groups are kept to their members once the answers to the first query are in.
 *
 * Return: 0.
 */
int br_multicast_set_querier(struct net_bridge *br, bool on)
{
	if (br->multicast_querier == on)
		return 0;
	br->multicast_querier = on;
	if (!on)
		return 0;
	if (!br_mcast_timer_pending(&br->mcast.ip4_other_query.timer))
		br_mcast_timer_mod(br, &br->mcast.ip4_other_query.delay_timer,
				   br_jiffies(br) + br->multicast_query_response_interval);
	br_multicast_start_querier(br);
	return 0;
}

static int64_t query_interval(const struct net_bridge *br, uint64_t clock, const char *which)
{
	int64_t intvl = clock_t_to_jiffies(clock);
	int64_t bounded = intvl;

	if (intvl < BR_MULTICAST_QUERY_INTVL_MIN)
		bounded = BR_MULTICAST_QUERY_INTVL_MIN;
	if (intvl > BR_MULTICAST_QUERY_INTVL_MAX)
		bounded = BR_MULTICAST_QUERY_INTVL_MAX;
	if (bounded == intvl)
		return intvl;
	printk(br->dev->world, LOGLEVEL_INFO,
	       "%s: trying to set multicast %squery interval %s, setting to %u (%ums)",
	       br->dev->name, which, intvl < bounded ? "below minimum" : "above maximum",
	       (unsigned int)jiffies_to_clock_t(bounded), (unsigned int)bounded * (1000 / BR_HZ));
	return bounded;
}

/**
 * br_multicast_set_query_intvl() - Sets mcast_query_interval, a second to a day
 * @br: the bridge
 * @clock: hundredths of a second
 *
 * Return: 0.
 */
int br_multicast_set_query_intvl(struct net_bridge *br, uint64_t clock)
{
	br->multicast_query_interval = query_interval(br, clock, "");
	return 0;
}

/**
 * br_multicast_set_startup_query_intvl() - Sets mcast_startup_query_interval, a second to a day
 * @br: the bridge
 * @clock: hundredths of a second
 *
 * Return: 0.
 */
int br_multicast_set_startup_query_intvl(struct net_bridge *br, uint64_t clock)
{
	br->multicast_startup_query_interval = query_interval(br, clock, "startup ");
	return 0;
}

/**
 * br_multicast_set_igmp_version() - Sets mcast_igmp_version
 * @br: the bridge
 * @val: 2 or 3
 *
 * Return: 0 or -EINVAL.
 */
int br_multicast_set_igmp_version(struct net_bridge *br, unsigned long val)
{
	if (val != 2 && val != 3)
		return -EINVAL;
	br->multicast_igmp_version = (uint8_t)val;
	return 0;
}
