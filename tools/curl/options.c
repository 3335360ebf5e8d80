/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * options.c - curl's command line
 */
#include "curl.h"

#include "../lib/prog.h"

#include <fcntl.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_DATA = 32768,
};

const char curl_remote_name[] = "-O";

struct option {
	char letter; /* 0: none */
	const char *name;
	bool value;
	char what; /* of set(); 0: ignored, '!': not modelled */
};

static const struct option options[] = {
	{ 's', "silent", false, 's' },
	{ 'S', "show-error", false, 'S' },
	{ 'v', "verbose", false, 'v' },
	{ 'I', "head", false, 'I' },
	{ 'i', "include", false, 'i' },
	{ 'f', "fail", false, 'f' },
	{ '4', "ipv4", false, 0 },
	{ 'k', "insecure", false, 0 },
	{ 'N', "no-buffer", false, '!' },
	{ 'g', "globoff", false, 0 },
	{ 0, "http0.9", false, '0' },
	{ 0, "http1.1", false, 0 },
	{ 0, "no-progress-meter", false, 's' },
	{ 0, "path-as-is", false, 0 },
	{ 'q', "disable", false, 0 },
	{ 'o', "output", true, 'o' },
	{ 'w', "write-out", true, 'w' },
	{ 'm', "max-time", true, 'm' },
	{ 'A', "user-agent", true, 'A' },
	{ 'H', "header", true, 'H' },
	{ 0, "connect-timeout", true, 'c' },
	{ 0, "url", true, 'u' },
	{ 0, "noproxy", true, 0 },
	{ 'L', "location", false, 'L' },
	{ '6', "ipv6", false, '!' },
	{ 'O', "remote-name", false, 'O' },
	{ 'V', "version", false, '!' },
	{ 'h', "help", false, '!' },
	{ 'X', "request", true, 'X' },
	{ 'd', "data", true, 'd' },
	{ 0, "data-ascii", true, 'd' },
	{ 0, "data-binary", true, 'B' },
	{ 0, "data-raw", true, 'r' },
	{ 0, "data-urlencode", true, '!' },
	{ 0, "json", true, '!' },
	{ 0, "max-redirs", true, 'M' },
	{ 0, "fail-early", false, 'y' },
	{ 'x', "proxy", true, '!' },
	{ 'u', "user", true, '!' },
	{ 'e', "referer", true, 'e' },
	{ 'T', "upload-file", true, '!' },
	{ 'F', "form", true, '!' },
	{ 'b', "cookie", true, '!' },
	{ 'r', "range", true, '!' },
	{ 'D', "dump-header", true, '!' },
	{ 'K', "config", true, '!' },
	{ 'Z', "parallel", false, '!' },
	{ 'G', "get", false, 'G' },
	{ '#', "progress-bar", false, '!' },
	{ 0, "interface", true, 'n' },
	{ 0, "local-port", true, 'p' },
	{ 0, "retry", true, '!' },
	{ 0, "resolve", true, '!' },
	{ 0, "limit-rate", true, '!' },
	{ 0, "trace", true, '!' },
	{ 0, "http2", false, '!' },
	{ 0, "compressed", false, '!' },
	{ 0, "fail-with-body", false, '!' },
};

static _Noreturn void try_help(struct curl *c)
{
	curl_err(c, "curl: try 'curl --help' or 'curl --manual' for more information\n");
	prog_exit(c->task, 2);
}

static int64_t seconds(struct curl *c, const char *opt, const char *s)
{
	char *end;
	double v = strtod(s, &end);

	if (end == s || *end || v < 0) {
		curl_err(c, "curl: option %s: expected a proper numerical parameter\n", opt);
		try_help(c);
	}
	return (int64_t)(v * 1000) * NSEC_PER_MSEC;
}

static const char *add_url(struct curl *c, const char *url)
{
	if (c->nurls == CURL_MAX)
		return "more URLs";
	c->urls[c->nurls++] = url;
	return NULL;
}

/* LO or LO-HI */
static void local_port(struct curl *c, const char *opt, const char *s)
{
	char *end;
	unsigned long lo = strtoul(s, &end, 10), hi = lo;

	if (*end == '-')
		hi = strtoul(end + 1, &end, 10);
	if (*s < '0' || *s > '9' || *end || lo > 65535 || hi > 65535 || hi < lo) {
		curl_err(c, "curl: option %s: is badly used here\n", opt);
		try_help(c);
	}
	c->port_min = (int)lo;
	c->port_max = (int)hi;
}

/* The bytes of a file, or of standard input ("-"); *@ret_len of them. NULL: it cannot be read */
static char *slurp(struct curl *c, const char *path, size_t *ret_len)
{
	int fd = strcmp(path, "-") != 0 ? ng_sys_open(c->task, path, O_RDONLY, 0) : 0;
	char *buf = ng_task_alloc(c->task, MAX_DATA + 1);
	ssize_t n;

	*ret_len = 0;
	if (fd < 0)
		return NULL;
	while (*ret_len < MAX_DATA &&
	       (n = ng_sys_read(c->task, fd, buf + *ret_len, MAX_DATA - *ret_len)) > 0)
		*ret_len += (size_t)n;
	if (fd)
		ng_sys_close(c->task, fd);
	return buf;
}

/* -d (@how d), --data-binary (B) and --data-raw (r). Return: what is not modelled, or NULL. */
static const char *add_data(struct curl *c, const char *value, char how)
{
	const char *bytes = value;
	size_t len = strlen(value), i;

	if (*value == '@' && how != 'r') {
		bytes = slurp(c, value + 1, &len);
		if (!bytes && !c->silent)
			curl_err(c,
				 "Warning: Couldn't read data from file \"%s\", this makes an "
				 "empty POST.\n",
				 value + 1);
	}
	if (!c->data)
		c->data = ng_task_alloc(c->task, MAX_DATA + 1);
	else if (c->data_len < MAX_DATA)
		c->data[c->data_len++] = '&';
	if (len >= MAX_DATA - c->data_len)
		return "so much data";
	for (i = 0; bytes && i < len; i++) {
		if (how == 'd' && bytes != value &&
		    (bytes[i] == '\n' || bytes[i] == '\r' || !bytes[i]))
			continue;
		c->data[c->data_len++] = bytes[i];
	}
	return NULL;
}

static bool *flag_of(struct curl *c, char what)
{
	switch (what) {
	case 's':
		return &c->silent;
	case 'S':
		return &c->show_error;
	case 'v':
		return &c->verbose;
	case 'I':
		return &c->head;
	case 'i':
		return &c->include;
	case 'f':
		return &c->fail;
	case '0':
		return &c->http09;
	case 'L':
		return &c->follow;
	case 'y':
		return &c->fail_early;
	case 'G':
		return &c->get;
	default:
		return NULL;
	}
}

/* Return: what is not modelled, or NULL. */
static const char *set(struct curl *c, const struct option *o, const char *opt, const char *value)
{
	bool *flag = flag_of(c, o->what);

	if (flag)
		*flag = true;
	switch (o->what) {
	case 'O':
		value = curl_remote_name;
		/* fall through */
	case 'o':
		if (c->noutputs == CURL_MAX)
			return "more outputs";
		c->outputs[c->noutputs++] = strcmp(value, "-") != 0 ? value : NULL;
		break;
	case 'M':
		c->max_redirs = atoi(value);
		break;
	case 'X':
		c->method = value;
		break;
	case 'e':
		c->referer = value;
		break;
	case 'n':
		c->interface = value;
		break;
	case 'p':
		local_port(c, opt, value);
		break;
	case 'd':
	case 'B':
	case 'r':
		return add_data(c, value, o->what);
	case 'w':
		c->write_out = value;
		break;
	case 'm':
		c->max_ns = seconds(c, opt, value);
		break;
	case 'c':
		c->connect_ns = seconds(c, opt, value);
		break;
	case 'A':
		c->agent = value;
		break;
	case 'H':
		if (c->nheaders == sizeof(c->headers) / sizeof(c->headers[0]))
			return "more headers";
		c->headers[c->nheaders++] = value;
		break;
	case 'u':
		return add_url(c, value);
	case '!':
		return o->name;
	default:
		break;
	}
	return NULL;
}

static const struct option *find(const char *name, char letter)
{
	size_t i;

	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (name ? !strcmp(options[i].name, name) : options[i].letter == letter)
			return &options[i];
	}
	return NULL;
}

static const char *need(struct curl *c, const char *opt, const char *value)
{
	if (!value) {
		curl_err(c, "curl: option %s: requires parameter\n", opt);
		try_help(c);
	}
	return value;
}

/* One argument that begins with '-'. */
static const char *option(struct curl *c, char **argv, int *i)
{
	const char *a = argv[*i];
	const char *missing = NULL;
	const char *s;

	if (a[1] == '-') {
		const struct option *o = find(a + 2, 0);

		if (!o) {
			curl_err(c, "curl: option %s: is unknown\n", a);
			try_help(c);
		}
		return set(c, o, a, o->value ? need(c, a, argv[++*i]) : NULL);
	}
	for (s = a + 1; *s && !missing; s++) {
		const struct option *o = find(NULL, *s);

		if (!o) {
			curl_err(c, "curl: option %s: is unknown\n", a);
			try_help(c);
		}
		if (!o->value) {
			missing = set(c, o, a, NULL);
			continue;
		}
		return set(c, o, a, s[1] ? s + 1 : need(c, a, argv[++*i]));
	}
	return missing;
}

/**
 * curl_options() - Read the command line.
 * @c: the run, with the defaults set
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: the option that is not modelled, or NULL. Errors end the program.
 */
const char *curl_options(struct curl *c, int argc, char **argv)
{
	const char *missing = NULL;
	bool only_urls = false;
	int i;

	if (argc < 2)
		try_help(c);
	for (i = 1; i < argc; i++) {
		const char *what = NULL;

		if (!only_urls && !strcmp(argv[i], "--"))
			only_urls = true;
		else if (!only_urls && argv[i][0] == '-' && argv[i][1])
			what = option(c, argv, &i);
		else
			what = add_url(c, argv[i]);
		if (what && !missing)
			missing = what;
	}
	if (!missing && !c->nurls) {
		curl_err(c, "curl: no URL specified!\n");
		try_help(c);
	}
	if (!missing && c->head && c->data && !c->get) {
		if (!c->silent)
			curl_err(c, "Warning: You can only select one HTTP request method! You "
				    "asked for both POST \n"
				    "Warning: (-d, --data) and HEAD (-I, --head).\n");
		prog_exit(c->task, 2);
	}
	return missing;
}
