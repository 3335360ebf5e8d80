/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * if_show.c - interfaces as ifconfig and netstat -i show them
 *
 * mirrors net-tools' lib/interface.c: names from /proc/net/dev and SIOCGIFCONF
 * (aliases), attributes by ioctl.
 *
 * Not modelled: IPv6 addresses.
 */
#include "ifconfig.h"
#include "nt.h"

#include "../lib/lines.h"

#include <ctype.h>
#include <linux/if_arp.h>
#include <linux/sockios.h>
#include <netglass/syscall.h>
#include <netglass/task.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { IF_CONF_MAX = 256 };

/* A name before the number at its end, and the number behind its colon. */
struct parted {
	char name[IFNAMSIZ];
	const char *alias; /* NULL: none */
	size_t stem;	   /* how long the name is without its number */
};

static void part(struct parted *p, const char *name)
{
	char *colon;

	snprintf(p->name, sizeof(p->name), "%s", name);
	colon = strrchr(p->name, ':');
	p->alias = NULL;
	if (colon && colon[1] && !colon[1 + strspn(colon + 1, "0123456789")]) {
		p->alias = colon + 1;
		*colon = '\0';
	}
	p->stem = strlen(p->name);
	while (p->stem && isdigit((unsigned char)p->name[p->stem - 1]))
		p->stem--;
}

static int compare_numbers(const char *a, const char *b)
{
	int x = a ? atoi(a) : -1, y = b ? atoi(b) : -1;

	return (x > y) - (x < y);
}

/* "eth2" comes before "eth10", "br0" before "br-lan", "eth0:2" behind "eth0", "eth0:a" behind both. */
static int compare_names(const char *a, const char *b)
{
	struct parted x, y;
	int order;

	part(&x, a);
	part(&y, b);
	order = strncmp(x.name, y.name, x.stem < y.stem ? x.stem : y.stem);
	if (order)
		return order;
	if (x.stem != y.stem)
		return x.stem > y.stem ? 1 : -1;
	order = compare_numbers(x.name + x.stem, y.name + y.stem);
	if (!order)
		order = strcmp(x.name, y.name);
	if (!order)
		order = compare_numbers(x.alias, y.alias);
	if (!order && x.alias && y.alias)
		order = strcmp(x.alias, y.alias);
	return order;
}

static struct iface *add_iface(struct ng_task *task, struct iface **list, const char *name)
{
	struct iface *i;

	while (*list && compare_names((*list)->name, name) < 0)
		list = &(*list)->next;
	if (*list && !strcmp((*list)->name, name))
		return *list;
	i = ng_task_alloc(task, sizeof(*i));
	snprintf(i->name, sizeof(i->name), "%s", name);
	i->next = *list;
	*list = i;
	return i;
}

static void read_proc_dev(struct ng_task *task, struct iface **list)
{
	struct ng_lines in;
	char line[512];
	int n;

	if (ng_lines_open(&in, task, "/proc/net/dev"))
		return;
	ng_lines_next(&in, line, sizeof(line));
	ng_lines_next(&in, line, sizeof(line));
	while (ng_lines_next(&in, line, sizeof(line))) {
		char *colon = strrchr(line, ':');
		char *p = line + strspn(line, " ");
		struct iface *i;

		if (!colon)
			continue;
		*colon = '\0';
		i = add_iface(task, list, p);
		i->has_stats = true;
		for (n = 0, p = colon + 1; n < DEV_STATS; n++)
			i->stats[n] = strtoull(p, &p, 10);
	}
	ng_lines_close(&in);
}

/* Every label with an address: this is how aliases are seen. */
static void read_ifconf(struct ng_task *task, int fd, struct iface **list)
{
	struct ifreq *reqs = ng_task_alloc(task, IF_CONF_MAX * sizeof(*reqs));
	struct ifconf conf = { .ifc_len = (int)(IF_CONF_MAX * sizeof(*reqs)) };
	size_t n, k;

	conf.ifc_req = reqs;
	if (ng_sys_ioctl(task, fd, SIOCGIFCONF, &conf) < 0)
		return;
	n = (size_t)conf.ifc_len / sizeof(*reqs);
	for (k = 0; k < n; k++)
		add_iface(task, list, reqs[k].ifr_name);
}

/**
 * if_list() - The interfaces and the aliases, by name.
 * @task: the program
 * @fd: a socket
 *
 * Return: the first.
 */
struct iface *if_list(struct ng_task *task, int fd)
{
	struct iface *list = NULL;

	read_proc_dev(task, &list);
	read_ifconf(task, fd, &list);
	return list;
}

static bool get(struct ng_task *task, int fd, unsigned long request, const char *name,
		struct ifreq *ifr)
{
	memset(ifr, 0, sizeof(*ifr));
	memcpy(ifr->ifr_name, name, IFNAMSIZ);
	return ng_sys_ioctl(task, fd, request, ifr) == 0;
}

/**
 * if_fetch() - Fill in what ioctls tell.
 * @task: the program
 * @fd: a socket
 * @i: the interface; its name is set
 *
 * Return: false when there is no such device.
 */
bool if_fetch(struct ng_task *task, int fd, struct iface *i)
{
	struct ifreq ifr;

	if (!get(task, fd, SIOCGIFFLAGS, i->name, &ifr)) {
		ng_printf(ng_stderr(task),
			  "%s: error fetching interface information: Device not found\n", i->name);
		return false;
	}
	i->flags = ifr.ifr_flags;
	if (get(task, fd, SIOCGIFHWADDR, i->name, &ifr))
		i->hw = ifr.ifr_hwaddr;
	if (get(task, fd, SIOCGIFMTU, i->name, &ifr))
		i->mtu = ifr.ifr_mtu;
	i->txqlen = get(task, fd, SIOCGIFTXQLEN, i->name, &ifr) ? ifr.ifr_qlen : -1;
	if (!get(task, fd, SIOCGIFADDR, i->name, &ifr))
		return true;
	i->has_addr = true;
	i->addr = nt_sin_addr(&ifr.ifr_addr);
	if (get(task, fd, SIOCGIFDSTADDR, i->name, &ifr))
		i->dest = nt_sin_addr(&ifr.ifr_dstaddr);
	if (get(task, fd, SIOCGIFBRDADDR, i->name, &ifr))
		i->broadcast = nt_sin_addr(&ifr.ifr_broadaddr);
	if (get(task, fd, SIOCGIFNETMASK, i->name, &ifr))
		i->mask = nt_sin_addr(&ifr.ifr_netmask);
	return true;
}

static void print_flags(struct ng_out *out, int flags)
{
	static const struct {
		int bit;
		const char *name;
	} names[] = {
		{ IFF_UP, "UP" },
		{ IFF_BROADCAST, "BROADCAST" },
		{ IFF_DEBUG, "DEBUG" },
		{ IFF_LOOPBACK, "LOOPBACK" },
		{ IFF_POINTOPOINT, "POINTOPOINT" },
		{ IFF_NOTRAILERS, "NOTRAILERS" },
		{ IFF_RUNNING, "RUNNING" },
		{ IFF_NOARP, "NOARP" },
		{ IFF_PROMISC, "PROMISC" },
		{ IFF_ALLMULTI, "ALLMULTI" },
		{ IFF_SLAVE, "SLAVE" },
		{ IFF_MASTER, "MASTER" },
		{ IFF_MULTICAST, "MULTICAST" },
		{ IFF_DYNAMIC, "DYNAMIC" },
	};
	const char *comma = "";
	size_t n;

	ng_printf(out, "flags=%d<", flags);
	for (n = 0; n < sizeof(names) / sizeof(names[0]); n++) {
		if (!(flags & names[n].bit))
			continue;
		ng_printf(out, "%s%s", comma, names[n].name);
		comma = ",";
	}
	ng_putc(out, '>');
}

static void print_bytes(struct ng_out *out, const char *way, unsigned long long packets,
			unsigned long long bytes)
{
	static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB", "PiB" };
	unsigned long long scale = 1;
	size_t u = 0;

	while (u < 5 && bytes > scale * 1024) {
		scale *= 1024;
		u++;
	}
	ng_printf(out, "        %s packets %llu  bytes %llu (%llu.%llu %s)\n", way, packets, bytes,
		  bytes * 10 / scale / 10, bytes * 10 / scale % 10, units[u]);
}

static void print_long(struct ng_out *out, const struct iface *i)
{
	const unsigned long long *s = i->stats;
	char text[NG_ADDRSTRLEN];
	char mac[NT_HWADDR_LEN];

	ng_printf(out, "%s: ", i->name);
	print_flags(out, i->flags);
	ng_printf(out, "  mtu %d\n", i->mtu);
	if (i->has_addr) {
		ng_printf(out, "        inet %s", ng_inet_ntoa(text, i->addr));
		ng_printf(out, "  netmask %s", ng_inet_ntoa(text, i->mask));
		if (i->flags & IFF_BROADCAST)
			ng_printf(out, "  broadcast %s", ng_inet_ntoa(text, i->broadcast));
		if (i->flags & IFF_POINTOPOINT)
			ng_printf(out, "  destination %s", ng_inet_ntoa(text, i->dest));
		ng_putc(out, '\n');
	}
	if (i->hw.sa_family == ARPHRD_LOOPBACK)
		ng_puts(out, "        loop");
	else
		ng_printf(out, "        ether %s", nt_ether_print(mac, i->hw.sa_data));
	if (i->txqlen >= 0)
		ng_printf(out, "  txqueuelen %d", i->txqlen);
	ng_printf(out, "  (%s)\n",
		  i->hw.sa_family == ARPHRD_LOOPBACK ? "Local Loopback" : "Ethernet");
	if (i->has_stats) {
		print_bytes(out, "RX", s[1], s[0]);
		ng_printf(out, "        RX errors %llu  dropped %llu  overruns %llu  frame %llu\n",
			  s[2], s[3], s[4], s[5]);
		print_bytes(out, "TX", s[9], s[8]);
		ng_printf(out,
			  "        TX errors %llu  dropped %llu overruns %llu  carrier %llu  "
			  "collisions %llu\n",
			  s[10], s[11], s[12], s[14], s[13]);
	}
	ng_putc(out, '\n');
}

static void print_short(struct ng_out *out, const struct iface *i)
{
	static const struct {
		int bit;
		char letter;
	} letters[] = {
		{ IFF_ALLMULTI, 'A' },	  { IFF_BROADCAST, 'B' },  { IFF_DEBUG, 'D' },
		{ IFF_LOOPBACK, 'L' },	  { IFF_MULTICAST, 'M' },  { IFF_DYNAMIC, 'd' },
		{ IFF_PROMISC, 'P' },	  { IFF_NOTRAILERS, 'N' }, { IFF_NOARP, 'O' },
		{ IFF_POINTOPOINT, 'P' }, { IFF_SLAVE, 's' },	   { IFF_MASTER, 'm' },
		{ IFF_RUNNING, 'R' },	  { IFF_UP, 'U' },
	};
	const unsigned long long *s = i->stats;
	size_t n;

	ng_printf(out, "%-15.15s %5d ", i->name, i->mtu);
	if (i->has_stats)
		ng_printf(out, "%8llu %6llu %6llu %-6llu %8llu %6llu %6llu %6llu ", s[1], s[2],
			  s[3], s[4], s[9], s[10], s[11], s[12]);
	else
		ng_printf(out, "%-56s", "     - no statistics available -");
	for (n = 0; n < sizeof(letters) / sizeof(letters[0]); n++) {
		if (i->flags & letters[n].bit)
			ng_putc(out, letters[n].letter);
	}
	ng_putc(out, '\n');
}

static int print_list(struct ng_task *task, bool all, bool short_form)
{
	int fd = ng_sys_socket(task, AF_INET, SOCK_DGRAM, 0);
	struct iface *list, *i;

	if (fd < 0) {
		nt_perror(task, "socket", fd);
		return 1;
	}
	list = if_list(task, fd);
	for (i = list; i; i = i->next) {
		if (!if_fetch(task, fd, i) || (!all && !(i->flags & IFF_UP)))
			continue;
		if (short_form)
			print_short(ng_stdout(task), i);
		else
			print_long(ng_stdout(task), i);
	}
	ng_sys_close(task, fd);
	return 0;
}

/**
 * if_print_title() - Print the title of the short form.
 * @task: the program
 * @netstat: the one of netstat -i, else of ifconfig -s
 */
void if_print_title(struct ng_task *task, bool netstat)
{
	ng_printf(ng_stdout(task),
		  "%sMTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n",
		  netstat ? "Iface             " : "Iface      ");
}

/**
 * if_print_all() - Print the long form.
 * @task: the program
 * @all: those that are down too
 *
 * Return: the exit status.
 */
int if_print_all(struct ng_task *task, bool all)
{
	return print_list(task, all, false);
}

/**
 * if_print_short() - Print the short form, without its title.
 * @task: the program
 * @all: those that are down too
 *
 * Return: the exit status.
 */
int if_print_short(struct ng_task *task, bool all)
{
	return print_list(task, all, true);
}

/**
 * if_print_one() - Print one interface.
 * @task: the program
 * @name: its name
 * @short_form: as one line
 *
 * Return: 0, or 1 when there is none of that name.
 */
int if_print_one(struct ng_task *task, const char *name, bool short_form)
{
	struct iface *list = NULL;
	struct iface *i;
	int fd = ng_sys_socket(task, AF_INET, SOCK_DGRAM, 0);

	read_proc_dev(task, &list);
	i = add_iface(task, &list, name);
	if (fd < 0 || !if_fetch(task, fd, i))
		return 1;
	if (short_form)
		print_short(ng_stdout(task), i);
	else
		print_long(ng_stdout(task), i);
	ng_sys_close(task, fd);
	return 0;
}
