/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sim.c - the simulated kernel as run.py drives it: one line asks, one line answers
 *
 * A task in the world makes the system calls. The wire is a packet socket on the far end of a veth,
 * as on the real kernel. Descriptors are the world's, times are virtual nanoseconds, bytes are hex.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>

#include "../unit/world.h"

#define LINE_MAX_LEN 400000

struct served {
	struct ng_task *task;
	int wire; /* the packet socket */
	char *line;
};

static void answer(long long v)
{
	printf("%lld\n", v);
}

static size_t from_hex(const char *hex, uint8_t *to)
{
	size_t n = 0;

	for (; hex[0] && hex[1]; hex += 2) {
		const char two[] = { hex[0], hex[1], 0 };

		to[n++] = (uint8_t)strtoul(two, NULL, 16);
	}
	return n;
}

static void print_hex(const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		printf("%02x", p[i]);
	putchar('\n');
}

/* sh COMMANDS: as a script of their own; the answer is the exit status */
static void do_sh(struct served *s, const char *text)
{
	const char *argv[] = { "sh", "-c", text, NULL };
	const struct ng_spawn how = { .pgid = -1 };
	int status = 0, pid;

	pid = ng_sys_spawn(s->task, "/bin/sh", (char *const *)(uintptr_t)argv, &how);
	if (pid > 0)
		ng_sys_wait4(s->task, pid, &status, 0);
	answer(pid > 0 ? status >> 8 : pid);
}

/* wire NAME: opens the packet socket there */
static void do_wire(struct served *s, const char *name)
{
	struct sockaddr_ll ll = { .sll_family = AF_PACKET, .sll_protocol = htons(0x0800) };
	struct ifreq ifr;
	int v = 1 << 24, err;

	memset(&ifr, 0, sizeof(ifr));
	g_strlcpy(ifr.ifr_name, name, sizeof(ifr.ifr_name));
	s->wire = ng_sys_socket(s->task, AF_PACKET, SOCK_RAW, htons(0x0800));
	err = ng_sys_ioctl(s->task, s->wire, SIOCGIFINDEX, &ifr);
	ll.sll_ifindex = ifr.ifr_ifindex;
	if (!err)
		err = ng_sys_bind(s->task, s->wire, &ll, sizeof(ll));
	ng_sys_setsockopt(s->task, s->wire, SOL_SOCKET, SO_RCVBUFFORCE, &v, sizeof(v));
	answer(err);
}

/* frame HEX: puts a frame on the wire */
static void do_frame(struct served *s, const char *hex)
{
	static uint8_t buf[70000];
	size_t n = from_hex(hex, buf);

	answer(ng_sys_sendto(s->task, s->wire, buf, n, 0, NULL, 0));
}

/* take NS: the next frame from the wire, waiting until then at most: "TIME HEX" or "TIME" */
static void do_take(struct served *s, const char *arg)
{
	int64_t now = ng_sys_clock_monotonic(s->task), until = strtoll(arg, NULL, 10);
	struct pollfd p = { .fd = s->wire, .events = POLLIN };
	static uint8_t buf[70000];
	ssize_t n;

	if (ng_sys_poll(s->task, &p, 1, until > now ? until - now : 0) != 1) {
		printf("%lld\n", (long long)ng_sys_clock_monotonic(s->task));
		return;
	}
	now = ng_sys_clock_monotonic(s->task);
	n = ng_sys_recvfrom(s->task, s->wire, buf, sizeof(buf), 0, NULL, NULL);
	printf("%lld ", (long long)now);
	print_hex(buf, n > 0 ? (size_t)n : 0);
}

static void do_address(struct served *s, const char *call, int fd, const char *addr, int port)
{
	struct sockaddr_in sin = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };

	from_hex(addr, (uint8_t *)&sin.sin_addr);
	answer(!strcmp(call, "bind") ? ng_sys_bind(s->task, fd, &sin, sizeof(sin))
				     : ng_sys_connect(s->task, fd, &sin, sizeof(sin)));
}

static void do_name(struct served *s, int fd)
{
	struct sockaddr_in sin = { .sin_family = AF_INET };
	uint32_t len = sizeof(sin);

	ng_sys_getsockname(s->task, fd, &sin, &len);
	answer(ntohs(sin.sin_port));
}

static void do_write(struct served *s, int fd, int n, int flags)
{
	static const uint8_t zeros[4000000];

	answer(ng_sys_sendto(s->task, fd, zeros, (size_t)n, flags | MSG_DONTWAIT, NULL, 0));
}

static void do_read(struct served *s, int fd, int n, int flags)
{
	static uint8_t buf[4000000];

	answer(ng_sys_recvfrom(s->task, fd, buf, (size_t)n, flags | MSG_DONTWAIT, NULL, NULL));
}

/* set FD LEVEL NAME VALUE: a number, or a text after '=' */
static void do_set(struct served *s, int fd, int level, int name, const char *val)
{
	struct linger linger = { 1, atoi(val) };
	int v = atoi(val);

	if (*val == '=')
		answer(ng_sys_setsockopt(s->task, fd, level, name, val + 1,
					 (uint32_t)strlen(val + 1)));
	else if (level == SOL_SOCKET && name == SO_LINGER)
		answer(ng_sys_setsockopt(s->task, fd, level, name, &linger, sizeof(linger)));
	else
		answer(ng_sys_setsockopt(s->task, fd, level, name, &v, sizeof(v)));
}

static void do_get(struct served *s, int fd, int level, int name)
{
	uint8_t buf[512];
	uint32_t len = sizeof(buf);
	int err = ng_sys_getsockopt(s->task, fd, level, name, buf, &len);

	if (err < 0)
		answer(err);
	else
		print_hex(buf, len);
}

static void do_poll(struct served *s, int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN | POLLOUT | POLLPRI | (short)POLLRDHUP };

	ng_sys_poll(s->task, &p, 1, 0);
	answer(p.revents);
}

/* cat PATH: the file in hex */
static void do_cat(struct served *s, const char *path)
{
	static uint8_t buf[200000];
	int fd = ng_sys_open(s->task, path, O_RDONLY, 0);
	size_t len = 0;
	ssize_t n;

	while (fd >= 0 && (n = ng_sys_read(s->task, fd, buf + len, sizeof(buf) - len)) > 0)
		len += (size_t)n;
	if (fd >= 0)
		ng_sys_close(s->task, fd);
	print_hex(buf, len);
}

static void do_fd_call(struct served *s, char **w, int fd)
{
	if (!strcmp(w[0], "listen"))
		answer(ng_sys_listen(s->task, fd, atoi(w[2])));
	else if (!strcmp(w[0], "accept"))
		answer(ng_sys_accept(s->task, fd, NULL, NULL));
	else if (!strcmp(w[0], "write"))
		do_write(s, fd, atoi(w[2]), atoi(w[3]));
	else if (!strcmp(w[0], "read"))
		do_read(s, fd, atoi(w[2]), atoi(w[3]));
	else if (!strcmp(w[0], "shutdown"))
		answer(ng_sys_shutdown(s->task, fd, atoi(w[2])));
	else if (!strcmp(w[0], "close"))
		answer(ng_sys_close(s->task, fd));
	else if (!strcmp(w[0], "poll"))
		do_poll(s, fd);
	else if (!strcmp(w[0], "port"))
		do_name(s, fd);
	else if (!strcmp(w[0], "set"))
		do_set(s, fd, atoi(w[2]), atoi(w[3]), w[4]);
	else if (!strcmp(w[0], "get"))
		do_get(s, fd, atoi(w[2]), atoi(w[3]));
	else
		do_address(s, w[0], fd, w[2], atoi(w[3]));
}

static int serve(struct ng_task *task, void *arg)
{
	struct served s = { .task = task, .line = g_malloc(LINE_MAX_LEN) };

	(void)arg;
	while (fgets(s.line, LINE_MAX_LEN, stdin)) {
		char *rest;

		s.line[strcspn(s.line, "\n")] = 0;
		rest = strchr(s.line, ' ');
		rest = rest ? rest + 1 : s.line + strlen(s.line);
		if (g_str_has_prefix(s.line, "sh ")) {
			do_sh(&s, rest);
		} else if (g_str_has_prefix(s.line, "wire ")) {
			do_wire(&s, rest);
		} else if (g_str_has_prefix(s.line, "frame ")) {
			do_frame(&s, rest);
		} else if (g_str_has_prefix(s.line, "take ")) {
			do_take(&s, rest);
		} else if (g_str_has_prefix(s.line, "cat ")) {
			do_cat(&s, rest);
		} else if (!strcmp(s.line, "now")) {
			answer(ng_sys_clock_monotonic(task));
		} else if (!strcmp(s.line, "socket")) {
			answer(ng_sys_socket(task, AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
		} else {
			g_auto(GStrv) w = g_strsplit(s.line, " ", 6);

			do_fd_call(&s, w, atoi(w[1]));
		}
		fflush(stdout);
	}
	g_free(s.line);
	return 0;
}

int main(void)
{
	struct test_world *w = test_world_new(NULL);
	int status = test_world_call(w, serve, NULL);

	fputs(w->out->str, stderr);
	fputs(w->err->str, stderr);
	test_world_free(w);
	return status;
}
