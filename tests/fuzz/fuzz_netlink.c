/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_netlink.c - any bytes as netlink requests, and what else a program may ask: see netlink_world.h
 */
#include "fuzz.h"

#include <linux/if_arp.h>
#include <linux/netlink.h>
#include <linux/route.h>
#include <linux/sockios.h>

#include "netlink_mutate.h"
#include "netlink_world.h"

#define RECORDS_MAX 256
#define DOORS 3 /* route, netfilter, diag */

struct input {
	const uint8_t *data;
	size_t size;
	uint8_t kind;
	struct ng_task *task;
	int fd[DOORS];
	int listener[2];
	int plain; /* for ioctl() */
};

static void read_answers(struct input *in, int fd)
{
	char buf[8192], control[256];
	struct sockaddr_nl from;
	struct iovec iov = { buf, sizeof(buf) };
	struct msghdr msg = { .msg_name = &from, .msg_iov = &iov, .msg_iovlen = 1 };

	do {
		msg.msg_namelen = sizeof(from);
		msg.msg_control = control;
		msg.msg_controllen = sizeof(control);
	} while (ng_sys_recvmsg(in->task, fd, &msg, MSG_DONTWAIT) > 0);
}

static void option(struct input *in, const uint8_t *p, size_t len)
{
	uint8_t b[7] = { 0 };

	memcpy(b, p, len < sizeof(b) ? len : sizeof(b));
	ng_sys_setsockopt(in->task, in->fd[b[0] % DOORS], b[1] ? SOL_NETLINK : SOL_SOCKET, b[2],
			  b + 3, len > 3 ? (uint32_t)(len - 3 < 4 ? len - 3 : 4) : 0);
}

static void bind_it(struct input *in, const uint8_t *p, size_t len)
{
	struct sockaddr_nl sa = { 0 };
	size_t n;

	if (!len)
		return;
	n = len - 1 < sizeof(sa) ? len - 1 : sizeof(sa);
	memcpy(&sa, p + 1, n);
	if (p[0] < 4)
		ng_sys_bind(in->task, in->fd[p[0] % DOORS], &sa, (uint32_t)n);
	else
		ng_sys_connect(in->task, in->fd[p[0] % DOORS], &sa, (uint32_t)n);
}

static void ask_ioctl(struct input *in, const uint8_t *p, size_t len)
{
	static const uint16_t requests[] = { SIOCADDRT,	    SIOCDELRT,	    SIOCSARP,
					     SIOCGARP,	    SIOCDARP,	    SIOCGIFADDR,
					     SIOCSIFADDR,   SIOCSIFNETMASK, SIOCSIFBRDADDR,
					     SIOCGIFFLAGS,  SIOCSIFFLAGS,   SIOCSIFMTU,
					     SIOCSIFHWADDR, SIOCSIFNAME };
	union {
		struct rtentry rt;
		struct arpreq arp;
		uint8_t bytes[160];
	} u = { .bytes = { 0 } };
	uint16_t request;
	char name[17] = "";

	if (!len)
		return;
	request = requests[p[0] % (sizeof(requests) / sizeof(requests[0]))];
	memcpy(u.bytes, p + 1, len - 1 < sizeof(u) ? len - 1 : sizeof(u));
	if (request == SIOCADDRT || request == SIOCDELRT) {
		memcpy(name, u.bytes + sizeof(u.rt), sizeof(name) - 1);
		u.rt.rt_dev = *name ? name : NULL;
	}
	ng_sys_ioctl(in->task, in->plain, request, &u);
}

static void one_record(struct input *in, uint8_t kind, const uint8_t *p, size_t len)
{
	const struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };

	switch (kind % NL_REC_KINDS) {
	case NL_REC_ROUTE:
	case NL_REC_NETFILTER:
	case NL_REC_DIAG:
		ng_sys_sendto(in->task, in->fd[kind % NL_REC_KINDS], p, len, 0, &kernel,
			      sizeof(kernel));
		read_answers(in, in->fd[kind % NL_REC_KINDS]);
		break;
	case NL_REC_OPTION:
		option(in, p, len);
		break;
	case NL_REC_BIND:
		bind_it(in, p, len);
		break;
	case NL_REC_IOCTL:
		ask_ioctl(in, p, len);
		break;
	case NL_REC_TIME:
		if (len >= 2)
			ng_sys_nanosleep(in->task, (p[0] | p[1] << 8) * 10 * NSEC_PER_MSEC);
		break;
	case NL_REC_COMMAND:
		if (len)
			fuzz_shell(in->task,
				   netlink_commands[p[0] % (sizeof(netlink_commands) /
							    sizeof(netlink_commands[0]))]);
		break;
	}
}

static int listens(struct ng_task *task, int protocol)
{
	const struct sockaddr_nl all = { .nl_family = AF_NETLINK, .nl_groups = 0xffffffff };
	uint32_t on = 1;
	int fd = ng_sys_socket(task, AF_NETLINK, SOCK_RAW, protocol);

	ng_sys_setsockopt(task, fd, SOL_NETLINK, NETLINK_PKTINFO, &on, sizeof(on));
	ng_sys_bind(task, fd, &all, sizeof(all));
	return fd;
}

static void open_sockets(struct input *in)
{
	static const int protocols[DOORS] = { NETLINK_ROUTE, NETLINK_NETFILTER, NETLINK_SOCK_DIAG };
	uint32_t on = 1;

	in->plain = ng_sys_socket(in->task, AF_INET, SOCK_DGRAM, 0);
	in->listener[0] = in->listener[1] = -1;
	if (in->kind & NL_WORLD_LISTENER) {
		in->listener[0] = listens(in->task, NETLINK_ROUTE);
		in->listener[1] = listens(in->task, NETLINK_NETFILTER);
	}
	for (int i = 0; i < DOORS; i++) {
		in->fd[i] = ng_sys_socket(in->task, AF_NETLINK, SOCK_RAW, protocols[i]);
		if (in->kind & NL_WORLD_STRICT) {
			ng_sys_setsockopt(in->task, in->fd[i], SOL_NETLINK, NETLINK_GET_STRICT_CHK,
					  &on, sizeof(on));
			ng_sys_setsockopt(in->task, in->fd[i], SOL_NETLINK, NETLINK_EXT_ACK, &on,
					  sizeof(on));
		}
	}
}

static int play(struct ng_task *task, void *arg)
{
	struct input *in = arg;

	in->task = task;
	open_sockets(in);
	for (int i = 0; i < RECORDS_MAX && in->size >= 3; i++) {
		size_t len = in->data[1] | (size_t)in->data[2] << 8;
		const uint8_t *p = in->data + 3;

		in->size -= 3;
		len = len < in->size ? len : in->size;
		one_record(in, in->data[0], p, len);
		in->data = p + len;
		in->size -= len;
	}
	for (int i = 0; i < 2 && in->listener[i] >= 0; i++)
		read_answers(in, in->listener[i]);
	return 0;
}

static size_t inside(struct mutate *m, uint8_t *kind, uint8_t *p, size_t len, size_t max)
{
	if (*kind % NL_REC_KINDS <= NL_REC_DIAG)
		return netlink_mutate(m, p, len, max);
	return LLVMFuzzerMutate(p, len, max);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed)
{
	return mutate(data, size, max, seed, inside, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct test_world *w;
	struct input in = { 0 };

	if (!size)
		return 0;
	in.kind = data[0];
	in.data = data + 1;
	in.size = size - 1;
	w = fuzz_world_new(netlink_setup, netlink_kinds,
			   sizeof(netlink_kinds) / sizeof(netlink_kinds[0]), in.kind);
	if (in.kind & NL_WORLD_WATCHED)
		fuzz_world_watch(w);
	test_world_call(w, play, &in);
	ng_world_run_for(w->world, NSEC_PER_SEC);
	test_world_free(w);
	return 0;
}
