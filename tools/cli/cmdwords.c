/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmdwords.c - words of ip, bridge, iptables and friends, for Tab
 *
 * The word in front of the cursor decides (behind -j come targets), else the command's beginning.
 */
#include "cmdwords.h"

#include <string.h>

struct entry {
	const char *after; /* the word before, or the command's first words */
	const char *words;
};

/* behind an option or keyword of iptables, of ip */
static const struct entry iptables_option[] = {
	{ "-t", "filter nat mangle raw" },
	{ "-A", "INPUT FORWARD OUTPUT PREROUTING POSTROUTING" },
	{ "-I", "INPUT FORWARD OUTPUT PREROUTING POSTROUTING" },
	{ "-D", "INPUT FORWARD OUTPUT PREROUTING POSTROUTING" },
	{ "-P", "INPUT FORWARD OUTPUT PREROUTING POSTROUTING" },
	{ "-p", "tcp udp icmp" },
	{ "-m", "conntrack comment limit mac mark multiport physdev state tcp udp" },
	{ "-j", "ACCEPT DROP REJECT RETURN LOG MASQUERADE SNAT DNAT REDIRECT MARK NOTRACK" },
	{ "--ctstate", "NEW ESTABLISHED RELATED INVALID ESTABLISHED,RELATED" },
	{ "INPUT", "ACCEPT DROP" },
	{ "FORWARD", "ACCEPT DROP" },
	{ "OUTPUT", "ACCEPT DROP" },
	{ NULL, NULL },
};

static const struct entry ip_keyword[] = {
	{ "type", "veth bridge dummy" },
	{ NULL, NULL },
};

/* by beginning, the longest that fits */
static const struct entry beginning[] = {
	{ "ip", "addr link neigh netns route rule -n -br -d -j -s" },
	{ "ip addr", "add del flush show" },
	{ "ip addr add", "dev brd label scope" },
	{ "ip addr del", "dev" },
	{ "ip link", "add delete set show" },
	{ "ip link add", "name type peer netns mtu address" },
	{ "ip link set", "dev up down master nomaster netns name mtu address arp" },
	{ "ip link delete", "dev" },
	{ "ip route", "add change del flush get replace show" },
	{ "ip route add", "default via dev src metric table blackhole unreachable prohibit" },
	{ "ip route replace", "default via dev src metric table" },
	{ "ip route del", "default via dev table" },
	{ "ip route show", "table" },
	{ "ip rule", "add del show" },
	{ "ip rule add", "from to iif fwmark lookup table priority" },
	{ "ip neigh", "add change del flush replace show" },
	{ "ip neigh add", "lladdr dev nud permanent" },
	{ "ip neigh replace", "lladdr dev nud permanent" },
	{ "ip netns", "add delete exec list" },
	{ "bridge", "fdb link vlan" },
	{ "bridge fdb", "add del show" },
	{ "bridge fdb add", "dev master static" },
	{ "bridge fdb show", "br dev" },
	{ "bridge link", "set show" },
	{ "bridge link set", "dev hairpin isolated learning flood state on off" },
	{ "iptables", "-A -D -F -I -L -N -P -S -X -d -i -j -m -n -o -p -s -t -v --dport --sport "
		      "--ctstate --to-destination --to-source --line-numbers" },
	{ "ping", "-c -i -I -M -s -t -W -w" },
	{ "sysctl", "-w net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter= "
		    "net.bridge.bridge-nf-call-iptables=" },
	{ "conntrack", "-L -F -E -D" },
	{ NULL, NULL },
};

static void offer_words(GPtrArray *words, const char *list, const char *begins)
{
	g_auto(GStrv) all = g_strsplit(list, " ", -1);

	for (char **w = all; *w; w++) {
		if (g_str_has_prefix(*w, begins) &&
		    !g_ptr_array_find_with_equal_func(words, *w, g_str_equal, NULL))
			g_ptr_array_add(words, g_strdup(*w));
	}
}

static const char *find(const struct entry *table, const char *after)
{
	for (; after && table->after; table++) {
		if (!strcmp(table->after, after))
			return table->words;
	}
	return NULL;
}

/* The words behind `sudo`, `ip netns exec NS`, `ip -n NS`: what is being typed last is left out. */
static GPtrArray *plain_words(char **all)
{
	GPtrArray *out = g_ptr_array_new();

	for (char **w = all; *w; w++) {
		unsigned int n = out->len;

		if (!**w || !strcmp(*w, "sudo"))
			continue;
		g_ptr_array_add(out, *w);
		if (n == 3 && !strcmp(g_ptr_array_index(out, 0), "ip") &&
		    !strcmp(g_ptr_array_index(out, 1), "netns") &&
		    !strcmp(g_ptr_array_index(out, 2), "exec"))
			g_ptr_array_set_size(out, 0);
		else if (n == 2 && !strcmp(g_ptr_array_index(out, 0), "ip") &&
			 !strcmp(g_ptr_array_index(out, 1), "-n"))
			g_ptr_array_set_size(out, 1);
	}
	return out;
}

/**
 * cmdwords_offer() - What the last word of a command may become
 * @words: char *, added to
 * @line: up to the cursor
 */
void cmdwords_offer(GPtrArray *words, const char *line)
{
	const char *begins = strrchr(line, ' ');
	g_autofree char *front = g_strndup(line, begins ? (gsize)(begins - line) : 0);
	g_auto(GStrv) all = g_strsplit(front, " ", -1);
	g_autoptr(GPtrArray) typed = plain_words(all);
	g_autoptr(GString) said = g_string_new(NULL);
	const char *program = typed->len ? g_ptr_array_index(typed, 0) : "";
	const char *last = typed->len ? g_ptr_array_index(typed, typed->len - 1) : NULL;
	const char *best = NULL;

	begins = begins ? begins + 1 : line;
	if (!strcmp(program, "iptables"))
		best = find(iptables_option, last);
	else if (!strcmp(program, "ip"))
		best = find(ip_keyword, last);
	for (unsigned int i = 0; i < typed->len && i < 3; i++)
		g_string_append_printf(said, "%s%s", i ? " " : "",
				       (const char *)g_ptr_array_index(typed, i));
	/* the longest beginning: words are taken off its end */
	while (!best && said->len) {
		char *blank = strrchr(said->str, ' ');

		best = find(beginning, said->str);
		g_string_truncate(said, blank ? (gsize)(blank - said->str) : 0);
	}
	if (best)
		offer_words(words, best, begins);
	if (!typed->len)
		offer_words(words, "ip bridge iptables ping arp sysctl conntrack", begins);
}
