/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iproute_list.c - ip route show, flush, get
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

/* One message of the dump: printed, or queued for removal. */
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
	return print_route(c, n);
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

static struct route_filter *new_filter(struct ipr *c)
{
	struct route_filter *f = ng_task_alloc(c->task, sizeof(*f));

	f->mdst.bitlen = -1;
	f->msrc.bitlen = -1;
	c->filter = f;
	return f;
}

/**
 * iproute_list_flush() - ip route show, ip route flush
 * @c: the run; the cursor is behind the command
 * @flush: remove instead of print
 *
 * Return: 0 or the negative status.
 */
int iproute_list_flush(struct ipr *c, bool flush)
{
	struct route_filter *f = new_filter(c);
	struct list_args a = { .family = c->family };

	f->tb = RT_TABLE_MAIN;
	if (flush && c->argc <= 0) {
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
	return flush ? iproute_flush(c, f, a.family) : dump_routes(c, f, a.family, "Dump");
}

struct get_args {
	struct nl_buf b;
	struct rtmsg *r;
	const char *idev;
	const char *odev;
	unsigned int mark;
	bool connected;
	bool fib_match;
	bool from_ok;
	bool found;
};

static void get_prefix_attr(struct ipr *c, struct get_args *a, uint16_t attr, struct inet_prefix *p)
{
	if (matches(c->argv[0], "help"))
		route_usage(c);
	get_prefix(c, p, c->argv[0], a->r->rtm_family);
	if (a->r->rtm_family == AF_UNSPEC)
		a->r->rtm_family = (uint8_t)p->family;
	if (p->bytelen)
		addattr_l(&a->b, attr, p->data, p->bytelen);
}

static void get_dst(struct ipr *c, struct get_args *a)
{
	struct inet_prefix p;
	int host_len;

	if (is_word(c->argv[0], "to"))
		next_arg(c);
	get_prefix_attr(c, a, RTA_DST, &p);
	host_len = af_bit_len(a->r->rtm_family);
	if (host_len && p.bitlen != host_len) {
		ng_printf(c->err,
			  "Warning: /%u as prefix is invalid, only /%d (or none) is supported.\n",
			  p.bitlen, host_len);
		a->r->rtm_dst_len = (uint8_t)host_len;
	} else {
		a->r->rtm_dst_len = (uint8_t)p.bitlen;
	}
	a->found = true;
}

static void get_port(struct ipr *c, struct get_args *a, const char *key, uint16_t attr)
{
	uint16_t port;

	if (get_u16(&port, next_arg(c), 0))
		invarg(c, ipr_strf(c, "invalid %s\n", key), c->argv[0]);
	nla_put_be16(&a->b, attr, cpu_to_be16(port));
}

static void get_ipproto(struct ipr *c, struct get_args *a)
{
	uint8_t proto;

	next_arg(c);
	if (is_word(c->argv[0], "icmp") || is_word(c->argv[0], "tcp") || is_word(c->argv[0], "udp"))
		proto = is_word(c->argv[0], "icmp") ? 1 : is_word(c->argv[0], "tcp") ? 6 : 17;
	else if (get_u8(&proto, c->argv[0], 0))
		invarg(c, "Invalid \"ipproto\" value\n", c->argv[0]);
	addattr8(&a->b, RTA_IP_PROTO, proto);
}

static void get_word(struct ipr *c, struct get_args *a)
{
	const char *w = c->argv[0];
	struct inet_prefix p;
	uint32_t v;

	if (is_word(w, "tos") || matches(w, "dsfield")) {
		if (rtnl_dsfield_a2n(c, &v, next_arg(c)))
			invarg(c, "TOS value is invalid\n", c->argv[0]);
		a->r->rtm_tos = (uint8_t)v;
	} else if (matches(w, "from")) {
		next_arg(c);
		get_prefix_attr(c, a, RTA_SRC, &p);
		a->r->rtm_src_len = (uint8_t)p.bitlen;
		a->from_ok = true;
	} else if (matches(w, "iif")) {
		a->idev = next_arg(c);
	} else if (matches(w, "mark")) {
		if (get_unsigned(&a->mark, next_arg(c), 0))
			invarg(c, "invalid mark value", c->argv[0]);
	} else if (matches(w, "oif") || is_word(w, "dev")) {
		a->odev = next_arg(c);
	} else if (matches(w, "notify")) {
		a->r->rtm_flags |= RTM_F_NOTIFY;
	} else if (matches(w, "connected")) {
		a->connected = true;
	} else if (matches(w, "uid")) {
		if (get_unsigned(&v, next_arg(c), 0))
			invarg(c, "invalid UID\n", c->argv[0]);
		addattr32(&a->b, RTA_UID, v);
	} else if (matches(w, "fibmatch")) {
		a->fib_match = true;
	} else if (is_word(w, "sport")) {
		get_port(c, a, "sport", RTA_SPORT);
	} else if (is_word(w, "dport")) {
		get_port(c, a, "dport", RTA_DPORT);
	} else if (is_word(w, "ipproto")) {
		get_ipproto(c, a);
	} else {
		get_dst(c, a);
	}
}

/* "connected": the first answer is shown too, and must have chosen a source address. */
static int get_connected(struct ipr *c, struct nl_buf *again, struct nlmsghdr **answer)
{
	const struct nlattr *tb[RTA_MAX + 1] = { NULL };

	if (print_route(c, *answer) < 0) {
		ng_printf(c->err, "An error :-)\n");
		return -1;
	}
	nlmsg_parse(*answer, sizeof(struct rtmsg), tb, RTA_MAX);
	if (!tb[RTA_PREFSRC] && !tb[RTA_SRC]) {
		ng_printf(c->err, "Failed to connect the route\n");
		return -1;
	}
	/* iproute2 6.1 edits the answer but sends its first question again */
	return rtnl_talk(&c->rth, again, answer) < 0 || !*answer ? -2 : 0;
}

/**
 * iproute_get() - ip route get: which route the kernel would take
 * @c: the run; the cursor is behind the command
 *
 * Return: 0 or the negative status.
 */
int iproute_get(struct ipr *c)
{
	struct route_filter *f = new_filter(c);
	struct nlmsghdr *answer = NULL;
	struct nl_buf again;
	struct get_args a = { 0 };
	unsigned int idx;
	int rc;

	f->any_cloned = true;
	a.r = rtnl_req(c->task, &a.b, RTM_GETROUTE, NLM_F_REQUEST, sizeof(*a.r));
	a.r->rtm_family = (uint8_t)c->family;
	for (; c->argc > 0; next_arg_fwd(c))
		get_word(c, &a);
	if (!a.found) {
		ng_printf(c->err, "need at least a destination address\n");
		return -1;
	}
	if (a.idev) {
		idx = ll_name_to_index(c, a.idev);
		if (!idx)
			return nodev(c, a.idev);
		addattr32(&a.b, RTA_IIF, idx);
	}
	if (a.odev) {
		idx = ll_name_to_index(c, a.odev);
		if (!idx)
			return nodev(c, a.odev);
		addattr32(&a.b, RTA_OIF, idx);
	}
	if (a.mark)
		addattr32(&a.b, RTA_MARK, a.mark);
	if (a.r->rtm_family == AF_UNSPEC)
		a.r->rtm_family = AF_INET;
	if (a.r->rtm_family == AF_INET)
		a.r->rtm_flags |= RTM_F_LOOKUP_TABLE;
	if (a.fib_match)
		a.r->rtm_flags |= RTM_F_FIB_MATCH;
	again = a.b;
	again.data = ng_task_alloc(c->task, again.cap);
	memcpy(again.data, a.b.data, a.b.len);
	if (rtnl_talk(&c->rth, &a.b, &answer) < 0 || !answer)
		return -2;
	if (a.connected && !a.from_ok) {
		rc = get_connected(c, &again, &answer);
		if (rc)
			return rc;
	}
	new_json_obj(c);
	rc = print_route(c, answer);
	delete_json_obj(c);
	return rc < 0 ? -1 : 0;
}
