/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipr_addr.c - reading and writing addresses
 *
 * mirrors the second half of iproute2's lib/utils.c, ll_addr.c, ll_types.c
 */
#include "ipr.h"
#include "netdb.h"

#include <arpa/inet.h>
#include <linux/if_arp.h>
#include <stdio.h>

/**
 * af_bit_len() - Bits of an address
 * @family: AF_...
 *
 * Return: 32, 128, 20, or 0 for others.
 */
int af_bit_len(int family)
{
	switch (family) {
	case AF_INET6:
		return 128;
	case AF_INET:
		return 32;
	case AF_MPLS:
		return 20;
	default:
		return 0;
	}
}

/**
 * af_byte_len() - Bytes of an address
 * @family: AF_...
 *
 * Return: 4, 16 or 0.
 */
int af_byte_len(int family)
{
	return af_bit_len(family) / 8;
}

/**
 * family_name() - The word for an address family
 * @family: AF_...
 *
 * Return: "inet"..., "???" for one without a word.
 */
const char *family_name(int family)
{
	switch (family) {
	case AF_INET:
		return "inet";
	case AF_INET6:
		return "inet6";
	case AF_PACKET:
		return "link";
	case AF_MPLS:
		return "mpls";
	case AF_BRIDGE:
		return "bridge";
	default:
		return "???";
	}
}

/**
 * family_name_verbose() - family_name() for a message
 * @family: AF_...
 *
 * Return: as family_name(), "any valid" for AF_UNSPEC.
 */
const char *family_name_verbose(int family)
{
	return family == AF_UNSPEC ? "any valid" : family_name(family);
}

/**
 * read_family() - The address family of a word
 * @name: "inet"...
 *
 * Return: AF_..., AF_UNSPEC when unknown.
 */
int read_family(const char *name)
{
	static const int families[] = { AF_INET, AF_INET6, AF_PACKET, AF_MPLS, AF_BRIDGE };
	size_t i;

	for (i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
		if (is_word(name, family_name(families[i])))
			return families[i];
	}
	return AF_UNSPEC;
}

/* "10.1" is 10.1.0.0; each part as strtoul(3) reads it. */
static int get_addr_ipv4(uint8_t *ap, const char *cp)
{
	unsigned long n;
	char *end;
	int i;

	for (i = 0; i < 4; i++) {
		n = strtoul(cp, &end, 0);
		if (n > 255 || end == cp)
			return -1;
		ap[i] = (uint8_t)n;
		if (!*end)
			return 0;
		if (i == 3 || *end != '.')
			return -1;
		cp = end + 1;
	}
	return 0;
}

static bool is_any_word(const char *arg)
{
	return is_word(arg, "default") || is_word(arg, "all") || is_word(arg, "any");
}

/**
 * get_addr_1() - Reads an address
 * @ret_addr: the address
 * @arg: the text
 * @family: AF_UNSPEC takes IPv4 and IPv6
 *
 * Return: 0 or -1; prints nothing.
 */
int get_addr_1(struct inet_prefix *ret_addr, const char *arg, int family)
{
	struct inet_prefix *a = ret_addr;

	memset(a, 0, sizeof(*a));
	if (is_any_word(arg)) {
		if (family == AF_MPLS)
			return -1;
		a->family = (uint16_t)family;
		a->bytelen = (uint16_t)af_byte_len(family);
		a->bitlen = -2;
		a->flags |= PREFIXLEN_SPECIFIED;
		return 0;
	}
	if (strchr(arg, ':')) {
		a->family = AF_INET6;
		if (family != AF_UNSPEC && family != AF_INET6)
			return -1;
		if (inet_pton(AF_INET6, arg, a->data) <= 0)
			return -1;
		a->bytelen = 16;
		a->bitlen = -1;
		return 0;
	}
	a->family = AF_INET;
	if (family != AF_UNSPEC && family != AF_INET)
		return -1;
	if (get_addr_ipv4(a->data, arg))
		return -1;
	a->bytelen = 4;
	a->bitlen = -1;
	return 0;
}

static int mask_bits(uint32_t mask)
{
	int bits = 0;

	if (~mask & (~mask + 1))
		return -1;
	for (; mask; mask <<= 1)
		bits++;
	return bits;
}

/* "24" or "255.255.255.0" */
static int get_netmask(unsigned int *ret_plen, const char *arg)
{
	struct inet_prefix a;
	uint32_t mask;
	int bits;

	if (!get_unsigned(ret_plen, arg, 0))
		return 0;
	if (get_addr_1(&a, arg, AF_INET) || a.bitlen == -2)
		return -1;
	memcpy(&mask, a.data, 4);
	bits = mask_bits(__builtin_bswap32(mask));
	if (bits < 0)
		return -1;
	*ret_plen = (unsigned int)bits;
	return 0;
}

/**
 * get_prefix_1() - Reads ADDRESS[/LENGTH]
 * @ret_addr: the prefix
 * @arg: the text
 * @family: AF_UNSPEC takes IPv4 and IPv6
 *
 * Return: 0 or -1; prints nothing.
 */
int get_prefix_1(struct inet_prefix *ret_addr, const char *arg, int family)
{
	char host[64];
	const char *slash;
	unsigned int plen;

	memset(ret_addr, 0, sizeof(*ret_addr));
	if (is_any_word(arg)) {
		ret_addr->family = (uint16_t)family;
		ret_addr->flags |= PREFIXLEN_SPECIFIED;
		return 0;
	}
	slash = strchr(arg, '/');
	if (slash) {
		if ((size_t)(slash - arg) >= sizeof(host))
			return -1;
		memcpy(host, arg, (size_t)(slash - arg));
		host[slash - arg] = '\0';
		arg = host;
	}
	if (get_addr_1(ret_addr, arg, family))
		return -1;
	ret_addr->bitlen = (int16_t)(ret_addr->bitlen == -2 ? 0 : af_bit_len(ret_addr->family));
	if (!slash)
		return 0;
	if (get_netmask(&plen, slash + 1) || plen > (unsigned int)ret_addr->bitlen)
		return -1;
	ret_addr->flags |= PREFIXLEN_SPECIFIED;
	ret_addr->bitlen = (int16_t)plen;
	return 0;
}

static void refuse_packet(struct ipr *c, const char *what, const char *arg, int family)
{
	if (family != AF_PACKET)
		return;
	ng_printf(c->err, "Error: \"%s\" may be inet %s, but it is not allowed in this context.\n",
		  arg, what);
	ipr_exit(c, 1);
}

/**
 * get_addr() - Reads an address; exits 1 when it is none
 * @c: the run
 * @ret_addr: the address
 * @arg: the text
 * @family: AF_UNSPEC takes IPv4 and IPv6
 */
void get_addr(struct ipr *c, struct inet_prefix *ret_addr, const char *arg, int family)
{
	refuse_packet(c, "address", arg, family);
	if (get_addr_1(ret_addr, arg, family)) {
		ng_printf(c->err, "Error: %s address is expected rather than \"%s\".\n",
			  family_name_verbose(family), arg);
		ipr_exit(c, 1);
	}
}

/**
 * get_prefix() - Reads a prefix; exits 1 when it is none
 * @c: the run
 * @ret_addr: the prefix
 * @arg: the text
 * @family: AF_UNSPEC takes IPv4 and IPv6
 */
void get_prefix(struct ipr *c, struct inet_prefix *ret_addr, const char *arg, int family)
{
	refuse_packet(c, "prefix", arg, family);
	if (get_prefix_1(ret_addr, arg, family)) {
		ng_printf(c->err, "Error: %s prefix is expected rather than \"%s\".\n",
			  family_name_verbose(family), arg);
		ipr_exit(c, 1);
	}
}

/**
 * get_addr32() - Reads an IPv4 address; exits 1 when it is none
 * @c: the run
 * @arg: the text
 *
 * Return: the address, network order.
 */
uint32_t get_addr32(struct ipr *c, const char *arg)
{
	struct inet_prefix a;
	uint32_t v;

	if (get_addr_1(&a, arg, AF_INET)) {
		ng_printf(c->err, "Error: an IP address is expected rather than \"%s\"\n", arg);
		ipr_exit(c, 1);
	}
	memcpy(&v, a.data, 4);
	return v;
}

/**
 * addr_matches() - Are the first bits of two addresses the same?
 * @addr: one
 * @pfx: the other
 * @bits: how many bits count
 *
 * Return: true when they are.
 */
bool addr_matches(const struct inet_prefix *addr, const struct inet_prefix *pfx, int bits)
{
	int bytes = bits / 8;
	int rest = bits % 8;

	if (bytes && memcmp(addr->data, pfx->data, (size_t)bytes) != 0)
		return false;
	return !rest || !((addr->data[bytes] ^ pfx->data[bytes]) >> (8 - rest));
}

/**
 * rt_addr_n2a() - Writes an address in numbers
 * @c: the run
 * @family: AF_...
 * @len: bytes of it
 * @addr: network order
 *
 * Return: the text.
 */
const char *rt_addr_n2a(struct ipr *c, int family, size_t len, const void *addr)
{
	char buf[INET6_ADDRSTRLEN];

	if ((family == AF_INET && len >= 4) || (family == AF_INET6 && len >= 16))
		return ipr_strf(c, "%s", inet_ntop(family, addr, buf, sizeof(buf)));
	if (family == AF_PACKET)
		return ll_addr_n2a(c, addr, len, ARPHRD_VOID);
	return "???";
}

/**
 * rt_addr_n2a_rta() - Writes the address in an attribute, in numbers
 * @c: the run
 * @family: AF_...
 * @nla: the attribute
 *
 * Return: the text.
 */
const char *rt_addr_n2a_rta(struct ipr *c, int family, const struct nlattr *nla)
{
	return rt_addr_n2a(c, family, nla_len(nla), nla_data(nla));
}

/**
 * format_host() - Writes an address, with -r the name of it
 * @c: the run
 * @family: AF_...
 * @len: bytes of it
 * @addr: network order
 *
 * Return: the text.
 */
const char *format_host(struct ipr *c, int family, size_t len, const void *addr)
{
	char name[256];
	__be32 a;

	if (c->resolve && family == AF_INET && len >= sizeof(a)) {
		memcpy(&a, addr, sizeof(a));
		if (ng_gethostbyaddr(c->task, a, name, sizeof(name)))
			return ipr_strf(c, "%s", name);
	}
	return rt_addr_n2a(c, family, len, addr);
}

/**
 * format_host_rta() - Writes the address in an attribute
 * @c: the run
 * @family: AF_...
 * @nla: the attribute
 *
 * Return: the text.
 */
const char *format_host_rta(struct ipr *c, int family, const struct nlattr *nla)
{
	return format_host(c, family, nla_len(nla), nla_data(nla));
}

/**
 * ll_addr_a2n() - Reads a link-layer address
 * @c: the run
 * @lladdr: its bytes
 * @len: room
 * @arg: hex bytes with colons, or an IPv4 address
 *
 * Return: bytes written, or -1 after a message.
 */
int ll_addr_a2n(struct ipr *c, uint8_t *lladdr, size_t len, const char *arg)
{
	struct inet_prefix pfx;
	unsigned int v;
	char part[64];
	size_t i;

	if (strchr(arg, '.')) {
		if (get_addr_1(&pfx, arg, AF_INET)) {
			ng_printf(c->err, "\"%s\" is invalid lladdr.\n", arg);
			return -1;
		}
		if (len < 4)
			return -1;
		memcpy(lladdr, pfx.data, 4);
		return 4;
	}
	for (i = 0; i < len; i++) {
		const char *colon = strchr(arg, ':');

		snprintf(part, sizeof(part), "%.*s", colon ? (int)(colon - arg) : 63, arg);
		if (sscanf(part, "%x", &v) != 1 || v > 255) {
			ng_printf(c->err, "\"%s\" is invalid lladdr.\n", part);
			return -1;
		}
		lladdr[i] = (uint8_t)v;
		if (!colon)
			break;
		arg = colon + 1;
	}
	return (int)(i < len ? i + 1 : len + 1);
}

/**
 * ll_addr_n2a() - Writes a link-layer address
 * @c: the run
 * @addr: its bytes
 * @len: how many
 * @type: ARPHRD_...; tunnels have an IPv4 address
 *
 * Return: the text.
 */
const char *ll_addr_n2a(struct ipr *c, const void *addr, size_t len, uint16_t type)
{
	const uint8_t *p = addr;
	char *s;
	size_t i;

	if (len == 4 && (type == ARPHRD_TUNNEL || type == ARPHRD_SIT || type == ARPHRD_IPGRE))
		return format_host(c, AF_INET, 4, addr);
	if (len == 16 && (type == ARPHRD_TUNNEL6 || type == ARPHRD_IP6GRE))
		return format_host(c, AF_INET6, 16, addr);
	s = ng_task_alloc(c->task, len * 3 + 1);
	for (i = 0; i < len; i++)
		snprintf(s + (i ? i * 3 - 1 : 0), 4, i ? ":%02x" : "%02x", p[i]);
	return s;
}

/**
 * ll_type_n2a() - The word for a hardware type
 * @c: the run
 * @type: ARPHRD_...
 *
 * Return: "ether"..., or "[N]".
 */
const char *ll_type_n2a(struct ipr *c, uint16_t type)
{
	if (c->numeric)
		return ipr_strf(c, "[%d]", type);
	switch (type) {
	case ARPHRD_ETHER:
		return "ether";
	case ARPHRD_LOOPBACK:
		return "loopback";
	case ARPHRD_TUNNEL:
		return "ipip";
	case ARPHRD_TUNNEL6:
		return "tunnel6";
	case ARPHRD_SIT:
		return "sit";
	case ARPHRD_IPGRE:
		return "gre";
	case ARPHRD_IP6GRE:
		return "gre6";
	case ARPHRD_PPP:
		return "ppp";
	case ARPHRD_NONE:
		return "none";
	default:
		return ipr_strf(c, "[%d]", type);
	}
}

/**
 * hexstring_n2a() - Writes bytes as hex digits
 * @c: the run
 * @data: the bytes
 * @len: how many
 *
 * Return: the text.
 */
const char *hexstring_n2a(struct ipr *c, const uint8_t *data, size_t len)
{
	char *s = ng_task_alloc(c->task, len * 2 + 1);
	size_t i;

	for (i = 0; i < len; i++)
		snprintf(s + i * 2, 3, "%02x", data[i]);
	return s;
}
