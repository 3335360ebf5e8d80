/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipnetns.c - the object "netns": namespaces by name
 *
 * mirrors iproute2's ip/ipnetns.c. A name is a file in /run/netns over which
 * the namespace is mounted.
 */
#include "ip_common.h"
#include "ipnetns.h"
#include "usage.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/net_namespace.h>
#include <linux/sched.h>
#include <netglass/syscall.h>
#include <sys/mount.h>

struct nsid_name {
	struct nsid_name *next;
	int nsid;
	const char *name;
};

/* Questions about ids have a socket of their own: a dump may be under way on the other. */
struct ipr_nsid {
	struct rtnl_handle rth;
};

static struct rtnl_handle *nsid_socket(struct ipr *c)
{
	if (!c->nsid) {
		c->nsid = ng_task_alloc(c->task, sizeof(*c->nsid));
		if (rtnl_open(&c->nsid->rth, c->task, NETLINK_ROUTE) < 0) {
			ng_printf(c->err, "Cannot open rtnetlink\n");
			ipr_exit(c, 1);
		}
	}
	return &c->nsid->rth;
}

/* The id a question gives; -1: none, -2: the kernel refused. */
static int ask_nsid(struct ipr *c, uint16_t attr, int value)
{
	const struct nlattr *tb[NETNSA_MAX + 1] = { NULL };
	struct rtnl_handle *rth = nsid_socket(c);
	struct nlmsghdr *answer = NULL;
	struct nl_buf b;

	rtnl_req(c->task, &b, RTM_GETNSID, NLM_F_REQUEST, sizeof(struct rtgenmsg));
	addattr32(&b, attr, (uint32_t)value);
	if (rtnl_talk(rth, &b, &answer) < 0 || !answer)
		return -2;
	nlmsg_parse(answer, sizeof(struct rtgenmsg), tb, NETNSA_MAX);
	return tb[NETNSA_NSID] ? (int)nla_get_u32(tb[NETNSA_NSID]) : -1;
}

/**
 * get_netnsid_from_name() - The id by which this namespace knows another
 * @c: the run
 * @name: its name
 *
 * Return: the id, < 0 when there is none.
 */
int get_netnsid_from_name(struct ipr *c, const char *name)
{
	int fd;
	int id;

	nsid_socket(c);
	fd = netns_get_fd(c, name);
	if (fd < 0)
		return -1;
	id = ask_nsid(c, NETNSA_FD, fd);
	ng_sys_close(c->task, fd);
	return id;
}

static int map_one(struct ipr *c, const char *name, void *arg)
{
	struct nsid_name *e;
	int id = get_netnsid_from_name(c, name);

	(void)arg;
	if (id < 0)
		return 0;
	e = ng_task_alloc(c->task, sizeof(*e));
	e->nsid = id;
	e->name = ng_task_strdup(c->task, name);
	e->next = c->nsids;
	c->nsids = e;
	return 0;
}

/**
 * netns_map_init() - Learns which names go with the ids there are
 * @c: the run
 */
void netns_map_init(struct ipr *c)
{
	if (c->nsid_known)
		return;
	c->nsid_known = netns_foreach(c, map_one, NULL) == 0;
}

/**
 * get_name_from_nsid() - The name of a namespace known by its id
 * @c: the run
 * @nsid: the id
 *
 * Return: the name, NULL when it has none.
 */
const char *get_name_from_nsid(struct ipr *c, int nsid)
{
	const struct nsid_name *e;

	if (nsid < 0)
		return NULL;
	nsid_socket(c);
	netns_map_init(c);
	for (e = c->nsids; e; e = e->next) {
		if (e->nsid == nsid)
			return e->name;
	}
	return NULL;
}

static int list_one(struct ipr *c, const char *name, void *arg)
{
	int id;

	(void)arg;
	open_json_object(c, NULL);
	print_string(c, PRINT_ANY, "name", "%s", name);
	id = get_netnsid_from_name(c, name);
	if (id >= 0)
		print_int(c, PRINT_ANY, "id", " (id: %d)", id);
	print_string(c, PRINT_FP, NULL, "%s", "\n");
	close_json_object(c);
	return 0;
}

static int netns_list(struct ipr *c)
{
	netns_map_init(c);
	if (netns_foreach(c, NULL, NULL) < 0)
		return 0;
	new_json_obj(c);
	netns_foreach(c, list_one, NULL);
	delete_json_obj(c);
	return 0;
}

static int print_nsid(const struct nlmsghdr *n, void *arg)
{
	const struct nlattr *tb[NETNSA_MAX + 1] = { NULL };
	struct ipr *c = arg;
	const char *name;
	int current;
	int nsid;

	if (n->nlmsg_type != RTM_NEWNSID && n->nlmsg_type != RTM_DELNSID)
		return 0;
	nlmsg_parse(n, sizeof(struct rtgenmsg), tb, NETNSA_MAX);
	if (!tb[NETNSA_NSID])
		return -1;
	nsid = (int)nla_get_u32(tb[NETNSA_NSID]);
	current = nsid;
	open_json_object(c, NULL);
	if (n->nlmsg_type == RTM_DELNSID)
		print_bool(c, PRINT_ANY, "deleted", "Deleted ", true);
	print_int(c, PRINT_ANY, "nsid", "nsid %d ", nsid);
	if (tb[NETNSA_CURRENT_NSID]) {
		current = (int)nla_get_u32(tb[NETNSA_CURRENT_NSID]);
		print_int(c, PRINT_ANY, "current-nsid", "current-nsid %d ", current);
	}
	name = get_name_from_nsid(c, current);
	if (name)
		print_string(c, PRINT_ANY, "name", "(iproute2 netns name: %s)", name);
	print_string(c, PRINT_FP, NULL, "%s", "\n");
	close_json_object(c);
	return 0;
}

/**
 * ipnsid_monitor() - Prints an id the kernel speaks of
 * @c: the run
 * @n: RTM_NEWNSID or RTM_DELNSID
 */
void ipnsid_monitor(struct ipr *c, const struct nlmsghdr *n)
{
	if (n->nlmsg_type == RTM_DELNSID)
		print_nsid(n, c);
	/* names are looked at anew: the id is not among those known before */
	c->nsid_known = false;
	c->nsids = NULL;
	netns_map_init(c);
	if (n->nlmsg_type == RTM_NEWNSID)
		print_nsid(n, c);
}

static int list_id_one(struct ipr *c, int nsid, int target)
{
	struct nlmsghdr *answer = NULL;
	struct nl_buf b;

	rtnl_req(c->task, &b, RTM_GETNSID, NLM_F_REQUEST, sizeof(struct rtgenmsg));
	addattr32(&b, NETNSA_NSID, (uint32_t)nsid);
	if (target >= 0)
		addattr32(&b, NETNSA_TARGET_NSID, (uint32_t)target);
	if (rtnl_talk(nsid_socket(c), &b, &answer) < 0 || !answer)
		return -2;
	new_json_obj(c);
	print_nsid(answer, c);
	delete_json_obj(c);
	return 0;
}

static int netns_list_id(struct ipr *c)
{
	struct nl_buf b;
	int target = -1;
	int nsid = -1;
	int rc;

	netns_map_init(c);
	for (; c->argc > 0; next_arg_fwd(c)) {
		if (is_word(c->argv[0], "target-nsid")) {
			if (get_integer(&target, next_arg(c), 0) || target < 0)
				invarg(c, "\"target-nsid\" value is invalid", c->argv[0]);
		} else if (is_word(c->argv[0], "nsid")) {
			if (get_integer(&nsid, next_arg(c), 0) || nsid < 0)
				invarg(c, "\"nsid\" value is invalid", c->argv[0]);
		} else {
			ip_usage_exit(c, ip_netns_usage);
		}
	}
	if (nsid >= 0)
		return list_id_one(c, nsid, target);
	rtnl_req(c->task, &b, RTM_GETNSID, 0, sizeof(struct rtgenmsg));
	if (target >= 0)
		addattr32(&b, NETNSA_TARGET_NSID, (uint32_t)target);
	rc = rtnl_dump_request(&c->rth, &b);
	if (rc < 0) {
		ng_printf(c->err, "Cannot send dump request: %s\n", ng_strerror(-rc));
		ipr_exit(c, 1);
	}
	new_json_obj(c);
	if (rtnl_dump_filter(&c->rth, print_nsid, c) < 0) {
		delete_json_obj(c);
		ng_printf(c->err, "Dump terminated\n");
		ipr_exit(c, 1);
	}
	delete_json_obj(c);
	return 0;
}

static int netns_set(struct ipr *c)
{
	const char *name;
	struct nl_buf b;
	int nsid;
	int fd;

	if (c->argc < 1) {
		ng_printf(c->err, "No netns name specified\n");
		return -1;
	}
	if (c->argc < 2) {
		ng_printf(c->err, "No nsid specified\n");
		return -1;
	}
	name = c->argv[0];
	if (is_word(c->argv[1], "auto"))
		nsid = -1;
	else if (get_integer(&nsid, c->argv[1], 0))
		invarg(c, "Invalid \"netnsid\" value", c->argv[1]);
	else if (nsid < 0)
		invarg(c, "\"netnsid\" value should be >= 0", c->argv[1]);
	/* opened twice, as iproute2 does: the descriptor's number is in the request */
	netns_get_fd(c, netns_path(c, name));
	fd = netns_get_fd(c, name);
	if (fd < 0) {
		ng_printf(c->err, "Cannot open network namespace \"%s\": %s\n", name,
			  ng_strerror(-fd));
		return -1;
	}
	rtnl_req(c->task, &b, RTM_NEWNSID, NLM_F_REQUEST, sizeof(struct rtgenmsg));
	addattr32(&b, NETNSA_FD, (uint32_t)fd);
	addattr32(&b, NETNSA_NSID, (uint32_t)nsid);
	return rtnl_talk(&c->rth, &b, NULL) < 0 ? -2 : 0;
}

/* Makes /run/netns a shared mount point, so that new names are seen in every mount namespace. */
static int prepare_dir(struct ipr *c)
{
	bool made = false;
	int rc;

	rc = ng_sys_mkdir(c->task, NETNS_RUN_DIR, 0755);
	if (rc < 0 && rc != -EEXIST) {
		ng_printf(c->err, "mkdir %s failed: %s\n", NETNS_RUN_DIR, ng_strerror(-rc));
		return -1;
	}
	while ((rc = ng_sys_mount(c->task, "", NETNS_RUN_DIR, "none", MS_SHARED | MS_REC)) < 0) {
		if (rc != -EINVAL || made) {
			ng_printf(c->err, "mount --make-shared %s failed: %s\n", NETNS_RUN_DIR,
				  ng_strerror(-rc));
			return -1;
		}
		rc = ng_sys_mount(c->task, NETNS_RUN_DIR, NETNS_RUN_DIR, "none", MS_BIND | MS_REC);
		if (rc < 0) {
			ng_printf(c->err, "mount --bind %s %s failed: %s\n", NETNS_RUN_DIR,
				  NETNS_RUN_DIR, ng_strerror(-rc));
			return -1;
		}
		made = true;
	}
	return 0;
}

static int on_netns_del(struct ipr *c, const char *name, void *arg)
{
	const char *path = netns_path(c, name);
	int rc;

	(void)arg;
	ng_sys_umount2(c->task, path, MNT_DETACH);
	rc = ng_sys_unlink(c->task, path);
	if (rc < 0) {
		ng_printf(c->err, "Cannot remove namespace file \"%s\": %s\n", path,
			  ng_strerror(-rc));
		return -1;
	}
	return 0;
}

static int create_file(struct ipr *c, const char *path)
{
	int fd = ng_sys_open(c->task, path, O_RDONLY | O_CREAT | O_EXCL, 0);

	if (fd < 0) {
		ng_printf(c->err, "Cannot create namespace file \"%s\": %s\n", path,
			  ng_strerror(-fd));
		return -1;
	}
	ng_sys_close(c->task, fd);
	return 0;
}

static int bind_ns(struct ipr *c, const char *proc, const char *path)
{
	int rc = ng_sys_mount(c->task, proc, path, "none", MS_BIND);

	if (rc < 0)
		ng_printf(c->err, "Bind %s -> %s failed: %s\n", proc, path, ng_strerror(-rc));
	return rc;
}

static int netns_add(struct ipr *c)
{
	const char *path;
	const char *name;
	int saved;
	int rc;

	if (c->argc < 1) {
		ng_printf(c->err, "No netns name specified\n");
		return -1;
	}
	name = c->argv[0];
	path = netns_path(c, name);
	if (prepare_dir(c) || create_file(c, path))
		return -1;
	saved = ng_sys_open(c->task, "/proc/self/ns/net", O_RDONLY | O_CLOEXEC, 0);
	if (saved < 0) {
		ng_printf(c->err, "Cannot open init namespace: %s\n", ng_strerror(-saved));
		ipr_exit(c, 1);
	}
	rc = ng_sys_unshare(c->task, CLONE_NEWNET);
	if (rc < 0)
		ng_printf(c->err, "Failed to create a new network namespace \"%s\": %s\n", name,
			  ng_strerror(-rc));
	else
		rc = bind_ns(c, "/proc/self/ns/net", path);
	ng_sys_setns(c->task, saved, CLONE_NEWNET);
	ng_sys_close(c->task, saved);
	if (rc < 0) {
		on_netns_del(c, name, NULL);
		return -1;
	}
	return 0;
}

static int netns_attach(struct ipr *c)
{
	const char *path;
	int rc;
	int pid;

	if (c->argc < 2) {
		ng_printf(c->err, "No netns name and PID specified\n");
		return -1;
	}
	if (get_s32(&pid, c->argv[1], 0) || !pid) {
		ng_printf(c->err, "Invalid PID: %s\n", c->argv[1]);
		return -1;
	}
	path = netns_path(c, c->argv[0]);
	if (prepare_dir(c) || create_file(c, path))
		return -1;
	if (bind_ns(c, ipr_strf(c, "/proc/%d/ns/net", pid), path) == 0)
		return 0;
	rc = ng_sys_unlink(c->task, path);
	if (rc < 0)
		ng_printf(c->err, "Cannot remove namespace file \"%s\": %s\n", path,
			  ng_strerror(-rc));
	return -1;
}

static int netns_delete(struct ipr *c)
{
	if (!c->all && c->argc < 1) {
		ng_printf(c->err, "No netns name specified\n");
		return -1;
	}
	if (c->all)
		return netns_foreach(c, on_netns_del, NULL) < 0 ? -1 : 0;
	return on_netns_del(c, c->argv[0], NULL);
}

static bool invalid_name(const char *name)
{
	return !*name || strlen(name) > 255 || strchr(name, '/') || is_word(name, ".") ||
	       is_word(name, "..");
}

/**
 * do_netns() - The object "netns"
 * @c: the run
 *
 * Return: 0 or the negative status.
 */
int do_netns(struct ipr *c)
{
	const char *w = c->argc > 0 ? c->argv[0] : "list";

	nsid_socket(c);
	if (c->argc < 1)
		return netns_list(c);
	if (!c->all && c->argc > 1 && invalid_name(c->argv[1])) {
		ng_printf(c->err, "Invalid netns name \"%s\"\n", c->argv[1]);
		ipr_exit(c, 255);
	}
	next_arg_fwd(c);
	if (matches(w, "list") || matches(w, "show") || matches(w, "lst"))
		return netns_list(c);
	if (matches(w, "list-id"))
		return netns_list_id(c);
	if (matches(w, "help"))
		ip_usage_exit(c, ip_netns_usage);
	if (matches(w, "add"))
		return netns_add(c);
	if (matches(w, "set"))
		return netns_set(c);
	if (matches(w, "delete"))
		return netns_delete(c);
	if (matches(w, "identify"))
		return netns_identify(c);
	if (matches(w, "pids"))
		return netns_pids(c);
	if (matches(w, "exec"))
		return netns_exec(c);
	if (matches(w, "monitor"))
		return ip_not_modelled(c, "netns monitor");
	if (matches(w, "attach"))
		return netns_attach(c);
	prev_arg(c);
	ip_unknown_command(c, "netns");
}
