/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read.c - asks the kernel what there is, as `ip` would
 *
 * Runs in the world: RTM_GETLINK and RTM_GETADDR in each namespace, RTM_GETNSID
 * for who is whose neighbour. Namespaces are those of /run/netns, and those only
 * a process is in.
 */
#include "topo.h"

#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/net_namespace.h>
#include <linux/sched.h>
#include <netglass/syscall.h>
#include <string.h>

#include "../lib/libnetlink.h"

#define NETNS_DIR "/run/netns"

struct reader {
	struct ng_task *task;
	struct topo *topo;
	struct topo_lane *lane; /* being read */
	struct rtnl_handle rth;
	GArray *fds; /* of each lane's namespace */
};

static bool known_ino(const struct topo *t, uint64_t ino)
{
	for (unsigned int i = 0; i < t->lanes->len; i++) {
		if (((struct topo_lane *)g_ptr_array_index(t->lanes, i))->ino == ino)
			return true;
	}
	return false;
}

/* A namespace by the file that names it; one that is known already is passed over. */
static void add_lane(struct reader *r, const char *path, const char *name)
{
	int fd = ng_sys_open(r->task, path, O_RDONLY, 0);
	struct ng_stat st = { 0 };

	if (fd < 0)
		return;
	/* a name may be left over nothing: an ordinary, empty file */
	if (ng_sys_fstat(r->task, fd, &st) < 0 || known_ino(r->topo, st.ino) ||
	    ng_sys_setns(r->task, fd, CLONE_NEWNET) < 0) {
		ng_sys_close(r->task, fd);
		return;
	}
	topo_lane_add(r->topo, name, st.ino);
	g_array_append_val(r->fds, fd);
}

/* Inode numbers count up: the oldest namespace first. */
static int by_ino(const void *a, const void *b, void *arg)
{
	struct reader *r = arg;
	struct ng_stat x = { 0 }, y = { 0 };
	g_autofree char *first = g_strdup_printf(NETNS_DIR "/%s", *(char *const *)a);
	g_autofree char *second = g_strdup_printf(NETNS_DIR "/%s", *(char *const *)b);

	ng_sys_stat(r->task, first, &x);
	ng_sys_stat(r->task, second, &y);
	if (x.ino != y.ino)
		return x.ino < y.ino ? -1 : 1;
	return strcmp(first, second);
}

static GPtrArray *list_dir(struct reader *r, const char *path, bool numbers)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	int fd = ng_sys_open(r->task, path, O_RDONLY | O_DIRECTORY, 0);
	struct ng_dirent ent;

	while (fd >= 0 && ng_sys_getdents(r->task, fd, &ent, 1) > 0) {
		if (!numbers || g_ascii_isdigit(ent.name[0]))
			g_ptr_array_add(names, g_strdup(ent.name));
	}
	if (fd >= 0)
		ng_sys_close(r->task, fd);
	return names;
}

static void find_lanes(struct reader *r)
{
	GPtrArray *names = list_dir(r, NETNS_DIR, false);
	GPtrArray *pids = list_dir(r, "/proc", true);

	add_lane(r, "/proc/1/ns/net", "host");
	g_ptr_array_sort_with_data(names, by_ino, r);
	for (unsigned int i = 0; i < names->len; i++) {
		const char *name = g_ptr_array_index(names, i);
		g_autofree char *path = g_strdup_printf(NETNS_DIR "/%s", name);

		add_lane(r, path, name);
	}
	for (unsigned int i = 0; i < pids->len; i++) {
		const char *pid = g_ptr_array_index(pids, i);
		g_autofree char *path = g_strdup_printf("/proc/%s/ns/net", pid);
		g_autofree char *name = g_strdup_printf("(pid %s)", pid);

		add_lane(r, path, name);
	}
	g_ptr_array_unref(names);
	g_ptr_array_unref(pids);
}

static void read_slave(struct topo_if *i, const struct nlattr *data)
{
	const struct nlattr *tb[IFLA_BRPORT_MAX + 1];

	nla_parse_nested(tb, IFLA_BRPORT_MAX, data);
	if (tb[IFLA_BRPORT_STATE])
		i->port_state = nla_get_u8(tb[IFLA_BRPORT_STATE]);
}

static void read_linkinfo(struct topo_if *i, const struct nlattr *info)
{
	const struct nlattr *tb[IFLA_INFO_MAX + 1], *vlan[IFLA_VLAN_MAX + 1];
	char kind[32];

	nla_parse_nested(tb, IFLA_INFO_MAX, info);
	if (tb[IFLA_INFO_KIND]) {
		nla_strscpy(kind, tb[IFLA_INFO_KIND], sizeof(kind));
		i->kind = g_strdup(kind);
	}
	if (i->kind && tb[IFLA_INFO_DATA] && !strcmp(i->kind, "vlan")) {
		nla_parse_nested(vlan, IFLA_VLAN_MAX, tb[IFLA_INFO_DATA]);
		i->vlan = vlan[IFLA_VLAN_ID] ? nla_get_u16(vlan[IFLA_VLAN_ID]) : 0;
	}
	if (tb[IFLA_INFO_SLAVE_KIND] && tb[IFLA_INFO_SLAVE_DATA]) {
		nla_strscpy(kind, tb[IFLA_INFO_SLAVE_KIND], sizeof(kind));
		if (!strcmp(kind, "bridge"))
			read_slave(i, tb[IFLA_INFO_SLAVE_DATA]);
	}
}

static int read_link(const struct nlmsghdr *n, void *arg)
{
	const struct nlattr *tb[IFLA_MAX + 1];
	const struct ifinfomsg *ifm = nlmsg_data(n);
	struct reader *r = arg;
	struct topo_if *i;
	char name[IFNAMSIZ];

	if (n->nlmsg_type != RTM_NEWLINK || nlmsg_parse(n, sizeof(*ifm), tb, IFLA_MAX) ||
	    !tb[IFLA_IFNAME])
		return 0;
	nla_strscpy(name, tb[IFLA_IFNAME], sizeof(name));
	i = topo_if_add(r->lane, name, ifm->ifi_index);
	i->flags = ifm->ifi_flags;
	i->carrier = ifm->ifi_flags & IFF_LOWER_UP;
	i->mtu = tb[IFLA_MTU] ? nla_get_u32(tb[IFLA_MTU]) : 0;
	i->master_index = tb[IFLA_MASTER] ? (int)nla_get_u32(tb[IFLA_MASTER]) : 0;
	i->has_link = tb[IFLA_LINK] && nla_get_u32(tb[IFLA_LINK]);
	i->link = i->has_link ? (int)nla_get_u32(tb[IFLA_LINK]) : 0;
	if (tb[IFLA_LINK_NETNSID])
		i->link_nsid = (int)nla_get_u32(tb[IFLA_LINK_NETNSID]);
	if (tb[IFLA_ADDRESS] && nla_len(tb[IFLA_ADDRESS]) == 6) {
		const uint8_t *m = nla_data(tb[IFLA_ADDRESS]);

		i->mac = g_strdup_printf("%02x:%02x:%02x:%02x:%02x:%02x", m[0], m[1], m[2], m[3],
					 m[4], m[5]);
	}
	if (tb[IFLA_LINKINFO])
		read_linkinfo(i, tb[IFLA_LINKINFO]);
	return 0;
}

static int read_addr(const struct nlmsghdr *n, void *arg)
{
	const struct nlattr *tb[IFA_MAX + 1];
	const struct ifaddrmsg *ifa = nlmsg_data(n);
	struct reader *r = arg;
	const struct nlattr *local;
	const uint8_t *a;

	if (n->nlmsg_type != RTM_NEWADDR || nlmsg_parse(n, sizeof(*ifa), tb, IFA_MAX) ||
	    ifa->ifa_family != AF_INET)
		return 0;
	local = tb[IFA_LOCAL] ? tb[IFA_LOCAL] : tb[IFA_ADDRESS];
	if (!local || nla_len(local) < 4)
		return 0;
	a = nla_data(local);
	for (unsigned int i = 0; i < r->lane->ifs->len; i++) {
		struct topo_if *dev = g_ptr_array_index(r->lane->ifs, i);

		if (dev->ifindex == (int)ifa->ifa_index)
			g_ptr_array_add(dev->addrs,
					g_strdup_printf("%u.%u.%u.%u/%u", a[0], a[1], a[2], a[3],
							ifa->ifa_prefixlen));
	}
	return 0;
}

static void dump(struct reader *r, uint16_t type, size_t hdrlen, rtnl_filter_t filter)
{
	struct nl_buf b;

	rtnl_req(r->task, &b, type, NLM_F_REQUEST | NLM_F_DUMP, hdrlen);
	if (type == RTM_GETADDR)
		((struct ifaddrmsg *)nlmsg_data((struct nlmsghdr *)(void *)b.data))->ifa_family =
			AF_INET;
	if (!rtnl_dump_request(&r->rth, &b))
		rtnl_dump_filter(&r->rth, filter, r);
}

/* By which id the namespace just entered knows each other one. */
static void read_nsids(struct reader *r)
{
	for (unsigned int i = 0; i < r->fds->len; i++) {
		const struct nlattr *tb[NETNSA_MAX + 1] = { NULL };
		struct nlmsghdr *answer = NULL;
		struct nl_buf b;
		int id;

		rtnl_req(r->task, &b, RTM_GETNSID, NLM_F_REQUEST, sizeof(struct rtgenmsg));
		addattr32(&b, NETNSA_FD, (uint32_t)g_array_index(r->fds, int, i));
		if (rtnl_talk_quiet(&r->rth, &b, &answer) < 0 || !answer)
			continue;
		nlmsg_parse(answer, sizeof(struct rtgenmsg), tb, NETNSA_MAX);
		id = tb[NETNSA_NSID] ? (int)nla_get_u32(tb[NETNSA_NSID]) : -1;
		if (id >= 0)
			g_hash_table_insert(r->lane->nsid, GINT_TO_POINTER(id),
					    GUINT_TO_POINTER(i + 1));
	}
}

/**
 * topo_read() - Asks for all of it
 * @task: a program of the world
 * @arg: the struct topo to fill in
 *
 * Return: 0.
 */
int topo_read(struct ng_task *task, void *arg)
{
	struct reader r = { .task = task, .topo = arg };

	r.fds = g_array_new(FALSE, FALSE, sizeof(int));
	find_lanes(&r);
	for (unsigned int i = 0; i < r.fds->len; i++) {
		r.lane = g_ptr_array_index(r.topo->lanes, i);
		if (ng_sys_setns(task, g_array_index(r.fds, int, i), CLONE_NEWNET) < 0 ||
		    rtnl_open(&r.rth, task, NETLINK_ROUTE))
			continue;
		dump(&r, RTM_GETLINK, sizeof(struct ifinfomsg), read_link);
		dump(&r, RTM_GETADDR, sizeof(struct ifaddrmsg), read_addr);
		read_nsids(&r);
		rtnl_close(&r.rth);
	}
	g_array_free(r.fds, TRUE);
	topo_arrange(r.topo);
	return 0;
}
