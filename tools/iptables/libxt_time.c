/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libxt_time.c - -m time: when a packet arrives
 *
 * Mirrors iptables/extensions/libxt_time.c. CONTROL.
 */
#include "xt.h"

#include <limits.h>
#include <linux/netfilter/xt_time.h>
#include <stdlib.h>

#define DAY 86400

enum {
	O_DATESTART,
	O_DATESTOP,
	O_TIMESTART,
	O_TIMESTOP,
	O_MONTHDAYS,
	O_WEEKDAYS,
	O_UTC,
	O_LOCALTZ,
	O_KERNELTZ,
	O_CONTIGUOUS,
};

#define WORD(word, i)                                     \
	{                                                 \
		.name = word, .id = i, .type = XTT_STRING \
	}
#define FLAG(word, i, not_with)                                           \
	{                                                                 \
		.name = word, .id = i, .type = XTT_NONE, .excl = not_with \
	}

static const struct xt_opt opts[] = {
	WORD("datestart", O_DATESTART),
	WORD("datestop", O_DATESTOP),
	WORD("timestart", O_TIMESTART),
	WORD("timestop", O_TIMESTOP),
	{ .name = "monthdays", .id = O_MONTHDAYS, .type = XTT_STRING, .flags = XTO_INVERT },
	{ .name = "weekdays", .id = O_WEEKDAYS, .type = XTT_STRING, .flags = XTO_INVERT },
	FLAG("utc", O_UTC, 1u << O_KERNELTZ),
	FLAG("localtz", O_LOCALTZ, 1u << O_UTC),
	FLAG("kerneltz", O_KERNELTZ, 1u << O_UTC),
	FLAG("contiguous", O_CONTIGUOUS, 0),
	{ .name = NULL },
};

static const char *const weekdays[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

static void init(void *data)
{
	struct xt_time_info *info = data;

	info->monthdays_match = XT_TIME_ALL_MONTHDAYS;
	info->weekdays_match = XT_TIME_ALL_WEEKDAYS;
	info->daytime_stop = XT_TIME_MAX_DAYTIME;
	info->date_stop = INT_MAX;
}

/* Days since 1970 of a date, the month and the day as they come: month 13 is the next January. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
	int64_t y, era, doy;

	year += (month - 1) / 12;
	month = (month - 1) % 12 + 1;
	if (month <= 0) {
		month += 12;
		year--;
	}
	y = month <= 2 ? year - 1 : year;
	era = y / 400;
	doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5;
	return era * 146097 + (y - era * 400) * 365 + (y % 400) / 4 - (y % 400) / 100 + doy + day -
	       1 - 719468;
}

struct date {
	long part[6]; /* year, month, day, hour, minute, second */
};

/* YYYY[-MM[-DD[Thh[:mm[:ss]]]]] */
static bool read_date(const char *s, struct date *d)
{
	static const char before[] = "--T::";
	static const long low[] = { 1970, 0, 0, 0, 0, 0 }, high[] = { 2038, 12, 31, 23, 59, 59 };
	unsigned int i;
	char *end;

	*d = (struct date){ { 0, 1, 1, 0, 0, 0 } };
	for (i = 0; i < 6; i++) {
		d->part[i] = (long)strtoul(s, &end, 10);
		if (*end != '\0' && (i == 5 || *end != before[i]))
			return false;
		if (d->part[i] < low[i] || d->part[i] > high[i])
			return false;
		if (*end == '\0')
			return true;
		s = end + 1;
	}
	return false;
}

static uint32_t parse_date(struct xt_call *c)
{
	struct date d;

	if (!read_date(c->arg, &d))
		xt_error(c->x, PARAMETER_PROBLEM,
			 "Invalid date \"%s\" specified. Should be YYYY[-MM[-DD[Thh[:mm[:ss]]]]]",
			 c->arg);
	return (uint32_t)(days_of(d.part[0], d.part[1], d.part[2]) * DAY + d.part[3] * 3600 +
			  d.part[4] * 60 + d.part[5]);
}

_Noreturn static void bad_time(struct xt_call *c, const char *s)
{
	xt_error(c->x, PARAMETER_PROBLEM,
		 "invalid time \"%s\" specified, should be hh:mm[:ss] format and within the "
		 "boundaries",
		 s);
}

static uint32_t parse_time(struct xt_call *c)
{
	const char *s = c->arg;
	uint32_t v, sum;
	char *end;

	v = (uint32_t)strtoul(s, &end, 10);
	if (v > 23 || *end != ':')
		bad_time(c, s);
	sum = v * 3600;
	s = end + 1;
	v = (uint32_t)strtoul(s, &end, 10);
	if (v > 59 || (*end != '\0' && *end != ':'))
		bad_time(c, s);
	sum += v * 60;
	if (*end == '\0')
		return sum;
	s = end + 1;
	v = (uint32_t)strtoul(s, &end, 10);
	if (v > 59 || *end != '\0')
		bad_time(c, s);
	return sum + v;
}

/* The next word of a list, at most @cap - 1 of its characters. Returns the rest, NULL after the last. */
static const char *next_word(const char *list, char *buf, size_t cap)
{
	size_t n = strcspn(list, ",");
	size_t len = n < cap - 1 ? n : cap - 1;

	memcpy(buf, list, len);
	buf[len] = '\0';
	return list[n] ? list + n + 1 : NULL;
}

static uint32_t parse_monthdays(struct xt_call *c)
{
	const char *list = c->arg;
	uint32_t days = 0;
	char word[3];

	while (list && *list) {
		unsigned long v;
		char *end;

		list = next_word(list, word, sizeof(word));
		v = strtoul(word, &end, 10);
		if (*end != '\0' || v > 31)
			xt_error(c->x, PARAMETER_PROBLEM, "%s is not a valid day for --monthdays",
				 word);
		days |= UINT32_C(1) << v;
	}
	return days;
}

static uint32_t parse_weekdays(struct xt_call *c)
{
	const char *list = c->arg;
	uint32_t days = 0;
	char word[4];

	while (list && *list) {
		unsigned long v;
		char *end;

		list = next_word(list, word, sizeof(word));
		v = strtoul(word, &end, 10);
		if (*end != '\0') {
			for (v = 0; v < 7 && strncmp(word, weekdays[v], 2) != 0; v++)
				;
			if (v++ == 7)
				xt_error(c->x, PARAMETER_PROBLEM, "%s is not a valid day specifier",
					 word);
		}
		if (v == 0)
			xt_error(c->x, PARAMETER_PROBLEM,
				 "No, the week does NOT begin with Sunday.");
		days |= v < 32 ? UINT32_C(1) << v : 0;
	}
	return days;
}

static void parse(struct xt_call *c)
{
	struct xt_time_info *info = c->info;

	if (c->opt->id == O_LOCALTZ)
		ng_puts(c->x->err, "WARNING: --localtz is being replaced by --kerneltz, since "
				   "\"local\" is ambiguous. Note the kernel timezone has caveats - "
				   "see manpage for details.\n");
	xt_option_parse(c);
	switch (c->opt->id) {
	case O_DATESTART:
		info->date_start = parse_date(c);
		break;
	case O_DATESTOP:
		info->date_stop = parse_date(c);
		break;
	case O_TIMESTART:
		info->daytime_start = parse_time(c);
		break;
	case O_TIMESTOP:
		info->daytime_stop = parse_time(c);
		break;
	case O_MONTHDAYS:
		info->monthdays_match = parse_monthdays(c);
		if (c->invert)
			info->monthdays_match ^= XT_TIME_ALL_MONTHDAYS;
		break;
	case O_WEEKDAYS:
		info->weekdays_match = (uint8_t)parse_weekdays(c);
		if (c->invert)
			info->weekdays_match ^= XT_TIME_ALL_WEEKDAYS;
		break;
	case O_LOCALTZ:
	case O_KERNELTZ:
		info->flags |= XT_TIME_LOCAL_TZ;
		break;
	case O_CONTIGUOUS:
		info->flags |= XT_TIME_CONTIGUOUS;
		break;
	default:
		break;
	}
}

static void check(struct ipt *x, void *data, uint32_t flags)
{
	const struct xt_time_info *info = data;

	if ((flags & (1u << O_CONTIGUOUS)) && info->daytime_start < info->daytime_stop)
		xt_error(x, PARAMETER_PROBLEM,
			 "time: --contiguous only makes sense when stoptime is smaller than "
			 "starttime");
}

static void put_daytime(struct ng_out *out, const char *word, uint32_t t)
{
	ng_printf(out, " %s %02u:%02u:%02u", word, t / 3600, t / 60 % 60, t % 60);
}

/* A second as a date, @between its two halves. */
static void put_date(struct ng_out *out, const char *word, uint32_t t, char between)
{
	uint32_t day = t / DAY;
	uint32_t year = 1970;
	uint32_t month = 1;

	while (days_of(year + 1, 1, 1) <= day)
		year++;
	while (month < 12 && days_of(year, month + 1, 1) <= day)
		month++;
	t %= DAY;
	ng_printf(out, " %s %u-%02u-%02u%c%02u:%02u:%02u", word, year, month,
		  (uint32_t)(day - days_of(year, month, 1)) + 1, between, t / 3600, t / 60 % 60,
		  t % 60);
}

static void put_monthdays(struct ng_out *out, uint32_t mask, bool ordinal)
{
	static const char *const suffix[] = { "th", "st", "nd", "rd" };
	const char *comma = "";
	unsigned int i;

	ng_putc(out, ' ');
	for (i = 1; i <= 31; i++) {
		if (!(mask & (UINT32_C(1) << i)))
			continue;
		ng_printf(out, "%s%u%s", comma, i, !ordinal ? "" : suffix[i % 10 < 4 ? i % 10 : 0]);
		comma = ",";
	}
}

static void put_weekdays(struct ng_out *out, uint32_t mask)
{
	const char *comma = "";
	unsigned int i;

	ng_putc(out, ' ');
	for (i = 1; i <= 7; i++) {
		if (!(mask & (1u << i)))
			continue;
		ng_printf(out, "%s%s", comma, weekdays[i - 1]);
		comma = ",";
	}
}

static bool all_day(const struct xt_time_info *info)
{
	return info->daytime_start == XT_TIME_MIN_DAYTIME &&
	       info->daytime_stop == XT_TIME_MAX_DAYTIME;
}

static void print(struct xt_show *s)
{
	const struct xt_time_info *info = s->info;

	ng_puts(s->out, " TIME");
	if (!all_day(info)) {
		put_daytime(s->out, "from", info->daytime_start);
		put_daytime(s->out, "to", info->daytime_stop);
	}
	if (info->weekdays_match != XT_TIME_ALL_WEEKDAYS) {
		ng_puts(s->out, " on");
		put_weekdays(s->out, info->weekdays_match);
	}
	if (info->monthdays_match != XT_TIME_ALL_MONTHDAYS) {
		ng_puts(s->out, " on");
		put_monthdays(s->out, info->monthdays_match, true);
	}
	if (info->date_start)
		put_date(s->out, "starting from", info->date_start, ' ');
	if (info->date_stop != INT_MAX)
		put_date(s->out, "until date", info->date_stop, ' ');
	if (!(info->flags & XT_TIME_LOCAL_TZ))
		ng_puts(s->out, " UTC");
	if (info->flags & XT_TIME_CONTIGUOUS)
		ng_puts(s->out, " contiguous");
}

static void save(struct xt_show *s)
{
	const struct xt_time_info *info = s->info;

	if (!all_day(info)) {
		put_daytime(s->out, "--timestart", info->daytime_start);
		put_daytime(s->out, "--timestop", info->daytime_stop);
	}
	if (info->monthdays_match != XT_TIME_ALL_MONTHDAYS) {
		ng_puts(s->out, " --monthdays");
		put_monthdays(s->out, info->monthdays_match, false);
	}
	if (info->weekdays_match != XT_TIME_ALL_WEEKDAYS) {
		ng_puts(s->out, " --weekdays");
		put_weekdays(s->out, info->weekdays_match);
	}
	if (info->date_start)
		put_date(s->out, "--datestart", info->date_start, 'T');
	if (info->date_stop)
		put_date(s->out, "--datestop", info->date_stop, 'T');
	if (info->flags & XT_TIME_LOCAL_TZ)
		ng_puts(s->out, " --kerneltz");
	if (info->flags & XT_TIME_CONTIGUOUS)
		ng_puts(s->out, " --contiguous");
}

const struct xt_ext libxt_time = {
	.name = "time",
	.size = sizeof(struct xt_time_info),
	.opts = opts,
	.init = init,
	.parse = parse,
	.check = check,
	.print = print,
	.save = save,
};
