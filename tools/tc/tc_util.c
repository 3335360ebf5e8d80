/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tc_util.c - times, percentages and rates, read and printed
 *
 * mirrors tc/tc_util.c and lib/utils_math.c of iproute2 6.1
 */
#include "tc.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

/**
 * tc_get_time_ns() - "100ms", "1s", "50" (microseconds)
 * @s: the text
 * @ret: nanoseconds
 *
 * Return: false: it is no time.
 */
bool tc_get_time_ns(const char *s, int64_t *ret)
{
	static const struct {
		const char *unit;
		double ns;
	} units[] = {
		{ "s", 1e9 },	  { "sec", 1e9 },   { "secs", 1e9 }, { "ms", 1e6 },
		{ "msec", 1e6 },  { "msecs", 1e6 }, { "us", 1e3 },   { "usec", 1e3 },
		{ "usecs", 1e3 }, { "ns", 1 },	    { "nsec", 1 },   { "nsecs", 1 },
	};
	char *end;
	double v = strtod(s, &end);

	if (end == s || v < 0)
		return false;
	if (!*end) {
		*ret = (int64_t)(v * 1e3);
		return true;
	}
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcasecmp(end, units[i].unit))
			continue;
		*ret = (int64_t)(v * units[i].ns);
		return true;
	}
	return false;
}

/**
 * tc_get_percent() - "1%", "0.5"
 * @s: the text
 * @ret: of 2^32 - 1
 *
 * Return: false: it is no percentage.
 */
bool tc_get_percent(const char *s, uint32_t *ret)
{
	char *end;
	double v = strtod(s, &end) / 100.0;

	if (end == s || v > 1.0 || v < 0.0 || (*end && (end[0] != '%' || end[1])))
		return false;
	*ret = (uint32_t)(long long)(v * UINT32_MAX + 0.5);
	return true;
}

/**
 * tc_get_rate() - "1mbit", "512kbit", "10mbps" (bytes)
 * @s: the text
 * @ret: bytes per second
 *
 * Return: false: it is no rate.
 */
bool tc_get_rate(const char *s, uint64_t *ret)
{
	static const struct {
		const char *unit;
		double scale; /* bits per second */
	} units[] = {
		{ "bit", 1 },	 { "kibit", 1024 },	    { "kbit", 1e3 }, { "mibit", 1048576 },
		{ "mbit", 1e6 }, { "gibit", 1073741824 },   { "gbit", 1e9 }, { "tbit", 1e12 },
		{ "bps", 8 },	 { "kibps", 8192 },	    { "kbps", 8e3 }, { "mibps", 8388608 },
		{ "mbps", 8e6 }, { "gibps", 8589934592.0 }, { "gbps", 8e9 }, { "tbps", 8e12 },
	};
	char *end;
	double v = strtod(s, &end);

	if (end == s || v < 0)
		return false;
	if (!*end) {
		*ret = (uint64_t)(v / 8);
		return true;
	}
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcasecmp(end, units[i].unit))
			continue;
		*ret = (uint64_t)(v * units[i].scale / 8);
		return true;
	}
	return false;
}

/**
 * tc_print_time() - As sprint_time()
 * @out: where to
 * @ns: nanoseconds
 */
void tc_print_time(struct ng_out *out, int64_t ns)
{
	double us = (double)ns / 1000;

	if (us >= 1e6)
		ng_printf(out, "%.3gs", us / 1e6);
	else if (us >= 1e3)
		ng_printf(out, "%.3gms", us / 1e3);
	else
		ng_printf(out, "%uus", (unsigned int)us);
}

/**
 * tc_print_percent() - As print_percent() of netem
 * @out: where to
 * @v: of 2^32 - 1
 */
void tc_print_percent(struct ng_out *out, uint32_t v)
{
	ng_printf(out, "%g%%", 100.0 * v / UINT32_MAX);
}

/**
 * tc_print_rate() - As tc_print_rate()
 * @out: where to
 * @bytes: per second
 */
void tc_print_rate(struct ng_out *out, uint64_t bytes)
{
	static const char *const units[] = { "", "K", "M", "G", "T" };
	uint64_t rate = bytes * 8;
	int i;

	for (i = 0; i < 4; i++) {
		if (rate < 1000 || (rate % 1000 && rate < 1000000))
			break;
		rate /= 1000;
	}
	ng_printf(out, "%.0f%sbit", (double)rate, units[i]);
}
