/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netdb.c - names of hosts, networks, services and protocols
 *
 * mirrors glibc's nss_files: a line is words, '#' starts a comment.
 */
#include "netdb.h"

#include "lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { WORDS_MAX = 34, LINE_MAX_LEN = 1024 };

struct words {
	char line[LINE_MAX_LEN];
	char *w[WORDS_MAX];
	int n;
};

static void split(struct words *ws)
{
	char *save = NULL;
	char *p = strchr(ws->line, '#');

	if (p)
		*p = '\0';
	ws->n = 0;
	for (p = strtok_r(ws->line, " \t\r", &save); p && ws->n < WORDS_MAX;
	     p = strtok_r(NULL, " \t\r", &save))
		ws->w[ws->n++] = p;
}

/* The next line with at least two words. */
static bool next_entry(struct ng_lines *in, struct words *ws)
{
	while (ng_lines_next(in, ws->line, sizeof(ws->line))) {
		split(ws);
		if (ws->n >= 2)
			return true;
	}
	return false;
}

static void copy_name(char *dst, const char *src, size_t size)
{
	if (size)
		snprintf(dst, size, "%s", src);
}

/* Is @name one of the words from @first on, without regard to case if @fold? */
static bool has_name(const struct words *ws, int first, const char *name, bool fold)
{
	int i;

	for (i = first; i < ws->n; i++) {
		if (fold ? !strcasecmp(ws->w[i], name) : !strcmp(ws->w[i], name))
			return true;
	}
	return false;
}

/* What is asked of a file, and what its line answers. */
struct query {
	const char *name;  /* NULL: by number */
	const char *proto; /* of a service; NULL: any */
	uint32_t number;   /* host order; found when a name is given */
	char *ret_name;	   /* room for the line's first name; may be NULL */
	size_t ret_name_len;
};

/* Does the line answer? It then sets the number. */
typedef bool (*match_fn)(const struct words *ws, struct query *q);

/* The first line of a file that answers; its official name is word @name_at. */
static bool find(struct ng_task *task, const char *file, match_fn match, int name_at,
		 struct query *q)
{
	struct ng_lines in;
	struct words ws;
	bool found = false;

	if (ng_lines_open(&in, task, file))
		return false;
	while (!found && next_entry(&in, &ws)) {
		found = match(&ws, q);
		if (found)
			copy_name(q->ret_name, ws.w[name_at], q->ret_name_len);
	}
	ng_lines_close(&in);
	return found;
}

/**
 * ng_inet_pton4() - Read a dotted quad.
 * @s: four decimal numbers of 0 to 255 without leading zeros
 * @ret_addr: the address
 *
 * Return: whether @s was one.
 */
bool ng_inet_pton4(const char *s, __be32 *ret_addr)
{
	uint32_t addr = 0;
	int i;

	for (i = 0; i < 4; i++) {
		unsigned int v = 0;
		int digits = 0;

		while (*s >= '0' && *s <= '9') {
			if (digits && v == 0)
				return false;
			v = v * 10 + (unsigned int)(*s++ - '0');
			if (v > 255)
				return false;
			digits++;
		}
		if (!digits || *s != (i < 3 ? '.' : '\0'))
			return false;
		s += i < 3;
		addr = addr << 8 | v;
	}
	*ret_addr = cpu_to_be32(addr);
	return true;
}

/**
 * ng_inet_aton() - Read an address in any of the forms of inet_aton(3).
 * @s: one to four numbers (decimal, 0 octal, 0x hexadecimal); the last fills what is left
 * @ret_addr: the address
 *
 * Return: whether @s was one.
 */
bool ng_inet_aton(const char *s, __be32 *ret_addr)
{
	static const uint32_t max[4] = { 0xffffffff, 0xffffff, 0xffff, 0xff };
	uint32_t addr = 0;
	int i;

	for (i = 0; i < 4; i++) {
		unsigned long v;
		char *end;

		if (*s < '0' || *s > '9')
			return false;
		v = strtoul(s, &end, 0);
		if (*end == '.' && i < 3) {
			if (v > 255)
				return false;
			addr |= (uint32_t)v << (24 - 8 * i);
			s = end + 1;
			continue;
		}
		if (*end && *end != ' ' && *end != '\t' && *end != '\n')
			return false;
		if (v > max[i])
			return false;
		*ret_addr = cpu_to_be32(addr | (uint32_t)v);
		return true;
	}
	return false;
}

/**
 * ng_inet_ntoa() - Write an address as a dotted quad.
 * @buf: where it goes
 * @addr: the address
 *
 * Return: @buf.
 */
const char *ng_inet_ntoa(char buf[NG_ADDRSTRLEN], __be32 addr)
{
	uint32_t a = be32_to_cpu(addr);

	snprintf(buf, NG_ADDRSTRLEN, "%u.%u.%u.%u", a >> 24, a >> 16 & 255, a >> 8 & 255, a & 255);
	return buf;
}

static bool match_host(const struct words *ws, struct query *q)
{
	__be32 addr;

	if (!ng_inet_pton4(ws->w[0], &addr))
		return false;
	if (q->name ? !has_name(ws, 1, q->name, true) : be32_to_cpu(addr) != q->number)
		return false;
	q->number = be32_to_cpu(addr);
	return true;
}

/**
 * ng_gethostbyname() - Find the address of a host in /etc/hosts.
 * @task: the calling program
 * @name: its name or alias
 * @ret_addr: its first IPv4 address
 * @canon: its official name; may be NULL when @canon_len is 0
 * @canon_len: room there
 *
 * Return: whether the name is known; if not, a program says "Name or service not known".
 */
bool ng_gethostbyname(struct ng_task *task, const char *name, __be32 *ret_addr, char *canon,
		      size_t canon_len)
{
	struct query q = { .name = name, .ret_name = canon, .ret_name_len = canon_len };

	if (!find(task, "/etc/hosts", match_host, 1, &q))
		return false;
	*ret_addr = cpu_to_be32(q.number);
	return true;
}

/**
 * ng_gethostbyaddr() - Find the name of an address in /etc/hosts.
 * @task: the calling program
 * @addr: the address
 * @name: its official name
 * @name_len: room there
 *
 * Return: whether the address is known.
 */
bool ng_gethostbyaddr(struct ng_task *task, __be32 addr, char *name, size_t name_len)
{
	struct query q = { .number = be32_to_cpu(addr),
			   .ret_name = name,
			   .ret_name_len = name_len };

	return find(task, "/etc/hosts", match_host, 1, &q);
}

/* A network number as /etc/networks writes it: one to four decimal bytes from the left. */
static bool read_net(const char *s, uint32_t *ret_net)
{
	uint32_t net = 0;
	int i;

	for (i = 0; i < 4; i++) {
		char *end;
		unsigned long v = strtoul(s, &end, 0);

		if (end == s || v > 255)
			return false;
		net |= (uint32_t)v << (24 - 8 * i);
		if (!*end) {
			*ret_net = net;
			return true;
		}
		if (*end != '.')
			return false;
		s = end + 1;
	}
	return false;
}

static bool match_net(const struct words *ws, struct query *q)
{
	uint32_t net;

	if (!read_net(ws->w[1], &net))
		return false;
	if (q->name ? strcasecmp(ws->w[0], q->name) && !has_name(ws, 2, q->name, true)
		    : net != q->number)
		return false;
	q->number = net;
	return true;
}

/**
 * ng_getnetbyname() - Find the number of a network in /etc/networks.
 * @task: the calling program
 * @name: its name or alias
 * @ret_net: its number, host order, left-aligned
 *
 * Return: whether the name is known.
 */
bool ng_getnetbyname(struct ng_task *task, const char *name, uint32_t *ret_net)
{
	struct query q = { .name = name };

	if (!find(task, "/etc/networks", match_net, 0, &q))
		return false;
	*ret_net = q.number;
	return true;
}

/**
 * ng_getnetbyaddr() - Find the name of a network in /etc/networks.
 * @task: the calling program
 * @net: its number, host order, left-aligned
 * @name: its name
 * @name_len: room there
 *
 * Return: whether the number is known.
 */
bool ng_getnetbyaddr(struct ng_task *task, uint32_t net, char *name, size_t name_len)
{
	struct query q = { .number = net, .ret_name = name, .ret_name_len = name_len };

	return find(task, "/etc/networks", match_net, 0, &q);
}

/* Splits "80/tcp" at the slash; returns the port or -1. */
static int read_port(char *s, const char **ret_proto)
{
	char *end;
	long v = strtol(s, &end, 10);

	if (end == s || *end != '/' || v < 0 || v > 65535)
		return -1;
	*ret_proto = end + 1;
	return (int)v;
}

static bool match_service(const struct words *ws, struct query *q)
{
	const char *proto;
	int port = read_port(ws->w[1], &proto);

	if (port < 0 || (q->proto && strcmp(proto, q->proto) != 0))
		return false;
	if (q->name ? strcmp(ws->w[0], q->name) != 0 && !has_name(ws, 2, q->name, false)
		    : (uint32_t)port != q->number)
		return false;
	q->number = (uint32_t)port;
	return true;
}

/**
 * ng_getservbyname() - Find the port of a service in /etc/services.
 * @task: the calling program
 * @name: its name or alias
 * @proto: "tcp", "udp"…, or NULL for any
 * @ret_port: its port, host order
 *
 * Return: whether the name is known.
 */
bool ng_getservbyname(struct ng_task *task, const char *name, const char *proto, uint16_t *ret_port)
{
	struct query q = { .name = name, .proto = proto };

	if (!find(task, "/etc/services", match_service, 0, &q))
		return false;
	*ret_port = (uint16_t)q.number;
	return true;
}

/**
 * ng_getservbyport() - Find the name of a port in /etc/services.
 * @task: the calling program
 * @port: the port, host order
 * @proto: "tcp", "udp"…, or NULL for any
 * @name: the service's name
 * @name_len: room there
 *
 * Return: whether the port is known.
 */
bool ng_getservbyport(struct ng_task *task, uint16_t port, const char *proto, char *name,
		      size_t name_len)
{
	struct query q = {
		.proto = proto, .number = port, .ret_name = name, .ret_name_len = name_len
	};

	return find(task, "/etc/services", match_service, 0, &q);
}

static bool match_protocol(const struct words *ws, struct query *q)
{
	uint32_t number = (uint32_t)strtoul(ws->w[1], NULL, 10);

	if (q->name ? strcmp(ws->w[0], q->name) != 0 && !has_name(ws, 2, q->name, false)
		    : number != q->number)
		return false;
	q->number = number;
	return true;
}

/**
 * ng_getprotobyname() - Find the number of a protocol in /etc/protocols.
 * @task: the calling program
 * @name: its name or alias
 * @ret_proto: its number
 *
 * Return: whether the name is known.
 */
bool ng_getprotobyname(struct ng_task *task, const char *name, uint8_t *ret_proto)
{
	struct query q = { .name = name };

	if (!find(task, "/etc/protocols", match_protocol, 0, &q))
		return false;
	*ret_proto = (uint8_t)q.number;
	return true;
}

/**
 * ng_getprotobynumber() - Find the name of a protocol in /etc/protocols.
 * @task: the calling program
 * @proto: its number
 * @name: its name
 * @name_len: room there
 *
 * Return: whether the number is known.
 */
bool ng_getprotobynumber(struct ng_task *task, unsigned int proto, char *name, size_t name_len)
{
	struct query q = { .number = proto, .ret_name = name, .ret_name_len = name_len };

	return find(task, "/etc/protocols", match_protocol, 0, &q);
}
