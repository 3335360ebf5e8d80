/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * input.c - records of files, and the files of the command line
 *
 * Inputs are read 4096 bytes at a time, as mawk does: what follows in a pipe is left to others.
 */
#include "awk.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

#define READ_SIZE 4096

/**
 * awk_input_open() - Opens a file
 * @a: the program
 * @in: set up here
 * @path: the file; "-" and "/dev/stdin" are standard input
 *
 * Return: 0 or -errno.
 */
int awk_input_open(struct awk *a, struct awk_input *in, const char *path)
{
	*in = (struct awk_input){ 0 };
	if (!strcmp(path, "-") || !strcmp(path, "/dev/stdin"))
		return 0;
	in->fd = ng_sys_open(a->task, path, O_RDONLY | O_CLOEXEC, 0);
	return in->fd < 0 ? in->fd : 0;
}

/**
 * awk_input_close() - Ends an input
 * @a: the program
 * @in: the input
 */
void awk_input_close(struct awk *a, struct awk_input *in)
{
	if (in->fd > 0)
		ng_sys_close(a->task, in->fd);
	ng_task_free(a->task, in->buf);
	*in = (struct awk_input){ 0 };
}

static bool fill(struct awk *a, struct awk_input *in)
{
	ssize_t n;

	if (in->eof)
		return false;
	if (in->start) {
		memmove(in->buf, in->buf + in->start, in->end - in->start);
		in->end -= in->start;
		in->start = 0;
	}
	if (in->end + READ_SIZE + 1 > in->cap) {
		size_t cap = in->cap ? in->cap * 2 : 2 * READ_SIZE;

		if (cap > AWK_STRING_MAX)
			prog_exit(a->task, ng_not_modelled(a->task, "awk records this long"));
		in->buf = ng_task_realloc(a->task, in->buf, in->cap, cap);
		in->cap = cap;
	}
	do {
		n = ng_sys_read(a->task, in->fd, in->buf + in->end, READ_SIZE);
	} while (n == -EINTR);
	if (n < 0) {
		ng_flush(ng_stdout(a->task));
		prog_die(a->task, 2, "awk", 0, "read error (%s)", ng_strerror((int)-n));
	}
	if (n == 0) {
		in->eof = true;
		return false;
	}
	in->end += (size_t)n;
	return true;
}

/* The end of a record in what is there: one that may be longer with more input does not count. */
static bool find_end(struct awk *a, struct awk_input *in, struct awk_str *rs, size_t *ret_end,
		     size_t *ret_next)
{
	const char *s = in->buf + in->start;
	size_t len = in->end - in->start;
	regmatch_t m;

	if (rs->len == 1) {
		const char *stop = memchr(s, rs->s[0], len);

		if (stop) {
			*ret_end = (size_t)(stop - s);
			*ret_next = *ret_end + 1;
		}
		return stop;
	}
	if (rs->len) {
		struct awk_val v = awk_val_str(rs);

		in->buf[in->end] = '\0';
		if (!awk_regex_find(a, awk_regex_of(a, &v), s, len, 0, &m) || m.rm_so == m.rm_eo ||
		    ((size_t)m.rm_eo == len && !in->eof))
			return false;
		*ret_end = (size_t)m.rm_so;
		*ret_next = (size_t)m.rm_eo;
		return true;
	}
	for (size_t i = 0; i + 1 < len; i++) {
		size_t next = i;

		if (s[i] != '\n' || s[i + 1] != '\n')
			continue;
		while (next < len && s[next] == '\n')
			next++;
		if (next == len && !in->eof)
			return false;
		*ret_end = i;
		*ret_next = next;
		return true;
	}
	return false;
}

/**
 * awk_record_next() - The next record of an input
 * @a: the program
 * @in: the input
 * @ret_s: its bytes, until the next call
 * @ret_len: how many
 *
 * Return: false at the end.
 */
bool awk_record_next(struct awk *a, struct awk_input *in, const char **ret_s, size_t *ret_len)
{
	struct awk_str *rs = awk_to_str(a, &a->globals[AWK_V_RS].v, AWK_V_CONVFMT);
	size_t end = 0, next = 0;
	bool found;

	for (;;) {
		while (!rs->len && in->start < in->end && in->buf[in->start] == '\n')
			in->start++;
		found = in->start < in->end && find_end(a, in, rs, &end, &next);
		if (found || !fill(a, in))
			break;
	}
	/* the end of the file may decide what was open */
	if (!found && in->start < in->end)
		found = find_end(a, in, rs, &end, &next);
	if (!found) {
		end = next = in->end - in->start;
		if (!end) {
			awk_str_put(a, rs);
			return false;
		}
		if (!rs->len && in->buf[in->end - 1] == '\n')
			end--;
	}
	awk_str_put(a, rs);
	*ret_s = in->buf + in->start;
	*ret_len = end;
	in->start += next;
	return true;
}

/**
 * awk_is_assignment() - Is a word of the command line NAME=VALUE?
 * @s: the word
 * @ret_name_len: length of NAME
 *
 * Return: true when it is.
 */
bool awk_is_assignment(const char *s, size_t *ret_name_len)
{
	size_t n = 0;

	if (!isalpha((unsigned char)*s) && *s != '_')
		return false;
	while (isalnum((unsigned char)s[n]) || s[n] == '_')
		n++;
	*ret_name_len = n;
	return s[n] == '=';
}

/**
 * awk_arg_assign() - Does the assignment of a word NAME=VALUE
 * @a: the program
 * @text: the word
 * @name_len: length of NAME
 */
void awk_arg_assign(struct awk *a, const char *text, size_t name_len)
{
	size_t len = strlen(text + name_len + 1);
	struct awk_str *s = awk_str_room(a, len);

	s->len = (uint32_t)awk_unescape(s->s, text + name_len + 1, len);
	s->s[s->len] = '\0';
	for (int i = 0; i < a->nsyms; i++) {
		if (strlen(a->syms[i].name) == name_len &&
		    !strncmp(a->syms[i].name, text, name_len)) {
			awk_var_set(a, i, (struct awk_val){ .type = AWK_FIELD, .s = s });
			return;
		}
	}
	awk_str_put(a, s);
}

/* Goes to the next file of ARGV; false when none is left. */
static bool open_next(struct awk *a)
{
	struct awk_slot *argv = &a->globals[AWK_V_ARGV];
	int argc = awk_to_int(awk_to_num(&a->globals[AWK_V_ARGC].v)), err;

	while (++a->argi < argc) {
		struct awk_val key = awk_val_num(a->argi);
		struct awk_elem *e = awk_array_find(a, argv->arr, &key, false);
		struct awk_str *s;
		size_t n;

		if (!e)
			continue;
		s = awk_to_str(a, &e->v, AWK_V_CONVFMT);
		if (!s->len) {
			awk_str_put(a, s);
			continue;
		}
		if (awk_is_assignment(s->s, &n)) {
			awk_arg_assign(a, s->s, n);
			awk_str_put(a, s);
			continue;
		}
		err = awk_input_open(a, &a->in, s->s);
		if (err < 0) {
			awk_say(a, "cannot open %s (%s)", s->s, ng_strerror(-err));
			awk_flush_all(a);
			prog_exit(a->task, 2);
		}
		awk_var_set(a, AWK_V_FILENAME, awk_val_str(s));
		awk_var_set(a, AWK_V_FNR, awk_val_num(0));
		a->in_open = true;
		return true;
	}
	return false;
}

static bool any_file(struct awk *a)
{
	int argc = awk_to_int(awk_to_num(&a->globals[AWK_V_ARGC].v));

	for (int i = 1; i < argc; i++) {
		struct awk_val key = awk_val_num(i);
		struct awk_elem *e = awk_array_find(a, a->globals[AWK_V_ARGV].arr, &key, false);
		size_t n;

		if (e && e->v.s && e->v.s->len && !awk_is_assignment(e->v.s->s, &n))
			return true;
	}
	return false;
}

/**
 * awk_main_next() - The next record of the files of the command line
 * @a: the program
 * @ret_s: its bytes, until the next call
 * @ret_len: how many
 *
 * NR and FNR are counted by the caller.
 *
 * Return: false when all are read.
 */
bool awk_main_next(struct awk *a, const char **ret_s, size_t *ret_len)
{
	if (a->in_over)
		return false;
	if (!a->in_open && !a->argi) {
		bool files = any_file(a);

		if (!open_next(a)) {
			if (!files)
				awk_var_set(a, AWK_V_FILENAME, awk_val_text(a, "-"));
			a->in_over = files;
			a->in_open = !files;
			a->in = (struct awk_input){ 0 };
		}
	}
	while (a->in_open) {
		if (awk_record_next(a, &a->in, ret_s, ret_len))
			return true;
		awk_input_close(a, &a->in);
		a->in_open = open_next(a);
	}
	a->in_over = true;
	return false;
}

/**
 * awk_skip_file() - What nextfile does
 * @a: the program
 */
void awk_skip_file(struct awk *a)
{
	a->in.start = a->in.end;
	a->in.eof = true;
}
