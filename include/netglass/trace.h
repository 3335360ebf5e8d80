/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * trace.h - what the kernel decides, told step by step
 *
 * One list of steps, and one list of typed fields for each. The C structs, the
 * names, the JSON of `run --json` and its schema are made from these lists.
 * A listener borrows the event, and all it points to, for the length of the call.
 */
#ifndef NETGLASS_TRACE_H
#define NETGLASS_TRACE_H

#include <netglass/drop.h>
#include <netglass/netglass.h>
#include <netglass/types.h>

/*
 * Version of names and meanings. A new kind or a new field at the end of a list does not change
 * it; anything renamed, removed or given another meaning does.
 */
#define NG_TRACE_VERSION 1

#define NG_PACKET_NAME_MAX 40

/* A packet by name: `7`; its copies `7.1`, `7.2`; its fragments `7a`, `7b`. The id stays for life. */
struct ng_packet {
	uint64_t id; /* 0: no packet */
	uint32_t copy, fragment;
	char name[NG_PACKET_NAME_MAX]; /* "" without a packet */
};

struct ng_bytes {
	const void *data;
	size_t len;
};

/*
 * Types of fields: T(TYPE, C declaration's type). A name in words is a constant of the kernel or
 * of netglass; TEXT comes from strangers and may hold any byte.
 */
/* clang-format off */
#define NG_TRACE_TYPES(T)                                                              \
	T(BOOL, bool)                                                                  \
	T(I32, int32_t)                                                                \
	T(I64, int64_t)                                                                \
	T(U32, uint32_t)                                                               \
	T(U64, uint64_t)                                                               \
	T(WORD, const char *)              /* one of a few constants; NULL: none */    \
	T(TEXT, const char *)              /* a name given by a user; NULL: none */    \
	T(TEXTS, const char *const *)      /* NULL-terminated; NULL: none */           \
	T(IP, __be32)                                                                  \
	T(PORT, uint16_t)                  /* host order */                            \
	T(MAC, const uint8_t *)            /* six bytes; NULL: none */                 \
	T(ORIGIN, struct ng_origin)        /* the script line that made it */          \
	T(REASON, enum skb_drop_reason)                                                \
	T(PACKET, struct ng_packet)                                                    \
	T(BYTES, struct ng_bytes)

/* Why a packet exists: C(NAME, "in words, before the other packet's name") */
#define NG_TRACE_CAUSES(C)                                                             \
	C(NONE,     "")                                                                \
	C(REPLY,    "reply to")                                                        \
	C(ARP,      "asked for")           /* an ARP question, so that it can go on */ \
	C(ERROR,    "error about")         /* ICMP error */                            \
	C(RESET,    "reset for")           /* TCP reset */                             \
	C(AGAIN,    "sent again for")      /* a retransmission */                      \
	C(ANSWER,   "made by")             /* any other packet it set off */

/* ---- the fields of each step: F(TYPE, name) ---- */

/* A program starts: execve. */
#define NG_TRACE_F_EXEC(F)                                                             \
	F(I32, pid) F(TEXT, comm) F(TEXTS, argv)
#define NG_TRACE_F_EXIT(F)                                                             \
	F(I32, pid) F(TEXT, comm) F(I32, status)
/* A system call on a socket: as it is made, and what it gave. addr and port: where to, where from. */
#define NG_TRACE_F_SYSCALL(F)                                                          \
	F(I32, pid) F(TEXT, comm) F(WORD, name) F(I32, fd) F(WORD, socket)             \
	F(IP, addr) F(PORT, port) F(U64, len)
#define NG_TRACE_F_SYSRET(F)                                                           \
	F(I32, pid) F(TEXT, comm) F(WORD, name) F(I32, fd) F(WORD, socket)             \
	F(I64, result)                     /* -errno when it failed */
/* A packet is made. who: socket, arp, icmp, tcp, stp, netfilter, igmp; why says it in words. */
#define NG_TRACE_F_BORN(F)                                                             \
	F(WORD, who) F(WORD, why) F(I32, pid) F(TEXT, comm)
/* A packet goes two ways: the head names the copy. why: flood, local, loopback */
#define NG_TRACE_F_COPY(F)                                                             \
	F(PACKET, of) F(WORD, why)
/*
 * Address in, route out. direction: out, in, again (after a rewrite). action: deliver, forward,
 * output, broadcast, error. When error is not 0 there is no way; then only what was asked is set,
 * and rule and route when one of them says so (unreachable, prohibit, ...).
 */
#define NG_TRACE_F_ROUTE(F)                                                            \
	F(WORD, direction) F(IP, daddr) F(IP, saddr) F(U32, tos) F(U32, mark)          \
	F(TEXT, iif) F(TEXT, oif) F(WORD, action) F(I32, error)                        \
	F(BOOL, has_route) F(U32, rule_pref) F(ORIGIN, rule_origin) F(U32, table)      \
	F(IP, prefix) F(U32, prefixlen) F(WORD, type) F(BOOL, has_gateway)             \
	F(IP, gateway) F(TEXT, dev) F(U32, metric) F(WORD, protocol) F(IP, source)     \
	F(U32, mtu) F(BOOL, exception) F(ORIGIN, route_origin)
/*
 * May this packet come in here? what: rp_filter, martian source, own address, martian destination,
 * loopback address, group not joined
 */
#define NG_TRACE_F_SOURCE(F)                                                           \
	F(WORD, what) F(IP, saddr) F(IP, daddr) F(U32, rp_filter) F(TEXT, back_dev)
/* A hook: PREROUTING INPUT FORWARD OUTPUT POSTROUTING; bridged: br_netfilter shows it a frame. */
#define NG_TRACE_F_HOOK(F)                                                             \
	F(WORD, hook) F(WORD, family) F(TEXT, in) F(TEXT, out) F(BOOL, bridged)
/* A chain is entered: a base chain by its hook, another by a jump. */
#define NG_TRACE_F_CHAIN(F)                                                            \
	F(WORD, family) F(TEXT, table) F(TEXT, chain) F(WORD, type) F(BOOL, base)      \
	F(U32, rules) F(WORD, policy) F(ORIGIN, chain_origin) F(ORIGIN, policy_origin)
/*
 * A rule is tried. number: in its chain, from 1. broke: the expression that said no, from 0.
 * rule: the NFTA_RULE_* attributes of a dump (compat, expressions, userdata) as they were stored.
 * in, out and the head's frame are what it was compared with.
 */
#define NG_TRACE_F_RULE(F)                                                             \
	F(TEXT, table) F(TEXT, chain) F(U32, number) F(U64, handle) F(BOOL, matched)   \
	F(U32, broke) F(TEXT, in) F(TEXT, out) F(U32, mark) F(WORD, ct_state)          \
	F(BYTES, rule) F(ORIGIN, rule_origin)
/* verdict: ACCEPT DROP STOLEN RETURN JUMP GOTO; number 0: the policy */
#define NG_TRACE_F_VERDICT(F)                                                          \
	F(TEXT, table) F(TEXT, chain) F(WORD, hook) F(WORD, verdict) F(BOOL, policy)   \
	F(U32, number) F(U64, handle) F(TEXT, target) F(ORIGIN, verdict_origin)
/* A flow is bound to an address: by a rule (SNAT, DNAT, MASQUERADE, ...). field: source, destination */
#define NG_TRACE_F_NAT_BIND(F)                                                         \
	F(U32, flow) F(WORD, field) F(U32, protocol) F(IP, old_addr) F(PORT, old_port) \
	F(IP, new_addr) F(PORT, new_port) F(ORIGIN, rule_origin)
/* A header is rewritten. reply: the un-NAT of an answer, which visits no rule. */
#define NG_TRACE_F_NAT(F)                                                              \
	F(U32, flow) F(WORD, field) F(BOOL, reply) F(U32, protocol)                    \
	F(IP, old_addr) F(PORT, old_port) F(IP, new_addr) F(PORT, new_port)            \
	F(BOOL, quoted) F(ORIGIN, rule_origin)
/*
 * Connection tracking looks at a packet. what: new, found, confirmed, invalid, untracked,
 * destroyed, full (no room for a new flow). state: NEW ESTABLISHED RELATED INVALID UNTRACKED; proto_state: of TCP.
 */
#define NG_TRACE_F_CT(F)                                                               \
	F(WORD, what) F(U32, flow) F(WORD, state) F(BOOL, reply) F(WORD, proto_state)  \
	F(U32, protocol)                                                               \
	F(IP, orig_src) F(PORT, orig_sport) F(IP, orig_dst) F(PORT, orig_dport)        \
	F(IP, reply_src) F(PORT, reply_sport) F(IP, reply_dst) F(PORT, reply_dport)    \
	F(ORIGIN, flow_origin)
/*
 * A neighbour entry changes. old, new: NONE INCOMPLETE REACHABLE STALE DELAY PROBE FAILED ...
 * The head's packet is the one that made it change: an ARP packet, or one that is to be sent.
 * neigh_packet: the packet that told the address, 0: none did.
 */
#define NG_TRACE_F_NEIGH(F)                                                            \
	F(IP, addr) F(WORD, old) F(WORD, new) F(MAC, lladdr) F(U32, probes)            \
	F(U32, waiting) F(BOOL, admin) F(ORIGIN, neigh_origin) F(U64, neigh_packet)
/* A packet waits for its neighbour's link-layer address. */
#define NG_TRACE_F_NEIGH_WAIT(F)                                                       \
	F(IP, addr) F(WORD, state) F(U32, waiting)
/* A packet gets its neighbour's address from an entry; where the entry has it from, as above. */
#define NG_TRACE_F_NEIGH_USE(F)                                                        \
	F(IP, addr) F(MAC, lladdr) F(WORD, state)                                      \
	F(ORIGIN, neigh_origin) F(U64, neigh_packet)
/* ARP has read a packet. op: request, reply. decision: answer, proxy, later, note, ignore. */
#define NG_TRACE_F_ARP(F)                                                              \
	F(WORD, op) F(WORD, decision) F(WORD, why) F(IP, sender) F(MAC, sender_mac)    \
	F(IP, target)
/*
 * A bridge learns where an address is, moves it, or (port NULL) forgets it. The head's packet is
 * the one it learns from; fdb_packet: its number, 0: a command said so.
 */
#define NG_TRACE_F_LEARN(F)                                                            \
	F(TEXT, bridge) F(MAC, addr) F(TEXT, port) F(TEXT, old_port)                   \
	F(U32, vlan) F(BOOL, admin) F(ORIGIN, fdb_origin) F(U64, fdb_packet)
/* What a bridge does with a frame. action: forward, flood, up, drop; why in words. */
#define NG_TRACE_F_BRIDGE(F)                                                           \
	F(TEXT, bridge) F(TEXT, from) F(WORD, action) F(WORD, why) F(TEXT, to)         \
	F(U32, ports) F(ORIGIN, fdb_origin) F(U64, fdb_packet)
/* A flood passes a port by. why: state, same port, isolated, flood off, hairpin off ... */
#define NG_TRACE_F_BRIDGE_SKIP(F)                                                      \
	F(TEXT, bridge) F(TEXT, port) F(WORD, why) F(ORIGIN, port_origin)
/* Spanning tree reads a BPDU. what: config, topology change. root, sender: prio.address of bridges */
#define NG_TRACE_F_BPDU(F)                                                             \
	F(TEXT, bridge) F(WORD, what) F(U32, root_prio) F(MAC, root) F(U32, cost)      \
	F(U32, sender_prio) F(MAC, sender) F(U32, port) F(BOOL, topology_change)
/* A bridge port changes state: disabled listening learning forwarding blocking. bpdu: the packet, 0: none */
#define NG_TRACE_F_PORT_STATE(F)                                                       \
	F(TEXT, bridge) F(WORD, old) F(WORD, new) F(U64, bpdu)
/*
 * A host reads an IGMP message. what: query, report, leave, other. group 0: all; groups: in a report of
 * version 3. wait_ms: how long a member may take to answer. result: will report, no member, spared
 * (its own report is not needed any more), noted, own (it came back), for routers.
 */
#define NG_TRACE_F_IGMP(F)                                                             \
	F(WORD, what) F(U32, version) F(IP, group) F(U32, groups) F(U32, wait_ms)      \
	F(WORD, result)
/* A frame on a device: one event for each frame of the captures (the copy loopback sends itself included). */
#define NG_TRACE_F_DEV(F)                                                              \
	F(BOOL, captured) F(TEXT, peer) F(TEXT, peer_netns)
#define NG_TRACE_F_TTL(F)                                                              \
	F(U32, old) F(U32, new)
/* The head names the fragment. */
#define NG_TRACE_F_FRAGMENT(F)                                                         \
	F(PACKET, of) F(U32, offset) F(U32, len) F(BOOL, more) F(U32, mtu)
/* A fragment waits; with complete, the head names the whole packet. */
#define NG_TRACE_F_REASM(F)                                                            \
	F(BOOL, complete) F(U32, have) F(U32, len) F(PACKET, last)
/* An ICMP error about the head's packet. sent: what was made; why_not in words when nothing was. */
#define NG_TRACE_F_ICMP_ERROR(F)                                                       \
	F(U32, type) F(U32, code) F(U32, info) F(WORD, why_not)
/* Handed over. to: socket, or the part of the kernel that takes it (arp, icmp, tcp, bridge). */
#define NG_TRACE_F_DELIVER(F)                                                          \
	F(WORD, to) F(WORD, socket) F(I32, pid) F(TEXT, comm) F(IP, laddr)             \
	F(PORT, lport) F(IP, raddr) F(PORT, rport) F(ORIGIN, socket_origin)
/* Exactly one for each lost packet. */
#define NG_TRACE_F_DROP(F)                                                             \
	F(REASON, reason) F(WORD, words) F(BOOL, delivered) /* a socket had it, unread */

/* ---- changes of state; the head's command is the line that made them ---- */

/* what: add del up down running stopped carrier no-carrier name mtu address master nomaster netns ... */
#define NG_TRACE_F_LINK(F)                                                             \
	F(WORD, what) F(TEXT, value) F(WORD, link_kind) F(U32, flags) F(ORIGIN, dev_origin)
#define NG_TRACE_F_ADDR(F)                                                             \
	F(WORD, what) F(IP, addr) F(U32, prefixlen) F(IP, broadcast) F(TEXT, label)    \
	F(ORIGIN, addr_origin)
#define NG_TRACE_F_ROUTE_SET(F)                                                        \
	F(WORD, what) F(U32, table) F(IP, prefix) F(U32, prefixlen) F(WORD, type)      \
	F(BOOL, has_gateway) F(IP, gateway) F(U32, metric) F(WORD, protocol)           \
	F(IP, source) F(ORIGIN, route_origin)
#define NG_TRACE_F_RULE_SET(F)                                                         \
	F(WORD, what) F(U32, pref) F(U32, table) F(IP, src) F(U32, srclen)             \
	F(IP, dst) F(U32, dstlen) F(ORIGIN, rule_origin)
#define NG_TRACE_F_SYSCTL(F)                                                           \
	F(TEXT, path) F(TEXT, value) F(TEXT, old)
/* what: add, del, policy. thing: table, chain, rule */
#define NG_TRACE_F_NFT_SET(F)                                                          \
	F(WORD, what) F(WORD, thing) F(WORD, family) F(TEXT, table) F(TEXT, chain)     \
	F(U32, number) F(U64, handle) F(WORD, policy) F(BYTES, rule)                   \
	F(ORIGIN, rule_origin)
#define NG_TRACE_F_NETNS(F)                                                            \
	F(WORD, what)

/* ---- the steps: STEP(NAME, member, "name", FIELDS) ---- */
#define NG_TRACE_STEPS(STEP)                                                           \
	STEP(EXEC,        exec,        "exec",        NG_TRACE_F_EXEC)                 \
	STEP(EXIT,        exit,        "exit",        NG_TRACE_F_EXIT)                 \
	STEP(SYSCALL,     syscall,     "syscall",     NG_TRACE_F_SYSCALL)              \
	STEP(SYSRET,      sysret,      "sysret",      NG_TRACE_F_SYSRET)               \
	STEP(BORN,        born,        "born",        NG_TRACE_F_BORN)                 \
	STEP(COPY,        copy,        "copy",        NG_TRACE_F_COPY)                 \
	STEP(ROUTE,       route,       "route",       NG_TRACE_F_ROUTE)                \
	STEP(SOURCE,      source,      "source",      NG_TRACE_F_SOURCE)               \
	STEP(HOOK,        hook,        "hook",        NG_TRACE_F_HOOK)                 \
	STEP(CHAIN,       chain,       "chain",       NG_TRACE_F_CHAIN)                \
	STEP(RULE,        rule,        "rule",        NG_TRACE_F_RULE)                 \
	STEP(VERDICT,     verdict,     "verdict",     NG_TRACE_F_VERDICT)              \
	STEP(NAT_BIND,    nat_bind,    "nat-bind",    NG_TRACE_F_NAT_BIND)             \
	STEP(NAT,         nat,         "nat",         NG_TRACE_F_NAT)                  \
	STEP(CT,          ct,          "ct",          NG_TRACE_F_CT)                   \
	STEP(NEIGH,       neigh,       "neigh",       NG_TRACE_F_NEIGH)                \
	STEP(NEIGH_WAIT,  neigh_wait,  "neigh-wait",  NG_TRACE_F_NEIGH_WAIT)           \
	STEP(NEIGH_USE,   neigh_use,   "neigh-use",   NG_TRACE_F_NEIGH_USE)            \
	STEP(ARP,         arp,         "arp",         NG_TRACE_F_ARP)                  \
	STEP(LEARN,       learn,       "learn",       NG_TRACE_F_LEARN)                \
	STEP(BRIDGE,      bridge,      "bridge",      NG_TRACE_F_BRIDGE)               \
	STEP(BRIDGE_SKIP, bridge_skip, "bridge-skip", NG_TRACE_F_BRIDGE_SKIP)          \
	STEP(DEV_OUT,     dev_out,     "dev-out",     NG_TRACE_F_DEV)                  \
	STEP(DEV_IN,      dev_in,      "dev-in",      NG_TRACE_F_DEV)                  \
	STEP(TTL,         ttl,         "ttl",         NG_TRACE_F_TTL)                  \
	STEP(FRAGMENT,    fragment,    "fragment",    NG_TRACE_F_FRAGMENT)             \
	STEP(REASM,       reasm,       "reasm",       NG_TRACE_F_REASM)                \
	STEP(ICMP_ERROR,  icmp_error,  "icmp-error",  NG_TRACE_F_ICMP_ERROR)           \
	STEP(DELIVER,     deliver,     "deliver",     NG_TRACE_F_DELIVER)              \
	STEP(DROP,        drop,        "drop",        NG_TRACE_F_DROP)                 \
	STEP(LINK,        link,        "link",        NG_TRACE_F_LINK)                 \
	STEP(ADDR,        addr,        "addr",        NG_TRACE_F_ADDR)                 \
	STEP(ROUTE_SET,   route_set,   "route-set",   NG_TRACE_F_ROUTE_SET)            \
	STEP(RULE_SET,    rule_set,    "rule-set",    NG_TRACE_F_RULE_SET)             \
	STEP(SYSCTL,      sysctl,      "sysctl",      NG_TRACE_F_SYSCTL)               \
	STEP(NFT_SET,     nft_set,     "nft-set",     NG_TRACE_F_NFT_SET)              \
	STEP(NETNS,       ns,          "netns",       NG_TRACE_F_NETNS)                \
	STEP(BPDU,        bpdu,        "bpdu",        NG_TRACE_F_BPDU)                 \
	STEP(PORT_STATE,  port_state,  "port-state",  NG_TRACE_F_PORT_STATE)           \
	STEP(IGMP,        igmp,        "igmp",        NG_TRACE_F_IGMP)

enum ng_trace_cause {
#define C(name, words) NG_CAUSE_##name,
	NG_TRACE_CAUSES(C)
#undef C
	NG_CAUSE_MAX
};

enum ng_trace_type {
#define T(name, ctype) NG_TRACE_T_##name,
	NG_TRACE_TYPES(T)
#undef T
	NG_TRACE_T_MAX
};

enum ng_trace_kind {
#define STEP(NAME, member, name, FIELDS) NG_TRACE_##NAME,
	NG_TRACE_STEPS(STEP)
#undef STEP
	NG_TRACE_MAX
};

#define T(name, ctype) typedef ctype ng_trace_t_##name;
NG_TRACE_TYPES(T)
#undef T

#define F(type, field) ng_trace_t_##type field;
#define STEP(NAME, member, name, FIELDS)  \
	struct ng_trace_##member {        \
		FIELDS(F)                 \
	};
NG_TRACE_STEPS(STEP)
#undef STEP
#undef F
/* clang-format on */

struct ng_trace_event {
	/* head */
	enum ng_trace_kind kind;
	uint64_t nr; /* of the event, from 1 */
	int64_t t_ns;
	struct ng_origin command; /* the line whose command runs now; line 0: nobody's */

	/* where: NULL when it is nowhere */
	const char *netns; /* as the captures name it: host, red */
	uint64_t netns_id; /* its inode number: names may be used again */
	const char *dev;
	int32_t ifindex;
	uint64_t dev_id;	 /* creation number in the world: stays through renames and moves */
	const char *file, *func; /* "ip_output.c", "ip_output": here, and in Linux */

	/* the packet; id 0 when there is none */
	struct ng_packet packet;
	enum ng_trace_cause cause; /* why it exists: see NG_TRACE_CAUSES */
	struct ng_packet cause_of; /* the packet that is the cause, id 0: none */
	struct ng_origin origin;   /* the line that sent it, or whose packet made it be sent */
	const uint8_t *frame;	   /* all of it, as it is now; NULL without a packet */
	uint32_t frame_len;
	int32_t mac_at, net_at, transport_at; /* offsets in frame; -1: no such header (yet) */

	union {
#define STEP(NAME, member, name, FIELDS) struct ng_trace_##member member;
		NG_TRACE_STEPS(STEP)
#undef STEP
	};
};

typedef void (*ng_trace_fn)(void *arg, const struct ng_trace_event *ev);

/*
 * Adds a listener: fn(arg, event) for every step from now on, in order. Several may listen, in the
 * order they were added; they cannot change anything. They go with the world.
 */
void ng_world_trace(struct ng_world *world, ng_trace_fn fn, void *arg);

/* One field of a kind, for those who treat all alike (JSON, a schema, a search). */
struct ng_trace_field {
	const char *name;
	enum ng_trace_type type;
	uint16_t offset; /* in struct ng_trace_event */
};

struct ng_trace_info {
	const char *name; /* "dev-out" */
	const struct ng_trace_field *fields;
	size_t nr_fields;
};

/* Of a kind below NG_TRACE_MAX. */
const struct ng_trace_info *ng_trace_info(enum ng_trace_kind kind);
const char *ng_trace_type_name(enum ng_trace_type type);
const char *ng_trace_cause_words(enum ng_trace_cause cause);
/* "NETFILTER_DROP", and one plain sentence */
const char *ng_drop_reason_name(enum skb_drop_reason reason);
const char *ng_drop_reason_words(enum skb_drop_reason reason);

#endif
