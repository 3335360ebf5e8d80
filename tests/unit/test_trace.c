/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_trace.c - what must hold of the trace, on scripts given by name
 */
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "../../tools/cli/cli.h"
#include "../../tools/cli/machine.h"
#include "../../tools/cli/scene.h"
#include "../../tools/trace/tracejson.h"
#include "../../tools/trace/tracelog.h"
#include "core/world.h"

/* The verbs' table is the command's. */
const struct cli_verb cli_verbs[] = { { 0 } };

static char **scripts;

struct frame {
	char *name;
	int64_t time_ns;
	GBytes *bytes;
};

static void frame_free(void *p)
{
	struct frame *f = p;

	g_free(f->name);
	g_bytes_unref(f->bytes);
	g_free(f);
}

struct played {
	struct tracelog *log;
	GPtrArray *frames;
	GString *output;
	int64_t epoch_ns;
	uint64_t nr_dropped;
};

static void on_frame(void *arg, const char *name, int64_t time_ns, unsigned int dir,
		     const void *data, size_t len)
{
	struct played *r = arg;
	struct frame *f = g_new0(struct frame, 1);

	(void)dir;
	f->name = g_strdup(name);
	f->time_ns = time_ns;
	f->bytes = g_bytes_new(data, len);
	g_ptr_array_add(r->frames, f);
}

static void on_output(void *arg, int stream, const char *buf, size_t len)
{
	struct played *r = arg;

	(void)stream;
	g_string_append_len(r->output, buf, (gssize)len);
}

static void play(struct played *r, const char *path, bool traced)
{
	struct scene scene = { 0 };
	struct machine *m;

	assert_int_equal(scene_load(&scene, path), CLI_OK);
	scene.pings = 3;
	*r = (struct played){ .log = tracelog_new(),
			      .frames = g_ptr_array_new_with_free_func(frame_free),
			      .output = g_string_new(NULL) };
	m = scene_machine(&scene, on_output, r);
	m->quiet = true;
	r->epoch_ns = m->world->config.epoch_ns;
	ng_world_capture_to(m->world, on_frame, r);
	if (traced)
		ng_world_trace(m->world, tracelog_listen, r->log);
	machine_run(m);
	machine_free(m); /* asserts that packets made = consumed + dropped */
	scene_free(&scene);
}

static void forget(struct played *r)
{
	tracelog_free(r->log);
	g_ptr_array_unref(r->frames);
	g_string_free(r->output, TRUE);
}

static const struct ng_trace_event *next_captured(const struct played *r, size_t *at)
{
	while (*at < tracelog_length(r->log)) {
		const struct ng_trace_event *ev = tracelog_at(r->log, (*at)++);

		if ((ev->kind == NG_TRACE_DEV_IN || ev->kind == NG_TRACE_DEV_OUT) &&
		    ev->dev_in.captured)
			return ev;
	}
	return NULL;
}

static void test_each_captured_frame_has_its_event_with_the_same_bytes(void **state)
{
	(void)state;
	for (char **s = scripts; *s; s++) {
		struct played r;
		size_t at = 0;

		play(&r, *s, true);
		for (unsigned int i = 0; i < r.frames->len; i++) {
			const struct frame *f = g_ptr_array_index(r.frames, i);
			const struct ng_trace_event *ev = next_captured(&r, &at);
			g_autofree char *name = NULL;
			size_t len;
			const void *data = g_bytes_get_data(f->bytes, &len);

			assert_non_null(ev);
			name = g_strdup_printf("%s-%s", ev->netns, ev->dev);
			assert_string_equal(name, f->name);
			/* a bridge hands up what arrived some hops ago; no two stamps are alike */
			assert_in_range(ev->t_ns + r.epoch_ns - f->time_ns + NSEC_PER_USEC, 0,
					NSEC_PER_MSEC);
			assert_int_equal(ev->frame_len, len);
			assert_memory_equal(ev->frame, data, len);
		}
		assert_null(next_captured(&r, &at));
		forget(&r);
	}
}

/* Who sorts the frames of an interface by their stamps finds the order they came in. */
static void test_no_two_frames_of_an_interface_are_stamped_alike(void **state)
{
	(void)state;
	for (char **s = scripts; *s; s++) {
		g_autoptr(GHashTable) seen =
			g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		struct played r;

		play(&r, *s, false);
		for (unsigned int i = 0; i < r.frames->len; i++) {
			const struct frame *f = g_ptr_array_index(r.frames, i);

			assert_true(g_hash_table_add(seen, g_strdup_printf("%s %" G_GINT64_FORMAT,
									   f->name, f->time_ns)));
		}
		forget(&r);
	}
}

static void test_each_packet_begins_once_and_is_lost_at_most_once(void **state)
{
	(void)state;
	for (char **s = scripts; *s; s++) {
		g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
		g_autoptr(GHashTable) lost = g_hash_table_new(g_str_hash, g_str_equal);
		struct played r;

		play(&r, *s, true);
		for (size_t i = 0; i < tracelog_length(r.log); i++) {
			const struct ng_trace_event *ev = tracelog_at(r.log, i);
			bool begins = ev->kind == NG_TRACE_BORN || ev->kind == NG_TRACE_COPY ||
				      ev->kind == NG_TRACE_FRAGMENT;

			assert_int_equal(ev->nr, i + 1);
			if (!ev->packet.id)
				continue;
			if (begins == g_hash_table_contains(names, ev->packet.name) &&
			    ev->kind != NG_TRACE_DROP)
				fail_msg("%s: event %zu: packet %s", *s, i + 1, ev->packet.name);
			g_hash_table_add(names, (char *)(uintptr_t)ev->packet.name);
			if (ev->kind != NG_TRACE_DROP || ev->drop.delivered)
				continue;
			if (ev->drop.reason == SKB_DROP_REASON_NOT_SPECIFIED ||
			    g_hash_table_contains(lost, ev->packet.name))
				fail_msg("%s: event %zu: packet %s is lost twice", *s, i + 1,
					 ev->packet.name);
			g_hash_table_add(lost, (char *)(uintptr_t)ev->packet.name);
		}
		forget(&r);
	}
}

/* How a packet of one name ended. */
struct ends {
	unsigned int lost; /* drops with a reason */
	unsigned int read; /* by a socket: no drop may follow, save of what nobody fetched */
	unsigned int
		other; /* ARP, spanning tree, a protocol, cut into fragments, put together again */
};

static struct ends *ends_of(GHashTable *all, const char *name)
{
	struct ends *e = g_hash_table_lookup(all, name);

	if (!e) {
		e = g_new0(struct ends, 1);
		g_hash_table_insert(all, (char *)(uintptr_t)name, e);
	}
	return e;
}

static void note_end(GHashTable *all, const struct ng_trace_event *ev)
{
	struct ends *e;

	if (!ev->packet.id)
		return;
	e = ends_of(all, ev->packet.name);
	if (ev->kind == NG_TRACE_DROP) {
		e->lost += !ev->drop.delivered;
	} else if (ev->kind == NG_TRACE_DELIVER) {
		bool socket = !strcmp(ev->deliver.to, "socket");

		e->read += socket && strcmp(ev->deliver.socket, "packet") != 0;
		e->other += !socket;
	} else if (ev->kind == NG_TRACE_ARP || ev->kind == NG_TRACE_BPDU) {
		e->other++;
	} else if (ev->kind == NG_TRACE_FRAGMENT) {
		ends_of(all, ev->fragment.of.name)->other++;
	} else if (ev->kind == NG_TRACE_REASM && ev->reasm.complete) {
		e->other++;
		ends_of(all, ev->reasm.last.name)->other++;
	} else if (ev->kind == NG_TRACE_REASM) {
		e->other++; /* part of the whole; or a drop says that the rest did not come */
	}
}

static void test_each_packet_is_taken_or_has_one_drop_with_a_reason(void **state)
{
	(void)state;
	for (char **s = scripts; *s; s++) {
		g_autoptr(GHashTable) all =
			g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
		GHashTableIter it;
		gpointer name, value;
		struct played r;

		play(&r, *s, true);
		for (size_t i = 0; i < tracelog_length(r.log); i++)
			note_end(all, tracelog_at(r.log, i));
		g_hash_table_iter_init(&it, all);
		while (g_hash_table_iter_next(&it, &name, &value)) {
			const struct ends *e = value;

			if (e->lost > 1 || (e->lost && e->read) || !(e->lost + e->read + e->other))
				fail_msg("%s: packet %s: %u drops, read %u times, else %u", *s,
					 (const char *)name, e->lost, e->read, e->other);
		}
		forget(&r);
	}
}

/* What no router changes: the IP id, sequence number, ping's time; NULL: no whole echo request. */
static char *echo_request(const struct ng_trace_event *ev)
{
	const uint8_t *ip = ev->frame + 14, *icmp = ip + 20;
	g_autofree char *payload = NULL;

	if (ev->mac_at != 0 || ev->frame_len < 14 + 20 + 8 + 16 || ev->frame[12] != 8 ||
	    ev->frame[13] || ip[0] != 0x45 || ip[9] != 1 || (ip[6] & 0x3f) || ip[7] || icmp[0] != 8)
		return NULL;
	payload = g_base64_encode(icmp + 6, 2 + 16);
	return g_strdup_printf("%02x%02x %s", ip[4], ip[5], payload);
}

static void test_a_packet_keeps_its_number_through_copies_and_nat(void **state)
{
	unsigned int n = 0;

	(void)state;
	for (char **s = scripts; *s; s++) {
		g_autoptr(GHashTable) ids =
			g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		struct played r;

		play(&r, *s, true);
		for (size_t i = 0; i < tracelog_length(r.log); i++) {
			const struct ng_trace_event *ev = tracelog_at(r.log, i);
			g_autofree char *key = NULL;
			gpointer id;

			if (ev->kind != NG_TRACE_DEV_OUT && ev->kind != NG_TRACE_DEV_IN)
				continue;
			key = echo_request(ev);
			id = key ? g_hash_table_lookup(ids, key) : NULL;
			if (id && GPOINTER_TO_SIZE(id) != ev->packet.id)
				fail_msg("%s: event %zu: packet %s was %zu before", *s, i + 1,
					 ev->packet.name, GPOINTER_TO_SIZE(id));
			if (key)
				g_hash_table_insert(ids, g_steal_pointer(&key),
						    GSIZE_TO_POINTER(ev->packet.id));
			n++;
		}
		forget(&r);
	}
	assert_true(n > 0);
}

/* A packet that a bridge or a neighbour entry has learned from was there before. */
static void test_what_taught_an_entry_is_a_packet_of_the_trace(void **state)
{
	(void)state;
	for (char **s = scripts; *s; s++) {
		uint64_t seen = 0;
		struct played r;

		play(&r, *s, true);
		for (size_t i = 0; i < tracelog_length(r.log); i++) {
			const struct ng_trace_event *ev = tracelog_at(r.log, i);

			seen = MAX(seen, ev->packet.id);
			if (ev->kind == NG_TRACE_LEARN && ev->learn.port && !ev->learn.admin) {
				assert_true(ev->packet.id && ev->learn.fdb_packet == ev->packet.id);
			} else if (ev->kind == NG_TRACE_BRIDGE) {
				assert_true(ev->bridge.fdb_packet <= seen);
			} else if (ev->kind == NG_TRACE_NEIGH_USE) {
				assert_true(ev->neigh_use.neigh_packet <= seen);
				assert_true(ev->neigh_use.neigh_packet ||
					    ev->neigh_use.neigh_origin.line ||
					    !strcmp(ev->neigh_use.state, "NOARP"));
			}
		}
		forget(&r);
	}
}

static void test_a_listener_changes_nothing(void **state)
{
	(void)state;
	for (char **s = scripts; *s; s++) {
		struct played a, b;

		play(&a, *s, true);
		play(&b, *s, false);
		assert_string_equal(a.output->str, b.output->str);
		assert_int_equal(a.frames->len, b.frames->len);
		for (unsigned int i = 0; i < a.frames->len; i++) {
			const struct frame *f = g_ptr_array_index(a.frames, i);
			const struct frame *g = g_ptr_array_index(b.frames, i);

			assert_int_equal(f->time_ns, g->time_ns);
			assert_true(g_bytes_equal(f->bytes, g->bytes));
		}
		forget(&a);
		forget(&b);
	}
}

static void test_the_same_script_gives_the_same_events(void **state)
{
	(void)state;
	for (char **s = scripts; *s; s++) {
		struct played a, b;

		play(&a, *s, true);
		play(&b, *s, true);
		assert_int_equal(tracelog_length(a.log), tracelog_length(b.log));
		for (size_t i = 0; i < tracelog_length(a.log); i++) {
			g_autofree char *x = trace_event_to_json(tracelog_at(a.log, i));
			g_autofree char *y = trace_event_to_json(tracelog_at(b.log, i));

			assert_string_equal(x, y);
		}
		forget(&a);
		forget(&b);
	}
}

static void test_every_kind_and_field_has_its_own_name(void **state)
{
	g_autoptr(GHashTable) kinds = g_hash_table_new(g_str_hash, g_str_equal);

	(void)state;
	for (unsigned int k = 0; k < NG_TRACE_MAX; k++) {
		const struct ng_trace_info *info = ng_trace_info((enum ng_trace_kind)k);
		g_autoptr(GHashTable) fields = g_hash_table_new(g_str_hash, g_str_equal);

		assert_true(g_hash_table_add(kinds, (char *)(uintptr_t)info->name));
		for (size_t i = 0; i < info->nr_fields; i++) {
			assert_true(
				g_hash_table_add(fields, (char *)(uintptr_t)info->fields[i].name));
			assert_true(info->fields[i].offset < sizeof(struct ng_trace_event));
		}
	}
}

static void test_hostile_names_come_out_escaped(void **state)
{
	static const char name[] = "a\x1b[31m\"</script>\xff\n";
	struct ng_trace_event ev = { .kind = NG_TRACE_LINK, .netns = name, .dev = name };
	g_autofree char *json = trace_event_to_json(&ev);

	(void)state;
	assert_null(strchr(json, '\x1b'));
	assert_null(strchr(json, '<'));
	assert_null(strchr(json, '\n'));
	assert_true(g_utf8_validate(json, -1, NULL));
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_captured_frame_has_its_event_with_the_same_bytes),
		cmocka_unit_test(test_no_two_frames_of_an_interface_are_stamped_alike),
		cmocka_unit_test(test_each_packet_begins_once_and_is_lost_at_most_once),
		cmocka_unit_test(test_each_packet_is_taken_or_has_one_drop_with_a_reason),
		cmocka_unit_test(test_a_packet_keeps_its_number_through_copies_and_nat),
		cmocka_unit_test(test_what_taught_an_entry_is_a_packet_of_the_trace),
		cmocka_unit_test(test_a_listener_changes_nothing),
		cmocka_unit_test(test_the_same_script_gives_the_same_events),
		cmocka_unit_test(test_every_kind_and_field_has_its_own_name),
		cmocka_unit_test(test_hostile_names_come_out_escaped),
	};

	(void)argc;
	scripts = argv + 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
