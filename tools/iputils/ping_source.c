/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ping_source.c - which address and device a ping leaves from
 *
 * mirrors the first half of ping4_run() of iputils' ping.c: a UDP socket is
 * connected to the target only to ask the kernel for the source address; its
 * refusal is where "ping: connect: Network is unreachable" comes from.
 */
#include "ping.h"

#include "../lib/prog.h"

#include <errno.h>
#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <netglass/netlink.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <string.h>
#include <sys/uio.h>

#define die(p, ...) prog_die((p)->task, 2, (p)->name, __VA_ARGS__)

enum { PROBE_PORT = 1025, NL_BUF = 16384 };

static bool is_multicast(__be32 addr)
{
	return be32_to_cpu(addr) >> 28 == 14;
}

static int device_index(struct ping *p, int fd)
{
	struct ifreq ifr;
	int err;

	memset(&ifr, 0, sizeof(ifr));
	strncpy(ifr.ifr_name, p->device, IFNAMSIZ - 1);
	err = ng_sys_ioctl(p->task, fd, SIOCGIFINDEX, &ifr);
	return err < 0 ? err : ifr.ifr_ifindex;
}

static void bind_to_device(struct ping *p, int fd)
{
	struct ip_mreqn imr = { 0 };
	int err;

	err = ng_sys_setsockopt(p->task, fd, SOL_SOCKET, SO_BINDTODEVICE, p->device,
				(uint32_t)strlen(p->device) + 1);
	if (!err)
		return;
	if (!is_multicast(p->whereto.sin_addr.s_addr))
		die(p, -err, "SO_BINDTODEVICE %s", p->device);
	imr.imr_ifindex = device_index(p, fd);
	if (imr.imr_ifindex < 0)
		die(p, 0, "unknown iface: %s", p->device);
	err = ng_sys_setsockopt(p->task, fd, IPPROTO_IP, IP_MULTICAST_IF, &imr, sizeof(imr));
	if (err)
		die(p, -err, "IP_MULTICAST_IF");
}

static void connect_probe(struct ping *p, int fd, const struct sockaddr_in *dst)
{
	int err = ng_sys_connect(p->task, fd, dst, sizeof(*dst));

	if (!err)
		return;
	if (err != -EACCES)
		die(p, -err, "connect");
	if (!p->broadcast)
		die(p, 0,
		    "Do you want to ping broadcast? Then -b. If not, check your local firewall "
		    "rules");
	ng_puts(ng_stderr(p->task), "WARNING: pinging broadcast address\n");
	err = ng_sys_setsockopt(p->task, fd, SOL_SOCKET, SO_BROADCAST, &p->broadcast,
				sizeof(p->broadcast));
	if (err)
		die(p, -err, "cannot set broadcasting");
	err = ng_sys_connect(p->task, fd, dst, sizeof(*dst));
	if (err)
		die(p, -err, "connect");
}

/* Does this RTM_NEWADDR give our source address to the device of that name? */
static bool is_source_of_device(const struct ping *p, const struct nlmsghdr *nlh)
{
	const struct nlattr *tb[IFA_MAX + 1];
	char label[IFNAMSIZ];

	if (nlmsg_parse(nlh, sizeof(struct ifaddrmsg), tb, IFA_MAX) || !tb[IFA_LABEL] ||
	    !tb[IFA_LOCAL])
		return false;
	nla_strscpy(label, tb[IFA_LABEL], sizeof(label));
	return !strcmp(label, p->device) &&
	       nla_get_be32(tb[IFA_LOCAL]) == p->source.sin_addr.s_addr;
}

/* One dump, as getifaddrs() asks for it; true when an address of the answer is what we look for. */
static bool dump_has_source(struct ping *p, int fd, uint16_t type, uint32_t seq)
{
	struct {
		struct nlmsghdr nlh;
		struct rtgenmsg gen;
		uint8_t pad[3];
	} req = { .nlh = { sizeof(req), type, NLM_F_REQUEST | NLM_F_DUMP, seq, 0 } };
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	char *buf = ng_task_alloc(p->task, NL_BUF);
	bool found = false;
	ssize_t len;

	ng_sys_sendto(p->task, fd, &req, sizeof(req), 0, &kernel, sizeof(kernel));
	while ((len = ng_sys_recvfrom(p->task, fd, buf, NL_BUF, 0, NULL, NULL)) > 0) {
		const struct nlmsghdr *nlh = (const void *)buf;

		for (; NLMSG_OK(nlh, (size_t)len); nlh = NLMSG_NEXT(nlh, len)) {
			if (nlh->nlmsg_type == NLMSG_DONE || nlh->nlmsg_type == NLMSG_ERROR)
				return found;
			if (nlh->nlmsg_type == RTM_NEWADDR && is_source_of_device(p, nlh))
				found = true;
		}
	}
	return found;
}

static bool device_has_source(struct ping *p)
{
	struct sockaddr_nl local = { .nl_family = AF_NETLINK };
	uint32_t seq = (uint32_t)(ng_sys_clock_realtime(p->task) / NSEC_PER_SEC);
	bool found;
	int fd;

	fd = ng_sys_socket(p->task, AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	if (fd < 0)
		die(p, -fd, "gatifaddrs failed");
	ng_sys_bind(p->task, fd, &local, sizeof(local));
	dump_has_source(p, fd, RTM_GETLINK, seq);
	found = dump_has_source(p, fd, RTM_GETADDR, seq + 1);
	ng_sys_close(p->task, fd);
	return found;
}

/**
 * ping_set_mark() - Gives a socket the firewall mark of -m
 * @p: the run
 * @fd: the socket
 *
 * As sock_setmark().
 */
void ping_set_mark(struct ping *p, int fd)
{
	int err;

	if (!p->opt.mark)
		return;
	err = ng_sys_setsockopt(p->task, fd, SOL_SOCKET, SO_MARK, &p->mark, sizeof(p->mark));
	if (err)
		prog_error(p->task, p->name, -err, "WARNING: failed to set mark: %u", p->mark);
}

static void probe_source(struct ping *p)
{
	struct sockaddr_in dst = p->whereto;
	uint32_t len = sizeof(p->source);
	int fd = ng_sys_socket(p->task, AF_INET, SOCK_DGRAM, 0);
	int err;

	if (fd < 0)
		die(p, -fd, "socket");
	if (p->device) {
		bind_to_device(p, fd);
		bind_to_device(p, p->fd);
	}
	if (p->tos) {
		err = ng_sys_setsockopt(p->task, fd, IPPROTO_IP, IP_TOS, &p->tos, sizeof(p->tos));
		if (err)
			prog_error(p->task, p->name, -err, "warning: QOS sockopts");
	}
	ping_set_mark(p, fd);
	dst.sin_port = cpu_to_be16(PROBE_PORT);
	if (p->nroute)
		dst.sin_addr.s_addr = p->route[0];
	connect_probe(p, fd, &dst);
	err = ng_sys_getsockname(p->task, fd, &p->source, &len);
	if (err)
		die(p, -err, "getsockname");
	p->source.sin_port = 0;
	if (p->device) {
		if (!device_has_source(p))
			prog_error(p->task, p->name, 0,
				   "Warning: source address might be selected on device other "
				   "than: %s",
				   p->device);
		else if (p->source.sin_addr.s_addr == dst.sin_addr.s_addr)
			ng_sys_setsockopt(p->task, p->fd, SOL_SOCKET, SO_BINDTODEVICE, "", 0);
	}
	ng_sys_close(p->task, fd);
}

/**
 * ping4_choose_source() - Find the source address and bind to the device of -I.
 * @p: the run; source is filled in, and the target when it was 0.0.0.0
 *
 * Ends the program when the kernel refuses.
 */
void ping4_choose_source(struct ping *p)
{
	if (p->source.sin_addr.s_addr == 0)
		probe_source(p);
	else if (p->device)
		bind_to_device(p, p->fd);
	if (p->whereto.sin_addr.s_addr == 0)
		p->whereto.sin_addr.s_addr = p->source.sin_addr.s_addr;
	if (p->device && device_index(p, p->fd) < 0)
		die(p, 0, "unknown iface: %s", p->device);
	if (p->broadcast || is_multicast(p->whereto.sin_addr.s_addr)) {
		p->multicast = true;
		if (p->pmtudisc < 0)
			p->pmtudisc = IP_PMTUDISC_DO;
	}
}
