/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * http.h - the server of python3 -m http.server
 */
#ifndef TOOLS_PYTHON3_HTTP_H
#define TOOLS_PYTHON3_HTTP_H

#include "../lib/netdb.h"

#include <linux/in.h>
#include <netglass/types.h>

struct http {
	struct ng_task *task;
	const char *directory;
};

/* Text that grows; its memory is the task's. */
struct text {
	struct ng_task *task;
	char *s;
	size_t len;
	size_t cap;
};

struct request {
	struct http *http;
	int fd;
	__be32 peer;
	const char *line;    /* without its end */
	const char *command; /* "" until known */
	const char *path;
	bool old; /* HTTP/0.9: no headers in the answer */
};

void text_add(struct text *t, const char *s, size_t len);
ng_printf_like(2, 3) void text_printf(struct text *t, const char *fmt, ...);

/* respond.c */
void http_send_all(struct request *r, const void *data, size_t len);
void http_head(struct request *r, struct text *t, int code, const char *message);
void http_end_head(struct request *r, struct text *t);
void http_error(struct request *r, int code, const char *message);
void http_date(struct text *t, int64_t ns);
void http_escape(struct text *t, const char *s);
/* files.c */
void http_get(struct request *r);

#endif
