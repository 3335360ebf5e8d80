/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_validate.c - the comparison of two records made by hand: what is the same, and what is not
 */
#include <linux/if_packet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "../../tools/validate/compare.h"

#define MS (INT64_C(1000000))

static const char script_text[] = "#@ title: t #@ kernel: net.ipv4.ip_forward=1, net.x.y=2\n"
				  "one\n"
				  "for i in 1 2; do\n"
				  "  two\n"
				  "done\n"
				  "  #@ checkpoint\n"
				  "three\n";

/* An ARP request of 02:00:00:00:00:01 for 10.0.0.2 */
static const uint8_t arp[] = {
	0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2,	0, 0, 0, 0, 1, 8, 6, /* Ethernet */
	0,    1,    8,	  0,	6,    4,    0,	1,		     /* request */
	2,    0,    0,	  0,	0,    1,    10, 0, 0, 1,	     /* sender */
	0,    0,    0,	  0,	0,    0,    10, 0, 0, 2,	     /* target */
};

static void add_bytes(struct vl_record *rec, int64_t t_ns, uint8_t dir, const uint8_t *bytes,
		      uint32_t len)
{
	struct vl_frame f = { .t_ns = t_ns, .key = (char *)(uintptr_t) "red-v0", .dir = dir };

	f.wire_len = len;
	f.data = g_bytes_new(bytes, len);
	vl_record_frame(rec, &f);
	g_bytes_unref(f.data);
}

static void add_frame(struct vl_record *rec, int64_t t_ns, uint8_t dir, uint8_t change)
{
	uint8_t bytes[sizeof(arp)];

	memcpy(bytes, arp, sizeof(arp));
	bytes[41] ^= change;
	add_bytes(rec, t_ns, dir, bytes, sizeof(bytes));
}

/* The answer to a SYN, without checksums: from port 80 of 10.0.0.2 to @port of 10.0.0.1 */
static void add_synack(struct vl_record *rec, uint16_t port, uint8_t proto)
{
	uint8_t bytes[54] = { 2, 0, 0, 0, 0,  1, 2, 0, 0,  0, 0, 2, 8,	0, 69, 0, 0, 40,
			      0, 0, 0, 0, 64, 6, 0, 0, 10, 0, 0, 2, 10, 0, 0,  1, 0, 80 };

	bytes[23] = proto;
	bytes[36] = (uint8_t)(port >> 8);
	bytes[37] = (uint8_t)port;
	if (proto == 6) {
		bytes[46] = 0x50;
		bytes[47] = 0x12;
	} else {
		bytes[39] = 20;
	}
	add_bytes(rec, MS, PACKET_OUTGOING, bytes, sizeof(bytes));
}

static struct vl_record *record(const char *out, int status, int64_t took_ns)
{
	struct vl_record *rec = vl_record_new();
	struct vl_cmd *c = vl_record_cmd(rec, 2, "one", 3);
	struct vl_walk *w;

	c->status = status;
	c->t1_ns = took_ns;
	g_string_append(c->out[0], out);
	rec->status = 0;
	vl_record_tables(rec, 0,
			 "@@T red link\n2: v0@if3: <> \\    link/ether 02:00:00:00:00:01 brd\n");
	w = vl_record_walk(rec, "red filter OUTPUT", 0);
	vl_walk_packet(
		w, "\x45\0\0\x1c\0\1\0\0\x40\x11\x66\xce\x0a\0\0\1\x0a\0\0\2\1\0\0\x35\0\x08\0\0",
		28);
	vl_walk_step(w, "OUTPUT handle %d ACCEPT", 2);
	return rec;
}

static struct vl_record *said_by(const char *cmd, const char *out)
{
	struct vl_record *rec = vl_record_new();
	struct vl_cmd *c = vl_record_cmd(rec, 2, cmd, strlen(cmd));

	c->status = 0;
	c->t1_ns = MS;
	g_string_append(c->out[0], out);
	rec->status = 0;
	return rec;
}

/* "kind line" of the first difference, "" when there is none; frees both. */
static char *first(struct vl_record *a, struct vl_record *b)
{
	static const char *const kinds[] = { "output", "status", "time", "frame",
					     "table",  "run",	 "rule" };
	struct vl_script *s = vl_script_text("x.sh", script_text);
	struct vl_verdict *v =
		vl_compare(s, a, b, VL_ONLY_ALL | VL_ONLY_RULES, "real", "simulated");
	const struct vl_difference *d = v->differences->len ? v->differences->pdata[0] : NULL;
	char *text = d ? g_strdup_printf("%s %u", kinds[d->kind], d->line) : g_strdup("");

	vl_verdict_free(v);
	vl_record_free(a);
	vl_record_free(b);
	vl_script_free(s);
	return text;
}

#define assert_first(a, b, want)                     \
	do {                                         \
		g_autofree char *got_ = first(a, b); \
		assert_string_equal(got_, want);     \
	} while (0)

static void test_script_is_cut_into_complete_commands_and_settings(void **state)
{
	struct vl_script *s = vl_script_text("/a/b.sh", script_text);

	(void)state;
	assert_string_equal(s->name, "b");
	assert_int_equal(s->kernel->len, 2);
	assert_string_equal(s->kernel->pdata[0], "net.ipv4.ip_forward=1");
	assert_string_equal(s->kernel->pdata[1], "net.x.y=2");
	assert_int_equal(s->cuts->len, 4);
	assert_int_equal(g_array_index(s->cuts, struct vl_cut, 1).first_line, 3);
	assert_int_equal(g_array_index(s->cuts, struct vl_cut, 1).last_line, 5);
	assert_true(g_array_index(s->cuts, struct vl_cut, 2).tables);
	assert_int_equal(g_array_index(s->cuts, struct vl_cut, 3).first_line, 7);
	vl_script_free(s);
}

static void test_compare_sees_each_kind_of_difference(void **state)
{
	struct vl_record *a, *b;

	(void)state;
	assert_first(record("x\n", 0, MS), record("x\n", 0, 2 * MS), "");
	assert_first(record("x\n", 0, MS), record("y\n", 0, MS), "output 2");
	assert_first(record("x\n", 0, MS), record("x\n", 1, MS), "status 2");
	assert_first(record("x\n", 0, MS), record("x\n", 0, 1000 * MS), "time 2");
	b = record("x\n", 0, MS);
	((struct vl_table *)b->tables->pdata[0])->text[0] = '9';
	assert_first(record("x\n", 0, MS), b, "table 0");
	b = record("x\n", 0, MS);
	vl_walk_step(b->walks->pdata[0], "OUTPUT policy DROP");
	assert_first(record("x\n", 0, MS), b, "rule 2");
	a = record("x\n", 0, MS);
	vl_record_cmd(a, 3, "two", 3);
	assert_first(a, record("x\n", 0, MS), "run 3");
}

static void test_compare_takes_random_addresses_for_their_owners(void **state)
{
	struct vl_record *b = record("lladdr 06:07:08:09:0a:0b \n", 0, MS);
	struct vl_table *t = b->tables->pdata[0];
	char *mac = strstr(t->text, "02:00:00:00:00:01");

	(void)state;
	memcpy(mac, "06:07:08:09:0a:0b", 17);
	assert_first(record("lladdr 02:00:00:00:00:01 \n", 0, MS), b, "");
	assert_first(record("lladdr 02:00:00:00:00:01 \n", 0, MS),
		     record("lladdr 02:00:00:00:00:02 \n", 0, MS), "output 2");
}

static void test_compare_sees_a_frame_changed_lost_late_or_turned(void **state)
{
	static const struct {
		const char *what;
		int frames;
		int64_t t_ns;
		uint8_t dir, change;
		const char *want;
	} cases[] = {
		{ "the same", 1, MS, PACKET_BROADCAST, 0, "" },
		{ "a moment later", 1, 40 * MS, PACKET_BROADCAST, 0, "" },
		{ "changed", 1, MS, PACKET_BROADCAST, 1, "frame 2" },
		{ "lost", 0, MS, PACKET_BROADCAST, 0, "frame 2" },
		{ "twice", 2, MS, PACKET_BROADCAST, 0, "frame 2" },
		{ "a second late", 1, 1000 * MS, PACKET_BROADCAST, 0, "time 2" },
		{ "turned", 1, MS, PACKET_OUTGOING, 0, "frame 2" },
	};

	(void)state;
	for (unsigned int i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct vl_record *a = record("", 0, 2000 * MS), *b = record("", 0, 2000 * MS);

		add_frame(a, MS, PACKET_BROADCAST, 0);
		for (int k = 0; k < cases[i].frames; k++)
			add_frame(b, cases[i].t_ns, cases[i].dir, cases[i].change);
		print_message("%s\n", cases[i].what);
		assert_first(a, b, cases[i].want);
	}
}

static void test_compare_takes_a_port_for_random_where_no_program_counts_it(void **state)
{
	static const struct {
		uint16_t a, b;
		uint8_t proto;
		const char *want;
	} cases[] = {
		{ 40000, 50000, 6, "" },
		{ 40000, 33450, 6, "" },
		{ 33450, 33451, 17, "frame 2" }, /* traceroute counts */
		{ 2000, 2001, 6, "frame 2" },
	};

	(void)state;
	for (unsigned int i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct vl_record *a = record("", 0, MS), *b = record("", 0, MS);

		add_synack(a, cases[i].a, cases[i].proto);
		add_synack(b, cases[i].b, cases[i].proto);
		print_message("%u and %u\n", cases[i].a, cases[i].b);
		assert_first(a, b, cases[i].want);
	}
}

/* A probe of tracepath to a port that NAT changed: its TTL, a clock, and zeros but for @last */
static void add_probe(struct vl_record *rec, uint8_t seconds, uint8_t ttl, uint8_t last)
{
	uint8_t bytes[14 + 20 + 8 + 72] = { 2,	0, 0,  0,   0, 1, 2, 0,	 0, 0,	0, 2, 8,  0,
					    69, 0, 0,  100, 0, 0, 0, 0,	 1, 17, 0, 0, 10, 0,
					    0,	2, 10, 0,   0, 1, 0, 80, 0, 81, 0, 80 };

	bytes[42] = ttl;
	bytes[50] = seconds;
	bytes[61] = 0x3b; /* close to the next second */
	bytes[113] = last;
	add_bytes(rec, MS, PACKET_OUTGOING, bytes, sizeof(bytes));
}

static void test_compare_leaves_out_the_clock_of_a_tracepath_probe_only(void **state)
{
	static const struct {
		uint8_t seconds, ttl, last;
		const char *want;
	} cases[] = {
		{ 1, 1, 0, "" }, { 99, 1, 0, "" }, { 1, 2, 0, "frame 2" }, { 1, 1, 7, "frame 2" }
	};

	(void)state;
	for (unsigned int i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct vl_record *a = record("", 0, MS), *b = record("", 0, MS);

		add_probe(a, 1, 1, 0);
		add_probe(b, cases[i].seconds, cases[i].ttl, cases[i].last);
		assert_first(a, b, cases[i].want);
	}
}

#define TCP_HEAD "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt ...\n"
#define LISTENER                                                                       \
	"   0: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000 " \
	"    0        0 20006 1 00000000f39cc060 100 0 0 10 0                     \n"
#define TW(slot, port, state, timer, left, sk)                                                     \
	"   " slot ": 0100020A:" port " 0200020A:1F90 " state " 00000000:00000000 " timer ":" left \
	" 00000000     0        0 0 3 " sk "      \n"

static void test_compare_takes_the_order_of_a_hash_for_random(void **state)
{
	static const char json[] = "ip -j neigh";

	(void)state;
	assert_first(said_by("ip neigh", "a\nb\n"), said_by("ip neigh", "b\na\n"), "");
	assert_first(said_by("ip route", "a\nb\n"), said_by("ip route", "b\na\n"), "output 2");
	assert_first(said_by(json, "[{\"a\":1},{\"b\":2}]\n"),
		     said_by(json, "[{\"b\":2},{\"a\":1}]\n"), "");
	assert_first(said_by(json, "[{\"a\":1},{\"b\":2}]\n"),
		     said_by(json, "[{\"b\":1},{\"a\":2}]\n"), "output 2");
}

static void test_compare_masks_in_proc_net_tcp_only_what_is_random(void **state)
{
	static const char one[] =
		TCP_HEAD LISTENER TW("1", "D0E0", "06", "03", "0000176D", "00000000c4a2d82c");
	/* other ports, order, inode (and blanks after it), pointer and moment */
	static const char same[] =
		TCP_HEAD TW("0", "E75A", "06", "03", "00001760",
			    "000000001234abcd") "   1: 00000000:0050 00000000:0000 0A "
						"00000000:00000000 00:00000000 00000000 "
						"    0        0 21799891 1 000000003d4e3ca9 100 0 "
						"0 10 0                  \n";
	static const char *const other[] = {
		TCP_HEAD LISTENER,
		TCP_HEAD LISTENER TW("1", "D0E0", "01", "03", "0000176D", "00000000c4a2d82c"),
		TCP_HEAD LISTENER TW("1", "D0E0", "06", "00", "00000000", "00000000c4a2d82c"),
		TCP_HEAD LISTENER TW("1", "0051", "06", "03", "0000176D", "00000000c4a2d82c"),
		TCP_HEAD LISTENER TW("1", "D0E0", "06", "03", "0000176D", ""),
	};
	static const char cmd[] = "cat /proc/net/tcp";

	(void)state;
	assert_first(said_by(cmd, one), said_by(cmd, same), "");
	assert_first(said_by("cat other", one), said_by("cat other", same), "output 2");
	for (unsigned int i = 0; i < G_N_ELEMENTS(other); i++)
		assert_first(said_by(cmd, one), said_by(cmd, other[i]), "output 2");
}

static void test_record_comes_back_from_its_bytes(void **state)
{
	struct vl_record *a = record("x\n", 3, MS), *b;
	g_autoptr(GBytes) bytes = NULL;
	size_t len;
	const void *p;

	(void)state;
	add_frame(a, 5, PACKET_OUTGOING, 0);
	vl_record_note(a, "a note");
	bytes = vl_record_save(a);
	p = g_bytes_get_data(bytes, &len);
	b = vl_record_load(p, len);
	assert_non_null(b);
	assert_string_equal(b->notes->pdata[0], "a note");
	assert_first(a, b, "");
	assert_null(vl_record_load(p, len / 2));
	assert_null(vl_record_load("", 0));
}

static void test_times_are_compared_in_classes(void **state)
{
	(void)state;
	assert_true(vl_same_time(0.001, 0.049, 0));
	assert_true(vl_same_time(0.001, 0.14, 0));
	assert_false(vl_same_time(0.001, 0.2, 0));
	assert_true(vl_same_time(0.001, 0.2, 0.1));
	assert_true(vl_same_time(10, 11, 0));
	assert_false(vl_same_time(10, 12, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_script_is_cut_into_complete_commands_and_settings),
		cmocka_unit_test(test_compare_sees_each_kind_of_difference),
		cmocka_unit_test(test_compare_takes_random_addresses_for_their_owners),
		cmocka_unit_test(test_compare_sees_a_frame_changed_lost_late_or_turned),
		cmocka_unit_test(test_compare_takes_a_port_for_random_where_no_program_counts_it),
		cmocka_unit_test(test_compare_takes_the_order_of_a_hash_for_random),
		cmocka_unit_test(test_compare_leaves_out_the_clock_of_a_tracepath_probe_only),
		cmocka_unit_test(test_compare_masks_in_proc_net_tcp_only_what_is_random),
		cmocka_unit_test(test_record_comes_back_from_its_bytes),
		cmocka_unit_test(test_times_are_compared_in_classes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
