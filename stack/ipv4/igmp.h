/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * igmp.h - what the files of IGMP share
 *
 * mirrors include/linux/igmp.h and the head of net/ipv4/igmp.c (RFC 1112, RFC 2236, RFC 3376)
 */
#ifndef STACK_IPV4_IGMP_H
#define STACK_IPV4_IGMP_H

#include <linux/igmp.h>
#include <linux/in.h>

#include "core/jiffies.h"
#include "core/world.h"
#include "ipv4/inetdevice.h"

#define IGMP_GROUP_ALL_HOSTS cpu_to_be32(INADDR_ALLHOSTS_GROUP)	    /* 224.0.0.1 */
#define IGMP_GROUP_ALL_ROUTERS cpu_to_be32(INADDR_ALLRTRS_GROUP)    /* 224.0.0.2 */
#define IGMP_GROUP_ALL_V3_ROUTERS cpu_to_be32(UINT32_C(0xe0000016)) /* 224.0.0.22 */

#define IGMP_QUERY_INTERVAL (125 * HZ)
#define IGMP_QUERY_RESPONSE_INTERVAL (10 * HZ)
#define IGMP_INITIAL_REPORT_DELAY 1 /* jiffies */
#define IGMP_TENTH (HZ / 10)	    /* the unit of a query's max response time, in jiffies */

static inline int64_t igmp_jiffies(const struct in_device *in_dev)
{
	return world_now(in_dev->dev->world) / TICK_NSEC;
}

/* 224.0.0.1 is never reported, the rest of 224.0.0.0/24 when igmp_link_local_mcast_reports says so */
static inline bool igmp_reported(const struct in_device *in_dev, __be32 group)
{
	return group != IGMP_GROUP_ALL_HOSTS &&
	       (!ipv4_is_local_multicast(group) ||
		in_dev->dev->net->ipv4->sysctl_igmp_link_local_mcast_reports);
}

static inline uint8_t igmp_robustness(const struct in_device *in_dev)
{
	return in_dev->mr_qrv ? in_dev->mr_qrv : (uint8_t)in_dev->dev->net->ipv4->sysctl_igmp_qrv;
}

/* igmp_timer.c */
bool igmp_v1_seen(const struct in_device *in_dev);
bool igmp_v2_seen(const struct in_device *in_dev);
void igmp_stop_timer(struct ip_mc_list *im);
void igmp_start_timer(struct ip_mc_list *im, int max_delay);
void igmp_mod_timer(struct ip_mc_list *im, int max_delay);
void igmp_gq_start_timer(struct in_device *in_dev);
void igmp_ifc_event(struct in_device *in_dev);
void igmp_ifc_stop(struct in_device *in_dev);

/* igmp_report.c */
void igmpv3_send_report(struct in_device *in_dev, struct ip_mc_list *pmc);
void igmpv3_send_cr(struct in_device *in_dev);
void igmp_send_report(struct in_device *in_dev, struct ip_mc_list *pmc, uint8_t type);

/* igmp.c */
void igmpv3_clear_delrec(struct in_device *in_dev);

#endif
