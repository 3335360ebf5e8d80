/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * igmp_timer.c - when a host reports its groups
 *
 * mirrors net/ipv4/igmp.c (timers; RFC 2236 3, RFC 3376 5)
 * CONTROL
 *
 *	igmp_timer_expire()		one group: a join (v1, v2), or the answer to a query
 *	igmp_gq_timer_expire()		all groups: the answer to a general query (v3)
 *	igmp_ifc_timer_expire()		what changed: joined, left (v3)
 */
#include "ipv4/igmp.h"

static struct sim *igmp_sim(const struct in_device *in_dev)
{
	return &in_dev->dev->world->sim;
}

/* [0, @limit) */
static int igmp_random(struct in_device *in_dev, int limit)
{
	uint64_t key = (uint64_t)in_dev->dev->net->inum << 32 | (uint32_t)in_dev->dev->ifindex;

	return (int)world_random_below(in_dev->dev->world, RNG_IGMP, key, in_dev->mr_chance++,
				       (uint32_t)limit);
}

static void igmp_arm(const struct in_device *in_dev, struct sim_timer *timer, int64_t expires)
{
	sim_timer_mod(igmp_sim(in_dev), timer,
		      timer_wheel_due(world_now(in_dev->dev->world), expires * TICK_NSEC));
}

static bool igmp_version_forced(const struct in_device *in_dev, int version)
{
	return IN_DEV_ALL(in_dev, FORCE_IGMP_VERSION) == version ||
	       IN_DEV_CONF_GET(in_dev, FORCE_IGMP_VERSION) == version;
}

/**
 * igmp_v1_seen() - Must a device speak IGMPv1?
 * @in_dev: device
 *
 * Return: true: force_igmp_version says so, or a querier of version 1 was heard lately.
 */
bool igmp_v1_seen(const struct in_device *in_dev)
{
	return igmp_version_forced(in_dev, 1) ||
	       (in_dev->mr_v1_seen && igmp_jiffies(in_dev) < in_dev->mr_v1_seen);
}

/**
 * igmp_v2_seen() - Must a device speak IGMPv2?
 * @in_dev: device
 *
 * Return: true: force_igmp_version says so, or a querier of version 2 was heard lately.
 */
bool igmp_v2_seen(const struct in_device *in_dev)
{
	return igmp_version_forced(in_dev, 2) ||
	       (in_dev->mr_v2_seen && igmp_jiffies(in_dev) < in_dev->mr_v2_seen);
}

/* jiffies between two reports nobody asked for */
static int unsolicited_report_interval(const struct in_device *in_dev)
{
	int ms = igmp_v1_seen(in_dev) || igmp_v2_seen(in_dev)
			 ? IN_DEV_CONF_GET(in_dev, IGMPV2_UNSOLICITED_REPORT_INTERVAL)
			 : IN_DEV_CONF_GET(in_dev, IGMPV3_UNSOLICITED_REPORT_INTERVAL);
	int64_t jiffies = ((int64_t)ms * HZ + 999) / 1000;

	return jiffies > 0 ? (int)jiffies : 1;
}

/**
 * igmp_stop_timer() - No report of a group is due any more.
 * @im: the group
 */
void igmp_stop_timer(struct ip_mc_list *im)
{
	sim_timer_del(igmp_sim(im->interface), &im->timer);
	im->tm_running = false;
	im->reporter = false;
	im->unsolicit_count = 0;
}

static void igmp_timer_expire(struct sim_timer *timer)
{
	struct ip_mc_list *im = container_of(timer, struct ip_mc_list, timer);
	struct in_device *in_dev = im->interface;

	im->tm_running = false;
	if (im->unsolicit_count && --im->unsolicit_count)
		igmp_start_timer(im, unsolicited_report_interval(in_dev));
	im->reporter = true;
	if (igmp_v1_seen(in_dev))
		igmp_send_report(in_dev, im, IGMP_HOST_MEMBERSHIP_REPORT);
	else if (igmp_v2_seen(in_dev))
		igmp_send_report(in_dev, im, IGMPV2_HOST_MEMBERSHIP_REPORT);
	else
		igmpv3_send_report(in_dev, im);
}

/**
 * igmp_start_timer() - A report of a group is due.
 * @im: the group
 * @max_delay: at a random moment within so many jiffies
 */
void igmp_start_timer(struct ip_mc_list *im, int max_delay)
{
	im->tm_running = true;
	im->expires = igmp_jiffies(im->interface) + igmp_random(im->interface, max_delay) + 2;
	im->timer.fn = igmp_timer_expire;
	igmp_arm(im->interface, &im->timer, im->expires);
}

/**
 * igmp_mod_timer() - A query asks for a group: the report is due, unless it comes soon enough.
 * @im: the group
 * @max_delay: jiffies
 */
void igmp_mod_timer(struct ip_mc_list *im, int max_delay)
{
	im->unsolicit_count = 0;
	if (sim_timer_pending(&im->timer) &&
	    im->expires - igmp_jiffies(im->interface) < max_delay) {
		im->tm_running = true;
		return;
	}
	igmp_start_timer(im, max_delay);
}

static void igmp_gq_timer_expire(struct sim_timer *timer)
{
	struct in_device *in_dev = container_of(timer, struct in_device, mr_gq_timer);

	in_dev->mr_gq_running = false;
	igmpv3_send_report(in_dev, NULL);
}

/**
 * igmp_gq_start_timer() - A general query asks for all groups.
 * @in_dev: where it came in
 */
void igmp_gq_start_timer(struct in_device *in_dev)
{
	int64_t expires = igmp_jiffies(in_dev) + igmp_random(in_dev, in_dev->mr_maxdelay) + 2;

	if (in_dev->mr_gq_running && expires >= in_dev->mr_gq_expires)
		return;
	in_dev->mr_gq_running = true;
	in_dev->mr_gq_expires = expires;
	in_dev->mr_gq_timer.fn = igmp_gq_timer_expire;
	igmp_arm(in_dev, &in_dev->mr_gq_timer, expires);
}

static void igmp_ifc_timer_expire(struct sim_timer *timer);

static void igmp_ifc_start_timer(struct in_device *in_dev, int delay)
{
	in_dev->mr_ifc_timer.fn = igmp_ifc_timer_expire;
	igmp_arm(in_dev, &in_dev->mr_ifc_timer,
		 igmp_jiffies(in_dev) + igmp_random(in_dev, delay) + 2);
}

static void igmp_ifc_timer_expire(struct sim_timer *timer)
{
	struct in_device *in_dev = container_of(timer, struct in_device, mr_ifc_timer);

	igmpv3_send_cr(in_dev);
	if (in_dev->mr_ifc_count) {
		in_dev->mr_ifc_count--;
		igmp_ifc_start_timer(in_dev, unsolicited_report_interval(in_dev));
	}
}

/**
 * igmp_ifc_event() - A group was joined or left: IGMPv3 reports the change, more than once.
 * @in_dev: device
 */
void igmp_ifc_event(struct in_device *in_dev)
{
	if (igmp_v1_seen(in_dev) || igmp_v2_seen(in_dev))
		return;
	in_dev->mr_ifc_count = igmp_robustness(in_dev);
	igmp_ifc_start_timer(in_dev, 1);
}

/**
 * igmp_ifc_stop() - Changes need not be reported: an old querier, or the device is down.
 * @in_dev: device
 */
void igmp_ifc_stop(struct in_device *in_dev)
{
	in_dev->mr_ifc_count = 0;
	sim_timer_del(igmp_sim(in_dev), &in_dev->mr_ifc_timer);
}
