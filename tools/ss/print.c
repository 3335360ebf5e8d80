/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * print.c - the fields of one socket
 *
 * mirrors sock_state_print(), inet_addr_print(), tcp_timer_print() and sock_details_print() in
 * misc/ss.c of iproute2 6.1
 */
#include "../lib/lines.h"
#include "../lib/netdb.h"
#include "ss.h"

#include <linux/if.h>
#include <linux/in.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <linux/sockios.h>
#include <netglass/syscall.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/**
 * ss_state_name() - A state's name
 * @state: SS_*
 *
 * Return: as in the State column.
 */
const char *ss_state_name(uint8_t state)
{
	static const char *const names[SS_MAX] = {
		"UNKNOWN",   "ESTAB",  "SYN-SENT",   "SYN-RECV", "FIN-WAIT-1", "FIN-WAIT-2",
		"TIME-WAIT", "UNCONN", "CLOSE-WAIT", "LAST-ACK", "LISTEN",     "CLOSING",
	};

	return names[state < SS_MAX ? state : 0];
}

/**
 * ss_print_sock() - Kind, state and queues
 * @s: the run
 * @netid: the kind
 * @k: the socket
 */
void ss_print_sock(struct ss *s, const char *netid, const struct ss_sock *k)
{
	ss_field(s, COL_NETID);
	ss_out(s, "%s", netid);
	ss_field(s, COL_STATE);
	ss_out(s, "%s", ss_state_name(k->state));
	ss_field(s, COL_RECVQ);
	ss_out(s, "%-6d", (int)k->rq);
	ss_field(s, COL_SENDQ);
	ss_out(s, "%-6d", (int)k->wq);
	ss_field(s, COL_ADDR);
}

/* ports that programs get by chance have no names */
static bool is_ephemeral(struct ss *s, int port)
{
	if (!s->port_range_known) {
		char buf[64];

		s->port_range_known = true;
		s->port_low = 1024;
		s->port_high = 4999;
		if (ng_read_file(s->task, "/proc/sys/net/ipv4/ip_local_port_range", buf,
				 sizeof(buf)) > 0) {
			char *end;

			s->port_low = (unsigned int)strtoul(buf, &end, 10);
			s->port_high = (unsigned int)strtoul(end, NULL, 10);
		}
	}
	return (unsigned int)port >= s->port_low && (unsigned int)port <= s->port_high;
}

static void print_service(struct ss *s, int port, int protocol)
{
	char name[64];

	if (!port)
		ss_out(s, "*");
	else if (protocol == IPPROTO_RAW && !s->numeric &&
		 ng_getprotobynumber(s->task, (unsigned int)port, name, sizeof(name)))
		ss_out(s, "%s", name);
	else if (protocol == IPPROTO_RAW && !s->numeric)
		ss_out(s, "ipproto-%d", port);
	else if (!s->numeric && protocol != IPPROTO_RAW && !is_ephemeral(s, port) &&
		 ng_getservbyport(s->task, (uint16_t)port, protocol == IPPROTO_UDP ? "udp" : "tcp",
				  name, sizeof(name)))
		ss_out(s, "%s", name);
	else
		ss_out(s, "%u", (unsigned int)port);
}

/**
 * ss_device_name() - What a device is called
 * @s: the run
 * @ifindex: its number
 * @name: filled; room for IFNAMSIZ + 8
 */
void ss_device_name(struct ss *s, uint32_t ifindex, char *name)
{
	struct ifreq ifr = { .ifr_ifindex = (int)ifindex };
	int fd = ng_sys_socket(s->task, AF_INET, SOCK_DGRAM, 0);

	snprintf(name, IFNAMSIZ + 8, "if%u", ifindex);
	if (fd < 0)
		return;
	if (!ng_sys_ioctl(s->task, fd, SIOCGIFNAME, &ifr))
		snprintf(name, IFNAMSIZ + 8, "%s", ifr.ifr_name);
	ng_sys_close(s->task, fd);
}

/**
 * ss_print_addr() - An address and a port: two fields
 * @s: the run
 * @addr: the address
 * @port: host order; 0: any
 * @ifindex: the device it is bound to; 0: none
 * @protocol: whose names the ports have
 */
void ss_print_addr(struct ss *s, __be32 addr, int port, uint32_t ifindex, int protocol)
{
	char buf[128], dev[IFNAMSIZ + 8];

	ng_inet_ntoa(buf, addr);
	if (s->resolve && addr)
		ng_gethostbyaddr(s->task, addr, buf, sizeof(buf));
	ss_out(s, "%s", buf);
	if (ifindex) {
		ss_device_name(s, ifindex, dev);
		ss_out(s, "%%%s", dev);
	}
	ss_out(s, ":");
	ss_field(s, (enum ss_col)(s->col + 1));
	print_service(s, port, protocol);
	ss_field(s, (enum ss_col)(s->col + 1));
}

static void ms_timer(char *buf, size_t size, uint32_t ms)
{
	uint32_t secs = ms / 1000, minutes = secs / 60;
	size_t n = 0;

	buf[0] = '\0';
	secs %= 60;
	ms %= 1000;
	if (minutes) {
		ms = 0;
		n += (size_t)snprintf(buf, size, "%umin", minutes);
		if (minutes > 9)
			secs = 0;
	}
	if (secs) {
		if (secs > 9)
			ms = 0;
		n += (size_t)snprintf(buf + n, size - n, "%u%s", secs, ms ? "." : "sec");
	}
	if (ms)
		snprintf(buf + n, size - n, "%03ums", ms);
}

/**
 * ss_print_timer() - What the socket waits for
 * @s: the run
 * @k: the socket
 */
void ss_print_timer(struct ss *s, const struct ss_sock *k)
{
	static const char *const names[] = { "off",	 "on",	    "keepalive",
					     "timewait", "persist", "unknown" };
	char buf[64];

	if (!k->timer)
		return;
	ms_timer(buf, sizeof(buf), k->timeout_ms);
	ss_out(s, " timer:(%s,%s,%d)", names[k->timer < 5 ? k->timer : 5], buf, k->retrans);
}

/**
 * ss_print_details() - Owner, numbers, mark, control group
 * @s: the run
 * @k: the socket
 */
void ss_print_details(struct ss *s, const struct ss_sock *k)
{
	if (k->uid)
		ss_out(s, " uid:%u", k->uid);
	ss_out(s, " ino:%u", k->ino);
	ss_out(s, " sk:%llx", (unsigned long long)k->cookie);
	if (k->mark)
		ss_out(s, " fwmark:0x%x", k->mark);
	if (k->cgroup)
		ss_out(s, " cgroup:/");
}

/**
 * ss_print_skmem() - What the socket's packets hold
 * @s: the run
 * @skmem: SK_MEMINFO_* in order; may be NULL
 * @mem: the older, shorter form; may be NULL
 */
void ss_print_skmem(struct ss *s, const struct nlattr *skmem, const struct nlattr *mem)
{
	uint32_t v[SK_MEMINFO_VARS] = { 0 };

	if (!skmem && mem) {
		struct inet_diag_meminfo m;

		if (nla_len(mem) < sizeof(m))
			return;
		memcpy(&m, nla_data(mem), sizeof(m));
		ss_out(s, " mem:(r%u,w%u,f%u,t%u)", m.idiag_rmem, m.idiag_wmem, m.idiag_fmem,
		       m.idiag_tmem);
	}
	if (!skmem)
		return;
	memcpy(v, nla_data(skmem), nla_len(skmem) < sizeof(v) ? nla_len(skmem) : sizeof(v));
	ss_out(s, " skmem:(r%u,rb%u,t%u,tb%u,f%u,w%u,o%u", v[SK_MEMINFO_RMEM_ALLOC],
	       v[SK_MEMINFO_RCVBUF], v[SK_MEMINFO_WMEM_ALLOC], v[SK_MEMINFO_SNDBUF],
	       v[SK_MEMINFO_FWD_ALLOC], v[SK_MEMINFO_WMEM_QUEUED], v[SK_MEMINFO_OPTMEM]);
	if (nla_len(skmem) >= (SK_MEMINFO_BACKLOG + 1) * 4)
		ss_out(s, ",bl%u", v[SK_MEMINFO_BACKLOG]);
	if (nla_len(skmem) >= (SK_MEMINFO_DROPS + 1) * 4)
		ss_out(s, ",d%u", v[SK_MEMINFO_DROPS]);
	ss_out(s, ")");
}
