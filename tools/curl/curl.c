/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * curl.c - transfer a URL: GET and HEAD over HTTP
 *
 * mirrors what Debian's curl 7.88.1 does for one http:// URL
 *
 * curl_main()
 *   curl_options()         options.c
 *   split_url()
 *   resolve()
 *   curl_request()         http.c
 *   finish()               report.c
 *
 * Not modelled: other protocols, other methods, redirects that are followed,
 * proxies, credentials, IPv6, several URLs.
 */
#include "curl.h"

#include "../lib/prog.h"
#include "../lib/program.h"

#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

int curl_main(struct ng_task *task, int argc, char **argv);

enum {
	UNSUPPORTED_PROTOCOL = 1,
	BAD_URL = 3,
	NO_HOST = 6,
};

static const char *const other_protocols[] = { "https", "ftp",	"ftps", "file", "telnet",
					       "dict",	"tftp", "scp",	"sftp", "ws" };

static int bad_url(struct curl *c)
{
	snprintf(c->error, sizeof(c->error), "URL using bad/illegal format or missing URL");
	return BAD_URL;
}

/* scheme://host:port/path. Return: 0 or an exit status; *@ret_missing: what is not modelled. */
static int split_url(struct curl *c, const char **ret_missing)
{
	const char *s = c->url;
	const char *colon = strstr(s, "://");
	char scheme[32];
	char *port;
	size_t i, len;

	if (colon) {
		snprintf(scheme, sizeof(scheme), "%.*s", (int)(colon - s), s);
		for (i = 0; i < sizeof(other_protocols) / sizeof(other_protocols[0]); i++) {
			if (!strcasecmp(scheme, other_protocols[i]))
				*ret_missing = "protocols other than http";
		}
		if (!*ret_missing && strcasecmp(scheme, "http") != 0) {
			snprintf(c->error, sizeof(c->error),
				 "Protocol \"%s\" not supported or disabled in libcurl", scheme);
			return UNSUPPORTED_PROTOCOL;
		}
		s = colon + 3;
	}
	len = strcspn(s, "/?#");
	if (!len || len >= sizeof(c->host))
		return bad_url(c);
	snprintf(c->host, sizeof(c->host), "%.*s", (int)len, s);
	snprintf(c->path, sizeof(c->path), "%s%.*s", s[len] == '/' ? "" : "/",
		 (int)strcspn(s + len, "#"), s + len);
	if (strpbrk(c->host, "@[]"))
		*ret_missing = "URLs with credentials or IPv6 addresses";
	if (strpbrk(c->url, "{}[]"))
		*ret_missing = "URL globbing";
	port = strchr(c->host, ':');
	c->port = 80;
	if (port) {
		char *end;
		unsigned long v = strtoul(port + 1, &end, 10);

		if (*end || v > 65535)
			return bad_url(c);
		if (end != port + 1)
			c->port = (uint16_t)v;
		*port = '\0';
	}
	return *c->host ? 0 : bad_url(c);
}

static int resolve(struct curl *c)
{
	char canon[256];

	if (ng_inet_aton(c->host, &c->addr) ||
	    ng_gethostbyname(c->task, c->host, &c->addr, canon, sizeof(canon)))
		return 0;
	c->closes = true;
	return curl_fail(c, NO_HOST, "Could not resolve host: %s", c->host);
}

static int finish(struct curl *c, int res)
{
	if (!c->silent && c->port) {
		curl_meter(c);
		curl_err(c, "\n");
	}
	if (c->closes && c->port)
		curl_info(c, "Closing connection 0\n");
	else if (c->port)
		curl_info(c, "Connection #0 to host %s left intact\n", c->host);
	if (c->output && res == 0 && c->out.fd < 0)
		sink_write(c, &c->out, "", 0);
	if (res && (!c->silent || c->show_error))
		curl_err(c, "curl: (%d) %s\n", res, c->error);
	if (c->out.fd >= 0)
		sink_flush(c, &c->out);
	if (c->write_out)
		curl_write_out(c, res);
	return res;
}

/**
 * curl_main() - The program curl.
 * @task: the process
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: its exit status.
 */
int curl_main(struct ng_task *task, int argc, char **argv)
{
	struct curl *c = ng_task_alloc(task, sizeof(*c));
	const char *missing;
	int res;

	c->task = task;
	c->agent = "curl/7.88.1";
	c->size = -1;
	c->fd = -1;
	missing = curl_options(c, argc, argv);
	if (missing)
		return ng_not_modelled(task, "curl: %s", missing);
	c->out.fd = c->output ? -1 : 1;
	res = split_url(c, &missing);
	if (missing)
		return ng_not_modelled(task, "curl: %s", missing);
	if (res) {
		c->port = 0;
		return finish(c, res);
	}
	c->start_ns = ng_sys_clock_monotonic(task);
	curl_meter_begin(c);
	res = resolve(c);
	if (!res)
		res = curl_request(c);
	return finish(c, res);
}
