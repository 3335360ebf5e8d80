/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * frames_sim.c - hostile frames on the simulated kernel: frames_sim SETUP CASES
 */
#include <netglass/trace.h>
#include <stdio.h>

#include "../../../stack/core/world.h"
#include "../../unit/world.h"
#include "frames.h"

static uint64_t seen[SKB_DROP_REASON_MAX];
static const struct ng_program frames_program = { "/usr/bin/frames", frames_main };

static int by_name(gconstpointer a, gconstpointer b)
{
	const gpointer *x = a, *y = b;

	return strcmp(ng_drop_reason_name((enum skb_drop_reason)GPOINTER_TO_INT(*x)),
		      ng_drop_reason_name((enum skb_drop_reason)GPOINTER_TO_INT(*y)));
}

void frames_drops(struct ng_task *task, frames_tell tell, void *arg)
{
	const struct ng_world *world = ng_task_world(task);
	g_autoptr(GPtrArray) moved = g_ptr_array_new();

	for (int i = 0; i < SKB_DROP_REASON_MAX; i++) {
		if (world->drops[i] != seen[i])
			g_ptr_array_add(moved, GINT_TO_POINTER(i));
	}
	g_ptr_array_sort(moved, by_name);
	for (unsigned int k = 0; k < moved->len; k++) {
		int i = GPOINTER_TO_INT(g_ptr_array_index(moved, k));

		tell(arg, ng_drop_reason_name((enum skb_drop_reason)i),
		     (unsigned int)(world->drops[i] - seen[i]));
		seen[i] = world->drops[i];
	}
}

int main(int argc, char **argv)
{
	const struct ng_world_config limits = { .seed = 1 };
	struct test_world *w;
	g_autofree char *setup = NULL;
	g_autofree char *script = NULL;
	int status;

	if (argc != 3 || !g_file_get_contents(argv[1], &setup, NULL, NULL)) {
		fprintf(stderr, "usage: frames_sim SETUP CASES\n");
		return 2;
	}
	w = test_world_new(&limits);
	ng_world_add_program(w->world, frames_program.path, &frames_program);
	script = g_strdup_printf("set -- '%s'\n%s", argv[2], setup);
	status = test_world_sh(w, script);
	fputs(w->out->str, stdout);
	fputs(w->err->str, stderr);
	test_world_free(w);
	return status;
}
