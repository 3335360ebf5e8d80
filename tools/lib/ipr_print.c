/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipr_print.c - one call prints a value as text or as JSON
 *
 * mirrors iproute2's lib/json_print.c, json_writer.c, color.c. The text side
 * uses a format with one conversion; the JSON side uses the key.
 */
#include "ipr.h"

#include <linux/if.h>

struct jsonw {
	unsigned int depth;
	char sep; /* '\0', or the comma the next value needs before it */
};

static const char *const colors[] = {
	[COLOR_IFNAME] = "\033[36m",	   [COLOR_MAC] = "\033[33m",
	[COLOR_INET] = "\033[35m",	   [COLOR_INET6] = "\033[34m",
	[COLOR_OPERSTATE_UP] = "\033[32m", [COLOR_OPERSTATE_DOWN] = "\033[31m",
};

static void jsonw_eol(struct ipr *c)
{
	unsigned int i;

	if (!c->pretty)
		return;
	ng_putc(c->out, '\n');
	for (i = 0; i < c->jw->depth; i++)
		ng_puts(c->out, "    ");
}

static void jsonw_eor(struct ipr *c)
{
	if (c->jw->sep)
		ng_putc(c->out, c->jw->sep);
	c->jw->sep = ',';
}

static void jsonw_puts(struct ipr *c, const char *s)
{
	static const char from[] = "\t\n\r\f\b\\\"";
	static const char to[] = "tnrfb\\\"";
	const char *at;

	ng_putc(c->out, '"');
	for (; *s; s++) {
		at = strchr(from, *s);
		if (at) {
			ng_putc(c->out, '\\');
			ng_putc(c->out, to[at - from]);
		} else {
			ng_putc(c->out, *s);
		}
	}
	ng_putc(c->out, '"');
}

static void jsonw_name(struct ipr *c, const char *key)
{
	if (!key)
		return;
	jsonw_eor(c);
	jsonw_eol(c);
	c->jw->sep = '\0';
	jsonw_puts(c, key);
	ng_putc(c->out, ':');
	if (c->pretty)
		ng_putc(c->out, ' ');
}

static void jsonw_begin(struct ipr *c, char open)
{
	jsonw_eor(c);
	ng_putc(c->out, open);
	c->jw->depth++;
	c->jw->sep = '\0';
}

static void jsonw_end(struct ipr *c, char close)
{
	c->jw->depth--;
	if (c->jw->sep)
		jsonw_eol(c);
	ng_putc(c->out, close);
	c->jw->sep = ',';
}

static void jsonw_start_array(struct ipr *c)
{
	jsonw_begin(c, '[');
	if (c->pretty)
		ng_putc(c->out, ' ');
}

static void jsonw_end_array(struct ipr *c)
{
	if (c->pretty && c->jw->sep)
		ng_putc(c->out, ' ');
	c->jw->sep = '\0';
	jsonw_end(c, ']');
}

/**
 * is_json_context() - Is JSON being written?
 * @c: the run
 *
 * Return: true between new_json_obj() and delete_json_obj() with -json.
 */
bool is_json_context(const struct ipr *c)
{
	return c->jw;
}

/**
 * new_json_obj() - With -json: starts the array that holds the whole answer
 * @c: the run
 */
void new_json_obj(struct ipr *c)
{
	if (!c->json)
		return;
	c->jw = ng_task_alloc(c->task, sizeof(*c->jw));
	jsonw_start_array(c);
}

/**
 * delete_json_obj() - Ends what new_json_obj() began
 * @c: the run
 */
void delete_json_obj(struct ipr *c)
{
	if (!c->jw)
		return;
	jsonw_end_array(c);
	ng_putc(c->out, '\n');
	c->jw = NULL;
}

/**
 * open_json_object() - Begins an object; no text
 * @c: the run
 * @key: its name, or NULL
 */
void open_json_object(struct ipr *c, const char *key)
{
	if (!c->jw)
		return;
	jsonw_name(c, key);
	jsonw_begin(c, '{');
}

/**
 * close_json_object() - Ends an object; no text
 * @c: the run
 */
void close_json_object(struct ipr *c)
{
	if (c->jw)
		jsonw_end(c, '}');
}

/**
 * open_json_array() - Begins an array
 * @c: the run
 * @type: PRINT_...
 * @str: its name in JSON, what is printed as text
 */
void open_json_array(struct ipr *c, int type, const char *str)
{
	if (c->jw) {
		if (type & PRINT_JSON) {
			jsonw_name(c, str);
			jsonw_start_array(c);
		}
	} else if (type & PRINT_FP && str) {
		ng_puts(c->out, str);
	}
}

/**
 * close_json_array() - Ends an array
 * @c: the run
 * @type: PRINT_...
 * @str: what is printed as text, or NULL
 */
void close_json_array(struct ipr *c, int type, const char *str)
{
	if (c->jw) {
		if (type & PRINT_JSON)
			jsonw_end_array(c);
	} else if (type & PRINT_FP && str) {
		ng_puts(c->out, str);
	}
}

/* 1: write JSON (the key is written), 2: write text, 0: neither */
static int want(struct ipr *c, int type, const char *key)
{
	if (!c->jw)
		return type & PRINT_FP ? 2 : 0;
	if (!(type & PRINT_JSON))
		return 0;
	if (key)
		jsonw_name(c, key);
	jsonw_eor(c);
	return 1;
}

/**
 * print_color_string() - A string, in colour with -color
 * @c: the run
 * @type: PRINT_...
 * @color: its colour
 * @key: JSON key, or NULL for an array's element
 * @fmt: text format with one %s
 * @value: the string
 */
void print_color_string(struct ipr *c, int type, enum color_attr color, const char *key,
			const char *fmt, const char *value)
{
	bool colored = c->color && color != COLOR_NONE;

	if (c->jw && type & PRINT_JSON && key && !value) {
		jsonw_name(c, key);
		return;
	}
	switch (want(c, type, key)) {
	case 1:
		jsonw_puts(c, value);
		break;
	case 2:
		if (!fmt)
			break;
		if (colored)
			ng_puts(c->out, colors[color]);
		ng_printf(c->out, fmt, value);
		if (colored)
			ng_puts(c->out, "\033[0m");
		break;
	default:
		break;
	}
}

/**
 * print_string() - A string
 * @c: the run
 * @type: PRINT_...
 * @key: JSON key, or NULL for an array's element
 * @fmt: text format with one %s
 * @value: the string
 */
void print_string(struct ipr *c, int type, const char *key, const char *fmt, const char *value)
{
	print_color_string(c, type, COLOR_NONE, key, fmt, value);
}

#define PRINT_NUMBER(name, ctype, jsonfmt, jsontype)                                      \
	void name(struct ipr *c, int type, const char *key, const char *fmt, ctype value) \
	{                                                                                 \
		int how = want(c, type, key);                                             \
                                                                                          \
		if (how == 1)                                                             \
			ng_printf(c->out, jsonfmt, (jsontype)value);                      \
		else if (how == 2 && fmt)                                                 \
			ng_printf(c->out, fmt, value);                                    \
	}

/* kernel-doc of all: value as fmt in text, as a number (hex: a string) under key in JSON */
PRINT_NUMBER(print_uint, unsigned int, "%u", unsigned int)
PRINT_NUMBER(print_int, int, "%d", int)
PRINT_NUMBER(print_u64, uint64_t, "%llu", unsigned long long)
PRINT_NUMBER(print_hex, unsigned int, "\"%x\"", unsigned int)
PRINT_NUMBER(print_0xhex, unsigned long long, "\"0x%llx\"", unsigned long long)
PRINT_NUMBER(print_float, double, "%g", double)

static void print_word(struct ipr *c, int type, const char *key, const char *fmt, const char *word,
		       bool value)
{
	switch (want(c, type, key)) {
	case 1:
		ng_puts(c->out, value ? "true" : "false");
		break;
	case 2:
		ng_printf(c->out, fmt, word);
		break;
	default:
		break;
	}
}

/**
 * print_bool() - A truth value
 * @c: the run
 * @type: PRINT_...
 * @key: JSON key
 * @fmt: text format with one %s, or none at all
 * @value: the value
 */
void print_bool(struct ipr *c, int type, const char *key, const char *fmt, bool value)
{
	print_word(c, type, key, fmt, value ? "true" : "false", value);
}

/**
 * print_on_off() - A switch: "on" or "off" as text, a truth value in JSON
 * @c: the run
 * @type: PRINT_...
 * @key: JSON key
 * @fmt: text format with one %s
 * @value: the value
 */
void print_on_off(struct ipr *c, int type, const char *key, const char *fmt, bool value)
{
	print_word(c, type, key, fmt, value ? "on" : "off", value);
}

/**
 * print_null() - null in JSON, a word as text
 * @c: the run
 * @type: PRINT_...
 * @key: JSON key
 * @fmt: text format with one %s
 * @value: the word
 */
void print_null(struct ipr *c, int type, const char *key, const char *fmt, const char *value)
{
	switch (want(c, type, key)) {
	case 1:
		ng_puts(c->out, "null");
		break;
	case 2:
		if (fmt)
			ng_printf(c->out, fmt, value);
		break;
	default:
		break;
	}
}

/**
 * print_json_raw() - A JSON value as it is; no text
 * @c: the run
 * @key: JSON key, or NULL for an array's element
 * @text: the value
 */
void print_json_raw(struct ipr *c, const char *key, const char *text)
{
	if (want(c, PRINT_JSON, key) == 1)
		ng_puts(c->out, text);
}

/**
 * print_nl() - A line end inside a record, as text
 * @c: the run
 */
void print_nl(struct ipr *c)
{
	if (!c->jw)
		ng_puts(c->out, c->sl);
}

/**
 * ifa_family_color() - Colour of an address
 * @family: AF_...
 *
 * Return: the colour.
 */
enum color_attr ifa_family_color(int family)
{
	return family == AF_INET ? COLOR_INET : family == AF_INET6 ? COLOR_INET6 : COLOR_NONE;
}

/**
 * oper_state_color() - Colour of an operational state
 * @state: IF_OPER_...
 *
 * Return: the colour.
 */
enum color_attr oper_state_color(uint8_t state)
{
	if (state == IF_OPER_UP)
		return COLOR_OPERSTATE_UP;
	return state == IF_OPER_DOWN ? COLOR_OPERSTATE_DOWN : COLOR_NONE;
}
