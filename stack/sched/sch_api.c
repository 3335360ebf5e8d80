/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sch_api.c - queueing disciplines by netlink: what tc asks
 *
 * mirrors net/sched/sch_api.c and sch_generic.c
 *
 * A device that is up has "noqueue" or, at its root, netem. Handles count from 8001: on.
 *
 * CONTROL
 */
#include <errno.h>
#include <linux/gen_stats.h>
#include <linux/if.h>

#include "core/net_namespace.h"
#include "core/rtnetlink.h"
#include "core/world.h"
#include "core/xalloc.h"
#include "sched/sch_netem.h"

#define FIRST_HANDLE 0x80010000U

/**
 * qdisc_destroy() - The device sends straight again
 * @dev: the device; NULL-safe about its qdisc
 */
void qdisc_destroy(struct net_device *dev)
{
	struct Qdisc *q = dev->root_qdisc;

	if (!q)
		return;
	dev->root_qdisc = NULL;
	netem_reset(q);
	free(q);
}

static struct net_device *device_of(struct nl_request *req, const struct nlattr **tb)
{
	const struct tcmsg *tcm = nlmsg_data(req->nlh);
	struct net_device *dev;

	if (nlmsg_parse(req->nlh, sizeof(*tcm), tb, TCA_MAX))
		return NULL;
	dev = dev_get_by_index(req->net, tcm->tcm_ifindex);
	if (!dev)
		NG_SET_ERR_MSG(req->extack, "Failed to find specified qdisc device");
	return dev;
}

static bool kind_is(const struct nlattr *nla, const char *kind)
{
	return nla && nla_len(nla) > strlen(kind) && !strcmp(nla_data(nla), kind);
}

static int create(struct nl_request *req, struct net_device *dev, const struct nlattr **tb)
{
	const struct tcmsg *tcm = nlmsg_data(req->nlh);
	struct ng_world *world = req->net->world;
	struct Qdisc *q;
	int err;

	if (kind_is(tb[TCA_KIND], "noqueue")) {
		qdisc_destroy(dev);
		return 0;
	}
	if (!kind_is(tb[TCA_KIND], "netem")) {
		NG_SET_ERR_MSG(req->extack, "Specified qdisc kind is unknown");
		return -ENOENT;
	}
	q = xzalloc(sizeof(*q));
	q->dev = dev;
	q->key = world->nr_qdiscs;
	netem_init(q);
	err = netem_change(q, tb[TCA_OPTIONS], req->extack);
	if (err) {
		free(q);
		return err;
	}
	q->handle = tcm->tcm_handle ? tcm->tcm_handle
				    : FIRST_HANDLE + (uint32_t)(world->nr_qdiscs << 16);
	world->nr_qdiscs++;
	qdisc_destroy(dev);
	dev->root_qdisc = q;
	return 0;
}

/**
 * tc_modify_qdisc() - RTM_NEWQDISC
 * @req: the request
 *
 * Return: 0 or -errno.
 */
int tc_modify_qdisc(struct nl_request *req)
{
	const struct tcmsg *tcm = nlmsg_data(req->nlh);
	const struct nlattr *tb[TCA_MAX + 1];
	struct net_device *dev = device_of(req, tb);
	uint16_t flags = req->nlh->nlmsg_flags;

	if (!dev)
		return -ENODEV;
	if (tcm->tcm_parent != TC_H_ROOT) {
		NG_SET_ERR_MSG(req->extack, "Failed to find specified qdisc");
		return -ENOENT;
	}
	if (!dev->root_qdisc) {
		if (!(flags & NLM_F_CREATE)) {
			NG_SET_ERR_MSG(req->extack,
				       "Qdisc not found. To create specify NLM_F_CREATE flag");
			return -ENOENT;
		}
		return create(req, dev, tb);
	}
	if ((flags & NLM_F_CREATE) && (flags & NLM_F_EXCL)) {
		NG_SET_ERR_MSG(req->extack, "Exclusivity flag on, cannot modify");
		return -EEXIST;
	}
	if (!kind_is(tb[TCA_KIND], "netem")) {
		if (flags & NLM_F_REPLACE)
			return create(req, dev, tb);
		NG_SET_ERR_MSG(req->extack, "Specified qdisc kind does not match");
		return -EINVAL;
	}
	return netem_change(dev->root_qdisc, tb[TCA_OPTIONS], req->extack);
}

/**
 * tc_del_qdisc() - RTM_DELQDISC
 * @req: the request
 *
 * Return: 0 or -errno.
 */
int tc_del_qdisc(struct nl_request *req)
{
	const struct tcmsg *tcm = nlmsg_data(req->nlh);
	const struct nlattr *tb[TCA_MAX + 1];
	struct net_device *dev = device_of(req, tb);

	if (!dev)
		return -ENODEV;
	if (tcm->tcm_parent != TC_H_ROOT) {
		NG_SET_ERR_MSG(req->extack, "Failed to find specified qdisc");
		return -ENOENT;
	}
	if (!dev->root_qdisc) {
		NG_SET_ERR_MSG(req->extack, "Cannot delete qdisc with handle of zero");
		return -ENOENT;
	}
	if (tcm->tcm_handle && tcm->tcm_handle != dev->root_qdisc->handle) {
		NG_SET_ERR_MSG(req->extack, "Invalid handle");
		return -EINVAL;
	}
	if (tb[TCA_KIND] && !kind_is(tb[TCA_KIND], "netem")) {
		NG_SET_ERR_MSG(req->extack, "Invalid qdisc name");
		return -EINVAL;
	}
	qdisc_destroy(dev);
	return 0;
}

static void fill_stats(struct nl_buf *b, const struct Qdisc *q)
{
	struct gnet_stats_basic basic = { 0 };
	struct gnet_stats_queue queue = { 0 };
	struct tc_stats old = { 0 };
	size_t nest = nla_nest_start(b, TCA_STATS2);

	if (q) {
		basic.bytes = old.bytes = q->bytes;
		basic.packets = old.packets = q->packets;
		queue.qlen = old.qlen = q->qlen;
		queue.backlog = old.backlog = q->backlog;
		queue.drops = old.drops = q->drops;
		queue.requeues = q->requeues;
		queue.overlimits = old.overlimits = q->overlimits;
	}
	nla_put(b, TCA_STATS_BASIC, sizeof(basic), &basic);
	nla_put(b, TCA_STATS_QUEUE, sizeof(queue), &queue);
	nla_nest_end(b, nest);
	nla_put(b, TCA_STATS, sizeof(old), &old);
}

/**
 * tc_dump_qdisc() - RTM_GETQDISC
 * @req: the request
 *
 * Return: 0.
 */
int tc_dump_qdisc(struct nl_request *req)
{
	const struct net_device *dev = NULL;

	while ((dev = netdev_next_by_index(req->net, dev))) {
		const struct Qdisc *q = dev->root_qdisc;
		struct tcmsg *tcm;

		if (!q && dev->qdisc_sleeping == QDISC_NOOP)
			continue;
		tcm = nl_reply_begin(req, RTM_NEWQDISC, 0, sizeof(*tcm));
		tcm->tcm_ifindex = dev->ifindex;
		tcm->tcm_parent = TC_H_ROOT;
		tcm->tcm_handle = q ? q->handle : 0;
		tcm->tcm_info = 2;
		nla_put_string(&req->reply, TCA_KIND, q ? "netem" : "noqueue");
		if (q)
			netem_dump(q, &req->reply);
		nla_put_u8(&req->reply, TCA_HW_OFFLOAD, 0);
		fill_stats(&req->reply, q);
		nlmsg_end(&req->reply);
	}
	return 0;
}
