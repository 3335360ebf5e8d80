/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libnetlink.c - asking the kernel over a netlink socket
 *
 * mirrors iproute2's lib/libnetlink.c
 */
#include "libnetlink.h"

#include <errno.h>
#include <netglass/out.h>
#include <netglass/syscall.h>
#include <sys/uio.h>

#include "program.h"

#define REQ_MAX 16384
#define RECV_MIN 32768
#define NOT_MODELLED "netglass: not modelled: "

/**
 * rtnl_open_groups() - Opens and binds a netlink socket, with extended acks
 * @rth: filled in
 * @task: the program
 * @protocol: NETLINK_ROUTE...
 * @groups: what it hears besides
 *
 * Return: 0, or -1 after saying why on standard error.
 */
int rtnl_open_groups(struct rtnl_handle *rth, struct ng_task *task, int protocol, uint32_t groups)
{
	struct sockaddr_nl local = { .nl_family = AF_NETLINK, .nl_groups = groups };
	uint32_t len = sizeof(local);
	int sndbuf = 32768;
	int rcvbuf = 1024 * 1024;
	int one = 1;
	int rc;

	memset(rth, 0, sizeof(*rth));
	rth->task = task;
	rth->fd = ng_sys_socket(task, AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
	if (rth->fd < 0) {
		ng_printf(ng_stderr(task), "Cannot open netlink socket: %s\n",
			  ng_strerror(-rth->fd));
		return -1;
	}
	ng_sys_setsockopt(task, rth->fd, SOL_SOCKET, SO_SNDBUF, &sndbuf, sizeof(sndbuf));
	ng_sys_setsockopt(task, rth->fd, SOL_SOCKET, SO_RCVBUF, &rcvbuf, sizeof(rcvbuf));
	ng_sys_setsockopt(task, rth->fd, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof(one));
	rc = ng_sys_bind(task, rth->fd, &local, sizeof(local));
	if (rc < 0) {
		ng_printf(ng_stderr(task), "Cannot bind netlink socket: %s\n", ng_strerror(-rc));
		return -1;
	}
	rc = ng_sys_getsockname(task, rth->fd, &local, &len);
	if (rc < 0) {
		ng_printf(ng_stderr(task), "Cannot getsockname: %s\n", ng_strerror(-rc));
		return -1;
	}
	rth->pid = local.nl_pid;
	rth->seq = (uint32_t)(ng_sys_clock_realtime(task) / NSEC_PER_SEC);
	return 0;
}

/**
 * rtnl_open() - Opens a netlink socket for questions
 * @rth: filled in
 * @task: the program
 * @protocol: NETLINK_ROUTE...
 *
 * Return: 0, or -1 after saying why on standard error.
 */
int rtnl_open(struct rtnl_handle *rth, struct ng_task *task, int protocol)
{
	return rtnl_open_groups(rth, task, protocol, 0);
}

/**
 * rtnl_close() - Closes the socket, if open
 * @rth: the handle
 */
void rtnl_close(struct rtnl_handle *rth)
{
	if (rth->task && rth->fd >= 0)
		ng_sys_close(rth->task, rth->fd);
	rth->fd = -1;
}

/**
 * rtnl_set_strict_dump() - Lets the kernel filter dumps
 * @rth: the handle
 */
void rtnl_set_strict_dump(struct rtnl_handle *rth)
{
	int one = 1;

	ng_sys_setsockopt(rth->task, rth->fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &one,
			  sizeof(one));
}

/**
 * rtnl_req() - Starts a request
 * @task: owns its memory
 * @b: overwritten
 * @type: RTM_...
 * @flags: NLM_F_...
 * @hdrlen: bytes of family header
 *
 * Return: the family header, zeroed.
 */
void *rtnl_req(struct ng_task *task, struct nl_buf *b, uint16_t type, uint16_t flags, size_t hdrlen)
{
	memset(b, 0, sizeof(*b));
	b->data = ng_task_alloc_buffer(task, REQ_MAX);
	b->cap = REQ_MAX;
	return nlmsg_put(b, 0, 0, type, flags, hdrlen);
}

/**
 * addattr_l() - Adds an attribute
 * @b: the request
 * @type: attribute type
 * @data: its bytes
 * @len: how many
 *
 * Return: 0, or -1 when the request is full.
 */
int addattr_l(struct nl_buf *b, uint16_t type, const void *data, size_t len)
{
	if (b->len + NLA_ALIGN(NLA_HDRLEN + len) > b->cap)
		return -1;
	nla_put(b, type, len, data);
	return 0;
}

/**
 * addattr8() - Adds an attribute of one byte
 * @b: the request
 * @type: attribute type
 * @v: value
 *
 * Return: 0, or -1 when the request is full.
 */
int addattr8(struct nl_buf *b, uint16_t type, uint8_t v)
{
	return addattr_l(b, type, &v, sizeof(v));
}

/**
 * addattr16() - Adds an attribute of two bytes
 * @b: the request
 * @type: attribute type
 * @v: value, host order
 *
 * Return: 0, or -1 when the request is full.
 */
int addattr16(struct nl_buf *b, uint16_t type, uint16_t v)
{
	return addattr_l(b, type, &v, sizeof(v));
}

/**
 * addattr32() - Adds an attribute of four bytes
 * @b: the request
 * @type: attribute type
 * @v: value, host order
 *
 * Return: 0, or -1 when the request is full.
 */
int addattr32(struct nl_buf *b, uint16_t type, uint32_t v)
{
	return addattr_l(b, type, &v, sizeof(v));
}

/**
 * addattrstrz() - Adds a string with its NUL
 * @b: the request
 * @type: attribute type
 * @s: the string
 *
 * Return: 0, or -1 when the request is full.
 */
int addattrstrz(struct nl_buf *b, uint16_t type, const char *s)
{
	return addattr_l(b, type, s, strlen(s) + 1);
}

static int send_bytes(struct rtnl_handle *rth, void *data, size_t len)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	struct iovec iov = { .iov_base = data, .iov_len = len };
	struct msghdr msg = {
		.msg_name = &kernel,
		.msg_namelen = sizeof(kernel),
		.msg_iov = &iov,
		.msg_iovlen = 1,
	};
	ssize_t rc = ng_sys_sendmsg(rth->task, rth->fd, &msg, 0);

	return rc < 0 ? (int)rc : 0;
}

/**
 * rtnl_send() - Sends a request as it is
 * @rth: the handle
 * @b: the request
 *
 * Return: 0 or -errno.
 */
int rtnl_send(struct rtnl_handle *rth, struct nl_buf *b)
{
	nlmsg_end(b);
	return send_bytes(rth, b->data, b->len);
}

/**
 * rtnl_send_check() - Sends finished messages and looks whether one was refused
 * @rth: the handle
 * @b: the messages, without NLM_F_ACK
 *
 * The error message stays in the socket, as iproute2 leaves it.
 *
 * Return: 0, or -errno of the first refusal.
 */
int rtnl_send_check(struct rtnl_handle *rth, struct nl_buf *b)
{
	const struct nlmsghdr *h;
	uint8_t buf[1024];
	ssize_t len;
	int rc;

	rc = send_bytes(rth, b->data, b->len);
	if (rc < 0)
		return rc;
	len = ng_sys_recvfrom(rth->task, rth->fd, buf, sizeof(buf), MSG_DONTWAIT | MSG_PEEK, NULL,
			      NULL);
	if (len < 0)
		return len == -EAGAIN ? 0 : (int)len;
	h = (const struct nlmsghdr *)(const void *)buf;
	for (; NLMSG_OK(h, (size_t)len); h = NLMSG_NEXT(h, len)) {
		if (h->nlmsg_type == NLMSG_ERROR && h->nlmsg_len >= NLMSG_LENGTH(sizeof(int)))
			return ((const struct nlmsgerr *)nlmsg_data(h))->error;
	}
	return 0;
}

/* One datagram into rth->buf, which grows to fit. */
static ssize_t rtnl_recvmsg(struct rtnl_handle *rth)
{
	struct sockaddr_nl from = { .nl_family = AF_NETLINK };
	struct iovec iov = { 0 };
	struct msghdr msg = {
		.msg_name = &from,
		.msg_namelen = sizeof(from),
		.msg_iov = &iov,
		.msg_iovlen = 1,
	};
	ssize_t len;

	do {
		len = ng_sys_recvmsg(rth->task, rth->fd, &msg, MSG_PEEK | MSG_TRUNC);
	} while (len == -EINTR || len == -EAGAIN);
	if (len < 0)
		goto fail;
	if (len < RECV_MIN)
		len = RECV_MIN;
	if ((size_t)len > rth->buflen) {
		rth->buf = ng_task_alloc_buffer(rth->task, (size_t)len);
		rth->buflen = (size_t)len;
	}
	iov.iov_base = rth->buf;
	iov.iov_len = rth->buflen;
	msg.msg_namelen = sizeof(from);
	do {
		len = ng_sys_recvmsg(rth->task, rth->fd, &msg, 0);
	} while (len == -EINTR || len == -EAGAIN);
	if (len >= 0) {
		if (len == 0)
			ng_printf(ng_stderr(rth->task), "EOF on netlink\n");
		return len ? len : -ENODATA;
	}
fail:
	ng_printf(ng_stderr(rth->task), "netlink receive error %s (%d)\n", ng_strerror((int)-len),
		  (int)-len);
	return len;
}

/* Of what the simulated kernel says it has not: the program ends, as with a file that is not there. */
static void print_ext_ack(struct rtnl_handle *rth, bool is_err, const char *msg)
{
	size_t n = strlen(msg);

	if (is_err && !strncmp(msg, NOT_MODELLED, strlen(NOT_MODELLED))) {
		ng_file_not_modelled(rth->task, msg + strlen(NOT_MODELLED));
		return;
	}
	ng_printf(ng_stderr(rth->task), "%s: %s%s\n", is_err ? "Error" : "Warning", msg,
		  n && msg[n - 1] == '.' ? "" : ".");
}

/* The kernel's sentence behind @off bytes of @n, printed. False: there is none. */
static bool ext_ack_at(struct rtnl_handle *rth, const struct nlmsghdr *n, size_t off, bool is_err)
{
	const struct nlattr *tb[NLMSGERR_ATTR_MAX + 1];
	char msg[256];

	if (!(n->nlmsg_flags & NLM_F_ACK_TLVS) || off > n->nlmsg_len)
		return false;
	nla_parse(tb, NLMSGERR_ATTR_MAX, (const uint8_t *)n + off, n->nlmsg_len - off);
	if (!tb[NLMSGERR_ATTR_MSG])
		return false;
	nla_strscpy(msg, tb[NLMSGERR_ATTR_MSG], sizeof(msg));
	if (!*msg)
		return false;
	print_ext_ack(rth, is_err, msg);
	return is_err;
}

static bool ext_ack_of_error(struct rtnl_handle *rth, const struct nlmsghdr *n)
{
	const struct nlmsgerr *err = nlmsg_data(n);
	size_t off = NLMSG_HDRLEN + sizeof(*err);

	if (!(n->nlmsg_flags & NLM_F_CAPPED))
		off += err->msg.nlmsg_len - NLMSG_HDRLEN;
	return ext_ack_at(rth, n, NLMSG_ALIGN(off), err->error != 0);
}

/* What an NLMSG_ERROR means: 0 or -errno; printed unless @quiet. */
static int rtnl_error(struct rtnl_handle *rth, const struct nlmsghdr *n, bool quiet)
{
	const struct nlmsgerr *err = nlmsg_data(n);

	if (n->nlmsg_len < NLMSG_LENGTH(sizeof(*err))) {
		ng_printf(ng_stderr(rth->task), "ERROR truncated\n");
		return -EINVAL;
	}
	if (err->error == 0) {
		ext_ack_of_error(rth, n);
		return 0;
	}
	if (!quiet && !ext_ack_of_error(rth, n))
		ng_printf(ng_stderr(rth->task), "RTNETLINK answers: %s\n",
			  ng_strerror(-err->error));
	return err->error;
}

static int talk(struct rtnl_handle *rth, struct nl_buf *b, struct nlmsghdr **ret_answer, bool quiet)
{
	struct nlmsghdr *n = (struct nlmsghdr *)(void *)b->data;
	const struct nlmsghdr *h;
	ssize_t len;
	int rc;

	n->nlmsg_seq = ++rth->seq;
	if (!ret_answer)
		n->nlmsg_flags |= NLM_F_ACK;
	rc = rtnl_send(rth, b);
	ng_task_free(rth->task, b->data);
	memset(b, 0, sizeof(*b));
	if (rc < 0) {
		ng_printf(ng_stderr(rth->task), "Cannot talk to rtnetlink: %s\n", ng_strerror(-rc));
		return rc;
	}
	for (;;) {
		len = rtnl_recvmsg(rth);
		if (len < 0)
			return (int)len;
		h = (const struct nlmsghdr *)(const void *)rth->buf;
		for (; NLMSG_OK(h, (size_t)len); h = NLMSG_NEXT(h, len)) {
			if (h->nlmsg_pid != rth->pid || h->nlmsg_seq != rth->seq)
				continue;
			if (h->nlmsg_type == NLMSG_ERROR) {
				rc = rtnl_error(rth, h, quiet);
				if (rc == 0 && ret_answer)
					*ret_answer = NULL;
				return rc;
			}
			if (ret_answer) {
				*ret_answer = ng_task_alloc(rth->task, h->nlmsg_len);
				memcpy(*ret_answer, h, h->nlmsg_len);
				return 0;
			}
		}
	}
}

/**
 * rtnl_talk() - Sends a request and waits for its answer; prints a refusal
 * @rth: the handle
 * @b: the request; freed
 * @ret_answer: the first answer, or NULL to ask for an acknowledgement
 *
 * Return: 0 or -errno.
 */
int rtnl_talk(struct rtnl_handle *rth, struct nl_buf *b, struct nlmsghdr **ret_answer)
{
	return talk(rth, b, ret_answer, false);
}

/**
 * rtnl_talk_echo() - rtnl_talk() that asks for the notice others get of the change
 * @rth: the handle
 * @b: the request; freed
 * @ret_answer: the notice; NULL: the kernel sends none
 *
 * Return: 0 or -errno.
 */
int rtnl_talk_echo(struct rtnl_handle *rth, struct nl_buf *b, struct nlmsghdr **ret_answer)
{
	struct nlmsghdr *n = (struct nlmsghdr *)(void *)b->data;

	n->nlmsg_flags |= NLM_F_ECHO | NLM_F_ACK;
	return talk(rth, b, ret_answer, false);
}

/**
 * rtnl_talk_quiet() - rtnl_talk() that prints no refusal
 * @rth: the handle
 * @b: the request; freed
 * @ret_answer: the first answer, or NULL to ask for an acknowledgement
 *
 * Return: 0 or -errno.
 */
int rtnl_talk_quiet(struct rtnl_handle *rth, struct nl_buf *b, struct nlmsghdr **ret_answer)
{
	return talk(rth, b, ret_answer, true);
}

/**
 * rtnl_dump_request() - Sends a dump request; rtnl_dump_filter() reads it
 * @rth: the handle
 * @b: the request; its flags are set here
 *
 * Return: 0 or -errno.
 */
int rtnl_dump_request(struct rtnl_handle *rth, struct nl_buf *b)
{
	struct nlmsghdr *n = (struct nlmsghdr *)(void *)b->data;

	n->nlmsg_flags |= NLM_F_REQUEST | NLM_F_DUMP;
	n->nlmsg_seq = rth->dump = ++rth->seq;
	return rtnl_send(rth, b);
}

/**
 * rtnl_dump_request_padded() - rtnl_dump_request() followed by zeros
 * @rth: the handle
 * @b: the request; its flags are set here
 * @pad: bytes of zeros behind the message: iproute2 sends its whole buffer
 *
 * Return: 0 or -errno.
 */
int rtnl_dump_request_padded(struct rtnl_handle *rth, struct nl_buf *b, size_t pad)
{
	struct nlmsghdr *n = (struct nlmsghdr *)(void *)b->data;

	n->nlmsg_flags |= NLM_F_REQUEST | NLM_F_DUMP;
	n->nlmsg_seq = rth->dump = ++rth->seq;
	nlmsg_end(b);
	nl_buf_put(b, pad);
	return send_bytes(rth, b->data, b->len);
}

static int dump_done(struct rtnl_handle *rth, const struct nlmsghdr *h)
{
	int rc;

	if (h->nlmsg_len < NLMSG_LENGTH(sizeof(int))) {
		ng_printf(ng_stderr(rth->task), "DONE truncated\n");
		return -1;
	}
	memcpy(&rc, nlmsg_data(h), sizeof(rc));
	if (rc >= 0) {
		ext_ack_at(rth, h, NLMSG_LENGTH(sizeof(int)), false);
		return 0;
	}
	if (rc == -ENOENT && rth->none_ok)
		return 0;
	if (rth->quiet)
		return -1;
	if (ext_ack_at(rth, h, NLMSG_LENGTH(sizeof(int)), true))
		return rc;
	if (rc == -ENOENT || rc == -EOPNOTSUPP)
		return -1;
	if (rc == -EMSGSIZE)
		ng_printf(ng_stderr(rth->task), "Error: Buffer too small for object.\n");
	else
		ng_printf(ng_stderr(rth->task), "RTNETLINK answers: %s\n", ng_strerror(-rc));
	return rc;
}

/**
 * rtnl_dump_filter() - Reads the answer of a dump
 * @rth: the handle
 * @filter: called for each message
 * @arg: given to it
 *
 * Return: 0, or < 0 when the kernel refused or @filter ended it.
 */
int rtnl_dump_filter(struct rtnl_handle *rth, rtnl_filter_t filter, void *arg)
{
	const struct nlmsghdr *h;
	bool intr = false;
	uint8_t *copy;
	ssize_t len;
	int rc;

	for (;;) {
		len = rtnl_recvmsg(rth);
		if (len < 0)
			return (int)len;
		/* the filter may talk on this handle and so use its buffer */
		copy = rth->buf;
		rth->buf = NULL;
		rth->buflen = 0;
		for (h = (const struct nlmsghdr *)(const void *)copy; NLMSG_OK(h, (size_t)len);
		     h = NLMSG_NEXT(h, len)) {
			if (h->nlmsg_pid != rth->pid || h->nlmsg_seq != rth->dump)
				continue;
			intr |= h->nlmsg_flags & NLM_F_DUMP_INTR;
			if (h->nlmsg_type == NLMSG_DONE) {
				rc = dump_done(rth, h);
				if (rc == 0 && intr)
					ng_printf(
						ng_stderr(rth->task),
						"Dump was interrupted and may be inconsistent.\n");
				goto out;
			}
			if (h->nlmsg_type == NLMSG_ERROR) {
				rtnl_error(rth, h, rth->quiet);
				rc = -1;
				goto out;
			}
			rc = filter(h, arg);
			if (rc < 0)
				goto out;
		}
		rth->buf = copy;
		rth->buflen = RECV_MIN;
	}
out:
	rth->buf = copy;
	rth->buflen = RECV_MIN;
	return rc;
}

/**
 * rtnl_read_ack() - Waits for any error message
 * @rth: the handle
 *
 * Return: its errno as the kernel gave it, 0 or negative; printed nowhere.
 */
int rtnl_read_ack(struct rtnl_handle *rth)
{
	const struct nlmsghdr *h;
	ssize_t len;

	for (;;) {
		len = rtnl_recvmsg(rth);
		if (len < 0)
			return (int)len;
		h = (const struct nlmsghdr *)(const void *)rth->buf;
		for (; NLMSG_OK(h, (size_t)len); h = NLMSG_NEXT(h, len)) {
			if (h->nlmsg_type == NLMSG_ERROR)
				return ((const struct nlmsgerr *)nlmsg_data(h))->error;
		}
	}
}
