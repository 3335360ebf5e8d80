/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * show.c - asks the kernel for sockets, kind by kind
 *
 * mirrors inet_show_netlink(), netlink_show(), packet_show() and raw_show() in misc/ss.c of iproute2 6.1
 */
#include "../lib/lines.h"
#include "ss.h"

#include <errno.h>
#include <linux/if.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/inet_diag.h>
#include <linux/netlink_diag.h>
#include <linux/packet_diag.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <linux/unix_diag.h>
#include <netglass/syscall.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAGIC_SEQ 123456
#define DCCPDIAG_GETSOCK_TYPE 19
#define VSOCK_FAMILY 40
#define XDP_FAMILY 44

struct dump {
	struct ss *s;
	int protocol;
	int refused; /* -errno in the DONE */
};

typedef void (*msg_fn)(struct dump *d, const struct nlmsghdr *n);

/* the request goes out as it is; its answers come to @fn. 0 or -errno of the answer */
static int ask(struct dump *d, struct nl_buf *b, msg_fn fn)
{
	struct rtnl_handle rth = { 0 };
	uint8_t *buf = ng_task_alloc(d->s->task, 65536);
	bool done = false;
	int err = rtnl_open(&rth, d->s->task, NETLINK_SOCK_DIAG);

	nlmsg_end(b);
	if (err >= 0)
		ng_sys_sendto(d->s->task, rth.fd, b->data, b->len, 0, NULL, 0);
	while (err >= 0 && !done) {
		ssize_t len = ng_sys_recvfrom(d->s->task, rth.fd, buf, 65536, 0, NULL, NULL);
		size_t at = 0;

		if (len <= 0)
			break;
		while (at + NLMSG_HDRLEN <= (size_t)len && !done) {
			const struct nlmsghdr *n = (const void *)(buf + at);

			if (n->nlmsg_len < NLMSG_HDRLEN || n->nlmsg_len > (size_t)len - at)
				break;
			at += NLMSG_ALIGN(n->nlmsg_len);
			if (n->nlmsg_type == NLMSG_DONE || n->nlmsg_type == NLMSG_ERROR) {
				if (n->nlmsg_len >= NLMSG_LENGTH(sizeof(int)))
					memcpy(&err, nlmsg_data(n), sizeof(err));
				done = true;
			} else {
				fn(d, n);
			}
		}
	}
	rtnl_close(&rth);
	nl_buf_fini(b);
	ng_task_free(d->s->task, buf);
	return err < 0 ? err : 0;
}

static const char *proto_name(int protocol)
{
	switch (protocol) {
	case IPPROTO_UDP:
		return "udp";
	case IPPROTO_TCP:
		return "tcp";
	case IPPROTO_DCCP:
		return "dccp";
	case IPPROTO_RAW:
		return "???";
	}
	return "???";
}

static void show_tos(struct ss *s, const struct nlattr **tb)
{
	if (tb[INET_DIAG_TOS])
		ss_out(s, " tos:%#x", nla_get_u8(tb[INET_DIAG_TOS]));
	if (tb[INET_DIAG_CLASS_ID])
		ss_out(s, " class_id:%#x", nla_get_u32(tb[INET_DIAG_CLASS_ID]));
}

static void show_sockopt(struct ss *s, const struct nlattr *nla)
{
	struct inet_diag_sockopt o;

	if (!nla || nla_len(nla) < sizeof(o))
		return;
	memcpy(&o, nla_data(nla), sizeof(o));
	ss_out(s, " inet-sockopt: (");
	if (o.recverr)
		ss_out(s, "recverr ");
	if (o.is_icsk)
		ss_out(s, "is_icsk ");
	if (o.freebind)
		ss_out(s, "freebind ");
	if (o.hdrincl)
		ss_out(s, "hdrincl ");
	if (o.mc_loop)
		ss_out(s, "mc_loop ");
	if (o.transparent)
		ss_out(s, "transparent ");
	if (o.mc_all)
		ss_out(s, "mc_all ");
	if (o.nodefrag)
		ss_out(s, "nodefrag ");
	if (o.bind_address_no_port)
		ss_out(s, "bind_addr_no_port ");
	if (o.recverr_rfc4884)
		ss_out(s, "recverr_rfc4884 ");
	if (o.defer_connect)
		ss_out(s, "defer_connect");
	ss_out(s, ")");
}

static void show_attrs(struct ss *s, const struct ss_sock *k, const struct nlattr **tb)
{
	struct tcp_info info = { 0 };

	if (s->extended) {
		ss_print_details(s, k);
		if (tb[INET_DIAG_SHUTDOWN]) {
			uint8_t open = (uint8_t)~nla_get_u8(tb[INET_DIAG_SHUTDOWN]);

			ss_out(s, " %c-%c", open & 1 ? '<' : '-', open & 2 ? '>' : '-');
		}
	}
	if (s->tos)
		show_tos(s, tb);
	if (s->sockopt)
		show_sockopt(s, tb[INET_DIAG_SOCKOPT]);
	if (!s->memory && (!s->info || k->type == IPPROTO_UDP))
		return;
	if (!s->oneline)
		ss_out(s, "\n\t");
	ss_print_skmem(s, tb[INET_DIAG_SKMEMINFO], tb[INET_DIAG_MEMINFO]);
	if (!tb[INET_DIAG_INFO])
		return;
	memcpy(&info, nla_data(tb[INET_DIAG_INFO]),
	       nla_len(tb[INET_DIAG_INFO]) < sizeof(info) ? nla_len(tb[INET_DIAG_INFO])
							  : sizeof(info));
	ss_print_tcp_info(s, &info, tb[INET_DIAG_CONG] ? nla_data(tb[INET_DIAG_CONG]) : NULL);
}

static void show_inet_msg(struct dump *d, const struct nlmsghdr *n)
{
	const struct inet_diag_msg *r = nlmsg_data(n);
	const struct nlattr *tb[INET_DIAG_MAX + 1];
	struct ss *s = d->s;
	struct ss_sock k;

	if (n->nlmsg_len < NLMSG_LENGTH(sizeof(*r)))
		return;
	nlmsg_parse(n, sizeof(*r), tb, INET_DIAG_MAX);
	k = (struct ss_sock){
		.type = d->protocol,
		.state = r->idiag_state,
		.rq = r->idiag_rqueue,
		.wq = r->idiag_wqueue,
		.laddr = r->id.idiag_src[0],
		.raddr = r->id.idiag_dst[0],
		.lport = be16_to_cpu(r->id.idiag_sport),
		.rport = be16_to_cpu(r->id.idiag_dport),
		.ifindex = r->id.idiag_if,
		.ino = r->idiag_inode,
		.uid = r->idiag_uid,
		.cookie = (uint64_t)r->id.idiag_cookie[1] << 32 | r->id.idiag_cookie[0],
		.mark = tb[INET_DIAG_MARK] ? nla_get_u32(tb[INET_DIAG_MARK]) : 0,
		.cgroup = tb[INET_DIAG_CGROUP_ID] ? nla_get_u64(tb[INET_DIAG_CGROUP_ID]) : 0,
		.timer = r->idiag_timer,
		.retrans = r->idiag_retrans,
		.timeout_ms = r->idiag_expires,
	};
	if (!ss_match(s, &k))
		return;
	ss_print_sock(s, proto_name(k.type), &k);
	ss_print_addr(s, k.laddr, k.lport, k.ifindex, k.type);
	ss_print_addr(s, k.raddr, k.rport, 0, k.type);
	if (s->processes)
		ss_print_users(s, k.ino);
	if (s->timers)
		ss_print_timer(s, &k);
	if (s->cgroup && k.cgroup)
		ss_out(s, " cgroup:/");
	show_attrs(s, &k, tb);
	ss_field(s, COL_MAX);
}

static int ask_inet(struct ss *s, int family, int protocol)
{
	struct dump d = { .s = s, .protocol = protocol };
	struct inet_diag_req_v2 *r;
	struct nl_buf b = { 0 };

	r = nlmsg_put(&b, 0, MAGIC_SEQ, SOCK_DIAG_BY_FAMILY, NLM_F_DUMP | NLM_F_REQUEST,
		      sizeof(*r));
	r->sdiag_family = (uint8_t)family;
	r->sdiag_protocol = (uint8_t)(protocol == IPPROTO_MPTCP ? IPPROTO_TCP : protocol);
	r->idiag_states = s->states;
	if (s->memory)
		r->idiag_ext |= 1U << (INET_DIAG_MEMINFO - 1) | 1U << (INET_DIAG_SKMEMINFO - 1);
	if (s->info)
		r->idiag_ext |= 1U << (INET_DIAG_INFO - 1) | 1U << (INET_DIAG_VEGASINFO - 1) |
				1U << (INET_DIAG_CONG - 1);
	if (s->tos)
		r->idiag_ext |= 1U << (INET_DIAG_TOS - 1) | 1U << (INET_DIAG_TCLASS - 1) |
				1U << (INET_DIAG_CLASS_ID - 1);
	if (protocol == IPPROTO_MPTCP)
		nla_put_u32(&b, INET_DIAG_REQ_PROTOCOL, (uint32_t)protocol);
	return ask(&d, &b, show_inet_msg);
}

static void nothing(struct dump *d, const struct nlmsghdr *n)
{
	(void)d;
	(void)n;
}

/* what was asked before there was SOCK_DIAG_BY_FAMILY; the kernel no longer knows it */
static void ask_old_dccp(struct ss *s)
{
	struct dump d = { .s = s };
	struct nl_buf b = { 0 };
	struct inet_diag_req *r;
	int err;

	r = nlmsg_put(&b, 0, MAGIC_SEQ, DCCPDIAG_GETSOCK_TYPE, NLM_F_DUMP | NLM_F_REQUEST,
		      sizeof(*r));
	r->idiag_family = AF_INET;
	r->idiag_states = s->states;
	err = ask(&d, &b, nothing);
	if (err && err != -ENOENT)
		ng_printf(ng_stderr(s->task), "RTNETLINK answers: %s\n", ng_strerror(-err));
}

/**
 * ss_show_inet() - The sockets of one protocol
 * @s: the run
 * @protocol: IPPROTO_*
 */
void ss_show_inet(struct ss *s, int protocol)
{
	bool v4 = s->families & 1, v6 = s->families & 2;
	int err = 0;

	if (v4)
		err = ask_inet(s, AF_INET, protocol);
	if (v6 && !err)
		err = ask_inet(s, AF_INET6, protocol);
	if (err && protocol == IPPROTO_DCCP)
		ask_old_dccp(s);
}

/**
 * ss_show_raw() - Raw sockets: this kernel has no list of them for netlink, /proc/net/raw does
 * @s: the run
 */
void ss_show_raw(struct ss *s)
{
	struct ng_lines in;
	char line[256];

	if (ask_inet(s, s->families & 1 ? AF_INET : AF_INET6, IPPROTO_RAW) != -ENOENT ||
	    !(s->families & 1) || ng_lines_open(&in, s->task, "/proc/net/raw") < 0)
		return;
	ng_lines_next(&in, line, sizeof(line));
	while (ng_lines_next(&in, line, sizeof(line))) {
		unsigned int l, r, lp, rp, st, tx, rx, ino = 0;
		struct ss_sock k;

		if (sscanf(line, "%*u: %x:%x %x:%x %x %x:%x %*x:%*x %*x %*u %*d %u", &l, &lp, &r,
			   &rp, &st, &tx, &rx, &ino) < 7 ||
		    !(s->states & SS_BIT(st)))
			continue;
		k = (struct ss_sock){ .type = IPPROTO_RAW,
				      .state = (uint8_t)st,
				      .rq = rx,
				      .wq = tx,
				      .lport = (int)lp,
				      .rport = (int)rp,
				      .ino = ino };
		memcpy(&k.laddr, &l, sizeof(l));
		memcpy(&k.raddr, &r, sizeof(r));
		if (!ss_match(s, &k))
			continue;
		ss_print_sock(s, "???", &k);
		ss_print_addr(s, k.laddr, k.lport, 0, IPPROTO_RAW);
		ss_print_addr(s, k.raddr, k.rport, 0, IPPROTO_RAW);
		if (s->processes)
			ss_print_users(s, k.ino);
		ss_field(s, COL_MAX);
	}
	ng_lines_close(&in);
}

static void netlink_name(struct ss *s, unsigned int protocol, char *buf, size_t size)
{
	struct ng_lines in;
	char line[128], name[64];

	snprintf(buf, size, "%u", protocol);
	if (s->numeric || ng_lines_open(&in, s->task, "/etc/iproute2/nl_protos") < 0)
		return;
	while (ng_lines_next(&in, line, sizeof(line))) {
		unsigned int n;

		if (sscanf(line, "%u %63s", &n, name) == 2 && n == protocol) {
			snprintf(buf, size, "%s", name);
			break;
		}
	}
	ng_lines_close(&in);
}

static void process_name(struct ss *s, uint32_t pid, char *buf, size_t size)
{
	char path[64], text[256] = "", *open, *close;

	snprintf(path, sizeof(path), "/proc/%u/stat", pid);
	ng_read_file(s->task, path, text, sizeof(text));
	open = strchr(text, '(');
	close = strrchr(text, ')');
	if (open && close)
		snprintf(buf, size, "%.*s/%u", (int)(close - open - 1), open + 1, pid);
	else
		snprintf(buf, size, "%d", (int)pid);
}

static void show_netlink_msg(struct dump *d, const struct nlmsghdr *n)
{
	const struct netlink_diag_msg *m = nlmsg_data(n);
	const struct nlattr *tb[NETLINK_DIAG_MAX + 1];
	struct ss *s = d->s;
	struct ss_sock k = { .state = SS_CLOSE };
	char name[96];

	if (n->nlmsg_len < NLMSG_LENGTH(sizeof(*m)))
		return;
	nlmsg_parse(n, sizeof(*m), tb, NETLINK_DIAG_MAX);
	if (tb[NETLINK_DIAG_MEMINFO])
		memcpy(&k.rq, nla_data(tb[NETLINK_DIAG_MEMINFO]), sizeof(k.rq));
	if (s->expr)
		return;
	ss_print_sock(s, "nl", &k);
	netlink_name(s, m->ndiag_protocol, name, sizeof(name));
	ss_out(s, "%s:", name);
	ss_field(s, COL_SERV);
	if (!m->ndiag_portid)
		snprintf(name, sizeof(name), "%s", s->numeric ? "0" : "kernel");
	else if (s->numeric)
		snprintf(name, sizeof(name), "%d", (int)m->ndiag_portid);
	else
		process_name(s, m->ndiag_portid, name, sizeof(name));
	ss_out(s, "%s", name);
	ss_field(s, COL_RADDR);
	ss_out(s, "*");
	ss_field(s, COL_MAX);
}

/**
 * ss_show_netlink() - Netlink sockets
 * @s: the run
 */
void ss_show_netlink(struct ss *s)
{
	struct dump d = { .s = s };
	struct netlink_diag_req *r;
	struct nl_buf b = { 0 };

	if (!(s->states & SS_BIT(SS_CLOSE)))
		return;
	r = nlmsg_put(&b, 0, MAGIC_SEQ, SOCK_DIAG_BY_FAMILY, NLM_F_DUMP | NLM_F_REQUEST,
		      sizeof(*r));
	r->sdiag_family = AF_NETLINK;
	r->sdiag_protocol = NDIAG_PROTO_ALL;
	r->ndiag_show = NDIAG_SHOW_GROUPS | NDIAG_SHOW_MEMINFO;
	ask(&d, &b, show_netlink_msg);
}

static void show_packet_msg(struct dump *d, const struct nlmsghdr *n)
{
	const struct packet_diag_msg *m = nlmsg_data(n);
	const struct nlattr *tb[PACKET_DIAG_MAX + 1];
	struct packet_diag_info info = { 0 };
	struct ss *s = d->s;
	struct ss_sock k = { .state = SS_CLOSE };

	if (n->nlmsg_len < NLMSG_LENGTH(sizeof(*m)) || s->expr)
		return;
	nlmsg_parse(n, sizeof(*m), tb, PACKET_DIAG_MAX);
	if (tb[PACKET_DIAG_MEMINFO])
		memcpy(&k.rq, nla_data(tb[PACKET_DIAG_MEMINFO]), sizeof(k.rq));
	if (tb[PACKET_DIAG_INFO])
		memcpy(&info, nla_data(tb[PACKET_DIAG_INFO]), sizeof(info));
	ss_print_sock(s, m->pdiag_type == SOCK_RAW ? "p_raw" : "p_dgr", &k);
	if (m->pdiag_num == ETH_P_ALL)
		ss_out(s, "*:");
	else if (m->pdiag_num == ETH_P_IP)
		ss_out(s, "ip:");
	else if (m->pdiag_num == ETH_P_ARP)
		ss_out(s, "arp:");
	else
		ss_out(s, "[%d]:", m->pdiag_num);
	ss_field(s, COL_SERV);
	if (info.pdi_index) {
		char dev[IFNAMSIZ + 8];

		ss_device_name(s, info.pdi_index, dev);
		ss_out(s, "%s", dev);
	} else {
		ss_out(s, "*");
	}
	ss_field(s, COL_RADDR);
	ss_out(s, "*");
	ss_field(s, COL_PROC);
	if (s->processes)
		ss_print_users(s, m->pdiag_ino);
	ss_field(s, COL_MAX);
}

/**
 * ss_show_packet() - Packet sockets
 * @s: the run
 */
void ss_show_packet(struct ss *s)
{
	struct dump d = { .s = s };
	struct packet_diag_req *r;
	struct nl_buf b = { 0 };

	if (!(s->states & SS_BIT(SS_CLOSE)))
		return;
	r = nlmsg_put(&b, 0, MAGIC_SEQ, SOCK_DIAG_BY_FAMILY, NLM_F_DUMP | NLM_F_REQUEST,
		      sizeof(*r));
	r->sdiag_family = AF_PACKET;
	r->pdiag_show = PACKET_SHOW_INFO | PACKET_SHOW_MEMINFO | PACKET_SHOW_FILTER |
			PACKET_SHOW_RING_CFG | PACKET_SHOW_FANOUT;
	ask(&d, &b, show_packet_msg);
}

/**
 * ss_show_empty() - Families that have no sockets here: asked, and nothing comes
 * @s: the run
 * @family: AF_UNIX, AF_VSOCK or AF_XDP
 */
void ss_show_empty(struct ss *s, int family)
{
	struct dump d = { .s = s };
	struct unix_diag_req *r;
	struct nl_buf b = { 0 };
	bool short_one = family == XDP_FAMILY;

	r = nlmsg_put(&b, 0, MAGIC_SEQ, SOCK_DIAG_BY_FAMILY, NLM_F_DUMP | NLM_F_REQUEST,
		      short_one ? 20 : sizeof(*r));
	r->sdiag_family = (uint8_t)family;
	if (short_one)
		memset((uint8_t *)r + 8, 0x1f, 1);
	else if (family == VSOCK_FAMILY)
		memcpy((uint8_t *)r + 4, &s->states, 4);
	else
		r->udiag_states = s->states;
	if (family == AF_UNIX) {
		r->udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER | UDIAG_SHOW_RQLEN;
		if (s->memory)
			r->udiag_show |= UDIAG_SHOW_MEMINFO;
	}
	ask(&d, &b, nothing);
}
