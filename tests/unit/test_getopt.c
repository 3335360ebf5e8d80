/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_getopt.c - option by option as glibc's getopt_long(), messages apart */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "../../tools/lib/getopt.h"

#define WORDS_MAX 8

static const struct ng_option ours[] = {
	{ "all", 0, 'a' },   { "append", 1, 'A' },  { "append-all", 1, 'B' },
	{ "color", 2, 'c' }, { "numeric", 0, 'n' }, { "number", 1, 'N' },
	{ "same1", 0, 's' }, { "same2", 0, 's' },   { 0 },
};

static const struct option glibcs[] = {
	{ "all", 0, NULL, 'a' },   { "append", 1, NULL, 'A' },	{ "append-all", 1, NULL, 'B' },
	{ "color", 2, NULL, 'c' }, { "numeric", 0, NULL, 'n' }, { "number", 1, NULL, 'N' },
	{ "same1", 0, NULL, 's' }, { "same2", 0, NULL, 's' },	{ 0 },
};

/* the words a command line is made of */
static const char *const words[] = {
	"-a",	    "-A",	  "-Ax",   "-aA",    "-c",	"-cx",	  "-x",	   "--all",
	"--append", "--append=v", "--app", "--al=x", "--color", "--co=v", "--num", "--numb",
	"--nope",   "--s",	  "--",	   "-",	     "plain",	"",	  "-an",   "--append-all",
};
#define NR_WORDS (sizeof(words) / sizeof(words[0]))

static void one(const char *shortopts, int argc, char *const *line)
{
	char *mine[WORDS_MAX + 1], *theirs[WORDS_MAX + 1];
	struct ng_getopt st = { 0 };
	int want, got;

	memcpy(mine, line, sizeof(*line) * (size_t)(argc + 1));
	memcpy(theirs, line, sizeof(*line) * (size_t)(argc + 1));
	optind = 0;
	opterr = 0;
	do {
		optarg = NULL;
		optopt = 0;
		st.optopt = 0;
		want = getopt_long(argc, theirs, shortopts, glibcs, NULL);
		got = ng_getopt_long(&st, argc, mine, shortopts, ours);
		if (want != got ||
		    (want > 0 && (optarg ? !st.optarg || strcmp(optarg, st.optarg) : 0)))
			fail_msg("\"%s\" of %s %s %s %s: %d %s, glibc %d %s", shortopts, line[1],
				 argc > 2 ? line[2] : "", argc > 3 ? line[3] : "",
				 argc > 4 ? line[4] : "", got, st.optarg ? st.optarg : "-", want,
				 optarg ? optarg : "-");
		if (want == '?' || want == ':')
			assert_int_equal(st.optopt, optopt);
	} while (want >= 0);
	assert_int_equal(st.optind, optind);
	for (int i = 0; i < argc; i++)
		assert_ptr_equal(mine[i], theirs[i]);
}

static void test_every_line_of_up_to_three_words_is_as_glibcs(void **state)
{
	static const char *const shorts[] = { "aA:c::n", ":aA:c::n", "+aA:c::n", "-aA:c::n" };
	char *line[WORDS_MAX + 1] = { (char *)(uintptr_t) "prog" };

	(void)state;
	for (size_t s = 0; s < 4; s++) {
		for (size_t i = 0; i < NR_WORDS; i++) {
			line[1] = (char *)(uintptr_t)words[i];
			line[2] = NULL;
			one(shorts[s], 2, line);
			for (size_t k = 0; k < NR_WORDS; k++) {
				line[2] = (char *)(uintptr_t)words[k];
				line[3] = NULL;
				one(shorts[s], 3, line);
				for (size_t m = 0; m < NR_WORDS; m++) {
					line[3] = (char *)(uintptr_t)words[m];
					line[4] = NULL;
					one(shorts[s], 4, line);
				}
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_line_of_up_to_three_words_is_as_glibcs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
