/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * python3.c - python3 -m http.server
 *
 * mirrors the command line and the server loop of Python 3.11's
 * http/server.py; nothing else of Python is modelled
 *
 * python3_main()
 *   parse()
 *   open_listener()
 *   serve()
 *     take() / answer()
 *       http_get()         files.c
 *       http_error()       respond.c
 */
#include "http.h"

#include "../lib/prog.h"
#include "../lib/program.h"

#include <errno.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int python3_main(struct ng_task *task, int argc, char **argv);

enum {
	MAX_CONNECTIONS = 32,
	MAX_REQUEST = 65536,
};

struct connection {
	int fd; /* -1: free */
	__be32 peer;
	size_t len;
	bool eof;
	char *buf;
};

struct server {
	struct http http;
	int port;
	const char *bind;
	bool unbuffered;
	const char *greeting; /* not written yet, as Python's standard output is buffered */
	int fd;
	struct connection conns[MAX_CONNECTIONS];
};

static const char usage_text[] =
	"usage: server.py [-h] [--cgi] [-b ADDRESS] [-d DIRECTORY] [-p VERSION] [port]\n";

static _Noreturn void help(struct ng_task *task)
{
	ng_puts(ng_stdout(task), usage_text);
	ng_puts(ng_stdout(task),
		"\npositional arguments:\n"
		"  port                  bind to this port (default: 8000)\n"
		"\noptions:\n"
		"  -h, --help            show this help message and exit\n"
		"  --cgi                 run as CGI server\n"
		"  -b ADDRESS, --bind ADDRESS\n"
		"                        bind to this address (default: all interfaces)\n"
		"  -d DIRECTORY, --directory DIRECTORY\n"
		"                        serve this directory (default: current directory)\n"
		"  -p VERSION, --protocol VERSION\n"
		"                        conform to this HTTP version (default: HTTP/1.0)\n");
	prog_exit(task, 0);
}

#define usage_error(task, ...)                                  \
	do {                                                    \
		ng_puts(ng_stderr(task), usage_text);           \
		ng_puts(ng_stderr(task), "server.py: error: "); \
		ng_printf(ng_stderr(task), __VA_ARGS__);        \
		ng_puts(ng_stderr(task), "\n");                 \
		prog_exit(task, 2);                             \
	} while (0)

/* The value of option @name when argument @i is it: "-b X", "-bX", "--bind X", "--bind=X". */
static const char *value_of(struct server *s, char **argv, int *i, char letter, const char *name)
{
	const char *a = argv[*i];
	size_t len = strlen(name);

	if (a[0] == '-' && a[1] == letter && a[2])
		return a + 2;
	if (!strncmp(a, name, len) && a[len] == '=')
		return a + len + 1;
	if (strcmp(a, name) != 0 && !(a[0] == '-' && a[1] == letter && !a[2]))
		return NULL;
	if (!argv[*i + 1])
		usage_error(s->http.task, "argument -%c/%s: expected one argument", letter, name);
	return argv[++*i];
}

/* Return: what is not modelled, or NULL. */
static const char *parse(struct server *s, int argc, char **argv)
{
	bool have_port = false;
	int i = 1;

	while (i < argc && !strcmp(argv[i], "-u")) {
		s->unbuffered = true;
		i++;
	}
	if (i + 1 >= argc || strcmp(argv[i], "-m") != 0 || strcmp(argv[i + 1], "http.server") != 0)
		return "python3 other than `python3 -m http.server'";
	for (i += 2; i < argc; i++) {
		const char *a = argv[i];
		const char *v;
		long port;

		if (!strcmp(a, "-h") || !strcmp(a, "--help"))
			help(s->http.task);
		v = value_of(s, argv, &i, 'b', "--bind");
		if (v) {
			s->bind = v;
			continue;
		}
		v = value_of(s, argv, &i, 'd', "--directory");
		if (v) {
			s->http.directory = v;
			continue;
		}
		if (!strcmp(a, "--cgi") || value_of(s, argv, &i, 'p', "--protocol"))
			return "python3 -m http.server with --cgi or --protocol";
		if (a[0] == '-' || have_port)
			usage_error(s->http.task, "unrecognized arguments: %s", a);
		if (!prog_strtol(a, 10, &port))
			usage_error(s->http.task, "argument port: invalid int value: '%s'", a);
		s->port = (int)port;
		have_port = true;
	}
	return NULL;
}

/* The traceback of a bind() that failed. */
static _Noreturn void bind_failed(struct server *s, int err)
{
	ng_printf(ng_stderr(s->http.task),
		  "Traceback (most recent call last):\n"
		  "  File \"<frozen runpy>\", line 198, in _run_module_as_main\n"
		  "  File \"<frozen runpy>\", line 88, in _run_code\n"
		  "  File \"/usr/lib/python3.11/http/server.py\", line 1309, in <module>\n"
		  "    test(\n"
		  "  File \"/usr/lib/python3.11/http/server.py\", line 1256, in test\n"
		  "    with ServerClass(addr, HandlerClass) as httpd:\n"
		  "         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
		  "  File \"/usr/lib/python3.11/socketserver.py\", line 456, in __init__\n"
		  "    self.server_bind()\n"
		  "  File \"/usr/lib/python3.11/http/server.py\", line 1303, in server_bind\n"
		  "    return super().server_bind()\n"
		  "           ^^^^^^^^^^^^^^^^^^^^^\n"
		  "  File \"/usr/lib/python3.11/http/server.py\", line 136, in server_bind\n"
		  "    socketserver.TCPServer.server_bind(self)\n"
		  "  File \"/usr/lib/python3.11/socketserver.py\", line 472, in server_bind\n"
		  "    self.socket.bind(self.server_address)\n"
		  "OSError: [Errno %d] %s\n",
		  -err, ng_strerror(-err));
	prog_exit(s->http.task, 1);
}

/* Return: false: the address of --bind is not known. */
static bool open_listener(struct server *s)
{
	struct ng_task *task = s->http.task;
	struct sockaddr_in sin = { .sin_family = AF_INET };
	char addr[NG_ADDRSTRLEN], canon[256], text[160];
	uint32_t len = sizeof(sin);
	int one = 1;
	__be32 a = 0;
	int err;

	if (s->bind && !ng_inet_aton(s->bind, &a) &&
	    !ng_gethostbyname(task, s->bind, &a, canon, sizeof(canon)))
		return false;
	sin.sin_addr.s_addr = a;
	sin.sin_port = cpu_to_be16((uint16_t)s->port);
	s->fd = ng_sys_socket(task, AF_INET, SOCK_STREAM, 0);
	if (s->fd < 0)
		bind_failed(s, s->fd);
	ng_sys_setsockopt(task, s->fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	err = ng_sys_bind(task, s->fd, &sin, sizeof(sin));
	if (!err)
		err = ng_sys_listen(task, s->fd, 5);
	if (err)
		bind_failed(s, err);
	ng_sys_getsockname(task, s->fd, &sin, &len);
	ng_inet_ntoa(addr, sin.sin_addr.s_addr);
	snprintf(text, sizeof(text), "Serving HTTP on %s port %u (http://%s:%u/) ...\n", addr,
		 be16_to_cpu(sin.sin_port), addr, be16_to_cpu(sin.sin_port));
	s->greeting = ng_task_strdup(task, text);
	return true;
}

static void greet(struct server *s)
{
	if (s->greeting)
		ng_sys_write(s->http.task, 1, s->greeting, strlen(s->greeting));
	s->greeting = NULL;
}

/* Takes the request line apart; false: it was wrong, or empty, and is dealt with. */
static bool parse_line(struct request *r, char *line)
{
	char *words[64];
	char message[4200];
	char *save = NULL;
	unsigned int major, minor;
	int n = 0;
	char *w;

	for (w = strtok_r(line, " \t", &save); w && n < 64; w = strtok_r(NULL, " \t", &save))
		words[n++] = w;
	if (n == 0)
		return false;
	r->old = true;
	if (n >= 3) {
		const char *version = words[n - 1];

		if (sscanf(version, "HTTP/%5u.%5u", &major, &minor) != 2) {
			snprintf(message, sizeof(message), "Bad request version ('%s')", version);
			http_error(r, 400, message);
			return false;
		}
		if (major >= 2) {
			snprintf(message, sizeof(message), "Invalid HTTP version (%s)",
				 version + 5);
			http_error(r, 505, message);
			return false;
		}
		r->old = false;
	}
	if (n < 2 || n > 3) {
		snprintf(message, sizeof(message), "Bad request syntax ('%s')", r->line);
		http_error(r, 400, message);
		return false;
	}
	if (n == 2 && strcmp(words[0], "GET") != 0) {
		snprintf(message, sizeof(message), "Bad HTTP/0.9 request type ('%s')", words[0]);
		http_error(r, 400, message);
		return false;
	}
	r->command = words[0];
	r->path = words[1];
	while (r->path[0] == '/' && r->path[1] == '/')
		r->path++;
	return true;
}

static void answer(struct server *s, struct connection *c)
{
	char message[4200];
	char line[4096], copy[4096];
	struct request r = {
		.http = &s->http, .fd = c->fd, .peer = c->peer, .line = line, .command = ""
	};
	size_t len = strcspn(c->buf, "\r\n");

	snprintf(line, sizeof(line), "%.*s", (int)len, c->buf);
	snprintf(copy, sizeof(copy), "%s", line);
	if (!parse_line(&r, copy))
		return;
	if (!strcmp(r.command, "GET") || !strcmp(r.command, "HEAD")) {
		http_get(&r);
		return;
	}
	snprintf(message, sizeof(message), "Unsupported method ('%s')", r.command);
	http_error(&r, 501, message);
}

/* Is the whole request there, or a line that is answered without more? */
static bool complete(const struct connection *c)
{
	const char *end = strchr(c->buf, '\n');
	unsigned int spaces = 0;
	const char *p;

	if (c->eof || c->len + 1 >= MAX_REQUEST)
		return true;
	if (!end)
		return false;
	for (p = c->buf; p < end; p++)
		spaces += *p == ' ';
	return spaces < 1 || spaces > 2 || strstr(c->buf, "\r\n\r\n") || strstr(c->buf, "\n\n");
}

static void take(struct server *s, struct connection *c)
{
	struct ng_task *task = s->http.task;
	ssize_t n = ng_sys_recvfrom(task, c->fd, c->buf + c->len, MAX_REQUEST - 1 - c->len,
				    MSG_DONTWAIT, NULL, NULL);

	if (n == -EAGAIN || n == -EINTR)
		return;
	if (n > 0)
		c->len += (size_t)n;
	else
		c->eof = true;
	c->buf[c->len] = '\0';
	if (!complete(c))
		return;
	if (c->len)
		answer(s, c);
	ng_sys_shutdown(task, c->fd, SHUT_WR);
	ng_sys_close(task, c->fd);
	ng_task_free(task, c->buf);
	c->fd = -1;
}

static void welcome(struct server *s)
{
	struct sockaddr_in from;
	uint32_t len = sizeof(from);
	int i = 0;
	int fd;

	while (i < MAX_CONNECTIONS && s->conns[i].fd >= 0)
		i++;
	if (i == MAX_CONNECTIONS)
		return;
	fd = ng_sys_accept(s->http.task, s->fd, &from, &len);
	if (fd < 0)
		return;
	s->conns[i] = (struct connection){ .fd = fd, .peer = from.sin_addr.s_addr };
	s->conns[i].buf = ng_task_alloc(s->http.task, MAX_REQUEST);
}

static int serve(struct server *s)
{
	struct ng_task *task = s->http.task;
	struct pollfd p[MAX_CONNECTIONS + 1];
	int i, ready;

	for (i = 0; i < MAX_CONNECTIONS; i++)
		s->conns[i].fd = -1;
	ng_sys_sigaction(task, SIGINT, 1);
	for (;;) {
		p[0] = (struct pollfd){ s->fd, POLLIN, 0 };
		for (i = 0; i < MAX_CONNECTIONS; i++)
			p[i + 1] = (struct pollfd){ s->conns[i].fd, POLLIN, 0 };
		ready = ng_sys_poll(task, p, MAX_CONNECTIONS + 1, -1);
		if (ng_sys_sigpending(task) == SIGINT)
			break;
		if (ready < 0 && ready != -EINTR)
			prog_die(task, 1, "python3", -ready, "poll");
		if (ready <= 0)
			continue;
		for (i = 0; i < MAX_CONNECTIONS; i++) {
			if (s->conns[i].fd >= 0 && p[i + 1].revents)
				take(s, &s->conns[i]);
		}
		if (p[0].revents)
			welcome(s);
	}
	greet(s);
	ng_puts(ng_stdout(task), "\nKeyboard interrupt received, exiting.\n");
	return 0;
}

/**
 * python3_main() - The program python3: its module http.server only.
 * @task: the process
 * @argc: number of arguments
 * @argv: the arguments
 *
 * Return: its exit status.
 */
int python3_main(struct ng_task *task, int argc, char **argv)
{
	struct server *s = ng_task_alloc(task, sizeof(*s));
	const char *missing;
	char *cwd = ng_task_alloc(task, 4096);

	s->http.task = task;
	s->port = 8000;
	ng_sys_getcwd(task, cwd, 4096);
	s->http.directory = cwd;
	s->unbuffered = ng_task_getenv(task, "PYTHONUNBUFFERED") != NULL;
	missing = parse(s, argc, argv);
	if (missing)
		return ng_not_modelled(task, "%s", missing);
	if (!open_listener(s))
		return ng_not_modelled(task, "python3 -m http.server --bind with an unknown name");
	if (s->unbuffered || ng_sys_isatty(task, 1) > 0)
		greet(s);
	return serve(s);
}
