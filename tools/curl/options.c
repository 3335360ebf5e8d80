/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * options.c - curl's command line
 */
#include "curl.h"

#include "../lib/prog.h"

#include <netglass/task.h>
#include <stdlib.h>
#include <string.h>

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
	{ 'L', "location", false, '!' },
	{ '6', "ipv6", false, '!' },
	{ 'O', "remote-name", false, '!' },
	{ 'V', "version", false, '!' },
	{ 'h', "help", false, '!' },
	{ 'X', "request", true, '!' },
	{ 'd', "data", true, '!' },
	{ 'x', "proxy", true, '!' },
	{ 'u', "user", true, '!' },
	{ 'e', "referer", true, '!' },
	{ 'T', "upload-file", true, '!' },
	{ 'F', "form", true, '!' },
	{ 'b', "cookie", true, '!' },
	{ 'r', "range", true, '!' },
	{ 'D', "dump-header", true, '!' },
	{ 'K', "config", true, '!' },
	{ 'Z', "parallel", false, '!' },
	{ 'G', "get", false, '!' },
	{ '#', "progress-bar", false, '!' },
	{ 0, "interface", true, '!' },
	{ 0, "local-port", true, '!' },
	{ 0, "retry", true, '!' },
	{ 0, "resolve", true, '!' },
	{ 0, "limit-rate", true, '!' },
	{ 0, "trace", true, '!' },
	{ 0, "http2", false, '!' },
	{ 0, "compressed", false, '!' },
	{ 0, "fail-with-body", false, '!' },
	{ 0, "data-raw", true, '!' },
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

/* Return: what is not modelled, or NULL. */
static const char *set(struct curl *c, const struct option *o, const char *opt, const char *value)
{
	switch (o->what) {
	case 's':
		c->silent = true;
		break;
	case 'S':
		c->show_error = true;
		break;
	case 'v':
		c->verbose = true;
		break;
	case 'I':
		c->head = true;
		break;
	case 'i':
		c->include = true;
		break;
	case 'f':
		c->fail = true;
		break;
	case '0':
		c->http09 = true;
		break;
	case 'o':
		c->output = strcmp(value, "-") != 0 ? value : NULL;
		break;
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
		c->url = value;
		break;
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
		else if (c->url)
			what = "more than one URL";
		else
			c->url = argv[i];
		if (what && !missing)
			missing = what;
	}
	if (!missing && !c->url) {
		curl_err(c, "curl: no URL specified!\n");
		try_help(c);
	}
	return missing;
}
