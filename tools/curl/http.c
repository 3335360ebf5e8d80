/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * http.c - one HTTP request and its answer
 *
 * curl_request()
 *   connect_to()
 *     bind_local()
 *   send_request()
 *   receive()
 *     take_head() / take_header()
 *     take_body()
 */
#include "curl.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/tcp.h>
#include <netglass/out.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	COULDNT_CONNECT = 7,
	PARTIAL_FILE = 18,
	HTTP_ERROR = 22,
	WRITE_ERROR = 23,
	TIMED_OUT = 28,
	GOT_NOTHING = 52,
	SEND_ERROR = 55,
	RECV_ERROR = 56,
	INTERFACE_FAILED = 45,
	READ_SIZE = 102400,
	REQUEST_SIZE = 65536,
	GOING_ON = -1,
};

/* The meter moves once a second, and never at the very moment a time limit ends. */
#define METER_NS (NSEC_PER_SEC + 2 * NSEC_PER_MSEC)

static int64_t elapsed_ms(struct curl *c)
{
	return (ng_sys_clock_monotonic(c->task) - c->start_ns) / NSEC_PER_MSEC;
}

/* Waits for @events until @limit_ns after the start (0: for ever). Return: false: it is over. */
static bool wait_for(struct curl *c, short events, int64_t limit_ns)
{
	for (;;) {
		struct pollfd p = { .fd = c->fd, .events = events };
		int64_t now = ng_sys_clock_monotonic(c->task);
		int64_t left = limit_ns ? c->start_ns + limit_ns - now : -1;
		int64_t nap = c->silent ? -1 : c->meter_ns + METER_NS - now;

		if (limit_ns && left <= 0)
			return false;
		if (nap < 0 && !c->silent)
			nap = 0;
		if (nap < 0 || (left >= 0 && left < nap))
			nap = left;
		/* as curl_multi_poll(): whole milliseconds, and no more than a second at a time */
		if (nap > NSEC_PER_SEC)
			nap = NSEC_PER_SEC;
		if (nap > 0)
			nap = (nap + NSEC_PER_MSEC - 1) / NSEC_PER_MSEC * NSEC_PER_MSEC;
		if (ng_sys_poll(c->task, &p, 1, nap) > 0)
			return true;
		if (limit_ns && ng_sys_clock_monotonic(c->task) > c->start_ns + limit_ns)
			return false;
		if (!c->silent && ng_sys_clock_monotonic(c->task) - c->meter_ns >= METER_NS)
			curl_meter(c);
	}
}

static void socket_options(struct curl *c)
{
	int one = 1;
	int minute = 60;

	ng_sys_setsockopt(c->task, c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	ng_sys_setsockopt(c->task, c->fd, SOL_SOCKET, SO_KEEPALIVE, &one, sizeof(one));
	ng_sys_setsockopt(c->task, c->fd, IPPROTO_TCP, TCP_KEEPIDLE, &minute, sizeof(minute));
	ng_sys_setsockopt(c->task, c->fd, IPPROTO_TCP, TCP_KEEPINTVL, &minute, sizeof(minute));
}

static int not_connected(struct curl *c, const char *why)
{
	return curl_fail(c, !strcmp(why, "Timeout was reached") ? TIMED_OUT : COULDNT_CONNECT,
			 "Failed to connect to %s port %u after %lld ms: %s", c->host, c->port,
			 (long long)elapsed_ms(c), why);
}

/* What --interface names: a device holds the socket (true: all is done), or it is an address or a name of one. */
static bool bind_device(struct curl *c)
{
	return ng_sys_setsockopt(c->task, c->fd, SOL_SOCKET, SO_BINDTODEVICE, c->interface,
				 (uint32_t)strlen(c->interface) + 1) == 0;
}

/* --interface and --local-port. As bindlocal() of lib/connect.c */
static int bind_local(struct curl *c)
{
	struct sockaddr_in sin = { .sin_family = AF_INET };
	char canon[256], ip[NG_ADDRSTRLEN];
	int port = c->port_min, err;

	if (!c->interface && !port)
		return 0;
	if (c->interface && bind_device(c))
		return 0;
	if (c->interface && !ng_inet_aton(c->interface, &sin.sin_addr.s_addr) &&
	    !ng_gethostbyname(c->task, c->interface, &sin.sin_addr.s_addr, canon, sizeof(canon))) {
		curl_info(c, "Could not resolve host: %s\n", c->interface);
		return curl_fail(c, INTERFACE_FAILED, "Couldn't bind to '%s'", c->interface);
	}
	if (c->interface)
		curl_info(c, "Name '%s' family 2 resolved to '%s' family 2\n", c->interface,
			  ng_inet_ntoa(ip, sin.sin_addr.s_addr));
	for (;; port++) {
		sin.sin_port = cpu_to_be16((uint16_t)port);
		err = ng_sys_bind(c->task, c->fd, &sin, sizeof(sin));
		if (!err)
			break;
		if (port >= c->port_max)
			return curl_fail(c, INTERFACE_FAILED, "bind failed with errno %d: %s", -err,
					 ng_strerror(-err));
		curl_info(c, "Bind to local port %d failed, trying next\n", port);
	}
	curl_info(c, "Local port: %d\n", port);
	return 0;
}

static int connect_to(struct curl *c)
{
	struct sockaddr_in sin = { .sin_family = AF_INET, .sin_addr.s_addr = c->addr };
	bool by_connect = c->connect_ns && (!c->max_ns || c->connect_ns < c->max_ns);
	char ip[NG_ADDRSTRLEN];
	uint32_t len = sizeof(int);
	int err, value = 0;

	ng_inet_ntoa(ip, c->addr);
	sin.sin_port = cpu_to_be16(c->port);
	curl_info(c, "  Trying %s:%u...\n", ip, c->port);
	c->fd = ng_sys_socket(c->task, AF_INET, SOCK_STREAM | SOCK_NONBLOCK, IPPROTO_TCP);
	if (c->fd < 0)
		return not_connected(c, "Couldn't connect to server");
	socket_options(c);
	err = bind_local(c);
	if (err) {
		curl_info(c,
			  "Failed to connect to %s port %u after %lld ms: Failed binding local "
			  "connection end\n",
			  c->host, c->port, (long long)elapsed_ms(c));
		return err;
	}
	err = ng_sys_connect(c->task, c->fd, &sin, sizeof(sin));
	if (err && err != -EINPROGRESS) {
		curl_info(c, "Immediate connect fail for %s: %s\n", ip, ng_strerror(-err));
		return not_connected(c, "Couldn't connect to server");
	}
	if (!wait_for(c, POLLOUT, by_connect ? c->connect_ns : c->max_ns)) {
		if (by_connect)
			return not_connected(c, "Timeout was reached");
		return curl_fail(c, TIMED_OUT, "Connection timed out after %lld milliseconds",
				 (long long)elapsed_ms(c));
	}
	ng_sys_getsockopt(c->task, c->fd, SOL_SOCKET, SO_ERROR, &value, &len);
	if (value) {
		curl_info(c, "connect to %s port %u failed: %s\n", ip, c->port, ng_strerror(value));
		return not_connected(c, "Couldn't connect to server");
	}
	c->connected_ns = ng_sys_clock_monotonic(c->task);
	c->connects++;
	len = sizeof(c->local);
	ng_sys_getsockname(c->task, c->fd, &c->local, &len);
	c->remote = sin;
	curl_info(c, "Connected to %s (%s) port %u (#%u)\n", c->host, ip, c->port, c->conn);
	return 0;
}

static bool has_header(const struct curl *c, const char *name)
{
	unsigned int i;

	for (i = 0; i < c->nheaders; i++) {
		if (!strncasecmp(c->headers[i], name, strlen(name)))
			return true;
	}
	return false;
}

/* "> LINE" for each line of the request */
static void show_request(struct curl *c, const char *s)
{
	const char *end;

	for (; c->verbose && (end = strstr(s, "\r\n")); s = end + 2)
		curl_err(c, "> %.*s\r\n", (int)(end - s), s);
}

static int send_request(struct curl *c)
{
	size_t body = c->get ? 0 : c->data_len, len, sent = 0;
	char *req = ng_task_alloc(c->task, REQUEST_SIZE + body);
	char port[16] = "";
	unsigned int i;
	int n;

	if (c->port != 80)
		snprintf(port, sizeof(port), ":%u", c->port);
	n = snprintf(req, REQUEST_SIZE, "%s %s HTTP/1.%d\r\n", curl_method(c), c->path, !c->old);
	if (!has_header(c, "Host:"))
		n += snprintf(req + n, REQUEST_SIZE - (size_t)n, "Host: %s%s\r\n", c->host, port);
	if (!has_header(c, "User-Agent:") && *c->agent)
		n += snprintf(req + n, REQUEST_SIZE - (size_t)n, "User-Agent: %s\r\n", c->agent);
	if (!has_header(c, "Accept:"))
		n += snprintf(req + n, REQUEST_SIZE - (size_t)n, "Accept: */*\r\n");
	if (!has_header(c, "Referer:") && c->referer)
		n += snprintf(req + n, REQUEST_SIZE - (size_t)n, "Referer: %.1000s\r\n",
			      c->referer);
	for (i = 0; i < c->nheaders && n < 15000; i++)
		n += snprintf(req + n, REQUEST_SIZE - (size_t)n, "%.1000s\r\n", c->headers[i]);
	if (body)
		n += snprintf(req + n, REQUEST_SIZE - (size_t)n, "Content-Length: %zu\r\n", body);
	if (c->data && !c->get && !has_header(c, "Content-Type:"))
		n += snprintf(req + n, REQUEST_SIZE - (size_t)n,
			      "Content-Type: application/x-www-form-urlencoded\r\n");
	n += snprintf(req + n, REQUEST_SIZE - (size_t)n, "\r\n");
	len = (size_t)n + body;
	if (body)
		memcpy(req + n, c->data, body);
	while (sent < len) {
		ssize_t did = ng_sys_sendto(c->task, c->fd, req + sent, len - sent,
					    MSG_NOSIGNAL | MSG_DONTWAIT, NULL, 0);

		if (did == -EAGAIN && wait_for(c, POLLOUT, c->max_ns))
			continue;
		if (did <= 0)
			return curl_fail(c, SEND_ERROR, "Send failure: %s", ng_strerror((int)-did));
		sent += (size_t)did;
	}
	c->request_size += (unsigned int)len;
	req[n] = '\0';
	show_request(c, req);
	if (body)
		curl_info_bytes(c, '}', body);
	ng_task_free(c->task, req);
	return 0;
}

static bool keep(struct curl *c, const char *data, size_t len)
{
	if (c->out.fd < 0) {
		c->out.fd = ng_sys_open(c->task, c->output, O_WRONLY | O_CREAT | O_TRUNC, 0644);
		if (c->out.fd < 0) {
			curl_err(c, "curl: Failed to open the file %s: %s\n", c->output,
				 ng_strerror(-c->out.fd));
			return false;
		}
	}
	return sink_write(c, &c->out, data, len);
}

static void take_header(struct curl *c, const char *line, size_t len)
{
	if (!strncasecmp(line, "Content-Length:", 15)) {
		c->size = strtoll(line + 15, NULL, 10);
	} else if (!strncasecmp(line, "Content-Type:", 13)) {
		size_t skip = 13 + strspn(line + 13, " ");

		snprintf(c->content_type, sizeof(c->content_type), "%.*s", (int)(len - skip),
			 line + skip);
	} else if (!strncasecmp(line, "Location:", 9) && c->code >= 300 && c->code < 400) {
		size_t skip = 9 + strspn(line + 9, " ");

		snprintf(c->redirect, sizeof(c->redirect), "%.*s", (int)(len - skip), line + skip);
		if (c->follow)
			snprintf(c->location, sizeof(c->location), "%s", c->redirect);
	} else if (!strncasecmp(line, "Connection:", 11)) {
		c->closes = c->closes || strcasestr(line + 11, "close");
	}
}

/* The status line. Return: false: it is none. */
static bool take_status(struct curl *c, const char *line)
{
	int major, minor, code;

	if (sscanf(line, "HTTP/%1d.%1d %3d", &major, &minor, &code) != 3)
		return false;
	c->code = code;
	c->version = major * 10 + minor;
	if (c->version == 10) {
		c->closes = true;
		c->old = true;
		curl_info(c, "HTTP 1.0, assume close after body\n");
	}
	return true;
}

/* One line of the head with its end; 0, GOING_ON after the last, or an exit status. */
static int take_head(struct curl *c, char *line, size_t len)
{
	size_t text = len;

	while (text && (line[text - 1] == '\n' || line[text - 1] == '\r'))
		text--;
	c->header_size += (unsigned int)len;
	if (!text && c->size < 0 && !c->closes && !c->head && c->code != 204 && c->code != 304) {
		curl_info(c, "no chunk, no close, no size. Assume close to signal end\n");
		c->closes = true;
	}
	if (c->verbose)
		curl_err(c, "< %.*s", (int)len, line);
	if (text) {
		char end = line[text];

		line[text] = '\0';
		if (c->code)
			take_header(c, line, text);
		line[text] = end;
	}
	if ((c->include || c->head) && !keep(c, line, len))
		return curl_fail(c, WRITE_ERROR, "Failure writing output to destination");
	return text ? 0 : GOING_ON;
}

static int take_body(struct curl *c, const char *data, size_t len)
{
	if (c->size >= 0 && c->received + (int64_t)len > c->size)
		len = (size_t)(c->size - c->received);
	if (!len)
		return GOING_ON;
	if (c->verbose && *c->location && !c->received)
		curl_info(c, "Ignoring the response-body\n");
	curl_info_bytes(c, '{', len);
	c->received += (int64_t)len;
	if (*c->location)
		return GOING_ON;
	if (!keep(c, data, len))
		return curl_fail(c, WRITE_ERROR, "Failure writing output to destination");
	return GOING_ON;
}

struct reply {
	char *buf;
	size_t len;
	bool in_body;
};

/* -f ends at the head of an answer that is an error: the rest of the head is not shown. */
static int http_failed(struct curl *c)
{
	c->closes = true;
	return curl_fail(c, HTTP_ERROR, "The requested URL returned error: %d", c->code);
}

/* Lines of the head in the buffer. Return: 0, or an exit status. */
static int take_lines(struct curl *c, struct reply *r)
{
	size_t at = 0;
	int res = 0;

	while (!r->in_body && !res) {
		char *end = memchr(r->buf + at, '\n', r->len - at);
		size_t len;

		if (!end)
			break;
		len = (size_t)(end - (r->buf + at)) + 1;
		if (!c->code && !take_status(c, r->buf + at)) {
			c->closes = true;
			if (!c->http09)
				return curl_fail(c, 1, "Received HTTP/0.9 when not allowed");
			c->code = 200;
			c->version = 9;
			r->in_body = true;
			break;
		}
		if (c->fail && c->code >= 400 && len <= 2)
			return http_failed(c);
		res = take_head(c, r->buf + at, len);
		at += len;
		if (res == GOING_ON) {
			r->in_body = true;
			res = 0;
		}
	}
	memmove(r->buf, r->buf + at, r->len - at);
	r->len -= at;
	r->buf[r->len] = '\0';
	return res;
}

/* The end of the connection. */
static int ended(struct curl *c, ssize_t n)
{
	c->closes = true;
	if (n < 0)
		return curl_fail(c, RECV_ERROR, "Recv failure: %s", ng_strerror((int)-n));
	if (!c->code)
		return curl_fail(c, GOT_NOTHING, "Empty reply from server");
	if (c->size > c->received && !c->head)
		return curl_fail(c, PARTIAL_FILE,
				 "transfer closed with %lld bytes remaining to read",
				 (long long)(c->size - c->received));
	return 0;
}

static int late(struct curl *c)
{
	c->closes = true;
	if (c->size > 0)
		return curl_fail(c, TIMED_OUT,
				 "Operation timed out after %lld milliseconds with %lld out of "
				 "%lld bytes received",
				 (long long)elapsed_ms(c), (long long)c->received,
				 (long long)c->size);
	return curl_fail(c, TIMED_OUT,
			 "Operation timed out after %lld milliseconds with %lld bytes received",
			 (long long)elapsed_ms(c), (long long)c->received);
}

/* Reads the answer, as far as it is of interest */
static int receive(struct curl *c)
{
	struct reply r = { .buf = ng_task_alloc(c->task, READ_SIZE + 1) };
	int res = 0;

	for (;;) {
		ssize_t n;

		if (!wait_for(c, POLLIN, c->max_ns))
			return late(c);
		n = ng_sys_recvfrom(c->task, c->fd, r.buf + r.len, READ_SIZE - r.len, MSG_DONTWAIT,
				    NULL, NULL);
		if (n == -EAGAIN || n == -EINTR)
			continue;
		if (n <= 0)
			return ended(c, n);
		if (c->write_out && !c->first_ns)
			c->first_ns = ng_sys_clock_monotonic(c->task);
		r.len += (size_t)n;
		r.buf[r.len] = '\0';
		if (!r.in_body)
			res = take_lines(c, &r);
		if (res)
			return res;
		if (r.in_body && !c->head && !(*c->location && c->closes)) {
			res = take_body(c, r.buf, r.len);
			r.len = 0;
		}
		if (res > 0)
			return res;
		res = 0;
		if (r.in_body && *c->location && c->closes)
			return 0;
		if (r.in_body && (c->head || (c->size >= 0 && c->received >= c->size)))
			return 0;
		if (r.len == READ_SIZE)
			return curl_fail(c, RECV_ERROR, "Too large response headers");
	}
}

/**
 * curl_request() - Connect, ask, and keep the answer.
 * @c: the run, its host resolved
 *
 * Return: the exit status.
 */
int curl_request(struct curl *c)
{
	int res = connect_to(c);

	if (res) {
		c->closes = true;
		return res;
	}
	res = send_request(c);
	return res ? res : receive(c);
}
