/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sock.c - what all sockets share
 *
 * mirrors net/core/{sock,datagram}.c
 * TABLE and CONTROL.
 */
#include "core/sock.h"

#include <errno.h>
#include <netglass/types.h>
#include <poll.h>
#include <string.h>
#include <sys/time.h>

#include "core/filter.h"
#include "core/jiffies.h"
#include "core/net_namespace.h"
#include "core/task.h"
#include "core/trace.h"
#include "core/xalloc.h"

#define SOCK_MIN_RCVBUF 2304U
#define SOCK_MIN_SNDBUF 4608U

/**
 * sock_init_data() - What every socket begins with
 * @sk: zeroed; one reference
 * @net: its namespace; counted here
 * @family: AF_*
 * @type: SOCK_*
 * @protocol: of the family
 */
void sock_init_data(struct sock *sk, struct net *net, int family, int type, int protocol)
{
	sk->world = net->world;
	sk->net = get_net(net);
	sk->family = (uint16_t)family;
	sk->type = (uint16_t)type;
	sk->protocol = (uint16_t)protocol;
	sk->refs = 1;
	sk->rcvbuf = (uint32_t)net->world->sysctl_rmem_default;
	sk->sndbuf = (uint32_t)net->world->sysctl_wmem_default;
	sk->rcvtimeo_ns = -1;
	sk->sndtimeo_ns = -1;
	skb_queue_head_init(&sk->receive_queue);
	skb_queue_head_init(&sk->error_queue);
	init_waitqueue_head(&sk->wait);
	list_add_tail(&sk->net_node, &net->socks);
}

/**
 * sock_hold() - One more reference
 * @sk: the socket
 */
void sock_hold(struct sock *sk)
{
	sk->refs++;
}

/**
 * sock_put() - One reference less; the last one frees
 * @sk: the socket
 */
void sock_put(struct sock *sk)
{
	if (--sk->refs)
		return;
	put_net(sk->net);
	free(sk->filter);
	free(sk);
}

/**
 * sock_release() - The file is closed: the socket is out of the world
 * @sk: packets that wait, a neighbour's for its address, keep it and its namespace longer
 */
void sock_release(struct sock *sk)
{
	sk->dead = true;
	if (sk->ops->release)
		sk->ops->release(sk);
	sk->awaited = false;
	sk->ino = 0; /* what release() sends is still the program's */
	skb_queue_purge_in(&sk->receive_queue, sk->net, SKB_DROP_REASON_PKT_CONSUMED);
	skb_queue_purge_in(&sk->error_queue, sk->net, SKB_DROP_REASON_PKT_CONSUMED);
	list_del(&sk->net_node);
	sock_put(sk);
}

/**
 * skb_cost() - What a packet in a queue takes of the receive buffer
 * @skb: borrowed
 *
 * Return: its skb_truesize(), with headers that the reader does not see.
 */
uint32_t skb_cost(const struct sk_buff *skb)
{
	const uint8_t *from = skb->network_header ? skb_network_header(skb) : skb->data;

	return skb_truesize((uint32_t)(skb->tail - from));
}

/**
 * sock_queue_tail() - A packet for the reader, however full its receive buffer is
 * @sk: the socket
 * @skb: consumed; its bytes are charged
 */
void sock_queue_tail(struct sock *sk, struct sk_buff *skb)
{
	if (trace_on(sk->world) && skb->id)
		trace_deliver_sock(skb, sk);
	skb_dst_drop(skb);
	skb->dev = NULL;
	skb->delivered = true;
	skb->tstamp_ns = world_now(sk->world);
	sk->rmem += skb_cost(skb);
	skb_queue_tail(&sk->receive_queue, skb);
	wake_up(&sk->wait);
}

/**
 * sock_queue_rcv_skb() - A packet for the reader
 * @sk: the socket
 * @skb: consumed
 *
 * Return: 0, or -ENOMEM when its receive buffer is full (the packet dies). The last packet may
 * reach beyond it.
 */
int sock_queue_rcv_skb(struct sock *sk, struct sk_buff *skb)
{
	if (sk->rmem >= sk->rcvbuf) {
		sk->drops++;
		kfree_skb_reason(skb, SKB_DROP_REASON_SOCKET_RCVBUFF);
		return -ENOMEM;
	}
	sock_queue_tail(sk, skb);
	return 0;
}

/**
 * sock_queue_err_skb() - A packet for the error queue
 * @sk: the socket
 * @skb: consumed; its cb holds a struct sock_exterr_skb
 *
 * Return: 0, or -ENOMEM when there is no room (the packet dies).
 */
int sock_queue_err_skb(struct sock *sk, struct sk_buff *skb)
{
	if (sk->error_queue.bytes + skb_cost(skb) > sk->rcvbuf) {
		kfree_skb_reason(skb, SKB_DROP_REASON_SOCKET_RCVBUFF);
		return -ENOMEM;
	}
	if (trace_on(sk->world) && skb->id)
		trace_deliver_sock(skb, sk);
	skb_dst_drop(skb);
	skb->dev = NULL;
	skb->delivered = true;
	skb->tstamp_ns = world_now(sk->world);
	skb_queue_tail(&sk->error_queue, skb);
	wake_up(&sk->wait);
	return 0;
}

/**
 * sk_error_report() - Something went wrong that the program shall hear of
 * @sk: the socket
 * @err: positive errno
 */
void sk_error_report(struct sock *sk, int err)
{
	sk->err = err;
	wake_up(&sk->wait);
}

static int sock_error(struct sock *sk)
{
	int err = sk->err;

	sk->err = 0;
	return -err;
}

/**
 * skb_recv_datagram() - The next packet
 * @task: the reader
 * @sk: the socket
 * @flags: MSG_DONTWAIT, MSG_PEEK
 * @ret_err: -EAGAIN, -EINTR, or the socket's error
 *
 * Return: the packet: the caller's, or with MSG_PEEK a clone; NULL: see @ret_err (0: shut down).
 */
struct sk_buff *skb_recv_datagram(struct ng_task *task, struct sock *sk, int flags, int *ret_err)
{
	int64_t deadline = jiffies_deadline(world_now(sk->world), sk->rcvtimeo_ns);

	for (;;) {
		struct sk_buff *skb;
		int64_t left = -1;
		int err;

		*ret_err = sock_error(sk);
		if (*ret_err)
			return NULL;
		skb = skb_queue_first(&sk->receive_queue);
		if (skb && (flags & MSG_PEEK))
			return skb_clone(skb);
		if (skb) {
			skb_unlink(&sk->receive_queue, skb);
			sk->rmem -= skb_cost(skb);
			return skb;
		}
		if (sk->shutdown & 1)
			return NULL;
		*ret_err = -EAGAIN;
		if (flags & MSG_DONTWAIT)
			return NULL;
		if (deadline >= 0) {
			left = jiffies_left(world_now(sk->world), deadline);
			if (left <= 0)
				return NULL;
		}
		/* the task's own descriptor keeps the socket: nobody closes it while the task waits */
		err = task_wait_on(task, &sk->wait, left);
		if (err == -EINTR) {
			*ret_err = -EINTR;
			return NULL;
		}
	}
}

/**
 * datagram_poll() - What a datagram socket is ready for
 * @sk: the socket
 *
 * Return: POLL* bits.
 */
int datagram_poll(struct sock *sk)
{
	int mask = sock_writeable(sk) ? POLLOUT | POLLWRNORM : 0;

	if (sk->err || sk->error_queue.qlen)
		mask |= POLLERR;
	if (sk->receive_queue.qlen || (sk->shutdown & 1))
		mask |= POLLIN | POLLRDNORM;
	return mask;
}

/**
 * iov_length() - Bytes a message has room for
 * @msg: the message
 *
 * Return: bytes.
 */
size_t iov_length(const struct msghdr *msg)
{
	size_t n = 0;
	size_t i;

	for (i = 0; i < (size_t)msg->msg_iovlen; i++)
		n += msg->msg_iov[i].iov_len;
	return n;
}

/**
 * copy_from_iov() - Gathers bytes from a message
 * @dst: where to
 * @msg: borrowed
 * @offset: how many to skip
 * @len: how many; they must be there
 */
void copy_from_iov(void *dst, const struct msghdr *msg, size_t offset, size_t len)
{
	uint8_t *to = dst;
	size_t i;

	for (i = 0; i < (size_t)msg->msg_iovlen && len; i++) {
		const struct iovec *v = &msg->msg_iov[i];
		size_t n;

		if (offset >= v->iov_len) {
			offset -= v->iov_len;
			continue;
		}
		n = v->iov_len - offset < len ? v->iov_len - offset : len;
		memcpy(to, (const uint8_t *)v->iov_base + offset, n);
		to += n;
		len -= n;
		offset = 0;
	}
}

/**
 * copy_to_iov() - Scatters bytes into a message
 * @msg: MSG_TRUNC is set in its flags when some do not fit
 * @src: bytes
 * @len: how many
 *
 * Return: how many fitted.
 */
size_t copy_to_iov(struct msghdr *msg, const void *src, size_t len)
{
	const uint8_t *from = src;
	size_t done = 0;
	size_t i;

	for (i = 0; i < (size_t)msg->msg_iovlen && done < len; i++) {
		size_t n = msg->msg_iov[i].iov_len;

		if (n > len - done)
			n = len - done;
		if (n)
			memcpy(msg->msg_iov[i].iov_base, from + done, n);
		done += n;
	}
	if (done < len)
		msg->msg_flags |= MSG_TRUNC;
	return done;
}

/**
 * put_cmsg() - Adds a control message
 * @out: begins as { msg, 0 }
 * @level: SOL_*
 * @type: of the level
 * @data: bytes
 * @len: how many
 */
void put_cmsg(struct cmsg_out *out, int level, int type, const void *data, size_t len)
{
	struct msghdr *msg = out->msg;
	struct cmsghdr *c;

	if (!msg->msg_control || out->used + CMSG_LEN(len) > (size_t)msg->msg_controllen) {
		msg->msg_flags |= MSG_CTRUNC;
		return;
	}
	c = (struct cmsghdr *)(void *)((uint8_t *)msg->msg_control + out->used);
	c->cmsg_level = level;
	c->cmsg_type = type;
	c->cmsg_len = CMSG_LEN(len);
	memcpy(CMSG_DATA(c), data, len);
	out->used += CMSG_SPACE(len);
	if (out->used > (size_t)msg->msg_controllen)
		out->used = (size_t)msg->msg_controllen;
}

/**
 * put_cmsg_done() - No more control messages
 * @out: what put_cmsg() filled
 */
void put_cmsg_done(struct cmsg_out *out)
{
	out->msg->msg_controllen = out->used;
}

static uint32_t buffer_size(uint32_t want, uint32_t min, int max, bool force)
{
	if (!force && want > (uint32_t)max)
		want = (uint32_t)max;
	if (want > INT32_MAX / 2)
		want = INT32_MAX / 2;
	return want * 2 < min ? min : want * 2;
}

static int set_timeout(int64_t *ret_ns, const void *val, uint32_t len)
{
	struct timeval tv;

	if (len < sizeof(tv))
		return -EINVAL;
	memcpy(&tv, val, sizeof(tv));
	if (tv.tv_usec < 0 || tv.tv_usec >= 1000000)
		return -EDOM;
	*ret_ns = tv.tv_sec * NSEC_PER_SEC + tv.tv_usec * NSEC_PER_USEC;
	if (*ret_ns == 0)
		*ret_ns = -1;
	return 0;
}

/* closing never blocks here: what counts is a time of 0, with which TCP resets */
static int set_linger(struct sock *sk, const void *val, uint32_t len)
{
	struct linger l;

	if (len < sizeof(l))
		return -EINVAL;
	memcpy(&l, val, sizeof(l));
	sk->linger = l.l_onoff;
	sk->linger_s = l.l_linger;
	return 0;
}

static int bind_to_device(struct sock *sk, const void *val, uint32_t len)
{
	char name[IFNAMSIZ] = "";
	const struct net_device *dev;

	if (len > IFNAMSIZ - 1)
		len = IFNAMSIZ - 1;
	memcpy(name, val, len);
	if (!*name) {
		sk->bound_dev_if = 0;
		return 0;
	}
	dev = dev_get_by_name(sk->net, name);
	if (!dev)
		return -ENODEV;
	sk->bound_dev_if = dev->ifindex;
	return 0;
}

static int attach_filter(struct sock *sk, const void *val, uint32_t len)
{
	struct sk_filter *filter;
	int err = sk_filter_new(val, len, &filter);

	if (err)
		return err;
	free(sk->filter);
	sk->filter = filter;
	return 0;
}

static int detach_filter(struct sock *sk)
{
	if (!sk->filter)
		return -ENOENT;
	free(sk->filter);
	sk->filter = NULL;
	return 0;
}

/**
 * sock_setsockopt() - SOL_SOCKET options
 * @sk: the socket
 * @name: SO_*
 * @val: the value
 * @len: its bytes
 *
 * Return: 0, -ENOPROTOOPT, -EINVAL ...
 */
int sock_setsockopt(struct sock *sk, int name, const void *val, uint32_t len)
{
	int v = 0;

	if (name == SO_BINDTODEVICE)
		return bind_to_device(sk, val, len);
	if (name == SO_ATTACH_FILTER)
		return attach_filter(sk, val, len);
	if (name == SO_DETACH_FILTER)
		return detach_filter(sk);
	if (name == SO_RCVTIMEO)
		return set_timeout(&sk->rcvtimeo_ns, val, len);
	if (name == SO_SNDTIMEO)
		return set_timeout(&sk->sndtimeo_ns, val, len);
	if (name == SO_LINGER)
		return set_linger(sk, val, len);
	if (len < sizeof(v))
		return -EINVAL;
	memcpy(&v, val, sizeof(v));
	switch (name) {
	case SO_RCVBUF:
	case SO_RCVBUFFORCE:
		sk->rcvbuf = buffer_size((uint32_t)v, SOCK_MIN_RCVBUF, sk->world->sysctl_rmem_max,
					 name == SO_RCVBUFFORCE);
		return 0;
	case SO_SNDBUF:
	case SO_SNDBUFFORCE:
		sk->sndbuf = buffer_size((uint32_t)v, SOCK_MIN_SNDBUF, sk->world->sysctl_wmem_max,
					 name == SO_SNDBUFFORCE);
		return 0;
	case SO_DEBUG:
		sk->debug = v;
		return 0;
	case SO_BROADCAST:
		sk->broadcast = v;
		return 0;
	case SO_REUSEADDR:
		sk->reuse = v;
		return 0;
	case SO_REUSEPORT:
		sk->reuseport = v;
		return 0;
	case SO_DONTROUTE:
		sk->dontroute = v;
		return 0;
	case SO_KEEPALIVE:
		sk->keepalive = v;
		if (sk->ops->set_keepalive)
			sk->ops->set_keepalive(sk, v);
		return 0;
	case SO_TIMESTAMP:
		sk->timestamp = v;
		return 0;
	case SO_MARK:
		sk->mark = (uint32_t)v;
		return 0;
	case SO_PRIORITY:
		sk->priority = (uint32_t)v;
		return 0;
	}
	return -ENOPROTOOPT;
}

static int get_int(const struct sock *sk, int name)
{
	switch (name) {
	case SO_TYPE:
		return sk->type;
	case SO_PROTOCOL:
		return sk->protocol;
	case SO_DOMAIN:
		return sk->family;
	case SO_RCVBUF:
		return (int)sk->rcvbuf;
	case SO_SNDBUF:
		return (int)sk->sndbuf;
	case SO_DEBUG:
		return sk->debug;
	case SO_BROADCAST:
		return sk->broadcast;
	case SO_REUSEADDR:
		return sk->reuse;
	case SO_REUSEPORT:
		return sk->reuseport;
	case SO_DONTROUTE:
		return sk->dontroute;
	case SO_KEEPALIVE:
		return sk->keepalive;
	case SO_TIMESTAMP:
		return sk->timestamp;
	case SO_MARK:
		return (int)sk->mark;
	case SO_PRIORITY:
		return (int)sk->priority;
	case SO_ACCEPTCONN:
		return sk->listening;
	}
	return -ENOPROTOOPT;
}

/**
 * sock_getsockopt() - SOL_SOCKET options
 * @sk: the socket
 * @name: SO_*
 * @val: where to
 * @len: its room, then what was written
 *
 * Return: 0 or -ENOPROTOOPT.
 */
int sock_getsockopt(struct sock *sk, int name, void *val, uint32_t *len)
{
	const struct linger l = { .l_onoff = sk->linger, .l_linger = sk->linger_s };
	int v;

	if (name == SO_LINGER) {
		if (*len > sizeof(l))
			*len = sizeof(l);
		memcpy(val, &l, *len);
		return 0;
	}
	v = name == SO_ERROR ? -sock_error(sk) : get_int(sk, name);
	if (name == SO_ERROR && !v) {
		v = sk->err_soft;
		sk->err_soft = 0;
	}

	if (v == -ENOPROTOOPT)
		return v;
	if (*len > sizeof(v))
		*len = sizeof(v);
	memcpy(val, &v, *len);
	return 0;
}
