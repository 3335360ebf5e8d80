/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * why_net.c - questions to the state of a machine: who owns, which route, who is near
 */
#include <string.h>

#include "../texts/near.h"
#include "why_world.h"

/**
 * why_mask() - The netmask of a prefix length
 * @len: 0..32
 */
uint32_t why_mask(int len)
{
	return len <= 0 ? 0 : ~UINT32_C(0) << (32 - len);
}

/**
 * why_ip_text() - An address in words
 * @addr: host order
 * @buf: 16 bytes
 *
 * Return: @buf.
 */
const char *why_ip_text(uint32_t addr, char *buf)
{
	g_snprintf(buf, 16, "%u.%u.%u.%u", addr >> 24, addr >> 16 & 255, addr >> 8 & 255,
		   addr & 255);
	return buf;
}

/**
 * why_prefix() - Reads "default", "A" or "A/LEN"
 * @text: the word
 * @ret_addr: the address
 * @ret_len: its length, 32 when there is none
 */
bool why_prefix(const char *text, uint32_t *ret_addr, int *ret_len)
{
	*ret_addr = 0;
	*ret_len = 0;
	if (!strcmp(text, "default"))
		return true;
	if (!is_ipv4(text, ret_addr, ret_len))
		return false;
	if (*ret_len < 0)
		*ret_len = 32;
	return true;
}

/**
 * why_dev_find() - A device by name
 * @w: the world
 * @ns: its namespace
 * @name: its name
 *
 * Return: the device, or NULL.
 */
const struct why_dev *why_dev_find(const struct why_world *w, const char *ns, const char *name)
{
	for (unsigned int i = 0; i < w->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->devs, i);

		if (!strcmp(d->ns, ns) && !strcmp(d->name, name))
			return d;
	}
	return NULL;
}

/**
 * why_dev_peer() - The other end of a cable
 * @w: the world
 * @d: one end
 *
 * Return: the device, or NULL.
 */
const struct why_dev *why_dev_peer(const struct why_world *w, const struct why_dev *d)
{
	if (strcmp(d->kind, "veth") != 0)
		return NULL;
	if (*d->link_name)
		return why_dev_find(w, d->ns, d->link_name);
	for (unsigned int i = 0; i < w->devs->len && d->peer_ns; i++) {
		const struct why_dev *o = g_ptr_array_index(w->devs, i);

		if (!strcmp(o->ns, d->peer_ns) && o->index == d->peer_index &&
		    !strcmp(o->kind, "veth"))
			return o;
	}
	return NULL;
}

/**
 * why_owner() - Who has an address?
 * @w: the world
 * @addr: the address
 * @not_ns: a namespace that does not count, or NULL
 *
 * Return: the first that has it, or NULL.
 */
const struct why_addr *why_owner(const struct why_world *w, uint32_t addr, const char *not_ns)
{
	for (unsigned int i = 0; i < w->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->addrs, i);

		if (a->addr == addr && (!not_ns || strcmp(a->dev->ns, not_ns) != 0))
			return a;
	}
	return NULL;
}

/**
 * why_addr_in() - Has a namespace this address?
 * @w: the world
 * @ns: the namespace
 * @addr: the address
 *
 * Return: where, or NULL.
 */
const struct why_addr *why_addr_in(const struct why_world *w, const char *ns, uint32_t addr)
{
	for (unsigned int i = 0; i < w->addrs->len; i++) {
		const struct why_addr *a = g_ptr_array_index(w->addrs, i);

		if (a->addr == addr && !strcmp(a->dev->ns, ns))
			return a;
	}
	return NULL;
}

/**
 * why_on_segment() - Has a namespace a device on a segment?
 * @w: the world
 * @ns: the namespace
 * @segment: the segment
 */
bool why_on_segment(const struct why_world *w, const char *ns, int segment)
{
	for (unsigned int i = 0; i < w->devs->len; i++) {
		const struct why_dev *d = g_ptr_array_index(w->devs, i);

		if (d->segment == segment && !strcmp(d->ns, ns))
			return true;
	}
	return false;
}

static const struct why_route *lookup_table(const struct why_world *w, const char *ns,
					    const char *table, uint32_t dst)
{
	const struct why_route *best = NULL;

	for (unsigned int i = 0; i < w->routes->len; i++) {
		const struct why_route *r = g_ptr_array_index(w->routes, i);

		if (strcmp(r->ns, ns) != 0 || strcmp(r->table, table) != 0 ||
		    ((r->dst ^ dst) & why_mask(r->len)))
			continue;
		if (!best || r->len > best->len ||
		    (r->len == best->len && r->metric < best->metric))
			best = r;
	}
	return best;
}

/**
 * why_lookup() - The route of a packet
 * @w: the world
 * @ns: where
 * @dst: to
 * @src: from; 0: not known
 *
 * Rules with a mark or a device are left out.
 *
 * Return: the route, or NULL.
 */
const struct why_route *why_lookup(const struct why_world *w, const char *ns, uint32_t dst,
				   uint32_t src)
{
	for (unsigned int i = 0; i < w->rules->len; i++) {
		const struct why_rule *r = g_ptr_array_index(w->rules, i);
		const struct why_route *route;

		if (strcmp(r->ns, ns) != 0 || *r->iif || *r->oif || *r->mark)
			continue;
		if (((r->src ^ src) & why_mask(r->src_len)) ||
		    ((r->dst ^ dst) & why_mask(r->dst_len)))
			continue;
		route = lookup_table(w, ns, r->table, dst);
		if (route)
			return route;
	}
	return NULL;
}

/**
 * why_sysctl() - A setting
 * @w: the world
 * @ns: where
 * @key: "net.ipv4.ip_forward"
 *
 * Return: its value, or "".
 */
const char *why_sysctl(const struct why_world *w, const char *ns, const char *key)
{
	g_autofree char *name = g_strdup_printf("%s\n%s", ns, key);
	const char *v = g_hash_table_lookup(w->sysctls, name);

	return v ? v : "";
}

/**
 * why_sysctl_on() - Is a setting neither 0 nor missing?
 * @w: the world
 * @ns: where
 * @key: its name
 */
bool why_sysctl_on(const struct why_world *w, const char *ns, const char *key)
{
	const char *v = why_sysctl(w, ns, key);

	return *v && strcmp(v, "0") != 0;
}
