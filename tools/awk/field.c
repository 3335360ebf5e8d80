/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * field.c - the record and its fields
 *
 * $0 is split when a field or NF is first asked for, and put together again when it is asked for after a field
 * changed.
 */
#include "awk.h"

static void too_many(struct awk *a)
{
	prog_exit(a->task,
		  ng_not_modelled(a->task, "awk records of more than %d fields", AWK_FIELD_MAX));
}

static void set_nf_var(struct awk *a)
{
	awk_val_set(a, &a->globals[AWK_V_NF].v, awk_val_num(a->nf));
}

static void drop_fields(struct awk *a, int keep)
{
	for (int i = keep; i < a->nf; i++)
		awk_val_free(a, &a->fields[i]);
	if (a->nf > keep)
		a->nf = keep;
}

static void room_for(struct awk *a, int n)
{
	int cap = a->fields_cap;

	if (n > AWK_FIELD_MAX)
		too_many(a);
	if (n <= cap)
		return;
	cap = n < 32 ? 32 : n * 2;
	a->fields = ng_task_realloc(a->task, a->fields, (size_t)a->fields_cap * sizeof(*a->fields),
				    (size_t)cap * sizeof(*a->fields));
	memset(a->fields + a->fields_cap, 0, (size_t)(cap - a->fields_cap) * sizeof(*a->fields));
	a->fields_cap = cap;
}

/**
 * awk_set_record() - A new $0
 * @a: the program
 * @s: its bytes
 * @len: how many
 */
void awk_set_record(struct awk *a, const char *s, size_t len)
{
	struct awk_str *new = awk_str_new(a, s, len);

	awk_str_put(a, a->record);
	a->record = new;
	a->record_stale = false;
	a->split_done = false;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static int split_blank(const char *s, size_t len, void (*emit)(void *, const char *, size_t),
		       void *arg)
{
	const char *end = s + len, *from;
	int n = 0;

	for (;; n++) {
		while (s < end && is_blank(*s))
			s++;
		if (s == end)
			return n;
		for (from = s; s < end && !is_blank(*s); s++)
			;
		emit(arg, from, (size_t)(s - from));
	}
}

static int split_regex(struct awk *a, const char *s, size_t len, struct awk_regex *r,
		       void (*emit)(void *, const char *, size_t), void *arg)
{
	size_t at = 0, from = 0;
	regmatch_t m;
	int n = 0;

	while (from <= len && awk_regex_find(a, r, s, len, from, &m)) {
		if (m.rm_eo == m.rm_so) {
			from = (size_t)m.rm_so + 1;
			continue;
		}
		emit(arg, s + at, (size_t)m.rm_so - at);
		n++;
		at = from = (size_t)m.rm_eo;
	}
	emit(arg, s + at, len - at);
	return n + 1;
}

static int split_char(const char *s, size_t len, char sep, bool newline,
		      void (*emit)(void *, const char *, size_t), void *arg)
{
	const char *end = s + len, *from = s;
	int n = 0;

	for (;; s++) {
		if (s < end && *s != sep && (!newline || *s != '\n'))
			continue;
		emit(arg, from, (size_t)(s - from));
		n++;
		from = s + 1;
		if (s == end)
			return n;
	}
}

/**
 * awk_split() - Cuts a text at a separator
 * @a: the program
 * @s: the text
 * @len: its length
 * @fs: the separator as FS has it; a regular expression is one when it has more than one character
 * @emit: gets the pieces
 * @arg: its first argument
 *
 * Return: how many pieces.
 */
int awk_split(struct awk *a, const char *s, size_t len, struct awk_val *fs,
	      void (*emit)(void *arg, const char *s, size_t len), void *arg)
{
	struct awk_str *sep;
	struct awk_val v;
	int n;

	if (!len)
		return 0;
	sep = awk_to_str(a, fs, AWK_V_CONVFMT);
	v = awk_val_str(sep);
	if (sep->len == 1 && sep->s[0] == ' ') {
		n = split_blank(s, len, emit, arg);
	} else if (!sep->len) {
		for (size_t i = 0; i < len; i++)
			emit(arg, s + i, 1);
		n = (int)len;
	} else if (sep->len == 1) {
		n = split_char(s, len, sep->s[0], false, emit, arg);
	} else {
		n = split_regex(a, s, len, awk_regex_of(a, &v), emit, arg);
	}
	awk_str_put(a, sep);
	return n;
}

static void add_field(void *arg, const char *s, size_t len)
{
	struct awk *a = arg;

	room_for(a, a->nf + 1);
	awk_val_set(a, &a->fields[a->nf++], awk_val_field(a, s, len));
}

static void split_record(struct awk *a)
{
	if (a->split_done)
		return;
	drop_fields(a, 0);
	awk_split(a, a->record->s, a->record->len, &a->globals[AWK_V_FS].v, add_field, a);
	a->split_done = true;
	set_nf_var(a);
}

/**
 * awk_get_nf() - NF
 * @a: the program
 *
 * Return: the number of fields.
 */
int awk_get_nf(struct awk *a)
{
	split_record(a);
	return a->nf;
}

static void grow_to(struct awk *a, int n)
{
	room_for(a, n);
	while (a->nf < n)
		awk_val_set(a, &a->fields[a->nf++], awk_val_str(awk_str_new(a, "", 0)));
}

/**
 * awk_set_nf() - Assigns to NF
 * @a: the program
 * @n: the new number of fields
 */
void awk_set_nf(struct awk *a, double n)
{
	split_record(a);
	if (n < 0)
		awk_fatal(a, "negative value assigned to NF");
	if (n > AWK_FIELD_MAX)
		too_many(a);
	drop_fields(a, (int)n);
	grow_to(a, (int)n);
	a->record_stale = true;
	set_nf_var(a);
}

/**
 * awk_get_record() - $0
 * @a: the program
 *
 * Return: the record, with a reference for the caller.
 */
struct awk_str *awk_get_record(struct awk *a)
{
	if (a->record_stale) {
		struct awk_str *ofs = awk_to_str(a, &a->globals[AWK_V_OFS].v, AWK_V_CONVFMT), *s;
		struct awk_str **part = ng_task_alloc(a->task, (size_t)(a->nf + 1) * sizeof(*part));
		size_t len = 0, at = 0;

		for (int i = 0; i < a->nf; i++) {
			part[i] = awk_to_str(a, &a->fields[i], AWK_V_OFMT);
			len += part[i]->len + (i ? ofs->len : 0);
		}
		s = awk_str_room(a, len);
		for (int i = 0; i < a->nf; i++) {
			if (i) {
				memcpy(s->s + at, ofs->s, ofs->len);
				at += ofs->len;
			}
			memcpy(s->s + at, part[i]->s, part[i]->len);
			at += part[i]->len;
			awk_str_put(a, part[i]);
		}
		ng_task_free(a->task, part);
		awk_str_put(a, ofs);
		awk_str_put(a, a->record);
		a->record = s;
		a->record_stale = false;
	}
	a->record->refs++;
	return a->record;
}

static int index_of(struct awk *a, double n)
{
	int i = awk_to_int(n);

	if (i < 0)
		awk_fatal(a, "negative field index $%d", i);
	if (i > AWK_FIELD_MAX)
		too_many(a);
	return i;
}

/**
 * awk_get_field() - $n
 * @a: the program
 * @n: which
 *
 * Return: its value; uninitialised behind the last.
 */
struct awk_val awk_get_field(struct awk *a, double n)
{
	int i = index_of(a, n);

	if (!i)
		return (struct awk_val){ .type = AWK_FIELD, .s = awk_get_record(a) };
	split_record(a);
	if (i > a->nf)
		return (struct awk_val){ .type = AWK_NOINIT };
	return awk_val_dup(a->fields[i - 1]);
}

/**
 * awk_set_field() - Assigns to $n
 * @a: the program
 * @n: which
 * @v: the value, which the field owns then
 */
void awk_set_field(struct awk *a, double n, struct awk_val v)
{
	int i = index_of(a, n);

	if (!i) {
		struct awk_str *s = awk_to_str(a, &v, AWK_V_CONVFMT);

		awk_set_record(a, s->s, s->len);
		awk_str_put(a, s);
		awk_val_free(a, &v);
		return;
	}
	split_record(a);
	grow_to(a, i);
	awk_val_set(a, &a->fields[i - 1], v);
	a->record_stale = true;
	set_nf_var(a);
}
