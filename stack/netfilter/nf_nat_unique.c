/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nf_nat_unique.c - chooses addresses and ports for a flow so that its answers can be told apart
 *
 * mirrors net/netfilter/nf_nat_core.c (get_unique_tuple)
 * PATH
 */
#include <linux/in.h>

#include "core/world.h"
#include "netfilter/nf_nat.h"

/* tries from one random port on; then from another, half as many, down to MIN */
#define NF_NAT_MAX_ATTEMPTS 128U
#define NF_NAT_MIN_ATTEMPTS 16U
#define JHASH_INITVAL UINT32_C(0xdeadbeef)

static bool nf_nat_has_ports(uint8_t protonum)
{
	return protonum == IPPROTO_TCP || protonum == IPPROTO_UDP || protonum == IPPROTO_UDPLITE ||
	       protonum == IPPROTO_SCTP || protonum == IPPROTO_DCCP;
}

/* Would the answers to @tuple be taken for another flow's? */
static bool nf_nat_used_tuple(const struct nf_conntrack_tuple *tuple, const struct nf_conn *ct)
{
	struct nf_conntrack_tuple reply;

	nf_ct_invert_tuple(&reply, tuple);
	return nf_conntrack_tuple_taken(&reply, ct);
}

static bool port_in_range(__be16 port, const struct nf_nat_range4 *range)
{
	return be16_to_cpu(port) >= be16_to_cpu(range->min_all) &&
	       be16_to_cpu(port) <= be16_to_cpu(range->max_all);
}

static bool l4proto_in_range(const struct nf_conntrack_tuple *tuple,
			     const struct nf_nat_range4 *range, enum nf_nat_manip_type manip)
{
	if (tuple->protonum == IPPROTO_ICMP)
		return port_in_range(tuple->src_all, range);
	if (!nf_nat_has_ports(tuple->protonum))
		return true;
	return port_in_range(manip == NF_NAT_MANIP_SRC ? tuple->src_all : tuple->dst_all, range);
}

static bool nf_in_range(const struct nf_conntrack_tuple *tuple, const struct nf_nat_range4 *range)
{
	uint32_t src = be32_to_cpu(tuple->src);

	if ((range->flags & NF_NAT_RANGE_MAP_IPS) &&
	    (src < be32_to_cpu(range->min_ip) || src > be32_to_cpu(range->max_ip)))
		return false;
	return !(range->flags & NF_NAT_RANGE_PROTO_SPECIFIED) ||
	       l4proto_in_range(tuple, range, NF_NAT_MANIP_SRC);
}

/*
 * The same source is already mapped within the range: map it the same way, so that far hosts see
 * one port.
 */
static bool find_appropriate_src(const struct nf_conn *self, const struct nf_conntrack_tuple *orig,
				 struct nf_conntrack_tuple *result,
				 const struct nf_nat_range4 *range)
{
	struct hlist_head *head = nf_ct_bysource_head(self->netct, orig);
	uint16_t zone = self->tuplehash[IP_CT_DIR_ORIGINAL].tuple.zone;
	struct nf_conn *ct;

	hlist_for_each_entry(ct, head, nat_bysource) {
		const struct nf_conntrack_tuple *t = &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple;

		if (t->protonum != orig->protonum || t->src != orig->src ||
		    t->src_all != orig->src_all || t->zone != zone)
			continue;
		nf_ct_invert_tuple(result, &ct->tuplehash[IP_CT_DIR_REPLY].tuple);
		result->dst = orig->dst;
		result->dst_all = orig->dst_all;
		if (nf_in_range(result, range) && !nf_nat_used_tuple(result, self))
			return true;
	}
	return false;
}

static uint32_t rol32(uint32_t v, unsigned int n)
{
	return v << n | v >> (32 - n);
}

/*
 * Bob Jenkins' lookup3 of the words @ip, 0, 0, 0: a client always gets the same address of a pool
 */
static uint32_t jhash_ip(uint32_t ip, uint32_t initval)
{
	uint32_t a = JHASH_INITVAL + (4U << 2) + initval;
	uint32_t b = a;
	uint32_t c = a;

	a += ip;
	a -= c;
	a ^= rol32(c, 4);
	c += b;
	b -= a;
	b ^= rol32(a, 6);
	a += c;
	c -= b;
	c ^= rol32(b, 8);
	b += a;
	a -= c;
	a ^= rol32(c, 16);
	c += b;
	b -= a;
	b ^= rol32(a, 19);
	a += c;
	c -= b;
	c ^= rol32(b, 4);
	b += a;
	c ^= b;
	c -= rol32(b, 14);
	a ^= c;
	a -= rol32(c, 11);
	b ^= a;
	b -= rol32(a, 25);
	c ^= b;
	c -= rol32(b, 16);
	a ^= c;
	a -= rol32(c, 4);
	b ^= a;
	b -= rol32(a, 14);
	c ^= b;
	c -= rol32(b, 24);
	return c;
}

/* the address of the range for this client (and server, and zone) */
static void find_best_ips_proto(struct nf_conntrack_tuple *tuple, const struct nf_nat_range4 *range,
				const struct nf_conn *ct, enum nf_nat_manip_type manip)
{
	uint32_t zone = ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple.zone |
			ct->tuplehash[IP_CT_DIR_REPLY].tuple.zone;
	uint32_t min = be32_to_cpu(range->min_ip);
	uint32_t dist = be32_to_cpu(range->max_ip) - min + 1;
	__be32 *ip = manip == NF_NAT_MANIP_SRC ? &tuple->src : &tuple->dst;
	uint32_t hash;

	if (!(range->flags & NF_NAT_RANGE_MAP_IPS))
		return;
	if (range->min_ip == range->max_ip) {
		*ip = range->min_ip;
		return;
	}
	hash = jhash_ip(
		(ng_force uint32_t)tuple->src,
		range->flags & NF_NAT_RANGE_PERSISTENT ? 0 : (ng_force uint32_t)tuple->dst ^ zone);
	*ip = cpu_to_be32(min + (uint32_t)(((uint64_t)hash * dist) >> 32));
}

/* where to look for a port: [*min, *min + *size); false: the port stays as it is */
static bool nf_nat_port_class(const struct nf_conntrack_tuple *tuple,
			      const struct nf_nat_range4 *range, enum nf_nat_manip_type manip,
			      uint32_t *min, uint32_t *size)
{
	uint16_t port = be16_to_cpu(tuple->src_all);
	uint32_t lo = be16_to_cpu(range->min_all);
	uint32_t hi = be16_to_cpu(range->max_all);

	if (range->flags & NF_NAT_RANGE_PROTO_SPECIFIED) {
		*min = lo < hi ? lo : hi;
		*size = (lo < hi ? hi - lo : lo - hi) + 1;
	} else if (tuple->protonum == IPPROTO_ICMP) {
		*min = 0;
		*size = 65536;
	} else if (manip == NF_NAT_MANIP_DST) {
		return false;
	} else if (port < 512) {
		*min = 1;
		*size = 511;
	} else if (port < 1024) {
		*min = 600;
		*size = 1023 - 600 + 1;
	} else {
		*min = 1024;
		*size = 65535 - 1024 + 1;
	}
	return true;
}

static uint32_t nf_nat_random_u16(const struct nf_conn *ct)
{
	struct netns_ct *netct = ct->netct;

	return world_random_below(netct->world, RNG_NAT, netct->net->inum, netct->nat_draws++,
				  65536);
}

/* Changes the port or ICMP id until the tuple is unique, or not worth more tries. */
static void nf_nat_l4proto_unique_tuple(struct nf_conntrack_tuple *tuple,
					const struct nf_nat_range4 *range,
					enum nf_nat_manip_type manip, struct nf_conn *ct)
{
	uint32_t min, size, attempts, i;
	__be16 *key = &tuple->src_all;
	uint16_t off;

	if (tuple->protonum != IPPROTO_ICMP && !nf_nat_has_ports(tuple->protonum))
		return;
	if (!nf_nat_port_class(tuple, range, manip, &min, &size))
		return;
	if (tuple->protonum != IPPROTO_ICMP && manip == NF_NAT_MANIP_DST)
		key = &tuple->dst_all;
	if (range->flags & NF_NAT_RANGE_PROTO_OFFSET)
		off = (uint16_t)(be16_to_cpu(*key) - be16_to_cpu(range->base_all));
	else if (manip == NF_NAT_MANIP_SRC || (range->flags & NF_NAT_RANGE_PROTO_RANDOM_ALL))
		off = (uint16_t)nf_nat_random_u16(ct);
	else
		off = 0; /* the first port of the range */
	attempts = size < NF_NAT_MAX_ATTEMPTS ? size : NF_NAT_MAX_ATTEMPTS;
	for (;;) {
		for (i = 0; i < attempts; i++, off++) {
			*key = cpu_to_be16((uint16_t)(min + off % size));
			if (!nf_nat_used_tuple(tuple, ct))
				return;
		}
		if (attempts >= size || attempts < NF_NAT_MIN_ATTEMPTS)
			return;
		attempts /= 2;
		off = (uint16_t)nf_nat_random_u16(ct);
	}
}

/**
 * nf_nat_unique_tuple - Maps a tuple into a range so that its answers are unique
 * @tuple: the result
 * @orig: as the flow looks now
 * @range: allowed addresses and ports
 * @ct: the flow
 * @manip: source or destination
 *
 * What fits already stays; ports are changed only when they must be. As get_unique_tuple().
 */
void nf_nat_unique_tuple(struct nf_conntrack_tuple *tuple, const struct nf_conntrack_tuple *orig,
			 const struct nf_nat_range4 *range, struct nf_conn *ct,
			 enum nf_nat_manip_type manip)
{
	bool random = range->flags & NF_NAT_RANGE_PROTO_RANDOM_ALL;

	if (manip == NF_NAT_MANIP_SRC && !random) {
		if (nf_in_range(orig, range)) {
			if (!nf_nat_used_tuple(orig, ct)) {
				*tuple = *orig;
				return;
			}
		} else if (find_appropriate_src(ct, orig, tuple, range)) {
			return;
		}
	}
	*tuple = *orig;
	find_best_ips_proto(tuple, range, ct, manip);
	if (!random) {
		if (range->flags & NF_NAT_RANGE_PROTO_SPECIFIED) {
			if (!(range->flags & NF_NAT_RANGE_PROTO_OFFSET) &&
			    l4proto_in_range(tuple, range, manip) &&
			    (range->min_all == range->max_all || !nf_nat_used_tuple(tuple, ct)))
				return;
		} else if (!nf_nat_used_tuple(tuple, ct)) {
			return;
		}
	}
	nf_nat_l4proto_unique_tuple(tuple, range, manip, ct);
}
