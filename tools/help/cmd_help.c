/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_help.c - netglass help: verbs, topics, and what a message means
 */
#include <stdio.h>
#include <string.h>

#include "../cli/cli.h"
#include "topics.h"

#define WIDTH 79

/* A paragraph, its lines behind @indent blanks. */
static void wrap(const char *text, size_t indent)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	size_t at = 0;

	for (char **w = words; *w; w++) {
		if (at && at + 1 + strlen(*w) > WIDTH) {
			putchar('\n');
			at = 0;
		}
		if (!at)
			at = (size_t)printf("%*s%s", (int)indent, "", *w);
		else
			at += (size_t)printf(" %s", *w);
	}
	putchar('\n');
}

static void print_entry(const struct help_entry *e)
{
	putchar('\n');
	wrap(e->message, 2);
	wrap(e->meaning, 6);
	if (e->look) {
		g_autofree char *look = g_strdup_printf("See: %s", e->look);

		wrap(look, 6);
	}
}

static void print_topic(const struct help_topic *t)
{
	puts(t->title);
	if (t->intro) {
		g_auto(GStrv) paragraphs = g_strsplit(t->intro, "\n", -1);

		for (char **p = paragraphs; *p; p++) {
			putchar('\n');
			wrap(*p, 2);
		}
	}
	for (const struct help_entry *e = t->entries; e && e->message; e++)
		print_entry(e);
}

static void print_topics(void)
{
	puts("\nTopics (netglass help TOPIC, or help and a part of a message):");
	for (const struct help_topic *t = help_topics; t->name; t++)
		printf("  %-16s%s\n", t->name, t->title);
}

static bool contains(const char *text, const char *part)
{
	g_autofree char *a = g_ascii_strdown(text, -1);
	g_autofree char *b = g_ascii_strdown(part, -1);

	return strstr(a, b);
}

/* Messages that hold these words. */
static unsigned int print_messages(const char *words)
{
	unsigned int n = 0;

	for (const struct help_topic *t = help_topics; t->name; t++) {
		for (const struct help_entry *e = t->entries; e && e->message; e++) {
			if (!contains(e->message, words))
				continue;
			print_entry(e);
			n++;
		}
	}
	return n;
}

static int ask(const char *words)
{
	const struct cli_verb *verb = cli_verb_find(words);
	char *help[] = { (char *)(uintptr_t)words, (char *)(uintptr_t) "--help", NULL };

	if (verb)
		return verb->run(2, help);
	for (const struct help_topic *t = help_topics; t->name; t++) {
		if (!strcmp(t->name, words)) {
			print_topic(t);
			return CLI_OK;
		}
	}
	if (*words && print_messages(words))
		return CLI_OK;
	cli_error("help: no topic and no message \"%s\" (see netglass help)", words);
	return CLI_USAGE;
}

/**
 * cmd_help() - The verb
 * @argc: argument count
 * @argv: "help", words
 *
 * Return: 0, 2 when nothing is known.
 */
int cmd_help(int argc, char **argv)
{
	g_autofree char *words = argc > 1 ? g_strjoinv(" ", argv + 1) : NULL;
	int status = CLI_OK;

	if (words && strcmp(words, "--help") != 0) {
		status = ask(words);
	} else {
		cli_help();
		print_topics();
	}
	return status;
}
