/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * streams.c - frames in their order: flows, TCP, one list per interface
 */
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <string.h>

#include "frames.h"

#define PORT_FIRST 1  /* the sender's port of the first packet is random */
#define PORT_SECOND 2 /* the other one */

/* where UDP probes of traceroute and tracepath go: what they count */
#define TRACEROUTE_MIN 33434
#define TRACEROUTE_MAX 33600

static char *flow_key(unsigned int proto, const uint8_t *a, unsigned int ap, const uint8_t *b,
		      unsigned int bp)
{
	return g_strdup_printf("%u %08x.%u %08x.%u", proto, vl_get32(a), ap, vl_get32(b), bp);
}

static void put_port(GString *out, struct vl_ctx *c, unsigned int proto, const uint8_t *addr,
		     unsigned int port, bool random)
{
	g_autofree char *value = g_strdup_printf("%u %08x %u", proto, vl_get32(addr), port);

	if (random)
		g_string_append(out, vl_domain_symbol(c->d, 'p', value));
	else
		g_string_append_printf(out, "%u", port);
}

/**
 * vl_put_ports() - " UDP p1>53": the client's port has no meaning, a server's has
 * @out: takes it
 * @c: the interface
 * @proto: 6 or 17
 * @ip: the IPv4 header
 * @l4: the UDP or TCP header
 */
void vl_put_ports(GString *out, struct vl_ctx *c, unsigned int proto, const uint8_t *ip,
		  const uint8_t *l4)
{
	const uint8_t *src = ip + 12, *dst = ip + 16;
	unsigned int sp = vl_get16(l4), dp = vl_get16(l4 + 2);
	g_autofree char *key = flow_key(proto, src, sp, dst, dp);
	g_autofree char *back = flow_key(proto, dst, dp, src, sp);
	int random = 0;
	bool first, second;

	if (g_hash_table_contains(c->flows, key)) {
		random = GPOINTER_TO_INT(g_hash_table_lookup(c->flows, key));
	} else if (g_hash_table_contains(c->flows, back)) {
		random = GPOINTER_TO_INT(g_hash_table_lookup(c->flows, back));
		random = (random & PORT_FIRST ? PORT_SECOND : 0) |
			 (random & PORT_SECOND ? PORT_FIRST : 0);
	} else {
		if (sp >= 1024 && !vl_names_number(c->names, sp))
			random = PORT_FIRST;
		else if (dp >= 32768 && !vl_names_number(c->names, dp) &&
			 !(proto == 17 && dp >= TRACEROUTE_MIN && dp <= TRACEROUTE_MAX))
			random = PORT_SECOND;
		g_hash_table_insert(c->flows, g_steal_pointer(&key), GINT_TO_POINTER(random));
	}
	first = random & PORT_FIRST;
	second = random & PORT_SECOND;
	g_string_append(out, proto == 6 ? " TCP " : " UDP ");
	put_port(out, c, proto, src, sp, first);
	g_string_append_c(out, '>');
	put_port(out, c, proto, dst, dp, second);
}

static uint32_t relative(struct vl_ctx *c, const char *key, uint32_t value, bool anew)
{
	gpointer old;

	if (anew || !g_hash_table_lookup_extended(c->isn, key, NULL, &old)) {
		old = GUINT_TO_POINTER(value);
		g_hash_table_insert(c->isn, g_strdup(key), old);
	}
	return value - GPOINTER_TO_UINT(old);
}

static void put_tcp_options(GString *out, const uint8_t *p, size_t n)
{
	const char *sep = "";
	size_t i = 0;

	while (i < n && p[i]) {
		size_t len = p[i] == 1 ? 1 : i + 1 < n ? MAX(p[i + 1], 2) : 2;

		if (p[i] == 2 && i + 4 <= n)
			g_string_append_printf(out, "%smss%u", sep, vl_get16(p + i + 2));
		else if (p[i] == 3 && i + 3 <= n)
			g_string_append_printf(out, "%sws%u", sep, p[i + 2]);
		else if (p[i] == 4)
			g_string_append_printf(out, "%ssackok", sep);
		else if (p[i] == 8)
			g_string_append_printf(out, "%sts", sep);
		else if (p[i] != 1)
			g_string_append_printf(out, "%so%u", sep, p[i]);
		if (p[i] != 1)
			sep = ",";
		i += len;
	}
}

/**
 * vl_put_tcp() - A segment in words
 * @out: takes them
 * @c: the interface
 * @ip: the IPv4 header
 * @p: the TCP header
 * @n: bytes there are
 */
void vl_put_tcp(GString *out, struct vl_ctx *c, const uint8_t *ip, const uint8_t *p, size_t n)
{
	g_autofree char *key = flow_key(6, ip + 12, vl_get16(p), ip + 16, vl_get16(p + 2));
	static const char names[] = "FSRPAUEC";
	unsigned int flags;
	size_t hdr;
	uint32_t seq;

	vl_put_ports(out, c, 6, ip, p);
	if (c->inner)
		return;
	flags = p[13];
	hdr = MIN((size_t)(p[12] >> 4) * 4, n);
	seq = relative(c, key, vl_get32(p + 4), false);
	/* another SYN with a number of its own: that number is the clock's */
	if (flags & 2 && seq)
		relative(c, key, vl_get32(p + 4), true);
	g_string_append(out, " [");
	for (unsigned int i = 0; i < 8; i++) {
		if (flags >> i & 1)
			g_string_append_c(out, names[i]);
	}
	if (flags & 2 && seq)
		g_string_append(out, "] seq=anew");
	else
		g_string_append_printf(out, "] seq=%u", seq);
	g_string_append_printf(out, "%s opt=", vl_get16(p + 14) ? "" : " win0");
	if (hdr > 20)
		put_tcp_options(out, p + 20, hdr - 20);
	g_string_append(out, " data=");
	if (n > hdr)
		vl_put_data(out, p + hdr, n - hdr);
	c->tcp = true;
	c->bare_ack = flags == 16 && n <= hdr;
}

static void ctx_free(void *p)
{
	struct vl_ctx *c = p;

	vl_domain_free(c->d);
	g_hash_table_unref(c->flows);
	g_hash_table_unref(c->isn);
	g_free(c);
}

static struct vl_ctx *ctx_for(GHashTable *all, const char *key, const struct vl_names *names)
{
	struct vl_ctx *c = g_hash_table_lookup(all, key);

	if (c)
		return c;
	c = g_new0(struct vl_ctx, 1);
	c->d = vl_domain_new(names);
	c->names = names;
	c->flows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	c->isn = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_hash_table_insert(all, g_strdup(key), c);
	return c;
}

static void line_clear(void *p)
{
	g_free(((struct vl_line *)p)->text);
}

static GArray *list_for(GHashTable *all, const char *key)
{
	GArray *list = g_hash_table_lookup(all, key);

	if (!list) {
		list = g_array_new(FALSE, FALSE, sizeof(struct vl_line));
		g_array_set_clear_func(list, line_clear);
		g_hash_table_insert(all, g_strdup(key), list);
	}
	return list;
}

static bool has_line(const GArray *list, const char *text)
{
	for (unsigned int i = 0; i < list->len; i++) {
		if (!strcmp(g_array_index(list, struct vl_line, i).text, text))
			return true;
	}
	return false;
}

static void add_frame(GHashTable *lists, struct vl_ctx *c, const struct vl_frame *f)
{
	GString *out = g_string_new(NULL);
	g_autofree char *key = NULL;
	struct vl_line line = { .t_ns = f->t_ns };
	size_t len;
	const uint8_t *data = g_bytes_get_data(f->data, &len);
	GArray *list;

	c->partial = f->partial;
	c->tcp = false;
	c->bare_ack = false;
	c->inner = false;
	g_string_append(out, f->dir == PACKET_OUTGOING ? "out " : "in ");
	vl_put_frame(out, c, data, len);
	/* the two directions of a stream run independently */
	if (c->tcp)
		key = g_strdup_printf("%s tcp %u.%u.%u.%u>%u.%u.%u.%u", f->key, data[26], data[27],
				      data[28], data[29], data[30], data[31], data[32], data[33]);
	else
		key = g_strdup(f->key);
	if ((c->tcp && c->bare_ack && !strstr(out->str, "BAD")) ||
	    (strstr(out->str, " STP ") && has_line(list_for(lists, key), out->str))) {
		g_string_free(out, TRUE);
		return;
	}
	list = list_for(lists, key);
	line.text = g_string_free(out, FALSE);
	g_array_append_val(list, line);
}

/* On their way through a CPU's queue frames are stamped when they arrive and handed over later. */
static int by_time(const void *a, const void *b)
{
	const struct vl_frame *x = *(struct vl_frame *const *)a, *y = *(struct vl_frame *const *)b;

	return x->t_ns < y->t_ns ? -1 : x->t_ns > y->t_ns;
}

/* A pure acknowledgement: when it is sent is up to the scheduler. */
static bool is_bare_ack(const uint8_t *p, size_t n)
{
	size_t ihl = (size_t)(p[0] & 15) * 4;

	return n >= ihl + 20 && p[9] == 6 && p[ihl + 13] == 16 &&
	       vl_get16(p + 2) == ihl + (size_t)(p[ihl + 12] >> 4) * 4;
}

static void add_walk(GHashTable *lists, struct vl_ctx *c, const struct vl_walk *w)
{
	struct vl_line line = { .t_ns = w->t_ns };
	g_autofree char *key = NULL;
	const char *ttl;
	GString *out;
	GArray *list;
	size_t len;
	const uint8_t *p = g_bytes_get_data(w->packet, &len);

	if (len < 20 || is_bare_ack(p, len))
		return;
	out = g_string_new(NULL);
	g_string_append_printf(out, "in %s out %s ", w->in && *w->in ? w->in : "-",
			       w->out && *w->out ? w->out : "-");
	c->inner = true; /* only the head is there */
	vl_put_ip(out, c, p, len);
	ttl = strstr(out->str, " ttl=");
	if (ttl)
		g_string_erase(out, ttl - out->str, 1 + (gssize)strcspn(ttl + 1, " "));
	g_string_append_printf(out, ": %s", w->steps->str);
	if (p[9] == 6)
		key = g_strdup_printf("%s tcp %u.%u.%u.%u>%u.%u.%u.%u", w->key, p[12], p[13], p[14],
				      p[15], p[16], p[17], p[18], p[19]);
	list = list_for(lists, key ? key : w->key);
	line.text = g_string_free(out, FALSE);
	g_array_append_val(list, line);
}

/**
 * vl_canonical_walks() - All walks of packets through rules, in words
 * @rec: the record
 * @names: of the record
 *
 * Return: key -> GArray of struct vl_line.
 */
GHashTable *vl_canonical_walks(const struct vl_record *rec, const struct vl_names *names)
{
	GHashTable *lists = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						  (GDestroyNotify)g_array_unref);
	g_autoptr(GHashTable) ctxs =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, ctx_free);

	for (unsigned int i = 0; i < rec->walks->len; i++) {
		const struct vl_walk *w = rec->walks->pdata[i];

		add_walk(lists, ctx_for(ctxs, w->key, names), w);
	}
	return lists;
}

/**
 * vl_canonical_frames() - All frames of a record in words
 * @rec: the record
 * @names: of the record
 *
 * Return: key -> GArray of struct vl_line.
 */
GHashTable *vl_canonical_frames(const struct vl_record *rec, const struct vl_names *names)
{
	GHashTable *lists = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						  (GDestroyNotify)g_array_unref);
	g_autoptr(GHashTable) ctxs =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, ctx_free);

	g_ptr_array_sort(rec->frames, by_time); /* stable */
	for (unsigned int i = 0; i < rec->frames->len; i++) {
		const struct vl_frame *f = rec->frames->pdata[i];
		size_t len;
		const uint8_t *data = g_bytes_get_data(f->data, &len);

		if (len >= 14 && vl_get16(data + 12) == ETH_P_IPV6)
			continue;
		add_frame(lists, ctx_for(ctxs, f->key, names), f);
	}
	return lists;
}
