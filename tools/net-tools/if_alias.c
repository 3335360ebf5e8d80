/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * if_alias.c - ifconfig IF add ADDR, ifconfig IF del ADDR
 *
 * mirrors set_ifstate() of net-tools' ifconfig.c: an address that is added
 * becomes the alias with the first free number; an alias with the address that
 * is deleted is set down. An address to delete that no alias has is added.
 */
#include "ifconfig.h"
#include "nt.h"

#include <linux/sockios.h>
#include <netglass/syscall.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIASES = 256 };

struct alias_search {
	struct ng_task *task;
	int fd;
	const char *parent;
	__be32 addr;
	bool up;
	bool taken[ALIASES];
};

static bool set_flags(const struct alias_search *s, const char *name, int set, int clear)
{
	struct ifreq ifr;
	int err;

	memset(&ifr, 0, sizeof(ifr));
	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", name);
	err = ng_sys_ioctl(s->task, s->fd, SIOCGIFFLAGS, &ifr);
	if (err) {
		ng_printf(ng_stderr(s->task), "%s: ERROR while getting interface flags: %s\n", name,
			  ng_strerror(-err));
		return false;
	}
	ifr.ifr_flags = (short)((ifr.ifr_flags | set) & ~clear);
	err = ng_sys_ioctl(s->task, s->fd, SIOCSIFFLAGS, &ifr);
	if (err)
		nt_perror(s->task, "SIOCSIFFLAGS", err);
	return !err;
}

static bool set_address(const struct alias_search *s, const char *name, unsigned long request,
			__be32 addr)
{
	struct ifreq ifr;

	memset(&ifr, 0, sizeof(ifr));
	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", name);
	nt_set_sin(&ifr.ifr_addr, addr);
	return ng_sys_ioctl(s->task, s->fd, request, &ifr) == 0;
}

/* Notes the number of an alias; true when it has the address and is set up or down. */
static bool search(struct alias_search *s, struct iface *i)
{
	const char *colon;
	int number;

	if (!if_fetch(s->task, s->fd, i) || strncmp(i->name, s->parent, strlen(s->parent)) != 0)
		return false;
	colon = strchr(i->name, ':');
	if (!colon || strchr(colon, '-'))
		return false;
	number = atoi(colon + 1);
	if (number >= 0 && number < ALIASES)
		s->taken[number] = true;
	if (i->dest != s->addr)
		return false;
	set_flags(s, i->name, s->up ? IFF_UP | IFF_RUNNING : 0, s->up ? 0 : IFF_UP);
	return true;
}

/**
 * if_change_alias() - Add or remove an address as an alias.
 * @task: the program
 * @parent: the interface
 * @addr: the address
 * @up: added; else removed
 */
void if_change_alias(struct ng_task *task, const char *parent, __be32 addr, bool up)
{
	struct alias_search s = { .task = task, .parent = parent, .addr = addr, .up = up };
	struct iface device = { 0 };
	char name[IFNAMSIZ + 8];
	struct iface *i;
	int n = 0;

	s.fd = ng_sys_socket(task, AF_INET, SOCK_DGRAM, 0);
	snprintf(device.name, sizeof(device.name), "%s", parent);
	/* one that is not there is asked for again with all others */
	if (!if_fetch(task, s.fd, &device))
		if_fetch(task, s.fd, &device);
	for (i = if_list(task, s.fd); i; i = i->next) {
		if (search(&s, i))
			return;
	}
	while (n < ALIASES && s.taken[n])
		n++;
	if (n == ALIASES || snprintf(name, sizeof(name), "%s:%d", parent, n) > IFNAMSIZ)
		return;
	if (set_address(&s, name, SIOCSIFADDR, addr) &&
	    set_address(&s, name, SIOCSIFNETMASK, device.mask) &&
	    set_address(&s, name, SIOCSIFBRDADDR, device.broadcast))
		set_flags(&s, name, IFF_BROADCAST, 0);
}
