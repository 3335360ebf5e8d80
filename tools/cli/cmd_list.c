/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_list.c - netglass list: the scenarios that came along
 */
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"

#ifndef NETGLASS_DATADIR
#define NETGLASS_DATADIR "/usr/share/netglass"
#endif

struct scenario {
	char *name;
	char *level;
	char *title;
};

static void scenario_free(gpointer data)
{
	struct scenario *s = data;

	g_free(s->name);
	g_free(s->level);
	g_free(s->title);
	g_free(s);
}

static char *scenario_dir(void)
{
	const char *dir = g_getenv("NETGLASS_SCENARIOS");

	if (dir && *dir)
		return g_strdup(dir);
	if (g_file_test("scenarios", G_FILE_TEST_IS_DIR))
		return g_strdup("scenarios");
	return g_build_filename(NETGLASS_DATADIR, "scenarios", NULL);
}

/* What stands behind "#@ KEY:" in the text; another key may follow on the same line. */
static char *value_of(const char *text, const char *key)
{
	g_autofree char *mark = g_strdup_printf("#@ %s:", key);
	const char *at = strstr(text, mark);
	g_autofree char *value = NULL;
	char *next;

	if (!at)
		return g_strdup("");
	at += strlen(mark);
	value = g_strndup(at, strcspn(at, "\n"));
	next = strstr(value, "#@");
	if (next)
		*next = '\0';
	return g_strdup(g_strstrip(value));
}

static struct scenario *scenario_read(const char *dir, const char *file)
{
	g_autofree char *path = g_build_filename(dir, file, NULL);
	struct scenario *s;
	g_autofree char *text = NULL;

	if (!g_str_has_suffix(file, ".sh") || !g_file_get_contents(path, &text, NULL, NULL))
		return NULL;
	s = g_new0(struct scenario, 1);
	s->name = g_strndup(file, strlen(file) - 3);
	s->level = value_of(text, "level");
	s->title = value_of(text, "title");
	return s;
}

static int compare(gconstpointer a, gconstpointer b)
{
	const struct scenario *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

static void print_json(const GPtrArray *all)
{
	g_autoptr(JsonBuilder) b = json_builder_new();
	g_autoptr(JsonNode) root = NULL;
	g_autofree char *text = NULL;

	json_builder_begin_array(b);
	for (unsigned int i = 0; i < all->len; i++) {
		const struct scenario *s = g_ptr_array_index(all, i);

		json_builder_begin_object(b);
		json_builder_set_member_name(b, "name");
		json_builder_add_string_value(b, s->name);
		json_builder_set_member_name(b, "level");
		json_builder_add_int_value(b, g_ascii_strtoll(s->level, NULL, 10));
		json_builder_set_member_name(b, "title");
		json_builder_add_string_value(b, s->title);
		json_builder_end_object(b);
	}
	json_builder_end_array(b);
	root = json_builder_get_root(b);
	text = json_to_string(root, FALSE);
	puts(text);
}

static void print_table(const GPtrArray *all)
{
	size_t width = strlen("NAME");

	for (unsigned int i = 0; i < all->len; i++)
		width = MAX(width, strlen(((struct scenario *)g_ptr_array_index(all, i))->name));
	printf("%-*s  LEVEL  TITLE\n", (int)width, "NAME");
	for (unsigned int i = 0; i < all->len; i++) {
		const struct scenario *s = g_ptr_array_index(all, i);

		printf("%-*s  %5s  %s\n", (int)width, s->name, s->level, s->title);
	}
}

static int list(bool json, const char *level)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(scenario_free);
	g_autofree char *path = scenario_dir();
	g_autoptr(GError) error = NULL;
	GDir *dir = g_dir_open(path, 0, &error);
	const char *file;

	if (!dir) {
		cli_error("list: %s", error->message);
		return CLI_USAGE;
	}
	while ((file = g_dir_read_name(dir))) {
		struct scenario *s = scenario_read(path, file);

		if (s && (!level || !strcmp(level, s->level)))
			g_ptr_array_add(all, s);
		else if (s)
			scenario_free(s);
	}
	g_dir_close(dir);
	g_ptr_array_sort(all, compare);
	if (json)
		print_json(all);
	else
		print_table(all);
	return CLI_OK;
}

/**
 * cmd_list() - The verb
 * @argc: argument count
 * @argv: "list" and options
 *
 * The folder is $NETGLASS_SCENARIOS, else ./scenarios, else the installed one.
 *
 * Return: 0, or 2 when there is no such folder.
 */
int cmd_list(int argc, char **argv)
{
	gboolean json = FALSE;
	g_autofree char *level = NULL;
	const GOptionEntry entries[] = {
		{ "json", 0, 0, G_OPTION_ARG_NONE, &json, "For machines", NULL },
		{ "level", 0, 0, G_OPTION_ARG_STRING, &level, "Only those of a level", "N" },
		{ 0 },
	};

	if (!cli_parse(cli_verb_find("list"), entries, &argc, &argv))
		return CLI_USAGE;
	if (argc != 1) {
		cli_error("list: no arguments are taken (see netglass list --help)");
		return CLI_USAGE;
	}
	return list(json, level);
}
