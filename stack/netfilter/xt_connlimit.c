/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xt_connlimit.c - matches connlimit and connbytes: how many flows an address has, how much one moved
 *
 * mirrors net/netfilter/xt_connlimit.c, nf_conncount.c, xt_connbytes.c
 * PATH
 *
 * connlimit remembers the tuples it saw, by address; those whose flow is gone or closed do not
 * count. Memory is taken when a tuple is first seen.
 */
#include <errno.h>
#include <linux/in.h>
#include <linux/netfilter/xt_connbytes.h>
#include <linux/netfilter/xt_connlimit.h>

#include "core/world.h"
#include "core/xalloc.h"
#include "ipv4/ip.h"
#include "netfilter/nf_conntrack.h"
#include "netfilter/x_tables.h"

struct nf_conncount_tuple {
	struct list_head list;
	struct nf_conntrack_tuple tuple;
};

/* flows of one address */
struct nf_conncount_key {
	struct list_head list;
	struct list_head tuples;
	__be32 addr;
	uint16_t zone;
	unsigned int count;
};

struct connlimit_state {
	struct list_head keys;
};

static void conn_free(struct nf_conncount_key *key, struct nf_conncount_tuple *conn)
{
	list_del(&conn->list);
	free(conn);
	key->count--;
}

static void key_free(struct nf_conncount_key *key)
{
	list_del(&key->list);
	free(key);
}

static bool already_closed(const struct nf_conn *ct)
{
	return ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple.protonum == IPPROTO_TCP &&
	       (ct->proto.tcp.state == TCP_CONNTRACK_TIME_WAIT ||
		ct->proto.tcp.state == TCP_CONNTRACK_CLOSE);
}

/* Forgets the flows that are over. Returns whether @tuple is among those that stay. */
static bool conncount_collect(struct netns_ct *netct, struct nf_conncount_key *key,
			      const struct nf_conntrack_tuple *tuple)
{
	struct nf_conncount_tuple *conn, *next;
	bool found = false;

	list_for_each_entry_safe(conn, next, &key->tuples, list) {
		struct nf_conntrack_tuple_hash *h = nf_conntrack_find(netct, &conn->tuple);
		bool same = tuple && nf_ct_tuple_equal(&conn->tuple, tuple);

		if (h && same)
			found = true;
		else if (!h || already_closed(nf_ct_tuplehash_to_ctrack(h)))
			conn_free(key, conn);
	}
	return found;
}

static struct nf_conncount_key *key_of(struct connlimit_state *st, struct netns_ct *netct,
				       __be32 addr, uint16_t zone)
{
	struct nf_conncount_key *key, *next;

	list_for_each_entry_safe(key, next, &st->keys, list) {
		if (key->addr == addr && key->zone == zone)
			return key;
		conncount_collect(netct, key, NULL);
		if (!key->count)
			key_free(key);
	}
	key = xzalloc(sizeof(*key));
	key->addr = addr;
	key->zone = zone;
	INIT_LIST_HEAD(&key->tuples);
	list_add_tail(&key->list, &st->keys);
	return key;
}

/* Counts the packet's flow in. Returns how many its address has. */
static unsigned int conncount_add(struct net *net, struct nf_conncount_key *key,
				  const struct nf_conntrack_tuple *tuple, const struct nf_conn *ct)
{
	struct nf_conncount_tuple *conn;

	/* a flow that is long under way has been counted */
	if (ct && nf_ct_is_confirmed(ct) && (ct->status & IPS_ASSURED) && key->count)
		return key->count;
	if (conncount_collect(nf_ct_pernet(net), key, tuple))
		return key->count;
	conn = xzalloc(sizeof(*conn));
	conn->tuple = *tuple;
	list_add_tail(&conn->list, &key->tuples);
	return ++key->count;
}

static bool connlimit_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_connlimit_info *info = par->info;
	struct net *net = par->hook->net;
	const struct iphdr *iph = ip_hdr(skb);
	enum ip_conntrack_info ctinfo;
	const struct nf_conn *ct = nf_ct_get(skb, &ctinfo);
	struct nf_conntrack_tuple tuple;
	struct nf_conncount_key *key;
	uint16_t zone = 0;
	__be32 addr;

	if (ct) {
		tuple = ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple;
		zone = tuple.zone;
	} else if (!nf_ct_get_tuple(skb, 0, par->thoff, iph->protocol, &tuple)) {
		par->hotdrop = true;
		return false;
	}
	addr = (info->flags & XT_CONNLIMIT_DADDR) ? iph->daddr : iph->saddr;
	key = key_of(par->state, nf_ct_pernet(net), addr & info->v4_mask, zone);
	return (conncount_add(net, key, &tuple, ct) > info->limit) !=
	       !!(info->flags & XT_CONNLIMIT_INVERT);
}

static int connlimit_mt_check(const struct xt_check *par)
{
	struct connlimit_state *st = par->state;

	INIT_LIST_HEAD(&st->keys);
	nf_ct_netns_get(par->net);
	return 0;
}

static void connlimit_mt_destroy(const struct xt_check *par)
{
	struct connlimit_state *st = par->state;
	struct nf_conncount_key *key, *next;

	list_for_each_entry_safe(key, next, &st->keys, list) {
		struct nf_conncount_tuple *conn, *after;

		list_for_each_entry_safe(conn, after, &key->tuples, list)
			conn_free(key, conn);
		key_free(key);
	}
	nf_ct_netns_put(par->net);
}

static bool connbytes_mt(struct sk_buff *skb, struct xt_action_param *par)
{
	const struct xt_connbytes_info *info = par->info;
	uint64_t packets = 0, bytes = 0, what;
	enum ip_conntrack_info ctinfo;
	const struct nf_conn *ct = nf_ct_get(skb, &ctinfo);
	unsigned int dir;

	if (!ct || !ct->acct)
		return false;
	for (dir = 0; dir < IP_CT_DIR_MAX; dir++) {
		if (info->direction != XT_CONNBYTES_DIR_BOTH && info->direction != dir)
			continue;
		packets += ct->counter[dir].packets;
		bytes += ct->counter[dir].bytes;
	}
	if (info->what == XT_CONNBYTES_PKTS)
		what = packets;
	else if (info->what == XT_CONNBYTES_BYTES)
		what = bytes;
	else
		what = packets ? bytes / packets : 0;
	if (info->count.to >= info->count.from)
		return what <= info->count.to && what >= info->count.from;
	return what < info->count.to || what > info->count.from;
}

static int connbytes_mt_check(const struct xt_check *par)
{
	const struct xt_connbytes_info *info = par->info;

	if (info->what > XT_CONNBYTES_AVGPKT || info->direction > XT_CONNBYTES_DIR_BOTH)
		return -EINVAL;
	nf_ct_netns_get(par->net);
	nf_ct_pernet(par->net)->sysctl[NF_CT_SYSCTL_ACCT] = 1;
	return 0;
}

static void connbytes_mt_destroy(const struct xt_check *par)
{
	nf_ct_netns_put(par->net);
}

static const struct xt_ext matches[] = {
	{ .name = "connlimit",
	  .revision = 1,
	  .size = sizeof(struct xt_connlimit_info),
	  .usersize = offsetof(struct xt_connlimit_info, data),
	  .statesize = sizeof(struct connlimit_state),
	  .check = connlimit_mt_check,
	  .destroy = connlimit_mt_destroy,
	  .match = connlimit_mt },
	{ .name = "connbytes",
	  .size = sizeof(struct xt_connbytes_info),
	  .check = connbytes_mt_check,
	  .destroy = connbytes_mt_destroy,
	  .match = connbytes_mt },
};

const struct xt_ext_row xt_connlimit_matches = { matches, sizeof(matches) / sizeof(matches[0]) };
