/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * proc_sock.c - /proc/net: sockets and counters as text
 *
 * mirrors tcp4_seq_show() of net/ipv4/tcp_ipv4.c, its twins in udp.c and raw.c, net/ipv4/proc.c,
 * netlink_seq_show() and packet_seq_show()
 * TABLE.
 */
#include <linux/icmp.h>
#include <linux/in.h>

#include "core/net_namespace.h"
#include "core/world.h"
#include "fs/inode.h"
#include "fs/proc_sock.h"
#include "ipv4/fib.h"
#include "ipv4/inet_diag.h"
#include "ipv4/tcp.h"
#include "packet/af_packet.h"

#define TCP_LINE 149 /* TMPSZ - 1 of tcp_ipv4.c */
#define UDP_LINE 127
#define USER_HZ 100

struct lister {
	struct seq_file *m;
	unsigned int n;
	int protocol;
};

static long long clock_t_of(int64_t ns)
{
	return (long long)((ns + NSEC_PER_SEC / USER_HZ - 1) / (NSEC_PER_SEC / USER_HZ));
}

/* what all kinds show: slot, addresses, state, queues, timer */
static void common_columns(struct seq_file *m, const struct inet_row *row)
{
	bool probing = row->timer == INET_TIMER_PROBE || row->timer == INET_TIMER_KEEPALIVE;
	bool listens = row->state == TCP_LISTEN;

	seq_printf(m, " %08X:%04X %08X:%04X %02X %08X:%08X %02X:%08llX %08X %5u %8d %llu",
		   (ng_force uint32_t)row->saddr, be16_to_cpu(row->sport),
		   (ng_force uint32_t)row->daddr, be16_to_cpu(row->dport), row->state,
		   listens ? 0 : row->wqueue, row->rqueue, (unsigned int)row->timer,
		   (unsigned long long)clock_t_of(row->expires_ns), probing ? 0 : row->retrans, 0U,
		   probing ? (int)row->probes : 0, (unsigned long long)row->ino);
}

/* a TIME-WAIT is in two tables and has a timer; a request is not counted */
static unsigned int tcp_refs(const struct inet_row *row)
{
	if (row->tp)
		return row->sk->refs;
	return row->state == TCP_TIME_WAIT ? 3 : 0;
}

/* Where it is, as %p shows it: 32 bits that tell nothing. What has no socket is known by its addresses. */
static unsigned long long hashed_pointer(const struct inet_row *row)
{
	uint64_t key =
		row->sk ? sock_gen_cookie(row->sk)
			: (uint64_t)((ng_force uint32_t)row->saddr ^ (ng_force uint32_t)row->daddr)
					  << 32 |
				  (uint32_t)be16_to_cpu(row->sport) << 16 | be16_to_cpu(row->dport);

	return (key * UINT64_C(0x9e3779b97f4a7c15)) >> 32;
}

static void tcp_line(void *arg, const struct inet_row *row)
{
	const struct tcp_sock *tp = row->tp;
	struct lister *l = arg;
	size_t start = l->m->len;

	seq_printf(l->m, "%4u:", l->n++);
	common_columns(l->m, row);
	seq_printf(l->m, " %u %016llx", tcp_refs(row), hashed_pointer(row));
	if (tp)
		seq_printf(l->m, " %llu %llu %u %u %d",
			   (unsigned long long)(tp->state == TCP_LISTEN ? 100
									: clock_t_of(tp->rto_ns)),
			   (unsigned long long)clock_t_of(tp->ack_ato_ns),
			   (unsigned int)(tp->ack_quick << 1 | tcp_in_pingpong(tp)), tp->snd_cwnd,
			   tp->state == TCP_LISTEN ? 0
			   : tcp_in_slow_start(tp) ? -1
						   : (int)tp->snd_ssthresh);
	seq_pad_to(l->m, start, TCP_LINE);
	seq_printf(l->m, "\n");
}

static void datagram_line(void *arg, const struct inet_row *row)
{
	struct lister *l = arg;
	size_t start = l->m->len;

	if (l->protocol == IPPROTO_UDP)
		seq_printf(l->m, "%5u:", row->num);
	else
		seq_printf(l->m, "%4u:", row->num);
	common_columns(l->m, row);
	seq_printf(l->m, " %u %016llx %u", 2U, hashed_pointer(row), row->sk->drops);
	if (l->protocol == IPPROTO_UDP)
		seq_pad_to(l->m, start, UDP_LINE);
	seq_printf(l->m, "\n");
}

/**
 * proc_tcp_show() - TCP sockets
 * @node: the file
 * @m: written to
 *
 * Return: 0.
 */
int proc_tcp_show(struct dyn_node *node, struct seq_file *m)
{
	struct lister l = { .m = m };
	size_t start = m->len;

	seq_printf(m, "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt "
		      "  uid  timeout inode");
	seq_pad_to(m, start, TCP_LINE);
	seq_printf(m, "\n");
	inet_rows(node->net, IPPROTO_TCP, tcp_line, &l);
	return 0;
}

/**
 * proc_udp_show() - UDP sockets
 * @node: the file
 * @m: written to
 *
 * Return: 0.
 */
int proc_udp_show(struct dyn_node *node, struct seq_file *m)
{
	struct lister l = { .m = m, .protocol = IPPROTO_UDP };
	size_t start = m->len;

	seq_printf(m, "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when "
		      "retrnsmt   uid  timeout inode ref pointer drops");
	seq_pad_to(m, start, UDP_LINE);
	seq_printf(m, "\n");
	inet_rows(node->net, IPPROTO_UDP, datagram_line, &l);
	return 0;
}

/**
 * proc_raw_show() - Raw sockets
 * @node: the file
 * @m: written to
 *
 * Return: 0.
 */
int proc_raw_show(struct dyn_node *node, struct seq_file *m)
{
	struct lister l = { .m = m, .protocol = IPPROTO_RAW };

	seq_printf(m, "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt "
		      "  uid  timeout inode ref pointer drops\n");
	inet_rows(node->net, IPPROTO_RAW, datagram_line, &l);
	return 0;
}

/**
 * proc_tcp6_show() - TCP sockets of IPv6
 * @node: the file
 * @m: written to
 *
 * Return: 0.
 */
int proc_tcp6_show(struct dyn_node *node, struct seq_file *m)
{
	(void)node;
	seq_printf(m, "  sl  local_address                         remote_address                  "
		      "      st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n");
	return 0;
}

/**
 * proc_udp6_show() - UDP and raw sockets of IPv6
 * @node: the file
 * @m: written to
 *
 * Return: 0.
 */
int proc_udp6_show(struct dyn_node *node, struct seq_file *m)
{
	(void)node;
	seq_printf(m, "  sl  local_address                         remote_address                  "
		      "      st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref "
		      "pointer drops\n");
	return 0;
}

/**
 * proc_unix_show() - Unix sockets
 * @node: the file
 * @m: written to
 *
 * Return: 0.
 */
int proc_unix_show(struct dyn_node *node, struct seq_file *m)
{
	(void)node;
	seq_printf(m, "Num       RefCount Protocol Flags    Type St Inode Path\n");
	return 0;
}

/**
 * proc_netlink_show() - Netlink sockets
 * @node: the file
 * @m: written to
 *
 * Return: 0.
 */
int proc_netlink_show(struct dyn_node *node, struct seq_file *m)
{
	struct sock *sk;

	seq_printf(m, "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    "
		      "Drops    Inode\n");
	list_for_each_entry(sk, &node->net->socks, net_node) {
		const struct netlink_sock *nlk = (const struct netlink_sock *)(const void *)sk;

		if (sk->family != AF_NETLINK)
			continue;
		seq_printf(m, "%016llx %-3d %-10u %08x %-8u %-8d %-5d %-8d %-8u %-8llu\n",
			   (unsigned long long)sock_gen_cookie(sk), sk->protocol, nlk->portid,
			   nlk->groups, sk->rmem, 0, 0, 2, sk->drops, (unsigned long long)sk->ino);
	}
	return 0;
}

/**
 * proc_packet_show() - Packet sockets
 * @node: the file
 * @m: written to
 *
 * Return: 0.
 */
int proc_packet_show(struct dyn_node *node, struct seq_file *m)
{
	struct sock *sk;

	seq_printf(m, "sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n");
	list_for_each_entry(sk, &node->net->socks, net_node) {
		uint32_t ifindex;
		uint16_t num;

		if (sk->family != AF_PACKET)
			continue;
		num = packet_sock_num(sk, &ifindex);
		seq_printf(m, "%016llx %-6d %-4d %04x   %-5d %1d %-6u %-6u %-6llu\n",
			   (unsigned long long)sock_gen_cookie(sk), 3, sk->type, num, (int)ifindex,
			   1, sk->rmem, 0U, (unsigned long long)sk->ino);
	}
	return 0;
}

static uint32_t sockets_used(const struct net *net)
{
	const struct sock *sk;
	uint32_t n = 0;

	list_for_each_entry(sk, &net->socks, net_node)
		n += sk->ino != 0;
	return n;
}

/**
 * proc_sockstat_show() - How many sockets
 * @node: the file
 * @m: written to
 *
 * Return: 0.
 */
int proc_sockstat_show(struct dyn_node *node, struct seq_file *m)
{
	struct inet_counts c;

	inet_count_sockets(node->net, &c);
	seq_printf(m, "sockets: used %u\n", sockets_used(node->net));
	seq_printf(m, "TCP: inuse %u orphan %u tw %u alloc %u mem 0\n", c.tcp_inuse, c.tcp_orphan,
		   c.tcp_tw, c.tcp_alloc);
	seq_printf(m,
		   "UDP: inuse %u mem 0\nUDPLITE: inuse 0\nRAW: inuse %u\nFRAG: inuse 0 memory 0\n",
		   c.udp_inuse, c.raw_inuse);
	return 0;
}

/**
 * proc_sockstat6_show() - How many sockets of IPv6
 * @node: the file
 * @m: written to
 *
 * Return: 0.
 */
int proc_sockstat6_show(struct dyn_node *node, struct seq_file *m)
{
	(void)node;
	seq_printf(m, "TCP6: inuse 0\nUDP6: inuse 0\nUDPLITE6: inuse 0\nRAW6: inuse 0\n"
		      "FRAG6: inuse 0 memory 0\n");
	return 0;
}

/* what is not counted but known */
static void refresh(struct net *net)
{
	/* in the order of the columns */
	static const uint8_t icmp_types[] = {
		ICMP_DEST_UNREACH,   ICMP_TIME_EXCEEDED, ICMP_PARAMETERPROB, ICMP_SOURCE_QUENCH,
		ICMP_REDIRECT,	     ICMP_ECHO,		 ICMP_ECHOREPLY,     ICMP_TIMESTAMP,
		ICMP_TIMESTAMPREPLY, ICMP_ADDRESS,	 ICMP_ADDRESSREPLY
	};
	struct ipv4_mib *mib = &net->ipv4->mib;
	const struct inet_sock *inet;

	mib->v[MIB_Ip_Forwarding] = IPV4_DEVCONF(net->ipv4->devconf_all, FORWARDING) ? 1 : 2;
	mib->v[MIB_Ip_DefaultTTL] = (uint64_t)net->ipv4->sysctl_ip_default_ttl;
	for (size_t i = 0; i < sizeof(icmp_types) / sizeof(icmp_types[0]); i++) {
		if (!mib->icmpmsg)
			break;
		mib->v[MIB_Icmp_InDestUnreachs + i] = mib->icmpmsg->in[icmp_types[i]];
		mib->v[MIB_Icmp_OutDestUnreachs + i] = mib->icmpmsg->out[icmp_types[i]];
	}
	mib->v[MIB_Tcp_RtoAlgorithm] = 1;
	mib->v[MIB_Tcp_RtoMin] = 200;
	mib->v[MIB_Tcp_RtoMax] = 120000;
	mib->v[MIB_Tcp_MaxConn] = UINT64_MAX;
	mib->v[MIB_Tcp_CurrEstab] = 0;
	list_for_each_entry(inet, &net->ipv4->tcp_socks, node) {
		uint8_t state = tcp_sk(&inet->sk)->state;

		mib->v[MIB_Tcp_CurrEstab] += state == TCP_ESTABLISHED || state == TCP_CLOSE_WAIT;
	}
}

static void put_values(struct seq_file *m, const char *group, const struct ipv4_mib *mib,
		       unsigned int from, unsigned int to)
{
	seq_printf(m, "\n%s:", group);
	for (unsigned int i = from; i < to; i++)
		seq_printf(m, " %lld", (long long)mib->v[i]);
	seq_printf(m, "\n");
}

/* IcmpMsg: only the types that were seen */
static void put_icmp_types(struct seq_file *m, const struct ipv4_mib *mib)
{
	const char *before = "\nIcmpMsg:";
	bool any = false;

	if (!mib->icmpmsg)
		return;
	for (int value = 0; value < 2; value++) {
		for (int out = 0; out < 2; out++) {
			const uint32_t *v = out ? mib->icmpmsg->out : mib->icmpmsg->in;

			for (int i = 0; i < ICMP_HISTOGRAM; i++) {
				if (!v[i])
					continue;
				if (!any)
					seq_printf(m, "%s", before + !value);
				any = true;
				if (value)
					seq_printf(m, " %u", v[i]);
				else
					seq_printf(m, " %sType%d", out ? "Out" : "In", i);
			}
		}
		if (value && any)
			seq_printf(m, "\n");
		else if (any)
			any = false;
		else
			return;
	}
}

#define X(group, name) " " #name
#define COUNT(group, name) +1
#define GROUP(m, mib, label, list, first)                                       \
	do {                                                                    \
		seq_write(m, label ":" list(X), sizeof(label ":" list(X)) - 1); \
		put_values(m, label, mib, first, (first) + (0 list(COUNT)));    \
	} while (0)

/**
 * proc_snmp_show() - Counters of the standards
 * @node: the file
 * @m: written to
 *
 * Return: 0.
 */
int proc_snmp_show(struct dyn_node *node, struct seq_file *m)
{
	const struct ipv4_mib *mib = &node->net->ipv4->mib;

	refresh(node->net);
	GROUP(m, mib, "Ip", MIB_IP_LIST, MIB_Ip_Forwarding);
	GROUP(m, mib, "Icmp", MIB_ICMP_LIST, MIB_Icmp_InMsgs);
	put_icmp_types(m, mib);
	GROUP(m, mib, "Tcp", MIB_TCP_LIST, MIB_Tcp_RtoAlgorithm);
	GROUP(m, mib, "Udp", MIB_UDP_LIST, MIB_Udp_InDatagrams);
	GROUP(m, mib, "UdpLite", MIB_UDPLITE_LIST, MIB_UdpLite_InDatagrams);
	return 0;
}

/**
 * proc_netstat_show() - Linux's own counters
 * @node: the file
 * @m: written to
 *
 * Return: 0.
 */
int proc_netstat_show(struct dyn_node *node, struct seq_file *m)
{
	const struct ipv4_mib *mib = &node->net->ipv4->mib;

	GROUP(m, mib, "TcpExt", MIB_TCPEXT_LIST, MIB_TcpExt_SyncookiesSent);
	GROUP(m, mib, "IpExt", MIB_IPEXT_LIST, MIB_IpExt_InNoRoutes);
	GROUP(m, mib, "MPTcpExt", MIB_MPTCPEXT_LIST, MIB_MPTcpExt_MPCapableSYNRX);
	return 0;
}
