/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xtoptions.c - the typed options of extensions: parsing, storing, checking
 *
 * Mirrors the behaviour of iptables' libxtables/xtoptions.c. CONTROL.
 *
 * xt_option_call()
 *   ext->parse() or xt_option_parse()
 *     parse_int() parse_range() parse_mark() ...
 *     put()
 * xt_options_check()
 */
#include "xt.h"

#include <errno.h>
#include <stdlib.h>

static uint64_t max_of(const struct xt_opt *o)
{
	if (o->max)
		return o->max;
	switch (o->type) {
	case XTT_U8:
		return UINT8_MAX;
	case XTT_U16:
	case XTT_U16RC:
		return UINT16_MAX;
	case XTT_U64:
	case XTT_U64RC:
		return UINT64_MAX;
	default:
		return UINT32_MAX;
	}
}

static void parse_int(struct xt_call *c)
{
	uint64_t max = max_of(c->opt);

	if (!xt_strtoul(c->arg, NULL, &c->val.u, c->opt->min, max))
		xt_error(c->x, PARAMETER_PROBLEM,
			 "%s: bad value for option \"--%s\", or out of range (%llu-%llu).\n",
			 c->ext->name, c->opt->name, (unsigned long long)c->opt->min,
			 (unsigned long long)max);
}

static void parse_range(struct xt_call *c)
{
	uint64_t max = max_of(c->opt);
	uint64_t v[2] = { 0, 0 };
	const char *arg = c->arg;
	char *end;

	for (c->nvals = 0;; arg = end + 1) {
		if (c->nvals == 2)
			xt_error(c->x, PARAMETER_PROBLEM,
				 "%s: Too many components for option \"--%s\" (max: %u)\n",
				 c->ext->name, c->opt->name, 2);
		if (*arg == '\0' || *arg == ':') {
			end = (char *)(uintptr_t)arg;
			v[c->nvals] = c->nvals == 1 ? max : 0;
		} else {
			if (!xt_strtoul(arg, &end, &v[c->nvals], 0, max))
				xt_error(c->x, PARAMETER_PROBLEM,
					 "%s: bad value for option \"--%s\" near \"%s\", or out of "
					 "range (0-%llu).\n",
					 c->ext->name, c->opt->name, arg, (unsigned long long)max);
			if (*end != '\0' && *end != ':')
				xt_error(c->x, PARAMETER_PROBLEM,
					 "%s: Argument to \"--%s\" has unexpected characters near "
					 "\"%s\".\n",
					 c->ext->name, c->opt->name, end);
		}
		c->nvals++;
		if (*end == '\0')
			break;
	}
	if (c->nvals == 1)
		v[1] = v[0];
	if (c->opt->type == XTT_U64RC) {
		c->val.u64r[0] = v[0];
		c->val.u64r[1] = v[1];
	} else if (c->opt->type == XTT_U16RC) {
		c->val.u16r[0] = (uint16_t)v[0];
		c->val.u16r[1] = (uint16_t)v[1];
	} else {
		c->val.u32r[0] = (uint32_t)v[0];
		c->val.u32r[1] = (uint32_t)v[1];
	}
}

static void parse_mark(struct xt_call *c)
{
	uint64_t mark = 0;
	uint64_t mask = UINT32_MAX;
	char *end;

	if (!xt_strtoul(c->arg, &end, &mark, 0, UINT32_MAX) ||
	    (*end == '/' && !xt_strtoul(end + 1, &end, &mask, 0, UINT32_MAX)))
		xt_error(c->x, PARAMETER_PROBLEM,
			 "%s: bad integer value for option \"--%s\", or out of range.\n",
			 c->ext->name, c->opt->name);
	if (*end != '\0')
		xt_error(c->x, PARAMETER_PROBLEM,
			 "%s: trailing garbage after value for option \"--%s\".\n", c->ext->name,
			 c->opt->name);
	c->val.mark.value = (uint32_t)mark;
	c->val.mark.mask = (uint32_t)mask;
}

static const struct {
	const char *name;
	uint8_t value;
} tos_names[] = {
	{ "Minimize-Delay", 0x10 },	  { "Maximize-Throughput", 0x08 },
	{ "Maximize-Reliability", 0x04 }, { "Minimize-Cost", 0x02 },
	{ "Normal-Service", 0x00 },
};

/**
 * xt_tos_name() - The name of a type of service
 * @tos: its value
 *
 * Return: the name, or NULL.
 */
const char *xt_tos_name(uint8_t tos)
{
	size_t i;

	for (i = 0; i < sizeof(tos_names) / sizeof(*tos_names); i++) {
		if (tos_names[i].value == tos)
			return tos_names[i].name;
	}
	return NULL;
}

static bool equal_nocase(const char *a, const char *b)
{
	for (; *a && *b; a++, b++) {
		char x = *a >= 'A' && *a <= 'Z' ? (char)(*a + 32) : *a;
		char y = *b >= 'A' && *b <= 'Z' ? (char)(*b + 32) : *b;

		if (x != y)
			return false;
	}
	return *a == *b;
}

/* a number with a mask, or one of the five names (mask 3f) */
static void parse_tos(struct xt_call *c)
{
	uint64_t value;
	uint64_t mask = 0xff;
	char *end;
	size_t i;

	if (xt_strtoul(c->arg, &end, &value, 0, UINT8_MAX)) {
		if (*end == '/' && !xt_strtoul(end + 1, &end, &mask, 0, UINT8_MAX))
			xt_error(c->x, PARAMETER_PROBLEM, "Illegal value: \"%s\"", c->arg);
		if (*end != '\0')
			xt_error(c->x, PARAMETER_PROBLEM, "Illegal value: \"%s\"", c->arg);
		c->val.mark.value = (uint32_t)value;
		c->val.mark.mask = (uint32_t)mask;
		return;
	}
	for (i = 0; i < sizeof(tos_names) / sizeof(*tos_names); i++) {
		if (equal_nocase(c->arg, tos_names[i].name)) {
			c->val.mark.value = tos_names[i].value;
			c->val.mark.mask = 0x3f;
			return;
		}
	}
	xt_error(c->x, PARAMETER_PROBLEM, "Symbolic name \"%s\" is unknown", c->arg);
}

/* As inet_aton(): of fewer than four parts the last fills the rest. */
static bool parse_aton(const char *s, __be32 *ret)
{
	uint32_t addr = 0;
	unsigned int i;
	uint64_t v;
	char *end;

	for (i = 0; i < 4; i++, s = end + 1) {
		if (!xt_strtoul(s, &end, &v, 0, UINT32_MAX) || (*end && *end != '.'))
			return false;
		if (!*end && v >> (8 * (4 - i)))
			return false;
		if (!*end) {
			*ret = cpu_to_be32(addr | (uint32_t)v);
			return true;
		}
		if (v > 255)
			return false;
		addr |= (uint32_t)v << (8 * (3 - i));
	}
	return false;
}

/* A prefix length, or a mask as an address. Up to 128 is let through: 32 and more are a host. */
static bool parse_mask(const char *s, __be32 *ret)
{
	uint64_t len;

	if (!xt_strtoul(s, NULL, &len, 0, 128))
		return strchr(s, '.') && parse_aton(s, ret);
	*ret = cpu_to_be32(len == 0    ? 0
			   : len >= 32 ? UINT32_MAX
				       : (uint32_t)(0xffffffffULL << (32 - len)));
	return true;
}

_Noreturn static void bad_mask(struct xt_call *c)
{
	xt_error(c->x, PARAMETER_PROBLEM,
		 "%s: bad value for option \"--%s\", neither a valid network mask nor valid CIDR "
		 "(%u-%u).\n",
		 c->ext->name, c->opt->name, 0, 32);
}

/* ADDRESS[/MASK], one host */
static void parse_hostmask(struct xt_call *c)
{
	const char *slash = c->opt->type == XTT_HOST ? NULL : strchr(c->arg, '/');
	char *name = slash ? ng_task_strndup(c->x->task, c->arg, (size_t)(slash - c->arg))
			   : ng_task_strdup(c->x->task, c->arg);
	__be32 found[2];
	uint64_t v;

	/* one number is an address here, not a network */
	if (c->opt->type == XTT_HOST && xt_strtoul(name, NULL, &v, 0, UINT32_MAX)) {
		c->val.host.addr = cpu_to_be32((uint32_t)v);
	} else if (!xt_numeric_addr(name, &c->val.host.addr)) {
		unsigned int n = ng_hosts_by_name(c->x->task, name, found, 2);

		if (n == 0)
			xt_error(c->x, PARAMETER_PROBLEM, "getaddrinfo: %s\n",
				 "Name or service not known");
		if (n > 1)
			xt_error(c->x, PARAMETER_PROBLEM, "%s resolves to more than one address\n",
				 name);
		c->val.host.addr = found[0];
	}
	c->val.host.mask = cpu_to_be32(0xffffffff);
	if (slash) {
		if (!parse_mask(slash + 1, &c->val.host.mask))
			bad_mask(c);
		/* a mask with holes counts as none */
		if (xt_mask_len(c->val.host.mask) < 0)
			c->val.host.mask = cpu_to_be32(UINT32_MAX);
		c->val.host.addr &= c->val.host.mask;
	}
}

static uint16_t port_of(struct xt_call *c, const char *s)
{
	char *end;
	unsigned long v = strtoul(s, &end, 10); /* as getaddrinfo(): decimal, more is cut off */
	int n;

	if (*s && *s != '-' && !*end)
		return (uint16_t)v;
	n = ng_service_by_name(c->x->task, s, NULL);
	if (n < 0)
		xt_error(c->x, PARAMETER_PROBLEM, "Port \"%s\" does not resolve to anything.\n", s);
	return (uint16_t)n;
}

static void parse_ports(struct xt_call *c)
{
	char *s = ng_task_strdup(c->x->task, c->arg);
	unsigned int max = c->opt->type == XTT_PORTRC ? 2 : 1;

	c->val.u16r[0] = 0;
	c->val.u16r[1] = UINT16_MAX;
	for (c->nvals = 0; s; c->nvals++) {
		char *colon = strchr(s, ':');

		if (colon)
			*colon = '\0';
		if (c->nvals == max)
			xt_error(c->x, PARAMETER_PROBLEM,
				 "%s: Too many components for option \"--%s\" (max: %u)\n",
				 c->ext->name, c->opt->name, max);
		if (*s)
			c->val.u16r[c->nvals] = port_of(c, s);
		s = colon ? colon + 1 : NULL;
	}
	if (c->nvals == 1)
		c->val.u16r[1] = c->val.u16r[0];
}

static int hex(char ch)
{
	if (ch >= '0' && ch <= '9')
		return ch - '0';
	if (ch >= 'a' && ch <= 'f')
		return ch - 'a' + 10;
	if (ch >= 'A' && ch <= 'F')
		return ch - 'A' + 10;
	return -1;
}

static void parse_mac(struct xt_call *c)
{
	const char *s = c->arg;
	int i;

	for (i = 0; i < 6; i++) {
		int v = hex(*s);

		if (v < 0)
			break;
		s++;
		if (hex(*s) >= 0)
			v = v * 16 + hex(*s++);
		c->val.mac[i] = (uint8_t)v;
		if (*s != (i == 5 ? '\0' : ':'))
			break;
		s++;
	}
	if (i < 6)
		xt_error(c->x, PARAMETER_PROBLEM, "Invalid MAC address specified.");
}

static void parse_syslog(struct xt_call *c)
{
	static const char *const names[] = { "emerg",	"alert",  "crit", "error",
					     "warning", "notice", "info", "debug" };
	uint64_t v;
	unsigned int i;

	if (xt_strtoul(c->arg, NULL, &v, 0, 7)) {
		c->val.u = v;
		return;
	}
	if (!strcmp(c->arg, "panic")) {
		c->val.u = 0;
	} else {
		for (i = 0; i < 8 && strcmp(c->arg, names[i]) != 0; i++)
			;
		if (i == 8)
			xt_error(c->x, PARAMETER_PROBLEM, "log level \"%s\" unknown\n", c->arg);
		c->val.u = i;
	}
}

static void parse_string(struct xt_call *c)
{
	size_t n = strlen(c->arg);

	if (c->opt->min && n < c->opt->min)
		xt_error(c->x, PARAMETER_PROBLEM,
			 "Argument must have a minimum length of %u characters\n", c->opt->min);
	if (c->opt->max && n > c->opt->max)
		xt_error(c->x, PARAMETER_PROBLEM,
			 "Argument must have a maximum length of %u characters\n", c->opt->max);
}

static void parse_double(struct xt_call *c)
{
	char *end;

	errno = 0;
	c->val.d = strtod(c->arg, &end);
	if (end == c->arg || *end != '\0' || errno || c->val.d < c->opt->min ||
	    (c->opt->max && c->val.d > c->opt->max))
		xt_error(c->x, PARAMETER_PROBLEM,
			 "%s: bad value for option \"--%s\", or out of range (%u-%u).\n",
			 c->ext->name, c->opt->name, c->opt->min, c->opt->max);
}

static void parse_value(struct xt_call *c)
{
	switch (c->opt->type) {
	case XTT_U8:
	case XTT_U16:
	case XTT_U32:
	case XTT_U64:
		parse_int(c);
		break;
	case XTT_U16RC:
	case XTT_U32RC:
	case XTT_U64RC:
		parse_range(c);
		break;
	case XTT_DOUBLE:
		parse_double(c);
		break;
	case XTT_STRING:
		parse_string(c);
		break;
	case XTT_MARK:
		parse_mark(c);
		break;
	case XTT_TOS:
		parse_tos(c);
		break;
	case XTT_PLEN:
		if (!xt_strtoul(c->arg, NULL, &c->val.u, 0, 128))
			bad_mask(c);
		/* what is no length is refused by the kernel */
		if (c->val.u > 32)
			c->val.u = UINT8_MAX;
		break;
	case XTT_HOST:
	case XTT_HOSTMASK:
		parse_hostmask(c);
		break;
	case XTT_PLENMASK:
		if (!parse_mask(c->arg, &c->val.host.mask))
			bad_mask(c);
		break;
	case XTT_PROTOCOL:
		c->val.u = xt_parse_protocol(c->x, c->arg);
		break;
	case XTT_PORT:
	case XTT_PORTRC:
		parse_ports(c);
		break;
	case XTT_ETHERMAC:
		parse_mac(c);
		break;
	case XTT_SYSLOG:
		parse_syslog(c);
		break;
	default:
		break;
	}
}

/* Stores the value in the blob, for options that want nothing else. */
static void put(struct xt_call *c)
{
	uint8_t *p = (uint8_t *)c->info + c->opt->off;
	size_t n;

	switch (c->opt->type) {
	case XTT_STRING:
		/* what stood behind a shorter word stays, as with strlcpy() */
		n = strnlen(c->arg, c->opt->size - 1U);
		memcpy(p, c->arg, n);
		p[n] = '\0';
		break;
	case XTT_MARK:
		memcpy(p, &c->val.mark.value, 4);
		break;
	case XTT_ETHERMAC:
		memcpy(p, c->val.mac, 6);
		break;
	case XTT_U16RC:
		memcpy(p, c->val.u16r, 4);
		break;
	case XTT_PORTRC:
		memcpy(p, c->val.u16r, 4);
		break;
	case XTT_U32RC:
		memcpy(p, c->val.u32r, 8);
		break;
	default:
		memcpy(p, &c->val.u, c->opt->size);
		break;
	}
}

/**
 * xt_option_parse() - Parses one option by its type
 * @c: the call; the value is in c->val afterwards, and in the blob for XTO_PUT
 */
void xt_option_parse(struct xt_call *c)
{
	uint32_t bit = 1u << c->opt->id;

	if ((!(c->opt->flags & XTO_MULTI) || (c->opt->excl & bit)) && (*c->flags & bit))
		xt_error(c->x, PARAMETER_PROBLEM, "%s: option \"--%s\" can only be used once.\n",
			 c->ext->name, c->opt->name);
	if (c->invert && !(c->opt->flags & XTO_INVERT))
		xt_error(c->x, PARAMETER_PROBLEM, "%s: option \"--%s\" cannot be inverted.\n",
			 c->ext->name, c->opt->name);
	if (c->opt->type != XTT_NONE && !c->arg)
		xt_error(c->x, PARAMETER_PROBLEM, "%s: option \"--%s\" requires an argument.\n",
			 c->ext->name, c->opt->name);
	c->nvals = 1;
	parse_value(c);
	if (c->opt->flags & XTO_PUT)
		put(c);
	*c->flags |= bit;
}

/**
 * xt_option_call() - Hands one option to its extension
 * @c: the call
 */
void xt_option_call(struct xt_call *c)
{
	if (c->ext->parse)
		c->ext->parse(c);
	else
		xt_option_parse(c);
}

static const struct xt_opt *by_id(const struct xt_opt *opts, unsigned int id)
{
	for (; opts && opts->name; opts++) {
		if (opts->id == id)
			return opts;
	}
	return NULL;
}

/* One option that was given: does it lack a companion or clash? */
static void check_one(struct ipt *x, const struct xt_inst *inst, const struct xt_opt *o)
{
	unsigned int i;

	for (i = 0; i < 32; i++) {
		const struct xt_opt *other = by_id(inst->ext->opts, i);

		if (i == o->id || !other)
			continue;
		if ((o->also & (1u << i)) && !(inst->flags & (1u << i)))
			xt_error(x, PARAMETER_PROBLEM,
				 "%s: option \"--%s\" also requires \"--%s\".\n", inst->ext->name,
				 o->name, other->name);
		if ((o->excl & (1u << i)) && (inst->flags & (1u << i)))
			xt_error(x, PARAMETER_PROBLEM,
				 "%s: option \"--%s\" cannot be used together with \"--%s\".\n",
				 inst->ext->name, o->name, other->name);
	}
}

/**
 * xt_options_check() - After the last word: is the set of options complete?
 * @x: the program
 * @inst: the extension as used in a rule
 */
void xt_options_check(struct ipt *x, const struct xt_inst *inst)
{
	const struct xt_opt *o;

	if (inst->ext->check)
		inst->ext->check(x, inst->info, inst->flags);
	for (o = inst->ext->opts; o && o->name; o++) {
		if ((o->flags & XTO_MAND) && !(inst->flags & (1u << o->id)))
			xt_error(x, PARAMETER_PROBLEM, "%s: option \"--%s\" must be specified\n",
				 inst->ext->name, o->name);
		if (inst->flags & (1u << o->id))
			check_one(x, inst, o);
	}
}
