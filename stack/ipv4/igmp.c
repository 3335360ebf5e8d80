/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * igmp.c - the IPv4 groups a device has joined, and so the MACs it listens to
 *
 * mirrors net/ipv4/igmp.c (membership; RFC 1112). What is sent is in igmp_report.c, when in
 * igmp_timer.c, what is heard in igmp_rcv.c, and the groups of a socket in igmp_sock.c.
 * TABLE
 *
 * Unlike Linux: no source filters; each group is joined for every source (EXCLUDE, of none).
 */
#include "ipv4/igmp.h"

#include "core/task.h"
#include "core/xalloc.h"
#include "ipv4/route.h"

static struct ip_mc_list *ip_mc_find(const struct list_head *mc_list, __be32 addr)
{
	struct ip_mc_list *im;

	list_for_each_entry(im, mc_list, list) {
		if (im->multiaddr == addr)
			return im;
	}
	return NULL;
}

static void ip_mc_free(struct ip_mc_list *im)
{
	sim_timer_del(&im->interface->dev->world->sim, &im->timer);
	list_del(&im->list);
	free(im);
}

static struct ip_mc_list *ip_mc_new(struct in_device *in_dev, __be32 addr,
				    struct list_head *mc_list)
{
	struct ip_mc_list *im = xzalloc(sizeof(*im));

	im->interface = in_dev;
	im->multiaddr = addr;
	if (in_dev->dev->world->current)
		im->origin = in_dev->dev->world->current->origin;
	list_add(&im->list, mc_list);
	return im;
}

/* A group was left: that is reported until everybody must have heard it. */
static void igmpv3_add_delrec(struct in_device *in_dev, const struct ip_mc_list *im)
{
	ip_mc_new(in_dev, im->multiaddr, &in_dev->mc_tomb)->crcount = igmp_robustness(in_dev);
}

/* The group is joined again before that. */
static void igmpv3_del_delrec(struct in_device *in_dev, struct ip_mc_list *im)
{
	struct ip_mc_list *pmc = ip_mc_find(&in_dev->mc_tomb, im->multiaddr);

	if (!pmc)
		return;
	im->crcount = igmp_robustness(in_dev);
	ip_mc_free(pmc);
}

/**
 * igmpv3_clear_delrec() - Nobody need hear of the groups that were left.
 * @in_dev: device
 */
void igmpv3_clear_delrec(struct in_device *in_dev)
{
	struct ip_mc_list *pmc, *next;

	list_for_each_entry_safe(pmc, next, &in_dev->mc_tomb, list)
		ip_mc_free(pmc);
}

static void igmp_group_added(struct in_device *in_dev, struct ip_mc_list *im)
{
	uint8_t mac[ETH_ALEN];

	if (!im->loaded && in_dev->dev->type == ARPHRD_ETHER) {
		im->loaded = true;
		arp_mc_map(im->multiaddr, mac);
		dev_mc_add(in_dev->dev, mac);
	}
	if (!igmp_reported(in_dev, im->multiaddr) || in_dev->dead)
		return;
	im->unsolicit_count = (uint8_t)in_dev->dev->net->ipv4->sysctl_igmp_qrv;
	if (igmp_v1_seen(in_dev) || igmp_v2_seen(in_dev)) {
		igmp_start_timer(im, IGMP_INITIAL_REPORT_DELAY);
		return;
	}
	im->crcount = igmp_robustness(in_dev);
	igmp_ifc_event(in_dev);
}

static void igmp_group_dropped(struct in_device *in_dev, struct ip_mc_list *im)
{
	bool reporter = im->reporter;
	uint8_t mac[ETH_ALEN];

	if (im->loaded) {
		im->loaded = false;
		arp_mc_map(im->multiaddr, mac);
		dev_mc_del(in_dev->dev, mac);
	}
	if (!igmp_reported(in_dev, im->multiaddr))
		return;
	igmp_stop_timer(im);
	if (in_dev->dead || igmp_v1_seen(in_dev))
		return;
	if (igmp_v2_seen(in_dev)) {
		if (reporter)
			igmp_send_report(in_dev, im, IGMP_HOST_LEAVE_MESSAGE);
		return;
	}
	igmpv3_add_delrec(in_dev, im);
	igmp_ifc_event(in_dev);
}

/**
 * ip_mc_inc_group() - Joins a group on a device.
 * @in_dev: device
 * @addr: group, network order
 */
void ip_mc_inc_group(struct in_device *in_dev, __be32 addr)
{
	struct ip_mc_list *im = ip_mc_find(&in_dev->mc_list, addr);

	if (im) {
		im->users++;
		return;
	}
	im = ip_mc_new(in_dev, addr, &in_dev->mc_list);
	im->users = 1;
	igmpv3_del_delrec(in_dev, im);
	igmp_group_added(in_dev, im);
	if (!in_dev->dead)
		rt_cache_flush(in_dev->dev->net);
}

/**
 * ip_mc_dec_group() - Leaves a group on a device.
 * @in_dev: device
 * @addr: group, network order
 */
void ip_mc_dec_group(struct in_device *in_dev, __be32 addr)
{
	struct ip_mc_list *im = ip_mc_find(&in_dev->mc_list, addr);

	if (!im || --im->users)
		return;
	list_del(&im->list);
	igmp_group_dropped(in_dev, im);
	if (!in_dev->dead)
		rt_cache_flush(in_dev->dev->net);
	ip_mc_free(im);
}

static void ip_mc_reset(struct in_device *in_dev)
{
	in_dev->mr_qi = IGMP_QUERY_INTERVAL;
	in_dev->mr_qri = IGMP_QUERY_RESPONSE_INTERVAL;
	in_dev->mr_qrv = (uint8_t)in_dev->dev->net->ipv4->sysctl_igmp_qrv;
}

/**
 * ip_mc_init_dev() - A device begins with IPv4: no groups yet.
 * @in_dev: device
 */
void ip_mc_init_dev(struct in_device *in_dev)
{
	INIT_LIST_HEAD(&in_dev->mc_list);
	INIT_LIST_HEAD(&in_dev->mc_tomb);
	ip_mc_reset(in_dev);
}

/**
 * ip_mc_up() - A device comes up: joins 224.0.0.1 and the groups joined before.
 * @in_dev: device
 */
void ip_mc_up(struct in_device *in_dev)
{
	struct ip_mc_list *im;

	ip_mc_reset(in_dev);
	ip_mc_inc_group(in_dev, IGMP_GROUP_ALL_HOSTS);
	list_for_each_entry(im, &in_dev->mc_list, list) {
		igmpv3_del_delrec(in_dev, im);
		igmp_group_added(in_dev, im);
	}
}

/**
 * ip_mc_down() - A device goes down: its groups are kept, but not listened to.
 * @in_dev: device
 */
void ip_mc_down(struct in_device *in_dev)
{
	struct sim *sim = &in_dev->dev->world->sim;
	struct ip_mc_list *im;

	list_for_each_entry(im, &in_dev->mc_list, list)
		igmp_group_dropped(in_dev, im);
	igmp_ifc_stop(in_dev);
	in_dev->mr_gq_running = false;
	sim_timer_del(sim, &in_dev->mr_gq_timer);
	ip_mc_dec_group(in_dev, IGMP_GROUP_ALL_HOSTS);
}

/**
 * ip_mc_destroy_dev() - A device leaves IPv4: leaves every group.
 * @in_dev: device
 */
void ip_mc_destroy_dev(struct in_device *in_dev)
{
	struct ip_mc_list *im, *next;

	ip_mc_down(in_dev);
	igmpv3_clear_delrec(in_dev);
	list_for_each_entry_safe(im, next, &in_dev->mc_list, list)
		ip_mc_free(im);
}

/**
 * ip_check_mc() - Does a device listen to a group?
 * @in_dev: device
 * @addr: group, network order
 *
 * Return: yes or no.
 */
bool ip_check_mc(const struct in_device *in_dev, __be32 addr)
{
	return ip_mc_find(&in_dev->mc_list, addr) != NULL;
}

/**
 * igmp_mc_seq() - The rows of /proc/net/igmp.
 * @net: namespace
 * @emit: called with each row
 * @arg: for @emit
 */
void igmp_mc_seq(struct net *net, void (*emit)(void *arg, const struct igmp_mc_row *row), void *arg)
{
	const struct net_device *dev;

	list_for_each_entry(dev, &net->dev_base_head, dev_list) {
		const struct in_device *in_dev = in_dev_get(dev);
		struct igmp_mc_row row = { .dev = dev };
		const struct ip_mc_list *im;

		if (!in_dev || list_empty(&in_dev->mc_list))
			continue;
		row.querier = igmp_v1_seen(in_dev) ? "V1" : igmp_v2_seen(in_dev) ? "V2" : "V3";
		list_for_each_entry(im, &in_dev->mc_list, list)
			row.count++;
		emit(arg, &row);
		list_for_each_entry(im, &in_dev->mc_list, list) {
			int64_t left = im->expires - igmp_jiffies(in_dev);

			row.im = im;
			row.timer = im->tm_running && left > 0 ? left * 100 / HZ : 0;
			emit(arg, &row);
		}
	}
}
