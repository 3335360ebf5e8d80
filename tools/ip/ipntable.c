/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ipntable.c - the object "ntable": the neighbour tables' parameters
 *
 * mirrors iproute2's ip/ipntable.c
 */
#include "ip_common.h"
#include "usage.h"

#include <linux/neighbour.h>
#include <netglass/syscall.h>
#include <time.h>

struct ntable_filter {
	int family;
	uint32_t index;
	const char *name;
};

/* "word value " and the end of its line; 64-bit values are milliseconds */
struct parm {
	uint16_t type;
	bool msecs;
	bool line_end;
	const char *key;
};

static const struct parm parms[] = {
	{ NDTPA_REFCNT, false, false, "refcnt" },
	{ NDTPA_REACHABLE_TIME, true, false, "reachable" },
	{ NDTPA_BASE_REACHABLE_TIME, true, false, "base_reachable" },
	{ NDTPA_RETRANS_TIME, true, true, "retrans" },
	{ NDTPA_GC_STALETIME, true, false, "gc_stale" },
	{ NDTPA_DELAY_PROBE_TIME, true, false, "delay_probe" },
	{ NDTPA_QUEUE_LEN, false, true, "queue" },
	{ NDTPA_APP_PROBES, false, false, "app_probes" },
	{ NDTPA_UCAST_PROBES, false, false, "ucast_probes" },
	{ NDTPA_MCAST_PROBES, false, true, "mcast_probes" },
	{ NDTPA_ANYCAST_DELAY, true, false, "anycast_delay" },
	{ NDTPA_PROXY_DELAY, true, false, "proxy_delay" },
	{ NDTPA_PROXY_QLEN, false, false, "proxy_queue" },
	{ NDTPA_LOCKTIME, true, true, "locktime" },
};

static void print_parms(struct ipr *c, const struct nlattr *const *tpb)
{
	if (tpb[NDTPA_IFINDEX]) {
		print_string(c, PRINT_FP, NULL, "    ", NULL);
		print_color_string(c, PRINT_ANY, COLOR_IFNAME, "dev", "dev %s ",
				   ll_index_to_name(c, nla_get_u32(tpb[NDTPA_IFINDEX])));
		print_nl(c);
	}
	print_string(c, PRINT_FP, NULL, "    ", NULL);
	for (size_t i = 0; i < sizeof(parms) / sizeof(parms[0]); i++) {
		const struct parm *p = &parms[i];
		const char *fmt = ipr_strf(c, p->msecs ? "%s %%llu " : "%s %%u ", p->key);

		if (tpb[p->type] && p->msecs)
			print_u64(c, PRINT_ANY, p->key, fmt, nla_get_u64(tpb[p->type]));
		else if (tpb[p->type])
			print_uint(c, PRINT_ANY, p->key, fmt, nla_get_u32(tpb[p->type]));
		if (!p->line_end)
			continue;
		print_nl(c);
		if (i + 1 < sizeof(parms) / sizeof(parms[0]))
			print_string(c, PRINT_FP, NULL, "    ", NULL);
	}
}

static void print_thresholds(struct ipr *c, const struct nlattr *const *tb)
{
	static const struct {
		uint16_t type;
		const char *key, *fmt;
	} names[] = { { NDTA_THRESH1, "thresh1", "thresh1 %u " },
		      { NDTA_THRESH2, "thresh2", "thresh2 %u " },
		      { NDTA_THRESH3, "thresh3", "thresh3 %u " } };

	print_string(c, PRINT_FP, NULL, "    ", NULL);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (tb[names[i].type])
			print_uint(c, PRINT_ANY, names[i].key, names[i].fmt,
				   nla_get_u32(tb[names[i].type]));
	}
	if (tb[NDTA_GC_INTERVAL])
		print_u64(c, PRINT_ANY, "gc_interval", "gc_int %llu ",
			  nla_get_u64(tb[NDTA_GC_INTERVAL]));
	print_nl(c);
}

/* A moment @ago_ms before now */
static void print_moment(struct ipr *c, const char *key, const char *fmt, uint32_t ago_ms)
{
	time_t t = (time_t)(ng_sys_clock_realtime(c->task) / NSEC_PER_SEC - ago_ms / 1000);
	char text[32];
	struct tm tm;

	gmtime_r(&t, &tm);
	strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &tm);
	print_string(c, PRINT_ANY, key, fmt, text);
}

static void print_config(struct ipr *c, const struct nlattr *nla)
{
	struct ndt_config ndtc;

	if (!nla || nla_len(nla) < (int)sizeof(ndtc))
		return;
	memcpy(&ndtc, nla_data(nla), sizeof(ndtc));
	print_string(c, PRINT_FP, NULL, "    config ", NULL);
	print_uint(c, PRINT_ANY, "key_length", "key_len %u ", ndtc.ndtc_key_len);
	print_uint(c, PRINT_ANY, "entry_size", "entry_size %u ", ndtc.ndtc_entry_size);
	print_uint(c, PRINT_ANY, "entries", "entries %u ", ndtc.ndtc_entries);
	print_nl(c);
	print_moment(c, "last_flush", "        last_flush %s ", ndtc.ndtc_last_flush);
	print_moment(c, "last_rand", "last_rand %s ", ndtc.ndtc_last_rand);
	print_nl(c);
	print_uint(c, PRINT_ANY, "hash_rnd", "        hash_rnd %u ", ndtc.ndtc_hash_rnd);
	print_string(c, PRINT_JSON, "hash_mask", NULL, ipr_strf(c, "0x%x", ndtc.ndtc_hash_mask));
	print_uint(c, PRINT_FP, NULL, "hash_mask %08x ", ndtc.ndtc_hash_mask);
	print_uint(c, PRINT_ANY, "hash_chain_gc", "hash_chain_gc %u ", ndtc.ndtc_hash_chain_gc);
	print_uint(c, PRINT_ANY, "proxy_qlen", "proxy_qlen %u ", ndtc.ndtc_proxy_qlen);
	print_nl(c);
}

static void print_stats(struct ipr *c, const struct nlattr *nla)
{
	static const struct {
		size_t offset;
		const char *key, *fmt;
		bool line_end;
	} fields[] = {
#define STAT(name_, before_, end_) \
	{ offsetof(struct ndt_stats, ndts_##name_), #name_, before_ #name_ " %llu ", end_ }
		STAT(allocs, "    stats ", false),
		STAT(destroys, "", false),
		STAT(hash_grows, "", true),
		STAT(res_failed, "    ", false),
		STAT(lookups, "", false),
		STAT(hits, "", true),
		STAT(rcv_probes_mcast, "    ", false),
		STAT(rcv_probes_ucast, "", true),
		STAT(periodic_gc_runs, "    ", false),
		STAT(forced_gc_runs, "", true),
		STAT(table_fulls, "    ", true),
#undef STAT
	};
	struct ndt_stats stats;

	if (!nla || nla_len(nla) < (int)sizeof(stats))
		return;
	memcpy(&stats, nla_data(nla), sizeof(stats));
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		uint64_t v;

		memcpy(&v, (const char *)&stats + fields[i].offset, sizeof(v));
		print_u64(c, PRINT_ANY, fields[i].key, fields[i].fmt, v);
		if (fields[i].line_end)
			print_nl(c);
	}
}

static bool wanted(const struct ntable_filter *f, const struct ndtmsg *ndtm,
		   const struct nlattr *const *tb, const struct nlattr *const *tpb)
{
	if (f->family && f->family != ndtm->ndtm_family)
		return false;
	if (f->name && (!tb[NDTA_NAME] || !is_word(f->name, nla_data(tb[NDTA_NAME]))))
		return false;
	return !f->index || (tpb[NDTPA_IFINDEX] && nla_get_u32(tpb[NDTPA_IFINDEX]) == f->index);
}

static int print_ntable(const struct nlmsghdr *n, void *arg)
{
	const struct nlattr *tb[NDTA_MAX + 1], *tpb[NDTPA_MAX + 1] = { NULL };
	const struct ndtmsg *ndtm = nlmsg_data(n);
	struct ipr *c = arg;

	if (n->nlmsg_type != RTM_NEWNEIGHTBL)
		return 0;
	if (nlmsg_parse(n, sizeof(*ndtm), tb, NDTA_MAX) < 0 ||
	    (tb[NDTA_PARMS] && nla_parse_nested(tpb, NDTPA_MAX, tb[NDTA_PARMS])))
		return -1;
	if (!wanted(c->filter, ndtm, tb, tpb))
		return 0;
	open_json_object(c, NULL);
	print_string(c, PRINT_ANY, "family", "%s ", family_name(ndtm->ndtm_family));
	if (tb[NDTA_NAME])
		print_string(c, PRINT_ANY, "name", "%s ", nla_data(tb[NDTA_NAME]));
	print_nl(c);
	if (tb[NDTA_THRESH1] || tb[NDTA_THRESH2] || tb[NDTA_THRESH3] || tb[NDTA_GC_INTERVAL])
		print_thresholds(c, tb);
	if (c->stats)
		print_config(c, tb[NDTA_CONFIG]);
	if (tb[NDTA_PARMS])
		print_parms(c, tpb);
	if (c->stats)
		print_stats(c, tb[NDTA_STATS]);
	print_string(c, PRINT_FP, NULL, "\n", "");
	close_json_object(c);
	return 0;
}

static int do_show(struct ipr *c)
{
	struct ntable_filter f = { .family = c->family };
	struct ndtmsg *ndtm;
	struct nl_buf b;

	for (; c->argc > 0; next_arg_fwd(c)) {
		if (is_word(c->argv[0], "dev")) {
			f.index = ll_name_to_index(c, next_arg(c));
			if (!f.index)
				invarg(c, "\"DEV\" is invalid", c->argv[0]);
		} else if (is_word(c->argv[0], "name")) {
			f.name = next_arg(c);
		} else {
			invarg(c, "unknown", c->argv[0]);
		}
	}
	c->filter = &f;
	ndtm = rtnl_req(c->task, &b, RTM_GETNEIGHTBL, 0, sizeof(*ndtm));
	ndtm->ndtm_family = (uint8_t)f.family;
	new_json_obj(c);
	if (rtnl_dump_request(&c->rth, &b) < 0 || rtnl_dump_filter(&c->rth, print_ntable, c) < 0) {
		ng_printf(c->err, "Dump terminated\n");
		ipr_exit(c, 1);
	}
	delete_json_obj(c);
	return 0;
}

struct change {
	struct nl_buf table; /* attributes of the table */
	struct nl_buf parms; /* and of a device */
	const char *name;
	bool given;
};

static bool change_threshold(struct ipr *c, struct change *ch)
{
	static const struct {
		const char *word;
		uint16_t type;
	} words[] = { { "thresh1", NDTA_THRESH1 },
		      { "thresh2", NDTA_THRESH2 },
		      { "thresh3", NDTA_THRESH3 } };
	const char *w = c->argv[0];
	uint64_t msecs;
	uint32_t v;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!is_word(w, words[i].word))
			continue;
		if (get_u32(&v, next_arg(c), 0))
			invarg(c, ipr_strf(c, "\"%s\" value is invalid", words[i].word),
			       c->argv[0]);
		return !addattr32(&ch->table, words[i].type, v);
	}
	if (!is_word(w, "gc_int"))
		return false;
	if (get_u64(&msecs, next_arg(c), 0))
		invarg(c, "\"gc_int\" value is invalid", c->argv[0]);
	return !addattr_l(&ch->table, NDTA_GC_INTERVAL, &msecs, sizeof(msecs));
}

static bool change_parm(struct ipr *c, struct change *ch)
{
	const char *w = c->argv[0];
	uint64_t msecs;
	uint32_t v;

	for (size_t i = 2; i < sizeof(parms) / sizeof(parms[0]); i++) {
		const struct parm *p = &parms[i];
		const char *bad;

		if (!is_word(w, p->key))
			continue;
		bad = ipr_strf(c, "\"%s\" value is invalid", p->key);
		next_arg(c);
		if (p->msecs) {
			if (get_u64(&msecs, c->argv[0], 0))
				invarg(c, bad, c->argv[0]);
			return !addattr_l(&ch->parms, p->type, &msecs, sizeof(msecs));
		}
		if (get_u32(&v, c->argv[0], 0))
			invarg(c, bad, c->argv[0]);
		return !addattr32(&ch->parms, p->type, v);
	}
	return false;
}

static int do_change(struct ipr *c)
{
	struct change ch = { .name = NULL };
	struct ndtmsg *ndtm;
	struct nl_buf b;
	size_t nest;
	uint32_t index;

	rtnl_req(c->task, &ch.table, 0, 0, 0);
	rtnl_req(c->task, &ch.parms, 0, 0, 0);
	ch.table.len = ch.parms.len = 0;
	for (; c->argc > 0; next_arg_fwd(c)) {
		if (is_word(c->argv[0], "name")) {
			if (ch.name)
				duparg(c, "NAME", c->argv[0]);
			ch.name = next_arg(c);
		} else if (is_word(c->argv[0], "dev")) {
			index = ll_name_to_index(c, next_arg(c));
			if (!index)
				invarg(c, "\"DEV\" is invalid", c->argv[0]);
			addattr32(&ch.parms, NDTPA_IFINDEX, index);
		} else if (change_threshold(c, &ch) || change_parm(c, &ch)) {
			ch.given = true;
		} else {
			invarg(c, "unknown", c->argv[0]);
		}
	}
	if (!ch.name)
		missarg(c, "NAME");
	if (!ch.given) {
		ng_printf(c->err, "Not enough information: changeable attributes required.\n");
		ipr_exit(c, 255);
	}
	ndtm = rtnl_req(c->task, &b, RTM_SETNEIGHTBL, NLM_F_REQUEST | NLM_F_REPLACE, sizeof(*ndtm));
	ndtm->ndtm_family = (uint8_t)c->family;
	addattrstrz(&b, NDTA_NAME, ch.name);
	memcpy(nl_buf_put(&b, ch.table.len), ch.table.data, ch.table.len);
	if (ch.parms.len) {
		nest = nla_nest_start(&b, NDTA_PARMS);
		memcpy(nl_buf_put(&b, ch.parms.len), ch.parms.data, ch.parms.len);
		nla_nest_end(&b, nest);
	}
	return rtnl_talk(&c->rth, &b, NULL) < 0 ? -2 : 0;
}

/**
 * do_ipntable() - ip ntable ...
 * @c: the run
 *
 * Return: 0, -1 or -2.
 */
int do_ipntable(struct ipr *c)
{
	const char *w = c->argc > 0 ? c->argv[0] : "show";

	next_arg_fwd(c);
	if (matches(w, "change") || matches(w, "chg"))
		return do_change(c);
	if (matches(w, "show") || matches(w, "lst") || matches(w, "list"))
		return do_show(c);
	if (matches(w, "help"))
		ip_usage_exit(c, ip_ntable_usage);
	prev_arg(c);
	ip_unknown_command(c, "ntable");
}
