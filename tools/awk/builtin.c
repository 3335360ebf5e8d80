/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * builtin.c - the functions awk brings along
 */
#include "awk.h"

#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <time.h>

#define ARGS_MAX 128

struct pieces {
	struct awk *a;
	struct awk_val *vals;
	int n, cap;
};

static void add_piece(void *arg, const char *s, size_t len)
{
	struct pieces *p = arg;

	if (p->n == p->cap) {
		int cap = p->cap ? p->cap * 2 : 32;

		p->vals = ng_task_realloc(p->a->task, p->vals,
					  (size_t)p->cap * sizeof(struct awk_val),
					  (size_t)cap * sizeof(struct awk_val));
		p->cap = cap;
	}
	p->vals[p->n++] = awk_val_field(p->a, s, len);
}

static struct awk_str *eval_str(struct awk *a, const struct awk_node *e)
{
	struct awk_val v = awk_eval(a, e);
	struct awk_str *s = awk_to_str(a, &v, AWK_V_CONVFMT);

	awk_val_free(a, &v);
	return s;
}

static double eval_num(struct awk *a, const struct awk_node *e)
{
	struct awk_val v = awk_eval(a, e);
	double d = awk_to_num(&v);

	awk_val_free(a, &v);
	return d;
}

/* A separator or a pattern: "/re/" is itself, anything else its text. */
static struct awk_regex *eval_regex(struct awk *a, const struct awk_node *e)
{
	struct awk_regex *r;
	struct awk_val v;

	if (e->op == AWK_REGEX)
		return e->re;
	v = awk_eval(a, e);
	r = awk_regex_of(a, &v);
	awk_val_free(a, &v);
	return r;
}

static struct awk_val do_split(struct awk *a, const struct awk_node *args)
{
	struct awk_str *s = eval_str(a, args);
	const struct awk_node *sep = args->next->next;
	struct pieces p = { .a = a };
	struct awk_val fs;

	if (!sep) {
		fs = awk_val_dup(a->globals[AWK_V_FS].v);
	} else if (sep->op == AWK_REGEX) {
		fs = awk_val_text(a, sep->re->text);
		if (fs.s->len == 1) {
			/* /x/ and "x" are the same but for a space */
			char class[4] = { '[', fs.s->s[0], ']', '\0' };

			if (fs.s->s[0] != '.' && fs.s->s[0] != '^' && fs.s->s[0] != '$')
				awk_val_set(a, &fs, awk_val_text(a, class));
		}
	} else {
		fs = awk_eval(a, sep);
	}
	awk_split(a, s->s, s->len, &fs, add_piece, &p);
	awk_array_split(a, awk_array_of(a, args->next), p.vals, p.n);
	ng_task_free(a->task, p.vals);
	awk_val_free(a, &fs);
	awk_str_put(a, s);
	return awk_val_num(p.n);
}

struct text {
	struct awk *a;
	char *s;
	size_t len, cap;
};

static void add_text(struct text *t, const char *s, size_t len)
{
	if (t->len + len > t->cap) {
		size_t cap = (t->len + len) * 2 + 64;

		if (cap > AWK_STRING_MAX)
			prog_exit(t->a->task, ng_not_modelled(t->a->task, "awk strings this long"));
		t->s = ng_task_realloc(t->a->task, t->s, t->cap, cap);
		t->cap = cap;
	}
	if (len)
		memcpy(t->s + t->len, s, len);
	t->len += len;
}

/* "&" is the match, "\&" an ampersand */
static void add_replacement(struct text *t, const struct awk_str *repl, const char *match,
			    size_t len)
{
	for (uint32_t i = 0; i < repl->len; i++) {
		char c = repl->s[i];

		if (c == '\\' && i + 1 < repl->len &&
		    (repl->s[i + 1] == '&' || repl->s[i + 1] == '\\'))
			add_text(t, &repl->s[++i], 1);
		else if (c == '&')
			add_text(t, match, len);
		else
			add_text(t, &c, 1);
	}
}

static int substitute(struct text *t, struct awk_regex *r, const struct awk_str *s,
		      const struct awk_str *repl, bool all)
{
	size_t at = 0;
	bool after = false; /* a match ended here: an empty one does not count */
	int n = 0;

	while (at <= s->len) {
		regmatch_t m;

		if ((n && !all) || !awk_regex_find(t->a, r, s->s, s->len, at, &m))
			break;
		add_text(t, s->s + at, (size_t)m.rm_so - at);
		if (m.rm_so != m.rm_eo || !(after && (size_t)m.rm_so == at)) {
			add_replacement(t, repl, s->s + m.rm_so, (size_t)(m.rm_eo - m.rm_so));
			n++;
		}
		at = (size_t)m.rm_eo;
		after = m.rm_so != m.rm_eo;
		if (m.rm_so == m.rm_eo) {
			if (at < s->len)
				add_text(t, s->s + at, 1);
			at++;
		}
	}
	if (at < s->len)
		add_text(t, s->s + at, s->len - at);
	return n;
}

static struct awk_val do_sub(struct awk *a, const struct awk_node *e)
{
	const struct awk_node *target = e->a->next->next;
	struct awk_regex *r = eval_regex(a, e->a);
	struct awk_str *repl = eval_str(a, e->a->next),
		       *s = target ? eval_str(a, target) : awk_get_record(a);
	struct text t = { .a = a };
	int n;

	/* what was evaluated since may have used the kept expressions */
	if (e->a->op != AWK_REGEX)
		r = eval_regex(a, e->a);
	n = substitute(&t, r, s, repl, e->sub == B_GSUB);
	if (n) {
		struct awk_val v = awk_val_str(awk_str_new(a, t.s, t.len));

		if (target)
			awk_assign(a, target, v);
		else
			awk_set_field(a, 0, v);
	}
	ng_task_free(a->task, t.s);
	awk_str_put(a, repl);
	awk_str_put(a, s);
	return awk_val_num(n);
}

static struct awk_val do_match(struct awk *a, const struct awk_node *args)
{
	struct awk_str *s = eval_str(a, args);
	struct awk_regex *r = eval_regex(a, args->next);
	regmatch_t m;
	int start = 0, len = -1;

	if (awk_regex_find(a, r, s->s, s->len, 0, &m)) {
		start = (int)m.rm_so + 1;
		len = (int)(m.rm_eo - m.rm_so);
	}
	awk_str_put(a, s);
	awk_var_set(a, AWK_V_RSTART, awk_val_num(start));
	awk_var_set(a, AWK_V_RLENGTH, awk_val_num(len));
	return awk_val_num(start);
}

/* mawk 1.3.4-20200120: fractions are cut; a start below 0 makes the piece longer by as much */
static struct awk_val do_substr(struct awk *a, const struct awk_node *args)
{
	struct awk_str *s = eval_str(a, args);
	int64_t from = awk_to_int(eval_num(a, args->next)), len = INT_MAX;
	struct awk_val v;

	if (args->next->next)
		len = awk_to_int(eval_num(a, args->next->next));
	if (from < 0)
		len -= from;
	if (from < 1)
		from = 1;
	from--;
	if (from > s->len)
		from = s->len;
	if (len > s->len - from)
		len = s->len - from;
	v = awk_val_str(awk_str_new(a, s->s + from, len > 0 ? (size_t)len : 0));
	awk_str_put(a, s);
	return v;
}

static struct awk_val do_index(struct awk *a, const struct awk_node *args)
{
	struct awk_str *s = eval_str(a, args), *t = eval_str(a, args->next);
	const char *at = t->len ? memmem(s->s, s->len, t->s, t->len) : NULL;
	double d = at ? (double)(at - s->s + 1) : !t->len && s->len;

	awk_str_put(a, s);
	awk_str_put(a, t);
	return awk_val_num(d);
}

static struct awk_val do_length(struct awk *a, const struct awk_node *args)
{
	struct awk_str *s;
	double d;

	if (args && (args->op == AWK_VAR || args->op == AWK_LOCAL)) {
		const struct awk_slot *slot =
			args->op == AWK_VAR ? &a->globals[args->n] : &a->frame[args->n];

		if (slot->arr)
			return awk_val_num(slot->arr->size);
	}
	s = args ? eval_str(a, args) : awk_get_record(a);
	d = s->len;
	awk_str_put(a, s);
	return awk_val_num(d);
}

static struct awk_val do_case(struct awk *a, const struct awk_node *args, bool upper)
{
	struct awk_str *s = eval_str(a, args), *t = awk_str_new(a, s->s, s->len);

	for (uint32_t i = 0; i < t->len; i++) {
		char c = t->s[i];

		if (upper ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z')
			t->s[i] = (char)(c ^ 32);
	}
	awk_str_put(a, s);
	return awk_val_str(t);
}

static struct awk_val do_sprintf(struct awk *a, const struct awk_node *args)
{
	struct awk_val *v = ng_task_alloc(a->task, ARGS_MAX * sizeof(*v));
	struct awk_str *s;
	int n = 0;

	for (; args; args = args->next)
		v[n++] = awk_eval(a, args);
	s = awk_sprintf(a, "sprintf", v, n);
	while (n--)
		awk_val_free(a, &v[n]);
	ng_task_free(a->task, v);
	return awk_val_str(s);
}

static void seed(struct awk *a, struct awk_val v)
{
	if (!a->rand) {
		a->rand = ng_task_alloc(a->task, sizeof(*a->rand));
		a->rand_state = ng_task_alloc(a->task, 128);
		initstate_r(1, a->rand_state, 128, a->rand);
	}
	srandom_r((unsigned int)awk_to_int(awk_to_num(&v)), a->rand);
	awk_val_set(a, &a->seed, v);
}

static double now(struct awk *a)
{
	return (double)(ng_sys_clock_realtime(a->task) / 1000000000);
}

static struct awk_val do_rand(struct awk *a)
{
	int32_t r;

	if (!a->rand)
		seed(a, awk_val_num(now(a)));
	random_r(a->rand, &r);
	return awk_val_num((double)r / RAND_MAX);
}

static struct awk_val do_srand(struct awk *a, const struct awk_node *args)
{
	struct awk_val old;

	if (!a->rand)
		seed(a, awk_val_num(now(a)));
	old = awk_val_dup(a->seed);
	seed(a, args ? awk_eval(a, args) : awk_val_num(now(a)));
	return old;
}

/* In UTC: the world has no other zone. */
static struct awk_val do_strftime(struct awk *a, const struct awk_node *args)
{
	struct awk_str *f = args ? eval_str(a, args) : awk_str_new(a, "%c", 2);
	time_t t = (time_t)(args && args->next ? eval_num(a, args->next) : now(a));
	char *text = ng_task_alloc(a->task, 4096);
	struct tm tm;
	struct awk_val v;
	size_t n;

	gmtime_r(&t, &tm);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	n = strftime(text, 4096, f->s, &tm);
#pragma GCC diagnostic pop
	v = awk_val_str(awk_str_new(a, text, n));
	ng_task_free(a->task, text);
	awk_str_put(a, f);
	return v;
}

static struct awk_val do_mktime(struct awk *a, const struct awk_node *args)
{
	struct awk_str *s = eval_str(a, args);
	struct tm tm = { 0 };
	double d = -1;

	if (sscanf(s->s, "%d %d %d %d %d %d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday, &tm.tm_hour,
		   &tm.tm_min, &tm.tm_sec) == 6) {
		tm.tm_year -= 1900;
		tm.tm_mon--;
		d = (double)timegm(&tm);
	}
	awk_str_put(a, s);
	return awk_val_num(d);
}

static struct awk_val do_named(struct awk *a, const struct awk_node *e)
{
	struct awk_str *s;
	double d = 0;

	if (!e->a) {
		awk_flush_all(a);
		return awk_val_num(0);
	}
	s = eval_str(a, e->a);
	if (e->sub == B_CLOSE)
		d = awk_stream_close(a, s->s);
	else if (e->sub == B_SYSTEM)
		d = awk_system(a, s->s);
	else
		awk_flush_all(a);
	awk_str_put(a, s);
	return awk_val_num(d);
}

static double arithmetic(struct awk *a, const struct awk_node *e)
{
	double d = eval_num(a, e->a);

	switch ((enum awk_builtin)e->sub) {
	case B_ATAN2:
		return atan2(d, eval_num(a, e->a->next));
	case B_COS:
		return cos(d);
	case B_EXP:
		return exp(d);
	case B_INT:
		return trunc(d);
	case B_LOG:
		return log(d);
	case B_SIN:
		return sin(d);
	case B_SQRT:
		return sqrt(d);
	default:
		return 0;
	}
}

/**
 * awk_builtin() - Calls a built-in function
 * @a: the program
 * @e: the call
 *
 * Return: its value.
 */
struct awk_val awk_builtin(struct awk *a, const struct awk_node *e)
{
	switch ((enum awk_builtin)e->sub) {
	case B_CLOSE:
	case B_FFLUSH:
	case B_SYSTEM:
		return do_named(a, e);
	case B_GSUB:
	case B_SUB:
		return do_sub(a, e);
	case B_INDEX:
		return do_index(a, e->a);
	case B_LENGTH:
		return do_length(a, e->a);
	case B_MATCH:
		return do_match(a, e->a);
	case B_MKTIME:
		return do_mktime(a, e->a);
	case B_RAND:
		return do_rand(a);
	case B_SPLIT:
		return do_split(a, e->a);
	case B_SPRINTF:
		return do_sprintf(a, e->a);
	case B_SRAND:
		return do_srand(a, e->a);
	case B_STRFTIME:
		return do_strftime(a, e->a);
	case B_SUBSTR:
		return do_substr(a, e->a);
	case B_SYSTIME:
		return awk_val_num(now(a));
	case B_TOLOWER:
	case B_TOUPPER:
		return do_case(a, e->a, e->sub == B_TOUPPER);
	case B_ATAN2:
	case B_COS:
	case B_EXP:
	case B_INT:
	case B_LOG:
	case B_SIN:
	case B_SQRT:
		break;
	}
	return awk_val_num(arithmetic(a, e));
}
