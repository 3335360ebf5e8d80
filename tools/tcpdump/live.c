/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * live.c - packets as they pass
 *
 * mirrors pcap-linux.c of libpcap 1.10.3: a packet socket, raw for one device, cooked for "any". The filter
 * of one device is the socket's; that of "any" is asked here, since it speaks of the cooked header.
 */
#include "tcpdump.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/sockios.h>
#include <netglass/syscall.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>

#include "../lib/lines.h"

enum { FRAME_MAX = 65536 + 32, DEVICES_MAX = 512 };

static int ioctl_socket(struct td *d)
{
	return ng_sys_socket(d->task, AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

/* -errno: there is none */
static int device_flags(struct td *d, const char *name, int *ret_index)
{
	struct ifreq ifr = { 0 };
	int fd = ioctl_socket(d), err;

	strncpy(ifr.ifr_name, name, IFNAMSIZ - 1);
	err = ng_sys_ioctl(d->task, fd, SIOCGIFINDEX, &ifr);
	*ret_index = ifr.ifr_ifindex;
	if (!err)
		err = ng_sys_ioctl(d->task, fd, SIOCGIFFLAGS, &ifr);
	ng_sys_close(d->task, fd);
	return err < 0 ? err : (uint16_t)ifr.ifr_flags;
}

/**
 * td_device_name() - A device by its number
 * @d: the run
 * @ifindex: the number
 * @name: IFNAMSIZ + 8 bytes
 *
 * Return: @name.
 */
const char *td_device_name(struct td *d, int ifindex, char *name)
{
	struct ifreq ifr = { .ifr_ifindex = ifindex };
	int fd = ioctl_socket(d);

	snprintf(name, IFNAMSIZ + 8, "if%d", ifindex);
	if (!ng_sys_ioctl(d->task, fd, SIOCGIFNAME, &ifr))
		snprintf(name, IFNAMSIZ + 8, "%s", ifr.ifr_name);
	ng_sys_close(d->task, fd);
	return name;
}

/* every device, by number */
static int list_names(struct td *d, char (*names)[IFNAMSIZ])
{
	struct ng_lines in;
	char line[512];
	int n = 0;

	if (ng_lines_open(&in, d->task, "/proc/net/dev") < 0)
		return 0;
	while (ng_lines_next(&in, line, sizeof(line)) && n < DEVICES_MAX) {
		const char *start = line + strspn(line, " ");
		const char *colon = strchr(start, ':');

		if (colon && !strchr(start, '|') && colon - start < IFNAMSIZ)
			snprintf(names[n++], IFNAMSIZ, "%.*s", (int)(colon - start), start);
	}
	ng_lines_close(&in);
	return n;
}

/* without -i: the first device that is up and no loopback, else "any" */
static const char *default_device(struct td *d)
{
	char(*names)[IFNAMSIZ] = ng_task_alloc(d->task, DEVICES_MAX * IFNAMSIZ);
	int n = list_names(d, names), index;

	for (int i = 0; i < n; i++) {
		int flags = device_flags(d, names[i], &index);

		if (flags >= 0 && (flags & IFF_UP) && (flags & IFF_RUNNING) &&
		    !(flags & IFF_LOOPBACK))
			return names[i];
	}
	return "any";
}

static void list_device(struct td *d, int n, const char *name, int flags)
{
	const char *sep = "";

	ng_printf(d->out, "%d.%s [", n, name);
	if (flags & IFF_UP) {
		ng_puts(d->out, "Up");
		sep = ", ";
	}
	if (flags & IFF_RUNNING) {
		ng_printf(d->out, "%sRunning", sep);
		sep = ", ";
	}
	if (flags & IFF_LOOPBACK)
		ng_printf(d->out, "%sLoopback", sep);
	else
		ng_printf(d->out, "%s%s", sep, flags & IFF_RUNNING ? "Connected" : "Disconnected");
	ng_puts(d->out, "]\n");
}

/**
 * td_list_devices() - tcpdump -D
 * @d: the run
 */
void td_list_devices(struct td *d)
{
	static const char *const pseudo[] = {
		"bluetooth-monitor (Bluetooth Linux Monitor) [Wireless]",
		"nflog (Linux netfilter log (NFLOG) interface) [none]",
		"nfqueue (Linux netfilter queue (NFQUEUE) interface) [none]",
		"dbus-system (D-Bus system bus) [none]",
		"dbus-session (D-Bus session bus) [none]",
	};
	char(*names)[IFNAMSIZ] = ng_task_alloc(d->task, DEVICES_MAX * IFNAMSIZ);
	int n = list_names(d, names), nr = 0, index;

	/* what works best comes first: running ones, then "any", loopback, the others */
	for (int rank = 0; rank < 3; rank++) {
		if (rank == 1)
			ng_printf(d->out,
				  "%d.any (Pseudo-device that captures on all interfaces) "
				  "[Up, Running]\n",
				  ++nr);
		for (int i = 0; i < n; i++) {
			int flags = device_flags(d, names[i], &index);
			bool up = (flags & IFF_UP) && (flags & IFF_RUNNING);
			int of = !up ? 2 : flags & IFF_LOOPBACK ? 1 : 0;

			if (flags >= 0 && of == rank)
				list_device(d, ++nr, names[i], flags);
		}
	}
	for (size_t i = 0; i < sizeof(pseudo) / sizeof(pseudo[0]); i++)
		ng_printf(d->out, "%d.%s\n", ++nr, pseudo[i]);
}

/**
 * td_open_live() - Opens the device; says so when it cannot
 * @d: the run
 */
void td_open_live(struct td *d)
{
	struct sockaddr_ll sll = { .sll_family = AF_PACKET,
				   .sll_protocol = cpu_to_be16(ETH_P_ALL) };
	int flags, on = 1, err;

	if (!d->device)
		d->device = default_device(d);
	d->any = !strcmp(d->device, "any");
	d->linktype = d->any ? TD_LINKTYPE_SLL2 : TD_LINKTYPE_EN10MB;
	if (!d->any) {
		flags = device_flags(d, d->device, &sll.sll_ifindex);
		if (flags < 0)
			td_error(d, "%s: No such device exists\n(No such device exists)",
				 d->device);
		if (!(flags & IFF_UP))
			td_error(d, "%s: That device is not up", d->device);
	}
	/* protocol 0: nothing arrives before the filter is there */
	d->fd = ng_sys_socket(d->task, AF_PACKET, d->any ? SOCK_DGRAM : SOCK_RAW, 0);
	if (d->fd < 0)
		td_error(d, "%s: %s", d->device, ng_strerror(-d->fd));
	ng_sys_setsockopt(d->task, d->fd, SOL_SOCKET, SO_TIMESTAMP, &on, sizeof(on));
	td_compile(d);
	if (d->code.len && !d->any) {
		struct sock_fprog prog = { .len = d->code.len, .filter = d->code.insns };

		err = ng_sys_setsockopt(d->task, d->fd, SOL_SOCKET, SO_ATTACH_FILTER, &prog,
					sizeof(prog));
		if (err)
			td_error(d, "can't attach filter: %s", ng_strerror(-err));
	}
	err = ng_sys_bind(d->task, d->fd, &sll, sizeof(sll));
	if (err)
		td_error(d, "%s: %s", d->device, ng_strerror(-err));
	d->ifindex = sll.sll_ifindex;
	if (!d->any && !d->not_promiscuous) {
		struct packet_mreq mreq = { .mr_ifindex = d->ifindex,
					    .mr_type = PACKET_MR_PROMISC };

		err = ng_sys_setsockopt(d->task, d->fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &mreq,
					sizeof(mreq));
		if (err)
			td_error(d, "%s: %s", d->device, ng_strerror(-err));
	}
}

static int64_t stamp_of(struct msghdr *msg, int64_t otherwise)
{
	struct cmsghdr *c;

	for (c = CMSG_FIRSTHDR(msg); c; c = CMSG_NXTHDR(msg, c)) {
		struct {
			int64_t sec, usec;
		} tv;

		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SO_TIMESTAMP)
			continue;
		memcpy(&tv, CMSG_DATA(c), sizeof(tv));
		return tv.sec * NSEC_PER_SEC + tv.usec * 1000;
	}
	return otherwise;
}

/* struct sll2_header in front of what a cooked socket gave */
static void put_sll2(uint8_t *p, const struct sockaddr_ll *sll)
{
	memset(p, 0, TD_SLL2_LEN);
	memcpy(p, &sll->sll_protocol, 2);
	p[4] = (uint8_t)(sll->sll_ifindex >> 24);
	p[5] = (uint8_t)(sll->sll_ifindex >> 16);
	p[6] = (uint8_t)(sll->sll_ifindex >> 8);
	p[7] = (uint8_t)sll->sll_ifindex;
	p[8] = (uint8_t)(sll->sll_hatype >> 8);
	p[9] = (uint8_t)sll->sll_hatype;
	p[10] = sll->sll_pkttype;
	p[11] = sll->sll_halen;
	memcpy(p + 12, sll->sll_addr, 8);
}

static bool wanted_direction(const struct td *d, const struct sockaddr_ll *sll)
{
	bool out = sll->sll_pkttype == PACKET_OUTGOING;

	/* loopback shows everything twice */
	if (out && sll->sll_hatype == ARPHRD_LOOPBACK)
		return false;
	return !d->direction || (d->direction == 2) == out;
}

/* As libpcap: a device that is down may come up again, one that is gone does not. */
static bool device_is_there(struct td *d)
{
	int ifindex;

	if (device_flags(d, d->device, &ifindex) >= 0 && ifindex == d->ifindex)
		return true;
	ng_flush(d->out);
	ng_puts(ng_stderr(d->task), "tcpdump: pcap_loop: The interface disappeared\n");
	d->failed = true;
	return false;
}

/* one packet; false: no more */
static bool receive(struct td *d, uint8_t *buf)
{
	struct sockaddr_ll sll = { 0 };
	_Alignas(8) uint8_t control[64];
	uint32_t room = d->any ? TD_SLL2_LEN : 0;
	struct iovec iov = { buf + room, FRAME_MAX - room };
	struct msghdr msg = { .msg_name = &sll,
			      .msg_namelen = sizeof(sll),
			      .msg_iov = &iov,
			      .msg_iovlen = 1,
			      .msg_control = control,
			      .msg_controllen = sizeof(control) };
	struct td_packet p = { .data = buf };
	ssize_t len = ng_sys_recvmsg(d->task, d->fd, &msg, MSG_TRUNC | MSG_DONTWAIT);

	if (len == -ENETDOWN)
		return device_is_there(d);
	if (len < 0)
		return len == -EAGAIN;
	if (!wanted_direction(d, &sll))
		return true;
	if (d->any)
		put_sll2(buf, &sll);
	p.len = (uint32_t)len + room;
	p.caplen = p.len < d->snaplen ? p.len : d->snaplen;
	p.when_ns = stamp_of(&msg, ng_sys_clock_realtime(d->task));
	if (d->any && !td_match(d, &p))
		return true;
	d->received++;
	return td_handle(d, &p);
}

/**
 * td_loop_live() - Until -c is reached or a signal comes
 * @d: the run
 */
void td_loop_live(struct td *d)
{
	uint8_t *buf = ng_task_alloc(d->task, FRAME_MAX);

	ng_sys_sigaction(d->task, SIGINT, 1);
	ng_sys_sigaction(d->task, SIGTERM, 1);
	ng_sys_sigaction(d->task, SIGHUP, 1);
	for (;;) {
		struct pollfd pfd = { .fd = d->fd, .events = POLLIN };
		int n = ng_sys_poll(d->task, &pfd, 1, -1);

		if (ng_sys_sigpending(d->task)) {
			d->stopped = true;
			return;
		}
		if (n == -EINTR)
			continue;
		if (n < 0 || !receive(d, buf))
			return;
		if (ng_out_error(d->out))
			return;
	}
}
