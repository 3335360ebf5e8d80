/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * af_packet.c - sockets that see frames: arping, tcpdump
 *
 * mirrors net/packet/af_packet.c
 * PATH
 *   packet_tap                     from dev.c, both directions
 *     packet_rcv => the reader
 *   packet_sendmsg -> dev_queue_xmit
 */
#include "packet/af_packet.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <string.h>

#include "8021q/vlan.h"
#include "core/filter.h"
#include "core/net_namespace.h"
#include "core/netdevice.h"
#include "core/sock.h"
#include "core/task.h"
#include "core/trace.h"
#include "core/xalloc.h"

struct packet_sock {
	struct sock sk;
	__be16 num;  /* ETH_P_*, 0: sees nothing */
	int ifindex; /* 0: every device, -1: the one that is gone */
	bool auxdata;
	bool asleep;		 /* its device is down */
	struct list_head mclist; /* struct packet_mclist */
};

/* what a device shall let through for a socket */
struct packet_mclist {
	struct list_head node;
	int ifindex, type; /* PACKET_MR_* */
	unsigned int count;
};

#define pkt_sk(s) ((struct packet_sock *)(void *)(s))

/**
 * packet_sock_num() - What a packet socket listens to
 * @sk: the socket
 * @ret_ifindex: its device, 0: all
 *
 * Return: ETH_P_*, host order.
 */
uint16_t packet_sock_num(const struct sock *sk, uint32_t *ret_ifindex)
{
	const struct packet_sock *po = (const struct packet_sock *)(const void *)sk;

	*ret_ifindex = (uint32_t)po->ifindex;
	return be16_to_cpu(po->num);
}

static void fill_sll(struct sockaddr_ll *sll, const struct sk_buff *skb,
		     const struct net_device *dev, bool outgoing)
{
	const struct ethhdr *eth = skb_mac_header(skb);

	memset(sll, 0, sizeof(*sll));
	sll->sll_family = AF_PACKET;
	sll->sll_protocol = skb->protocol;
	sll->sll_ifindex = dev->ifindex;
	sll->sll_hatype = dev->type;
	sll->sll_pkttype = outgoing ? PACKET_OUTGOING : skb->pkt_type;
	sll->sll_halen = ETH_ALEN;
	memcpy(sll->sll_addr, eth->h_source, ETH_ALEN);
}

/*
 * Linux's filters see a tagged frame without its tag, and ask for the tag by other means; the programs here
 * that look for a tag look at the bytes. So a filter that does not speak of tags gets the frame without.
 */
static uint32_t run_filter(const struct packet_sock *po, const struct sk_buff *frame)
{
	const struct ethhdr *eth = skb_mac_header(frame);
	struct sk_buff *bare;
	uint32_t want;

	if (eth->h_proto != cpu_to_be16(ETH_P_8021Q) ||
	    sk_filter_mentions(po->sk.filter, ETH_P_8021Q))
		return sk_filter_run(po->sk.filter, frame);
	bare = skb_clone(frame);
	bare->data = bare->head + bare->mac_header;
	skb_pull(bare, ETH_HLEN);
	bare->protocol = eth->h_proto;
	if (skb_vlan_untag(bare) && po->sk.type != SOCK_DGRAM)
		skb_push(bare, ETH_HLEN);
	want = sk_filter_run(po->sk.filter, bare);
	consume_skb(bare);
	return want;
}

static void packet_rcv(struct packet_sock *po, const struct sk_buff *skb,
		       const struct net_device *dev, bool outgoing)
{
	struct sk_buff *copy = skb_clone(skb);
	int64_t arrived_ns = outgoing ? 0 : skb->tstamp_ns;
	struct sockaddr_ll sll;

	copy->data = copy->head + copy->mac_header;
	if (outgoing)
		copy->protocol = ((const struct ethhdr *)(const void *)copy->data)->h_proto;
	fill_sll(&sll, copy, dev, outgoing);
	if (po->sk.type == SOCK_DGRAM)
		copy->data += ETH_HLEN;
	if (po->sk.filter) {
		uint32_t want = run_filter(po, copy);

		if (!want) {
			consume_skb(copy);
			return;
		}
		if (want < skb_len(copy))
			skb_trim(copy, want);
	}
	_Static_assert(sizeof(sll) <= sizeof(copy->cb), "the address travels in cb");
	memcpy(copy->cb, &sll, sizeof(sll));
	/* a frame from outside is as old as its way to the backlog's end */
	if (!sock_queue_rcv_skb(&po->sk, copy) && arrived_ns)
		copy->tstamp_ns = arrived_ns;
}

static void packet_show(struct sk_buff *skb, struct net_device *dev, __be16 num, bool outgoing)
{
	struct sock *sk;

	list_for_each_entry(sk, &dev->net->socks, net_node) {
		struct packet_sock *po = pkt_sk(sk);

		if (sk->family == AF_PACKET && po->num == num && !po->asleep &&
		    (!po->ifindex || po->ifindex == dev->ifindex))
			packet_rcv(po, skb, dev, outgoing);
	}
}

/**
 * packet_tap() - Shows a frame to the packet sockets that see everything
 * @skb: borrowed; its MAC header is set
 * @dev: the device
 * @outgoing: sent, not received
 *
 * Sockets of one protocol get theirs from packet_deliver(), when no bridge took the frame.
 */
void packet_tap(struct sk_buff *skb, struct net_device *dev, bool outgoing)
{
	packet_show(skb, dev, cpu_to_be16(ETH_P_ALL), outgoing);
}

/**
 * packet_deliver() - Shows a received frame to the packet sockets of its protocol
 * @skb: borrowed; its MAC header is set
 * @dev: the device it belongs to
 */
void packet_deliver(struct sk_buff *skb, struct net_device *dev)
{
	if (skb->protocol)
		packet_show(skb, dev, skb->protocol, false);
}

static int packet_bind(struct sock *sk, const void *addr, uint32_t addrlen)
{
	struct packet_sock *po = pkt_sk(sk);
	const struct net_device *dev = NULL;
	struct sockaddr_ll sll;

	memset(&sll, 0, sizeof(sll));
	if (addrlen < offsetof(struct sockaddr_ll, sll_hatype))
		return -EINVAL;
	memcpy(&sll, addr, addrlen < sizeof(sll) ? addrlen : sizeof(sll));
	if (sll.sll_family != AF_PACKET)
		return -EINVAL;
	if (sll.sll_ifindex) {
		dev = dev_get_by_index(sk->net, sll.sll_ifindex);
		if (!dev)
			return -ENODEV;
	}
	po->ifindex = sll.sll_ifindex;
	if (sll.sll_protocol)
		po->num = sll.sll_protocol;
	po->asleep = dev && !(dev->flags & IFF_UP);
	if (po->asleep && po->num)
		sk_error_report(sk, ENETDOWN);
	return 0;
}

static int packet_getname(struct sock *sk, void *addr, uint32_t *addrlen, bool peer)
{
	const struct net_device *dev = dev_get_by_index(sk->net, pkt_sk(sk)->ifindex);
	struct sockaddr_ll sll = { .sll_family = AF_PACKET };

	if (peer)
		return -EOPNOTSUPP;
	sll.sll_ifindex = pkt_sk(sk)->ifindex;
	sll.sll_protocol = pkt_sk(sk)->num;
	if (dev) {
		sll.sll_hatype = dev->type;
		sll.sll_halen = dev->addr_len;
		memcpy(sll.sll_addr, dev->dev_addr, ETH_ALEN);
	}
	memcpy(addr, &sll, *addrlen < sizeof(sll) ? *addrlen : sizeof(sll));
	*addrlen = offsetof(struct sockaddr_ll, sll_addr) + sll.sll_halen;
	return 0;
}

static ssize_t packet_sendmsg(struct ng_task *task, struct sock *sk, const struct msghdr *msg,
			      size_t len, int flags)
{
	const struct sockaddr_ll *to = msg->msg_name;
	struct packet_sock *po = pkt_sk(sk);
	int ifindex = po->ifindex;
	__be16 proto = po->num;
	struct net_device *dev;
	struct sk_buff *skb;
	size_t hard = sk->type == SOCK_DGRAM ? ETH_HLEN : 0;
	int rc;

	(void)flags;
	if (to) {
		if (msg->msg_namelen < offsetof(struct sockaddr_ll, sll_addr))
			return -EINVAL;
		ifindex = to->sll_ifindex;
		proto = to->sll_protocol;
	}
	dev = dev_get_by_index(sk->net, ifindex);
	if (!dev)
		return -ENXIO;
	if (!(dev->flags & 1 /* IFF_UP */))
		return -ENETDOWN;
	if (len + hard > dev->mtu + ETH_HLEN)
		return -EMSGSIZE;
	if (!hard && len < ETH_HLEN)
		return -EINVAL;
	skb = alloc_skb(sk->world, SKB_HEADROOM + (hard ? 0 : NET_IP_ALIGN), (uint32_t)len);
	skb->written = true;
	copy_from_iov(skb_put(skb, (uint32_t)len), msg, 0, len);
	skb->dev = dev;
	skb->origin = task->origin;
	skb->protocol = proto;
	if (hard)
		dev_hard_header(skb, dev, be16_to_cpu(proto),
				to && to->sll_halen ? to->sll_addr : NULL, NULL);
	trace_skb(skb, BORN, born, .who = "packet", .why = "send", .pid = task->nr[0],
		  .comm = task->comm);
	rc = dev_queue_xmit(skb);
	if (rc > 0)
		rc = net_xmit_errno(rc); /* a drop by a device that is not active goes unnoticed */
	return rc ? rc : (ssize_t)len;
}

/* SO_TIMESTAMP: when the packet came */
static void packet_recv_cmsgs(struct sock *sk, struct msghdr *msg, const struct sk_buff *skb)
{
	struct cmsg_out cmsg = { .msg = msg };

	if (sk->timestamp) {
		int64_t ns = skb->tstamp_ns + sk->world->config.epoch_ns;
		int64_t tv[2] = { ns / NSEC_PER_SEC, ns % NSEC_PER_SEC / 1000 };

		put_cmsg(&cmsg, SOL_SOCKET, SO_TIMESTAMP, tv, sizeof(tv));
	}
	put_cmsg_done(&cmsg);
}

static ssize_t packet_recvmsg(struct ng_task *task, struct sock *sk, struct msghdr *msg, int flags)
{
	struct sk_buff *skb;
	size_t len, copied;
	int err;

	skb = skb_recv_datagram(task, sk, flags, &err);
	if (!skb)
		return err;
	len = skb_len(skb);
	copied = copy_to_iov(msg, skb->data, len);
	if (msg->msg_name) {
		size_t n = msg->msg_namelen < sizeof(struct sockaddr_ll)
				   ? msg->msg_namelen
				   : sizeof(struct sockaddr_ll);

		memcpy(msg->msg_name, skb->cb, n);
		msg->msg_namelen = (uint32_t)n;
	}
	packet_recv_cmsgs(sk, msg, skb);
	consume_skb(skb);
	return (ssize_t)(flags & MSG_TRUNC ? len : copied);
}

static int packet_dev_mc(struct net_device *dev, int type, int inc)
{
	if (type == PACKET_MR_PROMISC)
		dev_set_promiscuity(dev, inc);
	else if (type == PACKET_MR_ALLMULTI)
		dev_set_allmulti(dev, inc);
	else
		return -NG_ENOTMODELLED;
	return 0;
}

static struct packet_mclist *find_mclist(const struct packet_sock *po, int ifindex, int type)
{
	struct packet_mclist *ml;

	list_for_each_entry(ml, &po->mclist, node) {
		if (ml->ifindex == ifindex && ml->type == type)
			return ml;
	}
	return NULL;
}

static int packet_mc_add(struct packet_sock *po, const struct packet_mreq *mreq)
{
	struct packet_mclist *ml = find_mclist(po, mreq->mr_ifindex, mreq->mr_type);
	struct net_device *dev = dev_get_by_index(po->sk.net, mreq->mr_ifindex);
	int err;

	if (!dev)
		return -ENODEV;
	if (ml) {
		ml->count++;
		return 0;
	}
	err = packet_dev_mc(dev, mreq->mr_type, 1);
	if (err)
		return err;
	ml = xzalloc(sizeof(*ml));
	ml->ifindex = mreq->mr_ifindex;
	ml->type = mreq->mr_type;
	ml->count = 1;
	list_add(&ml->node, &po->mclist);
	return 0;
}

static void free_mclist(struct packet_mclist *ml, struct net_device *dev)
{
	if (dev)
		packet_dev_mc(dev, ml->type, -1);
	list_del(&ml->node);
	free(ml);
}

static int packet_mc_drop(struct packet_sock *po, const struct packet_mreq *mreq)
{
	struct packet_mclist *ml = find_mclist(po, mreq->mr_ifindex, mreq->mr_type);

	if (ml && !--ml->count)
		free_mclist(ml, dev_get_by_index(po->sk.net, ml->ifindex));
	return 0;
}

static void forget_device(struct packet_sock *po, struct net_device *dev)
{
	struct packet_mclist *ml, *tmp;

	list_for_each_entry_safe(ml, tmp, &po->mclist, node) {
		if (ml->ifindex == dev->ifindex)
			free_mclist(ml, dev);
	}
	if (po->ifindex == dev->ifindex)
		po->ifindex = -1;
}

/**
 * packet_netdev_event() - A device changes under the sockets that look at it
 * @event: NETDEV_*
 * @dev: the device
 *
 * Who looks at it alone is told ENETDOWN when it goes down. As packet_notifier().
 */
void packet_netdev_event(enum netdev_event event, struct net_device *dev)
{
	struct sock *sk;

	if (!dev->net->nr_packet_socks ||
	    (event != NETDEV_UP && event != NETDEV_DOWN && event != NETDEV_UNREGISTER))
		return;
	list_for_each_entry(sk, &dev->net->socks, net_node) {
		struct packet_sock *po = pkt_sk(sk);

		if (sk->family != AF_PACKET)
			continue;
		if (po->ifindex == dev->ifindex) {
			if (event != NETDEV_UP && !po->asleep && po->num)
				sk_error_report(sk, ENETDOWN);
			po->asleep = event != NETDEV_UP;
		}
		if (event == NETDEV_UNREGISTER)
			forget_device(po, dev);
	}
}

static int set_membership(struct packet_sock *po, int name, const void *val, uint32_t len)
{
	struct packet_mreq mreq;

	if (len < sizeof(mreq))
		return -EINVAL;
	memcpy(&mreq, val, sizeof(mreq));
	return name == PACKET_ADD_MEMBERSHIP ? packet_mc_add(po, &mreq) : packet_mc_drop(po, &mreq);
}

static int packet_setsockopt(struct sock *sk, int level, int name, const void *val, uint32_t len)
{
	int v = 0;

	if (level != SOL_PACKET)
		return -ENOPROTOOPT;
	if (name == PACKET_ADD_MEMBERSHIP || name == PACKET_DROP_MEMBERSHIP)
		return set_membership(pkt_sk(sk), name, val, len);
	if (len < sizeof(v))
		return -EINVAL;
	memcpy(&v, val, sizeof(v));
	if (name == PACKET_AUXDATA) {
		pkt_sk(sk)->auxdata = v;
		return 0;
	}
	return -ENOPROTOOPT;
}

static void packet_release(struct sock *sk)
{
	struct packet_sock *po = pkt_sk(sk);
	struct packet_mclist *ml, *tmp;

	list_for_each_entry_safe(ml, tmp, &po->mclist, node)
		free_mclist(ml, dev_get_by_index(sk->net, ml->ifindex));
	sk->net->nr_packet_socks--;
}

static const struct proto_ops packet_ops = {
	.bind = packet_bind,
	.getname = packet_getname,
	.setsockopt = packet_setsockopt,
	.sendmsg = packet_sendmsg,
	.recvmsg = packet_recvmsg,
	.release = packet_release,
};

/**
 * packet_create() - A packet socket
 * @net: whose devices it sees
 * @type: SOCK_RAW: whole frames; SOCK_DGRAM: without the Ethernet header
 * @protocol: ETH_P_* in network order, 0: nothing until bound
 * @ret_sk: the socket
 *
 * Return: 0 or -ESOCKTNOSUPPORT.
 */
int packet_create(struct net *net, int type, int protocol, struct sock **ret_sk)
{
	struct packet_sock *po;

	if (type != SOCK_RAW && type != SOCK_DGRAM)
		return -ESOCKTNOSUPPORT;
	po = xzalloc(sizeof(*po));
	sock_init_data(&po->sk, net, AF_PACKET, type, protocol);
	po->sk.ops = &packet_ops;
	INIT_LIST_HEAD(&po->mclist);
	po->num = (ng_force __be16)(uint16_t)protocol;
	net->nr_packet_socks++;
	*ret_sk = &po->sk;
	return 0;
}
