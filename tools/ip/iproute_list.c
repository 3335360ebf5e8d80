/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iproute_list.c - ip route show, flush, save
 *
 * mirrors iproute2's ip/iproute.c
 */
#include "ip_common.h"
#include "usage.h"

#include <fcntl.h>
#include <netglass/syscall.h>

static _Noreturn void route_usage(struct ipr *c)
{
	ip_usage_exit(c, ip_route_usage);
}

static int flush_update(struct ipr *c, struct route_filter *f)
{
	int rc = rtnl_send_check(&c->rth, f->flushb);

	f->flushb->len = 0;
	if (rc < 0) {
		ng_printf(c->err, "Failed to send flush request: %s\n", ng_strerror(-rc));
		return -2;
	}
	return 0;
}

/* One message of the dump: printed, saved, or queued for removal. */
static int list_one(const struct nlmsghdr *n, void *arg)
{
	const struct nlattr *tb[RTA_MAX + 1];
	struct ipr *c = arg;
	struct route_filter *f = c->filter;
	struct nlmsghdr *del;

	if (n->nlmsg_type == RTM_NEWROUTE &&
	    (nlmsg_parse(n, sizeof(struct rtmsg), tb, RTA_MAX) < 0 || !filter_nlmsg(c, n, tb, 0)))
		return 0;
	if (f->flushb) {
		if (f->flushb->len + NLMSG_ALIGN(n->nlmsg_len) > 4096 - 512 && flush_update(c, f))
			return -1;
		del = nl_buf_put(f->flushb, NLMSG_ALIGN(n->nlmsg_len));
		memcpy(del, n, n->nlmsg_len);
		del->nlmsg_type = RTM_DELROUTE;
		del->nlmsg_flags = NLM_F_REQUEST;
		del->nlmsg_seq = ++c->rth.seq;
		f->flushed++;
		if (c->stats < 2)
			return 0;
	}
	return f->save ? ip_dump_write(n, c) : print_route(c, n);
}

static int dump_routes(struct ipr *c, struct route_filter *f, int family, const char *what)
{
	struct nl_buf b;
	struct rtmsg *r;
	size_t body;
	int rc;

	r = rtnl_req(c->task, &b, RTM_GETROUTE, 0, sizeof(*r));
	r->rtm_family = (uint8_t)family;
	r->rtm_protocol = (uint8_t)f->protocol;
	if (f->cloned)
		r->rtm_flags |= RTM_F_CLONED;
	body = b.len;
	if (f->tb)
		addattr32(&b, RTA_TABLE, (uint32_t)f->tb);
	if (f->oif)
		addattr32(&b, RTA_OIF, f->oif);
	rc = rtnl_dump_request_padded(&c->rth, &b, 128 - (b.len - body));
	if (rc < 0) {
		ng_printf(c->err, "Cannot send dump request: %s\n", ng_strerror(-rc));
		return -2;
	}
	if (!f->flushb)
		new_json_obj(c);
	c->rth.none_ok = !f->flushb && f->tb == RT_TABLE_MAIN;
	if (rtnl_dump_filter(&c->rth, list_one, c) < 0) {
		ng_printf(c->err, "%s terminated\n", what);
		return -2;
	}
	if (!f->flushb)
		delete_json_obj(c);
	return 0;
}

static int flush_cache(struct ipr *c)
{
	static const char path[] = "/proc/sys/net/ipv4/route/flush";
	int fd = ng_sys_open(c->task, path, O_WRONLY, 0);

	if (fd < 0) {
		ng_printf(c->err, "Cannot open \"%s\": %s\n", path, ng_strerror(-fd));
		return -1;
	}
	if (ng_sys_write(c->task, fd, "-1", 2) < 2)
		ng_printf(c->err, "Cannot flush routing cache\n");
	ng_sys_close(c->task, fd);
	return 0;
}

static int iproute_flush(struct ipr *c, struct route_filter *f, int family)
{
	struct nl_buf b;
	int round = 0;

	if (f->cloned) {
		if (family != AF_INET6) {
			flush_cache(c);
			if (c->stats)
				ng_puts(c->out, "*** IPv4 routing cache is flushed.\n");
		}
		if (family == AF_INET)
			return 0;
	}
	rtnl_req(c->task, &b, 0, 0, 0);
	b.len = 0;
	f->flushb = &b;
	for (;;) {
		f->flushed = 0;
		if (dump_routes(c, f, family, "Flush"))
			return -2;
		if (f->flushed == 0)
			break;
		round++;
		if (flush_update(c, f) < 0)
			return -2;
		if (c->stats)
			ng_printf(c->out, "\n*** Round %d, deleting %d entries ***\n", round,
				  f->flushed);
	}
	if (c->stats && round == 0 && (!f->cloned || family == AF_INET6))
		ng_puts(c->out, "Nothing to flush.\n");
	else if (c->stats)
		ng_printf(c->out, "*** Flush is complete after %d round%s ***\n", round,
			  round > 1 ? "s" : "");
	return 0;
}

static void filter_table(struct ipr *c, struct route_filter *f)
{
	uint32_t id;

	if (rtnl_rttable_a2n(c, &id, next_arg(c)) == 0) {
		f->tb = (int)id;
		return;
	}
	if (is_word(c->argv[0], "all"))
		f->tb = 0;
	else if (is_word(c->argv[0], "cache"))
		f->cloned = true;
	else if (is_word(c->argv[0], "help"))
		route_usage(c);
	else
		invarg(c, "table id value is invalid\n", c->argv[0]);
}

static void filter_scope(struct ipr *c, struct route_filter *f)
{
	uint32_t v;

	f->scopemask = -1;
	if (rtnl_rtscope_a2n(c, &v, next_arg(c))) {
		if (!is_word(c->argv[0], "all"))
			invarg(c, "invalid \"scope\"\n", c->argv[0]);
		v = RT_SCOPE_NOWHERE;
		f->scopemask = 0;
	}
	f->scope = (int)v;
}

static void filter_protocol(struct ipr *c, struct route_filter *f)
{
	uint32_t v;

	f->protocolmask = -1;
	if (rtnl_rtprot_a2n(c, &v, next_arg(c))) {
		if (!is_word(c->argv[0], "all"))
			invarg(c, "invalid \"protocol\"\n", c->argv[0]);
		v = 0;
		f->protocolmask = 0;
	}
	f->protocol = (int)v;
}

/* "FROM/TO", or one of both: "FROM/", "TO" */
static void filter_realms(struct ipr *c, struct route_filter *f)
{
	const char *arg = next_arg(c);
	char *from = ng_task_strdup(c->task, arg), *slash = strchr(from, '/');
	const char *to = slash ? slash + 1 : from;
	uint32_t high = 0, low = 0;

	if (slash)
		*slash = '\0';
	if ((slash && rtnl_rtrealm_a2n(c, &high, from)) || (*to && rtnl_rtrealm_a2n(c, &low, to)))
		invarg(c, "invalid realms\n", arg);
	f->realm = (int)(high << 16 | low);
	f->realmmask = !slash ? 0xffff : *to ? -1 : ~0xffff;
}

/* "root P", "match P", "exact P" or "P" */
static void filter_prefix(struct ipr *c, struct inet_prefix *root, struct inet_prefix *match,
			  int family)
{
	if (matches(c->argv[0], "root")) {
		get_prefix(c, root, next_arg(c), family);
	} else if (matches(c->argv[0], "match")) {
		get_prefix(c, match, next_arg(c), family);
	} else {
		if (matches(c->argv[0], "exact"))
			next_arg(c);
		if (matches(c->argv[0], "help"))
			route_usage(c);
		get_prefix(c, match, c->argv[0], family);
		*root = *match;
	}
}

struct list_args {
	const char *idev;
	const char *odev;
	int family;
};

static void filter_via(struct ipr *c, struct route_filter *f, int family)
{
	int fam = read_family(next_arg(c));

	if (fam == AF_UNSPEC)
		fam = family;
	else
		next_arg(c);
	get_prefix(c, &f->rvia, c->argv[0], fam);
}

static bool filter_number(struct ipr *c, struct route_filter *f)
{
	const char *w = c->argv[0];
	unsigned int v;
	int type;

	if (is_word(w, "tos") || matches(w, "dsfield")) {
		f->tosmask = -1;
		if (rtnl_dsfield_a2n(c, &v, next_arg(c)))
			invarg(c, "TOS value is invalid\n", c->argv[0]);
		f->tos = (int)v;
	} else if (matches(w, "protocol")) {
		filter_protocol(c, f);
	} else if (matches(w, "scope")) {
		filter_scope(c, f);
	} else if (matches(w, "realms")) {
		filter_realms(c, f);
	} else if (matches(w, "type")) {
		if (rtnl_rtntype_a2n(&type, next_arg(c)))
			invarg(c, "node type value is invalid\n", c->argv[0]);
		f->typemask = 1 << type;
	} else if (is_word(w, "mark")) {
		if (get_unsigned(&v, next_arg(c), 0))
			invarg(c, "invalid mark value", c->argv[0]);
		f->mark = (int)v;
		f->markmask = -1;
	} else if (matches(w, "metric") || matches(w, "priority") || is_word(w, "preference")) {
		if (get_u32(&f->metric, next_arg(c), 0))
			invarg(c, "\"metric\" value is invalid\n", c->argv[0]);
		f->metricmask = 0xffffffff;
	} else {
		return false;
	}
	return true;
}

static void filter_word(struct ipr *c, struct route_filter *f, struct list_args *a)
{
	const char *w = c->argv[0];

	if (matches(w, "table")) {
		filter_table(c, f);
	} else if (is_word(w, "vrf")) {
		invalid_vrf(c, "Invalid VRF\n", next_arg(c));
	} else if (is_word(w, "cache") || is_word(w, "cached") || is_word(w, "cloned")) {
		f->cloned = true;
	} else if (is_word(w, "dev") || is_word(w, "oif")) {
		a->odev = next_arg(c);
	} else if (is_word(w, "iif")) {
		a->idev = next_arg(c);
	} else if (filter_number(c, f)) {
		return;
	} else if (is_word(w, "via")) {
		filter_via(c, f, a->family);
	} else if (is_word(w, "src")) {
		get_prefix(c, &f->rprefsrc, next_arg(c), a->family);
	} else if (matches(w, "from")) {
		next_arg(c);
		filter_prefix(c, &f->rsrc, &f->msrc, a->family);
	} else {
		if (matches(w, "to"))
			next_arg(c);
		filter_prefix(c, &f->rdst, &f->mdst, a->family);
	}
}

static int filter_dev(struct ipr *c, const char *dev, unsigned int *ret_idx, int *ret_mask)
{
	if (!dev)
		return 0;
	*ret_idx = ll_name_to_index(c, dev);
	*ret_mask = -1;
	return *ret_idx ? 0 : nodev(c, dev);
}

/**
 * iproute_new_filter() - A filter that lets every route through, as the run's own
 * @c: the run
 *
 * Return: the filter.
 */
struct route_filter *iproute_new_filter(struct ipr *c)
{
	struct route_filter *f = ng_task_alloc(c->task, sizeof(*f));

	f->mdst.bitlen = -1;
	f->msrc.bitlen = -1;
	c->filter = f;
	return f;
}

/**
 * iproute_list_flush() - ip route show, flush, save
 * @c: the run; the cursor is behind the command
 * @action: what to do with the routes
 *
 * Return: 0 or the negative status.
 */
int iproute_list_flush(struct ipr *c, enum ip_action action)
{
	struct route_filter *f = iproute_new_filter(c);
	struct list_args a = { .family = c->family };

	f->tb = RT_TABLE_MAIN;
	f->save = action == IP_SAVE;
	if (f->save && ip_dump_begin(c, ROUTE_DUMP_MAGIC))
		return -1;
	if (action == IP_FLUSH && c->argc <= 0) {
		ng_printf(c->err, "\"ip route flush\" requires arguments.\n");
		return -1;
	}
	for (; c->argc > 0; next_arg_fwd(c))
		filter_word(c, f, &a);
	if (a.family == AF_UNSPEC && f->tb)
		a.family = AF_INET;
	if (filter_dev(c, a.idev, &f->iif, &f->iifmask) ||
	    filter_dev(c, a.odev, &f->oif, &f->oifmask))
		return -1;
	return action == IP_FLUSH ? iproute_flush(c, f, a.family)
				  : dump_routes(c, f, a.family, "Dump");
}
