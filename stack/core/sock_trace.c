/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sock_trace.c - sockets and their programs as steps of the trace
 *
 * netglass's own.
 * PATH (leaf): runs only while somebody listens; looks, and changes nothing.
 */
#include <linux/in.h>
#include <sys/socket.h>

#include "core/file.h"
#include "core/net_namespace.h"
#include "core/task.h"
#include "core/trace.h"
#include "ipv4/ip_sockglue.h"

/* "udp", "tcp", "raw", ...; NULL: no socket of the network */
static const char *sock_kind(const struct sock *sk)
{
	if (sk->family == AF_PACKET)
		return "packet";
	if (sk->family != AF_INET)
		return NULL;
	switch (sk->type) {
	case SOCK_STREAM:
		return "tcp";
	case SOCK_RAW:
		return "raw";
	default:
		return sk->protocol == IPPROTO_ICMP ? "ping" : "udp";
	}
}

/**
 * trace_sock_task() - Whose socket is it?
 * @sk: the socket
 *
 * Return: the first task that has it open, or NULL.
 */
const struct ng_task *trace_sock_task(const struct sock *sk)
{
	struct ng_task *task;
	int err;

	list_for_each_entry(task, &sk->world->tasks, list) {
		for (unsigned int fd = 0; fd < task->nr_files; fd++) {
			if (task->files[fd] && task_sock(task, (int)fd, &err) == sk)
				return task;
		}
	}
	return NULL;
}

/**
 * trace_deliver_sock() - A packet goes into a socket's queue
 * @skb: borrowed
 * @sk: the socket
 */
void trace_deliver_sock(struct sk_buff *skb, const struct sock *sk)
{
	const struct ng_task *task = trace_sock_task(sk);
	struct ng_trace_event ev = {
		.kind = NG_TRACE_DELIVER,
		.file = "sock.c",
		.func = "sock_queue_rcv_skb",
		.deliver = { .to = "socket", .socket = sock_kind(sk), .socket_origin = sk->origin },
	};

	if (task) {
		ev.deliver.pid = task->nr[0];
		ev.deliver.comm = task->comm;
	}
	if (sk->family == AF_INET) {
		const struct inet_sock *inet = inet_sk((struct sock *)(uintptr_t)sk);

		ev.deliver.laddr = inet->inet_rcv_saddr;
		ev.deliver.lport = inet->inet_num;
		ev.deliver.raddr = inet->inet_daddr;
		ev.deliver.rport = be16_to_cpu(inet->inet_dport);
	}
	if (skb->dev)
		trace_emit_skb(&ev, skb, skb->dev);
	else
		trace_emit_skb_net(&ev, skb, sk->net);
}

/**
 * trace_syscall() - A program calls on a socket of the network
 * @task: it
 * @sk: the socket
 * @fd: its number
 * @name: the call
 * @msg: address and bytes, or NULL
 */
void trace_syscall(const struct ng_task *task, const struct sock *sk, int fd, const char *name,
		   const struct msghdr *msg)
{
	struct ng_trace_event ev = {
		.kind = NG_TRACE_SYSCALL,
		.file = "syscall_socket.c",
		.func = name,
		.syscall = { .pid = task->nr[0],
			     .comm = task->comm,
			     .name = name,
			     .fd = fd,
			     .socket = sock_kind(sk) },
	};
	struct sockaddr_in sin;

	if (!ev.syscall.socket)
		return;
	if (msg && msg->msg_name && msg->msg_namelen >= sizeof(sin) && sk->family == AF_INET) {
		memcpy(&sin, msg->msg_name, sizeof(sin));
		ev.syscall.addr = sin.sin_addr.s_addr;
		ev.syscall.port = be16_to_cpu(sin.sin_port);
	}
	if (msg && msg->msg_iov)
		ev.syscall.len = iov_length(msg);
	trace_emit_net(&ev, sk->net);
}

/**
 * trace_sysret() - What the call gave
 * @task: who called
 * @sk: the socket
 * @fd: its number
 * @name: the call
 * @result: -errno when it failed
 */
void trace_sysret(const struct ng_task *task, const struct sock *sk, int fd, const char *name,
		  int64_t result)
{
	struct ng_trace_event ev = {
		.kind = NG_TRACE_SYSRET,
		.file = "syscall_socket.c",
		.func = name,
		.sysret = { .pid = task->nr[0],
			    .comm = task->comm,
			    .name = name,
			    .fd = fd,
			    .socket = sock_kind(sk),
			    .result = result },
	};

	if (ev.sysret.socket)
		trace_emit_net(&ev, sk->net ? sk->net : task->net);
}
