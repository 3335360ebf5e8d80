/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report.c - what curl tells: errors, -v, the progress meter, -w
 *
 * mirrors lib/progress.c and src/tool_writeout.c of curl 7.88.1
 */
#include "curl.h"

#include <netglass/out.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <string.h>

bool sink_flush(struct curl *c, struct sink *s)
{
	size_t done = 0;

	while (done < s->len) {
		ssize_t n = ng_sys_write(c->task, s->fd, s->buf + done, s->len - done);

		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	s->len = 0;
	return true;
}

bool sink_write(struct curl *c, struct sink *s, const void *data, size_t len)
{
	const char *p = data;

	while (len) {
		size_t n = sizeof(s->buf) - s->len;

		if (n > len)
			n = len;
		memcpy(s->buf + s->len, p, n);
		s->len += n;
		p += n;
		len -= n;
		if (s->len == sizeof(s->buf) && !sink_flush(c, s))
			return false;
	}
	return true;
}

static void put_error(struct curl *c, const char *before, const char *fmt, va_list ap)
{
	char buf[2600];
	int at = snprintf(buf, sizeof(buf), "%s", before);
	int n = vsnprintf(buf + at, sizeof(buf) - (size_t)at, fmt, ap);

	if (n > 0)
		ng_sys_write(c->task, 2, buf, strlen(buf));
}

/* On standard error, at once. */
void curl_err(struct curl *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put_error(c, "", fmt, ap);
	va_end(ap);
}

/* -v: "* TEXT" */
void curl_info(struct curl *c, const char *fmt, ...)
{
	va_list ap;

	if (!c->verbose)
		return;
	va_start(ap, fmt);
	put_error(c, "* ", fmt, ap);
	va_end(ap);
}

/* -v: so many bytes of a body came ('{') or went ('}') */
void curl_info_bytes(struct curl *c, char way, size_t len)
{
	if (c->verbose)
		curl_err(c, "%c [%zu bytes data]\n", way, len);
}

const char *curl_method(const struct curl *c)
{
	return c->method ? c->method : c->head ? "HEAD" : c->data && !c->get ? "POST" : "GET";
}

/* Keeps the words of a failure for the end. Return: @code. */
int curl_fail(struct curl *c, int code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(c->error, sizeof(c->error), fmt, ap);
	va_end(ap);
	curl_info(c, "%s\n", c->error);
	return code;
}

/* Five columns, as max5data() */
static const char *five(char buf[32], int64_t n)
{
	if (n < 100000)
		snprintf(buf, 32, "%5lld", (long long)n);
	else if (n < 10000 * INT64_C(1024))
		snprintf(buf, 32, "%4lldk", (long long)(n / 1024));
	else
		snprintf(buf, 32, "%4lldM", (long long)(n / 1048576));
	return buf;
}

/* bytes of a body that went */
static int64_t uploaded(const struct curl *c)
{
	return c->get || !c->request_size ? 0 : (int64_t)c->data_len;
}

void curl_meter(struct curl *c)
{
	char total[32], got[32], sent[32], speed[32], up_speed[32], now_speed[32], spent[32];
	int64_t now = ng_sys_clock_monotonic(c->task);
	int64_t us = (now - c->start_ns) / NSEC_PER_USEC;
	int64_t secs = us / 1000000;
	int64_t rate = c->received * 1000000 / (us > 0 ? us : 1);
	int64_t up = uploaded(c);
	int64_t up_rate = up * 1000000 / (us > 0 ? us : 1);
	int64_t size = c->size > 0 ? c->size : c->received, all = size + up;
	bool known = c->size > 0 || up;

	if (c->silent)
		return;
	c->meter_ns = now;
	snprintf(spent, sizeof(spent), "--:--:--");
	if (secs)
		snprintf(spent, sizeof(spent), "%2lld:%02lld:%02lld", (long long)(secs / 3600),
			 (long long)(secs / 60 % 60), (long long)(secs % 60));
	curl_err(c, "\r%3lld %s  %3lld %s  %3d %s  %s  %s --:--:-- %s --:--:-- %s",
		 (long long)(known && all ? (c->received + up) * 100 / all : 0), five(total, all),
		 (long long)(c->size > 0 ? c->received * 100 / size : 0), five(got, c->received),
		 up ? 100 : 0, five(sent, up), five(speed, rate), five(up_speed, up ? up_rate : 0),
		 spent, five(now_speed, rate));
}

void curl_meter_begin(struct curl *c)
{
	if (c->silent)
		return;
	curl_err(c, "  %% Total    %% Received %% Xferd  Average Speed   Time    Time     Time  "
		    "Current\n"
		    "                                 Dload  Upload   Total   Spent    Left  "
		    "Speed\n");
	curl_meter(c);
}

/* Where a Location header leads from this URL; "" is the URL itself, as curl writes it */
void curl_absolute(const struct curl *c, const char *where, char *buf, size_t size)
{
	const char *url = c->url, *scheme = strstr(url, "://") ? "" : "http://";
	const char *host = strstr(url, "://") ? strstr(url, "://") + 3 : url;
	size_t authority = (size_t)(host - url) + strcspn(host, "/?#");
	const char *end = url + authority + strcspn(url + authority, "?#");

	if (strstr(where, "://")) {
		snprintf(buf, size, "%s", where);
	} else if (*where == '/') {
		snprintf(buf, size, "%s%.*s%s", scheme, (int)authority, url, where);
	} else if (*where) {
		while (end > url + authority && end[-1] != '/')
			end--;
		snprintf(buf, size, "%s%.*s%s%s", scheme, (int)(end - url), url,
			 end == url + authority ? "/" : "", where);
	} else {
		snprintf(buf, size, "%s%.*s%s", scheme, (int)authority, url, c->path);
	}
}

static void seconds(char *buf, size_t size, int64_t ns)
{
	if (ns < 0)
		ns = 0;
	snprintf(buf, size, "%lld.%06lld", (long long)(ns / NSEC_PER_SEC),
		 (long long)(ns % NSEC_PER_SEC / NSEC_PER_USEC));
}

/* A variable of -w; false: there is none of that name. */
static bool variable(struct curl *c, const char *name, int exit_code, char *buf, size_t size)
{
	char local[NG_ADDRSTRLEN], remote[NG_ADDRSTRLEN];
	bool ok = c->connected_ns != 0;
	int64_t us = (ng_sys_clock_monotonic(c->task) - c->start_ns) / NSEC_PER_USEC + 1;
	const struct {
		const char *name;
		const char *text;
		int64_t number;
	} all[] = {
		{ "content_type", c->content_type, 0 },
		{ "errormsg", c->error, 0 },
		{ "exitcode", NULL, exit_code },
		{ "filename_effective", c->output ? c->output : "", 0 },
		{ "local_ip", ok ? ng_inet_ntoa(local, c->local.sin_addr.s_addr) : "", 0 },
		{ "local_port", NULL, be16_to_cpu(c->local.sin_port) },
		{ "method", curl_method(c), 0 },
		{ "num_connects", NULL, c->connects },
		{ "num_redirects", NULL, c->redirects },
		{ "referer", c->referer ? c->referer : "", 0 },
		{ "remote_ip", ok ? ng_inet_ntoa(remote, c->remote.sin_addr.s_addr) : "", 0 },
		{ "remote_port", NULL, be16_to_cpu(c->remote.sin_port) },
		{ "scheme", "HTTP", 0 },
		{ "size_download", NULL, c->received },
		{ "size_header", NULL, c->header_size },
		{ "size_request", NULL, c->request_size },
		{ "size_upload", NULL, uploaded(c) },
		{ "ssl_verify_result", NULL, 0 },
		{ "url", c->url, 0 },
		{ "urlnum", NULL, c->urlnum },
	};
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (strcmp(all[i].name, name) != 0)
			continue;
		if (all[i].text)
			snprintf(buf, size, "%s", all[i].text);
		else
			snprintf(buf, size, "%lld", (long long)all[i].number);
		return true;
	}
	if (!strcmp(name, "http_code") || !strcmp(name, "response_code"))
		snprintf(buf, size, "%03d", c->code);
	else if (!strcmp(name, "http_version"))
		snprintf(buf, size, "%s", c->version == 11 ? "1.1" : c->version ? "1" : "0");
	else if (!strcmp(name, "url_effective"))
		curl_absolute(c, "", buf, size);
	else if (!strcmp(name, "redirect_url") && *c->redirect && !c->follow)
		curl_absolute(c, c->redirect, buf, size);
	else if (!strcmp(name, "redirect_url"))
		*buf = '\0';
	else if (!strcmp(name, "http_connect"))
		snprintf(buf, size, "000");
	else if (!strcmp(name, "speed_upload"))
		snprintf(buf, size, "%lld", (long long)(uploaded(c) * 1000000 / us));
	else if (!strcmp(name, "speed_download"))
		snprintf(buf, size, "%lld", (long long)(c->received * 1000000 / us));
	else if (!strcmp(name, "time_appconnect") || !strcmp(name, "time_redirect"))
		seconds(buf, size, 0);
	else if (!strcmp(name, "time_namelookup"))
		seconds(buf, size, c->resolved_ns - c->start_ns);
	else if (!strcmp(name, "time_pretransfer"))
		seconds(buf, size, c->connected_ns ? c->connected_ns - c->start_ns : 0);
	else if (!strcmp(name, "time_starttransfer"))
		seconds(buf, size, c->first_ns ? c->first_ns - c->start_ns : 0);
	else if (!strcmp(name, "time_total"))
		seconds(buf, size, ng_sys_clock_monotonic(c->task) - c->start_ns);
	else if (!strcmp(name, "time_connect"))
		seconds(buf, size, c->connected_ns ? c->connected_ns - c->start_ns : 0);
	else
		return false;
	return true;
}

/**
 * curl_write_out() - Print what -w asks for.
 * @c: the run, over
 * @exit_code: its exit status
 */
void curl_write_out(struct curl *c, int exit_code)
{
	struct sink s = { .fd = 1 };
	const char *p;

	for (p = c->write_out; *p; p++) {
		const char *end = p[0] == '%' && p[1] == '{' ? strchr(p, '}') : NULL;
		char name[64], buf[2600];

		if (end) {
			snprintf(name, sizeof(name), "%.*s", (int)(end - p - 2), p + 2);
			if (!strcmp(name, "onerror")) {
				if (!exit_code)
					break;
			} else if (variable(c, name, exit_code, buf, sizeof(buf)))
				sink_write(c, &s, buf, strlen(buf));
			else
				curl_err(c, "curl: unknown --write-out variable: '%s'\n", name);
			p = end;
		} else if (p[0] == '%' && p[1] == '%') {
			sink_write(c, &s, "%", 1);
			p++;
		} else if (p[0] == '\\' && p[1] && strchr("nrt", p[1])) {
			sink_write(c, &s, p[1] == 'n' ? "\n" : p[1] == 'r' ? "\r" : "\t", 1);
			p++;
		} else {
			sink_write(c, &s, p, 1);
		}
	}
	sink_flush(c, &s);
}
