/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checksum.c - the Internet checksum (RFC 1071, RFC 1624)
 *
 * mirrors lib/checksum.c
 * PATH (leaf). Sums are of 16-bit words as they lie in memory.
 */
#include "core/skbuff.h"

/* One's complement: what is carried out at the top comes in again at the bottom. */
static inline uint64_t add_word(uint64_t acc, const uint8_t *p)
{
	uint64_t w;

	memcpy(&w, p, sizeof(w));
	acc += w;
	return acc + (acc < w);
}

/**
 * csum_partial() - Adds bytes to a sum
 * @data: any alignment
 * @len: bytes; an odd last one counts as if followed by zero
 * @sum: to begin with
 *
 * Return: a 32-bit sum for csum_fold() or more adding.
 */
uint32_t csum_partial(const void *data, size_t len, uint32_t sum)
{
	const uint8_t *p = data;
	uint64_t acc = sum;
	uint16_t w;

	for (; len >= 32; p += 32, len -= 32) {
		acc = add_word(acc, p);
		acc = add_word(acc, p + 8);
		acc = add_word(acc, p + 16);
		acc = add_word(acc, p + 24);
	}
	for (; len >= 8; p += 8, len -= 8)
		acc = add_word(acc, p);
	acc = (acc & 0xffffffff) + (acc >> 32);
	while (len >= 2) {
		memcpy(&w, p, 2);
		acc += w;
		p += 2;
		len -= 2;
	}
	if (len)
		acc += *p;
	acc = (acc & 0xffffffff) + (acc >> 32);
	acc = (acc & 0xffffffff) + (acc >> 32);
	return (uint32_t)acc;
}

/**
 * ip_compute_csum() - The checksum of a message
 * @data: the message, its checksum field zero
 * @len: bytes
 *
 * Return: to be stored as it is; over a received message, 0 means right.
 */
__sum16 ip_compute_csum(const void *data, size_t len)
{
	return csum_fold(csum_partial(data, len, 0));
}

/**
 * ip_fast_csum() - The checksum of an IPv4 header
 * @iph: the header
 * @ihl: its length in 4-byte words, 5 or more
 *
 * Return: as ip_compute_csum().
 */
__sum16 ip_fast_csum(const void *iph, unsigned int ihl)
{
	uint32_t word[5];
	uint64_t acc;

	memcpy(word, iph, sizeof(word));
	acc = (uint64_t)word[0] + word[1] + word[2] + word[3] + word[4];
	acc = (acc & 0xffffffff) + (acc >> 32);
	acc = (acc & 0xffffffff) + (acc >> 32);
	if (ihl > 5)
		acc = csum_partial((const uint8_t *)iph + 20, (ihl - 5) * 4, (uint32_t)acc);
	return csum_fold((uint32_t)acc);
}

/**
 * csum_tcpudp_nofold() - Adds the pseudo header of TCP and UDP
 * @saddr: source address
 * @daddr: destination address
 * @len: of transport header and payload
 * @proto: IPPROTO_*
 * @sum: to begin with
 *
 * Return: a 32-bit sum.
 */
uint32_t csum_tcpudp_nofold(__be32 saddr, __be32 daddr, uint32_t len, uint8_t proto, uint32_t sum)
{
	uint64_t acc = sum;

	acc += (ng_force uint32_t)saddr;
	acc += (ng_force uint32_t)daddr;
	acc += (ng_force uint32_t)cpu_to_be32(len + proto);
	acc = (acc & 0xffffffff) + (acc >> 32);
	acc = (acc & 0xffffffff) + (acc >> 32);
	return (uint32_t)acc;
}

/**
 * csum_tcpudp_magic() - The finished checksum of a TCP or UDP message
 * @saddr: source address
 * @daddr: destination address
 * @len: of transport header and payload
 * @proto: IPPROTO_*
 * @sum: csum_partial() of header and payload
 *
 * Return: to be stored as it is; over a received message, 0 means right.
 */
__sum16 csum_tcpudp_magic(__be32 saddr, __be32 daddr, uint32_t len, uint8_t proto, uint32_t sum)
{
	return csum_fold(csum_tcpudp_nofold(saddr, daddr, len, proto, sum));
}

/**
 * csum_replace2() - Mends a checksum after two bytes changed
 * @sum: the stored checksum
 * @from: the old value
 * @to: the new value
 *
 * RFC 1624, equation 3.
 */
void csum_replace2(__sum16 *sum, __be16 from, __be16 to)
{
	uint32_t acc = (uint16_t) ~(ng_force uint16_t)*sum;

	acc += (uint16_t) ~(ng_force uint16_t)from;
	acc += (ng_force uint16_t)to;
	*sum = csum_fold(acc);
}

/**
 * csum_replace4() - Mends a checksum after four bytes changed
 * @sum: the stored checksum
 * @from: the old value
 * @to: the new value
 */
void csum_replace4(__sum16 *sum, __be32 from, __be32 to)
{
	uint32_t f = (ng_force uint32_t)from;
	uint32_t t = (ng_force uint32_t)to;

	csum_replace2(sum, (ng_force __be16)(uint16_t)f, (ng_force __be16)(uint16_t)t);
	csum_replace2(sum, (ng_force __be16)(uint16_t)(f >> 16),
		      (ng_force __be16)(uint16_t)(t >> 16));
}
