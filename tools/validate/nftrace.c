/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nftrace.c - which rules each packet meets on the real kernel: its own trace of nf_tables
 *
 * A table of ours in each namespace, of a family that iptables does not list, marks every
 * packet before any other chain sees it (`meta nftrace set 1`); the kernel then says over
 * netlink, for each chain the packet walks through, every rule that matched, with its verdict,
 * and the policy.
 */
#include <errno.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "real.h"

#define OUR_TABLE "netglass"
#define FIRST_PRIORITY (-450) /* before raw (-300) and connection tracking (-200) */
#define SOCKET_BUFFER (4 * 1024 * 1024)

struct nftrace {
	int sock;
	GHashTable *walks; /* the last one of each packet, by the kernel's id */
};

struct batch {
	GByteArray *bytes;
	unsigned int start; /* of the message at hand */
	uint32_t seq;
};

static void put_raw(struct batch *b, const void *data, size_t len)
{
	static const uint8_t zeroes[4] = { 0 };

	g_byte_array_append(b->bytes, data, (unsigned int)len);
	g_byte_array_append(b->bytes, zeroes, (unsigned int)(-len & 3));
}

static void put_attr(struct batch *b, uint16_t type, const void *data, size_t len)
{
	struct nlattr a = { (uint16_t)(sizeof(a) + len), type };

	put_raw(b, &a, sizeof(a));
	put_raw(b, data, len);
}

static void put_text(struct batch *b, uint16_t type, const char *text)
{
	put_attr(b, type, text, strlen(text) + 1);
}

static void put_be32(struct batch *b, uint16_t type, uint32_t value)
{
	uint32_t be = GUINT32_TO_BE(value);

	put_attr(b, type, &be, sizeof(be));
}

static unsigned int nest(struct batch *b, uint16_t type)
{
	unsigned int at = b->bytes->len;

	put_attr(b, type | NLA_F_NESTED, NULL, 0);
	return at;
}

static void nest_end(struct batch *b, unsigned int at)
{
	((struct nlattr *)(void *)(b->bytes->data + at))->nla_len = (uint16_t)(b->bytes->len - at);
}

static void begin(struct batch *b, uint16_t type, uint16_t flags, uint8_t family)
{
	struct nlmsghdr h = { .nlmsg_type = type,
			      .nlmsg_flags = NLM_F_REQUEST | flags,
			      .nlmsg_seq = ++b->seq };
	struct nfgenmsg g = { .nfgen_family = family, .version = NFNETLINK_V0 };

	/* the marks around a batch name whom it is for */
	if (type < NLMSG_MIN_TYPE + 2)
		g.res_id = GUINT16_TO_BE(NFNL_SUBSYS_NFTABLES);
	b->start = b->bytes->len;
	put_raw(b, &h, sizeof(h));
	put_raw(b, &g, sizeof(g));
}

static void end(struct batch *b)
{
	((struct nlmsghdr *)(void *)(b->bytes->data + b->start))->nlmsg_len =
		b->bytes->len - b->start;
}

static void begin_nft(struct batch *b, uint16_t what, uint16_t flags)
{
	begin(b, (uint16_t)(NFNL_SUBSYS_NFTABLES << 8 | what), NLM_F_CREATE | flags, NFPROTO_INET);
}

static void put_chain(struct batch *b, const char *name, uint32_t hook)
{
	unsigned int n;

	begin_nft(b, NFT_MSG_NEWCHAIN, 0);
	put_text(b, NFTA_CHAIN_TABLE, OUR_TABLE);
	put_text(b, NFTA_CHAIN_NAME, name);
	put_text(b, NFTA_CHAIN_TYPE, "filter");
	n = nest(b, NFTA_CHAIN_HOOK);
	put_be32(b, NFTA_HOOK_HOOKNUM, hook);
	put_be32(b, NFTA_HOOK_PRIORITY, (uint32_t)FIRST_PRIORITY);
	nest_end(b, n);
	end(b);
}

/* meta nftrace set 1 */
static void put_rule(struct batch *b, const char *chain)
{
	static const uint8_t one = 1;
	unsigned int list, elem, data, value;

	begin_nft(b, NFT_MSG_NEWRULE, NLM_F_APPEND);
	put_text(b, NFTA_RULE_TABLE, OUR_TABLE);
	put_text(b, NFTA_RULE_CHAIN, chain);
	list = nest(b, NFTA_RULE_EXPRESSIONS);
	elem = nest(b, NFTA_LIST_ELEM);
	put_text(b, NFTA_EXPR_NAME, "immediate");
	data = nest(b, NFTA_EXPR_DATA);
	put_be32(b, NFTA_IMMEDIATE_DREG, NFT_REG_1);
	value = nest(b, NFTA_IMMEDIATE_DATA);
	put_attr(b, NFTA_DATA_VALUE, &one, sizeof(one));
	nest_end(b, value);
	nest_end(b, data);
	nest_end(b, elem);
	elem = nest(b, NFTA_LIST_ELEM);
	put_text(b, NFTA_EXPR_NAME, "meta");
	data = nest(b, NFTA_EXPR_DATA);
	put_be32(b, NFTA_META_KEY, NFT_META_NFTRACE);
	put_be32(b, NFTA_META_SREG, NFT_REG_1);
	nest_end(b, data);
	nest_end(b, elem);
	nest_end(b, list);
	end(b);
}

/* Marks every packet of the calling process' namespace; 0 or -errno. */
static int mark_all(int sock)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	struct batch b = { .bytes = bytes };
	union {
		struct nlmsghdr h;
		char space[8192];
	} buf;
	ssize_t n;

	begin(&b, NFNL_MSG_BATCH_BEGIN, 0, AF_UNSPEC);
	end(&b);
	begin_nft(&b, NFT_MSG_NEWTABLE, 0);
	put_text(&b, NFTA_TABLE_NAME, OUR_TABLE);
	end(&b);
	put_chain(&b, "in", NF_INET_PRE_ROUTING);
	put_chain(&b, "out", NF_INET_LOCAL_OUT);
	put_rule(&b, "in");
	put_rule(&b, "out");
	begin(&b, NFNL_MSG_BATCH_END, 0, AF_UNSPEC);
	end(&b);
	if (send(sock, bytes->data, bytes->len, 0) != (ssize_t)bytes->len)
		return -errno;
	while ((n = recv(sock, &buf, sizeof(buf), MSG_DONTWAIT)) > 0) {
		int len = (int)n;

		for (struct nlmsghdr *h = &buf.h; NLMSG_OK(h, (unsigned int)len);
		     h = NLMSG_NEXT(h, len)) {
			if (h->nlmsg_type == NLMSG_ERROR)
				return ((struct nlmsgerr *)NLMSG_DATA(h))->error;
		}
	}
	return 0;
}

/**
 * nftrace_open() - Has the packets of the calling process' network namespace traced
 * @r: the run, for a note
 * @name: the namespace
 *
 * Return: the trace; NULL after a note was made.
 */
struct nftrace *nftrace_open(struct real *r, const char *name)
{
	struct sockaddr_nl snl = { .nl_family = AF_NETLINK };
	int group = NFNLGRP_NFTRACE, size = SOCKET_BUFFER;
	int sock = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_NETFILTER);
	struct nftrace *t;
	int err = sock < 0 || bind(sock, (struct sockaddr *)&snl, sizeof(snl)) ? -errno
									       : mark_all(sock);

	if (!err && setsockopt(sock, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)))
		err = -errno;
	if (err) {
		vl_record_note(r->rec, "%s: rules are not traced: %s", name, g_strerror(-err));
		if (sock >= 0)
			close(sock);
		return NULL;
	}
	setsockopt(sock, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	t = g_new0(struct nftrace, 1);
	t->sock = sock;
	t->walks = g_hash_table_new(NULL, NULL);
	return t;
}

/**
 * nftrace_close() - Ends a trace
 * @t: or NULL
 */
void nftrace_close(struct nftrace *t)
{
	if (!t)
		return;
	close(t->sock);
	g_hash_table_unref(t->walks);
	g_free(t);
}

/**
 * nftrace_fd() - What to poll
 * @t: or NULL
 *
 * Return: a descriptor or -1.
 */
int nftrace_fd(const struct nftrace *t)
{
	return t ? t->sock : -1;
}

static void parse(const struct nlattr **tb, unsigned int max, const void *data, size_t len)
{
	const uint8_t *p = data;

	memset(tb, 0, sizeof(*tb) * (max + 1));
	while (len >= sizeof(struct nlattr)) {
		const struct nlattr *a = (const void *)p;
		size_t step = NLA_ALIGN(a->nla_len);

		if (a->nla_len < sizeof(*a) || a->nla_len > len)
			return;
		if ((a->nla_type & NLA_TYPE_MASK) <= max)
			tb[a->nla_type & NLA_TYPE_MASK] = a;
		p += MIN(step, len);
		len -= MIN(step, len);
	}
}

static const void *attr_data(const struct nlattr *a)
{
	return (const uint8_t *)a + NLA_HDRLEN;
}

static size_t attr_len(const struct nlattr *a)
{
	return a->nla_len - (size_t)NLA_HDRLEN;
}

static uint32_t attr_be32(const struct nlattr *a)
{
	uint32_t v = 0;

	if (a && attr_len(a) >= sizeof(v))
		memcpy(&v, attr_data(a), sizeof(v));
	return GUINT32_FROM_BE(v);
}

static uint64_t attr_be64(const struct nlattr *a)
{
	uint64_t v = 0;

	if (a && attr_len(a) >= sizeof(v))
		memcpy(&v, attr_data(a), sizeof(v));
	return GUINT64_FROM_BE(v);
}

/* A string that the message ends, if it does not end itself. */
static char *attr_text(const struct nlattr *a)
{
	return a ? g_strndup(attr_data(a), attr_len(a)) : g_strdup("");
}

static char *verdict_text(const struct nlattr *verdict)
{
	const struct nlattr *tb[NFTA_VERDICT_MAX + 1];
	g_autofree char *chain = NULL;
	int32_t code;

	parse(tb, NFTA_VERDICT_MAX, attr_data(verdict), attr_len(verdict));
	chain = attr_text(tb[NFTA_VERDICT_CHAIN]);
	code = (int32_t)attr_be32(tb[NFTA_VERDICT_CODE]);
	switch (code) {
	case NFT_CONTINUE:
		return g_strdup("");
	case NFT_JUMP:
		return g_strdup_printf(" JUMP %s", chain);
	case NFT_GOTO:
		return g_strdup_printf(" GOTO %s", chain);
	case NFT_RETURN:
		return g_strdup(" RETURN");
	case NF_ACCEPT:
		return g_strdup(" ACCEPT");
	case NF_STOLEN:
		return g_strdup(" DROP"); /* REJECT: the packet is gone in either case */
	default:
		return g_strdup(code < 0 ? "" : " DROP");
	}
}

static const char *if_name(GHashTable *names, uint32_t ifindex)
{
	const char *name = g_hash_table_lookup(names, GINT_TO_POINTER((int)ifindex));

	return !ifindex ? "" : name ? name : "?";
}

static void new_walk(struct real *r, struct nftrace *t, const char *ns, GHashTable *names,
		     const struct nlattr **tb)
{
	g_autofree char *table = attr_text(tb[NFTA_TRACE_TABLE]);
	g_autofree char *chain = attr_text(tb[NFTA_TRACE_CHAIN]);
	const struct nlattr *ip = tb[NFTA_TRACE_NETWORK_HEADER];
	const struct nlattr *l4 = tb[NFTA_TRACE_TRANSPORT_HEADER];
	g_autoptr(GByteArray) packet = g_byte_array_new();
	g_autofree char *key = g_strdup_printf("%s %s %s", ns, table, chain);
	struct vl_walk *w;

	w = vl_record_walk(r->rec, key, real_now() - r->t0_ns);
	w->in = g_strdup(if_name(names, attr_be32(tb[NFTA_TRACE_IIF])));
	w->out = g_strdup(if_name(names, attr_be32(tb[NFTA_TRACE_OIF])));
	g_byte_array_append(packet, attr_data(ip), (unsigned int)attr_len(ip));
	if (l4)
		g_byte_array_append(packet, attr_data(l4), (unsigned int)attr_len(l4));
	vl_walk_packet(w, packet->data, packet->len);
	g_hash_table_insert(t->walks, GUINT_TO_POINTER(attr_be32(tb[NFTA_TRACE_ID])), w);
}

static void trace_message(struct real *r, struct nftrace *t, const char *ns, GHashTable *names,
			  const struct nlattr **tb)
{
	g_autofree char *table = attr_text(tb[NFTA_TRACE_TABLE]);
	g_autofree char *chain = attr_text(tb[NFTA_TRACE_CHAIN]);
	g_autofree char *verdict = NULL;
	struct vl_walk *w;

	if (!strcmp(table, OUR_TABLE))
		return;
	if (tb[NFTA_TRACE_NETWORK_HEADER])
		new_walk(r, t, ns, names, tb);
	w = g_hash_table_lookup(t->walks, GUINT_TO_POINTER(attr_be32(tb[NFTA_TRACE_ID])));
	if (!w)
		return;
	switch (attr_be32(tb[NFTA_TRACE_TYPE])) {
	case NFT_TRACETYPE_RULE:
	case NFT_TRACETYPE_RETURN:
		if (!tb[NFTA_TRACE_RULE_HANDLE] || !tb[NFTA_TRACE_VERDICT])
			return;
		verdict = verdict_text(tb[NFTA_TRACE_VERDICT]);
		vl_walk_step(w, "%s handle %" G_GUINT64_FORMAT "%s", chain,
			     attr_be64(tb[NFTA_TRACE_RULE_HANDLE]), verdict);
		break;
	case NFT_TRACETYPE_POLICY:
		vl_walk_step(w, "%s policy %s", chain,
			     attr_be32(tb[NFTA_TRACE_POLICY]) == NF_ACCEPT ? "ACCEPT" : "DROP");
		break;
	default:
		break;
	}
}

/**
 * nftrace_read() - Takes what the kernel has told
 * @r: the run; its record takes the walks
 * @t: the trace, or NULL
 * @ns: what the namespace is called
 * @names: ifindex -> name
 */
void nftrace_read(struct real *r, struct nftrace *t, const char *ns, GHashTable *names)
{
	union {
		struct nlmsghdr h;
		char bytes[65536];
	} buf;
	ssize_t n;

	while (t && ((n = recv(t->sock, &buf, sizeof(buf), 0)) > 0 || errno == ENOBUFS)) {
		int len = (int)n;

		if (n < 0) {
			vl_record_note(r->rec, "%s: the kernel lost part of its trace of rules",
				       ns);
			continue;
		}
		for (struct nlmsghdr *h = &buf.h; NLMSG_OK(h, (unsigned int)len);
		     h = NLMSG_NEXT(h, len)) {
			const struct nlattr *tb[NFTA_TRACE_MAX + 1];

			if (h->nlmsg_type != (NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_TRACE) ||
			    h->nlmsg_len < NLMSG_LENGTH(sizeof(struct nfgenmsg)))
				continue;
			parse(tb, NFTA_TRACE_MAX,
			      (const uint8_t *)NLMSG_DATA(h) + sizeof(struct nfgenmsg),
			      h->nlmsg_len - NLMSG_LENGTH(sizeof(struct nfgenmsg)));
			trace_message(r, t, ns, names, tb);
		}
	}
}
