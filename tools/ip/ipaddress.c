/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipaddress.c - ip address add, del, show, flush; ip link show
 *
 * mirrors iproute2's ip/ipaddress.c. ipaddress_print.c writes the lines.
 */
#include "ip_common.h"
#include "ipaddress.h"
#include "usage.h"

#include <errno.h>
#include <fnmatch.h>
#include <linux/if.h>
#include <netglass/syscall.h>

/* One message of a dump, kept. */
struct nlmsg_kept {
	struct nlmsg_kept *next;
	struct nlmsghdr h; /* the message follows */
};

struct nlmsg_chain {
	struct ipr *c;
	struct nlmsg_kept *head;
	struct nlmsg_kept **tail;
};

static int keep_msg(const struct nlmsghdr *n, void *arg)
{
	struct nlmsg_chain *chain = arg;
	struct nlmsg_kept *k;

	k = ng_task_alloc(chain->c->task, sizeof(*k) + n->nlmsg_len);
	memcpy(&k->h, n, n->nlmsg_len);
	*chain->tail = k;
	chain->tail = &k->next;
	return ll_remember_index(n, chain->c);
}

static void addr_usage(struct ipr *c)
{
	ng_puts(c->err, ip_addr_usage);
	ip_usage_exit(c, ip_types_usage);
}

/* A word that selects addresses by a flag; false: it is none. */
static bool get_filter(struct ip_filter *f, const char *arg)
{
	const struct ifa_flag *flag;
	bool negative = *arg == '-';

	arg += negative;
	if (is_word(arg, "dynamic")) {
		negative = !negative;
		arg = "permanent";
	} else if (is_word(arg, "primary")) {
		negative = !negative;
		arg = "secondary";
	}
	flag = ifa_flag_by_name(arg);
	if (!flag)
		return false;
	if (is_word(arg, "temporary"))
		f->family = AF_INET6;
	if (negative)
		f->flags &= ~flag->mask;
	else
		f->flags |= flag->mask;
	f->flagmask |= flag->mask;
	return true;
}

static void filter_type(struct ipr *c, struct ip_filter *f)
{
	const char *arg = next_arg(c);
	size_t len = strlen(arg);

	if (len > 6 && is_word(arg + len - 6, "_slave"))
		f->slave_kind = ng_task_strndup(c->task, arg, len - 6);
	else
		f->kind = arg;
}

static void filter_scope(struct ipr *c, struct ip_filter *f)
{
	const char *arg = next_arg(c);

	f->scopemask = 0xffffffff;
	if (rtnl_rtscope_a2n(c, &f->scope, arg)) {
		if (!is_word(arg, "all"))
			invarg(c, "invalid \"scope\"\n", arg);
		f->scope = RT_SCOPE_NOWHERE;
		f->scopemask = 0;
	}
}

static void filter_master(struct ipr *c, struct ip_filter *f)
{
	const char *arg = next_arg(c);

	f->master = (int)ll_name_to_index(c, arg);
	if (!f->master)
		invarg(c, "Device does not exist\n", arg);
}

/* One selector and its value; the device goes to *ret_dev. */
static void filter_word(struct ipr *c, struct ip_filter *f, const char **ret_dev)
{
	const char *w = c->argv[0];

	if (is_word(w, "to")) {
		get_prefix(c, &f->pfx, next_arg(c), f->family);
		if (f->family == AF_UNSPEC)
			f->family = f->pfx.family;
	} else if (is_word(w, "scope")) {
		filter_scope(c, f);
	} else if (is_word(w, "up")) {
		f->up = true;
	} else if (get_filter(f, w)) {
		return;
	} else if (is_word(w, "label")) {
		f->label = next_arg(c);
	} else if (is_word(w, "group")) {
		if (rtnl_group_a2n(c, &f->group, next_arg(c)))
			invarg(c, "Invalid \"group\" value\n", c->argv[0]);
	} else if (is_word(w, "master")) {
		filter_master(c, f);
	} else if (is_word(w, "vrf")) {
		invalid_vrf(c, "Not a valid VRF name\n", next_arg(c));
	} else if (is_word(w, "nomaster")) {
		f->master = -1;
	} else if (is_word(w, "type")) {
		filter_type(c, f);
	} else {
		if (is_word(w, "dev"))
			next_arg(c);
		else if (matches(w, "help") && c->do_link)
			iplink_usage(c);
		else if (matches(w, "help"))
			addr_usage(c);
		if (*ret_dev)
			duparg2(c, "dev", c->argv[0]);
		*ret_dev = c->argv[0];
	}
}

static void dump_addrs(struct ipr *c, struct ip_filter *f, rtnl_filter_t fn, void *arg,
		       const char *what)
{
	struct ifaddrmsg *ifa;
	struct nl_buf b;
	int rc;

	ifa = rtnl_req(c->task, &b, RTM_GETADDR, 0, sizeof(*ifa));
	ifa->ifa_family = (uint8_t)f->family;
	ifa->ifa_index = f->ifindex;
	rc = rtnl_dump_request_padded(&c->rth, &b, 128);
	if (rc < 0) {
		ng_printf(c->err, "Cannot send dump request: %s\n", ng_strerror(-rc));
		ipr_exit(c, 1);
	}
	if (rtnl_dump_filter(&c->rth, fn, arg) < 0) {
		ng_printf(c->err, "%s terminated\n", what);
		ipr_exit(c, 1);
	}
}

static void dump_links(struct ipr *c, struct ip_filter *f, struct nlmsg_chain *chain)
{
	struct ifinfomsg *ifi;
	struct nl_buf b;
	size_t nest;
	int rc;

	ifi = rtnl_req(c->task, &b, RTM_GETLINK, 0, sizeof(*ifi));
	ifi->ifi_family = (uint8_t)c->family;
	if (c->family == AF_UNSPEC || c->family == AF_PACKET)
		addattr32(&b, IFLA_EXT_MASK, RTEXT_FILTER_VF);
	if (f->master)
		addattr32(&b, IFLA_MASTER, (uint32_t)f->master);
	if (f->kind) {
		nest = nla_nest_start(&b, IFLA_LINKINFO);
		addattr_l(&b, IFLA_INFO_KIND, f->kind, strlen(f->kind));
		nla_nest_end(&b, nest);
	}
	rc = rtnl_dump_request(&c->rth, &b);
	if (rc < 0) {
		ng_printf(c->err, "Cannot send dump request: %s\n", ng_strerror(-rc));
		ipr_exit(c, 1);
	}
	if (rtnl_dump_filter(&c->rth, keep_msg, chain) < 0) {
		ng_printf(c->err, "Dump terminated\n");
		ipr_exit(c, 1);
	}
}

/* The one interface that was named, for `ip addr show DEV`. */
static int get_link(struct ipr *c, struct ip_filter *f, struct nlmsg_chain *chain)
{
	struct nlmsghdr *answer = NULL;
	struct ifinfomsg *ifi;
	struct nl_buf b;

	ifi = rtnl_req(c->task, &b, RTM_GETLINK, NLM_F_REQUEST, sizeof(*ifi));
	ifi->ifi_family = (uint8_t)f->family;
	ifi->ifi_index = (int)f->ifindex;
	addattr32(&b, IFLA_EXT_MASK,
		  c->stats ? RTEXT_FILTER_VF : RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS);
	if (rtnl_talk(&c->rth, &b, &answer) < 0 || !answer) {
		ng_printf(c->err, "Cannot send link request: %s\n", ng_strerror(errno));
		return 1;
	}
	return keep_msg(answer, chain) < 0 ? 1 : 0;
}

/* `ip link show DEV`: asked by name. */
static int iplink_get(struct ipr *c, struct ip_filter *f, const char *name)
{
	struct nlmsghdr *answer = NULL;
	struct ifinfomsg *ifi;
	struct nl_buf b;
	int rc;

	ifi = rtnl_req(c->task, &b, RTM_GETLINK, NLM_F_REQUEST, sizeof(*ifi));
	ifi->ifi_family = (uint8_t)c->family;
	addattrstrz(&b, check_ifname(name) ? IFLA_ALT_IFNAME : IFLA_IFNAME, name);
	addattr32(&b, IFLA_EXT_MASK, RTEXT_FILTER_VF);
	rc = rtnl_talk(&c->rth, &b, &answer);
	if (rc < 0 || !answer)
		return rc < 0 ? rc : -ENODEV;
	open_json_object(c, NULL);
	print_linkinfo(c, answer, f, true);
	close_json_object(c);
	return 0;
}

/* Takes the links out that have no address the filter wants. */
static void filter_links(struct ip_filter *f, struct nlmsg_chain *links,
			 const struct nlmsg_chain *addrs, struct ipr *c)
{
	struct nlmsg_kept **lp = &links->head;
	const struct nlmsg_kept *a;
	const struct ifinfomsg *ifi;
	const struct ifaddrmsg *ifa;
	bool none;
	bool ok;

	while (*lp) {
		ifi = nlmsg_data(&(*lp)->h);
		none = true;
		ok = false;
		for (a = addrs->head; a && !ok; a = a->next) {
			ifa = nlmsg_data(&a->h);
			if ((int)ifa->ifa_index != ifi->ifi_index)
				continue;
			none = false;
			ok = addr_wanted(c, &a->h, f);
		}
		if (ok || (none && (f->family == AF_UNSPEC || f->family == AF_PACKET)))
			lp = &(*lp)->next;
		else
			*lp = (*lp)->next;
	}
}

static void print_addrs_of(struct ipr *c, const struct ifinfomsg *ifi,
			   const struct nlmsg_chain *addrs, const struct ip_filter *f)
{
	const struct ifaddrmsg *ifa;
	const struct nlmsg_kept *a;

	open_json_array(c, PRINT_JSON, "addr_info");
	for (a = addrs->head; a; a = a->next) {
		ifa = nlmsg_data(&a->h);
		if (a->h.nlmsg_type != RTM_NEWADDR || (int)ifa->ifa_index != ifi->ifi_index)
			continue;
		if (f->family && f->family != ifa->ifa_family)
			continue;
		if (f->up && !(ifi->ifi_flags & IFF_UP))
			continue;
		open_json_object(c, NULL);
		print_addrinfo(c, &a->h, f);
		close_json_object(c);
	}
	close_json_array(c, PRINT_JSON, NULL);
	if (c->brief)
		print_string(c, PRINT_FP, NULL, "%s", "\n");
}

static void print_link_stats(struct ipr *c, const struct nlmsghdr *n)
{
	const struct nlattr *tb[IFLA_MAX + 1];

	nlmsg_parse(n, sizeof(struct ifinfomsg), tb, IFLA_MAX);
	print_stats64(c, tb);
	print_string(c, PRINT_FP, NULL, "%s", "\n");
}

static int list_all(struct ipr *c, struct ip_filter *f, const char *dev)
{
	bool do_link = c->do_link;
	struct nlmsg_chain links = { .c = c };
	struct nlmsg_chain addrs = { .c = c };
	const struct nlmsg_kept *l;
	bool no_link = false;
	int res;

	links.tail = &links.head;
	addrs.tail = &addrs.head;
	new_json_obj(c);
	if (dev && f->group == -1 && do_link) {
		res = iplink_get(c, f, dev);
		if (res < 0) {
			ng_printf(c->err, "Cannot send link get request: %s\n", ng_strerror(-res));
			delete_json_obj(c);
			ipr_exit(c, 1);
		}
		delete_json_obj(c);
		return 0;
	}
	if (f->ifindex) {
		if (get_link(c, f, &links))
			return 0;
	} else {
		dump_links(c, f, &links);
	}
	if (f->family != AF_PACKET) {
		no_link = f->oneline;
		dump_addrs(c, f, keep_msg, &addrs, "Dump");
		filter_links(f, &links, &addrs, c);
	}
	for (l = links.head; l; l = l->next) {
		res = 0;
		open_json_object(c, NULL);
		if (c->brief || !no_link)
			res = print_linkinfo(c, &l->h, f, do_link);
		if (res >= 0 && f->family != AF_PACKET)
			print_addrs_of(c, nlmsg_data(&l->h), &addrs, f);
		if (res > 0 && !do_link && c->stats)
			print_link_stats(c, &l->h);
		close_json_object(c);
	}
	delete_json_obj(c);
	return 0;
}

/* Sends the RTM_DELADDRs gathered in a round. */
static int flush_update(struct ipr *c, struct ip_filter *f)
{
	int rc = rtnl_send_check(&c->rth, f->flushb);

	f->flushb->len = 0;
	/* removing a primary address removed its secondaries too */
	if (rc < 0 && rc != -EADDRNOTAVAIL) {
		ng_printf(c->err, "Failed to send flush request: %s\n", ng_strerror(-rc));
		return -1;
	}
	return 0;
}

static int flush_one(const struct nlmsghdr *n, void *arg)
{
	struct ipr *c = arg;
	struct ip_filter *f = c->filter;
	struct nlmsghdr *del;

	if (n->nlmsg_type != RTM_NEWADDR || !addr_wanted(c, n, f))
		return 0;
	if (f->flushb->len + NLMSG_ALIGN(n->nlmsg_len) > 4096 - 512 && flush_update(c, f))
		return -1;
	del = nl_buf_put(f->flushb, NLMSG_ALIGN(n->nlmsg_len));
	memcpy(del, n, n->nlmsg_len);
	del->nlmsg_type = RTM_DELADDR;
	del->nlmsg_flags = NLM_F_REQUEST;
	del->nlmsg_seq = ++c->rth.seq;
	f->flushed++;
	if (c->stats >= 2)
		print_addrinfo(c, n, f);
	return 0;
}

static int ipaddr_flush(struct ipr *c, struct ip_filter *f)
{
	struct nl_buf b;
	int round = 0;

	rtnl_req(c->task, &b, 0, 0, 0);
	b.len = 0;
	f->flushb = &b;
	c->filter = f;
	while (c->max_flush_loops == 0 || round < c->max_flush_loops) {
		f->flushed = 0;
		dump_addrs(c, f, flush_one, c, "Flush");
		if (f->flushed == 0)
			goto done;
		round++;
		if (flush_update(c, f) < 0)
			return 1;
		if (c->stats)
			ng_printf(c->out, "\n*** Round %d, deleting %d addresses ***\n", round,
				  f->flushed);
		/* "primary": one round, or promoted secondaries would go too */
		if (!(f->flags & IFA_F_SECONDARY) && f->flagmask & IFA_F_SECONDARY)
			goto done;
	}
	ng_printf(c->err, "*** Flush remains incomplete after %d rounds. ***\n",
		  c->max_flush_loops);
	return 1;
done:
	if (c->stats && round == 0)
		ng_puts(c->out, "Nothing to flush.\n");
	else if (c->stats)
		ng_printf(c->out, "*** Flush is complete after %d round%s ***\n", round,
			  round > 1 ? "s" : "");
	return 0;
}

static int save_addrs(struct ipr *c, struct ip_filter *f)
{
	dump_addrs(c, f, ip_dump_write, c, "Save");
	return 0;
}

static int list_or_flush(struct ipr *c, enum ip_action action)
{
	struct ip_filter *f = ng_task_alloc(c->task, sizeof(*f));
	const char *dev = NULL;

	f->showqueue = true;
	f->oneline = c->oneline;
	f->family = c->family;
	f->group = -1;
	if (action == IP_FLUSH && c->argc <= 0) {
		ng_printf(c->err, "Flush requires arguments.\n");
		return -1;
	}
	if (action == IP_FLUSH && f->family == AF_PACKET) {
		ng_printf(c->err, "Cannot flush link addresses.\n");
		return -1;
	}
	for (; c->argc > 0; next_arg_fwd(c))
		filter_word(c, f, &dev);
	if (dev) {
		f->ifindex = ll_name_to_index(c, dev);
		if (!f->ifindex) {
			ng_printf(c->err, "Device \"%s\" does not exist.\n", dev);
			return -1;
		}
	}
	if (action == IP_SAVE)
		return ip_dump_begin(c, ADDR_DUMP_MAGIC) ? 1 : save_addrs(c, f);
	return action == IP_FLUSH ? ipaddr_flush(c, f) : list_all(c, f, dev);
}

/**
 * ipaddr_list_link() - ip link show
 * @c: the run; the cursor is behind "show"
 *
 * Return: 0 or the negative status.
 */
int ipaddr_list_link(struct ipr *c)
{
	c->family = AF_PACKET;
	/* stays so: with -batch, iproute2 shows links in later "address" commands too */
	c->do_link = true;
	return list_or_flush(c, IP_LIST);
}

/**
 * do_ipaddr() - The object "address"
 * @c: the run
 *
 * Return: 0 or the negative status.
 */
int do_ipaddr(struct ipr *c)
{
	const char *w = c->argc > 0 ? c->argv[0] : "list";

	next_arg_fwd(c);
	if (c->argc < 0)
		return list_or_flush(c, IP_LIST);
	if (matches(w, "add"))
		return ipaddr_modify(c, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL);
	if (matches(w, "change") || is_word(w, "chg"))
		return ipaddr_modify(c, RTM_NEWADDR, NLM_F_REPLACE);
	if (matches(w, "replace"))
		return ipaddr_modify(c, RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE);
	if (matches(w, "delete"))
		return ipaddr_modify(c, RTM_DELADDR, 0);
	if (matches(w, "show") || matches(w, "lst") || matches(w, "list"))
		return list_or_flush(c, IP_LIST);
	if (matches(w, "flush"))
		return list_or_flush(c, IP_FLUSH);
	if (matches(w, "save"))
		return list_or_flush(c, IP_SAVE);
	if (matches(w, "showdump"))
		return ipaddr_showdump(c);
	if (matches(w, "restore"))
		return ipaddr_restore(c);
	if (matches(w, "help"))
		addr_usage(c);
	prev_arg(c);
	ip_unknown_command(c, "address");
}
