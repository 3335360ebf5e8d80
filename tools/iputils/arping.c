/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * arping.c - ask for a neighbour by ARP, or tell the neighbours
 *
 * mirrors iputils 20221126's arping.c
 *
 * arping_main()
 *   parse_options()
 *   guess_device()     RTM_GETROUTE, when -I is not given
 *   check_device()
 *   choose_source()    a UDP socket asks the kernel
 *   event_loop()
 *     send_pack()
 *     recv_pack()
 */
#include "../lib/getopt.h"
#include "../lib/netdb.h"
#include "../lib/prog.h"

#include <errno.h>
#include <limits.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/in.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <netglass/netlink.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define die(a, status, ...) prog_die((a)->task, status, (a)->name, __VA_ARGS__)

struct arp_packet {
	struct arphdr hdr;
	uint8_t sha[6];
	uint8_t spa[4];
	uint8_t tha[6];
	uint8_t tpa[4];
} __attribute__((packed));

_Static_assert(sizeof(struct arp_packet) == 28, "an Ethernet ARP packet is 28 bytes");

struct arping {
	struct ng_task *task;
	struct ng_out *out;
	const char *name;
	bool advert, broadcast_only, dad, quiet, quit_on_reply, unicasting, unsolicited;
	const char *device;
	char device_name[IFNAMSIZ];
	const char *source;
	__be32 gsrc, gdst;
	int count, timeout, interval;
	int ifindex;
	int fd;
	struct sockaddr_ll me, he;
	int64_t last_ns;
	bool device_is_down;
	int sent, brd_sent, received, brd_recv, req_recv;
};

int arping_main(struct ng_task *task, int argc, char **argv);

static const char usage_text[] =
	"\nUsage:\n"
	"  arping [options] <destination>\n"
	"\nOptions:\n"
	"  -f            quit on first reply\n"
	"  -q            be quiet\n"
	"  -b            keep on broadcasting, do not unicast\n"
	"  -D            duplicate address detection mode\n"
	"  -U            unsolicited ARP mode, update your neighbours\n"
	"  -A            ARP answer mode, update your neighbours\n"
	"  -V            print version and exit\n"
	"  -c <count>    how many packets to send\n"
	"  -w <timeout>  how long to wait for a reply\n"
	"  -i <interval> set interval between packets (default: 1 second)\n"
	"  -I <device>   which ethernet device to use\n"
	"  -s <source>   source ip address\n"
	"  <destination> dns name or ip address\n"
	"\nFor more details see arping(8).\n";

static int number(struct arping *a, const char *s, int min)
{
	char *end;
	long v;

	errno = 0;
	v = strtol(s, &end, 10);
	if (errno || end == s || *end)
		die(a, 1, errno, "invalid argument: '%s'", s);
	if (v < min || v > INT_MAX)
		die(a, 1, 0, "invalid argument: '%s': out of range: %d <= value <= %d", s, min,
		    INT_MAX);
	return (int)v;
}

static void parse_option(struct arping *a, int ch, const char *arg)
{
	switch (ch) {
	case 'b':
		a->broadcast_only = true;
		break;
	case 'D':
		a->dad = a->quit_on_reply = true;
		break;
	case 'U':
		a->unsolicited = true;
		break;
	case 'A':
		a->advert = a->unsolicited = true;
		break;
	case 'q':
		a->quiet = true;
		break;
	case 'c':
		a->count = number(a, arg, 1);
		break;
	case 'w':
		a->timeout = number(a, arg, 0);
		break;
	case 'i':
		a->interval = number(a, arg, 0);
		break;
	case 'I':
		a->device = *arg ? arg : NULL;
		break;
	case 'f':
		a->quit_on_reply = true;
		break;
	case 's':
		a->source = arg;
		break;
	case 'V':
		ng_puts(a->out, "arping from iputils 20221126\n"
				"libcap: yes, IDN: yes, NLS: no, error.h: yes, getrandom(): yes, "
				"__fpending(): yes\n");
		prog_exit(a->task, 0);
	default:
		ng_puts(ng_stderr(a->task), usage_text);
		prog_exit(a->task, 2);
	}
}

static int if_ioctl(struct arping *a, unsigned long request, struct ifreq *ifr)
{
	return ng_sys_ioctl(a->task, a->fd, request, ifr);
}

/* Asks the kernel for the route to the target and takes its device. */
static void guess_device(struct arping *a)
{
	struct {
		struct nlmsghdr nlh;
		struct rtmsg rtm;
		struct nlattr nla;
		__be32 dst;
	} req = {
		.nlh = { sizeof(req), RTM_GETROUTE, NLM_F_REQUEST, 1, 0 },
		.rtm = { .rtm_family = AF_INET },
		.nla = { NLA_HDRLEN + 4, RTA_DST },
		.dst = a->gdst,
	};
	const struct nlattr *tb[RTA_MAX + 1];
	const struct nlmsghdr *nlh;
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	struct ifreq ifr = { 0 };
	char *buf = ng_task_alloc(a->task, 4096);
	int fd = ng_sys_socket(a->task, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	ssize_t n;

	if (fd < 0)
		die(a, 1, -fd, "NETLINK_ROUTE socket failed");
	n = ng_sys_sendto(a->task, fd, &req, sizeof(req), 0, &kernel, sizeof(kernel));
	if (n < 0)
		die(a, 1, (int)-n, "NETLINK_ROUTE socket failed");
	n = ng_sys_recvfrom(a->task, fd, buf, 4096, 0, NULL, NULL);
	ng_sys_close(a->task, fd);
	nlh = (const void *)buf;
	if (n <= 0 || !NLMSG_OK(nlh, (size_t)n) || nlh->nlmsg_type == NLMSG_ERROR)
		die(a, 1, 0, "NETLINK_ROUTE unexpected iov element");
	if (nlh->nlmsg_type != RTM_NEWROUTE || nlmsg_parse(nlh, sizeof(struct rtmsg), tb, RTA_MAX))
		die(a, 1, 0, "NETLINK new route message type");
	if (!tb[RTA_OIF])
		return;
	ifr.ifr_ifindex = (int)nla_get_u32(tb[RTA_OIF]);
	if (if_ioctl(a, SIOCGIFNAME, &ifr) == 0) {
		memcpy(a->device_name, ifr.ifr_name, IFNAMSIZ);
		a->device = a->device_name;
	}
}

static void check_device(struct arping *a)
{
	struct ifreq ifr = { 0 };

	if (!a->device) {
		prog_error(a->task, a->name, 0,
			   "Suitable device could not be determined. Please, use option -I.");
		return;
	}
	strncpy(ifr.ifr_name, a->device, IFNAMSIZ - 1);
	if (if_ioctl(a, SIOCGIFFLAGS, &ifr) < 0)
		die(a, 2, 0, "Device %s not available.", a->device);
	if (!(ifr.ifr_flags & IFF_UP)) {
		if (!a->quiet)
			ng_printf(a->out, "Interface \"%s\" is down\n", a->device);
		prog_exit(a->task, 2);
	}
	if (ifr.ifr_flags & (IFF_NOARP | IFF_LOOPBACK)) {
		if (!a->quiet)
			ng_printf(a->out, "Interface \"%s\" is not ARPable\n", a->device);
		prog_exit(a->task, a->dad ? 0 : 2);
	}
	if (if_ioctl(a, SIOCGIFINDEX, &ifr) < 0)
		die(a, 2, 0, "Device %s not available.", a->device);
	a->ifindex = ifr.ifr_ifindex;
}

static void choose_source(struct arping *a)
{
	struct sockaddr_in sin = { .sin_family = AF_INET };
	uint32_t len = sizeof(sin);
	int one = 1;
	int fd, err;

	if (a->source && !ng_inet_aton(a->source, &a->gsrc))
		die(a, 2, 0, "invalid source %s", a->source);
	if (!a->dad && a->unsolicited && !a->source)
		a->gsrc = a->gdst;
	if (a->dad && !a->source)
		return;
	fd = ng_sys_socket(a->task, AF_INET, SOCK_DGRAM, 0);
	if (fd < 0)
		die(a, 2, -fd, "socket");
	if (a->device) {
		err = ng_sys_setsockopt(a->task, fd, SOL_SOCKET, SO_BINDTODEVICE, a->device,
					(uint32_t)strlen(a->device) + 1);
		if (err)
			prog_error(a->task, a->name, -err, "WARNING: interface is ignored");
	}
	if (a->source || a->gsrc) {
		sin.sin_addr.s_addr = a->gsrc;
		err = ng_sys_bind(a->task, fd, &sin, sizeof(sin));
		if (err)
			die(a, 2, -err, "bind");
	} else if (!a->dad) {
		sin.sin_port = cpu_to_be16(1025);
		sin.sin_addr.s_addr = a->gdst;
		err = ng_sys_setsockopt(a->task, fd, SOL_SOCKET, SO_DONTROUTE, &one, sizeof(one));
		if (err)
			prog_error(a->task, a->name, -err, "WARNING: setsockopt(SO_DONTROUTE)");
		err = ng_sys_connect(a->task, fd, &sin, sizeof(sin));
		if (err)
			die(a, 2, -err, "connect");
		err = ng_sys_getsockname(a->task, fd, &sin, &len);
		if (err)
			die(a, 2, -err, "getsockname");
		a->gsrc = sin.sin_addr.s_addr;
	}
	ng_sys_close(a->task, fd);
}

static void bind_packet_socket(struct arping *a)
{
	uint32_t len = sizeof(a->me);
	int err;

	a->me.sll_family = AF_PACKET;
	a->me.sll_ifindex = a->ifindex;
	a->me.sll_protocol = cpu_to_be16(ETH_P_ARP);
	err = ng_sys_bind(a->task, a->fd, &a->me, sizeof(a->me));
	if (err)
		die(a, 2, -err, "bind");
	err = ng_sys_getsockname(a->task, a->fd, &a->me, &len);
	if (err)
		die(a, 2, -err, "getsockname");
	if (a->me.sll_halen == 0) {
		if (!a->quiet)
			ng_printf(a->out, "Interface \"%s\" is not ARPable (no ll address)\n",
				  a->device);
		prog_exit(a->task, a->dad ? 0 : 2);
	}
	a->he = a->me;
	memset(a->he.sll_addr, 0xff, a->he.sll_halen);
}

static void send_pack(struct arping *a)
{
	struct arp_packet pkt = { .hdr = { .ar_pro = cpu_to_be16(ETH_P_IP), .ar_pln = 4 } };
	int64_t now = ng_sys_clock_monotonic(a->task);

	pkt.hdr.ar_hrd = cpu_to_be16(a->me.sll_hatype);
	pkt.hdr.ar_hln = a->me.sll_halen;
	pkt.hdr.ar_op = cpu_to_be16(a->advert ? ARPOP_REPLY : ARPOP_REQUEST);
	memcpy(pkt.sha, a->me.sll_addr, 6);
	memcpy(pkt.spa, &a->gsrc, 4);
	memcpy(pkt.tha, a->advert ? a->me.sll_addr : a->he.sll_addr, 6);
	memcpy(pkt.tpa, &a->gdst, 4);
	if (ng_sys_sendto(a->task, a->fd, &pkt, sizeof(pkt), 0, &a->he, sizeof(a->he)) !=
	    sizeof(pkt))
		return;
	a->last_ns = now;
	a->sent++;
	a->brd_sent += !a->unicasting;
}

static void print_mac(struct arping *a, const uint8_t *mac)
{
	ng_printf(a->out, "%02X:%02X:%02X:%02X:%02X:%02X", mac[0], mac[1], mac[2], mac[3], mac[4],
		  mac[5]);
}

/* The rounding is iputils': half a millisecond is always added. */
static void print_reply(struct arping *a, const struct arp_packet *pkt, uint8_t pkttype,
			int64_t now)
{
	bool for_other_mac = memcmp(pkt->tha, a->me.sll_addr, 6) != 0;
	char text[NG_ADDRSTRLEN];
	__be32 src, dst;
	long usecs, msecs;

	memcpy(&src, pkt->spa, 4);
	memcpy(&dst, pkt->tpa, 4);
	ng_printf(a->out, "%s %s from %s [", pkttype == PACKET_HOST ? "Unicast" : "Broadcast",
		  pkt->hdr.ar_op == cpu_to_be16(ARPOP_REPLY) ? "reply" : "request",
		  ng_inet_ntoa(text, src));
	print_mac(a, pkt->sha);
	ng_puts(a->out, "] ");
	if (dst != a->gsrc)
		ng_printf(a->out, "for %s ", ng_inet_ntoa(text, dst));
	if (for_other_mac) {
		if (dst == a->gsrc)
			ng_puts(a->out, "for ");
		ng_putc(a->out, '[');
		print_mac(a, pkt->tha);
		ng_putc(a->out, ']');
	}
	if (a->sent) {
		usecs = (long)((now - a->last_ns + 500) / 1000);
		msecs = (usecs + 500) / 1000;
		usecs -= msecs * 1000 - 500;
		ng_printf(a->out, " %ld.%03ldms\n", msecs, usecs);
	} else {
		ng_puts(a->out, " UNSOLICITED?\n");
	}
	ng_flush(a->out);
}

static bool is_answer(const struct arping *a, const struct arp_packet *pkt, ssize_t len,
		      const struct sockaddr_ll *from)
{
	__be32 src, dst;

	if (from->sll_pkttype != PACKET_HOST && from->sll_pkttype != PACKET_BROADCAST &&
	    from->sll_pkttype != PACKET_MULTICAST)
		return false;
	if (len < (ssize_t)sizeof(*pkt) || pkt->hdr.ar_hrd != cpu_to_be16(from->sll_hatype) ||
	    pkt->hdr.ar_pro != cpu_to_be16(ETH_P_IP) || pkt->hdr.ar_pln != 4 ||
	    pkt->hdr.ar_hln != a->me.sll_halen)
		return false;
	if (pkt->hdr.ar_op != cpu_to_be16(ARPOP_REQUEST) &&
	    pkt->hdr.ar_op != cpu_to_be16(ARPOP_REPLY))
		return false;
	memcpy(&src, pkt->spa, 4);
	memcpy(&dst, pkt->tpa, 4);
	if (src != a->gdst)
		return false;
	if (!a->dad)
		return dst == a->gsrc && !memcmp(pkt->tha, a->me.sll_addr, 6);
	if (!memcmp(pkt->sha, a->me.sll_addr, 6))
		return false;
	return !a->gsrc || a->gsrc == dst;
}

/* Takes one packet: true when enough have come. */
static bool recv_pack(struct arping *a)
{
	struct sockaddr_ll from = { 0 };
	uint32_t fromlen = sizeof(from);
	struct arp_packet pkt;
	uint8_t buf[256];
	ssize_t len;

	len = ng_sys_recvfrom(a->task, a->fd, buf, sizeof(buf), 0, &from, &fromlen);
	if (len < 0) {
		prog_error(a->task, a->name, (int)-len, "recvfrom");
		a->device_is_down = len == -ENETDOWN;
		return a->device_is_down;
	}
	memcpy(&pkt, buf, sizeof(pkt));
	if (!is_answer(a, &pkt, len, &from))
		return false;
	if (!a->quiet)
		print_reply(a, &pkt, from.sll_pkttype, ng_sys_clock_monotonic(a->task));
	a->received++;
	if (a->timeout && a->received == a->count)
		return true;
	a->brd_recv += from.sll_pkttype != PACKET_HOST;
	a->req_recv += pkt.hdr.ar_op == cpu_to_be16(ARPOP_REQUEST);
	if (a->quit_on_reply || (a->count == 0 && a->received == a->sent))
		return true;
	if (!a->broadcast_only) {
		memcpy(a->he.sll_addr, pkt.sha, 6);
		a->unicasting = true;
	}
	return false;
}

static int finish(struct arping *a)
{
	if (!a->quiet) {
		ng_printf(a->out, "Sent %d probes (%d broadcast(s))\nReceived %d response(s)",
			  a->sent, a->brd_sent, a->received);
		if (a->brd_recv || a->req_recv) {
			ng_puts(a->out, " (");
			if (a->req_recv)
				ng_printf(a->out, "%d request(s)", a->req_recv);
			if (a->brd_recv)
				ng_printf(a->out, "%s%d broadcast(s)", a->req_recv ? ", " : "",
					  a->brd_recv);
			ng_putc(a->out, ')');
		}
		ng_putc(a->out, '\n');
	}
	if (a->dad)
		return a->received != 0;
	if (a->unsolicited)
		return 0;
	if (a->count > 0) /* two answers to one question are a failure too */
		return a->sent != a->received;
	return !a->received;
}

/* Two timers and the socket, looked at in iputils' order. */
static int event_loop(struct arping *a)
{
	int64_t start = ng_sys_clock_monotonic(a->task);
	int64_t tick_ns = a->interval * NSEC_PER_SEC;
	int64_t next = tick_ns ? start + tick_ns : INT64_MAX;
	int64_t end = a->timeout ? start + a->timeout * NSEC_PER_SEC : INT64_MAX;
	int expires = 1;

	ng_sys_sigaction(a->task, SIGINT, 1);
	ng_sys_sigaction(a->task, SIGQUIT, 1);
	ng_sys_sigaction(a->task, SIGTERM, 1);
	send_pack(a);
	for (;;) {
		struct pollfd pfd = { .fd = a->fd, .events = POLLIN };
		int64_t first = next < end ? next : end;
		int64_t now = ng_sys_clock_monotonic(a->task);
		bool done = false;

		ng_sys_poll(a->task, &pfd, 1,
			    first == INT64_MAX ? -1
			    : first > now      ? first - now
					       : 0);
		if (ng_sys_sigpending(a->task))
			break;
		now = ng_sys_clock_monotonic(a->task);
		if (now >= next) {
			next += tick_ns;
			expires++;
			if (a->count > 0 && a->count < expires)
				done = true;
			else
				send_pack(a);
		}
		if (now >= end)
			done = true;
		if (pfd.revents && recv_pack(a))
			done = true;
		if (done)
			break;
	}
	return finish(a) | (a->device_is_down ? 2 : 0);
}

/**
 * arping_main() - The program arping.
 * @task: the process
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: its exit status.
 */
int arping_main(struct ng_task *task, int argc, char **argv)
{
	struct arping *a = ng_task_alloc(task, sizeof(*a));
	struct ng_getopt opt = { .task = task };
	char text[NG_ADDRSTRLEN];
	int ch;

	a->task = task;
	a->out = ng_stdout(task);
	a->name = argv[0];
	a->count = -1;
	a->interval = 1;
	while ((ch = ng_getopt_long(&opt, argc, argv, "h?bfDUAqc:w:i:s:I:V", NULL)) != -1)
		parse_option(a, ch, opt.optarg);
	if (argc - opt.optind != 1)
		parse_option(a, 'h', NULL);
	argv += opt.optind;
	a->fd = ng_sys_socket(task, AF_PACKET, SOCK_DGRAM, 0);
	if (a->fd < 0)
		die(a, 2, -a->fd, "socket");
	if (!ng_inet_aton(argv[0], &a->gdst) && !ng_gethostbyname(task, argv[0], &a->gdst, NULL, 0))
		die(a, 2, 0, "%s: Name or service not known", argv[0]);
	if (!a->device)
		guess_device(a);
	check_device(a);
	choose_source(a);
	bind_packet_socket(a);
	if (!a->quiet)
		ng_printf(a->out, "ARPING %s ", ng_inet_ntoa(text, a->gdst));
	if (!a->quiet)
		ng_printf(a->out, "from %s %s\n", ng_inet_ntoa(text, a->gsrc),
			  a->device ? a->device : "");
	if (!a->source && !a->gsrc && !a->dad)
		die(a, 2, 0, "no source address in not-DAD mode");
	return event_loop(a);
}
