/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iproute_get.c - ip route get
 *
 * mirrors iproute_get() of iproute2's ip/iproute.c
 */
#include "ip_common.h"
#include "iprule.h"
#include "usage.h"

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
		ip_usage_exit(c, ip_route_usage);
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
	} else if (is_word(w, "vrf")) {
		invalid_vrf(c, "Invalid VRF\n", next_arg(c));
	} else if (matches(w, "fibmatch")) {
		a->fib_match = true;
	} else if (is_word(w, "sport")) {
		get_port(c, a, "sport", RTA_SPORT);
	} else if (is_word(w, "dport")) {
		get_port(c, a, "dport", RTA_DPORT);
	} else if (is_word(w, "ipproto")) {
		addattr8(&a->b, RTA_IP_PROTO, iprule_ipproto(c));
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
	struct route_filter *f = iproute_new_filter(c);
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
