/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipmaddr.c - the object "maddress": the groups devices listen to
 *
 * mirrors iproute2's ip/ipmaddr.c: reads /proc/net/dev_mcast and /proc/net/igmp
 */
#include "ip_common.h"
#include "usage.h"

#include "../lib/lines.h"

#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/sockios.h>
#include <netglass/syscall.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIELDS_MAX = 8 };

struct maddr {
	struct maddr *next;
	int index;
	int users;
	char name[IFNAMSIZ];
	bool is_static;
	bool is_link; /* else IPv4 */
	const char *addr;
};

static size_t split(char *line, char **fields)
{
	size_t n = 0;

	for (char *p = line; n < FIELDS_MAX;) {
		p += strspn(p, " \t");
		if (!*p)
			break;
		fields[n++] = p;
		p += strcspn(p, " \t");
		if (*p)
			*p++ = '\0';
	}
	return n;
}

/* Sorted by index; later ones behind. */
static void insert(struct ipr *c, struct maddr **list, const struct maddr *m)
{
	struct maddr *new = ng_task_alloc(c->task, sizeof(*new));

	while (*list && (*list)->index <= m->index)
		list = &(*list)->next;
	*new = *m;
	new->next = *list;
	*list = new;
}

static const char *mac_text(struct ipr *c, const char *hex)
{
	uint8_t mac[6] = { 0 };

	for (size_t i = 0; i < sizeof(mac); i++) {
		char byte[3] = { hex[2 * i], hex[2 * i + 1], '\0' };

		mac[i] = (uint8_t)strtoul(byte, NULL, 16);
	}
	return ll_addr_n2a(c, mac, sizeof(mac), ARPHRD_ETHER);
}

static void read_dev_mcast(struct ipr *c, const char *dev, struct maddr **list)
{
	char line[256], *f[FIELDS_MAX];
	struct ng_lines in;

	if (ng_lines_open(&in, c->task, "/proc/net/dev_mcast") < 0)
		return;
	while (ng_lines_next(&in, line, sizeof(line))) {
		struct maddr m = { .is_link = true };

		if (split(line, f) < 5 || strlen(f[4]) < 12 || (dev && !is_word(dev, f[1])))
			continue;
		m.index = atoi(f[0]);
		m.users = atoi(f[2]);
		m.is_static = atoi(f[3]) != 0;
		snprintf(m.name, sizeof(m.name), "%s", f[1]);
		m.addr = ipr_strf(c, "%s", mac_text(c, f[4]));
		insert(c, list, &m);
	}
	ng_lines_close(&in);
}

static void read_igmp(struct ipr *c, const char *dev, struct maddr **list)
{
	char line[256], *f[FIELDS_MAX];
	struct maddr m = { 0 };
	struct ng_lines in;

	if (ng_lines_open(&in, c->task, "/proc/net/igmp") < 0)
		return;
	ng_lines_next(&in, line, sizeof(line));
	while (ng_lines_next(&in, line, sizeof(line))) {
		bool group = line[0] == '\t';
		size_t n = split(line, f);
		uint32_t addr;

		if (!group) {
			if (n < 2)
				continue;
			m.index = atoi(f[0]);
			snprintf(m.name, sizeof(m.name), "%s", f[1]);
			m.name[strcspn(m.name, ":")] = '\0';
			continue;
		}
		if (n < 2 || (dev && !is_word(dev, m.name)))
			continue;
		addr = (uint32_t)strtoul(f[0], NULL, 16);
		m.users = atoi(f[1]);
		m.addr = ipr_strf(c, "%s", format_host(c, AF_INET, sizeof(addr), &addr));
		insert(c, list, &m);
	}
	ng_lines_close(&in);
}

static void print_maddr(struct ipr *c, const struct maddr *m)
{
	open_json_object(c, NULL);
	print_string(c, PRINT_FP, NULL, "\t", NULL);
	if (m->is_link) {
		print_string(c, PRINT_FP, NULL, "%s  ", "link");
		print_color_string(c, PRINT_ANY, COLOR_MAC, "link", "%s", m->addr);
	} else {
		print_string(c, PRINT_ANY, "family", "%-5s ", "inet");
		print_color_string(c, PRINT_ANY, COLOR_INET, "address", "%s", m->addr);
	}
	if (m->users != 1)
		print_uint(c, PRINT_ANY, "users", " users %u", (unsigned int)m->users);
	if (m->is_static)
		print_bool(c, PRINT_ANY, "static", " static", true);
	print_string(c, PRINT_FP, NULL, "%s", "\n");
	close_json_object(c);
}

static void print_list(struct ipr *c, const struct maddr *m)
{
	int index = 0;

	new_json_obj(c);
	for (; m; m = m->next) {
		if (index != m->index || c->oneline) {
			if (index) {
				close_json_array(c, PRINT_JSON, NULL);
				close_json_object(c);
			}
			open_json_object(c, NULL);
			print_uint(c, PRINT_ANY, "ifindex", "%d:", (unsigned int)m->index);
			print_color_string(c, PRINT_ANY, COLOR_IFNAME, "ifname", "\t%s", m->name);
			print_nl(c);
			open_json_array(c, PRINT_JSON, "maddr");
			index = m->index;
		}
		print_maddr(c, m);
	}
	if (index) {
		close_json_array(c, PRINT_JSON, NULL);
		close_json_object(c);
	}
	delete_json_obj(c);
}

static int maddr_list(struct ipr *c)
{
	struct maddr *list = NULL;
	const char *dev = NULL;

	for (; c->argc > 0; next_arg_fwd(c)) {
		if (is_word(c->argv[0], "dev"))
			next_arg(c);
		else if (matches(c->argv[0], "help"))
			ip_usage_exit(c, ip_maddr_usage);
		if (dev)
			duparg2(c, "dev", c->argv[0]);
		dev = c->argv[0];
	}
	if (!c->family || c->family == AF_PACKET)
		read_dev_mcast(c, dev, &list);
	if (!c->family || c->family == AF_INET)
		read_igmp(c, dev, &list);
	print_list(c, list);
	return 0;
}

static int maddr_modify(struct ipr *c, unsigned long request)
{
	struct ifreq ifr = { 0 };
	int fd, rc;

	for (; c->argc > 0; next_arg_fwd(c)) {
		if (is_word(c->argv[0], "dev")) {
			next_arg(c);
			if (ifr.ifr_name[0])
				duparg(c, "dev", c->argv[0]);
			if (check_ifname(c->argv[0]))
				invarg(c, "\"dev\" not a valid ifname", c->argv[0]);
			memcpy(ifr.ifr_name, c->argv[0], strlen(c->argv[0]));
			continue;
		}
		if (matches(c->argv[0], "address"))
			next_arg(c);
		if (matches(c->argv[0], "help"))
			ip_usage_exit(c, ip_maddr_usage);
		if (ifr.ifr_hwaddr.sa_data[0])
			duparg(c, "address", c->argv[0]);
		rc = ll_addr_a2n(c, (uint8_t *)ifr.ifr_hwaddr.sa_data, 14, c->argv[0]);
		if (rc < 0)
			ipr_exit(c, 1);
		if (rc != 6) {
			ng_printf(c->err, "Error: Invalid address length %d - must be 6 bytes\n",
				  rc);
			ipr_exit(c, 1);
		}
	}
	if (!ifr.ifr_name[0]) {
		ng_printf(c->err, "Not enough information: \"dev\" is required.\n");
		ipr_exit(c, 255);
	}
	fd = ng_sys_socket(c->task, AF_INET, SOCK_DGRAM, 0);
	rc = ng_sys_ioctl(c->task, fd, request, &ifr);
	ng_sys_close(c->task, fd);
	if (rc) {
		ng_printf(c->err, "ioctl: %s\n", ng_strerror(-rc));
		ipr_exit(c, 1);
	}
	return 0;
}

/**
 * do_ipmaddr() - ip maddress ...
 * @c: the run
 *
 * Return: 0 or -1.
 */
int do_ipmaddr(struct ipr *c)
{
	const char *w = c->argc > 0 ? c->argv[0] : "show";

	next_arg_fwd(c);
	if (matches(w, "add"))
		return maddr_modify(c, SIOCADDMULTI);
	if (matches(w, "delete"))
		return maddr_modify(c, SIOCDELMULTI);
	if (matches(w, "list") || matches(w, "show") || matches(w, "lst"))
		return maddr_list(c);
	if (matches(w, "help"))
		ip_usage_exit(c, ip_maddr_usage);
	prev_arg(c);
	ip_unknown_command(c, "maddr");
}
