/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * settings.c - ethtool DEVICE, -s, -l, -L, -T and -P
 *
 * mirrors netlink/settings.c, channels.c, tsinfo.c and permaddr.c of ethtool 6.1
 */
#include "ethtool.h"

#include "../lib/libnetlink.h"
#include "../lib/program.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { CHANGE_REFUSED = 75, NO_DATA = 75, WOL_BITS = 8 };

static void banner(struct et *e)
{
	if (!e->banner)
		ng_printf(e->out, "Settings for %s:\n", e->dev);
	e->banner = true;
}

/* No device here has link modes: what is said of them is always the same. */
static void linkmodes_answer(struct et *e, uint8_t cmd, const void *attrs, size_t len)
{
	const struct nlattr *tb[ETHTOOL_A_LINKMODES_MAX + 1];
	uint32_t speed;
	uint8_t duplex;

	(void)cmd;
	if (nla_parse(tb, ETHTOOL_A_LINKMODES_MAX, attrs, len))
		return;
	banner(e);
	ng_puts(e->out, "\tSupported ports: [  ]\n"
			"\tSupported link modes:   Not reported\n"
			"\tSupported pause frame use: No\n"
			"\tSupports auto-negotiation: No\n"
			"\tSupported FEC modes: Not reported\n"
			"\tAdvertised link modes:  Not reported\n"
			"\tAdvertised pause frame use: No\n"
			"\tAdvertised auto-negotiation: No\n"
			"\tAdvertised FEC modes: Not reported\n");
	if (tb[ETHTOOL_A_LINKMODES_SPEED]) {
		speed = nla_get_u32(tb[ETHTOOL_A_LINKMODES_SPEED]);
		if (!speed || speed == UINT16_MAX || speed == UINT32_MAX)
			ng_puts(e->out, "\tSpeed: Unknown!\n");
		else
			ng_printf(e->out, "\tSpeed: %uMb/s\n", speed);
	}
	if (tb[ETHTOOL_A_LINKMODES_DUPLEX]) {
		duplex = nla_get_u8(tb[ETHTOOL_A_LINKMODES_DUPLEX]);
		if (duplex <= DUPLEX_FULL)
			ng_printf(e->out, "\tDuplex: %s\n", duplex ? "Full" : "Half");
		else
			ng_printf(e->out, "\tDuplex: Unknown! (%u)\n", duplex);
	}
	if (tb[ETHTOOL_A_LINKMODES_AUTONEG])
		ng_printf(e->out, "\tAuto-negotiation: %s\n",
			  nla_get_u8(tb[ETHTOOL_A_LINKMODES_AUTONEG]) ? "on" : "off");
}

static void linkinfo_answer(struct et *e, uint8_t cmd, const void *attrs, size_t len)
{
	const struct nlattr *tb[ETHTOOL_A_LINKINFO_MAX + 1];
	uint8_t port;

	(void)cmd;
	if (nla_parse(tb, ETHTOOL_A_LINKINFO_MAX, attrs, len) || !tb[ETHTOOL_A_LINKINFO_PORT])
		return;
	banner(e);
	port = nla_get_u8(tb[ETHTOOL_A_LINKINFO_PORT]);
	ng_printf(e->out, "\tPort: %s\n\tPHYAD: %u\n\tTransceiver: internal\n",
		  port == PORT_TP ? "Twisted Pair" : "Other",
		  nla_get_u8(tb[ETHTOOL_A_LINKINFO_PHYADDR]));
	if (port == PORT_TP)
		ng_puts(e->out, "\tMDI-X: Unknown\n");
}

static void linkstate_answer(struct et *e, uint8_t cmd, const void *attrs, size_t len)
{
	const struct nlattr *tb[ETHTOOL_A_LINKSTATE_MAX + 1];

	(void)cmd;
	if (nla_parse(tb, ETHTOOL_A_LINKSTATE_MAX, attrs, len) || !tb[ETHTOOL_A_LINKSTATE_LINK])
		return;
	banner(e);
	ng_printf(e->out, "\tLink detected: %s\n",
		  nla_get_u8(tb[ETHTOOL_A_LINKSTATE_LINK]) ? "yes" : "no");
}

/**
 * et_show_settings() - ethtool DEVICE
 * @e: the run
 *
 * Return: 0, or 75 when there is nothing to tell.
 */
int et_show_settings(struct et *e)
{
	if (et_open(e))
		return 1;
	if (strchr(e->dev, '*'))
		return ng_not_modelled(e->task, "ethtool of all devices");
	e->quiet = true;
	et_request(e, ETHTOOL_MSG_LINKMODES_GET, linkmodes_answer);
	et_request(e, ETHTOOL_MSG_LINKINFO_GET, linkinfo_answer);
	et_request(e, ETHTOOL_MSG_WOL_GET, NULL);
	et_request(e, ETHTOOL_MSG_DEBUG_GET, NULL);
	et_request(e, ETHTOOL_MSG_LINKSTATE_GET, linkstate_answer);
	if (e->banner)
		return 0;
	ng_puts(e->out, "No data available\n");
	return NO_DATA;
}

static bool number(const char *s, uint32_t *ret)
{
	char *end;
	unsigned long v = strtoul(s, &end, 10);

	*ret = (uint32_t)v;
	return s[0] != '-' && end != s && !*end && v <= UINT32_MAX;
}

static int wrong_value(struct et *e, const char *cmd, const char *word, const char *value)
{
	if (value)
		ng_printf(e->err, "ethtool (%s): invalid value '%s' for parameter '%s'\n", cmd,
			  value, word);
	else
		ng_printf(e->err, "ethtool (%s): no value for parameter '%s'\n", cmd, word);
	return 1;
}

struct wishes {
	struct nl_buf modes, wol;
	bool has_modes, has_wol;
};

static int wish_wol(struct et *e, struct wishes *w, const char *value)
{
	static const char letters[] = "pumbagsf";
	size_t nest, bits;

	nest = nla_nest_start(&w->wol, ETHTOOL_A_WOL_MODES | NLA_F_NESTED);
	nla_put(&w->wol, ETHTOOL_A_BITSET_NOMASK, 0, NULL);
	bits = nla_nest_start(&w->wol, ETHTOOL_A_BITSET_BITS | NLA_F_NESTED);
	for (const char *p = value; *p; p++) {
		const char *at = strchr(letters, *p);
		size_t one;

		if (*p == 'd')
			continue;
		if (!at) {
			ng_printf(e->err,
				  "ethtool (-s): invalid char '%c' in '%s' for parameter 'wol'\n",
				  *p, value);
			return 1;
		}
		one = nla_nest_start(&w->wol, ETHTOOL_A_BITSET_BITS_BIT | NLA_F_NESTED);
		nla_put_u32(&w->wol, ETHTOOL_A_BITSET_BIT_INDEX, (uint32_t)(at - letters));
		nla_nest_end(&w->wol, one);
	}
	nla_nest_end(&w->wol, bits);
	nla_nest_end(&w->wol, nest);
	w->has_wol = true;
	return 0;
}

static int wish(struct et *e, struct wishes *w, const char *word, const char *value)
{
	uint32_t v;

	if (!strcmp(word, "wol"))
		return value ? wish_wol(e, w, value) : wrong_value(e, "-s", word, value);
	w->has_modes = true;
	if (!strcmp(word, "speed")) {
		if (!value || !number(value, &v))
			return wrong_value(e, "-s", word, value);
		nla_put_u32(&w->modes, ETHTOOL_A_LINKMODES_SPEED, v);
		return 0;
	}
	if (!strcmp(word, "duplex")) {
		if (!value || (strcmp(value, "half") && strcmp(value, "full")))
			return wrong_value(e, "-s", word, value);
		nla_put_u8(&w->modes, ETHTOOL_A_LINKMODES_DUPLEX, value[0] == 'f');
		return 0;
	}
	if (!value || (strcmp(value, "on") && strcmp(value, "off")))
		return wrong_value(e, "-s", word, value);
	nla_put_u8(&w->modes, ETHTOOL_A_LINKMODES_AUTONEG, !strcmp(value, "on"));
	return 0;
}

static int read_wishes(struct et *e, struct wishes *w)
{
	static const char *const known[] = { "speed", "duplex", "autoneg", "wol" };
	static const char *const others[] = { "lanes", "port",	 "mdix",   "advertise",	   "phyad",
					      "xcvr",  "sopass", "msglvl", "master-slave", "mode" };

	for (; e->argc; e->argv += 2, e->argc -= 2) {
		bool modelled = false;
		int status;

		for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
			if (!strcmp(e->argv[0], others[i]))
				return ng_not_modelled(e->task, "ethtool -s %s", e->argv[0]);
		}
		for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
			modelled |= !strcmp(e->argv[0], known[i]);
		if (!modelled) {
			ng_printf(e->err, "ethtool (-s): unknown parameter '%s'\n", e->argv[0]);
			return 1;
		}
		status = wish(e, w, e->argv[0], e->argc > 1 ? e->argv[1] : NULL);
		if (status)
			return status;
	}
	return 0;
}

/**
 * et_change_settings() - ethtool -s DEVICE WORD VALUE ...
 * @e: the run
 *
 * Return: 0, 1 for a wrong word, 75 refused.
 */
int et_change_settings(struct et *e)
{
	struct wishes w = { 0 };
	int status, err = 0;

	if (et_open(e))
		return 1;
	et_begin(e, &w.modes, ETHTOOL_MSG_LINKMODES_SET, 0);
	et_begin(e, &w.wol, ETHTOOL_MSG_WOL_SET, 0);
	e->seq--;
	status = read_wishes(e, &w);
	if (!status && w.has_modes)
		err = et_talk(e, &w.modes, NULL);
	if (!status && !err && w.has_wol)
		err = et_talk(e, &w.wol, NULL);
	nl_buf_fini(&w.modes);
	nl_buf_fini(&w.wol);
	return status ? status : err ? CHANGE_REFUSED : 0;
}

static void print_count(struct et *e, const char *name, const struct nlattr *nla)
{
	if (nla)
		ng_printf(e->out, "%s%u\n", name, nla_get_u32(nla));
	else
		ng_printf(e->out, "%sn/a\n", name);
}

static void channels_answer(struct et *e, uint8_t cmd, const void *attrs, size_t len)
{
	const struct nlattr *tb[ETHTOOL_A_CHANNELS_MAX + 1];

	(void)cmd;
	if (nla_parse(tb, ETHTOOL_A_CHANNELS_MAX, attrs, len))
		return;
	ng_printf(e->out, "Channel parameters for %s:\nPre-set maximums:\n", e->dev);
	print_count(e, "RX:\t\t", tb[ETHTOOL_A_CHANNELS_RX_MAX]);
	print_count(e, "TX:\t\t", tb[ETHTOOL_A_CHANNELS_TX_MAX]);
	print_count(e, "Other:\t\t", tb[ETHTOOL_A_CHANNELS_OTHER_MAX]);
	print_count(e, "Combined:\t", tb[ETHTOOL_A_CHANNELS_COMBINED_MAX]);
	ng_puts(e->out, "Current hardware settings:\n");
	print_count(e, "RX:\t\t", tb[ETHTOOL_A_CHANNELS_RX_COUNT]);
	print_count(e, "TX:\t\t", tb[ETHTOOL_A_CHANNELS_TX_COUNT]);
	print_count(e, "Other:\t\t", tb[ETHTOOL_A_CHANNELS_OTHER_COUNT]);
	print_count(e, "Combined:\t", tb[ETHTOOL_A_CHANNELS_COMBINED_COUNT]);
}

/**
 * et_show_channels() - ethtool -l DEVICE
 * @e: the run
 *
 * Return: 0 or 1.
 */
int et_show_channels(struct et *e)
{
	return et_open(e) || et_request(e, ETHTOOL_MSG_CHANNELS_GET, channels_answer) ? 1 : 0;
}

/**
 * et_set_channels() - ethtool -L DEVICE rx N ...
 * @e: the run
 *
 * Return: 0 or 1.
 */
int et_set_channels(struct et *e)
{
	static const char *const words[] = { "rx", "tx", "other", "combined" };
	struct nl_buf b = { 0 };
	int status = 0;

	if (et_open(e))
		return 1;
	et_begin(e, &b, ETHTOOL_MSG_CHANNELS_SET, 0);
	for (; e->argc && !status; e->argv += 2, e->argc -= 2) {
		const char *value = e->argc > 1 ? e->argv[1] : NULL;
		uint16_t i = 0;
		uint32_t v;

		while (i < 4 && strcmp(e->argv[0], words[i]))
			i++;
		if (i == 4) {
			ng_printf(e->err, "ethtool (-L): unknown parameter '%s'\n", e->argv[0]);
			status = 1;
		} else if (!value || !number(value, &v)) {
			status = wrong_value(e, "-L", e->argv[0], value);
		} else {
			nla_put_u32(&b, (uint16_t)(ETHTOOL_A_CHANNELS_RX_COUNT + i), v);
		}
	}
	if (!status)
		return et_talk(e, &b, NULL) ? 1 : 0;
	nl_buf_fini(&b);
	return status;
}

static void print_stamps(struct et *e, const struct nlattr *set)
{
	const struct nlattr *tb[ETHTOOL_A_BITSET_MAX + 1], *bit[ETHTOOL_A_BITSET_BIT_MAX + 1];
	const uint8_t *p;
	size_t left;

	if (nla_parse_nested(tb, ETHTOOL_A_BITSET_MAX, set) || !tb[ETHTOOL_A_BITSET_BITS])
		return;
	p = nla_data(tb[ETHTOOL_A_BITSET_BITS]);
	left = nla_len(tb[ETHTOOL_A_BITSET_BITS]);
	while (left >= NLA_HDRLEN && nla_ok((const struct nlattr *)(const void *)p, left)) {
		const struct nlattr *nla = (const struct nlattr *)(const void *)p;
		size_t step = NLA_ALIGN(nla->nla_len);

		if (!nla_parse_nested(bit, ETHTOOL_A_BITSET_BIT_MAX, nla) &&
		    bit[ETHTOOL_A_BITSET_BIT_NAME])
			ng_printf(e->out, "\t%s\n",
				  (const char *)nla_data(bit[ETHTOOL_A_BITSET_BIT_NAME]));
		step = step < left ? step : left;
		p += step;
		left -= step;
	}
}

static void tsinfo_answer(struct et *e, uint8_t cmd, const void *attrs, size_t len)
{
	const struct nlattr *tb[ETHTOOL_A_TSINFO_MAX + 1];

	(void)cmd;
	if (nla_parse(tb, ETHTOOL_A_TSINFO_MAX, attrs, len))
		return;
	ng_printf(e->out, "Time stamping parameters for %s:\nCapabilities:\n", e->dev);
	if (tb[ETHTOOL_A_TSINFO_TIMESTAMPING])
		print_stamps(e, tb[ETHTOOL_A_TSINFO_TIMESTAMPING]);
	ng_puts(e->out, "PTP Hardware Clock: none\n"
			"Hardware Transmit Timestamp Modes: none\n"
			"Hardware Receive Filter Modes: none\n");
}

/**
 * et_show_timestamps() - ethtool -T DEVICE
 * @e: the run
 *
 * Return: 0 or 1.
 */
int et_show_timestamps(struct et *e)
{
	return et_open(e) || et_request(e, ETHTOOL_MSG_TSINFO_GET, tsinfo_answer) ? 1 : 0;
}

/**
 * et_show_permaddr() - ethtool -P DEVICE
 * @e: the run
 *
 * It asks rtnetlink, where the address is kept.
 *
 * Return: 0 or 1.
 */
int et_show_permaddr(struct et *e)
{
	struct rtnl_handle rth = { 0 };
	struct nlmsghdr *answer = NULL;
	const struct nlattr *tb[IFLA_MAX + 1];
	struct nl_buf b = { 0 };
	const uint8_t *mac = NULL;
	int err;

	if (et_open(e) || rtnl_open(&rth, e->task, NETLINK_ROUTE))
		return 1;
	rtnl_req(e->task, &b, RTM_GETLINK, NLM_F_REQUEST, sizeof(struct ifinfomsg));
	nla_put_string(&b, IFLA_IFNAME, e->dev);
	nla_put_u32(&b, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
	err = rtnl_talk_quiet(&rth, &b, &answer);
	if (err) {
		ng_printf(e->err, "netlink error: %s\n", ng_strerror(err < 0 ? -err : err));
		return 1;
	}
	if (answer && !nlmsg_parse(answer, sizeof(struct ifinfomsg), tb, IFLA_MAX) &&
	    tb[IFLA_PERM_ADDRESS])
		mac = nla_data(tb[IFLA_PERM_ADDRESS]);
	if (mac)
		ng_printf(e->out, "Permanent address: %02x:%02x:%02x:%02x:%02x:%02x\n", mac[0],
			  mac[1], mac[2], mac[3], mac[4], mac[5]);
	else
		ng_puts(e->out, "Permanent address: not set\n");
	return 0;
}
