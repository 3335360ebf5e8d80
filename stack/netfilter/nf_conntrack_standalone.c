/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_conntrack_standalone.c - flows as text: /proc/net/nf_conntrack and /proc/sys/net/netfilter/
 *
 * mirrors net/netfilter/nf_conntrack_standalone.c
 * CONTROL
 *
 * Unlike Linux, whose order is that of its hash: oldest flow first.
 */
#include <errno.h>
#include <linux/in.h>

#include "core/vsprintf.h"
#include "core/world.h"
#include "fs/sysctl.h"
#include "netfilter/nf_conntrack.h"

/* nf_conntrack_hash_sysctl(): whole pages of buckets */
static int proc_buckets(struct net *net, int64_t *v)
{
	(void)net;
	if (v[0] <= 0)
		return -EINVAL;
	v[0] = (v[0] + 511) / 512 * 512;
	return 0;
}

static int proc_frag6_high(struct net *net, int64_t *v)
{
	return v[0] < nf_ct_pernet(net)->sysctl[NF_CT_SYSCTL_FRAG6_LOW] ? -EINVAL : 0;
}

static int proc_frag6_low(struct net *net, int64_t *v)
{
	return v[0] > nf_ct_pernet(net)->sysctl[NF_CT_SYSCTL_FRAG6_HIGH] ? -EINVAL : 0;
}

static const struct ctl_row is_bool = { .n = 1, .min = 0, .max = 1 },
			    is_events = { .n = 1, .min = 0, .max = 2 },
			    is_byte = { .n = 1, .min = 0, .max = UINT8_MAX },
			    is_seconds = { .n = 1, .type = CTL_SECONDS },
			    is_frag_high = { .n = 1, .max = INT32_MAX, .check = proc_frag6_high },
			    is_frag_low = { .n = 1, .max = INT32_MAX, .check = proc_frag6_low },
			    is_max = { .n = 1, .min = 0, .max = INT32_MAX },
			    is_buckets = { .n = 1,
					   .min = INT32_MIN,
					   .max = INT32_MAX,
					   .check = proc_buckets };

/* Defaults of a new namespace, as /proc/sys/net/netfilter/ of 6.18 shows them. */
static const struct {
	const char *name;
	int value;
	const struct ctl_row *row; /* NULL: read only */
} ct_sysctls[NF_CT_SYSCTL_NR] = {
	[NF_CT_SYSCTL_ACCT] = { "acct", 0, &is_bool },
	[NF_CT_SYSCTL_CHECKSUM] = { "checksum", 1, &is_bool },
	[NF_CT_SYSCTL_COUNT] = { "count", 0, NULL },
	[NF_CT_SYSCTL_EVENTS] = { "events", 2, &is_events },
	[NF_CT_SYSCTL_FRAG6_HIGH] = { "frag6_high_thresh", 4194304, &is_frag_high },
	[NF_CT_SYSCTL_FRAG6_LOW] = { "frag6_low_thresh", 3145728, &is_frag_low },
	[NF_CT_SYSCTL_FRAG6_TIMEOUT] = { "frag6_timeout", 60, &is_seconds },
	[NF_CT_SYSCTL_GENERIC_TIMEOUT] = { "generic_timeout", 600, &is_seconds },
	[NF_CT_SYSCTL_GRE_TIMEOUT] = { "gre_timeout", 30, &is_seconds },
	[NF_CT_SYSCTL_GRE_TIMEOUT_STREAM] = { "gre_timeout_stream", 180, &is_seconds },
	[NF_CT_SYSCTL_ICMP_TIMEOUT] = { "icmp_timeout", 30, &is_seconds },
	[NF_CT_SYSCTL_ICMPV6_TIMEOUT] = { "icmpv6_timeout", 30, &is_seconds },
	[NF_CT_SYSCTL_LOG_INVALID] = { "log_invalid", 0, &is_byte },
	[NF_CT_SYSCTL_SCTP_CLOSED] = { "sctp_timeout_closed", 10, &is_seconds },
	[NF_CT_SYSCTL_SCTP_COOKIE_ECHOED] = { "sctp_timeout_cookie_echoed", 3, &is_seconds },
	[NF_CT_SYSCTL_SCTP_COOKIE_WAIT] = { "sctp_timeout_cookie_wait", 3, &is_seconds },
	[NF_CT_SYSCTL_SCTP_ESTABLISHED] = { "sctp_timeout_established", 210, &is_seconds },
	[NF_CT_SYSCTL_SCTP_HEARTBEAT_SENT] = { "sctp_timeout_heartbeat_sent", 30, &is_seconds },
	[NF_CT_SYSCTL_SCTP_SHUTDOWN_ACK_SENT] = { "sctp_timeout_shutdown_ack_sent", 3,
						  &is_seconds },
	[NF_CT_SYSCTL_SCTP_SHUTDOWN_RECD] = { "sctp_timeout_shutdown_recd", 3, &is_seconds },
	[NF_CT_SYSCTL_SCTP_SHUTDOWN_SENT] = { "sctp_timeout_shutdown_sent", 3, &is_seconds },
	[NF_CT_SYSCTL_TCP_LIBERAL] = { "tcp_be_liberal", 0, &is_bool },
	[NF_CT_SYSCTL_TCP_IGNORE_INVALID_RST] = { "tcp_ignore_invalid_rst", 0, &is_bool },
	[NF_CT_SYSCTL_TCP_LOOSE] = { "tcp_loose", 1, &is_bool },
	[NF_CT_SYSCTL_TCP_MAX_RETRANS] = { "tcp_max_retrans", 3, &is_byte },
	[NF_CT_SYSCTL_TCP_TIMEOUT_CLOSE] = { "tcp_timeout_close", 10, &is_seconds },
	[NF_CT_SYSCTL_TCP_TIMEOUT_CLOSE_WAIT] = { "tcp_timeout_close_wait", 60, &is_seconds },
	[NF_CT_SYSCTL_TCP_TIMEOUT_ESTABLISHED] = { "tcp_timeout_established", 432000, &is_seconds },
	[NF_CT_SYSCTL_TCP_TIMEOUT_FIN_WAIT] = { "tcp_timeout_fin_wait", 120, &is_seconds },
	[NF_CT_SYSCTL_TCP_TIMEOUT_LAST_ACK] = { "tcp_timeout_last_ack", 30, &is_seconds },
	[NF_CT_SYSCTL_TCP_TIMEOUT_RETRANS] = { "tcp_timeout_max_retrans", 300, &is_seconds },
	[NF_CT_SYSCTL_TCP_TIMEOUT_SYN_RECV] = { "tcp_timeout_syn_recv", 60, &is_seconds },
	[NF_CT_SYSCTL_TCP_TIMEOUT_SYN_SENT] = { "tcp_timeout_syn_sent", 120, &is_seconds },
	[NF_CT_SYSCTL_TCP_TIMEOUT_TIME_WAIT] = { "tcp_timeout_time_wait", 120, &is_seconds },
	[NF_CT_SYSCTL_TCP_TIMEOUT_UNACK] = { "tcp_timeout_unacknowledged", 300, &is_seconds },
	[NF_CT_SYSCTL_TIMESTAMP] = { "timestamp", 0, &is_bool },
	[NF_CT_SYSCTL_UDP_TIMEOUT] = { "udp_timeout", 30, &is_seconds },
	[NF_CT_SYSCTL_UDP_TIMEOUT_STREAM] = { "udp_timeout_stream", 120, &is_seconds },
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

/**
 * nf_conntrack_init - Sets the limits of the machine as at power-on
 * @world: machine
 */
void nf_conntrack_init(struct ng_world *world)
{
	world->nf_conntrack_max = 262144;
	world->nf_conntrack_buckets = 262144;
	world->nf_conntrack_expect_max = 4096;
}

static void walk_machine(struct ctl_walk *w)
{
	struct ng_world *world = w->net->world;
	struct ctl rows[] = {
		{ .path = "net/netfilter/nf_conntrack_buckets",
		  .row = &is_buckets,
		  .data = &world->nf_conntrack_buckets },
		{ .path = "net/netfilter/nf_conntrack_expect_max",
		  .row = &is_max,
		  .data = &world->nf_conntrack_expect_max },
		{ .path = "net/netfilter/nf_conntrack_max",
		  .row = &is_max,
		  .data = &world->nf_conntrack_max },
	};

	for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		rows[i].readonly = w->net != world->init_net;
		sysctl_visit(w, &rows[i]);
	}
	if (w->net == world->init_net) {
		struct ctl log = { .path = "net/netfilter/nf_log_all_netns",
				   .data = &world->nf_log_all_netns };

		sysctl_visit(w, &log);
	}
}

/**
 * nf_conntrack_sysctl_walk - Shows each value below net/netfilter/ to a visitor
 * @w: the walk
 */
void nf_conntrack_sysctl_walk(struct ctl_walk *w)
{
	struct netns_ct *netct;
	unsigned int i;

	struct ctl old_name = { .path = "net/nf_conntrack_max",
				.row = &is_max,
				.data = &w->net->world->nf_conntrack_max };

	if (w->net == w->net->world->init_net)
		sysctl_visit(w, &old_name);
	if (!sysctl_wanted(w, "net/netfilter/"))
		return;
	netct = nf_ct_pernet(w->net);
	nf_ct_gc(netct);
	netct->sysctl[NF_CT_SYSCTL_COUNT] = (int)netct->nr_confirmed;
	for (i = 0; i < NF_CT_SYSCTL_NR && !w->stopped; i++) {
		struct ctl ctl = { .row = ct_sysctls[i].row,
				   .readonly = !ct_sysctls[i].row,
				   .data = &netct->sysctl[i] };

		scnprintf(ctl.path, sizeof(ctl.path), "net/netfilter/nf_conntrack_%s",
			  ct_sysctls[i].name);
		sysctl_visit(w, &ctl);
	}
	walk_machine(w);
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
