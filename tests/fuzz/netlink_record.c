/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netlink_record.c - inputs for fuzz_netlink from what our own programs ask: netlink_record FILE FOLDER
 *
 * FILE holds blocks: "= NAME KINDS" (a number, NL_WORLD_*), then lines of shell. They run in such a world, their
 * requests are written to FOLDER/NAME as records. A line of netlink_commands is stored as that record.
 */
#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/uio.h>

#include "netlink_world.h"

ssize_t __real_ng_sys_sendmsg(struct ng_task *task, int fd, const struct msghdr *msg, int flags);
ssize_t __wrap_ng_sys_sendmsg(struct ng_task *task, int fd, const struct msghdr *msg, int flags);
ssize_t __real_ng_sys_sendto(struct ng_task *task, int fd, const void *buf, size_t len, int flags,
			     const void *addr, uint32_t addrlen);
ssize_t __wrap_ng_sys_sendto(struct ng_task *task, int fd, const void *buf, size_t len, int flags,
			     const void *addr, uint32_t addrlen);

static GByteArray *input; /* what is recorded; NULL: nothing */

static void record(uint8_t kind, const void *data, size_t len)
{
	const uint8_t head[3] = { kind, (uint8_t)len, (uint8_t)(len >> 8) };

	if (len > 0xffff)
		return;
	g_byte_array_append(input, head, sizeof(head));
	g_byte_array_append(input, data, (unsigned int)len);
}

static void note_request(struct ng_task *task, int fd, const struct iovec *iov, size_t n)
{
	g_autoptr(GByteArray) all = NULL;
	struct sockaddr_storage name;
	uint32_t len = sizeof(name), plen = sizeof(int);
	int protocol = NETLINK_ROUTE;

	if (!input || ng_sys_getsockname(task, fd, &name, &len) || name.ss_family != AF_NETLINK)
		return;
	ng_sys_getsockopt(task, fd, SOL_SOCKET, SO_PROTOCOL, &protocol, &plen);
	all = g_byte_array_new();
	for (size_t i = 0; i < n; i++)
		g_byte_array_append(all, iov[i].iov_base, (unsigned int)iov[i].iov_len);
	record(protocol == NETLINK_NETFILTER   ? NL_REC_NETFILTER
	       : protocol == NETLINK_SOCK_DIAG ? NL_REC_DIAG
					       : NL_REC_ROUTE,
	       all->data, all->len);
}

ssize_t __wrap_ng_sys_sendmsg(struct ng_task *task, int fd, const struct msghdr *msg, int flags)
{
	note_request(task, fd, msg->msg_iov, msg->msg_iovlen);
	return __real_ng_sys_sendmsg(task, fd, msg, flags);
}

ssize_t __wrap_ng_sys_sendto(struct ng_task *task, int fd, const void *buf, size_t len, int flags,
			     const void *addr, uint32_t addrlen)
{
	const struct iovec iov = { (void *)(uintptr_t)buf, len };

	note_request(task, fd, &iov, 1);
	return __real_ng_sys_sendto(task, fd, buf, len, flags, addr, addrlen);
}

static void run_line(struct test_world *w, const char *line)
{
	GByteArray *at = input;

	for (uint8_t i = 0; i < sizeof(netlink_commands) / sizeof(netlink_commands[0]); i++) {
		if (strcmp(line, netlink_commands[i]) == 0) {
			record(NL_REC_COMMAND, &i, 1);
			input = NULL;
		}
	}
	test_world_sh(w, line);
	input = at;
}

/* One block: its head and its lines, up to the next head. */
static char **block(char **lines, const char *folder)
{
	g_auto(GStrv) head = g_strsplit(*lines + 2, " ", -1);
	g_autofree char *path = g_build_filename(folder, head[0], NULL);
	uint8_t kind = (uint8_t)atoi(head[1]);
	struct test_world *w =
		fuzz_world_new(netlink_setup, netlink_kinds,
			       sizeof(netlink_kinds) / sizeof(netlink_kinds[0]), kind);

	input = g_byte_array_new();
	g_byte_array_append(input, &kind, 1);
	for (lines++; *lines && **lines != '='; lines++) {
		if (**lines && **lines != '#')
			run_line(w, *lines);
	}
	g_file_set_contents(path, (const char *)input->data, (gssize)input->len, NULL);
	g_byte_array_unref(input);
	input = NULL;
	test_world_free(w);
	return lines;
}

int main(int argc, char **argv)
{
	g_autofree char *all = NULL;
	g_auto(GStrv) lines = NULL;

	if (argc != 3 || !g_file_get_contents(argv[1], &all, NULL, NULL)) {
		fprintf(stderr, "usage: %s FILE FOLDER\n", argv[0]);
		return 2;
	}
	lines = g_strsplit(all, "\n", -1);
	for (char **l = lines; *l;)
		l = **l == '=' ? block(l, argv[2]) : l + 1;
	return 0;
}
