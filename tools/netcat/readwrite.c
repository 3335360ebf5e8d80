/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * readwrite.c - standard input to the network and back
 *
 * mirrors readwrite() of Debian's netcat 1.219: four descriptors are polled,
 * two buffers lie between them, and a descriptor of -1 is one that is over.
 */
#include "nc.h"

#include "../lib/prog.h"

#include <errno.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <string.h>

enum {
	BUFFER = 16384,
};

enum end {
	STDIN,
	NETOUT,
	NETIN,
	STDOUT,
	ENDS,
};

struct buffer {
	size_t len;
	uint8_t data[BUFFER];
};

struct relay {
	struct nc *n;
	int fd;
	struct pollfd p[ENDS];
	struct buffer out; /* standard input to network */
	struct buffer in;  /* network to standard output */
};

static ssize_t send_some(struct relay *r, const void *data, size_t len)
{
	return ng_sys_sendto(r->n->task, r->p[NETOUT].fd, data, len, MSG_DONTWAIT | MSG_NOSIGNAL,
			     NULL, 0);
}

/* -C: a newline that no carriage return precedes goes as both. Return: bytes of @b that are sent. */
static ssize_t send_crlf(struct relay *r, const struct buffer *b)
{
	const uint8_t *nl = memchr(b->data, '\n', b->len);
	size_t len = nl ? (size_t)(nl - b->data) : b->len;
	ssize_t n;

	if (nl && len && nl[-1] == '\r')
		return send_some(r, b->data, len + 1);
	if (nl && !len) {
		n = send_some(r, "\r\n", 2);
		return n > 0 ? 1 : n;
	}
	return send_some(r, b->data, len);
}

/* -t: every offer and request of a telnet server still in the buffer is declined. */
static void decline(struct relay *r)
{
	enum { WILL = 251, WONT, DO, DONT, IAC };
	const uint8_t *data = r->in.data;
	size_t len = r->in.len;
	ssize_t n;

	for (size_t i = 0; i + 2 < len; i++) {
		uint8_t reply[3] = { IAC };

		if (data[i] != IAC || data[i + 1] < WILL || data[i + 1] > DONT)
			continue;
		reply[1] = data[i + 1] <= WONT ? DONT : WONT;
		reply[2] = data[i + 2];
		i += 2;
		n = ng_sys_sendto(r->n->task, r->p[NETIN].fd, reply, sizeof(reply), MSG_NOSIGNAL,
				  NULL, 0);
		if (n < 0)
			nc_warn(r->n, (int)-n, "Write Error!");
	}
}

/* Return: bytes read, 0 at the end, -1 broken, -2 nothing now. */
static ssize_t fill(struct relay *r, enum end from, struct buffer *b)
{
	struct ng_task *task = r->n->task;
	uint8_t *to = b->data + b->len;
	size_t room = BUFFER - b->len;
	ssize_t n;

	if (from == NETIN)
		n = ng_sys_recvfrom(task, r->p[from].fd, to, room, MSG_DONTWAIT, NULL, NULL);
	else
		n = ng_sys_read(task, r->p[from].fd, to, room);
	if (n == -EAGAIN || n == -EINTR)
		return -2;
	if (n > 0)
		b->len += (size_t)n;
	return n < 0 ? -1 : n;
}

/* Writes what is in @b; false: broken. */
static bool drain(struct relay *r, enum end to, struct buffer *b)
{
	struct ng_task *task = r->n->task;
	ssize_t n;

	if (to == NETOUT)
		n = r->n->crlf ? send_crlf(r, b) : send_some(r, b->data, b->len);
	else
		n = ng_sys_write(task, r->p[to].fd, b->data, b->len);
	if (n == -EAGAIN || n == -EINTR)
		return true;
	if (n <= 0)
		return false;
	b->len -= (size_t)n;
	memmove(b->data, b->data + n, b->len);
	return true;
}

static void shut(struct relay *r, enum end e, int how)
{
	if (r->p[e].fd != -1)
		ng_sys_shutdown(r->n->task, r->fd, how);
	r->p[e].fd = -1;
}

static void hang_ups(struct relay *r)
{
	struct pollfd *p = r->p;
	int i;

	for (i = 0; i < ENDS; i++) {
		if (p[i].revents & (POLLERR | POLLNVAL))
			p[i].fd = -1;
	}
	if ((p[STDIN].events & POLLIN) && (p[STDIN].revents & (POLLHUP | POLLIN)) == POLLHUP)
		p[STDIN].fd = -1;
	if ((p[NETIN].events & POLLIN) && (p[NETIN].revents & (POLLHUP | POLLIN)) == POLLHUP)
		p[NETIN].fd = -1;
	if (p[NETOUT].revents & POLLHUP) {
		if (r->n->shut)
			ng_sys_shutdown(r->n->task, r->fd, SHUT_WR);
		p[NETOUT].fd = -1;
	}
	if (p[STDOUT].revents & POLLHUP)
		p[STDOUT].fd = -1;
	if (p[NETOUT].fd == -1)
		p[STDIN].fd = -1;
	if (p[STDOUT].fd == -1)
		shut(r, NETIN, SHUT_RD);
}

static void outwards(struct relay *r)
{
	struct pollfd *p = r->p;

	if ((p[STDIN].revents & POLLIN) && p[STDIN].fd != -1 && r->out.len < BUFFER) {
		ssize_t n = fill(r, STDIN, &r->out);

		if (n == 0 || n == -1)
			p[STDIN].fd = -1;
		if (r->out.len)
			p[NETOUT].events = POLLOUT;
		if (r->out.len == BUFFER)
			p[STDIN].events = 0;
	}
	if ((p[NETOUT].revents & POLLOUT) && p[NETOUT].fd != -1 && r->out.len) {
		if (!drain(r, NETOUT, &r->out))
			p[NETOUT].fd = -1;
		if (!r->out.len)
			p[NETOUT].events = 0;
		if (r->out.len < BUFFER)
			p[STDIN].events = POLLIN;
	}
}

static void inwards(struct relay *r)
{
	struct pollfd *p = r->p;

	if ((p[NETIN].revents & POLLIN) && p[NETIN].fd != -1 && r->in.len < BUFFER) {
		ssize_t n = fill(r, NETIN, &r->in);

		if (n == -1)
			p[NETIN].fd = -1;
		if (n == 0)
			shut(r, NETIN, SHUT_RD);
		if (r->n->recv_limit > 0 && ++r->n->received >= (unsigned int)r->n->recv_limit) {
			shut(r, NETIN, SHUT_RD);
			p[STDIN].fd = -1;
		}
		if (r->in.len)
			p[STDOUT].events = POLLOUT;
		if (r->in.len == BUFFER)
			p[NETIN].events = 0;
		if (r->n->telnet)
			decline(r);
	}
	if ((p[STDOUT].revents & POLLOUT) && p[STDOUT].fd != -1 && r->in.len) {
		if (!drain(r, STDOUT, &r->in))
			p[STDOUT].fd = -1;
		if (!r->in.len)
			p[STDOUT].events = 0;
		if (r->in.len < BUFFER)
			p[NETIN].events = POLLIN;
	}
}

/* What standard input's end and the network's end mean for their other sides. */
static void ends(struct relay *r)
{
	struct nc *n = r->n;
	struct pollfd *p = r->p;

	if (p[STDIN].fd == -1 && !r->out.len) {
		if (p[NETOUT].fd != -1 && (n->shut || n->quit >= 0)) {
			ng_sys_shutdown(n->task, r->fd, SHUT_WR);
			if (n->udp && n->quit >= 0)
				shut(r, NETIN, SHUT_RD);
		}
		p[NETOUT].fd = -1;
	}
	if (p[NETIN].fd == -1 && !r->in.len)
		p[STDOUT].fd = -1;
}

/* -q: the program stays for that long, then ends. */
static void delayed_exit(struct relay *r)
{
	struct nc *n = r->n;

	if (n->quit <= 0)
		return;
	ng_sys_close(n->task, r->fd);
	ng_sys_nanosleep(n->task, n->quit * NSEC_PER_SEC);
	prog_exit(n->task, 0);
}

/*
 * poll(). The real program runs in circles while a descriptor from which it wants nothing yet has hung up; this one
 * waits for something else, as long as it takes.
 */
static int wait_for_any(struct relay *r)
{
	static const enum end from[] = { STDIN, NETIN };
	int64_t timeout_ns = r->n->timeout_ns;
	int fds[ENDS];
	int ready, i;

	for (i = 0; i < ENDS; i++)
		fds[i] = r->p[i].fd;
	for (i = 0; i < 2; i++) {
		struct pollfd *p = &r->p[from[i]];

		if (p->fd == -1 || p->events || p->revents != POLLHUP)
			continue;
		p->fd = -1;
		timeout_ns = -1;
	}
	ready = ng_sys_poll(r->n->task, r->p, ENDS, timeout_ns);
	for (i = 0; i < ENDS; i++)
		r->p[i].fd = fds[i];
	return ready;
}

/**
 * nc_readwrite() - Carry bytes both ways until one of nc's reasons to stop.
 * @n: the run
 * @fd: the socket; the caller closes it
 */
void nc_readwrite(struct nc *n, int fd)
{
	struct relay *r = ng_task_alloc(n->task, sizeof(*r));
	struct pollfd *p = r->p;
	int ready;

	r->n = n;
	r->fd = fd;
	p[STDIN] = (struct pollfd){ n->no_stdin ? -1 : 0, POLLIN, 0 };
	p[NETOUT] = (struct pollfd){ fd, 0, 0 };
	p[NETIN] = (struct pollfd){ fd, POLLIN, 0 };
	p[STDOUT] = (struct pollfd){ 1, 0, 0 };
	for (;;) {
		if (p[STDIN].fd == -1 && p[NETIN].fd == -1 && !r->out.len && !r->in.len) {
			delayed_exit(r);
			break;
		}
		if (p[NETOUT].fd == -1 && p[STDOUT].fd == -1)
			break;
		if (n->listen && p[NETIN].fd == -1 && !r->out.len && !r->in.len)
			break;
		if (n->interval)
			ng_sys_nanosleep(n->task, n->interval * NSEC_PER_SEC);
		ready = wait_for_any(r);
		if (ready < 0)
			nc_die(n, -ready, "polling error");
		if (ready == 0)
			break;
		hang_ups(r);
		outwards(r);
		inwards(r);
		ends(r);
	}
	ng_task_free(n->task, r);
}
