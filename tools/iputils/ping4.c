/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ping4.c - ping's sockets and packets
 *
 * mirrors ping4_run(), ping4_send_probe(), ping4_receive_error_msg() and
 * ping4_parse_reply() of iputils' ping.c
 */
#include "ping.h"
#include "ping_stat.h"

#include "../lib/prog.h"

#include <errno.h>
#include <linux/errqueue.h>
#include <linux/filter.h>
#include <linux/ip.h>
#include <netglass/syscall.h>
#include <string.h>
#include <sys/time.h>
#include <sys/uio.h>

#define die(p, ...) prog_die((p)->task, 2, (p)->name, __VA_ARGS__)

#define ICMP_BIT(type) (UINT32_C(1) << (type))

/* A socket for @family: the unprivileged kind first, then a raw one; -errno when both fail. */
static int open_socket(struct ping *p, int family, int protocol, int socktype, int *ret_type)
{
	int fd = -EACCES;

	if (socktype == SOCK_DGRAM) {
		fd = ng_sys_socket(p->task, family, SOCK_DGRAM, protocol);
		if (fd >= 0)
			*ret_type = SOCK_DGRAM;
	}
	if (fd == -EACCES || fd == -EPROTONOSUPPORT || (fd == -EAFNOSUPPORT && family == AF_INET)) {
		fd = ng_sys_socket(p->task, family, SOCK_RAW, protocol);
		if (fd >= 0)
			*ret_type = SOCK_RAW;
	}
	return fd;
}

static const char *socktype_name(int type)
{
	return type == SOCK_RAW ? "SOCK_RAW" : type == SOCK_DGRAM ? "SOCK_DGRAM" : "";
}

static const char *family_name(int family)
{
	return family == AF_INET ? "AF_INET" : family == AF_INET6 ? "AF_INET6" : "AF_UNSPEC";
}

static int checked_socket(struct ping *p, int family, int socktype, bool needed, int *ret_type)
{
	int fd = open_socket(p, family, family == AF_INET ? IPPROTO_ICMP : 58 /* IPPROTO_ICMPV6 */,
			     socktype, ret_type);

	if (fd >= 0)
		return fd;
	if (needed || p->opt.verbose)
		prog_error(p->task, p->name, -fd, "socket");
	if (needed)
		prog_exit(p->task, 2);
	return -1;
}

/**
 * ping4_create_sockets() - Open the sockets ping may need.
 * @p: the run; fd and socktype are filled in
 * @family: what -4 and -6 left: AF_INET, AF_INET6 or AF_UNSPEC
 * @socktype: SOCK_DGRAM, or SOCK_RAW when an identifier of 0 is wanted
 *
 * An IPv6 socket is tried and closed again: where it opens, an IPv6 target could be meant.
 */
void ping4_create_sockets(struct ping *p, int family, int socktype)
{
	int fd6 = -1;
	int type6 = 0;

	p->fd = -1;
	if (family != AF_INET6)
		p->fd = checked_socket(p, AF_INET, socktype, family == AF_INET, &p->socktype);
	if (family != AF_INET)
		fd6 = checked_socket(p, AF_INET6, socktype, p->fd < 0, &type6);
	if (family == AF_UNSPEC)
		family = p->fd < 0 ? AF_INET6 : fd6 < 0 ? AF_INET : AF_UNSPEC;
	if (p->opt.verbose)
		prog_error(p->task, p->name, 0,
			   "sock4.fd: %d (socktype: %s), sock6.fd: %d (socktype: %s), "
			   "hints.ai_family: %s\n",
			   p->fd, socktype_name(p->socktype), fd6, socktype_name(type6),
			   family_name(family));
	if (fd6 >= 0)
		ng_sys_close(p->task, fd6);
	if (p->tos && p->fd >= 0) {
		int err = ng_sys_setsockopt(p->task, p->fd, IPPROTO_IP, IP_TOS, &p->tos,
					    sizeof(p->tos));

		if (err)
			die(p, -err, "setsockopt");
	}
}

static void set_filter(struct ping *p, uint32_t types)
{
	uint32_t data = ~types;
	int err = ng_sys_setsockopt(p->task, p->fd, SOL_RAW, ICMP_FILTER, &data, sizeof(data));

	if (err)
		prog_error(p->task, p->name, -err, "WARNING: setsockopt(ICMP_FILTER)");
}

static int set_ip_option(struct ping *p, int name, int value)
{
	return ng_sys_setsockopt(p->task, p->fd, IPPROTO_IP, name, &value, sizeof(value));
}

static void set_error_options(struct ping *p)
{
	int err;

	if (p->socktype == SOCK_RAW)
		set_filter(p, ICMP_BIT(ICMP_SOURCE_QUENCH) | ICMP_BIT(ICMP_DEST_UNREACH) |
				      ICMP_BIT(ICMP_TIME_EXCEEDED) | ICMP_BIT(ICMP_PARAMETERPROB) |
				      ICMP_BIT(ICMP_REDIRECT) | ICMP_BIT(ICMP_ECHOREPLY));
	if (set_ip_option(p, IP_RECVERR, 1))
		prog_error(p->task, p->name, 0, "WARNING: your kernel is veeery old. No problems.");
	if (p->socktype != SOCK_DGRAM)
		return;
	err = set_ip_option(p, IP_RECVTTL, 1);
	if (err)
		prog_error(p->task, p->name, -err, "WARNING: setsockopt(IP_RECVTTL)");
	err = set_ip_option(p, IP_RETOPTS, 1);
	if (err)
		prog_error(p->task, p->name, -err, "WARNING: setsockopt(IP_RETOPTS)");
}

/* Socket buffers; the sum estimates what one packet takes in the kernel. */
static void set_buffers(struct ping *p)
{
	int alloc = p->datalen + 8;
	int want, hold;
	uint32_t len = sizeof(hold);

	alloc += (alloc + 511) / 512 * (p->optlen + 20 + 16 + 64 + 160);
	if (!p->sndbuf)
		p->sndbuf = alloc;
	ng_sys_setsockopt(p->task, p->fd, SOL_SOCKET, SO_SNDBUF, &p->sndbuf, sizeof(p->sndbuf));
	want = alloc * p->preload;
	hold = want < 65536 ? 65536 : want;
	ng_sys_setsockopt(p->task, p->fd, SOL_SOCKET, SO_RCVBUF, &hold, sizeof(hold));
	if (ng_sys_getsockopt(p->task, p->fd, SOL_SOCKET, SO_RCVBUF, &hold, &len) == 0 &&
	    hold < want)
		prog_error(p->task, p->name, 0,
			   "WARNING: probably, rcvbuf is not enough to hold preload");
}

static void set_sending_options(struct ping *p)
{
	int err;

	if (p->broadcast) {
		err = ng_sys_setsockopt(p->task, p->fd, SOL_SOCKET, SO_BROADCAST, &p->broadcast,
					sizeof(p->broadcast));
		if (err)
			die(p, -err, "cannot set broadcasting");
	}
	if (p->opt.noloop) {
		err = set_ip_option(p, IP_MULTICAST_LOOP, 0);
		if (err)
			die(p, -err, "cannot disable multicast loopback");
	}
	if (!p->opt.ttl)
		return;
	err = set_ip_option(p, IP_MULTICAST_TTL, p->ttl);
	if (err)
		die(p, -err, "cannot set multicast time-to-live");
	err = set_ip_option(p, IP_TTL, p->ttl);
	if (err)
		die(p, -err, "cannot set unicast time-to-live");
}

/**
 * ping4_setup() - Prepare the socket for the target.
 * @p: the run, its source chosen
 *
 * Ends the program when the kernel refuses.
 */
void ping4_setup(struct ping *p)
{
	int err;

	if (p->pmtudisc >= 0) {
		err = set_ip_option(p, IP_MTU_DISCOVER, p->pmtudisc);
		if (err)
			die(p, -err, "IP_MTU_DISCOVER");
	}
	if (p->opt.strictsource || (p->socktype == SOCK_DGRAM && p->ident != -1)) {
		if (p->socktype == SOCK_DGRAM && p->ident != -1)
			p->source.sin_port = (ng_force __be16)(uint16_t)p->ident;
		err = ng_sys_bind(p->task, p->fd, &p->source, sizeof(p->source));
		if (err)
			die(p, -err, "bind");
	}
	set_error_options(p);
	ping_set_options(p);
	set_buffers(p);
	set_sending_options(p);
	if (p->opt.connect_sk) {
		err = ng_sys_connect(p->task, p->fd, &p->whereto, sizeof(p->whereto));
		if (err)
			die(p, -err, "connect failed");
	}
	p->timing = p->datalen >= PING_TIMEVAL;
}

/* The Internet checksum of RFC 1071, in the order the bytes lie in memory. */
static uint16_t in_cksum(const uint8_t *data, size_t len)
{
	uint32_t sum = 0;
	uint16_t word;
	size_t i;

	for (i = 0; i + 1 < len; i += 2) {
		memcpy(&word, data + i, sizeof(word));
		sum += word;
	}
	if (i < len)
		sum += data[i];
	while (sum >> 16)
		sum = (sum >> 16) + (sum & 0xffff);
	return (uint16_t)~sum;
}

/**
 * ping4_send_probe() - Send the next echo request.
 * @p: the run
 *
 * Return: 0, or the positive errno of the refusal.
 */
int ping4_send_probe(struct ping *p)
{
	size_t len = (size_t)p->datalen + 8;
	struct icmphdr head = { .type = ICMP_ECHO };
	uint16_t seq = (uint16_t)(p->ntransmitted + 1);
	uint16_t sum;
	ssize_t n;

	head.un.echo.sequence = cpu_to_be16(seq);
	head.un.echo.id = (ng_force __be16)(uint16_t)p->ident;
	ping_rcvd_clear(p, seq);
	memcpy(p->outpack, &head, sizeof(head));
	if (p->timing) {
		int64_t us = ping_gettimeofday_us(p);
		struct timeval tv = { us / 1000000, us % 1000000 };

		memcpy(p->outpack + sizeof(head), &tv, sizeof(tv));
	}
	sum = in_cksum(p->outpack, len);
	memcpy(p->outpack + offsetof(struct icmphdr, checksum), &sum, sizeof(sum));
	n = ng_sys_sendto(p->task, p->fd, p->outpack, len, 0, &p->whereto, sizeof(p->whereto));
	if (n < 0)
		return (int)-n;
	return 0;
}

static void local_error(struct ping *p, const struct sock_extended_err *e)
{
	if (p->opt.quiet)
		return;
	if (p->opt.flood) {
		ng_putc(p->out, 'E');
		ng_flush(p->out);
	} else if (e->ee_errno != EMSGSIZE) {
		prog_error(p->task, p->name, 0, "local error: %s", ng_strerror((int)e->ee_errno));
	} else {
		prog_error(p->task, p->name, 0, "local error: message too long, mtu=%u",
			   e->ee_info);
	}
	p->nerrors++;
}

/* An ICMP error about one of our probes. */
static void icmp_error(struct ping *p, const struct sock_extended_err *e,
		       const struct icmphdr *ours)
{
	struct icmphdr head = { .type = e->ee_type, .code = e->ee_code };
	struct sockaddr_in from;
	uint16_t seq = be16_to_cpu(ours->un.echo.sequence);

	memcpy(&from, SO_EE_OFFENDER(e), sizeof(from));
	ping_acknowledge(p, seq);
	if (p->socktype == SOCK_RAW)
		set_filter(p, ICMP_BIT(ICMP_SOURCE_QUENCH) | ICMP_BIT(ICMP_REDIRECT) |
				      ICMP_BIT(ICMP_ECHOREPLY));
	p->nerrors++;
	if (p->opt.quiet)
		return;
	if (p->opt.flood) {
		ng_puts(p->out, "\bE");
		ng_flush(p->out);
		return;
	}
	ping_print_timestamp(p);
	ng_printf(p->out, "From %s icmp_seq=%u ", ping_addr(p, from.sin_addr.s_addr), seq);
	ping_print_icmp(p, &head, e->ee_info, NULL);
	ng_flush(p->out);
}

static bool is_ours(const struct ping *p, __be16 id)
{
	return p->socktype == SOCK_DGRAM || (ng_force uint16_t)id == p->ident;
}

/**
 * ping4_receive_error_msg() - Take one error from the socket's error queue and print it.
 * @p: the run
 * @err: the errno being handled; set to 0 when the error was not about a probe of ours
 *
 * Return: 1 for an ICMP error, -1 for a local one, 0 when there was none for us.
 */
int ping4_receive_error_msg(struct ping *p, int *err)
{
	union {
		struct cmsghdr align;
		char buf[512];
	} control;
	struct icmphdr icmph;
	struct sockaddr_in target;
	struct iovec iov = { &icmph, sizeof(icmph) };
	struct msghdr msg = {
		.msg_name = &target,
		.msg_namelen = sizeof(target),
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control.buf,
		.msg_controllen = sizeof(control),
	};
	const struct sock_extended_err *e = NULL;
	struct cmsghdr *c;
	ssize_t n;

	n = ng_sys_recvmsg(p->task, p->fd, &msg, MSG_ERRQUEUE | MSG_DONTWAIT);
	if (n == -EAGAIN || n == -EINTR)
		return -1; /* an empty queue counts as a local error: it keeps sendmsg's errno unsaid */
	if (n < 0)
		return 0;
	for (c = CMSG_FIRSTHDR(&msg); c; c = CMSG_NXTHDR(&msg, c)) {
		if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR)
			e = (const void *)CMSG_DATA(c);
	}
	if (!e)
		return 0;
	if (e->ee_origin == SO_EE_ORIGIN_LOCAL) {
		local_error(p, e);
		return -1;
	}
	if (e->ee_origin != SO_EE_ORIGIN_ICMP)
		return 0;
	if (n < (ssize_t)sizeof(icmph) || target.sin_addr.s_addr != p->whereto.sin_addr.s_addr ||
	    icmph.type != ICMP_ECHO || !is_ours(p, icmph.un.echo.id)) {
		*err = 0;
		return 0;
	}
	icmp_error(p, e, &icmph);
	return 1;
}

/* An ICMP message that is no echo reply. Returns whether it was none of our business. */
static bool parse_other(struct ping *p, const struct icmphdr *head, const uint8_t *icmp, int cc,
			__be32 from)
{
	const uint8_t *quote = icmp + 8;
	struct icmphdr inner;
	struct iphdr iph;

	if (head->type == ICMP_ECHO)
		return true;
	if (head->type != ICMP_SOURCE_QUENCH && head->type != ICMP_REDIRECT &&
	    head->type != ICMP_DEST_UNREACH && head->type != ICMP_TIME_EXCEEDED &&
	    head->type != ICMP_PARAMETERPROB) {
		if (p->opt.flood || !p->opt.verbose)
			return false;
		ng_printf(p->out, "From %s: ", ping_addr(p, from));
		ping_print_icmp(p, head, be32_to_cpu(head->un.gateway), quote);
		return false;
	}
	if (cc < (int)(8 + sizeof(iph) + 8))
		return true;
	memcpy(&iph, quote, sizeof(iph));
	if (iph.ihl < 5 || cc < 8 + iph.ihl * 4 + 8)
		return true;
	memcpy(&inner, quote + iph.ihl * 4, sizeof(inner));
	if (inner.type != ICMP_ECHO || iph.daddr != p->whereto.sin_addr.s_addr ||
	    !is_ours(p, inner.un.echo.id))
		return true;
	if (head->type != ICMP_REDIRECT && head->type != ICMP_SOURCE_QUENCH) {
		ping_acknowledge(p, be16_to_cpu(inner.un.echo.sequence));
		return false;
	}
	if (p->opt.quiet || p->opt.flood)
		return true;
	ping_print_timestamp(p);
	ng_printf(p->out, "From %s: icmp_seq=%u ", ping_addr(p, from),
		  be16_to_cpu(inner.un.echo.sequence));
	if (in_cksum(icmp, (size_t)cc))
		ng_puts(p->out, "(BAD CHECKSUM)");
	ping_print_icmp(p, head, be32_to_cpu(head->un.gateway), quote);
	return true;
}

static int reply_ttl(const struct msghdr *msg)
{
	struct cmsghdr *c;

	for (c = CMSG_FIRSTHDR(msg); c; c = CMSG_NXTHDR((struct msghdr *)(uintptr_t)msg, c)) {
		if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_TTL &&
		    c->cmsg_len >= sizeof(int))
			return *CMSG_DATA(c);
	}
	return 0;
}

/**
 * ping4_parse_reply() - Look at a received message and print it when it is ours.
 * @p: the run
 * @msg: as recvmsg() filled it; the bytes are in p->inpack
 * @cc: how many bytes
 * @recv_us: when it came, microseconds since 1970
 *
 * Return: true when it belongs to somebody else.
 */
bool ping4_parse_reply(struct ping *p, const struct msghdr *msg, int cc, int64_t recv_us)
{
	const struct sockaddr_in *from = msg->msg_name;
	__be32 addr = from->sin_addr.s_addr;
	const uint8_t *icmp = p->inpack;
	struct icmphdr head;
	bool wrong_source;
	int ttl, optlen = 0;

	if (p->socktype == SOCK_RAW) {
		int hlen = (p->inpack[0] & 15) * 4;

		if (cc < hlen + 8 || hlen < (int)sizeof(struct iphdr)) {
			if (p->opt.verbose)
				prog_error(p->task, p->name, 0,
					   "packet too short (%d bytes) from %s", cc,
					   ping_addr(p, addr));
			return true;
		}
		ttl = p->inpack[offsetof(struct iphdr, ttl)];
		optlen = hlen - (int)sizeof(struct iphdr);
		icmp += hlen;
		cc -= hlen;
	} else {
		ttl = reply_ttl(msg);
	}
	memcpy(&head, icmp, sizeof(head));
	if (head.type != ICMP_ECHOREPLY)
		return parse_other(p, &head, icmp, cc, addr);
	if (!is_ours(p, head.un.echo.id))
		return true;
	wrong_source = !p->broadcast && !p->multicast && addr != p->whereto.sin_addr.s_addr;
	if (ping_gather_statistics(p, icmp, cc, ttl, recv_us, ping_addr(p, addr), wrong_source)) {
		ng_flush(p->out);
		return false;
	}
	if (p->opt.audible)
		ng_putc(p->out, '\a');
	if (!p->opt.flood) {
		ping_print_options(p, p->inpack + sizeof(struct iphdr), optlen);
		ng_putc(p->out, '\n');
	}
	ng_flush(p->out);
	return false;
}

/**
 * ping4_install_filter() - Let the kernel drop replies to other pings.
 * @p: the run
 */
void ping4_install_filter(struct ping *p)
{
	struct sock_filter insns[] = {
		BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 0), /* skip the IP header */
		BPF_STMT(BPF_LD | BPF_H | BPF_IND, 4),	/* the identifier */
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, ~0U),
		BPF_STMT(BPF_LD | BPF_B | BPF_IND, 0), /* the type */
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ICMP_ECHOREPLY, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, 0xfffffff),
		BPF_STMT(BPF_RET | BPF_K, 0),
	};
	struct sock_fprog prog = { sizeof(insns) / sizeof(insns[0]), insns };
	int err;

	if (p->filter_installed)
		return;
	p->filter_installed = true;
	insns[2].k = be16_to_cpu((ng_force __be16)(uint16_t)p->ident);
	err = ng_sys_setsockopt(p->task, p->fd, SOL_SOCKET, SO_ATTACH_FILTER, &prog, sizeof(prog));
	if (err)
		prog_error(p->task, p->name, -err, "WARNING: failed to install socket filter");
}
