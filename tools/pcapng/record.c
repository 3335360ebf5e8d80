/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * record.c - a run as one pcapng file
 *
 * The trace gives frames, names of interfaces and their order of creation; a
 * look at the world's end gives addresses and who is connected to whom.
 */
#include "record.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "../cli/machine.h"
#include "../lib/escape.h"
#include "../topo/topo.h"
#include "../trace/ruletext.h"
#include "../trace/traceline.h"
#include "frames.h"
#include "pcapng.h"

#define UNSEEN_MAX 1000
#define STEPS_MAX 2000000 /* of a storm only the beginning is kept */

struct iface {
	char *name; /* "red/veth-red", printable */
	int32_t ifindex;
	uint64_t frames, drops;
};

struct pcapng_record {
	struct machine *m;
	const struct pcapng_source *source;
	struct tracelog *log;
	GPtrArray *ifaces;   /* struct iface, in order of creation */
	GHashTable *by_name; /* name -> number + 1 */
	struct topo *topo;   /* as it was at the end */
	int64_t end_ns;
	struct rulewords *rules;
	struct trace_words words;
	bool cut; /* more happened than is kept */
};

static void iface_free(void *p)
{
	struct iface *i = p;

	g_free(i->name);
	g_free(i);
}

static unsigned int iface_number(struct pcapng_record *r, const char *name, int32_t ifindex)
{
	unsigned int n = GPOINTER_TO_UINT(g_hash_table_lookup(r->by_name, name));
	struct iface *i;

	if (n)
		return n - 1;
	i = g_new0(struct iface, 1);
	i->name = g_strdup(name);
	i->ifindex = ifindex;
	g_ptr_array_add(r->ifaces, i);
	g_hash_table_insert(r->by_name, i->name, GUINT_TO_POINTER(r->ifaces->len));
	return r->ifaces->len - 1;
}

/* Every interface there ever was, under each name and in each namespace it had. */
static void find_ifaces(struct pcapng_record *r)
{
	iface_number(r, "host/lo", 1); /* there before anything happens */
	for (size_t n = 0; n < tracelog_length(r->log); n++) {
		const struct ng_trace_event *ev = tracelog_at(r->log, n);
		g_autofree char *name = NULL;

		if (!ev->dev || !ev->netns)
			continue;
		name = trace_where(ev);
		iface_number(r, name, ev->ifindex);
	}
	for (unsigned int n = 0; n < r->topo->lanes->len; n++) {
		const struct topo_lane *lane = g_ptr_array_index(r->topo->lanes, n);

		for (unsigned int k = 0; k < lane->ifs->len; k++) {
			const struct topo_if *dev = g_ptr_array_index(lane->ifs, k);
			g_autofree char *name = topo_if_full_name(dev);

			iface_number(r, name, dev->ifindex);
		}
	}
}

static const struct topo_if *topo_find(const struct topo *t, const char *full_name)
{
	for (unsigned int n = 0; n < t->lanes->len; n++) {
		const struct topo_lane *lane = g_ptr_array_index(t->lanes, n);

		for (unsigned int k = 0; k < lane->ifs->len; k++) {
			const struct topo_if *dev = g_ptr_array_index(lane->ifs, k);
			g_autofree char *name = topo_if_full_name(dev);

			if (!strcmp(name, full_name))
				return dev;
		}
	}
	return NULL;
}

static char *describe(const struct iface *i, const struct topo_if *dev)
{
	GString *s = g_string_new(NULL);

	g_string_append_printf(s, "ifindex %d", i->ifindex);
	if (!dev) {
		g_string_append(s, ", not there at the end");
		return g_string_free(s, FALSE);
	}
	if (dev->kind)
		g_string_append_printf(s, ", %s", dev->kind);
	if (topo_if_is_cable(dev)) {
		g_autofree char *peer = topo_if_full_name(dev->peer);

		g_string_append_printf(s, ", peer %s", peer);
	}
	if (dev->master) {
		g_autofree char *master = topo_if_full_name(dev->master);

		g_string_append_printf(s, ", bridge port of %s", master);
	}
	return g_string_free(s, FALSE);
}

static GByteArray *addrs_of(const struct topo_if *dev)
{
	GByteArray *bytes = g_byte_array_new();

	for (unsigned int i = 0; dev && i < dev->addrs->len; i++) {
		unsigned int a[5];
		uint8_t b[5];

		if (sscanf(g_ptr_array_index(dev->addrs, i), "%u.%u.%u.%u/%u", &a[0], &a[1], &a[2],
			   &a[3], &a[4]) != 5)
			continue;
		for (unsigned int k = 0; k < 5; k++)
			b[k] = (uint8_t)a[k];
		g_byte_array_append(bytes, b, sizeof(b));
	}
	return bytes;
}

static void write_iface(const struct pcapng_record *r, struct pcapng *p, const struct iface *i)
{
	const struct topo_if *dev = topo_find(r->topo, i->name);
	g_autoptr(GByteArray) addrs = addrs_of(dev);
	g_autofree char *description = describe(i, dev);
	unsigned int m[6];
	uint8_t mac[6] = { 0 };
	struct pcapng_interface out = {
		.name = i->name,
		.description = description,
		.os = "simulated Linux (netglass)",
		.addrs = addrs->data,
		.nr_addrs = addrs->len / 5,
	};

	if (dev && dev->mac &&
	    sscanf(dev->mac, "%x:%x:%x:%x:%x:%x", &m[0], &m[1], &m[2], &m[3], &m[4], &m[5]) == 6) {
		for (unsigned int k = 0; k < 6; k++)
			mac[k] = (uint8_t)m[k];
		out.mac = mac;
	}
	pcapng_interface(p, &out);
}

static void write_frame(struct pcapng_record *r, struct pcapng *p, const struct frame *f)
{
	g_autofree char *where = trace_where(f->ev);
	g_autofree char *sentence = frame_sentence(f, &r->words);
	g_autofree char *line = frame_machine_line(f, &r->words);
	const char *const comments[] = { sentence, line, NULL };
	unsigned int n = iface_number(r, where, f->ev->ifindex);
	struct iface *i = g_ptr_array_index(r->ifaces, n);
	const struct pcapng_packet packet = {
		.interface = n,
		.time_ns = machine_epoch_ns() + f->ev->t_ns,
		.data = f->ev->frame,
		.len = f->ev->frame_len,
		.outbound = f->ev->kind == NG_TRACE_DEV_OUT,
		.id = f->ev->packet.id,
		.comments = comments,
	};

	i->frames++;
	i->drops += f->drops;
	pcapng_packet(p, &packet);
}

/* The author's own words: the line "#@ title: ..." */
static char *title_of(const struct pcapng_source *src)
{
	g_auto(GStrv) lines = g_strsplit(src->text, "\n", -1);

	for (char **l = lines; *l; l++) {
		if (g_str_has_prefix(*l, "#@ title:"))
			return text_escape(g_strstrip(*l + strlen("#@ title:")));
	}
	return NULL;
}

static struct pcapng *write_head(const struct pcapng_record *r, const struct frames *f)
{
	const struct pcapng_source *src = r->source;
	g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *hash = g_compute_checksum_for_data(
		G_CHECKSUM_SHA256, (const unsigned char *)src->text, src->len);
	g_autofree char *base = g_path_get_basename(src->name);
	g_autofree char *name = text_escape(base);
	g_autofree char *title = title_of(src);

	g_ptr_array_add(comments,
			g_strdup_printf("%s%s%s", name, title ? ": " : "", title ? title : ""));
	g_ptr_array_add(comments,
			g_strdup_printf("ng: sha256=%s seed=%" G_GUINT64_FORMAT, hash, src->seed));
	if (r->cut)
		g_ptr_array_add(comments,
				g_strdup_printf("Cut: what happened after step %d is not in this "
						"file.",
						STEPS_MAX));
	for (unsigned int i = 0; i < MIN(f->unseen->len, UNSEEN_MAX); i++) {
		const struct ng_trace_event *ev = g_ptr_array_index(f->unseen, i);
		g_autofree char *text = trace_line(ev, &r->words);
		g_autofree char *where = trace_where(ev);

		g_ptr_array_add(comments,
				g_strdup_printf("Packet %s never was on a wire. In %s: %s",
						ev->packet.name, where, text));
	}
	g_ptr_array_add(comments, NULL);
	return pcapng_new("simulated Linux (netglass)", "netglass " NETGLASS_VERSION,
			  (const char *const *)comments->pdata);
}

/* Every interface there is at the end. */
static GPtrArray *all_ifs(const struct topo *t)
{
	GPtrArray *all = g_ptr_array_new();

	for (unsigned int n = 0; n < t->lanes->len; n++) {
		const struct topo_lane *lane = g_ptr_array_index(t->lanes, n);

		for (unsigned int k = 0; k < lane->ifs->len; k++)
			g_ptr_array_add(all, g_ptr_array_index(lane->ifs, k));
	}
	return all;
}

/* How many interfaces have an address. */
static GHashTable *count_owners(const GPtrArray *ifs)
{
	GHashTable *owners = g_hash_table_new(g_str_hash, g_str_equal);

	for (unsigned int n = 0; n < ifs->len; n++) {
		const struct topo_if *dev = g_ptr_array_index(ifs, n);

		for (unsigned int a = 0; a < dev->addrs->len; a++) {
			void *key = g_ptr_array_index(dev->addrs, a);
			unsigned int count = GPOINTER_TO_UINT(g_hash_table_lookup(owners, key));

			g_hash_table_insert(owners, key, GUINT_TO_POINTER(count + 1));
		}
	}
	return owners;
}

/* Addresses that one interface alone has, by the name of its namespace. */
static void write_names(const struct pcapng_record *r, struct pcapng *p)
{
	g_autoptr(GPtrArray) ifs = all_ifs(r->topo);
	g_autoptr(GHashTable) owners = count_owners(ifs);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GByteArray) addrs = g_byte_array_new();

	for (unsigned int n = 0; n < ifs->len; n++) {
		const struct topo_if *dev = g_ptr_array_index(ifs, n);
		g_autoptr(GByteArray) bytes = addrs_of(dev);

		for (unsigned int a = 0; a < dev->addrs->len; a++) {
			const void *key = g_ptr_array_index(dev->addrs, a);

			if (GPOINTER_TO_UINT(g_hash_table_lookup(owners, key)) != 1)
				continue;
			g_byte_array_append(addrs, bytes->data + a * 5, 4);
			g_ptr_array_add(names, text_escape(dev->lane->name));
		}
	}
	pcapng_names(p, addrs->data, (const char *const *)names->pdata, names->len);
}

static GByteArray *write_all(struct pcapng_record *r)
{
	struct frames *f = frames_new(r->log);
	struct pcapng *p = write_head(r, f);

	find_ifaces(r);
	for (unsigned int i = 0; i < r->ifaces->len; i++)
		write_iface(r, p, g_ptr_array_index(r->ifaces, i));
	if (r->source->names)
		write_names(r, p);
	for (unsigned int i = 0; i < f->list->len; i++)
		write_frame(r, p, &g_array_index(f->list, struct frame, i));
	for (unsigned int i = 0; i < r->ifaces->len; i++) {
		const struct iface *one = g_ptr_array_index(r->ifaces, i);

		pcapng_statistics(p, i, machine_epoch_ns(), machine_epoch_ns() + r->end_ns,
				  one->frames, one->drops);
	}
	frames_free(f);
	return pcapng_finish(p);
}

/**
 * pcapng_record_write() - The file
 * @r: after the run
 * @file: where to
 *
 * Return: 0 or -errno.
 */
int pcapng_record_write(struct pcapng_record *r, FILE *file)
{
	g_autoptr(GByteArray) bytes = write_all(r);

	errno = 0;
	if (fwrite(bytes->data, 1, bytes->len, file) != bytes->len || fflush(file))
		return errno ? -errno : -EIO;
	return 0;
}

static void on_step(void *arg, const struct ng_trace_event *ev)
{
	struct pcapng_record *r = arg;

	if (tracelog_length(r->log) < STEPS_MAX)
		tracelog_listen(r->log, ev);
	else
		r->cut = true;
}

static void on_end(void *arg)
{
	struct pcapng_record *r = arg;

	r->end_ns = ng_world_now(r->m->world);
	ng_world_peek(r->m->world, topo_read, r->topo);
}

/**
 * pcapng_record_new() - Listens to a machine
 * @m: has not run yet
 * @source: what will run in it
 *
 * Return: the record, pcapng_record_free() it after the machine.
 */
struct pcapng_record *pcapng_record_new(struct machine *m, const struct pcapng_source *source)
{
	struct pcapng_record *r = g_new0(struct pcapng_record, 1);

	r->m = m;
	r->source = source;
	r->rules = trace_rules_new();
	r->words = (struct trace_words){ .line_of = source->line_of,
					 .line_arg = source->line_arg,
					 .rule = trace_rule_say,
					 .rule_arg = r->rules };
	r->log = tracelog_new();
	r->ifaces = g_ptr_array_new_with_free_func(iface_free);
	r->by_name = g_hash_table_new(g_str_hash, g_str_equal);
	r->topo = topo_new("");
	ng_world_trace(m->world, on_step, r);
	m->ending = on_end;
	m->ending_arg = r;
	return r;
}

/**
 * pcapng_record_free() - Forgets it
 * @r: or NULL
 */
void pcapng_record_free(struct pcapng_record *r)
{
	if (!r)
		return;
	topo_free(r->topo);
	tracelog_free(r->log);
	trace_rules_free(r->rules);
	g_hash_table_unref(r->by_name);
	g_ptr_array_unref(r->ifaces);
	g_free(r);
}
