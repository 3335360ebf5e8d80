/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nt.h - what arp, route, ifconfig and netstat share
 *
 * mirrors net-tools' lib/inet.c and lib/ether.c
 */
#ifndef TOOLS_NET_TOOLS_NT_H
#define TOOLS_NET_TOOLS_NT_H

#include "../lib/netdb.h"

#include <linux/types.h>
#include <netglass/out.h>
#include <netglass/types.h>
#include <sys/socket.h>

struct ng_task;

enum { NT_HOST_LEN = 128, NT_HWADDR_LEN = 18 };

/* flags of nt_name(), as net-tools passes them */
enum {
	NT_NUMERIC = 0x0fff, /* any of these bits: no name */
	NT_HOST = 0x4000,    /* a host's name, not a network's */
	NT_DEFAULT = 0x8000, /* 0.0.0.0/0 is "default", not "*" */
};

/* where net-tools knows no mask it takes one of 24 bits */
#define NT_SOME_MASK cpu_to_be32(0xffffff00)

/* Reads an address or a name. 1: a network, 0: a host, -1: unknown; nt_herror() says so. */
int nt_resolve(struct ng_task *task, const char *name, bool host_first, __be32 *ret_addr);
void nt_herror(struct ng_task *task, const char *name);
void nt_name(struct ng_task *task, char *buf, size_t len, __be32 addr, unsigned int flags,
	     __be32 mask);

/* "TEXT: STRERROR" on standard error */
void nt_perror(struct ng_task *task, const char *text, int err);
/* text to standard error when @status is not 0, else to standard output */
struct ng_out *nt_usage_out(struct ng_task *task, int status);
const char *nt_version(void);

bool nt_ether_input(const char *s, uint8_t ret_mac[6]);
const char *nt_ether_print(char buf[NT_HWADDR_LEN], const void *mac);

static inline __be32 nt_sin_addr(const struct sockaddr *sa)
{
	__be32 addr;

	__builtin_memcpy(&addr, sa->sa_data + 2, sizeof(addr));
	return addr;
}

static inline void nt_set_sin(struct sockaddr *sa, __be32 addr)
{
	__builtin_memset(sa, 0, sizeof(*sa));
	sa->sa_family = AF_INET;
	__builtin_memcpy(sa->sa_data + 2, &addr, sizeof(addr));
}

/* route_show.c: "route" (ext 1), "netstat -r" (ext 2), -ee (ext 3) */
int nt_print_fib(struct ng_task *task, int ext, bool numeric);

#endif
