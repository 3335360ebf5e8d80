/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * replay.c - runs a fuzz target over the files of a folder: replay FOLDER
 *
 * With clang and -fsanitize=fuzzer-no-link libFuzzer's main takes this one's place.
 */
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

static int by_name(gconstpointer a, gconstpointer b)
{
	const char *const *x = a;
	const char *const *y = b;

	return g_strcmp0(*x, *y);
}

static int replay(const char *dir, const char *name, unsigned int number)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);
	g_autoptr(GError) error = NULL;
	g_autofree char *data = NULL;
	gsize len;

	if (!g_file_get_contents(path, &data, &len, &error)) {
		fprintf(stderr, "%s\n", error->message);
		return 1;
	}
	fprintf(stderr, "%s\n", name);
	LLVMFuzzerTestOneInput((const uint8_t *)data, len);
	printf("ok %u - %s\n", number, name);
	return 0;
}

int main(int argc, char **argv)
{
	GDir *dir = argc == 2 ? g_dir_open(argv[1], 0, NULL) : NULL;
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	const char *name;
	int bad = 0;

	if (!dir) {
		fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
		return 2;
	}
	while ((name = g_dir_read_name(dir)))
		g_ptr_array_add(names, g_strdup(name));
	g_dir_close(dir);
	g_ptr_array_sort(names, by_name);
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("1..%u\n", names->len);
	for (unsigned int i = 0; i < names->len; i++)
		bad |= replay(argv[1], g_ptr_array_index(names, i), i + 1);
	return bad;
}
