/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nldump.c - LD_PRELOAD: writes down the netlink requests a program sends
 *
 * One line of hex per datagram into $NLDUMP, sequence numbers and pids zeroed.
 */
#include <dlfcn.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static void dump(int fd, const void *data, size_t len)
{
	const char *path = getenv("NLDUMP");
	struct sockaddr_nl sa = { 0 };
	socklen_t salen = sizeof(sa);
	unsigned char buf[65536];
	size_t i;
	FILE *f;

	if (!path || len > sizeof(buf) || getsockname(fd, (struct sockaddr *)&sa, &salen) ||
	    sa.nl_family != AF_NETLINK)
		return;
	memcpy(buf, data, len);
	for (i = 0; i + sizeof(struct nlmsghdr) <= len;) {
		struct nlmsghdr *n = (struct nlmsghdr *)(void *)(buf + i);

		n->nlmsg_seq = 0;
		n->nlmsg_pid = 0;
		if (n->nlmsg_len < sizeof(*n))
			break;
		i += NLMSG_ALIGN(n->nlmsg_len);
	}
	f = fopen(path, "a");
	if (!f)
		return;
	for (i = 0; i < len; i++)
		fprintf(f, "%02x", buf[i]);
	fputc('\n', f);
	fclose(f);
}

ssize_t sendto(int fd, const void *data, size_t len, int flags, const struct sockaddr *sa,
	       socklen_t salen)
{
	ssize_t (*real)(int, const void *, size_t, int, const struct sockaddr *, socklen_t);

	real = (ssize_t(*)(int, const void *, size_t, int, const struct sockaddr *,
			   socklen_t))dlsym(RTLD_NEXT, "sendto");
	dump(fd, data, len);
	return real(fd, data, len, flags, sa, salen);
}

ssize_t send(int fd, const void *data, size_t len, int flags)
{
	return sendto(fd, data, len, flags, NULL, 0);
}

ssize_t sendmsg(int fd, const struct msghdr *msg, int flags)
{
	ssize_t (*real)(int, const struct msghdr *, int);
	char buf[65536];
	size_t len = 0;
	size_t i;

	real = (ssize_t(*)(int, const struct msghdr *, int))dlsym(RTLD_NEXT, "sendmsg");
	for (i = 0; i < msg->msg_iovlen && len + msg->msg_iov[i].iov_len <= sizeof(buf); i++) {
		memcpy(buf + len, msg->msg_iov[i].iov_base, msg->msg_iov[i].iov_len);
		len += msg->msg_iov[i].iov_len;
	}
	dump(fd, buf, len);
	return real(fd, msg, flags);
}
