/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * net.c - bash's files that are connections: /dev/tcp/HOST/PORT and /dev/udp/HOST/PORT
 */
#include "sh.h"

#include "../lib/netdb.h"
#include "../lib/program.h"

#include <errno.h>
#include <linux/in.h>
#include <string.h>
#include <sys/socket.h>

static bool find_port(struct sh *sh, const char *s, const char *proto, uint16_t *ret_port)
{
	int64_t n;

	if (sh_number(s, &n)) {
		*ret_port = (uint16_t)n;
		return n >= 0;
	}
	return ng_getservbyname(sh->task, s, proto, ret_port);
}

static bool find_host(struct sh *sh, const char *host, __be32 *ret_addr)
{
	char canon[256];

	return ng_inet_aton(host, ret_addr) ||
	       ng_gethostbyname(sh->task, host, ret_addr, canon, sizeof(canon));
}

static int connect_to(struct sh *sh, const char *host, const char *port, bool udp)
{
	struct sockaddr_in to = { .sin_family = AF_INET };
	uint16_t number = 0;
	int fd, err;

	if (!find_host(sh, host, &to.sin_addr.s_addr)) {
		sh_error(sh, "%s: Name or service not known", host);
		return -EINVAL;
	}
	if (!find_port(sh, port, udp ? "udp" : "tcp", &number)) {
		sh_error(sh, "%s: Servname not supported for ai_socktype", port);
		return -EINVAL;
	}
	to.sin_port = cpu_to_be16(number);
	fd = ng_sys_socket(sh->task, AF_INET, udp ? SOCK_DGRAM : SOCK_STREAM, 0);
	if (fd < 0)
		return fd;
	err = ng_sys_connect(sh->task, fd, &to, sizeof(to));
	if (err >= 0)
		return fd;
	if (err == -EOPNOTSUPP) {
		ng_not_modelled(sh->task, "sh: /dev/%s", udp ? "udp" : "tcp");
	} else {
		ng_flush(sh->out);
		ng_printf(sh->err, "%s: connect: %s\n", sh->name, ng_strerror(-err));
	}
	ng_sys_close(sh->task, fd);
	return err;
}

/**
 * sh_net_open() - Opens a file that is a connection
 * @sh: the shell
 * @name: the file
 * @ret_fd: the descriptor, or -errno
 *
 * Return: false when the name is that of an ordinary file.
 */
bool sh_net_open(struct sh *sh, const char *name, int *ret_fd)
{
	bool udp = !strncmp(name, "/dev/udp/", 9);
	const char *slash;

	if (!udp && strncmp(name, "/dev/tcp/", 9))
		return false;
	slash = strchr(name + 9, '/');
	if (!slash || slash == name + 9 || !slash[1] || strchr(slash + 1, '/'))
		return false;
	*ret_fd = connect_to(sh, sh_pool_strndup(&sh->pool, name + 9, (size_t)(slash - name - 9)),
			     slash + 1, udp);
	return true;
}
