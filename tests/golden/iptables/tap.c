/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tap.c - preloaded library: writes each netlink request a program sends
 *
 * One line per message: "> " and its bytes in hex, to the file named by TAP.
 * With TAP_IN=1 the answers too, as "< ".
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static void tap(char dir, int fd, const void *data, size_t len)
{
	const char *path = getenv("TAP");
	const unsigned char *p = data;
	struct sockaddr_storage ss;
	socklen_t sl = sizeof(ss);
	FILE *f;
	size_t i;

	if (!path || getsockname(fd, (struct sockaddr *)&ss, &sl) < 0 || ss.ss_family != AF_NETLINK)
		return;
	f = fopen(path, "a");
	if (!f)
		return;
	fprintf(f, "%c ", dir);
	for (i = 0; i < len; i++)
		fprintf(f, "%02x", p[i]);
	fputc('\n', f);
	fclose(f);
}

ssize_t sendto(int fd, const void *buf, size_t len, int flags, const struct sockaddr *addr,
	       socklen_t alen)
{
	ssize_t (*real)(int, const void *, size_t, int, const struct sockaddr *, socklen_t);

	*(void **)(&real) = dlsym(RTLD_NEXT, "sendto");
	tap('>', fd, buf, len);
	return real(fd, buf, len, flags, addr, alen);
}

ssize_t send(int fd, const void *buf, size_t len, int flags)
{
	return sendto(fd, buf, len, flags, NULL, 0);
}

ssize_t sendmsg(int fd, const struct msghdr *msg, int flags)
{
	static unsigned char all[1 << 22];
	ssize_t (*real)(int, const struct msghdr *, int);
	size_t n = 0;
	size_t i;

	*(void **)(&real) = dlsym(RTLD_NEXT, "sendmsg");
	for (i = 0; i < msg->msg_iovlen; i++) {
		if (n + msg->msg_iov[i].iov_len > sizeof(all))
			break;
		memcpy(all + n, msg->msg_iov[i].iov_base, msg->msg_iov[i].iov_len);
		n += msg->msg_iov[i].iov_len;
	}
	tap('>', fd, all, n);
	return real(fd, msg, flags);
}

ssize_t recvmsg(int fd, struct msghdr *msg, int flags)
{
	ssize_t (*real)(int, struct msghdr *, int);
	ssize_t n;

	*(void **)(&real) = dlsym(RTLD_NEXT, "recvmsg");
	n = real(fd, msg, flags);
	if (n > 0 && getenv("TAP_IN"))
		tap('<', fd, msg->msg_iov[0].iov_base, (size_t)n);
	return n;
}
