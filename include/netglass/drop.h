/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * drop.h - why a packet died: the kernel's own names (include/net/dropreason-core.h)
 */
#ifndef NETGLASS_DROP_H
#define NETGLASS_DROP_H

/* clang-format off */
#define NG_DROP_REASONS(X)                                                          \
	X(NOT_SPECIFIED,        "no reason given")                                  \
	X(NO_SOCKET,            "no socket wants it")                               \
	X(PKT_TOO_SMALL,        "shorter than its headers say")                     \
	X(UDP_CSUM,             "UDP checksum is wrong")                            \
	X(TCP_CSUM,             "TCP checksum is wrong")                            \
	X(ICMP_CSUM,            "ICMP checksum is wrong")                           \
	X(INVALID_PROTO,        "ICMP type we do not answer")                       \
	X(SOCKET_FILTER,        "the socket's filter refused it")                   \
	X(SOCKET_RCVBUFF,       "the socket's receive buffer is full")              \
	X(NETFILTER_DROP,       "a netfilter rule or policy said DROP")             \
	X(OTHERHOST,            "destination MAC is another host's")                \
	X(IP_CSUM,              "IPv4 header checksum is wrong")                    \
	X(IP_INHDR,             "IPv4 header is malformed")                         \
	X(IP_RPFILTER,          "reverse path filter refused the source address")   \
	X(IP_NOPROTO,           "no handler for this IP protocol")                  \
	X(IP_INADDRERRORS,      "no route to the destination, or forwarding is off") \
	X(IP_INNOROUTES,        "no route")                                         \
	X(IP_OUTNOROUTES,       "no route for an outgoing packet")                  \
	X(IP_LOCAL_SOURCE,      "source address is our own")                        \
	X(IP_INVALID_SOURCE,    "source address is invalid (martian)")              \
	X(IP_INVALID_DEST,      "destination address is invalid (martian)")         \
	X(IP_LOCALNET,          "127/8 came from outside")                          \
	X(UNICAST_IN_L2_MULTICAST, "unicast address in a multicast or broadcast frame") \
	X(PKT_TOO_BIG,          "bigger than the MTU and must not be fragmented")   \
	X(FRAG_REASM_TIMEOUT,   "fragments are missing")                            \
	X(DUP_FRAG,             "overlapping or repeated fragment")                 \
	X(TTL_EXPIRED,          "a group packet of TTL 0 stays in the host")        \
	X(NEIGH_CREATEFAIL,     "no neighbour entry could be made")                 \
	X(NEIGH_FAILED,         "the neighbour does not answer")                    \
	X(NEIGH_QUEUEFULL,      "too much waits for the neighbour's answer")        \
	X(NEIGH_DEAD,           "the neighbour entry is gone")                      \
	X(QDISC_DROP,           "no queue on the device yet, or its link is down")  \
	X(DEV_HDR,              "no link-layer header could be made")               \
	X(DEV_READY,            "the device is not up")                             \
	X(FULL_RING,            "the receiver's ring is full")                      \
	X(DUMMY_DEVICE,         "a dummy device swallows what it is given")         \
	X(UNHANDLED_PROTO,      "no handler for this EtherType")                    \
	X(ARP_INVALID,          "malformed ARP packet")                             \
	X(ARP_IGNORED,          "ARP that is not for us")                           \
	X(BRIDGE_PORT_STATE,    "the bridge port's state lets nothing pass")        \
	X(NO_TX_TARGET,         "no other port may send it")                        \
	X(BRIDGE_INGRESS,       "the bridge does not take this frame")              \
	X(MAC_INVALID_SOURCE,   "source MAC is a group's, or zero")                 \
	X(MAC_IEEE_MAC_CONTROL, "a pause frame, for this cable only")               \
	X(NOMEM,                "what waits takes too much memory already")          \
	X(IPV6DISABLED,         "IPv6 is off")                                      \
	X(TCP_FLAGS,            "TCP flags that mean nothing here")                 \
	X(TCP_INVALID_SEQUENCE, "TCP sequence number outside the window")           \
	X(TCP_OLD_SEQUENCE,     "TCP segment of before what is here already")       \
	X(TCP_INVALID_END_SEQUENCE, "TCP data that ends behind the window")         \
	X(TCP_RFC7323_PAWS,     "its TCP timestamp is older than the last one")     \
	X(TCP_RFC7323_TSECR,    "it echoes a TCP timestamp that was never sent")    \
	X(TCP_OLD_DATA,         "TCP data that is here already")                    \
	X(TCP_OVERWINDOW,       "TCP data behind the end of the window")            \
	X(TCP_ZEROWINDOW,       "TCP data although the window is shut")             \
	X(PROTO_MEM,            "the connection's receive buffer is full")          \
	X(TCP_OFO_QUEUE_PRUNE,  "out of order, and it gives way to earlier data")   \
	X(TCP_LISTEN_OVERFLOW,  "too many connections wait to be accepted")         \
	X(TCP_MD5UNEXPECTED,    "a TCP signature nobody has a key for")             \
	X(TCP_RESET,            "it made TCP answer with a reset")                  \
	X(PKT_CONSUMED,         "its sender or receiver is gone")

enum skb_drop_reason {
#define X(name, text) SKB_DROP_REASON_##name,
	NG_DROP_REASONS(X)
#undef X
	SKB_DROP_REASON_MAX
};
/* clang-format on */

#endif
