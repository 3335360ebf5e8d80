/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hostname.c - hostname
 *
 * mirrors Debian's hostname 3.23
 */
#include "lib/libnetlink.h"
#include "lib/netdb.h"
#include "lib/prog.h"
#include "lib/program.h"

#include <errno.h>
#include <linux/if.h>
#include <netglass/syscall.h>
#include <string.h>

int hostname_main(struct ng_task *task, int argc, char **argv);

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_valid(const char *name)
{
	size_t n = strlen(name);

	if (!n || !is_alnum(name[0]) || !is_alnum(name[n - 1]))
		return false;
	for (; *name; name++) {
		if (!is_alnum(*name) && *name != '-' && *name != '.')
			return false;
		if (*name == '.' && !is_alnum(name[1]))
			return false;
	}
	return true;
}

static int set_name(struct ng_task *task, const char *name)
{
	int err;

	if (!is_valid(name)) {
		ng_puts(ng_stderr(task), "hostname: the specified hostname is invalid\n");
		return 1;
	}
	err = ng_sys_sethostname(task, name);
	if (err >= 0)
		return 0;
	ng_printf(ng_stderr(task), "hostname: %s\n",
		  err == -EPERM ? "you must be root to change the host name" : ng_strerror(-err));
	return 1;
}

struct links {
	struct ng_task *task;
	uint8_t *wanted; /* by index: it is up and no loopback */
	size_t n;
};

static int on_link(const struct nlmsghdr *n, void *arg)
{
	const struct ifinfomsg *ifi = nlmsg_data(n);
	struct links *l = arg;
	size_t index = (size_t)ifi->ifi_index;

	if (n->nlmsg_type != RTM_NEWLINK || !(ifi->ifi_flags & IFF_UP) ||
	    ifi->ifi_flags & IFF_LOOPBACK)
		return 0;
	if (index >= l->n) {
		l->wanted = ng_task_realloc(l->task, l->wanted, l->n, index + 1);
		memset(l->wanted + l->n, 0, index + 1 - l->n);
		l->n = index + 1;
	}
	l->wanted[index] = 1;
	return 0;
}

static int on_addr(const struct nlmsghdr *n, void *arg)
{
	const struct ifaddrmsg *ifa = nlmsg_data(n);
	const struct nlattr *tb[IFA_MAX + 1];
	const struct links *l = arg;
	char text[NG_ADDRSTRLEN];

	if (n->nlmsg_type != RTM_NEWADDR || ifa->ifa_family != AF_INET || ifa->ifa_index >= l->n ||
	    !l->wanted[ifa->ifa_index] || nlmsg_parse(n, sizeof(*ifa), tb, IFA_MAX) < 0 ||
	    !tb[IFA_LOCAL])
		return 0;
	ng_printf(ng_stdout(l->task), "%s ", ng_inet_ntoa(text, nla_get_be32(tb[IFA_LOCAL])));
	return 0;
}

/* -I: every address of a link that is up, the loopback's apart */
static int all_addresses(struct ng_task *task)
{
	struct links l = { .task = task };
	struct rtnl_handle rth;
	struct nl_buf b;

	if (rtnl_open(&rth, task, NETLINK_ROUTE) < 0)
		return 1;
	rtnl_req(task, &b, RTM_GETLINK, 0, sizeof(struct ifinfomsg));
	if (rtnl_dump_request(&rth, &b) < 0 || rtnl_dump_filter(&rth, on_link, &l) < 0)
		return 1;
	rtnl_req(task, &b, RTM_GETADDR, 0, sizeof(struct ifaddrmsg));
	if (rtnl_dump_request(&rth, &b) < 0 || rtnl_dump_filter(&rth, on_addr, &l) < 0)
		return 1;
	rtnl_close(&rth);
	ng_putc(ng_stdout(task), '\n');
	return 0;
}

/* -i and -f: what /etc/hosts says of the name */
static int look_up(struct ng_task *task, const char *name, char how)
{
	char canon[256], text[NG_ADDRSTRLEN];
	__be32 addr;

	if (!ng_gethostbyname(task, name, &addr, canon, sizeof(canon))) {
		ng_puts(ng_stderr(task), "hostname: Temporary failure in name resolution\n");
		return 1;
	}
	ng_printf(ng_stdout(task), "%s\n", how == 'i' ? ng_inet_ntoa(text, addr) : canon);
	return 0;
}

/* The letter of an option, 0: it is not modelled. */
static char letter(const char *w)
{
	static const struct {
		const char *name;
		char letter;
	} words[] = { { "--short", 's' }, { "--fqdn", 'f' },	   { "--long", 'f' },
		      { "-s", 's' },	  { "-f", 'f' },	   { "-i", 'i' },
		      { "-I", 'I' },	  { "--ip-address", 'i' }, { "--all-ip-addresses", 'I' } };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!strcmp(w, words[i].name))
			return words[i].letter;
	}
	return 0;
}

/**
 * hostname_main() - hostname [-sfiI] [name]
 * @task: the program
 * @argc: number of words
 * @argv: the words
 *
 * Return: the status.
 */
int hostname_main(struct ng_task *task, int argc, char **argv)
{
	bool option = argc > 1 && argv[1][0] == '-';
	char how = option ? letter(argv[1]) : 'h';
	char name[256] = "";

	if (!how || argc > 2)
		return ng_not_modelled(task, "hostname %s", argv[how ? 2 : 1]);
	if (argc > 1 && !option)
		return set_name(task, argv[1]);
	if (how == 'I')
		return all_addresses(task);
	if (ng_sys_gethostname(task, name, sizeof(name)) < 0)
		return 1;
	if (how == 'i' || how == 'f')
		return look_up(task, name, how);
	if (how == 's')
		name[strcspn(name, ".")] = '\0';
	ng_printf(ng_stdout(task), "%s\n", name);
	return 0;
}
