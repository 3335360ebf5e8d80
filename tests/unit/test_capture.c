/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_capture.c - savefiles: many, few descriptors, full disks */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <pcap/pcap.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "capture.h"

static char *dir;

static int setup(void **state)
{
	(void)state;
	dir = g_dir_make_tmp("capture.XXXXXX", NULL);
	return dir ? 0 : -1;
}

static int teardown(void **state)
{
	GDir *d = g_dir_open(dir, 0, NULL);
	const char *name;

	(void)state;
	while ((name = g_dir_read_name(d))) {
		g_autofree char *path = g_build_filename(dir, name, NULL);

		g_unlink(path);
	}
	g_dir_close(d);
	g_rmdir(dir);
	g_free(dir);
	return 0;
}

/* The frames of a file: how many, and the first byte of each in a row */
static int frames_of(const char *name, GString *bytes)
{
	g_autofree char *path = g_strdup_printf("%s/%s.pcap", dir, name);
	char errors[PCAP_ERRBUF_SIZE];
	pcap_t *p = pcap_open_offline(path, errors);
	struct pcap_pkthdr *hdr;
	const u_char *data;
	int n = 0;
	int rc = 0;

	if (!p)
		return -1;
	while ((rc = pcap_next_ex(p, &hdr, &data)) == 1) {
		if (bytes)
			g_string_append_c(bytes, (char)data[0]);
		n++;
	}
	pcap_close(p);
	return rc == PCAP_ERROR_BREAK ? n : -2;
}

static void test_capture_writes_what_libpcap_reads(void **state)
{
	int err = 0;
	struct capture *cap = capture_new(dir, &err);
	g_autoptr(GString) bytes = g_string_new(NULL);
	struct capture_file *f;

	(void)state;
	assert_non_null(cap);
	f = capture_file_get(cap, "host-a/b");
	assert_ptr_equal(f, capture_file_get(cap, "host-a/b"));
	capture_file_get(cap, "host-never");
	capture_frame(f, INT64_C(946684800000005000), 0, "abcdefghijklmnop", 16);
	capture_frame(f, INT64_C(946684800000010000), 0, "ponmlkjihgfedcba", 16);
	assert_int_equal(capture_close(cap, NULL), 0);
	capture_free(cap);
	assert_int_equal(frames_of("host-a_b", bytes), 2);
	assert_string_equal(bytes->str, "ap");
	assert_int_equal(frames_of("host-never", NULL), -1);
}

static void test_capture_appends_after_close(void **state)
{
	int err = 0;
	struct capture *cap = capture_new(dir, &err);
	struct capture_file *f = capture_file_get(cap, "x");

	(void)state;
	capture_frame(f, 1, 0, "one", 3);
	assert_int_equal(capture_close(cap, NULL), 0);
	capture_frame(f, 2, 0, "two", 3);
	assert_int_equal(capture_close(cap, NULL), 0);
	capture_free(cap);
	assert_int_equal(frames_of("x", NULL), 2);
}

static void test_capture_of_many_files_needs_few_descriptors(void **state)
{
	struct rlimit old, few;
	int err = 0;
	struct capture *cap;

	(void)state;
	getrlimit(RLIMIT_NOFILE, &old);
	few = old;
	few.rlim_cur = 64;
	setrlimit(RLIMIT_NOFILE, &few);
	cap = capture_new(dir, &err);
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 300; i++) {
			g_autofree char *name = g_strdup_printf("n%d", i);

			capture_frame(capture_file_get(cap, name), round, 0, "0123456789abcdef",
				      16);
		}
	}
	err = capture_close(cap, NULL);
	capture_free(cap);
	setrlimit(RLIMIT_NOFILE, &old);
	assert_int_equal(err, 0);
	for (int i = 0; i < 300; i++) {
		g_autofree char *name = g_strdup_printf("n%d", i);

		assert_int_equal(frames_of(name, NULL), 3);
	}
}

static void test_capture_reports_a_full_disk_and_names_the_file(void **state)
{
	struct rlimit old, small;
	const char *path = NULL;
	int err = 0;
	struct capture *cap = capture_new(dir, &err);
	struct capture_file *f = capture_file_get(cap, "big");
	static const char frame[1500];

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &old);
	small = old;
	small.rlim_cur = 10000;
	setrlimit(RLIMIT_FSIZE, &small);
	for (int i = 0; i < 200; i++)
		capture_frame(f, i, 0, frame, sizeof(frame));
	err = capture_close(cap, &path);
	setrlimit(RLIMIT_FSIZE, &old);
	assert_int_equal(err, -EFBIG);
	assert_non_null(path);
	assert_non_null(strstr(path, "/big.pcap"));
	capture_free(cap);
}

static void test_capture_refuses_a_folder_that_is_none(void **state)
{
	g_autofree char *missing = g_build_filename(dir, "missing", NULL);
	g_autofree char *file = g_build_filename(dir, "file", NULL);
	int err = 0;

	(void)state;
	assert_null(capture_new(missing, &err));
	assert_int_equal(err, -ENOENT);
	assert_true(g_file_set_contents(file, "x", 1, NULL));
	assert_null(capture_new(file, &err));
	assert_int_equal(err, -ENOTDIR);
}

struct seen {
	char name[32];
	int64_t time_ns;
	unsigned int direction;
	size_t len;
	int count;
};

static void see(void *arg, const char *name, int64_t time_ns, unsigned int direction,
		const void *data, size_t len)
{
	struct seen *s = arg;

	assert_memory_equal(data, "frame", len);
	g_strlcpy(s->name, name, sizeof(s->name));
	s->time_ns = time_ns;
	s->direction = direction;
	s->len = len;
	s->count++;
}

static void test_capture_hands_frames_to_a_function_with_their_direction(void **state)
{
	struct seen s = { .count = 0 };
	struct capture *cap = capture_new_fn(see, &s);
	struct capture_file *f = capture_file_get(cap, "host-a/b");

	(void)state;
	assert_ptr_equal(f, capture_file_get(cap, "host-a/b"));
	capture_frame(f, 1234567, 4, "frame", 5);
	assert_int_equal(s.count, 1);
	assert_string_equal(s.name, "host-a/b");
	assert_int_equal(s.time_ns, 1234567);
	assert_int_equal(s.direction, 4);
	assert_int_equal(s.len, 5);
	assert_int_equal(capture_close(cap, NULL), 0);
	capture_free(cap);
}

#define capture_test(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		capture_test(test_capture_writes_what_libpcap_reads),
		capture_test(test_capture_appends_after_close),
		capture_test(test_capture_of_many_files_needs_few_descriptors),
		capture_test(test_capture_reports_a_full_disk_and_names_the_file),
		capture_test(test_capture_refuses_a_folder_that_is_none),
		capture_test(test_capture_hands_frames_to_a_function_with_their_direction),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
