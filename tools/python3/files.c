/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * files.c - the world's files and folders as pages
 *
 * mirrors SimpleHTTPRequestHandler of Python 3.11's http/server.py
 */
#include "http.h"

#include <fcntl.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum {
	CHUNK = 65536, /* COPY_BUFSIZE of shutil */
};

static const char *content_type(const char *path)
{
	/* of Python's table and /etc/mime.types; another is application/octet-stream */
	static const struct {
		const char *suffix;
		const char *type;
	} types[] = {
		{ ".html", "text/html" },	 { ".htm", "text/html" },
		{ ".txt", "text/plain" },	 { ".c", "text/plain" },
		{ ".h", "text/plain" },		 { ".py", "text/x-python" },
		{ ".css", "text/css" },		 { ".csv", "text/csv" },
		{ ".js", "text/javascript" },	 { ".json", "application/json" },
		{ ".png", "image/png" },	 { ".jpg", "image/jpeg" },
		{ ".jpeg", "image/jpeg" },	 { ".gif", "image/gif" },
		{ ".svg", "image/svg+xml" },	 { ".xml", "application/xml" },
		{ ".pdf", "application/pdf" },	 { ".sh", "text/x-sh" },
		{ ".md", "text/markdown" },	 { ".ico", "image/vnd.microsoft.icon" },
		{ ".tar", "application/x-tar" }, { ".zip", "application/zip" },
		{ ".gz", "application/gzip" },
	};
	const char *slash = strrchr(path, '/');
	const char *dot = strrchr(slash ? slash : path, '.');
	size_t i;

	for (i = 0; dot && i < sizeof(types) / sizeof(types[0]); i++) {
		if (!strcasecmp(dot, types[i].suffix))
			return types[i].type;
	}
	return "application/octet-stream";
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* %41 is A; what is no such code stays. */
static void unquote(struct text *t, const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		char c = s[i];

		if (c == '%' && i + 2 < len && hex(s[i + 1]) >= 0 && hex(s[i + 2]) >= 0) {
			c = (char)(hex(s[i + 1]) << 4 | hex(s[i + 2]));
			i += 2;
		}
		text_add(t, &c, 1);
	}
}

static void quote(struct text *t, const char *s)
{
	for (; *s; s++) {
		if ((*s >= '0' && *s <= '9') || ((*s | 0x20) >= 'a' && (*s | 0x20) <= 'z') ||
		    strchr("_.-~/", *s))
			text_add(t, s, 1);
		else
			text_printf(t, "%%%02X", (unsigned char)*s);
	}
}

/* The file a path of the request means: below the served folder, without "..". */
static char *translate(struct request *r, size_t path_len)
{
	struct text plain = { .task = r->http->task };
	struct text out = { .task = r->http->task };
	char *word, *save = NULL;
	char *words[256];
	size_t n = 0;
	size_t i;
	bool slash;

	text_add(&plain, "", 0);
	unquote(&plain, r->path, path_len);
	slash = plain.len && plain.s[plain.len - 1] == '/';
	for (word = strtok_r(plain.s, "/", &save); word; word = strtok_r(NULL, "/", &save)) {
		if (!strcmp(word, "..") && n)
			n--;
		else if (strcmp(word, "..") != 0 && strcmp(word, ".") != 0 && n < 256)
			words[n++] = word;
	}
	text_printf(&out, "%s", r->http->directory);
	for (i = 0; i < n; i++)
		text_printf(&out, "/%s", words[i]);
	if (slash)
		text_printf(&out, "/");
	return out.s;
}

static int by_name(const void *a, const void *b)
{
	const struct ng_dirent *x = a;
	const struct ng_dirent *y = b;

	return strcasecmp(x->name, y->name);
}

static struct ng_dirent *read_folder(struct ng_task *task, int fd, size_t *ret_n)
{
	struct ng_dirent *all = NULL;
	size_t n = 0;
	int got;

	for (;;) {
		all = ng_task_realloc(task, all, n * sizeof(*all), (n + 32) * sizeof(*all));
		got = ng_sys_getdents(task, fd, all + n, 32);
		if (got <= 0)
			break;
		n += (size_t)got;
	}
	qsort(all, n, sizeof(*all), by_name);
	*ret_n = n;
	return all;
}

static void list_folder(struct request *r, const char *folder)
{
	struct ng_task *task = r->http->task;
	struct text head = { .task = task };
	struct text body = { .task = task };
	struct text name = { .task = task };
	struct ng_dirent *all;
	int fd = ng_sys_open(task, folder, O_RDONLY | O_DIRECTORY, 0);
	size_t i, n;

	if (fd < 0) {
		http_error(r, 404, "No permission to list directory");
		return;
	}
	all = read_folder(task, fd, &n);
	ng_sys_close(task, fd);
	unquote(&name, r->path, strlen(r->path));
	text_printf(&body, "<!DOCTYPE HTML>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
			   "<title>Directory listing for ");
	http_escape(&body, name.s);
	text_printf(&body, "</title>\n</head>\n<body>\n<h1>Directory listing for ");
	http_escape(&body, name.s);
	text_printf(&body, "</h1>\n<hr>\n<ul>\n");
	for (i = 0; i < n; i++) {
		const char *end = S_ISDIR(all[i].mode) ? "/" : "";

		text_printf(&body, "<li><a href=\"");
		quote(&body, all[i].name);
		text_printf(&body, "%s\">", end);
		http_escape(&body, all[i].name);
		text_printf(&body, "%s</a></li>\n", end);
	}
	text_printf(&body, "</ul>\n<hr>\n</body>\n</html>\n");
	http_head(r, &head, 200, "OK");
	text_printf(&head, "Content-type: text/html; charset=utf-8\r\nContent-Length: %zu\r\n",
		    body.len);
	http_end_head(r, &head);
	if (strcmp(r->command, "HEAD") != 0)
		http_send_all(r, body.s, body.len);
	ng_task_free(task, body.s);
	ng_task_free(task, name.s);
	ng_task_free(task, all);
}

static void send_file(struct request *r, const char *path)
{
	struct ng_task *task = r->http->task;
	struct text head = { .task = task };
	struct ng_stat st;
	uint8_t *buf;
	ssize_t n;
	int fd = path[strlen(path) - 1] == '/' ? -1 : ng_sys_open(task, path, O_RDONLY, 0);

	if (fd < 0 || ng_sys_fstat(task, fd, &st) < 0) {
		http_error(r, 404, "File not found");
		return;
	}
	http_head(r, &head, 200, "OK");
	text_printf(&head, "Content-type: %s\r\nContent-Length: %llu\r\nLast-Modified: ",
		    content_type(path), (unsigned long long)st.size);
	http_date(&head, st.mtime_ns);
	text_printf(&head, "\r\n");
	http_end_head(r, &head);
	if (strcmp(r->command, "HEAD") != 0) {
		buf = ng_task_alloc(task, CHUNK);
		while ((n = ng_sys_read(task, fd, buf, CHUNK)) > 0)
			http_send_all(r, buf, (size_t)n);
		ng_task_free(task, buf);
	}
	ng_sys_close(task, fd);
}

static bool is_kind(struct request *r, const char *path, bool folder)
{
	struct ng_stat st;

	return ng_sys_stat(r->http->task, path, &st) == 0 &&
	       (folder ? S_ISDIR(st.mode) : S_ISREG(st.mode));
}

/* index.html, index.htm, or the listing */
static void get_folder(struct request *r, const char *path)
{
	char index[4096];

	snprintf(index, sizeof(index), "%s/index.html", path);
	if (!is_kind(r, index, false))
		snprintf(index, sizeof(index), "%s/index.htm", path);
	if (is_kind(r, index, false))
		send_file(r, index);
	else
		list_folder(r, path);
}

/**
 * http_get() - Answer GET and HEAD.
 * @r: the request, its line taken apart
 */
void http_get(struct request *r)
{
	size_t len = strcspn(r->path, "?#");
	char *path = translate(r, len);

	if (!is_kind(r, path, true)) {
		send_file(r, path);
	} else if (len == 0 || r->path[len - 1] != '/') {
		struct text head = { .task = r->http->task };

		http_head(r, &head, 301, "Moved Permanently");
		text_printf(&head, "Location: %.*s/%s\r\nContent-Length: 0\r\n", (int)len, r->path,
			    r->path + len);
		http_end_head(r, &head);
	} else {
		get_folder(r, path);
	}
	ng_task_free(r->http->task, path);
}
