/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netstat_stat.c - netstat -s and -g
 *
 * mirrors net-tools' statistics.c: /proc/net/snmp and /proc/net/netstat in words. A counter that has
 * no words is shown by its name when it is not 0.
 */
#include "../lib/lines.h"
#include "netstat.h"
#include "nt.h"

#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_LEN = 8192 };

struct words {
	const char *group, *name;
	bool always;		    /* also when it is 0 */
	const char *before, *after; /* the number */
};

/* clang-format off */
static const struct words words[] = {
	{ "Ip", "InReceives", true, "", " total packets received" },
	{ "Ip", "InHdrErrors", false, "", " with invalid headers" },
	{ "Ip", "InAddrErrors", false, "", " with invalid addresses" },
	{ "Ip", "ForwDatagrams", true, "", " forwarded" },
	{ "Ip", "InUnknownProtos", false, "", " with unknown protocol" },
	{ "Ip", "InDiscards", true, "", " incoming packets discarded" },
	{ "Ip", "InDelivers", true, "", " incoming packets delivered" },
	{ "Ip", "OutRequests", true, "", " requests sent out" },
	{ "Ip", "OutDiscards", false, "", " outgoing packets dropped" },
	{ "Ip", "OutNoRoutes", false, "", " dropped because of missing route" },
	{ "Ip", "ReasmTimeout", false, "", " fragments dropped after timeout" },
	{ "Ip", "ReasmReqds", false, "", " reassemblies required" },
	{ "Ip", "ReasmOKs", false, "", " packets reassembled ok" },
	{ "Ip", "ReasmFails", false, "", " packet reassemblies failed" },
	{ "Ip", "FragOKs", false, "", " outgoing packets fragmented ok" },
	{ "Ip", "FragFails", false, "", " outgoing packets failed fragmentation" },
	{ "Ip", "FragCreates", false, "", " fragments created" },
	{ "Icmp", "InMsgs", true, "", " ICMP messages received" },
	{ "Icmp", "InErrors", true, "", " input ICMP message failed" },
	{ "Icmp", "InDestUnreachs", false, "    destination unreachable: ", "" },
	{ "Icmp", "InTimeExcds", false, "    timeout in transit: ", "" },
	{ "Icmp", "InParmProbs", false, "    wrong parameters: ", "" },
	{ "Icmp", "InSrcQuenchs", false, "    source quenches: ", "" },
	{ "Icmp", "InRedirects", false, "    redirects: ", "" },
	{ "Icmp", "InEchos", false, "    echo requests: ", "" },
	{ "Icmp", "InEchoReps", false, "    echo replies: ", "" },
	{ "Icmp", "InTimestamps", false, "    timestamp request: ", "" },
	{ "Icmp", "InTimestampReps", false, "    timestamp reply: ", "" },
	{ "Icmp", "InAddrMasks", false, "    address mask request: ", "" },
	{ "Icmp", "InAddrMaskReps", false, "    address mask replies: ", "" },
	{ "Icmp", "OutMsgs", true, "", " ICMP messages sent" },
	{ "Icmp", "OutErrors", true, "", " ICMP messages failed" },
	{ "Icmp", "OutDestUnreachs", false, "    destination unreachable: ", "" },
	{ "Icmp", "OutTimeExcds", false, "    time exceeded: ", "" },
	{ "Icmp", "OutParmProbs", false, "    wrong parameters: ", "" },
	{ "Icmp", "OutSrcQuenchs", false, "    source quench: ", "" },
	{ "Icmp", "OutRedirects", false, "    redirect: ", "" },
	{ "Icmp", "OutEchos", false, "    echo requests: ", "" },
	{ "Icmp", "OutEchoReps", false, "    echo replies: ", "" },
	{ "Icmp", "OutTimestamps", false, "    timestamp requests: ", "" },
	{ "Icmp", "OutTimestampReps", false, "    timestamp replies: ", "" },
	{ "Icmp", "OutAddrMasks", false, "    address mask requests: ", "" },
	{ "Icmp", "OutAddrMaskReps", false, "    address mask replies: ", "" },
	{ "Tcp", "ActiveOpens", true, "", " active connection openings" },
	{ "Tcp", "PassiveOpens", true, "", " passive connection openings" },
	{ "Tcp", "AttemptFails", true, "", " failed connection attempts" },
	{ "Tcp", "EstabResets", true, "", " connection resets received" },
	{ "Tcp", "CurrEstab", true, "", " connections established" },
	{ "Tcp", "InSegs", true, "", " segments received" },
	{ "Tcp", "OutSegs", true, "", " segments sent out" },
	{ "Tcp", "RetransSegs", true, "", " segments retransmitted" },
	{ "Tcp", "InErrs", true, "", " bad segments received" },
	{ "Tcp", "OutRsts", true, "", " resets sent" },
	{ "Udp", "InDatagrams", true, "", " packets received" },
	{ "Udp", "NoPorts", true, "", " packets to unknown port received" },
	{ "Udp", "InErrors", true, "", " packet receive errors" },
	{ "Udp", "OutDatagrams", true, "", " packets sent" },
	{ "Udp", "RcvbufErrors", true, "", " receive buffer errors" },
	{ "Udp", "SndbufErrors", true, "", " send buffer errors" },
	{ "TcpExt", "SyncookiesSent", false, "", " SYN cookies sent" },
	{ "TcpExt", "SyncookiesRecv", false, "", " SYN cookies received" },
	{ "TcpExt", "SyncookiesFailed", false, "", " invalid SYN cookies received" },
	{ "TcpExt", "EmbryonicRsts", false, "", " resets received for embryonic SYN_RECV sockets" },
	{ "TcpExt", "PruneCalled", false, "", " packets pruned from receive queue because of socket buffer overrun" },
	{ "TcpExt", "RcvPruned", false, "", " packets pruned from receive queue" },
	{ "TcpExt", "OfoPruned", false, "", " packets dropped from out-of-order queue because of socket buffer overrun" },
	{ "TcpExt", "OutOfWindowIcmps", false, "", " ICMP packets dropped because they were out-of-window" },
	{ "TcpExt", "LockDroppedIcmps", false, "", " ICMP packets dropped because socket was locked" },
	{ "TcpExt", "TW", false, "", " TCP sockets finished time wait in fast timer" },
	{ "TcpExt", "TWRecycled", false, "", " time wait sockets recycled by time stamp" },
	{ "TcpExt", "PAWSActive", false, "", " active connections rejected because of time stamp" },
	{ "TcpExt", "PAWSEstab", false, "", " packets rejected in established connections because of timestamp" },
	{ "TcpExt", "DelayedACKs", false, "", " delayed acks sent" },
	{ "TcpExt", "DelayedACKLocked", false, "", " delayed acks further delayed because of locked socket" },
	{ "TcpExt", "DelayedACKLost", false, "Quick ack mode was activated ", " times" },
	{ "TcpExt", "ListenOverflows", false, "", " times the listen queue of a socket overflowed" },
	{ "TcpExt", "ListenDrops", false, "", " SYNs to LISTEN sockets dropped" },
	{ "TcpExt", "TCPHPHits", true, "", " packet headers predicted" },
	{ "TcpExt", "TCPPureAcks", false, "", " acknowledgments not containing data payload received" },
	{ "TcpExt", "TCPHPAcks", false, "", " predicted acknowledgments" },
	{ "TcpExt", "TCPRenoRecovery", false, "", " times recovered from packet loss due to fast retransmit" },
	{ "TcpExt", "TCPSACKReorder", false, "Detected reordering ", " times using SACK" },
	{ "TcpExt", "TCPRenoReorder", false, "Detected reordering ", " times using reno fast retransmit" },
	{ "TcpExt", "TCPTSReorder", false, "Detected reordering ", " times using time stamp" },
	{ "TcpExt", "TCPFullUndo", false, "", " congestion windows fully recovered without slow start" },
	{ "TcpExt", "TCPPartialUndo", false, "", " congestion windows partially recovered using Hoe heuristic" },
	{ "TcpExt", "TCPLossUndo", false, "", " congestion windows recovered without slow start after partial ack" },
	{ "TcpExt", "TCPRenoFailures", false, "", " timeouts after reno fast retransmit" },
	{ "TcpExt", "TCPLossFailures", false, "", " timeouts in loss state" },
	{ "TcpExt", "TCPFastRetrans", false, "", " fast retransmits" },
	{ "TcpExt", "TCPSlowStartRetrans", false, "", " retransmits in slow start" },
	{ "TcpExt", "TCPRcvCollapsed", false, "", " packets collapsed in receive queue due to low socket buffer" },
	{ "TcpExt", "TCPAbortOnData", false, "", " connections reset due to unexpected data" },
	{ "TcpExt", "TCPAbortOnClose", false, "", " connections reset due to early user close" },
	{ "TcpExt", "TCPAbortOnMemory", false, "", " connections aborted due to memory pressure" },
	{ "TcpExt", "TCPAbortOnTimeout", false, "", " connections aborted due to timeout" },
	{ "TcpExt", "TCPAbortOnLinger", false, "", " connections aborted after user close in linger timeout" },
	{ "TcpExt", "TCPAbortFailed", false, "", " times unable to send RST due to no memory" },
	{ "TcpExt", "TCPMemoryPressures", false, "TCP ran low on memory ", " times" },
};
/* clang-format on */

static const struct words *find_words(const char *group, const char *name)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!strcmp(words[i].group, group) && !strcmp(words[i].name, name))
			return &words[i];
	}
	return NULL;
}

/* counters without words that the real program does not show */
static bool is_hidden(const char *group, const char *name)
{
	static const char *const tcp[] = { "RtoAlgorithm", "RtoMin", "RtoMax", "MaxConn" };

	if (!strcmp(group, "Ip"))
		return !strcmp(name, "DefaultTTL");
	if (strcmp(group, "Tcp"))
		return false;
	for (size_t i = 0; i < sizeof(tcp) / sizeof(tcp[0]); i++) {
		if (!strcmp(name, tcp[i]))
			return true;
	}
	return false;
}

static void show_counter(struct netstat *n, const char *group, const char *name, long long v)
{
	const struct words *w = find_words(group, name);

	if (is_hidden(group, name) || (!v && !(w && w->always)))
		return;
	if (w)
		ng_printf(n->out, "    %s%lld%s\n", w->before, v, w->after);
	else
		ng_printf(n->out, "    %s%s: %lld\n", strcmp(group, "IcmpMsg") ? "" : "    ", name,
			  v);
}

static bool group_wanted(const struct netstat *n, const char *group)
{
	if (!n->tcp && !n->udp && !n->raw && !n->udplite)
		return true;
	if (!strcmp(group, "Tcp") || !strcmp(group, "TcpExt"))
		return n->tcp;
	if (!strcmp(group, "Udp"))
		return n->udp;
	if (!strcmp(group, "Ip") || !strcmp(group, "Icmp") || !strcmp(group, "IcmpMsg"))
		return n->raw;
	return true;
}

/* The histograms of ICMP have headings of their own. */
static void heading(struct netstat *n, const char *group, const char *name)
{
	if (strcmp(group, "Icmp"))
		return;
	if (!strcmp(name, "InDestUnreachs"))
		ng_puts(n->out, "    ICMP input histogram:\n");
	if (!strcmp(name, "OutDestUnreachs"))
		ng_puts(n->out, "    ICMP output histogram:\n");
}

/* two lines: names, then values */
static void show_group(struct netstat *n, char *names, char *values)
{
	char *save_n = NULL, *save_v = NULL, *group = strtok_r(names, ": ", &save_n), *name, *v;

	strtok_r(values, " ", &save_v);
	if (!group || !group_wanted(n, group))
		return;
	ng_printf(n->out, "%s:\n", group);
	while ((name = strtok_r(NULL, " ", &save_n)) && (v = strtok_r(NULL, " ", &save_v))) {
		heading(n, group, name);
		show_counter(n, group, name, strtoll(v, NULL, 10));
	}
}

static void show_file(struct netstat *n, const char *path)
{
	char *names = ng_task_alloc(n->task, LINE_MAX_LEN);
	char *values = ng_task_alloc(n->task, LINE_MAX_LEN);
	struct ng_lines in;

	if (ng_lines_open(&in, n->task, path) < 0)
		return;
	while (ng_lines_next(&in, names, LINE_MAX_LEN) && ng_lines_next(&in, values, LINE_MAX_LEN))
		show_group(n, names, values);
	ng_lines_close(&in);
}

/**
 * netstat_statistics() - netstat -s
 * @n: the run
 */
void netstat_statistics(struct netstat *n)
{
	show_file(n, "/proc/net/snmp");
	show_file(n, "/proc/net/netstat");
}

/**
 * netstat_groups() - netstat -g: the multicast groups each device belongs to
 * @n: the run
 */
void netstat_groups(struct netstat *n)
{
	struct ng_lines in;
	char line[256], dev[32] = "", addr[NG_ADDRSTRLEN];

	ng_puts(n->out, "IPv6/IPv4 Group Memberships\n"
			"Interface       RefCnt Group\n"
			"--------------- ------ ---------------------\n");
	if (ng_lines_open(&in, n->task, "/proc/net/igmp") < 0)
		return;
	ng_lines_next(&in, line, sizeof(line));
	while (ng_lines_next(&in, line, sizeof(line))) {
		unsigned int group, users;
		__be32 be;

		if (line[0] != '\t') {
			sscanf(line, "%*d %31s", dev);
			continue;
		}
		if (sscanf(line, "%x %u", &group, &users) != 2)
			continue;
		memcpy(&be, &group, sizeof(be));
		ng_printf(n->out, "%-15s %-6u %s\n", dev, users, ng_inet_ntoa(addr, be));
	}
	ng_lines_close(&in);
}
