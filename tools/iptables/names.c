/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * names.c - protocols, services, hosts and networks by name and by number
 *
 * As getprotobyname() and its kin with "files" alone: the world's /etc/protocols,
 * /etc/services, /etc/hosts and /etc/networks. CONTROL.
 */
#include "xt.h"

#include <fcntl.h>
#include <stdlib.h>

#define MAX_FILE (1 << 20)
#define MAX_WORDS 40

/* The file's text, NUL-terminated; "" when there is none. */
static char *slurp(struct ng_task *task, const char *path)
{
	size_t cap = 32768;
	size_t len = 0;
	char *buf;
	int fd = ng_sys_open(task, path, O_RDONLY | O_CLOEXEC, 0);

	if (fd < 0)
		return ng_task_strdup(task, "");
	buf = ng_task_alloc(task, cap + 1);
	for (;;) {
		ssize_t n = ng_sys_read(task, fd, buf + len, cap - len);

		if (n <= 0)
			break;
		len += (size_t)n;
		if (len == cap && cap < MAX_FILE) {
			buf = ng_task_realloc(task, buf, cap + 1, cap * 2 + 1);
			cap *= 2;
		}
	}
	buf[len] = '\0';
	ng_sys_close(task, fd);
	return buf;
}

/* The words of the next line that has any; *text moves behind it. Returns how many, 0 at the end. */
static unsigned int next_line(char **text, char **words)
{
	while (**text) {
		char *line = *text;
		char *end = line + strcspn(line, "\n");
		unsigned int n = 0;

		*text = *end ? end + 1 : end;
		*end = '\0';
		line[strcspn(line, "#")] = '\0';
		while (n < MAX_WORDS) {
			line += strspn(line, " \t\r");
			if (*line == '\0')
				break;
			words[n++] = line;
			line += strcspn(line, " \t\r");
			if (*line)
				*line++ = '\0';
		}
		if (n >= 2)
			return n;
	}
	return 0;
}

/* Whether @name is the name (word 0) or an alias (words from 2 on). */
static bool named(char **words, unsigned int n, const char *name)
{
	unsigned int i;

	if (!strcmp(words[0], name))
		return true;
	for (i = 2; i < n; i++) {
		if (!strcmp(words[i], name))
			return true;
	}
	return false;
}

/**
 * ng_proto_by_name() - The number of a protocol of /etc/protocols
 * @task: who asks
 * @name: name or alias
 *
 * Return: the number, or -1.
 */
int ng_proto_by_name(struct ng_task *task, const char *name)
{
	char *text = slurp(task, "/etc/protocols");
	char *w[MAX_WORDS];
	unsigned int n;

	while ((n = next_line(&text, w))) {
		if (named(w, n, name))
			return atoi(w[1]);
	}
	return -1;
}

/**
 * ng_proto_by_number() - The name of a protocol of /etc/protocols
 * @task: who asks
 * @proto: its number
 *
 * Return: the name, or NULL.
 */
const char *ng_proto_by_number(struct ng_task *task, int proto)
{
	char *text = slurp(task, "/etc/protocols");
	char *w[MAX_WORDS];

	while (next_line(&text, w)) {
		if (atoi(w[1]) == proto)
			return w[0];
	}
	return NULL;
}

/* Whether "80/tcp" is of @proto (NULL: of any). */
static bool of_proto(const char *portproto, const char *proto)
{
	const char *slash = strchr(portproto, '/');

	return slash && (!proto || !strcmp(slash + 1, proto));
}

/**
 * ng_service_by_name() - The port of a service of /etc/services
 * @task: who asks
 * @name: name or alias
 * @proto: "tcp", "udp"…, NULL for any
 *
 * Return: the port, or -1.
 */
int ng_service_by_name(struct ng_task *task, const char *name, const char *proto)
{
	char *text = slurp(task, "/etc/services");
	char *w[MAX_WORDS];
	unsigned int n;

	while ((n = next_line(&text, w))) {
		if (named(w, n, name) && of_proto(w[1], proto))
			return atoi(w[1]);
	}
	return -1;
}

/**
 * ng_service_by_port() - The name of a service of /etc/services
 * @task: who asks
 * @port: host order
 * @proto: "tcp", "udp"…, NULL for any
 *
 * Return: the name, or NULL.
 */
const char *ng_service_by_port(struct ng_task *task, uint16_t port, const char *proto)
{
	char *text = slurp(task, "/etc/services");
	char *w[MAX_WORDS];

	while (next_line(&text, w)) {
		if (atoi(w[1]) == port && of_proto(w[1], proto))
			return w[0];
	}
	return NULL;
}

/**
 * ng_hosts_by_name() - The IPv4 addresses of a host of /etc/hosts
 * @task: who asks
 * @name: name or alias
 * @ret: gets the addresses
 * @max: room in @ret
 *
 * Return: how many were found.
 */
unsigned int ng_hosts_by_name(struct ng_task *task, const char *name, __be32 *ret, unsigned int max)
{
	char *text = slurp(task, "/etc/hosts");
	char *w[MAX_WORDS];
	unsigned int found = 0;
	unsigned int n;

	while (found < max && (n = next_line(&text, w))) {
		unsigned int i;

		for (i = 1; i < n && strcmp(w[i], name); i++)
			;
		if (i < n && !strchr(w[0], ':') && xt_numeric_addr(w[0], &ret[found]))
			found++;
	}
	return found;
}

/**
 * ng_host_by_addr() - The name of a host of /etc/hosts
 * @task: who asks
 * @addr: its address
 *
 * Return: the name, or NULL.
 */
const char *ng_host_by_addr(struct ng_task *task, __be32 addr)
{
	char *text = slurp(task, "/etc/hosts");
	char *w[MAX_WORDS];

	while (next_line(&text, w)) {
		__be32 a;

		if (!strchr(w[0], ':') && xt_numeric_addr(w[0], &a) && a == addr)
			return w[1];
	}
	return NULL;
}

/**
 * ng_net_by_name() - The number of a network of /etc/networks
 * @task: who asks
 * @name: name or alias
 * @ret: gets it
 *
 * Return: whether it is there.
 */
bool ng_net_by_name(struct ng_task *task, const char *name, __be32 *ret)
{
	char *text = slurp(task, "/etc/networks");
	char *w[MAX_WORDS];
	unsigned int n;

	while ((n = next_line(&text, w))) {
		if (named(w, n, name) && xt_numeric_addr(w[1], ret))
			return true;
	}
	return false;
}

/*
 * Whether /etc/nsswitch.conf names one and the same sources for hosts and networks. Then glibc
 * 2.36, having found no host of a number, asks nobody for a network of that number.
 */
static bool same_sources(struct ng_task *task)
{
	char *text = slurp(task, "/etc/nsswitch.conf");
	char *w[MAX_WORDS];
	char *hosts[MAX_WORDS];
	char *networks[MAX_WORDS];
	unsigned int nh = 0, nn = 0, i, n;

	while ((n = next_line(&text, w))) {
		if (!strcmp(w[0], "hosts:"))
			memcpy(hosts, w, (nh = n) * sizeof(*w));
		else if (!strcmp(w[0], "networks:"))
			memcpy(networks, w, (nn = n) * sizeof(*w));
	}
	for (i = 1; i < nh && i < nn; i++) {
		if (strcmp(hosts[i], networks[i]) != 0)
			return false;
	}
	return nh && nh == nn;
}

/**
 * ng_net_by_addr() - The name of a network of /etc/networks
 * @task: who asks; it has looked for a host of this number
 * @addr: its number
 *
 * Return: the name, or NULL.
 */
const char *ng_net_by_addr(struct ng_task *task, __be32 addr)
{
	char *text;
	char *w[MAX_WORDS];

	if (same_sources(task))
		return NULL;
	text = slurp(task, "/etc/networks");
	while (next_line(&text, w)) {
		__be32 a;

		if (xt_numeric_addr(w[1], &a) && a == addr)
			return w[0];
	}
	return NULL;
}

/* Reads /etc/passwd or /etc/group up to an entry of a name or (@name NULL) a number. */
static const char *find_id(struct ng_task *task, bool group, const char *name, uint32_t *id)
{
	char *line = slurp(task, group ? "/etc/group" : "/etc/passwd");

	while (line && *line) {
		char *next = strchr(line, '\n');
		char *pass, *num;

		if (next)
			*next++ = '\0';
		pass = strchr(line, ':');
		num = pass ? strchr(pass + 1, ':') : NULL;
		if (num) {
			uint32_t v = (uint32_t)strtoul(num + 1, NULL, 10);

			*pass = '\0';
			if (name ? !strcmp(line, name) : v == *id) {
				*id = v;
				return line;
			}
		}
		line = next;
	}
	return NULL;
}

/**
 * ng_id_by_name() - The number of a user or group
 * @task: who asks
 * @name: its name
 * @group: a group, else a user
 * @ret: gets the number
 *
 * Return: whether there is one.
 */
bool ng_id_by_name(struct ng_task *task, const char *name, bool group, uint32_t *ret)
{
	return find_id(task, group, name, ret);
}

/**
 * ng_name_by_id() - The name of a user or group
 * @task: who asks
 * @id: its number
 * @group: a group, else a user
 *
 * Return: the name, or NULL.
 */
const char *ng_name_by_id(struct ng_task *task, uint32_t id, bool group)
{
	return find_id(task, group, NULL, &id);
}

/**
 * ng_map_by_name() - The number of a name in one of iproute2's files
 * @task: who asks
 * @file: its path: a number and a name on each line
 * @name: the name
 *
 * Return: the number, or -1.
 */
int ng_map_by_name(struct ng_task *task, const char *file, const char *name)
{
	char *text = slurp(task, file);
	char *w[MAX_WORDS];

	while (next_line(&text, w)) {
		if (!strcmp(w[1], name))
			return (int)strtol(w[0], NULL, 0);
	}
	return -1;
}

/**
 * ng_map_by_id() - The name of a number in one of iproute2's files
 * @task: who asks
 * @file: its path
 * @id: the number
 *
 * Return: the name, or NULL.
 */
const char *ng_map_by_id(struct ng_task *task, const char *file, int id)
{
	char *text = slurp(task, file);
	char *w[MAX_WORDS];

	while (next_line(&text, w)) {
		if ((int)strtol(w[0], NULL, 0) == id)
			return w[1];
	}
	return NULL;
}
