/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sock_wmem.c - the send buffer: what packets of a socket that wait somewhere weigh
 *
 * mirrors net/core/sock.c: sock_alloc_send_pskb(), sock_wfree(), sock_def_write_space()
 * TABLE and CONTROL.
 *
 * TCP counts its queues by itself (tcp.c); its packets weigh nothing here.
 */
#include <errno.h>

#include "core/jiffies.h"
#include "core/sock.h"
#include "core/task.h"
#include "core/world.h"

/**
 * skb_set_owner() - A packet belongs to a socket, which lives as long
 * @skb: has no owner
 * @sk: the socket
 * @truesize: what it takes of the send buffer
 */
void skb_set_owner(struct sk_buff *skb, struct sock *sk, uint32_t truesize)
{
	sock_hold(sk);
	skb->sk = sk;
	skb->truesize = truesize;
	sk->wmem += truesize;
}

/**
 * __skb_orphan() - skb_orphan() of a packet that has an owner
 * @skb: stays the caller's
 */
void __skb_orphan(struct sk_buff *skb)
{
	struct sock *sk = skb->sk;

	skb->sk = NULL;
	sk->wmem -= skb->truesize;
	if (sk->wmem_awaited && sk->wmem * 2 <= sk->sndbuf) {
		sk->wmem_awaited = false;
		wake_up(&sk->wait);
	}
	sock_put(sk);
}

/**
 * sock_writeable() - Does poll() say that one can write?
 * @sk: a datagram socket; who waits is woken when it is
 *
 * Return: whether.
 */
bool sock_writeable(struct sock *sk)
{
	if (sk->wmem < sk->sndbuf / 2)
		return true;
	sk->wmem_awaited = true;
	return false;
}

/**
 * sock_error_take() - An error that came in meanwhile
 * @sk: the socket; forgets it
 *
 * Return: -errno or 0.
 */
int sock_error_take(struct sock *sk)
{
	int err = sk->err;

	sk->err = 0;
	return -err;
}

/**
 * sock_wait_send() - A message may begin while the send buffer is not full
 * @task: who sends
 * @sk: the socket
 * @flags: MSG_DONTWAIT
 *
 * Return: 0, an error that came in meanwhile, -EPIPE, -EAGAIN (the buffer is full) or -EINTR.
 */
int sock_wait_send(struct ng_task *task, struct sock *sk, int flags)
{
	int64_t deadline = jiffies_deadline(world_now(sk->world), sk->sndtimeo_ns);
	int64_t left = -1;
	int err;

	for (;;) {
		err = sock_error_take(sk);
		if (err)
			return err;
		if (sk->shutdown & 2)
			return -EPIPE;
		if (sk->wmem < sk->sndbuf)
			return 0;
		if (deadline >= 0)
			left = jiffies_left(world_now(sk->world), deadline);
		if ((flags & MSG_DONTWAIT) || !left)
			return -EAGAIN;
		sk->wmem_awaited = true;
		if (task_wait_on(task, &sk->wait, left) == -EINTR)
			return -EINTR;
	}
}
