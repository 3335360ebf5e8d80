/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * neigh_tblnl.c - `ip ntable`: RTM_GETNEIGHTBL, RTM_SETNEIGHTBL
 *
 * mirrors net/core/neighbour.c (neightbl_*())
 * CONTROL
 */
#include <errno.h>
#include <string.h>

#include "core/jiffies.h"
#include "core/neighbour.h"
#include "core/rtnetlink.h"

#define NDTPA_INTERVAL_PROBE_TIME_MS_ 19 /* newer than Debian 12's headers */
#define SKB_TRUESIZE_ETH_FRAME \
	2090U /* SKB_TRUESIZE(ETH_FRAME_LEN): NDTPA_QUEUE_LEN counts packets */

static void put_msecs(struct nl_buf *b, uint16_t type, int64_t ns)
{
	nla_put_u64(b, type, (uint32_t)(ns / NSEC_PER_MSEC)); /* jiffies_to_msecs(): 32 bits */
}

static void neightbl_fill_parms(struct nl_buf *b, struct neigh_parms *p, struct ng_world *world)
{
	size_t nest = nla_nest_start(b, NDTA_PARMS);

	if (p->dev)
		nla_put_u32(b, NDTPA_IFINDEX, (uint32_t)p->dev->ifindex);
	nla_put_u32(b, NDTPA_REFCNT, p->nr_neighbours + 1);
	nla_put_u32(b, NDTPA_QUEUE_LENBYTES, p->queue_len_bytes);
	nla_put_u32(b, NDTPA_QUEUE_LEN, p->queue_len_bytes / SKB_TRUESIZE_ETH_FRAME);
	nla_put_u32(b, NDTPA_PROXY_QLEN, p->proxy_qlen);
	nla_put_u32(b, NDTPA_APP_PROBES, p->app_probes);
	nla_put_u32(b, NDTPA_UCAST_PROBES, p->ucast_probes);
	nla_put_u32(b, NDTPA_MCAST_PROBES, p->mcast_probes);
	nla_put_u32(b, NDTPA_MCAST_REPROBES, p->mcast_reprobes);
	put_msecs(b, NDTPA_REACHABLE_TIME, neigh_reachable_time(p, world));
	put_msecs(b, NDTPA_BASE_REACHABLE_TIME, p->base_reachable_time_ns);
	put_msecs(b, NDTPA_GC_STALETIME, p->gc_staletime_ns);
	put_msecs(b, NDTPA_DELAY_PROBE_TIME, p->delay_probe_time_ns);
	put_msecs(b, NDTPA_RETRANS_TIME, p->retrans_time_ns);
	put_msecs(b, NDTPA_ANYCAST_DELAY, p->anycast_delay_ns);
	put_msecs(b, NDTPA_PROXY_DELAY, p->proxy_delay_ns);
	put_msecs(b, NDTPA_LOCKTIME, p->locktime_ns);
	put_msecs(b, NDTPA_INTERVAL_PROBE_TIME_MS_, p->interval_probe_time_ns);
	nla_nest_end(b, nest);
}

static struct ndtmsg *neightbl_begin(struct nl_request *req)
{
	struct ndtmsg *ndtm = nl_reply_begin(req, RTM_NEWNEIGHTBL, 0, sizeof(*ndtm));

	ndtm->ndtm_family = AF_INET;
	nla_put_string(&req->reply, NDTA_NAME, "arp_cache");
	return ndtm;
}

static uint32_t msecs_since(const struct ng_world *world, int64_t ns)
{
	return (uint32_t)((world_now(world) - ns) / NSEC_PER_MSEC);
}

static void neightbl_fill_info(struct nl_request *req, struct neigh_table *tbl)
{
	struct ng_world *world = req->net->world;
	struct nl_buf *b = &req->reply;
	struct ndt_stats stats = tbl->stats;
	struct ndt_config ndc = {
		.ndtc_key_len = 4,
		.ndtc_entry_size = 336,
		.ndtc_entries = tbl->entries,
		.ndtc_last_flush = msecs_since(world, tbl->last_flush_ns),
		.ndtc_last_rand =
			msecs_since(world, tbl->parms.random_until_ns - NEIGH_RANDOM_FOR_NS),
		.ndtc_hash_rnd = ARP_HASH_RND,
		.ndtc_hash_mask = tbl->nr_buckets - 1,
		.ndtc_proxy_qlen = req->net->neigh->proxy_queue.qlen,
	};

	/* Linux's collector also runs while there is nothing for it to do */
	if (tbl->parms.base_reachable_time_ns >= 2)
		stats.ndts_periodic_gc_runs =
			(uint64_t)(world_now(world) / (tbl->parms.base_reachable_time_ns / 2));
	neightbl_begin(req);
	put_msecs(b, NDTA_GC_INTERVAL, tbl->gc_interval_ns);
	nla_put_u32(b, NDTA_THRESH1, (uint32_t)tbl->gc_thresh1);
	nla_put_u32(b, NDTA_THRESH2, (uint32_t)tbl->gc_thresh2);
	nla_put_u32(b, NDTA_THRESH3, (uint32_t)tbl->gc_thresh3);
	nla_put(b, NDTA_CONFIG, sizeof(ndc), &ndc);
	nla_put(b, NDTA_STATS, sizeof(stats), &stats);
	neightbl_fill_parms(b, &tbl->parms, world);
	nlmsg_end(b);
}

/**
 * neightbl_dump_info() - RTM_GETNEIGHTBL: the table, then each device's parameters, newest first.
 * @req: request
 *
 * Return: 0 or -EINVAL.
 */
int neightbl_dump_info(struct nl_request *req)
{
	struct neigh_table *tbl = req->net->world->arp_tbl;
	struct neigh_parms *p;
	struct ndtmsg ndtm;

	if (req->nlk && req->nlk->strict_chk) {
		const char *why = NULL;

		if (req->nlh->nlmsg_len < NLMSG_HDRLEN + sizeof(ndtm)) {
			why = "Invalid header for neighbor table dump request";
		} else {
			memcpy(&ndtm, nlmsg_data(req->nlh), sizeof(ndtm));
			if (ndtm.ndtm_pad1 || ndtm.ndtm_pad2)
				why = "Invalid values in header for neighbor table dump request";
			else if (req->nlh->nlmsg_len > NLMSG_LENGTH(sizeof(ndtm)))
				why = "Invalid data after header in neighbor table dump request";
		}
		if (why) {
			NG_SET_ERR_MSG(req->extack, why);
			return -EINVAL;
		}
	}
	ndtm.ndtm_family = ((const struct rtgenmsg *)nlmsg_data(req->nlh))->rtgen_family;
	if (ndtm.ndtm_family && ndtm.ndtm_family != AF_INET)
		return 0;
	neightbl_fill_info(req, tbl);
	list_for_each_entry(p, &req->net->neigh->parms_list, list) {
		neightbl_begin(req);
		neightbl_fill_parms(&req->reply, p, req->net->world);
		nlmsg_end(&req->reply);
	}
	return 0;
}

/* As nla_get_msecs(): 32 bits of it, in whole ticks; what is very long becomes an int of -2 ticks there. */
static int64_t get_msecs(const struct nlattr *nla)
{
	uint32_t msecs = (uint32_t)nla_get_u64(nla);

	return msecs > INT32_MAX ? -2 * TICK_NSEC : ((int64_t)msecs + 3) / 4 * TICK_NSEC;
}

static void neightbl_set_times(struct neigh_parms *p, const struct nlattr **tb)
{
	const struct {
		int type;
		int64_t *value;
	} times[] = {
		{ NDTPA_BASE_REACHABLE_TIME, &p->base_reachable_time_ns },
		{ NDTPA_GC_STALETIME, &p->gc_staletime_ns },
		{ NDTPA_DELAY_PROBE_TIME, &p->delay_probe_time_ns },
		{ NDTPA_RETRANS_TIME, &p->retrans_time_ns },
		{ NDTPA_ANYCAST_DELAY, &p->anycast_delay_ns },
		{ NDTPA_PROXY_DELAY, &p->proxy_delay_ns },
		{ NDTPA_LOCKTIME, &p->locktime_ns },
	};

	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		if (!tb[times[i].type])
			continue;
		*times[i].value = get_msecs(tb[times[i].type]);
		p->set |= UINT64_C(1) << times[i].type;
	}
}

static void neightbl_set_counts(struct neigh_parms *p, const struct nlattr **tb)
{
	const struct {
		int type;
		uint32_t *value;
	} counts[] = {
		{ NDTPA_QUEUE_LENBYTES, &p->queue_len_bytes },
		{ NDTPA_PROXY_QLEN, &p->proxy_qlen },
		{ NDTPA_APP_PROBES, &p->app_probes },
		{ NDTPA_UCAST_PROBES, &p->ucast_probes },
		{ NDTPA_MCAST_PROBES, &p->mcast_probes },
		{ NDTPA_MCAST_REPROBES, &p->mcast_reprobes },
	};

	if (tb[NDTPA_QUEUE_LEN])
		p->queue_len_bytes = nla_get_u32(tb[NDTPA_QUEUE_LEN]) * SKB_TRUESIZE_ETH_FRAME;
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		if (!tb[counts[i].type])
			continue;
		*counts[i].value = nla_get_u32(tb[counts[i].type]);
		p->set |= UINT64_C(1) << counts[i].type;
	}
}

static int neightbl_set_parms(struct nl_request *req, const struct nlattr *parms)
{
	const struct nlattr *tb[NDTPA_MAX + 1];
	struct neigh_parms *p = &req->net->world->arp_tbl->parms;
	const struct net_device *dev;
	int err;

	err = nla_parse_nested_deprecated(tb, NDTPA_MAX, parms, NULL, req->extack);
	if (err)
		return err;
	if (tb[NDTPA_IFINDEX] && nla_get_u32(tb[NDTPA_IFINDEX])) {
		dev = dev_get_by_index(req->net, (int)nla_get_u32(tb[NDTPA_IFINDEX]));
		if (!dev || !dev->arp_parms)
			return -ENOENT;
		p = dev->arp_parms;
	} else if (req->net != req->net->world->init_net) {
		return -ENOENT;
	}
	neightbl_set_counts(p, tb);
	neightbl_set_times(p, tb);
	return 0;
}

/**
 * neightbl_set() - RTM_SETNEIGHTBL: `ip ntable change`.
 * @req: request
 *
 * Return: 0, -EINVAL or -ENOENT.
 */
int neightbl_set(struct nl_request *req)
{
	struct neigh_table *tbl = req->net->world->arp_tbl;
	const struct nlattr *tb[NDTA_MAX + 1];
	char name[16];
	int err;

	err = nlmsg_parse_deprecated(req->nlh, sizeof(struct ndtmsg), tb, NDTA_MAX, NULL,
				     req->extack);
	if (err)
		return err;
	if (!tb[NDTA_NAME])
		return -EINVAL;
	nla_strscpy(name, tb[NDTA_NAME], sizeof(name));
	if (strcmp(name, "arp_cache"))
		return -ENOENT;
	if (tb[NDTA_PARMS]) {
		err = neightbl_set_parms(req, tb[NDTA_PARMS]);
		if (err)
			return err;
	}
	if ((tb[NDTA_THRESH1] || tb[NDTA_THRESH2] || tb[NDTA_THRESH3] || tb[NDTA_GC_INTERVAL]) &&
	    req->net != req->net->world->init_net)
		return -ENOENT;
	if (tb[NDTA_THRESH1])
		tbl->gc_thresh1 = (int)nla_get_u32(tb[NDTA_THRESH1]);
	if (tb[NDTA_THRESH2])
		tbl->gc_thresh2 = (int)nla_get_u32(tb[NDTA_THRESH2]);
	if (tb[NDTA_THRESH3])
		tbl->gc_thresh3 = (int)nla_get_u32(tb[NDTA_THRESH3]);
	if (tb[NDTA_GC_INTERVAL])
		tbl->gc_interval_ns = get_msecs(tb[NDTA_GC_INTERVAL]);
	return 0;
}
