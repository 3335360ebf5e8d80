/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netdb.h - names of hosts, networks, services and protocols
 *
 * As <netdb.h>, from the world's /etc/{hosts,networks,services,protocols}
 * alone: there is no DNS, so a host name that is not in /etc/hosts is a
 * temporary failure, as on a machine whose name server cannot be reached.
 * Nothing is allocated and nothing is kept between calls.
 */
#ifndef TOOLS_LIB_NETDB_H
#define TOOLS_LIB_NETDB_H

#include <netglass/types.h>

struct ng_task;

#define NG_ADDRSTRLEN 16

/* "10.1" is 10.0.0.1, "0x7f000001" 127.0.0.1: glibc's inet_aton() */
bool ng_inet_aton(const char *s, __be32 *ret_addr);
/* four decimal bytes only, as inet_pton(AF_INET) */
bool ng_inet_pton4(const char *s, __be32 *ret_addr);
/* Returns @buf. */
const char *ng_inet_ntoa(char buf[NG_ADDRSTRLEN], __be32 addr);

/* /etc/hosts: names and aliases without regard to case; @canon is the line's first name */
bool ng_gethostbyname(struct ng_task *task, const char *name, __be32 *ret_addr, char *canon,
		      size_t canon_len);
bool ng_gethostbyaddr(struct ng_task *task, __be32 addr, char *name, size_t name_len);
/* /etc/networks; numbers in host order: "10" and "10.0.0.0" are 0x0a000000 */
bool ng_getnetbyname(struct ng_task *task, const char *name, uint32_t *ret_net);
bool ng_getnetbyaddr(struct ng_task *task, uint32_t net, char *name, size_t name_len);
/* /etc/services; ports in host order; @proto NULL: any */
bool ng_getservbyname(struct ng_task *task, const char *name, const char *proto,
		      uint16_t *ret_port);
bool ng_getservbyport(struct ng_task *task, uint16_t port, const char *proto, char *name,
		      size_t name_len);
/* /etc/protocols */
bool ng_getprotobyname(struct ng_task *task, const char *name, uint8_t *ret_proto);
bool ng_getprotobynumber(struct ng_task *task, unsigned int proto, char *name, size_t name_len);

#endif
