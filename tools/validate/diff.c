/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * diff.c - the lines two texts do not share
 */
#include <string.h>

#include "compare.h"

#define LONG_LINE 160 /* longer ones are shown in part */
#define SHOWN_HEAD 24
#define SHOWN_AROUND 40
#define SHOWN_PLACE 200
#define TABLE_MAX 4000000U /* cells; longer texts are cut for the comparison */

/* Longest common subsequence, lengths from the end: w * (n + 1). */
static uint16_t *lcs(char *const *a, unsigned int n, char *const *b, unsigned int m)
{
	uint16_t *t = g_new0(uint16_t, (size_t)(n + 1) * (m + 1));
	unsigned int w = m + 1;

	for (unsigned int i = n; i-- > 0;) {
		for (unsigned int j = m; j-- > 0;) {
			uint16_t *at = t + (size_t)i * w + j;

			if (!strcmp(a[i], b[j]))
				*at = (uint16_t)(at[w + 1] + 1);
			else
				*at = MAX(at[w], at[1]);
		}
	}
	return t;
}

static void fit(unsigned int *n, unsigned int *m)
{
	*n = MIN(*n, 60000U);
	*m = MIN(*m, 60000U);
	while ((uint64_t)*n * *m > TABLE_MAX) {
		*n = MIN(*n, 2000U);
		*m = MIN(*m, 2000U);
	}
}

/**
 * vl_common() - How many lines are the same and in order
 * @a: lines
 * @n: how many
 * @b: lines
 * @m: how many
 *
 * Return: the length of the longest common subsequence.
 */
unsigned int vl_common(char *const *a, unsigned int n, char *const *b, unsigned int m)
{
	g_autofree uint16_t *t = NULL;

	fit(&n, &m);
	t = lcs(a, n, b, m);
	return t[0];
}

/* Where two long lines differ: their beginning, then the place, with a bit before it. */
static char *shortened(const char *line, const char *other)
{
	size_t n = strlen(line);
	size_t same = 0;
	size_t tail = 0;

	if (n <= LONG_LINE && strlen(other) <= LONG_LINE)
		return g_strdup(line);
	while (line[same] && line[same] == other[same])
		same++;
	while (tail < n - same && tail < strlen(other) - same &&
	       line[n - 1 - tail] == other[strlen(other) - 1 - tail])
		tail++;
	if (same <= SHOWN_HEAD + SHOWN_AROUND)
		same = 0;
	else
		same -= SHOWN_AROUND;
	if (tail > SHOWN_AROUND)
		tail -= SHOWN_AROUND;
	else
		tail = 0;
	return g_strdup_printf("%.*s%s%.*s%s", same ? SHOWN_HEAD : 0, line, same ? " ... " : "",
			       (int)MIN(n - same - tail, SHOWN_PLACE), line + same,
			       tail ? " ..." : "");
}

struct change {
	GPtrArray *minus, *plus; /* lines; not owned */
};

static unsigned int put_change(GString *out, struct change *c, const char *indent)
{
	bool pairs = c->minus->len == c->plus->len;
	unsigned int said = c->minus->len + c->plus->len;

	for (unsigned int k = 0; k < 2; k++) {
		GPtrArray *lines = k ? c->plus : c->minus, *others = k ? c->minus : c->plus;

		for (unsigned int i = 0; i < lines->len; i++) {
			g_autofree char *s =
				shortened(lines->pdata[i], pairs ? others->pdata[i] : "");

			g_string_append_printf(out, "%s%c %s\n", indent, k ? '+' : '-', s);
		}
		g_ptr_array_set_size(lines, 0);
	}
	return said;
}

/**
 * vl_diff() - What differs
 * @a: a text
 * @b: another
 * @indent: before each line
 * @max: lines at most
 *
 * Return: lines with "-" (only in @a) and "+" (only in @b); g_free() it.
 */
char *vl_diff(const char *a, const char *b, const char *indent, unsigned int max)
{
	g_auto(GStrv) la = g_strsplit(a, "\n", -1);
	g_auto(GStrv) lb = g_strsplit(b, "\n", -1);
	unsigned int n = g_strv_length(la), m = g_strv_length(lb);
	unsigned int i = 0, j = 0, said = 0;
	GString *out = g_string_new(NULL);
	struct change c = { g_ptr_array_new(), g_ptr_array_new() };
	g_autofree uint16_t *t = NULL;
	unsigned int w;

	fit(&n, &m);
	t = lcs(la, n, lb, m);
	w = m + 1;
	while ((i < n || j < m) && said < max) {
		if (i < n && j < m && !strcmp(la[i], lb[j])) {
			said += put_change(out, &c, indent);
			i++;
			j++;
		} else if (i < n &&
			   (j == m || t[(size_t)(i + 1) * w + j] >= t[(size_t)i * w + j + 1])) {
			g_ptr_array_add(c.minus, la[i++]);
		} else {
			g_ptr_array_add(c.plus, lb[j++]);
		}
		if (c.minus->len + c.plus->len >= max)
			break;
	}
	said += put_change(out, &c, indent);
	g_ptr_array_unref(c.minus);
	g_ptr_array_unref(c.plus);
	if (said >= max)
		g_string_append_printf(out, "%s  ...\n", indent);
	return g_string_free(out, FALSE);
}
