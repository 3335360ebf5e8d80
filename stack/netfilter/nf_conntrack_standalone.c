/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_conntrack_standalone.c - flows as text: /proc/net/nf_conntrack and /proc/sys/net/netfilter/
 *
 * mirrors net/netfilter/nf_conntrack_standalone.c
 * CONTROL
 *
 * Unlike Linux, whose order is that of its hash: oldest flow first.
 */
#include <linux/in.h>

#include "core/vsprintf.h"
#include "core/world.h"
#include "fs/sysctl.h"
#include "netfilter/nf_conntrack.h"

/* Defaults of a new namespace, as /proc/sys/net/netfilter/ of 6.18 shows them. */
static const struct {
	const char *name;
	int value;
	bool read_only;
} ct_sysctls[NF_CT_SYSCTL_NR] = {
	[NF_CT_SYSCTL_ACCT] = { "acct", 0, false },
	[NF_CT_SYSCTL_BUCKETS] = { "buckets", 262144, true },
	[NF_CT_SYSCTL_CHECKSUM] = { "checksum", 1, false },
	[NF_CT_SYSCTL_COUNT] = { "count", 0, true },
	[NF_CT_SYSCTL_EVENTS] = { "events", 2, false },
	[NF_CT_SYSCTL_EXPECT_MAX] = { "expect_max", 4096, false },
	[NF_CT_SYSCTL_FRAG6_HIGH] = { "frag6_high_thresh", 4194304, false },
	[NF_CT_SYSCTL_FRAG6_LOW] = { "frag6_low_thresh", 3145728, false },
	[NF_CT_SYSCTL_FRAG6_TIMEOUT] = { "frag6_timeout", 60, false },
	[NF_CT_SYSCTL_GENERIC_TIMEOUT] = { "generic_timeout", 600, false },
	[NF_CT_SYSCTL_GRE_TIMEOUT] = { "gre_timeout", 30, false },
	[NF_CT_SYSCTL_GRE_TIMEOUT_STREAM] = { "gre_timeout_stream", 180, false },
	[NF_CT_SYSCTL_ICMP_TIMEOUT] = { "icmp_timeout", 30, false },
	[NF_CT_SYSCTL_ICMPV6_TIMEOUT] = { "icmpv6_timeout", 30, false },
	[NF_CT_SYSCTL_LOG_INVALID] = { "log_invalid", 0, false },
	[NF_CT_SYSCTL_MAX] = { "max", 262144, false },
	[NF_CT_SYSCTL_SCTP_CLOSED] = { "sctp_timeout_closed", 10, false },
	[NF_CT_SYSCTL_SCTP_COOKIE_ECHOED] = { "sctp_timeout_cookie_echoed", 3, false },
	[NF_CT_SYSCTL_SCTP_COOKIE_WAIT] = { "sctp_timeout_cookie_wait", 3, false },
	[NF_CT_SYSCTL_SCTP_ESTABLISHED] = { "sctp_timeout_established", 210, false },
	[NF_CT_SYSCTL_SCTP_HEARTBEAT_SENT] = { "sctp_timeout_heartbeat_sent", 30, false },
	[NF_CT_SYSCTL_SCTP_SHUTDOWN_ACK_SENT] = { "sctp_timeout_shutdown_ack_sent", 3, false },
	[NF_CT_SYSCTL_SCTP_SHUTDOWN_RECD] = { "sctp_timeout_shutdown_recd", 3, false },
	[NF_CT_SYSCTL_SCTP_SHUTDOWN_SENT] = { "sctp_timeout_shutdown_sent", 3, false },
	[NF_CT_SYSCTL_TCP_LIBERAL] = { "tcp_be_liberal", 0, false },
	[NF_CT_SYSCTL_TCP_IGNORE_INVALID_RST] = { "tcp_ignore_invalid_rst", 0, false },
	[NF_CT_SYSCTL_TCP_LOOSE] = { "tcp_loose", 1, false },
	[NF_CT_SYSCTL_TCP_MAX_RETRANS] = { "tcp_max_retrans", 3, false },
	[NF_CT_SYSCTL_TCP_TIMEOUT_CLOSE] = { "tcp_timeout_close", 10, false },
	[NF_CT_SYSCTL_TCP_TIMEOUT_CLOSE_WAIT] = { "tcp_timeout_close_wait", 60, false },
	[NF_CT_SYSCTL_TCP_TIMEOUT_ESTABLISHED] = { "tcp_timeout_established", 432000, false },
	[NF_CT_SYSCTL_TCP_TIMEOUT_FIN_WAIT] = { "tcp_timeout_fin_wait", 120, false },
	[NF_CT_SYSCTL_TCP_TIMEOUT_LAST_ACK] = { "tcp_timeout_last_ack", 30, false },
	[NF_CT_SYSCTL_TCP_TIMEOUT_RETRANS] = { "tcp_timeout_max_retrans", 300, false },
	[NF_CT_SYSCTL_TCP_TIMEOUT_SYN_RECV] = { "tcp_timeout_syn_recv", 60, false },
	[NF_CT_SYSCTL_TCP_TIMEOUT_SYN_SENT] = { "tcp_timeout_syn_sent", 120, false },
	[NF_CT_SYSCTL_TCP_TIMEOUT_TIME_WAIT] = { "tcp_timeout_time_wait", 120, false },
	[NF_CT_SYSCTL_TCP_TIMEOUT_UNACK] = { "tcp_timeout_unacknowledged", 300, false },
	[NF_CT_SYSCTL_TIMESTAMP] = { "timestamp", 0, false },
	[NF_CT_SYSCTL_UDP_TIMEOUT] = { "udp_timeout", 30, false },
	[NF_CT_SYSCTL_UDP_TIMEOUT_STREAM] = { "udp_timeout_stream", 120, false },
};

/**
 * nf_conntrack_sysctl_defaults - Sets every value as in a new namespace
 * @netct: the namespace's flows
 */
void nf_conntrack_sysctl_defaults(struct netns_ct *netct)
{
	unsigned int i;

	for (i = 0; i < NF_CT_SYSCTL_NR; i++)
		netct->sysctl[i] = ct_sysctls[i].value;
}

static const struct ctl_row is_bool = { .n = 1, .min = 0, .max = 1 },
			    is_events = { .n = 1, .min = 0, .max = 2 },
			    is_byte = { .n = 1, .min = 0, .max = UINT8_MAX };

/* What a value may be; NULL: anything. */
static const struct ctl_row *ct_sysctl_range(enum nf_ct_sysctl which)
{
	switch ((int)which) {
	case NF_CT_SYSCTL_ACCT:
	case NF_CT_SYSCTL_CHECKSUM:
	case NF_CT_SYSCTL_TCP_LIBERAL:
	case NF_CT_SYSCTL_TCP_IGNORE_INVALID_RST:
	case NF_CT_SYSCTL_TCP_LOOSE:
	case NF_CT_SYSCTL_TIMESTAMP:
		return &is_bool;
	case NF_CT_SYSCTL_EVENTS:
		return &is_events;
	case NF_CT_SYSCTL_LOG_INVALID:
	case NF_CT_SYSCTL_TCP_MAX_RETRANS:
		return &is_byte;
	default:
		return NULL;
	}
}

/**
 * nf_conntrack_sysctl_walk - Shows each value below net/netfilter/ to a visitor
 * @net: the namespace
 * @visit: called with each; true: no more
 * @arg: for @visit
 * @stopped: no more; set as @visit says
 */
void nf_conntrack_sysctl_walk(struct net *net, bool (*visit)(void *arg, const struct ctl *ctl),
			      void *arg, bool *stopped)
{
	struct netns_ct *netct;
	unsigned int i;

	if (*stopped)
		return;
	netct = nf_ct_pernet(net);
	nf_ct_gc(netct);
	netct->sysctl[NF_CT_SYSCTL_COUNT] = (int)netct->nr_confirmed;
	for (i = 0; i < NF_CT_SYSCTL_NR && !*stopped; i++) {
		struct ctl ctl = { .kind = ct_sysctls[i].read_only ? CTL_CONST : CTL_INT,
				   .net = net };

		scnprintf(ctl.path, sizeof(ctl.path), "net/netfilter/nf_conntrack_%s",
			  ct_sysctls[i].name);
		ctl.data = &netct->sysctl[i];
		ctl.index = netct->sysctl[i];
		ctl.row = ct_sysctl_range((enum nf_ct_sysctl)i);
		*stopped = visit(arg, &ctl);
	}
}

static const char *l4proto_name(uint8_t protonum)
{
	switch (protonum) {
	case IPPROTO_ICMP:
		return "icmp";
	case IPPROTO_TCP:
		return "tcp";
	case IPPROTO_UDP:
		return "udp";
	case IPPROTO_DCCP:
		return "dccp";
	case IPPROTO_GRE:
		return "gre";
	case IPPROTO_SCTP:
		return "sctp";
	case IPPROTO_UDPLITE:
		return "udplite";
	default:
		return "unknown";
	}
}

static void print_tuple(struct seq_file *m, const struct nf_conntrack_tuple *t)
{
	uint8_t type_code[2];

	seq_printf(m, "src=%pI4 dst=%pI4 ", (const void *)&t->src, (const void *)&t->dst);
	switch (t->protonum) {
	case IPPROTO_ICMP:
		memcpy(type_code, &t->dst_all, sizeof(type_code));
		seq_printf(m, "type=%u code=%u id=%u ", type_code[0], type_code[1],
			   be16_to_cpu(t->src_all));
		break;
	case IPPROTO_TCP:
	case IPPROTO_UDP:
	case IPPROTO_UDPLITE:
	case IPPROTO_SCTP:
	case IPPROTO_DCCP:
		seq_printf(m, "sport=%u dport=%u ", be16_to_cpu(t->src_all),
			   be16_to_cpu(t->dst_all));
		break;
	default:
		break;
	}
}

static void print_acct(struct seq_file *m, const struct nf_conn *ct, unsigned int dir)
{
	if (ct->acct)
		seq_printf(m, "packets=%llu bytes=%llu ",
			   (unsigned long long)ct->counter[dir].packets,
			   (unsigned long long)ct->counter[dir].bytes);
}

/* A zone of one direction only is printed behind that direction's tuple. */
static void print_zone(struct seq_file *m, const struct nf_conn *ct, int dir)
{
	uint16_t orig = ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple.zone;
	uint16_t repl = ct->tuplehash[IP_CT_DIR_REPLY].tuple.zone;

	if (dir < 0 && orig == repl)
		seq_printf(m, "zone=%u ", orig);
	else if (dir >= 0 && orig != repl && (dir == IP_CT_DIR_ORIGINAL ? orig : repl))
		seq_printf(m, "zone-%s=%u ", dir == IP_CT_DIR_ORIGINAL ? "orig" : "reply",
			   dir == IP_CT_DIR_ORIGINAL ? orig : repl);
}

static void ct_seq_show(struct seq_file *m, const struct nf_conn *ct)
{
	uint8_t protonum = ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple.protonum;
	int64_t left = (ct->timeout_ns - world_now(ct->netct->world)) / NSEC_PER_SEC;

	seq_printf(m, "%-8s %u %-8s %u %u ", "ipv4", NFPROTO_IPV4, l4proto_name(protonum), protonum,
		   (unsigned int)left);
	if (protonum == IPPROTO_TCP)
		seq_printf(m, "%s ", nf_ct_tcp_state_name(ct->proto.tcp.state));
	print_tuple(m, &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple);
	print_zone(m, ct, IP_CT_DIR_ORIGINAL);
	print_acct(m, ct, IP_CT_DIR_ORIGINAL);
	if (!(ct->status & IPS_SEEN_REPLY))
		seq_printf(m, "[UNREPLIED] ");
	print_tuple(m, &ct->tuplehash[IP_CT_DIR_REPLY].tuple);
	print_zone(m, ct, IP_CT_DIR_REPLY);
	print_acct(m, ct, IP_CT_DIR_REPLY);
	if (ct->status & IPS_ASSURED)
		seq_printf(m, "[ASSURED] ");
	seq_printf(m, "mark=%u ", ct->mark);
	print_zone(m, ct, -1);
	if (ct->timestamp)
		seq_printf(m, "delta-time=%llu ",
			   (unsigned long long)((world_realtime(ct->netct->world) - ct->start_ns) /
						NSEC_PER_SEC));
	/* who reads holds a reference too */
	seq_printf(m, "use=%u\n", ct->refs + 1);
}

/**
 * nf_conntrack_seq_show - Writes /proc/net/nf_conntrack
 * @net: the namespace
 * @m: goes here, oldest flow first
 */
void nf_conntrack_seq_show(struct net *net, struct seq_file *m)
{
	const struct nf_conn *ct;

	if (!net->ct)
		return;
	nf_ct_gc(net->ct);
	list_for_each_entry(ct, &net->ct->all, list)
		ct_seq_show(m, ct);
}
