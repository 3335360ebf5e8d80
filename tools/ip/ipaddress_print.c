/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipaddress_print.c - the lines of ip address show
 *
 * mirrors print_addrinfo() of iproute2's ip/ipaddress.c
 */
#include "ip_common.h"
#include "ipaddress.h"

#include <fnmatch.h>

static const struct ifa_flag ifa_flags[] = {
	{ "secondary", IFA_F_SECONDARY, AF_UNSPEC, true },
	{ "temporary", IFA_F_SECONDARY, AF_INET6, true },
	{ "nodad", IFA_F_NODAD, AF_INET6, false },
	{ "optimistic", IFA_F_OPTIMISTIC, AF_INET6, false },
	{ "dadfailed", IFA_F_DADFAILED, AF_INET6, true },
	{ "home", IFA_F_HOMEADDRESS, AF_INET6, false },
	{ "deprecated", IFA_F_DEPRECATED, AF_UNSPEC, true },
	{ "tentative", IFA_F_TENTATIVE, AF_INET6, true },
	{ "permanent", IFA_F_PERMANENT, AF_UNSPEC, true },
	{ "mngtmpaddr", IFA_F_MANAGETEMPADDR, AF_INET6, false },
	{ "noprefixroute", IFA_F_NOPREFIXROUTE, AF_UNSPEC, false },
	{ "autojoin", IFA_F_MCAUTOJOIN, AF_UNSPEC, false },
	{ "stable-privacy", IFA_F_STABLE_PRIVACY, AF_UNSPEC, true },
};

#define N_IFA_FLAGS (sizeof(ifa_flags) / sizeof(ifa_flags[0]))

/**
 * ifa_flag_by_name() - A flag of an address
 * @name: its word
 *
 * Return: the flag, NULL when there is none.
 */
const struct ifa_flag *ifa_flag_by_name(const char *name)
{
	size_t i;

	for (i = 0; i < N_IFA_FLAGS; i++) {
		if (is_word(name, ifa_flags[i].name))
			return &ifa_flags[i];
	}
	return NULL;
}

/**
 * ifa_flags_of() - The flags of an address
 * @ifa: the message's header
 * @tb: its attributes
 *
 * Return: IFA_F_...
 */
uint32_t ifa_flags_of(const struct ifaddrmsg *ifa, const struct nlattr *const *tb)
{
	return tb[IFA_FLAGS] ? nla_get_u32(tb[IFA_FLAGS]) : ifa->ifa_flags;
}

static bool label_matches(struct ipr *c, const struct ip_filter *f, unsigned int idx,
			  const struct nlattr *nla)
{
	char label[64];

	if (!f->label)
		return true;
	if (nla)
		nla_strscpy(label, nla, sizeof(label));
	return fnmatch(f->label, nla ? label : ll_index_to_name(c, idx), 0) == 0;
}

static bool prefix_matches(const struct ip_filter *f, const struct nlattr *nla)
{
	struct inet_prefix dst = { 0 };

	if (!f->pfx.family || f->pfx.bitlen <= 0)
		return true;
	if (!nla || nla_len(nla) > sizeof(dst.data))
		return false;
	memcpy(dst.data, nla_data(nla), nla_len(nla));
	return addr_matches(&dst, &f->pfx, f->pfx.bitlen);
}

/**
 * addr_wanted() - Does the filter let this address through?
 * @c: the run
 * @n: RTM_NEWADDR
 * @f: the filter
 *
 * Return: true when it does.
 */
bool addr_wanted(struct ipr *c, const struct nlmsghdr *n, const struct ip_filter *f)
{
	const struct ifaddrmsg *ifa = nlmsg_data(n);
	const struct nlattr *tb[IFA_MAX + 1];

	nlmsg_parse(n, sizeof(*ifa), tb, IFA_MAX);
	if (f->ifindex && f->ifindex != ifa->ifa_index)
		return false;
	if ((f->scope ^ ifa->ifa_scope) & f->scopemask)
		return false;
	if ((f->flags ^ ifa_flags_of(ifa, tb)) & f->flagmask)
		return false;
	if (!label_matches(c, f, ifa->ifa_index, tb[IFA_LABEL]))
		return false;
	if (!prefix_matches(f, tb[IFA_LOCAL] ? tb[IFA_LOCAL] : tb[IFA_ADDRESS]))
		return false;
	return !f->family || f->family == ifa->ifa_family;
}

static void print_flags(struct ipr *c, const struct ifaddrmsg *ifa, uint32_t flags)
{
	const struct ifa_flag *f;
	size_t i;

	for (i = 0; i < N_IFA_FLAGS; i++) {
		f = &ifa_flags[i];
		if (f->mask == IFA_F_PERMANENT) {
			if (!(flags & f->mask))
				print_bool(c, PRINT_ANY, "dynamic", "dynamic ", true);
		} else if (flags & f->mask) {
			if (f->mask == IFA_F_SECONDARY && ifa->ifa_family == AF_INET6)
				f = &ifa_flags[1];
			print_bool(c, PRINT_ANY, f->name, ipr_strf(c, "%s ", f->name), true);
		}
		flags &= ~ifa_flags[i].mask;
	}
	if (flags)
		print_string(c, PRINT_ANY, "ifa_flags", "flags %s ", ipr_strf(c, "%02x", flags));
}

static void print_lifetime(struct ipr *c, const char *key, uint32_t lft, bool is_signed)
{
	if (lft == 0xffffffff) {
		print_uint(c, PRINT_JSON, key, NULL, lft);
		print_string(c, PRINT_FP, NULL, "%s", "forever");
	} else if (is_signed) {
		print_int(c, PRINT_ANY, key, "%dsec", (int)lft);
	} else {
		print_uint(c, PRINT_ANY, key, "%usec", lft);
	}
}

static void print_cacheinfo(struct ipr *c, const struct nlattr *nla, uint32_t flags)
{
	struct ifa_cacheinfo ci;

	if (nla_len(nla) < sizeof(ci))
		return;
	memcpy(&ci, nla_data(nla), sizeof(ci));
	print_nl(c);
	print_string(c, PRINT_FP, NULL, "       %s ", "valid_lft");
	print_lifetime(c, "valid_life_time", ci.ifa_valid, false);
	print_string(c, PRINT_FP, NULL, " %s ", "preferred_lft");
	print_lifetime(c, "preferred_life_time", ci.ifa_prefered, flags & IFA_F_DEPRECATED);
}

static void print_local(struct ipr *c, const struct ifaddrmsg *ifa, const struct nlattr *const *tb)
{
	const struct nlattr *local = tb[IFA_LOCAL] ? tb[IFA_LOCAL] : tb[IFA_ADDRESS];
	const struct nlattr *peer = tb[IFA_ADDRESS];
	enum color_attr color = ifa_family_color(ifa->ifa_family);

	if (!local)
		return;
	print_color_string(c, PRINT_ANY, color, "local", "%s",
			   format_host_rta(c, ifa->ifa_family, local));
	if (peer && (nla_len(peer) != nla_len(local) ||
		     memcmp(nla_data(peer), nla_data(local), nla_len(local)) != 0)) {
		print_string(c, PRINT_FP, NULL, " %s ", "peer");
		print_color_string(c, PRINT_ANY, color, "address", "%s",
				   format_host_rta(c, ifa->ifa_family, peer));
	}
	print_int(c, PRINT_ANY, "prefixlen", "/%d ", ifa->ifa_prefixlen);
	if (tb[IFA_RT_PRIORITY])
		print_uint(c, PRINT_ANY, "metric", "metric %u ", nla_get_u32(tb[IFA_RT_PRIORITY]));
}

static void print_head(struct ipr *c, const struct ifaddrmsg *ifa, const struct ip_filter *f)
{
	const char *name = family_name(ifa->ifa_family);
	const char *dev;

	if (f->oneline || f->flushb) {
		dev = ll_index_to_name(c, ifa->ifa_index);
		if (is_json_context(c)) {
			print_int(c, PRINT_JSON, "index", NULL, (int)ifa->ifa_index);
			print_string(c, PRINT_JSON, "dev", NULL, dev);
		} else {
			ng_printf(c->out, "%u: %s", ifa->ifa_index, dev);
		}
	}
	if (*name != '?')
		print_string(c, PRINT_ANY, "family", "    %s ", name);
	else
		print_int(c, PRINT_ANY, "family_index", "    family %d ", ifa->ifa_family);
}

/**
 * print_addrinfo() - One address
 * @c: the run
 * @n: RTM_NEWADDR
 * @f: the filter
 *
 * Return: 0.
 */
int print_addrinfo(struct ipr *c, const struct nlmsghdr *n, const struct ip_filter *f)
{
	const struct ifaddrmsg *ifa = nlmsg_data(n);
	const struct nlattr *tb[IFA_MAX + 1];
	enum color_attr color = ifa_family_color(ifa->ifa_family);
	char label[64];
	uint32_t flags;

	nlmsg_parse(n, sizeof(*ifa), tb, IFA_MAX);
	if (!addr_wanted(c, n, f))
		return 0;
	flags = ifa_flags_of(ifa, tb);
	if (n->nlmsg_type == RTM_DELADDR)
		print_bool(c, PRINT_ANY, "deleted", "Deleted ", true);
	if (!c->brief)
		print_head(c, ifa, f);
	print_local(c, ifa, tb);
	if (c->brief)
		return 0;
	if (tb[IFA_BROADCAST]) {
		print_string(c, PRINT_FP, NULL, "%s ", "brd");
		print_color_string(c, PRINT_ANY, color, "broadcast", "%s ",
				   format_host_rta(c, ifa->ifa_family, tb[IFA_BROADCAST]));
	}
	if (tb[IFA_ANYCAST]) {
		print_string(c, PRINT_FP, NULL, "%s ", "any");
		print_color_string(c, PRINT_ANY, color, "anycast", "%s ",
				   format_host_rta(c, ifa->ifa_family, tb[IFA_ANYCAST]));
	}
	print_string(c, PRINT_ANY, "scope", "scope %s ", rtnl_rtscope_n2a(c, ifa->ifa_scope));
	print_flags(c, ifa, flags);
	if (tb[IFA_LABEL]) {
		nla_strscpy(label, tb[IFA_LABEL], sizeof(label));
		print_string(c, PRINT_ANY, "label", "%s", label);
	}
	if (tb[IFA_CACHEINFO])
		print_cacheinfo(c, tb[IFA_CACHEINFO], flags);
	print_string(c, PRINT_FP, NULL, "%s", "\n");
	return 0;
}
