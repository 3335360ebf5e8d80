/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tcp.c - TCP sockets: bind, listen, accept, send, poll (RFC 9293)
 *
 * mirrors net/ipv4/tcp.c and net/ipv4/inet_connection_sock.c; reading is in tcp_recvmsg.c, closing in
 * tcp_close.c, options in tcp_sockopt.c, connect() in tcp_ipv4.c
 *
 * PATH and TABLE
 *
 *	tcp_sendmsg()			tcp_push_pending_frames(), tcp_output.c
 */
#include <poll.h>

#include "core/jiffies.h"
#include "core/xalloc.h"
#include "ipv4/fib.h"
#include "ipv4/tcp.h"

/**
 * tcp_init_sock() - What every TCP socket begins with
 * @tp: zeroed but for the parts of sock_init_data()
 */
void tcp_init_sock(struct tcp_sock *tp)
{
	struct netns_ipv4 *ipv4 = tcp_ns(tp);

	INIT_LIST_HEAD(&tp->bind_node);
	INIT_LIST_HEAD(&tp->listen_node);
	INIT_LIST_HEAD(&tp->accept_node);
	INIT_LIST_HEAD(&tp->syn_queue);
	INIT_LIST_HEAD(&tp->accept_queue);
	INIT_LIST_HEAD(&tp->write_queue);
	INIT_LIST_HEAD(&tp->rtx_queue);
	INIT_LIST_HEAD(&tp->ofo_queue);
	tcp_init_xmit_timers(tp);
	tp->state = TCP_CLOSE;
	tp->inet.is_icsk = true;
	tp->rto_ns = TCP_TIMEOUT_INIT;
	tp->snd_cwnd = TCP_INIT_CWND;
	tp->snd_ssthresh = TCP_INFINITE_SSTHRESH;
	tp->reordering = (uint32_t)ipv4->sysctl_tcp_reordering;
	tp->rack_reo_wnd_steps = 1;
	tp->undo_retrans = -1;
	tp->app_limited = UINT32_MAX;
	tp->rate_app_limited = true;
	tp->scaling_ratio = 128;
	tp->mdev_ns = TCP_TIMEOUT_INIT;
	tp->mss_cache = TCP_MSS_DEFAULT;
	tp->ca = (uint8_t)ipv4->sysctl_tcp_congestion_control;
	tp->inet.sk.rcvbuf = (uint32_t)ipv4->sysctl_tcp_rmem[1];
	tp->inet.sk.sndbuf = (uint32_t)ipv4->sysctl_tcp_wmem[1];
	tp->rcvbuf_auto = tp->inet.sk.rcvbuf;
	tp->sndbuf_auto = tp->inet.sk.sndbuf;
	list_add_tail(&tp->inet.node, &ipv4->tcp_socks);
}

/**
 * tcp_v4_init_sock() - A TCP socket
 * @inet: a new socket of sizeof(struct tcp_sock)
 *
 * Return: 0.
 */
int tcp_v4_init_sock(struct inet_sock *inet)
{
	tcp_init_sock(tcp_sk(&inet->sk));
	return 0;
}

/**
 * tcp_set_state() - The connection goes on, or ends
 * @tp: the socket
 * @state: TCP_*; TCP_CLOSE also takes it out of the tables
 */
void tcp_set_state(struct tcp_sock *tp, uint8_t state)
{
	if (state == TCP_CLOSE) {
		if (TCPF(tp->state) & (TCPF(TCP_ESTABLISHED) | TCPF(TCP_CLOSE_WAIT)))
			mib_inc(tp->inet.sk.net, Tcp_EstabResets);
		tcp_ehash_del(&tp->hash);
		list_del(&tp->listen_node);
		if (!tp->was_bound) {
			list_del(&tp->bind_node);
			tp->inet.inet_num = 0;
		}
	}
	tp->state = state;
}

static void purge(struct tcp_sock *tp, struct list_head *q)
{
	struct sk_buff *skb;

	while ((skb = tcp_queue_head(q)))
		tcp_free_queued(tp, skb);
}

static void tcp_purge_out(struct tcp_sock *tp)
{
	purge(tp, &tp->write_queue);
	purge(tp, &tp->rtx_queue);
	tcp_chrono_stop(tp, TCP_CHRONO_BUSY);
	tp->packets_out = 0;
	tcp_clear_retrans(tp);
}

/**
 * tcp_destroy_sock() - Gives back everything
 * @tp: closed; freed when it was an orphan that nothing else holds
 */
void tcp_destroy_sock(struct tcp_sock *tp)
{
	struct sock *sk = &tp->inet.sk;

	if (tp->destroyed)
		return;
	tp->destroyed = true;
	tcp_clear_xmit_timers(tp);
	tcp_ehash_del(&tp->hash);
	list_del(&tp->listen_node);
	list_del(&tp->bind_node);
	list_del(&tp->inet.node);
	tcp_purge_out(tp);
	tcp_ofo_purge(tp);
	if (tp->rt)
		dst_release(&tp->rt->dst);
	tp->rt = NULL;
	if (tp->inet.sk.orphan)
		sock_put(sk);
}

/**
 * tcp_done() - The connection is over
 * @tp: the socket; an orphan is freed
 */
void tcp_done(struct tcp_sock *tp)
{
	struct sock *sk = &tp->inet.sk;

	if (TCPF(tp->state) & (TCPF(TCP_SYN_SENT) | TCPF(TCP_SYN_RECV)))
		mib_inc(sk->net, Tcp_AttemptFails);
	tcp_set_state(tp, TCP_CLOSE);
	tcp_clear_xmit_timers(tp);
	sk->shutdown = 3;
	if (!sk->dead) {
		tcp_purge_out(tp);
		wake_up(&sk->wait);
	} else if (tp->inet.sk.orphan) {
		tcp_destroy_sock(tp);
	}
}

/**
 * tcp_disconnect() - Breaks the connection off; the socket can connect again
 * @tp: the socket
 *
 * Return: 0.
 */
int tcp_disconnect(struct tcp_sock *tp)
{
	struct sock *sk = &tp->inet.sk;
	uint8_t old = tp->state;
	struct sk_buff *skb;

	tp->rx_cause = 0;
	if (old != TCP_CLOSE)
		tcp_set_state(tp, TCP_CLOSE);
	if (TCPF(old) & (TCPF(TCP_ESTABLISHED) | TCPF(TCP_CLOSE_WAIT) | TCPF(TCP_FIN_WAIT1) |
			 TCPF(TCP_FIN_WAIT2) | TCPF(TCP_SYN_RECV)) ||
	    (tp->snd_nxt != tp->write_seq &&
	     (TCPF(old) & (TCPF(TCP_CLOSING) | TCPF(TCP_LAST_ACK)))))
		tcp_send_active_reset(tp);
	sk->err = ECONNRESET;
	if (old == TCP_SYN_SENT || old == TCP_CLOSE)
		sk->err = 0;
	tcp_clear_xmit_timers(tp);
	tcp_purge_out(tp);
	tcp_ofo_purge(tp);
	while ((skb = skb_dequeue(&sk->receive_queue))) {
		tcp_rmem_uncharge(tp, skb);
		consume_skb(skb);
	}
	tp->inet.inet_dport = 0;
	tp->inet.inet_daddr = 0;
	tp->inet.connected = false;
	if (!tp->inet.bindaddr_lock) {
		tp->inet.inet_saddr = 0;
		tp->inet.inet_rcv_saddr = 0;
	}
	sk->shutdown = 0;
	tp->srtt_ns = 0;
	tp->min_rtt_ns = 0;
	tp->rto_ns = TCP_TIMEOUT_INIT;
	tp->backoff = 0;
	tp->probes_out = 0;
	tp->snd_cwnd = TCP_INIT_CWND;
	tp->snd_ssthresh = TCP_INFINITE_SSTHRESH;
	tp->reordering = (uint32_t)tcp_ns(tp)->sysctl_tcp_reordering;
	tp->retransmits = 0;
	tp->delivered = 0;
	tp->delivered_ce = 0;
	tp->ecn_flags = 0;
	tp->urg_data = 0;
	tp->rack_mstamp_ns = 0;
	tp->rack_end_seq = 0;
	tp->ca_state = TCP_CA_Open;
	tcp_ca_reset(tp);
	tp->ack_ato_ns = 0;
	tp->ack_pending = 0;
	tp->window_clamp = 0;
	tp->ts_recent = 0;
	if (tp->rt)
		dst_release(&tp->rt->dst);
	tp->rt = NULL;
	wake_up(&sk->wait);
	return 0;
}

static int tcp_bind(struct sock *sk, const void *addr, uint32_t addrlen)
{
	struct tcp_sock *tp = tcp_sk(sk);
	struct inet_sock *inet = &tp->inet;
	struct sockaddr_in sin;
	int err;

	if (tp->state != TCP_CLOSE || inet->inet_num)
		return -EINVAL;
	err = inet_bind_addr(inet, addr, addrlen, &sin);
	if (err)
		return err;
	err = tcp_get_port(tp, be16_to_cpu(sin.sin_port));
	if (err) {
		inet->inet_saddr = 0;
		inet->inet_rcv_saddr = 0;
		inet->bindaddr_lock = false;
		return err;
	}
	inet->bindport_lock = sin.sin_port != 0;
	inet->inet_daddr = 0;
	inet->inet_dport = 0;
	return 0;
}

static int tcp_listen(struct sock *sk, int backlog)
{
	struct tcp_sock *tp = tcp_sk(sk);
	uint32_t max = (uint32_t)tcp_ns(tp)->sysctl_somaxconn;
	struct tcp_hashinfo *h;
	int err;

	if (tp->state != TCP_CLOSE && tp->state != TCP_LISTEN)
		return -EINVAL;
	tp->max_ack_backlog = (uint32_t)backlog > max ? max : (uint32_t)backlog;
	if (tp->state == TCP_LISTEN)
		return 0;
	if (!tp->inet.inet_num) {
		err = tcp_get_port(tp, 0);
		if (err)
			return err;
	} else if (tcp_listen_conflict(tp)) {
		return -EADDRINUSE;
	}
	h = tcp_hashinfo(sk->net);
	tp->state = TCP_LISTEN;
	sk->listening = true;
	list_add_tail(&tp->listen_node, &h->listen[tp->inet.inet_num % TCP_LHASH_SIZE]);
	return 0;
}

static int tcp_accept(struct ng_task *task, struct sock *sk, struct sock **ret_sk)
{
	struct tcp_sock *tp = tcp_sk(sk), *child;
	int64_t deadline = jiffies_deadline(tcp_now(tp), sk->rcvtimeo_ns);

	while (tp->state == TCP_LISTEN && list_empty(&tp->accept_queue)) {
		int64_t left = -1;

		if (sk->nonblock)
			return -EAGAIN;
		if (deadline >= 0) {
			left = jiffies_left(tcp_now(tp), deadline);
			if (left <= 0)
				return -EAGAIN;
		}
		if (task_wait_on(task, &sk->wait, left) == -EINTR)
			return -EINTR;
	}
	if (tp->state != TCP_LISTEN)
		return -EINVAL;
	child = list_first_entry(&tp->accept_queue, struct tcp_sock, accept_node);
	list_del(&child->accept_node);
	tp->accept_backlog--;
	child->listener = NULL;
	child->inet.sk.origin = task->origin;
	*ret_sk = &child->inet.sk;
	return 0;
}

static int tcp_getname(struct sock *sk, void *addr, uint32_t *addrlen, bool peer)
{
	const struct tcp_sock *tp = tcp_sk(sk);

	if (peer &&
	    (!tp->inet.inet_dport || (TCPF(tp->state) & (TCPF(TCP_CLOSE) | TCPF(TCP_SYN_SENT)))))
		return -ENOTCONN;
	return inet_getname(sk, addr, addrlen, peer);
}

/**
 * tcp_stream_memory_free() - Is there room for a writer?
 * @tp: the socket
 *
 * Return: bytes free; 0 until a third of the buffer is.
 */
uint32_t tcp_stream_memory_free(const struct tcp_sock *tp)
{
	uint32_t sndbuf = tp->inet.sk.sndbuf;

	if (tp->wmem >= sndbuf || sndbuf - tp->wmem < tp->wmem / 2)
		return 0;
	return sndbuf - tp->wmem;
}

/**
 * tcp_poll() - What the socket is ready for
 * @sk: the socket
 *
 * Return: POLL* bits.
 */
int tcp_poll(struct sock *sk)
{
	struct tcp_sock *tp = tcp_sk(sk);
	int mask = 0;

	if (tp->state == TCP_LISTEN)
		return list_empty(&tp->accept_queue) ? 0 : POLLIN | POLLRDNORM;
	if (sk->shutdown == 3 || tp->state == TCP_CLOSE)
		mask |= POLLHUP;
	if (sk->shutdown & 1)
		mask |= POLLIN | POLLRDNORM | 0x2000; /* POLLRDHUP */
	if (tp->state != TCP_SYN_SENT && tp->state != TCP_SYN_RECV) {
		if (sk->receive_queue.qlen)
			mask |= POLLIN | POLLRDNORM;
		if ((sk->shutdown & 2) || tcp_stream_memory_free(tp))
			mask |= POLLOUT | POLLWRNORM;
		else
			tp->nospace = true;
		if (tp->urg_data & TCP_URG_VALID)
			mask |= 0x0002; /* POLLPRI */
	}
	if (sk->err || sk->error_queue.qlen || (tp->soft_seen && tp->state == TCP_SYN_SENT))
		mask |= POLLERR;
	return mask;
}

/* Waits until the connection stands; 0 or -errno */
static int tcp_wait_connected(struct ng_task *task, struct tcp_sock *tp, int flags)
{
	struct sock *sk = &tp->inet.sk;

	while (TCPF(tp->state) & (TCPF(TCP_SYN_SENT) | TCPF(TCP_SYN_RECV))) {
		if (flags & MSG_DONTWAIT)
			return -EAGAIN;
		if (task_wait_on(task, &sk->wait, -1) == -EINTR)
			return -EINTR;
	}
	if (sk->err || (sk->shutdown & 2))
		return tcp_error_take(sk, -EPIPE);
	if (!(TCPF(tp->state) & (TCPF(TCP_ESTABLISHED) | TCPF(TCP_CLOSE_WAIT))))
		return -EPIPE;
	return 0;
}

/* Waits for room in the send buffer; 0 or -errno */
static int tcp_wait_memory(struct ng_task *task, struct tcp_sock *tp, int flags, int64_t deadline)
{
	struct sock *sk = &tp->inet.sk;
	struct sk_buff *tail = tcp_queue_tail(&tp->write_queue);
	int64_t left = -1;

	tp->nospace = true;
	if (tail) {
		TCP_SKB_CB(tail)->flags |= TCPHDR_PSH;
		tp->pushed_seq = tp->write_seq;
		tp->rx_cause = 0;
		tcp_write_xmit(tp, TCP_NAGLE_PUSH, 0);
		tcp_check_probe_timer(tp);
	}
	if (tp->wmem < sk->sndbuf)
		return 0;
	if (flags & MSG_DONTWAIT)
		return -EAGAIN;
	if (deadline >= 0) {
		left = jiffies_left(tcp_now(tp), deadline);
		if (left <= 0)
			return -EAGAIN;
	}
	return task_wait_on(task, &sk->wait, left) == -EINTR ? -EINTR : 0;
}

/* The segment that takes the next bytes, with *ret_room; NULL: no memory now */
static struct sk_buff *tcp_send_room(struct tcp_sock *tp, size_t left, uint32_t mss,
				     uint32_t *ret_room)
{
	struct sk_buff *skb = tcp_queue_tail(&tp->write_queue);

	if (skb && skb_len(skb) < mss) {
		*ret_room = tcp_u32_min(mss - skb_len(skb), skb_tailroom(skb));
		if (*ret_room)
			return skb;
	}
	if (tp->wmem >= tp->inet.sk.sndbuf)
		return NULL;
	*ret_room = left < 1460 ? 1460 : left > mss ? mss : (uint32_t)left;
	*ret_room = tcp_u32_min(*ret_room, mss);
	skb = tcp_alloc_queued(tp, *ret_room);
	TCP_SKB_CB(skb)->flags = TCPHDR_ACK;
	tcp_slow_start_after_idle_check(tp);
	list_add_tail(&skb->list, &tp->write_queue);
	tcp_chrono_start(tp, TCP_CHRONO_BUSY);
	return skb;
}

static void tcp_push(struct tcp_sock *tp, int flags)
{
	struct sk_buff *tail = tcp_queue_tail(&tp->write_queue);

	if (!tail)
		return;
	if (!(flags & MSG_MORE) || tp->write_seq - tp->pushed_seq > tp->max_window / 2) {
		TCP_SKB_CB(tail)->flags |= TCPHDR_PSH;
		tp->pushed_seq = tp->write_seq;
	}
	if (flags & MSG_OOB)
		tp->snd_up = tp->write_seq;
	tp->rx_cause = 0;
	tcp_write_xmit(tp, flags & MSG_MORE ? TCP_NAGLE_CORK : tp->nonagle, 0);
	tcp_check_probe_timer(tp);
}

static ssize_t tcp_sendmsg(struct ng_task *task, struct sock *sk, const struct msghdr *msg,
			   size_t len, int flags)
{
	struct tcp_sock *tp = tcp_sk(sk);
	int64_t deadline = jiffies_deadline(tcp_now(tp), sk->sndtimeo_ns);
	int err = tcp_wait_connected(task, tp, flags);
	size_t copied = 0;

	if (err)
		return err;
	tcp_rate_check_app_limited(tp);
	while (copied < len) {
		uint32_t room = 0, n;
		struct sk_buff *skb = tcp_send_room(tp, len - copied, tcp_current_mss(tp), &room);

		if (!skb) {
			err = tcp_wait_memory(task, tp, flags, deadline);
			if (!err && (sk->err || (sk->shutdown & 2)))
				err = -EPIPE;
			if (err)
				break;
			continue;
		}
		n = len - copied < room ? (uint32_t)(len - copied) : room;
		copy_from_iov(skb_put(skb, n), msg, copied, n);
		skb->origin = task->origin;
		copied += n;
		tp->wmem += n;
		tcp_mem_charge(tp, n);
		tp->write_seq += n;
		TCP_SKB_CB(skb)->end_seq += n;
		TCP_SKB_CB(skb)->flags &= (uint8_t)~TCPHDR_PSH;
		if (tp->write_seq - tp->pushed_seq > tp->max_window / 2) {
			TCP_SKB_CB(skb)->flags |= TCPHDR_PSH;
			tp->pushed_seq = tp->write_seq;
			tp->rx_cause = 0;
			tcp_write_xmit(tp, TCP_NAGLE_PUSH, 0);
		}
	}
	if (copied) {
		if (tp->state != TCP_CLOSE) {
			/* what comes back while the call runs finds the socket busy */
			tp->owned_by_user = true;
			tcp_push(tp, flags);
			sim_run_queue(&sk->net->world->sim);
			tp->owned_by_user = false;
		}
		return (ssize_t)copied;
	}
	if (err == -EPIPE)
		return tcp_error_take(sk, -EPIPE);
	return err;
}

const struct proto_ops tcp_ops = {
	.bind = tcp_bind,
	.connect = tcp_v4_connect,
	.listen = tcp_listen,
	.accept = tcp_accept,
	.getname = tcp_getname,
	.shutdown = tcp_shutdown,
	.setsockopt = tcp_setsockopt,
	.getsockopt = tcp_getsockopt,
	.sendmsg = tcp_sendmsg,
	.recvmsg = tcp_recvmsg,
	.ioctl = tcp_ioctl,
	.poll = tcp_poll,
	.set_keepalive = tcp_set_keepalive,
	.release = tcp_release,
};
