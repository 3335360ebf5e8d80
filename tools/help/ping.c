/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ping.c - what ping says, or does not say
 */
#include "topics.h"

const struct help_entry help_ping_errors[] = {
	{ "ping: connect: Network is unreachable",
	  "No route here covers the address: nothing was sent. Status 2. An address added without "
	  "a prefix length is a /32 and makes no route to its network. In a new namespace lo is "
	  "down, and then not even 127.0.0.1 has a route.",
	  "ip addr; ip route; ip link set lo up" },
	{ "Destination Host Unreachable (from an address of your own)",
	  "Nobody answered ARP: three questions, one second apart; after 3.07 s the packets that "
	  "waited all fail at once. The message is an ICMP packet to oneself over lo: while lo is "
	  "down nothing at all is printed.",
	  "ip neigh (INCOMPLETE, then FAILED); is the other end up? the same network? the same "
	  "bridge?" },
	{ "Destination Host Unreachable (from a router)",
	  "The router has a route to the network, but the host there does not answer its ARP "
	  "questions, or the route says unreachable.",
	  "ip neigh and ip route on the router" },
	{ "Destination Net Unreachable",
	  "A router on the way has no route to the address. Locally the same lack is "
	  "\"ping: connect: Network is unreachable\".",
	  "ip route on the router that the message comes from" },
	{ "Destination Port Unreachable",
	  "A REJECT rule of a firewall answered; it is REJECT's default. DROP would be silent. "
	  "From "
	  "your own address, with \"sendmsg: Operation not permitted\": the rule is in OUTPUT.",
	  "iptables -L -v -n: whose counter rises?" },
	{ "Packet filtered",
	  "A router refuses: a route of type prohibit, or REJECT --reject-with "
	  "icmp-admin-prohibited.",
	  "ip route; iptables -L -v -n" },
	{ "Time to live exceeded",
	  "The packet met more routers than its TTL allows: too small a -t, or routers that send "
	  "it "
	  "round in a circle.",
	  "traceroute -n ADDRESS" },
	{ "Frag needed and DF set (mtu = ...)",
	  "The packet is bigger than the next link takes, and may not be cut (ping -M do). The "
	  "sender remembers the mtu for ten minutes.",
	  "ip route get ADDRESS; ip link (mtu)" },
	{ "ping: local error: message too long, mtu=...",
	  "The same, found before sending: the mtu of the own interface, or one learnt from a "
	  "router.",
	  "ip link; ip route get ADDRESS" },
	{ "Redirect Host(New nexthop: ...)",
	  "A router sent the packet back out of where it came in, and says that there is a shorter "
	  "way. It did forward the packet.",
	  "ip route get ADDRESS (<redirected>)" },
	{ "(DIFFERENT ADDRESS!)",
	  "The answer comes from another address than the one pinged: address translation on the "
	  "way "
	  "there, none on the way back (the answer took a shorter way).",
	  "conntrack -L ([UNREPLIED])" },
	{ "(DUP!)", "More than one answer to one request: two owners of the address, or a loop.",
	  "arping -c 2 ADDRESS: do two MAC addresses answer?" },
	{ "ping: Do you want to ping broadcast? Then -b.",
	  "A broadcast address; or a route of type prohibit, which gives the same error.",
	  "ip route" },
	{ "ping: sendmsg: Operation not permitted",
	  "A rule in OUTPUT refused the packet. With DROP this ping prints nothing at all.",
	  "iptables -L OUTPUT -v -n" },
	{ "100% packet loss, and nothing else",
	  "Silence: somebody dropped the request or the answer without a word. In the order to "
	  "look: "
	  "a bridge port that is down; lo down in the sender's namespace (then errors are lost "
	  "too); "
	  "ip_forward 0 on the router (drops silently); no way back for the answer; a DROP rule or "
	  "policy; rp_filter; an address translated on the bridge (help bridge-nf).",
	  "netglass explain --drops SCRIPT; tcpdump -ni IFNAME on each hop" },
	{ "pipe 3 (in the last line)",
	  "So many requests were on their way at the same time: errors came back late, together.",
	  0 },
	{ 0 },
};
