/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_requests.c - our tools send what Debian's sent, our kernel answers with what the real one answered
 *
 * test_requests FILE.txt: runs each "$ COMMAND" of a recording in one world. The requests must be the same
 * bytes; the answers must be the same messages, each with at least the recorded attributes.
 */
#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/uio.h>

#include "../../unit/world.h"
#include "format.h"

ssize_t __real_ng_sys_sendmsg(struct ng_task *task, int fd, const struct msghdr *msg, int flags);
ssize_t __wrap_ng_sys_sendmsg(struct ng_task *task, int fd, const struct msghdr *msg, int flags);
ssize_t __real_ng_sys_sendto(struct ng_task *task, int fd, const void *buf, size_t len, int flags,
			     const void *addr, uint32_t addrlen);
ssize_t __wrap_ng_sys_sendto(struct ng_task *task, int fd, const void *buf, size_t len, int flags,
			     const void *addr, uint32_t addrlen);
ssize_t __real_ng_sys_recvmsg(struct ng_task *task, int fd, struct msghdr *msg, int flags);
ssize_t __wrap_ng_sys_recvmsg(struct ng_task *task, int fd, struct msghdr *msg, int flags);

ssize_t __real_ng_sys_recvfrom(struct ng_task *task, int fd, void *buf, size_t len, int flags,
			       void *addr, uint32_t *addrlen);
ssize_t __wrap_ng_sys_recvfrom(struct ng_task *task, int fd, void *buf, size_t len, int flags,
			       void *addr, uint32_t *addrlen);

static FILE *record; /* of the command that runs */

/* 0: no netlink socket, else its protocol + 1 */
static int netlink_protocol(struct ng_task *task, int fd)
{
	struct sockaddr_storage name;
	uint32_t len = sizeof(name);
	int protocol = NETLINK_ROUTE;
	uint32_t plen = sizeof(protocol);

	if (!record || ng_sys_getsockname(task, fd, &name, &len) || name.ss_family != AF_NETLINK)
		return 0;
	ng_sys_getsockopt(task, fd, SOL_SOCKET, SO_PROTOCOL, &protocol, &plen);
	return protocol + 1;
}

static void note_request(struct ng_task *task, int fd, const struct iovec *iov, size_t n)
{
	g_autoptr(GByteArray) all = g_byte_array_new();
	int protocol = netlink_protocol(task, fd);

	if (!protocol)
		return;
	for (size_t i = 0; i < n; i++)
		g_byte_array_append(all, iov[i].iov_base, (unsigned int)iov[i].iov_len);
	format_request(record, all->data, all->len, protocol == NETLINK_NETFILTER + 1);
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

ssize_t __wrap_ng_sys_recvmsg(struct ng_task *task, int fd, struct msghdr *msg, int flags)
{
	ssize_t n = __real_ng_sys_recvmsg(task, fd, msg, flags);
	int protocol = n > 0 && !(flags & MSG_PEEK) ? netlink_protocol(task, fd) : 0;

	if (protocol)
		format_reply(record, msg->msg_iov[0].iov_base, (size_t)n,
			     protocol == NETLINK_NETFILTER + 1);
	return n;
}

ssize_t __wrap_ng_sys_recvfrom(struct ng_task *task, int fd, void *buf, size_t len, int flags,
			       void *addr, uint32_t *addrlen)
{
	ssize_t n = __real_ng_sys_recvfrom(task, fd, buf, len, flags, addr, addrlen);
	int protocol = n > 0 && !(flags & MSG_PEEK) ? netlink_protocol(task, fd) : 0;

	if (protocol)
		format_reply(record, buf, (size_t)n < len ? (size_t)n : len,
			     protocol == NETLINK_NETFILTER + 1);
	return n;
}

/* Does the answer @got ("< 16: 1 2") carry what @want carries? */
static bool answers(const char *want, const char *got)
{
	g_auto(GStrv) w = g_strsplit(want, " ", -1);
	g_auto(GStrv) g = g_strsplit(got, " ", -1);

	if (g_str_has_prefix(want, "< error") || g_strv_length(w) < 2 || g_strv_length(g) < 2)
		return !strcmp(want, got);
	if (strcmp(w[1], g[1]))
		return false;
	for (char **a = w + 2; *a; a++) {
		if (**a && !g_strv_contains((const char *const *)g + 2, *a))
			return false;
	}
	return true;
}

/* The requests come in this order; returns the first that is not as recorded, NULL when all are. */
static const char *check_requests(GPtrArray *want, char **got)
{
	for (unsigned int i = 0; i < want->len; i++) {
		if (*(char *)want->pdata[i] != '>')
			continue;
		while (*got && **got != '>')
			got++;
		if (!*got || strcmp(want->pdata[i], *got))
			return want->pdata[i];
		got++;
	}
	while (*got && **got != '>')
		got++;
	return *got ? "no more requests" : NULL;
}

/* Each answer is there; a program reads them sooner or later, so their order between requests is open. */
static const char *check_answers(GPtrArray *want, char **got)
{
	g_autofree bool *used = g_new0(bool, g_strv_length(got) + 1);

	for (unsigned int i = 0; i < want->len; i++) {
		unsigned int k = 0;

		if (*(char *)want->pdata[i] != '<')
			continue;
		while (got[k] && (used[k] || *got[k] != '<' || !answers(want->pdata[i], got[k])))
			k++;
		if (!got[k])
			return want->pdata[i];
		used[k] = true;
	}
	return NULL;
}

/* One command: @want holds its lines. Returns 1 when something differs. */
static int check(struct test_world *w, unsigned int number, const char *command, GPtrArray *want)
{
	char *text = NULL;
	size_t len = 0;
	g_auto(GStrv) got = NULL;
	const char *missing;

	record = open_memstream(&text, &len);
	test_world_sh(w, command);
	fclose(record);
	record = NULL;
	got = g_strsplit(g_strchomp(text), "\n", -1);
	free(text);
	missing = check_requests(want, got);
	if (!missing)
		missing = check_answers(want, got);
	if (!missing) {
		printf("ok %u - %s\n", number, command);
		return 0;
	}
	printf("not ok %u - %s\n# want %s\n", number, command, missing);
	for (char **g = got; *g; g++)
		printf("# got  %s\n", *g);
	return 1;
}

int main(int argc, char **argv)
{
	struct test_world *w = test_world_new(NULL);
	g_autofree char *all = NULL;
	g_auto(GStrv) lines = NULL;
	unsigned int number = 0;
	int bad = 0;

	if (argc != 2 || !g_file_get_contents(argv[1], &all, NULL, NULL)) {
		fprintf(stderr, "usage: %s RECORDING\n", argv[0]);
		return 2;
	}
	lines = g_strsplit(all, "\n", -1);
	for (char **l = lines; *l;) {
		g_autoptr(GPtrArray) want = g_ptr_array_new();
		const char *command = *l++ + 2;

		if (l[-1][0] != '$')
			continue;
		while (*l && (**l == '>' || **l == '<'))
			g_ptr_array_add(want, *l++);
		bad |= check(w, ++number, command, want);
	}
	printf("1..%u\n", number);
	test_world_free(w);
	return bad;
}
