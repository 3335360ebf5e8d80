/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipr_utils.c - reading arguments
 *
 * mirrors the first half of iproute2's lib/utils.c
 */
#include "ipr.h"

#include <errno.h>
#include <limits.h>
#include <linux/if.h>
#include <netglass/syscall.h>
#include <stdarg.h>
#include <stdio.h>

/**
 * ipr_exit() - Ends the program at once, as exit(3)
 * @c: the run
 * @status: exit status
 */
void ipr_exit(struct ipr *c, int status)
{
	ng_flush(c->out);
	ng_flush(c->err);
	ng_sys_exit(c->task, status & 0xff);
}

/**
 * incomplete_command() - A word is missing: says so and exits 255
 * @c: the run
 */
void incomplete_command(struct ipr *c)
{
	ng_printf(c->err, "Command line is not complete. Try option \"help\"\n");
	ipr_exit(c, 255);
}

/**
 * missarg() - An argument is required: says so and exits 255
 * @c: the run
 * @key: its keyword
 */
void missarg(struct ipr *c, const char *key)
{
	ng_printf(c->err, "Error: argument \"%s\" is required\n", key);
	ipr_exit(c, 255);
}

/**
 * invarg() - An argument is wrong: says so and exits 255
 * @c: the run
 * @msg: why
 * @arg: the argument
 */
void invarg(struct ipr *c, const char *msg, const char *arg)
{
	ng_printf(c->err, "Error: argument \"%s\" is wrong: %s\n", arg, msg);
	ipr_exit(c, 255);
}

/**
 * duparg() - An argument was given twice: says so and exits 255
 * @c: the run
 * @key: its keyword
 * @arg: the second value
 */
void duparg(struct ipr *c, const char *key, const char *arg)
{
	ng_printf(c->err, "Error: duplicate \"%s\": \"%s\" is the second value.\n", key, arg);
	ipr_exit(c, 255);
}

/**
 * duparg2() - A word that is no keyword came a second time: exits 255
 * @c: the run
 * @key: what it would have been
 * @arg: the word
 */
void duparg2(struct ipr *c, const char *key, const char *arg)
{
	ng_printf(c->err, "Error: either \"%s\" is duplicate, or \"%s\" is a garbage.\n", key, arg);
	ipr_exit(c, 255);
}

/**
 * nodev() - A device does not exist
 * @c: the run
 * @dev: its name
 *
 * Return: -1, for the caller to return.
 */
int nodev(struct ipr *c, const char *dev)
{
	ng_printf(c->err, "Cannot find device \"%s\"\n", dev);
	return -1;
}

/**
 * invalid_vrf() - "vrf NAME": looks the device up and refuses it, there are no VRFs
 * @c: the run
 * @msg: why
 * @name: the name
 */
void invalid_vrf(struct ipr *c, const char *msg, const char *name)
{
	ll_name_to_index(c, name);
	invarg(c, msg, name);
}

/**
 * next_arg() - Moves the cursor on; exits when nothing is left
 * @c: the run
 *
 * Return: the argument under the cursor.
 */
const char *next_arg(struct ipr *c)
{
	c->argv++;
	if (--c->argc <= 0)
		incomplete_command(c);
	return c->argv[0];
}

/**
 * next_arg_ok() - Is there an argument after this one?
 * @c: the run
 *
 * Return: true when there is.
 */
bool next_arg_ok(const struct ipr *c)
{
	return c->argc - 1 > 0;
}

/**
 * next_arg_fwd() - Moves the cursor on, even past the end
 * @c: the run
 */
void next_arg_fwd(struct ipr *c)
{
	c->argv++;
	c->argc--;
}

/**
 * prev_arg() - Moves the cursor back
 * @c: the run
 */
void prev_arg(struct ipr *c)
{
	c->argv--;
	c->argc++;
}

/**
 * matches() - Is an argument a word, or the beginning of one?
 * @arg: what was typed; empty is the beginning of nothing
 * @word: the keyword
 *
 * Return: true when it is. Unlike iproute2's, true means yes.
 */
bool matches(const char *arg, const char *word)
{
	return *arg && *arg == *word && !strncmp(arg, word, strlen(arg));
}

/**
 * is_word() - Is an argument exactly this word?
 * @arg: what was typed
 * @word: the keyword
 *
 * Return: true when it is.
 */
bool is_word(const char *arg, const char *word)
{
	return *arg == *word && !strcmp(arg, word);
}

/**
 * parse_one_of() - Finds an argument in a list; says what would have been right
 * @c: the run
 * @msg: the option's name
 * @arg: the argument
 * @list: the words
 * @n: how many
 *
 * Return: its index, or -1 after a message.
 */
int parse_one_of(struct ipr *c, const char *msg, const char *arg, const char *const *list, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		if (matches(arg, list[i]))
			return i;
	}
	ng_printf(c->err, "Error: argument of \"%s\" must be one of ", msg);
	for (i = 0; i < n; i++) {
		ng_printf(c->err, "\"%s\"", list[i]);
		if (i + 1 < n)
			ng_printf(c->err, ", ");
	}
	ng_printf(c->err, ", not \"%s\"\n", arg);
	return -1;
}

/**
 * parse_on_off() - Reads "on" or "off"
 * @c: the run
 * @msg: the option's name
 * @arg: the argument
 * @ret_bad: set when it is neither, after a message
 *
 * Return: true for "on".
 */
bool parse_on_off(struct ipr *c, const char *msg, const char *arg, bool *ret_bad)
{
	*ret_bad = false;
	if (is_word(arg, "on"))
		return true;
	if (is_word(arg, "off"))
		return false;
	ng_printf(c->err, "Error: argument of \"%s\" must be \"on\" or \"off\", not \"%s\"\n", msg,
		  arg);
	*ret_bad = true;
	return false;
}

/**
 * get_integer() - Reads an int
 * @ret_val: the value
 * @arg: the text, whole
 * @base: as strtol(3)
 *
 * Return: 0 or -1.
 */
int get_integer(int *ret_val, const char *arg, int base)
{
	char *end;
	long v;

	if (!arg || !*arg)
		return -1;
	errno = 0;
	v = strtol(arg, &end, base);
	if (end == arg || *end || errno == ERANGE || v < INT_MIN || v > INT_MAX)
		return -1;
	*ret_val = (int)v;
	return 0;
}

/**
 * get_s32() - Reads a signed 32-bit number
 * @ret_val: the value
 * @arg: the text, whole
 * @base: as strtol(3)
 *
 * Return: 0 or -1.
 */
int get_s32(int32_t *ret_val, const char *arg, int base)
{
	return get_integer(ret_val, arg, base);
}

/**
 * get_u64() - Reads an unsigned 64-bit number
 * @ret_val: the value
 * @arg: the text, whole; a minus sign wraps around, as with strtoull(3)
 * @base: as strtol(3)
 *
 * Return: 0 or -1.
 */
int get_u64(uint64_t *ret_val, const char *arg, int base)
{
	unsigned long long v;
	char *end;

	if (!arg || !*arg)
		return -1;
	errno = 0;
	v = strtoull(arg, &end, base);
	if (end == arg || *end || errno == ERANGE)
		return -1;
	*ret_val = v;
	return 0;
}

static int get_bounded(uint64_t *ret_val, const char *arg, int base, uint64_t max)
{
	return get_u64(ret_val, arg, base) || *ret_val > max ? -1 : 0;
}

/**
 * get_unsigned() - Reads an unsigned int
 * @ret_val: the value
 * @arg: the text, whole
 * @base: as strtol(3)
 *
 * Return: 0 or -1.
 */
int get_unsigned(unsigned int *ret_val, const char *arg, int base)
{
	uint64_t v;

	if (get_bounded(&v, arg, base, UINT_MAX))
		return -1;
	*ret_val = (unsigned int)v;
	return 0;
}

/**
 * get_u32() - Reads an unsigned 32-bit number
 * @ret_val: the value
 * @arg: the text, whole
 * @base: as strtol(3)
 *
 * Return: 0 or -1.
 */
int get_u32(uint32_t *ret_val, const char *arg, int base)
{
	return get_unsigned(ret_val, arg, base);
}

/**
 * get_u16() - Reads an unsigned 16-bit number
 * @ret_val: the value
 * @arg: the text, whole
 * @base: as strtol(3)
 *
 * Return: 0 or -1.
 */
int get_u16(uint16_t *ret_val, const char *arg, int base)
{
	uint64_t v;

	if (get_bounded(&v, arg, base, UINT16_MAX))
		return -1;
	*ret_val = (uint16_t)v;
	return 0;
}

/**
 * get_u8() - Reads an unsigned 8-bit number
 * @ret_val: the value
 * @arg: the text, whole
 * @base: as strtol(3)
 *
 * Return: 0 or -1.
 */
int get_u8(uint8_t *ret_val, const char *arg, int base)
{
	uint64_t v;

	if (get_bounded(&v, arg, base, UINT8_MAX))
		return -1;
	*ret_val = (uint8_t)v;
	return 0;
}

/**
 * get_time_rtt() - Reads a time as `ip route` wants it
 * @ret_val: milliseconds, or as typed when without a unit
 * @arg: number with "s", "sec", "secs", "ms", "msec", "msecs" or no unit
 * @ret_raw: 1: no unit was given
 *
 * Return: 0 or -1.
 */
int get_time_rtt(unsigned int *ret_val, const char *arg, int *ret_raw)
{
	double t;
	unsigned long v;
	char *end;

	if (!arg || !*arg)
		return -1;
	if (strchr(arg, '.')) {
		t = strtod(arg, &end);
		if (t < 0.0)
			return -1;
	} else {
		v = strtoul(arg, &end, 0);
		if (v == ULONG_MAX)
			return -1;
		t = (double)v;
	}
	if (end == arg)
		return -1;
	*ret_raw = !*end;
	if (*end) {
		if (!strcasecmp(end, "s") || !strcasecmp(end, "sec") || !strcasecmp(end, "secs"))
			t *= 1000;
		else if (strcasecmp(end, "ms") && strcasecmp(end, "msec") &&
			 strcasecmp(end, "msecs"))
			return -1;
	}
	*ret_val = (unsigned int)t;
	if (*ret_val < t)
		(*ret_val)++;
	return 0;
}

/**
 * check_altifname() - Could this be an alternative name of a device?
 * @name: the name
 *
 * Return: 0 or -1.
 */
int check_altifname(const char *name)
{
	if (!*name)
		return -1;
	for (; *name; name++) {
		if (*name == '/' || strchr(" \f\n\r\t\v", *name))
			return -1;
	}
	return 0;
}

/**
 * check_ifname() - Could this be the name of a device?
 * @name: the name
 *
 * Return: 0 or -1.
 */
int check_ifname(const char *name)
{
	return strlen(name) >= IFNAMSIZ ? -1 : check_altifname(name);
}

/**
 * ipr_strf() - Formats into the task's memory
 * @c: the run
 * @fmt: as printf(3)
 *
 * Return: the string.
 */
const char *ipr_strf(struct ipr *c, const char *fmt, ...)
{
	char text[256], *s;
	va_list ap;
	va_list aq;
	size_t n;

	va_start(ap, fmt);
	va_copy(aq, ap);
	n = (size_t)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	s = ng_task_alloc_buffer(c->task, n + 1);
	if (n < sizeof(text))
		memcpy(s, text, n + 1);
	else
		vsnprintf(s, n + 1, fmt, aq);
	va_end(aq);
	return s;
}
