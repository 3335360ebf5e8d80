/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nt.c - addresses and names as net-tools reads and writes them
 *
 * mirrors net-tools' lib/inet.c and lib/ether.c
 */
#include "nt.h"

#include "../lib/prog.h"

#include <stdio.h>
#include <string.h>

static bool host_by_name(struct ng_task *task, const char *name, __be32 *ret_addr)
{
	return ng_gethostbyname(task, name, ret_addr, NULL, 0);
}

/**
 * nt_resolve() - Read an address, "default", a network's or a host's name.
 * @task: the program
 * @name: the text
 * @host_first: look for a host before a network
 * @ret_addr: the address
 *
 * Return: 1 for a network, 0 for a host, -1 when the name is unknown.
 */
int nt_resolve(struct ng_task *task, const char *name, bool host_first, __be32 *ret_addr)
{
	uint32_t net;

	if (!strcmp(name, "default")) {
		*ret_addr = 0;
		return 1;
	}
	if (ng_inet_aton(name, ret_addr))
		return 0;
	if (host_first && host_by_name(task, name, ret_addr))
		return 0;
	if (ng_getnetbyname(task, name, &net)) {
		*ret_addr = cpu_to_be32(net);
		return 1;
	}
	if (!host_first && host_by_name(task, name, ret_addr))
		return 0;
	return -1;
}

/**
 * nt_herror() - Say why nt_resolve() failed.
 * @task: the program
 * @name: the name
 */
void nt_herror(struct ng_task *task, const char *name)
{
	ng_printf(ng_stderr(task), "%s: Unknown host\n", name);
}

/**
 * nt_name() - Name an address.
 * @task: the program
 * @buf: where the text goes
 * @len: room there
 * @addr: the address
 * @flags: NT_*
 * @mask: bits outside of it make the address a host's
 */
void nt_name(struct ng_task *task, char *buf, size_t len, __be32 addr, unsigned int flags,
	     __be32 mask)
{
	uint32_t a = be32_to_cpu(addr);
	char quad[NG_ADDRSTRLEN];
	bool known;

	if (!a && !(flags & NT_NUMERIC)) {
		snprintf(buf, len, "%s", mask ? "0.0.0.0" : flags & NT_DEFAULT ? "default" : "*");
		return;
	}
	if (!(flags & NT_NUMERIC)) {
		if ((a & ~be32_to_cpu(mask)) || (flags & NT_HOST))
			known = ng_gethostbyaddr(task, addr, buf, len);
		else
			known = ng_getnetbyaddr(task, a, buf, len);
		if (known)
			return;
	}
	snprintf(buf, len, "%s", ng_inet_ntoa(quad, addr));
}

/**
 * nt_perror() - Write "TEXT: STRERROR" as perror(3) does.
 * @task: the program
 * @text: usually the ioctl's name
 * @err: -errno
 */
void nt_perror(struct ng_task *task, const char *text, int err)
{
	ng_printf(ng_stderr(task), "%s: %s\n", text, ng_strerror(-err));
}

/**
 * nt_usage_out() - Where net-tools writes its usage.
 * @task: the program
 * @status: the status it will end with
 *
 * Return: standard error after a mistake, standard output when it was asked for.
 */
struct ng_out *nt_usage_out(struct ng_task *task, int status)
{
	return status ? ng_stderr(task) : ng_stdout(task);
}

/**
 * nt_version() - The release's name.
 *
 * Return: the text, without a newline.
 */
const char *nt_version(void)
{
	return "net-tools 2.10";
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/**
 * nt_ether_input() - Read a MAC address.
 * @s: up to six bytes of one or two hexadecimal digits; what is missing is 0
 * @ret_mac: the address
 *
 * Return: whether @s was one.
 */
bool nt_ether_input(const char *s, uint8_t ret_mac[6])
{
	int i;

	memset(ret_mac, 0, 6);
	for (i = 0; *s && i < 6; i++) {
		int hi = hex(*s++);
		int lo;

		if (hi < 0)
			return false;
		lo = hex(*s);
		if (lo >= 0)
			hi = hi << 4 | lo;
		else if (*s != ':' && *s)
			return false;
		if (*s)
			s++;
		ret_mac[i] = (uint8_t)hi;
		if (*s == ':')
			s++;
	}
	return true;
}

/**
 * nt_ether_print() - Write a MAC address.
 * @buf: where it goes
 * @mac: six bytes
 *
 * Return: @buf.
 */
const char *nt_ether_print(char buf[NT_HWADDR_LEN], const void *mac)
{
	const uint8_t *m = mac;

	snprintf(buf, NT_HWADDR_LEN, "%02x:%02x:%02x:%02x:%02x:%02x", m[0], m[1], m[2], m[3], m[4],
		 m[5]);
	return buf;
}
