/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xtables.c - errors, numbers, addresses and masks as libxtables words them
 *
 * Mirrors the behaviour of iptables' libxtables/xtables.c. CONTROL.
 */
#include "xt.h"

#include <errno.h>
#include <stdlib.h>

/**
 * xt_exit() - Ends the program
 * @x: the program
 * @status: its exit status
 *
 * What was written is flushed first.
 */
_Noreturn void xt_exit(struct ipt *x, int status)
{
	ng_flush(x->out);
	ng_flush(x->err);
	ng_sys_exit(x->task, status);
}

/**
 * xt_tryhelp() - Ends the program with the hint where help is
 * @x: the program
 * @status: its exit status
 */
_Noreturn void xt_tryhelp(struct ipt *x, int status)
{
	if (x->line)
		ng_printf(x->err, "Error occurred at line: %d\n", x->line);
	ng_printf(x->err, "Try `%s -h' or '%s --help' for more information.\n", x->prog, x->prog);
	xt_exit(x, status);
}

/**
 * xt_error() - Ends the program with a message
 * @x: the program
 * @st: kind of problem, which is the exit status
 * @fmt: the message
 */
_Noreturn void xt_error(struct ipt *x, enum ipt_status st, const char *fmt, ...)
{
	va_list ap;

	ng_printf(x->err, "%s v%s: ", x->prog, IPT_VERSION);
	va_start(ap, fmt);
	ng_vprintf(x->err, fmt, ap);
	va_end(ap);
	ng_putc(x->err, '\n');
	if (st == PARAMETER_PROBLEM)
		xt_tryhelp(x, st);
	if (st == VERSION_PROBLEM)
		ng_printf(x->err, "Perhaps %s or your kernel needs to be upgraded.\n", x->prog);
	xt_exit(x, st);
}

/**
 * xt_bad_value() - Ends the program for a word an option does not take
 * @x: the program
 * @ext: the extension
 * @option: with its dashes
 * @value: the word
 */
_Noreturn void xt_bad_value(struct ipt *x, const char *ext, const char *option, const char *value)
{
	xt_error(x, PARAMETER_PROBLEM, "%s: Bad value for \"%s\" option: \"%s\"", ext, option,
		 value);
}

/**
 * xt_strtoul() - A number within limits
 * @s: text: decimal, 0x hexadecimal or 0 octal
 * @end: gets the first character behind it; NULL: nothing may follow
 * @ret: gets the number
 * @min: lowest allowed
 * @max: highest allowed
 *
 * Return: whether it is one.
 */
bool xt_strtoul(const char *s, char **end, uint64_t *ret, uint64_t min, uint64_t max)
{
	char *stop;
	uint64_t v;

	errno = 0;
	v = strtoul(s, &stop, 0);
	if (stop == s)
		return false;
	if (end)
		*end = stop;
	if (errno == ERANGE || v < min || v > max)
		return false;
	*ret = v;
	return end || *stop == '\0';
}

/* iptables' own names, which need no file */
static const struct {
	const char *name;
	uint8_t num;
} protos[] = {
	{ "tcp", 6 },  { "sctp", 132 },	   { "udp", 17 },	{ "udplite", 136 },
	{ "icmp", 1 }, { "icmpv6", 58 },   { "ipv6-icmp", 58 }, { "esp", 50 },
	{ "ah", 51 },  { "ipv6-mh", 135 }, { "mh", 135 },	{ "all", 0 },
};

/**
 * xt_parse_protocol() - The number of a protocol
 * @x: the program
 * @s: name or number, lower case
 *
 * Return: 0 to 255, 0 for "all"; does not return for an unknown one.
 */
uint8_t xt_parse_protocol(struct ipt *x, const char *s)
{
	uint64_t v;
	size_t i;
	int n;

	if (xt_strtoul(s, NULL, &v, 0, UINT8_MAX))
		return (uint8_t)v;
	if (!strcmp(s, "all"))
		return 0;
	n = ng_proto_by_name(x->task, s);
	if (n >= 0)
		return (uint8_t)n;
	for (i = 0; i < sizeof(protos) / sizeof(*protos); i++) {
		if (!strcmp(protos[i].name, s))
			return protos[i].num;
	}
	xt_error(x, PARAMETER_PROBLEM, "unknown protocol \"%s\" specified", s);
}

/**
 * xt_protocol_name() - The name of a protocol: /etc/protocols, then iptables' own
 * @x: the program
 * @proto: its number
 *
 * Return: the name, or NULL.
 */
const char *xt_protocol_name(struct ipt *x, unsigned int proto)
{
	const char *name = proto ? ng_proto_by_number(x->task, (int)proto) : NULL;
	size_t i;

	for (i = 0; !name && i < sizeof(protos) / sizeof(*protos); i++) {
		if (protos[i].num == proto)
			name = protos[i].name;
	}
	return name;
}

/**
 * xt_parse_port() - A port by number or service name
 * @x: the program
 * @s: the text
 * @proto: "tcp", "udp", or NULL for any
 *
 * Return: the port; does not return for an unknown one.
 */
uint16_t xt_parse_port(struct ipt *x, const char *s, const char *proto)
{
	uint64_t v;
	int n;

	if (xt_strtoul(s, NULL, &v, 0, UINT16_MAX))
		return (uint16_t)v;
	n = ng_service_by_name(x->task, s, proto);
	if (n >= 0)
		return (uint16_t)n;
	xt_error(x, PARAMETER_PROBLEM, "invalid port/service `%s' specified", s);
}

/**
 * xt_parse_interface() - An interface name, `+` at its end for any rest
 * @x: the program
 * @arg: the text
 * @ret_name: gets the name, IFNAMSIZ bytes
 * @ret_mask: gets ff for each byte that counts, IFNAMSIZ bytes
 */
void xt_parse_interface(struct ipt *x, const char *arg, char *ret_name, unsigned char *ret_mask)
{
	size_t len = strlen(arg);

	memset(ret_name, 0, IFNAMSIZ);
	memset(ret_mask, 0, IFNAMSIZ);
	if (len + 1 > IFNAMSIZ)
		xt_error(x, PARAMETER_PROBLEM,
			 "interface name `%s' must be shorter than IFNAMSIZ (%i)", arg,
			 IFNAMSIZ - 1);
	memcpy(ret_name, arg, len);
	if (len == 0)
		return;
	if (arg[len - 1] == '+') {
		memset(ret_mask, 0xff, len - 1);
		return;
	}
	memset(ret_mask, 0xff, len + 1);
	if (strpbrk(arg, "/ "))
		ng_printf(x->err,
			  "Warning: weird character in interface `%s' ('/' and ' ' are not allowed "
			  "by the kernel).\n",
			  arg);
}

/* One octet of a dotted address: its value, or -1. */
static int octet(const char *s, size_t len)
{
	char buf[8];
	uint64_t v;

	if (len >= sizeof(buf))
		return -1;
	memcpy(buf, s, len);
	buf[len] = '\0';
	return xt_strtoul(buf, NULL, &v, 0, UINT8_MAX) ? (int)v : -1;
}

/* A dotted address; short ones are networks ("10.1") and no masks. */
static bool dotted(const char *s, bool is_mask, __be32 *ret)
{
	uint32_t v = 0;
	int i;
	int o;

	for (i = 0; i < 3; i++) {
		const char *dot = strchr(s, '.');

		o = octet(s, dot ? (size_t)(dot - s) : strlen(s));
		if (o < 0 || (!dot && is_mask))
			return false;
		v |= (uint32_t)o << (24 - 8 * i);
		if (!dot) {
			*ret = cpu_to_be32(v);
			return true;
		}
		s = dot + 1;
	}
	o = octet(s, strlen(s));
	if (o < 0)
		return false;
	*ret = cpu_to_be32(v | (uint32_t)o);
	return true;
}

/**
 * xt_numeric_addr() - A dotted IPv4 address, possibly cut short
 * @s: the text
 * @ret: gets it
 *
 * Return: whether it is one.
 */
bool xt_numeric_addr(const char *s, __be32 *ret)
{
	return dotted(s, false, ret);
}

/**
 * xt_parse_mask() - A mask, dotted or a prefix length
 * @x: the program
 * @s: the text; NULL: all ones
 *
 * Return: the mask; does not return for a bad one.
 */
__be32 xt_parse_mask(struct ipt *x, const char *s)
{
	uint64_t bits;
	__be32 mask;

	if (!s)
		return cpu_to_be32(0xffffffff);
	if (dotted(s, true, &mask))
		return mask;
	if (!xt_strtoul(s, NULL, &bits, 0, 32))
		xt_error(x, PARAMETER_PROBLEM, "invalid mask `%s' specified", s);
	return cpu_to_be32(bits ? (uint32_t)(0xffffffffULL << (32 - bits)) : 0);
}

#define MAX_HOSTS 32

/* One ADDRESS[/MASK]: up to MAX_HOSTS addresses of that name. */
static void add_one(struct ipt *x, const char *s, struct xt_addrs *ret)
{
	const char *slash = strrchr(s, '/');
	char *name = slash ? ng_task_strndup(x->task, s, (size_t)(slash - s))
			   : ng_task_strdup(x->task, s);
	__be32 mask = xt_parse_mask(x, slash ? slash + 1 : NULL);
	__be32 found[MAX_HOSTS];
	unsigned int n = 1;
	unsigned int i;

	if (!mask)
		found[0] = 0;
	else if (!xt_numeric_addr(name, &found[0]) && !ng_net_by_name(x->task, name, &found[0]))
		n = ng_hosts_by_name(x->task, name, found, MAX_HOSTS);
	if (n == 0)
		xt_error(x, PARAMETER_PROBLEM, "host/network `%s' not found", name);
	ret->addr = ng_task_realloc(x->task, ret->addr, ret->n * sizeof(__be32),
				    (ret->n + n) * sizeof(__be32));
	ret->mask = ng_task_realloc(x->task, ret->mask, ret->n * sizeof(__be32),
				    (ret->n + n) * sizeof(__be32));
	for (i = 0; i < n; i++) {
		ret->addr[ret->n] = found[i];
		ret->mask[ret->n++] = mask;
	}
}

/**
 * xt_parse_addrs() - A list of ADDRESS[/MASK], separated by commas
 * @x: the program
 * @s: the text
 * @ret: gets addresses and masks; one that is named twice stands twice
 */
void xt_parse_addrs(struct ipt *x, const char *s, struct xt_addrs *ret)
{
	unsigned int i;

	memset(ret, 0, sizeof(*ret));
	for (;;) {
		const char *comma = strchr(s, ',');

		while (*s == ' ' || *s == '\t')
			s++;
		add_one(x, comma ? ng_task_strndup(x->task, s, (size_t)(comma - s)) : s, ret);
		if (!comma)
			break;
		s = comma + 1;
	}
	for (i = 0; i < ret->n; i++)
		ret->addr[i] &= ret->mask[i];
}

/**
 * xt_addr_text() - An address in dots
 * @addr: the address
 * @buf: gets the text
 *
 * Return: @buf.
 */
const char *xt_addr_text(__be32 addr, char buf[16])
{
	const uint8_t *p = (const uint8_t *)&addr;
	char *o = buf;
	int i;

	for (i = 0; i < 4; i++) {
		uint8_t v = p[i];

		if (i)
			*o++ = '.';
		if (v >= 100)
			*o++ = (char)('0' + v / 100);
		if (v >= 10)
			*o++ = (char)('0' + v / 10 % 10);
		*o++ = (char)('0' + v % 10);
	}
	*o = '\0';
	return buf;
}

/**
 * xt_print_addr() - Prints an address in dots
 * @out: where
 * @addr: the address
 */
void xt_print_addr(struct ng_out *out, __be32 addr)
{
	char buf[16];

	ng_puts(out, xt_addr_text(addr, buf));
}

/**
 * xt_mask_len() - How long a prefix mask is
 * @mask: the mask
 *
 * Return: 0 to 32, or -1 when it is no prefix.
 */
int xt_mask_len(__be32 mask)
{
	uint32_t m = be32_to_cpu(mask);
	int n = 0;

	while (n < 32 && (m & (0x80000000u >> n)))
		n++;
	return n == 32 || !(m << n) ? n : -1;
}

/**
 * xt_mask_text() - What follows an address for its mask
 * @mask: the mask
 * @buf: gets "/N", "/a.b.c.d", or nothing for all ones
 *
 * Return: @buf.
 */
const char *xt_mask_text(__be32 mask, char buf[20])
{
	int n = xt_mask_len(mask);

	buf[0] = '\0';
	if (n == 32)
		return buf;
	buf[0] = '/';
	if (n < 0) {
		xt_addr_text(mask, buf + 1);
		return buf;
	}
	if (n >= 10) {
		buf[1] = (char)('0' + n / 10);
		buf[2] = (char)('0' + n % 10);
		buf[3] = '\0';
	} else {
		buf[1] = (char)('0' + n);
		buf[2] = '\0';
	}
	return buf;
}

/**
 * xt_anyname() - The name of a host or network, or its number
 * @x: the program
 * @addr: the address
 * @buf: room for the number
 * @len: its size
 *
 * Return: the name, or @buf.
 */
const char *xt_anyname(struct ipt *x, __be32 addr, char *buf, size_t len)
{
	const char *name = ng_host_by_addr(x->task, addr);

	if (!name)
		name = ng_net_by_addr(x->task, addr);
	if (name)
		return name;
	return len < 16 ? "" : xt_addr_text(addr, buf);
}

/**
 * xt_save_string() - Prints a word so that a shell reads it back
 * @out: where
 * @s: the word
 *
 * Quoted unless it holds only letters, digits, `_` and `-`.
 */
void xt_save_string(struct ng_out *out, const char *s)
{
	static const char plain[] =
		"0123456789_-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
	size_t n = strspn(s, plain);

	ng_putc(out, ' ');
	if (n == strlen(s) && n) {
		ng_puts(out, s);
		return;
	}
	ng_putc(out, '"');
	for (; *s; s++) {
		if (strchr("\\\"'", *s))
			ng_putc(out, '\\');
		ng_putc(out, *s);
	}
	ng_putc(out, '"');
}

/**
 * xt_print_num() - Prints a counter in its column
 * @out: where
 * @n: the counter
 * @format: FMT_KILOMEGAGIGA shortens it, FMT_NOTABLE drops the column
 */
void xt_print_num(struct ng_out *out, uint64_t n, unsigned int format)
{
	static const char unit[] = "KMGT";
	bool table = !(format & FMT_NOTABLE);
	int i;

	if (!(format & FMT_KILOMEGAGIGA)) {
		ng_printf(out, table ? "%8llu " : "%llu ", (unsigned long long)n);
		return;
	}
	if (n <= 99999) {
		ng_printf(out, table ? "%5llu " : "%llu ", (unsigned long long)n);
		return;
	}
	for (i = 0; i < 4; i++) {
		n = (n + 500) / 1000;
		if (n <= 9999 || i == 3)
			break;
	}
	ng_printf(out, table ? "%4llu%c " : "%llu%c ", (unsigned long long)n, unit[i]);
}
