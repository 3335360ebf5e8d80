/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * record.c - preloaded: writes down the netlink traffic of a program, to the file named by RECORD
 */
#include <dlfcn.h>
#include <linux/netlink.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "format.h"

static uint8_t all[1 << 22];

static FILE *recording(int fd, int *ret_netfilter)
{
	const char *path = getenv("RECORD");
	struct sockaddr_storage name;
	socklen_t len = sizeof(name);
	int protocol;
	socklen_t plen = sizeof(protocol);

	if (!path || getsockname(fd, (struct sockaddr *)&name, &len) ||
	    name.ss_family != AF_NETLINK ||
	    getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &protocol, &plen))
		return NULL;
	*ret_netfilter = protocol == NETLINK_NETFILTER;
	return fopen(path, "a");
}

static void request(int fd, const struct iovec *iov, size_t n)
{
	int netfilter;
	FILE *f = recording(fd, &netfilter);
	size_t len = 0;

	if (!f)
		return;
	for (size_t i = 0; i < n; i++) {
		memcpy(all + len, iov[i].iov_base, iov[i].iov_len);
		len += iov[i].iov_len;
	}
	format_request(f, all, len, netfilter);
	fclose(f);
}

ssize_t sendto(int fd, const void *buf, size_t len, int flags, const struct sockaddr *addr,
	       socklen_t alen)
{
	struct iovec iov = { (void *)(uintptr_t)buf, len };
	ssize_t (*real)(int, const void *, size_t, int, const struct sockaddr *, socklen_t);

	*(void **)&real = dlsym(RTLD_NEXT, "sendto");
	request(fd, &iov, 1);
	return real(fd, buf, len, flags, addr, alen);
}

ssize_t send(int fd, const void *buf, size_t len, int flags)
{
	return sendto(fd, buf, len, flags, NULL, 0);
}

ssize_t sendmsg(int fd, const struct msghdr *msg, int flags)
{
	ssize_t (*real)(int, const struct msghdr *, int);

	*(void **)&real = dlsym(RTLD_NEXT, "sendmsg");
	request(fd, msg->msg_iov, msg->msg_iovlen);
	return real(fd, msg, flags);
}

ssize_t recvmsg(int fd, struct msghdr *msg, int flags)
{
	ssize_t (*real)(int, struct msghdr *, int);
	int netfilter;
	ssize_t n;
	FILE *f;

	*(void **)&real = dlsym(RTLD_NEXT, "recvmsg");
	n = real(fd, msg, flags);
	f = n > 0 && !(flags & MSG_PEEK) ? recording(fd, &netfilter) : NULL;
	if (f) {
		format_reply(f, msg->msg_iov[0].iov_base, (size_t)n, netfilter);
		fclose(f);
	}
	return n;
}
