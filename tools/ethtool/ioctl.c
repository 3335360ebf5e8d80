/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ioctl.c - the commands of ethtool that still are ioctls
 *
 * mirrors ethtool.c of ethtool 6.1
 */
#include "ethtool.h"

#include "../lib/prog.h"
#include "../lib/program.h"

#include <errno.h>
#include <linux/if.h>
#include <linux/sockios.h>
#include <string.h>

static int ask(struct et *e, void *data)
{
	struct ifreq ifr = { 0 };

	if (e->fd < 0)
		e->fd = ng_sys_socket(e->task, AF_INET, SOCK_DGRAM, 0);
	strncpy(ifr.ifr_name, e->dev, IFNAMSIZ - 1);
	ifr.ifr_data = data;
	return ng_sys_ioctl(e->task, e->fd, SIOCETHTOOL, &ifr);
}

static int fail(struct et *e, const char *what, int err, int status)
{
	ng_printf(e->err, "%s: %s\n", what, ng_strerror(-err));
	return status;
}

static const char *yes_no(uint32_t n)
{
	return n ? "yes" : "no";
}

/**
 * et_driver() - ethtool -i DEVICE
 * @e: the run
 *
 * Return: 0 or 71.
 */
int et_driver(struct et *e)
{
	struct ethtool_drvinfo info = { .cmd = ETHTOOL_GDRVINFO };
	int err = ask(e, &info);

	if (err)
		return fail(e, "Cannot get driver information", err, 71);
	ng_printf(e->out,
		  "driver: %s\nversion: %s\nfirmware-version: %s\nexpansion-rom-version: %s\n"
		  "bus-info: %s\nsupports-statistics: %s\nsupports-test: %s\n"
		  "supports-eeprom-access: %s\nsupports-register-dump: %s\n"
		  "supports-priv-flags: %s\n",
		  info.driver, info.version, info.fw_version, info.erom_version, info.bus_info,
		  yes_no(info.n_stats), yes_no(info.testinfo_len), yes_no(info.eedump_len),
		  yes_no(info.regdump_len), yes_no(info.n_priv_flags));
	return 0;
}

/* How many strings are in a set; < 0: -errno */
static int nr_strings(struct et *e, uint32_t set)
{
	struct ethtool_sset_info *info =
		ng_task_alloc(e->task, sizeof(*info) + sizeof(info->data[0]));
	int err;

	memset(info, 0, sizeof(*info) + sizeof(info->data[0]));
	info->cmd = ETHTOOL_GSSET_INFO;
	info->sset_mask = UINT64_C(1) << set;
	err = ask(e, info);
	return err ? err : info->sset_mask ? (int)info->data[0] : 0;
}

/**
 * et_statistics() - ethtool -S DEVICE
 * @e: the run
 *
 * Return: 0, 94: there are none, 96: no such device.
 */
int et_statistics(struct et *e)
{
	struct ethtool_gstrings *names;
	struct ethtool_stats *stats;
	int n, err;

	if (e->argc) {
		if (!strcmp(e->argv[0], "--all-groups") || !strcmp(e->argv[0], "--groups"))
			return ng_not_modelled(e->task, "ethtool -S %s", e->argv[0]);
		ng_printf(e->err, "ethtool (-S): unknown parameter '%s'\n", e->argv[0]);
		return 1;
	}
	n = nr_strings(e, ETH_SS_STATS);
	if (n < 0)
		return fail(e, "Cannot get stats strings information", n, 96);
	if (!n) {
		ng_puts(e->err, "no stats available\n");
		return 94;
	}
	names = ng_task_alloc(e->task, sizeof(*names) + (size_t)n * ETH_GSTRING_LEN);
	stats = ng_task_alloc(e->task, sizeof(*stats) + (size_t)n * sizeof(uint64_t));
	names->cmd = ETHTOOL_GSTRINGS;
	names->string_set = ETH_SS_STATS;
	names->len = (uint32_t)n;
	stats->cmd = ETHTOOL_GSTATS;
	stats->n_stats = (uint32_t)n;
	err = ask(e, names);
	if (err)
		return fail(e, "Cannot get stats strings information", err, 96);
	err = ask(e, stats);
	if (err)
		return fail(e, "Cannot get stats information", err, 97);
	ng_puts(e->out, "NIC statistics:\n");
	for (int i = 0; i < n; i++)
		ng_printf(e->out, "     %.*s: %llu\n", ETH_GSTRING_LEN,
			  (const char *)&names->data[(size_t)i * ETH_GSTRING_LEN],
			  (unsigned long long)stats->data[i]);
	return 0;
}

static int refused(struct et *e, uint32_t cmd, const char *what, int status)
{
	/* room for the longest of the structures that begin with a command */
	uint32_t data[64] = { cmd };
	int err = ask(e, data);

	return err ? fail(e, what, err, status) : 0;
}

/**
 * et_identify() - ethtool -p DEVICE [SECONDS]
 * @e: the run
 *
 * Return: 255: no device here has a light.
 */
int et_identify(struct et *e)
{
	long seconds;

	if (e->argc > 1 || (e->argc && !prog_strtol(e->argv[0], 0, &seconds)))
		return et_bad_line(e);
	return refused(e, ETHTOOL_PHYS_ID, "Cannot identify NIC", 255);
}

/**
 * et_test() - ethtool -t DEVICE [online|offline|external_lb]
 * @e: the run
 *
 * Return: 74: no device here has one.
 */
int et_test(struct et *e)
{
	int n;

	if (e->argc > 1 || (e->argc && strcmp(e->argv[0], "online") &&
			    strcmp(e->argv[0], "offline") && strcmp(e->argv[0], "external_lb")))
		return et_bad_line(e);
	n = nr_strings(e, ETH_SS_TEST);
	if (n < 0)
		return fail(e, "Cannot get strings", n, 74);
	return refused(e, ETHTOOL_TEST, "Cannot test", 74);
}

/**
 * et_negotiate() - ethtool -r DEVICE
 * @e: the run
 *
 * Return: 255: no device here negotiates.
 */
int et_negotiate(struct et *e)
{
	return refused(e, ETHTOOL_NWAY_RST, "Cannot restart autonegotiation", 255);
}

static int behind_driver(struct et *e, uint32_t cmd, const char *what, int no_driver)
{
	struct ethtool_drvinfo info = { .cmd = ETHTOOL_GDRVINFO };
	int err = ask(e, &info);

	if (err)
		return fail(e, "Cannot get driver information", err, no_driver);
	return refused(e, cmd, what, 74);
}

/**
 * et_registers() - ethtool -d DEVICE
 * @e: the run
 *
 * Return: 72 or 74: no device here has registers.
 */
int et_registers(struct et *e)
{
	return behind_driver(e, ETHTOOL_GREGS, "Cannot get register dump", 72);
}

/**
 * et_eeprom() - ethtool -e DEVICE
 * @e: the run
 *
 * Return: 74: no device here has an EEPROM.
 */
int et_eeprom(struct et *e)
{
	return behind_driver(e, ETHTOOL_GEEPROM, "Cannot get EEPROM data", 74);
}

/**
 * et_rules() - ethtool -n DEVICE
 * @e: the run
 *
 * Return: 1: no device here steers flows.
 */
int et_rules(struct et *e)
{
	refused(e, ETHTOOL_GRXRINGS, "Cannot get RX rings", 1);
	refused(e, ETHTOOL_GRXCLSRLCNT, "rxclass: Cannot get RX class rule count", 1);
	ng_puts(e->err, "RX classification rule retrieval failed\n");
	return 1;
}

/**
 * et_flow_hash() - ethtool -x DEVICE
 * @e: the run
 *
 * Return: 1.
 */
int et_flow_hash(struct et *e)
{
	return refused(e, ETHTOOL_GRXRINGS, "Cannot get RX ring count", 1);
}
