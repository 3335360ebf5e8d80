/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * curl.h - one run of curl
 */
#ifndef TOOLS_CURL_CURL_H
#define TOOLS_CURL_CURL_H

#include "../lib/netdb.h"

#include <linux/in.h>
#include <netglass/types.h>

enum {
	CURL_MAX = 64, /* URLs */
};

/* A file written as stdio writes a pipe or file: in blocks, or at the end. */
struct sink {
	int fd;
	size_t len;
	char buf[4096];
};

struct curl {
	struct ng_task *task;

	/* what is asked for */
	const char *urls[CURL_MAX];
	const char *outputs[CURL_MAX]; /* -o, in the order of the URLs; curl_remote_name: -O */
	unsigned int nurls, noutputs;
	const char *method; /* -X */
	char *data;	    /* -d */
	size_t data_len;
	const char *referer;	/* -e */
	const char *interface;	/* --interface */
	int port_min, port_max; /* --local-port */
	int max_redirs;
	const char *write_out;	 /* -w */
	const char *agent;	 /* -A */
	const char *headers[32]; /* -H */
	unsigned int nheaders;
	bool silent, show_error, verbose, head, include, fail, http09, get, follow, fail_early;
	int64_t max_ns, connect_ns; /* 0: none */

	/* this transfer, and its URL taken apart */
	const char *url;
	const char *output; /* a file; NULL: standard output */
	char host[256];
	char path[2048];
	uint16_t port;
	__be32 addr;

	/* the run */
	struct sink out;
	int fd;
	int64_t start_ns;
	int64_t connected_ns;
	int64_t meter_ns; /* when the meter was printed last */
	char error[512];
	char content_type[128];
	int code;	  /* of the answer; 0: none */
	int version;	  /* 10, 11 */
	int64_t size;	  /* Content-Length; -1: not given */
	int64_t received; /* bytes of the body */
	unsigned int header_size, request_size, connects;
	unsigned int urlnum;
	unsigned int conn;	/* its number */
	char left[264];		/* host:port of the connection that the transfer before left open */
	unsigned int redirects; /* followed */
	char redirect[2048];	/* where the answer says to go */
	char location[2048];	/* the same, when it is followed */
	int64_t first_ns;	/* the answer began */
	int64_t resolved_ns;
	bool closes, old; /* old: the server speaks HTTP/1.0 */
	struct sockaddr_in local, remote;
};

/* options.c */
extern const char curl_remote_name[];
const char *curl_options(struct curl *c, int argc, char **argv);
/* http.c */
int curl_request(struct curl *c);
/* report.c */
ng_printf_like(2, 3) void curl_err(struct curl *c, const char *fmt, ...);
ng_printf_like(2, 3) void curl_info(struct curl *c, const char *fmt, ...);
const char *curl_method(const struct curl *c);
void curl_info_bytes(struct curl *c, char way, size_t len);
ng_printf_like(3, 4) int curl_fail(struct curl *c, int code, const char *fmt, ...);
void curl_meter_begin(struct curl *c);
void curl_meter(struct curl *c);
void curl_absolute(const struct curl *c, const char *where, char *buf, size_t size);
void curl_write_out(struct curl *c, int exit_code);
bool sink_write(struct curl *c, struct sink *s, const void *data, size_t len);
bool sink_flush(struct curl *c, struct sink *s);

#endif
