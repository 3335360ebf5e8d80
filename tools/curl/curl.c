/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * curl.c - transfer a URL: GET and HEAD over HTTP
 *
 * mirrors what Debian's curl 7.88.1 does for http:// URLs
 *
 * curl_main()
 *   curl_options()         options.c
 *   transfer()             for each URL
 *     split_url(), resolve()
 *     curl_request()       http.c
 *     follow()             -L: again, elsewhere
 *     finish()             report.c
 *
 * Not modelled: other protocols, forms and uploads, proxies, credentials, IPv6,
 * a connection used for a second request.
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
	WRITE_ERROR = 23,
	TOO_MANY_REDIRECTS = 47,
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

/* "* Hostname ... was found in DNS cache": the URLs and redirections of one run share it */
struct cache {
	unsigned int n;
	char known[CURL_MAX][264];
};

static int resolve(struct curl *c, struct cache *cache)
{
	char canon[256], key[264];
	unsigned int i;

	snprintf(key, sizeof(key), "%s:%u", c->host, c->port);
	for (i = 0; i < cache->n; i++) {
		if (!strcmp(cache->known[i], key))
			curl_info(c, "Hostname %s was found in DNS cache\n", c->host);
	}
	if (ng_inet_aton(c->host, &c->addr) ||
	    ng_gethostbyname(c->task, c->host, &c->addr, canon, sizeof(canon))) {
		for (i = 0; i < cache->n && strcmp(cache->known[i], key) != 0; i++)
			;
		if (i == cache->n && i < CURL_MAX)
			snprintf(cache->known[cache->n++], sizeof(key), "%s", key);
		if (c->write_out)
			c->resolved_ns = ng_sys_clock_monotonic(c->task);
		return 0;
	}
	c->closes = true;
	return curl_fail(c, NO_HOST, "Could not resolve host: %s", c->host);
}

/* -v: what becomes of the connection */
static void leave(struct curl *c)
{
	if (c->closes)
		curl_info(c, "Closing connection %u\n", c->conn);
	else
		curl_info(c, "Connection #%u to host %s left intact\n", c->conn, c->host);
	if (c->fd >= 0 && c->closes)
		ng_sys_close(c->task, c->fd);
	c->fd = -1;
}

static int finish(struct curl *c, int res)
{
	if (!c->silent && c->port) {
		curl_meter(c);
		curl_err(c, "\n");
	}
	if (c->port && res != TOO_MANY_REDIRECTS)
		leave(c);
	if (res == TOO_MANY_REDIRECTS)
		curl_fail(c, res, "Maximum (%d) redirects followed", c->max_redirs);
	if (c->output && res == 0 && c->out.fd < 0)
		sink_write(c, &c->out, "", 0);
	if (res && (!c->silent || c->show_error))
		curl_err(c, "curl: (%d) %s\n", res, c->error);
	if (c->out.fd >= 0)
		sink_flush(c, &c->out);
	if (c->output && c->out.fd >= 0)
		ng_sys_close(c->task, c->out.fd);
	if (c->write_out)
		curl_write_out(c, res);
	return res;
}

/* What is not modelled of going where the answer says, or NULL */
static const char *cannot_follow(const struct curl *c, const struct curl *old, int old_closes)
{
	if (c->data && !c->get)
		return "-L after -d";
	if (!old_closes && c->port == old->port && !strcmp(c->host, old->host))
		return "a connection used for a second request";
	return NULL;
}

/* -L. Return: the exit status; *@ret_missing: what is not modelled */
static int follow(struct curl *c, struct cache *cache, const char **ret_missing)
{
	struct curl *old = ng_task_alloc(c->task, sizeof(*old));
	int res = 0, closes;

	while (!res && *c->location) {
		char *url = ng_task_alloc(c->task, sizeof(c->location) + sizeof(c->path));

		curl_absolute(c, c->location, url, sizeof(c->location) + sizeof(c->path));
		closes = c->closes;
		leave(c);
		if (c->max_redirs >= 0 && c->redirects >= (unsigned int)c->max_redirs)
			return TOO_MANY_REDIRECTS;
		if (!c->silent) {
			curl_meter(c);
			curl_err(c, "\n");
		}
		*old = *c;
		c->url = url;
		res = split_url(c, ret_missing);
		if (!*ret_missing && !res)
			*ret_missing = cannot_follow(c, old, closes);
		if (*ret_missing || res)
			return res;
		if (c->port != old->port)
			curl_info(c, "Clear auth, redirects to port from %u to %u\n", old->port,
				  c->port);
		curl_info(c, "Issue another request to this URL: '%s'\n", url);
		c->old = c->old && c->port == old->port && !strcmp(c->host, old->host);
		c->redirects++;
		c->conn++;
		c->code = 0;
		c->size = -1;
		c->received = 0;
		c->closes = false;
		*c->location = '\0';
		*c->redirect = '\0';
		*c->content_type = '\0';
		res = resolve(c, cache);
		if (!res)
			res = curl_request(c);
	}
	return res;
}

/* -O: the last part of the path */
static const char *remote_name(const struct curl *c)
{
	const char *s = strstr(c->url, "://") ? strstr(c->url, "://") + 3 : c->url;
	const char *slash = strrchr(s, '/');
	size_t len = slash ? strcspn(slash + 1, "?#") : 0;
	char *name = ng_task_alloc(c->task, len + 1);

	if (len)
		memcpy(name, slash + 1, len);
	return name;
}

/* -G: what -d says goes behind the URL */
static void add_query(struct curl *c)
{
	size_t at = strlen(c->path);

	if (c->get && c->data)
		snprintf(c->path + at, sizeof(c->path) - at, "%c%.*s",
			 strchr(c->path, '?') ? '&' : '?', (int)c->data_len, c->data);
}

/* One URL. Return: the exit status; *@ret_missing: what is not modelled */
static int transfer(struct curl *c, struct cache *cache, const char **ret_missing)
{
	char key[264];
	int res;

	if (c->output == curl_remote_name) {
		c->output = remote_name(c);
		if (!*c->output) {
			if (!c->silent)
				curl_err(c, "curl: Remote file name has no length!\n");
			c->output = NULL;
			snprintf(c->error, sizeof(c->error),
				 "Failed writing received data to disk/application");
			return finish(c, WRITE_ERROR);
		}
	}
	c->out.fd = c->output ? -1 : 1;
	res = split_url(c, ret_missing);
	if (*ret_missing)
		return res;
	if (res) {
		c->port = 0;
		return finish(c, res);
	}
	snprintf(key, sizeof(key), "%s:%u", c->host, c->port);
	if (!strcmp(c->left, key)) {
		*ret_missing = "a connection used for a second request";
		return 0;
	}
	add_query(c);
	c->start_ns = ng_sys_clock_monotonic(c->task);
	curl_meter_begin(c);
	res = resolve(c, cache);
	if (!res)
		res = curl_request(c);
	if (!res)
		res = follow(c, cache, ret_missing);
	return *ret_missing ? res : finish(c, res);
}

/* All URLs, each with its own state. Return: the exit status of the last; *@ret_missing: what is not modelled */
static int transfers(struct curl *c, const char **ret_missing)
{
	struct cache *cache = ng_task_alloc(c->task, sizeof(*cache));
	struct curl *t = ng_task_alloc(c->task, sizeof(*t));
	unsigned int i;
	int res = 0;

	for (i = 0; i < c->nurls && !*ret_missing && !(res && c->fail_early); i++) {
		*t = *c;
		t->url = c->urls[i];
		t->urlnum = i;
		t->output = i < c->noutputs ? c->outputs[i] : NULL;
		res = transfer(t, cache, ret_missing);
		c->conn = t->conn + (t->port != 0);
		*c->left = '\0';
		if (!t->closes && t->port)
			snprintf(c->left, sizeof(c->left), "%s:%u", t->host, t->port);
	}
	if (c->noutputs > c->nurls && !c->silent)
		curl_err(c, "Warning: Got more output options than URLs\n");
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
	int res = 0;

	c->task = task;
	c->agent = "curl/7.88.1";
	c->size = -1;
	c->fd = -1;
	c->max_redirs = 50;
	missing = curl_options(c, argc, argv);
	if (!missing)
		res = transfers(c, &missing);
	if (missing)
		return ng_not_modelled(task, "curl: %s", missing);
	return res;
}
