/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_u32.c - -m u32: words of the packet, found and compared by a small language
 *
 * Mirrors iptables/extensions/libxt_u32.c. CONTROL.
 *
 *	tests    = test { "&&" test }
 *	test     = location "=" value { "," value }
 *	location = number { ("&" | "<<" | ">>" | "@") number }
 *	value    = number [ ":" number ]
 */
#include "xt.h"

#include <ctype.h>
#include <linux/netfilter/xt_u32.h>

static const struct xt_opt opts[] = {
	{ .name = "u32", .id = 0, .type = XTT_STRING, .flags = XTO_MAND | XTO_INVERT },
	{ .name = NULL },
};

struct text {
	struct ipt *x;
	const char *begin, *at;
};

_Noreturn static void wrong(const struct text *t, const char *what)
{
	xt_error(t->x, PARAMETER_PROBLEM, "u32: at char %u: %s", (unsigned int)(t->at - t->begin),
		 what);
}

static void skip_blanks(struct text *t)
{
	while (isspace((unsigned char)*t->at))
		t->at++;
}

static uint32_t number(struct text *t)
{
	uint64_t v;
	char *end;

	if (!xt_strtoul(t->at, &end, &v, 0, UINT32_MAX))
		wrong(t, "not a number or out of range");
	t->at = end;
	return (uint32_t)v;
}

static enum xt_u32_ops operator_of(struct text *t)
{
	switch (*t->at++) {
	case '&':
		return XT_U32_AND;
	case '@':
		return XT_U32_AT;
	case '<':
		if (*t->at != '<')
			wrong(t, "a second '<' was expected");
		t->at++;
		return XT_U32_LEFTSH;
	case '>':
		if (*t->at != '>')
			wrong(t, "a second '>' was expected");
		t->at++;
		return XT_U32_RIGHTSH;
	default:
		t->at--;
		wrong(t, "operator expected");
	}
}

static void location(struct text *t, struct xt_u32_test *ct)
{
	for (;;) {
		skip_blanks(t);
		if (*t->at == '=') {
			if (!ct->nnums)
				wrong(t, "location spec missing");
			t->at++;
			return;
		}
		if (*t->at == '\0')
			xt_error(t->x, PARAMETER_PROBLEM,
				 "u32: abrupt end of input after location specifier");
		if (ct->nnums) {
			ct->location[ct->nnums].nextop = operator_of(t);
			if (ct->nnums == XT_U32_MAXSIZE) {
				t->at++;
				wrong(t, "too many operators");
			}
		}
		ct->location[ct->nnums++].number = number(t);
	}
}

/* Returns whether another test follows. */
static bool values(struct text *t, struct xt_u32_test *ct, unsigned int nr_tests)
{
	for (;;) {
		struct xt_u32_value_element *v = &ct->value[ct->nvalues];

		skip_blanks(t);
		if ((*t->at == '&' || !*t->at) && ct->nvalues > XT_U32_MAXSIZE)
			wrong(t, "too many \",\"s");
		if (*t->at == '&') {
			t->at++;
			if (*t->at != '&')
				wrong(t, "a second '&' was expected");
			if (!ct->nvalues)
				wrong(t, "value spec missing");
			if (nr_tests == XT_U32_MAXSIZE + 1)
				wrong(t, "too many \"&&\"s");
			t->at++;
			return true;
		}
		if (*t->at == '\0') {
			if (!ct->nvalues)
				xt_error(t->x, PARAMETER_PROBLEM,
					 "u32: test ended with no value specified");
			if (nr_tests > XT_U32_MAXSIZE)
				wrong(t, "too many \"&&\"s");
			return false;
		}
		if (ct->nvalues) {
			if (*t->at != ',')
				wrong(t, "expected \",\" or \"&&\"");
			if (ct->nvalues == XT_U32_MAXSIZE + 1)
				wrong(t, "too many \",\"s");
			t->at++;
		}
		skip_blanks(t);
		v->min = number(t);
		skip_blanks(t);
		v->max = v->min;
		if (*t->at == ':') {
			t->at++;
			v->max = number(t);
		}
		ct->nvalues++;
	}
}

static void parse(struct xt_call *c)
{
	struct text t = { .x = c->x, .begin = c->arg, .at = c->arg };
	struct xt_u32 *info = c->info;

	xt_option_parse(c);
	info->invert = c->invert;
	for (;;) {
		struct xt_u32_test *ct = &info->tests[info->ntests];

		location(&t, ct);
		info->ntests++;
		if (!values(&t, ct, info->ntests))
			return;
	}
}

static void put_test(struct ng_out *out, const struct xt_u32_test *ct)
{
	static const char *const ops[] = { "&", "<<", ">>", "@" };
	unsigned int i;

	for (i = 0; i < ct->nnums; i++) {
		if (i)
			ng_puts(out, ops[ct->location[i].nextop & 3]);
		ng_printf(out, "0x%x", ct->location[i].number);
	}
	ng_putc(out, '=');
	for (i = 0; i < ct->nvalues; i++) {
		if (i)
			ng_putc(out, ',');
		ng_printf(out, "0x%x", ct->value[i].min);
		if (ct->value[i].min != ct->value[i].max)
			ng_printf(out, ":0x%x", ct->value[i].max);
	}
}

static void put_tests(struct xt_show *s)
{
	const struct xt_u32 *info = s->info;
	unsigned int i;

	for (i = 0; i < info->ntests; i++) {
		if (i)
			ng_puts(s->out, "&&");
		put_test(s->out, &info->tests[i]);
	}
	ng_putc(s->out, '"');
}

static void print(struct xt_show *s)
{
	const struct xt_u32 *info = s->info;

	ng_printf(s->out, " u32%s \"", info->invert ? " !" : "");
	put_tests(s);
}

static void save(struct xt_show *s)
{
	const struct xt_u32 *info = s->info;

	ng_printf(s->out, "%s --u32 \"", info->invert ? " !" : "");
	put_tests(s);
}

const struct xt_ext libxt_u32 = {
	.name = "u32",
	.size = sizeof(struct xt_u32),
	.opts = opts,
	.parse = parse,
	.print = print,
	.save = save,
};
