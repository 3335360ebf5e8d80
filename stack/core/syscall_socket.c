/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * syscall_socket.c - system calls on sockets
 *
 * mirrors net/socket.c
 * CONTROL. Each call costs a microsecond, and what it started has run before
 * it returns.
 */
#include <errno.h>
#include <fcntl.h>
#include <netglass/syscall.h>
#include <poll.h>
#include <string.h>

#include "core/net_namespace.h"
#include "core/sock.h"
#include "core/task.h"
#include "core/trace.h"

/* ---- sockets */

static void socket_release(struct ng_file *file)
{
	sock_release(file->priv);
}

static int sock_poll_mask(struct sock *sk)
{
	return sk->ops->poll ? sk->ops->poll(sk) : datagram_poll(sk);
}

static int socket_poll(struct ng_file *file, struct wait_queue_head **ret_wq)
{
	struct sock *sk = file->priv;

	*ret_wq = &sk->wait;
	return sock_poll_mask(sk);
}

static ssize_t socket_read(struct ng_task *task, struct ng_file *file, void *buf, size_t len)
{
	struct sock *sk = file->priv;
	struct iovec iov = { buf, len };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };

	return sk->ops->recvmsg(task, sk, &msg, file->flags & O_NONBLOCK ? MSG_DONTWAIT : 0);
}

/* What was sent arrives, and is answered, before the caller goes on: softirqs of process context */
static ssize_t sock_sendmsg(struct ng_task *task, struct sock *sk, const struct msghdr *msg,
			    int flags)
{
	ssize_t n = sk->ops->sendmsg(task, sk, msg, iov_length(msg), flags);

	sim_run_queue(&task->world->sim);
	return n;
}

static ssize_t socket_write(struct ng_task *task, struct ng_file *file, const void *buf, size_t len)
{
	struct sock *sk = file->priv;
	struct iovec iov = { (void *)(uintptr_t)buf, len };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };

	return sock_sendmsg(task, sk, &msg, file->flags & O_NONBLOCK ? MSG_DONTWAIT : 0);
}

const struct file_operations socket_file_ops = {
	.read = socket_read,
	.write = socket_write,
	.poll = socket_poll,
	.release = socket_release,
};

/**
 * sock_alloc_file() - The open file of a new socket
 * @sk: the socket; it gets its inode number
 * @flags: O_NONBLOCK or 0
 *
 * Return: one reference.
 */
struct ng_file *sock_alloc_file(struct sock *sk, int flags)
{
	struct ng_file *file = file_new(sk->world, &socket_file_ops, sk, O_RDWR | flags);

	sk->ino = file->ino = SOCK_INODE_BASE + sk->world->nr_sock_inodes++;
	return file;
}

/**
 * task_sock() - The socket behind a descriptor
 * @task: whose
 * @fd: the descriptor
 * @ret_err: -EBADF or -ENOTSOCK
 *
 * Return: borrowed, or NULL.
 */
struct sock *task_sock(const struct ng_task *task, int fd, int *ret_err)
{
	const struct ng_file *file = task_file(task, fd);

	*ret_err = file ? -ENOTSOCK : -EBADF;
	return file && file->ops == &socket_file_ops ? file->priv : NULL;
}

/**
 * ng_sys_socket() - A socket
 * @task: the running one
 * @family: AF_INET, AF_NETLINK, AF_PACKET; the others are -EAFNOSUPPORT
 * @type: SOCK_*, with SOCK_CLOEXEC and SOCK_NONBLOCK
 * @protocol: of the family
 *
 * Return: a descriptor or -errno.
 */
int ng_sys_socket(struct ng_task *task, int family, int type, int protocol)
{
	int kind = type & ~(SOCK_CLOEXEC | SOCK_NONBLOCK);
	struct sock *sk = NULL;
	int err;

	syscall_enter(task);
	switch (family) {
	case AF_INET:
		err = inet_create(task->net, kind, protocol, &sk);
		break;
	case AF_NETLINK:
		err = netlink_create(task->net, kind, protocol, &sk);
		break;
	case AF_PACKET:
		err = packet_create(task->net, kind, protocol, &sk);
		break;
	default:
		err = -EAFNOSUPPORT;
	}
	if (!err) {
		sk->origin = task->origin;
		err = task_install_file(task,
					sock_alloc_file(sk, type & SOCK_NONBLOCK ? O_NONBLOCK : 0),
					type & SOCK_CLOEXEC, 0);
	}
	syscall_exit(task);
	return err;
}

/* connect() and accept() obey O_NONBLOCK */
static void note_nonblock(const struct ng_task *task, int fd, struct sock *sk)
{
	sk->nonblock = task_file(task, fd)->flags & O_NONBLOCK;
}

/* One shape for the calls that only pass through: enter, find the socket, do, drain, leave. */
#define SOCK_CALL(type_, expr)                      \
	do {                                        \
		struct sock *sk;                    \
		int lookup_;                        \
		type_ r_;                           \
		syscall_enter(task);                \
		sk = task_sock(task, fd, &lookup_); \
		r_ = sk ? (expr) : lookup_;         \
		syscall_exit(task);                 \
		return r_;                          \
	} while (0)

/* The same for calls that make something happen on the network. */
#define SOCK_CALL_TOLD(type_, name_, msg_, expr)                  \
	do {                                                      \
		struct sock *sk;                                  \
		int lookup_;                                      \
		bool told_;                                       \
		type_ r_;                                         \
		syscall_enter(task);                              \
		sk = task_sock(task, fd, &lookup_);               \
		told_ = sk && trace_on(task->world);              \
		if (told_)                                        \
			trace_syscall(task, sk, fd, name_, msg_); \
		r_ = sk ? (expr) : lookup_;                       \
		if (told_)                                        \
			trace_sysret(task, sk, fd, name_, r_);    \
		syscall_exit(task);                               \
		return r_;                                        \
	} while (0)

/**
 * ng_sys_bind() - Gives a socket its local address
 * @task: the running one
 * @fd: the socket
 * @addr: of its family
 * @addrlen: bytes
 *
 * Return: 0 or -errno.
 */
int ng_sys_bind(struct ng_task *task, int fd, const void *addr, uint32_t addrlen)
{
	const struct msghdr to = { .msg_name = (void *)(uintptr_t)addr, .msg_namelen = addrlen };

	SOCK_CALL_TOLD(int, "bind", &to,
		       sk->ops->bind ? sk->ops->bind(sk, addr, addrlen) : -EOPNOTSUPP);
}

/**
 * ng_sys_connect() - Gives a socket its peer
 * @task: the running one
 * @fd: the socket
 * @addr: of its family
 * @addrlen: bytes
 *
 * Return: 0 or -errno.
 */
int ng_sys_connect(struct ng_task *task, int fd, const void *addr, uint32_t addrlen)
{
	const struct msghdr to = { .msg_name = (void *)(uintptr_t)addr, .msg_namelen = addrlen };

	SOCK_CALL_TOLD(int, "connect", &to,
		       sk->ops->connect ? (note_nonblock(task, fd, sk),
					   sk->ops->connect(task, sk, addr, addrlen))
					: -EOPNOTSUPP);
}

/**
 * ng_sys_listen() - Lets others connect
 * @task: the running one
 * @fd: the socket
 * @backlog: how many may wait
 *
 * Return: 0 or -errno.
 */
int ng_sys_listen(struct ng_task *task, int fd, int backlog)
{
	SOCK_CALL_TOLD(int, "listen", NULL,
		       sk->ops->listen ? sk->ops->listen(sk, backlog) : -EOPNOTSUPP);
}

/**
 * ng_sys_getsockname() - A socket's own address
 * @task: the running one
 * @fd: the socket
 * @addr: where to
 * @addrlen: its room, then the address's length
 *
 * Return: 0 or -errno.
 */
int ng_sys_getsockname(struct ng_task *task, int fd, void *addr, uint32_t *addrlen)
{
	SOCK_CALL(int, sk->ops->getname ? sk->ops->getname(sk, addr, addrlen, false) : -EOPNOTSUPP);
}

/**
 * ng_sys_getpeername() - The address of a socket's peer
 * @task: the running one
 * @fd: the socket
 * @addr: where to
 * @addrlen: its room, then the address's length
 *
 * Return: 0, -ENOTCONN or -errno.
 */
int ng_sys_getpeername(struct ng_task *task, int fd, void *addr, uint32_t *addrlen)
{
	SOCK_CALL(int, sk->ops->getname ? sk->ops->getname(sk, addr, addrlen, true) : -EOPNOTSUPP);
}

/**
 * ng_sys_shutdown() - Ends one or both directions
 * @task: the running one
 * @fd: the socket
 * @how: SHUT_*
 *
 * Return: 0 or -errno.
 */
int ng_sys_shutdown(struct ng_task *task, int fd, int how)
{
	SOCK_CALL(int, sk->ops->shutdown ? sk->ops->shutdown(sk, how) : -EOPNOTSUPP);
}

/**
 * ng_sys_setsockopt() - Sets an option
 * @task: the running one
 * @fd: the socket
 * @level: SOL_*
 * @name: of the level
 * @val: the value
 * @len: its bytes
 *
 * Return: 0, -ENOPROTOOPT or -errno.
 */
int ng_sys_setsockopt(struct ng_task *task, int fd, int level, int name, const void *val,
		      uint32_t len)
{
	SOCK_CALL(int, level == SOL_SOCKET   ? sock_setsockopt(sk, name, val, len)
		       : sk->ops->setsockopt ? sk->ops->setsockopt(sk, level, name, val, len)
					     : -ENOPROTOOPT);
}

/**
 * ng_sys_getsockopt() - Reads an option
 * @task: the running one
 * @fd: the socket
 * @level: SOL_*
 * @name: of the level
 * @val: where to
 * @len: its room, then what was written
 *
 * Return: 0, -ENOPROTOOPT or -errno.
 */
int ng_sys_getsockopt(struct ng_task *task, int fd, int level, int name, void *val, uint32_t *len)
{
	SOCK_CALL(int, level == SOL_SOCKET   ? sock_getsockopt(sk, name, val, len)
		       : sk->ops->getsockopt ? sk->ops->getsockopt(sk, level, name, val, len)
					     : -ENOPROTOOPT);
}

/**
 * ng_sys_accept() - Takes a connection that waits
 * @task: the running one
 * @fd: the listening socket
 * @addr: the peer's address; may be NULL
 * @addrlen: its room, then the address's length
 *
 * Return: a descriptor or -errno.
 */
int ng_sys_accept(struct ng_task *task, int fd, void *addr, uint32_t *addrlen)
{
	struct sock *sk, *new_sk = NULL;
	int err;

	syscall_enter(task);
	sk = task_sock(task, fd, &err);
	if (sk)
		note_nonblock(task, fd, sk);
	if (sk)
		err = sk->ops->accept ? sk->ops->accept(task, sk, &new_sk) : -EOPNOTSUPP;
	if (!err && addr)
		new_sk->ops->getname(new_sk, addr, addrlen, true);
	if (!err)
		err = task_install_file(task, sock_alloc_file(new_sk, 0), false, 0);
	syscall_exit(task);
	return err;
}

static int file_msg_flags(const struct ng_task *task, int fd, int flags)
{
	const struct ng_file *file = task_file(task, fd);

	return file && file->flags & O_NONBLOCK ? flags | MSG_DONTWAIT : flags;
}

/**
 * ng_sys_sendmsg() - Sends a message
 * @task: the running one
 * @fd: the socket
 * @msg: copied
 * @flags: MSG_*
 *
 * Return: bytes or -errno.
 */
ssize_t ng_sys_sendmsg(struct ng_task *task, int fd, const struct msghdr *msg, int flags)
{
	SOCK_CALL_TOLD(ssize_t, "sendmsg", msg,
		       sk->shutdown & 2 && sk->type != SOCK_STREAM
			       ? -EPIPE
			       : sock_sendmsg(task, sk, msg, file_msg_flags(task, fd, flags)));
}

/**
 * ng_sys_recvmsg() - Receives a message
 * @task: the running one
 * @fd: the socket
 * @msg: filled; msg_flags, msg_namelen and msg_controllen are set
 * @flags: MSG_*
 *
 * Return: bytes (with MSG_TRUNC: of the whole message) or -errno.
 */
ssize_t ng_sys_recvmsg(struct ng_task *task, int fd, struct msghdr *msg, int flags)
{
	size_t room = msg->msg_controllen;
	struct sock *sk;
	ssize_t n;
	int err;

	syscall_enter(task);
	sim_run_queue(&task->world->sim);
	sk = task_sock(task, fd, &err);
	if (!sk) {
		n = err;
	} else {
		msg->msg_flags = 0;
		n = sk->ops->recvmsg(task, sk, msg, file_msg_flags(task, fd, flags));
		if (trace_on(task->world))
			trace_sysret(task, sk, fd, "recvmsg", n);
		/* a protocol without control messages leaves the room as it was */
		if (n >= 0 && msg->msg_controllen == room)
			msg->msg_controllen = 0;
	}
	syscall_exit(task);
	return n;
}

/**
 * ng_sys_sendto() - Sends bytes
 * @task: the running one
 * @fd: the socket
 * @buf: bytes
 * @len: how many
 * @flags: MSG_*
 * @addr: to whom; NULL: the peer
 * @addrlen: bytes of the address
 *
 * Return: bytes or -errno.
 */
ssize_t ng_sys_sendto(struct ng_task *task, int fd, const void *buf, size_t len, int flags,
		      const void *addr, uint32_t addrlen)
{
	struct iovec iov = { (void *)(uintptr_t)buf, len };
	struct msghdr msg = { .msg_name = (void *)(uintptr_t)addr,
			      .msg_namelen = addrlen,
			      .msg_iov = &iov,
			      .msg_iovlen = 1 };

	return ng_sys_sendmsg(task, fd, &msg, flags);
}

/**
 * ng_sys_recvfrom() - Receives bytes
 * @task: the running one
 * @fd: the socket
 * @buf: where to
 * @len: its room
 * @flags: MSG_*
 * @addr: from whom; may be NULL
 * @addrlen: its room, then the address's length; may be NULL
 *
 * Return: bytes or -errno.
 */
ssize_t ng_sys_recvfrom(struct ng_task *task, int fd, void *buf, size_t len, int flags, void *addr,
			uint32_t *addrlen)
{
	struct iovec iov = { buf, len };
	struct msghdr msg = { .msg_name = addr,
			      .msg_namelen = addrlen ? *addrlen : 0,
			      .msg_iov = &iov,
			      .msg_iovlen = 1 };
	ssize_t n = ng_sys_recvmsg(task, fd, &msg, flags);

	if (n >= 0 && addrlen)
		*addrlen = msg.msg_namelen;
	return n;
}

/**
 * ng_sys_ioctl() - Everything else
 * @task: the running one
 * @fd: a socket
 * @request: SIOC*
 * @arg: its structure
 *
 * Return: 0 or -errno.
 */
int ng_sys_ioctl(struct ng_task *task, int fd, unsigned long request, void *arg)
{
	const struct ng_file *file = task_file(task, fd);
	struct sock *sk;
	int err;

	syscall_enter(task);
	sk = task_sock(task, fd, &err);
	if (sk) {
		err = sk->ops->ioctl ? sk->ops->ioctl(task, sk, request, arg) : -ENOTTY;
		if (err == -ENOTTY)
			err = dev_ioctl(task, sk->net, request, arg);
	} else if (file) {
		err = -ENOTTY;
	}
	syscall_exit(task);
	return err;
}
