/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipr_names.c - the tables of /etc/iproute2: numbers with names
 *
 * mirrors iproute2's lib/rt_names.c, ip/rtm_map.c. A table is read when first
 * needed, over a few built-in names.
 */
#include "ipr.h"

#include <fcntl.h>
#include <netglass/syscall.h>
#include <stdio.h>

struct name {
	struct name *next;
	uint32_t id;
	char name[64];
};

enum { TAB_PROTOS, TAB_SCOPES, TAB_TABLES, TAB_DSFIELD, TAB_GROUP, TAB_REALMS, TAB_MAX };

struct ipr_names {
	bool loaded[TAB_MAX];
	struct name *tab[TAB_MAX]; /* a later line comes first */
};

static const char *const tab_files[TAB_MAX] = {
	[TAB_PROTOS] = "/etc/iproute2/rt_protos", [TAB_SCOPES] = "/etc/iproute2/rt_scopes",
	[TAB_TABLES] = "/etc/iproute2/rt_tables", [TAB_DSFIELD] = "/etc/iproute2/rt_dsfield",
	[TAB_GROUP] = "/etc/iproute2/group",	  [TAB_REALMS] = "/etc/iproute2/rt_realms",
};

static const char *const tab_builtin[TAB_MAX] = {
	[TAB_PROTOS] = "0 unspec\n1 redirect\n2 kernel\n3 boot\n4 static\n8 gated\n9 ra\n10 mrt\n"
		       "11 zebra\n12 bird\n42 babel\n13 dnrouted\n14 xorp\n15 ntk\n16 dhcp\n"
		       "18 keepalived\n186 bgp\n187 isis\n188 ospf\n189 rip\n192 eigrp\n",
	[TAB_SCOPES] = "0 global\n255 nowhere\n254 host\n253 link\n200 site\n",
	[TAB_TABLES] = "253 default\n254 main\n255 local\n",
	[TAB_DSFIELD] = "0 0\n",
	[TAB_GROUP] = "0 default\n",
	[TAB_REALMS] = "0 unknown\n",
};

static void load_line(struct ipr *c, int tab, const char *line)
{
	struct name *e;
	char name[64];
	unsigned int id;

	line += strspn(line, " \t");
	if (*line == '#' || !*line)
		return;
	if (sscanf(line, "0x%x %63s", &id, name) != 2 && sscanf(line, "%u %63s", &id, name) != 2)
		return;
	e = ng_task_alloc(c->task, sizeof(*e));
	e->id = id;
	snprintf(e->name, sizeof(e->name), "%s", name);
	e->next = c->names->tab[tab];
	c->names->tab[tab] = e;
}

static void load_text(struct ipr *c, int tab, const char *text)
{
	char line[256];
	size_t n;

	while (*text) {
		n = strcspn(text, "\n");
		snprintf(line, sizeof(line), "%.*s", (int)n, text);
		load_line(c, tab, line);
		text += n + (text[n] == '\n');
	}
}

static void load_file(struct ipr *c, int tab, const char *path)
{
	size_t cap = 16384;
	size_t len = 0;
	char *buf;
	ssize_t n;
	int fd;

	fd = ng_sys_open(c->task, path, O_RDONLY, 0);
	if (fd < 0)
		return;
	buf = ng_task_alloc(c->task, cap);
	while (len < cap - 1) {
		n = ng_sys_read(c->task, fd, buf + len, cap - 1 - len);
		if (n <= 0)
			break;
		len += (size_t)n;
	}
	ng_sys_close(c->task, fd);
	load_text(c, tab, buf);
}

/* PATH.d/NAME.conf, for the two tables that have such a folder */
static void load_dir(struct ipr *c, int tab)
{
	const char *dir = ipr_strf(c, "%s.d", tab_files[tab]);
	struct ng_dirent *ents;
	int fd;
	int n;
	int i;

	fd = ng_sys_open(c->task, dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
	if (fd < 0)
		return;
	ents = ng_task_alloc(c->task, 16 * sizeof(*ents));
	while ((n = ng_sys_getdents(c->task, fd, ents, 16)) > 0) {
		for (i = 0; i < n; i++) {
			size_t len = strlen(ents[i].name);

			if (ents[i].name[0] == '.' || len <= 5 ||
			    strcmp(ents[i].name + len - 5, ".conf") != 0)
				continue;
			load_file(c, tab, ipr_strf(c, "%s/%s", dir, ents[i].name));
		}
	}
	ng_sys_close(c->task, fd);
}

static struct name *table(struct ipr *c, int tab)
{
	if (!c->names)
		c->names = ng_task_alloc(c->task, sizeof(*c->names));
	if (!c->names->loaded[tab]) {
		c->names->loaded[tab] = true;
		load_text(c, tab, tab_builtin[tab]);
		load_file(c, tab, tab_files[tab]);
		if (tab == TAB_PROTOS || tab == TAB_TABLES)
			load_dir(c, tab);
	}
	return c->names->tab[tab];
}

static const char *n2a(struct ipr *c, int tab, uint32_t id, const char *fmt)
{
	const struct name *e;

	if (!c->numeric) {
		for (e = table(c, tab); e; e = e->next) {
			if (e->id == id)
				return e->name;
		}
	}
	return ipr_strf(c, fmt[0] == 'x' ? "0x%02x" : "%u", id);
}

static int a2n(struct ipr *c, int tab, uint32_t *ret_id, const char *arg, uint64_t max)
{
	unsigned long long v;
	const struct name *e;
	char *end;

	for (e = table(c, tab); e; e = e->next) {
		if (is_word(arg, e->name)) {
			*ret_id = e->id;
			return 0;
		}
	}
	v = strtoull(arg, &end, tab == TAB_DSFIELD ? 16 : 0);
	if (end == arg || *end || v > max)
		return -1;
	*ret_id = (uint32_t)v;
	return 0;
}

/* The pairs below: a number's name (itself when it has none); a name's number, Return 0 or -1 */
const char *rtnl_rtprot_n2a(struct ipr *c, int id)
{
	return n2a(c, TAB_PROTOS, (uint32_t)id, "u");
}

int rtnl_rtprot_a2n(struct ipr *c, uint32_t *ret_id, const char *arg)
{
	return a2n(c, TAB_PROTOS, ret_id, arg, 255);
}

const char *rtnl_rtscope_n2a(struct ipr *c, int id)
{
	return n2a(c, TAB_SCOPES, (uint32_t)id, "u");
}

int rtnl_rtscope_a2n(struct ipr *c, uint32_t *ret_id, const char *arg)
{
	return a2n(c, TAB_SCOPES, ret_id, arg, 255);
}

const char *rtnl_rttable_n2a(struct ipr *c, uint32_t id)
{
	return n2a(c, TAB_TABLES, id, "u");
}

int rtnl_rttable_a2n(struct ipr *c, uint32_t *ret_id, const char *arg)
{
	return a2n(c, TAB_TABLES, ret_id, arg, 0xffffffff);
}

const char *rtnl_dsfield_n2a(struct ipr *c, int id)
{
	return n2a(c, TAB_DSFIELD, (uint32_t)id, "x");
}

int rtnl_dsfield_a2n(struct ipr *c, uint32_t *ret_id, const char *arg)
{
	return a2n(c, TAB_DSFIELD, ret_id, arg, 255);
}

const char *rtnl_group_n2a(struct ipr *c, int id)
{
	return n2a(c, TAB_GROUP, (uint32_t)id, "u");
}

int rtnl_group_a2n(struct ipr *c, int *ret_id, const char *arg)
{
	uint32_t id;

	if (a2n(c, TAB_GROUP, &id, arg, 0x7fffffff))
		return -1;
	*ret_id = (int)id;
	return 0;
}

const char *rtnl_rtrealm_n2a(struct ipr *c, int id)
{
	return n2a(c, TAB_REALMS, (uint32_t)id, "u");
}

int rtnl_rtrealm_a2n(struct ipr *c, uint32_t *ret_id, const char *arg)
{
	return a2n(c, TAB_REALMS, ret_id, arg, 255);
}

static const struct {
	const char *name;
	bool abbrev;
	int type;
} rtn_types[] = {
	{ "local", false, RTN_LOCAL },	      { "nat", false, RTN_NAT },
	{ "broadcast", true, RTN_BROADCAST }, { "brd", false, RTN_BROADCAST },
	{ "anycast", true, RTN_ANYCAST },     { "multicast", true, RTN_MULTICAST },
	{ "prohibit", true, RTN_PROHIBIT },   { "unreachable", true, RTN_UNREACHABLE },
	{ "blackhole", true, RTN_BLACKHOLE }, { "xresolve", true, RTN_XRESOLVE },
	{ "unicast", true, RTN_UNICAST },     { "throw", true, RTN_THROW },
};

const char *rtnl_rtntype_n2a(struct ipr *c, int id)
{
	size_t i;

	if (c->numeric)
		return ipr_strf(c, "%d", id);
	if (id == RTN_UNSPEC)
		return "none";
	for (i = 0; i < sizeof(rtn_types) / sizeof(rtn_types[0]); i++) {
		if (rtn_types[i].type == id)
			return rtn_types[i].name;
	}
	return ipr_strf(c, "%d", id);
}

int rtnl_rtntype_a2n(int *ret_id, const char *arg)
{
	unsigned long v;
	char *end;
	size_t i;

	for (i = 0; i < sizeof(rtn_types) / sizeof(rtn_types[0]); i++) {
		if (rtn_types[i].abbrev ? matches(arg, rtn_types[i].name)
					: is_word(arg, rtn_types[i].name)) {
			*ret_id = rtn_types[i].type;
			return 0;
		}
	}
	v = strtoul(arg, &end, 0);
	if (end == arg || *end || v > 255)
		return -1;
	*ret_id = (int)v;
	return 0;
}
