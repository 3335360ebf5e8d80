/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_script.c - any bytes as a shell script: it ends, and nothing is left behind
 */
#include "fuzz.h"

#include "../unit/world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct ng_world_config limits = {
		.seed = 1, .max_busy_events = 5000, .max_busy_calls = 5000, .max_programs = 60
	};
	struct test_world *w = test_world_new(&limits);

	test_world_script_len(w, (const char *)data, size);
	test_world_free(w);
	return 0;
}
