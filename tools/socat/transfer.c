/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * transfer.c - carries bytes between the two addresses
 *
 * mirrors socat() and xiotransfer() of socat 1.7.4: when one side has ended, the other has half a second (-t)
 * for each further piece.
 */
#include "socat.h"

#include <errno.h>
#include <linux/in.h>
#include <poll.h>
#include <sys/socket.h>

enum { BUFFER = 8192 };

static ssize_t put(struct socat *s, const struct so_end *e, const char *buf, size_t len)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = e->peer_port };
	struct pollfd p = { .fd = e->out, .events = POLLOUT };
	size_t done = 0;
	ssize_t n;

	to.sin_addr.s_addr = e->peer_addr;
	while (done < len) {
		if (e->sendto)
			n = ng_sys_sendto(s->task, e->out, buf + done, len - done, 0, &to,
					  sizeof(to));
		else if (e->socket)
			n = ng_sys_sendto(s->task, e->out, buf + done, len - done, MSG_NOSIGNAL,
					  NULL, 0);
		else
			n = ng_sys_write(s->task, e->out, buf + done, len - done);
		if (n == -EAGAIN) { /* a connect-timeout leaves the socket so */
			ng_sys_poll(s->task, &p, 1, -1);
			continue;
		}
		if (n < 0) {
			if (e->sendto || e->socket || n != -EPIPE)
				so_die(s, "write(%d, 0x555555570150, %zu): %s", e->out, len,
				       ng_strerror((int)-n));
			return n;
		}
		done += (size_t)n;
	}
	return (ssize_t)done;
}

static void shut_out(struct socat *s, struct so_end *e, bool udp)
{
	if (e->out < 0)
		return;
	if (e->socket && !udp)
		ng_sys_shutdown(s->task, e->out, SHUT_WR);
	else if (!e->socket && e->out > 2 && e->out != e->in)
		ng_sys_close(s->task, e->out);
	e->out = -1;
}

/* One piece from @from to the other; false: @from has ended. */
static bool carry(struct socat *s, int from)
{
	struct so_end *a = &s->end[from], *b = &s->end[!from];
	char *buf = ng_task_alloc_buffer(s->task, BUFFER);
	bool datagrams = s->addr[from].udp;
	ssize_t n = ng_sys_read(s->task, a->in, buf, BUFFER);
	bool more = n > 0 || n == -EAGAIN || (datagrams && n == 0);

	if (n < 0 && n != -EAGAIN)
		so_die(s, "read(%d, 0x555555570150, %d): %s", a->in, BUFFER, ng_strerror((int)-n));
	if (n > 0 && b->out >= 0 && put(s, b, buf, (size_t)n) < 0)
		more = false;
	ng_task_free(s->task, buf);
	return more;
}

/**
 * so_transfer() - Until both sides have ended, or nothing comes for too long
 * @s: the run
 */
void so_transfer(struct socat *s)
{
	bool open[2] = { !s->left && s->end[0].in >= 0, !s->right && s->end[1].in >= 0 };
	bool closing = false;

	while (open[0] || open[1]) {
		struct pollfd p[2] = { { .fd = open[0] ? s->end[0].in : -1, .events = POLLIN },
				       { .fd = open[1] ? s->end[1].in : -1, .events = POLLIN } };
		int ready = ng_sys_poll(s->task, p, 2, closing ? s->linger_ns : s->timeout_ns);

		if (ready == -EINTR)
			continue;
		if (ready <= 0)
			return;
		for (int i = 0; i < 2; i++) {
			if (!open[i] || !p[i].revents || carry(s, i))
				continue;
			open[i] = false;
			closing = true;
			shut_out(s, &s->end[!i], s->addr[!i].udp);
			if (s->right || s->left)
				return;
		}
	}
}
