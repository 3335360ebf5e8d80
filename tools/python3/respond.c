/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * respond.c - status lines, headers, the log, error pages
 *
 * mirrors BaseHTTPRequestHandler of Python 3.11's http/server.py
 */
#include "http.h"

#include <errno.h>
#include <netglass/out.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

void text_add(struct text *t, const char *s, size_t len)
{
	if (t->len + len + 1 > t->cap) {
		size_t cap = (t->len + len + 1) * 2;

		t->s = ng_task_realloc(t->task, t->s, t->cap, cap);
		t->cap = cap;
	}
	memcpy(t->s + t->len, s, len);
	t->len += len;
	t->s[t->len] = '\0';
}

void text_printf(struct text *t, const char *fmt, ...)
{
	char buf[2048];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	if (n > 0)
		text_add(t, buf, (size_t)n < sizeof(buf) ? (size_t)n : sizeof(buf) - 1);
}

/* html.escape() that leaves quotes */
void http_escape(struct text *t, const char *s)
{
	for (; *s; s++) {
		if (*s == '&')
			text_printf(t, "&amp;");
		else if (*s == '<')
			text_printf(t, "&lt;");
		else if (*s == '>')
			text_printf(t, "&gt;");
		else
			text_add(t, s, 1);
	}
}

static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
				      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

/* "Sat, 21 Nov 2026 22:32:02 GMT" */
void http_date(struct text *t, int64_t ns)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	time_t when = (time_t)(ns / NSEC_PER_SEC);
	struct tm tm;

	gmtime_r(&when, &tm);
	text_printf(t, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[tm.tm_wday], tm.tm_mday,
		    months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* "ADDRESS - - [TIME] MESSAGE" on standard error, at once */
static void log_line(struct request *r, const char *message)
{
	struct text t = { .task = r->http->task };
	time_t when = (time_t)(ng_sys_clock_realtime(t.task) / NSEC_PER_SEC);
	char addr[NG_ADDRSTRLEN];
	struct tm tm;

	gmtime_r(&when, &tm);
	text_printf(&t, "%s - - [%02d/%s/%04d %02d:%02d:%02d] ", ng_inet_ntoa(addr, r->peer),
		    tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min,
		    tm.tm_sec);
	text_add(&t, message, strlen(message));
	text_printf(&t, "\n");
	ng_sys_write(t.task, 2, t.s, t.len);
	ng_task_free(t.task, t.s);
}

void http_send_all(struct request *r, const void *data, size_t len)
{
	const char *p = data;

	while (len) {
		ssize_t n = ng_sys_sendto(r->http->task, r->fd, p, len, MSG_NOSIGNAL, NULL, 0);

		if (n <= 0)
			return;
		p += n;
		len -= (size_t)n;
	}
}

/**
 * http_head() - Log the answer and begin its headers.
 * @r: the request
 * @t: where the headers are gathered
 * @code: status
 * @message: the status line's words
 */
void http_head(struct request *r, struct text *t, int code, const char *message)
{
	char line[4096];

	snprintf(line, sizeof(line), "\"%s\" %d -", r->line, code);
	log_line(r, line);
	text_printf(t, "HTTP/1.0 %d %s\r\nServer: SimpleHTTP/0.6 Python/3.11.2\r\nDate: ", code,
		    message);
	http_date(t, ng_sys_clock_realtime(r->http->task));
	text_printf(t, "\r\n");
}

void http_end_head(struct request *r, struct text *t)
{
	text_printf(t, "\r\n");
	if (!r->old)
		http_send_all(r, t->s, t->len);
	ng_task_free(t->task, t->s);
}

static const char *explain(int code)
{
	switch (code) {
	case 400:
		return "Bad request syntax or unsupported method";
	case 404:
		return "Nothing matches the given URI";
	case 501:
		return "Server does not support this operation";
	default:
		return "Cannot fulfill request";
	}
}

/**
 * http_error() - Answer with an error page.
 * @r: the request
 * @code: status
 * @message: what the page and the status line say
 */
void http_error(struct request *r, int code, const char *message)
{
	struct text head = { .task = r->http->task };
	struct text body = { .task = r->http->task };
	char line[4096];

	snprintf(line, sizeof(line), "code %d, message %s", code, message);
	log_line(r, line);
	text_printf(&body,
		    "<!DOCTYPE HTML>\n<html lang=\"en\">\n    <head>\n"
		    "        <meta charset=\"utf-8\">\n"
		    "        <title>Error response</title>\n    </head>\n    <body>\n"
		    "        <h1>Error response</h1>\n        <p>Error code: %d</p>\n"
		    "        <p>Message: ",
		    code);
	http_escape(&body, message);
	text_printf(&body,
		    ".</p>\n        <p>Error code explanation: %d - %s.</p>\n"
		    "    </body>\n</html>\n",
		    code, explain(code));
	http_head(r, &head, code, message);
	text_printf(&head,
		    "Connection: close\r\nContent-Type: text/html;charset=utf-8\r\n"
		    "Content-Length: %zu\r\n",
		    body.len);
	http_end_head(r, &head);
	if (strcmp(r->command, "HEAD") != 0)
		http_send_all(r, body.s, body.len);
	ng_task_free(body.task, body.s);
}
