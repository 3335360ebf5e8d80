/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * topics.c - the topics of `netglass help`
 */
#include "topics.h"

const struct help_topic help_topics[] = {
	{ "ping-errors", "What ping says, and what is behind it", 0, help_ping_errors },
	{ "ip-errors", "What ip, bridge and arp say", 0, help_ip_errors },
	{ "iptables-errors", "What iptables says, and what its rules do not do", 0,
	  help_iptables_errors },
	{ "bridge-nf", "iptables and frames that only cross a bridge",
	  "With net.bridge.bridge-nf-call-iptables = 1 (the default once br_netfilter is loaded) a "
	  "bridge shows each IPv4 frame it carries to iptables: raw, mangle and nat PREROUTING, "
	  "FORWARD, POSTROUTING, with the bridge itself as -i and -o; ports only with -m physdev. "
	  "ARP "
	  "is not shown. So two hosts on one bridge can find each other with arp and yet not "
	  "ping.\n"
	  "-P FORWARD DROP then stops what only crosses the bridge.\n"
	  "-t nat -A POSTROUTING -s 192.168.15.0/24 -j MASQUERADE, without ! -o BRIDGE, then gives "
	  "frames between neighbours the bridge's own address: blue sees the ping of red coming "
	  "from 192.168.15.5 and answers there. With ip_forward 0 the answer is lost; with 1 it "
	  "arrives.\n"
	  "Cures: write ! -o BRIDGE in the MASQUERADE rule, or sysctl -w "
	  "net.bridge.bridge-nf-call-iptables=0.",
	  0 },
	{ "forwarding", "Why a packet does not go on",
	  "A machine passes packets on only when the interface they come in by forwards: "
	  "net.ipv4.ip_forward = 1 sets it for all. With 0 what is for others is dropped without a "
	  "word; its own addresses on any interface still answer.\n"
	  "The answer needs a way back: the other side must have a route to the sender's network, "
	  "or "
	  "must see an address it knows (MASQUERADE, SNAT).\n"
	  "Then FORWARD's rules and policy, in both directions. A host's default route must point "
	  "to "
	  "an address in a network of its own.",
	  0 },
	{ "captures", "Captures and Wireshark",
	  "run --pcap DIR writes one file for each interface, DIR/NS-IFNAME.pcap. run --pcapng "
	  "FILE "
	  "writes one file for all: the interface's name is NS/IFNAME, frame.packet_id is the same "
	  "number for one packet wherever it is seen, and each frame has two comments: a sentence, "
	  "and "
	  "a line for programs (ng: ev=... pkt=... ns=... verdict=... drop=... line=...).\n"
	  "Filters: frame.packet_id == 5; frame.interface_name contains \"blue\"; frame.comment "
	  "contains "
	  "\"DNAT\"; frame.comment contains \" drop=\".\n"
	  "One packet seen on four interfaces looks like three retransmissions. netglass profile "
	  "--install writes a profile that knows better: wireshark -C netglass FILE.",
	  0 },
	{ "exit-status", "What the verbs return",
	  "run, shell -c: the status of the script or command; 3 when something was not modelled. "
	  "Of a "
	  "tutorial: 1 when commands failed.\n"
	  "All others: 0 ok, 1 no (it failed, it differs, it could not be written), 2 usage or "
	  "unreadable input, 3 not modelled, 77 this machine cannot do it.",
	  0 },
	{ 0 },
};
