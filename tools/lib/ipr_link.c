/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipr_link.c - name and flags of a link, as ip and bridge show them
 *
 * mirrors print_name_and_link() in iproute2's lib/utils.c
 */
#include "ipr.h"

#include <linux/if.h>

/**
 * print_name_and_link() - The name, "@" and the link below or the peer
 * @c: the run
 * @fmt: text format with one %s
 * @name: the link's name
 * @tb: attributes of the RTM_NEWLINK
 *
 * Return: true when the other link is down.
 */
bool print_name_and_link(struct ipr *c, const char *fmt, const char *name,
			 const struct nlattr *const *tb)
{
	const char *link = NULL;
	bool m_down = false;
	unsigned int iflink;

	if (tb[IFLA_LINK]) {
		iflink = nla_get_u32(tb[IFLA_LINK]);
		if (iflink && tb[IFLA_LINK_NETNSID]) {
			if (is_json_context(c))
				print_int(c, PRINT_JSON, "link_index", NULL, (int)iflink);
			else
				link = ll_idx_n2a(c, iflink);
		} else if (iflink) {
			link = ll_index_to_name(c, iflink);
			if (is_json_context(c)) {
				print_string(c, PRINT_JSON, "link", NULL, link);
				link = NULL;
			}
			m_down = !(ll_index_to_flags(c, iflink) & IFF_UP);
		} else if (is_json_context(c)) {
			print_null(c, PRINT_JSON, "link", NULL, NULL);
		} else {
			link = "NONE";
		}
	}
	if (link)
		name = ipr_strf(c, "%s@%s", name, link);
	print_color_string(c, PRINT_ANY, COLOR_IFNAME, "ifname", fmt, name);
	return m_down;
}

/**
 * print_link_flags() - <UP,...>
 * @c: the run
 * @flags: IFF_...
 * @m_down: the other link is down
 */
void print_link_flags(struct ipr *c, unsigned int flags, bool m_down)
{
	static const struct {
		unsigned int flag;
		const char *name;
	} names[] = {
		{ IFF_LOOPBACK, "LOOPBACK" },
		{ IFF_BROADCAST, "BROADCAST" },
		{ IFF_POINTOPOINT, "POINTOPOINT" },
		{ IFF_MULTICAST, "MULTICAST" },
		{ IFF_NOARP, "NOARP" },
		{ IFF_ALLMULTI, "ALLMULTI" },
		{ IFF_PROMISC, "PROMISC" },
		{ IFF_MASTER, "MASTER" },
		{ IFF_SLAVE, "SLAVE" },
		{ IFF_DEBUG, "DEBUG" },
		{ IFF_DYNAMIC, "DYNAMIC" },
		{ IFF_AUTOMEDIA, "AUTOMEDIA" },
		{ IFF_PORTSEL, "PORTSEL" },
		{ IFF_NOTRAILERS, "NOTRAILERS" },
		{ IFF_UP, "UP" },
		{ IFF_LOWER_UP, "LOWER_UP" },
		{ IFF_DORMANT, "DORMANT" },
		{ IFF_ECHO, "ECHO" },
	};
	size_t i;

	open_json_array(c, PRINT_ANY, is_json_context(c) ? "flags" : "<");
	if (flags & IFF_UP && !(flags & IFF_RUNNING))
		print_string(c, PRINT_ANY, NULL, "%s,", "NO-CARRIER");
	flags &= ~(unsigned int)IFF_RUNNING;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (!(flags & names[i].flag))
			continue;
		flags &= ~names[i].flag;
		print_string(c, PRINT_ANY, NULL, flags ? "%s," : "%s", names[i].name);
	}
	if (flags)
		print_hex(c, PRINT_ANY, NULL, "%x", flags);
	if (m_down)
		print_string(c, PRINT_ANY, NULL, ",%s", "M-DOWN");
	close_json_array(c, PRINT_ANY, "> ");
}
